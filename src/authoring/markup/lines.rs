//! Text whose paragraphs are divided by empty lines and whose line ends are kept, as WordPress's classic editor and
//! mailing programs store it: such lines become paragraphs and breaks.

use super::tree::{Element, Node};

/// Are line ends in this element part of what readers see?
fn has_lines(name: &str) -> bool {
    matches!(
        name,
        "div" | "blockquote" | "section" | "article" | "aside" | "td" | "th" | "li" | "dd" | "figcaption"
    )
}

/// Makes paragraphs and breaks of empty lines and line ends, in `nodes` and in the containers among them.
#[must_use]
pub fn paragraphs(nodes: Vec<Node>) -> Vec<Node> {
    let mut out = Vec::new();
    let mut line: Vec<Node> = Vec::new();
    for node in nodes {
        match node {
            Node::Text(text) => {
                for (index, part) in empty_lines(&text).into_iter().enumerate() {
                    if index > 0 {
                        end(&mut line, &mut out);
                    }
                    push_lines(part, &mut line);
                }
            }
            Node::Element(mut element) if element.is_block() => {
                end(&mut line, &mut out);
                if has_lines(&element.name) {
                    element.children = lines_within(element.children);
                }
                out.push(Node::Element(element));
            }
            Node::Comment(_) => out.push(node),
            node => line.push(node),
        }
    }
    end(&mut line, &mut out);
    out
}

/// The same within a container, whose only line is no paragraph.
fn lines_within(nodes: Vec<Node>) -> Vec<Node> {
    let mut out = paragraphs(nodes);
    let paragraphs = out.iter().filter(|node| node.is("p")).count();
    if paragraphs == 1
        && let Some(at) = out.iter().position(|node| node.is("p"))
        && let Node::Element(paragraph) = &mut out[at]
        && paragraph.attributes.is_empty()
    {
        let children = std::mem::take(&mut paragraph.children);
        out.splice(at..=at, children);
    }
    out
}

/// The parts of a text between empty lines.
fn empty_lines(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(found) = text[at..].find('\n') {
        let line = at + found;
        let rest = text[line + 1..].trim_start_matches([' ', '\t', '\r']);
        let next = text.len() - rest.len();
        if rest.starts_with('\n') {
            parts.push(&text[from..line]);
            from = text.len() - rest.trim_start().len();
            at = from;
        } else {
            at = next.max(line + 1);
        }
    }
    parts.push(&text[from..]);
    parts
}

fn push_lines(text: &str, line: &mut Vec<Node>) {
    for (index, part) in text.split('\n').enumerate() {
        if index > 0 && !line.is_empty() {
            line.push(Node::Element(Element::new("br", Vec::new())));
        }
        let is_blank = part.trim().is_empty();
        let says_nothing = part.is_empty() || is_blank && line.is_empty();
        if !says_nothing {
            line.push(Node::Text(part.trim_end_matches('\r').to_string()));
        }
    }
}

/// Ends a paragraph; breaks at its ends say nothing.
fn end(line: &mut Vec<Node>, out: &mut Vec<Node>) {
    let is_nothing = |node: &Node| node.is_blank() || node.is("br");
    while line.last().is_some_and(is_nothing) {
        line.pop();
    }
    let from = line.iter().position(|node| !is_nothing(node)).unwrap_or(line.len());
    let nodes = line.split_off(from);
    line.clear();
    if !nodes.is_empty() {
        out.push(Node::Element(Element::new("p", nodes)));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::{parse, serialize};
    use super::*;

    #[test]
    fn empty_lines_divide_and_line_ends_break() {
        let made = |html: &str| serialize(&paragraphs(parse(html)));
        assert_eq!(
            made("One\ntwo\n\nThree <b>four</b>\r\n\r\n"),
            "<p>One<br>two</p><p>Three <b>four</b></p>"
        );
        assert_eq!(made("a\n<ul>\n<li>b</li>\n</ul>\nc"), "<p>a</p><ul> <li>b</li> </ul><p>c</p>");
        assert_eq!(
            made("<blockquote>a\n\nb</blockquote><blockquote>c</blockquote>"),
            "<blockquote><p>a</p><p>b</p></blockquote><blockquote>c</blockquote>"
        );
        assert_eq!(made("<p>kept\nso</p>"), "<p>kept so</p>");
    }
}
