//! What ringback says about each mistake, word for word: the folders of `tests/diagnostics/`.
//!
//! A folder is named after its code, `<code>` or `<code>--what`, and holds a small site and `expected.txt`: the command
//! on its first line, what it prints, its exit status. A site without `ringback.yaml` gets the smallest one, with a
//! webhook, and to all but those of editorial checks `checks: off` is added. After a
//! change of wording, `UPDATE_EXPECTED=1 cargo test --test all diagnostics` writes the texts anew: read them as the
//! person who has to act on them. What git or a folder can't hold is made by [`add_what_a_folder_cannot_hold`].

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rayon::prelude::*;
use ringback::diag::{Code, Severity};
use ringback::leads::gates::key::VARIABLE;
use ringback::leads::gates::lock;

use crate::support::receiver::{Asked, Receiver, Reply};
use crate::support::{self, Site};

const EXPECTED: &str = "expected.txt";

/// Codes without a folder, each with the reason.
const EXEMPT: &[(Code, &str)] =
    &[(Code::Internal, "a mistake in ringback itself; a content that makes one would be fixed, not kept")];

fn fixtures() -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let entries = fs::read_dir(folder).expect("the fixtures").map(|entry| entry.expect("a folder").path());
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    let mut all: Vec<_> = entries.map(|path| (name(&path), path)).collect();
    all.sort();
    all
}

/// The code that a fixture is about.
fn code_of(name: &str) -> &str {
    name.split("--").next().unwrap_or(name)
}

#[test]
fn every_message_is_as_expected() {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let wrong: Vec<String> =
        fixtures().par_iter().filter_map(|(name, folder)| difference(name, folder, update)).collect();
    assert!(wrong.is_empty(), "{}\n(UPDATE_EXPECTED=1 writes the new texts)", wrong.join("\n"));
}

/// Runs one fixture. What is wrong with it, if anything.
fn difference(name: &str, folder: &Path, update: bool) -> Option<String> {
    let expected_file = folder.join(EXPECTED);
    let expected = fs::read_to_string(&expected_file).unwrap_or_default();
    let command =
        expected.lines().next().and_then(|line| line.strip_prefix("$ ringback ")).unwrap_or("check");
    let site = Site::empty();
    let files = support::tree(folder);
    for (path, bytes) in files.iter().filter(|(path, _)| *path != EXPECTED) {
        site.write(path, bytes);
    }
    let is_editorial = Code::from_name(code_of(name)).is_some_and(Code::is_editorial);
    // A page that is about a mistake is no good page besides.
    let more = if is_editorial { support::ORGANIZATION } else { support::NO_ADVICE };
    let config = files.get("ringback.yaml").map(|text| String::from_utf8_lossy(text).into_owned());
    if let Some(config) = config {
        if !is_editorial && !config.contains("checks:") {
            site.write("ringback.yaml", config + support::NO_ADVICE);
        }
    } else if name != "no-content--no-site" {
        site.write("ringback.yaml", format!("{}{}{more}", support::CONFIG, support::WEBHOOK));
    }
    if let Err(why) = add_what_a_folder_cannot_hold(name, &site) {
        eprintln!("{name} is skipped: {why}");
        return None;
    }
    // A server of this run has a port of its own; the texts have none.
    let server = (code_of(name) == "external-link-moved").then(|| Receiver::start(moved));
    let port =
        server.as_ref().map(|server| server.url("").rsplit(':').next().unwrap_or_default().to_string());
    for (path, bytes) in files.iter().filter(|(path, _)| port.is_some() && path.ends_with(".md")) {
        let text = String::from_utf8_lossy(bytes).replace(NO_PORT, port.as_deref().unwrap_or_default());
        site.write(path, text);
    }
    let arguments: Vec<&str> = command.split(' ').chain(["--quiet"]).collect();
    let run = site.run_with(&arguments, variables(name));
    let found = format!("$ ringback {command}\n{}{}exit status {}\n", run.stdout, run.stderr, run.status);
    let found = port.map_or(found.clone(), |port| found.replace(&port, NO_PORT));
    if update {
        fs::write(expected_file, &found).expect("the text is written");
    } else if found != expected {
        return Some(format!("{name}: expected\n{expected}\n{name}: found\n{found}"));
    }
    let codes: BTreeSet<&str> = run.stderr.lines().filter_map(code_in).collect();
    (codes != BTreeSet::from([code_of(name)]))
        .then(|| format!("{name}: it reports {codes:?}, and should only report its own code"))
}

/// What stands for the port of a server in the texts of fixtures, as long as those that the system gives.
const NO_PORT: &str = "00000";

