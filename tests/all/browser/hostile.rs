//! Words that would be markup, on a host that sends no headers.

use super::{Browser, Options, Serve, Server};
use crate::support::Site;

const MESSAGE: &str = "Thanks</script><img src=x onerror='window.hit = 1'><script>window.hit = 1</script>";

#[test]
fn the_message_of_a_form_ends_no_script_element() {
    let site = Site::empty()
        .with(
            "ringback.yaml",
            "title: T\nbase_url: https://example.org/\nwebhooks: {crm: {url: 'https://crm.example/leads'}}\n\
             markdown: {raw_html: refuse}\nchecks: off\n",
        )
        .with(
            "content/forms/guide.yaml",
            format!("title: Guide\nwebhook: crm\nfields: [{{id: email, type: email}}]\nthank_you: {{message: \"{MESSAGE}\"}}\n"),
        )
        .with("content/insights/a.md", "---\ntitle: A\ndate: 2026-11-01\n---\n\nText.\n\n[form:guide]\n");
    site.build();
    site.remove("public/_headers");
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/insights/a/"));
    page.wait("document.readyState === 'complete'");
    let found = page.js(
        "return [window.hit ?? null, document.querySelectorAll('img[src=x]').length, \
         JSON.parse(document.querySelector('[data-lead-words]').textContent).confirmed]",
        &[],
    );
    assert_eq!(found, serde_json::json!([null, 0, MESSAGE]));
}
