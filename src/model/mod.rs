//! One edition of the site, linked: pages that know their URL, section, translations and authors.
//!
//! [`entry`] divides a document at its gate, once; [`Site::link`] then makes a [`Site`] of those that an
//! edition may see. A site is never changed afterwards: what depends on more than one file is always made anew.

mod description;
pub mod gate;
pub mod locale;
pub mod page;
pub mod paths;
mod scripts;
pub mod taxonomy;
pub mod url;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::config::{Audience, BaseUrl, Config, Edition, LangId, NextStep, NextTarget};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::parse::body::{Embed, EmbedKind};
use crate::parse::form::Form;
use crate::parse::front_matter::{FrontMatter, GateMeta, SortBy};
use crate::parse::image::ImageSize;
use crate::parse::slug::slug;
use crate::parse::{Document, PageKind, Place};
use crate::yaml::Spanned;
use gate::{Gated, Parts, PublicBody};
pub use page::{Entry, Page, PageId, State};
pub use taxonomy::Term;

/// What all editions are linked from.
#[derive(Debug)]
pub struct Content {
    /// The configuration.
    pub config: Arc<Config>,
    /// All pages' files.
    pub entries: Vec<Arc<Entry>>,
    /// All forms.
    pub forms: Vec<Form>,
    /// All files of the site, sorted.
    pub files: Vec<String>,
    /// The sizes of the images in `content/`, by path, in pixels.
    pub images: BTreeMap<String, ImageSize>,
    /// Dates, numbers and alphabets, by language.
    pub tools: Arc<Vec<locale::Tools>>,
    /// The day for which the site is built.
    pub today: Date,
}

/// Which pages are built, and for which address.
#[derive(Debug, Clone)]
pub struct View {
    /// The edition.
    pub edition: Edition,
    /// Its address.
    pub base_url: BaseUrl,
    /// Drafts, future and expired pages too?
    pub unpublished: Unpublished,
}

/// What happens to drafts, future and expired pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unpublished {
    /// They are left out.
    Hide,
    /// They are built, and say what they are.
    Show,
}

/// One edition of the site.
#[derive(Debug)]
pub struct Site {
    /// What it was linked from.
    pub content: Arc<Content>,
    /// Which pages it has.
    pub view: View,
    /// All pages.
    pub pages: Vec<Page>,
    /// Pages by content path and language.
    by_key: FxHashMap<String, Range<u32>>,
    /// Why a content path is not in this edition.
    hidden: BTreeMap<String, Hidden>,
    /// The pages and sections directly in a section, sorted as it says.
    children: BTreeMap<PageId, Vec<PageId>>,
    /// Everything each person wrote, the newest first.
    written: BTreeMap<PageId, Vec<PageId>>,
    /// Terms by language and taxonomy.
    terms: Vec<Vec<Vec<Term>>>,
    /// Parts by language and series, in order.
    series: Vec<Vec<Vec<(i64, PageId)>>>,
}

/// Why a page is not in an edition. It carries no text of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// It is for an audience that the edition is not for.
    Audience(Audience),
    /// It is a draft, scheduled or expired.
    State(State),
}

/// Where the reader of a call to action stands.
#[derive(Debug, Clone, Copy)]
pub enum Standing<'a> {
    /// On a page with a file.
    Page(&'a Page),
    /// On the page of thanks for the form at this index.
    Thanks(usize),
    /// On a list that ringback makes by itself.
    List,
}

/// Where a call to action leads in this edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// To a page.
    Page(PageId),
    /// To a form, by its index in [`Content::forms`].
    Form(usize),
}

/// Divides a document at its gate.
#[must_use]
pub fn entry(mut document: Document, diagnostics: &mut Diagnostics) -> Entry {
    let Parts { public, gated } = gate::split(&mut document, diagnostics);
    let Document { place, meta, .. } = document;
    let words = public.body().word_count();
    let open = Entry { place, meta, words, public, gated: None, opened: None, is_made_up: false };
    let Some(Gated { part, opened }) = gated else { return open };
    let words = words + part.secret().word_count();
    let opened = Entry { public: opened, words, ..open.clone() };
    Entry { words, gated: Some(part), opened: Some(Arc::new(opened)), ..open }
}

