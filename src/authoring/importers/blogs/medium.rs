//! Medium's export (Settings, Security and apps, Download your information): an archive with a page for each story.

use std::path::Path;

use super::super::front::one_line;
use super::super::posts::{Batch, Post, PostKind, PostStatus};
use super::super::{ImportError, Report, own_path};
use super::{Blog, bundle, day};
use crate::authoring::markup::tree::{self, Element, Node};
use crate::authoring::markup::{ImportNote, Weight};

/// Reads an export of Medium: a folder or an archive at `place`.
pub(super) fn read(place: &Path, blog: &Blog<'_>, report: &mut Report) -> Result<Batch, ImportError> {
    let is_wanted = |path: &str| {
        path.ends_with(".html")
            && (path.contains("posts/") || path.contains("profile/profile") || !path.contains('/'))
    };
    let bundle = bundle::open(place, &is_wanted)?;
    let mut batch = blog.batch();
    for (path, html) in &bundle {
        let nodes = tree::parse_page(html);
        if path.contains("profile/") {
            profile(&nodes, &mut batch);
        } else if let Some(post) = story(path, &nodes, &batch.address) {
            batch.posts.push(post);
        }
    }
    if batch.posts.is_empty() {
        return Err(ImportError::new(
            "this isn't an export of Medium: it has no stories",
            "in Medium, choose Settings, Security and apps, Download your information, and take the archive or its folder",
        ));
    }
    report.note(
        Weight::Hand,
        "ringback.yaml",
        "Medium exports no tags: name them in `tags:` of the articles",
    );
    Ok(batch)
}

fn find<'n>(nodes: &'n [Node], wanted: &dyn Fn(&Element) -> bool) -> Option<&'n Element> {
    nodes
        .iter()
        .filter_map(Node::element)
        .find_map(|element| if wanted(element) { Some(element) } else { element.find(wanted) })
}

fn profile(nodes: &[Node], batch: &mut Batch) {
    let name = find(nodes, &|element| element.has_class("p-name") || element.name == "h3")
        .map(|element| one_line(&element.text()));
    batch.title = name.filter(|name| !name.is_empty()).unwrap_or_default();
}

fn story(path: &str, nodes: &[Node], address: &str) -> Option<Post> {
    let of_class = |class: &'static str| find(nodes, &move |element: &Element| element.has_class(class));
    let body = of_class("e-content")?;
    let title = one_line(&of_class("p-name").map(Element::text).unwrap_or_default());
    let about = of_class("p-summary").map(|element| one_line(&element.text())).unwrap_or_default();
    let date = of_class("dt-published").and_then(|element| day(element.attribute("datetime")?));
    let canonical = of_class("p-canonical").and_then(|element| element.attribute("href")).unwrap_or_default();
    let author =
        of_class("p-author").map(|element| one_line(&element.text())).filter(|name| !name.is_empty());
    let file = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".html");
    let (stem, id) = file.rsplit_once('-').unwrap_or((file, ""));
    let is_draft = file.starts_with("draft") || date.is_none();
    let stem = stem
        .trim_start_matches("draft")
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_'));
    let own = own_path(canonical, address).filter(|_| !canonical.is_empty());
    // Without an address of the site, what follows the host is the path.
    let own = own.or_else(|| {
        canonical
            .split_once("://")
            .filter(|_| address.is_empty())
            .and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]))
    });
    let mut notes = Vec::new();
    let nodes = texts(&body.children, &title, &mut notes);
    let last = own.unwrap_or_default().rsplit('/').next().unwrap_or_default();
    let name = last.trim_end_matches(id).trim_end_matches('-');
    Some(Post {
        source: file.to_string(),
        kind: PostKind::Article,
        state: if is_draft { PostStatus::Draft } else { PostStatus::Public },
        name: if name.is_empty() { crate::encode::slug::slug(stem) } else { name.to_string() },
        title,
        description: about,
        date,
        authors: author.into_iter().collect(),
        old: own.map(str::to_string).into_iter().collect(),
        guid: if id.is_empty() || is_draft { String::new() } else { format!("https://medium.com/p/{id}") },
        body: tree::serialize(&nodes),
        notes,
        ..Post::default()
    })
}

/// A story without the title that it repeats; its headings, which begin at the third level, one higher; cards as links.
fn texts(nodes: &[Node], title: &str, notes: &mut Vec<ImportNote>) -> Vec<Node> {
    let mut out = Vec::new();
    for node in nodes {
        let Node::Element(element) = node else {
            out.push(node.clone());
            continue;
        };
        let is_title = element.has_class("graf--title") || element.has_class("graf--subtitle");
        if element.has_class("graf--title") && one_line(&element.text()) == title
            || element.has_class("section-divider")
        {
            continue;
        }
        let mut element = element.clone();
        match element.name.as_str() {
            "h3" | "h4" if !is_title || element.name == "h4" => {
                element.name = if element.name == "h3" { "h2".into() } else { "h3".into() };
                super::note(
                    notes,
                    Weight::Changed,
                    "headings are one level higher: Medium's begin at the third",
                );
            }
            _ if element.has_class("graf--mixtapeEmbed") => {
                element = Element::new("p", card(&element));
            }
            _ => {}
        }
        element.children = texts(&element.children, title, notes);
        out.push(Node::Element(element));
    }
    out
}

/// A card that names another page: a link with its title, and what is said of it.
fn card(element: &Element) -> Vec<Node> {
    let Some(link) = element.find(&|inner| inner.name == "a") else { return element.children.clone() };
    let strong = link.find(&|inner| inner.name == "strong").map(Element::text);
    let words = one_line(&link.text());
    let title = strong
        .map(|title| one_line(&title))
        .filter(|title| !title.is_empty())
        .unwrap_or_else(|| words.clone());
    let rest = words.strip_prefix(&title).unwrap_or_default().trim().to_string();
    let anchor =
        Element::new("a", vec![Node::Text(title)]).with("href", link.attribute("href").unwrap_or_default());
    vec![Node::Element(anchor), Node::Text(if rest.is_empty() { rest } else { format!(" {rest}") })]
}
