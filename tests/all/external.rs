//! `check --external` against a server on this computer.

use crate::support::receiver::{Asked, Receiver, Reply};
use crate::support::{CONFIG, ORGANIZATION, Site};

fn reply(asked: &Asked) -> Reply {
    let answer = |status| Reply::Http(status, Vec::new(), String::new());
    match (asked.method.as_str(), asked.path.as_str()) {
        ("HEAD", "/no-head") => answer(405),
        (_, "/gone") => answer(404),
        (_, "/shy") => answer(403),
        (_, "/old") => Reply::Http(301, vec![("Location", "/new".into())], String::new()),
        _ => answer(200),
    }
}

fn site(server: &Receiver, more: &str) -> Site {
    let link = |path: &str| format!("[What stands at {path}]({}).\n", server.url(path));
    let text: String = ["/fine#here", "/fine", "/no-head", "/gone", "/shy", "/old"].map(link).concat();
    Site::new().with("ringback.yaml", format!("{CONFIG}{ORGANIZATION}{more}")).with(
        "content/_index.md",
        format!("---\ntitle: Fjord\ndescription: We ring.\n---\n\n{text}\n[Mail](mailto:a@example.org)\n"),
    )
}

#[test]
fn each_address_is_asked_once_and_told_where_it_stands() {
    let server = Receiver::start(reply);
    let site = site(&server, "");
    let run = site.run(&["check", "--external", "--format", "short"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let gone = format!(
        "content/_index.md:9:24: warning[external-link-broken]: `{}` is dead: it responds with 404",
        server.url("/gone")
    );
    let moved = format!(
        "warning[external-link-moved]: `{}` has moved for good (help: write `{}`)",
        server.url("/old"),
        server.url("/new")
    );
    assert!(run.stderr.contains(&gone) && run.stderr.contains(&moved), "{}", run.stderr);
    assert!(run.stderr.contains("2 warnings"), "{}", run.stderr);
    assert!(
        run.stdout.contains(&format!("unknown: {} (it responds with 403", server.url("/shy"))),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("5 external links: 2 fine, 1 moved, 1 dead, 1 unknown. Checked 5 in"),
        "{}",
        run.stdout
    );
    let asked: Vec<String> =
        server.requests().iter().map(|asked| format!("{} {}", asked.method, asked.path)).collect();
    assert_eq!(asked.iter().filter(|asked| asked.ends_with(" /fine")).count(), 1, "{asked:?}");
    assert!(server.requests().iter().all(|asked| asked.headers["user-agent"].starts_with("ringback-check/")));

    // What was fine isn't asked again, what wasn't is.
    let before = server.requests().len();
    let run = site.run(&["check", "--external", "--format", "json"]);
    let again: Vec<String> = server.requests()[before..].iter().map(|asked| asked.path.clone()).collect();
    assert!(!again.contains(&"/fine".into()) && again.contains(&"/gone".into()), "{again:?}");
    let last: serde_json::Value =
        serde_json::from_str(run.stdout.lines().last().expect("a line")).expect("JSON");
    assert_eq!(last["external"]["remembered"], 3);
    assert_eq!(last["external"]["links"].as_array().map(Vec::len), Some(5));
    assert!(run.stdout.contains("\"code\":\"external-link-broken\""), "{}", run.stdout);
    assert!(site.path(".ringback/links.json").exists());
}

#[test]
fn a_site_may_refuse_dead_links_or_not_hear_of_them() {
    let server = Receiver::start(|_| Reply::Http(404, Vec::new(), String::new()));
    let page =
        format!("---\ntitle: Fjord\ndescription: We ring.\n---\n\n[Some study]({})\n", server.url("/"));
    let site = Site::new().with("content/_index.md", page);
    for (checks, status, said) in [("error", 1, "error[external-link-broken]"), ("off", 0, "")] {
        site.write("ringback.yaml", format!("{CONFIG}checks: {{external-link-broken: {checks}}}\n"));
        let run = site.run(&["check", "--external"]);
        assert_eq!(run.status, status, "{}", run.stderr);
        assert!(run.stderr.contains(said) && (said.is_empty() == run.stderr.is_empty()), "{}", run.stderr);
        // Without the flag nobody is asked.
        let before = server.requests().len();
        assert_eq!(site.run(&["check"]).status, 0);
        assert_eq!(server.requests().len(), before);
    }
}
