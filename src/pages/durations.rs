//! Times as readers read them.

use super::linked::Edition;
use crate::config::LangId;

/// `20 s`, `2 min`, `2 min 30 s`: the same in all languages of the theme.
pub(super) fn time(seconds: u32) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

/// A time in a language: `1 h 50 min`.
pub(super) fn duration(linked: &Edition, lang: LangId, seconds: u32) -> String {
    let tools = &linked.site.content.tools[lang];
    let units = [(86_400, "unit_days"), (3_600, "unit_hours"), (60, "unit_minutes"), (1, "unit_seconds")];
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (size, unit) in units {
        let count = rest / size;
        rest %= size;
        if count > 0 {
            let words = linked.theme.word(lang, unit).unwrap_or("{n}");
            parts.push(words.replace("{n}", &tools.number(count.into())));
        }
    }
    parts.join(" ")
}
