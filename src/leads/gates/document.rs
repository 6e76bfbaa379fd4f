//! The sealed document: the JSON that a browser finds when it has opened a gate.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::seal::Plaintext;
use crate::content::body::TocEntry;
use crate::content::image::ImageSize;

/// The gated part of a page. Like a [`Plaintext`], it can't be looked into: it is for sealing.
#[derive(Serialize)]
pub struct SealedText {
    version: u8,
    html: String,
    toc: Vec<Entry>,
    /// By the address that stands for the file in the HTML.
    files: BTreeMap<String, File>,
    /// The address of the file that the gate gives away.
    download: Option<String>,
}

impl SealedText {
    /// The HTML of the gated part and its headings.
    #[must_use]
    pub fn new(html: String, toc: &[TocEntry]) -> Self {
        Self { version: super::key::VERSION, html, toc: entries(toc), files: BTreeMap::new(), download: None }
    }

    /// Adds a file, which stands in the text by this placeholder.
    pub(super) fn add_file(&mut self, placeholder: &str, file: File) {
        self.files.insert(placeholder.to_string(), file);
    }

    /// Says which of the files the gate gives away.
    pub(super) fn set_download(&mut self, placeholder: &str) {
        self.download = Some(placeholder.to_string());
    }

    /// The document as bytes that can only be sealed.
    pub(super) fn into_plaintext(self) -> Plaintext {
        Plaintext::new(crate::encode::json::text(&self))
    }
}

impl fmt::Debug for SealedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} bytes)", self.html.len())
    }
}

/// An entry of the table of contents.
#[derive(Serialize)]
struct Entry {
    id: String,
    text: String,
    children: Vec<Entry>,
}

fn entries(toc: &[TocEntry]) -> Vec<Entry> {
    let entry = |entry: &TocEntry| Entry {
        id: entry.id.clone(),
        text: entry.text.clone(),
        children: entries(&entry.children),
    };
    toc.iter().map(entry).collect()
}

/// What is known of a file when it is sealed.
#[derive(Debug, Clone, Copy)]
pub(super) struct SealedFileFacts {
    /// Its size in bytes before it is sealed.
    pub(super) size: usize,
    /// Of a picture that was made smaller: its size.
    pub(super) shown: Option<ImageSize>,
}

/// A sealed file: where it is, and what the browser needs to make something of it.
#[derive(Serialize)]
pub(super) struct File {
    sealed: String,
    item: String,
    #[serde(rename = "type")]
    media_type: &'static str,
    name: String,
    size: usize,
    width: Option<u32>,
    height: Option<u32>,
}

impl File {
    /// The file at `path` of the site, sealed at the URL `sealed`; an image has a size in pixels, and a picture that was
    /// made smaller another one.
    pub(super) fn new(path: &str, sealed: String, about: &SealedFileFacts, image: Option<ImageSize>) -> Self {
        let SealedFileFacts { size, shown } = *about;
        let image = shown.or(image);
        Self {
            sealed,
            item: path.to_string(),
            media_type: if shown.is_some() { "image/webp" } else { media_type(path) },
            name: path.rsplit('/').next().unwrap_or(path).to_string(),
            size,
            width: image.map(|image| image.width),
            height: image.map(|image| image.height),
        }
    }
}

/// The ending of a file's name, in capitals.
pub(super) fn kind(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map(|(_, ending)| ending.to_uppercase()).unwrap_or_default()
}

/// What browsers must know to draw an image; anything else is only saved.
fn media_type(path: &str) -> &'static str {
    match kind(path).as_str() {
        "AVIF" => "image/avif",
        "GIF" => "image/gif",
        "ICO" => "image/x-icon",
        "JPEG" | "JPG" => "image/jpeg",
        "PDF" => "application/pdf",
        "PNG" => "image/png",
        "SVG" => "image/svg+xml",
        "WEBP" => "image/webp",
        _ => "application/octet-stream",
    }
}
