//! Hugo: its settings, its content with bundles and translations, its menus, and its built-in shortcodes.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::engine::{Old, Page, Shape};
use super::front_in::{Notation, read, text, texts};
use super::html::without_loads;
use super::hugo_tags::builtin;
use super::place::{address, folder, free};
use super::shared::{OURS, code, language_of, menu_entry, read_page, taxonomy, titled};
use super::shortcodes::{Tags, rewrite};
use super::write::{Setup, day};
use crate::authoring::importers::site::MenuDraft;
use crate::authoring::importers::{ImportError, Report};
use crate::authoring::markup::{ImportNote, Weight};
use crate::encode::slug::slug;
use crate::project::folder::Folder;

/// Names of the file with the settings, the newest first.
const SETTINGS: &[&str] = &["hugo", "config"];

/// Pages of themes that only show a list, by their layout.
const LISTS: &[&str] = &["search", "archives", "archive", "tags", "categories", "taxonomy"];

/// Reads a site of Hugo from its folder.
pub(super) fn site<'a>(folder: &'a Folder, report: &mut Report) -> Result<(Old<'a>, Setup), ImportError> {
    let files = folder.files();
    let settings = settings(folder, &files, report)?;
    let get =
        |name: &str| settings.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value);
    let own = get("defaultContentLanguage").and_then(text);
    // That of a site with one language says how numbers are written, too: `en-us`.
    let own = own.or_else(|| {
        get("languageCode").and_then(text).map(|code| code.split('-').next().unwrap_or_default().to_string())
    });
    let own = code(own.unwrap_or_else(|| "en".into()).as_str());
    let address = get("baseURL").and_then(text).filter(|address| address.contains("://")).unwrap_or_default();
    let languages = get("languages").and_then(Json::as_object).cloned().unwrap_or_default();
    let mut old = Old::new(folder, address.trim_end_matches('/').to_string(), own.clone());
    let mut folders: Vec<(String, String)> = languages
        .iter()
        .filter_map(|(lang, value)| Some((value.get("contentDir").and_then(text)?, code(lang))))
        .map(|(dir, lang)| (format!("{}/", dir.trim_matches('/')), lang))
        .collect();
    let content = get("contentDir").and_then(text).unwrap_or_else(|| "content".into());
    folders.push((format!("{}/", content.trim_matches('/')), own.clone()));
    folders.sort_by_key(|(dir, _)| std::cmp::Reverse(dir.len()));
    old.roots.extend(folders.iter().map(|(dir, _)| dir.clone()));
    let mut codes: Vec<String> =
        languages.keys().map(|lang| code(lang)).filter(|lang| *lang != own).collect();
    codes.insert(0, own.clone());
    let permalinks = permalinks(get("permalinks"));
    let reader = HugoReader { folders: &folders, codes: &codes, own: &own, permalinks: &permalinks };
    reader.pages(&mut old, report)?;
    statics(&mut old, report);
    old.index_pages();
    let menus = get("menus").or_else(|| get("menu")).cloned().unwrap_or_default();
    let taxonomies = get("taxonomies").and_then(Json::as_object);
    let taxonomies: Vec<String> = match taxonomies {
        Some(all) => all.values().filter_map(text).collect(),
        None => vec!["tags".into(), "categories".into()],
    };
    let used: std::collections::BTreeSet<&String> = old.pages.iter().map(|page| &page.lang).collect();
    let about = get("params").and_then(|params| params.get("description")).and_then(text);
    let setup = Setup {
        title: get("title").and_then(text).unwrap_or_default(),
        description: about.or_else(|| get("description").and_then(text)).unwrap_or_default(),
        languages: codes.iter().filter(|code| **code == own || used.contains(code)).cloned().collect(),
        taxonomies: taxonomies
            .into_iter()
            .filter_map(|name| Some((name.clone(), taxonomy(&name)?)))
            .collect(),
        menus: menus_of(&old, &menus),
        people: BTreeMap::new(),
        divider: None,
    };
    Ok((old, setup))
}

/// The settings, from one file or from a folder of them.
fn settings(
    folder: &Folder,
    files: &[String],
    report: &mut Report,
) -> Result<Map<String, Json>, ImportError> {
    let mut found = Map::new();
    let mut is_any = false;
    for file in files {
        let (dir, name) = file.rsplit_once('/').unwrap_or(("", file));
        let Some(notation) = Notation::of_file(name) else { continue };
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let is_root = dir.is_empty() && SETTINGS.contains(&stem);
        if !is_root && dir != "config/_default" {
            continue;
        }
        let bytes =
            folder.read(file).map_err(|error| ImportError::unreadable(std::path::Path::new(file), &error))?;
        let map = match read(&String::from_utf8_lossy(&bytes), notation) {
            Ok(map) => map,
            Err(error) => {
                report.note(Weight::Lost, file, format!("settings: {}", error.message));
                continue;
            }
        };
        is_any = true;
        match stem {
            name if SETTINGS.contains(&name) => found.extend(map),
            // Settings of a language are in a file with its code.
            name => {
                let key = name.split('.').next().unwrap_or(name);
                if !found.contains_key(key) {
                    found.insert(key.to_string(), Json::Object(map));
                }
            }
        }
    }
    match is_any {
        true => Ok(found),
        false => Err(ImportError::new(
            "this isn't a site of Hugo: it has no `hugo.toml`, `config.toml` or `config/_default/`",
            "name the folder that has it",
        )),
    }
}

