//! Every word that the program or a built-in template asks of the theme is there in each of its languages. One that is missing
//! shows as English among Swedish, or as nothing at all, and no build tells.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::support::tree;

const LANGUAGES: [&str; 3] = ["en", "sv", "nb"];

/// Keys that are put together while the site is made: how they begin, and all their ends.
const MADE: &[(&str, &[&str])] = &[
    ("bio_", &["short", "medium", "long"]),
    ("weekday_", &["1", "2", "3", "4", "5", "6", "7"]),
    (
        "stage_",
        &[
            "attract",
            "convert",
            "close",
            "delight",
            "attention",
            "interest",
            "desire",
            "action",
            "satisfaction",
            "aware",
            "attitude",
            "act",
            "act_again",
            "appeal",
            "ask",
            "advocate",
        ],
    ),
    ("call_referral_", &["name", "phone", "email"]),
    (
        "form_",
        &[
            "required",
            "email",
            "tel",
            "url",
            "number",
            "date",
            "choose",
            "tick",
            "consent",
            "business_email",
            "too_long",
            "too_short",
            "too_small",
            "too_large",
        ],
    ),
    (
        "survey_",
        &[
            "nps_low",
            "nps_high",
            "csat_low",
            "csat_high",
            "ces_low",
            "ces_high",
            "group_self",
            "group_manager",
            "group_peers",
            "group_reports",
            "group_customers",
        ],
    ),
    ("survey_group_", &["self", "manager", "peers", "reports", "customers"]),
    ("today_kind_", &["call", "email", "linkedin", "text", "task"]),
    ("kind_", &["insight", "playbook", "script", "mail", "cadence", "page", "person", "section"]),
    ("state_", &["draft", "scheduled", "expired", "draft_means", "scheduled_means", "expired_means"]),
    ("consent_", &["statistics", "marketing", "chat", "statistics_means", "marketing_means", "chat_means"]),
    ("report_", &["places", "overdue", "outdated", "orphans", "untranslated", "never_sent", "with_forms"]),
];

/// Beginnings of keys that tables in the code hold, which are looked up one by one.
const IN_TABLES: &[&str] =
    &["lock_", "unit_", "share_", "alert_", "rep_", "placeholder_", "call_objections", "call_ends"];

/// What code that looks up keys of such a table gives as the key.
const NAMES_OF_KEYS: &[&str] = &["key", "unit", "&key"];

fn read(folder: &str, ending: &str) -> BTreeMap<String, String> {
    let files = tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    let wanted = files.into_iter().filter(|(path, _)| {
        path.ends_with(ending) && !path.ends_with("tests.rs") && !path.contains("tests/")
    });
    wanted.map(|(path, bytes)| (path, String::from_utf8(bytes).expect("UTF-8"))).collect()
}

/// The theme's keys in a language, and whether each has a text.
fn theme_keys(language: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("themes/ringback/i18n/{language}.yaml"));
    let text = std::fs::read_to_string(path).expect("each language has its file");
    let keys = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    keys.filter_map(|line| line.split_once(':'))
        .filter(|(_, words)| !words.trim().is_empty())
        .map(|(key, _)| key.to_string())
        .collect()
}

fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// What is between the quotes of each literal in `text`.
fn literals(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).step_by(2)
}

/// The arguments of each call of a function `name` in `text`, but of its own declaration.
fn calls<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    let opens = text.match_indices(name).map(|(at, _)| at);
    opens.filter_map(move |at| {
        let before = &text[..at];
        let rest = text[at + name.len()..].strip_prefix('(')?;
        let continues_a_name = before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        if continues_a_name || before.ends_with("fn ") {
            return None;
        }
        let mut depth = 1;
        let end = rest.find(|c| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth == 0
        })?;
        Some(&rest[..end])
    })
}

