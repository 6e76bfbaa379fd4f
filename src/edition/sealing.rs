//! What an edition gets beside what its pages say: keys and sealed files, what reps hand on, files that are copied.

use super::artifact;
use super::inputs::Inputs;
use crate::content::image::{self, Fault, Found, ImageSize, Picture, Variant};
use crate::diag::{Diagnostic, Diagnostics};
use crate::editorial::admin;
use crate::leads::gates::{self, Gates};
use crate::links::Links;
use crate::pages::gated;
use crate::pages::linked::Edition;
use crate::plan::{Artifact, Origin, OutPath, Planned, Warrant};
use crate::project::Project;
use crate::publishing::media::{self, Effort};
use crate::sales::sharing::{self, Share};
use crate::site::{PageId, Site};

/// The bytes of one file of the plan.
///
/// # Errors
///
/// A file can't be read, or a template failed.
pub fn bytes(
    project: &dyn Project,
    linked: &Edition,
    artifact: &Artifact,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    match artifact {
        Artifact::Copy(path) => published(project, path),
        Artifact::Sealed(index) => linked.features.gates.emit(*index, &|path| published(project, path)),
        Artifact::Picture { path, variant } => {
            let made = media::make(project, (path, picture(linked, path)?), &[*variant], Effort::Quick)?;
            Ok(made.into_iter().next().unwrap_or_default())
        }
        Artifact::Card(page) => card(project, linked, *page),
        _ => artifact::render(linked, artifact),
    }
}

/// The social card of a page, drawn.
fn card(project: &dyn Project, linked: &Edition, page: PageId) -> Result<Vec<u8>, Box<Diagnostic>> {
    let (site, cards) = (&linked.site, &linked.features.cards);
    let Some(card) = cards.card(site, page) else { return Ok(Vec::new()) };
    let portrait = cards.portrait(card, &|person, size, paper| {
        let Some((path, picture, part)) = linked.features.links.face(site, person) else {
            return Ok(Vec::new());
        };
        let size = ImageSize { width: size, height: size };
        media::points(project, (path, picture), part, (size, paper))
    })?;
    Ok(artifact::card(linked, page, portrait.as_deref()))
}

/// A file as it goes out: a picture has no metadata.
fn published(project: &dyn Project, path: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
    let bytes = project.read(path)?;
    if image::is_raster(path) || image::is_image(path) { media::published(path, bytes) } else { Ok(bytes) }
}

/// Some sizes of a picture as readers get them, in the order in which they are asked for.
///
/// # Errors
///
/// The picture can't be read or decoded.
pub fn pictures(
    project: &dyn Project,
    linked: &Edition,
    (path, variants): (&str, &[Variant]),
) -> Result<Vec<Vec<u8>>, Box<Diagnostic>> {
    media::make(project, (path, picture(linked, path)?), variants, Effort::Best)
}

fn picture<'e>(linked: &'e Edition, path: &str) -> Result<&'e Picture, Box<Diagnostic>> {
    match linked.site.content.pictures.get(path) {
        Some(Found::Picture(picture)) => Ok(picture),
        _ => Err(Box::new(Fault::Damaged.report(path))),
    }
}

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
pub(super) fn seal(project: &dyn Project, mut linked: Edition, diagnostics: &mut Diagnostics) -> Edition {
    if diagnostics.has_errors() {
        return linked;
    }
    let gates = std::mem::take(&mut linked.features.gates);
    let material = gates::Material {
        read: &|path| published(project, path),
        pictures: &GatedPictures { project, site: &linked.site },
        text: &|page, placeholders| gated::text(&linked, page, placeholders),
    };
    let gates = gates.seal(&linked.site, &material, diagnostics);
    linked.plan.extend(gates.artifacts(&linked.site), diagnostics);
    linked.features.gates = gates;
    linked
}

/// The pictures that are shown behind gates.
struct GatedPictures<'a> {
    project: &'a dyn Project,
    site: &'a Site,
}

impl gates::Pictures for GatedPictures<'_> {
    fn shown(&self, path: &str) -> Option<(String, ImageSize)> {
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

    fn kept(&self, name: &str) -> Option<Vec<u8>> {
        self.project.kept(name)
    }

    fn keep(&self, name: &str, sealed: &[u8]) {
        self.project.keep(name, sealed);
    }
}

/// Files in `static/` are copied as they are.
pub(super) fn static_files(site: &Site) -> Vec<Planned> {
    let files = site.content.files.iter().filter_map(|file| Some((file, file.strip_prefix("static/")?)));
    let shown = files.filter(|(file, _)| !admin::is_of_another(site, file));
    let planned = shown.filter_map(|(file, path)| {
        Some(Planned {
            path: OutPath::file(path),
            artifact: Artifact::Copy(file.clone()),
            origin: Origin::file(format!("the file `{file}`"), file.clone()),
            warrant: Warrant::fixed(file)?,
        })
    });
    planned.collect()
}
