//! Unsigned LEB128: seven bits a byte, the lowest first.

/// Appends a number in one to five bytes.
pub(super) fn push(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Appends a length as a number.
pub(super) fn push_length(length: usize, out: &mut Vec<u8>) {
    push(crate::ids::number(length), out);
}

/// Takes the next number; `None` at the end.
pub(super) fn next(bytes: &mut std::slice::Iter<'_, u8>) -> Option<u32> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let byte = *bytes.next()?;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
        shift += 7;
    }
}
