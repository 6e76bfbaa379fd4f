//! What the readers ask for on this thread: tests compare it with a site that sets every key, and with the published schema.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::{Fields, Node};

/// As what a value is read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Text,
    Truth,
    Number(Numbers),
    /// A number that may have decimals.
    Decimal,
    Texts,
    List,
    Entries,
    /// A map with the keys of the reader of this name.
    Map(String),
    Choice(Vec<String>),
    Phone,
    Web,
    Date,
    Time,
    TimeZone,
    RoughDate,
    Localized,
}

/// The least and the greatest.
pub(crate) type Numbers = (i64, i64);

impl Kind {
    /// A choice among these names.
    pub(crate) fn choice(names: &[&str]) -> Self {
        Self::Choice(names.iter().map(|name| (*name).to_string()).collect())
    }

    /// A number of this range.
    pub(crate) fn number(range: &RangeInclusive<i64>) -> Self {
        Self::Number((*range.start(), *range.end()))
    }
}

/// What one reader of a map knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Keys {
    /// Each key: was it ever set?
    pub(crate) known: BTreeMap<String, bool>,
    /// Those that a map lacks at its peril, each time it was read.
    pub(crate) required: Option<BTreeSet<String>>,
}

/// The keys that were asked for, and what was read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    /// By what is read, such as "a form".
    pub(crate) maps: BTreeMap<String, Keys>,
    /// By file and place, in bytes.
    pub(crate) values: BTreeMap<(String, usize), BTreeSet<Kind>>,
}

thread_local!(static SEEN: RefCell<Seen> = RefCell::default());

/// Begins to note on this thread what is read.
pub(crate) fn start() {
    SEEN.take();
}

/// What was read on this thread since [`start`]; nothing is noted any more.
pub(crate) fn end() -> Seen {
    SEEN.take()
}

/// Notes that a value was read as one of this kind.
pub(crate) fn value(file: &str, node: &Node, kind: &Kind) {
    at(file, node.span.range().start, kind);
}

fn at(file: &str, start: usize, kind: &Kind) {
    SEEN.with_borrow_mut(|seen| {
        seen.values.entry((file.to_string(), start)).or_default().insert(kind.clone());
    });
}

/// Notes which keys a reader of a map knows, has taken and requires.
pub(super) fn map(what: &str, file: &str, fields: &Fields<'_>) {
    at(file, fields.start, &Kind::Map(what.to_string()));
    SEEN.with_borrow_mut(|seen| {
        let keys = seen.maps.entry(what.to_string()).or_default();
        for key in &fields.known {
            *keys.known.entry((*key).to_string()).or_default() |= fields.taken.contains(key);
        }
        let required: BTreeSet<String> = fields.required.iter().map(|key| (*key).to_string()).collect();
        keys.required = Some(match keys.required.take() {
            Some(before) => before.intersection(&required).cloned().collect(),
            None => required,
        });
    });
}
