//! `ringback publish`, with stand-ins for the tools of hosts.

use std::process::Command;

use super::init::fill_in;
use crate::support::{Site, TODAY};

const TOOLS: [&str; 6] = ["gh", "glab", "netlify", "wrangler", "aws", "rsync"];

/// A site with an owner's values, and tools that write down what they are asked.
fn ready() -> Site {
    let site = with_tools(Site::empty());
    assert_eq!(site.run(&["init", "vår sida"]).status, 0);
    fill_in(&site);
    site
}

fn with_tools(site: Site) -> Site {
    for tool in TOOLS {
        site.write(
            &format!("bin/{tool}"),
            format!("#!/bin/sh\necho \"{tool} $*\" >> \"$ASKED\"\nexit ${{ENDS:-0}}\n"),
        );
        let mode = Command::new("chmod").arg("+x").arg(site.path(&format!("bin/{tool}"))).status();
        assert!(mode.expect("chmod").success());
    }
    site
}

/// The exit status, both streams, and what tools were asked.
fn publish(site: &Site, arguments: &[&str], variables: &[(&str, String)]) -> (i32, String, String) {
    let _ = std::fs::remove_file(site.path("asked"));
    let output = Command::new(env!("CARGO_BIN_EXE_ringback"))
        .args(["publish", "--root", "vår sida", "--today", TODAY])
        .args(arguments)
        .current_dir(site.path("."))
        .env_clear()
        .env("PATH", format!("{}:/usr/bin:/bin", site.path("bin").display()))
        .env("ASKED", site.path("asked"))
        .envs(variables.iter().map(|(name, value)| (*name, value)))
        .output()
        .expect("it runs");
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    let asked = std::fs::read_to_string(site.path("asked")).unwrap_or_default();
    (output.status.code().unwrap_or(-1), said, asked)
}

#[test]
#[cfg(unix)]
fn each_hosts_own_tool_uploads_what_was_built() {
    let site = ready();
    for (arguments, expected) in [
        (&["--to", "netlify"][..], "netlify deploy --prod --no-build --dir public/\n"),
        (
            &["--to", "netlify", "--target", "fjord"],
            "netlify deploy --prod --no-build --dir public/ --site fjord\n",
        ),
        (
            &["--to", "cloudflare", "--target", "fjord"],
            "wrangler pages deploy public/ --project-name fjord --branch main\n",
        ),
        (
            &["--to", "s3", "--target", "s3://fjord"],
            "aws s3 sync public/ s3://fjord --exclude .ringback-manifest\n",
        ),
        (
            &["--to", "rsync", "--target", "kim@fjord.example:/var/www/", "--delete"],
            "rsync --archive --compress --exclude .ringback-manifest --delete-after -- public/ kim@fjord.example:/var/www/\n",
        ),
    ] {
        let (status, said, asked) = publish(&site, arguments, &[]);
        assert_eq!((status, asked.as_str()), (0, expected), "{said}");
        assert!(said.contains(&format!("$ {}", expected.trim_end())), "the command is shown: {said}");
    }
    assert!(site.path("vår sida/public/index.html").exists());
    assert!(!site.path("vår sida/team").exists(), "the team's edition stays here");
    // What the tool says counts.
    let (status, said, _) = publish(&site, &["--to", "netlify"], &[("ENDS", "3".into())]);
    assert!(status == 2 && said.contains("`netlify` has ended with 3"), "{said}");
}

#[test]
#[cfg(unix)]
fn a_host_that_builds_gets_its_files_first() {
    for (to, path, expected) in [
        ("github", ".github/workflows/site.yaml", "gh workflow run site.yaml\n"),
        ("gitlab", ".gitlab-ci.yml", "glab ci run\n"),
    ] {
        let site = ready();
        let (status, said, asked) = publish(&site, &["--to", to], &[]);
        assert_eq!((status, asked.as_str()), (0, ""), "{said}");
        assert!(said.contains(&format!("Wrote {path}")) && said.contains("push it"), "{said}");
        let written = site.read(&format!("vår sida/{path}"));
        let (status, said, asked) = publish(&site, &["--to", to], &[]);
        assert_eq!((status, asked.as_str()), (0, expected), "{said}");
        assert_eq!(site.read(&format!("vår sida/{path}")), written);
    }
}

