//! Links that lead nowhere: what is said of each, and what was likely meant.

use super::{Resolver, relative};
use crate::diag::{Code, Diagnostic, Span};
use crate::encode::address::{self, Danger};
use crate::encode::{percent, url};
use crate::links::Target;
use crate::project::names::{self, LeftOut};

impl<'a, 'k> Resolver<'a, 'k> {
    /// Reports a link to a Markdown file that isn't there, with what was likely meant.
    pub(super) fn no_document(&mut self, path: &str, span: Span) -> Target {
        if let Some((_, why)) = names::left_out(path) {
            return self.never(path, why, span);
        }
        let mut problem =
            Diagnostic::new(Code::BrokenLink, format!("there is no file `{path}`")).at(self.from.path, span);
        let languages = self.translations_of(path);
        if languages.is_empty() {
            problem = self.suggest(problem, self.known.lost.page_file(path));
            if problem.help.is_empty() {
                problem = problem.help(
                    "a path starts at this file's folder: `../playbooks/name.md`, or `name.md` next to it",
                );
            }
        } else {
            problem = problem.help(format!(
                "it exists as {}; name that file to link across languages",
                languages.join(", ")
            ));
        }
        self.diagnostics.push(problem);
        Target::Broken
    }

    fn translations_of(&self, path: &str) -> Vec<String> {
        let stem = names::without_ending(path, "md");
        let codes = self.site.config().languages.iter().map(|language| &language.code);
        let names = codes.map(|code| format!("{stem}.{code}.md")).filter(|name| self.is_file(name));
        names.map(|name| format!("`{name}`")).collect()
    }

    /// Reports a link that leads nowhere, with what was likely meant.
    pub(super) fn broken(&mut self, raw: &str, span: Span) -> Target {
        let name = raw.rsplit('/').next().unwrap_or(raw);
        let looks_like_file = name.contains('.');
        let code = if looks_like_file { Code::MissingFile } else { Code::BrokenLink };
        let full = url::follow(self.folder(), &percent::decode(raw));
        if let Some((_, why)) = full.as_deref().and_then(names::left_out) {
            return self.never(raw, why, span);
        }
        let near = full.as_deref().and_then(|full| match full.strip_prefix("content/") {
            Some(key) if !looks_like_file => self.known.lost.page(key, self.from.lang),
            _ => self.known.lost.file(full),
        });
        let problem = Diagnostic::new(code, format!("there is no file or page `{raw}` next to this one"));
        let problem = self.suggest(problem.at(self.from.path, span), near);
        self.diagnostics.push(problem.help("a path starts at this file's folder; pages end in `.md`"));
        Target::Broken
    }

    /// A file that is left out of the site because of its name.
    fn never(&mut self, name: &str, why: LeftOut, span: Span) -> Target {
        self.diagnostics.push(
            Diagnostic::new(Code::MissingFile, format!("`{name}` is never published"))
                .at(self.from.path, span)
                .label(why.reason())
                .help("give the file another name, or link to a file that is meant for readers"),
        );
        Target::Broken
    }

    /// With the path of a file as this page would name it.
    pub(super) fn suggest(&self, problem: Diagnostic, path: Option<&str>) -> Diagnostic {
        match path {
            Some(path) => problem.help(format!("did you mean `{}`?", relative(self.folder(), path))),
            None => problem,
        }
    }
}

/// What is said of a link that a browser would run.
pub(super) fn dangerous(raw: &str, danger: Danger) -> Diagnostic {
    let message = match address::scheme(raw) {
        Some(scheme) if danger != Danger::Hidden => format!("a link can't begin with `{scheme}:`"),
        None if danger == Danger::Disk => r"a link can't begin with `\\`".to_string(),
        _ => format!("a link can't contain control characters, as `{raw}` does"),
    };
    Diagnostic::new(Code::BadUrl, message).help(danger.help())
}
