//! The domains of free mail services, for fields with `business_email`. `free_mail/ORIGIN.md` says where the lists come from.
//!
//! It is a file of its own, which `form.js` only loads when somebody fills in such a field: JSON, a list of domains in
//! lower case, sorted.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};

use crate::encode::{bytes, json};

static LISTS: [&str; 2] = [include_str!("free_mail/domains.txt"), include_str!("free_mail/more.txt")];

static JSON: LazyLock<String> = LazyLock::new(|| {
    let domains: BTreeSet<&str> = LISTS.iter().flat_map(|list| list.lines()).collect();
    json::text(&domains)
});

static URL: LazyLock<String> =
    LazyLock::new(|| format!("/assets/free-mail.{}.json", bytes::hex(&Sha256::digest(JSON.as_bytes())[..5])));

/// The list as it is published.
#[must_use]
pub fn json() -> &'static str {
    &JSON
}

/// Is this host, in lower case, one of a free mail service?
#[must_use]
pub fn has(host: &str) -> bool {
    LISTS.iter().any(|list| list.lines().any(|line| line == host))
}

/// Its path from the site's root, with a hash of its content.
#[must_use]
pub fn url() -> &'static str {
    &URL
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_lists_hold_domains() {
        let domains: Vec<String> = serde_json::from_str(super::json()).unwrap();
        let is_domain = |domain: &String| {
            domain.contains('.')
                && domain
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-'))
        };
        assert!(domains.len() > 10_000 && domains.is_sorted());
        assert_eq!(domains.iter().find(|domain| !is_domain(domain)), None);
        for (domain, is_free) in
            [("gmail.com", true), ("outlook.no", true), ("telia.com", true), ("ikea.com", false)]
        {
            assert_eq!(domains.iter().any(|known| known == domain), is_free, "{domain}");
        }
    }
}
