//! An export of our own making, with what WordPress has.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::*;

#[derive(Default)]
struct Kept {
    texts: BTreeMap<String, String>,
    copies: BTreeMap<String, PathBuf>,
}

impl Sink for Kept {
    fn text(&mut self, path: &str, text: String) -> Result<(), ImportError> {
        assert!(self.texts.insert(path.to_string(), text).is_none(), "{path} twice");
        Ok(())
    }

    fn copy(&mut self, path: &str, from: PathBuf) -> Result<(), ImportError> {
        self.copies.insert(path.to_string(), from);
        Ok(())
    }
}

#[allow(clippy::disallowed_methods, reason = "tests make files")]
fn imported(export: &str) -> (Kept, Report) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("export.xml");
    std::fs::write(&file, export).unwrap();
    let (mut kept, mut report) = (Kept::default(), Report::default());
    let source = Source { file: &file, media: None, fetch: None, today: jiff::civil::date(2026, 11, 22) };
    import(&source, &mut kept, &mut report).unwrap();
    (kept, report)
}

fn item(id: u32, kind: &str, more: &str) -> String {
    format!("<item><wp:post_id>{id}</wp:post_id><wp:post_type>{kind}</wp:post_type>{more}</item>")
}

fn channel(items: &str) -> String {
    format!(
        "<rss><channel><title>Fjord</title><link>https://old.example</link><language>sv-SE</language>\
         <wp:base_blog_url>https://old.example</wp:base_blog_url>{items}</channel></rss>"
    )
}

#[test]
fn what_is_private_is_kept_nowhere() {
    let comment = "<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>Kim</wp:comment_author>\
        <wp:comment_author_email>kim@zq.example</wp:comment_author_email><wp:comment_author_IP>203.0.113.9</wp:comment_author_IP>\
        <wp:comment_author_url>https://zqurl.example</wp:comment_author_url><wp:comment_approved>1</wp:comment_approved>\
        <wp:comment_content>Write to kim@zq.example</wp:comment_content></wp:comment>";
    let meta =
        "<wp:postmeta><wp:meta_key>api_key</wp:meta_key><wp:meta_value>zqvalue</wp:meta_value></wp:postmeta>";
    let post = item(
        1,
        "post",
        &format!(
            "<title>A</title><wp:post_name>a</wp:post_name><wp:status>publish</wp:status><wp:post_password>zqpass</wp:post_password>{meta}{comment}"
        ),
    );
    let author = "<wp:author><wp:author_login>kim</wp:author_login><wp:author_email>kim@zq.example</wp:author_email><wp:author_display_name>Kim Li</wp:author_display_name></wp:author>";
    let (kept, report) = imported(&channel(&format!("{author}{post}")));
    let all: String =
        kept.texts.values().cloned().collect::<String>() + &report.markdown("x") + &report.json().to_string();
    for word in ["zq", "203.0.113.9"] {
        assert!(!all.contains(word), "{word} in {all}");
    }
    assert!(kept.texts["content/insights/a.md"].contains("draft: true"));
    assert!(kept.texts["import-comments/insights/a.json"].contains("Write to […]"));
}

#[test]
fn names_and_dates_that_are_wrong_are_told() {
    let post = |id: u32, name: &str, more: &str| {
        item(
            id,
            "post",
            &format!(
                "<title></title><wp:post_name>{name}</wp:post_name><wp:status>publish</wp:status><wp:post_date>0000-00-00 00:00:00</wp:post_date>{more}"
            ),
        )
    };
    let items = [
        post(1, "same", "<content:encoded>First words here</content:encoded>"),
        post(2, "same", ""),
        post(3, "%f0%9f%98%80", "<link>https://old.example/2020/%f0%9f%98%80/</link>"),
        item(
            4,
            "page",
            "<title>Search</title><wp:post_name>search</wp:post_name><wp:status>publish</wp:status><link>https://old.example/search/</link>",
        ),
        item(
            5,
            "page",
            "<title>Child</title><wp:post_name>child</wp:post_name><wp:post_parent>4</wp:post_parent><wp:status>private</wp:status>",
        ),
        item(
            6,
            "attachment",
            "<wp:attachment_url>https://old.example/wp-content/uploads/../../x.php</wp:attachment_url>",
        ),
    ];
    let (kept, report) = imported(&channel(&items.concat()));
    let paths: Vec<&str> =
        kept.texts.keys().map(String::as_str).filter(|path| path.starts_with("content/")).collect();
    assert_eq!(
        paths,
        [
            "content/insights/post-3.md",
            "content/insights/same-2.md",
            "content/insights/same.md",
            "content/pages/page-search/_index.md",
            "content/pages/page-search/child.md"
        ]
    );
    assert!(kept.texts["content/insights/same.md"].starts_with("---\ntitle: First words here\n---\n"));
    assert!(kept.texts["content/insights/post-3.md"].contains("aliases: [\"/2020/%f0%9f%98%80/\"]"));
    assert!(kept.texts["content/pages/page-search/child.md"].contains("audience: team"));
    assert_eq!(report.json()["counts"]["not taken over, a file whose path leads elsewhere"], 1);
    assert!(kept.texts["ringback.yaml"].contains("default_language: \"sv\""));
}

