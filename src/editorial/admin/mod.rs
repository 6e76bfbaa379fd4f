//! `/admin/`, the page on which colleagues write in a browser, where `editor:` asks for it: Sveltia CMS, with a configuration made
//! from what the site's readers read.
//!
//! Sveltia's own files lie in `static/admin/`, where `ringback editor` puts them (`commands/editor.rs`). Everything else is made
//! here, for one edition, and of nothing but what that edition shows: `data::data` is what the page knows of the site,
//! `client/` reads and writes files so that what nobody changed stays as it is.

mod backend;
mod collections;
mod data;
mod fields;
mod words;

use crate::config::EditorConfig;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::encode::html;
use crate::plan::{AdminFile, Artifact, ClientFile, Origin, OutPath, Planned, Warrant, client_files};
use crate::project::CONFIG_FILE;
use crate::site::Site;

/// The browser code of the page.
pub const CLIENT: &[ClientFile] = client_files!("src/editorial/admin/client":
    Apart "admin", Part "admin-format", Part "admin-lines", Part "admin-scalars", Part "admin-write", Part "admin-yaml");

/// The script among the browser code.
const SCRIPT: &str = "admin.js";

/// The folder of the site with Sveltia's files.
pub const FOLDER: &str = "static/admin/";

/// The release of Sveltia CMS that the page is made for.
pub const SVELTIA: &str = "0.221.1";

/// Sveltia's script, by its name in [`FOLDER`]; the release is in it, so that an older one is noticed.
#[must_use]
pub fn sveltia_file() -> String {
    format!("sveltia-cms-{SVELTIA}.js")
}

/// The configuration of the page, if this edition has it.
fn editor(site: &Site) -> Option<&EditorConfig> {
    site.config().editor.as_ref().filter(|editor| editor.edition == site.view.edition.name)
}

/// Does a file of `static/` belong to the editor of another edition?
#[must_use]
pub fn is_of_another(site: &Site, path: &str) -> bool {
    site.config().editor.is_some() && editor(site).is_none() && path.starts_with(FOLDER)
}

/// The files of the page, in the edition that has it; told if Sveltia's aren't there.
#[must_use]
pub fn artifacts(site: &Site, diagnostics: &mut Diagnostics) -> Vec<Planned> {
    let Some(editor) = editor(site) else { return Vec::new() };
    let script = format!("{FOLDER}{}", sveltia_file());
    if !site.content.files.contains(&script) {
        let message = format!("the editor needs Sveltia CMS {SVELTIA}, and `{script}` isn't there");
        let problem = Diagnostic::new(Code::EditorNotInstalled, message).at(CONFIG_FILE, editor.span);
        diagnostics.push(
            problem.help("run `ringback editor`, which fetches it and checks that it is the right one"),
        );
    }
    let files = [
        ("admin/index.html", AdminFile::Page),
        ("admin/ringback.json", AdminFile::Data),
        ("admin/ringback.js", AdminFile::Script),
        ("admin/ringback.css", AdminFile::Style),
    ];
    let planned = files.map(|(path, file)| Planned {
        path: OutPath::file(path),
        artifact: Artifact::Admin(file),
        origin: Origin::generated("the editor"),
        warrant: Warrant::edition(site),
    });
    planned.into()
}

/// The policy of the page, for itself and for `_headers`; `None` in an edition without it.
#[must_use]
pub fn policy(site: &Site) -> Option<String> {
    Some(backend::policy(editor(site)?))
}

/// A file of the page; `script` gives browser code by its name. Empty in an edition without it.
#[must_use]
pub fn emit<'a>(site: &Site, file: AdminFile, script: impl Fn(&str) -> &'a str) -> String {
    let Some(editor) = editor(site) else { return String::new() };
    match file {
        AdminFile::Page => page(site, editor),
        AdminFile::Data => serde_json::to_string(&data::data(site, editor)).unwrap_or_default(),
        AdminFile::Script => script(SCRIPT).to_string(),
        AdminFile::Style => include_str!("admin.css").to_string(),
    }
}

fn page(site: &Site, editor: &EditorConfig) -> String {
    let lang = site.config().default_language;
    let words = words::Words::new(&site.config().languages[lang].code);
    let escaped = |text: &str| {
        let mut out = String::new();
        html::escape_attribute(text, &mut out);
        out
    };
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <title>{} · {}</title>\n<link rel=\"stylesheet\" href=\"ringback.css\">\n\
         <script type=\"module\" src=\"ringback.js\"></script>\n</head>\n<body>\n<noscript><p>{}</p></noscript>\n</body>\n</html>\n",
        words.language,
        escaped(&backend::policy(editor)),
        escaped(words.heading),
        escaped(site.config().publisher(lang)),
        escaped(words.needs_scripts),
    )
}
