//! What is written to visitors: a link to confirm that the address is theirs, and the link that opens a gate. Nothing that
//! somebody typed is in these emails but the address itself, so nobody can have the site say something to others.

use serde_json::Value;

use super::confirm;
use super::queue::Due;
use super::routes::{CONFIRM, FormRoute, FormWords, GatePage, UNLOCK};
use crate::content::form::FieldKind;
use crate::network::smtp::Email;

/// Why an email can't be sent, in words for the site's owner.
pub(super) const NOBODY: &str = "there is no address to write to, or no page to open";

/// An email to a visitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Visitor {
    /// Asks whether the address is theirs.
    Confirm,
    /// Brings the link that opens a gate.
    Unlock,
}

impl Visitor {
    /// The one with a name of [`CONFIRM`] or [`UNLOCK`]; all others are webhooks.
    pub(super) fn from_id(id: &str) -> Option<Self> {
        match id {
            CONFIRM => Some(Self::Confirm),
            UNLOCK => Some(Self::Unlock),
            _ => None,
        }
    }
}

/// What an email to a visitor is made from.
pub(super) struct MailContext<'a> {
    /// The lead, as it was taken.
    pub(super) lead: &'a Value,
    pub(super) due: &'a Due,
    pub(super) words: &'a FormWords,
    pub(super) route: &'a FormRoute,
    /// Where browsers reach the relay.
    pub(super) url: &'a str,
    /// The key that links to confirm are signed with.
    pub(super) key: &'a str,
}

/// The email; `None` where there is no address that can be written to, or the gate has no page any more.
pub(super) fn email(visitor: Visitor, from: &str, about: &MailContext<'_>) -> Option<Email> {
    let to = vec![address(about)?];
    let letters = &about.words.letters;
    let id = &about.due.id;
    let (id, subject, text) = match visitor {
        Visitor::Confirm => {
            // What a browser says is its language is written only if it is one of the site's.
            let lang = about.route.words.keys().find(|lang| **lang == about.due.lang);
            let link = confirm::link(about.url, id, lang.map_or("", String::as_str), about.key);
            let text = format!("{}\n\n{link}\n\n{}\n", letters.text, letters.not_me);
            (format!("confirm-{id}"), letters.subject.clone(), text)
        }
        Visitor::Unlock => {
            let page = page(about)?;
            let words = |text: &str| text.replace("{title}", &page.title);
            let text = format!("{}\n\n{}#unlock={}\n", words(&letters.unlock_text), page.url, page.token);
            (format!("unlock-{id}"), words(&letters.unlock_subject), text)
        }
    };
    Some(Email { id, from: from.to_string(), to, reply_to: None, subject, text })
}

/// The visitor's address, where it is one and nothing else: no name, no list, no header.
fn address(about: &MailContext<'_>) -> Option<String> {
    let mut fields = about.route.form.fields.iter().filter(|field| field.kind == FieldKind::Email);
    let given = fields.find_map(|field| about.lead["data"]["fields"][&field.id.value].as_str())?;
    let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"".contains(c);
    (given.chars().all(is_plain) && given.matches('@').count() == 1).then(|| given.to_string())
}

/// The gate's page that the visitor was on, or the one in their language. What a browser says where it was is only
/// compared: a link leads nowhere else.
fn page<'a>(about: &MailContext<'a>) -> Option<&'a GatePage> {
    let pages = about.route.mailed.get(about.lead["data"]["gate"].as_str()?)?;
    let url = about.lead["data"]["page"]["url"].as_str().unwrap_or_default();
    let url = url.split(['#', '?']).next().unwrap_or_default();
    let here = pages.iter().find(|page| page.url == url);
    here.or_else(|| pages.iter().find(|page| page.lang == about.due.lang)).or_else(|| pages.first())
}
