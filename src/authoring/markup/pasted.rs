//! What word processors put on the clipboard: Word's paragraphs that only look like lists, its smart tags and conditional
//! comments, the spans of Google Docs that say what is bold. They become the HTML that [`convert`] reads.

use super::tree::{self, Element, Node};
use super::{Converted, Rules, Target, convert};
use crate::content::markdown::Options;
use crate::encode::bytes::of_base64;

/// What becomes of a pasted text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pasted {
    /// The text in our notation, and what is told of it.
    pub converted: Converted,
    /// So many images couldn't be taken along: they are files of the other computer's program.
    pub pictures_left: usize,
}

/// Writes what was pasted as Markdown. `keep` puts the bytes of a picture beside the page and gives its name, or nothing where
/// that isn't possible.
#[must_use]
pub fn pasted(html: &str, language: &str, keep: &mut dyn FnMut(&[u8]) -> Option<String>) -> Pasted {
    let mut reader = PastedReader { keep, pictures_left: 0 };
    let nodes = reader.clean(tree::parse(fragment(html)));
    let nodes = listed(nodes);
    let link = |target: &str| match target {
        // A place in the other document.
        _ if target.starts_with('#') || target.starts_with("file:") => Target::Hidden(target.to_string()),
        _ => Target::Known(target.to_string()),
    };
    let image = |target: &str| Target::Known(target.to_string());
    let rules = Rules { link: &link, image: &image, options: Options::full(language) };
    Pasted { pictures_left: reader.pictures_left, converted: convert(nodes, &rules) }
}

/// What was chosen, without the page around it that programs put on the clipboard as well.
fn fragment(html: &str) -> &str {
    let (start, end) = ("<!--StartFragment-->", "<!--EndFragment-->");
    let from = html.find(start).map_or(0, |at| at + start.len());
    let rest = &html[from..];
    &rest[..rest.rfind(end).unwrap_or(rest.len())]
}

/// The style of an element, in lower case and without spaces.
fn style(element: &Element) -> String {
    let style = element.attribute("style").unwrap_or_default();
    style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase()
}

/// What is said of a list by a paragraph that only looks like an item.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Item {
    /// Which list it is, so that two that follow each other stay two.
    list: String,
    level: usize,
    number: Option<u32>,
}

/// The attributes by which [`listed`] knows items.
const LIST: &str = "data-pasted-list";
const LEVEL: &str = "data-pasted-level";
const NUMBER: &str = "data-pasted-number";

struct PastedReader<'a> {
    keep: &'a mut dyn FnMut(&[u8]) -> Option<String>,
    pictures_left: usize,
}

impl PastedReader<'_> {
    fn clean(&mut self, nodes: Vec<Node>) -> Vec<Node> {
        let mut out = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                // Word's instructions to itself, and what only older browsers read.
                Node::Comment(_) => {}
                Node::Text(text) => out.push(Node::Text(text)),
                Node::Element(element) => out.extend(self.element(element)),
            }
        }
        out
    }

    fn element(&mut self, mut element: Element) -> Vec<Node> {
        let style = style(&element);
        let is_hidden = style.contains("mso-hide:all")
            || style.contains("mso-list:ignore")
            || style.contains("display:none");
        // What was deleted while changes were tracked, and notes of reviewers.
        let is_gone = element.name == "del" || style.contains("mso-element:comment");
        if is_hidden || is_gone {
            return Vec::new();
        }
        let item = item(&element, &style);
        let name = element.name.clone();
        element.children = self.clean(std::mem::take(&mut element.children));
        match name.as_str() {
            "img" => return self.picture(element),
            // `o:p`, `st1:place`, `v:shape`, `w:sdt`: of these, only the words count.
            _ if name.contains(':') || matches!(name.as_str(), "font" | "ins" | "center" | "xml") => {
                return element.children;
            }
            "a" if element.attribute("href").is_none() => return element.children,
            "p" if item.is_some() => return vec![Node::Element(marked(element, item.as_ref()))],
            "p" if is_gap(&element) => return Vec::new(),
            "p" => element = paragraph(element),
            "b" | "strong" if style.split(';').any(|one| one == "font-weight:normal") => {
                return element.children;
            }
            "span" => return vec![spoken(element, &style)],
            "table" => head(&mut element),
            "td" | "th" => element.children = cell(element.children),
            _ => {}
        }
        vec![Node::Element(element)]
    }

    /// A picture in the text itself is kept; one on another computer can't be read from here.
    fn picture(&mut self, mut element: Element) -> Vec<Node> {
        let source = element.attribute("src").unwrap_or_default().to_string();
        let name = match source.strip_prefix("data:image/").and_then(|rest| rest.split_once(";base64,")) {
            Some((_, letters)) => {
                let letters: String = letters.chars().filter(|c| !c.is_whitespace()).collect();
                of_base64(&letters).and_then(|bytes| (self.keep)(&bytes))
            }
            None => {
                Some(source).filter(|source| source.starts_with("https://") || source.starts_with("http://"))
            }
        };
        let Some(name) = name else {
            self.pictures_left += 1;
            return Vec::new();
        };
        element.attributes.retain(|(name, _)| name == "alt");
        vec![Node::Element(element.with("src", name))]
    }
}

