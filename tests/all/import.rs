//! `ringback import`: sites of other programs, with proof.

use std::path::{Path, PathBuf};

use crate::support::Site;

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import").join(path)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// Compares a text with the one that is kept; `UPDATE_EXPECTED=1` keeps it.
fn expect(found: &str, path: &str) {
    let place = fixture(path);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&place, found).expect("the repository can be written");
    }
    assert_eq!(found, std::fs::read_to_string(&place).expect("it is there"), "{path}");
}

/// The site of WordPress, imported.
fn wordpress(site: &Site) -> crate::support::Run {
    let (export, media) = (fixture("wordpress/export.xml"), fixture("wordpress/uploads"));
    site.run(&[
        "import",
        "wordpress",
        text(&export),
        "--media",
        text(&media),
        "--today",
        crate::support::TODAY,
    ])
}

#[test]
fn a_site_of_wordpress_comes_over_whole() {
    let site = Site::empty();
    let run = wordpress(&site);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    let build = site.build();
    assert_eq!(
        build.stderr.matches("warning").count(),
        build.stderr.matches("[broken-link]").count() + 1,
        "{}",
        build.stderr
    );
    for name in ["silent-phone.md", "the-price.md"] {
        expect(&site.read(&format!("content/insights/{name}")), &format!("wordpress/{name}"));
    }
    for (path, part) in [
        ("ringback.yaml", "title: \"Fjord & Sons\""),
        ("ringback.yaml", "\"calls\": {label: \"Calls\"}"),
        ("ringback.yaml", "- page: \"pages/about\""),
        ("content/insights/not-yet.md", "draft: true"),
        ("content/insights/for-us.md", "audience: team"),
        ("content/pages/about/_index.md", "title: About us"),
        ("import-comments/insights/silent-phone.json", "So true."),
        ("import-report.md", "7 of 7 texts were read again"),
        ("import-report.md", "`[pricing_table]`"),
        (
            "content/forms/ask-us.yaml",
            "{id: subject, label: \"What about?\", type: choice, options: [\"The price\", \"Something else\"]}",
        ),
        ("content/forms/ask-us.yaml", "text: \"You may write to me.\""),
        ("content/pages/about/_index.md", "[form:gravityform-3]"),
        ("content/forms/gravityform-3.yaml", "extends: contact"),
        ("public/rss.xml", "<guid isPermaLink=\"false\">https://www.old.example/?p=10</guid>"),
    ] {
        assert!(site.read(path).contains(part), "{path}: {}", site.read(path));
    }
    for (path, bytes) in site.tree(".") {
        let is_original = path.contains("for-us") && !path.starts_with("public");
        for word in ["zqmail", "203.0.113.9", "zqspam", "zqscript", "zqprivate"] {
            let found = String::from_utf8_lossy(&bytes).contains(word);
            assert!(!found || is_original, "{word} in {path}");
        }
    }
}

#[test]
fn every_old_address_has_an_answer() {
    let site = Site::empty();
    wordpress(&site);
    site.build();
    let short = site.read("import-shortlinks.csv");
    assert!(short.contains("/?p=10,/insights/silent-phone/\n"), "{short}");
    let run = site.run(&["import", "--verify", "import-addresses.txt"]);
    // Not out yet, and only for hosts that read a query.
    assert_eq!(run.status, 1, "{}", run.stdout);
    let bad: Vec<&str> = run
        .stderr
        .lines()
        .filter(|line| !line.contains("/?p") && !line.contains("next-year") && !line.contains("/page/*"))
        .collect();
    assert!(bad.is_empty(), "{bad:?}");
    site.write(
        "redirects.csv",
        site.read("redirects.csv")
            + &short
                .lines()
                .filter(|line| !line.contains("next-year"))
                .map(|line| format!("{line}\n"))
                .collect::<String>(),
    );
    site.build();
    let run = site.run(&["import", "--verify", "import-addresses.txt"]);
    let bad: Vec<&str> =
        run.stderr.lines().filter(|line| !line.contains("next-year") && !line.contains("?p=15")).collect();
    assert!(bad.is_empty(), "{bad:?}");
}

#[test]
fn a_second_import_changes_only_what_changed() {
    let site = Site::empty();
    wordpress(&site);
    let before = site.tree(".");
    let run = wordpress(&site);
    assert_eq!(site.tree("."), before, "{}", run.stdout);
    // What somebody has edited stays; what is new at the source comes; both at once is told.
    site.write("content/insights/the-price.md", "mine");
    site.remove("content/insights/not-yet.md");
    assert_eq!(wordpress(&site).status, 0);
    assert_eq!(site.read("content/insights/the-price.md"), "mine");
    assert!(!site.path("content/insights/not-yet.md").exists());
    let export = std::fs::read_to_string(fixture("wordpress/export.xml")).expect("a file");
    site.write(
        "new.xml",
        export.replace("A text of the", "Another text of the").replace("Four people", "Five people"),
    );
    let media = fixture("wordpress/uploads");
    let run = site.run(&[
        "import",
        "wordpress",
        "new.xml",
        "--media",
        text(&media),
        "--today",
        crate::support::TODAY,
    ]);
    assert_eq!(run.status, 1, "{}", run.stdout);
    assert_eq!(site.read("content/insights/the-price.md"), "mine");
    assert!(site.read("import-conflicts/content/insights/the-price.md").contains("Another text"));
    assert!(site.read("content/pages/about/_index.md").contains("Five people"));
}

