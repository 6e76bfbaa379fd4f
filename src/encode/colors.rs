//! Colours: as style sheets write them, how well one can be read on another, and the nearest that can.

/// Red, green and blue, as a screen has them.
pub type Rgb = [u8; 3];

/// The contrast that text needs: <https://www.w3.org/TR/WCAG22/#contrast-minimum>.
pub const OF_READABLE: f32 = 4.5;

/// A colour as style sheets write it, without its transparency; `None` for what only a browser can work out, such as
/// `color-mix()`.
#[must_use]
pub fn rgb(text: &str) -> Option<Rgb> {
    let [red, green, blue, _] = csscolorparser::parse(text).ok()?.to_rgba8();
    Some([red, green, blue])
}

/// The colour as `#rrggbb`.
#[must_use]
pub fn hex(color: Rgb) -> String {
    format!("#{}", super::bytes::hex(&color))
}

/// How far two colours are apart, from 1 to 21: <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>.
#[must_use]
pub fn contrast(one: Rgb, other: Rgb) -> f32 {
    let luminance = |[red, green, blue]: Rgb| {
        let [red, green, blue, _] = csscolorparser::Color::from_rgba8(red, green, blue, 255).to_linear_rgba();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Lightness, chroma and hue, as people see them: <https://www.w3.org/TR/css-color-4/#ok-lab>.
#[must_use]
pub fn oklch([red, green, blue]: Rgb) -> [f32; 3] {
    let [lightness, chroma, hue, _] = csscolorparser::Color::from_rgba8(red, green, blue, 255).to_oklcha();
    [lightness, chroma, hue]
}

/// The colour of that lightness, chroma and hue on a screen; where screens have none so strong, the strongest of its lightness and hue.
#[must_use]
pub fn of_oklch([lightness, chroma, hue]: [f32; 3]) -> Rgb {
    let of = |chroma: f32| csscolorparser::Color::from_oklcha(lightness, chroma, hue, 1.0);
    let weaker = (0..=50_u8).map(|step| of(chroma * f32::from(50 - step) / 50.0));
    let is_shown = |color: &csscolorparser::Color| {
        [color.r, color.g, color.b].iter().all(|part| (-0.002..=1.002).contains(part))
    };
    let [red, green, blue, _] = weaker.into_iter().find(is_shown).unwrap_or_else(|| of(0.0)).to_rgba8();
    [red, green, blue]
}

/// The colour itself if it has the contrast on its ground, otherwise the nearest of its hue that has.
#[must_use]
pub fn nearest(color: Rgb, ground: Rgb, least: f32) -> Rgb {
    if contrast(color, ground) >= least {
        return color;
    }
    let [lightness, chroma, hue] = oklch(color);
    let steps = (1..=200_u8).flat_map(|step| [f32::from(step) / 200.0, f32::from(step) / -200.0]);
    let tried = steps.map(|step| lightness + step).filter(|lightness| (0.0..=1.0).contains(lightness));
    let mut colors = tried.map(|lightness| of_oklch([lightness, chroma, hue]));
    // On grey of the middle, black is far enough from everything that white isn't.
    colors.find(|color| contrast(*color, ground) >= least).unwrap_or([0, 0, 0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        assert!((contrast([0, 0, 0], [255, 255, 255]) - 21.0).abs() < 0.01);
        assert!((contrast([0x77, 0x77, 0x77], [255, 255, 255]) - 4.48).abs() < 0.01);
        assert!(contrast(nearest([0x77, 0x77, 0x77], [255, 255, 255], 4.5), [255, 255, 255]) >= 4.5);
    }

    #[test]
    fn the_nearest_colour_keeps_its_hue_and_goes_no_further_than_it_must() {
        for (color, ground) in
            [([0xff, 0xd4, 0x00], [255, 255, 255]), ([0x20, 0x20, 0x90], [0x11, 0x17, 0x14])]
        {
            let found = nearest(color, ground, 4.5);
            let ratio = contrast(found, ground);
            assert!((4.5..4.8).contains(&ratio), "{ratio}");
            assert!((oklch(found)[2] - oklch(color)[2]).abs() < 0.12, "{found:?}");
        }
        assert_eq!(nearest([10, 10, 10], [255, 255, 255], 4.5), [10, 10, 10]);
    }
}
