//! Social cards: the image that others show of a page which has none of its own.
//!
//! [`Cards::collect`] finds the pages, [`Cards::card`] says what is on a page's card and where it is, [`draw::draw`] makes
//! the file. A card is made of what everybody may read: there is none for a page of the team or a draft, and a gate's text
//! isn't in the body that [`CardText`] reads. In an edition for the team, cards are only there to be handed on, with the
//! same words as in public.
//!
//! Its address stays; what follows the `?` changes with what is on it. Both are known without drawing anything.

pub mod canvas;
pub mod colors;
pub mod design;
pub mod draw;
pub mod fonts;
mod png;
pub mod setting;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashSet;
use sha2::{Digest as _, Sha256};

use self::colors::Rgb;
use self::design::{Design, Part, PortraitOf};
use self::draw::Portrait;
use crate::config::{Audience, Config, Level};
use crate::content::PageKind;
use crate::content::body::{Body, cut};
use crate::diag::{Code, Diagnostic};
use crate::encode::bytes::hex;
use crate::plan::{Artifact, Origin, OutPath, Planned, Warrant};
use crate::site::{Page, PageId, PublishStatus, Site};

/// Raised whenever the same design and words come to other bytes, so that nothing old is taken for new.
const VERSION: u32 = 2;

/// The folder of cards in the output.
const FOLDER: &str = "cards";

/// The most characters of a takeaway.
const TAKEAWAY: usize = 160;

/// The texts on a card, and their language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CardText {
    /// The code of the language, by which letters are shaped.
    pub language: String,
    /// The texts on the card, by their part; parts without a text are missing.
    parts: Vec<(Part, String)>,
}

impl CardText {
    /// The text of a part; `None` where the card has none.
    #[must_use]
    pub fn part(&self, part: Part) -> Option<&str> {
        self.parts.iter().find(|(found, _)| *found == part).map(|(_, text)| text.as_str())
    }

    /// Puts a text in the place of what is in a part; nothing where it is empty.
    pub fn set(&mut self, part: Part, text: &str) {
        self.parts.retain(|(found, _)| *found != part);
        let is_space = |c: char| c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}';
        let words: Vec<&str> = text.split(is_space).filter(|word| !word.is_empty()).collect();
        if !words.is_empty() {
            self.parts.push((part, words.join(" ")));
        }
    }

    /// What is on the card of a page of whose text this may be read.
    #[must_use]
    pub fn new(site: &Site, page: &Page, body: &Body) -> Self {
        let (config, lang) = (site.config(), page.lang());
        let mut text = Self { language: config.languages[lang].code.clone(), parts: Vec::new() };
        text.set(Part::Site, config.text(&config.title, lang));
        text.set(Part::Section, above(site, page).unwrap_or_default());
        text.set(Part::Title, &typographic(page.title(), config));
        let role = page.meta().person().and_then(|person| person.role.clone());
        let takeaway = role.or_else(|| body.takeaway_texts(&text.language, 1, TAKEAWAY).pop());
        let takeaway =
            takeaway.or_else(|| page.meta().description.as_deref().map(|text| cut(text, TAKEAWAY)));
        text.set(Part::Takeaway, takeaway.as_deref().unwrap_or_default());
        if let Some(author) = author(site, page) {
            text.set(Part::Author, author.title());
            text.set(
                Part::Role,
                author.meta().person().and_then(|person| person.role.as_deref()).unwrap_or_default(),
            );
        }
        text
    }
}

/// A text with the apostrophes that a printer would take.
fn typographic(text: &str, config: &Config) -> String {
    let is_wanted = config.markdown.smart_punctuation;
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let is_inside =
            out.ends_with(char::is_alphanumeric) && letters.peek().is_some_and(|c| c.is_alphabetic());
        out.push(if is_wanted && c == '\'' && is_inside { '’' } else { c });
    }
    out
}

/// The first of those who wrote a page whom everybody may know.
fn author<'s>(site: &'s Site, page: &Page) -> Option<&'s Page> {
    page.authors.iter().map(|author| site.page(*author)).find(|author| is_public(author))
}

