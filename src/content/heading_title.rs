//! The title of a text whose front matter gives none: its first line, where that is a heading of the first level, as in
//! a README, in notes, and in the documentation that other programs build.

use super::body::Kind;
use super::markdown;
use crate::yaml::Spanned;

/// A title, and the byte of the file at which the text below it begins.
pub struct HeadingTitle {
    /// The heading without its markup.
    pub title: Spanned<String>,
    /// Where the line after it begins.
    pub text_at: usize,
}

/// The heading of the first level that a text begins with; `None` where it begins with anything else, or has no words.
///
/// `text` is the part of a file behind its front matter, and starts at the byte `offset` of the file.
#[must_use]
pub fn find(text: &str, offset: usize, options: &markdown::Options) -> Option<HeadingTitle> {
    let start = text.len() - text.trim_start_matches(['\n', '\r', '\u{feff}']).len();
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next()?;
    // `Title` above a line of equals signs is one, too.
    let length = match first.trim_start_matches(' ').starts_with('#') {
        true => first.len(),
        false => {
            let second = lines
                .next()
                .filter(|line| line.starts_with('=') && line.trim().trim_matches('=').is_empty())?;
            first.len() + second.len()
        }
    };
    let end = start + length;
    let heading = markdown::parse(&text[start..end], offset + start, options);
    let node = heading.nodes().first().filter(|node| matches!(node.kind, Kind::Heading(_)))?;
    let found = heading.headings.first().filter(|found| found.level == 1 && !found.text.is_empty())?;
    let title = Spanned { value: found.text.clone(), span: node.span };
    Some(HeadingTitle { title, text_at: offset + end })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(text: &str) -> Option<(String, usize)> {
        let found = find(text, 10, &markdown::Options::full("en"))?;
        Some((found.title.value, found.text_at - 10))
    }

    #[test]
    fn a_text_that_begins_with_a_heading_of_the_first_level_has_a_title() {
        let found = |title: &str, at| Some((title.to_string(), at));
        assert_eq!(title("# The empty CRM\n\nText.\n"), found("The empty CRM", 16));
        assert_eq!(title("\n\r\n# Settings: `ringback.yaml` #\n"), found("Settings: ringback.yaml", 33));
        assert_eq!(title("# *Eight* reasons {#eight}\n"), found("Eight reasons", 27));
        assert_eq!(title("The empty CRM\n=====\nText.\n"), found("The empty CRM", 20));
        assert_eq!(title("# Last line"), found("Last line", 11));
        for other in
            ["", "Text.\n# Title\n", "## Part\n", "#\n", "#Title\n", "    # code\n", "Text\n---\n", "=\n"]
        {
            assert_eq!(title(other), None, "{other:?}");
        }
    }
}
