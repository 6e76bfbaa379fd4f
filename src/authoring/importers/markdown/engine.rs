//! A site of another generator whose texts are Markdown already: its pages with their old and new places, and how links between
//! them are written on the new site. What is written stays as it is, but for links, shortcodes and front matter.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value as Json};

use crate::authoring::importers::{bare, own_path, relative};
use crate::authoring::markup::{ImportNote, Target, Weight};
use crate::content::body::{Body, Kind, RawLink};
use crate::content::markdown::{self, Options};
use crate::content::markup;
use crate::encode::html::escape_attribute;
use crate::encode::slug::slug;
use crate::encode::{percent, url};
use crate::project::folder::Folder;

/// What a page is for on the new site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A page or an article.
    Page,
    /// The page of a folder, above the list of what is in it.
    Section,
    /// The page of a term.
    Term,
}

/// A page of the old site, and where it is on the new one.
#[derive(Debug, Clone)]
pub(super) struct Page {
    /// Its file in the old site.
    pub(super) source: String,
    /// Its file in the new one.
    pub(super) file: String,
    pub(super) shape: Shape,
    pub(super) lang: String,
    pub(super) front: Map<String, Json>,
    pub(super) body: String,
    /// Its paths on the old site, the first of which is its own.
    pub(super) old: Vec<String>,
    /// Its path on the new one.
    pub(super) url: String,
    pub(super) is_draft: bool,
}

/// The old site: its files and pages, and where each of them goes.
pub(super) struct Old<'a> {
    pub(super) folder: &'a Folder,
    /// The paths of all its files, from its root.
    pub(super) files: BTreeSet<String>,
    /// Its address, without a slash at its end; empty where nobody knows it.
    pub(super) address: String,
    pub(super) lang: String,
    pub(super) pages: Vec<Page>,
    /// Files that are published as they are: where they are in the old site, by their paths on it.
    pub(super) published: BTreeMap<String, String>,
    /// Where each of the old site's files goes.
    pub(super) copies: BTreeMap<String, String>,
    /// Files that only go if something names them.
    pub(super) spare: BTreeSet<String>,
    /// The spare files that something has named, by their paths on the new site.
    pub(super) used: RefCell<BTreeSet<String>>,
    /// Folders of the old site that pages are named from: `content/`.
    pub(super) roots: Vec<String>,
    by_source: HashMap<String, usize>,
    by_old: HashMap<String, usize>,
    /// Pages by their files without the language, and by their languages.
    translated: HashMap<(String, String), usize>,
    ids: Vec<BTreeSet<String>>,
}

impl<'a> Old<'a> {
    /// A site of which nothing but the list of its files has been read.
    pub(super) fn new(folder: &'a Folder, address: String, lang: String) -> Self {
        let files = folder.files().into_iter().collect();
        let (pages, ids) = (Vec::new(), Vec::new());
        let (published, copies, by_source, by_old, translated) = Default::default();
        let (spare, used) = Default::default();
        let roots = vec![String::new()];
        Self {
            folder,
            files,
            address,
            lang,
            pages,
            published,
            copies,
            spare,
            used,
            roots,
            by_source,
            by_old,
            translated,
            ids,
        }
    }

    /// Makes pages findable, once all are there.
    pub(super) fn index_pages(&mut self) {
        for (index, page) in self.pages.iter().enumerate() {
            self.by_source.insert(page.source.clone(), index);
            self.translated.insert((stem(page), page.lang.clone()), index);
            for old in &page.old {
                self.by_old.entry(bare(old)).or_insert(index);
            }
            let body = markdown::parse(&page.body, 0, &Options::full(&page.lang));
            let mut ids: BTreeSet<String> = body.headings.iter().map(|heading| heading.id.clone()).collect();
            body.raw_html().for_each(|html| ids.extend(markup::anchors(html)));
            self.ids.push(ids);
        }
    }

    /// The page that is meant by its file in the old site.
    pub(super) fn page_of_source(&self, source: &str) -> Option<usize> {
        self.by_source.get(source).copied()
    }

    /// The page at a path of the old site.
    pub(super) fn page_at(&self, path: &str) -> Option<usize> {
        self.by_old.get(&bare(path)).copied()
    }

