//! URLs that were published and are gone: [`check`] looks for each of `addresses.txt`, and [`published`] is what belongs
//! into it now.
//!
//! Only the edition for everybody is looked at. A URL is answered by a file of the plan, be it the stub of an alias or of a
//! redirect, or by a pattern of `redirects:`.

mod trace;

use std::collections::{BTreeMap, BTreeSet};

use self::trace::{AddressFate, GUESSES, Trace};
use super::{Aliases, normal};
use crate::config::{AddressKeeping, Audience, Level, PublishedAddress, PublishedAddresses};
use crate::diag::{Code, Diagnostic, Diagnostics, Edit, Span};
use crate::encode::percent;
use crate::plan::{Artifact, Plan, Route};
use crate::project::{ADDRESSES_FILE, CONFIG_FILE, Project, names};
use crate::site::{Exclusion, Page, PageId, PublishStatus, Site, Unpublished};

/// Files that pages show or load, which nobody keeps the URL of.
const PARTS: &[&str] = &[
    "png",
    "jpg",
    "jpeg",
    "webp",
    "avif",
    "gif",
    "svg",
    "ico",
    "css",
    "js",
    "mjs",
    "map",
    "woff",
    "woff2",
    "ttf",
    "otf",
    "txt",
    "xml",
    "json",
    "webmanifest",
    "vtt",
];

/// Is it the edition whose URLs are remembered, as readers get it?
fn is_remembered(site: &Site) -> bool {
    let edition = &site.view.edition;
    !edition.sees(Audience::Team)
        && edition.name == site.config().public_edition().name
        && site.view.unpublished == Unpublished::Hide
}

/// What a reader may have kept the URL of: pages, lists of terms, series, downloads. By path, percent-encoded, with the file
/// and the title of each; `None` for an edition whose URLs aren't remembered.
#[must_use]
pub fn published(site: &Site, plan: &Plan) -> Option<BTreeMap<String, (String, String)>> {
    if !is_remembered(site) {
        return None;
    }
    let kept = plan.iter().filter_map(|(path, artifact)| {
        let about = match artifact {
            Artifact::Page(Route::Page { page, part: 1 }) => about(site, *page),
            Artifact::Page(Route::Term { lang, taxonomy, term, part: 1 }) => {
                let own = site.terms(*lang, *taxonomy)[*term].page;
                own.map(|page| about(site, page)).unwrap_or_default()
            }
            Artifact::Page(Route::Taxonomy { .. }) | Artifact::Page(Route::Series { .. }) => {
                Default::default()
            }
            Artifact::Copy(file) if is_download(file) => (file.clone(), String::new()),
            _ => return None,
        };
        Some((percent::path(&url_of(path.as_str())).into_owned(), about))
    });
    Some(kept.collect())
}

/// The file and the title by which a page is known again.
fn about(site: &Site, page: PageId) -> (String, String) {
    let page = site.page(page);
    let file = if page.document.is_generated { "" } else { page.path() };
    (file.to_string(), page.title().to_string())
}

/// What `addresses: check` says of URLs that are published now and that the list doesn't have, where the site has given
/// that this level.
#[must_use]
pub fn unlisted(site: &Site, plan: &Plan, level: Level) -> Option<Diagnostic> {
    let config = site.config();
    let is_asked = config.addresses == AddressKeeping::Check;
    if !is_asked || config.checks.level(Code::UnlistedAddress) != level {
        return None;
    }
    let none = PublishedAddresses::empty();
    let list = config.published.as_ref().unwrap_or(&none);
    let now = published(site, plan)?;
    let new: Vec<(&String, &String)> = now
        .iter()
        .filter(|(path, _)| !list.all.contains_key(*path))
        .map(|(path, (file, _))| (path, file))
        .collect();
    let (path, file) = *new.iter().find(|(_, file)| names::is_page(file)).or(new.first())?;
    let others = match new.len() - 1 {
        0 => String::new(),
        1 => " and one other URL".into(),
        others => format!(" and {others} other URLs"),
    };
    let problem = Diagnostic::new(
        Code::UnlistedAddress,
        format!("`{ADDRESSES_FILE}` doesn't have `{path}`{others} yet"),
    );
    let page = site.pages().find(|page| !file.is_empty() && page.path() == file);
    let problem = match page {
        Some(page) => problem.at(page.path(), page.meta().title.span),
        None => problem.in_file(CONFIG_FILE),
    };
    Some(problem.help("`ringback check --fix` adds what is new"))
}

