//! `form`: what the template of a form gets, wherever it is shown. [`thanks`](super::thanks) has the page that follows.

use serde::Serialize;

use super::base::Base;
use super::form_text::FormText;
use super::linked::Edition;
use crate::config::{LangId, Localized, Webhook, WebhookKind};
use crate::content::body::Embed;
use crate::content::form::{Consent, Field, FieldKind, Form, FormId, Measure};
use crate::diag::Diagnostic;
use crate::html::EmbedTarget;
use crate::leads::forms::lead::{self, LeadPage, Use};
use crate::leads::forms::{self, Slot};
use crate::site::{Page, Site};
use crate::theme::values::{Html, Values};

/// So many options are shown side by side; more fold into a menu.
const FEW: usize = 5;

/// A form. Templates that include `partials/form.html` set `form` first: to `gate.form`, or to `call_to_action.form`.
#[derive(Debug, Serialize)]
pub(super) struct FormView<'a> {
    /// The form's id: the name of its file, as in `[form:guide]`.
    id: &'a str,
    /// Id for its element, unique on the page: `form-guide`, `form-guide-2`. All ids in it begin with it and `_`.
    dom: String,
    /// `text`, `gate`, `next`, `newsletter`, `assessment`, `calculator` or `survey`: where it appears.
    place: &'static str,
    /// The heading, as plain text; `null` if the file gives no words in this language.
    title: Option<&'a str>,
    /// The sentence below the heading, without links.
    intro: Option<&'a str>,
    /// The sentence below the heading as HTML, with its links; `null` if there is no such sentence.
    intro_html: Option<Html>,
    /// The label of the button.
    submit: Option<&'a str>,
    /// What readers see when it has been sent, without links.
    message: Option<&'a str>,
    /// The same with its links; `null` if it has none. `lead.js` shows what is in `<template data-lead-message>` instead of the words.
    message_html: Option<Html>,
    /// Whether this edition has a webhook for its leads; if not, show how else to reach a person.
    active: bool,
    /// How browsers send it without JavaScript; `null` if they can't.
    native: Option<NativePost<'a>>,
    /// `post`, or `dialog` if browsers can't send it natively.
    method: &'static str,
    /// `work` or `turnstile`, if the relay wants to see that no program sends it; otherwise `null`. Say what happens without JavaScript, and for `turnstile` give it a place: `<div data-lead-proof></div>`.
    proof: Option<&'static str>,
    /// The fields, in the order of the file; what an assessment or a calculator adds follows them, what a survey asks comes first.
    fields: Vec<FieldView<'a>>,
    /// The consents that it asks for.
    consent: Vec<ConsentView<'a>>,
    /// JSON for `<script type="application/json" data-lead-config>` inside the form, which `lead.js` reads.
    config: Html,
    /// The id of the gate that it opens.
    gate: Option<&'a str>,
    /// The organization's email address, for visitors whose lead can't be sent; `null` if none is configured.
    mail: Option<&'a str>,
    /// The organization's phone number, as it is written; `null` if none is configured.
    phone: Option<&'a str>,
    /// URL of the page that follows.
    thanks: String,
}

/// Where browsers post a form without JavaScript.
#[derive(Debug, Serialize)]
struct NativePost<'a> {
    /// The URL that the form is posted to, absolute.
    action: String,
    /// Values that are sent in addition to those of the fields: for Salesforce `oid` and `retURL`, otherwise `form`, `page_url`, `page_title`, `page_lang` and `redirect`, and what the webhook adds.
    hidden: Vec<HiddenValue<'a>>,
}

/// A value that is sent without being shown.
#[derive(Debug, Serialize)]
struct HiddenValue<'a> {
    /// The name under which it is sent.
    name: &'a str,
    /// What is sent under this name.
    value: String,
}

