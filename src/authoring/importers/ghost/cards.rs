//! Ghost's cards: what they show, as plain HTML. The same cards are in both of its editors' notations, and as HTML in what it published.

use serde_json::Value as Json;

use crate::authoring::markup::tree::{self, Element, Node};
use crate::authoring::markup::{CALLOUT, ImportNote, Weight};
use crate::encode::html::{escape_attribute, escape_text};

/// Plain text as HTML, so that no sign of it is markup.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    escape_text(text, &mut out);
    out
}

/// A tag with an attribute.
pub(super) fn tag(name: &str, attribute: &str, value: &str) -> String {
    let mut out = format!("<{name} {attribute}=\"");
    escape_attribute(value, &mut out);
    out.push_str("\">");
    out
}

/// Notes something about the text that is being read.
pub(super) fn note(notes: &mut Vec<ImportNote>, weight: Weight, what: impl Into<String>) {
    let one = ImportNote { weight, what: what.into(), line: 0 };
    if !notes.contains(&one) {
        notes.push(one);
    }
}

fn link(address: &str, words: &str) -> String {
    if address.is_empty() {
        escaped(words)
    } else {
        format!("{}{}</a>", tag("a", "href", address), escaped(words))
    }
}

fn image(source: &str, alt: &str) -> String {
    let mut out = tag("img", "src", source);
    out.pop();
    out.push_str(" alt=\"");
    escape_attribute(alt, &mut out);
    out.push_str("\">");
    out
}

fn figure(inner: &str, caption: &str) -> String {
    match caption.trim() {
        "" => format!("<figure>{inner}</figure>"),
        caption => format!("<figure>{inner}<figcaption>{caption}</figcaption></figure>"),
    }
}

/// A card's HTML; `None` for one that nobody knows.
pub(super) fn card(name: &str, card: &Json, notes: &mut Vec<ImportNote>) -> Option<String> {
    let get = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| card.get(*name).and_then(Json::as_str))
            .map(str::trim)
            .unwrap_or_default()
    };
    Some(match name {
        "image" => {
            let shown = image(get(&["src"]), get(&["alt", "altText"]));
            let shown = match get(&["href"]) {
                "" => shown,
                href => format!("{}{shown}</a>", tag("a", "href", href)),
            };
            figure(&shown, get(&["caption"]))
        }
        "gallery" => gallery(card, notes),
        "html" => get(&["html"]).to_string(),
        "code" | "codeblock" => code(card),
        "hr" | "horizontalrule" => "<hr>".into(),
        "callout" => {
            let emoji = card.get("calloutEmoji").and_then(Json::as_str).unwrap_or_default();
            callout(emoji, get(&["calloutText", "text"]))
        }
        "toggle" => {
            format!("<details><summary>{}</summary>{}</details>", get(&["heading"]), get(&["content"]))
        }
        "button" => format!("<p>{}</p>", button(get(&["buttonUrl"]), get(&["buttonText"]))),
        "bookmark" => bookmark(card),
        "embed" => embed(get(&["url"]), get(&["html"]), get(&["caption"])),
        "video" => figure(&(tag("video", "src", get(&["src"])) + "</video>"), get(&["caption"])),
        "audio" => tag("audio", "src", get(&["src"])) + "</audio>" + &paragraph(get(&["title"])),
        "file" => {
            let title = [get(&["fileTitle"]), get(&["fileName"])]
                .into_iter()
                .find(|one| !one.is_empty())
                .unwrap_or("file");
            format!("<p>{}</p>{}", link(get(&["src"]), title), paragraph(get(&["fileCaption"])))
        }
        "product" => product(card),
        "header" | "call-to-action" => header(card),
        "signup" => {
            note(notes, Weight::Hand, "a box to sign up is the form `newsletter`");
            format!(
                "{}{}{}",
                heading(get(&["header", "heading"])),
                wrapped(get(&["subheader", "subheading"])),
                signup()
            )
        }
        "paywall" => "<!--members-only-->".into(),
        "email" | "email-cta" => {
            note(notes, Weight::Changed, "what only the email of a post had is left out");
            String::new()
        }
        _ => return None,
    })
}

