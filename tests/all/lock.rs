//! Editions behind a passphrase: nothing can be read without it, and with it everything is as it would be.

use ringback::leads::gates::lock;

use crate::support::fixture::{self, GATED, NEVER, TEAM};
use crate::support::leaks::leaks;
use crate::support::{Site, render};

/// With everything for the team behind this.
pub(crate) const PASSPHRASE: &str = "åtta hästar äter öl";

/// The fixture, with its team's edition sealed.
fn sealed() -> Site {
    let site = fixture::on_disk();
    let config = site
        .read("ringback.yaml")
        .replace("audiences: [public, team],", "audiences: [public, team], seal: passphrase,");
    site.write("ringback.yaml", config);
    site
}

fn build(site: &Site, passphrase: &str) {
    let run = site.run_with(&["build"], &[(lock::VARIABLE, passphrase)]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
}

#[test]
fn no_word_of_a_sealed_edition_can_be_read() {
    let site = sealed();
    build(&site, PASSPHRASE);
    // Addresses tell what there is; what is in it they don't.
    let files = site.tree("team").into_iter().enumerate().map(|(at, (path, bytes))| {
        let name = if path == ".ringback-manifest" { Vec::new() } else { bytes };
        (at.to_string(), name)
    });
    let files = files.collect();
    assert_eq!(leaks(&files, &[GATED, TEAM, NEVER]), Vec::<String>::new());
    let words = ["Fixture Photo", "A site with", "matters", "Our articles"];
    assert_eq!(leaks(&files, &words), Vec::<String>::new());
    // The guard would notice.
    let plain = render(&fixture::in_memory(), "team").0;
    assert!(!leaks(&plain, &[TEAM]).is_empty());
    assert!(!leaks(&plain, &words).is_empty());
}

#[test]
fn the_same_input_gives_the_same_bytes_and_another_passphrase_others() {
    let (one, two, other) = (sealed(), sealed(), sealed());
    build(&one, PASSPHRASE);
    build(&two, PASSPHRASE);
    build(&other, "another one of four words");
    assert_eq!(one.tree("team"), two.tree("team"));
    assert_eq!(one.tree("public"), other.tree("public"));
    let (one, other) = (one.tree("team"), other.tree("team"));
    let is_sealed = |path: &&String| path.ends_with(lock::SUFFIX);
    assert!(one.keys().filter(is_sealed).count() > 30);
    assert!(one.keys().filter(is_sealed).all(|path| one[path] != other[path]));
    for path in ["_redirects", "sitemap.xml", "scripts/opener.md"] {
        assert!(!one.contains_key(path), "{path}");
    }
    for path in ["lock-worker.js", "robots.txt", "_headers", "index.html", "sv/index.html", "404.html"] {
        assert!(one.contains_key(path), "{path}");
    }
}

#[test]
fn nothing_is_written_without_the_passphrase() {
    let site = sealed();
    let run = site.run_with(&["build"], &[(lock::VARIABLE, "")]);
    assert_eq!(run.status, 1, "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("error[no-passphrase]"), "{}", run.stderr);
    assert!(!site.path("team").exists() && !site.path("public").exists());
    build(&site, PASSPHRASE);
    // An unchanged build is told from one with another passphrase.
    let before = site.tree("team");
    build(&site, "another one of four words");
    assert_ne!(site.tree("team"), before);
}