impl Site {
    /// Links the entries that `view` may see. Names that don't exist are reported.
    #[must_use]
    pub fn link(content: Arc<Content>, view: View, diagnostics: &mut Diagnostics) -> Self {
        let audiences = Audiences::of(&content);
        let mut hidden = BTreeMap::new();
        let mut visible: Vec<(Arc<Entry>, State, Audience)> = Vec::with_capacity(content.entries.len());
        for entry in &content.entries {
            let state = state(&entry.meta, content.today);
            let audience = audiences.of_entry(entry);
            let why = if !view.edition.sees(audience) {
                Some(Hidden::Audience(audience))
            } else if state != State::Published && view.unpublished == Unpublished::Hide {
                Some(Hidden::State(state))
            } else {
                None
            };
            match why {
                Some(why) => {
                    hidden.insert(entry.place.path.clone(), why);
                }
                None => {
                    let opened = entry.opened.as_ref().filter(|_| view.edition.opens_gates());
                    visible.push((Arc::clone(opened.unwrap_or(entry)), state, audience));
                }
            }
        }
        add_missing_sections(&content, &audiences, &mut visible);
        visible.sort_by(|(a, ..), (b, ..)| order_of(&a.place).cmp(&order_of(&b.place)));
        let urls = Urls::of(&content.config, &visible, diagnostics);
        let pages: Vec<Page> = visible
            .into_iter()
            .zip(urls.0)
            .enumerate()
            .map(|(index, ((entry, state, audience), url))| Page {
                id: PageId(u32::try_from(index).expect("a site has fewer than four billion pages")),
                entry,
                url,
                state,
                audience,
                section: None,
                translations: Vec::new(),
                authors: Vec::new(),
                terms: Vec::new(),
            })
            .collect();
        let mut site = Self {
            by_key: FxHashMap::default(),
            hidden,
            children: BTreeMap::new(),
            written: BTreeMap::new(),
            terms: Vec::new(),
            series: Vec::new(),
            content,
            view,
            pages,
        };
        site.find_translations();
        site.find_sections();
        site.find_authors(diagnostics);
        site.find_terms();
        site.find_series(diagnostics);
        site.check_names(diagnostics);
        site
    }

