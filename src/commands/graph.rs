//! What `ringback script graph` prints: a script as a flowchart. Nothing is rendered or written.

use std::sync::Arc;

use super::lookup::{LookupError, PageReference};
use crate::build::{load, sources};
use crate::config::{Audience, Config, EditionConfig, LangId};
use crate::content::PageKind;
use crate::diag::Diagnostics;
use crate::edition::inputs::Options;
use crate::edition::linking::jumps;
use crate::links::Links;
use crate::project::Project;
use crate::sales::calls::mermaid;
use crate::site::{EditionScope, Exclusion, Page, Site};

/// A call script as a Mermaid flowchart; `None` where the site can't be read or has errors: that is reported. `asked` is
/// the script's file, name, path in `content/` or address, and `lang` the code of the language that is wanted of it.
///
/// # Errors
///
/// There is no such script, or not in that language.
pub fn graph(
    project: &dyn Project,
    options: &Options,
    asked: &str,
    lang: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Option<Result<String, LookupError>> {
    let loaded = load(project, diagnostics)?;
    let config = Arc::clone(&loaded.content.config);
    let edition = edition(&config, options.edition.as_deref(), diagnostics)?;
    let view = EditionScope { edition, base_url: config.base_url.clone(), unpublished: options.unpublished };
    let site = Site::link(Arc::clone(&loaded.content), view, diagnostics);
    let scripts = jumps::scripts(&site, &Links::collect(&site, diagnostics), diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    let found = find(&site, asked, lang);
    // Every page of this kind is a script.
    Some(found.map(|page| scripts.on_page(page.id).map(|script| mermaid(&site, script)).unwrap_or_default()))
}

/// The edition that is asked for; else one that sees everything, because scripts are for the team first.
fn edition(config: &Config, asked: Option<&str>, diagnostics: &mut Diagnostics) -> Option<EditionConfig> {
    if asked.is_some() {
        return sources::editions(config, asked, diagnostics).into_iter().next();
    }
    let public = config.public_edition();
    Some(EditionConfig { audiences: vec![Audience::Public, Audience::Team], ..public })
}

fn find<'s>(site: &'s Site, asked: &str, lang: Option<&str>) -> Result<&'s Page, LookupError> {
    let config = site.config();
    let codes = || config.languages.iter().map(|language| language.code.as_str());
    let wanted = match lang {
        None => None,
        Some(code) => {
            let found = config.languages.find(|known| known.code.eq_ignore_ascii_case(code));
            Some(found.ok_or_else(|| {
                let help = format!("its languages are {}", codes().collect::<Vec<_>>().join(", "));
                let message = format!("the site has no language `{code}`");
                LookupError::new(message, help).with_nearest(code, codes())
            })?)
        }
    };
    let named = PageReference::read(site, asked);
    let preferred = wanted.unwrap_or(config.default_language);
    let page = named.find(site, preferred).or_else(|| by_name(site, &named.key, preferred));
    let page = page.ok_or_else(|| unknown(site, &named))?;
    let in_language =
        wanted.map(|lang| site.find(&page.document.place.key, lang).map(|page| site.page(page)));
    let page = in_language.unwrap_or(Some(page)).ok_or_else(|| {
        let message =
            format!("`{}` doesn't exist in `{}`", page.document.place.key, lang.unwrap_or_default());
        let key = &page.document.place.key;
        let versions = site.pages().filter(|version| version.document.place.key == *key);
        let codes: Vec<&str> =
            versions.map(|version| config.languages[version.lang()].code.as_str()).collect();
        LookupError::new(message, format!("it exists in {}", codes.join(", ")))
    })?;
    if page.kind() == PageKind::Script {
        return Ok(page);
    }
    let message =
        format!("`{}` isn't a call script, it is a {}", page.document.place.key, page.kind().name());
    let help = "call scripts are files in `content/scripts/`";
    Err(LookupError::new(message, help).with_nearest(&page.document.place.key, names(site)))
}

/// The script with this name, whatever folder it is in.
fn by_name<'s>(site: &'s Site, name: &str, lang: LangId) -> Option<&'s Page> {
    let has_name = |page: &&Page| page.kind() == PageKind::Script && page.document.place.name == name;
    let mut found: Vec<&Page> = site.pages().filter(has_name).collect();
    found.sort_by_key(|page| (page.lang() != lang, &page.document.place.path));
    found.first().copied()
}

fn names(site: &Site) -> impl Iterator<Item = &str> {
    let scripts = site.pages().filter(|page| page.kind() == PageKind::Script);
    scripts.flat_map(|page| [page.document.place.name.as_str(), page.document.place.key.as_str()])
}

fn unknown(site: &Site, named: &PageReference) -> LookupError {
    let mut meant = site.content.documents.iter().filter(|document| {
        document.place.path == named.file
            || document.place.key == named.key
            || document.place.name == named.key
    });
    match meant.find_map(|document| site.hidden(&document.place.path)) {
        Some(Exclusion::State(state)) => {
            let message = format!("`{}` is not published: {}", named.key, state.reason());
            LookupError::new(message, "with `--drafts` it is shown anyway")
        }
        Some(Exclusion::Audience(audience)) => {
            let message = format!("`{}` is for the {}, and not in that edition", named.key, audience.name());
            LookupError::new(message, "leave out `--edition`, or name one for the team")
        }
        None => {
            let help =
                "name a script by its file, such as `content/scripts/opener.md`, by its name or by its URL";
            LookupError::new(format!("there is no script `{}`", named.key), help)
                .with_nearest(&named.key, names(site))
        }
    }
}
