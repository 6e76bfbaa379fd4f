//! What objections, replies, yes and no are called, by language. English counts everywhere.

/// The words of one language, in lower case.
struct CallWords {
    languages: &'static [&'static str],
    /// Before the colon of an objection's heading.
    objection: &'static [&'static str],
    /// Before the number of a reply.
    reply: &'static [&'static str],
    yes: &'static [&'static str],
    no: &'static [&'static str],
    /// What may follow a yes or a no without a comma.
    politely: &'static [&'static str],
    /// What may stand before one: "If yes".
    condition: &'static [&'static str],
}

const ENGLISH: CallWords = CallWords {
    languages: &["en"],
    objection: &["objection"],
    reply: &["reply", "answer", "response"],
    yes: &["yes", "yeah", "yep"],
    no: &["no", "nope"],
    politely: &["please", "thanks", "thank you"],
    condition: &["if", "they say"],
};

const OTHERS: &[CallWords] = &[
    CallWords {
        languages: &["sv"],
        objection: &["invändning"],
        reply: &["svar"],
        yes: &["ja", "jo", "javisst"],
        no: &["nej", "nä"],
        politely: &["tack", "gärna"],
        condition: &["om", "de säger"],
    },
    CallWords {
        languages: &["nb", "no", "nn"],
        objection: &["innvending", "motførestelling", "motforestilling"],
        reply: &["svar"],
        yes: &["ja", "jo"],
        no: &["nei"],
        politely: &["takk", "gjerne"],
        condition: &["hvis", "om", "dersom", "viss", "de sier"],
    },
    CallWords {
        languages: &["da"],
        objection: &["indvending"],
        reply: &["svar"],
        yes: &["ja", "jo"],
        no: &["nej"],
        politely: &["tak", "gerne"],
        condition: &["hvis", "om", "de siger"],
    },
    CallWords {
        languages: &["fi"],
        objection: &["vastaväite"],
        reply: &["vastaus"],
        yes: &["kyllä", "joo"],
        no: &["ei"],
        politely: &["kiitos"],
        condition: &["jos"],
    },
    CallWords {
        languages: &["de"],
        objection: &["einwand"],
        reply: &["antwort"],
        yes: &["ja"],
        no: &["nein"],
        politely: &["bitte", "danke", "gern", "gerne"],
        condition: &["wenn", "falls", "bei"],
    },
    CallWords {
        languages: &["fr"],
        objection: &["objection"],
        reply: &["réponse"],
        yes: &["oui"],
        no: &["non"],
        politely: &["merci"],
        condition: &["si"],
    },
    CallWords {
        languages: &["es"],
        objection: &["objeción"],
        reply: &["respuesta"],
        yes: &["sí", "si"],
        no: &["no"],
        politely: &["gracias", "por favor"],
        condition: &["si"],
    },
    CallWords {
        languages: &["nl"],
        objection: &["bezwaar"],
        reply: &["antwoord"],
        yes: &["ja"],
        no: &["nee"],
        politely: &["graag", "bedankt", "dank u", "dank je"],
        condition: &["als", "indien"],
    },
];

/// Whether an answer says yes or no, told by its first words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AnswerPolarity {
    Yes,
    No,
    Other,
}

/// The words of a language, its own first.
fn words(language: &str) -> impl Iterator<Item = &'static CallWords> {
    let base = language.split(['-', '_']).next().unwrap_or(language).to_lowercase();
    let own = OTHERS.iter().find(move |words| words.languages.contains(&base.as_str()));
    own.into_iter().chain([&ENGLISH])
}

/// The name in the heading of an objection, `Objection: Too busy`.
pub(super) fn objection<'t>(heading: &'t str, language: &str) -> Option<&'t str> {
    let (before, name) = heading.split_once([':', '：'])?;
    let before = before.trim().to_lowercase();
    words(language).any(|words| words.objection.contains(&before.as_str())).then_some(name.trim())
}

/// The name in the heading of a reply, `Reply 1: Check before you book`. It may be empty.
pub(super) fn reply<'t>(heading: &'t str, language: &str) -> Option<&'t str> {
    let (before, name) = heading.split_once([':', '：']).unwrap_or((heading, ""));
    let before = before.trim().trim_end_matches(|c: char| c.is_numeric() || c == '.').trim().to_lowercase();
    words(language).any(|words| words.reply.contains(&before.as_str())).then_some(name.trim())
}

