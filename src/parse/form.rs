//! Forms: `content/forms/<id>.yaml`, read into [`Form`] so that gates and webhooks can be checked against them.

use crate::config::Config;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::yaml::{self, Reader};

/// The types of field that a form can have.
const FIELD_TYPES: &[&str] =
    &["text", "email", "tel", "url", "number", "date", "textarea", "choice", "choices", "checkbox", "hidden"];

/// A form that a gate can ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Its id: the file's name without `.yaml`.
    pub id: String,
    /// The file.
    pub path: String,
}

/// Reads a form's file. What is wrong goes to `diagnostics`; the form keeps its id all the same, so that gates that
/// name it are not reported too.
#[must_use]
pub fn read(path: &str, bytes: &[u8], config: &Config, diagnostics: &mut Diagnostics) -> Form {
    let file = path.rsplit('/').next().unwrap_or(path);
    let form = Form { id: file.trim_end_matches(".yaml").to_string(), path: path.to_string() };
    let Some(text) = super::text(path, bytes, diagnostics) else { return form };
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let node = match yaml::parse(&text[start..], start, path) {
        Ok(node) => node,
        Err(error) => {
            diagnostics.push(*error);
            return form;
        }
    };
    let mut reader = Reader { file: path, diagnostics };
    let Some(mut fields) = reader.fields(&node) else { return form };
    for name in ["title", "description", "submit", "after"] {
        fields.take(name);
    }
    if let Some(preset) = fields.take("extends") {
        reader.choice(preset, &["contact", "ring-me-back", "newsletter", "lead"]);
    }
    if let Some(webhook) = fields.take("webhook") {
        for name in reader.texts(webhook).unwrap_or_default() {
            if !config.webhooks.contains_key(&name.value) {
                reader.diagnostics.push(
                    Diagnostic::new(Code::UnknownWebhook, format!("there is no webhook `{}`", name.value))
                        .at(path, name.span)
                        .suggest(&name.value, config.webhooks.keys().map(String::as_str))
                        .help("webhooks are declared in `ringback.yaml`, under `webhooks:`"),
                );
            }
        }
    }
    for item in fields.take("fields").and_then(|node| reader.list(node)).unwrap_or_default() {
        let Some(mut field) = reader.fields(item) else { continue };
        field.require("id", "a field", &mut reader);
        if let Some(kind) = field.take("type") {
            reader.choice(kind, FIELD_TYPES);
        }
        for name in
            ["label", "help", "placeholder", "options", "autocomplete", "value", "required", "work_only"]
        {
            field.take(name);
        }
        for name in ["min", "max", "min_length", "max_length", "country"] {
            field.take(name);
        }
        field.finish("a field", [], &mut reader);
    }
    for item in fields.take("consent").and_then(|node| reader.list(node)).unwrap_or_default() {
        let Some(mut consent) = reader.fields(item) else { continue };
        consent.require("id", "a consent", &mut reader);
        consent.require("text", "a consent", &mut reader);
        for name in ["required", "version"] {
            consent.take(name);
        }
        consent.finish("a consent", [], &mut reader);
    }
    fields.finish("a form", [], &mut reader);
    form
}
