//! Pages that terms have of their own.

use std::collections::BTreeMap;

use ringback::project::MemoryProject;

use crate::support::html::{inside, text};
use crate::support::{CONFIG, NO_ADVICE, Site, png, render};

const SITE: &str = "title: Test\nbase_url: https://example.org/\npagination: 1\nlanguages: {en: {}, sv: {}}\n\
    taxonomies:\n  category: {label: Categories, terms: {sales: {label: Declared, description: Declared words.}}}\n  persona: {}\n";

const OWN: &str = "title: \"Selling well & more\"\ndescription: What helps.\nupdated: 2026-11-01\naliases: [/old-sales/]\n\
    image: {src: desk.png, alt: A desk, credit: Kim}\nchallenges: [\"No <i>answer</i>\", Wolverines]\n";

fn article(title: &str, front: &str, text: &str) -> String {
    format!("---\ntitle: {title}\n{front}---\n{text}\n")
}

/// Two articles with a term in English, one in Swedish, and the term's page with this front matter.
fn project(own: &str) -> MemoryProject {
    MemoryProject::new()
        .with("ringback.yaml", SITE)
        .with(
            "content/insights/a.md",
            article("A", "date: 2026-01-05\ncategory: sales\n", "[To sales](../category/sales.md#deeper)"),
        )
        .with("content/insights/b.md", article("B", "date: 2026-01-06\ncategory: Sales\n", "Text."))
        .with("content/insights/c.sv.md", article("C", "date: 2026-01-06\ncategory: sales\n", "Text."))
        .with(
            "content/category/sales.md",
            format!("---\n{own}---\nSee [b](../insights/b.md). Ocelots.\n\n## Deeper\n\nText.\n"),
        )
        .with("content/category/sales.sv.md", "---\ntitle: Att sälja\n---\nSvenska ord.\n")
        .with("content/category/desk.png", png(640, 480))
}

fn files(project: &MemoryProject, edition: &str) -> (BTreeMap<String, String>, Vec<String>) {
    let (files, problems) = render(project, edition);
    let problems = problems.iter().map(|problem| format!("{}: {}", problem.code, problem.message));
    let files = files.into_iter().map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned()));
    (files.collect(), problems.collect())
}

#[test]
fn a_terms_page_is_above_its_list() {
    let (files, problems) = files(&project(OWN), "public");
    assert!(problems.is_empty(), "{problems:?}");
    let page = &files["category/sales/index.html"];
    let main = inside(page, "<main", "</main>");
    let order = [
        "<h1>Selling well &amp; more</h1>",
        "<p class=\"standfirst\">What helps.</p>",
        // Cut, as what is above a text is.
        "<img src=\"/assets/pictures/desk-",
        "Photo: Kim</figcaption>",
        "<a href=\"/insights/b/\">b</a>. Ocelots.",
        "<h2 id=\"deeper\">Deeper</h2>",
        "<li>No &lt;i&gt;answer&lt;/i&gt;</li>",
        "<ul class=\"entries\">",
    ];
    let places: Vec<usize> =
        order.iter().map(|part| main.find(part).unwrap_or_else(|| panic!("{part}: {main}"))).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(page.contains("<title>Selling well &amp; more – Test</title>"), "{page}");
    assert!(page.contains("<meta name=\"description\" content=\"What helps.\">"));
    assert!(page.contains("<link rel=\"canonical\" href=\"https://example.org/category/sales/\">"));
    assert!(page.contains("hreflang=\"sv\" href=\"https://example.org/sv/category/sales/\""), "{page}");
    assert!(page.contains("og:image\" content=\"https://example.org/assets/pictures/desk-"));
    let json = inside(page, "<script type=\"application/ld+json\">", "</script>");
    let graph: serde_json::Value = serde_json::from_str(json).unwrap();
    let node = &graph["@graph"][0];
    assert_eq!((&node["@type"], &node["description"]), (&"CollectionPage".into(), &"What helps.".into()));
    assert_eq!(node["primaryImageOfPage"]["creditText"], "Kim");

    // Further parts have its name and nothing else of it.
    let second = &files["category/sales/page/2/index.html"];
    assert!(second.contains("Selling well &amp; more"));
    for word in ["Ocelots", "Wolverines", "<figure"] {
        assert!(page.contains(word) && !second.contains(word), "{word}");
    }
    let swedish = &files["sv/category/sales/index.html"];
    assert!(swedish.contains("<h1>Att sälja</h1>") && swedish.contains("Svenska ord."), "{swedish}");
    // Where the page has no description, the configuration's is used.
    assert!(swedish.contains("<p class=\"standfirst\">Declared words.</p>"));
}

