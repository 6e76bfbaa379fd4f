//! Where the text of a page is, between all that is around it: menus, lists of other pages, forms, comments.
//!
//! The rules are those of readability libraries, on our own tree: hooks that programs and standards name, else the element whose
//! own paragraphs weigh most, without what is mostly links. They are ours because the one library that is good enough brings
//! parts under a licence that this program doesn't allow, and because it throws away some links and images, which an import
//! must not. What several pages of a site agree on helps those with little text.

use std::collections::BTreeMap;

use crate::authoring::markup::tree::{Element, Node};

/// Classes and ids of elements that have the text and nothing else: of WordPress, Ghost, Squarespace, Wix, Weebly, Blogger, HubSpot,
/// Webflow, and microdata.
const HOOKS: &[&str] = &[
    "entry-content",
    "post-content",
    "article-content",
    "article-body",
    "post-body",
    "gh-content",
    "blog-item-content",
    "blog-post__body",
    "hs_cos_wrapper_type_rich_text",
    "w-richtext",
    "e-content",
    "wsite-section-elements",
    "paragraph-content",
];

/// Parts of classes and ids of what is around a text.
const AROUND: &[&str] = &[
    "comment",
    "sidebar",
    "related",
    "share",
    "sharing",
    "social",
    "breadcrumb",
    "crumbs",
    "pagination",
    "pager",
    "newsletter",
    "subscribe",
    "signup",
    "promo",
    "advert",
    "cookie",
    "widget",
    "popup",
    "modal",
    "skip",
    "footer",
    "masthead",
    "navbar",
    "menu",
    "byline",
    "author-box",
    "author-bio",
    "jp-relatedposts",
    "post-navigation",
    "toc",
    "screen-reader",
];

/// Elements that never have a page's text.
fn is_frame(element: &Element) -> bool {
    let get = |name: &str| element.attribute(name).unwrap_or_default();
    matches!(
        element.name.as_str(),
        "nav"
            | "footer"
            | "aside"
            | "form"
            | "script"
            | "style"
            | "template"
            | "noscript"
            | "button"
            | "select"
            | "dialog"
            | "svg"
            | "head"
    ) || element.attribute("hidden").is_some()
        || get("aria-hidden") == "true"
        || matches!(
            get("role"),
            "navigation" | "banner" | "contentinfo" | "complementary" | "search" | "dialog"
        )
}

/// Is it something around a text, by what it is called?
fn is_around(element: &Element) -> bool {
    let names = [element.attribute("class"), element.attribute("id")];
    let is_text = is_hook(element)
        || matches!(
            element.name.as_str(),
            "article" | "main" | "body" | "html" | "p" | "a" | "img" | "figure"
        );
    !is_text
        && names.into_iter().flatten().any(|names| {
            let names = names.to_ascii_lowercase();
            names.split_ascii_whitespace().any(|name| {
                AROUND.iter().any(|part| name == *part || name.split(['-', '_']).any(|word| word == *part))
            })
        })
}

fn is_hook(element: &Element) -> bool {
    element.attribute("itemprop").is_some_and(|all| all.split(' ').any(|one| one == "articleBody"))
        || matches!(
            element.attribute("data-hook"),
            Some("post-description" | "post-content" | "rcv-block-first")
        )
        || HOOKS.iter().any(|hook| element.has_class(hook))
}

/// An element by its place: the numbers of its ancestors and its own, among the nodes of each.
pub(super) type Path = Vec<usize>;

/// What was found in a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct MainText {
    /// The way to the element in the tree.
    pub(super) path: Path,
    /// What the element is called: name, id, classes.
    pub(super) sign: String,
    /// Letters of its own paragraphs, without links.
    pub(super) letters: usize,
}

/// The element with a page's text; `None` for a page without any.
pub(super) fn find(nodes: &[Node]) -> Option<MainText> {
    let mut search = Search::default();
    search.walk(nodes, &mut Vec::new());
    if let Some((path, letters)) =
        search.hooks.iter().max_by_key(|(_, letters)| *letters).filter(|(_, letters)| *letters > 0)
    {
        return Some(MainText { path: path.clone(), sign: sign(at(nodes, path)?), letters: *letters });
    }
    let best =
        search.scores.iter().max_by(|(a, x), (b, y)| x.total_cmp(y).then_with(|| b.len().cmp(&a.len())))?;
    let path = climbed(nodes, best.0.clone());
    let element = at(nodes, &path)?;
    Some(MainText { sign: sign(element), letters: own_letters(element), path })
}

