//! Tables.

use super::{Close, Writer, escape_attribute};
use crate::content::body::{Align, Kind, NodeId};

/// The table that is being written; there are no tables in tables.
#[derive(Default)]
pub(super) struct TableState {
    /// How many tables there are so far.
    number: u32,
    /// Index into [`crate::content::body::Body::tables`].
    index: u32,
    column: usize,
    in_head: bool,
    has_rows: bool,
}

impl TableState {
    /// With so many tables before.
    pub(super) fn after(number: u32) -> Self {
        Self { number, ..Self::default() }
    }
}

impl Writer<'_> {
    /// Opens a table, with what makes a wide one scroll.
    pub(super) fn table(&mut self, id: NodeId) -> Close {
        let Kind::Table(index) = self.body.nodes()[id].kind else { return Close::Table };
        self.table = TableState { number: self.table.number + 1, index, ..TableState::default() };
        self.new_line();
        if !self.style.commonmark {
            // A wide table scrolls sideways in its wrap, which the keyboard must reach; regions need different names.
            self.out.push_str("<div class=\"table-wrap\" tabindex=\"0\" role=\"region\" aria-label=\"");
            escape_attribute(self.style.table, self.out);
            let number = self.table.number;
            self.push_fmt(format_args!(" {number}"));
            let columns = self
                .body
                .children(Some(id))
                .next()
                .map(|head| self.body.plain_text_of(self.body.descendants(head)));
            for (number, column) in
                columns.iter().flat_map(|c| c.split('\t')).filter(|c| !c.is_empty()).enumerate()
            {
                self.out.push_str(if number == 0 { ": " } else { ", " });
                escape_attribute(column, self.out);
            }
            self.out.push_str("\">");
        }
        self.out.push_str("<table>\n");
        Close::Table
    }

    /// Opens the first row of a table.
    pub(super) fn table_head(&mut self) -> Close {
        self.table.in_head = true;
        self.table.column = 0;
        self.out.push_str("<thead>\n<tr>\n");
        Close::TableHead
    }

    /// Closes the first row, and opens the body of the table.
    pub(super) fn close_table_head(&mut self) {
        self.table.in_head = false;
        self.out.push_str("</tr>\n</thead>\n");
    }

    /// Opens another row of a table.
    pub(super) fn table_row(&mut self) -> Close {
        if !self.table.has_rows {
            self.table.has_rows = true;
            self.out.push_str("<tbody>\n");
        }
        self.table.column = 0;
        self.out.push_str("<tr>\n");
        Close::Tag("</tr>\n")
    }

    /// Opens a cell, aligned as its column is.
    pub(super) fn table_cell(&mut self, id: NodeId, end: NodeId) -> Close {
        // A column without a name has no heading cell: an empty one would be read out as one.
        let heading = self.table.in_head && (end > id + 1 || self.style.commonmark);
        self.out.push_str(match (heading, self.style.commonmark) {
            (true, true) => "<th",
            (true, false) => "<th scope=\"col\"",
            (false, _) => "<td",
        });
        let columns = &self.body.tables[self.table.index as usize];
        self.out.push_str(match columns.get(self.table.column) {
            Some(Align::Left) => " class=\"align-left\"",
            Some(Align::Center) => " class=\"align-center\"",
            Some(Align::Right) => " class=\"align-right\"",
            Some(Align::None) | None => "",
        });
        self.out.push('>');
        self.table.column += 1;
        Close::Tag(if heading { "</th>\n" } else { "</td>\n" })
    }

    /// Closes a table with its body.
    pub(super) fn close_table(&mut self) {
        if self.table.has_rows {
            self.out.push_str("</tbody>\n");
        }
        self.out.push_str(if self.style.commonmark { "</table>\n" } else { "</table></div>\n" });
    }
}
