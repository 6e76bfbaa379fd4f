//! What a site or a new page begins with, and what is still there of it when others are to read it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::scaffold::site::{NewSite, Starter, site};
use super::scaffold::{self, Files, StarterLanguage};
use crate::config::starter::VALUES;
use crate::content;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::project::CONFIG_FILE;
use crate::site::{Page, Site};

/// Reports what the owner of a site hasn't filled in: values of its configuration and of its people, addresses in its
/// texts, and sentences of new pages. Files for which `is_told` says so are passed over.
#[must_use]
pub fn check(site: &Site, severity: Severity, is_told: &dyn Fn(&str) -> bool) -> Diagnostics {
    let mut found = Diagnostics::new();
    let problem = |message: String| {
        let mut problem = Diagnostic::new(Code::StarterText, message);
        problem.severity = severity;
        problem
    };
    let config = site.config();
    if !is_told(CONFIG_FILE) {
        // An address on the command line takes the place of the one in the file.
        let is_used = |value: &str| {
            value != config.base_url.with_trailing_slash() || site.view.base_url == config.base_url
        };
        for value in config.untouched.iter().filter(|value| is_used(&value.value)) {
            let message = format!("`{}` is what every new site begins with", value.value);
            found.push(problem(message).at(CONFIG_FILE, value.span).help("write your own here"));
        }
    }
    let pages = site.pages().filter(|page| !page.document.is_generated && !is_told(page.path()));
    for page in pages {
        person(page).for_each(|value| {
            let message = format!("`{value}` is what every new site begins with");
            found.push(
                problem(message).in_file(page.path()).help("write this person's own, or delete the file"),
            );
        });
        text(page, &problem, &mut found);
    }
    found
}

/// What is still the starter's of a person.
fn person(page: &Page) -> impl Iterator<Item = &str> {
    let values = page.meta().person().map(|person| [person.email.as_deref(), person.phone.as_deref()]);
    values.into_iter().flatten().flatten().filter(|value| VALUES.contains(value))
}

/// Is the text of an article or a call script, below its front matter, one that `init` writes? Where its links lead doesn't count:
/// that is another place in a site of several languages.
#[must_use]
pub fn is_starters(page: &str) -> bool {
    static TEXTS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let today = jiff::civil::Date::default();
        let starters =
            Starter::ALL.into_iter().flat_map(|starter| StarterLanguage::ALL.map(|lang| (starter, lang)));
        let sites =
            starters.map(|(starter, lang)| site(&NewSite { starter, ..NewSite::new("", &[lang], today) }));
        sites
            .flat_map(Files::into_iter)
            .filter(|(path, _)| path.ends_with(".md"))
            .map(|(_, page)| own_text(&page))
            .collect()
    });
    TEXTS.contains(&own_text(page))
}

/// The text of a page without front matter, and without where its links lead.
fn own_text(page: &str) -> String {
    let page = page.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let body = content::front_matter_of(&page).map_or(page.as_str(), |(_, body)| &page[body..]);
    let mut parts = body.split("](");
    let mut out = parts.next().unwrap_or_default().to_string();
    parts.for_each(|part| out.push_str(part.split_once(')').map_or(part, |(_, rest)| rest)));
    out.trim().to_string()
}

/// Addresses and sentences of the starter's in a text.
fn text(page: &Page, problem: &dyn Fn(String) -> Diagnostic, found: &mut Diagnostics) {
    static SENTENCES: LazyLock<AhoCorasick> = LazyLock::new(|| {
        AhoCorasick::new(scaffold::draft::sentences()).expect("a handful of sentences is not too much")
    });
    let bodies = std::iter::once(page.body());
    let gated = page.gated().into_iter().map(|gated| gated.secret());
    for body in bodies.chain(gated) {
        for link in &body.links {
            let Some(address) = link.target.strip_prefix("mailto:") else { continue };
            let address = address.split('?').next().unwrap_or_default();
            if VALUES.contains(&address) {
                let message = format!("`{address}` is what every new site begins with");
                let help = "write your own address here";
                found.push(problem(message).at(page.path(), link.target_span).help(help));
            }
        }
        if let Some(sentence) = SENTENCES.find(body.all_text()) {
            let sentence = &body.all_text()[sentence.range()];
            let message = format!("`{sentence}` is what every new page begins with");
            found.push(problem(message).in_file(page.path()).help("write your own words, or delete it"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn each_value_is_in_a_new_site() {
        use scaffold::StarterLanguage::{English, Norwegian, Swedish};
        let today = jiff::civil::date(2026, 11, 29);
        let sites = [English, Swedish, Norwegian].map(|lang| site(&NewSite::new("T", &[lang], today)));
        for value in VALUES {
            let is_there = sites.iter().flat_map(|site| site.values()).any(|text| text.contains(value));
            assert!(is_there, "{value}");
        }
    }

    #[test]
    fn a_text_of_init_is_known_in_every_language() {
        let today = jiff::civil::date(2026, 11, 29);
        let languages = [StarterLanguage::Swedish, StarterLanguage::English];
        let files =
            Starter::ALL.map(|starter| site(&NewSite { starter, ..NewSite::new("T", &languages, today) }));
        let is_text = |path: &str| path.contains("/insights/") || path.contains("/scripts/");
        let texts = files.iter().flatten().filter(|(path, _)| is_text(path));
        for (path, page) in texts {
            assert!(is_starters(page), "{path}");
            assert!(!is_starters(&format!("{page}\nOurs.")), "{path}");
        }
        assert!(!is_starters("---\ntitle: A\n---\nOurs.\n"));
    }

    #[test]
    fn sentences_are_those_of_every_language() {
        let all = scaffold::draft::sentences();
        for sentence in [
            "Begin with a moment that your reader knows: what happened, and why it was a nuisance.",
            "What has to be there before you begin?",
        ] {
            assert!(all.contains(&sentence), "{all:#?}");
        }
        assert!(all.iter().any(|one| one.contains('å')) && all.len() > 15, "{all:#?}");
    }

    #[test]
    fn what_is_filled_in_is_not_told_and_the_rest_is() {
        let page = "---\ntitle: A\n---\nOurs.\n\nSay why it is so, with an example that you have seen yourself.\n\n[Write](mailto:hello@your-site.example?subject=x)\n";
        let menu = "menus: {main: [{url: 'https://www.your-site.example/', label: Us}]}\n";
        let config = |config: &str| config.to_string() + menu;
        let project = testing::project(config)
            .with("content/insights/a.md", page)
            .with("content/insights/b.md", "---\ntitle: B\n---\nOurs. [Write](mailto:kim@fjord.example)\n")
            .with("content/people/kim.md", "---\ntitle: Kim\nphone: +44 20 7946 0019\n---\nText.\n");
        let site = testing::linked(&project, "public").site;
        let found = |is_told: &dyn Fn(&str) -> bool| -> Vec<String> {
            check(&site, Severity::Error, is_told).iter().map(|problem| problem.message.clone()).collect()
        };
        let every = "is what every new site begins with";
        let all = [
            format!("`https://www.your-site.example/` {every}"),
            format!("`hello@your-site.example` {every}"),
            "`Say why it is so, with an example that you have seen yourself.` is what every new page begins with"
                .to_string(),
            format!("`+44 20 7946 0019` {every}"),
        ];
        assert_eq!(found(&|_| false), all);
        assert_eq!(found(&|path| path.ends_with(".md")), all[..1]);
    }
}
