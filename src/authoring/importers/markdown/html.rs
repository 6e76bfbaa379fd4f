//! Raw HTML in Markdown that loads something of others: scripts and style sheets go, frames become addresses or links.

use crate::authoring::markup::{ImportNote, Weight};
use crate::content::blocks::embeds;
use crate::content::body::Kind;
use crate::content::markdown::{self, Options};
use crate::encode::html::{escape_attribute, escape_text};

/// A text without scripts, style sheets of others and frames in its HTML. What is told has the line of the text.
pub(super) fn without_loads(text: &str, notes: &mut Vec<ImportNote>) -> String {
    let lower = text.to_ascii_lowercase();
    if !["<script", "<iframe", "<link", "<style"].iter().any(|tag| lower.contains(tag)) {
        return text.to_string();
    }
    let body = markdown::parse(text, 0, &Options { autolinks: false, ..Options::full("en") });
    let spans = body.nodes().iter().filter(|node| matches!(node.kind, Kind::HtmlBlock | Kind::Html(_)));
    let mut spans: Vec<std::ops::Range<usize>> = spans.map(|node| node.span.range()).collect();
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut out = text.to_string();
    let mut before = usize::MAX;
    // The last first; what is within another is done with it.
    let outer: Vec<_> = spans
        .iter()
        .filter(|span| {
            !spans.iter().any(|other| other != *span && other.start <= span.start && span.end <= other.end)
        })
        .cloned()
        .collect();
    for span in outer.into_iter().rev().filter(|span| text.get(span.clone()).is_some()) {
        if span.end > before {
            continue;
        }
        before = span.start;
        let line = text[..span.start].matches('\n').count() + 1;
        let new = cleaned(&text[span.clone()], line, notes);
        out.replace_range(span, &new);
    }
    out
}

fn cleaned(html: &str, line: usize, notes: &mut Vec<ImportNote>) -> String {
    let mut tell = |weight, what: String| notes.push(ImportNote { weight, what, line });
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let name: String = rest[1..]
            .chars()
            .take_while(|c| c.is_ascii_alphabetic() || *c == '/')
            .collect::<String>()
            .to_ascii_lowercase();
        let tag = &rest[..rest.find('>').map_or(rest.len(), |end| end + 1)];
        let whole = |end: &str| rest.to_ascii_lowercase().find(end).map_or(tag.len(), |at| at + end.len());
        match name.as_str() {
            "script" => {
                tell(Weight::Hand, "a script is left out".into());
                rest = &rest[whole("</script>")..];
            }
            "style" => {
                tell(Weight::Changed, "a style sheet is left out".into());
                rest = &rest[whole("</style>")..];
            }
            "link" => {
                tell(Weight::Changed, "a style sheet is left out".into());
                rest = &rest[tag.len()..];
            }
            "/script" | "/style" | "/iframe" => rest = &rest[tag.len()..],
            "iframe" => {
                out.push_str(&frame(tag, &mut tell));
                rest = &rest[whole("</iframe>")..];
            }
            _ => {
                out.push_str(tag);
                rest = &rest[tag.len()..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// What takes the place of a frame in the text: an address alone, or a link.
fn frame(tag: &str, tell: &mut dyn FnMut(Weight, String)) -> String {
    let nodes = crate::authoring::markup::tree::parse(tag);
    let element = nodes.first().and_then(|node| node.element());
    let get = |name: &str| {
        element.and_then(|element| element.attribute(name)).unwrap_or_default().trim().to_string()
    };
    let source = if get("src").starts_with("//") { format!("https:{}", get("src")) } else { get("src") };
    let is_known = matches!(embeds::find(&source), Some(embeds::AddressMatch::Embed(_)));
    if is_known {
        tell(Weight::Changed, "a frame is the address alone, which is shown when readers ask for it".into());
        return format!("\n\n{source}\n\n");
    }
    tell(Weight::Hand, format!("a frame of `{source}` is a link"));
    let mut out = String::from("<a href=\"");
    escape_attribute(&source, &mut out);
    out.push_str("\">");
    let title = get("title");
    escape_text(if title.is_empty() { &source } else { &title }, &mut out);
    out.push_str("</a>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_loads_goes_and_code_stays() {
        let mut notes = Vec::new();
        let text = "A <b>b</b>\n\n<script src=\"https://x.example/a.js\">x()</script>\n\n```html\n<script src=\"y\"></script>\n```\n\n\
            <div><iframe src=\"https://www.youtube.com/embed/dQw4w9WgXcQ\"></iframe></div>\n\n<iframe src=\"https://x.example/f\" title=\"F\"></iframe>\n";
        let made = without_loads(text, &mut notes);
        assert!(
            made.contains("```html\n<script src=\"y\"></script>\n```") && !made.contains("a.js"),
            "{made}"
        );
        assert!(made.contains("\n\nhttps://www.youtube.com/embed/dQw4w9WgXcQ\n\n"), "{made}");
        assert!(made.contains("<a href=\"https://x.example/f\">F</a>"), "{made}");
        assert_eq!(notes.len(), 3);
    }
}
