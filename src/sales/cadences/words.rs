//! How authors write the touches of a plan in each language: `## Day 3: Email (9:30)`.

/// By which means a contact is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TouchKind {
    /// A call, by a script or by notes.
    Call,
    /// An email, by a template.
    Email,
    /// A message on LinkedIn, whose words the plan has.
    LinkedIn,
    /// A text message, whose words the plan has.
    Text,
    /// Anything else that somebody does.
    Task,
}

impl TouchKind {
    /// As browsers, templates and ids name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Email => "email",
            Self::LinkedIn => "linkedin",
            Self::Text => "text",
            Self::Task => "task",
        }
    }
}

/// A heading that says when and what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TouchHeading {
    /// Days after the plan began.
    pub(super) day: u32,
    pub(super) kind: TouchKind,
    /// Hour and minute, where it says a time.
    pub(super) time: Option<(u8, u8)>,
}

/// What a heading of a plan turns out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reading {
    /// It is a touch: it says when and what.
    Touch(TouchHeading),
    /// It begins as such a heading does; this part of it can't be read.
    Unclear(HeadingPart),
    /// A heading like any other.
    Other,
}

/// A part of a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HeadingPart {
    /// The number after the word for a day.
    Day,
    /// What it says is done, which no plan knows; empty if it says nothing.
    Kind(String),
    /// What the brackets have, which is no time of day.
    Time(String),
}

/// Days of a plan at most: a year.
const LONGEST: u32 = 366;

/// Reads a heading in a language; its words are understood in English, too.
pub(super) fn read(heading: &str, language: &str) -> Reading {
    let heading = heading.trim();
    let own = words(language);
    let Some(rest) = after_word(heading, own.day).or_else(|| after_word(heading, ENGLISH.day)) else {
        return Reading::Other;
    };
    let Some(rest) = rest.strip_prefix(char::is_whitespace) else { return Reading::Other };
    let rest = rest.trim_start();
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let Some(day) = rest[..digits].parse().ok().filter(|day| *day <= LONGEST) else {
        return Reading::Unclear(HeadingPart::Day);
    };
    let rest = rest[digits..].trim_start_matches([':', '.', '-', '–', '—', ' ', '\u{a0}']).trim();
    let (what, time) = match rest.strip_suffix(')').and_then(|inside| inside.rsplit_once('(')) {
        Some((what, time)) => (what.trim(), Some(time.trim())),
        None => (rest, None),
    };
    let Some(kind) = kind(what, &own).or_else(|| kind(what, &ENGLISH)) else {
        return Reading::Unclear(HeadingPart::Kind(what.to_string()));
    };
    let clock = match time {
        None => None,
        Some(time) => match clock(time, &own).or_else(|| clock(time, &ENGLISH)) {
            Some(clock) => Some(clock),
            None => return Reading::Unclear(HeadingPart::Time(time.to_string())),
        },
    };
    Reading::Touch(TouchHeading { day, kind, time: clock })
}

/// What can be written for a kind in a language, for messages: `Call, Email, LinkedIn, Text message, Task`.
pub(super) fn examples(language: &str) -> String {
    let own = words(language);
    let kinds = if own.kinds.is_empty() { ENGLISH.kinds } else { own.kinds };
    let first = |wanted| kinds.iter().find(|(_, kind)| *kind == wanted).map_or("", |(word, _)| word);
    let all = [TouchKind::Call, TouchKind::Email, TouchKind::LinkedIn, TouchKind::Text, TouchKind::Task];
    all.map(|kind| format!("`{}`", first(kind))).join(", ")
}

fn kind(what: &str, words: &TouchWords) -> Option<TouchKind> {
    let what = what.to_lowercase();
    words.kinds.iter().find(|(word, _)| *word == what).map(|(_, kind)| *kind)
}

/// `9:30`, `09.30`, or a word for a part of the day.
fn clock(time: &str, words: &TouchWords) -> Option<(u8, u8)> {
    let lower = time.to_lowercase();
    if let Some((_, hour)) = words.times.iter().find(|(word, _)| *word == lower) {
        return Some((*hour, 0));
    }
    let (hour, minute) = lower.split_once([':', '.'])?;
    let (hour, minute): (u8, u8) = (hour.parse().ok()?, (minute.len() == 2).then(|| minute.parse().ok())??);
    (hour < 24 && minute < 60).then_some((hour, minute))
}

/// What follows the first of `words` that `text` begins with, in whatever case.
fn after_word<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    words.iter().find_map(|word| {
        let (start, rest) = text.split_at_checked(word.len())?;
        (start.to_lowercase() == *word).then_some(rest)
    })
}

/// The words of a language, in lower case.
struct TouchWords {
    day: &'static [&'static str],
    kinds: &'static [(&'static str, TouchKind)],
    times: &'static [(&'static str, u8)],
}

const ENGLISH: TouchWords = TouchWords {
    day: &["day"],
    kinds: &[
        ("call", TouchKind::Call),
        ("email", TouchKind::Email),
        ("e-mail", TouchKind::Email),
        ("linkedin", TouchKind::LinkedIn),
        ("text message", TouchKind::Text),
        ("text", TouchKind::Text),
        ("sms", TouchKind::Text),
        ("task", TouchKind::Task),
    ],
    times: &[("morning", 9), ("noon", 12), ("lunch", 12), ("afternoon", 14), ("evening", 17)],
};

fn words(language: &str) -> TouchWords {
    match language.split(['-', '_']).next().unwrap_or(language) {
        "sv" => SWEDISH,
        "nb" | "no" | "nn" | "da" => NORWEGIAN,
        "de" => GERMAN,
        "fr" => FRENCH,
        "es" => SPANISH,
        "fi" => FINNISH,
        "nl" => DUTCH,
        _ => TouchWords { day: &[], kinds: &[], times: &[] },
    }
}

