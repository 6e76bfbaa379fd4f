//! Tests of the HTML, by example; that it is the specification's in plain mode is tested in `tests/all/commonmark.rs`.

mod steps;

use proptest::prelude::*;

use self::steps::Worked;
use super::*;
use crate::content::markdown::{Options, parse};

fn html_in(markdown: &str, style: &HtmlStyle<'_>) -> String {
    let tree = parse(markdown, 0, &Options::full(style.language));
    let mut out = String::new();
    body(&tree, &AsWritten(&tree), style, &mut out);
    out
}

fn html(markdown: &str) -> String {
    html_in(markdown, &HtmlStyle::english())
}

#[test]
fn headings_have_ids_and_safe_attributes() {
    assert_eq!(
        html("## A & *b* {.x .y lang=sv data-a=\"1\" onclick=evil role=note}\n"),
        "<h2 id=\"a-b\" class=\"x y\" lang=\"sv\" data-a=\"1\">A &amp; <em>b</em></h2>\n"
    );
    assert_eq!(html("##\n\n## {#here}\n\na"), "<div id=\"here\"></div>\n<p>a</p>\n");
}

#[test]
fn tables_scroll_and_have_names() {
    assert_eq!(
        html("| A & b | |\n|:--|--:|\n| c | d |\n\n| E |\n|:-:|\n"),
        "<div class=\"table-wrap\" tabindex=\"0\" role=\"region\" aria-label=\"Table 1: A &amp; b\"><table>\n<thead>\n<tr>\n\
         <th scope=\"col\" class=\"align-left\">A &amp; b</th>\n<td class=\"align-right\"></td>\n</tr>\n</thead>\n<tbody>\n<tr>\n\
         <td class=\"align-left\">c</td>\n<td class=\"align-right\">d</td>\n</tr>\n</tbody>\n</table></div>\n\
         <div class=\"table-wrap\" tabindex=\"0\" role=\"region\" aria-label=\"Table 2: E\"><table>\n<thead>\n<tr>\n\
         <th scope=\"col\" class=\"align-center\">E</th>\n</tr>\n</thead>\n</table></div>\n"
    );
}

#[test]
fn an_image_with_a_title_is_a_figure() {
    assert_eq!(
        html(
            "![A \"b\"](c d.png)\n\n![e *f*](<c d.png> \"G & h\")\n\n[![i](j.png 'k')](l)\n\nm ![n](o.png \"p\")\n"
        ),
        "<p>![A “b”](c d.png)</p>\n\
         <figure><img src=\"c%20d.png\" alt=\"e f\"><figcaption>G &amp; h</figcaption></figure>\n\
         <figure><a href=\"l\"><img src=\"j.png\" alt=\"i\"></a><figcaption>k</figcaption></figure>\n\
         <p>m <img src=\"o.png\" alt=\"n\" title=\"p\"></p>\n"
    );
}

#[test]
fn alerts_are_notes() {
    assert_eq!(
        html("> [!CAUTION]\n> a\n"),
        "<div class=\"alert alert-caution\" role=\"note\"><p class=\"alert-title\">Caution</p>\n<p>a</p>\n</div>\n"
    );
}

#[test]
fn callouts_have_titles_and_fold() {
    assert_eq!(
        html("> [!tip] Ask *first*\n> Then call.\n"),
        "<div class=\"alert alert-tip\" role=\"note\"><p class=\"alert-title\">Ask <em>first</em></p>\n<p>Then call.</p>\n</div>\n"
    );
    assert_eq!(
        html("> [!question]- Why?\n> So.\n\n> [!example]+\n> So.\n"),
        "<details class=\"alert alert-question\"><summary class=\"alert-title\">Why?</summary>\n<p>So.</p>\n</details>\n\
         <details class=\"alert alert-example\" open><summary class=\"alert-title\">Example</summary>\n<p>So.</p>\n</details>\n"
    );
    // Nobody is left without words by a type that nobody knows.
    assert_eq!(
        html("> [!<x>] a\n\n> [!state] 63 %\n> b\n"),
        "<blockquote>\n<p>[!<x>] a</p>\n</blockquote>\n\
         <div class=\"alert alert-note\" role=\"note\"><p class=\"alert-title\">63 %</p>\n<p>b</p>\n</div>\n"
    );
}

