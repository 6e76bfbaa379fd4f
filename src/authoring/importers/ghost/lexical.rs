//! Texts in the notations of Ghost's editors, lexical and mobiledoc, as HTML.

use serde_json::Value as Json;

use super::cards::{MEMBERS, card, escaped, note, tag};
use crate::authoring::markup::{ImportNote, Weight};

/// Nodes within nodes, at most.
const DEEPEST: usize = 60;

/// A text in lexical; `None` where it is none.
pub(super) fn lexical(text: &str, notes: &mut Vec<ImportNote>) -> Option<String> {
    let json: Json = serde_json::from_str(text).ok()?;
    let mut out = String::new();
    children(json.get("root")?, (&mut out, 0), notes);
    Some(out)
}

/// Does a text have a card in Markdown, which only what was published shows?
pub(super) fn has_markdown(text: &str) -> bool {
    text.contains("\"type\":\"markdown\"")
        || text.contains("[\"markdown\",")
        || text.contains("[\"card-markdown\",")
}

fn children(node: &Json, (out, depth): (&mut String, usize), notes: &mut Vec<ImportNote>) {
    if depth > DEEPEST {
        return;
    }
    for child in node.get("children").and_then(Json::as_array).into_iter().flatten() {
        render_node(child, (out, depth + 1), notes);
    }
}

