//! What raters said of people: one report a person, and one over several.
//!
//! **The rule of three.** Raters are put into sets, each in one: a group with three answers or more is a set; smaller groups
//! together are one, if they have three. Whoever is in no set is in no number and no comment. A cell is what a set said to one
//! question, and is known where at least three of the set answered it. Every other number (themes, others in all, gaps, the
//! report over several people, tables) is made from known cells alone, so nothing more can be found by subtracting one from
//! another. `client/survey-people.js` does the same; a test compares both.

use std::collections::BTreeMap;

use serde::Serialize;

use super::code::Record;
use super::print::print;
use crate::content::survey::{SELF, Survey, SurveyQuestion, SurveyQuestionId, SurveyThemeId};
use crate::encode::print::fnv;

/// So many have to have said something before it is shown.
pub const FEWEST: usize = 3;

/// What a set of raters said to a question.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Cell {
    /// The mean of their points.
    pub mean: f64,
    /// The standard deviation of all of them; `None` where it says nothing, as of means.
    pub spread: Option<f64>,
}

/// How somebody's own view differs from that of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BlindSpot {
    /// Higher than others see them.
    Blind,
    /// Lower than others see them.
    Hidden,
}

/// What was said to a question, or about a theme.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The points that the person gave themselves; `None` if they didn't answer, or nobody knows which answer is
    /// theirs.
    pub own: Option<f64>,
    /// What each set of raters said, in the order of the report's sets; `None` where nobody answered.
    pub cells: Vec<Option<Cell>>,
    /// What all but the person said; `None` where too few did.
    pub others: Option<Cell>,
    /// How much higher the person's own points are.
    pub gap: Option<f64>,
    /// Whether that is a lot.
    pub view: Option<BlindSpot>,
}

/// Raters whose answers are shown together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RaterSet {
    /// The groups that are shown as one, as indexes of the survey's groups.
    pub groups: Vec<usize>,
    /// How many answers came from these groups.
    pub raters: usize,
}

/// The comments to a question that is answered in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comments {
    /// The question that is answered in words.
    pub question: SurveyQuestionId,
    /// What the person wrote themselves; `None` if nothing.
    pub own: Option<String>,
    /// Those of others, in an order that says nothing of who wrote them; empty where fewer than three did.
    pub others: Vec<String>,
}

/// What raters said of one person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonReport {
    /// The name of the person who is rated, as the answers have it.
    pub name: String,
    /// Has the person answered? More than one answer is none: nobody knows which is theirs.
    pub own: bool,
    /// The sets of raters that are shown, each large enough that nobody can be found in it.
    pub sets: Vec<RaterSet>,
    /// The groups that aren't shown, with one or two answers or without any.
    pub withheld: Vec<usize>,
    /// What was said to each question; nothing for those that are answered in words.
    pub questions: Vec<Row>,
    /// What was said about each theme.
    pub themes: Vec<Row>,
    /// What was written to questions that are answered in words.
    pub comments: Vec<Comments>,
}

/// A report for each person, by name.
#[must_use]
pub fn people(survey: &Survey, records: &[Record]) -> Vec<PersonReport> {
    let mut by_name: BTreeMap<String, (String, Vec<&Record>)> = BTreeMap::new();
    for record in records {
        let name = record.person.split_whitespace().collect::<Vec<_>>().join(" ");
        by_name.entry(name.to_lowercase()).or_insert_with(|| (name, Vec::new())).1.push(record);
    }
    by_name.into_values().map(|(name, records)| person(survey, name, &records)).collect()
}

fn person(survey: &Survey, name: String, records: &[&Record]) -> PersonReport {
    let of_group =
        |id: &str| -> Vec<&Record> { records.iter().copied().filter(|record| record.group == id).collect() };
    let own = of_group(SELF);
    let own = (own.len() == 1).then(|| own[0]);
    let (mut sets, mut members, mut small) =
        (Vec::new(), Vec::new(), RaterSet { groups: Vec::new(), raters: 0 });
    let mut withheld = Vec::new();
    let mut pooled = Vec::new();
    for (index, group) in survey.groups.iter().enumerate().filter(|(_, group)| group.id.value != SELF) {
        let found = of_group(&group.id.value);
        match found.len() {
            0 => withheld.push(index),
            raters if raters < FEWEST => {
                small.groups.push(index);
                small.raters += raters;
                pooled.extend(found);
            }
            raters => {
                sets.push(RaterSet { groups: vec![index], raters });
                members.push(found);
            }
        }
    }
    if small.raters >= FEWEST {
        sets.push(small);
        members.push(pooled);
    } else {
        withheld.extend(small.groups);
        withheld.sort_unstable();
    }
    let questions: Vec<Row> =
        survey.questions.iter().map(|question| row(survey, question, own, &members)).collect();
    let themes = survey.themes.ids().map(|theme| of_theme(survey, theme, &questions, sets.len()));
    PersonReport {
        name,
        own: own.is_some(),
        withheld,
        themes: themes.collect(),
        comments: comments(survey, own, &members),
        sets,
        questions,
    }
}

fn points(question: &SurveyQuestion, print: &str, record: &Record) -> Option<f64> {
    let answer = question.answers.get(record.answer(print)?)?;
    Some(f64::from(answer.points))
}

