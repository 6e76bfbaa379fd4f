//! What templates get: a `struct` for each kind of page, whose fields are the names in its template. `docs/content/templates.md`
//! is made from them. `Views` holds what many pages share, made once; `render` makes the rest for one artifact and calls
//! its template.

mod archive;
pub(super) mod article;
mod assessment;
mod author;
mod base;
#[cfg(test)]
mod block_tests;
mod cadence;
mod calculator;
mod call;
mod call_config;
mod call_fields;
mod call_map;
mod call_to_action;
mod card;
mod durations;
pub(super) mod embeds;
mod event;
mod figures;
pub(super) mod form;
pub(crate) mod form_text;
mod frame;
mod gate;
pub mod gated;
mod head;
mod home;
mod integrations;
mod letters;
pub mod linked;
mod list;
mod locked;
mod mail;
mod newsletter;
mod not_found;
mod objections;
mod offers;
mod own_blocks;
mod parts;
mod people;
mod person;
mod playbook;
mod policy;
mod redirect;
mod report;
pub mod report_numbers;
mod section;
mod series;
mod share;
mod shown_once;
mod sidebar;
mod site_view;
mod speaker;
mod subject;
mod survey;
mod targets;
mod taxonomy;
pub mod text;
mod thanks;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Serialize;

use self::base::Base;
use self::card::{CommonParts, PageView};
use self::frame::Frame;
use self::linked::Edition;
use self::people::People;
use self::site_view::{Feeds, Look, SiteView};
use self::subject::Subject;
use self::thanks::Thanks;
use crate::config::LangId;
use crate::content::front_matter::KindFields;
use crate::diag::Diagnostic;
use crate::findings::Findings;
use crate::ids::IdVec;
use crate::plan::{RedirectId, Route};
use crate::publishing::policy::Policy;
use crate::site::{CtaContext, PageId, Site};
use crate::theme::Theme;
use crate::theme::values::{Shared, Values};

/// Views that are the same on many pages.
#[derive(Debug)]
pub(super) struct Views {
    /// `site`, by language.
    site: IdVec<LangId, Shared<SiteView<'static>>>,
    /// The card of each page, made when the first template shows it.
    cards: Vec<OnceLock<Shared<PageView<'static>>>>,
    common: CommonParts,
    feeds: Feeds,
    people: People,
    theme: Shared<Look<'static>>,
    assets: Shared<BTreeMap<&'static str, String>>,
    /// What every page may ask.
    policy: Policy,
    /// The policy of all pages together, made when somebody asks.
    header: OnceLock<String>,
}

impl Views {
    /// Makes the views that many pages of an edition share.
    pub(super) fn new(site: &Site, features: &Findings, theme: &Theme) -> Self {
        let Findings { feeds, share, listings, cadences, .. } = features;
        let feeds = Feeds::new(site, &feeds.all);
        let languages = site.config().languages.ids();
        Self {
            site: languages
                .map(|lang| {
                    Shared::new(&site_view::site(
                        site,
                        listings,
                        (&feeds, theme),
                        (lang, share.reps_url(lang), cadences.today_url(site, lang)),
                    ))
                })
                .collect(),
            cards: site.pages().map(|_| OnceLock::new()).collect(),
            common: CommonParts::new(site, &features.links),
            feeds,
            people: People::new(site),
            theme: Shared::new(&site_view::look(site, theme)),
            assets: Shared::new(&site_view::assets(site, theme)),
            policy: policy::of_edition(site, features, theme),
            header: OnceLock::new(),
        }
    }

    /// The policy of all pages together, for a header.
    pub(super) fn header(&self, linked: &Edition) -> &str {
        self.header.get_or_init(|| policy::of_all(linked).header())
    }
}

impl Edition {
    /// What lists show of a page.
    fn card(&self, id: PageId) -> Shared<PageView<'static>> {
        let make = || {
            let (links, common) = (&self.features.links, &self.views.common);
            Shared::new(&card::card(&self.site, links, (common, &self.theme), self.site.page(id)))
        };
        self.views.cards[id.index()].get_or_init(make).clone()
    }

    fn cards(&self, ids: &[PageId]) -> Vec<Shared<PageView<'static>>> {
        ids.iter().map(|id| self.card(*id)).collect()
    }
}