#[test]
fn numbers_and_testimonials_are_figures() {
    assert_eq!(
        html("> [!stat] 63 %\n> of buyers.\n>\n> — [Who](a)\n"),
        "<figure class=\"stat\"><p class=\"stat-value\">63 %</p>\n<p>of buyers.</p>\n\
         <figcaption>— <a href=\"a\">Who</a></figcaption></figure>\n"
    );
    assert_eq!(
        html(
            "> [!quote] Kim *Berg*, CEO, Fjord & Co\n> ![Kim](k.jpg)\n>\n> We **stopped**.\n>\n> - And more.\n>\n> — [The case](c)\n\nz\n"
        ),
        "<figure class=\"testimonial\"><blockquote>\n<p>We <strong>stopped</strong>.</p>\n<ul>\n<li>And more.</li>\n</ul>\n\
         </blockquote>\n<figcaption><img class=\"face\" src=\"k.jpg\" alt=\"Kim\" loading=\"lazy\"> <strong>Kim Berg</strong> \
         <span>CEO, Fjord &amp; Co</span> <span class=\"from\">— <a href=\"c\">The case</a></span></figcaption></figure>\n\
         <p>z</p>\n"
    );
}

#[test]
fn calls_to_action_have_buttons() {
    assert_eq!(
        html("> [!cta] See it\n> [Book](b) now.\n\n[Buy](c){.button} [d](e)\n"),
        "<div class=\"cta\"><p class=\"cta-title\">See it</p>\n<p><a href=\"b\" class=\"button\" data-cta=\"book\">Book</a> now.</p>\n</div>\n\
         <p><a href=\"c\" class=\"button\" data-cta=\"buy\">Buy</a> <a href=\"e\">d</a></p>\n"
    );
}

#[test]
fn sections_with_a_role_have_parts() {
    assert_eq!(
        html("## Q {role=faq}\n\na\n\n### b?\n\nc\n\n#### d\n\n### e\n\n## f\n"),
        "<section class=\"block block-faq\">\n<h2 id=\"q\">Q</h2>\n<p>a</p>\n\
         <details class=\"block-part\">\n<summary><h3>b?</h3></summary>\n<div class=\"answer\" id=\"b\">\n<p>c</p>\n<h4 id=\"d\">d</h4>\n</div>\n</details>\n\
         <details class=\"block-part\">\n<summary><h3>e</h3></summary>\n<div class=\"answer\" id=\"e\">\n</div>\n</details>\n\
         </section>\n<h2 id=\"f\">f</h2>\n"
    );
    assert_eq!(
        html("## T {role=tabs}\n\n#### b\n\nc\n\n#### d\n"),
        "<section class=\"block block-tabs\" data-tabs>\n<h2 id=\"t\">T</h2>\n\
         <div class=\"block-part\">\n<h4 id=\"b\">b</h4>\n<p>c</p>\n</div>\n<div class=\"block-part\">\n<h4 id=\"d\">d</h4>\n</div>\n</section>\n"
    );
}

#[test]
fn what_is_compared_point_by_point_is_a_table() {
    let text =
        "## C {role=compare}\n\na\n\n### b\n\n- 1\n- *2*[^n]\n\n### c\n\n1. 3\n2. 4\n\n   5\n\n[^n]: Note.\n";
    let table = html(text);
    assert!(table.starts_with(
        "<section class=\"block block-compare\">\n<h2 id=\"c\">C</h2>\n<p>a</p>\n\
         <div class=\"table-wrap\" tabindex=\"0\" role=\"region\" aria-labelledby=\"c\"><table class=\"compare\">\n<thead><tr>\n<th scope=\"col\" id=\"b\">b</th>\n<th scope=\"col\" id=\"c-2\">c</th>\n</tr></thead>\n\
         <tbody>\n<tr>\n<td>1</td>\n<td>\n<p>3</p>\n</td>\n</tr>\n<tr>\n<td><em>2</em><sup>"
    ), "{table}");
    assert!(
        table.contains("<p>4</p>\n<p>5</p>\n</td>\n</tr>\n</tbody></table></div>\n</section>\n"),
        "{table}"
    );
    assert!(table.contains("Note."), "{table}");
    // With unequal lists, they stand side by side.
    let columns = html("## C {role=compare}\n\n### b\n\n- 1\n\n### c\n\n- 3\n- 4\n");
    assert!(
        !columns.contains("<table") && columns.matches("<div class=\"block-part\">").count() == 2,
        "{columns}"
    );
}

