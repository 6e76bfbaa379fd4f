//! Times that authors write behind a heading: `## Opener (20s)`, `## Step 1: Prepare (10 min, Anna)`.
//!
//! Scripts and playbooks read the time; heading ids leave the bracket out, so that a link to a step outlives a change
//! of its time. Start with [`Timed::of`].

/// A heading that ends in a bracket with a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timed<'a> {
    /// The heading without the bracket.
    pub title: &'a str,
    /// How long it takes in seconds, and as written (`10 min`); a day counts as 24 hours, and of a range (`5–10 min`) it is the longer one.
    pub duration: Option<(u32, &'a str)>,
    /// By when it is to be done, and as written: `within 24 h`, `day 3`.
    pub due: Option<(Due, &'a str)>,
    /// What follows these in the bracket, after a comma: who does it.
    pub owner: Option<&'a str>,
}

/// By when something is to be done, counted from the beginning of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Within this many seconds.
    Within(u32),
    /// On the day that is so many days later.
    Day(u32),
}

/// Words before the time that there is, in lower case; the longer of two that begin alike comes first.
const WITHIN: [&str; 9] =
    ["within", "inom", "innen", "inden for", "inden", "innerhalb", "binnen", "entro", "dentro de"];

/// Words before the number of a day.
const DAY: [&str; 8] = ["day", "dag", "tag", "jour", "día", "dia", "giorno", "päivä"];

impl Due {
    /// The latest day that can be meant: a year.
    const LAST: u32 = 366;

    /// Reads `within 24 h` or `day 3`, in all languages that have words for them.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(rest) = Self::after_any(text, &WITHIN) {
            return seconds(rest).filter(|seconds| *seconds > 0).map(Self::Within);
        }
        let number = Self::after_any(text, &DAY)?;
        number.parse().ok().filter(|day| *day <= Self::LAST).map(Self::Day)
    }

    /// Does a text begin as one that says by when, whatever follows?
    #[must_use]
    pub fn is_begun(text: &str) -> bool {
        Self::after_any(text, &WITHIN).is_some()
            || Self::after_any(text, &DAY).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    }

    fn after_any<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
        words.iter().find_map(|word| {
            let (start, rest) = text.split_at_checked(word.len())?;
            let is_word = start.to_lowercase() == *word && rest.starts_with([' ', '\u{a0}']);
            is_word.then(|| rest.trim())
        })
    }
}

impl<'a> Timed<'a> {
    /// Reads the bracket at the end of `heading`; `None` when there is none, or when it doesn't begin with a time or with when it
    /// is due.
    #[must_use]
    pub fn parse(heading: &'a str) -> Option<Self> {
        let heading = heading.trim_end();
        let inside = heading.strip_suffix(')')?;
        let (title, inside) = inside.rsplit_once('(')?;
        let (mut first, mut rest) = split_at_comma(inside);
        let duration = seconds(first).map(|seconds| (seconds, first));
        if duration.is_some() {
            (first, rest) = split_at_comma(rest);
        }
        let due = Due::parse(first).map(|due| (due, first));
        let owner = if due.is_some() { rest } else { inside_of(inside, duration)? };
        let title = title.trim_end();
        (duration.is_some() || due.is_some()).then_some(Self {
            title,
            duration,
            due,
            owner: Some(owner).filter(|owner| !owner.is_empty()),
        })
    }
}

/// What stands behind a duration; `None` where there is none.
fn inside_of<'a>(inside: &'a str, duration: Option<(u32, &str)>) -> Option<&'a str> {
    duration.map(|_| split_at_comma(inside).1)
}

/// What is before the first comma that isn't in a number, and what is behind it.
fn split_at_comma(inside: &str) -> (&str, &str) {
    divider(inside).map_or((inside.trim(), ""), |at| (inside[..at].trim(), inside[at + 1..].trim()))
}

/// The first comma that isn't in a number, as it is in `1,5 tim`.
fn divider(inside: &str) -> Option<usize> {
    let bytes = inside.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut commas = inside.match_indices(',').map(|(at, _)| at);
    commas.find(|&at| !(at > 0 && is_digit(at - 1) && is_digit(at + 1)))
}

/// The seconds that `text` says (`20s`, `1 min 30 s`, `1,5 h`, `5–10 min`, `2 dagar`), or `None` when it is something else.
fn seconds(text: &str) -> Option<u32> {
    let mut rest = text.trim_start_matches(['~', '≈', ' ']);
    let mut total = 0.0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let mut number = take(&mut rest, |c| c.is_ascii_digit() || matches!(c, '.' | ','));
        rest = rest.trim_start();
        if let Some(behind) = rest.strip_prefix(['-', '–', '—']) {
            rest = behind.trim_start();
            number = take(&mut rest, |c| c.is_ascii_digit() || matches!(c, '.' | ','));
            rest = rest.trim_start();
        }
        let number: f64 = number.replace(',', ".").parse().ok()?;
        let unit = take(&mut rest, char::is_alphabetic);
        total += number * f64::from(unit_seconds(unit)?);
        rest = rest.trim_start_matches(['.', ' ', '\u{a0}']);
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked against the range")]
    (total.is_finite() && total <= f64::from(u32::MAX)).then_some(total.round() as u32)
}

