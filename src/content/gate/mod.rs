//! Where a page's open text ends and its gated text begins.
//!
//! Search, feeds, excerpts and social cards take a [`PublicBody`]; a [`GatedBody`] is another type, and only `divide`
//! makes either. The two share nothing: each has the blocks, links, headings and footnotes of its own part alone.

mod across;

use std::ops::Range;

use super::body::{AlmostDivider, Body, Kind, Likeness, NodeId};
use super::front_matter::GateMeta;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};

/// The id of the element that stands in the place of what is sealed. No heading has a colon in its id.
pub const ANCHOR: &str = "gate:";

/// The text that everybody may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicBody {
    body: Body,
    gate: Option<NodeId>,
}

impl PublicBody {
    fn entire(body: Body) -> Self {
        Self { body, gate: None }
    }

    /// The text as a tree; it has nothing of the other part.
    #[must_use]
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// The first top-level block behind the gate, where there is one.
    #[must_use]
    pub fn behind_gate(&self) -> Option<NodeId> {
        self.gate
    }
}

/// The text behind a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatedBody(Body);

impl GatedBody {
    /// The tree. Whoever calls this must seal what they make of it.
    #[must_use]
    pub fn secret(&self) -> &Body {
        &self.0
    }

    /// Is there a block of code in it that has colours, a title or marked lines? That much the page says before it is opened: it loads what blocks of code need.
    #[must_use]
    pub fn has_code(&self) -> bool {
        self.0.has_code()
    }
}

/// A file that gated text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileUse {
    /// Its path from the site's root.
    pub path: String,
    /// What the text does with the file.
    pub usage: Usage,
    /// Where the text names it.
    pub span: Span,
}

/// What gated text names a file for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Usage {
    /// To show it as an image.
    Image,
    /// To play it, or to show it in a way that only a file with an address can be shown.
    Media,
    /// To link to it, so that readers download it.
    Link,
    /// It is what the gate gives away.
    Download,
}

/// The text of a page, divided at its gate.
#[allow(clippy::large_enum_variant, reason = "nearly all pages are open")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// Everybody may read all of it.
    Open(PublicBody),
    /// A part of it is behind a form.
    Gated(Box<Gated>),
}

/// A text of which a part is behind a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gated {
    /// The open part, before and after what is gated.
    teaser: PublicBody,
    /// The part behind the form.
    rest: GatedBody,
    /// The whole text, as it would be without a gate.
    whole: PublicBody,
}

impl Text {
    /// What everybody may read: all of a text without a gate, otherwise its open part.
    #[must_use]
    pub fn open(&self) -> &PublicBody {
        match self {
            Self::Open(body) => body,
            Self::Gated(gated) => &gated.teaser,
        }
    }

    /// The part behind the form, where there is one.
    #[must_use]
    pub fn gated(&self) -> Option<&GatedBody> {
        match self {
            Self::Open(_) => None,
            Self::Gated(gated) => Some(&gated.rest),
        }
    }

    /// All of it, as it would be without a gate: for those who need not be asked, and for what an author is told.
    #[must_use]
    pub fn entire(&self) -> &PublicBody {
        match self {
            Self::Open(body) => body,
            Self::Gated(gated) => &gated.whole,
        }
    }

    /// How many words both parts have together.
    pub(super) fn words(&self) -> usize {
        let rest = self.gated().map_or(0, |rest| rest.0.word_count());
        self.open().body.word_count() + rest
    }

    fn sealed(body: Body) -> Self {
        let (teaser, rest) = (PublicBody::entire(Body::default()), GatedBody(body.clone()));
        Self::Gated(Box::new(Gated { teaser, rest, whole: PublicBody::entire(body) }))
    }
}

/// Divides a text at `<!-- gate -->` (and `<!-- /gate -->`, where the sealed part ends early).
///
/// A text without the divider is public as a whole, unless its front matter has a gate: then the mistake is reported
/// and all of it counts as gated, so that nothing leaks by a forgotten line. So it does when something is almost a
/// divider, whether there is a gate or not.
pub(super) fn divide(
    body: Body,
    (path, gate): (&str, Option<&GateMeta>),
    diagnostics: &mut Diagnostics,
) -> Text {
    let mut told = DividerReport { path, diagnostics, any: false };
    let has_divider = body.children(None).any(|id| body.comment(id) == Some("gate"));
    let at_least = match gate {
        Some(_) if !has_divider => Likeness::Perhaps,
        _ => Likeness::Surely,
    };
    report_misplaced(&body, &mut told);
    for almost in body.almost_dividers().iter().filter(|almost| almost.likeness >= at_least) {
        told.almost(almost);
    }
    let divided = Divided::find(&body, &mut told);
    match gate {
        None => {
            if let Some(span) = divided.opened {
                told.push(
                    span,
                    "this page has a gate line, but no `gate:` in its front matter",
                    "add `gate: {form: …}`",
                );
            }
        }
        Some(gate) if divided.opened.is_none() && gate.download.is_none() && !told.any => told.push(
            gate.span,
            "this page has `gate:`, but no gate line that says where the gated part begins",
            "write `<!-- gate -->` on its own line where it begins",
        ),
        Some(_) => {}
    }
    // Where an author's words aren't clear, all of them may be meant to be sealed.
    if told.any {
        return Text::sealed(body);
    }
    if gate.is_none() {
        return Text::Open(PublicBody::entire(body));
    }
    let teaser = teaser(&body, &divided.open, divided.sealed.first());
    if divided.sealed.is_empty() {
        return Text::Open(teaser);
    }
    if across::report(teaser.body(), &divided.bytes(), path, diagnostics) {
        return Text::sealed(body);
    }
    let rest = GatedBody(body.extract(&divided.sealed));
    let all: Vec<NodeId> = body.children(None).filter(|id| !is_divider(&body, *id)).collect();
    Text::Gated(Box::new(Gated { teaser, rest, whole: PublicBody::entire(body.extract(&all)) }))
}