    /// The configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.content.config
    }

    /// The page with this id.
    #[must_use]
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.index()]
    }

    /// A path of this site (`/x/`) as it stands in an `href`: below the base path, percent-encoded.
    #[must_use]
    pub fn href(&self, path: &str) -> String {
        url::encode(&format!("{}{}", self.view.base_url.path.trim_end_matches('/'), path))
    }

    /// A path of this site as an absolute URL.
    #[must_use]
    pub fn permalink(&self, path: &str) -> String {
        format!("{}{}", self.view.base_url.origin, self.href(path))
    }

    /// The address of a page for everybody, whatever edition this is; nothing where it is for the team alone, or not
    /// published. What salespeople hand on.
    #[must_use]
    pub fn public_permalink(&self, page: &Page) -> Option<String> {
        let is_out = page.state == State::Published || self.view.unpublished == Unpublished::Show;
        if page.audience != Audience::Public || !is_out {
            return None;
        }
        if !self.view.edition.sees(Audience::Team) {
            return Some(self.permalink(&page.url));
        }
        let base = self.config().public_base_url();
        let path = format!("{}{}", base.path.trim_end_matches('/'), self.public_url(page));
        Some(format!("{}{}", base.origin, url::encode(&path)))
    }

    /// The path of a public page in the edition for everybody, where a section for the team has no say in it.
    fn public_url(&self, page: &Page) -> String {
        let folders = std::iter::successors(Some(page.entry.place.folder.as_str()), |folder| {
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
        let seen: Vec<_> = seen.map(|page| (Arc::clone(&page.entry), page.state, page.audience)).collect();
        let mut known = Diagnostics::new();
        Urls::of(self.config(), &seen, &mut known).0.pop().unwrap_or_else(|| page.url.clone())
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
    fn translated(&self, key: &str) -> Option<&[Page]> {
        let Range { start, end } = self.by_key.get(key)?.clone();
        self.pages.get(start as usize..end as usize)
    }

    /// The gate of a page, where this edition asks for the form.
    #[must_use]
    pub fn gate<'p>(&self, page: &'p Page) -> Option<&'p GateMeta> {
        page.meta().gate.as_ref().filter(|_| !self.view.edition.opens_gates())
    }

    /// Why the file at `path` is not in this edition, if it is not.
    #[must_use]
    pub fn hidden(&self, path: &str) -> Option<Hidden> {
        self.hidden.get(path).copied()
    }

    /// All content paths, for suggestions.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.pages
            .chunk_by(|a, b| a.entry.place.key == b.entry.place.key)
            .map(|pages| pages[0].entry.place.key.as_str())
    }

    /// What is directly in a section: pages and sections, sorted as it says.
    #[must_use]
    pub fn children(&self, section: PageId) -> &[PageId] {
        self.children.get(&section).map_or(&[], Vec::as_slice)
    }

    /// What a person wrote in the language of their page, the newest first.
    #[must_use]
    pub fn written_by(&self, person: PageId) -> &[PageId] {
        self.written.get(&person).map_or(&[], Vec::as_slice)
    }

    /// The terms of a taxonomy (its index in the configuration) that pages in a language have.
    #[must_use]
    pub fn terms(&self, lang: LangId, taxonomy: usize) -> &[Term] {
        &self.terms[lang][taxonomy]
    }

    /// The written parts of a series (its index in the configuration) in a language, in order.
    #[must_use]
    pub fn series(&self, lang: LangId, series: usize) -> &[(i64, PageId)] {
        &self.series[lang][series]
    }

    /// The languages that have at least one page, in the order of the configuration.
    pub fn languages(&self) -> impl Iterator<Item = LangId> + '_ {
        (0..self.config().languages.len()).filter(|lang| self.find("", *lang).is_some())
    }

    /// All articles (what feeds and archives list) in a language, the newest first.
    #[must_use]
    pub fn articles(&self, lang: LangId) -> Vec<PageId> {
        let mut found: Vec<PageId> = self
            .pages
            .iter()
            .filter(|page| page.lang() == lang && page.is_article())
            .map(|page| page.id)
            .collect();
        self.newest_first(&mut found);
        found
    }

    /// Sorts by date, the newest first, pages without a date last; then by content path.
    pub fn newest_first(&self, pages: &mut [PageId]) {
        // Pages are numbered in the order of their content paths and languages.
        pages.sort_by_cached_key(|id| (Reverse(self.page(*id).meta().date), *id));
    }

    fn find_translations(&mut self) {
        // Pages stand in the order of their content paths, and translations by language.
        self.by_key.reserve(self.pages.len());
        for group in self.pages.chunk_by_mut(|a, b| a.entry.place.key == b.entry.place.key) {
            let ids: Vec<PageId> = group.iter().map(|page| page.id).collect();
            let (first, last) = (ids[0].0, ids[ids.len() - 1].0);
            self.by_key.insert(group[0].entry.place.key.clone(), first..last + 1);
            for page in group {
                page.translations.clone_from(&ids);
            }
        }
    }

    fn find_sections(&mut self) {
        let mut before: Option<(Arc<Entry>, Option<PageId>)> = None;
        for index in 0..self.pages.len() {
            let entry = &self.pages[index].entry;
            let place = &entry.place;
            if place.key.is_empty() {
                continue;
            }
            let is_there = |other: &Place| other.folder == place.folder && other.lang == place.lang;
            let section = match &before {
                Some((other, section)) if is_there(&other.place) => *section,
                _ => nearest_section(self, &place.folder, place.lang),
            };
            before = Some((Arc::clone(entry), section));
            let Some(section) = section.filter(|section| section.index() != index) else { continue };
            let id = self.pages[index].id;
            self.pages[index].section = Some(section);
            self.children.entry(section).or_default().push(id);
        }
        let mut children = std::mem::take(&mut self.children);
        for (section, pages) in &mut children {
            let section = self.page(*section);
            match section.meta().sort_by {
                SortBy::Date => self.newest_first(pages),
                SortBy::Title => {
                    let tools = &self.content.tools[section.lang()];
                    pages.sort_by(|a, b| tools.compare(self.page(*a).title(), self.page(*b).title()));
                }
                SortBy::Weight => {
                    pages.sort_by_cached_key(|id| (self.page(*id).meta().weight.unwrap_or(i64::MAX), *id));
                }
            }
        }
        self.children = children;
    }

    fn find_authors(&mut self, diagnostics: &mut Diagnostics) {
        let content = Arc::clone(&self.content);
        let people = content.entries.iter().filter(|entry| entry.place.kind == PageKind::Person);
        let people = people.filter_map(|entry| entry.place.key.strip_prefix("people/"));
        let is_known: std::collections::BTreeSet<&str> = people.collect();
        let mut authors: Vec<Vec<PageId>> = Vec::with_capacity(self.pages.len());
        for page in &self.pages {
            let meta = page.meta();
            for name in meta.authors.iter().chain(&meta.owner) {
                if !is_known.contains(name.value.as_str()) {
                    diagnostics.push(
                        Diagnostic::new(Code::UnknownAuthor, format!("there is no person `{}`", name.value))
                            .at(page.path(), name.span)
                            .suggest(&name.value, is_known.iter().copied())
                            .help("each person is a file in `content/people/`, such as `anna-berg.md`"),
                    );
                }
            }
            let person =
                |name: &Spanned<String>| self.find_any(&format!("people/{}", name.value), page.lang());
            authors.push(meta.authors.iter().filter_map(person).collect());
        }
        let mut written: BTreeMap<PageId, Vec<PageId>> = BTreeMap::new();
        for (page, authors) in self.pages.iter_mut().zip(authors) {
            for author in &authors {
                written.entry(*author).or_default().push(page.id);
            }
            page.authors = authors;
        }
        for pages in written.values_mut() {
            self.newest_first(pages);
        }
        self.written = written;
    }

    fn find_terms(&mut self) {
        self.terms = taxonomy::collect(self);
        for taxonomies in &self.terms {
            for (taxonomy, terms) in taxonomies.iter().enumerate() {
                for (index, term) in terms.iter().enumerate() {
                    for page in &term.pages {
                        self.pages[page.index()].terms.push((taxonomy, index));
                    }
                }
            }
        }
    }

    fn find_series(&mut self, diagnostics: &mut Diagnostics) {
        let count = self.config().series.len();
        let mut all = vec![vec![Vec::new(); count]; self.config().languages.len()];
        for page in &self.pages {
            let Some(place) = &page.meta().series else { continue };
            let parts: &mut Vec<(i64, PageId)> = &mut all[page.lang()][place.series];
            if let Some((_, other)) = parts.iter().find(|(part, _)| *part == place.part.value) {
                let other = self.page(*other);
                let name = &self.config().series[place.series].id;
                diagnostics.push(
                    Diagnostic::new(
                        Code::SeriesPartTaken,
                        format!("part {} of the series `{name}` is there already", place.part.value),
                    )
                    .at(page.path(), place.part.span)
                    .related(other.path(), other.meta().series.as_ref().map(|s| s.part.span), "the other one")
                    .help("give one of them another number"),
                );
            }
            parts.push((place.part.value, page.id));
        }
        for parts in all.iter_mut().flatten() {
            parts.sort();
        }
        self.series = all;
    }

    /// Forms and pages that front matter and configuration name.
    fn check_names(&self, diagnostics: &mut Diagnostics) {
        for page in &self.pages {
            if let Some(gate) = &page.meta().gate {
                self.check_form(&gate.form, page.path(), diagnostics);
            }
            for embed in Self::embeds(page).filter(|embed| embed.kind == EmbedKind::Form) {
                let form = Spanned { value: embed.name.clone(), span: embed.span };
                self.check_form(&form, page.path(), diagnostics);
            }
            self.check_scripts(page, diagnostics);
            if let Some(next) = &page.meta().next {
                self.check_next(next, page.audience, diagnostics);
            }
        }
        for (_, next) in &self.config().journey.next {
            self.check_next(next, Audience::Public, diagnostics);
        }
        for item in self.config().menus.values().flatten() {
            self.check_menu(item, diagnostics);
        }
    }

    fn check_next(&self, next: &NextStep, from: Audience, diagnostics: &mut Diagnostics) {
        match &next.target {
            NextTarget::Page(page) => self.check_page(page, &next.file, from, diagnostics),
            NextTarget::Form(form) => self.check_form(form, &next.file, diagnostics),
        }
    }

    fn check_form(&self, form: &Spanned<String>, file: &str, diagnostics: &mut Diagnostics) {
        if form.value.is_empty() || self.form(&form.value).is_some() {
            return;
        }
        diagnostics.push(
            Diagnostic::new(Code::UnknownForm, format!("no form is called `{}`", form.value))
                .at(file, form.span)
                .label("forms are defined in content/forms/")
                .suggest(&form.value, self.content.forms.iter().map(|form| form.id.as_str()))
                .help(format!("the form of this name would be `content/forms/{}.yaml`", form.value)),
        );
    }

    /// The form with this id, as its index in [`Content::forms`].
    #[must_use]
    pub fn form(&self, id: &str) -> Option<usize> {
        self.content.forms.iter().position(|form| form.id == id)
    }

    /// What is embedded in the text of a page, also behind its gate.
    fn embeds(page: &Page) -> impl Iterator<Item = &Embed> {
        let gated = page.entry.gated.as_ref().map(|gated| gated.secret());
        std::iter::once(page.entry.public.body()).chain(gated).flat_map(|body| &body.embeds)
    }

    /// The forms that a page shows besides that of its call to action: in its text, and at its gate.
    #[must_use]
    pub fn forms_on(&self, page: &Page) -> Vec<usize> {
        let gate = self.gate(page).and_then(|gate| self.form(&gate.form.value));
        let embedded = Self::embeds(page).filter(|embed| embed.kind == EmbedKind::Form);
        embedded.filter_map(|embed| self.form(&embed.name)).chain(gate).collect()
    }

    /// The call to action: of a page its own, else its stage's, else the first later stage's. Never the page itself,
    /// nor a form that stands there already.
    #[must_use]
    pub fn next_step<'s>(&'s self, at: Standing<'s>, lang: LangId) -> Option<(&'s NextStep, Next)> {
        let journey = &self.config().journey;
        let (page, forms) = match at {
            Standing::Page(page) => (Some(page), self.forms_on(page)),
            Standing::Thanks(form) => (None, vec![form]),
            Standing::List => (None, Vec::new()),
        };
        let own = page.and_then(|page| page.meta().next.as_ref());
        // A page without a stage is for somebody who may be anywhere: the middle of the journey fits best.
        let stage = page.and_then(|page| page.meta().stage).unwrap_or(journey.stages.len() / 3);
        let by_stage = journey.stages[stage.min(journey.stages.len().saturating_sub(1))..].iter();
        let by_stage = by_stage
            .filter_map(|stage| journey.next.iter().find(|(id, _)| *id == stage.id))
            .map(|(_, step)| step);
        own.into_iter().chain(by_stage).find_map(|step| {
            let next = match &step.target {
                NextTarget::Page(target) => Next::Page(self.find_any(target.value.trim_matches('/'), lang)?),
                NextTarget::Form(form) => Next::Form(self.form(&form.value)?),
            };
            let is_here = match next {
                Next::Page(target) => page.is_some_and(|page| page.translations.contains(&target)),
                Next::Form(form) => forms.contains(&form),
            };
            (!is_here).then_some((step, next))
        })
    }

    fn check_menu(&self, item: &crate::config::MenuItem, diagnostics: &mut Diagnostics) {
        if let crate::config::MenuTarget::Page(page) = &item.target {
            // A menu may name pages that an edition can't see: they are left out there.
            self.check_page(page, crate::config::FILE, Audience::Team, diagnostics);
        }
        for child in &item.children {
            self.check_menu(child, diagnostics);
        }
    }

    /// Reports a page that is named in `file` and not there for readers of the audience `from`.
    pub fn check_page(
        &self,
        page: &Spanned<String>,
        file: &str,
        from: Audience,
        diagnostics: &mut Diagnostics,
    ) {
        let key = page.value.trim_matches('/');
        if self.by_key.contains_key(key) {
            return;
        }
        let elsewhere =
            self.content.entries.iter().find(|entry| entry.place.key == key || entry.place.folder == key);
        let why = elsewhere.and_then(|entry| self.hidden(&entry.place.path));
        let problem = match why {
            Some(Hidden::Audience(_)) if from == Audience::Team => return,
            Some(Hidden::Audience(audience)) => {
                let message = format!(
                    "`{key}` is for the {} only; readers of this edition can't open it",
                    audience.name()
                );
                Diagnostic::new(Code::LinkToTeam, message)
                    .help("name a page that everybody may read, or give that one `audience: public`")
            }
            Some(Hidden::State(_)) if from == Audience::Team && file == crate::config::FILE => return,
            Some(Hidden::State(state)) => Diagnostic::new(
                Code::LinkToUnpublished,
                format!("`{key}` is not published: {}", state.reason()),
            )
            .help(state.advice()),
            None => Diagnostic::new(Code::UnknownPage, format!("there is no page `{key}`"))
                .suggest(key, self.keys())
                .help("name a page by its path in `content/` without the ending, such as `pages/contact`"),
        };
        diagnostics.push(problem.at(file, page.span));
    }
}

