//! `ringback schema`: what authors write, as JSON Schema, for editors that complete and check YAML.

use super::flags::SchemaFlags;
use super::{Settings, Status, print_json};
use crate::build;
use crate::diag::Diagnostics;
use crate::editorial::schema::schema;

impl Settings {
    /// Prints a schema; in the folder of a site, with the names that it has.
    pub(super) fn schema(&self, flags: &SchemaFlags) -> Status {
        // A site with mistakes has names as well.
        let loaded = build::load(&self.project, &mut Diagnostics::new());
        print_json(&schema(flags.document.0, loaded.as_ref().map(|loaded| &*loaded.content)));
        Status::Fine
    }
}