#[test]
fn translations_are_one_page() {
    let post = |id: u32, name: &str, lang: &str| {
        let terms = format!(
            "<category domain=\"language\" nicename=\"{lang}\"/><category domain=\"post_translations\" nicename=\"pll_1\"/>"
        );
        item(
            id,
            "post",
            &format!(
                "<title>{name}</title><wp:post_name>{name}</wp:post_name><wp:status>publish</wp:status><link>https://old.example/{lang}/{name}/</link>{terms}"
            ),
        )
    };
    let (kept, _) = imported(&channel(&[post(1, "pris", "sv"), post(2, "price", "en")].concat()));
    assert!(kept.texts.contains_key("content/insights/pris.md"));
    let english = &kept.texts["content/insights/pris.en.md"];
    assert!(english.contains("slug: price\n") && english.contains("aliases: [\"/en/price/\"]"), "{english}");
}

#[test]
fn what_went_wrong_elsewhere_goes_well() {
    let post = |id: u32, kind: &str, name: &str, text: &str| {
        item(
            id,
            kind,
            &format!(
                "<title>T{id}</title><wp:post_name>{name}</wp:post_name><wp:status>publish</wp:status><link>https://old.example/{kind}/{id}/</link>\
                 <content:encoded><![CDATA[{text}]]></content:encoded>"
            ),
        )
    };
    let unclosed = "<div><span><b>".repeat(247) + "Still here." + "<p>And here.";
    let long = "<p>Words that come again.</p>\n".repeat(2_000);
    let table = "<table><tr><th>A</th></tr><tr><td><ul><li>one<ul><li>two</li></ul></li></ul></td></tr></table>\
        <table><tr><th colspan=2>A</th></tr><tr><td>1</td><td>2</td></tr></table>";
    let links = "<a href=\"http://www.old.example/post/2/\">a</a> <a href=\"//old.example/post/2/\">b</a> <a href=\"https://old.example/post/2/?x=1\">c</a>";
    let more = "[quote]a [quote]b[/quote] c[/quote]\n\nOne<!--more-->two";
    let items = [
        post(1, "post", "a&amp;amp;b", &unclosed),
        post(2, "post", "same", &long),
        post(3, "page", "same", table),
        post(4, "product", "same", links),
        post(5, "post", "rtl", "<p dir=rtl>\u{5e9}\u{5dc}\u{5d5}\u{5dd}</p>"),
        post(6, "post", "more", more),
    ];
    let (kept, report) = imported(&channel(&items.concat()));
    assert_eq!(
        (report.json()["texts"].clone(), report.json()["proven"].clone()),
        (6.into(), 6.into()),
        "{}",
        report.markdown("x")
    );
    let text = |path: &str| kept.texts.get(path).unwrap_or_else(|| panic!("{path}: {:?}", kept.texts.keys()));
    assert!(
        kept.texts.iter().any(|(path, text)| !path.contains("amp") && text.contains("Still here.")),
        "{:?}",
        kept.texts.keys()
    );
    assert_eq!(text("content/insights/same.md").matches("come again").count(), 2_000);
    let page = text("content/pages/same.md");
    assert!(page.contains("<li>one<ul><li>two</li></ul></li>") && page.contains("colspan=\"2\""), "{page}");
    assert_eq!(text("content/product/same.md").matches("](../insights/same.md)").count(), 3);
    assert!(text("content/insights/rtl.md").contains("dir=\"rtl\""));
    assert!(
        text("content/insights/more.md").contains("> a\n>\n> > b"),
        "{}",
        text("content/insights/more.md")
    );
}
