//! Sealing: AES-256-GCM, with a nonce made from what is sealed.
//!
//! ```text
//! file   = version (1 byte, 1) ‖ nonce (12 bytes) ‖ ciphertext ‖ tag (16 bytes)
//! nonce  = bytes 0..12 of the mark       name = bytes 12..20 of the mark, in hexadecimal
//! mark   = HMAC-SHA256(the gate's nonce key, associated data ‖ 0 ‖ what is sealed)
//! padded = length (4 bytes, the highest first) ‖ what is sealed ‖ zeros up to a multiple of 1024
//! associated data = "ringback:1:" ‖ gate ‖ ":" ‖ key version ‖ ":" ‖ item
//! ```
//!
//! The same input gives the same bytes, and other input another nonce, so that no nonce is ever used for two texts.
//! The name of a file is known without encrypting it, differs whenever its content differs, and tells nothing of it.
//! What goes in is a [`Plaintext`], which nothing but [`seal`] can look into.

use std::fmt;

use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
use aes_gcm::{Aes256Gcm, Nonce};

use super::key::{Key, VERSION};

use crate::diag::{Code, Diagnostic};
use crate::encode::bytes::hex;

/// Sizes say little when they are multiples of this.
const BLOCK: usize = 1024;

const NONCE: usize = 12;

/// What must not be in an output but sealed. There is no way to read it: whoever has one can seal it or drop it.
pub struct Plaintext(Vec<u8>);

impl Plaintext {
    /// Takes bytes in for good.
    #[must_use]
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// How many bytes it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Is there nothing in it?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Plaintext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Plaintext({} bytes)", self.0.len())
    }
}

/// The name of the file that holds an item sealed, without folder and ending: sixteen hexadecimal digits.
#[must_use]
pub fn name(key: &Key, item: &str, plaintext: &Plaintext) -> String {
    hex(&mark(key, &key.associated_data(item), plaintext)[NONCE..NONCE + 8])
}

/// The bytes of the file that holds an item sealed.
///
/// # Errors
///
/// It is larger than a file of a site may be.
pub fn seal(key: &Key, item: &str, plaintext: &Plaintext) -> Result<Vec<u8>, Box<Diagnostic>> {
    let aad = key.associated_data(item);
    let mark = mark(key, &aad, plaintext);
    let nonce: [u8; NONCE] = std::array::from_fn(|at| mark[at]);
    let sealed = padded(&plaintext.0).and_then(|padded| {
        cipher(key).encrypt(&Nonce::from(nonce), Payload { msg: &padded, aad: &aad }).ok()
    });
    let too_large = || {
        let message = format!("`{item}` is too large to be sealed");
        Box::new(Diagnostic::new(Code::FileTooLarge, message).help("divide it, or link to it elsewhere"))
    };
    Ok([&[VERSION][..], &nonce, &sealed.ok_or_else(too_large)?].concat())
}

/// What [`seal`] has sealed; `None` for another key, item or format, or a file that was changed. The browser does the
/// same; here it serves those who check outputs.
#[must_use]
pub fn open(key: &Key, item: &str, file: &[u8]) -> Option<Vec<u8>> {
    let (version, rest) = file.split_first()?;
    let (nonce, sealed) = rest.split_at_checked(NONCE)?;
    let nonce: [u8; NONCE] = nonce.try_into().ok()?;
    let payload = Payload { msg: sealed, aad: &key.associated_data(item) };
    let padded = cipher(key).decrypt(&Nonce::from(nonce), payload).ok().filter(|_| *version == VERSION)?;
    let (length, rest) = padded.split_at_checked(4)?;
    let length = u32::from_be_bytes(length.try_into().ok()?);
    Some(rest.get(..usize::try_from(length).ok()?)?.to_vec())
}

fn cipher(key: &Key) -> Aes256Gcm {
    Aes256Gcm::new(key.cipher_key().into())
}

fn mark(key: &Key, associated_data: &[u8], plaintext: &Plaintext) -> [u8; 32] {
    key.mac(&[associated_data, &[0], &plaintext.0])
}

