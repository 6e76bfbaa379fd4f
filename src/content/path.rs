//! What the path of a file says: what it is, in which language and under which name. A file with a mistake in it keeps its
//! place.

use std::borrow::Cow;

use jiff::civil::Date;

use super::PageKind;
use crate::config::{Config, LangId};
use crate::diag::{Code, Diagnostic};
use crate::project::names;

/// What the path of a Markdown file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentPath {
    /// The file, from the site's root.
    pub path: String,
    /// The kind of page, by its folder.
    pub kind: PageKind,
    /// The content path that all its translations share: `insights/name`; a section's folder; empty for the home page.
    pub key: String,
    /// The folder that it belongs to as a section: `insights`; for a section, the one above.
    pub folder: String,
    /// The language, by the suffix of the name; the default language without one.
    pub lang: LangId,
    /// The file's or folder's name without date, language and ending.
    pub name: String,
    /// The date before the name.
    pub date: Option<Date>,
    /// The folder that is the page's own (`content/insights/name`), where it has one.
    pub own_folder: Option<String>,
}

impl ContentPath {
    /// Of a term's page, the taxonomy and the term as its file names it; `None` for other pages, and for files in a
    /// taxonomy's folder that aren't named after a term.
    #[must_use]
    pub fn term(&self) -> Option<(&str, &str)> {
        let (taxonomy, term) = self.key.split_once('/').filter(|_| self.kind == PageKind::Term)?;
        (!term.contains('/')).then_some((taxonomy, term))
    }
}

/// What the path of a Markdown file says about it, or why it says nothing sensible.
///
/// # Errors
///
/// The language suffix is not a language of the site.
pub fn parse_path(path: &str, config: &Config) -> Result<ContentPath, Box<Diagnostic>> {
    let inside = path.strip_prefix("content/").unwrap_or(path);
    let (own_dir, file) = inside.rsplit_once('/').unwrap_or(("", inside));
    let dir = &*content_path(own_dir);
    let stem = names::without_ending(file, "md");
    let (stem, lang) = match stem.rsplit_once('.') {
        Some((name, suffix)) => match config.language(&names::fold(suffix)) {
            Some(lang) => (name, lang),
            None if looks_like_language(suffix) => {
                return Err(Box::new(unknown_suffix(path, suffix, config)));
            }
            None => (stem, config.default_language),
        },
        None => (stem, config.default_language),
    };
    let top = dir.split('/').next().unwrap_or_default();
    let stem = match &*names::fold(stem) {
        "_index" => "_index",
        "index" => "index",
        _ => stem,
    };
    let taxonomy = taxonomy_called(top, config);
    let renamed = taxonomy.filter(|name| *name != top).map(|name| [name, &dir[top.len()..]].concat());
    let dir = renamed.as_deref().unwrap_or(dir);
    let kind = match (stem, top) {
        _ if taxonomy.is_some() => PageKind::Term,
        ("_index", _) => PageKind::Section,
        (_, "insights") => PageKind::Insight,
        (_, "playbooks") => PageKind::Playbook,
        (_, "scripts") => PageKind::Script,
        (_, "mails") => PageKind::Mail,
        (_, "cadences") => PageKind::Cadence,
        (_, "people") => PageKind::Person,
        _ => PageKind::Page,
    };
    let parent = |dir: &str| dir.rsplit_once('/').map_or("", |(above, _)| above).to_string();
    let last = |dir: &str| dir.rsplit('/').next().unwrap_or(dir).to_string();
    let (own_folder, key, folder, name) = match stem {
        "_index" | "index" if kind == PageKind::Term => {
            (Some(format!("content/{own_dir}")), dir.to_string(), String::new(), last(dir))
        }
        // Its taxonomy's list is no section.
        _ if kind == PageKind::Term => (None, join(dir, stem), String::new(), stem.to_string()),
        "_index" => (None, dir.to_string(), parent(dir), last(dir)),
        "index" if !dir.is_empty() => {
            (Some(format!("content/{own_dir}")), dir.to_string(), parent(dir), last(dir))
        }
        _ => (None, join(dir, stem), dir.to_string(), stem.to_string()),
    };
    let (date, name) = if kind.has_dated_name() { split_date(name) } else { (None, name) };
    let key = match date {
        Some(_) => join(&parent(&key), &name),
        None => key,
    };
    Ok(ContentPath { path: path.to_string(), kind, key, folder, lang, name, date, own_folder })
}

/// The taxonomy whose terms' pages a folder holds, in whatever letters it is spelt.
fn taxonomy_called<'c>(folder: &str, config: &'c Config) -> Option<&'c str> {
    if names::known_folder(folder).is_some() {
        return None;
    }
    let folder = names::fold(folder);
    let mut names = config.taxonomies.iter().map(|taxonomy| taxonomy.name.as_str());
    names.find(|name| **name == *folder)
}

/// A path in `content/` as pages are named by: its first folder as it is meant (`scripts` for `Scripts`), the rest as it
/// is written.
#[must_use]
pub fn content_path(path: &str) -> Cow<'_, str> {
    let top = path.split('/').next().unwrap_or_default();
    match names::known_folder(top) {
        Some(known) if known != top => Cow::Owned([known, &path[top.len()..]].concat()),
        _ => Cow::Borrowed(path),
    }
}

fn join(dir: &str, name: &str) -> String {
    if dir.is_empty() { name.to_string() } else { format!("{dir}/{name}") }
}

/// `2026-11-02-name` is a date and a name.
fn split_date(name: String) -> (Option<Date>, String) {
    match (name.get(..10).map(str::parse::<Date>), name.get(10..11), name.get(11..)) {
        (Some(Ok(date)), Some("-"), Some(rest)) if !rest.is_empty() => (Some(date), rest.to_string()),
        _ => (None, name),
    }
}

/// `2026-31-11-name`: a date was meant.
pub(super) fn begins_like_date(name: &str) -> bool {
    let is_like =
        |(i, byte): (usize, u8)| if matches!(i, 4 | 7 | 10) { byte == b'-' } else { byte.is_ascii_digit() };
    name.len() > 11 && name.bytes().take(11).enumerate().all(is_like)
}

/// Two lower-case letters, perhaps with a region: close enough to a language that it must have been meant as one.
fn looks_like_language(suffix: &str) -> bool {
    let letters = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_lowercase());
    suffix.split_once('-').map_or_else(|| letters(suffix), |(a, b)| letters(a) && letters(b))
}

fn unknown_suffix(path: &str, suffix: &str, config: &Config) -> Diagnostic {
    let known: Vec<&str> = config.languages.iter().map(|language| language.code.as_str()).collect();
    Diagnostic::new(
        Code::UnknownLanguageSuffix,
        format!("this file's name says that its language is `{suffix}`, which the site doesn't have"),
    )
    .in_file(path)
    .suggest(suffix, known.iter().copied())
    .help(format!(
        "its languages are {}; add one under `languages:` in `ringback.yaml`",
        crate::yaml::listed(&known)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_may_lead_the_name() {
        assert_eq!(split_date("2026-11-02-a-b".into()), (Some(jiff::civil::date(2026, 11, 2)), "a-b".into()));
        assert_eq!(split_date("2026-13-02-a".into()), (None, "2026-13-02-a".into()));
        assert_eq!(split_date("åäöåäöåäö-x".into()).0, None);
    }
}
