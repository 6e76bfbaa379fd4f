//! The part of a link after `#`: the heading or embed that it means, or the one that was likely meant.

use super::{Resolver, anchors, is_top};
use crate::content::body::{Body, EmbedKind};
use crate::content::markup;
use crate::diag::{Code, Diagnostic, Span};
use crate::site::{Page, Site};

/// So many broken links of a page are told with the heading that was likely meant: whoever has more has lost a text.
const GUESSES: usize = 100;

impl<'a, 'k> Resolver<'a, 'k> {
    /// Reports a part of a page that isn't there; the first few times with the nearest heading.
    pub(super) fn no_fragment(&mut self, span: Span, target: &Page, wanted: &str) {
        self.guesses += 1;
        let guess = if self.guesses <= GUESSES { Guess::Heading } else { Guess::Nothing };
        self.diagnostics.push(no_fragment((self.from.path, span), target, wanted, guess));
    }

    /// The id on the target page: the one that is named, or that of the heading in its place where the translation
    /// has the same headings.
    pub(super) fn fragment(&self, target: &Page, wanted: &str) -> Option<String> {
        if self.known.has_fragment(target, wanted) {
            return Some(wanted.to_string());
        }
        let own = &target.body().headings;
        target.translations.iter().filter(|id| **id != target.id).find_map(|id| {
            let others = &self.site.page(*id).body().headings;
            let same_shape =
                own.len() == others.len() && own.iter().zip(others).all(|(a, b)| a.level == b.level);
            let index = others.iter().position(|heading| heading.id == wanted).filter(|_| same_shape)?;
            Some(own[index].id.clone())
        })
    }
}

/// Does the page's open text have this id?
pub(in crate::links) fn has_fragment(site: &Site, page: &Page, id: &str) -> bool {
    let body = page.body();
    body.headings.iter().any(|heading| heading.id == id)
        || has_embed(body, id)
        || is_top(id)
        || anchors(site, body).any(|anchor| anchor == id)
}

/// Is it the id of a form, an assessment, a calculator or a survey? A script has none: not every edition shows it.
pub(super) fn has_embed(body: &Body, id: &str) -> bool {
    let has = |kind: EmbedKind, between: char| {
        let name = id.strip_prefix(kind.name()).and_then(|rest| rest.strip_prefix(between));
        name.is_some_and(|name| body.embeds.iter().any(|embed| embed.kind == kind && embed.name == name))
    };
    let with_colon =
        [EmbedKind::Assessment, EmbedKind::Calculator, EmbedKind::Survey, EmbedKind::SurveyResults];
    has(EmbedKind::Form, '-') || with_colon.into_iter().any(|kind| has(kind, ':'))
}

/// The ids of the headings behind the page's gate.
pub(super) fn gated_headings(page: &Page) -> impl Iterator<Item = &str> {
    let gated = page.gated().map(|gated| gated.secret());
    gated.into_iter().flat_map(|body| body.headings.iter().map(|heading| heading.id.as_str()))
}

/// Is it said what a fragment may have been meant to be?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::links) enum Guess {
    /// The nearest heading, which looks at all of them.
    Heading,
    /// Nothing is said, which costs nothing.
    Nothing,
}

/// The report of a fragment that is not there, at a place in a file.
pub(in crate::links) fn no_fragment(at: (&str, Span), target: &Page, id: &str, guess: Guess) -> Diagnostic {
    let headings = &target.body().headings;
    let mut problem =
        Diagnostic::new(Code::BrokenFragment, format!("`{}` has no heading `#{id}`", target.path()))
            .at(at.0, at.1);
    if guess == Guess::Heading {
        problem = problem.suggest(id, headings.iter().map(|heading| heading.id.as_str()));
    }
    let gated = target.gated().map(|gated| gated.secret());
    let mut gated_anchors = gated.into_iter().flat_map(Body::raw_html).flat_map(markup::anchors);
    let is_gated = gated_headings(target).any(|heading| heading == id);
    if is_gated {
        problem.help("that heading is behind the page's gate; link to the page itself")
    } else if guess == Guess::Heading && gated_anchors.any(|anchor| anchor == id) {
        problem.help("the element with that id is behind the page's gate; link to the page itself")
    } else {
        problem.help("a heading's id is its text in lower case with hyphens; `## Title {#id}` sets another")
    }
}
