//! Credentials in what an edition for everybody publishes: its pages here, its forms where they are checked, files that are
//! copied when they are.

use crate::config::{Audience, EditionConfig};
use crate::diag::{Diagnostic, Diagnostics, credentials};
use crate::site::Site;

/// So many bytes tell whether a file is a text: git looks at as many.
const BEGINNING: usize = 8000;

/// Reports what looks like a credential in the pages of an edition for everybody, wherever in their files.
pub fn check(site: &Site, diagnostics: &mut Diagnostics) {
    if site.view.edition.sees(Audience::Team) {
        return;
    }
    for page in site.pages() {
        let found = page.meta().credentials.iter();
        diagnostics.extend(found.map(|found| credentials::problem(found, page.path(), None)));
    }
}

/// What looks like a credential in a file that is copied as it is, if it is a text that everybody gets.
#[must_use]
pub fn in_copy(edition: &EditionConfig, path: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    let is_text = !bytes[..bytes.len().min(BEGINNING)].contains(&0);
    if edition.sees(Audience::Team) || !is_text {
        return Vec::new();
    }
    credentials::find(bytes).iter().map(|found| credentials::problem(found, path, None)).collect()
}
