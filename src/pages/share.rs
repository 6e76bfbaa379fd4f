//! `share`: what a salesperson hands on with a page, in the team's edition.

use tera::Value;

use super::linked::Linked;
use crate::sales::sharing::{Ask, Words};
use crate::site::Page;
use crate::theme::engine::{html, object};

/// `share` of a page; nothing for everybody else, nor where there is nothing to hand on. The texts are in nobody's
/// name: they are what is there without JavaScript.
pub(super) fn share(linked: &Linked, page: &Page) -> Value {
    let share = &linked.features.share;
    let Some(kit) = share.kit_here(&linked.site, page) else { return Value::none() };
    let words = Words::of(&|key| linked.theme.word(kit.lang, key).unwrap_or_default());
    let texts = kit.texts(&words, Ask::default());
    let reps = share.reps_url(kit.lang).map(|url| linked.site.href(url));
    object([
        ("unlock", Value::from(kit.unlock.is_some())),
        ("config", html(&kit.config(reps.as_deref()))),
        ("link", Value::from(texts.link)),
        ("subject", Value::from(texts.subject)),
        ("email", Value::from(texts.email)),
        ("mailto", Value::from(texts.mailto)),
        ("linkedin", Value::from(texts.linkedin)),
        ("linkedin_url", Value::from(texts.linkedin_url)),
        ("sms", Value::from(texts.sms)),
        ("sms_href", Value::from(texts.sms_href)),
    ])
}
