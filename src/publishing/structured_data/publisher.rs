//! The site itself, who publishes it, and the people who write for it.

use std::borrow::Cow;

use super::code;
use super::json::Json;
use crate::config::{LangId, Organization};
use crate::site::{Page, Site};

/// The properties of a person, by name. Guests work for somebody else, the others for who publishes the site.
pub(super) fn person<'a>(site: &'a Site, page: &'a Page) -> Vec<(&'static str, Json<'a>)> {
    let permalink = site.permalink(&page.url);
    let own = site.config().organization.as_ref().map(|own| own.name.as_str());
    let about = page.meta().person();
    let works_for = match about.and_then(|about| about.organization.as_deref()) {
        Some(name) if Some(name) != own => Some(node!({"@type": "Organization", "name": name})),
        _ => publisher(site, page.lang()),
    };
    vec![
        ("@id", format!("{permalink}#person").into()),
        ("@type", "Person".into()),
        ("jobTitle", about.and_then(|about| about.role.as_ref()).into()),
        ("name", page.title().into()),
        ("url", permalink.into()),
        ("worksFor", works_for.into()),
    ]
}

/// The id by which other nodes of the graph refer to the website in a language.
pub(super) fn website_id(site: &Site, lang: LangId) -> Json<'static> {
    node!({"@id": website(site, lang), "@type": "WebSite"})
}

/// The id of the site in one language.
fn website(site: &Site, lang: LangId) -> String {
    format!("{}#website", site.permalink(&site.config().prefix(lang)))
}

/// The id of who publishes the site, the same in all languages.
fn organization_id(site: &Site) -> String {
    format!("{}#organization", site.permalink("/"))
}

/// The address of who publishes the site.
fn organization_url<'a>(site: &'a Site, own: &'a Organization, lang: LangId) -> Cow<'a, str> {
    own.url.as_deref().map_or_else(|| site.permalink(&site.config().prefix(lang)).into(), Cow::Borrowed)
}

/// Who publishes the site, in short.
pub(super) fn publisher(site: &Site, lang: LangId) -> Option<Json<'_>> {
    let own = site.config().organization.as_ref()?;
    Some(node!({
        "@id": organization_id(site),
        "@type": "Organization",
        "name": &own.name,
        "url": organization_url(site, own, lang),
    }))
}

/// The home page: the site, and all about who publishes it.
pub(super) fn home(site: &Site, lang: LangId) -> Vec<Json<'_>> {
    let config = site.config();
    let own = config.organization.as_ref();
    let mut nodes = vec![node!({
        "@id": website(site, lang),
        "@type": "WebSite",
        "description": config.text(&config.description, lang),
        "inLanguage": code(site, lang),
        "name": config.text(&config.title, lang),
        "publisher": own.map(|_| node!({"@id": organization_id(site)})),
        "url": site.permalink(&config.prefix(lang)),
    })];
    nodes.extend(own.map(|own| {
        let has_address =
            own.street.is_some() || own.postal_code.is_some() || own.city.is_some() || own.country.is_some();
        let address = node!({
            "@type": "PostalAddress",
            "addressCountry": own.country.as_ref(),
            "addressLocality": own.city.as_ref(),
            "postalCode": own.postal_code.as_ref(),
            "streetAddress": own.street.as_ref(),
        });
        node!({
            "@id": organization_id(site),
            "@type": "Organization",
            "address": has_address.then_some(address),
            "email": own.email.as_ref(),
            "name": &own.name,
            "sameAs": own.same_as.iter().map(|url| Json::from(&**url)).collect::<Json<'_>>(),
            "telephone": own.phone.as_ref(),
            "url": organization_url(site, own, lang),
        })
    }));
    nodes
}
