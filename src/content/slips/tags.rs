//! Tags of raw HTML that browsers don't know, or that have no counterpart.

use super::placeholder;
use crate::content::PageKind;
use crate::content::body::{FlawedTag, TagFlaw};
use crate::diag::{Code, Diagnostic, Diagnostics};

/// Tells the tags that don't add up.
pub(in crate::content) fn check_tags(
    (path, kind): (&str, PageKind),
    source: &str,
    found: &[FlawedTag],
    out: &mut Diagnostics,
) {
    // `<gate>` is told as the divider that it may have been meant for.
    for tag in found.iter().filter(|tag| !matches!(&*tag.name, "gate" | "gates")) {
        let name = &tag.name;
        let (code, message, help) = match tag.flaw {
            TagFlaw::Unknown => {
                let written = source.get(tag.span.range()).unwrap_or_default();
                let words = written.trim_matches(['<', '>', '/']);
                // `<First name>` has an attribute, for browsers.
                let is_words = words.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-'));
                let words = if is_words { words } else { name };
                let help = match kind {
                    kind if kind.has_placeholders() => {
                        format!(
                            "for a placeholder that is filled in for each person, write `{{{{{}}}}}`",
                            placeholder(words)
                        )
                    }
                    _ => "if readers should see it, put a backslash before the `<`".to_string(),
                };
                let message = format!(
                    "browsers take `<{words}>` for an element that they don't know, and don't show it"
                );
                (Code::UnknownElement, message, help)
            }
            TagFlaw::Stray => (
                Code::UnbalancedHtml,
                format!("`</{name}>` ends nothing that is open here, so it is left out"),
                "remove it, or write the start tag that it belongs to".to_string(),
            ),
            TagFlaw::Open => (
                Code::UnbalancedHtml,
                format!("`<{name}>` has no end tag where it would have to end"),
                format!("write `</{name}>` at its end, in the same paragraph, item or part of the text"),
            ),
        };
        out.push(Diagnostic::new(code, message).at(path, tag.span).help(help));
    }
}