/// Cuts the longest start of `rest` whose characters all satisfy `fits`.
fn take<'a>(rest: &mut &'a str, fits: impl Fn(char) -> bool) -> &'a str {
    let at = rest.find(|c| !fits(c)).unwrap_or(rest.len());
    let (taken, behind) = rest.split_at(at);
    *rest = behind;
    taken
}

/// Units in the languages that the built-in theme speaks and their neighbours.
fn unit_seconds(unit: &str) -> Option<u32> {
    Some(match unit.to_lowercase().as_str() {
        "s" | "sec" | "secs" | "second" | "seconds" | "sek" | "sekund" | "sekunder" | "sekunde"
        | "sekunden" | "sekuntia" | "segundos" | "secondes" | "seconden" | "secondi" => 1,
        "m" | "min" | "mins" | "minute" | "minutes" | "minut" | "minuter" | "minutt" | "minutter"
        | "minuten" | "minuuttia" | "minutos" | "minuti" => 60,
        "h" | "hr" | "hrs" | "hour" | "hours" | "t" | "tim" | "timme" | "timmar" | "time" | "timer"
        | "std" | "stunde" | "stunden" | "tunti" | "tuntia" | "heure" | "heures" | "hora" | "horas"
        | "uur" => 3_600,
        "d" | "day" | "days" | "dag" | "dagar" | "dager" | "dage" | "tag" | "tage" | "päivää" | "jour"
        | "jours" | "día" | "días" | "dagen" => 86_400,
        "w" | "week" | "weeks" | "vecka" | "veckor" | "uke" | "uker" | "uge" | "uger" | "woche"
        | "wochen" | "viikkoa" | "semaine" | "semaines" | "semana" | "semanas" | "weken" => 604_800,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Due, Timed};

    #[test]
    fn reads_times() {
        for (heading, title, seconds, owner) in [
            ("Opener (20s)", "Opener", 20, None),
            ("Opener (15 s) ", "Opener", 15, None),
            ("Förbered (10 min, Anna)", "Förbered", 600, Some("Anna")),
            ("Prepare (1 min 30 s)", "Prepare", 90, None),
            ("Prepare (1m30s)", "Prepare", 90, None),
            ("Prepare (5–10 min, owner, and more)", "Prepare", 600, Some("owner, and more")),
            ("Vänta (2 dagar)", "Vänta", 172_800, None),
            ("Arbeid (1.5 timer)", "Arbeid", 5_400, None),
            ("A (b) (20s)", "A (b)", 20, None),
            ("Arbeta (1,5 tim)", "Arbeta", 5_400, None),
            ("Arbeta (1,5 h, Anna)", "Arbeta", 5_400, Some("Anna")),
            ("Arbeta (0,5–1,5 tim, Anna, 2,5)", "Arbeta", 5_400, Some("Anna, 2,5")),
        ] {
            let timed = Timed::parse(heading).expect(heading);
            let found = (timed.title, timed.duration.map(|(seconds, _)| seconds), timed.owner);
            assert_eq!(found, (title, Some(seconds), owner), "{heading}");
            assert_eq!(timed.due, None, "{heading}");
        }
    }

    #[test]
    fn reads_when_something_is_due() {
        for (heading, duration, due, owner) in [
            ("Call (within 24h)", None, Due::Within(86_400), None),
            ("Call (within 24 h, rep)", None, Due::Within(86_400), Some("rep")),
            ("Ring (10 min, inom 1 timme, säljaren)", Some(600), Due::Within(3_600), Some("säljaren")),
            ("Ring (innen 2 dager)", None, Due::Within(172_800), None),
            ("Ring (inden for 1,5 t, A, B)", None, Due::Within(5_400), Some("A, B")),
            ("Call (day 3, rep)", None, Due::Day(3), Some("rep")),
            ("Ring (Dag 0)", None, Due::Day(0), None),
        ] {
            let timed = Timed::parse(heading).expect(heading);
            let found =
                (timed.duration.map(|(seconds, _)| seconds), timed.due.map(|(due, _)| due), timed.owner);
            assert_eq!(found, (duration, Some(due), owner), "{heading}");
            assert!(!timed.title.contains('('), "{heading}");
        }
        for heading in
            ["A (within reason)", "A (day)", "A (day 400)", "A (days of 3)", "A (within 0 s)", "A (daybreak)"]
        {
            assert_eq!(Timed::parse(heading), None, "{heading}");
        }
    }

    #[test]
    fn leaves_other_brackets_alone() {
        for heading in [
            "The CRM (and why)",
            "A (2026)",
            "A ()",
            "A (s)",
            "A (20s",
            "20s)",
            "A (20s) b",
            "A (10 x)",
            "A (,)",
            "(é)",
        ] {
            assert_eq!(Timed::parse(heading), None, "{heading}");
        }
    }
}
