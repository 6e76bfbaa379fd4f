//! What stands beside what in each layer: the order with few crossings, found by moving everything to the middle of what
//! it is joined to, down and up in turn (the barycenter method of Sugiyama, Tagawa and Toda).

use super::layers::Flow;

/// Times that all layers are gone through.
const SWEEPS: usize = 12;

/// Something that has a place in a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LayoutNode {
    /// A card, by its index.
    Card(usize),
    /// A stream that passes through the layer on its way down, by its index.
    Pass(usize),
}

/// The things of a picture, and which are joined.
#[derive(Debug)]
pub(super) struct Order {
    /// Everything that has a place in a layer; the other fields have indexes of these.
    pub(super) things: Vec<LayoutNode>,
    /// The layers from top to bottom: things from left to right.
    pub(super) layers: Vec<Vec<usize>>,
    /// The things in the layer above that each is joined to.
    pub(super) above: Vec<Vec<usize>>,
    /// The things in the layer below that each is joined to.
    pub(super) below: Vec<Vec<usize>>,
    /// The first thing of each stream that passes: the others follow.
    pub(super) passes: Vec<usize>,
}

/// The order of the things in each layer.
pub(super) fn order(flow: &Flow) -> Order {
    let mut order = join(flow);
    let mut best = order.layers.clone();
    let mut fewest = crossings(&order);
    for sweep in 0..SWEEPS {
        if fewest == 0 {
            break;
        }
        let count = order.layers.len();
        let all: Vec<usize> = if sweep % 2 == 0 { (0..count).collect() } else { (0..count).rev().collect() };
        let mut at = places(&order);
        for layer in all {
            let joined = if sweep % 2 == 0 { &order.above } else { &order.below };
            let mut things: Vec<(f64, usize)> = order.layers[layer]
                .iter()
                .map(|thing| (middle(&joined[*thing], &at, at[*thing]), *thing))
                .collect();
            things.sort_by(|a, b| a.0.total_cmp(&b.0));
            order.layers[layer] = things.into_iter().map(|(_, thing)| thing).collect();
            for (index, thing) in order.layers[layer].iter().enumerate() {
                at[*thing] = index;
            }
        }
        let crossings = crossings(&order);
        if crossings < fewest {
            fewest = crossings;
            best = order.layers.clone();
        }
    }
    order.layers = best;
    order
}

fn join(flow: &Flow) -> Order {
    let cards = flow.layer.len();
    let mut things: Vec<LayoutNode> = (0..cards).map(LayoutNode::Card).collect();
    let mut layers = vec![Vec::new(); flow.layers];
    for (card, layer) in flow.layer.iter().enumerate() {
        layers[*layer].push(card);
    }
    let mut joints = Vec::new();
    let mut passes = Vec::new();
    for (number, stream) in flow.streams.iter().enumerate() {
        let passed = stream.passes(flow);
        let first = things.len();
        passes.push(first);
        for layer in passed.clone() {
            layers[layer].push(things.len());
            things.push(LayoutNode::Pass(number));
        }
        // The thing of the stream in a layer below all its beginnings.
        let thing =
            |layer: usize| if passed.contains(&layer) { first + layer - passed.start } else { stream.to };
        joints.extend(passed.clone().map(|layer| (thing(layer), thing(layer + 1))));
        joints.extend(stream.down.iter().map(|(from, _)| (*from, thing(flow.layer[*from] + 1))));
    }
    joints.sort_unstable();
    joints.dedup();
    let (mut above, mut below) = (vec![Vec::new(); things.len()], vec![Vec::new(); things.len()]);
    for (upper, lower) in joints {
        below[upper].push(lower);
        above[lower].push(upper);
    }
    Order { things, layers, above, below, passes }
}

fn places(order: &Order) -> Vec<usize> {
    let mut at = vec![0; order.things.len()];
    for layer in &order.layers {
        layer.iter().enumerate().for_each(|(index, thing)| at[*thing] = index);
    }
    at
}

#[expect(clippy::cast_precision_loss, reason = "no layer has that many things")]
fn middle(joined: &[usize], at: &[usize], own: usize) -> f64 {
    if joined.is_empty() {
        return own as f64;
    }
    joined.iter().map(|thing| at[*thing] as f64).sum::<f64>() / joined.len() as f64
}

/// How often lines between neighbouring layers cross.
fn crossings(order: &Order) -> usize {
    let at = places(order);
    let mut count = 0;
    for layer in &order.layers {
        // From left to right; each counts those before it that end farther to the right.
        let mut ends: Vec<usize> = Vec::new();
        for thing in layer {
            let mut below: Vec<usize> = order.below[*thing].iter().map(|thing| at[*thing]).collect();
            below.sort_unstable();
            count += below
                .iter()
                .map(|end| ends.len() - ends.partition_point(|other| other <= end))
                .sum::<usize>();
            ends.extend(below);
            ends.sort_unstable();
        }
    }
    count
}
