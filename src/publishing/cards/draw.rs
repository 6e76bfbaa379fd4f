//! A card as a PNG: its texts set and drawn as the design says.

use super::canvas::{Canvas, Outline};
use super::colors::Rgb;
use super::design::{Anchor, Area, Design, Part, Place, PortraitOf, Rect};
use super::setting::{Direction, Set, Setter};
use super::{CardText, png};

/// The room that a text leaves between itself and a face on the right.
const MARGIN: u32 = 40;

/// The face of whoever a card shows.
#[derive(Debug)]
pub struct Portrait {
    /// Whether it is the author's, or that of the person whose card it is.
    pub whose: PortraitOf,
    /// Its points by row, as many as the design has room for at [`Design::portrait_place`].
    pub points: Vec<Rgb>,
}

/// The file of a card.
#[must_use]
pub fn draw(design: &Design, text: &CardText, portrait: Option<&Portrait>) -> Vec<u8> {
    let mut canvas = design.base().clone();
    let portrait = portrait.and_then(|portrait| Some((portrait, design.portrait_place(portrait.whose)?)));
    let gap = design.portraits.author.filter(|_| portrait.is_none());
    // Where nobody is named, what they would stand on is room for the takeaway.
    let named = design.area(Part::Author).filter(|_| text.part(Part::Author).is_none());
    let free = named.map(|Area { rect: [_, y, _, height], .. }| y + height);
    let mut bottoms: Vec<(Part, u32)> = Vec::new();
    let mut outline = Outline::default();
    for part in Part::ALL {
        let (Some(words), Some(area)) = (text.part(part), design.area(part)) else { continue };
        let more = free.filter(|_| part == Part::Takeaway);
        let Some(rect) = place_area(area, gap, (&bottoms, more)) else { continue };
        let rect = match portrait {
            Some((Portrait { whose: PortraitOf::Own, .. }, face)) => narrowed(rect, face),
            _ => rect,
        };
        let setter = Setter { fonts: &design.fonts, face: area.face, language: &text.language };
        let words = &*design.fonts.legible(area.face, words);
        let room = area.room(rect);
        // Only where there is room for all of it.
        let set = if part == Part::Takeaway {
            setter.set_uncut(words, &room)
        } else {
            Some(setter.set(words, &room))
        };
        let Some(set) = set else { continue };
        let bottom = paint(&mut canvas, &mut outline, (&setter, &set), (area, rect));
        bottoms.push((part, bottom));
    }
    if let Some((Portrait { points, .. }, (x, y, size))) = portrait {
        canvas.face((x, y), size, points);
    }
    png::file(&canvas.indexed())
}

/// Where an area is on this card: further up or down with what it stands below, further left without a portrait, and down
/// to the row `more` where that is free. `None` where nothing of it is left.
fn place_area(
    area: &Area,
    gap: Option<Place>,
    (bottoms, more): (&[(Part, u32)], Option<u32>),
) -> Option<Rect> {
    let [mut x, mut y, mut width, mut height] = area.rect;
    height = height.max(more.map_or(0, |more| more.saturating_sub(y)));
    if let Some((left, ..)) = gap.filter(|(left, ..)| area.beside_portrait && *left < x) {
        width += x - left;
        x = left;
    }
    if let Some((part, gap)) = area.below {
        let above = bottoms.iter().find(|(found, _)| *found == part);
        let top = above.map_or(y, |(_, bottom)| bottom + gap);
        let end = y + height;
        y = top;
        height = end.checked_sub(top)?;
    }
    Some([x, y, width, height])
}

/// What is left of a place by a face that reaches into it from the right.
fn narrowed([x, y, width, height]: Rect, (left, top, size): Place) -> Rect {
    let is_beside = x < left && y < top + size && top < y + height;
    let width = if is_beside { width.min((left - x).saturating_sub(MARGIN)) } else { width };
    [x, y, width, height]
}

/// Draws a text in its area; gives the row below which nothing of it is but what hangs below a line.
fn paint(
    canvas: &mut Canvas,
    outline: &mut Outline,
    (setter, set): (&Setter<'_>, &Set),
    (area, [x, y, width, height]): (&Area, Rect),
) -> u32 {
    let Set { size, lines, direction } = set;
    let Some(first) = setter.fonts.faces[setter.face].first() else { return y };
    let capitals = (setter.fonts.files[*first].capitals() * *size as f32).round() as u32;
    let step = size * area.leading / 100;
    let tall = capitals + step * (lines.len().saturating_sub(1)) as u32;
    let spare = height.saturating_sub(tall);
    let top = y + match area.anchor {
        Anchor::Top => 0,
        Anchor::Middle => spare / 2,
        Anchor::Bottom => spare,
    };
    for (number, line) in lines.iter().enumerate() {
        let base = (top + capitals + step * number as u32) as f32;
        let left = match direction {
            Direction::Rtl => (x + width) as f32 - line.width * *size as f32,
            Direction::Ltr => x as f32,
        };
        for glyph in &line.glyphs {
            // A quarter of a pixel is as near as anybody sees.
            let at = ((left + glyph.x * *size as f32) * 4.0).round() / 4.0;
            outline.begin((at, base - glyph.y * *size as f32));
            setter.fonts.draw(glyph, *size as f32, outline);
            outline.paint(canvas, area.ink);
        }
    }
    top + tall
}
