//! Feeds as readers get them.

use std::str::FromStr as _;

use serde_json::Value;

use super::*;
use crate::project::MemoryProject;
use crate::testing;

const MATERIAL: Material<'_> = Material {
    content_html: &|_| "<p>Open & <b>whole</b>\u{7}</p>".to_string(),
    image: &|_| Some("https://example.org/a.png".to_string()),
    enclosure: &|_| None,
};

fn project(config: impl FnOnce(&str) -> String) -> MemoryProject {
    testing::project(config)
        .with(
            "content/insights/a.md",
            "---\ntitle: A <b> & \"c\"\ndate: 2026-03-01\nupdated: 2026-11-02\nauthors: [anna, kim]\n\
             tags: [crm, Åkeri]\n---\nOpen text.\n",
        )
        .with("content/insights/a.sv.md", "---\ntitle: Å\ndate: 2026-03-01\nauthors: [kim]\n---\nÖppen text.\n")
        .with("content/insights/deep/b.md", "---\ntitle: B\ndate: 2026-07-01\ndescription: About b.\n---\n")
        .with("content/insights/undated.md", "---\ntitle: Undated\n---\nText.\n")
        .with(
            "content/insights/g.md",
            "---\ntitle: G\ndate: 2026-01-05\ngate: {form: guide}\n---\nTeaser.\n\n<!-- gate -->\n\nGUARDED.\n",
        )
        .with("content/playbooks/p.md", "---\ntitle: P\ndate: 2026-05-01\n---\nSteps.\n")
        .with("content/forms/guide.yaml", testing::FORM)
        .with("content/people/anna.md", "---\ntitle: Anna Berg\nemail: anna@example.org\n---\n")
        .with("content/people/kim.md", "---\ntitle: Kim Vik\norganization: Elsewhere\n---\n")
}

fn feeds(config: impl FnOnce(&str) -> String) -> (Site, std::sync::Arc<Feeds>) {
    let linked = testing::linked(&project(config), "public");
    (linked.site, linked.features.feeds)
}

fn titles<'a>(site: &'a Site, feed: &Feed) -> Vec<&'a str> {
    feed.pages.iter().map(|page| site.page(*page).title()).collect()
}

#[test]
fn whatever_lists_dated_articles_has_a_feed() {
    let (site, feeds) = feeds(str::to_string);
    let all: Vec<(&str, Vec<&str>)> =
        feeds.all.iter().map(|feed| (feed.url.as_str(), titles(&site, feed))).collect();
    let a = "A <b> & \"c\"";
    assert_eq!(
        all,
        [
            ("/", vec!["B", "P", a, "G"]),
            ("/insights/", vec!["B", a, "G"]),
            ("/insights/deep/", vec!["B"]),
            ("/playbooks/", vec!["P"]),
            ("/tags/crm/", vec![a]),
            ("/tags/akeri/", vec![a]),
            ("/sv/", vec!["Å"]),
            ("/sv/insights/", vec!["Å"]),
            ("/people/anna/", vec![a]),
            ("/people/kim/", vec![a, "Å"]),
        ]
    );
    assert_eq!(feeds.at("/tags/crm/").unwrap().title, "The CRM – Fjord & Sons");
    assert!(feeds.at("/people/").is_none());
    let paths: Vec<_> = feeds.artifacts(&site).into_iter().map(|planned| planned.path).collect();
    assert_eq!(paths[..3], ["feed.xml", "rss.xml", "feed.json"].map(OutPath::file));
}

#[test]
fn a_feed_has_no_more_items_than_configured() {
    let (site, feeds) = feeds(|config| format!("{config}feeds: {{items: 2}}\n"));
    assert_eq!(titles(&site, feeds.at("/").unwrap()), ["B", "P"]);
}

