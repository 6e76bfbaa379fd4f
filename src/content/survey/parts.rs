//! The items of a survey's lists: groups, places, themes and questions.

use super::{SurveyKind, SurveyQuestion, SurveyThemeId, Titled};
use crate::config::{Language, Localized};
use crate::content::asked;
use crate::content::assessment::{RatedAnswer, answers, yes_or_no};
use crate::content::form::{Choice, Field, FieldKind, LinkedText, Measure};
use crate::diag::{Code, Diagnostic};
use crate::yaml::{Node, Reader, Spanned};

/// What is known when an item is read.
pub(super) struct ItemContext<'a> {
    /// The kind of the survey, which decides what its questions can be.
    pub(super) kind: SurveyKind,
    /// The site's languages, for texts by language.
    pub(super) languages: &'a [Language],
    /// The answers of questions of the type `scale`.
    pub(super) scale: &'a [RatedAnswer],
    /// The ids of the themes.
    pub(super) themes: Vec<Spanned<String>>,
}

/// The types of questions that a kind of survey has; the first is that of a question that names none.
fn types(kind: SurveyKind) -> &'static [&'static str] {
    match kind {
        SurveyKind::Feedback => &["scale", "text"],
        SurveyKind::Satisfaction => &["nps", "csat", "ces", "text"],
        SurveyKind::Visit => &["yes-no", "scale", "text"],
    }
}

/// Reads a group, a place or a theme; `None` where it has no id.
pub(super) fn titled(
    node: &Node,
    what: &str,
    context: &ItemContext<'_>,
    reader: &mut Reader<'_>,
) -> Option<Titled> {
    let mut fields = reader.fields(node)?;
    let id = asked::id(&mut fields, what, reader);
    let title = asked::required(&mut fields, ("title", what), context.languages, reader);
    fields.finish(what, [], reader);
    Some(Titled { id: id?, title })
}

/// Reads a question; `None` where it has no id.
pub(super) fn question(
    node: &Node,
    context: &ItemContext<'_>,
    reader: &mut Reader<'_>,
) -> Option<SurveyQuestion> {
    let mut fields = reader.fields(node)?;
    let id = asked::id(&mut fields, "a question of a survey", reader);
    let theme = fields.take("theme").and_then(|node| reader.text(node));
    let theme = theme.and_then(|name| self::theme(&name, context, reader));
    let types = types(context.kind);
    let chosen = fields.take("type").and_then(|node| reader.choice(node, types)).unwrap_or_default();
    let text = asked::required(&mut fields, ("text", "a question of a survey"), context.languages, reader);
    let own = match context.kind {
        SurveyKind::Feedback => asked::optional(&mut fields, "self", context.languages, reader),
        _ => Localized::default(),
    };
    let help = asked::optional(&mut fields, "help", context.languages, reader);
    let weight = match context.kind {
        SurveyKind::Visit => asked::weight(&mut fields, reader),
        _ => 1,
    };
    let measure = Measure::ALL.iter().find(|(name, _)| *name == types[chosen]).map(|(_, measure)| *measure);
    let answers = match (types[chosen], measure) {
        (_, Some(measure)) => {
            let (first, last) = measure.range();
            (first..=last).map(|points| RatedAnswer { points, label: Localized::default() }).collect()
        }
        ("yes-no", _) => yes_or_no(),
        ("scale", _) => {
            if context.scale.is_empty() {
                let message = "this question is on a scale, and the survey has no `scale`";
                reader.report(Code::MissingKey, node.span, message);
            }
            context.scale.to_vec()
        }
        _ => Vec::new(),
    };
    fields.finish("a question of a survey", [], reader);
    Some(SurveyQuestion { id: id?, theme, text, own, help, weight, answers, measure })
}

/// The scale of a survey, on which each answer is worth more than the one before it.
pub(super) fn scale(node: &Node, languages: &[Language], reader: &mut Reader<'_>) -> Vec<RatedAnswer> {
    let read = answers(node, languages, reader);
    if read.windows(2).any(|pair| pair[0].points >= pair[1].points) {
        let message = "each answer of the scale has to be worth more points than the one before it";
        let problem = Diagnostic::new(Code::InvalidValue, message).at(reader.file, node.span);
        reader.diagnostics.push(problem.help("begin with the lowest, such as 1, 2, 3, 4, 5"));
    }
    read
}

fn theme(
    name: &Spanned<String>,
    context: &ItemContext<'_>,
    reader: &mut Reader<'_>,
) -> Option<SurveyThemeId> {
    let found = context.themes.iter().position(|other| other.value == name.value);
    if found.is_none() {
        let message = format!("the survey has no theme `{}`", name.value);
        let ids = context.themes.iter().map(|other| other.value.as_str());
        let problem = Diagnostic::new(Code::InvalidValue, message).at(reader.file, name.span);
        reader.diagnostics.push(problem.suggest(&name.value, ids));
    }
    found.map(SurveyThemeId::new)
}

/// The field of a form that asks a question about satisfaction.
pub(super) fn field(question: &SurveyQuestion) -> Field {
    let hidden = Field::hidden(&format!("answer_{}", question.id.value), "");
    let options = question.answers.iter().map(|answer| Choice {
        id: Spanned { value: answer.points.to_string(), span: question.id.span },
        label: Localized::in_all_languages(answer.points.to_string()),
    });
    Field {
        kind: if question.is_text() { FieldKind::Textarea } else { FieldKind::Choice },
        label: LinkedText { words: question.text.clone(), links: Vec::new() },
        help: LinkedText { words: question.help.clone(), links: Vec::new() },
        options: options.collect(),
        required: question.measure.is_some(),
        value: None,
        measure: question.measure,
        ..hidden
    }
}
