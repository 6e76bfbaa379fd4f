//! What the page says besides labels, in each language that a site can be begun in.

use serde::Serialize;

/// The words of one language.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct Words {
    /// The code of the language.
    #[serde(skip)]
    pub(super) language: &'static str,
    #[serde(skip)]
    pub(super) heading: &'static str,
    /// Without scripts, there is nothing but this.
    #[serde(skip)]
    pub(super) needs_scripts: &'static str,
    #[serde(skip)]
    pub(super) text: &'static str,
    #[serde(skip)]
    pub(super) text_hint: &'static str,
    #[serde(skip)]
    pub(super) yaml_hint: &'static str,
    #[serde(skip)]
    pub(super) yes: &'static str,
    #[serde(skip)]
    pub(super) no: &'static str,
    #[serde(skip)]
    pub(super) one: &'static str,
    /// A folder's pages that have folders of their own.
    #[serde(skip)]
    pub(super) with_folders: &'static str,
    /// What are pages in a folder that has other files, too.
    #[serde(skip)]
    pub(super) pages: &'static str,
    /// Says that settings and the look aren't edited here.
    #[serde(skip)]
    pub(super) left_out: &'static str,
    /// Says that Sveltia's script is missing, and what to do about it.
    pub(super) missing: &'static str,
    /// What a block is written as.
    pub(super) markdown: &'static str,
}

impl Words {
    /// The words of a language by its code, English where there are none.
    pub(super) fn new(language: &str) -> &'static Self {
        [&SWEDISH, &NORWEGIAN].into_iter().find(|words| words.language == language).unwrap_or(&ENGLISH)
    }
}

const ENGLISH: Words = Words {
    language: "en",
    heading: "Write",
    needs_scripts: "This page needs JavaScript.",
    text: "Text",
    text_hint: "What you don’t change stays as it is written. Lines that you change in rich text are written in its way: a table keeps its alignment as long as it has as many columns.",
    yaml_hint: "Written as YAML.",
    yes: "Yes",
    no: "No",
    one: "page",
    with_folders: "with files of their own",
    pages: "pages",
    left_out: "Settings of the whole site (ringback.yaml) and its look aren’t here: whoever looks after the site changes them.",
    missing: "Sveltia CMS isn’t here. Whoever looks after this site runs “ringback editor” and publishes it again.",
    markdown: "Markdown",
};

const SWEDISH: Words = Words {
    language: "sv",
    heading: "Skriv",
    needs_scripts: "Sidan behöver JavaScript.",
    text: "Text",
    text_hint: "Det du inte ändrar står kvar som det är skrivet. Rader som du ändrar i den formaterade vyn skrivs på dess sätt: en tabell behåller sin justering så länge den har lika många kolumner.",
    yaml_hint: "Skrivs som YAML.",
    yes: "Ja",
    no: "Nej",
    one: "sida",
    with_folders: "med egna filer",
    pages: "sidor",
    left_out: "Inställningar för hela webbplatsen (ringback.yaml) och utseendet finns inte här: den som sköter webbplatsen ändrar dem.",
    missing: "Sveltia CMS finns inte här. Den som sköter webbplatsen kör ”ringback editor” och publicerar på nytt.",
    markdown: "Markdown",
};

const NORWEGIAN: Words = Words {
    language: "nb",
    heading: "Skriv",
    needs_scripts: "Siden trenger JavaScript.",
    text: "Tekst",
    text_hint: "Det du ikke endrer, blir stående slik det er skrevet. Linjer du endrer i den formaterte visningen, skrives på dens måte: en tabell beholder justeringen så lenge den har like mange kolonner.",
    yaml_hint: "Skrives som YAML.",
    yes: "Ja",
    no: "Nei",
    one: "side",
    with_folders: "med egne filer",
    pages: "sider",
    left_out: "Innstillinger for hele nettstedet (ringback.yaml) og utseendet er ikke her: Den som steller nettstedet, endrer dem.",
    missing: "Sveltia CMS er ikke her. Den som steller nettstedet, kjører «ringback editor» og publiserer på nytt.",
    markdown: "Markdown",
};
