//! A score by answers (`{+20}`), with bands: what it is called at which number, and which numbers a call can come to.

use std::collections::BTreeSet;

use super::script::{CallScript, Score, ScoreBand};
use crate::config::Localized;
use crate::content::front_matter::ScriptMeta;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::site::{Page, Site};

/// Sums that are told apart; with more, all numbers between the least and the most count.
const MOST_SUMS: usize = 20_000;

/// The score that a page declares, in its language.
pub(super) fn declared(site: &Site, page: &Page, meta: &ScriptMeta) -> Option<Score> {
    let meta = meta.score.as_ref()?;
    let text = |localized: &Localized| site.config().text(localized, page.lang()).to_string();
    let named = |localized: &Localized, id: &str| {
        Some(text(localized)).filter(|text| !text.is_empty()).unwrap_or_else(|| id.to_string())
    };
    let bands = meta.bands.iter().map(|band| ScoreBand {
        id: band.id.value.clone(),
        label: named(&band.label, &band.id.value),
        from: band.from,
        span: band.id.span,
    });
    Some(Score { label: named(&meta.label, "score"), bands: bands.collect() })
}

/// The numbers that the answers of a script can add up to.
pub(super) struct Sums {
    /// All of them; none where there are too many to tell apart.
    all: Option<BTreeSet<i32>>,
    pub(super) least: i32,
    pub(super) most: i32,
}

impl Sums {
    /// Of each step, the last answer counts, or none.
    pub(super) fn of_script(script: &CallScript) -> Self {
        let mut sums = Self { all: Some(BTreeSet::from([0])), least: 0, most: 0 };
        for step in &script.steps {
            let points: BTreeSet<i32> = step.answers.iter().map(|answer| answer.marks.points()).collect();
            sums.least = sums.least.saturating_add(points.first().copied().unwrap_or(0).min(0));
            sums.most = sums.most.saturating_add(points.last().copied().unwrap_or(0).max(0));
            if points.iter().all(|points| *points == 0) {
                continue;
            }
            sums.all = sums.all.map(|all| {
                let added =
                    points.iter().flat_map(|points| all.iter().map(move |sum| sum.saturating_add(*points)));
                all.iter().copied().chain(added).collect()
            });
            sums.all = sums.all.filter(|all: &BTreeSet<i32>| all.len() <= MOST_SUMS);
        }
        sums
    }

    /// Is one of them at least `from`, and below `to`?
    pub(super) fn has(&self, from: i32, to: i32) -> bool {
        match &self.all {
            _ if from >= to => false,
            Some(all) => all.range(from..to).next().is_some(),
            None => from <= self.most && to > self.least,
        }
    }

    /// All of them, as far as they can be told apart.
    pub(super) fn known_totals(&self) -> Option<&BTreeSet<i32>> {
        self.all.as_ref()
    }
}

/// Does a call come to a band?
fn is_reached(score: &Score, band: usize, sums: &Sums) -> bool {
    let from = score.bands[band].from.unwrap_or(i32::MIN);
    sums.has(from, score.bands.get(band + 1).and_then(|next| next.from).unwrap_or(i32::MAX))
}

/// Reports bands that no call comes to, and points without a score.
pub(super) fn check(page: &Page, script: &CallScript, diagnostics: &mut Diagnostics) {
    let Some(score) = &script.score else {
        let points =
            script.steps.iter().flat_map(|step| &step.answers).find_map(|answer| answer.marks.points);
        diagnostics.extend(points.map(|(_, span)| {
            Diagnostic::new(Code::UnknownField, "this answer gives points, and the script has no score")
                .at(page.path(), span)
                .help("declare it in the front matter: `score: {bands: {cold: {}, warm: {from: 20}}}`")
        }));
        return;
    };
    let sums = Sums::of_script(script);
    for (index, band) in score.bands.iter().enumerate().filter(|(index, _)| !is_reached(score, *index, &sums))
    {
        let Sums { least, most, .. } = sums;
        let message = format!("no call comes to the band `{}`", band.id);
        let problem = Diagnostic::new(Code::UnreachableBand, message).at(page.path(), band.span);
        diagnostics.push(problem.help(format!(
            "the answers of this script add up to numbers from {least} to {most}: give some of them points, `{{+20}}`, or change `from`{}",
            if index == 0 { "" } else { " here or in the next band" }
        )));
    }
}
