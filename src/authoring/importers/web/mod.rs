//! `ringback import site`: any site by its pages, from a folder in which they are saved, or from a crawl.
//!
//! [`crawl`] fetches, `robots` and `sitemap` say what; `page` reads what a page says of itself, `kinds` what it is, `main_text` where its
//! text is. Start with [`import`].

pub mod crawl;
mod feeds;
mod kinds;
mod main_text;
mod page;
mod robots;
mod sitemap;
mod source;
mod state;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use self::kinds::Kind;
use self::main_text::MainText;
use self::page::{Read, day};
use self::source::Saved;
use super::posts::{self, Batch, Files, List, Person, Post, PostKind};
use super::{ImportError, Report, Sink, bare, own_path};
use crate::authoring::markup::tree;
use crate::authoring::markup::{ImportNote, Weight};

/// Letters of a text that is too short to say for itself where it is.
const SHORT: usize = 600;

/// Hands the files of the new site to `sink`, and what people should know to `report`.
///
/// # Errors
///
/// The folder can't be read, has no pages, or the sink can't write.
pub fn import(place: &Path, sink: &mut dyn Sink, report: &mut Report) -> Result<(), ImportError> {
    let saved = Saved::open(place)?;
    let mut first = First::default();
    for (path, file) in &saved.pages {
        first.add(path, &saved.text(file)?);
    }
    if first.pages.is_empty() {
        return Err(ImportError::new(
            format!("there are no pages in `{}`", place.display()),
            "name the folder in which they are saved, with the files ending in `.html` in it",
        ));
    }
    let site = first.into_site(&saved);
    let mut batch = site.batch();
    let guids = feeds::guids(&saved);
    for (path, file) in &saved.pages {
        site.page(path, &saved.text(file)?, &mut batch, report);
    }
    for post in &mut batch.posts {
        let own = post.old.iter().find_map(|old| guids.get(&bare(old)));
        post.guid = own.cloned().unwrap_or_default();
    }
    add_redirects(&saved, &mut batch);
    let mut files = Files::default();
    for (address, place) in saved.files(&site.address) {
        files.add(&address, place);
    }
    posts::write(batch, &files, sink, report)
}

/// Addresses that lead to others.
fn add_redirects(saved: &Saved, batch: &mut Batch) {
    for (from, to) in &saved.moved {
        let Some(to) = own_path(to, &batch.address).or_else(|| own_path(to, &saved.address)) else {
            continue;
        };
        let is_it = |post: &&mut Post| post.old.iter().any(|old| bare(old) == bare(to));
        if let Some(post) = batch.posts.iter_mut().find(is_it) {
            post.old.push(from.clone());
        }
    }
}

/// What is known after all pages have been read once.
#[derive(Debug, Default)]
struct First {
    pages: Vec<String>,
    /// Letters by what the elements with the texts are called.
    signs: BTreeMap<String, usize>,
    addresses: BTreeMap<String, usize>,
    langs: BTreeMap<String, usize>,
    images: BTreeMap<String, usize>,
    about: BTreeMap<String, usize>,
    names: BTreeMap<String, usize>,
    home: Option<(String, String, String)>,
    authors: BTreeMap<String, String>,
    /// Links that may lead to terms, with their words.
    links: BTreeSet<(String, String)>,
}

impl First {
    fn add(&mut self, path: &str, html: &str) {
        let read = Read::new(html);
        self.pages.push(path.to_string());
        let count = |map: &mut BTreeMap<String, usize>, key: &str| {
            if !key.is_empty() {
                *map.entry(key.to_string()).or_default() += 1;
            }
        };
        if let Some(found) = main_text::find(&read.nodes) {
            *self.signs.entry(found.sign).or_default() += found.letters;
        }
        let bare_path = path.trim_end_matches("index.html").trim_end_matches(".html").trim_end_matches('/');
        let canonical = read.canonical.trim_end_matches(".html").trim_end_matches('/');
        if let Some(address) = canonical.strip_suffix(bare_path).filter(|address| address.contains("://")) {
            count(&mut self.addresses, address.trim_end_matches('/'));
        }
        count(&mut self.langs, &posts::language(&read.lang));
        count(&mut self.images, read.image.as_ref().map_or("", |(url, _)| url));
        count(&mut self.about, &read.description);
        count(&mut self.names, &read.site);
        if bare_path.is_empty() {
            self.home = Some((read.plain_title(""), read.description.clone(), posts::language(&read.lang)));
        }
        for (name, href) in read.people {
            self.authors.entry(href).or_insert(name);
        }
        self.links.extend(
            read.links.into_iter().filter(|(href, _)| href.contains("/tag") || href.contains("/categor")),
        );
    }

