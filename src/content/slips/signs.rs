//! Signs among the words of a line: links that are none, what other programs leave, placeholders.

use super::words::{self, Brackets};
use super::{At, LONGEST, Place, Walk, placeholder};
use crate::content::PageKind;
use crate::content::markdown::meant;
use crate::diag::Code;

impl Walk<'_> {
    /// Looks at the words of a text.
    pub(super) fn words(&mut self, at: &At<'_>) {
        let bytes = at.text.as_bytes();
        let mut from = 0;
        for (index, byte) in bytes.iter().enumerate() {
            let is_sign = matches!(
                byte,
                b'[' | b'('
                    | b'{'
                    | b'<'
                    | b'*'
                    | b'%'
                    | b'='
                    | b'^'
                    | b'|'
                    | b'>'
                    | b'`'
                    | b':'
                    | b'$'
                    | b'\\'
            );
            if index < from || !is_sign || at.start + index < self.formula_until {
                continue;
            }
            let rest = &at.text[index..];
            let place = At { text: &rest[..rest.floor_char_boundary(LONGEST)], start: at.start + index };
            if index == 0 && self.is_escaped(at.start) {
                let length = if matches!(byte, b'(' | b'[') { self.bracketed_formula(&place) } else { None };
                from = length.unwrap_or(1);
                continue;
            }
            let before = at.text[..index].chars().next_back();
            let length = match byte {
                b'[' => self.bracket(&place),
                b'(' => self.reversed(&place).or_else(|| self.field(&place, ')')),
                b'{' => self.left_over(&place).or_else(|| self.field(&place, '}')),
                b'<' => self.angle(&place),
                b'*' => self.stars(&place, before),
                b'|' => self.merge_tag(&place),
                b'>' => self.arrow(&place),
                b'`' => self.backtick(&place),
                b':' => self.emoji(&place, before),
                b'$' => self.dollars(&place, before),
                b'%' => self.percent(&place).or_else(|| self.other_marks(&place)),
                b'\\' => self.command(&place, before),
                _ => self.other_marks(&place),
            };
            from = index + length.unwrap_or(1);
        }
        for (start, word) in words::unfinished(at.text) {
            let said = (format!("`{word}` was left in the text"), "write what belongs there, or remove it");
            self.report(Code::Placeholder, (at.start + start, word.len()), said);
        }
    }

    /// What begins with `[`. Gives the bytes that are told.
    fn bracket(&mut self, at: &At<'_>) -> Option<usize> {
        self.wiki(at)
            .or_else(|| self.spaced_link(at))
            .or_else(|| self.open_link(at))
            .or_else(|| self.lone_box(at))
            .or_else(|| self.footnote(at))
            .or_else(|| self.reference(at))
            .or_else(|| self.shortcode(at))
            .or_else(|| self.field(at, ']'))
            .or_else(|| self.bare_shortcode(at))
    }

    /// A wiki link with markup or quotation marks in it, an embedded note, `[[_TOC_]]`, `[TOC]`.
    fn wiki(&mut self, at: &At<'_>) -> Option<usize> {
        let line = self.rest_of_line(at.start);
        if line.starts_with("[TOC]") || line.starts_with("[toc]") || line.starts_with("[[_TOC_]]") {
            let length = line.find(']')? + 1;
            self.leftover(
                (at.start, length),
                "a mark for a table of contents, which pages have automatically",
            );
            return Some(length);
        }
        let inner = line.strip_prefix("[[")?;
        let inner = &inner[..meant::closing(inner, (b'[', b']'))?];
        let is_name = inner.starts_with(|c: char| c.is_alphanumeric() || c == '#')
            && inner.contains(char::is_alphabetic);
        if !is_name || !line[inner.len() + 2..].starts_with("]]") {
            return None;
        }
        let is_embedded = self.source[..at.start].ends_with('!');
        let said = match is_embedded {
            true => ("a page can't be embedded, so this is shown as text", "write a link to it, or its text"),
            false => {
                ("this wiki link is shown as text", "write a link to the page's file: `[words](name.md)`")
            }
        };
        self.report(Code::AlmostMarkdown, (at.start, inner.len() + 4), said);
        Some(inner.len() + 4)
    }

    /// `[words](an address)`, `[words] (address)`.
    fn spaced_link(&mut self, at: &At<'_>) -> Option<usize> {
        let line = self.rest_of_line(at.start);
        let close = 1 + meant::closing(&line[1..], (b'[', b']'))?;
        let after = &line[close + 1..];
        let gap = after.len() - after.trim_start_matches([' ', '\u{a0}']).len();
        let inner = after[gap..].strip_prefix('(')?;
        let inner = &inner[..meant::closing(inner, (b'(', b')'))?];
        let start = at.start + close + 1 + gap + 1;
        let inner = inner.find([' ', '\u{a0}']).and(inner.find(" \"")).map_or(inner, |title| &inner[..title]);
        let address = inner.trim();
        if address.starts_with("{{") || address.starts_with("{%") {
            return None;
        }
        if gap > 0 {
            let is_target = meant::is_address(address) && !address.contains(char::is_whitespace);
            if !is_target || close < 2 {
                return None;
            }
            let said = (
                "this link is shown as text: there is a space before its address",
                "write `](` without a space",
            );
            self.report_fixed((at.start + close + 1, gap), said, String::new());
            return Some(close + 1);
        }
        if self.spaced_address((start, inner), address) {
            return Some(close + 2);
        }
        // Whatever else has a space there, readers see all of it.
        let is_link = address.contains(char::is_whitespace) && close > 1 && !address.starts_with('<');
        is_link.then(|| {
            let said = (
                "this link is shown as text: its address has a space in it",
                "write `%20` for each space; if readers should see the brackets, put a backslash before the first one",
            );
            self.report(Code::AlmostMarkdown, (start, inner.len()), said);
            close + 2
        })
    }

    /// Tells an address with a space, which stands at `start` in `inner`.
    pub(super) fn spaced_address(&mut self, (start, inner): (usize, &str), address: &str) -> bool {
        if !address.contains(char::is_whitespace)
            || address.contains(['<', '"'])
            || !meant::is_address(address)
        {
            return false;
        }
        let begin = start + (inner.len() - inner.trim_start().len());
        let new = meant::without_spaces(address).split_whitespace().collect::<Vec<_>>().join("%20");
        let said = ("this link is shown as text: its address has a space in it", format!("write `{new}`"));
        let place = (begin, address.len());
        match address.contains(['(', '\u{a0}']) {
            true => self.report(Code::AlmostMarkdown, place, said),
            false => self.report_fixed(place, said, new),
        }
        true
    }

    /// `[words](address` and `[words](address "title)`, which nothing closes.
    fn open_link(&mut self, at: &At<'_>) -> Option<usize> {
        let line = self.rest_of_line(at.start);
        let close = 1 + meant::closing(&line[1..], (b'[', b']')).filter(|length| *length > 0)?;
        let inner = line[close + 1..].strip_prefix('(')?;
        let is_open = meant::closing(inner, (b'(', b')')).is_none();
        let is_torn = || inner.split(')').next().is_some_and(|inner| inner.matches('"').count() == 1);
        if !is_open && !is_torn() {
            return None;
        }
        let said = (
            "this link is shown as text: its brackets or quotation marks aren't closed",
            "write `[words](address)`, or `[words](address \"title\")`",
        );
        self.report(Code::AlmostMarkdown, (at.start, close + 2), said);
        Some(close + 2)
    }

    /// `[ ]` elsewhere than at the start of a line.
    fn lone_box(&mut self, at: &At<'_>) -> Option<usize> {
        let inner = at.text[1..].split_once(']')?.0;
        let is_box = (1..=4).contains(&inner.len()) && inner.chars().all(char::is_whitespace);
        let line = &self.source[self.source.floor_char_boundary(at.start.saturating_sub(40))..at.start];
        let line = line.rsplit('\n').next().unwrap_or_default();
        let is_first = line.trim_matches(|c: char| c.is_whitespace() || "-*+>".contains(c)).is_empty();
        let behind = &at.text[inner.len().min(at.text.len() - 2) + 2..];
        // At the start of a line, it is told as a task.
        if !is_box
            || is_first && behind.starts_with([' ', '\u{a0}']) | behind.starts_with(char::is_alphanumeric)
        {
            return None;
        }
        let said = ("this box is shown as text", "begin a line with it, as an item of a list: `- [ ] words`");
        self.report(Code::AlmostMarkdown, (at.start, inner.len() + 2), said);
        Some(inner.len() + 2)
    }

    /// `=>`, `-->`: in texts, nothing makes an arrow of them.
    fn arrow(&mut self, at: &At<'_>) -> Option<usize> {
        if self.kind == PageKind::Script {
            return None;
        }
        let before = &self.source[..at.start];
        let shaft = ["-->", "->", "=>", "–>", "—>"].into_iter().find(|arrow| {
            before.strip_suffix(&arrow[..arrow.len() - 1]).is_some_and(|before| {
                before.is_empty() || before.ends_with(|c: char| c.is_whitespace() || c == '>')
            })
        })?;
        let is_alone = at.text.len() == 1 || at.text[1..].starts_with(char::is_whitespace);
        // It may be the end of a comment that is none, which is told as that.
        let line = &before[before.floor_char_boundary(at.start.saturating_sub(LONGEST))..];
        let line = line.rsplit('\n').next().unwrap_or_default();
        if !is_alone || shaft.starts_with('-') && ["!-", "<-"].iter().any(|open| line.contains(open)) {
            return None;
        }
        let place = (at.start + 1 - shaft.len(), shaft.len());
        let said = ("this arrow is shown as separate signs", "write `→`");
        match at.text[1..].trim_start().starts_with(|c: char| c.is_ascii_digit()) {
            // Somebody may have meant "not less than".
            true => self.report(Code::AlmostMarkdown, place, said),
            false => self.report_fixed(place, said, "→".to_string()),
        }
        Some(1)
    }

    /// A backtick that begins no code.
    fn backtick(&mut self, at: &At<'_>) -> Option<usize> {
        let length = at.text.bytes().take_while(|b| *b == b'`').count();
        let said = (
            "this backtick is shown as text: it has no counterpart",
            "put one at the end of the code, too; if readers should see it, put a backslash before it",
        );
        self.report(Code::AlmostMarkdown, (at.start, length), said);
        Some(length)
    }

    /// Reports a link with its brackets the wrong way round, `(words)[address]`, and gives its length in bytes.
    fn reversed(&mut self, at: &At<'_>) -> Option<usize> {
        let line = self.rest_of_line(at.start);
        let close = 1 + meant::closing(&line[1..], (b'(', b')'))?;
        let address = line[close + 1..].strip_prefix('[')?;
        let address = &address[..meant::closing(address, (b'[', b']'))?];
        if address.contains(char::is_whitespace) || !meant::is_address(address) || close < 2 {
            return None;
        }
        let length = close + address.len() + 3;
        let words = &line[1..close];
        let said = (
            "this link is shown as text: its brackets are the wrong way round",
            format!("write `[{words}]({address})`"),
        );
        self.report(Code::AlmostMarkdown, (at.start, length), said);
        Some(length)
    }

    /// `[^1]` without its text.
    fn footnote(&mut self, at: &At<'_>) -> Option<usize> {
        let inner = self.rest_of_line(at.start).strip_prefix("[^")?;
        let label = &inner[..inner.find(']').filter(|end| (1..=40).contains(end))?];
        let said = (
            format!("this footnote has no text: there is no `[^{label}]:`"),
            format!("write `[^{label}]: …` in a line of its own, or remove the mark"),
        );
        self.report(Code::AlmostMarkdown, (at.start, label.len() + 3), said);
        Some(label.len() + 3)
    }

    /// `[words][label]` without the label's line.
    fn reference(&mut self, at: &At<'_>) -> Option<usize> {
        let line = self.rest_of_line(at.start);
        let close = 1 + meant::closing(&line[1..], (b'[', b']')).filter(|length| *length > 0)?;
        let label = line[close + 1..].strip_prefix('[')?;
        let label = &label[..meant::closing(label, (b'[', b']'))?];
        if label.starts_with('/') {
            return None;
        }
        let length = close + label.len() + 3;
        let is_index = self.source[..at.start].ends_with(|c: char| c.is_alphanumeric() || c == ']');
        let label = match label {
            // `[words][]`, but not `list[i][]`.
            "" if is_index => return None,
            "" => &line[1..close],
            label => label,
        };
        let said = match label.contains('`') {
            true => (
                "this link is shown as text: nothing says where it leads".to_string(),
                "write the address in round brackets after its words".to_string(),
            ),
            false => (
                format!("this link is shown as text: nothing says where `{label}` leads"),
                format!("write `[{label}]: address` in a line of its own, or the address in round brackets"),
            ),
        };
        self.report(Code::AlmostMarkdown, (at.start, length), said);
        Some(length)
    }

    /// `[First name]`, `(first name)`, `{first name}`.
    fn field(&mut self, at: &At<'_>, end: char) -> Option<usize> {
        let inner = &at.text[1..];
        let inner = &inner[..inner.find(end).filter(|length| *length <= 40)?];
        let behind = &at.text[inner.len() + 2..];
        if behind.starts_with(['(', '[', ':'])
            || !words::is_field(inner, if end == ')' { Brackets::Round } else { Brackets::Other })
        {
            return None;
        }
        self.placeholder((at.start, inner.len() + 2), inner);
        Some(inner.len() + 2)
    }

    /// `%FIRST_NAME%`, as mail programs have it.
    fn percent(&mut self, at: &At<'_>) -> Option<usize> {
        let inner = at.text.strip_prefix('%')?;
        let inner = &inner[..inner.find('%').filter(|length| (3..=40).contains(length))?];
        let is_name = inner.starts_with(|c: char| c.is_ascii_uppercase())
            && inner.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        if !is_name {
            return None;
        }
        self.placeholder((at.start, inner.len() + 2), inner);
        Some(inner.len() + 2)
    }

    fn placeholder(&mut self, place: Place, inner: &str) {
        let written = self.source.get(place.0..place.0 + place.1).unwrap_or_default();
        let help = match self.kind {
            kind if kind.has_placeholders() => {
                format!(
                    "for a placeholder that is filled in for each person, write `{{{{{}}}}}`",
                    placeholder(inner)
                )
            }
            _ => "write what belongs there, or remove it".to_string(),
        };
        self.report(
            Code::Placeholder,
            place,
            (format!("the placeholder `{written}` was left in the text"), help),
        );
    }

    /// `<förnamn>`, which HTML has no such names for, `<tel:+46 8 …>` and `<% … %>`.
    fn angle(&mut self, at: &At<'_>) -> Option<usize> {
        let inner = self.rest_of_line(at.start).strip_prefix('<')?;
        let inner = &inner[..inner.find('>')?];
        if inner.starts_with('%') {
            self.leftover((at.start, inner.len() + 2), "a command of another program (Templater, ERB, ASP)");
            return Some(inner.len() + 2);
        }
        let is_link =
            ["tel:", "mailto:", "sms:", "https://", "http://"].iter().any(|start| inner.starts_with(start));
        if is_link && self.spaced_address((at.start + 1, inner), inner.trim()) {
            return Some(inner.len() + 2);
        }
        if !words::is_field(inner, Brackets::Other) {
            return None;
        }
        self.placeholder((at.start, inner.len() + 2), inner);
        Some(inner.len() + 2)
    }

    /// `**` that makes nothing bold.
    fn stars(&mut self, at: &At<'_>, before: Option<char>) -> Option<usize> {
        let stars = at.text.bytes().take_while(|b| *b == b'*').count();
        let behind = at.text[stars..].chars().next();
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        // `**bold **`: one that could open, or one with spaces around it; `free**` is the mark of a note.
        // Four may stand for the digits of a card.
        let is_open = is_letter(behind) || stars < 4 && behind.is_some_and(char::is_whitespace);
        let is_opening = (2..=4).contains(&stars) && is_space(before) && is_open;
        // `word**` may be the mark of a note, but not where bold words have begun.
        let is_closing = stars == 2 && self.has_open_stars && !is_space(before);
        self.has_open_stars = is_opening && is_letter(behind) || self.has_open_stars && !is_closing;
        let is_meant = is_opening || is_closing;
        if is_meant {
            let said = (
                "these stars are shown as text: they make nothing bold",
                "write them next to the words, as in `**bold**`; if readers should see them, put a backslash before each",
            );
            self.report(Code::AlmostMarkdown, (at.start, stars), said);
        }
        Some(stars)
    }

    /// `==marked==`, `%%for me%%`, `^[a note]`.
    fn other_marks(&mut self, at: &At<'_>) -> Option<usize> {
        let is_pair = |sign: &str| {
            let inner = at.text.strip_prefix(sign)?;
            let inner = &inner[..inner.find(sign).filter(|length| *length > 0)?];
            let is_glued = !inner.starts_with([' ', '=', '%']) && !inner.ends_with(' ');
            (sign == "%%" || is_glued).then_some(inner.len() + 4)
        };
        if let Some(length) = is_pair("==") {
            let said = ("this mark is shown as text", "write `**words**` or `<mark>words</mark>`");
            self.report(Code::AlmostMarkdown, (at.start, length), said);
            return Some(length);
        }
        if let Some(length) = is_pair("%%") {
            let said =
                ("this is a comment of Obsidian, and readers see it", "write `<!-- … -->`, or remove it");
            self.report(Code::LeftOver, (at.start, length), said);
            return Some(length);
        }
        if let Some(length) = self.block_id(at) {
            return Some(length);
        }
        let inner = at.text.strip_prefix("^[")?;
        let length = inner.find(']')? + 3;
        let said =
            ("this footnote is shown as text", "write `[^1]` here, and `[^1]: …` in a line of its own");
        self.report(Code::AlmostMarkdown, (at.start, length), said);
        Some(length)
    }
}
