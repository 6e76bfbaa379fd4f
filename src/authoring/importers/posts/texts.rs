//! What is alike in the texts of all programs whose texts are HTML.

use std::collections::BTreeSet;

use super::super::front::one_line;
use crate::authoring::markup::tree::{self, Element, Node};
use crate::encode::slug::slug;

/// The words of a piece of HTML, on one line.
pub(in crate::authoring::importers) fn words(html: &str) -> String {
    one_line(&Element::new("div", tree::parse(html)).text())
}

/// Addresses alone in a paragraph are links, because most programs show what they lead to.
pub(in crate::authoring::importers) fn link_addresses(nodes: Vec<Node>) -> Vec<Node> {
    let made = nodes.into_iter().map(|node| match node {
        Node::Element(mut element) => {
            let text = element.text();
            let text = text.trim();
            let is_alone = matches!(element.name.as_str(), "p" | "div")
                && element.children.iter().all(|child| matches!(child, Node::Text(_)));
            let is_address = (text.starts_with("https://") || text.starts_with("http://"))
                && !text.contains(char::is_whitespace);
            if is_alone && is_address {
                let link = Element::new("a", vec![Node::Text(text.to_string())]).with("href", text);
                element.children = vec![Node::Element(link)];
            } else {
                element.children = link_addresses(element.children);
            }
            Node::Element(element)
        }
        node => node,
    });
    made.collect()
}

/// Notes the ids that a text will have.
pub(in crate::authoring::importers) fn note_ids(nodes: &[Node], out: &mut BTreeSet<String>) {
    for element in nodes.iter().filter_map(Node::element) {
        out.extend(element.attribute("id").map(str::to_string));
        if element.name.len() == 2 && element.name.starts_with('h') && element.attribute("id").is_none() {
            out.insert(slug(&element.text()));
        }
        note_ids(&element.children, out);
    }
}