/// Published, or why not.
fn state(meta: &FrontMatter, today: Date) -> State {
    if meta.draft {
        State::Draft
    } else if meta.expires.is_some_and(|day| day <= today) {
        State::Expired
    } else if meta.date.is_some_and(|day| day > today) {
        State::Scheduled
    } else {
        State::Published
    }
}

/// The fixed order of pages: by content path, then language.
fn order_of(place: &Place) -> (&str, LangId, &str) {
    (&place.key, place.lang, &place.path)
}

/// The section that a folder's pages belong to: its own, or the nearest above. Pages in `pages/` belong to home.
fn nearest_section(site: &Site, folder: &str, lang: LangId) -> Option<PageId> {
    let mut folder = folder;
    loop {
        let found = site.find(folder, lang).filter(|id| site.page(*id).kind() == PageKind::Section);
        if found.is_some() || folder.is_empty() {
            return found;
        }
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
    }
}

/// Who sections are for, which their pages inherit.
struct Audiences(BTreeMap<String, Audience>);

impl Audiences {
    fn of(content: &Content) -> Self {
        let mut found = BTreeMap::new();
        for entry in &content.entries {
            let Some(audience) = entry.meta.audience.filter(|_| entry.place.kind == PageKind::Section) else {
                continue;
            };
            // If translations disagree, the narrower audience holds.
            let slot = found.entry(entry.place.key.clone()).or_insert(audience);
            *slot = audience.max(*slot);
        }
        Self(found)
    }

