//! Words as Markdown that means exactly them (CommonMark, section 2.4, and our own signs).

/// Where words are written, which decides the signs that mean something there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordContext {
    /// In a paragraph, a heading or an item.
    Line,
    /// In a cell of a table.
    Cell,
}

/// Appends words to `out`, with a backslash before each sign that would mean something. Within a link, its end does, too.
pub(super) fn push(text: &str, (place, in_link): (WordContext, InLink), out: &mut String) {
    let chars: Vec<char> = text.chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| chars[at]).or_else(|| out.chars().next_back());
        let next = chars.get(at + 1).copied();
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_meant = match c {
            '\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
            '`' | '*' | '~' | '[' => true,
            ']' => in_link == InLink::Yes,
            '_' => !(is_letter(before) && is_letter(next)),
            '<' => next.is_none_or(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
            '&' => {
                next.is_none_or(|next| next == '#' || next.is_ascii_alphanumeric()) && has_end(&chars[at..])
            }
            '|' => place == WordContext::Cell,
            '!' => next.is_none(),
            '{' => next.is_none_or(|next| next.is_ascii_alphabetic() || matches!(next, '#' | '.')),
            _ => false,
        };
        if is_meant {
            out.push('\\');
        }
        out.push(c);
    }
}

/// Do words stand within a link?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InLink {
    /// They are the words of a link.
    Yes,
    /// They aren't part of a link.
    No,
}

/// Could a reference to a character end here: `&` to `;`?
fn has_end(chars: &[char]) -> bool {
    chars.iter().skip(1).take(40).find(|c| !c.is_ascii_alphanumeric() && **c != '#').is_none_or(|c| *c == ';')
}

/// A line of a paragraph, whose first signs would make something else of it: a heading, an item, a quotation.
pub(super) fn line_start(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let is_end = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    let at = match line.as_bytes().first() {
        Some(b'#') if is_end(line.trim_start_matches('#')) => Some(0),
        Some(b'>' | b'=' | b'|') => Some(0),
        Some(b'-' | b'+') if is_end(&line[1..]) || line.trim_matches(['-', ' ']).is_empty() => Some(0),
        Some(b'0'..=b'9')
            if digits <= 9 && line[digits..].starts_with(['.', ')']) && is_end(&line[digits + 1..]) =>
        {
            Some(digits)
        }
        _ => None,
    };
    match at {
        Some(at) => format!("{}\\{}", &line[..at], &line[at..]),
        None => line.to_string(),
    }
}

/// The target of a link or an image, in whichever form can hold it; `None` where none can.
pub(super) fn target(target: &str) -> Option<String> {
    if target.contains(['\n', '\r', '<', '>']) || target.chars().any(char::is_control) {
        return None;
    }
    let mut out = String::with_capacity(target.len() + 2);
    let chars: Vec<char> = target.chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        let is_meant = matches!(c, '\\' | '|') || c == '&' && has_end(&chars[at..]);
        if is_meant {
            out.push('\\');
        }
        out.push(c);
    }
    // A link of ours may name a file with spaces as it is.
    let is_plain = !target.is_empty() && !target.contains([' ', '(', ')', '\t']);
    Some(if is_plain { out } else { format!("<{out}>") })
}

/// The title of a link or an image, in quotation marks.
pub(super) fn title(text: &str) -> String {
    let mut out = String::from(" \"");
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if matches!(c, '"' | '\\' | '&' | '<' | '`' | '|' | '*' | '_' | '[' | ']') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

/// Code within a line, between as many backticks as it needs (CommonMark, section 6.1).
pub(super) fn code(text: &str, place: WordContext) -> String {
    let text = text.replace(['\n', '\r', '\t'], " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let is_padded =
        text.starts_with('`') || text.ends_with('`') || text.starts_with(' ') && text.ends_with(' ');
    let space = if is_padded { " " } else { "" };
    let text = if place == WordContext::Cell { text.replace('|', "\\|") } else { text };
    format!("{fence}{space}{text}{space}{fence}")
}
