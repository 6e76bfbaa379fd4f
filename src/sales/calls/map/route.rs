//! Where lines go. Between two layers is a channel: streams come down into it, go level in a track of their own, and leave
//! it downwards. Ways back go to the left of everything and up there.
//!
//! Start with [`route`]. Heights are known only now, because they depend on how many tracks a channel has.

use super::cards::CardSet;
use super::layers::Flow;
use super::place::{Across, LANE};
use super::{Card, Line, Point};

/// From the layer above to the first track.
const ABOVE: i32 = 18;
/// How far two level tracks of a channel are apart, in the map's units.
const TRACK: i32 = 10;
/// From the last track to the layer below, with the tip of the line.
const BELOW: i32 = 24;
/// Between what crosses the flow on its left.
const GUTTER: i32 = 12;
/// How near to a card's corner a line can end.
const CORNER: i32 = 26;

/// The flow with all its places, from 0, 0.
#[derive(Debug, Default)]
pub(super) struct Routed {
    /// The upper left corner of each card.
    pub(super) cards: Vec<Point>,
    /// The lines, each a way of level and upright parts.
    pub(super) lines: Vec<Line>,
    /// The width of everything in the flow.
    pub(super) width: i32,
    /// The height of everything in the flow.
    pub(super) height: i32,
}

/// A stream in a channel.
#[derive(Debug, Clone, Default)]
struct Wire {
    stream: usize,
    /// Where it comes in from above.
    tops: Vec<i32>,
    /// Where it leaves: below, or to the left.
    out: i32,
    /// Does it leave to the left?
    is_out_left: bool,
    /// Where it comes in from the left.
    left: Option<i32>,
}

impl Wire {
    /// From where to where it is level.
    fn span(&self) -> (i32, i32) {
        let all = || self.tops.iter().chain([&self.out]).chain(&self.left).copied();
        (all().min().unwrap_or(0), all().max().unwrap_or(0))
    }

    /// What it costs to have this above the other: crossings, and above all lines on top of each other.
    fn cost_above(&self, other: &Self) -> usize {
        let within = |x: i32, (from, to): (i32, i32)| from <= x && x <= to;
        let mut cost = 0;
        if !self.is_out_left {
            cost += usize::from(within(self.out, other.span()));
            cost += 1000 * other.tops.iter().filter(|top| (**top - self.out).abs() < 5).count();
        }
        cost + other.tops.iter().filter(|top| within(**top, self.span())).count()
    }
}

/// Where a line leaves a card at `at`: beside one of its rows, or below it.
fn begin(card: &Card, row: Option<usize>, at: Point, lane: i32) -> Vec<Point> {
    match row {
        Some(row) => {
            let row = card.rows[row].place;
            let y = at.y + row.y + row.height / 2;
            vec![Point { x: at.x + card.place.width, y }, Point { x: lane, y }]
        }
        None => vec![Point { x: lane, y: at.y + card.place.height }],
    }
}

