//! The whole sheet: the flow, the objections beside or below it, and at the foot how the call can end.

use super::cards::CardSet;
use super::route::Routed;
use super::{CallMap, Card, Chip, Detail, Point, Rect};

/// Free space around the whole map, in its units.
const EDGE: i32 = 14;
/// Between the flow and the objections.
const APART: i32 = 32;
/// Free space between the objections and the frame around them, in the map's units.
const FRAME: i32 = 18;
/// Height of the heading above the objections, in the map's units.
const HEADING: i32 = 36;
/// Free space between two objections, in the map's units.
const GAP: i32 = 18;
/// Between two ends of the call.
const END_GAP: i32 = 12;
/// What fits on a screen, and in print on the width of a page.
const ROOM: i32 = 1120;

/// Puts the flow, the objections and the outcomes on one sheet, and gives every card its final place.
pub(super) fn sheet(deck: CardSet, flow: Routed) -> CallMap {
    let CardSet { mut cards, steps, detail, omitted, ends, .. } = deck;
    let asides = cards.split_off(steps);
    let Routed { cards: places, mut lines, width, height } = flow;
    let aside = aside(&asides, (width, height));
    let corner = Point { x: EDGE, y: EDGE };
    let placed =
        |(card, at): (Card, Point)| card.translated(Point { x: at.x + corner.x, y: at.y + corner.y });
    let mut cards: Vec<Card> = cards.into_iter().zip(places).map(placed).collect();
    for point in lines.iter_mut().flat_map(|line| &mut line.points) {
        *point = Point { x: point.x + corner.x, y: point.y + corner.y };
    }
    let mut full = Rect { x: 0, y: 0, width: width + 2 * EDGE, height: height + 2 * EDGE };
    let frame = aside.as_ref().map(|aside| aside.frame.translated(corner));
    if let Some((aside, frame)) = aside.zip(frame) {
        cards.extend(asides.into_iter().zip(aside.cards).map(placed));
        full.width = full.width.max(frame.right() + EDGE);
        full.height = full.height.max(frame.bottom() + EDGE);
    }
    let ends_at = (!ends.is_empty()).then_some(Point { x: EDGE, y: full.height + 22 });
    if ends_at.is_some() {
        full.width = full.width.max(ends.iter().map(|end| end.place.width).max().unwrap_or(0) + 2 * EDGE);
    }
    let ends = rows(ends, full);
    full.height = ends.iter().map(|end| end.place.bottom() + EDGE).max().unwrap_or(full.height);
    if detail == Detail::Titles {
        lines.sort_by_key(|line| (line.from, line.to));
    }
    CallMap {
        width: full.width,
        height: full.height,
        detail,
        omitted,
        cards,
        lines,
        aside: frame,
        ends_at,
        ends,
    }
}

/// The objections, in columns within a frame.
struct Aside {
    cards: Vec<Point>,
    frame: Rect,
}

/// Where the objections go: beside the flow or below it, in as many columns as make the lowest sheet that is not too
/// wide.
fn aside(cards: &[Card], (width, height): (i32, i32)) -> Option<Aside> {
    if cards.is_empty() {
        return None;
    }
    let mut best: Option<((i32, i32), Aside)> = None;
    for columns in 1..=4.min(cards.len()) {
        let (places, size) = in_columns(cards, columns);
        let beside = Point { x: if width == 0 { 0 } else { width + APART }, y: 0 };
        let below = Point { x: 0, y: if height == 0 { 0 } else { height + APART } };
        for at in [beside, below] {
            let frame = Rect { x: at.x, y: at.y, ..size };
            let total = (frame.right().max(width), frame.bottom().max(height));
            let cost = ((total.0 - ROOM).max(0), total.1);
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                let cards =
                    places.iter().map(|place| Point { x: place.x + at.x, y: place.y + at.y }).collect();
                best = Some((cost, Aside { cards, frame }));
            }
        }
    }
    best.map(|(_, aside)| aside)
}

/// Cards in columns of about the same height, in their order downwards.
fn in_columns(cards: &[Card], columns: usize) -> (Vec<Point>, Rect) {
    let wide = cards.iter().map(|card| card.place.width).max().unwrap_or(0);
    let high: Vec<i32> = cards.iter().map(|card| card.place.height + GAP).collect();
    // The lowest height at which they fit, found by trying each that a column can have.
    let mut sums: Vec<i32> = Vec::new();
    for from in 0..high.len() {
        let mut sum = 0;
        sums.extend(high[from..].iter().map(|high| {
            sum += high;
            sum
        }));
    }
    sums.sort_unstable();
    let fits = |limit: i32| {
        let mut used = 1;
        let mut sum = 0;
        for high in &high {
            if sum + high > limit && sum > 0 {
                used += 1;
                sum = 0;
            }
            sum += high;
        }
        used <= columns
    };
    let most = high.iter().copied().max().unwrap_or(0);
    let limit = sums.into_iter().find(|limit| *limit >= most && fits(*limit)).unwrap_or(most);
    let (mut places, mut x, mut sum, mut tallest) = (Vec::new(), FRAME, 0, 0);
    for high in &high {
        if sum + high > limit && sum > 0 {
            x += wide + GAP;
            sum = 0;
        }
        places.push(Point { x, y: HEADING + sum });
        sum += high;
        tallest = tallest.max(sum);
    }
    let size = Rect { x: 0, y: 0, width: x + wide + FRAME, height: HEADING + tallest - GAP + FRAME };
    (places, size)
}

/// Places the ends of the call in rows at the foot.
fn rows(ends: Vec<Chip>, full: Rect) -> Vec<Chip> {
    let mut at = Point { x: EDGE, y: full.height + 36 };
    let place = |end: Chip| {
        if at.x > EDGE && at.x + end.place.width > full.width - EDGE {
            at = Point { x: EDGE, y: at.y + end.place.height + END_GAP };
        }
        let end = end.translated(at);
        at.x = end.place.right() + END_GAP;
        end
    };
    ends.into_iter().map(place).collect()
}
