//! Feeds (RSS, Atom), and what is made like them: WordPress's export, WXR, is RSS 2.0 with more elements (`wp:`, `content:`,
//! `excerpt:`, `dc:`). They are read record by record, so that a gigabyte of them needs the memory of one post.

use std::cell::Cell;
use std::io::{BufRead, Read};
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::ImportError;

/// Records within records, at most: WordPress writes four.
const DEEPEST: usize = 12;

/// An element, with what it holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Record {
    /// Its name, with its prefix: `wp:post_id`.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    /// The text directly in it, as it is written.
    pub(super) text: String,
    /// The elements directly in it, in their order.
    pub(super) children: Vec<Record>,
}

impl Record {
    /// The words of the first element of this name in it; empty where there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.children.iter().find(|child| child.name == name).map_or("", |child| child.text.trim())
    }

    /// The same, with the white space at its ends.
    pub(super) fn trimmed(&self, name: &str) -> &str {
        self.children.iter().find(|child| child.name == name).map_or("", |child| child.text.as_str())
    }

    /// All elements of this name in it.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Record> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The value of an attribute; empty where there is none.
    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value.as_str())
    }

    /// The value of a custom field; empty where there is none.
    pub(super) fn meta(&self, key: &str) -> &str {
        let found = self.all("wp:postmeta").find(|meta| meta.get("wp:meta_key") == key);
        found.map_or("", |meta| meta.get("wp:meta_value"))
    }
}

/// Whether a file was read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// As it should, with its last end tag.
    Whole,
    /// In the middle of something, or with something that is no XML, at this line: what came before it was read.
    Broken(usize),
}

/// Has what an export consists of begun?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Channel {
    /// Nothing of it has been seen.
    None,
    /// Its first element has been seen.
    Begun,
}

/// Text as XML may have it: bytes that are no UTF-8 are read as Windows's Latin letters, control characters go.
struct Clean<R> {
    input: R,
    line: Vec<u8>,
    at: usize,
    lines: Rc<Cell<usize>>,
}

impl<R: BufRead> Clean<R> {
    fn next_line(&mut self) -> std::io::Result<()> {
        self.line.clear();
        self.at = 0;
        self.input.read_until(b'\n', &mut self.line)?;
        self.lines.set(self.lines.get() + usize::from(!self.line.is_empty()));
        if std::str::from_utf8(&self.line).is_err() {
            let mut text = String::with_capacity(self.line.len() + 16);
            for chunk in self.line.utf8_chunks() {
                text.push_str(chunk.valid());
                text.extend(chunk.invalid().iter().map(|byte| char::from(*byte)));
            }
            self.line = text.into_bytes();
        }
        self.line.retain(|byte| !matches!(byte, 0..=8 | 11 | 12 | 14..=31));
        Ok(())
    }
}

impl<R: BufRead> Read for Clean<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let have = self.fill_buf()?;
        let count = have.len().min(out.len());
        out[..count].copy_from_slice(&have[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Clean<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        // A line of nothing but control characters is no end.
        while self.at >= self.line.len() {
            self.next_line()?;
            if self.line.is_empty() && self.input.fill_buf()?.is_empty() {
                break;
            }
        }
        Ok(&self.line[self.at..])
    }

    fn consume(&mut self, count: usize) {
        self.at += count;
    }
}

/// Reads all records right below `channel`, or `feed` of Atom, one by one.
///
/// # Errors
///
/// It is no such export, declares entities of its own, or what takes the records says no.
pub(super) fn read(
    input: impl BufRead,
    each: &mut dyn FnMut(Record) -> Result<(), ImportError>,
) -> Result<End, ImportError> {
    let lines = Rc::new(Cell::new(0));
    let clean = Clean { input, line: Vec::new(), at: 0, lines: Rc::clone(&lines) };
    let mut reader = Reader::from_reader(clean);
    reader.config_mut().allow_dangling_amp = true;
    let mut open: Vec<Record> = Vec::new();
    let mut channel = Channel::None;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let Ok(event) = reader.read_event_into(&mut buffer) else { return broken(channel, lines.get()) };
        match event {
            Event::DocType(text) if text.contains("ENTITY") => {
                let message = "the file declares entities of its own, as no export of WordPress does";
                return Err(ImportError::new(
                    message,
                    "export it again; a file like this can fill the memory",
                ));
            }
            Event::Start(tag) => {
                if matches!(tag.name().0, "channel" | "feed") {
                    channel = Channel::Begun;
                }
                open.push(record(&tag));
            }
            Event::Empty(tag) => {
                open.push(record(&tag));
                close(&mut open, each)?;
            }
            Event::End(_) => close(&mut open, each)?,
            Event::Text(text) => push(&mut open, &text),
            Event::CData(text) => push(&mut open, &text),
            Event::GeneralRef(reference) => push(&mut open, &resolved(&reference)),
            Event::Eof if open.is_empty() && channel == Channel::Begun => return Ok(End::Whole),
            Event::Eof => return broken(channel, lines.get()),
            _ => {}
        }
    }
}

