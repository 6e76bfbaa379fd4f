//! One page: the object that lists and the page itself share, and what only the page's own template gets.

use tera::{Context, Value};

use super::super::Linked;
use super::super::engine::{html, json, list, number, object, text};
use super::super::html::{self as serializer, HtmlStyle};
use super::super::targets::{Addresses, PageTargets, Part};
use super::super::theme::Theme;
use super::{Subject, embeds, form, gate, html_or_none, image, link_to, playbook, script, share};
use crate::config::{LangId, Localized, NextStep};
use crate::diag::Diagnostic;
use crate::encode::mail;
use crate::features::forms::lead::About;
use crate::features::forms::{self, Slot};
use crate::features::links::Links;
use crate::model::locale::Tools;
use crate::model::{Next, Page, PageId, Site, Standing};
use crate::parse::PageKind;
use crate::parse::body::TocEntry;

/// `{slug, label, url}` of every term, made once: pages share them.
#[derive(Debug)]
pub(super) struct TermValues(Vec<Vec<Vec<Value>>>);

impl TermValues {
    pub(super) fn new(site: &Site) -> Self {
        let value = |lang: LangId, taxonomy: usize, index: usize| {
            let term = &site.terms(lang, taxonomy)[index];
            object([
                ("slug", Value::from(term.slug.as_str())),
                ("label", Value::from(term.label.as_str())),
                ("url", Value::from(site.href(&site.term_url(lang, taxonomy, index)))),
            ])
        };
        let all = |lang: LangId, taxonomy: usize| {
            (0..site.terms(lang, taxonomy).len()).map(|index| value(lang, taxonomy, index)).collect()
        };
        let taxonomies = 0..site.config().taxonomies.len();
        let languages = 0..site.config().languages.len();
        Self(languages.map(|lang| taxonomies.clone().map(|taxonomy| all(lang, taxonomy)).collect()).collect())
    }

    fn of(&self, lang: LangId, (taxonomy, term): (usize, usize)) -> Value {
        self.0[lang][taxonomy][term].clone()
    }
}

/// The object of a page in every list, and `page` in its own template.
pub(super) fn summary(site: &Site, links: &Links, terms: &TermValues, theme: &Theme, page: &Page) -> Value {
    let config = site.config();
    let meta = page.meta();
    let tools = &site.content.tools[page.lang()];
    let taxonomies = config.taxonomies.iter().enumerate().filter_map(|(index, taxonomy)| {
        let own: Vec<Value> = page
            .terms
            .iter()
            .filter(|(found, _)| *found == index)
            .map(|found| terms.of(page.lang(), *found))
            .collect();
        if own.is_empty() {
            return None;
        }
        let label = config.text(&taxonomy.label, page.lang());
        Some(object([
            ("name", Value::from(taxonomy.name.as_str())),
            ("label", Value::from(if label.is_empty() { &taxonomy.name } else { label })),
            ("terms", Value::from(own)),
        ]))
    });
    let source = meta.source.as_ref().map_or_else(Value::none, |source| {
        object([
            ("name", Value::from(source.name.as_str())),
            ("url", text(source.url.as_deref())),
            ("date", date(tools, source.date)),
            ("canonical", Value::from(source.canonical)),
        ])
    });
    let series = meta.series.as_ref().map_or_else(Value::none, |place| {
        let series = &config.series[place.series];
        object([
            ("id", Value::from(series.id.as_str())),
            ("title", Value::from(config.text(&series.title, page.lang()))),
            ("url", Value::from(site.href(&site.series_url(page.lang(), place.series)))),
            ("part", Value::from(place.part.value)),
        ])
    });
    let own_image = match (&meta.image, links.image(page.id)) {
        (Some(about), Some(path)) if page.kind() != PageKind::Person => {
            image(site, links, path, &about.alt, about.credit.as_deref())
        }
        _ => Value::none(),
    };
    object([
        ("kind", Value::from(page.kind().name())),
        ("url", Value::from(site.href(&page.url))),
        ("permalink", Value::from(site.permalink(&page.url))),
        ("title", Value::from(page.title())),
        ("description", text(description(site, page).as_deref())),
        ("lang", Value::from(config.languages[page.lang()].code.as_str())),
        ("date", date(tools, meta.date)),
        ("updated", date(tools, meta.updated)),
        ("section", page.section.map_or_else(Value::none, |section| link_to(site, section))),
        ("authors", list(page.authors.iter().map(|author| self::author(site, links, *author)))),
        ("taxonomies", list(taxonomies)),
        ("stage", stage(site, theme, page)),
        ("words", number(page.words())),
        ("minutes", number(page.minutes())),
        ("image", own_image),
        ("source", source),
        ("series", series),
        ("gated", Value::from(site.gate(page).is_some())),
        ("state", Value::from(page.state.name())),
        ("audience", Value::from(page.audience.name())),
        ("weight", meta.weight.map_or_else(Value::none, Value::from)),
        ("extra", json(&meta.extra)),
    ])
}