    /// The page's own audience, else its section's, else its kind's: scripts are for the team.
    fn of_entry(&self, entry: &Entry) -> Audience {
        if let Some(own) = entry.meta.audience {
            return own;
        }
        let folder =
            if entry.place.kind == PageKind::Section { &entry.place.key } else { &entry.place.folder };
        let mut folder = folder.as_str();
        loop {
            if let Some(audience) = self.0.get(folder) {
                return *audience;
            }
            if folder.is_empty() {
                break;
            }
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
        let is_script =
            entry.place.kind == PageKind::Script || entry.place.key.split('/').next() == Some("scripts");
        if is_script { Audience::Team } else { Audience::Public }
    }
}

/// Every folder with pages has a section, and every language a home page, with or without `_index.md`.
fn add_missing_sections(
    content: &Content,
    audiences: &Audiences,
    visible: &mut Vec<(Arc<Entry>, State, Audience)>,
) {
    let mut missing: BTreeMap<(String, LangId), ()> = BTreeMap::new();
    let mut before = None;
    for (entry, ..) in visible.iter() {
        let mut folder = entry.place.folder.as_str();
        // Files of a folder stand together.
        if before.replace((folder, entry.place.lang)) == Some((folder, entry.place.lang)) {
            continue;
        }
        loop {
            if folder != "pages" && !folder.starts_with("pages/") {
                missing.insert((folder.to_string(), entry.place.lang), ());
            }
            if folder.is_empty() {
                break;
            }
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }
    for (entry, ..) in visible.iter() {
        if entry.place.kind == PageKind::Section {
            missing.remove(&(entry.place.key.clone(), entry.place.lang));
        }
    }
    for ((folder, lang), ()) in missing {
        let (above, name) = folder.rsplit_once('/').unwrap_or(("", &folder));
        let title = match name {
            "" => content.config.text(&content.config.title, lang).to_string(),
            _ => capitalized(&name.replace(['-', '_'], " ")),
        };
        let entry = Entry {
            place: Place {
                path: if folder.is_empty() { "content".into() } else { format!("content/{folder}") },
                kind: PageKind::Section,
                key: folder.clone(),
                folder: above.to_string(),
                lang,
                name: name.to_string(),
                date: None,
                own_folder: None,
            },
            meta: FrontMatter {
                title: Spanned { value: title, span: Span::default() },
                ..FrontMatter::default()
            },
            public: PublicBody::empty(),
            gated: None,
            opened: None,
            words: 0,
            is_made_up: true,
        };
        let audience = audiences.of_entry(&entry);
        visible.push((Arc::new(entry), State::Published, audience));
    }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The URL of each page, in the order of the pages.
struct Urls(Vec<String>);

impl Urls {
    fn of(config: &Config, pages: &[(Arc<Entry>, State, Audience)], diagnostics: &mut Diagnostics) -> Self {
        // A section's slug counts for everything below it.
        let mut segments: BTreeMap<(&str, LangId), &str> = BTreeMap::new();
        for (entry, ..) in pages {
            if let Some(own) = entry.meta.slug.as_ref().filter(|_| entry.place.kind == PageKind::Section) {
                segments.insert((&entry.place.key, entry.place.lang), &own.value);
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
        let mut folders: BTreeMap<(&str, LangId), String> = BTreeMap::new();
        let mut urls = Vec::with_capacity(pages.len());
        for (entry, ..) in pages {
            let place = &entry.place;
            let is_section = place.kind == PageKind::Section;
            let folder = if is_section { &place.key } else { &place.folder };
            let mut url = folders
                .entry((folder, place.lang))
                .or_insert_with(|| folder_path(folder, place.lang))
                .clone();
            if !is_section {
                let own = entry.meta.slug.as_ref().map_or_else(|| slug(&place.name), |own| own.value.clone());
                if own.is_empty() {
                    diagnostics.push(
                        Diagnostic::new(Code::NoSlug, "this file's name has no letters or digits for a URL")
                            .in_file(&place.path)
                            .help("rename it, or add `slug:` to its front matter"),
                    );
                }
                url.push_str(&own);
                url.push('/');
            }
            urls.push(url);
        }
        Self(urls)
    }
}