    /// A link to a page, from another one, with its place in it where there is such a place.
    pub(super) fn to_page(&self, from: &Page, index: usize, fragment: Option<&str>) -> Target {
        // A link leads to the translation in its own language.
        let index =
            self.translated.get(&(stem(&self.pages[index]), from.lang.clone())).copied().unwrap_or(index);
        let page = &self.pages[index];
        if page.is_draft && !from.is_draft {
            return Target::Hidden(page.file.clone());
        }
        let found = fragment.and_then(|fragment| self.anchor_id(index, fragment));
        let fragment = found.map(|found| format!("#{found}")).unwrap_or_default();
        Target::Known(format!("{}{fragment}", relative(&from.file, &page.file)))
    }

    /// The id of a place in a page, as we make ids.
    fn anchor_id(&self, index: usize, fragment: &str) -> Option<String> {
        let fragment = percent::decode(fragment);
        [fragment.to_string(), slug(&fragment)].into_iter().find(|id| self.ids[index].contains(id))
    }

    /// Where a link of a page leads on the new site.
    pub(super) fn target(&self, at: usize, raw: &str) -> Target {
        let page = &self.pages[at];
        let (path, fragment) =
            raw.split_once('#').map_or((raw, None), |(path, fragment)| (path, Some(fragment)));
        if path.is_empty() {
            let known = fragment.is_none_or(|fragment| {
                fragment.is_empty() || fragment == "top" || self.ids[at].contains(&*percent::decode(fragment))
            });
            let other = fragment.and_then(|fragment| self.anchor_id(at, fragment)).map(|id| format!("#{id}"));
            return match (known, other) {
                (true, _) => Target::Known(raw.to_string()),
                (false, Some(other)) => Target::Known(other),
                _ => Target::Missing(raw.to_string()),
            };
        }
        if let Some(named) = raw.strip_prefix("@/") {
            let (named, fragment) =
                named.split_once('#').map_or((named, None), |(named, fragment)| (named, Some(fragment)));
            return match self.page_by_path(named, &page.lang) {
                Some(index) => self.to_page(page, index, fragment),
                None => Target::Missing(format!("/{}", named.trim_end_matches(".md"))),
            };
        }
        let is_whole = path.contains("://") || path.starts_with("//");
        if is_whole && own_path(path, &self.address).is_none()
            || url::scheme(path).is_some_and(|scheme| !scheme.starts_with("http"))
        {
            return Target::Known(raw.to_string());
        }
        // Addresses of the site from its root may have its own folder in front, or not.
        let absolute = own_path(path, &self.address)
            .map(str::to_string)
            .or_else(|| path.starts_with('/').then(|| path.to_string()));
        let Some(absolute) = absolute.map(|path| path.split('?').next().unwrap_or_default().to_string())
        else {
            return self.relative_target(page, path, fragment);
        };
        if let Some(index) = self.page_at(&absolute) {
            return self.to_page(page, index, fragment);
        }
        let found =
            self.published.get(&*percent::decode(&absolute)).and_then(|source| self.copies.get(source));
        match found {
            Some(file) => Target::Known(self.to_file(page, file)),
            None if absolute == "/" => Target::Known("/".into()),
            None => self.to_file_named(page, &absolute, fragment).unwrap_or(Target::Missing(absolute)),
        }
    }

    /// A link to a page whose file is named by its path in the sources, from their root.
    fn to_file_named(&self, page: &Page, path: &str, fragment: Option<&str>) -> Option<Target> {
        let is_file = [".md", ".mdx", ".markdown"].iter().any(|ending| path.ends_with(ending));
        let index = self.page_by_path(path, &page.lang).filter(|_| is_file)?;
        Some(self.to_page(page, index, fragment))
    }

