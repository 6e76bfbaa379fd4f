//! `gate`: what a page's template gets of the gate in its text, and `download` where the gate is open.

use serde::Serialize;

use super::form::{self, FormView};
use super::linked::Edition;
use crate::content::gate::ANCHOR;
use crate::site::Page;
use crate::theme::values::Html;

/// The gate of a page. Its element must have the class `gate`, which the structured data names as the part that isn't free, and contain the place where the text is to appear.
#[derive(Debug, Serialize)]
pub(super) struct GateView<'a> {
    /// The gate's id, which all pages share that one form opens.
    id: &'a str,
    /// Id for its element: links from the open text to a heading behind the gate lead there.
    anchor: &'static str,
    /// The form that opens it; `null` if the site has no form of this name.
    form: Option<FormView<'a>>,
    /// How the key is kept: `page`, `webhook` or `email`.
    key: &'static str,
    /// The front matter's key_version.
    key_version: u32,
    /// JSON for `<script type="application/json" data-gate-config>`, which [`gate.js`](gates.md#formats) reads.
    config: Html,
    /// Whether a text is behind it; otherwise only a download is.
    has_text: bool,
    /// The file behind it. Its name is sealed.
    download: Option<SealedDownload<'a>>,
}

/// A file behind a gate.
#[derive(Debug, Serialize)]
struct SealedDownload<'a> {
    /// What it is: `PDF`.
    #[serde(rename = "type")]
    kind: &'a str,
    /// The size of the file in bytes, before it was sealed.
    size: usize,
}

/// The file of an open gate.
#[derive(Debug, Serialize)]
pub(super) struct Download<'a> {
    /// URL of the file in this edition.
    url: String,
    /// The file's name, under which browsers save it.
    name: &'a str,
}

/// `gate` of a page; nothing where this edition doesn't ask.
pub(super) fn gate<'a>(linked: &'a Edition, page: &'a Page) -> Option<GateView<'a>> {
    let gates = &linked.features.gates;
    let (gate, config) = (gates.on_page(page.id)?, gates.config(&linked.site, page.id)?);
    let download = gates.download(page.id);
    Some(GateView {
        id: &gate.id,
        anchor: ANCHOR,
        form: form::at_gate(linked, page, &gate.form, &gate.id),
        key: gate.source.name(),
        key_version: gate.key_version,
        config: Html::new(&config),
        has_text: page.gated().is_some(),
        download: download.map(|found| SealedDownload { kind: &found.kind, size: found.size }),
    })
}

/// The file of a gate that stands open.
pub(super) fn open_download<'a>(linked: &'a Edition, page: &Page) -> Option<Download<'a>> {
    let (site, links) = (&linked.site, &linked.features.links);
    let path = links.download(page.id).filter(|_| site.gate(page).is_none())?;
    let url = links.file_url(path)?;
    Some(Download { url: site.href(url), name: path.rsplit('/').next().unwrap_or(path) })
}
