//! Lists: sections, people, terms, series, the archive, A–Z, the home page and the page for what isn't there.

use rustc_hash::FxHashMap;
use tera::{Context, Value};

use super::cards::{author, series_parts};
use super::html_or_none;
use super::linked::Linked;
use super::subject::{Subject, made, string, subject};
use super::targets::Addresses;
use crate::config::LangId;
use crate::content::PageKind;
use crate::diag::Diagnostic;
use crate::leads::gates::lock::ROUNDS;
use crate::publishing::lists;
use crate::site::routes::{self, ArchiveScope};
use crate::site::{Page, PageId};
use crate::theme::engine::{list, number, object, text};

/// Articles on the home page below the one that leads.
const LATEST: usize = 6;

/// One part of a list of pages.
struct Part<'a> {
    /// The list's own path.
    url: &'a str,
    /// From 1.
    part: usize,
    /// Pages in a part; 0 for all.
    per_part: usize,
}

impl Part<'_> {
    fn slice<'p>(&self, pages: &'p [PageId]) -> &'p [PageId] {
        if self.per_part == 0 {
            return pages;
        }
        let start = ((self.part - 1) * self.per_part).min(pages.len());
        &pages[start..(start + self.per_part).min(pages.len())]
    }

    fn count(&self, pages: &[PageId]) -> usize {
        routes::parts(pages.len(), self.per_part)
    }

    /// The paths of the parts before and after.
    fn around(&self, pages: &[PageId]) -> (Option<String>, Option<String>) {
        let at = |part: usize| routes::part_url(self.url, part);
        let previous = (self.part > 1).then(|| at(self.part - 1));
        (previous, (self.part < self.count(pages)).then(|| at(self.part + 1)))
    }

    /// `pager`.
    fn pager(&self, linked: &Linked, pages: &[PageId]) -> Value {
        let count = self.count(pages);
        if count < 2 {
            return Value::none();
        }
        let url = |part: usize| Value::from(linked.site.href(&routes::part_url(self.url, part)));
        let (previous, next) = self.around(pages);
        let href =
            |path: Option<String>| path.map_or_else(Value::none, |path| Value::from(linked.site.href(&path)));
        // The first, the last, and those around this one: a list of 500 parts must not have 500 links.
        let shown = (1..=count).filter(|n| *n == 1 || *n == count || n.abs_diff(self.part) <= 2);
        let numbers = shown.map(|n| {
            object([("number", number(n)), ("url", url(n)), ("current", Value::from(n == self.part))])
        });
        object([
            ("number", number(self.part)),
            ("of", number(count)),
            ("first", url(1)),
            ("last", url(count)),
            ("previous", href(previous)),
            ("next", href(next)),
            ("pages", list(numbers)),
        ])
    }
}

/// `list`.
fn list_value(linked: &Linked, about: &Subject, part: &Part<'_>, pages: &[PageId], more: More) -> Value {
    object([
        ("title", Value::from(about.title.as_str())),
        ("description", text(more.description.as_deref())),
        ("content", more.content),
        ("pages", linked.summaries(part.slice(pages))),
        ("total", number(pages.len())),
        ("pager", part.pager(linked, pages)),
        ("feeds", linked.views.feeds(part.url)),
        ("sections", linked.summaries(&more.sections)),
    ])
}

/// What only some lists have.
struct More {
    description: Option<String>,
    content: Value,
    sections: Vec<PageId>,
}

impl More {
    fn described(description: Option<String>) -> Self {
        Self { description, content: Value::none(), sections: Vec::new() }
    }
}

/// The subject of one part of a list: further parts say so in their title.
fn part_subject(linked: &Linked, mut about: Subject, part: &Part<'_>, pages: &[PageId]) -> Subject {
    (about.previous, about.next) = part.around(pages);
    about.feed = Some(part.url.to_string());
    if part.part > 1 {
        about.url = routes::part_url(part.url, part.part);
        let tools = &linked.site.content.tools[about.lang];
        let numbered = linked.theme.strings[about.lang]
            .get_from_path("page_number")
            .and_then(|text| text.as_str().map(str::to_string));
        let numbered = numbered.unwrap_or_else(|| "page {n}".into());
        let n = i64::try_from(part.part).unwrap_or(i64::MAX);
        about.title = format!("{}, {}", about.title, numbered.replace("{n}", &tools.number(n)));
        about.translations.clear();
    }
    about
}

