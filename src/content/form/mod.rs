//! Forms: `content/forms/<id>.yaml`, read into [`Form`]. What depends on the whole site (languages, who receives the
//! leads, where a form is shown) is checked by the feature `forms`.
//!
//! Start with [`read`]: `extend` merges a form with what it extends, `field` reads one field.

mod confirm;
mod extend;
mod field;
mod kinds;
mod links;
mod measure;
mod proof;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use confirm::Confirm;
pub(in crate::content) use field::{built_in_label as field_label, options as field_options};
pub use kinds::{Choice, FieldKind, Limits};
pub use links::{LinkedText, TextLink};
pub use measure::Measure;
pub use proof::Proof;

use crate::config::{self, Config, Language, Localized};
use crate::diag::{Code, Credential, Diagnostic, Diagnostics, Span, credentials};
use crate::encode::slug::slug;
use crate::ids::id;
use crate::project::names;
use crate::yaml::{self, Fields, Node, Reader, Spanned};

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its name in the lead.
    pub id: Spanned<String>,
    /// What kind of value it asks for.
    pub kind: FieldKind,
    /// Its label by language, which may have links where it is a checkbox.
    pub label: LinkedText,
    /// A sentence below it; may be empty.
    pub help: LinkedText,
    /// An example in it; may be empty.
    pub placeholder: Localized,
    /// The options to choose from, in the order of the file; empty for other kinds.
    pub options: Vec<Choice>,
    /// Must it be filled in?
    pub required: bool,
    /// What the browser may fill in: a value of HTML's `autocomplete`.
    pub autocomplete: Option<String>,
    /// What stands in it from the start; of a hidden field, what it brings with it.
    pub value: Option<String>,
    /// Are addresses of free mail services refused?
    pub business_email: bool,
    /// The country of phone numbers without a country code (ISO 3166-1 alpha-2).
    pub country: Option<String>,
    /// Does it take along what the visitor has written into a worksheet?
    pub worksheet: bool,
    /// What an answer must keep to.
    pub limits: Limits,
    /// The well-known question about satisfaction that it asks, on a scale of its own.
    pub measure: Option<Measure>,
}

impl Field {
    /// A hidden field that a script fills in, or that has this value from the start.
    #[must_use]
    pub fn hidden(id: &str, value: &str) -> Self {
        Self {
            id: Spanned { value: id.to_string(), span: Span::default() },
            kind: FieldKind::Hidden,
            label: LinkedText::default(),
            help: LinkedText::default(),
            placeholder: Localized::default(),
            options: Vec::new(),
            required: false,
            autocomplete: None,
            value: Some(value.to_string()),
            business_email: false,
            country: None,
            worksheet: false,
            limits: Limits::default(),
            measure: None,
        }
    }
}

/// Something that the visitor agrees to, or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Its name in the lead.
    pub id: Spanned<String>,
    /// Can the form not be sent without it?
    pub required: bool,
    /// Which wording it is; changed by the author with the text.
    pub version: Option<String>,
    /// What the visitor agrees to, by language; its hash goes into the lead.
    pub text: LinkedText,
    /// Where the words are in the file, for messages.
    pub text_span: Span,
}

/// What follows when a form has been sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct After {
    /// What the visitor reads instead of the form, by language.
    pub message: LinkedText,
    /// The page they are led to, by its content path, instead of a page with the message.
    pub page: Option<Spanned<String>>,
}

id!(
    /// A form: its place among all of the site.
    pub struct FormId
);

