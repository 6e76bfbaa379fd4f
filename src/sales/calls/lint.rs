//! What can be said of one script by itself: names that nobody declared, words that are missing, answers without their
//! counterpart. Where the call can go is `reachability`'s matter, how long it takes that of `durations`.

use super::names::{self, AnswerPolarity};
use super::script::{Block, CallScript, Role, Step};
use super::{answers, conditions, fields, placeholders, score};
use crate::content::body::{Body, Kind};
use crate::content::front_matter::ScriptMeta;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::project::CONFIG_FILE;
use crate::site::{Page, Site};

/// Ways to end a call that somebody can choose from at a glance.
const OUTCOMES: usize = 10;

/// Reports what is wrong with a script.
pub(super) fn check(site: &Site, script: &CallScript, diagnostics: &mut Diagnostics) {
    let page = site.page(script.page);
    let Some(own) = page.meta().script() else { return };
    let body = page.body();
    let language = &site.config().languages[page.lang()].code;
    diagnostics.extend(without_steps(page, body, script));
    outcomes(site, (page, own), script, diagnostics);
    diagnostics.extend(unknown_objections((page, own), script));
    diagnostics.extend(same_titles(page, script));
    placeholders::check((page, own), script, diagnostics);
    fields::check(page, script, diagnostics);
    score::check(page, script, diagnostics);
    conditions::check(page, script, diagnostics);
    answers::check((page, own), script, diagnostics);
    for step in &script.steps {
        diagnostics.extend(silent(page, body, step));
        diagnostics.extend(one_sided(page, language, step));
        let said = step.blocks.iter().filter_map(|block| match block {
            Block::Say(node) => dashes(body, *node),
            _ => None,
        });
        diagnostics.extend(said.map(|span| dashed(page, span)));
    }
}

/// A script that has something to say or to choose from, and no step that it stands in.
fn without_steps(page: &Page, body: &Body, script: &CallScript) -> Option<Diagnostic> {
    if !script.steps.is_empty() {
        return None;
    }
    let is_part = |node: &&usize| match body.nodes()[**node].kind {
        Kind::Heading(_) | Kind::Quote | Kind::Callout(_) | Kind::List(_) => true,
        Kind::Paragraph => {
            let first = body.children(Some(**node)).next();
            first.is_some_and(|first| body.nodes()[first].kind == Kind::Strong)
        }
        _ => false,
    };
    let first = *script.intro.iter().find(is_part)?;
    let title = body.excerpt_of(body.descendants(first), 40);
    let problem = Diagnostic::new(Code::ScriptWithoutSteps, "this call script has no step")
        .at(page.path(), body.nodes()[first].span);
    Some(match body.nodes()[first].kind {
        Kind::Heading(_) | Kind::Paragraph => problem.help(format!(
            "a step begins with a heading of the second level: `## {}`",
            title.trim_end_matches(':')
        )),
        _ => problem.help("put a heading of the second level above each step, such as `## Opening`"),
    })
}

fn outcomes(
    site: &Site,
    (page, own): (&Page, &ScriptMeta),
    script: &CallScript,
    diagnostics: &mut Diagnostics,
) {
    let ids = || script.outcomes.iter().map(|outcome| outcome.id.as_str());
    for link in &page.body().links {
        let Some(id) = super::outcome_of(&link.target).filter(|id| script.outcome(id).is_none()) else {
            continue;
        };
        let message = if id.is_empty() {
            "this link names no outcome".to_string()
        } else {
            format!("no outcome `{id}` is declared")
        };
        diagnostics.push(
            Diagnostic::new(Code::UnknownOutcome, message)
                .at(page.path(), link.target_span)
                .suggest(id, ids())
                .help("outcomes are declared in the script's front matter, under `outcomes:`, or for all scripts in `ringback.yaml`, under `calls:`"),
        );
    }
    // Those have a menu of their own.
    let count = script.outcomes.iter().filter(|outcome| outcome.unreached.is_none()).count();
    if count > OUTCOMES {
        let (file, span) = match own.outcomes.is_empty() {
            true => (CONFIG_FILE, site.config().calls.outcomes_span),
            false => (page.path(), own.outcomes_span),
        };
        let message =
            format!("a call can end in {count} ways, and nobody can choose from that many at a glance");
        diagnostics.push(
            Diagnostic::new(Code::ManyOutcomes, message)
                .at(file, span)
                .help(format!("keep at most {OUTCOMES}: merge those after which you would do the same")),
        );
    }
}

