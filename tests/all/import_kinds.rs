//! `ringback import` for exports of blogs and for call scripts: a fixture of our own making each, with every feature that is taken over.

use std::path::{Path, PathBuf};

use crate::support::receiver::{Receiver, Reply};
use crate::support::{Run, Site};

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import").join(path)
}

/// Compares a text with the one that is kept; `UPDATE_EXPECTED=1` keeps it.
fn expect(found: &str, path: &str) {
    let place = fixture(path);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&place, found).expect("the repository can be written");
    }
    assert_eq!(found, std::fs::read_to_string(&place).expect("it is there"), "{path}");
}

fn has(site: &Site, parts: &[(&str, &str)]) {
    for (path, part) in parts {
        assert!(site.read(path).contains(part), "{path} without {part}: {}", site.read(path));
    }
}

fn run(site: &Site, arguments: &[&str]) -> Run {
    let mut all = vec!["import"];
    all.extend_from_slice(arguments);
    site.run(&all)
}

/// An export, imported, built, imported again, and its addresses verified.
fn export(arguments: &[&str]) -> Site {
    let site = Site::empty();
    let first = run(&site, arguments);
    assert_eq!(first.status, 0, "{}{}\n{}", first.stdout, first.stderr, site.read("import-report.md"));
    let build = site.build();
    let told = ["broken-link"];
    let known: usize = told.iter().map(|code| build.stderr.matches(&format!("[{code}]")).count()).sum();
    assert!(build.stderr.matches("warning[").count() <= known, "{}", build.stderr);
    let before = site.tree("content");
    run(&site, arguments);
    assert!(site.tree("content") == before, "a second import");
    let verified = run(&site, &["--verify", "import-addresses.txt"]);
    let bad: Vec<&str> =
        verified.stderr.lines().filter(|line| !line.contains('*') && !line.contains("/?")).collect();
    assert!(bad.is_empty(), "{bad:?}");
    site
}

fn holds_nothing_private(site: &Site) {
    for (path, bytes) in site.tree(".") {
        let text = String::from_utf8_lossy(&bytes);
        for word in ["zqmail", "zqpassword", "zqcode", "zqsecret", "203.0.113.9"] {
            assert!(!text.contains(word), "{word} in {path}");
        }
    }
}

#[test]
fn a_site_of_ghost_comes_over() {
    let (file, media) = (fixture("ghost/export.json"), fixture("ghost/content"));
    let (file, media) = (file.to_str().expect("UTF-8"), media.to_str().expect("UTF-8"));
    let site = export(&["ghost", file, "--media", media, "--address", "https://old.example"]);
    expect(&site.read("content/insights/silent-phone.md"), "ghost/silent-phone.md");
    has(
        &site,
        &[
            ("content/insights/the-price.md", "gate: {form: \"members\"}"),
            (
                "content/insights/the-price.md",
                "Open to all.\n\n<!-- gate -->\n\n## The sum\n\nFor members.\n",
            ),
            ("content/insights/for-payers.md", "<!-- gate -->\n\nAll of it"),
            ("content/insights/older.md", "An older **post**\\\n[about silence](silent-phone.md)."),
            ("content/insights/as-html.md", "> [!warning]\n> Mind **this**."),
            ("content/insights/as-html.md", "> [!note]- More\n> Inside."),
            ("content/insights/as-html.md", "url: \"https://else.example/first/\""),
            ("content/insights/in-markdown.md", "Some *words*"),
            ("content/insights/not-yet.md", "draft: true"),
            ("content/insights/only-an-email.md", "draft: true"),
            ("content/pages/about.md", "Four people."),
            ("content/people/anna-berg.md", "Anna sells. Write to"),
            ("content/forms/members.yaml", "extends: newsletter"),
            ("content/forms/newsletter.yaml", "title: \"The Friday call\""),
            ("ringback.yaml", "title: \"Fjord & Sons\""),
            ("ringback.yaml", "description: \"What we know of calls.\""),
            ("ringback.yaml", "{page: \"pages/about\", label: \"About\"}"),
            ("redirects.csv", "/author/anna/,/people/anna-berg/"),
            ("redirects.csv", "/tag/calls/,/tags/calls/"),
            ("import-report.md", "the card `x-weather` isn't known here"),
            ("import-report.md", "for members who pay"),
            ("import-report.md", "another newsletter, `For customers`"),
            ("import-report.md", "`codeinjection_head`, is left out"),
            ("import-report.md", "the entry `Gone` of a menu"),
            ("public/rss.xml", "<guid isPermaLink=\"false\">5f0000000000000000000005</guid>"),
        ],
    );
    let open = site.read("public/insights/the-price/index.html");
    assert!(open.contains("Open to all.") && !open.contains("For members."), "{open}");
    holds_nothing_private(&site);
}