    /// The page that is named by a path in the content, or by the name of its file alone.
    fn page_by_path(&self, path: &str, lang: &str) -> Option<usize> {
        let path = percent::decode(path.trim_start_matches('/').trim_end_matches('/')).into_owned();
        let stem = path.strip_suffix(".md").unwrap_or(&path);
        let stem = stem.strip_suffix(".markdown").unwrap_or(stem);
        for root in &self.roots {
            let names = [
                format!("{root}{path}"),
                format!("{root}{stem}.{lang}.md"),
                format!("{root}{stem}.md"),
                format!("{root}{stem}.markdown"),
                format!("{root}{stem}/index.md"),
                format!("{root}{stem}/_index.md"),
            ];
            if let Some(index) = names.iter().find_map(|name| self.page_of_source(name)) {
                return Some(index);
            }
        }
        let ends = [format!("/{stem}.md"), format!("/{stem}/index.md")];
        let mut found = self
            .pages
            .iter()
            .enumerate()
            .filter(|(_, page)| ends.iter().any(|end| page.source.ends_with(end)));
        found.next().map(|(index, _)| index).filter(|_| found.next().is_none())
    }

    /// A link from a page's file, or from its old address, whichever leads somewhere.
    fn relative_target(&self, page: &Page, path: &str, fragment: Option<&str>) -> Target {
        let path = percent::decode(path.split('?').next().unwrap_or_default()).into_owned();
        let folder = page.source.rsplit_once('/').map_or("", |(folder, _)| folder);
        if let Some(full) = url::follow(folder, &path) {
            let named =
                [full.clone(), format!("{full}.md"), format!("{full}/index.md"), format!("{full}/_index.md")];
            if let Some(index) = named.iter().find_map(|name| self.page_of_source(name)) {
                return self.to_page(page, index, fragment);
            }
            if let Some(file) = self.copies.get(&full) {
                return Target::Known(self.to_file(page, file));
            }
        }
        let old = page.old.first().map(|old| old.trim_start_matches('/')).unwrap_or_default();
        let folder = old.rsplit_once('/').map_or("", |(folder, _)| folder);
        let full = url::follow(folder, &path).map(|full| format!("/{full}"));
        if let Some(full) = &full {
            if let Some(index) = self.page_at(full) {
                return self.to_page(page, index, fragment);
            }
            if let Some(file) = self.published.get(full).and_then(|source| self.copies.get(source)) {
                return Target::Known(self.to_file(page, file));
            }
        }
        let named = self.to_file_named(page, &path, fragment);
        named.unwrap_or_else(|| Target::Missing(full.unwrap_or(path)))
    }

    /// The way from a page to a file of the new site: from the root for what is in `static/`.
    pub(super) fn to_file(&self, page: &Page, file: &str) -> String {
        self.used.borrow_mut().insert(file.to_string());
        match file.strip_prefix("static/") {
            Some(path) => format!("/{path}"),
            None => relative(&page.file, file),
        }
    }

    /// A page's text with links of the new site, and what people should know of it.
    pub(super) fn linked(&self, at: usize) -> (String, Vec<ImportNote>) {
        let page = &self.pages[at];
        let text = page.body.as_str();
        let body = markdown::parse(text, 0, &Options::full(&page.lang));
        let mut notes = Vec::new();
        let images: BTreeSet<usize> = body
            .nodes()
            .iter()
            .filter_map(|node| match node.kind {
                Kind::Image(index) => Some(index as usize),
                _ => None,
            })
            .collect();
        let mut edits: Vec<(std::ops::Range<usize>, String)> = Vec::new();
        for (index, link) in body.links.iter().enumerate() {
            let line = || text[..link.span.range().start.min(text.len())].matches('\n').count() + 1;
            match self.target(at, &link.target) {
                Target::Known(new) if new == link.target => {}
                Target::Known(new) => {
                    if let Some(gone) = lost_fragment(&link.target, &new) {
                        let what =
                            format!("`{new}` has no place `#{gone}`, so a link leads to the page itself");
                        notes.push(ImportNote { weight: Weight::Hand, what, line: line() });
                    }
                    edits.extend(renamed(&body, (text, index), &new));
                }
                Target::Missing(new) => {
                    let is_image = images.contains(&index);
                    let what = if is_image {
                        format!("the image `{new}` is missing")
                    } else {
                        format!("a link leads to `{new}`, which isn't there")
                    };
                    notes.push(ImportNote { weight: Weight::Hand, what, line: line() });
                    if !body.is_html_link(index) {
                        let named = if is_image { LinkedKind::Image } else { LinkedKind::Page };
                        edits.extend(as_html(text, link, &new, named));
                    }
                }
                Target::Hidden(file) => {
                    let what = format!("a link to `{file}`, which readers can't see, is its words alone");
                    notes.push(ImportNote { weight: Weight::Hand, what, line: line() });
                    match body.is_html_link(index) {
                        // Nothing is there under this address.
                        true => edits.extend(renamed(&body, (text, index), "#")),
                        false => edits
                            .extend(link_text(text, link).map(|(range, inner)| (range, inner.to_string()))),
                    }
                }
            }
        }
        (edited(text, edits), notes)
    }
}

