//! `confirm`: whether leads wait until the visitor has said that the address is theirs (double opt-in).

use serde::{Deserialize, Serialize};

use super::{Field, FieldKind};
use crate::config::Config;
use crate::diag::{Code, Diagnostic};
use crate::yaml::{Fields, Reader};

/// What leads wait for before anybody gets them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Confirm {
    /// Nothing: they are handed on as soon as they are kept.
    #[default]
    Nothing,
    /// The visitor presses a button on a page whose link was mailed to them.
    Email,
}

/// Reads it, and checks that there is an address to confirm and somebody who writes to it.
pub(super) fn read(
    fields: &mut Fields<'_>,
    of_form: &[Field],
    config: &Config,
    reader: &mut Reader<'_>,
) -> Confirm {
    let Some(node) = fields.take("confirm") else { return Confirm::Nothing };
    if reader.choice(node, &["email"]).is_none() {
        return Confirm::Nothing;
    }
    let has_address = of_form.iter().any(|field| field.kind == FieldKind::Email && field.required);
    let has_sender = config.relay.as_ref().is_some_and(|relay| relay.sender.is_some());
    let (problem, help) = match (has_address, has_sender) {
        (true, true) => return Confirm::Email,
        (false, _) => (
            "there is no email address to confirm: the form doesn't require one",
            "add a field: `- {id: email, type: email, required: true}`",
        ),
        (true, false) => (
            "nobody sends the email to confirm: only a `relay` with a `sender` does",
            "name a webhook of the kind `email` in `ringback.yaml`: `relay: {url: …, sender: letters}`",
        ),
    };
    reader
        .diagnostics
        .push(Diagnostic::new(Code::InvalidValue, problem).at(reader.file, node.span).help(help));
    Confirm::Nothing
}