/// The form in the place of a box to sign up.
pub(super) fn signup() -> String {
    tag("div", crate::authoring::markup::FORM, "newsletter") + "newsletter</div>"
}

fn code(card: &Json) -> String {
    let get = |name: &str| card.get(name).and_then(Json::as_str).unwrap_or_default();
    let mut out = String::from("<pre><code class=\"language-");
    escape_attribute(get("language"), &mut out);
    format!("{out}\">{}</code></pre>{}", escaped(get("code")), wrapped(get("caption")))
}

fn paragraph(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("<p>{}</p>", escaped(text)) }
}

/// HTML in a paragraph of its own; nothing for nothing.
fn wrapped(html: &str) -> String {
    if html.is_empty() { String::new() } else { format!("<p>{html}</p>") }
}

fn heading(html: &str) -> String {
    if html.is_empty() { String::new() } else { format!("<h2>{html}</h2>") }
}

/// A link that is a button here, too.
fn button(address: &str, words: &str) -> String {
    if words.is_empty() {
        return String::new();
    }
    let mut out = String::from("<a class=\"kg-btn\" href=\"");
    escape_attribute(address, &mut out);
    out + "\">" + &escaped(words) + "</a>"
}

/// A box, whose sign says of what kind it is.
fn callout(emoji: &str, html: &str) -> String {
    let kind = match emoji.trim_end_matches('\u{fe0f}') {
        "⚠" | "🚨" | "❗" | "🛑" => "warning",
        "✅" | "💯" | "📌" => "important",
        "💡" => "tip",
        _ => "note",
    };
    // The sign is a part of what it says, unless the box has one of its own.
    let sign =
        if emoji.is_empty() || kind != "note" { String::new() } else { format!("{} ", escaped(emoji)) };
    format!("{}<p>{sign}{html}</p></div>", tag("div", CALLOUT, kind))
}

fn gallery(card: &Json, notes: &mut Vec<ImportNote>) -> String {
    note(
        notes,
        Weight::Hand,
        "a gallery: give it a heading with `{role=gallery}`, and its images are a grid",
    );
    let images = card.get("images").and_then(Json::as_array).into_iter().flatten();
    let images = images.map(|one| {
        let get = |name: &str| one.get(name).and_then(Json::as_str).unwrap_or_default();
        format!("<p>{}</p>", image(get("src"), get("alt")))
    });
    let caption = card.get("caption").and_then(Json::as_str).unwrap_or_default();
    images.collect::<String>() + &wrapped(caption)
}

fn bookmark(card: &Json) -> String {
    let data = card.get("metadata");
    let get = |name: &str| {
        card.get(name)
            .or_else(|| data.and_then(|data| data.get(name)))
            .and_then(Json::as_str)
            .unwrap_or_default()
    };
    let title = if get("title").is_empty() { get("url") } else { get("title") };
    format!("<p>{}</p>{}{}", link(get("url"), title), paragraph(get("description")), wrapped(get("caption")))
}

fn embed(url: &str, html: &str, caption: &str) -> String {
    let shown = if url.is_empty() { html.to_string() } else { format!("<p>{}</p>", link(url, url)) };
    shown + &wrapped(caption)
}

fn product(card: &Json) -> String {
    let get = |name: &str| card.get(name).and_then(Json::as_str).unwrap_or_default();
    let shown = match get("productImageSrc") {
        "" => String::new(),
        source => format!("<p>{}</p>", image(source, "")),
    };
    let title = if get("productTitle").is_empty() {
        String::new()
    } else {
        format!("<h4>{}</h4>", get("productTitle"))
    };
    let go = match get("productButton") {
        "" => String::new(),
        words => format!("<p>{}</p>", button(get("productUrl"), words)),
    };
    format!("{shown}{title}{}{go}", get("productDescription"))
}

