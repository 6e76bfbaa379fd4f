//! Drawings (SVG) as pixels, without their letters: those depend on the fonts of a machine.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

use super::pixels::{Channels, Pixels};
use crate::content::image::ImageSize;

/// What a drawing may weigh: logos and icons have a few thousand bytes.
const MOST: usize = 2 << 20;

/// Elements whose content isn't drawn: letters, and images of other files.
const LEFT_OUT: &[&[u8]] = &[b"<text", b"<image", b"<foreignObject"];

/// Why a drawing can't be made into pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Undrawn {
    /// Something in it would be missing.
    Incomplete,
    /// It is none, or larger than any logo.
    Unreadable,
}

/// The drawing as large as it can be within `room`, in its own shape.
pub(super) fn fitted(bytes: &[u8], room: ImageSize) -> Result<Pixels, Undrawn> {
    if bytes.len() > MOST {
        return Err(Undrawn::Unreadable);
    }
    if LEFT_OUT.iter().any(|name| memchr::memmem::find(bytes, name).is_some()) {
        return Err(Undrawn::Incomplete);
    }
    // Nothing of the disk is read for it.
    let image_href_resolver =
        ImageHrefResolver { resolve_data: Box::new(|_, _, _| None), resolve_string: Box::new(|_, _| None) };
    let options = Options { image_href_resolver, ..Options::default() };
    let tree = Tree::from_data(bytes, &options).map_err(|_| Undrawn::Unreadable)?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = (room.width as f32 / width).min(room.height as f32 / height);
    let side = |length: f32, most: u32| ((length * scale).round() as u32).clamp(1, most);
    let (wide, high) = (side(width, room.width), side(height, room.height));
    let mut pixmap = Pixmap::new(wide, high).ok_or(Undrawn::Unreadable)?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    let rgba = pixmap.pixels().iter().flat_map(|pixel| {
        let pixel = pixel.demultiply();
        [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]
    });
    Ok(Pixels {
        width: wide,
        height: high,
        channels: Channels::Rgba,
        has_alpha: true,
        samples: rgba.collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: ImageSize = ImageSize { width: 120, height: 60 };

    fn drawn(svg: &str) -> Result<Pixels, Undrawn> {
        fitted(svg.as_bytes(), ROOM)
    }

    fn svg(content: &str) -> String {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 10\">{content}</svg>")
    }

    #[test]
    fn a_drawing_fills_its_room_in_its_own_shape() {
        let made =
            drawn(&svg("<rect width='20' height='10' fill='#c04020' opacity='.5'/>")).expect("a drawing");
        assert_eq!((made.width, made.height), (120, 30));
        let at = |x: usize, y: usize| made.rgba()[y * 120 + x];
        // Colours are multiplied by what covers, so the last bit is lost.
        let far = [192, 64, 32, 128].iter().zip(at(2, 2)).map(|(one, other)| u8::abs_diff(*one, other));
        assert!(far.max() <= Some(2), "{:?}", at(2, 2));
        assert_eq!(at(100, 15)[3], 0);
    }

    #[test]
    fn nothing_is_left_out_in_silence_and_nothing_grows() {
        assert_eq!(drawn(&svg("<text>Fjord</text>")).err(), Some(Undrawn::Incomplete));
        assert_eq!(drawn(&svg("<image href='/etc/hostname'/>")).err(), Some(Undrawn::Incomplete));
        assert_eq!(drawn("<svg").err(), Some(Undrawn::Unreadable));
        assert_eq!(drawn("").err(), Some(Undrawn::Unreadable));
        assert_eq!(drawn(&" ".repeat(MOST + 1)).err(), Some(Undrawn::Unreadable));
        // Ten of ten of ten …: more elements than any machine has room for.
        let uses = |level: usize| format!("<use href='#g{level}'/>").repeat(10);
        let groups = (1..12).map(|level| format!("<g id='g{level}'>{}</g>", uses(level - 1)));
        let laughs = format!(
            "<defs><g id='g0'><rect width='1' height='1'/></g>{}</defs><use href='#g11'/>",
            groups.collect::<String>()
        );
        assert_eq!(drawn(&svg(&laughs)).err(), Some(Undrawn::Unreadable));
    }
}
