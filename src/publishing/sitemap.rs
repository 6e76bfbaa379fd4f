//! The sitemap, for search engines: every page that they may list, with its translations. And `robots.txt`.
//!
//! [`Sitemap::collect`] reads the plan, so that it can't name a page that isn't there; it runs when all pages are
//! planned. An edition with team content has no sitemap and asks all robots to stay away.

use std::ops::Range;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::config::{Audience, LangId, SeriesId, TaxonomyId};
use crate::diag::Diagnostics;
use crate::encode::xml::{self, Xml};
use crate::plan::{Artifact, Origin, OutPath, Plan, Planned, Route, Warrant};
use crate::site::routes::ArchiveScope;
use crate::site::{PageId, PublishStatus, Site};

/// URLs in one file (sitemaps.org).
const MAX_URLS: usize = 50_000;

/// Bytes in one file: sitemaps.org allows 50 MB, and [`Entry::weight`] is a close guess.
const MAX_BYTES: usize = 45_000_000;

/// One page, whatever the language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    /// A page with a file, by the first of its translations.
    Page(PageId),
    Taxonomy(TaxonomyId),
    /// A term's list, by its taxonomy and its slug.
    Term(TaxonomyId, String),
    Series(SeriesId),
    Archive(ArchiveScope),
    AToZ,
    Objections,
}

#[derive(Debug)]
struct Entry {
    subject: Subject,
    lang: LangId,
    /// The absolute URL.
    url: String,
    changed: Option<Date>,
    /// Where [`Sitemap::translations`] has the entries about the same subject, itself included.
    translations: Range<usize>,
}

/// The pages that search engines may list.
#[derive(Debug, Default)]
pub struct Sitemap {
    /// In the order of their paths.
    entries: Vec<Entry>,
    /// All entries, those about one subject together and by language.
    translations: Vec<usize>,
    /// The entries of each file.
    parts: Vec<Range<usize>>,
}

impl Sitemap {
    /// Collects the pages from a plan that has all of them.
    #[must_use]
    pub fn collect(site: &Site, plan: &Plan, _: &mut Diagnostics) -> Self {
        let mut sitemap = Self::default();
        if is_internal(site) {
            return sitemap;
        }
        let planned: Vec<&Artifact> = plan.iter().map(|(_, artifact)| artifact).collect();
        sitemap.entries = planned.into_par_iter().filter_map(|artifact| entry(site, artifact)).collect();
        let all = &sitemap.entries;
        sitemap.translations = (0..all.len()).collect();
        let order = |index: usize| (&all[index].subject, all[index].lang);
        sitemap.translations.sort_unstable_by(|a, b| order(*a).cmp(&order(*b)));
        let mut start = 0;
        let is_same = |a: &usize, b: &usize| all[*a].subject == all[*b].subject;
        let groups = sitemap.translations.chunk_by(is_same).map(|group| {
            start += group.len();
            start - group.len()..start
        });
        for group in groups.collect::<Vec<_>>() {
            for index in &sitemap.translations[group.clone()] {
                sitemap.entries[*index].translations = group.clone();
            }
        }
        sitemap.divide(MAX_URLS);
        sitemap
    }

    /// Cuts the entries into files with at most `max` URLs and [`MAX_BYTES`].
    fn divide(&mut self, max: usize) {
        let (mut start, mut bytes) = (0, 0);
        for (index, entry) in self.entries.iter().enumerate() {
            let weight = self.weight(entry);
            if index - start == max || bytes + weight > MAX_BYTES {
                self.parts.push(start..index);
                (start, bytes) = (index, 0);
            }
            bytes += weight;
        }
        self.parts.push(start..self.entries.len());
    }

    /// About as many bytes as an entry takes.
    fn weight(&self, entry: &Entry) -> usize {
        let translations: usize = self.alternates(entry).map(|(_, url)| url.len() + 70).sum();
        entry.url.len() + 80 + translations
    }

