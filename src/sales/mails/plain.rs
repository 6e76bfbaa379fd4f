//! A text as mail programs show it: no markup, paragraphs with an empty line between them, addresses written out.

use crate::content::body::{Body, Kind, NodeId};

/// The text of a body for an email. `link` says where a link leads, by its index; without an answer its words stand alone.
/// Pictures, tables of contents and whatever else an email can't show are left out.
#[must_use]
pub fn plain_text(body: &Body, link: &mut dyn FnMut(u32) -> Option<String>) -> String {
    plain_text_of(body, 0..body.nodes().len(), link)
}

/// The same of some blocks of it: a range that begins with one and ends with the last descendant of a sibling of it.
#[must_use]
pub fn plain_text_of(
    body: &Body,
    range: std::ops::Range<NodeId>,
    link: &mut dyn FnMut(u32) -> Option<String>,
) -> String {
    let mut writer = Writer { body, link, out: String::new() };
    writer.blocks(range, "");
    writer.out.trim_end().to_string()
}

struct Writer<'b, 'l> {
    body: &'b Body,
    link: &'l mut dyn FnMut(u32) -> Option<String>,
    out: String,
}

impl Writer<'_, '_> {
    /// The blocks of a range, each line after what stands before all of them.
    fn blocks(&mut self, range: std::ops::Range<NodeId>, indent: &str) {
        let blocks: Vec<NodeId> = self.body.siblings(range).collect();
        for id in blocks {
            match self.body.nodes()[id].kind {
                Kind::Paragraph | Kind::Heading(_) => {
                    let words = self.inline(self.body.descendants(id));
                    self.paragraph(&words, indent);
                }
                Kind::List(first) => self.list(id, first, indent),
                Kind::Quote | Kind::Callout(_) => {
                    self.blocks(self.body.descendants(id), &format!("{indent}> "))
                }
                Kind::CodeBlock(_) => {
                    let lines = self.body.plain_text_of(self.body.descendants(id));
                    self.paragraph(&lines, indent);
                }
                Kind::Table(_) => self.table(id, indent),
                Kind::Rule => self.paragraph("--", indent),
                _ => {}
            }
        }
    }

    /// Lines, and an empty one.
    fn paragraph(&mut self, words: &str, indent: &str) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        for line in words.lines() {
            self.out.push_str(indent);
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
        self.out.push_str(indent.trim_end());
        self.out.push('\n');
    }

    fn list(&mut self, list: NodeId, first: Option<u32>, indent: &str) {
        let items: Vec<NodeId> = self.body.children(Some(list)).collect();
        for (number, item) in (first.unwrap_or_default()..).zip(items) {
            let mark = first.map_or_else(|| "• ".to_string(), |_| format!("{number}. "));
            let range = self.body.descendants(item);
            let is_tight = range.clone().next().is_some_and(|id| self.body.nodes()[id].kind.is_inline());
            let words = self.inline(self.leading_text(range.clone()));
            self.out.push_str(indent);
            self.out.push_str(&mark);
            self.out.push_str(words.trim());
            self.out.push('\n');
            let rest: Vec<NodeId> = self.body.siblings(range).skip(usize::from(!is_tight)).collect();
            for id in rest.into_iter().filter(|id| !self.body.nodes()[*id].kind.is_inline()) {
                self.blocks(id..self.body.nodes()[id].end as usize, &format!("{indent}  "));
                self.out.truncate(self.out.trim_end().len());
                self.out.push('\n');
            }
        }
        self.out.push_str(indent.trim_end());
        self.out.push('\n');
    }

    /// The words that an item begins with: those in it itself, or its first paragraph.
    fn leading_text(&self, range: std::ops::Range<NodeId>) -> std::ops::Range<NodeId> {
        let Some(first) = range.clone().next() else { return range };
        let nodes = self.body.nodes();
        if !nodes[first].kind.is_inline() {
            return self.body.descendants(first);
        }
        let inline = self.body.siblings(range.clone()).find(|id| !nodes[*id].kind.is_inline());
        range.start..inline.unwrap_or(range.end)
    }

    /// A row a line, its cells apart.
    fn table(&mut self, table: NodeId, indent: &str) {
        let rows: Vec<NodeId> = self.body.children(Some(table)).collect();
        let mut lines = Vec::new();
        for row in rows {
            let cells: Vec<NodeId> = self.body.children(Some(row)).collect();
            let cells: Vec<String> = cells
                .into_iter()
                .map(|cell| self.inline(self.body.descendants(cell)).trim().to_string())
                .collect();
            lines.push(cells.join(": "));
        }
        self.paragraph(&lines.join("\n"), indent);
    }

    /// Words within a block. A link is its words and its address, or the address alone where the words are it.
    fn inline(&mut self, range: std::ops::Range<NodeId>) -> String {
        let mut out = String::new();
        let mut id = range.start;
        while id < range.end {
            let node = self.body.nodes()[id];
            let end = node.end as usize;
            match node.kind {
                Kind::Text(text) | Kind::Code(text) => out.push_str(self.body.text(text)),
                Kind::SoftBreak => out.push(' '),
                Kind::HardBreak => out.push('\n'),
                Kind::Link(link) => {
                    let words = self.inline(self.body.descendants(id));
                    out.push_str(&linked(words.trim(), (self.link)(link).as_deref()));
                    id = end;
                    continue;
                }
                Kind::Image(_)
                | Kind::FootnoteRef(_)
                | Kind::Comment(_)
                | Kind::Instruction
                | Kind::Html(_) => {
                    id = end;
                    continue;
                }
                _ => {}
            }
            id += 1;
        }
        out
    }
}

/// The words of a link and where it leads.
fn linked(words: &str, address: Option<&str>) -> String {
    match address {
        Some(address) if words.is_empty() || is_address_itself(words, address) => address.to_string(),
        Some(address) => format!("{words}: {address}"),
        None => words.to_string(),
    }
}

/// Are the words the address itself?
fn is_address_itself(words: &str, address: &str) -> bool {
    let bare = |text: &str| {
        let text = text.trim_end_matches('/');
        ["https://", "http://", "mailto:", "tel:"]
            .iter()
            .find_map(|scheme| text.strip_prefix(scheme))
            .unwrap_or(text)
            .to_string()
    };
    bare(words) == bare(address)
}