pub(super) fn section(
    linked: &Linked,
    page: &Page,
    part: usize,
    context: &mut Context,
) -> Result<Subject, Box<Diagnostic>> {
    let site = &linked.site;
    let pages = linked.features.listings.listed(site, page);
    let is_people = page.entry.place.key == "people";
    let about = subject(linked, page, if is_people { "people.html" } else { "section.html" });
    let part = Part { url: &page.url, part, per_part: lists::per_part(site, page) };
    let children = site.children(page.id).iter().copied();
    let sections = if part.part == 1 {
        children.filter(|id| site.page(*id).kind() == PageKind::Section).collect()
    } else {
        Vec::new()
    };
    let content =
        if part.part == 1 { super::text::content(linked, page, Addresses::Paths)? } else { String::new() };
    let more =
        More { description: page.meta().description.clone(), content: html_or_none(&content), sections };
    context.insert_value("list", list_value(linked, &about, &part, pages, more));
    context.insert_value("page", linked.summary(page.id));
    if page.entry.place.key == "scripts" {
        let index = linked.features.scripts.index_url(site, page.lang());
        let index = index.map_or_else(Value::none, |path| Value::from(site.href(&path)));
        context.insert_value("objections_url", index);
    }
    if is_people {
        context.insert_value("people", list(pages.iter().map(|id| person_entry(linked, *id))));
    }
    Ok(part_subject(linked, about, &part, pages))
}

fn person_entry(linked: &Linked, person: PageId) -> Value {
    object([
        ("page", linked.summary(person)),
        ("person", person_value(linked, linked.site.page(person))),
        ("count", number(linked.site.written_by(person).len())),
    ])
}

fn person_value(linked: &Linked, page: &Page) -> Value {
    let about = &page.meta().person;
    let site = &linked.site;
    let as_author = author(site, &linked.features.links, page.id);
    let get = |key: &str| as_author.get_from_path(key).cloned().unwrap_or_else(Value::none);
    let links = about
        .links
        .iter()
        .map(|(label, url)| object([("label", Value::from(label.as_str())), ("url", Value::from(&**url))]));
    object([
        ("name", get("name")),
        ("role", get("role")),
        ("organization", get("organization")),
        ("photo", get("photo")),
        ("initials", get("initials")),
        ("guest", get("guest")),
        ("links", list(links)),
        ("languages", list(about.languages.iter().map(|language| Value::from(language_name(language))))),
        ("rep", Value::from(about.rep)),
    ])
}

/// A language code as its speakers call the language; anything else as it was written.
fn language_name(written: &str) -> &str {
    crate::config::own_name(written).unwrap_or(written)
}

pub(super) fn person(
    linked: &Linked,
    page: &Page,
    part: usize,
    context: &mut Context,
) -> Result<Subject, Box<Diagnostic>> {
    let pages = linked.features.listings.listed(&linked.site, page);
    let about = subject(linked, page, "person.html");
    let part = Part { url: &page.url, part, per_part: lists::per_part(&linked.site, page) };
    let content = super::text::content(linked, page, Addresses::Paths)?;
    context.insert_value("content", html_or_none(&content));
    context.insert_value("page", linked.summary(page.id));
    context.insert_value("person", person_value(linked, page));
    let more = More::described(page.meta().description.clone());
    context.insert_value("list", list_value(linked, &about, &part, pages, more));
    Ok(part_subject(linked, about, &part, pages))
}

fn taxonomy_label(linked: &Linked, lang: LangId, taxonomy: usize) -> String {
    let config = &linked.site.config().taxonomies[taxonomy];
    let label = linked.site.config().text(&config.label, lang);
    if label.is_empty() { config.name.clone() } else { label.to_string() }
}

pub(super) fn taxonomy(linked: &Linked, lang: LangId, taxonomy: usize, context: &mut Context) -> Subject {
    let site = &linked.site;
    let label = taxonomy_label(linked, lang, taxonomy);
    let terms = site.terms(lang, taxonomy).iter().enumerate().map(|(index, term)| {
        object([
            ("slug", Value::from(term.slug.as_str())),
            ("label", Value::from(term.label.as_str())),
            ("description", text(term.description.as_deref())),
            ("url", Value::from(site.href(&site.term_url(lang, taxonomy, index)))),
            ("count", number(term.pages.len())),
            ("pages", linked.summaries(&term.pages[..term.pages.len().min(3)])),
        ])
    });
    let value = object([
        ("name", Value::from(site.config().taxonomies[taxonomy].name.as_str())),
        ("label", Value::from(label.as_str())),
        ("url", Value::from(site.href(&site.taxonomy_url(lang, taxonomy)))),
        ("terms", list(terms)),
    ]);
    context.insert_value("taxonomy", value);
    let url = |lang| (!site.terms(lang, taxonomy).is_empty()).then(|| site.taxonomy_url(lang, taxonomy));
    made(linked, lang, label, "taxonomy.html", &url)
}

