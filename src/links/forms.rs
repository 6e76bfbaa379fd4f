//! The links in the texts of forms, resolved for each language of the site.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use super::resolve::{LinkInputs, LinkSource, Resolver};
use super::{Addresses, Links, Target, check_path, end_with_slash};
use crate::config::LangId;
use crate::content::form::{Form, FormId, TextLink};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::plan::Plan;
use crate::site::{PageId, Site};

/// Where the links of all forms lead.
#[derive(Debug, Default)]
pub(super) struct FormLinks {
    /// By form, language and what is written.
    targets: BTreeMap<(FormId, LangId), BTreeMap<String, Target>>,
    /// What is wrong with those of each form.
    problems: Vec<(FormId, Diagnostic)>,
}

impl FormLinks {
    /// Resolves the links of all forms.
    pub(super) fn collect(site: &Site, inputs: &LinkInputs<'_>) -> Self {
        let mut found = Self::default();
        for (index, form) in site.content.forms.each() {
            for (lang, link) in links_by_language(site, form) {
                let from = LinkSource { path: &form.path, lang, page: None };
                let target = match by_content_path(site, link, lang) {
                    Some(page) => Target::Page { page, rest: String::new() },
                    None => {
                        let mut resolver = Resolver::new(site, from, inputs);
                        let target = resolver.target(&link.target, link.span);
                        let problems = resolver.diagnostics.into_iter();
                        found.problems.extend(problems.map(|problem| (index, problem)));
                        target
                    }
                };
                found.targets.entry((index, lang)).or_default().insert(link.target.clone(), target);
            }
        }
        found
    }

    /// The files that they lead to.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.targets.values().flat_map(BTreeMap::values).filter_map(|target| match target {
            Target::File { path, .. } => Some(path.as_str()),
            _ => None,
        })
    }

    /// The target of a link, for readers of a language.
    pub(super) fn target(&self, form: FormId, lang: LangId, link: &TextLink) -> &Target {
        let targets = self.targets.get(&(form, lang));
        targets.and_then(|targets| targets.get(&link.target)).unwrap_or(&Target::Broken)
    }

    /// Reports what is wrong, each fault once.
    pub(super) fn check(
        &mut self,
        (site, links): (&Site, &Links),
        plan: &Plan,
        is_shown: &dyn Fn(FormId) -> bool,
        diagnostics: &mut Diagnostics,
    ) {
        let mut problems = std::mem::take(&mut self.problems);
        let by_url: LazyCell<BTreeMap<&str, PageId>, _> =
            LazyCell::new(|| site.pages().map(|page| (page.url.as_str(), page.id)).collect());
        for path in self.targets.values_mut().flat_map(BTreeMap::values_mut).filter_map(Target::path_mut) {
            end_with_slash(path, plan);
        }
        for (index, form) in site.content.forms.each() {
            for (lang, link) in links_by_language(site, form) {
                let problem = match self.target(index, lang, link) {
                    Target::Path(path) => {
                        let inputs = Addresses { site, plan, by_url: &by_url };
                        check_path((&form.path, link.span), path, &inputs)
                    }
                    Target::File { path, .. } if links.file_url(path).is_none() => Some(
                        Diagnostic::new(Code::MissingFile, format!("no page publishes `{path}`"))
                            .at(&form.path, link.span)
                            .help("put the file into `static/`, and link to it by its path: `/terms.pdf`"),
                    ),
                    _ => None,
                };
                problems.extend(problem.map(|problem| (index, problem)));
            }
        }
        let mut said: BTreeSet<(FormId, Option<Span>, String)> = BTreeSet::new();
        for (form, problem) in problems {
            let is_of_edition = matches!(problem.code, Code::LinkToTeam | Code::LinkToUnpublished);
            if is_of_edition && !is_shown(form) {
                continue;
            }
            let span = problem.place.as_ref().and_then(|place| place.span);
            if said.insert((form, span, problem.message.clone())) {
                diagnostics.push(problem);
            }
        }
    }
}

/// The links of a form with each language whose readers can meet them.
fn links_by_language<'f>(site: &Site, form: &'f Form) -> impl Iterator<Item = (LangId, &'f TextLink)> {
    let languages: Vec<LangId> = site.languages().collect();
    let default = site.config().default_language;
    form.texts().filter(|text| !text.links.is_empty()).flat_map(move |text| {
        let shown = |lang| text.linked(lang, default).1.map(move |link| (lang, link));
        languages.iter().copied().flat_map(shown).collect::<Vec<_>>()
    })
}

/// The page that is named as in other keys of a form: `pages/privacy`.
fn by_content_path(site: &Site, link: &TextLink, lang: LangId) -> Option<PageId> {
    let key = link.target.trim_matches('/');
    let key = key.strip_suffix(".md").unwrap_or(key);
    let is_path = key.contains('/') && !link.target.starts_with(['/', '.']);
    site.find_any(key, lang).filter(|_| is_path)
}
