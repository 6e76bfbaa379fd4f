//! Whole small sites: what an author writes, and what a reader gets.

use std::collections::BTreeMap;

use ringback::project::MemoryProject;

use crate::support::html::{Tag, inside, tags, text};
use crate::support::{CONFIG, NO_ADVICE, Site, png, render};

const LANGUAGES: &str = "title: {en: Test, sv: Prov}\nbase_url: https://example.org/\n\
                         languages: {en: {label: English}, sv: {label: Svenska}, nb: {label: Norsk}}\n";

/// What a site comes to; nothing may be reported.
fn built(files: &[(&str, &str)]) -> Output {
    let config = ("ringback.yaml", "title: Test\nbase_url: https://example.org/\n");
    let project = [config]
        .iter()
        .chain(files)
        .fold(MemoryProject::new(), |project, (path, text)| project.with(path, text));
    output(&project, "public")
}

fn output(project: &MemoryProject, edition: &str) -> Output {
    let (files, problems) = render(project, edition);
    let problems: Vec<String> =
        problems.iter().map(|problem| format!("{}: {}", problem.code, problem.message)).collect();
    assert!(problems.is_empty(), "{problems:?}");
    Output(files)
}

struct Output(BTreeMap<String, Vec<u8>>);

impl Output {
    fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    fn page(&self, path: &str) -> &str {
        let bytes = self
            .0
            .get(path)
            .unwrap_or_else(|| panic!("no {path} among {:?}", self.0.keys().collect::<Vec<_>>()));
        std::str::from_utf8(bytes).expect("UTF-8")
    }

    /// The text of an article as HTML.
    fn article(&self, path: &str) -> &str {
        inside(self.page(path), "<div class=\"text\">", "</div>").trim()
    }

    /// The structured data of a page.
    fn json_ld(&self, path: &str) -> serde_json::Value {
        let json = inside(self.page(path), "<script type=\"application/ld+json\">", "</script>");
        serde_json::from_str(json).expect("JSON")
    }

    fn tags(&self, path: &str) -> Vec<Tag> {
        tags(self.page(path))
    }

    /// The addresses of all links of a page within `main`, in order, each once.
    fn links(&self, path: &str) -> Vec<String> {
        let mut links: Vec<String> = Vec::new();
        for tag in tags(inside(self.page(path), "<main", "</main>")) {
            let Some(href) = tag.get("href").filter(|_| tag.name == "a") else { continue };
            if !links.iter().any(|link| link == href) {
                links.push(href.to_string());
            }
        }
        links
    }

    fn head(&self, path: &str, name: &str, attribute: &str) -> Option<String> {
        let found = self.tags(path).into_iter().find(|tag| {
            [tag.get("rel"), tag.get("name"), tag.get("property"), tag.get("http-equiv")]
                .contains(&Some(name))
        });
        found.and_then(|tag| tag.get(attribute).map(str::to_string))
    }
}

fn page(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\n---\n{text}\n")
}

#[test]
fn a_suffix_makes_a_translation_and_links_stay_in_their_language() {
    let site = built(&[
        ("ringback.yaml", LANGUAGES),
        (
            "content/insights/a.md",
            "---\ntitle: A\ndate: 2026-01-01\n---\n## First part\n\nText.\n\n## Second part\n",
        ),
        (
            "content/insights/a.sv.md",
            "---\ntitle: Å\nslug: ao\n---\n## Första delen\n\nText.\n\n## Andra delen\n",
        ),
        ("content/insights/b.md", &page("B", "[a](a.md#second-part)")),
        ("content/insights/b.sv.md", &page("B", "[a](a.md#second-part) [a på engelska](a.md#forsta-delen)")),
        ("content/insights/b.nb.md", &page("B", "[a](a.md#second-part) [på svensk](a.sv.md#andra-delen)")),
        ("content/insights/only.sv.md", &page("Bara", "[b](b.md)")),
    ]);
    assert_eq!(site.article("insights/b/index.html"), "<p><a href=\"/insights/a/#second-part\">a</a></p>");
    // A heading is found by its place where it has another name in the translation.
    assert_eq!(
        site.article("sv/insights/b/index.html"),
        "<p><a href=\"/sv/insights/ao/#andra-delen\">a</a> <a href=\"/sv/insights/ao/#forsta-delen\">a på engelska</a></p>"
    );
    // What doesn't exist in a language is linked in the default one, and says so; a suffix says which is meant.
    assert_eq!(
        site.article("nb/insights/b/index.html"),
        "<p><a href=\"/insights/a/#second-part\" hreflang=\"en\">a</a> \
         <a href=\"/sv/insights/ao/#andra-delen\" hreflang=\"sv\">på svensk</a></p>"
    );
    assert!(site.page("sv/insights/ao/index.html").starts_with("<!doctype html>\n<html lang=\"sv\">"));
    // Each language has its own lists, 404 and home page; the title follows.
    for (home, title) in [("index.html", "Test"), ("sv/index.html", "Prov"), ("nb/index.html", "Test")] {
        assert!(inside(site.page(home), "<title>", "</title>").contains(title), "{home}");
    }
    assert!(site.has("404.html") && site.has("sv/404.html") && site.has("nb/404.html"));
    assert!(site.page("_redirects").contains("/sv/* /sv/404.html 404\n"));
    assert!(!text(site.page("insights/index.html")).contains("Bara"));
    assert!(text(site.page("sv/insights/index.html")).contains("Bara"));
}

#[test]
fn translations_name_each_other() {
    let site = built(&[
        ("ringback.yaml", LANGUAGES),
        ("content/insights/a.md", &page("A", "Text.")),
        ("content/insights/a.sv.md", &page("Å", "Text.")),
        ("content/insights/b.md", &page("B", "Text.")),
    ]);
    let alternates = |path: &str| -> Vec<String> {
        let tags =
            site.tags(path).into_iter().filter(|tag| tag.name == "link" && tag.get("hreflang").is_some());
        tags.map(|tag| {
            format!("{} {}", tag.get("hreflang").unwrap_or_default(), tag.get("href").unwrap_or_default())
        })
        .collect()
    };
    let both = [
        "en https://example.org/insights/a/",
        "sv https://example.org/sv/insights/a/",
        "x-default https://example.org/insights/a/",
    ];
    assert_eq!(alternates("insights/a/index.html"), both);
    assert_eq!(alternates("sv/insights/a/index.html"), both);
    assert_eq!(alternates("insights/b/index.html"), Vec::<String>::new());
    let sitemap = site.page("sitemap.xml");
    assert!(sitemap.contains("hreflang=\"sv\" href=\"https://example.org/sv/insights/a/\""));
}

