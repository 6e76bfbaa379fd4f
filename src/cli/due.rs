//! `ringback due`: the days on which the output changes by itself, for people and for cron.

use jiff::civil::Date;
use jiff::{SpanRelativeTo, ToSpan as _};
use serde::Serialize;

use super::flags::DueFlags;
use super::{Settings, Status, counted, print, print_json};
use crate::commands::due::{Change, Due, Event};
use crate::diag::Diagnostics;

/// What `ringback due` prints for programs.
#[derive(Serialize)]
struct Output<'a> {
    version: u8,
    today: String,
    time_zone: Option<&'a str>,
    /// The first day on which something is due.
    next: Option<String>,
    events: Vec<EventOutput<'a>>,
    /// Reviews that were due, and parts of series that were expected, before today.
    overdue: Vec<EventOutput<'a>>,
}

#[derive(Serialize)]
struct EventOutput<'a> {
    date: String,
    /// Days from today; below zero for what is overdue.
    days: i32,
    change: Change,
    path: &'a str,
    title: &'a str,
    lang: &'a str,
    owners: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    linked_from: &'a [String],
}

impl Settings {
    /// Lists what is due. The status says whether anything is.
    pub(super) fn due(&self, flags: &DueFlags) -> Status {
        let mut diagnostics = Diagnostics::new();
        let due = crate::commands::due::due(&self.project, self.options.edition.as_deref(), &mut diagnostics);
        // A date that can't be read may be the next one.
        let (Some(mut due), false) = (due, diagnostics.has_errors()) else {
            return self.report(&diagnostics.sorted(), ": nothing was listed");
        };
        if let Some(days) = flags.within {
            let last = due.today.saturating_add(i64::from(days).days());
            due.events.retain(|event| event.date <= last);
        }
        if flags.json {
            print_json(&output(&due));
        } else {
            print(&format_due(&due, flags.within));
        }
        if due.events.is_empty() { Status::Nothing } else { Status::Fine }
    }
}

fn output(due: &Due) -> Output<'_> {
    let event = |event| EventOutput::new(event, due.today);
    Output {
        version: 1,
        today: due.today.to_string(),
        time_zone: due.time_zone.as_deref(),
        next: due.events.first().map(|event| event.date.to_string()),
        events: due.events.iter().map(event).collect(),
        overdue: due.overdue.iter().map(event).collect(),
    }
}

impl<'a> EventOutput<'a> {
    fn new(event: &'a Event, today: Date) -> Self {
        let Event { date, change, path, title, lang, owners, linked_from } = event;
        let days = days(today, *date);
        Self { date: date.to_string(), days, change: *change, path, title, lang, owners, linked_from }
    }
}

fn days(today: Date, day: Date) -> i32 {
    (day - today).total((jiff::Unit::Day, SpanRelativeTo::days_are_24_hours())).map_or(0, |days| days as i32)
}

fn format_due(due: &Due, within: Option<u16>) -> String {
    let mut text = String::new();
    if due.events.is_empty() {
        let when = match within {
            None => String::new(),
            Some(0) => " today".into(),
            Some(1) => " today or tomorrow".into(),
            Some(days) => format!(" within {days} days"),
        };
        text.push_str(&format!("Nothing is due{when}.\n"));
    }
    let mut day = None;
    for event in &due.events {
        if day != Some(event.date) {
            text.push_str(&format!("{}, {}\n", event.date, from_now(days(due.today, event.date))));
            day = Some(event.date);
        }
        let what = match event.change {
            Change::Publish => "is published",
            Change::Expire => "expires",
            Change::Review => "is due for review",
            Change::Expected => "is expected by the end of this day",
        };
        let by = match (event.change, event.owners.as_slice()) {
            (Change::Review, owners) if !owners.is_empty() => format!(" by {}", owners.join(", ")),
            _ => String::new(),
        };
        text.push_str(&format!("  {} {what}{by}\n    {}\n", event.title, event.path));
        if !event.linked_from.is_empty() {
            text.push_str(&format!("    linked from {}\n", event.linked_from.join(", ")));
        }
    }
    for event in due.overdue.iter().filter(|event| event.change == Change::Expected) {
        text.push_str(&format!("{} was expected by {}\n    {}\n", event.title, event.date, event.path));
    }
    let reviews = due.overdue.iter().filter(|event| event.change == Change::Review).count();
    if reviews > 0 {
        let are = if reviews == 1 { "is" } else { "are" };
        let reviews = counted(reviews, "review").concat();
        text.push_str(&format!("{reviews} {are} overdue: `ringback report` lists them.\n"));
    }
    text
}

fn from_now(days: i32) -> String {
    match days {
        0 => "today".into(),
        1 => "tomorrow".into(),
        _ => format!("in {days} days"),
    }
}
