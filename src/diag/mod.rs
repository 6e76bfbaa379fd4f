//! Diagnostics: what is wrong in the content, where, why, and what to do.
//!
//! Every stage of the pipeline pushes [`Diagnostic`]s into [`Diagnostics`]; only `cli` prints them, through
//! [`emit`]. Start with [`Diagnostic`], then [`code`] for the list of everything that can be reported.

pub mod code;
pub mod credentials;
pub mod emit;
pub mod explain;
mod nearest;
mod source;
pub mod veil;

use std::cmp::Ordering;

pub use self::nearest::{Names, nearest};
pub use code::Code;
pub use credentials::Credential;
use serde::{Deserialize, Serialize};
pub use veil::Veil;

/// A half-open range of bytes in one file, always on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end` in bytes; files over 4 GB are refused before anything makes a span.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let fit = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { start: fit(start), end: fit(end.max(start)) }
    }

    /// This span moved `by` bytes to the right, for text that was cut out of a larger file.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start as usize + by, self.end as usize + by)
    }

    /// The span as a range, to index the text of its file.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// How bad it is. An error keeps the build from writing anything; a warning does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The content can't be published like this.
    Error,
    /// Published, but likely not what was meant.
    Warning,
}

impl Severity {
    /// The word as it is printed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A place in a file: its path from the site's root, and the bytes meant there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Location {
    /// The file, relative to the site's root, with `/` between folders.
    pub file: String,
    /// The bytes meant; `None` for the file as a whole.
    pub span: Option<Span>,
}

/// A second place that explains the first, such as the other page that wants the same URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// The file and the bytes of the second place.
    pub place: Location,
    /// What is to be seen there, in a few words.
    pub label: String,
}

/// One problem: its permanent code, a sentence for the reader, the place, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The permanent name, such as `unknown-form`.
    pub code: Code,
    /// Error or warning; starts as the code's own severity.
    pub severity: Severity,
    /// One sentence, lower case, without a full stop; names in backticks.
    pub message: String,
    /// Where; `None` where no file is to blame (a usage mistake, an empty site).
    pub place: Option<Location>,
    /// A few words beside the marked bytes.
    pub label: Option<String>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// What to do about it, one sentence each.
    pub help: Vec<String>,
    /// Changes of the file that certainly fix it; empty where an author has to decide.
    #[serde(default)]
    pub fix: Vec<Edit>,
}

/// Other text in the place of some bytes of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The bytes that are replaced.
    pub span: Span,
    /// What has to stand there; quotation marks around it don't count.
    pub old: String,
    /// The text that takes their place.
    pub new: String,
}

impl Diagnostic {
    /// A problem with this `code` and `message`, with no place yet.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            place: None,
            label: None,
            related: Vec::new(),
            help: Vec::new(),
            fix: Vec::new(),
        }
    }

    /// The same, at `span` of `file` (a path from the site's root).
    #[must_use]
    pub fn at(mut self, file: impl Into<String>, span: Span) -> Self {
        self.place = Some(Location { file: file.into(), span: Some(span) });
        self
    }

    /// The same, about the whole of `file`.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.place = Some(Location { file: file.into(), span: None });
        self
    }

    /// The same, with words beside the marked bytes.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// The same, with advice; may be called more than once.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// The same, with "did you mean" where `found` is close to one of `known`; of the names of things also with the
    /// change that fixes it, where there is no doubt which is meant.
    #[must_use]
    pub fn suggest<'a>(mut self, found: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        if let Some(Location { span: Some(span), .. }) =
            self.place.as_ref().filter(|_| NAMES.contains(&self.code))
        {
            let edit = |meant: &str| Edit { span: *span, old: found.to_string(), new: meant.to_string() };
            self.fix.extend(surely(found, &known).map(edit));
        }
        match nearest(found, known) {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self,
        }
    }

    /// The same, with a change of its file that fixes it; may be called more than once.
    #[must_use]
    pub fn fix(mut self, span: Span, old: impl Into<String>, new: impl Into<String>) -> Self {
        self.fix.push(Edit { span, old: old.into(), new: new.into() });
        self
    }

    /// The same, with a second place.
    #[must_use]
    pub fn related(mut self, file: impl Into<String>, span: Option<Span>, label: impl Into<String>) -> Self {
        self.related.push(Related { place: Location { file: file.into(), span }, label: label.into() });
        self
    }

    fn order(&self, other: &Self) -> Ordering {
        (&self.place, self.severity, self.code.name(), &self.message).cmp(&(
            &other.place,
            other.severity,
            other.code.name(),
            &other.message,
        ))
    }
}

/// Problems with a name that refers to something else on the site: a typing error in it can be fixed.
const NAMES: &[Code] = &[
    Code::UnknownAuthor,
    Code::UnknownTerm,
    Code::UnknownSeries,
    Code::UnknownForm,
    Code::UnknownWebhook,
    Code::UnknownStage,
    Code::UnknownPage,
];

/// The one name that can be meant: a single letter is wrong, missing, too much or has changed places with its neighbour,
/// and no other name is as close. Digits are no slips: `part-2` is another thing than `part-1`.
fn surely<'a>(found: &str, known: &[&'a str]) -> Option<&'a str> {
    let letters = |name: &str| name.chars().filter(|c| !c.is_numeric()).collect::<String>();
    let is_slip = |name: &&&str| {
        strsim::damerau_levenshtein(found, name) == 1 && letters(found) != letters(name)
            || found != **name && found.to_lowercase() == name.to_lowercase()
    };
    let mut close = known.iter().filter(is_slip).collect::<Vec<_>>();
    close.sort_unstable();
    close.dedup();
    match close[..] {
        [one] if found.chars().count() > 3 => Some(*one),
        _ => None,
    }
}

/// What a run has found so far. Stages only push; order and duplicates are settled by [`Diagnostics::sorted`].
#[derive(Debug, Clone, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// A list without problems.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a problem; the order in which they are shown doesn't depend on it.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds all of another list.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(others);
    }

    /// Is there an error among them (not only warnings)?
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }

    /// All of them, as they came.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Is there no problem of any severity?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// By file, place, severity and code, each once: the same order whatever the number of threads.
    #[must_use]
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.0.sort_by(Diagnostic::order);
        self.0.dedup();
        self.0
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
