//! The words by which call scripts are written elsewhere: conditions, headings, remarks, gaps, in several languages.

/// The words of a language.
pub(super) struct ScriptWords {
    pub(super) code: &'static str,
    /// Words of every text, which tell the language.
    common: &'static [&'static str],
    /// Words that a condition begins with, such as "if".
    pub(super) conditions: &'static [&'static str],
    pub(super) yes: &'static [&'static str],
    pub(super) no: &'static [&'static str],
    /// Before an objection; the first is ours.
    pub(super) objection: &'static [&'static str],
    /// Before a reply; the first is ours.
    pub(super) reply: &'static [&'static str],
    /// Who speaks, before the words to say.
    pub(super) say: &'static [&'static str],
    /// Before a remark to the caller.
    pub(super) note: &'static [&'static str],
    /// Before the name of a step.
    pub(super) go_to: &'static [&'static str],
    /// Before the number of a step.
    pub(super) step: &'static [&'static str],
    /// How calls end: words, and the outcome.
    pub(super) ends: &'static [(&'static str, &'static str)],
    /// The first step, where nothing has a heading.
    pub(super) opener: &'static str,
    /// What nobody knows: where an answer leads; what a gap is for; how the call ends.
    pub(super) unsure: [&'static str; 3],
    /// Labels of outcomes: closed, meeting, callback, sent.
    pub(super) outcomes: [&'static str; 4],
    /// Gaps by their names: what is written, and the placeholder.
    pub(super) gaps: &'static [(&'static str, &'static str)],
}

/// Outcomes by their ids, in the order of their labels.
pub(super) const OUTCOMES: [&str; 4] = ["closed", "meeting", "callback", "sent"];

/// All languages; the first is taken where nothing tells.
pub(super) const LANGUAGES: &[ScriptWords] = &[
    ScriptWords {
        code: "en",
        common: &["the", "you", "and", "is", "we", "with", "your", "are", "what"],
        conditions: &["if", "when"],
        yes: &["yes", "yeah", "positive"],
        no: &["no", "nope", "negative"],
        objection: &["Objection"],
        reply: &["Reply", "Response", "Answer", "Rebuttal"],
        say: &["say", "you", "me", "rep", "agent", "caller", "script", "ask"],
        note: &["note", "tip", "remember", "nb", "important", "warning"],
        go_to: &["go to", "jump to", "continue with", "continue to", "see"],
        step: &["step"],
        ends: &[
            ("book a meeting", "meeting"),
            ("book the meeting", "meeting"),
            ("schedule a", "meeting"),
            ("call back", "callback"),
            ("call again", "callback"),
            ("send information", "sent"),
            ("send an email", "sent"),
            ("end the call", "closed"),
            ("hang up", "closed"),
            ("thank them", "closed"),
        ],
        opener: "Opening",
        unsure: [
            "TODO: where does this lead?",
            "TODO: what is filled in here?",
            "TODO: how does the call end?",
        ],
        outcomes: ["Closed", "Meeting booked", "Call again", "Sent something"],
        gaps: &[
            ("first name", "first_name"),
            ("name", "name"),
            ("your name", "rep"),
            ("my name", "rep"),
            ("company", "company"),
            ("company name", "company"),
            ("your company", "own_company"),
            ("my company", "own_company"),
            ("product", "product"),
            ("date", "date"),
            ("time", "time"),
            ("price", "price"),
            ("phone", "phone"),
            ("number", "number"),
            ("city", "city"),
            ("industry", "industry"),
            ("job title", "role"),
            ("title", "role"),
            ("competitor", "competitor"),
        ],
    },
    ScriptWords {
        code: "sv",
        common: &["och", "är", "inte", "jag", "det", "ni", "som", "för", "vad"],
        conditions: &["om", "när"],
        yes: &["ja", "jo", "jajamän"],
        no: &["nej", "nä"],
        objection: &["Invändning"],
        reply: &["Svar", "Bemötande"],
        say: &["säg", "du", "jag", "säljaren", "fråga"],
        note: &["obs", "tips", "tänk på", "kom ihåg", "notera", "viktigt", "varning"],
        go_to: &["gå till", "fortsätt till", "fortsätt med", "se"],
        step: &["steg"],
        ends: &[
            ("boka möte", "meeting"),
            ("boka ett möte", "meeting"),
            ("boka in", "meeting"),
            ("ring igen", "callback"),
            ("ring upp", "callback"),
            ("återkom", "callback"),
            ("skicka information", "sent"),
            ("mejla", "sent"),
            ("avsluta samtalet", "closed"),
            ("lägg på", "closed"),
            ("tacka", "closed"),
        ],
        opener: "Öppning",
        unsure: ["TODO: vart leder det här?", "TODO: vad ska stå här?", "TODO: hur slutar samtalet?"],
        outcomes: ["Avslutat", "Möte bokat", "Ring igen", "Skickade något"],
        gaps: &[
            ("förnamn", "first_name"),
            ("namn", "name"),
            ("ditt namn", "rep"),
            ("mitt namn", "rep"),
            ("företag", "company"),
            ("företaget", "company"),
            ("företagsnamn", "company"),
            ("ert företag", "own_company"),
            ("vårt företag", "own_company"),
            ("produkt", "product"),
            ("produkten", "product"),
            ("datum", "date"),
            ("tid", "time"),
            ("pris", "price"),
            ("telefon", "phone"),
            ("stad", "city"),
            ("ort", "city"),
            ("bransch", "industry"),
            ("titel", "role"),
            ("roll", "role"),
            ("konkurrent", "competitor"),
        ],
    },
    ScriptWords {
        code: "nb",
        common: &["og", "er", "ikke", "jeg", "det", "dere", "som", "hva", "med"],
        conditions: &["hvis", "om", "når", "dersom"],
        yes: &["ja", "jo"],
        no: &["nei"],
        objection: &["Innvending"],
        reply: &["Svar", "Respons"],
        say: &["si", "du", "jeg", "selgeren", "spør"],
        note: &["obs", "tips", "husk", "merk", "viktig", "advarsel"],
        go_to: &["gå til", "fortsett til", "fortsett med", "se"],
        step: &["steg", "trinn"],
        ends: &[
            ("book møte", "meeting"),
            ("book et møte", "meeting"),
            ("avtal møte", "meeting"),
            ("avtal et møte", "meeting"),
            ("ring igjen", "callback"),
            ("ring tilbake", "callback"),
            ("send informasjon", "sent"),
            ("send en e-post", "sent"),
            ("avslutt samtalen", "closed"),
            ("legg på", "closed"),
            ("takk for", "closed"),
        ],
        opener: "Åpning",
        unsure: ["TODO: hvor fører dette?", "TODO: hva skal stå her?", "TODO: hvordan slutter samtalen?"],
        outcomes: ["Avsluttet", "Møte avtalt", "Ring igjen", "Sendte noe"],
        gaps: &[
            ("fornavn", "first_name"),
            ("navn", "name"),
            ("ditt navn", "rep"),
            ("mitt navn", "rep"),
            ("bedrift", "company"),
            ("bedriften", "company"),
            ("firma", "company"),
            ("firmanavn", "company"),
            ("vår bedrift", "own_company"),
            ("produkt", "product"),
            ("produktet", "product"),
            ("dato", "date"),
            ("tid", "time"),
            ("pris", "price"),
            ("telefon", "phone"),
            ("by", "city"),
            ("sted", "city"),
            ("bransje", "industry"),
            ("tittel", "role"),
            ("rolle", "role"),
            ("konkurrent", "competitor"),
        ],
    },
    ScriptWords {
        code: "da",
        common: &["og", "er", "ikke", "jeg", "det", "af", "som", "hvad", "jer"],
        conditions: &["hvis", "når"],
        yes: &["ja", "jo"],
        no: &["nej"],
        objection: &["Indvending"],
        reply: &["Svar"],
        say: &["sig", "du", "jeg", "sælgeren", "spørg"],
        note: &["obs", "tips", "husk", "bemærk", "vigtigt", "advarsel"],
        go_to: &["gå til", "fortsæt til", "fortsæt med", "se"],
        step: &["trin"],
        ends: &[
            ("book møde", "meeting"),
            ("aftal et møde", "meeting"),
            ("ring igen", "callback"),
            ("afslut", "closed"),
            ("læg på", "closed"),
        ],
        opener: "Åbning",
        unsure: [
            "TODO: hvor fører dette hen?",
            "TODO: hvad skal der stå her?",
            "TODO: hvordan slutter samtalen?",
        ],
        outcomes: ["Afsluttet", "Møde aftalt", "Ring igen", "Sendte noget"],
        gaps: &[
            ("fornavn", "first_name"),
            ("navn", "name"),
            ("dit navn", "rep"),
            ("virksomhed", "company"),
            ("firma", "company"),
            ("produkt", "product"),
            ("dato", "date"),
            ("pris", "price"),
        ],
    },
    ScriptWords {
        code: "de",
        common: &["und", "ist", "nicht", "ich", "das", "sie", "wir", "mit", "was"],
        conditions: &["wenn", "falls", "bei"],
        yes: &["ja"],
        no: &["nein"],
        objection: &["Einwand"],
        reply: &["Antwort", "Erwiderung"],
        say: &["sagen", "sag", "ich", "verkäufer", "frage"],
        note: &["hinweis", "tipp", "achtung", "notiz", "wichtig"],
        go_to: &["weiter zu", "weiter mit", "gehe zu", "siehe"],
        step: &["schritt"],
        ends: &[
            ("termin vereinbaren", "meeting"),
            ("wieder anrufen", "callback"),
            ("rückruf", "callback"),
            ("auflegen", "closed"),
            ("gespräch beenden", "closed"),
        ],
        opener: "Eröffnung",
        unsure: ["TODO: wohin führt das?", "TODO: was steht hier?", "TODO: wie endet das Gespräch?"],
        outcomes: ["Beendet", "Termin vereinbart", "Wieder anrufen", "Etwas geschickt"],
        gaps: &[
            ("vorname", "first_name"),
            ("name", "name"),
            ("ihr name", "rep"),
            ("mein name", "rep"),
            ("firma", "company"),
            ("unternehmen", "company"),
            ("produkt", "product"),
            ("datum", "date"),
            ("preis", "price"),
        ],
    },
];

/// The language with this code.
pub(super) fn of_code(code: &str) -> Option<&'static ScriptWords> {
    let code = super::super::names::code(code);
    LANGUAGES.iter().find(|words| words.code == code || code.starts_with(&format!("{}-", words.code)))
}

