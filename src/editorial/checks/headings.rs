//! The levels of headings: the page's title is the first, and no level is missing.

use super::{CheckedPage, report::Report};
use crate::content::body::Heading;
use crate::diag::{Code, Diagnostic, Span};

/// The deepest level that Markdown and HTML have.
const DEEPEST: u8 = 6;

/// Reports headings of the first level, or levels that are skipped.
pub(super) fn check(text: &CheckedPage<'_>, report: &mut Report<'_>) {
    let headings: Vec<&Heading> = text.body.headings.iter().filter(|heading| heading.top_level).collect();
    // The levels below are only right when the text has no first level any more.
    if headings.iter().any(|heading| heading.level == 1) {
        titles(text, &headings, report);
    } else {
        skips(text, &headings, report);
    }
}

/// Headings of the first level. The first carries the change that fixes them all.
fn titles(text: &CheckedPage<'_>, headings: &[&Heading], report: &mut Report<'_>) {
    let is_title = |heading: &&&Heading| heading.level == 1;
    let title = text.page.title().to_lowercase();
    let says_title_again = |heading: &Heading| heading.text.to_lowercase() == title;
    let can_be_lowered = headings.iter().all(|heading| heading.level < DEEPEST)
        && !headings.iter().any(|heading| heading.level == 1 && says_title_again(heading));
    for (index, heading) in headings.iter().filter(is_title).enumerate() {
        let mut problem = Diagnostic::new(
            Code::TitleInText,
            "the page's title above is already the heading of the first level",
        )
        .at(text.page.path(), span(text, heading));
        problem = if says_title_again(heading) {
            problem.help("it repeats the title: remove it")
        } else {
            problem.help("headings in the text begin with `##`")
        };
        if index == 0 && can_be_lowered {
            problem = headings
                .iter()
                .fold(problem, |problem, heading| lower(problem, text, heading, heading.level + 1));
        }
        report.push(problem);
    }
}

/// Headings that are more than one level below the one before them. Each carries the change of all that follow from it.
fn skips(text: &CheckedPage<'_>, headings: &[&Heading], report: &mut Report<'_>) {
    // What the heading stands under: the levels as written, and as they should be.
    let mut above: Vec<(u8, u8)> = vec![(1, 1)];
    let mut before = 1;
    let mut problem: Option<Diagnostic> = None;
    for heading in headings {
        while above.pop_if(|(written, _)| *written >= heading.level).is_some() {}
        let right = above.last().map_or(heading.level, |(_, right)| heading.level.min(right + 1));
        above.push((heading.level, right));
        if heading.level > before + 1 {
            let (found, wanted) = (marks(heading.level), marks(right));
            let what =
                if before == 1 { "the page's title".to_string() } else { format!("`{}`", marks(before)) };
            problem.take().into_iter().for_each(|found| report.push(found));
            problem = Some(
                Diagnostic::new(
                    Code::HeadingSkipsLevel,
                    format!("`{found}` follows {what}, and skips a level"),
                )
                .at(text.page.path(), span(text, heading))
                .help(format!("write `{wanted}`")),
            );
        }
        before = heading.level;
        if right != heading.level {
            problem = problem.map(|problem| lower(problem, text, heading, right));
        }
    }
    problem.into_iter().for_each(|found| report.push(found));
}

/// With the change of a heading's level. It is only made where the heading is written with `#`.
fn lower(problem: Diagnostic, text: &CheckedPage<'_>, heading: &Heading, level: u8) -> Diagnostic {
    let start = span(text, heading).range().start;
    let marks_at = Span::new(start, start + usize::from(heading.level));
    problem.fix(marks_at, marks(heading.level), marks(level))
}

fn marks(level: u8) -> String {
    "#".repeat(usize::from(level))
}

fn span(text: &CheckedPage<'_>, heading: &Heading) -> Span {
    text.body.nodes()[heading.node].span
}
