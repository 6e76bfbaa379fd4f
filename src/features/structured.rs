//! Structured data: what a page is, in the words of schema.org, as JSON-LD for search engines.
//!
//! [`graph`] makes one graph a page. It says nothing that readers of the page can't see: no address of a person, no
//! word from behind a gate.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::config::LangId;
use crate::model::{Page, PageId, Site};
use crate::parse::PageKind;

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
}

/// The graph as the content of `<script type="application/ld+json">`, escaped for it.
///
/// `breadcrumbs` are titles with their absolute URLs, home first; the last one, this page, may have none.
#[must_use]
pub fn graph(
    site: &Site,
    subject: Subject<'_>,
    breadcrumbs: &[(String, Option<String>)],
    image: Option<Image<'_>>,
) -> String {
    let mut nodes = match subject {
        Subject::Page(id) => {
            let page = Subjected { site, page: site.page(id), image };
            match page.page.kind() {
                PageKind::Insight | PageKind::Playbook => vec![page.article()],
                PageKind::Person => vec![page.profile()],
                PageKind::Section if page.page.entry.place.key.is_empty() => home(site, page.page.lang()),
                PageKind::Section => vec![page.plain("CollectionPage")],
                PageKind::Script | PageKind::Page => vec![page.plain("WebPage")],
            }
        }
        Subject::List { title, description, permalink, lang } => vec![json!({
            "@type": "CollectionPage",
            "name": title,
            "description": description,
            "url": permalink,
            "inLanguage": code(site, lang),
            "isPartOf": website_id(site, lang),
        })],
    };
    nodes.extend(trail(breadcrumbs));
    let mut graph = json!({"@context": "https://schema.org", "@graph": nodes});
    prune(&mut graph);
    escape(&graph.to_string())
}

/// A page with the image that was found for it.
struct Subjected<'a> {
    site: &'a Site,
    page: &'a Page,
    image: Option<Image<'a>>,
}

impl Subjected<'_> {
    fn permalink(&self) -> String {
        self.site.permalink(&self.page.url)
    }

    fn description(&self) -> String {
        let own = self.page.meta().description.clone();
        own.unwrap_or_else(|| self.page.entry.public.body().excerpt(EXCERPT))
    }

    fn picture(&self) -> Option<Value> {
        let image = self.image?;
        let (width, height) = image.size.unzip();
        Some(json!({"@type": "ImageObject", "url": image.url, "width": width, "height": height}))
    }

    /// Something to read. The properties are those that Google's "Article" asks for, and where the text comes from.
    fn article(&self) -> Value {
        let (site, page, meta) = (self.site, self.page, self.page.meta());
        let lang = page.lang();
        let permalink = self.permalink();
        let part = meta.series.as_ref();
        let series = part.map(|part| {
            let title = site.config().text(&site.config().series[part.series].title, lang);
            let url = site.permalink(&site.series_url(lang, part.series));
            json!({"@type": "CreativeWorkSeries", "@id": format!("{url}#series"), "name": title, "url": url})
        });
        let source = meta.source.as_ref().map(|source| {
            let date = source.date.map(|date| date.to_string());
            json!({"@type": "CreativeWork", "name": source.name, "url": source.url, "datePublished": date})
        });
        let is_gated = page.entry.gated.is_some();
        let sealed = json!({"@type": "WebPageElement", "isAccessibleForFree": false, "cssSelector": GATE});
        json!({
            "@type": "Article",
            "@id": format!("{permalink}#article"),
            "headline": page.title(),
            "description": self.description(),
            "datePublished": meta.date.map(|date| date.to_string()),
            "dateModified": meta.date.max(meta.updated).map(|date| date.to_string()),
            "author": self.authors(),
            "publisher": publisher(site, lang),
            "image": self.picture(),
            "inLanguage": code(site, lang),
            "isPartOf": [series, Some(website_id(site, lang))],
            "position": part.map(|part| part.part.value),
            "mainEntityOfPage": permalink,
            "articleSection": page.section.map(|section| site.page(section).title()),
            "keywords": site.labels_of(page.id),
            "wordCount": page.words(),
            "isAccessibleForFree": !is_gated,
            "hasPart": is_gated.then_some(sealed),
            "isBasedOn": source,
        })
    }

    /// The people who wrote it, or else who publishes it.
    fn authors(&self) -> Vec<Value> {
        let authors = &self.page.authors;
        if authors.is_empty() {
            return vec![publisher(self.site, self.page.lang()).unwrap_or_else(|| self.site_itself())];
        }
        authors.iter().map(|id| person(self.site, self.site.page(*id))).collect()
    }

    /// The site as an author, where nobody else is known.
    fn site_itself(&self) -> Value {
        let (config, lang) = (self.site.config(), self.page.lang());
        let home = self.site.permalink(&config.prefix(lang));
        json!({"@type": "Organization", "name": config.text(&config.title, lang), "url": home})
    }

    /// A person's page. Of the contact details, it has only what the page shows.
    fn profile(&self) -> Value {
        let meta = self.page.meta();
        let mut person = person(self.site, self.page);
        person["description"] = json!(self.description());
        person["image"] = json!(self.picture());
        person["sameAs"] = json!(meta.person.links.iter().map(|(_, url)| url).collect::<Vec<_>>());
        person["knowsLanguage"] = json!(meta.person.languages);
        json!({
            "@type": "ProfilePage",
            "name": self.page.title(),
            "url": self.permalink(),
            "inLanguage": code(self.site, self.page.lang()),
            "isPartOf": website_id(self.site, self.page.lang()),
            "mainEntity": person,
        })
    }

    fn plain(&self, kind: &str) -> Value {
        let meta = self.page.meta();
        json!({
            "@type": kind,
            "name": self.page.title(),
            "description": self.description(),
            "url": self.permalink(),
            "datePublished": meta.date.map(|date| date.to_string()),
            "dateModified": meta.date.max(meta.updated).map(|date| date.to_string()),
            "primaryImageOfPage": self.picture(),
            "inLanguage": code(self.site, self.page.lang()),
            "isPartOf": website_id(self.site, self.page.lang()),
        })
    }
}

