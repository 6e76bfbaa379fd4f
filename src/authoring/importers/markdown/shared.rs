//! What the importers of all generators do alike: codes of languages, names of taxonomies, titles, entries of menus.

use serde_json::{Map, Value as Json};

use super::engine::{Old, Page};
use super::front_in::{split, text};
use super::place::name_of_file;
pub(super) use crate::authoring::importers::names::{OURS, code};
use crate::authoring::importers::site::MenuDraft;
use crate::authoring::importers::{ImportError, Report, own_path};
use crate::authoring::markup::Weight;
use crate::encode::slug::slug;
use crate::project::folder::Folder;

/// What a taxonomy is called here.
pub(super) fn taxonomy(name: &str) -> Option<String> {
    match name {
        "categories" | "category" => Some("category".into()),
        "tags" | "tag" => Some("tags".into()),
        "authors" | "author" => None,
        "series" => Some("series-terms".into()),
        other => Some(slug(other)).filter(|name| !name.is_empty()),
    }
}

/// The language of a file by its name, and the name without it.
pub(super) fn language_of<'n>(stem: &'n str, codes: &[String]) -> Option<(&'n str, String)> {
    let (stem, suffix) = stem.rsplit_once('.')?;
    let code = code(suffix);
    (codes.contains(&code) && suffix.len() == code.len()).then_some((stem, code))
}

/// A page without a title takes the first heading of its text, or its file's name.
pub(super) fn titled(page: &mut Page) {
    if page.front.get("title").and_then(text).is_some() {
        return;
    }
    let body = page.body.trim_start().to_string();
    let title = match body.strip_prefix("# ").map(|rest| rest.split_once('\n').unwrap_or((rest, ""))) {
        Some((title, rest)) => {
            page.body = rest.to_string();
            title.trim().trim_end_matches('#').trim().to_string()
        }
        None => {
            let name = name_of_file(&page.file).replace(['-', '_'], " ");
            let mut chars = name.chars();
            chars
                .next()
                .map(|first| first.to_uppercase().chain(chars).collect())
                .unwrap_or_else(|| "Home".into())
        }
    };
    page.front.insert("title".into(), Json::String(title));
}

/// An entry of a menu, if what it leads to is there.
pub(super) fn menu_entry(old: &Old<'_>, item: &Json) -> Option<MenuDraft> {
    let get =
        |names: &[&str]| names.iter().find_map(|name| item.get(*name)).and_then(text).unwrap_or_default();
    let (label, url) =
        (get(&["name", "title", "label", "text"]), get(&["pageRef", "pageref", "url", "link", "href"]));
    if url.contains("://") && own_path(&url, &old.address).is_none() {
        return (!label.is_empty()).then_some(MenuDraft { url, label, ..MenuDraft::default() });
    }
    let path = own_path(&url, &old.address).map_or(url.clone(), str::to_string);
    if path == "/" && !label.is_empty() {
        return Some(MenuDraft { url: "/".into(), label, ..MenuDraft::default() });
    }
    let page = &old.pages[old.page_at(&path)?];
    let key = page.file.strip_prefix("content/")?.strip_suffix(".md")?;
    let key = key.strip_suffix("/_index").or(key.strip_suffix("/index")).unwrap_or(key);
    let is_home = key == "_index";
    (!page.is_draft && !is_home).then(|| MenuDraft { page: key.to_string(), label, ..MenuDraft::default() })
}

/// A page as it is written: front matter, and text.
pub(super) type Written = (Map<String, Json>, String);

/// A page's front matter, and its text. Front matter that can't be read is told.
pub(super) fn read_page(
    folder: &Folder,
    file: &str,
    report: &mut Report,
) -> Result<Option<Written>, ImportError> {
    let bytes =
        folder.read(file).map_err(|error| ImportError::unreadable(std::path::Path::new(file), &error))?;
    let written = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
    match split(&written) {
        Ok((front, body)) => Ok(Some((front, body.to_string()))),
        Err(error) => {
            report.note(Weight::Lost, file, format!("its front matter: {}", error.message));
            Ok(None)
        }
    }
}
