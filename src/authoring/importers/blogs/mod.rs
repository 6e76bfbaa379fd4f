//! `ringback import medium`, `substack`, `hubspot`: exports of services for blogs, as files, folders or archives.
//!
//! Each has a file of its own, which makes posts of what is in the export; `bundle` opens it, `table` reads tables. Start with [`import`].

mod bundle;
mod hubspot;
mod medium;
mod snippets;
mod substack;
mod table;

use std::path::Path;

use jiff::civil::Date;

use super::online::Fetch;
use super::posts::{self, Batch, Files};
use super::{ImportError, Report, Sink};
use crate::authoring::markup::{ImportNote, Weight};

/// A service for blogs whose exports can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// <https://medium.com>
    Medium,
    /// <https://substack.com>
    Substack,
    /// <https://www.hubspot.com>
    Hubspot,
}

impl Service {
    /// The service's name, for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Medium => "Medium",
            Self::Substack => "Substack",
            Self::Hubspot => "HubSpot",
        }
    }
}

/// The export that is imported, and what it doesn't say of itself.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The export: a file, a folder, or an archive.
    pub file: &'a Path,
    /// A folder with images, where there is one.
    pub media: Option<&'a Path>,
    /// The address of the old site; may be empty.
    pub address: &'a str,
    /// What fetches images, where it may.
    pub fetch: Option<&'a Fetch>,
}

/// Hands the files of the new site to `sink`, and what people should know to `report`.
///
/// # Errors
///
/// The export can't be read, is none of this service, or the sink can't write.
pub fn import(
    service: Service,
    source: &Source<'_>,
    sink: &mut dyn Sink,
    report: &mut Report,
) -> Result<(), ImportError> {
    let blog = Blog { address: source.address.trim_end_matches('/') };
    let batch = match service {
        Service::Medium => medium::read(source.file, &blog, report)?,
        Service::Substack => substack::read(source.file, &blog, report)?,
        Service::Hubspot => hubspot::read(source.file, &blog, report)?,
    };
    let mut files = Files::open(source.media, &["images/", "hubfs/"])?;
    if let Some(fetch) = source.fetch {
        posts::fetch(&batch, &mut files, fetch, report)?;
    }
    posts::write(batch, &files, sink, report)
}

/// What is known of the blog besides its export.
struct Blog<'a> {
    address: &'a str,
}

impl Blog<'_> {
    fn batch(&self) -> Batch {
        Batch { address: self.address.to_string(), ..Batch::default() }
    }
}

/// The day of a time.
fn day(text: &str) -> Option<Date> {
    text.trim().get(..10)?.parse().ok().filter(|date: &Date| date.year() > 0)
}

fn note(notes: &mut Vec<ImportNote>, weight: Weight, what: impl Into<String>) {
    let one = ImportNote { weight, what: what.into(), line: 0 };
    if !notes.contains(&one) {
        notes.push(one);
    }
}
