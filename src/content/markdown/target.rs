//! Where in the source the destination of a link stands, so that a broken link is marked where it is broken.

use std::ops::Range;

/// The destination of an inline link or image. `behind` is where its text ends (behind the last child), `end` the end
/// of the whole link; `None` when the source doesn't look as expected.
pub(super) fn inline(source: &str, behind: usize, end: usize) -> Option<Range<usize>> {
    let rest = source.get(behind..end)?;
    let open = rest.find("](")?;
    destination(source, behind + open + 2, end)
}

/// The destination in a link reference definition, `[label]: destination "title"`, that takes up `definition`.
pub(super) fn definition(source: &str, definition: Range<usize>) -> Option<Range<usize>> {
    let text = source.get(definition.clone())?;
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b']' => break,
            _ => at += 1,
        }
    }
    if bytes.get(at + 1) != Some(&b':') {
        return None;
    }
    destination(source, definition.start + at + 2, definition.end)
}

/// The destination that starts at `from`, behind white space (and the marks of a quote that goes on in a new line).
fn destination(source: &str, from: usize, end: usize) -> Option<Range<usize>> {
    let text = source.get(from..end)?;
    let skipped = text.len() - text.trim_start_matches([' ', '\t', '\n', '\r', '>']).len();
    let bytes = text.as_bytes();
    let pointed = bytes.get(skipped) == Some(&b'<');
    let start = skipped + usize::from(pointed);
    let (mut at, mut depth) = (start, 0_u32);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 1,
            b'>' if pointed => break,
            b'(' if !pointed => depth += 1,
            b')' if !pointed && depth == 0 => break,
            b')' if !pointed => depth -= 1,
            byte if !pointed && byte.is_ascii_whitespace() => break,
            _ => {}
        }
        at += 1;
    }
    Some(from + start..from + at.min(bytes.len()))
}
