//! Every example of the CommonMark specification, through our own tree and our own HTML, compared byte for byte (the
//! specification's runner would even forgive differences in white space and the order of attributes).

use ringback::content::markdown::{Options, parse};
use ringback::html;
use ringback::html::{AsWritten, HtmlStyle};

const EXAMPLES: &str = include_str!("../fixtures/commonmark-0.31.2.json");

fn to_html(markdown: &str) -> String {
    let body = parse(markdown, 0, &Options::commonmark());
    let mut out = String::new();
    html::body(&body, &AsWritten(&body), &HtmlStyle::commonmark(), &mut out);
    out
}

#[test]
fn all_652_examples_of_the_specification() {
    let examples: Vec<serde_json::Value> = serde_json::from_str(EXAMPLES).expect("the fixture is JSON");
    assert_eq!(examples.len(), 652);
    let text = |example: &serde_json::Value, key: &str| example[key].as_str().expect("a string").to_owned();
    let failures: Vec<String> = examples
        .iter()
        .filter_map(|example| {
            let (markdown, expected) = (text(example, "markdown"), text(example, "html"));
            let found = to_html(&markdown);
            (found != expected).then(|| {
                format!(
                    "example {} ({})\n--- Markdown\n{markdown}--- expected\n{expected}--- found\n{found}",
                    example["example"],
                    text(example, "section")
                )
            })
        })
        .collect();
    assert!(failures.is_empty(), "{} of 652 differ:\n{}", failures.len(), failures.join("\n"));
}
