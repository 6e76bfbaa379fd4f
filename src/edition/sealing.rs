//! What an edition gets beside what its pages say: keys and sealed files, what reps hand on, files that are copied.

use super::artifact;
use super::inputs::Inputs;
use crate::diag::{Diagnostic, Diagnostics};
use crate::leads::gates::{self, Gates};
use crate::links::Links;
use crate::pages::gated;
use crate::pages::linked::Edition;
use crate::plan::{Artifact, Origin, OutPath, Planned, Warrant};
use crate::project::Project;
use crate::sales::sharing::{self, Share};
use crate::site::{PageId, Site};

/// The folder of cards among what is kept between builds.
const CARDS: &str = "cards";

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
        Artifact::Copy(path) => project.read(path),
        Artifact::Sealed(index) => linked.features.gates.emit(*index, &|path| project.read(path)),
        Artifact::Card(page) => Ok(card(project, linked, *page)),
        _ => artifact::render(linked, artifact),
    }
}

/// The social card of a page, drawn where it isn't kept.
fn card(project: &dyn Project, linked: &Edition, page: PageId) -> Vec<u8> {
    let Some(card) = linked.features.cards.card(&linked.site, page) else { return Vec::new() };
    let name = format!("{CARDS}/{}", card.key);
    project.kept(&name).unwrap_or_else(|| {
        let file = artifact::card(linked, page);
        project.keep(&name, &file);
        file
    })
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
        let path = links.image(person)?;
        let size = site.content.images.get(path);
        let (width, height) = (size.map(|size| size.width), size.map(|size| size.height));
        Some(sharing::Photo { src: site.href(links.file_url(path)?), width, height })
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
        read: &|path| project.read(path),
        text: &|page, placeholders| gated::text(&linked, page, placeholders),
    };
    let gates = gates.seal(&linked.site, &material, diagnostics);
    linked.plan.extend(gates.artifacts(&linked.site), diagnostics);
    linked.features.gates = gates;
    linked
}

/// Files in `static/` are copied as they are.
pub(super) fn static_files(site: &Site) -> Vec<Planned> {
    let files = site.content.files.iter().filter_map(|file| Some((file, file.strip_prefix("static/")?)));
    let planned = files.filter_map(|(file, path)| {
        Some(Planned {
            path: OutPath::file(path),
            artifact: Artifact::Copy(file.clone()),
            origin: Origin::file(format!("the file `{file}`"), file.clone()),
            warrant: Warrant::fixed(file)?,
        })
    });
    planned.collect()
}
