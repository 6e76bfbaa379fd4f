//! Names that are taken, so that nobody's field, placeholder or parameter may have them: those of the record that a lead or a
//! call is, those that a form in the browser has already, and those that every object of JavaScript has.
//!
//! A record of the kind `form` is flat: were a field called `lead_id`, what a visitor writes would stand in the place
//! of the lead's id. All comparisons leave case aside, because many receivers do. `bodies.js` has the keys of a call, too.

use crate::diag::{Code, Diagnostic};
use crate::yaml::{Reader, Spanned};

/// Where a record is sent to; what is taken depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordTarget {
    /// One object within the record has all answers, and nothing else.
    Nested,
    /// All names stand side by side.
    Flat,
    /// The same, and browsers post the form by themselves where there is no JavaScript.
    Posted,
    /// The same, with the names of Salesforce's Web-to-Lead.
    Salesforce,
}

/// What every object has by way of `Object.prototype` (ECMAScript, section 20.1.3), and the two ways to it.
const OBJECTS: &[&str] = &[
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "prototype",
    "toJSON",
    "toLocaleString",
    "toString",
    "valueOf",
];

/// Keys of a lead as `docs/lead.schema.json` has it.
const LEADS: &[&str] = &[
    "attribution",
    "consent",
    "fields",
    "form",
    "gate",
    "id",
    "meta",
    "page",
    "timestamp",
    "type",
    "version",
];

/// Keys of a flat lead, as `flatten` in `bodies.js` makes them.
const FLAT_LEADS: &[&str] =
    &["lead_form", "lead_gate", "lead_id", "lead_test", "lead_timestamp", "lead_type", "lead_version"];

/// How further keys of a flat lead begin.
const LEADS_BEGIN: &[&str] = &["attribution_", "consent_", "meta_", "page_"];

/// Keys of a flat call that are words of their own.
const CALLS: &[&str] = &[
    "answers",
    "attempt",
    "attempt_of",
    "budget_s",
    "duration_s",
    "ended",
    "fields",
    "note",
    "notes",
    "objections",
    "owner_email",
    "owner_id",
    "owner_name",
    "path",
    "placeholders",
    "promised",
    "reached",
    "recommended_by",
    "referral",
    "rep",
    "revision",
    "score",
    "sent",
    "started",
];

/// How further keys of a flat call begin. What begins with the last is a placeholder whose own name was taken.
const CALLS_BEGIN: &[&str] = &[
    "call_",
    "script_",
    "outcome_",
    "meta_",
    "contact_ids_",
    "spoken_defaults_",
    "score_",
    "recommended_by_",
    "placeholder_",
];

/// What forms without JavaScript send besides.
const POSTED: &[&str] = &["form", "redirect"];

/// Parameters of Salesforce's Web-to-Lead.
const SALESFORCE: &[&str] = &["oid", "retURL"];

/// Properties of a form in the browser that `form.js` works with; a control of such a name would stand in their place
/// (HTML, section 4.10.3: named elements override what the form itself has). The last is the field for machines.
const FORMS: &[&str] = &[
    "addEventListener",
    "contains",
    "dataset",
    "dispatchEvent",
    "hidden",
    "noValidate",
    "oninput",
    "onsubmit",
    "querySelector",
    "querySelectorAll",
    "reset",
    "reference_2",
];

/// Properties of a form that others may work with.
const FORMS_BESIDE: &[&str] = &["action", "elements", "enctype", "length", "method", "submit", "target"];

fn is_in(names: &[&str], name: &str) -> bool {
    names.iter().any(|taken| taken.eq_ignore_ascii_case(name))
}

fn begins(starts: &[&str], name: &str) -> bool {
    let starts_with =
        |start: &&str| name.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start));
    starts.iter().any(starts_with)
}

/// Does every object of JavaScript have something of this name?
#[must_use]
pub fn is_objects(name: &str) -> bool {
    is_in(OBJECTS, name)
}

/// Can no field or consent of a form have this id?
#[must_use]
pub fn is_forms(name: &str) -> bool {
    [OBJECTS, LEADS, FLAT_LEADS, POSTED, SALESFORCE, FORMS, FORMS_BESIDE]
        .iter()
        .any(|names| is_in(names, name))
        || begins(LEADS_BEGIN, name)
}

/// Can no placeholder of a script have this name? `rep` is the name of whoever rings, and goes as `placeholder_rep` where the
/// record has their id.
#[must_use]
pub fn is_calls(name: &str) -> bool {
    is_objects(name) || (is_in(CALLS, name) && name != "rep") || begins(CALLS_BEGIN, name)
}

/// Can no webhook give this name to something, or add it?
#[must_use]
pub fn is_records(name: &str, receiver: RecordTarget) -> bool {
    let is_leads = || is_in(FLAT_LEADS, name) || begins(LEADS_BEGIN, name);
    is_objects(name)
        || match receiver {
            RecordTarget::Nested => false,
            RecordTarget::Flat => is_leads(),
            RecordTarget::Posted => is_leads() || is_in(POSTED, name) || is_in(FORMS, name),
            RecordTarget::Salesforce => is_leads() || is_in(SALESFORCE, name) || is_in(FORMS, name),
        }
}

/// Is it a key that a flat call has, whatever its placeholders are called?
#[must_use]
pub fn is_flat_calls(name: &str) -> bool {
    is_in(CALLS, name) || begins(CALLS_BEGIN, name)
}

/// Reports a name of which every object of JavaScript has something. `what` is "a placeholder".
pub fn refuse_objects(name: &Spanned<String>, what: &str, reader: &mut Reader<'_>) -> bool {
    let is_taken = is_objects(&name.value);
    if is_taken {
        reader.diagnostics.push(
            Diagnostic::new(Code::InvalidValue, format!("{what} can't be called `{}`", name.value))
                .at(reader.file, name.span)
                .help("browsers already use that name; choose another one"),
        );
    }
    is_taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_of_records_are_taken_whatever_their_case() {
        for name in
            ["lead_id", "Lead_ID", "attribution_rep", "page_url", "meta_attempt", "oid", "reference_2"]
        {
            assert!(is_forms(name), "{name}");
        }
        for name in ["constructor", "__proto__", "toString", "hasOwnProperty", "queryselector"] {
            assert!(is_forms(name), "{name}");
        }
        for name in ["name", "email", "lead_source", "title", "notes", "rep", "pages", "åäö"] {
            assert!(!is_forms(name), "{name}");
        }
        for name in ["outcome_id", "call_id", "promised", "placeholder_rep", "valueOf", "NOTE"] {
            assert!(is_calls(name), "{name}");
        }
        for name in ["rep", "first_name", "page", "callback", "pris"] {
            assert!(!is_calls(name), "{name}");
        }
    }

    #[test]
    fn what_is_taken_depends_on_the_receiver() {
        let all = |name: &str| {
            [RecordTarget::Nested, RecordTarget::Flat, RecordTarget::Posted, RecordTarget::Salesforce]
                .map(|receiver| is_records(name, receiver))
        };
        assert_eq!(all("__proto__"), [true; 4]);
        assert_eq!(all("lead_id"), [false, true, true, true]);
        assert_eq!(all("redirect"), [false, false, true, false]);
        assert_eq!(all("retURL"), [false, false, false, true]);
        for name in ["type", "id", "lead_source", "full_name", "company", "_subject", "debug", "action"] {
            assert_eq!(all(name), [false; 4], "{name}");
        }
    }
}
