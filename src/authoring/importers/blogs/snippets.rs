//! What HubSpot's texts have besides words: forms and calls to action, as scripts, as tags of templates, and as they were published.

use std::collections::BTreeMap;

use super::super::Report;
use super::super::posts::Batch;
use super::note;
use crate::authoring::markup::{FORM, ImportNote, Weight};
use crate::authoring::scaffold::quoted;
use crate::encode::html::{escape_attribute, escape_text};

/// The forms that posts show.
#[derive(Debug, Default)]
pub(super) struct Forms {
    /// HubSpot's ids by our names.
    ids: BTreeMap<String, String>,
    portal: String,
    region: String,
}

impl Forms {
    /// Our name for a form.
    fn name(&mut self, id: &str) -> String {
        let short: String =
            id.chars().filter(char::is_ascii_alphanumeric).take(8).collect::<String>().to_lowercase();
        let name = format!("hubspot-{short}");
        self.ids.insert(name.clone(), id.to_string());
        name
    }

    /// Adds the forms that calls to action have named to the batch, and says what is left to do for each.
    pub(super) fn settle(&self, batch: &mut Batch, report: &mut Report) {
        if self.ids.is_empty() {
            return;
        }
        for name in self.ids.keys() {
            let webhook = if self.portal.is_empty() { "" } else { "webhook: hubspot\n" };
            let text = format!(
                "# Ask for what the form in HubSpot asks for: it takes no field that it doesn't have.\nextends: lead\n{webhook}"
            );
            batch.forms.insert(name.clone(), text);
            let what =
                "a form of HubSpot: its fields aren't in the export; make them those of the form there";
            report.note(Weight::Hand, &format!("content/forms/{name}.yaml"), what);
        }
        if self.portal.is_empty() {
            let what = "no text says to which account of HubSpot its forms belong: add a webhook of the kind `hubspot`";
            return report.note(Weight::Hand, "ringback.yaml", what);
        }
        let ids: Vec<String> = self.ids.iter().map(|(name, id)| format!("{name}: {}", quoted(id))).collect();
        let region =
            if self.region.is_empty() { String::new() } else { format!("    region: {}\n", self.region) };
        batch.settings = format!(
            "webhooks:\n  hubspot:\n    kind: hubspot\n{region}    portal: {}\n    form: {{{}}}\n",
            self.portal,
            ids.join(", ")
        );
    }
}

/// A text with our forms in the place of HubSpot's, and links in the place of its calls to action.
pub(super) fn embedded(html: &str, forms: &mut Forms, notes: &mut Vec<ImportNote>) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '{']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (new, length) = if rest.starts_with("<script") {
            script(rest, forms)
        } else if rest.starts_with("{{") || rest.starts_with("{%") {
            tag(rest, forms, notes)
        } else if rest.starts_with("<span class=\"hs-cta-wrapper\"")
            || rest.starts_with("<div class=\"hs-cta-embed")
        {
            call_to_action(rest, notes)
        } else {
            (None, 1)
        };
        match new {
            Some(new) => out.push_str(&new),
            None => out.push_str(&rest[..length]),
        }
        rest = &rest[length..];
    }
    out + rest
}

fn shown(name: &str) -> String {
    format!("<div {FORM}=\"{name}\">{name}</div>")
}

