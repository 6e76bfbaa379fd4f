//! What a build does to the output folder: all of it or nothing, only what differs, and never to somebody else's file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::support::{CONFIG, NO_ADVICE, Run, Site, png};

const TWO_EDITIONS: &str = "title: Test\nbase_url: https://example.org/\neditions:\n  \
                            public: {output: public, audiences: [public]}\n  \
                            team: {output: team, audiences: [public, team]}\n";

/// A page whose text no list shows.
fn page(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\ndescription: About it.\n---\n{text}\n")
}

fn site() -> Site {
    Site::new()
        .with("content/insights/a.md", page("Apple", "![p](p.png)"))
        .with("content/insights/p.png", png(2, 3))
        .with("content/insights/deep/b.md", page("Berry", "Text."))
}

/// Every path below a folder; files with their bytes and time of change.
type Snapshot = BTreeMap<String, Option<(Vec<u8>, SystemTime)>>;

fn snapshot(folder: &Path) -> Snapshot {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("readable"));
    entries
        .map(|entry| {
            let file = entry.file_type().is_file().then(|| {
                let time = entry.metadata().expect("metadata").modified().expect("a time");
                (fs::read(entry.path()).expect("readable"), time)
            });
            (entry.path().strip_prefix(folder).expect("below").to_string_lossy().into_owned(), file)
        })
        .collect()
}

/// Makes the output look old, so that whatever is written anew is seen by its time.
fn age(folder: &Path) {
    for entry in walkdir::WalkDir::new(folder).contents_first(true).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let file = fs::File::options().append(true).open(entry.path()).expect("a file");
            file.set_modified(SystemTime::now() - Duration::from_secs(3600)).expect("a time");
        }
    }
}

/// The files that were written since [`age`].
fn written(folder: &Path) -> Vec<String> {
    let soon = SystemTime::now() - Duration::from_secs(1800);
    let fresh =
        snapshot(folder).into_iter().filter(|(_, file)| file.as_ref().is_some_and(|(_, time)| *time > soon));
    fresh.map(|(path, _)| path).filter(|path| path != ".ringback-manifest").collect()
}

fn assert_untouched(before: &Snapshot, after: &Snapshot, what: &str) {
    let paths = before.keys().chain(after.keys());
    let touched: Vec<&String> = paths.filter(|path| before.get(*path) != after.get(*path)).collect();
    assert!(touched.is_empty(), "{what}: {touched:?}");
}

fn expect(run: &Run, status: i32, says: &str) {
    assert_eq!(run.status, status, "{}{}", run.stdout, run.stderr);
    let said = format!("{}{}", run.stdout, run.stderr);
    assert!(said.contains(says), "{says:?} is missing in:\n{said}");
}

/// Nothing but the output and what was there before: no staging, no half a file.
fn assert_no_traces(site: &Site) {
    let traces: Vec<String> = snapshot(&site.path(""))
        .into_keys()
        .filter(|path| path.contains("staging") || path.ends_with(".new"))
        .collect();
    assert!(traces.is_empty(), "{traces:?}");
}

#[test]
fn a_failed_build_leaves_the_output_as_it_was() {
    let site = site().with("ringback.yaml", TWO_EDITIONS);
    site.build();
    let before = [snapshot(&site.path("public")), snapshot(&site.path("team"))];
    let fails = |path: &str, text: &str, says: &str| {
        let old = fs::read(site.path(path)).ok();
        site.write(path, text);
        // Something else has changed, too, and must not get out.
        site.write("content/insights/deep/b.md", page("Blackberry", "Other text."));
        expect(&site.run(&["build"]), 1, says);
        for (before, folder) in before.iter().zip(["public", "team"]) {
            assert_untouched(before, &snapshot(&site.path(folder)), says);
        }
        assert_no_traces(&site);
        match old {
            Some(old) => site.write(path, old),
            None => site.remove(path),
        }
    };
    fails("content/insights/a.md", "---\ntitel: A\n---\n", "unknown-key");
    fails("content/insights/a.md", "---\ntitle: A\n---\n[x](none.md)\n", "broken-link");
    fails("ringback.yaml", "title: Test\n", "missing-key");
    fails("themes/ringback/templates/insight.html", "{% if %}", "template-syntax");
    fails("themes/ringback/templates/insight.html", "{{ page.title.none.at.all }}", "template-failed");
    // Only the edition for the team has this page, and only its script fails; the public one comes first.
    fails("content/scripts/s.md", "---\ntitle: S\n---\n[x](none.md)\n", "broken-link");
    site.write("content/scripts/s.md", page("S", "Text."));
    fails("themes/ringback/templates/script.html", "{{ page.none.at.all }}", "template-failed");
    site.remove("content/scripts/s.md");
    site.build();
    assert!(site.read("public/insights/deep/b/index.html").contains("Blackberry"));
}

