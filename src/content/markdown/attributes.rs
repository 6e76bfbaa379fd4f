//! `{#id .class key=value}` at the end of a heading.
//!
//! The parser below reads them too, but panics where the heading's only line begins a task of a list.

/// What the braces say; a later `#id` wins.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes<'a> {
    pub(super) id: Option<&'a str>,
    pub(super) classes: Vec<&'a str>,
    pub(super) others: Vec<(&'a str, Option<&'a str>)>,
}

/// Where the braces at the end of `heading`, a heading as it is written, begin, and what they say.
///
/// None are those that hold what Markdown reads otherwise: a backslash, a tag, a line end or further braces.
pub(super) fn trailing(heading: &str) -> Option<(usize, Attributes<'_>)> {
    let inside = heading.strip_suffix('}')?;
    let open = inside.rfind(['{', '}', '<', '>', '\\', '\n', '\r'])?;
    let said = inside[open..].strip_prefix('{')?;
    if inside[..open].ends_with('\\') {
        return None;
    }
    let mut attributes = Attributes::default();
    for word in said.split_ascii_whitespace() {
        match word.split_at_checked(1) {
            Some(("#", id)) if !id.is_empty() => attributes.id = Some(id),
            Some(("." | "#", "")) => {}
            Some((".", class)) => attributes.classes.push(class),
            _ => attributes.others.push(match word.split_once('=') {
                Some((key, value)) => (key, Some(unquoted(value))),
                None => (word, None),
            }),
        }
    }
    Some((open, attributes))
}

/// A value without quotation marks around it.
fn unquoted(value: &str) -> &str {
    let inside = |mark: char| value.strip_prefix(mark)?.strip_suffix(mark);
    inside('"').or_else(|| inside('\'')).unwrap_or(value)
}