#[test]
fn dates_lead_names_and_folders_are_pages() {
    let site = built(&[
        (
            "content/insights/2026-11-02-dated.md",
            &page("Dated", "[file](data.csv) [page](in-folder/index.md) [to](2026-03-04-both)"),
        ),
        ("content/insights/data.csv", "a,b"),
        ("content/insights/unused.csv", "c,d"),
        ("content/insights/2026-11-03-wins.md", "---\ntitle: Wins\ndate: 2025-01-01\n---\n"),
        (
            "content/insights/in-folder/index.md",
            &page("In a folder", "![i](pic.svg) [up](../2026-11-02-dated.md)"),
        ),
        (
            "content/insights/in-folder/pic.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>",
        ),
        ("content/insights/in-folder/sub/more.pdf", "pdf"),
        ("content/insights/2026-03-04-both/index.md", &page("Both", "[f](f.txt)")),
        ("content/insights/2026-03-04-both/f.txt", "f"),
        ("content/pages/terms.md", &page("Terms", "Text.")),
        ("content/pages/legal/deep.md", &page("Deep", "Text.")),
    ]);
    assert_eq!(
        site.article("insights/dated/index.html"),
        "<p><a href=\"/insights/data.csv\">file</a> <a href=\"/insights/in-folder/\">page</a> <a href=\"/insights/both/\">to</a></p>"
    );
    assert!(site.page("insights/dated/index.html").contains("2026-11-02"));
    assert!(site.page("insights/wins/index.html").contains("2025-01-01"));
    // A page's own files go with it; others only where they are named.
    for path in [
        "insights/data.csv",
        "insights/in-folder/pic.svg",
        "insights/in-folder/sub/more.pdf",
        "insights/both/f.txt",
    ] {
        assert!(site.has(path), "{path}");
    }
    assert!(!site.has("insights/unused.csv"));
    assert!(site.has("terms/index.html") && site.has("legal/deep/index.html"));
    assert!(site.has("archive/2026/11/index.html") && site.has("archive/2025/index.html"));
}

#[test]
fn old_addresses_lead_on() {
    let site = built(&[(
        "content/insights/a.md",
        "---\ntitle: A\nslug: new-name\naliases: [/old/, /b/page.html, /gone.php]\n---\nText.\n",
    )]);
    assert!(site.has("insights/new-name/index.html") && !site.has("insights/a/index.html"));
    for stub in ["old/index.html", "b/page.html"] {
        assert_eq!(site.head(stub, "refresh", "content").as_deref(), Some("0; url=/insights/new-name/"));
        assert_eq!(
            site.head(stub, "canonical", "href").as_deref(),
            Some("https://example.org/insights/new-name/")
        );
        assert_eq!(site.head(stub, "robots", "content").as_deref(), Some("noindex"));
    }
    assert_eq!(
        site.page("_redirects"),
        "/old /insights/new-name/ 301\n/old/ /insights/new-name/ 301\n/b/page.html /insights/new-name/ 301\n\
         /gone.php /insights/new-name/ 301\n"
    );
    assert!(!site.has("gone.php") && !site.page("sitemap.xml").contains("/old"));
}

#[test]
fn drafts_are_shown_on_request_and_say_what_they_are() {
    let site = Site::new()
        .with("content/insights/draft.md", "---\ntitle: Draft page\ndraft: true\n---\nText.\n")
        .with("content/insights/later.md", "---\ntitle: Later page\ndate: 2026-11-23\n---\nText.\n")
        .with("content/insights/gone.md", "---\ntitle: Gone page\nexpires: 2026-11-22\n---\nText.\n")
        .with(
            "content/insights/out.md",
            "---\ntitle: Page that is out\ndate: 2026-11-22\nexpires: 2026-11-23\n---\nText.\n",
        );
    site.build();
    let listed = site.read("public/insights/index.html");
    assert!(listed.contains("Page that is out"));
    for hidden in ["Draft page", "Later page", "Gone page"] {
        assert!(!listed.contains(hidden), "{hidden}");
    }
    assert_eq!(site.run(&["build", "--drafts", "--out", "all"]).status, 0);
    for (name, title) in [("draft", "Draft page"), ("later", "Later page"), ("gone", "Gone page")] {
        let page = site.read(&format!("all/insights/{name}/index.html"));
        assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"), "{name}");
        assert!(site.read("all/insights/index.html").contains(title));
        assert!(!site.read("all/sitemap.xml").contains(&format!("/{name}/")), "{name}");
    }
    assert!(site.read("all/sitemap.xml").contains("/out/"));
}

#[test]
fn series_have_an_order_and_a_future() {
    let site = built(&[
        (
            "ringback.yaml",
            "title: Test\nbase_url: https://example.org/\nseries:\n  tour: {title: The tour, description: All of it., planned: \
             [{part: 3, title: Yet to come}, {part: 2, title: Written by now}]}\n  empty: {title: Nothing yet}\n",
        ),
        (
            "content/insights/two.md",
            "---\ntitle: Second\nseries: {id: tour, part: 2}\ndate: 2026-01-01\n---\n",
        ),
        (
            "content/insights/one.md",
            "---\ntitle: First\nseries: {id: tour, part: 1}\ndate: 2026-02-01\n---\n",
        ),
    ]);
    let all = text(inside(site.page("series/tour/index.html"), "<main", "</main>"));
    let at = |what: &str| all.find(what).unwrap_or_else(|| panic!("no {what} in {all}"));
    assert!(at("First") < at("Second") && at("Second") < at("Yet to come"), "{all}");
    assert!(!all.contains("Written by now"), "{all}");
    assert!(site.links("insights/one/index.html").contains(&"/insights/two/".to_string()));
    assert!(!site.has("series/empty/index.html"));
}

