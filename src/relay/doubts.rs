//! What can be found out about a lead besides what is in it: whether the page has done what its form asks of browsers, and
//! whether the host of its address takes mail. Whoever can't be asked is no reason for anything.

#![expect(clippy::disallowed_methods, reason = "the system's DNS server is in a file")]

use std::net::SocketAddr;
use std::sync::Arc;

use serde_json::Value;

use super::intake::Intake;
use super::routes::{MailCheck, Turnstile};
use super::shared::Shared;
use super::spam::{NO_MAILBOX, NO_PROOF, Signs};
use crate::content::form::Proof;
use crate::encode::percent;
use crate::leads::webhooks::FORM;
use crate::network::{Network as _, Request, dns};

/// The longest proof that is looked at.
const LONGEST: usize = 4096;

/// The signs of a lead that came with this proof.
pub(super) async fn signs(shared: &Arc<Shared>, intake: &Intake, proof: &str) -> Signs {
    let mut signs = Signs::default();
    let asks = intake.asks;
    if asks == Proof::Nothing && shared.routes().mail_check.is_none() {
        return signs;
    }
    let (shared, proof, contact) = (Arc::clone(shared), proof.to_string(), intake.lead.contact.clone());
    let found =
        tokio::task::spawn_blocking(move || (is_proven(&shared, asks, &proof), has_mail(&shared, &contact)));
    let (is_proven, has_mail) = found.await.unwrap_or((true, true));
    if !is_proven {
        signs.add(NO_PROOF, "no-proof");
    }
    if !has_mail {
        signs.add(NO_MAILBOX, "no-mailbox");
    }
    signs
}

fn is_proven(shared: &Shared, asks: Proof, proof: &str) -> bool {
    if proof.len() > LONGEST {
        return false;
    }
    match (asks, &shared.routes().turnstile) {
        (Proof::Nothing, _) | (Proof::Turnstile, None) => true,
        (Proof::Work, _) => shared.challenges.takes(proof, shared.now()),
        (Proof::Turnstile, Some(turnstile)) => !proof.is_empty() && is_passed(shared, turnstile, proof),
    }
}

/// Does Turnstile know this answer of a browser? It knows each once, and for five minutes.
fn is_passed(shared: &Shared, turnstile: &Turnstile, proof: &str) -> bool {
    let pairs = [("secret", turnstile.secret.as_str()), ("response", proof)]
        .map(|(name, value)| (name.to_string(), value.to_string()));
    let asked = shared.internet.ask(&Request {
        method: "POST",
        url: turnstile.url.clone(),
        headers: vec![("content-type", FORM.to_string())],
        body: Some(percent::form(&pairs)),
    });
    let said = asked.ok().filter(|answer| answer.status == 200);
    let said = said.and_then(|answer| serde_json::from_str::<Value>(&answer.body).ok());
    // A secret that is wrong is the owner's matter, and says nothing of a visitor.
    let is_ours = |said: &Value| {
        let codes = said["error-codes"].as_array().into_iter().flatten();
        codes
            .filter_map(Value::as_str)
            .any(|code| code.ends_with("-input-secret") || code == "internal-error")
    };
    said.is_none_or(|said| said["success"] == true || is_ours(&said))
}

fn has_mail(shared: &Shared, contact: &str) -> bool {
    let server = match shared.routes().mail_check {
        None => return true,
        Some(MailCheck::At(server)) => Some(server),
        Some(MailCheck::System) => system_server(),
    };
    let host = contact.rsplit_once('@').map(|(_, host)| host);
    let takes = host.zip(server).and_then(|(host, server)| dns::takes_mail(host, server));
    takes != Some(false)
}

fn system_server() -> Option<SocketAddr> {
    dns::server_of(&std::fs::read_to_string("/etc/resolv.conf").ok()?)
}
