//! What a playbook's author may have meant otherwise: gentle warnings, because the page can be shown all the same.

use super::shape::PlaybookOutline;
use super::words;
use crate::content::body::{Body, Heading};
use crate::content::markdown::{Due, Timed};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::site::Page;

/// Checks the whole text of a playbook, also what stands behind its gate.
pub(super) fn page(page: &Page, language: &str, diagnostics: &mut Diagnostics) {
    let body = page.document.text.entire().body();
    let shape = PlaybookOutline::new(body, language);
    let mut report = |code, message: String, span: Span, help: String| {
        diagnostics.push(Diagnostic::new(code, message).at(page.path(), span).help(help));
    };
    let span_of = |heading: &Heading| body.nodes()[heading.node].span;
    if let Some(heading) = without_steps(body, &shape, language) {
        let help =
            format!("begin each step with its number: `## {} 1: {}`", words::of_step(language), heading.text);
        let message = "none of this playbook's headings is a step".to_string();
        report(Code::PlaybookWithoutSteps, message, span_of(heading), help);
    }
    let mut before = 0;
    for step in &shape.steps {
        let span = body.nodes()[step.node].span;
        if step.number != before + 1 {
            let message = match before {
                0 => format!("the first step has the number {}", step.number),
                _ => format!("step {} follows step {before}", step.number),
            };
            report(Code::StepNumbers, message, span, format!("should this be step {}?", before + 1));
        }
        before = step.number;
        let is_read = step.time.is_some() || step.due.is_some();
        if let Some(written) = unread_time(&step.title).filter(|_| !is_read) {
            let message = format!("`{written}` can't be read as a time");
            let help = "write a number and a unit, then a comma and who does it: `(10 min, salesperson)`, `(within 24 h)` or `(day 3, salesperson)`";
            report(Code::StepTime, message, span, help.to_string());
        }
        if let Some(owner) = step.owner.as_deref().filter(|owner| has_time(owner)) {
            let message = format!("`{owner}` is a time in the place of a name");
            let help =
                "first how long it takes, then by when, then who: `(10 min, within 24 h, salesperson)`";
            report(Code::StepTime, message, span, help.to_string());
        }
    }
}

/// The first heading of a playbook that has several and no step among them. One without headings is only short.
fn without_steps<'b>(body: &'b Body, shape: &PlaybookOutline, language: &str) -> Option<&'b Heading> {
    let takeaways = body.takeaways(language).map(|heading| heading.node);
    let is_plain =
        |heading: &&Heading| heading.top_level && heading.level == 2 && Some(heading.node) != takeaways;
    let mut plain = body.headings.iter().filter(is_plain);
    let first = plain.next().filter(|_| shape.steps.is_empty())?;
    plain.next().map(|_| first)
}

/// The brackets at the end of a step's title that begin like a time, with a number that isn't a year, or have one somewhere.
fn unread_time(title: &str) -> Option<&str> {
    let inside = title.strip_suffix(')')?.rsplit_once('(')?.1;
    let number = inside.trim_start_matches(['~', '≈', ' ']);
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let is_year = digits == 4 && !number[digits..].starts_with(char::is_alphanumeric);
    (digits > 0 && !is_year || has_time(inside)).then_some(inside)
}

/// Is something a time among what commas divide?
fn has_time(text: &str) -> bool {
    let is_time = |part: &str| Due::is_begun(part) || Timed::parse(&format!("x ({part})")).is_some();
    text.split(',').any(|part| is_time(part.trim()))
}