#[test]
fn a_republished_text_points_at_its_origin() {
    let site = built(&[
        (
            "content/insights/a.md",
            "---\ntitle: A\nsource: {name: The Original, url: \"https://other.example/a?b=c&d\", date: 2020-02-03, canonical: true}\n---\n",
        ),
        (
            "content/insights/b.md",
            "---\ntitle: B\nsource: {name: Quoted, url: \"https://other.example/b\"}\n---\n",
        ),
    ]);
    let canonical = |path: &str| site.head(path, "canonical", "href");
    assert_eq!(canonical("insights/a/index.html").as_deref(), Some("https://other.example/a?b=c&d"));
    assert_eq!(canonical("insights/b/index.html").as_deref(), Some("https://example.org/insights/b/"));
    assert!(text(site.page("insights/a/index.html")).contains("The Original"));
    let sitemap = site.page("sitemap.xml");
    assert!(!sitemap.contains("/insights/a/") && sitemap.contains("/insights/b/"));
}

#[test]
fn guests_write_too() {
    let site = built(&[
        ("ringback.yaml", "title: Test\nbase_url: https://example.org/\norganization: {name: Fjord AS}\n"),
        ("content/people/anna.md", "---\ntitle: Anna Berg\norganization: Fjord AS\nrole: Seller\n---\n"),
        ("content/people/guest.md", "---\ntitle: Kim Vik\norganization: Elsewhere Ltd\n---\n"),
        ("content/insights/a.md", "---\ntitle: A\ndate: 2026-01-01\nauthors: [guest, anna]\n---\nText.\n"),
    ]);
    let page = text(site.page("insights/a/index.html"));
    assert!(page.contains("By Kim Vik and Anna Berg"), "{page}");
    assert!(page.contains("Elsewhere Ltd Guest") && !page.contains("Fjord AS Guest"), "{page}");
    for person in ["anna", "guest"] {
        assert!(site.links(&format!("people/{person}/index.html")).contains(&"/insights/a/".to_string()));
        assert!(site.has(&format!("people/{person}/feed.xml")));
    }
}

#[test]
fn menus_nest_and_show_what_an_edition_may_see() {
    let config = "title: Test\nbase_url: https://example.org/\nlanguages: {en: {label: English}, sv: {label: Svenska}}\nmenus:\n  main:\n    \
                  - {page: insights}\n    - label: {en: Work, sv: Arbete}\n      children: [{page: scripts}, {page: pages/about}]\n    \
                  - label: Only for us\n      children: [{page: scripts}]\n    - {url: /a-z/, label: Everything}\n    \
                  - {url: \"https://other.example/\", label: Elsewhere}\neditions:\n  public: {audiences: [public]}\n  \
                  team: {audiences: [public, team]}\n";
    let project = MemoryProject::new()
        .with("ringback.yaml", config)
        .with("content/insights/_index.md", page("Our insights", ""))
        .with("content/insights/a.md", page("A", ""))
        .with("content/insights/a.sv.md", page("A", ""))
        .with("content/pages/about.md", page("About us", ""))
        .with("content/scripts/_index.md", page("Call scripts", ""))
        .with("content/scripts/s.md", page("S", ""));
    let menu_of = |edition: &str, path: &str| {
        let site = output(&project, edition);
        let page = inside(site.page(path), "<nav id=\"menu\"", "</nav>");
        let links: Vec<String> = tags(page)
            .iter()
            .filter_map(|tag| tag.get("href").filter(|_| tag.name == "a").map(str::to_string))
            .collect();
        (text(page), links)
    };
    let (words, links) = menu_of("public", "index.html");
    assert!(words.contains("Our insights Work About us Everything Elsewhere"), "{words}");
    assert_eq!(
        links,
        ["/insights/", "/about/", "/a-z/", "https://other.example/", "/", "/sv/"],
        "and the languages, for phones"
    );
    let (words, links) = menu_of("team", "index.html");
    assert!(
        words.contains("Our insights Work Call scripts About us Only for us Call scripts Everything"),
        "{words}"
    );
    assert_eq!(
        links,
        ["/insights/", "/scripts/", "/about/", "/scripts/", "/a-z/", "https://other.example/", "/", "/sv/"]
    );
    let (words, links) = menu_of("public", "sv/index.html");
    assert!(words.contains("Arbete About us"), "{words}");
    assert_eq!(links, ["/sv/insights/", "/about/", "/sv/a-z/", "https://other.example/", "/", "/sv/"]);
}

#[test]
fn lists_are_cut_into_parts() {
    let mut project = MemoryProject::new()
        .with("ringback.yaml", "title: Test\nbase_url: https://example.org/base/\npagination: 2\n")
        .with("content/playbooks/_index.md", "---\ntitle: Playbooks\npaginate_by: 0\n---\n");
    for number in 1..=5 {
        let text = format!("---\ntitle: Page {number}\ndate: 2026-01-0{number}\ntags: [all]\n---\n");
        project = project.with(&format!("content/insights/p{number}.md"), &text);
        project =
            project.with(&format!("content/playbooks/q{number}.md"), page(&format!("Play {number}"), ""));
    }
    let site = output(&project, "public");
    let listed = |path: &str| {
        let links = site.links(path);
        links
            .iter()
            .filter(|link| !link.contains("/page/"))
            .filter_map(|link| link.strip_prefix("/base/insights/p")?.strip_suffix('/'))
            .collect::<String>()
    };
    assert_eq!(listed("insights/index.html"), "54");
    assert_eq!(listed("insights/page/2/index.html"), "32");
    assert_eq!(listed("insights/page/3/index.html"), "1");
    assert_eq!(listed("tags/all/page/3/index.html"), "1");
    assert!(!site.has("insights/page/1/index.html") && !site.has("insights/page/4/index.html"));
    assert!(!site.has("playbooks/page/2/index.html"));
    let rel = |path: &str, name: &str| site.head(path, name, "href");
    assert_eq!(rel("insights/page/2/index.html", "prev").as_deref(), Some("/base/insights/"));
    assert_eq!(rel("insights/page/2/index.html", "next").as_deref(), Some("/base/insights/page/3/"));
    assert_eq!(rel("insights/index.html", "prev"), None);
    assert_eq!(
        rel("insights/page/2/index.html", "canonical").as_deref(),
        Some("https://example.org/base/insights/page/2/")
    );
    assert!(!site.page("sitemap.xml").contains("/page/2/"));
}

