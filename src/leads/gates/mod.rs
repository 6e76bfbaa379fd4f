//! Gates: what stands behind a form is in the output as ciphertext alone.
//!
//! [`Gates::collect`] finds the gates of an edition and makes their keys ([`key`]); once the edition is linked and
//! pages can be rendered, [`Gates::seal`] seals what is behind them ([`mod@seal`], `document`). It comes before anything is
//! written, because pages name the sealed files, and these are named after what is in them. A file of the site is
//! sealed again when it is written, so that a large download isn't kept in memory. How a reader opens a gate is
//! `gate.js`'s matter; `docs/content/gates.md` has the formats and says what they protect from. An edition for the team has no
//! gates: its pages are open ([`Site::gate`]). [`lock`] puts a whole edition behind a passphrase.

mod document;
pub mod key;
pub mod lock;
pub mod seal;
mod sealed;
mod terms;
mod uses;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use crate::content::front_matter::GateKey;
use crate::content::gate::FileUse;
use crate::content::image::ImageSize;
use crate::diag::{Diagnostic, Diagnostics};
use crate::encode::script;
use crate::ids::IdVec;
use crate::plan::{Artifact, ClientFile, Origin, OutPath, Planned, SealedId, Warrant, client_files};
use crate::site::{Page, PageId, Site};
pub use document::SealedText;
use key::{Key, Secret};
pub use sealed::Download;
use sealed::{Sealed, SealedFile, Sealer};
pub use terms::token;

/// The browser code: opens gates, and locked editions.
pub const CLIENT: &[ClientFile] = client_files!("src/leads/gates/client":
    Entry "gate", Entry "opened", Entry "lock", Entry "lock-now", Apart "lock-worker",
    Part "gate-page", Part "unseal", Part "lock-pages");

/// Gives the bytes of a file of the site.
pub type Read<'a> = dyn Fn(&str) -> Result<Vec<u8>, Box<Diagnostic>> + Sync + 'a;

/// Gives the gated part of a page, to be sealed.
pub type Render<'a> = dyn Fn(&Page, &Placeholders) -> Result<SealedText, Box<Diagnostic>> + Sync + 'a;

/// What is known before an edition is linked.
pub struct GateInputs<'a> {
    /// The site's secret, from which keys are derived; `None` where there is none.
    pub secret: Option<&'a Secret>,
    /// The files that a page's gated part names.
    pub uses: &'a dyn Fn(&Page) -> Vec<FileUse>,
    /// Is a file published openly?
    pub is_open: &'a dyn Fn(&str) -> bool,
}

/// The pictures that are shown behind gates: smaller than their files, and slow to make.
pub trait Pictures: Sync {
    /// What tells a picture from any other, and how large it is shown; `None` for what is sealed as it is.
    fn picture_key(&self, path: &str) -> Option<(String, ImageSize)>;

    /// The bytes of a picture as it is shown, as WebP. They must be kept nowhere but sealed.
    ///
    /// # Errors
    ///
    /// The file can't be read or decoded.
    fn make(&self, path: &str) -> Result<Vec<u8>, Box<Diagnostic>>;

    /// What was kept under a name.
    fn read_kept(&self, name: &str) -> Option<Vec<u8>>;

    /// Keeps what is sealed already.
    fn keep(&self, name: &str, sealed: &[u8]);
}

/// What the texts and files behind gates are taken from.
pub struct Material<'a> {
    /// The site's files, as they go out.
    pub read: &'a Read<'a>,
    /// Its pictures, as they are shown.
    pub pictures: &'a dyn Pictures,
    /// The gated part of a page, with the addresses that sealed files have in it, by path.
    pub text: &'a Render<'a>,
}

/// Addresses that stand for sealed files in a sealed text, by the file's path: `sealed:0`.
pub type Placeholders = BTreeMap<String, String>;

/// A gate: what all pages with its id have in common.
#[derive(Debug)]
pub struct Gate {
    /// Its id: what `gate.id` says, or that of its form.
    pub id: String,
    /// The form that it asks for.
    pub form: String,
    /// Where its key comes from.
    pub source: GateKey,
    /// The version of its key: raising it makes earlier links and tokens worthless.
    pub key_version: u32,
    /// The pages that have the gate, in all languages.
    pub pages: Vec<PageId>,
    key: Key,
    /// By page, the files to be sealed with it.
    uses: BTreeMap<PageId, Vec<FileUse>>,
}

