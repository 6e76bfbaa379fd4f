//! Structured data: what a page is, in the words of schema.org, as JSON-LD for search engines.
//!
//! [`graph`] makes one graph a page. It says nothing that readers of the page can't see: no address of a person, no
//! word from behind a gate.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::{Serialize, Serializer};

use crate::config::{LangId, Organization};
use crate::content::PageKind;
use crate::encode::{percent, script};
use crate::site::{Page, PageId, Site};

/// Characters of the text that stand for a description where there is none.
const EXCERPT: usize = 300;

/// The element that the theme puts around what a gate hides.
const GATE: &str = ".gate";

/// What the graph is about.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// A page: the home page, a section, a person, or something to read.
    Page(PageId),
    /// A list that ringback makes by itself.
    List {
        /// Its title.
        title: &'a str,
        /// A sentence about it; may be empty.
        description: &'a str,
        /// Its absolute URL.
        permalink: &'a str,
        /// Its language.
        lang: LangId,
    },
}

/// The image that stands for a page; of a person, the photo.
#[derive(Debug, Clone, Copy)]
pub struct Image<'a> {
    /// Its absolute URL.
    pub url: &'a str,
    /// Width and height in pixels, where they are known.
    pub size: Option<(u32, u32)>,
    /// What is written below it; may be empty.
    pub caption: &'a str,
    /// Who made it.
    pub credit: Option<&'a str>,
}

/// An image in a page's text that names who made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditedImage {
    /// Its absolute URL.
    pub url: String,
    /// Width and height in pixels, where they are known.
    pub size: Option<(u32, u32)>,
    /// What is written below it; may be empty.
    pub caption: String,
    /// Who made it.
    pub credit: String,
}

/// What is known of a page from elsewhere.
#[derive(Debug, Clone, Default)]
pub struct Shown<'a> {
    /// The image that stands for it.
    pub image: Option<Image<'a>>,
    /// Its steps, where it has some.
    pub how_to: Option<HowTo>,
    /// The questions that its open text answers.
    pub faq: Vec<Answered>,
    /// The images in its text whose makers are named.
    pub figures: Vec<CreditedImage>,
}

/// The steps of a playbook, in the words of schema.org a `HowTo`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HowTo {
    /// The steps in their order.
    pub steps: Vec<HowToStep>,
    /// How long all of them take together, where each says so.
    pub seconds: Option<u32>,
}

/// A question with its answer, in the words of schema.org a `Question`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The question.
    pub name: String,
    /// The id of the answer.
    pub id: String,
    /// The answer as text.
    pub text: String,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HowToStep {
    /// Its title.
    pub name: String,
    /// The id of its heading.
    pub id: String,
    /// What to do.
    pub text: String,
}

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
                PageKind::Section if page.page.entry.place.key.is_empty() => home(site, page.page.lang()),
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
        nodes.extend(Subjected { site, page: site.page(id), image: None }.asked());
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

/// A value of the graph. Unlike those of `serde_json` it borrows, and leaves out what has no value.
enum Json<'a> {
    Nothing,
    Truth(bool),
    Number(i64),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    /// Properties, in the order of their names.
    Node(Vec<(&'static str, Json<'a>)>),
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

impl Json<'_> {
    /// Nothing, an empty text, or a list without anything in it.
    fn is_nothing(&self) -> bool {
        match self {
            Self::Nothing => true,
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.iter().all(Self::is_nothing),
            Self::Truth(_) | Self::Number(_) | Self::Node(_) => false,
        }
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_unit(),
            Self::Truth(truth) => serializer.serialize_bool(*truth),
            Self::Number(number) => serializer.serialize_i64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items.iter().filter(|item| !item.is_nothing())),
            Self::Node(properties) => {
                let given = properties.iter().filter(|(_, value)| !value.is_nothing());
                serializer.collect_map(given.map(|(name, value)| (name, value)))
            }
        }
    }
}

impl From<i64> for Json<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Json<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Json<'_> {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl<'a> From<&'a str> for Json<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Json<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Json<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Json<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}

impl<'a, T: Into<Json<'a>>> From<Option<T>> for Json<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

