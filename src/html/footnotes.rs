//! Footnotes: marks in the text, and the notes at its end with ways back.
//!
//! Ids are `fn:1` for a note and `fnref:1`, `fnref:1-2` for its marks: a colon is in no id made from a heading.

use super::{Close, Writer, escape_attribute, escape_text, escape_url};
use crate::content::body::{Body, Kind, NodeId};

/// The marks written so far.
pub(super) struct FootnoteMarks {
    /// How many marks each footnote has so far, by its index.
    marks: Vec<u32>,
    /// The last paragraph of the note that is being written, and the note: the ways back go in there.
    pub(super) last_paragraph: Option<(NodeId, usize)>,
}

impl FootnoteMarks {
    /// No mark has been written of the footnotes of this text.
    pub(super) fn new(body: &Body) -> Self {
        Self { marks: vec![0; body.footnotes.len()], last_paragraph: None }
    }
}

impl Writer<'_> {
    /// Writes the mark of a footnote.
    pub(super) fn footnote_ref(&mut self, footnote: u32) {
        let info = &self.body.footnotes[footnote as usize];
        if info.node.is_none() {
            self.out.push_str("[^");
            escape_text(&info.label, self.out);
            self.out.push(']');
            return;
        }
        self.footnotes.marks[footnote as usize] += 1;
        let mark = self.footnotes.marks[footnote as usize];
        let number = footnote + 1;
        if self.in_link {
            // A link in a link isn't allowed; the mark can still be come back to.
            self.out.push_str("<sup id=\"");
            self.mark_id(number, mark);
            self.push_fmt(format_args!("\">{number}</sup>"));
            return;
        }
        self.out.push_str("<sup><a href=\"");
        self.page_address();
        self.note_id(number);
        self.out.push_str("\" id=\"");
        self.mark_id(number, mark);
        self.push_fmt(format_args!("\" role=\"doc-noteref\">{number}</a></sup>"));
    }

    /// Writes all notes that are mentioned.
    pub(super) fn footnotes(&mut self) {
        let shown = self.body.footnotes.iter().take_while(|f| f.references > 0).count();
        if shown == 0 {
            return;
        }
        self.new_line();
        self.out.push_str("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
        escape_attribute(self.style.footnotes, self.out);
        self.out.push_str("\">\n<ol>\n");
        for (footnote, number) in (0..shown).zip(1_u32..) {
            let Some(node) = self.body.footnotes[footnote].node else { continue };
            self.out.push_str("<li id=\"");
            self.note_id(number);
            self.out.push_str("\">\n");
            let last = self.body.children(Some(node)).last();
            let last = last.filter(|&last| self.body.nodes()[last].kind == Kind::Paragraph);
            self.footnotes.last_paragraph = last.map(|last| (last, footnote));
            self.run(self.body.descendants(node));
            if last.is_none() {
                self.out.push_str("<p>");
                self.ways_back(footnote);
                self.out.push_str("</p>\n");
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n</section>\n");
    }

    /// How the paragraph at `id` is to be closed.
    pub(super) fn paragraph_end(&self, id: NodeId) -> Close {
        match self.footnotes.last_paragraph {
            Some((last, footnote)) if last == id => Close::LastParagraph(footnote),
            _ => Close::Tag("</p>\n"),
        }
    }

    /// Writes a link back to each mark of a note.
    pub(super) fn ways_back(&mut self, footnote: usize) {
        let number = crate::ids::number(footnote + 1);
        for mark in 1..=self.body.footnotes[footnote].references {
            if !self.out.ends_with("<p>") {
                self.out.push(' ');
            }
            self.out.push_str("<a href=\"");
            self.page_address();
            self.mark_id(number, mark);
            self.out.push_str("\" role=\"doc-backlink\" aria-label=\"");
            escape_attribute(self.style.footnote_back, self.out);
            self.push_fmt(format_args!(" {number}"));
            if mark > 1 {
                self.push_fmt(format_args!("-{mark}"));
            }
            // The second character keeps the arrow from being drawn as an emoji.
            self.out.push_str("\">↩\u{fe0e}</a>");
        }
    }

    /// What goes before an id in the address of a place in this text.
    fn page_address(&mut self) {
        escape_url(self.style.page_address, self.out);
        self.out.push('#');
    }

    fn note_id(&mut self, number: u32) {
        escape_attribute(self.style.footnote_prefix, self.out);
        self.push_fmt(format_args!("fn:{number}"));
    }

    fn mark_id(&mut self, number: u32, mark: u32) {
        escape_attribute(self.style.footnote_prefix, self.out);
        self.push_fmt(format_args!("fnref:{number}"));
        if mark > 1 {
            self.push_fmt(format_args!("-{mark}"));
        }
    }
}
