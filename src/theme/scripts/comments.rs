//! Scripts of a theme as browsers get them: without the lines that are nothing but a comment.
//!
//! Those of the program come without any from [`super::join`]. Of a site's own, all else stays as its author wrote it.

use std::borrow::Cow;

use super::lexer::{Kind, tokens};

/// How comments begin that want to be kept: licences, and what is said to tools.
const KEPT: &[&str] = &["//!", "//#", "//@"];

/// The script without the words of lines that are a comment. The lines stay, so what a browser says of line 12 is true of
/// the file, too. A script with a template literal over several lines, in which such a line may be text, stays as it is.
pub(in crate::theme) fn without_comments(text: &str) -> Cow<'_, str> {
    let is_comment = |line: &str| line.trim_start().starts_with("//");
    if !text.lines().any(is_comment) {
        return text.into();
    }
    let tokens = tokens(text);
    if tokens.iter().any(|token| token.kind == Kind::Template && text[token.at.clone()].contains('\n')) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for token in tokens.iter().filter(|token| token.kind == Kind::Comment) {
        let comment = &text[token.at.clone()];
        let line = text[..token.at.start].rfind('\n').map_or(0, |end| end + 1);
        let begins = text[line..token.at.start].trim().is_empty();
        if begins && comment.starts_with("//") && !KEPT.iter().any(|kept| comment.starts_with(kept)) {
            out.push_str(&text[done..line]);
            done = token.at.end;
        }
    }
    out.push_str(&text[done..]);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_a_comment_are_empty_and_the_rest_stays() {
        for (script, published) in [
            ("// why\nf(); // here\n  // there\n\tg();\n// end", "\nf(); // here\n\n\tg();\n"),
            (
                "//! Licence\n//# sourceMappingURL=a.map\n/* a\n// b */ f();\n",
                "//! Licence\n//# sourceMappingURL=a.map\n/* a\n// b */ f();\n",
            ),
            ("f(`a`, `${b}/`); // c\n// d\nf('//');\n", "f(`a`, `${b}/`); // c\n\nf('//');\n"),
            ("f(`\n// text\n`);\n// comment\n", "f(`\n// text\n`);\n// comment\n"),
            ("// a\r\nf();\r\n", "\r\nf();\r\n"),
            ("f();\n", "f();\n"),
        ] {
            assert_eq!(without_comments(script), published);
        }
    }
}
