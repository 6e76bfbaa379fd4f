//! What every template gets besides its own values, also that of a part of a page.

use std::collections::BTreeMap;

use serde::Serialize;

use super::linked::Edition;
use super::site_view::{Look, SiteView};
use crate::config::LangId;
use crate::theme::Word;
use crate::theme::values::Shared;

/// What every template gets, also that of a part of a page.
#[derive(Debug, Serialize)]
pub(super) struct Base {
    /// The site in the language of the page.
    site: Shared<SiteView<'static>>,
    /// What `theme.yaml` sets of the look.
    theme: Shared<Look<'static>>,
    /// The URL of each file of the theme: `assets["css/main.css"]`. The name includes a hash of the content.
    assets: Shared<BTreeMap<&'static str, String>>,
    /// The UI strings of `i18n/<lang>.yaml`. Those that depend on a number are maps, for the filter `count`.
    t: Shared<BTreeMap<String, Word>>,
}

impl Base {
    /// The values for pages in a language, made once and shared.
    pub(super) fn new(linked: &Edition, lang: LangId) -> Self {
        Self {
            site: linked.views.site[lang].clone(),
            theme: linked.views.theme.clone(),
            assets: linked.views.assets.clone(),
            t: linked.theme.strings[lang].shared(),
        }
    }
}