#[test]
fn a_failed_first_build_writes_nothing() {
    let site = Site::new().with("content/insights/a.md", "---\ntitel: A\n---\n");
    expect(&site.run(&["build"]), 1, "nothing was written");
    assert!(!site.path("public").exists());
    assert_no_traces(&site);
    expect(&site.run(&["check"]), 1, "unknown-key");
    site.write("content/insights/a.md", page("A", "Text."));
    site.write("ringback.yaml", format!("{CONFIG}{NO_ADVICE}"));
    expect(&site.run(&["check"]), 0, "Nothing to fix.");
    assert!(!site.path("public").exists(), "`check` writes nothing");
}

#[test]
fn nothing_changed_means_nothing_written() {
    let site = site();
    expect(&site.build(), 0, " written, 0 removed)");
    let before = snapshot(&site.path("public"));
    for _ in 0..2 {
        expect(&site.build(), 0, "(0 written, 0 removed)");
        assert_untouched(&before, &snapshot(&site.path("public")), "public");
    }
    // Also without the memory of the last build, and from sources with other times.
    fs::remove_dir_all(site.path(".ringback")).expect("the cache is there");
    site.write("content/insights/a.md", site.read("content/insights/a.md"));
    expect(&site.build(), 0, "(0 written, 0 removed)");
    assert_untouched(&before, &snapshot(&site.path("public")), "public");
    assert_no_traces(&site);
}

#[test]
fn only_what_differs_is_written() {
    let site = site();
    site.build();
    age(&site.path("public"));
    site.write("content/insights/deep/b.md", page("Berry", "Other text, of the page alone."));
    // The page, the search index under its new name, and the file that names it.
    expect(&site.build(), 0, "(3 written, 1 removed)");
    let written_now = written(&site.path("public"));
    assert_eq!(written_now[1..], ["insights/deep/b/index.html", "search/index.json"]);
    assert!(written_now[0].starts_with("assets/search/"), "{written_now:?}");

    age(&site.path("public"));
    site.write("content/insights/p.png", png(4, 3));
    expect(&site.build(), 0, "(2 written, 0 removed)");
    assert_eq!(written(&site.path("public")), ["insights/a/index.html", "insights/p.png"]);
}

#[test]
fn what_is_gone_is_removed_with_its_folders() {
    let site = site()
        .with("content/insights/in/index.md", page("In a folder", "![p](sub/p.png)"))
        .with("content/insights/in/sub/p.png", png(2, 3));
    site.build();
    assert!(site.path("public/insights/in/sub/p.png").exists());
    fs::remove_dir_all(site.path("content/insights/in")).expect("removed");
    // The page, its picture, its card, and the search index that knew them.
    expect(&site.build(), 0, "4 removed)");
    assert!(!site.path("public/insights/in").exists());
    fs::remove_dir_all(site.path("content/insights/deep")).expect("removed");
    site.build();
    assert!(!site.path("public/insights/deep").exists());
    assert!(site.path("public/insights/a/index.html").exists());
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    let site = site().with("static/x", "a file");
    site.build();
    site.remove("static/x");
    site.write("static/x/y", "in a folder");
    site.build();
    assert_eq!(site.read("public/x/y"), "in a folder");
    fs::remove_dir_all(site.path("static/x")).expect("removed");
    site.write("static/x", "a file again");
    site.build();
    assert_eq!(site.read("public/x"), "a file again");
    let fresh = site.run(&["build", "--out", "fresh"]);
    assert_eq!(fresh.status, 0);
    assert_eq!(site.tree("public"), site.tree("fresh"));
}

