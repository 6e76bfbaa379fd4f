//! Blocks of HTML as Markdown: paragraphs, headings, lists, quotations, tables, code, figures, folded boxes. What the notation
//! can't say is HTML, on one line, and told.

use super::KeptHtml;
use super::escape::{self, WordContext};
use super::facts::level;
use super::inlines;
use super::shape::{figure, runs};
use super::tables;
use super::tree::{self, Element, Node};
use crate::encode::slug::slug;

/// The sign of a list; two lists in a row have different ones, or they would be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum ListSign {
    /// `-`, and `1.` for ordered lists.
    #[default]
    First,
    /// `*`, and `1)` for ordered lists.
    Second,
}

/// A block of the top level, written, and what it was made of.
pub(super) struct WrittenBlock {
    /// As Markdown, without a line end behind it.
    pub(super) markdown: String,
    /// The nodes of HTML that it was made of.
    pub(super) source: Vec<Node>,
}

/// Writes blocks of HTML as Markdown.
#[derive(Default)]
pub(super) struct Blocks {
    /// What stayed HTML in the block that is being written.
    pub(super) kept: Vec<KeptHtml>,
}

impl Blocks {
    /// Everything as pieces of Markdown, one a block.
    pub(super) fn pieces(&mut self, nodes: &[Node]) -> Vec<(WrittenBlock, Vec<KeptHtml>)> {
        let mut sign = ListSign::Second;
        let mut was_list = None;
        let mut out = Vec::new();
        for run in runs(nodes) {
            sign = next_sign(&run, sign, &mut was_list);
            if let Some(markdown) = self.run(&run, sign) {
                out.push((WrittenBlock { markdown, source: run }, std::mem::take(&mut self.kept)));
            }
        }
        out
    }

    /// Blocks within another one, with an empty line between them.
    fn join_blocks(&mut self, nodes: &[Node], between: &str) -> String {
        let mut sign = ListSign::Second;
        let mut was_list = None;
        let mut out: Vec<String> = Vec::new();
        for run in runs(nodes) {
            sign = next_sign(&run, sign, &mut was_list);
            out.extend(self.run(&run, sign));
        }
        out.join(between)
    }

    fn run(&mut self, run: &[Node], sign: ListSign) -> Option<String> {
        if let [Node::Element(element)] = run
            && (element.is_block() || element.find(&Element::is_block).is_some())
        {
            return self.block(element, sign);
        }
        self.paragraph(run)
    }

    fn paragraph(&mut self, nodes: &[Node]) -> Option<String> {
        let tidy = inlines::tidy(nodes);
        if tidy.is_empty() {
            return None;
        }
        // An address alone is shown as what it leads to, if it is written as it is.
        if let [Node::Element(link)] = tidy.as_slice()
            && link.name == "a"
            && link.attribute("href") == Some(&link.text())
            && link
                .attribute("href")
                .is_some_and(|href| href.starts_with("http") && !href.contains(['*', '_', '<', '\\', ' ']))
        {
            return link.attribute("href").map(str::to_string);
        }
        match inlines::line(&tidy, WordContext::Line) {
            Some(text) => Some(text.split('\n').map(escape::line_start).collect::<Vec<_>>().join("\n")),
            None => {
                Some(self.html(
                    &[Node::Element(Element::new("p", nodes.to_vec()))],
                    "a paragraph with blocks in it",
                ))
            }
        }
    }

    fn block(&mut self, element: &Element, sign: ListSign) -> Option<String> {
        let node = || [Node::Element(element.clone())];
        if let Some(form) = element.attribute(super::FORM) {
            return Some(format!("[form:{form}]"));
        }
        if let Some(kind) = element.attribute(super::CALLOUT) {
            let inner = self.join_blocks(&element.children, "\n\n");
            return (!inner.is_empty()).then(|| prefixed(&format!("[!{kind}]\n{inner}"), "> "));
        }
        if !element.attributes.iter().all(|(name, _)| has_markdown(element, name)) {
            return Some(self.html(&node(), "attributes that Markdown has no sign for"));
        }
        match element.name.as_str() {
            "p" => self.paragraph(&element.children),
            "hr" => Some("---".into()),
            "pre" => code(element),
            "ul" | "ol" => self.list(element, sign),
            "blockquote" => self.quote(element),
            "table" => Some(match tables::table(element) {
                Ok(table) => table,
                Err(why) => self.html(&node(), why),
            }),
            "figure" => Some(match self.figure(element) {
                Some(figure) => figure,
                None => self.html(&node(), "a figure whose caption has links, or is around several things"),
            }),
            "details" => Some(match self.details(element) {
                Some(details) => details,
                None => self.html(&node(), "a folded text without a plain title"),
            }),
            name => match level(name) {
                Some(level) => self.heading(element, level),
                None => Some(self.html(&node(), "an element that Markdown has no sign for")),
            },
        }
    }