/// What has been said of a file's dividers.
struct DividerReport<'a> {
    path: &'a str,
    diagnostics: &'a mut Diagnostics,
    any: bool,
}

impl DividerReport<'_> {
    fn push(&mut self, span: Span, message: &str, help: &str) {
        self.any = true;
        let problem = Diagnostic::new(Code::GateDivider, message).at(self.path, span);
        self.diagnostics.push(problem.help(help));
    }

    fn almost(&mut self, almost: &AlmostDivider) {
        let right = if almost.is_end { "<!-- /gate -->" } else { "<!-- gate -->" };
        if almost.is_code {
            return self.push(
                almost.span,
                "this looks like a gate line, but it is written as code",
                &format!("write `{right}` on its own line, not indented, with nothing around it"),
            );
        }
        self.any = true;
        let message = "this is almost a gate line, but not quite";
        let problem = Diagnostic::new(Code::GateDivider, message).at(self.path, almost.span);
        self.diagnostics.push(
            problem.help(format!("did you mean `{right}`?")).help("if it is a note, word it differently"),
        );
    }
}

/// Reports dividers that aren't blocks of their own.
fn report_misplaced(body: &Body, told: &mut DividerReport<'_>) {
    for (id, comment) in body.nested_comments() {
        if matches!(comment, "gate" | "/gate") {
            told.push(
                body.nodes()[id].span,
                "the gate line is inside a list, a quotation or another block",
                "move it to its own line, with an empty line before and after, outside any list or quotation",
            );
        }
    }
}

/// The top-level blocks of a text on either side of its dividers.
#[derive(Default)]
struct Divided {
    open: Vec<NodeId>,
    sealed: Vec<NodeId>,
    opened: Option<Span>,
    closed: Option<Span>,
}

impl Divided {
    fn find(body: &Body, told: &mut DividerReport<'_>) -> Self {
        let mut found = Self::default();
        for id in body.children(None) {
            let span = body.nodes()[id].span;
            match body.comment(id) {
                Some("gate") if found.opened.is_some() => told.push(
                    span,
                    "this is a second gate line",
                    "a page can have only one gate; remove one of them",
                ),
                Some("gate") => found.opened = Some(span),
                Some("/gate") if found.opened.is_none() || found.closed.is_some() => told.push(
                    span,
                    "the gate ends here, but it hasn't begun",
                    "write `<!-- gate -->` where it begins",
                ),
                Some("/gate") => found.closed = Some(span),
                _ if found.opened.is_some() && found.closed.is_none() => found.sealed.push(id),
                _ => found.open.push(id),
            }
        }
        found
    }

    /// The bytes of the file that are gated: definitions of links are no blocks, so where they are written decides.
    fn bytes(&self) -> Range<usize> {
        let begin = self.opened.map_or(0, |opened| opened.range().end);
        begin..self.closed.map_or(usize::MAX, |closed| closed.range().start)
    }
}

fn is_divider(body: &Body, id: NodeId) -> bool {
    matches!(body.comment(id), Some("gate" | "/gate"))
}

/// The open blocks, with the place of the first sealed one among them.
fn teaser(body: &Body, open: &[NodeId], sealed: Option<&NodeId>) -> PublicBody {
    // Footnotes go to the end of what is extracted, wherever they are defined.
    let is_shown = |id: &&NodeId| !matches!(body.nodes()[**id].kind, Kind::Footnote(_));
    let before = |first: &NodeId| open.iter().filter(|id| *id < first).filter(is_shown).count();
    let extracted = body.extract(open);
    let gate = sealed.and_then(|first| {
        let behind = extracted.children(None).nth(before(first))?;
        (!matches!(extracted.nodes()[behind].kind, Kind::Footnote(_))).then_some(behind)
    });
    PublicBody { body: extracted, gate }
}

#[cfg(test)]
mod tests;
