//! Sites of other programs as files of ours: one importer a program, one report and one way of writing for all.
//!
//! An importer reads its source and hands files to a [`Sink`], one by one, so that a large site needs little memory; what people
//! should know goes to the [`Report`]. [`ledger`] says which files may be written a second time, [`front`] writes front
//! matter, [`site`] the configuration and the redirects.

mod archive;
mod assets;
pub mod blogs;
pub mod front;
pub mod ghost;
pub mod ledger;
pub mod markdown;
mod names;
pub mod online;
mod posts;
mod records;
pub mod report;
pub mod script;
pub mod site;
pub mod web;
pub mod wordpress;

use std::path::{Path, PathBuf};

use crate::encode::percent;

pub use report::Report;

/// What keeps an importer from doing its work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError {
    /// What is wrong, as a sentence.
    pub message: String,
    /// What to do about it, as a sentence.
    pub help: String,
}

impl ImportError {
    /// A message, and what to do about it.
    #[must_use]
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }

    /// A file or a folder that the system doesn't give.
    #[must_use]
    pub fn unreadable(place: &Path, error: &std::io::Error) -> Self {
        Self::new(
            format!("`{}` can't be read: {error}", place.display()),
            "check the path, and who may read it",
        )
    }
}

/// Takes the files that an importer makes.
pub trait Sink {
    /// A text at a path of the new site.
    ///
    /// # Errors
    ///
    /// It can't be written.
    fn text(&mut self, path: &str, text: String) -> Result<(), ImportError>;

    /// A copy of a file, at a path of the new site.
    ///
    /// # Errors
    ///
    /// It can't be read or written.
    fn copy(&mut self, path: &str, from: PathBuf) -> Result<(), ImportError>;
}

/// An address as a path of its site, without host, query and fragment, from the site's own folder on: `/a/` of
/// `https://www.old.example/blog/a/?x#y` for the site `https://old.example/blog`. `None` for another site.
#[must_use]
pub fn own_path<'a>(address: &'a str, site: &str) -> Option<&'a str> {
    let bare = |text: &'a str| text.split_once("://").map_or(text, |(_, rest)| rest);
    let path = if address.starts_with('/') && !address.starts_with("//") {
        address
    } else {
        let rest = address.strip_prefix("//").unwrap_or_else(|| bare(address));
        if rest.len() == address.len() {
            return None;
        }
        let at = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let host = site.split_once("://").map_or(site, |(_, rest)| rest);
        let host = host.split('/').next().unwrap_or_default();
        let plain = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_ascii_lowercase();
        if plain(&rest[..at]) != plain(host) {
            return None;
        }
        &rest[at..]
    };
    let path = &path[..path.find(['?', '#']).unwrap_or(path.len())];
    let path = if path.is_empty() { "/" } else { path };
    let folder = site.split_once("://").map_or("", |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
    match folder.trim_end_matches('/') {
        "" => Some(path),
        folder => path
            .strip_prefix(folder)
            .map(|rest| if rest.is_empty() { "/" } else { rest })
            .filter(|rest| rest.starts_with('/')),
    }
}

/// A path as it is compared: decoded, with a slash at its end.
fn bare(path: &str) -> String {
    let path = percent::decode(path);
    format!("{}/", path.trim_end_matches('/')).to_lowercase()
}

/// The way from one file to another: `../pages/a.md`.
fn relative(from: &str, to: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (from.split('/').collect(), to.split('/').collect());
    let shared = from[..from.len() - 1].iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(from.len() - 1 - shared);
    format!("{up}{}", to[shared..].join("/"))
}

/// A text without what looks like an address for mail, or like a secret.
#[must_use]
pub fn without_contacts(text: &str) -> String {
    let is_mail = |word: &str| {
        word.split_once('@').is_some_and(|(name, host)| {
            name.ends_with(|c: char| c.is_alphanumeric())
                && host.contains('.')
                && host.starts_with(char::is_alphanumeric)
        })
    };
    let text = text.split_inclusive(char::is_whitespace).map(|word| match word.trim_end() {
        bare if is_mail(bare) => format!("[…]{}", &word[bare.len()..]),
        _ => word.to_string(),
    });
    let text: String = text.collect();
    crate::diag::credentials::masked(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_path_of_its_site() {
        let cases = [
            ("https://old.example/a/?x#y", "https://old.example", Some("/a/")),
            ("http://www.OLD.example", "https://old.example/", Some("/")),
            ("//old.example/a", "https://www.old.example", Some("/a")),
            ("/blog/a/", "https://old.example/blog", Some("/a/")),
            ("/other/", "https://old.example/blog", None),
            ("/blogger/", "https://old.example/blog", None),
            ("https://else.example/a/", "https://old.example", None),
            ("a/b", "https://old.example", None),
            ("mailto:a@old.example", "https://old.example", None),
        ];
        for (address, site, expected) in cases {
            assert_eq!(own_path(address, site), expected, "{address} of {site}");
        }
    }

    #[test]
    fn mail_addresses_are_kept_nowhere() {
        assert_eq!(without_contacts("Write to kim@fjord.example, or\ncall"), "Write to […] or\ncall");
        assert_eq!(without_contacts("3 @ 5, @kim"), "3 @ 5, @kim");
    }
}
