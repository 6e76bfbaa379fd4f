//! The lock: a whole edition behind one passphrase, for hosts that can't ask for a password themselves.
//!
//! Every file of such an edition is sealed on its own, in the format of [`seal`], and lies at its path with
//! [`SUFFIX`] behind it. At the address of each page stands the same form instead, `locked.html`. `lock.js` makes the key
//! of what a reader types there, and a service worker, `lock-worker.js`, opens file after file for the browser, so that
//! pages, pictures and the search work as they do without a lock. Scripts, styles and fonts of the theme stay open.
//!
//! ```text
//! key  = PBKDF2-HMAC-SHA256(passphrase in NFC, salt, 600,000 rounds), 32 bytes
//! salt = bytes 0..16 of SHA-256("ringback edition" ‖ 0 ‖ address of the edition ‖ 0 ‖ its name)
//! ```
//!
//! The rounds are those that OWASP's Password Storage Cheat Sheet asks of PBKDF2 with SHA-256.

use std::fmt;
use std::sync::OnceLock;

use sha2::{Digest as _, Sha256};
use unicode_normalization::UnicodeNormalization as _;

use super::key::Key;
use super::seal::{self, Plaintext};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::encode::bytes::base64url;
use crate::model::Site;
use crate::plan::{Artifact, Origin, OutPath, Planned, Warrant};

/// The environment variable that holds the passphrase.
pub const VARIABLE: &str = "RINGBACK_PASSPHRASE";

/// What is added to the path of a sealed file.
pub const SUFFIX: &str = ".sealed";

/// How often the passphrase is hashed, so that trying many takes long.
pub const ROUNDS: u32 = 600_000;

/// The fewest characters of a passphrase.
const LENGTH: usize = 12;

/// The service worker's path: at the root of the edition, because it serves what lies below it.
const WORKER: &str = "/lock-worker.js";

/// The script of the form.
pub const SCRIPT: &str = include_str!("lock.js");

/// The service worker.
pub const WORKER_SCRIPT: &str = include_str!("lock-worker.js");

/// What opens an edition. `Debug` doesn't show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(String);

impl Passphrase {
    /// Takes what the environment has; space around it, and one that is empty, don't count.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        Some(text.trim()).filter(|text| !text.is_empty()).map(|text| Self(text.nfc().collect()))
    }

    /// Can somebody who has a sealed file find it by trying?
    #[must_use]
    pub fn is_weak(&self) -> bool {
        self.0.chars().count() < LENGTH
    }

    /// Differs when the passphrase differs. It is the hash of a hash that many rounds made, so it doesn't tell it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        base64url(&Sha256::digest(self.derive(b"ringback fingerprint"))[..8])
    }

    fn derive(&self, salt: &[u8]) -> [u8; 32] {
        let mut out = [0; 32];
        pbkdf2::pbkdf2_hmac::<Sha256>(self.0.as_bytes(), salt, ROUNDS, &mut out);
        out
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

/// The lock of one edition.
#[derive(Debug)]
pub struct Lock {
    edition: String,
    salt: [u8; 16],
    passphrase: Option<Passphrase>,
    /// Takes a noticeable part of a second to make, so it is made when something is sealed.
    key: OnceLock<Key>,
}

/// What a file of a locked edition becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It stays as it is.
    Open,
    /// It is sealed; where it is a page, the form stands in its place.
    Sealed,
    /// It is left out: the host would have to read it, and so could everybody.
    Left,
}

impl Lock {
    /// The lock of an edition that asks for one.
    #[must_use]
    pub fn collect(site: &Site, passphrase: Option<&Passphrase>) -> Option<Self> {
        let edition = &site.view.edition;
        let source = format!("ringback edition\0{}\0{}", site.view.base_url.whole(), edition.name);
        let hash = Sha256::digest(source);
        edition.is_sealed.then(|| Self {
            edition: edition.name.clone(),
            salt: hash[..16].try_into().expect("a hash has 32 bytes"),
            passphrase: passphrase.cloned(),
            key: OnceLock::new(),
        })
    }

