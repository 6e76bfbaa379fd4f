//! Events of pages as entries for calendars: `event.ics` beside a page that invites to one.

use jiff::Timestamp;

use crate::encode::calendar;
use crate::plan::{Artifact, Origin, OutPath, Planned, Warrant};
use crate::site::{Page, PageId, Site};

/// The URL of the entry for a page's event, from the site's root.
#[must_use]
pub fn url(page: &Page) -> String {
    format!("{}event.ics", page.url)
}

/// The files of all events that are still to come.
pub fn artifacts(site: &Site) -> impl Iterator<Item = Planned> {
    let is_coming =
        |page: &&Page| page.meta().event().is_some_and(|event| !event.is_over(site.content.today));
    site.pages().filter(is_coming).filter_map(|page| {
        Some(Planned {
            path: OutPath::file(url(page)),
            artifact: Artifact::Calendar(page.id),
            origin: Origin::generated("an event's entry for calendars"),
            warrant: Warrant::page(site, page.id)?,
        })
    })
}

/// The entry for a page's event; `online` are the theme's words for where an event is that is nowhere else. It has the same
/// id in every build, so that a calendar changes the entry when the event is moved.
#[must_use]
pub fn emit(site: &Site, page: PageId, online: &str) -> String {
    let page = site.page(page);
    let Some(event) = page.meta().event() else { return String::new() };
    let permalink = site.permalink(&page.url);
    let host = site.view.base_url.origin.rsplit('/').next().unwrap_or_default();
    let written = page.meta().updated.or(page.meta().date).unwrap_or(site.content.today);
    let written = written.to_zoned(jiff::tz::TimeZone::UTC).map(|day| day.timestamp());
    let description = page.meta().description.as_deref().unwrap_or_default();
    calendar::file(&calendar::Entry {
        id: &format!("{}@{host}", page.document.place.path),
        written: written.unwrap_or(Timestamp::UNIX_EPOCH),
        start: event.start.timestamp(),
        end: event.end.timestamp(),
        title: page.title(),
        text: &format!("{description}\n\n{permalink}"),
        place: event.place.as_deref().unwrap_or(online),
        url: &permalink,
    })
}
