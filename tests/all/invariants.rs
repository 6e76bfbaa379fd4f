//! What holds for every site, whatever is in it: the same input gives the same bytes, every address leads somewhere,
//! nothing hidden gets out, and building again after any edit gives what a fresh build gives.

use std::collections::BTreeMap;
use std::fs;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use ringback::diag::{Diagnostic, Diagnostics};
use ringback::project::{MemoryProject, Project};

use crate::support::fixture::{self, GATED, NEVER, TEAM};
use crate::support::html::broken_addresses;
use crate::support::leaks::leaks;
use crate::support::{Site, assert_same, render};

fn build(site: &Site, arguments: &[&str], variables: &[(&str, &str)]) {
    let run = site.run_with(&[&["build"], arguments].concat(), variables);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
}

#[test]
fn neither_threads_nor_a_second_build_change_anything() {
    for site in [fixture::on_disk(), fixture::demo()] {
        build(&site, &[], &[("RAYON_NUM_THREADS", "1")]);
        let (public, team) = (site.tree("public"), site.tree("team"));
        assert!(public.len() > 100, "{} files", public.len());
        build(&site, &[], &[("RAYON_NUM_THREADS", "2")]);
        assert_same(&public, &site.tree("public"), "public, the second time");
        assert_same(&team, &site.tree("team"), "team, the second time");
        build(&site, &["--out", "two"], &[("RAYON_NUM_THREADS", "2")]);
        assert_same(&public, &site.tree("two/public"), "public, two threads");
        assert_same(&team, &site.tree("two/team"), "team, two threads");
    }
}

#[test]
fn neither_clock_nor_locale_nor_folder_changes_anything() {
    let site = fixture::on_disk();
    build(&site, &["--out", "here"], &[]);
    let here = site.tree("here");
    let elsewhere =
        [("TZ", "Pacific/Kiritimati"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "sv_SE.UTF-8"), ("COLUMNS", "40")];
    build(&site, &["--out", "some/where/else"], &elsewhere);
    assert_same(&here, &site.tree("some/where/else"), "another environment");
    let root = site.path("");
    let away = Site::empty();
    build(&away, &["--root", &root.to_string_lossy(), "--out", "out"], &[]);
    assert_same(&here, &away.tree("out"), "another working folder");
}

#[test]
fn a_day_on_which_nothing_appears_or_expires_changes_nothing() {
    let site = fixture::on_disk();
    build(&site, &["--out", "a", "--today", "2026-11-22"], &[]);
    build(&site, &["--out", "b", "--today", "2026-11-22"], &[("TZ", "America/Adak")]);
    assert_same(&site.tree("a"), &site.tree("b"), "the same day");
    // By then everything is out that will be, and all of it is old: the content report tells the team so.
    build(&site, &["--out", "c", "--today", "2029-02-01"], &[]);
    build(&site, &["--out", "d", "--today", "2031-08-09"], &[]);
    assert_same(&site.tree("c"), &site.tree("d"), "two years and a half");
}

#[test]
fn today_decides_what_is_out() {
    let site = Site::new()
        .with("content/insights/later.md", "---\ntitle: Later\ndate: 2030-05-05\n---\nText.\n")
        .with("content/insights/until.md", "---\ntitle: Until\nexpires: 2030-05-06\n---\nText.\n")
        .with("content/insights/always.md", "---\ntitle: Always\n---\nText.\n");
    for (today, later, until) in [
        ("2030-05-04", false, true),
        ("2030-05-05", true, true),
        ("2030-05-06", true, false),
        ("1999-01-01", false, true),
    ] {
        build(&site, &["--today", today], &[]);
        let is_out = |path: &str| site.path(&format!("public/insights/{path}/index.html")).exists();
        assert_eq!((is_out("later"), is_out("until"), is_out("always")), (later, until, true), "on {today}");
        let listed = site.read("public/insights/index.html");
        assert_eq!((listed.contains("Later"), listed.contains("Until")), (later, until), "on {today}");
    }
}

/// Files in another order than the sorted one.
struct Shuffled(MemoryProject, u64);

impl Project for Shuffled {
    fn files(&self, diagnostics: &mut Diagnostics) -> Vec<String> {
        let mut files = self.0.files(diagnostics);
        let mut dice = Dice(self.1);
        for index in (1..files.len()).rev() {
            files.swap(index, dice.below(index + 1));
        }
        files
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.0.read(path)
    }

