//! Texts of other programs, and random ones: what is written is what was there.

use proptest::prelude::*;

use super::*;
use crate::content::markdown::Options;

fn rules() -> (impl Fn(&str) -> Target, Options) {
    (|target: &str| Target::Known(target.to_string()), Options::full("en"))
}

fn made(html: &str) -> Converted {
    let (same, options) = rules();
    convert(tree::parse(html), &Rules { link: &same, image: &same, options })
}

fn text(html: &str) -> String {
    let made = made(html);
    assert_eq!(made.difference, None, "{}", made.text);
    made.text
}

#[test]
fn blocks_become_ours() {
    let cases = [
        ("<h2>A &amp; B</h2><p>One <b>two </b>three<br>four</p>", "## A & B\n\nOne **two** three\\\nfour\n"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c\n"),
        ("<ol start=3><li><p>a</p><p>b</p></li><li>c</li></ol>", "3. a\n\n   b\n\n4. c\n"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b\n"),
        ("<blockquote><p>a</p><p>b <cite>c</cite></p></blockquote>", "> a\n>\n> b <cite>c</cite>\n"),
        ("<pre class=\"language-js\">a\n\n`b`</pre>", "```js\na\n\n`b`\n```\n"),
        (
            "<figure><img src=a.png alt=x><figcaption>Our \"town\"</figcaption></figure>",
            "![x](a.png \"Our \\\"town\\\"\")\n",
        ),
        (
            "<table><tr><th>a<th align=right>b|c<tr><td>1<td>2</table>",
            "| a | b\\|c |\n|---|---|\n| 1 | 2 |\n",
        ),
        ("<details><summary>Why?</summary><p>So.</p></details>", "> [!question]- Why?\n> So.\n"),
        ("<a class=\"wp-block-button__link\" href=\"/x/\">Go</a>", "[Go](/x/){.button}\n"),
        (
            "<iframe src=\"https://www.youtube.com/embed/dQw4w9WgXcQ\"></iframe>",
            "https://www.youtube.com/embed/dQw4w9WgXcQ\n",
        ),
        (
            "<p>2*3*4 _a_ [x](y) `c` &lt;script&gt; &amp;lt; snake_case # </p>",
            "2\\*3\\*4 \\_a\\_ \\[x](y) \\`c\\` \\<script> \\&lt; snake_case #\n",
        ),
        (
            "<p># no heading</p><p>1. no list</p><p>- neither</p>",
            "\\# no heading\n\n1\\. no list\n\n\\- neither\n",
        ),
        ("<p><strong><em>both</em></strong><strong>more</strong></p>", "<strong>*both*more</strong>\n"),
        ("<p>H<sub>2</sub>O, <u>under</u></p>", "H<sub>2</sub>O, <u>under</u>\n"),
        (
            "<h1>Top</h1><h2 id=\"here\">Sub</h2><a href=\"#here\">go</a>",
            "## Top\n\n## Sub {#here}\n\n[go](#here)\n",
        ),
        ("<ul><li><input type=checkbox checked> done</li></ul>", "- [x] done\n"),
    ];
    for (html, expected) in cases {
        assert_eq!(text(html), expected, "{html}");
    }
}

#[test]
fn what_markdown_cannot_say_stays_html_and_is_told() {
    let cases = [
        "<table><tr><th colspan=2>a<tr><td>1<td>2</table>",
        "<table><tr><td>a<tr><td>b</table>",
        "<dl><dt>a<dd>b</dl>",
        "<p dir=rtl>\u{5e9}\u{5dc}\u{5d5}\u{5dd}</p>",
        "<p hidden>secret</p>",
        "<figure><img src=a.png alt=x><figcaption>By <a href=\"/k/\">Kim</a></figcaption></figure>",
        "<ul>a<li>b</li></ul>",
        "<a href=\"/x/\"><h3>Card</h3><p>Text</p></a>",
    ];
    for html in cases {
        let made = made(html);
        assert_eq!(made.difference, None, "{html}: {}", made.text);
        assert!(made.text.starts_with('<'), "{html}: {}", made.text);
        assert!(
            made.notes.iter().any(|notes| notes.weight == Weight::Kept && notes.line == 1),
            "{html}: {:?}",
            made.notes
        );
    }
}

#[test]
fn what_runs_is_left_out_and_told() {
    let made = made(
        "<p onclick=\"x()\">a</p><script>alert(1)</script><form><input name=q></form><a href=\"javascript:x()\">b</a>\
         <style>p{}</style><svg><path/></svg><!-- more -->",
    );
    assert_eq!(made.text, "a\n\nb\n");
    assert_eq!(made.difference, None);
    let weights: Vec<Weight> = made.notes.iter().map(|notes| notes.weight).collect();
    assert_eq!(
        weights,
        [Weight::Hand, Weight::Hand, Weight::Hand, Weight::Hand, Weight::Hand, Weight::Changed]
    );
}

#[test]
fn a_missing_page_or_file_stays_and_is_told() {
    let missing = |target: &str| Target::Missing(target.to_string());
    let rules = Rules { link: &missing, image: &missing, options: Options::full("en") };
    let made = convert(
        tree::parse("<p>See <a href=\"/gone/\">this</a> <img src=\"/no.png\" alt=\"A desk\"></p>"),
        &rules,
    );
    assert_eq!(made.text, "See <a href=\"/gone/\">this</a> <img src=\"/no.png\" alt=\"A desk\">\n");
    assert_eq!((made.difference, made.notes.len()), (None, 2));
}

#[test]
fn the_proof_sees_what_is_lost() {
    let options = Options::full("en");
    let facts = Facts::of_html(&tree::parse("<h2>a</h2><p>b <a href=\"/x/\">c</a> <img src=d alt=e></p>"));
    let what = |text: &str| facts.difference(&read(text, &options)).map(|found| found.what);
    assert_eq!(what("## a\n\nb [c](/x/) ![e](d)"), None);
    assert_eq!(what("## a\n\nc [b](/x/) ![e](d)"), Some("words"));
    assert_eq!(what("## a\n\nb [c](/y/) ![e](d)"), Some("links"));
    assert_eq!(what("### a\n\nb [c](/x/) ![e](d)"), Some("headings"));
    assert_eq!(what("## a\n\nb [c](/x/) ![f](d)"), Some("images"));
}

/// Words with signs that mean something to somebody.
fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[a-zåäö]{1,6}",
        2 => "[a-z0-9*_`~#<>&|\\[\\]{}()!+=.:\"'\\\\/-]{1,6}",
        1 => Just("https://a.example/x_y".to_string()),
        1 => Just("1.".to_string()),
        1 => Just("&amp;".to_string()),
    ];
    prop::collection::vec(word, 1..5).prop_map(|all| {
        let mut out = String::new();
        crate::encode::html::escape_text(&all.join(" "), &mut out);
        out
    })
}

