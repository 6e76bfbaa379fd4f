//! The JSON that browsers read of plans of follow-ups.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Cadence, Cadences, Touch};
use crate::config::LangId;
use crate::encode::script;
use crate::sales::mails::Mails;
use crate::sales::mails::data::{BlankData, MailData, SenderData, public_address, senders};
use crate::site::Site;

/// What `today.js` reads.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "TodayConfig"))]
struct TodayData<'a> {
    version: u8,
    /// The language of the page, and the locale of its dates.
    lang: &'a str,
    locale: &'a str,
    /// Where the site for everybody is: addresses there say who shares them.
    public: String,
    /// Those who may be the one that writes, by the ids that the share kit remembers.
    reps: BTreeMap<String, SenderData<'a>>,
    /// Days of the week on which the team works: 1 for Monday to 7 for Sunday.
    workdays: &'a [u8],
    /// Days off: `2027-03-26`, or `12-25` for every year.
    holidays: Vec<String>,
    /// The plans of all languages, those of the page's own first.
    cadences: Vec<CadenceData<'a>>,
}

/// A plan of follow-ups, as the team's pages keep cases by it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "CadencePlan"))]
struct CadenceData<'a> {
    /// Its path in `content/` without the ending: the same in all languages.
    key: &'a str,
    lang: &'a str,
    title: &'a str,
    url: String,
    /// Which days it counts: `workdays` or `calendar`.
    count: &'static str,
    placeholders: Vec<BlankData<'a>>,
    touches: Vec<TouchData<'a>>,
}

/// What is done on one day.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "Touch"))]
struct TouchData<'a> {
    id: &'a str,
    day: u32,
    /// `call`, `email`, `linkedin`, `text` or `task`.
    kind: &'static str,
    /// `09:00`; empty for any time of the day.
    time: String,
    title: &'a str,
    /// What is sent; empty where it is no message.
    message: &'a str,
    notes: &'a str,
    /// URL of the script of a call; empty where there is none.
    script: String,
    /// The template of an email.
    mail: Option<MailData<'a>>,
}

/// The JSON, escaped for a script element.
pub(super) fn config(site: &Site, (cadences, mails): (&Cadences, &Mails), lang: LangId) -> String {
    let language = &site.config().languages[lang];
    let workdays = &site.config().workdays;
    let mut plans: Vec<&Cadence> = cadences.all().filter(|cadence| !cadence.touches.is_empty()).collect();
    plans.sort_by_key(|cadence| (site.page(cadence.page).lang() != lang, cadence.page));
    script::json(&TodayData {
        version: 1,
        lang: &language.code,
        locale: &language.locale,
        public: public_address(site),
        reps: senders(site, lang),
        workdays: &workdays.days,
        holidays: workdays.holidays.iter().map(|day| day.text()).collect(),
        cadences: plans.into_iter().map(|cadence| plan(site, mails, cadence)).collect(),
    })
}

fn plan<'a>(site: &'a Site, mails: &'a Mails, cadence: &'a Cadence) -> CadenceData<'a> {
    let page = site.page(cadence.page);
    CadenceData {
        key: &page.document.place.key,
        lang: &site.config().languages[page.lang()].code,
        title: page.title(),
        url: site.href(&page.url),
        count: cadence.count.name(),
        placeholders: cadence.placeholders.iter().map(BlankData::new).collect(),
        touches: cadence.touches.iter().map(|each| touch(site, mails, each)).collect(),
    }
}

fn touch<'a>(site: &'a Site, mails: &'a Mails, touch: &'a Touch) -> TouchData<'a> {
    TouchData {
        id: &touch.id,
        day: touch.day,
        kind: touch.kind.name(),
        time: touch.time.map(|(hour, minute)| format!("{hour:02}:{minute:02}")).unwrap_or_default(),
        title: &touch.title,
        message: &touch.message,
        notes: &touch.notes,
        script: touch.script.map(|page| site.href(&site.page(page).url)).unwrap_or_default(),
        mail: touch.mail.and_then(|page| mails.of_page(page)).map(|mail| MailData::new(site, mail)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{assert_declared, declaration};

    #[test]
    fn scripts_know_what_is_in_it() {
        let types = [
            "import type { MailPlaceholder, MailTemplate, Sender } from \"../../mails/client/config\";\n"
                .to_string(),
            declaration::<TouchData<'_>>(),
            declaration::<CadenceData<'_>>(),
            declaration::<TodayData<'_>>(),
        ];
        assert_declared("sales/cadences/client/config.d.ts", &types);
    }
}