#[test]
fn terms_have_labels_by_language() {
    let site = built(&[
        (
            "ringback.yaml",
            "title: Test\nbase_url: https://example.org/\nlanguages: {en: {label: English}, sv: {label: Svenska}}\n\
             taxonomies:\n  category: {label: {en: Categories, sv: Kategorier}, strict: true, terms: \
             {sales: {label: {en: Sales, sv: Försäljning}, description: {sv: Om att sälja.}}, unused: {label: {en: Unused}}}}\n  tags: {}\n",
        ),
        ("content/insights/a.md", "---\ntitle: A\ncategory: sales\ntags: [Cold Calls, ÅÄÖ]\n---\n"),
        ("content/insights/b.md", "---\ntitle: B\ncategory: [sales]\ntags: [cold calls]\n---\n"),
        ("content/insights/a.sv.md", "---\ntitle: Å\ncategory: sales\n---\n"),
    ]);
    let heading =
        |path: &str| text(inside(site.page(path), "<h1", "</h1>")).trim_start_matches('>').trim().to_string();
    assert!(heading("category/index.html").contains("Categories"));
    assert!(heading("sv/category/index.html").contains("Kategorier"));
    assert!(heading("category/sales/index.html").contains("Sales"));
    assert!(heading("sv/category/sales/index.html").contains("Försäljning"));
    assert!(site.page("sv/category/sales/index.html").contains("Om att sälja."));
    assert!(!site.has("category/unused/index.html") && !site.has("sv/tags/index.html"));
    // Spellings that come to one address are one term.
    assert_eq!(
        site.links("tags/cold-calls/index.html").iter().filter(|link| link.starts_with("/insights/")).count(),
        2
    );
    assert!(site.has("tags/aao/index.html"));
}

#[test]
fn signs_tell_terms_apart_everywhere() {
    let pages =
        [("a", "C"), ("b", "C++"), ("c", "C#"), ("d", ".NET"), ("e", "NET"), ("f", "R&D"), ("g", "A+")];
    let mut files = vec![(
        "ringback.yaml".to_string(),
        "title: Test\nbase_url: https://example.org/\ntaxonomies:\n  category: {}\n  tags: {}\n  \
         persona: {strict: true, terms: {C: {}, C++: {label: Plus}, 'C#': {}, .NET: {}, NET: {}, R&D: {}, A+: {}}}\n"
            .to_string(),
    )];
    for (name, term) in pages {
        files.push((
            format!("content/insights/{name}.md"),
            format!("---\ntitle: Page {name}\ndate: 2026-01-05\ncategory: {term}\ntags: ['{term}']\npersona: {term}\n---\n"),
        ));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = built(&files);
    let slugs = ["c", "c-plus-plus", "c-sharp", "dot-net", "net", "r-and-d", "a-plus"];
    for taxonomy in ["category", "tags", "persona"] {
        for ((name, _), slug) in pages.iter().zip(slugs) {
            let links = site.links(&format!("{taxonomy}/{slug}/index.html"));
            let pages: Vec<&String> =
                links.iter().filter(|link| link.starts_with("/insights/") && link.len() > 10).collect();
            assert!(!pages.is_empty(), "{taxonomy}/{slug}");
            assert!(
                pages.iter().all(|link| **link == format!("/insights/{name}/")),
                "{taxonomy}/{slug}: {pages:?}"
            );
            for feed in ["feed.xml", "rss.xml", "feed.json"] {
                assert!(site.has(&format!("{taxonomy}/{slug}/{feed}")), "{taxonomy}/{slug}/{feed}");
            }
        }
    }
    assert!(site.page("persona/c-plus-plus/index.html").contains("Plus"));
}

/// The letters under which the A–Z page lists, with the titles below each.
fn letters(site: &Output, path: &str) -> Vec<String> {
    let main = inside(site.page(path), "<main", "</main>");
    main.split("<h2")
        .skip(1)
        .map(|part| text(&format!("<h2{}", part.split("</section>").next().unwrap_or(part))))
        .collect()
}

#[test]
fn the_alphabet_is_that_of_the_language() {
    let titles = ["Östersund", "Apa", "Ängel", "Zebra", "Ål", "École", "ærlig", "Øre", "1 tal"];
    let mut project = MemoryProject::new().with("ringback.yaml", LANGUAGES);
    for (number, title) in titles.iter().enumerate() {
        for suffix in [".sv", ".nb", ""] {
            project = project.with(&format!("content/insights/p{number}{suffix}.md"), page(title, ""));
        }
    }
    let site = output(&project, "public");
    let order = |path: &str| {
        let all = letters(&site, path).join(" | ");
        let mut found: Vec<(usize, &str)> = titles
            .iter()
            .map(|title| (all.find(title).unwrap_or_else(|| panic!("{title}: {all}")), *title))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, title)| title).filter(|title| *title != "1 tal").collect::<Vec<_>>()
    };
    let swedish = order("sv/a-z/index.html");
    assert_eq!(&swedish[..3], ["Apa", "École", "Zebra"], "{swedish:?}");
    let at = |title: &str| swedish.iter().position(|found| *found == title);
    assert!(at("Zebra") < at("Ål") && at("Ål") < at("Ängel") && at("Ängel") < at("Östersund"), "{swedish:?}");
    let norwegian = order("nb/a-z/index.html");
    let at = |title: &str| norwegian.iter().position(|found| *found == title);
    assert!(at("Zebra") < at("ærlig") && at("ærlig") < at("Øre") && at("Øre") < at("Ål"), "{norwegian:?}");
    let english = order("a-z/index.html");
    let at = |title: &str| english.iter().position(|found| *found == title);
    assert!(at("Ål") < at("Zebra") && at("Östersund") < at("Zebra"), "{english:?}");
}

