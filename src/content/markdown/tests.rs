//! Tests of the way from Markdown to the tree: ids, punctuation, places in the file, and input that nobody writes.

use proptest::prelude::*;

use super::*;
use crate::content::blocks::{CalloutKind, Fold};

fn body(text: &str) -> Body {
    parse(text, 0, &Options::full("en"))
}

fn plain(text: &str, language: &str) -> String {
    parse(text, 0, &Options::full(language)).plain_text()
}

fn ids(text: &str) -> Vec<String> {
    body(text).headings.into_iter().map(|h| h.id).collect()
}

#[test]
fn headings_have_unique_ids() {
    assert_eq!(ids("# A\n\n# A\n\n# A 2\n\n# A\n"), ["a", "a-2", "a-2-2", "a-3"]);
    assert_eq!(ids("# A\n\n# B {#a}\n\n# A {#a-2}\n\n# A\n"), ["a-3", "a", "a-2", "a-4"]);
    assert_eq!(ids("# A {#x}\n\n# B {#x}\n"), ["x", "x-2"]);
    assert_eq!(ids("# …\n\n#\n\n# Section\n"), ["section", "section-2", "section-3"]);
    assert_eq!(ids("# A {#fn:1}\n"), ["fn-1"]);
}

#[test]
fn an_id_outlives_the_time_in_the_heading() {
    assert_eq!(
        ids("## Opener (20s)\n\n## Prepare (10 min, Anna)\n\n## Why (and how)\n"),
        ["opener", "prepare", "why-and-how"]
    );
    assert_eq!(body("## Opener (20s)\n").headings[0].text, "Opener (20s)");
}

#[test]
fn heading_attributes_are_read() {
    let body = body("## A *b* {#id .one .two role=takeaways key=\"value\" flag}\n");
    let heading = &body.headings[0];
    assert_eq!((heading.id.as_str(), heading.explicit_id, heading.text.as_str()), ("id", true, "A b"));
    assert_eq!(heading.classes, ["one", "two"]);
    let attribute = |key: &str, value: Option<&str>| (key.to_owned(), value.map(str::to_owned));
    assert_eq!(
        heading.attributes,
        [attribute("role", Some("takeaways")), attribute("key", Some("value")), attribute("flag", None)]
    );
}

#[test]
fn braces_end_a_heading_however_it_is_written() {
    for text in [
        "# A {#x} ##\n",
        "A {#x}\n===\n",
        "A\n{#x}\n---\n",
        "- > A {#x}\n  > ===\n",
        "# A{#x}\r",
        "# A {x=\"...\" #y #x # .}\n",
    ] {
        let body = body(text);
        assert_eq!((body.headings[0].id.as_str(), body.headings[0].text.as_str()), ("x", "A"), "{text:?}");
        assert_eq!(body.plain_text().trim(), "A", "{text:?}");
    }
    for text in
        ["# A {#*x*}\n", "# A \\{#x}\n", "# A {#x\\}\n", "# A {{#x}}\n", "# A {#x} b\n", "# A `{#x}`\n"]
    {
        assert!(!body(text).headings[0].explicit_id, "{text:?}");
    }
    assert_eq!(body("# {#x}\n").headings[0].id, "x");
}

/// Texts that pulldown-cmark's own reading of these braces doesn't survive.
#[test]
fn a_heading_of_one_line_in_a_task_is_read() {
    for text in ["- [x] \\\n  -", "- [x] \\\n  ---\n", "> |\n>  {.c}\n> - "] {
        assert_eq!(body(text).headings.len(), 1, "{text:?}");
    }
}

#[test]
fn quotation_marks_follow_the_language() {
    let text = "\"He said 'no' -- it's *\"all\"* there\"...";
    for (language, expected) in [
        ("en", "“He said ‘no’ – it’s “all” there”…"),
        ("sv", "”He said ’no’ – it’s ”all” there”…"),
        ("fi", "”He said ’no’ – it’s ”all” there”…"),
        ("nb", "«He said ‘no’ – it’s «all» there»…"),
        ("nn-NO", "«He said ‘no’ – it’s «all» there»…"),
        ("da", "»He said ›no‹ – it’s »all« there«…"),
        ("de", "„He said ‚no‘ – it’s „all“ there“…"),
        ("fr", "«\u{202f}He said “no” – it’s «\u{202f}all\u{202f}» there\u{202f}»…"),
        ("es", "«He said “no” – it’s «all» there»…"),
        ("nl", "“He said ‘no’ – it’s “all” there”…"),
    ] {
        assert_eq!(plain(text, language), expected, "{language}");
    }
}