/// Keys of the front matter's `objections` that no objection of the text has.
fn unknown_objections<'a>(
    (page, own): (&'a Page, &'a ScriptMeta),
    script: &'a CallScript,
) -> impl Iterator<Item = Diagnostic> + 'a {
    let steps = || script.objections.iter().map(|objection| &script.steps[objection.step]);
    let keys = own.objections.iter().map(|objection| &objection.id);
    let unknown = keys.filter(move |key| !steps().any(|step| step.is_objection(&key.value)));
    unknown.map(move |key| {
        let problem =
            Diagnostic::new(Code::UnknownObjection, format!("this script has no objection `{}`", key.value));
        let problem =
            problem.at(page.path(), key.span).suggest(&key.value, steps().map(|step| step.id.as_str()));
        problem.help("the key is the id of the heading: `objection-too-busy` for `## Objection: Too busy`")
    })
}

/// Headings that are called like another of their kind.
fn same_titles<'a>(page: &'a Page, script: &'a CallScript) -> impl Iterator<Item = Diagnostic> + 'a {
    let mut seen: std::collections::BTreeMap<(u8, usize, String), &Step> = std::collections::BTreeMap::new();
    script.steps.iter().filter_map(move |step| {
        let (kind, above, what) = match step.role {
            Role::Step => (0, 0, "two steps are"),
            Role::Objection(_) => (1, 0, "two objections are"),
            Role::Reply { objection, .. } => (2, objection.index(), "two replies to one objection are"),
            Role::Branch { .. } => return None,
        };
        let first = *seen.entry((kind, above, step.title.to_lowercase())).or_insert(step);
        if std::ptr::eq(first, step) {
            return None;
        }
        Some(
            Diagnostic::new(Code::DuplicateStepTitle, format!("{what} called `{}`", step.title))
                .at(page.path(), step.span)
                .related(page.path(), Some(first.span), "the other one")
                .help(format!("`#{}` leads to the other one: give this one its own title", first.id)),
        )
    })
}

/// A step at which the caller has nothing to say and nothing to know.
fn silent(page: &Page, body: &Body, step: &Step) -> Option<Diagnostic> {
    let is_spoken = match step.role {
        Role::Step | Role::Reply { .. } => true,
        // The words stand in its replies.
        Role::Objection(_) => !step.answers.is_empty(),
        // An answer may only ask which of some others it is.
        Role::Branch { .. } => false,
    };
    let is_empty = |block: &Block| match block {
        Block::Say(node) => !body.plain_text_of(body.descendants(*node)).contains(is_spoken_char),
        Block::Note(..) | Block::Other(_) => false,
    };
    // What leads nowhere either is a dead end, and reported as one.
    let leads_on = !step.answers.is_empty() || !step.jumps.is_empty();
    (is_spoken && leads_on && step.blocks.iter().all(is_empty)).then(|| {
        Diagnostic::new(Code::StepWithoutSpeech, format!("there is nothing to say at `{}`", step.title))
            .at(page.path(), step.span)
            .help("write the words as a quotation, `> Good morning …`, or say in a note what to do: `> [!NOTE]`")
    })
}

/// Letters, digits, emoji: what is no punctuation.
fn is_spoken_char(c: char) -> bool {
    c.is_alphanumeric() || !c.is_ascii() && !c.is_whitespace() && !"…–—·“”„‘’«»".contains(c)
}

/// A yes without a no, or a no without a yes, where nothing else can be answered.
fn one_sided(page: &Page, language: &str, step: &Step) -> Option<Diagnostic> {
    let first = step.answers.first()?;
    let leaning = names::leaning(&first.text, language);
    let other = match leaning {
        AnswerPolarity::Yes => "no",
        AnswerPolarity::No => "yes",
        AnswerPolarity::Other => return None,
    };
    let is_alone = step.answers.iter().all(|answer| names::leaning(&answer.text, language) == leaning);
    is_alone.then(|| {
        let message = format!("`{}` is the only answer here: what if it is a {other}?", first.text);
        Diagnostic::new(Code::AnswerWithoutCounterpart, message)
            .at(page.path(), first.span)
            .help(format!("add an answer for the {other}, or for anything else they may say"))
    })
}

/// A place in spoken words that is marked by underscores.
fn dashes(body: &Body, quote: usize) -> Option<Span> {
    let mut texts = body.descendants(quote).filter_map(|node| match body.nodes()[node].kind {
        Kind::Text(text) => Some((body.nodes()[node].span, body.text(text))),
        _ => None,
    });
    let exact = texts.find_map(|(span, text)| {
        let at = text.find("___")?;
        let length = text[at..].find(|c| c != '_').unwrap_or(text.len() - at);
        let start = span.range().start + at;
        Some(Span::new(start, start + length))
    });
    // Written with backslashes, each is a text of its own.
    let whole =
        || body.plain_text_of(body.descendants(quote)).contains("___").then(|| body.nodes()[quote].span);
    exact.or_else(whole)
}

fn dashed(page: &Page, span: Span) -> Diagnostic {
    Diagnostic::new(Code::UnnamedPlaceholder, "the caller has to guess what belongs here")
        .at(page.path(), span)
        .help("use a placeholder with a name, such as `{{company}}`, and declare it in the front matter, under `placeholders:`")
}
