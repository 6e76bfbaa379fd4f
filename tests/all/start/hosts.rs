//! The files for CI: they are what they should be, and the commands in them work.

use std::process::Command;

use ringback::yaml::{self, Node, Value};

use crate::support::{CONFIG, FORM, SECRET, Site, TODAY};

fn started(host: &str) -> Site {
    started_with(host, &[])
}

/// The same with files that compile ringback.
fn compiling(host: &str) -> Site {
    started_with(host, &["--compile"])
}

fn started_with(host: &str, arguments: &[&str]) -> Site {
    let site = Site::empty();
    let run = site.run(&[&["init", ".", "--ci", host], arguments].concat());
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
            .replace("\"$BASE_URL\"", "https://fjord.github.io/site")
            .replace("\"$CI_PAGES_URL\"", "https://fjord.gitlab.io/site");
        arguments.split_whitespace().map(String::from).collect()
    });
    filled.collect()
}

fn assert_they_work(site: &Site, text: &str) {
    let commands = commands(text);
    assert_eq!(commands.len(), 2, "{commands:?}");
    super::init::fill_in(site);
    for command in &commands {
        let run = site.run(&command.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(run.status, 0, "{command:?}: {}{}", run.stdout, run.stderr);
    }
    // The folder that is published is the public edition, under the address that the host gives.
    let home = site.read("public/index.html");
    assert!(home.contains("href=\"/site/assets/"), "the address of the host");
    assert!(!site.path("team").exists(), "the team's edition must stay inside");
}

/// The values of a list.
fn items(node: &Node) -> &[Node] {
    let Value::List(items) = &node.value else { panic!("no list: {node:?}") };
    items
}

/// The keys of a map with their values.
fn entries(node: &Node) -> Vec<(&str, &Node)> {
    let Value::Map(entries) = &node.value else { panic!("no map: {node:?}") };
    entries.iter().map(|(key, value)| (key.value.as_str(), value)).collect()
}

/// The value of a key, where it is there.
fn maybe<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    entries(node).into_iter().find(|(name, _)| *name == key).map(|(_, value)| value)
}

#[test]
fn github_checks_changes_and_publishes() {
    let site = started("github");
    let path = ".github/workflows/site.yaml";
    let workflow = parsed(&site, path);
    let mut events: Vec<&str> = entries(at(&workflow, &["on"])).into_iter().map(|(name, _)| name).collect();
    events.sort_unstable();
    assert_eq!(events, ["pull_request", "push", "schedule", "workflow_dispatch"]);
    assert_eq!(text(at(&workflow, &["jobs", "publish", "needs"])), "build");
    let steps = items(at(&workflow, &["jobs", "build", "steps"]));
    let upload =
        steps.iter().find(|step| format!("{step:?}").contains("upload-pages-artifact")).expect("an upload");
    assert_eq!(text(at(upload, &["with", "path"])), "public");
    assert_they_work(&site, &site.read(path));
}

/// Rights by job, secrets by step, neither for pull requests.
#[test]
fn github_gives_each_job_what_it_needs() {
    for site in [started("github"), compiling("github")] {
        assert_each_job_has_what_it_needs(&site);
    }
}

