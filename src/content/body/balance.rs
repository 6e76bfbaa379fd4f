//! Raw HTML that doesn't add up: it is told, and made harmless, so that no text can end or swallow the page around it.
//! Start with [`Body::balance_html`].

use std::ops::Range;

use super::{Body, Kind, Node, TextRef};
use crate::content::markup::{self, Mark};
use crate::diag::Span;

/// What is wrong with a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagFlaw {
    /// Browsers know no such element, and show nothing.
    Unknown,
    /// An end tag of nothing that is open.
    Stray,
    /// The element has no end tag where it would have to end.
    Open,
}

/// A tag of raw HTML that isn't what its author meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlawedTag {
    /// What is wrong with the tag.
    pub flaw: TagFlaw,
    /// The element's name, as it is written.
    pub name: String,
    /// The tag in the file.
    pub span: Span,
}

/// An element that is open.
struct Open {
    tag: FlawedTag,
    /// How many blocks and other nodes of Markdown it is in.
    depth: usize,
    /// The tag in the body's text.
    place: Range<usize>,
}

/// Elements whose end tags may be left out (HTML, section 13.1.2.4, "Optional tags").
const OPTIONAL: &[&str] = &[
    "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup", "colgroup",
    "caption", "rt", "rp", "rb", "rtc", "html", "head", "body",
];

impl Body {
    /// Finds tags that don't add up: an end tag that ends nothing is dropped; an element that is still open at the end of
    /// the text is closed there, and one that is open at the end of its block, or at the gate, is dropped. `source` is
    /// the whole file.
    pub fn balance_html(&mut self, source: &str) -> Vec<FlawedTag> {
        if !self.nodes.iter().any(|node| matches!(node.kind, Kind::Html(_))) {
            return Vec::new();
        }
        let mut balance = Balance { found: Vec::new(), open: Vec::new(), dropped: Vec::new() };
        let mut within: Vec<u32> = Vec::new();
        for (id, node) in self.nodes.iter().enumerate() {
            while within.pop_if(|end| *end as usize <= id).is_some() {
                balance.leave(within.len());
            }
            match node.kind {
                Kind::Html(html) => balance.read(self, html, node.span, (within.len(), source)),
                Kind::HtmlBlock
                    if within.is_empty() && matches!(self.comment(id), Some("gate" | "/gate")) =>
                {
                    balance.give_up(0);
                }
                Kind::HtmlBlock => {}
                _ if node.end as usize > id + 1 => within.push(node.end),
                _ => {}
            }
        }
        while within.pop().is_some() {
            balance.leave(within.len());
        }
        let Balance { mut found, open, dropped } = balance;
        for place in dropped {
            let blank = " ".repeat(place.len());
            self.text.replace_range(place, &blank);
        }
        let left: Vec<FlawedTag> =
            open.into_iter().map(|open| open.tag).filter(|tag| !is_one(OPTIONAL, &tag.name)).collect();
        self.append_ends(&left);
        found.extend(left);
        found
    }

    /// Ends these elements in a block of its own.
    fn append_ends(&mut self, left: &[FlawedTag]) {
        let Some(span) = left.last().map(|tag| tag.span) else { return };
        let fit = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let start = fit(self.text.len());
        for tag in left.iter().rev() {
            self.text.push_str(&format!("</{}>", tag.name));
        }
        let html = Kind::Html(TextRef { start, end: fit(self.text.len()) });
        let end = fit(self.nodes.len() + 2);
        self.nodes.push(Node { kind: Kind::HtmlBlock, span, end });
        self.nodes.push(Node { kind: html, span, end });
    }
}

struct Balance {
    found: Vec<FlawedTag>,
    open: Vec<Open>,
    /// Tags, in the body's text, that nobody is to see.
    dropped: Vec<Range<usize>>,
}

impl Balance {
    /// A node of Markdown ends that was the only one so deep: elements can't go on behind it.
    fn leave(&mut self, depth: usize) {
        self.give_up(depth + 1);
    }

    /// Drops what is open at this depth or deeper.
    fn give_up(&mut self, depth: usize) {
        while let Some(open) = self.open.pop_if(|open| open.depth >= depth) {
            if !is_one(OPTIONAL, &open.tag.name) {
                self.dropped.push(open.place);
                self.found.push(open.tag);
            }
        }
    }