#[test]
fn a_change_of_capitals_is_a_change() {
    let site = site().with("static/Notes.txt", "Notes");
    site.build();
    fs::rename(site.path("static/Notes.txt"), site.path("static/notes.txt")).expect("renamed");
    site.build();
    let names: Vec<String> =
        site.tree("public").into_keys().filter(|name| name.eq_ignore_ascii_case("notes.txt")).collect();
    assert_eq!(names, ["notes.txt"]);
}

#[test]
fn somebody_elses_folder_is_refused() {
    let site = site().with("public/thesis.txt", "Years of work.");
    let before = snapshot(&site.path("public"));
    expect(&site.run(&["build"]), 2, "error[output-not-ours]: the output folder");
    assert_untouched(&before, &snapshot(&site.path("public")), "public");
    assert_no_traces(&site);
    // One that cannot be left is no folder to choose: the other edition must not be half of a site either.
    site.write("ringback.yaml", TWO_EDITIONS);
    expect(&site.run(&["build"]), 2, "output-not-ours");
    assert!(!site.path("team").exists());
    // A file is no folder.
    let site = self::site().with("public", "A file.");
    assert_eq!(site.run(&["build"]).status, 2);
    assert_eq!(site.read("public"), "A file.");
}

#[test]
fn the_second_of_two_folders_can_be_refused_too() {
    let site = site().with("ringback.yaml", TWO_EDITIONS).with("team/thesis.txt", "Years of work.");
    expect(&site.run(&["build"]), 2, "output-not-ours");
    assert!(!site.path("public").exists(), "one edition of two was written");
    assert_no_traces(&site);
}

#[test]
fn a_repository_without_files_is_an_empty_folder() {
    let site = site().with("public/.git/HEAD", "ref: refs/heads/gh-pages\n");
    site.build();
    site.build();
    assert_eq!(site.read("public/.git/HEAD"), "ref: refs/heads/gh-pages\n");
    assert!(site.path("public/index.html").exists());
}

#[test]
fn an_empty_folder_is_used() {
    let site = site();
    fs::create_dir(site.path("public")).expect("made");
    site.build();
    assert!(site.path("public/index.html").exists());
}

#[test]
fn somebody_elses_file_in_our_folder_stays() {
    let site = site();
    site.build();
    site.write("public/CNAME", "www.example.org");
    site.write("public/insights/deep/notes.txt", "Mine.");
    fs::remove_dir_all(site.path("content/insights/deep")).expect("removed");
    site.build();
    assert_eq!(site.read("public/CNAME"), "www.example.org");
    assert_eq!(site.read("public/insights/deep/notes.txt"), "Mine.");
    assert!(!site.path("public/insights/deep/index.html").exists());
    expect(&site.build(), 0, "(0 written, 0 removed)");
}

#[test]
fn somebody_elses_file_in_the_way_is_refused() {
    let site = site();
    site.build();
    for place in ["public/insights/new/index.html", "public/insights/new"] {
        site.write(place, "Mine.");
        site.write("content/insights/new.md", page("New", "Text."));
        let before = snapshot(&site.path("public"));
        let run = site.run(&["build"]);
        expect(&run, 2, "is in the way, but ringback did not write it");
        assert_untouched(&before, &snapshot(&site.path("public")), place);
        assert_no_traces(&site);
        site.remove(place);
        let _ = fs::remove_dir(site.path("public/insights/new"));
    }
    // An own folder where a file is planned.
    site.remove("content/insights/new.md");
    site.write("public/x/mine.txt", "Mine.");
    site.write("static/x", "A file.");
    let before = snapshot(&site.path("public"));
    expect(&site.run(&["build"]), 2, "is in the way, but ringback did not write it");
    assert_untouched(&before, &snapshot(&site.path("public")), "public");
}

