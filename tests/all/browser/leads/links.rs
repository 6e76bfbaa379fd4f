//! Links that open a gate, and those that don't: each says why, and nothing is thrown.

use serde_json::Value;

use super::gates::{GUIDE, MAILED, stage, token};
use super::{Stage, Visitor};

const BROKEN: &str =
    "The link is incomplete: the end is missing. Copy all of it from the email, or fill in the form.";
const OTHER: &str = "This link opens another guide. Fill in the form to read this one.";
const OLD: &str = "This link is no longer valid. Fill in the form to get the rest.";
const WRONG: &str = "This link doesn’t open this page. Fill in the form to get the rest.";

#[test]
fn a_link_opens_its_gate_or_says_why_it_does_not() {
    let stage = stage();
    let Some(visitor) = Visitor::new(&stage) else { return };
    links_that_do_not_fit(&visitor, &stage);
    what_is_remembered_and_does_not_fit(&visitor, &stage);
    // Those that `ringback keys` prints open a gate with its key in the page, too.
    let run = stage.site.run(&["keys", "--gate", "a-crm-people-want-to-fill-in", "--format", "json"]);
    let keys: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
    let link = keys[0]["links"][0]["url"].as_str().and_then(|url| url.split('#').nth(1)).expect("a link");
    visitor.open_anew(&format!("{GUIDE}#{link}"));
    visitor.until_open();
    assert_eq!(visitor.page.url(), stage.server.url(GUIDE));
    assert_eq!(stage.receiver.posts().len(), 0);
    visitor.page.assert_no_errors();
}

fn links_that_do_not_fit(visitor: &Visitor<'_>, stage: &Stage) {
    let good = token("mailed", 2);
    let (_, code) = good.rsplit_once('.').expect("a code");
    let other = token("answered", 1);
    let (_, code_of_other) = other.rsplit_once('.').expect("a code");
    // Of another secret, or guessed.
    let foreign = ringback::leads::gates::key::Key::derive(None, "mailed", 2).token();
    let links = [
        (String::new(), BROKEN),
        ("%".into(), BROKEN),
        ("%E0%A4%A".into(), BROKEN),
        ("mailed".into(), BROKEN),
        ("mailed.2".into(), BROKEN),
        ("mailed.2.".into(), BROKEN),
        ("mailed.2.!!".into(), BROKEN),
        (good[..good.len() - 7].into(), BROKEN),
        (good[..good.len() - 1].into(), BROKEN),
        (other.clone(), OTHER),
        (token("mailed", 1), OLD),
        (token("mailed", 3), WRONG),
        (foreign, WRONG),
        (format!("{good}abcd"), WRONG),
        (format!("mailed.2.{code_of_other}"), WRONG),
        (format!("mailed.1.{code}"), OLD),
        (format!("mailed.2.{}", "A".repeat(100_000)), WRONG),
        ("<script>alert(1)</script>".into(), BROKEN),
    ];
    for (link, words) in links {
        visitor.open_anew(&format!("{MAILED}#unlock={link}"));
        visitor.until_shut(words);
        assert_eq!(visitor.page.url(), stage.server.url(MAILED), "the address is clean");
        assert!(visitor.page.find("[data-gate] [type=submit]").is_visible(), "the form is the way out");
        let is_seen = "(() => {
            const { top, bottom } = document.querySelector('[data-gate-status]').getBoundingClientRect();
            return top > 0 && bottom < innerHeight;
        })()";
        visitor.page.wait(is_seen);
        assert_eq!(visitor.storage_keys(), Vec::<String>::new());
    }
    // The right one, in the page that is open.
    visitor.page.js("location.hash = 'unlock=' + arguments[0]", &[good.into()]);
    visitor.until_open();
    assert_eq!(visitor.page.url(), stage.server.url(MAILED));
    // A bad one takes nothing away.
    visitor.page.js("location.hash = 'unlock=mailed.2'", &[]);
    visitor.page.wait("location.hash === ''");
    visitor.page.reload();
    visitor.until_open();
    visitor.page.assert_no_errors();
}

fn what_is_remembered_and_does_not_fit(visitor: &Visitor<'_>, stage: &Stage) {
    for (remembered, words) in
        [(token("mailed", 1), OLD), (token("mailed", 3), WRONG), ("nonsense".into(), BROKEN)]
    {
        remember(visitor, stage, &format!("{{\"mailed\": \"{remembered}\", \"other\": \"kept\"}}"));
        visitor.until_shut(words);
        visitor.page.reload();
        visitor.until_shut("");
        let kept = visitor.page.js("return localStorage['ringback.unlocks']", &[]);
        assert_eq!(kept, "{\"other\":\"kept\"}");
    }
    // Whatever else may stand there.
    for nonsense in ["", "{", "null", "[]", "7", "{\"mailed\": 7}", "{\"mailed\": {\"a\": 1}}", "\"mailed\""]
    {
        remember(visitor, stage, nonsense);
        assert!(!visitor.is_open(), "{nonsense}");
    }
    remember(visitor, stage, "null");
    visitor.open(&format!("{MAILED}#unlock={}", token("mailed", 2)));
    visitor.until_open();
    visitor.page.reload();
    visitor.until_open();
    visitor.page.assert_no_errors();
}

fn remember(visitor: &Visitor<'_>, stage: &Stage, unlocks: &str) {
    visitor.page.goto(&stage.server.url("/contact/"));
    visitor.page.js("localStorage['ringback.unlocks'] = arguments[0]", &[unlocks.into()]);
    visitor.open(MAILED);
}
