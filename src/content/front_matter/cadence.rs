//! What only the front matter of a plan of follow-ups has. `docs/content/cadences.md` describes it.

use super::{Front, GateMeta, PlaceholderMeta};
use crate::yaml::{Fields, Spanned};

/// Whether a plan counts all days or only those on which the team works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DayCount {
    /// Those on which the team works.
    #[default]
    Workdays,
    /// All of them; what falls on a day off is done on the next workday.
    Calendar,
}

impl DayCount {
    const NAMES: [&str; 2] = ["workdays", "calendar"];

    /// As front matter and browsers name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES[usize::from(self == Self::Calendar)]
    }
}

/// What only plans of follow-ups have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CadenceMeta {
    /// The gate in its text; `None` without one.
    pub gate: Option<Box<GateMeta>>,
    /// Whether days between touches are all days or the team's workdays.
    pub count: DayCount,
    /// The most touches in seven days, where the plan says so.
    pub per_week: Option<Spanned<u32>>,
    /// What is filled in for one person.
    pub placeholders: Vec<PlaceholderMeta>,
}

impl Front<'_> {
    /// Reads `gate`, `count`, `per_week` and `placeholders`.
    pub(super) fn cadence(&mut self, fields: &mut Fields<'_>) -> CadenceMeta {
        let gate = self.gate(fields);
        let count = fields.take("count").and_then(|node| self.reader.choice(node, &DayCount::NAMES));
        let count = if count == Some(1) { DayCount::Calendar } else { DayCount::Workdays };
        let per_week = fields.take("per_week").and_then(|node| {
            let most = self.reader.number(node, 1..=50).and_then(|most| u32::try_from(most).ok());
            most.map(|value| Spanned { value, span: node.span })
        });
        CadenceMeta { gate, count, per_week, placeholders: self.placeholders(fields) }
    }
}
