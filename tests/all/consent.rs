//! `ringback consent`: words are found by their hash, now and in the past.

use std::process::Command;

use ringback::leads::forms::lead::text_hash;
use serde_json::Value;

use crate::support::{CONFIG, FORM, ORGANIZATION, Site, WEBHOOK};

const OLD: &str = "Ni får ringa mig.";
const NEW: &str = "Ni får ringa mig om den här guiden.";

fn form(english: &str, swedish: &str, version: &str) -> String {
    format!(
        "{FORM}consent:\n  - {{id: contact, required: true, version: \"{version}\", text: {{en: {english}, sv: \" {swedish} \"}}}}\n"
    )
}

fn site() -> Site {
    Site::empty()
        .with("ringback.yaml", format!("{CONFIG}{WEBHOOK}languages: {{en: {{}}, sv: {{}}}}\n"))
        .with("content/forms/guide.yaml", form("You may ring.", OLD, "1"))
}

/// Runs git in the site; false where there is no git.
fn git(site: &Site, date: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=Kim", "-c", "user.email=kim@example.org", "-c", "commit.gpgsign=false"]);
    command.args(arguments).current_dir(site.path("."));
    command.env("GIT_AUTHOR_DATE", date).env("GIT_COMMITTER_DATE", date);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    match command.output() {
        Ok(output) => {
            assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
            true
        }
        Err(_) => {
            eprintln!("SKIPPED: the program `git` isn't here");
            false
        }
    }
}

fn commit(site: &Site, day: &str, subject: &str) {
    let date = format!("{day}T10:00:00Z");
    git(site, &date, &["add", "-A"]);
    git(site, &date, &["commit", "--quiet", "-m", subject]);
}