/// A term, given by language, taxonomy and index.
pub(super) fn term(
    linked: &Linked,
    (lang, taxonomy, index): (LangId, usize, usize),
    part: usize,
    context: &mut Context,
) -> Subject {
    let site = &linked.site;
    let term = &site.terms(lang, taxonomy)[index];
    let url = |lang| {
        let found = site.terms(lang, taxonomy).iter().position(|other| other.slug == term.slug)?;
        Some(site.term_url(lang, taxonomy, found))
    };
    let mut about = made(linked, lang, term.label.clone(), "term.html", &url);
    about.description.clone_from(&term.description);
    let label = taxonomy_label(linked, lang, taxonomy);
    let at = about.breadcrumbs.len() - 1;
    about.breadcrumbs.insert(at, (label.clone(), Some(site.taxonomy_url(lang, taxonomy))));
    let own = site.term_url(lang, taxonomy, index);
    let part = Part { url: &own, part, per_part: site.config().pagination };
    let value = object([
        ("slug", Value::from(term.slug.as_str())),
        ("label", Value::from(term.label.as_str())),
        ("description", text(term.description.as_deref())),
        ("count", number(term.pages.len())),
        (
            "taxonomy",
            object([
                ("name", Value::from(site.config().taxonomies[taxonomy].name.as_str())),
                ("label", Value::from(label)),
                ("url", Value::from(site.href(&site.taxonomy_url(lang, taxonomy)))),
            ]),
        ),
    ]);
    context.insert_value("term", value);
    let more = More::described(term.description.clone());
    context.insert_value("list", list_value(linked, &about, &part, &term.pages, more));
    part_subject(linked, about, &part, &term.pages)
}

pub(super) fn series(linked: &Linked, lang: LangId, series: usize, context: &mut Context) -> Subject {
    let site = &linked.site;
    let config = &site.config().series[series];
    let title = site.config().text(&config.title, lang).to_string();
    let description =
        Some(site.config().text(&config.description, lang).to_string()).filter(|text| !text.is_empty());
    let url = |lang| (!site.series(lang, series).is_empty()).then(|| site.series_url(lang, series));
    let mut about = made(linked, lang, title.clone(), "series.html", &url);
    about.description.clone_from(&description);
    let value = object([
        ("id", Value::from(config.id.as_str())),
        ("title", Value::from(title.as_str())),
        ("url", Value::from(site.href(&site.series_url(lang, series)))),
        ("description", text(description.as_deref())),
        ("parts", list(series_parts(linked, lang, series, None).into_iter().map(|(_, part)| part))),
        ("previous", Value::none()),
        ("next", Value::none()),
    ]);
    context.insert_value("series", value);
    context.insert_value("title", Value::from(title));
    context.insert_value("description", text(description.as_deref()));
    about
}

pub(super) fn archive(linked: &Linked, lang: LangId, scope: ArchiveScope, context: &mut Context) -> Subject {
    let site = &linked.site;
    let tools = &site.content.tools[lang];
    let archive = linked.features.listings.archive(lang);
    let month_value = |year: i16, (month, pages): &(i8, Vec<PageId>)| {
        object([
            ("number", Value::from(i64::from(*month))),
            ("name", Value::from(tools.month(*month))),
            ("url", Value::from(site.href(&site.archive_url(lang, ArchiveScope::Month(year, *month))))),
            ("count", number(pages.len())),
        ])
    };
    let years = archive.iter().map(|(year, months)| {
        object([
            ("year", Value::from(i64::from(*year))),
            ("url", Value::from(site.href(&site.archive_url(lang, ArchiveScope::Year(*year))))),
            ("count", number(months.iter().map(|(_, pages)| pages.len()).sum())),
            ("months", list(months.iter().map(|month| month_value(*year, month)))),
        ])
    });
    let in_archive = string(linked, lang, "archive", "Archive");
    let (name, year, month, title) = match scope {
        ArchiveScope::All => ("all", Value::none(), Value::none(), in_archive.clone()),
        ArchiveScope::Year(year) => ("year", Value::from(i64::from(year)), Value::none(), year.to_string()),
        ArchiveScope::Month(year, month) => {
            let value = object([
                ("number", Value::from(i64::from(month))),
                ("name", Value::from(tools.month(month))),
            ]);
            ("month", Value::from(i64::from(year)), value, format!("{} {year}", tools.month(month)))
        }
    };
    let pages: &[PageId] = match scope {
        ArchiveScope::Month(year, month) => archive
            .iter()
            .filter(|(found, _)| *found == year)
            .flat_map(|(_, months)| months)
            .find(|(found, _)| *found == month)
            .map_or(&[], |(_, pages)| pages.as_slice()),
        _ => &[],
    };
    let url = |lang| has_archive(linked, lang, scope).then(|| site.archive_url(lang, scope));
    let mut about = made(linked, lang, title, "archive.html", &url);
    let at = about.breadcrumbs.len() - 1;
    let mut above = Vec::new();
    if scope != ArchiveScope::All {
        above.push((in_archive, Some(site.archive_url(lang, ArchiveScope::All))));
    }
    if let ArchiveScope::Month(year, _) = scope {
        above.push((year.to_string(), Some(site.archive_url(lang, ArchiveScope::Year(year)))));
    }
    about.breadcrumbs.splice(at..at, above);
    let value =
        object([("scope", Value::from(name)), ("year", year), ("month", month), ("years", list(years))]);
    context.insert_value("archive", value);
    let own = about.url.clone();
    let part = Part { url: &own, part: 1, per_part: 0 };
    context.insert_value("list", list_value(linked, &about, &part, pages, More::described(None)));
    about
}

