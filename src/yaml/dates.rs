//! Days as authors write them: as ringback's docs say, as other generators write them, and as YAML has timestamps.

use jiff::Zoned;
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};

#[cfg(test)]
use super::seen;
use super::{Node, Reader};
use crate::diag::{Code, Diagnostic};

/// A day, a month or a year: as much as is known of when something was published elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartialDate {
    /// `2016-04-12`
    Day(Date),
    /// `2016-04`, as the first day of that month.
    Month(Date),
    /// A year alone, `2016`.
    Year(i16),
}

impl std::fmt::Display for PartialDate {
    /// As ISO 8601 has it, with no more than is known.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Month(day) => write!(f, "{:04}-{:02}", day.year(), day.month()),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

impl Reader<'_> {
    /// A day, as `2026-11-22`. A time and an offset after it are allowed, as Jekyll, Hugo and YAML write them, and left
    /// out: the day is the one that is written.
    pub fn date(&mut self, node: &Node) -> Option<Date> {
        #[cfg(test)]
        seen::value(self.file, node, &seen::Kind::Date);
        let text = self.text(node)?;
        match day(&text.value) {
            Ok(day) => Some(day),
            Err(why) => {
                let message = format!("`{}` is not a date{}", text.value, why.reason());
                let problem = Diagnostic::new(Code::BadDate, message).at(self.file, text.span);
                self.diagnostics.push(problem.help("write year-month-day, such as `2026-11-02`"));
                None
            }
        }
    }

    /// A time of a day in a time zone, as `2027-02-10 10:00`. An hour that the clocks leave out is none; of one that they
    /// have twice, it is the first.
    pub fn time(&mut self, node: &Node, zone: &TimeZone) -> Option<Zoned> {
        #[cfg(test)]
        seen::value(self.file, node, &seen::Kind::Time);
        let text = self.text(node)?;
        let written = text.value.replacen('T', " ", 1);
        let found = DateTime::strptime("%Y-%m-%d %H:%M", written.trim()).ok();
        let why = match found.map(|time| zone.to_ambiguous_zoned(time)) {
            Some(time) if !matches!(time.offset(), AmbiguousOffset::Gap { .. }) => match time.compatible() {
                Ok(time) => return Some(time),
                Err(_) => "",
            },
            Some(_) => ": the clocks are put forward then",
            None => "",
        };
        let message = format!("`{}` is not a time{why}", text.value);
        let problem = Diagnostic::new(Code::BadDate, message).at(self.file, text.span);
        self.diagnostics.push(problem.help("write the day and the time, such as `2027-02-10 10:00`"));
        None
    }

    /// A time zone, by its name in the IANA's database.
    pub fn time_zone(&mut self, node: &Node) -> Option<TimeZone> {
        #[cfg(test)]
        seen::value(self.file, node, &seen::Kind::TimeZone);
        let text = self.text(node)?;
        let found = TimeZone::get(&text.value).ok();
        if found.is_none() {
            let message = format!("`{}` is not a time zone", text.value);
            let problem = Diagnostic::new(Code::InvalidValue, message).at(self.file, text.span);
            self.diagnostics.push(problem.help("use a name such as `Europe/Stockholm`"));
        }
        found
    }

    /// A day, a month (`2016-04`) or a year (`2016`).
    pub fn rough_date(&mut self, node: &Node) -> Option<PartialDate> {
        #[cfg(test)]
        seen::value(self.file, node, &seen::Kind::RoughDate);
        let text = self.text(node)?;
        let written = text.value.as_str();
        let is_digits = |part: &str, count: usize| part.len() == count && digits(part);
        let month = written.split_once('-').filter(|(year, month)| is_digits(year, 4) && is_digits(month, 2));
        let found = match month {
            Some((year, month)) => first_of(year, month).map(PartialDate::Month),
            None if is_digits(written, 4) => written.parse().ok().map(PartialDate::Year),
            None => day(written).ok().map(PartialDate::Day),
        };
        if found.is_none() {
            let message = format!("`{written}` is not a date");
            let problem = Diagnostic::new(Code::BadDate, message).at(self.file, text.span);
            self.diagnostics
                .push(problem.help("write a day, a month or a year: `2016-04-12`, `2016-04` or `2016`"));
        }
        found
    }
}

fn first_of(year: &str, month: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()
}

#[derive(Debug, PartialEq, Eq)]
enum NoDate {
    /// Of the right shape, such as 30 February.
    NoSuchDay,
    /// What follows the day is no time.
    NoTime,
    Other,
}

