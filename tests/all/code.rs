//! Blocks of code: their colours, titles and marked lines, wherever the text of a page goes.

use crate::support::Site;
use crate::support::html::inside;

const BLOCKS: &str = "```yaml title=\"<ringback>.yaml\" {2}\n# <Ours> & yours\ntitle: Fjord\n```\n\n\
    - In a list:\n\n  ```js\n  call(12);\n  ```\n";

fn site() -> Site {
    let article = |title: &str, text: &str| format!("---\ntitle: {title}\ndate: 2026-01-05\n---\n{text}\n");
    Site::empty()
        .with("ringback.yaml", "title: Test\nbase_url: https://example.org/\nfeeds: {content: full}\n")
        .with("content/insights/coloured.md", article("Coloured", BLOCKS))
        .with(
            "content/insights/plain.md",
            article("Plain", "```text\nplain\n```\n\n    indented\n\n```\n<none>\n```"),
        )
}

#[test]
fn code_has_colours_a_title_and_marked_lines() {
    let site = site();
    site.build();
    let page = site.read("public/insights/coloured/index.html");
    let text = inside(&page, "<div class=\"text\">", "</div>").trim().to_string();
    let expected = "<figure class=\"code\"><figcaption>&lt;ringback&gt;.yaml</figcaption><pre tabindex=\"0\">\
        <code class=\"language-yaml\"><span class=\"c\"># &lt;Ours&gt; &amp; yours\n</span>\
        <mark><span class=\"p\">title</span>: <span class=\"s\">Fjord\n</span></mark></code></pre></figure>";
    assert!(text.starts_with(expected), "{text}");
    let list = "<pre tabindex=\"0\"><code class=\"language-js\"><span class=\"f\">call</span>(<span class=\"n\">12</span>);\n</code></pre>";
    assert!(text.contains(list), "{text}");
    for asset in ["css/code.", "js/code."] {
        assert!(page.contains(asset), "{asset}");
        assert!(!site.read("public/insights/plain/index.html").contains(asset), "{asset}");
    }
    let plain = site.read("public/insights/plain/index.html");
    for block in [
        "<code class=\"language-text\">plain\n</code>",
        "<code>indented\n</code>",
        "<code>&lt;none&gt;\n</code>",
    ] {
        assert!(plain.contains(block), "{block}: {plain}");
    }
    // Readers elsewhere have no style sheet for it.
    let feed: serde_json::Value = serde_json::from_str(&site.read("public/feed.json")).expect("JSON");
    let items = feed["items"].as_array().expect("a list");
    let html = items.iter().find(|item| item["title"] == "Coloured").expect("it is there")["content_html"]
        .to_string();
    assert!(html.contains("<mark>title: Fjord\\n</mark>") && !html.contains("<span"), "{html}");
}

#[test]
fn the_html_of_code_is_at_most_four_times_its_source() {
    let code = "{\"a\":1,\"b\":[2,3,4,true,null,\"x\",{\"c\":-1e9}],\"d\":\"<&>\"}\n".repeat(20);
    let source = format!(
        "---\ntitle: A\n---\n```json\n{code}```\n\n```js\n{}```\n",
        "a=b(1)&&c(2,\"x\");\n".repeat(40)
    );
    let site = site().with("content/insights/dense.md", source);
    site.build();
    let page = site.read("public/insights/dense/index.html");
    for block in page.split("<code class=\"language-").skip(1) {
        let html = inside(block, ">", "</code>");
        let text = html
            .split('<')
            .map(|part| part.split_once('>').map_or(part, |(_, text)| text))
            .collect::<String>();
        let length = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").len();
        assert!(html.len() <= 4 * length && html.contains("<span"), "{} of {length}", html.len());
    }
}

#[test]
fn colours_are_kept_between_builds() {
    let site = site();
    site.build();
    let kept = std::fs::read(site.path(".ringback/code")).expect("it is kept");
    assert!(kept.starts_with(b"ringback code 1"));
    let before = site.read("public/insights/coloured/index.html");
    site.write("content/insights/other.md", "---\ntitle: Other\n---\nText.\n");
    site.build();
    assert_eq!(std::fs::read(site.path(".ringback/code")).expect("still"), kept);
    // What is damaged or another's is made again.
    for broken in [&kept[..kept.len() - 7], b"", b"ringback code 0\nxxxx"] {
        std::fs::write(site.path(".ringback/code"), broken).expect("written");
        std::fs::remove_dir_all(site.path("public")).expect("removed");
        site.build();
        assert_eq!(site.read("public/insights/coloured/index.html").replace("\r", ""), before);
    }
    let plain = Site::empty().with("ringback.yaml", "title: Test\nbase_url: https://example.org/\n");
    plain.write("content/insights/a.md", "---\ntitle: A\n---\nText.\n");
    plain.build();
    assert!(!plain.path(".ringback/code").exists());
}
