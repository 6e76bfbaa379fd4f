//! What can be wrong with an image, in words.

use serde::{Deserialize, Serialize};

use crate::diag::{Code, Diagnostic};

/// Why an image can't be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// Its file ends too early, or isn't what it begins as.
    Damaged,
    /// It has more than 80 million pixels, or 20,000 on one side.
    TooLarge,
    /// Its file has no bytes.
    Empty,
    /// A JPEG whose colours follow one another, some of them at half their size: the decoder gets these wrong.
    Apart,
    /// Browsers can't show its type, and no library that we may ship reads it.
    NotForBrowsers,
    /// A type whose metadata can't be taken off, and there is some.
    KeepsMetadata,
}

impl Fault {
    /// The report of the image at `path`, which can't be published.
    #[must_use]
    pub fn report(self, path: &str) -> Diagnostic {
        let (code, message, help) = match self {
            Self::Damaged => (
                Code::DamagedImage,
                "this image is damaged, or its file ends too early",
                "save it again with a program for images, or copy it again from where it comes from",
            ),
            Self::Empty => {
                (Code::DamagedImage, "this image's file is empty", "copy it again from where it comes from")
            }
            Self::Apart => (
                Code::ImageType,
                "this JPEG has its colours one after the other, which is rare, and can't be read",
                "open it with a program for images, and save it again",
            ),
            Self::TooLarge => (
                Code::ImageTooLarge,
                "this image has more than 80 million pixels, or more than 20,000 on one side",
                "make it smaller: 2,400 pixels across are enough for any screen",
            ),
            Self::NotForBrowsers => (
                Code::ImageType,
                "most browsers can't show an image of this type",
                "save it as JPEG, PNG or WebP; on an iPhone, \"Most Compatible\" in the camera's settings does that",
            ),
            Self::KeepsMetadata => (
                Code::ImageType,
                "this image says how, and maybe where, it was taken, which can't be taken off files of this type",
                "save it as JPEG, PNG or WebP, or without its metadata",
            ),
        };
        Diagnostic::new(code, message).in_file(path).help(help)
    }
}
