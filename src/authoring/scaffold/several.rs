//! A new site in several languages: the first one names files, forms and terms; the others translate them.
//!
//! Each language of the starter is a site of its own with names in that language. Here the names of the others become
//! those of the first ([`NAMES`]), and what readers see is kept for each language: pages as `name.sv.md`, texts of forms
//! and of `ringback.yaml` as `{en: …, sv: …}`.

use super::{Files, StarterLanguage, quoted};
use crate::diag::Span;
use crate::project::CONFIG_FILE;
use crate::yaml::{self, Node, Value};

/// What is called something else in each language of the starter, in the order of [`Tongue::ALL`]: files, forms, people
/// and addresses. Nothing of it is a word of the texts.
const NAMES: &[[&str; 3]] = &[
    ["answer-before-they-ring", "svara-innan-de-ringer", "svar-for-de-ringer"],
    ["ten-questions", "tio-fragor", "ti-sporsmal"],
    ["ring-back-a-lead", "ring-upp-ett-lead", "ring-tilbake-til-et-lead"],
    ["first-call", "forsta-samtalet", "forste-samtale"],
    ["before-you-ask-for-a-price", "innan-du-fragar-om-pris", "for-du-spor-om-pris"],
    ["compare-two-quotes", "jamfor-tva-offerter", "sammenlign-to-tilbud"],
    ["the-first-month", "den-forsta-manaden", "den-forste-maneden"],
    ["prepare-a-call", "forbered-ett-samtal", "forbered-en-samtale"],
    ["after-the-meeting", "efter-motet", "etter-motet"],
    ["follow-up-a-quote", "folj-upp-en-offert", "folg-opp-et-tilbud"],
    ["pages/contact", "pages/kontakt", "pages/kontakt"],
    ["pages/privacy", "pages/integritet", "pages/personvern"],
    ["form:ring-me-back", "form:ring-upp-mig", "form:ring-meg-opp"],
    ["forms/ring-me-back", "forms/ring-upp-mig", "forms/ring-meg-opp"],
    ["alex-morgan", "kim-berg", "kim-berg"],
    ["Alex", "Kim", "Kim"],
    ["Alex Morgan", "Kim Berg", "Kim Berg"],
    ["alex@your-site.example", "kim@your-site.example", "kim@your-site.example"],
    ["hello@your-site.example", "hej@your-site.example", "hei@your-site.example"],
    ["+44 20 7946 0018", "+46 8 465 004 70", "+46 8 465 004 10"],
    ["+44 20 7946 0019", "+46 8 465 004 71", "+46 8 465 004 11"],
];

/// Terms, which are words of the texts as well: they are names in front matter alone.
const TERMS: &[[&str; 3]] = &[
    ["preparation", "forberedelse", "forberedelse"],
    ["calls", "samtal", "samtaler"],
    ["buyer", "kopare", "kjoper"],
    ["salesperson", "saljare", "selger"],
    ["costs", "kostnader", "kostnader"],
    ["choosing", "valja", "velge"],
    ["customer", "kund", "kunde"],
];

/// Keys of YAML whose values readers see.
const SEEN: &[&str] =
    &["title", "description", "label", "text", "intro", "submit", "message", "help", "placeholder"];

/// Makes one site of those in each language; the first is the site's own.
pub(super) fn joined(mut sites: Vec<(StarterLanguage, Files)>) -> Files {
    let (first, mut files) = sites.remove(0);
    let mut others: Vec<(StarterLanguage, Files)> = Vec::new();
    for (tongue, texts) in sites {
        let texts = texts.into_iter().map(|(path, text)| {
            let named = renamed(&path, NAMES, (tongue, first));
            (named, in_names_of(&text, &path, (tongue, first)))
        });
        others.push((tongue, texts.collect()));
    }
    for (path, text) in &mut files {
        if path.ends_with(".yaml") {
            let translations = others.iter().filter_map(|(other, files)| Some((*other, files.get(path)?)));
            *text = translated(first, text, &translations.collect::<Vec<_>>());
        }
    }
    if let Some(config) = files.get_mut(CONFIG_FILE) {
        let all = std::iter::once(first).chain(others.iter().map(|(other, _)| *other));
        let all: Vec<String> = all.map(|tongue| format!("{}: {{}}", tongue.code())).collect();
        let line = format!("languages: {{{}}}\ndefault_language:", all.join(", "));
        *config = config.replacen("default_language:", &line, 1);
    }
    for (tongue, texts) in others {
        let pages = texts.into_iter().filter_map(|(path, text)| {
            let name = path.strip_prefix("content/").and_then(|path| path.strip_suffix(".md"))?;
            Some((format!("content/{name}.{}.md", tongue.code()), text))
        });
        files.extend(pages);
    }
    files
}

/// A text of one language with the names of another, with its own as the slug of a page's address.
fn in_names_of(text: &str, path: &str, languages: (StarterLanguage, StarterLanguage)) -> String {
    let text = renamed(text, NAMES, languages);
    let Some(rest) = text.strip_prefix("---\n") else { return text };
    let Some((front, body)) = rest.split_once("\n---\n") else { return text };
    let of_terms = |line: &str| line.starts_with("category:") || line.starts_with("persona:");
    let lines = front.lines().map(|line| match of_terms(line) {
        true => renamed(line, TERMS, languages),
        false => line.to_string(),
    });
    let mut lines: Vec<String> = lines.collect();
    let name = path.rsplit('/').next().and_then(|name| name.strip_suffix(".md")).unwrap_or_default();
    let is_person = path.contains("/people/");
    if name != "_index" && !is_person && !renamed(path, NAMES, languages).ends_with(&format!("/{name}.md")) {
        lines.insert(1, format!("slug: {name}"));
    }
    format!("---\n{}\n---\n{body}", lines.join("\n"))
}

