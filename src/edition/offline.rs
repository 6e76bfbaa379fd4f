//! What the browsers of a team keep for calls without a network: the list of files in the service worker `offline-worker.js`.

use rustc_hash::FxHasher;
use serde::Serialize;
use std::hash::Hasher as _;

use crate::content::PageKind;
use crate::diag::Diagnostic;
use crate::encode::json;
use crate::pages::linked::Edition;
use crate::plan::{Artifact, Route};

/// The service worker among the browser code, but for its list.
const SCRIPT: &str = "offline-worker.js";

/// Makes the bytes of an artifact.
type Render<'a> = dyn Fn(&Artifact) -> Result<Vec<u8>, Box<Diagnostic>> + 'a;

/// What the service worker keeps, and under which version.
#[derive(Serialize)]
struct OfflineFiles {
    /// Changes with any of the others.
    version: String,
    /// Addresses of pages and of data, each with a mark that changes when it does.
    pages: Vec<(String, String)>,
    /// Files whose names say what is in them.
    files: Vec<String>,
}

/// The worker's text. Each page that it keeps is rendered for its mark, by `render`; there are as many as there are scripts.
///
/// # Errors
///
/// A template failed.
pub(super) fn worker(linked: &Edition, render: &Render<'_>) -> Result<String, Box<Diagnostic>> {
    let site = &linked.site;
    let script = linked.theme.script(SCRIPT);
    if !site.config().calls.offline {
        return Ok(format!("const OFFLINE = null;\n{script}"));
    }
    let mut kept = OfflineFiles { version: String::new(), pages: Vec::new(), files: Vec::new() };
    for (path, artifact) in linked.plan.iter() {
        let url = site.href(&url(path.as_str()));
        if is_file(linked, artifact) {
            kept.files.push(url);
        } else if is_page(linked, artifact) {
            kept.pages.push((url, mark([render(artifact)?.as_slice()])));
        }
    }
    kept.files.extend(objections(&linked.features.search.emit_manifest(site)));
    let pages = kept.pages.iter().flat_map(|(url, mark)| [url.as_bytes(), mark.as_bytes()]);
    kept.version = mark(pages.chain(kept.files.iter().map(|url| url.as_bytes())));
    // JSON is JavaScript (ECMA-262, "JSON superset").
    let list = json::text(&kept);
    Ok(format!("const OFFLINE = {list};\n{script}"))
}

/// A page or data for calls, which may change under its address.
fn is_page(linked: &Edition, artifact: &Artifact) -> bool {
    match artifact {
        Artifact::Page(Route::Page { page, .. }) => linked.site.page(*page).kind() == PageKind::Script,
        Artifact::Page(Route::Objections { .. })
        | Artifact::Page(Route::Today { .. })
        | Artifact::Mails { .. }
        | Artifact::Reps { .. }
        | Artifact::SearchManifest => true,
        _ => false,
    }
}

/// A script, style sheet, font or sign of the theme, whose name has a hash of it.
fn is_file(linked: &Edition, artifact: &Artifact) -> bool {
    let Artifact::ThemeFile(index) = artifact else { return false };
    let path = &linked.theme.files[*index].path;
    [".js", ".css", ".woff2", ".svg"].iter().any(|ending| path.ends_with(ending))
}

/// The files of the index of objections, by the manifest of the search.
fn objections(manifest: &str) -> Vec<String> {
    let manifest: serde_json::Value = serde_json::from_str(manifest).unwrap_or_default();
    let all = manifest["objections"].as_array().into_iter().flatten();
    all.filter_map(|each| each["entry"].as_str().map(str::to_string)).collect()
}

/// The address at which a host shows a file.
fn url(path: &str) -> String {
    let path =
        path.strip_suffix("index.html").filter(|path| path.is_empty() || path.ends_with('/')).unwrap_or(path);
    format!("/{path}")
}

/// A short mark of texts, each apart from the next.
fn mark<'t>(texts: impl IntoIterator<Item = &'t [u8]>) -> String {
    let mut hasher = FxHasher::default();
    for text in texts {
        hasher.write(text);
        hasher.write_usize(text.len());
    }
    format!("{:016x}", hasher.finish())
}
