//! The files for CI: they are what they should be, and the commands in them work.

use std::process::Command;

use ringback::yaml::{self, Node, Value};

use crate::support::{SECRET, Site};

fn started(host: &str) -> Site {
    let site = Site::empty();
    let run = site.run(&["init", ".", "--ci", host]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    site
}

/// The value at a path of keys.
fn at<'n>(node: &'n Node, path: &[&str]) -> &'n Node {
    path.iter().fold(node, |node, key| {
        let Value::Map(entries) = &node.value else { panic!("no map at {key}") };
        let found = entries.iter().find(|(name, _)| name.value == *key);
        &found.unwrap_or_else(|| panic!("no {key} of {path:?}")).1
    })
}

fn text(node: &Node) -> &str {
    let Value::Scalar { text, .. } = &node.value else { panic!("no text: {node:?}") };
    text
}

fn parsed(site: &Site, path: &str) -> Node {
    yaml::parse(&site.read(path), 0, path).unwrap_or_else(|problem| panic!("{path}: {problem:?}"))
}

/// The `ringback` commands of a file, with their variables filled in.
fn commands(text: &str) -> Vec<Vec<String>> {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
    let commands = lines.filter_map(|line| {
        line.split_once("ringback ").filter(|(before, _)| {
            before.trim().is_empty() || before.ends_with("run: ") || before.trim() == "-"
        })
    });
    let filled = commands.map(|(_, arguments)| {
        let arguments = arguments
            .replace("\"${{ steps.pages.outputs.base_url }}\"", "https://fjord.github.io/site")
            .replace("\"$CI_PAGES_URL\"", "https://fjord.gitlab.io/site");
        arguments.split_whitespace().map(String::from).collect()
    });
    filled.collect()
}

fn assert_they_work(site: &Site, text: &str) {
    let commands = commands(text);
    assert_eq!(commands.len(), 2, "{commands:?}");
    for command in &commands {
        let run = site.run(&command.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(run.status, 0, "{command:?}: {}{}", run.stdout, run.stderr);
    }
    // The folder that is published is the public edition, under the address that the host gives.
    let home = site.read("public/index.html");
    assert!(home.contains("href=\"/site/assets/"), "the address of the host");
    assert!(!site.path("team").exists(), "the team's edition must stay inside");
}

#[test]
fn github_checks_changes_and_publishes() {
    let site = started("github");
    let path = ".github/workflows/site.yaml";
    let workflow = parsed(&site, path);
    for event in ["pull_request", "push", "schedule"] {
        at(&workflow, &["on", event]);
    }
    assert_eq!(text(at(&workflow, &["permissions", "pages"])), "write");
    assert_eq!(text(at(&workflow, &["permissions", "id-token"])), "write");
    assert_eq!(text(at(&workflow, &["jobs", "publish", "needs"])), "build");
    let Value::List(steps) = &at(&workflow, &["jobs", "build", "steps"]).value else { panic!("steps") };
    let upload =
        steps.iter().find(|step| format!("{step:?}").contains("upload-pages-artifact")).expect("an upload");
    assert_eq!(text(at(upload, &["with", "path"])), "public");
    assert_they_work(&site, &site.read(path));
    assert!(site.read(path).contains("ringback check --format github"));
}

#[test]
fn gitlab_checks_changes_and_publishes() {
    let site = started("gitlab");
    let config = parsed(&site, ".gitlab-ci.yml");
    let Value::List(paths) = &at(&config, &["pages", "artifacts", "paths"]).value else { panic!("paths") };
    assert_eq!(text(&paths[0]), "public");
    at(&config, &["check", "script"]);
    assert_they_work(&site, &site.read(".gitlab-ci.yml"));
}

#[test]
fn netlify_runs_the_script_and_publishes_the_folder() {
    let site = started("netlify");
    let toml = site.read("netlify.toml");
    let lines: Vec<&str> = toml.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert_eq!(lines, ["[build]", "command = \"bash build.sh\"", "publish = \"public\""]);
}

/// Runs `build.sh` with a `ringback` of ours on the path that says what it was asked.
fn run_script(site: &Site, variables: &[(&str, &str)]) -> (bool, String) {
    let asked = site.path("bin/ringback");
    site.write("bin/ringback", "#!/bin/sh\necho \"$@\"\n");
    let mode = Command::new("chmod").arg("+x").arg(&asked).status().expect("chmod");
    assert!(mode.success());
    let path = format!("{}:/usr/bin:/bin", site.path("bin").display());
    let output = Command::new("bash")
        .arg("build.sh")
        .current_dir(site.path("."))
        .env_clear()
        .env("PATH", path)
        .env("HOME", site.path("home"))
        .env("RINGBACK_SECRET", SECRET)
        .envs(variables.iter().copied())
        .output()
        .expect("bash");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.success(), text(output.stdout) + &text(output.stderr))
}

#[test]
#[cfg(unix)]
fn the_script_builds_for_the_right_address() {
    const BUILD: &str = "build --edition public --out public --format short";
    for host in ["netlify", "cloudflare"] {
        let site = started(host);
        let asked = |variables: &[(&str, &str)]| {
            let (worked, said) = run_script(&site, variables);
            assert!(worked, "{said}");
            said.trim().to_string()
        };
        assert_eq!(asked(&[]), BUILD);
        let preview = [("CONTEXT", "deploy-preview"), ("DEPLOY_PRIME_URL", "https://a--b.netlify.app")];
        assert_eq!(asked(&preview), format!("{BUILD} --base-url https://a--b.netlify.app"));
        assert_eq!(asked(&[("CONTEXT", "production"), ("DEPLOY_PRIME_URL", "https://x.netlify.app")]), BUILD);
        let branch = [("CF_PAGES_BRANCH", "idea"), ("CF_PAGES_URL", "https://1.site.pages.dev")];
        assert_eq!(asked(&branch), format!("{BUILD} --base-url https://1.site.pages.dev"));
        assert_eq!(
            asked(&[("CF_PAGES_BRANCH", "main"), ("CF_PAGES_URL", "https://2.site.pages.dev")]),
            BUILD
        );
    }
    // What it asks of ringback is there.
    let site = started("cloudflare");
    let run = site.run(&BUILD.split(' ').collect::<Vec<_>>());
    assert_eq!(run.status, 0, "{}", run.stderr);
}

#[test]
fn what_is_left_to_do_by_hand_is_said() {
    for host in ["github", "gitlab", "netlify", "cloudflare"] {
        let run = Site::empty().run(&["init", "x", "--ci", host]);
        assert!(run.stdout.contains("ringback's source"), "{}", run.stdout);
    }
}
