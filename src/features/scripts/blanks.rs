//! Blanks: placeholders such as `{{first_name}}`, filled in during a call.

use super::script::{Blank, BlankUse};
use crate::config::Localized;
use crate::diag::Span;
use crate::model::{Page, Site};
use crate::parse::body::{Body, Kind};

/// A piece of a text with blanks in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Words.
    Text(&'t str),
    /// A blank, by its name.
    Blank(&'t str),
}

/// A text with its blanks: titles, labels and questions have them as they are written.
#[must_use]
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for (name, range) in found(text) {
        if at < range.start {
            pieces.push(Piece::Text(&text[at..range.start]));
        }
        pieces.push(Piece::Blank(name));
        at = range.end;
    }
    if at < text.len() {
        pieces.push(Piece::Text(&text[at..]));
    }
    pieces
}

/// The blanks of a text: their names and their bytes, with the braces. A name has no braces in it.
fn found(text: &str) -> impl Iterator<Item = (&str, std::ops::Range<usize>)> {
    text.match_indices('{').filter_map(|(start, _)| {
        let inside = text[start + 1..].strip_prefix('{')?;
        let name = &inside[..inside.find(['{', '}'])?];
        let end = start + 2 + name.len() + 2;
        let is_closed = text.get(end - 2..end) == Some("}}");
        (is_closed && !name.trim().is_empty()).then_some((name.trim(), start..end))
    })
}

/// The blanks that a page declares, in its language.
pub(super) fn declared(site: &Site, page: &Page) -> Vec<Blank> {
    let text = |localized: &Localized| site.config().text(localized, page.lang()).to_string();
    let some = |localized: &Localized| Some(text(localized)).filter(|text| !text.is_empty());
    let blanks = page.meta().script.blanks.iter().map(|blank| Blank {
        name: blank.name.value.clone(),
        label: some(&blank.label).unwrap_or_else(|| blank.name.value.replace('_', " ")),
        options: blank.options.iter().map(text).collect(),
        example: some(&blank.example),
        default: some(&blank.default),
    });
    blanks.collect()
}

/// Where blanks stand in a text, also in headings and answers. Code shows braces as they are.
pub(super) fn uses(body: &Body) -> Vec<BlankUse> {
    let mut uses = Vec::new();
    let mut code_until = 0;
    for (node, found_node) in body.nodes().iter().enumerate() {
        match found_node.kind {
            Kind::CodeBlock(_) => code_until = found_node.end as usize,
            Kind::Text(text) if node >= code_until => {
                let start = found_node.span.range().start;
                uses.extend(found(body.text(text)).map(|(name, range)| BlankUse {
                    name: name.to_string(),
                    node,
                    span: Span::new(start + range.start, start + range.end),
                    range,
                }));
            }
            _ => {}
        }
    }
    uses
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    #[test]
    fn a_text_falls_into_words_and_blanks() {
        let text = "Hello {{first_name}}, {{ rep }} here";
        let expected = [
            Piece::Text("Hello "),
            Piece::Blank("first_name"),
            Piece::Text(", "),
            Piece::Blank("rep"),
            Piece::Text(" here"),
        ];
        assert_eq!(pieces(text), expected);
        assert_eq!(pieces("{{a}}{{b}}"), [Piece::Blank("a"), Piece::Blank("b")]);
        for text in ["{{", "{{}}", "{{ }}", "{{a}", "{a}}", "{{a{b}}", "}}{{"] {
            assert_eq!(pieces(text), [Piece::Text(text)], "{text}");
        }
        assert_eq!(pieces("{{{a}}}"), [Piece::Text("{"), Piece::Blank("a"), Piece::Text("}")]);
        assert_eq!(pieces("{{אב}}🙂"), [Piece::Blank("אב"), Piece::Text("🙂")]);
    }
}
