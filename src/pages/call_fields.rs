//! The fields of a call script: what templates get of them, and of the answers that fill them in or depend on them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::sales::calls::guard::{Guard, Subject, Test};
use crate::sales::calls::script::{Answer, CallField, CallScript, Step};

/// Something that a call is to find out.
#[derive(Debug, Serialize)]
pub(super) struct CallFieldView<'a> {
    /// Its name, for `data-script-fill`.
    name: &'a str,
    /// The field's label in the player, as plain text.
    label: &'a str,
    /// `text`, `choice`, `number`, `date`, `email`, `tel` or `url`.
    kind: &'static str,
    /// The answers to choose from; empty for other kinds.
    options: Vec<CallFieldOption<'a>>,
    /// Whether it is missed if it is empty at the end of a call.
    required: bool,
}

/// An option of a field in a call script.
#[derive(Debug, Serialize)]
struct CallFieldOption<'a> {
    /// The option's id, which is kept and sent.
    id: &'a str,
    /// The option's label in the player, as plain text.
    label: &'a str,
}

/// The fields of a script, in the order of the front matter.
pub(super) fn fields(script: &CallScript) -> Vec<CallFieldView<'_>> {
    script.fields.iter().map(field).collect()
}

/// Those that a step wants to know.
pub(super) fn of_step<'a>(script: &'a CallScript, step: &Step) -> Vec<CallFieldView<'a>> {
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

/// JSON of when an answer is shown, which `call-logic.js` reads.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct AnswerCondition<'a> {
    /// A field; `null` for the score.
    field: Option<&'a str>,
    /// `is`, `not`, `over`, `under`, `least`, `most`, `known`, `unknown`; `otherwise` if no other condition of the step is true.
    test: &'static str,
    /// The id of an option or a band, or a number.
    value: &'a str,
}

/// When an answer is shown, as JSON; nothing where it is always.
pub(super) fn condition(script: &CallScript, answer: &Answer) -> Option<String> {
    let condition = match answer.guard.as_ref()? {
        Guard::Otherwise => AnswerCondition { field: None, test: "otherwise", value: "" },
        Guard::When(condition) => {
            let band = || script.score.as_ref()?.bands.iter().find(|band| band.is_called(&condition.value));
            let (field, value) = match &condition.subject {
                Subject::Field(field) => {
                    (Some(script.fields.get(*field)?.name.as_str()), condition.value.as_str())
                }
                Subject::Score => (None, band().map_or(condition.value.as_str(), |band| band.id.as_str())),
                Subject::Unknown(_) => return None,
            };
            AnswerCondition { field, test: condition.test.name(), value }
        }
    };
    serde_json::to_string(&condition).ok()
}

/// The fields that an answer fills in, as JSON. Whoever chooses `If segment is retail` says so.
pub(super) fn fills(script: &CallScript, answer: &Answer) -> Option<String> {
    let mut fills: BTreeMap<&str, &str> = BTreeMap::new();
    if let Some(Guard::When(condition)) = &answer.guard
        && let (Subject::Field(field), Test::Is) = (&condition.subject, condition.test)
    {
        fills.insert(script.fields.get(*field)?.name.as_str(), &condition.value);
    }
    fills.extend(answer.marks.fills.iter().map(|fill| (fill.field.as_str(), fill.value.as_str())));
    (!fills.is_empty()).then(|| crate::encode::json::text(&fills))
}
