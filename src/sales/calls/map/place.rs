//! How far to the right everything stands. In the order that it has, each thing comes as close as it can to the middle
//! of what it is joined to.

use super::cards::CardSet;
use super::layers::Flow;
use super::order::{LayoutNode, Order};

/// Free space between two things of a layer, in the map's units.
const GAP: i32 = 30;
/// Free space between two streams side by side, in the map's units.
pub(super) const LANE: i32 = 11;
/// From a card's edge, with the sign on it, to the first line beside it.
const BESIDE: i32 = 20;
/// Times that all layers are gone through.
const SWEEPS: usize = 10;

/// What has a place from left to right.
#[derive(Debug, Default)]
pub(super) struct Across {
    /// The middle of each card.
    pub(super) cards: Vec<i32>,
    /// Of each stream, where it passes each of its layers.
    pub(super) passes: Vec<Vec<i32>>,
    /// The lines beside each card, from left to right, by the stream that they join. The uppermost row's is the
    /// outermost, so that no line crosses one of the same card.
    pub(super) beside: Vec<Vec<usize>>,
    /// The left and right end of all this.
    pub(super) ends: (i32, i32),
}

impl Across {
    /// Where the line from a card to a stream goes down.
    pub(super) fn lane(&self, card: usize, stream: usize, deck: &CardSet) -> i32 {
        let place = deck.cards[card].place;
        let lanes = &self.beside[card];
        let index = as_i32(lanes.iter().position(|found| *found == stream).unwrap_or(0));
        if deck.cards[card].rows.is_empty() {
            // Out of the lower edge, in the middle.
            let count = as_i32(lanes.len()).max(1);
            let step = LANE.min((place.width - 2 * LANE) / count);
            return self.cards[card] - step * (count - 1) / 2 + step * index;
        }
        self.cards[card] + place.width / 2 + BESIDE + LANE * index
    }
}

/// Says how far to the right each card and each stream is.
pub(super) fn across(flow: &Flow, order: &Order, deck: &CardSet) -> Across {
    let beside = outgoing_streams(flow);
    // What each thing takes to the left and right of its middle.
    let takes: Vec<(i32, i32)> = order
        .things
        .iter()
        .map(|thing| match thing {
            LayoutNode::Card(card) => {
                let half = deck.cards[*card].place.width / 2;
                let lanes = if deck.cards[*card].rows.is_empty() { 0 } else { as_i32(beside[*card].len()) };
                (half, half + if lanes == 0 { 0 } else { BESIDE + LANE * (lanes - 1) })
            }
            LayoutNode::Pass(_) => (0, 0),
        })
        .collect();
    let between = |left: usize, right: usize| {
        let is_pass = |thing: usize| matches!(order.things[thing], LayoutNode::Pass(_));
        let gap = if is_pass(left) && is_pass(right) { LANE } else { GAP };
        takes[left].1 + gap + takes[right].0
    };
    let mut at = vec![0.0; order.things.len()];
    for layer in &order.layers {
        let mut x = 0;
        for (index, thing) in layer.iter().enumerate() {
            x += if index == 0 { 0 } else { between(layer[index - 1], *thing) };
            at[*thing] = f64::from(x);
        }
    }
    for sweep in 0..SWEEPS {
        let count = order.layers.len();
        for step in 0..count {
            let layer = &order.layers[if sweep % 2 == 0 { step } else { count - 1 - step }];
            let wanted: Vec<(f64, f64)> =
                layer.iter().map(|thing| preferred_position(order, *thing, &at)).collect();
            let gaps: Vec<i32> = layer.windows(2).map(|pair| between(pair[0], pair[1])).collect();
            for (thing, x) in layer.iter().zip(nearest_positions(&wanted, &gaps)) {
                at[*thing] = x;
            }
        }
    }
    #[expect(clippy::cast_possible_truncation, reason = "no call map is that wide")]
    let mut at: Vec<i32> = at.into_iter().map(|x| x.round() as i32).collect();
    // Rounding may have brought two things together by one.
    for layer in &order.layers {
        for pair in layer.windows(2) {
            at[pair[1]] = at[pair[1]].max(at[pair[0]] + between(pair[0], pair[1]));
        }
    }
    straighten(flow, order, &between, &mut at);
    let left = (0..at.len()).map(|thing| at[thing] - takes[thing].0).min().unwrap_or(0);
    let right = (0..at.len()).map(|thing| at[thing] + takes[thing].1).max().unwrap_or(0);
    let passes = flow.streams.iter().zip(&order.passes);
    Across {
        cards: at[..flow.layer.len()].to_vec(),
        passes: passes
            .map(|(stream, first)| at[*first..first + stream.passes(flow).len()].to_vec())
            .collect(),
        beside,
        ends: (left, right),
    }
}

