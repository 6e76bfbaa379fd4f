//! On which days the team works, `workdays:` in `ringback.yaml`: plans of follow-ups skip the others.

use super::Parser;
use super::integrations::{Holiday, days_named};
use crate::diag::Code;
use crate::yaml::Node;

/// The days on which the team works, by which plans of follow-ups count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workdays {
    /// Days of the week, 1 for Monday to 7 for Sunday; never empty.
    pub days: Vec<u8>,
    /// Days on which nobody works.
    pub holidays: Vec<Holiday>,
}

impl Default for Workdays {
    fn default() -> Self {
        Self { days: vec![1, 2, 3, 4, 5], holidays: Vec::new() }
    }
}

impl Parser<'_> {
    /// Reads `workdays: {days: [mon-fri], holidays: [12-25, 2027-03-26]}`. Days that leave none to work on are reported.
    pub(super) fn workdays(&mut self, node: &Node) -> Workdays {
        let mut workdays = Workdays::default();
        let Some(mut fields) = self.reader.fields(node) else { return workdays };
        if let Some(names) = fields.take("days").and_then(|node| self.reader.texts(node)) {
            let mut week = Vec::new();
            for name in &names {
                match days_named(&name.value) {
                    Some(days) => week.extend(days.filter_map(|day| u8::try_from(day + 1).ok())),
                    None => self.reader.report(
                        Code::InvalidValue,
                        name.span,
                        format!(
                            "`{}` isn't a day of the week: write `mon`, or `mon-fri` for several",
                            name.value
                        ),
                    ),
                }
            }
            week.sort_unstable();
            week.dedup();
            if !week.is_empty() {
                workdays.days = week;
            }
        }
        let holidays = fields.take("holidays");
        let texts = holidays.and_then(|node| self.reader.texts(node)).unwrap_or_default();
        workdays.holidays = texts.iter().filter_map(|text| self.holiday(text)).collect();
        fields.finish("`workdays`", [], &mut self.reader);
        let yearly: std::collections::BTreeSet<String> = workdays
            .holidays
            .iter()
            .filter(|day| matches!(day, Holiday::Yearly(..)))
            .map(|day| day.text())
            .collect();
        if let Some(node) = holidays.filter(|_| yearly.len() >= 365) {
            self.reader.report(Code::InvalidValue, node.span, "every day of the year is a holiday");
        }
        workdays
    }
}
