//! Keys and values that were called something else in earlier versions. The old name still works, and is told.

use super::{Fields, Node, Reader, Spanned};
use crate::diag::{Code, Diagnostic};

/// The name of a key now, and its earlier one. No map has a key with one of the earlier names beside one with its name
/// now, so the pair is enough to know what is meant.
const KEYS: &[(&str, &str)] = &[
    ("business_email", "work_only"),
    ("call_to_action", "next"),
    ("calls_to_action", "next"),
    ("key_version", "epoch"),
    ("listed", "search"),
    ("phrases", "heard"),
    ("placeholders", "blanks"),
    ("preparation", "before"),
    ("questions", "ask"),
    ("response", "confirm"),
    ("thank_you", "after"),
];

/// What the key `name` was called earlier.
fn earlier(name: &str) -> Option<&'static str> {
    KEYS.iter().find(|(now, _)| *now == name).map(|(_, earlier)| *earlier)
}

/// What the key `earlier` is called now, among those that are `known` where it was written.
pub(super) fn now(earlier: &str, known: &[&'static str]) -> Option<&'static str> {
    KEYS.iter().find(|(now, old)| *old == earlier && known.contains(now)).map(|(now, _)| *now)
}

/// Do two keys mean the same, of which one may have its earlier name?
#[must_use]
pub fn is_same_key(one: &str, other: &str) -> bool {
    one == other || earlier(one) == Some(other) || earlier(other) == Some(one)
}

impl<'n> Fields<'n> {
    /// The entry of `name` where it is written with its earlier name, and only with that.
    pub(super) fn take_earlier(&mut self, name: &'static str) -> Option<(&'n Spanned<String>, &'n Node)> {
        let found = self.take_named(earlier(name)?)?;
        self.renamed.push((found.0, name));
        Some(found)
    }

    /// Where `name` is written with its earlier name.
    pub(super) fn earlier_key(&self, name: &str) -> Option<&'n Spanned<String>> {
        let earlier = earlier(name)?;
        self.entries.iter().map(|(key, _)| key).find(|key| key.value == earlier)
    }
}

impl Reader<'_> {
    /// Like [`Reader::choice`], where the `earlier` names of values (old, new) are taken, and told.
    pub fn choice_renamed(
        &mut self,
        node: &Node,
        names: &[&str],
        earlier: &[(&str, &'static str)],
    ) -> Option<usize> {
        let text = self.text(node)?;
        let Some((_, now)) = earlier.iter().find(|(old, _)| *old == text.value) else {
            return self.choice(node, names);
        };
        self.report_renamed(&text, "the value", now);
        names.iter().position(|name| name == now)
    }

    /// Says that what is `old` is called `now`, and is read as that.
    pub(super) fn report_renamed(&mut self, old: &Spanned<String>, what: &str, now: &str) {
        let message = format!("{what} `{}` is now called `{now}`", old.value);
        let problem = Diagnostic::new(Code::RenamedKey, message).at(self.file, old.span);
        let problem = problem.help(format!("write `{now}`; the old name still works, but not forever"));
        // A value in quotes is longer in the file than what it says.
        let is_plain = old.span.range().len() == old.value.len();
        self.diagnostics.push(if is_plain {
            problem.fix(old.span, old.value.as_str(), now)
        } else {
            problem
        });
    }
}
