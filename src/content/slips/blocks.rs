//! Blocks and links that are other than they were meant to be.

use super::{Kind, Node, NodeId, Walk};
use crate::diag::Code;

/// Keys that front matter often has.
const KEYS: &[&str] =
    &["title", "date", "tags", "layout", "author", "description", "slug", "draft", "categories", "aliases"];

impl Walk<'_> {
    /// A fence that is never closed, so that all that follows is code.
    pub(super) fn open_fence(&mut self, node: &Node) {
        let start = node.span.range().start;
        let block = self.source.get(node.span.range()).unwrap_or_default();
        let Some(sign) = block.chars().next().filter(|c| matches!(c, '`' | '~')) else { return };
        let length = block.chars().take_while(|c| *c == sign).count();
        let last = block.trim_end().rsplit('\n').next().unwrap_or_default();
        let last = last.trim_start_matches([' ', '\t', '>']);
        let is_closed = block.trim_end().contains('\n')
            && last.len() >= length
            && last.trim_end().chars().all(|c| c == sign);
        // A fence in an item or quotation ends with it.
        if !is_closed && self.source[node.span.range().end..].trim().is_empty() {
            let said = (
                "this code block is never closed, so all that follows is code",
                "write the signs that it begins with once more, in a line of their own where the code ends",
            );
            self.report(Code::AlmostMarkdown, (start, self.rest_of_line(start).trim_end().len()), said);
        }
    }

    /// `![words|300](image.png)`: a width, as Obsidian has it, is no part of the words.
    pub(super) fn sized_image(&mut self, node: &Node) {
        let image = self.source.get(node.span.range()).unwrap_or_default();
        let Some((words, _)) = image.split_once("](") else { return };
        let Some((before, size)) = words.rsplit_once('|') else { return };
        let is_size = size.starts_with(|c: char| c.is_ascii_digit())
            && size.bytes().all(|b| b.is_ascii_digit() || b == b'x');
        if is_size {
            let said = (
                "this size is part of the alt text, which is read aloud",
                "remove it; for another size, change the image itself",
            );
            let place = (node.span.range().start + before.len(), size.len() + 1);
            self.report_fixed(place, said, String::new());
        }
    }

    /// A heading that is the end of front matter below the beginning of the text.
    pub(super) fn second_front(&mut self, id: NodeId) {
        let nodes = self.body.nodes();
        let heading = self.source.get(nodes[id].span.range()).unwrap_or_default();
        let key = heading.split_once(':').map(|(key, _)| key.trim().to_lowercase());
        let is_key = key.is_some_and(|key| KEYS.contains(&key.as_str()));
        let is_below = id.checked_sub(1).is_some_and(|before| nodes[before].kind == Kind::Rule);
        if is_key && is_below && heading.trim_end().ends_with("---") {
            let start = nodes[id].span.range().start;
            let said = (
                "this looks like front matter, and is shown as a heading",
                "move it to the beginning of the file, or remove it",
            );
            self.report(Code::AlmostMarkdown, (start, self.rest_of_line(start).trim_end().len()), said);
        }
    }
}
