//! What a relay signs for itself: links to confirm, sessions of its page and their forms, and challenges. This is the only
//! place that compares what somebody has sent with what nobody else can know.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::encode::bytes;

/// Signs with a key, in so many bytes (at most 32).
pub(super) struct Seal<const BYTES: usize>(Hmac<Sha256>);

impl<const BYTES: usize> Seal<BYTES> {
    /// With a key of any length.
    pub(super) fn new(key: &[u8]) -> Self {
        Self(Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length"))
    }

    /// The signature of a text, in hexadecimal digits.
    pub(super) fn sign(&self, text: &str) -> String {
        let mac = self.0.clone().chain_update(text.as_bytes());
        bytes::hex(&mac.finalize().into_bytes()[..BYTES])
    }

    /// Is it the signature of the text? In the same time, whatever it is: where they begin to differ can't be measured.
    pub(super) fn is_signed(&self, text: &str, sign: &str) -> bool {
        let given: Option<[u8; BYTES]> = bytes::of_hex(sign);
        let mac = self.0.clone().chain_update(text.as_bytes());
        given.is_some_and(|given| mac.verify_truncated_left(&given).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_whole_and_of_this_text_and_key() {
        let seal = Seal::<16>::new(b"a key");
        let sign = seal.sign("text");
        assert!(sign.len() == 32 && seal.is_signed("text", &sign));
        let longer = Seal::<32>::new(b"a key").sign("text");
        assert!(longer.starts_with(&sign));
        for wrong in ["", &sign[..30], &sign[..2], &longer, &sign.to_uppercase(), &format!("{sign} "), "zz"] {
            assert!(!seal.is_signed("text", wrong), "{wrong}");
        }
        assert!(!seal.is_signed("texts", &sign) && !Seal::<16>::new(b"another").is_signed("text", &sign));
        // A byte that is wrong, wherever it is.
        for at in 0..32 {
            let mut other = sign.clone().into_bytes();
            other[at] = if other[at] == b'0' { b'1' } else { b'0' };
            assert!(!seal.is_signed("text", &String::from_utf8(other).unwrap()), "{at}");
        }
    }
}