/// Renders a page that readers open.
///
/// # Errors
///
/// A template failed: the diagnostic names it and the page.
pub(super) fn render(linked: &Edition, route: Route) -> Result<String, Box<Diagnostic>> {
    let (subject, own) = match route {
        Route::Page { page, part } => {
            let page = linked.site.page(page);
            match &page.meta().kind {
                KindFields::Section(own) if page.document.place.key.is_empty() => {
                    valued(home::page(linked, (page, own))?)
                }
                KindFields::Section(_) => valued(section::page(linked, page, part)?),
                KindFields::Person(about) => valued(person::page(linked, (page, about), part)?),
                _ => valued(article::page(linked, page)?),
            }
        }
        Route::Taxonomy { lang, taxonomy } => valued(taxonomy::taxonomy(linked, lang, taxonomy)),
        Route::Term { lang, taxonomy, term, part } => {
            valued(taxonomy::term(linked, (lang, taxonomy, term), part)?)
        }
        Route::Series { lang, series } => valued(series::page(linked, lang, series)),
        Route::Archive { lang, scope } => valued(archive::page(linked, lang, scope)),
        Route::AToZ { lang } => valued(letters::a_to_z(linked, lang)),
        Route::Objections { lang } => valued(objections::page(linked, lang)),
        Route::Today { lang } => valued(cadence::today(linked, lang)),
        Route::SearchPage { lang } => valued(letters::search(linked, lang)),
        Route::Report { lang } => valued(report::page(linked, lang)),
        Route::NotFound { lang } => valued(not_found::page(linked, lang)),
        Route::Thanks { form, lang, is_gated } => {
            let says = if is_gated { Thanks::Plain } else { Thanks::InItsWords };
            valued(thanks::page(linked, form, (lang, says)))
        }
    };
    let standing = match (route, subject.page) {
        (Route::Thanks { form, .. }, _) => CtaContext::Thanks(form),
        (Route::Series { series, .. }, _) => CtaContext::Series(series),
        (_, Some(page)) => CtaContext::Page(linked.site.page(page)),
        _ => CtaContext::List,
    };
    framed(linked, &subject, own, standing)
}

/// Renders the stub at an old address, given by its index.
///
/// # Errors
///
/// Its template failed.
pub(super) fn redirect(linked: &Edition, alias: RedirectId) -> Result<String, Box<Diagnostic>> {
    redirect::render(linked, alias)
}

/// Renders the form that is at the URL of each page of a sealed edition. It is in no plan, because the pages are.
///
/// # Errors
///
/// Its template failed.
pub(super) fn lock_form(linked: &Edition, lang: LangId) -> Result<String, Box<Diagnostic>> {
    let (subject, own) = valued(locked::page(linked, lang));
    framed(linked, &subject, own, CtaContext::List)
}

/// The values of a page's own template.
fn valued<V: Serialize>((subject, view): (Subject, V)) -> (Subject, Values) {
    (subject, Values::new(&view))
}

/// Renders a subject's template with its own values and those that all pages get.
fn framed<'a>(
    linked: &'a Edition,
    subject: &'a Subject,
    own: Values,
    standing: CtaContext<'a>,
) -> Result<String, Box<Diagnostic>> {
    let page = subject.page.map(|page| linked.site.page(page));
    let template = page.and_then(|page| page.meta().template.as_ref());
    let template = template.map_or(subject.template, |template| template.value.as_str());
    let what = page.map_or(subject.url.as_str(), |page| page.path());
    let policy = policy::for_page(linked, subject, standing);
    let permalink = linked.site.permalink(&subject.url);
    let call_to_action = call_to_action::call_to_action(linked, subject, standing);
    let asks = (call_to_action, newsletter::newsletter(linked, subject, standing));
    let frame = Frame::new(linked, subject, (&policy, &permalink), asks);
    let values = own.with(&Base::new(linked, subject.lang)).with(&frame);
    linked.theme.engines[subject.lang].render(template, &values, &format!("`{what}`"))
}