/// Replaces whole names of a language by those of another.
fn renamed(text: &str, names: &[[&str; 3]], (from, to): (StarterLanguage, StarterLanguage)) -> String {
    let index = |tongue: StarterLanguage| {
        StarterLanguage::ALL.iter().position(|one| *one == tongue).unwrap_or_default()
    };
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '@');
    let mut names: Vec<(&str, &str)> = names.iter().map(|all| (all[index(from)], all[index(to)])).collect();
    // The longest first: one may be the beginning of another.
    names.sort_by_key(|(old, _)| std::cmp::Reverse(old.len()));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let starts = !out.chars().next_back().is_some_and(is_part) || !is_part(c);
        let found = names.iter().find(|(old, _)| {
            starts && text[at..].strip_prefix(old).is_some_and(|rest| !rest.starts_with(is_part))
        });
        match found {
            Some((old, new)) => {
                out.push_str(new);
                at += old.len();
            }
            None => {
                out.push(c);
                at += c.len_utf8();
            }
        }
    }
    out
}

/// A file of YAML in which each text that readers see is given in all languages. The files are alike but for these.
fn translated(first: StarterLanguage, text: &str, others: &[(StarterLanguage, &String)]) -> String {
    let Ok(own) = yaml::parse(text, 0, CONFIG_FILE) else { return text.to_string() };
    let trees =
        others.iter().filter_map(|(tongue, text)| Some((*tongue, yaml::parse(text, 0, CONFIG_FILE).ok()?)));
    let trees: Vec<(StarterLanguage, Node)> = trees.collect();
    let others: Vec<(StarterLanguage, &Node)> = trees.iter().map(|(tongue, node)| (*tongue, node)).collect();
    let mut changes = Vec::new();
    collect(first, "", &own, &others, &mut changes);
    let mut out = text.to_string();
    for (span, new) in changes.into_iter().rev() {
        let mut range = span.range();
        if out[..range.start].ends_with('"') && out[range.end..].starts_with('"') {
            range = range.start - 1..range.end + 1;
        }
        out.replace_range(range, &new);
    }
    out
}

/// Finds the texts that differ, in the order of the file.
fn collect(
    first: StarterLanguage,
    key: &str,
    own: &Node,
    others: &[(StarterLanguage, &Node)],
    changes: &mut Vec<(Span, String)>,
) {
    match &own.value {
        Value::Map(entries) => {
            for (index, (key, value)) in entries.iter().enumerate() {
                let same = others.iter().filter_map(|(tongue, node)| match &node.value {
                    Value::Map(entries) => Some((*tongue, &entries.get(index)?.1)),
                    _ => None,
                });
                collect(first, &key.value, value, &same.collect::<Vec<_>>(), changes);
            }
        }
        Value::Scalar { text, .. } if SEEN.contains(&key) => {
            let texts = others.iter().filter_map(|(tongue, node)| match &node.value {
                Value::Scalar { text, .. } => Some((*tongue, text.as_str())),
                _ => None,
            });
            let all: Vec<(StarterLanguage, &str)> =
                std::iter::once((first, text.as_str())).chain(texts).collect();
            if all.iter().any(|(_, other)| other != text) {
                let all: Vec<String> =
                    all.iter().map(|(tongue, text)| format!("{}: {}", tongue.code(), quoted(text))).collect();
                changes.push((own.span, format!("{{{}}}", all.join(", "))));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authoring::scaffold::site::{NewSite, Starter, site};

    #[test]
    fn whole_names_alone_are_replaced() {
        let swedish = "Kim skrev [tio frågor](tio-fragor.md), kim@your-site.example. Kimberly, min-tio-fragor, form:ring-upp-mig";
        assert_eq!(
            renamed(swedish, NAMES, (StarterLanguage::Swedish, StarterLanguage::English)),
            "Alex skrev [tio frågor](ten-questions.md), alex@your-site.example. Kimberly, min-tio-fragor, form:ring-me-back"
        );
    }

    #[test]
    fn texts_that_readers_see_are_given_in_all_languages() {
        let english = "title: A\nsubmit: \"Go\" # why\nthank_you: {message: Thanks, page: x}\nwebhook: crm\n";
        let swedish =
            "title: A\nsubmit: \"Kör\" # varför\nthank_you: {message: Tack, page: y}\nwebhook: crm2\n";
        assert_eq!(
            translated(
                StarterLanguage::English,
                english,
                &[(StarterLanguage::Swedish, &swedish.to_string())]
            ),
            "title: A\nsubmit: {en: \"Go\", sv: \"Kör\"} # why\nthank_you: {message: {en: \"Thanks\", sv: \"Tack\"}, page: x}\nwebhook: crm\n"
        );
    }

    #[test]
    fn every_name_of_the_starter_is_known() {
        let today = jiff::civil::date(2026, 11, 22);
        let all = Starter::ALL.iter().flat_map(|starter| {
            let pairs = StarterLanguage::ALL.map(|from| StarterLanguage::ALL.map(|to| (from, to)));
            pairs.concat().into_iter().map(move |(from, to)| (*starter, from, to))
        });
        for (starter, from, to) in all {
            let files = |tongue| site(&NewSite { starter, ..NewSite::new("T", &[tongue], today) });
            let mut named: Vec<String> =
                files(from).into_keys().map(|path| renamed(&path, NAMES, (from, to))).collect();
            named.sort();
            assert_eq!(named, files(to).into_keys().collect::<Vec<_>>(), "{starter:?} {from:?} {to:?}");
        }
    }
}
