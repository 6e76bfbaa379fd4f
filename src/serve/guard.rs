//! Who may ask this server: browsers on this computer, for pages of this computer.
//!
//! A page anywhere on the web can point a name of its own at 127.0.0.1 and read what answers there (DNS rebinding), or
//! post to it. So names other than ours are refused, and posts that come from pages of others.

use std::net::IpAddr;

use axum::http::{HeaderMap, Method, header};

/// Why a request is refused: the status, and a sentence.
pub(super) type Rejection = (u16, &'static str);

/// Refuses what didn't come from a page of this server; `own` is the name that it was told to listen at.
pub(super) fn check(method: &Method, headers: &HeaderMap, own: &str) -> Result<(), Rejection> {
    let value = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(host) = value(header::HOST) else {
        return Err((400, "The request doesn't say which host it is for.\n"));
    };
    if !is_ours(host, own) {
        return Err((403, "This is a preview on somebody's computer; it answers to localhost only.\n"));
    }
    let is_from_us =
        |origin: &str| origin.strip_prefix("http://").is_some_and(|from| from.eq_ignore_ascii_case(host));
    let reads = matches!(*method, Method::GET | Method::HEAD);
    let is_foreign = headers.contains_key(header::ORIGIN) && !value(header::ORIGIN).is_some_and(is_from_us);
    if is_foreign || !reads && value(header::HeaderName::from_static("sec-fetch-site")) == Some("cross-site")
    {
        return Err((403, "Pages from other sites can't use this.\n"));
    }
    Ok(())
}

/// Is a server at `own` reached from this computer alone? Only there is anything written.
pub(super) fn is_local(own: &str) -> bool {
    own.eq_ignore_ascii_case("localhost") || own.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Nobody can point an address at another computer, and names below `localhost` never leave this one.
fn is_ours(host: &str, own: &str) -> bool {
    let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => address,
        None => host.split(':').next().unwrap_or(host),
    };
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || name.parse::<IpAddr>().is_ok()
        || name == own.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(method: &Method, headers: &[(&'static str, &'static str)]) -> u16 {
        let headers = headers.iter().map(|(name, value)| {
            (header::HeaderName::from_static(name), header::HeaderValue::from_static(value))
        });
        check(method, &headers.collect(), "desk.example").map_or_else(|(status, _)| status, |()| 200)
    }

    #[test]
    fn only_names_of_this_computer_are_answered() {
        for host in [
            "localhost",
            "LOCALHOST:4000",
            "team.localhost:1",
            "127.0.0.1:4000",
            "[::1]:4000",
            "desk.example",
            "localhost.:80",
        ] {
            assert_eq!(status(&Method::GET, &[("host", host)]), 200, "{host}");
        }
        for host in
            ["evil.example", "localhost.evil.example:4000", "127.0.0.1.evil.example", "", "evil-localhost"]
        {
            assert_eq!(status(&Method::GET, &[("host", host)]), 403, "{host}");
        }
        assert_eq!(status(&Method::GET, &[]), 400);
    }

    #[test]
    fn what_others_reach_is_not_local() {
        let all = ["127.0.0.1", "localhost", "::1", "0.0.0.0", "::", "192.168.1.4", "desk.example"];
        assert_eq!(all.map(is_local), [true, true, true, false, false, false, false]);
    }

    #[test]
    fn posts_come_from_our_own_pages() {
        let host = ("host", "127.0.0.1:4000");
        let post = |more: (&'static str, &'static str)| status(&Method::POST, &[host, more]);
        assert_eq!(post(("origin", "http://127.0.0.1:4000")), 200);
        assert_eq!(post(("accept", "*/*")), 200);
        for origin in ["http://127.0.0.1:4001", "https://127.0.0.1:4000", "http://evil.example", "null", ""] {
            assert_eq!(post(("origin", origin)), 403, "{origin}");
        }
        assert_eq!(post(("sec-fetch-site", "cross-site")), 403);
        assert_eq!(
            status(&Method::GET, &[host, ("sec-fetch-site", "cross-site")]),
            200,
            "a link may lead here"
        );
        assert_eq!(status(&Method::GET, &[host, ("origin", "http://evil.example")]), 403);
    }
}
