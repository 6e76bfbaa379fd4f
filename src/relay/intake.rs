//! From what a page sends to a lead that is kept, or to the reason why it is none.
//!
//! What a form doesn't ask for is kept apart and given to nobody. A form or a text that the relay doesn't know may be of
//! a site that is newer than what it has read: then the browser is asked to come again, and loses nothing. A page that has
//! been open since before its form was changed asks for what the form asked for then: its lead is taken, and marked.

use serde_json::{Map, Value};

use super::native;
use super::post::{Post, Rejection};
use super::queue::NewLead;
use super::routes::{CONFIRM, EditionRoutes, FormRoute, Routes, UNLOCK};
use super::spam::{self, Signs};
use crate::content::form::{Confirm, FieldKind, Form, Proof};
use crate::leads::forms::answers::{self, Wrong};

/// What a marked lead of `ringback doctor --watch` is kept as.
pub(super) const CANARY: &str = "lead.canary";

/// How long a consent's hash is.
const HASH: usize = 64;

/// A lead that can be kept, and what the page is answered.
pub(super) struct Intake {
    pub(super) lead: NewLead,
    /// What opens the gate that it asks for, if the key comes in the answer.
    pub(super) token: Option<String>,
    /// Where a browser without JavaScript is led.
    pub(super) follow: Option<String>,
    /// What has to show that a page sends it.
    pub(super) asks: Proof,
    /// Would more of it be taken where the site is newer than what the relay knows?
    pub(super) may_be_new: bool,
}

/// Reads what came. `known` says of the hash of a text whether it was ever on the site.
pub(super) fn read(
    post: &Post<'_>,
    routes: &Routes,
    known: &dyn Fn(&str) -> bool,
) -> Result<Intake, Rejection> {
    match post.content_type {
        "text/plain" | "application/json" => {
            let json: Value = serde_json::from_slice(post.body)
                .map_err(|error| Rejection::new(400, format!("this isn't JSON: {error}")))?;
            event(post, json, routes, known)
        }
        "application/x-www-form-urlencoded" => {
            let native = native::read(post, routes)?;
            let words = native.words;
            let mut intake =
                lead(post, native.lead, (native.edition, native.route), known).map_err(|refusal| {
                    Rejection { words: Some(native::rejection_text(&refusal, &words)), ..refusal }
                })?;
            if native.is_trapped {
                intake.lead.score += native::TRAPPED;
                intake.lead.signs = format!("{} trap", intake.lead.signs).trim().to_string();
            }
            intake.follow = Some(native.follow);
            Ok(hold_if_suspect(intake, routes))
        }
        other => Err(Rejection::new(415, format!("a lead isn't of the type `{other}`"))),
    }
}

/// What has come in the last minutes.
pub(super) struct Recent {
    /// From the same part of the internet.
    pub(super) of_sender: u32,
    /// For the same address, where that is written to.
    pub(super) of_address: u32,
    /// What else was found out.
    pub(super) doubts: Signs,
}

impl Intake {
    /// The address that is written to for this lead, if one is.
    pub(super) fn mailed(&self) -> Option<&str> {
        let mut all = self.lead.webhooks.iter().chain(&self.lead.later);
        all.any(|id| id == CONFIRM || id == UNLOCK).then_some(self.lead.contact.as_str())
    }
}

/// Adds what is known of the sender: how many leads have come from there, and for one address, in the last minutes.
pub(super) fn weigh(mut intake: Intake, recent: &Recent, routes: &Routes) -> Intake {
    let is_flood = recent.of_sender > spam::MANY || recent.of_address > spam::MANY_EMAILS;
    if is_flood && intake.lead.kind == "lead.submitted" {
        intake.lead.score += spam::FLOOD;
        intake.lead.signs = format!("{} many", intake.lead.signs).trim().to_string();
    }
    if !recent.doubts.names.is_empty() {
        intake.lead.score += recent.doubts.score;
        intake.lead.signs = format!("{} {}", intake.lead.signs, recent.doubts.text()).trim().to_string();
    }
    hold_if_suspect(intake, routes)
}

/// A lead that looks like spam waits for a person.
fn hold_if_suspect(mut intake: Intake, routes: &Routes) -> Intake {
    intake.lead.is_held = intake.lead.score >= routes.quarantine;
    intake
}

