//! How conditions are said, by language: "If segment is retail". English counts everywhere.

use super::guard::Test;

/// The words of one language, in lower case.
pub(super) struct ConditionWords {
    languages: &'static [&'static str],
    /// The words that a condition begins with, such as `if`.
    pub(super) begin: &'static [&'static str],
    /// Between what is known and its value; of those that begin alike, the longer one counts.
    pub(super) tests: &'static [(&'static str, Test)],
    /// The answer for all other cases.
    pub(super) otherwise: &'static [&'static str],
}

const ALL: &[ConditionWords] = &[
    ConditionWords {
        languages: &["en"],
        begin: &["if"],
        tests: &[
            ("is", Test::Is),
            ("is not", Test::IsNot),
            ("isn't", Test::IsNot),
            ("is over", Test::Over),
            ("is more than", Test::Over),
            ("is under", Test::Under),
            ("is less than", Test::Under),
            ("is at least", Test::AtLeast),
            ("is at most", Test::AtMost),
            ("is known", Test::Known),
            ("is unknown", Test::Unknown),
        ],
        otherwise: &["otherwise", "else"],
    },
    ConditionWords {
        languages: &["sv"],
        begin: &["om"],
        tests: &[
            ("är", Test::Is),
            ("är inte", Test::IsNot),
            ("är över", Test::Over),
            ("är mer än", Test::Over),
            ("är under", Test::Under),
            ("är mindre än", Test::Under),
            ("är minst", Test::AtLeast),
            ("är högst", Test::AtMost),
            ("är känd", Test::Known),
            ("är känt", Test::Known),
            ("är okänd", Test::Unknown),
            ("är okänt", Test::Unknown),
        ],
        otherwise: &["annars"],
    },
    ConditionWords {
        languages: &["nb", "no", "nn"],
        begin: &["hvis", "om"],
        tests: &[
            ("er", Test::Is),
            ("er ikke", Test::IsNot),
            ("er over", Test::Over),
            ("er mer enn", Test::Over),
            ("er under", Test::Under),
            ("er mindre enn", Test::Under),
            ("er minst", Test::AtLeast),
            ("er høyst", Test::AtMost),
            ("er kjent", Test::Known),
            ("er ukjent", Test::Unknown),
        ],
        otherwise: &["ellers"],
    },
    ConditionWords {
        languages: &["da"],
        begin: &["hvis", "om"],
        tests: &[
            ("er", Test::Is),
            ("er ikke", Test::IsNot),
            ("er over", Test::Over),
            ("er mere end", Test::Over),
            ("er under", Test::Under),
            ("er mindre end", Test::Under),
            ("er mindst", Test::AtLeast),
            ("er højst", Test::AtMost),
            ("er kendt", Test::Known),
            ("er ukendt", Test::Unknown),
        ],
        otherwise: &["ellers"],
    },
    ConditionWords {
        languages: &["fi"],
        begin: &["jos"],
        tests: &[
            ("on", Test::Is),
            ("ei ole", Test::IsNot),
            ("on yli", Test::Over),
            ("on alle", Test::Under),
            ("on vähintään", Test::AtLeast),
            ("on enintään", Test::AtMost),
            ("on tiedossa", Test::Known),
            ("ei ole tiedossa", Test::Unknown),
        ],
        otherwise: &["muuten"],
    },
    ConditionWords {
        languages: &["de"],
        begin: &["wenn", "falls"],
        tests: &[
            ("ist", Test::Is),
            ("ist nicht", Test::IsNot),
            ("ist über", Test::Over),
            ("ist mehr als", Test::Over),
            ("ist unter", Test::Under),
            ("ist weniger als", Test::Under),
            ("ist mindestens", Test::AtLeast),
            ("ist höchstens", Test::AtMost),
            ("ist bekannt", Test::Known),
            ("ist unbekannt", Test::Unknown),
        ],
        otherwise: &["sonst"],
    },
    ConditionWords {
        languages: &["fr"],
        begin: &["si"],
        tests: &[
            ("est", Test::Is),
            ("n'est pas", Test::IsNot),
            ("dépasse", Test::Over),
            ("est supérieur à", Test::Over),
            ("est inférieur à", Test::Under),
            ("est au moins", Test::AtLeast),
            ("est au plus", Test::AtMost),
            ("est connu", Test::Known),
            ("est inconnu", Test::Unknown),
        ],
        otherwise: &["sinon"],
    },
    ConditionWords {
        languages: &["es"],
        begin: &["si"],
        tests: &[
            ("es", Test::Is),
            ("no es", Test::IsNot),
            ("es más de", Test::Over),
            ("es menos de", Test::Under),
            ("es al menos", Test::AtLeast),
            ("es como máximo", Test::AtMost),
            ("es conocido", Test::Known),
            ("es desconocido", Test::Unknown),
        ],
        otherwise: &["si no"],
    },
    ConditionWords {
        languages: &["nl"],
        begin: &["als", "indien"],
        tests: &[
            ("is", Test::Is),
            ("is niet", Test::IsNot),
            ("is meer dan", Test::Over),
            ("is minder dan", Test::Under),
            ("is minstens", Test::AtLeast),
            ("is hoogstens", Test::AtMost),
            ("is bekend", Test::Known),
            ("is onbekend", Test::Unknown),
        ],
        otherwise: &["anders"],
    },
];

/// The words of a language, its own first.
pub(super) fn words(language: &str) -> impl Iterator<Item = &'static ConditionWords> {
    let base = language.split(['-', '_']).next().unwrap_or(language).to_lowercase();
    let own = ALL.iter().skip(1).find(move |words| words.languages.contains(&base.as_str()));
    own.into_iter().chain(ALL.first())
}
