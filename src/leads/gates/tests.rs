//! Gates of whole sites, opened again.

use serde_json::Value;

use super::key::{Key, Secret, VARIABLE};
use super::seal;
use crate::pages::linked::Edition;
use crate::project::MemoryProject;
use crate::testing;

const SECRET: &str = "0123456789abcdef0123456789abcdef";

const FORM: &str =
    "title: {en: G, sv: G}\nsubmit: {en: Go, sv: Gå}\nwebhook: crm\nfields: [{id: email, type: email}]\n";

/// A page with a bit of everything behind its gate.
const PAGE: &str = "---\ntitle: A\ngate: {form: guide, key: webhook, download: book.pdf}\n---\n\
Teaser, see [below](#deep) and [up](#up).[^t]\n\n## Up\n\n| a |\n|---|\n| b |\n\n<!-- gate -->\n\n\
## Deep\n\nSEALED[^s] [up](#up) [down](#deep) [b](b.md) [file](sheet.xlsx) [site](/a-z/)\n\n[form:guide]\n\n\
| c |\n|---|\n| d |\n\n![alt](map.png) ![open](open.png)\n\n### Deeper\n\n<!-- /gate -->\n\n\
## End\n\n![open](open.png)\n\n[^t]: Note.\n[^s]: SEALEDNOTE.\n";

fn project(page: &str) -> MemoryProject {
    let mut project = testing::project(str::to_string)
        .with("content/forms/guide.yaml", FORM)
        .with("content/insights/a.md", page)
        .with("content/insights/b.md", "---\ntitle: B\n---\nText.\n")
        .with("content/insights/map.png", png())
        .with("content/insights/open.png", png())
        .with("content/insights/sheet.xlsx", "SHEET")
        .with("content/insights/book.pdf", "BOOK");
    project.variables.insert(VARIABLE.into(), SECRET.into());
    project
}

fn png() -> Vec<u8> {
    testing::png(800, 600)
}

fn key(gate: &str) -> Key {
    Key::derive(Secret::new(SECRET).as_ref(), gate, 1)
}

/// A file of the output, from its URL.
fn file(project: &MemoryProject, linked: &Edition, url: &str) -> Vec<u8> {
    let path = url.trim_start_matches('/');
    let (_, artifact) = linked.plan.iter().find(|(found, _)| found.as_str() == path).unwrap();
    crate::edition::artifact::bytes(project, linked, artifact).unwrap()
}

/// What the page says of its gate, and what is sealed.
fn opened(project: &MemoryProject, linked: &Edition, key: &Key) -> (Value, Value) {
    let page = linked.site.find("insights/a", crate::config::LangId::new(0)).unwrap();
    let config = linked.features.gates.config(&linked.site, page).unwrap();
    assert!(!config.contains('<'));
    let config: Value = serde_json::from_str(&config).unwrap();
    let sealed = file(project, linked, config["sealed"].as_str().unwrap());
    let text = seal::open(key, config["item"].as_str().unwrap(), &sealed).unwrap();
    (config, serde_json::from_slice(&text).unwrap())
}

#[test]
fn what_is_behind_a_gate_is_sealed_whole() {
    let project = project(PAGE);
    let linked = testing::linked(&project, "public");
    let (config, sealed) = opened(&project, &linked, &key("a"));
    assert_eq!(
        (&config["gate"], &config["key"], &config["key_version"]),
        (&"a".into(), &"webhook".into(), &1.into())
    );
    assert_eq!(config["token"], Value::Null);
    let html = sealed["html"].as_str().unwrap();
    for part in [
        "<h2 id=\"deep\">Deep</h2>",
        "SEALED<sup><a href=\"#gate-fn:1\" id=\"gate-fnref:1\"",
        "<a href=\"#up\">up</a> <a href=\"#deep\">down</a> <a href=\"/insights/b/\">b</a>",
        "<a href=\"/a-z/\">",
        "id=\"form-guide-2\"",
        "aria-label=\"Table 2: c\"",
        "<img src=\"/insights/open.png\" alt=\"open\"",
        "aria-label=\"Footnotes to the rest\"",
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    assert_eq!(
        sealed["toc"],
        serde_json::json!([{"id": "deep", "text": "Deep", "children": [{"id": "deeper", "text": "Deeper", "children": []}]}])
    );
    assert_eq!(sealed["version"], 1);
    let files = sealed["files"].as_object().unwrap();
    let found = |name: &str| files.iter().find(|(_, file)| file["name"] == name).unwrap();
    for (name, kind, bytes) in [
        ("map.png", "image/png", png()),
        ("sheet.xlsx", "application/octet-stream", b"SHEET".to_vec()),
        ("book.pdf", "application/pdf", b"BOOK".to_vec()),
    ] {
        let (placeholder, about) = found(name);
        assert_eq!((&about["type"], &about["size"]), (&kind.into(), &bytes.len().into()));
        let file = file(&project, &linked, about["sealed"].as_str().unwrap());
        assert_eq!(seal::open(&key("a"), about["item"].as_str().unwrap(), &file), Some(bytes));
        let is_download = name == "book.pdf";
        assert_eq!(sealed["download"] == **placeholder, is_download);
        assert!(is_download || html.contains(&format!("=\"{placeholder}\"")), "{html}");
    }
    assert_eq!((files.len(), &found("map.png").1["width"]), (3, &800.into()));
    assert_eq!(found("book.pdf").1["width"], Value::Null);
}

#[test]
fn the_open_page_stands_around_its_gate() {
    let project = project(PAGE);
    let linked = testing::linked(&project, "public");
    let page = String::from_utf8(file(&project, &linked, "/insights/a/index.html")).unwrap();
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} is not in {page}"));
    assert!(at("Teaser") < at("data-gate-config") && at("data-gate-config") < at("id=\"end\""));
    assert!(at("id=\"end\"") < at("doc-endnotes"));
    assert!(page.contains("id=\"gate:\"") && page.contains("<a href=\"#gate:\">below</a>"));
    for hidden in ["SEALED", "deep", "map.png", "sheet.xlsx", "book.pdf"] {
        assert!(!page.contains(hidden), "{hidden}");
    }
    let plan: Vec<&str> = linked.plan.iter().map(|(path, _)| path.as_str()).collect();
    assert!(plan.contains(&"insights/open.png"));
    assert!(
        !plan.iter().any(|path| ["map.png", "sheet.xlsx", "book.pdf"].iter().any(|name| path.contains(name)))
    );
    assert_eq!(plan.iter().filter(|path| path.starts_with("sealed/")).count(), 4);
}

