//! The address of an endpoint: https, or http on this computer.

use url::{Host, Url};

use crate::config::Parser;
use crate::diag::{Code, Diagnostic};
use crate::project::CONFIG_FILE as FILE;
use crate::yaml::{Node, Spanned};

impl Parser<'_> {
    /// The address of a receiver: https, or http on this computer.
    pub(in crate::config) fn receiver(&mut self, node: &Node) -> Option<Spanned<String>> {
        let url = self.reader.text(node)?;
        if url.value.contains("${") {
            // A variable is not set, which is reported already.
            return None;
        }
        // Browsers would read an address with spaces, without slashes or without a host in their own way.
        let begins = ["https://", "http://"].iter().any(|start| {
            url.value.strip_prefix(start).is_some_and(|rest| !rest.starts_with(['/', '\\', '?', '#']))
        });
        let is_written_out = begins && !url.value.contains(char::is_whitespace);
        let parsed = Url::parse(&url.value).ok().filter(|parsed| is_written_out && parsed.has_host());
        let Some(parsed) = parsed else {
            // The address itself may be a secret that came from the environment.
            self.reader.diagnostics.push(
                Diagnostic::new(Code::BadUrl, "this is not the URL of an endpoint")
                    .at(FILE, url.span)
                    .help("it begins with `https://` and has no spaces"),
            );
            return None;
        };
        if parsed.scheme() == "http" && !is_this_computer(&parsed) {
            let host = parsed.host_str().unwrap_or_default();
            self.reader.diagnostics.push(
                Diagnostic::new(
                    Code::InsecureWebhook,
                    format!("leads would go to `{host}` without encryption"),
                )
                .at(FILE, url.span)
                .help("write `https://`; `http://` is for tests with an endpoint on `localhost`"),
            );
        }
        Some(url)
    }
}

/// Does an address lead to this computer, as a browser reads it? `http://2130706433/` does, and
/// `http://127.0.0.1.example.org/` doesn't (RFC 6761 for names, RFC 1122 and 4291 for numbers).
pub(in crate::config) fn is_this_computer(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => {
            address.is_loopback() || address.to_ipv4_mapped().is_some_and(|address| address.is_loopback())
        }
        None => false,
    }
}
