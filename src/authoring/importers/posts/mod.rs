//! Posts and pages of programs whose texts are HTML: where each goes, and how it is written here. Importers read their source into
//! a [`Batch`] and hand it to [`write`]; WordPress has its own way, because its exports don't fit into memory.
//!
//! `places` gives files and addresses, `links` leads links to them, `texts` knows what is alike in all such texts, [`Files`] finds
//! images.

mod files;
mod front;
mod links;
mod places;
mod texts;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde_json::Value as Json;

use super::front::Front;
use super::online::{Fetch, name_of as name_of_file};
use super::site::{MenuDraft, OLD_ADDRESSES, Redirects, SHORT_LINKS, SiteDraft, TermDraft, name_of};
use super::{ImportError, Report, Sink, assets, own_path};
use crate::authoring::markup::{ImportNote, Weight};
use crate::encode::slug::term;
use crate::project::{CONFIG_FILE, REDIRECTS_FILE};

pub(super) use files::Files;
pub(super) use links::Map;
pub(super) use texts::{link_addresses, note_ids, words};

/// What a post is on the new site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum PostKind {
    /// An article, with a day.
    #[default]
    Article,
    /// A page, outside the articles.
    Page,
    /// The home page.
    Home,
}

/// Whether readers see a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum PostStatus {
    /// They do, or will on its day.
    #[default]
    Public,
    /// They don't yet: it becomes a draft.
    Draft,
}

/// A post or a page.
#[derive(Debug, Clone, Default)]
pub(super) struct Post {
    /// What it is called in its source, for people.
    pub(super) source: String,
    pub(super) kind: PostKind,
    pub(super) state: PostStatus,
    /// The folders above it on the old site; empty for none.
    pub(super) section: String,
    /// The last part of its address.
    pub(super) name: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) date: Option<Date>,
    pub(super) updated: Option<Date>,
    /// The code of its language; empty for the site's own.
    pub(super) lang: String,
    /// What it shares with its translations.
    pub(super) group: Option<String>,
    /// The names of its authors, in their order.
    pub(super) authors: Vec<String>,
    /// Taxonomies and what readers see of their terms.
    pub(super) terms: Vec<(String, String)>,
    /// The address of its main image, and what it shows.
    pub(super) image: Option<(String, String)>,
    /// Its paths on the old site, its own first; perhaps with a query.
    pub(super) old: Vec<String>,
    /// The id by which feeds name it, which readers' programs know.
    pub(super) guid: String,
    /// The address of what it was published as before, on another site.
    pub(super) canonical: String,
    pub(super) noindex: bool,
    pub(super) extra: Vec<(String, Json)>,
    /// Its text as HTML, as the source has it.
    pub(super) body: String,
    /// The part of it that only those get who fill in a form.
    pub(super) behind: Option<Gated>,
    pub(super) notes: Vec<ImportNote>,
}

/// The part of a post that opens with a form.
#[derive(Debug, Clone)]
pub(super) struct Gated {
    /// The name of the form that opens it.
    pub(super) form: String,
    /// The gated text as HTML, as the source has it.
    pub(super) body: String,
}

/// Somebody who has written posts.
#[derive(Debug, Clone, Default)]
pub(super) struct Person {
    /// A sentence or more about them, as HTML.
    pub(super) about: String,
    /// The paths of their pages on the old site.
    pub(super) old: Vec<String>,
    pub(super) links: Vec<String>,
}

/// A site as its program has it.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// Its address, without a slash at its end; empty where nobody knows it.
    pub(super) address: String,
    pub(super) title: String,
    pub(super) description: String,
    /// The code of its language.
    pub(super) lang: String,
    pub(super) posts: Vec<Post>,
    /// The authors, by their names.
    pub(super) people: BTreeMap<String, Person>,
    /// Sentences about terms, by taxonomy and label.
    pub(super) about_terms: BTreeMap<(String, String), String>,
    /// What terms are called in addresses, by taxonomy and label; others are called after their labels.
    pub(super) term_names: BTreeMap<(String, String), String>,
    pub(super) menus: BTreeMap<String, Vec<MenuItem>>,
    /// Old paths that aren't pages of their own: lists, feeds.
    pub(super) lists: Vec<(String, List)>,
    /// Forms by name, as YAML.
    pub(super) forms: BTreeMap<String, String>,
    /// More lines of the configuration, as YAML.
    pub(super) settings: String,
}