fn event(
    post: &Post<'_>,
    json: Value,
    routes: &Routes,
    known: &dyn Fn(&str) -> bool,
) -> Result<Intake, Rejection> {
    let kind = json["type"].as_str().unwrap_or_default().to_string();
    match kind.as_str() {
        "lead.submitted" => {
            let form = json["data"]["form"].as_str().unwrap_or_default().to_string();
            let edition = routes.edition(post.origin, &form).ok_or_else(|| unknown_form(&form))?;
            let route = &edition.forms[&form];
            let is_canary = json["canary"] == true;
            let intake = lead(post, json, (edition, route), known)?;
            if is_canary { canary(intake, routes) } else { Ok(hold_if_suspect(intake, routes)) }
        }
        "call.outcome" | "call.referral" | "consent.changed" => other(post, json, (&kind, routes)),
        _ => Err(Rejection::new(
            422,
            "`type` is none of `lead.submitted`, `call.outcome`, `call.referral` and `consent.changed`",
        )),
    }
}

/// A marked lead of `ringback doctor --watch`: it goes to one webhook alone, whatever the form says, and nobody is written
/// to for it. It belongs to no contact, so that it doesn't wait for an older one that hasn't arrived.
fn canary(mut intake: Intake, routes: &Routes) -> Result<Intake, Rejection> {
    let Some(webhook) = &routes.canary else {
        return Err(Rejection::new(422, "this site's `relay` has no `canary` that gets marked leads"));
    };
    intake.lead.kind = CANARY.to_string();
    intake.lead.contact = String::new();
    intake.lead.webhooks = vec![webhook.clone()];
    intake.lead.later = Vec::new();
    intake.token = None;
    Ok(intake)
}

fn unknown_form(form: &str) -> Rejection {
    Rejection::new(503, format!("the site that the relay knows has no form `{form}`"))
}

/// A call, or a change of what somebody agreed to: from the site's own pages, and told as it is.
fn other(post: &Post<'_>, json: Value, (kind, routes): (&str, &Routes)) -> Result<Intake, Rejection> {
    let is_call = kind.starts_with("call.");
    let id = if is_call { call_id(&json)? } else { receipt_id(&json)? };
    let webhooks =
        |edition: &EditionRoutes| if is_call { edition.calls.clone() } else { edition.receipts.clone() };
    // Several editions may have one address, such as that of a preview, and only the team's has calls.
    let mut taking = routes.editions.iter().filter(|edition| edition.origin == post.origin);
    let edition = taking.find(|edition| !webhooks(edition).is_empty()).ok_or_else(|| {
        Rejection::new(503, format!("no webhook of the site that the relay knows takes `{kind}`"))
    })?;
    let lead = NewLead {
        id,
        kind: kind.to_string(),
        form: String::new(),
        edition: edition.name.clone(),
        lang: edition.lang.clone(),
        contact: String::new(),
        received: post.now,
        body: json.to_string(),
        extra: String::new(),
        score: 0,
        signs: String::new(),
        webhooks: webhooks(edition),
        later: Vec::new(),
        is_held: false,
    };
    Ok(Intake { lead, token: None, follow: None, asks: Proof::Nothing, may_be_new: false })
}

/// By what a call is known when it comes again: one that was corrected has its id again, and the next number.
fn call_id(json: &Value) -> Result<String, Rejection> {
    let id = id(json, "call_")?;
    match &json["data"]["revision"] {
        Value::Null => Ok(id),
        revision => match revision.as_u64().filter(|revision| (1..=1000).contains(revision)) {
            Some(1) => Ok(id),
            Some(revision) => Ok(format!("{id}@{revision}")),
            None => Err(Rejection::new(422, "`revision` has to be a number from 1 to 1000")),
        },
    }
}

/// By what a receipt is known when it comes again. A browser has one id for all its receipts, of which a later one
/// replaces those before: the time belongs to it.
fn receipt_id(json: &Value) -> Result<String, Rejection> {
    let text = |key: &str| json[key].as_str().unwrap_or_default();
    let (id, time) = (text("id"), text("timestamp"));
    let is_word =
        |rest: &str| (1..=60).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_alphanumeric());
    if !id.strip_prefix("consent_").is_some_and(is_word) || time.parse::<jiff::Timestamp>().is_err() {
        return Err(Rejection::new(
            422,
            "a receipt has an `id` that begins with `consent_`, and a `timestamp`",
        ));
    }
    Ok(format!("{id}@{time}"))
}

/// The id of an event: a word, and a ULID.
fn id(json: &Value, start: &str) -> Result<String, Rejection> {
    let id = json["id"].as_str().unwrap_or_default();
    let is_ulid = |rest: &str| {
        rest.len() == 26
            && rest.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase() && !b"ILOU".contains(&b))
    };
    match id.strip_prefix(start).is_some_and(is_ulid) {
        true => Ok(id.to_string()),
        false => Err(Rejection::new(422, format!("`id` has to be `{start}` and a ULID"))),
    }
}

