//! `privacy:`, what is noted of visitors, and where it says so.

use std::collections::BTreeSet;

use super::{Parser, reserved};
use crate::diag::{Code, Diagnostic};
use crate::project::CONFIG_FILE as FILE;
use crate::yaml::{Node, Spanned};

/// How the visitor's way here is recorded with a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Attribution {
    /// Only once the visitor has agreed; until then nothing is stored.
    #[default]
    Consent,
    /// From the first page on, where the law of the site's readers allows it.
    Always,
    /// Not at all: leads don't say where their visitors came from.
    Never,
}

impl Attribution {
    /// As it is written in the configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::Always => "always",
            Self::Never => "never",
        }
    }
}

/// What is noted of visitors, and where it says so.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Privacy {
    /// How the visitor's way here is recorded.
    pub attribution: Attribution,
    /// The page that says what becomes of visitors' details, where the site names one.
    pub page: Option<Spanned<String>>,
    /// Parameters of URLs that a lead has besides those of campaigns, such as `gclid`.
    pub parameters: BTreeSet<String>,
}

impl Parser<'_> {
    /// Reads `privacy:`.
    pub(super) fn privacy(&mut self, node: &Node) -> Privacy {
        let Some(mut fields) = self.reader.fields(node) else { return Privacy::default() };
        let mode = fields.take("attribution");
        let mode = mode.and_then(|node| self.reader.choice(node, &["consent", "always", "never"]));
        let page = fields.take("page").and_then(|node| self.reader.text(node));
        let names = fields.take("parameters").and_then(|node| self.reader.texts(node)).unwrap_or_default();
        let names = names.into_iter().filter(|name| self.parameter(name)).map(|name| name.value);
        let parameters = names.collect::<BTreeSet<_>>();
        fields.finish("`privacy`", [], &mut self.reader);
        let attribution = match mode {
            Some(1) => Attribution::Always,
            Some(2) => Attribution::Never,
            _ => Attribution::Consent,
        };
        Privacy { attribution, page, parameters }
    }

    /// Can a parameter of URLs be noted with a lead? Those of campaigns and of reps are already.
    fn parameter(&mut self, name: &Spanned<String>) -> bool {
        const KNOWN: &[&str] = &["landing", "referrer", "rep", "via"];
        if reserved::refuse_objects(name, "a parameter", &mut self.reader) {
            return false;
        }
        let is_name = (1..=40).contains(&name.value.len())
            && name.value.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
        let (message, help) = match name.value.as_str() {
            known if KNOWN.contains(&known) || known.starts_with("utm_") => (
                format!("`{known}` is not a further parameter"),
                "leads have it already; remove it from the list",
            ),
            _ if is_name => return true,
            other => (
                format!("`{other}` can't be the name of a parameter"),
                "write it as it is in URLs, such as `gclid`: letters, digits, `_`, `-` and `.`",
            ),
        };
        self.reader
            .diagnostics
            .push(Diagnostic::new(Code::InvalidValue, message).at(FILE, name.span).help(help));
        false
    }
}
