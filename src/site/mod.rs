//! One edition of the site, linked: pages that know their URL, section, translations and authors.
//!
//! [`Site::link`] makes a [`Site`] of those documents ([`Document`]) that an
//! edition may see. A site is never changed afterwards: what depends on more than one file is always made anew.

mod assessments;
mod audience;
mod calls_to_action;
mod customers;
mod description;
mod embeds;
pub mod foreign;
mod linking;
mod offers;
pub mod page;
mod planned;
mod references;
mod relay;
pub mod routes;
pub mod taxonomy;
mod term_pages;
mod visibility;
mod with_texts;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

pub use self::calls_to_action::{CtaContext, CtaLink};
use crate::config::{Audience, BaseUrl, Config, EditionConfig, LangId, Localized, SeriesId, TaxonomyId};
use crate::content::Document;
use crate::content::assessment::{Assessment, AssessmentId};
use crate::content::blocks::captions::Passage;
use crate::content::calculator::{Calculator, CalculatorId};
use crate::content::form::{Form, FormId};
use crate::content::front_matter::{GateMeta, PersonMeta};
use crate::content::image::{Found, ImageSize};
use crate::content::survey::{Survey, SurveyId};
use crate::diag::Diagnostics;
use crate::encode::{percent, url};
use crate::ids::IdVec;
pub use page::{Page, PageId, PublishStatus};
pub use taxonomy::{Term, TermId};

/// What all editions are linked from.
#[derive(Debug)]
pub struct Content {
    /// The configuration, the same for all editions.
    pub config: Arc<Config>,
    /// The document of every page, of all audiences and languages.
    pub documents: Vec<Arc<Document>>,
    /// Every form that pages can name.
    pub forms: IdVec<FormId, Form>,
    /// The assessments, calculators and surveys.
    pub asked: Asked,
    /// All files of the site, sorted.
    pub files: Arc<[String]>,
    /// The sizes of the images in `content/` and `static/`, by path, in pixels.
    pub images: BTreeMap<String, ImageSize>,
    /// What is known of the files that texts play or give away.
    pub media: MediaFiles,
    /// What the files of pictures say, of those whose pixels can be read, or should have been.
    pub pictures: BTreeMap<String, Found>,
    /// Dates, numbers and alphabets, by language.
    pub tools: Arc<IdVec<LangId, crate::languages::formats::LocaleFormats>>,
    /// The day for which the site is built.
    pub today: Date,
}

/// What visitors fill in for themselves, besides forms.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Asked {
    /// Every assessment, in the order of their files.
    pub assessments: IdVec<AssessmentId, Assessment>,
    /// Every calculator, in the order of their files.
    pub calculators: IdVec<CalculatorId, Calculator>,
    /// Every survey, in the order of their files.
    pub surveys: IdVec<SurveyId, Survey>,
}

/// The files that texts play or give away, by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MediaFiles {
    /// The films and the sound in `content/` and `static/`.
    pub recordings: BTreeMap<String, Recording>,
    /// The documents for print that texts show as such.
    pub documents: BTreeMap<String, PrintDocument>,
}

/// A film or a sound of the site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recording {
    /// The size of its file in bytes.
    pub bytes: u64,
    /// What is said, by its captions' language; `None` for those that name none.
    pub transcripts: Vec<(Option<String>, Vec<Passage>)>,
}

impl Recording {
    /// What is said in it, by the captions in the language `code`, or else by those that name no language.
    #[must_use]
    pub fn captions(&self, code: &str) -> &[Passage] {
        let of = |wanted| self.transcripts.iter().find(|(language, _)| language.as_deref() == wanted);
        of(Some(code)).or_else(|| of(None)).map_or(&[], |(_, passages)| passages)
    }
}

/// A document for print: a PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrintDocument {
    /// The size of its file in bytes.
    pub bytes: u64,
    /// How many pages it has, where that can be told.
    pub pages: Option<u32>,
}

/// Which pages are built, and for which address.
#[derive(Debug, Clone)]
pub struct EditionScope {
    /// The edition, as the configuration has it.
    pub edition: EditionConfig,
    /// The address that it will have.
    pub base_url: BaseUrl,
    /// Drafts, future and expired pages too?
    pub unpublished: Unpublished,
}

