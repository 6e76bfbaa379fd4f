//! Who made an image, as front matter and captions say it.
//!
//! `credit: Anna Berg` is a name, which gets a word of the theme before it ("Photo: Anna Berg"). A credit with a word of
//! its own ("Illustration: Kim Vik", "© Fjord AS") keeps it, and so does one at the end of a caption in a text:
//! `![A desk](desk.png "Friday, a quarter to four. Photo: Anna Berg")`.

/// Who made an image, and in which words that is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credit<'a> {
    /// The word before the name, with its colon, where the author has written one: `Illustration:`, `Photo by`, `©`.
    pub label: Option<&'a str>,
    /// The name of the person or organization.
    pub name: &'a str,
}

/// Words that a colon follows, in the languages that come with the theme.
const BEFORE_A_COLON: &[&str] = &[
    "photo",
    "photos",
    "photograph",
    "photographer",
    "photo credit",
    "image credit",
    "credit",
    "illustration",
    "foto",
    "fotograf",
    "illustrasjon",
];

/// Words and signs that a name follows at once.
const BEFORE_A_NAME: &[&str] = &[
    "photo by ",
    "photograph by ",
    "image by ",
    "illustration by ",
    "foto av ",
    "bild av ",
    "bilde av ",
    "illustration av ",
    "illustrasjon av ",
    "©",
    "(c) ",
];

/// What a credit in a caption comes after, spaces aside.
const DIVIDERS: &[char] = &['.', '!', '?', '…', ',', ';', '–', '—', '-', '|', '·', '•', '/', '(', '[', '\n'];

/// Those of them that don't belong to the sentence before.
const NOT_PART: &[char] = &[',', ';', '–', '—', '-', '|', '·', '•', '/', '(', '['];

impl<'a> Credit<'a> {
    /// A credit as front matter has it, with or without a word of its own.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let text = text.trim();
        Self::labelled(text).unwrap_or(Self { label: None, name: text })
    }

    /// The caption that an image's title is, and the credit at its end; the caption may be empty.
    #[must_use]
    pub fn divide(title: &'a str) -> (&'a str, Option<Self>) {
        let starts = title.match_indices(DIVIDERS).map(|(at, divider)| at + divider.len());
        for start in std::iter::once(0).chain(starts) {
            let Some(mut credit) = Self::labelled(title[start..].trim()) else { continue };
            let caption = title[..start].trim_end();
            let closing = if caption.ends_with('(') {
                ')'
            } else if caption.ends_with('[') {
                ']'
            } else {
                return (without_divider(caption), Some(credit));
            };
            credit.name = credit.name.strip_suffix('.').unwrap_or(credit.name);
            if let Some(name) = credit.name.strip_suffix(closing) {
                credit.name = name.trim_end();
                return (without_divider(caption), Some(credit));
            }
        }
        (title, None)
    }

    /// A text that begins with a word for a credit.
    fn labelled(text: &'a str) -> Option<Self> {
        let name_at = BEFORE_A_NAME.iter().find_map(|label| begins(text, label)).or_else(|| {
            let after = BEFORE_A_COLON.iter().filter_map(|label| begins(text, label));
            after.filter(|at| text[*at..].starts_with(':')).map(|at| at + 1).next()
        })?;
        let (label, name) = (text[..name_at].trim_end(), text[name_at..].trim_start());
        (!name.is_empty()).then_some(Self { label: Some(label), name })
    }
}

/// Where `text` goes on after a word that it begins with, in upper or lower case.
fn begins(text: &str, word: &str) -> Option<usize> {
    text.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)).map(str::len)
}

fn without_divider(caption: &str) -> &str {
    caption.trim_end_matches(|c: char| c.is_whitespace() || NOT_PART.contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_may_have_a_word_of_its_own() {
        let credit = |text| (Credit::new(text).label, Credit::new(text).name);
        assert_eq!(credit("Anna Berg"), (None, "Anna Berg"));
        assert_eq!(credit(" Illustration: Kim Vik "), (Some("Illustration:"), "Kim Vik"));
        assert_eq!(credit("© Fjord AS"), (Some("©"), "Fjord AS"));
        assert_eq!(credit("foto av Åse"), (Some("foto av"), "Åse"));
        assert_eq!(credit("Photo:"), (None, "Photo:"));
        // Only a whole word counts, and a letter of several bytes cuts none in two.
        assert_eq!(credit("Photography Club"), (None, "Photography Club"));
        assert_eq!(credit("Fotoå: x"), (None, "Fotoå: x"));
        assert_eq!(credit("åäö"), (None, "åäö"));
    }

    #[test]
    fn a_caption_ends_where_its_credit_begins() {
        let divided = |title| {
            let (caption, credit) = Credit::divide(title);
            (caption, credit.map_or("", |credit| credit.name))
        };
        assert_eq!(divided("Our town"), ("Our town", ""));
        assert_eq!(divided("Our town. Photo: Anna Berg"), ("Our town.", "Anna Berg"));
        assert_eq!(divided("Staden vid nio – foto: Anna Berg/TT"), ("Staden vid nio", "Anna Berg/TT"));
        assert_eq!(divided("Our town (Photo by Anna Berg)"), ("Our town", "Anna Berg"));
        assert_eq!(divided("Our town [© Fjord AS]."), ("Our town", "Fjord AS"));
        assert_eq!(divided("Illustrasjon: Kim"), ("", "Kim"));
        assert_eq!(divided("Is it open? Photo: Anna"), ("Is it open?", "Anna"));
        // What only talks about a photo is no credit.
        for title in ["Send us a photo: it helps", "In the photo", "Our (photo: Anna) town", "Photo:", ""] {
            assert_eq!(divided(title), (title, ""));
        }
    }
}