/// What a paragraph says of a list: `mso-list:l0 level2 lfo1`, before its blanks were taken out.
fn item(element: &Element, style: &str) -> Option<Item> {
    let (_, rest) = style.split_once("mso-list:")?;
    let rest = rest.split(';').next().unwrap_or_default();
    let (list, rest) = rest.split_once("level")?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let sign = element
        .find(&|inner| self::style(inner).contains("mso-list:ignore"))
        .map(Element::text)
        .unwrap_or_default();
    let sign = sign.trim();
    let number = sign.trim_end_matches(['.', ')']);
    // `o` is a circle in the font of signs; other letters count.
    let is_number = number != sign && !number.is_empty() && number.chars().all(|c| c.is_ascii_alphanumeric());
    Some(Item {
        list: list.to_string(),
        level: rest[..digits].parse().unwrap_or(1),
        number: is_number.then(|| number.parse().unwrap_or(1)),
    })
}

fn marked(element: Element, item: Option<&Item>) -> Element {
    let Some(item) = item else { return element };
    let marked =
        Element::new("p", element.children).with(LIST, item.list.clone()).with(LEVEL, item.level.to_string());
    match item.number {
        Some(number) => marked.with(NUMBER, number.to_string()),
        None => marked,
    }
}

/// An empty line, which word processors write as a space that doesn't break.
fn is_gap(paragraph: &Element) -> bool {
    let has_picture = paragraph.find(&|inner| inner.name == "img").is_some();
    !has_picture && paragraph.text().chars().all(|c| c.is_whitespace() || c == '\u{a0}')
}

/// Styles of Word that are more than looks.
fn paragraph(mut element: Element) -> Element {
    let class = element.attribute("class").unwrap_or_default().to_ascii_lowercase();
    if class == "msotitle" || class == "msosubtitle" {
        element.name = if class == "msotitle" { "h1".into() } else { "h2".into() };
    } else if class.contains("quote") {
        return Element::new("blockquote", vec![Node::Element(Element::new("p", element.children))]);
    }
    element
}

/// A span that says by its style what others say by their names.
fn spoken(element: Element, style: &str) -> Node {
    let is_bold =
        ["font-weight:bold", "font-weight:700", "font-weight:600"].iter().any(|bold| style.contains(bold));
    let is_italic = style.contains("font-style:italic");
    let children = match is_italic {
        true => vec![Node::Element(Element::new("em", element.children))],
        false => element.children,
    };
    match is_bold {
        true => Node::Element(Element::new("strong", children)),
        false => Node::Element(Element::new("span", children)),
    }
}

/// The first row of a table is its heading: word processors know no other.
fn head(table: &mut Element) {
    let has_head = table.find(&|inner| inner.name == "th").is_some();
    if let Some(row) = first_row(&mut table.children).filter(|_| !has_head) {
        for cell in row.children.iter_mut() {
            if let Node::Element(cell) = cell
                && cell.name == "td"
            {
                cell.name = "th".into();
            }
        }
    }
}

fn first_row(nodes: &mut [Node]) -> Option<&mut Element> {
    for node in nodes {
        let Node::Element(element) = node else { continue };
        match element.name.as_str() {
            "tr" => return Some(element),
            "tbody" | "thead" => return first_row(&mut element.children),
            _ => {}
        }
    }
    None
}