/// Characters of a description that a search result shows.
const DESCRIPTION: usize = 155;

/// A page's description, else the beginning of its key takeaways, else of its open text; the home page's is the site's.
pub(super) fn description(site: &Site, page: &Page) -> Option<String> {
    let config = site.config();
    let is_home = page.entry.place.key.is_empty() && page.meta().description.is_none();
    let found = match is_home {
        true => config.text(&config.description, page.lang()).into(),
        false => site.description(page, DESCRIPTION),
    };
    Some(found.into_owned()).filter(|text| !text.is_empty())
}

pub(super) fn date(tools: &Tools, date: Option<jiff::civil::Date>) -> Value {
    date.map_or_else(Value::none, |date| {
        object([("iso", Value::from(date.to_string())), ("text", Value::from(tools.date(date)))])
    })
}

/// `{id, label, number, of}`: the label from the configuration, else the theme's `stage_…`, else the id.
fn stage(site: &Site, theme: &Theme, page: &Page) -> Value {
    let Some(index) = page.meta().stage else { return Value::none() };
    let stages = &site.config().journey.stages;
    object([
        ("id", Value::from(stages[index].id.as_str())),
        ("label", Value::from(theme.stage_label(site.config(), &stages[index], page.lang()))),
        ("number", number(index + 1)),
        ("of", number(stages.len())),
    ])
}

/// A person, as the author of something.
pub(super) fn author(site: &Site, links: &Links, person: PageId) -> Value {
    let page = site.page(person);
    let about = &page.meta().person;
    let initials: String =
        page.title().split_whitespace().filter_map(|word| word.chars().next()).take(2).collect();
    let photo =
        links.image(person).map_or_else(Value::none, |path| image(site, links, path, page.title(), None));
    object([
        ("name", Value::from(page.title())),
        ("url", Value::from(site.href(&page.url))),
        ("role", text(about.role.as_deref())),
        ("organization", text(about.organization.as_deref())),
        ("initials", Value::from(initials)),
        ("photo", photo),
        ("guest", Value::from(is_guest(site, page))),
    ])
}

/// A guest works somewhere else than where the site comes from.
pub(super) fn is_guest(site: &Site, person: &Page) -> bool {
    let own = site.config().organization.as_ref().map(|organization| organization.name.as_str());
    person.meta().person.organization.as_deref().is_some_and(|organization| Some(organization) != own)
}

/// The open text of a page as HTML.
pub(in super::super) fn content(
    linked: &Linked,
    page: &Page,
    addresses: Addresses,
) -> Result<String, Box<Diagnostic>> {
    let mut out = String::new();
    let targets = targets(linked, page, addresses)?;
    serializer::body(page.entry.public.body(), &targets, &style(&linked.site, &linked.theme, page), &mut out);
    Ok(out)
}

/// The open text in two parts: what stands before the gate, and what stands behind it.
fn around_gate(linked: &Linked, page: &Page) -> Result<(String, String), Box<Diagnostic>> {
    let Some(at) = page.entry.public.behind_gate() else {
        return Ok((content(linked, page, Addresses::Paths)?, String::new()));
    };
    let targets = targets(linked, page, Addresses::Paths)?;
    Ok(serializer::divided(page.entry.public.body(), at, &targets, &style(&linked.site, &linked.theme, page)))
}