/// What has moved for good.
fn moved(asked: &Asked) -> Reply {
    let to = |path: &str| Reply::Http(308, vec![("Location", path.to_string())], String::new());
    match asked.path.as_str() {
        "/old" => to("/new"),
        "/gone/page" => to("/"),
        _ => Reply::Http(200, Vec::new(), String::new()),
    }
}

/// The environment of a fixture.
fn variables(name: &str) -> &'static [(&'static str, &'static str)] {
    if name == "weak-passphrase--guessed" {
        return &[(lock::VARIABLE, "Svarton2026!")];
    }
    match code_of(name) {
        "no-secret" => &[(VARIABLE, "")],
        "weak-secret" => &[(VARIABLE, "changeme")],
        "weak-passphrase" => &[(lock::VARIABLE, "hunter2")],
        _ => &[],
    }
}

/// The code in the title of a message: `error[bad-date]: …`.
fn code_in(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("error[").or_else(|| line.strip_prefix("warning["))?;
    rest.split_once(']').map(|(code, _)| code)
}

/// Completes the site of a fixture. An error says why this can't be done here.
fn add_what_a_folder_cannot_hold(name: &str, site: &Site) -> Result<(), String> {
    const PAGE: &str = "content/insights/empty-crm.md";
    match name {
        "not-utf8" => site.write(PAGE, b"---\ntitle: Det tomma CRM:et\n---\n\nS\xe4lj mer.\n"),
        "file-too-large" => {
            site.write(PAGE, "");
            // A hole of 2 GB takes no room on disk.
            let file = fs::File::options().write(true).open(site.path(PAGE)).expect("it is there");
            file.set_len(1 << 31).map_err(|error| format!("no sparse files: {error}"))?;
        }
        "oversized-media" => {
            const FILM: &str = "content/insights/answer.mp4";
            site.write(FILM, "");
            let file = fs::File::options().write(true).open(site.path(FILM)).expect("it is there");
            file.set_len(1 << 31).map_err(|error| format!("no sparse files: {error}"))?;
        }
        // As a file of this repository, it would keep everybody with Windows from checking it out.
        "windows-name" => {
            if cfg!(windows) {
                return Err("Windows has no such file".into());
            }
            let page = "---\ntitle: The second cable\ndescription: What a second cable is for.\ndate: 2026-01-05\n---\n\nWhat it is for. [Home](../_index.md)\n";
            site.write("content/insights/aux.md", page);
        }
        "yaml-limit" => {
            let mut bomb = String::from("---\ntitle: The empty CRM\nextra:\n  a0: &a0 [x]\n");
            for i in 1..40 {
                let uses = vec![format!("*a{}", i - 1); 10].join(", ");
                bomb.push_str(&format!("  a{i}: &a{i} [{uses}]\n"));
            }
            site.write(PAGE, bomb + "---\n");
        }
        "yaml-limit--nesting" => {
            site.write(PAGE, format!("---\ntitle: The empty CRM\ntags: {}\n---\n", "[".repeat(20_000)));
        }
        "link-out-of-site" => {
            site.write(PAGE, "---\ntitle: The empty CRM\n---\n");
            // What is behind the link must not be looked at: it could be a whole disk.
            let elsewhere = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics/unknown-key");
            symlink(&elsewhere, &site.path("content/insights/photos"))?;
        }
        "link-out-of-site--nowhere" => {
            symlink(Path::new("gone.jpg"), &site.path("content/insights/team.jpg"))?
        }
        "link-loop" => {
            site.write(PAGE, "---\ntitle: The empty CRM\n---\n");
            symlink(Path::new(".."), &site.path("content/insights/all"))?;
        }
        "unreadable-file" => {
            site.write(PAGE, "---\ntitle: The empty CRM\n---\n");
            forbid(&site.path(PAGE))?;
        }
        "link-out-of-site--configuration" => {
            fs::remove_file(site.path("ringback.yaml")).expect("it is there");
            symlink(Path::new("/etc/passwd"), &site.path("ringback.yaml"))?;
        }
        "link-out-of-site--folder" => {
            fs::create_dir(site.path("static")).expect("a folder");
            symlink(Path::new("../content"), &site.path("static/c"))?;
            symlink(Path::new(".."), &site.path("static/all"))?;
        }
        "link-out-of-site--text" => {
            symlink(Path::new("empty-crm.md"), &site.path("content/insights/plan.txt"))?;
        }
        _ => {}
    }
    Ok(())
}

#[cfg(unix)]
fn symlink(to: &Path, at: &Path) -> Result<(), String> {
    std::os::unix::fs::symlink(to, at).map_err(|error| error.to_string())
}