/// A form: what it asks for, who gets its leads, and what follows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Its id: the file's name without `.yaml`.
    pub id: String,
    /// Its file, from the root of the site.
    pub path: String,
    /// Its heading; may be empty.
    pub title: Localized,
    /// A sentence below the heading; may be empty.
    pub intro: LinkedText,
    /// The words on the button.
    pub submit: Localized,
    /// The ids of the webhooks that get its leads.
    pub webhooks: Vec<Spanned<String>>,
    /// The fields, in the order of the file.
    pub fields: Vec<Field>,
    /// Fields that assessments, calculators and surveys add where they show it: what somebody answers there.
    pub carried: Vec<Field>,
    /// The consents that it asks for, in the order of the file.
    pub consent: Vec<Consent>,
    /// Do its leads wait until the visitor has confirmed their email address?
    pub confirm: Confirm,
    /// What has to show that a page sends its leads?
    pub proof: Proof,
    /// What follows when it has been sent.
    pub thank_you: After,
    /// What looks like a credential, anywhere in the file.
    #[serde(skip)]
    pub credentials: Vec<Credential>,
    /// Was it read without a mistake? One with mistakes keeps its id, so that gates that name it are not reported too.
    pub is_valid: bool,
    /// Where the keys `title`, `intro`, `submit` and `thank_you` stand, for what is missing in a language.
    #[serde(skip)]
    pub spans: BTreeMap<&'static str, Span>,
}

impl Form {
    /// Adds fields that an assessment, a calculator or a survey brings; those that another one brings, too, once.
    pub(in crate::content) fn carry(&mut self, fields: &[Field]) {
        for field in fields {
            if self.carried.iter().all(|other| other.id.value != field.id.value) {
                self.carried.push(field.clone());
            }
        }
    }

    /// All that its leads can have: what it asks for, and what assessments and calculators add.
    pub fn sent(&self) -> impl Iterator<Item = &Field> + Clone {
        self.fields.iter().chain(&self.carried)
    }

    /// The texts that can have links.
    pub fn texts(&self) -> impl Iterator<Item = &LinkedText> {
        let fields = self.fields.iter().flat_map(|field| [&field.label, &field.help]);
        let consents = self.consent.iter().map(|consent| &consent.text);
        [&self.intro, &self.thank_you.message].into_iter().chain(fields).chain(consents)
    }

    fn texts_mut(&mut self) -> impl Iterator<Item = &mut LinkedText> {
        let fields = self.fields.iter_mut().flat_map(|field| [&mut field.label, &mut field.help]);
        let consents = self.consent.iter_mut().map(|consent| &mut consent.text);
        [&mut self.intro, &mut self.thank_you.message].into_iter().chain(fields).chain(consents)
    }
}

/// Stands in a consent for whoever asks: a yes is only informed where it says to whom.
pub const ORGANIZATION: &str = "{organization}";

/// A form's file: its path from the site's root, and its bytes.
pub type Source = (String, Vec<u8>);

/// A consent of a built-in form in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresetConsent {
    /// The id of the built-in form.
    pub form: String,
    /// The id of the consent in the form.
    pub id: String,
    /// The version of the wording; `None` if it has none.
    pub version: Option<String>,
    /// The code of the language.
    pub lang: String,
    /// The words in that language, as plain text.
    pub text: String,
}

/// The consents of the built-in forms, in every language that they have.
#[must_use]
pub fn preset_consents() -> Vec<PresetConsent> {
    extend::preset_consents()
}

/// Reads all forms of a site, because one may extend another. What is wrong goes to `diagnostics`.
#[must_use]
pub fn read(sources: &[Source], config: &Config, diagnostics: &mut Diagnostics) -> Vec<Form> {
    let drafts: Vec<extend::Draft> =
        sources.iter().map(|(path, bytes)| draft(path, bytes, diagnostics)).collect();
    let by_id: BTreeMap<&str, &extend::Draft> =
        drafts.iter().map(|draft| (draft.id.as_str(), draft)).collect();
    for draft in &drafts {
        let same = by_id[draft.id.as_str()];
        if same.path != draft.path {
            let message = format!("`{}` and `{}` are both the form `{}`", draft.path, same.path, draft.id);
            diagnostics.push(
                Diagnostic::new(Code::NameCase, message)
                    .in_file(&draft.path)
                    .related(&same.path, None, "the other one")
                    .help("rename one of them"),
            );
        }
    }
    let mut forms = Vec::with_capacity(drafts.len());
    for (draft, (_, bytes)) in drafts.iter().zip(sources) {
        let mut problems = Diagnostics::new();
        let credentials = credentials::find(bytes);
        let empty = Form { id: draft.id.clone(), path: draft.path.clone(), credentials, ..Form::default() };
        let node = extend::resolve(draft, &by_id, &config.languages, &mut problems);
        let is_valid = node.is_some();
        let mut form = node.map_or(empty.clone(), |node| form(empty, &node, config, &mut problems));
        form.texts_mut().for_each(|text| text.locate(bytes));
        forms.push(Form { is_valid: is_valid && !problems.has_errors(), ..form });
        diagnostics.extend(problems);
    }
    forms
}