fn permalinks(value: Option<&Json>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (key, value) in value.and_then(Json::as_object).into_iter().flatten() {
        match value {
            Json::String(pattern) => drop(found.insert(key.clone(), pattern.clone())),
            Json::Object(inner) if key == "page" => {
                found.extend(
                    inner.iter().filter_map(|(section, pattern)| Some((section.clone(), text(pattern)?))),
                );
            }
            _ => {}
        }
    }
    found
}

/// Reads the pages of the content folders.
struct HugoReader<'a> {
    folders: &'a [(String, String)],
    codes: &'a [String],
    own: &'a str,
    permalinks: &'a BTreeMap<String, String>,
}

impl HugoReader<'_> {
    fn pages(&self, old: &mut Old<'_>, report: &mut Report) -> Result<(), ImportError> {
        let mut taken = std::collections::BTreeSet::new();
        let all: Vec<String> = old.files.iter().cloned().collect();
        let bundles: Vec<String> =
            all.iter().filter_map(|file| Some(format!("{}/", bundle(file)?))).collect();
        for file in &all {
            let Some((dir, lang)) = self.folders.iter().find(|(dir, _)| file.starts_with(dir.as_str()))
            else {
                continue;
            };
            let inside = &file[dir.len()..];
            let is_text = inside.ends_with(".md") || inside.ends_with(".markdown");
            let is_within = bundles.iter().any(|bundle| file.starts_with(bundle.as_str()))
                && bundle(file).is_none()
                && !inside.contains("_index.");
            if is_text && !is_within {
                self.page(old, (file, inside, lang), &mut taken, report)?;
            } else if is_text {
                report.note(
                    Weight::Hand,
                    file,
                    "a text that belongs to another page is left out: name it in that page",
                );
            } else if inside.ends_with(".html") || inside.ends_with(".htm") {
                report.note(Weight::Hand, file, "a page in HTML is left out");
            } else if !inside.ends_with(".DS_Store") {
                let (section, name) = inside.rsplit_once('/').unwrap_or(("", inside));
                old.copies.insert(file.clone(), format!("content/{}/{name}", folder(section)));
                old.published.insert(format!("/{inside}"), file.clone());
            }
        }
        Ok(())
    }

    fn page(
        &self,
        old: &mut Old<'_>,
        (file, inside, lang): (&str, &str, &str),
        taken: &mut std::collections::BTreeSet<String>,
        report: &mut Report,
    ) -> Result<(), ImportError> {
        let Some((front, body)) = read_page(old.folder, file, report)? else { return Ok(()) };
        let (section, name) = inside.rsplit_once('/').unwrap_or(("", inside));
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let (stem, lang) = language_of(stem, self.codes).unwrap_or((stem, lang.to_string()));
        let lang = lang.as_str();
        if is_list(&front, &body) {
            report.note(Weight::Changed, file, LIST);
            return Ok(());
        }
        let new_folder = if section.is_empty() && stem == "_index" {
            String::new()
        } else {
            format!("{}/", folder(section))
        };
        let suffix = if lang == self.own { String::new() } else { format!(".{lang}") };
        let new = free(format!("content/{new_folder}{stem}{suffix}.md"), taken);
        let is_term = new_folder.starts_with("category/") || new_folder.starts_with("tags/");
        if is_term && stem == "_index" && section.matches('/').count() == 0 {
            report.note(
                Weight::Changed,
                file,
                "the page above all terms is left out: ringback makes it automatically",
            );
            return Ok(());
        }
        let shape = match stem {
            _ if is_term => Shape::Term,
            "_index" => Shape::Section,
            _ => Shape::Page,
        };
        let is = |name: &str| front.get(name) == Some(&Json::Bool(true));
        let is_headless = is("headless");
        let body = self.rewritten(&body, &new, report);
        let mut page = Page {
            source: file.to_string(),
            url: address(&new, (lang, self.own), front.get("slug").and_then(text).as_deref()),
            file: new,
            shape,
            lang: lang.to_string(),
            old: Vec::new(),
            is_draft: is("draft") || is_headless,
            body,
            front,
        };
        titled(&mut page);
        page.old = self.old_paths(&page, section, stem);
        old.pages.push(page);
        Ok(())
    }

    /// A text with Hugo's shortcodes as Markdown.
    fn rewritten(&self, body: &str, file: &str, report: &mut Report) -> String {
        let mut notes: Vec<ImportNote> = Vec::new();
        let body = without_loads(&rewrite(body, Tags::Hugo, &builtin, &mut notes), &mut notes);
        report.note_all(file, 1, notes);
        body
    }

    /// The paths that a page had: its own, and its aliases.
    fn old_paths(&self, page: &Page, section: &str, stem: &str) -> Vec<String> {
        let front = &page.front;
        let prefix = if page.lang == self.own { String::new() } else { format!("/{}", page.lang) };
        let is_index = matches!(stem, "index" | "_index");
        let (above, name) = match is_index {
            true => section.rsplit_once('/').unwrap_or(("", section)),
            false => (section, stem),
        };
        let last = front.get("slug").and_then(text).unwrap_or_else(|| name.to_string());
        let urlized = |text: &str| text.to_lowercase().replace(' ', "-");
        let top = section.split('/').next().unwrap_or_default();
        let pattern =
            self.permalinks.get(top).filter(|_| page.shape == Shape::Page && !(is_index && above.is_empty()));
        let own = match (front.get("url").and_then(text), pattern) {
            (Some(url), _) => format!("/{}", url.trim_start_matches('/')),
            (None, Some(pattern)) => format!("{prefix}{}", fill_pattern(pattern, page, (above, name, &last))),
            (None, None) => {
                let parts: Vec<&str> = above
                    .split('/')
                    .chain(std::iter::once(last.as_str()))
                    .filter(|part| !part.is_empty())
                    .collect();
                urlized(&format!("{prefix}/{}/", parts.join("/"))).replace("//", "/")
            }
        };
        let aliases = front.get("aliases").map(|value| texts(value, None)).unwrap_or_default();
        let base =
            own.trim_end_matches('/').rsplit_once('/').map_or(String::new(), |(above, _)| above.to_string());
        let aliases = aliases
            .into_iter()
            .map(|alias| if alias.starts_with('/') { alias } else { format!("{base}/{alias}") });
        std::iter::once(own).chain(aliases).collect()
    }
}

