//! What answers mean, by the rules of the Fetch standard (CORS, preflights) and of `deliver.js`. Nothing is asked here.

mod cors;

use std::collections::BTreeMap;

pub(super) use cors::{Cors, cors, preflight};

use super::words::{self, finding};
use super::{
    Configured, Encodings, Level, Sending, SentLead, Ternary, WebhookProblem, WebhookReport, is_readable,
};
use crate::commands::receivers::WebhookUse;
use crate::config::WebhookKind;
use crate::leads::webhooks::{FORM, JSON, Lead, PLAIN, encoding};
use crate::network::{Answer, Unreachable, redaction};

/// One receiver, while it is examined.
pub(super) struct Case<'a> {
    receiver: &'a WebhookUse,
    origin: &'a str,
    findings: Vec<WebhookProblem>,
    encodings: Encodings,
    cors: Option<Cors>,
    write: BTreeMap<&'static str, &'static str>,
    sent: Option<SentLead>,
    /// Can it be worth sending anything?
    is_there: bool,
}

impl<'a> Case<'a> {
    /// Opens it with the answer to a preflight.
    pub(super) fn new(receiver: &'a WebhookUse, origin: &'a str, asked: Result<Answer, Unreachable>) -> Self {
        let encodings = Encodings { plain: Ternary::Unknown, json: Ternary::Unknown, form: Ternary::Unknown };
        let (findings, write) = (Vec::new(), BTreeMap::new());
        let mut case =
            Self { receiver, origin, findings, encodings, cors: None, write, sent: None, is_there: true };
        match asked {
            Ok(answer) => case.judge_preflight(&answer),
            Err(why) => case.judge_silence(&why),
        }
        case
    }

    fn kind(&self) -> &WebhookKind {
        &self.receiver.webhook.kind
    }

    fn is_salesforce(&self) -> bool {
        matches!(self.kind(), WebhookKind::Salesforce { .. })
    }

    fn judge_silence(&mut self, why: &Unreachable) {
        // A receiver that doesn't know preflights may still take a lead.
        self.is_there = matches!(why, Unreachable::Timeout(_) | Unreachable::Lost);
        // Without an answer to the preflight, no browser goes on.
        self.encodings.json = Ternary::No;
        if !self.is_there {
            (self.encodings.plain, self.encodings.form) = (Ternary::No, Ternary::No);
        }
        self.findings.push(words::unreachable(why, &host(&self.receiver.url)));
    }

    fn judge_preflight(&mut self, answer: &Answer) {
        let is_opaque = self.is_salesforce();
        let passes = preflight(answer, self.origin);
        self.encodings.json = if passes.is_ok() { Ternary::Yes } else { Ternary::No };
        self.cors = Some(cors(answer, self.origin));
        match answer.status {
            // Salesforce knows no preflights, and none is sent to it.
            _ if is_opaque && answer.status < 500 => {}
            300..=399 => return self.findings.push(redirect(answer)),
            // What doesn't know OPTIONS says 501, too.
            501 => {}
            500..=599 => return self.findings.push(words::rejected_lead(answer.status, None)),
            404 | 410 => self.findings.push(
                finding(
                    "preflight-not-found",
                    Level::Unsure,
                    format!("this URL doesn't answer preflights ({})", answer.status),
                )
                .help("either the URL is wrong, or the endpoint only accepts POST: `ringback doctor --send` finds out"),
            ),
            _ => {}
        }
        let Err(why) = passes else { return };
        match self.kind() {
            WebhookKind::Relay => self.findings.push(
                finding("preflight", Level::Fix, format!("browsers can't send it leads: {why}"))
                    .help("the relay answers preflights of the site's own pages: check that it runs with this `base_url`, and any proxy in between"),
            ),
            WebhookKind::Json { preflight: true } => {
                self.write.insert("preflight", "false");
                self.findings.push(
                    finding("preflight", Level::Fix, format!("browsers can't send it `application/json`: {why}"))
                        .help("write `preflight: false` to send leads as `text/plain`, or let the endpoint answer preflights"),
                );
            }
            WebhookKind::Hubspot(_) => self.findings.push(
                finding(
                    "preflight",
                    Level::Fix,
                    format!("browsers can't send it `application/json`: {why}"),
                )
                .help(
                    "HubSpot itself answers preflights: check `region:` and `url:`, and any proxy in between",
                ),
            ),
            _ => {}
        }
    }

