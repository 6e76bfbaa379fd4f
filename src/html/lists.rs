//! Lists, and the boxes of task lists.

use super::{Close, Writer};
use crate::content::body::{Kind, NodeId};

impl<'a> Writer<'a> {
    /// Opens a list; `first` is the first number of an ordered one.
    pub(super) fn list(&mut self, id: NodeId, first: Option<u32>) -> Close {
        self.new_line();
        let tasks = !self.style.commonmark && self.body.children(Some(id)).any(|item| self.is_task(item));
        let class = if tasks { " class=\"task-list\"" } else { "" };
        let Some(first) = first else {
            self.push_fmt(format_args!("<ul{class}>\n"));
            return Close::Tag("</ul>\n");
        };
        match first {
            1 => self.push_fmt(format_args!("<ol{class}>\n")),
            first => self.push_fmt(format_args!("<ol start=\"{first}\"{class}>\n")),
        }
        Close::Tag("</ol>\n")
    }

    /// Does the item start with a box, be it in a paragraph?
    fn is_task(&self, item: NodeId) -> bool {
        let below = self.body.descendants(item);
        let first = below.clone().take(2).map(|id| self.body.nodes()[id].kind);
        let mut first = first.skip_while(|kind| *kind == Kind::Paragraph);
        matches!(first.next(), Some(Kind::TaskMarker(_)))
    }

    /// A box; what stands behind it, up to the next block, is its name.
    pub(super) fn task(&mut self, id: NodeId) {
        let line_end = self.body.line_end(id);
        let label = self.body.plain_text_of(id + 1..line_end);
        let key = self.targets.task(id);
        if key.is_some() {
            self.out.push_str("<label>");
            self.open.push((line_end, Close::Tag("</label>")));
        }
        self.out.push_str("<input type=\"checkbox\"");
        match key {
            Some(key) => self.attribute("data-task", key),
            None => self.out.push_str(" disabled"),
        }
        if matches!(self.body.nodes()[id].kind, Kind::TaskMarker(true)) {
            self.out.push_str(" checked");
        }
        if label.is_empty() {
            self.attribute("aria-label", self.style.task);
        } else if key.is_none() {
            self.attribute("aria-label", &label);
        }
        self.out.push_str("> ");
    }
}
