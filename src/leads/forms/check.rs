//! What must be right about a form before anybody meets it.

use crate::project::CONFIG_FILE;
use std::collections::BTreeMap;

use super::secrets;
use crate::config::{Audience, Localized, Webhook, WebhookKind, reserved};
use crate::content::form::{Field, FieldKind, Form};
use crate::diag::{Code, Diagnostic, Diagnostics, Span, credentials};
use crate::site::Site;
use crate::yaml::{Spanned, listed};

/// Checks a form that was read without a mistake, be it shown or not.
pub(super) fn form(site: &Site, form: &Form, diagnostics: &mut Diagnostics) {
    if form.webhooks.is_empty() {
        without_webhook(site, form, diagnostics);
    }
    // Who answers a survey may stay unknown.
    let is_of_survey = || {
        let named = site.content.asked.surveys.iter().filter_map(|survey| survey.form.as_ref());
        named.map(|named| &named.value).any(|named| *named == form.id)
    };
    let is_contact = |field: &Field| matches!(field.kind, FieldKind::Email | FieldKind::Tel);
    if !form.fields.iter().any(is_contact) && !is_of_survey() {
        diagnostics.push(
            Diagnostic::new(
                Code::FormWithoutContact,
                format!("the form `{}` asks for no email address and no phone number", form.id),
            )
            .in_file(&form.path)
            .help("add a field: `- {id: email, type: email, required: true}`"),
        );
    }
    translations(site, form, diagnostics);
    for (name, webhook) in receivers(site, form) {
        names(form, webhook, diagnostics);
        match &webhook.kind {
            WebhookKind::Hubspot(hubspot) if hubspot.guid(&form.id).is_none() => {
                without_guid(form, (name, webhook), diagnostics);
            }
            WebhookKind::Salesforce { .. } => {
                salesforce(form, (name, webhook), ["last_name", "company"], diagnostics);
            }
            WebhookKind::SalesforceApi(_) => {
                salesforce(form, (name, webhook), ["LastName", "Company"], diagnostics);
            }
            WebhookKind::HubspotCrm { .. } => hubspot_crm(form, (name, webhook), diagnostics),
            _ => {}
        }
    }
    if let Some(page) = &form.thank_you.page {
        site.check_page(page, &form.path, Audience::Public, diagnostics);
    }
}

fn without_webhook(site: &Site, form: &Form, diagnostics: &mut Diagnostics) {
    let known: Vec<&str> = site.config().webhooks.keys().map(String::as_str).collect();
    let help = match known.as_slice() {
        [] => {
            "declare one under `webhooks:` in `ringback.yaml`, and name it here: `webhook: crm`".to_string()
        }
        known => format!("add `webhook:` with one or more of {}", listed(known)),
    };
    diagnostics.push(
        Diagnostic::new(
            Code::FormWithoutWebhook,
            format!("the form `{}` has no webhook, so its leads go nowhere", form.id),
        )
        .in_file(&form.path)
        .help(help),
    );
}

/// HubSpot takes submissions of forms that it knows, by their own ids.
fn without_guid(form: &Form, (name, webhook): (&Spanned<String>, &Webhook), diagnostics: &mut Diagnostics) {
    diagnostics.push(
        Diagnostic::new(
            Code::WebhookIncomplete,
            format!("the webhook `{}` does not say which HubSpot form `{}` belongs to", name.value, form.id),
        )
        .at(&form.path, name.span)
        .related(CONFIG_FILE, Some(webhook.span), "the webhook")
        .help(format!("add the form's GUID in HubSpot: `form: {{{}: …}}`", form.id)),
    );
}

/// Checks a form that this edition shows: its pages say where leads go.
pub(super) fn check_shown(site: &Site, form: &Form, diagnostics: &mut Diagnostics) {
    // What only the team can open may know the team's own channels.
    if site.view.edition.sees(Audience::Team) {
        return;
    }
    diagnostics.extend(form.credentials.iter().map(|found| credentials::problem(found, &form.path, None)));
    for (name, webhook) in receivers(site, form) {
        // What the relay sends to is in no page.
        if site.is_relayed(&name.value) {
            continue;
        }
        for (added, value) in &webhook.add {
            let span = webhook.names.get(added).copied().unwrap_or(webhook.span);
            let found = credentials::find(value.as_bytes());
            let problem = |found| credentials::problem(found, CONFIG_FILE, Some(span));
            diagnostics.extend(found.iter().map(problem));
        }
        let Some(url) = webhook.url_in(&site.view.edition, &name.value) else { continue };
        let Some(why) = secrets::secret_in(&url.value) else { continue };
        diagnostics.push(
            Diagnostic::new(
                Code::SecretWebhook,
                format!("the URL of the webhook `{}` {why}: every visitor could read it", name.value),
            )
            .at(CONFIG_FILE, url.span)
            .help("use a URL that is made to be public, such as one from Zapier, Make or n8n, and pass leads on from there"),
        );
    }
}