pub(super) fn targets<'a>(
    linked: &'a Linked,
    page: &'a Page,
    addresses: Addresses,
) -> Result<PageTargets<'a>, Box<Diagnostic>> {
    let embeds = embeds::of_page(linked, page, addresses)?;
    let shape = linked.features.playbooks.shape(page.id).filter(|_| addresses == Addresses::Paths);
    Ok(PageTargets {
        site: &linked.site,
        links: &linked.features.links,
        page,
        part: Part::Open,
        addresses,
        embeds,
        shape,
        script: linked.features.scripts.of(page.id),
    })
}

/// How a page's text is written in its language.
pub(in super::super) fn style<'a>(site: &'a Site, theme: &'a Theme, page: &Page) -> HtmlStyle<'a> {
    let strings = &theme.strings[page.lang()];
    let string = |key: &'static str, english: &'static str| {
        strings.get_from_path(key).and_then(|text| text.as_str()).unwrap_or(english)
    };
    HtmlStyle {
        language: &site.config().languages[page.lang()].code,
        alerts: [
            string("alert_note", "Note"),
            string("alert_tip", "Tip"),
            string("alert_important", "Important"),
            string("alert_warning", "Warning"),
            string("alert_caution", "Caution"),
        ],
        footnotes: string("footnotes", "Footnotes"),
        footnote_back: string("footnote_back", "Back to reference"),
        table: string("table", "Table"),
        task: string("task", "Task"),
        ..HtmlStyle::english()
    }
}

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
    context.insert_value("script", script::value(linked, page)?);
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

/// What `base.html` needs to know of a page with a file.
pub(super) fn subject(linked: &Linked, page: &Page, template: &'static str) -> Subject {
    let site = &linked.site;
    let mut breadcrumbs = vec![(page.title().to_string(), None)];
    let mut above = page.section;
    while let Some(section) = above {
        let section = site.page(section);
        breadcrumbs.push((crumb_title(linked, section), Some(section.url.clone())));
        above = section.section;
    }
    breadcrumbs.reverse();
    Subject {
        lang: page.lang(),
        url: page.url.clone(),
        title: page.title().to_string(),
        description: description(site, page),
        breadcrumbs,
        page: Some(page.id),
        translations: page
            .translations
            .iter()
            .map(|id| (site.page(*id).lang(), site.page(*id).url.clone()))
            .collect(),
        feed: page.section.map(|section| site.page(section).url.clone()),
        previous: None,
        next: None,
        template,
    }
}

