//! From the plan to bytes: [`render`] is a pure function of a linked edition and one artifact, without I/O.
//!
//! `theme` loads templates and assets, `view` builds the values that templates get (`docs/templates.md`), [`html`]
//! is the only code that escapes.

mod engine;
pub mod gated;
pub mod html;
mod report;
mod settings;
mod targets;
pub mod theme;
mod view;

use std::sync::Arc;

pub use report::report;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::features::aliases::Aliases;
use crate::features::feeds::{self, Feeds};
use crate::features::forms::{Forms, free_mail};
use crate::features::gates::Gates;
use crate::features::gates::lock::{self, Lock};
use crate::features::hosting::{self, Hosting};
use crate::features::links::Links;
use crate::features::listings::Listings;
use crate::features::playbooks::Playbooks;
use crate::features::related::Related;
use crate::features::scripts::Scripts;
use crate::features::search::Search;
use crate::features::share::Share;
use crate::features::sitemap::{self, Sitemap};
use crate::model::{PageId, Site};
use crate::plan::{Artifact, OutPath, Plan};
use theme::Theme;
use view::Views;

/// One edition, ready to be rendered.
#[derive(Debug)]
pub struct Linked {
    /// The pages.
    pub site: Site,
    /// What they come to together.
    pub features: Features,
    /// The look.
    pub theme: Arc<Theme>,
    /// Every file to be made.
    pub plan: Plan,
    views: Views,
}

/// What each feature found in an edition.
#[derive(Debug)]
pub struct Features {
    /// Their links and files.
    pub links: Links,
    /// What leads come from.
    pub forms: Forms,
    /// What is behind forms.
    pub gates: Gates,
    /// What the whole edition is behind.
    pub lock: Option<Lock>,
    /// Call scripts.
    pub scripts: Scripts,
    /// What goes with what.
    pub related: Related,
    /// Lists of pages.
    pub listings: Listings,
    /// Steps, checklists, and what uses what.
    pub playbooks: Playbooks,
    /// Feeds.
    pub feeds: Feeds,
    /// The search indexes.
    pub search: Search,
    /// Reps, and what is handed on.
    pub share: Share,
    /// Old addresses.
    pub aliases: Aliases,
    /// Rules for hosts.
    pub hosting: Hosting,
    /// The sitemap.
    pub sitemap: Sitemap,
}

impl Linked {
    /// Puts an edition together and prepares what its pages share. Templates that pages name and the theme doesn't
    /// have are reported.
    #[must_use]
    pub fn new(
        site: Site,
        features: Features,
        theme: Arc<Theme>,
        plan: Plan,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let views = Views::new(&site, &features, &theme);
        let linked = Self { site, features, theme, plan, views };
        linked.check_templates(diagnostics);
        linked
    }

    /// Makes anew what pages share, where it is made from the words of their texts.
    pub fn forget_words(&mut self) {
        self.views = Views::new(&self.site, &self.features, &self.theme);
    }

    /// The file at a path of the output, also one that is only planned when somebody asks for it.
    #[must_use]
    pub fn artifact(&self, path: &OutPath) -> Option<Artifact> {
        self.plan.get(path).cloned().or_else(|| self.features.search.file_at(&self.site, path))
    }

    fn check_templates(&self, diagnostics: &mut Diagnostics) {
        let Some(engine) = self.theme.engines.first() else { return };
        for page in &self.site.pages {
            let Some(template) = &page.meta().template else { continue };
            if !engine.has(&template.value) {
                diagnostics.push(
                    Diagnostic::new(
                        Code::UnknownTemplate,
                        format!("the theme has no template `{}`", template.value),
                    )
                    .at(page.path(), template.span)
                    .suggest(&template.value, engine.names())
                    .help("templates are files in `themes/<name>/templates/`"),
                );
            }
        }
    }

    /// The open text of a page as HTML, with absolute addresses: for feeds.
    fn absolute_html(&self, page: PageId) -> String {
        // Elsewhere than on the page itself, no template has a part in it that could fail.
        view::page::content(self, self.site.page(page), targets::Addresses::Absolute).unwrap_or_default()
    }

    /// The absolute address of a page's own image.
    fn image_url(&self, page: PageId) -> Option<String> {
        Some(self.site.permalink(self.features.links.file_url(self.features.links.image(page)?)?))
    }
}

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
