//! Zip archives, as exports and documents of Word are (PKWARE's application note): read from their list at the end.

use std::collections::BTreeMap;
use std::io::Read as _;

use super::ImportError;

/// So many bytes may be in an archive, unpacked.
const LARGEST: u64 = 512 << 20;

/// What an archive has, by the names of its files.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// Is it a zip archive?
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The files of an archive. Those with names that lead elsewhere, and those that `is_wanted` says no to, are passed over.
///
/// # Errors
///
/// It breaks off, is packed in another way, is locked with a password, or has more in it than anybody would keep.
pub(super) fn read(bytes: &[u8], is_wanted: &dyn Fn(&str) -> bool) -> Result<Files, ImportError> {
    let broken = || ImportError::new("the archive breaks off, or isn't one", "fetch it again");
    // Behind the list is only a remark, of 64 KB at most.
    let from = bytes.len().saturating_sub(66_000);
    let end = bytes[from..].windows(4).rposition(|four| four == b"PK\x05\x06").ok_or_else(broken)? + from;
    let count = number(bytes, end + 10, 2).ok_or_else(broken)?;
    let mut at = number(bytes, end + 16, 4).ok_or_else(broken)?;
    let (mut files, mut sum) = (Files::new(), 0);
    for _ in 0..count {
        if bytes.get(at..at + 4) != Some(b"PK\x01\x02") {
            return Err(broken());
        }
        let field = |offset: usize, size: usize| number(bytes, at + offset, size).ok_or_else(broken);
        let (flags, method, packed, size) = (field(8, 2)?, field(10, 2)?, field(20, 4)?, field(24, 4)?);
        let (name_length, extra, remark, start) =
            (field(28, 2)?, field(30, 2)?, field(32, 2)?, field(42, 4)?);
        let name = bytes.get(at + 46..at + 46 + name_length).ok_or_else(broken)?;
        let name = String::from_utf8_lossy(name).into_owned();
        at += 46 + name_length + extra + remark;
        let is_safe = !name.starts_with('/') && name.split(['/', '\\']).all(|part| part != "..");
        if name.ends_with('/') || !is_safe || !is_wanted(&name) {
            continue;
        }
        if flags & 1 == 1 {
            return Err(ImportError::new(
                format!("`{name}` is locked with a password"),
                "unpack it yourself, and name the folder",
            ));
        }
        sum += size as u64;
        if sum > LARGEST {
            return Err(ImportError::new(
                "the archive has more than 512 MB in it",
                "unpack it yourself, and name the folder",
            ));
        }
        let local = |offset: usize| number(bytes, start + offset, 2).ok_or_else(broken);
        let data = start + 30 + local(26)? + local(28)?;
        let data = bytes.get(data..data + packed).ok_or_else(broken)?;
        files.insert(
            name.clone(),
            unpacked(data, method, size as u64).ok_or_else(|| {
                ImportError::new(
                    format!("`{name}` can't be unpacked"),
                    "unpack the archive yourself, and name the folder",
                )
            })?,
        );
    }
    Ok(files)
}

fn unpacked(data: &[u8], method: usize, size: u64) -> Option<Vec<u8>> {
    match method {
        0 => Some(data.to_vec()),
        8 => {
            let mut out = Vec::new();
            // No more than it says: what says too little is broken.
            flate2::read::DeflateDecoder::new(data).take(size + 1).read_to_end(&mut out).ok()?;
            (out.len() as u64 == size).then_some(out)
        }
        _ => None,
    }
}

/// A number in an archive, its smallest byte first.
fn number(bytes: &[u8], at: usize, size: usize) -> Option<usize> {
    let all = bytes.get(at..at + size)?;
    Some(all.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
}

/// An archive of these files, for tests.
#[cfg(test)]
pub(super) fn archive_of(files: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write as _;
    let (mut out, mut list) = (Vec::new(), Vec::new());
    let two = |number: usize| (number as u16).to_le_bytes();
    let four = |number: usize| (number as u32).to_le_bytes();
    for (name, text) in files {
        let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(text.as_bytes()).unwrap();
        let data = packer.finish().unwrap();
        let start = out.len();
        let head = [
            two(20).to_vec(),
            two(0).to_vec(),
            two(8).to_vec(),
            vec![0; 8],
            four(data.len()).to_vec(),
            four(text.len()).to_vec(),
            two(name.len()).to_vec(),
            two(0).to_vec(),
        ]
        .concat();
        out.extend([b"PK\x03\x04".as_slice(), &head, name.as_bytes(), &data].concat());
        list.extend(
            [b"PK\x01\x02".as_slice(), &two(20), &head, &[0; 10], &four(start), name.as_bytes()].concat(),
        );
    }
    let at = out.len();
    out.extend(&list);
    out.extend(
        [
            b"PK\x05\x06".as_slice(),
            &[0; 4],
            &two(files.len()),
            &two(files.len()),
            &four(list.len()),
            &four(at),
            &two(0),
        ]
        .concat(),
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_is_read_or_refused() {
        let bytes = archive_of(&[("a/b.html", "Å text, and a text"), ("../c", "no"), ("d.txt", "d")]);
        assert!(is_zip(&bytes) && !is_zip(b"<html>"));
        let files = read(&bytes, &|name| name != "d.txt").unwrap();
        assert_eq!(files, Files::from([("a/b.html".to_string(), "Å text, and a text".as_bytes().to_vec())]));
        for end in [10, bytes.len() / 2, bytes.len() - 30] {
            assert!(read(&bytes[..end], &|_| true).is_err(), "{end}");
        }
        let mut wrong = bytes.clone();
        wrong[40] ^= 0xff;
        assert!(
            read(&wrong, &|_| true).is_err()
                || read(&wrong, &|_| true).unwrap() != read(&bytes, &|_| true).unwrap()
        );
    }
}