impl NoDate {
    fn reason(&self) -> &'static str {
        match self {
            Self::NoSuchDay => ": there is no such day",
            Self::NoTime => ": what follows the day is not a time",
            Self::Other => "",
        }
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn day(text: &str) -> Result<Date, NoDate> {
    let (Some(day), Some(rest)) = (text.get(..10), text.get(10..)) else { return Err(NoDate::Other) };
    let is_shaped =
        day.bytes().enumerate().all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    if !is_shaped || rest.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(NoDate::Other);
    }
    let date = day.parse().map_err(|_| NoDate::NoSuchDay)?;
    let time = rest.strip_prefix(['T', 't']).unwrap_or_else(|| rest.trim_start());
    let is_time = rest.is_empty() || time.len() < rest.len() && is_time(time);
    if is_time { Ok(date) } else { Err(NoDate::NoTime) }
}

/// `8:30`, `08:30:00`, `08:30:00.25Z`, `08:30:00 +0100`, `08:30+01`, `08:30:00 +0100 CET`: what YAML's timestamps, ISO
/// 8601, Ruby and Go write.
fn is_time(text: &str) -> bool {
    let zone_at = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.')).unwrap_or(text.len());
    let (clock, zone) = text.split_at(zone_at);
    is_clock(clock) && is_zone(zone.trim_start())
}

fn is_clock(text: &str) -> bool {
    let below = |part: &str, limit: u8| {
        matches!(part.len(), 1 | 2) && part.parse::<u8>().is_ok_and(|number| number < limit)
    };
    let (clock, fraction) = text.split_once('.').map_or((text, None), |(clock, rest)| (clock, Some(rest)));
    let parts: Vec<&str> = clock.split(':').collect();
    let is_two = |part: &&str| part.len() == 2;
    let is_fine = match parts[..] {
        [hour, minute] => below(hour, 24) && below(minute, 60) && fraction.is_none(),
        // A leap second has the number 60.
        [hour, minute, second] => below(hour, 24) && below(minute, 60) && below(second, 61),
        _ => false,
    };
    is_fine && parts.iter().skip(1).all(is_two) && fraction.is_none_or(digits)
}

fn is_zone(text: &str) -> bool {
    let (offset, name) = match text.split_once([' ', '[']) {
        Some((offset, name)) => (offset, name.trim_end_matches(']')),
        None => (text, ""),
    };
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '_' | '-'))
    };
    let is_short = |name: &str| (1..=5).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase());
    match offset.strip_prefix(['+', '-']) {
        None => offset.is_empty() && name.is_empty() || offset == "z" || is_short(offset) && name.is_empty(),
        Some(rest) => {
            let is_offset = match rest.split_once(':') {
                Some((hours, minutes)) => {
                    digits(hours) && hours.len() < 3 && digits(minutes) && minutes.len() == 2
                }
                None => digits(rest) && matches!(rest.len(), 1 | 2 | 4),
            };
            is_offset && (name.is_empty() || is_name(name))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_other_programs_write_them() {
        for text in [
            "2026-01-05",
            "2026-01-05 08:30",
            "2026-01-05 8:30:00",
            "2026-01-05 08:30:00 +0100",
            "2026-01-05 08:30:00 +01:00",
            "2026-01-05 08:30:00+01",
            "2026-01-05T08:30:00+01:00",
            "2026-01-05T08:30:00-0500",
            "2026-01-05T08:30:00.123456Z",
            "2026-01-05t23:59:60z",
            "2026-01-05  08:30:00.5 -5",
            "2026-01-05 08:30:00 UTC",
            "2026-01-05 08:30:00 +0100 CET",
            "2026-01-05T08:30:00+01:00[Europe/Oslo]",
        ] {
            assert_eq!(day(text), Ok(jiff::civil::date(2026, 1, 5)), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_or_no_time() {
        assert_eq!(day("2026-02-30"), Err(NoDate::NoSuchDay));
        assert_eq!(day("2026-02-30 08:00"), Err(NoDate::NoSuchDay));
        for text in ["05/01/2026", "2026-1-5", "2026-01-051", "20260105", "ååååå", ""] {
            assert_eq!(day(text), Err(NoDate::Other), "{text}");
        }
        for text in [
            "2026-01-05 24:00",
            "2026-01-05 8:3",
            "2026-01-05 noon",
            "2026-01-05 08:60",
            "2026-01-05 08:30 +1:000",
            "2026-01-05T",
            "2026-01-05-old",
            "2026-01-05 08:30:00.",
        ] {
            assert_eq!(day(text), Err(NoDate::NoTime), "{text}");
        }
    }
}