/// The element at a place.
pub(super) fn at<'n>(nodes: &'n [Node], path: &[usize]) -> Option<&'n Element> {
    let (first, rest) = path.split_first()?;
    let element = nodes.get(*first)?.element()?;
    if rest.is_empty() { Some(element) } else { at(&element.children, rest) }
}

/// The element of a page that is called so, if only one is.
pub(super) fn called(nodes: &[Node], wanted: &str) -> Option<Path> {
    fn walk(nodes: &[Node], wanted: &str, path: &mut Path, out: &mut Vec<Path>) {
        for (index, node) in nodes.iter().enumerate() {
            let Some(element) = node.element().filter(|element| !is_frame(element)) else { continue };
            path.push(index);
            if sign(element) == wanted {
                out.push(path.clone());
            }
            walk(&element.children, wanted, path, out);
            path.pop();
        }
    }
    let mut found = Vec::new();
    walk(nodes, wanted, &mut Vec::new(), &mut found);
    (found.len() == 1).then(|| found.remove(0))
}

/// What an element is called, without what is of one page alone.
fn sign(element: &Element) -> String {
    let class = element.attribute("class").unwrap_or_default();
    let mut names: Vec<&str> =
        class.split_ascii_whitespace().filter(|name| !name.contains(|c: char| c.is_ascii_digit())).collect();
    names.sort_unstable();
    format!("{}.{}", element.name, names.join("."))
}

#[derive(Default)]
struct Search {
    hooks: Vec<(Path, usize)>,
    scores: BTreeMap<Path, f64>,
}

impl Search {
    fn walk(&mut self, nodes: &[Node], path: &mut Path) {
        for (index, node) in nodes.iter().enumerate() {
            let Some(element) = node.element() else { continue };
            if is_frame(element) || is_around(element) {
                continue;
            }
            path.push(index);
            if is_hook(element) {
                self.hooks.push((path.clone(), own_letters(element)));
            }
            if matches!(
                element.name.as_str(),
                "p" | "pre" | "blockquote" | "ul" | "ol" | "dl" | "table" | "td" | "div"
            ) {
                self.paragraph(element, path);
            }
            self.walk(&element.children, path);
            path.pop();
        }
    }

    /// What a paragraph says for the elements around it, as readability libraries count it.
    fn paragraph(&mut self, element: &Element, path: &Path) {
        // Of a box, only the words that are directly in it.
        let (letters, linked) = match element.name.as_str() {
            "div" | "td" => direct(element),
            _ => count_letters(&element.children),
        };
        let own = letters.saturating_sub(linked);
        if own < 25 {
            return;
        }
        let score = 1.0 + (own as f64 / 100.0);
        for (step, share) in [(1, 1.0), (2, 0.5), (3, 0.3)] {
            if path.len() > step {
                let above = path[..path.len() - step].to_vec();
                *self.scores.entry(above).or_default() += score * share;
            }
        }
    }
}

/// Letters in nodes, and those of them in links.
fn count_letters(nodes: &[Node]) -> (usize, usize) {
    let (mut all, mut linked) = (0, 0);
    for node in nodes {
        match node {
            Node::Text(text) => all += text.chars().filter(|c| c.is_alphanumeric()).count(),
            Node::Element(element) if is_frame(element) => {}
            Node::Element(element) => {
                let (letters, inner) = count_letters(&element.children);
                all += letters;
                linked += if element.name == "a" { letters } else { inner };
            }
            Node::Comment(_) => {}
        }
    }
    (all, linked)
}

/// The same for what is directly in an element, or within a line in it.
fn direct(element: &Element) -> (usize, usize) {
    let lines: Vec<Node> =
        element.children.iter().filter(|node| !node.is_block() && !has_block(node)).cloned().collect();
    count_letters(&lines)
}

fn has_block(node: &Node) -> bool {
    node.element().is_some_and(|element| element.find(&Element::is_block).is_some())
}

/// Letters of an element that aren't in links or in what is around a text.
fn own_letters(element: &Element) -> usize {
    let mut sum = 0;
    for node in &element.children {
        match node {
            Node::Text(text) => sum += text.chars().filter(|c| c.is_alphanumeric()).count(),
            Node::Element(inner) if is_frame(inner) || is_around(inner) || inner.name == "a" => {}
            Node::Element(inner) => sum += own_letters(inner),
            Node::Comment(_) => {}
        }
    }
    sum
}

