//! Tests of the checks on small sites; what each says is in `tests/diagnostics/`.

use proptest::prelude::*;

use super::prose::{Prose, Role};
use crate::commands::fix;
use crate::content::markdown::{Options, parse};
use crate::diag::Code;
use crate::edition::inputs;
use crate::project::{MemoryProject, Project as _};
use crate::site::Unpublished;

/// The sentences of a text, with the words of the file that they are said to stand at.
fn sentences(text: &str) -> Vec<(String, String, Role)> {
    let prose = Prose::new(&parse(text, 0, &Options::full("en")));
    let all = prose.blocks.iter().flat_map(|block| {
        prose.sentences(block).into_iter().map(|range| {
            let there = text[prose.span(&range).range()].to_string();
            (prose.text[range].to_string(), there, block.role)
        })
    });
    all.collect()
}

fn messages(text: &str) -> Vec<String> {
    sentences(text).into_iter().map(|(said, ..)| said).collect()
}

#[test]
fn sentences_end_where_readers_see_an_end() {
    assert_eq!(messages("One. Two! Three? Four"), ["One.", "Two!", "Three?", "Four"]);
    assert_eq!(messages("He said \"stop.\" Then he went."), ["He said “stop.”", "Then he went."]);
    // What goes on in small letters goes on.
    assert_eq!(
        messages("Ring e.g. today. It is 3.5 km, approx. as far."),
        ["Ring e.g. today.", "It is 3.5 km, approx. as far."]
    );
    assert_eq!(messages("\"Stop!\" she said."), ["“Stop!” she said."]);
    assert_eq!(
        messages("Wait… What?! (Yes.) Då. Åsa kom."),
        ["Wait…", "What?!", "(Yes.)", "Då.", "Åsa kom."]
    );
    assert_eq!(messages("…"), ["…"]);
    assert_eq!(messages(""), Vec::<String>::new());
}

#[test]
fn blocks_end_sentences_and_say_what_they_are() {
    let text = "## A title\n\nOne\ntwo.\n\n- three\n- four\n\n  five\n\n> six\n\n| seven | eight |\n|---|---|\n| nine | ten |\n\n```\ncode.\n```\n\nEleven ![twelve](a.png) `thirteen` [fourteen](b.md).\n";
    let found: Vec<(String, Role)> =
        sentences(text).into_iter().map(|(said, _, role)| (said, role)).collect();
    let expected = [
        ("A title", Role::Heading),
        ("One two.", Role::Text),
        ("three", Role::Text),
        ("four", Role::Text),
        ("five", Role::Text),
        ("six", Role::Quote),
        ("seven", Role::Cell),
        ("eight", Role::Cell),
        ("nine", Role::Cell),
        ("ten", Role::Cell),
        ("Eleven  thirteen fourteen.", Role::Text),
    ];
    assert_eq!(found, expected.map(|(said, role)| (said.to_string(), role)));
}

#[test]
fn a_sentence_knows_its_bytes_in_the_file() {
    let text = "Ää. *It's* \"a\" [link](b.md) &amp; more. Åö.\n";
    let places: Vec<String> = sentences(text).into_iter().map(|(_, there, _)| there).collect();
    assert_eq!(places, ["Ää.", "It's* \"a\" [link](b.md) &amp; more.", "Åö."]);
}

proptest! {
    /// Whatever is written, a place is in the file, on boundaries, and in order.
    #[test]
    fn places_are_in_the_file(text in "([A-Za-zåö .!?\"'>#*`|\\[\\]()\n-]|&amp;|\\\\|…){0,120}") {
        let prose = Prose::new(&parse(&text, 0, &Options::full("sv")));
        for block in &prose.blocks {
            let mut before = block.range.start;
            for sentence in prose.sentences(block) {
                prop_assert!(sentence.start >= before && sentence.end <= block.range.end);
                before = sentence.end;
                prop_assert!(text.get(prose.span(&sentence).range()).is_some());
            }
        }
    }
}

proptest! {
    // Each is a site that is checked several times.
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Headings of any levels: fixed once is fixed for good, no level is skipped any more, and what stood under a
    /// heading still does.
    #[test]
    fn headings_are_fixed_for_good(levels in prop::collection::vec(1_usize..=6, 0..10)) {
        let heading = |(index, level): (usize, &usize)| format!("{} H{index}\n\nText.\n", "#".repeat(*level));
        let body: Vec<String> = levels.iter().enumerate().map(heading).collect();
        let text = format!("---\ntitle: A\ndescription: B\n---\n\n{}", body.join("\n"));
        let project = MemoryProject::new()
            .with("ringback.yaml", "title: T\nbase_url: https://example.org/\n")
            .with("content/pages/a.md", &text);
        let options = inputs::Options { edition: None, base_url: None, unpublished: Unpublished::Hide };
        let fixed = fix::fix(&project, &options);
        let after = String::from_utf8(fixed.site.read("content/pages/a.md").unwrap()).unwrap();
        let is_about_headings = |code: Code| matches!(code, Code::HeadingSkipsLevel | Code::TitleInText);
        let left = fixed.left.iter().filter(|found| is_about_headings(found.code)).count();
        let can_be_lowered = !levels.contains(&1) || !levels.contains(&6);
        prop_assert!(left == 0 || !can_be_lowered, "{after}");
        let again = project.clone().with("content/pages/a.md", &after);
        prop_assert_eq!(fix::fix(&again, &options).problems, 0);
        let found: Vec<usize> = after.lines().filter(|line| line.starts_with('#')).map(|line| line.find(' ').unwrap()).collect();
        prop_assert_eq!(found.len(), levels.len());
        for (a, b) in levels.iter().zip(&levels[1.min(levels.len())..]).zip(found.iter().zip(&found[1.min(found.len())..])).filter_map(|((a, b), (c, d))| (a < b).then_some((c, d))) {
            prop_assert!(a < b, "{levels:?} {found:?}");
        }
    }
}
