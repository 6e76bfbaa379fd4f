//! `assessment`: what the template of an assessment gets, in the place of `[assessment:maturity]` in a text.

mod radar;

use serde::Serialize;

use self::radar::{Radar, radar};
use super::base::Base;
use super::form::{self, FormPlacement, FormView, words_in};
use super::linked::Edition;
use super::parts::Link;
use super::shown_once::shown_once;
use super::targets::Addresses;
use crate::config::{Audience, LangId, Localized};
use crate::content::assessment::{Assessment, AssessmentId, Dimension, LevelId, Question, QuestionKind};
use crate::content::body::{Body, Embed};
use crate::diag::Diagnostic;
use crate::html::EmbedTarget;
use crate::leads::assessments::{self, score};
use crate::leads::forms::Slot;
use crate::leads::forms::lead::LeadPage;
use crate::site::{Page, Site};
use crate::theme::values::{Html, Values};
use crate::yaml::Spanned;

/// What `partials/assessment.html` gets, with `site`, `theme`, `assets` and `t`.
#[derive(Debug, Serialize)]
struct AssessmentPartial<'a> {
    /// The assessment with its questions, levels and form.
    assessment: AssessmentView<'a>,
}

/// An [assessment](assessments.md), in the language of the page.
#[derive(Debug, Serialize)]
struct AssessmentView<'a> {
    /// Its id: the name of its file, as in `[assessment:maturity]`.
    id: &'a str,
    /// Id for its element: `assessment:maturity`. All ids in it begin with it and `:`.
    dom: String,
    /// The heading, as plain text; `null` if the file gives no words in this language.
    title: Option<&'a str>,
    /// The sentence below the heading.
    intro: Option<&'a str>,
    /// How many questions it has.
    count: usize,
    /// How many minutes it takes.
    minutes: Option<i64>,
    /// Whether the result waits until the form has been sent.
    waits_for_form: bool,
    /// Whether this edition is for the team, who look at results of others.
    for_team: bool,
    /// The questions, by what they measure.
    groups: Vec<QuestionGroup<'a>>,
    /// What scores mean, the lowest first.
    levels: Vec<LevelView<'a>>,
    /// What is measured, each with what is said of a strength and a gap, in the order of the file.
    dimensions: Vec<DimensionView<'a>>,
    /// The drawing of the result; `null` with fewer than three dimensions.
    radar: Option<Radar>,
    /// Scores of others to compare with, in the order of the file; empty if there are none.
    benchmarks: Vec<BenchmarkView<'a>>,
    /// The form that takes the result along.
    form: Option<FormView<'a>>,
    /// JSON for `<script type="application/json" data-as-config>`, which `assessment.js` reads.
    config: Html,
}

/// Questions that measure the same.
#[derive(Debug, Serialize)]
struct QuestionGroup<'a> {
    /// The dimension; `null` for questions that nobody scores.
    title: Option<&'a str>,
    /// A sentence about the dimension; `null` if the file has none.
    about: Option<&'a str>,
    /// The most points of all its questions; `null` where points alone say too little.
    most: Option<u32>,
    /// What points in it mean; empty where they say too little.
    bands: Vec<PointsBand<'a>>,
    /// Its questions, in the order of the file.
    questions: Vec<QuestionView<'a>>,
}

/// Points of one dimension that mean the same level.
#[derive(Debug, Serialize)]
struct PointsBand<'a> {
    /// The fewest points of this level.
    from: u32,
    /// The most points of this level.
    to: u32,
    /// What readers call the level.
    title: Option<&'a str>,
}

/// A question of an assessment with its answers.
#[derive(Debug, Serialize)]
struct QuestionView<'a> {
    /// Its id in the assessment's file.
    id: &'a str,
    /// Id for its element, unique on the page: that of the assessment, `:` and a number.
    dom: String,
    /// Its number, from 1 on.
    number: usize,
    /// `one`, `several`, `number` or `text`.
    kind: &'static str,
    /// What is asked, as plain text.
    text: Option<&'a str>,
    /// A sentence that helps to answer.
    help: Option<&'a str>,
    /// What a number counts, such as `days`; `null` for other kinds.
    unit: Option<&'a str>,
    /// Whether somebody may say that it doesn't apply.
    skip: bool,
    /// What can be chosen; empty for numbers and text.
    answers: Vec<RatedAnswerView<'a>>,
}

/// An answer of an assessment.
#[derive(Debug, Serialize)]
struct RatedAnswerView<'a> {
    /// Id for its element: that of the question, `:` and a number.
    dom: String,
    /// The points that it is worth.
    points: u32,
    /// What readers see; `null` for yes (worth 1) and no.
    label: Option<&'a str>,
}

