//! What blocks consist of: titles, sources and faces of callouts, the parts of sections, who speaks in an interview.

use super::{Body, EmbedKind, Heading, Kind, NodeId, RawLink};
use crate::content::blocks::media::{self, Media};
use crate::content::blocks::{Callout, Role, Uses, embeds};
use crate::diag::Span;
use crate::encode::percent;

/// Who said something, as the title of a testimonial says: `Kim Berg, CEO, Fjord AS`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// What stands before the first comma.
    pub name: String,
    /// What follows it; may be empty.
    pub about: String,
}

impl Body {
    /// The callout at a node, if there is one.
    #[must_use]
    pub fn callout_at(&self, id: NodeId) -> Option<&Callout> {
        match self.nodes().get(id)?.kind {
            Kind::Callout(callout) => self.callouts.get(callout as usize),
            _ => None,
        }
    }

    /// The node of a callout's title, if it has one with words.
    #[must_use]
    pub fn callout_title(&self, callout: NodeId) -> Option<NodeId> {
        let title = self.children(Some(callout)).next()?;
        let is_title = self.nodes()[title].kind == Kind::CalloutTitle;
        (is_title && !self.plain_text_of(self.descendants(title)).trim().is_empty()).then_some(title)
    }

    /// The last paragraph of a callout, where it begins with a dash: where what it says comes from.
    #[must_use]
    pub fn source_of(&self, callout: NodeId) -> Option<NodeId> {
        let last = self.children(Some(callout)).last()?;
        let is_source = self.nodes()[last].kind == Kind::Paragraph
            && self.plain_text_of(self.descendants(last)).starts_with(['—', '–', '-', '―']);
        is_source.then_some(last)
    }

    /// The paragraph of a callout that is nothing but an image.
    #[must_use]
    pub fn face_of(&self, callout: NodeId) -> Option<NodeId> {
        self.children(Some(callout)).find(|id| {
            self.nodes()[*id].kind == Kind::Paragraph
                && self
                    .first_image(*id)
                    .is_some_and(|(image, _)| self.nodes()[image].end == self.nodes()[*id].end)
        })
    }

    /// The image with which a block or a place between blocks begins, maybe with a link around it: its node, and its index
    /// in [`Body::links`]. `before` is the node before it.
    #[must_use]
    pub fn first_image(&self, before: NodeId) -> Option<(NodeId, u32)> {
        let at = |id: NodeId| self.nodes().get(id).map(|node| node.kind);
        match (at(before + 1)?, at(before + 2)) {
            (Kind::Image(image), _) => Some((before + 1, image)),
            (Kind::Link(_), Some(Kind::Image(image))) => {
                (self.nodes()[before + 2].end == self.nodes()[before + 1].end).then_some((before + 2, image))
            }
            _ => None,
        }
    }

    /// Who says what a testimonial says; `None` where its title names nobody.
    #[must_use]
    pub fn speaker_of(&self, callout: NodeId) -> Option<Speaker> {
        let title = self.callout_title(callout)?;
        let text = self.plain_text_of(self.descendants(title));
        let (name, about) = text.split_once(',').unwrap_or((&text, ""));
        let (name, about) = (name.trim().to_string(), about.trim().to_string());
        (!name.is_empty()).then_some(Speaker { name, about })
    }

    /// The parts of a section: the headings of the first level that there is below its own.
    pub fn parts(&self, section: &Heading) -> impl Iterator<Item = &Heading> {
        let range = self.section(section);
        let from = self.headings.partition_point(|heading| heading.node < range.start);
        let inside = self.headings[from..].iter().take_while(move |heading| heading.node < range.end);
        let mut level = None;
        inside
            .filter(move |heading| heading.top_level && heading.level == *level.get_or_insert(heading.level))
    }

    /// The name with which a paragraph of an interview begins: `**Kim Berg:** …`, or with the colon behind the stars.
    #[must_use]
    pub fn speaker(&self, paragraph: NodeId) -> Option<String> {
        let nodes = self.nodes();
        if nodes.get(paragraph)?.kind != Kind::Paragraph || nodes.get(paragraph + 1)?.kind != Kind::Strong {
            return None;
        }
        let name = self.plain_text_of(self.descendants(paragraph + 1));
        let behind = nodes[paragraph + 1].end as usize;
        let has_colon = name.ends_with(':')
            || behind < nodes[paragraph].end as usize
                && matches!(nodes[behind].kind, Kind::Text(text) if self.text(text).starts_with(':'));
        let name = name.trim_end_matches(':').trim();
        (has_colon && !name.is_empty()).then(|| name.to_string())
    }