#[test]
fn only_straight_marks_are_replaced() {
    assert_eq!(
        plain("`\"a\" -- b` &ldquo;c&rdquo; “d” \\\"e\\\" 5\" pipe", "sv"),
        "\"a\" -- b “c” “d” \"e\" 5\" pipe"
    );
    assert_eq!(plain("'90s, rock 'n' roll, the Bergs' house", "de"), "’90s, rock ‚n‘ roll, the Bergs’ house");
    assert_eq!(plain("a---b ---- c", "en"), "a—b –– c");
    assert_eq!(parse("\"a\" -- b...", 0, &Options::commonmark()).plain_text(), "\"a\" -- b...");
}

#[test]
fn a_mark_left_open_ends_with_its_block() {
    assert_eq!(plain("'a\n\n'b' c'", "de"), "’a\n‚b‘ c’");
}

#[test]
fn broken_references_stay_text() {
    let body = body("[a][b] and [form:x] and [^none]\n");
    assert_eq!(body.plain_text(), "[a][b] and [form:x] and [^none]");
    assert!(body.links.is_empty() && body.footnotes.is_empty());
}

#[test]
fn bare_addresses_are_links_as_on_github() {
    let body = body(
        "https://example.org, www.example.org (me@example.org) <a href=x>www.example.org</a> `a@b.example`\n",
    );
    let found: Vec<_> = body.links.iter().map(|link| link.target.as_str()).collect();
    // The last one is that of the HTML; what stands in it is no link of its own.
    assert_eq!(found, ["https://example.org", "http://www.example.org", "mailto:me@example.org", "x"]);
    assert_eq!(
        body.plain_text(),
        "https://example.org, www.example.org (me@example.org) www.example.org a@b.example"
    );
}

#[test]
fn links_are_meant_though_commonmark_sees_none() {
    let text = "A [call](tel:+46 8 1), [[Page|a page]] and ![a](my photo.png); \\[b](tel:1 2) `[[c]]` [[[d]](e.md)\n";
    let body = body(text);
    let found: Vec<_> =
        body.links.iter().map(|link| (link.target.as_str(), &text[link.target_span.range()])).collect();
    assert_eq!(
        found,
        [
            ("tel:+4681", "tel:+46 8 1"),
            ("[[Page]]", "Page"),
            ("my photo.png", "my photo.png"),
            ("e.md", "e.md"),
        ]
    );
    assert_eq!(body.plain_text(), "A call, a page and a; [b](tel:1 2) [[c]] [[d]");
}