#[test]
fn images_of_a_gallery_are_a_list() {
    assert_eq!(
        html("## G {role=gallery}\n\n![a](a.png \"A & b\")\n[![c](c.png)](d)\n\ne ![f](f.png)\n"),
        "<section class=\"block block-gallery\">\n<h2 id=\"g\">G</h2>\n<ul class=\"images\">\n\
         <li><figure><img src=\"a.png\" alt=\"a\"><figcaption>A &amp; b</figcaption></figure>\n</li>\n\
         <li><a href=\"d\"><img src=\"c.png\" alt=\"c\"></a></li>\n</ul>\n<p>e <img src=\"f.png\" alt=\"f\"></p>\n</section>\n"
    );
    // Blank lines between them change nothing; what stands between them does.
    let apart = html(
        "## G {role=gallery}\n\n![a](a.png)\n\n![b](b.png \"B\")\n\n- c\n\n![d](d.png)\n\n## H {role=gallery}\n\n![e](e.png)\n",
    );
    let lists: Vec<usize> = apart
        .split("<ul class=\"images\">")
        .skip(1)
        .map(|list| list.split("</ul>").next().unwrap_or_default().matches("<li>").count())
        .collect();
    assert_eq!(lists, [2, 1, 1], "{apart}");
    assert_eq!(apart.matches("<ul").count(), apart.matches("</ul>").count(), "{apart}");
}

#[test]
fn speakers_take_turns() {
    assert_eq!(
        html(
            "## I {role=interview}\n\na\n\n**Kim Berg:** b\n\nc\n\n**Li**: d\n\n**Kim Berg:** e\n\n**Not** f\n"
        ),
        "<section class=\"block block-interview\">\n<h2 id=\"i\">I</h2>\n<p>a</p>\n\
         <div class=\"speech\" data-speaker=\"1\">\n<p><strong>Kim Berg:</strong> b</p>\n<p>c</p>\n</div>\n\
         <div class=\"speech\" data-speaker=\"2\">\n<p><strong>Li</strong>: d</p>\n</div>\n\
         <div class=\"speech\" data-speaker=\"1\">\n<p><strong>Kim Berg:</strong> e</p>\n<p><strong>Not</strong> f</p>\n</div>\n</section>\n"
    );
}

#[test]
fn readers_elsewhere_get_words_without_layout() {
    let feed = HtmlStyle { medium: Medium::Feed, ..HtmlStyle::english() };
    let html = html_in(
        "> [!question]- Why?\n> So.\n\n> [!stat] 63 %\n> b\n>\n> — c\n\n> [!cta] d\n> [e](f)\n\n## Q {role=faq}\n\n### b?\n\nc\n\n\
         ## T {role=tabs}\n\n### d\n\n## I {role=interview}\n\n**Kim:** e\n",
        &feed,
    );
    assert_eq!(
        html,
        "<div class=\"alert alert-question\" role=\"note\"><p><strong>Why?</strong></p>\n<p>So.</p>\n</div>\n\
         <figure class=\"stat\"><p><strong>63 %</strong></p>\n<p>b</p>\n<figcaption>— c</figcaption></figure>\n\
         <div class=\"cta\"><p><strong>d</strong></p>\n<p><a href=\"f\">e</a></p>\n</div>\n\
         <h2 id=\"q\">Q</h2>\n<h3 id=\"b\">b?</h3>\n<p>c</p>\n<h2 id=\"t\">T</h2>\n<h3 id=\"d\">d</h3>\n\
         <h2 id=\"i\">I</h2>\n<p><strong>Kim:</strong> e</p>\n"
    );
}