impl<'a> FromIterator<Json<'a>> for Json<'a> {
    fn from_iter<I: IntoIterator<Item = Json<'a>>>(items: I) -> Self {
        Self::List(items.into_iter().collect())
    }
}

impl<'a> From<Vec<Json<'a>>> for Json<'a> {
    fn from(items: Vec<Json<'a>>) -> Self {
        Self::List(items)
    }
}

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
        let meta = self.page.meta();
        let links = meta.person.links.iter().map(|(_, url)| Json::from(&**url));
        let languages = meta.person.languages.iter().map(Json::from);
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
        self.page.entry.gated.is_some()
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

/// The properties of a person, by name. Guests work for somebody else, the others for who publishes the site.
fn person<'a>(site: &'a Site, page: &'a Page) -> Vec<(&'static str, Json<'a>)> {
    let permalink = site.permalink(&page.url);
    let own = site.config().organization.as_ref().map(|own| own.name.as_str());
    let works_for = match page.meta().person.organization.as_deref() {
        Some(name) if Some(name) != own => Some(node!({"@type": "Organization", "name": name})),
        _ => publisher(site, page.lang()),
    };
    vec![
        ("@id", format!("{permalink}#person").into()),
        ("@type", "Person".into()),
        ("jobTitle", page.meta().person.role.as_ref().into()),
        ("name", page.title().into()),
        ("url", permalink.into()),
        ("worksFor", works_for.into()),
    ]
}

fn code(site: &Site, lang: LangId) -> &str {
    &site.config().languages[lang].code
}

fn website_id(site: &Site, lang: LangId) -> Json<'static> {
    node!({"@id": website(site, lang), "@type": "WebSite"})
}

/// The id of the site in one language.
fn website(site: &Site, lang: LangId) -> String {
    format!("{}#website", site.permalink(&site.config().prefix(lang)))
}

/// The id of who publishes the site, the same in all languages.
fn organization_id(site: &Site) -> String {
    format!("{}#organization", site.permalink("/"))
}

/// The address of who publishes the site.
fn organization_url<'a>(site: &'a Site, own: &'a Organization, lang: LangId) -> Cow<'a, str> {
    own.url.as_deref().map_or_else(|| site.permalink(&site.config().prefix(lang)).into(), Cow::Borrowed)
}

/// Who publishes the site, in short.
fn publisher(site: &Site, lang: LangId) -> Option<Json<'_>> {
    let own = site.config().organization.as_ref()?;
    Some(node!({
        "@id": organization_id(site),
        "@type": "Organization",
        "name": &own.name,
        "url": organization_url(site, own, lang),
    }))
}

