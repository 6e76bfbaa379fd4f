//! `chat:` of the integrations: when somebody answers, and what is offered when nobody does.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::config::{Localized, Parser};
use crate::diag::{Code, Diagnostic};
use crate::project::CONFIG_FILE as FILE;
use crate::yaml::{Node, Spanned, Value};

/// The days of a week, as they are written, Monday first.
const DAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// A time of a day during which somebody answers, in minutes after midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpenTime {
    /// The first minute in which somebody answers, after midnight.
    pub from: u16,
    /// The minute after the last one; 1440 is midnight.
    pub until: u16,
}

/// A day on which nobody answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holiday {
    /// On one day of one year.
    Once(Date),
    /// In every year: month and day.
    Yearly(i8, i8),
}

impl Holiday {
    /// As browsers read it: `2027-03-26`, or `12-25` for every year.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Once(date) => date.to_string(),
            Self::Yearly(month, day) => format!("{month:02}-{day:02}"),
        }
    }
}

/// When somebody answers a chat, and what is offered when nobody does.
#[derive(Debug, Clone, Default)]
pub struct ChatDesk {
    /// When it is open on each day of the week, Monday first; `None` is always.
    pub hours: Option<[Vec<OpenTime>; 7]>,
    /// Days on which it is closed.
    pub holidays: Vec<Holiday>,
    /// The time zone of the hours, where it isn't the site's.
    pub time_zone: Option<String>,
    /// The page with the form for people who want to be called.
    pub page: Option<Spanned<String>>,
    /// What is promised to them: when somebody will call.
    pub promise: Localized,
}

impl Parser<'_> {
    /// Reads `chat:`; `None` where it isn't a map, which is reported.
    pub(super) fn desk(&mut self, node: &Node) -> Option<ChatDesk> {
        let mut fields = self.reader.fields(node)?;
        let mut desk =
            ChatDesk { hours: fields.take("hours").map(|node| self.week(node)), ..ChatDesk::default() };
        if let Some(days) = fields.take("holidays").and_then(|node| self.reader.texts(node)) {
            desk.holidays = days.into_iter().filter_map(|day| self.holiday(&day)).collect();
        }
        let zone = fields.take("time_zone").and_then(|node| self.reader.time_zone(node));
        desk.time_zone = zone.as_ref().and_then(TimeZone::iana_name).map(str::to_string);
        desk.page = fields.take("page").and_then(|node| self.reader.text(node));
        desk.promise = fields.take("promise").and_then(|node| self.localized(node)).unwrap_or_default();
        fields.finish("`chat`", [], &mut self.reader);
        Some(desk)
    }

    /// `{mon-thu: 9:00-16:30, fri: [9-12, 13-15]}`: a day that isn't named is closed.
    fn week(&mut self, node: &Node) -> [Vec<OpenTime>; 7] {
        let mut week: [Vec<OpenTime>; 7] = Default::default();
        for (name, node) in self.reader.entries(node).unwrap_or_default() {
            let Some(days) = days(&name.value) else {
                let problem = format!("`{}` is not a day of the week", name.value);
                self.reader.diagnostics.push(
                    Diagnostic::new(Code::InvalidValue, problem)
                        .at(FILE, name.span)
                        .suggest(&name.value, DAYS.iter().copied())
                        .help("write `mon`, `tue`, `wed`, `thu`, `fri`, `sat` or `sun`, or several such as `mon-fri`"),
                );
                continue;
            };
            let times = match node.value {
                Value::Scalar { .. } => self.reader.text(node).map(|one| vec![one]),
                _ => self.reader.texts(node),
            };
            let times: Vec<OpenTime> =
                times.unwrap_or_default().iter().filter_map(|text| self.open_time(text)).collect();
            for day in days {
                week[day].extend(&times);
                week[day].sort();
            }
        }
        week
    }

    fn open_time(&mut self, text: &Spanned<String>) -> Option<OpenTime> {
        let found = open_time(&text.value);
        if found.is_none() {
            let message = format!("`{}` is not a time from when until when", text.value);
            let help = "write it as `9:00-16:30`, with the earlier time first";
            let problem = Diagnostic::new(Code::InvalidValue, message).at(FILE, text.span);
            self.reader.diagnostics.push(problem.help(help));
        }
        found
    }

    /// Reads a day on which nobody answers: `2026-12-24`, or `12-24` for every year.
    pub(in crate::config) fn holiday(&mut self, text: &Spanned<String>) -> Option<Holiday> {
        // In a leap year, so that the 29th of February is a day.
        let yearly = format!("2024-{}", text.value);
        let once = text.value.parse::<Date>().ok().filter(|_| text.value.len() == 10).map(Holiday::Once);
        let yearly = yearly.parse::<Date>().ok().filter(|_| text.value.len() == 5);
        let found = once.or(yearly.map(|day| Holiday::Yearly(day.month(), day.day())));
        if found.is_none() {
            let message = format!("`{}` is not a date", text.value);
            let help =
                "write year-month-day, such as `2026-05-15`, or month-day for a day of every year: `12-24`";
            let problem = Diagnostic::new(Code::BadDate, message).at(FILE, text.span);
            self.reader.diagnostics.push(problem.help(help));
        }
        found
    }
}

/// The days that a name stands for: `mon`, or `mon-fri`.
pub(in crate::config) fn days(name: &str) -> Option<std::ops::RangeInclusive<usize>> {
    let day = |name: &str| DAYS.iter().position(|day| *day == name);
    let (first, last) = name.split_once('-').unwrap_or((name, name));
    let (first, last) = (day(first)?, day(last)?);
    (first <= last).then_some(first..=last)
}

fn open_time(text: &str) -> Option<OpenTime> {
    let (from, until) = text.split_once(['-', '–'])?;
    let (from, until) = (minutes(from.trim())?, minutes(until.trim())?);
    (from < until).then_some(OpenTime { from, until })
}

/// `9:00`, `09.00` or `9`, in minutes after midnight.
fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once([':', '.']).unwrap_or((text, "00"));
    let is_number = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    if !is_number(hours, 2) || minutes.len() != 2 || !is_number(minutes, 2) {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let all = hours * 60 + minutes;
    (minutes < 60 && all <= 24 * 60).then_some(all)
}
