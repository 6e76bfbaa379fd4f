//! From the plan to bytes: [`render`] is a pure function of a linked edition and one artifact, without I/O.
//!
//! `theme` loads templates and assets, `view` builds the values that templates get (`docs/templates.md`), [`html`]
//! is the only code that escapes.

mod engine;
pub mod features;
pub mod gated;
pub mod html;
pub mod linked;
mod report;
mod settings;
mod targets;
pub mod theme;
mod view;

pub use features::Features;
pub use linked::Linked;
pub use report::report;

use crate::diag::Diagnostic;
use crate::features::feeds;
use crate::features::forms::free_mail;
use crate::features::gates::lock::{self, Lock};
use crate::features::hosting;
use crate::features::sitemap;
use crate::plan::Artifact;

/// The bytes of one artifact.
///
/// # Errors
///
/// A template failed: the diagnostic names it and the page.
///
/// # Panics
///
/// [`Artifact::Copy`] and [`Artifact::Sealed`] are no matter of rendering: whoever maps over the plan reads the file.
pub fn render(linked: &Linked, artifact: &Artifact) -> Result<Vec<u8>, Box<Diagnostic>> {
    let site = &linked.site;
    let text = match artifact {
        Artifact::LockWorker => lock::worker_script(worker_languages(linked)),
        Artifact::LockCheck => lock::CHECKED.to_string(),
        Artifact::FreeMail => free_mail::json().to_string(),
        Artifact::Reps { lang } => linked.features.share.emit(*lang).to_string(),
        Artifact::ThemeFile(index) => return Ok(linked.theme.files[*index].bytes.clone()),
        Artifact::Feed { feed, format } => {
            let material = feeds::Material {
                content_html: &|page| linked.absolute_html(page),
                image: &|page| linked.image_url(page),
            };
            feeds::emit(site, &linked.features.feeds.all[*feed], *format, &material)
        }
        Artifact::SearchManifest => linked.features.search.emit_manifest(site),
        Artifact::SearchFile(file) => return Ok(linked.features.search.emit(site, *file).to_vec()),
        Artifact::Sitemap => linked.features.sitemap.emit(site),
        Artifact::SitemapPart(part) => linked.features.sitemap.emit_part(site, *part),
        Artifact::Robots => sitemap::robots(site),
        Artifact::HostRedirects => linked.features.hosting.emit_redirects(),
        Artifact::HostHeaders => headers(linked),
        _ => view::render(linked, artifact)?,
    };
    Ok(text.into_bytes())
}

/// `_headers` of an edition.
#[must_use]
pub fn headers(linked: &Linked) -> String {
    hosting::emit_headers(
        &linked.site,
        linked.views.header(linked),
        linked.features.lock.as_ref().map(Lock::worker),
    )
}

/// What the service worker of a sealed edition says in each language.
fn worker_languages(linked: &Linked) -> Vec<lock::Language> {
    let config = linked.site.config();
    let language = |lang| lock::Language {
        prefix: config.prefix(lang).trim_start_matches('/').to_string(),
        code: config.languages[lang].code.clone(),
        words: lock::WORDS
            .iter()
            .map(|(name, key)| (*name, linked.theme.word(lang, key).unwrap_or_default()))
            .collect(),
    };
    linked.site.languages().map(language).collect()
}