    fn today(&self, zone: &TimeZone) -> Date {
        self.0.today(zone)
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.0.variable(name)
    }
}

#[test]
fn the_order_of_files_changes_nothing() {
    let project = fixture::in_memory();
    for edition in ["public", "team"] {
        let (sorted, said) = render(&project, edition);
        assert!(sorted.len() > 100, "{} files", sorted.len());
        for seed in [1, 2] {
            let (shuffled, said_then) = render(&Shuffled(project.clone(), seed), edition);
            assert_same(&sorted, &shuffled, edition);
            assert_eq!(said, said_then, "{edition}");
        }
    }
}

#[test]
fn the_order_of_the_demos_files_changes_nothing() {
    let demo = fixture::demo().tree("").into_iter();
    let project = demo.fold(MemoryProject::new(), |project, (path, bytes)| project.with(&path, bytes));
    let (sorted, _) = render(&project, "team");
    let (shuffled, _) = render(&Shuffled(project, 3), "team");
    assert_same(&sorted, &shuffled, "the demo");
}

#[test]
fn every_address_leads_somewhere() {
    let site = fixture::on_disk();
    build(&site, &[], &[]);
    build(&site, &["--out", "path", "--base-url", "https://example.com/some/path/"], &[]);
    build(&site, &["--out", "drafts", "--drafts"], &[]);
    check_addresses(&site, "public", "https://example.org/");
    check_addresses(&site, "team", "https://team.example.org/inside/");
    for folder in ["path/public", "path/team"] {
        check_addresses(&site, folder, "https://example.com/some/path/");
    }
    check_addresses(&site, "drafts/public", "https://example.org/");
    check_addresses(&site, "drafts/team", "https://team.example.org/inside/");
}

#[test]
fn every_address_of_the_demo_leads_somewhere() {
    let site = fixture::warm_demo();
    let config = site.read("ringback.yaml");
    let base = config.split("\nbase_url: ").nth(1).and_then(|rest| rest.lines().next()).expect("an address");
    build(&site, &["--edition", "public"], &[]);
    check_addresses(&site, "public", base);
    build(&site, &["--edition", "team", "--base-url", "https://example.com/some/path/"], &[]);
    check_addresses(&site, "team", "https://example.com/some/path/");
}

fn check_addresses(site: &Site, folder: &str, base: &str) {
    let broken = broken_addresses(&site.tree(folder), base);
    assert!(broken.is_empty(), "{folder}: {} of\n{}", broken.len(), broken.join("\n"));
}

#[test]
fn nothing_hidden_gets_out() {
    let site = fixture::on_disk();
    build(&site, &[], &[]);
    build(
        &site,
        &["--out", "path", "--edition", "public", "--base-url", "https://example.com/some/path/"],
        &[],
    );
    for folder in ["public", "path"] {
        let public = site.tree(folder);
        assert!(public.contains_key(".ringback-manifest"));
        let leaks = leaks(&public, &[TEAM, GATED, NEVER]);
        assert!(leaks.is_empty(), "{folder}: {} of\n{}", leaks.len(), leaks.join("\n"));
    }
    let mut never = leaks(&site.tree("team"), &[NEVER]);
    // The content report tells the team which forms nothing leads to, by their names.
    let unused = format!("<li>{NEVER}form <span");
    let known = never.extract_if(.., |leak| leak.contains("report/index.html: ") && leak.contains(&unused));
    assert!(known.count() > 0, "the report names the form");
    assert!(never.is_empty(), "team: {}", never.join("\n"));
}

#[test]
fn what_is_planted_in_the_fixture_is_in_the_editions_that_may_have_it() {
    let project = fixture::in_memory();
    let (team, _) = render(&project, "team");
    let all: Vec<u8> = team.values().flatten().copied().collect();
    let all = String::from_utf8_lossy(&all);
    for word in [
        "script",
        "description",
        "tag",
        "own",
        "challenge",
        "haulage",
        "about",
        "alias",
        "step",
        "link",
        "playbook",
        "series",
        "planned",
        "section",
        "child",
        "inherits",
        "infolder",
        "translation",
        "unsaid",
        "name",
        "menu",
        "entry",
        "bytes",
    ] {
        assert!(all.contains(&format!("{TEAM}{word}")), "{word} is missing");
    }
    for path in [
        "scripts/opener/index.html",
        "scripts/zqteamonlywordsheet.pdf",
        "insights/zqteamonlywordphoto.png",
        "insights/shared/zqteamonlywordimage.png",
        "insights/shared/open.png",
    ] {
        assert!(team.contains_key(path), "{path}");
    }
    // What belongs to the same pages and is open, everybody has.
    let (public, _) = render(&project, "public");
    let page = |path: &str| String::from_utf8_lossy(&public[path]).into_owned();
    let gated = page("insights/gated/index.html");
    for open in ["A gated page", "Its description is open", "The teaser", "An open note."] {
        assert!(gated.contains(open), "{open}");
    }
    assert!(page("insights/gated-folder/index.html").contains("An open end"));
    for path in ["insights/gated-folder/open.png", "insights/mixed/index.html"] {
        assert!(public.contains_key(path), "{path}");
    }
    assert!(!public.contains_key("sv/insikter/mixed/index.html"));
    assert!(!public.contains_key("insights/shared/index.html"), "its translation is for the team");
}

