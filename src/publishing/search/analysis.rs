//! From text to terms: elasticlunr's stop words and stemmers (by way of `elasticlunr-rs`), and words that hold signs.
//!
//! What counts as a word is specified in `docs/content/search-index.md` under "Words"; `search.js` cuts queries in the same way.

use std::collections::BTreeSet;

use elasticlunr::lang;
use elasticlunr::lang::common::RegexTrimmer;
use elasticlunr::pipeline::PipelineFn;
use rustc_hash::FxHashMap;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::pieces::{Pieces, TermId, Terms, pieces};
use super::scripts::{is_spaceless_language, with_pairs};

/// The longest word that is kept, in characters.
const LONGEST: usize = 64;

/// The characters of words; what is none of these is trimmed. elasticlunr's own trimmers drop digits (in all languages
/// but English) and letters of other scripts.
const WORD_CHARACTERS: &str = r"\p{L}\p{M}\p{Nd}_";

/// Cuts texts of one language into words, and remembers each.
pub(super) struct Analyzer {
    language: Box<dyn lang::Language>,
    trimmer: RegexTrimmer,
    /// Stop words, then the stemmer; empty for a language that has neither.
    pipeline: Vec<Box<dyn PipelineFn>>,
    pieces: Pieces,
    word_ids: FxHashMap<String, Option<TermId>>,
    term_ids: FxHashMap<String, TermId>,
    /// Words as people write them, in lower case, each with its term; stop words aren't among them.
    pub(super) words: Vec<(String, TermId)>,
    /// The terms that words were reduced to, each once, by their ids.
    pub(super) terms: Vec<String>,
    /// The stop words that were met.
    pub(super) stop_words: BTreeSet<String>,
}

impl Analyzer {
    /// An analyzer for a language code such as `sv` or `pt-BR`.
    pub(super) fn new(code: &str) -> Self {
        let found = language(code);
        let mut pipeline = Vec::new();
        if let Some(language) = &found {
            pipeline = language.make_pipeline().queue;
            pipeline.remove(0);
        }
        Self {
            language: found.unwrap_or_else(|| Box::new(lang::English::new())),
            trimmer: RegexTrimmer::new("trimmer", WORD_CHARACTERS),
            pipeline,
            pieces: Pieces::default(),
            word_ids: FxHashMap::default(),
            term_ids: FxHashMap::default(),
            words: Vec::new(),
            terms: Vec::new(),
            stop_words: BTreeSet::new(),
        }
    }

    /// Hands every term of `text` to `take`, in order.
    pub(super) fn terms_of(&mut self, text: &str, mut take: impl FnMut(TermId)) {
        let composed: String;
        let text = if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
            text
        } else {
            composed = text.nfc().collect();
            &composed
        };
        pieces(text, |piece| {
            if !self.pieces.get(piece, &mut take) {
                let terms = self.piece(piece);
                terms.iter().copied().for_each(&mut take);
                self.pieces.insert(piece, terms);
            }
        });
    }

    /// The terms of a piece of text without white space.
    fn piece(&mut self, piece: &str) -> Terms {
        let lower: String = piece.chars().filter(|c| !is_invisible(*c)).flat_map(same_sign).collect();
        let lower = lower.to_lowercase();
        match with_pairs(&lower) {
            Some(paired) => {
                paired.split_whitespace().flat_map(|part| self.spaced(part.to_string())).collect()
            }
            None => self.spaced(lower),
        }
    }

    /// The terms of a piece in lower case, in which nothing has to be cut but at signs.
    fn spaced(&mut self, lower: String) -> Terms {
        if lower.chars().all(is_word_character) {
            return self.word(&lower).into_iter().collect();
        }
        let Some(whole) = self.trimmer.filter(lower) else { return Terms::default() };
        if whole.chars().all(is_word_character) {
            return self.word(&whole).into_iter().collect();
        }
        let parts: Vec<&str> =
            whole.split(|c| !is_word_character(c)).filter(|part| !part.is_empty()).collect();
        let spaced = parts.join(" ");
        let parts: Vec<String> = self.language.tokenize(&spaced);
        let lone_letter = |part: &String| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
        let mut terms: Vec<TermId> =
            parts.iter().filter(|part| !lone_letter(part)).filter_map(|part| self.term(part, part)).collect();
        // `follow-up` and `followup` are one term, so that either finds the other. `prospect's` is nothing but
        // `prospect`.
        let joined = parts.concat();
        let of_whole = [self.term(&whole, &joined), self.term(&joined, &joined)];
        terms.extend(of_whole[0].filter(|term| !terms.contains(term)));
        terms.into()
    }

    /// The term of a piece without signs. Of an emoji, a mark without a letter may be left, which is no word.
    fn word(&mut self, word: &str) -> Option<TermId> {
        word.chars().any(char::is_alphanumeric).then(|| self.term(word, word)).flatten()
    }

    /// The term of `word`, which is what the pipeline makes of `base`; `None` for stop words and what is too long.
    fn term(&mut self, word: &str, base: &str) -> Option<TermId> {
        if let Some(known) = self.word_ids.get(word) {
            return *known;
        }
        let id = self.stem(word, base);
        self.word_ids.insert(word.to_string(), id);
        if let Some(id) = id {
            self.words.push((word.to_string(), id));
        }
        id
    }

    fn stem(&mut self, word: &str, base: &str) -> Option<TermId> {
        if word.chars().count() > LONGEST {
            return None;
        }
        let term = self.pipeline.iter().try_fold(base.to_string(), |term, step| step.filter(term));
        let Some(term) = term.filter(|term| !term.is_empty()) else {
            self.stop_words.insert(word.to_string());
            return None;
        };
        let next = crate::ids::number(self.terms.len());
        let id = *self.term_ids.entry(term.clone()).or_insert(next);
        if id == next {
            self.terms.push(term);
        }
        Some(id)
    }
}