/// What scores from one bound to another mean.
#[derive(Debug, Serialize)]
struct LevelView<'a> {
    /// Its id in the assessment's file.
    id: &'a str,
    /// The lowest score that belongs to it, of 100.
    from: i64,
    /// The highest score that belongs to it, of 100.
    to: i64,
    /// What readers call the level.
    title: Option<&'a str>,
    /// What such a score means, as plain text.
    text: Option<&'a str>,
    /// What to do at this level; `null` if the file gives no advice.
    advice: Option<&'a str>,
    /// The page that comes next.
    next: Option<Link<'a>>,
}

/// What some of the questions of an assessment measure together.
#[derive(Debug, Serialize)]
struct DimensionView<'a> {
    /// Its id in the assessment's file.
    id: &'a str,
    /// Its number in the drawing, from 1 on.
    number: usize,
    /// What readers call the dimension.
    title: Option<&'a str>,
    /// What is said of it where it is a strength.
    strength: Option<&'a str>,
    /// What is said of it where it is a gap.
    gap: Option<&'a str>,
    /// What to do about it, an entry for each level that has advice.
    advice: Vec<AdviceView<'a>>,
    /// Pages to read about it, in the order of the file; those that this edition doesn't have are left out.
    read: Vec<Link<'a>>,
    /// What to talk about where it is a gap; `null` in editions that aren't for the team.
    talk: Option<&'a str>,
    /// The call script for that; `null` in editions that aren't for the team.
    script: Option<Link<'a>>,
}

/// What to do about a dimension at one level.
#[derive(Debug, Serialize)]
struct AdviceView<'a> {
    /// The id of the level that the advice is for.
    level: &'a str,
    /// What readers call the level.
    title: Option<&'a str>,
    /// The advice, as plain text.
    text: Option<&'a str>,
}

/// Scores of others, to compare one's own with.
#[derive(Debug, Serialize)]
struct BenchmarkView<'a> {
    /// Whose scores they are, such as "Firms of your size".
    title: Option<&'a str>,
    /// The name of the source.
    source: &'a str,
    /// Where that can be read.
    url: Option<String>,
    /// Their score in all, from 0 to 100; `null` if the source gives none.
    overall: Option<i64>,
    /// The scores of the dimensions, in their order.
    scores: Vec<Option<i64>>,
}

/// What stands in the place of an embed in the open text or in that behind the gate: the whole of it, the first time; then, and
/// for readers elsewhere, a link to it.
pub(super) fn render_embed(
    linked: &Edition,
    page: &Page,
    (embed, body): (&Embed, &Body),
    addresses: Addresses,
) -> Result<EmbedTarget<'static>, Box<Diagnostic>> {
    let site = &linked.site;
    let Some(id) = site.assessment(&embed.name) else { return Ok(EmbedTarget::Nothing) };
    let assessment = &site.content.asked.assessments[id];
    let made = || {
        let values = Values::new(&Base::new(linked, page.lang()))
            .with(&AssessmentPartial { assessment: view(linked, page, id) });
        let engine = &linked.theme.engines[page.lang()];
        engine.render("partials/assessment.html", &values, &format!("`{}`", page.path()))
    };
    let place = (dom(assessment), &assessment.title);
    shown_once((linked, page), (embed, body), addresses, (&place.0, place.1), made)
}

fn dom(assessment: &Assessment) -> String {
    format!("assessment:{}", assessment.id)
}

fn view<'a>(linked: &'a Edition, page: &'a Page, id: AssessmentId) -> AssessmentView<'a> {
    let (site, lang) = (&linked.site, page.lang());
    let assessment = &site.content.asked.assessments[id];
    let words = |words: &'a Localized| words_in(site, words, lang);
    let levels = assessment.levels.iter().map(|level| LevelView {
        id: &level.id.value,
        from: level.from,
        to: level.to,
        title: words(&level.title),
        text: words(&level.text),
        advice: words(&level.advice),
        next: level.next.as_ref().and_then(|next| link(site, next, lang)),
    });
    let benchmarks = assessment.benchmarks.iter().map(|benchmark| BenchmarkView {
        title: words(&benchmark.title),
        source: &benchmark.source,
        url: benchmark.url.as_ref().map(ToString::to_string),
        overall: benchmark.overall,
        scores: assessment.dimensions.ids().map(|id| benchmark.scores.get(&id).copied()).collect(),
    });
    let dimensions = (1..).zip(&assessment.dimensions);
    AssessmentView {
        id: &assessment.id,
        dom: dom(assessment),
        title: words(&assessment.title),
        intro: words(&assessment.intro),
        count: assessment.questions.len(),
        minutes: assessment.minutes,
        waits_for_form: assessments::waits_for_form(site, assessment),
        for_team: site.view.edition.sees(Audience::Team),
        groups: groups(site, assessment, lang),
        levels: levels.collect(),
        dimensions: dimensions
            .map(|(number, each)| dimension(site, (assessment, number), each, lang))
            .collect(),
        radar: radar(assessment),
        benchmarks: benchmarks.collect(),
        form: form(linked, page, id),
        config: Html::new(&assessments::config(site, assessment, lang)),
    }
}

