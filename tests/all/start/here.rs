//! `ringback doctor --here`.

use serde_json::Value;

use crate::support::{Site, TODAY};

/// What it found of each thing, by code, and the exit status. It has no environment but what is given.
fn doctor_here(site: &Site, arguments: &[&str], variables: &[(&str, &str)]) -> (i32, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_ringback"))
        .args(["doctor", "--here"])
        .args(arguments)
        .current_dir(site.path("."))
        .env_clear()
        .envs([("LC_ALL", "C.UTF-8"), ("PATH", "/usr/bin:/bin")])
        .envs(variables.iter().copied())
        .output()
        .expect("it runs");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (output.status.code().unwrap_or(-1), String::from_utf8(output.stdout).expect("UTF-8"))
}

fn level(said: &str, code: &str) -> String {
    let json: Value = serde_json::from_str(said).expect("JSON");
    let all = json["here"].as_array().expect("findings");
    let levels: Vec<&str> =
        all.iter().filter(|one| one["code"] == code).filter_map(|one| one["level"].as_str()).collect();
    levels.join(" ")
}

#[test]
fn a_computer_is_looked_at_and_left_as_it_was() {
    let site = Site::empty();
    assert_eq!(site.run(&["init", "vår sida", "--ci", "github", "--today", TODAY]).status, 0);
    let before = site.tree(".");
    let (status, said) = doctor_here(&site, &["--root", "vår sida"], &[]);
    assert_eq!(status, 0, "{said}");
    assert!(
        said.starts_with("fine version   ringback ") && said.ends_with("Nothing to fix on this computer.\n")
    );
    for code in ["folder", "cache", "git", "port", "proxy", "terminal", "names", "clock"] {
        assert!(said.lines().any(|line| line.contains(&format!(" {code} "))), "{code}: {said}");
    }
    assert_eq!(site.tree("."), before);
    let (status, said) = doctor_here(&site, &["--root", "vår sida", "--format", "json"], &[]);
    let json: Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!((status, &json["version"]), (0, &Value::from(1)));
    assert_eq!(level(&said, "folder"), "fine");
}

#[test]
fn what_is_in_the_way_is_told() {
    let site = Site::new().with("build.sh", "npm install ringback@0.0.1\n");
    let variables = [
        ("LC_ALL", "sv_SE.ISO-8859-1"),
        ("PATH", "/nowhere"),
        ("HTTPS_PROXY", "http://kim:hunter2@proxy.example.org:8080"),
    ];
    let (status, said) = doctor_here(&site, &["--format", "json"], &variables);
    assert_eq!(status, 0, "{said}");
    for code in ["git", "terminal", "proxy"] {
        assert_eq!(level(&said, code), "note", "{code}: {said}");
    }
    assert_eq!(level(&said, "version"), "fine note");
    assert!(said.contains("proxy.example.org") && !said.contains("hunter2"), "{said}");
    // Not a site, and not even a folder.
    assert_eq!(level(&doctor_here(&Site::empty(), &["--format", "json"], &[]).1, "folder"), "note");
    let (status, said) = doctor_here(&site, &["--root", "none"], &[]);
    assert_eq!(status, 1);
    assert!(said.contains("fix  folder") && said.ends_with("1 to fix on this computer.\n"), "{said}");
    assert!(!site.path("none").exists());
    let run = site.run(&["doctor", "--here", "--send"]);
    assert_eq!(run.status, 2, "webhooks are another question");
}
