//! Blanks: placeholders such as `{{first_name}}`, filled in during a call.

use super::script::{BlankUse, CallScript, Placeholder};
use crate::config::Localized;
use crate::content::body::{Body, Kind, NodeId};
use crate::diag::{Code, Diagnostic, Diagnostics, Span, nearest};
use crate::site::{Page, Site};

/// A piece of a text with blanks in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextPiece<'t> {
    /// Words.
    Text(&'t str),
    /// A blank, by its name.
    Blank(&'t str),
}

/// A text with its blanks: titles, labels and questions have them as they are written.
#[must_use]
pub fn pieces(text: &str) -> Vec<TextPiece<'_>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for (name, range) in found(text) {
        if at < range.start {
            pieces.push(TextPiece::Text(&text[at..range.start]));
        }
        pieces.push(TextPiece::Blank(name));
        at = range.end;
    }
    if at < text.len() {
        pieces.push(TextPiece::Text(&text[at..]));
    }
    pieces
}

/// The blanks of a text: their names and their bytes, with the braces. A name has no braces in it.
fn found(text: &str) -> impl Iterator<Item = (&str, std::ops::Range<usize>)> {
    text.match_indices('{').filter_map(|(start, _)| {
        let inside = text[start + 1..].strip_prefix('{')?;
        let name = &inside[..inside.find(['{', '}'])?];
        let end = start + 2 + name.len() + 2;
        let is_closed = text.get(end - 2..end) == Some("}}");
        (is_closed && !name.trim().is_empty()).then_some((name.trim(), start..end))
    })
}

/// The blanks that a page declares, in its language.
pub(super) fn declared(site: &Site, page: &Page) -> Vec<Placeholder> {
    let text = |localized: &Localized| site.config().text(localized, page.lang()).to_string();
    let some = |localized: &Localized| Some(text(localized)).filter(|text| !text.is_empty());
    let blanks = page.meta().script.blanks.iter().map(|blank| Placeholder {
        name: blank.name.value.clone(),
        label: some(&blank.label).unwrap_or_else(|| blank.name.value.replace('_', " ")),
        options: blank.options.iter().map(text).collect(),
        example: some(&blank.example),
        default: some(&blank.default),
    });
    blanks.collect()
}

/// Where blanks stand in a text, also in headings and answers. Code shows braces as they are.
pub(super) fn uses(body: &Body) -> Vec<BlankUse> {
    let used = |(node, text, span): (NodeId, &str, Span)| {
        let start = span.range().start;
        let found = found(text).map(move |(name, range)| BlankUse {
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

/// Reports blanks that nobody declared, that can't be read, and that stand nowhere.
pub(super) fn check(page: &Page, script: &CallScript, diagnostics: &mut Diagnostics) {
    let meta = &page.meta().script;
    let names = || meta.blanks.iter().map(|blank| blank.name.value.as_str());
    let mut unknown = |name: &str, span: Span| {
        diagnostics.push(
            Diagnostic::new(Code::UnknownPlaceholder, format!("no blank `{name}` is declared"))
                .at(page.path(), span)
                .suggest(name, names())
                .help(format!(
                    "declare it in the front matter, under `blanks:`, such as `{name}: {{label: …}}`"
                )),
        );
    };
    for used in script.uses.iter().filter(|used| !names().any(|name| name == used.name)) {
        unknown(&used.name, used.span);
    }
    for before in &meta.before {
        for (name, _) in found(&before.value).filter(|(name, _)| !names().any(|known| known == *name)) {
            unknown(name, before.span);
        }
    }
    diagnostics.extend(unreadable(page.entry.public.body(), &script.uses).map(|span| {
        Diagnostic::new(Code::UnknownPlaceholder, "this blank can't be read")
            .at(page.path(), span)
            .help("write its name in double braces, on one line and without markup: `{{first_name}}`")
    }));
    let questions = script.outcomes.iter().flat_map(|outcome| &outcome.ask).chain(&script.before);
    let asked: Vec<&str> = questions.flat_map(|text| found(text)).map(|(name, _)| name).collect();
    let is_used = |name: &str| script.uses.iter().any(|used| used.name == name) || asked.contains(&name);
    // A use that nobody declared and that is nearly called so is this one: the mistake is there.
    let is_misspelt = |name: &str| {
        let strangers = script.uses.iter().map(|used| used.name.as_str());
        nearest(name, strangers.filter(|used| !names().any(|name| name == *used))).is_some()
    };
    for blank in meta.blanks.iter().map(|blank| &blank.name) {
        let name = &blank.value;
        if !is_used(name) && !is_misspelt(name) {
            diagnostics.push(
                Diagnostic::new(
                    Code::UnusedPlaceholder,
                    format!("the blank `{name}` isn't used anywhere in the text"),
                )
                .at(page.path(), blank.span)
                .help(format!("write `{{{{{name}}}}}` where it belongs, or delete it here")),
            );
        }
    }
}

/// Braces that begin a blank and don't end one.
fn unreadable<'b>(body: &'b Body, uses: &'b [BlankUse]) -> impl Iterator<Item = Span> + 'b {
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

#[cfg(test)]
mod tests {
    use super::{TextPiece, pieces};

    #[test]
    fn a_text_falls_into_words_and_blanks() {
        let text = "Hello {{first_name}}, {{ rep }} here";
        let expected = [
            TextPiece::Text("Hello "),
            TextPiece::Blank("first_name"),
            TextPiece::Text(", "),
            TextPiece::Blank("rep"),
            TextPiece::Text(" here"),
        ];
        assert_eq!(pieces(text), expected);
        assert_eq!(pieces("{{a}}{{b}}"), [TextPiece::Blank("a"), TextPiece::Blank("b")]);
        for text in ["{{", "{{}}", "{{ }}", "{{a}", "{a}}", "{{a{b}}", "}}{{"] {
            assert_eq!(pieces(text), [TextPiece::Text(text)], "{text}");
        }
        assert_eq!(pieces("{{{a}}}"), [TextPiece::Text("{"), TextPiece::Blank("a"), TextPiece::Text("}")]);
        assert_eq!(pieces("{{אב}}🙂"), [TextPiece::Blank("אב"), TextPiece::Text("🙂")]);
    }
}
