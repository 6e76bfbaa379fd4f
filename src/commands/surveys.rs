//! What the answers to surveys come to, from files: result codes in any text, and leads as JSON or CSV. Pure: whoever asks has
//! read the files.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use crate::build::load;
use crate::content::survey::{Survey, SurveyKind};
use crate::diag::Diagnostics;
use crate::encode::csv;
use crate::leads::surveys::code;
use crate::leads::surveys::people::{GroupReport, PersonReport, group_report, people};
use crate::leads::surveys::satisfaction::{Sum, sum};
use crate::leads::surveys::visits::{VisitTally, tally};
use crate::project::Project;

/// What the answers to all surveys come to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SurveyTotals {
    /// The version of this format.
    pub version: u8,
    /// The surveys that somebody has answered, by id.
    pub surveys: Vec<SurveyTotal>,
    /// Codes of which a part is missing or wrong.
    pub broken: usize,
}

/// What the answers to one survey come to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SurveyTotal {
    /// The survey's id: the name of its file.
    pub id: String,
    /// `360`, `satisfaction` or `visit`.
    pub kind: &'static str,
    /// Its title, in the site's default language.
    pub title: String,
    /// How many people have answered; of a 360 they are counted in its groups alone.
    pub answers: Option<usize>,
    /// Versions of the questions that were answered and aren't the present one.
    pub older: Vec<String>,
    /// Of satisfaction: what each question comes to.
    pub questions: Vec<QuestionTotal>,
    /// Of a 360: a report for each person.
    pub people: Vec<PersonReport>,
    /// Of a 360: over all of them, from three on.
    pub together: Option<GroupReport>,
    /// Of visits: by place and month.
    pub visits: Option<VisitTally>,
}

/// What a question about satisfaction comes to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuestionTotal {
    /// The question's id in the survey's file.
    pub id: String,
    /// `nps`, `csat` or `ces`.
    pub measure: &'static str,
    /// The sums; `None` where nobody has answered it.
    pub sum: Option<Sum>,
}

/// What the totals are made from: files, and whether one survey is meant.
#[derive(Debug, Clone, Copy)]
pub struct SurveysRequest<'a> {
    /// What is in the files, each as one text.
    pub files: &'a [String],
    /// The id of the one survey that is meant; `None` for all.
    pub survey: Option<&'a str>,
}

/// What a request for the totals of surveys comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum SurveysAnswer {
    /// What the answers come to, and the surveys that were answered, in the same order.
    Totals(SurveyTotals, Vec<Survey>),
    /// No survey has the id that is asked for: the ids that there are.
    Unknown(Vec<String>),
}

/// What the answers to a site's surveys come to. `None` where the site can't be read; what is wrong with it is reported.
#[must_use]
pub fn totals(
    project: &dyn Project,
    asked: SurveysRequest<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<SurveysAnswer> {
    let loaded = load(project, diagnostics)?;
    let config = &loaded.content.config;
    let all = &loaded.content.asked.surveys;
    if asked.survey.is_some_and(|id| all.iter().all(|survey| survey.id != id)) {
        return Some(SurveysAnswer::Unknown(all.iter().map(|survey| survey.id.clone()).collect()));
    }
    let leads: Vec<Lead> = asked.files.iter().flat_map(|file| leads(file)).collect();
    let mut leads = deduplicate(leads);
    let mut totals = SurveyTotals { version: 1, surveys: Vec::new(), broken: 0 };
    let mut surveys = Vec::new();
    let text = asked.files.join("\n");
    totals.broken = code::find(&text, "").broken;
    for survey in all.iter().filter(|survey| asked.survey.is_none_or(|id| survey.id == id)) {
        let own: Vec<Lead> = leads.extract_if(.., |lead| lead.survey == survey.id).collect();
        let title = config.text(&survey.title, config.default_language).to_string();
        if let Some(total) = total(survey, title, (&own, &text)) {
            totals.surveys.push(total);
            surveys.push(survey.clone());
        }
    }
    Some(SurveysAnswer::Totals(totals, surveys))
}

/// What the answers to a survey come to; `None` without any.
fn total(survey: &Survey, title: String, (leads, text): (&[Lead], &str)) -> Option<SurveyTotal> {
    let mut total = SurveyTotal {
        id: survey.id.clone(),
        kind: survey.kind.name(),
        title,
        answers: None,
        older: Vec::new(),
        questions: Vec::new(),
        people: Vec::new(),
        together: None,
        visits: None,
    };
    if survey.kind == SurveyKind::Satisfaction {
        total.answers = Some(leads.len());
        total.older = older(survey, leads.iter().map(|lead| lead.version.as_str()));
        total.questions = satisfaction(survey, leads);
        return (!leads.is_empty()).then_some(total);
    }
    let records = code::find(text, &survey.id).records;
    total.older = older(survey, records.iter().map(|record| record.version.as_str()));
    match survey.kind {
        SurveyKind::Visit => {
            total.answers = Some(records.len());
            total.visits = Some(tally(survey, &records));
        }
        _ => {
            total.people = people(survey, &records);
            total.together = group_report(survey, &total.people);
        }
    }
    (!records.is_empty()).then_some(total)
}

fn older<'a>(survey: &Survey, versions: impl Iterator<Item = &'a str>) -> Vec<String> {
    let other = versions.filter(|version| *version != survey.version && !version.is_empty());
    other.map(str::to_string).collect::<BTreeSet<_>>().into_iter().collect()
}

