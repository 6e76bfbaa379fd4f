//! How many leads come from one part of the internet, and for one email address: counted without keeping either.
//!
//! What is counted is a hash of the address' range, with a key that is in memory alone and is another one each day. So
//! nobody can tell afterwards who sent a lead, not even with the counts.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// Leads are counted together in this time, in milliseconds.
const WINDOW: i64 = 10 * 60 * 1000;

/// How many milliseconds a day has: times are kept in milliseconds.
const DAY: i64 = 24 * 3600 * 1000;

/// So many ranges are counted at once; then the oldest are forgotten.
const MOST: usize = 50_000;

/// The counts of the last minutes.
#[derive(Default)]
pub(super) struct Senders(Mutex<Counts>);

#[derive(Default)]
struct Counts {
    key: [u8; 32],
    day: i64,
    /// By the hash of a range: when it was first seen in this window, and how often since.
    seen: BTreeMap<[u8; 8], (i64, u32)>,
}

impl Senders {
    /// Counts a lead; how many have come from the same range in the last minutes, this one among them.
    pub(super) fn count(&self, address: IpAddr, now: i64) -> u32 {
        self.count_bytes(&range(address), now)
    }

    /// Counts an email to an address; how many were for it in the last minutes, this one among them.
    pub(super) fn count_email(&self, address: &str, now: i64) -> u32 {
        self.count_bytes(address.as_bytes(), now)
    }

    fn count_bytes(&self, bytes: &[u8], now: i64) -> u32 {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.day != now / DAY || counts.key == [0; 32] {
            *counts = Counts { day: now / DAY, ..Counts::default() };
            if getrandom::fill(&mut counts.key).is_err() {
                return 1;
            }
        }
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&counts.key) else { return 1 };
        mac.update(bytes);
        let mut hash = [0; 8];
        hash.copy_from_slice(&mac.finalize().into_bytes()[..8]);
        if counts.seen.len() >= MOST {
            counts.seen.retain(|_, (since, _)| now - *since < WINDOW);
            if counts.seen.len() >= MOST {
                counts.seen.clear();
            }
        }
        let seen = counts.seen.entry(hash).or_insert((now, 0));
        if now - seen.0 >= WINDOW {
            *seen = (now, 0);
        }
        seen.1 = seen.1.saturating_add(1);
        seen.1
    }
}

/// What providers give to one customer: 256 addresses of IPv4, a /56 of IPv6 (RFC 6177).
fn range(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(address) => address.octets()[..3].to_vec(),
        IpAddr::V6(address) => address.octets()[..7].to_vec(),
    }
}

/// Who sent a request: whom it comes from, or if that is a web server on this computer or in its own network, as in a
/// container or at a host of containers, whom that names last.
pub(super) fn sender(peer: IpAddr, forwarded: Option<&str>) -> IpAddr {
    let named = forwarded.filter(|_| is_near(peer));
    let last = named.and_then(|named| named.rsplit(',').next()).map(str::trim);
    last.and_then(|last| last.trim_matches(['[', ']']).parse().ok()).unwrap_or(peer)
}

/// Is it an address that the web can't have: of this computer, or of a network of its own (RFC 1918, 4193, 6598)?
fn is_near(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [first, second, ..] = address.octets();
            let is_carriers = first == 100 && (64..128).contains(&second);
            address.is_loopback() || address.is_private() || address.is_link_local() || is_carriers
        }
        IpAddr::V6(address) => {
            address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_range_is_counted_together_and_forgotten() {
        let senders = Senders::default();
        assert_eq!([senders.count(ip("192.0.2.1"), 5), senders.count(ip("192.0.2.200"), 6)], [1, 2]);
        assert_eq!(senders.count(ip("192.0.3.1"), 7), 1);
        assert_eq!(senders.count(ip("::ffff:192.0.2.9"), 8), 3, "the same address, written as one of IPv6");
        assert_eq!(
            [senders.count(ip("2001:db8:0:1::1"), 8), senders.count(ip("2001:db8:0:ff::2"), 9)],
            [1, 2]
        );
        assert_eq!(senders.count(ip("192.0.2.1"), WINDOW + 5), 1);
        assert_eq!(senders.count(ip("192.0.2.1"), DAY), 1);
    }

    #[test]
    fn only_a_web_server_here_is_believed() {
        assert_eq!(sender(ip("127.0.0.1"), Some("198.51.100.7, 192.0.2.1")), ip("192.0.2.1"));
        assert_eq!(sender(ip("::1"), Some("[2001:db8::1]")), ip("2001:db8::1"));
        assert_eq!(sender(ip("203.0.113.5"), Some("192.0.2.1")), ip("203.0.113.5"));
        // Caddy in the container beside it, and the hosts that run containers.
        for near in ["172.18.0.3", "10.0.0.7", "192.168.1.2", "100.64.0.2", "fdaa:0:1::3", "::ffff:10.0.0.7"]
        {
            assert_eq!(sender(ip(near), Some("192.0.2.1")), ip("192.0.2.1"), "{near}");
        }
        for far in ["172.32.0.1", "100.128.0.1", "11.0.0.1", "2001:db8::1"] {
            assert_eq!(sender(ip(far), Some("192.0.2.1")), ip(far), "{far}");
        }
        assert_eq!(sender(ip("127.0.0.1"), Some("nobody")), ip("127.0.0.1"));
        assert_eq!(sender(ip("127.0.0.1"), None), ip("127.0.0.1"));
    }
}
