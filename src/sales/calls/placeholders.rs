//! Placeholders: placeholders such as `{{first_name}}`, filled in during a call.

use super::script::{CallScript, Placeholder, PlaceholderUse};
use crate::config::Localized;
use crate::content::body::{Body, Kind, NodeId};
use crate::content::front_matter::ScriptMeta;
use crate::diag::{Code, Diagnostic, Diagnostics, Span, nearest};
use crate::site::{Page, Site};

/// A piece of a text with placeholders in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextPiece<'t> {
    /// Words between placeholders.
    Text(&'t str),
    /// A placeholder, by its name.
    Placeholder(&'t str),
}

/// A text with its placeholders: titles, labels and questions have them as they are written.
#[must_use]
pub fn pieces(text: &str) -> Vec<TextPiece<'_>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for (name, range) in named_ranges(text) {
        if at < range.start {
            pieces.push(TextPiece::Text(&text[at..range.start]));
        }
        pieces.push(TextPiece::Placeholder(name));
        at = range.end;
    }
    if at < text.len() {
        pieces.push(TextPiece::Text(&text[at..]));
    }
    pieces
}

/// The placeholders of a text: their names and their bytes, with the braces. A name has no braces in it.
fn named_ranges(text: &str) -> impl Iterator<Item = (&str, std::ops::Range<usize>)> {
    text.match_indices('{').filter_map(|(start, _)| {
        let inside = text[start + 1..].strip_prefix('{')?;
        let name = &inside[..inside.find(['{', '}'])?];
        let end = start + 2 + name.len() + 2;
        let is_closed = text.get(end - 2..end) == Some("}}");
        (is_closed && !name.trim().is_empty()).then_some((name.trim(), start..end))
    })
}

/// The names of the placeholders in a text, in their order.
pub fn placeholders_in(text: &str) -> impl Iterator<Item = &str> {
    named_ranges(text).map(|(name, _)| name)
}

/// Braces in a text that begin a placeholder and don't end one.
#[must_use]
pub fn unreadable_placeholders(body: &Body) -> Vec<Span> {
    unreadable(body, &uses(body)).collect()
}

/// The placeholders that a page declares, in its language.
#[must_use]
pub fn declared(site: &Site, page: &Page) -> Vec<Placeholder> {
    let text = |localized: &Localized| site.config().text(localized, page.lang()).to_string();
    let some = |localized: &Localized| Some(text(localized)).filter(|text| !text.is_empty());
    let placeholders = page.meta().placeholders().iter().map(|placeholder| Placeholder {
        name: placeholder.name.value.clone(),
        label: some(&placeholder.label).unwrap_or_else(|| placeholder.name.value.replace('_', " ")),
        options: placeholder.options.iter().map(text).collect(),
        example: some(&placeholder.example),
        default: some(&placeholder.default),
    });
    placeholders.collect()
}

/// Where placeholders stand in a text, also in headings and answers. Code shows braces as they are.
#[must_use]
pub fn uses(body: &Body) -> Vec<PlaceholderUse> {
    let used = |(node, text, span): (NodeId, &str, Span)| {
        let start = span.range().start;
        let found = named_ranges(text).map(move |(name, range)| PlaceholderUse {
            name: name.to_string(),
            node,
            span: Span::new(start + range.start, start + range.end),
            range,
        });
        found.collect::<Vec<_>>()
    };
    texts(body).flat_map(used).collect()
}

/// The texts of a body that are no code, with their places.
fn texts(body: &Body) -> impl Iterator<Item = (NodeId, &str, Span)> {
    let mut code_until = 0;
    body.nodes().iter().enumerate().filter_map(move |(id, node)| match node.kind {
        Kind::CodeBlock(_) => {
            code_until = node.end as usize;
            None
        }
        Kind::Text(text) if id >= code_until => Some((id, body.text(text), node.span)),
        _ => None,
    })
}

