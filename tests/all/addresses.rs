//! `addresses.txt`: no URL that was published is lost without a word.

use crate::support::{CONFIG, NO_ADVICE, Site};

const HEADER: &str = "\
# Every URL that this site has published, so that `ringback check` can tell when one is gone.
# Keep this file in git. `ringback check --fix` adds new URLs; delete the line of one that may be lost.
";

fn page(title: &str, front: &str) -> String {
    format!(
        "---\ntitle: \"{title}\"\ndescription: \"About {title}.\"\n{front}---\n\nText about {title}. [Home](/)\n"
    )
}

/// A site with three articles, a term, a translation and a download, below a path, and its list.
fn site() -> Site {
    let config = CONFIG.replace("example.org/\n", "example.org/base/\n");
    let site = Site::empty()
        .with(
            "ringback.yaml",
            format!("{config}{NO_ADVICE}addresses: check\nlanguages: {{en: {{}}, sv: {{}}}}\ntaxonomies: {{tags: {{}}}}\n"),
        )
        .with("content/_index.md", page("Home", ""))
        .with("content/insights/alpha.md", page("Alpha", "tags: C++\n"))
        .with("content/insights/alpha.sv.md", page("Alfa", ""))
        .with("content/insights/beta.md", page("Beta", ""))
        .with("content/insights/gåva.md", page("Gift: a story", ""))
        .with("content/insights/list.md", page("Prices", "") + "\n[The list](prices.pdf)\n")
        .with("content/insights/prices.pdf", "%PDF")
        .with("content/scripts/call.md", "---\ntitle: Call\n---\nText.\n");
    let run = site.run(&["check", "--fix"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    assert!(run.stdout.starts_with("Wrote `addresses.txt`: "), "{}", run.stdout);
    site
}

/// The problem about one URL, as `check` prints it.
fn check_output(site: &Site) -> String {
    let run = site.run(&["check"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    run.stderr
}

/// After fixing, nothing is told, the old URL leads on, and fixing again changes nothing.
fn fixed(site: &Site, old: &str, new: &str) {
    let run = site.run(&["check", "--fix"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    site.build();
    let stub = site.read(&format!("public{old}index.html"));
    assert!(stub.contains(&format!("/base{new}")), "{stub}");
    assert!(site.read("addresses.txt").contains(&format!("{new} # ")), "{}", site.read("addresses.txt"));
    assert!(site.read("addresses.txt").contains(old));
    let again = site.run(&["check", "--fix"]);
    assert!(again.stdout.starts_with("Nothing to fix"), "{}", again.stdout);
}

#[test]
fn a_new_page_is_told_until_it_is_in_the_list() {
    let site = site();
    let config =
        site.read("ringback.yaml").replace(NO_ADVICE, "checks: {all: off, unlisted-address: warn}\n");
    site.write("ringback.yaml", &config);
    assert_eq!(check_output(&site), "");
    site.write("content/insights/new.md", page("New", ""));
    let told_new = check_output(&site);
    assert!(
        told_new.contains("warning[unlisted-address]: `addresses.txt` doesn't have `/insights/new/` yet"),
        "{told_new}"
    );
    let run = site.run(&["check", "--fix"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    assert!(run.stdout.starts_with("Wrote `addresses.txt`: 1 new URL.\n"), "{}", run.stdout);
    assert_eq!(check_output(&site), "");
    // Only who asks for it hears of it.
    site.write("content/insights/newer.md", page("Newer", ""));
    site.write("ringback.yaml", config.replace("addresses: check\n", ""));
    assert_eq!(check_output(&site), "");
    site.write("ringback.yaml", config.replace("unlisted-address: warn", "unlisted-address: error"));
    assert_eq!(site.run(&["build"]).status, 1);
}

#[test]
fn the_list_has_what_readers_keep() {
    let site = site();
    let list = site.read("addresses.txt");
    assert_eq!(
        list,
        format!(
            "{HEADER}/ # content/_index.md: Home\n/insights/\n/insights/alpha/ # content/insights/alpha.md: Alpha\n\
             /insights/beta/ # content/insights/beta.md: Beta\n\
             /insights/gava/ # content/insights/gåva.md: Gift: a story\n\
             /insights/list/ # content/insights/list.md: Prices\n\
             /insights/prices.pdf # content/insights/prices.pdf\n/sv/\n/sv/insights/\n\
             /sv/insights/alpha/ # content/insights/alpha.sv.md: Alfa\n/tags/\n/tags/c-plus-plus/\n"
        )
    );
    assert_eq!(check_output(&site), "");
    site.build();
    assert_eq!(site.read("addresses.txt"), list);
}

#[test]
fn nobody_pays_or_hears_of_it_without_a_list() {
    let site =
        Site::new().with("ringback.yaml", format!("{CONFIG}{NO_ADVICE}")).with("content/a.md", page("A", ""));
    site.build();
    site.run(&["check", "--fix"]);
    assert!(!site.path("addresses.txt").exists());
    // A list that is there is kept up without a setting; one in an empty file, too.
    site.write("addresses.txt", "");
    site.run(&["check", "--fix"]);
    assert!(site.read("addresses.txt").contains("/a/ # content/a.md: A\n"));
}

#[test]
fn builds_write_it_where_the_site_says_so() {
    let config = format!("{CONFIG}{NO_ADVICE}addresses: build\n");
    let site = Site::new().with("ringback.yaml", config).with("content/a.md", page("A", ""));
    site.run(&["check"]);
    site.run(&["build", "--drafts"]);
    assert!(!site.path("addresses.txt").exists());
    site.build();
    assert!(site.read("addresses.txt").contains("/a/ # content/a.md: A\n"));
    site.write("content/b.md", page("B", ""));
    site.build();
    assert!(site.read("addresses.txt").ends_with("/a/ # content/a.md: A\n/b/ # content/b.md: B\n"));
}

#[test]
fn a_page_that_moves_keeps_its_url() {
    for newline in ["\n", "\r\n"] {
        let write = |site: &Site, path: &str, text: String| site.write(path, text.replace('\n', newline));
        // Another slug.
        let site = site();
        write(&site, "content/insights/beta.md", page("Beta", "slug: gamma\n"));
        let problem = check_output(&site);
        assert!(
            problem.contains("warning[lost-address]: the URL of this page was `/insights/beta/`"),
            "{problem}"
        );
        assert!(problem.contains("content/insights/beta.md:2:8"), "{problem}");
        fixed(&site, "/insights/beta/", "/insights/gamma/");
        let text = page("Beta", "slug: gamma\naliases: [/insights/beta/]\n").replace('\n', newline);
        assert_eq!(site.read("content/insights/beta.md"), text);
        // And another one: the page has two old URLs then.
        site.write("content/insights/beta.md", text.replace("gamma", "delta"));
        fixed(&site, "/insights/gamma/", "/insights/delta/");
        assert!(
            site.read("content/insights/beta.md").contains("aliases: [/insights/beta/, /insights/gamma/]")
        );
    }
    // Another file name, with the same title; in another folder, with the same name; in another language.
    for (old, new_file, title, old_url, new_url) in [
        ("beta.md", "content/insights/empty.md", "Beta", "/insights/beta/", "/insights/empty/"),
        ("gåva.md", "content/notes/gåva.md", "Renamed", "/insights/gava/", "/notes/gava/"),
        ("alpha.sv.md", "content/insights/ny.sv.md", "Alfa", "/sv/insights/alpha/", "/sv/insights/ny/"),
    ] {
        let site = site();
        site.remove(&format!("content/insights/{old}"));
        site.write(new_file, page(title, ""));
        let problem = check_output(&site);
        assert!(
            problem.contains(&format!("`{old_url}` was published and is gone; this page most probably")),
            "{problem}"
        );
        assert!(problem.contains(&format!("--> {new_file}:2:8")), "{problem}");
        fixed(&site, old_url, new_url);
    }
    // A section that is called otherwise takes all of its pages with it.
    let site = site();
    site.write("content/insights/_index.md", page("Ideas", "slug: ideas\n"));
    let run = site.run(&["check", "--fix"]);
    for file in ["alpha", "beta", "gåva", "list"] {
        let text = site.read(&format!("content/insights/{file}.md"));
        assert!(text.contains("aliases: [/insights/"), "{text}");
    }
    // The file that went with the section can't have an alias.
    assert!(run.stderr.contains("redirects: {/insights/prices.pdf: /ideas/prices.pdf}"), "{}", run.stderr);
}

#[test]
fn a_page_that_is_gone_is_told_until_somebody_decides() {
    let cases: [(&str, &str); 3] = [
        ("draft: true\n", "it is a draft"),
        ("audience: team\n", "it is for the team"),
        ("expires: 2026-01-02\n", "it has expired"),
    ];
    for (front, reason) in cases {
        let site = site();
        site.write("content/insights/beta.md", page("Beta", front));
        let problem = check_output(&site);
        assert!(problem.contains(&format!("and this page is not any more: {reason}")), "{problem}");
        assert!(problem.contains("content/insights/beta.md:2:8"), "{problem}");
    }
    let site = site();
    site.write("content/insights/beta.md", page("Beta", "expires: 2026-01-02\nexpires_to: insights/alpha\n"));
    assert_eq!(check_output(&site), "");
    site.remove("content/insights/beta.md");
    let problem = check_output(&site);
    assert!(problem.contains("`/insights/beta/` was published, and nothing is there any more"), "{problem}");
    assert!(problem.contains("addresses.txt:6:1"), "{problem}");
    // A redirect answers, be it a pattern; so does deleting the line.
    let config = site.read("ringback.yaml");
    for redirect in ["/insights/beta/: insights/alpha", "/insights/beta/*: https://x.example/:splat"] {
        site.write(
            "ringback.yaml",
            format!("{config}redirects: {{\"{}\n", redirect.replacen(": ", "\": \"", 1) + "\"}"),
        );
        assert!(!check_output(&site).contains("lost-address"), "{redirect}");
    }
    site.write("ringback.yaml", &config);
    let list = site.read("addresses.txt");
    site.write(
        "addresses.txt",
        list.lines().filter(|line| !line.contains("beta")).collect::<Vec<_>>().join("\n"),
    );
    assert_eq!(check_output(&site), "");
    site.run(&["check", "--fix"]);
    assert!(!site.read("addresses.txt").contains("beta"));
}

#[test]
fn a_term_without_pages_is_told_and_other_editions_are_not_asked() {
    let site = site();
    site.write("content/insights/alpha.md", page("Alpha", "tags: other\n"));
    assert!(
        check_output(&site).contains("`/tags/c-plus-plus/` was published, and nothing is there any more")
    );
    let team = "editions: {team: {audiences: [public, team], output: team}, public: {audiences: [public]}}\n";
    site.write("ringback.yaml", site.read("ringback.yaml") + team);
    assert_eq!(check_output(&site).matches("lost-address").count(), 1);
    assert!(!site.run(&["check", "--edition", "team"]).stderr.contains("lost-address"));
}

#[test]
fn a_list_that_was_edited_is_read_as_far_as_it_goes() {
    let site = site();
    let list = site.read("addresses.txt");
    site.write("addresses.txt", format!("\u{feff}{}<<<<<<< HEAD\r\n/old/\r\n", list.replace('\n', "\r\n")));
    let problem = check_output(&site);
    assert!(problem.contains("git left a merge conflict in this list"), "{problem}");
    assert!(problem.contains("`/old/` was published"), "{problem}");
    site.run(&["check", "--fix"]);
    let merged = site.read("addresses.txt");
    assert!(!merged.contains("<<<<") && merged.contains("/old/\r\n"), "{merged}");
    site.write("addresses.txt", "/insights/beta/\nhttps://example.org/x\n");
    let problem = check_output(&site);
    assert!(problem.contains("`https://example.org/x` is not a URL path of this site"), "{problem}");
    assert!(problem.contains("addresses.txt:2:1"), "{problem}");
    site.run(&["check", "--fix"]);
    assert_eq!(site.read("addresses.txt"), "/insights/beta/\nhttps://example.org/x\n");
}
