//! Links by URL, and those of menus: checked once the plan knows all addresses.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use super::{Links, Target, resolve};
use crate::config::{MenuItem, MenuTarget};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity, Span};
use crate::encode::percent;
use crate::plan::Plan;
use crate::project::CONFIG_FILE;
use crate::site::{PageId, Site};

impl Links {
    /// Reports links by path (`/insights/`), also those of menus, whose address the plan doesn't have. A path without
    /// the slash at the end of what is there (`/category/sales`) gets it, so that no host has to lead readers on.
    pub fn check_paths(&mut self, site: &Site, plan: &Plan, diagnostics: &mut Diagnostics) {
        for item in site.config().menus.values().flatten() {
            check_menu(site, plan, item, diagnostics);
        }
        // Most sites link by files alone.
        let by_url: LazyCell<BTreeMap<&str, PageId>, _> =
            LazyCell::new(|| site.pages().map(|page| (page.url.as_str(), page.id)).collect());
        let gated = self.gated.values_mut();
        for path in self.targets.iter_mut().chain(gated).flatten().filter_map(Target::path_mut) {
            end_with_slash(path, plan);
        }
        for page in site.pages() {
            let open = (page.body(), self.targets[page.id.index()].as_slice());
            let gated = page.gated().map(|gated| (gated.secret(), self.gated(page.id)));
            for (body, targets) in [Some(open), gated].into_iter().flatten() {
                for (index, (raw, target)) in body.links.iter().zip(targets).enumerate() {
                    let Target::Path(path) = target else { continue };
                    let known = Addresses { site, plan, by_url: &by_url };
                    let problem = check_path((page.path(), raw.target_span), path, &known);
                    diagnostics.extend(match body.is_html_link(index) {
                        true => problem.map(in_html),
                        false => problem,
                    });
                }
            }
        }
    }
}

/// Gives a path without the slash at the end of what is there that slash.
pub(super) fn end_with_slash(path: &mut String, plan: &Plan) {
    let end = path.find(['?', '#']).unwrap_or(path.len());
    if !path[..end].ends_with('/') && !plan.has(&percent::decode(&path[..end])) {
        let whole = format!("{}/", &path[..end]);
        if plan.serves(&percent::decode(&whole)) {
            path.insert(end, '/');
        }
    }
}

/// The report of a link of raw HTML: where it only leads nowhere, the site can go out.
pub(super) fn in_html(mut problem: Diagnostic) -> Diagnostic {
    if matches!(problem.code, Code::BrokenLink | Code::BrokenFragment | Code::MissingFile) {
        problem.severity = Severity::Warning;
    }
    problem
}

/// The pages and files of an edition by their addresses.
pub(super) struct Addresses<'a> {
    pub(super) site: &'a Site,
    pub(super) plan: &'a Plan,
    pub(super) by_url: &'a BTreeMap<&'a str, PageId>,
}

/// What is wrong with a link by path, if anything.
pub(super) fn check_path(
    (file, span): (&str, Span),
    path: &str,
    known: &Addresses<'_>,
) -> Option<Diagnostic> {
    let (address, fragment) =
        path.split_once('#').map_or((path, ""), |(address, fragment)| (address, fragment));
    let address = percent::decode(address.split('?').next().unwrap_or(address));
    if known.plan.serves(&address) {
        let to = known.site.page(*known.by_url.get(&*address).filter(|_| !fragment.is_empty())?);
        let fragment = percent::decode(fragment);
        let is_there = resolve::has_fragment(known.site, to, &fragment);
        return (!is_there)
            .then(|| resolve::no_fragment((file, span), to, &fragment, resolve::Guess::Heading));
    }
    let hidden = known.site.hidden_at(&address);
    if let Some(problem) = hidden.and_then(|(entry, why)| resolve::not_here(&entry.place.path, why)) {
        return Some(problem.at(file, span));
    }
    let problem = Diagnostic::new(Code::BrokenLink, format!("there is nothing at `{address}`"))
        .at(file, span)
        .suggest(&address, known.by_url.keys().copied())
        .help("link to the file, such as `../insights/name.md`: then the URL is always right");
    Some(problem)
}

/// An entry's address must be there in the default language; in others it may lead to what isn't translated.
fn check_menu(site: &Site, plan: &Plan, item: &MenuItem, diagnostics: &mut Diagnostics) {
    let default = site.config().default_language;
    if let MenuTarget::Url(url) = &item.target
        && let Some(path) = site.menu_path(&url.value, default)
        && !plan.serves(&percent::decode(path.split(['?', '#']).next().unwrap_or(&path)))
    {
        diagnostics.push(
            Diagnostic::new(Code::BrokenLink, format!("there is nothing at `{}`", url.value))
                .at(CONFIG_FILE, url.span)
                .suggest(&url.value, site.pages().map(|page| page.url.as_str()))
                .help("name a page by its file instead: `page: pages/about`"),
        );
    }
    for child in &item.children {
        check_menu(site, plan, child, diagnostics);
    }
}
