//! What search engines show of a page: title and description.

use super::{CheckedPage, is_found, is_text, report::Report};
use crate::diag::{Code, Diagnostic};

/// Characters of a title that search results have room for.
const TITLE: usize = 65;

/// Characters of a description that they have room for.
const DESCRIPTION: usize = 160;

/// Reports titles and descriptions that search results would cut off, or that are missing.
pub(super) fn check(text: &CheckedPage<'_>, report: &mut Report<'_>) {
    let (page, meta) = (text.page, text.page.meta());
    if !is_found(page) {
        return;
    }
    if let Some(over) = over(page.title(), TITLE) {
        report.push(
            Diagnostic::new(Code::TitleTooLong, format!("this title has {} characters", TITLE + over))
                .at(page.path(), meta.title.span)
                .label(format!("search results show about {TITLE}"))
                .help(format!("shorten it by {over} characters")),
        );
    }
    let Some(description) = &meta.description else {
        // The home page has the site's description, a playbook its takeaways.
        let config = text.site.config();
        let is_home = page.document.place.key.is_empty();
        let is_given = is_home && !config.text(&config.description, page.lang()).is_empty()
            || text.body.takeaways(&config.languages[page.lang()].code).is_some();
        if (is_text(page) || is_home) && !is_given {
            let problem = Diagnostic::new(Code::DescriptionMissing, "this page has no description")
                .at(page.path(), meta.title.span)
                .help(format!(
                    "add `description:` with what the reader gets, in at most {DESCRIPTION} characters"
                ));
            report.push(problem);
        }
        return;
    };
    if let Some(over) = over(description, DESCRIPTION) {
        report.push(
            Diagnostic::new(
                Code::DescriptionTooLong,
                format!("this description has {} characters", DESCRIPTION + over),
            )
            .at(page.path(), meta.places.description)
            .label(format!("search results show about {DESCRIPTION}"))
            .help(format!("shorten it by {over} characters, and put what matters first")),
        );
    }
}

fn over(text: &str, limit: usize) -> Option<usize> {
    text.chars().count().checked_sub(limit + 1).map(|over| over + 1)
}
