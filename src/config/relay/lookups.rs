//! What a relay asks of others before it takes a lead: Turnstile whether a person has sent it, and a DNS server whether a
//! host takes mail.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

use crate::config::Parser;
use crate::diag::{Code, Diagnostic};
use crate::project::CONFIG_FILE as FILE;
use crate::yaml::Node;

/// Where Turnstile tells whether it knows an answer.
const SITEVERIFY: &str = "https://challenges.cloudflare.com/turnstile/v0/siteverify";

/// Cloudflare's Turnstile, as the site has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turnstile {
    /// The public key, which pages name when they load Turnstile.
    pub site_key: String,
    /// The secret key, which only the relay has.
    pub secret: String,
    /// The URL that the relay asks whether an answer is right.
    pub url: String,
}

/// Whom a relay asks whether a host takes mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MailCheck {
    /// The DNS server that the system has.
    System,
    /// The DNS server at this address and port.
    At(SocketAddr),
}

impl Parser<'_> {
    /// `turnstile:` of a relay.
    pub(super) fn turnstile(&mut self, node: &Node) -> Option<Turnstile> {
        let what = "`turnstile`";
        let mut fields = self.reader.fields(node)?;
        let is_key = |text: &str| {
            let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
            text.len() >= 8 && text.bytes().all(is_part)
        };
        let site_key = fields.require("site_key", what, &mut self.reader);
        let site_key = site_key.and_then(|node| self.shaped(node, is_key, "a site key of Turnstile"));
        let secret = fields.require("secret", what, &mut self.reader);
        let secret = secret.map(|node| self.secret(node, is_key, "a secret key of Turnstile"));
        let url = fields.take("url").and_then(|node| self.receiver(node)).map(|url| url.value);
        fields.finish(what, [], &mut self.reader);
        let url = url.unwrap_or_else(|| SITEVERIFY.to_string());
        Some(Turnstile { site_key: site_key?, secret: secret?, url })
    }

    /// `check_domains:` of a relay: `true`, or the address of a DNS server.
    pub(super) fn mail_check(&mut self, node: &Node) -> Option<MailCheck> {
        let text = self.reader.text(node)?;
        match text.value.as_str() {
            "false" => return None,
            "true" => return Some(MailCheck::System),
            _ => {}
        }
        let address = text.value.parse::<SocketAddr>().ok();
        let address = address.or_else(|| Some(SocketAddr::new(text.value.parse().ok()?, 53)));
        if address.is_none() {
            let message = format!("`{}` is neither `true` nor the address of a DNS server", text.value);
            let problem = Diagnostic::new(Code::InvalidValue, message).at(FILE, text.span);
            let help = "write `check_domains: true` to ask the server that the system asks, or `192.0.2.53`";
            self.reader.diagnostics.push(problem.help(help));
        }
        address.map(MailCheck::At)
    }
}
