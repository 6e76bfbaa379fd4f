//! What every list shows of a page, its author and its series: made once, shared by all.

use std::collections::BTreeMap;

use serde::Serialize;

use super::author::{Author, author};
use super::parts::{DateView, Image, Link};
use crate::config::{LangId, TaxonomyId};
use crate::content::PageKind;
use crate::ids::IdVec;
use crate::links::Links;
use crate::site::{Page, PageId, Site, TermId};
use crate::theme::Theme;
use crate::theme::values::Shared;

/// A page: `page` in its own template, and every entry of a list of pages.
#[derive(Debug, Serialize)]
pub(super) struct PageView<'a> {
    /// `insight`, `playbook`, `script`, `page`, `person` or `section`.
    kind: &'static str,
    /// Its URL without the host, with the folder that the site is in: `/blog/insights/slug/`.
    url: String,
    /// Its URL with protocol and host.
    permalink: String,
    /// Its title, as plain text.
    title: &'a str,
    /// The front matter's description, otherwise the beginning of the open text.
    description: Option<String>,
    /// The code of its language.
    lang: &'a str,
    /// The day of publication; `null` if it has none.
    date: Option<DateView>,
    /// The day of its last update; `null` if its author gives none.
    updated: Option<DateView>,
    /// The section that it is in; `null` outside all sections.
    section: Option<Shared<Link<'static>>>,
    /// The people who wrote it, in the order of the front matter; empty if nobody is named.
    authors: Vec<Shared<Author<'static>>>,
    /// The taxonomies in which it has terms, in the order of `ringback.yaml`.
    taxonomies: Vec<TaxonomyOfPage<'a>>,
    /// The stage of the customer journey that it is for.
    stage: Option<Stage<'a>>,
    /// Words of the whole text, gated content included.
    words: usize,
    /// Minutes that reading the whole text takes, at least 1.
    minutes: usize,
    /// Its image in the shape that its author wants, otherwise 16:9.
    image: Option<Image<'a>>,
    /// The same for lists, where all have one shape: 16:9.
    cover: Option<Image<'a>>,
    /// Where it was published before.
    source: Option<Source<'a>>,
    /// The series that it is part of.
    series: Option<SeriesOfPage<'a>>,
    /// Whether a part of it, or a file, is behind a form in this edition.
    gated: bool,
    /// `published`, `draft`, `scheduled` or `expired` (other than published only with `--drafts`).
    state: &'static str,
    /// `public` or `team`.
    audience: &'static str,
    /// The front matter's weight, by which lists are sorted: the lightest first.
    weight: Option<i64>,
    /// The front matter's `extra`, as it is.
    extra: &'a serde_json::Value,
}

/// The terms of one taxonomy that a page has.
#[derive(Debug, Serialize)]
struct TaxonomyOfPage<'a> {
    /// The taxonomy's name in `ringback.yaml`.
    name: &'a str,
    /// The taxonomy's label in the language of the page, otherwise its name.
    label: &'a str,
    /// The terms that the page has in it.
    terms: Vec<Shared<TermLink<'static>>>,
}

/// A link to a term.
#[derive(Debug, Serialize)]
pub(super) struct TermLink<'a> {
    /// The term's folder in URLs, in lower case and without accents.
    slug: &'a str,
    /// The term's label in the language of the page.
    label: &'a str,
    /// URL of the list of its pages.
    url: String,
}

/// A stage of the customer journey.
#[derive(Debug, Serialize)]
struct Stage<'a> {
    /// Its id in `ringback.yaml`.
    id: &'a str,
    /// The stage's label: that of `ringback.yaml`, otherwise the theme's, otherwise its id.
    label: String,
    /// Its place in the journey, from 1.
    number: usize,
    /// How many stages the journey has.
    of: usize,
}

/// Where a text was published before.
#[derive(Debug, Serialize)]
struct Source<'a> {
    /// The name of the publication.
    name: &'a str,
    /// The URL of the text there, absolute; `null` if none is known.
    url: Option<&'a str>,
    /// When it was published there.
    date: Option<DateView>,
    /// Whether search engines should know the text under that URL.
    canonical: bool,
}

/// The series that a page is part of.
#[derive(Debug, Serialize)]
struct SeriesOfPage<'a> {
    /// Its id in `ringback.yaml`.
    id: &'a str,
    /// The series' title in the language of the page.
    title: &'a str,
    /// URL of the list of its parts.
    url: String,
    /// The number of the part that the page is.
    part: i64,
}

/// What thousands of cards have in common, made once: links to terms and sections, and the people who write.
#[derive(Debug)]
pub(super) struct CommonParts {
    terms: IdVec<LangId, IdVec<TaxonomyId, IdVec<TermId, Shared<TermLink<'static>>>>>,
    sections: BTreeMap<PageId, Shared<Link<'static>>>,
    authors: BTreeMap<PageId, Shared<Author<'static>>>,
}

