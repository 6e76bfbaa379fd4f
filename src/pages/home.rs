//! The home page of each language.

use std::collections::BTreeMap;

use serde::Serialize;

use super::author::{Author, author};
use super::card::PageView;
use super::linked::Edition;
use super::subject::{Subject, subject};
use super::text;
use crate::config::{LangId, StageId};
use crate::content::PageKind;
use crate::content::front_matter::SectionMeta;
use crate::diag::Diagnostic;
use crate::site::{Page, PageId};
use crate::theme::values::{Html, Shared};

/// Articles on the home page below the one that leads.
const LATEST: usize = 6;

/// What `home.html` gets.
#[derive(Debug, Serialize)]
pub(super) struct HomePage<'a> {
    /// The home page itself, as lists show it too.
    page: Shared<PageView<'static>>,
    /// Its own text, without the sections below.
    content: Option<Html>,
    /// The sections of its text whose roles are parts of the home page in [`theme.yaml`](theme.md), by role.
    sections: BTreeMap<&'static str, Html>,
    /// The insight that leads: the one with the smallest weight, otherwise the newest; `null` if the home page has an image of its own.
    lead: Option<Shared<PageView<'static>>>,
    /// What the home page's `featured` names.
    featured: Vec<Shared<PageView<'static>>>,
    /// The newest of the other insights.
    latest: Vec<Shared<PageView<'static>>>,
    /// The newest playbooks in this language, the newest first.
    playbooks: Vec<Shared<PageView<'static>>>,
    /// Everyone who wrote something in this language.
    people: Vec<Author<'a>>,
    /// The terms of the first strict taxonomy, otherwise of the first.
    topics: Vec<Topic<'a>>,
    /// The series that have a part in this language.
    series_list: Vec<SeriesEntry<'a>>,
    /// The stages of the customer journey.
    journey: Vec<StageEntry<'a>>,
}

/// A term on the home page.
#[derive(Debug, Serialize)]
struct Topic<'a> {
    /// The term's label in this language.
    label: &'a str,
    /// URL of the list of its pages.
    url: String,
    /// How many pages it has.
    count: usize,
    /// A sentence about the term; `null` if there is none.
    description: Option<&'a str>,
}

/// A series on the home page.
#[derive(Debug, Serialize)]
struct SeriesEntry<'a> {
    /// The series' title in this language.
    title: &'a str,
    /// URL of the list of its parts.
    url: String,
    /// What the series is about; `null` if nothing is written.
    description: Option<&'a str>,
    /// How many parts are written.
    count: usize,
    /// How many parts were ever planned.
    planned: usize,
}

/// A stage of the customer journey on the home page.
#[derive(Debug, Serialize)]
struct StageEntry<'a> {
    /// Its id in `ringback.yaml`.
    id: &'a str,
    /// The stage's label: that of `ringback.yaml`, otherwise the theme's, otherwise its id.
    label: String,
    /// The newest article for this stage in this language; `null` if there is none.
    page: Option<Shared<PageView<'static>>>,
}

/// The home page of a language.
pub(super) fn page<'a>(
    linked: &'a Edition,
    (page, own): (&'a Page, &'a SectionMeta),
) -> Result<(Subject, HomePage<'a>), Box<Diagnostic>> {
    let site = &linked.site;
    let lang = page.lang();
    let articles = || linked.features.listings.articles(lang).iter().copied();
    let of_kind = |kind: PageKind| articles().filter(move |id| site.page(*id).kind() == kind);
    // The lightest leads; where none has a weight, the newest.
    let weighted = of_kind(PageKind::Insight).filter(|id| site.page(*id).meta().weight.is_some());
    let lead =
        weighted.min_by_key(|id| site.page(*id).meta().weight).or_else(|| of_kind(PageKind::Insight).next());
    // A picture of the site's own takes its place.
    let lead = lead.filter(|_| page.meta().image.is_none());
    let featured = own.featured.iter();
    let featured: Vec<PageId> =
        featured.filter_map(|key| site.find_any(key.value.trim_matches('/'), lang)).collect();
    let latest = of_kind(PageKind::Insight).filter(|id| Some(*id) != lead && !featured.contains(id));
    let latest = latest.take(LATEST);
    let (sections, content) = text::with_apart(linked, page, linked.theme.settings.home_parts())?;
    let people = site.pages().filter(|person| {
        person.kind() == PageKind::Person && person.lang() == lang && !site.written_by(person.id).is_empty()
    });
    let view = HomePage {
        page: linked.card(page.id),
        content: Html::or_none(&content),
        sections: sections.iter().map(|(role, html)| (*role, Html::new(html))).collect(),
        lead: lead.map(|id| linked.card(id)),
        featured: linked.cards(&featured),
        latest: linked.cards(&latest.collect::<Vec<_>>()),
        playbooks: linked.cards(&of_kind(PageKind::Playbook).take(LATEST).collect::<Vec<_>>()),
        people: people.map(|person| author(site, &linked.features.links, person.id)).collect(),
        topics: topics(linked, lang),
        series_list: series_list(linked, lang),
        journey: journey(linked, lang),
    };
    let mut about = subject(linked, page, "home.html");
    about.feed = None;
    Ok((about, view))
}

fn topics(linked: &Edition, lang: LangId) -> Vec<Topic<'_>> {
    let site = &linked.site;
    let taxonomies = &site.config().taxonomies;
    let first = taxonomies.ids().next();
    let Some(taxonomy) = taxonomies.find(|taxonomy| taxonomy.strict).or(first) else {
        return Vec::new();
    };
    let topics = site.terms(lang, taxonomy).each().map(|(index, term)| Topic {
        label: &term.label,
        url: site.href(&site.term_url(lang, taxonomy, index)),
        count: term.pages.len(),
        description: term.description.as_deref(),
    });
    topics.collect()
}

fn series_list(linked: &Edition, lang: LangId) -> Vec<SeriesEntry<'_>> {
    let site = &linked.site;
    let config = site.config();
    let all = config.series.each().filter(|(index, _)| !site.series(lang, *index).is_empty());
    let entries = all.map(|(index, series)| {
        let description = config.text(&series.description, lang);
        SeriesEntry {
            title: config.text(&series.title, lang),
            url: site.href(&site.series_url(lang, index)),
            description: Some(description).filter(|text| !text.is_empty()),
            count: site.series(lang, index).len(),
            planned: series.planned.len(),
        }
    });
    entries.collect()
}

/// For each stage of the journey its newest article.
fn journey(linked: &Edition, lang: LangId) -> Vec<StageEntry<'_>> {
    let site = &linked.site;
    let newest = |stage: StageId| -> Option<PageId> {
        let mut articles = linked.features.listings.articles(lang).iter().copied();
        articles.find(|id| site.page(*id).meta().stage == Some(stage))
    };
    let stages = site.config().journey.stages.each().map(|(index, stage)| StageEntry {
        id: &stage.id,
        label: linked.theme.stage_label(site.config(), stage, lang),
        page: newest(index).map(|id| linked.card(id)),
    });
    stages.collect()
}