    /// Where it ends that somebody says what begins at a top-level paragraph: at the next that begins with a name, at the
    /// next heading, or at the end.
    #[must_use]
    pub fn speech_end(&self, paragraph: NodeId) -> NodeId {
        let rest = self.nodes()[paragraph].end as usize..self.nodes().len();
        let is_next = |id: &NodeId| {
            matches!(self.nodes()[*id].kind, Kind::Heading(_) | Kind::Footnote(_))
                || self.speaker(*id).is_some()
        };
        self.siblings(rest.clone()).find(is_next).unwrap_or(rest.end)
    }

    /// The film or the sound that a paragraph is, if it is nothing else: its node, its index in [`Body::links`], and what it
    /// plays.
    #[must_use]
    pub fn lone_media(&self, paragraph: NodeId) -> Option<(NodeId, u32, Media)> {
        let Kind::Image(index) = self.nodes().get(paragraph + 1)?.kind else { return None };
        let link = self.links.get(index as usize).filter(|link| link.is_alone)?;
        Some((paragraph + 1, index, media::media(&link.target)?))
    }

    /// The document of the site's own that a paragraph links to, if it is nothing else: the index of the link in
    /// [`Body::links`].
    #[must_use]
    pub fn lone_document(&self, paragraph: NodeId) -> Option<u32> {
        if self.nodes().get(paragraph)?.kind != Kind::Paragraph {
            return None;
        }
        let Kind::Link(index) = self.nodes().get(paragraph + 1)?.kind else { return None };
        let link = self.links.get(index as usize)?;
        let has_image =
            self.descendants(paragraph + 1).any(|id| matches!(self.nodes()[id].kind, Kind::Image(_)));
        (link.is_document() && !has_image).then_some(index)
    }

    /// The address of something that a service shows, if a paragraph is nothing else, with the image that it is to stand
    /// for, if the address has one: their indexes in [`Body::links`].
    #[must_use]
    pub fn lone_address(&self, paragraph: NodeId) -> Option<(u32, Option<u32>)> {
        let node = self.nodes().get(paragraph).filter(|node| node.kind == Kind::Paragraph)?;
        let Kind::Link(index) = self.nodes().get(paragraph + 1)?.kind else { return None };
        let link = self.links.get(index as usize).filter(|link| link.is_alone)?;
        let inside = self.nodes().get(paragraph + 2).filter(|inside| inside.end == node.end)?;
        match inside.kind {
            Kind::Image(image) => Some((index, Some(image))),
            Kind::Text(text) => {
                let bare = |text: &str| {
                    text.trim_start_matches("https://").trim_start_matches("http://").to_string()
                };
                (bare(self.text(text)) == bare(&link.target)).then_some((index, None))
            }
            _ => None,
        }
    }

    /// Does the text have the words of its films and sound itself, in a section with that role?
    #[must_use]
    pub fn has_transcript(&self) -> bool {
        self.headings.iter().any(|heading| heading.role == Some(Role::Transcript))
    }

    /// What of services the text shows: where each address is written, and what it stands for.
    pub fn foreign_embeds(&self) -> impl Iterator<Item = (Span, embeds::AddressMatch)> {
        let is_any = self.links.iter().any(|link| link.is_alone);
        let paragraphs = self.children(None).take_while(move |_| is_any);
        paragraphs.filter_map(|paragraph| {
            let link = &self.links[self.lone_address(paragraph)?.0 as usize];
            Some((link.target_span, embeds::find(&link.target)?))
        })
    }

    /// What a page with this text has to load for its blocks.
    #[must_use]
    pub fn uses(&self) -> Uses {
        let callouts = self.callouts.iter().map(|callout| callout.type_name().into_owned());
        let mut uses = Uses { callouts: callouts.collect(), ..Uses::default() };
        uses.callouts.sort_unstable();
        uses.callouts.dedup();
        let is_more = |callout: &Callout| !callout.kind.is_github() || callout.fold.is_some();
        uses.style = self.callouts.iter().any(is_more) || self.links.iter().any(|link| link.is_button);
        uses.embeds = self.foreign_embeds().any(|(_, found)| matches!(found, embeds::AddressMatch::Embed(_)));
        uses.style |= self.embeds.iter().any(|embed| embed.kind == EmbedKind::Offer);
        uses.players = self.links.iter().any(|link| link.is_alone && media::media(&link.target).is_some());
        let documents = self.links.iter().filter(|link| link.is_document());
        let name = |link: &RawLink| media::file_name(&percent::decode(&link.target)).to_string();
        uses.documents = documents.map(name).collect();
        uses.style |= uses.embeds || uses.players || !uses.documents.is_empty();
        for role in
            self.headings.iter().filter(|heading| heading.top_level).filter_map(|heading| heading.role)
        {
            uses.style |= role.has_style();
            uses.tabs |= role == Role::Tabs;
            uses.worksheet |= role == Role::Questions;
        }
        uses
    }
}
