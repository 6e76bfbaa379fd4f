//! The page on which colleagues write, with Sveltia CMS itself and its backend for tests: what a save leaves of each file.

#![allow(clippy::disallowed_methods, reason = "the folders of the tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::time::Duration;

use serde_json::{Value, json};

use super::{Browser, Options, Screen, Serve, Server};
use crate::support::{Site, fixture, leaks};

/// The release that the page is made for.
const RELEASE: &str = "0.221.1";

/// The package, from npm or from an earlier run. Like a browser, it is missing on some computers, but not in CI.
fn package() -> Option<PathBuf> {
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sveltia");
    let file = folder.join(format!("sveltia-cms-{RELEASE}.tgz"));
    if !file.exists() {
        fs::create_dir_all(&folder).expect("a folder");
        let package = format!("@sveltia/cms@{RELEASE}");
        let got = Command::new("npm").args(["pack", "--silent", &package]).current_dir(&folder).status();
        let is_there = got.is_ok_and(|status| status.success()) && file.exists();
        assert!(is_there || std::env::var_os("CI").is_none(), "npm doesn't give {package}");
    }
    file.exists().then_some(file)
}

const EDITOR: &str = "editor: {edition: EDITION, host: github, repository: svarton/site, branch: main}\n";

/// A site with the page in one edition, built, and its folder.
pub(super) fn built(site: Site, edition: &str) -> Option<Site> {
    let package = package()?;
    let config = site.read("ringback.yaml");
    site.write("ringback.yaml", format!("{config}\n{}", EDITOR.replace("EDITION", edition)));
    let run = site.run(&["editor", "--package", &package.to_string_lossy()]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    site.build();
    Some(site)
}

/// The page without its host: Sveltia's backend for tests keeps files in the browser.
fn offline(site: &Site, edition: &str) {
    let path = format!("{edition}/admin/ringback.json");
    let mut data: Value = serde_json::from_str(&site.read(&path)).expect("JSON");
    data["config"]["backend"] = json!({"name": "test-repo"});
    data["config"].as_object_mut().expect("keys").remove("publish_mode");
    site.write(&path, data.to_string());
}

const SEED: &str = "const [files] = arguments;
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('sveltia-cms-test', {create: true});
    for (const [path, text] of Object.entries(files)) {
      let folder = root; const parts = path.split('/'); const name = parts.pop();
      for (const part of parts) folder = await folder.getDirectoryHandle(part, {create: true});
      const out = await (await folder.getFileHandle(name, {create: true})).createWritable();
      await out.write(text); await out.close();
    }";

const READ: &str = "const [paths] = arguments;
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('sveltia-cms-test');
    const all = {};
    for (const path of paths) {
      let folder = root; const parts = path.split('/'); const name = parts.pop();
      for (const part of parts) folder = await folder.getDirectoryHandle(part);
      all[path] = await (await (await folder.getFileHandle(name)).getFile()).text();
    }
    return all;";

/// Types at the end of the title, and saves.
const EDIT: &str = "const [words, key = 'title'] = arguments;
    try {
    const wait = async (what) => { for (let i = 0; i < 400; i += 1) { const found = what(); if (found) return found; await new Promise((go) => setTimeout(go, 25)); } throw new Error('nothing came: ' + what + document.body.innerText.slice(0, 400)); };
    const field = await wait(() => document.querySelector('[data-key-path=\"' + key + '\"] :is(input, textarea)'));
    if (key === 'title') await wait(() => document.querySelector('[data-key-path=\"body\"] [contenteditable=true], [data-key-path=\"body\"] textarea'));
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value').set.call(field, field.value + words);
    field.dispatchEvent(new Event('input', {bubbles: true}));
    const save = await wait(() => [...document.querySelectorAll('button')].find((one) => one.textContent.trim() === 'Save' && !one.disabled && one.ariaDisabled !== 'true'));
    save.click();
    // It goes back to the list when everything is written.
    await wait(() => !location.hash.includes('/entries/'));
    return null;
    } catch (error) { return String(error); }";

/// A page of the browser that is signed in.
fn signed_in(server: &Server, files: &BTreeMap<String, String>, screen: Screen) -> Option<Browser> {
    let page = Browser::open(Options { screen, ..Options::default() })?;
    page.goto(&server.url("/admin/ringback.css"));
    assert_eq!(page.js_async(SEED, &[json!(files)]), Value::Null);
    page.goto(&server.url("/admin/"));
    let button = "[...document.querySelectorAll('button')].find((one) => /test/i.test(one.textContent))";
    page.wait(button);
    page.js(&format!("{button}.click()"), &[]);
    page.wait("document.body.innerText.includes('Collections')");
    Some(page)
}

/// The texts of a site below `content/`.
pub(super) fn texts(site: &Site) -> BTreeMap<String, String> {
    let files =
        site.tree("content").into_iter().filter(|(path, _)| path.ends_with(".md") || path.ends_with(".yaml"));
    files.map(|(path, bytes)| (format!("content/{path}"), String::from_utf8(bytes).expect("text"))).collect()
}

/// Sveltia's own schema of its configuration.
fn is_valid(package: &Path, config: &Value) -> Result<(), String> {
    let folder = tempfile::tempdir().expect("a folder");
    let packed = Command::new("tar").arg("-xzf").arg(package).arg("-C").arg(folder.path()).status();
    assert!(packed.expect("tar").success());
    let schema = fs::read_to_string(folder.path().join("package/schema/sveltia-cms.json")).expect("a schema");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("sveltia.json", schema).expect("a schema");
    let index = compiler.compile("sveltia.json", &mut schemas).expect("it compiles");
    schemas.validate(config, index).map_err(|error| format!("{error:#}"))
}

#[test]
fn the_configuration_is_what_sveltia_reads() {
    let Some(site) = built(fixture::warm_demo(), "team") else { return };
    let data: Value = serde_json::from_str(&site.read("team/admin/ringback.json")).expect("JSON");
    assert_eq!(is_valid(&package().expect("it is there"), &data["config"]), Ok(()));
    let names: Vec<&str> = data["config"]["collections"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["name"].as_str())
        .collect();
    for name in [
        "home",
        "insights",
        "insights--folders",
        "people",
        "playbooks",
        "scripts",
        "mails",
        "cadences",
        "pages",
        "forms",
        "assessments--questions",
        "calculators--numbers",
        "surveys--questions",
    ] {
        assert!(names.contains(&name), "{name}: {names:?}");
    }
    // Whoever looks for something finds it by what it is called.
    let collections = data["config"]["collections"].as_array().expect("a list");
    let labels: Vec<&str> = collections.iter().filter_map(|one| one["label"].as_str()).collect();
    let different: BTreeSet<&str> = labels.iter().copied().collect();
    assert_eq!(different.len(), names.len(), "{labels:?}");
    assert!(different.contains("Categories") && different.contains("Assessments (pages)"), "{labels:?}");
    // Every key of an article has a field.
    let insights =
        &data["formats"].as_array().expect("a list").iter().find(|one| one["name"] == "ringback-insight");
    let fields: Vec<&str> = insights.expect("it is there")["fields"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["name"].as_str())
        .collect();
    for key in [
        "title",
        "description",
        "date",
        "authors",
        "category",
        "gate",
        "image",
        "series",
        "extra",
        "review_by",
    ] {
        assert!(fields.contains(&key), "{key}: {fields:?}");
    }
    // Only the edition that is named has it.
    assert!(!site.path("public/admin").exists());
}

#[test]
fn a_save_changes_what_was_changed_and_nothing_else() {
    let Some(site) = built(fixture::warm_demo(), "team") else { return };
    offline(&site, "team");
    let files = texts(&site);
    let server = Server::of(&site.path("team"), Serve { base: "/" });
    let Some(page) = signed_in(&server, &files, Screen::default()) else { return };
    let mut wrong = Vec::new();
    let mut saved = 0;
    for (path, before) in &files {
        let Some((folder, name)) = path.strip_suffix(".md").and_then(|path| path.rsplit_once('/')) else {
            continue;
        };
        let is_translation = name.ends_with(".sv") || name.ends_with(".nb");
        // Of a page that isn't there in the first language, Sveltia saves nothing, as the documentation says.
        if is_translation || name.starts_with("_index") {
            continue;
        }
        let inside = folder.trim_start_matches("content").trim_start_matches('/');
        let (collection, slug) = match name.starts_with("index") {
            true => {
                let (outer, own) = inside.rsplit_once('/').unwrap_or(("home", inside));
                (format!("{}--folders", outer.replace('/', "--")), format!("{own}/index"))
            }
            false => (inside.replace('/', "--"), name.to_string()),
        };
        page.js(&format!("location.hash = '#/collections/{collection}/entries/{slug}'"), &[]);
        let said = page.js_async(EDIT, &[json!(" X")]);
        if said != Value::Null {
            wrong.push(format!("{path}: {said}"));
            continue;
        }
        saved += 1;
        let after = page.js_async(READ, &[json!([path])])[path].as_str().unwrap_or_default().to_string();
        let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
        let changed: Vec<_> = old.iter().zip(&new).filter(|(old, new)| old != new).collect();
        if old.len() != new.len() || changed.len() != 1 || !changed[0].1.contains(" X") {
            wrong.push(format!("{path} ({} → {} lines): {changed:#?}", old.len(), new.len()));
        }
    }
    assert!(wrong.is_empty(), "{} of {saved}: {}", wrong.len(), wrong.join("\n"));
    assert!(saved > 40, "{saved}");
    // Translations that nobody touched are as they were.
    let others: Vec<&String> =
        files.keys().filter(|path| path.contains(".sv.") || path.contains(".yaml")).collect();
    let after = page.js_async(READ, &[json!(others)]);
    for path in others {
        assert_eq!(after[path].as_str(), Some(files[path].as_str()), "{path}");
    }
}

/// Begins the page in Swedish, or goes on with it, and saves.
const TRANSLATE: &str = "const [words] = arguments;
    try {
    const wait = async (what) => { for (let i = 0; i < 400; i += 1) { const found = what(); if (found) return found; await new Promise((go) => setTimeout(go, 25)); } throw new Error('nothing came: ' + what + document.body.innerText.slice(0, 400)); };
    const button = (name) => [...document.querySelectorAll('button')].find((one) => one.textContent.replace(/[\\u2068\\u2069]/g, '').trim().endsWith(name) && one.checkVisibility() && !one.disabled && one.ariaDisabled !== 'true');
    const field = (name, lang) => document.querySelector(`[data-key-path=\"${name}\"] :is(input, textarea, [contenteditable=true])[lang=${lang}]`);
    await wait(() => field('title', 'en') ?? field('title', 'sv'));
    // The form is drawn before its buttons do anything.
    const title = await wait(() => { const found = field('title', 'sv'); if (!found) (button('Enable Swedish') ?? button('Swedish'))?.click(); return found; });
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(title), 'value').set.call(title, title.value + words);
    title.dispatchEvent(new Event('input', {bubbles: true}));
    (await wait(() => button('Save'))).click();
    await wait(() => !location.hash.includes('/entries/'));
    return null;
    } catch (error) { return String(error); }";

