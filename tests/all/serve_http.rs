//! `serve` as it runs: over HTTP, with a watched folder, and with people who mean no good.

use std::fs;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::Site;
use crate::support::served::Served;

const CONFIG: &str = "\
title: Fjord
base_url: https://fjord.example/blog/
webhooks: {crm: {url: \"${CRM_URL}\", map: {name: full_name}}}
editions:
  public: {output: public, audiences: [public]}
  team: {output: team, audiences: [public, team]}
";

const FORM: &str = "title: Guide\nwebhook: crm\nfields: [{id: name}, {id: email, type: email, required: true}]\n\
    consent: [{id: contact, required: true, version: \"1\", text: You may ring me.}]\n";

const ARTICLE: &str = "---\ntitle: First\ndate: 2026-01-01\n---\nBefore.\n";

fn site() -> Site {
    Site::empty()
        .with("ringback.yaml", CONFIG)
        .with("content/forms/guide.yaml", FORM)
        .with("content/insights/first.md", ARTICLE)
        .with(
            "content/insights/shut.md",
            "---\ntitle: Shut\ngate: {form: guide, key: webhook}\n---\nOpen.\n\n<!-- gate -->\n\nSealed.\n",
        )
        .with(
            "content/pages/mailed.md",
            "---\ntitle: Mailed\ngate: {form: guide, key: email}\n---\nOpen.\n\n<!-- gate -->\n\nSealed.\n",
        )
}

const FIRST: &str = "/blog/insights/first/";

/// What an editor does to a file.
#[test]
fn every_way_to_save_is_seen() {
    let site = site();
    let served = Served::start(&site.path(""), &[]);
    assert_eq!(served.base, "/blog/");
    let shows = |path: &str, text: &str| {
        served.wait(path, |response| response.status == 200 && response.body.contains(text));
    };
    let is_gone = |path: &str| served.wait(path, |response| response.status == 404);
    shows(FIRST, "Before.");
    // In place.
    site.write("content/insights/first.md", ARTICLE.replace("Before", "After"));
    shows(FIRST, "After.");
    // Atomically: a new file takes the place of the old one.
    site.write("content/insights/.first.md.tmp", ARTICLE.replace("Before", "Atomic"));
    fs::rename(site.path("content/insights/.first.md.tmp"), site.path("content/insights/first.md"))
        .expect("renamed");
    shows(FIRST, "Atomic.");
    // With a backup: the old one moves away first.
    fs::rename(site.path("content/insights/first.md"), site.path("content/insights/first.md~"))
        .expect("renamed");
    site.write("content/insights/first.md", ARTICLE.replace("Before", "Backup"));
    shows(FIRST, "Backup.");
    // Renamed, and removed.
    fs::rename(site.path("content/insights/first.md"), site.path("content/insights/second.md"))
        .expect("renamed");
    shows("/blog/insights/second/", "Backup.");
    is_gone(FIRST);
    site.remove("content/insights/second.md");
    is_gone("/blog/insights/second/");
    // A folder that is made and filled at once, and goes at once.
    for number in 0..20 {
        site.write(
            &format!("content/playbooks/deep/er/p{number}.md"),
            format!("---\ntitle: P{number}\n---\nPlay {number}.\n"),
        );
    }
    for number in 0..20 {
        shows(&format!("/blog/playbooks/deep/er/p{number}/"), &format!("Play {number}."));
    }
    fs::remove_dir_all(site.path("content/playbooks")).expect("removed");
    is_gone("/blog/playbooks/deep/er/p7/");
    // A folder of the site that wasn't there when it began.
    site.write("static/new.txt", "new\n");
    shows("/blog/new.txt", "new");
    site.write("static/new.txt", "newer\n");
    shows("/blog/new.txt", "newer");
}

/// Whatever is wrong, the last good pages stay, and what is wrong is told.
#[test]
fn mistakes_leave_the_last_good_site() {
    let site = site();
    let served = Served::start(&site.path(""), &[]);
    let told = |what: &str| served.wait_printed(what);
    served.wait(FIRST, |response| response.status == 200);
    site.write("content/insights/first.md", "---\ntitle: Half");
    told("unclosed-front-matter");
    assert!(served.get(FIRST).body.contains("Before."));
    site.write("content/insights/first.md", ARTICLE.replace("Before", "Fixed"));
    served.wait(FIRST, |response| response.body.contains("Fixed."));

    site.write("ringback.yaml", "title: [");
    told("ringback.yaml:1");
    assert!(served.get(FIRST).body.contains("Fixed."));
    site.write("content/insights/first.md", ARTICLE.replace("Before", "Meanwhile"));
    site.write("ringback.yaml", CONFIG.replace("Fjord", "Anew"));
    served.wait(FIRST, |response| response.body.contains("Meanwhile.") && response.body.contains("Anew"));
    site.remove("ringback.yaml");
    told("there is no site here");
    assert!(served.get(FIRST).body.contains("Meanwhile."));
    site.write("ringback.yaml", CONFIG);
    served.wait(FIRST, |response| !response.body.contains("Anew"));
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_leaves_the_last_good_site() {
    use std::os::unix::fs::PermissionsExt as _;
    let site = site();
    let served = Served::start(&site.path(""), &[]);
    served.wait(FIRST, |response| response.status == 200);
    let file = site.path("content/insights/first.md");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).expect("it is ours");
    if fs::read(&file).is_ok() {
        // Whoever may read everything can't try this; a link to nowhere can't be read by anybody.
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("it is ours");
        fs::remove_file(&file).expect("removed");
        std::os::unix::fs::symlink("nowhere.md", &file).expect("a link");
        served.wait_printed("link-out-of-site");
        fs::remove_file(&file).expect("removed");
    } else {
        served.wait_printed("unreadable-file");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("it is ours");
    }
    assert!(served.get(FIRST).body.contains("Before."));
    site.write("content/insights/first.md", ARTICLE.replace("Before", "Readable"));
    served.wait(FIRST, |response| response.body.contains("Readable."));
}

#[test]
fn a_site_with_mistakes_says_so_until_they_are_fixed() {
    let site = site().with("content/insights/first.md", "---\ntitle: [\n---\n");
    let served = Served::start(&site.path(""), &[]);
    let page = served.wait("/", |response| response.status == 500);
    assert!(page.body.contains("can’t be shown yet") && page.body.contains("/.ringback/dev.js"));
    site.write("content/insights/first.md", ARTICLE);
    served.wait(FIRST, |response| response.status == 200);
}

#[test]
fn a_checkout_of_thousands_of_files_is_one_change() {
    const FILES: usize = 5_000;
    let site = site();
    let served = Served::start(&site.path(""), &[]);
    served.wait(FIRST, |response| response.status == 200);
    for number in 0..FILES {
        site.write(
            &format!("content/insights/many/n{number}.md"),
            format!("---\ntitle: N{number}\n---\nOne of {number}.\n"),
        );
    }
    let last = FILES - 1;
    served.wait(&format!("/blog/insights/many/n{last}/"), |response| {
        response.body.contains(&format!("One of {last}."))
    });
    served.wait("/blog/insights/many/n0/", |response| response.body.contains("One of 0."));
    fs::remove_dir_all(site.path("content/insights/many")).expect("removed");
    served.wait("/blog/insights/many/n0/", |response| response.status == 404);
    assert_eq!(served.get(&format!("/blog/insights/many/n{last}/")).status, 404);
}

#[test]
fn two_serve_the_same_site_at_once() {
    let site = site();
    let one = Served::start(&site.path(""), &[]);
    let port = one.origin.rsplit(':').next().expect("a port").to_string();
    let two = Served::start(&site.path(""), &["--port", &port]);
    assert_ne!(one.origin, two.origin);
    assert!(two.printed().contains(&format!("Another program is using port {port}.")), "{}", two.printed());
    site.write("content/insights/first.md", ARTICLE.replace("Before", "Both"));
    for served in [&one, &two] {
        served.wait(FIRST, |response| response.body.contains("Both."));
        // Each has its own address in what must be absolute.
        assert!(served.get(FIRST).body.contains(&format!("{}/blog/insights/first/", served.origin)));
    }
    // Nothing has been written.
    let own: Vec<String> = site.tree("").into_keys().collect();
    assert_eq!(own.len(), 5, "{own:?}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_with_pages_open() {
    let site = site();
    let served = Served::start(&site.path(""), &[]);
    served.wait(FIRST, |response| response.status == 200);
    // Somebody listens for events.
    let address = served.origin.trim_start_matches("http://").to_string();
    let mut listening = std::net::TcpStream::connect(&address).expect("it listens");
    std::io::Write::write_all(
        &mut listening,
        format!("GET /.ringback/events HTTP/1.1\r\nHost: {address}\r\n\r\n").as_bytes(),
    )
    .expect("asked");
    let (status, said) = served.interrupt();
    assert_eq!(status, 0, "{said}");
    assert!(said.ends_with("Stopped.\n"), "{said}");
}

#[test]
fn others_are_refused() {
    let site = site();
    let served = Served::start(&site.path(""), &[]);
    served.wait(FIRST, |response| response.status == 200);
    let hook = "/.ringback/hook/crm";
    // A name on the web that points here.
    for path in [FIRST, "/.ringback/inbox.json", "/.ringback/events", "/.ringback/edit/pages", hook] {
        assert_eq!(served.send("GET", path, &[("Host", "evil.example")], "").status, 403, "{path}");
    }
    // A page on the web that posts here.
    let foreign = [("Origin", "https://evil.example")];
    let edit = [
        "save",
        "undo",
        "new",
        "record",
        "paste?file=content/insights/first.md",
        "picture?file=content/insights/first.md&name=x.png",
    ];
    let edit = edit.map(|path| format!("/.ringback/edit/{path}"));
    let all = [hook, "/.ringback/inbox/answer", "/.ringback/inbox/clear"].map(str::to_string);
    for path in all.iter().chain(&edit) {
        assert_eq!(served.send("POST", path, &foreign, "{}").status, 403, "{path}");
        assert_eq!(served.send("POST", path, &[("Origin", "null")], "{}").status, 403, "{path}");
        assert_eq!(
            served.send("POST", path, &[("Sec-Fetch-Site", "cross-site")], "{}").status,
            403,
            "{path}"
        );
    }
    assert_eq!(inbox(&served)["received"], json!([]), "nothing came in");
    let preflight = [("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST")];
    let answer = served.send("OPTIONS", hook, &preflight, "");
    assert!(answer.status == 403 && answer.header("access-control-allow-origin").is_none(), "{answer:?}");
    // Out of the site.
    for path in [
        "/../ringback.yaml",
        "/blog/../../ringback.yaml",
        "/blog/%2e%2e/ringback.yaml",
        "/blog/..%2fringback.yaml",
        "/blog/content/insights/first.md",
        "/.ringback/../ringback.yaml",
        "/.ringback/hook/../../x",
        "//etc/passwd",
        "/blog/%ff%fe",
        "/blog/%",
    ] {
        let response = served.get(path);
        assert!(matches!(response.status, 302 | 404 | 405), "{path}: {response:?}");
        assert!(!response.body.contains("webhooks"), "{path}");
    }
    // Too much.
    let huge = "x".repeat(1_000_000);
    let response = served.send("GET", FIRST, &[("X-Huge", &huge)], "");
    assert!(matches!(response.status, 431 | 400 | 0), "{}", response.status);
    assert_eq!(served.send("POST", hook, &[], &huge).status, 413);
    let long = served.get(&format!("/blog/{}", "x".repeat(100_000)));
    assert!(matches!(long.status, 404 | 414 | 431), "{}", long.status);
    assert!(matches!(served.raw(b"\x00\x01nonsense\r\n\r\n").status, 0 | 400));
    assert_eq!(served.raw(b"GET / HTTP/1.0\r\n\r\n").status, 400);
    assert_eq!(served.send("POST", FIRST, &[], "").status, 405);
    assert_eq!(served.send("DELETE", hook, &[], "").status, 405);
    // It goes on.
    assert_eq!(served.get(FIRST).status, 200);
    assert_eq!(served.send("HEAD", FIRST, &[], "").body, "");
}

fn inbox(served: &Served) -> Value {
    serde_json::from_str(&served.get("/.ringback/inbox.json").body).expect("JSON")
}

fn lead(gate: Option<&str>, page: &str) -> Value {
    json!({
        "type": "lead.submitted", "version": 1, "id": "lead_01JD0000000000000000000000", "timestamp": "2026-11-22T09:30:00Z",
        "data": {
            "form": "guide", "gate": gate, "fields": {"name": "Kim Bergström", "email": "kim@fjord-works.example"},
            "page": {"url": page, "title": "Shut", "lang": "en", "section": "insights", "stage": null, "persona": []},
            "consent": [{"id": "contact", "given": true, "version": "1", "lang": "en", "text_sha256": crate::relay::hash("You may ring me.")}],
            "attribution": {}, "meta": {"elapsed_ms": 1, "queued_ms": 0, "attempt": 1},
        },
    })
}

#[test]
fn a_lead_is_shown_as_each_kind_of_webhook_gets_it() {
    let site = site();
    let served = Served::start(&site.path(""), &[]);
    served.wait(FIRST, |response| response.status == 200);
    assert!(served.get("/blog/insights/shut/").body.contains("/.ringback/hook/crm"));
    let json_type = [("Content-Type", "application/json"), ("Origin", served.origin.as_str())];
    let posted = lead(Some("shut"), "http://x.example/").to_string();
    let answer = served.send("POST", "/.ringback/hook/crm", &json_type, &posted);
    assert_eq!(answer.status, 200);
    let answer: Value = serde_json::from_str(&answer.body).expect("JSON");
    assert!(answer["unlock"].as_str().is_some_and(|token| token.len() > 20), "{answer}");
    let all = inbox(&served);
    let received = &all["received"][0];
    assert_eq!(received["body"], json!(posted));
    assert_eq!(
        (&received["hook"], &received["hook_kind"], &received["what"]),
        (&json!("crm"), &json!("json"), &json!("lead.submitted"))
    );
    let kinds = received["kinds"].as_array().expect("a list");
    let names: Vec<&str> = kinds.iter().filter_map(|kind| kind["kind"].as_str()).collect();
    assert_eq!(names, ["json", "form", "hubspot", "salesforce"]);
    let body = |index: usize| kinds[index]["body"].as_str().expect("text");
    // Its own has the names that it maps; the others are as they would be without.
    let own: Value = serde_json::from_str(body(0)).expect("JSON");
    assert_eq!(own["data"]["fields"]["full_name"], "Kim Bergström");
    assert_eq!((&kinds[0]["is_own"], &kinds[1]["is_own"]), (&json!(true), &json!(false)));
    assert!(
        body(1).contains("name=Kim+Bergstr%C3%B6m") && body(1).contains("consent_contact=true"),
        "{}",
        body(1)
    );
    let hubspot: Value = serde_json::from_str(body(2)).expect("JSON");
    assert_eq!(hubspot["legalConsentOptions"]["consent"]["text"], "You may ring me.");
    assert!(body(3).starts_with("oid=00D000000000000&retURL="), "{}", body(3));
    served.wait_printed("A lead from the form `guide` is in the inbox.");

    // What comes by mail.
    let mut mailed = lead(Some("mailed"), &served.url("/blog/mailed/"));
    mailed["id"] = json!("lead_01JD0000000000000000000001");
    let mailed = mailed.to_string();
    let answer = served.send("POST", "/.ringback/hook/crm", &json_type, &mailed);
    assert!(
        answer.status == 200 && !answer.body.contains("unlock"),
        "its key is in the email alone: {answer:?}"
    );
    served.send("POST", "/.ringback/hook/crm", &json_type, &mailed);
    let all = inbox(&served);
    let link = all["received"][0]["mail_link"].as_str().expect("a link");
    assert!(link.starts_with(&served.url("/blog/mailed/#unlock=")), "{link}");
    // The same again is one, and what a relay wouldn't take is shown with the reason.
    assert_eq!(all["received"][0]["times"], 2);
    let form_type = [("Content-Type", "application/x-www-form-urlencoded")];
    for (hook, kind, body, status, why) in [
        ("crm", &json_type[..], "{\"type\":\"call.outcome\",\"data\":{}}", 422, "`id` has to be"),
        (
            "crm",
            &form_type[..],
            "full_name=Kim&email=k%40x.example&form=guide",
            422,
            "`contact` has to be agreed to",
        ),
        ("none", &json_type[..], "\u{0}{[", 400, "this isn't JSON"),
    ] {
        assert_eq!(
            served.send("POST", &format!("/.ringback/hook/{hook}"), kind, body).status,
            status,
            "{body}"
        );
        let refused = inbox(&served)["received"][0]["refused"].to_string();
        assert!(refused.contains(why), "{body}: {refused}");
    }
    let all = inbox(&served);
    let what: Vec<&Value> =
        all["received"].as_array().expect("a list").iter().map(|one| &one["what"]).collect();
    assert_eq!(what, ["", "", "call.outcome", "lead.submitted", "lead.submitted"]);
    assert_eq!(served.send("POST", "/.ringback/inbox/clear", &[], "").status, 200);
    assert_eq!(inbox(&served)["received"], json!([]));
}

/// Requests that say too much, or two things at once. What stays half sent is a test of `serve/connections.rs`, where
/// nobody has to wait for it.
#[test]
fn a_request_is_no_larger_than_a_browser_sends() {
    let site = site();
    let served = Served::start(&site.path(""), &[]);
    served.wait(FIRST, |response| response.status == 200);
    let host = served.origin.trim_start_matches("http://");
    let head = format!("GET {FIRST} HTTP/1.1\r\nHost: {host}\r\nX: {}\r\n\r\n", "y".repeat(128 * 1024));
    assert!(matches!(served.raw(head.as_bytes()).status, 0 | 431), "not answered with a page");
    let many: String = (0..300).map(|n| format!("X-{n}: y\r\n")).collect();
    let head = format!("GET {FIRST} HTTP/1.1\r\nHost: {host}\r\n{many}\r\n");
    assert!(matches!(served.raw(head.as_bytes()).status, 0 | 431));
    let hook = "POST /.ringback/hook/crm HTTP/1.1";
    for bad in ["Content-Length: -1", "Content-Length: 2\r\nContent-Length: 3", "Transfer-Encoding: gzip"] {
        let request = format!("{hook}\r\nHost: {host}\r\n{bad}\r\nConnection: close\r\n\r\n{{}}");
        let answer = served.raw(request.as_bytes());
        assert_ne!(answer.status, 200, "{bad}: {answer:?}");
    }
    assert_eq!(served.send("POST", "/.ringback/hook/crm", &[], &"x".repeat(300 * 1024)).status, 413);
    assert_eq!(inbox(&served)["received"], json!([]));
    assert_eq!(served.get(FIRST).status, 200);
}

#[test]
fn the_inbox_answers_as_it_is_told() {
    let site = site();
    let served = Served::start(&site.path(""), &[]);
    served.wait(FIRST, |response| response.status == 200);
    let asks = lead(Some("shut"), "http://x.example/").to_string();
    let post = || served.send("POST", "/.ringback/hook/crm", &[("Content-Type", "text/plain")], &asks);
    let tell = |answer: &str| {
        served.send("POST", "/.ringback/inbox/answer", &[], &json!({"answer": answer}).to_string()).status
    };
    for (answer, status) in [("refused", 400), ("busy", 429), ("broken", 500)] {
        assert_eq!(tell(answer), 200);
        assert_eq!(post().status, status, "{answer}");
    }
    assert_eq!(tell("no-key"), 200);
    let answer = post();
    assert!(answer.status == 200 && !answer.body.contains("unlock"), "{answer:?}");
    assert_eq!(inbox(&served)["answer"], "no-key");
    assert_eq!(tell("nonsense"), 400);
    assert_eq!(inbox(&served)["answer"], "no-key");
    assert_eq!(tell("taken"), 200);
    // A form that a browser sends by itself goes on to the page of thanks.
    let html = [("Accept", "text/html,*/*"), ("Content-Type", "application/x-www-form-urlencoded")];
    // To nowhere else, whatever it asks for. Names are those that the webhook has for them.
    let filled = "full_name=Kim&email=k%40x.example&consent_contact=yes&form=guide&page_lang=en&redirect=https%3A%2F%2Fevil.example%2F";
    let answer = served.send("POST", "/.ringback/hook/crm", &html, filled);
    assert_eq!((answer.status, answer.header("location")), (303, Some("/blog/thanks/guide/")));
    let kinds = inbox(&served)["received"][0]["kinds"][0]["body"].to_string();
    assert!(kinds.contains("full_name") && kinds.contains("k@x.example"), "{kinds}");
    let answer = served.send("POST", "/.ringback/hook/crm", &html, "redirect=https%3A%2F%2Fevil.example%2F");
    assert_eq!((answer.status, answer.header("location")), (503, None));
    // A slow one keeps nobody else waiting.
    assert_eq!(tell("silent"), 200);
    thread::scope(|scope| {
        scope.spawn(|| {
            let address = served.origin.trim_start_matches("http://");
            let stream = std::net::TcpStream::connect(address).expect("it listens");
            let mut stream = stream;
            let request = format!(
                "POST /.ringback/hook/crm HTTP/1.1\r\nHost: {address}\r\nContent-Length: 2\r\n\r\n{{}}"
            );
            std::io::Write::write_all(&mut stream, request.as_bytes()).expect("sent");
            thread::sleep(Duration::from_millis(300));
        });
        served.wait("/.ringback/inbox.json", |response| response.body.contains("Doesn’t respond"));
        assert_eq!(served.get(FIRST).status, 200);
    });
}