/// What stands over a title: the first term of the first taxonomy, else the section.
fn above<'s>(site: &'s Site, page: &Page) -> Option<&'s str> {
    if let Some((taxonomy, term)) = page.terms.first().filter(|(taxonomy, _)| taxonomy.index() == 0) {
        return Some(&site.terms(page.lang(), *taxonomy)[*term].label);
    }
    let section = site.page(page.section?);
    let is_home = section.document.place.key.is_empty();
    Some(section.title()).filter(|_| !is_home && is_public(section))
}

fn is_public(page: &Page) -> bool {
    page.audience == Audience::Public && page.state == PublishStatus::Published
}

/// Whose face is on a card.
fn faced(site: &Site, page: &Page) -> Option<(PageId, PortraitOf)> {
    match page.kind() {
        PageKind::Person => Some((page.id, PortraitOf::Own)),
        _ => Some((author(site, page)?.id, PortraitOf::Author)),
    }
}

/// A card that is known, and may not have been drawn.
#[derive(Debug)]
pub struct Card {
    /// The texts on it.
    pub text: CardText,
    /// The person whose face is on it.
    pub face: Option<(PageId, PortraitOf)>,
    /// Differs whenever something else is on it, or it looks different.
    pub key: String,
}

/// Has a page a card?
#[derive(Debug)]
enum CardStatus {
    /// No: it has an image, wants none, or isn't for everybody.
    None,
    /// No: hardly a letter of its title is in the fonts.
    Illegible,
    /// Yes; it is put together when somebody asks for it.
    Card(OnceLock<Card>),
}

/// The face of a person of whom there is a photo.
#[derive(Debug)]
struct Face {
    /// Differs whenever something else is seen.
    mark: String,
    /// As authors are shown, once somebody has asked for it: many cards are of the same one.
    drawn: Mutex<Option<Arc<Portrait>>>,
}

/// What reads a person's face, in a size, in pixels, over a colour where it is transparent: its points by row.
pub type ReadFace<'a> = dyn Fn(PageId, u32, Rgb) -> Result<Vec<Rgb>, Box<Diagnostic>> + 'a;

/// What cards need to know of pages.
pub struct CardInputs<'a> {
    /// Is a page shown with an image of its own?
    pub has_image: &'a dyn Fn(PageId) -> bool,
    /// What differs whenever a person's face does; `None` where there is no photo.
    pub face: &'a dyn Fn(PageId) -> Option<String>,
    /// In an edition for the team: can a page be handed on?
    pub is_shared: &'a dyn Fn(&Page) -> bool,
}

/// What the cards of an edition are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Purpose {
    /// For sites that fetch them.
    #[default]
    Previews,
    /// For people who hand them on.
    Sharing,
}

/// The cards of an edition.
#[derive(Debug, Default)]
pub struct Cards {
    design: Option<Arc<Design>>,
    /// What is known of the card of each page, by its id.
    found: Vec<CardStatus>,
    /// By the page of the person.
    faces: BTreeMap<PageId, Face>,
    purpose: Purpose,
}

impl Cards {
    /// Finds the pages that have a card: those that everybody may read, but for those that have an image and those that
    /// don't want one. In an edition for the team, it is those that can be handed on.
    #[must_use]
    pub fn collect(site: &Site, design: Option<&Arc<Design>>, known: &CardInputs<'_>) -> Self {
        let edition = &site.view.edition;
        let purpose = if edition.sees(Audience::Team) { Purpose::Sharing } else { Purpose::Previews };
        let is_open = purpose == Purpose::Sharing || !edition.is_sealed;
        let is_wanted = is_open && site.config().cards;
        let Some(design) = design.filter(|_| is_wanted) else { return Self::default() };
        let is_for_all = |page: &Page| match purpose {
            Purpose::Previews => is_public(page),
            Purpose::Sharing => is_public(page) && (known.is_shared)(page),
        };
        let found = site.pages().map(|page| {
            if !is_for_all(page) || page.meta().card == Some(false) || (known.has_image)(page.id) {
                CardStatus::None
            } else if is_legible(design, page.title()) {
                CardStatus::Card(OnceLock::new())
            } else {
                CardStatus::Illegible
            }
        });
        let people = site.pages().filter(|page| page.kind() == PageKind::Person && is_public(page));
        let faces = people.filter_map(|page| {
            let mark = (known.face)(page.id)?;
            Some((page.id, Face { mark, drawn: Mutex::default() }))
        });
        let found = found.collect();
        Self { found, faces: faces.collect(), design: Some(Arc::clone(design)), purpose }
    }

