//! Numbers in as few bits as they need: how postings are written, as `docs/content/search-index.md` specifies.
//!
//! Documents are written by binary interpolative coding (Moffat and Stuiver, 2000), which comes within a few per cent
//! of what information theory allows and spends nothing on documents that must be there: a third less than varints
//! that are compressed afterwards.

/// A string of bits, the highest of each byte first.
#[derive(Debug, Default)]
pub(super) struct Bits {
    bytes: Vec<u8>,
    /// Bits that are not in `bytes` yet, in the lowest places.
    pending: u64,
    count: u32,
}

impl Bits {
    /// Appends the lowest `count` bits of `value`; at most 32.
    fn push(&mut self, value: u32, count: u32) {
        self.pending = self.pending << count | u64::from(value);
        self.count += count;
        while self.count >= 8 {
            self.count -= 8;
            self.bytes.push((self.pending >> self.count) as u8);
        }
        self.pending &= (1 << self.count) - 1;
    }

    /// Appends a number from 1 (Elias gamma): as many zeros as it has bits behind the first, then itself.
    pub(super) fn gamma(&mut self, number: u32) {
        let behind = number.ilog2();
        self.push(0, behind);
        self.push(number, behind + 1);
    }

    /// Appends a number below `of` (truncated binary).
    pub(super) fn below(&mut self, number: u32, of: u32) {
        let length = of.ilog2();
        let short = (2 << length) - of;
        if number < short {
            self.push(number, length);
        } else {
            self.push(number + short, length + 1);
        }
    }

    /// Appends rising numbers, all from `low` and below `high`: the middle one, those before it, those behind it.
    pub(super) fn rising(&mut self, numbers: &[u32], low: u32, high: u32) {
        let Some(count) = u32::try_from(numbers.len()).ok().filter(|count| *count > 0) else { return };
        let middle = count / 2;
        let number = numbers[middle as usize];
        // So many numbers stand before the middle one, so it can't be lower; the same holds above.
        self.below(number - low - middle, high - low - count + 1);
        self.rising(&numbers[..middle as usize], low, number);
        self.rising(&numbers[middle as usize + 1..], number + 1, high);
    }

    /// The bytes; the last is filled with zeros.
    pub(super) fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.push(0, 8 - self.count);
        }
        self.bytes
    }
}
