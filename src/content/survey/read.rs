//! The file of a survey: its own keys. [`parts`](super::parts) reads the items of its lists.

use super::parts::{self, ItemContext};
use super::{SELF, Survey, SurveyKind, Titled};
use crate::config::{Config, Localized};
use crate::content::asked;
use crate::content::form::Source;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::project::names;
use crate::yaml::{Fields, Node, Reader, Spanned};

/// The share of the scale that makes a blind spot, in percent, where the file doesn't say.
const BLIND_SPOT: i64 = 25;
/// Who rates, where the file doesn't say. Their words are the theme's.
const GROUPS: [&str; 5] = [SELF, "manager", "peers", "reports", "customers"];

/// Reads all surveys of a site. What is wrong goes to `diagnostics`.
#[must_use]
pub fn read(sources: &[Source], config: &Config, diagnostics: &mut Diagnostics) -> Vec<Survey> {
    let read = |(path, bytes): &Source| {
        let mut problems = Diagnostics::new();
        let file = names::in_surveys(path).unwrap_or(path);
        let id = names::without_ending(file, "yaml").to_string();
        let empty = Survey { id, path: path.clone(), ..Survey::default() };
        let what = ("survey", "`sales-manager.yaml`; all are directly in `content/surveys/`");
        let node = asked::file((path, bytes), &empty.id, what, &mut problems);
        let survey = match node {
            Some(node) => {
                let mut reader = Reader { file: path, diagnostics: &mut problems };
                read_document(empty, &node, config, &mut reader)
            }
            None => empty,
        };
        let is_valid = !problems.has_errors();
        diagnostics.extend(problems);
        Survey { is_valid, ..survey }
    };
    sources.iter().map(read).collect()
}

/// Reads the whole of a file.
fn read_document(empty: Survey, node: &Node, config: &Config, reader: &mut Reader<'_>) -> Survey {
    let Some(mut fields) = reader.fields(node) else { return empty };
    let mut read = empty;
    for name in ["title", "intro", "groups"] {
        read.spans.extend(fields.key(name).map(|span| (name, span)));
    }
    let languages = &config.languages;
    let kind = fields.require("kind", "a survey", reader);
    read.kind = match kind.and_then(|node| reader.choice(node, &SurveyKind::NAMES)) {
        Some(1) => SurveyKind::Satisfaction,
        Some(2) => SurveyKind::Visit,
        _ => SurveyKind::Feedback,
    };
    read.title = asked::required(&mut fields, ("title", "a survey"), languages, reader);
    read.intro = asked::optional(&mut fields, "intro", languages, reader);
    let version = fields.require("version", "a survey", reader);
    read.version = version.and_then(|node| asked::version(node, reader)).unwrap_or_default();
    read.minutes = fields.take("minutes").and_then(|node| reader.number(node, 1..=240));
    let scale = match read.kind {
        SurveyKind::Satisfaction => Vec::new(),
        _ => fields.take("scale").map(|node| parts::scale(node, languages, reader)).unwrap_or_default(),
    };
    let mut context = ItemContext { kind: read.kind, languages, scale: &scale, themes: Vec::new() };
    delivery(&mut read, &mut fields, node.span, reader);
    of_kind(&mut read, &mut fields, &context, reader);
    read.themes = list(&mut fields, ("themes", "the theme"), &context, reader).into();
    context.themes = read.themes.iter().map(|theme| theme.id.clone()).collect();
    let mut ids = Vec::new();
    let questions = fields.require("questions", "a survey", reader);
    for item in questions.and_then(|node| reader.list(node)).unwrap_or_default() {
        let found = parts::question(item, &context, reader);
        read.questions.extend(found.filter(|new| asked::is_new(&new.id, &mut ids, "the question", reader)));
    }
    fields.finish("a survey", [], reader);
    read.questions.sort_by_key(|question| (question.theme.is_none(), question.theme));
    read.carried = read.carried_fields();
    read
}

/// Reads where answers go: a form, or an email address for codes.
fn delivery(read: &mut Survey, fields: &mut Fields<'_>, whole: Span, reader: &mut Reader<'_>) {
    read.form = fields.take("form").and_then(|node| reader.text(node));
    if read.kind == SurveyKind::Satisfaction {
        if read.form.is_none() {
            let message = "a survey of satisfaction needs `form`, which sends the answers";
            let problem = Diagnostic::new(Code::MissingKey, message).at(reader.file, whole);
            reader.diagnostics.push(problem.help("name a form, such as `form: feedback`"));
        }
        return;
    }
    let email = fields.take("email").and_then(|node| reader.text(node));
    if let Some(email) = email {
        let parts = email.value.split_once('@');
        let is_one = |(name, host): (&str, &str)| {
            !name.is_empty() && host.contains('.') && !host.contains(['@', ' ', '?', '&'])
        };
        if parts.is_some_and(is_one) {
            read.email = Some(email.value);
        } else {
            let message = format!("`{}` isn't an email address", email.value);
            let problem = Diagnostic::new(Code::InvalidValue, message).at(reader.file, email.span);
            reader.diagnostics.push(problem.help("write it as in `people@example.org`"));
        }
    }
}

/// Reads what only this kind of survey has.
fn of_kind(read: &mut Survey, fields: &mut Fields<'_>, context: &ItemContext<'_>, reader: &mut Reader<'_>) {
    match read.kind {
        SurveyKind::Feedback => {
            let share = fields.take("blind_spot").and_then(|node| reader.number(node, 5..=100));
            read.blind_spot = share.unwrap_or(BLIND_SPOT);
            let has_groups = fields.key("groups");
            read.groups = list(fields, ("groups", "the group"), context, reader);
            match has_groups {
                None => read.groups = GROUPS.map(group).to_vec(),
                Some(span) if read.groups.iter().all(|group| group.id.value != SELF) => {
                    let message = "none of the `groups` is `self`, the person who is asked about";
                    let problem = Diagnostic::new(Code::MissingKey, message).at(reader.file, span);
                    reader.diagnostics.push(problem.help("add `{id: self, title: …}`"));
                }
                Some(_) => {}
            }
        }
        SurveyKind::Visit => {
            fields.require("places", "a survey of visits", reader);
            read.places = list(fields, ("places", "the place"), context, reader);
        }
        SurveyKind::Satisfaction => {}
    }
}

fn group(id: &str) -> Titled {
    Titled { id: Spanned { value: id.to_string(), span: Span::default() }, title: Localized::default() }
}

/// A list of items with titles, each id once.
fn list(
    fields: &mut Fields<'_>,
    (key, what): (&'static str, &str),
    context: &ItemContext<'_>,
    reader: &mut Reader<'_>,
) -> Vec<Titled> {
    let nodes = fields.take(key).and_then(|node| reader.list(node)).unwrap_or_default();
    let (mut ids, mut read) = (Vec::new(), Vec::new());
    for node in nodes {
        let found = parts::titled(node, what, context, reader);
        read.extend(found.filter(|new| asked::is_new(&new.id, &mut ids, what, reader)));
    }
    read
}