/// Goes up while the elements beside have as much to say: a text that is cut into sections or columns.
fn climbed(nodes: &[Node], mut path: Path) -> Path {
    while path.len() > 1 {
        let (Some(element), Some(above)) = (at(nodes, &path), at(nodes, &path[..path.len() - 1])) else {
            break;
        };
        if matches!(above.name.as_str(), "body" | "html" | "main")
            && !matches!(element.name.as_str(), "section" | "p")
        {
            break;
        }
        let own = own_letters(element);
        let same = above.children.iter().filter_map(Node::element).filter(|other| {
            other.name == element.name
                && !std::ptr::eq(*other, element)
                && !is_frame(other)
                && !is_around(other)
        });
        let beside: usize = same.filter(|other| sign(other) == sign(element)).map(own_letters).sum();
        if beside * 5 < own.max(1) {
            break;
        }
        path.pop();
    }
    path
}

/// The text of a page: what is in an element, without what is around it there, and without the page's title.
pub(super) fn text(element: &Element, title: &str) -> Vec<Node> {
    let nodes = cleaned(&element.children);
    without_title(nodes, title)
}

fn cleaned(nodes: &[Node]) -> Vec<Node> {
    let mut out = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            Node::Element(element) => {
                let is_form = element.name == "form";
                let is_gone = !is_form
                    && (is_frame(element)
                        || is_around(element) && count_letters(&element.children).0 < 2_000);
                let is_back = element.attribute("role") == Some("doc-backlink");
                // Hidden text stays, told by what reads it on; a sign that nobody hears says nothing.
                let is_hidden_text =
                    element.attribute("hidden").is_some() && element.name != "nav" && element.is_block();
                if (!is_gone || is_hidden_text) && !is_back {
                    let mut element = element.clone();
                    element.children = cleaned(&element.children);
                    out.push(Node::Element(element));
                }
            }
            Node::Text(text) => out.push(Node::Text(text.clone())),
            Node::Comment(_) => {}
        }
    }
    out
}

/// Takes the heading away that is the page's title.
fn without_title(nodes: Vec<Node>, title: &str) -> Vec<Node> {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let wanted = plain(title);
    let mut out = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            Node::Element(element)
                if element.name == "h1" && (plain(&element.text()) == wanted || wanted.is_empty()) => {}
            Node::Element(mut element) => {
                if element.find(&|inner| inner.name == "h1").is_some() {
                    element.children = without_title(element.children, title);
                }
                out.push(Node::Element(element));
            }
            node => out.push(node),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authoring::markup::tree::{parse, serialize};

    const WORDS: &str =
        "These are the words of a paragraph that is long enough to count for something, with a comma.";

    fn text_of(html: &str) -> String {
        let nodes = parse(html);
        let found = find(&nodes).unwrap();
        serialize(&text(at(&nodes, &found.path).unwrap(), "Title"))
    }

    #[test]
    fn the_text_is_found_between_all_the_rest() {
        let around = format!(
            "<nav><p>{WORDS}</p></nav><div class=\"related-posts\"><p>{WORDS}{WORDS}{WORDS}</p></div>"
        );
        let html = format!(
            "<header><a href=/>Home</a></header><main><article><h1>Title</h1><div class=x><p>{WORDS}</p><p>{WORDS}</p><ul><li>One</li></ul></div></article>{around}</main>"
        );
        assert_eq!(text_of(&html), format!("<p>{WORDS}</p><p>{WORDS}</p><ul><li>One</li></ul>"));
        // In sections, and in boxes without paragraphs.
        let sections = format!(
            "<div class=post><section><p>{WORDS}</p></section><section><p>{WORDS}{WORDS}</p></section></div>{around}"
        );
        assert_eq!(text_of(&sections).matches("These").count(), 3);
        let boxes = format!("<div id=a><div class=t>{WORDS}<br><br>{WORDS}</div></div>{around}");
        assert_eq!(text_of(&boxes).matches("These").count(), 2, "{}", text_of(&boxes));
    }

    #[test]
    fn hooks_and_what_pages_agree_on_come_first() {
        let html = format!(
            "<div><p>{WORDS}</p><p>{WORDS}</p></div><div class=\"entry-content\"><p>Short.</p><div class=sharedaddy><a href=x>Share</a></div><button>b</button></div>"
        );
        assert!(text_of(&html).starts_with("<p>Short.</p>"), "{}", text_of(&html));
        let nodes = parse("<div class=\"text post-12\"><p>a</p></div><div class=other><p>b</p></div>");
        assert_eq!(called(&nodes, "div.text"), Some(vec![0]));
        assert_eq!(called(&nodes, "p."), None);
        assert_eq!(find(&parse("<nav>x</nav>")), None);
    }
}
