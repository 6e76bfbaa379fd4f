//! What opens the gates of a site: the other way out of the pipeline, without rendering or writing anything.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::build::{load, sources};
use crate::content::front_matter::GateKey;
use crate::diag::Diagnostics;
use crate::edition::inputs::Options;
use crate::edition::linking::link;
use crate::encode::percent;
use crate::leads::gates::Gate;
use crate::pages::linked::Edition;
use crate::project::Project;

/// A gate with what opens it.
#[derive(Debug, Serialize)]
pub struct Unlock {
    /// The gate's id, as front matter has it.
    pub gate: String,
    /// Where its key comes from.
    #[serde(serialize_with = "by_name")]
    pub key: GateKey,
    /// The version of its key.
    pub key_version: u32,
    /// The form that it asks for.
    pub form: String,
    /// What a webhook answers as `unlock`.
    pub token: String,
    /// The links that open its pages.
    pub links: Vec<Link>,
}

/// A link that opens a page.
#[derive(Debug, Serialize)]
pub struct Link {
    /// The edition that the page is in.
    pub edition: String,
    /// The code of the page's language.
    pub lang: String,
    /// The page's title, as plain text.
    pub title: String,
    /// The page's absolute address, with the token in its fragment.
    pub url: String,
}

fn by_name<S: serde::Serializer>(key: &GateKey, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(key.name())
}

/// What opens each gate of the site, by id. Whatever keeps keys from being made is reported.
#[must_use]
pub fn unlocks(project: &dyn Project, options: &Options, diagnostics: &mut Diagnostics) -> Vec<Unlock> {
    let Some(loaded) = load(project, diagnostics) else { return Vec::new() };
    let mut found: BTreeMap<String, Unlock> = BTreeMap::new();
    for edition in sources::editions(&loaded.content.config, options.edition.as_deref(), diagnostics) {
        let linked = link(project, &loaded, &edition, options, diagnostics);
        for gate in linked.features.gates.all() {
            let unlock = found.entry(gate.id.clone()).or_insert_with(|| Unlock {
                gate: gate.id.clone(),
                key: gate.source,
                key_version: gate.key_version,
                form: gate.form.clone(),
                token: gate.token(),
                links: Vec::new(),
            });
            unlock.links.extend(links(&linked, gate));
        }
    }
    found.into_values().collect()
}

fn links(linked: &Edition, gate: &Gate) -> Vec<Link> {
    let site = &linked.site;
    let token = percent::fragment(&gate.token()).into_owned();
    let link = |page| {
        let page = site.page(page);
        Link {
            edition: site.view.edition.name.clone(),
            lang: site.config().languages[page.lang()].code.clone(),
            title: page.title().to_string(),
            url: format!("{}#unlock={token}", site.permalink(&page.url)),
        }
    };
    gate.pages.iter().map(|id| link(*id)).collect()
}
