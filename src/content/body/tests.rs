//! Tests of the tree, on bodies parsed from Markdown; what one part must not leak into another is a property.

use proptest::prelude::*;

use super::*;
use crate::content::markdown::{Options, parse};

fn body(text: &str) -> Body {
    parse(text, 0, &Options::full("en"))
}

fn top_level(body: &Body) -> Vec<NodeId> {
    body.children(None).collect()
}

#[test]
fn plain_text_has_a_line_for_each_block() {
    let text = "# One *two*\n\nA `b` ![alt *x*](i.png)\nsoft\\\nhard[^1]\n\n- tight\n  > quote\n  behind\n- [x] done\n\n\
                | a | b |\n|---|---|\n| c |  |\n\n```\nx\n\ny\n```\n\n<div>raw</div>\n\n[^1]: Note.\n[^2]: Never.\n";
    assert_eq!(
        body(text).plain_text(),
        "One two\nA b alt x soft hard\ntight\nquote behind\ndone\na\tb\nc\t\nx\n\ny\nNote."
    );
    assert_eq!(body("- a\n  # b\n  c").plain_text(), "a\nb\nc");
    assert_eq!(body("").plain_text(), "");
}

#[test]
fn words_are_counted_as_people_do() {
    assert_eq!(body("One, two – three & four.\n\n- five/six\n").word_count(), 5);
    assert_eq!(body("").word_count(), 0);
}

#[test]
fn an_excerpt_ends_between_words() {
    let text = "## Heading\n\nOne two, three four.\n\n<!-- note -->\n\nFive six.\n\n- item\n\nSeven.\n";
    let body = body(text);
    assert_eq!(body.excerpt(100), "One two, three four. Five six.");
    assert_eq!(body.excerpt(30), "One two, three four. Five six.");
    assert_eq!(body.excerpt(29), "One two, three four. Five…");
    assert_eq!(body.excerpt(20), "One two, three four…");
    assert_eq!(body.excerpt(19), "One two, three…");
    assert_eq!(body.excerpt(12), "One two…");
    assert_eq!(body.excerpt(2), "O…");
    assert_eq!(body.excerpt(1), "…");
    assert_eq!(body.excerpt(0), "");
}

#[test]
fn an_excerpt_of_a_list_is_better_than_none() {
    assert_eq!(body("- one\n- two\n").excerpt(100), "one two");
}

#[test]
fn a_section_reaches_to_the_next_heading_of_its_level() {
    let body = body("a\n\n## One\n\nb\n\n### Sub\n\nc\n\n> ## Quoted\n\n## Two\n\nd\n");
    let text = |index: usize| body.plain_text_of(body.section(&body.headings[index]));
    assert_eq!(text(0), "b\nSub\nc\nQuoted");
    assert_eq!(text(1), "c\nQuoted");
    assert_eq!(text(2), "");
    assert_eq!(text(3), "d");
}

#[test]
fn the_table_of_contents_has_two_levels() {
    let body =
        body("### Early\n\n# One\n\n## Two\n\n### *Three*\n\n#### Four\n\n## Five\n\n> ## Quoted\n\n##\n");
    let toc = body.toc();
    let texts: Vec<_> = toc.iter().map(|e| (e.text.as_str(), e.children.len())).collect();
    assert_eq!(texts, [("Early", 0), ("Two", 1), ("Five", 0)]);
    assert_eq!((toc[1].children[0].text.as_str(), toc[1].children[0].id.as_str()), ("Three", "three"));
}

#[test]
fn takeaways_are_found_by_role_or_name() {
    let found = |text: &str, language: &str| body(text).takeaways(language).map(|h| h.text.clone());
    assert_eq!(found("## Det viktigaste:\n", "sv").as_deref(), Some("Det viktigaste:"));
    assert_eq!(found("## Det viktigste\n", "nb-NO").as_deref(), Some("Det viktigste"));
    assert_eq!(found("## Key takeaways\n", "sv").as_deref(), Some("Key takeaways"));
    assert_eq!(
        found("## Key takeaways\n\n## In short {role=\"takeaways\"}\n", "en").as_deref(),
        Some("In short")
    );
    assert_eq!(found("## Other\n\n> ## Key takeaways\n", "en"), None);
}