/// The home page: the site, and all about who publishes it.
fn home(site: &Site, lang: LangId) -> Vec<Json<'_>> {
    let config = site.config();
    let own = config.organization.as_ref();
    let mut nodes = vec![node!({
        "@id": website(site, lang),
        "@type": "WebSite",
        "description": config.text(&config.description, lang),
        "inLanguage": code(site, lang),
        "name": config.text(&config.title, lang),
        "publisher": own.map(|_| node!({"@id": organization_id(site)})),
        "url": site.permalink(&config.prefix(lang)),
    })];
    nodes.extend(own.map(|own| {
        let has_address =
            own.street.is_some() || own.postal_code.is_some() || own.city.is_some() || own.country.is_some();
        let address = node!({
            "@type": "PostalAddress",
            "addressCountry": own.country.as_ref(),
            "addressLocality": own.city.as_ref(),
            "postalCode": own.postal_code.as_ref(),
            "streetAddress": own.street.as_ref(),
        });
        node!({
            "@id": organization_id(site),
            "@type": "Organization",
            "address": has_address.then_some(address),
            "email": own.email.as_ref(),
            "name": &own.name,
            "sameAs": own.same_as.iter().map(|url| Json::from(&**url)).collect::<Json<'_>>(),
            "telephone": own.phone.as_ref(),
            "url": organization_url(site, own, lang),
        })
    }));
    nodes
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
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::testing;

    fn site(config: impl FnOnce(&str) -> String) -> Site {
        let project = testing::project(config)
            .with("content/forms/guide.yaml", testing::FORM)
            .with(
                "content/insights/a.md",
                "---\ntitle: A </script> & B\ndate: 2026-03-01\nupdated: 2026-11-02\nauthors: [anna, kim]\n\
                 tags: [crm]\nseries: {id: empty-crm, part: 2}\ngate: {form: guide}\n\
                 source: {name: X, url: 'https://example.com/x'}\n---\nTeaser.\n\n<!-- gate -->\n\nGUARDED.\n",
            )
            .with("content/insights/b.md", "---\ntitle: B\ndate: 2026-03-01\n---\nText.\n")
            .with(
                "content/people/anna.md",
                "---\ntitle: Anna Berg\nrole: Editor\norganization: Fjord AS\nemail: anna@example.org\nphone: '+46 8 465 004 10'\n\
                 links: {Blog: 'https://anna.example/'}\nlanguages: [en, sv]\n---\nWrites.\n",
            )
            .with("content/people/kim.md", "---\ntitle: Kim Vik\norganization: Elsewhere\n---\n")
            .with("content/pages/about.md", "---\ntitle: About\n---\nUs.\n")
            .with(
                "content/pages/handbook.md",
                "---\ntitle: Handbook\ngate: {form: guide}\n---\nTeaser.\n\n<!-- gate -->\n\nGUARDED.\n",
            );
        testing::linked(&project, "public").site
    }

    fn nodes(site: &Site, key: &str) -> Vec<Value> {
        nodes_with(site, key, None)
    }

    fn nodes_with(site: &Site, key: &str, how_to: Option<HowTo>) -> Vec<Value> {
        let page = site.find(key, crate::config::LangId::new(0)).unwrap();
        let image = Image { url: "https://example.org/a.png", size: Some((4, 3)), caption: "", credit: None };
        let trail = [("Home".into(), Some(site.permalink("/"))), ("This".into(), None)];
        let text = graph(
            site,
            Subject::Page(page),
            &trail,
            &Shown { image: Some(image), how_to, faq: Vec::new(), figures: Vec::new() },
        );
        assert!(!text.contains(['<', '>', '&']), "{text}");
        let graph: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(graph["@context"], "https://schema.org");
        graph["@graph"].as_array().unwrap().clone()
    }

    #[test]
    fn an_article_says_who_when_and_what_is_behind_a_gate() {
        let found = nodes(&site(str::to_string), "insights/a");
        let article = &found[0];
        assert_eq!(article["@type"], "Article");
        assert_eq!(article["headline"], "A </script> & B");
        assert_eq!(article["description"], "Teaser.");
        assert_eq!(article["datePublished"], "2026-03-01");
        assert_eq!(article["dateModified"], "2026-11-02");
        assert_eq!(article["author"][0]["name"], "Anna Berg");
        assert_eq!(article["author"][0]["worksFor"], article["publisher"]);
        assert_eq!(article["author"][1]["worksFor"], json!({"@type": "Organization", "name": "Elsewhere"}));
        assert_eq!(article["publisher"]["@id"], "https://example.org/#organization");
        assert_eq!(article["image"]["width"], 4);
        assert_eq!(article["isPartOf"][0]["url"], "https://example.org/series/empty-crm/");
        assert_eq!(article["position"], 2);
        assert_eq!(article["keywords"], json!(["The CRM"]));
        assert_eq!(article["wordCount"], 2);
        assert_eq!(article["isAccessibleForFree"], false);
        assert_eq!(article["hasPart"]["cssSelector"], ".gate");
        assert_eq!(article["isBasedOn"]["url"], "https://example.com/x");
        assert!(!article.to_string().contains("GUARDED"));
        assert_eq!(
            found[1]["itemListElement"][1],
            json!({"@type": "ListItem", "position": 2, "name": "This"})
        );
    }

    #[test]
    fn an_article_without_authors_is_by_who_publishes_it() {
        let found = nodes(&site(str::to_string), "insights/b");
        assert_eq!(found[0]["author"][0]["name"], "Fjord AS");
        assert_eq!(found[0]["isAccessibleForFree"], true);
        assert_eq!(found[0]["hasPart"], Value::Null);
        let nobody = site(|config| {
            config.split_inclusive('\n').filter(|line| !line.starts_with("organization")).collect()
        });
        let found = nodes(&nobody, "insights/b");
        assert_eq!(found[0]["author"][0]["name"], "Fjord & Sons");
        assert_eq!(found[0]["publisher"], Value::Null);
    }

    #[test]
    fn a_playbook_is_an_article_about_its_steps() {
        let step =
            |name: &str, id: &str| HowToStep { name: name.into(), id: id.into(), text: "Do <it>.".into() };
        let steps = vec![step("Read", "step-1-read"), step("Läs", "steg-läs")];
        let how_to = HowTo { steps, seconds: Some(6_600) };
        let found = nodes_with(&site(str::to_string), "insights/b", Some(how_to.clone()));
        assert_eq!(found[0]["mainEntity"]["@id"], found[1]["@id"]);
        assert_eq!((&found[1]["@type"], &found[1]["totalTime"]), (&json!("HowTo"), &json!("PT1H50M")));
        let expected = json!({"@type": "HowToStep", "position": 1, "name": "Read", "text": "Do <it>.",
            "url": "https://example.org/insights/b/#step-1-read"});
        assert_eq!(found[1]["step"][0], expected);
        assert_eq!(found[1]["step"][1]["url"], "https://example.org/insights/b/#steg-l%C3%A4s");
        let untimed = HowTo { seconds: None, ..how_to };
        let found = nodes_with(&site(str::to_string), "insights/b", Some(untimed));
        assert_eq!(found[1]["totalTime"], Value::Null);
    }

    #[test]
    fn times_are_written_as_iso_has_them() {
        for (seconds, text) in [
            (1, "PT1S"),
            (90, "PT1M30S"),
            (3_600, "PT1H"),
            (86_400, "P1D"),
            (176_460, "P2DT1H1M"),
            (864_000, "P10D"),
        ] {
            assert_eq!(iso_duration(seconds), text);
        }
    }

    #[test]
    fn a_person_keeps_what_their_page_does_not_show() {
        let found = nodes(&site(str::to_string), "people/anna");
        assert_eq!(found[0]["@type"], "ProfilePage");
        let anna = &found[0]["mainEntity"];
        assert_eq!(anna["jobTitle"], "Editor");
        assert_eq!(anna["sameAs"], json!(["https://anna.example/"]));
        assert_eq!(anna["description"], "Writes.");
        assert!(!found[0].to_string().contains("anna@example.org"));
        assert!(!found[0].to_string().contains("465"));
    }

    #[test]
    fn home_tells_all_about_the_publisher() {
        let found = nodes(&site(str::to_string), "");
        assert_eq!(found[0]["@type"], "WebSite");
        assert_eq!(found[0]["publisher"]["@id"], found[1]["@id"]);
        assert_eq!(found[1]["email"], "hello@example.org");
        assert_eq!(found[1]["address"]["addressLocality"], "Oslo");
        assert_eq!(found[1]["sameAs"], Value::Null);
    }

    #[test]
    fn other_pages_have_kinds_too() {
        let site = site(str::to_string);
        assert_eq!(nodes(&site, "pages/about")[0]["@type"], "WebPage");
        assert_eq!(nodes(&site, "pages/about")[0]["isAccessibleForFree"], Value::Null);
        let handbook = &nodes(&site, "pages/handbook")[0];
        assert_eq!(
            (&handbook["isAccessibleForFree"], &handbook["hasPart"]["cssSelector"]),
            (&json!(false), &json!(".gate"))
        );
        assert_eq!(nodes(&site, "insights")[0]["@type"], "CollectionPage");
        let list = Subject::List {
            title: "T\u{2028}",
            description: "",
            permalink: "https://example.org/t/",
            lang: crate::config::LangId::new(1),
        };
        let text = graph(&site, list, &[], &Shown::default());
        assert!(text.contains("\"name\":\"T\\u2028\""), "{text}");
        let list: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(list["@graph"][0]["inLanguage"], "sv");
        assert_eq!(list["@graph"][0]["description"], Value::Null);
    }
}
