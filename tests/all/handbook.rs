//! The documentation is a site of its own, which readers search in the theme `plain`; and texts that weren't written for
//! ringback are pages.

use std::path::Path;

use crate::support::{CONFIG, NO_ADVICE, Site, tree};

/// The site in `docs/`, in a folder of its own, so that no cache is left beside the sources.
fn documentation() -> Site {
    let files = tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs"));
    let is_source = |path: &str| path == "ringback.yaml" || path.starts_with("content/");
    let sources = files.into_iter().filter(|(path, _)| is_source(path));
    sources.fold(Site::empty(), |site, (path, bytes)| site.with(&path, bytes))
}

#[test]
fn the_documentation_is_a_site_without_a_word_to_say_about_it() {
    let site = documentation();
    let run = site.run(&["build", "--deny-warnings"]);
    assert_eq!(run.status, 0, "{}{}", run.stderr, run.stdout);
    let check = site.run(&["check"]);
    assert!(check.stdout.starts_with("Nothing to fix"), "{}{}", check.stderr, check.stdout);

    // Each page is in the bar at the side, once.
    let home = site.read("public/index.html");
    let pages = std::fs::read_dir(site.path("content")).unwrap().filter_map(|entry| {
        let name = entry.unwrap().file_name().into_string().unwrap();
        name.strip_suffix(".md").filter(|name| *name != "_index").map(str::to_string)
    });
    let bar = home.split("<nav id=\"menu\"").nth(1).and_then(|rest| rest.split("</nav>").next()).unwrap();
    let mut count = 0;
    for page in pages {
        let url = if page == "search" { "/search-box/".into() } else { format!("/{page}/") };
        assert_eq!(bar.matches(&format!("href=\"{url}\"")).count(), 1, "{page} in {bar}");
        count += 1;
    }
    assert!(count > 20, "{count}");

    // The title is its heading, which isn't in the text as well, and neither is the beginning of the text.
    let page = site.read("public/gates/index.html");
    assert_eq!(page.matches("<h1").count(), 1, "{page}");
    assert!(page.contains("<h1>Gates</h1>") && !page.contains("class=\"standfirst\""), "{page}");
    assert!(page.contains("<a href=\"https://git.ringback.example/ringback/blob/main/docs/content/gates.md\" rel=\"external\">Edit this page</a>"), "{page}");
    let security = site.read("public/security/index.html");
    assert!(
        security.contains("href=\"https://git.ringback.example/ringback/blob/main/SECURITY.md\""),
        "{security}"
    );
    // Nothing asks for a lead, so no page ends with a step that leads nowhere.
    assert!(!page.contains("class=\"call\""), "{page}");
    // It can be searched.
    let found = site.run(&["export-search"]);
    assert!(found.stdout.contains("Gates"), "{}", found.stdout);
}

#[test]
fn a_heading_is_the_title_of_a_text_that_names_none() {
    let site = Site::empty()
        .with("ringback.yaml", format!("{CONFIG}{NO_ADVICE}"))
        .with("content/_index.md", "# Our *notes*\n\nWelcome.\n")
        .with(
            "content/insights/one.md",
            "\nThe empty CRM\n=============\n\nNobody fills it in.\n\n## Why\n\nText.\n",
        )
        .with("content/insights/two.md", "---\ndate: 2026-02-01\n---\n\n# Call `back`\n\nSoon.\n")
        .with("content/insights/three.md", "---\ntitle: Mine\n---\n\n# Another\n\nText.\n")
        .with("content/people/kim.md", "# Kim Vik\n\nWrites.\n");
    site.build();
    let one = site.read("public/insights/one/index.html");
    assert!(one.contains("<h1>The empty CRM</h1>") && one.matches("<h1").count() == 1, "{one}");
    let two = site.read("public/insights/two/index.html");
    assert!(
        two.contains("<title>Call back") && two.contains("2026-02-01") && two.matches("<h1").count() == 1,
        "{two}"
    );
    // Front matter wins, and nothing of the text is lost.
    let three = site.read("public/insights/three/index.html");
    assert!(three.contains("<h1>Mine</h1>") && three.contains("Another</h1>"), "{three}");
    assert!(site.read("public/people/kim/index.html").contains("<h1>Kim Vik</h1>"));
    assert!(site.read("public/index.html").contains("Our notes"));
}

#[test]
fn a_link_to_a_file_beside_the_site_needs_to_know_where_it_is_shown() {
    let text = "---\ntitle: A\n---\n\nSee [the licence](../../LICENSE#grant), [a script](../../../tool/run.sh) and [b](b.md).\n";
    let site = Site::empty()
        .with("ringback.yaml", format!("{CONFIG}{NO_ADVICE}"))
        .with("content/insights/a.md", text)
        .with("content/insights/b.md", "---\ntitle: B\n---\n\nText.\n");
    let run = site.run(&["check"]);
    assert!(run.status == 1 && run.stderr.contains("broken-link"), "{}{}", run.stderr, run.stdout);

    site.write(
        "ringback.yaml",
        format!("{CONFIG}{NO_ADVICE}source_url: https://code.example/fjord/blob/main/site/\n"),
    );
    site.build();
    let page = site.read("public/insights/a/index.html");
    assert!(page.contains("href=\"https://code.example/fjord/blob/main/site/LICENSE#grant\""), "{page}");
    assert!(page.contains("href=\"https://code.example/fjord/blob/main/tool/run.sh\""), "{page}");
    assert!(page.contains("href=\"/insights/b/\"") && !page.contains("Edit this page"), "{page}");

    // A page that isn't there is still an error, and so is a path above everything.
    site.write(
        "content/insights/a.md",
        "---\ntitle: A\n---\n\n[Gone](gone.md) [up](../../../../../../../../up)\n",
    );
    let run = site.run(&["check"]);
    assert_eq!(run.stderr.matches("error[broken-link]").count(), 2, "{}", run.stderr);
}
