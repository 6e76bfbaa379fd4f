//! What every list shows of a page, its author and its series: made once, shared by all.

use tera::Value;

use super::linked::Linked;
use super::{image, link_to};
use crate::config::LangId;
use crate::content::PageKind;
use crate::languages::formats::Tools;
use crate::links::Links;
use crate::site::{Page, PageId, Site};
use crate::theme::Theme;
use crate::theme::engine::{json, list, number, object, text};
use crate::yaml::dates::Rough;

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
            ("date", source.date.map_or_else(Value::none, |date| rough(tools, date))),
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
        ("authors", list(page.authors.iter().map(|person| author(site, links, *person)))),
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

/// A date of which only the month or the year may be known, as `{iso, text}`.
fn rough(tools: &Tools, date: Rough) -> Value {
    let text = match date {
        Rough::Day(day) => tools.date(day),
        Rough::Month(day) => tools.month_of_year(day),
        Rough::Year(year) => year.to_string(),
    };
    object([("iso", Value::from(date.to_string())), ("text", Value::from(text))])
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
