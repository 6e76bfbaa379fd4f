//! Things to compare as a table, which stays one on a phone.

use super::super::{Medium, Writer, escape_attribute};
use crate::content::blocks::Role;
use crate::content::body::{Heading, Kind, NodeId};

impl Writer<'_> {
    /// Writes all parts of the section that is being written as one table, if `first` begins its first part and each of
    /// them is one list of as many items as the others have; gives the node behind it. Else nothing is written: such parts
    /// stand side by side.
    pub(super) fn table_of_parts(&mut self, first: NodeId) -> Option<NodeId> {
        let body = self.body;
        let section = body
            .headings
            .iter()
            .rev()
            .find(|h| h.node < first && h.top_level && h.role == Some(Role::Compare))?;
        let end = body.section(section).end;
        let parts: Vec<&Heading> = body.parts(section).collect();
        if parts.first()?.node != first || parts.len() < 2 || end > self.limit {
            return None;
        }
        let lists: Option<Vec<Vec<NodeId>>> = parts.iter().map(|part| items(self, part)).collect();
        let lists = lists?;
        let rows = lists[0].len();
        if lists.iter().any(|items| items.len() != rows) {
            return None;
        }
        self.new_line();
        self.out.push_str("<div class=\"table-wrap\"");
        if self.style.medium == Medium::Page {
            // It scrolls sideways, which the keyboard must be able to do too.
            self.out.push_str(" tabindex=\"0\" role=\"region\"");
            self.attribute("aria-labelledby", &section.id);
        }
        self.out.push_str("><table class=\"compare\">\n<thead><tr>\n");
        for part in parts {
            self.out.push_str("<th scope=\"col\" id=\"");
            escape_attribute(&part.id, self.out);
            self.out.push_str("\">");
            self.aside(body.descendants(part.node));
            self.out.push_str("</th>\n");
        }
        self.out.push_str("</tr></thead>\n<tbody>\n");
        for row in 0..rows {
            self.out.push_str("<tr>\n");
            for items in &lists {
                self.out.push_str("<td>");
                self.aside(body.descendants(items[row]));
                self.out.push_str("</td>\n");
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody></table></div>\n");
        Some(end)
    }
}

/// The items of the list that a part is, if it is nothing else.
fn items(writer: &Writer<'_>, part: &Heading) -> Option<Vec<NodeId>> {
    let body = writer.body;
    let mut blocks = body
        .siblings(body.section(part))
        .filter(|id| !matches!(body.nodes()[*id].kind, Kind::Footnote(_)) && body.comment(*id).is_none());
    let list = blocks.next().filter(|id| matches!(body.nodes()[*id].kind, Kind::List(_)))?;
    let items: Vec<NodeId> = body.children(Some(list)).collect();
    blocks.next().is_none().then_some(items)
}
