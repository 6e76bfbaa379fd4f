//! Does a host take mail? Asked of a DNS server, as programs do that send it (RFC 5321, 5.1). Only what the server is sure of
//! counts: one that isn't there, or doesn't answer, says nothing about the host.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::time::{Duration, Instant};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Types of records (RFC 1035, 3.2.2, and RFC 3596).
const A: u16 = 1;
const MX: u16 = 15;
const AAAA: u16 = 28;

/// What a server says of a type of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MailRecords {
    /// There is no host of this name.
    NoHost,
    /// The host has none of these.
    None,
    /// The host has at least one of these.
    Some,
    /// It says with a record that it takes no mail (RFC 7505).
    NoMail,
}

/// The first server that the system asks, by the text of its `resolv.conf`.
#[must_use]
pub fn server_of(resolv_conf: &str) -> Option<SocketAddr> {
    let lines = resolv_conf.lines().filter_map(|line| line.trim().strip_prefix("nameserver"));
    let address = lines.filter_map(|rest| rest.trim().parse::<IpAddr>().ok()).next()?;
    Some(SocketAddr::new(address, 53))
}

/// Can mail be sent to addresses at this host? `None` where nobody knows.
#[must_use]
pub fn takes_mail(host: &str, server: SocketAddr) -> Option<bool> {
    let url::Host::Domain(host) = url::Host::parse(host).ok()? else { return None };
    match ask(&host, MX, server)? {
        MailRecords::NoHost | MailRecords::NoMail => Some(false),
        MailRecords::Some => Some(true),
        // Then the host itself is asked.
        MailRecords::None => {
            let both = [ask(&host, A, server)?, ask(&host, AAAA, server)?];
            Some(both.contains(&MailRecords::Some))
        }
    }
}

fn ask(host: &str, kind: u16, server: SocketAddr) -> Option<MailRecords> {
    let mut id = [0; 2];
    getrandom::fill(&mut id).ok()?;
    let question = question(host, kind)?;
    // One question, whose answer may be looked for elsewhere.
    let head = [id[0], id[1], 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
    let own = if server.is_ipv4() { IpAddr::V4(Ipv4Addr::UNSPECIFIED) } else { IpAddr::V6([0; 16].into()) };
    let socket = UdpSocket::bind((own, 0)).ok()?;
    socket.connect(server).ok()?;
    socket.send(&[&head[..], &question].concat()).ok()?;
    let end = Instant::now() + PATIENCE;
    let mut answer = [0; 4096];
    loop {
        let left = end.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())?;
        socket.set_read_timeout(Some(left)).ok()?;
        let length = socket.recv(&mut answer).ok()?;
        let answer = answer.get(..length)?;
        // Anything else is somebody else's.
        let is_ours = answer.get(..2) == Some(&id) && answer.get(12..12 + question.len()) == Some(&question);
        if is_ours {
            return read(answer, 12 + question.len());
        }
    }
}

/// A name and a type, of the internet's class.
fn question(host: &str, kind: u16) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for label in host.trim_end_matches('.').split('.') {
        let length = u8::try_from(label.len()).ok().filter(|length| (1..=63).contains(length))?;
        bytes.push(length);
        bytes.extend(label.bytes());
    }
    bytes.push(0);
    bytes.extend(kind.to_be_bytes());
    bytes.extend([0, 1]);
    (bytes.len() <= 255 + 4).then_some(bytes)
}

/// What an answer says whose records begin at `start`.
fn read(answer: &[u8], start: usize) -> Option<MailRecords> {
    let is_answer = answer.get(2)? & 0x80 != 0;
    let count = u16::from_be_bytes([*answer.get(6)?, *answer.get(7)?]);
    match (is_answer, answer.get(3)? & 0x0f, count) {
        (true, 3, _) => Some(MailRecords::NoHost),
        (true, 0, 0) => Some(MailRecords::None),
        (true, 0, 1) if is_null(answer.get(start..)?) => Some(MailRecords::NoMail),
        (true, 0, _) => Some(MailRecords::Some),
        _ => None,
    }
}

