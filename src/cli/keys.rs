//! `ringback keys`: what opens the gates, and where each of it belongs. It is printed and written nowhere.

use super::{Settings, Status, complain, print, print_json};
use crate::commands::keys::Unlock;
use crate::content::front_matter::GateKey;
use crate::diag::emit::Format;
use crate::diag::{Diagnostics, nearest};
use crate::leads::gates::key::{self, VARIABLE};

/// Prints a new secret for the keys of gates, and says where it belongs.
pub(super) fn new_secret() -> Result<Status, String> {
    let secret = key::new_secret().map_err(|why| format!("the system gives no random numbers: {why}"))?;
    print(&format!("{secret}\n"));
    complain!(
        "Set it as the environment variable `{VARIABLE}`, here and among the secrets of your CI, and keep it like a password."
    );
    complain!("If you change the secret, links already emailed stop working.");
    Ok(Status::Fine)
}

impl Settings {
    /// Prints what opens each gate, or one of them.
    pub(super) fn keys(&self, gate: Option<&str>) -> Status {
        let mut diagnostics = Diagnostics::new();
        let all = crate::commands::keys::unlocks(&self.project, &self.options, &mut diagnostics);
        if diagnostics.has_errors() {
            return self.report(&diagnostics.sorted(), ": no key was made");
        }
        let wanted: Vec<&Unlock> =
            all.iter().filter(|unlock| gate.is_none_or(|gate| gate == unlock.gate)).collect();
        if let Some(gate) = gate.filter(|_| wanted.is_empty()) {
            complain!("error: no gate is called `{gate}`");
            if let Some(near) = nearest(gate, all.iter().map(|unlock| unlock.gate.as_str())) {
                complain!("  = help: did you mean `{near}`?");
            }
            return Status::Tool;
        }
        match self.style.format {
            Format::Json => print_json(&wanted),
            _ if wanted.is_empty() => print("No page has a gate.\n"),
            _ => print(&wanted.into_iter().map(format_unlock).collect::<Vec<_>>().join("\n")),
        }
        Status::Fine
    }
}

fn format_unlock(unlock: &Unlock) -> String {
    let Unlock { gate, key_version, form, token, .. } = unlock;
    let what_for = match unlock.key {
        GateKey::Page => "The form opens it without these links, which save somebody the form:".to_string(),
        GateKey::Webhook => format!(
            "Let the form's webhook respond with {{\"unlock\": \"{token}\"}}, or redirect to one of these links:"
        ),
        GateKey::Email => "Put the link into the email that you send after the form:".to_string(),
    };
    let mut text = format!(
        "{gate}: key: {}, key version {key_version}, form `{form}`\n  token: {token}\n  {what_for}\n",
        unlock.key.name()
    );
    for link in &unlock.links {
        text.push_str(&format!("    {} ({}, {})\n      {}\n", link.title, link.edition, link.lang, link.url));
    }
    text
}
