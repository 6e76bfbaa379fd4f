//! What `ringback init` asks on a terminal, in each language.

use super::StarterLanguage;
use super::site::Starter;

/// Asked first, before there is a language to ask in.
pub const LANGUAGES: &str =
    "Languages of the site: en English, sv Svenska, nb Norsk. Several with commas, the main one first";

/// The questions in one language. Each is a line without the colon that follows it.
#[derive(Debug)]
pub struct Questions {
    /// Above the first of them.
    pub hint: &'static str,
    /// Asks for the name of the site.
    pub name: &'static str,
    /// What it is for: its answers are [`Questions::starter`].
    pub purpose: &'static str,
    starters: [&'static str; 3],
    /// The colour of links and buttons.
    pub colour: &'static str,
    /// The answer to that which changes nothing.
    pub no_colour: &'static str,
    /// What is said when an answer is none of those there are.
    pub again: &'static str,
}

impl Questions {
    /// The questions of a language.
    #[must_use]
    pub fn new(language: StarterLanguage) -> &'static Self {
        match language {
            StarterLanguage::English => &ENGLISH,
            StarterLanguage::Swedish => &SWEDISH,
            StarterLanguage::Norwegian => &NORWEGIAN,
        }
    }

    /// What a starter is good for.
    #[must_use]
    pub fn starter(&self, starter: Starter) -> &'static str {
        match starter {
            Starter::CompanyBlog => self.starters[0],
            Starter::Guide => self.starters[1],
            Starter::SalesTeam => self.starters[2],
        }
    }
}

const ENGLISH: Questions = Questions {
    hint: "Press Enter to accept what is in brackets. You can change all of it later.",
    name: "Name of the site",
    purpose: "What is it for?",
    starters: [
        "A company blog: articles for people who buy, and a form to be called back",
        "A guide behind a form, and what follows: a playbook and a call script",
        "A sales team: the same, with more scripts and playbooks",
    ],
    colour: "Your colour, as six characters, such as 7a1f3d",
    no_colour: "green",
    again: "Please answer with a number from 1 to 3.",
};

const SWEDISH: Questions = Questions {
    hint: "Tryck på Enter för det som står inom hakparentes. Allt går att ändra senare.",
    name: "Webbplatsens namn",
    purpose: "Vad ska den användas till?",
    starters: [
        "En företagsblogg: artiklar för den som köper, och ett formulär för att bli uppringd",
        "En guide bakom ett formulär, och det som följer: en arbetsgång och ett samtalsmanus",
        "Ett säljteam: samma sak, med fler manus och arbetsgångar",
    ],
    colour: "Er färg, med sex tecken som 7a1f3d",
    no_colour: "grön",
    again: "Svara med en siffra från 1 till 3.",
};

const NORWEGIAN: Questions = Questions {
    hint: "Trykk Enter for det som står i hakeparentes. Alt kan endres senere.",
    name: "Navnet på nettstedet",
    purpose: "Hva skal det brukes til?",
    starters: [
        "En bedriftsblogg: artikler for den som kjøper, og et skjema for å bli oppringt",
        "En guide bak et skjema, og det som følger: en framgangsmåte og et samtalemanus",
        "Et salgsteam: det samme, med flere manus og framgangsmåter",
    ],
    colour: "Fargen deres, med seks tegn som 7a1f3d",
    no_colour: "grønn",
    again: "Svar med et tall fra 1 til 3.",
};
