//! Keys: what a gate's text is sealed with, and the token that opens it.
//!
//! All keys of a site come from one secret, by HKDF-SHA256 (RFC 5869): nothing is stored, so a build on another
//! machine makes the same keys, and links that were mailed stay good. Another key version makes another key.
//!
//! ```text
//! key   = HKDF(ikm = secret, salt = "ringback gate v1", info = gate ‖ 0 ‖ key version)
//! token = gate "." key_version "." base64url(key ‖ check)
//! check = the first four bytes of SHA-256("ringback token" ‖ gate ‖ 0 ‖ key version ‖ 0 ‖ key)
//! ```

use std::collections::BTreeSet;
use std::fmt;

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

use crate::encode::bytes::{base64url, hex};

/// The environment variable that holds the secret.
pub const VARIABLE: &str = "RINGBACK_SECRET";

/// What the key of a gate with `key: page` is made from: such a key stands in the page, so it needs no secret, and
/// it must tell nothing about the keys of other gates.
const OPEN_SECRET: &[u8] = b"ringback page key";

/// The version of the format: the first byte of a sealed file.
pub(super) const VERSION: u8 = 1;

const SALT: &[u8] = b"ringback gate v1";

/// The site's secret. It is never written anywhere, and `Debug` doesn't show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The fewest characters it may have.
    pub const LENGTH: usize = 32;
    /// The fewest different ones: hexadecimal digits have sixteen, a word that is repeated fewer.
    const DIFFERENT: usize = 10;

    /// Takes what the environment has; space around it, and one that is empty, don't count.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        Some(text.trim()).filter(|text| !text.is_empty()).map(|text| Self(text.to_string()))
    }

    /// Can somebody who has a sealed file find it by trying?
    #[must_use]
    pub fn is_weak(&self) -> bool {
        let different: BTreeSet<char> = self.0.chars().collect();
        self.0.chars().count() < Self::LENGTH || different.len() < Self::DIFFERENT
    }

    /// Differs when the secret differs, and doesn't tell it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        hex(&mac(self.0.as_bytes(), &[b"ringback fingerprint"])[..8])
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The keys of one key version of one gate.
#[derive(Clone, PartialEq, Eq)]
pub struct Key {
    gate: String,
    key_version: u32,
    /// Seals the texts and files of the gate (AES-256-GCM); also what its token holds.
    key: [u8; 32],
    /// Makes nonces, and stays here.
    nonce: [u8; 32],
}

impl Key {
    /// The key of a gate; without a secret, the one that anybody can make.
    #[must_use]
    pub fn derive(secret: Option<&Secret>, gate: &str, key_version: u32) -> Self {
        let source = secret.map_or(OPEN_SECRET, |secret| secret.0.as_bytes());
        let (extracted, _) = Hkdf::<Sha256>::extract(Some(SALT), source);
        let info = format!("{gate}\0{key_version}");
        // The first block of what HKDF expands (RFC 5869, section 2.3), which is as much as is wanted.
        let expand = |more: &[u8]| mac(&extracted, &[info.as_bytes(), more, &[1]]);
        let (key, nonce) = (expand(b""), expand(b"\0nonce"));
        Self { gate: gate.to_string(), key_version, key, nonce }
    }

    /// The key of a whole edition, made of its passphrase: sealed for the edition as for a gate of that name.
    pub(super) fn of_edition(edition: &str, key: [u8; 32]) -> Self {
        Self { gate: edition.to_string(), key_version: 1, key, nonce: mac(&key, &[b"ringback nonce"]) }
    }

    /// What opens the gate: the webhook answers it, links carry it behind `#unlock=`.
    #[must_use]
    pub fn token(&self) -> String {
        let mut check = Sha256::new_with_prefix(b"ringback token");
        check.update(format!("{}\0{}\0", self.gate, self.key_version));
        check.update(self.key);
        let check = check.finalize();
        format!("{}.{}.{}", self.gate, self.key_version, base64url(&[&self.key[..], &check[..4]].concat()))
    }

    /// What is sealed is sealed for this place alone: it can't be passed off as another item, gate or key version.
    pub(super) fn associated_data(&self, item: &str) -> Vec<u8> {
        format!("ringback:{}:{}:{}:{item}", VERSION, self.gate, self.key_version).into_bytes()
    }

    /// The key of the cipher, for whoever seals.
    pub(super) fn cipher_key(&self) -> &[u8; 32] {
        &self.key
    }