#[test]
fn a_spoilt_output_is_fixed() {
    let site = site();
    site.build();
    let good = site.tree("public");
    site.write("public/insights/a/index.html", "Somebody was here.");
    expect(&site.build(), 0, "(1 written, 0 removed)");
    assert_eq!(good, site.tree("public"));
    site.remove("public/insights/deep/b/index.html");
    fs::remove_dir(site.path("public/insights/deep/b")).expect("empty");
    expect(&site.build(), 0, "(1 written, 0 removed)");
    assert_eq!(good, site.tree("public"));
    // Of the same length.
    let text = site.read("public/insights/a/index.html");
    site.write("public/insights/a/index.html", text.replace("Apple", "Grape"));
    expect(&site.build(), 0, "(1 written, 0 removed)");
    assert_eq!(good, site.tree("public"));
}

#[test]
fn without_the_memory_of_the_last_build_files_are_compared() {
    let site = site();
    site.build();
    let good = site.tree("public");
    fs::remove_dir_all(site.path(".ringback")).expect("the cache is there");
    site.write("public/index.html", "Somebody was here.");
    expect(&site.build(), 0, "(1 written, 0 removed)");
    assert_eq!(good, site.tree("public"));
    // Nor does a broken one do harm.
    for path in site.tree(".ringback").into_keys() {
        // A card in the output is the same file under another name.
        fs::remove_file(site.path(&format!(".ringback/{path}"))).expect("the file is there");
        site.write(&format!(".ringback/{path}"), "{");
    }
    expect(&site.build(), 0, "(0 written, 0 removed)");
    assert_eq!(good, site.tree("public"));
}

#[test]
fn a_manifest_cannot_lead_out_of_the_folder() {
    let site = site().with("precious.txt", "Mine.");
    site.build();
    let outside = site.path("precious.txt");
    let hash = "0".repeat(64);
    let manifest = site.read("public/.ringback-manifest");
    let lines =
        format!("{hash} ../precious.txt\n{hash} {}\n{hash} insights/../../precious.txt\n", outside.display());
    site.write("public/.ringback-manifest", format!("{manifest}{lines}not a line\n"));
    site.build();
    assert_eq!(site.read("precious.txt"), "Mine.");
}

#[test]
fn what_an_interrupted_build_left_is_cleaned_up() {
    let site = site();
    site.write("public.ringback-staging/half.html", "<");
    site.build();
    assert_no_traces(&site);
    let good = site.tree("public");
    site.write("public/.ringback-staging/0", "<");
    site.write("content/insights/a.md", page("Apricot", "Text."));
    site.build();
    assert_no_traces(&site);
    site.write("content/insights/a.md", page("Apple", "![p](p.png)"));
    site.build();
    assert_eq!(good, site.tree("public"));
    // The first build into a folder that was empty.
    let site =
        self::site().with("public/.ringback-staging/0", "<").with("public/.ringback-manifest.new", "#");
    site.build();
    assert_no_traces(&site);
    assert_eq!(good, site.tree("public"));
}

/// The manifest lists old and new files while a commit is under way. So the next build finishes what was begun.
#[test]
fn a_build_after_an_interrupted_commit_finishes_it() {
    let site = site();
    site.build();
    let old = site.tree("public");
    fs::remove_dir_all(site.path("content/insights/deep")).expect("removed");
    site.write("content/insights/new.md", page("New", "Text."));
    site.build();
    let new = site.tree("public");
    // As if it had stopped after the first step: all lines of both, some files of each.
    let manifest = |files: &BTreeMap<String, Vec<u8>>| {
        String::from_utf8(files[".ringback-manifest"].clone()).expect("text")
    };
    site.write("public/insights/deep/b/index.html", &old["insights/deep/b/index.html"]);
    site.write("public/insights/index.html", &old["insights/index.html"]);
    site.remove("public/insights/new/index.html");
    site.write("public/.ringback-manifest", manifest(&old) + &manifest(&new));
    site.build();
    assert_eq!(new, site.tree("public"));
}

