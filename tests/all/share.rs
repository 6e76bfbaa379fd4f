//! `ringback share`: every way to name a page, and what is said where there is nothing to hand on.

use serde_json::Value;

use crate::support::{CONFIG, FORM, Site, WEBHOOK};

const EDITIONS: &str = "languages: {en: {label: English}, sv: {label: Svenska}}\n\
    editions:\n  public: {output: public, audiences: [public]}\n\
    \x20 team: {output: team, audiences: [public, team], base_url: \"https://team.example.org/in/\"}\n";

fn site() -> Site {
    let rep = "---\ntitle: Ola Dahl\nrep: true\n---\n";
    Site::empty()
        .with("ringback.yaml", format!("{CONFIG}{WEBHOOK}{EDITIONS}"))
        .with("content/forms/guide.yaml", FORM)
        .with("content/people/ola-dahl.md", rep)
        .with("content/people/anna.md", "---\ntitle: Anna\n---\n")
        .with("content/insights/prices.md", "---\ntitle: What prices say\n---\nText.\n")
        .with("content/insights/prices.sv.md", "---\ntitle: Vad priser säger\nslug: priser\n---\nText.\n")
        .with(
            "content/insights/gated.md",
            "---\ntitle: Gated\ngate: {form: guide, key: webhook}\n---\nA.\n\n<!-- gate -->\n\nB.\n",
        )
        .with("content/insights/later.md", "---\ntitle: Later\ndate: 2027-01-01\n---\nText.\n")
        .with("content/scripts/opener.md", "---\ntitle: Opener\naudience: team\n---\nText.\n")
}

fn json(site: &Site, arguments: &[&str]) -> Value {
    let run = site.run(&[&["share", "--rep", "ola-dahl", "--json"], arguments].concat());
    assert_eq!(run.status, 0, "{arguments:?}: {}", run.stderr);
    serde_json::from_str(&run.stdout).expect("JSON")
}

/// What is said, and that nothing else is.
#[track_caller]
fn assert_refused(site: &Site, arguments: &[&str], expected: &str) {
    let run = site.run(&[&["share"], arguments].concat());
    assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (2, "", expected), "{arguments:?}");
}

#[test]
fn a_page_has_many_names() {
    let site = site();
    let english = "https://example.org/insights/prices/?via=ola-dahl";
    let whole = site.path("content/insights/prices.md");
    for name in [
        "insights/prices",
        "/insights/prices/",
        "content/insights/prices.md",
        "content\\insights\\prices.md",
        "./content/insights/prices.md",
        whole.to_str().expect("a path"),
        "https://example.org/insights/prices/?via=kim#top",
        "https://team.example.org/in/insights/prices/",
        "http://127.0.0.1:4000/insights/prices/",
    ] {
        assert_eq!(json(&site, &[name])["link"], english, "{name}");
    }
    for name in
        ["content/insights/prices.sv.md", "sv/insights/priser", "https://example.org/sv/insights/priser/"]
    {
        let found = json(&site, &[name, "--to", "Kim"]);
        assert_eq!(found["link"], "https://example.org/sv/insights/priser/?via=ola-dahl", "{name}");
        assert!(found["email"]["text"].as_str().is_some_and(|text| text.starts_with("Hej Kim!")));
    }
    // Another address, and people who write a name as it is said.
    assert_eq!(
        json(&site, &["insights/prices", "--base-url", "https://new.example/blog"])["link"],
        "https://new.example/blog/insights/prices/?via=ola-dahl"
    );
    let run = site.run(&["share", "insights/prices", "--rep", "Ola Dahl", "--edition", "team"]);
    assert!(run.stdout.contains(english), "{}{}", run.stdout, run.stderr);
}

#[test]
fn what_cannot_be_handed_on_is_refused_with_a_reason() {
    let site = site();
    let how = "  = help: name a page by its path in `content/` without the extension, such as `insights/ready-to-talk`, by its file, or by its URL\n";
    let unknown =
        format!("error: there is no page `insights/price`\n  = help: did you mean `insights/prices`?\n{how}");
    assert_refused(&site, &["insights/price", "--rep", "ola-dahl"], &unknown);
    assert_refused(
        &site,
        &["insights/prices", "--rep", "ola-dal"],
        "error: there is no rep `ola-dal`\n  = help: did you mean `ola-dahl`?\n  = help: the reps are `ola-dahl`\n",
    );
    // A person, but no rep.
    assert_refused(
        &site,
        &["insights/prices", "--rep", "anna"],
        "error: there is no rep `anna`\n  = help: the reps are `ola-dahl`\n",
    );
    assert_refused(
        &site,
        &["scripts/opener", "--rep", "ola-dahl"],
        "error: `scripts/opener` is for the team only: nobody else could open the link\n  \
         = help: share a page that everyone may read, or give this one `audience: public`\n",
    );
    assert_refused(
        &site,
        &["insights/later", "--rep", "ola-dahl"],
        "error: `insights/later` is not published: its date is in the future\n  \
         = help: publish it first; with `--drafts` you get the texts already\n",
    );
    json(&site, &["insights/later", "--drafts"]);
    assert_refused(
        &site,
        &["people/ola-dahl", "--rep", "ola-dahl"],
        "error: `people/ola-dahl` is a person, which can't be shared\n  = help: articles, playbooks and pages can be shared\n",
    );
    assert_refused(
        &site,
        &["insights/prices", "--rep", "ola-dahl", "--unlock"],
        "error: `insights/prices` has no gate, or its key can't be made here\n  \
         = help: leave out `--unlock`, or set the site's secret as the environment variable `RINGBACK_SECRET`\n",
    );
    assert_refused(
        &site,
        &["insights/prices", "--rep", "ola-dahl", "--edition", "teem"],
        "error: there is no edition `teem`\n  = help: did you mean `team`?\n  = help: editions are declared in `ringback.yaml`, under `editions:`\n",
    );
    site.remove("content/people/ola-dahl.md");
    assert_refused(
        &site,
        &["insights/prices", "--rep", "ola-dahl"],
        "error: nobody on this site is a rep\n  = help: give a person who shares links `rep: true`, in their file in `content/people/`\n",
    );
    site.write("content/insights/prices.md", "no front matter");
    let run = site.run(&["share", "insights/prices", "--rep", "ola-dahl"]);
    assert!(run.status == 1 && run.stdout.is_empty() && run.stderr.contains("missing-key"), "{}", run.stderr);
}

#[test]
fn a_key_is_what_the_keys_command_prints() {
    let site = site();
    let keys = site.run(&["keys", "--format", "json", "--edition", "public"]);
    let keys: Value = serde_json::from_str(&keys.stdout).expect("JSON");
    let (page, fragment) =
        keys[0]["links"][0]["url"].as_str().and_then(|url| url.split_once('#')).expect("a link");
    let shared = json(&site, &["insights/gated", "--unlock"]);
    assert_eq!(shared["unlock"], format!("{page}?via=ola-dahl#{fragment}"));
    assert!(shared["email"]["text"].to_string().contains(fragment));
    assert!(!shared["linkedin"].to_string().contains("unlock"));
    let run = site
        .run_with(&["share", "insights/gated", "--rep", "ola-dahl", "--json"], &[("RINGBACK_SECRET", "")]);
    let shared: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(shared["unlock"], Value::Null);
}

#[test]
fn a_code_is_a_picture_and_nothing_else() {
    let run = site().run(&["share", "insights/prices", "--rep", "ola-dahl", "--qr"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(
        run.stdout.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 41 41\""),
        "{}",
        run.stdout
    );
    assert!(run.stdout.ends_with("</svg>\n") && run.stderr.is_empty());
}
