//! A list with other items: those that stay keep their bytes.

use serde_json::Value as Json;

use super::write::{self, Style};
use super::{Editor, Node, Splice, Value};

impl Editor<'_> {
    /// One run of items gives way to another; `None` where that takes more than a splice between items.
    pub(super) fn change_list(&self, list: &Node, items: &[Node], wanted: &[Json]) -> Option<Splice> {
        let old: Vec<Json> = items.iter().map(Node::to_json).collect();
        let before = old.iter().zip(wanted).take_while(|(old, new)| old == new).count();
        let most = old.len().min(wanted.len()) - before;
        let after =
            old.iter().rev().zip(wanted.iter().rev()).take(most).take_while(|(old, new)| old == new).count();
        let gone = &items[before..items.len() - after];
        let new = &wanted[before..wanted.len() - after];
        let is_simple = |json: &Json| !json.is_array() && !json.is_object();
        if wanted.is_empty() || items.is_empty() || !new.iter().all(is_simple) {
            return None;
        }
        if let ([one], [new]) = (gone, new)
            && matches!(one.value, Value::Scalar { .. })
        {
            return self.replace_item(one, new).ok();
        }
        let kept = (before.checked_sub(1).map(|index| &items[index]), items.get(items.len() - after));
        if self.is_flow(list) {
            Some(self.change_flow(gone, new, kept))
        } else {
            self.change_block(gone, new, kept)
        }
    }

    fn change_flow(&self, gone: &[Node], new: &[Json], kept: (Option<&Node>, Option<&Node>)) -> Splice {
        let written: Vec<String> = new.iter().map(|item| write::scalar_of(item, Style::Flow)).collect();
        let end = gone.last().map(|item| self.end(item));
        match kept {
            (Some(before), _) => {
                let at = self.end(before);
                let new = written.iter().map(|item| format!(", {item}")).collect();
                Splice { range: at..end.unwrap_or(at), new }
            }
            (None, Some(after)) => {
                let at = after.span.range().start;
                let new = written.iter().map(|item| format!("{item}, ")).collect();
                Splice { range: gone.first().map_or(at, |item| item.span.range().start)..at, new }
            }
            (None, None) => {
                let start = gone.first().map_or(0, |item| item.span.range().start);
                Splice { range: start..end.unwrap_or(start), new: written.join(", ") }
            }
        }
    }

    /// Items of which each begins a line with its hyphen.
    fn change_block(
        &self,
        gone: &[Node],
        new: &[Json],
        kept: (Option<&Node>, Option<&Node>),
    ) -> Option<Splice> {
        let first = gone.first().or(kept.0).or(kept.1)?;
        let line = self.start_of_line(first.span.range().start);
        let hyphen = &self.text[line..first.span.range().start];
        if hyphen.trim_start_matches(' ').trim_end_matches(' ') != "-" {
            return None;
        }
        let lines: Vec<String> =
            new.iter().map(|item| format!("{hyphen}{}", write::scalar_of(item, Style::Block))).collect();
        let newline = self.newline;
        if let (Some(from), Some(to)) = (gone.first(), gone.last()) {
            let start = self.start_of_line(from.span.range().start);
            let end = self.end_of_line(self.end(to));
            let end = if new.is_empty() { end + self.newline_at(end) } else { end };
            return Some(Splice { range: start..end, new: lines.join(newline) });
        }
        if let Some(before) = kept.0 {
            let at = self.end_of_line(self.end(before));
            let new = lines.iter().map(|line| format!("{newline}{line}")).collect();
            return Some(Splice { range: at..at, new });
        }
        let at = self.start_of_line(kept.1?.span.range().start);
        let new = lines.iter().map(|line| format!("{line}{newline}")).collect();
        Some(Splice { range: at..at, new })
    }
}
