use super::super::{Body, Kind};
use super::Flaw;
use super::pieces::{HtmlPiece, pieces};
use crate::content::markdown;
use crate::content::markdown::Options;
use crate::html;
use crate::html::{AsWritten, HtmlStyle};

fn body(text: &str) -> Body {
    markdown::parse(text, 0, &Options::full("en"))
}

fn html(body: &Body) -> String {
    let mut out = String::new();
    html::body(body, &AsWritten(body), &HtmlStyle::english(), &mut out);
    out
}

fn flaws(text: &str) -> Vec<(Flaw, String)> {
    let found = body(text).unsettled;
    found.iter().map(|found| (found.flaw, text[found.span.range()].to_string())).collect()
}

#[test]
fn raw_html_is_cut_into_what_is_for_readers_and_what_is_not() {
    for (html, expected) in [
        ("<b>å</b>", "<b>å</b>"),
        ("a<!-- x -->b<!--y-->c", "abc"),
        ("a<!-->b<!--->c", "abc"),
        ("a<!-- never ends", "a"),
        ("a<!-- x --!> y -->b", "ab"),
        ("<script>x = '<!-- y -->'</script><!-- z -->", "<script>x = '<!-- y -->'</script>"),
        ("<STYLE>é<!-- y --></Style>", "<STYLE>é<!-- y --></Style>"),
        ("<textarea\n>é<!-- y --></textarea>", "<textarea\n>é<!-- y --></textarea>"),
        ("<style>é<!-- y -->", "<style>é"),
        ("<styles>é<!-- y --></style>", "<styles>é</style>"),
        ("<pre>a<!-- y --></pre>", "<pre>a</pre>"),
        ("<a title='<!-- y -->' b = \"<!-- z -->\">", "<a title='<!-- y -->' b = \"<!-- z -->\">"),
        ("<p b'<!-- y -->", "<p b'<!-- y -->"),
        ("<p b'><!-- y -->'", "<p b'>'"),
        ("<?php echo '>' ?>a<?x?>", "a"),
        ("<!DOCTYPE html>a<!x>b", "ab"),
        ("<![CDATA[ > ]]>a<![cdata[x]]>", "a"),
        ("a</ x y>b</3>c</>d</b>", "abcd</b>"),
        ("<", "<"),
        ("<é", "<é"),
        ("", ""),
    ] {
        let kept = pieces(html, 0).into_iter().filter_map(|piece| match piece {
            HtmlPiece::Html(range) => Some(&html[range]),
            _ => None,
        });
        assert_eq!(kept.collect::<String>(), expected, "{html}");
    }
}

#[test]
fn nothing_within_a_comment_is_in_any_node() {
    for text in [
        "<div>\n<!-- XX\n\nXX\n\n* XX -->\n</div>\n",
        "<div><!-- XX\n\n## XX [XX](XX) ![XX](XX.png)\n\n    XX\n\n```XX\nXX\n```\n\n[form:XX]\n\nXX[^1] --></div>\n\n[^1]: n\n",
        "<div>\n<?php XX\n\nXX ?>\n</div>\n",
        "<div><![CDATA[ XX\n\nXX > XX ]]></div>\n",
        "a <!-- XX\n\nXX --> b\n",
        "a <!-- XX *XX*\n\n> XX --> b\n",
        "a <?php XX\n\nXX ?> b\n",
        "| a | b |\n|---|---|\n| <!-- XX | XX --> |\n",
        "- <div><!-- XX\n\n- XX\n\n  XX --> b\n",
        "> <div>\n> <!-- XX\n>\n> XX -->\n> </div>\n\na\n",
        "a `b` <!-- XX\n\n`XX --> XX` c\n",
        "<!-- XX -- XX --!> XX\n\nXX -->\n",
        "<pre><!-- XX\n\nXX --></pre>\n",
        "<svg><!-- XX\n\nXX --></svg>\n",
        "<details>\n\n<!-- XX\n\nXX -->\n\n</details>\n",
        "a <b><!-- XX --></b> <?XX?> <!XX XX> <![CDATA[XX]]>\n",
        "<div></ XX ></div>\n",
        "<!DOCTYPE XX>\n\n<?XX?>\n\n<![CDATA[XX\n\nXX]]>\n",
        "[^1] a\n\n[^1]: b <!-- XX\n\n    XX --> c\n",
        "# A <!-- XX\n\nXX --> b\n",
        "<div><!-- XX\r\n\r\nXX --></div>\r\n",
        "a <!-- XX\n\n| XX | XX |\n|---|---|\n| XX --> | b |\n| c | d |\n",
        "<!DOCTYPE a [ <!ENTITY XX \"XX\"> XX ]>\n\n<div><!DOCTYPE a [ <!ENTITY XX \"XX\"> XX ]></div>\n",
    ] {
        let body = body(text);
        assert_eq!(body.unsettled, [], "{text}");
        let (html, plain) = (html(&body), body.plain_text());
        assert!(!html.contains("XX") && !html.contains("<!--"), "{text}: {html}");
        assert!(!plain.contains("XX"), "{text}: {plain}");
        assert!(body.links.is_empty() && body.embeds.is_empty(), "{text}");
        let texts = body.headings.iter().map(|heading| heading.text.as_str());
        assert!(texts.into_iter().all(|text| text == "A"), "{text}");
    }
}

