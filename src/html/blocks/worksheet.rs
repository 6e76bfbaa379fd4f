//! Worksheets: questions that readers answer for themselves, with room to write below each.
//!
//! The room is a field of the page, so that it can be written in and printed without a script; `leads/forms/client/worksheet.js`
//! keeps what is in it.

use super::super::{Close, Medium, Writer};
use crate::content::blocks::Role;
use crate::content::body::NodeId;

/// What stands below the questions, in the page's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorksheetWords<'a> {
    /// Says where the answers are, and who sees them.
    pub kept: &'a str,
    /// The button that begins a mail with them.
    pub mail: &'a str,
    /// The button that copies them.
    pub copy: &'a str,
    /// What is said when they are copied.
    pub copied: &'a str,
    /// What is said when they are copied because they are too long for a mail that a page begins.
    pub long: &'a str,
    /// The button that deletes them.
    pub clear: &'a str,
}

impl WorksheetWords<'static> {
    /// The words in English.
    pub const ENGLISH: Self = Self {
        kept: "What you write stays in this browser. Nobody else sees it until you send it.",
        mail: "Email it to yourself",
        copy: "Copy",
        copied: "Copied.",
        long: "It is too long for a link to your email program, so it has been copied: paste it into the email.",
        clear: "Delete my answers",
    };
}

impl Writer<'_> {
    /// Opens an item of a list, which is a question where its section is a worksheet.
    pub(in crate::html) fn item(&mut self, id: NodeId) -> Close {
        let is_question = self.is_item_of(Role::Questions) && self.style.medium == Medium::Page;
        let close = self.block("<li>", "</li>\n");
        if is_question { Close::Question(id, "</li>\n") } else { close }
    }

    /// Behind a question: room to write.
    pub(in crate::html) fn close_question(&mut self, question: NodeId, end: &str) {
        let first =
            self.body.children(Some(question)).next().filter(|id| !self.body.nodes()[*id].kind.is_inline());
        let words = match first {
            Some(block) => self.body.descendants(block),
            None => question + 1..self.body.line_end(question + 1),
        };
        let words = self.body.plain_text_of(words);
        self.new_line();
        // What asks nothing has no answer.
        if !words.trim().is_empty() {
            self.out.push_str("<textarea rows=\"3\"");
            self.attribute("aria-label", words.trim());
            self.out.push_str("></textarea>\n");
        }
        self.out.push_str(end);
    }

    /// The end of a worksheet: what can be done with the answers, shown by the script.
    pub(in crate::html) fn close_worksheet(&mut self) {
        let words = self.style.worksheet;
        self.out.push_str("<div class=\"worksheet-tools\" hidden>\n<p class=\"fine\">");
        super::super::escape_text(words.kept, self.out);
        self.out.push_str("</p>\n<p class=\"ways\">");
        for (name, label) in [("mail", words.mail), ("copy", words.copy), ("clear", words.clear)] {
            self.push_fmt(format_args!(
                "<button class=\"button quiet\" type=\"button\" data-worksheet-{name}>"
            ));
            super::super::escape_text(label, self.out);
            self.out.push_str("</button> ");
        }
        self.out.push_str("</p>\n<p class=\"fine\" role=\"status\"");
        self.attribute("data-copied", words.copied);
        self.attribute("data-long", words.long);
        self.out.push_str("></p>\n<textarea readonly hidden rows=\"6\"");
        self.attribute("aria-label", words.copy);
        self.out.push_str("></textarea>\n</div>\n</section>\n");
    }
}
