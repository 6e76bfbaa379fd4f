//! The share kit: what a salesperson hands on with a page, and the card of the one whose link a visitor followed.
//!
//! [`Share::collect`] finds the reps (`reps`) and what opens gates; [`Share::kit`] gives what there is to hand on
//! of one page, and [`ShareKit::texts`] the mail, the post and the text message in somebody's name. `share.js` makes the same
//! texts in the browser, in editions for the team; `rep.js` shows the card, in all. A kit is made of what everybody may
//! read, in the team's edition too, where gates stand open.

mod kit;
pub mod qr;
mod reps;
mod texts;

use std::collections::BTreeMap;

pub use kit::{CardColors, ShareImage, ShareKit};
pub use reps::{Photo, Rep, id as rep_id};
pub use texts::{ShareLink, ShareOptions, ShareTemplates, Texts};

use crate::config::{Audience, LangId};
use crate::content::PageKind;
use crate::content::front_matter::GateMeta;
use crate::diag::Diagnostics;
use crate::ids::IdVec;
use crate::plan::{Artifact, ClientFile, Origin, OutPath, Planned, Warrant, client_files};
use crate::site::{Page, PageId, Site};
use reps::RepsFile;

/// The browser code: the share kit, and the card of a rep.
pub const CLIENT: &[ClientFile] = client_files!("src/sales/sharing/client":
    Entry "share", Entry "rep", Part "share-texts", Part "share-image", Part "qr", Part "qr-bytes");

/// What is known before an edition is linked.
pub struct SharingInputs<'a> {
    /// The theme's word in a language.
    pub word: &'a dyn Fn(LangId, &str) -> String,
    /// The picture of a person.
    pub photo: &'a dyn Fn(PageId) -> Option<Photo>,
    /// What opens a gate, where its key can be made.
    pub token: &'a dyn Fn(&GateMeta) -> Option<String>,
}

/// What an edition needs for sharing.
#[derive(Debug, Default)]
pub struct Share {
    /// By language; nothing where a language has no pages, or nobody is a rep.
    reps: IdVec<LangId, Option<RepsFile>>,
    /// What opens the gates of pages, where it can be made.
    tokens: BTreeMap<PageId, String>,
}

impl Share {
    /// Finds reps and gates. Reps whose names can't stand in a link are reported.
    #[must_use]
    pub fn collect(site: &Site, inputs: &SharingInputs<'_>, diagnostics: &mut Diagnostics) -> Self {
        let reps = reps::files(site, inputs, diagnostics);
        let tokens = site.pages().filter_map(|page| Some((page.id, (inputs.token)(page.meta().gate()?)?)));
        let tokens = tokens.collect();
        Self { reps, tokens }
    }

    /// What there is to hand on of a page; nothing where it is for the team alone, not published, or no page to read.
    #[must_use]
    pub fn kit(&self, site: &Site, page: &Page) -> Option<ShareKit> {
        let is_read = matches!(page.kind(), PageKind::Insight | PageKind::Playbook | PageKind::Page);
        let link = site.public_permalink(page).filter(|_| is_read)?;
        let token = self.tokens.get(&page.id).map(String::as_str);
        Some(ShareKit::new(site, &page.document, link, token))
    }

    /// The kit of a page for its template; only the company's own people get one.
    #[must_use]
    pub fn kit_here(&self, site: &Site, page: &Page) -> Option<ShareKit> {
        site.view.edition.sees(Audience::Team).then(|| self.kit(site, page)).flatten()
    }

    /// The reps of a language by id, each as its readers see them.
    #[must_use]
    pub fn reps(&self, lang: LangId) -> Option<&BTreeMap<String, Rep>> {
        Some(&self.file(lang)?.reps)
    }

    /// The path of the list of reps in a language.
    #[must_use]
    pub fn reps_url(&self, lang: LangId) -> Option<&str> {
        Some(&self.file(lang)?.url)
    }

    /// The bytes of the list of reps in a language.
    #[must_use]
    pub fn emit(&self, lang: LangId) -> &str {
        self.file(lang).map_or("", |file| &file.json)
    }

    /// The files that browsers read of the reps, one for each language that has any.
    #[must_use]
    pub fn artifacts(&self, site: &Site) -> Vec<Planned> {
        let planned = self.reps.each().filter_map(|(lang, file)| {
            Some(Planned {
                path: OutPath::file(file.as_ref()?.url.clone()),
                artifact: Artifact::Reps { lang },
                origin: Origin::generated("the list of reps"),
                warrant: Warrant::edition(site),
            })
        });
        planned.collect()
    }

    fn file(&self, lang: LangId) -> Option<&RepsFile> {
        self.reps.get(lang)?.as_ref()
    }
}

#[cfg(test)]
mod tests;
