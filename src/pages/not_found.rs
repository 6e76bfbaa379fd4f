//! The page for what isn't there.

use serde::Serialize;

use super::card::PageView;
use super::linked::Edition;
use super::subject::{Subject, generated_page, word};
use crate::config::LangId;
use crate::theme::values::Shared;

/// What `404.html` gets.
#[derive(Debug, Serialize)]
pub(super) struct NotFoundPage<'a> {
    /// The home pages of all languages.
    homes: Vec<HomeLink<'a>>,
    /// The three newest articles in the page's language, the newest first.
    latest: Vec<Shared<PageView<'static>>>,
}

/// The home page of a language.
#[derive(Debug, Serialize)]
struct HomeLink<'a> {
    /// The code of that language, such as `sv`.
    code: &'a str,
    /// The language's name in itself.
    label: &'a str,
    /// URL of its home page.
    url: String,
}

/// The page for what isn't there, in a language.
pub(super) fn page(linked: &Edition, lang: LangId) -> (Subject, NotFoundPage<'_>) {
    let site = &linked.site;
    let home = |id: LangId| {
        let language = &site.config().languages[id];
        HomeLink { code: &language.code, label: &language.label, url: site.href(&site.config().prefix(id)) }
    };
    let articles = linked.features.listings.articles(lang);
    let view = NotFoundPage {
        homes: site.languages().map(home).collect(),
        latest: linked.cards(&articles[..articles.len().min(3)]),
    };
    let title = word(linked, lang, "not_found", "Not found");
    (generated_page(linked, lang, title, "404.html", &|lang| Some(site.not_found_url(lang))), view)
}
