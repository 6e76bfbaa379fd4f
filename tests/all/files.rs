//! Which files get out, as a matter of what a site's author can write, name or link: translations, names, folders,
//! leftovers, symbolic links, outputs.

use crate::support::{Site, WEBHOOK};

const TWO: &str = "languages: {en: {}, sv: {}}\nchecks: off\n\
    editions:\n  team: {output: team, audiences: [public, team]}\n  public: {output: public, audiences: [public]}\n";

fn site() -> Site {
    let site = Site::new();
    site.write("ringback.yaml", format!("{}{WEBHOOK}{TWO}", crate::support::CONFIG));
    site.with("content/insights/hello.md", "---\ntitle: Hello\n---\nHello.\n")
}

fn build_public(site: &Site) {
    let run = site.run(&["build", "--edition", "public"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
}

/// The files of an output that hold a word.
fn with_word(site: &Site, folder: &str, word: &str) -> Vec<String> {
    let holds = |bytes: &[u8]| bytes.windows(word.len()).any(|window| window == word.as_bytes());
    let found = site.tree(folder).into_iter().filter(|(path, bytes)| path.contains(word) || holds(bytes));
    found.map(|(path, _)| path).collect()
}

#[test]
fn the_narrowest_audience_holds_for_all_translations() {
    let page = |front: &str, word: &str| format!("---\ntitle: {word}\n{front}---\n{word}\n");
    for (first, second) in [
        ("audience: team\n", ""),
        ("", "audience: team\n"),
        ("audience: team\n", "audience: public\n"),
        ("audience: team\ndraft: true\n", ""),
        ("audience: team\nexpires: 2020-01-01\n", ""),
    ] {
        let site = site()
            .with("content/insights/t.md", page(first, "zqfirst"))
            .with("content/insights/t.sv.md", page(second, "zqsecond"));
        let run = site.build();
        assert_eq!(run.stderr.matches("warning[translation-audience]").count(), 1, "{}", run.stderr);
        for word in ["zqfirst", "zqsecond"] {
            assert_eq!(with_word(&site, "public", word), Vec::<String>::new(), "{first} {second}");
        }
        assert!(!with_word(&site, "team", "zqsecond").is_empty());
    }
}

#[test]
fn a_section_is_for_the_same_readers_in_every_language() {
    let site = site()
        .with("content/inside/_index.md", "---\ntitle: Inside\naudience: team\n---\n")
        .with("content/inside/_index.sv.md", "---\ntitle: zqinside\naudience: public\n---\n")
        .with("content/inside/page.sv.md", "---\ntitle: zqinside\n---\n");
    let run = site.build();
    assert!(run.stderr.contains("warning[translation-audience]"), "{}", run.stderr);
    assert_eq!(with_word(&site, "public", "zqinside"), Vec::<String>::new());
}

#[test]
fn a_script_is_public_only_if_all_its_translations_say_so() {
    let script = |front: &str| {
        format!(
            "---\ntitle: zqscript\n{front}outcomes: {{closed: {{label: Closed}}}}\n---\n\n## Hi\n\n> Hi.\n\n- Bye → [End](outcome:closed)\n"
        )
    };
    let site = site()
        .with("content/scripts/s.md", script(""))
        .with("content/scripts/s.sv.md", script("audience: public\n"));
    site.build();
    assert_eq!(with_word(&site, "public", "zqscript"), Vec::<String>::new());
    site.write("content/scripts/s.md", script("audience: public\n"));
    let run = site.build();
    assert_eq!(run.stderr, "");
    assert!(!with_word(&site, "public", "zqscript").is_empty());
}

#[test]
fn a_translation_that_cannot_be_read_is_not_told_twice() {
    let site = site().with("content/forms/guide.yaml", crate::support::FORM).with(
        "content/insights/t.md",
        "---\ntitle: T\naudience: team\ngate: {form: guide}\n---\nA\n\n<!-- gate -->\n\nB\n",
    );
    for broken in
        ["---\ntitle: [\n---\n", "---\ntitle: T\naudience: taem\ngate: yes\n---\n", "no front matter"]
    {
        site.write("content/insights/t.sv.md", broken);
        let run = site.run(&["check"]);
        assert!(run.status == 1 && !run.stderr.contains("translation-"), "{broken}: {}", run.stderr);
    }
}

#[test]
fn folders_and_files_are_known_however_they_are_spelt() {
    let script = "---\ntitle: zqscript\noutcomes: {closed: {label: Closed}}\n---\n\n## Hi\n\n> Hi.\n\n- Bye → [End](outcome:closed)\n";
    for folder in ["Scripts", "SCRIPTS", "\u{ff53}cripts", "\u{17f}cripts"] {
        let site = site().with(&format!("content/{folder}/opener.md"), script);
        site.build();
        assert_eq!(with_word(&site, "public", "zqscript"), Vec::<String>::new(), "{folder}");
        assert!(site.path("team/scripts/opener/index.html").exists(), "{folder}");
    }
    let site = site()
        .with("content/Forms/guide.YAML", crate::support::FORM)
        .with("content/People/Anna.MD", "---\ntitle: Anna\n---\n")
        .with(
            "content/insights/x/Index.MD",
            "---\ntitle: X\nauthors: [Anna]\ngate: {form: guide}\n---\nOpen.\n\n<!-- gate -->\n\nzqgated\n",
        )
        .with("content/insights/x/plan.pdf", "zqgated")
        .with("content/insights/y/INDEX.SV.Md", "---\ntitle: Ett y\n---\nHej.\n")
        .with("content/insights/s/_Index.md", "---\ntitle: zqteam\naudience: team\n---\n")
        .with("content/insights/s/page.md", "---\ntitle: zqteam\n---\n")
        .with("content/insights/late.MD", "---\ntitle: zqdraft\ndraft: true\n---\n")
        .with(
            "content/Pages/about.md",
            "---\ntitle: About\n---\n[Anna](../people/Anna.MD), [x](../insights/x).\n",
        );
    site.build();
    for word in ["zqgated", "zqteam", "zqdraft"] {
        assert_eq!(with_word(&site, "public", word), Vec::<String>::new());
    }
    for page in ["about", "people/anna", "insights/x", "sv/insights/y"] {
        assert!(site.path(&format!("public/{page}/index.html")).exists(), "{page}");
    }
}

#[test]
fn names_that_differ_only_in_their_spelling_are_refused() {
    let page = |front: &str| format!("---\ntitle: T\n{front}---\n");
    for (first, second) in [
        ("insights/T.md", "insights/t.sv.md"),
        ("insights/caf\u{e9}.md", "insights/cafe\u{301}.md"),
        ("Outer/_index.md", "outer/page.md"),
        ("insights/Sub/a.md", "insights/sub/b.md"),
        ("Outer/Deep/er/a.md", "outer/b.md"),
    ] {
        let site = site()
            .with(&format!("content/{first}"), page("audience: team\n"))
            .with(&format!("content/{second}"), page("audience: team\n"));
        let run = site.run(&["build"]);
        // A disk that doesn't tell them apart has only one of them.
        let is_one = site.tree("content").len() == 2;
        assert!(
            is_one || run.status == 1 && run.stderr.contains("error[name-case]"),
            "{first}: {}",
            run.stderr
        );
    }
    for both in
        [["Scripts/a.md", "scripts/a.md"], ["insights/a.MD", "insights/a.md"], ["x/Index.md", "x/index.md"]]
    {
        let site = both.iter().fold(site(), |site, path| site.with(&format!("content/{path}"), page("")));
        let run = site.run(&["build"]);
        assert!(run.status == 1 && run.stderr.contains("error[url-collision]"), "{both:?}: {}", run.stderr);
    }
    let site = site().with("Static/x.txt", "x");
    assert!(site.run(&["build"]).stderr.contains("`Static` is not read"));
}

/// A Mac writes an é as two characters, other systems as one: to readers, and so to the site, they are the same letter.
#[test]
fn the_two_encodings_of_a_letter_are_one_name() {
    let site = site()
        .with("content/insights/caf\u{e9}.md", "---\ntitle: Caf\u{e9}\n---\n[Two](re\u{301}sume\u{301}.md)\n")
        .with("content/insights/cafe\u{301}.sv.md", "---\ntitle: Kaf\u{e9}\n---\nText.\n")
        .with("content/insights/r\u{e9}sum\u{e9}.md", "---\ntitle: Two\n---\nText.\n");
    build_public(&site);
    let page = site.read("public/insights/cafe/index.html");
    assert!(page.contains("href=\"/insights/resume/\""), "{page}");
    assert!(page.contains("hreflang=\"sv\""), "the Swedish page is its translation: {page}");
    assert!(site.read("public/sv/insights/cafe/index.html").contains("Kaf\u{e9}"));
}

#[test]
fn the_nearest_page_of_any_state_decides_over_a_file() {
    let inner = |front: &str| format!("---\ntitle: Next\n{front}---\nText.\n");
    let base = |front: &str| {
        site()
            .with("content/forms/guide.yaml", crate::support::FORM)
            .with("content/outer/index.md", "---\ntitle: Outer\n---\nOpen.\n")
            .with("content/outer/own.txt", "zqown")
            .with("content/outer/next/index.md", inner(front))
            .with("content/outer/next/deep/plan.txt", "zqplan")
    };
    for front in ["draft: true\n", "date: 2030-01-01\n", "expires: 2020-01-01\n", "audience: team\n"] {
        let site = base(front);
        build_public(&site);
        assert_eq!(with_word(&site, "public", "zqplan"), Vec::<String>::new(), "{front}");
        assert_eq!(with_word(&site, "public", "zqown"), ["outer/own.txt"], "{front}");
    }
    // A section that isn't there closes its folder, too, and a folder without a page goes with the page above.
    let site = base("audience: team\n");
    site.remove("content/outer/next/index.md");
    site.write("content/outer/next/_index.md", inner("draft: true\n"));
    build_public(&site);
    assert_eq!(with_word(&site, "public", "zqplan"), Vec::<String>::new());
    site.remove("content/outer/next/_index.md");
    build_public(&site);
    assert_eq!(with_word(&site, "public", "zqplan"), ["outer/next/deep/plan.txt"]);
    // In another language, a page may lie in the folder of a page.
    site.write(
        "content/outer/next/index.sv.md",
        inner("gate: {form: guide, download: deep/plan.txt}\n") + "\n<!-- gate -->\n\nX\n",
    );
    build_public(&site);
    assert_eq!(with_word(&site, "public", "zqplan"), Vec::<String>::new());
}

#[test]
fn what_only_a_hidden_text_names_stays_out_of_an_open_folder() {
    let site = site()
        .with("content/forms/guide.yaml", crate::support::FORM)
        .with("content/outer/index.md", "---\ntitle: Outer\n---\n[Both](both.txt)\n")
        .with(
            "content/outer/inside.md",
            "---\ntitle: In\ndraft: true\n---\n[A](a.txt) [both](both.txt) [s](with%20space.txt)\n",
        )
        .with("content/insights/draft.md", "---\ntitle: D\ndraft: true\n---\n[B](../outer/sub/b.txt)\n")
        .with(
            "content/outer/gated.sv.md",
            "---\ntitle: G\ngate: {form: guide}\n---\nOpen.\n\n<!-- gate -->\n\n[C](c.txt)\n",
        )
        .with(
            "content/outer/given.sv.md",
            "---\ntitle: H\ngate: {form: guide, download: d.txt}\n---\nOpen.\n\n<!-- gate -->\n\nText.\n",
        );
    for (file, word) in [
        ("a", "zqhidden"),
        ("with space", "zqhidden"),
        ("sub/b", "zqhidden"),
        ("c", "zqhidden"),
        ("d", "zqhidden"),
        ("both", "zqopen"),
        ("free", "zqopen"),
    ] {
        site.write(&format!("content/outer/{file}.txt"), word);
    }
    let run = site.build();
    assert_eq!(run.stderr, "");
    assert_eq!(with_word(&site, "public", "zqhidden"), Vec::<String>::new());
    assert_eq!(with_word(&site, "public", "zqopen"), ["outer/both.txt", "outer/free.txt"]);
}

#[test]
fn nothing_hidden_and_no_leftover_goes_out() {
    let site = site().with("content/outer/index.md", "---\ntitle: Outer\n---\nOpen.\n");
    for name in [
        ".env",
        ".git/config",
        ".ssh/id",
        "#index.md#",
        ".#index.md",
        "index.md~",
        "index.md.orig",
        "index.md.bak",
        "index.md.txt",
        "x.rej",
        "x.tmp",
        "x.swp",
        "x.swo",
        "Thumbs.db",
        "DESKTOP.INI",
        ".DS_Store",
        "._x.png",
        "notes.markdown",
        "b (conflicted copy 2026-11-02).txt",
        "ringback.yaml",
        "sub/.hidden/x.txt",
        "~$x.docx",
        ".well-known/.x/y",
        "t_REMOTE_4711.txt",
    ] {
        for folder in ["content/outer", "static", "static/.well-known", "themes/ringback/css"] {
            site.write(&format!("{folder}/{name}"), "zqsecret");
        }
    }
    site.write("content/outer/Notes.MD", "---\ntitle: zqsecret\ndraft: true\n---\n");
    site.write("static/notes.md", "zqsecret");
    for open in [".well-known/security.txt", ".nojekyll", "sub/.htaccess", "data.yaml"] {
        site.write(&format!("static/{open}"), "zqopen");
    }
    let run = site.build();
    assert_eq!(with_word(&site, "public", "zqsecret"), Vec::<String>::new());
    assert_eq!(with_word(&site, "team", "zqsecret"), Vec::<String>::new());
    let open = with_word(&site, "public", "zqopen");
    assert_eq!(open, [".nojekyll", ".well-known/security.txt", "data.yaml", "sub/.htaccess"]);
    for told in ["`static/.env`", "`static/.ssh`", "`static/.well-known/.env`", "`static/notes.md`"] {
        assert!(run.stderr.contains(told), "{told}: {}", run.stderr);
    }
    assert!(!run.stderr.contains(".DS_Store"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn links_stay_within_their_folder() {
    use std::os::unix::fs::symlink;
    let refused = |at: &str, to: &str| {
        let site = site()
            .with("content/scripts/sheet.pdf", "zqsecret")
            .with("content/outer/index.md", "---\ntitle: Outer\n---\nOpen.\n")
            .with("content/outer/pic.txt", "zqopen")
            .with("content/forms/guide.yaml", crate::support::FORM)
            .with("static/.ssh/id", "zqsecret")
            .with("static/real/x.txt", "zqopen")
            .with(".git/config", "zqsecret")
            .with("themes/ringback/css/own.css", "");
        std::fs::create_dir_all(site.path(at).parent().expect("a folder")).expect("folders");
        symlink(to, site.path(at)).expect("a link");
        let run = site.run(&["build"]);
        assert!(!run.stderr.contains("zqsecret"), "{at}: {}", run.stderr);
        let is_refused =
            run.status == 1 && (run.stderr.contains("link-out-of-site") || run.stderr.contains("link-loop"));
        assert_eq!(is_refused, !site.path("public").exists(), "{at}: {}", run.stderr);
        is_refused
    };
    for (at, to) in [
        ("static/g.txt", "../.git/config"),
        ("static/c", "../content"),
        ("static/all", ".."),
        ("static/self", "."),
        ("static/loop", "loop"),
        ("static/gone", "nowhere"),
        ("static/out", "/etc"),
        ("static/key", ".ssh/id"),
        ("static/keys", ".ssh"),
        ("static/r.yaml", "../ringback.yaml"),
        ("content/insights/r.md", "../../ringback.yaml"),
        ("content/outer/t.txt", "index.md"),
        ("content/outer/copy.md", "index.md"),
        ("content/outer/f.txt", "../forms/guide.yaml"),
        ("content/outer/s.pdf", "../scripts/sheet.pdf"),
        ("content/outer/all", "../insights"),
        ("themes/x", "../content"),
        ("themes/ringback/css/x.css", "../../../static/real/x.txt"),
    ] {
        assert!(refused(at, to), "{at} → {to}");
    }
    for (at, to) in [
        ("static/x.txt", "real/x.txt"),
        ("static/other", "real"),
        ("content/outer/p.txt", "pic.txt"),
        ("themes/ringback/css/x.css", "own.css"),
        ("content/outer/.#index.md", "somebody@host.4711"),
    ] {
        assert!(!refused(at, to), "{at} → {to}");
    }
    for folder in ["static", "content", "themes", "ringback.yaml"] {
        let site = Site::new().with("elsewhere/x.md", "---\ntitle: zqsecret\n---\n");
        let _ = std::fs::remove_file(site.path(folder));
        symlink("elsewhere", site.path(folder)).expect("a link");
        let run = site.run(&["build"]);
        assert!(
            run.status == 1 && run.stderr.contains("error[link-out-of-site]"),
            "{folder}: {}",
            run.stderr
        );
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_became_a_link_is_not_followed() {
    use ringback::project::{DiskProject, Project as _};
    let site = site().with("static/x.txt", "x").with("secret", "zqsecret").with("static/real.txt", "real");
    let project = DiskProject::new(site.path(""), None);
    for (at, to) in [("static/x.txt", "../secret"), ("ringback.yaml", "secret")] {
        site.remove(at);
        std::os::unix::fs::symlink(to, site.path(at)).expect("a link");
        assert!(project.read(at).is_err() && project.read_start(at, 4).is_err(), "{at}");
    }
    std::os::unix::fs::symlink("real.txt", site.path("static/link.txt")).expect("a link");
    assert_eq!(project.read("static/link.txt").expect("a link within the folder"), b"real");
}

#[test]
fn outputs_lie_beside_what_the_site_is_made_from_and_beside_each_other() {
    let config = crate::support::CONFIG;
    for output in [
        "public/team",
        "Public",
        "PUBLIC/x",
        "Content",
        "content",
        "static/x",
        "STATIC",
        "Themes/y",
        ".ringback",
        ".git",
        ".",
        "..",
        "../x",
        "/tmp/zq",
        "a/../content",
        "content ",
        "a\\\\b",
        "C:x",
        "ringback.yaml",
        "x//y",
        "\u{ff43}ontent",
    ] {
        let site = site();
        let editions = format!(
            "editions:\n  public: {{output: public, audiences: [public]}}\n  team: {{output: \"{output}\", audiences: [public, team]}}\n"
        );
        site.write("ringback.yaml", format!("{config}{editions}"));
        let before = site.tree("");
        let run = site.run(&["build"]);
        assert!(run.stderr.contains("ringback.yaml:5:18"), "{output}: {}", run.stderr);
        assert_eq!((run.status, site.tree("") == before), (1, true), "{output}");
    }
}

#[test]
fn an_output_on_the_command_line_obeys_the_same_rules() {
    let site = site().with("static/x.txt", "x");
    for out in
        [".", "..", "content/x", "static/x", "Static/y", "themes", ".git/x", ".ringback", "a/../content/y"]
    {
        let before = site.tree("");
        let run = site.run(&["build", "--edition", "public", "--out", out]);
        assert!(run.status == 2 && run.stderr.contains("output folder"), "{out}: {}", run.stderr);
        assert!(site.tree("") == before, "{out} was written to");
    }
    let editions = "editions:\n  Team: {output: a, audiences: [public]}\n  team: {output: b, audiences: [public, team]}\n";
    site.write("ringback.yaml", format!("{}{editions}", crate::support::CONFIG));
    let run = site.run(&["build", "--out", "out"]);
    assert!(run.status == 2 && run.stderr.contains("`Team` and `team`"), "{}", run.stderr);
    assert!(!site.path("out").exists());
}

#[test]
fn an_index_is_of_the_edition_for_everybody() {
    let site = site().with("content/insights/t.md", "---\ntitle: zqteam\naudience: team\n---\nText.\n");
    let run = site.run(&["export-search"]);
    assert_eq!((run.status, run.stdout.contains("zqteam"), run.stdout.contains("Hello")), (0, false, true));
    assert!(site.run(&["export-search", "--edition", "team"]).stdout.contains("zqteam"));
    site.write(
        "ringback.yaml",
        format!("{}editions: {{team: {{audiences: [public, team]}}}}\n", crate::support::CONFIG),
    );
    let run = site.run(&["export-search"]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    assert!(
        run.stderr.contains("error[unknown-edition]") && run.stderr.contains("`--edition`: `team`"),
        "{}",
        run.stderr
    );
}