/// The keys that begin with `begin`, with everything that may follow it.
fn made_keys(begin: &str) -> Vec<String> {
    let found = MADE.iter().find(|(known, _)| *known == begin);
    let (_, ends) = found.unwrap_or_else(|| panic!("say in `MADE` what may follow `{begin}`"));
    ends.iter().map(|end| format!("{begin}{end}")).collect()
}

/// What the program asks for, each with the file that does.
fn asked_by_code() -> BTreeMap<String, String> {
    let mut asked = BTreeMap::new();
    for (path, text) in read("src", ".rs") {
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let in_tables = literals(text).filter(|text| {
            is_key(text) && !text.ends_with('_') && IN_TABLES.iter().any(|begin| text.starts_with(begin))
        });
        asked.extend(in_tables.map(|key| (key.to_string(), path.clone())));
        for arguments in calls(text, "string").chain(calls(text, "word")).chain(calls(text, "theme.count")) {
            let key = literals(arguments).next();
            match key {
                Some(key) if is_key(key) => drop(asked.insert(key.to_string(), path.clone())),
                Some(key) => {
                    let begin = key.split('{').next().unwrap_or_default();
                    asked.extend(made_keys(begin).into_iter().map(|key| (key, path.clone())));
                }
                None if text.contains("theme.word(") => {
                    let name = arguments.rsplit(',').next().unwrap_or_default().trim();
                    let is_declared = NAMES_OF_KEYS.contains(&name);
                    assert!(is_declared, "{path}: say which keys `word({arguments})` may ask for");
                }
                // A function of that name in something else.
                None => {}
            }
        }
    }
    asked
}

/// What the built-in theme's templates ask for, each with the template that does.
fn asked_by_templates() -> BTreeMap<String, String> {
    let mut asked = BTreeMap::new();
    for (path, text) in read("themes/ringback/templates", ".html") {
        let starts_a_name =
            |at: usize| !text[..at].ends_with(|c: char| c.is_alphanumeric() || "_.".contains(c));
        for (at, _) in text.match_indices("t.").filter(|(at, _)| starts_a_name(*at)) {
            let rest = &text[at + 2..];
            let key = &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())];
            // Not the end of a sentence in a comment.
            if is_key(key) {
                asked.insert(key.to_string(), path.clone());
            }
        }
        for (at, _) in text.match_indices("t[\"").filter(|(at, _)| starts_a_name(*at)) {
            let rest = &text[at + 3..];
            let (begin, rest) = rest.split_once('"').expect("a key is in quotes");
            let keys = if rest.starts_with(" ~ name]") {
                let (_, names) = text[..at].rsplit_once("for name in [").expect("names are listed before");
                let names = names.split(']').next().unwrap_or_default();
                literals(names).map(|name| format!("{begin}{name}")).collect()
            } else if rest.starts_with(']') {
                vec![begin.to_string()]
            } else {
                made_keys(begin)
            };
            asked.extend(keys.into_iter().map(|key| (key, path.clone())));
        }
    }
    asked
}

#[test]
fn every_word_that_is_asked_for_is_there_in_each_language() {
    let (code, templates) = (asked_by_code(), asked_by_templates());
    assert!(
        code.contains_key("alert_note") && code.contains_key("lock_now") && code.contains_key("unit_days")
    );
    assert!(templates.contains_key("form_required") && templates.contains_key("skip_to_text"));
    assert!(code.len() > 40 && templates.len() > 150, "{} and {}", code.len(), templates.len());
    for language in LANGUAGES {
        let known = theme_keys(language);
        let asked = code.iter().chain(&templates);
        let missing: Vec<_> = asked.filter(|(key, _)| !known.contains(*key)).collect();
        assert!(missing.is_empty(), "i18n/{language}.yaml lacks {missing:?}");
    }
}

#[test]
fn the_languages_have_the_same_words() {
    let english = theme_keys("en");
    for language in LANGUAGES {
        let known = theme_keys(language);
        let differ: Vec<_> = english.symmetric_difference(&known).collect();
        assert!(differ.is_empty(), "i18n/{language}.yaml and i18n/en.yaml differ in {differ:?}");
    }
}
