//! The lock: a whole edition behind one passphrase, for hosts that can't ask for a password themselves.
//!
//! Every file of such an edition is sealed on its own, in the format of [`seal`], and lies at its path with
//! [`SUFFIX`] behind it. At the address of each page stands the same form instead, `locked.html`. `lock.js` makes the key
//! of what a reader types there, and a service worker, `lock-worker.js`, opens file after file for the browser, so that
//! pages, pictures and the search work as they do without a lock. Scripts, styles and fonts of the theme lie there twice:
//! open, for the form, and sealed, because an opened page takes nothing but what the passphrase opens.
//!
//! ```text
//! key  = PBKDF2-HMAC-SHA256(passphrase in NFC, salt, 600,000 rounds), 32 bytes
//! salt = bytes 0..16 of SHA-256("ringback edition" ‖ 0 ‖ address of the edition ‖ 0 ‖ its name)
//! ```
//!
//! The rounds are those that OWASP's Password Storage Cheat Sheet asks of PBKDF2 with SHA-256.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use sha2::{Digest as _, Sha256};
use unicode_normalization::UnicodeNormalization as _;
use zxcvbn::feedback::Warning;
use zxcvbn::{Score, zxcvbn};

use super::key::Key;
use super::seal::{self, Plaintext};
use crate::diag::{Code, Diagnostic};
use crate::encode::bytes::base64url;
use crate::encode::json;
use crate::plan::{Artifact, Origin, OutPath, Planned, Warrant};
use crate::site::Site;

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

/// The file that shows whether a passphrase is right. It is sealed like all others, so it tells no more than they do.
const CHECK: &str = "/lock-check";

/// What the file for checking a passphrase holds before it is sealed: the passphrase is right if this comes out.
pub const CHECKED: &str = "ringback";

/// The service worker among the browser code, but for the languages that it speaks.
pub const WORKER_SCRIPT: &str = "lock-worker.js";

/// What the service worker says in one language, where it can't show a page.
#[derive(Debug, serde::Serialize)]
pub struct Language {
    /// What the paths of its files begin with: `sv/`, and nothing for the default language.
    pub prefix: String,
    /// Its code, for `lang`.
    pub code: String,
    /// The words by their names in the worker.
    pub words: BTreeMap<&'static str, String>,
}

/// The words of the service worker: their names there, and in the theme's `i18n/`.
pub const WORDS: [(&str, &str); 7] = [
    ("title", "lock_error"),
    ("missing", "lock_missing"),
    ("damaged", "lock_damaged"),
    ("changed", "lock_changed"),
    ("unreachable", "lock_unreachable"),
    ("home", "lock_home"),
    ("lock", "lock_now"),
];

/// The service worker, of its `script`. The language whose files begin with the longest prefix is asked first.
#[must_use]
pub fn worker_script(mut languages: Vec<Language>, script: &str) -> String {
    languages.sort_by_key(|language| std::cmp::Reverse(language.prefix.len()));
    // JSON is JavaScript (ECMA-262, "JSON superset").
    let languages = json::text(&languages);
    format!("const LANGUAGES = {languages};\n{script}")
}

/// What opens an edition. `Debug` doesn't show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(String);

impl Passphrase {
    /// Takes what the environment has; space around it, and one that is empty, don't count.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        Some(text.trim()).filter(|text| !text.is_empty()).map(|text| Self(text.nfc().collect()))
    }

    /// Why somebody who has a sealed file finds it by trying; `None` if that takes too long. `near` are words that are
    /// tried first, because they have to do with the site.
    ///
    /// The judge is [zxcvbn](https://www.usenix.org/conference/usenixsecurity16/technical-sessions/presentation/wheeler):
    /// what it gives less than three of four points falls within a day where each try is made as slow as here.
    #[must_use]
    pub fn weakness(&self, near: &[&str]) -> Option<String> {
        if self.0.chars().count() < LENGTH {
            return Some(format!("is shorter than {LENGTH} characters"));
        }
        let judged = zxcvbn(&self.0, near);
        let why = judged.feedback().and_then(|feedback| feedback.warning()).map_or(FORESEEN, why);
        (judged.score() < Score::Three).then(|| format!("can be guessed: {why}"))
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

/// Why a passphrase is weak where there is no single reason.
const FORESEEN: &str = "its words and characters are the ones that are tried first";

/// What zxcvbn holds against a passphrase, in our words: they go on from "it can be guessed".
fn why(warning: Warning) -> &'static str {
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess => "it is a row of adjacent keys",
        Warning::ShortKeyboardPatternsAreEasyToGuess => "it follows a pattern on the keyboard",
        Warning::RepeatsLikeAaaAreEasyToGuess => "it repeats one character",
        Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => "it repeats the same few characters",
        Warning::ThisIsATop10Password | Warning::ThisIsATop100Password | Warning::ThisIsACommonPassword => {
            "it is one of the most common passwords"
        }
        Warning::ThisIsSimilarToACommonlyUsedPassword => "it is close to a common password",
        Warning::SequencesLikeAbcAreEasyToGuess => "it is an alphabet or a row of numbers",
        Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess => {
            "it is little more than a date"
        }
        Warning::AWordByItselfIsEasyToGuess => "it is little more than one word",
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
        | Warning::CommonNamesAndSurnamesAreEasyToGuess => "it is little more than a name",
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
    /// Words that who attacks this site tries first.
    near: Vec<String>,
}

