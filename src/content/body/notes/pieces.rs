//! Raw HTML in pieces: what is for readers, and what isn't.

use std::ops::Range;

/// What can begin in raw HTML and isn't for readers (HTML Living Standard, 13.2.5 "Tokenization"; CommonMark 0.31.2, 4.6
/// and 6.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Note {
    /// A comment, `<!-- … -->`.
    Comment,
    /// A processing instruction, `<?php … ?>`.
    Instruction,
    /// A CDATA section, `<![CDATA[ … ]]>`.
    Data,
    /// `<!x`, and what browsers take for a comment: `</ x`.
    Declaration,
}

impl Note {
    /// The note that begins at the start of `html`.
    pub(super) fn at(html: &str) -> Option<Self> {
        let rest = html.strip_prefix('<')?;
        if rest.starts_with("!--") {
            Some(Self::Comment)
        } else if rest.get(..8).is_some_and(|mark| mark.eq_ignore_ascii_case("![CDATA[")) {
            Some(Self::Data)
        } else if rest.starts_with('?') {
            Some(Self::Instruction)
        } else if rest.starts_with('!')
            || rest.strip_prefix('/').is_some_and(|name| !name.starts_with(|c: char| c.is_ascii_alphabetic()))
        {
            Some(Self::Declaration)
        } else {
            None
        }
    }

    /// The signs with which it begins.
    pub(super) fn start(self) -> &'static str {
        match self {
            Self::Comment => "<!--",
            Self::Instruction => "<?",
            Self::Data => "<![CDATA[",
            Self::Declaration => "<!",
        }
    }

    /// The signs with which it ends.
    pub(super) fn end(self) -> &'static str {
        match self {
            Self::Comment => "-->",
            Self::Instruction => "?>",
            Self::Data => "]]>",
            Self::Declaration => ">",
        }
    }

    /// Where it ends in `html`, which it begins.
    pub(super) fn length(self, html: &str) -> Option<usize> {
        if self == Self::Comment
            && let Some(short) = ["<!-->", "<!--->"].iter().find(|s| html.starts_with(**s))
        {
            return Some(short.len());
        }
        let start = self.start().len().min(html.len());
        let rest = html.get(start..)?;
        let at = rest.find(self.end())?;
        // A document type may have declarations of its own, in brackets.
        let inner =
            rest[..at].contains('[').then(|| rest.find("]>")).flatten().filter(|_| self == Self::Declaration);
        Some(start + inner.map_or(at + self.end().len(), |inner| inner + "]>".len()))
    }
}

/// A piece of raw HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HtmlPiece {
    /// The bytes of markup and text, for readers.
    Html(Range<usize>),
    /// The bytes of what isn't for readers, and what it is.
    Note(Note, Range<usize>),
    /// A note that isn't over at the end.
    Open(Note, usize),
}

/// Cuts raw HTML, from the byte `from`, into what is for readers and what isn't.
pub(super) fn pieces(html: &str, from: usize) -> Vec<HtmlPiece> {
    let mut found = Vec::new();
    let (mut kept, mut at) = (from, from);
    let mut tags = Tags::default();
    while let Some(next) = html[at..].find('<') {
        at += next;
        let tag = &html[at..];
        let Some(note) = Note::at(tag) else {
            at += tags.length(tag);
            continue;
        };
        if kept < at {
            found.push(HtmlPiece::Html(kept..at));
        }
        let Some(length) = note.length(tag) else {
            found.push(HtmlPiece::Open(note, at));
            return found;
        };
        found.push(HtmlPiece::Note(note, at..at + length));
        at += length;
        kept = at;
    }
    if kept < html.len() {
        found.push(HtmlPiece::Html(kept..html.len()));
    }
    found
}

/// What is known of the tags of a piece of raw HTML, so that each end is looked for in vain once.
#[derive(Default)]
struct Tags {
    /// Elements of [`RAW_TEXT`] that have no end tag any more.
    endless: [bool; RAW_TEXT.len()],
    /// Is there a tag without an end?
    is_broken: bool,
}

/// Elements whose content isn't markup (HTML Living Standard, 13.1.2 "Elements").
const RAW_TEXT: [&str; 3] = ["</script", "</style", "</textarea"];

impl Tags {
    /// How much of `html`, which begins with `<`, can't be the beginning of a note.
    fn length(&mut self, html: &str) -> usize {
        if let Some(length) = self.raw_text(html) {
            return length;
        }
        let is_tag = html[1..].trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
        if self.is_broken || !is_tag {
            return 1;
        }
        let length = tag_length(html);
        self.is_broken = length.is_none();
        length.unwrap_or(1)
    }

    /// The length of an element whose content isn't markup, up to its end tag. Where there is none, what follows is read
    /// as markup: a comment too many is hidden then, none too few.
    fn raw_text(&mut self, html: &str) -> Option<usize> {
        let kind = RAW_TEXT.iter().position(|end| starts_with_ignoring_case(&html[1..], &end[2..]))?;
        let end = RAW_TEXT[kind];
        let behind = html[end.len() - 1..].chars().next()?;
        if self.endless[kind] || !(behind.is_ascii_whitespace() || matches!(behind, '>' | '/')) {
            return None;
        }
        let found = html.match_indices("</").find(|(at, _)| starts_with_ignoring_case(&html[*at..], end));
        self.endless[kind] = found.is_none();
        found.map(|(at, _)| at)
    }
}

/// The length of the tag at the start of `html`, whose attributes' values may hold anything.
fn tag_length(html: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = '=';
    for (at, c) in html.char_indices().skip(1) {
        match quote {
            Some(mark) if c == mark => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') && before == '=' => quote = Some(c),
            None if c == '>' => return Some(at + 1),
            None => {}
        }
        if !c.is_ascii_whitespace() {
            before = c;
        }
    }
    None
}

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start))
}