/// The streams that leave each card, from left to right.
fn outgoing_streams(flow: &Flow) -> Vec<Vec<usize>> {
    let mut leave: Vec<Vec<(usize, usize)>> = vec![Vec::new(); flow.layer.len()];
    for (number, stream) in flow.streams.iter().enumerate() {
        for (card, row) in stream.down.iter().chain(&stream.back) {
            leave[*card].push((row.unwrap_or(0), number));
        }
    }
    let in_order = |mut rows: Vec<(usize, usize)>| {
        rows.sort_unstable();
        let mut streams: Vec<usize> = Vec::new();
        for (_, stream) in rows {
            if !streams.contains(&stream) {
                streams.push(stream);
            }
        }
        streams.reverse();
        streams
    };
    leave.into_iter().map(in_order).collect()
}

/// Where a thing wants to be, and how much. Streams want most of all to be straight.
fn preferred_position(order: &Order, thing: usize, at: &[f64]) -> (f64, f64) {
    let is_pass = |thing: usize| matches!(order.things[thing], LayoutNode::Pass(_));
    let (mut sum, mut weights) = (0.0, 0.0);
    for other in order.above[thing].iter().chain(&order.below[thing]) {
        let weight = match (is_pass(thing), is_pass(*other)) {
            (true, true) => 8.0,
            (false, false) => 3.0,
            _ => 1.0,
        };
        sum += weight * at[*other];
        weights += weight;
    }
    if weights == 0.0 { (at[thing], 0.1) } else { (sum / weights, if is_pass(thing) { 0.5 } else { 2.0 }) }
}

/// The places nearest to those that are wanted, by the sum of their weighted squares, so that each is at least its gap
/// to the right of the one before: isotonic regression by pooling neighbours that are too close.
fn nearest_positions(wanted: &[(f64, f64)], gaps: &[i32]) -> Vec<f64> {
    let mut before = Vec::with_capacity(wanted.len());
    let mut sum = 0.0;
    for index in 0..wanted.len() {
        sum += if index == 0 { 0.0 } else { f64::from(gaps[index - 1]) };
        before.push(sum);
    }
    // Middle, weight, how many.
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for (index, (x, weight)) in wanted.iter().enumerate() {
        pools.push((x - before[index], *weight, 1));
        while let [.., left, right] = pools.as_slice() {
            if left.0 <= right.0 {
                break;
            }
            let weight = left.1 + right.1;
            let pool = ((left.0 * left.1 + right.0 * right.1) / weight, weight, left.2 + right.2);
            pools.truncate(pools.len() - 2);
            pools.push(pool);
        }
    }
    let places = pools.iter().flat_map(|(x, _, count)| std::iter::repeat_n(*x, *count));
    places.zip(before).map(|(x, before)| x + before).collect()
}

/// Lets each stream pass all layers at one place, where there is room for that.
fn straighten(flow: &Flow, order: &Order, between: &dyn Fn(usize, usize) -> i32, at: &mut [i32]) {
    let mut beside = vec![(None, None); order.things.len()];
    for layer in &order.layers {
        for pair in layer.windows(2) {
            beside[pair[0]].1 = Some(pair[1]);
            beside[pair[1]].0 = Some(pair[0]);
        }
    }
    for (stream, first) in flow.streams.iter().zip(&order.passes) {
        let things = *first..first + stream.passes(flow).len();
        let mut least = i32::MIN;
        let mut most = i32::MAX;
        for thing in things.clone() {
            let (left, right) = beside[thing];
            least = least.max(left.map_or(i32::MIN, |left| at[left] + between(left, thing)));
            most = most.min(right.map_or(i32::MAX, |right| at[right] - between(thing, right)));
        }
        if least <= most {
            let mut all: Vec<i32> = at[things.clone()].to_vec();
            all.sort_unstable();
            if let Some(middle) = all.get(all.len() / 2) {
                at[things].fill((*middle).clamp(least, most));
            }
        }
    }
}

fn as_i32(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
