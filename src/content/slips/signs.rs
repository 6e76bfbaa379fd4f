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
            let is_sign = matches!(byte, b'[' | b'(' | b'{' | b'<' | b'*' | b'%' | b'=' | b'^' | b'|');
            if index < from || !is_sign || index == 0 && self.is_escaped(at.start) {
                continue;
            }
            let rest = &at.text[index..];
            let place = At { text: &rest[..rest.floor_char_boundary(LONGEST)], start: at.start + index };
            let before = at.text[..index].chars().next_back();
            let length = match byte {
                b'[' => self.bracket(&place),
                b'(' => self.reversed(&place).or_else(|| self.field(&place, ')')),
                b'{' => self.left_over(&place).or_else(|| self.field(&place, '}')),
                b'<' => self.angle(&place),
                b'*' => self.stars(&place, before),
                b'|' => self.merge_tag(&place),
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
            .or_else(|| self.footnote(at))
            .or_else(|| self.reference(at))
            .or_else(|| self.shortcode(at))
            .or_else(|| self.field(at, ']'))
    }

    /// A wiki link with markup or quotation marks in it, an embedded note, `[[_TOC_]]`, `[TOC]`.
    fn wiki(&mut self, at: &At<'_>) -> Option<usize> {
        let line = self.rest(at.start);
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
        let line = self.rest(at.start);
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

    /// `(words)[address]`.
    fn reversed(&mut self, at: &At<'_>) -> Option<usize> {
        let line = self.rest(at.start);
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
        let inner = self.rest(at.start).strip_prefix("[^")?;
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
        let line = self.rest(at.start);
        let close = 1 + meant::closing(&line[1..], (b'[', b']')).filter(|length| *length > 0)?;
        let label = line[close + 1..].strip_prefix('[')?;
        let label = &label[..meant::closing(label, (b'[', b']'))?];
        if label.is_empty() || label.starts_with('/') {
            return None;
        }
        let length = close + label.len() + 3;
        let said = (
            format!("this link is shown as text: nothing says where `{label}` leads"),
            format!("write `[{label}]: address` in a line of its own, or the address in round brackets"),
        );
        self.report(Code::AlmostMarkdown, (at.start, length), said);
        Some(length)
    }

    /// `[gallery ids="1,2"]`, `[/caption]`.
    fn shortcode(&mut self, at: &At<'_>) -> Option<usize> {
        let line = self.rest(at.start);
        let inner = line[1..].strip_prefix('/').unwrap_or(&line[1..]);
        let is_end = line.starts_with("[/");
        let end = inner.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')))?;
        let (name, behind) = inner.split_at(end);
        let has_attribute =
            behind.strip_prefix(' ').and_then(|rest| rest.split_once('=')).is_some_and(|(key, _)| {
                !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b))
            });
        let is_known = words::is_shortcode(name) && behind.starts_with([']', ' ', '=']);
        if name.is_empty() || !(has_attribute || is_end && behind.starts_with(']') || is_known) {
            return None;
        }
        let length = line.find(']').map_or(line.len(), |end| end + 1);
        self.leftover((at.start, length), "a shortcode of WordPress, or of a forum");
        Some(length)
    }

    /// Liquid, Jinja, Hugo: `{% … %}`, `{{< … >}}`, `{{ page.title }}`, `{: .class}`.
    fn left_over(&mut self, at: &At<'_>) -> Option<usize> {
        let line = self.rest(at.start);
        let is_attribute = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == ' ');
        let what = match line {
            _ if line.starts_with("{%") => "a command of another program (Liquid, Jinja, Twig)",
            _ if line.starts_with("{#") && line.contains("#}") => {
                "a comment of another program (Jinja, Twig)"
            }
            _ if line.starts_with("{{<") || line.starts_with("{{%") => "a shortcode of Hugo",
            _ if line.starts_with("{{") => return self.value(at.start, line),
            _ if line.starts_with("{:") && line.contains('}') => "a mark of Jekyll (kramdown)",
            _ if line.strip_prefix("{.").or_else(|| line.strip_prefix("{#")).is_some_and(is_attribute)
                && line.contains('}') =>
            {
                "a class or id, which only headings can have here"
            }
            _ => return None,
        };
        let ends = [("%}", 2), ("#}", 2), ("}}", 2), ("}", 1)];
        let end = ends.iter().find_map(|(end, length)| Some(line.find(end)? + length));
        let length = end.unwrap_or(line.len());
        self.leftover((at.start, length), what);
        Some(length)
    }

    /// `{{ page.title }}`; `{{name}}` is a placeholder in a call script.
    fn value(&mut self, start: usize, line: &str) -> Option<usize> {
        let inner = line[2..].split_once("}}")?.0;
        let name = inner.trim_matches(['-', ' ', '{', '}']);
        let begins_so = name.starts_with(|c: char| c.is_alphabetic() || matches!(c, '.' | '$' | '_'));
        let length = inner.len() + 4;
        if !begins_so {
            return None;
        }
        if name.contains(['.', '|', '$', '"']) {
            self.leftover((start, length), "a value of another program's template");
        } else if self.kind != PageKind::Script {
            let said = (
                format!("the placeholder `{}` was left in the text", &line[..length]),
                "write what belongs there; only call scripts have placeholders",
            );
            self.report(Code::Placeholder, (start, length), said);
        }
        Some(length)
    }

    fn leftover(&mut self, place: Place, what: &str) {
        let said = (
            format!("this is {what}, and is shown as text"),
            "write it in Markdown or HTML, or remove it; if readers should see it, put it between backticks",
        );
        self.report(Code::LeftOver, place, said);
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

    fn placeholder(&mut self, place: Place, inner: &str) {
        let written = self.source.get(place.0..place.0 + place.1).unwrap_or_default();
        let help = match self.kind {
            PageKind::Script => {
                format!(
                    "for a placeholder that is filled in during the call, write `{{{{{}}}}}`",
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

    /// `<förnamn>`, which HTML has no such names for, and `<tel:+46 8 …>`.
    fn angle(&mut self, at: &At<'_>) -> Option<usize> {
        let inner = self.rest(at.start).strip_prefix('<')?;
        let inner = &inner[..inner.find('>')?];
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

    /// `*|NAME|*`, whose stars are emphasis.
    fn merge_tag(&mut self, at: &At<'_>) -> Option<usize> {
        let inner = at.text.strip_prefix('|')?.strip_suffix('|')?;
        let is_tag = self.source[..at.start].ends_with('*')
            && self.source[at.start + at.text.len()..].starts_with('*')
            && !inner.contains(char::is_whitespace);
        if !is_tag {
            return None;
        }
        self.leftover((at.start - 1, at.text.len() + 2), "a merge tag of Mailchimp");
        Some(at.text.len())
    }

    /// `**` that makes nothing bold.
    fn stars(&mut self, at: &At<'_>, before: Option<char>) -> Option<usize> {
        let stars = at.text.bytes().take_while(|b| *b == b'*').count();
        let behind = at.text[stars..].chars().next();
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        // `**bold **`: one that could open, or one with spaces around it; `free**` is the mark of a note.
        let is_meant =
            stars == 2 && is_space(before) && (is_letter(behind) || behind.is_some_and(char::is_whitespace));
        if is_meant {
            let said = (
                "these stars are shown as text: they make nothing bold",
                "write them next to the words, as in `**bold**`; if readers should see them, put a backslash before each",
            );
            self.report(Code::AlmostMarkdown, (at.start, 2), said);
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
        let inner = at.text.strip_prefix("^[")?;
        let length = inner.find(']')? + 3;
        let said =
            ("this footnote is shown as text", "write `[^1]` here, and `[^1]: …` in a line of its own");
        self.report(Code::AlmostMarkdown, (at.start, length), said);
        Some(length)
    }
}