/// An entry of a menu.
#[derive(Debug, Clone, Default)]
pub(super) struct MenuItem {
    pub(super) label: String,
    /// An address, or a path of the old site.
    pub(super) to: String,
}

/// What a list of the old site is on the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum List {
    /// The list of all articles.
    Articles,
    /// What belongs to a term: taxonomy, and its label or the name that its address has.
    Term(&'static str, String),
    /// What somebody has written, by the name or what the address has of it.
    Author(String),
    /// What is of a year, or of a month.
    Archive(String),
    /// A feed, which a feed of ours replaces.
    Feed(&'static str),
}

impl Batch {
    /// What a term is called in front matter and addresses.
    fn term(&self, taxonomy: &str, label: &str) -> String {
        let known = self.term_names.get(&(taxonomy.to_string(), label.to_string()));
        let known = known.map(|name| term(name)).filter(|name| !name.is_empty());
        known.unwrap_or_else(|| term(label))
    }
}

/// The code that a language has here, where that is known.
pub(super) fn language(name: &str) -> String {
    if name.trim().is_empty() { String::new() } else { super::names::code(name.trim()) }
}

/// Hands the files of the new site to the sink.
///
/// # Errors
///
/// The sink can't write.
pub(super) fn write(
    mut batch: Batch,
    files: &Files,
    sink: &mut dyn Sink,
    report: &mut Report,
) -> Result<(), ImportError> {
    if batch.lang.is_empty() {
        batch.lang = "en".into();
    }
    webhook(&mut batch, report);
    let own = batch.lang.clone();
    batch.posts.iter_mut().filter(|post| post.lang.is_empty()).for_each(|post| post.lang.clone_from(&own));
    let places = places::places(&batch.posts, &own, report);
    let map = Map::new(&batch, places, files);
    let mut writer = Writer { batch: &batch, map: &map, redirects: Redirects::default(), taken: map.urls() };
    for (at, post) in batch.posts.iter().enumerate() {
        let (path, text) = writer.file(at, post, report);
        count(post, report);
        sink.text(&path, text)?;
    }
    writer.people(sink, report)?;
    writer.lists(report);
    for (name, yaml) in &batch.forms {
        report.count("forms");
        sink.text(&format!("content/forms/{name}.yaml"), yaml.clone())?;
    }
    for (path, place) in files.used() {
        report.count("images and files");
        sink.copy(&path, place)?;
    }
    writer.write_rest(sink, report)
}

/// Fetches the images and files that posts name, from the site's own address or from whole ones.
///
/// # Errors
///
/// They can't be written.
pub(super) fn fetch(
    batch: &Batch,
    files: &mut Files,
    fetch: &Fetch,
    report: &mut Report,
) -> Result<(), ImportError> {
    let mut wanted = BTreeSet::new();
    for post in &batch.posts {
        let behind = post.behind.as_ref().map(|gated| gated.body.as_str());
        for html in std::iter::once(post.body.as_str()).chain(behind) {
            wanted.extend(assets::find(html).files);
        }
        wanted.extend(post.image.iter().map(|(source, _)| source.clone()));
    }
    for address in wanted {
        if files.find(&address).is_some() {
            continue;
        }
        let is_whole = address.contains("://");
        if !is_whole && (!address.starts_with('/') || batch.address.is_empty()) {
            continue;
        }
        let url = if is_whole { address.clone() } else { format!("{}{address}", batch.address) };
        if let Some(place) = fetch.file(&url, &name_of_file(&url), report)? {
            let own = own_path(&url, &batch.address).filter(|_| !batch.address.is_empty());
            files.add(own.unwrap_or(&url), place);
        }
    }
    Ok(())
}

/// Forms go to a webhook that somebody has to fill in.
fn webhook(batch: &mut Batch, report: &mut Report) {
    let waiting = batch.forms.values_mut().filter(|yaml| !yaml.contains("\nwebhook:"));
    let mut is_any = false;
    for yaml in waiting {
        yaml.push_str("webhook: crm\n");
        is_any = true;
    }
    if is_any {
        batch.settings.push_str("webhooks:\n  crm: {url: \"https://example.org/leads\"}\n");
        report.note(
            Weight::Hand,
            CONFIG_FILE,
            "say where answers to forms go: the address under `webhooks` is only an example",
        );
    }
}

fn count(post: &Post, report: &mut Report) {
    report.count(if post.kind == PostKind::Article { "posts" } else { "pages" });
    if post.state == PostStatus::Draft {
        report.count("of these, drafts");
    }
    if post.behind.is_some() {
        report.count("of these, behind a form");
    }
}

struct Writer<'a> {
    batch: &'a Batch,
    map: &'a Map<'a>,
    redirects: Redirects,
    /// Paths that have an answer: pages, and the aliases so far.
    taken: BTreeSet<String>,
}

