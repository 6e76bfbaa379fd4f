//! The sealed files of an edition: what is in them, and what the browser is told of it.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::key::Key;
use super::seal::{self, Plaintext};
use super::{Gate, Material, Placeholders, Read, document};
use crate::content::gate::Usage;
use crate::diag::{Diagnostic, Diagnostics};
use crate::site::{Page, Site};

/// What a page has of its gate.
#[derive(Debug)]
pub(super) struct Sealed {
    pub(super) gate: String,
    /// The URL of the sealed text.
    pub(super) url: String,
    pub(super) download: Option<Download>,
}

/// What readers may know of a download before they have it: not its name, which could give something away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// The ending of its name: `PDF`.
    pub kind: String,
    /// Its size in bytes.
    pub size: usize,
}

/// A file of the output.
#[derive(Debug)]
pub(super) struct SealedFile {
    pub(super) gate: String,
    item: String,
    name: String,
    content: Content,
}

#[derive(Debug)]
enum Content {
    /// The bytes, sealed.
    Ready(Vec<u8>),
    /// A file of the site, by its path.
    File(String),
}

impl SealedFile {
    /// Its URL, from the site's root.
    pub(super) fn url(&self) -> String {
        format!("/sealed/{}.bin", self.name)
    }

    /// Its bytes, sealed with the key of its gate.
    pub(super) fn bytes(&self, key: &Key, read: &Read<'_>) -> Result<Vec<u8>, Box<Diagnostic>> {
        match &self.content {
            Content::Ready(bytes) => Ok(bytes.clone()),
            Content::File(path) => Ok(seal::seal(key, &self.item, &Plaintext::new(read(path)?))),
        }
    }
}

/// Files of the site that are sealed, with their sizes, by gate and path.
pub(super) type Files = BTreeMap<(String, String), (SealedFile, usize)>;

/// Finds the names of all files of the site that are sealed. Those that can't be read are reported.
pub(super) fn files<'g>(
    gates: impl Iterator<Item = &'g Gate>,
    material: &Material<'_>,
    diagnostics: &mut Diagnostics,
) -> Files {
    let wanted = gates.flat_map(|gate| {
        let uses = gate.uses.values().flatten();
        uses.map(move |file| ((gate.id.clone(), file.path.clone()), gate))
    });
    let wanted: BTreeMap<(String, String), &Gate> = wanted.collect();
    let sealed: Vec<_> = wanted
        .into_par_iter()
        .map(|((id, path), gate)| {
            let file = file(gate, &path, (material.read)(&path)?);
            Ok::<_, Box<Diagnostic>>(((id, path), file))
        })
        .collect();
    let mut files = Files::new();
    for file in sealed {
        match file {
            Ok((place, file)) => drop(files.insert(place, file)),
            Err(problem) => diagnostics.push(*problem),
        }
    }
    files
}

/// A file of the site, as it will be in the output, and its size.
fn file(gate: &Gate, path: &str, bytes: Vec<u8>) -> (SealedFile, usize) {
    let plaintext = Plaintext::new(bytes);
    let sealed = SealedFile {
        gate: gate.id.clone(),
        item: path.to_string(),
        name: seal::name(&gate.key, path, &plaintext),
        content: Content::File(path.to_string()),
    };
    (sealed, plaintext.len())
}

/// Makes sealed texts.
pub(super) struct Sealer<'a> {
    pub(super) site: &'a Site,
    pub(super) material: &'a Material<'a>,
    pub(super) files: &'a Files,
}

impl Sealer<'_> {
    pub(super) fn page(&self, gate: &Gate, page: &Page) -> Result<(Sealed, SealedFile), Box<Diagnostic>> {
        let uses = gate.uses.get(&page.id).map_or(&[][..], Vec::as_slice);
        let mut placeholders = Placeholders::new();
        for file in uses {
            let next = format!("sealed:{}", placeholders.len());
            placeholders.entry(file.path.clone()).or_insert(next);
        }
        let mut text = (self.material.text)(page, &placeholders)?;
        let mut download = None;
        for (path, placeholder) in &placeholders {
            let Some((sealed, size)) = self.files.get(&(gate.id.clone(), path.clone())) else { continue };
            let url = self.site.href(&sealed.url());
            let image = self.site.content.images.get(path).copied();
            text.add_file(placeholder, document::File::new(path, url, *size, image));
            if uses.iter().any(|file| file.path == *path && file.usage == Usage::Download) {
                text.set_download(placeholder);
                download = Some(Download { kind: document::kind(path), size: *size });
            }
        }
        let plaintext = text.into_plaintext();
        let text = SealedFile {
            gate: gate.id.clone(),
            item: page.url.clone(),
            name: seal::name(&gate.key, &page.url, &plaintext),
            content: Content::Ready(seal::seal(&gate.key, &page.url, &plaintext)),
        };
        Ok((Sealed { gate: gate.id.clone(), url: text.url(), download }, text))
    }
}