/// What a link or an image of a text is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LinkedKind {
    /// A file that is shown.
    Image,
    /// A page or a file that readers are led to.
    Page,
}

/// The text after all edits; of those within one another, the inner ones.
fn edited(text: &str, mut edits: Vec<(std::ops::Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    edits.dedup_by(|later, first| later.0 == first.0);
    let mut out = text.to_string();
    let mut before = usize::MAX;
    // The last first, so that the places of the others stay.
    for (range, new) in edits.into_iter().rev() {
        if range.end <= before {
            out.replace_range(range.clone(), &new);
            before = range.start;
        }
    }
    out
}

/// A page's file without its language and ending.
fn stem(page: &Page) -> String {
    let stem = page.file.strip_suffix(".md").unwrap_or(&page.file);
    stem.strip_suffix(&format!(".{}", page.lang)).unwrap_or(stem).to_string()
}

/// The change of a link's target.
fn renamed(body: &Body, (text, index): (&str, usize), new: &str) -> Option<(std::ops::Range<usize>, String)> {
    let link = &body.links[index];
    let range = link.target_span.range();
    // Of a link in HTML, both are the value of its attribute.
    if link.target_span == link.span && !body.is_html_link(index) {
        // An address that is its own words: they stay.
        let (range, words) = link_text(text, link)?;
        let words = words.replace('[', "\\[").replace(']', "\\]");
        return Some((range, format!("[{words}]({})", in_brackets(new))));
    }
    text.get(range.clone())?;
    let new = match body.is_html_link(index) {
        true => {
            let mut out = String::new();
            escape_attribute(new, &mut out);
            out
        }
        false => in_brackets(new),
    };
    Some((range, new))
}

/// A target as it stands in the brackets of a link.
fn in_brackets(target: &str) -> String {
    target.replace(' ', "%20").replace('(', "%28").replace(')', "%29")
}

/// The place in a page that a link named and no longer names.
fn lost_fragment<'t>(before: &'t str, after: &str) -> Option<&'t str> {
    let (_, fragment) = before.split_once('#')?;
    (!fragment.is_empty() && fragment != "top" && !after.contains('#')).then_some(fragment)
}

/// Where a link is written, and what readers see of it.
fn link_text<'t>(text: &'t str, link: &RawLink) -> Option<(std::ops::Range<usize>, &'t str)> {
    let range = link.span.range();
    let written = text.get(range.clone())?;
    let Some(start) = written.find('[').filter(|at| *at < 2) else {
        // An address as it is.
        return Some((range, written.trim_start_matches('<').trim_end_matches('>')));
    };
    let end = match written.rfind("](") {
        Some(end) => end,
        None => written.rfind("][").or_else(|| written.rfind(']'))?,
    };
    Some((range, written.get(start + 1..end)?))
}

/// A link or an image to what isn't there, as HTML, which the link checker tells and doesn't refuse.
fn as_html(
    text: &str,
    link: &RawLink,
    target: &str,
    what: LinkedKind,
) -> Option<(std::ops::Range<usize>, String)> {
    let (range, inner) = link_text(text, link)?;
    let mut out = String::new();
    let attribute = |out: &mut String, name: &str, value: &str| {
        out.push_str(&format!(" {name}=\""));
        escape_attribute(value, out);
        out.push('"');
    };
    match what {
        LinkedKind::Image => {
            out.push_str("<img");
            attribute(&mut out, "src", target);
            attribute(&mut out, "alt", inner);
            out.push('>');
        }
        LinkedKind::Page => {
            out.push_str("<a");
            attribute(&mut out, "href", target);
            out.push('>');
            out.push_str(inner);
            out.push_str("</a>");
        }
    }
    Some((range, out))
}