impl Writer<'_> {
    /// A file for each author.
    fn people(&mut self, sink: &mut dyn Sink, report: &mut Report) -> Result<(), ImportError> {
        for (file, name) in self.map.people() {
            report.count("authors");
            let path = format!("content/people/{file}.md");
            let person = self.batch.people.get(name);
            let mut front = Front::new(name);
            let links: Vec<(&str, &str)> = person
                .into_iter()
                .flat_map(|person| &person.links)
                .filter(|link| link.starts_with("https://"))
                .map(|link| (link.split('/').nth(2).unwrap_or_default(), link.as_str()))
                .collect();
            for old in person.into_iter().flat_map(|person| &person.old) {
                self.redirects.redirect(old, &format!("/people/{file}/"));
            }
            front.map("links", &links);
            let text = match person.filter(|person| !person.about.is_empty()) {
                Some(person) => self.map.plain(&person.about),
                None => {
                    report.note(Weight::Hand, &path, "an author: say who they are; the source doesn't");
                    Default::default()
                }
            };
            report.note_all(&path, front.lines(), text.notes);
            sink.text(&path, front.file(&text.text))?;
        }
        Ok(())
    }

    /// Where the old site's own lists lead.
    fn lists(&mut self, report: &mut Report) {
        for (old, list) in &self.batch.lists {
            if self.map.is_made(old) {
                self.redirects.answered(old);
            } else if let Some(to) = self.map.list(list, old) {
                self.redirects.redirect(old, &to);
            } else if let Some(to) = self.map.list(&List::Articles, old) {
                let what = "an old list that has nothing in it here: its address leads to all articles";
                report.note(Weight::Changed, old, what);
                self.redirects.redirect(old, &to);
            } else {
                self.redirects.answered(old);
                let what =
                    "an old address of a list that has none here: lead it somewhere in `redirects.csv`";
                report.note(Weight::Hand, old, what);
            }
        }
    }

    /// Writes all but posts: menus, people, forms, the configuration, redirects.
    fn write_rest(mut self, sink: &mut dyn Sink, report: &mut Report) -> Result<(), ImportError> {
        let mut menus = BTreeMap::new();
        for (name, items) in &self.batch.menus {
            let drafts: Vec<MenuDraft> =
                items.iter().filter_map(|item| self.map.menu(item, report)).collect();
            menus.insert(name.clone(), drafts);
        }
        let mut taxonomies: BTreeMap<String, Vec<TermDraft>> = BTreeMap::new();
        for ((taxonomy, name), label) in self.map.terms() {
            let about = self.batch.about_terms.get(&(taxonomy.clone(), label.clone()));
            let draft = TermDraft {
                name: name.clone(),
                label: label.clone(),
                description: about.cloned().unwrap_or_default(),
            };
            taxonomies.entry(taxonomy.clone()).or_default().push(draft);
        }
        let site = SiteDraft {
            title: self.batch.title.clone(),
            description: self.batch.description.clone(),
            address: self.batch.address.clone(),
            languages: self.map.languages(&self.batch.lang),
            taxonomies,
            menus,
            more: self.batch.settings.clone(),
        };
        sink.text(CONFIG_FILE, site.config())?;
        report.count_of("old addresses", self.redirects.number());
        let table = self.redirects.table(&std::mem::take(&mut self.taken));
        for (path, text) in [
            (REDIRECTS_FILE, table),
            (SHORT_LINKS, self.redirects.short_links()),
            (OLD_ADDRESSES, self.redirects.addresses()),
        ] {
            if !text.is_empty() {
                sink.text(path, text)?;
            }
        }
        Ok(())
    }
}

/// The file's name of somebody.
fn person_file(name: &str) -> String {
    name_of(name, "author")
}
