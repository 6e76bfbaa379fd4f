//! Changes of a page's file: of its front matter, key by key, and of its text. What isn't meant keeps its bytes.
//!
//! [`edited`] makes them, [`merged`] joins them with what somebody else wrote meanwhile, and [`compare`] says what they were.

use std::ops::Range;

use serde::Deserialize;
use serde_json::Value as Json;

use crate::content;
use crate::yaml::edit::{self, EditError, Splice, Step};

/// One change, as the editor in the browser sends it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case", tag = "change")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Change {
    /// The value of a key of the front matter, by the keys and places in lists that lead there.
    Set {
        /// The keys and places in lists that lead to the value, the outermost first.
        path: Vec<PathStep>,
        /// What it is from now on.
        #[cfg_attr(test, ts(type = "unknown"))]
        value: Json,
    },
    /// A key that goes, with its value.
    Remove {
        /// The keys and places in lists that lead to the key, the outermost first.
        path: Vec<PathStep>,
    },
    /// The front matter as it is written, without the lines around it.
    FrontMatter {
        /// The whole front matter, as YAML.
        text: String,
    },
    /// The text below the front matter; of a file of YAML, the whole.
    Text {
        /// The whole text, as Markdown or YAML.
        text: String,
    },
}

/// A key, or a place in a list.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum PathStep {
    /// A place, counted from 0.
    Item(usize),
    /// A key of a map.
    Key(String),
}

/// What has changed between two states of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineChange {
    /// Whether it came, went or is beside what did.
    pub kind: LineKind,
    /// The line, without its end.
    pub text: String,
}

/// What became of a line between two versions of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// It is in both, unchanged.
    Same,
    /// It is in the new text alone.
    Added,
    /// It is in the old text alone.
    Removed,
}

/// The lines between two pieces of a file, where they aren't shown.
const GAP: &str = "…";

/// So many lines around what has changed are shown.
const CONTEXT: usize = 2;

/// The file with these changes, one after the other.
///
/// # Errors
///
/// A [`EditError`] of the front matter's: then none of them is made.
pub fn edited(file: &str, changes: &[Change]) -> Result<String, EditError> {
    changes
        .iter()
        .try_fold(file.to_string(), |file, change| edit(&file, change).map(|splice| splice.apply(&file)))
}

fn edit(file: &str, change: &Change) -> Result<Splice, EditError> {
    let (front, text) = match content::front_matter_of(file) {
        Some((front, text)) => (Some(front), text..file.len()),
        None => (None, 0..file.len()),
    };
    match change {
        Change::Text { text: new } => {
            let start = if front.is_some() { file.len() - without_gap(&file[text]).len() } else { 0 };
            Ok(lines(file, start..file.len(), new))
        }
        Change::FrontMatter { text: new } => match front {
            Some(front) => Ok(lines(file, front, &with_end(new))),
            None => Ok(begun(file, &with_end(new))),
        },
        Change::Set { path, value } => {
            let path = steps(path);
            match front {
                Some(front) => {
                    edit::set(&file[front.clone()], &path, value).map(|splice| shifted(splice, front.start))
                }
                None => edit::set("", &path, value).map(|splice| begun(file, &splice.new)),
            }
        }
        Change::Remove { path } => {
            let front = front.ok_or(EditError::NoSuchPlace)?;
            edit::remove(&file[front.clone()], &steps(path)).map(|splice| shifted(splice, front.start))
        }
    }
}

/// A text without the empty lines between it and the front matter, which are a part of neither.
#[must_use]
pub fn without_gap(text: &str) -> &str {
    text.trim_start_matches(['\r', '\n'])
}

fn steps(path: &[PathStep]) -> Vec<Step> {
    let step = |step: &PathStep| match step {
        PathStep::Item(index) => Step::Item(*index),
        PathStep::Key(key) => Step::Key(key.clone()),
    };
    path.iter().map(step).collect()
}

fn shifted(splice: Splice, by: usize) -> Splice {
    Splice { range: splice.range.start + by..splice.range.end + by, ..splice }
}

fn with_end(text: &str) -> String {
    if text.is_empty() || text.ends_with('\n') { text.to_string() } else { format!("{text}\n") }
}

/// Front matter for a file that has none.
fn begun(file: &str, front: &str) -> Splice {
    let front = format!("---\n{front}---\n{}", if file.is_empty() { "" } else { "\n" });
    Splice { range: 0..0, new: front.replace('\n', edit::newline_of(file)) }
}

/// Puts `new` in the place of a part of the file. Lines at its beginning and its end that are the same keep their bytes, and
/// new ones end as those of the file do: browsers know only one kind of line end.
fn lines(file: &str, part: Range<usize>, new: &str) -> Splice {
    let old: Vec<&str> = file[part.clone()].split_inclusive('\n').collect();
    let new = new.replace("\r\n", "\n");
    let wanted: Vec<&str> = new.split_inclusive('\n').collect();
    let is_same = |old: &&str, new: &&str| {
        let (old, new) = (old.trim_end_matches('\n'), new.trim_end_matches('\n'));
        old.strip_suffix('\r').unwrap_or(old) == new
    };
    let is_whole = |line: &&str| line.ends_with('\n');
    let pairs = || old.iter().zip(&wanted);
    let before = pairs().take_while(|(old, new)| is_same(old, new) && is_whole(old) == is_whole(new)).count();
    let most = old.len().min(wanted.len()) - before;
    let ends = old.iter().rev().zip(wanted.iter().rev()).take(most);
    let after = ends.take_while(|(old, new)| is_same(old, new) && is_whole(old) == is_whole(new)).count();
    let length = |lines: &[&str]| lines.iter().map(|line| line.len()).sum::<usize>();
    let start = part.start + length(&old[..before]);
    let end = part.end - length(&old[old.len() - after..]);
    let new = wanted[before..wanted.len() - after].concat();
    Splice { range: start..end, new: new.replace('\n', edit::newline_of(file)) }
}

