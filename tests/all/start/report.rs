//! `ringback report`, as people and programs get it. What it finds is tested beside it.

use serde_json::Value;

use super::init::filled_in;
use crate::support::Site;

#[test]
fn the_terminal_is_eighty_columns_wide() {
    let terms: Vec<String> =
        (0..12).map(|n| format!("p{n}: {{label: \"Somebody with a long name {n}\"}}")).collect();
    let config = format!(
        "title: T\nbase_url: https://example.org/\ntaxonomies: {{persona: {{terms: {{{}}}}}}}\njourney: {{stages: [one, {{id: a-stage-with-a-very-long-name-indeed}}]}}\n",
        terms.join(", ")
    );
    let site = Site::empty()
        .with("ringback.yaml", config)
        .with("content/insights/a.md", "---\ntitle: A\nstage: one\npersona: [p3, p11]\n---\nText.\n");
    let run = site.run(&["report"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let widest = run.stdout.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(80), "{widest:?}\n{}", run.stdout);
    assert!(!run.stdout.contains('\x1b'), "colours belong on a terminal");
    let stages = run.stdout.lines().filter(|line| line.trim_start().starts_with("one ")).count();
    assert!(stages > 1, "it takes several tables:\n{}", run.stdout);
    assert!(run.stdout.contains("22 of 24 cells empty"), "{}", run.stdout);
}

#[test]
fn programs_get_everything() {
    let site = Site::new();
    for n in 0..30 {
        site.write(
            &format!("content/insights/n{n}.md"),
            format!("---\ntitle: N{n}\ndate: 2025-01-01\n---\nText.\n"),
        );
    }
    let run = site.run(&["report"]);
    assert!(run.stdout.contains("a review: 30") && run.stdout.contains("and 20 more"), "{}", run.stdout);
    let run = site.run(&["report", "--json"]);
    let json: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(json["outdated"].as_array().map(Vec::len), Some(30));
    assert_eq!(json["outdated"][0]["since"], "2025-01-01");
    assert_eq!(json["outdated"][0]["path"], "content/insights/n0.md");
    assert_eq!(json["today"], "2026-11-22");
    assert_eq!(json["edition"], "public");
}

#[test]
fn a_new_site_is_reported_on_and_its_public_edition_has_no_trace() {
    for lang in ["en", "sv", "nb"] {
        let site = filled_in(lang);
        assert!(site.run(&["report"]).stdout.contains("4 texts"), "{lang}");
        site.build();
        assert!(site.read("team/report/index.html").contains("class=\"gap\""), "{lang}");
        let public = site.tree("public");
        assert!(!public.keys().any(|path| path.starts_with("report")), "{lang}");
        let links = public.iter().filter(|(path, _)| path.ends_with(".html"));
        for (path, bytes) in links {
            assert!(!String::from_utf8_lossy(bytes).contains("/report/"), "{lang} {path}");
        }
    }
}

#[test]
fn a_broken_site_gets_no_report() {
    let site = Site::new().with("content/insights/a.md", "---\ntitle: A\nstage: nowhere\n---\n");
    let run = site.run(&["report", "--json"]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains("no report was made"), "{}", run.stderr);
    let run = Site::new().with("content/a.md", "---\ntitle: A\n---\n").run(&["report", "--edition", "team"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("no edition `team`"), "{}", run.stderr);
}