#[test]
fn a_site_may_live_under_a_path() {
    let site = built(&[
        (
            "ringback.yaml",
            "title: Test\nbase_url: https://example.org/blog\nmenus: {main: [{url: /a-z/, label: All}]}\n",
        ),
        ("content/insights/a.md", &page("A", "[b](b.md) ![i](i.svg) [all](/a-z/) [top](#)")),
        ("content/insights/b.md", &page("B", "")),
        ("content/insights/i.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>"),
    ]);
    let article = site.article("insights/a/index.html");
    for address in ["\"/blog/insights/b/\"", "\"/blog/insights/i.svg\"", "\"/blog/a-z/\""] {
        assert!(article.contains(address), "{address} in {article}");
    }
    for tag in site.tags("insights/a/index.html") {
        let path = tag.get("href").or(tag.get("src")).unwrap_or_default();
        let is_inside = !path.starts_with('/') || path.starts_with("/blog/");
        assert!(
            is_inside
                && (!path.starts_with("https://example.org")
                    || path.starts_with("https://example.org/blog/")),
            "{path}"
        );
    }
    assert!(site.page("robots.txt").contains("https://example.org/blog/sitemap.xml"));
}

#[test]
fn byte_order_marks_line_ends_and_empty_files_are_no_trouble() {
    let site = Site::new()
        .with("content/insights/bom.md", "\u{feff}---\ntitle: With a mark\n---\nText.\n")
        .with(
            "content/insights/crlf.md",
            "---\r\ntitle: From Windows\r\ntags: [a]\r\n---\r\n## One\r\n\r\nText\r\nand more.\r\n",
        )
        .with("content/insights/mac.md", "---\ntitle: No last line end\n---\nText")
        .with("content/insights/short.md", "---\ntitle: No text\n---");
    site.build();
    let article = |name: &str| site.read(&format!("public/insights/{name}/index.html"));
    assert!(article("bom").contains("<p>Text.</p>") && !article("bom").contains('\u{feff}'));
    let crlf = article("crlf");
    assert!(crlf.contains("<p>Text\nand more.</p>") && !crlf.contains('\r'), "{crlf}");
    assert!(article("mac").contains("<p>Text</p>"));
    assert!(article("short").contains("No text"));
    site.write("content/insights/empty.md", "");
    let run = site.run(&["build"]);
    assert_eq!(run.status, 1);
    assert!(
        run.stderr.contains("content/insights/empty.md") && run.stderr.contains("`title`"),
        "{}",
        run.stderr
    );
}

