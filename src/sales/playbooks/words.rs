//! How authors write steps and segments in each language: `## Step 1: Title`, `### For segment: Name`.

/// A heading's number and title, where it is a step: `Step 1: Prepare`, `Steg 2 – Ring`, `Trinn 3. Ring`, `Step 4`.
///
/// A step begins with the word for it, in the page's language or in English, and a number.
pub(super) fn step<'h>(heading: &'h str, language: &str) -> Option<(u32, &'h str)> {
    let rest = behind_word(heading, &[words(language).0, ENGLISH.0].concat())?;
    let rest = rest.strip_prefix(char::is_whitespace)?.trim_start();
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let number = rest[..digits].parse().ok()?;
    let behind = &rest[digits..];
    let title = behind.trim_start_matches([':', '.', ')', '-', '–', '—', ' ', '\u{a0}']);
    // `Step 1a` and `Step 1,5` are something else.
    (behind.is_empty() || title.len() < behind.len()).then_some((number, title))
}

/// The word for a step in a language, for examples.
pub(super) fn of_step(language: &str) -> String {
    let word = words(language).0.first().unwrap_or(&"step");
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The name of the segment that a heading begins a part for: `For segment: Small firms`.
pub(super) fn segment<'h>(heading: &'h str, language: &str) -> Option<&'h str> {
    let rest = behind_word(heading, &[words(language).1, ENGLISH.1].concat())?;
    let name = rest.trim_start().strip_prefix([':', '–', '—'])?.trim();
    Some(name).filter(|name| !name.is_empty())
}

/// What follows the first of `words` that `text` begins with, in whatever case.
fn behind_word<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    words.iter().find_map(|word| {
        let (start, rest) = text.split_at_checked(word.len())?;
        (start.to_lowercase() == *word).then_some(rest)
    })
}

/// Words for a step, and for a segment.
type PlaybookWords = (&'static [&'static str], &'static [&'static str]);

const ENGLISH: PlaybookWords = (&["step"], &["for segment", "for the segment", "segment"]);

/// In lower case. Their lower case has as many bytes as they have in capitals.
fn words(language: &str) -> PlaybookWords {
    match language.split(['-', '_']).next().unwrap_or(language) {
        "sv" => (&["steg"], &["för segmentet", "för segment"]),
        "nb" | "no" | "nn" => (&["steg", "trinn"], &["for segmentet", "for segment"]),
        "da" => (&["trin", "skridt"], &["for segmentet", "for segment"]),
        "de" => (&["schritt"], &["für das segment", "für segment"]),
        "fi" => (&["vaihe", "askel"], &["segmentille", "segmentti"]),
        "fr" => (&["étape"], &["pour le segment", "pour segment"]),
        "es" => (&["paso"], &["para el segmento", "segmento"]),
        "it" => (&["passo", "fase"], &["per il segmento", "segmento"]),
        "nl" => (&["stap"], &["voor het segment", "voor segment"]),
        "pt" => (&["passo", "etapa"], &["para o segmento", "segmento"]),
        _ => (&[], &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_begin_with_the_word_and_a_number() {
        for (heading, language, expected) in [
            ("Step 1: Prepare", "en", Some((1, "Prepare"))),
            ("STEP 12 – Ring", "en", Some((12, "Ring"))),
            ("Step 3", "en", Some((3, ""))),
            ("Step 3.", "en", Some((3, ""))),
            ("Steg 2: Ring", "sv", Some((2, "Ring"))),
            ("Trinn 2. Ring", "nb", Some((2, "Ring"))),
            ("Étape 1 : Lire", "fr", Some((1, "Lire"))),
            ("Step 2 Ring", "sv", Some((2, "Ring"))),
            ("Steg 2: Ring", "en", None),
            ("Steps 1: x", "en", None),
            ("Step one: x", "en", None),
            ("Step1: x", "en", None),
            ("Step 1a: x", "en", None),
            ("Step 1,5: x", "en", None),
            ("Step 99999999999: x", "en", None),
            ("Å", "sv", None),
            ("", "en", None),
        ] {
            assert_eq!(step(heading, language), expected, "{heading}");
        }
    }

    #[test]
    fn segments_have_a_name_behind_a_colon() {
        for (heading, language, expected) in [
            ("For segment: Small firms", "en", Some("Small firms")),
            ("For segmentet: Kommuner", "nb", Some("Kommuner")),
            ("För segment: Kommuner", "sv", Some("Kommuner")),
            ("FÖR SEGMENTET : Å: B", "sv", Some("Å: B")),
            ("For segment:", "en", None),
            ("For segment one", "en", None),
            ("Segments: a", "en", None),
        ] {
            assert_eq!(segment(heading, language), expected, "{heading}");
        }
    }
}
