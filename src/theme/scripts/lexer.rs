//! Cuts a script into tokens, as far as needed to tell code from comments, texts and regular expressions.
//!
//! After ECMA-262, section 12. Whether a slash divides or begins a regular expression depends on the grammar; it is
//! told from the token before, which is wrong only for an expression at the very start of a statement after `)` or `}`.

use std::ops::Range;

/// The kind of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name, keyword or number.
    Word,
    /// A text in quotation marks.
    Text,
    /// A template literal, or the part of one up to `${` or from `}`.
    Template,
    /// A regular expression with its slashes and flags.
    Regex,
    /// A comment, of one line or several.
    Comment,
    /// Any other sign, each a token of its own.
    Sign,
}

/// A token, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) at: Range<usize>,
    /// How many braces are open around it.
    pub(super) depth: usize,
}

/// Words after which an expression begins.
const BEFORE_EXPRESSION: &[&str] = &[
    "return",
    "typeof",
    "case",
    "in",
    "of",
    "delete",
    "void",
    "throw",
    "new",
    "else",
    "do",
    "yield",
    "await",
    "instanceof",
    "default",
];

/// The tokens of a script in their order. What can't be read becomes signs.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer { text, at: 0, tokens: Vec::new(), depth: 0, templates: Vec::new() };
    while lexer.at < text.len() {
        lexer.next();
    }
    lexer.tokens
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    depth: usize,
    /// At which depths the code inside template literals ends.
    templates: Vec<usize>,
}

impl Lexer<'_> {
    fn remaining(&self) -> &str {
        &self.text[self.at..]
    }

    fn push(&mut self, kind: Kind, length: usize) {
        let at = self.at..self.at + length;
        self.at = at.end;
        self.tokens.push(Token { kind, at, depth: self.depth });
    }

    fn next(&mut self) {
        let rest = self.remaining();
        let Some(first) = rest.chars().next() else { return };
        let until = |end: &str, from: usize| rest[from..].find(end).map(|at| from + at);
        match first {
            _ if first.is_whitespace() || first == '\u{feff}' => self.at += first.len_utf8(),
            '/' if rest.starts_with("//") => {
                let end = rest.find(['\n', '\r', '\u{2028}', '\u{2029}']).unwrap_or(rest.len());
                self.push(Kind::Comment, end);
            }
            '/' if rest.starts_with("/*") => {
                let end = until("*/", 2).map_or(rest.len(), |at| at + 2);
                self.push(Kind::Comment, end);
            }
            '/' => match self.regex() {
                Some(length) => self.push(Kind::Regex, length),
                None => self.push(Kind::Sign, 1),
            },
            '"' | '\'' => {
                let length = quoted(rest, first);
                self.push(Kind::Text, length);
            }
            '`' => self.template(1),
            '{' => {
                self.push(Kind::Sign, 1);
                self.depth += 1;
            }
            '}' => {
                self.depth = self.depth.saturating_sub(1);
                if self.templates.last() == Some(&self.depth) {
                    self.templates.pop();
                    self.template(1);
                } else {
                    self.push(Kind::Sign, 1);
                }
            }
            _ if is_word(first) => {
                let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                self.push(Kind::Word, length);
            }
            _ => self.push(Kind::Sign, first.len_utf8()),
        }
    }

    /// Takes a template literal up to its end, or to code inside it; the first `from` bytes are known to be of it.
    fn template(&mut self, from: usize) {
        let mut is_escaped = false;
        let rest = &self.text[self.at..];
        for (at, sign) in rest.char_indices().skip_while(|(at, _)| *at < from) {
            if is_escaped {
                is_escaped = false;
            } else if sign == '\\' {
                is_escaped = true;
            } else if sign == '`' {
                return self.push(Kind::Template, at + 1);
            } else if rest[at..].starts_with("${") {
                self.push(Kind::Template, at + 2);
                self.templates.push(self.depth);
                self.depth += 1;
                return;
            }
        }
        self.push(Kind::Template, rest.len());
    }

    /// The length of a regular expression that begins here, if one does.
    fn regex(&self) -> Option<usize> {
        let before = self.tokens.iter().rev().find(|token| token.kind != Kind::Comment);
        let is_expression = before.is_none_or(|token| match token.kind {
            Kind::Word => BEFORE_EXPRESSION.contains(&&self.text[token.at.clone()]),
            Kind::Sign => !matches!(&self.text[token.at.clone()], ")" | "]" | "}"),
            Kind::Template => self.text[token.at.clone()].ends_with("${"),
            Kind::Text | Kind::Regex | Kind::Comment => false,
        });
        if !is_expression {
            return None;
        }
        let rest = self.remaining();
        let (mut is_escaped, mut is_class) = (false, false);
        for (at, sign) in rest.char_indices().skip(1) {
            match sign {
                '\n' | '\r' | '\u{2028}' | '\u{2029}' => return None,
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '[' => is_class = true,
                ']' => is_class = false,
                '/' if !is_class => {
                    let flags = &rest[at + 1..];
                    return Some(at + 1 + flags.find(|c| !is_word(c)).unwrap_or(flags.len()));
                }
                _ => {}
            }
        }
        None
    }
}

/// The length of a text in quotation marks: to its end, or to that of its line.
fn quoted(rest: &str, mark: char) -> usize {
    let mut is_escaped = false;
    for (at, sign) in rest.char_indices().skip(1) {
        if is_escaped {
            is_escaped = false;
        } else if sign == '\\' {
            is_escaped = true;
        } else if sign == mark {
            return at + 1;
        } else if sign == '\n' {
            return at;
        }
    }
    rest.len()
}

fn is_word(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '_' | '$' | '#' | '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(Kind, &str)> {
        tokens(text).into_iter().map(|token| (token.kind, &text[token.at])).collect()
    }

    #[test]
    fn slashes_divide_begin_comments_or_regular_expressions() {
        use Kind::{Comment, Regex, Sign, Text, Word};
        assert_eq!(
            kinds("a / b; /[/\\]]\\//gu.x // y\n'\\'/'"),
            [
                (Word, "a"),
                (Sign, "/"),
                (Word, "b"),
                (Sign, ";"),
                (Regex, "/[/\\]]\\//gu"),
                (Sign, "."),
                (Word, "x"),
                (Comment, "// y"),
                (Text, "'\\'/'"),
            ]
        );
        assert_eq!(kinds("return /a/"), [(Word, "return"), (Regex, "/a/")]);
        assert_eq!(kinds("(1) / 2 / x")[3..], [(Sign, "/"), (Word, "2"), (Sign, "/"), (Word, "x")]);
        assert_eq!(kinds("= / 2\n")[1..], [(Sign, "/"), (Word, "2")]);
    }

    #[test]
    fn templates_hold_code_that_holds_templates() {
        use Kind::{Sign, Template, Word};
        assert_eq!(
            kinds("`a ${ {b: `c${d}`} } \\`//`/e"),
            [
                (Template, "`a ${"),
                (Sign, "{"),
                (Word, "b"),
                (Sign, ":"),
                (Template, "`c${"),
                (Word, "d"),
                (Template, "}`"),
                (Sign, "}"),
                (Template, "} \\`//`"),
                (Sign, "/"),
                (Word, "e"),
            ]
        );
    }

    #[test]
    fn nothing_makes_it_fail() {
        for text in ["`", "`${", "'", "\"\\", "/*", "/", "}", "}}`", "/[", "å`ö${é}", "'å\\"] {
            let end = tokens(text).last().map(|token| token.at.end);
            assert!(end.is_some_and(|end| end <= text.len()), "{text}");
        }
    }
}
