//! What is wrong with old addresses, once everything that the edition has is planned.

use rustc_hash::FxHashMap;

use super::{
    Alias, Aliases, Artifact, BTreeMap, Code, Destination, Diagnostic, Diagnostics, Pattern, Plan, Redirect,
    RedirectTarget, Rule, Site, is_html, normal, origin, pages, percent,
};
use crate::project::names;

impl Aliases {
    /// Reports the aliases that only hosts know, and that something else has the URL of: a feed, a file, another alias.
    /// Reports redirects that hide what is there, lead nowhere, in a circle or to another redirect.
    pub fn check(&self, site: &Site, plan: &Plan, diagnostics: &mut Diagnostics) {
        let mut seen: BTreeMap<&str, &Alias> = BTreeMap::new();
        for (index, alias) in self.all.each().filter(|(_, alias)| !is_html(&alias.from)) {
            plan.check_alias(&alias.from, (index, &origin(site, alias)), diagnostics);
            let first = *seen.entry(&alias.from).or_insert(alias);
            if first.to != alias.to {
                diagnostics.push(twice(site, alias, first));
            }
        }
        let redirects = &site.config().redirects;
        if redirects.is_empty() {
            return;
        }
        let old = OldAddresses::new(redirects, self);
        let pages: Vec<String> = pages(plan).collect();
        for redirect in redirects {
            self.leads_somewhere(redirect, (plan, &pages), diagnostics);
            old.report_chain(redirect, diagnostics);
        }
        if !self.rules.is_empty() {
            let shown = plan.iter().filter(|(_, artifact)| !matches!(artifact, Artifact::Redirect { .. }));
            let urls = shown.map(|(path, _)| format!("/{}", path.as_str().trim_end_matches("index.html")));
            let urls: Vec<String> = urls.collect();
            self.rules.iter().for_each(|rule| hides(rule, &urls, diagnostics));
        }
    }

    /// Reports a path that nothing is at; `pages` are the addresses of all pages.
    fn leads_somewhere(
        &self,
        redirect: &Redirect,
        (plan, pages): (&Plan, &[String]),
        diagnostics: &mut Diagnostics,
    ) {
        let RedirectTarget::Path(to, _) = &redirect.to else { return };
        let is_there = match to.is_exact() {
            true => plan.serves(&to.fill(&[]).unwrap_or_default()),
            false => pages.iter().any(|url| to.parts(url).is_some()),
        };
        if is_there {
            return;
        }
        // One to a page that isn't out has been told and left out.
        let is_here = self.rules.iter().any(|rule| rule.redirect == *redirect)
            || self.all.iter().any(|alias| alias.file == redirect.file && alias.span == redirect.from_span);
        if is_here {
            let address = to.rule(&str::to_string, "*");
            diagnostics.push(
                Diagnostic::new(Code::BrokenLink, format!("there is nothing at `{address}`"))
                    .at(redirect.file, redirect.to_span)
                    .suggest(&address, pages.iter().map(String::as_str))
                    .help("lead to an address that the site has, or to a page's file: `insights/name.md`"),
            );
        }
    }
}

/// What is redirected already: a table of thousands of addresses is looked up, not walked for each of them.
struct OldAddresses<'a> {
    /// Redirects from one address, by it: the first of each.
    exact: FxHashMap<String, &'a Redirect>,
    /// The others, in their order.
    open: Vec<&'a Redirect>,
    /// The aliases of pages, by their paths.
    aliases: FxHashMap<&'a str, &'a Alias>,
}

impl<'a> OldAddresses<'a> {
    fn new(redirects: &'a [Redirect], aliases: &'a Aliases) -> Self {
        let (mut exact, mut open) = (FxHashMap::default(), Vec::new());
        for redirect in redirects.iter().filter(|redirect| redirect.from.query.is_empty()) {
            match redirect.from.is_exact() {
                true => _ = exact.entry(path_of(&redirect.from)).or_insert(redirect),
                false => open.push(redirect),
            }
        }
        let of_pages = aliases.all.iter().rev().filter(|alias| names::is_page(&alias.file));
        Self { exact, open, aliases: of_pages.map(|alias| (alias.from.as_str(), alias)).collect() }
    }

    /// Reports a redirect to an address that is redirected itself, be it by the same one: a loop.
    fn report_chain(&self, redirect: &Redirect, diagnostics: &mut Diagnostics) {
        let RedirectTarget::Path(to, _) = &redirect.to else { return };
        let address = to.example();
        let other = self.exact.get(address.trim_end_matches('/')).copied();
        let other =
            other.or_else(|| self.open.iter().copied().find(|other| other.from.parts(&address).is_some()));
        let next = other.map(|other| (other.file.to_string(), other.from_span, other == redirect));
        let alias = || self.aliases.get(normal(&percent::path(&address)).as_str());
        let next = next.or_else(|| alias().map(|alias| (alias.file.clone(), alias.span, false)));
        let Some((file, span, is_loop)) = next else { return };
        let message = match is_loop {
            true => format!("this redirect leads back to itself: `{address}` is an old address, too"),
            false => format!("this leads to `{address}`, which is redirected itself"),
        };
        let problem = Diagnostic::new(Code::RedirectChain, message).at(redirect.file, redirect.to_span);
        diagnostics.push(match is_loop {
            true => problem.help("lead to an address that the old one doesn't match"),
            false => {
                problem.related(file, Some(span), "redirected here").help("write the address that it ends at")
            }
        });
    }
}

fn twice(site: &Site, alias: &Alias, first: &Alias) -> Diagnostic {
    let message = match first.to {
        Destination::Page(page) => {
            let title = site.page(page).title();
            format!("the alias `{}` would hide an alias of the page \"{title}\"", alias.from)
        }
        _ => format!("`{}` is redirected already", alias.from),
    };
    Diagnostic::new(Code::AliasHidesPage, message)
        .at(&alias.file, alias.span)
        .related(&first.file, None, "the other one")
        .help("remove the alias, or rename the page or file that has its URL")
}

/// The path of a pattern that fits one alone, as two spellings of a folder have it: without the last slash.
fn path_of(from: &Pattern) -> String {
    from.fill(&[]).unwrap_or_default().trim_end_matches('/').to_string()
}

/// Reports a pattern that stands for one of `urls`, which some hosts would never show again.
fn hides(rule: &Rule, urls: &[String], diagnostics: &mut Diagnostics) {
    let Redirect { from, file, from_span, .. } = &rule.redirect;
    let hidden = urls.iter().filter(|url| from.query.is_empty() && from.parts(url).is_some()).min();
    if let Some(url) = hidden {
        let shown = from.rule(&str::to_string, "*");
        let message = format!("the redirect from `{shown}` would hide `{url}`, which the site has");
        diagnostics.push(
            Diagnostic::new(Code::AliasHidesPage, message)
                .at(*file, *from_span)
                .help("make the old address narrower, so that it matches nothing that is there"),
        );
    }
}
