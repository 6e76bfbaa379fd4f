//! What a relay has to know of its site: another way out of the pipeline, without rendering or writing anything.

use std::collections::BTreeMap;

use crate::build::{load, sources};
use crate::config::{Audience, LangId, Webhook};
use crate::content::form::{Form, FormId};
use crate::content::front_matter::GateKey;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::edition::inputs::Options;
use crate::edition::linking::link;
use crate::encode::percent;
use crate::leads::forms::{answers, lead, rules, thanks_url};
use crate::leads::gates::Gate;
use crate::leads::webhooks::{Labels, LeadTexts};
use crate::pages::form_text::FormText;
use crate::pages::linked::Edition;
use crate::project::{CONFIG_FILE, Project};
use crate::relay::routes::{CONFIRM, EditionRoutes, FormRoute, FormWords, GatePage, Letters, Routes, UNLOCK};

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
        editions.push(of_edition(&linked, LeadScope::Relayed));
    }
    let used = |id: &String| {
        let is_own = relay.alerts.contains(id) || relay.canary.as_ref() == Some(id);
        is_own || editions.iter().any(|edition| edition.webhooks().any(|used| used == id))
    };
    let webhooks = config.webhooks.iter().filter(|(id, _)| used(id));
    let mut webhooks: BTreeMap<String, Webhook> =
        webhooks.map(|(id, webhook)| (id.clone(), webhook.clone())).collect();
    if let Some(sender) = relay.sender.as_ref().and_then(|id| config.webhooks.get(id)) {
        webhooks.extend([CONFIRM, UNLOCK].map(|id| (id.to_string(), sender.clone())));
    }
    let routes = Routes {
        url: relay.webhook.url.value.trim_end_matches("/leads").to_string(),
        editions,
        webhooks,
        alerts: relay.alerts.clone(),
        canary: relay.canary.clone(),
        quarantine: relay.quarantine,
        turnstile: relay.turnstile.clone(),
        mail_check: relay.mail_check,
        retention: relay.retention,
        zone: config.time_zone.iana_name().unwrap_or("UTC").to_string(),
    };
    Some(routes).filter(|_| !diagnostics.has_errors())
}

/// What the preview's inbox takes from the pages of an edition: all that they send, whatever webhook it is for.
#[must_use]
pub fn of_preview(linked: &Edition) -> EditionRoutes {
    of_edition(linked, LeadScope::All)
}

/// Which leads of a form go through the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LeadScope {
    /// Those that pages post to the relay.
    Relayed,
    All,
}

fn of_edition(linked: &Edition, takes: LeadScope) -> EditionRoutes {
    let site = &linked.site;
    let config = site.config();
    let is_taken = |id: &str| takes == LeadScope::All || site.is_relayed(id);
    let relayed = |id: Option<&String>| id.filter(|id| is_taken(id)).cloned().into_iter().collect();
    let calls = config.calls.webhook.as_ref().filter(|_| site.view.edition.sees(Audience::Team));
    let forms = site.content.forms.each().filter(|(_, form)| form.is_valid);
    let forms =
        forms.filter(|(_, form)| takes == LeadScope::All || lead::relayed(site, form).next().is_some());
    EditionRoutes {
        name: site.view.edition.name.clone(),
        origin: site.view.base_url.origin.clone(),
        home: site.view.base_url.with_trailing_slash(),
        lang: config.languages[config.default_language].code.clone(),
        forms: forms.map(|(index, form)| (form.id.clone(), of_form(linked, index, form))).collect(),
        calls: relayed(calls),
        receipts: relayed(config.integrations.receipts.as_ref()),
    }
}

fn of_form(linked: &Edition, index: FormId, form: &Form) -> FormRoute {
    let site = &linked.site;
    let gates = linked.features.gates.all();
    let waiting = gates.filter(|gate| gate.source == GateKey::Webhook && gate.form == form.id);
    let code = |lang: LangId| site.config().languages[lang].code.clone();
    let mut asked = form.clone();
    for field in asked.fields.iter_mut().chain(&mut asked.carried) {
        field.country = lead::country(site, field).map(str::to_string);
    }
    FormRoute {
        form: asked,
        rules: rules::fingerprint(form),
        webhooks: lead::relayed(site, form).map(|(id, _)| id.to_string()).collect(),
        tokens: waiting.map(|gate| (gate.id.clone(), gate.token())).collect(),
        confirm: form.confirm,
        mailed: mailed(linked, form),
        words: site.languages().map(|lang| (code(lang), words(linked, (index, form), lang))).collect(),
    }
}

/// The gates of a form whose links the relay mails.
fn mailed(linked: &Edition, form: &Form) -> BTreeMap<String, Vec<GatePage>> {
    let site = &linked.site;
    let has_sender = site.config().relay.as_ref().is_some_and(|relay| relay.sender.is_some());
    let page = |gate: &Gate, id| {
        let page = site.page(id);
        GatePage {
            url: site.permalink(&page.url),
            title: page.title().to_string(),
            lang: site.config().languages[page.lang()].code.clone(),
            token: percent::fragment(&gate.token()).into_owned(),
        }
    };
    let gates = linked.features.gates.all();
    let mailed = gates.filter(|gate| has_sender && gate.source == GateKey::Email && gate.form == form.id);
    let mailed = mailed.map(|gate| (gate.id.clone(), gate.pages.iter().map(|id| page(gate, *id)).collect()));
    mailed.collect()
}

/// What visitors are written in a language.
fn letters(linked: &Edition, lang: LangId, form: &str) -> Letters {
    let site = linked.site.config().text(&linked.site.config().title, lang);
    let word = |text: Option<&str>| text.unwrap_or_default().replace("{form}", form).replace("{site}", site);
    let theme = &linked.theme;
    Letters {
        subject: word(theme.word(lang, "relay_confirm_subject")),
        text: word(theme.word(lang, "relay_confirm_text")),
        not_me: word(theme.word(lang, "relay_confirm_not_me")),
        title: word(theme.word(lang, "relay_confirm_title")),
        question: word(theme.word(lang, "relay_confirm_question")),
        button: word(theme.word(lang, "relay_confirm_button")),
        done: word(theme.word(lang, "relay_confirm_done")),
        gone: word(theme.word(lang, "relay_confirm_gone")),
        unlock_subject: word(theme.word(lang, "relay_unlock_subject")),
        unlock_text: word(theme.word(lang, "relay_unlock_text")),
    }
}

fn words(linked: &Edition, (index, form): (FormId, &Form), lang: LangId) -> FormWords {
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
    let letters = letters(linked, lang, &form_title);
    let labels = Labels { form: form_title, fields: fields.collect() };
    let word = |key: &str| linked.theme.word(lang, key).unwrap_or_default().to_string();
    let wrong = answers::Wrong::WORDS.iter().map(|name| ((*name).to_string(), word(&format!("form_{name}"))));
    FormWords {
        texts: LeadTexts {
            consents: consents().map(|(id, consent)| (id, text.plain(&consent.text))).collect(),
            labels,
            back: site.permalink(&thanks_url(site, form, lang)),
        },
        hashes: consents()
            .map(|(id, consent)| (id, lead::text_hash(config.text(&consent.text, lang))))
            .collect(),
        letters,
        site: config.text(&config.title, lang).to_string(),
        refused: word("form_refused"),
        wrong_one: word("form_wrong_one"),
        wrong: wrong.collect(),
    }
}
