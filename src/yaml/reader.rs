//! Typed readers of the tree: known keys are taken out of a map, and what is left is an unknown key.

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

#[cfg(test)]
use super::seen;
use super::{Node, Spanned, Value, renamed};
use crate::diag::{Code, Diagnostic, Diagnostics, Span, nearest};
use crate::encode::address::{self, Web};
use crate::encode::phone;

/// So many keys can be listed in a message and still be read.
const FEW: usize = 16;

/// Collects what is wrong while one file's YAML is read.
pub struct Reader<'a> {
    /// The file's path from the site's root.
    pub file: &'a str,
    /// Where problems with the file are reported.
    pub diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    /// Reports `message` at `span`.
    pub fn report(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, message).at(self.file, span));
    }

    fn expected(&mut self, node: &Node, wanted: &str) {
        let message = format!("expected {wanted}, found {}", node.kind_name());
        self.report(Code::WrongType, node.span, message);
    }

    /// The keys of a map, ready to be taken; `None` (and a report) for anything else. Nothing counts as an empty map.
    pub fn fields<'n>(&mut self, node: &'n Node) -> Option<Fields<'n>> {
        match &node.value {
            Value::Map(entries) => Some(Fields::new(entries, node.span)),
            Value::Null => Some(Fields::new(&[], node.span)),
            Value::Scalar { text, .. } if is_key_without_space(text) => {
                let (key, value) = text.split_once(':').unwrap_or((text, ""));
                let message = "expected a map (`key: value` lines), found text";
                self.diagnostics.push(
                    Diagnostic::new(Code::WrongType, message).at(self.file, node.span).help(format!(
                        "put a space after the colon: `{key}: {}`",
                        value.lines().next().unwrap_or_default()
                    )),
                );
                None
            }
            _ => {
                self.expected(node, "a map (`key: value` lines)");
                None
            }
        }
    }

    /// Text; numbers and truth values count as the text they were written as. What looks like HTML's comment is none here,
    /// and is reported: readers would see it.
    pub fn text(&mut self, node: &Node) -> Option<Spanned<String>> {
        #[cfg(test)]
        seen::value(self.file, node, &seen::Kind::Text);
        match &node.value {
            Value::Scalar { text, .. } if text.contains("<!--") => {
                let message = "a value can't contain a comment: readers would see it";
                let problem = Diagnostic::new(Code::BrokenComment, message).at(self.file, node.span);
                self.diagnostics.push(problem.help("remove it; YAML's own comments begin with `#`"));
                None
            }
            Value::Scalar { text, .. } => {
                // Names of files, pages and people are compared in one form of their accents.
                let value = text.trim();
                let value = if is_nfc(value) { value.to_string() } else { value.nfc().collect() };
                Some(Spanned { value, span: node.span })
            }
            _ => {
                self.expected(node, "text");
                None
            }
        }
    }

    /// `true` or `false`.
    pub fn truth(&mut self, node: &Node) -> Option<bool> {
        #[cfg(test)]
        seen::value(self.file, node, &seen::Kind::Truth);
        match &node.value {
            Value::Scalar { text, .. } if text == "true" => Some(true),
            Value::Scalar { text, .. } if text == "false" => Some(false),
            Value::Scalar { text, .. } => {
                let meant = match text.to_lowercase().as_str() {
                    "true" | "yes" | "on" | "y" | "ja" => Some("`true`"),
                    "false" | "no" | "off" | "n" | "nej" | "nei" => Some("`false`"),
                    _ => None,
                };
                let message = format!("expected `true` or `false`, found `{text}`");
                let problem = Diagnostic::new(Code::WrongType, message).at(self.file, node.span);
                self.diagnostics.push(match meant {
                    Some(meant) => problem.help(format!("did you mean {meant}?")),
                    None => problem,
                });
                None
            }
            _ => {
                self.expected(node, "`true` or `false`");
                None
            }
        }
    }

    /// A whole number in `range`.
    pub fn number(&mut self, node: &Node, range: std::ops::RangeInclusive<i64>) -> Option<i64> {
        #[cfg(test)]
        seen::value(self.file, node, &seen::Kind::number(&range));
        let found = match &node.value {
            Value::Scalar { text, .. } => text.parse().ok(),
            _ => None,
        };
        match found {
            Some(number) if range.contains(&number) => Some(number),
            Some(number) => {
                let message =
                    format!("expected a number from {} to {}, found {number}", range.start(), range.end());
                self.report(Code::InvalidValue, node.span, message);
                None
            }
            None => {
                self.expected(node, "a whole number");
                None
            }
        }
    }

    /// A number that may have decimals, up to `largest` from zero; `None` for anything else, which the caller reports.
    pub fn decimal(&mut self, node: &Node, largest: f64) -> Option<f64> {
        #[cfg(test)]
        seen::value(self.file, node, &seen::Kind::Decimal);
        match &node.value {
            Value::Scalar { text, .. } => text.parse::<f64>().ok().filter(|number| number.abs() <= largest),
            _ => None,
        }
    }

    /// A list of texts; one text alone is a list of one.
    pub fn texts(&mut self, node: &Node) -> Option<Vec<Spanned<String>>> {
        #[cfg(test)]
        seen::value(self.file, node, &seen::Kind::Texts);
        match &node.value {
            Value::List(items) => Some(items.iter().filter_map(|item| self.text(item)).collect()),
            Value::Scalar { .. } => self.text(node).map(|one| vec![one]),
            Value::Null => Some(Vec::new()),
            Value::Map(_) => {
                self.expected(node, "a list of texts");
                None
            }
        }
    }

    /// A list of names: like [`Reader::texts`], but commas in one text divide it (`a, b`), as other systems write lists.
    /// `whole` says of which texts a comma is a part; any name can have one in a real list.
    pub fn names(&mut self, node: &Node, whole: impl Fn(&str) -> bool) -> Option<Vec<Spanned<String>>> {
        #[cfg(test)]
        seen::value(self.file, node, &seen::Kind::Texts);
        let one = match &node.value {
            Value::Scalar { .. } => self.text(node)?,
            _ => return self.texts(node),
        };
        if whole(&one.value) || !one.value.contains(',') {
            return Some(vec![one]);
        }
        // Where the text is in quotes, or has escapes, its parts can't be told from its place.
        let is_plain = one.span.range().len() == one.value.len();
        let mut at = one.span.range().start;
        let parts = one.value.split(',').map(|part| {
            let start = at + (part.len() - part.trim_start().len());
            at += part.len() + 1;
            let name = part.trim();
            let span = if is_plain { Span::new(start, start + name.len()) } else { one.span };
            Spanned { value: name.to_string(), span }
        });
        Some(parts.filter(|part| !part.value.is_empty()).collect())
    }

    /// The items of a list.
    pub fn list<'n>(&mut self, node: &'n Node) -> Option<&'n [Node]> {
        #[cfg(test)]
        seen::value(self.file, node, &seen::Kind::List);
        match &node.value {
            Value::List(items) => Some(items),
            Value::Null => Some(&[]),
            _ => {
                self.expected(node, "a list (`- …` lines)");
                None
            }
        }
    }

    /// The entries of a map whose keys are the author's own names.
    pub fn entries<'n>(&mut self, node: &'n Node) -> Option<&'n [(Spanned<String>, Node)]> {
        #[cfg(test)]
        seen::value(self.file, node, &seen::Kind::Entries);
        match &node.value {
            Value::Map(entries) => Some(entries),
            Value::Null => Some(&[]),
            _ => {
                self.expected(node, "a map (`name: …` lines)");
                None
            }
        }
    }

    /// One of `names`, as its index.
    pub fn choice(&mut self, node: &Node, names: &[&str]) -> Option<usize> {
        #[cfg(test)]
        seen::value(self.file, node, &seen::Kind::choice(names));
        let text = self.text(node)?;
        let found = names.iter().position(|name| *name == text.value);
        if found.is_none() {
            self.diagnostics.push(
                Diagnostic::new(Code::InvalidValue, format!("`{}` is not a value of this key", text.value))
                    .at(self.file, text.span)
                    .suggest(&text.value, names.iter().copied())
                    .help(format!("it can be {}", listed(names))),
            );
        }
        found
    }

    /// A phone number as it is shown, of which a link can be made.
    pub fn phone(&mut self, node: &Node) -> Option<String> {
        #[cfg(test)]
        seen::value(self.file, node, &seen::Kind::Phone);
        let text = self.text(node).filter(|text| !text.value.is_empty())?;
        if let Err(why) = phone::tel(&text.value) {
            let message = format!("`{}` can't be called: {}", text.value, why.reason());
            self.diagnostics.push(Diagnostic::new(Code::BadPhone, message).at(self.file, text.span).help(
                "write one number, such as `+46 8 465 004 10` or `+46 8 465 004 10 ext. 12`; hours go in brackets after it",
            ));
            return None;
        }
        Some(text.value)
    }

    /// An absolute address on the web.
    pub fn web(&mut self, node: &Node) -> Option<Spanned<Web>> {
        #[cfg(test)]
        seen::value(self.file, node, &seen::Kind::Web);
        let text = self.text(node)?;
        let Some(web) = Web::new(text.value.as_str()) else {
            let help = match address::danger(&text.value) {
                Some(danger) => danger.help().into(),
                None if text.value.starts_with("www.") => format!("write `https://{}`", text.value),
                None => "it begins with `https://` and has no spaces".into(),
            };
            self.diagnostics.push(
                Diagnostic::new(Code::BadUrl, format!("`{}` is not a web address", text.value))
                    .at(self.file, text.span)
                    .help(help),
            );
            return None;
        };
        Some(Spanned { value: web, span: text.span })
    }
}