    /// What most pages say of the site: its name, its language.
    fn into_site(self, saved: &Saved) -> Site {
        let most = |map: &BTreeMap<String, usize>| {
            map.iter().max_by_key(|(_, count)| **count).map(|(key, _)| key.clone()).unwrap_or_default()
        };
        let (title, about, lang) = self.home.clone().unwrap_or_default();
        let name = most(&self.names);
        let address = most(&self.addresses);
        let often = self.pages.len().div_ceil(2).max(3);
        let repeated = |map: &BTreeMap<String, usize>| {
            map.iter().filter(|(_, count)| **count >= often).map(|(key, _)| key.clone()).collect()
        };
        let mut signs: Vec<(String, usize)> =
            self.signs.iter().map(|(sign, letters)| (sign.clone(), *letters)).collect();
        signs.sort_by_key(|(_, letters)| std::cmp::Reverse(*letters));
        Site {
            address: if address.is_empty() { saved.address.clone() } else { address },
            title: if name.is_empty() { title } else { name },
            description: about,
            lang: if lang.is_empty() { most(&self.langs) } else { lang },
            langs: self.langs.keys().cloned().collect(),
            common_images: repeated(&self.images),
            common_about: repeated(&self.about),
            signs: signs.into_iter().map(|(sign, _)| sign).collect(),
            paths: self.pages.iter().map(|path| bare(path)).collect(),
            authors: self.authors,
            links: self.links,
        }
    }
}

/// The site, as its pages agree on it.
struct Site {
    address: String,
    title: String,
    description: String,
    lang: String,
    langs: Vec<String>,
    /// Images and descriptions that many pages share, which are of none.
    common_images: BTreeSet<String>,
    common_about: BTreeSet<String>,
    /// What the elements with texts are called, those with the most text first.
    signs: Vec<String>,
    paths: BTreeSet<String>,
    /// Names by where the links on them lead.
    authors: BTreeMap<String, String>,
    links: BTreeSet<(String, String)>,
}

impl Site {
    fn batch(&self) -> Batch {
        let mut people = BTreeMap::new();
        for (href, name) in &self.authors {
            let person: &mut Person = people.entry(name.clone()).or_default();
            let own = own_path(href, &self.address).filter(|path| self.paths.contains(&bare(path)));
            person.old.extend(own.map(str::to_string));
        }
        Batch {
            address: self.address.clone(),
            title: self.title.clone(),
            description: self.description.clone(),
            lang: self.lang.clone(),
            people,
            term_names: self.term_names(),
            ..Batch::default()
        }
    }

    /// Adds a page to the others.
    fn page(&self, path: &str, html: &str, batch: &mut Batch, report: &mut Report) {
        let read = Read::new(html);
        let own = read.own_path(&self.address).unwrap_or_else(|| path.to_string());
        let own = if own.contains('%') || path.contains('?') { path.to_string() } else { own };
        for (kind, href) in &read.feeds {
            if let Some(feed) = own_path(href, &self.address) {
                let list = if kind.contains("atom") { "/feed.xml" } else { "/rss.xml" };
                let known = batch.lists.iter().any(|(old, _)| bare(old) == bare(feed));
                if !known && !kind.contains("json") {
                    batch.lists.push((feed.to_string(), List::Feed(list)));
                }
            }
        }
        if matches!(path.trim_matches('/'), "404" | "404.html") {
            return;
        }
        let found = self.text_of(&read);
        let element = found.as_ref().and_then(|found| main_text::at(&read.nodes, &found.path));
        let empty = MainText::default();
        match kinds::kind(&read, &own, (found.as_ref().unwrap_or(&empty), element), &self.langs) {
            Kind::List(list) => {
                report.count("lists of other pages, left out");
                batch.lists.push((path.to_string(), list));
            }
            Kind::Person(_) if self.author_at(&own).is_some() => {
                report.count("pages of authors");
                report.note(
                    Weight::Hand,
                    path,
                    "a page of an author: take over what it says of them yourself",
                );
                let name = self.author_at(&own).unwrap_or_default();
                batch.lists.push((path.to_string(), List::Author(name)));
            }
            Kind::Person(name) => batch.lists.push((path.to_string(), List::Author(name))),
            kind => {
                let is_home = self.is_home(&own);
                let Some(element) =
                    element.or_else(|| read.nodes.first().and_then(tree::Node::element).filter(|_| is_home))
                else {
                    report.note(Weight::Lost, path, "no text was found on this page: it isn't taken over");
                    return;
                };
                let title = read.plain_title(&self.title);
                let text = main_text::text(element, &title);
                // A first page that lists others has no text of its own.
                let is_list = found.is_none() || kinds::is_listing(element, usize::MAX);
                let body = if is_home && is_list { String::new() } else { tree::serialize(&text) };
                batch.posts.push(self.post(&read, (path, &own), kind, (title, body)));
            }
        }
    }

