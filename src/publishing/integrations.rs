//! What the pages of an edition load from others: which of the owner's `integrations:`, from where, and what the browser
//! code needs to know of them.
//!
//! Nothing is in a page where nothing is declared. `consent.js` reads the [`ConsentConfig`], asks where somebody has to be
//! asked, and loads what was agreed to; docs/content/integrations.md says what visitors and owners can rely on.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::config::{Holiday, Integration, OpenTime, Purpose, Service};
use crate::encode::bytes::hex;
use crate::plan::{ClientFile, client_files};
use crate::site::Site;

/// The browser code: what decides, what asks, what loads.
pub const CLIENT: &[ClientFile] = client_files!("src/publishing/client":
    Entry "consent", Entry "consent-bar", Entry "consent-answer", Entry "services",
    Part "service-starts", Entry "chat", Part "chat-hours", Entry "events",
    Helper "service-globals", Helper "choice");

/// The settings of `consent.js`, as JSON in every page.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ConsentConfig<'a> {
    /// Of what is asked for: another service makes it another, and then visitors are asked again.
    version: String,
    /// The language of the words.
    lang: &'a str,
    /// SHA-256 of the words that ask, for receipts.
    text_sha256: String,
    /// Where a yes is told, if the site has a webhook for it.
    receipts: Option<&'a str>,
    services: Vec<ServiceConfig<'a>>,
    /// When somebody answers the chat; `null` is always.
    desk: Option<DeskConfig<'a>>,
}

/// When a chat is open.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct DeskConfig<'a> {
    /// How days and times are written: `en-GB`.
    locale: &'a str,
    /// The time zone of the hours.
    zone: &'a str,
    /// Of each day, Monday first, from when until when, in minutes after midnight.
    week: Vec<Vec<(u16, u16)>>,
    /// Days on which it is closed: `2026-05-15`, and `12-24` in every year.
    holidays: Vec<String>,
}

/// A service, as browsers load it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct ServiceConfig<'a> {
    /// What it is called in `ringback.yaml`; of an own script `script:` and its name.
    name: &'a str,
    id: &'a str,
    /// Its server, where it can have different ones.
    host: Option<&'a str>,
    region: Option<&'a str>,
    /// `needed`, `statistics`, `marketing` or `chat`.
    purpose: &'static str,
    /// Is it loaded only after a yes?
    asks: bool,
    /// What it leaves with the site; `*` at the end is any ending.
    cookies: Vec<&'a str>,
    /// The URL of an own script.
    src: Option<String>,
    attributes: BTreeMap<&'a str, &'a str>,
}

/// The integrations that an edition loads: none where it is behind a passphrase, or for the team and doesn't say so.
pub fn loaded(site: &Site) -> impl Iterator<Item = &Integration> {
    let all: &[Integration] = match site.view.edition.loads_integrations {
        true => &site.config().integrations.all,
        false => &[],
    };
    all.iter()
}

/// What they need, as sources of a Content-Security-Policy by directive.
#[must_use]
pub fn sources(site: &Site) -> BTreeMap<&'static str, Vec<String>> {
    let mut all: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for (directive, sources) in loaded(site).flat_map(Integration::sources) {
        all.entry(directive).or_default().extend(sources);
    }
    all
}

/// Where each yes is told, if this edition has a webhook for it.
#[must_use]
pub fn receipts(site: &Site) -> Option<&str> {
    let id = site.config().integrations.receipts.as_deref().filter(|_| loaded(site).next().is_some())?;
    site.posted_to(id)
}

/// The settings of the browser code; `words` are all that asks, in the language.
#[must_use]
pub fn config<'a>(site: &'a Site, lang: &'a str, words: &str) -> ConsentConfig<'a> {
    let services: Vec<ServiceConfig<'a>> = loaded(site).map(|one| service(site, one)).collect();
    let asked = services.iter().filter(|one| one.asks).map(|one| format!("{} {}\n", one.name, one.purpose));
    let version = hex(&Sha256::digest(asked.collect::<String>().as_bytes())[..4]);
    let text_sha256 = hex(&Sha256::digest(words.trim().as_bytes()));
    let desk = desk(site, lang).filter(|_| services.iter().any(|one| one.purpose == Purpose::Chat.name()));
    ConsentConfig { version, lang, text_sha256, receipts: receipts(site), services, desk }
}

fn desk<'a>(site: &'a Site, lang: &str) -> Option<DeskConfig<'a>> {
    let config = site.config();
    let desk = config.integrations.desk.as_ref()?;
    let zone = desk.time_zone.as_deref().or_else(|| config.time_zone.iana_name()).unwrap_or("UTC");
    let always = [(); 7].map(|()| vec![OpenTime { from: 0, until: 24 * 60 }]);
    let week = desk.hours.as_ref().unwrap_or(&always).iter();
    let holidays = desk.holidays.iter().map(|day| match day {
        Holiday::Once(date) => date.to_string(),
        Holiday::Yearly(month, day) => format!("{month:02}-{day:02}"),
    });
    let locale = config.languages.iter().find(|language| language.code == lang)?.locale.as_str();
    Some(DeskConfig {
        locale,
        zone,
        week: week.map(|day| day.iter().map(|time| (time.from, time.until)).collect()).collect(),
        holidays: holidays.collect(),
    })
}

fn service<'a>(site: &Site, one: &'a Integration) -> ServiceConfig<'a> {
    let (src, attributes) = match &one.service {
        Service::Known(_) => (None, BTreeMap::new()),
        Service::Script { src, attributes, .. } => {
            let own = src.starts_with('/').then(|| site.href(src));
            let given = attributes.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            (Some(own.unwrap_or_else(|| src.clone())), given.collect())
        }
    };
    ServiceConfig {
        name: &one.name,
        id: &one.id,
        host: one.host.as_deref(),
        region: one.region,
        purpose: one.purpose.name(),
        asks: one.asks,
        cookies: one.cookies(),
        src,
        attributes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{assert_declared, declaration};

    #[test]
    fn scripts_know_what_is_in_it() {
        let types = [
            declaration::<ConsentConfig<'_>>(),
            declaration::<ServiceConfig<'_>>(),
            declaration::<DeskConfig<'_>>(),
        ];
        assert_declared("publishing/client/config.d.ts", &types);
    }
}
