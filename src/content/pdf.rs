//! What a PDF says of itself.

use lopdf::Document;

/// How many pages a PDF has; `None` where that can't be told, such as of one that is damaged or needs a password.
#[must_use]
pub fn pages(bytes: &[u8]) -> Option<u32> {
    // The library is strict about files that many programs write; what it can't read has no number of pages.
    Document::load_metadata_mem(bytes).ok().map(|found| found.page_count).filter(|pages| *pages > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &[u8] = include_bytes!("../../tests/two-pages.pdf");

    #[test]
    fn pages_are_counted_and_damage_is_no_page() {
        assert_eq!(pages(TWO), Some(2));
        for cut in 0..TWO.len() {
            assert!(pages(&TWO[..cut]).is_none_or(|pages| pages <= 2), "{cut}");
        }
        let mut wrong = TWO.to_vec();
        for at in 0..wrong.len() {
            wrong[at] ^= 0x11;
            let _ = pages(&wrong);
            wrong[at] ^= 0x11;
        }
        assert_eq!((pages(b""), pages(b"%PDF-1.7\n%%EOF")), (None, None));
    }
}