/// A field of a form.
#[derive(Debug, Serialize)]
struct FieldView<'a> {
    /// Its id in the form's file.
    id: &'a str,
    /// Id for its element: that of the form, `_` and a number.
    dom: String,
    /// The name under which browsers send it.
    name: &'a str,
    /// The field's type in the form's file.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The type of `<input>`, or `textarea`; for a choice `radio` (up to five options) or `select`; for `choices` `checkbox`.
    input: &'static str,
    /// What it asks for, without links.
    label: Option<&'a str>,
    /// The same with its links; only a checkbox can have any.
    label_html: Option<Html>,
    /// A sentence that helps to answer, without links.
    help: Option<&'a str>,
    /// The sentence that helps as HTML, with its links; `null` if there is no such sentence.
    help_html: Option<Html>,
    /// An example of an answer.
    placeholder: Option<&'a str>,
    /// Whether it must be filled in.
    required: bool,
    /// The value of the attribute `autocomplete`.
    autocomplete: Option<&'a str>,
    /// The value of the attribute `inputmode`.
    inputmode: Option<&'static str>,
    /// The value that the field has at first; `null` if it is empty.
    value: Option<&'a str>,
    /// The answers to choose from; empty for other types.
    options: Vec<OptionView<'a>>,
    /// The smallest value that is accepted; `null` if there is no limit.
    min: Option<&'a str>,
    /// The largest value that is accepted; `null` if there is no limit.
    max: Option<&'a str>,
    /// The fewest characters that are accepted; `null` if there is no limit.
    min_length: Option<i64>,
    /// The most characters that are accepted; `null` if there is no limit.
    max_length: Option<i64>,
    /// Whether an email address must be one at work.
    business_email: bool,
    /// The country whose phone numbers need no country code.
    country: Option<&'a str>,
    /// `nps`, `csat` or `ces`: a question about satisfaction, whose options are numbers; `null` for other fields.
    measure: Option<&'static str>,
    /// Whether `lead.js` puts the answers of a worksheet into it. Give the element around it `data-lead-worksheet` and `hidden`: it is shown when there is an answer.
    worksheet: bool,
}

/// An answer that can be chosen.
#[derive(Debug, Serialize)]
struct OptionView<'a> {
    /// Its id in the form's file.
    id: &'a str,
    /// The option's label in the language of the page.
    label: Option<&'a str>,
    /// Id for its element, unique on the page.
    dom: String,
}

/// A consent that a form asks for.
#[derive(Debug, Serialize)]
struct ConsentView<'a> {
    /// Its id in the form's file.
    id: &'a str,
    /// Id for its element, unique on the page.
    dom: String,
    /// The name under which browsers send it.
    name: String,
    /// What is agreed to, without links. These words must be shown exactly as they are: their hash is part of the lead.
    text: Option<&'a str>,
    /// What is agreed to as HTML, with its links; `null` if the file gives no words in this language.
    html: Option<Html>,
    /// Whether the form can only be sent with it.
    required: bool,
    /// The version of the text.
    version: Option<&'a str>,
}

/// What `partials/form.html` gets, with `site`, `theme`, `assets` and `t`.
#[derive(Debug, Serialize)]
struct FormPartial<'a> {
    /// The form that the text embeds.
    form: FormView<'a>,
}

/// Where a form is shown.
pub(super) struct FormPlacement<'a> {
    /// Its index among the site's forms.
    pub(super) form: FormId,
    /// The language of the page.
    pub(super) lang: LangId,
    /// The page, where it has a file.
    pub(super) page: Option<&'a Page>,
    /// Where on the page, which decides its ids and what `place` says.
    pub(super) slot: Slot,
    /// The gate that it opens.
    pub(super) gate: Option<&'a str>,
    /// The page as the lead names it.
    pub(super) about: LeadPage,
    /// What an assessment, a calculator or a survey adds to its leads.
    pub(super) carried: &'a [Field],
}

