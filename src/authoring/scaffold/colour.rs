//! The colour of a new site: one that its owner names becomes two that can be read, on light and on dark.

use crate::encode::colors::{self, OF_READABLE, Rgb};

/// The papers of the theme that comes with ringback.
const LIGHT: Rgb = [0xfb, 0xf8, 0xf1];
const DARK: Rgb = [0x11, 0x17, 0x14];

/// A colour as screens have it: red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(Rgb);

impl std::str::FromStr for Colour {
    type Err = String;

    /// Reads `#0b5d4e`, `0b5d4e`, `#08f` or `08f`.
    fn from_str(text: &str) -> Result<Self, String> {
        let digits = text.trim().trim_start_matches('#');
        let is_color = matches!(digits.len(), 3 | 6) && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let color = is_color.then(|| colors::rgb(&format!("#{digits}"))).flatten();
        color.map(Self).ok_or_else(|| "write it as six digits, such as `0b5d4e`".into())
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&colors::hex(self.0))
    }
}

impl Colour {
    /// The same colour, as much darker as text on light paper requires.
    #[must_use]
    pub fn on_light(self) -> Self {
        Self(colors::nearest(self.0, LIGHT, OF_READABLE))
    }

    /// The same colour, as much lighter as text on dark paper requires.
    #[must_use]
    pub fn on_dark(self) -> Self {
        Self(colors::nearest(self.0, DARK, OF_READABLE))
    }

    /// The file of the site's theme that sets it.
    pub(super) fn theme(self) -> String {
        format!(
            "colors:\n  light: {{accent: \"{}\"}}\n  dark: {{accent: \"{}\"}}\n",
            self.on_light(),
            self.on_dark()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_what_was_meant() {
        for text in ["#0b5d4e", "0b5d4e", " #0B5D4E "] {
            assert_eq!(text.parse::<Colour>().unwrap().to_string(), "#0b5d4e");
        }
        assert_eq!("08f".parse::<Colour>().unwrap().to_string(), "#0088ff");
        for bad in ["", "#", "green", "#12345", "12345678", "#0b5d4é", "0x1234"] {
            assert!(bad.parse::<Colour>().is_err(), "{bad}");
        }
    }

    #[test]
    fn every_colour_can_be_read_and_one_that_can_stays() {
        for text in ["ffffff", "000000", "ffee00", "0b5d4e", "ff0000", "0000ff", "777777", "fbf8f1", "111714"]
        {
            let colour: Colour = text.parse().unwrap();
            assert!(colors::contrast(colour.on_light().0, LIGHT) >= OF_READABLE, "{text}");
            assert!(colors::contrast(colour.on_dark().0, DARK) >= OF_READABLE, "{text}");
        }
        let green: Colour = "0b5d4e".parse().unwrap();
        assert_eq!(green.on_light(), green);
        assert_ne!(green.on_dark(), green);
    }

    #[test]
    fn the_papers_are_those_of_the_theme() {
        let theme = include_str!("../../../themes/ringback/theme.yaml");
        for paper in [LIGHT, DARK] {
            assert!(theme.contains(&format!("paper: \"{}\"", Colour(paper))), "{paper:?}");
        }
    }
}
