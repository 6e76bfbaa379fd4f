//! Graphs of pages, and what must not be in them.

use serde_json::{Value, json};

use super::*;
use crate::testing;

fn site(config: impl FnOnce(&str) -> String) -> Site {
    let project = testing::project(config)
        .with("content/forms/guide.yaml", testing::FORM)
        .with(
            "content/insights/a.md",
            "---\ntitle: A </script> & B\ndate: 2026-03-01\nupdated: 2026-11-02\nauthors: [anna, kim]\n\
             tags: [crm]\nseries: {id: empty-crm, part: 2}\ngate: {form: guide}\n\
             source: {name: X, url: 'https://example.com/x'}\n---\nTeaser.\n\n<!-- gate -->\n\nGUARDED.\n",
        )
        .with("content/insights/b.md", "---\ntitle: B\ndate: 2026-03-01\n---\nText.\n")
        .with(
            "content/people/anna.md",
            "---\ntitle: Anna Berg\nrole: Editor\norganization: Fjord AS\nemail: anna@example.org\nphone: '+46 8 465 004 10'\n\
             links: {Blog: 'https://anna.example/'}\nlanguages: [en, sv]\n---\nWrites.\n",
        )
        .with("content/people/kim.md", "---\ntitle: Kim Vik\norganization: Elsewhere\n---\n")
        .with("content/pages/about.md", "---\ntitle: About\n---\nUs.\n")
        .with(
            "content/pages/handbook.md",
            "---\ntitle: Handbook\ngate: {form: guide}\n---\nTeaser.\n\n<!-- gate -->\n\nGUARDED.\n",
        );
    testing::linked(&project, "public").site
}

fn nodes(site: &Site, key: &str) -> Vec<Value> {
    nodes_with(site, key, None)
}

fn nodes_with(site: &Site, key: &str, how_to: Option<HowTo>) -> Vec<Value> {
    let page = site.find(key, crate::config::LangId::new(0)).unwrap();
    let image = Image { url: "https://example.org/a.png", size: Some((4, 3)), caption: "", credit: None };
    let trail = [("Home".into(), Some(site.permalink("/"))), ("This".into(), None)];
    let text = graph(
        site,
        Subject::Page(page),
        &trail,
        &Shown { image: Some(image), how_to, faq: Vec::new(), figures: Vec::new() },
    );
    assert!(!text.contains(['<', '>', '&']), "{text}");
    let graph: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(graph["@context"], "https://schema.org");
    graph["@graph"].as_array().unwrap().clone()
}

#[test]
fn an_article_says_who_when_and_what_is_behind_a_gate() {
    let found = nodes(&site(str::to_string), "insights/a");
    let article = &found[0];
    assert_eq!(article["@type"], "Article");
    assert_eq!(article["headline"], "A </script> & B");
    assert_eq!(article["description"], "Teaser.");
    assert_eq!(article["datePublished"], "2026-03-01");
    assert_eq!(article["dateModified"], "2026-11-02");
    assert_eq!(article["author"][0]["name"], "Anna Berg");
    assert_eq!(article["author"][0]["worksFor"], article["publisher"]);
    assert_eq!(article["author"][1]["worksFor"], json!({"@type": "Organization", "name": "Elsewhere"}));
    assert_eq!(article["publisher"]["@id"], "https://example.org/#organization");
    assert_eq!(article["image"]["width"], 4);
    assert_eq!(article["isPartOf"][0]["url"], "https://example.org/series/empty-crm/");
    assert_eq!(article["position"], 2);
    assert_eq!(article["keywords"], json!(["The CRM"]));
    assert_eq!(article["wordCount"], 2);
    assert_eq!(article["isAccessibleForFree"], false);
    assert_eq!(article["hasPart"]["cssSelector"], ".gate");
    assert_eq!(article["isBasedOn"]["url"], "https://example.com/x");
    assert!(!article.to_string().contains("GUARDED"));
    assert_eq!(found[1]["itemListElement"][1], json!({"@type": "ListItem", "position": 2, "name": "This"}));
}

