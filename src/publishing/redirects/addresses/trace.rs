//! What became of a URL: what the site's history and its pages tell of it.

use std::hash::Hash;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{file_name, name_of, only, url_of};
use crate::config::{LangId, PublishedAddress, PublishedAddresses};
use crate::content::Document;
use crate::diag::Span;
use crate::encode::percent;
use crate::plan::{Artifact, Plan};
use crate::project::names;
use crate::site::{Exclusion, Page, Site};

/// What became of the page of a URL that is gone.
pub(super) enum AddressFate<'a> {
    /// The page is still there, at another URL.
    Moved(&'a Page),
    /// Its file is there, and no page of this edition.
    Hidden(Exclusion, &'a str, Span),
    /// A download has another URL now.
    File(String),
    /// Nobody knows; perhaps it is this page.
    Gone(Option<&'a Page>),
}

/// So many guesses are made of what a page became: of a site that is made anew, they would be of no use.
pub(super) const GUESSES: usize = 100;

/// What is there now, to look for what was. Sites are reorganized with thousands of pages, so each is found by a key.
pub(super) struct Trace<'a> {
    pub(super) site: &'a Site,
    pub(super) by_path: FxHashMap<&'a str, &'a Page>,
    pub(super) hidden: FxHashMap<&'a str, &'a Arc<Document>>,
    /// The pages whose URLs the list doesn't have, by their language: what is gone may be one of them.
    pub(super) new: FxHashMap<LangId, Vec<&'a Page>>,
    pub(super) by_title: FxHashMap<(LangId, &'a str), Option<&'a Page>>,
    pub(super) by_name: FxHashMap<(LangId, &'a str), Option<&'a Page>>,
    pub(super) downloads: FxHashMap<&'a str, Option<String>>,
}

/// Notes one more of a key, which has none as soon as there are several.
fn note<K: Hash + Eq, T>(all: &mut FxHashMap<K, Option<T>>, key: K, one: T) {
    all.entry(key).and_modify(|only| *only = None).or_insert(Some(one));
}

impl<'a> Trace<'a> {
    /// Prepares to look up what became of the URLs of a list.
    pub(super) fn new(site: &'a Site, plan: &'a Plan, list: &PublishedAddresses) -> Self {
        let mut trace = Self {
            site,
            by_path: site.pages().map(|page| (page.path(), page)).collect(),
            hidden: site
                .content
                .documents
                .iter()
                .map(|document| (document.place.path.as_str(), document))
                .collect(),
            new: FxHashMap::default(),
            by_title: FxHashMap::default(),
            by_name: FxHashMap::default(),
            downloads: FxHashMap::default(),
        };
        let is_new =
            |page: &&Page| !page.document.is_generated && !list.all.contains_key(&*percent::path(&page.url));
        for page in site.pages().filter(is_new) {
            trace.new.entry(page.lang()).or_default().push(page);
            note(&mut trace.by_title, (page.lang(), page.title()), page);
            note(&mut trace.by_name, (page.lang(), name_of(page.path())), page);
        }
        for (path, artifact) in plan.iter() {
            if let Artifact::Copy(file) = artifact {
                let url = percent::path(&url_of(path.as_str())).into_owned();
                note(&mut trace.downloads, file_name(file), url);
            }
        }
        trace
    }

    /// What became of the page or file of a URL; `guesses` is how often its title may still be compared with others.
    pub(super) fn outcome(
        &self,
        path: &str,
        known: &PublishedAddress,
        guesses: &mut usize,
    ) -> AddressFate<'a> {
        if known.file.is_empty() {
            return AddressFate::Gone(None);
        }
        if !names::is_page(&known.file) {
            let same = self.downloads.get(file_name(&known.file)).cloned().flatten();
            return same.map_or(AddressFate::Gone(None), AddressFate::File);
        }
        if let Some(page) = self.by_path.get(known.file.as_str()) {
            return AddressFate::Moved(page);
        }
        let document = self.hidden.get(known.file.as_str());
        if let Some((document, why)) =
            document.and_then(|document| Some((document, self.site.hidden(&document.place.path)?)))
        {
            return AddressFate::Hidden(why, &document.place.path, document.meta.title.span);
        }
        let lang = self.lang_of(path);
        let by_title = || self.by_title.get(&(lang, known.title.as_str())).copied().flatten();
        let by_name = || self.by_name.get(&(lang, name_of(&known.file))).copied().flatten();
        if let Some(page) = by_title().filter(|_| !known.title.is_empty()).or_else(by_name) {
            return AddressFate::Moved(page);
        }
        if *guesses == 0 {
            return AddressFate::Gone(None);
        }
        *guesses -= 1;
        let close = |page: &&Page| strsim::jaro_winkler(page.title(), &known.title) > 0.8;
        AddressFate::Gone(only(self.new.get(&lang).into_iter().flatten().copied().filter(close)))
    }

    fn lang_of(&self, path: &str) -> LangId {
        let config = self.site.config();
        let is_of =
            |lang: &LangId| *lang != config.default_language && path.starts_with(&config.prefix(*lang));
        config.languages.ids().find(is_of).unwrap_or(config.default_language)
    }
}
