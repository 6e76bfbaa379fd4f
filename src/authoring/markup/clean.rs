//! HTML of another site without what is no text: scripts, forms, styles, frames. What goes is told, what it stood for stays;
//! addresses are those of the new site. What comes out is what a text says, and what it is compared with.

use super::tree::{Element, Node};
use super::{ImportNote, Rules, Target, Weight};
use crate::content::blocks::embeds;
use crate::encode::address::danger_in_html;
use crate::highlight::{self, KnownLanguage};

/// Attributes that stay, where the element may have them.
const KEPT: &[(&str, &[&str])] = &[
    ("", &["id", "lang", "dir", "hidden"]),
    ("a", &["href"]),
    ("img", &["src", "alt"]),
    ("abbr", &["title"]),
    ("dfn", &["title"]),
    ("blockquote", &["cite"]),
    ("q", &["cite"]),
    ("del", &["datetime"]),
    ("ins", &["cite", "datetime"]),
    ("time", &["datetime"]),
    ("td", &["colspan", "rowspan", "align"]),
    ("th", &["colspan", "rowspan", "align", "scope"]),
    ("ol", &["start", "reversed", "type"]),
    ("li", &["value"]),
    ("input", &["checked", "type"]),
    ("details", &["open"]),
    ("pre", &["data-language"]),
    ("div", &[super::FORM, super::CALLOUT]),
];

/// Elements within a line that stay tags where Markdown has no sign for them.
const INLINE: &[&str] = &[
    "a", "abbr", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "img", "ins", "kbd", "mark",
    "q", "rp", "rt", "ruby", "samp", "small", "strong", "sub", "sup", "time", "u", "var", "wbr",
];

/// Older names of elements, and those that only say how something looks.
const RENAMED: &[(&str, &str)] = &[
    ("b", "strong"),
    ("i", "em"),
    ("strike", "del"),
    ("s", "del"),
    ("tt", "code"),
    ("acronym", "abbr"),
    ("dir", "ul"),
    ("menu", "ul"),
    ("xmp", "pre"),
    ("listing", "pre"),
];

/// Cleans nodes, and notes what is told.
pub(super) struct Cleaner<'a> {
    pub(super) rules: &'a Rules<'a>,
    pub(super) notes: Vec<ImportNote>,
    /// Has the text a heading of the first level? Then all of these are of the second: the first is the page's title.
    pub(super) has_title: bool,
    /// The ids that links in the text lead to.
    pub(super) wanted: Vec<String>,
}

