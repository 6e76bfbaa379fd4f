//! HTTP: requests, answers, and why there was none. [`Internet`] is the only code of ringback that uses the network.

#[cfg(feature = "relay")]
pub mod arrivals;
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
    /// The absolute URL that it is sent to.
    pub url: String,
    /// Names and values of its headers.
    pub headers: Vec<(&'static str, String)>,
    /// The body; `None` for requests that have none.
    pub body: Option<String>,
}

/// What a server answered, with its body as text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers by their names in small letters; several of one name are joined by `, `, as browsers do.
    pub headers: BTreeMap<String, String>,
    /// The beginning of the body.
    pub body: String,
}

/// What was fetched, with its bytes as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fetched {
    /// The status of HTTP.
    pub status: u16,
    /// The headers, as in [`Answer`].
    pub headers: BTreeMap<String, String>,
    /// The body, up to as many bytes as were asked for.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The value of the header with this name in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }
}

/// Why there was no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreachable {
    /// The host has no address.
    Dns,
    /// Nobody listens at the address and port.
    Refused,
    /// There is no secure connection, in the words of the TLS library.
    Tls(String),
    /// It took too long, in seconds.
    Timeout(u64),
    /// The connection broke off before the answer was complete.
    Lost,
    /// What came back is no HTTP.
    NoHttp,
    /// Something else, in the system's words.
    Other(String),
}

impl std::fmt::Display for Unreachable {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Dns => out.write_str("DNS doesn't know this host"),
            Self::Refused => out.write_str("nothing is listening there"),
            Self::Tls(said) => write!(out, "there is no secure connection: {said}"),
            Self::Timeout(seconds) => write!(out, "there was no answer in {seconds} seconds"),
            Self::Lost => out.write_str("the connection was closed"),
            Self::NoHttp => out.write_str("it doesn't answer with HTTP"),
            Self::Other(said) => out.write_str(said),
        }
    }
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