#[test]
fn a_callout_begins_on_its_first_line() {
    // The type, whether it has a title, and all words.
    let read = |text: &str| {
        let body = body(text);
        let callout = body.callouts.first()?;
        assert_eq!(body.nodes()[0].kind, Kind::Callout(0), "{text}");
        let span = body.callouts[0].span.range();
        assert_eq!(text[span].to_lowercase(), callout.name.to_lowercase(), "{text}");
        let title = body.callout_title(0).map(|title| body.plain_text_of(body.descendants(title)));
        Some((callout.kind, callout.fold, title, body.plain_text()))
    };
    for (text, kind, fold, title, all) in [
        ("> [!NOTE]\n> Ask.\n", CalloutKind::Note, None, None, "Ask."),
        ("> [!NOTE] Ask.\n", CalloutKind::Note, None, None, "Ask."),
        ("> [!info] Ask **all**.\n", CalloutKind::Note, None, None, "Ask all."),
        ("> [!TIP] **Ask**.\n", CalloutKind::Tip, None, None, "Ask."),
        (
            "> [!tip] Ask first\n> Then *call*.\n",
            CalloutKind::Tip,
            None,
            Some("Ask first"),
            "Ask first\nThen call.",
        ),
        ("> [!tip] Ask\n>\n> - Then call.\n", CalloutKind::Tip, None, Some("Ask"), "Ask\nThen call."),
        // A text that was wrapped, not a title.
        ("> [!tip] Ask first and\n> then call.\n", CalloutKind::Tip, None, None, "Ask first and then call."),
        ("> [!note]- Why?  \n> So.\n", CalloutKind::Note, Some(Fold::Closed), Some("Why?"), "Why?\nSo."),
        ("> [!question]+ Why?\n", CalloutKind::Question, Some(Fold::Open), Some("Why?"), "Why?"),
        ("> [!question]-\n> So.\n", CalloutKind::Question, Some(Fold::Closed), None, "So."),
        ("> [!question]-\n", CalloutKind::Question, Some(Fold::Closed), None, ""),
        ("> [!stat] 63 %\n> of *all*.\n", CalloutKind::Stat, None, Some("63 %"), "63 %\nof all."),
        ("> [!stat] **63** %\n", CalloutKind::Stat, None, Some("63 %"), "63 %"),
        ("> [!Stats] 63 %\n> Of all.\n", CalloutKind::Other, None, Some("63 %"), "63 %\nOf all."),
    ] {
        let title = title.map(str::to_string);
        assert_eq!(read(text), Some((kind, fold, title, all.to_string())), "{text}");
    }
    for text in ["> \\[!tip] Ask.\n", "> [! tip] Ask.\n", "> Ask [!tip].\n", "> # [!tip]\n"] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn a_link_may_be_a_button() {
    let body = body(
        "[Ask](a.md){.button} us, [not](b.md) {.button}, [nor](c.md){.x} <https://e.example>{.button}\n\n{.button}\n",
    );
    let buttons: Vec<bool> = body.links.iter().map(|link| link.is_button).collect();
    assert_eq!(buttons, [true, false, false, true]);
    assert_eq!(body.plain_text(), "Ask us, not {.button}, nor{.x} https://e.example\n{.button}");
}

#[test]
fn targets_have_their_place() {
    let text = "[a](b.md#c) [d]( <e f> \"t\") [*g*](h(i)j 't') ![k](l.png) [m][n] [o][] [p] <https://q.example> <r@s.example>\n\n\
                > [t\n> u](\n> v.md)\n\n[![w](x.png)](y.md) [`](`](z.md) [\\]](1.md) [](2.md) [3](\\(4)\n\n\
                [n]: nn.md 'title'\n[o]: <oo.md>\n[p]:\n  pp.md\n";
    let offset = 1_000;
    let body = parse(text, offset, &Options::full("en"));
    let found: Vec<_> = body
        .links
        .iter()
        .map(|l| {
            let place = l.target_span.range();
            (l.target.as_str(), &text[place.start - offset..place.end - offset])
        })
        .collect();
    assert_eq!(
        found,
        [
            ("b.md#c", "b.md#c"),
            ("e f", "e f"),
            ("h(i)j", "h(i)j"),
            ("l.png", "l.png"),
            ("nn.md", "nn.md"),
            ("oo.md", "oo.md"),
            ("pp.md", "pp.md"),
            ("https://q.example", "https://q.example"),
            ("mailto:r@s.example", "r@s.example"),
            ("v.md", "v.md"),
            ("y.md", "y.md"),
            ("x.png", "x.png"),
            ("z.md", "z.md"),
            ("1.md", "1.md"),
            ("2.md", "2.md"),
            ("(4", "\\(4"),
        ]
    );
}

#[test]
fn text_that_touches_is_one_node() {
    let text = "Good morning {{first_name}}, *here* we are (___) [x:y]!\n";
    let body = body(text);
    let words: Vec<_> = body
        .nodes()
        .iter()
        .filter_map(|n| match n.kind {
            Kind::Text(t) => Some((body.text(t), &text[n.span.range()])),
            _ => None,
        })
        .collect();
    let expected = ["Good morning {{first_name}}, ", "here", " we are (___) [x:y]!"];
    assert_eq!(words, expected.map(|t| (t, t)));
}

#[test]
fn blocks_of_code_and_html_have_one_node() {
    let body = body("> ```rust x\n> a\n>\n> b\n> ```\n\n  <div>\n  c\n  </div>\n");
    let kinds: Vec<_> = body.nodes().iter().map(|n| n.kind).collect();
    let [Kind::Quote, Kind::CodeBlock(language), Kind::Text(code), Kind::HtmlBlock, Kind::Html(html)] =
        kinds[..]
    else {
        panic!("{kinds:?}");
    };
    assert_eq!(body.text(language), "rust x");
    assert_eq!(body.text(code), "a\n\nb\n");
    assert_eq!(body.text(html), "  <div>\n  c\n  </div>\n");
}

#[test]
fn crlf_files_give_the_same_text() {
    let text = "# A\n\nb\nc\n\n- d\n\n```\ne\nf\n```\n\n| g |\n|---|\n| h |\n";
    assert_eq!(body(&text.replace('\n', "\r\n")).plain_text().replace('\r', ""), body(text).plain_text());
}

#[test]
fn deep_nesting_is_only_slow_to_read() {
    let depth = 20_000;
    for text in [
        ">".repeat(depth) + "a",
        "- ".repeat(depth) + "a",
        "[".repeat(depth),
        "![".repeat(depth) + "a" + &"](b)".repeat(depth),
        "*_".repeat(depth) + "a" + &"_*".repeat(depth),
        "<!--".repeat(depth),
        "[^a]: ".repeat(depth),
    ] {
        let body = body(&text);
        let _ = body.plain_text();
        let _ = body.extract(&body.children(None).collect::<Vec<_>>());
    }
}

/// Pieces of Markdown that mean something, and some that take more than a byte a character.
#[expect(clippy::too_many_lines, reason = "a table: what is read, and what it has to come to")]
fn markdownish() -> impl Strategy<Value = String> {
    let pieces = [
        "#",
        "## ",
        "> ",
        "> [!NOTE]\n",
        "- ",
        "- [ ] ",
        "1. ",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```",
        "```rust\n",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "[^a]",
        "[^å]: ",
        "[a]: ",
        "<",
        ">",
        "<!-- ",
        " -->",
        "<div>",
        "</div>",
        "<https://å.se>",
        "<me@å.se>",
        "|",
        "|-|-|\n",
        "\\",
        "&amp;",
        "&",
        "\"",
        "'",
        "--",
        "...",
        "\n",
        "\n\n",
        "    ",
        "\t",
        " ",
        "{#å}",
        "{.a b=c}",
        "a",
        "å",
        "東",
        "🦀",
        "e\u{301}",
        "\u{202e}",
        "\0",
        "\r\n",
        "\r",
        "\u{a0}",
        "\u{feff}",
        "---\n",
        "===\n",
        ":",
    ];
    prop::collection::vec(prop_oneof![8 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)], 0..60)
        .prop_map(|pieces| pieces.concat())
}

