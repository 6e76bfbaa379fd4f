//! How lines begin: with signs that would mean something if they were followed, or preceded, by something else.

use super::{At, Walk};
use crate::content::PageKind;
use crate::content::blocks::callouts;
use crate::content::body::{Kind, NodeId};
use crate::diag::Code;

/// Lines of one paragraph that look like the items of a list, or the rows of a table.
pub(super) struct Run {
    sign: Sign,
    /// The first of them, where it isn't told yet.
    first: Option<(usize, usize)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Hyphen,
    Number,
    Letter,
    Row,
}

/// Signs of items that word processors write.
const BULLETS: &[char] =
    &['•', '◦', '▪', '‣', '●', '○', '■', '▸', '·', '∙', '➢', '\u{f0b7}', '\u{f0a7}', '\u{f0d8}'];

impl Walk<'_> {
    /// Looks at what a line begins with.
    pub(super) fn line(&mut self, id: NodeId, at: &At<'_>) {
        let is_item = id > 0 && self.body.nodes()[id - 1].kind == Kind::Item;
        let run = self.run.take();
        if self.heading(id, at)
            || self.item(id, at)
            || self.callout(at)
            || self.definition(at)
            || self.foreign_line(at)
        {
            return;
        }
        if is_item && self.other_box(at) {
            return;
        }
        if let Some((length, new)) = task_box(at.text, if is_item { Line::Item } else { Line::Plain }) {
            let said = (
                "this is shown as text: a task begins with a hyphen, a space and a box",
                format!("write `{new}`"),
            );
            let place = (at.start, length);
            return match is_item || self.is_plain(id) {
                true => self.report_fixed(place, said, if is_item { new[2..].to_string() } else { new }),
                false => self.report(Code::AlmostMarkdown, place, said),
            };
        }
        self.several(run, at);
    }

    /// `##Terms`, and `##` with a space that is none.
    fn heading(&mut self, id: NodeId, at: &At<'_>) -> bool {
        let text = at.text;
        let hashes = text.bytes().take_while(|b| *b == b'#').count();
        if hashes == 0 {
            return false;
        }
        if hashes > 6 {
            let is_meant = text[hashes..].starts_with([' ', '\u{a0}']);
            if is_meant {
                let said =
                    ("this is shown as text: there are six levels of headings", "remove a `#` or more");
                self.report(Code::AlmostMarkdown, (at.start, hashes), said);
            }
            return is_meant;
        }
        let said = |words: &str| {
            let signs = &text[..hashes];
            ("this is shown as text: a heading needs a space after `#`", format!("write `{signs} {words}`"))
        };
        if hashes > 1 && text.len() == hashes {
            let is_markup =
                |kind| matches!(kind, Kind::Strong | Kind::Emphasis | Kind::Link(_) | Kind::Code(_));
            let is_meant = self.next(id).is_some_and(|next| is_markup(next.kind));
            if is_meant {
                self.report_fixed((at.start, hashes), said("…"), format!("{text} "));
            }
            return is_meant;
        }
        if let Some(length) = heading(text) {
            let words = text[length..].trim();
            self.report_fixed((at.start, length), said(words), format!("{} ", &text[..hashes]));
            return true;
        }
        // `#Terms` alone in a paragraph: a heading, most likely.
        let is_alone = matches!(self.body.nodes()[id - 1].kind, Kind::Paragraph) && self.next(id).is_none();
        let is_meant =
            is_alone && hashes == 1 && text[1..].starts_with(char::is_uppercase) && !text[1..].contains('#');
        if is_meant {
            let (message, help) = said(&text[1..]);
            let help = format!("for a heading, {help}; for a hashtag, put a backslash before it");
            self.report(Code::AlmostMarkdown, (at.start, 1), (message, help));
        }
        is_meant
    }

    /// `•` and a hyphen or number with a no-break space: items, as word processors and a Mac write them.
    fn item(&mut self, id: NodeId, at: &At<'_>) -> bool {
        let text = at.text;
        let is_space = |c: char| c.is_whitespace();
        let (sign, new) = if let Some(bullet) = text.chars().next().filter(|c| BULLETS.contains(c)) {
            (bullet.len_utf8(), "- ".to_string())
        } else {
            let Some(sign) = list_sign(text) else { return false };
            if !text[sign..].starts_with(['\u{a0}', '\u{202f}', '\u{2007}', '\u{3000}']) {
                return false;
            }
            (sign, format!("{} ", &text[..sign]))
        };
        let words = text[sign..].trim_start_matches(is_space);
        if words.is_empty() {
            return false;
        }
        let length = text.len() - words.len();
        let said = (
            "this is shown as text: an item of a list begins with a hyphen or a number, and an ordinary space",
            format!("write `{new}` here"),
        );
        match self.is_plain(id) {
            true => self.report_fixed((at.start, length), said, new),
            false => self.report(Code::AlmostMarkdown, (at.start, length), said),
        }
        true
    }

    /// `[!note]` without its `>`, `:::note`, `!!! note`.
    fn callout(&mut self, at: &At<'_>) -> bool {
        let name = |text: &str| text.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if let Some(mark) = callouts::mark(at.text) {
            let message = "this is shown as text: a block begins with `>`, as a quotation of its own";
            let help = format!("write `> [!{}]`, with an empty line before it", mark.name);
            self.report(Code::AlmostMarkdown, (at.start, mark.name.len() + 3), (message, help));
            return true;
        }
        let Some(sign) = [":::", "!!!", "???"].into_iter().find(|sign| at.text.starts_with(sign)) else {
            return false;
        };
        let rest = at.text[3..].trim_start();
        // What is almost a gate line is told as one.
        let is_gate = rest.trim_start_matches('/').starts_with("gate");
        let is_meant = sign == ":::" && !is_gate || name(rest) > 0 && at.text[3..].starts_with(' ');
        if is_meant {
            let message = "this is a block of another program, and is shown as text";
            let help = "begin each of its lines with `>`, and the first with its type, such as `> [!note]`";
            self.report(Code::LeftOver, (at.start, at.text.trim_end().len()), (message, help));
        }
        is_meant
    }

    /// `.. note::`, `import X from 'y'`, `: a definition`, `*[HTML]: …`, `status:: open`, `%%`.
    fn foreign_line(&mut self, at: &At<'_>) -> bool {
        let line = self.rest_of_line(at.start).trim_end();
        let is_no_letter = |c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-');
        let is_word = |word: &str| !word.is_empty() && !word.contains(is_no_letter);
        let directive = || line.strip_prefix(".. ").and_then(|rest| rest.split_once("::"));
        let import = || {
            let rest = line.strip_prefix("import ").filter(|rest| rest.contains(" from "));
            rest.is_some_and(|rest| rest.trim_end_matches(';').ends_with(['"', '\'']))
        };
        // Every line of a text comes here: it is read no further than its first word.
        let field = || {
            let (word, rest) = line.split_at(line.find(is_no_letter)?);
            let value = rest.strip_prefix("::").filter(|value| value.is_empty() || value.starts_with(' '))?;
            Some((word, value))
        };
        let what = if directive().is_some_and(|(word, _)| is_word(word)) {
            "a directive of reStructuredText"
        } else if import() {
            "a line of MDX"
        } else if line.starts_with(": ") {
            "a definition list of another program"
        } else if line.starts_with("*[") && line.contains("]:") {
            "an abbreviation of another program"
        } else if field().is_some_and(|(word, _)| is_word(word)) {
            "a field of Obsidian or Logseq"
        } else if line.starts_with("%%") && !line[2..].contains("%%") {
            "a comment of Obsidian"
        } else {
            return false;
        };
        self.leftover((at.start, line.len()), what);
        true
    }

    /// `- [-] words`: boxes of Obsidian that are neither empty nor ticked.
    fn other_box(&mut self, at: &At<'_>) -> bool {
        let mut signs = at.text.chars();
        let is_box = signs.next() == Some('[')
            && signs.next().is_some_and(|sign| "-/<>!?*+~".contains(sign))
            && signs.as_str().starts_with("] ");
        if is_box {
            let said = ("this box is shown as text", "write `[ ]` or `[x]`, or say in words what it means");
            self.report(Code::AlmostMarkdown, (at.start, 3), said);
        }
        is_box
    }

    /// `[label]: an address`.
    fn definition(&mut self, at: &At<'_>) -> bool {
        let rest = self.source.get(at.start..).unwrap_or_default();
        if !rest.starts_with('[') || rest.starts_with("[^") {
            return false;
        }
        let line = self.rest_of_line(at.start);
        let Some(end) = line.find("]:") else { return false };
        let address = line[end + 2..].trim();
        self.spaced_address((at.start + end + 2, &line[end + 2..]), address)
    }

    /// Two lines or more that begin so.
    fn several(&mut self, before: Option<Run>, at: &At<'_>) {
        let text = at.text;
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let is_letter = |text: &str| text.starts_with(char::is_alphabetic);
        let sign = if text.strip_prefix('-').is_some_and(is_letter) {
            Sign::Hyphen
        } else if (1..=3).contains(&digits)
            && text[digits..]
                .strip_prefix(['.', ')'])
                .is_some_and(|rest| is_letter(rest.trim_start_matches(' ')))
        {
            Sign::Number
        } else if is_lettered(text) {
            Sign::Letter
        } else if text.starts_with('|') && self.rest_of_line(at.start).trim_end().ends_with('|') {
            Sign::Row
        } else {
            return;
        };
        let length =
            if sign == Sign::Letter { 2 } else { text.find(char::is_alphabetic).unwrap_or(1).max(1) };
        let place = (at.start, length);
        let Some(before) = before.filter(|run| run.sign == sign) else {
            self.run = Some(Run { sign, first: Some(place) });
            return;
        };
        if let Some(first) = before.first {
            let said = match sign {
                Sign::Row => (
                    "these lines are shown as text: a table needs a line of hyphens below its first row",
                    "write `|---|---|` below it, with as many parts as there are columns",
                ),
                Sign::Hyphen => (
                    "these lines are shown as text: in a list, a space follows the hyphen",
                    "write `- ` before each item",
                ),
                Sign::Letter => (
                    "these lines are shown as text: the items of a list begin with a hyphen or a number",
                    "write `- ` or `1. ` before each item",
                ),
                Sign::Number => (
                    "these lines are shown as text: a list begins with 1 or after an empty line, and a space follows its numbers",
                    "put an empty line above, and write `1. ` before each item",
                ),
            };
            self.report(Code::AlmostMarkdown, first, said);
        }
        self.run = Some(Run { sign, first: None });
    }

    /// A line that belongs to a quotation because no empty line is above it, and looks like something else.
    pub(super) fn check_quote_continuation(&mut self, at: &At<'_>) {
        let line = self.source[..at.start].rfind('\n').map_or(0, |end| end + 1);
        let is_item = list_sign(at.text).is_some_and(|sign| at.text[sign..].starts_with(' '));
        let is_arrow =
            ["→", "->", "=>", "-->", "–>", "—>", "⇒", "➜"].iter().any(|arrow| at.text.starts_with(arrow));
        // In a call script, an answer is lost with it: that is an error, which is told with the script.
        let is_answer =
            is_arrow && self.kind == PageKind::Script && self.rest_of_line(at.start).contains("](");
        if !self.source[line..at.start].contains('>') && (is_item || is_arrow) && !is_answer {
            let said = (
                "this line belongs to the quotation above it",
                "put an empty line above it and no spaces before it, or begin it with `>` if it is part of the quotation",
            );
            self.report(Code::AlmostMarkdown, (at.start, at.text.len()), said);
        }
    }
}