#[test]
#[cfg(unix)]
fn a_site_with_mistakes_is_never_uploaded() {
    let site = with_tools(Site::empty());
    assert_eq!(site.run(&["init", "vår sida"]).status, 0);
    let all: [&[&str]; 6] = [
        &["--to", "github"],
        &["--to", "gitlab"],
        &["--to", "netlify"],
        &["--to", "cloudflare", "--target", "x"],
        &["--to", "s3", "--target", "s3://x"],
        &["--to", "rsync", "--target", "x:y"],
    ];
    let refused = |why: &str| {
        for arguments in all {
            let (status, said, asked) = publish(&site, arguments, &[]);
            assert_eq!((status, asked.as_str()), (1, ""), "{arguments:?}: {said}");
            assert!(said.contains(why) && said.contains("So nothing was uploaded."), "{arguments:?}: {said}");
        }
    };
    refused("error[starter-text]");
    let (_, said, asked) = publish(&site, &["--to", "netlify", "--dry-run"], &[]);
    assert!(said.contains("With these, nothing would be uploaded.") && asked.is_empty(), "{said}");
    fill_in(&site);
    site.write("vår sida/content/insights/bad.md", "---\ntitle: Bad\n---\n[Nowhere](none.md)\n");
    refused("error[broken-link]");
    assert!(!site.path("vår sida/.github").exists());
    site.remove("vår sida/content/insights/bad.md");
    for arguments in [&["--to", "netlify", "--edition", "team"][..], &["--to", "netlify", "--drafts"]] {
        let (status, said, asked) = publish(&site, arguments, &[]);
        assert_eq!((status, asked.as_str()), (2, ""), "{arguments:?}: {said}");
    }
    for arguments in
        [&["--to", "s3"][..], &["--to", "s3", "--target", "fjord"], &["--to", "rsync", "--target=-e sh"]]
    {
        let (status, said, asked) = publish(&site, arguments, &[]);
        assert!(status == 2 && asked.is_empty() && said.contains("such as"), "{arguments:?}: {said}");
    }
}

#[test]
#[cfg(unix)]
fn a_dry_run_does_nothing() {
    let site = ready();
    let before = site.tree(".");
    for to in ["github", "netlify"] {
        let (status, said, asked) = publish(&site, &["--to", to, "--dry-run"], &[]);
        assert_eq!((status, asked.as_str()), (0, ""), "{said}");
        assert!(
            said.contains("It would run") && said.ends_with("Nothing was built, written or uploaded.\n"),
            "{said}"
        );
        assert_eq!(said.contains("It would write `.github/workflows/site.yaml`."), to == "github", "{said}");
    }
    assert_eq!(site.tree("."), before);
}

#[test]
#[cfg(unix)]
fn what_is_missing_is_said() {
    let site = with_tools(Site::empty());
    assert_eq!(site.run(&["init", "vår sida"]).status, 0);
    let (status, said, asked) = publish(&site, &[], &[]);
    assert!(status == 0 && asked.is_empty(), "{said}");
    assert!(said.contains("[starter-text]") && said.contains("Fix these first"), "{said}");
    fill_in(&site);
    let (status, said, _) = publish(&site, &[], &[]);
    assert!(status == 0 && said.starts_with("Nothing is missing"), "{said}");
    assert!(said.contains("--to netlify") && said.contains("netlify is here"), "{said}");
    // Without the tool: how to get it, and what can be done by hand.
    let nowhere = [("PATH", "/nowhere".to_string())];
    let (_, said, _) = publish(&site, &[], &nowhere);
    assert!(said.contains("netlify isn't here"), "{said}");
    let (status, said, _) = publish(&site, &["--to", "netlify"], &nowhere);
    assert!(status == 2 && said.contains("npm install --global netlify-cli"), "{said}");
    assert!(said.contains("app.netlify.com/drop") && said.contains("nothing was uploaded"), "{said}");
}
