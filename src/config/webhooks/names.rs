//! `map:` and `add:` of a webhook: under which names an endpoint gets something.

use std::collections::BTreeMap;

use super::WebhookKind;
use crate::config::Parser;
use crate::config::reserved::{self, RecordTarget};
use crate::diag::{Code, Diagnostic, Span};
use crate::project::CONFIG_FILE as FILE;
use crate::yaml::{Node, Spanned};

/// What `map` and `add` of a webhook say: names with texts.
pub(super) struct Names {
    pub(super) map: Vec<(Spanned<String>, Spanned<String>)>,
    pub(super) add: Vec<(Spanned<String>, Spanned<String>)>,
}

impl Parser<'_> {
    /// A map from names to texts.
    pub(super) fn names(&mut self, node: &Node) -> Vec<(Spanned<String>, Spanned<String>)> {
        let entries = self.reader.entries(node).unwrap_or_default();
        entries.iter().filter_map(|(name, node)| Some((name.clone(), self.reader.text(node)?))).collect()
    }

    /// The names under which a receiver gets something: each once, and none that the record itself has.
    pub(super) fn check_names(&mut self, given: &Names, kind: &WebhookKind) -> BTreeMap<String, Span> {
        let receiver = match kind {
            WebhookKind::Json { .. } => RecordTarget::Nested,
            WebhookKind::Form => RecordTarget::Posted,
            WebhookKind::Hubspot(_)
            | WebhookKind::HubspotCrm { .. }
            | WebhookKind::SalesforceApi(_)
            | WebhookKind::Sheet { .. } => RecordTarget::Flat,
            WebhookKind::Salesforce { .. } => RecordTarget::Salesforce,
            WebhookKind::Chat(_)
            | WebhookKind::File { .. }
            | WebhookKind::Email { .. }
            | WebhookKind::Relay => RecordTarget::Nested,
        };
        for (name, _) in &given.map {
            reserved::refuse_objects(name, "a field that `map` renames", &mut self.reader);
        }
        let mapped = given.map.iter().filter(|(name, target)| name.value != target.value);
        let targets = mapped.map(|(_, target)| (target, false));
        let mut names: BTreeMap<String, Span> = BTreeMap::new();
        // Two fields may have one name there, as long as no form asks for both.
        for (name, is_added) in targets.chain(given.add.iter().map(|(name, _)| (name, true))) {
            // A name of the record's own is free when it goes under another one.
            let is_free =
                given.map.iter().any(|(own, target)| own.value == name.value && own.value != target.value);
            let problem = if reserved::is_records(&name.value, receiver) && !is_free {
                let message = format!("the data that is sent already uses the name `{}`", name.value);
                Diagnostic::new(Code::InvalidValue, message)
                    .at(FILE, name.span)
                    .help("one value would replace the other; choose another name")
            } else if let Some(other) = names.get(&name.value).filter(|_| is_added) {
                Diagnostic::new(Code::InvalidValue, format!("the name `{}` is given twice", name.value))
                    .at(FILE, name.span)
                    .related(FILE, Some(*other), "the other one")
                    .help("one value would replace the other; choose another name")
            } else {
                names.insert(name.value.clone(), name.span);
                continue;
            };
            self.reader.diagnostics.push(problem);
        }
        names
    }
}