#[test]
fn comments_are_found_where_they_divide_and_where_they_must_not() {
    let text = "a\n<!-- gate -->\nb <!-- inline -->\n\n  <!--x-->\n\n- i\n\n  <!-- gate -->\n\n> <!-- /gate -->\n\n\
                <!-- not --> alone\n\n<div>\n<!-- inner --><!-- two -->\n</div>\n\n`<!-- code -->`\n";
    let body = body(text);
    let dividers: Vec<_> = body.children(None).filter_map(|id| body.comment(id)).collect();
    assert_eq!(dividers, ["gate", "x"]);
    let nested: Vec<_> = body.nested_comments().into_iter().map(|(_, text)| text).collect();
    assert_eq!(nested, ["inline", "gate", "/gate", "not", "inner", "two"]);
    for (id, _) in body.nested_comments() {
        assert!(matches!(body.nodes()[id].kind, Kind::Comment(_)));
    }
    let (inline, _) = body.nested_comments()[0];
    assert_eq!(body.comment(inline), Some("inline"));
}

#[test]
fn footnotes_are_in_the_order_of_their_marks() {
    let body = body("[^b] [^a] [^b]\n\n[^a]: A[^c]\n\n[^c]: C[^b]\n\n[^b]: B\n\n[^d]: D[^e]\n\n[^e]: E\n");
    let found: Vec<_> = body.footnotes.iter().map(|f| (f.label.as_str(), f.references)).collect();
    assert_eq!(found, [("b", 3), ("a", 1), ("c", 1), ("d", 0), ("e", 0)]);
}

#[test]
fn an_extract_of_everything_is_the_same_text() {
    let text =
        "# A\n\nb [c](d) ![e](f)\n\n| g |\n|---|\n| h |\n\n- i\n  - j\n\n> k\n\n```l\nm\n```\n\n<!-- n -->\n";
    let body = body(text);
    assert_eq!(body.extract(&top_level(&body)), body);
}

#[test]
fn an_extract_brings_the_footnotes_that_it_mentions() {
    let body =
        body("one[^a] two[^b]\n\nthree[^c]\n\n[^c]: C[^d]\n\n[^a]: A\n\n[^b]: B\n\n[^d]: D\n\n[^e]: E\n");
    let blocks = top_level(&body);
    let first = body.extract(&blocks[..1]);
    assert_eq!(first.plain_text(), "one two\nA\nB");
    let second = body.extract(&blocks[1..2]);
    assert_eq!(second.plain_text(), "three\nC\nD");
    let labels: Vec<_> = second.footnotes.iter().map(|f| (f.label.as_str(), f.references)).collect();
    assert_eq!(labels, [("c", 1), ("d", 1)]);
    // The definition of a footnote that only the rest mentions doesn't come along, although it stands there.
    assert_eq!(body.extract(&blocks[1..]).plain_text(), "three\nC\nD");
    assert_eq!(body.extract(&[]), Body::default());
}

#[test]
fn a_body_is_small() {
    let sentences = "People don't read what they must fill in, and they fill in what nobody reads. \
                     Whoever calls it \"a tool\" should ask whom it serves, and *when*. "
        .repeat(3);
    let article = format!("## Heading\n\n{sentences}See [this](target.md).\n\n").repeat(12);
    let memory = body(&article).memory();
    assert!(memory < article.len() * 20_000 / 5_500, "{memory} bytes for {}", article.len());
}