fn has_archive(linked: &Linked, lang: LangId, scope: ArchiveScope) -> bool {
    let archive = linked.features.listings.archive(lang);
    let has_year = |year: i16| archive.iter().find(|(found, _)| *found == year);
    match scope {
        ArchiveScope::All => !archive.is_empty(),
        ArchiveScope::Year(year) => has_year(year).is_some(),
        ArchiveScope::Month(year, month) => {
            has_year(year).is_some_and(|(_, months)| months.iter().any(|(found, _)| *found == month))
        }
    }
}

/// Every page by its first letter: `{letter, id, pages}`.
fn letters(linked: &Linked, lang: LangId) -> Value {
    let site = &linked.site;
    let tools = &site.content.tools[lang];
    // To find a letter, a title is compared with the whole alphabet; most begin as another one does.
    let mut known: FxHashMap<Option<char>, String> = FxHashMap::default();
    let mut letter = |title: &str| {
        let first = title.chars().find(|c| c.is_alphanumeric());
        known.entry(first).or_insert_with(|| tools.letter(title)).clone()
    };
    let mut pages: Vec<(String, PageId)> = site
        .pages
        .iter()
        .filter(|page| page.lang() == lang && page.kind() != PageKind::Section && !page.meta().unlisted)
        .map(|page| (letter(page.title()), page.id))
        .collect();
    // `#` stands last, as in a printed index.
    pages.sort_by(|(a, x), (b, y)| {
        let titles = || tools.compare(site.page(*x).title(), site.page(*y).title());
        (a == "#").cmp(&(b == "#")).then_with(|| tools.compare(a, b)).then_with(titles).then(x.cmp(y))
    });
    let mut letters: Vec<(String, Vec<PageId>)> = Vec::new();
    for (letter, page) in pages {
        match letters.last_mut() {
            Some((last, pages)) if *last == letter => pages.push(page),
            _ => letters.push((letter, vec![page])),
        }
    }
    let letters = letters.into_iter().enumerate().map(|(index, (letter, pages))| {
        object([
            ("letter", Value::from(letter)),
            ("id", Value::from(format!("letter-{}", index + 1))),
            ("pages", linked.summaries(&pages)),
        ])
    });
    list(letters)
}

pub(super) fn a_to_z(linked: &Linked, lang: LangId, context: &mut Context) -> Subject {
    context.insert_value("letters", letters(linked, lang));
    let title = string(linked, lang, "a_to_z", "A–Z");
    made(linked, lang, title, "a-z.html", &|lang| Some(linked.site.a_to_z_url(lang)))
}

/// The page with the search box, which leads to the A–Z page for readers without scripts.
pub(super) fn search(linked: &Linked, lang: LangId, context: &mut Context) -> Subject {
    context.insert_value("letters", letters(linked, lang));
    let title = string(linked, lang, "search", "Search");
    made(linked, lang, title, "search.html", &|lang| Some(linked.site.search_url(lang)))
}

pub(super) fn not_found(linked: &Linked, lang: LangId, context: &mut Context) -> Subject {
    let site = &linked.site;
    let homes = site.languages().map(|id| {
        let language = &site.config().languages[id];
        object([
            ("code", Value::from(language.code.as_str())),
            ("label", Value::from(language.label.as_str())),
            ("url", Value::from(site.href(&site.config().prefix(id)))),
        ])
    });
    let articles = linked.features.listings.articles(lang);
    context.insert_value("homes", list(homes));
    context.insert_value("latest", linked.summaries(&articles[..articles.len().min(3)]));
    let title = string(linked, lang, "not_found", "Not found");
    made(linked, lang, title, "404.html", &|lang| Some(site.not_found_url(lang)))
}

