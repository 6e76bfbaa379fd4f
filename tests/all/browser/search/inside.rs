//! Words inside words, in a language that writes compounds as one.

use super::super::{Browser, Options, Serve, Server};
use super::{Box, files};
use crate::support::Site;

/// A site in this language of pages with titles and texts, the first the newest.
fn site(lang: &str, pages: &[(&str, &str)]) -> Site {
    let site = Site::new().with(
        "ringback.yaml",
        format!(
            "title: Test\nbase_url: https://example.org/\ndefault_language: {lang}\nlanguages:\n  {lang}: {{}}\n"
        ),
    );
    for (number, (title, text)) in pages.iter().enumerate() {
        let year = 2025 - number;
        site.write(
            &format!("content/insights/page-{number}.md"),
            format!("---\ntitle: {title}\ndate: {year}-01-01\n---\n{text}\n"),
        );
    }
    site
}

const COMPOUNDS: &[(&str, &str)] = &[
    ("Priser", "Om telefonsamtalet och vår prislista."),
    ("Försäljningssamtal", "Så här börjar de."),
    ("Handboken", "Läs mer om kundmöten."),
    ("Mötesbokning", "Ingen gör det så."),
    ("Möte", "Det kommer."),
];

#[test]
fn a_word_that_nothing_begins_with_is_found_inside_others() {
    let site = site("sv", COMPOUNDS);
    site.build();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/search/"));
    let search = Box::on_page(&page);
    for samtal in ["samtal", "SAMTAL", "samtalet"] {
        let found = search.ask(samtal).titles();
        assert!(found.contains(&"Priser".to_string()), "{samtal}: {found:?}");
    }
    assert_eq!(search.ask("samtal").titles(), ["Försäljningssamtal", "Priser"]);
    let marks = "return [...document.querySelectorAll('[role=group] mark')].map((mark) => mark.textContent)";
    assert_eq!(super::texts(&page.js(marks, &[])), ["Försäljningssamtal", "telefonsamtalet"]);
    assert_eq!(search.notes(), "2 sidor");
    // Another form of it, without accents, and what is in the middle.
    assert_eq!(search.ask("samtalen").titles(), ["Försäljningssamtal", "Priser"]);
    assert_eq!(search.ask("saljning").titles(), ["Försäljningssamtal"]);
    // Both words, each in its way.
    assert_eq!(search.ask("samtal prislista").titles()[0], "Priser");
    assert_eq!(search.ask("lista telefon").titles()[0], "Priser");
    // What a word begins with is no reason to look inside others, and what is a slip is still one.
    assert_eq!(search.ask("möte").titles()[..2], ["Möte", "Mötesbokning"]);
    assert_eq!(search.ask("försäljnigssamtal").titles(), ["Försäljningssamtal"]);
    assert!(search.notes().contains("försäljningssamtal"), "{}", search.notes());
    assert_eq!(search.ask("qqsamtal").titles(), Vec::<String>::new());
    page.assert_no_errors();
}

#[test]
fn each_language_with_compounds_is_searched_so_and_english_is_not() {
    for (lang, inside, query) in [
        ("nb", "salgssamtale", "samtale"),
        ("da", "købmøder", "møde"),
        ("de", "Verkaufsgespräch", "Gespräch"),
        ("nl", "verkoopgesprek", "gesprek"),
        ("fi", "myyntipuhelu", "puhelu"),
        ("en", "workshop", "shop"),
    ] {
        let both = format!("{inside} zebra");
        let site = site(lang, &[("Gamma", "zebrapad"), ("Beta", "zebra"), ("Alpha", both.as_str())]);
        site.build();
        let server = Server::of(&site.path("public"), Serve::default());
        let Some(page) = Browser::open(Options::default()) else { return };
        page.goto(&server.url("/search/"));
        let search = Box::on_page(&page);
        if lang == "en" {
            assert_eq!(search.ask(query).titles(), Vec::<String>::new());
            continue;
        }
        assert_eq!(search.ask(query).titles(), ["Alpha"], "{lang}");
        assert_eq!(search.ask("zebra").titles()[2], "Gamma", "{lang}: beginnings come after whole words");
        // A whole word, and another one inside a word.
        assert_eq!(search.ask(&format!("zebra {query}")).titles()[0], "Alpha", "{lang}");
        page.assert_no_errors();
    }
}

/// A made-up word, another for each number; none begins like `samtal`.
fn word(number: usize) -> String {
    let mut rest = number * 7919 % 85_184;
    let mut word = String::new();
    for _ in 0..3 {
        word.push(char::from(b"bdfgklmnprt"[rest % 11]));
        rest /= 11;
        word.push(char::from(b"aeou"[rest % 4]));
        rest /= 4;
    }
    word + "x"
}

#[test]
fn a_large_site_loads_no_more_for_it_than_for_another_word() {
    let texts: Vec<String> = (0..120)
        .map(|page| {
            let words: Vec<String> = (page * 200..(page + 1) * 200).map(word).collect();
            let more = match page {
                7 => "telefonsamtalet",
                47 => "kundsamtal",
                87 => "Kundsamtal och två",
                _ => "sand",
            };
            format!("{more}: {}.", words.join(" "))
        })
        .collect();
    let pages: Vec<(&str, &str)> = texts.iter().map(|text| ("Sida", text.as_str())).collect();
    let site = site("sv", &pages);
    site.build();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/search/"));
    let search = Box::on_page(&page);
    search.ask("zzz");
    server.forget();
    assert_eq!(search.ask("samtal").titles().len(), 3);
    let loaded = files(&server);
    // The part of the dictionary where the word would be, which has them all, and where the three pages are described.
    assert!(loaded.len() <= 4, "{loaded:?}");
    assert_eq!(search.ask("samtalen").titles().len(), 3);
    assert_eq!(search.ask("kundsamtal").titles().len(), 2);
    page.assert_no_errors();
}
