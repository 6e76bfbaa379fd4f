//! What a page asks its reader to do next.

use serde::Serialize;

use super::form::{self, FormView};
use super::form_text::FormText;
use super::linked::Edition;
use super::subject::Subject;
use crate::config::{self, LangId, Localized};
use crate::content::form::FormId;
use crate::encode::html::escape_text;
use crate::encode::mail;
use crate::leads::forms::lead::LeadPage;
use crate::leads::forms::{self, Slot};
use crate::site::{CtaContext, CtaLink, PageId, Site};
use crate::theme::values::Html;

/// The call to action (CTA) of a page.
#[derive(Debug, Serialize)]
pub(super) struct CallToActionView<'a> {
    /// The label of the link or button.
    label: Option<&'a str>,
    /// A sentence about it, without links.
    text: Option<&'a str>,
    /// The same with its links: the sentence of a form can have some.
    text_html: Option<Html>,
    /// URL of the page, form or address that it leads to; `null` if `kind` is `none`.
    url: Option<String>,
    /// The title of the page or form, or the organization's name.
    title: Option<&'a str>,
    /// `form` if it is a form, `notify` if it is the form of a series for readers who want to know when a part is out, `contact` for the page `pages/contact` and for an email, `none` if the page is to end without one, otherwise `page`.
    kind: &'static str,
    /// The form; `null` unless it is one.
    form: Option<FormView<'a>>,
}

/// The theme's words over a form for readers who wait for a part of a series.
const TELL_ME: &str = "Tell me when it is out";

/// That of a page which ends without one, also without a way to reach somebody.
const NOWHERE: CallToActionView<'static> = CallToActionView {
    label: None,
    text: None,
    text_html: None,
    url: None,
    title: None,
    kind: "none",
    form: None,
};

/// The call to action of a page ([`Site::call_to_action`]), else a way to the people behind the site.
pub(super) fn call_to_action<'a>(
    linked: &'a Edition,
    subject: &Subject,
    standing: CtaContext<'a>,
) -> Option<CallToActionView<'a>> {
    let site = &linked.site;
    let lang = subject.lang;
    match site.call_to_action(standing, lang) {
        Some((_, CtaLink::Nowhere)) => return Some(NOWHERE),
        Some((step, CtaLink::Page(target))) => return Some(page_step(site, step, target, lang)),
        Some((step, CtaLink::Form(form))) => {
            let mut view = form_step(linked, step, form, (subject, standing));
            if let CtaContext::Series(series) = standing
                && site.notify(lang, series).is_some()
            {
                (view.kind, view.label) =
                    ("notify", Some(linked.theme.word(lang, "tell_me").unwrap_or(TELL_ME)));
            }
            return Some(view);
        }
        None => {}
    }
    let organization = site.config().organization.as_ref()?;
    let text = linked.theme.word(lang, "a_person_answers");
    Some(CallToActionView {
        label: linked.theme.word(lang, "rather_talk"),
        text,
        text_html: escaped(text),
        url: organization.email.as_deref().map(mail::to),
        title: Some(&organization.name),
        kind: "contact",
        form: None,
    })
}

/// A form, which is shown on the spot.
fn form_step<'a>(
    linked: &'a Edition,
    step: &'a config::CallToAction,
    form: FormId,
    (subject, standing): (&Subject, CtaContext<'_>),
) -> CallToActionView<'a> {
    let (site, lang) = (&linked.site, subject.lang);
    let about = &site.content.forms[form];
    let words = |own: &'a Localized, others: &'a Localized| {
        form::words_in(site, if own.is_empty() { others } else { own }, lang)
    };
    let title = if about.title.is_empty() { &about.submit } else { &about.title };
    let page = subject.page.map(|page| site.page(page));
    let shown_on = match (page, standing) {
        (Some(page), _) => LeadPage::page(site, page),
        (None, CtaContext::Series(series)) => LeadPage::series(site, (lang, series), &subject.title),
        (None, _) => LeadPage::list(site, lang, &subject.url, &subject.title),
    };
    let place =
        form::FormPlacement { form, lang, page, slot: Slot::Next, gate: None, about: shown_on, carried: &[] };
    let own = form::words_in(site, &step.text, lang);
    CallToActionView {
        label: words(&step.label, title),
        text: own.or(form::words_in(site, &about.intro, lang)),
        text_html: escaped(own).or_else(|| FormText::new(linked, form, lang).html(&about.intro)),
        url: Some(format!("#{}", forms::dom_id(site, page, form, Slot::Next))),
        title: words(title, title),
        kind: "form",
        form: Some(form::view(linked, &place)),
    }
}

fn page_step<'a>(
    site: &'a Site,
    step: &'a config::CallToAction,
    target: PageId,
    lang: LangId,
) -> CallToActionView<'a> {
    let target = site.page(target);
    let label = Some(site.config().text(&step.label, lang)).filter(|label| !label.is_empty());
    let words = Some(site.config().text(&step.text, lang)).filter(|words| !words.is_empty());
    let is_contact = target.document.place.key == "pages/contact";
    let text = words.or(target.meta().description.as_deref());
    CallToActionView {
        label: Some(label.unwrap_or(target.title())),
        text,
        text_html: escaped(text),
        url: Some(site.href(&target.url)),
        title: Some(target.title()),
        kind: if is_contact { "contact" } else { "page" },
        form: None,
    }
}

fn escaped(text: Option<&str>) -> Option<Html> {
    let mut html = String::new();
    escape_text(text?, &mut html);
    Html::or_none(&html)
}
