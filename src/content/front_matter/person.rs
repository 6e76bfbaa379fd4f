//! What only the front matter of a person has.

use super::{Front, ImageMeta, SpeakerMeta};
use crate::config::{self, Offer};
use crate::encode::address::Web;
use crate::yaml::Fields;

/// What only a person's front matter has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonMeta {
    /// Their role, in words: "Head of sales".
    pub role: Option<String>,
    /// Where they work, if not here.
    pub organization: Option<String>,
    /// A picture, beside the file.
    pub photo: Option<ImageMeta>,
    /// Their address; published only if they are a rep.
    pub email: Option<String>,
    /// Their phone number as it is written; published only if they are a rep.
    pub phone: Option<String>,
    /// Their profiles: label and address.
    pub links: Vec<(String, Web)>,
    /// The languages that they speak, by code or in words, as written.
    pub languages: Vec<String>,
    /// Do they share links with prospects?
    pub rep: bool,
    /// Where a meeting with them can be booked.
    pub booking: Option<Web>,
    /// What they offer: the book, the course.
    pub offers: Vec<Offer>,
    /// What they offer to those who invite speakers.
    pub speaker: SpeakerMeta,
}

impl Front<'_> {
    /// Reads the keys that only people have.
    pub(super) fn person(&mut self, fields: &mut Fields<'_>) -> PersonMeta {
        let mut person = PersonMeta {
            role: self.text(fields.take("role")),
            organization: self.text(fields.take("organization")),
            photo: fields.take("photo").and_then(|node| self.photo(node)),
            email: self.text(fields.take("email")),
            phone: fields.take("phone").and_then(|node| self.reader.phone(node)),
            booking: fields.take("booking").and_then(|node| self.address(node)),
            rep: fields.take("rep").and_then(|node| self.reader.truth(node)).unwrap_or_default(),
            speaker: self.speaker(fields),
            ..PersonMeta::default()
        };
        let languages = fields.take("languages").and_then(|node| self.reader.names(node, |_| false));
        let languages = languages.unwrap_or_default();
        person.languages = languages.into_iter().map(|language| language.value).collect();
        if let Some(links) = fields.take("links") {
            for (label, node) in self.reader.entries(links).unwrap_or_default() {
                person.links.extend(self.address(node).map(|url| (label.value.clone(), url)));
            }
        }
        let offers = fields.take("offers");
        person.offers = offers
            .map(|node| config::offers(&self.config.languages, node, &mut self.reader))
            .unwrap_or_default();
        person
    }
}
