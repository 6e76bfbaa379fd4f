//! What stands within a line, as Markdown: emphasis, links, images, code; what the notation has no sign for stays a tag.

use super::escape::{self, InLink, WordContext};
use super::tree::{self, Element, Node};

/// What runs on within a line, with each run of white space as one space, none at its ends and none at the inner ends of
/// emphasis, where Markdown has no sign for it.
pub(super) fn tidy(nodes: &[Node]) -> Vec<Node> {
    let mut spaces = Spaces { was_space: true };
    let mut out = spaces.tidy(nodes);
    trim_end(&mut out);
    out
}

/// Keeps white space within a line to one space at a time.
struct Spaces {
    /// Would another space be one too many?
    was_space: bool,
}

impl Spaces {
    fn tidy(&mut self, nodes: &[Node]) -> Vec<Node> {
        let mut out: Vec<Node> = Vec::new();
        for node in nodes {
            match node {
                Node::Comment(_) => {}
                Node::Text(text) => {
                    let text = self.text(text);
                    push_text(text, &mut out);
                }
                Node::Element(element) => self.element(element, &mut out),
            }
        }
        out
    }

    fn text(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => {
                    if !self.was_space {
                        out.push(' ');
                    }
                    self.was_space = true;
                }
                // What no text has: it would end up as a sign of its own.
                c if c.is_control() => {}
                c => {
                    out.push(c);
                    self.was_space = false;
                }
            }
        }
        out
    }

    fn element(&mut self, element: &Element, out: &mut Vec<Node>) {
        match element.name.as_str() {
            "br" => {
                trim_end(out);
                self.was_space = true;
                return out.push(Node::Element(element.clone()));
            }
            "code" | "img" => {
                self.was_space = false;
                return out.push(Node::Element(element.clone()));
            }
            _ => {}
        }
        let mut inner = self.tidy(&element.children);
        // Spaces go out of the element.
        if let Some(Node::Text(text)) = inner.first_mut()
            && text.starts_with(' ')
        {
            text.remove(0);
            push_text(" ".into(), out);
        }
        let ends = take_end(&mut inner);
        inner.retain(|node| *node != Node::Text(String::new()));
        let is_empty = inner.is_empty() && element.attribute("id").is_none() && element.name != "a";
        match out.last_mut() {
            // What is emphasised twice in a row is emphasised once.
            Some(Node::Element(last)) if is_mark(&element.name) && last.name == element.name => {
                for node in inner {
                    match node {
                        Node::Text(text) => push_text(text, &mut last.children),
                        node => last.children.push(node),
                    }
                }
            }
            _ if is_empty => {}
            _ => {
                let (name, attributes) = (element.name.clone(), element.attributes.clone());
                out.push(Node::Element(Element { name, attributes, children: inner }));
            }
        }
        if ends {
            push_text(" ".into(), out);
        }
    }
}

fn push_text(text: String, out: &mut Vec<Node>) {
    match out.last_mut() {
        _ if text.is_empty() => {}
        Some(Node::Text(last)) => last.push_str(&text),
        _ => out.push(Node::Text(text)),
    }
}

/// Takes the space at the end away. Was there one?
fn take_end(nodes: &mut [Node]) -> bool {
    match nodes.last_mut() {
        Some(Node::Text(text)) if text.ends_with(' ') => {
            text.pop();
            true
        }
        _ => false,
    }
}

/// Takes spaces and ends of lines at the end away.
fn trim_end(nodes: &mut Vec<Node>) {
    loop {
        take_end(nodes);
        match nodes.last() {
            Some(Node::Text(text)) if text.is_empty() => nodes.pop(),
            Some(node) if node.is("br") => nodes.pop(),
            _ => return,
        };
    }
}

fn is_mark(name: &str) -> bool {
    matches!(name, "em" | "strong" | "del")
}

/// Writes a line of tidy nodes.
pub(super) struct Writer {
    place: WordContext,
    in_link: InLink,
    out: String,
}

/// A line as Markdown; `None` where a part of it can't be said.
pub(super) fn line(nodes: &[Node], place: WordContext) -> Option<String> {
    let mut writer = Writer { place, in_link: InLink::No, out: String::new() };
    writer.nodes(nodes, None)?;
    Some(writer.out)
}

impl Writer {
    /// `behind` is the first sign that follows all of the nodes.
    fn nodes(&mut self, nodes: &[Node], behind: Option<char>) -> Option<()> {
        for (at, node) in nodes.iter().enumerate() {
            let next = nodes[at + 1..].iter().find_map(first_sign).or(behind);
            match node {
                Node::Text(text) => {
                    escape::push(text, (self.place, self.in_link), &mut self.out);
                }
                Node::Element(element) => self.element(element, next)?,
                Node::Comment(_) => {}
            }
        }
        Some(())
    }

