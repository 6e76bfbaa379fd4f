//! Who isn't let in at the relay's own page: forged, cut, repeated, wrongly written, foreign and old tokens and sessions.

use std::thread;
use std::time::{Duration, Instant};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::relay::{ADMIN, KEY, Kept, Stage, lead, site};
use crate::support::Site;
use crate::support::receiver::Reply;
use crate::support::served::{PATIENCE, Response, Served};

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

/// A relay with another token, on a store of its own or of another one that doesn't run.
fn relay(site: &Site, token: &str) -> Served {
    let variables = [
        ("CRM", "https://a.example/"),
        ("CHANNEL", "https://b.example/"),
        ("OPS", "https://c.example/"),
        ("RINGBACK_SECRET", KEY),
        ("RINGBACK_ADMIN_TOKEN", token),
    ];
    Served::relay(&site.path(""), &[], &variables)
}

/// Sends something as a token, as it is to be in a form.
fn try_token(relay: &Served, written: &str) -> Response {
    relay.send("POST", "/admin", &[FORM], &format!("do=sign-in&token={written}"))
}

/// The cookie's value of somebody who has signed in.
fn session(relay: &Served, token: &str) -> String {
    let response = try_token(relay, token);
    assert_eq!(response.status, 303, "{response:?}");
    let cookie = response.header("set-cookie").expect("a cookie").to_string();
    cookie.trim_start_matches("ringback=").split(';').next().expect("a value").to_string()
}

/// Does a request with this header see leads?
fn sees(relay: &Served, header: (&str, &str)) -> bool {
    let page = relay.send("GET", "/admin", &[header], "");
    let is_in = page.body.contains("name=\"form\"");
    assert!(is_in != page.body.contains("type=\"password\"") || page.status == 400, "{page:?}");
    is_in
}

