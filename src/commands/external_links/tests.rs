//! Tests with a network that says what they want.

use std::sync::Mutex;

use jiff::Timestamp;

use super::*;
use crate::network::{Answer, Request, Unreachable};

/// What comes back for a method and an address.
type Reply = fn(&str, &str) -> Result<Answer, Unreachable>;

/// A network, and what it was asked.
struct Net(Reply, Mutex<Vec<String>>);

impl Net {
    fn new(reply: Reply) -> Self {
        Self(reply, Mutex::default())
    }

    fn asked(&self) -> Vec<String> {
        let mut asked = self.1.lock().unwrap().clone();
        asked.sort();
        asked
    }
}

impl Network for Net {
    fn ask(&self, request: &Request) -> Result<Answer, Unreachable> {
        self.1.lock().unwrap().push(format!("{} {}", request.method, request.url));
        (self.0)(request.method, &request.url)
    }
}

fn status(status: u16) -> Result<Answer, Unreachable> {
    Ok(Answer { status, ..Answer::default() })
}

fn to(status: u16, location: &str) -> Result<Answer, Unreachable> {
    let headers = [("location".to_string(), location.to_string())].into();
    Ok(Answer { status, headers, body: String::new() })
}

const MANNERS: RequestPolicy = RequestPolicy { hosts: 3, pause: Duration::ZERO, patience: 4 };

fn now() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

fn verdict(address: &str, reply: Reply) -> Verdict {
    judge::try_out(address, &Net::new(reply)).0
}

#[test]
fn a_redirection_counts_when_every_step_is_for_good() {
    let moved = |url: &str| Verdict::Moved(url.to_string());
    let reply: Reply = |_, url| match url {
        "https://a.example/old" => to(301, "/new?x=1#top"),
        "https://a.example/deep/er" => to(308, "sister"),
        "https://a.example/away" => to(301, "//b.example/"),
        "https://a.example/some" => to(301, "https://a.example/login"),
        "https://a.example/login" => to(302, "https://a.example/page"),
        "https://a.example/slash" => to(301, "/slash/"),
        "https://a.example/round" => to(301, "/round"),
        "https://a.example/app" => to(301, "app://open"),
        "https://a.example/gone" => to(301, "/404"),
        "https://a.example/404" => status(404),
        _ => status(200),
    };
    assert_eq!(verdict("https://a.example/old", reply), moved("https://a.example/new?x=1"));
    assert_eq!(verdict("https://a.example/deep/er", reply), moved("https://a.example/deep/sister"));
    assert_eq!(verdict("https://a.example/away", reply), moved("https://b.example/"));
    assert_eq!(verdict("https://a.example/some", reply), Verdict::Fine);
    assert_eq!(verdict("https://a.example/slash", reply), Verdict::Fine);
    assert!(matches!(verdict("https://a.example/round", reply), Verdict::Dead(_)));
    assert!(matches!(verdict("https://a.example/app", reply), Verdict::Unsure(_)));
    assert!(matches!(verdict("https://a.example/gone", reply), Verdict::Dead(_)));
}

#[test]
fn who_refuses_a_head_is_asked_as_a_browser_would() {
    let reply: Reply = |method, _| status(if method == "HEAD" { 404 } else { 200 });
    assert_eq!(verdict("https://a.example/", reply), Verdict::Fine);
    let reply: Reply = |method, _| if method == "HEAD" { Err(Unreachable::Lost) } else { status(410) };
    assert!(matches!(verdict("https://a.example/", reply), Verdict::Dead(_)));
}