    fn element(&mut self, element: &Element, next: Option<char>) -> Option<()> {
        match element.name.as_str() {
            "br" if self.place == WordContext::Line => self.out.push_str("\\\n"),
            "br" => self.out.push_str("<br>"),
            "strong" => self.mark("**", element, next)?,
            "em" => self.mark("*", element, next)?,
            "del" => self.mark("~~", element, next)?,
            "code" => {
                let text = element.text();
                if text.trim().is_empty() {
                    return Some(());
                }
                self.out.push_str(&escape::code(&text, self.place));
            }
            "img" if element.attribute("data-raw").is_none() => self.image(element)?,
            "a" if element.attribute("href").is_some() && element.attribute("data-raw").is_none() => {
                self.link(element)?;
            }
            "span" if element.attributes.is_empty() => self.nodes(&element.children, next)?,
            _ => self.tag(element)?,
        }
        Some(())
    }

    /// Emphasis between signs where Markdown reads them as such (CommonMark, section 6.2), else between tags.
    fn mark(&mut self, sign: &str, element: &Element, next: Option<char>) -> Option<()> {
        let mut inner = Self { place: self.place, in_link: self.in_link, out: String::new() };
        inner.nodes(&element.children, Some('*'))?;
        let inner = inner.out;
        let before = self.out.chars().next_back();
        let (first, last) = (element.children.iter().find_map(first_sign)?, inner.chars().next_back()?);
        let is_edge = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || is_punctuation(c));
        let is_inside = |c: char| !c.is_whitespace();
        let opens = is_inside(first) && (!is_punctuation(first) || is_edge(before));
        let closes = is_inside(last) && (!is_punctuation(last) || is_edge(next));
        let touches = |c: char| matches!(c, '*' | '~');
        let is_alone = element.children.len() == 1 && sign == "**";
        let is_mixed = !is_alone && (inner.starts_with(touches) || inner.ends_with(touches))
            || before.is_some_and(touches)
            || next.is_some_and(touches)
            || inner.contains('\n');
        if opens && closes && !is_mixed {
            self.out.extend([sign, &inner, sign]);
        } else {
            let name = &element.name;
            self.out.push_str(&format!("<{name}>{inner}</{name}>"));
        }
        Some(())
    }

    fn image(&mut self, element: &Element) -> Option<()> {
        let target = escape::target(element.attribute("src").unwrap_or_default())?;
        let alt = element.attribute("alt").unwrap_or_default();
        let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
        self.out.push_str("![");
        escape::push(&alt, (self.place, InLink::Yes), &mut self.out);
        self.out.push_str("](");
        self.out.push_str(&target);
        if let Some(caption) = element.attribute("data-caption").filter(|caption| !caption.is_empty()) {
            self.out.push_str(&escape::title(caption));
        }
        self.out.push(')');
        Some(())
    }

    fn link(&mut self, element: &Element) -> Option<()> {
        if self.in_link == InLink::Yes {
            return None;
        }
        let target = element.attribute("href").unwrap_or_default();
        let words = element.text();
        let is_address = words == target
            && (target.starts_with("https://") || target.starts_with("http://"))
            && target.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>'))
            && element.children.iter().all(|child| matches!(child, Node::Text(_)));
        if is_address {
            self.out.extend(["<", target, ">"]);
            return Some(());
        }
        let written = escape::target(target)?;
        let mut inner = Self { place: self.place, in_link: InLink::Yes, out: String::new() };
        inner.nodes(&element.children, Some(']'))?;
        if element.attribute("id").is_some() {
            self.anchor(element);
        }
        let button = if element.attribute("data-button").is_some() { "{.button}" } else { "" };
        self.out.extend(["[", &inner.out, "](", &written, ")", button]);
        Some(())
    }

    /// A place that links lead to.
    fn anchor(&mut self, element: &Element) {
        let id = element.attribute("id").unwrap_or_default();
        tree::open_tag(&Element::new("a", Vec::new()).with("id", id), &mut self.out);
        self.out.push_str("</a>");
    }

    /// What stays a tag, with what it holds as Markdown.
    fn tag(&mut self, element: &Element) -> Option<()> {
        if element.is_block() || element.find(&Element::is_block).is_some() {
            return None;
        }
        if self.place == WordContext::Cell && element.attributes.iter().any(|(_, value)| value.contains('|'))
        {
            return None;
        }
        let mut written = element.clone();
        written.attributes.retain(|(name, _)| !name.starts_with("data-"));
        tree::open_tag(&written, &mut self.out);
        if matches!(element.name.as_str(), "img" | "wbr") {
            return Some(());
        }
        let was = self.in_link;
        if element.name == "a" && element.attribute("href").is_some() {
            self.in_link = InLink::Yes;
        }
        self.nodes(&element.children, Some('<'))?;
        self.in_link = was;
        self.out.extend(["</", &element.name, ">"]);
        Some(())
    }
}

/// The first sign of a node, as Markdown sees it.
fn first_sign(node: &Node) -> Option<char> {
    match node {
        Node::Text(text) => text.chars().next(),
        Node::Element(element) => match element.name.as_str() {
            "strong" | "em" => Some('*'),
            "del" => Some('~'),
            "code" => Some('`'),
            "a" => Some('['),
            "img" => Some('!'),
            "br" => Some('\n'),
            "span" if element.attributes.is_empty() => element.children.iter().find_map(first_sign),
            _ => Some('<'),
        },
        Node::Comment(_) => None,
    }
}

/// As CommonMark counts it: punctuation and symbols.
fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || !c.is_alphanumeric() && !c.is_whitespace() && !c.is_control()
}
