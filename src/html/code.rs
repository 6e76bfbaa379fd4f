//! Blocks of code, with the colours of their language, the lines to mark and their title.

use super::{
    Close, Kind, NodeId, TextPiece, TextRef, Writer, escape_attribute, escape_text, placeholder_pieces,
};
use crate::content::code::CodeInfo;
use crate::highlight::{self, Class, Piece};

/// How often as long as its source the HTML of code may be. Where it would be longer, less has a colour.
const MOST: usize = 4;

/// Shorter code, in bytes, has all of its colours: they cost a reader next to nothing.
const SHORT: usize = 500;

impl Writer<'_> {
    /// Writes a block of code, or its beginning where its text is written as any other.
    pub(super) fn code_block(&mut self, id: NodeId, info: TextRef) -> Option<Close> {
        self.new_line();
        let info = self.body.text(info);
        if self.style.commonmark {
            let language = info.split_ascii_whitespace().next().unwrap_or_default();
            self.begin_code("<pre><code", language);
            return Some(Close::Tag("</code></pre>\n"));
        }
        let info = CodeInfo::read(info);
        if let Some(title) = info.title {
            self.out.push_str("<figure class=\"code\"><figcaption>");
            escape_text(title, self.out);
            self.out.push_str("</figcaption>");
        }
        // Long lines scroll sideways, which the keyboard must be able to do too.
        self.begin_code("<pre tabindex=\"0\"><code", info.language);
        let close = if info.title.is_some() { "</code></pre></figure>\n" } else { "</code></pre>\n" };
        if !self.colour(id, &info) {
            return Some(Close::Tag(close));
        }
        self.out.push_str(close);
        None
    }

    fn begin_code(&mut self, tags: &str, language: &str) {
        self.out.push_str(tags);
        if !language.is_empty() {
            self.out.push_str(" class=\"language-");
            escape_attribute(language, self.out);
            self.out.push('"');
        }
        self.out.push('>');
    }

    /// Writes the code where it has colours or marked lines. Readers elsewhere have no style sheet for colours.
    fn colour(&mut self, id: NodeId, info: &CodeInfo<'_>) -> bool {
        let node = &self.body.nodes()[id];
        let Some(Kind::Text(text)) = self.body.nodes().get(id + 1).map(|text| text.kind) else {
            return false;
        };
        let code = self.body.text(text);
        let is_filled_in = || {
            code.contains("{{")
                && placeholder_pieces(code).into_iter().any(|piece| match piece {
                    TextPiece::Placeholder(name) => self.targets.placeholder(name).is_some(),
                    _ => false,
                })
        };
        if node.end as usize != id + 2 || self.until.is_some_and(|(node, _)| node == id + 1) || is_filled_in()
        {
            return false;
        }
        let is_here = self.style.page_address.is_empty();
        let pieces = is_here.then(|| highlight::pieces(code, info.language)).flatten();
        if pieces.is_none() && info.marked.is_empty() {
            return false;
        }
        let pieces = pieces.unwrap_or_else(|| vec![(code.len(), None)]);
        let start = self.out.len();
        for classes in [Class::ALL.len(), 8, 5, 1, 0] {
            self.out.truncate(start);
            write(code, &pieces, (info, &Class::ALL[..classes]), self.out);
            if code.len() < SHORT || self.out.len() - start <= MOST * code.len() {
                break;
            }
        }
        true
    }
}

/// Writes code with the classes that are wanted, and its marked lines.
fn write(code: &str, pieces: &[Piece], (info, wanted): (&CodeInfo<'_>, &[Class]), out: &mut String) {
    let mut number = 1;
    let mut is_open = false;
    let mut at = 0;
    for (length, class) in pieces {
        let class = class.filter(|class| wanted.contains(class));
        let piece = &code[at..at + length];
        at += length;
        if info.marked.is_empty() {
            span(piece, class, out);
            continue;
        }
        for line in piece.split_inclusive('\n') {
            if !is_open && info.is_marked(number) {
                out.push_str("<mark>");
                is_open = true;
            }
            span(line, class, out);
            if line.ends_with('\n') {
                if is_open {
                    out.push_str("</mark>");
                }
                is_open = false;
                number += 1;
            }
        }
    }
    if is_open {
        out.push_str("</mark>");
    }
}

fn span(text: &str, class: Option<Class>, out: &mut String) {
    let Some(class) = class else { return escape_text(text, out) };
    out.push_str("<span class=\"");
    out.push(class.letter());
    out.push_str("\">");
    escape_text(text, out);
    out.push_str("</span>");
}
