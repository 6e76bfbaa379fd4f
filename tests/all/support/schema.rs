//! Is it a lead, as `docs/lead.schema.json` has it?

use std::path::Path;

use boon::{Compiler, Draft, SchemaIndex, Schemas};
use serde_json::Value;

/// The published schema, compiled.
pub(crate) struct LeadSchema {
    schemas: Schemas,
    index: SchemaIndex,
}

impl LeadSchema {
    pub(crate) fn load() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/lead.schema.json");
        let text = std::fs::read_to_string(path).expect("the schema");
        let schema: Value = serde_json::from_str(&text).expect("JSON");
        let id = schema["$id"].as_str().expect("an id").to_string();
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.set_default_draft(Draft::V2020_12);
        compiler.add_resource(&id, schema).expect("a schema");
        let index = compiler.compile(&id, &mut schemas).unwrap_or_else(|error| panic!("{error:#}"));
        Self { schemas, index }
    }

    /// What keeps it from being a lead, if anything does.
    pub(crate) fn problem(&self, lead: &Value) -> Option<String> {
        self.schemas.validate(lead, self.index).err().map(|error| format!("{error:#}"))
    }

    /// Fails where it is no lead.
    pub(crate) fn assert(&self, lead: &Value) {
        if let Some(problem) = self.problem(lead) {
            panic!("{problem}\n{lead:#}");
        }
    }
}