/// `title:The empty CRM`: meant as a key with its value.
pub(super) fn is_key_without_space(text: &str) -> bool {
    text.split_once(':')
        .is_some_and(|(key, _)| !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
}

/// `a`, `b` or `c`, each in backticks.
#[must_use]
pub fn listed(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// The keys of one map, taken out one by one.
pub struct Fields<'n> {
    pub(super) entries: &'n [(Spanned<String>, Node)],
    pub(super) taken: Vec<&'n str>,
    pub(super) known: Vec<&'static str>,
    /// Those of them that must be there.
    #[cfg(test)]
    pub(super) required: Vec<&'static str>,
    /// Keys that were read by their earlier names, with those that they have now.
    pub(super) renamed: Vec<(&'n Spanned<String>, &'static str)>,
    /// What to do about keys that other programs have and this one doesn't.
    pub instead: &'static [(&'static str, &'static str)],
    /// Where the map begins, or what it is reported at.
    pub span: Span,
    #[cfg(test)]
    pub(super) start: usize,
}

impl<'n> Fields<'n> {
    fn new(entries: &'n [(Spanned<String>, Node)], span: Span) -> Self {
        Self {
            entries,
            taken: Vec::new(),
            known: Vec::new(),
            #[cfg(test)]
            required: Vec::new(),
            renamed: Vec::new(),
            instead: &[],
            span,
            #[cfg(test)]
            start: span.range().start,
        }
    }

    /// The value of a known key; `None` where it is missing or empty.
    pub fn take(&mut self, name: &'static str) -> Option<&'n Node> {
        self.known.push(name);
        let found = self.take_named(name).or_else(|| self.take_earlier(name));
        found.map(|(_, node)| node).filter(|node| node.value != Value::Null)
    }

    /// The key and value with a name that is not known to the program, such as a taxonomy's.
    pub fn take_named(&mut self, name: &str) -> Option<(&'n Spanned<String>, &'n Node)> {
        let (key, node) = self.entries.iter().find(|(key, _)| key.value == name)?;
        self.taken.push(&key.value);
        Some((key, node))
    }

    /// The value of a key that must be there; reported against `what` (such as "a form") where it is not.
    pub fn require(&mut self, name: &'static str, what: &str, reader: &mut Reader<'_>) -> Option<&'n Node> {
        #[cfg(test)]
        self.required.push(name);
        let found = self.take(name);
        // A misspelt key is reported as one that is unknown, with this one as its nearest match.
        let is_misspelt =
            || self.entries.iter().any(|(key, _)| key.value != name && nearest(&key.value, [name]).is_some());
        if found.is_none() && !is_misspelt() {
            let span = self.key(name).unwrap_or(self.span);
            reader.diagnostics.push(
                Diagnostic::new(Code::MissingKey, format!("{what} needs `{name}`"))
                    .at(reader.file, span)
                    .help(format!("add `{name}: …`")),
            );
        }
        found
    }

    /// The bytes of a key in the file; `None` where the map doesn't have it.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<Span> {
        let key = self.entries.iter().map(|(key, _)| key).find(|key| key.value == name);
        key.or_else(|| self.earlier_key(name)).map(|key| key.span)
    }

    /// Reports every key that nobody took. `extra` are names that are known besides, for the suggestions.
    pub fn finish<'k>(self, what: &str, extra: impl IntoIterator<Item = &'k str>, reader: &mut Reader<'_>) {
        #[cfg(test)]
        seen::map(what, reader.file, &self);
        for (old, now) in &self.renamed {
            reader.report_renamed(old, "the key", now);
        }
        let mut known: Vec<&str> = self.known.clone();
        known.extend(extra);
        for (key, _) in self.entries {
            if !self.taken.contains(&key.value.as_str()) {
                let problem = Diagnostic::new(Code::UnknownKey, format!("{what} has no key `{}`", key.value))
                    .at(reader.file, key.span);
                // Its name now is there as well: otherwise it would have been taken for that.
                let renamed = renamed::now(&key.value, &self.known)
                    .map(|now| format!("it is now called `{now}`, which is here, too: keep one of them"));
                let instead = self.instead.iter().find(|(foreign, _)| *foreign == key.value);
                let mut problem = match renamed.or_else(|| instead.map(|(_, instead)| (*instead).to_string()))
                {
                    Some(help) => problem.help(help),
                    None => problem.suggest(&key.value, known.iter().copied()),
                };
                if problem.help.is_empty() && known.len() <= FEW {
                    problem = problem.help(format!("it can have {}", listed(&known)));
                }
                reader.diagnostics.push(problem);
            }
        }
    }
}