#[test]
fn without_git_the_words_of_today_are_found() {
    let site = site();
    let run = site.run(&["consent", &text_hash(OLD)]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let start = format!(
        "`guide`, consent `contact`, in `sv`, version 1, required\n  > {OLD}\n  hash: {}\n",
        text_hash(OLD)
    );
    assert!(run.stdout.starts_with(&start), "{}", run.stdout);
    assert!(
        run.stdout.contains("it isn't known since when: the site isn't in a git repository"),
        "{}",
        run.stdout
    );
    // Some digits are enough, in any case.
    assert_eq!(site.run(&["consent", &text_hash(OLD)[..12].to_uppercase()]).status, 0);
}

#[test]
fn links_are_told_beside_their_words() {
    let site = site()
        .with("content/pages/privacy.md", "---\ntitle: Privacy\n---\nText.\n")
        .with("content/pages/terms.md", "---\ntitle: Terms\n---\nText.\n");
    let words = |page: &str| form(&format!("\"As the [policy](../pages/{page}.md) says.\""), "Ja.", "1");
    site.write("content/forms/guide.yaml", words("terms"));
    let has_git = git(&site, "2026-01-05T10:00:00Z", &["init", "--quiet"]);
    if has_git {
        commit(&site, "2026-01-05", "Ask");
    }
    site.write("content/forms/guide.yaml", words("privacy"));
    if has_git {
        commit(&site, "2026-02-05", "Name the right page");
    }
    let run = site.run(&["consent", &text_hash("As the policy says.")]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert!(
        run.stdout.contains("  > As the policy says.\n  `policy` leads to ../pages/privacy.md\n"),
        "{}",
        run.stdout
    );
    if has_git {
        let old = run.stdout.split("leads to ../pages/terms.md").nth(1).expect("both are told");
        assert!(old.contains("since 2026-01-05") && old.contains("until 2026-02-05"), "{}", run.stdout);
    }
}

#[test]
fn words_that_nobody_wrote_are_not_found() {
    let site = site();
    let run = site.run(&["consent", &"0".repeat(64)]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains("error: no consent text has the hash") && run.stderr.contains("= help: "));
    let run = site.run(&["consent", "hello"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("`hello` isn't the hash"), "{}", run.stderr);
}

#[test]
fn the_words_of_built_in_forms_are_found_in_every_language() {
    let words = "Test mag mij nieuwe artikelen per e-mail sturen. Ik kan mij op elk moment afmelden.";
    let run = site().run(&["consent", &text_hash(words)]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.starts_with("`newsletter`, consent `news`, in `nl`, version 1\n"), "{}", run.stdout);
    let extended = site().with("content/forms/news.yaml", "extends: newsletter\nwebhook: crm\n");
    let words =
        "Test får skicka nya artiklar till mig via e-post. Jag kan avsluta prenumerationen när som helst.";
    let run = extended.run(&["consent", &text_hash(words)]);
    assert!(run.stdout.contains("`news`, consent `news`, in `sv`"), "{}", run.stdout);
    assert!(run.stdout.contains("content/forms/news.yaml, as it is now"), "{}", run.stdout);
}

#[test]
fn a_form_says_who_asks_and_where_to_read_more() {
    let article = "---\ntitle: A\ndate: 2026-01-05\nslug: a\n---\nText.\n\n[form:news]\n";
    let page = |title: &str| format!("---\ntitle: {title}\n---\nWe keep little.\n");
    let site = Site::empty()
        .with("content/forms/news.yaml", "extends: newsletter\nwebhook: crm\n")
        .with("content/insights/a.md", article)
        .with("content/insights/a.sv.md", article);
    let shows = |settings: &str| {
        site.write(
            "ringback.yaml",
            format!("{CONFIG}{WEBHOOK}languages: {{en: {{}}, sv: {{}}}}\n{settings}"),
        );
        let run = site.build();
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{settings}");
        [site.read("public/insights/a/index.html"), site.read("public/sv/insights/a/index.html")]
    };

    // No page about it: nothing to read.
    let [english, swedish] = shows("");
    assert!(english.contains("Test may send me new articles by email."), "{english}");
    assert!(swedish.contains("Test får skicka nya artiklar till mig via e-post."), "{swedish}");
    assert!(!english.contains("is responsible for your details") && !swedish.contains("ansvarar för"));

    // The usual page, in each language.
    site.write("content/pages/privacy.md", page("Privacy"));
    site.write("content/pages/privacy.sv.md", page("Integritet"));
    let [english, swedish] = shows(ORGANIZATION);
    assert!(english.contains("Fjord AS may send me new articles by email."), "{english}");
    let link = "Fjord AS is responsible for your details. What happens to them, and your rights: <a href=\"/privacy/\">Privacy</a>";
    assert!(english.contains(link), "{english}");
    let link = "Fjord AS ansvarar för dina uppgifter. Vad som händer med dem, och vilka rättigheter du har: <a href=\"/sv/privacy/\">Integritet</a>";
    assert!(swedish.contains(link), "{swedish}");

    // Another one.
    site.write("content/pages/data.md", page("Your data"));
    let [english, _] = shows("privacy: {page: pages/data}\n");
    assert!(english.contains("your rights: <a href=\"/data/\">Your data</a>"), "{english}");

    site.write("ringback.yaml", format!("{CONFIG}{WEBHOOK}privacy: {{page: pages/dat}}\n"));
    let run = site.run(&["check"]);
    assert!(run.stderr.contains("there is no page `pages/dat`"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn the_past_is_searched() {
    let site = site();
    if !git(&site, "", &["init", "--quiet", "-b", "main"]) {
        return;
    }
    commit(&site, "2026-01-05", "Ask with a form");
    site.write("content/forms/guide.yaml", form("You may ring.", NEW, "2"));
    commit(&site, "2026-03-09", "Say what for");

    let run = site.run(&["consent", &text_hash(OLD)]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    for part in [
        "version 1",
        "content/forms/guide.yaml, no longer",
        "since 2026-01-05 (",
        " Ask with a form)",
        "until 2026-03-09 (",
        " Say what for)",
    ] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
    let run = site.run(&["consent", &text_hash(NEW), "--format", "json"]);
    let answer: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let found = &answer["found"][0];
    assert_eq!(
        (&answer["history"], &found["now"], &found["text"]),
        (&"whole".into(), &true.into(), &NEW.into())
    );
    assert_eq!(
        (&found["periods"][0]["since"]["date"], &found["periods"][0]["until"]),
        (&"2026-03-09".into(), &Value::Null)
    );

    // English words of both versions: the same, but two receipts.
    let run = site.run(&["consent", &text_hash("You may ring.")]);
    assert_eq!(run.stdout.matches("consent `contact`, in `en`").count(), 2, "{}", run.stdout);

    // A change that is not committed ends them, and a branch keeps others.
    site.write("content/forms/guide.yaml", form("You may ring.", "Ring inte.", "3"));
    let run = site.run(&["consent", &text_hash(NEW)]);
    assert!(run.stdout.contains("until a change that isn't committed"), "{}", run.stdout);
    let run = site.run(&["consent", &text_hash("Ring inte.")]);
    assert!(run.stdout.contains("now, in a change that isn't committed"), "{}", run.stdout);
    git(&site, "2026-04-01T10:00:00Z", &["checkout", "--quiet", "-b", "try"]);
    commit(&site, "2026-04-01", "Try other words");
    git(&site, "", &["checkout", "--quiet", "main"]);
    let run = site.run(&["consent", &text_hash("Ring inte.")]);
    assert!(run.stdout.contains("on another branch since 2026-04-01"), "{}", run.stdout);

    // The language that the words were in is gone, and so is the form.
    site.write("ringback.yaml", format!("{CONFIG}{WEBHOOK}"));
    site.remove("content/forms/guide.yaml");
    commit(&site, "2026-05-01", "English only");
    let run = site.run(&["consent", &text_hash(NEW)]);
    assert!(run.stdout.contains("until 2026-05-01"), "{}", run.stdout);
}