#[test]
fn everything_else_calls_the_term_by_its_pages_title() {
    let (files, _) = files(&project(OWN), "public");
    let label = "Selling well &amp; more";
    assert!(files["insights/a/index.html"].contains(&format!("<a href=\"/category/sales/\">{label}</a>")));
    assert!(files["category/index.html"].contains(&format!("<a href=\"/category/sales/\">{label}</a>")));
    assert!(files["category/sales/feed.xml"].contains("Selling well &amp; more"));
    assert!(files.values().all(|text| !text.contains(">Declared<")));
    // Links, old URLs, the sitemap and the A–Z page lead to the term.
    assert!(files["insights/a/index.html"].contains("<a href=\"/category/sales/#deeper\">To sales</a>"));
    assert!(files["old-sales/index.html"].contains("data-to=\"/category/sales/\""));
    let sitemap = &files["sitemap.xml"];
    assert_eq!(sitemap.matches("<loc>https://example.org/category/sales/</loc>").count(), 1, "{sitemap}");
    assert!(sitemap.contains("2026-11-01"), "{sitemap}");
    assert!(files["a-z/index.html"].contains("href=\"/category/sales/\""));
    // It is in no section's list, and no folder of it is a section.
    assert!(!text(inside(&files["index.html"], "<main", "</main>")).contains("Ocelots"));
    assert!(!files.contains_key("category/feed.xml"));
}

#[test]
fn a_hidden_page_shows_nothing_of_itself() {
    let hidden = ["draft: true\n", "audience: team\n", "date: 2027-01-01\n", "expires: 2026-11-01\n"];
    for front in hidden {
        let own = format!("{OWN}{front}");
        let project = project(&own)
            .with("content/insights/a.md", article("A", "date: 2026-01-05\ncategory: sales\n", "Text."))
            .with(
                "content/category/sales.sv.md",
                article("Att sälja", if front.contains("team") { front } else { "" }, "Text."),
            );
        let (files, problems) = files(&project, "public");
        assert!(problems.is_empty(), "{front}: {problems:?}");
        assert!(files["category/sales/index.html"].contains("<h1>Declared</h1>"), "{front}");
        for (path, text) in &files {
            for word in [
                "Selling",
                "What helps",
                "Kim",
                "Ocelots",
                "ocelots",
                "Wolverines",
                "wolverines",
                "old-sales",
            ] {
                assert!(!text.contains(word) && !path.contains(word), "{front}: {word} in {path}");
            }
        }
    }
}

#[test]
fn a_page_for_the_team_is_in_the_teams_edition() {
    let editions = "editions: {public: {audiences: [public]}, team: {audiences: [public, team]}}\n";
    let own = format!("{OWN}audience: team\n");
    let project = project(&own)
        .with("ringback.yaml", format!("{SITE}{editions}"))
        .with("content/insights/a.md", article("A", "date: 2026-01-05\ncategory: sales\n", "Text."))
        .with("content/category/sales.sv.md", article("Att sälja", "audience: team\n", "Text."));
    assert!(files(&project, "team").0["category/sales/index.html"].contains("Ocelots"));
    let (public, _) = files(&project, "public");
    assert!(public.values().all(|text| !text.contains("Ocelots")));
}