    fn read(&mut self, body: &Body, html: TextRef, span: Span, (depth, source): (usize, &str)) {
        let text = body.text(html);
        let written = source.get(span.range()).unwrap_or_default();
        let mut cursor = 0;
        for mark in markup::marks(text) {
            let shown = &text[mark.place.clone()];
            let first = shown.lines().next().unwrap_or_default();
            // Within a quotation or list the text has less than the file.
            let start = match written == text {
                true => mark.place.start,
                false => written[cursor..].find(first).map_or(cursor, |at| cursor + at),
            };
            cursor = start;
            let span = Span::new(span.range().start + start, span.range().start + start + first.len());
            let place = html.start as usize + mark.place.start..html.start as usize + mark.place.end;
            self.take(&mark, span, (depth, place));
        }
    }

    fn take(&mut self, mark: &Mark<'_>, span: Span, (depth, place): (usize, Range<usize>)) {
        let flawed = |flaw| FlawedTag { flaw, name: mark.name.to_string(), span };
        let is_drawing = |name: &str| is_one(&["svg", "math"], name);
        let in_drawing = self.open.iter().any(|open| is_drawing(&open.tag.name));
        if !in_drawing && !markup::is_known(mark.name) {
            let is_told = |tag: &FlawedTag| tag.flaw == TagFlaw::Unknown && tag.name == mark.name;
            if !mark.is_end || !self.found.iter().any(is_told) {
                self.found.push(flawed(TagFlaw::Unknown));
            }
        } else if mark.is_end {
            let same = self.open.iter().rposition(|open| open.tag.name.eq_ignore_ascii_case(mark.name));
            let Some(at) = same else {
                self.dropped.push(place);
                return self.found.push(flawed(TagFlaw::Stray));
            };
            let inner = self.open.drain(at..).skip(1);
            let left = inner.filter(|open| !is_one(OPTIONAL, &open.tag.name)).collect::<Vec<_>>();
            self.dropped.extend(left.iter().map(|open| open.place.clone()));
            self.found.extend(left.into_iter().map(|open| open.tag));
        } else if !(markup::is_void(mark.name) || mark.closes_itself && (in_drawing || is_drawing(mark.name)))
        {
            self.open.push(Open { tag: flawed(TagFlaw::Open), depth, place });
        }
    }
}

fn is_one(names: &[&str], name: &str) -> bool {
    names.iter().any(|one| one.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use crate::content::body::TagFlaw;
    use crate::content::markdown::{Options, parse};
    use crate::html::{AsWritten, HtmlStyle, body as html};

    fn balanced(text: &str) -> (Vec<(TagFlaw, String, u32)>, String) {
        let mut body = parse(text, 0, &Options::full("en"));
        let found = body.balance_html(text);
        let mut out = String::new();
        html(&body, &AsWritten(&body), &HtmlStyle::english(), &mut out);
        (found.into_iter().map(|tag| (tag.flaw, tag.name, tag.span.start)).collect(), out)
    }

    #[test]
    fn what_ends_nothing_goes_and_what_is_open_is_closed() {
        let (found, out) = balanced("Text.\n\n</div></div></main>\n\nMore.\n");
        assert_eq!(found.len(), 3);
        assert_eq!(found[0], (TagFlaw::Stray, "div".into(), 7));
        assert!(!out.contains("</div>") && !out.contains("</main>"), "{out}");
        let (found, out) = balanced("<details><summary>More</summary>\n\nText.\n");
        assert_eq!(found, [(TagFlaw::Open, "details".into(), 0)]);
        assert!(out.trim_end().ends_with("</details>"), "{out}");
        let (found, out) = balanced("> - a <b>bold\r\n>   word\r\n\r\nMore <!-- no <i> -->.\r\n");
        assert_eq!(found, [(TagFlaw::Open, "b".into(), 6)]);
        assert!(!out.contains("<b>"), "{out}");
        let (found, out) = balanced("<div>\n\nOpen.\n\n<!-- gate -->\n\nSealed.\n\n</div>\n");
        assert_eq!(found.len(), 2, "{out}");
        assert!(!out.contains("div"), "{out}");
    }

    #[test]
    fn what_browsers_know_is_no_flaw() {
        for text in [
            "<div>\n\ntext\n\n</div>\n",
            "<ul>\n<li>a\n<li>b\n</ul>\n",
            "A<br>b <my-part>x</my-part> <kbd>K</kbd> <img src=x alt=y /> <B>x</b>\n",
            "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/><odd/></svg>\n",
            "<script>\nif (a < b) { x('</div>') }\n</script>\n",
            "`<Company>` and\n\n```html\n</div><Company>\n```\n",
            "<table><tr><td>a<td>b</table>\n",
        ] {
            assert_eq!(balanced(text).0, [], "{text}");
        }
        assert_eq!(balanced("From <Company> and <Your name>.\n").0.len(), 2);
    }
}
