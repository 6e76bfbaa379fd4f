//! What a page of any site says of itself: in its head, in structured data (JSON-LD of schema.org, Open Graph), and in its text.

use jiff::civil::Date;
use serde_json::Value as Json;

use crate::authoring::importers::front::one_line;
use crate::authoring::importers::own_path;
use crate::authoring::markup::tree::{self, Element, Node};

/// What kind of page structured data says that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum DeclaredKind {
    /// It says nothing of it.
    #[default]
    Nothing,
    /// An article, of whatever sort.
    Article,
    /// A page that isn't one of the others.
    Page,
    /// A list of other pages.
    List,
    /// A page about a person.
    Person,
}

/// A page as it was read.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) said: DeclaredKind,
    pub(super) title: String,
    pub(super) site: String,
    pub(super) description: String,
    pub(super) date: Option<Date>,
    pub(super) updated: Option<Date>,
    pub(super) lang: String,
    pub(super) authors: Vec<String>,
    /// Links: where they lead, and their words.
    pub(super) links: Vec<(String, String)>,
    /// Where the names of authors lead.
    pub(super) people: Vec<(String, String)>,
    pub(super) categories: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) image: Option<(String, String)>,
    /// Its own address, as it says.
    pub(super) canonical: String,
    /// The same page in other languages: code and address.
    pub(super) others: Vec<(String, String)>,
    /// The addresses of its feeds, by their media types.
    pub(super) feeds: Vec<(String, String)>,
    pub(super) noindex: bool,
    /// Where a page leads on that has nothing else.
    pub(super) refresh: Option<String>,
    /// Does it say that it is one of several pages of a list?
    pub(super) is_paged: bool,
    /// The whole page as a tree.
    pub(super) nodes: Vec<Node>,
}

/// The day of a time as machines write it: `2026-11-02T08:30:00Z`.
pub(super) fn day(text: &str) -> Option<Date> {
    text.trim().get(..10)?.parse().ok().filter(|date: &Date| date.year() > 0)
}

impl Read {
    /// Reads all that a page of HTML says of itself.
    pub(super) fn new(html: &str) -> Self {
        let mut read = Self { nodes: tree::parse_page(html), ..Self::default() };
        let nodes = std::mem::take(&mut read.nodes);
        read.walk(&nodes);
        read.nodes = nodes;
        read.title = one_line(&read.title);
        read.authors.dedup();
        read.tags.sort_unstable();
        read.tags.dedup();
        read
    }

    fn walk(&mut self, nodes: &[Node]) {
        for element in nodes.iter().filter_map(Node::element) {
            let get = |name: &str| element.attribute(name).unwrap_or_default().trim();
            match element.name.as_str() {
                "html" if !get("lang").is_empty() => self.lang = get("lang").to_string(),
                "title" if self.title.is_empty() => self.title = element.text(),
                "meta" => self.meta(
                    &[get("name"), get("property"), get("itemprop"), get("http-equiv")],
                    get("content"),
                ),
                "link" => self.link(element),
                "script" if get("type") == "application/ld+json" => {
                    if let Ok(json) = serde_json::from_str::<Json>(&element.text()) {
                        self.data(&json, &json);
                    }
                }
                "time" if self.date.is_none() && self.said != DeclaredKind::List => {
                    self.date = day(get("datetime"))
                }
                "a" if get("rel").is_empty() && get("href").starts_with(['/', 'h']) => {
                    let words = one_line(&element.text());
                    if !words.is_empty() && words.chars().count() < 60 {
                        self.links.push((get("href").to_string(), words));
                    }
                }
                "a" if get("rel").split(' ').any(|rel| rel == "author") => {
                    let name = one_line(&element.text());
                    if !name.is_empty() {
                        self.people.push((name, get("href").to_string()));
                    }
                }
                "a" if get("rel").split(' ').any(|rel| rel == "tag") => {
                    let label = one_line(&element.text());
                    let is_category = get("rel").contains("category") || get("href").contains("/category/");
                    let terms = if is_category { &mut self.categories } else { &mut self.tags };
                    if !label.is_empty() && !terms.contains(&label) {
                        terms.push(label);
                    }
                }
                _ => {}
            }
            self.walk(&element.children);
        }
    }

