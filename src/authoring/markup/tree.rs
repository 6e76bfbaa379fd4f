//! HTML as a tree: what a browser makes of it (HTML, section 13.2), as plain values, and as HTML again.

use html5ever::tendril::TendrilSink as _;
use html5ever::{QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use crate::encode::html::{escape_attribute, escape_text};

/// Elements within elements, at most: what is deeper is taken for a sibling. No text is nested so deeply on purpose, and
/// whatever walks the tree calls itself.
const DEEPEST: usize = 100;

/// Elements without content (HTML, section 13.1.2).
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Elements that begin a line of their own, and end one.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "audio",
    "blockquote",
    "body",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "search",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "video",
];

/// A node of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// Words, as readers see them.
    Text(String),
    /// An element with its attributes and children.
    Element(Element),
    /// What the author wrote for programs: `<!--more-->`.
    Comment(String),
}

/// An element, with what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Element {
    /// Its name, in lower case.
    pub name: String,
    /// Its attributes, in the order in which they are written.
    pub attributes: Vec<(String, String)>,
    /// The nodes in it, in their order.
    pub children: Vec<Node>,
}

impl Element {
    /// An element of this name with these children, and no attributes.
    #[must_use]
    pub fn new(name: &str, children: Vec<Node>) -> Self {
        Self { name: name.into(), attributes: Vec::new(), children }
    }

    /// The element with an attribute added at the end.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.attributes.push((name.into(), value.into()));
        self
    }

    /// The value of an attribute, if it is there.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// Is it of this class?
    #[must_use]
    pub fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|all| all.split_ascii_whitespace().any(|found| found == class))
    }

    /// Does it begin a line of its own?
    #[must_use]
    pub fn is_block(&self) -> bool {
        BLOCKS.contains(&self.name.as_str())
    }

    /// Its words, those of all that it holds, without line ends between blocks.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        push_text(&self.children, &mut out);
        out
    }

    /// The first element below it, at any depth, for which `wanted` is true.
    pub fn find(&self, wanted: &dyn Fn(&Self) -> bool) -> Option<&Self> {
        self.children.iter().find_map(|child| match child {
            Node::Element(element) if wanted(element) => Some(element),
            Node::Element(element) => element.find(wanted),
            _ => None,
        })
    }
}

impl Node {
    /// The element that it is, if it is one.
    #[must_use]
    pub fn element(&self) -> Option<&Element> {
        match self {
            Self::Element(element) => Some(element),
            _ => None,
        }
    }

    /// Is it an element of this name?
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.element().is_some_and(|element| element.name == name)
    }

    /// Does it begin a line of its own?
    #[must_use]
    pub fn is_block(&self) -> bool {
        self.element().is_some_and(Element::is_block)
    }

    /// Is it nothing that readers see: white space, or a comment?
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) => text.bytes().all(|byte| byte.is_ascii_whitespace()),
            Self::Comment(_) => true,
            Self::Element(_) => false,
        }
    }
}

/// Appends the words of nodes.
fn push_text(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Element(element) if element.name == "br" => out.push('\n'),
            Node::Element(element) => push_text(&element.children, out),
            Node::Comment(_) => {}
        }
    }
}

/// Reads what stands in the body of a page.
#[must_use]
pub fn parse(html: &str) -> Vec<Node> {
    let context = QualName::new(None, ns!(html), local_name!("body"));
    let dom = parse_fragment(RcDom::default(), html5ever::ParseOpts::default(), context, Vec::new(), false)
        .one(html);
    // A fragment is the only child of the document.
    let root = dom.document.children.borrow().first().cloned();
    root.map(|root| children(&root, 0)).unwrap_or_default()
}

/// Reads a whole page, with its head.
#[must_use]
pub fn parse_page(html: &str) -> Vec<Node> {
    let dom = html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(html);
    children(&dom.document, 0)
}

fn children(parent: &Handle, depth: usize) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::new();
    // Of what is too deep, the elements go and their words stay.
    let mut waiting: Vec<Handle> = parent.children.borrow().iter().rev().cloned().collect();
    while let Some(node) = waiting.pop() {
        match &node.data {
            NodeData::Text { contents } => match out.last_mut() {
                Some(Node::Text(text)) => text.push_str(&contents.borrow()),
                _ => out.push(Node::Text(contents.borrow().to_string())),
            },
            NodeData::Comment { contents } => out.push(Node::Comment(contents.to_string())),
            NodeData::Element { .. } if depth > DEEPEST => {
                waiting.extend(node.children.borrow().iter().rev().cloned());
            }
            NodeData::Element { name, attrs, .. } => {
                let attributes = attrs.borrow();
                let attributes = attributes.iter();
                out.push(Node::Element(Element {
                    name: name.local.to_string(),
                    attributes: attributes
                        .map(|one| (one.name.local.to_string(), one.value.to_string()))
                        .collect(),
                    children: children(&node, depth + 1),
                }));
            }
            _ => {}
        }
    }
    out
}

/// Nodes as HTML on one line, as Markdown can hold it: nothing in it ends a block of HTML.
#[must_use]
pub fn serialize(nodes: &[Node]) -> String {
    let mut out = String::new();
    write(nodes, Spaces::One, &mut out);
    out
}

/// What becomes of white space between words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spaces {
    /// All of it is one space.
    One,
    /// It stays as it is written.
    Kept,
}

fn write(nodes: &[Node], spaces: Spaces, out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => write_text(text, spaces, out),
            Node::Comment(_) => {}
            Node::Element(element) => {
                open_tag(element, out);
                if VOID.contains(&element.name.as_str()) {
                    continue;
                }
                let inner = if element.name == "pre" { Spaces::Kept } else { spaces };
                write(&element.children, inner, out);
                out.push_str("</");
                out.push_str(&element.name);
                out.push('>');
            }
        }
    }
}

/// Appends the tag that an element begins with.
pub fn open_tag(element: &Element, out: &mut String) {
    out.push('<');
    out.push_str(&element.name);
    for (name, value) in &element.attributes {
        out.push(' ');
        out.push_str(name);
        if !value.is_empty() {
            out.push_str("=\"");
            escape_attribute(value, out);
            out.push('"');
        }
    }
    out.push('>');
}

fn write_text(text: &str, spaces: Spaces, out: &mut String) {
    if spaces == Spaces::One {
        let mut one = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' | '\u{c}' if one.ends_with(' ') => {}
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => one.push(' '),
                c => one.push(c),
            }
        }
        return escape_text(&one, out);
    }
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push_str("&#10;");
        }
        escape_text(line, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_read_as_browsers_do() {
        let nodes = parse("<p>One<p>Two <b>three<!--x--></p><ul><li>a<li>b</ul>");
        assert_eq!(
            serialize(&nodes),
            "<p>One</p><p>Two <b>three</b></p><ul><li><b>a</b></li><li><b>b</b></li></ul>"
        );
        assert_eq!(serialize(&parse("<pre>a\n\n b &lt;</pre>")), "<pre>a&#10;&#10; b &lt;</pre>");
        assert_eq!(serialize(&parse("a\n\n  b<br>c")), "a b<br>c");
    }

    #[test]
    fn what_is_too_deep_keeps_its_words() {
        let html = format!("{}in{}", "<div>".repeat(5_000), "</div>".repeat(5_000));
        let nodes = parse(&html);
        assert_eq!(nodes[0].element().map(Element::text).as_deref(), Some("in"));
    }
}