#[test]
fn a_reader_of_atom_understands_it() {
    let (site, feeds) = feeds(|config| format!("{config}feeds: {{content: full}}\n"));
    let text = emit(&site, feeds.at("/insights/").unwrap(), FeedFormat::Atom, &MATERIAL);
    let feed = atom_syndication::Feed::from_str(&text).unwrap();
    assert_eq!(feed.id, "https://example.org/insights/feed.xml");
    assert_eq!(feed.title.value, "Insights – Fjord & Sons");
    assert_eq!(feed.lang.as_deref(), Some("en"));
    // The newest change is not that of the newest article; in winter, Stockholm is one hour from Greenwich.
    assert_eq!(feed.updated.to_rfc3339(), "2026-11-02T00:00:00+01:00");
    assert_eq!(feed.authors[0].name, "Fjord AS");
    let links: Vec<_> = feed.links.iter().map(|link| (link.rel.as_str(), link.href.as_str())).collect();
    let own = ("self", "https://example.org/insights/feed.xml");
    assert_eq!(links, [own, ("alternate", "https://example.org/insights/")]);
    let entry = &feed.entries[1];
    assert_eq!(entry.id, "https://example.org/insights/a/");
    assert_eq!(entry.title.value, "A <b> & \"c\"");
    assert_eq!(entry.published.unwrap().to_rfc3339(), "2026-03-01T00:00:00+01:00");
    assert_eq!(feed.entries[0].published.unwrap().to_rfc3339(), "2026-07-01T00:00:00+02:00");
    assert_eq!(entry.updated.to_rfc3339(), "2026-11-02T00:00:00+01:00");
    let authors: Vec<_> = entry.authors.iter().map(|author| (author.name.as_str(), author.uri())).collect();
    let url = |name| Some(format!("https://example.org/people/{name}/"));
    assert_eq!(authors, [("Anna Berg", url("anna").as_deref()), ("Kim Vik", url("kim").as_deref())]);
    assert!(entry.authors.iter().all(|author| author.email.is_none()));
    let terms: Vec<_> = entry.categories.iter().map(|term| (term.term.as_str(), term.label())).collect();
    assert_eq!(terms, [("crm", Some("The CRM")), ("akeri", Some("Åkeri"))]);
    assert_eq!(entry.summary.as_ref().unwrap().value, "Open text.");
    let content = entry.content.as_ref().unwrap();
    assert_eq!(content.content_type.as_deref(), Some("html"));
    assert_eq!(content.value.as_deref(), Some("<p>Open & <b>whole</b></p>"));
    assert_eq!(feed.rights, None);
}

#[test]
fn an_article_that_came_from_elsewhere_keeps_its_name() {
    let page = "---\ntitle: A\ndate: 2026-01-05\nguid: \"https://old.example/?p=7\"\n---\nText.\n";
    let linked =
        testing::linked(&testing::project(str::to_string).with("content/insights/a.md", page), "public");
    let (site, feeds) = (linked.site, linked.features.feeds);
    let text = |format| emit(&site, feeds.at("/").unwrap(), format, &MATERIAL);
    let known = "https://old.example/?p=7";
    assert!(text(FeedFormat::Atom).contains(&format!("<id>{known}</id>")));
    assert!(text(FeedFormat::Rss).contains(&format!("<guid isPermaLink=\"false\">{known}</guid>")));
    assert!(
        text(FeedFormat::Json)
            .contains(&format!("\"id\":\"{known}\",\"url\":\"https://example.org/insights/a/\""))
    );
}