/// A receiver gets each answer under a name of its own: with two of one name, one would stand in the place of the other.
fn names(form: &Form, webhook: &Webhook, diagnostics: &mut Diagnostics) {
    let is_flat = !matches!(webhook.kind, WebhookKind::Json { .. });
    // What a lead says of itself can go under another name, too.
    let own = webhook.map.iter().filter(|(own, _)| is_flat && reserved::is_forms(own));
    let mut taken: BTreeMap<&str, Option<Span>> = own.map(|(_, name)| (name.as_str(), None)).collect();
    for field in form.sent() {
        let sent = super::lead::sent_as(webhook, &field.id.value);
        let Some(other) = taken.insert(sent, Some(field.id.span)) else { continue };
        let message = format!("`{}` would be sent as `{sent}`, and so would something else", field.id.value);
        let problem = Diagnostic::new(Code::InvalidValue, message)
            .at(&form.path, field.id.span)
            .related(CONFIG_FILE, Some(webhook.span), "the webhook that gives the names")
            .help("the endpoint would receive only one of them; give each its own name in `map:` of the webhook");
        diagnostics.push(match other {
            Some(span) => problem.related(&form.path, Some(span), "the other one"),
            None => problem,
        });
    }
}

fn receivers<'a>(site: &'a Site, form: &'a Form) -> impl Iterator<Item = (&'a Spanned<String>, &'a Webhook)> {
    form.webhooks.iter().filter_map(|name| Some((name, site.config().webhooks.get(&name.value)?)))
}

/// HubSpot knows a contact by the email address.
fn hubspot_crm(form: &Form, (name, webhook): (&Spanned<String>, &Webhook), diagnostics: &mut Diagnostics) {
    let is_address = |field: &Field| {
        let sent = super::lead::sent_as(webhook, &field.id.value);
        field.kind == FieldKind::Email && field.required && sent == "email"
    };
    if !form.fields.iter().any(is_address) {
        let message =
            format!("HubSpot knows contacts by `email`, which the form `{}` doesn't require", form.id);
        let problem = Diagnostic::new(Code::WebhookIncomplete, message).at(&form.path, name.span);
        diagnostics.push(
            problem
                .related(CONFIG_FILE, Some(webhook.span), "the webhook")
                .help("add a field: `- {id: email, type: email, required: true}`"),
        );
    }
}

/// Salesforce takes no lead without the name of a person and of a company.
fn salesforce(
    form: &Form,
    (name, webhook): (&Spanned<String>, &Webhook),
    names: [&str; 2],
    diagnostics: &mut Diagnostics,
) {
    for wanted in names {
        let field = form.fields.iter().find(|field| super::lead::sent_as(webhook, &field.id.value) == wanted);
        let has_value = field.is_some_and(|field| field.required || field.kind == FieldKind::Hidden);
        if has_value || webhook.add.contains_key(wanted) {
            continue;
        }
        let help = match field {
            Some(field) => format!("make the field `{}` required", field.id.value),
            None => format!(
                "add a required field `{wanted}`, name one with `map:` in the webhook, or give a fixed value: `add: {{{wanted}: …}}`"
            ),
        };
        diagnostics.push(
            Diagnostic::new(
                Code::WebhookIncomplete,
                format!(
                    "Salesforce rejects leads without `{wanted}`, which the form `{}` may leave out",
                    form.id
                ),
            )
            .at(&form.path, name.span)
            .related(CONFIG_FILE, Some(webhook.span), "the webhook")
            .help(help),
        );
    }
}

/// Every text has to be there in every language in which readers may meet the form.
fn translations(site: &Site, form: &Form, diagnostics: &mut Diagnostics) {
    for consent in &form.consent {
        let missing = missing(site, &consent.text);
        if !missing.is_empty() {
            diagnostics.push(
                Diagnostic::new(
                    Code::ConsentNotTranslated,
                    format!("the consent `{}` has no text in {}", consent.id.value, missing.join(" and ")),
                )
                .at(&form.path, consent.text_span)
                .help(
                    "nobody can agree to a text in another language; write it in each language of the site",
                ),
            );
        }
    }
    let whole = |key: &str| form.spans.get(key).copied().unwrap_or_default();
    let mut texts: Vec<(String, &Localized, Span)> = vec![
        ("`title`".into(), &form.title, whole("title")),
        ("`intro`".into(), &form.intro, whole("intro")),
        ("`submit`".into(), &form.submit, whole("submit")),
        ("the message of `thank_you`".into(), &form.thank_you.message, whole("thank_you")),
    ];
    for field in form.fields.iter().filter(|field| field.kind != FieldKind::Hidden) {
        let id = &field.id.value;
        texts.push((format!("the label of `{id}`"), &field.label, field.id.span));
        texts.push((format!("`help` of `{id}`"), &field.help, field.id.span));
        texts.push((format!("`placeholder` of `{id}`"), &field.placeholder, field.id.span));
        for option in &field.options {
            texts.push((format!("the option `{}`", option.id.value), &option.label, option.id.span));
        }
    }
    for (what, text, span) in texts {
        let missing = missing(site, text);
        if !text.is_empty() && !missing.is_empty() {
            diagnostics.push(
                Diagnostic::new(
                    Code::FormNotTranslated,
                    format!("{what} is missing in {}", missing.join(" and ")),
                )
                .at(&form.path, span)
                .help("readers of that language see it in another one; add it"),
            );
        }
    }
}

/// The languages of the site, by their codes in backticks, in which a text is missing.
fn missing(site: &Site, text: &Localized) -> Vec<String> {
    let languages = site.languages().filter(|lang| !text.has(*lang));
    languages.map(|lang| format!("`{}`", site.config().languages[lang].code)).collect()
}