/// Is it a record of a mail server without a name? Behind a name, which is a reference to the question's, are type, class,
/// time and length.
fn is_null(record: &[u8]) -> bool {
    let rest = match record.first() {
        Some(byte) if byte & 0xc0 == 0xc0 => record.get(2..),
        Some(0) => record.get(1..),
        _ => None,
    };
    rest.is_some_and(|rest| rest.starts_with(&MX.to_be_bytes()) && rest.get(8..13) == Some(&[0, 3, 0, 0, 0]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A server that knows a few hosts, and is silent about others.
    fn server() -> SocketAddr {
        let socket = UdpSocket::bind(("127.0.0.1", 0)).unwrap();
        let address = socket.local_addr().unwrap();
        std::thread::spawn(move || {
            let mut bytes = [0; 512];
            while let Ok((length, from)) = socket.recv_from(&mut bytes) {
                let asked = &bytes[..length];
                let name = String::from_utf8_lossy(&asked[12..length - 4]).to_string();
                let kind = u16::from_be_bytes([asked[length - 4], asked[length - 3]]);
                let record = |kind: u16, data: &[u8]| {
                    let length = u16::try_from(data.len()).unwrap().to_be_bytes();
                    [&[0xc0, 12], &kind.to_be_bytes()[..], &[0, 1, 0, 0, 0, 9], &length, data].concat()
                };
                let (code, record) =
                    match (name.contains("mails"), name.contains("web"), name.contains("null"), kind) {
                        (true, _, _, MX) => (0, record(MX, &[0, 10, 1, b'a', 0])),
                        (_, true, _, A) => (0, record(A, &[192, 0, 2, 1])),
                        (_, true, _, _) => (0, Vec::new()),
                        (_, _, true, MX) => (0, record(MX, &[0, 0, 0])),
                        _ if name.contains("broken") => (2, Vec::new()),
                        _ if name.contains("silent") => continue,
                        _ => (3, Vec::new()),
                    };
                let count = u8::from(!record.is_empty());
                let head = [asked[0], asked[1], 0x81, 0x80 | code, 0, 1, 0, count, 0, 0, 0, 0];
                let _ = socket.send_to(&[0; 40], from);
                let _ = socket.send_to(&[&head[..], &asked[12..], &record].concat(), from);
            }
        });
        address
    }

    #[test]
    fn only_what_a_server_is_sure_of_counts() {
        let server = server();
        for (host, takes) in [
            ("mails.example", Some(true)),
            ("web.example", Some(true)),
            ("null.example", Some(false)),
            ("nobody.example", Some(false)),
            ("broken.example", None),
            ("192.0.2.1", None),
            ("a..b", None),
            ("", None),
        ] {
            assert_eq!(takes_mail(host, server), takes, "{host}");
        }
        let start = Instant::now();
        assert_eq!(takes_mail("silent.example", server), None);
        assert!(start.elapsed() < PATIENCE * 2);
        assert_eq!(takes_mail("mails.example", ([127, 0, 0, 1], 1).into()), None, "nobody is there");
    }

    #[test]
    fn the_systems_server_is_the_first_one() {
        let text = "# made by hand\nsearch example.org\nnameserver 192.0.2.53\nnameserver ::1\n";
        assert_eq!(server_of(text), Some(([192, 0, 2, 53], 53).into()));
        assert_eq!(
            server_of("nameserver fe80::1%eth0\nnameserver ::1"),
            Some((std::net::Ipv6Addr::LOCALHOST, 53).into())
        );
        assert_eq!(server_of(""), None);
    }

    #[test]
    fn an_answer_that_is_cut_off_says_nothing() {
        for length in 0..12 {
            assert_eq!(read(&[0x81; 12][..length], 12), None);
        }
        assert!(!is_null(&[0xc0]) && !is_null(&[]));
    }
}