#[test]
fn takeaways_are_a_section() {
    assert_eq!(
        html("## Key takeaways\n\na\n\n### b\n\n## c\n"),
        "<section class=\"takeaways\" aria-labelledby=\"key-takeaways\">\n<h2 id=\"key-takeaways\">Key takeaways</h2>\n\
         <p>a</p>\n<h3 id=\"b\">b</h3>\n</section>\n<h2 id=\"c\">c</h2>\n"
    );
    let swedish = HtmlStyle { language: "sv", ..HtmlStyle::english() };
    assert!(html_in("## Det viktigaste\n\na\n", &swedish).ends_with("<p>a</p>\n</section>\n"));
}

#[test]
fn boxes_have_names() {
    assert_eq!(
        html("- [ ] a **b** [c](d)\n  - e\n- [x] f\n"),
        "<ul class=\"task-list\">\n<li><input type=\"checkbox\" disabled aria-label=\"a b c\"> a <strong>b</strong> <a href=\"d\">c</a>\n\
         <ul>\n<li>e</li>\n</ul>\n</li>\n<li><input type=\"checkbox\" disabled checked aria-label=\"f\"> f</li>\n</ul>\n"
    );
    assert!(html("1. [ ] a\n\n   b\n").contains(
        "<ol class=\"task-list\">\n<li>\n<p><input type=\"checkbox\" disabled aria-label=\"a\"> a</p>"
    ));
    assert!(html("- [ ]\n").contains("aria-label=\"Task\""));
}

#[test]
fn footnotes_have_ways_there_and_back() {
    let back = |id: &str, name: &str| {
        format!(
            "<a href=\"#fnref:{id}\" role=\"doc-backlink\" aria-label=\"Back to reference {name}\">↩\u{fe0e}</a>"
        )
    };
    assert_eq!(
        html("a[^x] b[^y] c[^x]\n\n[^y]: Y\n\n    - list\n\n[^x]: X & x\n\n[^z]: Z\n"),
        format!(
            "<p>a<sup><a href=\"#fn:1\" id=\"fnref:1\" role=\"doc-noteref\">1</a></sup> \
             b<sup><a href=\"#fn:2\" id=\"fnref:2\" role=\"doc-noteref\">2</a></sup> \
             c<sup><a href=\"#fn:1\" id=\"fnref:1-2\" role=\"doc-noteref\">1</a></sup></p>\n\
             <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n\
             <li id=\"fn:1\">\n<p>X &amp; x {} {}</p>\n</li>\n\
             <li id=\"fn:2\">\n<p>Y</p>\n<ul>\n<li>list</li>\n</ul>\n<p>{}</p>\n</li>\n</ol>\n</section>\n",
            back("1", "1"),
            back("1-2", "1-2"),
            back("2", "2")
        )
    );
    let sealed = HtmlStyle { footnote_prefix: "gated-", ..HtmlStyle::english() };
    let out = html_in("a[^x]\n\n[^x]: X\n", &sealed);
    assert!(
        out.contains("href=\"#gated-fn:1\" id=\"gated-fnref:1\"") && out.contains("<li id=\"gated-fn:1\">"),
        "{out}"
    );
}

#[test]
fn comments_are_for_authors_and_raw_html_is_kept() {
    let text = "<!-- a -->\n\n<div><!-- b -->\n\nc<!-- d --> <b>e</b>\n\n</div>\n";
    assert_eq!(html(text), "<div>\n<p>c <b>e</b></p>\n</div>\n");
    let without = HtmlStyle { raw_html: false, ..HtmlStyle::english() };
    assert_eq!(html_in(text, &without), "<p>c e</p>\n");
}

#[test]
fn code_can_be_scrolled() {
    assert_eq!(
        html("```rust ignore\na < b\n```\n\n    c\n"),
        "<pre tabindex=\"0\"><code class=\"language-rust\">a &lt; b\n</code></pre>\n<pre tabindex=\"0\"><code>c\n</code></pre>\n"
    );
}

/// Targets of a site that knows more than the text does.
struct Site;

impl Targets for Site {
    fn link(&self, _: u32) -> LinkTarget<'_> {
        LinkTarget {
            href: "https://å.example/?a&b".into(),
            external: true,
            hreflang: Some("sv"),
            share: None,
        }
    }

    fn image(&self, _: u32) -> ImageTarget<'_> {
        ImageTarget { width: Some(2), height: Some(1), lazy: true, ..ImageTarget::plain("/i.png") }
    }

    fn embed(&self, _: u32) -> EmbedTarget<'_> {
        EmbedTarget::Nothing
    }
}