#[test]
fn file_names_may_be_odd() {
    let site = built(&[
        (
            "content/insights/50 % off #1 🙂.md",
            &page("Odd", "![i](<a b#c%.svg>) ![j](a%20b%23c%25.svg) [n](пример.md) [k](東京.md#東)"),
        ),
        (
            "content/insights/a b#c%.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>",
        ),
        ("content/insights/пример.md", &page("Пример", "[o](<50 % off #1 🙂.md>)")),
        ("content/insights/東京.md", &page("東京", "## 東\n\n[self](#東)")),
    ]);
    let image = "src=\"/insights/a%20b%23c%25.svg\"";
    let odd = site.article("insights/50-off-1/index.html");
    assert_eq!(odd.matches(image).count(), 2, "{odd}");
    assert!(odd.contains("href=\"/insights/%D0%BF%D1%80%D0%B8%D0%BC%D0%B5%D1%80/\""), "{odd}");
    assert!(odd.contains("href=\"/insights/%E6%9D%B1%E4%BA%AC/#%E6%9D%B1\""), "{odd}");
    assert!(site.has("insights/a b#c%.svg"));
    assert!(site.article("insights/пример/index.html").contains("href=\"/insights/50-off-1/\""));
    let run = Site::new().with("content/insights/🙂.md", page("Smile", "")).run(&["build"]);
    assert!(
        run.status == 1 && run.stderr.contains("no-slug") && run.stderr.contains("slug:"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_huge_page_is_built() {
    let paragraph =
        "## A heading\n\nSome *words* with [a link](https://other.example/) and `code`.\n\n- one\n- two\n\n";
    let text = page("Huge", &paragraph.repeat(20_000_000 / paragraph.len()));
    assert!(text.len() > 19_900_000);
    let site = Site::new().with("content/insights/huge.md", text);
    site.build();
    assert!(site.read("public/insights/huge/index.html").len() > 20_000_000);
}

#[test]
fn a_site_without_content_gets_a_hint() {
    let run = Site::empty().run(&["build"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("error[no-content]") && run.stderr.contains("--root"), "{}", run.stderr);
    let run = Site::new().run(&["build"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("content/insights/hello.md"), "{}", run.stderr);
    let run = Site::new().run(&["build", "--root", "nowhere"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("there is no site here"), "{}", run.stderr);
}

#[test]
fn a_site_overrides_one_file_of_the_theme() {
    let base = [
        ("content/insights/a.md", page("A", "Text.")),
        ("content/pages/b.md", "---\ntitle: B\ntemplate: own.html\n---\nText.\n".into()),
    ];
    let files: Vec<(&str, &str)> = base.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let own = [
        (
            "themes/ringback/templates/own.html",
            "<!doctype html><title>{{ page.title }}</title>{{ content | safe }}",
        ),
        ("themes/ringback/templates/partials/footer.html", "<footer>Own footer</footer>"),
        ("themes/ringback/css/main.css", "body { background: url(\"../img/own.svg\") }"),
        ("themes/ringback/img/own.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("themes/ringback/i18n/en.yaml", "skip_to_text: Jump!\n"),
    ];
    let site = built(&[&files[..], &own[..]].concat());
    let page = site.page("insights/a/index.html");
    assert!(page.contains("<footer>Own footer</footer>") && page.contains(">Jump!<"), "{page}");
    assert!(page.contains("Home"), "the other strings stay");
    let sheet =
        site.0.iter().find(|(path, _)| path.starts_with("assets/css/main.")).expect("the style sheet");
    let sheet = String::from_utf8_lossy(sheet.1);
    assert!(sheet.starts_with("body{background:url(\"../img/own.") && !sheet.contains("own.svg"), "{sheet}");
    assert_eq!(site.page("b/index.html"), "<!doctype html><title>B</title><p>Text.</p>\n");

    // A theme of another name lies over the built-in one, too.
    let other = [
        ("ringback.yaml", "title: Test\nbase_url: https://example.org/\ntheme: mine\n"),
        ("themes/mine/templates/partials/footer.html", "<footer>Mine</footer>"),
        ("themes/mine/templates/own.html", "mine"),
    ];
    let site = built(&[&files[..], &other[..]].concat());
    assert!(site.page("insights/a/index.html").contains("<footer>Mine</footer>"));
    assert_eq!(site.page("b/index.html"), "mine");
}

#[test]
fn punctuation_is_that_of_the_language() {
    let text = page("A", "\"Hello\" -- it's 'so' -- 1--2... \"x\"");
    let site = built(&[
        ("ringback.yaml", LANGUAGES),
        ("content/insights/a.md", &text),
        ("content/insights/a.sv.md", &text),
        ("content/insights/a.nb.md", &text),
    ]);
    assert_eq!(site.article("insights/a/index.html"), "<p>“Hello” – it’s ‘so’ – 1–2… “x”</p>");
    assert_eq!(site.article("sv/insights/a/index.html"), "<p>”Hello” – it’s ’so’ – 1–2… ”x”</p>");
    assert_eq!(site.article("nb/insights/a/index.html"), "<p>«Hello» – it’s ‘so’ – 1–2… «x»</p>");
    let plain = format!("{LANGUAGES}markdown: {{smart_punctuation: false}}\n");
    let site = built(&[("ringback.yaml", &plain), ("content/insights/a.md", &text)]);
    assert_eq!(
        site.article("insights/a/index.html"),
        "<p>&quot;Hello&quot; -- it's 'so' -- 1--2... &quot;x&quot;</p>"
    );
}

#[test]
fn files_and_queries_keep_their_fragments() {
    let site = built(&[
        (
            "content/insights/a.md",
            &page("A", "[f](f.pdf#page=2) [q](b.md?via=anna#x) [p](/insights/b/?y=1#x)"),
        ),
        ("content/insights/b.md", &page("B", "## X")),
        ("content/insights/f.pdf", "pdf"),
    ]);
    assert_eq!(
        site.article("insights/a/index.html"),
        "<p><a href=\"/insights/f.pdf#page=2\">f</a> <a href=\"/insights/b/?via=anna#x\">q</a> \
         <a href=\"/insights/b/?y=1#x\">p</a></p>"
    );
}

#[test]
fn key_takeaways_stand_for_the_page() {
    let site = built(&[
        ("ringback.yaml", LANGUAGES),
        (
            "content/insights/a.md",
            &page("A", "Beginning.\n\n## Key takeaways\n\n- The point.\n\n## Rest\n\nMore."),
        ),
        (
            "content/insights/a.sv.md",
            &page("Å", "Början.\n\n## Kom ihåg {role=takeaways}\n\n- Poängen.\n\n## Slut\n\nMer."),
        ),
    ]);
    assert!(site.article("insights/a/index.html").contains(
        "<section class=\"takeaways\" aria-labelledby=\"key-takeaways\">\n<h2 id=\"key-takeaways\">Key takeaways</h2>\n\
         <ul>\n<li>The point.</li>\n</ul>\n</section>\n<h2 id=\"rest\">"
    ));
    for (path, point) in [("insights/a/index.html", "The point."), ("sv/insights/a/index.html", "Poängen.")]
    {
        assert_eq!(site.head(path, "description", "content").as_deref(), Some(point));
    }
    let swedish = site.article("sv/insights/a/index.html");
    assert!(swedish.contains("<section class=\"takeaways\"") && !swedish.contains("role="), "{swedish}");
}

#[test]
fn images_have_sizes_captions_and_time() {
    let project = MemoryProject::new()
        .with("ringback.yaml", "title: Test\nbase_url: https://example.org/\n")
        .with("content/insights/a.md", page("A", "![First](p.png)\n\n![Second *one*](p.png \"A <caption>\")\n\nIn ![line](p.png \"tip\") text."))
        .with("content/insights/lead.md", "---\ntitle: Lead\nimage: {src: p.png, alt: Lead, credit: Anna, ratio: whole}\n---\n![First](p.png)\n")
        .with("content/insights/p.png", png(640, 480));
    let site = output(&project, "public");
    assert_eq!(
        site.article("insights/a/index.html"),
        "<p><img src=\"/insights/p.png\" alt=\"First\" width=\"640\" height=\"480\"></p>\n\
         <figure><img src=\"/insights/p.png\" alt=\"Second one\" width=\"640\" height=\"480\" loading=\"lazy\">\
         <figcaption>A &lt;caption&gt;</figcaption></figure>\n\
         <p>In <img src=\"/insights/p.png\" alt=\"line\" width=\"640\" height=\"480\" loading=\"lazy\" title=\"tip\"> text.</p>"
    );
    assert!(site.article("insights/lead/index.html").contains("loading=\"lazy\""));
    let path = "insights/lead/index.html";
    assert_eq!(site.head(path, "og:image", "content").as_deref(), Some("https://example.org/insights/p.png"));
    assert_eq!(site.head(path, "og:image:width", "content").as_deref(), Some("640"));
}

#[test]
fn images_name_who_made_them() {
    let hostile = "\"Kim's <b>&</b> </script>\"";
    let figures = "![Town](p.png \"Our town. Photo: Anna <i>&</i> Berg\")\n\n![Map](p.png \"© Fjord AS\")\n\n\
        ![Plain](p.png \"No one: said\")\n\n## Closed\n\n<!-- gate -->\n\n![Sealed](p.png \"Photo: Behind\")";
    let front = |credit: &str, more: &str| {
        format!(
            "title: A\ndate: 2026-01-05\nimage: {{src: p.png, alt: Lead, ratio: whole, credit: {credit}}}\n{more}"
        )
    };
    let project = MemoryProject::new()
        .with("ringback.yaml", "title: Test\nbase_url: https://example.org/\nlanguages: {en: {}, sv: {}}\nfeeds: {content: full}\nwebhooks: {w: {kind: json, url: \"https://w.example/\"}}\n")
        .with("content/forms/guide.yaml", "extends: lead\nwebhook: w\n")
        .with("content/insights/a.md", format!("---\n{}---\nOpen.\n\n{figures}\n", front(hostile, "gate: {form: guide}\n")))
        .with("content/insights/b.sv.md", format!("---\n{}---\nText.\n", front("\"Illustration: Kim Vik\"", "")))
        .with("content/insights/c.sv.md", format!("---\n{}---\nText.\n", front("Kim Vik", "")))
        .with("content/people/anna.md", "---\ntitle: Anna\nphoto: {src: p.png, credit: Ola}\n---\n")
        .with("content/people/p.png", png(64, 48))
        .with("content/insights/p.png", png(640, 480));
    let site = output(&project, "public");
    let page = site.page("insights/a/index.html");
    let shown =
        "<figcaption class=\"credit\">Photo: Kim&#39;s &lt;b&gt;&amp;&lt;/b&gt; &lt;/script&gt;</figcaption>";
    assert!(page.contains(shown), "{page}");
    let article = site.article("insights/a/index.html");
    for figure in [
        "<figcaption>Our town. <span class=\"credit\">Photo: Anna &lt;i&gt;&amp;&lt;/i&gt; Berg</span></figcaption>",
        "<figcaption><span class=\"credit\">© Fjord AS</span></figcaption>",
        "<figcaption>No one: said</figcaption>",
    ] {
        assert!(article.contains(figure), "{figure}: {article}");
    }
    let graph = site.json_ld("insights/a/index.html");
    let images: Vec<&serde_json::Value> =
        graph["@graph"].as_array().unwrap().iter().filter(|node| node["@type"] == "ImageObject").collect();
    let credits: Vec<&str> = images.iter().map(|image| image["creditText"].as_str().unwrap()).collect();
    assert_eq!(credits, ["Anna <i>&</i> Berg", "Fjord AS"]);
    assert_eq!(images[0]["contentUrl"], "https://example.org/insights/p.png");
    assert_eq!(images[0]["caption"], "Our town.");
    let lead = &graph["@graph"][0]["image"];
    assert_eq!(lead["creditText"], "Kim's <b>&</b> </script>");
    assert_eq!(lead["contentUrl"], lead["url"]);

    assert!(site.page("sv/insights/b/index.html").contains(">Illustration: Kim Vik</figcaption>"));
    assert!(site.page("sv/insights/c/index.html").contains(">Foto: Kim Vik</figcaption>"));
    let person = site.page("people/anna/index.html");
    assert!(person.contains("<p class=\"fine credit\">Photo: Ola</p>"), "{person}");
    assert_eq!(
        site.json_ld("people/anna/index.html")["@graph"][0]["mainEntity"]["image"]["creditText"],
        "Ola"
    );

    let feed: serde_json::Value = serde_json::from_str(site.page("sv/feed.json")).unwrap();
    let html = feed["items"][1]["content_html"].as_str().unwrap();
    let figure = "<figure><img src=\"https://example.org/insights/p.png\" alt=\"Lead\" width=\"640\" height=\"480\">\
        <figcaption><span class=\"credit\">Foto: Kim Vik</span></figcaption></figure>\n<p>Text.</p>";
    assert_eq!(html.trim(), figure);
}

#[test]
fn the_image_of_a_page_has_a_caption() {
    let article = |image: &str| {
        format!("---\ntitle: A\ndate: 2026-01-05\nimage: {{src: p.png, alt: Lead, {image}}}\n---\nText.\n")
    };
    let project = MemoryProject::new()
        .with("ringback.yaml", "title: Test\nbase_url: https://example.org/\nfeeds: {content: full}\n")
        .with("content/insights/alone.md", article("caption: \"Kim's <b>&</b> desk\""))
        .with("content/insights/both.md", article("caption: \"Our town. Photo: Anna\", credit: Kim Vik"))
        .with("content/insights/ended.md", article("caption: \"Our town – © Fjord AS\""))
        .with("content/insights/p.png", png(640, 480));
    let site = output(&project, "public");
    let feed: serde_json::Value = serde_json::from_str(site.page("feed.json")).unwrap();
    let items = feed["items"].as_array().unwrap();
    let rows = [
        (
            "alone",
            "Kim's <b>&</b> desk",
            None,
            "<figcaption>Kim&#39;s &lt;b&gt;&amp;&lt;/b&gt; desk</figcaption>",
        ),
        (
            "both",
            "Our town. Photo: Anna",
            Some("Kim Vik"),
            "<figcaption>Our town. Photo: Anna <span class=\"credit\">Photo: Kim Vik</span></figcaption>",
        ),
        (
            "ended",
            "Our town",
            Some("Fjord AS"),
            "<figcaption>Our town <span class=\"credit\">© Fjord AS</span></figcaption>",
        ),
    ];
    for (name, caption, credit, shown) in rows {
        let path = format!("insights/{name}/index.html");
        assert!(site.page(&path).contains(shown), "{}", site.page(&path));
        let image = &site.json_ld(&path)["@graph"][0]["image"];
        assert_eq!(image["caption"], caption);
        assert_eq!(image["creditText"].as_str(), credit);
        let url = format!("https://example.org/insights/{name}/");
        let item = items.iter().find(|item| item["url"] == *url).unwrap();
        let html = item["content_html"].as_str().unwrap().replace("Kim's", "Kim&#39;s");
        assert!(html.starts_with("<figure><img src=") && html.contains(shown), "{html}");
    }
}

#[test]
fn raw_html_is_kept_or_refused() {
    let site = Site::new()
        .with("content/insights/a.md", page("A", "<details><summary>More</summary>\n\nText.\n\n</details>"));
    site.build();
    assert!(
        site.read("public/insights/a/index.html")
            .contains("<details><summary>More</summary>\n<p>Text.</p>\n</details>")
    );
    site.write(
        "ringback.yaml",
        "title: Test\nbase_url: https://example.org/\nmarkdown: {raw_html: refuse}\n",
    );
    let run = site.run(&["build"]);
    assert!(run.status == 1 && run.stderr.contains("error[raw-html]"), "{}", run.stderr);
    // Comments are no HTML for readers.
    site.write("content/insights/a.md", page("A", "<!-- a note -->\n\nText."));
    site.build();
}

#[test]
fn search_engines_stay_out_of_the_teams_edition() {
    let config = "title: Test\nbase_url: https://example.org/\neditions: {public: {audiences: [public]}, team: {audiences: [public, team]}}\n";
    let project =
        MemoryProject::new().with("ringback.yaml", config).with("content/insights/a.md", page("A", ""));
    let team = output(&project, "team");
    assert_eq!(team.page("robots.txt"), "User-agent: *\nDisallow: /\n");
    assert!(team.page("_headers").contains("X-Robots-Tag: noindex") && !team.has("sitemap.xml"));
    for path in team.0.keys().filter(|path| path.ends_with(".html")) {
        assert_eq!(team.head(path, "robots", "content").as_deref(), Some("noindex"), "{path}");
    }
    let public = output(&project, "public");
    assert!(public.page("robots.txt").starts_with("User-agent: *\nAllow: /\n") && public.has("sitemap.xml"));
    assert_eq!(public.head("insights/a/index.html", "robots", "content"), None);
    assert_eq!(public.head("404.html", "robots", "content").as_deref(), Some("noindex"));
}

#[test]
fn a_page_stands_where_the_section_of_its_folder_would() {
    let site = built(&[
        ("content/insights/call.md", &page("Call", "Text.")),
        ("content/insights/call/first.md", &page("First", "Text.")),
        ("content/insights/desk/index.md", &page("Desk", "Text.")),
        ("content/insights/desk/second/index.md", &page("Second", "Text.")),
    ]);
    let listed = site.links("insights/index.html");
    for path in ["call", "call/first", "desk", "desk/second"] {
        assert!(site.article(&format!("insights/{path}/index.html")).contains("Text."), "{path} is the page");
        let url = format!("/insights/{path}/");
        assert!(listed.contains(&url), "{path} is in the list of the section above");
    }
}

#[test]
fn sections_sort_as_they_say() {
    let weighted = |title: &str, weight: i32| format!("---\ntitle: {title}\nweight: {weight}\n---\n");
    let site = built(&[
        ("content/playbooks/_index.md", "---\ntitle: P\nsort_by: weight\n---\n"),
        ("content/playbooks/a.md", &weighted("A", 3)),
        ("content/playbooks/b.md", &weighted("B", -1)),
        ("content/playbooks/c.md", &page("C", "")),
        ("content/guides/_index.md", "---\ntitle: G\nsort_by: title\n---\n"),
        ("content/guides/a.md", &page("Zebra", "")),
        ("content/guides/b.md", &page("apple", "")),
    ]);
    let order = |path: &str, prefix: &str| {
        site.links(path)
            .iter()
            .filter_map(|link| link.strip_prefix(prefix)?.strip_suffix('/'))
            .collect::<String>()
    };
    assert_eq!(order("playbooks/index.html", "/playbooks/"), "bac");
    assert_eq!(order("guides/index.html", "/guides/"), "ba");
}

const BROKEN: &str = "---\ntitle: A\n---\n[x](none.md)\n";

/// Only a warning, if the picture is none.
const WARNED: &str = "---\ntitle: A\n---\n![A desk](desk.png)\n";

#[test]
fn problems_come_in_the_format_that_is_asked_for() {
    let site = Site::new().with("content/insights/a.md", BROKEN);
    let short = site.run(&["check", "--format", "short"]);
    assert!(short.stderr.starts_with("content/insights/a.md:4:5: error[broken-link]: "), "{}", short.stderr);
    let github = site.run(&["check", "--format", "github"]);
    assert!(github.stdout.starts_with("::error file=content/insights/a.md,line=4,"), "{}", github.stdout);
    let json = site.run(&["check", "--format", "json"]);
    let value: serde_json::Value =
        serde_json::from_str(json.stdout.lines().next().expect("a line")).expect("JSON");
    assert!(
        value.to_string().contains("\"broken-link\"") && value.to_string().contains("content/insights/a.md"),
        "{value}"
    );
    for run in [&short, &github, &json] {
        assert_eq!(run.status, 1);
    }
    assert!(github.stderr.is_empty() && json.stderr.is_empty() && short.stdout.is_empty());
}

#[test]
fn warnings_are_allowed_or_denied() {
    let site =
        Site::new().with("content/insights/a.md", WARNED).with("content/insights/desk.png", "no picture");
    let run = site.run(&["build", "--deny-warnings"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("warning[unreadable-image]"), "{}", run.stderr);
    assert!(!site.path("public").exists(), "a denied warning publishes nothing");
    assert_eq!(site.run(&["check", "--deny-warnings"]).status, 1);
    assert_eq!(site.run(&["check"]).status, 0);
    for _ in 0..2 {
        // Also when nothing has changed since.
        assert!(site.build().stderr.contains("warning[unreadable-image]"));
    }
    assert_eq!(site.run(&["build", "--deny-warnings"]).status, 1);
}

#[test]
fn quiet_prints_problems_only() {
    let site = Site::new().with("content/insights/a.md", page("A", "Text."));
    let run = site.run(&["build", "--quiet"]);
    assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (0, "", ""));
    site.write("ringback.yaml", format!("{CONFIG}{NO_ADVICE}"));
    let run = site.run(&["check", "-q"]);
    assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (0, "", ""));
    site.write("content/insights/a.md", BROKEN);
    let run = site.run(&["build", "-q"]);
    assert!(run.status == 1 && run.stderr.contains("broken-link"), "{}", run.stderr);
}

#[test]
fn usage_is_explained_with_status_two() {
    let site = Site::new().with("content/insights/a.md", page("A", "Text."));
    for (arguments, says) in [
        (&["build", "--no-such-flag"][..], "--no-such-flag"),
        (&["build", "--today", "yesterday"], "--today"),
        (&["build", "--base-url", "example.org"], "`--base-url example.org`: it must begin with `https://`"),
        (&["biuld"], "build"),
        (&["explain", "unknwon-form"], "unknown-form"),
    ] {
        let run = site.run(arguments);
        assert_eq!(run.status, 2, "{arguments:?}: {}{}", run.stdout, run.stderr);
        assert!(run.stderr.contains(says), "{arguments:?}: {}", run.stderr);
        assert!(!site.path("public").exists());
    }
    let run = site.run(&["explain", "unknown-form"]);
    assert!(run.status == 0 && run.stdout.contains("There is no form with this name."), "{}", run.stdout);
    assert!(
        site.run(&["explain", "error[unknown-form]"]).stdout.contains("There is no form with this name.")
    );
    let all = site.run(&["explain"]);
    assert!(
        all.status == 0 && all.stdout.contains("unknown-form") && all.stdout.contains("output-not-ours"),
        "{}",
        all.stdout
    );
    assert_eq!(site.run(&["--version"]).status, 0);
}
