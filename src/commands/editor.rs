//! `ringback editor`: Sveltia CMS for the page `/admin/`, from its package at npm. The release is the one that the page is made for,
//! and its bytes are known, so that nobody on the way can put another program in its place.

use std::collections::BTreeMap;
use std::io::Read as _;

use sha2::{Digest as _, Sha512};

use crate::editorial::admin;
use crate::encode::bytes::base64;

/// What the package comes to, as its registry says (`dist.integrity`).
const INTEGRITY: &str =
    "J+Qoik9kGMk2L7vNpOQrnDmFRi+NB6vwJ0f657YtsxWH0P8WYSYRRSRC2pQ/jGGbVlM//Pg/WIgmkpswqoo3gQ==";

/// The registry that is asked where none is named.
pub const REGISTRY: &str = "https://registry.npmjs.org";

/// The most bytes of the package, packed and unpacked: it has 17 and 65 MB.
const PACKED: u64 = 40_000_000;
const UNPACKED: u64 = 200_000_000;

/// Why there are no files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PackageError {
    /// It isn't the package that the page is made for.
    Other,
    /// It can't be unpacked, or lacks a file.
    Broken(String),
}

impl std::fmt::Display for PackageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Other => {
                let release = admin::SVELTIA;
                write!(
                    f,
                    "this isn't Sveltia CMS {release} as its makers published it, so nothing was written"
                )
            }
            Self::Broken(what) => write!(f, "the package of Sveltia CMS can't be unpacked: {what}"),
        }
    }
}

/// Where the package is at a registry.
#[must_use]
pub fn address(registry: &str) -> String {
    format!("{}/@sveltia/cms/-/cms-{}.tgz", registry.trim_end_matches('/'), admin::SVELTIA)
}

/// The most bytes that are read of a package.
#[must_use]
pub fn most() -> u64 {
    PACKED
}

/// The files for the site, by their paths from its root, out of the package.
///
/// # Errors
///
/// It isn't the one that is meant.
pub fn files(package: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, PackageError> {
    if base64(&Sha512::digest(package)) != INTEGRITY {
        return Err(PackageError::Other);
    }
    browser_files(unpacked(package)?)
}

/// Those files of the package that a browser loads, and their licences.
fn browser_files(mut package: BTreeMap<String, Vec<u8>>) -> Result<BTreeMap<String, Vec<u8>>, PackageError> {
    let script = admin::sveltia_file();
    let names = [
        ("dist/sveltia-cms.js", script.as_str()),
        ("dist/chunks/react-dom.js", "chunks/react-dom.js"),
        (
            "npm/assets/material-symbols-outlined-latin-wght-normal-_Z1IJPLg.woff2",
            "material-symbols-outlined.woff2",
        ),
        ("npm/assets/material-symbols-outlined.LICENSE.txt", "material-symbols-outlined.LICENSE.txt"),
        ("LICENSE.txt", "sveltia-cms.LICENSE.txt"),
    ];
    let take = |(from, to): (&str, &str)| match package.remove(&format!("package/{from}")) {
        Some(bytes) => Ok((format!("{}{to}", admin::FOLDER), bytes)),
        None => Err(PackageError::Broken(format!("it has no `{from}`"))),
    };
    names.into_iter().map(take).collect()
}

/// The files of a tar archive that gzip has packed (RFC 1952; POSIX.1-1988, "ustar").
fn unpacked(package: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, PackageError> {
    let broken = |what: &str| PackageError::Broken(what.to_string());
    let mut archive = Vec::new();
    let read = flate2::read::MultiGzDecoder::new(package).take(UNPACKED).read_to_end(&mut archive);
    read.map_err(|error| PackageError::Broken(error.to_string()))?;
    let mut files = BTreeMap::new();
    let mut rest = archive.as_slice();
    while let Some((head, after)) = rest.split_at_checked(512) {
        if head.iter().all(|byte| *byte == 0) {
            break;
        }
        let text = |range: std::ops::Range<usize>| {
            let field = &head[range];
            let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
            String::from_utf8_lossy(&field[..end]).trim().to_string()
        };
        let size = octal(&text(124..136)).ok_or_else(|| broken("a file has no size"))?;
        let bytes = after.get(..size).ok_or_else(|| broken("it ends too early"))?;
        let (name, prefix) = (text(0..100), text(345..500));
        let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        if matches!(head[156], 0 | b'0') {
            files.insert(path, bytes.to_vec());
        }
        rest = after.get(size.next_multiple_of(512)..).unwrap_or_default();
    }
    Ok(files)
}

/// A number as archives have it: of up to twelve digits, in base eight.
fn octal(text: &str) -> Option<usize> {
    let digits = text.bytes().map(|byte| matches!(byte, b'0'..=b'7').then(|| usize::from(byte - b'0')));
    let number = digits.into_iter().try_fold(0_usize, |sum, digit| sum.checked_mul(8)?.checked_add(digit?));
    number.filter(|_| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = Vec::new();
        for (path, bytes) in files {
            let mut head = [0_u8; 512];
            head[..path.len()].copy_from_slice(path.as_bytes());
            let size = format!("{:011o}", bytes.len());
            head[124..135].copy_from_slice(size.as_bytes());
            head[156] = b'0';
            archive.extend_from_slice(&head);
            archive.extend_from_slice(bytes);
            archive.resize(archive.len().next_multiple_of(512), 0);
        }
        archive.resize(archive.len() + 1024, 0);
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(&archive).expect("memory");
        packed.finish().expect("memory")
    }

    #[test]
    fn a_package_is_unpacked_and_what_is_wanted_is_taken() {
        let all = [
            ("package/dist/sveltia-cms.js", b"the script".as_slice()),
            ("package/dist/chunks/react-dom.js", b"a part"),
            ("package/npm/assets/material-symbols-outlined-latin-wght-normal-_Z1IJPLg.woff2", b"icons"),
            ("package/npm/assets/material-symbols-outlined.LICENSE.txt", b"Apache"),
            ("package/LICENSE.txt", b"MIT"),
            ("package/README.md", b"not wanted"),
        ];
        let files = browser_files(unpacked(&tar(&all)).expect("an archive")).expect("all");
        let paths: Vec<&str> = files.keys().map(String::as_str).collect();
        assert_eq!(
            paths,
            [
                "static/admin/chunks/react-dom.js",
                "static/admin/material-symbols-outlined.LICENSE.txt",
                "static/admin/material-symbols-outlined.woff2",
                "static/admin/sveltia-cms-0.221.1.js",
                "static/admin/sveltia-cms.LICENSE.txt",
            ]
        );
        assert_eq!(files["static/admin/sveltia-cms-0.221.1.js"], b"the script");
        let lacking = browser_files(unpacked(&tar(&all[1..])).expect("an archive"));
        assert_eq!(lacking, Err(PackageError::Broken("it has no `dist/sveltia-cms.js`".into())));
    }

    #[test]
    fn another_package_is_refused() {
        assert_eq!(
            files(&tar(&[("package/dist/sveltia-cms.js", b"something else")])),
            Err(PackageError::Other)
        );
        assert!(matches!(unpacked(b"no archive"), Err(PackageError::Broken(_))));
        let short = &tar(&[("package/LICENSE.txt", &[7; 5000])]);
        assert!(unpacked(&short[..short.len() / 2]).is_err());
    }
}
