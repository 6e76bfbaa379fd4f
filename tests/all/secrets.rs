//! What came out of the environment, and what is kept between builds: nothing of it is printed, or left for others.

use std::time::{Duration, SystemTime};

use crate::support::Site;

const WORD: &str = "Zq7-plover-lantern-42";

const FORMATS: &[&str] = &["human", "short", "json", "github"];

/// A site with one page and this configuration.
fn site(config: &str) -> Site {
    Site::empty()
        .with("ringback.yaml", config)
        .with("content/pages/about.md", "---\ntitle: About\ndescription: About us.\n---\nText.\n")
}

/// Nothing that `check` prints has the word in it, in any of these formats; all that is printed.
#[track_caller]
fn assert_unseen(site: &Site, formats: &[&str], variables: &[(&str, &str)], word: &str) -> String {
    let mut all = String::new();
    for format in formats {
        let run = site.run_with(&["check", "--format", format], variables);
        let said = format!("{}{}", run.stdout, run.stderr);
        assert!(!said.to_lowercase().contains(&word.to_lowercase()), "{format}: {said}");
        all += &said;
    }
    all
}

#[test]
fn our_own_variables_are_named_in_no_spelling() {
    for value in [
        "${RINGBACK_SECRET}",
        "a ${RINGBACK_SECRET:-x} b",
        "${RINGBACK_PASSPHRASE}",
        "${ringback_secret:-x}",
        "${OTHER:-${RINGBACK_SECRET}}",
        "${ RINGBACK_SECRET }",
        "${OTHER:-x}${RINGBACK_PASSPHRASE}",
        "${SAME}",
    ] {
        let site = site(&format!("title: \"{value}\"\nbase_url: https://x.example/\n"));
        let variables = [("RINGBACK_SECRET", WORD), ("RINGBACK_PASSPHRASE", WORD), ("SAME", WORD)];
        let said = assert_unseen(&site, &FORMATS[..1], &variables, WORD);
        assert!(said.contains("error[own-variable]"), "{value}: {said}");
    }
}

#[test]
fn no_message_shows_what_came_out_of_the_environment() {
    let address = format!("http://{WORD}.example/x");
    for (config, value) in [
        ("title: T\nbase_url: \"${X}\"\n", WORD),
        ("title: T\nbase_url: https://x.example/\ntheme: \"${X}\"\n", WORD),
        ("title: T\nbase_url: https://x.example/\ntime_zone: \"${X}\"\n", WORD),
        (
            "title: T\nbase_url: https://x.example/\ndefault_language: \"${X}\"\nlanguages: {en: {label: E}}\n",
            WORD,
        ),
        ("title: T\nbase_url: https://x.example/\npagination: \"${X}\"\n", WORD),
        ("title: T\nbase_url: https://x.example/\nprivacy: {attribution: \"${X}\"}\n", WORD),
        ("title: T\nbase_url: https://x.example/\nfeeds: {content: \"a ${X} b\"}\n", WORD),
        ("title: T\nbase_url: https://x.example/\nmarkdown: {smart_punctuation: \"${X}\"}\n", WORD),
        ("title: T\nbase_url: https://x.example/\njourney: {model: \"${X}\"}\n", WORD),
        ("title: T\nbase_url: https://x.example/\nmenus: {main: [{page: \"${X}\"}]}\n", WORD),
        ("title: T\nbase_url: https://x.example/\ncalls: {webhook: \"${X}\"}\n", WORD),
        ("title: T\nbase_url: https://x.example/\nwebhooks: {a: {url: \"${X}\"}}\n", address.as_str()),
        ("title: T\nbase_url: https://x.example/\nwebhooks: {a: {kind: salesforce, oid: \"${X}\"}}\n", WORD),
        (
            "title: T\nbase_url: https://x.example/\nwebhooks: {a: {kind: hubspot, portal: \"${X}\", form: x}}\n",
            WORD,
        ),
    ] {
        let site = site(config);
        // All formats are written from the same problems: once is enough for each.
        let formats = if config.contains("theme") { FORMATS } else { &FORMATS[2..3] };
        let said = assert_unseen(&site, formats, &[("X", value)], WORD);
        assert!(said.contains("error"), "{config}: {said}");
    }
}