/// Finds the way of each line between cards whose places across are known, and how high everything gets.
pub(super) fn route(flow: &Flow, across: &Across, deck: &CardSet) -> Routed {
    if flow.layers == 0 {
        return Routed::default();
    }
    let ends = (0..flow.streams.len()).map(|number| end(flow, across, deck, number)).collect();
    let ways = Ways { flow, across, deck, gutters: gutters(flow, across), ends };
    let mut channels: Vec<Vec<Wire>> = vec![Vec::new(); flow.layers + 1];
    (0..flow.streams.len()).for_each(|number| ways.wires(number, &mut channels));
    let Ways { gutters, ends, .. } = ways;
    let channels: Vec<Vec<Wire>> = channels.into_iter().map(tracks).collect();
    let (tops, channel_tops, height) = heights(flow, deck, &channels);
    let left =
        gutters.iter().flatten().copied().min().map_or(across.ends.0, |gutter| gutter.min(across.ends.0));
    let cards: Vec<Point> = across
        .cards
        .iter()
        .enumerate()
        .map(|(card, x)| Point { x: x - deck.cards[card].place.width / 2, y: tops[flow.layer[card]] })
        .collect();
    let tracks = Tracks { channels: &channels, tops: &channel_tops };
    let mut lines = Vec::new();
    for (number, stream) in flow.streams.iter().enumerate() {
        let all = stream
            .down
            .iter()
            .map(|begin| (begin, false))
            .chain(stream.back.iter().map(|begin| (begin, true)));
        for ((from, row), is_back) in all {
            let card = &deck.cards[*from];
            let lane = across.lane(*from, number, deck);
            let mut points = begin(card, *row, cards[*from], lane);
            let mut x = lane;
            let mut channel = flow.layer[*from] + 1;
            if is_back {
                let gutter = gutters[number].unwrap_or(left);
                points.push(Point { x, y: tracks.at(channel, number) });
                points.push(Point { x: gutter, y: tracks.at(channel, number) });
                channel = flow.layer[stream.to];
                x = gutter;
            }
            while channel <= flow.layer[stream.to] {
                let passes = &across.passes[number];
                let next = if channel == flow.layer[stream.to] {
                    ends[number]
                } else {
                    passes[channel - stream.passes(flow).start]
                };
                if next != x {
                    let y = tracks.at(channel, number);
                    points.extend([Point { x, y }, Point { x: next, y }]);
                }
                x = next;
                channel += 1;
            }
            points.push(Point { x, y: cards[stream.to].y });
            let line = Line { from: *from, row: *row, to: stream.to, is_back, points: simple(points) };
            lines.push(shifted(line, -left));
        }
    }
    let cards = cards.into_iter().map(|at| Point { x: at.x - left, y: at.y }).collect();
    Routed { cards, lines, width: across.ends.1 - left, height }
}

/// Where each stream with ways back goes up, to the left of everything: short ways nearer.
fn gutters(flow: &Flow, across: &Across) -> Vec<Option<i32>> {
    let mut back: Vec<(usize, usize)> = Vec::new();
    for (number, stream) in flow.streams.iter().enumerate() {
        let deepest = stream.back.iter().map(|(from, _)| flow.layer[*from]).max();
        back.extend(deepest.map(|deepest| (deepest - flow.layer[stream.to], number)));
    }
    back.sort_unstable();
    let mut gutters = vec![None; flow.streams.len()];
    let mut x = across.ends.0 - GUTTER;
    for (_, number) in back {
        x -= GUTTER;
        gutters[number] = Some(x);
    }
    gutters
}

/// Where a stream ends on the upper edge of its card: straight below where it comes from, if it can.
fn end(flow: &Flow, across: &Across, deck: &CardSet, number: usize) -> i32 {
    let stream = &flow.streams[number];
    let card = stream.to;
    let half = deck.cards[card].place.width / 2 - CORNER;
    let (least, most) = (across.cards[card] - half, across.cards[card] + half);
    let above = flow.layer[card].checked_sub(1);
    let mut tops: Vec<i32> = match across.passes[number].last() {
        Some(pass) => vec![*pass],
        None => {
            let from = stream.down.iter().filter(|(from, _)| Some(flow.layer[*from]) == above);
            from.map(|(from, _)| across.lane(*from, number, deck)).collect()
        }
    };
    tops.sort_unstable();
    let wanted = if across.passes[number].is_empty() && deck.cards[card].rows.is_empty() {
        across.cards[card]
    } else {
        tops.get(tops.len() / 2).copied().unwrap_or(across.cards[card])
    };
    wanted.clamp(least, most)
}

/// What is known of the streams before there are channels.
struct Ways<'a> {
    flow: &'a Flow,
    across: &'a Across,
    deck: &'a CardSet,
    /// For each stream, how far to the right its lines back go up; `None` where none lead back.
    gutters: Vec<Option<i32>>,
    /// For each stream, how far to the right it ends at its card.
    ends: Vec<i32>,
}

