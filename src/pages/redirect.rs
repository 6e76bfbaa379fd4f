//! The stub at an alias of a page.

use serde::Serialize;

use super::base::Base;
use super::linked::Linked;
use crate::diag::Diagnostic;
use crate::publishing::policy::Policy;
use crate::theme::values::{Html, Values};

/// What `redirect.html` gets, with `site`, `theme`, `assets` and `t`.
#[derive(Debug, Serialize)]
struct RedirectPage<'a> {
    /// The path that it leads to.
    url: String,
    /// The absolute URL that it leads to.
    permalink: String,
    /// The code of the target's language.
    lang: &'a str,
    /// The target's title.
    title: &'a str,
    /// The policy of this page, for `<meta http-equiv="Content-Security-Policy">`.
    policy: Html,
}

/// Renders the stub at an alias, given by its index.
pub(super) fn render(linked: &Linked, alias: usize) -> Result<String, Box<Diagnostic>> {
    let site = &linked.site;
    let target = site.page(linked.features.aliases.all[alias].to);
    let view = RedirectPage {
        url: site.href(&target.url),
        permalink: site.permalink(&target.url),
        lang: &site.config().languages[target.lang()].code,
        title: target.title(),
        policy: Html::new(&Policy::default().meta()),
    };
    let values = Values::of(&Base::new(linked, target.lang())).with(&view);
    let what = format!("the alias of `{}`", target.path());
    linked.theme.engines[target.lang()].render("redirect.html", &values, &what)
}