/// The language whose words a text has most of.
pub(super) fn guess(text: &str) -> &'static ScriptWords {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let count = |language: &&ScriptWords| {
        let known = |word: &&&str| {
            language.common.contains(*word) || language.yes.contains(*word) || language.no.contains(*word)
        };
        words.iter().filter(known).count()
    };
    // Of two with as many, the first.
    LANGUAGES.iter().rev().max_by_key(count).unwrap_or(&LANGUAGES[0])
}

/// A text behind one of these words and a sign that ends them, whatever its letters: `Note: x` is `x`.
pub(super) fn after<'t>(text: &'t str, words: &[&str], signs: &[char]) -> Option<&'t str> {
    words.iter().find_map(|word| {
        let start = text.get(..word.len()).filter(|start| start.to_lowercase() == word.to_lowercase())?;
        let rest = text[start.len()..].trim_start();
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
        [rest, digits].into_iter().find_map(|rest| rest.strip_prefix(signs)).map(str::trim_start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_told_by_its_words() {
        let code = |text: &str| guess(text).code;
        assert_eq!(code("Hello, is this the person we are looking for?"), "en");
        assert_eq!(code("Hej, jag ringer för att ni inte är med. Ja? Nej?"), "sv");
        assert_eq!(code("Hei, jeg ringer fordi dere ikke er med. Ja? Nei?"), "nb");
        assert_eq!(
            (code(""), of_code("no").map(|words| words.code), of_code("xx").is_some()),
            ("en", Some("nb"), false)
        );
        assert_eq!(after("Note 2: hear them", &["note"], &[':']), Some("hear them"));
        assert_eq!(after("Noted: hear", &["note"], &[':']), None);
    }
}