/// A person by name. Guests work for somebody else, the others for who publishes the site.
fn person(site: &Site, page: &Page) -> Value {
    let permalink = site.permalink(&page.url);
    let own = site.config().organization.as_ref().map(|own| own.name.as_str());
    let works_for = match page.meta().person.organization.as_deref() {
        Some(name) if Some(name) != own => Some(json!({"@type": "Organization", "name": name})),
        _ => publisher(site, page.lang()),
    };
    json!({
        "@type": "Person",
        "@id": format!("{permalink}#person"),
        "name": page.title(),
        "url": permalink,
        "jobTitle": page.meta().person.role,
        "worksFor": works_for,
    })
}

fn code(site: &Site, lang: LangId) -> &str {
    &site.config().languages[lang].code
}

fn website_id(site: &Site, lang: LangId) -> Value {
    json!({"@type": "WebSite", "@id": format!("{}#website", site.permalink(&site.config().prefix(lang)))})
}

/// The id of who publishes the site, the same in all languages.
fn organization_id(site: &Site) -> String {
    format!("{}#organization", site.permalink("/"))
}

/// Who publishes the site, in short.
fn publisher(site: &Site, lang: LangId) -> Option<Value> {
    let own = site.config().organization.as_ref()?;
    let url = own.url.clone().unwrap_or_else(|| site.permalink(&site.config().prefix(lang)));
    Some(json!({"@type": "Organization", "@id": organization_id(site), "name": own.name, "url": url}))
}

/// The home page: the site, and all about who publishes it.
fn home(site: &Site, lang: LangId) -> Vec<Value> {
    let config = site.config();
    let url = site.permalink(&config.prefix(lang));
    let mut website = website_id(site, lang);
    website["name"] = json!(config.text(&config.title, lang));
    website["description"] = json!(config.text(&config.description, lang));
    website["url"] = json!(url);
    website["inLanguage"] = json!(code(site, lang));
    let Some((own, mut organization)) = config.organization.as_ref().zip(publisher(site, lang)) else {
        return vec![website];
    };
    website["publisher"] = json!({"@id": organization_id(site)});
    organization["email"] = json!(own.email);
    organization["telephone"] = json!(own.phone);
    organization["sameAs"] = json!(own.same_as);
    if own.street.is_some() || own.postal_code.is_some() || own.city.is_some() || own.country.is_some() {
        organization["address"] = json!({
            "@type": "PostalAddress",
            "streetAddress": own.street,
            "postalCode": own.postal_code,
            "addressLocality": own.city,
            "addressCountry": own.country,
        });
    }
    vec![website, organization]
}

/// The way here from the home page; nothing on the home page itself.
fn trail(breadcrumbs: &[(String, Option<String>)]) -> Option<Value> {
    let mut items = Vec::with_capacity(breadcrumbs.len());
    for (title, url) in breadcrumbs {
        items.push(json!({"@type": "ListItem", "position": items.len() + 1, "name": title, "item": url}));
    }
    (items.len() > 1).then(|| json!({"@type": "BreadcrumbList", "itemListElement": items}))
}

/// Takes out what has no value: `null`, empty texts and lists.
fn prune(value: &mut Value) {
    let is_nothing = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    match value {
        Value::Array(items) => {
            items.iter_mut().for_each(prune);
            items.retain(|item| !is_nothing(item));
        }
        Value::Object(entries) => {
            entries.values_mut().for_each(prune);
            entries.retain(|_, value| !is_nothing(value));
        }
        _ => {}
    }
}

/// JSON that can stand in a script element, and in JavaScript: in JSON, these characters occur in texts only.
fn escape(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 16);
    let mut rest = json;
    while let Some(at) = rest.find(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        let (before, from) = rest.split_at(at);
        let c = from.chars().next().expect("a character was found here");
        let _ = write!(out, "{before}\\u{:04x}", u32::from(c));
        rest = &from[c.len_utf8()..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn site(config: impl FnOnce(&str) -> String) -> Site {
        let project = testing::project(config)
            .with("content/forms/guide.yaml", "title: Guide\nfields: []\n")
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
            .with("content/pages/about.md", "---\ntitle: About\n---\nUs.\n");
        testing::linked(&project, "public").site
    }

    fn nodes(site: &Site, key: &str) -> Vec<Value> {
        let page = site.find(key, 0).unwrap();
        let image = Image { url: "https://example.org/a.png", size: Some((4, 3)) };
        let trail = [("Home".into(), Some(site.permalink("/"))), ("This".into(), None)];
        let text = graph(site, Subject::Page(page), &trail, Some(image));
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
        assert_eq!(article["wordCount"], 1);
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
        assert_eq!(nodes(&site, "insights")[0]["@type"], "CollectionPage");
        let list = Subject::List {
            title: "T\u{2028}",
            description: "",
            permalink: "https://example.org/t/",
            lang: 1,
        };
        let text = graph(&site, list, &[], None);
        assert!(text.contains("\"name\":\"T\\u2028\""), "{text}");
        let list: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(list["@graph"][0]["inLanguage"], "sv");
        assert_eq!(list["@graph"][0]["description"], Value::Null);
    }
}
