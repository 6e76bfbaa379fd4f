//! Scripts that are written without spaces between words.

use serde_json::json;

use super::super::{Browser, Options, Serve, Server};
use super::Box;
use crate::support::Site;

/// A text in each script, and the words that a query of it is cut into.
const SAMPLES: &[(&str, &[&str])] = &[
    ("日本語の。CRMを follow-up", &["日本", "本語", "語の", "crm", "を", "follow-up"]),
    ("カレー", &["カレ", "レー"]),
    ("電話", &["電話"]),
    ("น้ำดี", &["น้ำ", "ำดี"]),
    ("ລາວ", &["ລາ", "າວ"]),
    ("ខ្មែរ", &["ខ្មែ", "មែរ"]),
    ("မြန်မာ", &["မြန်", "န်မာ"]),
    ("𠮷野家", &["𠮷野", "野家"]),
    ("B2B ๒๕", &["b2b", "๒๕"]),
];

#[test]
fn the_browser_cuts_texts_into_the_pairs_of_the_index() {
    let sources = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let server = Server::of(&sources, Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/publishing/search/client/engine-words.js"));
    let cut = "const { cut } = await import('/publishing/search/client/engine-words.js');
        return cut(arguments[0]).map(({ whole }) => whole);";
    for (text, words) in SAMPLES {
        assert_eq!(page.js_async(cut, &[json!(text)]), json!(words), "{text}");
    }
}

/// The dictionary that the build made has each pair that the browser asks for: nothing else has two letters in it.
#[test]
fn any_two_neighbours_are_found() {
    let site = Site::new();
    for (number, (text, _)) in SAMPLES.iter().enumerate() {
        site.write(
            &format!("content/insights/page-{number}.md"),
            format!("---\ntitle: Sample {number}\ndate: 2025-01-01\n---\n({text})\n"),
        );
    }
    site.build();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/search/"));
    let search = Box::on_page(&page);
    for (number, (text, words)) in SAMPLES.iter().enumerate() {
        let title = format!("Sample {number}");
        assert_eq!(search.ask(text).titles(), [title.as_str()], "{text}");
        for word in *words {
            assert_eq!(search.ask(word).titles(), [title.as_str()], "{word} of {text}");
        }
    }
    page.assert_no_errors();
}

#[test]
fn japanese_is_found_by_any_part_of_a_sentence() {
    let article = |title: &str, year: u32, text: &str| {
        format!("---\ntitle: {title}\ndate: {year}-01-01\n---\n{text}\n")
    };
    let long = "私たちは毎日問い合わせを受けて話します。".repeat(5);
    let site = Site::new()
        .with(
            "ringback.yaml",
            "title: Test\nbase_url: https://example.org/\ndefault_language: ja\nlanguages:\n  ja: {label: 日本語}\n",
        )
        .with("content/insights/a.md", article("営業電話の話し方", 2024, "CRMを使う。"))
        // All pairs of 営業電話, but in two places.
        .with(
            "content/insights/b.md",
            article("営業", 2025, "営業電力と業電。\n\n## 電話\n\n電話、電話、電話。"),
        )
        .with("content/insights/c.md", article("価格表", 2023, &format!("{long}お客様の月額料金。{long}{long}")));
    let report = site.run(&["check"]);
    assert!(!report.stderr.contains("search-language"), "{}", report.stderr);
    site.build();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/search/"));
    let search = Box::on_page(&page);
    let (calls, sales, prices) = ("営業電話の話し方", "営業", "価格表");
    assert_eq!(search.ask("営業電話").titles(), [calls, sales]);
    assert_eq!(page.find("[role=group] .title mark").text(), "営業電話");
    assert_eq!(search.ask("話し方").titles()[0], calls);
    // One letter finds what begins with it, the last of a text, too.
    assert_eq!(search.ask("営").titles().len(), 2);
    assert_eq!(search.ask("表").titles(), [prices]);
    // Words in other scripts stay whole.
    assert_eq!(search.ask("crm").titles(), [calls]);
    assert_eq!(search.ask("CRMを使").titles(), [calls]);
    // What was found is shown with what is around it, though there is no space to begin at.
    assert_eq!(search.ask("お客様").titles()[0], prices);
    let excerpt = page.find(".excerpt").text();
    assert!(excerpt.contains("お客様") && excerpt.ends_with('…'), "{excerpt}");
    assert_eq!(page.find(".excerpt mark").text(), "お客様");
    // A long word is cut into many pairs and counts as one.
    assert_eq!(search.ask("毎日問い合わせを受けて話します").titles()[0], prices);
    assert!(!search.notes().contains('8'), "{}", search.notes());
    page.assert_no_errors();
}
