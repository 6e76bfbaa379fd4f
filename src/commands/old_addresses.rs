//! Whether a built site answers the addresses of an old one: each by a page or a file, or by a redirect to one.

use crate::encode::percent;
use crate::project::folder::Folder;

/// Redirects after redirects, at most.
const LONGEST: usize = 5;

/// What a built site answers for an old address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A page or a file: 200.
    Shown,
    /// A redirect to one, or to another site: 301.
    Moved(String),
    /// A redirect to something else than the list says.
    Elsewhere {
        /// The address that it redirects to.
        is: String,
        /// The address that the list expects.
        expected: String,
    },
    /// A redirect to where nothing is.
    Lost(String),
    /// Nothing: the host answers with status 404.
    None,
}

/// A rule of `_redirects`: path, query, target.
struct Rule {
    path: String,
    query: Vec<(String, String)>,
    to: String,
}

/// The answers of a built site, in `folder` and below the path `base`, to the addresses in `list`: one a line, whole or as a path from
/// the site's root, perhaps with a comma or a tab and the address that it should lead to. Empty lines and those that begin with
/// `#` are passed over.
#[must_use]
pub fn verify(list: &str, folder: &Folder, base: &str) -> Vec<(String, Answer)> {
    let rules =
        folder.read("_redirects").map(|bytes| rules(&String::from_utf8_lossy(&bytes))).unwrap_or_default();
    let site = Built { folder, rules, base: base.trim_end_matches('/') };
    let lines = list
        .lines()
        .map(|line| line.trim_start_matches('\u{feff}').trim())
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (old, expected) = line.split_once(['\t', ',']).unwrap_or((line, ""));
            (old.trim().to_string(), site.answer(&path_of(old.trim()), expected.trim()))
        })
        .collect()
}

/// The path and the query of an address.
fn path_of(address: &str) -> String {
    let rest = address
        .split_once("://")
        .map_or(address, |(_, rest)| rest.find(['/', '?']).map_or("/", |at| &rest[at..]));
    let rest = rest.split('#').next().unwrap_or_default();
    if rest.starts_with('/') { rest.to_string() } else { format!("/{rest}") }
}

fn rules(text: &str) -> Vec<Rule> {
    let rule = |line: &str| {
        let mut parts = line.split_whitespace();
        let path = parts.next()?.to_string();
        let mut rest: Vec<&str> = parts.collect();
        if rest.last().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit())) {
            rest.pop();
        }
        let to = rest.pop()?.to_string();
        let query = rest.iter().filter_map(|pair| pair.split_once('='));
        Some(Rule {
            path,
            query: query.map(|(name, value)| (name.to_string(), value.to_string())).collect(),
            to,
        })
    };
    text.lines().filter(|line| !line.trim_start().starts_with('#')).filter_map(rule).collect()
}

struct Built<'a> {
    folder: &'a Folder,
    rules: Vec<Rule>,
    base: &'a str,
}