    /// What terms are called in addresses, by the words of the links that lead to them.
    fn term_names(&self) -> BTreeMap<(String, String), String> {
        let mut found = BTreeMap::new();
        for (href, words) in &self.links {
            let path = own_path(href, &self.address).unwrap_or(href);
            if let Some(List::Term(taxonomy, name)) = kinds::list_of(path, &self.langs) {
                found.entry((taxonomy.to_string(), words.clone())).or_insert(name);
            }
        }
        found
    }

    /// Is it the first page, in any language?
    fn is_home(&self, path: &str) -> bool {
        let path = path.trim_matches('/');
        path.is_empty() || self.langs.iter().any(|lang| lang == path)
    }

    fn author_at(&self, path: &str) -> Option<String> {
        let found = self
            .authors
            .iter()
            .find(|(href, _)| own_path(href, &self.address).is_some_and(|own| bare(own) == bare(path)));
        found.map(|(_, name)| name.clone())
    }

    /// Where the text of a page is. One with little text has it where the others have theirs.
    fn text_of(&self, read: &Read) -> Option<MainText> {
        let own = main_text::find(&read.nodes);
        if own.as_ref().is_some_and(|found| found.letters >= SHORT) {
            return own;
        }
        let agreed = self.signs.iter().take(5).find_map(|sign| {
            let path = main_text::called(&read.nodes, sign)?;
            Some(MainText {
                path,
                sign: sign.clone(),
                letters: own.as_ref().map_or(0, |found| found.letters),
            })
        });
        agreed.or(own)
    }

    fn post(
        &self,
        read: &Read,
        (path, own): (&str, &str),
        kind: Kind,
        (title, body): (String, String),
    ) -> Post {
        let lang = posts::language(&read.lang);
        let mut parts = self.parts(own, &lang);
        let name = parts.pop().unwrap_or_default().to_string();
        let is_home = name.is_empty();
        let mut old = vec![own.to_string()];
        if bare(path) != bare(own) {
            old.push(path.to_string());
        }
        let mut terms: Vec<(String, String)> = Vec::new();
        terms.extend(read.categories.iter().map(|label| ("category".to_string(), label.clone())));
        terms.extend(read.tags.iter().map(|label| ("tags".to_string(), label.clone())));
        let image = read.image.clone().filter(|(url, _)| !self.common_images.contains(url));
        let canonical = match own_path(&read.canonical, &self.address) {
            None if read.canonical.contains("://") && !self.address.is_empty() => read.canonical.clone(),
            _ => String::new(),
        };
        let mut notes = Vec::new();
        if body.is_empty() && !is_home {
            notes.push(ImportNote {
                weight: Weight::Hand,
                what: "the page has no text of its own".into(),
                line: 0,
            });
        }
        let is_article = kind == Kind::Article;
        Post {
            source: path.to_string(),
            kind: match kind {
                _ if is_home => PostKind::Home,
                Kind::Article => PostKind::Article,
                _ => PostKind::Page,
            },
            section: if is_article { String::new() } else { parts.join("/") },
            name,
            title,
            description: if self.common_about.contains(&read.description) {
                String::new()
            } else {
                read.description.clone()
            },
            date: read.date.or_else(|| day_of(own)).filter(|_| is_article),
            updated: read.updated.filter(|_| is_article),
            group: group(read, &self.address, own),
            authors: if is_article { read.authors.clone() } else { Vec::new() },
            terms: if is_article { terms } else { Vec::new() },
            image: image.filter(|_| is_article),
            old,
            canonical,
            noindex: read.noindex,
            lang,
            body,
            notes,
            ..Post::default()
        }
    }
}

impl Site {
    /// The parts of a path, without the folder of a language, which isn't one of the site's.
    fn parts<'p>(&self, path: &'p str, lang: &str) -> Vec<&'p str> {
        let plain = path.split('?').next().unwrap_or_default();
        let plain = plain.trim_end_matches("index.html").trim_end_matches(".html");
        let mut parts: Vec<&str> = plain.split('/').filter(|part| !part.is_empty()).collect();
        let is_language =
            |first: &&str| posts::language(first) == lang && self.langs.iter().any(|one| one == first);
        if parts.first().is_some_and(is_language) {
            parts.remove(0);
        }
        parts
    }
}

/// What a page shares with its translations: the first of all their paths.
fn group(read: &Read, address: &str, own: &str) -> Option<String> {
    if read.others.is_empty() {
        return None;
    }
    let others = read.others.iter().filter_map(|(_, href)| own_path(href, address)).map(bare);
    others.chain(std::iter::once(bare(own))).min()
}

/// The day in a path of a blog, `/2020/05/07/a/`, for pages that say none.
fn day_of(path: &str) -> Option<jiff::civil::Date> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    parts.windows(3).find_map(|three| day(&format!("{}-{:0>2}-{:0>2}", three[0], three[1], three[2])))
}
