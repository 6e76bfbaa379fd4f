//! The JSON that `script.js` reads beside the page of a call script.

use std::collections::BTreeMap;

use serde::Serialize;

use super::linked::Edition;
use crate::config::{Promise, Unreached};
use crate::encode;
use crate::leads::forms::lead;
use crate::sales::calls::script::{CallScript, Outcome};
use crate::site::{Page, Site};

/// JSON that `script.js` reads, beside the page.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct PlayerConfig<'a> {
    version: u8,
    /// The script as an event names it.
    page: CallPage<'a>,
    /// Seconds that the call may take; 0 for any time.
    budget: u32,
    /// The language's locale as a BCP 47 tag, by which `Intl` writes dates: `en-GB`.
    locale: &'a str,
    /// What the placeholders and fields are called.
    labels: BTreeMap<&'a str, &'a str>,
    /// What is to be found out, by its name.
    fields: BTreeMap<&'a str, AskedField<'a>>,
    /// What the answers add up to.
    score: Option<CallScore<'a>>,
    /// Do answers depend on what is known, or add up? Then `call-logic.js` is loaded.
    logic: bool,
    /// What placeholders are until somebody fills them in.
    defaults: BTreeMap<&'a str, &'a str>,
    /// What outcomes promise at a time, by their ids: `callback` or `meeting`; `retry` for another try.
    promised: BTreeMap<&'a str, &'static str>,
    /// What follows where nobody was reached; then `tries.js` is loaded.
    unreached: Option<UnreachedRule<'a>>,
    /// Does an outcome ask whom else they recommend? Then `referral.js` is loaded.
    referrals: bool,
    /// Those who ring, by the ids that the share kit remembers.
    reps: BTreeMap<&'a str, Caller<'a>>,
    /// Names of the CRM's ids for a contact, which a link may bring along.
    contact: Vec<&'a str>,
    /// URL of the worker that keeps calls for times without a network.
    offline: Option<String>,
    /// Who hears of calls, as `deliver.js` posts to it.
    webhook: Option<lead::CallHook<'a>>,
}

/// JSON of what follows where nobody was reached.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "UnreachedRule"))]
struct UnreachedRule<'a> {
    /// The outcomes in which nobody was reached, by their ids: `retry`, or `stop` if they aren't tried again.
    ends: BTreeMap<&'a str, &'static str>,
    /// The most tries; `null` for any number.
    most: Option<u32>,
    /// Workdays to wait after the first, the second … try; the last holds for all that follow.
    after: &'a [u32],
    /// Days of the week on which the team works: 1 for Monday to 7 for Sunday.
    workdays: &'a [u8],
    /// Days off: `2027-03-26`, or `12-25` for every year.
    holidays: Vec<String>,
}

/// JSON of the script as an event names it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "CallPage"))]
struct CallPage<'a> {
    url: String,
    title: &'a str,
    lang: &'a str,
    /// Its path in `content/` without the ending: the same in all languages.
    key: &'a str,
}

/// JSON of what the answers of a script add up to.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct CallScore<'a> {
    /// The `key` of the script whose answers count.
    key: &'a str,
    label: &'a str,
    /// The lowest first; `from` is `null` for everything below the next.
    bands: Vec<CallBand<'a>>,
}

/// JSON of a band of a score.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct CallBand<'a> {
    id: &'a str,
    label: &'a str,
    from: Option<i32>,
}

/// JSON of somebody who rings.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Caller<'a> {
    name: &'a str,
    /// For the CRM alone: where none hears of calls, it isn't here.
    email: Option<&'a str>,
}

/// JSON of something that the call is to find out.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "AskedField"))]
struct AskedField<'a> {
    label: &'a str,
    /// A kind of field in a form: `text`, `choice`, `number`, `date`, `email`, `tel`, `url`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// What can be chosen: ids, each with its label.
    options: Vec<(&'a str, &'a str)>,
    /// Is it missed, if it is empty at the end?
    required: bool,
    /// Was it asked for? At first it is, if no step wants to know it; then the player notes the steps that were shown.
    asked: bool,
}