    fn meta(&mut self, names: &[&str], content: &str) {
        let content = content.trim();
        if content.is_empty() {
            return;
        }
        for name in names.iter().filter(|name| !name.is_empty()) {
            match name.to_ascii_lowercase().as_str() {
                "description" => self.description = content.to_string(),
                "og:description" if self.description.is_empty() => self.description = content.to_string(),
                "og:title" => self.title = content.to_string(),
                "og:site_name" => self.site = content.to_string(),
                "og:type" if content == "article" && self.said == DeclaredKind::Nothing => {
                    self.said = DeclaredKind::Article
                }
                "og:image" if self.image.is_none() => self.image = Some((content.to_string(), String::new())),
                "og:image:alt" => {
                    if let Some((_, alt)) = &mut self.image {
                        *alt = content.to_string();
                    }
                }
                "article:published_time" | "datepublished" | "date" | "dc.date" => {
                    self.date = day(content).or(self.date);
                }
                "article:modified_time" | "datemodified" => self.updated = day(content),
                "article:tag" if !self.tags.iter().any(|tag| tag == content) => {
                    self.tags.push(content.to_string())
                }
                "article:section" if self.categories.is_empty() => self.categories.push(content.to_string()),
                "author" | "article:author" if self.authors.is_empty() && !content.contains("://") => {
                    self.authors.push(one_line(content));
                }
                "robots" if content.to_ascii_lowercase().contains("noindex") => self.noindex = true,
                "refresh" => {
                    let target =
                        content.split_once(['=']).map(|(_, target)| target.trim_matches(['"', '\'', ' ']));
                    self.refresh = target.filter(|target| !target.is_empty()).map(str::to_string);
                }
                _ => {}
            }
        }
    }

    fn link(&mut self, element: &Element) {
        let get = |name: &str| element.attribute(name).unwrap_or_default().trim();
        for rel in get("rel").split_ascii_whitespace() {
            match rel.to_ascii_lowercase().as_str() {
                "canonical" => self.canonical = get("href").to_string(),
                "alternate" if !get("hreflang").is_empty() && get("hreflang") != "x-default" => {
                    self.others.push((get("hreflang").to_string(), get("href").to_string()));
                }
                "alternate"
                    if get("type").contains("rss")
                        || get("type").contains("atom")
                        || get("type").contains("feed+json") =>
                {
                    self.feeds.push((get("type").to_string(), get("href").to_string()));
                }
                "prev" | "next" => self.is_paged = true,
                _ => {}
            }
        }
    }

    /// Structured data: the first thing in it that is a page.
    fn data(&mut self, json: &Json, whole: &Json) {
        match json {
            Json::Array(all) => all.iter().for_each(|one| self.data(one, whole)),
            Json::Object(map) => {
                if let Some(graph) = map.get("@graph") {
                    self.data(graph, whole);
                }
                let kinds: Vec<&str> = match map.get("@type") {
                    Some(Json::String(one)) => vec![one],
                    Some(Json::Array(all)) => all.iter().filter_map(Json::as_str).collect(),
                    _ => Vec::new(),
                };
                for kind in kinds {
                    self.read_entity(kind, json, whole);
                }
            }
            _ => {}
        }
    }

    fn read_entity(&mut self, kind: &str, json: &Json, whole: &Json) {
        let get = |name: &str| json.get(name).and_then(Json::as_str).map(str::trim).unwrap_or_default();
        match kind {
            "BlogPosting" | "NewsArticle" | "Article" | "TechArticle" | "Report" | "HowTo" => {
                self.said = DeclaredKind::Article;
                let title = if get("headline").is_empty() { get("name") } else { get("headline") };
                if !title.is_empty() {
                    self.title = crate::content::markup::unescaped(title).into_owned();
                }
                self.date = day(get("datePublished")).or(self.date);
                self.updated = day(get("dateModified")).or(self.updated);
                if !get("description").is_empty() {
                    self.description = get("description").to_string();
                }
                if let Some(author) = json.get("author") {
                    self.authors.clear();
                    self.author(author, whole);
                }
                match json.get("articleSection") {
                    Some(Json::String(one)) => self.categories = vec![one.clone()],
                    Some(Json::Array(all)) => self.categories = strings(all),
                    _ => {}
                }
                match json.get("keywords") {
                    Some(Json::String(all)) => self.tags.extend(all.split(',').map(one_line)),
                    Some(Json::Array(all)) => self.tags.extend(strings(all)),
                    _ => {}
                }
                self.tags.retain(|tag| !tag.is_empty());
                if let Some(image) = json.get("image").and_then(picture) {
                    let alt = self.image.take().map(|(_, alt)| alt).unwrap_or_default();
                    self.image = Some((image, alt));
                }
            }
            "CollectionPage" | "SearchResultsPage" | "ItemList" | "Blog"
                if self.said != DeclaredKind::Article =>
            {
                self.said = DeclaredKind::List;
            }
            "ProfilePage" if self.said != DeclaredKind::Article => self.said = DeclaredKind::Person,
            "WebPage" | "AboutPage" | "ContactPage" | "FAQPage" if self.said == DeclaredKind::Nothing => {
                self.said = DeclaredKind::Page
            }
            "WebSite" if self.site.is_empty() => self.site = get("name").to_string(),
            _ => {}
        }
    }

