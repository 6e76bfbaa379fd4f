//! What somebody asks of the page, by the query of its address. All of it is at one path, so links work wherever a web
//! server in front of the relay has put it.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::encode::percent;
use crate::relay::queue::{DeliveryState, Filter};

/// Which leads are shown: those that fit all of these; what is `None` leaves out nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) id: Option<String>,
    pub(super) state: Option<DeliveryState>,
    pub(super) webhook: Option<String>,
    /// The first and the last day.
    pub(super) since: Option<Date>,
    pub(super) until: Option<Date>,
    /// An email address or a phone number.
    pub(super) contact: Option<String>,
}

/// The type of file in which leads are downloaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Lines,
    Table,
}

/// Which view of the leads is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum View {
    /// A part of the leads, in front of this number.
    List(i64),
    /// One lead, with everything.
    Lead(String),
    Export(Format),
}

/// What was done before, of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Done {
    Resent(u64),
    Discarded(u64),
    Purged(u64),
}

/// The whole query: what is shown of which leads, and what was done just before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LeadQuery {
    pub(super) view: View,
    pub(super) choice: Choice,
    pub(super) done: Option<Done>,
}

impl Choice {
    /// What a form or a query says.
    pub(super) fn read(pairs: &[(String, String)]) -> Self {
        let value = |name: &str| {
            let found = pairs.iter().find(|(own, _)| own == name).map(|(_, value)| value.trim());
            found.filter(|value| !value.is_empty())
        };
        let text = |name: &str| value(name).map(str::to_string);
        let day = |name: &str| value(name).and_then(|day| day.parse().ok());
        Self {
            id: text("id"),
            state: value("state").and_then(DeliveryState::from_name),
            webhook: text("webhook"),
            since: day("since"),
            until: day("until"),
            contact: text("contact"),
        }
    }

    /// The same as the store knows it. Days are those of a time zone, and the last one is whole.
    pub(super) fn filter(&self, zone: &TimeZone) -> Filter {
        let start =
            |day: Date| zone.to_zoned(day.at(0, 0, 0, 0)).ok().map(|at| at.timestamp().as_millisecond());
        Filter {
            id: self.id.clone(),
            webhook: self.webhook.clone(),
            state: self.state,
            since: self.since.and_then(start),
            until: self.until.and_then(|day| day.tomorrow().ok()).and_then(start),
            contact: self.contact.clone(),
        }
    }

    /// Names and values, as a query or the hidden fields of a form have them.
    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        let days = |day: Option<Date>| day.map(|day| day.to_string());
        let all = [
            ("id", self.id.clone()),
            ("state", self.state.map(|state| state.name().to_string())),
            ("webhook", self.webhook.clone()),
            ("since", days(self.since)),
            ("until", days(self.until)),
            ("contact", self.contact.clone()),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name.to_string(), value?))).collect()
    }

    /// Are all leads shown, with nothing left out?
    pub(super) fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// Whose leads they are, where nothing else is asked for.
    pub(super) fn person(&self) -> Option<&str> {
        let contact = self.contact.as_deref()?;
        (*self == Self { contact: self.contact.clone(), ..Self::default() }).then_some(contact)
    }

    /// A query with these, and more.
    pub(super) fn query(&self, more: &[(&str, &str)]) -> String {
        let more = more.iter().map(|(name, value)| ((*name).to_string(), (*value).to_string()));
        format!("?{}", percent::form(&self.pairs().into_iter().chain(more).collect::<Vec<_>>()))
    }
}

impl LeadQuery {
    /// What a query says; what it doesn't know is left out.
    pub(super) fn read(query: &str) -> Self {
        let pairs = percent::pairs(query);
        let value = |name: &str| pairs.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
        let view = match (value("lead"), value("export")) {
            (Some(lead), _) => View::Lead(lead.to_string()),
            (None, Some("lines")) => View::Export(Format::Lines),
            (None, Some("table")) => View::Export(Format::Table),
            _ => View::List(value("before").and_then(|number| number.parse().ok()).unwrap_or(i64::MAX)),
        };
        let count = value("count").and_then(|count| count.parse().ok());
        let done = match (value("done"), count) {
            (Some("resent"), Some(count)) => Some(Done::Resent(count)),
            (Some("discarded"), Some(count)) => Some(Done::Discarded(count)),
            (Some("purged"), Some(count)) => Some(Done::Purged(count)),
            _ => None,
        };
        Self { view, choice: Choice::read(&pairs), done }
    }

    /// The address of what is shown, without what was done before.
    pub(super) fn query(&self) -> String {
        match &self.view {
            View::Lead(lead) => self.choice.query(&[("lead", lead)]),
            View::List(i64::MAX) | View::Export(_) => self.choice.query(&[]),
            View::List(number) => self.choice.query(&[("before", &number.to_string())]),
        }
    }
}

impl Done {
    /// As [`LeadQuery::read`] knows it.
    pub(super) fn pairs(self) -> [(&'static str, String); 2] {
        let (name, count) = match self {
            Self::Resent(count) => ("resent", count),
            Self::Discarded(count) => ("discarded", count),
            Self::Purged(count) => ("purged", count),
        };
        [("done", name.to_string()), ("count", count.to_string())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_says_what_it_says_and_back() {
        let ask = LeadQuery::read(
            "state=dead&webhook=crm&since=2026-11-01&until=2026-11-30&before=7&evil=1&state=held",
        );
        assert_eq!(ask.view, View::List(7));
        assert_eq!(ask.query(), "?state=dead&webhook=crm&since=2026-11-01&until=2026-11-30&before=7");
        let zone = TimeZone::get("Europe/Oslo").unwrap();
        let filter = ask.choice.filter(&zone);
        assert_eq!(
            filter.since,
            Some("2026-10-31T23:00:00Z".parse::<jiff::Timestamp>().unwrap().as_millisecond())
        );
        assert_eq!(
            filter.until,
            Some("2026-11-30T23:00:00Z".parse::<jiff::Timestamp>().unwrap().as_millisecond())
        );
        assert_eq!(LeadQuery::read("").query(), "?");
        assert_eq!(LeadQuery::read("since=x&until=&state=none").choice, Choice::default());
        assert_eq!(LeadQuery::read("lead=lead_1&done=resent&count=2").done, Some(Done::Resent(2)));
        assert_eq!(LeadQuery::read("contact=kim%40fjord.example").choice.person(), Some("kim@fjord.example"));
        assert_eq!(LeadQuery::read("contact=kim&state=dead").choice.person(), None);
    }
}
