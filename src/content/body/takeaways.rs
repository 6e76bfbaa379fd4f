//! The section of key takeaways, recognised by its heading.

use super::{Body, Heading};
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