#[test]
fn an_article_without_authors_is_by_who_publishes_it() {
    let found = nodes(&site(str::to_string), "insights/b");
    assert_eq!(found[0]["author"][0]["name"], "Fjord AS");
    assert_eq!(found[0]["isAccessibleForFree"], true);
    assert_eq!(found[0]["hasPart"], Value::Null);
    let nobody = site(|config| {
        config.split_inclusive('\n').filter(|line| !line.starts_with("organization")).collect()
    });
    let found = nodes(&nobody, "insights/b");
    assert_eq!(found[0]["author"][0]["name"], "Fjord & Sons");
    assert_eq!(found[0]["publisher"], Value::Null);
}

#[test]
fn a_playbook_is_an_article_about_its_steps() {
    let step = |name: &str, id: &str| HowToStep { name: name.into(), id: id.into(), text: "Do <it>.".into() };
    let steps = vec![step("Read", "step-1-read"), step("Läs", "steg-läs")];
    let how_to = HowTo { steps, seconds: Some(6_600) };
    let found = nodes_with(&site(str::to_string), "insights/b", Some(how_to.clone()));
    assert_eq!(found[0]["mainEntity"]["@id"], found[1]["@id"]);
    assert_eq!((&found[1]["@type"], &found[1]["totalTime"]), (&json!("HowTo"), &json!("PT1H50M")));
    let expected = json!({"@type": "HowToStep", "position": 1, "name": "Read", "text": "Do <it>.",
        "url": "https://example.org/insights/b/#step-1-read"});
    assert_eq!(found[1]["step"][0], expected);
    assert_eq!(found[1]["step"][1]["url"], "https://example.org/insights/b/#steg-l%C3%A4s");
    let untimed = HowTo { seconds: None, ..how_to };
    let found = nodes_with(&site(str::to_string), "insights/b", Some(untimed));
    assert_eq!(found[1]["totalTime"], Value::Null);
}

#[test]
fn times_are_written_as_iso_has_them() {
    for (seconds, text) in [
        (1, "PT1S"),
        (90, "PT1M30S"),
        (3_600, "PT1H"),
        (86_400, "P1D"),
        (176_460, "P2DT1H1M"),
        (864_000, "P10D"),
    ] {
        assert_eq!(iso_duration(seconds), text);
    }
}

#[test]
fn a_person_keeps_what_their_page_does_not_show() {
    let found = nodes(&site(str::to_string), "people/anna");
    assert_eq!(found[0]["@type"], "ProfilePage");
    let anna = &found[0]["mainEntity"];
    assert_eq!(anna["jobTitle"], "Editor");
    assert_eq!(anna["sameAs"], json!(["https://anna.example/"]));
    assert_eq!(anna["description"], "Writes.");
    assert!(!found[0].to_string().contains("anna@example.org"));
    assert!(!found[0].to_string().contains("465"));
}

#[test]
fn home_tells_all_about_the_publisher() {
    let found = nodes(&site(str::to_string), "");
    assert_eq!(found[0]["@type"], "WebSite");
    assert_eq!(found[0]["publisher"]["@id"], found[1]["@id"]);
    assert_eq!(found[1]["email"], "hello@example.org");
    assert_eq!(found[1]["address"]["addressLocality"], "Oslo");
    assert_eq!(found[1]["sameAs"], Value::Null);
}

#[test]
fn other_pages_have_kinds_too() {
    let site = site(str::to_string);
    assert_eq!(nodes(&site, "pages/about")[0]["@type"], "WebPage");
    assert_eq!(nodes(&site, "pages/about")[0]["isAccessibleForFree"], Value::Null);
    let handbook = &nodes(&site, "pages/handbook")[0];
    assert_eq!(
        (&handbook["isAccessibleForFree"], &handbook["hasPart"]["cssSelector"]),
        (&json!(false), &json!(".gate"))
    );
    assert_eq!(nodes(&site, "insights")[0]["@type"], "CollectionPage");
    let list = Subject::List {
        title: "T\u{2028}",
        description: "",
        permalink: "https://example.org/t/",
        lang: crate::config::LangId::new(1),
    };
    let text = graph(&site, list, &[], &Shown::default());
    assert!(text.contains("\"name\":\"T\\u2028\""), "{text}");
    let list: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(list["@graph"][0]["inLanguage"], "sv");
    assert_eq!(list["@graph"][0]["description"], Value::Null);
}
