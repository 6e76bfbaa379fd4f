//! What a host would answer: pages of folders, redirects, missing pages in their language, headers, types.
//!
//! [`answer`] looks at the plan alone; nothing on disk can be reached but what the plan names.

use crate::diag::Diagnostic;
use crate::encode::percent;
use crate::pages::linked::Edition;
use crate::plan::{Artifact, OutPath, Route};
use crate::project::Project;
use crate::site::PublishStatus;

/// What goes back to a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status of HTTP.
    pub status: u16,
    /// Names and values, as `_headers` has them, and the type.
    pub headers: Vec<(String, String)>,
    /// The bytes, exactly as a build writes them.
    pub body: Vec<u8>,
    /// Is a reader meant to see it only later, or no longer?
    pub state: Option<PublishStatus>,
    /// The file in `content/` that it is made from, where it is a page.
    pub file: Option<String>,
}

/// Answers a request for a path of the site, percent-encoded, below its base path and beginning with `/`.
///
/// # Errors
///
/// A template failed, or a file can't be read.
pub fn answer(project: &dyn Project, linked: &Edition, path: &str) -> Result<Answer, Box<Diagnostic>> {
    let decoded = percent::decode(path);
    let found = find(linked, &decoded);
    let (status, file, artifact) = match found {
        HostedFile::File(file, artifact) => (200, file, artifact),
        HostedFile::Moved(to) => return Ok(redirect(linked, path, &to)),
        HostedFile::Nothing(file, artifact) => (404, file, artifact),
        HostedFile::NotEvenThat => {
            let headers = headers(linked, path, "text/plain; charset=utf-8");
            return Ok(Answer {
                status: 404,
                headers,
                body: b"There is nothing here.\n".to_vec(),
                state: None,
                file: None,
            });
        }
    };
    let kind = content_type(file.as_str());
    let body = crate::edition::artifact::bytes(project, linked, &artifact)?;
    let page = match artifact {
        Artifact::Page(Route::Page { page, .. }) => Some(page),
        Artifact::Page(Route::Term { lang, taxonomy, term, .. }) => {
            linked.site.terms(lang, taxonomy)[term].page
        }
        _ => None,
    };
    let file = page.map(|page| &linked.site.page(page).document).filter(|document| !document.is_generated);
    let file = file.map(|document| document.place.path.clone());
    let state = page.map(|page| linked.site.page(page).state);
    let state = state.filter(|state| *state != PublishStatus::Published);
    Ok(Answer { status, headers: headers(linked, path, kind), body, state, file })
}

enum HostedFile {
    File(OutPath, Artifact),
    /// To an address of the site.
    Moved(String),
    /// The page that says so.
    Nothing(OutPath, Artifact),
    NotEvenThat,
}

fn find(linked: &Edition, path: &str) -> HostedFile {
    let aliases = &linked.features.aliases.all;
    // Rules of `_redirects` come first, and know a folder by both of its spellings.
    let is_meant = |from: &str| from == path || from.strip_suffix('/').is_some_and(|bare| bare == path);
    let file = OutPath::of_url(path);
    let is_private = matches!(file.as_str(), "_headers" | "_redirects");
    if let Some(artifact) = linked.artifact(&file).filter(|_| !is_private)
        && !matches!(artifact, Artifact::Redirect { .. })
    {
        return HostedFile::File(file, artifact);
    }
    if let Some(alias) = aliases.iter().find(|alias| is_meant(&alias.from)) {
        return HostedFile::Moved(alias.to.href(&linked.site));
    }
    if let Some(to) = linked.features.aliases.leads(&linked.site, path) {
        return HostedFile::Moved(to);
    }
    let folder = format!("{path}/");
    if !path.ends_with('/') && linked.plan.get(&OutPath::of_url(&folder)).is_some() {
        return HostedFile::Moved(linked.site.href(&folder));
    }
    // The nearest one, so that each language has its own.
    let above = path.match_indices('/').map(|(at, _)| &path[..=at]).rev();
    for folder in above {
        let file = OutPath::file(format!("{folder}404.html"));
        if let Some(artifact) = linked.plan.get(&file) {
            return HostedFile::Nothing(file, artifact.clone());
        }
    }
    HostedFile::NotEvenThat
}

fn redirect(linked: &Edition, path: &str, to: &str) -> Answer {
    let mut headers = headers(linked, path, "text/plain; charset=utf-8");
    headers.push(("Location".into(), to.to_string()));
    Answer { status: 301, headers, body: Vec::new(), state: None, file: None }
}

/// The headers of a path by the rules that hosts get, and its type.
fn headers(linked: &Edition, path: &str, kind: &str) -> Vec<(String, String)> {
    let rules = crate::edition::artifact::headers(linked);
    let path = linked.site.href(&percent::decode(path));
    let mut found = vec![("Content-Type".to_string(), kind.to_string())];
    let mut applies = false;
    for line in rules.lines() {
        if let Some(taken) = line.strip_prefix("  ! ") {
            found.retain(|(name, _)| !applies || name != taken);
        } else if let Some((name, value)) = line.strip_prefix("  ").and_then(|header| header.split_once(": "))
        {
            if applies {
                found.push((name.to_string(), value.to_string()));
            }
        } else {
            applies = line.strip_suffix('*').map_or(line == path, |start| path.starts_with(start));
        }
    }
    found
}

/// The type of a file by its name.
fn content_type(file: &str) -> &'static str {
    let ending = file.rsplit('/').next().unwrap_or(file).rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "wasm" => "application/wasm",
        "ics" => "text/calendar; charset=utf-8",
        "vcf" => "text/vcard; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "vtt" => "text/vtt; charset=utf-8",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        _ => "application/octet-stream",
    }
}