    /// `sitemap.xml`, and its parts where it must be divided.
    #[must_use]
    pub fn artifacts(&self, site: &Site) -> Vec<Planned> {
        if self.entries.is_empty() {
            return Vec::new();
        }
        let plan = |path: String, artifact| Planned {
            path: OutPath::file(path),
            artifact,
            origin: Origin::generated("the sitemap"),
            warrant: Warrant::edition(site),
        };
        let count = if self.parts.len() > 1 { self.parts.len() } else { 0 };
        let parts = (0..count).map(|part| plan(part_name(part), Artifact::SitemapPart(part)));
        std::iter::once(plan("sitemap.xml".into(), Artifact::Sitemap)).chain(parts).collect()
    }

    /// `sitemap.xml`: the URLs, or where they are more than fit into one file, the index of the parts.
    #[must_use]
    pub fn emit(&self, site: &Site) -> String {
        if self.parts.len() == 1 {
            return self.emit_part(site, 0);
        }
        xml::document("sitemapindex", &[("xmlns", NAMESPACE)], |xml| {
            for (part, entries) in self.parts.iter().enumerate() {
                xml.element("sitemap", &[], |xml| {
                    xml.text("loc", &[], &site.permalink(&format!("/{}", part_name(part))));
                    let changed =
                        self.entries[entries.clone()].iter().filter_map(|entry| entry.changed).max();
                    lastmod(xml, changed);
                });
            }
        })
    }

    /// One part (from 0): `sitemap-1.xml` is the first.
    #[must_use]
    pub fn emit_part(&self, site: &Site, part: usize) -> String {
        let attributes = [("xmlns", NAMESPACE), ("xmlns:xhtml", "http://www.w3.org/1999/xhtml")];
        xml::document("urlset", &attributes, |xml| {
            for entry in &self.entries[self.parts[part].clone()] {
                xml.element("url", &[], |xml| {
                    xml.text("loc", &[], &entry.url);
                    lastmod(xml, entry.changed);
                    self.write_alternates(xml, site, entry);
                });
            }
        })
    }

    /// All languages of an entry, itself included; none where it has only one.
    fn alternates(&self, entry: &Entry) -> impl Iterator<Item = (LangId, &str)> {
        let all = entry.translations.clone();
        let all = if all.len() > 1 { &self.translations[all] } else { &[] };
        all.iter().map(|index| (self.entries[*index].lang, self.entries[*index].url.as_str()))
    }

    fn write_alternates(&self, xml: &mut Xml, site: &Site, entry: &Entry) {
        let mut link = |lang: &str, url: &str| {
            xml.empty("xhtml:link", &[("rel", "alternate"), ("hreflang", lang), ("href", url)]);
        };
        for (lang, url) in self.alternates(entry) {
            link(&site.config().languages[lang].code, url);
        }
        let default = self.alternates(entry).find(|(lang, _)| *lang == site.config().default_language);
        if let Some((_, url)) = default {
            link("x-default", url);
        }
    }
}

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

fn part_name(part: usize) -> String {
    format!("sitemap-{}.xml", part + 1)
}

fn lastmod(xml: &mut Xml, changed: Option<Date>) {
    if let Some(date) = changed {
        xml.text("lastmod", &[], &date.to_string());
    }
}

/// Is the edition for the company's own people?
fn is_internal(site: &Site) -> bool {
    site.view.edition.sees(Audience::Team)
}

