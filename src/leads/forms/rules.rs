//! What a form takes for an answer, as a short fingerprint: pages send it along to the relay, which so knows whether a page has
//! been open since before the form was changed.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::content::form::{Form, Limits};
use crate::encode::bytes;

/// The parameter of the relay's address that has the fingerprint.
pub const PARAMETER: &str = "rules";

/// All that decides whether an answer is taken.
#[derive(Serialize)]
struct Rules<'a> {
    form: &'a str,
    fields: Vec<FieldRules<'a>>,
    consents: Vec<(&'a str, bool)>,
}

#[derive(Serialize)]
struct FieldRules<'a> {
    id: &'a str,
    kind: &'static str,
    required: bool,
    business_email: bool,
    options: Vec<&'a str>,
    limits: &'a Limits,
}

/// The fingerprint of a form: another one whenever something else would be an answer, the same when only words are changed.
#[must_use]
pub fn fingerprint(form: &Form) -> String {
    let rules = Rules {
        form: &form.id,
        fields: form
            .sent()
            .map(|field| FieldRules {
                id: &field.id.value,
                kind: field.kind.name(),
                required: field.required,
                business_email: field.business_email,
                options: field.options.iter().map(|option| option.id.value.as_str()).collect(),
                limits: &field.limits,
            })
            .collect(),
        consents: form.consent.iter().map(|one| (one.id.value.as_str(), one.required)).collect(),
    };
    let text = serde_json::to_string(&rules).unwrap_or_default();
    bytes::hex(&Sha256::digest(text.as_bytes())[..6])
}
