//! The section of key takeaways, recognised by its heading.

use super::{Body, Heading, Kind, cut};
use crate::content::blocks::Role;

impl Body {
    /// The heading of the key takeaways: the first top-level heading with `{role=takeaways}`, else the first whose
    /// text is the name of such a section in the page's language or in English. What belongs to it is its
    /// [`Body::section`].
    #[must_use]
    pub fn takeaways(&self, language: &str) -> Option<&Heading> {
        let with_role = |h: &&Heading| h.role == Some(Role::Takeaways);
        let names = names(language);
        let named = |h: &&Heading| {
            let text = h.text.trim_end_matches([':', '.']).to_lowercase();
            names.iter().chain(ENGLISH).any(|name| *name == text)
        };
        let top_level = || self.headings.iter().filter(|h| h.top_level);
        top_level().find(with_role).or_else(|| top_level().find(named))
    }

    /// The key takeaways as texts: the items of the list, else the paragraphs under the heading. At most `most`, each
    /// cut to so many characters.
    #[must_use]
    pub fn takeaway_texts(&self, language: &str, most: usize, characters: usize) -> Vec<String> {
        let Some(heading) = self.takeaways(language) else { return Vec::new() };
        let section = self.section(heading);
        let of_kind = |wanted: fn(Kind) -> bool| {
            let mut found = Vec::new();
            let mut at = section.start;
            while at < section.end && found.len() < most {
                let node = &self.nodes()[at];
                let is_wanted = wanted(node.kind);
                if is_wanted {
                    let text = self.plain_text_of(self.descendants(at));
                    // What is nested in an item stands in lines of its own.
                    let text = cut(text.lines().next().unwrap_or_default(), characters);
                    found.extend(Some(text).filter(|text| !text.is_empty()));
                }
                at = if is_wanted { node.end as usize } else { at + 1 };
            }
            found
        };
        let items = of_kind(|kind| kind == Kind::Item);
        if items.is_empty() { of_kind(|kind| kind == Kind::Paragraph) } else { items }
    }
}

const ENGLISH: &[&str] = &["key takeaways", "takeaways", "key points"];

/// What such a section is called, in lower case.
fn names(language: &str) -> &'static [&'static str] {
    match language.split(['-', '_']).next().unwrap_or(language) {
        "sv" => {
            &["det viktigaste", "viktigast", "viktigaste lärdomarna", "viktiga lärdomar", "att ta med sig"]
        }
        "nb" | "no" => {
            &["det viktigste", "viktigst", "viktigste lærdommer", "hovedpoenger", "kort oppsummert"]
        }
        "nn" => &["det viktigaste", "viktigast", "hovudpoeng", "kort oppsummert"],
        "da" => &["det vigtigste", "vigtigst", "vigtigste pointer", "hovedpointer"],
        "de" => &["das wichtigste", "das wichtigste in kürze", "wichtigste erkenntnisse"],
        "fi" => &["tärkeintä", "tärkeimmät opit", "pääkohdat"],
        "fr" => &["l’essentiel", "l'essentiel", "points clés", "à retenir"],
        "es" => &["lo más importante", "puntos clave", "conclusiones clave"],
        "nl" => &["het belangrijkste", "belangrijkste punten"],
        "it" => &["in sintesi", "punti chiave"],
        "pt" => &["o essencial", "pontos-chave"],
        _ => &[],
    }
}
