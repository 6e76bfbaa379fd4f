//! Webhooks of the kind `email`: who sends an email for each lead, who gets it, and over which server.

use super::WebhookKind;
use crate::config::Parser;
use crate::diag::{Code, Diagnostic};
use crate::project::CONFIG_FILE as FILE;
use crate::yaml::{Fields, Node, Spanned};

impl Parser<'_> {
    /// A webhook of the kind `email`, as messages name it.
    pub(super) fn email(&mut self, fields: &mut Fields<'_>) -> (&'static str, WebhookKind) {
        let what = "a webhook of the kind `email`";
        let is_address = |text: &str| {
            let inner = text.split_once('<').map_or(text, |(_, rest)| rest.trim_end_matches('>'));
            let parts = inner.trim().split_once('@');
            parts.is_some_and(|(name, host)| !name.is_empty() && host.len() > 2 && !host.contains(['@', ' ']))
                && !text.contains(char::is_control)
        };
        let shape = "an email address, such as `sales@example.org` or `Sales <sales@example.org>`";
        let from = fields.require("from", what, &mut self.reader);
        let from = from.and_then(|node| self.shaped(node, is_address, shape)).unwrap_or_default();
        let to = fields.require("to", what, &mut self.reader);
        let to = to.and_then(|node| self.reader.texts(node)).unwrap_or_default();
        for one in to.iter().filter(|one| !one.value.contains("${") && !is_address(&one.value)) {
            self.reader.report(Code::InvalidValue, one.span, format!("`{}` is not {shape}", one.value));
        }
        (what, WebhookKind::Email { from, to: to.into_iter().map(|one| one.value).collect() })
    }

    /// A mail server, to which nothing goes without encryption unless it is on this computer.
    pub(super) fn mail_server(&mut self, node: &Node) -> Option<Spanned<String>> {
        let url = self.reader.text(node)?;
        if url.value.contains("${") {
            return None;
        }
        let parsed = url::Url::parse(&url.value).ok().filter(url::Url::has_host);
        // The rule for URLs has no numbers for hosts of this scheme.
        let is_here = |url: &url::Url| matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"));
        let is_safe = parsed.as_ref().is_some_and(|parsed| {
            let asks = parsed.query_pairs().any(|(name, value)| name == "tls" && value == "required");
            parsed.scheme() == "smtps" || parsed.scheme() == "smtp" && (asks || is_here(parsed))
        });
        if !is_safe {
            // The address itself may be a secret that came from the environment.
            let problem =
                Diagnostic::new(Code::BadUrl, "this is not the URL of an SMTP server with encryption");
            self.reader.diagnostics.push(problem.at(FILE, url.span).help(
                "write `smtps://name:password@mail.example.org`, or `smtp://name:password@mail.example.org:587?tls=required`",
            ));
            return None;
        }
        Some(url)
    }
}