    /// How the cards look, where there are some.
    #[must_use]
    pub fn design(&self) -> Option<&Arc<Design>> {
        self.design.as_ref()
    }

    /// The card of a page, if it has one.
    #[must_use]
    pub fn card(&self, site: &Site, page: PageId) -> Option<&Card> {
        let CardStatus::Card(card) = self.found.get(page.index())? else { return None };
        let design = self.design.as_ref()?;
        Some(card.get_or_init(|| {
            let about = site.page(page);
            // What is handed on is what everybody may read, also where gates stand open.
            let body = match self.purpose {
                Purpose::Previews => about.body(),
                Purpose::Sharing => about.document.text.open().body(),
            };
            let text = CardText::new(site, about, body);
            let face =
                faced(site, site.page(page)).filter(|(_, whose)| design.portrait_place(*whose).is_some());
            let shown = face.and_then(|(person, whose)| Some((self.faces.get(&person)?, whose)));
            let key = key(design, &text, shown.map(|(face, whose)| (face.mark.as_str(), whose)));
            Card { text, face: face.filter(|_| shown.is_some()), key }
        }))
    }

    /// The face on a card, as it is drawn; `None` where there is none.
    ///
    /// # Errors
    ///
    /// Those of `read`.
    pub fn portrait(
        &self,
        card: &Card,
        read: &ReadFace<'_>,
    ) -> Result<Option<Arc<Portrait>>, Box<Diagnostic>> {
        let Some(((person, whose), design)) = card.face.zip(self.design.as_ref()) else { return Ok(None) };
        let Some(((.., size), face)) = design.portrait_place(whose).zip(self.faces.get(&person)) else {
            return Ok(None);
        };
        let make = || {
            let points = read(person, size, design.paper)?;
            Ok::<_, Box<Diagnostic>>(Arc::new(Portrait { whose, points }))
        };
        if whose == PortraitOf::Own {
            return make().map(Some);
        }
        // Whoever else wants it waits, and doesn't read it again.
        let mut drawn = face.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if drawn.is_none() {
            *drawn = Some(make()?);
        }
        Ok(drawn.clone())
    }

    /// The absolute address of a page's card, for sites that fetch it.
    #[must_use]
    pub fn permalink(&self, site: &Site, page: PageId) -> Option<String> {
        let is_fetched = self.purpose == Purpose::Previews;
        self.versioned(site, page, |path| site.permalink(path)).filter(|_| is_fetched)
    }

    /// The URL of a page's card for a link within this edition.
    #[must_use]
    pub fn href(&self, site: &Site, page: PageId) -> Option<String> {
        self.versioned(site, page, |path| site.href(path))
    }

    fn versioned(&self, site: &Site, page: PageId, of: impl Fn(&str) -> String) -> Option<String> {
        let card = self.card(site, page)?;
        Some(format!("{}?v={}", of(&url(site.page(page))), &card.key[..VERSION_LENGTH]))
    }

    /// The files of the cards.
    #[must_use]
    pub fn artifacts(&self, site: &Site) -> Vec<Planned> {
        let pages = self.found.iter().zip(site.pages());
        let pages = pages.filter(|(found, _)| matches!(found, CardStatus::Card(_)));
        // Two pages with one URL are told of once.
        let mut seen: FxHashSet<String> = FxHashSet::default();
        let planned =
            pages.filter(|(_, page)| seen.insert(page.url.to_lowercase())).filter_map(|(_, page)| {
                Some(Planned {
                    path: OutPath::file(url(page)),
                    artifact: Artifact::Card(page.id),
                    origin: Origin::generated("a social card"),
                    warrant: Warrant::page(site, page.id)?,
                })
            });
        planned.collect()
    }

