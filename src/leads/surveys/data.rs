//! The JSON that browsers read of a survey.

use serde::Serialize;

use super::print;
use crate::config::LangId;
use crate::content::survey::{Survey, SurveyQuestion, SurveyThemeId, Titled};
use crate::encode::script;
use crate::site::Site;

/// What `survey.js` and `survey-results.js` read.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "SurveyConfig"))]
struct SurveyData<'a> {
    version: u8,
    id: &'a str,
    /// `360` or `visit`.
    kind: &'static str,
    /// The locale of the page's numbers and dates.
    locale: &'a str,
    /// Which questions these are, as the author says.
    questions_version: &'a str,
    /// To whom codes are mailed.
    email: Option<&'a str>,
    /// From which share of the scale on a gap is a blind spot, in percent.
    blind_spot: i64,
    /// Who can rate a person, the person themselves first; empty but for surveys about people.
    groups: Vec<TitledData<'a>>,
    /// The places that can be visited; empty but for surveys of visits.
    places: Vec<TitledData<'a>>,
    themes: Vec<TitledData<'a>>,
    questions: Vec<QuestionData<'a>>,
}

/// A group, a place or a theme.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "SurveyTitled"))]
struct TitledData<'a> {
    id: &'a str,
    /// Empty for a group whose words are the theme's.
    title: &'a str,
}

/// A question with its answers, and what it is about.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "SurveyQuestion"))]
struct QuestionData<'a> {
    id: &'a str,
    /// Five letters and digits for all that decides what an answer means: codes and this device name it so.
    print: String,
    /// What is asked, of somebody else and of the person themselves.
    text: &'a str,
    own: &'a str,
    theme: Option<usize>,
    weight: u32,
    /// What each answer is worth; empty for words.
    points: Vec<u32>,
}

/// The JSON, escaped for a script element.
#[must_use]
pub fn config(site: &Site, survey: &Survey, lang: LangId) -> String {
    script::json(&SurveyData {
        version: 1,
        id: &survey.id,
        kind: survey.kind.name(),
        locale: &site.config().languages[lang].locale,
        questions_version: &survey.version,
        email: survey.email.as_deref(),
        blind_spot: survey.blind_spot,
        groups: titled(site, &survey.groups, lang),
        places: titled(site, &survey.places, lang),
        themes: titled(site, &survey.themes, lang),
        questions: survey.questions.iter().map(|each| question(site, each, lang)).collect(),
    })
}

fn titled<'a>(site: &'a Site, list: &'a [Titled], lang: LangId) -> Vec<TitledData<'a>> {
    let one = |one: &'a Titled| TitledData { id: &one.id.value, title: site.config().text(&one.title, lang) };
    list.iter().map(one).collect()
}

fn question<'a>(site: &'a Site, question: &'a SurveyQuestion, lang: LangId) -> QuestionData<'a> {
    QuestionData {
        id: &question.id.value,
        print: print::print(question),
        text: site.config().text(&question.text, lang),
        own: site.config().text(&question.own, lang),
        theme: question.theme.map(SurveyThemeId::index),
        weight: question.weight,
        points: question.answers.iter().map(|answer| answer.points).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{assert_declared, declaration};

    #[test]
    fn scripts_know_what_is_in_it() {
        let types = [
            declaration::<TitledData<'_>>(),
            declaration::<QuestionData<'_>>(),
            declaration::<SurveyData<'_>>(),
        ];
        assert_declared("leads/surveys/client/config.d.ts", &types);
    }
}
