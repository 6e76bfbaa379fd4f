//! Who gets leads from a site, for `doctor`: another way out of the pipeline, without rendering or writing anything.

use std::sync::Arc;

use crate::build::{load, sources};
use crate::config::{EditionConfig, RELAY, ResponseAccess, UNUSABLE, Webhook};
use crate::content::form::{Form, FormId};
use crate::content::front_matter::GateKey;
use crate::diag::Diagnostics;
use crate::edition::inputs::Options;
use crate::edition::linking::link;
use crate::leads::forms::lead;
use crate::pages::linked::Edition;
use crate::project::Project;
use crate::site::Content;

/// A webhook at one address, as the pages of one edition use it.
#[derive(Debug)]
pub struct WebhookUse {
    /// The edition whose pages send leads to it.
    pub edition: EditionConfig,
    /// The absolute address of the edition's home page.
    pub home: String,
    /// The webhook's id in the configuration.
    pub id: String,
    /// The webhook, as the configuration has it.
    pub webhook: Webhook,
    /// Where leads go, in full: for HubSpot with the form's place there.
    pub url: String,
    /// The forms that send to it, as indexes into [`Content::forms`].
    pub forms: Vec<FormId>,
    /// The gates of these forms that wait for their key in an answer.
    pub gates: Vec<AnswerGate>,
    /// The site's files, as they were read.
    pub content: Arc<Content>,
}

/// A gate whose key comes in the answer of a webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerGate {
    /// The gate's id, as front matter has it.
    pub gate: String,
    /// The id of the form that it asks for.
    pub form: String,
    /// The token that opens it.
    pub token: String,
    /// Can no other webhook of the form give the key?
    pub is_only_here: bool,
}

impl WebhookUse {
    /// The forms that send to it.
    pub fn forms(&self) -> impl Iterator<Item = &Form> {
        self.forms.iter().map(|index| &self.content.forms[*index])
    }
}

/// Who gets leads from each edition, in the order of editions and names. What is wrong with the site is reported.
#[must_use]
pub fn receivers(project: &dyn Project, options: &Options, diagnostics: &mut Diagnostics) -> Vec<WebhookUse> {
    let Some(loaded) = load(project, diagnostics) else { return Vec::new() };
    let mut all = Vec::new();
    for edition in sources::editions(&loaded.content.config, options.edition.as_deref(), diagnostics) {
        let linked = link(project, &loaded, &edition, options, diagnostics);
        let config = &loaded.content.config;
        let direct = config.webhooks.iter().filter(|(id, _)| !linked.site.is_relayed(id));
        for (id, webhook) in direct {
            let base = webhook.url_in(&edition, id);
            all.extend(base.into_iter().flat_map(|base| of_webhook(&linked, (id, webhook), &base.value)));
        }
        if let Some(relay) = &config.relay {
            all.extend(of_webhook(&linked, (RELAY, &relay.webhook), &relay.webhook.url.value));
        }
    }
    all
}

fn of_webhook(linked: &Edition, (id, webhook): (&str, &Webhook), base: &str) -> Vec<WebhookUse> {
    let site = &linked.site;
    if base == UNUSABLE {
        return Vec::new();
    }
    let mut found: Vec<WebhookUse> = Vec::new();
    let empty = |url: String| WebhookUse {
        edition: site.view.edition.clone(),
        home: site.view.base_url.with_trailing_slash(),
        id: id.to_string(),
        webhook: webhook.clone(),
        url,
        forms: Vec::new(),
        gates: Vec::new(),
        content: Arc::clone(&site.content),
    };
    for (index, form) in site.content.forms.each() {
        if !form.is_valid || !lead::receivers(site, form).any(|(receiver, ..)| receiver == id) {
            continue;
        }
        let url = lead::address(webhook, form, base);
        let at = found.iter().position(|receiver| receiver.url == url).unwrap_or_else(|| {
            found.push(empty(url));
            found.len() - 1
        });
        found[at].forms.push(index);
        found[at].gates.extend(waiting(linked, form, id));
    }
    if found.is_empty() {
        found.push(empty(base.to_string()));
    }
    found
}

/// The gates of a form that wait for their key in an answer.
fn waiting<'a>(linked: &'a Edition, form: &'a Form, webhook: &str) -> impl Iterator<Item = AnswerGate> + 'a {
    let is_only_here = !lead::receivers(&linked.site, form)
        .any(|(id, other, _)| id != webhook && other.response == ResponseAccess::Readable);
    let gates = linked.features.gates.all();
    let gates = gates.filter(|gate| gate.source == GateKey::Webhook && gate.form == form.id);
    gates.map(move |gate| AnswerGate {
        gate: gate.id.clone(),
        form: form.id.clone(),
        token: gate.token(),
        is_only_here,
    })
}
