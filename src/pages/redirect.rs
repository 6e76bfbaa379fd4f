//! The stub at an old address: an alias of a page, or a redirect of the site.

use serde::Serialize;

use super::base::Base;
use super::linked::Edition;
use crate::diag::Diagnostic;
use crate::plan::RedirectId;
use crate::publishing::policy::Policy;
use crate::publishing::redirects::Destination;
use crate::site::Page;
use crate::theme::values::{Html, Values};

/// What `redirect.html` gets, with `site`, `theme`, `assets` and `t`.
#[derive(Debug, Serialize)]
struct RedirectPage<'a> {
    /// Where it leads, as a link has it.
    url: String,
    /// The absolute URL that it leads to.
    permalink: String,
    /// The code of the language of the page that it leads to, otherwise of the default language.
    lang: &'a str,
    /// The title of the page that it leads to; where it leads elsewhere, that address.
    title: String,
    /// The policy of this page, for `<meta http-equiv="Content-Security-Policy">`.
    policy: Html,
}

/// Renders the stub at an old address, given by its index.
pub(super) fn render(linked: &Edition, alias: RedirectId) -> Result<String, Box<Diagnostic>> {
    let site = &linked.site;
    let alias = &linked.features.aliases.all[alias];
    let page = match alias.to {
        Destination::Page(page) => Some(site.page(page)),
        Destination::Path(_) | Destination::Web(_) => None,
    };
    let lang = page.map_or(site.config().default_language, Page::lang);
    let permalink = alias.to.permalink(site);
    let view = RedirectPage {
        url: alias.to.href(site),
        lang: &site.config().languages[lang].code,
        title: page.map_or_else(|| permalink.clone(), |page| page.title().to_string()),
        permalink,
        policy: Html::new(&Policy::default().meta()),
    };
    let values = Values::new(&Base::new(linked, lang)).with(&view);
    let what = format!("the page at `{}`, which leads to `{}`", alias.from, view.permalink);
    linked.theme.engines[lang].render("redirect.html", &values, &what)
}
