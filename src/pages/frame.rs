//! What every template of a whole page gets besides its own values.

use serde::Serialize;

use super::call_to_action::CallToActionView;
use super::form::FormView;
use super::head::{Head, head};
use super::linked::Edition;
use super::subject::Subject;
use crate::config::LangId;
use crate::publishing::policy::Policy;

/// What every template of a whole page gets, except `redirect.html`.
#[derive(Debug, Serialize)]
pub(super) struct Frame<'a> {
    /// URL of this page without the host, with the folder that the site is in.
    url: String,
    /// URL of this page with protocol and host.
    permalink: &'a str,
    /// This page in each language of the site.
    translations: Vec<Translation<'a>>,
    /// What is above this page: home first, this page last.
    breadcrumbs: Vec<Crumb<'a>>,
    /// What goes into `<head>`.
    head: Head<'a>,
    /// The call to action (CTA).
    call_to_action: Option<CallToActionView<'a>>,
    /// The form of `newsletter` in [`ringback.yaml`](configuration.md), where the theme shows it; `null` on pages that have it already.
    newsletter: Option<FormView<'a>>,
}

/// A page above this one.
#[derive(Debug, Serialize)]
struct Crumb<'a> {
    /// The title of that page, as plain text.
    title: &'a str,
    /// Its URL; `null` for this page itself.
    url: Option<String>,
}

/// A page in a language of the site.
#[derive(Debug, Serialize)]
struct Translation<'a> {
    /// The code of that language, such as `sv`.
    code: &'a str,
    /// The language's name in itself.
    label: &'a str,
    /// The page's URL; if the page isn't translated, that of the language's home page.
    url: String,
    /// The page's title; `null` if it isn't translated.
    title: Option<&'a str>,
    /// Whether it is the language of this page.
    current: bool,
}

impl<'a> Frame<'a> {
    /// The frame of a subject whose absolute URL is `permalink`.
    pub(super) fn new(
        linked: &'a Edition,
        subject: &'a Subject,
        (policy, permalink): (&Policy, &'a str),
        (call_to_action, newsletter): (Option<CallToActionView<'a>>, Option<FormView<'a>>),
    ) -> Self {
        let site = &linked.site;
        let crumbs = subject.breadcrumbs.iter();
        let crumbs =
            crumbs.map(|(title, url)| Crumb { title, url: url.as_deref().map(|url| site.href(url)) });
        Self {
            url: site.href(&subject.url),
            permalink,
            translations: translations(linked, subject),
            breadcrumbs: crumbs.collect(),
            head: head(linked, subject, policy, permalink),
            call_to_action,
            newsletter,
        }
    }
}

fn translations<'a>(linked: &'a Edition, subject: &'a Subject) -> Vec<Translation<'a>> {
    let site = &linked.site;
    let entry = |lang: LangId| {
        let language = &site.config().languages[lang];
        let found = subject.translations.iter().find(|(id, _)| *id == lang);
        let title = found.and(subject.page).and_then(|page| {
            let all = &site.page(page).translations;
            all.iter().map(|id| site.page(*id)).find(|page| page.lang() == lang).map(|page| page.title())
        });
        let url = found.map_or_else(|| site.config().prefix(lang), |(_, url)| url.clone());
        Translation {
            code: &language.code,
            label: &language.label,
            url: site.href(&url),
            title: title.or(found.map(|_| subject.title.as_str())),
            current: lang == subject.lang,
        }
    };
    site.languages().map(entry).collect()
}
