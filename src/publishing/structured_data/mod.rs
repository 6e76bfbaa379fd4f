//! Structured data: what a page is, in the words of schema.org, as JSON-LD for search engines.
//!
//! [`graph`] makes one graph a page. It says nothing that readers of the page can't see: no address of a person, no
//! word from behind a gate.

use std::borrow::Cow;
use std::fmt::Write as _;

pub use subject::{Answered, CreditedImage, HowTo, HowToStep, Image, Shown, Subject};

use self::json::Json;
use self::publisher::{home, person, publisher, website_id};
use crate::config::LangId;
use crate::content::PageKind;
use crate::encode::{percent, script};
use crate::site::{Page, Site};

/// Characters of the text that stand for a description where there is none.
const EXCERPT: usize = 300;

/// The element that the theme puts around what a gate hides.
const GATE: &str = ".gate";

/// The graph as the content of `<script type="application/ld+json">`, escaped for it.
///
/// `breadcrumbs` are titles with their absolute URLs, home first; the last one, this page, may have none.
#[must_use]
pub fn graph(
    site: &Site,
    subject: Subject<'_>,
    breadcrumbs: &[(String, Option<String>)],
    shown: &Shown<'_>,
) -> String {
    let mut nodes = match subject {
        Subject::Page(id) => {
            let page = Subjected { site, page: site.page(id), image: shown.image };
            match page.page.kind() {
                PageKind::Insight | PageKind::Playbook => {
                    let how_to = shown.how_to.as_ref();
                    let parts = how_to.map(|it| page.how_to(it)).into_iter().chain(page.invitation());
                    std::iter::once(page.article(how_to)).chain(parts).collect()
                }
                PageKind::Person => std::iter::once(page.profile()).chain(page.events()).collect(),
                PageKind::Section if page.page.document.place.key.is_empty() => home(site, page.page.lang()),
                PageKind::Section | PageKind::Term => vec![page.plain("CollectionPage")],
                PageKind::Script | PageKind::Mail | PageKind::Cadence | PageKind::Page => {
                    std::iter::once(page.plain("WebPage")).chain(page.invitation()).collect()
                }
            }
        }
        Subject::List { title, description, permalink, lang } => vec![node!({
            "@type": "CollectionPage",
            "description": description,
            "inLanguage": code(site, lang),
            "isPartOf": website_id(site, lang),
            "name": title,
            "url": permalink,
        })],
    };
    if let Subject::Page(id) = subject
        && !shown.faq.is_empty()
    {
        nodes.push(questions(site, site.page(id), &shown.faq));
    }
    if let Subject::Page(id) = subject {
        nodes.extend(Subjected { site, page: site.page(id), image: None }.interactive_parts());
    }
    nodes.extend(shown.figures.iter().map(credited));
    nodes.extend(trail(breadcrumbs));
    let graph = node!({"@context": "https://schema.org", "@graph": nodes});
    script::json(&graph)
}

/// The questions that a page answers, [as search engines read them](https://schema.org/FAQPage).
fn questions<'a>(site: &'a Site, page: &'a Page, faq: &'a [Answered]) -> Json<'a> {
    let permalink = site.permalink(&page.url);
    let asked = faq.iter().map(|one| {
        let url = format!("{permalink}#{}", percent::fragment(&one.id));
        node!({
            "@type": "Question",
            "acceptedAnswer": node!({"@type": "Answer", "text": &*one.text, "url": url.clone()}),
            "name": &*one.name,
            "url": url,
        })
    });
    node!({
        "@id": format!("{permalink}#faq"),
        "@type": "FAQPage",
        "inLanguage": code(site, page.lang()),
        "mainEntity": asked.collect::<Json<'_>>(),
    })
}

/// A [`Json::Node`], written as JSON. The names stand in alphabetical order.
macro_rules! node {
    ({ $($name:literal: $value:expr),+ $(,)? }) => {
        Json::Node(vec![$(($name, Json::from($value))),+])
    };
}
use node;