impl Gate {
    /// The token that opens the gate, at the end of a link or in a webhook's answer. It is secret until a form was
    /// sent.
    #[must_use]
    pub fn token(&self) -> String {
        self.key.token()
    }
}

/// The gates of one edition.
#[derive(Debug, Default)]
pub struct Gates {
    gates: Arc<BTreeMap<String, Gate>>,
    pages: BTreeMap<PageId, Sealed>,
    files: IdVec<SealedId, SealedFile>,
}

impl Gates {
    /// Finds the gates of an edition. Terms that don't agree, keys that can't be made and files that can't be sealed are
    /// reported.
    #[must_use]
    pub fn collect(site: &Site, known: &GateInputs<'_>, diagnostics: &mut Diagnostics) -> Self {
        let mut gates = terms::gates(site, known.secret, diagnostics);
        for gate in gates.values_mut() {
            let uses = |id: &PageId| (*id, uses::to_seal(site.page(*id), known, diagnostics));
            gate.uses = gate.pages.iter().map(uses).collect();
        }
        Self { gates: Arc::new(gates), ..Self::default() }
    }

    /// The same gates, with what is behind them sealed. Files and templates that fail are reported.
    #[must_use]
    pub fn seal(&self, site: &Site, material: &Material<'_>, diagnostics: &mut Diagnostics) -> Self {
        let mut all = Self { gates: Arc::clone(&self.gates), ..Self::default() };
        let files = sealed::files(self.gates.values(), material, diagnostics);
        let sealer = Sealer { site, material, files: &files };
        let pages = self.gates.values().flat_map(|gate| gate.pages.iter().map(move |page| (gate, *page)));
        let texts: Vec<_> = pages
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|(gate, page)| sealer.page(gate, site.page(page)).map(|sealed| (page, sealed)))
            .collect();
        for text in texts {
            match text {
                Ok((page, (sealed, file))) => {
                    all.pages.insert(page, sealed);
                    all.files.push(file);
                }
                Err(problem) => diagnostics.push(*problem),
            }
        }
        all.files.extend(files.into_values().map(|(file, _)| file));
        all
    }

    /// Every gate of the edition, in the order of their ids.
    pub fn all(&self) -> impl Iterator<Item = &Gate> {
        self.gates.values()
    }

    /// The gate of a page.
    #[must_use]
    pub fn on_page(&self, page: PageId) -> Option<&Gate> {
        self.gates.get(&self.pages.get(&page)?.gate)
    }

    /// What may be told of the download behind a page's gate.
    #[must_use]
    pub fn download(&self, page: PageId) -> Option<&Download> {
        self.pages.get(&page)?.download.as_ref()
    }

    /// What `gate.js` must know on a page, as the content of `<script type="application/json">`.
    #[must_use]
    pub fn config(&self, site: &Site, page: PageId) -> Option<String> {
        let (gate, sealed) = (self.on_page(page)?, self.pages.get(&page)?);
        let config = GateConfig {
            version: key::VERSION,
            gate: &gate.id,
            key_version: gate.key_version,
            key: gate.source.name(),
            sealed: site.href(&sealed.url),
            item: &site.page(page).url,
            token: (gate.source == GateKey::Page).then(|| gate.token()),
        };
        Some(script::json(&config))
    }

    /// The sealed files of all gates, for the plan: one for each text and file behind a gate.
    #[must_use]
    pub fn artifacts(&self, site: &Site) -> Vec<Planned> {
        let planned = self.files.each().filter_map(|(sealed, file)| {
            Some(Planned {
                path: OutPath::file(file.url()),
                artifact: Artifact::Sealed(sealed),
                origin: Origin::generated(format!("something sealed for the gate `{}`", file.gate)),
                warrant: Warrant::pages(site, self.gates[&file.gate].pages.iter().copied())?,
            })
        });
        planned.collect()
    }

    /// The bytes of a sealed file.
    ///
    /// # Errors
    ///
    /// The file that is in it can't be read any more.
    pub fn emit(&self, sealed: SealedId, read: &Read<'_>) -> Result<Vec<u8>, Box<Diagnostic>> {
        let file = &self.files[sealed];
        file.bytes(&self.gates[&file.gate].key, read)
    }
}

/// What `gate.js` must know.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct GateConfig<'a> {
    version: u8,
    gate: &'a str,
    key_version: u32,
    key: &'static str,
    sealed: String,
    item: &'a str,
    token: Option<String>,
}

#[cfg(test)]
mod tests;