#[test]
fn targets_decide_where_links_lead() {
    let tree = parse("[a](b 'c') ![d](e)\n", 0, &Options::full("en"));
    let mut out = String::from("before ");
    body(&tree, &Site, &HtmlStyle::english(), &mut out);
    assert_eq!(
        out,
        "before <p><a href=\"https://%C3%A5.example/?a&amp;b\" rel=\"noopener\" hreflang=\"sv\" title=\"c\">a</a> \
         <img src=\"/i.png\" alt=\"d\" width=\"2\" height=\"1\" loading=\"lazy\"></p>\n"
    );
}

#[test]
fn a_link_in_a_link_is_only_text() {
    assert_eq!(
        html("[a <https://b.example>](c) <d@e.example>\n"),
        "<p><a href=\"c\">a https://b.example</a> <a href=\"mailto:d@e.example\">d@e.example</a></p>\n"
    );
}

#[test]
fn a_part_can_be_written_alone() {
    let tree = parse("## a\n\nb *c*\n\n## d\n", 0, &Options::full("en"));
    let mut out = String::new();
    nodes(&tree, tree.section(&tree.headings[0]), &AsWritten(&tree), &HtmlStyle::english(), &mut out);
    assert_eq!(out, "<p>b <em>c</em></p>\n");
}

/// The names of open elements at each point must match; `<p>` never holds a block.
fn check_nesting(html: &str) -> Result<(), TestCaseError> {
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').unwrap();
        if let Some(name) = tag.strip_prefix('/') {
            prop_assert_eq!(open.pop(), Some(name), "{}", html);
            continue;
        }
        let name = tag.split(' ').next().unwrap();
        let block = ["p", "div", "ul", "ol", "section", "figure", "pre", "table", "blockquote", "h2", "hr"]
            .contains(&name);
        prop_assert!(!(block && open.contains(&"p")), "{html}");
        prop_assert!(!(name == "a" && open.contains(&"a")), "{html}");
        if !["img", "br", "hr", "input"].contains(&name) {
            open.push(name);
        }
    }
    prop_assert!(open.is_empty(), "{html}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn elements_are_nested_and_ids_unique(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "# a\n", "x<https://e>", "x<f@g>", "## Key takeaways\n", "> ", "> [!TIP]\n> ", "- ", "- [x] ", "1. ", "*", "**", "~~", "`", "[", "](b)", "![", "](c 'd')",
            "[^a]", "[^b]", "\n\n[^a]: ", "\n\n[^b]: ", "|a|\n|-|\n|b|\n", "a", "\"", "\n", "\n\n", "    ", "  ", "&", "```\n", "---\n", "\\\n", " {#x}", " {.c}",
        ]), 0..40)
    ) {
        let text = pieces.concat();
        let out = html(&text);
        check_nesting(&out)?;
        let mut ids: Vec<_> = out.split(" id=\"").skip(1).filter_map(|s| s.split('"').next()).collect();
        let links: Vec<_> = out.split("href=\"#fn").skip(1).filter_map(|s| s.split('"').next()).collect();
        for link in links {
            prop_assert!(ids.contains(&format!("fn{link}").as_str()), "{out}");
        }
        ids.sort_unstable();
        prop_assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{out}");
    }
}

#[test]
fn no_section_reaches_over_a_gate() {
    let text = "## Step 1: A\n\nOne.\n\nTwo.\n\n## Step 2: B\n\nThree.\n";
    let tree = parse(text, 0, &Options::full("en"));
    let shape = crate::sales::playbooks::shape::PlaybookOutline::new(&tree, "en");
    let two = tree.children(None).nth(2).unwrap();
    let (first, second) = render_split(&tree, two, &Worked(AsWritten(&tree), shape), &HtmlStyle::english());
    for part in [&first, &second] {
        assert_eq!(part.matches("<section").count(), part.matches("</section>").count(), "{part}");
    }
    assert!(
        first.ends_with("<p>One.</p>\n</section>\n") && second.starts_with("<p>Two.</p>"),
        "{first}|{second}"
    );
}
