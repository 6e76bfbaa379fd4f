//! Where a page's open text ends and its gated text begins.
//!
//! Search, feeds, excerpts and social cards take a [`PublicBody`]; a [`GatedBody`] is another type, and only [`split`]
//! makes either. The two share nothing: each has the blocks, links, headings and footnotes of its own part alone.

mod across;

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::parse::Document;
use crate::parse::body::{Body, Kind, NodeId};

/// The id of the element that stands in the place of what is sealed. No heading has a colon in its id.
pub const ANCHOR: &str = "gate:";

/// The text that everybody may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicBody {
    body: Body,
    gate: Option<NodeId>,
}

impl PublicBody {
    /// No text at all, for a page that has no file.
    #[must_use]
    pub fn empty() -> Self {
        Self::whole(Body::default())
    }

    fn whole(body: Body) -> Self {
        Self { body, gate: None }
    }

    /// The tree.
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
}

/// A file that gated text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileUse {
    /// Its path from the site's root.
    pub path: String,
    /// What for.
    pub usage: Usage,
    /// Where.
    pub span: Span,
}

/// What gated text names a file for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Usage {
    /// To show it.
    Image,
    /// To link to it.
    Link,
    /// It is what the gate gives away.
    Download,
}

/// A text, divided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// What everybody may read.
    pub public: PublicBody,
    /// What is behind the form, where there is something.
    pub gated: Option<Gated>,
}

/// What is behind a form, and the text with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gated {
    /// The part behind the form.
    pub part: GatedBody,
    /// The whole text, as it would be without a gate: for those who need not be asked.
    pub opened: PublicBody,
}

impl Parts {
    fn open(body: Body) -> Self {
        Self { public: PublicBody::whole(body), gated: None }
    }

    fn sealed(body: Body) -> Self {
        let gated = Gated { part: GatedBody(body.clone()), opened: PublicBody::whole(body) };
        Self { public: PublicBody::empty(), gated: Some(gated) }
    }
}

/// Divides a document's text at `<!-- gate -->` (and `<!-- /gate -->`, where the sealed part ends early).
///
/// A text without the divider is public as a whole, unless its front matter has a gate: then the mistake is reported
/// and all of it counts as gated, so that nothing leaks by a forgotten line.
#[must_use]
pub fn split(document: &mut Document, diagnostics: &mut Diagnostics) -> Parts {
    let body = std::mem::take(&mut document.body);
    let path = &document.place.path;
    let mut is_reported = false;
    let mut report = |span: Span, message: &str, help: &str| {
        is_reported = true;
        diagnostics.push(Diagnostic::new(Code::GateMarker, message).at(path, span).help(help));
    };
    for (id, comment) in body.nested_comments() {
        if matches!(comment, "gate" | "/gate") {
            report(
                body.nodes()[id].span,
                "the gate's divider stands inside a list, a quote or another block",
                "move it to a line of its own, with an empty line before and after, outside any list or quote",
            );
        }
    }
    let (mut open, mut sealed): (Vec<NodeId>, Vec<NodeId>) = (Vec::new(), Vec::new());
    let mut opened: Option<Span> = None;
    let mut closed: Option<Span> = None;
    for id in body.children(None) {
        let span = body.nodes()[id].span;
        match body.comment(id) {
            Some("gate") if opened.is_some() => {
                report(
                    span,
                    "the gate's divider stands here a second time",
                    "a page has one gate; remove one of them",
                );
            }
            Some("gate") => opened = Some(span),
            Some("/gate") if opened.is_none() || closed.is_some() => {
                report(
                    span,
                    "the gate ends here, but it has not begun",
                    "write `<!-- gate -->` where it begins",
                );
            }
            Some("/gate") => closed = Some(span),
            // `<!-- Gate -->` must not leave open what was meant to be sealed.
            Some(other) if other.trim_start_matches('/').trim().eq_ignore_ascii_case("gate") => {
                let right = if other.starts_with('/') { "<!-- /gate -->" } else { "<!-- gate -->" };
                report(
                    span,
                    "this is not the gate's divider, only much like it",
                    &format!("did you mean `{right}`?"),
                );
            }
            _ if opened.is_some() && closed.is_none() => sealed.push(id),
            _ => open.push(id),
        }
    }
    let Some(gate) = &document.meta.gate else {
        if let Some(span) = opened {
            report(
                span,
                "this page has a gate's divider, but no `gate:` in its front matter",
                "add `gate: {form: …}`",
            );
            return Parts::sealed(body);
        }
        return Parts::open(body);
    };
    if opened.is_none() && (is_reported || gate.download.is_none()) {
        if !is_reported {
            diagnostics.push(
                Diagnostic::new(
                    Code::GateMarker,
                    "this page has `gate:`, but no line that says where the gated part begins",
                )
                .at(path, gate.span)
                .help("write `<!-- gate -->` on a line of its own where it begins"),
            );
        }
        return Parts::sealed(body);
    }
    let public = public(&body, &open, sealed.first());
    if sealed.is_empty() {
        return Parts { public, gated: None };
    }
    // Definitions of links are no blocks, so where they are written decides.
    let end = closed.map_or(usize::MAX, |closed| closed.range().start);
    let gated = opened.map_or(0, |opened| opened.range().end)..end;
    if across::report(public.body(), &gated, path, diagnostics) {
        return Parts::sealed(body);
    }
    let sealed = body.extract(&sealed);
    let whole: Vec<NodeId> = body.children(None).filter(|id| !is_divider(&body, *id)).collect();
    let gated = Gated { part: GatedBody(sealed), opened: PublicBody::whole(body.extract(&whole)) };
    Parts { public, gated: Some(gated) }
}

fn is_divider(body: &Body, id: NodeId) -> bool {
    matches!(body.comment(id), Some("gate" | "/gate"))
}

/// The open blocks, with the place of the first sealed one among them.
fn public(body: &Body, open: &[NodeId], sealed: Option<&NodeId>) -> PublicBody {
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
