//! Which step stands below which. Ways back are set apart, the rest is layered: each step stands one layer below the
//! lowest of those that lead to it. Start with [`Flow::of`].

use std::collections::BTreeMap;

/// A way from a card to another: card, row, card. All are steps.
pub(super) type Jump = (usize, Option<usize>, usize);

/// The steps in layers, and what has to be drawn between them.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// The layer of each card.
    pub(super) layer: Vec<usize>,
    /// How many layers there are.
    pub(super) layers: usize,
    /// What leads to each card that anything leads to. Lines to one card are one stream that others join.
    pub(super) streams: Vec<Stream>,
}

/// All lines that lead to one card, which join before it.
#[derive(Debug, Default)]
pub(super) struct Stream {
    /// The card that they lead to, by its index.
    pub(super) to: usize,
    /// Where lines that lead down come from: card and row.
    pub(super) down: Vec<(usize, Option<usize>)>,
    /// Where lines that lead back come from.
    pub(super) back: Vec<(usize, Option<usize>)>,
}

impl Stream {
    /// The layers that the stream goes through without a card of its own: between its highest beginning and its end.
    pub(super) fn passes(&self, flow: &Flow) -> std::ops::Range<usize> {
        let first = self.down.iter().map(|(from, _)| flow.layer[*from]).min();
        first.map_or(0..0, |first| first + 1..flow.layer[self.to])
    }
}

impl Flow {
    /// Layers the first `steps` cards, of which the first starts the call.
    pub(super) fn new(steps: usize, jumps: &[Jump]) -> Self {
        let mut next: Vec<Vec<usize>> = vec![Vec::new(); steps];
        for (from, _, to) in jumps {
            next[*from].push(*to);
        }
        guide(&mut next);
        let (order, back) = walk(&next);
        let mut layer = vec![0; steps];
        for from in order {
            for (way, to) in next[from].iter().enumerate() {
                if !back[from][way] {
                    layer[*to] = layer[*to].max(layer[from] + 1);
                }
            }
        }
        let mut streams: BTreeMap<usize, Stream> = BTreeMap::new();
        for (from, row, to) in jumps {
            let stream = streams.entry(*to).or_insert_with(|| Stream { to: *to, ..Stream::default() });
            let is_back = layer[*from] >= layer[*to];
            if is_back { &mut stream.back } else { &mut stream.down }.push((*from, *row));
        }
        let layers = layer.iter().max().map_or(0, |last| last + 1);
        Self { layer, layers, streams: streams.into_values().collect() }
    }
}

/// Lets each step that no way from the start comes to follow the one before it in the text.
fn guide(next: &mut [Vec<usize>]) {
    let mut is_reached = vec![false; next.len()];
    for step in 0..next.len() {
        if !is_reached[step] && step > 0 {
            next[step - 1].push(step);
        }
        let mut waiting = vec![step];
        while let Some(step) = waiting.pop() {
            if !std::mem::replace(&mut is_reached[step], true) {
                waiting.extend(&next[step]);
            }
        }
    }
}

/// Goes through the steps from the first in depth. Gives an order in which each stands before those that it leads to,
/// and which ways lead back to a step that the walk is in the middle of.
fn walk(next: &[Vec<usize>]) -> (Vec<usize>, Vec<Vec<bool>>) {
    let mut back: Vec<Vec<bool>> = next.iter().map(|ways| vec![false; ways.len()]).collect();
    let mut order = Vec::new();
    let (mut is_seen, mut is_open) = (vec![false; next.len()], vec![false; next.len()]);
    // Step, and how many of its ways were gone.
    let mut trail: Vec<(usize, usize)> = Vec::new();
    for first in 0..next.len() {
        if is_seen[first] {
            continue;
        }
        is_seen[first] = true;
        is_open[first] = true;
        trail.push((first, 0));
        while let Some((step, way)) = trail.last_mut() {
            let Some(to) = next[*step].get(*way).copied() else {
                is_open[*step] = false;
                order.push(*step);
                trail.pop();
                continue;
            };
            back[*step][*way] = is_open[to];
            *way += 1;
            if !is_seen[to] {
                is_seen[to] = true;
                is_open[to] = true;
                trail.push((to, 0));
            }
        }
    }
    order.reverse();
    (order, back)
}
