//! The button that copies a block of code.

use super::{Browser, Options, Serve, Server};
use crate::support::Site;

#[test]
fn a_block_of_code_is_copied_by_keyboard_and_says_so() {
    let text = "---\ntitle: Code\n---\n```js title=\"app.js\"\ncall(1);\nwait();\n```\n\n```json {1}\n{\"a\": 1}\n```\n";
    let site = Site::empty()
        .with("ringback.yaml", "title: Test\nbase_url: https://example.org/\n")
        .with("content/insights/code.md", text);
    site.build();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/insights/code/"));
    page.wait("document.querySelectorAll('.copies button').length === 2");
    page.js("navigator.clipboard.writeText = async (text) => { globalThis.copied = text }", &[]);
    page.js(
        "const button = document.querySelector('.code .copies button'); button.focus(); button.click()",
        &[],
    );
    page.wait("document.querySelector('.unseen[role=status]').textContent === 'Copied'");
    assert_eq!(page.js("return copied", &[]), "call(1);\nwait();");
    page.wait("document.querySelector('.code .copies button').textContent === 'Copied'");
    assert_eq!(page.js("return document.activeElement.parentElement.className", &[]), "copies");
    // Plain http has no clipboard.
    page.js("navigator.clipboard.writeText = () => Promise.reject()", &[]);
    page.js("document.querySelectorAll('.copies button')[1].click()", &[]);
    page.wait("document.querySelector('.unseen[role=status]').textContent.includes('Ctrl+C')");
    assert_eq!(page.js("return getSelection().toString().trim()", &[]), "{\"a\": 1}");
    // In both colour schemes, a piece has a colour of its own.
    let colour = "return getComputedStyle(document.querySelector('pre .n')).color";
    assert_ne!(
        page.js(colour, &[]),
        page.js("return getComputedStyle(document.querySelector('pre')).color", &[])
    );
    page.assert_no_errors();
}
