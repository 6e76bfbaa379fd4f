//! What a page asks its reader to do next.

use tera::Value;

use super::form;
use super::linked::Linked;
use super::subject::Subject;
use crate::config::{LangId, Localized, NextStep};
use crate::encode::mail;
use crate::leads::forms::lead::About;
use crate::leads::forms::{self, Slot};
use crate::site::{Next, PageId, Site, Standing};
use crate::theme::engine::{object, text};

/// The call to action of a page ([`Site::next_step`]), else a way to the people behind the site.
pub(super) fn next_step(linked: &Linked, subject: &Subject, standing: Standing<'_>) -> Value {
    let site = &linked.site;
    let lang = subject.lang;
    match site.next_step(standing, lang) {
        Some((step, Next::Page(target))) => return page_step(linked, step, target, lang),
        Some((step, Next::Form(form))) => return form_step(site, step, form, subject),
        None => {}
    }
    let Some(organization) = &site.config().organization else { return Value::none() };
    let url = organization.email.as_deref().map(mail::to);
    object([
        ("label", string_of(linked, lang, "rather_talk")),
        ("text", string_of(linked, lang, "a_person_answers")),
        ("url", text(url.as_deref())),
        ("title", Value::from(organization.name.as_str())),
        ("kind", Value::from("contact")),
        ("form", Value::none()),
    ])
}

/// A form, which is shown on the spot.
fn form_step(site: &Site, step: &NextStep, form: usize, subject: &Subject) -> Value {
    let lang = subject.lang;
    let about = &site.content.forms[form];
    let words = |own: &Localized, others: &Localized| {
        let own = if own.is_empty() { others } else { own };
        text(Some(site.config().text(own, lang)).filter(|words| !words.is_empty()).map(str::trim))
    };
    let title = if about.title.is_empty() { &about.submit } else { &about.title };
    let page = subject.page.map(|page| site.page(page));
    let shown_on = match page {
        Some(page) => About::page(site, page),
        None => About::list(site, lang, &subject.url, &subject.title),
    };
    let place = form::Place { form, lang, page, slot: Slot::Next, gate: None, about: shown_on };
    object([
        ("label", words(&step.label, title)),
        ("text", words(&step.text, &about.intro)),
        ("url", Value::from(format!("#{}", forms::dom_id(site, page, form, Slot::Next)))),
        ("title", words(title, title)),
        ("kind", Value::from("form")),
        ("form", form::value(site, &place)),
    ])
}

fn page_step(linked: &Linked, step: &NextStep, target: PageId, lang: LangId) -> Value {
    let site = &linked.site;
    let target = site.page(target);
    let label = Some(site.config().text(&step.label, lang)).filter(|label| !label.is_empty());
    let words = Some(site.config().text(&step.text, lang)).filter(|words| !words.is_empty());
    let is_contact = target.entry.place.key == "pages/contact";
    object([
        ("label", Value::from(label.unwrap_or(target.title()))),
        ("text", text(words.or(target.meta().description.as_deref()))),
        ("url", Value::from(site.href(&target.url))),
        ("title", Value::from(target.title())),
        ("kind", Value::from(if is_contact { "contact" } else { "page" })),
        ("form", Value::none()),
    ])
}

fn string_of(linked: &Linked, lang: LangId, key: &str) -> Value {
    linked.theme.strings[lang].get_from_path(key).cloned().unwrap_or_else(Value::none)
}
