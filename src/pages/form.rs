//! `form`: what the template of a form gets, wherever it stands, and the page of thanks for it.

use tera::{Context, Value};

use super::linked::Linked;
use super::subject::{Subject, made, string};
use crate::config::{LangId, Localized, WebhookKind};
use crate::content::body::Embed;
use crate::content::form::{Consent, Field, FieldKind, Form};
use crate::diag::Diagnostic;
use crate::html::EmbedTarget;
use crate::leads::forms::lead::{self, About, Use};
use crate::leads::forms::{self, Slot};
use crate::site::{Page, Site};
use crate::theme::engine::{html, list, object, text};

/// So many options are shown side by side; more fold into a menu.
const FEW: usize = 5;

/// Where a form is shown.
pub(super) struct Place<'a> {
    /// Its index among the site's forms.
    pub(super) form: usize,
    /// The language of the page.
    pub(super) lang: LangId,
    /// The page, where it has a file.
    pub(super) page: Option<&'a Page>,
    /// Where on it.
    pub(super) slot: Slot,
    /// The gate that it opens.
    pub(super) gate: Option<&'a str>,
    /// The page as the lead names it.
    pub(super) about: About,
}

/// The form in a place.
pub(super) fn value(site: &Site, place: &Place<'_>) -> Value {
    let form = &site.content.forms[place.form];
    let lang = place.lang;
    let dom = forms::dom_id(site, place.page, place.form, place.slot);
    let said = |words: &Localized| said(site, words, lang);
    let native = Native::of(site, form, lang);
    let is_active = lead::receivers(site, form).next().is_some();
    let fields = form.fields.iter().map(|field| self::field(site, field, lang, (&dom, native.as_ref())));
    let consents =
        form.consent.iter().map(|consent| self::consent(site, consent, lang, (&dom, native.as_ref())));
    let organization = site.config().organization.as_ref();
    let slot = match place.slot {
        Slot::Open(_) | Slot::Gated(_) => "text",
        Slot::Gate => "gate",
        Slot::Next => "next",
    };
    let used = Use { form, lang, gate: place.gate };
    object([
        ("id", Value::from(form.id.as_str())),
        ("dom", Value::from(dom.as_str())),
        ("place", Value::from(slot)),
        ("title", said(&form.title)),
        ("intro", said(&form.intro)),
        ("submit", said(&form.submit)),
        ("message", said(&form.after.message)),
        ("active", Value::from(is_active)),
        ("native", native.as_ref().map_or_else(Value::none, |native| native.value(site, place))),
        // `dialog` sends nothing anywhere: better than names and numbers in the address of the page.
        ("method", Value::from(if native.is_some() { "post" } else { "dialog" })),
        ("fields", list(fields)),
        ("consent", list(consents)),
        ("config", html(&lead::config(site, used, &place.about))),
        ("gate", text(place.gate)),
        ("mail", text(organization.and_then(|organization| organization.email.as_deref()))),
        ("phone", text(organization.and_then(|organization| organization.phone.as_deref()))),
        ("thanks", Value::from(site.href(&forms::thanks_url(site, form, lang)))),
    ])
}

/// Text in a language, or nothing.
fn said(site: &Site, words: &Localized, lang: LangId) -> Value {
    text(Some(site.config().text(words, lang).trim()).filter(|words| !words.is_empty()))
}

/// The webhook to which browsers can post by themselves.
struct Native<'a> {
    webhook: &'a crate::config::Webhook,
    url: &'a str,
    thanks: String,
}

impl<'a> Native<'a> {
    fn of(site: &'a Site, form: &'a Form, lang: LangId) -> Option<Self> {
        let takes_posts =
            |kind: &WebhookKind| matches!(kind, WebhookKind::Form | WebhookKind::Salesforce { .. });
        let (_, webhook, url) =
            lead::receivers(site, form).find(|(_, webhook, _)| takes_posts(&webhook.kind))?;
        Some(Self { webhook, url, thanks: site.permalink(&forms::thanks_url(site, form, lang)) })
    }

    /// `{action, hidden: [{name, value}]}`: all that goes besides what the visitor fills in.
    fn value(&self, site: &Site, place: &Place<'_>) -> Value {
        let about = &place.about;
        let form = &site.content.forms[place.form];
        let own: Vec<(&str, &str)> = match &self.webhook.kind {
            WebhookKind::Salesforce { oid } => vec![("oid", oid), ("retURL", &self.thanks)],
            _ => vec![
                ("form", &form.id),
                ("page_url", &about.url),
                ("page_title", &about.title),
                ("page_lang", &about.lang),
                ("redirect", &self.thanks),
            ],
        };
        let own = own.into_iter().map(|(name, value)| (lead::sent_as(self.webhook, name), value));
        let added = self.webhook.add.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let hidden = own
            .chain(added)
            .map(|(name, value)| object([("name", Value::from(name)), ("value", Value::from(value))]));
        object([("action", Value::from(self.url)), ("hidden", list(hidden))])
    }
}

/// The name under which something is sent without JavaScript.
fn name<'a>(native: Option<&'a Native<'_>>, id: &'a str) -> &'a str {
    native.map_or(id, |native| lead::sent_as(native.webhook, id))
}

