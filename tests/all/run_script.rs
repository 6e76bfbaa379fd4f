//! `tests/run`: what could not be checked is said, and doesn't look as if it had been.

use std::path::Path;
use std::process::Command;

use crate::support::Site;

/// Runs it with a `cargo` that does what it is told, and gives what it says.
#[cfg(unix)]
fn run(deny: &str) -> (bool, String) {
    run_with(deny, "echo v22.1.0", "echo \"ran npm $*\"", "")
}

/// Runs it with a `cargo`, a `node` and an `npm` that do what they are told.
#[cfg(unix)]
fn run_with(deny: &str, node: &str, npm: &str, ci: &str) -> (bool, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let site = Site::empty()
        .with("tests/run", std::fs::read_to_string(root.join("tests/run")).expect("it is there"))
        .with("bin/cargo", format!("#!/bin/sh\ncase \"$*\" in\n{deny}\nesac\necho \"ran $*\"\n"))
        .with("bin/browser", "#!/bin/sh\necho Browser 1.2.3\n")
        .with("bin/node", format!("#!/bin/sh\n{node}\n"))
        .with("bin/npm", format!("#!/bin/sh\n{npm}\n"))
        // It finds nothing to install.
        .with("bin/apt-get", "#!/bin/sh\nexit 1\n");
    for program in ["bin/cargo", "bin/browser", "bin/node", "bin/npm", "bin/apt-get", "tests/run"] {
        let status = Command::new("chmod").arg("+x").arg(site.path(program)).status().expect("chmod");
        assert!(status.success());
    }
    let output = Command::new("bash")
        .arg(site.path("tests/run"))
        .env_clear()
        .env("PATH", format!("{}:/usr/bin:/bin", site.path("bin").display()))
        .env("CHROMIUM", site.path("bin/browser"))
        .env("CHROMEDRIVER", site.path("bin/browser"))
        .env("CI", ci)
        .output()
        .expect("bash");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status.success(), text)
}

#[test]
#[cfg(unix)]
fn advisories_are_checked_or_said_not_to_be() {
    let (fine, said) = run("");
    assert!(fine && said.contains("ran deny --locked check advisories"), "{said}");
    for what in ["--lib", "--doc", "--test *"] {
        assert!(said.contains(&format!("ran test --locked {what}\n")), "{what}: {said}");
    }
    assert!(said.trim_end().ends_with("ran test --locked --test *"), "{said}");
    let (fine, said) = run("*\"fetch db\"*) exit 1;;");
    assert!(
        fine && !said.contains("check advisories\n==>")
            && !said.contains("ran deny --locked check advisories")
    );
    let last = said.trim_end().lines().last().unwrap_or_default();
    assert!(last.starts_with("==> NOT checked: cargo deny check advisories"), "{said}");
    let (fine, said) = run("\"deny\"*) exit 1;;");
    let last = said.trim_end().lines().last().unwrap_or_default();
    assert!(fine && last.starts_with("==> NOT checked: cargo deny check bans"), "{said}");
    // A hole that is known ends it.
    let (fine, said) = run("*\"check advisories\"*) exit 1;;");
    assert!(!fine && !said.contains("ran test"), "{said}");
}

#[test]
#[cfg(unix)]
fn the_browser_code_is_checked_or_said_not_to_be() {
    let (fine, said) = run("");
    assert!(fine && said.contains("ran npm ci --prefix tests/js"), "{said}");
    assert!(said.contains("ran npm run --prefix tests/js --silent check"), "{said}");
    // A mistake that it finds ends it.
    let (fine, said) = run_with("", "echo v22.1.0", "case \"$*\" in run*) exit 1;; esac", "");
    assert!(!fine && !said.contains("ran test"), "{said}");
    for (node, npm) in [("exit 127", "exit 127"), ("echo v16.0.0", "echo 8"), ("echo v22.1.0", "exit 1")] {
        let (fine, said) = run_with("", node, npm, "");
        let last = said.trim_end().lines().last().unwrap_or_default();
        assert!(fine && last.starts_with("==> NOT checked: types and style of the browser code"), "{said}");
        // Where nobody looks, it has to be there.
        let (fine, said) = run_with("", node, npm, "true");
        assert!(!fine && !said.contains("ran test"), "{said}");
    }
    // Without a network there are no checkers, and that is said, in CI as well: the registry of npm may be down.
    let offline = "case \"$*\" in ci*) exit 1;; esac";
    for ci in ["", "true"] {
        let (fine, said) = run_with("", "echo v22.1.0", offline, ci);
        assert!(
            fine && said.contains("NOT checked: types and style of the browser code (the checkers"),
            "{said}"
        );
    }
}
