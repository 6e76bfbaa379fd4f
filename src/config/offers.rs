//! `offers:` of a site or a person: the guide, the course, the book, as cards in texts and below them.

use super::{Language, Localized, localized};
use crate::diag::{Code, Diagnostic};
use crate::encode::address::Web;
use crate::yaml::{Node, Reader, Spanned};

/// Where the button of an offer leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfferTarget {
    /// The content path of a page.
    Page(Spanned<String>),
    /// An absolute URL of another site.
    Web(Web),
}

impl OfferTarget {
    /// What a text names: a web address, or the content path of a page.
    pub fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = reader.text(node)?;
        if text.value.contains("://") {
            return reader.web(node).map(|web| Self::Web(web.value));
        }
        Some(Self::Page(text))
    }
}

/// Something that a site or a person offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// As texts name it: `> [!offer] guide`.
    pub id: String,
    /// What it is called; empty for the title of its page.
    pub title: Localized,
    /// A sentence about it; empty for the description of its page.
    pub text: Localized,
    /// The button's words; empty for the theme's.
    pub label: Localized,
    /// The page or the other site where readers get it.
    pub target: OfferTarget,
    /// Is it shown below every article: of the site, or of the person?
    pub below: bool,
    /// The file that says so.
    pub file: String,
}

/// Reads offers, each under its id.
pub fn offers(languages: &[Language], node: &Node, reader: &mut Reader<'_>) -> Vec<Offer> {
    let entries = reader.entries(node).unwrap_or_default();
    entries.iter().filter_map(|(id, node)| offer(languages, (id, node), reader)).collect()
}

fn offer(
    languages: &[Language],
    (id, node): (&Spanned<String>, &Node),
    reader: &mut Reader<'_>,
) -> Option<Offer> {
    let is_id = !id.value.is_empty()
        && id.value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if !is_id {
        let message = format!("`{}` can't be the id of an offer", id.value);
        let problem = Diagnostic::new(Code::InvalidValue, message).at(reader.file, id.span);
        reader.diagnostics.push(problem.help("write letters from a to z, digits, `-` and `_`"));
        return None;
    }
    let mut fields = reader.fields(node)?;
    let mut words = |name, reader: &mut Reader<'_>| {
        fields.take(name).and_then(|node| localized(languages, node, reader)).unwrap_or_default()
    };
    let (title, text, label) = (words("title", reader), words("text", reader), words("label", reader));
    let below = fields.take("below").and_then(|node| reader.truth(node)).unwrap_or_default();
    let target = match fields.take("url") {
        Some(node) => {
            if let Some(page) = fields.take("page") {
                let message = "an offer leads to one place, but here are both a page and a URL";
                reader.report(Code::InvalidValue, page.span, message);
            }
            if title.is_empty() {
                let message = "an offer that leads to another site needs a `title`";
                reader.report(Code::MissingKey, id.span, message);
            }
            reader.web(node).map(|web| OfferTarget::Web(web.value))
        }
        None => {
            let page = fields.require("page", "an offer", reader).and_then(|node| reader.text(node));
            page.map(OfferTarget::Page)
        }
    };
    fields.finish("an offer", [], reader);
    let (id, file) = (id.value.clone(), reader.file.to_string());
    Some(Offer { id, title, text, label, target: target?, below, file })
}