/// `a. words`, `b) words`, and the `o` that Word has for a second level.
fn is_lettered(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(|c: char| c.is_ascii_lowercase()) else { return false };
    let rest = rest.strip_prefix(['.', ')']).or(rest.strip_prefix('\t')).or_else(|| {
        text.strip_prefix("o ").filter(|words| words.starts_with(char::is_uppercase)).map(|_| rest)
    });
    rest.is_some_and(|rest| rest.starts_with([' ', '\u{a0}']) || text.starts_with("o\t"))
}

/// The bytes of `-`, `*`, `+`, `1.` or `1)` at the start of a line.
fn list_sign(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match digits {
        0 => text.starts_with(['-', '*', '+']).then_some(1),
        1..=3 => text[digits..].starts_with(['.', ')']).then_some(digits + 1),
        _ => None,
    }
}

/// The bytes of `##` and of the space that is none, where a line was meant as a heading.
fn heading(text: &str) -> Option<usize> {
    let hashes = text.bytes().take_while(|b| *b == b'#').count();
    let rest = &text[hashes..];
    let is_space =
        |c: char| !c.is_ascii() && c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}');
    let words = rest.trim_start_matches(is_space);
    let space = rest.len() - words.len();
    let words = words.trim_start();
    let is_heading = match (hashes, space) {
        (1..=6, 1..) => !words.is_empty(),
        (2..=6, 0) => {
            words.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '“' | '”' | '«' | '¿' | '¡'))
        }
        // `#sales` may be a hashtag, `#1` a number.
        (1, 0) => words.starts_with(char::is_uppercase) && words.contains(' ') && !words.contains('#'),
        _ => false,
    };
    is_heading.then(|| text.len() - words.len())
}

/// The block that a line belongs to, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Item,
    Plain,
}

/// The bytes of a box at the start of a line, and what a task begins with: `[ ]`, `[x]`, `[]`, `-[ ]`.
fn task_box(text: &str, line: Line) -> Option<(usize, String)> {
    let glued = usize::from(line == Line::Plain && text.starts_with(['-', '*', '+']));
    let rest = &text[glued..];
    let inside = rest.strip_prefix('[')?.split_once(']').filter(|(inside, _)| inside.len() <= 3)?.0;
    let is_ticked = match inside.trim_matches([' ', '\u{a0}']) {
        "" => false,
        "x" | "X" => true,
        _ => return None,
    };
    let length = inside.len() + 2;
    let new = if is_ticked { "- [x]" } else { "- [ ]" };
    // `[ ]words`, but `[x]words` may be a mark of their own.
    let is_close = !is_ticked && !inside.is_empty() && rest[length..].starts_with(char::is_alphanumeric);
    if is_close {
        return Some((glued + length, format!("{new} ")));
    }
    let is_apart = rest[length..].starts_with([' ', '\u{a0}']);
    is_apart.then(|| (glued + length, new.to_string()))
}