fn percent(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn only_the_token_is_the_token() {
    let stage = Stage::start(Kept::File, |_| Reply::open(200, "{}"));
    let relay = stage.relay();
    let wide: String = ADMIN.chars().filter_map(|c| char::from_u32(u32::from(c) + 0xfee0)).collect();
    let utf16: Vec<u8> = ADMIN.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wrong = [
        // Cut, longer, repeated.
        String::new(),
        ADMIN[..ADMIN.len() - 1].to_string(),
        ADMIN[1..].to_string(),
        format!("{ADMIN}0"),
        format!("{ADMIN}{ADMIN}"),
        format!("{ADMIN},{ADMIN}"),
        format!("{ADMIN}%00"),
        format!("{ADMIN}%0D%0ASet-Cookie:%20ringback=1"),
        // Another way of writing it.
        ADMIN.to_uppercase(),
        format!("Bearer+{ADMIN}"),
        percent(percent(ADMIN.as_bytes()).as_bytes()),
        percent(wide.as_bytes()),
        percent(&utf16),
        percent(b"\xff\xfea-token-for-tests-0123456789"),
        percent(format!("\u{200b}{ADMIN}").as_bytes()),
        ADMIN.replace('-', "%2D%CC%A0"),
        data_encoding::BASE64.encode(ADMIN.as_bytes()).replace('=', "%3D"),
        data_encoding::HEXLOWER.encode(ADMIN.as_bytes()),
        // Foreign.
        KEY.to_string(),
        "*".to_string(),
        "%".to_string(),
        "null".to_string(),
        "x".repeat(16_000),
        "'+OR+'1'='1".to_string(),
        format!("other&token={ADMIN}"),
    ];
    thread::scope(|scope| {
        for written in &wrong {
            scope.spawn(move || {
                let start = Instant::now();
                let response = try_token(relay, written);
                assert!(matches!(response.status, 400 | 403), "{written}: {response:?}");
                assert_eq!(response.header("set-cookie"), None, "{written}");
                assert!(
                    response.status == 400 || start.elapsed() >= Duration::from_secs(1),
                    "nobody tries quickly"
                );
            });
        }
    });
    // It is in the form of the page, and nowhere else.
    for header in [
        ("Authorization", format!("Bearer {ADMIN}")),
        ("Cookie", format!("ringback={ADMIN}")),
        ("X-Admin-Token", ADMIN.to_string()),
    ] {
        assert!(!sees(relay, (header.0, &header.1)), "{header:?}");
    }
    let in_address = relay.get(&format!("/admin?do=sign-in&token={ADMIN}"));
    assert!(in_address.header("set-cookie").is_none() && in_address.body.contains("type=\"password\""));
    assert!(!session(relay, ADMIN).is_empty());
    let said = relay.printed();
    assert!(!said.contains(ADMIN) && said.matches("\"ok\":false").count() >= wrong.len() - 3, "{said}");
}

/// A session's value until a moment, as a relay with this key and token signs it.
fn signed(until: i64, (key, token): (&str, &str), purpose: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(format!("{key}\0{token}").as_bytes()).expect("any length");
    mac.update(format!("admin\0{purpose}\0{until}").as_bytes());
    format!("{until}.{}", data_encoding::HEXLOWER.encode(&mac.finalize().into_bytes()[..16]))
}

/// What a store signs with.
fn signing_key(site: &Site) -> String {
    let store = rusqlite::Connection::open(site.path("relay.db")).expect("a store");
    store.busy_timeout(PATIENCE).expect("a limit");
    let mut notes = store.prepare("SELECT value FROM notes").expect("a table");
    let values = notes.query_map([], |row| row.get::<_, String>(0)).expect("rows");
    values.filter_map(Result::ok).find(|value| value.len() == 43).expect("a key")
}

#[test]
fn only_a_session_of_this_relay_and_this_day_is_one() {
    let mut stage = Stage::start(Kept::File, |_| Reply::open(200, "{}"));
    let own = session(stage.relay(), ADMIN);
    let relay = stage.relay();
    let key = signing_key(&stage.site);
    let now = jiff::Timestamp::now().as_millisecond();
    let cookie = |value: &str| sees(relay, ("Cookie", &format!("ringback={value}")));
    assert!(
        cookie(&own) && cookie(&signed(now + 60_000, (&key, ADMIN), "session")),
        "this test signs as it does"
    );
    let (until, sign) = own.split_once('.').expect("two parts");
    let later = (until.parse::<i64>().expect("a time") + 1).to_string();
    let foreign = {
        let other = site();
        let relay = self::relay(&other, ADMIN);
        session(&relay, ADMIN)
    };
    for wrong in [
        // Old, or for something else.
        signed(now - 1, (&key, ADMIN), "session"),
        signed(0, (&key, ADMIN), "session"),
        signed(-1, (&key, ADMIN), "session"),
        signed(now + 60_000, (&key, ADMIN), "form"),
        signed(now + 60_000, (&key, ADMIN), "token"),
        // Of another token, another store, or no key.
        signed(now + 60_000, (&key, "another-token-0123456789"), "session"),
        signed(now + 60_000, ("", ADMIN), "session"),
        signed(now + 60_000, (&key, ""), "session"),
        foreign,
        // Changed.
        format!("{later}.{sign}"),
        format!("+{own}"),
        format!("0{own}"),
        format!("{until}.0.{sign}"),
        format!("{until}.{sign}.{sign}"),
        format!("{until}.{sign}{sign}"),
        format!("{until}.{}", &sign[..30]),
        format!("{until}.{}", sign.to_uppercase()),
        format!("{until}."),
        format!(".{sign}"),
        format!("{sign}.{until}"),
        own.replace('.', "%2E"),
        format!("\"{own}\""),
        data_encoding::BASE64.encode(own.as_bytes()),
        percent(own.as_bytes()),
        "9".repeat(4000),
        format!("{}.{sign}", i64::MAX),
        String::new(),
    ] {
        assert!(!cookie(&wrong), "{wrong}");
    }
    // Under its own name, where cookies are; several are looked through.
    for (header, value, is_in) in [
        ("Cookie", format!("Ringback={own}"), false),
        ("Cookie", format!("ringback2={own}"), false),
        ("Cookie", format!("a=b; {own}"), false),
        ("Set-Cookie", format!("ringback={own}"), false),
        ("Authorization", format!("ringback={own}"), false),
        ("Cookie", format!("a=b; ringback=; ringback={own}; c=d"), true),
        ("Cookie", format!("__Host-ringback={own}"), true),
    ] {
        assert_eq!(sees(relay, (header, &value)), is_in, "{header}: {value}");
    }
    // A form is of the session that it was shown to.
    assert_eq!(stage.post(&lead(1)).status, 200);
    let page = relay.send("GET", "/admin", &[("Cookie", &format!("ringback={own}"))], "").body;
    let (_, rest) = page.split_once("name=\"form\" value=\"").expect("a form");
    let form = rest.split('"').next().expect("a signature");
    let other = signed(now + 60_000, (&key, ADMIN), "session");
    let purge = |form: &str, session: &str| {
        let headers = [FORM, ("Cookie", &format!("ringback={session}")), ("Sec-Fetch-Site", "same-origin")];
        relay
            .send(
                "POST",
                "/admin",
                &headers,
                &format!("form={form}&do=forget&contact=nobody%40fjord.example"),
            )
            .status
    };
    for (form, session) in [
        (form, other.as_str()),
        (&form[..30], &own),
        (&format!("{form}{form}"), &own),
        (&form.to_uppercase(), &own),
        (sign, &own),
        ("", &own),
    ] {
        assert_eq!(purge(form, session), 403, "{form} of {session}");
    }
    assert!(matches!(purge(form, &own), 200 | 303));
    // It outlives a restart, and ends with its token.
    stage.restart();
    assert!(sees(stage.relay(), ("Cookie", &format!("ringback={own}"))));
    let site = site();
    let first = self::relay(&site, "a-first-token-0123456789");
    let old = session(&first, "a-first-token-0123456789");
    first.kill();
    let second = self::relay(&site, "a-second-token-0123456789");
    assert!(!sees(&second, ("Cookie", &format!("ringback={old}"))));
    assert_eq!(try_token(&second, "a-first-token-0123456789").status, 403);
}
