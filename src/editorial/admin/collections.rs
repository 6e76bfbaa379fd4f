//! Collections of Sveltia: one for each folder of pages that the edition shows, and one for each kind of files that are
//! nothing but YAML: forms, assessments, calculators and surveys.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::fields::{AdminField, Field, Format, Maker};
use crate::content::body::EmbedKind;
use crate::content::{OWN_KEYS, PageKind};
use crate::editorial::schema::Document;
use crate::site::Site;

/// How the pages of a folder lie in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum FolderLayout {
    /// A file each: `name.md`.
    Files,
    /// `name/index.md`, with files of their own beside it.
    Folders,
}

/// The pages of a folder that the edition shows.
#[derive(Debug, Default)]
struct Folder<'a> {
    kinds: BTreeMap<FolderLayout, PageKind>,
    /// The title of its section, where it has one.
    title: Option<&'a str>,
}

/// The folders with pages, by their paths below the site's root.
fn folders(site: &Site) -> BTreeMap<&str, Folder<'_>> {
    let mut folders: BTreeMap<&str, Folder<'_>> = BTreeMap::new();
    let parent = |path: &'_ str| path.rsplit_once('/').map(|(folder, _)| folder.len()).unwrap_or_default();
    for page in site.pages().filter(|page| !page.document.is_generated) {
        let place = &page.document.place;
        let folder = &place.path[..parent(&place.path)];
        if place.kind == PageKind::Section {
            let found = folders.entry(folder).or_default();
            if found.title.is_none() || place.lang == site.config().default_language {
                found.title = Some(page.title());
            }
            continue;
        }
        let (folder, lie) = match &place.own_folder {
            Some(_) => (&folder[..parent(folder)], FolderLayout::Folders),
            None => (folder, FolderLayout::Files),
        };
        folders.entry(folder).or_default().kinds.insert(lie, place.kind);
    }
    folders
}

/// The name of a folder's collection.
fn name(folder: &str, lie: FolderLayout) -> String {
    let inside = folder.strip_prefix("content").unwrap_or(folder).trim_start_matches('/');
    let name = if inside.is_empty() { "home".to_string() } else { inside.replace('/', "--") };
    if lie == FolderLayout::Folders { format!("{name}--folders") } else { name }
}

/// What other fields choose from: the collections of people and of forms, where there are any.
pub(super) fn chosen(site: &Site) -> Vec<&'static str> {
    let people = folders(site)
        .get("content/people")
        .is_some_and(|folder| folder.kinds.contains_key(&FolderLayout::Files));
    let forms = !site.content.forms.is_empty();
    [("people", people), ("forms", forms)].into_iter().filter_map(|(name, is)| is.then_some(name)).collect()
}

/// Every collection, and the formats in which their files are read and written.
pub(super) fn collections(maker: &Maker<'_>) -> (Vec<Json>, Vec<Format>) {
    let (mut collections, mut formats) = (Vec::new(), Vec::new());
    let yaml = yaml_files(maker.site);
    for (path, folder) in folders(maker.site) {
        let mut lies: Vec<(FolderLayout, Option<PageKind>)> =
            folder.kinds.iter().map(|(lie, kind)| (*lie, Some(*kind))).collect();
        // A section whose pages all have folders still has a text of its own.
        if folder.title.is_some() && !folder.kinds.contains_key(&FolderLayout::Files) {
            lies.insert(0, (FolderLayout::Files, None));
        }
        for (lie, kind) in lies {
            let has_others = yaml.iter().any(|(_, other, _)| *other == path);
            let pages = has_others.then_some(maker.words.pages);
            collections.push(collection(maker, (path, &folder, pages), (lie, kind), &mut formats));
        }
    }
    for (document, folder, name) in yaml {
        let (format, widgets) = split(maker.of_file(document));
        let label = maker.labels.plural(document.name());
        let config = maker.site.config();
        let first = &config.languages[config.default_language].code;
        let format_name = format!("ringback-{}", document.name());
        collections.push(json!({
            "name": name, "label": label, "folder": path(maker.site, folder), "format": format_name,
            "create": true, "slug": "{{slug}}", "identifier_field": format!("title.{first}"), "summary": "{{slug}}",
            "fields": with_source(widgets, None),
        }));
        formats.push(Format { name: format_name, ending: "yaml", fields: format, own: &[] });
    }
    if let Some(first) = collections.first_mut() {
        first["description"] = json!(maker.words.left_out);
    }
    (collections, formats)
}

/// Files that are nothing but YAML, where the edition has some: what they are, their folder, and the name of their collection.
/// Of those that a text embeds, an edition knows only if it shows such a text.
fn yaml_files(site: &Site) -> Vec<(Document, &'static str, &'static str)> {
    let embeds =
        |kind: EmbedKind| site.pages().any(|page| Site::embeds(page).any(|embed| embed.kind == kind));
    let all = [
        (Document::Form, "content/forms", "forms", !site.content.forms.is_empty()),
        (
            Document::Assessment,
            "content/assessments",
            "assessments--questions",
            embeds(EmbedKind::Assessment),
        ),
        (Document::Calculator, "content/calculators", "calculators--numbers", embeds(EmbedKind::Calculator)),
        (Document::Survey, "content/surveys", "surveys--questions", embeds(EmbedKind::Survey)),
    ];
    let shown = all.into_iter().filter(|(.., is_shown)| *is_shown);
    shown.map(|(document, folder, name, _)| (document, folder, name)).collect()
}