#[test]
fn html_in_a_file_of_windows_has_whole_characters() {
    let text = "#\r\n <div><!--  -->¡\r\n";
    let body = parse(text, 0, &Options::commonmark());
    assert!(body.nodes().iter().all(|node| text.get(node.span.range()).is_some()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn every_text_is_markdown(before in "[aå🦀]{0,5}", text in markdownish()) {
        let file = format!("{before}{text}");
        for options in [Options::full("fr"), Options::commonmark()] {
            let body = parse(&text, before.len(), &options);
            let spans = body.nodes().iter().map(|n| n.span);
            let links = body.links.iter().flat_map(|l| [l.span, l.target_span]);
            for span in spans.chain(links) {
                prop_assert!(span.range().start >= before.len());
                prop_assert!(file.get(span.range()).is_some(), "{span:?}");
            }
            let mut ids: Vec<_> = body.headings.iter().map(|h| &h.id).collect();
            prop_assert!(ids.iter().all(|id| !id.is_empty() && !id.contains(char::is_whitespace)), "{ids:?}");
            ids.sort();
            prop_assert!(ids.windows(2).all(|pair| pair[0] != pair[1]));
            // Only looked at: they must not panic.
            let _ = body.plain_text();
            let _ = body.excerpt(20);
            let _ = body.nested_comments();
            let _ = body.toc();
            let mut html = String::new();
            let style = crate::html::HtmlStyle::english();
            crate::html::body(&body, &crate::html::AsWritten(&body), &style, &mut html);
        }
    }

    #[test]
    fn a_text_of_several_characters_stands_so_in_the_file(text in markdownish()) {
        let body = body(&text);
        let mut behind_code = 0;
        for (id, node) in body.nodes().iter().enumerate() {
            match node.kind {
                Kind::CodeBlock(_) => behind_code = node.end as usize,
                Kind::Text(words) if id >= behind_code && body.text(words).chars().filter(|c| *c != '–' && *c != '—').count() > 3 => {
                    prop_assert_eq!(&text[node.span.range()], body.text(words));
                }
                _ => {}
            }
        }
    }
}
