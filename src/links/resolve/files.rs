//! Links to files: those beside pages, those of `static/`, and images.

use super::Resolver;
use crate::content::image::Found;
use crate::diag::{Code, Diagnostic, Span};
use crate::links::Target;

impl<'a, 'k> Resolver<'a, 'k> {
    /// The path of a file that has to be one of the site; `None` where it isn't, which is reported.
    pub(super) fn file(&mut self, raw: &str, span: Span) -> Option<String> {
        match self.target(raw, span) {
            Target::File { path, .. } => Some(path),
            Target::Broken => None,
            _ => {
                let problem =
                    Diagnostic::new(Code::MissingFile, format!("`{raw}` is not a file on this site"))
                        .at(self.from.path, span)
                        .help("name a file next to the page");
                self.diagnostics.push(problem);
                None
            }
        }
    }

    /// The image that front matter names: beside the page, or in `static/` by its path from the site's root.
    pub(super) fn own_image(&mut self, raw: &str, span: Span) -> Option<String> {
        let fixed = raw.starts_with('/') && !raw.starts_with("//");
        let path = match crate::links::static_file(self.site, raw).filter(|_| fixed) {
            Some(path) => path,
            None => self.file(raw, span)?,
        };
        self.check_image(&path, raw, span);
        Some(path)
    }

    /// Reports an image whose size can't be read, or that is broken.
    pub(super) fn check_image(&mut self, path: &str, raw: &str, span: Span) {
        if let Some(Found::Broken(fault)) = self.site.content.pictures.get(path) {
            let problem = fault.report(path);
            self.diagnostics.push(problem.related(self.from.path, Some(span), "it is shown here"));
            return;
        }
        if !self.site.content.images.contains_key(path) {
            let problem =
                Diagnostic::new(Code::UnreadableImage, format!("the size of `{raw}` can't be read"))
                    .at(self.from.path, span)
                    .help("use a PNG, JPEG, WebP, AVIF, GIF or SVG file");
            self.diagnostics.push(problem);
        }
    }
}