#[test]
fn images_are_fetched_once() {
    let host = Receiver::start(|asked| match asked.path.as_str() {
        "/content/images/2020/desk.png" | "/content/images/size/w600/2020/desk.png" => {
            Reply::Http(200, vec![("Content-Type", "image/png".into())], "PNG".into())
        }
        "/content/files/list.pdf" => Reply::Http(302, vec![("Location", "/moved.pdf".into())], String::new()),
        "/moved.pdf" => Reply::Http(200, vec![("Content-Type", "application/pdf".into())], "PDF".into()),
        _ => Reply::Http(404, Vec::new(), String::new()),
    });
    let (file, address) = (fixture("ghost/export.json"), host.url(""));
    let site = Site::empty();
    let arguments = ["ghost", file.to_str().expect("UTF-8"), "--address", &address, "--fetch"];
    let first = run(&site, &arguments);
    assert_eq!(first.status, 0, "{}{}", first.stdout, first.stderr);
    has(
        &site,
        &[
            ("static/content/images/2020/desk.png", "PNG"),
            ("static/content/files/list.pdf", "PDF"),
            ("content/insights/silent-phone.md", "[The list](/content/files/list.pdf)"),
            ("import-report.md", "a file can't be fetched: the host answers with 404"),
        ],
    );
    let asked = host.requests().len();
    run(&site, &arguments);
    // Only what couldn't be had is asked for again.
    assert!(host.requests().len() - asked < asked, "{asked} and {}", host.requests().len());
    assert!(
        host.requests()[asked..].iter().all(|one| one.path.contains("gone")),
        "{:?}",
        &host.requests()[asked..]
    );
}

#[test]
fn stories_of_medium_come_over() {
    let (file, media) = (fixture("medium"), fixture("medium/images"));
    let (file, media) = (file.to_str().expect("UTF-8"), media.to_str().expect("UTF-8"));
    let site = export(&["medium", file, "--media", media, "--address", "https://old.example"]);
    expect(&site.read("content/insights/silent-phone.md"), "medium.silent-phone.md");
    has(
        &site,
        &[
            ("content/insights/the-price.md", "aliases: [\"/the-price-d4e5f6\"]"),
            ("content/insights/not-yet.md", "draft: true"),
            ("ringback.yaml", "title: \"Fjord & Sons\""),
            ("public/rss.xml", "<guid isPermaLink=\"false\">https://medium.com/p/a1b2c3</guid>"),
            ("import-report.md", "Medium exports no tags"),
        ],
    );
    holds_nothing_private(&site);
}

