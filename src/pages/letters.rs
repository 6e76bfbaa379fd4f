//! Every page by its first letter: the A–Z page, and the search page, which has it for readers without JavaScript.

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::card::PageView;
use super::linked::Edition;
use super::subject::{Subject, generated_page, word};
use crate::config::LangId;
use crate::content::PageKind;
use crate::site::PageId;
use crate::theme::values::Shared;

/// What `a-z.html` and `search.html` get.
#[derive(Debug, Serialize)]
pub(super) struct LettersPage {
    /// All letters that a page begins with, in the order of the language's alphabet.
    letters: Vec<Letter>,
}

/// A letter with the pages that begin with it.
#[derive(Debug, Serialize)]
struct Letter {
    /// The letter; `#` for all other signs.
    letter: String,
    /// Id for its element, to which the row of letters links.
    id: String,
    /// The pages whose titles begin with it, in the order of the language's alphabet.
    pages: Vec<Shared<PageView<'static>>>,
}

/// What the A–Z page of a language is about, and the values of its template.
pub(super) fn a_to_z(linked: &Edition, lang: LangId) -> (Subject, LettersPage) {
    let title = word(linked, lang, "a_to_z", "A–Z");
    let about = generated_page(linked, lang, title, "a-z.html", &|lang| Some(linked.site.a_to_z_url(lang)));
    (about, LettersPage { letters: letters(linked, lang) })
}

/// The page with the search box, which leads to the A–Z page for readers without scripts.
pub(super) fn search(linked: &Edition, lang: LangId) -> (Subject, LettersPage) {
    let title = word(linked, lang, "search", "Search");
    let about =
        generated_page(linked, lang, title, "search.html", &|lang| Some(linked.site.search_url(lang)));
    (about, LettersPage { letters: letters(linked, lang) })
}

fn letters(linked: &Edition, lang: LangId) -> Vec<Letter> {
    let letters = by_letter(linked, lang).into_iter().enumerate().map(|(index, (letter, pages))| Letter {
        letter,
        id: format!("letter-{}", index + 1),
        pages: linked.cards(&pages),
    });
    letters.collect()
}

fn by_letter(linked: &Edition, lang: LangId) -> Vec<(String, Vec<PageId>)> {
    let site = &linked.site;
    let tools = &site.content.tools[lang];
    // To find a letter, a title is compared with the whole alphabet; most begin as another one does.
    let mut known: FxHashMap<Option<char>, String> = FxHashMap::default();
    let mut letter = |title: &str| {
        let first = title.chars().find(|c| c.is_alphanumeric());
        known.entry(first).or_insert_with(|| tools.letter(title)).clone()
    };
    let mut pages: Vec<(String, PageId)> = site
        .pages()
        .filter(|page| page.lang() == lang && page.kind() != PageKind::Section && page.is_listed())
        .map(|page| (letter(page.title()), page.id))
        .collect();
    // `#` stands last, as in a printed index.
    pages.sort_by(|(a, x), (b, y)| {
        let titles = || tools.compare(site.page(*x).title(), site.page(*y).title());
        (a == "#").cmp(&(b == "#")).then_with(|| tools.compare(a, b)).then_with(titles).then(x.cmp(y))
    });
    let mut letters: Vec<(String, Vec<PageId>)> = Vec::new();
    for (letter, page) in pages {
        match letters.last_mut() {
            Some((last, pages)) if *last == letter => pages.push(page),
            _ => letters.push((letter, vec![page])),
        }
    }
    letters
}
