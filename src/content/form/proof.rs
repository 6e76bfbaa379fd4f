//! `proof`: what a form asks of a browser, so that a relay can tell visitors from programs.

use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::diag::{Code, Diagnostic};
use crate::yaml::{Fields, Reader};

/// What shows that a lead comes from a page, and not from a program that sends thousands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Proof {
    /// Nothing does: any program can send leads.
    #[default]
    Nothing,
    /// The browser has worked for a moment.
    Work,
    /// Cloudflare's Turnstile has looked at the browser.
    Turnstile,
}

impl Proof {
    /// As it is written in a form; `None` where nothing is.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::Work => Some("work"),
            Self::Turnstile => Some("turnstile"),
        }
    }
}

/// Reads it, and checks that there is a relay that knows what to do with it.
pub(super) fn read(fields: &mut Fields<'_>, config: &Config, reader: &mut Reader<'_>) -> Proof {
    let Some(node) = fields.take("proof") else { return Proof::Nothing };
    let proof = match reader.choice(node, &["work", "turnstile"]) {
        Some(0) => Proof::Work,
        Some(_) => Proof::Turnstile,
        None => return Proof::Nothing,
    };
    let relay = config.relay.as_ref();
    let (problem, help) = match (relay, proof) {
        (None, _) => (
            "nobody checks the proof: only a `relay` does",
            "declare a relay in `ringback.yaml`, or remove `proof`",
        ),
        (Some(relay), Proof::Turnstile) if relay.turnstile.is_none() => (
            "the relay doesn't know the keys of Turnstile",
            "name them in `ringback.yaml`: `relay: {url: …, turnstile: {site_key: …, secret: \"${TURNSTILE_SECRET}\"}}`",
        ),
        _ => return proof,
    };
    reader
        .diagnostics
        .push(Diagnostic::new(Code::InvalidValue, problem).at(reader.file, node.span).help(help));
    Proof::Nothing
}
