//! A score by answers (`{+20}`), with bands: what it is called at which number, and which numbers a call can come to.

use std::collections::BTreeSet;

use super::script::{CallScript, Score, ScoreBand};
use crate::config::Localized;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::site::{Page, Site};

/// Sums that are told apart; with more, all numbers between the least and the most count as possible.
const MOST_SUMS: usize = 20_000;

/// The score that a page declares, in its language.
pub(super) fn declared(site: &Site, page: &Page) -> Option<Score> {
    let meta = page.meta().script.score.as_ref()?;
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

/// The sums that the answers of a script can come to: of each step, the last answer counts, or none.
pub(super) fn sums(script: &CallScript) -> BTreeSet<i32> {
    let mut sums: BTreeSet<i32> = BTreeSet::from([0]);
    for step in &script.steps {
        let points: BTreeSet<i32> = step.answers.iter().map(|answer| answer.marks.points()).collect();
        if points.iter().all(|points| *points == 0) {
            continue;
        }
        let added = points.iter().flat_map(|points| sums.iter().map(move |sum| sum.saturating_add(*points)));
        let all: BTreeSet<i32> = sums.iter().copied().chain(added).collect();
        sums = all;
        if sums.len() > MOST_SUMS {
            let (least, most) = (sums.first().copied().unwrap_or(0), sums.last().copied().unwrap_or(0));
            return (least..=most).take(4 * MOST_SUMS).chain([most]).collect();
        }
    }
    sums
}

/// Is a band the one of one of these sums?
pub(super) fn is_reached(score: &Score, band: usize, sums: &BTreeSet<i32>) -> bool {
    let from = score.bands[band].from.unwrap_or(i32::MIN);
    let next = score.bands.get(band + 1).and_then(|next| next.from);
    match next {
        Some(next) if next <= from => false,
        Some(next) => sums.range(from..next).next().is_some(),
        None => sums.range(from..).next().is_some(),
    }
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
    let sums = sums(script);
    for (index, band) in score.bands.iter().enumerate().filter(|(index, _)| !is_reached(score, *index, &sums))
    {
        let (least, most) = (sums.first().copied().unwrap_or(0), sums.last().copied().unwrap_or(0));
        let message = format!("no call comes to the band `{}`", band.id);
        let problem = Diagnostic::new(Code::UnreachableBand, message).at(page.path(), band.span);
        diagnostics.push(problem.help(format!(
            "the answers of this script add up to numbers from {least} to {most}: give some of them points, `{{+20}}`, or change `from`{}",
            if index == 0 { "" } else { " here or in the next band" }
        )));
    }
}