    /// Nodes as a block of HTML, which is told.
    pub(super) fn html(&mut self, nodes: &[Node], why: &'static str) -> String {
        let name = nodes.first().and_then(Node::element).map_or("", |element| element.name.as_str());
        self.kept.push(KeptHtml { element: name.to_string(), why });
        let nodes = without_notes(nodes);
        let html = tree::serialize(&nodes);
        let begins = [
            "p",
            "div",
            "table",
            "figure",
            "details",
            "dl",
            "ul",
            "ol",
            "blockquote",
            "form",
            "aside",
            "section",
        ];
        if begins.contains(&name) { html } else { format!("<div>{html}</div>") }
    }

    fn heading(&mut self, element: &Element, level: u8) -> Option<String> {
        let tidy = inlines::tidy(&element.children);
        let Some(text) = inlines::line(&tidy, WordContext::Cell) else {
            return Some(self.html(&[Node::Element(element.clone())], "a heading with blocks in it"));
        };
        if text.trim().is_empty() {
            return None;
        }
        let text = match text.trim_end_matches('#') {
            kept if kept.len() < text.len() && (kept.ends_with(' ') || kept.is_empty()) => {
                format!("{kept}\\{}", &text[kept.len()..])
            }
            _ => text.replace("\\|", "|"),
        };
        let signs = "#".repeat(usize::from(level));
        let words: String = element.text();
        let id = element.attribute("id").filter(|id| *id != slug(&words) && is_id(id));
        let id = id.map(|id| format!(" {{#{id}}}")).unwrap_or_default();
        Some(format!("{signs} {text}{id}"))
    }

    fn quote(&mut self, element: &Element) -> Option<String> {
        let inner = self.join_blocks(&element.children, "\n\n");
        (!inner.is_empty()).then(|| prefixed(&inner, "> "))
    }