/// Where a file breaks off that has begun as an export.
fn broken(channel: Channel, line: usize) -> Result<End, ImportError> {
    match channel {
        Channel::Begun => Ok(End::Broken(line)),
        Channel::None => Err(ImportError::new(
            "this isn't an export of WordPress: it has no `channel`",
            "in WordPress, choose Tools, Export, All content, and take the file ending in `.xml`",
        )),
    }
}

/// What a sign of its own stands for; one that XML doesn't know stays as it is written.
fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    let name: &str = reference;
    let known = quick_xml::escape::resolve_predefined_entity(name);
    known.map_or_else(|| format!("&{name};"), str::to_string)
}

fn record(tag: &BytesStart<'_>) -> Record {
    let attributes = tag.attributes().filter_map(Result::ok);
    let attributes = attributes.map(|one| {
        let value = crate::content::markup::unescaped(&one.value).into_owned();
        (one.key.0.to_string(), value)
    });
    Record { name: tag.name().0.to_string(), attributes: attributes.collect(), ..Record::default() }
}

fn push(open: &mut [Record], text: &str) {
    // What is directly in `rss` and `channel` is white space.
    if open.len() > 2
        && let Some(last) = open.last_mut()
    {
        last.text.push_str(text);
    }
}

/// Ends an element: it belongs to the one around it, or is a record of its own.
fn close(
    open: &mut Vec<Record>,
    each: &mut dyn FnMut(Record) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let Some(done) = open.pop() else { return Ok(()) };
    let depth = open.len();
    match open.last_mut() {
        Some(above) if above.name == "channel" && depth == 2 || above.name == "feed" && depth == 1 => {
            each(done)
        }
        Some(above) if depth <= DEEPEST => {
            above.children.push(done);
            Ok(())
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &[u8]) -> Result<(Vec<Record>, End), ImportError> {
        let mut found = Vec::new();
        let end = read(text, &mut |record| {
            found.push(record);
            Ok(())
        })?;
        Ok((found, end))
    }

    #[test]
    fn records_come_one_by_one() {
        let text = "<?xml version=\"1.0\"?><rss><channel><title>A &amp; B</title><item><title><![CDATA[x ]]]]><![CDATA[> y]]></title>\
             <category domain=\"post_tag\" nicename=\"a&amp;b\"/><wp:postmeta><wp:meta_key>k</wp:meta_key><wp:meta_value>v & &nbsp; &#228;</wp:meta_value>\
             </wp:postmeta></item></channel></rss>\n";
        let (found, end) = all(text.as_bytes()).unwrap();
        assert_eq!((found.len(), end), (2, End::Whole));
        assert_eq!(found[0].text, "A & B");
        assert_eq!((found[1].get("title"), found[1].meta("k")), ("x ]]> y", "v & &nbsp; ä"));
        let category = found[1].all("category").next().unwrap();
        assert_eq!((category.attribute("domain"), category.attribute("nicename")), ("post_tag", "a&b"));
    }

    #[test]
    fn what_came_before_a_break_is_read() {
        let text = b"<rss><channel>\n<item><title>a\x03\xe5</title></item>\n<item><title>b";
        let (found, end) = all(text).unwrap();
        assert_eq!((found[0].get("title"), end), ("aå", End::Broken(3)));
        let (found, end) = all(b"<rss><channel>\n<item><a></b></item></channel></rss>").unwrap();
        assert_eq!((found.len(), end), (0, End::Broken(2)));
    }

    #[test]
    fn what_is_no_export_is_refused() {
        let bomb = b"<!DOCTYPE x [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><rss><channel><title>&b;</title></channel></rss>";
        assert!(all(bomb).unwrap_err().message.contains("entities"));
        assert!(all(b"<html><body>no</body></html>").unwrap_err().message.contains("an export"));
        assert!(all(b"").unwrap_err().message.contains("an export"));
    }
}