#[test]
fn out_takes_one_edition_or_several() {
    let site = site();
    expect(&site.run(&["build", "--out", "www"]), 0, " in www (");
    assert!(site.path("www/index.html").exists() && !site.path("public").exists());

    site.write("ringback.yaml", TWO_EDITIONS);
    expect(&site.run(&["build", "--out", "both"]), 0, "");
    assert!(site.path("both/public/index.html").exists() && site.path("both/team/index.html").exists());
    expect(&site.run(&["build", "--out", "one", "--edition", "team"]), 0, "team: ");
    assert!(site.path("one/index.html").exists() && !site.path("one/team").exists());
    expect(&site.run(&["build", "--edition", "taem"]), 1, "did you mean `team`?");

    let away = Site::empty();
    let root = site.path("");
    expect(
        &away.run(&["build", "--root", &root.to_string_lossy(), "--edition", "public", "--out", "here/too"]),
        0,
        "",
    );
    assert!(away.path("here/too/index.html").exists());
    expect(&away.run(&["build", "--root", &root.to_string_lossy()]), 0, "");
    assert!(site.path("public/index.html").exists() && !away.path("public").exists());
}

#[test]
fn editions_do_not_mix() {
    let site =
        site().with("ringback.yaml", TWO_EDITIONS).with("content/scripts/s.md", page("Script", "Text."));
    site.build();
    assert!(site.path("team/scripts/s/index.html").exists() && !site.path("public/scripts").exists());
    site.write("content/scripts/s.md", "---\ntitle: Script\naudience: public\n---\nText.\n");
    site.build();
    assert!(site.path("public/scripts/s/index.html").exists());
    site.write("content/scripts/s.md", page("Script", "Text."));
    site.build();
    assert!(!site.path("public/scripts").exists());
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn the_output_folder_may_be_a_link() {
        let site = site();
        fs::create_dir(site.path("disk")).expect("made");
        symlink(site.path("disk"), site.path("public")).expect("linked");
        site.build();
        assert!(site.path("disk/index.html").exists(), "written through the link");
        assert!(site.path("public").is_symlink(), "the link is still one");
        site.write("content/insights/a.md", page("Apricot", "Text."));
        site.build();
        assert!(site.read("disk/insights/a/index.html").contains("Apricot"));
        assert!(site.path("public").is_symlink());
        assert_no_traces(&site);
    }

    #[test]
    fn a_link_in_the_output_is_not_written_through() {
        let site = site().with("precious.txt", "Mine.");
        site.build();
        site.remove("public/insights/a/index.html");
        symlink(site.path("precious.txt"), site.path("public/insights/a/index.html")).expect("linked");
        site.write("content/insights/a.md", page("Apricot", "Text."));
        site.build();
        assert_eq!(site.read("precious.txt"), "Mine.");
        assert!(!site.path("public/insights/a/index.html").is_symlink());
        assert!(site.read("public/insights/a/index.html").contains("Apricot"));
    }

    #[test]
    fn a_linked_folder_in_the_output_is_not_written_through() {
        let site = site().with("precious/index.html", "Mine.");
        site.build();
        fs::remove_dir_all(site.path("public/insights/a")).expect("removed");
        symlink(site.path("precious"), site.path("public/insights/a")).expect("linked");
        site.write("content/insights/a.md", page("Apricot", "Text."));
        let run = site.run(&["build"]);
        assert_eq!(site.read("precious/index.html"), "Mine.", "{}{}", run.stdout, run.stderr);
        site.remove("content/insights/a.md");
        let run = site.run(&["build"]);
        assert_eq!(site.read("precious/index.html"), "Mine.", "{}{}", run.stdout, run.stderr);
    }

    #[test]
    fn a_folder_that_may_not_be_written_is_an_error_of_the_tool() {
        let site = site();
        fs::create_dir(site.path("locked")).expect("made");
        fs::set_permissions(site.path("locked"), fs::Permissions::from_mode(0o555)).expect("locked");
        // Root may write everywhere.
        if fs::write(site.path("locked/probe"), "").is_ok() {
            return;
        }
        expect(&site.run(&["build", "--out", "locked/out"]), 2, "nothing was published");
    }

    /// A folder below a file can't be made, not even by root.
    #[test]
    fn a_disk_that_refuses_is_an_error_of_the_tool() {
        let site = site().with("file", "");
        let run = site.run(&["build", "--out", "file/out"]);
        expect(&run, 2, "nothing was published");
        assert!(run.stderr.starts_with("error: "), "{}", run.stderr);
        assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    }
}