/// The form in a place.
pub(super) fn view<'a>(linked: &'a Edition, place: &FormPlacement<'a>) -> FormView<'a> {
    let site = &linked.site;
    let form = &site.content.forms[place.form];
    let text = FormText::new(linked, place.form, place.lang);
    let lang = place.lang;
    let dom = forms::dom_id(site, place.page, place.form, place.slot);
    let words = |words: &'a Localized| words_in(site, words, lang);
    let native = Native::new(site, form);
    // What a survey asks comes first: it is why the form is here.
    let (first, last): (&[Field], &[Field]) = match place.slot {
        Slot::Survey(_) => (place.carried, &form.fields),
        _ => (&form.fields, place.carried),
    };
    let fields = first.iter().chain(last).map(|field| self::field(&text, field, (&dom, native.as_ref())));
    let consents = form.consent.iter();
    let consents = consents.map(|consent| self::consent(&text, consent, (&dom, native.as_ref())));
    let organization = site.config().organization.as_ref();
    let used = Use { form, lang, gate: place.gate, carried: place.carried };
    FormView {
        id: &form.id,
        place: match place.slot {
            Slot::Open(_) | Slot::Gated(_) => "text",
            Slot::Gate => "gate",
            Slot::Next => "next",
            Slot::Newsletter => "newsletter",
            Slot::Assessment(_) => "assessment",
            Slot::Calculator(_) => "calculator",
            Slot::Survey(_) => "survey",
        },
        title: words(&form.title),
        intro: words(&form.intro),
        intro_html: text.html(&form.intro),
        submit: words(&form.submit),
        message: words(&form.thank_you.message),
        message_html: text.html(&form.thank_you.message).filter(|_| !form.thank_you.message.links.is_empty()),
        active: lead::receivers(site, form).next().is_some(),
        // `dialog` sends nothing anywhere: better than names and numbers in the address of the page.
        method: if native.is_some() { "post" } else { "dialog" },
        proof: form.proof.name().filter(|_| lead::relayed(site, form).next().is_some()),
        fields: fields.collect(),
        consent: consents.collect(),
        native: native.map(|native| native.view(site, place)),
        config: Html::new(&lead::config(site, used, &place.about)),
        gate: place.gate,
        mail: organization.and_then(|organization| organization.email.as_deref()),
        phone: organization.and_then(|organization| organization.phone.as_deref()),
        thanks: site.href(&forms::thanks_url(site, form, lang)),
        dom,
    }
}

/// Text in a language, or nothing.
pub(super) fn words_in<'a>(site: &Site, words: &'a Localized, lang: LangId) -> Option<&'a str> {
    Some(site.config().text(words, lang).trim()).filter(|words| !words.is_empty())
}

/// The webhook to which browsers can post by themselves.
struct Native<'a> {
    webhook: &'a Webhook,
    url: &'a str,
}

impl<'a> Native<'a> {
    fn new(site: &'a Site, form: &'a Form) -> Option<Self> {
        let takes_posts = |kind: &WebhookKind| {
            matches!(kind, WebhookKind::Form | WebhookKind::Salesforce { .. } | WebhookKind::Relay)
        };
        let mut receivers = lead::receivers(site, form);
        let (_, webhook, url) = receivers.find(|(_, webhook, _)| takes_posts(&webhook.kind))?;
        Some(Self { webhook, url })
    }

    fn view(&self, site: &'a Site, place: &FormPlacement<'a>) -> NativePost<'a> {
        let about = &place.about;
        let form = &site.content.forms[place.form];
        let thanks = site.permalink(&forms::thanks_url(site, form, place.lang));
        let own: Vec<(&'static str, String)> = match &self.webhook.kind {
            WebhookKind::Salesforce { oid } => vec![("oid", oid.clone()), ("retURL", thanks)],
            _ => vec![
                ("form", form.id.clone()),
                ("page_url", about.url.clone()),
                ("page_title", about.title.clone()),
                ("page_lang", about.lang.clone()),
                ("redirect", thanks),
            ],
        };
        let series = about.series.clone().map(|series| ("page_series", series));
        let part = about.part.map(|part| ("page_part", part.to_string()));
        let is_flat = !matches!(self.webhook.kind, WebhookKind::Salesforce { .. });
        let own = own.into_iter().chain(series.into_iter().chain(part).filter(|_| is_flat));
        let own = own.map(|(name, value)| (lead::sent_as(self.webhook, name), value));
        let added = self.webhook.add.iter().map(|(name, value)| (name.as_str(), value.clone()));
        let hidden = own.chain(added).map(|(name, value)| HiddenValue { name, value });
        NativePost { action: lead::address(self.webhook, form, self.url), hidden: hidden.collect() }
    }
}