/// What a search engine should list of a planned file: the first part of each list, and each page whose original is
/// here.
fn entry(site: &Site, artifact: &Artifact) -> Option<Entry> {
    let (subject, lang, url, changed) = match *artifact {
        Artifact::Page(Route::Page { page, part: 1 }) => {
            let page = site.page(page);
            let meta = page.meta();
            let is_copy = meta.source.as_ref().is_some_and(|source| source.canonical && source.url.is_some());
            if is_copy || !page.is_indexed() || page.state != PublishStatus::Published {
                return None;
            }
            let subject = Subject::Page(page.translations.first().copied().unwrap_or(page.id));
            (subject, page.lang(), page.url.clone(), meta.date.max(meta.updated))
        }
        Artifact::Page(Route::Taxonomy { lang, taxonomy }) => {
            (Subject::Taxonomy(taxonomy), lang, site.taxonomy_url(lang, taxonomy), None)
        }
        Artifact::Page(Route::Term { lang, taxonomy, term, part: 1 }) => {
            let found = &site.terms(lang, taxonomy)[term];
            let own = found.page.map(|page| site.page(page));
            if own.is_some_and(|page| !page.is_indexed() || page.state != PublishStatus::Published) {
                return None;
            }
            let changed = own.and_then(|page| page.meta().date.max(page.meta().updated));
            let subject = Subject::Term(taxonomy, found.slug.clone());
            (subject, lang, site.term_url(lang, taxonomy, term), changed)
        }
        Artifact::Page(Route::Series { lang, series }) => {
            (Subject::Series(series), lang, site.series_url(lang, series), None)
        }
        Artifact::Page(Route::Archive { lang, scope }) => {
            (Subject::Archive(scope), lang, site.archive_url(lang, scope), None)
        }
        Artifact::Page(Route::Objections { lang }) => {
            (Subject::Objections, lang, site.objections_url(lang), None)
        }
        Artifact::Page(Route::AToZ { lang }) => (Subject::AToZ, lang, site.a_to_z_url(lang), None),
        _ => return None,
    };
    Some(Entry { subject, lang, url: site.permalink(&url), changed, translations: 0..0 })
}

/// The place of `robots.txt`. Robots look for it at the root of a host only; below a path it does no harm.
#[must_use]
pub fn robots_artifact(site: &Site) -> Planned {
    let origin = Origin::generated("`robots.txt`");
    let warrant = Warrant::edition(site);
    Planned { path: OutPath::file("robots.txt"), artifact: Artifact::Robots, origin, warrant }
}