#[test]
fn a_dry_run_writes_nothing() {
    let site = Site::empty();
    let export = fixture("wordpress/export.xml");
    let run = site.run(&["import", "wordpress", text(&export), "--dry-run"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.starts_with("# What was imported from WordPress"), "{}", run.stdout);
    let run = site.run(&["import", "wordpress", text(&export), "--dry-run", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!((&report["texts"], &report["counts"]["posts"]), (&7.into(), &5.into()), "{report}");
    assert!(site.tree(".").is_empty());
}

#[test]
fn what_is_no_export_is_refused() {
    let site = Site::empty();
    site.write("bomb.xml", "<!DOCTYPE x [<!ENTITY a \"a\">]><rss><channel/></rss>");
    for (file, word) in [("none.xml", "can't be read"), ("bomb.xml", "entities")] {
        let run = site.run(&["import", "wordpress", file]);
        assert_eq!(run.status, 2, "{}", run.stdout);
        assert!(run.stderr.contains(word) && run.stderr.contains("help"), "{}", run.stderr);
    }
    assert_eq!(site.tree(".").len(), 1);
}

/// A site of another generator, imported into an empty folder and built.
fn generator(name: &str) -> Site {
    let site = Site::empty();
    let run = site.run(&["import", name, text(&fixture(name))]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    let build = site.build();
    assert_eq!(
        build.stderr.matches("warning").count(),
        build.stderr.matches("[broken-link]").count() + 1,
        "{}",
        build.stderr
    );
    let article = if name == "jekyll" { "2020-01-05-silent-phone.md" } else { "silent-phone/index.md" };
    expect(&site.read(&format!("content/insights/{article}")), &format!("{name}.silent-phone.md"));
    let before = site.tree(".");
    site.run(&["import", name, text(&fixture(name))]);
    assert_eq!(site.tree("."), before, "a second import");
    let run = site.run(&["import", "--verify", "import-addresses.txt"]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    site
}

fn has(site: &Site, parts: &[(&str, &str)]) {
    for (path, part) in parts {
        assert!(site.read(path).contains(part), "{path} without {part}: {}", site.read(path));
    }
}

#[test]
fn a_site_of_hugo_comes_over() {
    let site = generator("hugo");
    has(
        &site,
        &[
            ("ringback.yaml", "title: \"Fjord & Sons\""),
            ("ringback.yaml", "page: \"pages/about\""),
            ("content/insights/price.sv.md", "slug: priset\n"),
            ("content/insights/price.md", "aliases: [\"/2020/02/price/\"]"),
            ("content/pages/about.md", "weight: 3\n"),
            ("content/docs/start.md", "title: Docs without front matter\n"),
            ("content/docs/deep/Not Yet.md", "draft: true\n"),
            ("content/tags/the-price/_index.md", "title: On the price\n"),
            ("content/people/anna-berg.md", "title: Anna Berg\n"),
            ("import-report.md", "the shortcode `pricing` isn't known here"),
        ],
    );
    let files = site.tree("static");
    assert!(
        files.contains_key("img/asset.png")
            && !files.contains_key("img/unused.png")
            && !files.contains_key("robots.txt")
    );
}

#[test]
fn a_site_of_jekyll_comes_over() {
    let site = generator("jekyll");
    has(
        &site,
        &[
            (
                "content/insights/2020-02-01-price.md",
                "aliases: [\"/2020/02/01/price.html\", \"/2020/02/01/price\"]",
            ),
            ("content/insights/not-yet.md", "draft: true\n"),
            ("content/guides/first.md", "title: First guide\n"),
            ("content/_index.md", "Welcome."),
            ("content/people/anna-berg.md", "title: Anna Berg\n"),
            ("import-report.md", "a page in HTML with Liquid is left out"),
            ("ringback.yaml", "page: \"pages/about\""),
        ],
    );
    assert!(site.tree(".").values().all(|bytes| !String::from_utf8_lossy(bytes).contains("zqcomment")));
}

#[test]
fn a_site_of_zola_comes_over() {
    let site = generator("zola");
    has(
        &site,
        &[
            ("content/insights/2020-02-01-price.sv.md", "title: Priset\n"),
            ("content/insights/2020-02-01-price.md", "aliases: [\"/blog/price/\"]"),
            ("content/pages/about.md", "Four people."),
            ("ringback.yaml", "page: \"pages/about\""),
            ("import-report.md", "the shortcode `pricing` isn't known here"),
        ],
    );
}

#[test]
fn a_folder_that_is_no_site_is_refused() {
    let site = Site::empty().with("x/y.md", "Text.\n");
    for name in ["hugo", "jekyll", "zola"] {
        let run = site.run(&["import", name, "x"]);
        assert_eq!(run.status, 2, "{}", run.stdout);
        assert!(run.stderr.contains("this isn't a site of"), "{}", run.stderr);
    }
    assert_eq!(site.tree(".").len(), 1);
}
