//! Callouts: block quotes that begin with a type in brackets, `> [!tip] Title`, as in Obsidian, Hugo and on GitHub.

use std::borrow::Cow;

use crate::diag::Span;

/// The type of a callout, which decides how it looks and what it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CalloutKind {
    /// A box with something worth knowing.
    Note,
    /// A box with something that makes work easier.
    Tip,
    /// A box with something that readers must know.
    Important,
    /// A box with something that needs care.
    Warning,
    /// A box with something that can do harm.
    Caution,
    /// How it looks in practice.
    Example,
    /// A box that says what a word means.
    Definition,
    /// Something that readers ask, or should ask themselves.
    Question,
    /// A number, with what it says and who says so.
    Stat,
    /// What somebody said about the product or the work: a testimonial.
    Quote,
    /// What to do next: one link, as a button.
    CallToAction,
    /// Something that the site or its author offers, by its id.
    Offer,
    /// A type that is none of these.
    Other,
}

impl CalloutKind {
    /// Every type by its names: the first is the one that the documentation uses, the others are those of Obsidian for the
    /// same.
    const NAMES: &[(Self, &[&str])] = &[
        (Self::Note, &["note", "info"]),
        (Self::Tip, &["tip", "hint"]),
        (Self::Important, &["important"]),
        (Self::Warning, &["warning", "attention"]),
        (Self::Caution, &["caution", "danger"]),
        (Self::Example, &["example"]),
        (Self::Definition, &["definition"]),
        (Self::Question, &["question", "help", "faq"]),
        (Self::Stat, &["stat"]),
        (Self::Quote, &["quote", "cite"]),
        (Self::CallToAction, &["cta"]),
        (Self::Offer, &["offer"]),
    ];

    /// The type of this name, in whatever case; [`CalloutKind::Other`] if there is none.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        let is_name = |known: &&str| known.eq_ignore_ascii_case(name);
        let found = Self::NAMES.iter().find(|(_, names)| names.iter().any(is_name));
        found.map_or(Self::Other, |(kind, _)| *kind)
    }

    /// The name that the documentation uses; empty for [`CalloutKind::Other`].
    #[must_use]
    pub fn name(self) -> &'static str {
        let found = Self::NAMES.iter().find(|(kind, _)| *kind == self);
        found.and_then(|(_, names)| names.first()).copied().unwrap_or_default()
    }

    /// Is it one of the five that GitHub shows as boxes, too?
    #[must_use]
    pub fn is_github(self) -> bool {
        matches!(self, Self::Note | Self::Tip | Self::Important | Self::Warning | Self::Caution)
    }

    /// Is it a box of text with a title, in whatever colour?
    #[must_use]
    pub fn is_box(self) -> bool {
        !matches!(self, Self::Stat | Self::Quote | Self::CallToAction | Self::Offer | Self::Other)
    }

    /// Every name that the documentation uses.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::NAMES.iter().filter_map(|(_, names)| names.first().copied())
    }
}

/// How a callout that readers can fold is at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    /// Closed, written `[!question]-`.
    Closed,
    /// Open, written `[!question]+`.
    Open,
}

/// A callout: what its first line says. What it holds is the node's children, of which the first is its title, if it has
/// one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callout {
    /// Its type, as far as ringback knows it.
    pub kind: CalloutKind,
    /// The type as it is written between `[!` and `]`.
    pub name: String,
    /// Where the type is written.
    pub span: Span,
    /// Whether readers can fold it, and how it is at first; `None` if they can't.
    pub fold: Option<Fold>,
}

impl Callout {
    /// The type's name as the documentation has it; one that only the site knows in lower case.
    #[must_use]
    pub fn type_name(&self) -> Cow<'_, str> {
        match self.kind {
            CalloutKind::Other => self.name.to_lowercase().into(),
            kind => kind.name().into(),
        }
    }
}

/// The beginning of a callout.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::content) struct Mark<'t> {
    /// The type as it is written.
    pub(in crate::content) name: &'t str,
    /// What follows the bracket: whether readers can fold it.
    pub(in crate::content) fold: Option<Fold>,
    /// Bytes up to what follows, which may be nothing.
    pub(in crate::content) length: usize,
}

/// The beginning of a callout that `text` has, if it has one: `[!name]`, perhaps a sign for folding, and spaces. A name
/// consists of letters, digits and hyphens.
pub(in crate::content) fn mark(text: &str) -> Option<Mark<'_>> {
    let (name, rest) = text.strip_prefix("[!")?.split_once(']')?;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if !is_name {
        return None;
    }
    let fold = match rest.bytes().next() {
        Some(b'-') => Some(Fold::Closed),
        Some(b'+') => Some(Fold::Open),
        _ => None,
    };
    let title = rest[usize::from(fold.is_some())..].trim_start();
    Some(Mark { name, fold, length: text.len() - title.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_a_name_in_brackets_and_perhaps_a_sign() {
        let read = |text| mark(text).map(|mark| (mark.name, mark.fold, mark.length));
        assert_eq!(read("[!stat] 63 %"), Some(("stat", None, 8)));
        assert_eq!(read("[!question]- Why?"), Some(("question", Some(Fold::Closed), 13)));
        assert_eq!(read("[!note]+"), Some(("note", Some(Fold::Open), 8)));
        assert_eq!(read("[!speaker-card]"), Some(("speaker-card", None, 15)));
        for text in ["[!]", "[! note]", "[!9]", "[note]", "a [!note]", "[!note", "[!å]"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn types_have_names_of_their_own() {
        let mut names: Vec<_> = CalloutKind::NAMES.iter().flat_map(|(_, names)| *names).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), CalloutKind::NAMES.iter().map(|(_, names)| names.len()).sum::<usize>());
        assert_eq!(CalloutKind::from_name("Hint"), CalloutKind::Tip);
        assert_eq!(CalloutKind::from_name("state"), CalloutKind::Other);
        assert_eq!(CalloutKind::CallToAction.name(), "cta");
    }
}
