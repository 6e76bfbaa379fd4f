//! The items of an assessment's lists: levels, dimensions, questions and benchmarks.

use std::collections::BTreeMap;

use super::{Benchmark, Dimension, Level, LevelId, Question, QuestionKind, RatedAnswer};
use crate::config::{self, Language, Localized};
use crate::content::asked;
use crate::diag::{Code, Diagnostic};
use crate::ids::Id;
use crate::yaml::{Fields, Node, Reader, Spanned};

/// The most answers of a question: they are chosen by the keys 1 to 9, and a result link keeps each as one digit.
const MOST_ANSWERS: usize = 9;
/// No number of an answer is larger.
const LARGEST: f64 = 1_000_000_000.0;

/// Yes and no, whose words are the theme's.
pub(in crate::content) fn yes_or_no() -> Vec<RatedAnswer> {
    [1, 0].map(|points| RatedAnswer { points, label: Localized::default() }).to_vec()
}

/// The types of questions as files name them, and how each is answered.
const TYPES: &[(&str, QuestionKind)] = &[
    ("scale", QuestionKind::One),
    ("choice", QuestionKind::One),
    ("yes-no", QuestionKind::One),
    ("several", QuestionKind::Several),
    ("number", QuestionKind::Number),
    ("text", QuestionKind::Text),
];

/// What is known when an item is read.
pub(super) struct ItemContext<'a> {
    /// The site's languages, for texts by language.
    pub(super) languages: &'a [Language],
    /// The answers of questions of the type `scale`.
    pub(super) scale: &'a [RatedAnswer],
    /// The ids of the levels, in the order of the file.
    pub(super) levels: Vec<Spanned<String>>,
    /// The ids of the dimensions, in the order of the file.
    pub(super) dimensions: Vec<Spanned<String>>,
}

/// Reads a level; `None` where it has no id or no bounds.
pub(super) fn level(node: &Node, context: &ItemContext<'_>, reader: &mut Reader<'_>) -> Option<Level> {
    let mut fields = reader.fields(node)?;
    let id = asked::id(&mut fields, "a level", reader);
    let mut bound = |name, reader: &mut Reader<'_>| {
        fields.require(name, "a level", reader).and_then(|node| reader.number(node, 0..=100))
    };
    let (from, to) = (bound("from", reader), bound("to", reader));
    let title = asked::required(&mut fields, ("title", "a level"), context.languages, reader);
    let text = asked::optional(&mut fields, "text", context.languages, reader);
    let advice = asked::optional(&mut fields, "advice", context.languages, reader);
    let next = fields.take("next").and_then(|node| reader.text(node));
    let span = fields.key("from").unwrap_or(node.span);
    fields.finish("a level", [], reader);
    Some(Level { id: id?, from: from?, to: to?, title, text, advice, next, span })
}

/// Reads a dimension; `None` where it has no id.
pub(super) fn dimension(
    node: &Node,
    context: &ItemContext<'_>,
    reader: &mut Reader<'_>,
) -> Option<Dimension> {
    let mut fields = reader.fields(node)?;
    let id = asked::id(&mut fields, "a dimension", reader);
    let title = asked::required(&mut fields, ("title", "a dimension"), context.languages, reader);
    let about = asked::optional(&mut fields, "about", context.languages, reader);
    let weight = asked::weight(&mut fields, reader);
    let strength = asked::optional(&mut fields, "strength", context.languages, reader);
    let gap = asked::optional(&mut fields, "gap", context.languages, reader);
    let advice = fields.take("advice").map(|node| advice(node, context, reader)).unwrap_or_default();
    let read = fields.take("read").and_then(|node| reader.texts(node)).unwrap_or_default();
    let talk = asked::optional(&mut fields, "talk", context.languages, reader);
    let script = fields.take("script").and_then(|node| reader.text(node));
    fields.finish("a dimension", [], reader);
    Some(Dimension { id: id?, title, about, weight, strength, gap, advice, read, talk, script })
}

/// What to do at each level, by its name.
fn advice(node: &Node, context: &ItemContext<'_>, reader: &mut Reader<'_>) -> BTreeMap<LevelId, Localized> {
    let mut found = BTreeMap::new();
    for (name, node) in reader.entries(node).unwrap_or_default() {
        match index(name, &context.levels, "level", reader) {
            Some(index) => {
                found.extend(config::localized(context.languages, node, reader).map(|text| (index, text)));
            }
            None => continue,
        }
    }
    found
}