impl CommonParts {
    /// Makes those of all pages of an edition.
    pub(super) fn new(site: &Site, links: &Links) -> Self {
        let (mut sections, mut authors) = (BTreeMap::new(), BTreeMap::new());
        for page in site.pages() {
            if let Some(id) = page.section {
                sections.entry(id).or_insert_with(|| Shared::new(&Link::to(site, id)));
            }
            for id in &page.authors {
                authors.entry(*id).or_insert_with(|| Shared::new(&author(site, links, *id)));
            }
        }
        Self { terms: Self::terms(site), sections, authors }
    }

    fn terms(site: &Site) -> IdVec<LangId, IdVec<TaxonomyId, IdVec<TermId, Shared<TermLink<'static>>>>> {
        let config = site.config();
        config.languages.map(|(lang, _)| {
            config.taxonomies.map(|(taxonomy, _)| {
                site.terms(lang, taxonomy).map(|(id, term)| {
                    let url = site.href(&site.term_url(lang, taxonomy, id));
                    Shared::new(&TermLink { slug: &term.slug, label: &term.label, url })
                })
            })
        })
    }

    fn term(&self, lang: LangId, (taxonomy, term): (TaxonomyId, TermId)) -> Shared<TermLink<'static>> {
        self.terms[lang][taxonomy][term].clone()
    }
}

/// The card of a page.
pub(super) fn card<'a>(
    site: &'a Site,
    links: &Links,
    (common, theme): (&CommonParts, &Theme),
    page: &'a Page,
) -> PageView<'a> {
    let meta = page.meta();
    let tools = &site.content.tools[page.lang()];
    let date = |date: Option<jiff::civil::Date>| date.map(|date| DateView::new(tools, date));
    let source = meta.source.as_ref().map(|source| Source {
        name: &source.name,
        url: source.url.as_deref(),
        date: source.date.map(|date| DateView::rough(tools, date)),
        canonical: source.canonical,
    });
    let series = meta.series.as_ref().map(|place| {
        let series = &site.config().series[place.series];
        SeriesOfPage {
            id: &series.id,
            title: site.config().text(&series.title, page.lang()),
            url: site.href(&site.series_url(page.lang(), place.series)),
            part: place.part.value,
        }
    });
    PageView {
        kind: page.kind().name(),
        url: site.href(&page.url),
        permalink: site.permalink(&page.url),
        title: page.title(),
        description: description(site, page),
        lang: &site.config().languages[page.lang()].code,
        date: date(meta.date),
        updated: date(meta.updated),
        section: page.section.and_then(|section| common.sections.get(&section).cloned()),
        authors: page.authors.iter().filter_map(|person| common.authors.get(person).cloned()).collect(),
        taxonomies: taxonomies(site, common, page),
        stage: stage(site, theme, page),
        words: page.words(),
        minutes: page.minutes(),
        image: image(site, links, page),
        cover: cover(site, links, page),
        source,
        series,
        gated: site.gate(page).is_some(),
        state: page.state.name(),
        audience: page.audience.name(),
        weight: meta.weight,
        extra: &meta.extra,
    }
}

fn taxonomies<'a>(site: &'a Site, common: &CommonParts, page: &Page) -> Vec<TaxonomyOfPage<'a>> {
    let config = site.config();
    let all = config.taxonomies.each().filter_map(|(index, taxonomy)| {
        let own = page.terms.iter().filter(|(found, _)| *found == index);
        let own: Vec<_> = own.map(|found| common.term(page.lang(), *found)).collect();
        let label = config.text(&taxonomy.label, page.lang());
        (!own.is_empty()).then(|| TaxonomyOfPage {
            name: &taxonomy.name,
            label: if label.is_empty() { &taxonomy.name } else { label },
            terms: own,
        })
    });
    all.collect()
}

/// A page's own image; a person's is the photo of the author.
pub(super) fn image<'a>(site: &Site, links: &Links, page: &'a Page) -> Option<Image<'a>> {
    let about = page.meta().image.as_ref().filter(|_| page.kind() != PageKind::Person)?;
    Some(Image::new(site, &links.picture(site, page.id)?, (&about.alt, Some(about))))
}

/// The same in the shape of lists.
fn cover<'a>(site: &Site, links: &Links, page: &'a Page) -> Option<Image<'a>> {
    let about = page.meta().image.as_ref()?;
    Some(Image::new(site, &links.cover(site, page.id)?, (&about.alt, Some(about))))
}

/// Characters of a description that a search result shows.
const DESCRIPTION: usize = 155;

/// A page's description, else the beginning of its key takeaways, else of its open text; the home page's is the site's.
pub(super) fn description(site: &Site, page: &Page) -> Option<String> {
    let config = site.config();
    let is_home = page.document.place.key.is_empty() && page.meta().description.is_none();
    let found = match is_home {
        true => config.text(&config.description, page.lang()).into(),
        false => site.description(page, DESCRIPTION),
    };
    Some(found.into_owned()).filter(|text| !text.is_empty())
}

/// The label is from the configuration, else the theme's `stage_…`, else the id.
fn stage<'a>(site: &'a Site, theme: &Theme, page: &Page) -> Option<Stage<'a>> {
    let index = page.meta().stage?;
    let stages = &site.config().journey.stages;
    Some(Stage {
        id: &stages[index].id,
        label: theme.stage_label(site.config(), &stages[index], page.lang()),
        number: index.index() + 1,
        of: stages.len(),
    })
}
