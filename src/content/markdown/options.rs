//! What of Markdown is read, and how.

use pulldown_cmark::Options as Flags;

use super::Quotes;

/// Which extensions of CommonMark are on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Tables: `| a | b |`.
    pub tables: bool,
    /// Task lists: `- [ ] to do`.
    pub task_lists: bool,
    /// `[^1]`, as GitHub reads them.
    pub footnotes: bool,
    /// Strikethrough: `~~gone~~`.
    pub strikethrough: bool,
    /// `## Heading {#id .class key=value}`.
    pub heading_attributes: bool,
    /// `> [!tip] Title`, and buttons, `[text](target){.button}`.
    pub callouts: bool,
    /// `[form:guide]` as a paragraph of its own.
    pub embeds: bool,
    /// `> [!offer] guide`, which is an embed, too.
    pub offers: bool,
    /// `https://…`, `www.…` and mail addresses are links as they are written, and so are `[[wiki links]]` and links with
    /// a space in their address.
    pub autolinks: bool,
    /// Comments are for their authors: no other node has any of them. Without it they are raw HTML like any other.
    pub comments: bool,
    /// What raw HTML names (`<a href>`, `<img src>`) is a link of the text, as that of Markdown is.
    pub html_links: bool,
    /// `--`, `---`, `...` and straight quotation marks become typographic ones, quotation marks those given.
    pub smart: Option<Quotes>,
}

impl Options {
    /// CommonMark 0.31 and nothing else.
    #[must_use]
    pub fn commonmark() -> Self {
        Self::default()
    }

    /// Everything on, with the quotation marks of `language` (a code such as `sv`).
    #[must_use]
    pub fn full(language: &str) -> Self {
        Self {
            tables: true,
            task_lists: true,
            footnotes: true,
            strikethrough: true,
            heading_attributes: true,
            callouts: true,
            embeds: true,
            offers: true,
            autolinks: true,
            comments: true,
            html_links: true,
            smart: Some(Quotes::for_language(language)),
        }
    }

    /// The options of the parser that these come to.
    pub(super) fn flags(&self) -> Flags {
        [
            (self.tables, Flags::ENABLE_TABLES),
            (self.task_lists, Flags::ENABLE_TASKLISTS),
            (self.footnotes, Flags::ENABLE_FOOTNOTES),
            (self.strikethrough, Flags::ENABLE_STRIKETHROUGH),
            (self.callouts, Flags::ENABLE_GFM),
            (self.smart.is_some(), Flags::ENABLE_SMART_PUNCTUATION),
        ]
        .into_iter()
        .filter_map(|(on, flag)| on.then_some(flag))
        .collect()
    }
}
