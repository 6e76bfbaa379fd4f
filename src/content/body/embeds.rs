//! Embeds: `[form:guide]`, `[script:too-busy]` and `[assessment:maturity]`, a paragraph of its own that stands for something that is no text.

use super::{Body, Embed, EmbedKind, Kind};
use crate::diag::Span;

impl EmbedKind {
    /// Those in brackets of their own.
    const ALL: &[(&str, Self)] = &[
        ("form", Self::Form),
        ("script", Self::Script),
        ("assessment", Self::Assessment),
        ("calculator", Self::Calculator),
        ("survey", Self::Survey),
        ("results", Self::SurveyResults),
    ];

    /// As it is written in front of the name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Script => "script",
            Self::Assessment => "assessment",
            Self::Calculator => "calculator",
            Self::Survey => "survey",
            Self::SurveyResults => "results",
            Self::Offer => "offer",
        }
    }
}

/// The embed that `text` is, from its first byte to its last; the text begins at byte `start` of the file.
pub(in super::super) fn embed(text: &str, start: usize) -> Option<Embed> {
    let found = first(text)?;
    let is_all = found.0 == 0 && found.2.len() == text.len();
    is_all.then(|| found.1.at(start + 1 + found.1.kind.name().len() + 1))
}

/// Can it be the name of something that texts embed?
pub(in super::super) fn is_embed_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// What was found in a text, not yet with its place.
struct NamedEmbed<'t> {
    kind: EmbedKind,
    name: &'t str,
}

impl NamedEmbed<'_> {
    fn at(&self, start: usize) -> Embed {
        let span = Span::new(start, start + self.name.len());
        Embed { kind: self.kind, name: self.name.to_string(), span }
    }
}

/// The first embed in a text: where it begins, what it is, and all of it.
fn first(text: &str) -> Option<(usize, NamedEmbed<'_>, &str)> {
    text.match_indices('[').find_map(|(at, _)| {
        let rest = &text[at..];
        let (kind, kind_of) = EmbedKind::ALL
            .iter()
            .find(|(name, _)| rest[1..].starts_with(name) && rest[1 + name.len()..].starts_with(':'))?;
        let inside = &rest[kind.len() + 2..];
        let name = &inside[..inside.find(']')?];
        let all = &rest[..kind.len() + 2 + name.len() + 1];
        is_embed_name(name).then_some((at, NamedEmbed { kind: *kind_of, name }, all))
    })
}

impl Body {
    /// Embeds that stand where they are only text: in a list, a quotation, a heading, among other words; each with its
    /// place. `file` is the whole file, in which a backslash before the bracket says that the text is meant.
    #[must_use]
    pub fn misplaced_embeds(&self, file: &str) -> Vec<(EmbedKind, Span)> {
        let mut found = Vec::new();
        let mut code_until = 0;
        for (id, node) in self.nodes().iter().enumerate() {
            match node.kind {
                Kind::CodeBlock(_) => code_until = node.end as usize,
                Kind::Text(text) if id >= code_until => {
                    let text = self.text(text);
                    let mut at = 0;
                    while let Some((offset, embed, all)) = first(&text[at..]) {
                        let start = node.span.range().start + at + offset;
                        if !file[..start].ends_with('\\') {
                            found.push((embed.kind, Span::new(start, start + all.len())));
                        }
                        at += offset + all.len();
                    }
                }
                _ => {}
            }
        }
        found
    }
}
