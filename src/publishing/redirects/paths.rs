//! Paths of old addresses: as they are compared, and which files stand for them.

use super::{Alias, Destination};
use crate::config::Redirect;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::encode::{percent, url};
use crate::plan::{Artifact, Origin, Plan};
use crate::project::names;
use crate::site::{Exclusion, PageId, Site};

/// The page that a redirect names by its file.
pub(super) fn target_page(
    site: &Site,
    (redirect, key): (&Redirect, &str),
    diagnostics: &mut Diagnostics,
) -> Option<PageId> {
    let found = site.find_any(key, site.config().default_language);
    if found.is_none() {
        let hidden = site.content.documents.iter().find(|document| document.place.key == key);
        if let Some(page) = hidden.and_then(|document| site.successor(&document.place.path)) {
            return Some(page);
        }
        match hidden.and_then(|document| Some((document, site.hidden(&document.place.path)?))) {
            Some((document, why)) => unpublished(redirect, &document.place.path, why, diagnostics),
            None => diagnostics.push(
                Diagnostic::new(Code::BrokenLink, format!("there is no page `{key}`"))
                    .at(redirect.file, redirect.to_span)
                    .suggest(key, site.keys())
                    .help("name a page's file below `content/`, such as `insights/empty-crm.md`, or a path"),
            ),
        }
    }
    found
}

/// Tells of a redirect to a page that isn't out; one for another edition is that edition's.
pub(super) fn unpublished(redirect: &Redirect, path: &str, why: Exclusion, diagnostics: &mut Diagnostics) {
    let Exclusion::State(state) = why else { return };
    let message = format!("this leads to `{path}`, which is not published: {}", state.reason());
    let mut problem = Diagnostic::new(Code::LinkToUnpublished, message);
    problem.severity = Severity::Warning;
    let problem = problem.at(redirect.file, redirect.to_span);
    diagnostics.push(problem.help("until it is, nothing leads on from the old address"));
}

/// The addresses of all pages of the plan, not percent-encoded.
pub(super) fn pages(plan: &Plan) -> impl Iterator<Item = String> + '_ {
    let shown = plan.iter().filter(|(path, artifact)| {
        path.as_str().ends_with("index.html") && !matches!(artifact, Artifact::Redirect { .. })
    });
    shown.map(|(path, _)| format!("/{}", path.as_str().trim_end_matches("index.html")))
}

/// Where an old address comes from, for messages.
pub(super) fn origin(site: &Site, alias: &Alias) -> Origin {
    let what = match alias.to {
        Destination::Page(page) if names::is_page(&alias.file) => {
            format!("an alias of the page \"{}\"", site.page(page).title())
        }
        _ => format!("the redirect from `{}`", alias.from),
    };
    Origin::File { what, file: alias.file.clone(), span: Some(alias.span) }
}

/// A stub is HTML. At any other file (`/x.php`) hosts would offer it as a download.
pub(super) fn is_html(path: &str) -> bool {
    path.ends_with('/') || extension(path).is_some_and(|extension| extension.starts_with("htm"))
}

/// The path of an alias as the plan knows it: decoded, with single slashes, and with one at the end unless it names
/// a file.
pub(super) fn normal(alias: &str) -> String {
    let decoded = percent::decode(alias);
    // What decoding would turn into something else than a name stays encoded.
    let is_clean = !decoded.contains(|c: char| c.is_control() || c == '\\')
        && !decoded.split('/').any(|part| part == ".." || part == ".");
    let path = if is_clean { &decoded } else { alias };
    let mut normal = String::from("/");
    normal.push_str(&url::follow("", path).unwrap_or_default());
    if normal.len() > 1 && (alias.ends_with('/') || extension(&normal).is_none()) {
        normal.push('/');
    }
    normal
}

/// The ending of a file's name, such as `html` or `mp3`; not that of `/v1.2`.
fn extension(path: &str) -> Option<&str> {
    let (_, name) = path.rsplit_once('/')?;
    let (_, ending) = name.rsplit_once('.')?;
    let is_ending = (1..=5).contains(&ending.len())
        && ending.starts_with(|c: char| c.is_ascii_alphabetic())
        && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    is_ending.then_some(ending)
}