#[allow(clippy::cast_precision_loss, reason = "as many as there are people")]
fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The mean and the standard deviation of at least three values.
fn cell(values: &[f64]) -> Option<Cell> {
    if values.len() < FEWEST {
        return None;
    }
    let mean = mean(values)?;
    let squares: Vec<f64> = values.iter().map(|value| (value - mean) * (value - mean)).collect();
    Some(Cell { mean, spread: self::mean(&squares).map(f64::sqrt) })
}

/// What was said to a question.
fn row(survey: &Survey, question: &SurveyQuestion, own: Option<&Record>, sets: &[Vec<&Record>]) -> Row {
    let print = print(question);
    let values: Vec<Vec<f64>> = sets
        .iter()
        .map(|set| set.iter().filter_map(|record| points(question, &print, record)).collect())
        .collect();
    let known: Vec<f64> = values.iter().filter(|values| values.len() >= FEWEST).flatten().copied().collect();
    let own = own.and_then(|record| points(question, &print, record));
    compared(survey, (own, values.iter().map(|values| cell(values)).collect(), cell(&known)))
}

/// What was said about a theme: the means of what is known of its questions.
fn of_theme(survey: &Survey, theme: SurveyThemeId, questions: &[Row], sets: usize) -> Row {
    let rows = || {
        let all = survey.questions.iter().zip(questions);
        all.filter(|(question, _)| question.theme == Some(theme)).map(|(_, row)| row)
    };
    let of_means = |values: Vec<f64>| mean(&values).map(|mean| Cell { mean, spread: None });
    let cells = (0..sets)
        .map(|set| of_means(rows().filter_map(|row| row.cells[set].map(|cell| cell.mean)).collect()));
    let own: Vec<f64> = rows().filter_map(|row| row.own).collect();
    let others = of_means(rows().filter_map(|row| row.others.map(|cell| cell.mean)).collect());
    compared(survey, (mean(&own), cells.collect(), others))
}

/// Puts the person's own view beside that of others.
fn compared(survey: &Survey, (own, cells, others): (Option<f64>, Vec<Option<Cell>>, Option<Cell>)) -> Row {
    let gap = own.zip(others).map(|(own, others)| own - others.mean);
    let view = gap.and_then(|gap| view(survey, gap));
    Row { own, cells, others, gap, view }
}

/// Is a gap as large as the share of the scale that the survey says?
fn view(survey: &Survey, gap: f64) -> Option<BlindSpot> {
    let rated = || survey.questions.iter().filter(|question| !question.is_text());
    let low = rated().map(SurveyQuestion::least).min()?;
    let high = rated().map(SurveyQuestion::most).max()?;
    #[allow(clippy::cast_precision_loss, reason = "a share of 100")]
    let least = f64::from(high - low) * survey.blind_spot as f64 / 100.0;
    // What is as far apart as that counts, whatever is lost in computing.
    let is_far = gap.abs() + 1e-9 >= least;
    is_far.then_some(if gap > 0.0 { BlindSpot::Blind } else { BlindSpot::Hidden })
}

fn comments(survey: &Survey, own: Option<&Record>, sets: &[Vec<&Record>]) -> Vec<Comments> {
    let asked = survey.questions.each().filter(|(_, question)| question.is_text());
    let of_question = |(id, question): (SurveyQuestionId, &SurveyQuestion)| {
        let print = print(question);
        let text = |record: &Record| {
            record.texts.get(&print).map(|text| text.trim().to_string()).filter(|text| !text.is_empty())
        };
        let mut others: Vec<String> = sets.iter().flatten().filter_map(|record| text(record)).collect();
        // By a number that has nothing to do with who wrote it, or when it came.
        others.sort_by_cached_key(|text| (fnv(text), text.clone()));
        if others.len() < FEWEST {
            others.clear();
        }
        Comments { question: id, own: own.and_then(text), others }
    };
    asked.map(of_question).collect()
}

/// What raters said of several people together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupReport {
    /// How many people it is about.
    pub people: usize,
    /// What was said to each question: means of the people's own points and of what others said, each over three people or more.
    pub questions: Vec<Row>,
    /// What was said about each theme: means, as for the questions.
    pub themes: Vec<Row>,
}

/// A report over several people; `None` for fewer than three, in which each could be found.
#[must_use]
pub fn group_report(survey: &Survey, reports: &[PersonReport]) -> Option<GroupReport> {
    if reports.len() < FEWEST {
        return None;
    }
    let rows = |of: fn(&PersonReport) -> &[Row], count: usize| -> Vec<Row> {
        (0..count).map(|index| of_all(survey, reports.iter().map(|report| &of(report)[index]))).collect()
    };
    Some(GroupReport {
        people: reports.len(),
        questions: rows(|report| &report.questions, survey.questions.len()),
        themes: rows(|report| &report.themes, survey.themes.len()),
    })
}

fn of_all<'r>(survey: &Survey, rows: impl Iterator<Item = &'r Row> + Clone) -> Row {
    let enough = |values: Vec<f64>| if values.len() < FEWEST { None } else { mean(&values) };
    let own = enough(rows.clone().filter_map(|row| row.own).collect());
    let others = enough(rows.filter_map(|row| row.others.map(|cell| cell.mean)).collect());
    compared(survey, (own, Vec::new(), others.map(|mean| Cell { mean, spread: None })))
}