#[test]
fn posts_of_substack_come_over() {
    let (file, media) = (fixture("substack"), fixture("substack/images"));
    let (file, media) = (file.to_str().expect("UTF-8"), media.to_str().expect("UTF-8"));
    let site = export(&["substack", file, "--media", media, "--address", "https://old.example"]);
    expect(&site.read("content/insights/silent-phone.md"), "substack.silent-phone.md");
    has(
        &site,
        &[
            ("content/insights/the-price.md", "Open to all.\n\n<!-- gate -->\n\n## The sum"),
            ("content/insights/not-yet.md", "draft: true"),
            ("content/forms/newsletter.yaml", "extends: newsletter"),
            ("import-report.md", "an episode of a podcast"),
            ("import-report.md", "for subscribers who pay"),
            ("public/rss.xml", "<guid isPermaLink=\"false\">https://old.example/p/silent-phone</guid>"),
        ],
    );
    holds_nothing_private(&site);
}

#[test]
fn a_blog_of_hubspot_comes_over() {
    let (file, media) = (fixture("hubspot"), fixture("hubspot/hubfs"));
    let (file, media) = (file.to_str().expect("UTF-8"), media.to_str().expect("UTF-8"));
    let site = export(&["hubspot", file, "--media", media]);
    expect(&site.read("content/insights/silent-phone.md"), "hubspot.silent-phone.md");
    has(
        &site,
        &[
            (
                "content/insights/the-price.sv.md",
                "title: Priset\ndate: 2020-02-01\nauthors: [anna-berg]\ntags: [calls]\nslug: priset\n",
            ),
            ("content/insights/not-yet.md", "draft: true"),
            ("content/people/anna-berg.md", "Anna sells."),
            ("content/forms/hubspot-319478e5.yaml", "webhook: hubspot"),
            ("ringback.yaml", "form: {hubspot-319478e5: \"319478e5-e5fd-4d39-9d13-fc1f90bf46da\"}"),
            ("ringback.yaml", "portal: 1234567"),
            ("import-report.md", "the call to action “Get the guide” leads through HubSpot"),
            ("import-report.md", "`module_block` of HubSpot's templates"),
        ],
    );
    holds_nothing_private(&site);
}

/// A site of another generator, imported, built, imported again, and its addresses verified.
fn generator(name: &str, article: &str) -> Site {
    let folder = fixture(name);
    let site = export(&[name, folder.to_str().expect("UTF-8")]);
    expect(&site.read(&format!("content/{article}")), &format!("{name}.silent-phone.md"));
    has(
        &site,
        &[
            ("ringback.yaml", "title: \"Fjord & Sons\""),
            ("ringback.yaml", "description: On calls."),
            ("ringback.yaml", "https://old.example/"),
        ],
    );
    holds_nothing_private(&site);
    site
}

#[test]
fn a_site_of_eleventy_comes_over() {
    let site = generator("eleventy", "insights/2020-01-05-silent-phone.md");
    has(
        &site,
        &[
            (
                "content/pages/about.md",
                "[The price](../insights/price.md) and [the price once more](../insights/price.md#the-sum)",
            ),
            ("content/insights/price.md", "date: 2020-02-01\naliases: [\"/posts/price/\"]"),
            ("content/insights/not-yet.md", "draft: true"),
            ("content/pages/about.md", "aliases: [\"/about-us/\"]"),
            ("static/files/list.txt", "One"),
            ("import-report.md", "the shortcode `weather` isn't known here"),
            ("import-report.md", "a page that a template makes is left out"),
        ],
    );
    assert!(
        site.path("static/img/desk.png").exists()
            && !site.tree("content").keys().any(|path| path.contains("README"))
    );
}

#[test]
fn a_site_of_astro_comes_over() {
    let site = generator("astro", "insights/silent-phone.md");
    has(
        &site,
        &[
            ("content/insights/price.sv.md", "slug: priset\n"),
            ("content/insights/not-yet.md", "draft: true"),
            ("content/pages/about.md", "Four people."),
            ("import-report.md", "the component `<Chart>` isn't known here"),
        ],
    );
    assert!(site.path("static/images/desk.png").exists() && !site.path("static/images/unused.png").exists());
}

