//! Pages beside other pages: the same title twice, translations that are missing; and pages that are to be reviewed.

use std::collections::{BTreeMap, BTreeSet};

use super::{CheckedPage, report::Report};
use crate::config::{Audience, LangId};
use crate::content::PageKind;
use crate::diag::{Code, Diagnostic};
use crate::project::names;
use crate::site::{Page, Site};
use crate::yaml;

/// Reports titles that several pages of a language have, and pages that are missing in a language.
pub(super) fn check(site: &Site, report: &mut Report<'_>) {
    if report.wants(Code::DuplicateTitle) {
        titles(site, report);
    }
    if report.wants(Code::MissingTranslation) || report.wants(Code::Untranslated) {
        translations(site, report);
    }
}

fn titles(site: &Site, report: &mut Report<'_>) {
    let mut seen: BTreeMap<(LangId, Audience, String), &Page> = BTreeMap::new();
    // Two people may have one name, and a folder without a file has no title of its own.
    let has_title =
        |page: &&Page| !page.document.is_generated && page.kind() != PageKind::Person && page.is_listed();
    for page in site.pages().filter(has_title) {
        let title = page.title().split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let Some(first) = seen.get(&(page.lang(), page.audience, title.clone())) else {
            seen.insert((page.lang(), page.audience, title), page);
            continue;
        };
        report.push(
            Diagnostic::new(Code::DuplicateTitle, format!("`{}` has this title, too", first.path()))
                .at(page.path(), page.meta().title.span)
                .related(first.path(), Some(first.meta().title.span), "the other one")
                .help("say in each title what the other page doesn't have"),
        );
    }
}

fn translations(site: &Site, report: &mut Report<'_>) {
    let languages = &site.config().languages;
    // A draft, or a page that is still to come, is work in progress.
    let written: BTreeSet<(&str, LangId)> = site
        .content
        .documents
        .iter()
        .map(|document| (document.place.key.as_str(), document.place.lang))
        .collect();
    for page in site.pages().filter(|page| page.translations.first() == Some(&page.id)) {
        let is_generated = |lang: LangId| {
            site.find(&page.document.place.key, lang).is_some_and(|id| site.page(id).document.is_generated)
        };
        let has = |lang: &LangId| {
            written.contains(&(page.document.place.key.as_str(), *lang)) || is_generated(*lang)
        };
        let (there, missing): (Vec<LangId>, Vec<LangId>) = languages.ids().partition(has);
        if page.document.is_generated || missing.is_empty() || there.len() < 2 && !page.is_article() {
            continue;
        }
        let (code, message) = match there.len() {
            0 | 1 => (Code::Untranslated, "this article exists in one language only, and not in"),
            _ => (Code::MissingTranslation, "this page is translated, but not into"),
        };
        let name = |lang: &LangId| languages[*lang].label.as_str();
        let labels: Vec<&str> = missing.iter().map(name).collect();
        let stem = names::without_ending(page.path(), "md");
        let stem = stem.strip_suffix(&format!(".{}", languages[page.lang()].code)).unwrap_or(stem);
        let file = |lang: &LangId| match *lang == site.config().default_language {
            true => format!("{stem}.md"),
            false => format!("{stem}.{}.md", languages[*lang].code),
        };
        let files: Vec<String> = missing.iter().map(file).collect();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        report.push(
            Diagnostic::new(code, format!("{message} {}", labels.join(", ")))
                .at(page.path(), page.meta().title.span)
                .help(format!(
                    "write {}; for now a file with `draft: true` is enough",
                    yaml::listed(&files).replace(" or ", " and ")
                )),
        );
    }
}

/// A page that invites to what is over, and leads nobody to what has become of it.
pub(super) fn past_event(text: &CheckedPage<'_>, report: &mut Report<'_>) {
    let (page, today) = (text.page, text.site.content.today);
    let Some(event) = page.meta().event().filter(|event| event.is_over(today)) else { return };
    if event.recording.is_some() {
        return;
    }
    report.push(
        Diagnostic::new(Code::PastEvent, format!("this event was over on {}", event.end.date()))
            .at(page.path(), event.span)
            .help("add `recording:` with the page on which it can be seen, give the next date, or let the page expire"),
    );
}

/// A page whose next review should have been.
pub(super) fn review(text: &CheckedPage<'_>, report: &mut Report<'_>) {
    let (page, today) = (text.page, text.site.content.today);
    let Some(day) = page.meta().review_by.filter(|day| *day < today) else { return };
    let owner = page.meta().owner.as_ref().map(|owner| format!(" by `{}`", owner.value)).unwrap_or_default();
    let days = (today - day).get_days();
    let ago = if days == 1 { "yesterday".to_string() } else { format!("{days} days ago") };
    report.push(
        Diagnostic::new(Code::ReviewOverdue, format!("this page was due for review{owner} {ago}"))
            .at(page.path(), page.meta().places.review_by)
            .help("read it, fix what is no longer true, and set the next date"),
    );
}