fn lead(
    post: &Post<'_>,
    mut json: Value,
    (edition, route): (&EditionRoutes, &FormRoute),
    known: &dyn Fn(&str) -> bool,
) -> Result<Intake, Rejection> {
    let id = id(&json, "lead_")?;
    check_shape(&json)?;
    let lang = json["data"]["page"]["lang"].as_str().unwrap_or_default().to_string();
    let page = PageRules::new(post.rules, &route.rules, known);
    let (extra, is_as_asked) = fields(&mut json, &route.form, page)?;
    let has_agreed = consents(&json, route, (&lang, &edition.lang), known)?;
    if let Some(consent) = has_agreed.as_ref().filter(|_| page == PageRules::Current) {
        return Err(Rejection::of_answer(consent, Wrong::Consent));
    }
    let mut signs = Signs::default();
    spam::collect_signs(&json, &mut signs);
    if !extra.is_empty() {
        signs.add(1, "unknown-fields");
    }
    let is_other = !is_as_asked || has_agreed.is_some();
    match page {
        PageRules::Older if is_other => signs.add(spam::OLDER_FORM, "older-form"),
        PageRules::Unknown if is_other => signs.add(spam::OTHER_FORM, "other-form"),
        _ => {}
    }
    let token = json["data"]["gate"].as_str().and_then(|gate| route.tokens.get(gate)).cloned();
    let (webhooks, later) = receivers(&json, route);
    let lead = NewLead {
        id,
        kind: "lead.submitted".into(),
        form: route.form.id.clone(),
        edition: edition.name.clone(),
        lang,
        contact: contact(&json, &route.form),
        received: post.now,
        body: json.to_string(),
        extra: if extra.is_empty() { String::new() } else { Value::Object(extra).to_string() },
        score: signs.score,
        signs: signs.text(),
        webhooks,
        later,
        is_held: false,
    };
    // A test is no visitor's.
    let asks = if json["test"] == true { Proof::Nothing } else { route.form.proof };
    let may_be_new = page == PageRules::Unknown && is_other;
    Ok(Intake { lead, token, follow: None, asks, may_be_new })
}

/// By which rules a page has looked at the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PageRules {
    /// Those of the form as it is now, or none are said.
    Current,
    /// Those that it once had.
    Older,
    /// Others: of a site that is newer than what the relay has read, or of a time when there was no relay.
    Unknown,
}

impl PageRules {
    /// `said` is what came with the lead, `current` the word for the form as it is now.
    fn new(said: Option<&str>, current: &str, known: &dyn Fn(&str) -> bool) -> Self {
        match said {
            None => Self::Current,
            Some(said) if said == current => Self::Current,
            Some(said) if said.len() < HASH && known(said) => Self::Older,
            Some(_) => Self::Unknown,
        }
    }
}

/// Who gets a lead now, and who once its visitor has confirmed their address. A test has no visitor.
fn receivers(json: &Value, route: &FormRoute) -> (Vec<String>, Vec<String>) {
    let is_test = json["test"] == true;
    let is_mailed = json["data"]["gate"].as_str().is_some_and(|gate| route.mailed.contains_key(gate));
    let mut all = route.webhooks.clone();
    if is_mailed && !is_test && has_address(&route.form) {
        all.push(UNLOCK.to_string());
    }
    match route.confirm {
        Confirm::Email if !is_test => (vec![CONFIRM.to_string()], all),
        Confirm::Email | Confirm::Nothing => (all, Vec::new()),
    }
}

fn has_address(form: &Form) -> bool {
    form.fields.iter().any(|field| field.kind == FieldKind::Email)
}

/// Whose lead it is: by the first email address, else the first phone number.
fn contact(json: &Value, form: &Form) -> String {
    let of_kind = |kind: FieldKind| {
        let mut fields = form.fields.iter().filter(|field| field.kind == kind);
        fields.find_map(|field| json["data"]["fields"][&field.id.value].as_str())
    };
    of_kind(FieldKind::Email).or_else(|| of_kind(FieldKind::Tel)).unwrap_or_default().to_lowercase()
}

