//! Zola: its settings, its content with files of its own, links from the root of the content, and its shortcodes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::engine::{Old, Page, Shape};
use super::front_in::{Notation, read, text, texts};
use super::html::without_loads;
use super::place::{address, folder, free};
use super::shared::{OURS, code, language_of, menu_entry, read_page, taxonomy, titled};
use super::shortcodes::{Call, Tags, rewrite};
use super::write::Setup;
use crate::authoring::importers::names::without_date;
use crate::authoring::importers::site::MenuDraft;
use crate::authoring::importers::{ImportError, Report};
use crate::authoring::markup::{ImportNote, Weight};
use crate::encode::slug::slug;
use crate::project::folder::Folder;

/// Reads a site of Zola from its folder.
pub(super) fn site<'a>(place: &'a Folder, report: &mut Report) -> Result<(Old<'a>, Setup), ImportError> {
    let no_site = |why: String| {
        ImportError::new(
            format!("this isn't a site of Zola: {why}"),
            "name the folder that has `config.toml` or `zola.toml`",
        )
    };
    let bytes = place
        .read("config.toml")
        .or_else(|_| place.read("zola.toml"))
        .map_err(|error| no_site(format!("`config.toml`: {error}")))?;
    let settings = read(&String::from_utf8_lossy(&bytes), Notation::Toml)?;
    let get = |name: &str| settings.get(name);
    let own = code(&get("default_language").and_then(text).unwrap_or_else(|| "en".into()));
    let site_address =
        get("base_url").and_then(text).ok_or_else(|| no_site("its settings have no `base_url`".into()))?;
    let mut codes = vec![own.clone()];
    let languages = get("languages").and_then(Json::as_object);
    codes.extend(languages.into_iter().flatten().map(|(name, _)| code(name)).filter(|name| *name != own));
    let mut old = Old::new(place, site_address.trim_end_matches('/').to_string(), own.clone());
    old.roots.push("content/".into());
    let mut taken = BTreeSet::new();
    for file in old.files.clone() {
        if let Some(inside) = file.strip_prefix("content/") {
            match inside.ends_with(".md") {
                true => page(&mut old, (&file, inside), (&codes, &mut taken), report)?,
                false => asset(&mut old, &file, inside),
            }
        } else if let Some(path) = file.strip_prefix("static/") {
            if OURS.contains(&path) {
                report.note(Weight::Hand, &file, "it isn't copied: ringback makes this file itself");
                continue;
            }
            old.published.insert(format!("/{path}"), file.clone());
            old.copies.insert(file.clone(), format!("static/{path}"));
        }
    }
    old.index_pages();
    let names = get("taxonomies").and_then(Json::as_array);
    let names = names.into_iter().flatten().filter_map(|one| one.get("name").and_then(text));
    let used: BTreeSet<&String> = old.pages.iter().map(|page| &page.lang).collect();
    let setup = Setup {
        title: get("title").and_then(text).unwrap_or_default(),
        description: get("description").and_then(text).unwrap_or_default(),
        languages: codes.iter().filter(|code| **code == own || used.contains(code)).cloned().collect(),
        taxonomies: names.filter_map(|name| Some((name.clone(), taxonomy(&name)?))).collect(),
        menus: menus(&old, get("extra")),
        people: BTreeMap::new(),
        divider: None,
    };
    Ok((old, setup))
}

/// A menu, where the theme has one in its own settings.
fn menus(old: &Old<'_>, extra: Option<&Json>) -> BTreeMap<String, Vec<MenuDraft>> {
    let names = ["main_menu", "menu", "nav", "menu_items", "menu_links", "nav_links", "header_nav"];
    let items = names.iter().find_map(|name| extra?.get(*name)?.as_array());
    let drafts: Vec<MenuDraft> =
        items.into_iter().flatten().filter_map(|item| menu_entry(old, item)).collect();
    BTreeMap::from([("main".to_string(), drafts)])
}

/// A file beside a page.
fn asset(old: &mut Old<'_>, file: &str, inside: &str) {
    let (section, name) = inside.rsplit_once('/').unwrap_or(("", inside));
    let in_date = section.rsplit_once('/').map_or_else(
        || without_date(section).to_string(),
        |(above, last)| format!("{above}/{}", without_date(last)),
    );
    old.copies.insert(file.to_string(), format!("content/{}/{name}", folder(section)));
    old.published.insert(format!("/{inside}"), file.to_string());
    old.published.insert(format!("/{in_date}/{name}"), file.to_string());
}