fn header(card: &Json) -> String {
    let get = |name: &str| card.get(name).and_then(Json::as_str).unwrap_or_default();
    let first = [get("heading"), get("header")].into_iter().find(|one| !one.is_empty()).unwrap_or_default();
    let second =
        [get("subheading"), get("subheader"), get("textValue")].into_iter().find(|one| !one.is_empty());
    let shown = match [get("imageUrl"), get("backgroundImageSrc")].into_iter().find(|one| !one.is_empty()) {
        Some(source) => format!("<p>{}</p>", image(source, "")),
        None => String::new(),
    };
    let second = second.unwrap_or_default();
    let second = if second.starts_with("<p") { second.to_string() } else { wrapped(second) };
    let go = match get("buttonText") {
        "" => String::new(),
        words => format!("<p>{}</p>", button(get("buttonUrl"), words)),
    };
    format!("{shown}{}{second}{go}", heading(first))
}

/// What Ghost published, with its cards as plain HTML.
pub(super) fn plain(html: &str, notes: &mut Vec<ImportNote>) -> String {
    if !html.contains("kg-") {
        return html.to_string();
    }
    // The line between open and closed texts is a comment, which isn't written again.
    let parts = html.split(MEMBERS).map(|part| tree::serialize(&nodes(tree::parse(part), notes)));
    parts.collect::<Vec<_>>().join(MEMBERS)
}

/// The line between what everyone reads and what members do.
pub(super) const MEMBERS: &str = "<!--members-only-->";

fn nodes(all: Vec<Node>, notes: &mut Vec<ImportNote>) -> Vec<Node> {
    let mut out = Vec::with_capacity(all.len());
    for node in all {
        let Node::Element(mut element) = node else {
            out.push(node);
            continue;
        };
        let made = published(&element, notes);
        match made {
            Some(html) => out.extend(tree::parse(&html)),
            None => {
                element.children = nodes(element.children, notes);
                out.push(Node::Element(element));
            }
        }
    }
    out
}

fn of_class<'e>(element: &'e Element, class: &str) -> Option<&'e Element> {
    element.find(&|inner| inner.has_class(class))
}

/// A card as it was published.
fn published(element: &Element, notes: &mut Vec<ImportNote>) -> Option<String> {
    let text =
        |class: &str| of_class(element, class).map(|one| one.text().trim().to_string()).unwrap_or_default();
    let html =
        |class: &str| of_class(element, class).map(|one| tree::serialize(&one.children)).unwrap_or_default();
    let is = |class: &str| element.has_class(class);
    let source = |name: &str| {
        let found = element.find(&|inner| inner.name == name).and_then(|one| one.attribute("src"));
        found.unwrap_or_default()
    };
    Some(if is("kg-callout-card") {
        callout(&text("kg-callout-emoji"), &html("kg-callout-text"))
    } else if is("kg-toggle-card") {
        format!(
            "<details><summary>{}</summary>{}</details>",
            html("kg-toggle-heading-text"),
            html("kg-toggle-content")
        )
    } else if is("kg-bookmark-card") {
        let url = of_class(element, "kg-bookmark-container")
            .and_then(|one| one.attribute("href"))
            .unwrap_or_default();
        let caption =
            element.find(&|inner| inner.name == "figcaption").map(|one| tree::serialize(&one.children));
        format!(
            "<p>{}</p>{}{}",
            link(url, &text("kg-bookmark-title")),
            paragraph(&text("kg-bookmark-description")),
            wrapped(&caption.unwrap_or_default())
        )
    } else if is("kg-signup-card") {
        note(notes, Weight::Hand, "a box to sign up is the form `newsletter`");
        format!(
            "{}{}{}",
            heading(&html("kg-signup-card-heading")),
            wrapped(&html("kg-signup-card-subheading")),
            signup()
        )
    } else if is("kg-file-card") {
        let url = of_class(element, "kg-file-card-container")
            .and_then(|one| one.attribute("href"))
            .unwrap_or_default();
        format!(
            "<p>{}</p>{}",
            link(url, &text("kg-file-card-title")),
            paragraph(&text("kg-file-card-caption"))
        )
    } else if is("kg-audio-card") {
        tag("audio", "src", source("audio")) + "</audio>" + &paragraph(&text("kg-audio-title"))
    } else if is("kg-video-card") {
        let caption =
            element.find(&|inner| inner.name == "figcaption").map(|one| tree::serialize(&one.children));
        figure(&(tag("video", "src", source("video")) + "</video>"), &caption.unwrap_or_default())
    } else {
        return None;
    })
}