/// What happens to drafts, future and expired pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unpublished {
    /// They are left out of the edition.
    Hide,
    /// They are built, and say what they are.
    Show,
}

/// One edition of the site.
#[derive(Debug)]
pub struct Site {
    /// What was read of the site's files, shared by all editions.
    pub content: Arc<Content>,
    /// Which edition it is, at which address, with drafts or without.
    pub view: EditionScope,
    /// All pages, each at its id.
    pages: IdVec<PageId, Arc<Page>>,
    /// How the pages belong together: sections, terms, series, authors, addresses.
    graph: Arc<Graph>,
}

/// Terms by language and taxonomy.
type Terms = IdVec<LangId, IdVec<TaxonomyId, IdVec<TermId, Term>>>;

/// The numbers and pages of parts, by language and series.
type SeriesParts = IdVec<LangId, IdVec<SeriesId, Vec<(i64, PageId)>>>;

/// How the pages of a site belong together. It has no words of their texts, so that sites whose texts alone differ share
/// it.
#[derive(Debug, Clone, Default)]
struct Graph {
    /// Pages by content path and language.
    by_key: FxHashMap<String, Range<u32>>,
    /// By page, its place among all when the newest stand first.
    ranks: IdVec<PageId, u32>,
    /// Why a content path is not in this edition.
    hidden: BTreeMap<String, Exclusion>,
    /// The pages and sections directly in a section, sorted as it says.
    children: BTreeMap<PageId, Vec<PageId>>,
    /// Everything each person wrote, the newest first.
    written: BTreeMap<PageId, Vec<PageId>>,
    /// Terms by language and taxonomy.
    terms: Terms,
    /// Parts by language and series, in order.
    series: SeriesParts,
}

/// Why a page is not in an edition. It carries no text of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exclusion {
    /// It is for an audience that the edition is not for.
    Audience(Audience),
    /// It is a draft, scheduled or expired.
    State(PublishStatus),
}

