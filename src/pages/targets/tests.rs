//! Where links and images of pages lead.

use crate::testing;

#[test]
fn what_is_encoded_in_the_base_path_is_encoded_once() {
    let text = "[The list](/img/the%20list.pdf) ![A desk](/img/desk.png) [Home](../_index.md)";
    let project = testing::project(|config| config.replace("example.org/\n", "example.org/min%20blogg/\n"))
        .with("content/_index.md", "---\ntitle: Home\n---\n")
        .with("content/insights/a.md", format!("---\ntitle: A\n---\n{text}\n"))
        .with("static/img/the list.pdf", "%PDF")
        .with("static/img/desk.png", "PNG");
    let linked = testing::linked(&project, "public");
    let page = testing::file(&linked, "insights/a/index.html").unwrap();
    for address in ["/min%20blogg/img/the%20list.pdf", "/min%20blogg/img/desk.png", "/min%20blogg/"] {
        assert!(page.contains(&format!("\"{address}\"")), "{address}: {page}");
    }
    // In a link to a service, the address is a parameter.
    let own = page.lines().filter(|line| !line.contains("?url=") && !line.contains("&amp;body="));
    assert!(own.clone().count() > 50 && own.into_iter().all(|line| !line.contains("%25")), "{page}");
}

#[test]
fn raw_html_leads_where_markdown_does() {
    let html = "<img src=desk.png srcset=\"desk.png, wide.png 2x\">\n<a href='b.md?x=1#more'>B</a> <A HREF=/insights/b>B</A>\n\
        <a href=\"https://example.org/blog/insights/b/index.html\">B</a> <a href=\"#here\" id=\"here\">H</a>\n\
        <video src=\"talk.mp4\" poster=\"/img/still.png\"></video> <a href=\"https://other.example/?a=1&amp;b\">O</a>\n\
        <script>\"<a href='no.md'>\"</script> <iframe src=\"list.pdf#page=2\"></iframe>";
    let project = testing::project(|config| {
        let config = config.replace("example.org/\n", "example.org/blog/\n");
        format!("{config}feeds: {{content: full}}\n")
    })
    .with("content/_index.md", "---\ntitle: Home\n---\n")
    .with("content/insights/a.md", format!("---\ntitle: A\ndate: 2026-01-05\n---\n\n<div>\n{html}\n</div>\n"))
    .with("content/insights/b.md", "---\ntitle: B\n---\n\n## More\n\nText.\n");
    let files = ["desk.png", "wide.png", "talk.mp4", "list.pdf"];
    let project = files
        .into_iter()
        .fold(project, |project, file| project.with(&format!("content/insights/{file}"), "x"));
    let linked = testing::linked(&project.with("static/img/still.png", "x"), "public");
    let page = testing::file(&linked, "insights/a/index.html").unwrap();
    for expected in [
        "<img src=\"/blog/insights/desk.png\" srcset=\"/blog/insights/desk.png, /blog/insights/wide.png 2x\">",
        "<a href='/blog/insights/b/?x=1#more'>B</a> <A HREF=\"/blog/insights/b/\">B</A>",
        "<a href=\"/blog/insights/b/\">B</a> <a href=\"#here\" id=\"here\">H</a>",
        "<video src=\"/blog/insights/talk.mp4\" poster=\"/blog/img/still.png\"></video>",
        "<a href=\"https://other.example/?a=1&amp;b\">O</a>",
        "\"<a href='no.md'>\"</script> <iframe src=\"/blog/insights/list.pdf#page=2\"></iframe>",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    for file in files {
        assert!(linked.plan.serves(&format!("/insights/{file}")), "{file}");
    }
    let feed = testing::file(&linked, "feed.json").unwrap();
    for address in [
        "insights/desk.png, https://example.org/blog/insights/wide.png 2x",
        "insights/b/?x=1#more",
        "insights/a/#here",
    ] {
        assert!(feed.contains(&format!("https://example.org/blog/{address}")), "{address}: {feed}");
    }
}

#[test]
fn in_feeds_all_places_of_a_text_are_on_its_page() {
    let text = "[Price](#price) [[#Price]] [Top](#top) [Of a campaign](?utm_source=x#price) Twice.[^1][^1]\n\n\
        ## Price\n\n<div id=\"x\">\n<a href=\"#x\">X</a> <A HREF=#later>L</A> <map name=\"m\"><area href='#x'></map>\n\
        <svg><use href=\"#drawn\"/></svg>\n</div>\n\n[^1]: A note, see [above](#price).\n";
    let project = testing::project(|config| {
        let config = config.replace("example.org/\n", "example.org/min%20blogg/\n");
        format!("{config}feeds: {{content: full}}\n")
    })
    .with("content/insights/a.md", format!("---\ntitle: A\ndate: 2026-01-05\n---\n\n{text}"));
    let mut diagnostics = crate::diag::Diagnostics::new();
    let linked = testing::linked_with(&project, "public", &mut diagnostics);
    let codes: Vec<_> = diagnostics.sorted().into_iter().map(|found| found.code.name()).collect();
    assert_eq!(codes, ["broken-fragment"]);
    let page = "https://example.org/min%20blogg/insights/a/";
    let mut seen = 0;
    for (file, quote) in [("feed.xml", "&quot;"), ("rss.xml", "&quot;"), ("feed.json", "\\\"")] {
        let feed = testing::file(&linked, file).unwrap();
        for place in
            ["fn:1", "fnref:1", "fnref:1-2", "price", "top", "x", "later"].map(|id| format!("{page}#{id}"))
        {
            assert!(feed.contains(&format!("{quote}{place}{quote}")), "{file}, {place}: {feed}");
        }
        assert!(feed.contains(&format!("{page}?utm_source=x#price")), "{file}: {feed}");
        // A drawing's own parts are in the text itself.
        assert!(feed.contains(&format!("{quote}#drawn{quote}")), "{file}: {feed}");
        seen += feed.matches(&format!("href={quote}#")).count();
    }
    assert_eq!(seen, 3, "only the drawing's");
    let page = testing::file(&linked, "insights/a/index.html").unwrap();
    for place in ["<a href=\"#fn:1\" id=\"fnref:1\"", "<a href=\"#price\">above", "<A HREF=#later>"] {
        assert!(page.contains(place), "{place}: {page}");
    }
}

#[test]
fn links_to_an_expired_page_lead_to_the_one_in_its_place() {
    let text = "[Offer](autumn.md#price) <a href=\"/insights/autumn\">Offer</a> [Older](older.md)";
    let project = testing::project(str::to_string)
        .with("content/insights/a.md", format!("---\ntitle: A\n---\n{text}\n"))
        .with(
            "content/insights/autumn.md",
            "---\ntitle: Autumn\nexpires: 2026-11-22\nexpires_to: insights/winter\naliases: [/sale/]\n---\nText.\n",
        )
        .with(
            "content/insights/older.md",
            "---\ntitle: Older\nexpires: 2026-11-01\nexpires_to: insights/autumn\n---\nText.\n",
        )
        .with("content/insights/winter.md", "---\ntitle: Winter\n---\nText.\n");
    let linked = testing::linked(&project, "public");
    let page = testing::file(&linked, "insights/a/index.html").unwrap();
    let expected = "<a href=\"/insights/winter/\">Offer</a> <a href=\"/insights/winter/\">Offer</a> \
        <a href=\"/insights/winter/\">Older</a>";
    assert!(page.contains(expected), "{page}");
    for old in ["insights/autumn/index.html", "insights/older/index.html", "sale/index.html"] {
        assert!(testing::file(&linked, old).unwrap().contains("data-to=\"/insights/winter/\""), "{old}");
    }
}

#[test]
fn what_raw_html_behind_a_gate_names_is_sealed() {
    let gated = "<img src=\"desk.png\" srcset=\"wide.png 2x\"> <a href=\"price-list.pdf\">Prices</a>";
    let text =
        format!("---\ntitle: A\ngate: {{form: guide}}\n---\nOpen.\n\n<!-- gate -->\n\n<p>{gated}</p>\n");
    let project = testing::project(|config| config.to_string())
        .with("content/forms/guide.yaml", testing::FORM)
        .with("content/insights/a.md", text);
    let files = ["desk.png", "wide.png", "price-list.pdf"];
    let project = files
        .into_iter()
        .fold(project, |project, file| project.with(&format!("content/insights/{file}"), "x"));
    let linked = testing::linked(&project, "public");
    assert!(files.iter().all(|file| !linked.plan.serves(&format!("/insights/{file}"))));
    // The text, the image and the list.
    let sealed =
        linked.plan.iter().filter(|(_, artifact)| matches!(artifact, crate::plan::Artifact::Sealed(_)));
    assert_eq!(sealed.count(), 3);
}
