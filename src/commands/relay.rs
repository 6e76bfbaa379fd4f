//! What a relay has to know of its site: another way out of the pipeline, without rendering or writing anything.

use crate::build::{load, sources};
use crate::config::{Audience, LangId};
use crate::content::form::Form;
use crate::content::front_matter::GateKey;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::edition::inputs::Options;
use crate::edition::linking::link;
use crate::leads::forms::{lead, thanks_url};
use crate::leads::webhooks::{Labels, LeadTexts};
use crate::pages::form_text::FormText;
use crate::pages::linked::Edition;
use crate::project::{CONFIG_FILE, Project};
use crate::relay::routes::{EditionRoutes, FormRoute, FormWords, Routes};

/// Reads the site as a relay sees it. What is wrong is reported; `None` where there is an error, or no `relay`.
#[must_use]
pub fn routes(project: &dyn Project, options: &Options, diagnostics: &mut Diagnostics) -> Option<Routes> {
    let loaded = load(project, diagnostics)?;
    let config = &loaded.content.config;
    let Some(relay) = &config.relay else {
        diagnostics.push(
            Diagnostic::new(Code::MissingKey, "this site has no `relay`, so its pages post to the webhooks")
                .in_file(CONFIG_FILE)
                .help("declare where browsers reach it: `relay: {url: https://leads.example.org/}`"),
        );
        return None;
    };
    diagnostics.extend(relay.unset.iter().cloned());
    let mut editions = Vec::new();
    for edition in sources::editions(config, options.edition.as_deref(), diagnostics) {
        let linked = link(project, &loaded, &edition, options, diagnostics);
        editions.push(of_edition(&linked));
    }
    let used = |id: &String| {
        let is_alert = relay.alerts.contains(id);
        is_alert || editions.iter().any(|edition| edition.webhooks().any(|used| used == id))
    };
    let webhooks = config.webhooks.iter().filter(|(id, _)| used(id));
    let webhooks = webhooks.map(|(id, webhook)| (id.clone(), webhook.clone())).collect();
    let routes = Routes {
        editions,
        webhooks,
        alerts: relay.alerts.clone(),
        quarantine: relay.quarantine,
        retention: relay.retention,
    };
    Some(routes).filter(|_| !diagnostics.has_errors())
}

fn of_edition(linked: &Edition) -> EditionRoutes {
    let site = &linked.site;
    let config = site.config();
    let relayed = |id: Option<&String>| id.filter(|id| site.is_relayed(id)).cloned().into_iter().collect();
    let calls = config.calls.webhook.as_ref().filter(|_| site.view.edition.sees(Audience::Team));
    let forms = site.content.forms.iter().enumerate().filter(|(_, form)| form.is_valid);
    let forms = forms.filter(|(_, form)| lead::relayed(site, form).next().is_some());
    EditionRoutes {
        name: site.view.edition.name.clone(),
        origin: site.view.base_url.origin.clone(),
        home: site.view.base_url.whole(),
        lang: config.languages[config.default_language].code.clone(),
        forms: forms.map(|(index, form)| (form.id.clone(), of_form(linked, index, form))).collect(),
        calls: relayed(calls),
        receipts: relayed(config.integrations.receipts.as_ref()),
    }
}

fn of_form(linked: &Edition, index: usize, form: &Form) -> FormRoute {
    let site = &linked.site;
    let gates = linked.features.gates.all();
    let waiting = gates.filter(|gate| gate.source == GateKey::Webhook && gate.form == form.id);
    let code = |lang: LangId| site.config().languages[lang].code.clone();
    FormRoute {
        form: form.clone(),
        webhooks: lead::relayed(site, form).map(|(id, _)| id.to_string()).collect(),
        tokens: waiting.map(|gate| (gate.id.clone(), gate.token())).collect(),
        words: site.languages().map(|lang| (code(lang), words(linked, (index, form), lang))).collect(),
    }
}

fn words(linked: &Edition, (index, form): (usize, &Form), lang: LangId) -> FormWords {
    let site = &linked.site;
    let config = site.config();
    let text = FormText::new(linked, index, lang);
    let consents = || form.consent.iter().map(|consent| (consent.id.value.clone(), consent));
    let label = |words: &str, id: &str| if words.is_empty() { id.to_string() } else { words.to_string() };
    let fields = form.sent().map(|field| {
        let id = &field.id.value;
        (id.clone(), label(config.text(&field.label, lang).trim(), id))
    });
    let form_title = label(config.text(&form.title, lang).trim(), &form.id);
    let labels = Labels { form: form_title, fields: fields.collect() };
    FormWords {
        texts: LeadTexts {
            consents: consents().map(|(id, consent)| (id, text.plain(&consent.text))).collect(),
            labels,
            back: site.permalink(&thanks_url(site, form, lang)),
        },
        hashes: consents()
            .map(|(id, consent)| (id, lead::text_hash(config.text(&consent.text, lang))))
            .collect(),
        refused: linked.theme.word(lang, "form_refused").unwrap_or_default().to_string(),
    }
}
