//! From the plan to bytes: [`bytes`] makes those of any file of an edition. It has an arm for each kind of file, and every
//! arm makes bytes or says why it can't.
//!
//! `theme` loads templates and assets, `pages` builds the values that templates get (`docs/content/templates.md`), `html` writes
//! the text of pages.

use super::{copies, offline};
use crate::content::blocks::media::{self, Companion};
use crate::diag::Diagnostic;
use crate::editorial::admin;
use crate::leads::forms::free_mail;
use crate::leads::gates::lock::{self, Lock};
use crate::links::Target;
use crate::pages;
use crate::pages::linked::Edition;
use crate::pages::text;
use crate::plan::{Artifact, FeedId};
use crate::project::Project;
use crate::publishing::{events, feeds, hosting, sitemap};
use crate::site::PageId;
use crate::site::routes::FeedFormat;

/// The bytes of one file of the plan.
///
/// # Errors
///
/// A template failed: the diagnostic names it and the page. Or a file of the site can't be read.
pub fn bytes(
    project: &dyn Project,
    linked: &Edition,
    artifact: &Artifact,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let (site, features) = (&linked.site, &linked.features);
    let text = match artifact {
        Artifact::Page(route) => pages::render(linked, *route)?,
        Artifact::Redirect { alias } => pages::redirect(linked, *alias)?,
        Artifact::LockWorker => {
            lock::worker_script(worker_languages(linked), linked.theme.script(lock::WORKER_SCRIPT))
        }
        Artifact::OfflineWorker => offline::worker(linked, &|artifact| bytes(project, linked, artifact))?,
        Artifact::LockCheck => lock::CHECKED.to_string(),
        Artifact::FreeMail => free_mail::json().to_string(),
        Artifact::Reps { lang } => features.share.emit(*lang).to_string(),
        Artifact::Mails { lang } => features.mails.emit(*lang).to_string(),
        Artifact::Feed { feed, format } => feed_text(linked, *feed, *format),
        Artifact::Calendar(page) => {
            let online = linked.theme.word(site.page(*page).lang(), "event_online").unwrap_or_default();
            events::emit(site, *page, online)
        }
        Artifact::SearchManifest => features.search.emit_manifest(site),
        Artifact::Sitemap => features.sitemap.emit(site),
        Artifact::SitemapPart(part) => features.sitemap.emit_part(site, *part),
        Artifact::Robots => sitemap::robots(site),
        Artifact::HostRedirects => features.hosting.emit_redirects(),
        Artifact::HostHeaders => headers(linked),
        Artifact::Admin(file) => admin::emit(site, *file, |name| linked.theme.script(name)),
        Artifact::ThemeFile(index) => return Ok(linked.theme.files[*index].bytes.clone()),
        Artifact::SearchFile(file) => return Ok(features.search.emit(site, *file).to_vec()),
        Artifact::Sealed(file) => {
            return features.gates.emit(*file, &|path| copies::published(project, path));
        }
        Artifact::Card(page) => return copies::card(project, linked, *page),
        Artifact::Picture { path, variant } => return copies::picture(project, linked, (path, variant)),
        Artifact::Copy(path) => return copies::published(project, path),
    };
    Ok(text.into_bytes())
}

fn feed_text(linked: &Edition, feed: FeedId, format: FeedFormat) -> String {
    let material = feeds::Material {
        content_html: &|page| text::absolute_html(linked, page),
        image: &|page| image_url(linked, page),
        enclosure: &|page| enclosure(linked, page),
    };
    feeds::emit(&linked.site, &linked.features.feeds.all[feed], format, &material)
}

/// The film or the sound of a page, if it is a file of the site.
fn enclosure(linked: &Edition, page: PageId) -> Option<feeds::Enclosure> {
    let (link, _) = linked.site.page(page).recording()?;
    let Target::File { path, .. } = linked.features.links.target(page, link) else { return None };
    let url = linked.features.links.file_url(path)?;
    let page = linked.site.page(page);
    let own = linked.site.config().languages[page.lang()].code.as_str();
    let companions = media::companions(path, &linked.site.content.files);
    let captions = |code: Option<&str>| {
        companions
            .iter()
            .find(|(_, companion)| *companion == Companion::Captions(code))
            .map(|(file, _)| *file)
    };
    let captions = captions(Some(own)).or_else(|| captions(None));
    let captions = captions.and_then(|file| linked.features.links.file_url(file));
    Some(feeds::Enclosure {
        url: linked.site.permalink(url),
        bytes: linked.site.content.media.recordings.get(path)?.bytes,
        media_type: media::media_type(path)?,
        captions: captions.map(|url| linked.site.permalink(url)),
    })
}

/// `_headers` of an edition.
#[must_use]
pub fn headers(linked: &Edition) -> String {
    hosting::emit_headers(
        &linked.site,
        linked.views.header(linked),
        (*linked.features.lock).as_ref().map(Lock::worker),
        admin::policy(&linked.site).as_deref(),
    )
}

/// What the service worker of a sealed edition says in each language.
fn worker_languages(linked: &Edition) -> Vec<lock::Language> {
    let config = linked.site.config();
    let language = |lang| lock::Language {
        prefix: config.prefix(lang).trim_start_matches('/').to_string(),
        code: config.languages[lang].code.clone(),
        words: lock::WORDS
            .iter()
            .map(|(name, key)| (*name, linked.theme.word(lang, key).unwrap_or_default().to_string()))
            .collect(),
    };
    linked.site.languages().map(language).collect()
}

/// The absolute address of a page's own image.
fn image_url(linked: &Edition, page: PageId) -> Option<String> {
    let shown = linked.features.links.in_feeds(&linked.site, page)?;
    Some(linked.site.permalink(shown.url))
}
