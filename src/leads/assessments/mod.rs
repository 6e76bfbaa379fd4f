//! Assessments: a visitor answers questions about their own work, and gets a result to act on; who sells to them gets it, too,
//! where the visitor sends it.
//!
//! [`check_all`] reports what would make a result wrong or unreadable; [`score`] is what answers come to; [`config`] is the JSON
//! that `assessment.js` reads. The words of questions and results are in the page, made by `pages`. `docs/content/assessments.md`
//! is for authors.

mod check;
mod data;
mod link;
pub mod score;

use crate::config::Audience;
use crate::content::assessment::{Assessment, DimensionId, Question, ResultAccess};
use crate::diag::Diagnostics;
use crate::plan::{ClientFile, client_files};
use crate::site::Site;

pub use data::config;

/// The browser code: asks, keeps answers on the device, and shows what they come to.
pub const CLIENT: &[ClientFile] = client_files!("src/leads/assessments/client":
    Entry "assessment", Part "assessment-walk", Part "assessment-answers", Part "assessment-score", Part "assessment-link",
    Part "assessment-result", Part "assessment-lead");

/// Checks all assessments that were read without a mistake.
pub fn check_all(site: &Site, diagnostics: &mut Diagnostics) {
    for assessment in site.content.asked.assessments.iter().filter(|assessment| assessment.is_valid) {
        let mut found = Diagnostics::new();
        check::check(site, assessment, &mut found);
        diagnostics.extend(found);
    }
}

/// Does the result wait until the form is sent? The team, who looks at results of others, sees it at once.
#[must_use]
pub fn waits_for_form(site: &Site, assessment: &Assessment) -> bool {
    let form = assessment.form.as_ref().and_then(|form| site.form(&form.value));
    assessment.result == ResultAccess::Form && form.is_some() && !site.view.edition.sees(Audience::Team)
}

/// The most points of a dimension, for readers without scripts, who add up their own. `None` where questions count differently, so that points alone say too little.
#[must_use]
pub fn points_of(assessment: &Assessment, dimension: DimensionId) -> Option<u32> {
    let questions: Vec<_> = assessment.questions_of(dimension).collect();
    let first = questions.first()?;
    let is_alike = |question: &&Question| {
        question.range.is_none()
            && question.weight == first.weight
            && question.most() == first.most()
            && question.kind == first.kind
    };
    let count = u32::try_from(questions.len()).unwrap_or_default();
    (questions.iter().all(is_alike) && first.most() > 0).then(|| count * first.most())
}

#[cfg(test)]
mod tests;
