//! Short words that lead to the next one: articles, prepositions, conjunctions. In a headline no line should end with one.

const ENGLISH: &[&str] = &[
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "i", "if", "in", "is", "of", "on", "or", "our",
    "that", "the", "their", "to", "when", "why", "with", "you", "your",
];
const SWEDISH: &[&str] = &[
    "att", "av", "de", "den", "det", "du", "en", "er", "ett", "för", "från", "hur", "i", "med", "men", "när",
    "och", "om", "på", "som", "så", "till", "vi", "är",
];
const NORWEGIAN: &[&str] = &[
    "at", "av", "de", "den", "det", "du", "ei", "en", "er", "et", "etter", "for", "fra", "hvor", "i", "med",
    "men", "når", "og", "om", "på", "som", "så", "til", "vi", "å",
];
const DANISH: &[&str] = &[
    "af", "at", "de", "den", "det", "du", "en", "er", "et", "for", "fra", "hvor", "i", "med", "men", "når",
    "og", "om", "på", "som", "så", "til", "vi",
];
const GERMAN: &[&str] = &[
    "am", "an", "auf", "aus", "bei", "das", "dem", "den", "der", "des", "die", "ein", "eine", "für", "im",
    "in", "mit", "nach", "oder", "und", "vom", "von", "wie", "zu", "zum", "zur",
];

/// Does the word lead to the next one, in the language with this code? Case doesn't count.
#[must_use]
pub fn leads(word: &str, language: &str) -> bool {
    let words = match language.split(['-', '_']).next().unwrap_or(language) {
        "en" => ENGLISH,
        "sv" => SWEDISH,
        "nb" | "nn" | "no" => NORWEGIAN,
        "da" => DANISH,
        "de" => GERMAN,
        _ => return false,
    };
    words.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found() {
        assert!(leads("The", "en-GB") && leads("är", "sv") && leads("å", "nb") && leads("På", "nb"));
        assert!(!leads("empty", "en") && !leads("the", "fi") && !leads("", "sv"));
    }
}
