//! Where links and images of the old site lead on the new one.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::site::MenuDraft;
use super::super::{Report, bare, own_path, relative};
use super::places::PostPlace;
use super::texts::{link_addresses, note_ids};
use super::{Batch, Files, List, MenuItem, Post, PostKind, PostStatus, person_file};
use crate::authoring::markup::tree::{self, Node};
use crate::authoring::markup::{Converted, ImportNote, Rules, Target, Weight, convert};
use crate::content::markdown::Options;
use crate::encode::slug::{slug, term};
use crate::encode::{percent, url};

/// The old site, by its addresses.
pub(in crate::authoring::importers) struct Map<'a> {
    batch: &'a Batch,
    files: &'a Files,
    pub(super) places: Vec<PostPlace>,
    /// Posts by their old paths.
    by_old: HashMap<String, usize>,
    /// Lists by their old paths.
    lists: HashMap<String, &'a List>,
    /// The ids in each post, of what everyone reads and of what is behind a gate.
    ids: Vec<[BTreeSet<String>; 2]>,
    /// Terms of the new site, by taxonomy and name, with their labels.
    terms: BTreeMap<(String, String), String>,
    /// Those that public posts have, by language, taxonomy and name.
    shown: BTreeSet<(String, String, String)>,
    /// The languages in which there are articles.
    langs: BTreeSet<String>,
    /// The names of people, by their files on the new site.
    people: BTreeMap<String, String>,
}

/// A part of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// The part that everyone reads.
    Openly,
    /// The part that opens with a form.
    Behind,
}

/// A path as it is compared; one with a query is another.
fn key(path: &str) -> String {
    match path.split_once('?') {
        Some((path, query)) => format!("{}?{query}", bare(path)),
        None => bare(path),
    }
}

