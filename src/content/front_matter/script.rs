//! What only the front matter of a call script has. `docs/content/scripts.md` describes it.

use super::{CallFieldMeta, Front, GateMeta, ScoreMeta};
use crate::config::{self, Localized, OutcomeConfig, reserved};
use crate::diag::{Code, Diagnostic, Span};
use crate::yaml::{Fields, Reader, Spanned};

/// A placeholder that is filled in during a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceholderMeta {
    /// As the text names it, in `{{name}}`.
    pub name: Spanned<String>,
    /// What the caller is asked for; empty where it says nothing.
    pub label: Localized,
    /// The values to choose from; empty where anything can be written.
    pub options: Vec<Localized>,
    /// What it could be, to show what is meant.
    pub example: Localized,
    /// What it is until somebody says otherwise.
    pub default: Localized,
}

/// What is known of an objection beside its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectionMeta {
    /// The id of its heading.
    pub id: Spanned<String>,
    /// Other ways in which people say it, in any language.
    pub phrases: Vec<String>,
}

/// What only the front matter of call scripts has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScriptMeta {
    /// The gate in its text; `None` without one.
    pub gate: Option<Box<GateMeta>>,
    /// Seconds that a call may take.
    pub budget: Option<Spanned<u32>>,
    /// What to look up before the call.
    pub preparation: Vec<Spanned<String>>,
    /// What is filled in during a call.
    pub placeholders: Vec<PlaceholderMeta>,
    /// What a call is to find out.
    pub fields: Vec<CallFieldMeta>,
    /// What its answers add up to.
    pub score: Option<ScoreMeta>,
    /// What is said of objections besides the text: other words for them.
    pub objections: Vec<ObjectionMeta>,
    /// How a call can end.
    pub outcomes: Vec<OutcomeConfig>,
    /// Where these stand in the file.
    pub outcomes_span: Span,
}

impl Front<'_> {
    /// Reads the keys that only call scripts have.
    pub(super) fn script(&mut self, fields: &mut Fields<'_>) -> ScriptMeta {
        let gate = self.gate(fields);
        let budget = fields.take("budget").and_then(|node| {
            let seconds = self.reader.number(node, 1..=86_400);
            let seconds = seconds.and_then(|seconds| u32::try_from(seconds).ok());
            seconds.map(|value| Spanned { value, span: node.span })
        });
        let preparation = fields.take("preparation").and_then(|node| self.reader.texts(node));
        let placeholders = self.placeholders(fields);
        let asked = self.call_fields(fields, &placeholders);
        let score = self.score(fields);
        let objections = self.objections(fields);
        let outcomes_span = fields.key("outcomes").unwrap_or_default();
        let outcomes = fields.take("outcomes");
        let outcomes =
            outcomes.map(|node| config::outcomes_of(&self.config.languages, node, &mut self.reader));
        ScriptMeta {
            gate,
            budget,
            preparation: preparation.unwrap_or_default(),
            placeholders,
            fields: asked,
            score,
            objections,
            outcomes: outcomes.unwrap_or_default(),
            outcomes_span,
        }
    }

    /// `placeholders:`, which emails and plans of follow-ups have as well.
    pub(super) fn placeholders(&mut self, fields: &mut Fields<'_>) -> Vec<PlaceholderMeta> {
        let languages = &self.config.languages;
        let mut placeholders = Vec::new();
        let Some(node) = fields.take("placeholders") else { return placeholders };
        for (name, node) in self.reader.entries(node).unwrap_or_default() {
            let Some(mut own) = self.reader.fields(node) else { continue };
            let reader = &mut self.reader;
            let label = own.take("label").and_then(|node| config::localized(languages, node, reader));
            let example = own.take("example").and_then(|node| config::localized(languages, node, reader));
            let default = own.take("default").and_then(|node| config::localized(languages, node, reader));
            let options = own.take("options").map(|node| config::texts(languages, node, reader));
            own.finish("a placeholder", [], reader);
            check_placeholder(name, reader);
            placeholders.push(PlaceholderMeta {
                name: name.clone(),
                label: label.unwrap_or_default(),
                options: options.unwrap_or_default(),
                example: example.unwrap_or_default(),
                default: default.unwrap_or_default(),
            });
        }
        placeholders
    }

    fn objections(&mut self, fields: &mut Fields<'_>) -> Vec<ObjectionMeta> {
        let mut objections = Vec::new();
        let Some(node) = fields.take("objections") else { return objections };
        for (id, node) in self.reader.entries(node).unwrap_or_default() {
            let Some(mut own) = self.reader.fields(node) else { continue };
            let phrases = own.take("phrases").and_then(|node| self.reader.texts(node)).unwrap_or_default();
            own.finish("an objection", [], &mut self.reader);
            let phrases = phrases.into_iter().map(|said| said.value).filter(|said| !said.is_empty());
            objections.push(ObjectionMeta { id: id.clone(), phrases: phrases.collect() });
        }
        objections
    }
}

/// The record of a call has names of its own, which nothing that is filled in may stand in the place of.
pub(super) fn check_placeholder(name: &Spanned<String>, reader: &mut Reader<'_>) {
    if reserved::refuse_objects(name, "a placeholder", reader) || !reserved::is_calls(&name.value) {
        return;
    }
    reader.diagnostics.push(
        Diagnostic::new(Code::InvalidValue, format!("a placeholder can't be called `{}`", name.value))
            .at(reader.file, name.span)
            .help("the data of a call already uses that name; choose another one"),
    );
}