const SWEDISH: TouchWords = TouchWords {
    day: &["dag"],
    kinds: &[
        ("samtal", TouchKind::Call),
        ("ring", TouchKind::Call),
        ("mejl", TouchKind::Email),
        ("e-post", TouchKind::Email),
        ("linkedin", TouchKind::LinkedIn),
        ("sms", TouchKind::Text),
        ("uppgift", TouchKind::Task),
    ],
    times: &[("morgon", 9), ("förmiddag", 10), ("lunch", 12), ("eftermiddag", 14), ("kväll", 17)],
};

const NORWEGIAN: TouchWords = TouchWords {
    day: &["dag"],
    kinds: &[
        ("samtale", TouchKind::Call),
        ("opkald", TouchKind::Call),
        ("ring", TouchKind::Call),
        ("e-post", TouchKind::Email),
        ("e-mail", TouchKind::Email),
        ("linkedin", TouchKind::LinkedIn),
        ("sms", TouchKind::Text),
        ("oppgave", TouchKind::Task),
        ("opgave", TouchKind::Task),
        ("oppgåve", TouchKind::Task),
    ],
    times: &[
        ("morgen", 9),
        ("formiddag", 10),
        ("lunsj", 12),
        ("frokost", 12),
        ("ettermiddag", 14),
        ("eftermiddag", 14),
        ("kveld", 17),
        ("aften", 17),
    ],
};

const GERMAN: TouchWords = TouchWords {
    day: &["tag"],
    kinds: &[
        ("anruf", TouchKind::Call),
        ("e-mail", TouchKind::Email),
        ("linkedin", TouchKind::LinkedIn),
        ("sms", TouchKind::Text),
        ("aufgabe", TouchKind::Task),
    ],
    times: &[("morgen", 9), ("vormittag", 10), ("mittag", 12), ("nachmittag", 14), ("abend", 17)],
};

const FRENCH: TouchWords = TouchWords {
    day: &["jour"],
    kinds: &[
        ("appel", TouchKind::Call),
        ("e-mail", TouchKind::Email),
        ("courriel", TouchKind::Email),
        ("linkedin", TouchKind::LinkedIn),
        ("sms", TouchKind::Text),
        ("tâche", TouchKind::Task),
    ],
    times: &[("matin", 9), ("midi", 12), ("après-midi", 14), ("soir", 17)],
};

const SPANISH: TouchWords = TouchWords {
    day: &["día"],
    kinds: &[
        ("llamada", TouchKind::Call),
        ("correo", TouchKind::Email),
        ("linkedin", TouchKind::LinkedIn),
        ("sms", TouchKind::Text),
        ("tarea", TouchKind::Task),
    ],
    times: &[("mañana", 9), ("mediodía", 12), ("tarde", 16)],
};

const FINNISH: TouchWords = TouchWords {
    day: &["päivä"],
    kinds: &[
        ("puhelu", TouchKind::Call),
        ("sähköposti", TouchKind::Email),
        ("linkedin", TouchKind::LinkedIn),
        ("tekstiviesti", TouchKind::Text),
        ("tehtävä", TouchKind::Task),
    ],
    times: &[("aamu", 9), ("aamupäivä", 10), ("iltapäivä", 14), ("ilta", 17)],
};

const DUTCH: TouchWords = TouchWords {
    day: &["dag"],
    kinds: &[
        ("telefoontje", TouchKind::Call),
        ("bellen", TouchKind::Call),
        ("e-mail", TouchKind::Email),
        ("linkedin", TouchKind::LinkedIn),
        ("sms", TouchKind::Text),
        ("taak", TouchKind::Task),
    ],
    times: &[("ochtend", 9), ("middag", 12), ("namiddag", 14), ("avond", 17)],
};

#[cfg(test)]
mod tests {
    use super::*;

    fn touch(day: u32, kind: TouchKind, time: Option<(u8, u8)>) -> Reading {
        Reading::Touch(TouchHeading { day, kind, time })
    }

    #[test]
    fn headings_say_when_and_what() {
        for (heading, language, expected) in [
            ("Day 0: Call (morning)", "en", touch(0, TouchKind::Call, Some((9, 0)))),
            ("Day 3: Email", "en", touch(3, TouchKind::Email, None)),
            ("DAY 3 – LinkedIn (9:05)", "en", touch(3, TouchKind::LinkedIn, Some((9, 5)))),
            ("Dag 2: Mejl (eftermiddag)", "sv", touch(2, TouchKind::Email, Some((14, 0)))),
            ("Day 2: Call (09.30)", "sv", touch(2, TouchKind::Call, Some((9, 30)))),
            ("Dag 10: Oppgave", "nb", touch(10, TouchKind::Task, None)),
            ("Jour 1 : Appel (matin)", "fr", touch(1, TouchKind::Call, Some((9, 0)))),
            ("Dag 2: Mejl", "en", Reading::Other),
            ("Days 2: Call", "en", Reading::Other),
            ("Before you begin", "en", Reading::Other),
            ("Day one: Call", "en", Reading::Unclear(HeadingPart::Day)),
            ("Day 400: Call", "en", Reading::Unclear(HeadingPart::Day)),
            ("Day 2: Fax", "en", Reading::Unclear(HeadingPart::Kind("Fax".into()))),
            ("Day 2", "en", Reading::Unclear(HeadingPart::Kind(String::new()))),
            ("Day 2: Call (25:00)", "en", Reading::Unclear(HeadingPart::Time("25:00".into()))),
            ("Day 2: Call (soon)", "en", Reading::Unclear(HeadingPart::Time("soon".into()))),
        ] {
            assert_eq!(read(heading, language), expected, "{heading}");
        }
    }
}