impl Site {
    /// The configuration that it was built from.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.content.config
    }

    /// The page with this id.
    #[must_use]
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id]
    }

    /// All pages, in the order of their content paths and languages.
    pub fn pages(&self) -> impl DoubleEndedIterator<Item = &Page> + ExactSizeIterator + Clone {
        self.pages.iter().map(|page| &**page)
    }

    /// All pages in the order of their ids, for several threads.
    #[must_use]
    pub fn par_pages(&self) -> impl IndexedParallelIterator<Item = &Page> {
        self.pages.par_iter().map(|page| &**page)
    }

    /// The page with this id, where it may be one of another edition.
    #[must_use]
    pub fn get(&self, id: PageId) -> Option<&Page> {
        self.pages.get(id).map(|page| &**page)
    }

    /// A path of this site (`/x/`) as it stands in an `href`: below the base path, percent-encoded.
    #[must_use]
    pub fn href(&self, path: &str) -> String {
        [self.view.base_url.path.trim_end_matches('/'), &*percent::path(path)].concat()
    }

    /// Where a file is shown at the site's code host, by its path from the site's folder, also one that leads out of
    /// it; `None` without `source_url`, and for what lies above the host's first folder.
    #[must_use]
    pub fn source_url(&self, file: &str) -> Option<String> {
        let base = self.config().source_url.as_ref()?;
        let path = url::follow(&base.path, file)?;
        Some([base.origin.as_str(), "/", &*percent::path(&path)].concat())
    }

    /// A path of this site as an absolute URL.
    #[must_use]
    pub fn permalink(&self, path: &str) -> String {
        let base = &self.view.base_url;
        [base.origin.as_str(), base.path.trim_end_matches('/'), &*percent::path(path)].concat()
    }

    /// The address of a page for everybody, whatever edition this is; nothing where it is for the team alone, or not
    /// published. What salespeople hand on.
    #[must_use]
    pub fn public_permalink(&self, page: &Page) -> Option<String> {
        let is_out = page.state == PublishStatus::Published || self.view.unpublished == Unpublished::Show;
        if page.audience != Audience::Public || !is_out {
            return None;
        }
        if !self.view.edition.sees(Audience::Team) {
            return Some(self.permalink(&page.url));
        }
        Some(self.public_address(&self.public_url(page)))
    }

    /// The address of a path in the edition for everybody, which may have a host of its own.
    #[must_use]
    pub fn public_address(&self, path: &str) -> String {
        let base = self.config().public_base_url();
        [base.origin.as_str(), base.path.trim_end_matches('/'), &*percent::path(path)].concat()
    }

    /// The path of a public page in the edition for everybody, where a section for the team has no say in it.
    fn public_url(&self, page: &Page) -> String {
        let folders = std::iter::successors(Some(page.document.place.folder.as_str()), |folder| {
            folder.rsplit_once('/').map(|(above, _)| above)
        });
        let sections: Vec<&Page> = folders
            .filter_map(|folder| self.find(folder, page.lang()))
            .map(|section| self.page(section))
            .collect();
        if sections.iter().all(|section| section.audience == Audience::Public) {
            return page.url.clone();
        }
        let seen = sections.into_iter().filter(|section| section.audience == Audience::Public).chain([page]);
        let seen: Vec<_> = seen.map(|page| (Arc::clone(&page.document), page.state, page.audience)).collect();
        let mut known = Diagnostics::new();
        visibility::urls(self.config(), &seen, &mut known).pop().unwrap_or_else(|| page.url.clone())
    }

    /// The page at a content path in a language.
    #[must_use]
    pub fn find(&self, key: &str, lang: LangId) -> Option<PageId> {
        self.translated(key)?.iter().find(|page| page.lang() == lang).map(|page| page.id)
    }

    /// The page at a content path in a language, else in the default language, else in any.
    #[must_use]
    pub fn find_any(&self, key: &str, lang: LangId) -> Option<PageId> {
        let found = self.translated(key)?;
        let in_language = |wanted| found.iter().find(|page| page.lang() == wanted);
        let best =
            in_language(lang).or_else(|| in_language(self.config().default_language)).or(found.first())?;
        Some(best.id)
    }

    /// The pages at a content path, by language.
    fn translated(&self, key: &str) -> Option<&[Arc<Page>]> {
        let Range { start, end } = self.graph.by_key.get(key)?.clone();
        (*self.pages).get(start as usize..end as usize)
    }

    /// The gate of a page, where this edition asks for the form.
    #[must_use]
    pub fn gate<'p>(&self, page: &'p Page) -> Option<&'p GateMeta> {
        page.meta().gate().filter(|_| !self.view.edition.opens_gates())
    }

    /// Why the file at `path` is not in this edition, if it is not.
    #[must_use]
    pub fn hidden(&self, path: &str) -> Option<Exclusion> {
        self.graph.hidden.get(path).copied()
    }

    /// The file of the page that would be at an address (not percent-encoded) and is not in this edition, and why not.
    #[must_use]
    pub fn hidden_at(&self, address: &str) -> Option<(&Document, Exclusion)> {
        self.content.documents.iter().find_map(|document| {
            let why = self.hidden(&document.place.path)?;
            let own = self.address(document);
            (address.trim_end_matches('/') == own.trim_end_matches('/')).then_some((&**document, why))
        })
    }

    /// The files of pages that come or go by themselves, and aren't there today.
    pub fn passing(&self) -> impl Iterator<Item = &Arc<Document>> {
        let is_passing = |document: &&Arc<Document>| {
            matches!(
                self.hidden(&document.place.path),
                Some(Exclusion::State(PublishStatus::Scheduled | PublishStatus::Expired))
            )
        };
        let documents = if self.graph.hidden.is_empty() { &[] } else { &self.content.documents[..] };
        documents.iter().filter(is_passing)
    }

    /// The address that a file's page has when it is there, not percent-encoded.
    #[must_use]
    pub fn address(&self, document: &Arc<Document>) -> String {
        let folders = std::iter::successors(Some(document.place.folder.as_str()), |folder| {
            folder.rsplit_once('/').map(|(above, _)| above)
        });
        let sections = folders.filter_map(|folder| self.find(folder, document.place.lang)).map(|section| {
            let section = self.page(section);
            (Arc::clone(&section.document), section.state, section.audience)
        });
        let seen: Vec<_> =
            sections.chain([(Arc::clone(document), PublishStatus::Published, Audience::Public)]).collect();
        visibility::urls(self.config(), &seen, &mut Diagnostics::new()).pop().unwrap_or_default()
    }

    /// The page in the place of an expired one, by that one's file: what its `expires_to` names, be it over several
    /// steps.
    #[must_use]
    pub fn successor(&self, path: &str) -> Option<PageId> {
        const STEPS: usize = 8;
        let mut document = self.content.documents.iter().find(|document| document.place.path == path)?;
        for _ in 0..STEPS {
            if self.hidden(&document.place.path) != Some(Exclusion::State(PublishStatus::Expired)) {
                return None;
            }
            let key = document.meta.expires_to.as_ref()?.value.trim_matches('/');
            if let Some(page) = self.find_any(key, document.place.lang) {
                return Some(page);
            }
            let lang = document.place.lang;
            document = self.passing().find(|other| other.place.key == key && other.place.lang == lang)?;
        }
        None
    }

    /// Those who share links with prospects: their pages, one a language, and what these say of them.
    pub fn reps(&self) -> impl Iterator<Item = (&Page, &PersonMeta)> {
        let people = self.pages().filter_map(|page| Some((page, page.meta().person()?)));
        people.filter(|(_, person)| person.rep)
    }

    /// The content paths of all pages, to find the nearest one.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.pages
            .chunk_by(|a, b| a.document.place.key == b.document.place.key)
            .map(|pages| pages[0].document.place.key.as_str())
    }

    /// What is directly in a section: pages and sections, sorted as it says.
    #[must_use]
    pub fn children(&self, section: PageId) -> &[PageId] {
        self.graph.children.get(&section).map_or(&[], Vec::as_slice)
    }

    /// What a person wrote in the language of their page, the newest first.
    #[must_use]
    pub fn written_by(&self, person: PageId) -> &[PageId] {
        self.graph.written.get(&person).map_or(&[], Vec::as_slice)
    }

    /// The terms of a taxonomy that pages in a language have.
    #[must_use]
    pub fn terms(&self, lang: LangId, taxonomy: TaxonomyId) -> &IdVec<TermId, Term> {
        &self.graph.terms[lang][taxonomy]
    }

    /// The term whose own page this is: its taxonomy, and its place among the terms of the page's language.
    #[must_use]
    pub fn term_of(&self, page: &Page) -> Option<(TaxonomyId, TermId)> {
        let (name, _) = page.document.place.term()?;
        let taxonomy = self.config().taxonomies.find(|taxonomy| taxonomy.name == name)?;
        let terms = self.terms(page.lang(), taxonomy);
        Some((taxonomy, terms.find(|term| term.page == Some(page.id))?))
    }

    /// The written parts of a series in a language, in order.
    #[must_use]
    pub fn series(&self, lang: LangId, series: SeriesId) -> &[(i64, PageId)] {
        &self.graph.series[lang][series]
    }

    /// The languages that have at least one page, in the order of the configuration.
    pub fn languages(&self) -> impl Iterator<Item = LangId> + '_ {
        self.config().languages.ids().filter(|lang| self.find("", *lang).is_some())
    }

    /// The codes, in backticks, of those languages in which a text isn't there; none for a text that is nowhere.
    #[must_use]
    pub fn languages_without(&self, text: &Localized) -> Vec<String> {
        let missing = self.languages().filter(|lang| !text.is_empty() && !text.has(*lang));
        missing.map(|lang| format!("`{}`", self.config().languages[lang].code)).collect()
    }

    /// All articles (what feeds and archives list) in a language, the newest first.
    #[must_use]
    pub fn articles(&self, lang: LangId) -> Vec<PageId> {
        let articles = self.pages().filter(|page| page.lang() == lang && page.is_article());
        let mut found: Vec<PageId> = articles.map(|page| page.id).collect();
        self.newest_first(&mut found);
        found
    }

    /// Sorts by date, the newest first, pages without a date last; then by content path.
    pub fn newest_first(&self, pages: &mut [PageId]) {
        pages.sort_unstable_by_key(|id| self.graph.ranks[*id]);
    }
}