/// A cell holds lines, not paragraphs.
fn cell(children: Vec<Node>) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::new();
    for child in children {
        match child {
            Node::Element(paragraph) if paragraph.name == "p" => {
                let is_first = out.iter().all(Node::is_blank);
                if !is_first && paragraph.children.iter().any(|node| !node.is_blank()) {
                    out.push(Node::Element(Element::new("br", Vec::new())));
                }
                out.extend(paragraph.children);
            }
            other => out.push(other),
        }
    }
    out
}

/// Paragraphs that only look like items, as lists.
fn listed(nodes: Vec<Node>) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::new();
    let mut waiting: Vec<(Item, Vec<Node>)> = Vec::new();
    for node in nodes {
        match node {
            Node::Element(element) if element.attribute(LIST).is_some() => {
                let get = |name: &str| element.attribute(name).map(str::to_string);
                let item = Item {
                    list: get(LIST).unwrap_or_default(),
                    level: get(LEVEL).and_then(|level| level.parse().ok()).unwrap_or(1),
                    number: get(NUMBER).and_then(|number| number.parse().ok()),
                };
                let is_other =
                    waiting.first().is_some_and(|(first, _)| first.list != item.list && item.level == 1);
                if is_other {
                    out.extend(lists(std::mem::take(&mut waiting)));
                }
                waiting.push((item, element.children));
            }
            blank if blank.is_blank() && !waiting.is_empty() => {}
            Node::Element(mut element) => {
                out.extend(lists(std::mem::take(&mut waiting)));
                element.children = listed(element.children);
                out.push(Node::Element(element));
            }
            other => {
                out.extend(lists(std::mem::take(&mut waiting)));
                out.push(other);
            }
        }
    }
    out.extend(lists(waiting));
    out
}

/// Items as lists, those that are further in within the item before them.
fn lists(items: Vec<(Item, Vec<Node>)>) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::new();
    let mut rest = items.into_iter().peekable();
    while let Some((item, children)) = rest.next() {
        let mut inner = Vec::new();
        while let Some(next) = rest.next_if(|(next, _)| next.level > item.level) {
            inner.push(next);
        }
        let mut children = children;
        children.extend(lists(inner));
        let name = if item.number.is_some() { "ol" } else { "ul" };
        let entry = Node::Element(Element::new("li", children));
        match out.last_mut() {
            Some(Node::Element(list)) if list.name == name => list.children.push(entry),
            _ => {
                let list = Element::new(name, vec![entry]);
                let start = item.number.filter(|start| *start != 1);
                out.push(Node::Element(match start {
                    Some(start) => list.with("start", start.to_string()),
                    None => list,
                }));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Word puts it on the clipboard, written by hand after what it does.
    const WORD: &str = include_str!("pasted-word.html");

    fn pasted_html(html: &str) -> Pasted {
        pasted(html, "en", &mut |_| Some("note-picture.png".into()))
    }

    #[test]
    fn a_text_of_word_becomes_ours() {
        let made = pasted_html(WORD);
        assert_eq!(made.converted.text, include_str!("pasted-word.md"));
        assert_eq!(made.converted.difference, None);
        // The one that is a file of the other computer.
        assert_eq!(made.pictures_left, 1);
    }

    #[test]
    fn texts_of_google_docs_become_ours() {
        let html = "<meta charset='utf-8'><b style=\"font-weight:normal;\" id=\"docs-internal-guid-1\"><p dir=\"ltr\"><span style=\"font-weight:700\">Bold</span>\
            <span style=\"font-weight:400\"> and </span><span style=\"font-style:italic\">not</span></p><ul><li dir=\"ltr\"><p><span>One</span></p></li></ul></b>";
        assert_eq!(pasted_html(html).converted.text, "**Bold** and *not*\n\n- One\n");
    }

    #[test]
    fn nothing_that_runs_comes_along() {
        let html =
            "<p onclick=x()>A<script>alert(1)</script><a href='javascript:x()'>b</a></p><style>p{}</style>";
        assert_eq!(pasted_html(html).converted.text, "Ab\n");
        assert_eq!(pasted("<img src='data:image/png;base64,!!'>", "en", &mut |_| None).pictures_left, 1);
    }

    #[test]
    fn two_megabytes_are_read() {
        let (_, body) = WORD.split_once("<!--StartFragment-->").expect("a fragment");
        let (body, _) = body.split_once("<!--EndFragment-->").expect("its end");
        let large = body.repeat(2_000_000 / body.len() + 1);
        assert!(large.len() > 2_000_000);
        let made = pasted_html(&large);
        assert_eq!(made.converted.difference, None);
    }
}