#[test]
fn a_term_that_an_edition_does_not_have_has_no_page_there() {
    let editions = "editions: {public: {audiences: [public]}, team: {audiences: [public, team]}}\n";
    let project = MemoryProject::new()
        .with("ringback.yaml", format!("{SITE}{editions}"))
        .with("content/insights/a.md", article("A", "audience: team\ncategory: sales\n", "Text."))
        .with("content/insights/b.md", article("B", "", "[Sales](../category/sales.md)"))
        .with("content/category/sales.md", article("Selling", "aliases: [/old-sales/]\n", "Ocelots."));
    let (public, problems) = files(&project, "public");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].contains("no page has its term"), "{problems:?}");
    assert!(public["insights/b/index.html"].contains("<p>Sales</p>"));
    assert!(public.iter().all(|(path, text)| !text.contains("Ocelots") && !path.contains("old-sales")));
    let (team, problems) = files(&project, "team");
    assert!(problems.is_empty(), "{problems:?}");
    assert!(team["category/sales/index.html"].contains("Ocelots"));
}

#[test]
fn folders_signs_and_the_names_that_hugo_gives_work() {
    let project = MemoryProject::new()
        .with("ringback.yaml", "title: Test\nbase_url: https://example.org/\n")
        .with("content/insights/a.md", article("A", "tags: [C++, \"R&D\", 2026-01-02-fair]\n", "Text."))
        .with(
            "content/tags/C++/index.md",
            article("The language", "image: {src: desk.png, alt: A desk}\n", "Ocelots."),
        )
        .with("content/tags/C++/desk.png", png(64, 48))
        .with(
            "content/Tags/r-and-d/_index.md",
            article("Research", "noindex: true\n", "[C](../../Tags/C++/index.md)"),
        )
        .with("content/tags/2026-01-02-fair.md", article("The fair", "", "Text."));
    let (files, problems) = files(&project, "public");
    assert!(problems.is_empty(), "{problems:?}");
    assert!(files["tags/c-plus-plus/index.html"].contains("<h1>The language</h1>"));
    assert!(files["tags/c-plus-plus/index.html"].contains("src=\"/tags/c-plus-plus/desk.png\""));
    let research = &files["tags/r-and-d/index.html"];
    assert!(research.contains("<a href=\"/tags/c-plus-plus/\">C</a>"), "{research}");
    assert!(research.contains("content=\"noindex\"") && !files["sitemap.xml"].contains("r-and-d"));
    assert!(files["tags/2026-01-02-fair/index.html"].contains("<h1>The fair</h1>"));
}

#[test]
fn addresses_remember_a_terms_page_by_its_file() {
    let own = |title: &str| article(title, "description: What helps people who sell.\n", "Text.");
    let site = Site::empty()
        .with("ringback.yaml", format!("{CONFIG}{NO_ADVICE}addresses: check\n"))
        .with("content/insights/a.md", article("A", "description: About a.\ncategory: sales\n", "[Home](/)"))
        .with("content/category/sales.md", own("Selling"));
    site.run(&["check", "--fix"]);
    let list = site.read("addresses.txt");
    assert!(list.contains("/category/sales/ # content/category/sales.md: Selling\n"), "{list}");
    site.write(
        "content/insights/a.md",
        article("A", "description: About a.\ncategory: selling\n", "[Home](/)"),
    );
    site.remove("content/category/sales.md");
    site.write("content/category/selling.md", own("Selling"));
    let run = site.run(&["check", "--fix"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    assert!(site.read("content/category/selling.md").contains("aliases: [/category/sales/]"));
}

#[test]
fn search_finds_a_terms_page() {
    let site = Site::empty()
        .with("ringback.yaml", SITE)
        .with("content/insights/a.md", article("A", "category: sales\n", "Text."))
        .with("content/category/sales.md", format!("---\n{OWN}---\nOcelots.\n"))
        .with("content/category/desk.png", png(64, 48));
    let run = site.run(&["index"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let documents: Vec<&str> = run.stdout.lines().filter(|line| line.contains("/category/sales/")).collect();
    assert!(
        documents.iter().any(|line| line.contains("Ocelots") && line.contains("Wolverines")),
        "{}",
        run.stdout
    );
}