/// The YAML of a form's file, where there is any.
fn draft(path: &str, bytes: &[u8], diagnostics: &mut Diagnostics) -> extend::Draft {
    let file = names::in_forms(path).unwrap_or(path);
    let id = names::without_ending(file, "yaml").to_string();
    let broken = extend::Draft { id, path: path.to_string(), node: None };
    let id = &broken.id;
    if slug(id) != *id || id.is_empty() {
        diagnostics.push(
            Diagnostic::new(Code::InvalidValue, format!("`{id}` can't be the name of a form, because the name is part of URLs"))
                .in_file(path)
                .help("rename the file, in lower case with hyphens, such as `ring-me-back.yaml`; all forms are directly in `content/forms/`"),
        );
        return broken;
    }
    let Some(text) = super::text(path, bytes, diagnostics) else { return broken };
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let node = yaml::parse(&text[start..], start, path);
    let node = node.map_err(|error| diagnostics.push(*error)).ok();
    extend::Draft { node, ..broken }
}

/// Reads the whole of a form's YAML.
fn form(empty: Form, node: &Node, config: &Config, diagnostics: &mut Diagnostics) -> Form {
    let languages: &[Language] = &config.languages;
    let path = empty.path.clone();
    let mut reader = Reader { file: &path, diagnostics };
    let Some(mut fields) = reader.fields(node) else { return empty };
    fields.take("extends");
    let mut form = empty;
    for name in ["title", "intro", "submit", "thank_you"] {
        form.spans.extend(fields.key(name).map(|span| (name, span)));
    }
    let mut text = |name: &'static str, reader: &mut Reader<'_>| {
        fields.take(name).and_then(|node| config::localized(languages, node, reader)).unwrap_or_default()
    };
    form.title = text("title", &mut reader);
    form.submit = text("submit", &mut reader);
    let intro = fields.take("intro").map(|node| LinkedText::read(node, languages, &mut reader));
    form.intro = intro.unwrap_or_default();
    if form.submit.is_empty() {
        form.submit = built_in("submit", languages, &mut reader);
    }
    form.webhooks = webhooks(&mut fields, config, &mut reader);
    for item in fields.take("fields").and_then(|node| reader.list(node)).unwrap_or_default() {
        let Some(field) = field::read(item, languages, &mut reader) else { continue };
        let other =
            form.fields.iter().find(|other| other.id.value == field.id.value).map(|other| other.id.span);
        if is_new(&field.id, other, "the field", &mut reader) {
            form.fields.push(field);
        }
    }
    for item in fields.take("consent").and_then(|node| reader.list(node)).unwrap_or_default() {
        let Some(consent) = consent(item, config, &mut reader) else { continue };
        let other =
            form.consent.iter().find(|other| other.id.value == consent.id.value).map(|other| other.id.span);
        if is_new(&consent.id, other, "the consent", &mut reader) {
            form.consent.push(consent);
        }
    }
    form.confirm = confirm::read(&mut fields, &form.fields, config, &mut reader);
    form.proof = proof::read(&mut fields, config, &mut reader);
    form.thank_you =
        fields.take("thank_you").map(|node| after(node, languages, &mut reader)).unwrap_or_default();
    if form.thank_you.message.is_empty() {
        form.thank_you.message.words = built_in("thanks", languages, &mut reader);
    }
    fields.finish("a form", [], &mut reader);
    form
}

