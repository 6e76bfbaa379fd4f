//! Scripts: the program's modules made into the files that browsers load, and the names of files in scripts made those
//! with a hash.
//!
//! [`join`] is for the program's own modules, `Names` for every script of a theme.

mod comments;
mod imports;
mod join;
mod lexer;

use std::collections::BTreeMap;
use std::fmt::Write as _;

pub(super) use self::comments::without_comments;
use self::imports::How;
pub(super) use self::imports::{Named, named};
pub use self::join::{Joined, join};
use crate::diag::{Code, Diagnostic, Span};
use crate::encode::url::follow;
use crate::plan::{ClientFile, client_files};

/// Modules that entries of several features import.
pub const HELPERS: &[ClientFile] = client_files!("src/theme/client":
    Helper "attempt", Helper "storage", Helper "find", Helper "make", Helper "words", Helper "copy",
    Helper "calendar-lines", Helper "save-file", Helper "table", Helper "sheet");

/// Is it a script, by its path?
pub(super) fn is_script(path: &str) -> bool {
    path.ends_with(".js") || path.ends_with(".mjs")
}

/// The names with hashes that scripts write for files of the theme.
#[derive(Debug)]
pub(super) struct Names<'a> {
    /// The hashed URL of each file that has one by now: `/assets/js/menu.0123abcd.js` of `js/menu.js`.
    pub(super) urls: &'a BTreeMap<String, String>,
}

/// A file that a script names, by its path in the theme.
#[derive(Debug)]
pub(super) struct Wanted {
    /// The path in the theme.
    pub(super) path: String,
    /// The bytes of the name in the script.
    pub(super) span: Span,
}

/// The files of the theme that a script names, of all that [`named`] has found in it, and what is wrong with those that it
/// can't name.
pub(super) fn imported_files(
    (path, source, text): (&str, &str, &str),
    named: &[Named],
    is_there: &dyn Fn(&str) -> bool,
) -> (Vec<Wanted>, Vec<Diagnostic>) {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for Named { how, at, .. } in named {
        let name = &text[at.clone()];
        let span = Span::new(at.start, at.end);
        match target(path, name) {
            Target::File(file) if is_there(&file) => found.push(Wanted { path: file, span }),
            Target::Elsewhere => {}
            // An address may be of anything, also of what isn't in the theme.
            _ if *how == How::Url => {}
            Target::File(_) => problems.push(
                Diagnostic::new(Code::UnknownImport, format!("the theme has no script at `{name}`"))
                    .at(source, span)
                    .help("correct the path, which begins at the folder of this script, or put the file there"),
            ),
            Target::Package => problems.push(
                Diagnostic::new(Code::UnknownImport, format!("browsers can't find `{name}`"))
                    .at(source, span)
                    .help("put the module into the theme's `js/` and import it by its path, such as `./name.js`"),
            ),
        }
    }
    (found, problems)
}

/// What a script means by a name.
enum Target {
    /// A file of the theme, if it is there.
    File(String),
    /// Something at an absolute address.
    Elsewhere,
    /// The name of a package, which only bundlers know.
    Package,
}

fn target(script: &str, name: &str) -> Target {
    let path = name.split(['?', '#']).next().unwrap_or(name);
    if path.starts_with("./") || path.starts_with("../") {
        let folder = script.rsplit_once('/').map_or("", |(folder, _)| folder);
        // Above the theme there is nothing of it.
        return Target::File(follow(folder, path).unwrap_or_default());
    }
    if name.starts_with('/') || url::Url::parse(name).is_ok() { Target::Elsewhere } else { Target::Package }
}

impl Names<'_> {
    /// The script with these names in it, in place of all that [`named`] has found, relative to itself, so that the site may
    /// live under any path.
    pub(super) fn replace_imports(&self, path: &str, text: &str, named: &[Named]) -> String {
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for Named { at, .. } in named {
            let name = &text[at.clone()];
            let Target::File(file) = target(path, name) else { continue };
            let Some(url) = self.urls.get(&file) else { continue };
            out.push_str(&text[done..at.start]);
            out.push_str(&relative(path, url));
            out.push_str(name.find(['?', '#']).map_or("", |tail| &name[tail..]));
            done = at.end;
        }
        out.push_str(&text[done..]);
        out
    }
}

/// A URL below `/assets/`, as a file of the theme writes it.
pub(super) fn relative(from: &str, url: &str) -> String {
    let mut out = "../".repeat(from.matches('/').count());
    if out.is_empty() {
        out.push_str("./");
    }
    let _ = write!(out, "{}", url.trim_start_matches("/assets/"));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_modules_of_the_program_fit_together_and_lose_their_comments() {
        let all: Vec<_> = crate::findings::CLIENT.iter().copied().chain([HELPERS]).collect();
        for Joined { file, text } in join(&all).expect("they fit") {
            assert!(!text.contains("@param") && !text.contains("\n "), "{}", file.home);
        }
    }

    #[test]
    fn imports_get_the_hashed_names() {
        let urls = BTreeMap::from([
            ("js/parts/a.js".to_string(), "/assets/js/parts/a.0011.js".to_string()),
            ("img/b.svg".to_string(), "/assets/img/b.2233.svg".to_string()),
        ]);
        let names = Names { urls: &urls };
        let text = "import {a} from './parts/a.js'; import('./parts/a.js?x#y'); new URL(\"../img/b.svg\", import.meta.url);\n\
                    import '/c.js'; import 'https://d.example/e.js'; // './parts/a.js'";
        assert_eq!(
            names.replace_imports("js/menu.js", text, &named(text)),
            "import {a} from '../js/parts/a.0011.js'; import('../js/parts/a.0011.js?x#y'); \
             new URL(\"../img/b.2233.svg\", import.meta.url);\n\
             import '/c.js'; import 'https://d.example/e.js'; // './parts/a.js'"
        );
        assert_eq!(relative("main.js", "/assets/js/a.0011.js"), "./js/a.0011.js");
    }

    #[test]
    fn what_is_not_there_is_told() {
        let text = "import './a.js'; import x from 'lodash'; import '../../b.js'; import './there.js'; new URL('./c.js', import.meta.url);";
        let (found, problems) =
            imported_files(("js/x.js", "themes/own/js/x.js", text), &named(text), &|path| {
                path == "js/there.js"
            });
        assert_eq!(found.iter().map(|wanted| wanted.path.as_str()).collect::<Vec<_>>(), ["js/there.js"]);
        let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "the theme has no script at `./a.js`",
                "browsers can't find `lodash`",
                "the theme has no script at `../../b.js`",
            ]
        );
    }
}
