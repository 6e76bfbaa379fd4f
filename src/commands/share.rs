//! What `ringback share` prints: the kit of one page in somebody's name. Nothing is rendered or written.

use std::sync::Arc;

use super::lookup::{LookupError, PageReference};
use crate::build::load;
use crate::config::{Audience, LangId};
use crate::diag::Diagnostics;
use crate::edition::inputs::Options;
use crate::encode::slug::slug;
use crate::leads::gates;
use crate::project::Project;
use crate::sales::sharing::{Share, ShareLink, ShareOptions, ShareTemplates, SharingInputs, Texts, qr};
use crate::site::{EditionScope, Exclusion, Page, Site};

/// Which page is shared, and by whom.
#[derive(Debug, Clone, Copy)]
pub struct ShareRequest<'a> {
    /// The page: a path in `content/`, a file, or an address.
    pub page: &'a str,
    /// The rep: the name of their file, or their name.
    pub rep: &'a str,
    /// Who is greeted; empty for nobody by name.
    pub to: &'a str,
    /// Which link stands in the texts.
    pub opens: ShareLink,
}

/// A page in somebody's name.
#[derive(Debug)]
pub struct Shared {
    /// The page's title, as plain text.
    pub title: String,
    /// The code of the page's language.
    pub lang: String,
    /// The id of the rep.
    pub rep: String,
    /// The name of the rep.
    pub name: String,
    /// The link that says whose it is.
    pub link: String,
    /// The same, and it opens the gate.
    pub unlock: Option<String>,
    /// The QR code of the link, as SVG; `None` where the link is longer than any.
    pub qr: Option<String>,
    /// The texts that can be sent with it.
    pub texts: Texts,
}

/// The kit of a page in somebody's name; `None` where the site can't be read: that is reported.
///
/// # Errors
///
/// There is no such page or rep, or it isn't for everybody.
pub fn share(
    project: &dyn Project,
    options: &Options,
    wanted: ShareRequest<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Result<Shared, LookupError>> {
    let loaded = load(project, diagnostics)?;
    let config = Arc::clone(&loaded.content.config);
    let named = options.edition.as_deref();
    let named = match named.map(|name| (name, config.editions.iter().find(|edition| edition.name == name))) {
        Some((name, None)) => {
            let refused = LookupError::new(
                format!("there is no edition `{name}`"),
                "editions are declared in `ringback.yaml`, under `editions:`",
            );
            return Some(Err(
                refused.with_nearest(name, config.editions.iter().map(|known| known.name.as_str()))
            ));
        }
        Some((_, found)) => found.filter(|edition| !edition.sees(Audience::Team)).cloned(),
        None => None,
    };
    let edition = named.unwrap_or_else(|| config.public_edition());
    let base_url = options.base_url.clone().or_else(|| edition.base_url.clone());
    let base_url = base_url.unwrap_or_else(|| config.base_url.clone());
    let view = EditionScope { edition, base_url, unpublished: options.unpublished };
    let site = Site::link(Arc::clone(&loaded.content), view, diagnostics);
    let word = |lang, key: &str| loaded.theme.word(lang, key).unwrap_or_default().to_string();
    let known = SharingInputs {
        word: &word,
        photo: &|_| None,
        token: &|gate| gates::token(gate, loaded.secret.as_ref()),
    };
    let share = Share::collect(&site, &known, diagnostics);
    (!diagnostics.has_errors()).then(|| shared(&site, &share, wanted, &word))
}

fn shared(
    site: &Site,
    share: &Share,
    wanted: ShareRequest<'_>,
    word: &dyn Fn(LangId, &str) -> String,
) -> Result<Shared, LookupError> {
    let page = find(site, wanted.page)?;
    let Some(kit) = share.kit(site, page) else {
        let message = format!("`{}` is a {}, which can't be shared", wanted.page, page.kind().name());
        return Err(LookupError::new(message, "articles, playbooks and pages can be shared"));
    };
    let Some(reps) = share.reps(kit.lang) else {
        let help = "give a person who shares links `rep: true`, in their file in `content/people/`";
        return Err(LookupError::new("nobody on this site is a rep".into(), help));
    };
    let found = reps.get_key_value(wanted.rep).or_else(|| reps.get_key_value(&slug(wanted.rep)));
    let Some((id, rep)) = found else {
        let help = format!(
            "the reps are {}",
            reps.keys().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
        );
        let refused = LookupError::new(format!("there is no rep `{}`", wanted.rep), help);
        return Err(refused.with_nearest(wanted.rep, reps.keys().map(String::as_str)));
    };
    let words = ShareTemplates::new(&|key| word(kit.lang, key));
    let link = kit.tracked(Some(id));
    Ok(Shared {
        title: kit.title.clone(),
        lang: site.config().languages[kit.lang].code.clone(),
        rep: id.clone(),
        name: rep.name.clone(),
        unlock: kit.unlocking(Some(id)),
        qr: qr::svg(&link),
        link,
        texts: kit.texts(&words, ShareOptions { rep: Some((id, rep)), to: wanted.to, opens: wanted.opens }),
    })
}

/// The page that is meant by a path in `content/`, a file or an address.
fn find<'s>(site: &'s Site, asked: &str) -> Result<&'s Page, LookupError> {
    let named = PageReference::read(site, asked);
    named.find(site, site.config().default_language).ok_or_else(|| why_not(site, &named.file, &named.key))
}

fn why_not(site: &Site, file: &str, key: &str) -> LookupError {
    let documents = site.content.documents.iter();
    let mut meant = documents.filter(|document| document.place.path == file || document.place.key == key);
    match meant.find_map(|document| site.hidden(&document.place.path)) {
        Some(Exclusion::Audience(audience)) => {
            let message =
                format!("`{key}` is for the {} only: nobody else could open the link", audience.name());
            LookupError::new(
                message,
                "share a page that everyone may read, or give this one `audience: public`",
            )
        }
        Some(Exclusion::State(state)) => {
            let message = format!("`{key}` is not published: {}", state.reason());
            LookupError::new(message, "publish it first; with `--drafts` you get the texts already")
        }
        None => {
            let urls = site.pages().map(|page| page.url.trim_matches('/'));
            let help = "name a page by its path in `content/` without the extension, such as `insights/ready-to-talk`, by its file, or by its URL";
            LookupError::new(format!("there is no page `{key}`"), help)
                .with_nearest(key, site.keys().chain(urls))
        }
    }
}
