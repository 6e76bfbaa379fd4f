//! Places on this computer that a test names before anybody listens there.
//!
//! A port that was free a moment ago may be another program's when it is wanted. So these are at an address that no other
//! process listens at: all of 127.0.0.0/8 is this computer's (RFC 1122, 3.2.1.3), and each process of tests has one of its
//! own by its number. Who asks the system for any port is elsewhere, at 127.0.0.1.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU16, Ordering};

/// Below these, ports are for well-known services, and above, for the ends of connections (`ip_local_port_range`).
const FIRST: u16 = 20_000;

/// A place at which nobody listens, and nobody will who wasn't told of it.
#[track_caller]
pub(crate) fn reserve() -> SocketAddr {
    static NEXT: AtomicU16 = AtomicU16::new(FIRST);
    loop {
        let place = SocketAddr::new(loopback(), NEXT.fetch_add(1, Ordering::Relaxed));
        // Whoever listens at all addresses does so before, and is left alone.
        if TcpListener::bind(place).is_ok() {
            return place;
        }
    }
}

/// This process's own address. The system's highest number of a process is 2²² (`pid_max`, proc(5)).
#[cfg(target_os = "linux")]
pub(crate) fn loopback() -> IpAddr {
    let [_, high, middle, low] = std::process::id().to_be_bytes();
    IpAddr::V4(Ipv4Addr::new(127, 64 + high % 64, middle, low))
}

/// Elsewhere a computer has only one.
#[cfg(not(target_os = "linux"))]
pub(crate) fn loopback() -> IpAddr {
    IpAddr::V4(Ipv4Addr::LOCALHOST)
}

#[test]
fn a_place_is_nobody_elses() {
    let (first, second) = (reserve(), reserve());
    assert_ne!(first, second);
    let any: Vec<TcpListener> =
        (0..50).map(|_| TcpListener::bind(("127.0.0.1", 0)).expect("a port")).collect();
    assert!(any.iter().all(|other| other.local_addr().is_ok_and(|other| other != first && other != second)));
    assert!(TcpListener::bind(first).is_ok() && TcpListener::bind(second).is_ok());
}