fn field<'a>(
    text: &FormText<'a>,
    field: &'a Field,
    (form, native): (&str, Option<&Native<'a>>),
) -> FieldView<'a> {
    let (site, lang) = (text.site, text.lang);
    let dom = format!("{form}_{}", field.id.value);
    let words = |words: &'a Localized| words_in(site, words, lang);
    let id = field.id.value.as_str();
    let options = field.options.iter().enumerate().map(|(index, option)| OptionView {
        id: &option.id.value,
        label: words(&option.label),
        dom: format!("{dom}_{}", index + 1),
    });
    let limits = &field.limits;
    FieldView {
        id,
        name: native.map_or(id, |native| lead::sent_as(native.webhook, id)),
        kind: field.kind.name(),
        input: input(field),
        label: words(&field.label),
        label_html: text.html(&field.label),
        help: words(&field.help),
        help_html: text.html(&field.help),
        placeholder: words(&field.placeholder),
        required: field.required,
        autocomplete: field.autocomplete.as_deref(),
        inputmode: input_mode(field.kind),
        value: field.value.as_deref(),
        options: options.collect(),
        min: limits.min.as_deref(),
        max: limits.max.as_deref(),
        min_length: limits.min_length,
        max_length: limits.max_length,
        business_email: field.business_email,
        country: lead::country(site, field),
        measure: field.measure.map(Measure::name),
        worksheet: field.worksheet,
        dom,
    }
}

/// The element or type of input that a field is shown as.
fn input(field: &Field) -> &'static str {
    match field.kind {
        FieldKind::Choice if field.measure.is_some() => "radio",
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

fn consent<'a>(
    text: &FormText<'a>,
    consent: &'a Consent,
    (form, native): (&str, Option<&Native<'a>>),
) -> ConsentView<'a> {
    let name = lead::consent_name(consent);
    ConsentView {
        id: &consent.id.value,
        dom: format!("{form}_{name}"),
        name: native.map_or(name.as_str(), |native| lead::sent_as(native.webhook, &name)).to_string(),
        text: words_in(text.site, &consent.text, text.lang),
        html: text.html(&consent.text),
        required: consent.required,
        version: consent.version.as_deref(),
    }
}

/// The form that a text embeds, on the spot.
pub(super) fn render_embed(
    linked: &Edition,
    page: &Page,
    embed: &Embed,
    slot: Slot,
) -> Result<EmbedTarget<'static>, Box<Diagnostic>> {
    let Some(form) = linked.site.form(&embed.name) else { return Ok(EmbedTarget::Nothing) };
    let about = LeadPage::page(&linked.site, page);
    let place =
        FormPlacement { form, lang: page.lang(), page: Some(page), slot, gate: None, about, carried: &[] };
    Ok(EmbedTarget::Html(rendered(linked, &place)?.into()))
}

/// A link to the form that a text embeds, for readers elsewhere.
pub(super) fn linked_to(linked: &Edition, page: &Page, embed: &Embed, slot: Slot) -> EmbedTarget<'static> {
    let site = &linked.site;
    let Some(form) = site.form(&embed.name) else { return EmbedTarget::Nothing };
    let dom = forms::dom_id(site, Some(page), form, slot);
    let form = &site.content.forms[form];
    let words = if form.title.is_empty() { &form.submit } else { &form.title };
    let words = site.config().text(words, page.lang()).to_string();
    EmbedTarget::Link(format!("{}#{dom}", site.permalink(&page.url)), words)
}

/// A form as HTML, made by its template.
fn rendered(linked: &Edition, place: &FormPlacement<'_>) -> Result<String, Box<Diagnostic>> {
    let values = Values::new(&Base::new(linked, place.lang)).with(&FormPartial { form: view(linked, place) });
    let what = place.page.map_or_else(|| place.about.url.clone(), |page| format!("`{}`", page.path()));
    linked.theme.engines[place.lang].render("partials/form.html", &values, &what)
}

/// The form at a page's gate.
pub(super) fn at_gate<'a>(
    linked: &'a Edition,
    page: &'a Page,
    form: &str,
    gate: &'a str,
) -> Option<FormView<'a>> {
    let site = &linked.site;
    let form = site.form(form)?;
    let about = LeadPage::page(site, page);
    let place = FormPlacement {
        form,
        lang: page.lang(),
        page: Some(page),
        slot: Slot::Gate,
        gate: Some(gate),
        about,
        carried: &[],
    };
    Some(view(linked, &place))
}
