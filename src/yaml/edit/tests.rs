//! What is changed is what was meant, and nothing else.

use proptest::prelude::*;
use serde_json::json;

use super::*;

/// Steps as a path: `image/alt`, `options/0`.
fn steps(path: &str) -> Vec<Step> {
    path.split('/')
        .map(|step| step.parse().map_or_else(|_| Step::Key(step.to_string()), Step::Item))
        .collect()
}

#[track_caller]
fn after(text: &str, path: &str, value: &Json) -> String {
    set(text, &steps(path), value).expect("it can be set").apply(text)
}

#[track_caller]
fn less(text: &str, path: &str) -> String {
    remove(text, &steps(path)).expect("it can be removed").apply(text)
}

#[test]
fn a_value_is_written_as_it_was() {
    for (old, value, new) in [
        ("a: One # why\nb: 2\n", json!("Two"), "a: Two # why\nb: 2\n"),
        ("a: \"One\"\n", json!("Two"), "a: \"Two\"\n"),
        ("a:   'It''s'   # x\n", json!("That's"), "a:   'That''s'   # x\n"),
        ("a: One\n", json!("Yes: it is"), "a: \"Yes: it is\"\n"),
        ("a: One\n", json!("true"), "a: \"true\"\n"),
        ("a: [x]\n", json!("?"), "a: \"?\"\n"),
        ("a: false\n", json!(true), "a: true\n"),
        ("a: One\r\nb: 2\r\n", json!("1\n2"), "a: |-\r\n  1\r\n  2\r\nb: 2\r\n"),
        ("a: |\n  One\n  two\nb: 2\n", json!("One\n\nthree\n"), "a: |\n  One\n\n  three\nb: 2\n"),
        ("a: >-\n  One\n  two\nb: 2\n", json!("One two three"), "a: >-\n  One two three\nb: 2\n"),
        ("a:\nb: 2\n", json!("One"), "a: One\nb: 2\n"),
        ("b: 2 # two\n# end\n", json!("One"), "b: 2 # two\na: One\n# end\n"),
        ("b: 2", json!(1), "b: 2\na: 1"),
        ("", json!("One"), "a: One\n"),
        ("? a\n: 1\n", json!("x"), "? a\n: x\n"),
        ("a: ~ # none\n", json!("x"), "a: x # none\n"),
        ("a: [x, y] # z\n", json!(["x", "n", "y"]), "a: [x, n, y] # z\n"),
        ("a: [x, y]\n", json!(["y"]), "a: [y]\n"),
        ("a: [x, 'y']\n", json!(["x", "z"]), "a: [x, 'z']\n"),
        ("a:\n  - x # 1\n  # 2\n  - y\n", json!(["x", "y", "z"]), "a:\n  - x # 1\n  # 2\n  - y\n  - z\n"),
        ("a:\n- x\n- y\nb: 2\n", json!(["y"]), "a:\n- y\nb: 2\n"),
        ("a: x\n", json!(["x", "y"]), "a: [x, y]\n"),
        ("a: {b: 1}\n", json!("x"), "a: x\n"),
        ("a: zwei\u{308}\nb: o\u{308}\n", json!("e"), "a: e\nb: o\u{308}\n"),
    ] {
        assert_eq!(after(old, "a", &value), new, "{old:?}");
    }
}

#[test]
fn what_is_within_is_reached() {
    for (old, path, value, new) in [
        ("a: {b: 1, c: [x]}\n", "a/c", json!(["x", "y"]), "a: {b: 1, c: [x, y]}\n"),
        ("a: {b: 1}\n", "a/d", json!("x, y"), "a: {b: 1, d: \"x, y\"}\n"),
        ("a: {}\n", "a/d", json!("x"), "a: {d: x}\n"),
        ("a:\n  b: 1 # one\nc: 2\n", "a/d", json!("x"), "a:\n  b: 1 # one\n  d: x\nc: 2\n"),
        ("c: 2\n", "a/d", json!("x"), "c: 2\na:\n  d: x\n"),
        ("a:\nc: 2\n", "a/d", json!("x"), "a:\n  d: x\nc: 2\n"),
        (
            "f:\n  - id: a\n    x: 1\n  - id: b\n",
            "f/1/x",
            json!(2),
            "f:\n  - id: a\n    x: 1\n  - id: b\n    x: 2\n",
        ),
        ("f:\n- {id: a}\n", "f/0/id", json!("b"), "f:\n- {id: b}\n"),
        ("f: [a, b]\n", "f/1", json!("c"), "f: [a, c]\n"),
    ] {
        assert_eq!(after(old, path, &value), new, "{old:?}");
    }
}

#[test]
fn a_key_goes_with_its_value() {
    for (old, path, new) in [
        ("a: 1 # one\n# of b\nb: 2\n", "a", "# of b\nb: 2\n"),
        ("a: 1\nb:\n  - x\n  - y\n# of c\nc: 3\n", "b", "a: 1\n# of c\nc: 3\n"),
        ("a: {b: 1, c: 2}\n", "a/b", "a: {c: 2}\n"),
        ("a: {b: 1, c: 2}\n", "a/c", "a: {b: 1}\n"),
        ("z: 1\na:\n  b: 1\n", "a/b", "z: 1\n"),
        ("f:\n  - id: a\n    x: 1\n", "f/0/id", "f:\n  - x: 1\n"),
        ("a: |\n  # no comment\n  x\nb: 1\n", "a", "b: 1\n"),
        ("a:\nb: 1\n", "a", "b: 1\n"),
        ("a: 1\n", "a", ""),
    ] {
        assert_eq!(less(old, path), new, "{old:?}");
    }
}

