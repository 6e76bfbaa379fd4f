//! Files that go out as they are and can run scripts, told where the site refuses raw HTML in texts.

use crate::content::markup;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::plan::{Artifact, Plan};
use crate::project::Project;
use crate::site::Site;

/// Endings of documents that browsers run scripts of, but for SVG, which is looked into.
const DOCUMENTS: &[&str] =
    &["html", "htm", "xhtml", "xht", "shtml", "svgz", "xml", "xsl", "xslt", "mht", "mhtml"];

/// Tells of files beside pages and in `static/` that run something when somebody opens them.
pub(super) fn check(project: &dyn Project, site: &Site, plan: &Plan, diagnostics: &mut Diagnostics) {
    if site.config().markdown.raw_html {
        return;
    }
    for (_, artifact) in plan.iter() {
        let Artifact::Copy(path) = artifact else { continue };
        if path.starts_with("content/") || path.starts_with("static/") {
            diagnostics.extend(problem(project, path));
        }
    }
}

fn problem(project: &dyn Project, path: &str) -> Option<Diagnostic> {
    let (_, ending) = path.rsplit_once('.')?;
    let ending = ending.to_ascii_lowercase();
    if DOCUMENTS.contains(&ending.as_str()) {
        let message = "anyone who opens this file runs its code, in the name of your site";
        let help = "turn it into a page, or set `markdown: {raw_html: keep}` in `ringback.yaml`";
        return Some(Diagnostic::new(Code::FileRuns, message).in_file(path).help(help));
    }
    if ending != "svg" {
        return None;
    }
    let bytes = project.read(path).ok()?;
    let help = "save it without them, or as PNG or WebP";
    let Ok(text) = std::str::from_utf8(&bytes) else {
        // Browsers read UTF-16 as well, and others would have to know which it is.
        let message = "this image isn't UTF-8 text, so nobody knows what runs in it";
        return Some(Diagnostic::new(Code::FileRuns, message).in_file(path).help(help));
    };
    let found = markup::runs_in_svg(text)?;
    let message = format!("this image has {}, which can run or load something", found.what);
    let span = Span::new(found.place.start, found.place.end);
    Some(Diagnostic::new(Code::FileRuns, message).at(path, span).help(help))
}