#[test]
fn a_site_of_docusaurus_comes_over() {
    let site = generator("docusaurus", "insights/2020-01-05-silent-phone.md");
    has(
        &site,
        &[
            ("content/docs/intro.md", "title: Introduction\nweight: 1\n"),
            ("content/docs/intro.md", "> [!warning] Mind\n> The **price**."),
            ("content/docs/intro.md", "[the steps](guides/steps.md#first)"),
            ("content/docs/intro.sv.md", "title: Introduktion"),
            ("content/docs/guides/steps.md", "**Windows**"),
            ("content/insights/2020-02-01-price/index.md", "![A desk](desk.png)"),
            ("content/people/anna-berg.md", "title: Anna Berg"),
            ("ringback.yaml", "page: \"docs/intro\""),
            ("import-report.md", "the component `<Weather>` isn't known here"),
        ],
    );
}

#[test]
fn a_site_of_mkdocs_comes_over() {
    let site = generator("mkdocs", "insights/silent-phone.md");
    has(
        &site,
        &[
            ("content/_index.md", "title: Welcome"),
            ("content/guide/start.md", "> [!warning] Mind the price\n> It **changes**.\n>\n> - often"),
            ("content/guide/start.md", "> [!question]- What does it cost?\n> Nothing."),
            ("content/guide/start.md", "**Windows**"),
            ("content/guide/start.md", "[the price](../pages/price.md)"),
            ("content/guide/start.md", "<a class=\"button\" href=\"../pages/price.md\">"),
            ("ringback.yaml", "page: \"guide/start\""),
            ("import-report.md", "which took a text from another file"),
        ],
    );
}

#[test]
fn a_call_script_comes_over_in_any_language() {
    for name in ["opener.txt", "oppning.md", "apning.md"] {
        let site = Site::new();
        let file = fixture("script").join(name);
        let imported = run(&site, &["script", file.to_str().expect("UTF-8")]);
        assert_eq!(
            imported.status,
            0,
            "{}{}\n{}",
            imported.stdout,
            imported.stderr,
            site.read("import-report.md")
        );
        let stem = name.split('.').next().expect("a name");
        expect(&site.read(&format!("content/scripts/{stem}.md")), &format!("script/{stem}.expected"));
        // It is a whole script, and what nobody can be sure of is told.
        let check = site.run(&["check"]);
        assert!(
            !check.stderr.contains("error["),
            "{name}: {}\n{}",
            check.stderr,
            site.read(&format!("content/scripts/{stem}.md"))
        );
        let todos = site.read(&format!("content/scripts/{stem}.md")).contains("TODO");
        assert_eq!(check.stderr.contains("TODO"), todos, "{name}: {}", check.stderr);
        let before = site.tree("content");
        run(&site, &["script", file.to_str().expect("UTF-8")]);
        assert!(site.tree("content") == before, "a second import");
    }
}

#[test]
fn what_is_no_export_is_refused_with_what_to_do() {
    let site = Site::empty()
        .with("none.json", "{\"posts\": 1")
        .with("other.json", "{\"db\": [{\"data\": {\"users\": []}}]}")
        .with("old.doc", [0xd0, 0xcf, 0x11, 0xe0, 0xa1])
        .with("empty.txt", "\n\n")
        .with("torn.docx", b"PK\x03\x04torn".as_slice());
    for (kind, file, word) in [
        ("ghost", "none.json", "isn't an export of Ghost"),
        ("ghost", "other.json", "it has no `posts`"),
        ("ghost", "gone.json", "can't be read"),
        ("script", "old.doc", "older format"),
        ("script", "empty.txt", "no words"),
        ("script", "torn.docx", "breaks off"),
    ] {
        let run = run(&site, &[kind, file]);
        assert_eq!(run.status, 2, "{file}: {}", run.stdout);
        assert!(run.stderr.contains(word) && run.stderr.contains("help"), "{file}: {}", run.stderr);
    }
    assert_eq!(site.tree(".").len(), 5);
}