mod asked;
mod events;
mod json;
mod publisher;
mod subject;

/// A page with the image that was found for it.
struct Subjected<'a> {
    site: &'a Site,
    page: &'a Page,
    image: Option<Image<'a>>,
}

impl<'a> Subjected<'a> {
    fn permalink(&self) -> String {
        self.site.permalink(&self.page.url)
    }

    fn description(&self) -> Cow<'a, str> {
        self.site.description(self.page, EXCERPT)
    }

    fn picture(&self) -> Option<Json<'a>> {
        let image = self.image?;
        let (width, height) = image.size.unzip();
        Some(node!({
            "@type": "ImageObject",
            "caption": image.caption,
            "contentUrl": image.credit.and(Some(image.url)),
            "creditText": image.credit,
            "height": height,
            "url": image.url,
            "width": width,
        }))
    }

    /// Something to read. The properties are those that Google's "Article" asks for, and where the text comes from.
    fn article(&self, how_to: Option<&HowTo>) -> Json<'a> {
        let (site, page, meta) = (self.site, self.page, self.page.meta());
        let lang = page.lang();
        let permalink = self.permalink();
        let part = meta.series.as_ref();
        let series = part.map(|part| {
            let title = site.config().text(&site.config().series[part.series].title, lang);
            let url = site.permalink(&site.series_url(lang, part.series));
            node!({"@id": format!("{url}#series"), "@type": "CreativeWorkSeries", "name": title, "url": url})
        });
        let source = meta.source.as_ref().map(|source| {
            let date = source.date.map(|date| date.to_string());
            node!({"@type": "CreativeWork", "datePublished": date, "name": &source.name, "url": source.url.as_deref()})
        });
        let is_gated = self.is_gated();
        node!({
            "@id": format!("{permalink}#article"),
            "@type": "Article",
            "articleSection": page.section.map(|section| site.page(section).title()),
            "author": self.authors(),
            "dateModified": meta.date.max(meta.updated).map(|date| date.to_string()),
            "datePublished": meta.date.map(|date| date.to_string()),
            "description": self.description(),
            "hasPart": is_gated.then(sealed),
            "headline": page.title(),
            "image": self.picture(),
            "inLanguage": code(site, lang),
            "isAccessibleForFree": Json::Truth(!is_gated),
            "isBasedOn": source,
            "isPartOf": vec![series.into(), website_id(site, lang)],
            "keywords": site.labels_of(page.id).into_iter().map(Json::from).collect::<Json<'_>>(),
            "mainEntity": how_to.map(|_| node!({"@id": format!("{permalink}#howto")})),
            "mainEntityOfPage": permalink,
            "position": part.map(|part| part.part.value),
            "publisher": publisher(site, lang),
            "wordCount": page.words(),
        })
    }

    /// The steps of a playbook.
    fn how_to(&self, how_to: &'a HowTo) -> Json<'a> {
        let permalink = self.permalink();
        let steps = (1_usize..).zip(&how_to.steps).map(|(position, step)| {
            node!({
                "@type": "HowToStep",
                "name": &step.name,
                "position": position,
                "text": &step.text,
                "url": format!("{permalink}#{}", percent::fragment(&step.id)),
            })
        });
        node!({
            "@id": format!("{permalink}#howto"),
            "@type": "HowTo",
            "description": self.description(),
            "image": self.picture(),
            "inLanguage": code(self.site, self.page.lang()),
            "name": self.page.title(),
            "step": steps.collect::<Json<'_>>(),
            "totalTime": how_to.seconds.map(iso_duration),
        })
    }

    /// The people who wrote it, or else who publishes it.
    fn authors(&self) -> Vec<Json<'a>> {
        let authors = &self.page.authors;
        if authors.is_empty() {
            return vec![publisher(self.site, self.page.lang()).unwrap_or_else(|| self.site_itself())];
        }
        authors.iter().map(|id| Json::Node(person(self.site, self.site.page(*id)))).collect()
    }

    /// The site as an author, where nobody else is known.
    fn site_itself(&self) -> Json<'a> {
        let (config, lang) = (self.site.config(), self.page.lang());
        let home = self.site.permalink(&config.prefix(lang));
        node!({"@type": "Organization", "name": config.text(&config.title, lang), "url": home})
    }

    /// A person's page. Of the contact details, it has only what the page shows.
    fn profile(&self) -> Json<'a> {
        let about = self.page.meta().person();
        let links = about.iter().flat_map(|about| &about.links).map(|(_, url)| Json::from(&**url));
        let languages = about.iter().flat_map(|about| &about.languages).map(Json::from);
        let mut person = person(self.site, self.page);
        person.extend([
            ("description", self.description().into()),
            ("image", self.picture().into()),
            ("sameAs", links.collect()),
            ("knowsLanguage", languages.collect()),
        ]);
        person.sort_by_key(|(name, _)| *name);
        node!({
            "@type": "ProfilePage",
            "inLanguage": code(self.site, self.page.lang()),
            "isPartOf": website_id(self.site, self.page.lang()),
            "mainEntity": Json::Node(person),
            "name": self.page.title(),
            "url": self.permalink(),
        })
    }

    /// Is a part of the text behind a form? A gate that only gives away a file leaves the text free.
    fn is_gated(&self) -> bool {
        self.page.gated().is_some()
    }

    fn plain(&self, kind: &'static str) -> Json<'a> {
        let meta = self.page.meta();
        let is_gated = self.is_gated();
        node!({
            "@type": kind,
            "dateModified": meta.date.max(meta.updated).map(|date| date.to_string()),
            "datePublished": meta.date.map(|date| date.to_string()),
            "description": self.description(),
            "hasPart": is_gated.then(sealed),
            "inLanguage": code(self.site, self.page.lang()),
            "isAccessibleForFree": is_gated.then_some(Json::Truth(false)),
            "isPartOf": website_id(self.site, self.page.lang()),
            "name": self.page.title(),
            "primaryImageOfPage": self.picture(),
            "url": self.permalink(),
        })
    }
}