#[test]
fn what_would_change_something_else_is_refused() {
    for (text, path, value) in
        [("a: &x One\nb: *x\n", "a", json!({"c": 1})), ("a: &x {k: 1}\nb: *x\n", "b/k", json!(2))]
    {
        assert_eq!(set(text, &steps(path), &value), Err(EditError::CantBeChanged), "{text:?}");
    }
    assert_eq!(set("a: [", &steps("a"), &json!(1)), Err(EditError::NotYaml));
    assert_eq!(set("a: x\n", &steps("a/b"), &json!(1)), Err(EditError::NoSuchPlace));
    assert_eq!(remove("a: x\n", &steps("b")), Err(EditError::NoSuchPlace));
}

#[test]
fn what_is_set_already_changes_nothing() {
    let text = "a:    'x'   # y\n";
    assert_eq!(after(text, "a", &json!("x")), text);
}

/// One entry as an author could have written it.
#[derive(Debug, Clone)]
struct Entry {
    comment: String,
    value: String,
    after: String,
}

/// A text of `entries`, each with the bytes of its value and, behind it, those that go with it.
fn written(entries: &[Entry], newline: &str) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut places = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        text.push_str(&entry.comment.replace('\n', newline));
        let start = text.len();
        text.push_str(&format!("k{index}:{}", entry.value.replace('\n', newline)));
        text.push_str(&entry.after);
        places.push(start..text.len());
        text.push_str(newline);
    }
    (text, places)
}

fn some_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zåäö ,:#'\"\\[{}&*!|>%@`\\-?0-9\u{308}\u{301}~]{0,24}",
        "(yes|no|true|null|12|1\\.10|2026-11-02|~|\\+46 8|- x|a: b|a #b|x:|\u{1f4de} ring|\u{2028}|\t)",
        "[a-z]{1,9}(\n[a-z#: ]{0,9}){1,3}\n?",
    ]
}

fn some_value() -> impl Strategy<Value = Json> {
    prop_oneof![
        some_text().prop_map(Json::from),
        any::<bool>().prop_map(Json::from),
        (-9999_i64..9999).prop_map(Json::from),
        proptest::collection::vec(some_text().prop_map(Json::from), 0..4).prop_map(Json::from),
        (some_text(), some_text()).prop_map(|(a, b)| json!({"x": a, "y y": [b]})),
    ]
}

fn some_entry() -> impl Strategy<Value = Entry> {
    let value = prop_oneof![
        Just(""),
        Just(" plain words"),
        Just(" 'it''s'"),
        Just(" \"a \\\"q\\\" # b\""),
        Just(" &an anchored"),
        Just(" !!str 5"),
        Just(" plain over\n  two lines"),
        Just(" |\n  # no comment\n  two"),
        Just(" >-\n  folded\n\n  more"),
        Just(" [a,   b, 'c # d']"),
        Just(" [\n  a, # one\n  b\n  ]"),
        Just("\n- a\n# between\n- b"),
        Just("\n    -   a\n    -   b: 1\n        c: [2]"),
        Just(" {x: 1,y: 'z'}"),
        Just("\n    x: 1 # one\n    y: o\u{308}"),
        Just(" *top"),
        Just(" # why nothing\n  x: 1"),
    ];
    let comment = prop_oneof![Just(""), Just("# before\n"), Just("\n# apart\n\n")];
    // A comment right behind brackets or a block of text is a part of it.
    (comment, value, prop_oneof![Just(""), Just(" # after"), Just("   ")]).prop_map(
        |(comment, value, after)| Entry {
            comment: comment.into(),
            value: value.into(),
            after: if value.contains(['|', '>']) || value.is_empty() { String::new() } else { after.into() },
        },
    )
}

/// Where the text has no anchor that is used, nothing is refused.
fn may_be_refused(entries: &[Entry]) -> bool {
    entries.iter().any(|entry| entry.value.contains(['&', '*', '!']))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_outside_of_what_is_meant_changes(
        entries in proptest::collection::vec(some_entry(), 1..6),
        at in any::<prop::sample::Index>(),
        value in some_value(),
        newline in prop_oneof![Just("\n"), Just("\r\n")],
        inner in prop_oneof![Just(None), Just(Some("x")), Just(Some("new"))],
    ) {
        let (text, places) = written(&entries, newline);
        let first = format!("top: &top t{newline}");
        let text = format!("{first}{text}");
        let at = at.index(places.len());
        let place = places[at].start + first.len()..places[at].end + first.len();
        let mut path = vec![Step::Key(format!("k{at}"))];
        path.extend(inner.map(|key| Step::Key(key.to_string())));
        match set(&text, &path, &value) {
            Ok(Splice { range, new }) => {
                let is_nothing = range.is_empty() && new.is_empty();
                prop_assert!(is_nothing || range.start >= place.start && range.end <= place.end, "{text}\n{range:?} {new:?}");
            }
            Err(EditError::NoSuchPlace) => prop_assert!(inner.is_some()),
            Err(why) => prop_assert!(may_be_refused(&entries[at..=at]), "{why:?}: {text}"),
        }
        match remove(&text, &path) {
            Ok(Splice { range, new }) => {
                prop_assert!(new.is_empty());
                prop_assert!(range.start >= place.start && range.end <= place.end + newline.len(), "{text}\n{range:?}");
            }
            Err(EditError::NoSuchPlace) => prop_assert!(inner.is_some()),
            Err(why) => prop_assert!(may_be_refused(&entries), "{why:?}: {text}"),
        }
    }
}
