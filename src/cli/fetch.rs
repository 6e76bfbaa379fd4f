//! What `import` fetches, and where it keeps it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::authoring::importers::ImportError;
use crate::authoring::importers::online::{Answer, FetchRequest, Store, Web};
use crate::network::{Internet, Request};
use crate::output::bring;
use crate::project::folder;

/// Seconds to wait for an answer.
const SECONDS: u64 = 60;

/// The network as importers use it.
pub(super) struct Online {
    internet: Internet,
}

impl Online {
    /// The network with the limits that importers have.
    pub(super) fn new() -> Self {
        Self { internet: Internet::new("ringback-import", SECONDS) }
    }
}

impl Web for Online {
    fn ask(&self, ask: &FetchRequest, largest: u64) -> Result<Answer, String> {
        let mut headers = Vec::new();
        headers.extend(ask.etag.clone().map(|mark| ("If-None-Match", mark)));
        headers.extend(ask.modified.clone().map(|time| ("If-Modified-Since", time)));
        let request = Request { method: "GET", url: ask.url.clone(), headers, body: None };
        let fetched = self.internet.fetch(&request, largest).map_err(|why| why.to_string())?;
        if fetched.bytes.len() as u64 >= largest {
            return Err(format!("it is larger than {} MB", largest >> 20));
        }
        let header = |name: &str| fetched.headers.get(name).cloned();
        Ok(Answer {
            status: fetched.status,
            kind: header("content-type").unwrap_or_default(),
            location: header("location"),
            etag: header("etag"),
            modified: header("last-modified"),
            again: header("retry-after").and_then(|seconds| seconds.trim().parse().ok()),
            bytes: fetched.bytes,
        })
    }

    fn wait(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// A folder of what has come.
pub(super) struct PageStore {
    folder: PathBuf,
}

impl PageStore {
    /// A store in this folder, which is made when the first file is kept.
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf() }
    }
}

impl Store for PageStore {
    fn read(&self, name: &str) -> Option<Vec<u8>> {
        folder::read_if_there(&self.folder.join(name)).ok().flatten()
    }

    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), ImportError> {
        bring::replace(&self.folder.join(name), bytes)
            .map_err(|error| ImportError::new(error.to_string(), "check the disk and who may write there"))
    }
}