/// The form that takes the result along, below it.
fn form<'a>(linked: &'a Edition, page: &'a Page, id: AssessmentId) -> Option<FormView<'a>> {
    let site = &linked.site;
    let assessment = &site.content.asked.assessments[id];
    let form = site.form(&assessment.form.as_ref()?.value)?;
    let place = FormPlacement {
        form,
        lang: page.lang(),
        page: Some(page),
        slot: Slot::Assessment(id),
        gate: None,
        about: LeadPage::page(site, page),
        carried: &assessment.carried,
    };
    Some(form::view(linked, &place))
}

fn groups<'a>(site: &'a Site, assessment: &'a Assessment, lang: LangId) -> Vec<QuestionGroup<'a>> {
    let words = |words: &'a Localized| words_in(site, words, lang);
    let mut groups: Vec<QuestionGroup<'a>> = Vec::new();
    let mut last = None;
    for (number, question) in (1..).zip(&assessment.questions) {
        if last != Some(question.dimension) {
            last = Some(question.dimension);
            let dimension = question.dimension.map(|id| &assessment.dimensions[id]);
            let most = question.dimension.and_then(|id| assessments::points_of(assessment, id));
            let bands = most.map(|most| bands(site, assessment, most, lang)).unwrap_or_default();
            groups.push(QuestionGroup {
                title: dimension.and_then(|dimension| words(&dimension.title)),
                about: dimension.and_then(|dimension| words(&dimension.about)),
                most,
                bands,
                questions: Vec::new(),
            });
        }
        if let Some(group) = groups.last_mut() {
            group.questions.push(self::question(site, (assessment, number), question, lang));
        }
    }
    groups
}

/// Which points, of so many, mean which level.
fn bands<'a>(site: &'a Site, assessment: &'a Assessment, most: u32, lang: LangId) -> Vec<PointsBand<'a>> {
    let mut bands: Vec<(LevelId, PointsBand<'a>)> = Vec::new();
    for points in 0..=most {
        let Some(level) = assessment.level(score::score(f64::from(points) / f64::from(most))) else {
            continue;
        };
        match bands.last_mut() {
            Some((last, band)) if *last == level => band.to = points,
            _ => {
                let title = words_in(site, &assessment.levels[level].title, lang);
                bands.push((level, PointsBand { from: points, to: points, title }));
            }
        }
    }
    bands.into_iter().map(|(_, band)| band).collect()
}

fn question<'a>(
    site: &'a Site,
    (assessment, number): (&'a Assessment, usize),
    question: &'a Question,
    lang: LangId,
) -> QuestionView<'a> {
    let words = |words: &'a Localized| words_in(site, words, lang);
    let dom = format!("{}:{}", dom(assessment), question.id.value);
    let answers = (1..).zip(&question.answers).map(|(index, answer)| RatedAnswerView {
        dom: format!("{dom}:{index}"),
        points: answer.points,
        label: words(&answer.label),
    });
    QuestionView {
        id: &question.id.value,
        number,
        kind: question.kind.name(),
        text: words(&question.text),
        help: words(&question.help),
        unit: words(&question.unit).filter(|_| question.kind == QuestionKind::Number),
        skip: question.can_skip,
        answers: answers.collect(),
        dom,
    }
}

fn dimension<'a>(
    site: &'a Site,
    (assessment, number): (&'a Assessment, usize),
    dimension: &'a Dimension,
    lang: LangId,
) -> DimensionView<'a> {
    let words = |words: &'a Localized| words_in(site, words, lang);
    let for_team = site.view.edition.sees(Audience::Team);
    let advice = dimension.advice.iter().map(|(level, text)| AdviceView {
        level: &assessment.levels[*level].id.value,
        title: words(&assessment.levels[*level].title),
        text: words(text),
    });
    DimensionView {
        id: &dimension.id.value,
        number,
        title: words(&dimension.title),
        strength: words(&dimension.strength),
        gap: words(&dimension.gap),
        advice: advice.collect(),
        read: dimension.read.iter().filter_map(|page| link(site, page, lang)).collect(),
        talk: words(&dimension.talk).filter(|_| for_team),
        script: dimension.script.as_ref().filter(|_| for_team).and_then(|script| link(site, script, lang)),
    }
}

/// A link to a page that the file names, in the reader's language where it has one.
fn link<'a>(site: &'a Site, named: &Spanned<String>, lang: LangId) -> Option<Link<'a>> {
    Some(Link::to(site, site.find_any(named.value.trim_matches('/'), lang)?))
}