/// elasticlunr's support for a language; `None` where it has none.
fn language(code: &str) -> Option<Box<dyn lang::Language>> {
    // The crate has names of its own for two of them.
    lang::from_code(match primary(code) {
        "nb" | "nn" => "no",
        "nl" => "du",
        other => other,
    })
}

/// Does the analysis know the stop words and endings of this language, or need none?
#[must_use]
pub(super) fn is_supported(code: &str) -> bool {
    language(code).is_some() || is_spaceless_language(primary(code))
}

/// Languages that write a compound as one word, so that words are looked for inside others: the Germanic ones but English,
/// and the Finno-Ugric ones.
const COMPOUNDING: &[&str] =
    &["af", "da", "de", "et", "fi", "fo", "fy", "hu", "is", "lb", "nb", "nl", "nn", "no", "se", "sv"];

/// Does this language write compounds as one word?
#[must_use]
pub(super) fn is_compounding(code: &str) -> bool {
    COMPOUNDING.contains(&primary(code))
}

/// `pt` of `pt-BR`.
fn primary(code: &str) -> &str {
    code.split('-').next().unwrap_or(code)
}

fn is_word_character(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_combining_mark(c)
}

/// Soft hyphens, zero-width characters and marks of direction.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// One sign for all that look alike: apostrophes and hyphens.
fn same_sign(c: char) -> Option<char> {
    Some(match c {
        '\u{2019}' | '\u{2bc}' => '\'',
        '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' => '-',
        other => other,
    })
}