fn page(
    old: &mut Old<'_>,
    (file, inside): (&str, &str),
    (codes, taken): (&[String], &mut BTreeSet<String>),
    report: &mut Report,
) -> Result<(), ImportError> {
    let Some((front, body)) = read_page(old.folder, file, report)? else { return Ok(()) };
    let (section, name) = inside.rsplit_once('/').unwrap_or(("", inside));
    let stem = name.strip_suffix(".md").unwrap_or(name);
    let own = codes[0].clone();
    let (stem, lang) = language_of(stem, codes).unwrap_or((stem, own.clone()));
    let is = |name: &str| front.get(name).and_then(Json::as_bool);
    if is("render") == Some(false) && body.trim().is_empty() {
        report.note(Weight::Changed, file, "a page that was never shown, and has no text, is left out");
        return Ok(());
    }
    let new_folder =
        if section.is_empty() && stem == "_index" { String::new() } else { format!("{}/", folder(section)) };
    let suffix = if lang == own { String::new() } else { format!(".{lang}") };
    let new = free(format!("content/{new_folder}{stem}{suffix}.md"), taken);
    let last = front.get("slug").and_then(text);
    let mut notes: Vec<ImportNote> = Vec::new();
    let body = without_loads(&rewrite(&body, Tags::Zola, &builtin, &mut notes), &mut notes);
    report.note_all(&new, 1, notes);
    let prefix = if lang == own { String::new() } else { format!("{lang}/") };
    let is_index = matches!(stem, "index" | "_index");
    let (above, name) =
        if is_index { section.rsplit_once('/').unwrap_or(("", section)) } else { (section, stem) };
    let own_name = last.clone().unwrap_or_else(|| slug(without_date(name)));
    let own_path = match front.get("path").and_then(text) {
        Some(path) => format!("/{prefix}{}/", path.trim_matches('/')),
        None => format!("/{prefix}{above}/{own_name}/").replace("//", "/"),
    };
    let aliases = front.get("aliases").map(|value| texts(value, None)).unwrap_or_default();
    let aliases = aliases.into_iter().map(|alias| format!("/{}", alias.trim_start_matches('/')));
    let mut page = Page {
        source: file.to_string(),
        url: address(&new, (&lang, &own), last.as_deref()),
        shape: if stem == "_index" { Shape::Section } else { Shape::Page },
        file: new,
        lang,
        old: std::iter::once(own_path).chain(aliases).collect(),
        is_draft: is("draft") == Some(true) || is("render") == Some(false),
        body,
        front,
    };
    titled(&mut page);
    old.pages.push(page);
    Ok(())
}

/// What Zola's own shortcodes stand for, and those that most sites have.
fn builtin(call: &Call<'_>, _: &mut Vec<ImportNote>) -> Option<String> {
    Some(match call.name {
        "youtube" => format!("\n\nhttps://www.youtube.com/watch?v={}\n\n", call.any(&["id"])?),
        "vimeo" => format!("\n\nhttps://vimeo.com/{}\n\n", call.any(&["id"])?),
        "figure" | "image" | "img" => {
            let alt = call.any(&["alt", "caption"]).unwrap_or_default();
            let caption = call
                .any(&["caption"])
                .map(|caption| format!(" \"{}\"", caption.replace('"', "\\\"")))
                .unwrap_or_default();
            format!("![{}]({}{caption})", alt.replace(['[', ']'], ""), call.any(&["src", "path", "url"])?)
        }
        "quote" if call.inner.is_some() => {
            call.inner.unwrap_or_default().trim().lines().map(|line| format!("> {line}\n")).collect()
        }
        "note" | "tip" | "warning" | "important" | "caution" | "alert" | "callout" | "admonition"
            if call.inner.is_some() =>
        {
            let kind = call.any(&["type", "kind"]).unwrap_or(call.name);
            let kind = if ["note", "tip", "warning", "important", "caution", "info", "danger"].contains(&kind)
            {
                kind
            } else {
                "note"
            };
            let title = call.any(&["title"]).unwrap_or_default();
            let text: String =
                call.inner.unwrap_or_default().trim().lines().map(|line| format!("> {line}\n")).collect();
            format!("\n\n{}\n{text}\n", format!("> [!{kind}] {title}").trim_end())
        }
        _ => return None,
    })
}
