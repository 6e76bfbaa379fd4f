//! Typographic quotation marks, by language.
//!
//! pulldown-cmark decides what opens and what closes and yields English marks as text events of their own; here they
//! become the marks of the page's language. Dashes and ellipses are the same everywhere and pass through. Start with
//! [`Quotes::for_language`], then [`Marks::replace`].

/// The quotation marks of a language, with the spaces that belong to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotes {
    open: &'static str,
    close: &'static str,
    inner_open: &'static str,
    inner_close: &'static str,
}

impl Quotes {
    /// The marks of a language by its code (`sv`, `nb-NO`); those of English where the language isn't known.
    ///
    /// After Unicode's CLDR, but with the typographic apostrophe as Norwegian's inner marks.
    #[must_use]
    pub fn for_language(language: &str) -> Self {
        let primary = language.split(['-', '_']).next().unwrap_or(language);
        let [open, close, inner_open, inner_close] = match primary.to_ascii_lowercase().as_str() {
            "sv" | "fi" => ["”", "”", "’", "’"],
            "nb" | "no" | "nn" => ["«", "»", "‘", "’"],
            "da" => ["»", "«", "›", "‹"],
            "de" | "cs" | "sk" | "sl" | "is" => ["„", "“", "‚", "‘"],
            "fr" => ["«\u{202f}", "\u{202f}»", "“", "”"],
            "es" | "pt" | "it" | "el" => ["«", "»", "“", "”"],
            "ru" | "uk" | "be" => ["«", "»", "„", "“"],
            "pl" | "hu" | "ro" => ["„", "”", "«", "»"],
            _ => ["“", "”", "‘", "’"],
        };
        Self { open, close, inner_open, inner_close }
    }
}

/// Replaces marks in the order in which they stand in one block of text.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Single marks opened in this block and not closed yet.
    single_open: u32,
}

impl Marks {
    /// To be called where a block starts: what was left open before doesn't count.
    pub(super) fn start_block(&mut self) {
        self.single_open = 0;
    }

    /// What to write for `event`, the text that pulldown-cmark yields for the source at `at`, when that source is a
    /// straight quotation mark; `None` when it is anything else.
    pub(super) fn replace(
        &mut self,
        quotes: Quotes,
        source: &str,
        at: usize,
        event: &str,
    ) -> Option<&'static str> {
        let before = source[..at].chars().next_back();
        match (source.as_bytes().get(at)?, event) {
            // pulldown-cmark calls a double mark without a partner opening. Behind a number it means inches, as in
            // `5" pipe`, and behind a letter it can only close.
            (b'"', "“") if before.is_some_and(char::is_numeric) => Some("\""),
            (b'"', "“") if !before.is_some_and(char::is_alphabetic) => Some(quotes.open),
            (b'"', "“" | "”") => Some(quotes.close),
            (b'\'', "‘") => {
                self.single_open += 1;
                Some(quotes.inner_open)
            }
            (b'\'', "’") => {
                let inside_word = source[at + 1..].chars().next().is_some_and(char::is_alphanumeric);
                if self.single_open == 0 || inside_word {
                    return Some("’");
                }
                self.single_open -= 1;
                Some(quotes.inner_close)
            }
            _ => None,
        }
    }
}
