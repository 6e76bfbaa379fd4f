//! The site as it is read for serving, and for `check --without-secrets`: what the environment lacks has a stand-in, so
//! that nobody needs the keys of the company to see or check a page.
//!
//! A variable that stands under a webhook and is not set would keep a build from writing; here nothing is written and no
//! lead leaves this computer, so any address does. The secret of the gates and the passphrase of sealed editions are
//! stood in for, too. Everything else is read as it is. A build never gets any of this: everybody can read it here.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::diag::{Diagnostic, Diagnostics};
use crate::leads::gates::{key, lock};
use crate::project::{CONFIG_FILE, PathKind, Project};
use crate::yaml::{self, Node, Value};

/// What the keys of gates are made from while nobody has set a secret.
const SECRET: &str = "a-stand-in-that-only-serve-has-0000";

/// What editions are sealed with while nobody has set a passphrase.
const PASSPHRASE: &str = "stand-in: lantern quorum veldt 7431 obelisk";

/// A project with stand-ins.
pub struct WithDefaults(Box<dyn Project + Send + Sync>);

impl WithDefaults {
    /// The site of `project`, with stand-ins for variables that aren't set.
    #[must_use]
    pub fn new(project: impl Project + Send + 'static) -> Self {
        Self(Box::new(project))
    }

    /// The variables that are stood in for now.
    #[must_use]
    pub fn missing(&self) -> Vec<String> {
        let mut names: Vec<String> = self.webhook_defaults().into_iter().map(|(name, _)| name).collect();
        names.retain(|name| self.set(name).is_none());
        names.sort();
        names.dedup();
        names
    }

    /// A variable that is set. CI sets secrets that it keeps from a job to nothing.
    fn set(&self, name: &str) -> Option<String> {
        self.0.variable(name).filter(|value| !value.is_empty())
    }

    /// The variables without a default that stand under webhooks, with what stands in for them.
    fn webhook_defaults(&self) -> Vec<(String, &'static str)> {
        let Some(text) = self.0.read(CONFIG_FILE).ok().and_then(|bytes| String::from_utf8(bytes).ok()) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        if let Ok(root) = yaml::parse(&text, 0, CONFIG_FILE) {
            collect(&root, "", Depth::Outside, &mut found);
        }
        found
    }
}

impl std::fmt::Debug for WithDefaults {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StandIn")
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Outside,
    UnderWebhooks,
}

fn collect(node: &Node, key: &str, depth: Depth, found: &mut Vec<(String, &'static str)>) {
    match &node.value {
        Value::Map(entries) => {
            for (name, value) in entries {
                let depth = if name.value == "webhooks" { Depth::UnderWebhooks } else { depth };
                collect(value, &name.value, depth, found);
            }
        }
        Value::List(items) => items.iter().for_each(|item| collect(item, key, depth, found)),
        Value::Scalar { text, .. } if depth == Depth::UnderWebhooks => {
            let value = match key {
                "oid" => "00D000000000000",
                "portal" => "0",
                "form" => "00000000-0000-0000-0000-000000000000",
                _ => "https://not-set.example/",
            };
            for rest in text.split("${").skip(1) {
                let Some((name, _)) = rest.split_once('}') else { continue };
                if !name.contains(":-") {
                    found.push((name.to_string(), value));
                }
            }
        }
        Value::Scalar { .. } | Value::Null => {}
    }
}

impl Project for WithDefaults {
    fn files(&self, diagnostics: &mut Diagnostics) -> Vec<String> {
        self.0.files(diagnostics)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.0.read(path)
    }

    fn read_start(&self, path: &str, limit: u64) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.0.read_start(path, limit)
    }

    fn path_kind(&self, path: &str) -> PathKind {
        self.0.path_kind(path)
    }

    fn today(&self, zone: &TimeZone) -> Date {
        self.0.today(zone)
    }

    fn now(&self) -> Timestamp {
        self.0.now()
    }

    fn read_kept(&self, name: &str) -> Option<Vec<u8>> {
        self.0.read_kept(name)
    }

    fn keep(&self, name: &str, bytes: &[u8]) {
        self.0.keep(name, bytes);
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.set(name).or_else(|| match name {
            key::VARIABLE => Some(SECRET.to_string()),
            lock::VARIABLE => Some(PASSPHRASE.to_string()),
            _ => {
                let wanted = self.webhook_defaults().into_iter().find(|(wanted, _)| wanted == name);
                wanted.map(|(_, value)| value.to_string()).or_else(|| self.0.variable(name))
            }
        })
    }
}