/// An image of a text, with what Google's "Image metadata" asks for to show who made it.
fn credited(image: &CreditedImage) -> Json<'_> {
    let (width, height) = image.size.unzip();
    node!({
        "@type": "ImageObject",
        "caption": &image.caption,
        "contentUrl": &image.url,
        "creditText": &image.credit,
        "height": height,
        "width": width,
    })
}

/// A time as ISO 8601 writes it: `PT1H50M`, `P2DT1H`.
fn iso_duration(seconds: u32) -> String {
    let mut out = String::from("P");
    let parts = [(86_400, u32::MAX, "D"), (3_600, 24, "H"), (60, 60, "M"), (1, 60, "S")];
    for (size, of, unit) in parts {
        if size == 3_600 && !seconds.is_multiple_of(86_400) {
            out.push('T');
        }
        let count = seconds / size % of;
        if count > 0 {
            let _ = write!(out, "{count}{unit}");
        }
    }
    out
}

/// The part that isn't free, in the words of Google's "Subscription and paywalled content".
fn sealed<'a>() -> Json<'a> {
    node!({"@type": "WebPageElement", "cssSelector": GATE, "isAccessibleForFree": Json::Truth(false)})
}

fn code(site: &Site, lang: LangId) -> &str {
    &site.config().languages[lang].code
}

/// The way here from the home page; nothing on the home page itself.
fn trail(breadcrumbs: &[(String, Option<String>)]) -> Option<Json<'_>> {
    if breadcrumbs.len() < 2 {
        return None;
    }
    let mut items = Vec::with_capacity(breadcrumbs.len());
    for (title, url) in breadcrumbs {
        let position = items.len() + 1;
        items.push(node!({"@type": "ListItem", "item": url.as_ref(), "name": title, "position": position}));
    }
    Some(node!({"@type": "BreadcrumbList", "itemListElement": items}))
}

#[cfg(test)]
mod tests;
