//! `addresses.txt`: every URL that the site has published, so that none is lost without a word.
//!
//! A line is a path of the site, and behind ` # ` the file that it came from, and the title that its page had:
//! `/insights/empty-crm/ # content/insights/empty-crm.md: The empty CRM`. One a line and sorted, so that git can merge two
//! versions, and what both have put side by side in vain (its conflict markers) is still all of it.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Diagnostics, Severity, Span};
use crate::project::ADDRESSES_FILE;

/// What a new list begins with.
const HEADER: &str = "\
# Every URL that this site has published, so that `ringback check` can tell when one is gone.
# Keep this file in git. `ringback check --fix` adds new URLs; delete the line of one that may be lost.
";

/// Who writes the list (`addresses:`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AddressKeeping {
    /// Nobody makes it; `check --fix` adds to one that is there.
    #[default]
    IfThere,
    /// `check --fix` makes it and adds to it.
    Check,
    /// `build` does, too.
    Build,
}

/// What is known of a URL that was published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublishedAddress {
    /// The file that it came from; empty for what is made of many.
    pub file: String,
    /// The title that its page had.
    pub title: String,
    /// Where the URL is written in `addresses.txt`, for messages.
    pub span: Span,
}

/// The URLs that the site has published, as `addresses.txt` lists them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublishedAddresses {
    /// What is known of each URL, by its path from the site's root, percent-encoded.
    pub all: BTreeMap<String, PublishedAddress>,
    /// The lines of words above.
    comments: String,
    /// Can each line be read? If not, nothing is written over it.
    pub is_sound: bool,
    /// Do its lines end in CR LF, which is kept when lines are added?
    ends_in_crlf: bool,
}

impl PublishedAddresses {
    /// One that is to be made.
    #[must_use]
    pub fn empty() -> Self {
        Self { is_sound: true, ..Self::default() }
    }

    /// Reads the list. Lines that aren't URLs, and marks of git between two versions, are told.
    pub(crate) fn read(text: &str, diagnostics: &mut Diagnostics) -> Self {
        let mut list = Self { ends_in_crlf: text.contains("\r\n"), ..Self::empty() };
        let mut at = 0;
        let mut conflict = None;
        for line in text.split_inclusive('\n') {
            let trimmed = line.trim_start_matches('\u{feff}');
            let start = at + line.len() - trimmed.len();
            at += line.len();
            let trimmed = trimmed.trim();
            let span = Span::new(start, start + trimmed.len());
            if trimmed.is_empty() {
                continue;
            }
            if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| trimmed.starts_with(mark)) {
                conflict.get_or_insert(span);
            } else if trimmed.starts_with('#') {
                list.comments.push_str(trimmed);
                list.comments.push('\n');
            } else if let Some((path, known)) = read_line(trimmed, span) {
                list.all.entry(path).or_insert(known);
            } else {
                list.is_sound = false;
                let message = format!("`{trimmed}` is not a URL path of this site");
                let mut problem = Diagnostic::new(Code::InvalidValue, message).at(ADDRESSES_FILE, span);
                problem.severity = Severity::Warning;
                diagnostics.push(problem.help(
                    "write a path from the site's root, such as `/insights/empty-crm/`, or delete the line; until \
                     then, nothing is added to this file",
                ));
            }
        }
        if let Some(span) = conflict {
            let message = "git left a merge conflict in this list";
            let mut problem = Diagnostic::new(Code::InvalidValue, message).at(ADDRESSES_FILE, span);
            problem.severity = Severity::Warning;
            diagnostics.push(problem.help(
                "keep the URLs of both sides and delete the lines with `<<<<<<<`, `=======` and `>>>>>>>`; \
                 `ringback check --fix` does that",
            ));
        }
        list
    }

    /// The list as it is to be, with what the site publishes now: path, file and title of each.
    #[must_use]
    pub fn with(&self, now: &BTreeMap<String, (String, String)>) -> String {
        let mut lines: BTreeMap<&str, String> = BTreeMap::new();
        for (path, known) in &self.all {
            lines.insert(path, line(path, &known.file, &known.title));
        }
        for (path, (file, title)) in now {
            lines.insert(path, line(path, file, title));
        }
        let comments = if self.comments.is_empty() { HEADER } else { &self.comments };
        let mut out = String::from(comments);
        for line in lines.values() {
            out.push_str(line);
            out.push('\n');
        }
        if self.ends_in_crlf { out.replace('\n', "\r\n") } else { out }
    }
}

fn read_line(line: &str, span: Span) -> Option<(String, PublishedAddress)> {
    let (path, note) = line.split_once(" #").unwrap_or((line, ""));
    let (path, note) = (path.trim(), note.trim());
    let is_path = path.starts_with('/') && !path.starts_with("//") && !path.contains([' ', '\t', '?', '\\']);
    let (file, title) = note.split_once(": ").unwrap_or((note, ""));
    let known = PublishedAddress { file: file.trim().to_string(), title: title.trim().to_string(), span };
    is_path.then(|| (path.to_string(), known))
}

fn line(path: &str, file: &str, title: &str) -> String {
    let one =
        |text: &str| text.split(|c: char| c.is_whitespace() || c.is_control()).collect::<Vec<_>>().join(" ");
    match (file, title) {
        ("", _) => path.to_string(),
        (file, "") => format!("{path} # {}", one(file)),
        (file, title) => format!("{path} # {}: {}", one(file), one(title)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_of_a_conflict_are_kept() {
        let text = "\u{feff}# Words\r\n<<<<<<< HEAD\r\n/a/ # content/a.md: A: one\r\n=======\r\n/b.pdf\r\n>>>>>>> x\r\n";
        let mut found = Diagnostics::new();
        let list = PublishedAddresses::read(text, &mut found);
        assert_eq!(found.iter().count(), 1);
        assert_eq!(list.all["/a/"].title, "A: one");
        let now = BTreeMap::from([("/c/".to_string(), ("content/c.md".to_string(), "C\nc".to_string()))]);
        let new = list.with(&now);
        assert_eq!(new, "# Words\r\n/a/ # content/a.md: A: one\r\n/b.pdf\r\n/c/ # content/c.md: C c\r\n");
        assert_eq!(PublishedAddresses::read(&new, &mut Diagnostics::new()).with(&now), new);
    }

    #[test]
    fn what_is_no_path_is_told_at_its_line() {
        let mut found = Diagnostics::new();
        let list = PublishedAddresses::read("/a/\nhttps://x.example/\n//b/\n/c d/\n", &mut found);
        assert!(!list.is_sound && list.all.len() == 1);
        let places: Vec<_> =
            found.iter().map(|problem| problem.place.clone().unwrap().span.unwrap()).collect();
        assert_eq!(places, [Span::new(4, 22), Span::new(23, 27), Span::new(28, 33)]);
    }
}