    /// Reports a passphrase that is missing or can be guessed.
    pub fn check(&self, diagnostics: &mut Diagnostics) {
        let problem = match &self.passphrase {
            None => Diagnostic::new(
                Code::NoPassphrase,
                format!("the edition `{}` is sealed, and `{VARIABLE}` is not set", self.edition),
            )
            .help(format!("choose a passphrase of four words or more: `export {VARIABLE}=\"…\"`"))
            .help("in CI, put it among the secrets"),
            Some(passphrase) if passphrase.is_weak() => Diagnostic::new(
                Code::WeakPassphrase,
                format!("`{VARIABLE}` is shorter than {LENGTH} characters"),
            )
            .help("four words that don't belong together are easy to say on the phone and hard to guess"),
            Some(_) => return,
        };
        diagnostics.push(problem);
    }

    /// The service worker.
    #[must_use]
    pub fn artifacts(&self, site: &Site) -> Vec<Planned> {
        vec![Planned {
            path: OutPath::of_url(WORKER),
            artifact: Artifact::LockWorker,
            origin: Origin::made("the service worker of a sealed edition"),
            warrant: Warrant::edition(site),
        }]
    }

    /// The URL of the service worker, from the site's root.
    #[must_use]
    pub fn worker(&self) -> &'static str {
        WORKER
    }

    /// The salt, as base64url.
    #[must_use]
    pub fn salt(&self) -> String {
        base64url(&self.salt)
    }

    /// The name of the edition, which is part of what each file is sealed for.
    #[must_use]
    pub fn edition(&self) -> &str {
        &self.edition
    }

    /// What becomes of a file.
    #[must_use]
    pub fn fate(artifact: &Artifact) -> Fate {
        match artifact {
            Artifact::ThemeFile(_) | Artifact::LockWorker | Artifact::HostHeaders | Artifact::Robots => {
                Fate::Open
            }
            Artifact::HostRedirects => Fate::Left,
            _ => Fate::Sealed,
        }
    }

    /// The bytes of the file that holds another one sealed.
    #[must_use]
    pub fn seal(&self, path: &OutPath, bytes: Vec<u8>) -> Vec<u8> {
        seal::seal(self.key(), path.as_str(), &Plaintext::new(bytes))
    }

    /// What [`Lock::seal`] has sealed.
    #[must_use]
    pub fn open(&self, path: &OutPath, file: &[u8]) -> Option<Vec<u8>> {
        seal::open(self.key(), path.as_str(), file)
    }

    fn key(&self) -> &Key {
        self.key.get_or_init(|| {
            let passphrase = self.passphrase.as_ref().expect("an edition without one is not written");
            Key::of_edition(&self.edition, passphrase.derive(&self.salt))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_is_the_same_however_it_is_typed() {
        let typed = |text: &str| Passphrase::new(text).map(|phrase| phrase.0);
        assert_eq!(typed(" a\u{30a}tta o\u{308}l \n"), Some("åtta öl".into()));
        assert_eq!(typed("  "), None);
        assert!(Passphrase::new("elva tecken").unwrap().is_weak());
        assert!(!Passphrase::new("tolv  tecken").unwrap().is_weak());
        assert_eq!(format!("{:?}", Passphrase::new("secret")), "Some(Passphrase(…))");
    }

    /// From Python's `hashlib.pbkdf2_hmac`.
    #[test]
    fn keys_are_those_that_a_browser_makes() {
        let phrase = Passphrase::new("korrekt häst batteri").unwrap();
        let hex = crate::encode::bytes::hex(&phrase.derive(b"salt"));
        assert_eq!(hex, "1b8280f2d63c708872b3a4a6a1edb51a25037db845ad0c3d42adbfc2400b7852");
    }

    #[test]
    fn what_hosts_and_browsers_need_first_stays_open() {
        assert_eq!(Lock::fate(&Artifact::ThemeFile(0)), Fate::Open);
        assert_eq!(Lock::fate(&Artifact::HostRedirects), Fate::Left);
        assert_eq!(Lock::fate(&Artifact::SearchManifest), Fate::Sealed);
        assert_eq!(Lock::fate(&Artifact::Copy("content/a.png".into())), Fate::Sealed);
    }
}