/// With its length before it, and zeros behind; `None` where the length has no room.
fn padded(plaintext: &[u8]) -> Option<Vec<u8>> {
    let length = u32::try_from(plaintext.len()).ok()?;
    let mut padded = Vec::with_capacity((plaintext.len() + 4).next_multiple_of(BLOCK));
    padded.extend(length.to_be_bytes());
    padded.extend(plaintext);
    padded.resize(padded.len().next_multiple_of(BLOCK), 0);
    Some(padded)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sha2::{Digest as _, Sha256};

    use super::super::key::Secret;
    use super::*;

    fn key(gate: &str, key_version: u32) -> Key {
        Key::derive(Secret::new("0123456789abcdef0123456789abcdef").as_ref(), gate, key_version)
    }

    /// From Node's WebCrypto, by the formulas above.
    #[test]
    fn files_are_those_that_a_browser_makes() {
        let text = r#"{"version":1,"html":"<p>Å</p>"}"#;
        let long = "a".repeat(1020);
        for (key, item, text, name, start, sum) in [
            (
                key("eight-reasons", 1),
                "/insights/eight-reasons/",
                text,
                "055665fcc0c183cf",
                "01ca3a9055611d162219c9ef48588f088d47787cfc2ac149",
                "bb492bd4aa277db5860eb9e7989da0ccc3b6645f19706022a413ce9c3b88b6ad",
            ),
            (
                key("eight-reasons", 2),
                "/insights/eight-reasons/",
                text,
                "912bb6066d8eaffb",
                "01ca16b6495847194a1b9d11d762bd1e42a34390f377384a",
                "99934221cb210ee0e9374e8916e3b71b04c016652da25a9c2173ef59ff9d84be",
            ),
            (
                Key::derive(None, "g", 1),
                "x",
                long.as_str(),
                "a313fe895236aad8",
                "01e95fb2762224f991021f945628811bfd77c4ecb131fa92",
                "e403b6d2958cd8ab61f7fa14c85e59ae8b0672dfc4a69b0c514652ac5936d166",
            ),
        ] {
            let plaintext = Plaintext::new(text);
            let file = seal(&key, item, &plaintext).unwrap();
            assert_eq!(super::name(&key, item, &plaintext), name);
            assert_eq!(hex(&file[..24]), start);
            assert_eq!((file.len(), hex(&Sha256::digest(&file))), (1053, sum.to_string()));
            assert_eq!(open(&key, item, &file).unwrap(), text.as_bytes());
        }
    }

    #[test]
    fn sizes_say_little() {
        let size =
            |length: usize| seal(&key("g", 1), "x", &Plaintext::new(vec![b'a'; length])).unwrap().len();
        assert_eq!([0, 1, 1020].map(size), [1053; 3]);
        assert_eq!([1021, 2044].map(size), [2077; 2]);
    }

    #[test]
    fn debugging_shows_no_word_of_it() {
        assert_eq!(format!("{:?}", Plaintext::new("a word")), "Plaintext(6 bytes)");
    }

    proptest! {
        #[test]
        fn what_is_sealed_can_be_opened_in_its_place_alone(
            text in prop::collection::vec(any::<u8>(), 0..3000),
            item in ".{0,20}",
            at in any::<prop::sample::Index>(),
        ) {
            let key = key("g", 1);
            let file = seal(&key, &item, &Plaintext::new(text.clone())).unwrap();
            prop_assert_eq!(&file, &seal(&key, &item, &Plaintext::new(text.clone())).unwrap());
            prop_assert_eq!(open(&key, &item, &file), Some(text.clone()));
            prop_assert_eq!(open(&key, &format!("{item}x"), &file), None);
            prop_assert_eq!(open(&super::tests::key("g", 2), &item, &file), None);
            prop_assert_eq!(open(&super::tests::key("h", 1), &item, &file), None);
            prop_assert_eq!(open(&key, &item, &file[..at.index(file.len())]), None);
            let mut spoilt = file.clone();
            spoilt[at.index(file.len())] ^= 1;
            prop_assert_eq!(open(&key, &item, &spoilt), None);
            let more = seal(&key, &item, &Plaintext::new([text, vec![0]].concat())).unwrap();
            prop_assert_ne!(&more[1..13], &file[1..13]);
        }
    }
}
