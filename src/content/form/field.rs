//! One field of a form: its type, its words, and what it takes for an answer.

use super::{Choice, Field, FieldKind, Limits, LinkedText, extend};
use crate::config::{self, Language, Localized, reserved};
use crate::diag::{Code, Diagnostic};
use crate::yaml::{self, Fields, Node, Reader, Spanned, Value};

/// What the browser fills in by itself (`autocomplete` in HTML's own list, without sections and addresses of ships).
const AUTOCOMPLETE: &[&str] = &[
    "off",
    "on",
    "name",
    "honorific-prefix",
    "given-name",
    "additional-name",
    "family-name",
    "honorific-suffix",
    "nickname",
    "username",
    "organization-title",
    "organization",
    "street-address",
    "address-line1",
    "address-line2",
    "address-line3",
    "address-level1",
    "address-level2",
    "address-level3",
    "address-level4",
    "country",
    "country-name",
    "postal-code",
    "language",
    "bday",
    "sex",
    "url",
    "photo",
    "tel",
    "tel-country-code",
    "tel-national",
    "tel-area-code",
    "tel-local",
    "tel-extension",
    "email",
    "impp",
];

/// What the browser fills into usual fields.
fn usual_autocomplete(id: &str, kind: FieldKind) -> Option<&'static str> {
    Some(match (id, kind) {
        ("name", _) => "name",
        ("first_name", _) => "given-name",
        ("last_name", _) => "family-name",
        ("company", _) => "organization",
        ("role", _) => "organization-title",
        ("country", _) => "country-name",
        (_, FieldKind::Email) => "email",
        (_, FieldKind::Tel) => "tel",
        ("website", _) => "url",
        _ => return None,
    })
}

/// Reads a field; `None` where it has no id.
pub(super) fn read(node: &Node, languages: &[Language], reader: &mut Reader<'_>) -> Option<Field> {
    let mut fields = reader.fields(node)?;
    let id = fields.require("id", "a field", reader).and_then(|node| reader.text(node));
    let kind = fields.take("type").and_then(|node| reader.choice(node, FieldKind::NAMES));
    let kind = kind.map_or(FieldKind::Text, |index| FieldKind::ALL[index]);
    let label = match fields.take("label") {
        // Only beside a box is there room for a sentence.
        Some(node) if kind == FieldKind::Checkbox => LinkedText::read(node, languages, reader),
        Some(node) => plain(config::localized(languages, node, reader)),
        None => plain(id.as_ref().map(|id| built_in_label(&id.value, languages, reader))),
    };
    let help = fields.take("help").map(|node| LinkedText::read(node, languages, reader)).unwrap_or_default();
    let placeholder = fields.take("placeholder").and_then(|node| config::localized(languages, node, reader));
    let placeholder = placeholder.unwrap_or_default();
    let options = options(&mut fields, kind, languages, reader);
    let autocomplete = fields.take("autocomplete").and_then(|node| autocomplete(node, reader));
    let value = fields.take("value").and_then(|node| reader.text(node));
    let required = fields.take("required").and_then(|node| reader.truth(node)).unwrap_or_default();
    let business_email = only_for(&mut fields, "business_email", kind, &[FieldKind::Email], reader);
    let business_email = business_email.and_then(|node| reader.truth(node)).unwrap_or_default();
    let country = only_for(&mut fields, "country", kind, &[FieldKind::Tel], reader);
    let country = country.and_then(|node| country_code(node, reader));
    let worksheet = only_for(&mut fields, "worksheet", kind, &[FieldKind::Textarea], reader);
    let worksheet = worksheet.is_some_and(|node| {
        let is_wanted = reader.truth(node).unwrap_or_default();
        if is_wanted && required {
            let message = "a field that takes its answer from a worksheet can't be `required`: it isn't shown to those who have written nothing";
            reader.report(Code::InvalidValue, node.span, message);
        }
        is_wanted
    });
    let limits = limits(&mut fields, kind, reader);
    if let Some(node) = fields.take("remove") {
        reader.report(
            Code::InvalidValue,
            node.span,
            "there is nothing to remove: no extended form has this field",
        );
    }
    fields.finish("a field", [], reader);
    let id = id.filter(|id| check_id(id, "a field", reader))?;
    check_value(&id, kind, value.as_ref(), &options, reader);
    let autocomplete = autocomplete.or_else(|| usual_autocomplete(&id.value, kind).map(str::to_string));
    let value = value.map(|value| value.value);
    Some(Field {
        id,
        kind,
        label,
        help,
        placeholder,
        options,
        required,
        autocomplete,
        value,
        business_email,
        country,
        worksheet,
        limits,
        measure: None,
    })
}

