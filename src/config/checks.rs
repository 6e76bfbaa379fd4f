//! `checks:`, which editorial checks speak, and how loudly.

use std::collections::BTreeMap;

use super::Parser;
use crate::diag::{Code, Diagnostic};
use crate::project::CONFIG_FILE as FILE;
use crate::yaml::{Node, Value};

/// The key that stands for all checks.
const ALL: &str = "all";

/// Checks of what is a choice on most sites: they are made only where they are named.
const OPTIONAL: &[Code] = &[Code::Untranslated];

/// What becomes of what an editorial check finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Level {
    /// Nothing: the check isn't made.
    Off,
    /// `check` says it.
    #[default]
    Warn,
    /// It is an error, which stops the build.
    Error,
}

impl Level {
    const NAMES: &[(&str, Self)] = &[("off", Self::Off), ("warn", Self::Warn), ("error", Self::Error)];
}

/// The level of each editorial check.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Levels {
    /// The level of checks that `checks:` doesn't name.
    all: Level,
    /// The levels of checks that `checks:` names.
    own: BTreeMap<Code, Level>,
}

impl Levels {
    /// The level of a check.
    #[must_use]
    pub fn level(&self, code: Code) -> Level {
        let unless_named = if OPTIONAL.contains(&code) { Level::Off } else { self.all };
        self.own.get(&code).copied().unwrap_or(unless_named)
    }

    /// Has any check this level?
    #[must_use]
    pub fn has(&self, level: Level) -> bool {
        Code::ALL.iter().any(|code| code.is_editorial() && self.level(*code) == level)
    }
}

impl Parser<'_> {
    /// Reads `checks: off`, or `checks: {all: warn, title-too-long: off}`.
    pub(super) fn checks(&mut self, node: &Node) -> Levels {
        let mut levels = Levels::default();
        if let Value::Scalar { .. } = node.value {
            levels.all = self.level(node).unwrap_or_default();
            return levels;
        }
        for (name, node) in self.reader.entries(node).unwrap_or_default() {
            match Code::from_name(&name.value) {
                _ if name.value == ALL => levels.all = self.level(node).unwrap_or_default(),
                Some(code) if code.is_editorial() => {
                    levels.own.extend(self.level(node).map(|level| (code, level)));
                }
                found => {
                    let message = match found {
                        Some(code) => format!("`{code}` isn't an editorial check, so it is always reported"),
                        None => format!("there is no check `{}`", name.value),
                    };
                    self.reader.diagnostics.push(
                        Diagnostic::new(Code::UnknownKey, message)
                            .at(FILE, name.span)
                            .suggest(&name.value, Code::editorial().chain([ALL]))
                            .help(
                                "`ringback explain` lists all names; only editorial checks can be set here",
                            ),
                    );
                }
            }
        }
        levels
    }

    fn level(&mut self, node: &Node) -> Option<Level> {
        let names: Vec<&str> = Level::NAMES.iter().map(|(name, _)| *name).collect();
        self.reader.choice(node, &names).map(|index| Level::NAMES[index].1)
    }
}