/// A block of Markdown of words that nothing else holds: `word` is a part of each.
fn block() -> impl Strategy<Value = fn(&str) -> String> {
    let shapes: [fn(&str) -> String; 16] = [
        |w| format!("{w}text *{w}em* `{w}code`"),
        |w| format!("## {w}heading {{#{w}id .{w}class key={w}value}}"),
        |w| format!("## {w}heading"),
        |w| format!("[{w}link]({w}target \"{w}title\") and [{w}ref]\n\n[{w}ref]: {w}where"),
        |w| format!("![{w}alt]({w}image.png '{w}title')"),
        |w| format!("- {w}item\n  - {w}nested\n\n    {w}loose"),
        |w| format!("> {w}quote\n> - [x] {w}task"),
        |w| format!("> [!NOTE]\n> {w}alert"),
        |w| format!("| {w}a | {w}b |\n|---|:-:|\n| {w}c | {w}d |"),
        |w| format!("```{w}lang\n{w}code\n```"),
        |w| format!("<div class=\"{w}class\">\n{w}html\n</div>"),
        |w| format!("<!-- {w}comment -->"),
        |w| format!("{w}inline <b title=\"{w}html\">{w}bold</b> &amp; \"{w}quoted\""),
        |w| format!("{w}noted[^{w}label]\n\n[^{w}label]: {w}note [^{w}other]\n\n[^{w}other]: {w}otherNote"),
        |w| format!("<{w}auto@example.org> <https://{w}auto.example>"),
        |w| format!("[^{w}unused]: {w}unusedNote"),
    ];
    proptest::sample::select(shapes.to_vec())
}

proptest! {
    #[test]
    fn nothing_of_other_blocks_is_in_an_extract(
        blocks in prop::collection::vec((block(), any::<bool>()), 1..12),
    ) {
        let (open, secret) = ("openword", "secretword");
        let mut markdown = String::new();
        let mut boundaries = Vec::new();
        for (shape, is_open) in &blocks {
            markdown.push_str(&shape(if *is_open { open } else { secret }));
            boundaries.push((markdown.len(), *is_open));
            markdown.push_str("\n\n---\n\n");
        }
        let body = body(&markdown);
        let is_open = |id: &NodeId| {
            let start = body.nodes()[*id].span.range().start;
            boundaries.iter().find(|(end, _)| start < *end).is_none_or(|(_, is_open)| *is_open)
        };
        let (open_blocks, secret_blocks): (Vec<_>, Vec<_>) = top_level(&body).into_iter().partition(is_open);
        for (kept, other, extract) in
            [(open, secret, body.extract(&open_blocks)), (secret, open, body.extract(&secret_blocks))]
        {
            // Debug prints every field of every table, and the whole text buffer.
            let all = format!("{extract:?}");
            prop_assert!(!all.contains(other), "{all}");
            let words = |text: &str| text.matches(kept).count();
            let rest = match kept == open { true => &open_blocks, false => &secret_blocks };
            // Nothing is lost either: notes apart, the text is that of the blocks.
            let expected: usize = rest
                .iter()
                .filter(|id| !matches!(body.nodes()[**id].kind, Kind::Footnote(_)))
                .map(|id| words(&body.plain_text_of(*id..body.nodes()[*id].end as usize)))
                .sum();
            prop_assert!(words(&extract.plain_text()) >= expected);
            check(&extract)?;
        }
    }

    #[test]
    fn an_extract_of_an_extract_is_itself(text in "[-#>*_`|\\[\\]()!^:<a \n\"é]{0,80}") {
        let body = body(&text);
        let once = body.extract(&top_level(&body));
        prop_assert_eq!(once.extract(&top_level(&once)), once);
    }

    #[test]
    fn excerpts_keep_to_their_length(text in "[a-cå .,\n#-]{0,60}", max in 0_usize..40) {
        let body = body(&text);
        let excerpt = body.excerpt(max);
        prop_assert!(excerpt.chars().count() <= max, "{excerpt:?}");
        prop_assert_eq!(excerpt.trim(), excerpt.as_str());
    }
}

