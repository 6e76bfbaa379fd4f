//! Every file that an edition will have, known before anything is rendered.
//!
//! Features say which [`Artifact`]s they make, where, and why they may be in the edition ([`Warrant`]); [`Plan::add`] refuses
//! a path that is taken, naming both.

mod artifact;
mod client;
mod warrant;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

pub use self::artifact::{AdminFile, Artifact, AssetId, FeedId, RedirectId, Route, SealedId, SearchFileId};
pub(crate) use self::client::client_files;
pub use self::client::{ClientFile, ClientRole};
pub use self::warrant::{Reason, Warrant};
use crate::content::Document;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};

/// A file of the output: its path from the output's root, with `/` between folders.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OutPath(String);

impl OutPath {
    /// The file at this path.
    #[must_use]
    pub fn file(path: impl Into<String>) -> Self {
        Self(path.into().trim_start_matches('/').to_string())
    }

    /// The file that a host shows at a URL of the site: `/x/` is `x/index.html`.
    #[must_use]
    pub fn of_url(url: &str) -> Self {
        let path = url.trim_start_matches('/');
        if path.is_empty() || path.ends_with('/') {
            Self([path, "index.html"].concat())
        } else {
            Self(path.to_string())
        }
    }

    /// The path as text, without a slash at its beginning.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for OutPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// Where an artifact comes from, for messages.
#[derive(Debug, Clone)]
pub enum Origin {
    /// A page, which is put into words only if there is something to say of it.
    Page(Arc<Document>),
    /// Something that ringback makes by itself: `the feed of the tag "crm"`.
    Made(Cow<'static, str>),
    /// Something that comes from a file.
    File {
        /// What it is: `the file "prices.pdf"`.
        what: String,
        /// The file in which a problem with it is to be shown.
        file: String,
        /// The place in it, where there is one.
        span: Option<Span>,
    },
}

impl Origin {
    /// Something that ringback makes by itself.
    #[must_use]
    pub fn generated(what: impl Into<Cow<'static, str>>) -> Self {
        Self::Made(what.into())
    }

    /// Something that comes from a file as a whole.
    #[must_use]
    pub fn file(what: impl Into<String>, file: impl Into<String>) -> Self {
        Self::File { what: what.into(), file: file.into(), span: None }
    }

    fn description(&self) -> Cow<'_, str> {
        match self {
            Self::Page(document) => format!("the page \"{}\"", document.meta.title.value).into(),
            Self::Made(what) => Cow::Borrowed(what),
            Self::File { what, .. } => Cow::Borrowed(what),
        }
    }

    /// The file to blame, with a place in it where there is one.
    fn blamed(&self) -> Option<(&str, Option<Span>)> {
        match self {
            Self::Page(document) => Some((&document.place.path, None)),
            Self::Made(_) => None,
            Self::File { file, span, .. } => Some((file, *span)),
        }
    }
}

/// A file of the plan, before it is known whether another one wants its path.
#[derive(Debug, Clone)]
pub struct Planned {
    /// Its path in the output.
    pub path: OutPath,
    /// What its bytes are made from.
    pub artifact: Artifact,
    /// Where it comes from, for messages.
    pub origin: Origin,
    /// Why it may be in the edition.
    pub warrant: Warrant,
}

/// Every file of an edition by its path, with what it is made from, where that comes from, and why it may be there.
#[derive(Debug, Clone, Default)]
pub struct Plan(BTreeMap<OutPath, (Artifact, Origin, Warrant)>);

impl Plan {
    /// Adds a file; if its path is taken, both are named in an error and the first stays.
    pub fn add(&mut self, planned: Planned, diagnostics: &mut Diagnostics) {
        let Planned { path, artifact, origin, warrant } = planned;
        if let Some((first, first_origin, _)) = self.0.get(&path) {
            if *first != artifact {
                diagnostics.push(collision(&path, first_origin, &origin, &artifact));
            }
            return;
        }
        self.0.insert(path, (artifact, origin, warrant));
    }

    /// Adds files, in their order; what two of them want is reported.
    pub fn extend(&mut self, planned: impl IntoIterator<Item = Planned>, diagnostics: &mut Diagnostics) {
        for one in planned {
            self.add(one, diagnostics);
        }
    }

    /// Reports an alias that has no file of its own in the plan, if there is a file at its URL: hosts that look at
    /// redirects first would never show that file.
    pub fn check_alias(&self, url: &str, alias: (RedirectId, &Origin), diagnostics: &mut Diagnostics) {
        let path = OutPath::of_url(url);
        if let Some((_, first, _)) = self.0.get(&path) {
            diagnostics.push(collision(&path, first, alias.1, &Artifact::Redirect { alias: alias.0 }));
        }
    }

    /// Reports files that stand where another file needs a folder.
    pub fn check_folders(&self, diagnostics: &mut Diagnostics) {
        let mut before = "";
        for (path, (artifact, origin, _)) in &self.0 {
            // Files of a folder stand together, and the first has been told of what is above all of them.
            let shared = before.bytes().zip(path.0.bytes()).take_while(|(a, b)| a == b).count();
            before = &path.0;
            for (at, _) in path.0.match_indices('/').filter(|(at, _)| *at >= shared) {
                if let Some((above, (_, first, _))) = self.0.get_key_value(&path.0[..at]) {
                    diagnostics.push(collision(above, first, origin, artifact));
                }
            }
        }
    }

    /// All files with what they are made from, in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&OutPath, &Artifact)> {
        self.0.iter().map(|(path, (artifact, ..))| (path, artifact))
    }

    /// The file at a path.
    #[must_use]
    pub fn get(&self, path: &OutPath) -> Option<&Artifact> {
        self.0.get(path).map(|(artifact, ..)| artifact)
    }

    /// Why the file at a path may be in the edition.
    #[must_use]
    pub fn warrant(&self, path: &OutPath) -> Option<Warrant> {
        self.0.get(path).map(|(_, _, warrant)| *warrant)
    }

    /// Is there a file at just this URL of the site (not percent-encoded)?
    #[must_use]
    pub fn has(&self, url: &str) -> bool {
        self.0.contains_key(&OutPath::of_url(url))
    }

    /// Is there a file that a host shows at this URL of the site (not percent-encoded)?
    #[must_use]
    pub fn serves(&self, url: &str) -> bool {
        self.0.contains_key(&OutPath::of_url(url))
            || !url.ends_with('/') && self.0.contains_key(&OutPath::of_url(&format!("{url}/")))
    }

    /// How many files the edition will have.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Will the edition have no file at all?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn collision(path: &OutPath, first: &Origin, second: &Origin, artifact: &Artifact) -> Diagnostic {
    let url = format!("/{}", path.0.trim_end_matches("index.html"));
    let is_alias = matches!(artifact, Artifact::Redirect { .. });
    let (code, message, help) = if is_alias {
        let message = format!("the alias `{url}` would hide {}", first.description());
        (Code::AliasHidesPage, message, "remove the alias, or rename the page or file that has its URL")
    } else {
        let message =
            format!("{} and {} have the same URL, `{url}`", first.description(), second.description());
        (Code::UrlCollision, message, "give one of them another `slug:` or file name")
    };
    let mut problem = Diagnostic::new(code, message).help(help);
    problem = match second.blamed() {
        Some((file, Some(span))) => problem.at(file, span),
        Some((file, None)) => problem.in_file(file),
        None => problem,
    };
    match first.blamed() {
        Some((file, span)) if problem.place.is_some() => problem.related(file, span, "the other one"),
        Some((file, Some(span))) => problem.at(file, span),
        Some((file, None)) => problem.in_file(file),
        None => problem,
    }
}