    /// Authors, whole or by the names that the data gives them.
    fn author(&mut self, json: &Json, whole: &Json) {
        match json {
            Json::Array(all) => all.iter().for_each(|one| self.author(one, whole)),
            Json::String(name) if !name.contains("://") => self.authors.push(one_line(name)),
            Json::Object(map) => {
                let named = map.get("name").and_then(Json::as_str);
                let id = map.get("@id").and_then(Json::as_str);
                let found = named.map(str::to_string).or_else(|| id.and_then(|id| name_of(whole, id)));
                let Some(name) = found.map(|name| one_line(&name)).filter(|name| !name.is_empty()) else {
                    return;
                };
                if let Some(url) = map.get("url").and_then(Json::as_str) {
                    self.people.push((name.clone(), url.to_string()));
                }
                if !self.authors.contains(&name) {
                    self.authors.push(name);
                }
            }
            _ => {}
        }
    }

    /// The address without the site's name behind a dash, as most themes write titles.
    pub(super) fn plain_title(&self, site: &str) -> String {
        let title = self.title.trim();
        for name in [self.site.as_str(), site].into_iter().filter(|name| !name.is_empty()) {
            for sign in ["–", "-", "|", "—", "·", "»", ":"] {
                let ends = format!(" {sign} {name}");
                if let Some(bare) = title.strip_suffix(&ends).filter(|bare| !bare.is_empty()) {
                    return bare.trim().to_string();
                }
            }
        }
        title.to_string()
    }

    /// Its path on a site, as it says itself; `None` where it says nothing, or names another site.
    pub(super) fn own_path(&self, address: &str) -> Option<String> {
        own_path(&self.canonical, address).filter(|_| !self.canonical.is_empty()).map(str::to_string)
    }
}

/// The name of the thing with this id.
fn name_of(json: &Json, id: &str) -> Option<String> {
    match json {
        Json::Array(all) => all.iter().find_map(|one| name_of(one, id)),
        Json::Object(map) => {
            let is_meant = map.get("@id").and_then(Json::as_str) == Some(id);
            let name = map.get("name").and_then(Json::as_str).filter(|_| is_meant);
            name.map(str::to_string).or_else(|| map.get("@graph").and_then(|graph| name_of(graph, id)))
        }
        _ => None,
    }
}

fn strings(all: &[Json]) -> Vec<String> {
    all.iter().filter_map(Json::as_str).map(one_line).filter(|one| !one.is_empty()).collect()
}

/// The address of an image, however it is said.
fn picture(json: &Json) -> Option<String> {
    match json {
        Json::String(url) => Some(url.clone()),
        Json::Array(all) => all.first().and_then(picture),
        Json::Object(map) => {
            map.get("url").or(map.get("contentUrl")).and_then(Json::as_str).map(str::to_string)
        }
        _ => None,
    }
    .filter(|url| !url.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_says_of_itself_is_read() {
        let html = r##"<html lang="sv-SE"><head><title>Pris – Fjord</title><meta property="og:site_name" content="Fjord">
            <link rel="canonical" href="https://old.example/pris/"><link rel="alternate" hreflang="en" href="https://old.example/en/price/">
            <meta property="article:published_time" content="2020-01-02T08:00:00+01:00"><meta name="robots" content="noindex, follow">
            <script type="application/ld+json">{"@graph":[{"@type":"Person","@id":"#k","name":"Kim Li"},{"@type":["Article","X"],"headline":"Priset &amp; vi",
            "author":{"@id":"#k"},"keywords":"b, a","articleSection":["Sälj"],"image":{"url":"/i.png"}}]}</script></head><body><p>x</p></body></html>"##;
        let read = Read::new(html);
        assert_eq!(
            (read.said, read.plain_title("").as_str(), read.lang.as_str()),
            (DeclaredKind::Article, "Priset & vi", "sv-SE")
        );
        assert_eq!(
            (read.authors.join("+"), read.tags.join("+"), read.categories.join("+")),
            ("Kim Li".into(), "a+b".into(), "Sälj".into())
        );
        assert_eq!((read.date, read.noindex), (day("2020-01-02"), true));
        assert_eq!(read.own_path("http://www.old.example").as_deref(), Some("/pris/"));
        assert_eq!(read.others.len(), 1);
        assert_eq!(read.image.as_ref().map(|(url, _)| url.as_str()), Some("/i.png"));
        let list = Read::new(
            "<script type=\"application/ld+json\">{\"@type\":\"CollectionPage\"}</script><title>A | Fjord</title>",
        );
        assert_eq!((list.said, list.plain_title("Fjord")), (DeclaredKind::List, "A".into()));
        assert_eq!(Read::new("<script type=\"application/ld+json\">{ no").said, DeclaredKind::Nothing);
        assert_eq!(
            Read::new("<meta http-equiv=refresh content=\"0; url=/new/\">").refresh.as_deref(),
            Some("/new/")
        );
    }
}