/// `robots.txt` (RFC 9309): everything is open, and where the sitemap is; nothing is open in an internal edition.
#[must_use]
pub fn robots(site: &Site) -> String {
    if is_internal(site) {
        return "User-agent: *\nDisallow: /\n".into();
    }
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", site.permalink("/sitemap.xml"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::MemoryProject;
    use crate::testing;

    fn project(config: impl FnOnce(&str) -> String) -> MemoryProject {
        let mut project = testing::project(config)
            .with("content/insights/asked.md", "---\ntitle: Asked\nnoindex: true\n---\nText.\n")
            .with(
                "content/insights/a.md",
                "---\ntitle: A\ndate: 2026-03-01\nupdated: 2026-11-02\ntags: [crm]\naliases: [/old]\n---\n",
            )
            .with(
                "content/insights/a.sv.md",
                "---\ntitle: Å\ndate: 2026-03-01\nslug: ar\ntags: [crm]\n---\nText.\n",
            )
            .with(
                "content/insights/copy.md",
                "---\ntitle: Copy\nsource: {name: X, url: 'https://example.com/x', canonical: true}\n---\n",
            )
            .with("content/scripts/call.md", "---\ntitle: Call\n---\nText.\n");
        for n in 0..12 {
            project = project
                .with(&format!("content/playbooks/{n}.md"), format!("---\ntitle: P {n}\n---\nText.\n"));
        }
        project
    }

    fn locs(xml: &str) -> Vec<&str> {
        xml.split("<loc>https://example.org").skip(1).map(|rest| &rest[..rest.find('<').unwrap()]).collect()
    }

    #[test]
    fn it_names_what_search_engines_should_list() {
        let linked = testing::linked(&project(str::to_string), "public");
        let xml = testing::file(&linked, "sitemap.xml").unwrap();
        let found = locs(&xml);
        let listed = "/ /sv/ /insights/ /insights/a/ /sv/insights/ar/ /playbooks/ /tags/ /sv/tags/crm/";
        for url in listed.split(' ').chain(["/archive/2026/03/", "/a-z/"]) {
            assert!(found.contains(&url), "{url}");
        }
        for url in
            "/insights/asked/ /old/ /insights/copy/ /playbooks/page/2/ /404.html /scripts/call/ /feed.xml"
                .split(' ')
        {
            assert!(!found.contains(&url), "{url}");
        }
        assert!(linked.plan.serves("/playbooks/page/2/"));
        assert_eq!(xml.matches("<lastmod>").count(), 2);
        assert!(xml.contains("<lastmod>2026-11-02</lastmod>"));
    }

    #[test]
    fn translations_name_each_other_and_the_default() {
        let linked = testing::linked(&project(str::to_string), "public");
        let xml = testing::file(&linked, "sitemap.xml").unwrap();
        let link = |lang, path| {
            format!(
                "  <xhtml:link rel=\"alternate\" hreflang=\"{lang}\" href=\"https://example.org{path}\"/>\n"
            )
        };
        let (a, ar) = ("/insights/a/", "/sv/insights/ar/");
        let links = [link("en", a), link("sv", ar), link("x-default", a)].concat();
        assert_eq!(xml.matches(&links).count(), 2, "{xml}");
        let alone = xml.split("<url>").find(|url| url.contains("/playbooks/3/")).unwrap();
        assert!(!alone.contains("xhtml"));
    }

    #[test]
    fn a_large_one_has_parts() {
        let linked = testing::linked(&project(str::to_string), "public");
        let site = &linked.site;
        let mut sitemap = std::sync::Arc::into_inner(linked.features.sitemap).unwrap();
        let count = sitemap.entries.len();
        sitemap.parts.clear();
        sitemap.divide(10);
        assert_eq!(sitemap.parts.iter().map(Range::len).sum::<usize>(), count);
        assert!(sitemap.parts.iter().all(|part| (1..=10).contains(&part.len())));
        let paths: Vec<_> = sitemap.artifacts(site).into_iter().map(|planned| planned.path).collect();
        assert_eq!(paths[..2], [OutPath::file("sitemap.xml"), OutPath::file("sitemap-1.xml")]);
        assert_eq!(paths.len(), 1 + sitemap.parts.len());
        let index = sitemap.emit(&linked.site);
        assert_eq!(locs(&index)[..2], ["/sitemap-1.xml", "/sitemap-2.xml"]);
        assert!(index.contains("<lastmod>2026-11-02</lastmod>"));
        let parts = (0..sitemap.parts.len()).map(|part| sitemap.emit_part(&linked.site, part));
        assert_eq!(parts.map(|part: String| locs(&part).len()).sum::<usize>(), count);
    }

    #[test]
    fn its_weight_is_a_close_guess() {
        let linked = testing::linked(&project(str::to_string), "public");
        let guess: usize =
            linked.features.sitemap.entries.iter().map(|entry| linked.features.sitemap.weight(entry)).sum();
        let real = linked.features.sitemap.emit(&linked.site).len();
        assert!(guess * 11 / 10 > real && guess < real * 2, "{guess} for {real}");
    }

    #[test]
    fn an_internal_edition_is_closed_to_robots() {
        let linked = testing::linked(&project(str::to_string), "team");
        assert_eq!(testing::file(&linked, "sitemap.xml"), None);
        assert_eq!(testing::file(&linked, "robots.txt").unwrap(), "User-agent: *\nDisallow: /\n");
        assert!(
            testing::file(&linked, "_headers").unwrap().contains("\n  X-Robots-Tag: noindex, nofollow\n")
        );
    }

    #[test]
    fn robots_find_the_sitemap_below_a_path() {
        let project = project(|config| config.replace("https://example.org/", "https://example.org/blog/"));
        let linked = testing::linked(&project, "public");
        let robots = testing::file(&linked, "robots.txt").unwrap();
        assert_eq!(robots, "User-agent: *\nAllow: /\n\nSitemap: https://example.org/blog/sitemap.xml\n");
    }
}
