//! A GIF without what its pixels don't need: comments, XMP, and what programs put into it for themselves.
//!
//! Source: the GIF89a specification, sections 17 to 27. Nothing is decoded.

/// How the extensions begin that browsers need: how often an animation is repeated, and which colours the numbers are.
const KEPT: [&[u8]; 3] = [b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];

/// The file without it. `None` for what is no GIF, or ends in the middle of a block.
#[must_use]
pub fn strip_gif(bytes: &[u8]) -> Option<Vec<u8>> {
    if !bytes.starts_with(b"GIF87a") && !bytes.starts_with(b"GIF89a") {
        return None;
    }
    let mut at = 13 + palette(*bytes.get(10)?);
    let mut out = bytes.get(..at)?.to_vec();
    loop {
        let start = at;
        let is_kept = match bytes.get(at) {
            // Some programs leave out the end, and every browser shows the picture.
            None | Some(0x3b) => {
                out.push(0x3b);
                return Some(out);
            }
            Some(0x2c) => {
                // Place and size, colours, how the pixels are coded.
                at += 10 + palette(*bytes.get(at + 9)?) + 1;
                true
            }
            Some(0x21) => {
                let label = *bytes.get(at + 1)?;
                at += 2;
                match label {
                    0x01 | 0xf9 => true,
                    0xff => KEPT.iter().any(|name| bytes.get(at + 1..at + 12) == Some(*name)),
                    _ => false,
                }
            }
            Some(_) => return None,
        };
        // Blocks of up to 255 bytes, until an empty one.
        loop {
            let length = usize::from(*bytes.get(at)?);
            at += 1 + length;
            bytes.get(..at)?;
            if length == 0 {
                break;
            }
        }
        if is_kept {
            out.extend(&bytes[start..at]);
        }
    }
}

/// How many bytes of colours follow, by the flags before them.
fn palette(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";
    const LOOP: &[u8] = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
    const CONTROL: &[u8] = b"\x21\xf9\x04\0\0\0\0\0";
    const PIXELS: &[u8] = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0";
    const COMMENT: &[u8] = b"\x21\xfe\x09zqcomment\0";
    /// As Photoshop writes it: the text itself, and then bytes that lead every reader of blocks to the end.
    const XMP: &[u8] = b"\x21\xff\x0bXMP DataXMP\x0ezqsecretplaces\0";

    #[test]
    fn only_the_pixels_and_how_they_move_go_out() {
        let file = [HEAD, LOOP, COMMENT, XMP, CONTROL, PIXELS, COMMENT, b"\x3btrailing words"].concat();
        assert_eq!(strip_gif(&file), Some([HEAD, LOOP, CONTROL, PIXELS, b"\x3b"].concat()));
        let open = [HEAD, PIXELS].concat();
        assert_eq!(strip_gif(&open), Some([HEAD, PIXELS, b"\x3b"].concat()));
    }

    #[test]
    fn what_is_cut_off_or_something_else_is_no_gif() {
        let file = [HEAD, LOOP, CONTROL, PIXELS].concat();
        for end in 0..file.len() {
            let found = strip_gif(&file[..end]);
            let is_whole = [HEAD.len(), HEAD.len() + LOOP.len(), file.len() - PIXELS.len()].contains(&end);
            assert_eq!(found.is_some(), is_whole, "{end}");
        }
        assert_eq!(strip_gif(b"GIF88a"), None);
        assert_eq!(strip_gif(&[HEAD, b"\x99"].concat()), None);
    }
}
