//! What an edition gets beside what its pages say: keys and sealed files, and what reps hand on.

use super::copies;
use super::inputs::Inputs;
use crate::content::image::{self, Fault, Found, ImageSize};
use crate::diag::{Diagnostic, Diagnostics};
use crate::leads::gates::{self, Gates};
use crate::links::Links;
use crate::pages::gated;
use crate::pages::linked::Edition;
use crate::project::Project;
use crate::publishing::media;
use crate::sales::sharing::{self, Share};
use crate::site::Site;

/// The gates of an edition, with their keys.
pub(super) fn gates(loaded: &Inputs, site: &Site, links: &Links, diagnostics: &mut Diagnostics) -> Gates {
    let known = gates::GateInputs {
        secret: loaded.secret.as_ref(),
        uses: &|page| links.gated_files(page),
        is_open: &|path| links.file_url(path).is_some(),
    };
    Gates::collect(site, &known, diagnostics)
}

/// What is handed on with pages, and by whom.
pub(super) fn share(loaded: &Inputs, site: &Site, links: &Links, diagnostics: &mut Diagnostics) -> Share {
    let photo = |person| {
        let shown = links.picture(site, person)?;
        let (width, height) = shown.size.map(|size| (size.width, size.height)).unzip();
        Some(sharing::Photo { src: site.href(shown.url), width, height })
    };
    let known = sharing::SharingInputs {
        word: &|lang, key| loaded.theme.word(lang, key).unwrap_or_default().to_string(),
        photo: &photo,
        token: &|gate| gates::token(gate, loaded.secret.as_ref()),
    };
    Share::collect(site, &known, diagnostics)
}

/// Seals what is behind the gates, and plans the sealed files. Nothing is sealed of an edition that can't be rendered.
pub(super) fn seal(project: &dyn Project, linked: Edition, diagnostics: &mut Diagnostics) -> Edition {
    if diagnostics.has_errors() {
        return linked;
    }
    let material = gates::Material {
        read: &|path| copies::published(project, path),
        pictures: &GatedPictures { project, site: &linked.site },
        text: &|page, placeholders| gated::text(&linked, page, placeholders),
    };
    let gates = linked.features.gates.seal(&linked.site, &material, diagnostics);
    linked.sealed(gates, diagnostics)
}

/// The pictures that are shown behind gates.
struct GatedPictures<'a> {
    project: &'a dyn Project,
    site: &'a Site,
}

impl gates::Pictures for GatedPictures<'_> {
    fn picture_key(&self, path: &str) -> Option<(String, ImageSize)> {
        match self.site.content.pictures.get(path)? {
            Found::Picture(picture) if picture.is_derived() => {
                let variant = image::for_gate(picture);
                Some((format!("{}-{}", picture.print, variant.name(picture)), variant.size()))
            }
            _ => None,
        }
    }

    fn make(&self, path: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        let Some(Found::Picture(picture)) = self.site.content.pictures.get(path) else {
            return Err(Box::new(Fault::Damaged.report(path)));
        };
        media::fresh(self.project, (path, picture), &image::for_gate(picture))
    }

    fn read_kept(&self, name: &str) -> Option<Vec<u8>> {
        self.project.read_kept(name)
    }

    fn keep(&self, name: &str, sealed: &[u8]) {
        self.project.keep(name, sealed);
    }
}