#[test]
fn a_reader_of_rss_understands_it() {
    let (site, feeds) = feeds(|config| format!("{config}feeds: {{content: full}}\n"));
    let text = emit(&site, feeds.at("/insights/").unwrap(), FeedFormat::Rss, &MATERIAL);
    for line in [
        "<title>Insights – Fjord &amp; Sons</title>",
        "<link>https://example.org/insights/</link>",
        "<description>Insights – Fjord &amp; Sons</description>",
        "<language>en</language>",
        "<lastBuildDate>Mon, 2 Nov 2026 00:00:00 +0100</lastBuildDate>",
        r#"<atom:link rel="self" type="application/rss+xml" href="https://example.org/insights/rss.xml"/>"#,
        "<title>A &lt;b&gt; &amp; &quot;c&quot;</title>",
        r#"<guid isPermaLink="true">https://example.org/insights/a/</guid>"#,
        "<pubDate>Wed, 1 Jul 2026 00:00:00 +0200</pubDate>",
        "<pubDate>Sun, 1 Mar 2026 00:00:00 +0100</pubDate>",
        "<dc:creator>Kim Vik</dc:creator>",
        "<category>The CRM</category>",
        "<description>Open text.</description>",
        "<content:encoded>&lt;p&gt;Open &amp; &lt;b&gt;whole&lt;/b&gt;&lt;/p&gt;</content:encoded>",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert_eq!(text.matches("<item>").count(), 3);
}

#[test]
fn a_series_has_a_feed_of_its_dated_parts() {
    let part = |number: u8, day: &str| {
        format!("---\ntitle: Part {number}\nseries: {{id: empty-crm, part: {number}}}\n{day}---\nText.\n")
    };
    let project = testing::project(str::to_string)
        .with("content/insights/one.md", part(1, "date: 2026-01-05\n"))
        .with("content/insights/two.md", part(2, "date: 2026-02-05\n"))
        .with("content/insights/three.md", part(3, ""));
    let linked = testing::linked(&project, "public");
    let feed = linked.features.feeds.at("/series/empty-crm/").unwrap();
    assert_eq!(feed.title, "The empty CRM – Fjord & Sons");
    assert_eq!(titles(&linked.site, feed), ["Part 2", "Part 1"]);
    let page = testing::file(&linked, "series/empty-crm/index.html").unwrap();
    assert!(page.contains("href=\"/series/empty-crm/rss.xml\""), "{page}");
}

#[test]
fn json_feed_has_its_fields() {
    let (site, feeds) = feeds(str::to_string);
    let text = emit(&site, feeds.at("/").unwrap(), FeedFormat::Json, &MATERIAL);
    let feed: Value = serde_json::from_str(&text).unwrap();
    assert!(text.starts_with(r#"{"version":"https://jsonfeed.org/version/1.1","#), "{text}");
    assert_eq!(feed["title"], "Fjord & Sons");
    assert_eq!(feed["home_page_url"], "https://example.org/");
    assert_eq!(feed["feed_url"], "https://example.org/feed.json");
    assert_eq!(feed["description"], "We help.");
    assert_eq!(feed["language"], "en");
    assert_eq!(feed["authors"][0]["name"], "Fjord AS");
    let item = &feed["items"][2];
    assert_eq!(item["id"], "https://example.org/insights/a/");
    assert_eq!(item["url"], item["id"]);
    assert_eq!(item["title"], "A <b> & \"c\"");
    assert_eq!(item["summary"], "Open text.");
    assert_eq!(item["content_text"], "Open text.");
    assert_eq!(item["content_html"], Value::Null);
    assert_eq!(item["image"], "https://example.org/a.png");
    assert_eq!(item["date_published"], "2026-03-01T00:00:00+01:00");
    assert_eq!(item["date_modified"], "2026-11-02T00:00:00+01:00");
    assert_eq!(item["authors"][1]["url"], "https://example.org/people/kim/");
    assert_eq!(item["tags"], serde_json::json!(["The CRM", "Åkeri"]));
    assert_eq!(item["language"], "en");
    assert_eq!(feed["items"][0]["date_modified"], Value::Null);
    assert_eq!(feed["items"][0]["summary"], "About b.");
}

#[test]
fn what_a_gate_seals_is_in_no_feed() {
    let (site, feeds) = feeds(|config| format!("{config}feeds: {{content: full}}\n"));
    let nothing = Material { content_html: &|_| String::new(), image: &|_| None, enclosure: &|_| None };
    for feed in &feeds.all {
        for format in FeedFormat::ALL {
            let text = emit(&site, feed, format, &nothing);
            assert!(!text.contains("GUARDED"));
        }
    }
    let text = emit(&site, feeds.at("/").unwrap(), FeedFormat::Json, &nothing);
    assert!(text.contains(r#""content_text":"Teaser.""#), "{text}");
}

#[test]
fn an_entry_in_another_language_says_so() {
    let (site, feeds) = feeds(str::to_string);
    let text = emit(&site, feeds.at("/people/kim/").unwrap(), FeedFormat::Atom, &MATERIAL);
    assert_eq!(text.matches("<entry xml:lang=\"sv\">").count(), 1);
    assert_eq!(text.matches("<entry>").count(), 1);
}

#[test]
fn days_before_time_zones_are_valid_times() {
    let (site, _) = feeds(str::to_string);
    assert_eq!(midnight(&site, jiff::civil::date(1870, 1, 1)), "1869-12-31T22:47:48Z");
}