#[test]
fn no_script_of_the_demo_gets_out() {
    let site = fixture::warm_demo();
    for (index, (path, text)) in site.tree("content/scripts").into_iter().enumerate() {
        let text = String::from_utf8(text).expect("text");
        let (before, after) = text.split_once("title: ").expect("a title");
        let (_, after) = after.split_once('\n').expect("more lines");
        let planted = format!("{before}title: {TEAM}{index}\n{after}\n{TEAM}text\n");
        site.write(&format!("content/scripts/{path}"), planted);
    }
    build(&site, &[], &[]);
    let found = leaks(&site.tree("public"), &[TEAM]);
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(!leaks(&site.tree("team"), &[TEAM]).is_empty());
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

/// A small site that is edited at random, and what was done to it.
struct Edited {
    site: Site,
    dice: Dice,
    /// Files get older times than the clock's, all different, as on a disk that nobody has touched for a while.
    minutes: u64,
    log: Vec<String>,
}

const EDITED_CONFIG: &str = "\
title: Edited
base_url: https://example.org/
languages: {en: {label: English}, sv: {label: Svenska}}
pagination: 2
series: {tour: {title: The tour}}
taxonomies: {tags: {label: Tags}}
webhooks: {crm: {url: https://crm.example.org/leads}}
editions:
  public: {output: public, audiences: [public]}
  team: {output: team, audiences: [public, team]}
";

impl Edited {
    fn new(seed: u64) -> Self {
        let mut edited = Self { site: Site::empty(), dice: Dice(seed), minutes: 0, log: Vec::new() };
        edited.write("ringback.yaml", EDITED_CONFIG.as_bytes());
        for name in ["a", "b", "c"] {
            edited.write(&format!("content/insights/{name}.md"), b"---\ntitle: First\n---\n");
        }
        edited.write("content/insights/p.png", &crate::support::png(1, 1));
        edited.write("content/forms/guide.yaml", crate::support::FORM.as_bytes());
        edited
    }

    fn write(&mut self, path: &str, bytes: &[u8]) {
        self.log.push(format!("write {path}: {}", String::from_utf8_lossy(bytes)));
        self.site.write(path, bytes);
        self.minutes += 1;
        let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000 + self.minutes * 60);
        let file = fs::File::options().append(true).open(self.site.path(path)).expect("a file");
        file.set_modified(time).expect("a time");
    }

    /// A page that any other may be replaced with.
    fn page(&mut self) -> String {
        let title = self.dice.pick(&["Alpha", "Beta", "Gamma", "Ähm", "<Omega>"]);
        let mut front = format!("title: {title}\n");
        let mut body = format!("Text {}.\n", self.dice.below(1000));
        for (one_in, line) in [
            (2, "date: 2026-01-0X\n"),
            (3, "tags: [x, y]\n"),
            (4, "tags: [Y]\n"),
            (5, "draft: true\n"),
            (5, "audience: team\n"),
            (5, "date: 2030-01-01\n"),
            (6, "aliases: [/old/X/]\n"),
            (6, "series: {id: tour, part: X}\n"),
            (6, "slug: own-X\n"),
            (20, "gate: {form: guide}\n"),
        ] {
            let key = line.split(':').next().expect("a key");
            if self.dice.below(one_in) == 0 && !front.contains(key) {
                front += &line.replace('X', &(1 + self.dice.below(9)).to_string());
            }
        }
        for (one_in, text) in [
            (3, "\n## A heading\n"),
            (3, "\nSee [a](a.md).\n"),
            (12, "\nSee [b](/content-is-not-here/).\n"),
            (4, "\n![p](p.png)\n"),
            (20, "\n<!-- gate -->\n\nSealed.\n"),
        ] {
            if self.dice.below(one_in) == 0 {
                body += text;
            }
        }
        if self.dice.below(4) == 0 && !front.contains("gate") && !body.contains("gate") {
            front += "gate: {form: guide}\n";
            body += "\n<!-- gate -->\n\nSealed, too.\n";
        }
        format!("---\n{front}---\n{body}")
    }

    /// What the site is made from.
    fn sources(&self) -> BTreeMap<String, Vec<u8>> {
        let mut all =
            BTreeMap::from([("ringback.yaml".into(), self.site.read("ringback.yaml").into_bytes())]);
        for folder in ["content", "static", "themes"] {
            all.extend(
                self.site.tree(folder).into_iter().map(|(path, bytes)| (format!("{folder}/{path}"), bytes)),
            );
        }
        all
    }

    /// Somebody takes the last edit back.
    fn restore(&mut self, before: &BTreeMap<String, Vec<u8>>) {
        self.log.push("back:".into());
        for (path, bytes) in self.sources() {
            match before.get(&path) {
                Some(old) if *old == bytes => {}
                Some(old) => self.write(&path, old),
                None => self.site.remove(&path),
            }
        }
        for (path, bytes) in before {
            if !self.site.path(path).exists() {
                self.write(path, bytes);
            }
        }
    }

    fn step(&mut self) {
        let files: Vec<String> =
            self.site.tree("content").into_keys().map(|path| format!("content/{path}")).collect();
        let names = [
            "a",
            "b",
            "c",
            "d",
            "2026-02-03-e",
            "g/index",
            "sub/f",
            "sub/_index",
            "a.sv",
            "b.sv",
            "g/index.sv",
        ];
        let place = format!("content/insights/{}.md", self.dice.pick(&names));
        let old = files[self.dice.below(files.len())].clone();
        match self.dice.below(12) {
            0..=4 => {
                let page = self.page();
                self.write(&place, page.as_bytes());
            }
            5 if files.len() > 2 => {
                self.log.push(format!("remove {old}"));
                self.site.remove(&old);
            }
            6 if old.ends_with(".md") => {
                self.log.push(format!("move {old} to {place}"));
                fs::create_dir_all(self.site.path(&place).parent().expect("a folder")).expect("folders");
                fs::rename(self.site.path(&old), self.site.path(&place)).expect("a move");
            }
            7 => {
                let width = 1 + u32::try_from(self.dice.below(9)).expect("small");
                let place =
                    self.dice.pick(&["content/insights/p.png", "content/insights/g/p.png", "static/s.png"]);
                self.write(place, &crate::support::png(width, 5));
            }
            8 => {
                let title =
                    self.dice.pick(&["title: Edited", "title: Edited again", "title: {en: E, sv: S}"]);
                let pagination = self.dice.pick(&["pagination: 2", "pagination: 1", "pagination: 10"]);
                let config =
                    EDITED_CONFIG.replace("title: Edited", title).replace("pagination: 2", pagination);
                self.write("ringback.yaml", config.as_bytes());
            }
            9 => {
                let path = self.dice.pick(&["templates/redirect.html", "css/own.css", "i18n/sv.yaml"]);
                let text = match self.dice.below(3) {
                    0 => "home: Hem",
                    1 => "home: Hemma",
                    _ => "",
                };
                if text.is_empty() && self.site.path(&format!("themes/ringback/{path}")).exists() {
                    self.log.push(format!("remove {path}"));
                    self.site.remove(&format!("themes/ringback/{path}"));
                } else {
                    self.write(&format!("themes/ringback/{path}"), text.as_bytes());
                }
            }
            10 => {
                // Somebody spoils the output.
                let outputs: Vec<String> =
                    self.site.tree("public").into_keys().filter(|path| !path.starts_with('.')).collect();
                if outputs.is_empty() {
                    return;
                }
                let path = format!("public/{}", outputs[self.dice.below(outputs.len())]);
                if self.dice.below(2) == 0 {
                    self.log.push(format!("remove {path}"));
                    self.site.remove(&path);
                } else {
                    self.log.push(format!("spoil {path}"));
                    self.site.write(&path, "spoilt");
                }
            }
            _ => self.log.push("nothing".into()),
        }
    }

    fn check(&self, step: usize) -> bool {
        let before = [self.site.tree("public"), self.site.tree("team")];
        let built = self.site.run(&["build"]);
        let fresh = self.site.run(&["build", "--out", &format!("fresh/{step}")]);
        let log = || self.log[self.log.len().saturating_sub(12)..].join("\n");
        assert_eq!((built.status, &built.stderr), (fresh.status, &fresh.stderr), "what is said:\n{}", log());
        let after = [self.site.tree("public"), self.site.tree("team")];
        if built.status != 0 {
            assert_eq!(built.status, 1, "{}\n{}", built.stderr, log());
            assert!(before == after, "a failed build changed the output:\n{}", log());
            return false;
        }
        for (edition, after) in ["public", "team"].iter().zip(&after) {
            let fresh = self.site.tree(&format!("fresh/{step}/{edition}"));
            assert!(fresh.len() > 10, "{} files", fresh.len());
            assert_same(after, &fresh, &format!("{edition} after\n{}\n", log()));
        }
        fs::remove_dir_all(self.site.path("fresh")).expect("removed");
        true
    }
}

fn edit_at_random(seed: u64) {
    let mut edited = Edited::new(seed);
    let mut built = 0;
    for step in 0..35 {
        let before = edited.sources();
        edited.step();
        if edited.check(step) {
            built += 1;
        } else {
            edited.restore(&before);
        }
    }
    assert!(built > 15, "only {built} builds succeeded: the edits are too wild to say anything");
}

#[test]
fn any_edits_come_to_what_a_fresh_build_gives() {
    match std::env::var("RINGBACK_SEEDS").ok().and_then(|seeds| seeds.parse().ok()) {
        Some(seeds) => (0..seeds).for_each(edit_at_random),
        None => edit_at_random(2026),
    }
}

#[test]
fn any_other_edits_come_to_what_a_fresh_build_gives() {
    edit_at_random(1122);
}

/// A build from the same files as the last one is skipped, so all else that counts has to be known.
#[test]
fn what_a_build_depends_on_besides_files_is_seen() {
    let mut edited = Edited::new(11);
    let config = EDITED_CONFIG.replace("title: Edited", "title: \"${NAME:-Edited}\"");
    edited.write("ringback.yaml", config.as_bytes());
    edited.write("content/insights/later.md", b"---\ntitle: Later\ndate: 2027-01-01\n---\n");
    let none: &[(&str, &str)] = &[];
    let name: &[(&str, &str)] = &[("NAME", "Renamed")];
    for (index, (arguments, variables)) in [
        (&[][..], none),
        (&["--today", "2027-01-01"], none),
        (&["--today", "2026-12-31"], none),
        (&["--drafts"], none),
        (&[], name),
        (&["--base-url", "https://example.com/x/"], name),
        (&[], none),
    ]
    .into_iter()
    .enumerate()
    {
        build(&edited.site, arguments, variables);
        let fresh = format!("fresh/{index}");
        build(&edited.site, &[arguments, &["--out", &fresh]].concat(), variables);
        for edition in ["public", "team"] {
            let what = format!("{edition} with {arguments:?}, {variables:?}");
            assert_same(&edited.site.tree(edition), &edited.site.tree(&format!("{fresh}/{edition}")), &what);
        }
    }
}

/// All files of an archive may have one time, whatever is in them.
#[test]
fn an_edit_of_the_same_length_and_time_is_seen() {
    let mut edited = Edited::new(7);
    let page = |word: &str| format!("---\ntitle: {word}\n---\nText.\n");
    edited.write("content/insights/a.md", page("Apple").as_bytes());
    edited.write("content/insights/b.md", page("Berry").as_bytes());
    let same_time = |edited: &Edited, path: &str| {
        let file = fs::File::options().append(true).open(edited.site.path(path)).expect("a file");
        file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(315_532_800))
            .expect("a time");
    };
    for name in ["a", "b"] {
        same_time(&edited, &format!("content/insights/{name}.md"));
    }
    edited.site.build();
    edited.site.build();
    edited.site.write("content/insights/a.md", page("Mango"));
    same_time(&edited, "content/insights/a.md");
    edited.site.build();
    assert!(edited.site.read("public/insights/a/index.html").contains("Mango"));
    let path = |name: &str| edited.site.path(&format!("content/insights/{name}.md"));
    fs::rename(path("a"), path("spare")).and_then(|()| fs::rename(path("b"), path("a"))).expect("a move");
    fs::rename(path("spare"), path("b")).expect("a move");
    edited.site.build();
    assert!(edited.site.read("public/insights/a/index.html").contains("Berry"));
}
