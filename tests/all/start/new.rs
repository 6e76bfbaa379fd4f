//! `ringback new`.

use super::init::filled_in;
use crate::support::Site;

const KINDS: &[&str] = &[
    "insight",
    "playbook",
    "script",
    "person",
    "page",
    "section",
    "form",
    "assessment",
    "calculator",
    "survey",
];

/// A site in three languages.
fn three() -> Site {
    Site::empty()
        .with(
            "ringback.yaml",
            "title: Test\nbase_url: https://example.org/\ntime_zone: Europe/Stockholm\nlanguages: {en: {}, sv: {}, nb: {}}\n\
             webhooks: {crm: {url: \"https://crm.example.org/leads\"}}\n\
             taxonomies: {category: {strict: true, terms: {crm: {}, calls: {}}}, tags: {}}\n",
        )
        .with("content/_index.md", "---\ntitle: Home\n---\nText.\n")
        .with("content/people/anna-berg.md", "---\ntitle: Anna Berg\n---\nText.\n")
}

fn made_file(site: &Site, arguments: &[&str]) -> String {
    let run = site.run(arguments);
    assert_eq!(run.status, 0, "{arguments:?}: {}", run.stderr);
    let first = run.stdout.lines().next().unwrap_or_default();
    first.strip_prefix("Made ").unwrap_or_else(|| panic!("{}", run.stdout)).to_string()
}

fn refused(site: &Site, arguments: &[&str]) -> String {
    let before = site.tree(".");
    let run = site.run(arguments);
    assert_ne!(run.status, 0, "{arguments:?}: {}", run.stdout);
    assert_eq!(run.stdout, "", "{arguments:?}");
    assert_eq!(site.tree("."), before, "{arguments:?} wrote something");
    run.stderr
}

#[test]
fn every_kind_in_every_language_is_right_at_once_and_when_it_is_published() {
    for lang in ["en", "sv", "nb"] {
        let site = three();
        let mut paths = Vec::new();
        for kind in KINDS {
            let title = format!("Åtta {kind}");
            let path = made_file(&site, &["new", kind, &title, "--lang", lang]);
            let suffix = if lang == "en" { String::new() } else { format!(".{lang}") };
            let expected = match *kind {
                "person" => format!("content/people/atta-person{suffix}.md"),
                "section" => format!("content/atta-section/_index{suffix}.md"),
                "form" | "assessment" | "calculator" | "survey" => {
                    format!("content/{kind}s/atta-{kind}.yaml")
                }
                kind => format!("content/{kind}s/atta-{kind}{suffix}.md"),
            };
            assert_eq!(path, expected);
            let text = site.read(&path);
            assert!(text.contains(&format!("title: {title}\n")) && !text.contains('%'), "{text}");
            paths.push(path);
        }
        for arguments in [&["check"][..], &["check", "--drafts"]] {
            let run = site.run(arguments);
            assert_eq!(run.status, 0, "{lang} {arguments:?}: {}", run.stderr);
        }
        for path in paths {
            site.write(&path, site.read(&path).replace("draft: true\n", ""));
        }
        let run = site.run(&["build", "--base-url", "http://localhost:8000/"]);
        assert_eq!(run.status, 0, "{lang}, published: {}", run.stderr);
    }
}