#[test]
fn a_default_is_in_the_file_and_may_be_shown() {
    let site = site("title: T\nbase_url: https://x.example/\ntheme: \"${X:-plover-lantern}\"\n");
    let run = site.run(&["check"]);
    assert!(run.stderr.contains("`plover-lantern`"), "{}", run.stderr);
}

#[test]
fn doctor_names_the_variable_of_an_address() {
    let site = Site::new()
        .with(
            "ringback.yaml",
            "title: T\nbase_url: https://x.example/\nwebhooks: {crm: {url: \"${CRM}\"}}\nchecks: off\n",
        )
        .with("content/forms/f.yaml", "title: F\nwebhook: crm\nfields: [{id: email, type: email}]\n")
        .with("content/insights/a.md", "---\ntitle: A\n---\nText.\n\n[form:f]\n");
    let address = "http://plover-lantern.localhost:9/leads";
    for format in ["human", "json"] {
        let run = site.run_with(&["doctor", "--timeout", "1", "--format", format], &[("CRM", address)]);
        let said = format!("{}{}", run.stdout, run.stderr);
        assert!(!said.contains("plover") && said.contains("${CRM}"), "{said}");
    }
}

#[test]
fn what_is_kept_between_builds_says_nothing_to_others() {
    let config = "title: T\nbase_url: https://x.example/\ndescription: \"${WORD}\"\nwebhooks: {crm: {url: https://crm.x.example/}}\n\
         editions:\n  public: {output: public, audiences: [public]}\n  \
         team: {output: team, audiences: [public, team], webhooks: {crm: https://hooks.slack.com/services/T00/B00/plover}}\n";
    let site = site(config);
    let build = || {
        let run = site
            .run_with(&["build"], &[("WORD", WORD), ("RINGBACK_SECRET", "lantern-plover-lantern-plover-00")]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        run.stdout
    };
    // Files that were changed a moment ago are not trusted, so then next to nothing is kept.
    for path in ["ringback.yaml", "content/pages/about.md"] {
        let file = std::fs::File::options().append(true).open(site.path(path)).expect("a file");
        file.set_modified(SystemTime::now() - Duration::from_secs(3600)).expect("a time");
    }
    build();
    let kept = site.tree(".ringback");
    let is_card = |path: &&String| path.starts_with("cards/");
    assert_eq!(kept.keys().filter(|path| !is_card(path)).count(), 2, "{:?}", kept.keys());
    assert!(kept.keys().any(|path| is_card(&path)), "{:?}", kept.keys());
    for (path, bytes) in &kept {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("\"fingerprint\":\"\""), "{path}: {text}");
        for word in ["plover", "slack", "hooks", "crm.x.example", "lantern"] {
            assert!(!text.contains(word), "{path}: {word} in {text}");
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode =
                |path: &str| site.path(path).metadata().expect("it is there").permissions().mode() & 0o777;
            // A card is a file of the output, too, whose folder keeps others out.
            let is_output = path.starts_with("cards/") && path != "cards/index";
            let place = if is_output { ".ringback/cards" } else { &format!(".ringback/{path}") };
            let own = if is_output { 0o700 } else { 0o600 };
            assert_eq!((mode(place), mode(".ringback")), (own, 0o700), "{path}");
        }
    }
    // It is still good for what it is there for, also where an older version has left it open to all.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let open = |path: &str, mode| {
            std::fs::set_permissions(site.path(path), std::fs::Permissions::from_mode(mode)).expect("ours");
        };
        open(".ringback", 0o755);
        open(&format!(".ringback/{}", kept.keys().next().expect("one")), 0o644);
        site.write("content/pages/about.md", "---\ntitle: About\ndescription: About us.\n---\nMore.\n");
        build();
        let mode = site.path(".ringback").metadata().expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
    assert!(build().contains("(0 written, 0 removed)"));
}
