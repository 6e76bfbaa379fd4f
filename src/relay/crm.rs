//! Leads handed to a CRM by its own interface, which takes several requests for each. All of them may be made again: whatever
//! breaks off in the middle is done from the beginning, and is there once.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use crate::config::{SalesforceApi, Webhook};
use crate::encode::percent;
use crate::leads::webhooks::{self, FORM, JSON, Lead};
use crate::network::{Answer, Network, Request, Unreachable};

/// The version of Salesforce's interface; each is there for three years at least.
const SALESFORCE: &str = "/services/data/v62.0/sobjects/Lead";

/// So many notes are read at once, which is as many as HubSpot gives.
const NOTES: usize = 100;

/// What HubSpot asks for when more came in ten seconds, and in a day, than an account may send, in seconds.
const TEN_SECONDS: &str = "10";
const HOUR: &str = "3600";

type CrmResult = Result<Answer, Unreachable>;

/// What programs that sign in have been given, by the webhooks' ids. It is in memory alone.
#[derive(Default)]
pub(super) struct Sessions(Mutex<BTreeMap<String, Session>>);

#[derive(Clone)]
struct Session {
    token: String,
    /// The host of the organization.
    instance: String,
}

/// Sends a lead to HubSpot: the contact with its address is made or changed, and gets a note with all that was said.
pub(super) fn hubspot(network: &dyn Network, (webhook, token): (&Webhook, &str), lead: &Lead) -> CrmResult {
    let base = webhook.url.value.trim_end_matches('/');
    let ask = |method: &'static str, path: &str, body: Option<&Value>| {
        let headers = vec![("authorization", format!("Bearer {token}")), ("content-type", JSON.to_string())];
        let body = body.map(Value::to_string);
        network.ask(&Request { method, url: format!("{base}{path}"), headers, body }).map(patient)
    };
    let Some(contact) = webhooks::contact(webhook, lead) else {
        return Ok(Answer { status: 422, body: "the lead has no email address".into(), ..Answer::default() });
    };
    let upserted = ask("POST", "/crm/v3/objects/contacts/batch/upsert", Some(&contact.upsert()))?;
    if !is_done(&upserted) {
        return Ok(upserted);
    }
    let found: Value = serde_json::from_str(&upserted.body).unwrap_or_default();
    let Some(id) = found["results"][0]["id"].as_str() else {
        // A batch is answered also where nothing in it was taken.
        let status = if found["errors"].is_array() { 422 } else { 502 };
        return Ok(Answer { status, ..upserted });
    };
    // A contact that has just been made has none.
    if found["results"][0]["new"] != true && has_note(&ask, id, &lead.id)? {
        return Ok(Answer { status: 200, body: "the note was there already".into(), ..Answer::default() });
    }
    ask("POST", "/crm/v3/objects/notes", Some(&webhooks::note(lead, id)))
}

