//! Bytes as letters and digits: hashes, keys, names of files.

use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};

/// Two hexadecimal digits a byte, in lower case (RFC 4648, section 8).
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}

/// What [`hex`] makes such digits of; `None` for anything else.
#[must_use]
pub fn of_hex<const LENGTH: usize>(digits: &str) -> Option<[u8; LENGTH]> {
    HEXLOWER.decode(digits.as_bytes()).ok()?.try_into().ok()
}

/// Base64 with the alphabet for URLs and without padding (RFC 4648, section 5).
#[must_use]
pub fn base64url(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

/// What [`base64url`] makes such letters of; `None` for anything else.
#[must_use]
pub fn of_base64url(letters: &str) -> Option<Vec<u8>> {
    BASE64URL_NOPAD.decode(letters.as_bytes()).ok()
}

/// Base64 with padding (RFC 4648, section 4).
#[must_use]
pub fn base64(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}

/// What [`base64`] makes such letters of; `None` for anything else.
#[must_use]
pub fn of_base64(letters: &str) -> Option<Vec<u8>> {
    BASE64.decode(letters.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 4648, section 10.
    #[test]
    fn the_examples_of_the_rule() {
        let examples = [
            ("", "", ""),
            ("f", "66", "Zg"),
            ("fo", "666f", "Zm8"),
            ("foo", "666f6f", "Zm9v"),
            ("foob", "666f6f62", "Zm9vYg"),
            ("fooba", "666f6f6261", "Zm9vYmE"),
            ("foobar", "666f6f626172", "Zm9vYmFy"),
        ];
        for (text, digits, letters) in examples {
            assert_eq!((hex(text.as_bytes()), base64url(text.as_bytes())), (digits.into(), letters.into()));
        }
        assert_eq!(base64url(&[0xfb, 0xff]), "-_8");
        assert_eq!((base64(b"foob"), of_base64("Zm9vYg==")), ("Zm9vYg==".into(), Some(b"foob".to_vec())));
        assert_eq!(of_base64("Zm9vYg"), None);
        assert_eq!((of_base64url("-_8"), of_base64url("+/8")), (Some(vec![0xfb, 0xff]), None));
        assert_eq!(["00fF", "00ff", "00"].map(of_hex::<2>), [None, Some([0, 0xff]), None]);
    }
}
