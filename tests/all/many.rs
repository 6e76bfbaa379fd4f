//! Texts and sites of thousands of parts: each part costs the same as the first, so what grows with the square of their
//! number is bounded or looked up.

use ringback::content::markdown;
use ringback::content::markdown::Options;

use crate::support::Site;

/// The contents of a playbook are found in one walk: each heading once, and each step with what it has.
#[test]
fn the_contents_of_a_playbook_name_each_step_once() {
    let steps: String = (1..=300)
        .map(|n| format!("## Step {n}: Ring {n} (5 min)\n\n- [ ] Dial {n}\n- [ ] Wait {n}\n\n## Between {n}\n\nText.\n\n"))
        .collect();
    let site = Site::new().with(
        "content/playbooks/long.md",
        format!("---\ntitle: Long\ndate: 2026-01-01\n---\n\n### Before\n\nText.\n\n{steps}"),
    );
    let run = site.run(&["build"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let page = site.read("public/playbooks/long/index.html");
    let contents = page.split_once("<nav class=\"toc plan\"").expect("the contents").1;
    let contents = contents.split_once("</nav>").expect("their end").0;
    let entries: Vec<&str> = contents.split("<li").skip(1).collect();
    assert_eq!(entries.len(), 601);
    assert!(entries[0].contains("href=\"#before\"") && !entries[0].contains("of-step"), "{}", entries[0]);
    for (at, entry) in entries[1..].iter().enumerate() {
        let n = at / 2 + 1;
        if at % 2 == 0 {
            assert!(entry.starts_with(" class=\"of-step\"") && entry.contains("5 min"), "{entry}");
            assert!(entry.contains(&format!("href=\"#step-{n}-ring-{n}\"")), "{entry}");
            assert!(entry.contains("data-ticks-step"), "{entry}");
        } else {
            assert!(entry.contains(&format!("<a href=\"#between-{n}\">Between {n}</a>")), "{entry}");
        }
    }
}

/// Looking a step up gives what searching for it gave, at every node of a text.
#[test]
fn a_step_is_found_where_it_stands() {
    let text: String = (1..=20)
        .map(|n| format!("- [ ] a{n}\n\n## Step {n}: A\n\n- [ ] b{n}\n\n### For segment: S{}\n\n- [ ] c{n}\n\n## X\n\n", n % 3))
        .collect();
    let body = markdown::parse(&text, 0, &Options::full("en"));
    let shape = ringback::sales::playbooks::shape::PlaybookOutline::new(&body, "en");
    assert_eq!((shape.steps.len(), shape.parts.len(), shape.tasks.len()), (20, 20, 60));
    for node in 0..body.nodes().len() {
        assert_eq!(shape.step(node), shape.steps.iter().find(|step| step.node == node));
        assert_eq!(shape.part(node), shape.parts.iter().find(|part| part.node == node));
    }
    for step in &shape.steps {
        let section = body.section(body.heading(step.node).expect("its heading"));
        let inside = shape.tasks.iter().filter(|task| section.contains(&task.node)).count();
        assert_eq!((shape.tasks_of(&body, step), inside), (2, 2));
    }
    assert_eq!(shape.segments(), [("s1", "S1"), ("s2", "S2"), ("s0", "S0")]);
}

/// A page of a long series lists the parts around it; the page of the series lists all.
#[test]
fn a_long_series_is_listed_around_the_page() {
    let planned = "[{part: 35, title: Soon 35}, {part: 5, title: Soon 5}, {part: 999, title: Soon 999}]";
    let mut site = Site::empty().with(
        "ringback.yaml",
        format!(
            "title: T\nbase_url: https://example.org/\nseries: {{s: {{title: S, planned: {planned}}}}}\n"
        ),
    );
    for part in (10..=1200).step_by(10) {
        let text =
            format!("---\ntitle: P{part}\ndate: 2026-01-01\nseries: {{id: s, part: {part}}}\n---\nText.\n");
        site = site.with(&format!("content/insights/p{part}.md"), text);
    }
    let run = site.run(&["build"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let listed = |path: &str| -> Vec<String> {
        let page = site.read(path);
        let list = page.split_once("<ol class=\"parts\">").expect("the parts").1;
        let list = list.split_once("</ol>").expect("their end").0;
        let numbers = list.split("<span class=\"n\" aria-hidden=\"true\">").skip(1);
        numbers.map(|rest| rest.split('<').next().expect("a number").to_string()).collect()
    };
    let first = listed("public/insights/p10/index.html");
    assert_eq!((first.len(), first[0].as_str(), first[3].as_str()), (53, "5", "30"));
    assert_eq!(first.last().map(String::as_str), Some("510"));
    let middle = listed("public/insights/p600/index.html");
    assert_eq!((middle.len(), middle[0].as_str()), (102, "100"), "with what is planned between them");
    assert_eq!(middle.last().map(String::as_str), Some("1100"));
    let last = listed("public/insights/p1200/index.html");
    assert_eq!((last[0].as_str(), last.len()), ("700", 52), "{last:?}");
    assert_eq!(last[30], "999", "what is planned stands in its place: {last:?}");
    assert!(site.read("public/series/s/index.html").matches("P1200").count() > 0);
    assert!(site.read("public/series/s/index.html").contains("Soon 5"));
}

/// Guesses look at all headings, so they end somewhere; the mistakes are all told.
#[test]
fn whoever_lost_a_text_is_not_told_a_thousand_guesses() {
    let headings: String = (0..150).map(|n| format!("## Reason {n:03}x\n\nText.\n\n")).collect();
    let links: String = (0..150).map(|n| format!("[{n}](#reason-{n:03}y)\n")).collect();
    let fine: String = (0..150).map(|n| format!("[{n}](#reason-{n:03}x)\n")).collect();
    let site = Site::new().with(
        "content/insights/a.md",
        format!("---\ntitle: A\ndate: 2026-01-01\n---\n\n{fine}\n\n{headings}{links}"),
    );
    let run = site.run(&["check", "--format", "json"]);
    assert_eq!(run.stdout.matches("\"broken-fragment\"").count(), 150, "{}", run.stdout);
    assert_eq!(run.stdout.matches("did you mean `reason-").count(), 100);
}

/// A form that stands on a page many times has an id of its own each time, past those of headings and of other forms.
#[test]
fn a_form_has_an_id_of_its_own_each_time() {
    let form = "title: Guide\nwebhook: crm\nfields: [{id: email, type: email, required: true}]\n";
    let site = Site::empty()
        .with("ringback.yaml", "title: T\nbase_url: https://example.org/\nwebhooks: {crm: {url: \"https://crm.example.org/\"}}\n")
        .with("content/forms/g.yaml", form)
        .with("content/forms/g-3.yaml", form)
        .with(
            "content/insights/a.md",
            "---\ntitle: A\ndate: 2026-01-01\n---\n\n## A {#form-g}\n\n## B {#form-g-5_x}\n\n## C {#form-g-07}\n\n## D {#form-gx}\n\n[form:g]\n\n[form:g-3]\n\n[form:g]\n\n[form:g]\n\n[form:g]\n",
        );
    let run = site.run(&["build"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let page = site.read("public/insights/a/index.html");
    for id in ["form-g-2", "form-g-3", "form-g-4", "form-g-6", "form-g-7"] {
        assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}");
    }
    for id in ["form-g-5", "form-g-8", "form-g-3-2"] {
        assert!(!page.contains(&format!(" id=\"{id}\"")), "{id}");
    }
}
