//! Leads as a table: what each says of itself, a column for each field, and one for each webhook.

use std::collections::BTreeSet;

use serde_json::Value;

use super::queue::{self, Answer, Filter, Queue, Stored};

/// The columns before those of fields.
const FIRST: &[&str] = &["id", "received", "form", "page", "lang", "rep", "signs"];

/// The columns of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Columns {
    fields: BTreeSet<String>,
    webhooks: BTreeSet<String>,
}

impl Columns {
    /// Makes room for a lead.
    fn add(&mut self, lead: &Stored) {
        let fields = lead.lead["data"]["fields"].as_object().into_iter().flatten();
        self.fields.extend(fields.map(|(name, _)| name.clone()));
        self.webhooks.extend(lead.deliveries.iter().map(|one| one.webhook.clone()));
    }

    /// The names of all columns.
    fn head(&self) -> Vec<String> {
        let first = FIRST.iter().map(ToString::to_string);
        first.chain(self.fields.iter().cloned()).chain(self.webhooks.iter().cloned()).collect()
    }

    /// A lead as a row, with nothing where it has no such field or webhook.
    fn row(&self, lead: &Stored) -> Vec<String> {
        let data = &lead.lead["data"];
        let received = jiff::Timestamp::from_millisecond(lead.received).unwrap_or_default();
        let mut row = vec![
            lead.id.clone(),
            format!("{received:.0}"),
            lead.form.clone(),
            text(&data["page"]["url"]),
            text(&data["page"]["lang"]),
            text(&data["attribution"]["rep"]),
            lead.signs.clone(),
        ];
        row.extend(self.fields.iter().map(|name| text(&data["fields"][name])));
        let state = |webhook: &String| {
            let found = lead.deliveries.iter().find(|one| one.webhook == *webhook);
            found.map(|one| one.state.to_string()).unwrap_or_default()
        };
        row.extend(self.webhooks.iter().map(state));
        row
    }
}

/// Shows leads as rows, the names of the columns first: it is looked twice, so that no store has to fit into memory. It ends
/// where `visit` says `false`.
///
/// # Errors
///
/// The store can't be read.
pub fn rows(queue: &dyn Queue, filter: &Filter, mut visit: impl FnMut(&[String]) -> bool) -> Answer<()> {
    let mut columns = Columns::default();
    queue::each(queue, filter, |lead| {
        columns.add(lead);
        true
    })?;
    if !visit(&columns.head()) {
        return Ok(());
    }
    queue::each(queue, filter, |lead| visit(&columns.row(lead)))
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
