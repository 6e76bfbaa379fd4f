//! `ringback init`.

use crate::support::Site;

/// A folder with the site that `init` makes in a language.
pub(super) fn started(lang: &str) -> Site {
    let site = Site::empty();
    let run = site.run(&["init", ".", "--lang", lang, "--title", "Fjord"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    site
}

/// The same with an owner's own values in the place of those that every new site begins with.
pub(super) fn filled_in(lang: &str) -> Site {
    let site = started(lang);
    fill_in(&site);
    site
}

/// Writes an owner's values for what `check` names.
pub(super) fn fill_in(site: &Site) {
    for path in site.tree("").keys().filter(|path| path.ends_with(".md") || path.ends_with("ringback.yaml")) {
        let mut text = site.read(path);
        for (starters, own) in [
            ("www.your-site.example", "www.fjord.example"),
            ("crm.your-site.example", "crm.fjord.example"),
            ("@your-site.example", "@fjord.example"),
            ("+44 20 7946 001", "+44 20 7946 003"),
            ("+46 8 465 004 7", "+46 8 465 004 8"),
            ("What this site helps its readers with, in one sentence.", "What boats need in winter."),
            (
                "Vad den här webbplatsen hjälper sina läsare med, i en mening.",
                "Vad båtar behöver på vintern.",
            ),
            (
                "Hva dette nettstedet hjelper leserne sine med, i én setning.",
                "Hva båter trenger om vinteren.",
            ),
        ] {
            text = text.replace(starters, own);
        }
        site.write(path, text);
    }
}

#[test]
fn what_the_owner_has_to_fill_in_is_told_and_never_published() {
    for (lang, person) in [("en", "alex-morgan"), ("sv", "kim-berg"), ("nb", "kim-berg")] {
        let site = started(lang);
        let run = site.run(&["check", "--format", "short"]);
        assert_eq!(run.status, 0, "{lang}: {}", run.stderr);
        let told: Vec<&str> = run.stderr.lines().filter(|line| line.contains(": warning[")).collect();
        assert!(told.iter().all(|line| line.contains("[starter-text]")), "{lang}: {}", run.stderr);
        let of = |file: &str| told.iter().filter(|line| line.contains(file)).count();
        let counts = ["ringback.yaml:", &format!("people/{person}.md:"), "content/pages/"].map(of);
        assert_eq!(counts, [5, 2, 2], "{lang}: {}", run.stderr);

        // Not for another place than this computer; colleagues may see it.
        let run = site.run(&["build"]);
        assert_eq!(run.status, 1, "{lang}");
        assert_eq!(run.stderr.matches("error[starter-text]").count(), 9, "{lang}: {}", run.stderr);
        assert!(!site.path("public").exists() && !site.path("team").exists(), "{lang}");
        assert_eq!(site.run(&["build", "--base-url", "https://fjord.example/"]).status, 1, "{lang}");
        for arguments in
            [&["build", "--edition", "team"][..], &["build", "--base-url", "http://127.0.0.1:8000/"]]
        {
            let run = site.run(arguments);
            assert_eq!(run.status, 0, "{lang} {arguments:?}: {}", run.stderr);
        }

        // Each by itself.
        fill_in(&site);
        site.build();
        for (own, starters) in [
            ("https://www.fjord.example/", "https://www.your-site.example/"),
            ("https://crm.fjord.example/leads", "https://crm.your-site.example/leads"),
            ("@fjord.example", "@your-site.example"),
        ] {
            let config = site.read("ringback.yaml");
            site.write("ringback.yaml", config.replace(own, starters));
            let run = site.run(&["build"]);
            assert_eq!(
                (run.status, run.stderr.matches("error[starter-text]").count()),
                (1, 1),
                "{lang} {own}: {}",
                run.stderr
            );
            site.write("ringback.yaml", config);
        }
        // Another address for this build, or another webhook in the environment, is one filled in.
        let config = site.read("ringback.yaml");
        site.write("ringback.yaml", config.replace("www.fjord.example", "www.your-site.example"));
        assert_eq!(site.run(&["build", "--base-url", "https://fjord.example/"]).status, 0, "{lang}");
        site.write("ringback.yaml", config.replace("crm.fjord.example/leads", "crm.your-site.example/leads"));
        let run = site.run_with(&["build"], &[("CRM_WEBHOOK_URL", "https://crm.fjord.example/x")]);
        assert_eq!(run.status, 0, "{lang}: {}", run.stderr);
    }
}

#[test]
fn a_new_site_has_nothing_else_to_fix_in_any_language() {
    for lang in ["en", "sv", "nb"] {
        let site = filled_in(lang);
        for arguments in [&["check", "--deny-warnings"][..], &["check", "--deny-warnings", "--drafts"]] {
            let run = site.run(arguments);
            assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{lang} {arguments:?}");
        }
        // It is still right when its reviews are overdue.
        assert_eq!(site.run(&["check", "--today", "2027-06-01"]).status, 0);
    }
}

#[test]
fn a_site_may_begin_in_several_languages() {
    let orders = ["sv,en", "en,sv", "nb,sv", "en,nb", "sv,nb,en", "nb,en,sv"];
    for order in orders {
        let site = filled_in(order);
        for arguments in [&["check", "--deny-warnings"][..], &["build", "--deny-warnings"]] {
            let run = site.run(arguments);
            assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{order} {arguments:?}");
        }
        let languages: Vec<&str> = order.split(',').collect();
        let first = started(languages[0]).tree("content");
        let public = site.tree("public");
        for lang in &languages {
            let home = if *lang == languages[0] { "index.html".into() } else { format!("{lang}/index.html") };
            let html = String::from_utf8_lossy(&public[&home]).into_owned();
            assert!(html.contains(&format!("<html lang=\"{lang}\">")), "{order} {home}");
            // Each page leads to itself in the other languages.
            let others = languages.iter().filter(|other| *other != lang);
            for other in others {
                assert!(html.contains(&format!("hreflang=\"{other}\"")), "{order} {home} {other}");
            }
        }
        let pages = first.keys().filter(|path| path.ends_with(".md"));
        for (path, other) in pages.flat_map(|path| languages[1..].iter().map(move |other| (path, other))) {
            let translation = path.replace(".md", &format!(".{other}.md"));
            assert!(site.path(&format!("content/{translation}")).exists(), "{order} {translation}");
        }
    }
    // An address in its own language, and one person under one name.
    let site = filled_in("sv,en");
    site.build();
    let public = site.tree("public");
    let page =
        |name: &str| public.iter().find(|(path, _)| path.ends_with(name)).map(|(path, _)| path.as_str());
    let swedish = page("/tio-fragor/index.html").expect("the Swedish address");
    assert!(!swedish.starts_with("en/"), "{swedish}");
    let english = page("/ten-questions/index.html").expect("the English address");
    assert!(english.starts_with("en/"), "{english}");
    assert!(site.read(&format!("public/{english}")).contains("Kim Berg"));
    assert!(site.read("ringback.yaml").contains("languages: {sv: {}, en: {}}"));
}

#[test]
fn a_new_site_has_one_of_everything() {
    for lang in ["en", "sv", "nb"] {
        let site = filled_in(lang);
        site.build();
        let public = site.tree("public");
        let pages = public.keys().filter(|path| path.ends_with(".html")).count();
        assert!(pages > 15, "{lang}: {pages} pages");
        assert!(
            public.keys().any(|path| path.contains("sealed") || path.contains("gate")),
            "{lang}: no gate"
        );
        let home = site.read("public/index.html");
        assert!(home.contains(&format!("<html lang=\"{lang}\">")), "{lang}");
        let config = site.read("ringback.yaml");
        assert!(config.contains("title: \"Fjord\""), "{lang}");
        let ignored = site.read(".gitignore");
        for folder in ["/public/", "/team/", "/.ringback/"] {
            assert!(ignored.contains(folder), "{folder} is not ignored");
        }
        // The team has its script; nobody else has a word of it.
        let scripts = site.tree("content/scripts");
        let script = scripts.keys().find(|path| !path.starts_with('_')).expect("a script");
        let name = script.trim_end_matches(".md");
        assert!(site.tree("team").keys().any(|path| path.contains(name)), "{lang}: {name}");
        let leak = public.iter().find(|(path, bytes)| {
            path.contains(name) || bytes.windows(name.len()).any(|window| window == name.as_bytes())
        });
        assert!(leak.is_none(), "{lang}: {:?}", leak.map(|(path, _)| path));
    }
}

#[test]
fn each_language_has_the_same_files_and_no_marks() {
    let of = |lang: &str| {
        let files = started(lang).tree(".");
        for (path, bytes) in &files {
            let text = String::from_utf8(bytes.clone()).expect("UTF-8");
            let is_mark = |word: &str| word.len() > 2 && word.chars().all(|c| c.is_ascii_lowercase());
            let mark = text.split('%').skip(1).step_by(2).find(|word| is_mark(word));
            assert_eq!(mark, None, "{lang} {path}");
        }
        let folder = |path: &String| path.rsplit_once('/').map_or("", |(folder, _)| folder).to_string();
        files.keys().map(folder).collect::<Vec<_>>()
    };
    let english = of("en");
    assert_eq!(english, of("sv"));
    assert_eq!(english, of("nb"));
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let site = Site::empty().with("notes.txt", "mine").with("zebra/a.md", "mine");
    let before = site.tree(".");
    let run = site.run(&["init", "."]);
    assert_eq!(run.status, 2);
    assert_eq!(run.stdout, "");
    assert_eq!(
        run.stderr,
        "error: the folder `.` is not empty: it contains `notes.txt` and `zebra`\n  = help: nothing was changed; choose a new folder, such as `ringback init my-site`, or keep these files and add the others with `--merge`\n"
    );
    assert_eq!(site.tree("."), before);
    let run = site.run(&["init", "notes.txt"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("notes.txt"), "{}", run.stderr);
    assert_eq!(site.tree("."), before);
}

#[test]
fn a_second_init_changes_nothing() {
    let site = started("en");
    let before = site.tree(".");
    let run = site.run(&["init", ".", "--lang", "sv"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("`content`") && run.stderr.contains("and "), "{}", run.stderr);
    assert_eq!(site.tree("."), before);
}

#[test]
fn ci_is_added_to_a_site_that_is_there() {
    for (host, file) in [
        ("github", ".github/workflows/site.yaml"),
        ("gitlab", ".gitlab-ci.yml"),
        ("netlify", "netlify.toml"),
        ("cloudflare", "build.sh"),
    ] {
        let site = started("en");
        let before = site.tree(".");
        let run = site.run(&["init", ".", "--ci", host]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{host}");
        assert!(
            run.stdout.starts_with("Added `") && run.stdout.contains(&format!("`{file}`")),
            "{}",
            run.stdout
        );
        assert!(run.stdout.contains("from npm"), "{}", run.stdout);
        let mut after = site.tree(".");
        after.retain(|path, _| before.contains_key(path));
        assert_eq!(after, before, "{host}");
        assert!(site.path(file).exists());
        // What is there is never written over.
        std::fs::write(site.path(file), "mine").expect("writable");
        let before = site.tree(".");
        let run = site.run(&["init", ".", "--ci", host]);
        assert_eq!(run.status, 2, "{host}");
        assert!(run.stderr.contains(file), "{}", run.stderr);
        assert_eq!(site.tree("."), before, "{host}");
    }
    // A name or a language is for a new site.
    let run = started("en").run(&["init", ".", "--ci", "github", "--lang", "sv"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("`--ci` alone"), "{}", run.stderr);
}

#[test]
fn an_empty_repository_is_an_empty_folder() {
    let site = Site::empty().with("site/.git/HEAD", "ref: refs/heads/main\n");
    let run = site.run(&["init", "site"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(site.read("site/.git/HEAD"), "ref: refs/heads/main\n");
    assert!(site.path("site/content/_index.md").exists());
}

#[test]
fn the_folder_names_the_site_and_may_be_deep() {
    let site = Site::empty();
    let run = site.run(&["init", "deep/åäö & co/fjord-and-sons"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.contains("cd \"deep/åäö & co/fjord-and-sons\""), "{}", run.stdout);
    let config = site.read("deep/åäö & co/fjord-and-sons/ringback.yaml");
    assert!(config.contains("title: \"Fjord and sons\""), "{config}");
    assert_eq!(site.run(&["check", "--root", "deep/åäö & co/fjord-and-sons"]).status, 0);
}

#[test]
fn any_title_is_taken_as_it_is() {
    for title in ["Fjord: \"Søn\" & <b>50 %</b>", "no", "%date%", "C:\\sales\\new", "# 1", "{a: b}", "東京"]
    {
        let site = Site::empty();
        let run = site.run(&["init", ".", "--title", title]);
        assert_eq!(run.status, 0, "{title}: {}", run.stderr);
        fill_in(&site);
        let run = site.run(&["build", "--deny-warnings"]);
        assert_eq!(run.status, 0, "{title}: {}", run.stderr);
        let escaped =
            title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        let home = site.read("public/index.html");
        assert!(home.contains(&escaped) || home.contains(&escaped.replace("&quot;", "&#34;")), "{title}");
    }
    for bad in ["", "   ", "${HOME}"] {
        let site = Site::empty();
        let run = site.run(&["init", ".", "--title", bad]);
        assert_eq!(run.status, 2, "{bad:?}");
        assert!(site.tree(".").is_empty(), "{bad:?}");
    }
}

#[test]
fn a_wrong_language_or_host_names_those_there_are() {
    for (flag, wrong, right) in [("--lang", "no", "nb"), ("--ci", "git-lab", "gitlab")] {
        let site = Site::empty();
        let run = site.run(&["init", ".", flag, wrong]);
        assert_eq!(run.status, 2);
        assert!(run.stderr.contains(right), "{}", run.stderr);
        assert!(site.tree(".").is_empty());
    }
}

const STARTERS: [&str; 3] = ["company-blog", "guide", "sales-team"];

#[test]
fn each_starter_has_nothing_to_fix_in_any_language() {
    for (starter, lang) in
        STARTERS.iter().flat_map(|one| ["en", "sv", "nb", "nb,en,sv"].map(|lang| (*one, lang)))
    {
        let site = Site::empty();
        let run = site.run(&["init", ".", "--starter", starter, "--language", lang, "--name", "Fjord"]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{starter} {lang}");
        fill_in(&site);
        for arguments in [
            &["check", "--deny-warnings"][..],
            &["check", "--deny-warnings", "--drafts"],
            &["check", "--deny-warnings", "--today", "2027-06-01"],
            &["build", "--deny-warnings", "--edition", "public"],
        ] {
            let run = site.run(arguments);
            assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{starter} {lang} {arguments:?}");
        }
        for (path, bytes) in site.tree(".") {
            let is_text = path.ends_with(".md") || path.ends_with(".yaml");
            let text = String::from_utf8_lossy(&bytes);
            assert!(
                !is_text || !text.contains("%only") && !text.contains("%all%"),
                "{starter} {lang} {path}"
            );
        }
    }
}

#[test]
fn a_starter_has_what_it_is_for() {
    let files = |starter: &str| {
        let site = Site::empty();
        assert_eq!(site.run(&["init", ".", "--starter", starter]).status, 0);
        let (tree, config) = (site.tree("content"), site.read("ringback.yaml"));
        let of = move |folder: &str| {
            tree.keys().filter(|path| path.starts_with(folder) && !path.contains('_')).count()
        };
        ([of("insights/"), of("playbooks/"), of("scripts/"), of("forms/")], config)
    };
    let (blog, config) = files("company-blog");
    assert_eq!(blog, [3, 0, 0, 1]);
    assert!(!config.contains("team"), "{config}");
    let (guide, _) = files("guide");
    assert_eq!(guide, [2, 1, 1, 2]);
    let (team, config) = files("sales-team");
    assert_eq!(team, [2, 3, 2, 2]);
    assert!(config.contains("team: {output: team"), "{config}");
    // It is the one without `--starter`.
    assert_eq!(started("en").tree("content/scripts").len(), 2);
    let run = Site::empty().run(&["init", ".", "--starter", "blog"]);
    assert!(run.status == 2 && run.stderr.contains("company-blog"), "{}", run.stderr);
}

#[test]
fn a_colour_is_that_of_links_and_can_be_read() {
    let site = Site::empty();
    assert_eq!(site.run(&["init", ".", "--color", "ffcc00"]).status, 0);
    let theme = site.read("themes/ringback/theme.yaml");
    assert!(
        theme.contains("dark: {accent: \"#ffcc00\"}") && !theme.contains("light: {accent: \"#ffcc00\"}"),
        "{theme}"
    );
    fill_in(&site);
    assert_eq!(site.run(&["build", "--deny-warnings"]).status, 0);
    let css = site.tree("public").into_iter().find(|(path, _)| path.contains("css/theme."));
    let css = String::from_utf8(css.expect("its style sheet").1).expect("UTF-8");
    assert!(css.contains("--accent:#ffcc00"), "{css}");
    let run = Site::empty().run(&["init", ".", "--color", "yellow"]);
    assert!(run.status == 2 && run.stderr.contains("0b5d4e"), "{}", run.stderr);
}

#[test]
fn files_that_are_there_stay_and_the_others_are_added() {
    let site = Site::empty()
        .with("README.md", "mine")
        .with("LICENSE", "mine")
        .with("content/people/_index.md", "mine");
    let run = site.run(&["init", ".", "--merge"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.ends_with("Left as it was: README.md, content/people/_index.md.\n"), "{}", run.stdout);
    for path in ["README.md", "LICENSE", "content/people/_index.md"] {
        assert_eq!(site.read(path), "mine");
    }
    assert!(site.path("ringback.yaml").exists() && site.path("content/_index.md").exists());
    // A site is there now.
    let before = site.tree(".");
    assert_eq!(site.run(&["init", ".", "--merge"]).status, 2);
    assert_eq!(site.tree("."), before);
}

/// A computer on which little is as usual: no git, no home, no UTF-8, a folder with a space and å.
#[test]
#[cfg(unix)]
fn a_bare_computer_is_enough() {
    // Nothing can be read from a home that is a file, or written to it, not even by root.
    let site = Site::empty().with("home", "").with("bin/x", "");
    let run = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_ringback"))
            .args(arguments)
            .current_dir(site.path("."))
            .env_clear()
            .envs([("LC_ALL", "C"), ("TERM", "dumb"), ("NO_COLOR", "1")])
            .envs([("HOME", site.path("home")), ("PATH", site.path("bin"))])
            .output()
            .expect("it runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(!output.stdout.contains(&0x1b) && !output.stderr.contains(&0x1b), "colours");
    };
    run(&["init", "vår sida", "--lang", "sv"]);
    run(&["build", "--root", "vår sida", "--edition", "team"]);
    assert!(site.path("vår sida/team/index.html").exists());
}

/// Somebody at a terminal, by way of Python's: without it nobody can sit there.
#[test]
#[cfg(unix)]
fn on_a_terminal_it_asks() {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    const SPAWN: &str = "import pty, sys, os; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";
    let Ok(version) = Command::new("python3").arg("--version").output() else {
        println!("SKIPPED: there is no python3");
        return;
    };
    assert!(version.status.success());
    let typed = |typed: &str, arguments: &[&str]| {
        let site = Site::empty();
        let mut child = Command::new("python3")
            .args(["-c", SPAWN, env!("CARGO_BIN_EXE_ringback"), "init", "fjord"])
            .args(arguments)
            .current_dir(site.path("."))
            .env_remove("CI")
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("python3");
        child.stdin.take().expect("a terminal").write_all(typed.as_bytes()).expect("typed");
        let output = child.wait_with_output().expect("it ends");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned(), site)
    };
    let (status, said, site) = typed("sv\nFjord & co\n1\n7a1f3d\n", &[]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("Webbplatsens namn [Fjord]: "), "{said}");
    let config = site.read("fjord/ringback.yaml");
    assert!(config.contains("Fjord & co") && config.contains("innan-du-fragar-om-pris"), "{config}");
    assert!(site.read("fjord/themes/ringback/theme.yaml").contains("#7a1f3d"));
    // Ctrl+D is no answer, and then nothing is made.
    let (status, said, site) = typed("\u{4}", &[]);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("Nothing was made.") && site.tree(".").is_empty(), "{said}");
    let (status, said, _) = typed("", &["--yes"]);
    assert!(status == Some(0) && !said.contains('['), "{said}");
}