impl Ways<'_> {
    /// Adds a stream to the channels that it is in.
    fn wires(&self, number: usize, channels: &mut [Vec<Wire>]) {
        let (flow, across) = (self.flow, self.across);
        let stream = &flow.streams[number];
        let target = flow.layer[stream.to];
        let passes = stream.passes(flow);
        let lanes = |channel: usize, from: &[(usize, Option<usize>)]| {
            let from = from.iter().filter(|(card, _)| flow.layer[*card] + 1 == channel);
            let mut lanes: Vec<i32> = from.map(|(card, _)| across.lane(*card, number, self.deck)).collect();
            lanes.sort_unstable();
            lanes.dedup();
            lanes
        };
        let pass = |layer: usize| {
            let index = layer.checked_sub(passes.start)?;
            across.passes[number].get(index).copied()
        };
        let first = if stream.down.is_empty() { target } else { passes.start };
        for (channel, wires) in channels.iter_mut().enumerate().take(target + 1).skip(first) {
            let mut tops = lanes(channel, &stream.down);
            tops.extend(channel.checked_sub(1).and_then(pass));
            let end = self.ends[number];
            let out = if channel == target { end } else { pass(channel).unwrap_or(end) };
            let left = self.gutters[number].filter(|_| channel == target);
            wires.push(Wire { stream: number, tops, out, is_out_left: false, left });
        }
        let Some(gutter) = self.gutters[number] else { return };
        for (channel, wires) in channels.iter_mut().enumerate().skip(target + 1) {
            let tops = lanes(channel, &stream.back);
            if !tops.is_empty() {
                wires.push(Wire { stream: number, tops, out: gutter, is_out_left: true, left: None });
            }
        }
    }
}

/// Puts the wires of a channel into the order of their tracks: each where it costs least among those before it. What
/// goes straight down needs no track and comes last.
fn tracks(wires: Vec<Wire>) -> Vec<Wire> {
    let is_straight = |wire: &Wire| wire.span().0 == wire.span().1;
    let (straight, level): (Vec<Wire>, Vec<Wire>) = wires.into_iter().partition(is_straight);
    let mut order: Vec<Wire> = Vec::with_capacity(level.len() + straight.len());
    for wire in level {
        // From the top downwards: what it costs to be above all, then with one more above it.
        let mut cost: i64 = order.iter().map(|other| signed(wire.cost_above(other))).sum();
        let (mut best, mut place) = (cost, 0);
        for (index, other) in order.iter().enumerate() {
            cost += signed(other.cost_above(&wire)) - signed(wire.cost_above(other));
            if cost < best {
                (best, place) = (cost, index + 1);
            }
        }
        order.insert(place, wire);
    }
    order.extend(straight);
    order
}

fn signed(cost: usize) -> i64 {
    i64::try_from(cost).unwrap_or(i64::MAX)
}

/// The upper side of each layer, that of each channel, and the height of all.
fn heights(flow: &Flow, deck: &CardSet, channels: &[Vec<Wire>]) -> (Vec<i32>, Vec<i32>, i32) {
    let high = |layer: usize| {
        let cards = flow.layer.iter().zip(&deck.cards).filter(|(found, _)| **found == layer);
        cards.map(|(_, card)| card.place.height).max().unwrap_or(0)
    };
    let (mut tops, mut channel_tops) = (Vec::new(), Vec::new());
    let mut y = 0;
    for (channel, wires) in channels.iter().enumerate() {
        channel_tops.push(y);
        let level = wires.iter().filter(|wire| wire.span().0 != wire.span().1).count();
        let is_edge = channel == 0 || channel == flow.layers;
        if !(is_edge && wires.is_empty()) {
            y += ABOVE + TRACK * i32::try_from(level.saturating_sub(1)).unwrap_or(0) + BELOW;
        }
        if channel < flow.layers {
            tops.push(y);
            y += high(channel);
        }
    }
    (tops, channel_tops, y)
}

struct Tracks<'a> {
    channels: &'a [Vec<Wire>],
    tops: &'a [i32],
}

impl Tracks<'_> {
    /// How far down the track of a stream is.
    fn at(&self, channel: usize, stream: usize) -> i32 {
        let index = self.channels[channel].iter().position(|wire| wire.stream == stream).unwrap_or(0);
        self.tops[channel] + ABOVE + TRACK * i32::try_from(index).unwrap_or(0)
    }
}

/// Without points that a line goes straight through.
fn simple(points: Vec<Point>) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::with_capacity(points.len());
    for point in points {
        if out.last() == Some(&point) {
            continue;
        }
        if let [.., a, b] = out.as_slice()
            && (a.x == b.x && b.x == point.x || a.y == b.y && b.y == point.y)
        {
            out.pop();
        }
        out.push(point);
    }
    out
}

fn shifted(mut line: Line, by: i32) -> Line {
    for point in &mut line.points {
        point.x += by;
    }
    line
}

const _: () = assert!(LANE >= TRACK, "lines beside each other are as far apart as those below each other");