fn field(site: &Site, field: &Field, lang: LangId, (form, native): (&str, Option<&Native<'_>>)) -> Value {
    let dom = format!("{form}_{}", field.id.value);
    let said = |words: &Localized| said(site, words, lang);
    let options = field.options.iter().enumerate().map(|(index, option)| {
        object([
            ("id", Value::from(option.id.value.as_str())),
            ("label", said(&option.label)),
            ("dom", Value::from(format!("{dom}_{}", index + 1))),
        ])
    });
    let limits = &field.limits;
    let count = |limit: Option<i64>| limit.map_or_else(Value::none, Value::from);
    object([
        ("id", Value::from(field.id.value.as_str())),
        ("dom", Value::from(dom.as_str())),
        ("name", Value::from(name(native, &field.id.value))),
        ("type", Value::from(field.kind.name())),
        ("input", Value::from(input(field))),
        ("label", said(&field.label)),
        ("help", said(&field.help)),
        ("placeholder", said(&field.placeholder)),
        ("required", Value::from(field.required)),
        ("autocomplete", text(field.autocomplete.as_deref())),
        ("inputmode", text(input_mode(field.kind))),
        ("value", text(field.value.as_deref())),
        ("options", list(options)),
        ("min", text(limits.min.as_deref())),
        ("max", text(limits.max.as_deref())),
        ("min_length", count(limits.min_length)),
        ("max_length", count(limits.max_length)),
        ("work_only", Value::from(field.work_only)),
        ("country", text(lead::country(site, field))),
    ])
}

/// The element or type of input that a field is shown as.
fn input(field: &Field) -> &'static str {
    match field.kind {
        FieldKind::Choice if field.options.len() > FEW => "select",
        FieldKind::Choice => "radio",
        FieldKind::Choices => "checkbox",
        kind => kind.name(),
    }
}

fn input_mode(kind: FieldKind) -> Option<&'static str> {
    match kind {
        FieldKind::Email => Some("email"),
        FieldKind::Tel => Some("tel"),
        FieldKind::Url => Some("url"),
        FieldKind::Number => Some("decimal"),
        _ => None,
    }
}

fn consent(
    site: &Site,
    consent: &Consent,
    lang: LangId,
    (form, native): (&str, Option<&Native<'_>>),
) -> Value {
    let name_in_lead = lead::consent_name(consent);
    object([
        ("id", Value::from(consent.id.value.as_str())),
        ("dom", Value::from(format!("{form}_{name_in_lead}"))),
        ("name", Value::from(name(native, &name_in_lead))),
        ("text", said(site, &consent.text, lang)),
        ("required", Value::from(consent.required)),
        ("version", text(consent.version.as_deref())),
    ])
}

/// The form that a text embeds, on the spot.
pub(super) fn shown(
    linked: &Linked,
    page: &Page,
    embed: &Embed,
    slot: Slot,
) -> Result<EmbedTarget<'static>, Box<Diagnostic>> {
    let Some(form) = linked.site.form(&embed.name) else { return Ok(EmbedTarget::Nothing) };
    let about = About::page(&linked.site, page);
    let place = Place { form, lang: page.lang(), page: Some(page), slot, gate: None, about };
    Ok(EmbedTarget::Html(rendered(linked, &place)?.into()))
}

/// A link to the form that a text embeds, for readers elsewhere.
pub(super) fn linked_to(linked: &Linked, page: &Page, embed: &Embed, slot: Slot) -> EmbedTarget<'static> {
    let site = &linked.site;
    let Some(form) = site.form(&embed.name) else { return EmbedTarget::Nothing };
    let dom = forms::dom_id(site, Some(page), form, slot);
    let form = &site.content.forms[form];
    let words = if form.title.is_empty() { &form.submit } else { &form.title };
    let words = site.config().text(words, page.lang()).to_string();
    EmbedTarget::Link(format!("{}#{dom}", site.permalink(&page.url)), words)
}

/// A form as HTML, made by its template.
fn rendered(linked: &Linked, place: &Place<'_>) -> Result<String, Box<Diagnostic>> {
    let mut context = Context::new();
    context.insert_value("site", linked.views.site[place.lang].clone());
    context.insert_value("theme", linked.views.theme.clone());
    context.insert_value("assets", linked.views.assets.clone());
    context.insert_value("t", linked.theme.strings[place.lang].clone());
    context.insert_value("form", value(&linked.site, place));
    let what = place.page.map_or_else(|| place.about.url.clone(), |page| format!("`{}`", page.path()));
    linked.theme.engines[place.lang].render("partials/form.html", &context, &what)
}

/// The form at a page's gate.
pub(super) fn at_gate(site: &Site, page: &Page, form: &str, gate: &str) -> Value {
    let Some(form) = site.form(form) else { return Value::none() };
    let about = About::page(site, page);
    let place =
        Place { form, lang: page.lang(), page: Some(page), slot: Slot::Gate, gate: Some(gate), about };
    value(site, &place)
}

/// What a page of thanks says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Thanks {
    /// What the form has for those who have sent it.
    InItsWords,
    /// Thanks alone: the form is behind a gate, and so are its words.
    Plain,
}

/// The page of thanks for a form, in a language.
pub(super) fn thanks(
    linked: &Linked,
    form: usize,
    (lang, says): (LangId, Thanks),
    context: &mut Context,
) -> Subject {
    let site = &linked.site;
    let form = &site.content.forms[form];
    let title = string(linked, lang, "thank_you", "Thank you");
    let url = |lang| Some(forms::thanks_url(site, form, lang));
    let message = match says {
        Thanks::InItsWords => said(site, &form.after.message, lang),
        Thanks::Plain => Value::none(),
    };
    let about = made(linked, lang, title.clone(), "thanks.html", &url);
    let value = object([
        ("title", Value::from(title)),
        ("message", message),
        ("form", Value::from(form.id.as_str())),
    ]);
    context.insert_value("thanks", value);
    about
}
