//! The files that gated text names: which of them are sealed, and which can't be or are open anyway.

use super::GateInputs;
use crate::content::gate::{FileUse, Usage};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::site::Page;

/// What a page's gated part names and no open text does. The download is sealed in any case, so that it can be offered.
pub(super) fn to_seal(page: &Page, known: &GateInputs<'_>, diagnostics: &mut Diagnostics) -> Vec<FileUse> {
    let mut found = (known.uses)(page);
    found.retain(|file| {
        let is_open = (known.is_open)(&file.path);
        match (is_open, file.usage) {
            // A picture that stands in both parts is no mistake.
            (true, Usage::Image | Usage::Media) => {}
            (true, Usage::Link | Usage::Download) => diagnostics.push(open(page, file)),
            (false, Usage::Image) if is_svg(&file.path) => diagnostics.push(svg(page, file)),
            (false, Usage::Media) => diagnostics.push(media(page, file)),
            (false, _) => {}
        }
        !is_open || file.usage == Usage::Download
    });
    found
}

fn is_svg(path: &str) -> bool {
    path.to_ascii_lowercase().ends_with(".svg")
}

fn open(page: &Page, file: &FileUse) -> Diagnostic {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    Diagnostic::new(Code::GatedFileOpen, format!("anyone can get `{name}` without filling in the form"))
        .at(page.path(), file.span)
        .help("an open text refers to it too, or it is in the folder of a page without a gate")
        .help("remove the open link, or move the file out of that folder, next to the gated page")
}

fn svg(page: &Page, file: &FileUse) -> Diagnostic {
    Diagnostic::new(Code::GatedSvg, "an SVG image can't be shown behind a gate")
        .at(page.path(), file.span)
        .help("save it as PNG or WebP: browsers don't draw a decrypted SVG")
}

fn media(page: &Page, file: &FileUse) -> Diagnostic {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    Diagnostic::new(Code::GatedMedia, format!("`{name}` can't be played or shown like this behind a gate"))
        .at(page.path(), file.span)
        .help(format!(
            "link to it, so that readers save it: `[{name}]({name})`; show an image with `<img src>`"
        ))
}
