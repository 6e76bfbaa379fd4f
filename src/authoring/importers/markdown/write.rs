//! The pages of an old site as files of the new one: front matter by our names, people and terms, and the site's own files.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde_json::{Map, Value as Json};

use super::engine::{Old, Page, Shape};
use super::front_in::{text, texts};
use crate::authoring::importers::front::{Front, one_line};
use crate::authoring::importers::site::{
    MenuDraft, OLD_ADDRESSES, Redirects, SiteDraft, TermDraft, is_alias, name_of,
};
use crate::authoring::importers::{ImportError, Report, Sink, bare};
use crate::authoring::markup::{Target, Weight};
use crate::encode::slug::term;
use crate::project::{CONFIG_FILE, REDIRECTS_FILE};

/// Keys that only say how a page looks, or that have been read.
const READ: &[&str] = &[
    "title",
    "description",
    "summary",
    "excerpt",
    "subtitle",
    "date",
    "publishdate",
    "pubdate",
    "lastmod",
    "updated",
    "modified",
    "last_modified_at",
    "expirydate",
    "expires",
    "draft",
    "published",
    "slug",
    "url",
    "path",
    "permalink",
    "aliases",
    "redirect_from",
    "authors",
    "author",
    "weight",
    "image",
    "images",
    "cover",
    "featured_image",
    "featuredimage",
    "thumbnail",
    "header",
    "taxonomies",
    "layout",
    "type",
    "template",
    "page_template",
    "menu",
    "menus",
    "lang",
    "ref",
    "comments",
    "toc",
    "math",
    "mathjax",
    "render",
    "in_search_index",
    "sort_by",
    "paginate_by",
    "paginate_path",
    "insert_anchor_links",
    "outputs",
    "cascade",
    "markup",
    "extra",
    "robotsnoindex",
    "noindex",
];

/// What a site has besides its pages.
#[derive(Debug, Default)]
pub(super) struct Setup {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) languages: Vec<String>,
    /// Names of taxonomies in front matter, and ours.
    pub(super) taxonomies: BTreeMap<String, String>,
    pub(super) menus: BTreeMap<String, Vec<MenuDraft>>,
    /// Names of people by the names that pages have for them.
    pub(super) people: BTreeMap<String, String>,
    /// How several terms in one text are divided.
    pub(super) divider: Option<char>,
}

/// The value of the first of these keys, whatever their letters.
fn get<'m>(map: &'m Map<String, Json>, names: &[&str]) -> Option<&'m Json> {
    names
        .iter()
        .find_map(|name| map.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
}

/// The day of a time, however generators write it.
pub(super) fn day(value: &Json) -> Option<Date> {
    let text = text(value)?.replace('/', "-");
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(text.len());
    let parts: Vec<&str> = text[..end].split('-').collect();
    let [year, month, day] = parts.as_slice() else { return None };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok().filter(|date| date.year() > 0)
}

/// Hands all files to the sink.
pub(super) fn write(
    old: &Old<'_>,
    setup: &Setup,
    sink: &mut dyn Sink,
    report: &mut Report,
) -> Result<(), ImportError> {
    let mut writer = Writer {
        old,
        setup,
        terms: BTreeMap::new(),
        people: BTreeMap::new(),
        taken: BTreeSet::new(),
        redirects: Redirects::default(),
    };
    writer.taken.extend(old.pages.iter().map(|page| bare(&page.url)));
    for at in 0..old.pages.len() {
        let page = &old.pages[at];
        let (body, notes) = old.linked(at);
        let front = writer.front(page, report);
        report.note_all(&page.file, front.lines(), notes);
        report.count(match page.shape {
            Shape::Page => "pages",
            Shape::Section => "folders with a page of their own",
            Shape::Term => "terms with a page of their own",
        });
        if page.is_draft {
            report.count("of these, drafts");
        }
        sink.text(&page.file, front.file(body.trim_start_matches(['\n', '\r'])))?;
    }
    writer.write_rest(sink, report)
}