/// What must hold in any tree.
fn check(body: &Body) -> Result<(), TestCaseError> {
    let nodes = body.nodes();
    let mut open = vec![nodes.len()];
    for (id, node) in nodes.iter().enumerate() {
        while open.last().is_some_and(|end| *end <= id) {
            open.pop();
        }
        let end = node.end as usize;
        prop_assert!(end > id && end <= *open.last().unwrap());
        open.push(end);
        match node.kind {
            Kind::Text(text) | Kind::Code(text) | Kind::Html(text) | Kind::CodeBlock(text) => {
                _ = body.text(text)
            }
            Kind::Heading(index) => prop_assert_eq!(body.headings[index as usize].node, id),
            Kind::Link(index) | Kind::Image(index) => prop_assert!((index as usize) < body.links.len()),
            Kind::Table(index) => prop_assert!((index as usize) < body.tables.len()),
            Kind::Footnote(index) => prop_assert_eq!(body.footnotes[index as usize].node, Some(id)),
            Kind::FootnoteRef(index) => prop_assert!(body.footnotes[index as usize].node.is_some()),
            _ => {}
        }
    }
    Ok(())
}

#[test]
fn an_embed_is_a_paragraph_of_its_own_and_no_text() {
    let text = "One.\n\n[form:guide]\n\n   [form:ring-me-back]  \n\nTwo.\n";
    let body = parse(text, 10, &Options::full("en"));
    let embeds: Vec<_> = body
        .embeds
        .iter()
        .map(|embed| (embed.name.as_str(), &text[embed.span.range().start - 10..][..5]))
        .collect();
    assert_eq!(embeds, [("guide", "guide"), ("ring-me-back", "ring-")]);
    assert_eq!((body.plain_text().as_str(), body.word_count()), ("One.\nTwo.", 2));
    assert_eq!(body.excerpt(50), "One. Two.");
    let blocks: Vec<_> = body.children(None).collect();
    let second = body.extract(&blocks[2..]);
    assert_eq!((second.embeds.len(), second.embeds[0].name.as_str()), (1, "ring-me-back"));
    assert_eq!(parse(text, 0, &Options::commonmark()).embeds, []);
}

