//! Times that authors write behind a heading: `## Opener (20s)`, `## Step 1: Prepare (10 min, Anna)`.
//!
//! Scripts and playbooks read the time; heading ids leave the bracket out, so that a link to a step outlives a change
//! of its time. Start with [`Timed::of`].

/// A heading that ends in a bracket with a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timed<'a> {
    /// The heading without the bracket.
    pub title: &'a str,
    /// The time in seconds; a day counts as 24 hours, and of a range (`5–10 min`) it is the longer one.
    pub seconds: u32,
    /// The time as written: `10 min`.
    pub duration: &'a str,
    /// What follows the first comma in the bracket: who does it.
    pub owner: Option<&'a str>,
}

impl<'a> Timed<'a> {
    /// Reads the bracket at the end of `heading`; `None` when there is none, or when it doesn't begin with a time.
    #[must_use]
    pub fn parse(heading: &'a str) -> Option<Self> {
        let heading = heading.trim_end();
        let inside = heading.strip_suffix(')')?;
        let (title, inside) = inside.rsplit_once('(')?;
        let (duration, owner) = match divider(inside) {
            Some(at) => (inside[..at].trim(), Some(inside[at + 1..].trim()).filter(|o| !o.is_empty())),
            None => (inside.trim(), None),
        };
        let seconds = seconds(duration)?;
        Some(Self { title: title.trim_end(), seconds, duration, owner })
    }
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
    use super::Timed;

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
            assert_eq!((timed.title, timed.seconds, timed.owner), (title, seconds, owner), "{heading}");
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
