//! `mailto:` links (RFC 6068).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::percent;

/// What an address may have (RFC 6068, section 2: `addr-spec` with the `some-delims` that don't divide addresses, and
/// the `@`).
const ADDRESS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'*')
    .remove(b'+')
    .remove(b'@');

/// A link that writes to an address, and to nobody else: `?`, `&` and `,` in it divide nothing.
#[must_use]
pub fn to(address: &str) -> String {
    format!("mailto:{}", utf8_percent_encode(address, ADDRESS))
}

/// A link that begins a message to whom one likes. Line ends are CRLF (RFC 6068, section 5).
#[must_use]
pub fn message(subject: &str, body: &str) -> String {
    let body = body.replace('\n', "\r\n");
    format!("mailto:?subject={}&body={}", percent::value(subject), percent::value(&body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_address() {
        assert_eq!(to("kim.berg+site@fjord.example"), "mailto:kim.berg+site@fjord.example");
        assert_eq!(to("a@b.example?bcc=c@d.example,e"), "mailto:a@b.example%3Fbcc%3Dc@d.example%2Ce");
        assert_eq!(message("a & b", "c\nd"), "mailto:?subject=a%20%26%20b&body=c%0D%0Ad");
    }
}
