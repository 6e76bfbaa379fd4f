//! What the answers for one address mean.

use serde::{Deserialize, Serialize};

use crate::encode::percent;
use crate::network::{Answer, Network, Request, Unreachable};

/// What is known of an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "is", content = "what")]
pub enum Verdict {
    /// The address answers.
    Fine,
    /// It is somewhere else now, for good.
    Moved(String),
    /// It is gone, and how that is known.
    Dead(String),
    /// Nobody can tell whether it is there, and why.
    Unsure(String),
}

/// Browsers follow twenty; a link that needs more than these is no good link.
const REDIRECTS: usize = 8;

/// How the host of an address fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Host {
    /// It answers requests.
    Answers,
    /// It answered that it has been asked too often.
    Tired,
    /// It can't be reached at all, so it isn't asked again.
    Away,
}

/// Asks for an address, and follows where it leads.
pub(super) fn try_out(address: &str, network: &dyn Network) -> (Verdict, Host) {
    let Some(mut at) = encoded(address) else {
        return (Verdict::Unsure("its host has letters outside ASCII".into()), Host::Answers);
    };
    let mut is_for_good = true;
    for hop in 0..=REDIRECTS {
        let answer = match ask(&at, network) {
            Ok(answer) => answer,
            Err(why) => {
                // Who refuses is there.
                let is_there =
                    matches!(why, Unreachable::Refused | Unreachable::Tls(_) | Unreachable::NoHttp);
                let host = if hop == 0 && !is_there { Host::Away } else { Host::Answers };
                return (unreachable(&why), host);
            }
        };
        match answer.status {
            301 | 302 | 303 | 307 | 308 => {
                let Some(to) = answer.header("location").and_then(|to| follow(&at, to)) else {
                    return (Verdict::Unsure("it redirects, but doesn't say where to".into()), Host::Answers);
                };
                is_for_good &= matches!(answer.status, 301 | 308);
                at = to;
            }
            200..=299 if hop > 0 && is_for_good && is_other(address, &at) => {
                return (Verdict::Moved(at), Host::Answers);
            }
            200..=299 => return (Verdict::Fine, Host::Answers),
            404 | 410 => {
                return (Verdict::Dead(format!("it responds with {}", answer.status)), Host::Answers);
            }
            429 => {
                return (Verdict::Unsure("it is rate-limiting (429)".into()), Host::Tired);
            }
            401 | 403 | 407 | 999 => {
                return (
                    Verdict::Unsure(format!("it responds with {}, as some do to programs", answer.status)),
                    Host::Answers,
                );
            }
            status => return (Verdict::Unsure(format!("it responds with {status}")), Host::Answers),
        }
    }
    (Verdict::Dead("it redirects without end".into()), Host::Answers)
}

/// Asks without a body first. Who doesn't answer that as they would a browser is asked as one asks.
fn ask(address: &str, network: &dyn Network) -> Result<Answer, Unreachable> {
    let request = |method| Request {
        method,
        url: address.to_string(),
        headers: vec![("Accept", "text/html,*/*;q=0.8".to_string())],
        body: None,
    };
    match network.ask(&request("HEAD")) {
        Ok(answer) if answer.status < 400 || answer.status == 429 => Ok(answer),
        Err(
            why @ (Unreachable::Dns | Unreachable::Refused | Unreachable::Tls(_) | Unreachable::Timeout(_)),
        ) => Err(why),
        _ => network.ask(&request("GET")),
    }
}

fn unreachable(why: &Unreachable) -> Verdict {
    match why {
        Unreachable::Dns => Verdict::Dead("DNS doesn't know this host".into()),
        Unreachable::Refused => Verdict::Dead("there is no response".into()),
        Unreachable::Tls(said) => {
            Verdict::Dead(format!("browsers warn about it, because it has no valid certificate ({said})"))
        }
        Unreachable::Timeout(seconds) => Verdict::Unsure(format!("no response within {seconds} s")),
        Unreachable::Lost => Verdict::Unsure("the connection was closed".into()),
        Unreachable::NoHttp => Verdict::Unsure("it isn't a web server".into()),
        Unreachable::Other(said) => Verdict::Unsure(said.clone()),
    }
}

/// The host of an address, with its port.
pub(super) fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

/// Is it the front page of its host?
pub(super) fn is_front(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split_once('/').is_none_or(|(_, path)| path.is_empty())
}

/// Is it worth writing another address? A slash at the end isn't.
fn is_other(address: &str, to: &str) -> bool {
    address.trim_end_matches('/') != to.trim_end_matches('/')
}

/// The address that `to` means on the page at `from`.
fn follow(from: &str, to: &str) -> Option<String> {
    let to = to.split('#').next().unwrap_or(to);
    let (scheme, rest) = from.split_once("://")?;
    let path = rest.find(['/', '?']).map_or("", |at| &rest[at..]);
    let path = path.split('?').next().unwrap_or(path);
    let whole = if to.starts_with("http://") || to.starts_with("https://") {
        to.to_string()
    } else if to.contains("://") {
        return None;
    } else if let Some(rest) = to.strip_prefix("//") {
        format!("{scheme}://{rest}")
    } else if to.starts_with('/') {
        format!("{scheme}://{}{to}", host(from))
    } else if to.starts_with('?') {
        format!("{scheme}://{}{path}{to}", host(from))
    } else {
        let folder = path.rfind('/').map_or("/", |at| &path[..=at]);
        format!("{scheme}://{}{folder}{to}", host(from))
    };
    encoded(&whole)
}

/// As it goes over the wire: letters such as å as `%C3%A5`. `None` where they are in the host's name.
fn encoded(address: &str) -> Option<String> {
    if !host(address).is_ascii() {
        return None;
    }
    Some(percent::encode_url(address).into_owned())
}