/// Is there a note of this lead on a contact, whose answer was lost?
fn has_note(
    ask: &dyn Fn(&'static str, &str, Option<&Value>) -> CrmResult,
    contact: &str,
    lead: &str,
) -> Result<bool, Unreachable> {
    let path = format!("/crm/v4/objects/contacts/{}/associations/notes?limit=500", percent::value(contact));
    let all = ask("GET", &path, None)?;
    let all: Value = serde_json::from_str(&all.body).unwrap_or_default();
    let notes = all["results"].as_array().into_iter().flatten();
    let mut ids: Vec<u64> = notes.filter_map(|one| number(&one["toObjectId"])).collect();
    // Later ones have larger numbers.
    ids.sort_unstable_by(|a, b| b.cmp(a));
    ids.truncate(NOTES);
    if ids.is_empty() {
        return Ok(false);
    }
    let inputs: Vec<Value> = ids.iter().map(|id| json!({"id": id.to_string()})).collect();
    let body = json!({"properties": ["hs_note_body"], "inputs": inputs});
    let notes = ask("POST", "/crm/v3/objects/notes/batch/read", Some(&body))?;
    Ok(notes.body.contains(lead))
}

fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// HubSpot says in words for how long there were too many requests ("API usage guidelines", `policyName`).
fn patient(mut answer: Answer) -> Answer {
    if answer.status == 429 && answer.header("retry-after").is_none() {
        let pause = if answer.body.contains("DAILY") { HOUR } else { TEN_SECONDS };
        answer.headers.insert("retry-after".into(), pause.into());
    }
    answer
}

fn is_done(answer: &Answer) -> bool {
    (200..300).contains(&answer.status)
}

/// Sends a lead to Salesforce: the one with its id is made, or changed where it was there already.
pub(super) fn salesforce(
    network: &dyn Network,
    sessions: &Sessions,
    (id, webhook, api): (&str, &Webhook, &SalesforceApi),
    lead: &Lead,
) -> CrmResult {
    let body = webhooks::salesforce_lead(webhook, lead).to_string();
    let kept = sessions.get(id);
    let (session, is_kept) = match &kept {
        Some(session) => (session.clone(), true),
        None => match sign_in(network, webhook, api)? {
            Ok(session) => (session, false),
            Err(refused) => return Ok(refused),
        },
    };
    let answer = upsert(network, &session, (api, lead), &body)?;
    if answer.status != 401 {
        sessions.put(id, session);
        return Ok(answer);
    }
    sessions.end(id);
    if !is_kept {
        return Ok(answer);
    }
    // What was given has ended, as it does after some hours.
    match sign_in(network, webhook, api)? {
        Ok(session) => {
            let answer = upsert(network, &session, (api, lead), &body)?;
            sessions.put(id, session);
            Ok(answer)
        }
        Err(refused) => Ok(refused),
    }
}

fn upsert(
    network: &dyn Network,
    session: &Session,
    (api, lead): (&SalesforceApi, &Lead),
    body: &str,
) -> CrmResult {
    let Session { token, instance } = session;
    let url = format!("{instance}{SALESFORCE}/{}/{}", api.external_id, percent::value(&lead.id));
    let headers = vec![
        ("authorization", format!("Bearer {token}")),
        ("content-type", JSON.to_string()),
        // A rule about duplicates that only warns has nobody to warn here.
        ("sforce-duplicate-rule-header", "allowSave=true".to_string()),
    ];
    let answer = network.ask(&Request { method: "PATCH", url, headers, body: Some(body.to_string()) })?;
    // Somebody else is changing something beside it: nothing is wrong with the lead.
    let is_busy = answer.status == 400 && answer.body.contains("UNABLE_TO_LOCK_ROW");
    Ok(if is_busy { Answer { status: 503, ..answer } } else { answer })
}

/// Signs in (RFC 6749, 4.4). Where that is refused, the answer is one that the owner has to put right, whatever its status:
/// nothing is wrong with the lead.
fn sign_in(
    network: &dyn Network,
    webhook: &Webhook,
    api: &SalesforceApi,
) -> Result<Result<Session, Answer>, Unreachable> {
    let base = webhook.url.value.trim_end_matches('/');
    let pairs = [
        ("grant_type", "client_credentials"),
        ("client_id", &api.client_id),
        ("client_secret", &api.client_secret),
    ]
    .map(|(name, value)| (name.to_string(), value.to_string()));
    let answer = network.ask(&Request {
        method: "POST",
        url: format!("{base}/services/oauth2/token"),
        headers: vec![("content-type", FORM.to_string()), ("accept", JSON.to_string())],
        body: Some(percent::form(&pairs)),
    })?;
    if !is_done(&answer) {
        let status = if matches!(answer.status, 429 | 500..=599) { answer.status } else { 401 };
        return Ok(Err(Answer { status, ..answer }));
    }
    let given: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let Some(token) = given["access_token"].as_str() else {
        return Ok(Err(Answer { status: 401, body: "no token was given".into(), ..Answer::default() }));
    };
    // Never to somewhere without encryption.
    let instance = given["instance_url"].as_str().map(|url| url.trim_end_matches('/'));
    let instance = instance.filter(|url| url.starts_with("https://")).unwrap_or(base).to_string();
    Ok(Ok(Session { token: token.to_string(), instance }))
}

impl Sessions {
    fn get(&self, id: &str) -> Option<Session> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    fn put(&self, id: &str, session: Session) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_string(), session);
    }

    fn end(&self, id: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
    }
}
