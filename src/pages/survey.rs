//! `survey`: what the templates of a survey get, in the place of `[survey:sales-manager]` and `[results:sales-manager]` in a text.

use serde::Serialize;

use super::base::Base;
use super::form::{self, FormPlacement, FormView, words_in};
use super::linked::Edition;
use super::shown_once::shown_once;
use super::targets::Addresses;
use crate::config::{LangId, Localized};
use crate::content::body::{Body, Embed, EmbedKind};
use crate::content::survey::{SELF, Survey, SurveyId, SurveyKind, SurveyQuestion, Titled};
use crate::diag::Diagnostic;
use crate::html::EmbedTarget;
use crate::leads::forms::Slot;
use crate::leads::forms::lead::LeadPage;
use crate::leads::surveys;
use crate::site::{Page, Site};
use crate::theme::values::{Html, Values};

/// What `partials/survey.html` and `partials/survey_results.html` get, with `site`, `theme`, `assets` and `t`.
#[derive(Debug, Serialize)]
struct SurveyPartial<'a> {
    /// The survey with its questions and form.
    survey: SurveyView<'a>,
}

/// A [survey](surveys.md), in the language of the page.
#[derive(Debug, Serialize)]
struct SurveyView<'a> {
    /// Its id: the name of its file, as in `[survey:sales-manager]`.
    id: &'a str,
    /// Id for its element: `survey:sales-manager`, or `results:sales-manager`. All ids in it begin with it and `:`.
    dom: String,
    /// `360`, `satisfaction` or `visit`.
    kind: &'static str,
    /// The heading, as plain text; `null` if the file gives no words in this language.
    title: Option<&'a str>,
    /// The sentence below the heading.
    intro: Option<&'a str>,
    /// How many questions it has.
    count: usize,
    /// How many minutes it takes.
    minutes: Option<i64>,
    /// Who rates a person, the person themselves first; empty for other kinds.
    groups: Vec<SurveyName<'a>>,
    /// Where visits are made; empty for other kinds.
    places: Vec<SurveyName<'a>>,
    /// The questions, by theme; empty for satisfaction, whose questions are fields of the form.
    parts: Vec<SurveyPart<'a>>,
    /// For the team, of a survey of satisfaction: the first question, whose answers can be links in an email.
    first: Option<FirstQuestion<'a>>,
    /// URL of the page that asks its questions, as everybody has it; `null` if no page does.
    asked_at: Option<String>,
    /// The form that takes the answers along.
    form: Option<FormView<'a>>,
    /// JSON for `<script type="application/json" data-su-config>`, which `survey.js` and `survey-results.js` read.
    config: Html,
}

/// A group of raters, or a place.
#[derive(Debug, Serialize)]
struct SurveyName<'a> {
    /// Its id in the survey's file.
    id: &'a str,
    /// What readers call it; `null` for a group that the file doesn't name, whose words are `survey_group_` and its id.
    title: Option<&'a str>,
}

/// Questions of a survey that belong to one theme.
#[derive(Debug, Serialize)]
struct SurveyPart<'a> {
    /// The theme; `null` for questions without one.
    title: Option<&'a str>,
    /// The theme's questions, in the order of the file.
    questions: Vec<SurveyQuestionView<'a>>,
}

/// A question of a survey with its answers.
#[derive(Debug, Serialize)]
struct SurveyQuestionView<'a> {
    /// Its id in the survey's file.
    id: &'a str,
    /// Id for its element: that of the survey, `:` and a number.
    dom: String,
    /// Its number, from 1 on.
    number: usize,
    /// What is asked; `{name}` in it is the person's.
    text: Option<&'a str>,
    /// A sentence that helps to answer.
    help: Option<&'a str>,
    /// What can be chosen; empty for words.
    answers: Vec<SurveyAnswer<'a>>,
}

/// An answer that can be chosen in a survey.
#[derive(Debug, Serialize)]
struct SurveyAnswer<'a> {
    /// Id for its element: that of the question, `:` and a number.
    dom: String,
    /// The points that it is worth.
    points: u32,
    /// What readers see; `null` for yes (worth 1) and no.
    label: Option<&'a str>,
}

/// The first question about satisfaction.
#[derive(Debug, Serialize)]
struct FirstQuestion<'a> {
    /// What is asked, as plain text.
    text: Option<&'a str>,
    /// A link for each answer, which opens the page with it.
    links: Vec<AnswerLink>,
}

/// A link that answers a question.
#[derive(Debug, Serialize)]
struct AnswerLink {
    /// The number that the link answers with.
    answer: u32,
    /// The public page's URL, absolute, with the answer in its fragment.
    url: String,
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
    let Some(id) = site.survey(&embed.name) else { return Ok(EmbedTarget::Nothing) };
    let survey = &site.content.asked.surveys[id];
    let dom = format!("{}:{}", embed.kind.name(), survey.id);
    let template = match embed.kind {
        EmbedKind::SurveyResults => "partials/survey_results.html",
        _ => "partials/survey.html",
    };
    let made = || {
        let partial = SurveyPartial { survey: view(linked, page, (id, dom.clone())) };
        let values = Values::new(&Base::new(linked, page.lang())).with(&partial);
        linked.theme.engines[page.lang()].render(template, &values, &format!("`{}`", page.path()))
    };
    shown_once((linked, page), (embed, body), addresses, (&dom, &survey.title), made)
}

