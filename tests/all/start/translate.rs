//! `ringback new --translate`.

use crate::support::{Site, png};

const ORIGINAL: &str = "---
# Ours since 2024.
title: Eight reasons
description: >
  Why it stands empty,
  and what helps.
date: 2026-10-06
slug: eight
aliases: [/old/]
authors: [anna-berg] # she knows
category: crm
stage: attract
series: {id: empty, part: 1}
image: {src: desk.png, alt: A desk}
gate: {form: guide}
---

Open text with a [link](other.md).

<!-- gate -->

Gated text.
";

fn site() -> Site {
    Site::empty()
        .with(
            "ringback.yaml",
            "title: Test\nbase_url: https://example.org/\nlanguages: {en: {}, sv: {}, nb: {}}\nseries: {empty: {title: Empty}}\n\
             webhooks: {crm: {url: \"https://crm.example.org/leads\"}}\ntaxonomies: {category: {strict: true, terms: {crm: {}}}}\n",
        )
        .with("content/_index.md", "---\ntitle: Home\n---\nText.\n")
        .with("content/people/anna-berg.md", "---\ntitle: Anna Berg\n---\nText.\n")
        .with("content/insights/other.md", "---\ntitle: Other\n---\nText.\n")
        .with("content/insights/eight-reasons.md", ORIGINAL)
        .with("content/insights/desk.png", png(8, 6))
        .with("content/forms/guide.yaml", "extends: lead\nwebhook: crm\n")
}

fn made_file(site: &Site, arguments: &[&str]) -> String {
    let run = site.run(arguments);
    assert_eq!(run.status, 0, "{arguments:?}: {}", run.stderr);
    run.stdout.lines().next().unwrap_or_default().trim_start_matches("Made ").to_string()
}

fn refused(site: &Site, arguments: &[&str]) -> String {
    let before = site.tree(".");
    let run = site.run(arguments);
    assert_eq!(run.status, 2, "{arguments:?}: {}", run.stdout);
    assert_eq!(site.tree("."), before);
    run.stderr
}

