//! What the screen of the look says, in each language.

use crate::authoring::scaffold::StarterLanguage;

/// The screen in one language.
#[derive(Debug)]
pub(super) struct LookWords {
    pub(super) heading: &'static str,
    /// What it shows; what is typed is between backticks.
    pub(super) lead: &'static str,
    pub(super) light: &'static str,
    pub(super) dark: &'static str,
    /// The frames, in their order.
    pub(super) pages: [&'static str; 3],
    /// After a contrast that is enough.
    pub(super) readable: &'static str,
    /// After a contrast that is too low.
    pub(super) unreadable: &'static str,
    /// In the place of a value that nobody has set.
    pub(super) as_built_in: &'static str,
}

impl LookWords {
    /// The words of a language.
    pub(super) fn new(language: StarterLanguage) -> &'static Self {
        match language {
            StarterLanguage::English => &ENGLISH,
            StarterLanguage::Swedish => &SWEDISH,
            StarterLanguage::Norwegian => &NORWEGIAN,
        }
    }
}

const ENGLISH: LookWords = LookWords {
    heading: "Your look",
    lead: "Sample pages in the look of your site. Change `theme.yaml`, save, and watch them here.",
    light: "Light",
    dark: "Dark",
    pages: ["Front page", "Article", "List"],
    readable: "easy to read",
    unreadable: "hard to read",
    as_built_in: "as in the theme",
};

const SWEDISH: LookWords = LookWords {
    heading: "Ditt utseende",
    lead: "Provsidor som de ser ut på din webbplats. Ändra `theme.yaml`, spara, och se vad som händer här.",
    light: "Ljust",
    dark: "Mörkt",
    pages: ["Startsida", "Artikel", "Lista"],
    readable: "lätt att läsa",
    unreadable: "svårt att läsa",
    as_built_in: "som i temat",
};

const NORWEGIAN: LookWords = LookWords {
    heading: "Utseendet ditt",
    lead: "Prøvesider slik de ser ut på nettstedet ditt. Endre `theme.yaml`, lagre, og se hva som skjer her.",
    light: "Lyst",
    dark: "Mørkt",
    pages: ["Forside", "Artikkel", "Liste"],
    readable: "lett å lese",
    unreadable: "vanskelig å lese",
    as_built_in: "som i temaet",
};