    /// Tells which letters of each page no font has, so that its card is without them; pages that have been checked are
    /// left out. Only where the site has given that this level.
    #[must_use]
    pub fn check(&self, site: &Site, level: Level, is_checked: &dyn Fn(&str) -> bool) -> Vec<Diagnostic> {
        // Of an edition for the team, the public one has told it.
        let is_asked =
            self.purpose == Purpose::Previews && site.config().checks.level(Code::CardLetters) == level;
        let Some(design) = self.design.as_ref().filter(|_| is_asked) else { return Vec::new() };
        let pages = self.found.iter().zip(site.pages()).filter(|(_, page)| !is_checked(page.path()));
        let problem = |(found, page): (&CardStatus, &Page)| match found {
            CardStatus::None => None,
            CardStatus::Illegible => {
                let missing = design.missing(Part::Title, page.title());
                let message = format!(
                    "this page has no social card, because no font for cards has {}",
                    name_letters(&missing)
                );
                Some(illegible(site, page, message))
            }
            CardStatus::Card(_) => {
                let text = &self.card(site, page.id)?.text;
                let mut missing: Vec<char> =
                    text.parts.iter().flat_map(|(part, words)| design.missing(*part, words)).collect();
                missing.sort_unstable();
                missing.dedup();
                let message = format!("the social card of this page is without {}", name_letters(&missing));
                (!missing.is_empty()).then(|| illegible(site, page, message))
            }
        };
        pages.filter_map(problem).collect()
    }
}

/// The most letters that a message names.
const NAMED: usize = 8;

/// Characters of the key that an address has.
const VERSION_LENGTH: usize = 10;

fn name_letters(letters: &[char]) -> String {
    let shown: Vec<String> = letters.iter().take(NAMED).map(|letter| format!("`{letter}`")).collect();
    match letters.len().saturating_sub(NAMED) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

fn illegible(site: &Site, page: &Page, message: String) -> Diagnostic {
    let theme = &site.config().theme.value;
    let problem = Diagnostic::new(Code::CardLetters, message);
    let problem = match page.document.is_generated {
        true => problem,
        false => problem.at(page.path(), page.meta().title.span),
    };
    problem.help(format!(
        "put a font that has them, a `.ttf` or `.otf` file, into `themes/{theme}/{FOLDER}/`, or set `card: false` for the page"
    ))
}

/// Are most of a title's letters in the fonts?
fn is_legible(design: &Design, title: &str) -> bool {
    let missing = design.missing(Part::Title, title);
    if missing.is_empty() {
        return true;
    }
    let letters = title.chars().filter(|c| !c.is_whitespace());
    let (lost, all) =
        letters.fold((0, 0), |(lost, all), c| (lost + usize::from(missing.contains(&c)), all + 1));
    lost * 2 < all
}

/// The path of a page's card: `/cards/insights/name.png` of `/insights/name/`.
fn url(page: &Page) -> String {
    let path = page.url.strip_prefix('/').unwrap_or(&page.url);
    match path.strip_suffix('/').unwrap_or(path) {
        "" => format!("/{FOLDER}/index.png"),
        path => format!("/{FOLDER}/{path}.png"),
    }
}

/// Differs whenever the picture would.
fn key(design: &Design, text: &CardText, face: Option<(&str, PortraitOf)>) -> String {
    let mut hash = Sha256::new();
    hash.update(VERSION.to_le_bytes());
    let mut add = |part: &str| {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    };
    add(&design.mark);
    add(&text.language);
    for (part, words) in &text.parts {
        add(part.name());
        add(words);
    }
    if let Some((mark, whose)) = face {
        add(if whose == PortraitOf::Own { "own" } else { "by" });
        add(mark);
    }
    hex(&hash.finalize()[..16])
}
