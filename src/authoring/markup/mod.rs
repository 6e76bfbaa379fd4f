//! HTML of another site as Markdown in our notation, with proof: what is written is read again by our own reader and compared,
//! word by word, link by link.
//!
//! [`tree`] reads HTML as browsers do, [`lines`] makes paragraphs where a program stored lines, `clean` takes out what is no
//! text, `blocks` and `inlines` write, [`facts`] compares. Start with [`convert`]. A block that doesn't come back as it was
//! stays HTML, and is told; nothing is dropped without a word.

mod blocks;
mod clean;
mod escape;
pub mod facts;
mod inlines;
pub mod lines;
pub mod pasted;
mod shape;
mod tables;
pub mod tree;

#[cfg(test)]
mod tests;

use self::blocks::{Blocks, WrittenBlock};
use self::clean::Cleaner;
use self::facts::{Difference, Facts};
use self::tree::{Element, Node};
use crate::content::markdown::{self, Options};

/// On a `div`: the form that stands there, by its name, which is also its word.
pub const FORM: &str = "data-ringback-form";

/// On a `div`: the kind of box that it is, such as `note`.
pub const CALLOUT: &str = "data-ringback-callout";

/// Where a link or an image leads on the new site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// It is there, at this address.
    Known(String),
    /// What it names isn't there: it stays HTML, which the link checker tells and doesn't refuse.
    Missing(String),
    /// A page of this name that readers can't see: a link to it is its words alone.
    Hidden(String),
}

/// How much something matters, the most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It isn't on the new site.
    Lost,
    /// It needs somebody to look at it.
    Hand,
    /// It is HTML, as it was.
    Kept,
    /// It is said in another way.
    Changed,
}

/// Something that people should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportNote {
    /// How much it matters.
    pub weight: Weight,
    /// What it is, as a sentence.
    pub what: String,
    /// The line of the text, from 1; 0 for all of it.
    pub line: usize,
}

/// A part of a text that stayed HTML, and the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
struct KeptHtml {
    element: String,
    why: &'static str,
}

/// How a text is read and written.
pub struct Rules<'a> {
    /// Where a link leads on the new site.
    pub link: &'a dyn Fn(&str) -> Target,
    /// Where an image's file is on it.
    pub image: &'a dyn Fn(&str) -> Target,
    /// How our reader will read it.
    pub options: Options,
}

/// A text in our notation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Converted {
    /// The text, which ends with a line end unless it is empty.
    pub text: String,
    /// What people should know of it, in the order of the text.
    pub notes: Vec<ImportNote>,
    /// The first thing in which the text, read again, differs from what it was made of; none where the proof was found.
    pub difference: Option<Difference>,
}

/// Writes nodes of HTML as Markdown, and proves it.
#[must_use]
pub fn convert(nodes: Vec<Node>, rules: &Rules<'_>) -> Converted {
    let mut wanted = Vec::new();
    note_fragments(&nodes, &mut wanted);
    let has_title = nodes.iter().any(|node| has(node, "h1"));
    let mut cleaner = Cleaner { rules, notes: Vec::new(), has_title, wanted };
    let nodes = cleaner.clean(nodes);
    let mut out = Converted { notes: cleaner.notes, ..Converted::default() };
    let expected = Facts::of_html(&nodes);
    let mut writer = Blocks::default();
    for (piece, kept) in writer.pieces(&nodes) {
        if !out.text.is_empty() {
            out.text.push('\n');
        }
        let line = out.text.matches('\n').count() + 1;
        let (markdown, kept) = proven(piece, kept, rules);
        for KeptHtml { element, why } in kept {
            let what = format!("stays HTML (`{element}`): {why}");
            out.notes.push(ImportNote { weight: Weight::Kept, what, line });
        }
        out.text.push_str(&markdown);
        out.text.push('\n');
    }
    out.difference = expected.difference(&read(&out.text, &rules.options));
    if let Some(Difference { what, expected, found }) = &out.difference {
        let what = format!("{what} differ when the text is read again: `{expected}` became `{found}`");
        out.notes.push(ImportNote { weight: Weight::Lost, what, line: 0 });
    }
    out
}

/// A piece as it was written, if our reader reads the same from it, else as HTML.
fn proven(piece: WrittenBlock, mut kept: Vec<KeptHtml>, rules: &Rules<'_>) -> (String, Vec<KeptHtml>) {
    let expected = Facts::of_html(&piece.source);
    if expected.difference(&read(&piece.markdown, &rules.options)).is_none() {
        return (piece.markdown, kept);
    }
    let mut writer = Blocks::default();
    let is_line = piece.source.iter().all(|node| !node.is_block());
    let nodes = match is_line {
        true => vec![Node::Element(Element::new("p", piece.source))],
        false => piece.source,
    };
    let html = writer.html(&nodes, "Markdown would say something else");
    kept.append(&mut writer.kept);
    (html, kept)
}

/// What our own reader reads from a text.
#[must_use]
pub fn read(text: &str, options: &Options) -> Facts {
    Facts::of_body(&markdown::parse(text, 0, options))
}

fn has(node: &Node, name: &str) -> bool {
    node.element()
        .is_some_and(|element| element.name == name || element.find(&|inner| inner.name == name).is_some())
}

/// Notes the ids that links in the text lead to.
fn note_fragments(nodes: &[Node], out: &mut Vec<String>) {
    for element in nodes.iter().filter_map(Node::element) {
        let fragment = element.attribute("href").and_then(|href| href.strip_prefix('#'));
        out.extend(fragment.map(str::to_string));
        note_fragments(&element.children, out);
    }
}