/// The list as it is to be, where `keeping` is asked to write it and it isn't so already. Nothing is written over lines that
/// can't be read.
#[must_use]
pub fn renewed(project: &dyn Project, site: &Site, plan: &Plan, keeping: AddressKeeping) -> Option<String> {
    let config = site.config();
    let is_asked = match keeping {
        AddressKeeping::Build => config.addresses == AddressKeeping::Build,
        _ => config.published.is_some() || config.addresses != AddressKeeping::IfThere,
    };
    if !is_asked {
        return None;
    }
    let now = published(site, plan)?;
    let none = PublishedAddresses::empty();
    let list = config.published.as_ref().unwrap_or(&none);
    let text = list.with(&now);
    // A list that can't be read at all is told.
    let is_there = site.content.files.iter().any(|file| file == ADDRESSES_FILE);
    let is_lost = !list.is_sound || is_there && config.published.is_none();
    let is_same = || is_there && project.read(ADDRESSES_FILE).is_ok_and(|bytes| bytes == text.as_bytes());
    (!is_lost && !is_same()).then_some(text)
}

fn is_download(file: &str) -> bool {
    (file.starts_with("content/") || file.starts_with("static/"))
        && !file.contains("/.")
        && file
            .rsplit_once('.')
            .is_some_and(|(_, ending)| !PARTS.contains(&ending.to_ascii_lowercase().as_str()))
}

/// `/x/` of `x/index.html`.
fn url_of(path: &str) -> String {
    match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{path}"),
    }
}

/// Reports the URLs of the list that nothing answers any more, each with the page that most probably has its text now.
pub fn check(
    project: &dyn Project,
    site: &Site,
    (plan, aliases): (&Plan, &Aliases),
    diagnostics: &mut Diagnostics,
) {
    let Some(list) = site.config().published.as_ref().filter(|_| is_remembered(site)) else { return };
    let from: BTreeSet<&str> = aliases.all.iter().map(|alias| alias.from.as_str()).collect();
    let is_answered = |path: &str| {
        let decoded = percent::decode(path);
        plan.serves(&decoded)
            || from.contains(normal(path).as_str())
            || aliases.leads(site, &decoded).is_some()
    };
    let lost: Vec<(&str, &PublishedAddress)> = list
        .all
        .iter()
        .map(|(path, known)| (path.as_str(), known))
        .filter(|(path, _)| !is_answered(path))
        .collect();
    if lost.is_empty() {
        return;
    }
    let trace = Trace::new(site, plan, list);
    let mut guesses = GUESSES;
    let fates: Vec<AddressFate<'_>> =
        lost.iter().map(|(path, known)| trace.outcome(path, known, &mut guesses)).collect();
    let mut moved: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for ((path, _), fate) in lost.iter().zip(&fates) {
        if let AddressFate::Moved(page) = fate {
            moved.entry(page.path()).or_default().push(path);
        }
    }
    let edits: BTreeMap<&str, Vec<Edit>> = moved
        .iter()
        .filter_map(|(file, old)| {
            let text = String::from_utf8(project.read(file).ok()?).ok()?;
            let page = trace.by_path.get(file)?;
            let known: Vec<Span> = page.meta().aliases.iter().map(|alias| alias.span).collect();
            Some((*file, with_aliases(&text, &known, old)?))
        })
        .collect();
    for ((path, known), fate) in lost.iter().zip(&fates) {
        let mut problem = report((path, known), fate);
        if let AddressFate::Moved(page) = fate {
            problem.fix.extend(edits.get(page.path()).into_iter().flatten().cloned());
        }
        diagnostics.push(problem);
    }
}

fn report((path, known): (&str, &PublishedAddress), fate: &AddressFate<'_>) -> Diagnostic {
    let forget = format!("if it may be lost, delete its line in `{ADDRESSES_FILE}`");
    let listed = |problem: Diagnostic| problem.related(ADDRESSES_FILE, Some(known.span), "published once");
    match fate {
        AddressFate::Moved(page) => {
            let message = match known.file == page.path() {
                true => format!("the URL of this page was `{path}`, and nothing leads on from there"),
                false => {
                    format!("`{path}` was published and is gone; this page most probably took its place")
                }
            };
            let problem = Diagnostic::new(Code::LostAddress, message).at(page.path(), page.meta().title.span);
            listed(problem)
                .help(format!("add the old URL to its front matter: `aliases: [{path}]`"))
                .help(forget)
        }
        AddressFate::Hidden(why, file, span) => {
            let (reason, advice) = match why {
                Exclusion::Audience(_) => {
                    ("it is for the team", "lead the URL to another page with `redirects:`")
                }
                Exclusion::State(PublishStatus::Expired) => {
                    ("it has expired", "say with `expires_to:` which page takes its place")
                }
                Exclusion::State(state) => {
                    (state.reason(), "publish it, or lead the URL to another page with `redirects:`")
                }
            };
            let message = format!("`{path}` was published, and this page is not any more: {reason}");
            listed(Diagnostic::new(Code::LostAddress, message).at(*file, *span)).help(advice).help(forget)
        }
        AddressFate::File(now) => {
            let message =
                format!("`{path}` was published and is gone; the file most probably is `{now}` now");
            Diagnostic::new(Code::LostAddress, message)
                .at(ADDRESSES_FILE, known.span)
                .help(format!("lead on from the old URL: `redirects: {{{path}: {now}}}` in `ringback.yaml`"))
                .help(forget)
        }
        AddressFate::Gone(near) => {
            let message = format!("`{path}` was published, and nothing is there any more");
            let problem = Diagnostic::new(Code::LostAddress, message).at(ADDRESSES_FILE, known.span);
            let problem = match near {
                Some(page) => {
                    problem.related(page.path(), Some(page.meta().title.span), "perhaps this took its place")
                }
                None => problem,
            };
            problem
                .help(format!(
                    "give the page that takes its place `aliases: [{path}]`, or lead on with `redirects:` in \
                     `ringback.yaml`"
                ))
                .help(forget)
        }
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// The only one of some.
fn only<'a>(mut pages: impl Iterator<Item = &'a Page>) -> Option<&'a Page> {
    let first = pages.next()?;
    pages.next().is_none().then_some(first)
}