/// A word without its accents, for sorting and for those who type without them.
#[must_use]
pub(super) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_string();
    }
    let mut out = String::with_capacity(word.len());
    for c in word.nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'æ' => out.push_str("ae"),
            'ø' => out.push('o'),
            'œ' => out.push_str("oe"),
            'ß' => out.push_str("ss"),
            'đ' | 'ð' => out.push('d'),
            'þ' => out.push_str("th"),
            'ł' => out.push('l'),
            'ı' => out.push('i'),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a text with their terms, in alphabetical order.
    fn words(code: &str, text: &str) -> Vec<(String, String)> {
        let mut analyzer = Analyzer::new(code);
        analyzer.terms_of(text, |_| ());
        let mut words: Vec<(String, String)> = analyzer
            .words
            .iter()
            .map(|(word, term)| (word.clone(), analyzer.terms[*term as usize].clone()))
            .collect();
        words.sort();
        words
    }

    fn terms(code: &str, text: &str) -> Vec<String> {
        let mut analyzer = Analyzer::new(code);
        let mut found = Vec::new();
        analyzer.terms_of(text, |term| found.push(term));
        found.into_iter().map(|term| analyzer.terms[term as usize].clone()).collect()
    }

    #[test]
    fn forms_of_a_word_share_a_term() {
        assert_eq!(terms("en", "The prospects were prospecting, a prospect."), ["prospect"; 3]);
        assert_eq!(terms("sv", "Kunderna och kunden: kunder!"), ["kund"; 3]);
        assert_eq!(terms("nb", "Kundereisen og kundereisene"), ["kundereis"; 2]);
    }

    #[test]
    fn nordic_letters_are_letters_and_digits_stay() {
        assert_eq!(terms("sv", "Åkeri 2026 ärende öl"), ["åkeri", "2026", "ärend", "öl"]);
        assert_eq!(terms("nb", "ærlig ødelagt åtte 17"), ["ærl", "ødelagt", "ått", "17"]);
        assert_eq!(terms("en", "År 365"), ["år", "365"]);
        for code in ["en", "sv", "no", "da", "de", "fr", "es", "nl", "fi", "it", "pt", "pl"] {
            assert!(terms(code, "zebra 2026").contains(&"2026".to_string()), "{code}");
        }
    }

    #[test]
    fn compounds_are_found_by_the_whole_and_by_their_parts() {
        let pair = |word: &str, term: &str| (word.to_string(), term.to_string());
        assert_eq!(words("en", "B2B,"), [pair("b2b", "b2b")]);
        let follow = [
            pair("follow", "follow"),
            pair("follow-up", "followup"),
            pair("followup", "followup"),
            pair("up", "up"),
        ];
        assert_eq!(words("en", "follow\u{2011}up"), follow);
        assert_eq!(
            words("en", "(GPT-5)"),
            [pair("5", "5"), pair("gpt", "gpt"), pair("gpt-5", "gpt5"), pair("gpt5", "gpt5")]
        );
        let system = words("sv", "CRM-systemet");
        assert!(
            system.contains(&pair("crm", "crm")) && system.contains(&pair("systemet", "systemet")),
            "{system:?}"
        );
        assert!(system.contains(&pair("crm-systemet", "crmsystemet")), "{system:?}");
        assert_eq!(terms("en", "R&D"), ["rd"]);
        assert_eq!(terms("en", "1,000"), ["1", "000", "1000"]);
    }

    #[test]
    fn a_possessive_is_the_word_itself() {
        assert_eq!(terms("en", "the prospect\u{2019}s"), ["prospect"]);
    }

    #[test]
    fn decomposed_and_invisible_characters_change_nothing() {
        assert_eq!(terms("sv", "fo\u{308}rsa\u{308}ljning"), terms("sv", "försäljning"));
        assert_eq!(terms("en", "pro\u{ad}spect \u{200f}deal"), ["prospect", "deal"]);
    }

    #[test]
    fn what_holds_no_word_comes_to_nothing() {
        assert_eq!(terms("en", "😀 👍🏽 ❤️ -- ... the and"), Vec::<String>::new());
        assert_eq!(terms("en", &"x".repeat(100_000)), Vec::<String>::new());
    }

    #[test]
    fn other_scripts_stay() {
        assert_eq!(terms("sv", "продажи и 售"), ["продажи", "и", "售"]);
    }

    /// What the browser makes of the same texts, `tests/all/browser/search/scripts.rs` says.
    #[test]
    fn scripts_without_spaces_are_cut_into_pairs() {
        assert_eq!(
            terms("ja", "日本語の。CRMを follow-up"),
            ["日本", "本語", "語の", "の", "crm", "を", "follow", "up", "followup"]
        );
        assert_eq!(terms("zh", "電話"), ["電話", "話"]);
        // Marks belong to the letter before them.
        assert_eq!(terms("th", "น้ำดี"), ["น้ำ", "ำดี", "ดี"]);
        assert_eq!(terms("en", "売 ๒๕๖๙"), ["売", "๒๕๖๙"]);
        assert!(["ja", "zh-Hant", "th", "lo", "km", "my"].iter().all(|code| is_supported(code)));
    }

    #[test]
    fn an_unknown_language_keeps_its_words() {
        assert!(!is_supported("pl"));
        assert_eq!(terms("pl", "Klienci i klienta"), ["klienci", "i", "klienta"]);
        assert!(
            ["en", "sv", "nb", "nn", "da", "de", "fr", "es", "nl", "fi", "it", "pt-BR"]
                .iter()
                .all(|code| is_supported(code))
        );
    }

    #[test]
    fn folding_takes_accents_away() {
        assert_eq!(fold("försäljning"), "forsaljning");
        assert_eq!(fold("kjøpsærend"), "kjopsaerend");
        assert_eq!(fold("straße łódź"), "strasse lodz");
    }
}