fn render_node(node: &Json, (out, depth): (&mut String, usize), notes: &mut Vec<ImportNote>) {
    let get = |name: &str| node.get(name).and_then(Json::as_str).unwrap_or_default();
    let mut around = |name: &str, out: &mut String| {
        out.push_str(&format!("<{name}>"));
        children(node, (out, depth), notes);
        out.push_str(&format!("</{name}>"));
    };
    match get("type") {
        "paragraph" => around("p", out),
        "heading" | "extended-heading" => {
            let level = get("tag");
            around(if matches!(level, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") { level } else { "h2" }, out);
        }
        "quote" | "extended-quote" | "aside" => around("blockquote", out),
        "list" => around(if get("listType") == "number" { "ol" } else { "ul" }, out),
        "listitem" => around("li", out),
        "text" | "extended-text" => {
            styled(get("text"), node.get("format").and_then(Json::as_u64).unwrap_or_default(), out)
        }
        "linebreak" => out.push_str("<br>"),
        "tab" => out.push(' '),
        "link" | "autolink" => {
            out.push_str(&tag("a", "href", get("url")));
            children(node, (out, depth), notes);
            out.push_str("</a>");
        }
        "at-link" => out.push_str(&format!("{}{}</a>", tag("a", "href", get("url")), escaped(get("title")))),
        kind => match card(kind, node, notes) {
            Some(html) => out.push_str(&html),
            None => unknown(kind, node, (out, depth), notes),
        },
    }
}

/// A card that nobody knows: its words stay, and it is told.
fn unknown(kind: &str, node: &Json, (out, depth): (&mut String, usize), notes: &mut Vec<ImportNote>) {
    if kind == "markdown" {
        let text = node.get("markdown").and_then(Json::as_str).unwrap_or_default();
        note(notes, Weight::Hand, "a card in Markdown is shown as it is written: delete the lines around it");
        out.push_str(&format!("<pre>{}</pre>", escaped(text)));
        return;
    }
    if node.get("children").is_some() {
        out.push_str("<p>");
        children(node, (out, depth), notes);
        out.push_str("</p>");
    }
    note(notes, Weight::Hand, format!("the card `{kind}` isn't known here: look what it showed"));
}

/// Words with what they look like; lexical counts it in bits.
fn styled(text: &str, format: u64, out: &mut String) {
    let names = ["strong", "em", "del", "u", "code", "sub", "sup", "mark"];
    let used: Vec<&str> =
        names.iter().enumerate().filter(|(bit, _)| format >> bit & 1 == 1).map(|(_, name)| *name).collect();
    used.iter().for_each(|name| out.push_str(&format!("<{name}>")));
    out.push_str(&escaped(text));
    used.iter().rev().for_each(|name| out.push_str(&format!("</{name}>")));
}

/// A text in mobiledoc (version 0.3); `None` where it is none.
pub(super) fn mobiledoc(text: &str, notes: &mut Vec<ImportNote>) -> Option<String> {
    let json: Json = serde_json::from_str(text).ok()?;
    let list = |name: &str| json.get(name).and_then(Json::as_array).cloned().unwrap_or_default();
    let document = Document { cards: list("cards"), markups: list("markups"), atoms: list("atoms") };
    let mut out = String::new();
    for section in json.get("sections")?.as_array()? {
        document.section(section, &mut out, notes);
    }
    Some(out)
}

struct Document {
    cards: Vec<Json>,
    markups: Vec<Json>,
    atoms: Vec<Json>,
}

impl Document {
    fn section(&self, section: &Json, out: &mut String, notes: &mut Vec<ImportNote>) {
        let kind = section.get(0).and_then(Json::as_u64).unwrap_or_default();
        let name = section.get(1).and_then(Json::as_str).unwrap_or("p");
        let is_plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let name = if is_plain { name } else { "p" };
        let name = if name == "aside" { "blockquote" } else { name };
        match kind {
            1 => {
                out.push_str(&format!("<{name}>"));
                self.markers(section.get(2), out);
                out.push_str(&format!("</{name}>"));
            }
            3 => {
                out.push_str(&format!("<{name}>"));
                for item in section.get(2).and_then(Json::as_array).into_iter().flatten() {
                    out.push_str("<li>");
                    self.markers(Some(item), out);
                    out.push_str("</li>");
                }
                out.push_str(&format!("</{name}>"));
            }
            10 => self.card(section.get(1), out, notes),
            2 => out.push_str(&tag("img", "src", section.get(1).and_then(Json::as_str).unwrap_or_default())),
            _ => {}
        }
    }

    fn card(&self, at: Option<&Json>, out: &mut String, notes: &mut Vec<ImportNote>) {
        let found = at.and_then(Json::as_u64).and_then(|at| self.cards.get(at as usize));
        let Some(found) = found else { return };
        let name = found.get(0).and_then(Json::as_str).unwrap_or_default();
        let empty = Json::Null;
        let payload = found.get(1).unwrap_or(&empty);
        match card(name, payload, notes) {
            Some(html) => out.push_str(&html),
            None => {
                let kind = if name == "card-markdown" { "markdown" } else { name };
                unknown(kind, payload, (out, 0), notes);
            }
        }
    }

    /// Words with the elements that begin and end at them.
    fn markers(&self, markers: Option<&Json>, out: &mut String) {
        let mut open: Vec<String> = Vec::new();
        for marker in markers.and_then(Json::as_array).into_iter().flatten() {
            let begins = marker.get(1).and_then(Json::as_array).into_iter().flatten();
            for markup in begins.filter_map(Json::as_u64).filter_map(|at| self.markups.get(at as usize)) {
                let name = markup.get(0).and_then(Json::as_str).unwrap_or("span").to_string();
                let attributes = markup.get(1).and_then(Json::as_array);
                let href = attributes.and_then(|all| {
                    let at = all.iter().position(|one| one.as_str() == Some("href"))?;
                    all.get(at + 1)?.as_str()
                });
                match href {
                    Some(href) => out.push_str(&tag(&name, "href", href)),
                    None => out.push_str(&format!("<{}>", escaped(&name))),
                }
                open.push(name);
            }
            match marker.get(0).and_then(Json::as_u64) {
                Some(1) => {
                    let atom =
                        marker.get(3).and_then(Json::as_u64).and_then(|at| self.atoms.get(at as usize));
                    match atom.and_then(|atom| atom.get(0)).and_then(Json::as_str) {
                        Some("soft-return") => out.push_str("<br>"),
                        _ => out.push_str(&escaped(
                            atom.and_then(|atom| atom.get(1)).and_then(Json::as_str).unwrap_or_default(),
                        )),
                    }
                }
                _ => out.push_str(&escaped(marker.get(3).and_then(Json::as_str).unwrap_or_default())),
            }
            for _ in 0..marker.get(2).and_then(Json::as_u64).unwrap_or_default() {
                if let Some(name) = open.pop() {
                    out.push_str(&format!("</{}>", escaped(&name)));
                }
            }
        }
        while let Some(name) = open.pop() {
            out.push_str(&format!("</{}>", escaped(&name)));
        }
    }
}

/// A text in two: what everyone reads, and what members do.
pub(super) fn split_paywall(html: &str) -> (String, Option<String>) {
    match html.split_once(MEMBERS) {
        Some((open, closed)) => (open.to_string(), Some(closed.replace(MEMBERS, ""))),
        None => (html.to_string(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_notations_say_the_same() {
        let mut notes = Vec::new();
        let lexical = lexical(
            r#"{"root":{"children":[{"type":"extended-heading","tag":"h2","children":[{"type":"extended-text","text":"A & B","format":0}]},
            {"type":"paragraph","children":[{"type":"text","text":"one ","format":1},{"type":"link","url":"/x/","children":[{"type":"text","text":"two","format":2}]},{"type":"linebreak"},{"type":"text","text":"three"}]},
            {"type":"list","listType":"number","children":[{"type":"listitem","children":[{"type":"text","text":"a"}]}]},
            {"type":"paywall"},{"type":"toggle","heading":"Why?","content":"<p>So.</p>"},{"type":"new-thing"}]}}"#,
            &mut notes,
        )
        .unwrap();
        let (open, closed) = split_paywall(&lexical);
        assert_eq!(
            open,
            "<h2>A &amp; B</h2><p><strong>one </strong><a href=\"/x/\"><em>two</em></a><br>three</p><ol><li>a</li></ol>"
        );
        assert_eq!(closed.as_deref(), Some("<details><summary>Why?</summary><p>So.</p></details>"));
        assert_eq!(notes.len(), 1);
        let mobiledoc = mobiledoc(
            r#"{"version":"0.3.1","atoms":[["soft-return","",{}]],"cards":[["paywall",{}],["hr",{}]],"markups":[["strong"],["a",["href","/x/"]],["em"]],
            "sections":[[1,"h2",[[0,[],0,"A & B"]]],[1,"p",[[0,[0],1,"one "],[0,[1,2],2,"two"],[1,[],0,0],[0,[],0,"three"]]],[3,"ol",[[[0,[],0,"a"]]]],[10,0],[10,1]]}"#,
            &mut notes,
        )
        .unwrap();
        assert_eq!(split_paywall(&mobiledoc), (open, Some("<hr>".into())));
        assert_eq!((super::lexical("{", &mut notes), super::mobiledoc("{}", &mut notes)), (None, None));
    }
}