pub(super) fn locked(linked: &Linked, lang: LangId, context: &mut Context) -> Subject {
    let site = &linked.site;
    if let Some(lock) = &linked.features.lock {
        let value = object([
            ("worker", Value::from(site.href(lock.worker()))),
            ("scope", Value::from(site.href("/"))),
            ("salt", Value::from(lock.salt())),
            ("rounds", number(ROUNDS as usize)),
            ("edition", Value::from(lock.edition())),
        ]);
        context.insert_value("lock", value);
    }
    let title = string(linked, lang, "locked", "Locked");
    made(linked, lang, title, "locked.html", &|_| None)
}

pub(super) fn home(linked: &Linked, page: &Page, context: &mut Context) -> Result<Subject, Box<Diagnostic>> {
    let site = &linked.site;
    let lang = page.lang();
    let articles = linked.features.listings.articles(lang);
    let insights = || articles.iter().copied().filter(|id| site.page(*id).kind() == PageKind::Insight);
    // The lightest leads; where none has a weight, the newest.
    let weighted = insights().filter(|id| site.page(*id).meta().weight.is_some());
    let featured = weighted.min_by_key(|id| site.page(*id).meta().weight).or_else(|| insights().next());
    let latest: Vec<PageId> = insights().filter(|id| Some(*id) != featured).take(LATEST).collect();
    let playbooks: Vec<PageId> = articles
        .iter()
        .copied()
        .filter(|id| site.page(*id).kind() == PageKind::Playbook)
        .take(LATEST)
        .collect();
    context.insert_value("page", linked.summary(page.id));
    context.insert_value("content", html_or_none(&super::text::content(linked, page, Addresses::Paths)?));
    context.insert_value("featured", featured.map_or_else(Value::none, |id| linked.summary(id)));
    context.insert_value("latest", linked.summaries(&latest));
    context.insert_value("playbooks", linked.summaries(&playbooks));
    let people = site.pages.iter().filter(|person| {
        person.kind() == PageKind::Person && person.lang() == lang && !site.written_by(person.id).is_empty()
    });
    context
        .insert_value("people", list(people.map(|person| author(site, &linked.features.links, person.id))));
    context.insert_value("topics", topics(linked, lang));
    context.insert_value("series_list", series_list(linked, lang));
    context.insert_value("journey", journey(linked, lang));
    let mut about = subject(linked, page, "home.html");
    about.feed = None;
    Ok(about)
}

/// The terms of the first strict taxonomy, else of the first.
fn topics(linked: &Linked, lang: LangId) -> Value {
    let site = &linked.site;
    let taxonomies = &site.config().taxonomies;
    let Some(taxonomy) = taxonomies.iter().position(|t| t.strict).or((!taxonomies.is_empty()).then_some(0))
    else {
        return list([]);
    };
    list(site.terms(lang, taxonomy).iter().enumerate().map(|(index, term)| {
        object([
            ("label", Value::from(term.label.as_str())),
            ("url", Value::from(site.href(&site.term_url(lang, taxonomy, index)))),
            ("count", number(term.pages.len())),
            ("description", text(term.description.as_deref())),
        ])
    }))
}

fn series_list(linked: &Linked, lang: LangId) -> Value {
    let site = &linked.site;
    let config = site.config();
    let all = config.series.iter().enumerate().filter(|(index, _)| !site.series(lang, *index).is_empty());
    list(all.map(|(index, series)| {
        let description = config.text(&series.description, lang);
        object([
            ("title", Value::from(config.text(&series.title, lang))),
            ("url", Value::from(site.href(&site.series_url(lang, index)))),
            ("description", text(Some(description).filter(|text| !text.is_empty()))),
            ("count", number(site.series(lang, index).len())),
            ("planned", number(series.planned.len())),
        ])
    }))
}

/// For each stage of the journey its newest article.
fn journey(linked: &Linked, lang: LangId) -> Value {
    let site = &linked.site;
    let stages = site.config().journey.stages.iter().enumerate().map(|(index, stage)| {
        let newest = linked
            .features
            .listings
            .articles(lang)
            .iter()
            .find(|id| site.page(**id).meta().stage == Some(index));
        object([
            ("id", Value::from(stage.id.as_str())),
            ("label", Value::from(linked.theme.stage_label(site.config(), stage, lang))),
            ("page", newest.map_or_else(Value::none, |id| linked.summary(*id))),
        ])
    });
    list(stages)
}