/// Reads a question; `None` where it has no id.
pub(super) fn question(node: &Node, context: &ItemContext<'_>, reader: &mut Reader<'_>) -> Option<Question> {
    let mut fields = reader.fields(node)?;
    let id = asked::id(&mut fields, "a question", reader);
    let dimension = fields.take("dimension").and_then(|node| reader.text(node));
    let dimension = dimension.and_then(|name| index(&name, &context.dimensions, "dimension", reader));
    let names: Vec<&str> = TYPES.iter().map(|(name, _)| *name).collect();
    let chosen = fields.take("type").and_then(|node| reader.choice(node, &names)).unwrap_or_default();
    let kind = TYPES[chosen].1;
    let text = asked::required(&mut fields, ("text", "a question"), context.languages, reader);
    let help = asked::optional(&mut fields, "help", context.languages, reader);
    let weight = asked::weight(&mut fields, reader);
    let can_skip = fields.take("skip").and_then(|node| reader.truth(node)).unwrap_or_default();
    let own = fields.take("answers");
    let answers = match (TYPES[chosen].0, own) {
        ("choice" | "several", Some(node)) => self::answers(node, context.languages, reader),
        ("choice" | "several", None) => {
            let span = fields.key("type").unwrap_or(node.span);
            reader.report(Code::MissingKey, span, "a question of this type needs `answers`");
            Vec::new()
        }
        ("scale", None) if context.scale.is_empty() => {
            let message = "this question is on a scale, and the assessment has no `scale`";
            reader.report(Code::MissingKey, node.span, message);
            Vec::new()
        }
        (name, Some(node)) => {
            let message = format!("a question of the type `{name}` has no `answers` of its own");
            let problem = Diagnostic::new(Code::InvalidValue, message).at(reader.file, node.span);
            reader.diagnostics.push(problem.help("give it `type: choice`, or remove them"));
            Vec::new()
        }
        ("scale", None) => context.scale.to_vec(),
        ("yes-no", None) => yes_or_no(),
        (_, None) => Vec::new(),
    };
    let range = range(&mut fields, kind, reader);
    let unit = asked::optional(&mut fields, "unit", context.languages, reader);
    fields.finish("a question", [], reader);
    let (id, dimension) = (id?, dimension.filter(|_| kind != QuestionKind::Text));
    Some(Question { id, dimension, kind, text, help, weight, can_skip, answers, range, unit })
}

/// The answers of a scale or of a question: each its points and its words.
pub(in crate::content) fn answers(
    node: &Node,
    languages: &[Language],
    reader: &mut Reader<'_>,
) -> Vec<RatedAnswer> {
    let items = reader.list(node).unwrap_or_default();
    if !(2..=MOST_ANSWERS).contains(&items.len()) {
        let message = format!("there have to be 2 to {MOST_ANSWERS} answers, and these are {}", items.len());
        reader.report(Code::InvalidValue, node.span, message);
        return Vec::new();
    }
    let mut found = Vec::with_capacity(items.len());
    for item in items {
        let Some(mut fields) = reader.fields(item) else { continue };
        let points = fields.require("points", "an answer", reader);
        let points = points.and_then(|node| reader.number(node, 0..=100));
        let points = points.and_then(|points| u32::try_from(points).ok()).unwrap_or_default();
        let label = fields.require("label", "an answer", reader);
        let label = label.and_then(|node| config::localized(languages, node, reader)).unwrap_or_default();
        fields.finish("an answer", [], reader);
        found.push(RatedAnswer { points, label });
    }
    found
}

/// Of a number: `none` is worth nothing and `all` is worth everything.
fn range(fields: &mut Fields<'_>, kind: QuestionKind, reader: &mut Reader<'_>) -> Option<(f64, f64)> {
    let mut end = |name, reader: &mut Reader<'_>| {
        let node = fields.take(name)?;
        let number = reader.decimal(node, LARGEST);
        if number.is_none() || kind != QuestionKind::Number {
            let message = "only a question of the type `number` has this, and it is a number";
            reader.report(Code::InvalidValue, node.span, message);
        }
        Some(Spanned { value: number?, span: node.span })
    };
    let (none, all) = (end("none", reader), end("all", reader));
    match (none, all) {
        (Some(none), Some(all)) if none.value == all.value => {
            reader.report(
                Code::InvalidValue,
                all.span,
                "`none` and `all` are the same: nothing tells answers apart",
            );
            None
        }
        (Some(none), Some(all)) => Some((none.value, all.value)),
        (Some(one), None) | (None, Some(one)) => {
            reader.report(Code::MissingKey, one.span, "`none` and `all` belong together");
            None
        }
        (None, None) => None,
    }
}

/// Reads what others came to; `None` where nothing can be made of it, which is reported.
pub(super) fn benchmark(
    node: &Node,
    context: &ItemContext<'_>,
    reader: &mut Reader<'_>,
) -> Option<Benchmark> {
    let mut fields = reader.fields(node)?;
    let title = asked::required(&mut fields, ("title", "a benchmark"), context.languages, reader);
    let source = fields.require("source", "a benchmark", reader).and_then(|node| reader.text(node));
    let url = fields.take("url").and_then(|node| reader.web(node)).map(|web| web.value);
    let overall = fields.take("overall").and_then(|node| reader.number(node, 0..=100));
    let mut scores = BTreeMap::new();
    let entries = fields.take("scores").and_then(|node| reader.entries(node)).unwrap_or_default();
    for (name, node) in entries {
        let Some(index) = index(name, &context.dimensions, "dimension", reader) else { continue };
        scores.extend(reader.number(node, 0..=100).map(|score| (index, score)));
    }
    fields.finish("a benchmark", [], reader);
    Some(Benchmark { title, source: source?.value, url, overall, scores })
}

/// Which of the known ids is meant; one that isn't there is reported.
fn index<I: Id>(
    name: &Spanned<String>,
    context: &[Spanned<String>],
    what: &str,
    reader: &mut Reader<'_>,
) -> Option<I> {
    let found = context.iter().position(|other| other.value == name.value);
    if found.is_none() {
        let message = format!("the assessment has no {what} `{}`", name.value);
        let ids = context.iter().map(|other| other.value.as_str());
        let problem = Diagnostic::new(Code::InvalidValue, message).at(reader.file, name.span);
        reader.diagnostics.push(problem.suggest(&name.value, ids));
    }
    found.map(I::new)
}