#[test]
fn what_a_new_site_begins_with_has_no_warning() {
    for lang in ["en", "sv", "nb"] {
        let site = filled_in(lang);
        // A person is no draft, and is told at once.
        for kind in KINDS.iter().filter(|kind| !["form", "person"].contains(kind)) {
            made_file(&site, &["new", kind, &format!("Ring {kind}")]);
        }
        let run = site.run(&["check", "--deny-warnings"]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{lang}");
        // Published with the words that it began with, it is told.
        let path = made_file(&site, &["new", "insight", "Words"]);
        site.write(&path, site.read(&path).replace("draft: true\n", ""));
        let run = site.run(&["build"]);
        assert!(run.status == 1 && run.stderr.contains(&path), "{lang}: {}", run.stderr);
        assert!(run.stderr.contains("is what every new page begins with"), "{lang}: {}", run.stderr);
    }
}

#[test]
fn front_matter_has_the_day_the_author_and_what_to_choose_from() {
    let site = three();
    let path = made_file(&site, &["new", "insight", "Why: the \"CRM\" stands empty"]);
    let text = site.read(&path);
    let front = text.split("---\n").nth(1).expect("front matter");
    assert_eq!(
        front,
        "title: \"Why: the \\\"CRM\\\" stands empty\"\n\
         # description: One or two sentences on what the reader gets. Search results show them.\n\
         date: 2026-11-22\n\
         draft: true\n\
         authors: [anna-berg]\n\
         # Choose from these, and delete the # in front:\n\
         # stage: attract, convert, close, delight\n\
         # category: [crm, calls]\n\
         # tags: []\n"
    );
    assert_eq!(path, "content/insights/why-the-crm-stands-empty.md");
    let run = site.run(&["new", "playbook", "X"]);
    assert!(run.stdout.contains("draft"), "{}", run.stdout);
}

#[test]
fn of_two_people_neither_is_the_author() {
    let site = three().with("content/people/ola-dahl.md", "---\ntitle: Ola Dahl\n---\nText.\n");
    let path = made_file(&site, &["new", "insight", "X"]);
    assert!(site.read(&path).contains("\n# authors: [anna-berg, ola-dahl]\n"));
    let nobody = Site::new().with("content/_index.md", "---\ntitle: Home\n---\n");
    let path = made_file(&nobody, &["new", "insight", "X"]);
    assert!(!nobody.read(&path).contains("authors"), "{}", nobody.read(&path));
}

#[test]
fn nothing_is_written_over() {
    let site = three();
    made_file(&site, &["new", "insight", "Twice"]);
    let said = refused(&site, &["new", "insight", "Twice!"]);
    assert!(said.contains("the file `content/insights/twice.md` already exists"), "{said}");
    let site = three().with("content/insights/folder/index.md", "---\ntitle: A\n---\nText.\n");
    assert!(refused(&site, &["new", "insight", "Folder"]).contains("content/insights/folder/index.md"));
    let site = three().with("content/insights/2026-11-02-dated.md", "---\ntitle: A\n---\nText.\n");
    assert!(refused(&site, &["new", "insight", "Dated"]).contains("2026-11-02-dated.md"));
    let site = three();
    made_file(&site, &["new", "form", "Guide"]);
    assert!(refused(&site, &["new", "form", "Guide"]).contains("content/forms/guide.yaml"));
    made_file(&site, &["new", "section", "Cases"]);
    assert!(refused(&site, &["new", "section", "cases"]).contains("content/cases/_index.md"));
}

#[test]
fn an_address_that_is_taken_is_refused_before_the_file_is_there() {
    let site = three().with("content/insights/a.md", "---\ntitle: A\n---\nText.\n");
    let said = refused(&site, &["new", "page", "Insights"]);
    assert!(said.contains("url-collision") && said.contains("no file was made"), "{said}");
    let site = three().with("content/pages/a.md", "---\ntitle: A\naliases: [/old/]\n---\nText.\n");
    assert!(refused(&site, &["new", "page", "Old"]).contains("/old/"));
}

#[test]
fn wrong_names_get_the_nearest_right_one() {
    let site = three();
    for (arguments, expected) in [
        (&["new", "insigth", "X"][..], "did you mean `insight`?"),
        (&["new", "video", "X"], "kinds are `insight`, `playbook`"),
        (&["new", "insight", "X", "--lang", "se"], "did you mean `sv`?"),
        (&["new", "insight", "X", "--lang", "fi"], "its languages are `en`, `sv` or `nb`"),
        (&["new", "insight", "…!?"], "no letters or digits"),
        (&["new", "insight", ""], "no letters or digits"),
        (&["new", "insight", "Index"], "page of its folder"),
        (&["new", "insight", "_index"], "page of its folder"),
        (&["new", "insight"], "TITLE"),
        (&["new"], "KIND"),
        (&["new", "insight", "Two", "words"], "words"),
    ] {
        let said = refused(&site, arguments);
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
    for (said, folder) in [("article", "insights"), ("Insights", "insights"), ("author", "people")] {
        assert!(
            made_file(&site, &["new", said, &format!("Called {said}")])
                .starts_with(&format!("content/{folder}/"))
        );
    }
}

#[test]
fn strange_titles_make_good_names() {
    let site = three();
    for (title, path) in [
        ("../../etc/passwd", "content/pages/etcpasswd.md"),
        ("C:\\Windows", "content/pages/cwindows.md"),
        ("name.sv", "content/pages/namesv.md"),
        ("Line\nbreak", "content/pages/line-break.md"),
        ("東京 タワー", "content/pages/東京-タワー.md"),
        ("---", ""),
    ] {
        if path.is_empty() {
            refused(&site, &["new", "page", "--", title]);
        } else {
            assert_eq!(made_file(&site, &["new", "page", title]), path);
        }
    }
    let long = "A very long title that goes on and on ".repeat(12);
    let path = made_file(&site, &["new", "page", &long]);
    assert!(path.len() < 100, "{path}");
    // A date that is none, at the beginning of the name.
    let said = refused(&site, &["new", "insight", "2026-31-11 was a day"]);
    assert!(said.contains("is not a date"), "{said}");
    assert_eq!(site.run(&["check", "--drafts"]).status, 0);
}

#[test]
fn a_form_needs_somebody_who_gets_its_leads() {
    let site = Site::new().with("content/_index.md", "---\ntitle: Home\n---\n");
    let said = refused(&site, &["new", "form", "Guide"]);
    assert!(said.contains("the site has no webhook") && said.contains("webhooks:"), "{said}");
    let site = Site::empty()
        .with(
            "ringback.yaml",
            "title: Test\nbase_url: https://example.org/\nwebhooks: {b: {url: \"https://b.example.org/\"}, a: {url: \"https://a.example.org/\"}}\n",
        )
        .with("content/_index.md", "---\ntitle: Home\n---\n");
    let run = site.run(&["new", "form", "Guide"]);
    assert!(run.stdout.contains("`webhooks:`") && run.stdout.contains("[form:guide]"), "{}", run.stdout);
    assert!(site.read("content/forms/guide.yaml").contains("\nwebhook: a\n"));
}

#[test]
fn it_works_from_elsewhere_and_beside_broken_pages() {
    let site = three().with("content/insights/broken.md", "---\ntitle: [\n---\n");
    let path = made_file(&site, &["new", "insight", "X", "--root", "."]);
    assert_eq!(path, "content/insights/x.md");
    let outer = Site::empty();
    let said = refused(&outer, &["new", "insight", "X"]);
    assert!(said.contains("there is no site here"), "{said}");
    let broken = three().with("ringback.yaml", "title: [\n");
    assert!(refused(&broken, &["new", "insight", "X"]).contains("ringback.yaml"));
}

#[test]
fn the_name_of_a_page_in_another_language_makes_a_translation() {
    let site = three();
    made_file(&site, &["new", "insight", "Same"]);
    let run = site.run(&["new", "insight", "Same", "--lang", "sv"]);
    assert!(run.stdout.contains("it is its translation"), "{}", run.stdout);
}
