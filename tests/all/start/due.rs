//! `ringback due`.

use serde_json::Value;

use crate::support::{CONFIG, Site};

fn page(front: &str) -> String {
    format!("---\ntitle: T\n{front}---\nText.\n")
}

fn site() -> Site {
    Site::empty()
        .with("ringback.yaml", format!("{CONFIG}time_zone: Europe/Stockholm\nlanguages: {{en: {{}}, sv: {{}}}}\neditions: {{public: {{output: public, audiences: [public]}}, team: {{output: team, audiences: [public, team]}}}}\n"))
        .with("content/people/anna-berg.md", "---\ntitle: Anna Berg\n---\n")
        .with("content/insights/past.md", page("date: 2026-01-01\n"))
        .with("content/insights/today.md", page("date: 2026-11-22\n"))
        .with("content/insights/soon.md", page("date: 2026-11-25\nexpires: 2027-01-01\n"))
        .with("content/insights/soon.sv.md", page("date: 2026-11-23\n"))
        .with("content/insights/gone.md", page("date: 2026-01-01\nexpires: 2026-11-01\nreview_by: 2026-12-01\n"))
        .with("content/insights/draft.md", page("date: 2026-11-24\ndraft: true\n"))
        .with("content/insights/late.md", page("owner: anna-berg\nreview_by: 2026-11-01\n"))
        .with("content/scripts/inside.md", page("owner: anna-berg\nreview_by: 2026-11-23\n"))
}

#[test]
fn days_are_listed_with_what_happens_on_them() {
    let run = site().run(&["due"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert_eq!(
        run.stdout,
        "2026-11-22, today
  T is published
    content/insights/today.md
2026-11-23, tomorrow
  T is published
    content/insights/soon.sv.md
  T is due for review by anna-berg
    content/scripts/inside.md
2026-11-25, in 3 days
  T is published
    content/insights/soon.md
2027-01-01, in 40 days
  T expires
    content/insights/soon.md
1 review is overdue: `ringback report` lists them.
"
    );
}

#[test]
fn the_status_tells_cron_whether_to_build() {
    let site = site();
    assert_eq!(site.run(&["due", "--within", "0"]).status, 0);
    assert_eq!(site.run(&["due", "--within", "0", "--today", "2026-11-23"]).status, 0);
    let run = site.run(&["due", "--within", "0", "--today", "2026-11-24"]);
    assert_eq!((run.status, run.stdout.lines().next()), (3, Some("Nothing is due today.")));
    assert_eq!(site.run(&["due", "--within", "1", "--today", "2026-11-24"]).status, 0);
    let run = site.run(&["due", "--within", "10", "--today", "2026-12-05"]);
    assert_eq!((run.status, run.stdout.lines().next()), (3, Some("Nothing is due within 10 days.")));
    assert_eq!(site.run(&["due", "--today", "2028-01-01"]).status, 3);
    // Overdue reviews are no reason to build every day.
    assert_eq!(site.run(&["due", "--within", "0", "--today", "2026-11-30"]).status, 3);
    assert_eq!(site.run(&["due", "--within", "-1"]).status, 2);
    // A date that can't be read may be the next.
    site.write("content/insights/bad.md", page("date: 2026-11-31\n"));
    let run = site.run(&["due"]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains("bad-date") && run.stderr.contains("nothing was listed"), "{}", run.stderr);
    assert_eq!(Site::empty().run(&["due"]).status, 1);
}

#[test]
fn an_edition_has_its_own_days() {
    let site = site();
    let run = site.run(&["due", "--edition", "public"]);
    assert!(!run.stdout.contains("scripts"), "{}", run.stdout);
    let run = site.run(&["due", "--edition", "pulbic"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("did you mean `public`?"), "{}", run.stderr);
}

#[test]
fn what_is_said_is_what_a_build_does() {
    let site = site();
    let pages = |day: &str| {
        assert_eq!(site.run(&["build", "--today", day]).status, 0);
        let files = site.tree("public");
        ["today", "soon"].map(|name| files.contains_key(&format!("insights/{name}/index.html")))
    };
    assert_eq!(pages("2026-11-21"), [false, false]);
    assert_eq!(pages("2026-11-22"), [true, false]);
    assert_eq!(pages("2026-11-25"), [true, true]);
    assert_eq!(pages("2026-12-31"), [true, true]);
    assert_eq!(pages("2027-01-01"), [true, false]);
}

#[test]
fn programs_get_json() {
    let run = site().run(&["due", "--json", "--within", "1"]);
    assert_eq!(run.status, 0);
    let json: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(json["today"], "2026-11-22");
    assert_eq!(json["time_zone"], "Europe/Stockholm");
    assert_eq!(json["next"], "2026-11-22");
    let events = json["events"].as_array().expect("events");
    assert_eq!(events.len(), 3);
    assert_eq!(events[1]["change"], "publish");
    assert_eq!(events[1]["days"], 1);
    assert_eq!(events[1]["lang"], "sv");
    assert_eq!(events[2]["change"], "review");
    assert_eq!(events[2]["owners"][0], "anna-berg");
    assert_eq!(json["overdue"][0]["days"], -21);
    let run = site().run(&["due", "--json", "--today", "2030-01-01"]);
    let json: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!((run.status, &json["next"]), (3, &Value::Null));
}

#[test]
fn parts_of_series_are_due_by_the_end_of_their_month() {
    let series = "series:\n  crm: {title: The empty CRM, planned: [{part: 2, title: Second, expected: 2026-11}, \
        {part: 3, title: Third, expected: 2026-12}, {part: 4, title: Fourth, expected: 2026-10}, {part: 5, title: Fifth}]}\n  \
        nobody: {title: Nobody's, planned: [{part: 1, title: Never, expected: 2026-12}]}\n";
    let site = Site::empty()
        .with("ringback.yaml", format!("{CONFIG}{series}"))
        .with("content/insights/one.md", page("series: {id: crm, part: 1}\n"))
        .with("content/insights/two.md", page("date: 2026-11-30\nseries: {id: crm, part: 2}\n"))
        .with("content/insights/three.md", page("draft: true\nseries: {id: crm, part: 3}\n"));
    let run = site.run(&["due"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert_eq!(
        run.stdout,
        "2026-11-30, in 8 days
  T is published
    content/insights/two.md
2026-12-31, in 39 days
  Third is expected by the end of this day
    ringback.yaml
Fourth was expected by 2026-10-31
    ringback.yaml
"
    );
    let json: Value = serde_json::from_str(&site.run(&["due", "--json"]).stdout).expect("JSON");
    assert_eq!(
        (&json["events"][1]["change"], &json["events"][1]["title"]),
        (&"expected".into(), &"Third".into())
    );
    assert_eq!(
        (&json["overdue"][0]["change"], &json["overdue"][0]["date"]),
        (&"expected".into(), &"2026-10-31".into())
    );
}