impl Cleaner<'_> {
    fn note(&mut self, weight: Weight, what: impl Into<String>) {
        let notes = ImportNote { weight, what: what.into(), line: 0 };
        if !self.notes.contains(&notes) {
            self.notes.push(notes);
        }
    }

    /// Cleans nodes, all that they hold as well.
    pub(super) fn clean(&mut self, nodes: Vec<Node>) -> Vec<Node> {
        let mut out = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Node::Text(text) => push(Node::Text(text), &mut out),
                Node::Comment(text) => self.comment(&text),
                Node::Element(element) => {
                    for node in self.element(element) {
                        push(node, &mut out);
                    }
                }
            }
        }
        out
    }

    fn comment(&mut self, text: &str) {
        let text = text.trim();
        if text == "more" || text.starts_with("more ") {
            self.note(Weight::Changed, "the mark “more”, after which the whole text was shown, is left out");
        } else if text == "nextpage" {
            self.note(Weight::Changed, "a text that was cut into several pages is one");
        } else if !text.is_empty() && !text.starts_with("wp:") && !text.starts_with("/wp:") {
            self.note(Weight::Changed, "a comment that no reader saw is left out");
        }
    }

    fn element(&mut self, mut element: Element) -> Vec<Node> {
        if let Some((_, name)) = RENAMED.iter().find(|(old, _)| *old == element.name) {
            element.name = (*name).into();
        }
        if self.has_title && element.name == "h1" {
            element.name = "h2".into();
            self.note(
                Weight::Changed,
                "headings of the first level are of the second: the first is the page's title",
            );
        }
        if let Some(nodes) = self.drop_element(&mut element) {
            return nodes;
        }
        match element.name.as_str() {
            "iframe" | "embed" | "object" => return self.frame(&element),
            "video" | "audio" => return self.player(&element),
            "img" => return self.image(&element),
            "pre" => return self.code(element),
            _ => {}
        }
        let style = element.attribute("style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
        if style.contains("display:none") && element.is_block() {
            element = element.with("hidden", "");
        }
        if matches!(element.name.as_str(), "td" | "th") {
            align(&mut element, &style);
        }
        let is_button = element.name == "a"
            && ["wp-block-button__link", "button", "btn", "kg-btn"]
                .iter()
                .any(|class| element.has_class(class));
        self.attributes(&mut element);
        element.children = self.clean(std::mem::take(&mut element.children));
        if element.name == "a" {
            if is_button {
                element = element.with("data-button", "");
            }
            return self.link(element);
        }
        self.keep_element(element)
    }

    /// What stays of an element whose content is clean: itself, or only what it holds.
    fn keep_element(&mut self, mut element: Element) -> Vec<Node> {
        let is_known = element.is_block()
            || INLINE.contains(&element.name.as_str())
            || matches!(element.name.as_str(), "input");
        let is_empty = element.children.iter().all(Node::is_blank) && element.attribute("id").is_none();
        match element.name.as_str() {
            _ if !is_known
                && element.attributes.iter().any(|(name, _)| matches!(name.as_str(), "lang" | "dir")) =>
            {
                element.name = "span".into();
                vec![Node::Element(element)]
            }
            _ if !is_known => self.anchored(element),
            "p" | "div" | "section" | "blockquote" | "figure" | "figcaption" | "h1" | "h2" | "h3" | "h4"
            | "h5" | "h6" | "ul" | "ol" | "strong" | "em" | "del" | "code" | "details"
                if is_empty =>
            {
                element.children.into_iter().filter(|node| matches!(node, Node::Text(_))).collect()
            }
            _ => vec![Node::Element(element)],
        }
    }

    /// What an element leaves behind that no text can have; `None` where it may stay.
    fn drop_element(&mut self, element: &mut Element) -> Option<Vec<Node>> {
        let what = match element.name.as_str() {
            "style" | "link" | "meta" | "base" | "head" | "title" | "template" | "param" | "source"
            | "track" | "col" | "colgroup" => {
                return Some(Vec::new());
            }
            "noscript" => return Some(Vec::new()),
            "script" => "a script is left out",
            "svg" | "canvas" | "math" => "a drawing or a formula is left out",
            "form" => "a form is left out: make one in `content/forms/`, and name it here with `[form:…]`",
            "select" | "textarea" | "option" | "datalist" => "a field of a form is left out",
            "input" if element.attribute("type") == Some("checkbox") => return None,
            "input" => "a field of a form is left out",
            _ => return None,
        };
        self.note(Weight::Hand, what);
        Some(Vec::new())
    }

    /// Takes away what only says how an element looks or works.
    fn attributes(&mut self, element: &mut Element) {
        let own = KEPT.iter().find(|(name, _)| *name == element.name).map_or(&[][..], |(_, kept)| *kept);
        let has_handler = element.attributes.iter().any(|(name, _)| name.starts_with("on"));
        if has_handler {
            self.note(Weight::Hand, "an attribute that runs a script is left out");
        }
        element.attributes.retain(|(name, value)| {
            let is_kept = own.contains(&name.as_str()) || KEPT[0].1.contains(&name.as_str());
            let is_plain = matches!(
                (name.as_str(), value.as_str()),
                ("colspan" | "rowspan", "1" | "")
                    | ("start", "1")
                    | ("type", "1" | "disc")
                    | ("dir", "ltr" | "auto")
            );
            is_kept && !is_plain && !(name == "cite" && danger_in_html(value).is_some())
        });
        let heading = super::facts::level(&element.name).is_some();
        let wanted = &self.wanted;
        element.attributes.retain(|(name, value)| name != "id" || heading || wanted.contains(value));
        if let Some((_, value)) = element.attributes.iter_mut().find(|(name, _)| name == "align") {
            value.make_ascii_lowercase();
        }
    }

    /// An element that says nothing: what it holds, and the place that links lead to.
    fn anchored(&mut self, element: Element) -> Vec<Node> {
        let id = element.attribute("id").map(str::to_string);
        let anchor = id.map(|id| Node::Element(Element::new("a", Vec::new()).with("id", id)));
        anchor.into_iter().chain(element.children).collect()
    }

    fn link(&mut self, mut element: Element) -> Vec<Node> {
        let Some(href) = element.attribute("href").map(str::trim).map(str::to_string) else {
            return if element.attribute("id").is_some() {
                vec![Node::Element(element)]
            } else {
                element.children
            };
        };
        if danger_in_html(&href).is_some() || href.is_empty() {
            self.note(Weight::Hand, "a link that runs a script, or leads nowhere, is its words alone");
            return element.children;
        }
        let has_words =
            !element.text().trim().is_empty() || element.find(&|inner| inner.name == "img").is_some();
        if !has_words {
            self.note(Weight::Changed, "a link without words is left out");
            return Vec::new();
        }
        // An image that leads to itself, larger.
        if let [Node::Element(image)] = element.children.as_slice()
            && image.name == "img"
            && let (Target::Known(to), Some(source)) = ((self.rules.image)(&href), image.attribute("src"))
            && to == source
        {
            self.note(Weight::Changed, "an image that was a link to itself isn't a link any more");
            return element.children;
        }
        let target = (self.rules.link)(&href);
        element.attributes.retain(|(name, _)| name != "href");
        let element = match target {
            Target::Known(href) => element.with("href", href),
            Target::Missing(href) => {
                self.note(Weight::Hand, format!("a link leads to `{href}`, which isn't there"));
                element.with("href", href).with("data-raw", "")
            }
            Target::Hidden(file) => {
                self.note(
                    Weight::Hand,
                    format!("a link to `{file}`, which readers can't see, is its words alone"),
                );
                return element.children;
            }
        };
        vec![Node::Element(element)]
    }

    fn image(&mut self, element: &Element) -> Vec<Node> {
        let get = |name: &str| element.attribute(name).map(str::trim).filter(|value| !value.is_empty());
        let is_real = |value: &&str| !value.starts_with("data:");
        let source =
            get("data-orig-file").or(get("src").filter(is_real)).or(get("data-src")).or(get("data-lazy-src"));
        let Some(source) = source else {
            self.note(Weight::Lost, "an image without a file is left out");
            return Vec::new();
        };
        let image = Element::new("img", Vec::new());
        let image = match (self.rules.image)(source) {
            Target::Known(source) => image.with("src", source),
            Target::Missing(source) | Target::Hidden(source) => {
                self.note(Weight::Hand, format!("the image `{source}` is missing"));
                image.with("src", source).with("data-raw", "")
            }
        };
        vec![Node::Element(image.with("alt", get("alt").unwrap_or_default()))]
    }

    /// What is shown in a frame: an address alone, which we show as what it leads to, or a link.
    fn frame(&mut self, element: &Element) -> Vec<Node> {
        let source = element.attribute("src").or(element.attribute("data")).or(element.attribute("data-src"));
        let Some(source) = source.map(str::trim).filter(|source| !source.is_empty()) else {
            self.note(Weight::Lost, "a frame without an address is left out");
            return Vec::new();
        };
        let source = if source.starts_with("//") { format!("https:{source}") } else { source.to_string() };
        if danger_in_html(&source).is_some() {
            self.note(Weight::Lost, "a frame that runs a script is left out");
            return Vec::new();
        }
        let is_known = matches!(embeds::find(&source), Some(embeds::AddressMatch::Embed(_)));
        let words = match element.attribute("title").map(str::trim) {
            Some(title) if !is_known && !title.is_empty() => title.to_string(),
            _ => source.clone(),
        };
        if is_known {
            self.note(
                Weight::Changed,
                "a frame is the address alone, which is shown when readers ask for it",
            );
        } else {
            self.note(Weight::Hand, format!("a frame of `{source}` is a link"));
        }
        let link = Element::new("a", vec![Node::Text(words)]).with("href", source);
        vec![Node::Element(Element::new("p", vec![Node::Element(link)]))]
    }

    /// A film or a sound: an image whose file is one, as we write it.
    fn player(&mut self, element: &Element) -> Vec<Node> {
        let inner = element.find(&|inner| inner.name == "source" && inner.attribute("src").is_some());
        let source = element.attribute("src").or(inner.and_then(|inner| inner.attribute("src")));
        let Some(source) = source.map(str::trim).filter(|source| !source.is_empty()) else {
            self.note(Weight::Lost, "a film or a sound without a file is left out");
            return Vec::new();
        };
        let name = source.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
        let name = name.split('.').next().unwrap_or_default().replace(['-', '_'], " ");
        let node = match (self.rules.image)(source) {
            Target::Known(source) if !source.contains("://") => {
                self.note(Weight::Hand, "a film or a sound: say in its brackets what it is");
                Element::new("img", Vec::new()).with("src", source).with("alt", name)
            }
            Target::Known(source) | Target::Missing(source) | Target::Hidden(source) => {
                self.note(Weight::Hand, format!("a film or a sound elsewhere, `{source}`, is a link"));
                Element::new("a", vec![Node::Text(source.clone())]).with("href", source).with("data-raw", "")
            }
        };
        vec![Node::Element(Element::new("p", vec![Node::Element(node)]))]
    }

    /// Code keeps its words alone; its language is where highlighters of all kinds have it.
    fn code(&mut self, element: Element) -> Vec<Node> {
        let has_picture = element.find(&|inner| matches!(inner.name.as_str(), "img" | "a" | "pre")).is_some();
        let inner = element.find(&|inner| inner.name == "code");
        let classes = [Some(&element), inner].into_iter().flatten().filter_map(|one| one.attribute("class"));
        let classes: Vec<String> = classes.map(str::to_ascii_lowercase).collect();
        let words = classes.iter().flat_map(|all| all.split([' ', ';', ':']));
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let named =
            words.iter().find_map(|word| word.strip_prefix("language-").or(word.strip_prefix("lang-")));
        let brush = words.iter().position(|word| *word == "brush").and_then(|at| words.get(at + 1).copied());
        let enlighter = element.attribute("data-enlighter-language");
        let language =
            named.or(brush).or(enlighter).filter(|name| highlight::find_language(name) != KnownLanguage::No);
        let mut out = element.clone();
        out.attributes =
            language.map(|name| ("data-language".to_string(), name.to_string())).into_iter().collect();
        if has_picture {
            // Links in code can only be said in HTML.
            out.children = self.clean(element.children);
            out.attributes.clear();
            return vec![Node::Element(Element::new("div", vec![Node::Element(out.with("dir", "ltr"))]))];
        }
        out.children = vec![Node::Text(element.text())];
        vec![Node::Element(out)]
    }
}

/// How a cell is aligned, by whatever says so.
fn align(cell: &mut Element, style: &str) {
    let found = ["left", "center", "right"].into_iter().find(|side| {
        style.contains(&format!("text-align:{side}")) || cell.has_class(&format!("has-text-align-{side}"))
    });
    if let Some(side) = found.filter(|_| cell.attribute("align").is_none()) {
        cell.attributes.push(("align".into(), side.into()));
    }
}

/// Appends a node; words that follow words are one node.
fn push(node: Node, out: &mut Vec<Node>) {
    match (node, out.last_mut()) {
        (Node::Text(text), Some(Node::Text(last))) => last.push_str(&text),
        (node, _) => out.push(node),
    }
}
