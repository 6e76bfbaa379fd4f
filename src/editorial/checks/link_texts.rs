//! The words of links.

use super::{CheckedPage, report::Report, words};
use crate::content::PageKind;
use crate::content::body::{Kind, RawLink};
use crate::diag::{Code, Diagnostic};

/// Reports links without a target, and links whose words don't say where they lead.
pub(super) fn check(text: &CheckedPage<'_>, report: &mut Report<'_>) {
    if !report.wants(Code::VagueLink) && !report.wants(Code::EmptyLink) {
        return;
    }
    let vague = words::vague(text.language());
    for (id, node) in text.body.nodes().iter().enumerate() {
        let Kind::Link(index) = node.kind else { continue };
        let link = &text.body.links[index as usize];
        if link.target.is_empty() {
            let problem = Diagnostic::new(Code::EmptyLink, "this link leads nowhere")
                .help("write where it leads between the brackets, or remove them: `[words](page.md)`");
            report.push(problem.at(text.page.path(), node.span));
            continue;
        }
        // Answers in a script are buttons, and say what the customer says.
        if text.page.kind() == PageKind::Script || is_bare(link) {
            continue;
        }
        let words = text.body.plain_text_of(text.body.descendants(id));
        let said = words.to_lowercase();
        let said = said.trim_matches(|c: char| !c.is_alphanumeric());
        if vague.contains(&said) {
            report.push(
                Diagnostic::new(
                    Code::VagueLink,
                    format!("`{}` doesn't say where this link leads", words.trim()),
                )
                .at(text.page.path(), node.span)
                .help("make the link text say what the reader will find there"),
            );
        }
    }
}

/// `<https://…>` says where it leads.
fn is_bare(link: &RawLink) -> bool {
    link.span.end - link.span.start <= link.target_span.end - link.target_span.start + 2
}
