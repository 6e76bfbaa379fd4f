//! Is it a lead, as `docs/lead.schema.json` has it, or a call, as `docs/call.schema.json` has it?

use std::path::Path;

use boon::{Compiler, Draft, SchemaIndex, Schemas};
use serde_json::Value;

/// A published schema, compiled.
pub(crate) struct Schema {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Schema {
    /// What forms send.
    pub(crate) fn of_leads() -> Self {
        Self::load("docs/lead.schema.json")
    }

    /// What the call player sends.
    pub(crate) fn of_calls() -> Self {
        Self::load("docs/call.schema.json")
    }

    /// The schema of somebody who was recommended.
    pub(crate) fn of_referrals() -> Self {
        Self::load("docs/referral.schema.json")
    }

    fn load(path: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let text = std::fs::read_to_string(path).expect("the schema");
        let schema: Value = serde_json::from_str(&text).expect("JSON");
        let id = schema["$id"].as_str().expect("an id").to_string();
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.set_default_draft(Draft::V2020_12);
        compiler.add_resource(&id, schema).expect("a schema");
        let index = compiler.compile(&id, &mut schemas).unwrap_or_else(|error| panic!("{error:#}"));
        Self { schemas, index }
    }

    /// What keeps it from being one, if anything does.
    pub(crate) fn problem(&self, sent: &Value) -> Option<String> {
        self.schemas.validate(sent, self.index).err().map(|error| format!("{error:#}"))
    }

    /// Fails where it is none.
    pub(crate) fn assert(&self, sent: &Value) {
        if let Some(problem) = self.problem(sent) {
            panic!("{problem}\n{sent:#}");
        }
    }
}
