//! `ringback calls`: what calls came to, for a terminal, for programs and as a page.

use serde_json::{Value, json};

use crate::support::Site;

/// A call as a webhook has kept it, in one line.
fn call(id: &str, rep: Value, outcome: &str) -> String {
    let event = json!({"type": "call.outcome", "version": 1, "id": id, "timestamp": "2026-11-23T09:05:00Z", "data": {
        "script": {"key": "scripts/opener", "title": "Opener", "lang": "en", "url": "https://x.example/"},
        "rep": rep, "started": "2026-11-23T09:00:00Z", "promised": null, "notes": "secret",
        "outcome": {"id": outcome.to_lowercase(), "label": outcome, "text": ""},
        "path": [{"script": "Opener", "step": "reply-1", "title": "Ask", "answer": "Yes", "at_s": 3}, {"script": "Opener", "step": "x", "title": "X", "answer": "", "at_s": 4}],
        "objections": [{"script": "Opener", "id": "objection-busy", "title": "Busy <b>", "reply": {"id": "reply-1", "title": "Ask"}, "answer": "Yes", "at_s": 3}]}});
    format!("{event}\n")
}

#[test]
fn calls_are_counted_for_people_and_programs() {
    let lines = [
        call("a", json!("ola"), "Closed"),
        call("a", json!("ola"), "Closed"),
        call("b", Value::Null, "Meeting"),
    ];
    let site = Site::empty().with("calls.jsonl", lines.concat());
    let file = site.path("calls.jsonl").to_string_lossy().into_owned();
    let page = site.path("page.html").to_string_lossy().into_owned();
    let run = site.run(&["calls", &file, "--page", &page, "--lang", "sv"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert_eq!(
        run.stdout,
        "2 calls\n  Closed 1, Meeting 1\n\nBy script, salesperson and week\n  scripts/opener  -    2026-W48      1  Meeting 1\n  scripts/opener  ola  2026-W48      1  Closed 1\n\nObjections, and how often the call went on after a reply\n  Busy <b> (Opener): 2\n    Ask: 2 of 2\n"
    );
    let page = site.read("page.html");
    assert!(page.contains("<html lang=\"sv\">") && page.contains("Busy &lt;b&gt; (Opener)"), "{page}");
    assert!(!page.contains("secret") && !page.contains("<b>"), "{page}");
    let json: Value = serde_json::from_str(&site.run(&["calls", &file, "--json"]).stdout).expect("JSON");
    assert_eq!(json["calls"], 2);
    assert_eq!(json["objections"][0]["replies"][0], json!({"title": "Ask", "used": 2, "led_on": 2}));
}

#[test]
fn what_cannot_be_read_is_told() {
    let site = Site::empty().with("calls.jsonl", format!("{}nonsense\n", call("a", Value::Null, "Closed")));
    let file = site.path("calls.jsonl").to_string_lossy().into_owned();
    let run = site.run(&["calls", &file]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("calls.jsonl:2: this line isn't JSON"), "{}", run.stderr);
    assert!(run.stdout.starts_with("1 call\n"), "{}", run.stdout);
    let run = site.run(&["calls", &site.path("none.jsonl").to_string_lossy()]);
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert_eq!(site.run(&["calls"]).status, 2);
}