/// Joins two sets of changes of one state of a file; `None` where both changed the same lines.
#[must_use]
pub fn merged(base: &str, mine: &str, theirs: &str) -> Option<String> {
    if base == theirs || mine == theirs {
        return Some(mine.to_string());
    }
    diffy::merge(base, mine, theirs).ok()
}

/// The lines that differ, with those around them.
#[must_use]
pub fn compare(before: &str, after: &str) -> Vec<LineChange> {
    let mut options = diffy::DiffOptions::new();
    options.set_context_len(CONTEXT);
    let patch = options.create_patch(before, after);
    let mut all = Vec::new();
    for hunk in patch.hunks() {
        if !all.is_empty() {
            all.push(LineChange { kind: LineKind::Same, text: GAP.into() });
        }
        all.extend(hunk.lines().iter().map(|line| {
            let (kind, text) = match line {
                diffy::Line::Context(text) => (LineKind::Same, text),
                diffy::Line::Insert(text) => (LineKind::Added, text),
                diffy::Line::Delete(text) => (LineKind::Removed, text),
            };
            LineChange { kind, text: text.trim_end_matches(['\n', '\r']).to_string() }
        }));
    }
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn set(key: &str, value: Json) -> Change {
        Change::Set { path: vec![PathStep::Key(key.into())], value }
    }

    fn text(text: &str) -> Change {
        Change::Text { text: text.into() }
    }

    #[test]
    fn a_page_keeps_what_is_not_meant() {
        let file = "---\r\ntitle: 'One'  # why\r\n---\r\n\r\nA\r\n\r\nB\r\n";
        let new = edited(file, &[set("title", json!("Two")), text("A\n\nX\n\nB\n")]);
        assert_eq!(new.as_deref(), Ok("---\r\ntitle: 'Two'  # why\r\n---\r\n\r\nA\r\n\r\nX\r\n\r\nB\r\n"));
        assert_eq!(
            edited(file, &[text("A\n\nB\n")]).as_deref(),
            Ok(file),
            "a browser's line ends change nothing"
        );
        assert_eq!(
            edited("# A\n", &[set("draft", json!(true))]).as_deref(),
            Ok("---\ndraft: true\n---\n\n# A\n")
        );
        assert_eq!(edited("", &[set("title", json!("A"))]).as_deref(), Ok("---\ntitle: A\n---\n"));
        let front = Change::FrontMatter { text: "title: A\ndraft: true".into() };
        assert_eq!(
            edited("---\ntitle: A\n---\nText", &[front]).as_deref(),
            Ok("---\ntitle: A\ndraft: true\n---\nText")
        );
        assert_eq!(edited("---\nA: [\n---\n", &[set("title", json!("B"))]), Err(EditError::NotYaml));
    }

    #[test]
    fn what_others_wrote_meanwhile_stays() {
        let base = "---\ntitle: A\n---\n\nOne.\n\nTwo.\n\nThree.\n";
        let (mine, theirs) = (base.replace("One", "1"), base.replace("Three", "3"));
        let both = base.replace("One", "1").replace("Three", "3");
        assert_eq!(merged(base, &mine, &theirs), Some(both));
        assert_eq!(merged(base, &mine, &base.replace("One", "I")), None);
        assert_eq!(merged(base, &mine, &mine), Some(mine.clone()));
    }

    #[test]
    fn changes_are_shown_line_by_line() {
        let before: String = (0..20).map(|n| format!("Line {n}\r\n")).collect();
        let after = before.replace("Line 2\r\n", "Line two\r\n").replace("Line 15\r\n", "");
        let shown: Vec<String> = compare(&before, &after)
            .into_iter()
            .map(|line| {
                let sign = match line.kind {
                    LineKind::Same => ' ',
                    LineKind::Added => '+',
                    LineKind::Removed => '-',
                };
                format!("{sign}{}", line.text)
            })
            .collect();
        assert_eq!(
            shown.join("|"),
            " Line 0| Line 1|-Line 2|+Line two| Line 3| Line 4| …| Line 13| Line 14|-Line 15| Line 16| Line 17"
        );
        assert_eq!(compare(&before, &before), []);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

        /// Any text becomes any other, and no byte changes before the first line that differs, nor after the last.
        #[test]
        fn a_text_becomes_another(
            old in "([a-cä\u{308} ]{1,3}(\n|\r\n){1,2}){0,6}[ab]{0,1}",
            new in "([a-cä\u{308} ]{0,3}\n){0,6}[ab]{0,1}",
            front in prop_oneof![Just(""), Just("---\na: 1\n---\n"), Just("---\r\na: 1\r\n---\r\n\r\n")],
        ) {
            let file = format!("{front}{old}");
            let after = edited(&file, &[text(&new)]).expect("a text can always be changed");
            prop_assert!(after.starts_with(front));
            prop_assert_eq!(after[front.len()..].replace("\r\n", "\n"), new.clone());
            let same = old.split_inclusive('\n').zip(new.split_inclusive('\n'))
                .take_while(|(old, new)| old.ends_with('\n') && old.replace("\r\n", "\n") == *new);
            let kept: String = same.map(|(old, _)| old).collect();
            prop_assert!(after[front.len()..].starts_with(&kept));
        }
    }
}
