//! `ringback init`.

use crate::support::Site;

/// A folder with the site that `init` makes in a language.
pub(super) fn started(lang: &str) -> Site {
    let site = Site::empty();
    let run = site.run(&["init", ".", "--lang", lang, "--title", "Fjord"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    site
}

#[test]
fn a_new_site_has_nothing_to_fix_in_any_language() {
    for lang in ["en", "sv", "nb"] {
        let site = started(lang);
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
        let site = started(order);
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
    let site = started("sv,en");
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
        let site = started(lang);
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
        "error: the folder `.` is not empty: it contains `notes.txt` and `zebra`\n  = help: nothing was changed; choose a new folder, such as `ringback init my-site`\n"
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
        assert!(run.stdout.contains("ringback's source"), "{}", run.stdout);
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
    assert_eq!(site.run(&["check", "--root", "deep/åäö & co/fjord-and-sons", "--deny-warnings"]).status, 0);
}

#[test]
fn any_title_is_taken_as_it_is() {
    for title in ["Fjord: \"Søn\" & <b>50 %</b>", "no", "%date%", "C:\\sales\\new", "# 1", "{a: b}", "東京"]
    {
        let site = Site::empty();
        let run = site.run(&["init", ".", "--title", title]);
        assert_eq!(run.status, 0, "{title}: {}", run.stderr);
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