/// Reports placeholders that nobody declared, that can't be read, and that stand nowhere.
pub(super) fn check((page, meta): (&Page, &ScriptMeta), script: &CallScript, diagnostics: &mut Diagnostics) {
    let fields = || script.fields.iter().map(|field| field.name.as_str());
    let names =
        || meta.placeholders.iter().map(|placeholder| placeholder.name.value.as_str()).chain(fields());
    let mut unknown = |name: &str, span: Span| {
        diagnostics.push(
            Diagnostic::new(Code::UnknownPlaceholder, format!("no placeholder `{name}` is declared"))
                .at(page.path(), span)
                .suggest(name, names())
                .help(format!(
                    "declare it in the front matter, under `placeholders:`, such as `{name}: {{label: …}}`"
                )),
        );
    };
    for used in script.uses.iter().filter(|used| !names().any(|name| name == used.name)) {
        unknown(&used.name, used.span);
    }
    for item in &meta.preparation {
        for (name, _) in named_ranges(&item.value).filter(|(name, _)| !names().any(|known| known == *name)) {
            unknown(name, item.span);
        }
    }
    diagnostics.extend(unreadable(page.body(), &script.uses).map(|span| {
        Diagnostic::new(Code::UnknownPlaceholder, "this placeholder can't be read")
            .at(page.path(), span)
            .help("write its name in double braces, on one line and without markup: `{{first_name}}`")
    }));
    let questions = script.outcomes.iter().flat_map(|outcome| &outcome.questions).chain(&script.preparation);
    let asked: Vec<&str> = questions.flat_map(|text| named_ranges(text)).map(|(name, _)| name).collect();
    let is_used = |name: &str| script.uses.iter().any(|used| used.name == name) || asked.contains(&name);
    // A use that nobody declared and that is nearly called so is this one: the mistake is there.
    let is_misspelt = |name: &str| {
        let strangers = script.uses.iter().map(|used| used.name.as_str());
        nearest(name, strangers.filter(|used| !names().any(|name| name == *used))).is_some()
    };
    for placeholder in meta.placeholders.iter().map(|placeholder| &placeholder.name) {
        let name = &placeholder.value;
        if !is_used(name) && !is_misspelt(name) {
            diagnostics.push(unused_placeholder(page, (name, placeholder.span)));
        }
    }
}

/// Braces that begin a placeholder and don't end one.
fn unreadable<'b>(body: &'b Body, uses: &'b [PlaceholderUse]) -> impl Iterator<Item = Span> + 'b {
    texts(body).flat_map(move |(node, text, span)| {
        text.match_indices("{{").filter_map(move |(at, braces)| {
            let is_read = uses
                .iter()
                .any(|used| used.node == node && used.range.start <= at + 1 && at < used.range.end);
            let start = span.range().start + at;
            (!is_read).then(|| Span::new(start, start + braces.len()))
        })
    })
}

/// The advice on a placeholder that is declared and nowhere in the text of its page.
#[must_use]
pub fn unused_placeholder(page: &Page, (name, span): (&str, Span)) -> Diagnostic {
    let message = format!("the placeholder `{name}` isn't used anywhere in the text");
    Diagnostic::new(Code::UnusedPlaceholder, message)
        .at(page.path(), span)
        .help(format!("write `{{{{{name}}}}}` where it belongs, or delete it here"))
}

#[cfg(test)]
mod tests {
    use super::{TextPiece, pieces};

    #[test]
    fn a_text_falls_into_words_and_placeholders() {
        let text = "Hello {{first_name}}, {{ rep }} here";
        let expected = [
            TextPiece::Text("Hello "),
            TextPiece::Placeholder("first_name"),
            TextPiece::Text(", "),
            TextPiece::Placeholder("rep"),
            TextPiece::Text(" here"),
        ];
        assert_eq!(pieces(text), expected);
        assert_eq!(pieces("{{a}}{{b}}"), [TextPiece::Placeholder("a"), TextPiece::Placeholder("b")]);
        for text in ["{{", "{{}}", "{{ }}", "{{a}", "{a}}", "{{a{b}}", "}}{{"] {
            assert_eq!(pieces(text), [TextPiece::Text(text)], "{text}");
        }
        assert_eq!(
            pieces("{{{a}}}"),
            [TextPiece::Text("{"), TextPiece::Placeholder("a"), TextPiece::Text("}")]
        );
        assert_eq!(pieces("{{אב}}🙂"), [TextPiece::Placeholder("אב"), TextPiece::Text("🙂")]);
    }
}
