//! What is written behind the fence of a code block: its language, its title, and the lines to mark.
//!
//! The forms are those of Docusaurus, VitePress and Hugo: `js {2,4-6}`, `yaml title="ringback.yaml"`, `js {hl_lines=[2,"4-6"]}`.
//! What else other programs write there (`showLineNumbers`, `{.class}`) is left out.

use crate::highlight::{KnownLanguage, find_language};

/// What is known of a block of code before its first line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodeInfo<'a> {
    /// The name of the language, as written; may be empty.
    pub language: &'a str,
    /// What is above the code: the name of a file, most often.
    pub title: Option<&'a str>,
    /// The first and last number of lines to mark, from 1.
    pub marked: Vec<(usize, usize)>,
    /// A list of lines that can't be read.
    pub unread: Option<&'a str>,
}

/// The keys that give a block of code its title; each means the same.
const TITLES: &[&str] = &["title", "file", "filename"];

impl<'a> CodeInfo<'a> {
    /// Reads an info string: what is written after the fence of a code block.
    #[must_use]
    pub fn read(info: &'a str) -> Self {
        let mut code = Self::default();
        let info = info.trim();
        let end = info.find(|c: char| c.is_whitespace() || matches!(c, '{' | ',')).unwrap_or(info.len());
        code.language = &info[..end];
        // `js:app.js`, as some write a title; `c++` and `objective-c` have other signs.
        if let Some((language, title)) =
            code.language.split_once(':').filter(|(language, _)| !language.is_empty())
        {
            code.language = language;
            code.title = Some(title).filter(|title| !title.is_empty());
        }
        code.rest(&info[end..]);
        code
    }

    fn rest(&mut self, mut rest: &'a str) {
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
            if rest.is_empty() {
                return;
            }
            if let Some(inner) = rest.strip_prefix('{') {
                let end = closing(inner, '}');
                let inside = &inner[..end];
                match inside.contains(|c: char| c.is_ascii_digit()) && is_list(inside) {
                    true => self.lines(inside),
                    false => self.rest(inside),
                }
                rest = inner[end..].strip_prefix('}').unwrap_or_default();
                continue;
            }
            let end =
                rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '{' | ',')).unwrap_or(rest.len());
            let (key, after) = rest.split_at(end);
            let Some(value) = after.strip_prefix('=') else {
                rest = after;
                continue;
            };
            let (value, after) = value_of(value);
            if TITLES.contains(&key) && !value.is_empty() {
                self.title = Some(value);
            } else if key == "hl_lines" {
                self.lines(value);
            }
            rest = after;
        }
    }

    /// `2,4-6`, `[2,"4-6"]`, `2 4-6`.
    fn lines(&mut self, list: &'a str) {
        let parts = list.split(|c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '"' | '\''));
        for part in parts.filter(|part| !part.is_empty()) {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let range = first.parse().ok().zip(last.parse().ok());
            match range.filter(|(first, last)| 0 < *first && first <= last) {
                Some(range) => self.marked.push(range),
                None => self.unread = Some(part),
            }
        }
    }

    /// Does it need a style sheet: for colours, a title, or marked lines?
    #[must_use]
    pub fn is_styled(&self) -> bool {
        self.title.is_some() || !self.marked.is_empty() || find_language(self.language) == KnownLanguage::Yes
    }

    /// Is this line, counted from 1, to be marked?
    #[must_use]
    pub fn is_marked(&self, line: usize) -> bool {
        self.marked.iter().any(|(first, last)| (*first..=*last).contains(&line))
    }
}

fn is_list(inside: &str) -> bool {
    inside.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, ',' | '-'))
}

/// Where a bracket closes, outside of quotation marks.
fn closing(text: &str, close: char) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None if c == close => return at,
            _ => {}
        }
    }
    text.find(close).unwrap_or(text.len())
}

/// A value, and what follows it.
fn value_of(text: &str) -> (&str, &str) {
    let (open, close) = match text.chars().next() {
        Some(quote @ ('"' | '\'')) => (1, quote),
        Some('[') => (1, ']'),
        _ => {
            let end = text.find(|c: char| c.is_whitespace() || matches!(c, '}' | ',')).unwrap_or(text.len());
            return text.split_at(end);
        }
    };
    let inner = &text[open..];
    match inner.find(close) {
        Some(end) => (&inner[..end], &inner[end + 1..]),
        None => (inner, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_lines_are_written_as_in_other_programs() {
        let read = |info| {
            let code = CodeInfo::read(info);
            (code.language, code.title.unwrap_or_default(), code.marked)
        };
        assert_eq!(read("js {2,4-6}"), ("js", "", vec![(2, 2), (4, 6)]));
        assert_eq!(read("js{2}"), ("js", "", vec![(2, 2)]));
        assert_eq!(read("yaml title=\"ringback.yaml\" {1}"), ("yaml", "ringback.yaml", vec![(1, 1)]));
        assert_eq!(read("yaml {file=\"a {b}.yaml\"}"), ("yaml", "a {b}.yaml", vec![]));
        assert_eq!(read("js {hl_lines=[2,\"4-6\"], linenos=true}"), ("js", "", vec![(2, 2), (4, 6)]));
        assert_eq!(read("js {linenos=table,hl_lines=\"2 4-6\"}"), ("js", "", vec![(2, 2), (4, 6)]));
        assert_eq!(read("ts:src/app.ts showLineNumbers"), ("ts", "src/app.ts", vec![]));
        assert_eq!(read("rust,ignore"), ("rust", "", vec![]));
        assert_eq!(read("python {.numberLines startFrom=3}"), ("python", "", vec![]));
        for none in
            ["", "  ", "c++", "objective-c", "title", "js {", "js title=", "js title=\"", "{", "a{b{c"]
        {
            assert_eq!(read(none).2, vec![], "{none}");
        }
        for wrong in ["js {6-4}", "js {0}", "js {2-}", "js {4-6-8}"] {
            assert!(CodeInfo::read(wrong).unread.is_some(), "{wrong}");
        }
    }
}