/// The value behind a key in a piece of script: `portalId: "123"`.
fn value(text: &str, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| {
        let rest = &text[text.find(key)? + key.len()..];
        let rest = rest.trim_start_matches(['"', '\'', ' ', ':', '=', '\n', '\t']);
        let end = rest.find(['"', '\'', ',', '}', ' ', ')', '\n']).unwrap_or(rest.len());
        Some(rest[..end].to_string()).filter(|value| {
            !value.is_empty() && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
    })
}

/// A script that shows a form.
fn script(text: &str, forms: &mut Forms) -> (Option<String>, usize) {
    let length = text.find("</script>").map_or(text.len(), |at| at + "</script>".len());
    let script = &text[..length];
    if !script.contains("forms.create") {
        return (None, length);
    }
    let Some(id) = value(script, &["formId"]) else { return (None, length) };
    if let Some(portal) =
        value(script, &["portalId"]).filter(|portal| portal.bytes().all(|b| b.is_ascii_digit()))
    {
        forms.portal = portal;
    }
    if let Some(region) = value(script, &["region"]).filter(|region| region != "na1") {
        forms.region = region;
    }
    (Some(shown(&forms.name(&id))), length)
}

/// A tag of HubSpot's templates: a form, a call to action, or something that only it knows.
fn tag(text: &str, forms: &mut Forms, notes: &mut Vec<ImportNote>) -> (Option<String>, usize) {
    let close = if text.starts_with("{{") { "}}" } else { "%}" };
    let Some(end) = text.find(close) else { return (None, 1) };
    let (inner, length) = (&text[2..end], end + close.len());
    let name = inner.trim_start().trim_start_matches('-').trim_start();
    if name.starts_with("form") || inner.contains("@hubspot/form") {
        let id = value(inner, &["form_id", "form_to_use", "form("]);
        return match id {
            Some(id) => (Some(shown(&forms.name(&id))), length),
            None => (None, length),
        };
    }
    if name.starts_with("cta(") || inner.contains("@hubspot/cta") {
        let id = value(inner, &["cta(", "guid"]).unwrap_or_default();
        note(
            notes,
            Weight::Hand,
            format!(
                "the call to action `{id}` of HubSpot is left out: link to what it led to, `[words](page.md){{.button}}`"
            ),
        );
        return (Some(String::new()), length);
    }
    note(
        notes,
        Weight::Hand,
        format!(
            "`{}` of HubSpot's templates is left out",
            name.split([' ', '(', '"']).next().unwrap_or_default()
        ),
    );
    (Some(String::new()), length)
}

/// A call to action as it was published: an image or words with a link through HubSpot.
fn call_to_action(text: &str, notes: &mut Vec<ImportNote>) -> (Option<String>, usize) {
    let is_span = text.starts_with("<span");
    let close = if is_span { "</span>" } else { "</div>" };
    let open = if is_span { "<span" } else { "<div" };
    let (mut depth, mut at) = (0_usize, 0);
    loop {
        let (next_open, next_close) = (text[at..].find(open), text[at..].find(close));
        match (next_open, next_close) {
            (Some(opens), Some(closes)) if opens < closes => {
                depth += 1;
                at += opens + open.len();
            }
            (_, Some(closes)) => {
                depth = depth.saturating_sub(1);
                at += closes + close.len();
                if depth == 0 {
                    break;
                }
            }
            _ => return (None, 1),
        }
    }
    let whole = &text[..at];
    let nodes = crate::authoring::markup::tree::parse(whole);
    let element = crate::authoring::markup::tree::Element::new("div", nodes);
    let link = element.find(&|inner| inner.name == "a");
    let image = element.find(&|inner| inner.name == "img");
    let words = link.map(|link| link.text().trim().to_string()).filter(|words| !words.is_empty());
    let words = words
        .or_else(|| image.and_then(|image| image.attribute("alt")).map(str::to_string))
        .filter(|words| !words.is_empty());
    let href = link.and_then(|link| link.attribute("href")).unwrap_or_default().to_string();
    let Some(words) = words.filter(|_| !href.is_empty()) else {
        note(notes, Weight::Hand, "a call to action of HubSpot without words is left out");
        return (Some(String::new()), at);
    };
    note(
        notes,
        Weight::Hand,
        format!("the call to action “{words}” leads through HubSpot: link to its page itself"),
    );
    let mut out = String::from("<a class=\"button\" href=\"");
    escape_attribute(&href, &mut out);
    out.push_str("\">");
    escape_text(&words, &mut out);
    (Some(out + "</a>"), at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_and_calls_to_action_are_found() {
        let (mut forms, mut notes) = (Forms::default(), Vec::new());
        let html = "<p>a { b }</p><script>hbspt.forms.create({region: \"eu1\", portalId: '123', formId: \"319478e5-e5fd\"});</script>\
            {{ form('aaaa-bbbb') }}{{cta('c1')}}{% module_block x %}<span class=\"hs-cta-wrapper\" id=\"x\"><span class=\"hs-cta-node\">\
            <a href=\"https://cta.example/1\"><img alt=\"Get it\" src=\"y\"></a></span></span><script>x()</script>";
        let made = embedded(html, &mut forms, &mut notes);
        assert_eq!(
            made,
            format!(
                "<p>a {{ b }}</p>{}{}<a class=\"button\" href=\"https://cta.example/1\">Get it</a><script>x()</script>",
                shown("hubspot-319478e5"),
                shown("hubspot-aaaabbbb")
            )
        );
        assert_eq!((forms.portal.as_str(), forms.region.as_str(), notes.len()), ("123", "eu1", 3));
    }
}
