//! How hard a text is to read, by formulas that are made for its language.
//!
//! - **LIX** for Swedish, Norwegian and Danish: words in a sentence, and of 100 words those with more than six letters. Below 30 is
//!   very easy, from 50 on difficult, from 60 on very difficult. Björnsson, C. H. (1968): Läsbarhet. Liber.
//! - **ARI** for English: the school year of the United States in which somebody reads it, from letters in a word and words in a
//!   sentence. Smith, E. A., and Senter, R. J. (1967): Automated Readability Index. AMRL-TR-66-220, Wright-Patterson Air Force Base.

/// So few words say nothing of a text.
const FEWEST: usize = 60;
/// From here on, a text in a language of the north is difficult.
const LIX: f64 = 50.0;
/// From here on, a text in English is for people with more than twelve years of school.
const ARI: f64 = 13.0;
/// A word is long from here on.
const LONG: usize = 7;

/// What a formula says of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReadingLevel {
    /// The formula: `LIX` or `ARI`.
    pub formula: &'static str,
    /// The number that the formula gives: the higher, the harder to read.
    pub value: f64,
    /// From where on that is hard.
    pub limit: f64,
}

impl ReadingLevel {
    /// Is the text hard to read?
    #[must_use]
    pub fn is_hard(self) -> bool {
        self.value >= self.limit
    }
}

/// The level of texts in a language, each of which is a sentence or more; `None` for a language without a formula here, and for
/// too few words.
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "the words of a page")]
pub fn reading_level<'t>(texts: impl Iterator<Item = &'t str>, language: &str) -> Option<ReadingLevel> {
    let (mut words, mut letters, mut long, mut sentences) = (0_usize, 0_usize, 0_usize, 0_usize);
    for text in texts {
        let mut is_open = false;
        for word in text.split_whitespace() {
            let count = word.chars().filter(|c| c.is_alphanumeric()).count();
            if count > 0 {
                words += 1;
                letters += count;
                long += usize::from(count >= LONG);
                is_open = true;
            }
            if word.trim_end_matches(['"', '”', '’', '»', ')']).ends_with(['.', '?', '!', ':']) && is_open
            {
                sentences += 1;
                is_open = false;
            }
        }
        sentences += usize::from(is_open);
    }
    if words < FEWEST {
        return None;
    }
    let (words, letters, long, sentences) = (words as f64, letters as f64, long as f64, sentences as f64);
    match language.split('-').next().unwrap_or_default() {
        "sv" | "nb" | "nn" | "no" | "da" => {
            Some(ReadingLevel { formula: "LIX", value: words / sentences + 100.0 * long / words, limit: LIX })
        }
        "en" => {
            let value = 4.71 * letters / words + 0.5 * words / sentences - 21.43;
            Some(ReadingLevel { formula: "ARI", value, limit: ARI })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_those_of_the_formulas() {
        // Ten words, 40 letters and one sentence, ten times; one word in ten has seven letters or more.
        let text = "We ring him now and answer every question as best. ".repeat(10);
        let (words, letters) = (100.0, 400.0);
        let found = reading_level(std::iter::once(text.as_str()), "en-GB").expect("enough words");
        assert_eq!(found.formula, "ARI");
        assert!((found.value - (4.71 * letters / words + 5.0 - 21.43)).abs() < 0.01, "{found:?}");
        assert!(!found.is_hard());
        let found = reading_level(std::iter::once(text.as_str()), "sv").expect("enough words");
        assert!((found.value - (10.0 + 10.0)).abs() < 0.01, "{found:?}");
        assert_eq!(reading_level(std::iter::once(text.as_str()), "fi"), None);
        assert_eq!(reading_level(["Too few."].into_iter(), "en"), None);
        let hard =
            "Organisationens förändringsbenägenhet förutsätter kontinuerlig kompetensutveckling. ".repeat(20);
        assert!(reading_level(std::iter::once(hard.as_str()), "sv").expect("enough words").is_hard());
    }
}