    /// Random to everybody else, and always the same for the same parts.
    pub(super) fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        mac(&self.nonce, parts)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({}.{})", self.gate, self.key_version)
    }
}

fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // A key that is shorter than a block of the hash counts as one with zeros behind it; of a longer one, its hash is
    // the key (RFC 2104, section 2).
    let mut block = [0; 64];
    match block.get_mut(..key.len()) {
        Some(place) => place.copy_from_slice(key),
        None => block[..32].copy_from_slice(&Sha256::digest(key)),
    }
    let mut mac = Hmac::<Sha256>::new(&block.into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// A new secret: 32 random bytes as text.
///
/// # Errors
///
/// The system has no random numbers to give.
pub fn new_secret() -> Result<String, String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| error.to_string())?;
    Ok(base64url(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    /// From Node's WebCrypto, by the formulas above.
    #[test]
    fn a_key_may_have_any_length() {
        for length in [0, 1, 32, 63, 64, 65, 200] {
            let key = vec![b'k'; length];
            let mut other = Hmac::<Sha256>::new_from_slice(&key).unwrap();
            other.update(b"ab");
            assert_eq!(mac(&key, &[b"a", b"b"])[..], other.finalize().into_bytes()[..], "{length}");
        }
    }

    #[test]
    fn keys_and_tokens_are_those_that_a_browser_makes() {
        let secret = Secret::new(SECRET).unwrap();
        for (secret, gate, key_version, key, token) in [
            (
                Some(&secret),
                "eight-reasons",
                1,
                "a12af7960338fa8ee612f2d1842b61d009574487d4641a6b542a79953c00d7ae",
                "eight-reasons.1.oSr3lgM4-o7mEvLRhCth0AlXRIfUZBprVCp5lTwA167unPSe",
            ),
            (
                Some(&secret),
                "eight-reasons",
                2,
                "1e872fe11868ba8038a52dd548362e03b11b531499e495ac3ed348a5679b0f1c",
                "eight-reasons.2.Hocv4RhouoA4pS3VSDYuA7EbUxSZ5JWsPtNIpWebDxxLkcfO",
            ),
            (
                None,
                "g",
                1,
                "bdaa114d08eed9063ca5db4bc9b2e91c4038445b97f2b1b4f7a0b312a4312044",
                "g.1.vaoRTQju2QY8pdtLybLpHEA4RFuX8rG096CzEqQxIEQKKGbV",
            ),
        ] {
            let found = Key::derive(secret, gate, key_version);
            assert_eq!(hex(&found.key), key);
            assert_eq!(found.token(), token);
            assert_ne!(found.key, found.nonce);
        }
    }

    /// RFC 5869, A.1, and RFC 4648, section 10.
    #[test]
    fn the_parts_are_those_of_the_standards() {
        let hkdf = Hkdf::<Sha256>::new(Some(&(0..13).collect::<Vec<u8>>()), &[0x0b; 22]);
        let mut out = [0; 42];
        hkdf.expand(&(0xf0..0xfa).collect::<Vec<u8>>(), &mut out).unwrap();
        assert_eq!(
            hex(&out),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
        );
        for (bytes, text) in [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64url(bytes.as_bytes()), text);
        }
        assert_eq!(base64url(&[0xfb, 0xff]), "-_8");
    }

    #[test]
    fn a_secret_that_can_be_guessed_is_weak() {
        let is_weak = |text: &str| Secret::new(text).unwrap().is_weak();
        for weak in ["short", "changemechangemechangemechangeme", &"ab".repeat(40), "0123456789abcdef"] {
            assert!(is_weak(weak), "{weak}");
        }
        assert!(!is_weak(SECRET) && !is_weak(&new_secret().unwrap()));
        assert_eq!(Secret::new(" \n"), None);
        assert_eq!(Secret::new(&format!(" {SECRET}\n")), Secret::new(SECRET));
    }

    #[test]
    fn nothing_shows_a_secret_or_a_key() {
        let secret = Secret::new(SECRET).unwrap();
        let key = Key::derive(Some(&secret), "g", 1);
        let shown = format!("{secret:?} {key:?} {}", secret.fingerprint());
        assert!(!shown.contains(&SECRET[..8]) && !shown.contains(&hex(&key.key)[..8]), "{shown}");
        assert_ne!(secret.fingerprint(), Secret::new(&SECRET.replace('0', "1")).unwrap().fingerprint());
    }
}