fn plain(words: Option<Localized>) -> LinkedText {
    LinkedText { words: words.unwrap_or_default(), links: Vec::new() }
}

/// May something in a form have this id?
pub(super) fn check_id(id: &Spanned<String>, what: &str, reader: &mut Reader<'_>) -> bool {
    let name = id.value.as_str();
    let is_plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.len() <= 64
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    let problem = match (is_plain, reserved::is_forms(name)) {
        (true, false) => return true,
        (true, true) => Diagnostic::new(Code::InvalidValue, format!("{what} can't have the id `{name}`"))
            .help("browsers or the lead itself use that name; choose another one"),
        _ => Diagnostic::new(Code::InvalidValue, format!("`{name}` can't be an id"))
            .help("begin with a letter, and use letters from a to z, digits, `_` and `-`; what readers see is the `label`"),
    };
    reader.diagnostics.push(problem.at(reader.file, id.span));
    false
}

/// The label of a usual field, else its id in capitals.
pub(in crate::content) fn built_in_label(
    id: &str,
    languages: &[Language],
    reader: &mut Reader<'_>,
) -> Localized {
    if let Some(node) = extend::label(id, languages) {
        return config::localized(languages, &node, reader).unwrap_or_default();
    }
    let text = id.replace(['_', '-'], " ");
    let mut chars = text.chars();
    let first = chars.next().map(char::to_uppercase);
    Localized::in_all_languages(first.into_iter().flatten().chain(chars).collect::<String>())
}

/// What can be chosen: texts, or maps of `id` and `label`.
pub(in crate::content) fn options(
    fields: &mut Fields<'_>,
    kind: FieldKind,
    languages: &[Language],
    reader: &mut Reader<'_>,
) -> Vec<Choice> {
    const KINDS: &[FieldKind] = &[FieldKind::Choice, FieldKind::Choices];
    let span = fields.span;
    let Some(node) = only_for(fields, "options", kind, KINDS, reader) else {
        if KINDS.contains(&kind) {
            let message = format!("a field of the type `{}` needs `options`", kind.name());
            reader.diagnostics.push(
                Diagnostic::new(Code::MissingKey, message)
                    .at(reader.file, fields.key("type").unwrap_or(span))
                    .help("list what can be chosen: `options: [Yes, No]`"),
            );
        }
        return Vec::new();
    };
    let mut all: Vec<Choice> = Vec::new();
    for node in reader.list(node).unwrap_or_default() {
        let Some(choice) = option(node, languages, reader) else { continue };
        if let Some(other) = all.iter().find(|other| other.id.value == choice.id.value) {
            let message = format!("the option `{}` already exists", choice.id.value);
            reader.diagnostics.push(
                Diagnostic::new(Code::DuplicateField, message).at(reader.file, choice.id.span).related(
                    reader.file,
                    Some(other.id.span),
                    "the other one",
                ),
            );
            continue;
        }
        all.push(choice);
    }
    if all.is_empty() {
        reader.report(Code::MissingKey, node.span, "there is nothing to choose from");
    }
    all
}

fn option(node: &Node, languages: &[Language], reader: &mut Reader<'_>) -> Option<Choice> {
    if let Value::Scalar { .. } = node.value {
        let id = reader.text(node).filter(|id| !id.value.is_empty())?;
        return Some(Choice { label: Localized::in_all_languages(id.value.clone()), id });
    }
    let mut fields = reader.fields(node)?;
    let id = fields.require("id", "an option", reader).and_then(|node| reader.text(node));
    let label = fields.take("label").and_then(|node| config::localized(languages, node, reader));
    fields.finish("an option", [], reader);
    let id = id.filter(|id| !id.value.is_empty())?;
    Some(Choice { label: label.unwrap_or_else(|| Localized::in_all_languages(id.value.clone())), id })
}

/// Takes a key that only some kinds of field have; at others it is reported.
fn only_for<'n>(
    fields: &mut Fields<'n>,
    name: &'static str,
    kind: FieldKind,
    kinds: &[FieldKind],
    reader: &mut Reader<'_>,
) -> Option<&'n Node> {
    let node = fields.take(name)?;
    if kinds.contains(&kind) {
        return Some(node);
    }
    let at = fields.key(name).unwrap_or(node.span);
    let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
    let message = format!("only a field of the type {} can have `{name}`", yaml::listed(&names));
    reader.report(Code::InvalidValue, at, message);
    None
}

