//! `series:`, articles that belong together, and the parts of them that are announced.

use jiff::civil::Date;

use super::{CallToAction, CtaTarget, Localized, Parser, SeriesId};
use crate::diag::{Code, Diagnostic};
use crate::ids::IdVec;
use crate::project::CONFIG_FILE as FILE;
use crate::yaml::dates::PartialDate;
use crate::yaml::{Node, Spanned, Value};

/// A part of a series that is announced but not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedPart {
    /// Which part of the series it will be, from 1.
    pub part: i64,
    /// What readers see of it until it is out.
    pub title: Localized,
    /// The month in which it is to be out, as its first day.
    pub expected: Option<Spanned<Date>>,
}

/// A series of pages that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesConfig {
    /// The id by which front matter names it: `series: {id: …}`.
    pub id: String,
    /// Its title, by language.
    pub title: Localized,
    /// A sentence for the series' page.
    pub description: Localized,
    /// Parts that aren't written yet, with the month in which each is to be out.
    pub planned: Vec<PlannedPart>,
    /// The form for readers who want to know when they are out.
    pub notify: Option<CallToAction>,
}

impl Parser<'_> {
    /// Reads `series:`, in the order of the file.
    pub(super) fn series(&mut self, node: &Node) -> IdVec<SeriesId, SeriesConfig> {
        let mut all = IdVec::new();
        let mut notify = None;
        for (id, node) in self.reader.entries(node).unwrap_or_default() {
            // A series of this name would be a map.
            if id.value == "notify" && matches!(node.value, Value::Scalar { .. }) {
                notify = self.notify(node);
                continue;
            }
            let Some(mut fields) = self.reader.fields(node) else { continue };
            let title = fields.take("title").and_then(|node| self.localized(node));
            let description =
                fields.take("description").and_then(|node| self.localized(node)).unwrap_or_default();
            let planned = match fields.take("planned") {
                Some(list) => {
                    let items = self.reader.list(list).unwrap_or_default();
                    items.iter().filter_map(|item| self.planned(item)).collect()
                }
                None => Vec::new(),
            };
            let notify = fields.take("notify").and_then(|node| self.notify(node));
            fields.finish("a series", [], &mut self.reader);
            let title = title.unwrap_or_else(|| Localized::in_all_languages(id.value.clone()));
            all.push(SeriesConfig { id: id.value.clone(), title, description, planned, notify });
        }
        for series in all.iter_mut() {
            series.notify = series.notify.take().or_else(|| notify.clone());
        }
        all
    }

    /// The form that tells readers of a new part, or `none`.
    fn notify(&mut self, node: &Node) -> Option<CallToAction> {
        let form = self.reader.text(node)?;
        let target = if form.value == "none" { CtaTarget::None } else { CtaTarget::Form(form) };
        let none = Localized::default;
        Some(CallToAction { target, file: FILE.to_string(), label: none(), text: none() })
    }

    /// A month, as its first day.
    fn month(&mut self, node: &Node) -> Option<Spanned<Date>> {
        match self.reader.rough_date(node)? {
            PartialDate::Month(month) => Some(Spanned { value: month, span: node.span }),
            PartialDate::Day(_) | PartialDate::Year(_) => {
                let message = "a planned part is expected in a month";
                let problem = Diagnostic::new(Code::BadDate, message).at(FILE, node.span);
                self.reader.diagnostics.push(problem.help("write year and month, such as `2026-12`"));
                None
            }
        }
    }

    fn planned(&mut self, node: &Node) -> Option<PlannedPart> {
        let mut fields = self.reader.fields(node)?;
        let part = fields.require("part", "a planned part", &mut self.reader);
        let part = part.and_then(|node| self.reader.number(node, 1..=9999));
        let title = fields.require("title", "a planned part", &mut self.reader);
        let title = title.and_then(|node| self.localized(node));
        let expected = fields.take("expected").and_then(|node| self.month(node));
        fields.finish("a planned part", [], &mut self.reader);
        Some(PlannedPart { part: part?, title: title?, expected })
    }
}