/// What is told of a page that has nothing of its own.
const LIST: &str = "a page that only showed a list is left out: ringback makes such lists automatically";

/// Is it a page of a theme that only shows a list?
fn is_list(front: &Map<String, Json>, body: &str) -> bool {
    let layout = [front.get("layout"), front.get("type")].into_iter().flatten().filter_map(text).next();
    body.trim().is_empty() && LISTS.contains(&layout.unwrap_or_default().as_str())
}

/// The folder of a page that has files of its own.
fn bundle(file: &str) -> Option<&str> {
    let (folder, name) = file.rsplit_once('/')?;
    (name.starts_with("index.") && name.ends_with("md") && folder.contains('/')).then_some(folder)
}

/// A pattern of addresses, filled in.
fn fill_pattern(pattern: &str, page: &Page, (sections, name, last): (&str, &str, &str)) -> String {
    let date = page.front.get("date").and_then(day);
    let title = page.front.get("title").and_then(text).unwrap_or_default();
    let date_part = |format: &str| date.map(|date| date.strftime(format).to_string()).unwrap_or_default();
    let parts = pattern.split('/').map(|part| {
        let Some(key) = part.strip_prefix(':') else { return part.to_string() };
        match key {
            "year" => date_part("%Y"),
            "month" => date_part("%m"),
            "day" => date_part("%d"),
            "section" => sections.split('/').next().unwrap_or_default().to_string(),
            "sections" => sections.to_string(),
            "title" => slug(&title),
            "filename" | "contentbasename" => name.to_lowercase(),
            _ => last.to_lowercase().replace(' ', "-"),
        }
    });
    let path = parts.collect::<Vec<_>>().join("/");
    format!("/{}/", path.trim_matches('/'))
}

/// The files that are published as they are.
fn statics(old: &mut Old<'_>, report: &mut Report) {
    let files: Vec<String> = old.files.iter().cloned().collect();
    for file in files {
        if let Some(path) = file.strip_prefix("static/") {
            if OURS.contains(&path) {
                report.note(Weight::Hand, &file, "it isn't copied: ringback makes this file itself");
                continue;
            }
            old.published.insert(format!("/{path}"), file.clone());
            old.copies.insert(file.clone(), format!("static/{path}"));
        } else if let Some(path) = file.strip_prefix("assets/") {
            // Only what a page names.
            let key = format!("/{path}");
            if !old.published.contains_key(&key) && !old.files.contains(&format!("static/{path}")) {
                old.published.insert(key, file.clone());
                old.copies.insert(file.clone(), format!("static/{path}"));
                old.spare.insert(file);
            }
        }
    }
}

fn menus_of(old: &Old<'_>, menus: &Json) -> BTreeMap<String, Vec<MenuDraft>> {
    let mut found = BTreeMap::new();
    for name in ["main", "footer"] {
        let Some(Json::Array(items)) = menus.get(name) else { continue };
        let mut items: Vec<&Json> = items.iter().collect();
        items.sort_by_key(|item| item.get("weight").and_then(Json::as_i64).unwrap_or_default());
        let drafts: Vec<MenuDraft> = items.iter().filter_map(|item| menu_entry(old, item)).collect();
        found.insert(name.to_string(), drafts);
    }
    found
}
