//! The file of an assessment: its own keys. [`parts`](super::parts) reads the items of its lists.

use super::parts::{self, ItemContext};
use super::{Assessment, LevelId, ResultAccess};
use crate::config::{self, Config};
use crate::content::asked;
use crate::content::form::Source;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::project::names;
use crate::yaml::{Fields, Node, Reader, Spanned};

/// From this score on, a dimension is a strength, where the file doesn't say.
const STRENGTH: i64 = 70;
/// Below this score, a dimension is a gap, where the file doesn't say.
const GAP: i64 = 50;

/// Reads all assessments of a site. What is wrong goes to `diagnostics`.
#[must_use]
pub fn read(sources: &[Source], config: &Config, diagnostics: &mut Diagnostics) -> Vec<Assessment> {
    let read = |(path, bytes): &Source| {
        let mut problems = Diagnostics::new();
        let assessment = read_file(path, bytes, config, &mut problems);
        let is_valid = !problems.has_errors();
        diagnostics.extend(problems);
        Assessment { is_valid, ..assessment }
    };
    sources.iter().map(read).collect()
}

fn read_file(path: &str, bytes: &[u8], config: &Config, diagnostics: &mut Diagnostics) -> Assessment {
    let file = names::in_assessments(path).unwrap_or(path);
    let id = names::without_ending(file, "yaml").to_string();
    let empty = Assessment { id, path: path.to_string(), ..Assessment::default() };
    let what = ("assessment", "`sales-maturity.yaml`; all are directly in `content/assessments/`");
    match asked::file((path, bytes), &empty.id, what, diagnostics) {
        Some(node) => read_document(empty, &node, config, &mut Reader { file: path, diagnostics }),
        None => empty,
    }
}

/// Reads the whole of a file.
fn read_document(empty: Assessment, node: &Node, config: &Config, reader: &mut Reader<'_>) -> Assessment {
    let Some(mut fields) = reader.fields(node) else { return empty };
    let mut read = empty;
    for name in ["title", "intro"] {
        read.spans.extend(fields.key(name).map(|span| (name, span)));
    }
    let languages = &config.languages;
    let title = fields.require("title", "an assessment", reader);
    read.title = title.and_then(|node| config::localized(languages, node, reader)).unwrap_or_default();
    let intro = fields.take("intro").and_then(|node| config::localized(languages, node, reader));
    read.intro = intro.unwrap_or_default();
    let version = fields.require("version", "an assessment", reader);
    read.version = version.and_then(|node| asked::version(node, reader)).unwrap_or_default();
    read.minutes = fields.take("minutes").and_then(|node| reader.number(node, 1..=240));
    access(&mut read, &mut fields, reader);
    let score = |name, fields: &mut Fields<'_>, reader: &mut Reader<'_>| {
        fields.take(name).and_then(|node| reader.number(node, 0..=100))
    };
    read.strength_from = score("strength_from", &mut fields, reader).unwrap_or(STRENGTH);
    read.gap_below = score("gap_below", &mut fields, reader).unwrap_or(GAP);
    let scale = fields.take("scale").map(|node| parts::answers(node, languages, reader)).unwrap_or_default();
    let mut known = ItemContext { languages, scale: &scale, levels: Vec::new(), dimensions: Vec::new() };
    for item in items(&mut fields, "levels", reader) {
        let level = parts::level(item, &known, reader);
        read.levels
            .extend(level.filter(|new| asked::is_new(&new.id, &mut known.levels, "the level", reader)));
    }
    for item in items(&mut fields, "dimensions", reader) {
        let found = parts::dimension(item, &known, reader);
        let is_new =
            |new: &super::Dimension| asked::is_new(&new.id, &mut known.dimensions, "the dimension", reader);
        read.dimensions.extend(found.filter(is_new));
    }
    let mut questions = Vec::new();
    for item in items(&mut fields, "questions", reader) {
        let found = parts::question(item, &known, reader);
        read.questions
            .extend(found.filter(|new| asked::is_new(&new.id, &mut questions, "the question", reader)));
    }
    let nodes = fields.take("benchmarks").and_then(|node| reader.list(node)).unwrap_or_default();
    read.benchmarks = nodes.iter().filter_map(|node| parts::benchmark(node, &known, reader)).collect();
    fields.finish("an assessment", [], reader);
    read.questions.sort_by_key(|question| (question.dimension.is_none(), question.dimension));
    read.levels.sort_by_key(|level| level.from);
    sort_advice(&mut read, &known.levels);
    read.carried = read.carried_fields();
    read
}

/// Levels are sorted by their scores; advice was read by their order in the file.
fn sort_advice(read: &mut Assessment, written: &[Spanned<String>]) {
    let place = |at: &LevelId| read.levels.find(|level| level.id.value == written[at.index()].value);
    let sorted = |dimension: &super::Dimension| {
        let advice = dimension.advice.iter();
        advice.filter_map(|(at, text)| Some((place(at)?, text.clone()))).collect()
    };
    let all: Vec<_> = read.dimensions.iter().map(sorted).collect();
    for (dimension, advice) in read.dimensions.iter_mut().zip(all) {
        dimension.advice = advice;
    }
}

/// The items of a list that must be there.
fn items<'n>(fields: &mut Fields<'n>, name: &'static str, reader: &mut Reader<'_>) -> &'n [Node] {
    let node = fields.require(name, "an assessment", reader);
    node.and_then(|node| reader.list(node)).unwrap_or_default()
}

/// Reads `result` and `form`, which the first may need.
fn access(read: &mut Assessment, fields: &mut Fields<'_>, reader: &mut Reader<'_>) {
    let node = fields.take("result");
    let chosen = node.and_then(|node| reader.choice(node, &ResultAccess::NAMES));
    read.result = if chosen == Some(1) { ResultAccess::Form } else { ResultAccess::Open };
    read.form = fields.take("form").and_then(|node| reader.text(node));
    if let Some(node) = node.filter(|_| read.result == ResultAccess::Form && read.form.is_none()) {
        reader.diagnostics.push(
            Diagnostic::new(Code::MissingKey, "`result: form` needs `form`")
                .at(reader.file, node.span)
                .help("name the form that opens the result, such as `form: contact`"),
        );
    }
}
