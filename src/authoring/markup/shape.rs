//! How a text falls into blocks: containers that say nothing fall away, and what stands between blocks is a line.

use super::tree::{Element, Node};

/// Containers that say nothing themselves.
fn is_wrapper(element: &Element) -> bool {
    let is_plain = |name: &str| {
        matches!(
            name,
            "div"
                | "section"
                | "article"
                | "main"
                | "header"
                | "footer"
                | "aside"
                | "center"
                | "address"
                | "hgroup"
                | "nav"
                | "fieldset"
                | "body"
                | "html"
                | "search"
                | "dialog"
                | "figcaption"
                | "legend"
        )
    };
    is_plain(&element.name) && element.attributes.is_empty()
        || element.name == "figure" && figure(element).is_none() && element.attributes.is_empty()
}

/// The image and the caption of a figure that is nothing else.
pub(super) fn figure(element: &Element) -> Option<(&Element, Option<&Element>)> {
    let mut parts = element.children.iter().filter(|node| !node.is_blank());
    let image = parts.next()?.element().filter(|first| first.name == "img")?;
    let caption = match parts.next() {
        None => None,
        Some(node) => Some(node.element().filter(|second| second.name == "figcaption")?),
    };
    parts.next().is_none().then_some((image, caption))
}

/// Parts of a text in the order in which they stand, each a block or a run of what stands within a line.
pub(super) fn runs(nodes: &[Node]) -> Vec<Vec<Node>> {
    let mut out: Vec<Vec<Node>> = Vec::new();
    let mut line: Vec<Node> = Vec::new();
    split(nodes, &mut line, &mut out);
    end_line(&mut line, &mut out);
    out
}

fn split(nodes: &[Node], line: &mut Vec<Node>, out: &mut Vec<Vec<Node>>) {
    for node in nodes {
        match node {
            Node::Element(element) if is_wrapper(element) => {
                end_line(line, out);
                split(&element.children, line, out);
                end_line(line, out);
            }
            Node::Element(element) if element.is_block() => {
                end_line(line, out);
                out.push(vec![node.clone()]);
            }
            // A link around blocks.
            Node::Element(element) if element.find(&Element::is_block).is_some() => {
                end_line(line, out);
                out.push(vec![node.clone()]);
            }
            _ => line.push(node.clone()),
        }
    }
}

fn end_line(line: &mut Vec<Node>, out: &mut Vec<Vec<Node>>) {
    let run = std::mem::take(line);
    if run.iter().any(|node| !node.is_blank()) {
        out.push(run);
    }
}
