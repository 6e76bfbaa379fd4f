//! HTTP: requests, answers, and why there was none. [`Internet`] is the only code of ringback that uses the network.

pub mod connections;
#[cfg(feature = "relay")]
pub mod database;
#[cfg(feature = "relay")]
pub mod dns;
mod http;
pub mod redaction;
#[cfg(feature = "relay")]
pub mod smtp;

use std::collections::BTreeMap;

pub use self::http::Internet;

/// What is sent to a receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// `OPTIONS` or `POST`; `HEAD` or `GET` for links.
    pub method: &'static str,
    /// Where to.
    pub url: String,
    /// Its headers.
    pub headers: Vec<(&'static str, String)>,
    /// Its body.
    pub body: Option<String>,
}

/// What came back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers by their names in small letters; several of one name are joined by `, `, as browsers do.
    pub headers: BTreeMap<String, String>,
    /// The beginning of the body.
    pub body: String,
}

impl Answer {
    /// A header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }
}

/// Why nothing came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreachable {
    /// The host has no address.
    Dns,
    /// Nobody listens there.
    Refused,
    /// There is no secure connection, in the words of the TLS library.
    Tls(String),
    /// It took too long, in seconds.
    Timeout(u64),
    /// The connection broke off.
    Lost,
    /// What came back is no HTTP.
    NoHttp,
    /// Something else, in the system's words.
    Other(String),
}

/// Sends a request, without following redirects.
pub trait Network {
    /// The answer, whatever its status.
    ///
    /// # Errors
    ///
    /// There was none.
    fn ask(&self, request: &Request) -> Result<Answer, Unreachable>;
}
