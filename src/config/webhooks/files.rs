//! Webhooks of the kinds `file` and `sheet`: files that the relay writes, beside its store.

use serde::{Deserialize, Serialize};

use super::WebhookKind;
use crate::config::Parser;
use crate::yaml::Fields;

/// When a file that the relay writes is followed by the next.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rotation {
    /// One file that grows for ever.
    #[default]
    Never,
    /// A new one each day, by UTC.
    Daily,
    /// A new one on the first day of a month, by UTC.
    Monthly,
    /// A new one on the first day of a year, by UTC.
    Yearly,
}

impl Parser<'_> {
    /// A webhook of the kind `file`, as messages name it.
    pub(super) fn lead_file(&mut self, fields: &mut Fields<'_>) -> (&'static str, WebhookKind) {
        let what = "a webhook of the kind `file`";
        let (path, rotation) = self.own_file(fields, what, "leads.jsonl");
        (what, WebhookKind::File { path, rotation })
    }

    /// A webhook of the kind `sheet`, as messages name it.
    pub(super) fn lead_sheet(&mut self, fields: &mut Fields<'_>) -> (&'static str, WebhookKind) {
        let what = "a webhook of the kind `sheet`";
        let (path, rotation) = self.own_file(fields, what, "leads.csv");
        (what, WebhookKind::Sheet { path, rotation })
    }

    /// A file that the relay writes beside its store: its name, and when the next one begins.
    fn own_file(&mut self, fields: &mut Fields<'_>, what: &str, example: &str) -> (String, Rotation) {
        let path = fields.require("path", what, &mut self.reader);
        let is_name = |name: &str| {
            let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
            name.chars().all(is_part) && !name.starts_with('.') && !name.is_empty()
        };
        let shape = format!("the name of a file beside the relay's store, such as `{example}`");
        let path = path.and_then(|node| self.shaped(node, is_name, &shape));
        let rotation = fields
            .take("rotate")
            .and_then(|node| self.reader.choice(node, &["never", "daily", "monthly", "yearly"]));
        let rotation = match rotation {
            Some(1) => Rotation::Daily,
            Some(2) => Rotation::Monthly,
            Some(3) => Rotation::Yearly,
            _ => Rotation::Never,
        };
        (path.unwrap_or_default(), rotation)
    }
}
