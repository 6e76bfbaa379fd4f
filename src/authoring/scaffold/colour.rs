//! The colour of a new site: one that its owner names becomes two that can be read, on light and on dark.

use crate::encode::bytes::hex;

/// The paper of the theme that comes with ringback, and how far the colour of a text must be from it (WCAG 2.2, 1.4.3).
const LIGHT: [u8; 3] = [0xfb, 0xf8, 0xf1];
const DARK: [u8; 3] = [0x11, 0x17, 0x14];
const CONTRAST: f64 = 4.5;

/// A colour as screens have it: red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl std::str::FromStr for Colour {
    type Err = String;

    /// Reads `#0b5d4e`, `0b5d4e`, `#08f` or `08f`.
    fn from_str(text: &str) -> Result<Self, String> {
        let digits = text.trim().trim_start_matches('#');
        let digits: Option<Vec<u8>> =
            digits.chars().map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
        match digits.as_deref() {
            Some(&[r, g, b]) => Ok(Self([r, g, b].map(|digit| digit * 17))),
            Some(&[a, b, c, d, e, f]) => Ok(Self([a * 16 + b, c * 16 + d, e * 16 + f])),
            _ => Err("write it as six digits, such as `0b5d4e`".into()),
        }
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{}", hex(&self.0))
    }
}

impl Colour {
    /// The same colour, as much darker as text on light paper requires.
    #[must_use]
    pub fn on_light(self) -> Self {
        self.readable(LIGHT, [0, 0, 0])
    }

    /// The same colour, as much lighter as text on dark paper requires.
    #[must_use]
    pub fn on_dark(self) -> Self {
        self.readable(DARK, [255, 255, 255])
    }

    /// The first of a hundred steps towards `end` that can be read on `paper`.
    fn readable(self, paper: [u8; 3], end: [u8; 3]) -> Self {
        let steps = (0..=100_u16).map(|step| {
            let mixed = |at: usize| {
                let (own, end) = (u16::from(self.0[at]), u16::from(end[at]));
                u8::try_from((own * (100 - step) + end * step) / 100).unwrap_or(u8::MAX)
            };
            Self([mixed(0), mixed(1), mixed(2)])
        });
        steps.into_iter().find(|colour| contrast(colour.0, paper) >= CONTRAST).unwrap_or(Self(end))
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

/// How far two colours are apart, from 1 to 21.
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// How light a colour is, from 0 to 1.
fn luminance(colour: [u8; 3]) -> f64 {
    let [r, g, b] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
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
            assert!(contrast(colour.on_light().0, LIGHT) >= CONTRAST, "{text}");
            assert!(contrast(colour.on_dark().0, DARK) >= CONTRAST, "{text}");
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
