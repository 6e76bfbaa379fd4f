//! Addresses as sources of a Content-Security-Policy (CSP Level 3, section 2.3.1): which origin an address has, and which
//! origins a source fits.

/// The source of a policy that an address fits; `None` for one of the site itself, or none of the web. What a policy
/// can't name, such as a host in other letters than those of ASCII, is let in by its scheme.
#[must_use]
pub fn source(address: &str) -> Option<String> {
    let address = address.trim_start();
    let start = |scheme: &str| address.get(..scheme.len()).is_some_and(|it| it.eq_ignore_ascii_case(scheme));
    let schemes = [("https", "https://"), ("http", "http://"), ("https", "//")];
    let (scheme, start) = schemes.into_iter().find(|(_, begin)| start(begin))?;
    let rest = &address[start.len()..];
    let end = rest.find(|c: char| c.is_whitespace() || "/?#\\\"'<>,;)".contains(c)).unwrap_or(rest.len());
    let authority = rest[..end].rsplit('@').next().unwrap_or_default().to_ascii_lowercase();
    let (host, port) = authority.split_once(':').unwrap_or((&authority, "0"));
    let is_host = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b));
    let is_port = !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    Some(if is_host && is_port { format!("{scheme}://{authority}") } else { format!("{scheme}:") })
}

/// Does a source of a policy, such as `https://*.example.org`, fit an origin, such as `https://cdn.example.org`? A
/// name that begins with `*.` fits all names below it, and not the name itself.
#[must_use]
pub fn fits(source: &str, origin: &str) -> bool {
    match source.split_once("://*.") {
        Some((scheme, below)) => origin
            .strip_prefix(scheme)
            .and_then(|rest| rest.strip_prefix("://"))
            .and_then(|host| host.strip_suffix(below))
            .is_some_and(|start| start.len() > 1 && start.ends_with('.')),
        None => source == origin,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_becomes_an_origin() {
        for (address, expected) in [
            ("https://Cdn.Example/a.png?b#c", Some("https://cdn.example")),
            ("HTTPS://cdn.example:8443", Some("https://cdn.example:8443")),
            ("http://cdn.example/", Some("http://cdn.example")),
            ("//cdn.example/a.png", Some("https://cdn.example")),
            ("https://me:secret@cdn.example/a", Some("https://cdn.example")),
            // What could mean more than an origin.
            ("https://bücher.example/a.png", Some("https:")),
            ("https://*.example/", Some("https:")),
            ("https://a_b.example/", Some("https:")),
            ("https://[::1]/", Some("https:")),
            ("https:///x", Some("https:")),
            ("https://x.example;script-src *", Some("https://x.example")),
            ("https://x.example' 'unsafe-inline'", Some("https://x.example")),
            ("https://x.example:/a", Some("https:")),
            // The site's own, and none of the web.
            ("/a.png", None),
            ("a.png", None),
            ("data:image/png;base64,AA//BB", None),
            ("mailto:a@b.example", None),
        ] {
            assert_eq!(source(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn a_source_fits_what_it_names() {
        for (source, origin, expected) in [
            ("https://x.example", "https://x.example", true),
            ("https://x.example", "http://x.example", false),
            ("https://x.example", "https://x.example:8443", false),
            ("https://*.x.example", "https://a.b.x.example", true),
            ("https://*.x.example", "https://x.example", false),
            ("https://*.x.example", "https://evilx.example", false),
            ("https://*.x.example", "http://a.x.example", false),
            ("'self'", "https://x.example", false),
        ] {
            assert_eq!(fits(source, origin), expected, "{source} {origin}");
        }
    }
}