struct Writer<'a> {
    old: &'a Old<'a>,
    setup: &'a Setup,
    /// Labels of terms by taxonomy and name.
    terms: BTreeMap<String, BTreeMap<String, String>>,
    /// Names of people by their files.
    people: BTreeMap<String, String>,
    /// Paths that have an answer.
    taken: BTreeSet<String>,
    redirects: Redirects,
}

impl Writer<'_> {
    fn front(&mut self, page: &Page, report: &mut Report) -> Front {
        let map = &page.front;
        let mut front = Front::new(&get(map, &["title"]).and_then(text).unwrap_or_else(|| "Untitled".into()));
        let about = get(map, &["description", "summary", "excerpt", "subtitle"]).and_then(text);
        front.text("description", &one_line(&about.unwrap_or_default()));
        let date = get(map, &["date", "publishdate", "pubdate"]).and_then(day);
        front.date("date", date);
        let updated = get(map, &["lastmod", "updated", "last_modified_at", "modified"]).and_then(day);
        front.date("updated", updated.filter(|day| date.is_none_or(|date| *day > date)));
        let expires = get(map, &["expirydate", "expires"]).and_then(day);
        front.date("expires", expires.filter(|day| date.is_none_or(|date| *day > date)));
        if page.is_draft {
            front.on("draft");
        }
        if get(map, &["noindex", "robotsnoindex"]).is_some_and(|value| *value == Json::Bool(true)) {
            front.on("noindex");
        }
        if page.shape != Shape::Term {
            if let Some(slug) = last_of(page) {
                front.text("slug", &slug);
            }
            self.write_relations(page, &mut front);
        }
        self.aliases(page, &mut front);
        let weight = get(map, &["weight"]).and_then(Json::as_i64).filter(|weight| weight.abs() <= 100_000);
        if let Some(weight) = weight {
            front.value("weight", &weight.into());
        }
        self.image(page, &mut front, report);
        let rest = map.iter().filter(|(key, _)| {
            !READ.contains(&key.to_lowercase().as_str()) && !self.setup.taxonomies.contains_key(key.as_str())
        });
        let mut extra: Vec<(String, Json)> = rest.map(|(key, value)| (key.clone(), value.clone())).collect();
        if let Some(Json::Object(own)) = map.get("extra") {
            extra.extend(own.iter().map(|(key, value)| (key.clone(), value.clone())));
        }
        extra.dedup_by(|later, first| later.0 == first.0);
        front.extra(&extra);
        front
    }

    /// Writes the terms and the people of a page into its front matter.
    fn write_relations(&mut self, page: &Page, front: &mut Front) {
        let own = page.front.get("taxonomies").and_then(Json::as_object);
        let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (key, name) in &self.setup.taxonomies {
            let value = own.and_then(|own| own.get(key)).or_else(|| page.front.get(key));
            for label in value.map(|value| texts(value, self.setup.divider)).unwrap_or_default() {
                let term = term(&label);
                if !term.is_empty() {
                    self.terms.entry(name.clone()).or_default().entry(term.clone()).or_insert(label);
                    found.entry(name).or_default().push(term);
                }
            }
        }
        for (name, mut terms) in found {
            terms.dedup();
            front.list(name, &terms);
        }
        let named = get(&page.front, &["authors", "author"]);
        let names = match named {
            Some(Json::Object(person)) => person.get("name").and_then(text).into_iter().collect(),
            Some(Json::Array(all)) => {
                all.iter().filter_map(|one| text(one).or_else(|| one.get("name").and_then(text))).collect()
            }
            Some(one) => text(one).into_iter().collect(),
            None => Vec::new(),
        };
        let names = names.into_iter().map(|name| self.setup.people.get(&name).cloned().unwrap_or(name));
        let files: Vec<String> = names
            .filter(|name| !name.contains('@'))
            .map(|name| {
                let file = name_of(&name, "author");
                self.people.entry(file.clone()).or_insert(name);
                file
            })
            .collect();
        front.list("authors", &files);
    }

    fn aliases(&mut self, page: &Page, front: &mut Front) {
        let mut aliases = Vec::new();
        for path in &page.old {
            let is_own = bare(path) == bare(&page.url);
            let is_new = !is_own && is_alias(path) && self.taken.insert(bare(path));
            if !page.is_draft && (is_own || is_new) {
                self.redirects.answered(path);
            }
            if is_new {
                aliases.push(path.clone());
            }
        }
        front.list("aliases", &aliases);
    }

    fn image(&self, page: &Page, front: &mut Front, report: &mut Report) {
        let names = ["image", "images", "cover", "featured_image", "featuredImage", "thumbnail", "header"];
        let Some(value) = get(&page.front, &names) else { return };
        let inner = |value: &Json| match value {
            Json::Object(map) => {
                get(map, &["image", "src", "path", "url", "teaser", "filename"]).and_then(text)
            }
            other => texts(other, None).into_iter().next(),
        };
        let Some(source) = inner(value) else { return };
        let alt = value.get("alt").and_then(text).unwrap_or_default();
        let Some(at) = self.old.page_of_source(&page.source) else { return };
        let rooted = format!("/{}", source.trim_start_matches('/'));
        let found = [source.as_str(), rooted.as_str()].into_iter().find_map(|source| {
            match self.old.target(at, source) {
                Target::Known(found) if !found.contains("://") => Some(found),
                _ => None,
            }
        });
        match found {
            Some(found) => front.map("image", &[("src", &found), ("alt", &alt)]),
            None => report.note(
                Weight::Hand,
                &page.file,
                format!("its main image, `{source}`, is missing or on another host"),
            ),
        }
    }

    /// Writes all but pages: files, people, the configuration, redirects.
    fn write_rest(mut self, sink: &mut dyn Sink, report: &mut Report) -> Result<(), ImportError> {
        let used = self.old.used.borrow().clone();
        for (source, file) in &self.old.copies {
            if self.old.spare.contains(source) && !used.contains(file) {
                continue;
            }
            let place = self
                .old
                .folder
                .disk_path(source)
                .map_err(|error| ImportError::unreadable(std::path::Path::new(source), &error))?;
            report.count("images and files");
            sink.copy(file, place)?;
        }
        for (file, name) in &self.people {
            report.count("authors");
            let path = format!("content/people/{file}.md");
            report.note(Weight::Hand, &path, "an author: say who they are");
            sink.text(&path, Front::new(name).file(""))?;
        }
        let published: BTreeSet<&String> =
            self.old.pages.iter().filter(|page| !page.is_draft).map(|page| &page.url).collect();
        for (key, name) in &self.setup.taxonomies {
            for (term, label) in self.terms.get(name).into_iter().flatten() {
                let old = format!("/{key}/{}/", crate::encode::slug::slug(label));
                let new = format!("/{name}/{term}/");
                if bare(&old) != bare(&new) && !published.is_empty() {
                    self.redirects.redirect(&old, &new);
                }
            }
        }
        let taxonomies = self.setup.taxonomies.values().map(|name| {
            let terms = self.terms.get(name).into_iter().flatten();
            let terms = terms.map(|(name, label)| TermDraft {
                name: name.clone(),
                label: label.clone(),
                description: String::new(),
            });
            (name.clone(), terms.collect())
        });
        let site = SiteDraft {
            title: self.setup.title.clone(),
            description: self.setup.description.clone(),
            address: self.old.address.clone(),
            languages: self.setup.languages.clone(),
            taxonomies: taxonomies.collect(),
            menus: self.setup.menus.clone(),
            more: String::new(),
        };
        sink.text(CONFIG_FILE, site.config())?;
        report.count_of("old addresses", self.redirects.number());
        for (path, text) in
            [(REDIRECTS_FILE, self.redirects.table(&self.taken)), (OLD_ADDRESSES, self.redirects.addresses())]
        {
            if !text.is_empty() {
                sink.text(path, text)?;
            }
        }
        Ok(())
    }
}

/// The last part of a page's address, where it isn't what its file is called.
fn last_of(page: &Page) -> Option<String> {
    let last = page.url.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let name = super::place::name_of_file(&page.file);
    (!last.is_empty() && last != name && page.shape == Shape::Page).then(|| last.to_string())
}
