//! What is wrong with old addresses, once everything that the edition has is planned.

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
        for (index, alias) in self.all.iter().enumerate().filter(|(_, alias)| !is_html(&alias.from)) {
            plan.check_alias(&alias.from, (index, &origin(site, alias)), diagnostics);
            let first = *seen.entry(&alias.from).or_insert(alias);
            if first.to != alias.to {
                diagnostics.push(twice(site, alias, first));
            }
        }
        for redirect in &site.config().redirects {
            self.leads_somewhere(redirect, plan, diagnostics);
            self.leads_on(site, redirect, diagnostics);
        }
        for rule in &self.rules {
            hides(rule, plan, diagnostics);
        }
    }

    /// Reports a path that nothing is at.
    fn leads_somewhere(&self, redirect: &Redirect, plan: &Plan, diagnostics: &mut Diagnostics) {
        let RedirectTarget::Path(to, _) = &redirect.to else { return };
        // One to a page that isn't out has been told and left out.
        let is_here = self.rules.iter().any(|rule| rule.redirect == *redirect)
            || self.all.iter().any(|alias| alias.file == redirect.file && alias.span == redirect.from_span);
        let is_there = match to.is_exact() {
            true => plan.serves(&to.filled(&[]).unwrap_or_default()),
            false => pages(plan).any(|url| to.parts(&url).is_some()),
        };
        if !is_there && is_here {
            let address = to.rule(&str::to_string, "*");
            let known: Vec<String> = pages(plan).collect();
            diagnostics.push(
                Diagnostic::new(Code::BrokenLink, format!("there is nothing at `{address}`"))
                    .at(redirect.file, redirect.to_span)
                    .suggest(&address, known.iter().map(String::as_str))
                    .help("lead to an address that the site has, or to a page's file: `insights/name.md`"),
            );
        }
    }

    /// Reports a redirect to an address that is redirected itself, be it by the same one: a loop.
    fn leads_on(&self, site: &Site, redirect: &Redirect, diagnostics: &mut Diagnostics) {
        let RedirectTarget::Path(to, _) = &redirect.to else { return };
        let address = to.example();
        let is_meant = |from: &Pattern| from.query.is_empty() && from.parts(&address).is_some();
        let others = site.config().redirects.iter().find(|other| is_meant(&other.from));
        let next = others.map(|other| (other.file.to_string(), other.from_span, other == redirect));
        let own = normal(&percent::path(&address));
        let alias = || self.all.iter().find(|alias| names::is_page(&alias.file) && alias.from == own);
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

/// Reports a pattern that stands for something that is there, which some hosts would never show again.
fn hides(rule: &Rule, plan: &Plan, diagnostics: &mut Diagnostics) {
    let Redirect { from, file, from_span, .. } = &rule.redirect;
    let shown = plan.iter().filter(|(_, artifact)| !matches!(artifact, Artifact::Redirect { .. }));
    let hidden = shown.map(|(path, _)| format!("/{}", path.as_str().trim_end_matches("index.html")));
    let hidden = hidden.filter(|url| from.query.is_empty() && from.parts(url).is_some()).min();
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
