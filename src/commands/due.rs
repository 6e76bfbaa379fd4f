//! On which days the output changes by itself: pages that come, go, or want to be reviewed. Nothing is rendered or written.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use crate::build::{load, sources};
use crate::config::PlannedPart;
use crate::diag::Diagnostics;
use crate::links::Links;
use crate::project::{CONFIG_FILE, Project};
use crate::site::{EditionScope, Page, Site, Unpublished};

/// What happens to a page by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// Its `date` comes: it is published.
    Publish,
    /// Its `expires` comes: it is gone.
    Expire,
    /// Its `review_by` comes: its owner looks at it again.
    Review,
    /// The last day of the month comes in which a planned part of a series is to be out.
    Expected,
}

/// Something that changes the output on a day by itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// The day, in the site's time zone.
    pub date: Date,
    /// What happens on that day.
    pub change: Change,
    /// The page's file; of a planned part, the configuration's.
    pub path: String,
    /// The page's title, or the planned part's.
    pub title: String,
    /// The code of its language.
    pub lang: String,
    /// The people who look after it: its owner, else its authors.
    pub owners: Vec<String>,
    /// When it is gone with nothing in its place: the files of the pages whose texts lead to it.
    pub linked_from: Vec<String>,
}

/// What is due on a site.
#[derive(Debug)]
pub struct Due {
    /// The day from which is looked ahead.
    pub today: Date,
    /// The name of the site's time zone; `None` where it has none.
    pub time_zone: Option<String>,
    /// What is still to come, today's included, by day.
    pub events: Vec<Event>,
    /// Reviews that were due, and parts of series that were expected, before today, by day.
    pub overdue: Vec<Event>,
}

/// What is due on a site, or on one edition of it. Drafts wait for nobody. `None` where the site can't be read; what is
/// wrong with it is reported.
#[must_use]
pub fn due(project: &dyn Project, edition: Option<&str>, diagnostics: &mut Diagnostics) -> Option<Due> {
    let loaded = load(project, diagnostics)?;
    let config = Arc::clone(&loaded.content.config);
    // By file: a page of several editions changes once.
    let mut found: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    for edition in sources::editions(&config, edition, diagnostics) {
        let view =
            EditionScope { edition, base_url: config.base_url.clone(), unpublished: Unpublished::Show };
        // Names that don't exist are no matter of dates, and `check` reports them.
        let site = Site::link(Arc::clone(&loaded.content), view, &mut Diagnostics::new());
        let is_listed = |page: &&Page| !page.document.is_generated && !page.meta().draft;
        let is_left = |page: &Page| page.meta().expires.is_some() && page.meta().expires_to.is_none();
        let links = site.pages().any(is_left).then(|| Links::collect(&site, &mut Diagnostics::new()));
        for page in site.pages().filter(is_listed) {
            let from = links.iter().filter(|_| is_left(page)).flat_map(|links| links.backlinks(page.id));
            let mut from: Vec<String> = from.map(|id| site.page(*id).path().to_string()).collect();
            from.sort();
            let mut events = events(&site, page);
            for event in events.iter_mut().filter(|event| event.change == Change::Expire) {
                event.linked_from.clone_from(&from);
            }
            found.insert(page.path().to_string(), events);
        }
        let parts = found.entry(CONFIG_FILE.to_string()).or_default();
        parts.extend(expected(&site));
        parts.sort();
        parts.dedup();
    }
    let today = loaded.content.today;
    let mut all: Vec<Event> = found.into_values().flatten().collect();
    all.sort();
    let (events, past): (Vec<Event>, Vec<Event>) = all.into_iter().partition(|event| event.date >= today);
    let overdue =
        past.into_iter().filter(|event| matches!(event.change, Change::Review | Change::Expected)).collect();
    let time_zone = config.time_zone.iana_name().map(str::to_string);
    Some(Due { today, time_zone, events, overdue })
}

/// The planned parts of series that are to be out by a day, where no page is on its way.
fn expected(site: &Site) -> Vec<Event> {
    let config = site.config();
    let lang = config.default_language;
    let all = config.series.each().flat_map(|(index, series)| {
        let is_on_its_way = move |part: i64| {
            let found = site.languages().flat_map(|lang| site.series(lang, index));
            found.into_iter().any(|(written, page)| *written == part && !site.page(*page).meta().draft)
        };
        let is_begun = site.languages().any(|lang| !site.series(lang, index).is_empty());
        series.planned.iter().filter(move |planned| is_begun && !is_on_its_way(planned.part))
    });
    let event = |planned: &PlannedPart| {
        Some(Event {
            date: planned.expected.as_ref()?.value.last_of_month(),
            change: Change::Expected,
            path: CONFIG_FILE.to_string(),
            title: config.text(&planned.title, lang).to_string(),
            lang: config.languages[lang].code.clone(),
            owners: Vec::new(),
            linked_from: Vec::new(),
        })
    };
    all.filter_map(event).collect()
}

/// All that ever happens to a page by itself.
fn events(site: &Site, page: &Page) -> Vec<Event> {
    let meta = page.meta();
    // A page that is gone before it comes never comes; one that is gone is reviewed no more.
    let is_there = |day: &Date| meta.expires.is_none_or(|expires| *day < expires);
    let dates = [
        (Change::Publish, meta.date.filter(is_there)),
        (Change::Expire, meta.expires.filter(|expires| meta.date.is_none_or(|date| date < *expires))),
        (Change::Review, meta.review_by.filter(is_there)),
    ];
    let owners: Vec<String> = match &meta.owner {
        Some(owner) => vec![owner.value.clone()],
        None => meta.authors.iter().map(|author| author.value.clone()).collect(),
    };
    let event = |(change, date): (Change, Option<Date>)| {
        Some(Event {
            date: date?,
            change,
            path: page.path().to_string(),
            title: page.title().to_string(),
            lang: site.config().languages[page.lang()].code.clone(),
            owners: owners.clone(),
            linked_from: Vec::new(),
        })
    };
    dates.into_iter().filter_map(event).collect()
}
