//! What importers need of the network and of a folder to keep things in, which are given to them; and what fetches images and files that
//! an export only names, each once, with a pause between two.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::time::Duration;

use url::Url;

use super::{ImportError, Report, ledger};
use crate::authoring::markup::Weight;

/// So many bytes of one file, at most.
const LARGEST: u64 = 512 << 20;

/// Redirects after redirects, at most.
const LONGEST: usize = 4;

/// A request for a page or a file.
#[derive(Debug, Clone, Default)]
pub struct FetchRequest {
    /// The absolute address that is asked.
    pub url: String,
    /// What was known of it: its mark, and when it changed.
    pub etag: Option<String>,
    /// When it changed, as the site said.
    pub modified: Option<String>,
}

/// What a server answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The status of HTTP.
    pub status: u16,
    /// Its media type, such as `text/html`.
    pub kind: String,
    /// The value of `Location`, where it redirects.
    pub location: Option<String>,
    /// The value of `ETag`, to ask whether it has changed.
    pub etag: Option<String>,
    /// The value of `Last-Modified`, as the server wrote it.
    pub modified: Option<String>,
    /// Seconds after which to ask again.
    pub again: Option<u64>,
    /// The body, up to as many bytes as were asked for.
    pub bytes: Vec<u8>,
}

/// Asks, without following redirects, and waits.
pub trait Web {
    /// The answer, whatever its status.
    ///
    /// # Errors
    ///
    /// Why there was none, in words.
    fn ask(&self, ask: &FetchRequest, largest: u64) -> Result<Answer, String>;

    /// Waits for this time before the next request.
    fn wait(&self, time: Duration);
}

/// Where fetched files are kept, so that nothing is fetched twice.
pub trait Store {
    /// The bytes of a file, if it is there.
    fn read(&self, name: &str) -> Option<Vec<u8>>;

    /// Writes a file.
    ///
    /// # Errors
    ///
    /// It can't be written.
    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), ImportError>;
}

/// Fetches into a folder; what is there already isn't fetched again.
pub struct Fetch {
    /// What requests go through.
    pub web: Box<dyn Web>,
    /// The folder, to write to.
    pub store: RefCell<Box<dyn Store>>,
    /// The folder, to read from.
    pub place: PathBuf,
    /// How long to wait between two requests.
    pub pause: Duration,
}

impl Fetch {
    /// Fetches the file at an address to `name` in the folder, and gives its place; `None` where it can't be had, which is told.
    ///
    /// # Errors
    ///
    /// It can't be written.
    pub(in crate::authoring::importers) fn file(
        &self,
        address: &str,
        name: &str,
        report: &mut Report,
    ) -> Result<Option<PathBuf>, ImportError> {
        let place = self.place.join(name);
        if self.store.borrow().read(name).is_some() {
            return Ok(Some(place));
        }
        match self.bytes(address) {
            Ok(bytes) => {
                self.store.borrow_mut().write(name, &bytes)?;
                report.count("files that were fetched");
                Ok(Some(place))
            }
            Err(why) => {
                report.note(Weight::Hand, address, format!("a file can't be fetched: {why}"));
                Ok(None)
            }
        }
    }

    fn bytes(&self, address: &str) -> Result<Vec<u8>, String> {
        let mut url = Url::parse(address).map_err(|_| "its address is none".to_string())?;
        for _ in 0..LONGEST {
            self.web.wait(self.pause);
            let answer =
                self.web.ask(&FetchRequest { url: url.to_string(), ..FetchRequest::default() }, LARGEST)?;
            match (answer.status, answer.location) {
                (200, _) if answer.kind.starts_with("text/html") => {
                    return Err("a page is there instead".into());
                }
                (200, _) => return Ok(answer.bytes),
                (301 | 302 | 303 | 307 | 308, Some(to)) => {
                    url = url.join(&to).map_err(|_| "it leads nowhere".to_string())?;
                }
                (status, _) => return Err(format!("the host answers with {status}")),
            }
        }
        Err("it leads on and on".into())
    }
}

/// A name for the file at an address, in the folder of what was fetched.
pub(in crate::authoring::importers) fn name_of(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let plain: String =
        name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')).collect();
    format!("{}/{}", &ledger::hash(address.as_bytes())[..12], plain.trim_start_matches('.'))
}

/// The folder of what is fetched, in that of the new site.
#[must_use]
pub fn fetch_folder(root: &Path) -> PathBuf {
    root.join("import-media")
}