#[test]
fn what_stands_around_a_comment_stays() {
    for (text, expected) in [
        ("<div>\n<!-- a\n\nb -->\n</div>\n\nc\n", "<div>\n</div>\n<p>c</p>\n"),
        ("a <!-- b\n\nc --> d\n", "<p>a </p>\n<p> d</p>\n"),
        ("- a\n\n<div><!--\n\n- b\n\n--></div>\n", "<ul>\n<li>a</li>\n</ul>\n<div>\n</div>\n"),
        ("a <!-- b --> c\n", "<p>a  c</p>\n"),
        ("a \\<!-- b --> `<!-- c -->`\n", "<p>a &lt;!– b –&gt; <code>&lt;!-- c --&gt;</code></p>\n"),
        ("a &lt;!-- b --> c\n", "<p>a &lt;!– b –&gt; c</p>\n"),
        ("    <!-- a -->\n", "<pre tabindex=\"0\"><code>&lt;!-- a --&gt;\n</code></pre>\n"),
        (
            "| a | b |\n|---|---|\n| c <!-- d | e --> |\n",
            "<div class=\"table-wrap\" tabindex=\"0\" role=\"region\" aria-label=\"Table 1: a, b\"><table>\n<thead>\n<tr>\n\
             <th scope=\"col\">a</th>\n<th scope=\"col\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>c </td>\n<td></td>\n</tr>\n\
             </tbody>\n</table></div>\n",
        ),
        ("a <? b\n", "<p>a &lt;? b</p>\n"),
        ("<!-- [if IE]> a <![endif] -->\nb\n", "<p>b</p>\n"),
    ] {
        assert_eq!(html(&body(text)), expected, "{text}");
    }
}

#[test]
fn comments_that_hide_more_or_less_than_was_meant_are_found() {
    for (text, flaw, place) in [
        ("a\n\n<!-- b\n\nc\n", Flaw::Endless("-->"), "<!--"),
        ("a <!-- b\n\nc\n", Flaw::Endless("-->"), "<!--"),
        ("> <!-- b --!>\n\nc\n", Flaw::Endless("-->"), "<!--"),
        ("<div>\n<?php b >\n\nc\n</div>\n", Flaw::Endless("?>"), "<?"),
        ("a <![CDATA[ b\n\nc\n", Flaw::Endless("]]>"), "<![CDATA["),
        ("<!-- a <!-- b --> c -->\n", Flaw::Nested, "<!-- a <!-- b -->"),
        ("<div><!-- a\n\n<!-- b -->\n\nc -->\n</div>\n", Flaw::Nested, "<!-- a"),
        ("<div><!-- a\n\n<!-- gate -->\n\nc\n</div>\n", Flaw::Nested, "<!-- a"),
        ("<!--> a -->\n", Flaw::Empty, "<!-->"),
        ("a <!---> b -->\n", Flaw::Empty, "<!--->"),
        ("<div><!--\n\n[a]: https://a.example/\n\n--></div>\n\n[a]\n", Flaw::Used, "[a]"),
    ] {
        assert_eq!(flaws(text), [(flaw, place.to_string())], "{text}");
    }
    for text in ["<!-->\n\na <!-- b -->\n", "<!-- a <!-- b -->\n", "<!---->\n\n<!-- -->\n"] {
        assert_eq!(flaws(text), [], "{text}");
    }
}

#[test]
fn a_comment_within_other_html_knows_its_place() {
    let text = "> <div>\n>   <!-- a --><b>\n> <!-- b --></b>\n";
    let body = body(text);
    let found = body.nodes().iter().filter(|node| matches!(node.kind, Kind::Comment(_)));
    let places: Vec<_> = found.map(|node| &text[node.span.range()]).collect();
    assert_eq!(places, ["<!-- a -->", "<!-- b -->"]);
}
