//! `check --fix`: what is certainly meant is written into the files that say it otherwise.
//!
//! A [`Diagnostic`] brings the changes that fix it. They are made on a copy of the site ([`Edited`]), and the copy is
//! checked again, until there is nothing more to fix; nothing is written here. A change that would break a file is
//! left out, and so is one whose bytes aren't as expected.

use std::collections::{BTreeMap, BTreeSet};

use crate::build::{Advice, check};
use crate::diag::{Diagnostic, Diagnostics, Edit, Severity};
use crate::edition::inputs::Options;
use crate::project::Project;
use crate::project::edited::Edited;

/// A fixed problem can lay open others; these rounds are more than any site has needed.
const ROUNDS: usize = 8;

/// A site, fixed.
pub struct FixedSite<'a> {
    /// The site as it would be.
    pub site: Edited<'a>,
    /// How many problems are gone.
    pub problems: usize,
    /// What is left for a person.
    pub left: Diagnostics,
}

/// A line that has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedLine {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// As it was.
    pub old: String,
    /// As it is to be.
    pub new: String,
}

/// Fixes what can be fixed without asking anybody.
#[must_use]
pub fn fix<'a>(project: &'a dyn Project, options: &Options) -> FixedSite<'a> {
    let site = Edited { project, files: BTreeMap::new() };
    let left = check(&site, options, Advice::All);
    let mut fixed = FixedSite { site, problems: 0, left };
    for _ in 0..ROUNDS {
        let found = fixed.left.clone().sorted();
        let Some((site, problems)) = apply(&fixed.site, &found) else { break };
        let left = check(&site, options, Advice::All);
        if broken(&left, &site) > broken(&fixed.left, &site) {
            break;
        }
        fixed = FixedSite { site, problems: fixed.problems + problems, left };
    }
    fixed
}

impl FixedSite<'_> {
    /// The lines that differ, by file and line. Changes stay within their lines.
    #[must_use]
    pub fn changes(&self) -> Vec<ChangedLine> {
        let mut changes = Vec::new();
        for (file, new) in &self.site.files {
            let old = self.site.project.read(file).unwrap_or_default();
            let (old, new) = (String::from_utf8_lossy(&old), String::from_utf8_lossy(new));
            let lines = old.lines().zip(new.lines()).zip(1..).filter(|((old, new), _)| old != new);
            changes.extend(lines.map(|((old, new), line)| ChangedLine {
                file: file.clone(),
                line,
                old: old.to_string(),
                new: new.to_string(),
            }));
        }
        changes
    }
}

/// Errors in the files that were changed.
fn broken(found: &Diagnostics, site: &Edited<'_>) -> usize {
    let is_there = |problem: &&Diagnostic| {
        problem.severity == Severity::Error
            && problem.place.as_ref().is_some_and(|place| site.files.contains_key(&place.file))
    };
    found.iter().filter(is_there).count()
}

/// The site with all changes that can be made at once, and the number of problems that they fix; `None` for none.
fn apply<'a>(site: &Edited<'a>, found: &[Diagnostic]) -> Option<(Edited<'a>, usize)> {
    let mut by_file: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for problem in found.iter().filter(|problem| !problem.fix.is_empty()) {
        if let Some(place) = &problem.place {
            by_file.entry(&place.file).or_default().push(problem);
        }
    }
    let mut next = site.clone();
    let mut count = 0;
    for (file, problems) in by_file {
        let Some(text) = site.read(file).ok().and_then(|bytes| String::from_utf8(bytes).ok()) else {
            continue;
        };
        let mut edits: BTreeSet<(usize, usize, String)> = BTreeSet::new();
        for problem in problems {
            let own: Option<Vec<_>> = problem.fix.iter().map(|edit| located(&text, edit)).collect();
            let Some(own) = own.filter(|own| own.iter().all(|edit| fits(edit, &edits))) else { continue };
            edits.extend(own);
            count += 1;
        }
        if !edits.is_empty() {
            next.files.insert(file.to_string(), edited(&text, &edits).into_bytes());
        }
    }
    (count > 0).then_some((next, count))
}

/// Where the change has to be made: the bytes that it expects, once among those that it names.
fn located(text: &str, edit: &Edit) -> Option<(usize, usize, String)> {
    let range = edit.span.range();
    let there = text.get(range.clone())?;
    let mut places = there.match_indices(&edit.old);
    let (at, _) = places.next()?;
    // Only quotation marks may stand around it: in `[anna, annna]` a part of a word is another one.
    let is_quoted = |part: &str| part.chars().all(|c| matches!(c, '"' | '\''));
    let is_whole = is_quoted(&there[..at]) && is_quoted(&there[at + edit.old.len()..]);
    let start = range.start + at;
    is_whole.then(|| (start, start + edit.old.len(), edit.new.clone()))
}

/// Does it touch none of the others? The same change twice is one.
fn fits(edit: &(usize, usize, String), others: &BTreeSet<(usize, usize, String)>) -> bool {
    others.contains(edit) || !others.iter().any(|(start, end, _)| edit.0 < *end && *start < edit.1)
}

fn edited(text: &str, edits: &BTreeSet<(usize, usize, String)>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (start, end, new) in edits {
        out.push_str(&text[at..*start]);
        out.push_str(new);
        at = *end;
    }
    out.push_str(&text[at..]);
    out
}
