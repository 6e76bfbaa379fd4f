//! What organisers of events need of a person who speaks: talks, biographies of three lengths, photos.

use jiff::civil::Date;

use super::{Front, ImageMeta};
use crate::config::OfferTarget;
use crate::encode::address::Web;
use crate::yaml::{Fields, Node, Value};

/// What a person offers to those who invite speakers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpeakerMeta {
    /// The talks that they give, in the order of the file.
    pub talks: Vec<Talk>,
    /// Who they are, as it can be printed or read out: a line, a paragraph, a page.
    pub bios: [Option<String>; 3],
    /// Photos that may be printed.
    pub photos: Vec<ImageMeta>,
    /// Where they can be invited.
    pub invite: Option<OfferTarget>,
}

/// A talk that a person gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk {
    /// The talk's title.
    pub title: String,
    /// What it is about, and for whom.
    pub text: Option<String>,
    /// How long it takes: one length or several, in minutes.
    pub minutes: Vec<i64>,
    /// The languages in which it can be held, by code or in words.
    pub languages: Vec<String>,
    /// Where it can be heard, or could.
    pub events: Vec<TalkEvent>,
}

/// A talk at a place and a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TalkEvent {
    /// What the event is called.
    pub name: String,
    /// The day on which it takes place.
    pub date: Date,
    /// Where: a town, or `online`.
    pub place: String,
    /// The page of the event; `None` if none is given.
    pub url: Option<Web>,
}

impl TalkEvent {
    /// Is it where everybody can be?
    #[must_use]
    pub fn is_online(&self) -> bool {
        self.place.eq_ignore_ascii_case("online")
    }
}

impl SpeakerMeta {
    /// How the biographies are called, in the order of [`Self::bios`].
    pub const BIOS: [&str; 3] = ["short", "medium", "long"];

    /// Is there nothing to tell?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.talks.is_empty() && self.photos.is_empty() && self.bios.iter().all(Option::is_none)
    }
}

impl Front<'_> {
    /// Reads the keys by which a person offers talks.
    pub(super) fn speaker(&mut self, fields: &mut Fields<'_>) -> SpeakerMeta {
        let talks = self.list_of(fields.take("talks"), Self::talk);
        let mut bios = [const { None }; 3];
        if let Some(mut lengths) = fields.take("bios").and_then(|node| self.reader.fields(node)) {
            for (bio, length) in bios.iter_mut().zip(SpeakerMeta::BIOS) {
                *bio = self.text(lengths.take(length));
            }
            lengths.finish("`bios`", [], &mut self.reader);
        }
        let photos = self.list_of(fields.take("photos"), Self::whole_image);
        let invite = fields.take("invite").and_then(|node| OfferTarget::read(node, &mut self.reader));
        SpeakerMeta { talks, bios, photos, invite }
    }

    fn talk(&mut self, node: &Node) -> Option<Talk> {
        let mut fields = self.reader.fields(node)?;
        let title = fields.require("title", "a talk", &mut self.reader);
        let title = self.text(title);
        let text = self.text(fields.take("text"));
        let minutes = match fields.take("minutes") {
            Some(node) if matches!(node.value, Value::Scalar { .. }) => {
                self.minutes(node).into_iter().collect()
            }
            node => self.list_of(node, Self::minutes),
        };
        let languages = fields.take("languages").and_then(|node| self.reader.names(node, |_| false));
        let languages = languages.unwrap_or_default().into_iter().map(|language| language.value).collect();
        let events = self.list_of(fields.take("events"), Self::talk_event);
        fields.finish("a talk", [], &mut self.reader);
        Some(Talk { title: title?, text, minutes, languages, events })
    }

    fn minutes(&mut self, node: &Node) -> Option<i64> {
        self.reader.number(node, 1..=1440)
    }

    fn talk_event(&mut self, node: &Node) -> Option<TalkEvent> {
        let mut fields = self.reader.fields(node)?;
        let name = fields.require("name", "an event of a talk", &mut self.reader);
        let name = self.text(name);
        let date = fields.require("date", "an event of a talk", &mut self.reader);
        let date = date.and_then(|node| self.reader.date(node));
        // Search engines leave out events that say nothing of where they are.
        let place = fields.require("place", "an event of a talk", &mut self.reader);
        let place = self.text(place);
        let url = fields.take("url").and_then(|node| self.address(node));
        fields.finish("an event of a talk", [], &mut self.reader);
        Some(TalkEvent { name: name?, date: date?, place: place?, url })
    }

    /// What `read` makes of each item of a list; nothing where there is no list.
    fn list_of<T>(&mut self, node: Option<&Node>, read: fn(&mut Self, &Node) -> Option<T>) -> Vec<T> {
        let items = node.and_then(|node| self.reader.list(node)).unwrap_or_default();
        items.iter().filter_map(|item| read(self, item)).collect()
    }
}