fn assert_each_job_has_what_it_needs(site: &Site) {
    let written = site.read(".github/workflows/site.yaml");
    let workflow = parsed(site, ".github/workflows/site.yaml");
    assert!(entries(at(&workflow, &["permissions"])).is_empty(), "no right for all jobs");
    assert!(maybe(&workflow, "env").is_none(), "no variable for all jobs");
    let rights = |job: &str| -> Vec<(String, String)> {
        let rights = entries(at(&workflow, &["jobs", job, "permissions"]));
        rights.into_iter().map(|(right, level)| (right.to_string(), text(level).to_string())).collect()
    };
    let said = |all: &[(&str, &str)]| -> Vec<(String, String)> {
        all.iter().map(|(right, level)| ((*right).to_string(), (*level).to_string())).collect()
    };
    assert_eq!(rights("check"), said(&[("contents", "read")]));
    assert_eq!(rights("build"), said(&[("contents", "read"), ("pages", "read")]));
    assert_eq!(rights("publish"), said(&[("pages", "write"), ("id-token", "write")]));
    let mut with_secrets = Vec::new();
    for (job, node) in entries(at(&workflow, &["jobs"])) {
        assert!(maybe(node, "env").is_none(), "{job}");
        for step in items(at(node, &["steps"])) {
            let shown = format!("{step:?}");
            let run = maybe(step, "run").map_or("", text);
            // What comes from elsewhere reaches a shell as a variable, never as a part of the command.
            assert!(!run.contains("${{"), "{run}");
            if shown.contains("secrets.") {
                with_secrets.push((job, run.split(" --").next().unwrap_or(run)));
            }
            let Some(uses) = maybe(step, "uses").map(text) else { continue };
            assert!(uses.starts_with("actions/"), "{uses}");
            let version = uses.rsplit_once("@v").expect("a version").1;
            assert!(version.parse::<u32>().is_ok(), "a major version, as the docs say: {uses}");
            if uses.starts_with("actions/checkout@") {
                assert_eq!(text(at(step, &["with", "persist-credentials"])), "false");
            }
        }
    }
    assert_eq!(with_secrets, [("build", "ringback build")]);
    assert_eq!(text(at(&workflow, &["jobs", "check", "if"])), "github.event_name == 'pull_request'");
    let condition = text(at(&workflow, &["jobs", "build", "if"]));
    assert!(condition.contains("!= 'pull_request'") && condition.contains("refs/heads/main"));
    let no_comments = written.lines().filter(|line| !line.trim_start().starts_with('#'));
    assert!(!no_comments.collect::<String>().contains("pull_request_target"));
}

#[test]
fn gitlab_checks_changes_and_publishes() {
    let site = started("gitlab");
    let config = parsed(&site, ".gitlab-ci.yml");
    assert_eq!(text(&items(at(&config, &["pages", "artifacts", "paths"]))[0]), "public");
    at(&config, &["check", "script"]);
    assert_they_work(&site, &site.read(".gitlab-ci.yml"));
}

/// The job that compiles has no secrets, and one job alone has an environment to give them to.
#[test]
fn gitlab_gives_secrets_to_one_job() {
    let site = compiling("gitlab");
    let config = parsed(&site, ".gitlab-ci.yml");
    assert!(maybe(&config, "before_script").is_none(), "nothing is done in every job");
    let with_environment: Vec<&str> = entries(&config)
        .into_iter()
        .filter(|(_, job)| matches!(job.value, Value::Map(_)) && maybe(job, "environment").is_some())
        .map(|(name, _)| name)
        .collect();
    assert_eq!(with_environment, ["pages"]);
    let compiles: Vec<&str> = entries(&config)
        .into_iter()
        .filter(|(_, job)| format!("{job:?}").contains("cargo install"))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(compiles, ["program"]);
    let rules = |job: &str| format!("{:?}", at(&config, &[job, "rules"]));
    assert!(rules("check").contains("merge_request_event"));
    assert!(rules("pages").contains("!= \\\"merge_request_event"), "{}", rules("pages"));
    let written = site.read(".gitlab-ci.yml");
    for word in ["Masked", "Protect variable", "environment `pages`"] {
        assert!(written.contains(word), "{word}");
    }
}

/// A ready program is asked for in the version that wrote the files, runs no script of a package, and sees no secret.
#[test]
fn a_ready_program_is_pinned_and_installed_without_secrets() {
    let pinned = format!("ringback@{}", env!("CARGO_PKG_VERSION"));
    for (host, path, installs) in [
        ("github", ".github/workflows/site.yaml", 2),
        ("gitlab", ".gitlab-ci.yml", 2),
        ("netlify", "build.sh", 1),
        ("cloudflare", "build.sh", 1),
    ] {
        let written = started(host).read(path);
        let lines: Vec<&str> = written.lines().filter(|line| line.contains("npm install")).collect();
        assert_eq!(lines.len(), installs, "{host}: {lines:?}");
        assert!(
            lines.iter().all(|line| line.contains(&pinned) && line.contains("--ignore-scripts")),
            "{lines:?}"
        );
        assert!(!written.contains("cargo") && !written.contains('%'), "{host}: {written}");
        assert!(written.contains(&format!("--ci {host} --compile")), "{host}: {written}");
        let with_secrets =
            lines.iter().filter(|line| !line.contains("without_secrets") && !line.contains("env -u"));
        let expected = match host {
            // The variables of GitHub's step are none, and GitLab's other job has no environment.
            "github" => 2,
            "gitlab" => 1,
            _ => 0,
        };
        assert_eq!(with_secrets.count(), expected, "{host}: {lines:?}");
    }
    let site = started("github");
    for (_, job) in entries(at(&parsed(&site, ".github/workflows/site.yaml"), &["jobs"])) {
        let installs =
            items(at(job, &["steps"])).iter().filter(|step| format!("{step:?}").contains("npm install"));
        installs.for_each(|step| assert_eq!(entries(step).len(), 1, "it has an environment: {step:?}"));
    }
    assert_eq!(Site::empty().run(&["init", ".", "--compile"]).status, 2, "without a host it means nothing");
}