    fn list(&mut self, element: &Element, sign: ListSign) -> Option<String> {
        let items: Vec<&Element> = element.children.iter().filter_map(Node::element).collect();
        let is_plain = items.iter().all(|item| item.name == "li" && item.attributes.is_empty());
        let is_loose_text = element.children.iter().any(|node| node.element().is_none() && !node.is_blank());
        if !is_plain || is_loose_text {
            return Some(self.html(&[Node::Element(element.clone())], "a list with more than items in it"));
        }
        if items.is_empty() {
            return None;
        }
        let first: u32 = element.attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1);
        let is_wide = |item: &&Element| {
            let parts = runs(&item.children);
            parts.len() > 1
                && !(parts.len() == 2 && parts[1][0].element().is_some_and(|part| is_list(&part.name)))
        };
        let between = if items.iter().any(is_wide) { "\n\n" } else { "\n" };
        let mut out = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let number = first.saturating_add(u32::try_from(index).unwrap_or(u32::MAX));
            let marker = match (element.name.as_str(), sign) {
                ("ol", ListSign::First) => format!("{number}."),
                ("ol", ListSign::Second) => format!("{number})"),
                (_, ListSign::First) => "-".into(),
                (_, ListSign::Second) => "*".into(),
            };
            let text = self.item(item, between);
            let indent = " ".repeat(marker.len() + 1);
            let text = prefixed(&text, &indent);
            let text = text.get(indent.len()..).unwrap_or_default();
            out.push(format!("{marker} {text}").trim_end().to_string());
        }
        Some(out.join(between))
    }

    fn item(&mut self, item: &Element, between: &str) -> String {
        // A box at the start is a task's.
        let is_box = |element: &Element| element.name == "input";
        let Some(found) = item.find(&is_box) else { return self.join_blocks(&item.children, between) };
        let sign = if found.attribute("checked").is_some() { "[x] " } else { "[ ] " };
        let mut rest = item.clone();
        remove_boxes(&mut rest);
        format!("{sign}{}", self.join_blocks(&rest.children, between))
    }

    fn figure(&mut self, element: &Element) -> Option<String> {
        let (image, caption) = figure(element)?;
        let mut image = image.clone();
        if let Some(caption) = caption {
            if caption.find(&|inner| inner.name == "a" || inner.name == "img" || inner.is_block()).is_some() {
                return None;
            }
            let words = caption.text().split_whitespace().collect::<Vec<_>>().join(" ");
            image = image.with("data-caption", words);
        }
        inlines::line(&[Node::Element(image)], WordContext::Line)
    }

    fn details(&mut self, element: &Element) -> Option<String> {
        let at = element.children.iter().position(|node| node.is("summary"))?;
        let summary = element.children[at].element()?;
        let is_first = element.children[..at].iter().all(Node::is_blank);
        let title = inlines::line(&inlines::tidy(&summary.children), WordContext::Cell)?.replace("\\|", "|");
        if !is_first
            || title.is_empty()
            || title.contains("<br>")
            || summary.find(&Element::is_block).is_some()
        {
            return None;
        }
        let kind = if title.ends_with('?') { "question" } else { "note" };
        let fold = if element.attribute("open").is_some() { '+' } else { '-' };
        let inner = self.join_blocks(&element.children[at + 1..], "\n\n");
        let text = format!("[!{kind}]{fold} {title}\n{inner}");
        Some(prefixed(text.trim_end(), "> "))
    }
}

fn is_list(name: &str) -> bool {
    matches!(name, "ul" | "ol")
}

/// The sign for a run that may be a list, given what was before it.
fn next_sign(run: &[Node], sign: ListSign, was: &mut Option<String>) -> ListSign {
    let name = run.first().and_then(Node::element).map(|element| element.name.clone());
    let name = name.filter(|name| is_list(name) && run.len() == 1);
    let is_same = name.is_some() && *was == name;
    *was = name;
    match (is_same, sign) {
        (true, ListSign::First) => ListSign::Second,
        _ => ListSign::First,
    }
}

/// Can Markdown say this attribute of a block?
fn has_markdown(element: &Element, name: &str) -> bool {
    match name {
        "id" => level(&element.name).is_some(),
        "start" => {
            element.name == "ol"
                && element
                    .attribute("start")
                    .is_some_and(|start| start.len() < 9 && start.parse::<u32>().is_ok())
        }
        "open" => element.name == "details",
        "data-language" => element.name == "pre",
        _ => false,
    }
}

fn is_id(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_alphabetic())
        && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// Each line with a beginning; empty ones without spaces at their end.
fn prefixed(text: &str, prefix: &str) -> String {
    let lines = text.split('\n').map(|line| match line {
        "" => prefix.trim_end().to_string(),
        line => format!("{prefix}{line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn code(element: &Element) -> Option<String> {
    let text = element.text();
    let text = text.strip_suffix('\n').unwrap_or(&text);
    if text.trim().is_empty() {
        return None;
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    let language = element.attribute("data-language").unwrap_or_default();
    Some(format!("{fence}{language}\n{text}\n{fence}"))
}

/// Nodes without what we noted on them.
fn without_notes(nodes: &[Node]) -> Vec<Node> {
    let clean = |node: &Node| match node {
        Node::Element(element) => {
            let mut element = element.clone();
            element.attributes.retain(|(name, _)| !name.starts_with("data-"));
            element.children = without_notes(&element.children);
            Node::Element(element)
        }
        node => node.clone(),
    };
    nodes.iter().map(clean).collect()
}

fn remove_boxes(element: &mut Element) {
    element.children.retain(|node| !node.is("input"));
    for node in &mut element.children {
        if let Node::Element(inner) = node {
            remove_boxes(inner);
        }
    }
}
