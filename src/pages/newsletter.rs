//! The form with which readers ask for the newsletter: on the home page and in the footer, where the theme has it.

use super::form::{self, FormView};
use super::linked::Edition;
use super::subject::Subject;
use crate::config::LangId;
use crate::content::form::FormId;
use crate::leads::forms::Slot;
use crate::leads::forms::lead::LeadPage;
use crate::site::{CtaContext, CtaLink};

/// The part of the home page that is this form.
const PART: &str = "newsletter";

/// The form for the newsletter where a page shows it, by its index. Never a second time: on a page that has it already,
/// nor on a landing page, whose visitors have one thing to do.
pub(super) fn form_to_show(linked: &Edition, standing: CtaContext<'_>, lang: LangId) -> Option<FormId> {
    let (site, settings) = (&linked.site, &linked.theme.settings);
    let form = site.form(&site.config().newsletter.as_ref()?.value)?;
    let page = match standing {
        CtaContext::Page(page) => Some(page),
        _ => None,
    };
    let is_home = page.is_some_and(|page| page.document.place.key.is_empty());
    if !(settings.has_newsletter_below || is_home && settings.home_parts().contains(&PART)) {
        return None;
    }
    let is_here = match standing {
        CtaContext::Page(page) => {
            let template = page.meta().template.as_ref();
            site.forms_on(page).contains(&form)
                || template.is_some_and(|template| template.value == "landing.html")
        }
        CtaContext::Thanks(other) => form == other,
        CtaContext::Series(_) | CtaContext::List => false,
    };
    let is_next =
        matches!(site.call_to_action(standing, lang), Some((_, CtaLink::Form(next))) if next == form);
    (!is_here && !is_next).then_some(form)
}

/// The same for its template.
pub(super) fn newsletter<'a>(
    linked: &'a Edition,
    subject: &Subject,
    standing: CtaContext<'a>,
) -> Option<FormView<'a>> {
    let (site, lang) = (&linked.site, subject.lang);
    let form = form_to_show(linked, standing, lang)?;
    let page = subject.page.map(|page| site.page(page));
    let about = match (page, standing) {
        (Some(page), _) => LeadPage::page(site, page),
        (None, CtaContext::Series(series)) => LeadPage::series(site, (lang, series), &subject.title),
        (None, _) => LeadPage::list(site, lang, &subject.url, &subject.title),
    };
    let place =
        form::FormPlacement { form, lang, page, slot: Slot::Newsletter, gate: None, about, carried: &[] };
    Some(form::view(linked, &place))
}
