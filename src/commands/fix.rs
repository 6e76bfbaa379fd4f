//! `check --fix`: what is certainly meant is written into the files that say it otherwise.
//!
//! A [`Diagnostic`] brings the changes that fix it. They are made on a copy of the site ([`Edited`]), and the copy is
//! checked again, until there is nothing more to fix; nothing is written here. A change that would break a file is
//! left out, and so is one whose bytes aren't as expected.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::build::{self, Advice, check};
use crate::config::AddressKeeping;
use crate::diag::{Code, Diagnostic, Diagnostics, Edit, Severity};
use crate::edition::inputs::Options;
use crate::edition::linking::link_lazily;
use crate::project::edited::Edited;
use crate::project::{ADDRESSES_FILE, Project};
use crate::publishing::redirects::addresses;

/// A fixed problem can lay open others; these rounds are more than any site has needed.
const ROUNDS: usize = 8;

/// A site with its mistakes fixed, before anything is written.
pub struct FixedSite<'a> {
    /// The site as it would be.
    pub site: Edited<'a>,
    /// How many problems are gone.
    pub problems: usize,
    /// What is left for a person.
    pub left: Diagnostics,
}

/// A line that has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedLine {
    /// The file, from the root of the site.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// As it was; `None` for one that is added.
    pub old: Option<String>,
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
    if let Some(text) = addresses(&fixed.site, options) {
        fixed.site.files.insert(ADDRESSES_FILE.to_string(), text.into_bytes());
        let mut left = Diagnostics::new();
        left.extend(fixed.left.into_iter().filter(|problem| problem.code != Code::UnlistedAddress));
        fixed.left = left;
    }
    fixed
}

/// The list of published URLs as it is to be, where the site has one or wants one, and it changes.
fn addresses(site: &Edited<'_>, options: &Options) -> Option<String> {
    let mut known = Diagnostics::new();
    let loaded = build::load(site, &mut known)?;
    let config = &loaded.content.config;
    if known.has_errors() || config.published.is_none() && config.addresses == AddressKeeping::IfThere {
        return None;
    }
    let linked = link_lazily(site, &loaded, &config.public_edition(), options, &mut known);
    let is_sound = !known.has_errors();
    let keeping = AddressKeeping::Check;
    is_sound.then(|| addresses::renewed(site, &linked.site, &linked.plan, keeping)).flatten()
}

impl FixedSite<'_> {
    /// How many URLs `addresses.txt` has more than before; `None` where it doesn't change.
    #[must_use]
    pub fn remembered(&self) -> Option<usize> {
        let count = |bytes: &[u8]| {
            String::from_utf8_lossy(bytes).lines().filter(|line| line.starts_with('/')).count()
        };
        let new = count(self.site.files.get(ADDRESSES_FILE)?);
        Some(new.saturating_sub(self.site.project.read(ADDRESSES_FILE).map_or(0, |old| count(&old))))
    }

    /// The lines that differ, by file and line, but for those of `addresses.txt`. Changes stay within their lines, or add
    /// some.
    #[must_use]
    pub fn changes(&self) -> Vec<ChangedLine> {
        let mut changes = Vec::new();
        for (file, new) in self.site.files.iter().filter(|(file, _)| *file != ADDRESSES_FILE) {
            let old = self.site.project.read(file).unwrap_or_default();
            let (old, new) = (String::from_utf8_lossy(&old), String::from_utf8_lossy(new));
            let mut old = old.lines().peekable();
            let new: Vec<&str> = new.lines().collect();
            let mut more = new.len().saturating_sub(old.clone().count());
            for (index, line) in new.iter().enumerate() {
                let is_same = old.peek() == Some(line);
                // As long as lines are left over, one is added if what stands here comes later.
                let is_added = !is_same && more > 0 && {
                    let rest = new[index..].iter().take(more + 1);
                    old.peek().is_none_or(|next| rest.clone().any(|line| line == next))
                };
                let old = if is_added { None } else { old.next() };
                more -= usize::from(is_added);
                if !is_same {
                    let (old, new) = (old.map(str::to_string), (*line).to_string());
                    changes.push(ChangedLine { file: file.clone(), line: index + 1, old, new });
                }
            }
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
