//! `cadence`: a plan of follow-ups, as its page shows it; and what the page of today gets.

use serde::Serialize;

use super::linked::Edition;
use super::parts::Link;
use super::subject::{Subject, generated_page, word};
use crate::config::LangId;
use crate::encode::script;
use crate::leads::forms::lead::{self, CallHook};
use crate::sales::cadences::Touch;
use crate::site::{Page, PageId};
use crate::theme::values::Html;

/// A [plan of follow-ups](cadences.md). Its text is in `content`.
#[derive(Debug, Serialize)]
pub(super) struct CadenceView<'a> {
    /// Its touches, in the order of their days.
    touches: Vec<TouchView<'a>>,
    /// URL at which it begins for somebody, on the page of today; `null` in editions that aren't for the team.
    begin: Option<String>,
}

/// What is done on one day of a plan.
#[derive(Debug, Serialize)]
struct TouchView<'a> {
    /// How many days after the plan began.
    day: u32,
    /// `call`, `email`, `linkedin`, `text` or `task`.
    kind: &'static str,
    /// The time of day, such as `09:00`; `null` for any.
    time: Option<String>,
    /// Its script or email template.
    uses: Option<Link<'a>>,
}

/// What `today.html` gets.
#[derive(Debug, Serialize)]
pub(super) struct TodayPage<'a> {
    /// The plans in the page's language.
    cadences: Vec<Link<'a>>,
    /// JSON for `<script type="application/json" data-today-config>`, which `today.js` reads.
    config: Html,
    /// JSON for `<script type="application/json" data-today-calls-config>`, which `today.js` reads.
    calls: Html,
    /// JSON for `<script type="application/json" data-today-cases-config>`, which `day-cases.js` reads; `null` where no playbook is
    /// followed for several cases.
    cases: Option<Html>,
    /// The locale of the page's dates, such as `en-GB`.
    locale: &'a str,
}

/// JSON with who hears of calls, for the page of today.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct DayCalls<'a> {
    version: u8,
    /// Who hears of calls, as `deliver.js` posts to it.
    webhook: Option<CallHook<'a>>,
}

/// JSON with the playbooks that are followed for several cases, for the page of today.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct DayCases<'a> {
    version: u8,
    playbooks: Vec<DayPlaybook<'a>>,
}

/// JSON of one of them, in one language: its cases are kept under its URL.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct DayPlaybook<'a> {
    title: &'a str,
    url: String,
}

/// What the template of a plan gets besides; nothing on other pages.
pub(super) fn cadence<'a>(linked: &'a Edition, page: &Page) -> Option<CadenceView<'a>> {
    let cadences = &linked.features.cadences;
    let cadence = cadences.of_page(page.id)?;
    let today = cadences.today_url(&linked.site, page.lang());
    Some(CadenceView {
        touches: cadence.touches.iter().map(|each| touch(linked, each)).collect(),
        begin: today.map(|url| format!("{}?begin={}", linked.site.href(&url), page.document.place.key)),
    })
}

fn touch<'a>(linked: &'a Edition, touch: &Touch) -> TouchView<'a> {
    let link = |id: PageId| Link::to(&linked.site, id);
    TouchView {
        day: touch.day,
        kind: touch.kind.name(),
        time: touch.time.map(|(hour, minute)| format!("{hour:02}:{minute:02}")),
        uses: touch.script.or(touch.mail).map(link),
    }
}

/// The page of today in a language.
pub(super) fn today(linked: &Edition, lang: LangId) -> (Subject, TodayPage<'_>) {
    let (site, features) = (&linked.site, &linked.features);
    let own = features.cadences.all().filter(|cadence| site.page(cadence.page).lang() == lang);
    let webhook = site.config().calls.webhook.as_deref().and_then(|id| lead::of_calls(site, id));
    let view = TodayPage {
        calls: Html::new(&script::json(&DayCalls { version: 1, webhook })),
        cases: cases(linked),
        locale: &site.config().languages[lang].locale,
        cadences: own.map(|cadence| Link::to(site, cadence.page)).collect(),
        config: Html::new(&features.cadences.config(site, &features.mails, lang)),
    };
    let title = word(linked, lang, "today_title", "Today");
    (generated_page(linked, lang, title, "today.html", &|lang| features.cadences.today_url(site, lang)), view)
}

/// The playbooks of all languages that are followed for several cases.
fn cases(linked: &Edition) -> Option<Html> {
    let site = &linked.site;
    let pages = site.pages().filter(|page| page.meta().has_cases());
    let playbooks: Vec<DayPlaybook<'_>> =
        pages.map(|page| DayPlaybook { title: page.title(), url: site.href(&page.url) }).collect();
    (!playbooks.is_empty()).then(|| Html::new(&script::json(&DayCases { version: 1, playbooks })))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{assert_declared, declaration};

    #[test]
    fn scripts_know_what_is_in_it() {
        let types = [
            "import type { CallHook } from \"../../../leads/forms/client/config\";\n".to_string(),
            declaration::<DayCalls<'_>>(),
        ];
        assert_declared("sales/cadences/client/calls-config.d.ts", &types);
        let types = [declaration::<DayPlaybook<'_>>(), declaration::<DayCases<'_>>()];
        assert_declared("sales/playbooks/client/cases-config.d.ts", &types);
    }
}