/// What a stranger's pull request is checked with needs no secret, and a build does.
#[test]
fn checks_work_without_secrets() {
    const LOCKED: &str = "editions:\n  public: {output: public, audiences: [public]}\n  \
        team: {output: team, audiences: [public, team], seal: passphrase}\n";
    let site = Site::empty()
        .with("ringback.yaml", format!("{CONFIG}webhooks: {{crm: {{url: \"${{CRM_URL}}\"}}}}\n{LOCKED}"))
        .with("content/forms/guide.yaml", FORM)
        .with(
            "content/insights/a.md",
            "---\ntitle: A\ngate: {form: guide, key: webhook}\n---\nA.\n\n<!-- gate -->\n\nB.\n",
        );
    let run = |arguments: &[&str], value: Option<&str>| {
        let variables = ["CRM_URL", "RINGBACK_SECRET", "RINGBACK_PASSPHRASE"];
        let mut command = Command::new(env!("CARGO_BIN_EXE_ringback"));
        command.args(arguments).args(["--format", "short", "--today", TODAY, "--root"]).arg(site.path(""));
        for name in variables {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        let output = command.output().expect("it runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert_eq!(run(&["check"], None).0, Some(1));
    let (status, said) = run(&["check", "--without-secrets"], None);
    assert_eq!(status, Some(0), "{said}");
    // So are secrets that CI has set to nothing.
    let (status, said) = run(&["check", "--without-secrets"], Some(""));
    assert_eq!(status, Some(0), "{said}");
    // What is wrong besides is still found, and secrets that are there are judged.
    let (status, said) = run(&["check", "--without-secrets"], Some("x"));
    assert!(status == Some(1) && said.contains("error["), "{said}");
    site.write("content/insights/b.md", "---\ntitle: B\n---\n[Nowhere](none.md)\n");
    let (status, said) = run(&["check", "--without-secrets"], None);
    assert!(status == Some(1) && said.contains("broken-link"), "{said}");
    assert_eq!(run(&["build", "--without-secrets"], None).0, Some(2), "a build has no such flag");
}

/// What `README.md` shows is what `init` writes, without the comments at its head.
#[test]
fn the_readme_shows_the_same() {
    let readme = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"));
    let readme = readme.expect("it is there");
    for (host, path) in [("github", ".github/workflows/site.yaml"), ("gitlab", ".gitlab-ci.yml")] {
        let written = started(host).read(path);
        let head = written.lines().take_while(|line| line.starts_with('#')).map(|line| line.len() + 1).sum();
        let block = format!("```yaml\n# {path}\n{}```\n", &written[head..]);
        assert!(readme.contains(&block), "README.md and src/authoring/scaffold/ci differ: {path}");
    }
}

#[test]
fn netlify_runs_the_script_and_publishes_the_folder() {
    let site = started("netlify");
    let toml = site.read("netlify.toml");
    assert!(
        compiling("netlify").read("netlify.toml").contains("RINGBACK_SOURCE")
            && !toml.contains("RINGBACK_SOURCE")
    );
    let lines: Vec<&str> = toml.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert_eq!(lines, ["[build]", "command = \"bash build.sh\"", "publish = \"public\""]);
}

/// Runs `build.sh` with a `ringback` of ours on the path that says what it was asked.
fn run_script(site: &Site, variables: &[(&str, &str)]) -> (bool, String) {
    stand_in(site, "ringback", "echo \"$@\"");
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

/// A program of ours on the path.
fn stand_in(site: &Site, name: &str, script: &str) {
    site.write(&format!("bin/{name}"), format!("#!/bin/bash\n{script}\n"));
    let mode = Command::new("chmod").arg("+x").arg(site.path(&format!("bin/{name}"))).status();
    assert!(mode.expect("chmod").success());
}

/// An `npm` that says what it was asked, and which secrets it saw.
const NPM: &str = "echo \"npm ${*: -1} [$RINGBACK_SECRET$CRM_WEBHOOK_URL$RINGBACK_PASSPHRASE]\"";

/// What compiles ringback doesn't see what it is built with.
#[test]
#[cfg(unix)]
fn the_script_compiles_without_secrets() {
    let site = compiling("cloudflare");
    for program in ["rustup", "cargo"] {
        stand_in(
            &site,
            program,
            "echo \"compiles with [$RINGBACK_SECRET$CRM_WEBHOOK_URL$RINGBACK_PASSPHRASE]\"",
        );
    }
    let secrets = [("CRM_WEBHOOK_URL", "https://crm.example/"), ("RINGBACK_PASSPHRASE", "x")];
    let (worked, said) =
        run_script(&site, &[&secrets[..], &[("RINGBACK_SOURCE", "https://git.example/r")]].concat());
    assert!(worked, "{said}");
    assert_eq!(said.matches("compiles with []").count(), 2, "{said}");
    assert!(said.contains("build --edition public"), "{said}");
}

#[test]
#[cfg(unix)]
fn the_script_builds_for_the_right_address() {
    const BUILD: &str = "build --edition public --out public --format short";
    let pinned = format!("npm ringback@{} []\n", env!("CARGO_PKG_VERSION"));
    for site in [started("netlify"), started("cloudflare"), compiling("cloudflare")] {
        stand_in(&site, "npm", NPM);
        let asked = |variables: &[(&str, &str)]| {
            let (worked, said) = run_script(&site, variables);
            assert!(worked, "{said}");
            said.trim_start_matches(&pinned).trim().to_string()
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
    super::init::fill_in(&site);
    let run = site.run(&BUILD.split(' ').collect::<Vec<_>>());
    assert_eq!(run.status, 0, "{}", run.stderr);
}

#[test]
fn what_is_left_to_do_by_hand_is_said() {
    for host in ["github", "gitlab", "netlify", "cloudflare"] {
        let run = Site::empty().run(&["init", "x", "--ci", host]);
        assert!(run.stdout.contains("from npm. Use them once its makers have published"), "{}", run.stdout);
        let run = Site::empty().run(&["init", "x", "--ci", host, "--compile"]);
        assert!(run.stdout.contains("ringback's source"), "{}", run.stdout);
    }
}

/// A file of this repository.
fn ours(path: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// `action.yml`, each step run as GitHub would, with the program that was built here.
#[test]
#[cfg(unix)]
fn the_action_checks_and_builds() {
    let action = yaml::parse(&ours("action.yml"), 0, "action.yml").expect("YAML");
    assert_eq!(text(at(&action, &["runs", "using"])), "composite");
    assert_eq!(text(at(&action, &["inputs", "version", "default"])), env!("CARGO_PKG_VERSION"));
    let site = Site::empty();
    assert_eq!(site.run(&["init", "vår sida"]).status, 0);
    stand_in(&site, "ringback", &format!("exec \"{}\" \"$@\"", env!("CARGO_BIN_EXE_ringback")));
    stand_in(&site, "npm", &format!("{NPM} >> \"$HOME/asked\""));
    let run = |given: &[(&str, &str)]| {
        let value = |name: &str| {
            let given = given.iter().find(|(input, _)| *input == name).map(|(_, value)| (*value).to_string());
            given.unwrap_or_else(|| text(at(&action, &["inputs", name, "default"])).to_string())
        };
        let mut said = String::new();
        for step in items(at(&action, &["runs", "steps"])) {
            let condition = maybe(step, "if").map_or("", text);
            let is_building = value("build") == "true";
            if condition.contains("== 'true'") && !is_building
                || condition.contains("!= 'true'") && is_building
            {
                continue;
            }
            let Some(script) = maybe(step, "run").map(text) else {
                assert!(text(at(step, &["uses"])).starts_with("actions/cache@v"));
                assert!(text(at(step, &["with", "path"])).ends_with("/.ringback/images"));
                continue;
            };
            // What comes from elsewhere reaches a shell as a variable, never as a part of the command.
            assert!(!script.contains("${{"), "{script}");
            let mut command = Command::new("bash");
            command.args(["-eo", "pipefail", "-c", script]).current_dir(site.path("."));
            command
                .env("PATH", format!("{}:/usr/bin:/bin", site.path("bin").display()))
                .env("HOME", site.path("."));
            command.env("RUNNER_TEMP", site.path("temp")).env("GITHUB_PATH", site.path("path"));
            command.env("CRM_WEBHOOK_URL", "https://crm.fjord.example/x").env("RINGBACK_SECRET", SECRET);
            for (name, value_of) in maybe(step, "env").map(entries).unwrap_or_default() {
                let input = text(value_of).trim_start_matches("${{ inputs.").trim_end_matches(" }}");
                command.env(name, value(input));
            }
            let output = command.output().expect("bash");
            said += &String::from_utf8_lossy(&output.stdout);
            said += &String::from_utf8_lossy(&output.stderr);
            if !output.status.success() {
                return (false, said);
            }
        }
        (true, said)
    };
    let (worked, said) = run(&[("root", "vår sida")]);
    assert!(worked && said.contains("::warning file="), "with annotations: {said}");
    assert_eq!(site.read("asked"), format!("npm ringback@{} []\n", env!("CARGO_PKG_VERSION")), "no secret");
    assert!(site.read("path").contains("node_modules/.bin"));
    assert!(!run(&[("root", "vår sida"), ("deny-warnings", "true")]).0, "warnings");
    let (worked, said) = run(&[("root", "vår sida"), ("build", "true")]);
    assert!(!worked && said.contains("::error file="), "never with the starter's address: {said}");
    assert!(!site.path("public").exists());
    super::init::fill_in(&site);
    let build = [("root", "vår sida"), ("build", "true"), ("base-url", "https://fjord.example/a/")];
    let (worked, said) = run(&build);
    assert!(worked, "{said}");
    assert!(site.read("public/index.html").contains("https://fjord.example/a/"));
}

/// GitLab's layout of a project with components: `templates/NAME.yml`, its inputs first, and a second document with jobs.
#[test]
fn the_component_has_gitlabs_shape() {
    let written = ours("templates/ringback.yml");
    let (spec, jobs) = written.split_once("\n---\n").expect("two documents");
    let spec = yaml::parse(spec, 0, "spec").expect("YAML");
    let inputs: Vec<&str> =
        entries(at(&spec, &["spec", "inputs"])).into_iter().map(|(name, _)| name).collect();
    assert_eq!(text(at(&spec, &["spec", "inputs", "version", "default"])), env!("CARGO_PKG_VERSION"));
    let used: Vec<&str> =
        jobs.split("$[[ inputs.").skip(1).filter_map(|rest| rest.split(" ]]").next()).collect();
    assert!(
        used.iter().all(|input| inputs.contains(input)) && inputs.iter().all(|input| used.contains(input))
    );
    let filled = inputs.iter().fold(jobs.to_string(), |text, input| {
        let value = maybe(at(&spec, &["spec", "inputs", input]), "default").map_or("", self::text);
        text.replace(&format!("$[[ inputs.{input} ]]"), value)
    });
    let jobs = yaml::parse(&filled, 0, "jobs").expect("YAML");
    assert!(entries(at(&jobs, &["pages"])).iter().any(|(key, _)| *key == "environment"));
    assert!(maybe(at(&jobs, &["ringback-check"]), "environment").is_none(), "a merge request gets no secret");
    let install = text(&items(at(&jobs, &[".ringback", "before_script"]))[0]);
    assert!(
        install.contains("env -u CRM_WEBHOOK_URL -u RINGBACK_SECRET") && install.contains("--ignore-scripts")
    );
    let site = Site::empty();
    assert_eq!(site.run(&["init", "."]).status, 0);
    super::init::fill_in(&site);
    for job in ["ringback-check", "pages"] {
        let line = text(&items(at(&jobs, &[job, "script"]))[0]);
        let line = line.replace("$CI_PAGES_URL", "https://fjord.gitlab.io/site").replace('"', "");
        let arguments: Vec<&str> = line.split_whitespace().skip(1).collect();
        let run = site.run(&arguments);
        assert_eq!(run.status, 0, "{line}: {}", run.stderr);
    }
    assert!(site.path("public/index.html").exists());
}