#[test]
fn a_translation_takes_nothing_from_its_original_that_is_of_one_page_alone() {
    let Some(site) = built(fixture::warm_demo(), "team") else { return };
    let (path, swedish) =
        ("content/insights/write-what-they-ask.md", "content/insights/write-what-they-ask.sv.md");
    let original = site.read(path).replace("\ndate:", "\nslug: what-they-ask\nguid: urn:1\ndate:");
    assert!(
        original.contains("\naliases: [") && original.contains("\nguid:") && !site.path(swedish).exists()
    );
    site.write(path, &original);
    offline(&site, "team");
    let server = Server::of(&site.path("team"), Serve { base: "/" });
    let Some(page) = signed_in(&server, &texts(&site), Screen::default()) else { return };
    // Twice, as somebody who saves, reads and corrects: the second save still has the original before it.
    for words in ["Skriv det de frågar", " om"] {
        page.js("location.hash = '#/collections/insights/entries/write-what-they-ask'", &[]);
        assert_eq!(page.js_async(TRANSLATE, &[json!(words)]), Value::Null);
        page.shot("admin-translation");
    }
    let after = page.js_async(READ, &[json!([path, swedish])]);
    assert_eq!(after[path].as_str(), Some(original.as_str()));
    let text = after[swedish].as_str().unwrap_or_default();
    assert!(text.starts_with("---\ntitle: Skriv det de frågar om\n"), "{text}");
    assert!(text.contains("\nauthors: [anna-berg, ola-dahl]\n"), "{text}");
    let own = ["slug:", "aliases:", "guid:"].iter().any(|key| text.contains(key));
    assert!(!own, "{text}");
    site.write(swedish, format!("{text}\nI mappen med skickade mejl finns svaren.\n"));
    let run = site.run(&["check"]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
}

#[test]
fn a_save_of_a_file_of_yaml_changes_its_line_alone() {
    let Some(site) = built(fixture::warm_demo(), "team") else { return };
    offline(&site, "team");
    let files = texts(&site);
    let server = Server::of(&site.path("team"), Serve { base: "/" });
    let Some(page) = signed_in(&server, &files, Screen::default()) else { return };
    let collections = [
        ("forms", "forms"),
        ("assessments", "assessments--questions"),
        ("calculators", "calculators--numbers"),
        ("surveys", "surveys--questions"),
    ];
    let mut wrong = Vec::new();
    let mut saved = 0;
    for (path, before) in files.iter().filter(|(path, _)| path.ends_with(".yaml")) {
        let (folder, name) = path.trim_start_matches("content/").split_once('/').expect("a folder");
        let collection = collections.iter().find(|(known, _)| *known == folder).expect("it is known").1;
        let name = name.trim_end_matches(".yaml");
        page.js(&format!("location.hash = '#/collections/{collection}/entries/{name}'"), &[]);
        let said = page.js_async(EDIT, &[json!(" X"), json!("title.en")]);
        if said != Value::Null {
            page.shot(&format!("admin-{name}"));
            wrong.push(format!("{path}: {said}"));
            continue;
        }
        saved += 1;
        let after = page.js_async(READ, &[json!([path])])[path].as_str().unwrap_or_default().to_string();
        let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
        let changed: Vec<_> = old.iter().zip(&new).filter(|(old, new)| old != new).collect();
        if old.len() != new.len() || changed.len() != 1 || !changed[0].1.contains(" X") {
            wrong.push(format!("{path} ({} → {} lines): {changed:#?}", old.len(), new.len()));
        }
    }
    assert!(wrong.is_empty(), "{} of {saved}: {}", wrong.len(), wrong.join("\n"));
    assert!(saved > 8, "{saved}");
}

#[test]
fn the_page_works_below_a_path_and_says_what_is_missing() {
    let site = fixture::warm_demo();
    let config = site
        .read("ringback.yaml")
        .replace("base_url: https://svarton.example/\n", "base_url: https://svarton.example/blog/\n");
    site.write("ringback.yaml", config);
    let Some(site) = built(site, "public") else { return };
    offline(&site, "public");
    let server = Server::of(&site.path("public"), Serve { base: "/blog/" });
    let Some(page) = signed_in(&server, &texts(&site), Screen::default()) else { return };
    page.wait("document.body.innerText.includes('Insights')");
    // Nothing was asked of another host: the policy would have said so of anything but what Sveltia tries by itself.
    let foreign: Vec<String> = page
        .errors()
        .into_iter()
        .map(|message| message.text)
        .filter(|text| {
            ![
                "unpkg.com/@sveltia/cms/package.json",
                "cdn.jsdelivr.net/fontsource",
                "unpkg.com",
                "favicon.ico",
            ]
            .iter()
            .any(|known| text.contains(known))
        })
        .collect();
    assert!(foreign.is_empty(), "{foreign:#?}");
    fs::remove_file(site.path(&format!("public/admin/sveltia-cms-{RELEASE}.js"))).expect("it was there");
    page.goto(&server.url("/admin/"));
    page.wait_for(
        "document.querySelector('[role=alert]')?.textContent.includes('ringback editor')",
        Duration::from_secs(10),
    );
}

#[test]
fn the_public_page_knows_nothing_of_the_team() {
    let Some(site) = built(fixture::on_disk(), "public") else { return };
    let files: BTreeMap<String, Vec<u8>> = site
        .tree("public")
        .into_iter()
        .filter(|(path, _)| path.starts_with("admin/ringback") || path == "admin/index.html")
        .collect();
    assert_eq!(files.len(), 4);
    let found = leaks::leaks(&files, &[fixture::TEAM, fixture::GATED, fixture::NEVER]);
    assert!(found.is_empty(), "{found:?}");
}
