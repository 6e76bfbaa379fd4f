//! Headings: the sections that begin at them, their ids, and the attributes that authors give them.

use super::blocks::PartHeading;
use super::{Close, Opened, PartTarget, Writer};
use crate::content::body::{Kind, NodeId};
use crate::encode::html::escape_attribute;

impl<'a> Writer<'a> {
    /// Opens the heading at `id`, with its index among the headings of the text.
    pub(super) fn heading(&mut self, id: NodeId, index: usize) -> Opened {
        let heading = &self.body.headings[index];
        const ENDS: [&str; 6] = ["</h1>\n", "</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n"];
        let level = heading.level.clamp(1, 6);
        let end = Close::Tag(ENDS[usize::from(level) - 1]);
        self.new_line();
        if self.style.commonmark {
            self.push_fmt(format_args!("<h{level}>"));
            return Opened::Open(end);
        }
        if self.body.descendants(id).is_empty() {
            // A heading without content is a mistake to a screen reader; an id that was asked for can still be linked.
            if heading.explicit_id {
                self.out.push_str("<div");
                self.attribute("id", &heading.id);
                self.out.push_str("></div>\n");
            }
            return Opened::Written(self.body.descendants(id).end);
        }
        let part = self.targets.part(id);
        if self.takeaways == Some(id) || part.is_some() {
            self.section(heading, part.as_ref());
        }
        let begun = if heading.top_level { self.begin(id, heading) } else { PartHeading::Usual };
        match begun {
            PartHeading::Usual => {
                self.push_fmt(format_args!("<h{level} id=\""));
                escape_attribute(&heading.id, self.out);
                self.out.push('"');
            }
            PartHeading::Summary => self.push_fmt(format_args!("<h{level}")),
            PartHeading::Written(next) => return Opened::Written(next),
        }
        for (number, class) in heading.classes.iter().enumerate() {
            self.out.push_str(if number == 0 { " class=\"" } else { " " });
            escape_attribute(class, self.out);
        }
        if !heading.classes.is_empty() {
            self.out.push('"');
        }
        for (key, value) in heading.attributes.iter().filter(|(key, _)| is_global_attribute(key)) {
            self.attribute(key, value.as_deref().unwrap_or_default());
        }
        self.out.push('>');
        let has_note = |id: NodeId| matches!(self.body.nodes()[id].kind, Kind::FootnoteRef(_));
        if let Some(PartTarget::Step { label, title, time, due, owner, .. }) = part
            && !self.body.descendants(id).any(has_note)
        {
            self.step_heading((id, level), (label, title));
            self.step_facts([("time", time), ("due", due.as_ref().map(|(text, _)| *text)), ("owner", owner)]);
            return Opened::Written(self.body.descendants(id).end);
        }
        Opened::Open(if begun == PartHeading::Summary { Close::Summary(index, level) } else { end })
    }
}

/// May the attribute stand on any element, whatever its value? Others that an author gives are for ringback to read
/// (`role=takeaways`) or would make the page invalid.
fn is_global_attribute(key: &str) -> bool {
    let data = key.strip_prefix("data-").is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    });
    data || matches!(key, "lang" | "dir" | "title")
}