/// What seals the files of an edition: there is one only where the passphrase can be used.
#[derive(Debug)]
pub struct LockKey(Key);

/// The words that a passphrase of this site may be made of, and that don't make it any better.
fn near(site: &Site) -> Vec<String> {
    let config = site.config();
    let titles = site.languages().map(|lang| config.text(&config.title, lang));
    let organization = config.organization.iter().map(|organization| organization.name.as_str());
    let address = site.view.base_url.with_trailing_slash();
    let texts = titles.chain(organization).chain([address.as_str(), &site.view.edition.name]);
    let words = texts.flat_map(|text| text.split(|char: char| !char.is_alphanumeric()));
    let words = words.filter(|word| word.chars().count() > 2).map(|word| word.nfc().collect::<String>());
    words.collect::<BTreeSet<_>>().into_iter().collect()
}

/// What a file of a locked edition becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockTreatment {
    /// It is published as it is.
    Open,
    /// It stays as it is, for the form, and is sealed as well, for the pages.
    Both,
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
        let source =
            format!("ringback edition\0{}\0{}", site.view.base_url.with_trailing_slash(), edition.name);
        let hash = Sha256::digest(source);
        edition.is_sealed.then(|| Self {
            edition: edition.name.clone(),
            salt: std::array::from_fn(|at| hash[at]),
            passphrase: passphrase.cloned(),
            near: near(site),
        })
    }

    /// The key of the passphrase, which takes a noticeable part of a second to make.
    ///
    /// # Errors
    ///
    /// The passphrase is missing, or can be guessed.
    pub fn key(&self) -> Result<LockKey, Box<Diagnostic>> {
        let Some(passphrase) = &self.passphrase else {
            let message = format!("the edition `{}` is sealed, but `{VARIABLE}` is not set", self.edition);
            let choose = format!("choose a passphrase of four words or more: `export {VARIABLE}=\"…\"`");
            let problem = Diagnostic::new(Code::NoPassphrase, message).help(choose);
            return Err(Box::new(problem.help("in CI, put it among the secrets")));
        };
        let near: Vec<&str> = self.near.iter().map(String::as_str).collect();
        if let Some(weakness) = passphrase.weakness(&near) {
            let problem = Diagnostic::new(Code::WeakPassphrase, format!("`{VARIABLE}` {weakness}"));
            let help = "four unrelated words are easy to say on the phone and hard to guess";
            return Err(Box::new(problem.help(help)));
        }
        Ok(LockKey(Key::of_edition(&self.edition, passphrase.derive(&self.salt))))
    }

    /// The service worker, and the file that it tries keys on.
    #[must_use]
    pub fn artifacts(&self, site: &Site) -> Vec<Planned> {
        let plan = |url, artifact, what| Planned {
            path: OutPath::of_url(url),
            artifact,
            origin: Origin::generated(what),
            warrant: Warrant::edition(site),
        };
        vec![
            plan(WORKER, Artifact::LockWorker, "the service worker of a sealed edition"),
            plan(CHECK, Artifact::LockCheck, "the file that shows whether a passphrase is right"),
        ]
    }

    /// The URL of the service worker, from the site's root.
    #[must_use]
    pub fn worker(&self) -> &'static str {
        WORKER
    }

    /// The salt of the key derivation, as base64url without padding: it is public.
    #[must_use]
    pub fn salt(&self) -> String {
        base64url(&self.salt)
    }

    /// The name of the edition, which is part of what each file is sealed for.
    #[must_use]
    pub fn edition(&self) -> &str {
        &self.edition
    }

    /// Says whether a file of a sealed edition is sealed, left out, or published as it is.
    #[must_use]
    pub fn treatment(artifact: &Artifact) -> LockTreatment {
        match artifact {
            Artifact::LockWorker | Artifact::HostHeaders | Artifact::Robots => LockTreatment::Open,
            Artifact::ThemeFile(_) => LockTreatment::Both,
            Artifact::HostRedirects => LockTreatment::Left,
            _ => LockTreatment::Sealed,
        }
    }
}