/// What stands within a line.
fn inline() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        5 => words(),
        1 => words().prop_map(|words| format!("<code>{words}</code>")),
        1 => words().prop_map(|words| format!("<img src=\"/a b(1).png\" alt=\"{words}\">")),
        1 => Just("<br>".to_string()),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let name = prop_oneof![Just("b"), Just("em"), Just("del"), Just("sup"), Just("span"), Just("strong")];
        let space = prop_oneof![Just(""), Just(" ")];
        prop_oneof![
            (name, inner.clone()).prop_map(|(name, inner)| format!("<{name}>{inner}</{name}>")),
            inner.clone().prop_map(|inner| format!("<a href=\"/x/?a=1&amp;b=(2)\">{inner}</a>")),
            (prop::collection::vec(inner, 1..4), space).prop_map(|(all, space)| all.join(space)),
        ]
    })
}

/// A text of blocks.
fn blocks() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => inline().prop_map(|inner| format!("<p>{inner}</p>")),
        2 => (2..6u8, inline()).prop_map(|(level, inner)| format!("<h{level}>{inner}</h{level}>")),
        1 => words().prop_map(|words| format!("<pre class=\"language-js\">{words}\n\n  {words}</pre>")),
        1 => (inline(), inline()).prop_map(|(a, b)| format!("<table><tr><th>{a}</th><th>b</th></tr><tr><td>{b}</td><td></td></tr></table>")),
        1 => (words(), words()).prop_map(|(a, b)| format!("<figure><img src=a.png alt=\"{a}\"><figcaption>{b}</figcaption></figure>")),
        1 => (inline(), inline()).prop_map(|(a, b)| format!("<details><summary>{a}</summary><p>{b}</p></details>")),
        1 => Just("<hr>".to_string()),
        1 => inline(),
        1 => inline().prop_map(|inner| format!("<dl><dt>{inner}</dt><dd>{inner}</dd></dl>")),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        let many = prop::collection::vec(inner.clone(), 1..4);
        let name = prop_oneof![Just("ul"), Just("ol")];
        prop_oneof![
            many.clone().prop_map(|all| format!("<blockquote>{}</blockquote>", all.concat())),
            (name, many.clone()).prop_map(|(name, all)| {
                format!(
                    "<{name}>{}</{name}>",
                    all.iter().map(|one| format!("<li>{one}</li>")).collect::<String>()
                )
            }),
            many.clone().prop_map(|all| format!("<div>{}</div>", all.concat())),
            many.prop_map(|all| all.concat()),
        ]
    })
}

proptest! {
    // `PROPTEST_CASES=10000` is the whole of it; a normal run is a part.
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(300),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_text_comes_back(html in blocks()) {
        let made = made(&html);
        prop_assert_eq!(&made.difference, &None, "{}\n---\n{}", html, made.text);
    }
}
