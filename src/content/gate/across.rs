//! What the open text takes from the gated part: footnotes, and addresses of links and pictures.
//!
//! Markdown finds a footnote's text and a link's definition wherever they are written. So a mark before the gate would
//! bring out what is written after it.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::content::body::{Body, Kind};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};

/// Reports each footnote and each definition within the bytes `gated` of the file at `path` that `open`, cut out of the
/// whole text, shows or links to: once, with both places. Says whether there is one.
pub(super) fn report(open: &Body, gated: &Range<usize>, path: &str, diagnostics: &mut Diagnostics) -> bool {
    let is_gated = |span: Span| gated.contains(&span.range().start);
    let mut told = BTreeSet::new();
    for node in open.nodes() {
        let (definition, message, help, label) = match node.kind {
            Kind::FootnoteRef(footnote) => {
                let info = &open.footnotes[footnote as usize];
                let Some(text) = info.node else { continue };
                (
                    open.nodes()[text].span,
                    format!(
                        "the open text shows the footnote `[^{}]`, which is written in the gated part",
                        info.label
                    ),
                    "move the footnote's text before `<!-- gate -->` if everyone may read it; otherwise remove its \
                     mark from the open text",
                    "the footnote's text",
                )
            }
            Kind::Link(link) | Kind::Image(link) => {
                let Some(definition) = open.links[link as usize].definition else { continue };
                let what = if matches!(node.kind, Kind::Image(_)) { "image" } else { "link" };
                (
                    definition,
                    format!("this {what} is in the open text, but its URL is written in the gated part"),
                    "move the line with the URL before `<!-- gate -->` if everyone may know it; otherwise write \
                     another URL here",
                    "the URL",
                )
            }
            _ => continue,
        };
        if is_gated(definition) && told.insert(definition.range().start) {
            let problem = Diagnostic::new(Code::GatedDefinition, message).at(path, node.span).help(help);
            diagnostics.push(problem.related(path, Some(first_line(definition)), label));
        }
    }
    !told.is_empty()
}

/// Only where it begins: a footnote may be pages long.
fn first_line(definition: Span) -> Span {
    let Range { start, end } = definition.range();
    Span::new(start, end.min(start + 1))
}
