//! Names of hosts that an owner declares.

use url::Url;

use crate::config::Parser;
use crate::config::webhooks::is_this_computer;
use crate::diag::{Code, Diagnostic};
use crate::project::CONFIG_FILE as FILE;
use crate::yaml::{Node, Spanned, Value};

impl Parser<'_> {
    /// A host, such as `stats.example.org`, as an origin: `https://stats.example.org`. Nothing where it is none, which is
    /// reported.
    pub(super) fn host(&mut self, node: &Node) -> Option<String> {
        let text = self.reader.text(node)?;
        let found = origin(&text.value);
        if found.is_none() {
            self.no_host(&text, "write its name alone, such as `stats.example.org`");
        }
        found
    }

    /// Several hosts. Each can begin with `*.`, for all names below it.
    pub(super) fn hosts(&mut self, node: &Node) -> Vec<String> {
        let texts = match node.value {
            Value::Scalar { .. } => self.reader.text(node).map(|one| vec![one]),
            _ => self.reader.texts(node),
        };
        let mut all = Vec::new();
        for text in texts.unwrap_or_default() {
            let bare = text.value.trim_start_matches("https://");
            let below = bare.strip_prefix("*.").map(origin);
            let found = match below {
                // All names below a country or a `.com` are not somebody's.
                Some(below) => below
                    .filter(|origin| origin.trim_start_matches("https://").contains('.'))
                    .map(|origin| origin.replacen("://", "://*.", 1)),
                None => origin(&text.value),
            };
            match found {
                Some(host) => all.push(host),
                None => self.no_host(&text, "write names such as `cdn.example.org` or `*.example.org`"),
            }
        }
        all
    }

    fn no_host(&mut self, text: &Spanned<String>, help: &str) {
        // A variable that isn't set is reported already.
        if text.value.contains("${") {
            return;
        }
        let message = format!("`{}` is not a host", text.value);
        self.reader
            .diagnostics
            .push(Diagnostic::new(Code::InvalidValue, message).at(FILE, text.span).help(help));
    }
}

/// A name or an address without a path as an origin. Only this computer is reached without encryption.
fn origin(text: &str) -> Option<String> {
    let address = if text.contains("://") { text.to_string() } else { format!("https://{text}") };
    let url = Url::parse(&address).ok()?;
    let host = url.host_str()?;
    let (_, bare) = text.split_once("://").unwrap_or(("", text));
    let bare = bare.strip_suffix('/').unwrap_or(bare);
    let is_alone =
        !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b));
    let is_here = is_this_computer(&url);
    let is_name = host.contains('.') && !host.ends_with('.');
    let is_safe = url.scheme() == "https" && is_name || is_here && matches!(url.scheme(), "https" | "http");
    (is_alone && is_safe).then(|| url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn hosts_become_origins() {
        for (text, expected) in [
            ("stats.example.org", Some("https://stats.example.org")),
            ("https://Stats.Example.org/", Some("https://stats.example.org")),
            ("stats.example.org:8443", Some("https://stats.example.org:8443")),
            ("http://127.0.0.1:8080", Some("http://127.0.0.1:8080")),
            ("http://stats.example.org", None),
            ("https://stats.example.org/matomo", None),
            ("stats.example.org/", Some("https://stats.example.org")),
            ("stats", None),
            ("//stats.example.org", None),
            ("\\\\stats.example.org", None),
            ("https:\\\\stats.example.org", None),
            ("me@stats.example.org", None),
            ("x.example; script-src *", None),
            ("bücher.example", None),
            ("ftp://x.example", None),
            ("javascript:alert(1)", None),
            ("", None),
        ] {
            assert_eq!(origin(text).as_deref(), expected, "{text}");
        }
    }
}
