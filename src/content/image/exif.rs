//! What a camera writes beside the picture: which side is up, and where it was taken.
//!
//! Source: Exif 2.32 (CIPA DC-008), which is a TIFF 6.0 file of its own. Only two of its values are looked at, in its first
//! folder; a value that lies beyond the end, or that no camera writes, counts as missing.

/// What is of use in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Exif {
    /// Which side is up: 1 (upright) to 8, as Exif counts.
    pub(super) orientation: u8,
    /// Does it say where it was taken?
    pub(super) has_place: bool,
}

/// Reads it; `None` where it is none.
pub(super) fn read(bytes: &[u8]) -> Option<Exif> {
    let is_little = match bytes.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let two: [u8; 2] = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
    };
    let long = |at: usize| {
        let four: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        usize::try_from(if is_little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) }).ok()
    };
    let folder = long(4)?;
    let mut found = Exif { orientation: 1, has_place: false };
    for entry in 0..usize::from(short(folder)?) {
        let Some(at) = folder.checked_add(2 + 12 * entry) else { break };
        match short(at) {
            // Orientation, a short.
            Some(0x0112) if short(at + 2) == Some(3) => {
                let value = short(at + 8).and_then(|value| u8::try_from(value).ok());
                found.orientation = value.filter(|value| (1..=8).contains(value)).unwrap_or(1);
            }
            // The folder of the place.
            Some(0x8825) => found.has_place = true,
            Some(_) => {}
            None => break,
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_byte_orders_and_lies() {
        let big =
            b"MM\0*\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x88\x25\0\x04\0\0\0\x01\0\0\0\x26";
        assert_eq!(read(big), Some(Exif { orientation: 6, has_place: true }));
        let little = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x08\0\0\0";
        assert_eq!(read(little), Some(Exif { orientation: 8, has_place: false }));
        let of_nine = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x09\0\0\0";
        assert_eq!(read(of_nine), Some(Exif { orientation: 1, has_place: false }));
        for lie in [&b"II*\0\xff\xff\xff\xff"[..], b"II*\0", b"MM*\0\0\0\0\x08", b""] {
            assert_eq!(read(lie), None, "{lie:?}");
        }
        // More entries than there are.
        assert_eq!(read(b"II*\0\x08\0\0\0\xff\xff"), Some(Exif { orientation: 1, has_place: false }));
    }
}
