//! What a filter asks of leads and deliveries, as SQL.

use rusqlite::types::Value;

use crate::relay::queue::Filter;

/// Leads `l` of a person, with what is inside of JSON in quotation marks.
const OF_PERSON: &str = "(l.contact = ? OR instr(lower(l.body), ?) > 0 OR instr(lower(l.extra), ?) > 0)";

/// Conditions of SQL that all have to hold, with the values of their `?` in the same order.
#[derive(Default)]
pub(super) struct Conditions {
    pub(super) parts: Vec<&'static str>,
    pub(super) values: Vec<Value>,
}

impl Conditions {
    /// Adds a condition with the value of its `?`; nothing where there is no value.
    pub(super) fn add(mut self, part: &'static str, value: Option<Value>) -> Self {
        if let Some(value) = value {
            self.parts.push(part);
            self.values.push(value);
        }
        self
    }

    /// What a filter asks of leads `l`.
    pub(super) fn of_lead(self, filter: &Filter) -> Self {
        self.add("l.id = ?", filter.id.clone().map(Value::Text))
            .add("l.received >= ?", filter.since.map(Value::Integer))
            .add("l.received < ?", filter.until.map(Value::Integer))
            .of_person(filter)
    }

    /// Adds that the lead belongs to the person whom the filter names, if it names one.
    fn of_person(mut self, filter: &Filter) -> Self {
        if let Some((contact, quoted)) = filter.person() {
            self.parts.push(OF_PERSON);
            self.values.extend([contact, quoted.clone(), quoted].map(Value::Text));
        }
        self
    }

    /// What it asks of deliveries `d`.
    pub(super) fn of_delivery(self, filter: &Filter) -> Self {
        self.add("d.webhook = ?", filter.webhook.clone().map(Value::Text))
            .add("d.state = ?", filter.state.map(|state| Value::Integer(state.number())))
    }

    /// The conditions as SQL, joined by `AND`; true where there is none.
    pub(super) fn text(&self) -> String {
        std::iter::once("1").chain(self.parts.iter().copied()).collect::<Vec<_>>().join(" AND ")
    }
}
