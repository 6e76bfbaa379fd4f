//! What was meant as Markdown or markup and came out as text, told at its place. One walk over the parsed text, which
//! looks at words only: nothing in code is a slip. `lines` looks at how lines begin, `signs` and `marks` at what is in
//! them (`emoji` and `maths` at those of their own), `blocks` at whole blocks, `code` at what is behind fences, `tags` tells of raw HTML, and `front` of titles. Start with [`check`].

mod blocks;
mod code;
mod emoji;
mod front;
mod lines;
mod marks;
mod maths;
mod signs;
mod tags;
mod words;

use memchr::memchr2;

use super::PageKind;
use super::body::{Body, Kind, Node, NodeId};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};

pub(super) use front::check_front_matter;
pub(super) use tags::check_tags;

/// Tells what readers of `body` would see as raw signs. `source` is the whole file at `path`.
pub(super) fn check((path, kind): (&str, PageKind), source: &str, body: &Body, out: &mut Diagnostics) {
    let mut walk = Walk {
        path,
        kind,
        source,
        body,
        out,
        paragraph: None,
        run: None,
        has_open_stars: false,
        formula_until: 0,
    };
    let (mut code_until, mut quote_until, mut images_until) = (0, 0, 0);
    for (id, node) in body.nodes().iter().enumerate() {
        match node.kind {
            Kind::CodeBlock(info) => {
                code_until = node.end as usize;
                walk.open_fence(node);
                walk.code(id, body.text(info));
            }
            Kind::Image(_) => {
                images_until = node.end as usize;
                walk.sized_image(node);
            }
            Kind::Heading(_) => walk.second_front(id),
            Kind::Quote | Kind::Callout(_) => quote_until = quote_until.max(node.end as usize),
            Kind::Paragraph | Kind::Item => {
                walk.run = None;
                walk.paragraph = (node.kind == Kind::Paragraph).then_some(id);
            }
            Kind::Text(text) if id >= code_until.max(images_until) => {
                let at = At { text: body.text(text), start: node.span.range().start };
                if walk.begins_line(id) {
                    walk.line(id, &at);
                    if id < quote_until {
                        walk.check_quote_continuation(&at);
                    }
                }
                walk.words(&at);
            }
            _ => {}
        }
    }
}

/// A name as placeholders have it: `First name` is `first_name`.
fn placeholder(name: &str) -> String {
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join("_")
}

/// A text and where it begins in the file.
struct At<'t> {
    text: &'t str,
    start: usize,
}

/// No link or mark is longer, in bytes; so a line of nothing but brackets takes no longer than others.
const LONGEST: usize = 600;

/// A place to report: where it begins, and its bytes.
type Place = (usize, usize);

struct Walk<'a> {
    path: &'a str,
    kind: PageKind,
    source: &'a str,
    body: &'a Body,
    out: &'a mut Diagnostics,
    /// The last paragraph that has begun, if it isn't followed by an item.
    paragraph: Option<NodeId>,
    /// The line before, where it looks like one of several items.
    run: Option<lines::Run>,
    /// Have stars been told that were to begin bold words?
    has_open_stars: bool,
    /// Where the last formula ends that was told.
    formula_until: usize,
}

impl<'a> Walk<'a> {
    /// Does the text begin a line of a paragraph or item? One whose first sign has a backslash is meant as it is.
    fn begins_line(&self, id: NodeId) -> bool {
        let nodes = self.body.nodes();
        let is_start = id.checked_sub(1).is_some_and(|before| {
            matches!(nodes[before].kind, Kind::Paragraph | Kind::Item | Kind::SoftBreak | Kind::HardBreak)
        });
        is_start && !self.is_escaped(nodes[id].span.range().start)
    }

    /// Is it in a paragraph at the top level, where a change of its first sign changes nothing else?
    fn is_plain(&self, id: NodeId) -> bool {
        let paragraph = self.paragraph.map(|paragraph| &self.body.nodes()[paragraph]);
        paragraph.filter(|paragraph| paragraph.end as usize > id).is_some_and(|paragraph| {
            let start = paragraph.span.range().start;
            start == 0 || self.source[..start].ends_with('\n')
        })
    }

    /// The node after `id` in the same block.
    fn next(&self, id: NodeId) -> Option<&'a Node> {
        self.body.nodes().get(id + 1).filter(|node| node.kind.is_inline())
    }

    fn is_escaped(&self, at: usize) -> bool {
        self.source.get(..at).is_some_and(|before| before.ends_with('\\'))
    }

    /// The rest of the line in the file, as far as anybody looks.
    fn rest_of_line(&self, at: usize) -> &'a str {
        let rest = self.source.get(at..).unwrap_or_default();
        let rest = &rest[..rest.floor_char_boundary(LONGEST)];
        &rest[..memchr2(b'\r', b'\n', rest.as_bytes()).unwrap_or(rest.len())]
    }

    fn report(&mut self, code: Code, place: Place, said: (impl Into<String>, impl Into<String>)) {
        let problem = self.problem(code, place, said);
        self.out.push(problem);
    }

    /// The same with what has to be written instead.
    fn report_fixed(&mut self, place: Place, said: (impl Into<String>, impl Into<String>), new: String) {
        let span = Span::new(place.0, place.0 + place.1);
        let old = self.source.get(span.range()).unwrap_or_default();
        let problem = self.problem(Code::AlmostMarkdown, place, said).fix(span, old, new);
        self.out.push(problem);
    }

    fn problem(
        &self,
        code: Code,
        (start, length): Place,
        (message, help): (impl Into<String>, impl Into<String>),
    ) -> Diagnostic {
        Diagnostic::new(code, message).at(self.path, Span::new(start, start + length)).help(help)
    }
}

#[cfg(test)]
mod tests;