#[cfg(not(unix))]
fn symlink(_: &Path, _: &Path) -> Result<(), String> {
    Err("symbolic links need rights that few have here".into())
}

/// Takes away every right to read a file.
#[cfg(unix)]
fn forbid(file: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(file, fs::Permissions::from_mode(0o000)).expect("the file is ours");
    if fs::File::open(file).is_ok() { Err("this account (root?) may read everything".into()) } else { Ok(()) }
}

#[cfg(not(unix))]
fn forbid(_: &Path) -> Result<(), String> {
    Err("rights are another thing here".into())
}

#[test]
fn every_code_has_a_fixture() {
    let fixtures = fixtures();
    let covered: BTreeSet<&str> = fixtures.iter().map(|(name, _)| code_of(name)).collect();
    let is_exempt = |code: &Code| EXEMPT.iter().any(|(exempt, _)| exempt == code);
    let missing: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !is_exempt(code) && !covered.contains(code.name()))
        .map(|code| code.name())
        .collect();
    assert!(missing.is_empty(), "codes without a folder in tests/diagnostics/: {missing:?}");
    let unknown: Vec<_> = covered.iter().filter(|name| Code::from_name(name).is_none()).collect();
    assert!(unknown.is_empty(), "folders in tests/diagnostics/ that no code is named after: {unknown:?}");
}

#[test]
fn every_code_is_explained() {
    let site = Site::empty();
    let list = site.run(&["explain"]);
    assert_eq!(list.status, 0);
    Code::ALL.par_iter().for_each(|code| {
        assert!(!code.summary().is_empty(), "{code}");
        let run = site.run(&["explain", code.name()]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{code}");
        assert!(run.stdout.contains(code.summary()), "{code}: {}", run.stdout);
        assert!(list.stdout.contains(&format!("{code} ")), "{code} is listed");
    });
}

#[test]
fn an_unknown_code_is_the_callers_mistake() {
    let run = Site::empty().run(&["explain", "unknwon-form"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("Did you mean `unknown-form`?"), "{}", run.stderr);
}

#[test]
fn warnings_alone_let_a_build_pass_unless_they_are_denied() {
    let site = Site::new()
        .with("content/insights/a.md", "---\ntitle: A\n---\n\n![A desk](desk.png)\n")
        .with("content/insights/desk.png", "no picture");
    let warns = Code::UnreadableImage.name();
    assert_eq!(Code::UnreadableImage.severity(), Severity::Warning);
    let denied = site.run(&["build", "--deny-warnings"]);
    assert_eq!(denied.status, 1, "{}", denied.stderr);
    assert!(denied.stderr.contains(warns) && !site.path("public").exists());
    let built = site.build();
    assert!(built.stderr.contains(warns), "{}", built.stderr);
}

#[test]
fn every_problem_of_a_site_is_shown_in_one_run_in_the_order_of_its_files() {
    let site = Site::new()
        .with("content/insights/c.md", "---\ntitle: C\ndate: soon\n---\n\n[Away](gone.md)\n")
        .with("content/insights/a.md", "---\ntitle: A\nstage: never\nauthors: nobody\n---\n")
        .with("content/insights/b.md", "---\ntitle: B\n");
    let run = site.run(&["check", "--format", "short"]);
    let places: Vec<&str> = run.stderr.lines().filter_map(|line| line.split(": ").next()).collect();
    assert_eq!(run.status, 1);
    assert_eq!(
        places[..5],
        [
            "content/insights/a.md:3:8",
            "content/insights/a.md:4:10",
            "content/insights/b.md:1:1",
            "content/insights/c.md:3:7",
            "content/insights/c.md:6:8",
        ],
        "{}",
        run.stderr
    );
}

#[test]
fn at_most_fifty_problems_are_printed() {
    let site = Site::new();
    for i in 0..60 {
        site.write(&format!("content/insights/{i:02}.md"), "---\ntitle: T\ndate: soon\n---\n");
    }
    let run = site.run(&["check", "--format", "short"]);
    assert_eq!(run.stderr.matches("error[bad-date]").count(), 50);
    assert!(run.stderr.contains("… and 10 more\n") && run.stderr.contains("60 errors"), "{}", run.stderr);
}

#[test]
fn yaml_made_to_take_all_memory_is_refused_at_once() {
    for name in ["yaml-limit", "yaml-limit--nesting"] {
        let site = Site::new();
        add_what_a_folder_cannot_hold(name, &site).expect("only a file");
        let start = Instant::now();
        assert_eq!(site.run(&["check"]).status, 1);
        // The time of a whole debug run on a busy machine; a bomb that goes off takes minutes.
        assert!(start.elapsed() < Duration::from_secs(20), "{name}: {:?}", start.elapsed());
    }
}
