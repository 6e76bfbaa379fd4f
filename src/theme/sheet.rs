//! Style sheets as browsers get them: without comments, and without space that says nothing.

/// The sheet without its comments, and with one space where several characters of space are, or none where the sheet means
/// the same without (CSS Syntax, section 3.3). Strings, unquoted addresses and comments that want to be kept (`/*!`) stay
/// as they are. A third of a sheet's lines may be for those who write it; its readers load it before they see a page.
pub(super) fn compact(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    let mut is_spaced = false;
    while let Some(c) = rest.chars().next() {
        let piece = match c {
            '/' if rest.starts_with("/*") => {
                let end = rest.find("*/").map_or(rest.len(), |end| end + 2);
                let (comment, after) = rest.split_at(end);
                if comment.starts_with("/*!") {
                    comment
                } else {
                    // It may be all that is between two words: 1px/* and */2px.
                    if !is_spaced && out.ends_with(is_of_a_word) && after.starts_with(is_of_a_word) {
                        out.push_str("/**/");
                    }
                    rest = after;
                    continue;
                }
            }
            '"' | '\'' => &rest[..string_end(rest, c)],
            'u' if is_bare_url(rest) => &rest[..rest.find(')').map_or(rest.len(), |end| end + 1)],
            // An escaped character may be a quote or a space.
            '\\' => &rest[..1 + rest[1..].chars().next().map_or(0, char::len_utf8)],
            c => &rest[..c.len_utf8()],
        };
        rest = &rest[piece.len()..];
        if piece.chars().all(|c| c.is_ascii_whitespace()) {
            is_spaced = true;
            continue;
        }
        // After an escaped colon, which ends a name, it has a meaning.
        let is_after_sign = out.ends_with(['{', '}', ';', ',', ':']) && !out.ends_with("\\:");
        if is_spaced && !is_after_sign && !piece.starts_with(['{', '}', ';', ',']) {
            out.push(' ');
        }
        if piece == "}" && out.ends_with(';') {
            out.pop();
        }
        out.push_str(piece);
        is_spaced = false;
    }
    String::from(out.trim_start())
}

/// Could it be a part of a name or a number?
fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() || !c.is_ascii() || "-_.%#+\\(".contains(c)
}

/// Does an address without quotes begin here? What is in quotes is a string like others.
fn is_bare_url(rest: &str) -> bool {
    rest.strip_prefix("url(").is_some_and(|inside| !inside.trim_start().starts_with(['"', '\'']))
}

/// The byte behind a string that begins with this quote; an unclosed one ends with its line, which has to stay its end.
fn string_end(rest: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '\n' => return at + 1,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn space_and_comments_go_and_nothing_else() {
        for (sheet, compacted) in [
            (
                "/* head */\n@media (min-width: 4em) {\n  a > b ,\n  c { d: e  f; }\n}\n",
                "@media (min-width:4em){a > b,c{d:e f}}",
            ),
            ("a :hover { --x: calc(1px + 2px) ; }", "a :hover{--x:calc(1px + 2px)}"),
            ("a::before { content: \"a  /* b */ ; }\"; }", "a::before{content:\"a  /* b */ ; }\"}"),
            ("a { content: 'it\\'s  {'; b: c }", "a{content:'it\\'s  {';b:c}"),
            ("a { b: url( x;y .svg ) ; c: url( 'd)  e' ) }", "a{b:url( x;y .svg );c:url( 'd)  e' )}"),
            ("/*! Licence: of  somebody */ a { b: c }", "/*! Licence: of  somebody */ a{b:c}"),
            (".a\\  b, .\\{ , d\\: { e: f } .g\\: h { i: j }", ".a\\  b,.\\{,d\\:{e:f}.g\\: h{i:j}"),
            ("a { b: \"unclosed\n} c  { d: e }", "a{b:\"unclosed\n}c{d:e}"),
            ("a { b: c } /* unclosed", "a{b:c}"),
            ("a { b: 1px/* and */2px; c: d/**/; e/**/: f }", "a{b:1px/**/2px;c:d;e:f}"),
            ("", ""),
        ] {
            assert_eq!(compact(sheet), compacted);
            assert_eq!(compact(compacted), compacted, "once is enough");
        }
    }
}
