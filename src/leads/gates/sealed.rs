//! The sealed files of an edition: what is in them, and what the browser is told of it.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::document::SealedFileFacts;
use super::key::Key;
use super::seal::{self, Plaintext};
use super::{Gate, Material, Pictures, Placeholders, Read, document};
use crate::content::gate::Usage;
use crate::content::image::ImageSize;
use crate::diag::{Diagnostic, Diagnostics};
use crate::encode::bytes::hex;
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
    /// Its size in bytes before it is sealed.
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
    /// Ciphertext that is complete, so that its name could be made from it.
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
            Content::File(path) => seal::seal(key, &self.item, &Plaintext::new(read(path)?)),
        }
    }
}

/// Files of the site that are sealed, with what is known of them, by gate and path.
pub(super) type Files = BTreeMap<(String, String), (SealedFile, SealedFileFacts)>;

/// Finds the names of all files of the site that are sealed. Those that can't be read are reported.
pub(super) fn files<'g>(
    gates: impl Iterator<Item = &'g Gate>,
    material: &Material<'_>,
    diagnostics: &mut Diagnostics,
) -> Files {
    let mut wanted: BTreeMap<(String, String), (&Gate, bool)> = BTreeMap::new();
    for gate in gates {
        for file in gate.uses.values().flatten() {
            let is_shown = file.usage == Usage::Image;
            let (_, is_only_shown) =
                wanted.entry((gate.id.clone(), file.path.clone())).or_insert((gate, true));
            *is_only_shown &= is_shown;
        }
    }
    let sealed: Vec<_> = wanted
        .into_par_iter()
        .map(|((id, path), (gate, is_only_shown))| {
            // Who gets the file itself sees it as well.
            let shown = material.pictures.picture_key(&path).filter(|_| is_only_shown);
            let file = match shown {
                Some(shown) => picture(gate, &path, shown, material.pictures)?,
                None => file(gate, &path, (material.read)(&path)?),
            };
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

/// A file of the site, as it will be in the output.
fn file(gate: &Gate, path: &str, bytes: Vec<u8>) -> (SealedFile, SealedFileFacts) {
    let plaintext = Plaintext::new(bytes);
    let sealed = SealedFile {
        gate: gate.id.clone(),
        item: path.to_string(),
        name: seal::name(&gate.key, path, &plaintext),
        content: Content::File(path.to_string()),
    };
    (sealed, SealedFileFacts { size: plaintext.len(), shown: None })
}

/// A picture as it is shown. It is kept as it is in the output, sealed, under a name that tells nothing without the key.
fn picture(
    gate: &Gate,
    path: &str,
    (print, size): (String, ImageSize),
    pictures: &dyn Pictures,
) -> Result<(SealedFile, SealedFileFacts), Box<Diagnostic>> {
    let name =
        hex(&gate.key.mac(&[b"an image that is kept\0", path.as_bytes(), &[0], print.as_bytes()])[..12]);
    let place = format!("images/sealed/{name}");
    let kept = pictures.read_kept(&place);
    let known = kept.and_then(|file| Some((seal::open(&gate.key, path, &file)?, file)));
    let (plaintext, file) = match known {
        Some((bytes, file)) => (Plaintext::new(bytes), file),
        None => {
            let plaintext = Plaintext::new(pictures.make(path)?);
            let file = seal::seal(&gate.key, path, &plaintext)?;
            pictures.keep(&place, &file);
            (plaintext, file)
        }
    };
    let sealed = SealedFile {
        gate: gate.id.clone(),
        item: path.to_string(),
        name: seal::name(&gate.key, path, &plaintext),
        content: Content::Ready(file),
    };
    Ok((sealed, SealedFileFacts { size: plaintext.len(), shown: Some(size) }))
}

/// Seals what is behind the gates of one edition, and remembers what each file's name comes from.
pub(super) struct Sealer<'a> {
    pub(super) site: &'a Site,
    pub(super) material: &'a Material<'a>,
    pub(super) files: &'a Files,
}

impl Sealer<'_> {
    /// Seals the text of a page behind its gate, and says what the page is told of it.
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
            let Some((sealed, about)) = self.files.get(&(gate.id.clone(), path.clone())) else { continue };
            let url = self.site.href(&sealed.url());
            let image = self.site.content.images.get(path).copied();
            text.add_file(placeholder, document::File::new(path, url, about, image));
            if uses.iter().any(|file| file.path == *path && file.usage == Usage::Download) {
                text.set_download(placeholder);
                download = Some(Download { kind: document::kind(path), size: about.size });
            }
        }
        let plaintext = text.into_plaintext();
        let text = SealedFile {
            gate: gate.id.clone(),
            item: page.url.clone(),
            name: seal::name(&gate.key, &page.url, &plaintext),
            content: Content::Ready(seal::seal(&gate.key, &page.url, &plaintext)?),
        };
        Ok((Sealed { gate: gate.id.clone(), url: text.url(), download }, text))
    }
}