fn built_in(word: &str, languages: &[Language], reader: &mut Reader<'_>) -> Localized {
    config::localized(languages, &extend::word(word, languages), reader).unwrap_or_default()
}

fn webhooks(fields: &mut Fields<'_>, config: &Config, reader: &mut Reader<'_>) -> Vec<Spanned<String>> {
    let names = fields.take("webhook").and_then(|node| reader.texts(node)).unwrap_or_default();
    for name in names.iter().filter(|name| !config.webhooks.contains_key(&name.value)) {
        reader.diagnostics.push(
            Diagnostic::new(Code::UnknownWebhook, format!("there is no webhook `{}`", name.value))
                .at(reader.file, name.span)
                .suggest(&name.value, config.webhooks.keys().map(String::as_str))
                .help("webhooks are declared in `ringback.yaml`, under `webhooks:`"),
        );
    }
    names
}

/// Reports an id that another one has already, at `other`.
fn is_new(id: &Spanned<String>, other: Option<Span>, what: &str, reader: &mut Reader<'_>) -> bool {
    if let Some(other) = other {
        reader.diagnostics.push(
            Diagnostic::new(Code::DuplicateField, format!("{what} `{}` already exists", id.value))
                .at(reader.file, id.span)
                .related(reader.file, Some(other), "the other one"),
        );
    }
    other.is_none()
}

fn consent(node: &Node, config: &Config, reader: &mut Reader<'_>) -> Option<Consent> {
    let mut fields = reader.fields(node)?;
    let id = fields.require("id", "a consent", reader).and_then(|node| reader.text(node));
    let text_node = fields.require("text", "a consent", reader);
    let text = text_node.and_then(|node| config::localized(&config.languages, node, reader));
    let publisher = |lang| config.publisher(lang).to_string();
    let text = text.unwrap_or_default().replace_mark(ORGANIZATION, &publisher, config.default_language);
    let text = text_node.map(|node| LinkedText::new(text, node, &config.languages)).unwrap_or_default();
    let required = fields.take("required").and_then(|node| reader.truth(node)).unwrap_or_default();
    let version = fields.take("version").and_then(|node| reader.text(node)).map(|version| version.value);
    if let Some(node) = fields.take("remove") {
        reader.report(
            Code::InvalidValue,
            node.span,
            "there is nothing to remove: no extended form has this consent",
        );
    }
    let text_span = fields.key("text").unwrap_or(node.span);
    fields.finish("a consent", [], reader);
    let id = id.filter(|id| field::check_id(id, "a consent", reader) && !is_part_of_another(id, reader))?;
    Some(Consent { id, required, version, text, text_span })
}

/// A flat lead has `consent_news` and beside it `consent_news_version`, so no consent can be called `news_version`.
fn is_part_of_another(id: &Spanned<String>, reader: &mut Reader<'_>) -> bool {
    let name = id.value.to_ascii_lowercase();
    let is_part = ["_version", "_lang", "_text_sha256"].iter().any(|end| name.ends_with(end));
    if is_part {
        reader.diagnostics.push(
            Diagnostic::new(Code::InvalidValue, format!("a consent can't have the id `{}`", id.value))
                .at(reader.file, id.span)
                .help("consent receipts use that ending; choose another id"),
        );
    }
    is_part
}

fn after(node: &Node, languages: &[Language], reader: &mut Reader<'_>) -> After {
    let Some(mut fields) = reader.fields(node) else { return After::default() };
    let message = fields.take("message").map(|node| LinkedText::read(node, languages, reader));
    let page = fields.take("page").and_then(|node| reader.text(node));
    fields.finish("`thank_you`", [], reader);
    After { message: message.unwrap_or_default(), page }
}

#[cfg(test)]
mod tests;