/// A path of the site as the repository has it.
pub(super) fn path(site: &Site, path: &str) -> String {
    let folder = site.config().editor.as_ref().map_or("", |editor| editor.folder.as_str());
    if folder.is_empty() { path.to_string() } else { format!("{folder}/{path}") }
}

fn split(fields: Vec<Field>) -> (Vec<AdminField>, Vec<Json>) {
    fields.into_iter().unzip()
}

/// The name of the format of a kind, which is made where it isn't there yet.
fn format_of(maker: &Maker<'_>, kind: PageKind, formats: &mut Vec<Format>) -> (String, Vec<Json>) {
    let name = format!("ringback-{}", kind.name());
    let (fields, widgets) = split(maker.of_kind(kind));
    if !formats.iter().any(|format| format.name == name) {
        formats.push(Format { name: name.clone(), ending: "md", fields, own: OWN_KEYS });
    }
    (name, widgets)
}

/// The fields, with the text after the description. The file as it was read goes along, so that it can be written with what it has;
/// and a text that is empty for what was read, and a language where somebody has just begun to write in it.
fn with_source(mut widgets: Vec<Json>, body: Option<Json>) -> Vec<Json> {
    if let Some(body) = body {
        let after =
            widgets.iter().position(|widget| widget["name"] == "description").map_or(0, |index| index + 1);
        widgets.insert(after, body);
    }
    widgets.push(json!({"name": "ringback_source", "label": "ringback", "widget": "hidden", "i18n": true}));
    let language = json!({"name": "ringback_language", "label": "ringback", "widget": "hidden", "i18n": true, "default": "{{locale}}"});
    widgets.push(language);
    widgets
}

/// The text of a page.
fn body(maker: &Maker<'_>) -> Json {
    let blocks = (0..maker.labels.blocks.len()).map(|index| json!(format!("ringback-block-{index}")));
    let components: Vec<Json> = [json!("image"), json!("code-block")].into_iter().chain(blocks).collect();
    json!({
        "name": "body", "label": maker.words.text, "widget": "richtext", "hint": maker.words.text_hint, "required": false,
        "i18n": true, "modes": ["rich_text", "raw"], "editor_components": components,
    })
}

/// What a folder with the pages of terms is called: as its taxonomy is.
fn of_taxonomy<'a>(maker: &Maker<'a>, folder: &str) -> Option<&'a str> {
    let config = maker.site.config();
    let name = folder.rsplit('/').next()?;
    let taxonomy = config.taxonomies.iter().find(|taxonomy| taxonomy.name == name)?;
    Some(config.text(&taxonomy.label, config.default_language)).filter(|label| !label.is_empty())
}

fn collection(
    maker: &Maker<'_>,
    (folder, found, pages): (&str, &Folder<'_>, Option<&str>),
    (lie, kind): (FolderLayout, Option<PageKind>),
    formats: &mut Vec<Format>,
) -> Json {
    let (format, widgets) = format_of(maker, kind.unwrap_or(PageKind::Section), formats);
    let plural = kind.map_or("section", PageKind::name);
    let label =
        found.title.unwrap_or_else(|| of_taxonomy(maker, folder).unwrap_or(maker.labels.plural(plural)));
    let label = match (lie, pages) {
        (FolderLayout::Files, Some(pages)) => format!("{label} ({pages})"),
        (FolderLayout::Files, None) => label.to_string(),
        (FolderLayout::Folders, _) => format!("{label} ({})", maker.words.with_folders),
    };
    let one =
        maker.labels.kinds.iter().find(|word| word.name == plural).map_or(maker.words.one, |word| word.label);
    let mut collection = json!({
        "name": name(folder, lie), "label": label, "label_singular": one, "folder": path(maker.site, folder),
        "format": format, "create": kind.is_some(), "slug": "{{slug}}", "summary": "{{title}}",
        "media_folder": "", "public_folder": "", "i18n": maker.site.config().languages.len() > 1,
        "fields": with_source(widgets, Some(body(maker))),
    });
    if lie == FolderLayout::Folders {
        collection["path"] = json!("{{slug}}/index");
    } else if found.title.is_some() {
        let (format, widgets) = format_of(maker, PageKind::Section, formats);
        let label =
            maker.labels.kinds.iter().find(|word| word.name == "section").map_or("", |word| word.label);
        collection["index_file"] = json!({
            "name": "_index", "label": label, "format": format, "fields": with_source(widgets, Some(body(maker))),
        });
    }
    collection
}