fn view<'a>(linked: &'a Edition, page: &'a Page, (id, dom): (SurveyId, String)) -> SurveyView<'a> {
    let (site, lang) = (&linked.site, page.lang());
    let survey = &site.content.asked.surveys[id];
    let names = |list: &'a [Titled]| -> Vec<SurveyName<'a>> {
        let one = |one: &'a Titled| SurveyName { id: &one.id.value, title: words_in(site, &one.title, lang) };
        list.iter().map(one).collect()
    };
    let mut groups = names(&survey.groups);
    groups.sort_by_key(|group| group.id != SELF);
    SurveyView {
        id: &survey.id,
        kind: survey.kind.name(),
        title: words_in(site, &survey.title, lang),
        intro: words_in(site, &survey.intro, lang),
        count: survey.questions.len(),
        minutes: survey.minutes,
        groups,
        places: names(&survey.places),
        parts: parts(site, (survey, &dom), lang),
        first: first(site, survey, page),
        asked_at: asked_at(site, survey, lang),
        form: form(linked, page, id),
        config: Html::new(&surveys::config(site, survey, lang)),
        dom,
    }
}

/// The form that takes the answers along.
fn form<'a>(linked: &'a Edition, page: &'a Page, id: SurveyId) -> Option<FormView<'a>> {
    let site = &linked.site;
    let survey = &site.content.asked.surveys[id];
    let form = site.form(&survey.form.as_ref()?.value)?;
    let place = FormPlacement {
        form,
        lang: page.lang(),
        page: Some(page),
        slot: Slot::Survey(id),
        gate: None,
        about: LeadPage::page(site, page),
        carried: &survey.carried,
    };
    Some(form::view(linked, &place))
}

fn parts<'a>(site: &'a Site, (survey, dom): (&'a Survey, &str), lang: LangId) -> Vec<SurveyPart<'a>> {
    let mut parts: Vec<SurveyPart<'a>> = Vec::new();
    let mut last = None;
    let asked = survey.questions.iter().filter(|_| survey.kind != SurveyKind::Satisfaction);
    for (number, question) in (1..).zip(asked) {
        if last != Some(question.theme) {
            last = Some(question.theme);
            let title = question.theme.and_then(|theme| words_in(site, &survey.themes[theme].title, lang));
            parts.push(SurveyPart { title, questions: Vec::new() });
        }
        if let Some(part) = parts.last_mut() {
            part.questions.push(self::question(site, (number, dom), question, lang));
        }
    }
    parts
}

fn question<'a>(
    site: &'a Site,
    (number, dom): (usize, &str),
    question: &'a SurveyQuestion,
    lang: LangId,
) -> SurveyQuestionView<'a> {
    let words = |words: &'a Localized| words_in(site, words, lang);
    let dom = format!("{dom}:{}", question.id.value);
    let answers = (1..).zip(&question.answers).map(|(index, answer)| SurveyAnswer {
        dom: format!("{dom}:{index}"),
        points: answer.points,
        label: words(&answer.label),
    });
    SurveyQuestionView {
        id: &question.id.value,
        number,
        text: words(&question.text),
        help: words(&question.help),
        answers: answers.collect(),
        dom,
    }
}

/// The page that asks a survey's questions: in this language, if one does.
fn asked_at(site: &Site, survey: &Survey, lang: LangId) -> Option<String> {
    let asks = |page: &&Page| {
        let mut embeds = page.body().embeds.iter();
        embeds.any(|embed| embed.kind == EmbedKind::Survey && embed.name == survey.id)
    };
    let mut pages: Vec<&Page> = site.pages().filter(asks).collect();
    pages.sort_by_key(|page| page.lang() != lang);
    let page = pages.first()?;
    Some(site.public_permalink(page).unwrap_or_else(|| site.permalink(&page.url)))
}

/// The first question, where its answers can be links and this edition is for those who send them.
fn first<'a>(site: &'a Site, survey: &'a Survey, page: &'a Page) -> Option<FirstQuestion<'a>> {
    let question = survey.questions.first().filter(|question| question.measure.is_some())?;
    if survey.kind != SurveyKind::Satisfaction || !site.view.edition.sees(crate::config::Audience::Team) {
        return None;
    }
    let address = site.public_permalink(page)?;
    let link = |answer: u32| AnswerLink { answer, url: format!("{address}#{}={answer}", question.id.value) };
    let links = question.answers.iter().map(|answer| link(answer.points));
    Some(FirstQuestion { text: words_in(site, &question.text, page.lang()), links: links.collect() })
}
