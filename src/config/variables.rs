//! Environment variables in `ringback.yaml`, `${NAME}`, and what must never get into it: our own secrets, and others' credentials.

use crate::diag::{Code, Diagnostic, Diagnostics, Span, Veil, credentials};
use crate::project::{CONFIG_FILE as FILE, Project};
use crate::yaml::{Node, Reader, Value};

/// What `ringback.yaml` takes from the environment, so that no message shows it.
#[must_use]
pub fn veil(project: &dyn Project) -> Veil {
    let bytes = project.read(FILE).unwrap_or_default();
    Veil::new(&String::from_utf8_lossy(&bytes), &|name| project.variable(name))
}

/// Variables that ringback itself reads. They are secrets, so nothing that is published may be made of them.
pub const OWN_VARIABLES: &[&str] = &["RINGBACK_SECRET", "RINGBACK_PASSPHRASE", "RINGBACK_ADMIN_TOKEN"];

/// Which of our own variables a text names between braces, however it is spelt: some systems leave case aside.
fn own_variable(text: &str) -> Option<&'static str> {
    let (_, rest) = text.split_once("${")?;
    let rest = rest.to_ascii_uppercase();
    OWN_VARIABLES.iter().copied().find(|name| rest.contains(name))
}

/// Replaces variables in the whole file. Has it a relay, and which variables are not set that only that needs?
pub(super) fn substitute_all(
    node: &mut Node,
    variable: &dyn Fn(&str) -> Option<String>,
    diagnostics: &mut Diagnostics,
) -> (bool, Vec<Diagnostic>) {
    let mut found = Diagnostics::new();
    let has_relay = match &mut node.value {
        Value::Map(entries) => {
            let has_relay = entries.iter().any(|(name, _)| name.value == "relay");
            for (name, value) in entries {
                let is_relays = has_relay && name.value == "webhooks";
                let diagnostics = if is_relays { &mut found } else { &mut *diagnostics };
                substitute(value, variable, &name.value, &mut Reader { file: FILE, diagnostics });
            }
            has_relay
        }
        _ => false,
    };
    let (unset, others): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|problem| problem.code == Code::UnsetVariable);
    diagnostics.extend(others);
    (has_relay, unset)
}

/// Replaces `${NAME}` and `${NAME:-default}` in every text of the tree.
fn substitute(
    node: &mut Node,
    variable: &dyn Fn(&str) -> Option<String>,
    key: &str,
    reader: &mut Reader<'_>,
) {
    match &mut node.value {
        Value::Null => {}
        Value::List(items) => items.iter_mut().for_each(|item| substitute(item, variable, key, reader)),
        Value::Map(entries) => {
            for (name, value) in entries {
                substitute(value, variable, &name.value, reader);
            }
        }
        Value::Scalar { text, .. } if let Some(name) = own_variable(text) => {
            refuse_own(
                name,
                format!("`{key}` takes the variable `{name}`, which is a secret"),
                node.span,
                reader,
            );
            *text = format!("${{{name}}}");
        }
        Value::Scalar { text, .. } if text.contains("${") => {
            *text = fill_in(text, variable, (key, node.span), reader);
        }
        Value::Scalar { .. } => {}
    }
}

/// A text with the values of its variables. One that isn't set stays as it is written, so that whoever reads the value
/// sees that it isn't whole.
fn fill_in(
    text: &str,
    variable: &dyn Fn(&str) -> Option<String>,
    (key, span): (&str, Span),
    reader: &mut Reader<'_>,
) -> String {
    let own = |value: &str| {
        let is_same = |own: &&&str| variable(own).is_some_and(|own| own.trim() == value.trim());
        OWN_VARIABLES.iter().find(is_same).filter(|_| !value.trim().is_empty())
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        out.push_str(before);
        let Some((inside, behind)) = after.split_once('}') else {
            out.push_str("${");
            rest = after;
            continue;
        };
        let (name, default) = inside.split_once(":-").map_or((inside, None), |(n, d)| (n, Some(d)));
        match (variable(name).filter(|value| !value.is_empty() || default.is_none()), default) {
            (Some(value), _) if let Some(own) = own(&value) => {
                let what =
                    format!("`{key}` takes the variable `{name}`, which has the same value as `{own}`");
                refuse_own(own, what, span, reader);
                out.push_str(&format!("${{{name}}}"));
            }
            (Some(value), _) => out.push_str(&value),
            (None, Some(default)) => out.push_str(default),
            (None, None) => {
                let what = format!("`{key}` takes the environment variable `{name}`, which is not set");
                let problem = Diagnostic::new(Code::UnsetVariable, what)
                    .at(reader.file, span)
                    .help(format!("set it, or give a default: `${{{name}:-…}}`"));
                reader.diagnostics.push(problem);
                out.push_str(&format!("${{{name}}}"));
            }
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Reports what looks like a credential. Addresses of webhooks are looked at where it is known who gets to read them.
pub(super) fn refuse_credentials(node: &Node, reader: &mut Reader<'_>) {
    match &node.value {
        Value::Null => {}
        Value::List(items) => items.iter().for_each(|item| refuse_credentials(item, reader)),
        Value::Map(entries) => {
            let others = entries.iter().filter(|(name, _)| name.value != "webhooks");
            others.for_each(|(_, value)| refuse_credentials(value, reader));
        }
        Value::Scalar { text, .. } => {
            let found = credentials::find(text.as_bytes());
            let problems =
                found.iter().map(|found| credentials::problem(found, reader.file, Some(node.span)));
            reader.diagnostics.extend(problems.collect::<Vec<_>>());
        }
    }
}

fn refuse_own(name: &str, what: String, span: Span, reader: &mut Reader<'_>) {
    reader.diagnostics.push(Diagnostic::new(Code::OwnVariable, what).at(reader.file, span).help(format!(
        "remove it: ringback reads `{name}` from the environment itself, and everything here may be published"
    )));
}
