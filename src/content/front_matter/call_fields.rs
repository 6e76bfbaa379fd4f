//! What a call is to find out: `fields:` in the front matter of a script. They are written as the fields of a form are, with
//! those kinds that fit into one line.

use super::script::check_placeholder;
use super::{Front, PlaceholderMeta};
use crate::config::{self, Localized};
use crate::content::form::{Choice, FieldKind, field_label, field_options};
use crate::diag::{Code, Diagnostic};
use crate::yaml::{Fields, Node, Reader, Spanned};

/// Something that a call is to find out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallFieldMeta {
    /// Its name, in links (`field:authority`), in braces (`{authority=recommends}`) and in what a CRM gets.
    pub id: Spanned<String>,
    /// What kind of value it asks for.
    pub kind: FieldKind,
    /// The label that the caller sees, by language.
    pub label: Localized,
    /// The options to choose from; empty for other kinds.
    pub options: Vec<Choice>,
    /// Is it missed at the end of a call, if it is empty?
    pub required: bool,
}

/// What the answers of a script add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreMeta {
    /// What the caller sees; empty where it says nothing.
    pub label: Localized,
    /// What it is called from which number on, the lowest first.
    pub bands: Vec<ScoreBandMeta>,
}

/// A band of a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreBandMeta {
    /// The id by which conditions name it.
    pub id: Spanned<String>,
    /// What the caller sees; empty where it says nothing.
    pub label: Localized,
    /// Its lowest number; only one band has none, and it is the lowest.
    pub from: Option<i32>,
}

/// The kinds that a call can ask for: one line that somebody types while they listen.
const KINDS: &[FieldKind] = &[
    FieldKind::Text,
    FieldKind::Choice,
    FieldKind::Number,
    FieldKind::Date,
    FieldKind::Email,
    FieldKind::Tel,
    FieldKind::Url,
];

/// The kind of a field whose file says nothing.
fn usual_kind(id: &str) -> FieldKind {
    match id {
        "email" => FieldKind::Email,
        "phone" => FieldKind::Tel,
        _ => FieldKind::Text,
    }
}

impl Front<'_> {
    /// `fields:`. A field is a placeholder, too, so none may be called like one of these.
    pub(super) fn call_fields(
        &mut self,
        fields: &mut Fields<'_>,
        placeholders: &[PlaceholderMeta],
    ) -> Vec<CallFieldMeta> {
        let mut all: Vec<CallFieldMeta> = Vec::new();
        let Some(node) = fields.take("fields") else { return all };
        for node in self.reader.list(node).unwrap_or_default() {
            let Some(field) = self.call_field(node) else { continue };
            let placeholders = placeholders.iter().map(|placeholder| &placeholder.name);
            let taken = all.iter().map(|other| &other.id).chain(placeholders);
            if let Some(other) = taken.clone().find(|other| other.value == field.id.value) {
                let message = format!("the name `{}` already exists in this script", other.value);
                self.reader.diagnostics.push(
                    Diagnostic::new(Code::DuplicateField, message)
                        .at(self.reader.file, field.id.span)
                        .related(self.reader.file, Some(other.span), "the other one")
                        .help("a field is a placeholder, too: keep the field, and delete the other one"),
                );
                continue;
            }
            all.push(field);
        }
        all
    }

    /// `score:`, with a label and bands.
    pub(super) fn score(&mut self, fields: &mut Fields<'_>) -> Option<ScoreMeta> {
        let node = fields.take("score")?;
        let (languages, reader) = (&self.config.languages, &mut self.reader);
        let mut own = reader.fields(node)?;
        let label = own.take("label").and_then(|node| config::localized(languages, node, reader));
        let entries = own.require("bands", "a score", reader).and_then(|node| reader.entries(node));
        let mut bands: Vec<ScoreBandMeta> = Vec::new();
        for (id, node) in entries.unwrap_or_default() {
            let Some(mut band) = reader.fields(node) else { continue };
            let label = band.take("label").and_then(|node| config::localized(languages, node, reader));
            let from = band.take("from").map(|node| reader.number(node, -10_000_000..=10_000_000));
            band.finish("a band", [], reader);
            // What is written and is no such number is reported already.
            let Ok(from) =
                from.map(|from| from.and_then(|from| i32::try_from(from).ok()).ok_or(())).transpose()
            else {
                continue;
            };
            if let Some(other) = bands.iter().find(|other| other.from == from) {
                reader.diagnostics.push(
                    Diagnostic::new(
                        Code::InvalidValue,
                        format!("the band `{}` begins where another does", id.value),
                    )
                    .at(reader.file, id.span)
                    .related(reader.file, Some(other.id.span), "the other one")
                    .help("give each band its own lowest number, `from: 20`; only the lowest may have none"),
                );
            } else if is_plain(id, reader) {
                bands.push(ScoreBandMeta { id: id.clone(), label: label.unwrap_or_default(), from });
            }
        }
        own.finish("a score", [], reader);
        bands.sort_by_key(|band| band.from);
        Some(ScoreMeta { label: label.unwrap_or_default(), bands })
    }

    fn call_field(&mut self, node: &Node) -> Option<CallFieldMeta> {
        let (languages, reader) = (&self.config.languages, &mut self.reader);
        let mut fields = reader.fields(node)?;
        let id = fields.require("id", "a field", reader).and_then(|node| reader.text(node));
        let names: Vec<&str> = KINDS.iter().map(|kind| kind.name()).collect();
        let kind = fields.take("type").and_then(|node| reader.choice(node, &names)).map(|index| KINDS[index]);
        let usual = id.as_ref().map_or(FieldKind::Text, |id| usual_kind(&id.value));
        // Whoever lists options means a choice.
        let is_choice = kind.is_none() && fields.key("options").is_some();
        let kind = if is_choice { FieldKind::Choice } else { kind.unwrap_or(usual) };
        let label = match fields.take("label") {
            Some(node) => config::localized(languages, node, reader),
            None => id.as_ref().map(|id| field_label(&id.value, languages, reader)),
        };
        let options = field_options(&mut fields, kind, languages, reader);
        let required = fields.take("required").and_then(|node| reader.truth(node)).unwrap_or_default();
        fields.finish("a field of a call", [], reader);
        let id = id.filter(|id| {
            check_placeholder(id, reader);
            is_plain(id, reader)
        })?;
        let options = options.into_iter().filter(|option| is_plain(&option.id, reader)).collect();
        Some(CallFieldMeta { id, kind, label: label.unwrap_or_default(), options, required })
    }
}

/// Can it stand between braces, `{authority=recommends}`, without being read as something else?
fn is_plain(id: &Spanned<String>, reader: &mut Reader<'_>) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let is_plain = !id.value.is_empty() && id.value.chars().count() <= 64 && id.value.chars().all(plain);
    if !is_plain {
        let message = format!("`{}` can't be an id", id.value);
        let problem = Diagnostic::new(Code::InvalidValue, message).at(reader.file, id.span);
        let help = "use letters, digits, `_` and `-`, and say what people see in the `label`";
        reader.diagnostics.push(problem.help(help));
    }
    is_plain
}