/// What a page's file is called, without its folder, language and ending: `crm` of `a/crm.sv.md` and of `a/crm/index.md`.
fn name_of(file: &str) -> &str {
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    let name = name.split('.').next().unwrap_or_default();
    match name {
        "index" | "_index" => folder.rsplit('/').next().unwrap_or_default(),
        _ => name,
    }
}

/// The changes that add aliases to the front matter of a file, in its own way of writing; `known` are the places of those
/// that it has. `None` where it has some that can't be read.
fn with_aliases(text: &str, known: &[Span], old: &[&str]) -> Option<Vec<Edit>> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == "---")?;
    let newline = if first.ends_with("\r\n") { "\r\n" } else { "\n" };
    let mut at = start + first.len();
    let mut has_key = false;
    let end = loop {
        let line = lines.next()?;
        if line.trim_end() == "---" {
            break at;
        }
        has_key |= line.trim_start_matches(['"', '\'']).starts_with("aliases");
        at += line.len();
    };
    let old: Vec<String> = old.iter().map(|path| quoted(path)).collect::<Option<_>>()?;
    let insert = |at: usize, new: String| Edit { span: Span::new(at, at), old: String::new(), new };
    let Some(last) = known.iter().max_by_key(|span| span.range().end) else {
        return (!has_key).then(|| vec![insert(end, format!("aliases: [{}]{newline}", old.join(", ")))]);
    };
    let range = last.range();
    let line_start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[line_start..range.start];
    match before.trim_end().chars().next_back() {
        Some('-') => {
            let items: String = old.iter().map(|path| format!("{newline}{before}{path}")).collect();
            Some(vec![insert(range.end, items)])
        }
        Some(':') => {
            Some(vec![insert(range.start, "[".into()), insert(range.end, format!(", {}]", old.join(", ")))])
        }
        _ => Some(vec![insert(range.end, format!(", {}", old.join(", ")))]),
    }
}

/// A path as it is in a list in YAML; `None` for one that can't be an alias.
fn quoted(path: &str) -> Option<String> {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '_' | '.' | '%' | '~');
    match path.chars().all(is_plain) {
        true => Some(path.to_string()),
        false if path.contains(['*', '"', '\\', '?', '#']) => None,
        false => Some(format!("\"{path}\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_are_added_as_the_author_writes_them() {
        for (front, alias, expected) in [
            ("title: A\n", None, "title: A\naliases: [/old/, /b/]\n"),
            ("aliases: [/x/]\n", Some("/x/"), "aliases: [/x/, /old/, /b/]\n"),
            ("aliases: ['/x/']\n", Some("'/x/'"), "aliases: ['/x/', /old/, /b/]\n"),
            (
                "aliases:\n  - /x/\ntitle: A\n",
                Some("/x/"),
                "aliases:\n  - /x/\n  - /old/\n  - /b/\ntitle: A\n",
            ),
            ("aliases: /x/ # once\n", Some("/x/"), "aliases: [/x/, /old/, /b/] # once\n"),
        ] {
            for (mark, newline) in [("", "\n"), ("\u{feff}", "\r\n")] {
                let text = |front: &str| format!("{mark}---\n{front}---\n\nText.\n").replace('\n', newline);
                let before = text(front);
                let known: Vec<Span> = alias
                    .map(|alias| {
                        let at = before.find(alias).unwrap();
                        Span::new(at, at + alias.len())
                    })
                    .into_iter()
                    .collect();
                let mut after = before.clone();
                for edit in with_aliases(&before, &known, &["/old/", "/b/"]).unwrap().iter().rev() {
                    after.insert_str(edit.span.range().start, &edit.new);
                }
                assert_eq!(after, text(expected));
            }
        }
        assert_eq!(with_aliases("---\naliases: [bad]\n---\n", &[], &["/old/"]), None);
    }
}
