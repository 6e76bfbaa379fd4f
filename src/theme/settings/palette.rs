//! The colours of a theme in its two schemes: whether text in them can be read, and what is dark where only the light
//! ones are given.

use crate::diag::{Code, Diagnostic, Span};
use crate::encode::colors::{OF_READABLE, Rgb, contrast, hex, nearest, of_oklch, oklch, rgb};
use crate::yaml::{Node, Reader, Spanned};

/// The colours that can be set, each the custom property of its name.
pub(in crate::theme) const COLORS: [&str; 6] = ["paper", "ink", "accent", "amber", "muted", "rule"];

/// Those in which text is written, on paper.
const OF_TEXT: [&str; 3] = ["ink", "accent", "muted"];

/// The contrast of a colour that is made for the dark scheme.
const OF_MADE: f32 = 7.0;

/// The built-in colours, in the order of [`COLORS`]: those of `css/main.css`.
pub(in crate::theme) const LIGHT: [Rgb; 6] = [
    [0xfb, 0xf8, 0xf1],
    [0x1c, 0x24, 0x21],
    [0x0b, 0x5d, 0x4e],
    [0xb4, 0x65, 0x1f],
    [0x59, 0x62, 0x5d],
    [0xd8, 0xd2, 0xc3],
];
pub(super) const DARK: [Rgb; 6] = [
    [0x11, 0x17, 0x14],
    [0xe9, 0xe6, 0xdc],
    [0x7f, 0xd1, 0xbd],
    [0xe2, 0xa0, 0x5c],
    [0xa2, 0xaa, 0xa3],
    [0x33, 0x3d, 0x38],
];

/// A colour as style sheets write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Color {
    pub(super) name: &'static str,
    pub(super) value: Spanned<String>,
}

/// The colours that a theme sets for one scheme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Scheme(pub(super) Vec<Color>);

/// Is it a function of style sheets that only a browser can work out?
fn is_worked_out(value: &str) -> bool {
    const FUNCTIONS: [&str; 4] = ["color(", "color-mix(", "light-dark(", "var("];
    FUNCTIONS.iter().any(|function| value.starts_with(function)) && value.ends_with(')')
}

impl Scheme {
    /// Reads the colours of a scheme. What is no colour is reported, and what can't be read on this paper.
    pub(super) fn read(node: &Node, reader: &mut Reader<'_>) -> Self {
        let mut scheme = Self::default();
        for (name, node) in reader.entries(node).unwrap_or_default() {
            let Some(known) = COLORS.into_iter().find(|known| *known == name.value) else {
                let message = format!("the theme has no colour `{}`", name.value);
                let problem = Diagnostic::new(Code::UnknownKey, message).at(reader.file, name.span);
                reader.diagnostics.push(problem.suggest(&name.value, COLORS));
                continue;
            };
            let Some(value) = super::css_value(node, reader) else { continue };
            if rgb(&value).is_none() && !is_worked_out(&value) {
                let message = format!("`{value}` isn't a colour that browsers know");
                let help = "write it as `#rrggbb`, such as `#0b5d4e`, or by one of the English names of CSS, such as `purple`";
                let problem = Diagnostic::new(Code::InvalidValue, message).at(reader.file, node.span);
                reader.diagnostics.push(problem.help(help));
                continue;
            }
            scheme.set(known, value, node.span);
        }
        scheme
    }

    fn set(&mut self, name: &'static str, value: String, span: Span) {
        self.0.push(Color { name, value: Spanned { value, span } });
    }

    fn get(&self, name: &str) -> Option<&Color> {
        self.0.iter().find(|color| color.name == name)
    }

    /// Names and values of the custom properties.
    pub(super) fn properties(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|color| (color.name, color.value.value.as_str()))
    }

    /// All colours, those that aren't set as the style sheet has them.
    pub(super) fn all_colors(&self, built_in: &[Rgb; 6]) -> Vec<(&'static str, String)> {
        let all = COLORS.into_iter().zip(built_in);
        let value = |(name, own): (&'static str, &Rgb)| {
            (name, self.get(name).map_or_else(|| hex(*own), |color| color.value.value.clone()))
        };
        all.map(value).collect()
    }

    /// A colour as it will be, unless only a browser can work it out.
    fn rgb(&self, name: &str, built_in: &[Rgb; 6]) -> Option<Rgb> {
        match self.get(name) {
            Some(color) => rgb(&color.value.value),
            None => COLORS.iter().position(|known| *known == name).map(|index| built_in[index]),
        }
    }

    /// Reports what can't be read on this paper, and brings the built-in colours so far from it that they can.
    fn readable(&mut self, built_in: &[Rgb; 6], reader: &mut Reader<'_>) {
        let Some(paper) = self.rgb("paper", built_in) else { return };
        for name in OF_TEXT {
            let Some(color) = self.rgb(name, built_in) else { continue };
            let better = nearest(color, paper, OF_READABLE);
            if better == color {
                continue;
            }
            match self.get(name) {
                Some(written) => {
                    let (span, ratio) = (written.value.span, contrast(color, paper));
                    // Rounded down: 4.49 isn't enough.
                    let ratio = (ratio * 10.0).floor() / 10.0;
                    let message =
                        format!("`{name}` has a contrast of {ratio:.1} on `paper`, and text needs 4.5");
                    let help = format!("the nearest that everybody can read is `{}`", hex(better));
                    let problem = Diagnostic::new(Code::UnreadableColor, message).at(reader.file, span);
                    reader.diagnostics.push(problem.help(help));
                }
                None => self.set(name, hex(better), Span::default()),
            }
        }
    }
}

/// Completes both schemes: what the dark one lacks follows from the light one, and text can be read in both.
pub(super) fn complete(light: &mut Scheme, dark: &mut Scheme, reader: &mut Reader<'_>) {
    let made = |name: &str, dark: &Scheme| light.get(name).filter(|_| dark.get(name).is_none());
    let of_light = |color: &Color| Some((rgb(&color.value.value)?, color.value.span));
    let mut followed = Vec::new();
    if let Some((paper, span)) = made("paper", dark).and_then(of_light) {
        let [_, chroma, hue] = oklch(paper);
        followed.push(("paper", of_oklch([0.2, chroma.min(0.015), hue]), span));
    }
    let paper = followed.first().map(|(_, paper, _)| *paper).or_else(|| dark.rgb("paper", &DARK));
    for name in ["accent", "amber"] {
        let (Some((color, span)), Some(paper)) = (made(name, dark).and_then(of_light), paper) else {
            continue;
        };
        let [lightness, chroma, hue] = oklch(color);
        let color = of_oklch([lightness.max(0.76), chroma.min(0.13), hue]);
        followed.push((name, nearest(color, paper, OF_MADE), span));
    }
    for (name, color, span) in followed {
        dark.set(name, hex(color), span);
    }
    light.readable(&LIGHT, reader);
    dark.readable(&DARK, reader);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_colours_can_be_read_and_are_those_of_the_style_sheet() {
        let css = super::super::super::BUILT_IN.get_file("css/main.css").unwrap().contents_utf8().unwrap();
        let (light, dark) = css.split_once("prefers-color-scheme: dark").unwrap();
        for (built_in, css) in [(LIGHT, light), (DARK, dark)] {
            for (name, color) in COLORS.iter().zip(built_in) {
                assert!(css.contains(&format!("--{name}: {};", hex(color))), "{name}");
            }
            for color in [built_in[1], built_in[2], built_in[4]] {
                assert!(contrast(color, built_in[0]) >= OF_READABLE);
            }
        }
    }
}