#[test]
fn the_team_reads_it_all() {
    let project = project(PAGE);
    let linked = testing::linked(&project, "team");
    assert_eq!(linked.features.gates.all().count(), 0);
    let page = String::from_utf8(file(&project, &linked, "/insights/a/index.html")).unwrap();
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} is not in {page}"));
    assert!(
        at("Teaser") < at("SEALED") && at("SEALED") < at("id=\"end\"") && at("id=\"end\"") < at("SEALEDNOTE")
    );
    assert!(
        page.contains("<a href=\"#deep\">below</a>")
            && page.contains("<a href=\"/insights/book.pdf\" download>")
    );
    assert!(!page.contains("data-gate"));
    assert_eq!(file(&project, &linked, "/insights/sheet.xlsx"), b"SHEET");
    assert!(!linked.plan.iter().any(|(path, _)| path.as_str().starts_with("sealed/")));
}

#[test]
fn a_name_changes_with_what_is_in_it_and_with_nothing_else() {
    let names = |project: &MemoryProject| -> Vec<String> {
        let linked = testing::linked(project, "public");
        let sealed = linked.plan.iter().map(|(path, _)| path.as_str().to_string());
        sealed.filter(|path| path.starts_with("sealed/")).collect()
    };
    let before = names(&project(PAGE));
    assert_eq!(before, names(&project(&PAGE.replace("Teaser", "Another teaser"))));
    assert_eq!(before, names(&project(PAGE).with("content/insights/c.md", "---\ntitle: C\n---\nText.\n")));
    let differing = |other: Vec<String>| other.iter().filter(|name| !before.contains(name)).count();
    assert_eq!(differing(names(&project(&PAGE.replace("SEALEDNOTE", "Another")))), 1);
    // The text names the file that it is in.
    assert_eq!(differing(names(&project(PAGE).with("content/insights/book.pdf", "BOOK 2"))), 2);
    assert_eq!(differing(names(&project(&PAGE.replace("key: webhook", "key: webhook, key_version: 2")))), 4);
    let mut other = project(PAGE);
    other.variables.insert(VARIABLE.into(), SECRET.replace('0', "x"));
    assert_eq!(differing(names(&other)), 4);
}

#[test]
fn a_key_in_the_page_needs_no_secret_and_tells_nothing_of_it() {
    let page = PAGE.replace("key: webhook", "id: own, key_version: 7");
    let mut with = project(&page);
    let mut without = with.clone();
    without.variables.clear();
    with.variables.insert(VARIABLE.into(), "short".into());
    for project in [with, without] {
        let linked = testing::linked(&project, "public");
        let key = Key::derive(None, "own", 7);
        let (config, sealed) = opened(&project, &linked, &key);
        assert_eq!(config["token"], key.token());
        assert!(sealed["html"].as_str().unwrap().contains("SEALED"));
    }
}

#[test]
fn only_a_download_may_be_behind_a_gate() {
    let project = project("---\ntitle: A\ngate: {form: guide, download: book.pdf}\n---\nAll of it.\n");
    let linked = testing::linked(&project, "public");
    let (_, sealed) = opened(&project, &linked, &Key::derive(None, "a", 1));
    assert_eq!((&sealed["html"], &sealed["download"]), (&"".into(), &"sealed:0".into()));
    let page = linked.site.find("insights/a", crate::config::LangId::new(0)).unwrap();
    let download = linked.features.gates.download(page).unwrap();
    assert_eq!((download.kind.as_str(), download.size), ("PDF", 4));
    let page = String::from_utf8(file(&project, &linked, "/insights/a/index.html")).unwrap();
    assert!(page.contains("\"isAccessibleForFree\":true"));
}

#[test]
fn a_site_may_stand_below_a_path() {
    let mut project = project(PAGE);
    let config = String::from_utf8(project.files["ringback.yaml"].clone()).unwrap();
    project =
        project.with("ringback.yaml", config.replace("https://example.org/", "https://example.org/blog/"));
    let linked = testing::linked(&project, "public");
    let page = linked.site.find("insights/a", crate::config::LangId::new(0)).unwrap();
    let config: Value =
        serde_json::from_str(&linked.features.gates.config(&linked.site, page).unwrap()).unwrap();
    assert!(config["sealed"].as_str().unwrap().starts_with("/blog/sealed/"));
    assert_eq!(config["item"], "/insights/a/");
}

#[test]
fn gate_js_knows_what_is_in_its_config() {
    let types = [crate::testing::declaration::<super::GateConfig<'_>>()];
    crate::testing::assert_declared("leads/gates/client/config.d.ts", &types);
}
