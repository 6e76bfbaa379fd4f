//! What a call is to find out: the fields that a script declares, the steps that want to know them (`field:` links) and the
//! answers that fill them in (`{authority=recommends}`).

use jiff::civil::Date;

use super::marks::Fill;
use super::script::{CallField, CallFieldId, CallScript};
use crate::config::Localized;
use crate::content::form::FieldKind;
use crate::content::front_matter::{CallFieldMeta, ScriptMeta};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::ids::IdVec;
use crate::site::{Page, Site};

/// The field that a link's target names.
pub(super) fn field_name(target: &str) -> Option<&str> {
    target.strip_prefix("field:").map(str::trim)
}

/// The fields that a page declares, in its language.
pub(super) fn declared(site: &Site, page: &Page, meta: &ScriptMeta) -> IdVec<CallFieldId, CallField> {
    let text = |localized: &Localized| site.config().text(localized, page.lang()).to_string();
    let field = |field: &CallFieldMeta| CallField {
        name: field.id.value.clone(),
        kind: field.kind,
        label: Some(text(&field.label))
            .filter(|label| !label.is_empty())
            .unwrap_or_else(|| field.id.value.clone()),
        options: field.options.iter().map(|option| (option.id.value.clone(), text(&option.label))).collect(),
        required: field.required,
    };
    meta.fields.iter().map(field).collect()
}

/// Reports what can't be read in the braces of an answer.
pub(super) fn unreadable<'a>(
    page: &'a Page,
    found: &'a [(String, Span)],
) -> impl Iterator<Item = Diagnostic> + 'a {
    found.iter().map(|(text, span)| {
        Diagnostic::new(Code::InvalidValue, format!("`{}` in the braces of an answer can't be read", text))
            .at(page.path(), *span)
            .help("write the id of a field and its value, `{authority=recommends}`, with a comma between two of them")
    })
}

/// Reports fields that nobody declared, and values that they can't have.
pub(super) fn check(page: &Page, script: &CallScript, diagnostics: &mut Diagnostics) {
    for link in &page.body().links {
        let unknown = field_name(&link.target).filter(|name| script.field_at(name).is_none());
        diagnostics.extend(unknown.map(|name| self::unknown(page, script, name, link.target_span)));
    }
    for fill in script.steps.iter().flat_map(|step| &step.answers).flat_map(|answer| &answer.marks.fills) {
        match script.field_at(&fill.field) {
            None => diagnostics.push(unknown(page, script, &fill.field, fill.span)),
            Some(field) => diagnostics.extend(impossible(page, &script.fields[field], fill)),
        }
    }
}

/// The report on a field that no front matter declares.
pub(super) fn unknown(page: &Page, script: &CallScript, name: &str, span: Span) -> Diagnostic {
    let names = script.fields.iter().map(|field| field.name.as_str());
    Diagnostic::new(Code::UnknownField, format!("no field `{name}` is declared"))
        .at(page.path(), span)
        .suggest(name, names)
        .help("declare it in the front matter, under `fields:`, such as `- {id: authority, label: Who decides}`")
}

fn impossible(page: &Page, field: &CallField, fill: &Fill) -> Option<Diagnostic> {
    let (wanted, is_fine) = expected(field, &fill.value);
    (!is_fine).then(|| {
        let message = format!("`{}` can't be `{}`", field.name, fill.value);
        Diagnostic::new(Code::ImpossibleValue, message)
            .at(page.path(), fill.span)
            .suggest(&fill.value, field.options.iter().map(|(id, _)| id.as_str()))
            .help(wanted)
    })
}

/// What a field can be, in words, and whether this is one of these.
pub(super) fn expected(field: &CallField, value: &str) -> (String, bool) {
    let ids = || field.options.iter().map(|(id, _)| format!("`{id}`")).collect::<Vec<_>>().join(", ");
    match field.kind {
        FieldKind::Choice => {
            (format!("its options are {}", ids()), field.options.iter().any(|(id, _)| id == value))
        }
        FieldKind::Number => ("write a number, such as `40` or `2.5`".into(), is_number(value)),
        FieldKind::Date => ("write a day, such as `2026-11-30`".into(), value.parse::<Date>().is_ok()),
        FieldKind::Email => ("write an email address".into(), value.contains('@')),
        FieldKind::Tel => ("write a phone number".into(), value.contains(|c: char| c.is_ascii_digit())),
        FieldKind::Url => ("write a URL that begins with `https://`".into(), value.starts_with("http")),
        _ => (String::new(), true),
    }
}

/// As JavaScript reads it, too.
pub(super) fn is_number(value: &str) -> bool {
    value.parse::<f64>().is_ok_and(f64::is_finite)
}
