//! `tests/run`: what could not be checked is said, and doesn't look as if it had been.

use std::path::Path;
use std::process::Command;

use crate::support::Site;

/// Runs it with a `cargo` that does what it is told, and gives what it says.
#[cfg(unix)]
fn run(deny: &str) -> (bool, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let site = Site::empty()
        .with("tests/run", std::fs::read_to_string(root.join("tests/run")).expect("it is there"))
        .with("bin/cargo", format!("#!/bin/sh\ncase \"$*\" in\n{deny}\nesac\necho \"ran $*\"\n"))
        .with("bin/browser", "#!/bin/sh\necho Browser 1.2.3\n");
    for program in ["bin/cargo", "bin/browser", "tests/run"] {
        let status = Command::new("chmod").arg("+x").arg(site.path(program)).status().expect("chmod");
        assert!(status.success());
    }
    let output = Command::new("bash")
        .arg(site.path("tests/run"))
        .env_clear()
        .env("PATH", format!("{}:/usr/bin:/bin", site.path("bin").display()))
        .env("CHROMIUM", site.path("bin/browser"))
        .env("CHROMEDRIVER", site.path("bin/browser"))
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
    assert!(said.trim_end().ends_with("ran test --locked"), "{said}");
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