/// The JSON, escaped for a script element.
pub(super) fn config(linked: &Edition, page: &Page, script: &CallScript, ends: &[&Outcome]) -> String {
    let site = &linked.site;
    let language = &site.config().languages[page.lang()];
    let calls = &site.config().calls;
    let webhook = calls.webhook.as_deref().and_then(|id| lead::of_calls(site, id));
    let config = PlayerConfig {
        version: 1,
        page: CallPage {
            url: site.permalink(&page.url),
            title: page.title(),
            lang: &language.code,
            key: &page.document.place.key,
        },
        budget: script.budget.unwrap_or_default(),
        locale: &language.locale,
        labels: labels(script),
        fields: fields(script),
        score: score(page, script),
        logic: script.score.is_some()
            || script.steps.iter().flat_map(|step| &step.answers).any(|answer| answer.guard.is_some()),
        defaults: script
            .placeholders
            .iter()
            .filter_map(|placeholder| Some((placeholder.name.as_str(), placeholder.default.as_deref()?)))
            .collect(),
        promised: ends.iter().filter_map(|end| Some((end.id.as_str(), promised(end)?))).collect(),
        unreached: unreached(site, ends),
        referrals: ends.iter().any(|end| end.asks_referral),
        reps: reps(site, page, webhook.is_some().then_some(Emails)),
        offline: linked
            .features
            .scripts
            .worker_url(site)
            .filter(|_| calls.offline && linked.features.lock.is_none())
            .map(|url| site.href(url)),
        contact: calls.contact_ids.iter().map(|id| id.value.as_str()).collect(),
        webhook,
    };
    encode::script::json(&config)
}

/// What was agreed on, or is planned, at a time.
fn promised(end: &Outcome) -> Option<&'static str> {
    let again = (end.unreached == Some(Unreached::Retry)).then_some(Unreached::Retry.name());
    end.promise.map(Promise::name).or(again)
}

/// The rule for those who weren't reached, where an outcome says that nobody was.
fn unreached<'a>(site: &'a Site, ends: &[&'a Outcome]) -> Option<UnreachedRule<'a>> {
    let ends: BTreeMap<_, _> =
        ends.iter().filter_map(|end| Some((end.id.as_str(), end.unreached?.name()))).collect();
    let (config, is_any) = (site.config(), !ends.is_empty());
    is_any.then(|| UnreachedRule {
        ends,
        most: config.calls.retry.most,
        after: &config.calls.retry.after,
        workdays: &config.workdays.days,
        holidays: config.workdays.holidays.iter().map(|day| day.text()).collect(),
    })
}

/// Whoever hears of calls learns whose they are.
#[derive(Clone, Copy)]
struct Emails;

/// Those who may be the one that rings, in the page's language where they are in it.
fn reps<'a>(site: &'a Site, page: &Page, emails: Option<Emails>) -> BTreeMap<&'a str, Caller<'a>> {
    let mut names = BTreeMap::new();
    for (person, rep) in site.reps() {
        let id = person.document.place.key.rsplit('/').next().unwrap_or_default();
        if person.lang() == page.lang() || !names.contains_key(id) {
            let email = emails.and(rep.email.as_deref());
            names.insert(id, Caller { name: person.title(), email });
        }
    }
    names
}

/// What placeholders and fields are called.
fn labels(script: &CallScript) -> BTreeMap<&str, &str> {
    let placeholders = script.placeholders.iter().map(|each| (each.name.as_str(), each.label.as_str()));
    placeholders
        .chain(script.fields.iter().map(|field| (field.name.as_str(), field.label.as_str())))
        .collect()
}

/// What the answers add up to.
fn score<'a>(page: &'a Page, script: &'a CallScript) -> Option<CallScore<'a>> {
    let score = script.score.as_ref()?;
    let bands = score.bands.iter().map(|band| CallBand { id: &band.id, label: &band.label, from: band.from });
    Some(CallScore { key: &page.document.place.key, label: &score.label, bands: bands.collect() })
}

/// What is to be found out.
fn fields(script: &CallScript) -> BTreeMap<&str, AskedField<'_>> {
    let is_wanted = |id| script.steps.iter().any(|step| step.fields.contains(&id));
    let fields = script.fields.each().map(|(id, field)| {
        let options = field.options.iter().map(|(id, label)| (id.as_str(), label.as_str()));
        let asked = AskedField {
            label: &field.label,
            kind: field.kind.name(),
            options: options.collect(),
            required: field.required,
            asked: !is_wanted(id),
        };
        (field.name.as_str(), asked)
    });
    fields.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{assert_declared, declaration};

    #[test]
    fn scripts_know_what_is_in_it() {
        let types = [
            "import type { CallHook } from \"../../../leads/forms/client/config\";\n".to_string(),
            declaration::<PlayerConfig<'_>>(),
            declaration::<CallPage<'_>>(),
            declaration::<UnreachedRule<'_>>(),
            declaration::<AskedField<'_>>(),
            declaration::<Caller<'_>>(),
            declaration::<CallScore<'_>>(),
            declaration::<CallBand<'_>>(),
            declaration::<crate::pages::call_fields::AnswerCondition<'_>>(),
        ];
        assert_declared("sales/calls/client/config.d.ts", &types);
    }
}