fn satisfaction(survey: &Survey, leads: &[Lead]) -> Vec<QuestionTotal> {
    let total = |question: &crate::content::survey::SurveyQuestion| {
        let measure = question.measure?;
        let (least, most) = measure.range();
        let name = format!("answer_{}", question.id.value);
        let given = leads.iter().filter_map(|lead| lead.answers.get(&name)?.trim().parse::<u32>().ok());
        let given: Vec<u32> = given.filter(|answer| (least..=most).contains(answer)).collect();
        Some(QuestionTotal {
            id: question.id.value.clone(),
            measure: measure.name(),
            sum: sum(measure, &given),
        })
    };
    survey.questions.iter().filter_map(total).collect()
}

/// A lead that takes a survey's answers along.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Lead {
    id: String,
    survey: String,
    version: String,
    answers: BTreeMap<String, String>,
}

impl Lead {
    /// The lead in named values; `None` where they have no survey.
    fn from_values<'a>(id: &str, values: impl Iterator<Item = (&'a str, String)>) -> Option<Self> {
        let mut lead = Self { id: id.to_string(), ..Self::default() };
        for (name, value) in values {
            match name {
                "survey" => lead.survey = value,
                "survey_version" => lead.version = value,
                _ if name.starts_with("answer_") && !value.is_empty() => {
                    lead.answers.insert(name.to_string(), value);
                }
                _ => {}
            }
        }
        (!lead.survey.is_empty()).then_some(lead)
    }
}

/// Each lead once, however often it was sent; those without an id are all kept.
fn deduplicate(leads: Vec<Lead>) -> Vec<Lead> {
    let mut known = BTreeSet::new();
    leads.into_iter().filter(|lead| lead.id.is_empty() || known.insert(lead.id.clone())).collect()
}

/// The leads in a file: JSON as a whole or a line each, or a table with a row for each.
fn leads(text: &str) -> Vec<Lead> {
    let text = text.trim_start_matches('\u{feff}');
    let mut found = Vec::new();
    if let Ok(whole) = serde_json::from_str::<Value>(text) {
        walk(&whole, "", &mut found);
        return found;
    }
    let lines = text.lines().filter(|line| line.trim_start().starts_with('{'));
    for value in lines.filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        walk(&value, "", &mut found);
    }
    if found.is_empty() {
        found = in_table(text);
    }
    found
}

/// Finds objects with a survey in a value, with the nearest id around them.
fn walk(value: &Value, id: &str, found: &mut Vec<Lead>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(item, id, found)),
        Value::Object(map) => {
            let id = map.get("id").or_else(|| map.get("lead_id")).and_then(Value::as_str).unwrap_or(id);
            let values = map.iter().filter_map(|(name, value)| Some((name.as_str(), plain(value)?)));
            match Lead::from_values(id, values) {
                Some(lead) => found.push(lead),
                None => map.values().for_each(|value| walk(value, id, found)),
            }
        }
        _ => {}
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The leads in a table whose first row names its columns.
fn in_table(text: &str) -> Vec<Lead> {
    let mut rows = csv::rows(text).into_iter();
    let Some(head) = rows.next().filter(|head| head.iter().any(|name| name == "survey")) else {
        return Vec::new();
    };
    let id = head.iter().position(|name| name == "id" || name == "lead_id");
    let lead = |row: Vec<String>| {
        let id = id.and_then(|at| row.get(at)).cloned().unwrap_or_default();
        Lead::from_values(&id, head.iter().map(String::as_str).zip(row))
    };
    rows.filter_map(lead).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_are_found_however_they_are_kept() {
        let fields = r#""survey": "call", "survey_version": "1", "answer_recommend": "9", "email": "kim@fjord.example""#;
        let whole =
            format!(r#"{{"type": "lead.submitted", "id": "lead_1", "data": {{"fields": {{{fields}}}}}}}"#);
        let list = format!("[{whole}, {whole}]");
        let lines = format!("{whole}\n{}\n{{broken\n", whole.replace("lead_1", "lead_2"));
        let flat = format!(r#"{{"lead_id": "lead_1", {fields}}}"#);
        let table = "id,survey,answer_recommend\r\nlead_1,call,9\r\nlead_2,call,0\r\n,call,\r\n";
        let count = |text: &str| deduplicate(leads(text)).len();
        assert_eq!([&whole, &list, &lines, &flat, table].map(count), [1, 1, 2, 1, 3]);
        let found = leads(&flat);
        assert_eq!((&*found[0].id, &*found[0].survey, &*found[0].version), ("lead_1", "call", "1"));
        assert_eq!(found[0].answers.iter().next(), Some((&"answer_recommend".to_string(), &"9".to_string())));
        for other in ["", "{}", "[1, null]", "Dear all,\nthank you", "name,email\r\nKim,k@x.example\r\n"] {
            assert_eq!(count(other), 0, "{other}");
        }
    }
}
