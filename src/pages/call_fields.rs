//! The fields of a call script: what templates get of them.

use serde::Serialize;

use crate::sales::calls::script::{CallField, CallScript, Step};

/// Something that a call is to find out.
#[derive(Debug, Serialize)]
pub(super) struct CallFieldView<'a> {
    /// Its name, for `data-script-fill`.
    name: &'a str,
    /// What the caller sees.
    label: &'a str,
    /// `text`, `choice`, `number`, `date`, `email`, `tel` or `url`.
    kind: &'static str,
    /// What can be chosen.
    options: Vec<CallFieldOption<'a>>,
    /// Whether it is missed if it is empty at the end of a call.
    required: bool,
}

/// An option of a field in a call script.
#[derive(Debug, Serialize)]
struct CallFieldOption<'a> {
    /// What is kept and sent.
    id: &'a str,
    /// What the caller sees.
    label: &'a str,
}

/// All fields of a script.
pub(super) fn fields(script: &CallScript) -> Vec<CallFieldView<'_>> {
    script.fields.iter().map(field).collect()
}

/// Those that a step wants to know.
pub(super) fn wanted<'a>(script: &'a CallScript, step: &Step) -> Vec<CallFieldView<'a>> {
    step.fields.iter().filter_map(|index| script.fields.get(*index)).map(field).collect()
}

fn field(field: &CallField) -> CallFieldView<'_> {
    let options = field.options.iter().map(|(id, label)| CallFieldOption { id, label });
    CallFieldView {
        name: &field.name,
        label: &field.label,
        kind: field.kind.name(),
        options: options.collect(),
        required: field.required,
    }
}
