//! A lead as a row of a table: the same columns for all leads of a webhook, whichever form they are of.

use super::{Lead, flat};
use crate::config::Webhook;
use crate::content::form::Form;
use crate::encode::csv;
use crate::leads::forms::lead::{consent_name, sent_as};

/// What a lead says of itself before the answers.
const BEFORE: &[&str] = &["lead_timestamp", "lead_form"];

/// What it says of itself after the answers.
const BEHIND: &[&str] = &["page_url", "page_lang", "attribution_rep", "lead_test", "lead_id"];

/// The columns of a webhook's table for leads of these forms, under the webhook's own names, each once.
#[must_use]
pub fn columns<'a>(webhook: &Webhook, forms: impl Iterator<Item = &'a Form> + Clone) -> Vec<String> {
    let own = |name: &str| sent_as(webhook, name).to_string();
    let fields = forms.clone().flat_map(Form::sent).map(|field| own(&field.id.value));
    let consents = forms.flat_map(|form| &form.consent).map(|consent| own(&consent_name(consent)));
    let mut all: Vec<String> = Vec::new();
    let before = BEFORE.iter().map(|name| own(name));
    let behind = BEHIND.iter().map(|name| own(name));
    for name in before.chain(fields).chain(consents).chain(behind).chain(webhook.add.keys().cloned()) {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

/// A lead's row in a table with these columns; nothing where it has no such value.
#[must_use]
pub fn row(webhook: &Webhook, lead: &Lead, columns: &[String]) -> String {
    let values = flat(webhook, lead);
    let cells = columns.iter().map(|column| {
        let found = values.iter().find(|(name, _)| name == column);
        found.map(|(_, value)| clean(value)).unwrap_or_default()
    });
    csv::row(&cells.collect::<Vec<_>>())
}

/// A table of this lead alone, with all that it says.
pub(super) fn alone(webhook: &Webhook, lead: &Lead) -> String {
    let names: Vec<String> = flat(webhook, lead).into_iter().map(|(name, _)| name).collect();
    [csv::row(&names), row(webhook, lead, &names)].concat()
}

/// A text without what is no letter: others wrote it, and some programs stop reading there.
fn clean(text: &str) -> String {
    let kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    text.chars().filter(kept).collect()
}