/// The home page's title is a headline: breadcrumbs say "Home".
pub(super) fn crumb_title(linked: &Linked, page: &Page) -> String {
    if !page.entry.place.key.is_empty() {
        return page.title().to_string();
    }
    let home = linked.theme.strings[page.lang()]
        .get_from_path("home")
        .and_then(|text| text.as_str().map(str::to_string));
    home.unwrap_or_else(|| page.title().to_string())
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

/// So many parts before and after a page are listed on it: a series of thousands would fill each page of thousands.
const NEAR: usize = 50;

/// The parts of a series in order, by number: `{part, title, url, current, planned, page}`. On a page, those around it.
pub(super) fn series_parts(
    linked: &Linked,
    lang: LangId,
    series: usize,
    current: Option<PageId>,
) -> Vec<(i64, Value)> {
    let site = &linked.site;
    let all = site.series(lang, series);
    let at = current.and_then(|current| all.iter().position(|(_, id)| *id == current));
    let near = at.map_or(0..all.len(), |at| at.saturating_sub(NEAR)..all.len().min(at + NEAR + 1));
    // What is planned between them, and before the first or after the last of all.
    let from = all.get(near.start).filter(|_| near.start > 0).map(|(part, _)| *part);
    let to = all[near.clone()].last().filter(|_| near.end < all.len()).map(|(part, _)| *part);
    let written = &all[near];
    let mut parts: Vec<(i64, Value)> = written
        .iter()
        .map(|(part, id)| {
            let value = object([
                ("part", Value::from(*part)),
                ("title", Value::from(site.page(*id).title())),
                ("url", Value::from(site.href(&site.page(*id).url))),
                ("current", Value::from(current == Some(*id))),
                ("planned", Value::from(false)),
                ("page", linked.summary(*id)),
            ]);
            (*part, value)
        })
        .collect();
    let is_near = |part: i64| from.is_none_or(|from| part > from) && to.is_none_or(|to| part < to);
    for planned in &site.config().series[series].planned {
        if !is_near(planned.part) || written.binary_search_by_key(&planned.part, |(part, _)| *part).is_ok() {
            continue;
        }
        let value = object([
            ("part", Value::from(planned.part)),
            ("title", Value::from(site.config().text(&planned.title, lang))),
            ("url", Value::none()),
            ("current", Value::from(false)),
            ("planned", Value::from(true)),
            ("page", Value::none()),
        ]);
        parts.push((planned.part, value));
    }
    parts.sort_by_key(|(part, _)| *part);
    parts
}

/// The call to action of a page ([`Site::next_step`]), else a way to the people behind the site.
pub(super) fn next_step(linked: &Linked, subject: &Subject, standing: Standing<'_>) -> Value {
    let site = &linked.site;
    let lang = subject.lang;
    match site.next_step(standing, lang) {
        Some((step, Next::Page(target))) => return page_step(linked, step, target, lang),
        Some((step, Next::Form(form))) => return form_step(site, step, form, subject),
        None => {}
    }
    let Some(organization) = &site.config().organization else { return Value::none() };
    let url = organization.email.as_deref().map(mail::to);
    object([
        ("label", string_of(linked, lang, "rather_talk")),
        ("text", string_of(linked, lang, "a_person_answers")),
        ("url", text(url.as_deref())),
        ("title", Value::from(organization.name.as_str())),
        ("kind", Value::from("contact")),
        ("form", Value::none()),
    ])
}

/// A form, which is shown on the spot.
fn form_step(site: &Site, step: &NextStep, form: usize, subject: &Subject) -> Value {
    let lang = subject.lang;
    let about = &site.content.forms[form];
    let words = |own: &Localized, others: &Localized| {
        let own = if own.is_empty() { others } else { own };
        text(Some(site.config().text(own, lang)).filter(|words| !words.is_empty()).map(str::trim))
    };
    let title = if about.title.is_empty() { &about.submit } else { &about.title };
    let page = subject.page.map(|page| site.page(page));
    let shown_on = match page {
        Some(page) => About::page(site, page),
        None => About::list(site, lang, &subject.url, &subject.title),
    };
    let place = form::Place { form, lang, page, slot: Slot::Next, gate: None, about: shown_on };
    object([
        ("label", words(&step.label, title)),
        ("text", words(&step.text, &about.intro)),
        ("url", Value::from(format!("#{}", forms::dom_id(site, page, form, Slot::Next)))),
        ("title", words(title, title)),
        ("kind", Value::from("form")),
        ("form", form::value(site, &place)),
    ])
}

fn page_step(linked: &Linked, step: &NextStep, target: PageId, lang: LangId) -> Value {
    let site = &linked.site;
    let target = site.page(target);
    let label = Some(site.config().text(&step.label, lang)).filter(|label| !label.is_empty());
    let words = Some(site.config().text(&step.text, lang)).filter(|words| !words.is_empty());
    let is_contact = target.entry.place.key == "pages/contact";
    object([
        ("label", Value::from(label.unwrap_or(target.title()))),
        ("text", text(words.or(target.meta().description.as_deref()))),
        ("url", Value::from(site.href(&target.url))),
        ("title", Value::from(target.title())),
        ("kind", Value::from(if is_contact { "contact" } else { "page" })),
        ("form", Value::none()),
    ])
}

fn string_of(linked: &Linked, lang: LangId, key: &str) -> Value {
    linked.theme.strings[lang].get_from_path(key).cloned().unwrap_or_else(Value::none)
}
