//! Substack's export (Settings, Exports): an archive with `posts.csv` and a page for each post. Its list of subscribers is never read.

use std::path::Path;

use super::super::posts::{Batch, Gated, List, Post, PostKind, PostStatus};
use super::super::{ImportError, Report};
use super::table::{Row, cell, rows};
use super::{Blog, bundle, day, note};
use crate::authoring::markup::tree::{self, Element, Node};
use crate::authoring::markup::{FORM, ImportNote, Weight};
use crate::authoring::scaffold::quoted;

/// The form that asks those who were subscribers.
const FORM_NAME: &str = "newsletter";

/// Between what everyone reads and what subscribers do.
const WALL: &str = "<hr data-wall>";

/// Reads an export of Substack: a folder or an archive at `place`.
pub(super) fn read(place: &Path, blog: &Blog<'_>, report: &mut Report) -> Result<Batch, ImportError> {
    // Nothing but these: the export also has the addresses of everybody who gets the newsletter.
    let is_wanted = |path: &str| {
        path.rsplit('/').next() == Some("posts.csv") || path.contains("posts/") && path.ends_with(".html")
    };
    let bundle = bundle::open(place, &is_wanted)?;
    let table = bundle.iter().find(|(path, _)| path.ends_with("posts.csv")).map(|(_, text)| rows(text));
    let table = table.ok_or_else(|| {
        ImportError::new(
            "this isn't an export of Substack: it has no `posts.csv`",
            "in Substack, choose Settings, Exports, Create new export, and take the archive or its folder",
        )
    })?;
    let mut batch = blog.batch();
    for row in &table {
        match post(row, &bundle, blog, report) {
            Some(post) => batch.posts.push(post),
            None => report.count("not taken over, posts without anything in them"),
        }
    }
    for (path, list) in [("/archive", List::Articles), ("/feed", List::Feed("/rss.xml"))] {
        batch.lists.push((path.into(), list));
    }
    if batch.posts.iter().any(|post| post.behind.is_some() || post.body.contains(FORM)) {
        let title =
            if batch.title.is_empty() { String::new() } else { format!("title: {}\n", quoted(&batch.title)) };
        batch.forms.insert(FORM_NAME.into(), format!("extends: newsletter\n{title}"));
        let what = "the newsletter: its form is here; those who get it are in `email_list` of the export, which isn't read";
        report.note(Weight::Hand, "content/forms/newsletter.yaml", what);
    }
    Ok(batch)
}

/// The page of a post, by its number in the table: its name in addresses, and its HTML.
fn page<'b>(id: &str, bundle: &'b bundle::Bundle) -> Option<(&'b str, &'b str)> {
    let name = |path: &'b str| path.rsplit('/').next().unwrap_or(path).strip_suffix(".html");
    let key = id.split('.').next().unwrap_or_default();
    let pages = || bundle.iter().filter_map(|(path, html)| Some((name(path)?, html.as_str())));
    let found = pages()
        .find(|(name, _)| *name == id)
        .or_else(|| pages().find(|(name, _)| name.split('.').next() == Some(key)));
    found.map(|(name, html)| (name.split_once('.').map_or("", |(_, slug)| slug), html))
}

/// A post; `None` for one without anything in it.
fn post(row: &Row, bundle: &bundle::Bundle, blog: &Blog<'_>, report: &mut Report) -> Option<Post> {
    let (id, title) = (cell(row, &["post_id"]), cell(row, &["title"]));
    let found = page(id, bundle);
    if found.is_none() && !title.is_empty() {
        report.note(Weight::Lost, title, "the export has no text of this post");
    }
    let (slug, html) = found.unwrap_or_default();
    let mut notes = Vec::new();
    let html = tree::serialize(&texts(tree::parse(html), &mut notes));
    if cell(row, &["type"]) == "podcast" {
        let source = cell(row, &["podcast_url"]);
        let what = format!(
            "an episode of a podcast: its sound is at `{source}`; see “Podcast” in the documentation"
        );
        note(&mut notes, Weight::Hand, what);
    }
    let is_out = cell(row, &["is_published"]).eq_ignore_ascii_case("true");
    let (body, behind) = split_paywall(&html, cell(row, &["audience"]), &mut notes);
    if title.is_empty() && body.is_empty() && behind.is_none() {
        return None;
    }
    let has_address = !blog.address.is_empty() && !slug.is_empty();
    Some(Post {
        source: id.to_string(),
        kind: PostKind::Article,
        state: if is_out { PostStatus::Public } else { PostStatus::Draft },
        name: slug.to_string(),
        title: title.to_string(),
        description: cell(row, &["subtitle", "description"]).to_string(),
        date: day(cell(row, &["post_date"])),
        old: if slug.is_empty() { Vec::new() } else { vec![format!("/p/{slug}")] },
        guid: if has_address { format!("{}/p/{slug}", blog.address) } else { String::new() },
        body,
        behind,
        notes,
        ..Post::default()
    })
}

