//! Every page and every list of pages: sections and people in parts, terms, series, the archive, A–Z, not found.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::config::LangId;
use crate::content::PageKind;
use crate::content::front_matter::SortBy;
use crate::diag::Diagnostics;
use crate::ids::IdVec;
use crate::plan::{Artifact, Origin, OutPath, Planned, Route, Warrant};
use crate::site::routes::{self, ArchiveScope};
use crate::site::{Page, PageId, Site};

/// The articles of a language by year and month, the newest first.
pub type Archive = Vec<(i16, Vec<(i8, Vec<PageId>)>)>;

/// The lists of an edition.
#[derive(Debug)]
pub struct Listings {
    /// The years and months that have articles, by language.
    archives: IdVec<LangId, Archive>,
    /// All articles by language, the newest first.
    articles: IdVec<LangId, Vec<PageId>>,
    /// The pages of sections that hold other sections, too.
    mixed: BTreeMap<PageId, Vec<PageId>>,
    /// The place of each article among those of its section, the newest first.
    neighbours: BTreeMap<PageId, (Option<PageId>, Option<PageId>)>,
}

impl Listings {
    /// Collects the lists of an edition; nothing in them can be wrong.
    #[must_use]
    pub fn collect(site: &Site, _: &mut Diagnostics) -> Self {
        let articles = site.config().languages.map(|(lang, _)| site.articles(lang));
        let archives = articles.map(|(_, articles)| archive(site, articles));
        let (mut mixed, mut neighbours) = (BTreeMap::new(), BTreeMap::new());
        for section in site.pages().filter(|page| is_list(page)) {
            let mut pages = site.children(section.id).to_vec();
            pages.retain(|id| site.page(*id).kind() != PageKind::Section);
            if pages.len() < site.children(section.id).len() {
                mixed.insert(section.id, pages.clone());
            }
            let by_date = section.meta().section().is_none_or(|own| own.sort_by == SortBy::Date);
            pages.retain(|id| {
                site.page(*id).is_article() && (!by_date || site.page(*id).meta().date.is_some())
            });
            for (index, id) in pages.iter().enumerate() {
                let above = index.checked_sub(1).map(|index| pages[index]);
                let below = pages.get(index + 1).copied();
                // The newest stands first, so in a list by date what came before stands below.
                neighbours.insert(*id, if by_date { (below, above) } else { (above, below) });
            }
        }
        Self { archives, articles, mixed, neighbours }
    }

    /// What a section's or person's list shows: pages, not sections.
    #[must_use]
    pub fn listed<'a>(&'a self, site: &'a Site, page: &Page) -> &'a [PageId] {
        match page.kind() {
            PageKind::Section if is_list(page) => {
                self.mixed.get(&page.id).map_or_else(|| site.children(page.id), Vec::as_slice)
            }
            PageKind::Person => site.written_by(page.id),
            _ => &[],
        }
    }

    /// How many parts a page's list has.
    #[must_use]
    pub fn parts(&self, site: &Site, page: &Page) -> usize {
        routes::parts(self.listed(site, page).len(), per_part(site, page))
    }

    /// The articles of a language, the newest first.
    #[must_use]
    pub fn articles(&self, lang: LangId) -> &[PageId] {
        &self.articles[lang]
    }

    /// The archive of a language.
    #[must_use]
    pub fn archive(&self, lang: LangId) -> &Archive {
        &self.archives[lang]
    }

    /// The pages before and after a page in its section: by date the older and the newer one, else as listed.
    #[must_use]
    pub fn neighbours(&self, page: PageId) -> (Option<PageId>, Option<PageId>) {
        self.neighbours.get(&page).copied().unwrap_or_default()
    }

    /// Every file that shows a page or a list.
    pub fn artifacts<'s>(&'s self, site: &'s Site) -> impl Iterator<Item = Planned> + use<'s> {
        let mut lists = Vec::new();
        for lang in site.languages() {
            self.lists(site, lang, &mut lists);
        }
        // A term's own page is a part of the term's list.
        let pages = site.pages().filter(|page| page.kind() != PageKind::Term).flat_map(|page| {
            (1..=self.parts(site, page)).filter_map(|part| {
                Some(Planned {
                    path: OutPath::of_url(&routes::part_url(&page.url, part)),
                    artifact: Artifact::Page(Route::Page { page: page.id, part }),
                    origin: Origin::Page(Arc::clone(&page.document)),
                    warrant: Warrant::page(site, page.id)?,
                })
            })
        });
        pages.chain(lists)
    }

