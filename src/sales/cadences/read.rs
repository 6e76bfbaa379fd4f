//! A plan's page, read: each heading of the second level that says when and what, with what is below it.

use std::collections::BTreeMap;

use super::words::{self, HeadingPart, Reading};
use super::{Cadence, CadenceInputs, Touch, TouchKind};
use crate::content::PageKind;
use crate::content::body::{Body, Heading, Kind, NodeId};
use crate::content::front_matter::cadence::CadenceMeta;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::sales::mails::names::PlaceholderNames;
use crate::sales::mails::plain_text_of;
use crate::site::{Page, PageId, Site};

/// Reads a plan, and where each of its touches stands in the file. Headings that can't be read are reported.
pub(super) fn read(
    site: &Site,
    (page, meta): (&Page, &CadenceMeta),
    (known, names): (&CadenceInputs<'_>, &PlaceholderNames<'_>),
    diagnostics: &mut Diagnostics,
) -> (Cadence, Vec<Span>) {
    let body = page.body();
    let language = &site.config().languages[page.lang()].code;
    let mut reader = CadenceReader { site, page, body, known, diagnostics, count: BTreeMap::new() };
    let (mut touches, mut places) = (Vec::new(), Vec::new());
    for heading in body.headings.iter().filter(|heading| heading.top_level && heading.level == 2) {
        let span = body.nodes()[heading.node].span;
        match words::read(&heading.text, language) {
            Reading::Other => {}
            Reading::Unclear(part) => reader.diagnostics.push(unclear(&part, language).at(page.path(), span)),
            Reading::Touch(said) => {
                touches.push(reader.touch(heading, said));
                places.push(span);
            }
        }
    }
    let texts: Vec<&str> = touches.iter().flat_map(|touch| [touch.message.as_str(), &touch.notes]).collect();
    let mut placeholders = names.used_in(page, &texts);
    let mails = touches.iter().filter_map(|touch| known.mails.of_page(touch.mail?));
    for placeholder in mails.flat_map(|mail| &mail.placeholders) {
        if !placeholders.iter().any(|each| each.name == placeholder.name) {
            placeholders.push(placeholder.clone());
        }
    }
    let per_week = meta.per_week.as_ref().map(|most| most.value);
    (Cadence { page: page.id, count: meta.count, per_week, touches, placeholders }, places)
}

struct CadenceReader<'a> {
    site: &'a Site,
    page: &'a Page,
    body: &'a Body,
    known: &'a CadenceInputs<'a>,
    diagnostics: &'a mut Diagnostics,
    /// How many there are of each kind so far.
    count: BTreeMap<TouchKind, usize>,
}

impl CadenceReader<'_> {
    fn touch(&mut self, heading: &Heading, said: words::TouchHeading) -> Touch {
        let count = self.count.entry(said.kind).or_default();
        *count += 1;
        let id =
            if heading.explicit_id { heading.id.clone() } else { format!("{}-{count}", said.kind.name()) };
        let section = self.body.section(heading);
        let wanted = match said.kind {
            TouchKind::Call => Some(PageKind::Script),
            TouchKind::Email => Some(PageKind::Mail),
            _ => None,
        };
        let (link, page) = wanted.and_then(|kind| self.linked(section.clone(), kind)).unzip();
        let is_message = matches!(said.kind, TouchKind::LinkedIn | TouchKind::Text);
        let (mut message, mut notes) = (Vec::new(), Vec::new());
        let blocks: Vec<NodeId> = self.body.siblings(section).collect();
        for block in blocks {
            let kind = self.body.nodes()[block].kind;
            if is_message && kind == Kind::Quote {
                message.push(self.message(block));
            } else if !self.is_only(block, link) {
                notes.push(self.note(block));
            }
        }
        let joined = |parts: Vec<String>| {
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
        };
        Touch {
            id,
            day: said.day,
            kind: said.kind,
            time: said.time,
            title: heading.text.clone(),
            message: joined(message),
            notes: joined(notes),
            script: page.filter(|_| said.kind == TouchKind::Call),
            mail: page.filter(|_| said.kind == TouchKind::Email),
        }
    }

    /// The first link below a heading that leads to a page of a kind, by its index.
    fn linked(&self, section: std::ops::Range<NodeId>, kind: PageKind) -> Option<(u32, PageId)> {
        section
            .filter_map(|node| match self.body.nodes()[node].kind {
                Kind::Link(link) => Some((link, (self.known.page)(self.page.id, link)?)),
                _ => None,
            })
            .find(|(_, page)| self.site.page(*page).kind() == kind)
    }

    /// Is a block nothing but the link that a button stands for?
    fn is_only(&self, block: NodeId, link: Option<u32>) -> bool {
        let mut inside = self.body.siblings(self.body.descendants(block));
        link.is_some_and(|link| {
            self.body.nodes()[block].kind == Kind::Paragraph
                && inside.next().is_some_and(|node| self.body.nodes()[node].kind == Kind::Link(link))
                && inside.next().is_none()
        })
    }

    /// What somebody outside gets to read.
    fn message(&mut self, quote: NodeId) -> String {
        let Self { page, body, known, diagnostics, .. } = self;
        plain_text_of(body, body.descendants(quote), &mut |link| {
            (known.link)(page.id, link).unwrap_or_else(|problem| {
                diagnostics.push(problem.at(page.path(), body.links[link as usize].target_span));
                None
            })
        })
    }

    /// A note as plain text: what whoever does it should know, placeholders in their braces.
    fn note(&self, block: NodeId) -> String {
        let node = self.body.nodes()[block];
        let range = match node.kind {
            Kind::Quote | Kind::Callout(_) => self.body.descendants(block),
            _ => block..node.end as usize,
        };
        plain_text_of(self.body, range, &mut |link| match (self.known.page)(self.page.id, link) {
            Some(page) => Some(self.site.permalink(&self.site.page(page).url)),
            None => (self.known.link)(self.page.id, link).ok().flatten(),
        })
    }
}

fn unclear(part: &HeadingPart, language: &str) -> Diagnostic {
    let message = match part {
        HeadingPart::Day => "the day of this touch can't be read".to_string(),
        HeadingPart::Kind(what) if what.is_empty() => "this touch doesn't say what is done".to_string(),
        HeadingPart::Kind(what) => format!("`{what}` is nothing that a plan knows how to do"),
        HeadingPart::Time(time) => format!("`{time}` isn't a time of day"),
    };
    let help = match part {
        HeadingPart::Day => "write a number from 0 to 366: `## Day 3: Email`".to_string(),
        HeadingPart::Kind(_) => format!("write one of {}", words::examples(language)),
        HeadingPart::Time(_) => "write `(9:30)`, or a part of the day such as `(morning)`".to_string(),
    };
    Diagnostic::new(Code::UnclearTouch, message).help(help)
}
