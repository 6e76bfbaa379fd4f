//! `ringback doctor`: what is wrong with the webhooks, for people and for CI.

use serde::Serialize;
use serde_json::Value;

use super::{Settings, Status, complain, print, print_json};
use crate::commands::doctor::{self, Level, Sending, Ternary, WebhookProblem, WebhookReport};
use crate::commands::receivers;
use crate::config;
use crate::diag::emit::{Format, emit};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity, nearest};
use crate::encode::terminal::line as plain;
use crate::network::Internet;
use crate::project::{CONFIG_FILE, Project};

/// What flags ask of `doctor`.
pub(super) struct DoctorRequest {
    /// Only the webhook with this id; all of them without.
    pub(super) webhook: Option<String>,
    /// Is a test lead sent?
    pub(super) sending: Sending,
    /// How long to wait for an answer.
    pub(super) seconds: u64,
}

/// What `ringback doctor` prints for programs.
#[derive(Serialize)]
struct Report {
    version: u8,
    /// The worst level of all findings.
    level: Level,
    /// What keeps the site from being built, as `check --format json` has it.
    problems: Vec<Value>,
    webhooks: Vec<WebhookReport>,
}

impl Settings {
    /// Tries the webhooks of the site.
    pub(super) fn doctor(&self, asked: &DoctorRequest) -> Status {
        let mut diagnostics = Diagnostics::new();
        let all = receivers::receivers(&self.project, &self.options, &mut diagnostics);
        let problems: Vec<Diagnostic> = diagnostics.sorted().into_iter().filter(is_about_leads).collect();
        let wanted: Vec<_> =
            all.iter().filter(|one| asked.webhook.as_ref().is_none_or(|id| *id == one.id)).collect();
        if let Some(id) = asked.webhook.as_deref().filter(|_| wanted.is_empty() && problems.is_empty()) {
            complain!("error: no webhook for leads is called `{}`", plain(id));
            if let Some(near) = nearest(id, all.iter().map(|one| one.id.as_str())) {
                complain!("  = help: did you mean `{near}`?");
            }
            return Status::Tool;
        }
        let internet = Internet::new("ringback-doctor", asked.seconds);
        let visits = doctor::examine(&wanted, &internet, asked.sending, self.project.now());
        let visits: Vec<WebhookReport> =
            visits.into_iter().map(|visit| veiled(&self.project, visit)).collect();
        let worst = visits.iter().map(WebhookReport::level).max().unwrap_or(Level::Fine);
        let status = if problems.is_empty() && worst < Level::Fix { Status::Fine } else { Status::Content };
        if self.style.format == Format::Json {
            let level = if problems.is_empty() { worst } else { Level::Fix };
            let report = Report { version: 1, level, problems: self.as_json(&problems), webhooks: visits };
            print_json(&report);
            return status;
        }
        if !problems.is_empty() {
            self.report(&problems, ": the site can't be built");
        }
        for visit in &visits {
            print(&format_report(visit));
        }
        if visits.is_empty() && problems.is_empty() {
            print("This site sends its leads to no webhook.\n");
        } else if self.talks() && !visits.is_empty() {
            print(&summary(&visits, asked.sending));
        }
        status
    }

    fn as_json(&self, problems: &[Diagnostic]) -> Vec<Value> {
        let mut lines = Vec::new();
        // It is written into memory.
        let _ = emit(problems, &self.sources(&self.project), &self.style, &mut lines);
        let lines = String::from_utf8_lossy(&lines).into_owned();
        lines.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
    }
}

/// Is this a mistake that has to do with forms, webhooks or the keys of gates? Others are `check`'s.
fn is_about_leads(problem: &Diagnostic) -> bool {
    let file = problem.place.as_ref().map(|place| place.file.as_str()).unwrap_or_default();
    let is_there = file.is_empty() || file == CONFIG_FILE || file.starts_with("content/forms/");
    let is_key = matches!(problem.code, Code::NoSecret | Code::WeakSecret | Code::UnknownForm);
    problem.severity == Severity::Error && (is_there || is_key)
}

