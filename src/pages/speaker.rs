//! What organisers of events need of a person who speaks, on their page.

use serde::Serialize;

use super::linked::Edition;
use super::parts::{DateView, Image, language_name};
use crate::config::OfferTarget;
use crate::content::front_matter::{SpeakerMeta, Talk, TalkEvent};
use crate::site::Page;

/// What a person offers to those who invite speakers.
#[derive(Debug, Serialize)]
pub(super) struct SpeakerView<'a> {
    /// The talks that they give, in the order of the front matter.
    talks: Vec<TalkView<'a>>,
    /// The biographies, in up to three lengths.
    bios: Vec<Bio<'a>>,
    /// Photos that may be printed.
    photos: Vec<PrintPhoto<'a>>,
    /// URL where they can be invited.
    invite: Option<String>,
    /// Whether that is another site.
    external: bool,
}

/// A talk that a person gives.
#[derive(Debug, Serialize)]
struct TalkView<'a> {
    /// The talk's title.
    title: &'a str,
    /// What it is about, and for whom.
    text: Option<&'a str>,
    /// How long it takes, in minutes: one length or several.
    minutes: Vec<i64>,
    /// The languages in which it can be given, each by its own name.
    languages: Vec<&'a str>,
    /// Where it can be heard, the next one first.
    coming: Vec<EventView<'a>>,
    /// Where it could be heard, the last one first.
    past: Vec<EventView<'a>>,
}

/// A talk at a place and a time.
#[derive(Debug, Serialize)]
struct EventView<'a> {
    /// The name of the event.
    name: &'a str,
    /// The day of the event.
    date: DateView,
    /// Where it is; `null` if it is online.
    place: Option<&'a str>,
    /// The URL of its own page.
    url: Option<&'a str>,
}

/// A biography in one length.
#[derive(Debug, Serialize)]
struct Bio<'a> {
    /// `short`, `medium` or `long`.
    length: &'static str,
    /// How many words it has.
    words: usize,
    /// The biography's paragraphs, as plain text.
    paragraphs: Vec<&'a str>,
}

/// A photo that may be printed.
#[derive(Debug, Serialize)]
struct PrintPhoto<'a> {
    /// The photo as the page shows it.
    image: Image<'a>,
    /// URL of the file itself.
    url: String,
}

/// What a person offers to those who invite speakers; `None` where their file says nothing of it.
pub(super) fn speaker<'a>(linked: &'a Edition, page: &'a Page) -> Option<SpeakerView<'a>> {
    let kit = &page.meta().person()?.speaker;
    if kit.is_empty() {
        return None;
    }
    let bios = kit.bios.iter().zip(SpeakerMeta::BIOS).filter_map(|(text, length)| {
        let text = text.as_deref()?;
        let paragraphs = text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
        Some(Bio { length, words: text.split_whitespace().count(), paragraphs: paragraphs.collect() })
    });
    let links = &linked.features.links;
    let photos = kit.photos.iter().zip(links.photos(page.id)).filter_map(|(photo, path)| {
        let path = path.as_deref()?;
        let url = linked.site.href(links.file_url(path)?);
        let shown = links.shown_as(&linked.site, photo, path)?;
        Some(PrintPhoto { image: Image::new(&linked.site, &shown, (&photo.alt, Some(photo))), url })
    });
    let invite = kit.invite.as_ref().and_then(|target| match target {
        OfferTarget::Web(web) => Some((web.to_string(), true)),
        OfferTarget::Page(key) => {
            let target = linked.site.find_any(&key.value, page.lang())?;
            Some((linked.site.href(&linked.site.page(target).url), false))
        }
    });
    let (invite, external) = invite.unzip();
    Some(SpeakerView {
        talks: kit.talks.iter().map(|talk| view(linked, page, talk)).collect(),
        bios: bios.collect(),
        photos: photos.collect(),
        invite,
        external: external.unwrap_or_default(),
    })
}

fn view<'a>(linked: &'a Edition, page: &Page, talk: &'a Talk) -> TalkView<'a> {
    let tools = &linked.site.content.tools[page.lang()];
    let today = linked.site.content.today;
    let event = |event: &'a TalkEvent| EventView {
        name: &event.name,
        date: DateView::new(tools, event.date),
        place: (!event.is_online()).then_some(event.place.as_str()),
        url: event.url.as_deref(),
    };
    let mut events: Vec<&TalkEvent> = talk.events.iter().collect();
    events.sort_by_key(|event| event.date);
    let first = events.partition_point(|event| event.date < today);
    TalkView {
        title: &talk.title,
        text: talk.text.as_deref(),
        minutes: talk.minutes.clone(),
        languages: talk.languages.iter().map(|language| language_name(language)).collect(),
        coming: events[first..].iter().copied().map(event).collect(),
        past: events[..first].iter().rev().copied().map(event).collect(),
    }
}
