//! What `base.html` needs to know of anything that it frames.

use super::card::description;
use super::linked::Edition;
use crate::config::LangId;
use crate::site::{Page, PageId};

/// What is about to be rendered: everything that `base.html` needs to know of it.
pub(super) struct Subject {
    pub(super) lang: LangId,
    /// Its path from the site's root.
    pub(super) url: String,
    pub(super) title: String,
    pub(super) description: Option<String>,
    /// Title and path of what stands above it, home first; itself last, without a path.
    pub(super) breadcrumbs: Vec<(String, Option<String>)>,
    /// The page it shows, where it shows one.
    pub(super) page: Option<PageId>,
    /// The same in other languages: language and path.
    pub(super) translations: Vec<(LangId, String)>,
    /// The page whose feed is meant, by path.
    pub(super) feed: Option<String>,
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
    pub(super) template: &'static str,
}

/// What `base.html` needs to know of a page with a file.
pub(super) fn subject(linked: &Edition, page: &Page, template: &'static str) -> Subject {
    let site = &linked.site;
    let mut breadcrumbs = vec![(page.title().to_string(), None)];
    let mut above = page.section;
    while let Some(section) = above {
        let section = site.page(section);
        breadcrumbs.push((crumb_title(linked, section), Some(section.url.clone())));
        above = section.section;
    }
    breadcrumbs.reverse();
    Subject {
        lang: page.lang(),
        url: page.url.clone(),
        title: page.title().to_string(),
        description: description(site, page),
        breadcrumbs,
        page: Some(page.id),
        translations: page
            .translations
            .iter()
            .map(|id| (site.page(*id).lang(), site.page(*id).url.clone()))
            .collect(),
        feed: page.section.map(|section| site.page(section).url.clone()),
        previous: None,
        next: None,
        template,
    }
}

/// The home page's title is a headline: breadcrumbs say "Home".
pub(super) fn crumb_title(linked: &Edition, page: &Page) -> String {
    if !page.document.place.key.is_empty() {
        return page.title().to_string();
    }
    linked.theme.word(page.lang(), "home").unwrap_or(page.title()).to_string()
}

/// A subject that has no file: below home, with its equivalents in other languages.
pub(super) fn generated_page(
    linked: &Edition,
    lang: LangId,
    title: String,
    template: &'static str,
    url: &dyn Fn(LangId) -> Option<String>,
) -> Subject {
    let site = &linked.site;
    let home = site.find("", lang).map(|home| site.page(home));
    let home = home.map(|home| (crumb_title(linked, home), Some(home.url.clone())));
    Subject {
        lang,
        url: url(lang).unwrap_or_else(|| site.config().prefix(lang)),
        breadcrumbs: home.into_iter().chain([(title.clone(), None)]).collect(),
        title,
        description: None,
        page: None,
        translations: site.languages().filter_map(|lang| Some((lang, url(lang)?))).collect(),
        feed: None,
        previous: None,
        next: None,
        template,
    }
}

/// A string of the theme.
pub(super) fn word(linked: &Edition, lang: LangId, key: &str, english: &str) -> String {
    linked.theme.word(lang, key).unwrap_or(english).to_string()
}