fn autocomplete(node: &Node, reader: &mut Reader<'_>) -> Option<String> {
    let text = reader.text(node)?;
    if AUTOCOMPLETE.contains(&text.value.as_str()) {
        return Some(text.value);
    }
    reader.diagnostics.push(
        Diagnostic::new(
            Code::InvalidValue,
            format!("browsers don't know what to fill in for `{}`", text.value),
        )
        .at(reader.file, text.span)
        .suggest(&text.value, AUTOCOMPLETE.iter().copied())
        .help("usual ones are `name`, `email`, `tel`, `organization` and `off`"),
    );
    None
}

fn country_code(node: &Node, reader: &mut Reader<'_>) -> Option<String> {
    let text = reader.text(node)?;
    if text.value.len() == 2 && text.value.bytes().all(|b| b.is_ascii_uppercase()) {
        return Some(text.value);
    }
    reader.diagnostics.push(
        Diagnostic::new(Code::InvalidValue, format!("`{}` is not the code of a country", text.value))
            .at(reader.file, text.span)
            .help("write two capital letters, such as `SE`, `NO` or `GB`"),
    );
    None
}

/// What an answer must keep to.
fn limits(fields: &mut Fields<'_>, kind: FieldKind, reader: &mut Reader<'_>) -> Limits {
    use FieldKind::{Date, Email, Number, Tel, Text, Textarea, Url};
    let mut range = |name| {
        let node = only_for(fields, name, kind, &[Number, Date], reader)?;
        match kind {
            Date => reader.date(node).map(|date| Spanned { value: date.to_string(), span: node.span }),
            _ => number(node, reader),
        }
    };
    let (min, max) = (range("min"), range("max"));
    if let (Some(min), Some(max)) = (&min, &max) {
        let is_crossed = match kind {
            Date => min.value > max.value,
            _ => min.value.parse::<f64>().ok() > max.value.parse::<f64>().ok(),
        };
        if is_crossed {
            reader.report(Code::InvalidValue, max.span, "`max` is smaller than `min`: nothing fits");
        }
    }
    let mut length = |name| {
        let node = only_for(fields, name, kind, &[Text, Email, Tel, Url, Textarea], reader)?;
        reader.number(node, 0..=100_000).map(|value| Spanned { value, span: node.span })
    };
    let (min_length, max_length) = (length("min_length"), length("max_length"));
    if let (Some(min), Some(max)) = (&min_length, &max_length)
        && min.value > max.value
    {
        reader.report(
            Code::InvalidValue,
            max.span,
            "`max_length` is smaller than `min_length`: nothing fits",
        );
    }
    let text = |limit: Option<Spanned<String>>| limit.map(|limit| limit.value);
    let count = |limit: Option<Spanned<i64>>| limit.map(|limit| limit.value);
    Limits { min: text(min), max: text(max), min_length: count(min_length), max_length: count(max_length) }
}

fn number(node: &Node, reader: &mut Reader<'_>) -> Option<Spanned<String>> {
    let text = reader.text(node)?;
    if text.value.parse::<f64>().is_ok_and(f64::is_finite) {
        return Some(text);
    }
    reader.report(Code::WrongType, text.span, format!("expected a number, found `{}`", text.value));
    None
}

fn check_value(
    id: &Spanned<String>,
    kind: FieldKind,
    value: Option<&Spanned<String>>,
    options: &[Choice],
    reader: &mut Reader<'_>,
) {
    match (kind, value) {
        (FieldKind::Hidden, None) => {
            reader.diagnostics.push(
                Diagnostic::new(Code::MissingKey, "a field of the type `hidden` needs `value`")
                    .at(reader.file, id.span)
                    .help("visitors can't fill it in, so set what it sends"),
            );
        }
        (FieldKind::Choice, Some(value)) if !options.iter().any(|option| option.id.value == value.value) => {
            reader.diagnostics.push(
                Diagnostic::new(Code::InvalidValue, format!("`{}` is not one of the options", value.value))
                    .at(reader.file, value.span)
                    .suggest(&value.value, options.iter().map(|option| option.id.value.as_str())),
            );
        }
        _ => {}
    }
}
