//! What must be right about a survey before anybody answers it.

use crate::config::Localized;
use crate::content::form::FieldKind;
use crate::content::survey::{SELF, Survey, SurveyKind};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::site::Site;

/// Checks a survey that was read without a mistake.
pub(super) fn check(site: &Site, survey: &Survey, diagnostics: &mut Diagnostics) {
    translations(site, survey, diagnostics);
    themes(survey, diagnostics);
    let place = survey.questions.first().map(|question| question.id.span).unwrap_or_default();
    let asked: Vec<&Localized> = survey.questions.iter().map(|question| &question.text).collect();
    site.check_reading((&survey.path, place), &asked, diagnostics);
    if survey.kind != SurveyKind::Feedback {
        return;
    }
    if survey.groups.iter().all(|group| group.id.value == SELF) {
        let message = "nobody but the person themselves is asked, so nothing could be shown";
        let place = survey.spans.get("groups").copied().unwrap_or_default();
        let problem = Diagnostic::new(Code::TooFewRaters, message).at(&survey.path, place);
        diagnostics.push(problem.help("add a group, such as `{id: peers, title: Colleagues}`"));
    }
    let Some(named) = &survey.form else { return };
    let Some(form) = site.form(&named.value) else { return };
    let form = &site.content.forms[form];
    let identifies = |kind: FieldKind| matches!(kind, FieldKind::Email | FieldKind::Tel);
    let names = ["name", "first_name", "last_name", "company"];
    let found = form.fields.iter().find(|field| identifies(field.kind) || names.contains(&&*field.id.value));
    if let Some(field) = found {
        let message = format!("the form `{}` asks raters for `{}`", form.id, field.id.value);
        let problem = Diagnostic::new(Code::SurveyIdentifies, message).at(&survey.path, named.span);
        diagnostics.push(problem.help("use a form without fields that say who is writing"));
    }
}

/// A theme with one question says no more than that question.
fn themes(survey: &Survey, diagnostics: &mut Diagnostics) {
    for (id, theme) in survey.themes.each() {
        let count = survey.questions_of(id).filter(|question| !question.is_text()).count();
        if count < 2 {
            let has = if count == 0 { "no question" } else { "one question alone" };
            let message = format!("the theme `{}` has {has}", theme.id.value);
            let problem = Diagnostic::new(Code::ThinDimension, message).at(&survey.path, theme.id.span);
            diagnostics.push(problem.help("ask at least two, or join it with another theme"));
        }
    }
}

/// Every text has to be there in every language in which people may be asked.
fn translations(site: &Site, survey: &Survey, diagnostics: &mut Diagnostics) {
    for (what, text, span) in texts(survey) {
        let missing = site.languages_without(text);
        if !missing.is_empty() {
            let message = format!("{what} is missing in {}", missing.join(" and "));
            let problem = Diagnostic::new(Code::SurveyNotTranslated, message).at(&survey.path, span);
            diagnostics.push(problem.help("people who read that language see it in another one; add it"));
        }
    }
}

/// All texts: what each is, its words, and the place that stands for it.
fn texts(survey: &Survey) -> Vec<(String, &Localized, Span)> {
    let whole = |key: &str| survey.spans.get(key).copied().unwrap_or_default();
    let mut texts = vec![
        ("`title`".to_string(), &survey.title, whole("title")),
        ("`intro`".to_string(), &survey.intro, whole("intro")),
    ];
    for (what, list) in [("group", &*survey.groups), ("place", &*survey.places), ("theme", &*survey.themes)] {
        texts.extend(
            list.iter()
                .map(|one| (format!("`title` of the {what} `{}`", one.id.value), &one.title, one.id.span)),
        );
    }
    for question in &survey.questions {
        let id = &question.id.value;
        let own = [("text", &question.text), ("self", &question.own), ("help", &question.help)];
        let answers = question.answers.iter().filter(|_| question.measure.is_none());
        let answers = answers.map(|answer| ("an answer", &answer.label));
        texts.extend(
            own.into_iter()
                .chain(answers)
                .map(|(key, text)| (format!("`{key}` of the question `{id}`"), text, question.id.span)),
        );
    }
    texts
}
