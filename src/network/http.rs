//! The network: the only code of ringback that uses it.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::time::Duration;

use ureq::http;
use ureq::{Agent, Error};

use super::{Answer, Fetched, Network, Request, Unreachable};

/// As much of an answer as `deliver.js` reads.
const LONGEST: u64 = 100_000;

/// The real network, with a limit for the time that each request may take.
#[derive(Debug)]
pub struct Internet {
    agent: Agent,
    /// For receivers on this computer, which no proxy reaches.
    here: Agent,
    seconds: u64,
}

impl Internet {
    /// One that says which program asks, and waits so many seconds for each answer.
    #[must_use]
    pub fn new(program: &str, seconds: u64) -> Self {
        let config = || {
            Agent::config_builder()
                .timeout_global(Some(Duration::from_secs(seconds)))
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                .user_agent(format!("{program}/{}", env!("CARGO_PKG_VERSION")))
                .accept_encoding("identity")
        };
        let here = config().proxy(None).build().new_agent();
        Self { agent: config().build().new_agent(), here, seconds }
    }
}

impl Internet {
    /// A file, after redirects; no more than `most` bytes of it.
    ///
    /// # Errors
    ///
    /// Why there is none, in a sentence's part.
    pub fn download(&self, url: &str, most: u64) -> Result<Vec<u8>, String> {
        let agent = Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(self.seconds)))
            .max_redirects(5)
            .build()
            .new_agent();
        let answer = agent.get(url).call().map_err(|error| error.to_string())?;
        let mut bytes = Vec::new();
        let read = answer.into_body().into_reader().take(most).read_to_end(&mut bytes);
        read.map_err(|error| error.to_string())?;
        Ok(bytes)
    }

    /// What is at an address, up to `largest` bytes of it. Redirects aren't followed.
    ///
    /// # Errors
    ///
    /// There was no answer.
    pub fn fetch(&self, request: &Request, largest: u64) -> Result<Fetched, Unreachable> {
        let mut builder = http::Request::builder().method(request.method).uri(&request.url);
        for (name, value) in &request.headers {
            builder = builder.header(*name, value);
        }
        let no_address = |_| Unreachable::Other("this is not a URL".into());
        let host = request.url.split("://").nth(1).unwrap_or_default();
        let is_here = ["localhost", "127.0.0.1", "[::1]"].iter().any(|own| host.starts_with(own));
        let agent = if is_here { &self.here } else { &self.agent };
        let answer = match &request.body {
            Some(body) => agent.run(builder.body(body.as_str()).map_err(no_address)?),
            None => agent.run(builder.body(()).map_err(no_address)?),
        };
        let answer = answer.map_err(|error| unreachable(&error, self.seconds))?;
        let (head, body) = answer.into_parts();
        let mut headers: BTreeMap<String, String> = BTreeMap::new();
        for (name, value) in &head.headers {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            let joined = headers.remove(name.as_str()).map(|known| format!("{known}, {value}"));
            headers.insert(name.as_str().to_string(), joined.unwrap_or(value));
        }
        let mut bytes = Vec::new();
        // A body that breaks off is judged by what came.
        let _ = body.into_reader().take(largest).read_to_end(&mut bytes);
        Ok(Fetched { status: head.status.as_u16(), headers, bytes })
    }
}

impl Network for Internet {
    fn ask(&self, request: &Request) -> Result<Answer, Unreachable> {
        let Fetched { status, headers, bytes } = self.fetch(request, LONGEST)?;
        Ok(Answer { status, headers, body: String::from_utf8_lossy(&bytes).into_owned() })
    }
}

fn unreachable(error: &Error, seconds: u64) -> Unreachable {
    use std::io::ErrorKind;
    match error {
        Error::HostNotFound => Unreachable::Dns,
        Error::Timeout(_) => Unreachable::Timeout(seconds),
        Error::Tls(said) => Unreachable::Tls((*said).to_string()),
        Error::Rustls(error) => Unreachable::Tls(error.to_string()),
        Error::Protocol(_) => Unreachable::NoHttp,
        Error::BadUri(_) => Unreachable::Other("this is not a URL".into()),
        Error::ConnectionFailed => Unreachable::Refused,
        Error::Io(error) => match error.kind() {
            ErrorKind::ConnectionRefused => Unreachable::Refused,
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Unreachable::Timeout(seconds),
            // Certificates and the like come in this wrapping.
            ErrorKind::InvalidData => Unreachable::Tls(error.to_string()),
            ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
            | ErrorKind::UnexpectedEof => Unreachable::Lost,
            _ if is_dns(error) => Unreachable::Dns,
            _ => Unreachable::Other(error.to_string()),
        },
        other => Unreachable::Other(other.to_string()),
    }
}

/// The system has no kind of its own for names that nobody knows.
fn is_dns(error: &std::io::Error) -> bool {
    let said = error.to_string();
    ["failed to lookup address", "No such host", "getaddrinfo"].iter().any(|part| said.contains(part))
}