impl<'a> Map<'a> {
    /// The map of a site whose posts have these places, in the same order.
    pub(super) fn new(batch: &'a Batch, places: Vec<PostPlace>, files: &'a Files) -> Self {
        let mut by_old = HashMap::new();
        for (at, post) in batch.posts.iter().enumerate() {
            for old in &post.old {
                by_old.entry(key(old)).or_insert(at);
            }
        }
        let lists = batch.lists.iter().map(|(old, list)| (key(old), list)).collect();
        let ids = batch.posts.iter().map(ids).collect();
        let (mut terms, mut shown, mut people) = (BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
        let is_out = |post: &&Post| post.kind == PostKind::Article && post.state == PostStatus::Public;
        let langs = batch.posts.iter().filter(is_out).map(|post| post.lang.clone()).collect();
        for post in &batch.posts {
            for (taxonomy, label) in &post.terms {
                let found = (taxonomy.clone(), batch.term(taxonomy, label));
                if post.state == PostStatus::Public {
                    shown.insert((post.lang.clone(), found.0.clone(), found.1.clone()));
                }
                terms.entry(found).or_insert_with(|| label.clone());
            }
            people.extend(post.authors.iter().map(|name| (person_file(name), name.clone())));
        }
        Self { batch, files, places, by_old, lists, ids, terms, shown, langs, people }
    }

    /// The addresses of all posts, as they are compared.
    pub(super) fn urls(&self) -> BTreeSet<String> {
        self.places.iter().map(|place| bare(&place.url)).collect()
    }

    /// The labels of the new site's terms, by taxonomy and name.
    pub(super) fn terms(&self) -> &BTreeMap<(String, String), String> {
        &self.terms
    }

    /// The names of people, by their files on the new site.
    pub(super) fn people(&self) -> &BTreeMap<String, String> {
        &self.people
    }

    /// The codes of all languages, the site's own first.
    pub(super) fn languages(&self, own: &str) -> Vec<String> {
        let others: BTreeSet<&str> =
            self.batch.posts.iter().map(|post| post.lang.as_str()).filter(|lang| *lang != own).collect();
        std::iter::once(own).chain(others).map(str::to_string).collect()
    }

    /// The language of a path, and where it begins on the new site.
    fn language_of(&self, path: &str) -> (&str, String) {
        let first = path.split('/').find(|part| !part.is_empty()).unwrap_or_default();
        match self.langs.get(first).filter(|lang| **lang != self.batch.lang) {
            Some(lang) => (lang, format!("/{lang}")),
            None => (&self.batch.lang, String::new()),
        }
    }

    /// Does ringback make a page or a file at this path itself? Nothing may lead on from there.
    pub(super) fn is_made(&self, path: &str) -> bool {
        let (_, prefix) = self.language_of(path);
        let path = path.split('?').next().unwrap_or_default();
        let rest = path.strip_prefix(prefix.as_str()).unwrap_or(path);
        let parts: Vec<&str> = rest.split('/').filter(|part| !part.is_empty()).collect();
        let is_feed = |name: &str| matches!(name, "rss.xml" | "feed.xml" | "feed.json");
        match parts.as_slice() {
            ["a-z" | "search" | "archive", ..] | ["insights", "page", ..] => true,
            ["insights" | "people" | "category" | "tags" | "series"] => true,
            [one] | ["insights", one] => is_feed(one),
            ["people", name, one] => is_feed(one) && self.people.contains_key(*name),
            [taxonomy @ ("category" | "tags"), name, one] => {
                let (lang, _) = self.language_of(path);
                is_feed(one) && self.shown.contains(&(lang.into(), (*taxonomy).into(), (*name).into()))
            }
            _ => false,
        }
    }

    /// The path of a list on the new site, if it has one, in the language of the path that it had.
    pub(super) fn list(&self, list: &List, old: &str) -> Option<String> {
        let (lang, prefix) = self.language_of(old);
        let has_articles = self.langs.contains(lang);
        let path = match list {
            List::Articles => has_articles.then(|| "/insights/".into()),
            List::Feed(path) => has_articles.then(|| (*path).to_string()),
            List::Archive(when) => has_articles.then(|| format!("/archive/{when}/")),
            List::Term(taxonomy, name) => {
                let wanted = [term(name), slug(&percent::decode(name))];
                let is_meant = |(one, other, found): &&(String, String, String)| {
                    one == lang
                        && other == taxonomy
                        && (wanted.contains(found) || wanted.contains(&slug(found)))
                };
                let (_, _, found) = self.shown.iter().find(is_meant)?;
                Some(format!("/{taxonomy}/{found}/"))
            }
            List::Author(name) => {
                let wanted = person_file(&percent::decode(name));
                // People have one page, in the site's own language.
                return self.people.contains_key(&wanted).then(|| format!("/people/{wanted}/"));
            }
        };
        path.map(|path| format!("{prefix}{path}"))
    }

    /// An entry of a menu, if what it leads to is there.
    pub(super) fn menu(&self, item: &MenuItem, report: &mut Report) -> Option<MenuDraft> {
        let label = item.label.clone();
        let path = own_path(&item.to, &self.batch.address);
        let draft = MenuDraft { label: label.clone(), ..MenuDraft::default() };
        let found = match path {
            None if item.to.contains("://") => Some(MenuDraft { url: item.to.clone(), ..draft }),
            None => None,
            Some("/") => Some(MenuDraft { url: "/".into(), ..draft }),
            Some(path) => match self.by_old.get(&key(path)) {
                Some(at) if self.batch.posts[*at].state == PostStatus::Public => {
                    let file = self.places[*at].file.strip_prefix("content/")?.strip_suffix(".md")?;
                    let page = file.strip_suffix("/_index").unwrap_or(file).to_string();
                    Some(MenuDraft { page, ..draft })
                }
                Some(_) => None,
                None => {
                    let list = self.lists.get(&key(path)).and_then(|list| self.list(list, path));
                    list.map(|url| MenuDraft { url, ..draft })
                }
            },
        };
        if found.is_none() {
            let what = format!("the entry `{label}` of a menu leads to what isn't there");
            report.note(Weight::Hand, "ringback.yaml", what);
        }
        found.filter(|_| !label.is_empty())
    }

    /// A post's text in our notation.
    pub(super) fn convert(&self, at: usize, html: &str, shown: Shown) -> (Converted, Vec<ImportNote>) {
        let post = &self.batch.posts[at];
        let nodes = link_addresses(tree::parse(html));
        let elsewhere = RefCell::new(BTreeSet::new());
        let lost = RefCell::new(false);
        let link = |href: &str| {
            let target = self.link((at, shown), href);
            *lost.borrow_mut() |= href.split_once('#').is_some_and(|(path, _)| !path.is_empty())
                && matches!(&target, Target::Known(found) if !found.contains('#') && !found.contains("://"));
            target
        };
        let image = |source: &str| {
            let target = self.image(Some(post), source);
            if let Target::Known(found) = &target
                && found.contains("://")
            {
                elsewhere.borrow_mut().insert(found.clone());
            }
            target
        };
        let rules = Rules { link: &link, image: &image, options: Options::full(&post.lang) };
        let converted = convert(nodes, &rules);
        let mut notes = Vec::new();
        if *lost.borrow() {
            let what = "a link to a place in another page leads to that page".into();
            notes.push(ImportNote { weight: Weight::Changed, what, line: 0 });
        }
        for source in elsewhere.take() {
            let what = format!("the image `{source}` is on another host: put it next to the page");
            notes.push(ImportNote { weight: Weight::Hand, what, line: 0 });
        }
        (converted, notes)
    }

    /// A text that belongs to no post.
    pub(super) fn plain(&self, html: &str) -> Converted {
        let link = |href: &str| Target::Known(href.to_string());
        let image = |source: &str| self.image(None, source);
        let rules = Rules { link: &link, image: &image, options: Options::full(&self.batch.lang) };
        convert(tree::parse(html), &rules)
    }

    /// Where an image of a post is on the new site; `source` is its address as the post has it.
    pub(super) fn image(&self, post: Option<&Post>, source: &str) -> Target {
        let own = match own_path(source, &self.batch.address) {
            Some(path) => Some(path.to_string()),
            None if is_absolute(source) => None,
            None => post.and_then(|post| followed(post, source)),
        };
        let found = own.as_deref().and_then(|path| self.files.find(path));
        let found = found.or_else(|| self.files.find(source)).or_else(|| {
            // An image of a service's own host, in a folder in which somebody has put it.
            let name =
                source.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
            is_absolute(source).then(|| self.files.by_name(&percent::decode(name))).flatten()
        });
        match found {
            Some(found) => Target::Known(found),
            None if is_absolute(source) && own.is_none() => Target::Known(source.to_string()),
            None => Target::Missing(own.unwrap_or_else(|| source.to_string())),
        }
    }

    fn link(&self, (from, shown): (usize, Shown), href: &str) -> Target {
        let post = &self.batch.posts[from];
        let (path, fragment) =
            href.split_once('#').map_or((href, None), |(path, fragment)| (path, Some(fragment)));
        if path.is_empty() {
            let known = fragment.is_none_or(|fragment| {
                fragment.is_empty() || self.anchor_id(from, fragment, shown).is_some()
            });
            return if known { Target::Known(href.into()) } else { Target::Missing(href.into()) };
        }
        if is_absolute(path) && own_path(path, &self.batch.address).is_none()
            || url::scheme(path).is_some_and(|scheme| !scheme.starts_with("http"))
        {
            return Target::Known(href.to_string());
        }
        let own = own_path(path, &self.batch.address).map(str::to_string).or_else(|| followed(post, path));
        let Some(own) = own else { return Target::Missing(path.to_string()) };
        let query = path.split_once('?').map(|(_, query)| format!("{own}?{query}"));
        let found = query.as_deref().and_then(|query| self.by_old.get(&key(query)));
        if let Some(at) = found.or_else(|| self.by_old.get(&key(&own))).copied() {
            return self.to_post(from, at, fragment);
        }
        if let Some(list) = self.lists.get(&key(&own))
            && let Some(path) = self.list(list, &own)
        {
            return Target::Known(path);
        }
        if let Some(file) = self.files.find(&own) {
            return Target::Known(file);
        }
        if own == "/" { Target::Known(own) } else { Target::Missing(own) }
    }

    fn to_post(&self, from: usize, at: usize, fragment: Option<&str>) -> Target {
        let (post, other) = (&self.batch.posts[from], &self.batch.posts[at]);
        if other.state == PostStatus::Draft && post.state == PostStatus::Public {
            return Target::Hidden(self.places[at].file.clone());
        }
        let place = fragment.and_then(|fragment| self.anchor_id(at, fragment, Shown::Openly));
        let place = place.map(|place| format!("#{place}")).unwrap_or_default();
        Target::Known(format!("{}{place}", relative(&self.places[from].file, &self.places[at].file)))
    }

    /// The id of a place in a post. One behind a gate isn't there for the others.
    fn anchor_id(&self, at: usize, fragment: &str, shown: Shown) -> Option<String> {
        let fragment = percent::decode(fragment);
        let [open, behind] = &self.ids[at];
        let is_there = open.contains(&*fragment) || shown == Shown::Behind && behind.contains(&*fragment);
        is_there.then(|| fragment.into_owned())
    }
}

fn is_absolute(address: &str) -> bool {
    address.contains("://") || address.starts_with("//")
}

/// An address as it is written in a post, from the site's root.
fn followed(post: &Post, path: &str) -> Option<String> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let old = post.old.first()?.split('?').next().unwrap_or_default();
    let folder = old.rsplit_once('/').map_or("", |(folder, _)| folder);
    let slash = if path.ends_with('/') { "/" } else { "" };
    let followed = url::follow(folder, &percent::decode(path))?;
    Some(if followed.is_empty() { "/".into() } else { format!("/{followed}{slash}") })
}

/// The ids that a post will have.
fn ids(post: &Post) -> [BTreeSet<String>; 2] {
    let behind = post.behind.as_ref().map(|gated| gated.body.as_str());
    [post.body.as_str(), behind.unwrap_or_default()].map(|html| {
        let nodes: Vec<Node> = tree::parse(html);
        let mut found = BTreeSet::new();
        note_ids(&nodes, &mut found);
        found
    })
}