impl LockKey {
    /// The bytes of the file that holds another one sealed.
    ///
    /// # Errors
    ///
    /// It is larger than a file of a site may be.
    pub fn seal(&self, path: &OutPath, bytes: Vec<u8>) -> Result<Vec<u8>, Box<Diagnostic>> {
        seal::seal(&self.0, path.as_str(), &Plaintext::new(bytes))
    }

    /// What [`LockKey::seal`] has sealed.
    #[must_use]
    pub fn open(&self, path: &OutPath, file: &[u8]) -> Option<Vec<u8>> {
        seal::open(&self.0, path.as_str(), file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::AssetId;

    #[test]
    fn a_passphrase_is_the_same_however_it_is_typed() {
        let typed = |text: &str| Passphrase::new(text).map(|phrase| phrase.0);
        assert_eq!(typed(" a\u{30a}tta o\u{308}l \n"), Some("åtta öl".into()));
        assert_eq!(typed("  "), None);
        assert_eq!(format!("{:?}", Passphrase::new("secret")), "Some(Passphrase(…))");
    }

    #[test]
    fn a_passphrase_that_is_found_by_trying_is_weak_and_says_why() {
        let weakness = |text: &str| Passphrase::new(text).unwrap().weakness(&["Svarton", "Bergström"]);
        for (text, why) in [
            ("elva tecken", "is shorter than 12 characters"),
            ("aaaaaaaaaaaaaaaa", "can be guessed: it repeats one character"),
            ("abcabcabcabcabc", "can be guessed: it repeats the same few characters"),
            ("abcdefghijklmnop", "can be guessed: it is an alphabet or a row of numbers"),
            ("passwordpassword", "can be guessed: it repeats the same few characters"),
        ] {
            assert_eq!(weakness(text).as_deref(), Some(why), "{text}");
        }
        for text in
            ["SvartonSvarton", "BergströmSvarton", "Bergstro\u{308}m2026", "qwertyuiopasdf", "password12345"]
        {
            let why = weakness(text).unwrap_or_else(|| panic!("{text} is weak"));
            assert!(why.starts_with("can be guessed: ") && !why.contains(text), "{why}");
        }
        for text in [
            "åtta hästar äter öl",
            "another one of four words",
            "correct horse battery staple",
            "корова летит над мостом",
        ] {
            assert_eq!(weakness(text), None, "{text}");
        }
    }

    #[test]
    fn words_of_the_worker_stay_text() {
        let words = BTreeMap::from([("title", "</script>\u{2028}\"; alert(1)".to_string())]);
        let language =
            |prefix: &str| Language { prefix: prefix.into(), code: "en".into(), words: words.clone() };
        let script = worker_script(vec![language(""), language("sv/")], "");
        let first = script.lines().next().unwrap();
        let json = first.strip_prefix("const LANGUAGES = ").unwrap().strip_suffix(';').unwrap();
        let value: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(value[0]["prefix"], "sv/");
        assert_eq!(value[1]["words"]["title"], "</script>\u{2028}\"; alert(1)");
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
        assert_eq!(Lock::treatment(&Artifact::LockWorker), LockTreatment::Open);
        assert_eq!(Lock::treatment(&Artifact::ThemeFile(AssetId::new(0))), LockTreatment::Both);
        assert_eq!(Lock::treatment(&Artifact::LockCheck), LockTreatment::Sealed);
        assert_eq!(Lock::treatment(&Artifact::HostRedirects), LockTreatment::Left);
        assert_eq!(Lock::treatment(&Artifact::SearchManifest), LockTreatment::Sealed);
        assert_eq!(Lock::treatment(&Artifact::Copy("content/a.png".into())), LockTreatment::Sealed);
    }
}
