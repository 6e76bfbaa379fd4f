//! Who may see the page: whoever once sent the token. Their browser then has a cookie that says until when, signed with the
//! token and the store's own key. So all relays of one store know it, and it ends when the token is changed.

use axum::http::{HeaderMap, header};

use crate::relay::seal::Seal;
use crate::relay::token::AdminToken;

/// How long a browser stays signed in, in milliseconds.
const SESSION: i64 = 12 * 3600 * 1000;

/// So many bytes of a signature are more than anybody can try.
const SIGNED: usize = 16;

/// What a session is checked and signed with.
pub(super) struct Keys<'a> {
    /// The token that its owner signs in with.
    pub(super) token: &'a AdminToken,
    /// The key that the store keeps, with which cookies are signed.
    pub(super) signing_key: &'a str,
}

/// A signed-in browser, by what its cookie says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Session(String);

impl Keys<'_> {
    fn seal(&self) -> Seal<SIGNED> {
        Seal::new(format!("{}\0{}", self.signing_key, self.token.text()).as_bytes())
    }

    fn sign(&self, purpose: &str, text: &str) -> String {
        self.seal().sign(&signed(purpose, text))
    }

    /// Is it a signature of ours?
    fn is_signed(&self, purpose: &str, text: &str, sign: &str) -> bool {
        self.seal().is_signed(&signed(purpose, text), sign)
    }

    /// Is this the token? In the same time, whatever it is: signatures are compared, not letters.
    pub(super) fn is_token(&self, given: &str) -> bool {
        self.is_signed("token", given.trim(), &self.sign("token", self.token.text()))
    }

    /// A session that begins now.
    pub(super) fn begin(&self, now: i64) -> Session {
        let until = (now + SESSION).to_string();
        let sign = self.sign("session", &until);
        Session(format!("{until}.{sign}"))
    }

    /// The session of a request, where it has one that is good.
    pub(super) fn session(&self, headers: &HeaderMap, now: i64) -> Option<Session> {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut all =
            cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let is_good = |value: &str| {
            let Some((until, sign)) = value.split_once('.') else { return false };
            self.is_signed("session", until, sign) && until.parse::<i64>().is_ok_and(|until| now < until)
        };
        let found = all.find(|(name, value)| NAMES.contains(name) && is_good(value));
        found.map(|(_, value)| Session(value.to_string()))
    }

    /// What every form of the page has with it: another site can't know it, so it can't have a browser post one.
    pub(super) fn form(&self, session: &Session) -> String {
        self.sign("form", &session.0)
    }

    /// Comes this form from a page that this session was shown?
    pub(super) fn is_form(&self, session: &Session, given: &str) -> bool {
        self.is_signed("form", &session.0, given)
    }
}

/// What is signed of a text that is for this.
fn signed(purpose: &str, text: &str) -> String {
    format!("admin\0{purpose}\0{text}")
}

/// The names of the cookie: browsers take the first from a secure site alone, and from no other host (RFC 6265bis, 4.1.3).
const NAMES: &[&str] = &["__Host-ringback", "ringback"];

/// The cookie for a relay that browsers reach at `url`; without a session, the one that ends it.
pub(super) fn cookie(url: &str, session: Option<&Session>) -> String {
    let (value, age) = session.map_or(("", 0), |session| (session.0.as_str(), SESSION / 1000));
    match url.starts_with("https://") {
        true => format!("{}={value}; Max-Age={age}; Path=/; Secure; HttpOnly; SameSite=Strict", NAMES[0]),
        false => format!("{}={value}; Max-Age={age}; Path=/; HttpOnly; SameSite=Strict", NAMES[1]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(cookie: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        headers
    }

    #[test]
    fn only_the_token_opens_and_only_for_a_while() {
        assert!(AdminToken::new("too short, really").is_none() && AdminToken::new("  ").is_none());
        let token = AdminToken::new(" a-token-of-some-length-1 ").unwrap();
        assert!(!format!("{token:?}").contains("length"));
        let keys = Keys { token: &token, signing_key: "k" };
        assert!(keys.is_token("a-token-of-some-length-1\n"));
        for wrong in ["", "a-token-of-some-length-", "a-token-of-some-length-12", "A-token-of-some-length-1"]
        {
            assert!(!keys.is_token(wrong), "{wrong}");
        }
        let session = keys.begin(1000);
        let own = |now| keys.session(&headers(&format!("a=b; ringback={}", session.0)), now);
        assert_eq!(own(2000), Some(session.clone()));
        assert_eq!(own(1000 + SESSION), None, "it ends");
        assert!(keys.is_form(&session, &keys.form(&session)));
        assert!(!keys.is_form(&session, &keys.form(&keys.begin(1001))) && !keys.is_form(&session, ""));
        let (until, sign) = session.0.split_once('.').unwrap();
        let later = format!("{}1.{sign}", &until[..until.len() - 1]);
        for forged in
            [later.as_str(), until, "", ".", &sign[..10], "9999999999999.00000000000000000000000000000000"]
        {
            assert_eq!(keys.session(&headers(&format!("ringback={forged}")), 2000), None, "{forged}");
        }
        // A form's signature is no session, and neither is that of another token or store.
        let form = format!("{until}.{}", keys.form(&session));
        assert_eq!(keys.session(&headers(&format!("ringback={form}")), 2000), None);
        let other = AdminToken::new("a-token-of-some-length-2").unwrap();
        let cookie = headers(&format!("ringback={}", session.0));
        assert_eq!(Keys { token: &other, signing_key: "k" }.session(&cookie, 2000), None);
        assert_eq!(Keys { token: &token, signing_key: "l" }.session(&cookie, 2000), None);
    }

    #[test]
    fn the_cookie_stays_with_this_host() {
        let token = AdminToken::new("a-token-of-some-length-1").unwrap();
        let session = Keys { token: &token, signing_key: "k" }.begin(0);
        let made = cookie("https://leads.fjord.example", Some(&session));
        assert!(
            made.starts_with("__Host-ringback=")
                && made.contains("; Path=/; Secure; HttpOnly; SameSite=Strict"),
            "{made}"
        );
        assert!(cookie("http://127.0.0.1:8787", None).starts_with("ringback=; Max-Age=0; Path=/; HttpOnly;"));
    }
}
