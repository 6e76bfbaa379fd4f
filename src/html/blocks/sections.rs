//! Sections with a role, and their parts: what the headings directly below theirs begin.

use super::super::{Close, Medium, Writer, escape_attribute};
use crate::content::blocks::{Role, icons};
use crate::content::body::{Heading, NodeId};

/// A section that is being written.
#[derive(Debug, Clone, Copy)]
pub(in crate::html) struct OpenSection {
    role: Role,
    /// The node after the last one in the section.
    end: NodeId,
    /// The level of the headings that begin its parts; 7 if it has none.
    level: u8,
    /// How many nodes are open around what is directly in it.
    depth: usize,
}

/// How the heading of a part is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::html) enum PartHeading {
    /// As any other heading.
    Usual,
    /// In the line that opens what is below it, which has its id.
    Summary,
    /// Not at all: the part is written up to this node.
    Written(NodeId),
}

impl Writer<'_> {
    /// The role of the section that is being written.
    pub(super) fn role(&self) -> Option<Role> {
        self.sections.last().map(|section| section.role)
    }

    /// Is what is written next directly in a list of a section with this role, which has no parts?
    pub(super) fn is_item_of(&self, role: Role) -> bool {
        let depth = self.open.len();
        self.sections
            .last()
            .is_some_and(|section| section.role == role && section.level > 6 && section.depth + 1 == depth)
    }

    /// Opens what begins at a top-level heading: a section with a role, or a part of one.
    pub(in crate::html) fn begin(&mut self, id: NodeId, heading: &Heading) -> PartHeading {
        while self.sections.pop_if(|section| section.end <= id).is_some() {}
        if let Some(OpenSection { role, level, .. }) = self.sections.last().copied()
            && heading.level == level
        {
            return self.begin_part(role, heading);
        }
        if let Some(role) = heading.role.filter(|role| *role != Role::Takeaways) {
            return self.begin_section(role, heading);
        }
        PartHeading::Usual
    }

    fn begin_section(&mut self, role: Role, heading: &Heading) -> PartHeading {
        let end = self.body.section(heading).end.min(self.limit);
        let level = self.body.parts(heading).next().map_or(7, |part| part.level);
        self.sections.push(OpenSection { role, end, level, depth: self.open.len() + 1 });
        if self.style.medium == Medium::Feed {
            return PartHeading::Usual;
        }
        if role == Role::Transcript {
            self.out.push_str("<details class=\"block block-transcript\">\n<summary>");
            self.open.push((end, Close::Tag("</div>\n</details>\n")));
            return PartHeading::Summary;
        }
        let script = match role {
            Role::Tabs => " data-tabs",
            Role::Questions => " data-worksheet",
            _ => "",
        };
        let name = role.name();
        // Without a name of its own: a list of landmarks with every section in it would hide the others.
        self.push_fmt(format_args!("<section class=\"block block-{name}\"{script}>\n"));
        let close = if role == Role::Questions { Close::Worksheet } else { Close::Tag("</section>\n") };
        self.open.push((end, close));
        PartHeading::Usual
    }

    fn begin_part(&mut self, role: Role, heading: &Heading) -> PartHeading {
        let end = self.body.section(heading).end.min(self.limit);
        if role == Role::Compare
            && let Some(end) = self.table_of_parts(heading.node)
        {
            return PartHeading::Written(end);
        }
        if self.style.medium == Medium::Feed {
            return PartHeading::Usual;
        }
        match role {
            Role::Faq => {
                self.out.push_str("<details class=\"block-part\">\n<summary>");
                self.open.push((end, Close::Tag("</div>\n</details>\n")));
                PartHeading::Summary
            }
            Role::Questions => {
                self.out.push_str("<div class=\"block-part\">\n");
                self.open.push((end, Close::Question(heading.node, "</div>\n")));
                PartHeading::Usual
            }
            Role::Steps | Role::Columns | Role::Benefits | Role::Compare | Role::Tabs | Role::Timeline => {
                self.out.push_str("<div class=\"block-part\">\n");
                if role.has_icons() {
                    self.icon(heading);
                }
                self.open.push((end, Close::Tag("</div>\n")));
                PartHeading::Usual
            }
            Role::Takeaways | Role::Gallery | Role::Logos | Role::Interview | Role::Transcript => {
                PartHeading::Usual
            }
        }
    }

    /// The icon of a part. Its words say what it means, so that it says nothing to those who don't see it.
    fn icon(&mut self, heading: &Heading) {
        let named = heading.attributes.iter().find(|(key, _)| key == "icon");
        if let Some(lines) = named.and_then(|(_, name)| icons::lines(name.as_deref()?)) {
            self.push_fmt(format_args!(
                "<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"{lines}\"/></svg>\n"
            ));
        }
    }

    /// Behind the question that opens an answer: browsers open what an address leads into, so the id is there.
    pub(in crate::html) fn close_summary(&mut self, heading: usize, level: u8) {
        self.push_fmt(format_args!("</h{level}></summary>\n<div class=\"answer\" id=\""));
        escape_attribute(&self.body.headings[heading].id, self.out);
        self.out.push_str("\">\n");
    }
}
