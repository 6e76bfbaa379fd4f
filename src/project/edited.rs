//! A site with some files as they would be after a change that isn't written yet.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{PathKind, Project};
use crate::diag::{Diagnostic, Diagnostics};

/// A project in which some files have other bytes. None is new, none is gone.
#[derive(Clone)]
pub struct Edited<'a> {
    /// The site as it is.
    pub project: &'a dyn Project,
    /// The bytes of the files that differ, by path.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Project for Edited<'_> {
    fn files(&self, diagnostics: &mut Diagnostics) -> Vec<String> {
        self.project.files(diagnostics)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.files.get(path).map_or_else(|| self.project.read(path), |bytes| Ok(bytes.clone()))
    }

    fn read_start(&self, path: &str, limit: u64) -> Result<Vec<u8>, Box<Diagnostic>> {
        if self.files.contains_key(path) { self.read(path) } else { self.project.read_start(path, limit) }
    }

    fn size(&self, path: &str) -> Option<u64> {
        self.files.get(path).map_or_else(|| self.project.size(path), |bytes| Some(bytes.len() as u64))
    }

    fn path_kind(&self, path: &str) -> PathKind {
        self.project.path_kind(path)
    }

    fn today(&self, zone: &TimeZone) -> Date {
        self.project.today(zone)
    }

    fn now(&self) -> Timestamp {
        self.project.now()
    }

    fn read_kept(&self, name: &str) -> Option<Vec<u8>> {
        self.project.read_kept(name)
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.project.variable(name)
    }
}
