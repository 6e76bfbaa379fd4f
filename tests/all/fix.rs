//! `check --fix`: what it fixes, that it fixes it once, and what it leaves alone.

use rayon::prelude::*;

use crate::support::{CONFIG, ORGANIZATION, Site, tree};

const FILE: &str = "content/insights/empty-crm.md";

const SETTINGS: &str = "\
taxonomies: {category: {strict: true, terms: {sales: {}, service: {}}}}
series: {crm: {title: The CRM}}
webhooks: {crm: {url: \"https://crm.example.org/leads\"}}
";

/// A site whose only mistakes are in [`FILE`].
fn site(text: &str) -> Site {
    Site::new()
        .with("ringback.yaml", format!("{CONFIG}{ORGANIZATION}{SETTINGS}"))
        .with(
            "content/_index.md",
            "---\ntitle: Fjord\ndescription: We ring back.\n---\n\n[The CRM](insights/empty-crm.md)\n",
        )
        .with("content/people/anna-berg.md", "---\ntitle: Anna Berg\n---\n\nAnna rings back.\n")
        .with(
            "content/forms/guide.yaml",
            "title: The guide\nwebhook: crm\nfields: [{id: email, type: email}]\n",
        )
        .with(FILE, text)
}

fn page(front: &str, text: &str) -> String {
    format!("---\ntitle: The empty CRM\ndescription: Why.\n{front}---\n\n{text}\n")
}

/// What each change makes of a page: code, before, after.
fn cases() -> Vec<(&'static str, String, String)> {
    vec![
        ("unknown-author", page("authors: [ana-berg]\n", "A."), page("authors: [anna-berg]\n", "A.")),
        (
            "unknown-author",
            page("authors: \"anna-breg\" # who\n", "A."),
            page("authors: \"anna-berg\" # who\n", "A."),
        ),
        ("unknown-term", page("category: Sales\n", "A."), page("category: sales\n", "A.")),
        ("unknown-stage", page("stage: atract\n", "A."), page("stage: attract\n", "A.")),
        (
            "unknown-form",
            page("gate: {form: giude}\n", "A.\n\n<!-- gate -->\n\nB."),
            page("gate: {form: guide}\n", "A.\n\n<!-- gate -->\n\nB."),
        ),
        ("unknown-form", page("", "A.\n\n[form:guid]"), page("", "A.\n\n[form:guide]")),
        (
            "bad-alias",
            page("aliases: [blog/crm, '/old/']\n", "A."),
            page("aliases: [/blog/crm, '/old/']\n", "A."),
        ),
        ("invalid-value", page("slug: The Empty CRM\n", "A."), page("slug: the-empty-crm\n", "A.")),
        (
            "heading-skips-level",
            page("", "### A\n\n# no heading: \\# text\n".replace("# no", "\\# no").as_str()),
            page("", "## A\n\n# no heading: \\# text\n".replace("# no", "\\# no").as_str()),
        ),
        (
            "heading-skips-level",
            page("", "## A\n\n#### B ####\n\n#### C {#c}\n\n##### D\n\n## E\n\n### F"),
            page("", "## A\n\n### B ####\n\n### C {#c}\n\n#### D\n\n## E\n\n### F"),
        ),
        (
            "title-in-text",
            page("", "# A\n\n## B\n\n```sh\n# a comment\n```\n\n# C"),
            page("", "## A\n\n### B\n\n```sh\n# a comment\n```\n\n## C"),
        ),
        ("title-in-text", page("", "# A\n\n#### B"), page("", "## A\n\n### B")),
    ]
}

#[test]
fn every_change_fixes_its_problem_once_and_touches_nothing_else() {
    cases().par_iter().for_each(|(code, before, after)| {
        // As most editors write it, and as some on Windows do.
        for (newline, mark) in [("\n", ""), ("\r\n", "\u{feff}")] {
            let text = |text: &str| mark.to_string() + &text.replace('\n', newline);
            let site = site(&text(before));
            let first = site.run(&["check"]);
            assert!(first.stderr.contains(&format!("[{code}]")), "{code}: {}", first.stderr);
            assert!(first.stderr.contains("`ringback check --fix` fixes"), "{}", first.stderr);
            let files = tree(&site.path(""));
            let run = site.run(&["check", "--fix"]);
            assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{code}: {before}");
            assert!(run.stdout.contains("Fixed "), "{}", run.stdout);
            assert_eq!(site.read(FILE), text(after), "{code}");
            let mut now = tree(&site.path(""));
            now.insert(FILE.into(), files[FILE].clone());
            assert_eq!(now, files, "no other file is changed or made");
            let again = site.run(&["check", "--fix"]);
            assert!(again.stdout.starts_with("Nothing to fix automatically"), "{}", again.stdout);
            assert_eq!(site.read(FILE), text(after), "{code}: twice is once");
        }
    });
}

#[test]
fn a_dry_run_shows_the_lines_and_writes_nothing() {
    let before = page("authors: [ana-berg]\n", "### A");
    let site = site(&before);
    let run = site.run(&["check", "--fix", "--dry-run"]);
    assert_eq!(
        (run.status, run.stdout.as_str(), run.stderr.as_str()),
        (
            0,
            "content/insights/empty-crm.md\n    \
             4 - authors: [ana-berg]\n      + authors: [anna-berg]\n    \
             7 - ### A\n      + ## A\n\n\
             `check --fix` would fix 2 problems in 1 file. Nothing was written.\n",
            ""
        )
    );
    assert_eq!(site.read(FILE), before);
    let json = site.run(&["check", "--fix", "--dry-run", "--format", "json"]);
    let line: serde_json::Value =
        serde_json::from_str(json.stdout.lines().next().expect("a line")).expect("JSON");
    assert_eq!(line["fixed"]["new"], "authors: [anna-berg]");
    assert_eq!(site.run(&["check", "--dry-run"]).status, 2, "without `--fix` it says nothing");
}

/// Where an author has to decide, nothing is done.
#[test]
fn what_is_not_certain_is_left_alone() {
    let unsure = [
        ("unknown-author", page("authors: [anna-bergh-larsen]\n", "A.")),
        ("unknown-author", page("authors: [anna-berg2]\n", "A.")),
        ("unknown-term", page("category: ales\n", "A.").replace("ales", "sale-s2")),
        ("bad-alias", page("aliases: [example.org/crm]\n", "A.")),
        ("title-in-text", page("", "# The empty CRM\n\n## A")),
        ("title-in-text", page("", "A\n===\n\nB")),
        ("title-in-text", page("", "# A\n\n###### B")),
    ];
    for (code, before) in unsure {
        let site = site(&before);
        let run = site.run(&["check", "--fix"]);
        assert!(run.stderr.contains(&format!("[{code}]")), "{code}: {}", run.stderr);
        assert_eq!(site.read(FILE), before, "{code}");
    }
    // Two people are as close.
    let site = site(&page("authors: [anna-beg]\n", "A."))
        .with("content/people/anna-bey.md", "---\ntitle: Anna Bey\n---\n\nAnna rings back, too.\n");
    site.run(&["check", "--fix"]);
    assert!(site.read(FILE).contains("anna-beg]"));
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_a_file_that_may_not_be_changed_is_not() {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    let mode = |site: &Site| fs::metadata(site.path(FILE)).expect("it is there").permissions().mode() & 0o777;
    let wrong = page("", "### A");
    let open = site(&wrong);
    fs::set_permissions(open.path(FILE), fs::Permissions::from_mode(0o640)).expect("ours");
    assert_eq!(open.run(&["check", "--fix"]).status, 0);
    assert_eq!((mode(&open), open.read(FILE)), (0o640, page("", "## A")));

    let closed = site(&wrong);
    fs::set_permissions(closed.path(FILE), fs::Permissions::from_mode(0o440)).expect("ours");
    let run = closed.run(&["check", "--fix"]);
    assert!(run.status == 2 && run.stderr.contains(FILE), "{}", run.stderr);
    assert_eq!(closed.read(FILE), wrong);
    assert_eq!(closed.tree("content/insights").len(), 1, "no file is left behind");
}
