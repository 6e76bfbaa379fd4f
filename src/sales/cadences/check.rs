//! What would go wrong with a plan on one of its days.

use super::words::TouchKind;
use super::{Cadence, CadenceInputs, Touch};
use crate::content::front_matter::cadence::DayCount;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::sales::calls::{placeholder_uses, unreadable_placeholders, unused_placeholder};
use crate::sales::mails::names::PlaceholderNames;
use crate::site::{Page, Site};

/// The most counted days between two touches before whoever waits has forgotten the first.
const GAP: u32 = 15;

/// The most touches in a week, where a plan doesn't say so itself.
const PER_WEEK: u32 = 5;

/// Reports what is wrong with a plan; `places` says where its touches stand.
pub(super) fn check(
    site: &Site,
    (cadence, places): (&Cadence, &[Span]),
    (inputs, names): (&CadenceInputs<'_>, &PlaceholderNames<'_>),
    diagnostics: &mut Diagnostics,
) {
    let page = site.page(cadence.page);
    if cadence.touches.is_empty() {
        diagnostics.push(
            Diagnostic::new(Code::EmptyTouch, "this plan has no touches")
                .at(page.path(), page.meta().title.span)
                .help("begin each with a heading such as `## Day 0: Call (morning)`"),
        );
    }
    for (touch, place) in cadence.touches.iter().zip(places) {
        diagnostics.extend(empty(inputs, touch).map(|problem| problem.at(page.path(), *place)));
    }
    let pairs = cadence.touches.windows(2).zip(places.windows(2));
    for (touches, spans) in pairs {
        let [before, after] = touches else { continue };
        diagnostics.extend(between(before, after).map(|problem| {
            problem.at(page.path(), spans[1]).related(page.path(), Some(spans[0]), "the one before")
        }));
    }
    diagnostics.extend(overfull_week(page, cadence, places));
    unknown(page, names, diagnostics);
}

/// A touch with nothing to say or do.
fn empty(inputs: &CadenceInputs<'_>, touch: &Touch) -> Option<Diagnostic> {
    let (message, help) = match touch.kind {
        TouchKind::Call => match touch.script {
            Some(script) => {
                let is_empty = inputs.scripts.on_page(script).is_none_or(|script| script.steps.is_empty());
                is_empty.then_some((
                    "the script of this call has no steps",
                    "write its steps, or link another script",
                ))?
            }
            None if touch.notes.is_empty() => (
                "nobody knows what to say in this call",
                "link a script below it: `[Opener](../scripts/opener.md)`",
            ),
            None => return None,
        },
        TouchKind::Email if touch.mail.is_none() => {
            ("this email has no template", "link one below it: `[Thank you](../mails/thank-you.md)`")
        }
        TouchKind::LinkedIn | TouchKind::Text if touch.message.is_empty() => {
            ("this message has no text", "write it below the heading, each line after `>`")
        }
        TouchKind::Task if touch.notes.is_empty() => {
            ("this task doesn't say what to do", "write it below the heading")
        }
        _ => return None,
    };
    Some(Diagnostic::new(Code::EmptyTouch, message).help(help))
}

/// What is wrong between two touches: time that goes back, or that nobody waits for.
fn between(before: &Touch, after: &Touch) -> Option<Diagnostic> {
    if (after.day, after.time.unwrap_or((23, 59))) < (before.day, before.time.unwrap_or((0, 0))) {
        let message = format!("day {} comes after day {}", after.day, before.day);
        let problem = Diagnostic::new(Code::UnclearTouch, message);
        return Some(problem.help("put the touches in the order of their days and times"));
    }
    let days = after.day - before.day;
    (days > GAP).then(|| {
        Diagnostic::new(Code::TouchGap, format!("nothing happens for {days} days before this"))
            .help(format!("move it, or add a touch: after {GAP} days people have forgotten the last one"))
    })
}

/// The first week in which there is too much of it.
fn overfull_week(page: &Page, cadence: &Cadence, places: &[Span]) -> Option<Diagnostic> {
    let most = cadence.per_week.unwrap_or(PER_WEEK);
    let week = if cadence.count == DayCount::Workdays { 5 } else { 7 };
    let outward: Vec<(usize, &Touch)> =
        cadence.touches.iter().enumerate().filter(|(_, touch)| touch.kind != TouchKind::Task).collect();
    let (at, count) = outward.iter().enumerate().find_map(|(first, (_, touch))| {
        let within = outward[first..].iter().take_while(|(_, other)| other.day < touch.day + week);
        let count = within.count();
        let last = outward.get(first + most as usize)?.0;
        (count > most as usize).then_some((last, count))
    })?;
    let problem = Diagnostic::new(
        Code::ManyTouches,
        format!("a week of this plan has {count} touches, of at most {most}"),
    );
    Some(
        problem
            .at(page.path(), places[at])
            .help("spread them out, leave some out, or allow more with `per_week:` in the front matter"),
    )
}

/// Reports placeholders that nobody declares, and braces that are none.
fn unknown(page: &Page, names: &PlaceholderNames<'_>, diagnostics: &mut Diagnostics) {
    let body = page.body();
    let uses = placeholder_uses(body);
    for used in uses.iter().filter(|used| names.find(page, &used.name).is_none()) {
        diagnostics.push(
            Diagnostic::new(Code::UnknownPlaceholder, format!("no placeholder `{}` is declared", used.name))
                .at(page.path(), used.span)
                .suggest(&used.name, names.all())
                .help(format!(
                    "declare it in the front matter, under `placeholders:`, such as `{}: {{label: …}}`, or in a script",
                    used.name
                )),
        );
    }
    diagnostics.extend(unreadable_placeholders(body).into_iter().map(|span| {
        Diagnostic::new(Code::UnknownPlaceholder, "this placeholder can't be read")
            .at(page.path(), span)
            .help("write its name in double braces, on one line and without markup: `{{first_name}}`")
    }));
    for placeholder in page.meta().placeholders().iter().map(|placeholder| &placeholder.name) {
        let name = &placeholder.value;
        if uses.iter().all(|used| used.name != *name) {
            diagnostics.push(unused_placeholder(page, (name, placeholder.span)));
        }
    }
}
