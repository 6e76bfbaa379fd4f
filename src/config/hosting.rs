//! `hosting:`, the site's own header lines and sources of its policy.

use std::collections::BTreeMap;

use super::Parser;
use crate::diag::{Code, Diagnostic};
use crate::project::CONFIG_FILE as FILE;
use crate::yaml::{Node, Spanned, Value};

/// Directives of a Content-Security-Policy that take further sources (CSP Level 3, section 6).
const DIRECTIVES: &[&str] = &[
    "connect-src",
    "font-src",
    "form-action",
    "frame-ancestors",
    "frame-src",
    "img-src",
    "media-src",
    "script-src",
    "style-src",
    "worker-src",
];

/// Headers that ringback computes: one of the site's own would undo what they promise.
const COMPUTED: &[&str] = &["content-security-policy", "content-security-policy-report-only"];

/// What a site adds to the files for hosts, and to the policy of its pages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HostingConfig {
    /// By path (`/*`, `/downloads/*`), the names and values of headers.
    pub headers: BTreeMap<String, Vec<(String, String)>>,
    /// Further sources of the Content-Security-Policy, by directive.
    pub policy: BTreeMap<&'static str, Vec<String>>,
}

impl Parser<'_> {
    /// Reads `hosting: {headers: {Name: value, /path/*: {Name: value}}, policy: {script-src: [https://x.example]}}`.
    pub(super) fn hosting(&mut self, node: &Node) -> HostingConfig {
        let mut hosting = HostingConfig::default();
        let Some(mut fields) = self.reader.fields(node) else { return hosting };
        if let Some(node) = fields.take("headers") {
            for (name, node) in self.reader.entries(node).unwrap_or_default() {
                if !name.value.starts_with('/') {
                    let header = self.header(name, node);
                    hosting.headers.entry("/*".into()).or_default().extend(header);
                    continue;
                }
                if name.value.contains(|c: char| c.is_whitespace() || c.is_control()) {
                    let problem =
                        Diagnostic::new(Code::InvalidValue, format!("`{}` can't be a path", name.value));
                    let help = "write it as it is in a URL, with `%20` for a space";
                    self.reader.diagnostics.push(problem.at(FILE, name.span).help(help));
                    continue;
                }
                for (inner, node) in self.reader.entries(node).unwrap_or_default() {
                    let header = self.header(inner, node);
                    hosting.headers.entry(name.value.clone()).or_default().extend(header);
                }
            }
        }
        if let Some(node) = fields.take("policy") {
            for (name, node) in self.reader.entries(node).unwrap_or_default() {
                let sources = self.sources(name, node);
                hosting.policy.extend(sources);
            }
        }
        fields.finish("`hosting`", [], &mut self.reader);
        hosting
    }

    fn header(&mut self, name: &Spanned<String>, node: &Node) -> Option<(String, String)> {
        let value = self.reader.text(node)?;
        // RFC 9110, section 5.1: a name is a token.
        let is_token = !name.value.is_empty()
            && name.value.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b));
        let is_computed = COMPUTED.contains(&name.value.to_ascii_lowercase().as_str());
        let (span, message, help) = if !is_token {
            (
                name.span,
                format!("`{}` can't be the name of a header", name.value),
                "a name has letters, digits and hyphens",
            )
        } else if is_computed {
            let help = "add sources under `hosting: {policy: …}`, which go into the page and the header";
            (name.span, format!("`{}` is computed from what the pages use", name.value), help)
        } else if value.value.contains(char::is_control) {
            (value.span, "a header is one line".into(), "write its value in one line")
        } else {
            return Some((name.value.clone(), value.value));
        };
        self.reader.diagnostics.push(Diagnostic::new(Code::InvalidValue, message).at(FILE, span).help(help));
        None
    }

    fn sources(&mut self, name: &Spanned<String>, node: &Node) -> Option<(&'static str, Vec<String>)> {
        let Some(directive) = DIRECTIVES.iter().find(|known| **known == name.value) else {
            self.reader.diagnostics.push(
                Diagnostic::new(Code::UnknownKey, format!("a policy of pages has no `{}`", name.value))
                    .at(FILE, name.span)
                    .suggest(&name.value, DIRECTIVES.iter().copied())
                    .help(format!("it has {}", crate::yaml::listed(DIRECTIVES))),
            );
            return None;
        };
        let found = match node.value {
            Value::Scalar { .. } => self.reader.text(node).map(|one| vec![one]),
            _ => self.reader.texts(node),
        };
        let mut sources = Vec::new();
        for source in found.unwrap_or_default() {
            if is_source(directive, &source.value) {
                sources.push(source.value);
                continue;
            }
            let message = format!("`{}` can't be a source of `{directive}`", source.value);
            self.reader
                .diagnostics
                .push(Diagnostic::new(Code::InvalidValue, message).at(FILE, source.span).help(
                "write an address without a path, such as `https://plausible.io` or `https://*.example.org`",
            ));
        }
        Some((directive, sources))
    }
}

/// A host with its scheme, a scheme of data for what is shown, or the hash of a script or style. What would let in
/// everything (`*`, `'unsafe-inline'`) is none.
fn is_source(directive: &str, source: &str) -> bool {
    let is_shown = matches!(directive, "img-src" | "media-src" | "font-src" | "frame-src" | "worker-src");
    let is_hash = |text: &str| {
        let hash = text.strip_prefix("'sha").and_then(|rest| rest.strip_suffix('\''));
        hash.is_some_and(|hash| hash.bytes().all(|b| b.is_ascii_alphanumeric() || b"-+/=_".contains(&b)))
    };
    if matches!(source, "data:" | "blob:") {
        return is_shown;
    }
    if source == "'self'" {
        return true;
    }
    if is_hash(source) {
        return matches!(directive, "script-src" | "style-src");
    }
    let Some(host) =
        ["https://", "http://", "wss://"].into_iter().find_map(|scheme| source.strip_prefix(scheme))
    else {
        return false;
    };
    let host = host.strip_prefix("*.").unwrap_or(host);
    let (host, port) = host.split_once(':').unwrap_or((host, "0"));
    let is_host = host.contains(|c: char| c.is_ascii_alphanumeric())
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b));
    is_host && !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::is_source;

    #[test]
    fn sources_name_hosts() {
        for (directive, source) in [
            ("script-src", "https://plausible.io"),
            ("script-src", "'sha256-AbC+/='"),
            ("connect-src", "wss://live.example:8443"),
            ("img-src", "https://*.example.org"),
            ("img-src", "data:"),
            ("frame-ancestors", "'self'"),
        ] {
            assert!(is_source(directive, source), "{directive} {source}");
        }
        for (directive, source) in [
            ("script-src", "'unsafe-inline'"),
            ("script-src", "*"),
            ("script-src", "data:"),
            ("script-src", "https:"),
            ("script-src", "https://x.example/a.js"),
            ("script-src", "https://x.example; img-src *"),
            ("img-src", "x.example"),
            ("img-src", "https://x.example:"),
        ] {
            assert!(!is_source(directive, source), "{directive} {source}");
        }
    }
}