    /// Is a lead sent, too?
    pub(super) fn may_send(&self, sending: Sending) -> bool {
        sending == Sending::Test && self.is_there
    }

    /// Takes in what came back for the test lead.
    pub(super) fn judge_lead(&mut self, lead: &Lead, came: Result<Answer, Unreachable>) {
        let used = encoding(self.kind());
        // What a preflight left open is known now; and a receiver may hang at preflights that no browser sends it.
        self.findings.retain(|finding| {
            let is_silence = matches!(finding.code, "timeout" | "connection-lost");
            finding.level != Level::Unsure && (used == JSON || !is_silence)
        });
        let mut sent = SentLead {
            lead: lead.id.clone(),
            form: lead.form.clone(),
            status: None,
            content_type: None,
            answer: None,
            unlock: None,
        };
        match came {
            Err(why) => {
                self.mark(used, Ternary::No);
                self.findings.push(words::unreachable(&why, &host(&self.receiver.url)));
            }
            Ok(answer) => {
                sent.status = Some(answer.status);
                sent.content_type = answer.header("content-type").map(str::to_string);
                sent.answer = Some(redaction::answer(&answer.body)).filter(|text| !text.is_empty());
                self.cors = Some(cors(&answer, self.origin));
                self.judge_status(&answer, used);
                sent.unlock = self.judge_unlock(lead, &answer);
            }
        }
        self.sent = Some(sent);
    }

    /// Notes whether an encoding works, except where a preflight stands before it.
    fn mark(&mut self, encoding: &str, known: Ternary) {
        match encoding {
            PLAIN => self.encodings.plain = known,
            FORM => self.encodings.form = known,
            JSON if self.encodings.json != Ternary::No => self.encodings.json = known,
            _ => {}
        }
    }

    fn judge_status(&mut self, answer: &Answer, used: &'static str) {
        let is_post_form = matches!(self.kind(), WebhookKind::Form | WebhookKind::Salesforce { .. });
        let found = match answer.status {
            200..=299 => {
                self.mark(used, Ternary::Yes);
                self.judge_content(answer)
            }
            301..=303 if is_post_form && !is_readable(self.receiver) => {
                self.mark(used, Ternary::Yes);
                finding(
                    "accepted",
                    Level::Fine,
                    format!("the test lead was accepted, and the browser is redirected ({})", answer.status),
                )
            }
            300..=399 => redirect(answer),
            415 => {
                self.mark(used, Ternary::No);
                self.other_encoding(words::rejected_lead(415, None))
            }
            status => {
                let found = words::rejected_lead(status, answer.header("retry-after"));
                match reason(&answer.body) {
                    Some(reason) => {
                        WebhookProblem { message: format!("{}: {reason}", found.message), ..found }
                    }
                    None => found,
                }
            }
        };
        self.findings.push(found);
    }

    fn judge_content(&self, answer: &Answer) -> WebhookProblem {
        let kind = answer.header("content-type").unwrap_or_default();
        let wants_data =
            matches!(self.kind(), WebhookKind::Json { .. } | WebhookKind::Hubspot(_) | WebhookKind::Relay);
        if wants_data && kind.contains("html") {
            return finding(
                "html-answer",
                Level::Unsure,
                format!(
                    "the endpoint responds with {}, but with a page for people (`{kind}`)",
                    answer.status
                ),
            )
            .help("check whether the test lead has arrived: login pages and error pages respond like this");
        }
        finding(
            "accepted",
            Level::Fine,
            format!("the endpoint has accepted the test lead ({})", answer.status),
        )
    }

