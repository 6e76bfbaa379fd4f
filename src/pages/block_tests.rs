//! Every block everywhere: a file of `tests/blocks/` for each, and next to it what becomes of it on a page, in a feed, in
//! search, as plain text, as a description, and behind a gate.
//!
//! After a change, `UPDATE_EXPECTED=1 cargo test --lib block_tests` writes the results anew: read them as a reader would.

#![expect(clippy::disallowed_methods, reason = "the blocks are files next to the tests")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::targets::Addresses;
use super::{gated, text};
use crate::content::blocks::{CalloutKind, Role};
use crate::diag::Diagnostics;
use crate::leads::gates::Placeholders;
use crate::project::MemoryProject;
use crate::testing;

const PHOTO: &[u8] = include_bytes!("../../tests/hostile.png");
const DOCUMENT: &[u8] = include_bytes!("../../tests/two-pages.pdf");

/// A block of the site's own.
const PRICE: &str = "<aside class=\"price\"{% if popular %} data-popular{% endif %} lang=\"{{ lang }}\">\n\
    {% if title %}<h2>{{ title }}</h2>{% endif %}<p>{{ amount }} a {{ per }}, {{ site.title }}</p>\n\
    {% if photo %}<img src=\"{{ photo.src }}\" alt=\"{{ photo.alt }}\" width=\"{{ photo.width }}\" \
    height=\"{{ photo.height }}\">{% endif %}\n{{ text }}\n\
    <a href=\"{{ buy.url }}\"{% if buy.external %} rel=\"noopener\"{% endif %}>{{ buy.text }}</a>\n</aside>\n";

const OFFERS: &str = "offers:\n  guide: {page: insights/other, text: About <others>.}\n\
    \x20 book: {url: 'https://books.example/?a=1&b', title: The book, label: Order it}\n";

const PRICE_PARAMETERS: &str = "parameters:\n\
    \x20 amount: {type: number, required: true}\n\
    \x20 per: {type: choice, options: [month, year], default: month}\n\
    \x20 buy: {type: link, required: true}\n\
    \x20 photo: {type: image}\n\
    \x20 popular: {type: boolean, default: false}\n\
    \x20 note:\n";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/blocks")
}

/// The blocks: names and texts.
fn blocks() -> Vec<(String, String)> {
    let files = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().path());
    let mut all: Vec<_> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect();
    all.sort();
    all
}

/// A site with the block in the open text of one page and behind the gate of another.
fn site(block: &str) -> MemoryProject {
    testing::project(|config| format!("{config}feeds: {{content: full}}\nchecks: off\n{OFFERS}"))
        .with("content/forms/guide.yaml", testing::FORM)
        .with("content/people/anna-berg.md", "---\ntitle: Anna Berg\nphoto: kim.png\n---\nText.\n")
        .with("content/people/kim.png", PHOTO)
        .with("content/insights/kim.png", PHOTO)
        .with("content/insights/desk.png", PHOTO)
        .with("content/insights/guide.pdf", DOCUMENT)
        .with("content/insights/guide.png", PHOTO)
        .with("themes/ringback/blocks/price.html", PRICE)
        .with("themes/ringback/blocks/price.yaml", PRICE_PARAMETERS)
        .with("content/insights/talk.mp4", "x")
        .with("content/insights/talk.png", PHOTO)
        .with("content/insights/talk.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Kim>We <b>called</b> & waited.\n\n00:05.000 --> 00:06.000\nIt rang.\n")
        .with("content/insights/talk.sv.vtt", "WEBVTT\n")
        .with("content/insights/episode.mp3", "x")
        .with("content/insights/other.md", "---\ntitle: Other\n---\nText.\n")
        .with("content/insights/open.md", format!("---\ntitle: Open\ndate: 2026-01-05\n---\n\n{block}"))
        .with(
            "content/insights/gated.md",
            format!("---\ntitle: Gated\ngate: {{form: guide}}\n---\nText.\n\n<!-- gate -->\n\n{block}"),
        )
}

/// What becomes of a block.
fn everywhere(block: &str) -> String {
    let project = site(block);
    let mut told = Diagnostics::new();
    let linked = testing::linked_with(&project, "public", &mut told);
    let told: Vec<_> = told.sorted().into_iter().map(|found| found.message).collect();
    let page = |key: &str| linked.site.page(linked.site.find(key, crate::config::LangId::new(0)).unwrap());
    let (open, closed) = (page("insights/open"), page("insights/gated"));
    let body = open.body();
    let sealed = gated::text(&linked, closed, &Placeholders::default()).unwrap();
    let sealed = match &told[..] {
        [] => serde_json::to_value(&sealed).unwrap()["html"].as_str().unwrap().to_string(),
        told => format!("(error: {})", told.join("; ")),
    };
    let found = crate::publishing::search::json_lines(&linked.site, &linked.features.search);
    let found: Vec<String> = found
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|record| record["url"].as_str().is_some_and(|url| url.contains("/open/")))
        .map(|record| format!("{} | {} | {}", record["url"], record["heading"], record["text"]))
        .collect();
    let mut out = String::new();
    for (place, what) in [
        ("page", text::content(&linked, open, Addresses::Paths).unwrap()),
        ("feed", text::absolute_html(&linked, open.id)),
        ("search", found.join("\n")),
        ("text", body.plain_text()),
        ("description", body.excerpt(160)),
        ("behind a gate", sealed),
    ] {
        let _ = write!(out, "=== {place}\n{}\n", what.trim());
    }
    out
}

#[test]
fn every_block_is_right_everywhere() {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut wrong = Vec::new();
    for (name, block) in blocks() {
        let path = folder().join(format!("{name}.expected"));
        let found = everywhere(&block);
        if update {
            fs::write(&path, &found).unwrap();
        } else if fs::read_to_string(&path).unwrap_or_default() != found {
            wrong.push(format!("{name}:\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}\n(UPDATE_EXPECTED=1 writes the new results)", wrong.join("\n"));
}

#[test]
fn search_engines_get_the_questions_of_open_texts() {
    let linked =
        testing::linked(&site("## Q {role=faq}\n\n### Why & how?\n\nBecause.\n\n### No answer\n"), "public");
    let graph = |path: &str| {
        let page = testing::file(&linked, path).unwrap();
        let (_, rest) = page.split_once("<script type=\"application/ld+json\">").unwrap();
        let graph: serde_json::Value = serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap();
        graph["@graph"].as_array().unwrap().iter().find(|node| node["@type"] == "FAQPage").cloned()
    };
    let url = "https://example.org/insights/open/#why-how";
    let answer = serde_json::json!({"@type": "Answer", "text": "Because.", "url": url});
    let question =
        serde_json::json!({"@type": "Question", "acceptedAnswer": answer, "name": "Why & how?", "url": url});
    assert_eq!(graph("insights/open/index.html").unwrap()["mainEntity"], serde_json::json!([question]));
    assert_eq!(graph("insights/gated/index.html"), None);
}

#[test]
fn every_kind_of_block_is_there_and_documented() {
    let all: String = blocks().into_iter().map(|(_, text)| text).collect();
    let manual =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content/blocks.md")).unwrap();
    for kind in CalloutKind::names() {
        let is_box = CalloutKind::from_name(kind).is_box();
        assert!(is_box || all.contains(&format!("> [!{kind}]")), "{kind}");
        assert!(manual.contains(&format!("[!{kind}]")), "{kind}");
    }
    for role in Role::names() {
        assert!(all.contains(&format!("{{role={role}}}")), "{role}");
        assert!(manual.contains(&format!("{{role={role}}}")), "{role}");
    }
}