#[test]
fn what_only_looks_like_an_embed_stays_text() {
    for text in [
        "\\[form:guide]",
        "`[form:guide]`",
        "    [form:guide]",
        "[from:guide]",
        "[form:]",
        "[form:a b]",
        "[form: a]",
        "```\n[form:a]\n```",
    ] {
        let body = parse(text, 0, &Options::full("en"));
        assert_eq!((body.embeds.len(), body.misplaced_embeds(text).len()), (0, 0), "{text}");
    }
    for text in [
        "See [form:a].",
        "- [form:a]",
        "> [form:a]",
        "# [form:a]",
        "**[form:a]**",
        "[form:a]\n[form:b]",
        "[^1]\n\n[^1]: [form:a]",
    ] {
        let body = parse(text, 0, &Options::full("en"));
        assert_eq!(body.embeds.len(), 0, "{text}");
        assert!(!body.misplaced_embeds(text).is_empty(), "{text}");
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table: what is read, and what it has to come to")]
fn what_is_almost_a_divider_is_found() {
    use super::{Likeness, dividers::likeness};
    for text in [
        "gates",
        "Gate",
        "GATE",
        "gate:",
        "gate –",
        "gate.",
        "\"gate\"",
        "[gate]",
        "gaet",
        "gat e",
        "gat3",
        "gte",
        "gatee",
        "gate 1",
        "gate here",
        "the gate starts here",
        "gate begins",
        "begin gate",
        "gated",
        "Gated content",
        "ｇａｔｅ",
        "g\u{200b}ate",
        "gаtе",
        "g a t e",
        "gate: guide",
        "gate=answer",
        "gate: {form: guide, key: webhook}",
        "members-only",
        "Members only",
        "paywall",
        "gate slutar",
        "här börjar gate",
    ] {
        assert_eq!(likeness(text).map(|(found, _)| found), Some(Likeness::Surely), "{text}");
    }
    for text in [
        "/ gate",
        "/gates",
        "/Gate",
        "end gate",
        "endgate",
        "gate end",
        "the gate ends here",
        "/members-only",
    ] {
        assert_eq!(likeness(text), Some((Likeness::Surely, true)), "{text}");
    }
    for text in ["gate guide", "gate form guide", "g@te", "grind", "port", "Grinden", "betalvägg", "locked"]
    {
        assert_eq!(likeness(text).map(|(found, _)| found), Some(Likeness::Perhaps), "{text}");
    }
    for text in [
        "gated content team: check numbers",
        "TODO",
        "date",
        "late",
        "more",
        "game",
        "rate",
        "note to self",
        "ask about the gate",
        "move the gate up?",
        "check the gate's form with Anna",
        "navigate",
        "agate",
        "get",
        "",
        "-",
        "aggregate",
        "[if IE]",
        "prettier-ignore",
        "toc",
        "fold",
        "2026",
        "end",
        "here",
        "form",
    ] {
        assert_eq!(likeness(text), None, "{text}");
    }
}

#[test]
fn what_is_almost_a_divider_is_found_in_every_kind_of_text() {
    use super::Likeness::{self, Perhaps, Surely};
    let found = |text: &str| -> Vec<(Likeness, String)> {
        let found = body(text).almost_dividers();
        found.iter().map(|found| (found.likeness, text[found.span.range()].to_string())).collect()
    };
    for (text, likeness, place) in [
        ("a <!-- Gate --> b\n", Surely, "<!-- Gate -->"),
        ("> <!-- gates -->\n", Surely, "<!-- gates -->"),
        ("- a\n\n  <!-- gate: -->\n", Surely, "<!-- gate: -->"),
        ("| a |\n|---|\n| <!-- Gate --> |\n", Surely, "<!-- Gate -->"),
        ("    <!-- gate -->\n", Surely, "<!-- gate -->"),
        ("a\n\n\t<!-- Gate -->\n\nb\n", Surely, "<!-- Gate -->"),
        ("```\na\n<!-- gate -->\n```\n", Perhaps, "<!-- gate -->"),
        ("`<!-- gate -->`\n", Perhaps, "`<!-- gate -->`"),
        ("a\n`<!-- gate -->`\nb\n", Perhaps, "`<!-- gate -->`"),
        ("<!- gate ->\n", Surely, "<!- gate ->"),
        ("<! gate >\n", Surely, "<! gate >"),
        ("<!— gate —>\n", Surely, "<!— gate —>"),
        ("&lt;!-- gate --&gt;\n", Surely, "&lt;!-- gate --&gt;"),
        ("\\<!-- gate -->\n", Surely, "<!-- gate -->"),
        ("[gate]\n", Surely, "[gate]"),
        ("{{gate}}\n", Surely, "{{gate}}"),
        ("{% gate %}\n", Surely, "{% gate %}"),
        ("a\n:::gate\nb\n", Surely, ":::gate"),
        ("::: gates :::\n", Surely, "::: gates :::"),
        ("<gate>\n\na\n", Surely, "<gate>\n"),
        ("a <Gate/> b\n", Surely, "<Gate/>"),
        ("<!--members-only-->\n", Surely, "<!--members-only-->"),
        ("<textarea><!-- gate --></textarea>\n", Surely, "<textarea><!-- gate --></textarea>\n"),
        ("<!-- grind -->\n", Perhaps, "<!-- grind -->"),
    ] {
        assert_eq!(found(text), [(likeness, place.to_string())], "{text}");
    }
    for text in [
        "<!-- gate -->\n\n<!-- /gate -->\n\n<!--gate-->\n\na <!-- gate --> b\n",
        "the `<!-- gate -->` divider\n",
        "`<!-- gate -->` divides a text\n",
        "The gate [gate](b.md) {{first_name}} and gate\n",
        "<div><p>gate</p></div>\n",
        "[form:guide]\n\n[gate](a.md)\n\n# Gate\n\nGate\n",
        "```\nlet gate = 1;\n```\n\n```html\n<p>gate</p>\n```\n",
        "<!--more-->\n\n<!-- date -->\n",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}
