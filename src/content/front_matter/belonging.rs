//! What a page says of its place among others: its address, its authors, its terms, its series, where it comes from.

use super::Front;
use crate::config::{SeriesId, TaxonomyId};
use crate::diag::{Code, Diagnostic};
use crate::encode::address::Web;
use crate::yaml::dates::PartialDate;
use crate::yaml::{Fields, Node, Spanned};

/// Where a text comes from that was published elsewhere first, or quotes another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceMeta {
    /// The name of the publication or page that it comes from.
    pub name: String,
    /// Its absolute address there; `None` if none is given.
    pub url: Option<Web>,
    /// When it appeared there, as far as it is known.
    pub date: Option<PartialDate>,
    /// Search engines are pointed there.
    pub canonical: bool,
}

/// A page's place in a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesMeta {
    /// The series that the page is a part of.
    pub series: SeriesId,
    /// The part, with its place.
    pub part: Spanned<i64>,
}

impl Front<'_> {
    /// What a page says of its place among others. A term's page has the place of its term.
    pub(super) fn relations(&mut self, fields: &mut Fields<'_>) {
        self.meta.slug = fields.take("slug").and_then(|node| self.slug(node));
        self.meta.guid = self.text(fields.take("guid"));
        self.meta.authors =
            fields.take("authors").and_then(|node| self.reader.names(node, |_| false)).unwrap_or_default();
        self.meta.terms = self.terms(fields);
        self.meta.series = fields.take("series").and_then(|node| self.series(node));
        self.meta.source = fields.take("source").and_then(|node| self.source(node));
        self.meta.episode = self.episode(fields);
    }

    /// The last part of an address, which has to be one already.
    pub(super) fn slug(&mut self, node: &Node) -> Option<Spanned<String>> {
        let slug = self.reader.text(node)?;
        let clean = crate::encode::slug::term(&slug.value);
        if clean == slug.value && !clean.is_empty() {
            return Some(slug);
        }
        let problem = Diagnostic::new(Code::InvalidValue, format!("`{}` can't be part of a URL", slug.value))
            .at(self.reader.file, slug.span);
        let help = if clean.is_empty() {
            "use letters, digits and hyphens".into()
        } else {
            format!("write `{clean}`")
        };
        let problem = if clean.is_empty() { problem } else { problem.fix(slug.span, &slug.value, clean) };
        self.reader.diagnostics.push(problem.help(help));
        None
    }

    fn terms(&mut self, fields: &mut Fields<'_>) -> Vec<(TaxonomyId, Vec<Spanned<String>>)> {
        let mut found = Vec::new();
        for (index, taxonomy) in self.config.taxonomies.each() {
            let Some((_, node)) = fields.take_named(&taxonomy.name) else { continue };
            let is_declared = |name: &str| taxonomy.terms.iter().any(|term| term.name == name);
            let mut terms = self.reader.names(node, is_declared).unwrap_or_default();
            if taxonomy.strict {
                terms.retain(|term| {
                    let known = taxonomy.terms.iter().map(|term| term.name.as_str());
                    let is_known = known.clone().any(|name| name == term.value);
                    if !is_known {
                        let message = format!("`{}` is not a term of `{}`", term.value, taxonomy.name);
                        self.reader.diagnostics.push(
                            Diagnostic::new(Code::UnknownTerm, message)
                                .at(self.reader.file, term.span)
                                .suggest(&term.value, known)
                                .help("terms are declared in `ringback.yaml`, under `taxonomies:`"),
                        );
                    }
                    is_known
                });
            }
            terms.retain(|term| {
                let has_slug = !crate::encode::slug::term(&term.value).is_empty();
                if !has_slug {
                    let message = format!("`{}` has no letters or digits for a URL", term.value);
                    self.reader.diagnostics.push(
                        Diagnostic::new(Code::InvalidValue, message)
                            .at(self.reader.file, term.span)
                            .help("write the term in words, such as `plus` or `a-plus`"),
                    );
                }
                has_slug
            });
            if !terms.is_empty() {
                found.push((index, terms));
            }
        }
        found
    }

    fn series(&mut self, node: &Node) -> Option<SeriesMeta> {
        let mut fields = self.reader.fields(node)?;
        let id = fields.require("id", "`series`", &mut self.reader).and_then(|node| self.reader.text(node));
        let part = fields.require("part", "`series`", &mut self.reader);
        let part_span = part.map_or(node.span, |node| node.span);
        let part = part.and_then(|node| self.reader.number(node, 1..=9999));
        fields.finish("`series`", [], &mut self.reader);
        let id = id?;
        let Some(series) = self.config.series.find(|series| series.id == id.value) else {
            self.reader.diagnostics.push(
                Diagnostic::new(Code::UnknownSeries, format!("there is no series `{}`", id.value))
                    .at(self.reader.file, id.span)
                    .suggest(&id.value, self.config.series.iter().map(|series| series.id.as_str()))
                    .help("series are declared in `ringback.yaml`, under `series:`"),
            );
            return None;
        };
        Some(SeriesMeta { series, part: Spanned { value: part?, span: part_span } })
    }

    fn source(&mut self, node: &Node) -> Option<SourceMeta> {
        let mut fields = self.reader.fields(node)?;
        let name = fields.require("name", "`source`", &mut self.reader);
        self.meta.places.source = name.map_or(node.span, |node| node.span);
        let name = name.and_then(|node| self.reader.text(node));
        let url = fields.take("url").and_then(|node| self.address(node));
        let date = fields.take("date").and_then(|node| self.reader.rough_date(node));
        let canonical = fields.take("canonical").and_then(|node| self.reader.truth(node)).unwrap_or_default();
        fields.finish("`source`", [], &mut self.reader);
        if canonical && url.is_none() {
            self.reader.report(Code::MissingKey, node.span, "`source` with `canonical: true` needs `url`");
        }
        Some(SourceMeta { name: name?.value, url, date, canonical })
    }
}
