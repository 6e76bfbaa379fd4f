//! `ringback surveys FILES…`: what the answers to surveys come to, for people and for programs.

use std::fmt::Write as _;

use super::flags::SurveysFlags;
use super::{Settings, Status, complain, grouped, print_json, print_made};
use crate::commands::surveys::{SurveyTotal, SurveysAnswer, SurveysRequest, totals};
use crate::content::survey::Survey;
use crate::diag::Diagnostics;
use crate::encode::terminal;
use crate::leads::surveys::people::{Cell, PersonReport, Row};
use crate::leads::surveys::satisfaction::Sum;
use crate::project::{DiskProject, Project as _};

impl Settings {
    /// Reads the files and prints what the answers in them come to.
    ///
    /// # Errors
    ///
    /// A file can't be read, or no survey has the id that is asked for.
    pub(super) fn surveys(&self, flags: &SurveysFlags) -> Result<Status, String> {
        let here = DiskProject::new(".", None);
        let mut files = Vec::new();
        for file in &flags.files {
            let name = file.to_string_lossy().into_owned();
            let bytes = here.read(&name).map_err(|problem| format!("{name}: {}", problem.message))?;
            files.push(String::from_utf8_lossy(&bytes).into_owned());
        }
        let mut diagnostics = Diagnostics::new();
        let asked = SurveysRequest { files: &files, survey: flags.survey.as_deref() };
        let found = totals(&self.project, asked, &mut diagnostics);
        let (Some(found), false) = (found, diagnostics.has_errors()) else {
            return Ok(self.report(&diagnostics.sorted(), ": nothing was added up"));
        };
        let (totals, surveys) = match found {
            SurveysAnswer::Totals(totals, surveys) => (totals, surveys),
            SurveysAnswer::Unknown(known) => {
                let id = flags.survey.as_deref().unwrap_or_default();
                return Err(format!("no survey is called `{id}`; there are {}", known.join(", ")));
            }
        };
        if flags.json {
            print_json(&totals);
        } else {
            let shown =
                totals.surveys.iter().zip(&surveys).map(|(total, survey)| format_total(total, survey));
            let text = shown.collect::<Vec<_>>().join("\n");
            print_made(if text.is_empty() { "No answers to surveys are in these files.\n" } else { &text });
        }
        if totals.broken > 0 {
            complain!("error: incomplete codes, to ask for again: {}", totals.broken);
            return Ok(Status::Content);
        }
        Ok(Status::Fine)
    }
}

/// What a survey comes to, for a terminal.
fn format_total(total: &SurveyTotal, survey: &Survey) -> String {
    let mut text = format!("{} ({})\n", terminal::line(&total.title), total.id);
    if let Some(answers) = total.answers {
        let _ = writeln!(text, "  answers: {}", grouped(answers));
    }
    if !total.older.is_empty() {
        let _ = writeln!(text, "  some to the questions of {}", terminal::line(&total.older.join(", ")));
    }
    for question in &total.questions {
        let sum = question
            .sum
            .as_ref()
            .map_or_else(|| "no answers".to_string(), |sum| format_sum(question.measure, sum));
        let _ = writeln!(text, "  {}: {sum}", question.id);
    }
    for person in &total.people {
        of_person(person, survey, &mut text);
    }
    match &total.together {
        Some(all) => {
            let _ = writeln!(text, "\n  All {} people together", all.people);
            rows(&all.questions, survey, &mut text);
        }
        None if !total.people.is_empty() => {
            text.push_str("\n  A report over all needs at least three people.\n")
        }
        None => {}
    }
    for row in total.visits.iter().flat_map(|visits| &visits.rows) {
        let score = row.score.map_or_else(|| "-".to_string(), |score| format!("{score:.0}"));
        let place = terminal::line(&row.place);
        let _ = writeln!(
            text,
            "  {place}  {}  visits: {}  score: {score}",
            terminal::line(&row.month),
            row.visits
        );
    }
    text
}

fn format_sum(measure: &str, sum: &Sum) -> String {
    let Sum { answers, score, low, high, good, bad } = sum;
    let of = format!("of {} answers", grouped(*answers));
    match measure {
        "nps" => format!(
            "NPS {score:+.0} (95 % confidence: {low:+.0} to {high:+.0}), promoters {good:.0} %, detractors {bad:.0} %, {of}"
        ),
        "csat" => format!(
            "CSAT {score:.0} % (95 % confidence: {low:.0} to {high:.0}), dissatisfied {bad:.0} %, {of}"
        ),
        _ => format!(
            "CES {score:.1} of 7 (95 % confidence: {low:.1} to {high:.1}), easy {good:.0} %, hard {bad:.0} %, {of}"
        ),
    }
}

fn of_person(person: &PersonReport, survey: &Survey, text: &mut String) {
    let names = |groups: &[usize]| {
        groups.iter().map(|group| survey.groups[*group].id.value.as_str()).collect::<Vec<_>>().join(", ")
    };
    let _ = writeln!(text, "\n  {}", terminal::line(&person.name));
    for set in &person.sets {
        let _ = writeln!(text, "    {}: {}", names(&set.groups), set.raters);
    }
    if !person.withheld.is_empty() {
        let _ = writeln!(text, "    fewer than three answers, so not shown: {}", names(&person.withheld));
    }
    rows(&person.questions, survey, text);
}

fn rows(rows: &[Row], survey: &Survey, text: &mut String) {
    let number =
        |number: Option<f64>| number.map_or_else(|| "-".to_string(), |number| format!("{number:.1}"));
    let width = survey.questions.iter().map(|question| question.id.value.len()).max().unwrap_or_default();
    let asked = survey.questions.iter().zip(rows).filter(|(question, _)| !question.is_text());
    for (question, row) in asked {
        let others = number(row.others.map(|Cell { mean, .. }| mean));
        let id = &question.id.value;
        let _ = writeln!(
            text,
            "    {id:width$}  self {:>3}  others {others:>3}  gap {:>4}",
            number(row.own),
            number(row.gap)
        );
    }
}
