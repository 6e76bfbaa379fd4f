//! What a page invites to: a webinar, a seminar, an open house.

use jiff::Zoned;

use super::Front;
use crate::config::{CallToAction, CtaTarget, Localized};
use crate::diag::Span;
use crate::yaml::{Fields, Spanned};

/// Minutes of an event that doesn't say how long it takes.
const MINUTES: i64 = 60;

/// What a page invites to, at one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventMeta {
    /// Where `event:` stands.
    pub span: Span,
    /// When it begins, in its own time zone.
    pub start: Zoned,
    /// When it ends, in the same time zone.
    pub end: Zoned,
    /// Where it is; `None` if it is online.
    pub place: Option<String>,
    /// Ids of the people who speak.
    pub speakers: Vec<Spanned<String>>,
    /// What takes the place of the invitation when it is over: the page with the recording.
    pub recording: Option<CallToAction>,
}

impl EventMeta {
    /// Is it over on this day? On its last day, nobody can know.
    #[must_use]
    pub fn is_over(&self, today: jiff::civil::Date) -> bool {
        self.end.date() < today
    }
}

impl Front<'_> {
    /// What a page says of its event.
    pub(super) fn event(&mut self, fields: &mut Fields<'_>) -> Option<Box<EventMeta>> {
        let span = fields.key("event").unwrap_or_default();
        let mut fields = self.reader.fields(fields.take("event")?)?;
        let zone = fields.take("time_zone").and_then(|node| self.reader.time_zone(node));
        let zone = zone.unwrap_or_else(|| self.config.time_zone.clone());
        let start = fields.require("start", "an event", &mut self.reader);
        let start = start.and_then(|node| self.reader.time(node, &zone));
        let minutes = fields.take("minutes").and_then(|node| self.reader.number(node, 1..=14_400));
        let place = self.text(fields.take("place")).filter(|place| !place.eq_ignore_ascii_case("online"));
        let speakers = fields.take("speakers").and_then(|node| self.reader.names(node, |_| false));
        let recording = fields.take("recording").and_then(|node| self.reader.text(node));
        fields.finish("`event`", [], &mut self.reader);
        let start = start?;
        // A time that the calendar doesn't have any more would be one of the year 9999.
        let end = start.checked_add(jiff::SignedDuration::from_mins(minutes.unwrap_or(MINUTES))).ok()?;
        let recording = recording.map(|page| CallToAction {
            target: CtaTarget::Page(page),
            file: self.place.path.clone(),
            label: Localized::default(),
            text: Localized::default(),
        });
        Some(Box::new(EventMeta {
            span,
            start,
            end,
            place,
            speakers: speakers.unwrap_or_default(),
            recording,
        }))
    }
}