    /// 415: which encoding would do.
    fn other_encoding(&mut self, found: WebhookProblem) -> WebhookProblem {
        match (self.kind(), self.encodings.json) {
            (WebhookKind::Json { preflight: false }, Ternary::Yes) => {
                self.write.insert("preflight", "true");
                found.help("it accepts `application/json`: write `preflight: true`")
            }
            (WebhookKind::Json { .. }, _) => {
                self.write.insert("kind", "form");
                found.help(
                    "try `kind: form`, or let the endpoint answer preflights and write `preflight: true`",
                )
            }
            _ => found.help("check which encoding the endpoint accepts, and choose `kind:` accordingly"),
        }
    }

    /// Is the key in the answer that a gate waits for? As `gate.js` looks for it.
    fn judge_unlock(&mut self, lead: &Lead, answer: &Answer) -> Option<Ternary> {
        let waiting = self.receiver.gates.iter().find(|waiting| Some(&waiting.gate) == lead.gate.as_ref())?;
        let gate = &waiting.gate;
        let level = if waiting.is_only_here { Level::Fix } else { Level::Unsure };
        let text = answer.body.replace("\\/", "/");
        let (known, found) = if text.contains(&waiting.token) {
            (
                Ternary::Yes,
                finding("unlock", Level::Fine, format!("the key of the gate `{gate}` is in the response")),
            )
        } else if text.contains(&format!("{gate}.")) {
            let message = format!(
                "the key for the gate `{gate}` in the response is wrong: it is from another key version or another secret"
            );
            (Ternary::No, finding("wrong-unlock", level, message))
        } else {
            (
                Ternary::No,
                finding(
                    "no-unlock",
                    level,
                    format!(
                        "the response has no key for the gate `{gate}`: readers would send the form and see nothing"
                    ),
                ),
            )
        };
        let found = match known {
            Ternary::Yes => found,
            _ => found.help(format!(
                "let the endpoint respond with {{\"unlock\": \"…\"}}, with the token that `ringback keys --gate {gate}` prints"
            )),
        };
        self.findings.push(found);
        Some(known)
    }

    /// Can browsers read its answers?
    fn readable(&self) -> Ternary {
        match (&self.cors, self.is_salesforce()) {
            (_, true) | (Some(Cors::Other(_)), _) => Ternary::No,
            (Some(Cors::Allowed), _) => Ternary::Yes,
            (Some(Cors::Missing), _) if self.sent.as_ref().is_some_and(|sent| sent.status.is_some()) => {
                Ternary::No
            }
            _ => Ternary::Unknown,
        }
    }

    /// The finished report on the webhook, with what is to be written instead.
    pub(super) fn close(mut self) -> WebhookReport {
        let readable = self.readable();
        let has_answered = self.cors.is_some();
        match (is_readable(self.receiver), readable) {
            (true, Ternary::No) if has_answered => self.unreadable(),
            (true, Ternary::Unknown) if has_answered => self.findings.push(
                finding(
                    "cors-unknown",
                    Level::Unsure,
                    "without sending a lead, it isn't known whether browsers can read its response",
                )
                .help("`ringback doctor --send` sends one, marked as a test"),
            ),
            (false, Ternary::Yes) => {
                self.write.insert("response", "readable");
                self.findings.push(
                    finding("response-readable", Level::Note, "browsers can read its response")
                        .help("write `response: readable`, so that visitors are told when their lead has arrived, and failed leads are sent again"),
                );
            }
            _ => {}
        }
        self.about_gates();
        self.about_kind();
        if self.findings.iter().all(|finding| finding.level == Level::Fine) {
            let message = match self.sent {
                Some(_) => "everything works as configured",
                None => "it responds as configured; `--send` would test a whole lead",
            };
            self.findings.push(finding("fine", Level::Fine, message));
        }
        self.findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
        let WebhookUse { edition, id, webhook, url, .. } = self.receiver;
        WebhookReport {
            edition: edition.name.clone(),
            webhook: id.clone(),
            kind: webhook.kind.name(),
            url: redaction::url(url),
            origin: self.origin.to_string(),
            forms: self.receiver.forms().map(|form| form.id.clone()).collect(),
            configured: Configured { encoding: encoding(&webhook.kind), response: webhook.response.name() },
            encodings: self.encodings,
            readable,
            findings: self.findings,
            write: self.write,
            sent: self.sent,
        }
    }