/// What everyone reads, and what only subscribers do.
fn split_paywall(html: &str, audience: &str, notes: &mut Vec<ImportNote>) -> (String, Option<Gated>) {
    let (open, closed) = match html.split_once(WALL) {
        Some((open, closed)) => (open.to_string(), closed.replace(WALL, "")),
        None if matches!(audience, "" | "everyone") => (html.to_string(), String::new()),
        None => (String::new(), html.to_string()),
    };
    if matches!(audience, "" | "everyone") {
        return (open + &closed, None);
    }
    if audience != "only_free" {
        note(
            notes,
            Weight::Hand,
            "it was for subscribers who pay: the gate asks for an address, not for money",
        );
    }
    let is_empty = closed.trim().is_empty();
    (open, (!is_empty).then(|| Gated { form: FORM_NAME.into(), body: closed }))
}

/// A post's HTML without what only Substack's pages do.
fn texts(nodes: Vec<Node>, notes: &mut Vec<ImportNote>) -> Vec<Node> {
    let mut out = Vec::with_capacity(nodes.len());
    for node in nodes {
        let Node::Element(mut element) = node else {
            out.push(node);
            continue;
        };
        let data = |name: &str| -> Option<String> {
            let json: serde_json::Value = serde_json::from_str(element.attribute("data-attrs")?).ok()?;
            json.get(name)?.as_str().map(str::to_string)
        };
        let is = |class: &str| element.has_class(class);
        let image = element.find(&|inner| inner.name == "img").filter(|_| is("image-link"));
        if let Some(image) = image {
            // An image that is a link to itself, larger.
            out.push(Node::Element(image.clone()));
        } else if is("paywall-jump") {
            out.push(Node::Element(Element::new("hr", Vec::new()).with("data-wall", "")));
        } else if is("subscription-widget-wrap")
            || is("subscription-widget-wrap-editor")
            || is("subscribe-widget")
        {
            out.push(Node::Element(
                Element::new("div", vec![Node::Text(FORM_NAME.into())]).with(FORM, FORM_NAME),
            ));
        } else if is("youtube-wrap") || is("vimeo-wrap") {
            let start =
                if is("youtube-wrap") { "https://www.youtube.com/watch?v=" } else { "https://vimeo.com/" };
            match data("videoId") {
                Some(id) => out.push(address(&format!("{start}{id}"))),
                None => super::note(notes, Weight::Lost, "a film without an address is left out"),
            }
        } else if is("digest-post-embed")
            || is("embedded-post-wrap")
            || is("tweet")
            || is("twitter-embed")
            || is("instagram")
        {
            match data("canonical_url").or_else(|| data("url")) {
                Some(url) => out.push(address(&url)),
                None => out.push(Node::Element(element)),
            }
        } else if is("button-wrapper") && data("url").is_some_and(|url| url.contains("%%")) {
            super::note(
                notes,
                Weight::Changed,
                "a button that only Substack fills in (share, comment, subscribe) is left out",
            );
        } else {
            let is_button = element.name == "a" && is("button");
            if is_button {
                // The words are in a box that says nothing.
                element.children = vec![Node::Text(element.text().trim().to_string())];
            }
            element.children = texts(element.children, notes);
            out.push(Node::Element(element));
        }
    }
    out
}

/// An address in a paragraph of its own.
fn address(url: &str) -> Node {
    let link = Element::new("a", vec![Node::Text(url.to_string())]).with("href", url);
    Node::Element(Element::new("p", vec![Node::Element(link)]))
}
