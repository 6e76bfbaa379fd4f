//! Modules and components of MDX: what they bring goes, what they hold stays.

use super::boxes::{Fences, boxed, kind as kind_of};
use crate::authoring::markup::{ImportNote, Weight};

/// Components of MDX that stand for something of ours: name, and the kind of box; others only hold something.
const COMPONENTS: &[(&str, &str)] = &[
    ("Aside", "note"),
    ("Callout", "note"),
    ("Admonition", "note"),
    ("Note", "note"),
    ("Tip", "tip"),
    ("Warning", "warning"),
    ("Info", "note"),
    ("Caution", "caution"),
    ("Danger", "caution"),
];

/// Components that only lay out what they hold.
const LAYOUT: &[&str] = &[
    "Tabs",
    "TabItem",
    "Tab",
    "Card",
    "CardGrid",
    "Cards",
    "Steps",
    "Step",
    "Columns",
    "Column",
    "Fragment",
    "CodeGroup",
    "Frame",
    "Details",
    "Accordion",
    "AccordionGroup",
];

/// A text without `import` and `export`, and without the components that these bring.
pub(super) fn without_modules(text: &str, notes: &mut Vec<ImportNote>) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut fences = Fences::default();
    let mut is_statement = false;
    let mut depth = 0_i32;
    for (index, line) in text.lines().enumerate() {
        let is_code = fences.is_code(line);
        let starts = !is_code
            && !is_statement
            && (line.starts_with("import ")
                && (line.contains(" from ")
                    || line.contains('"')
                    || line.contains('\'')
                    || line.trim_end().ends_with('{'))
                || line.starts_with("export "));
        if starts || is_statement && !is_code {
            let count = |signs: [char; 3]| line.chars().filter(|c| signs.contains(c)).count() as i32;
            depth += count(['{', '(', '[']) - count(['}', ')', ']']);
            is_statement = depth > 0;
            if starts && line.starts_with("export ") {
                notes.push(ImportNote {
                    weight: Weight::Hand,
                    what: "a piece of code that a page exports is left out".into(),
                    line: index + 1,
                });
            }
            kept.push('\n');
            continue;
        }
        kept.push_str(line);
        kept.push('\n');
    }
    components(&kept, notes)
}

fn components(text: &str, notes: &mut Vec<ImportNote>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut boxes: Vec<(&str, usize)> = Vec::new();
    while let Some(at) = rest.find(['<', '`', '{']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let line = text[..text.len() - rest.len()].matches('\n').count() + 1;
        if let Some(length) = code(rest) {
            out.push_str(&rest[..length]);
            rest = &rest[length..];
            continue;
        }
        if let Some(inner) = rest.strip_prefix("{/*").and_then(|inner| inner.split_once("*/}")) {
            rest = inner.1;
            continue;
        }
        let Some((name, tag, is_end)) = component(rest) else {
            out.push_str(&rest[..1]);
            rest = &rest[1..];
            continue;
        };
        let behind = &rest[tag.len()..];
        let is_alone = tag.ends_with("/>");
        if is_end {
            if boxes.last().is_some_and(|(open, _)| *open == name) {
                let (_, from) = boxes.pop().unwrap_or_default();
                let inner: Vec<String> = out.split_off(from).lines().map(str::to_string).collect();
                out.push_str(&quoted(&inner));
            }
        } else if let Some((_, kind)) =
            COMPONENTS.iter().find(|(known, _)| *known == name).filter(|_| !is_alone)
        {
            let kind = property(tag, "type").as_deref().and_then(kind_of).unwrap_or(kind);
            let title = property(tag, "title").unwrap_or_default();
            out.push_str(format!("\n\n> [!{kind}] {title}").trim_end());
            out.push('\n');
            boxes.push((name, out.len()));
        } else if let Some(shown) = media_component(name, tag) {
            out.push_str(&shown);
        } else if LAYOUT.contains(&name) {
            if let Some(label) = property(tag, "label").or_else(|| property(tag, "title")) {
                out.push_str(&format!("\n\n**{label}**\n\n"));
            }
            let what = format!("`<{name}>`, which only laid out what it held, is left out");
            if !notes.iter().any(|one| one.what == what) {
                notes.push(ImportNote { weight: Weight::Changed, what, line });
            }
        } else {
            let what = format!("the component `<{name}>` isn't known here: what it held stays");
            notes.push(ImportNote { weight: Weight::Hand, what, line });
        }
        rest = behind;
    }
    out + rest
}

/// What a box holds, as lines of a quotation.
fn quoted(inner: &[String]) -> String {
    let made = boxed("", "", "", inner);
    let text = made.split_once('\n').map_or("", |(_, text)| text);
    format!("{text}\n")
}

/// Components that stand for an image or a film.
fn media_component(name: &str, tag: &str) -> Option<String> {
    match name {
        "YouTube" | "Youtube" | "LiteYouTubeEmbed" => {
            let id = property(tag, "id").or_else(|| property(tag, "videoId"))?;
            let id = if id.contains("://") { id } else { format!("https://www.youtube.com/watch?v={id}") };
            Some(format!("\n\n{id}\n\n"))
        }
        "Image" | "Img" | "Picture" => {
            let source = property(tag, "src")?;
            Some(format!("![{}]({source})", property(tag, "alt").unwrap_or_default()))
        }
        _ => None,
    }
}

/// The value of a property that is a plain text.
fn property(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=")).or_else(|| tag.find(&format!("\n{name}=")))? + name.len() + 2;
    let rest = tag[start..].trim_start_matches('{');
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    rest[1..].split(quote).next().map(str::to_string)
}

/// The tag of a component at the beginning: its name, and whether it is an end.
fn component(text: &str) -> Option<(&str, &str, bool)> {
    let inner = text.strip_prefix('<')?;
    let is_end = inner.starts_with('/');
    let inner = inner.trim_start_matches('/');
    let name = &inner[..inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(inner.len())];
    if !name.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    // A sign within braces or quotation marks is no end.
    let (mut depth, mut quote) = (0, None);
    for (at, c) in text.char_indices() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            (_, Some(_)) => {}
            ('"' | '\'' | '`', None) => quote = Some(c),
            ('{', None) => depth += 1,
            ('}', None) => depth -= 1,
            ('>', None) if depth <= 0 => return Some((name, &text[..=at], is_end)),
            _ => {}
        }
    }
    None
}

/// Bytes of code at the beginning.
fn code(text: &str) -> Option<usize> {
    let length = text.len() - text.trim_start_matches('`').len();
    if length == 0 {
        return None;
    }
    let fence = &text[..length];
    let end = text[length..].find(fence).map_or(text.len(), |at| length + at + length);
    Some(end)
}
