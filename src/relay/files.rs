//! Files that the relay writes for people and other programs: a line of JSON or a row of a table for each lead, on disk
//! before it counts as delivered.

#![expect(clippy::disallowed_methods, reason = "the relay keeps leads on disk")]

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use crate::config::Rotation;
use crate::network::{Answer, Unreachable};

/// A file that grows by a line for each lead, and when a new one begins.
pub(super) struct Target<'a> {
    /// The folder in which the store is.
    pub(super) folder: &'a Path,
    /// The name of the file as the configuration has it, before a day is added to it.
    pub(super) path: &'a str,
    /// When the next one begins.
    pub(super) rotation: Rotation,
    /// What each begins with; empty for nothing.
    pub(super) head: &'a str,
    /// When the lead came, in milliseconds since 1970.
    pub(super) at: i64,
}

/// Writes something that ends its line, and waits until the disk has it. What came of it is as if the file had answered.
///
/// # Errors
///
/// It can't be written.
pub(super) fn append(target: &Target<'_>, line: &str) -> Result<Answer, Unreachable> {
    let done = (1..).find_map(|number| write(target, number, line).transpose());
    match done {
        Some(Ok(())) => Ok(Answer { status: 200, ..Answer::default() }),
        Some(Err(error)) => Err(Unreachable::Other(error.to_string())),
        None => Err(Unreachable::Other("there are too many files of this name".into())),
    }
}

/// Writes to the file with a number; `None` where that has another head, such as that of a form as it was before.
fn write(target: &Target<'_>, number: u32, line: &str) -> io::Result<Option<()>> {
    let mut file = open(&target.folder.join(name(target, number)))?;
    let length = file.metadata()?.len();
    let mut text = String::new();
    if length == 0 {
        text.push_str(target.head);
    } else if !has_head(&mut file, target.head)? {
        return Ok(None);
    } else if !ends(&mut file)? {
        // A line that a power cut has left in the middle stays by itself.
        text.push('\n');
    }
    text.push_str(line);
    file.write_all(text.as_bytes())?;
    file.sync_data()?;
    Ok(Some(()))
}

/// Opens a file that only its owner reads, to write at its end.
pub(super) fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn has_head(file: &mut File, head: &str) -> io::Result<bool> {
    let mut start = vec![0; head.len()];
    match file.read_exact(&mut start) {
        Ok(()) => Ok(start == head.as_bytes()),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

fn ends(file: &mut File) -> io::Result<bool> {
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

/// `leads.csv`, `leads-2026-11.csv` of a month, and where that has other columns, `leads-2026-11-2.csv`.
fn name(target: &Target<'_>, number: u32) -> String {
    let at =
        jiff::Timestamp::from_millisecond(target.at).unwrap_or_default().to_zoned(jiff::tz::TimeZone::UTC);
    let day = at.date().to_string();
    let period = match target.rotation {
        Rotation::Never => None,
        Rotation::Daily => Some(day.as_str()),
        Rotation::Monthly => day.get(..7),
        Rotation::Yearly => day.get(..4),
    };
    let (stem, ending) = match target.path.rsplit_once('.') {
        Some((stem, ending)) => (stem, format!(".{ending}")),
        None => (target.path, String::new()),
    };
    let period = period.map(|period| format!("-{period}")).unwrap_or_default();
    let number = if number > 1 { format!("-{number}") } else { String::new() };
    format!("{stem}{period}{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target<'a>(folder: &'a Path, head: &'a str, rotation: Rotation) -> Target<'a> {
        Target { folder, path: "leads.csv", rotation, head, at: 1_793_611_800_000 }
    }

    #[test]
    fn a_file_goes_on_where_it_was_and_other_columns_begin_another() {
        let folder = tempfile::TempDir::new().unwrap();
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
        let to = |head, line| append(&target(folder.path(), head, Rotation::Never), line).unwrap().status;
        assert_eq!([to("a,b\r\n", "1,2\r\n"), to("a,b\r\n", "3,4\r\n")], [200, 200]);
        assert_eq!(read("leads.csv"), "a,b\r\n1,2\r\n3,4\r\n");
        to("a,c\r\n", "5,6\r\n");
        to("a,b\r\n", "7,8\r\n");
        assert_eq!(read("leads.csv"), "a,b\r\n1,2\r\n3,4\r\n7,8\r\n");
        assert_eq!(read("leads-2.csv"), "a,c\r\n5,6\r\n");
        // A power cut in the middle of a row.
        std::fs::write(folder.path().join("leads.csv"), "a,b\r\n1,\"2").unwrap();
        to("a,b\r\n", "3,4\r\n");
        assert_eq!(read("leads.csv"), "a,b\r\n1,\"2\n3,4\r\n");
        std::fs::write(folder.path().join("leads.csv"), "a").unwrap();
        to("a,b\r\n", "9,9\r\n");
        assert_eq!(read("leads-3.csv"), "a,b\r\n9,9\r\n");
    }

    #[test]
    fn a_period_has_a_file_of_its_own() {
        let folder = Path::new("");
        let name = |rotation, number| name(&target(folder, "", rotation), number);
        assert_eq!(name(Rotation::Daily, 1), "leads-2026-11-02.csv");
        assert_eq!(name(Rotation::Monthly, 1), "leads-2026-11.csv");
        assert_eq!(name(Rotation::Yearly, 2), "leads-2026-2.csv");
        assert_eq!(name(Rotation::Never, 1), "leads.csv");
    }
}
