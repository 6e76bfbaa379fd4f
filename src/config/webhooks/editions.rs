//! `webhooks:` of an edition: another address there, or none.

use std::collections::BTreeMap;

use super::Webhook;
use crate::config::Parser;
use crate::diag::{Code, Diagnostic};
use crate::project::CONFIG_FILE as FILE;
use crate::yaml::{Node, Spanned};

/// What an edition says of a webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditionWebhook {
    /// Leads of this edition go to another address.
    At(Spanned<String>),
    /// Leads of this edition don't go to it.
    Off,
    /// It is being tried: the inbox of `serve`, by its path, gets the whole lead as JSON in its place.
    Inbox(Spanned<String>),
}

impl Parser<'_> {
    /// `webhooks:` of an edition. The site's own are `known`.
    pub(in crate::config) fn edition_webhooks(
        &mut self,
        node: &Node,
        known: &BTreeMap<String, Webhook>,
    ) -> BTreeMap<String, EditionWebhook> {
        let mut all = BTreeMap::new();
        for (id, node) in self.reader.entries(node).unwrap_or_default() {
            if !known.contains_key(&id.value) {
                self.reader.diagnostics.push(
                    Diagnostic::new(Code::UnknownWebhook, format!("there is no webhook `{}`", id.value))
                        .at(FILE, id.span)
                        .suggest(&id.value, known.keys().map(String::as_str))
                        .help("an edition gives another URL to a webhook that is declared under `webhooks:`"),
                );
                continue;
            }
            let is_off = matches!(&node.value, crate::yaml::Value::Scalar { text, .. } if text == "none");
            if is_off {
                all.insert(id.value.clone(), EditionWebhook::Off);
            } else if let Some(url) = self.receiver(node) {
                all.insert(id.value.clone(), EditionWebhook::At(url));
            }
        }
        all
    }
}