    fn lists(&self, site: &Site, lang: LangId, all: &mut Vec<Planned>) {
        let edition = Some(Warrant::edition(site));
        let mut add = |url: String, artifact: Artifact, what: String, warrant: Option<Warrant>| {
            let planned = |warrant| {
                let path = OutPath::of_url(&url);
                Planned { path, artifact, origin: Origin::generated(what), warrant }
            };
            all.extend(warrant.map(planned));
        };
        for (taxonomy, config) in site.config().taxonomies.each() {
            let terms = site.terms(lang, taxonomy);
            if terms.is_empty() {
                continue;
            }
            let url = site.taxonomy_url(lang, taxonomy);
            add(
                url,
                Artifact::Page(Route::Taxonomy { lang, taxonomy }),
                format!("the list of all `{}`", config.name),
                edition,
            );
            for (term, found) in terms.each() {
                let warrant = Warrant::pages(site, found.pages.iter().copied().chain(found.page));
                for part in 1..=routes::parts(found.pages.len(), site.config().pagination) {
                    let url = routes::part_url(&site.term_url(lang, taxonomy, term), part);
                    let what = format!("the list of `{}` \"{}\"", config.name, found.label);
                    add(url, Artifact::Page(Route::Term { lang, taxonomy, term, part }), what, warrant);
                }
            }
        }
        for (series, config) in site.config().series.each() {
            if !site.series(lang, series).is_empty() {
                let what = format!("the series `{}`", config.id);
                let warrant = Warrant::pages(site, site.series(lang, series).iter().map(|(_, page)| *page));
                add(
                    site.series_url(lang, series),
                    Artifact::Page(Route::Series { lang, series }),
                    what,
                    warrant,
                );
            }
        }
        for scope in self.archive_scopes(lang) {
            add(
                site.archive_url(lang, scope),
                Artifact::Page(Route::Archive { lang, scope }),
                "the archive".into(),
                edition,
            );
        }
        add(site.a_to_z_url(lang), Artifact::Page(Route::AToZ { lang }), "the A–Z page".into(), edition);
        add(
            site.not_found_url(lang),
            Artifact::Page(Route::NotFound { lang }),
            "the 404 page".into(),
            edition,
        );
    }

    /// The pages of the archive: all years, each year, and each of its months; none where nothing has a date.
    fn archive_scopes(&self, lang: LangId) -> impl Iterator<Item = ArchiveScope> {
        let archive = self.archive(lang);
        let scopes = archive.iter().flat_map(|(year, months)| {
            let months = months.iter().map(|(month, _)| ArchiveScope::Month(*year, *month));
            std::iter::once(ArchiveScope::Year(*year)).chain(months)
        });
        let all_years = (!archive.is_empty()).then_some(ArchiveScope::All);
        all_years.into_iter().chain(scopes)
    }
}

/// Is it a section with a list of its pages? The home page has lists of its own.
fn is_list(page: &Page) -> bool {
    page.kind() == PageKind::Section && !page.document.place.key.is_empty()
}

/// Pages in one part of a page's list; 0 for all in one. People are shown together.
#[must_use]
pub fn per_part(site: &Site, page: &Page) -> usize {
    if page.document.place.key == "people" {
        0
    } else {
        page.meta().section().and_then(|own| own.paginate_by).unwrap_or(site.config().pagination)
    }
}

fn archive(site: &Site, articles: &[PageId]) -> Archive {
    let mut archive: Archive = Vec::new();
    for id in articles {
        let Some(date) = site.page(*id).meta().date else { continue };
        let (year, month): (i16, i8) = (Date::year(date), Date::month(date));
        match archive.last_mut() {
            Some((last, months)) if *last == year => match months.last_mut() {
                Some((last, pages)) if *last == month => pages.push(*id),
                _ => months.push((month, vec![*id])),
            },
            _ => archive.push((year, vec![(month, vec![*id])])),
        }
    }
    archive
}
