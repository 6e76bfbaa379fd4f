//! `base_url:` and other addresses of whole sites.

use std::borrow::Cow;

use super::{Parser, webhooks};
use crate::diag::{Code, Diagnostic};
use crate::encode::percent;
use crate::project::CONFIG_FILE as FILE;
use crate::yaml::Node;

/// Where the site lives: `https://example.org/blog/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    /// `https://example.org`, without a slash at the end.
    pub origin: String,
    /// `/blog/` or `/`: begins and ends with a slash, percent-encoded as it goes over the wire.
    pub path: String,
}

impl BaseUrl {
    /// That of a site that has none yet.
    pub(super) fn example() -> Self {
        Self { origin: "https://example.org".into(), path: "/".into() }
    }

    /// Does it lead to this computer?
    #[must_use]
    pub fn is_this_computer(&self) -> bool {
        url::Url::parse(&self.origin).is_ok_and(|url| webhooks::is_this_computer(&url))
    }

    /// Reads an absolute http or https URL without query and fragment.
    ///
    /// # Errors
    ///
    /// A sentence that says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let Some(rest) = rest else { return Err("it must begin with `https://`".into()) };
        if let Some(bad) = rest.chars().find(|c| "?#\"<>\\ ".contains(*c) || c.is_control()) {
            return Err(format!("it must not contain `{bad}`"));
        }
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        if host.is_empty() || host.contains('@') {
            return Err("it needs a host name, such as `https://example.org/`".into());
        }
        if let Some(bad) = percent::broken_escape(rest) {
            return Err(format!("`{bad}` is not a percent escape; write a percent sign as `%25`"));
        }
        if host.contains('%') {
            return Err("a host name has no percent escapes".into());
        }
        let scheme = &text[..text.len() - rest.len()];
        let path = percent::encode_url(path.trim_matches('/'));
        Ok(Self {
            origin: format!("{scheme}{host}"),
            path: if path.is_empty() { "/".into() } else { format!("/{path}/") },
        })
    }

    /// The path as the server's own paths are compared: without percent escapes.
    #[must_use]
    pub fn decoded_path(&self) -> Cow<'_, str> {
        percent::decode(&self.path)
    }

    /// The whole URL, with a slash at the end.
    #[must_use]
    pub fn with_trailing_slash(&self) -> String {
        format!("{}{}", self.origin, self.path)
    }
}

impl Parser<'_> {
    /// Reads a base URL; `None` where it can't be one, which is reported.
    pub(super) fn base_url(&mut self, node: &Node) -> Option<BaseUrl> {
        let text = self.reader.text(node)?;
        BaseUrl::parse(&text.value)
            .map_err(|why| {
                let message = format!("`{}` is not the URL of a site: {why}", text.value);
                self.reader.diagnostics.push(
                    Diagnostic::new(Code::BadUrl, message).at(FILE, text.span).help(
                        "write it as the browser's address bar shows it, such as `https://www.example.org/`",
                    ),
                );
            })
            .ok()
    }
}