/// Is an answer a yes or a no, and nothing else?
pub(super) fn leaning(answer: &str, language: &str) -> AnswerPolarity {
    let quotes = |c: char| c.is_whitespace() || "\"'“”„«»‘’‚›‹”".contains(c);
    let text = answer.trim_matches(quotes).to_lowercase();
    let text = words(language)
        .flat_map(|words| words.condition)
        .find_map(|condition| text.strip_prefix(condition)?.strip_prefix([' ', ':', ',']))
        .unwrap_or(&text)
        .trim_start_matches(quotes);
    // What follows the first comma only says it more kindly.
    let first = text.split([',', '.', '!', ';', ':', '–', '—', '…', '(']).next().unwrap_or(text);
    let first = first.trim_matches(quotes);
    let is = |word: &str, politely: &[&str]| {
        let rest = first.strip_prefix(word)?;
        Some(rest.is_empty() || rest.strip_prefix(' ').is_some_and(|rest| politely.contains(&rest.trim())))
    };
    for words in words(language) {
        if words.yes.iter().any(|word| is(word, words.politely) == Some(true)) {
            return AnswerPolarity::Yes;
        }
        if words.no.iter().any(|word| is(word, words.politely) == Some(true)) {
            return AnswerPolarity::No;
        }
    }
    AnswerPolarity::Other
}

/// Where the last arrow of a text begins: `→`, the other arrows that programs make of one, or `->` and `=>` with any
/// dashes before them (Word and macOS make `–>` of `->`).
pub(super) fn arrow(text: &str) -> Option<usize> {
    let (at, found) = text.char_indices().rev().find(|(at, c)| match c {
        '→' | '⇒' | '⟶' | '➔' | '➜' | '➡' => true,
        '>' => text[..*at].ends_with(['-', '=', '–', '—']),
        _ => false,
    })?;
    Some(if found == '>' { text[..at].trim_end_matches(['-', '=', '–', '—']).len() } else { at })
}

#[cfg(test)]
mod tests {
    use super::{AnswerPolarity, arrow, leaning, objection, reply};

    #[test]
    fn objections_and_replies_are_known_by_their_names() {
        for (heading, language, name) in [
            ("Objection: Too busy", "en", "Too busy"),
            ("objection : Too: busy", "en", "Too: busy"),
            ("Invändning: Har inte tid", "sv", "Har inte tid"),
            ("Innvending: For dyrt", "nb", "For dyrt"),
            ("Innvending: For dyrt", "nn-NO", "For dyrt"),
            ("Indvending: For dyrt", "da", "For dyrt"),
            ("Vastaväite: Liian kallis", "fi", "Liian kallis"),
            ("Einwand: Zu teuer", "de-AT", "Zu teuer"),
            ("Objection: Trop cher", "fr", "Trop cher"),
            ("Objeción: Caro", "es", "Caro"),
            ("Bezwaar: Te duur", "nl", "Te duur"),
            ("Objection: English counts everywhere", "is", "English counts everywhere"),
        ] {
            assert_eq!(objection(heading, language), Some(name), "{heading}");
        }
        assert_eq!(objection("Invändning: Har inte tid", "en"), None);
        assert_eq!(objection("Objection", "en"), None);
        for (heading, language, name) in [
            ("Reply 1: Check first", "en", "Check first"),
            ("Reply: Check first", "en", "Check first"),
            ("Reply 12", "en", ""),
            ("Svar 2: Håll med", "sv", "Håll med"),
            ("Svar 2: Hold med", "nb", "Hold med"),
            ("Antwort 3: Fragen", "de", "Fragen"),
        ] {
            assert_eq!(reply(heading, language), Some(name), "{heading}");
        }
        assert_eq!(reply("Ask what works", "en"), None);
    }

    #[test]
    fn a_yes_is_told_from_what_only_begins_so() {
        for (answer, language, expected) in [
            ("\"Yes\"", "en", AnswerPolarity::Yes),
            ("“Yes, go ahead”", "en", AnswerPolarity::Yes),
            ("If yes", "en", AnswerPolarity::Yes),
            ("yes please", "en", AnswerPolarity::Yes),
            ("\"No, not now\"", "en", AnswerPolarity::No),
            ("If no", "en", AnswerPolarity::No),
            ("”Nej tack”", "sv", AnswerPolarity::No),
            ("Om ja", "sv", AnswerPolarity::Yes),
            ("«Nei, ikke nå»", "nb", AnswerPolarity::No),
            ("Si sí", "es", AnswerPolarity::Yes),
            ("„Nein, danke“", "de", AnswerPolarity::No),
            ("No time", "en", AnswerPolarity::Other),
            ("Nothing, really", "en", AnswerPolarity::Other),
            ("Yesterday", "en", AnswerPolarity::Other),
            ("No name", "en", AnswerPolarity::Other),
            ("Jaså", "sv", AnswerPolarity::Other),
            ("", "en", AnswerPolarity::Other),
            ("👍", "en", AnswerPolarity::Other),
        ] {
            assert_eq!(leaning(answer, language), expected, "{answer}");
        }
    }

    #[test]
    fn arrows_as_people_and_programs_write_them() {
        for text in ["Yes →", "Yes ->", "Yes =>", "Yes –>", "Yes —>", "Yes ==>", "Yes ⇒ ", "Yes ➜ there"]
        {
            assert_eq!(arrow(text), Some(4), "{text}");
        }
        assert_eq!(arrow("a -> b => c"), Some(7));
        for text in ["", "a > b", ">", "a = b", "3 – 5", "<b>"] {
            assert_eq!(arrow(text), None, "{text}");
        }
    }
}
