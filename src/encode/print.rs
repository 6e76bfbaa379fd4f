//! Short prints of texts, as scripts compute them, too: they tell texts apart that nobody has made alike on purpose.

/// Letters and digits of a short print.
const LENGTH: usize = 5;

/// The last five digits, in base 36, of a text's [`fnv`].
#[must_use]
pub fn short(text: &str) -> String {
    let all = base36(fnv(text));
    format!("{:0>LENGTH$}", &all[all.len().saturating_sub(LENGTH)..])
}

/// FNV-1a of the bytes, 32 bits: <http://www.isthe.com/chongo/tech/comp/fnv/>.
#[must_use]
pub fn fnv(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// A number in small letters and digits.
#[must_use]
pub fn base36(mut number: u32) -> String {
    let mut digits = Vec::new();
    while number > 0 || digits.is_empty() {
        digits.push(std::char::from_digit(number % 36, 36).unwrap_or('0'));
        number /= 36;
    }
    digits.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of the test vectors of its authors.
    #[test]
    fn the_examples_of_the_rule() {
        assert_eq!([fnv(""), fnv("a"), fnv("foobar")], [0x811c_9dc5, 0xe40c_292c, 0xbf9c_f968]);
        assert_eq!([base36(0), base36(35), base36(36)], ["0", "z", "10"]);
        assert_eq!(short("a").len(), 5);
    }
}
