//! The address that the server listens on, and why it may not start.

use std::io;
use std::net::{SocketAddr, TcpListener};

use crate::serve::viewers::Role;
use crate::serve::watch::Watching;
use crate::site::Unpublished;

/// Ports that are tried when the first is taken.
const PORTS: u16 = 50;

/// Where to listen, and what to show.
#[derive(Debug, Clone)]
pub struct ListenAddress {
    /// The name or address of an interface of this computer.
    pub host: String,
    /// The port; the next free one where it is taken, any with 0.
    pub port: u16,
    /// Whose eyes the site is first seen with.
    pub role: Role,
    /// Are drafts, future and expired pages shown?
    pub unpublished: Unpublished,
    /// How changes of the site's files are found.
    pub watching: Watching,
}

/// Why a site can't be served.
#[derive(Debug)]
pub enum StartError {
    /// No port is free, or the interface isn't there.
    Listen(io::Error),
    /// The folder can't be watched.
    Watch(String),
    /// The system gives no threads.
    Run(io::Error),
}

impl std::fmt::Display for StartError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Listen(error) => write!(f, "nothing can be served there: {error}"),
            Self::Watch(why) => write!(f, "the folder can't be watched: {why}"),
            Self::Run(error) => write!(f, "the server can't start: {error}"),
        }
    }
}

/// Listens at the first free port from `port` on.
pub(super) fn listen(host: &str, port: u16) -> io::Result<TcpListener> {
    let mut refused = None;
    let last = if port == 0 { 0 } else { port.saturating_add(PORTS) };
    for port in port..=last {
        match TcpListener::bind((host, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => refused = Some(error),
            Err(error) => return Err(error),
        }
    }
    Err(refused.unwrap_or_else(|| io::ErrorKind::AddrInUse.into()))
}

/// An address that a browser can open: one that means every interface is this computer, too.
pub(super) fn browsable_address(address: SocketAddr) -> SocketAddr {
    let mut address = address;
    if address.ip().is_unspecified() {
        address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    address
}
