//! The archive, a year of it, and a month.

use serde::Serialize;

use super::linked::Edition;
use super::list::{List, ListPage, More};
use super::subject::{Subject, generated_page, word};
use crate::config::LangId;
use crate::site::PageId;
use crate::site::routes::ArchiveScope;

/// What `archive.html` gets.
#[derive(Debug, Serialize)]
pub(super) struct ArchivePage<'a> {
    /// What is shown, and all years.
    archive: Archive,
    /// The pages of a month; empty for a year and for the whole archive.
    list: List<'a>,
}

/// The archive in one language.
#[derive(Debug, Serialize)]
struct Archive {
    /// `all`, `year` or `month`: what this page shows.
    scope: &'static str,
    /// The year that it shows.
    year: Option<i16>,
    /// The month that it shows.
    month: Option<MonthName>,
    /// All years, the newest first.
    years: Vec<Year>,
}

/// A month as templates that name it get it: its number, for words that depend on it.
#[derive(Debug, Serialize)]
struct MonthName {
    /// 1 for January to 12 for December.
    number: i8,
    /// Its name in this language.
    name: String,
}

/// A year of the archive.
#[derive(Debug, Serialize)]
struct Year {
    /// The year in four digits, as the calendar has it.
    year: i16,
    /// URL of the list of what was published in it.
    url: String,
    /// How many pages it has.
    count: usize,
    /// Its months that have pages.
    months: Vec<Month>,
}

/// A month of the archive.
#[derive(Debug, Serialize)]
struct Month {
    /// 1 for January to 12 for December.
    number: i8,
    /// Its name in this language.
    name: String,
    /// URL of the list of what was published in it.
    url: String,
    /// How many pages it has.
    count: usize,
}

/// A page of the archive.
pub(super) fn page(linked: &Edition, lang: LangId, scope: ArchiveScope) -> (Subject, ArchivePage<'_>) {
    let about = about(linked, lang, scope);
    let part = ListPage { url: &about.url, part: 1, per_part: 0 };
    let list = List::new(linked, &about.title, (&part, pages(linked, lang, scope)), More::default());
    let view = ArchivePage { archive: archive(linked, lang, scope), list };
    (about, view)
}

fn archive(linked: &Edition, lang: LangId, scope: ArchiveScope) -> Archive {
    let site = &linked.site;
    let tools = &site.content.tools[lang];
    let month = |year: i16, (number, pages): &(i8, Vec<PageId>)| Month {
        number: *number,
        name: tools.month(*number),
        url: site.href(&site.archive_url(lang, ArchiveScope::Month(year, *number))),
        count: pages.len(),
    };
    let years = linked.features.listings.archive(lang).iter().map(|(year, months)| Year {
        year: *year,
        url: site.href(&site.archive_url(lang, ArchiveScope::Year(*year))),
        count: months.iter().map(|(_, pages)| pages.len()).sum(),
        months: months.iter().map(|one| month(*year, one)).collect(),
    });
    let (scope, year, month) = match scope {
        ArchiveScope::All => ("all", None, None),
        ArchiveScope::Year(year) => ("year", Some(year), None),
        ArchiveScope::Month(year, number) => {
            ("month", Some(year), Some(MonthName { number, name: tools.month(number) }))
        }
    };
    Archive { scope, year, month, years: years.collect() }
}

fn about(linked: &Edition, lang: LangId, scope: ArchiveScope) -> Subject {
    let site = &linked.site;
    let whole = word(linked, lang, "archive", "Archive");
    let title = match scope {
        ArchiveScope::All => whole.clone(),
        ArchiveScope::Year(year) => year.to_string(),
        ArchiveScope::Month(year, month) => format!("{} {year}", site.content.tools[lang].month(month)),
    };
    let url = |lang| has_pages(linked, lang, scope).then(|| site.archive_url(lang, scope));
    let mut about = generated_page(linked, lang, title, "archive.html", &url);
    let at = about.breadcrumbs.len() - 1;
    let mut above = Vec::new();
    if scope != ArchiveScope::All {
        above.push((whole, Some(site.archive_url(lang, ArchiveScope::All))));
    }
    if let ArchiveScope::Month(year, _) = scope {
        above.push((year.to_string(), Some(site.archive_url(lang, ArchiveScope::Year(year)))));
    }
    about.breadcrumbs.splice(at..at, above);
    about
}

/// The pages of a month; empty for a year and for the whole archive.
fn pages(linked: &Edition, lang: LangId, scope: ArchiveScope) -> &[PageId] {
    let ArchiveScope::Month(year, month) = scope else { return &[] };
    let archive = linked.features.listings.archive(lang).iter();
    let mut months = archive.filter(|(found, _)| *found == year).flat_map(|(_, months)| months);
    months.find(|(found, _)| *found == month).map_or(&[], |(_, pages)| pages.as_slice())
}

fn has_pages(linked: &Edition, lang: LangId, scope: ArchiveScope) -> bool {
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
