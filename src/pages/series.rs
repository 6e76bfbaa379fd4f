//! A series: its own page, and what a part of it shows of the others.

use serde::Serialize;

use super::card::PageView;
use super::linked::Edition;
use super::parts::DateView;
use super::site_view::FeedLink;
use super::subject::{Subject, generated_page};
use crate::config::{LangId, SeriesId};
use crate::site::{Page, PageId};
use crate::theme::values::Shared;
use crate::yaml::dates::PartialDate;

/// So many parts before and after a page are listed on it: a series of thousands would fill each page of thousands.
const NEAR: usize = 50;

/// A series with its parts.
#[derive(Debug, Serialize)]
pub(super) struct SeriesView<'a> {
    /// Its id in `ringback.yaml`.
    id: &'a str,
    /// The series' title in the language of the page.
    title: &'a str,
    /// URL of the list of all parts.
    url: String,
    /// What the series is about; `null` if nothing is written.
    description: Option<&'a str>,
    /// The part before this page; `null` on `series.html`.
    previous: Option<SeriesPart<'a>>,
    /// The part after this page; `null` on `series.html`.
    next: Option<SeriesPart<'a>>,
    /// Its parts by number, on a page at most the 50 before it and the 50 after it.
    parts: Vec<SeriesPart<'a>>,
}

/// A part of a series.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SeriesPart<'a> {
    /// The number of the part, as its page or the plan has it.
    part: i64,
    /// The part's title: that of its page, or of the plan.
    title: &'a str,
    /// Its URL; `null` while it is planned.
    url: Option<String>,
    /// Whether it is this page.
    current: bool,
    /// Whether it is not written yet.
    planned: bool,
    /// The month in which a planned part is expected, unless that is over.
    expected: Option<DateView>,
    /// URL of the place where readers can ask to be told when a planned part is out, if the series has a form for that.
    notify_url: Option<String>,
    /// The page; `null` while it is planned.
    page: Option<Shared<PageView<'static>>>,
}

/// What `series.html` gets.
#[derive(Debug, Serialize)]
pub(super) struct SeriesPage<'a> {
    /// The series with all its parts.
    series: SeriesView<'a>,
    /// The title of the series.
    title: &'a str,
    /// What the series is about; `null` if nothing is written.
    description: Option<&'a str>,
    /// The feeds of its dated parts, one for each format.
    feeds: Vec<Shared<FeedLink<'static>>>,
}

/// The page of a series.
pub(super) fn page(linked: &Edition, lang: LangId, series: SeriesId) -> (Subject, SeriesPage<'_>) {
    let site = &linked.site;
    let url = |lang| (!site.series(lang, series).is_empty()).then(|| site.series_url(lang, series));
    let view = view(linked, lang, series, None);
    let (title, description) = (view.title, view.description);
    let mut about = generated_page(linked, lang, title.to_string(), "series.html", &url);
    about.description = description.map(str::to_string);
    let own = site.series_url(lang, series);
    let feeds = linked.views.feeds.at(&own);
    about.feed = Some(own);
    (about, SeriesPage { series: view, title, description, feeds })
}

/// The series that a page is part of.
pub(super) fn of_page<'a>(linked: &'a Edition, page: &Page) -> Option<SeriesView<'a>> {
    let place = page.meta().series.as_ref()?;
    let mut view = view(linked, page.lang(), place.series, Some(page.id));
    let current = view.parts.iter().position(|part| part.part == place.part.value);
    let neighbour = |index: Option<usize>| index.and_then(|index| view.parts.get(index)).cloned();
    view.previous = neighbour(current.and_then(|index| index.checked_sub(1)));
    view.next = neighbour(current.map(|index| index + 1));
    Some(view)
}

fn view(linked: &Edition, lang: LangId, series: SeriesId, current: Option<PageId>) -> SeriesView<'_> {
    let site = &linked.site;
    let config = &site.config().series[series];
    let description = site.config().text(&config.description, lang);
    SeriesView {
        id: &config.id,
        title: site.config().text(&config.title, lang),
        url: site.href(&site.series_url(lang, series)),
        description: Some(description).filter(|text| !text.is_empty()),
        previous: None,
        next: None,
        parts: parts(linked, lang, series, current),
    }
}

/// The parts of a series by number; on a page, those around it.
fn parts(linked: &Edition, lang: LangId, series: SeriesId, current: Option<PageId>) -> Vec<SeriesPart<'_>> {
    let site = &linked.site;
    let all = site.series(lang, series);
    let at = current.and_then(|current| all.iter().position(|(_, id)| *id == current));
    let near = at.map_or(0..all.len(), |at| at.saturating_sub(NEAR)..all.len().min(at + NEAR + 1));
    // What is planned between them, and before the first or after the last of all.
    let from = all.get(near.start).filter(|_| near.start > 0).map(|(part, _)| *part);
    let to = all[near.clone()].last().filter(|_| near.end < all.len()).map(|(part, _)| *part);
    let written = &all[near];
    let is_near = |part: i64| from.is_none_or(|from| part > from) && to.is_none_or(|to| part < to);
    let is_written = |part: i64| written.binary_search_by_key(&part, |(part, _)| *part).is_ok();
    let planned = site.config().series[series].planned.iter();
    let planned = planned.filter(|planned| is_near(planned.part) && !is_written(planned.part));
    let tools = &site.content.tools[lang];
    let place = match current {
        Some(_) => site.href(&site.series_url(lang, series)),
        None => String::new(),
    };
    let is_told = site.notify(lang, series).is_some();
    let planned = planned.map(|planned| SeriesPart {
        part: planned.part,
        title: site.config().text(&planned.title, lang),
        url: None,
        current: false,
        planned: true,
        expected: site.expected(planned).map(|month| DateView::rough(tools, PartialDate::Month(month))),
        notify_url: is_told.then(|| format!("{place}#tell-{}", planned.part)),
        page: None,
    });
    let written = written.iter().map(|(part, id)| SeriesPart {
        part: *part,
        title: site.page(*id).title(),
        url: Some(site.href(&site.page(*id).url)),
        current: current == Some(*id),
        planned: false,
        expected: None,
        notify_url: None,
        page: Some(linked.card(*id)),
    });
    let mut parts: Vec<_> = written.chain(planned).collect();
    parts.sort_by_key(|part| part.part);
    parts
}
