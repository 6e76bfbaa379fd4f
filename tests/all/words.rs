//! English as a native writes it: the tics that `CONTRIBUTING.md` lists under "How we write" are looked for in the
//! documentation, the messages, the help, the preview's pages and the theme's English strings.
//!
//! Code is left out: fenced blocks, code spans, `{placeholders}`, addresses of links, keys of YAML. A rule looks at
//! words and not at meaning, so a sentence that breaks one and is right all the same is listed in [`ALLOWED`], with the
//! reason.

mod rules;
mod texts;

use rules::RULES;
use texts::{Source, Text};

/// Sentences that break a rule and are right: where, which rule, a part of the sentence, and why.
const ALLOWED: &[(&str, &str, &str, &str)] = &[
    ("README.md", "ring", "Content that gets the phone ringing", "the tagline"),
    ("src/cli/flags/mod.rs", "ring", "Content that gets the phone ringing", "the tagline"),
    (
        "docs/content/leads.md",
        "receiver",
        "An endpoint (the receiver) has to",
        "names the word that the sample uses for itself",
    ),
    (
        "src/diag/code.rs",
        "picture",
        "without \"picture of\"",
        "what an alternative text should not begin with",
    ),
    (
        "src/leads/gates/key.rs",
        "fingerprint",
        "ringback fingerprint",
        "bytes of a format, which nobody reads",
    ),
    (
        "src/leads/gates/lock.rs",
        "fingerprint",
        "ringback fingerprint",
        "bytes of a format, which nobody reads",
    ),
    ("src/content/markup/mod.rs", "picture", "picture plaintext portal", "the names of elements"),
    ("src/authoring/importers/script/words.rs", "ring", "ring ig", "Swedish, Norwegian and Danish"),
    ("src/authoring/importers/script/words.rs", "ring", "ring upp", "Swedish"),
    ("src/authoring/importers/script/words.rs", "ring", "Ring ig", "Swedish, Norwegian and Danish"),
    ("src/authoring/importers/script/words.rs", "ring", "ring tilbake", "Norwegian"),
    ("CHANGELOG.md", "lead out", "Symbolic links that lead out of", "links on a disk, not on a page"),
];

#[test]
fn no_text_has_a_tic() {
    let mut used = vec![false; ALLOWED.len()];
    let mut found = Vec::new();
    for text in texts::all() {
        for (rule, sentence) in broken(&text) {
            let allowed = ALLOWED.iter().position(|(file, name, part, _)| {
                text.file == *file && rule == *name && plain(&sentence).contains(&plain(part))
            });
            match allowed {
                Some(at) => used[at] = true,
                None => found.push(format!("{}: {rule}: {sentence}", text.file)),
            }
        }
    }
    let hint: Vec<String> = RULES.iter().map(|rule| format!("  {}: {}", rule.name, rule.instead)).collect();
    assert!(found.is_empty(), "{}\n\n{}", found.join("\n"), hint.join("\n"));
    let unused: Vec<_> = ALLOWED.iter().zip(used).filter(|(_, used)| !used).map(|(entry, _)| entry).collect();
    assert!(unused.is_empty(), "nothing breaks these rules any more: {unused:?}");
}

/// The rules that a text breaks, each with the sentence.
fn broken(text: &Text) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    for block in &text.blocks {
        for sentence in rules::sentences(block, text.source) {
            let names = RULES.iter().filter(|rule| (rule.breaks)(&sentence)).map(|rule| rule.name);
            found.extend(names.map(|name| (name, sentence.text.clone())));
        }
    }
    found
}

/// A sentence as the list of exceptions writes it.
fn plain(text: &str) -> String {
    text.replace('*', "")
}

/// Each rule has a sentence that it stops, and the same said well passes all of them.
#[test]
fn every_rule_stops_its_tic_and_lets_the_right_word_pass() {
    let breaks = |text: &str, source| {
        let text = Text { file: String::new(), source, blocks: texts::markdown(text) };
        broken(&text).into_iter().map(|(rule, _)| rule).collect::<Vec<_>>()
    };
    let sources = [Source::Document, Source::Message, Source::Theme];
    for rule in RULES {
        assert!(!rule.wrong.is_empty() && !rule.right.is_empty(), "{}", rule.name);
        for wrong in rule.wrong {
            let stops = sources.iter().any(|source| breaks(wrong, *source).contains(&rule.name));
            assert!(stops, "{}: {wrong}", rule.name);
        }
        for (right, source) in rule.right.iter().flat_map(|right| sources.map(|source| (right, source))) {
            assert_eq!(breaks(right, source), [""; 0], "{}: {right}", rule.name);
        }
    }
}

/// What is code stays as it is, wherever it is.
#[test]
fn code_is_no_english() {
    let code = "The key `mail` and `{mended}`.\n\n```text\nWho stands behind the ring is no mail.\n```\n\n\
                [a link](stands.md), <!-- who mends it --> and {stands}.";
    for block in texts::markdown(code) {
        for sentence in rules::sentences(&block, Source::Document) {
            let broken: Vec<_> =
                RULES.iter().filter(|rule| (rule.breaks)(&sentence)).map(|rule| rule.name).collect();
            assert_eq!(broken, [""; 0], "{}", sentence.text);
        }
    }
}

/// The texts are found where they are written: each kind of source gives what is known to be there.
#[test]
fn every_kind_of_text_is_read() {
    let all = texts::all();
    let known = [
        ("docs/content/gates.md", "A gate divides a text"),
        ("src/diag/code.rs", "There is no content to build."),
        ("src/cli/flags/mod.rs", "Build the site"),
        ("src/content/gate/mod.rs", "a page can have only one gate; remove one of them"),
        ("src/serve/broken.html", "This page can’t be shown yet"),
        ("src/serve/client/dev-bar.js", "The lines in question"),
        ("themes/ringback/i18n/en.yaml", "Skip to the text"),
        ("themes/ringback/i18n/en.yaml", "I thought this might be useful to you"),
        ("tests/diagnostics/unknown-author/expected.txt", "there is no person"),
        ("src/authoring/scaffold/ci/netlify.toml", "How Netlify builds and publishes the site"),
        ("docs/lead.schema.json", "Did the visitor agree?"),
    ];
    for (file, part) in known {
        let has = |text: &&Text| text.file == file && text.blocks.iter().any(|block| block.contains(part));
        assert!(all.iter().any(|text| has(&text)), "{file} has no `{part}`");
    }
}
