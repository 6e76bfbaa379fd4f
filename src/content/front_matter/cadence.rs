//! What only the front matter of a plan of follow-ups has. `docs/content/cadences.md` describes it.

use super::Front;
use crate::yaml::{Fields, Spanned};

/// Which days a plan counts.
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
    /// Which days are counted.
    pub count: DayCount,
    /// The most touches in seven days, where the plan says so.
    pub per_week: Option<Spanned<u32>>,
}

impl Front<'_> {
    /// Reads `count`, `per_week` and `placeholders`.
    pub(super) fn cadence(&mut self, fields: &mut Fields<'_>) {
        let count = fields.take("count").and_then(|node| self.reader.choice(node, &DayCount::NAMES));
        self.meta.cadence.count = if count == Some(1) { DayCount::Calendar } else { DayCount::Workdays };
        if let Some(node) = fields.take("per_week") {
            let most = self.reader.number(node, 1..=50).and_then(|most| u32::try_from(most).ok());
            self.meta.cadence.per_week = most.map(|value| Spanned { value, span: node.span });
        }
        self.placeholders(fields);
    }
}
