//! The addresses in a sitemap, or in a list of sitemaps (sitemaps.org), perhaps packed.

use std::io::Read as _;

use quick_xml::Reader;
use quick_xml::events::Event;

/// As much as a sitemap may have: 50 MB (sitemaps.org).
const LARGEST: u64 = 52_428_800;

/// What a sitemap or a list of sitemaps names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sitemap {
    /// Addresses of pages, absolute.
    pub(super) pages: Vec<String>,
    /// Addresses of further sitemaps, absolute.
    pub(super) sitemaps: Vec<String>,
}

/// Reads a sitemap, to where it breaks off.
pub(super) fn read(bytes: &[u8]) -> Sitemap {
    let mut unpacked = Vec::new();
    let text = if bytes.starts_with(&[0x1f, 0x8b]) {
        // What breaks off is read up to there.
        let _ = flate2::read::GzDecoder::new(bytes).take(LARGEST).read_to_end(&mut unpacked);
        String::from_utf8_lossy(&unpacked)
    } else {
        String::from_utf8_lossy(bytes)
    };
    let mut found = Sitemap::default();
    if !text.contains('<') {
        // A sitemap may be a plain list.
        found.pages =
            text.lines().map(str::trim).filter(|line| line.contains("://")).map(str::to_string).collect();
        return found;
    }
    let mut reader = Reader::from_str(&text);
    reader.config_mut().allow_dangling_amp = true;
    let (mut open, mut word): (Vec<String>, String) = (Vec::new(), String::new());
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) => {
                open.push(tag.local_name().as_ref().to_string());
                word.clear();
            }
            Event::Text(text) => word.push_str(&text),
            Event::CData(text) => word.push_str(&text),
            Event::GeneralRef(reference) => {
                let name: &str = &reference;
                word.push_str(quick_xml::escape::resolve_predefined_entity(name).unwrap_or_default());
            }
            Event::End(_) => {
                let name = open.pop().unwrap_or_default();
                let above = open.last().map(String::as_str).unwrap_or_default();
                if name == "loc" && above == "url" {
                    found.pages.push(word.trim().to_string());
                } else if name == "loc" && above == "sitemap" {
                    found.sitemaps.push(word.trim().to_string());
                }
                word.clear();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn every_form_of_a_sitemap_is_read() {
        let xml = "<?xml version=\"1.0\"?><urlset xmlns=\"x\" xmlns:image=\"i\"><url><loc> https://a.example/?a=1&amp;b </loc>\
            <image:image><image:loc>https://a.example/i.png</image:loc></image:image></url><url><loc>https://a.example/b</loc></url><url><lo";
        let pages = ["https://a.example/?a=1&b".to_string(), "https://a.example/b".to_string()];
        assert_eq!(read(xml.as_bytes()).pages, pages);
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(xml.as_bytes()).unwrap();
        assert_eq!(read(&packed.finish().unwrap()).pages, pages);
        let index = "<sitemapindex><sitemap><loc>https://a.example/1.xml</loc></sitemap></sitemapindex>";
        assert_eq!(read(index.as_bytes()).sitemaps, ["https://a.example/1.xml"]);
        assert_eq!(read(b"https://a.example/\nno\n").pages, ["https://a.example/"]);
        assert_eq!(read(b"\xff<x"), Sitemap::default());
    }
}