/// Without what the site takes from its environment: addresses of receivers may be secrets.
fn veiled(project: &dyn Project, visit: WebhookReport) -> WebhookReport {
    let bytes = project.read(CONFIG_FILE).unwrap_or_default();
    let (text, variable) = (String::from_utf8_lossy(&bytes), |name: &str| project.variable(name));
    let veil = config::veil(project).with(&text, &variable, crate::network::redaction::url);
    let plain = |text: String| veil.text(&text).into_owned();
    let finding = |one: WebhookProblem| WebhookProblem {
        message: plain(one.message),
        help: one.help.map(plain),
        ..one
    };
    let sent = |one: doctor::SentLead| doctor::SentLead { answer: one.answer.map(plain), ..one };
    WebhookReport {
        url: plain(visit.url),
        findings: visit.findings.into_iter().map(finding).collect(),
        sent: visit.sent.map(sent),
        ..visit
    }
}

fn format_report(visit: &WebhookReport) -> String {
    let WebhookReport { webhook, edition, kind, url, origin, .. } = visit;
    let mut text = format!("{webhook} ({kind}, edition {edition}): {}\n", plain(url));
    let forms = if visit.forms.is_empty() { "no form".to_string() } else { visit.forms.join(", ") };
    text += &format!("  from {origin}, for {forms}\n");
    for finding in &visit.findings {
        text += &line(finding);
    }
    let encodings = &visit.encodings;
    text += &format!(
        "  works in a browser: text/plain {}, application/json {}, form {}; reading the response {}\n",
        word(encodings.plain),
        word(encodings.json),
        word(encodings.form),
        word(visit.readable)
    );
    text +=
        &format!("  configured: {}, `response: {}`\n", visit.configured.encoding, visit.configured.response);
    if let Some(sent) = &visit.sent {
        text += &format!("  test lead {}, form {}", sent.lead, sent.form);
        match sent.status {
            Some(status) => text += &format!(": {status}"),
            None => text += ": no response",
        }
        if let Some(kind) = &sent.content_type {
            text += &format!(", {}", plain(kind));
        }
        if let Some(answer) = &sent.answer {
            text += &format!("\n    {}", plain(answer));
        }
        text.push('\n');
    }
    if !visit.write.is_empty() {
        let keys = visit.write.iter().map(|(key, value)| format!("{key}: {value}"));
        let keys = keys.collect::<Vec<_>>().join(", ");
        text += &format!("  write in `{}`: webhooks: {{{webhook}: {{…, {keys}}}}}\n", CONFIG_FILE);
    }
    text + "\n"
}

fn line(finding: &WebhookProblem) -> String {
    let level = match finding.level {
        Level::Fine => "fine",
        Level::Note => "note",
        Level::Unsure => "unsure",
        Level::Fix => "fix",
    };
    let mut text = format!("  {level}[{}]: {}\n", finding.code, plain(&finding.message));
    if let Some(help) = &finding.help {
        text += &format!("    = help: {}\n", plain(help));
    }
    text
}

fn word(known: Ternary) -> &'static str {
    match known {
        Ternary::Yes => "yes",
        Ternary::No => "no",
        Ternary::Unknown => "unknown",
    }
}

fn summary(visits: &[WebhookReport], sending: Sending) -> String {
    let with = |level: Level| visits.iter().filter(|visit| visit.level() == level).count();
    let (fix, unsure) = (with(Level::Fix), with(Level::Unsure));
    let total = visits.len();
    match (fix, unsure) {
        (0, 0) => "Nothing to fix.\n".to_string(),
        (0, _) if sending == Sending::Nothing => {
            format!(
                "Nothing to fix as far as is known; `--send` finds out the rest about {unsure} of {total}.\n"
            )
        }
        (0, _) => format!("Nothing that certainly needs fixing; look at {unsure} of {total}.\n"),
        _ => format!("{fix} of {total} to fix.\n"),
    }
}
