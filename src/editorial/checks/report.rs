//! What is found, at the level that the site's settings give it.

use crate::config::{Level, Levels};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};

/// Takes what the checks of one level find.
pub(super) struct Report<'a> {
    levels: &'a Levels,
    level: Level,
    pub(super) found: Diagnostics,
}

impl<'a> Report<'a> {
    /// A report without problems, for checks of one level of the site's settings.
    pub(super) fn new(levels: &'a Levels, level: Level) -> Self {
        Self { levels, level, found: Diagnostics::new() }
    }

    /// Is this check made? What costs time asks first.
    pub(super) fn wants(&self, code: Code) -> bool {
        self.levels.level(code) == self.level
    }

    /// Adds a finding, unless its check isn't made.
    pub(super) fn push(&mut self, mut problem: Diagnostic) {
        if !self.wants(problem.code) {
            return;
        }
        if self.level == Level::Error {
            problem.severity = Severity::Error;
        }
        self.found.push(problem);
    }
}
