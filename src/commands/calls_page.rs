//! The tally of calls as a page of its own: one file without scripts, to read, to print and to send on.

use std::fmt::Write as _;

use super::calls::{CallTally, OutcomeCount, ReplyCount};
use crate::encode::html;

/// The words of the page in one language.
struct PageWords {
    lang: &'static str,
    title: &'static str,
    calls: &'static str,
    outcome: &'static str,
    script: &'static str,
    rep: &'static str,
    nobody: &'static str,
    week: &'static str,
    objection: &'static str,
    met: &'static str,
    reply: &'static str,
    led_on: &'static str,
    of: &'static str,
    few: &'static str,
}

const WORDS: [PageWords; 3] = [
    PageWords {
        lang: "en",
        title: "What the calls came to",
        calls: "Calls",
        outcome: "Outcomes",
        script: "Script",
        rep: "Salesperson",
        nobody: "not chosen",
        week: "Week",
        objection: "Objection",
        met: "Calls",
        reply: "Reply",
        led_on: "The call went on",
        of: "of",
        few: "Fewer than twenty are shown as numbers, because a percentage would say more than they do.",
    },
    PageWords {
        lang: "sv",
        title: "Vad samtalen ledde till",
        calls: "Samtal",
        outcome: "Utfall",
        script: "Manus",
        rep: "Säljare",
        nobody: "inte vald",
        week: "Vecka",
        objection: "Invändning",
        met: "Samtal",
        reply: "Svar",
        led_on: "Samtalet gick vidare",
        of: "av",
        few: "Färre än tjugo visas som antal, eftersom en procentsats skulle säga mer än de gör.",
    },
    PageWords {
        lang: "nb",
        title: "Hva samtalene førte til",
        calls: "Samtaler",
        outcome: "Utfall",
        script: "Manus",
        rep: "Selger",
        nobody: "ikke valgt",
        week: "Uke",
        objection: "Innvending",
        met: "Samtaler",
        reply: "Svar",
        led_on: "Samtalen gikk videre",
        of: "av",
        few: "Færre enn tjue vises som antall, fordi en prosentandel ville sagt mer enn de gjør.",
    },
];

/// The languages that the page can be in.
pub const LANGUAGES: [&str; 3] = ["en", "sv", "nb"];

/// How it looks, in the colours of whoever reads it.
const STYLE: &str = ":root{color-scheme:light dark}body{max-width:60rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif}\
div{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:0 0 2rem}th,td{padding:.4rem .75rem;border-bottom:1px solid GrayText;text-align:start;vertical-align:top}td.n{text-align:end}";

/// The page in a language; in English where it has no words for it.
#[must_use]
pub fn page(tally: &CallTally, lang: &str) -> String {
    let [english, ..] = &WORDS;
    let words = WORDS.iter().find(|words| words.lang == lang).unwrap_or(english);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"robots\" content=\"noindex\">\n<title>{1}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{1}</h1>\n<p>{2}: {3}</p>\n",
        words.lang, words.title, words.calls, tally.calls
    );
    let rows = tally.outcomes.iter().map(|end| vec![Cell::Text(end.label.clone()), Cell::Number(end.calls)]);
    table(words.outcome, &[words.outcome, words.calls], rows, &mut out);
    let rows = tally.rows.iter().map(|row| {
        vec![
            Cell::Text(row.script.clone()),
            Cell::Text(row.rep.clone().unwrap_or_else(|| words.nobody.to_string())),
            Cell::Text(row.week.clone()),
            Cell::Number(row.calls),
            Cell::Text(ends(&row.outcomes)),
        ]
    });
    let heads = [words.script, words.rep, words.week, words.calls, words.outcome];
    table(words.week, &heads, rows, &mut out);
    let rows = tally.objections.iter().flat_map(|objection| {
        let start = |first: bool| {
            let name = format!("{} ({})", objection.title, objection.script);
            let met = Cell::Number(objection.met);
            if first {
                vec![Cell::Text(name), met]
            } else {
                vec![Cell::Text(String::new()), Cell::Text(String::new())]
            }
        };
        let replies = objection.replies.iter().enumerate().map(move |(at, reply)| {
            [start(at == 0), vec![Cell::Text(reply.title.clone()), Cell::Text(led_on(reply, words.of))]]
                .concat()
        });
        let alone = objection.replies.is_empty();
        let none =
            alone.then(|| [start(true), vec![Cell::Text(String::new()), Cell::Text(String::new())]].concat());
        replies.chain(none).collect::<Vec<_>>()
    });
    table(words.objection, &[words.objection, words.met, words.reply, words.led_on], rows, &mut out);
    let _ = write!(out, "<p>{}</p>\n</body>\n</html>\n", words.few);
    out
}

/// How often a reply led on: `65 % (13 of 20)`, or `3 of 7` where there are too few for a share.
#[must_use]
pub fn led_on(reply: &ReplyCount, of: &str) -> String {
    let numbers = format!("{} {of} {}", reply.led_on, reply.used);
    match reply.share() {
        Some(share) => format!("{share} % ({numbers})"),
        None => numbers,
    }
}

/// Outcomes in one line: `Closed 3, Call again 1`.
#[must_use]
pub fn ends(outcomes: &[OutcomeCount]) -> String {
    outcomes.iter().map(|end| format!("{} {}", end.label, end.calls)).collect::<Vec<_>>().join(", ")
}

#[derive(Clone)]
enum Cell {
    Text(String),
    Number(usize),
}

/// A table with its title; nothing where it has no rows. What others wrote is text.
fn table(title: &str, heads: &[&str], rows: impl Iterator<Item = Vec<Cell>>, out: &mut String) {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return;
    }
    let _ = write!(out, "<h2>{title}</h2>\n<div><table>\n<tr>");
    for head in heads {
        let _ = write!(out, "<th scope=\"col\">{head}</th>");
    }
    out.push_str("</tr>\n");
    for row in rows {
        out.push_str("<tr>");
        for cell in row {
            match cell {
                Cell::Number(number) => {
                    let _ = write!(out, "<td class=\"n\">{number}</td>");
                }
                Cell::Text(text) => {
                    out.push_str("<td>");
                    html::escape_text(&text, out);
                    out.push_str("</td>");
                }
            }
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table></div>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_wrote_is_text() {
        let end = OutcomeCount { id: "x".into(), label: "<script>alert(1)</script>".into(), calls: 2 };
        let tally = CallTally {
            version: 1,
            calls: 2,
            others: 0,
            outcomes: vec![end],
            rows: Vec::new(),
            objections: Vec::new(),
        };
        for lang in LANGUAGES {
            let page = page(&tally, lang);
            assert!(page.contains(&format!("<html lang=\"{lang}\">")), "{page}");
            assert!(page.contains("&lt;script&gt;") && !page.contains("<script"), "{page}");
        }
        assert_eq!(led_on(&ReplyCount { title: String::new(), used: 7, led_on: 3 }, "of"), "3 of 7");
        assert_eq!(
            led_on(&ReplyCount { title: String::new(), used: 20, led_on: 13 }, "av"),
            "65 % (13 av 20)"
        );
    }
}
