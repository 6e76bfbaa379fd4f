//! One page: the object that lists and the page itself share, and what only the page's own template gets.

use tera::{Context, Value};

use super::cards::series_parts;
use super::linked::Linked;
use super::subject::{Subject, subject};
use super::text::around_gate;
use super::{call, gate, html_or_none, playbook, share};
use crate::content::PageKind;
use crate::content::body::TocEntry;
use crate::diag::Diagnostic;
use crate::site::{Page, PageId};
use crate::theme::engine::{html, list, object, text};

/// What the template of a page gets besides.
pub(super) fn page(linked: &Linked, page: &Page, context: &mut Context) -> Result<Subject, Box<Diagnostic>> {
    let site = &linked.site;
    let body = page.entry.public.body();
    let language = &site.config().languages[page.lang()].code;
    let (older, newer) = linked.features.listings.neighbours(page.id);
    let neighbour = |id: Option<PageId>| id.map_or_else(Value::none, |id| linked.summary(id));
    context.insert_value("page", linked.summary(page.id));
    let (before, behind) = around_gate(linked, page)?;
    context.insert_value("content", html(&before));
    context.insert_value("content_after", html_or_none(&behind));
    context.insert_value("script", call::value(linked, page)?);
    context.insert_value("toc", toc(&body.toc()));
    context.insert_value("takeaways", Value::from(body.takeaways(language).is_some()));
    context.insert_value("series", series(linked, page));
    context.insert_value("previous", neighbour(older));
    context.insert_value("next", neighbour(newer));
    context.insert_value("related", linked.summaries(&linked.features.related.of(site, page)));
    let backlinks: Vec<PageId> = linked
        .features
        .links
        .backlinks(page.id)
        .iter()
        .copied()
        .filter(|id| site.page(*id).lang() == page.lang() && site.page(*id).kind() != PageKind::Section)
        // Where they are listed with the step, they need not be listed again.
        .filter(|id| !linked.features.playbooks.uses(page.id).iter().any(|one| one.page == *id))
        .collect();
    context.insert_value("backlinks", linked.summaries(&backlinks));
    context.insert_value("used_by", playbook::used_by(linked, page.id));
    context.insert_value("playbook", playbook::playbook(linked, page));
    context.insert_value("gate", gate::gate(linked, page));
    context.insert_value("download", gate::open_download(linked, page));
    context.insert_value("share", share::share(linked, page));
    let template = match page.kind() {
        PageKind::Insight => "insight.html",
        PageKind::Playbook => "playbook.html",
        PageKind::Script => "script.html",
        _ => "page.html",
    };
    Ok(subject(linked, page, template))
}

fn toc(entries: &[TocEntry]) -> Value {
    list(entries.iter().map(|entry| {
        object([
            ("id", Value::from(entry.id.as_str())),
            ("text", Value::from(entry.text.as_str())),
            ("children", toc(&entry.children)),
        ])
    }))
}

/// `series` of a page: all parts, written and planned, and its neighbours among them.
fn series(linked: &Linked, page: &Page) -> Value {
    let Some(place) = &page.meta().series else { return Value::none() };
    let parts = series_parts(linked, page.lang(), place.series, Some(page.id));
    let current = parts.iter().position(|(part, _)| *part == place.part.value);
    let neighbour = |index: Option<usize>| {
        index.and_then(|index| parts.get(index)).map_or_else(Value::none, |(_, part)| part.clone())
    };
    let config = &linked.site.config().series[place.series];
    let about = linked.site.config().text(&config.description, page.lang());
    object([
        ("id", Value::from(config.id.as_str())),
        ("title", Value::from(linked.site.config().text(&config.title, page.lang()))),
        ("url", Value::from(linked.site.href(&linked.site.series_url(page.lang(), place.series)))),
        ("description", text(Some(about).filter(|about| !about.is_empty()))),
        ("previous", neighbour(current.and_then(|index| index.checked_sub(1)))),
        ("next", neighbour(current.map(|index| index + 1))),
        ("parts", list(parts.into_iter().map(|(_, part)| part))),
    ])
}