/// What `docs/lead.schema.json` says of everything but the fields and consents.
fn check_shape(json: &Value) -> Result<(), Rejection> {
    let wrong =
        |what: &str| Err(Rejection::new(422, format!("`{what}` isn't as docs/lead.schema.json has it")));
    let is_known = |value: &Value, known: &[&str]| {
        value.as_object().is_some_and(|map| map.keys().all(|key| known.contains(&key.as_str())))
    };
    let keys = ["type", "version", "id", "timestamp", "test", "canary", "data"];
    // A mark that isn't one could hide a visitor's lead.
    let is_marked = json["canary"].is_null() || json["canary"] == true && json["test"] == true;
    if !is_known(json, &keys) || json["version"] != 1 || !is_marked {
        return wrong("version");
    }
    let born = json["timestamp"].as_str().and_then(|time| time.parse::<jiff::Timestamp>().ok());
    if born.is_none() {
        return wrong("timestamp");
    }
    let data = &json["data"];
    if !is_known(data, &["form", "gate", "fields", "page", "consent", "attribution", "meta"]) {
        return wrong("data");
    }
    if !(data["gate"].is_null() || data["gate"].is_string()) {
        return wrong("data.gate");
    }
    let page = &data["page"];
    let page_url = page["url"].as_str().unwrap_or_default();
    let is_url = page_url.starts_with("https://") || page_url.starts_with("http://");
    let keys = ["url", "title", "lang", "section", "stage", "persona", "series", "part"];
    if !is_known(page, &keys) || !is_url || !page["title"].is_string() || !page["lang"].is_string() {
        return wrong("data.page");
    }
    let is_texts = |value: &Value| value.as_object().is_some_and(|map| map.values().all(Value::is_string));
    let attribution = data["attribution"].as_object();
    let is_fine = attribution.is_some_and(|all| {
        all.iter().all(|(key, value)| match key.as_str() {
            "rep" => value.is_string(),
            "first" | "last" | "cta" => is_texts(value),
            _ => false,
        })
    });
    if !is_fine {
        return wrong("data.attribution");
    }
    let is_count = |key: &str| data["meta"][key].is_u64();
    if !is_known(&data["meta"], &["elapsed_ms", "queued_ms", "attempt"])
        || !["elapsed_ms", "queued_ms", "attempt"].into_iter().all(is_count)
    {
        return wrong("data.meta");
    }
    Ok(())
}

/// Checks the answers, and takes out what the form doesn't ask for. With it: are all of them what the form asks for now?
/// Only a page that knew another form may send something else.
fn fields(json: &mut Value, form: &Form, page: PageRules) -> Result<(Map<String, Value>, bool), Rejection> {
    let Some(given) = json["data"]["fields"].as_object_mut() else {
        return Err(Rejection::new(422, "`data.fields` isn't a map"));
    };
    let unknown: Vec<String> =
        given.keys().filter(|id| form.sent().all(|field| field.id.value != **id)).cloned().collect();
    let mut extra: Map<String, Value> =
        unknown.into_iter().filter_map(|id| given.remove_entry(&id)).collect();
    let mut is_as_asked = true;
    for (index, field) in form.sent().enumerate() {
        let id = field.id.value.as_str();
        // What a survey asks is only there where the survey is.
        let is_always_asked = index < form.fields.len() && field.kind != FieldKind::Hidden;
        let wrong = match given.get(id) {
            // What a browser can't fill in, such as a worksheet nobody wrote in, isn't sent.
            None => (field.required && is_always_asked).then_some(Wrong::Required(field.kind)),
            Some(value) => answers::check(field, value).err(),
        };
        let Some(wrong) = wrong else { continue };
        if page == PageRules::Current || !given.get(id).is_none_or(answers::is_any) {
            return Err(Rejection::of_answer(id, wrong));
        }
        is_as_asked = false;
        // Emails are written to addresses: what isn't one is nobody's to send to.
        let is_written_to = field.kind == FieldKind::Email;
        if is_written_to && !given.get(id).is_none_or(answers::is_address) {
            extra.extend(given.remove_entry(id));
        }
    }
    Ok((extra, is_as_asked))
}

/// Every receipt is of words that are or were on the site. The id of a consent that the form can't be sent without, and to
/// which nobody has agreed.
fn consents(
    json: &Value,
    route: &FormRoute,
    (lang, default): (&str, &str),
    known: &dyn Fn(&str) -> bool,
) -> Result<Option<String>, Rejection> {
    let Some(receipts) = json["data"]["consent"].as_array() else {
        return Err(Rejection::new(422, "`data.consent` isn't a list"));
    };
    let words = route.words(lang, default);
    for receipt in receipts {
        let hash = receipt["text_sha256"].as_str().unwrap_or_default();
        let id = receipt["id"].as_str().unwrap_or_default();
        let is_current = words.and_then(|words| words.hashes.get(id)).is_some_and(|own| own == hash);
        let is_known = is_current || hash.len() == HASH && known(hash);
        if !is_known || !receipt["given"].is_boolean() {
            let refusal = Rejection::of_field(id, "is a consent to words that the site never had");
            return Err(Rejection { may_be_new: true, ..refusal });
        }
    }
    let mut required = route.form.consent.iter().filter(|consent| consent.required);
    let is_given = |id: &str| receipts.iter().any(|receipt| receipt["id"] == id && receipt["given"] == true);
    let refused = required.find(|consent| !is_given(&consent.id.value));
    Ok(refused.map(|consent| consent.id.value.clone()))
}