impl Built<'_> {
    fn answer(&self, old: &str, expected: &str) -> Answer {
        let mut at = old.to_string();
        for step in 0..LONGEST {
            let Some(next) = self.leads(&at) else {
                let is_there = self.is_there(&at);
                return match (step, is_there) {
                    (0, false) => Answer::None,
                    (_, false) => Answer::Lost(at),
                    (0, true) if expected.is_empty() || is_same_path(&path_of(expected), &at) => {
                        Answer::Shown
                    }
                    (_, true) if expected.is_empty() || is_same_path(&path_of(expected), &at) => {
                        Answer::Moved(at)
                    }
                    (_, true) => Answer::Elsewhere { is: at, expected: expected.to_string() },
                };
            };
            if next.contains("://") {
                return match expected.is_empty() || is_same_path(expected, &next) {
                    true => Answer::Moved(next),
                    false => Answer::Elsewhere { is: next, expected: expected.to_string() },
                };
            }
            at = next;
        }
        Answer::Lost(at)
    }

    /// Where an address leads on to; `None` for one that is the end.
    fn leads(&self, address: &str) -> Option<String> {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let pairs: Vec<(&str, &str)> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
        let fits_query = |rule: &&Rule| {
            rule.query.iter().all(|(name, value)| {
                pairs.iter().any(|(n, v)| n == name && (v == value || value.starts_with(':')))
            })
        };
        let asked: Vec<&Rule> =
            self.rules.iter().filter(|rule| !rule.query.is_empty()).filter(fits_query).collect();
        let exact = asked.iter().find(|rule| is_same_path(&rule.path, path)).copied();
        let plain = || {
            self.rules.iter().filter(|rule| rule.query.is_empty()).find(|rule| is_same_path(&rule.path, path))
        };
        if let Some(rule) = exact {
            return Some(rule.to.clone());
        }
        // A page is shown before a rule that fits many paths.
        if let Some(stub) = self.page(path) {
            return stub;
        }
        if let Some(rule) = plain() {
            return Some(rule.to.clone());
        }
        self.rules.iter().filter(|rule| rule.query.is_empty()).find_map(|rule| {
            let start = rule.path.strip_suffix('*')?;
            let rest = path.strip_prefix(start)?;
            Some(rule.to.replace(":splat", rest))
        })
    }

    /// What the page at a path does: leads on, or is the end (`None`). Nothing where there is no page.
    fn page(&self, path: &str) -> Option<Option<String>> {
        let bytes = self.read(path)?;
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4_000)]).into_owned();
        let to = start
            .split("http-equiv=\"refresh\" content=\"0; url=")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        Some(to.map(|to| crate::content::markup::unescaped(to).into_owned()))
    }

    fn is_there(&self, address: &str) -> bool {
        self.read(address.split(['?', '#']).next().unwrap_or_default()).is_some()
    }

    fn read(&self, path: &str) -> Option<Vec<u8>> {
        let path = percent::decode(path);
        let path = path.strip_prefix(self.base).unwrap_or(&path).trim_start_matches('/');
        let path = path.trim_end_matches('/');
        let file = if path.is_empty() { "index.html".to_string() } else { format!("{path}/index.html") };
        self.folder.read(&file).ok().or_else(|| self.folder.read(path).ok().filter(|_| !path.is_empty()))
    }
}

/// Are two paths the same, with or without a slash at the end, encoded or not?
fn is_same_path(one: &str, other: &str) -> bool {
    let plain = |path: &str| {
        percent::decode(path.split(['?', '#']).next().unwrap_or_default()).trim_end_matches('/').to_string()
    };
    plain(one) == plain(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::disallowed_methods, reason = "tests make files")]
    fn each_answer_is_told() {
        let place = tempfile::tempdir().unwrap();
        let put = |path: &str, text: &str| {
            let file = place.path().join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        };
        let stub =
            |to: &str| format!("<noscript><meta http-equiv=\"refresh\" content=\"0; url={to}\"></noscript>");
        put("index.html", "home");
        put("a/index.html", "a");
        put("å/index.html", &stub("/a/"));
        put("b/index.html", &stub("/gone/"));
        put("c.pdf", "c");
        put("_redirects", "/ p=7 /a/ 301\n/x/* /:splat 301\n/y /a/ 301\n/z https://else.example/ 302\n");
        let folder = Folder::open(place.path()).unwrap();
        let answer = |old: &str| verify(old, &folder, "/").remove(0).1;
        let moved = || Answer::Moved("/a/".into());
        assert_eq!(answer("https://old.example/a"), Answer::Shown);
        assert_eq!(answer("https://old.example"), Answer::Shown);
        assert_eq!(answer("/c.pdf"), Answer::Shown);
        assert_eq!(answer("/%C3%A5/"), moved());
        assert_eq!(answer("/?p=7"), moved());
        assert_eq!(answer("/x/a/"), moved());
        assert_eq!(answer("/y/,https://new.example/a/"), moved());
        assert_eq!(answer("/z"), Answer::Moved("https://else.example/".into()));
        assert_eq!(answer("/b/"), Answer::Lost("/gone/".into()));
        assert_eq!(answer("/none/"), Answer::None);
        assert_eq!(answer("/../../etc/passwd"), Answer::None);
        assert_eq!(answer("/y/\t/c.pdf"), Answer::Elsewhere { is: "/a/".into(), expected: "/c.pdf".into() });
        assert!(verify("# no\n\n", &folder, "/").is_empty());
    }
}