#[test]
fn what_programs_are_refused_is_not_dead() {
    for code in [401, 403, 429, 500, 503, 999] {
        let net = Net::new(match code {
            401 => |_, _| status(401),
            403 => |_, _| status(403),
            429 => |_, _| status(429),
            500 => |_, _| status(500),
            503 => |_, _| status(503),
            _ => |_, _| status(999),
        });
        assert!(matches!(judge::try_out("https://a.example/", &net).0, Verdict::Unsure(_)), "{code}");
    }
    assert!(matches!(verdict("https://a.example/", |_, _| Err(Unreachable::Timeout(9))), Verdict::Unsure(_)));
    assert!(matches!(
        verdict("https://a.example/", |_, _| Err(Unreachable::Tls("old".into()))),
        Verdict::Dead(_)
    ));
    assert!(matches!(verdict("https://blåbär.example/", |_, _| status(200)), Verdict::Unsure(_)));
    let net = Net::new(|_, _| status(200));
    assert_eq!(judge::try_out("https://a.example/blå bär?q=å", &net).0, Verdict::Fine);
    assert_eq!(net.asked(), ["HEAD https://a.example/bl%C3%A5%20b%C3%A4r?q=%C3%A5"]);
}

#[test]
fn a_host_that_is_tired_or_away_is_left_alone() {
    let net = Net::new(|_, url| match url {
        url if url.contains("tired") => status(429),
        url if url.contains("away") => Err(Unreachable::Dns),
        _ => status(200),
    });
    let addresses: Vec<String> = ["tired", "away", "fine"]
        .iter()
        .flat_map(|host| (0..3).map(move |page| format!("https://{host}.example/{page}")))
        .collect();
    let mut memory = VerdictCache::read(None, now(), 7);
    let visits = visit(addresses.iter().map(String::as_str), &mut memory, &net, &MANNERS);
    assert_eq!(net.asked().len(), 1 + 1 + 3, "{:?}", net.asked());
    assert_eq!(visits.verdicts.len(), 9);
    assert!(!visits.is_offline);
    let dead = visits.verdicts.values().filter(|verdict| matches!(verdict, Verdict::Dead(_))).count();
    assert_eq!(dead, 3, "every link of the host that is gone");
}

#[test]
fn offline_is_one_message_after_a_few_tries() {
    let net = Net::new(|_, _| Err(Unreachable::Dns));
    let addresses: Vec<String> = (0..500).map(|host| format!("https://h{host}.example/")).collect();
    let mut memory = VerdictCache::read(None, now(), 7);
    let visits = visit(addresses.iter().map(String::as_str), &mut memory, &net, &MANNERS);
    assert!(visits.is_offline);
    assert!(net.asked().len() < 10, "{}", net.asked().len());
    let links = addresses.iter().map(|address| (address.clone(), BTreeSet::new())).collect();
    let told: Vec<Code> =
        problems(&visits, &links, &Levels::default()).into_iter().map(|one| one.code).collect();
    assert_eq!(told, [Code::ExternalLinkUnchecked]);
}

#[test]
fn only_good_news_is_remembered_and_not_for_ever() {
    let net = Net::new(|_, url| status(if url.ends_with("dead") { 404 } else { 200 }));
    let addresses = ["https://a.example/dead", "https://a.example/fine"];
    let mut memory = VerdictCache::read(None, now(), 7);
    assert_eq!(visit(addresses.into_iter(), &mut memory, &net, &MANNERS).remembered, 0);
    let bytes = memory.bytes();
    let later = |days: i64, age| {
        let then = now() + jiff::SignedDuration::from_hours(24 * days);
        let mut memory = VerdictCache::read(Some(&bytes), then, age);
        visit(addresses.into_iter(), &mut memory, &net, &MANNERS).remembered
    };
    assert_eq!((later(6, 7), later(8, 7), later(0, 0), later(-1, 7)), (1, 0, 0, 0));
    let mut memory = VerdictCache::read(Some(&bytes), now(), 7);
    let visits = visit(["https://a.example/fine"].into_iter(), &mut memory, &net, &MANNERS);
    assert_eq!((visits.remembered, visits.verdicts.len()), (1, 1));
    assert!(!String::from_utf8(memory.bytes()).unwrap().contains("dead"), "what the site lacks is forgotten");
    assert_eq!(
        VerdictCache::read(Some(b"{\"version\":1,\"links\":3}"), now(), 7),
        VerdictCache::read(None, now(), 7)
    );
}
