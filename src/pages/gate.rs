//! `gate`: what a page's template gets of the gate that stands in its text, and `download` where there is none.

use tera::Value;

use super::form;
use super::linked::Linked;
use crate::content::gate::ANCHOR;
use crate::site::{Page, Site};
use crate::theme::engine::{html, number, object};

/// `gate` of a page; nothing where this edition doesn't ask.
pub(super) fn gate(linked: &Linked, page: &Page) -> Value {
    let gates = &linked.features.gates;
    let (Some(gate), Some(config)) = (gates.of(page.id), gates.config(&linked.site, page.id)) else {
        return Value::none();
    };
    let download = gates.download(page.id).map_or_else(Value::none, |download| {
        object([("type", Value::from(download.kind.as_str())), ("size", number(download.size))])
    });
    object([
        ("id", Value::from(gate.id.as_str())),
        ("anchor", Value::from(ANCHOR)),
        ("form", form::at_gate(&linked.site, page, &gate.form, &gate.id)),
        ("key", Value::from(gate.source.name())),
        ("epoch", Value::from(gate.epoch)),
        ("config", html(&config)),
        ("has_text", Value::from(page.entry.gated.is_some())),
        ("download", download),
    ])
}

/// The file of a gate that stands open: `{url, name}`.
pub(super) fn open_download(linked: &Linked, page: &Page) -> Value {
    let (site, links) = (&linked.site, &linked.features.links);
    let found = links.download(page.id).filter(|_| is_open(site, page));
    let found = found.and_then(|path| Some((path, links.file_url(path)?)));
    found.map_or_else(Value::none, |(path, url)| {
        let name = path.rsplit('/').next().unwrap_or(path);
        object([("url", Value::from(site.href(url))), ("name", Value::from(name))])
    })
}

fn is_open(site: &Site, page: &Page) -> bool {
    site.gate(page).is_none()
}
