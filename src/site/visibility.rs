//! Which documents an edition has, in their fixed order, and the URL of each.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::audience::Audiences;
use super::term_pages;
use super::{Content, EditionScope, Exclusion, PublishStatus, Unpublished};
use crate::config::{Audience, Config, LangId};
use crate::content::Document;
use crate::content::front_matter::FrontMatter;
use crate::content::{ContentPath, PageKind};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::encode::slug::slug;

/// What an edition has of a page before it is linked.
pub(super) type VisibleDocument = (Arc<Document>, PublishStatus, Audience);

/// What an edition has, and what it has not.
pub(super) struct Visible {
    /// In the order of [`order_of`].
    pub(super) documents: Vec<VisibleDocument>,
    /// Why a file is not among them, by its path.
    pub(super) hidden: BTreeMap<String, Exclusion>,
}

/// What `view` may see, and a section for every folder of it. Translations that disagree on who may read a page are
/// reported.
pub(super) fn visible(content: &Content, view: &EditionScope, diagnostics: &mut Diagnostics) -> Visible {
    let audiences = Audiences::new(content);
    audiences.check(content, diagnostics);
    let mut hidden = BTreeMap::new();
    let mut documents: Vec<VisibleDocument> = Vec::with_capacity(content.documents.len());
    for document in &content.documents {
        let state = state(&document.meta, content.today);
        let audience = audiences.of_entry(document);
        let why = if !view.edition.sees(audience) {
            Some(Exclusion::Audience(audience))
        } else if state != PublishStatus::Published && view.unpublished == Unpublished::Hide {
            Some(Exclusion::State(state))
        } else {
            None
        };
        match why {
            Some(why) => {
                hidden.insert(document.place.path.clone(), why);
            }
            None => {
                documents.push((Arc::clone(document), state, audience));
            }
        }
    }
    term_pages::check(content, diagnostics);
    term_pages::retain_used(&content.config, &mut documents, &mut hidden);
    add_missing_sections(content, &audiences, &mut documents);
    documents.sort_by(|(a, ..), (b, ..)| order_of(&a.place).cmp(&order_of(&b.place)));
    Visible { documents, hidden }
}

/// Whether a page with this front matter is out on a day, and if not, why.
fn state(meta: &FrontMatter, today: Date) -> PublishStatus {
    if meta.draft {
        PublishStatus::Draft
    } else if meta.expires.is_some_and(|day| day <= today) {
        PublishStatus::Expired
    } else if meta.date.is_some_and(|day| day > today) {
        PublishStatus::Scheduled
    } else {
        PublishStatus::Published
    }
}

/// The fixed order of pages: by content path, then language.
fn order_of(place: &ContentPath) -> (&str, LangId, &str) {
    (&place.key, place.lang, &place.path)
}

/// Every folder with pages has a section, and every language a home page, with or without `_index.md`; but for a folder that is
/// called like a page, whose pages belong to the section above.
fn add_missing_sections(content: &Content, audiences: &Audiences<'_>, visible: &mut Vec<VisibleDocument>) {
    let mut missing: BTreeMap<(String, LangId), ()> = BTreeMap::new();
    let mut before = None;
    for (document, ..) in visible.iter() {
        let mut folder = document.place.folder.as_str();
        // Files of a folder stand together.
        if before.replace((folder, document.place.lang)) == Some((folder, document.place.lang)) {
            continue;
        }
        loop {
            if folder != "pages" && !folder.starts_with("pages/") {
                missing.insert((folder.to_string(), document.place.lang), ());
            }
            if folder.is_empty() {
                break;
            }
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }
    // A page with files below it stands where its folder's section would: `name.md` or `name/index.md` beside `name/part.md`.
    for (document, ..) in visible.iter() {
        missing.remove(&(document.place.key.clone(), document.place.lang));
    }
    for ((folder, lang), ()) in missing {
        let (above, name) = folder.rsplit_once('/').unwrap_or(("", &folder));
        let title = match name {
            "" => content.config.text(&content.config.title, lang).to_string(),
            _ => capitalized(&name.replace(['-', '_'], " ")),
        };
        let place = ContentPath {
            path: if folder.is_empty() { "content".into() } else { format!("content/{folder}") },
            kind: PageKind::Section,
            key: folder.clone(),
            folder: above.to_string(),
            lang,
            name: name.to_string(),
            date: None,
            own_folder: None,
        };
        let document = Document::of_folder(place, title);
        let audience = audiences.of_entry(&document);
        visible.push((Arc::new(document), PublishStatus::Published, audience));
    }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The URL of each page, in the order of the pages.
pub(super) fn urls(config: &Config, pages: &[VisibleDocument], diagnostics: &mut Diagnostics) -> Vec<String> {
    // A section's slug counts for everything below it.
    let mut segments: BTreeMap<(&str, LangId), &str> = BTreeMap::new();
    for (document, ..) in pages {
        if let Some(own) = document.meta.slug.as_ref().filter(|_| document.place.kind == PageKind::Section) {
            segments.insert((&document.place.key, document.place.lang), &own.value);
        }
    }
    let folder_path = |folder: &str, lang: LangId| {
        let mut path = config.prefix(lang);
        let mut so_far = String::new();
        for (depth, part) in folder.split('/').filter(|part| !part.is_empty()).enumerate() {
            so_far = if so_far.is_empty() { part.to_string() } else { format!("{so_far}/{part}") };
            if depth == 0 && part == "pages" {
                continue;
            }
            match segments.get(&(so_far.as_str(), lang)) {
                Some(own) => path.push_str(own),
                None => path.push_str(&slug(part)),
            }
            path.push('/');
        }
        path
    };
    let mut folders: FxHashMap<(&str, LangId), String> = FxHashMap::default();
    let mut urls = Vec::with_capacity(pages.len());
    for (document, ..) in pages {
        let place = &document.place;
        let is_section = place.kind == PageKind::Section;
        let folder = if is_section { &place.key } else { &place.folder };
        let folder =
            folders.entry((folder, place.lang)).or_insert_with(|| folder_path(folder, place.lang)).as_str();
        if is_section {
            urls.push(folder.to_string());
            continue;
        }
        if document.slug.is_empty() {
            diagnostics.push(
                Diagnostic::new(Code::NoSlug, "this file's name has no letters or digits for a URL")
                    .in_file(&place.path)
                    .help("rename it, or add `slug:` to its front matter"),
            );
        }
        match place.term() {
            Some((taxonomy, _)) => urls.push([folder, taxonomy, "/", &document.slug, "/"].concat()),
            None => urls.push([folder, &document.slug, "/"].concat()),
        }
    }
    urls
}