#[test]
fn what_must_be_the_same_is_kept_and_what_is_to_be_translated_is_marked() {
    let site = site();
    let path = made_file(
        &site,
        &["new", "insight", "Åtta skäl", "--lang", "sv", "--translate", "content/insights/eight-reasons.md"],
    );
    assert_eq!(path, "content/insights/eight-reasons.sv.md");
    assert_eq!(
        site.read(&path),
        "---
title: Åtta skäl
draft: true
slug: atta-skal
# Översätt:
description: >
  Why it stands empty,
  and what helps.
date: 2026-10-06
authors: [anna-berg] # she knows
category: crm
stage: attract
series: {id: empty, part: 1}
# Översätt:
image: {src: desk.png, alt: A desk}
gate: {form: guide}
---

<!-- Översätt texten nedan, och ta bort den här raden. -->

Open text with a [link](other.md).

<!-- gate -->

Gated text.
"
    );
    assert_eq!(site.run(&["check", "--drafts"]).status, 0);
    site.write(&path, site.read(&path).replace("draft: true\n", ""));
    let run = site.run(&["build"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(site.read("public/sv/insights/atta-skal/index.html").contains("hreflang=\"en\""));
}

#[test]
fn without_a_title_the_original_one_is_marked_and_the_address_stays() {
    let site = site();
    let path = made_file(&site, &["new", "--lang", "nb", "--translate", "insights/eight-reasons"]);
    let text = site.read(&path);
    assert!(
        text.starts_with("---\n# Oversett:\n# Ours since 2024.\ntitle: Eight reasons\ndraft: true\n"),
        "{text}"
    );
    assert!(!text.contains("slug:") && !text.contains("aliases:"), "{text}");
    assert_eq!(site.run(&["check", "--drafts"]).status, 0);
}

#[test]
fn a_page_is_found_however_it_is_written() {
    for path in [
        "content/insights/eight-reasons.md",
        "./content/insights/eight-reasons.md",
        "insights/eight-reasons.md",
        "insights/eight-reasons",
        "/insights/eight-reasons/",
        "somewhere/site/content/insights/eight-reasons.md",
        "content\\insights\\eight-reasons.md",
    ] {
        let made = made_file(&site(), &["new", "--lang", "sv", "--translate", path]);
        assert_eq!(made, "content/insights/eight-reasons.sv.md", "{path}");
    }
}

#[test]
fn other_shapes_of_files_get_their_suffix() {
    let page = "---\ntitle: A\n---\nText.\n";
    for (original, lang, expected) in [
        ("content/insights/own/index.md", "sv", "content/insights/own/index.sv.md"),
        ("content/insights/_index.md", "sv", "content/insights/_index.sv.md"),
        ("content/insights/2026-11-02-dated.md", "nb", "content/insights/2026-11-02-dated.nb.md"),
        ("content/insights/swedish.sv.md", "nb", "content/insights/swedish.nb.md"),
        ("content/insights/swedish.sv.md", "en", "content/insights/swedish.md"),
        ("content/insights/said.en.md", "sv", "content/insights/said.sv.md"),
    ] {
        let site = site().with(original, page);
        let path = made_file(&site, &["new", "--lang", lang, "--translate", original]);
        assert_eq!(path, expected);
        let run = site.run(&["check", "--drafts"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
    }
}

#[test]
fn the_only_missing_language_need_not_be_named() {
    let site = site();
    assert!(refused(&site, &["new", "--translate", "insights/other"]).contains("`sv` or `nb`"));
    made_file(&site, &["new", "--lang", "sv", "--translate", "insights/other"]);
    assert_eq!(
        made_file(&site, &["new", "Den andre", "--translate", "insights/other"]),
        "content/insights/other.nb.md"
    );
    assert!(
        site.read("content/insights/other.nb.md")
            .contains("title: Den andre\ndraft: true\nslug: den-andre\n")
    );
    assert!(refused(&site, &["new", "--translate", "insights/other"]).contains("every language"));
}

#[test]
fn what_cannot_be_is_refused() {
    let site = site();
    made_file(&site, &["new", "--lang", "sv", "--translate", "insights/other"]);
    for (arguments, expected) in [
        (&["new", "--lang", "sv", "--translate", "insights/other"][..], "already"),
        (&["new", "--lang", "en", "--translate", "insights/other"], "itself"),
        (&["new", "--lang", "se", "--translate", "insights/other"], "did you mean `sv`?"),
        (
            &["new", "--lang", "sv", "--translate", "insights/othr"],
            "did you mean `content/insights/other.md`?",
        ),
        (&["new", "--lang", "sv", "--translate", "content/forms/guide.yaml"], "in one file"),
        (&["new", "playbook", "X", "--lang", "nb", "--translate", "insights/other"], "is an insight"),
        (
            &["new", "insigth", "X", "--lang", "nb", "--translate", "insights/other"],
            "did you mean `insight`?",
        ),
    ] {
        let said = refused(&site, arguments);
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
}

#[test]
fn odd_front_matter_is_translated_or_refused() {
    let site = site()
        .with("content/insights/windows.md", "\u{feff}---\r\ntitle: W\r\ndraft: true\r\n---\r\nText.\r\n")
        .with("content/insights/flow.md", "---\n{title: F, date: 2026-01-01}\n---\nText.\n")
        .with("content/insights/notes.md", "# Notes\n\nText.\n")
        .with("content/insights/empty.md", "---\ntitle: E\n---\n");
    let path = made_file(&site, &["new", "--lang", "sv", "--translate", "insights/windows"]);
    assert_eq!(site.read(&path).matches("draft: true").count(), 1);
    made_file(&site, &["new", "--lang", "sv", "--translate", "insights/empty"]);
    // Its heading is its title, which is in front matter in the translation, with what only that can say.
    let path = made_file(&site, &["new", "--lang", "sv", "--translate", "insights/notes"]);
    let notes = site.read(&path);
    assert!(notes.contains("title: Notes\ndraft: true\n---\n") && notes.ends_with("\n\nText.\n"), "{notes}");
    assert!(!notes.contains("# Notes"), "{notes}");
    assert!(refused(&site, &["new", "--lang", "sv", "--translate", "insights/flow"]).contains("on one line"));
    assert_eq!(site.run(&["check", "--drafts"]).status, 0);
}