    /// `response: readable` and no CORS: every lead would wait.
    fn unreadable(&mut self) {
        let origin = self.origin;
        let found = match &self.cors {
            Some(Cors::Other(other)) => finding(
                "other-origin",
                Level::Fix,
                format!("pages on `{other}` can read its response, but the site is `{origin}`"),
            ),
            _ => finding(
                "missing-cors",
                Level::Fix,
                "browsers can't read its response: there is no `Access-Control-Allow-Origin`",
            ),
        };
        let waits =
            "until then, visitors are told that their lead is waiting, and it is sent again and again";
        let help = if self.receiver.gates.is_empty() {
            self.write.insert("response", "opaque");
            format!(
                "let the endpoint respond with `Access-Control-Allow-Origin: {origin}`, or write `response: opaque`; {waits}"
            )
        } else {
            format!(
                "let the endpoint respond with `Access-Control-Allow-Origin: {origin}`: a gate takes its key from the response; {waits}"
            )
        };
        self.findings.push(found.help(help));
    }

    fn about_gates(&mut self) {
        let gates: Vec<String> =
            self.receiver.gates.iter().map(|waiting| format!("`{}`", waiting.gate)).collect();
        if gates.is_empty() {
            return;
        }
        let gates = gates.join(", ");
        if !is_readable(self.receiver) {
            if self.receiver.gates.iter().any(|waiting| waiting.is_only_here) {
                self.findings.push(
                    finding(
                        "unlock-unreadable",
                        Level::Fix,
                        format!("{gates} waits for a key in a response that no browser can read"),
                    )
                    .help(
                        "use a webhook with `response: readable` for the form, or `key: email` for the gate",
                    ),
                );
            }
        } else if self.sent.is_none() && self.is_there {
            self.findings.push(
                finding("unlock-unknown", Level::Unsure, format!("{gates} waits for a key in the response; without sending a lead, it isn't known whether it is there"))
                    .help("`ringback doctor --send` sends one, marked as a test"),
            );
        }
    }

    fn about_kind(&mut self) {
        if self.receiver.forms.is_empty() {
            self.findings.push(finding("no-form", Level::Note, "no form sends leads to it"));
        }
        if self.is_salesforce() && self.is_there {
            let message = "Salesforce gives no response that a browser can read, and responds with 200 to leads that it drops: from here it is only known that the host responds";
            self.findings.push(finding("opaque", Level::Note, message).help(
                "check in Salesforce whether a lead named `ringback doctor` is there after `--send`; if not, use `add: {debug: 1, debugEmail: you@…}` for one attempt, and Salesforce emails you why",
            ));
        }
    }
}

/// Where an answer leads instead.
fn redirect(answer: &Answer) -> WebhookProblem {
    let to =
        answer.header("location").map_or("elsewhere".to_string(), |to| format!("`{}`", redaction::url(to)));
    finding("redirect", Level::Fix, format!("the URL redirects to {to} ({})", answer.status))
        .help("write that URL into `url:`; on the way there, browsers lose leads or refuse to follow")
}

/// The reason in an answer, where it is JSON with one: HubSpot, n8n and most others call it `message`.
fn reason(body: &str) -> Option<String> {
    let json: serde_json::Value = serde_json::from_str(body).ok()?;
    let all = std::iter::once(&json).chain(json["errors"].as_array().into_iter().flatten());
    let said = all.filter_map(|part| part["message"].as_str().or_else(|| part["error"].as_str()));
    let said: Vec<String> = said.map(redaction::answer).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority.rsplit('@').next().unwrap_or_default().to_string()
}
