//! Links in a form's texts, as Markdown writes them: `[privacy policy](../pages/privacy.md)`.
//!
//! A text keeps its words alone, because they are what readers see, what a consent's receipt has the hash of, and what
//! goes to endpoints; its links are kept beside it, by their place among the words.

use std::ops::{Deref, Range};

use serde::{Deserialize, Serialize};

use crate::config::{self, LangId, Language, Localized};
use crate::diag::Span;
use crate::yaml::{Node, Reader, Value};

/// A text with links among its words, which it can be used as.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkedText {
    /// The words by language, without the markup of links.
    pub words: Localized,
    /// Its links, in their order in each language.
    pub links: Vec<TextLink>,
}

/// A link in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextLink {
    /// Whose text has it: that of a language, or the one for all.
    pub version: Option<LangId>,
    /// The words that it is on, in bytes of that text.
    pub words: Range<usize>,
    /// Where it leads, as it is written.
    pub target: String,
    /// The bytes of the target in the file.
    pub span: Span,
}

impl Deref for LinkedText {
    type Target = Localized;

    fn deref(&self) -> &Localized {
        &self.words
    }
}

impl LinkedText {
    /// The text in `lang` with its links; where it is missing, as [`Localized::get`] has it.
    pub fn linked(&self, lang: LangId, default: LangId) -> (&str, impl Iterator<Item = &TextLink>) {
        let version = self.words.version(lang, default);
        (self.words.get(lang, default), self.links.iter().filter(move |link| link.version == version))
    }

    /// Finds the links in texts that were read from `node`.
    pub(super) fn new(words: Localized, node: &Node, languages: &[Language]) -> Self {
        let span = |lang: Option<LangId>| {
            let Value::Map(entries) = &node.value else { return node.span };
            let code = lang.and_then(|lang| languages.get(lang.index())).map(|language| &language.code);
            let own = entries.iter().find(|(key, _)| Some(&key.value) == code);
            own.map_or(node.span, |(_, node)| node.span)
        };
        let mut links = Vec::new();
        let words = words.changed(|version, text| {
            if !text.contains("](") {
                return text;
            }
            let (words, found) = split_links(text.trim());
            links.extend(found.into_iter().map(|(words, target)| TextLink {
                version,
                words,
                target,
                span: span(version),
            }));
            words
        });
        Self { words, links }
    }

    /// Reads a text in all its languages, and takes its links out.
    pub(super) fn read(node: &Node, languages: &[Language], reader: &mut Reader<'_>) -> Self {
        let words = config::localized(languages, node, reader).unwrap_or_default();
        Self::new(words, node, languages)
    }

    /// Narrows the places of links to what is written there. What came from another file stays where it is named.
    pub(super) fn locate(&mut self, file: &[u8]) {
        let mut after = 0;
        for link in &mut self.links {
            let (start, end) = (link.span.start as usize, link.span.end as usize);
            let from = start.max(after);
            let Some(text) = file.get(from..end).and_then(|bytes| std::str::from_utf8(bytes).ok()) else {
                continue;
            };
            if let Some(at) = text.find(&link.target) {
                link.span = Span::new(from + at, from + at + link.target.len());
                after = from + at + link.target.len();
            }
        }
    }
}

/// The words of a text and its links: the places of their words, and their targets. `\\[` is a bracket.
fn split_links(text: &str) -> (String, Vec<(Range<usize>, String)>) {
    let mut words = String::with_capacity(text.len());
    let mut links = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['[', '\\']) {
        words.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(bracket) = rest.strip_prefix('\\').filter(|rest| rest.starts_with(['[', ']'])) {
            words.push_str(&bracket[..1]);
            rest = &bracket[1..];
        } else if let Some((label, target, behind)) = link(rest).filter(|_| !words.ends_with('!')) {
            let start = words.len();
            words.push_str(&label);
            links.push((start..words.len(), target.to_string()));
            rest = behind;
        } else {
            words.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    words.push_str(rest);
    (words, links)
}

/// A link at the beginning of a text: its words, its target, and what follows it.
fn link(text: &str) -> Option<(String, &str, &str)> {
    let mut label = String::new();
    let mut characters = text.strip_prefix('[')?.char_indices();
    let behind = loop {
        match characters.next()? {
            (at, ']') => break &text[at + 2..],
            (_, '[') => return None,
            (_, '\\') => label.push(characters.next()?.1),
            (_, other) => label.push(other),
        }
    };
    let inside = behind.strip_prefix('(')?;
    let mut depth = 1;
    let end = inside.find(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth == 0
    })?;
    let target = inside[..end].trim();
    // A title isn't shown.
    let target = match target.split_once([' ', '\n']) {
        Some((address, title)) if title.trim().starts_with(['"', '\'']) => address,
        _ => target,
    };
    let target = target.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(target);
    (!label.trim().is_empty() && !target.is_empty()).then_some((label, target, &inside[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_beside_the_words() {
        let shown = |text: &str| {
            let (words, links) = split_links(text);
            let links: Vec<_> = links
                .iter()
                .map(|(place, target)| (words[place.clone()].to_string(), target.clone()))
                .collect();
            (words, links)
        };
        let link = |words: &str, target: &str| (words.to_string(), target.to_string());
        let (words, links) =
            shown("I have read the [policy](../pages/privacy.md#why) and [terms]( </terms (2).pdf> ).");
        assert_eq!(words, "I have read the policy and terms.");
        assert_eq!(links, [link("policy", "../pages/privacy.md#why"), link("terms", "/terms (2).pdf")]);
        let (words, links) =
            shown("[Ring [us\\]](tel:+46 8 1) [å](https://a.example/x_(y) \"T\") ![no](a.png) \\[no](b)");
        assert_eq!(words, "[Ring us] å ![no](a.png) [no](b)");
        assert_eq!(links, [link("us]", "tel:+46 8 1"), link("å", "https://a.example/x_(y)")]);
        for text in ["[a]()", "[ ](b)", "[a](b", "[a] (b)", "a]("] {
            assert_eq!(shown(text), (text.to_string(), vec![]), "{text}");
        }
    }
}
