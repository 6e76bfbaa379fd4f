//! An entry for a calendar, as RFC 5545 has it: lines of at most 75 bytes, texts without what would end them.

use jiff::Timestamp;

/// Bytes of a line before it goes on in the next one (RFC 5545, 3.1), without the line's end.
const LINE: usize = 75;

/// What a calendar is to note down.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// What it has in all calendars, whatever else changes.
    pub id: &'a str,
    /// When the entry was written.
    pub written: Timestamp,
    /// When it begins.
    pub start: Timestamp,
    /// When it ends.
    pub end: Timestamp,
    /// What the calendar shows as its name, as plain text.
    pub title: &'a str,
    /// What is to be known besides.
    pub text: &'a str,
    /// Where it takes place, as plain text; may be empty.
    pub place: &'a str,
    /// Where there is more about it.
    pub url: &'a str,
}

/// A calendar with one entry: a file that ends in `.ics`. Times are those of UTC, which each calendar shows as its owner's
/// own, so that it has to carry no rules of a time zone.
#[must_use]
pub fn file(entry: &Entry<'_>) -> String {
    let time = |time: Timestamp| time.strftime("%Y%m%dT%H%M%SZ").to_string();
    let mut out = String::new();
    let lines = [
        ("BEGIN", "VCALENDAR".to_string()),
        ("VERSION", "2.0".to_string()),
        ("PRODID", "-//ringback//ringback//EN".to_string()),
        ("METHOD", "PUBLISH".to_string()),
        ("BEGIN", "VEVENT".to_string()),
        ("UID", text(entry.id)),
        ("DTSTAMP", time(entry.written)),
        ("DTSTART", time(entry.start)),
        ("DTEND", time(entry.end)),
        ("SUMMARY", text(entry.title)),
        ("DESCRIPTION", text(entry.text)),
        ("LOCATION", text(entry.place)),
        // A URI is no text: it has no character that could end it (RFC 3986).
        ("URL", entry.url.to_string()),
        ("END", "VEVENT".to_string()),
        ("END", "VCALENDAR".to_string()),
    ];
    for (name, value) in lines.iter().filter(|(_, value)| !value.is_empty()) {
        line(&format!("{name}:{value}"), &mut out);
    }
    out
}

/// A text, with a backslash before what would mean something else (RFC 5545, 3.3.11). Other control characters can't be
/// said at all.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A line, folded between characters.
fn line(line: &str, out: &mut String) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_and_texts_cannot_end_them() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a time");
        let entry = Entry {
            id: "a@b.example",
            written: at("2026-12-01T00:00:00Z"),
            start: at("2027-02-10T09:00:00Z"),
            end: at("2027-02-10T09:45:00Z"),
            title: "Ten calls; one answer, \\o/\nEND:VEVENT",
            text: &"å".repeat(80),
            place: "",
            url: "https://b.example/a/",
        };
        let file = file(&entry);
        assert!(file.contains("SUMMARY:Ten calls\\; one answer\\, \\\\o/\\nEND:VEVENT\r\n"), "{file}");
        assert!(file.contains("DTSTART:20270210T090000Z\r\nDTEND:20270210T094500Z\r\n"), "{file}");
        assert!(!file.contains("LOCATION"), "{file}");
        assert!(file.split("\r\n").all(|line| line.len() <= LINE), "{file}");
        let unfolded = file.replace("\r\n ", "");
        assert!(unfolded.contains(&format!("DESCRIPTION:{}\r\n", "å".repeat(80))), "{unfolded}");
        assert_eq!(file.matches("\nEND:VEVENT\r\n").count(), 1, "{file}");
    }
}
