//! What a page invites to, and when.

use jiff::Zoned;
use serde::Serialize;

use super::author::{Author, author};
use super::linked::Edition;
use super::parts::Link;
use crate::config::{CtaTarget, LangId};
use crate::publishing::events;
use crate::site::Page;

/// What a page invites to: [`event`](content.md#webinars-and-other-events) in its front matter.
#[derive(Debug, Serialize)]
pub(super) struct EventOfPage<'a> {
    /// When it begins, in the event's own time zone.
    start: Moment,
    /// When it ends, in the event's own time zone.
    end: Moment,
    /// The abbreviation of its time zone, such as `CET`.
    zone: String,
    /// Where it is; `null` if it is online.
    place: Option<&'a str>,
    /// Whether it was before the day of the build.
    over: bool,
    /// URL of the entry for calendars; `null` if it is over.
    calendar: Option<String>,
    /// The speakers who have a page on this site, in the order of the front matter.
    speakers: Vec<Author<'a>>,
    /// The page with the recording.
    recording: Option<Link<'a>>,
}

/// A time on a day.
#[derive(Debug, Serialize)]
struct Moment {
    /// `2027-02-10T10:00:00+01:00`.
    iso: String,
    /// The day of the week.
    weekday: String,
    /// The day of the month.
    day: i8,
    /// The month's name in the language of the page.
    month: String,
    /// The date in words, in the language of the page.
    date: String,
    /// The time of day with 24 hours: `10:00`.
    time: String,
}

/// What a page invites to; `None` where its front matter says nothing of it.
pub(super) fn event<'a>(linked: &'a Edition, page: &'a Page) -> Option<EventOfPage<'a>> {
    let event = page.meta().event()?;
    let (site, lang) = (&linked.site, page.lang());
    let over = event.is_over(site.content.today);
    let person = |name: &str| site.find_any(&format!("people/{name}"), lang);
    let recording = event.recording.as_ref().and_then(|step| match &step.target {
        CtaTarget::Page(page) => site.find_any(page.value.trim_matches('/'), lang),
        CtaTarget::Form(_) | CtaTarget::None => None,
    });
    Some(EventOfPage {
        start: moment(linked, lang, &event.start),
        end: moment(linked, lang, &event.end),
        zone: event.start.strftime("%Z").to_string(),
        place: event.place.as_deref(),
        over,
        calendar: (!over).then(|| site.href(&events::url(page))),
        speakers: event
            .speakers
            .iter()
            .filter_map(|speaker| Some(author(site, &linked.features.links, person(&speaker.value)?)))
            .collect(),
        recording: recording.map(|page| Link::to(site, page)),
    })
}

fn moment(linked: &Edition, lang: LangId, time: &Zoned) -> Moment {
    let tools = &linked.site.content.tools[lang];
    let date = time.date();
    let key = format!("weekday_{}", date.weekday().to_monday_one_offset());
    Moment {
        iso: time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        weekday: linked.theme.word(lang, &key).unwrap_or_default().to_string(),
        day: date.day(),
        month: tools.month(date.month()),
        date: tools.date(date),
        time: time.strftime("%H:%M").to_string(),
    }
}
