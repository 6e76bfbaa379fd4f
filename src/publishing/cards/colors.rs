//! Fewer colours: what a picture is reduced to for a palette.

/// A colour: red, green, blue.
pub use crate::encode::colors::Rgb;

/// A picture as indexes of a palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reduced {
    /// The colours, each once.
    pub palette: Vec<Rgb>,
    /// The colour of each point, row by row, as an index of the palette.
    pub indexes: Vec<u8>,
}

/// Colours that differ only in their last three bits count as one.
const BITS: u32 = 5;

fn cell([red, green, blue]: Rgb) -> usize {
    let part = |channel: u8| usize::from(channel >> (8 - BITS));
    part(red) << (2 * BITS) | part(green) << BITS | part(blue)
}

/// Colours that belong together, as long as they haven't one of their own.
struct Group {
    /// Cells, with the points and the sums of their colours.
    cells: Vec<(usize, u32, [u32; 3])>,
}

impl Group {
    fn points(&self) -> u32 {
        self.cells.iter().map(|(_, count, _)| count).sum()
    }

    /// The widest channel, and how wide it is.
    fn widest(&self) -> (u32, usize) {
        let mut best = (0, 0);
        for channel in 0..3 {
            let shift = (2 - channel as u32) * BITS;
            let value = |cell: usize| cell >> shift & ((1 << BITS) - 1);
            let (mut least, mut most) = (usize::MAX, 0);
            for (cell, ..) in &self.cells {
                (least, most) = (least.min(value(*cell)), most.max(value(*cell)));
            }
            let width = most.saturating_sub(least);
            if width > best.1 {
                best = (shift, width);
            }
        }
        best
    }

    /// Cuts it in two where half of its points are.
    fn cut(mut self) -> (Self, Self) {
        let (shift, _) = self.widest();
        self.cells.sort_by_key(|(cell, ..)| (*cell >> shift & ((1 << BITS) - 1), *cell));
        let half = self.points() / 2;
        let mut seen = 0;
        let at = self.cells.iter().position(|(_, count, _)| {
            seen += count;
            seen >= half
        });
        let at = (at.unwrap_or(0) + 1).clamp(1, self.cells.len() - 1);
        let rest = self.cells.split_off(at);
        (self, Self { cells: rest })
    }

    fn color(&self) -> Rgb {
        let points = self.points().max(1);
        std::array::from_fn(|channel| {
            let sum: u64 = self.cells.iter().map(|(_, _, sums)| u64::from(sums[channel])).sum();
            (sum / u64::from(points)) as u8
        })
    }
}

/// A picture in at most `most` colours (up to 256), by halving the group that spreads widest, weighed by its points.
#[must_use]
pub(super) fn reduce(colors: &[Rgb], most: usize) -> Reduced {
    let mut counts: Vec<(u32, [u32; 3])> = vec![(0, [0; 3]); 1 << (3 * BITS)];
    for color in colors {
        let (count, sums) = &mut counts[cell(*color)];
        *count += 1;
        for (sum, channel) in sums.iter_mut().zip(color) {
            *sum += u32::from(*channel);
        }
    }
    let used = counts.iter().enumerate().filter(|(_, (count, _))| *count > 0);
    let cells: Vec<_> = used.map(|(cell, (count, sums))| (cell, *count, *sums)).collect();
    if cells.is_empty() || most == 0 {
        return Reduced { palette: Vec::new(), indexes: vec![0; colors.len()] };
    }
    let mut groups = vec![Group { cells }];
    while groups.len() < most.min(256) {
        let weight = |group: &Group| match group.cells.len() {
            1 => 0,
            _ => u64::from(group.points()) * group.widest().1 as u64,
        };
        let heaviest = groups.iter().enumerate().max_by_key(|(at, group)| (weight(group), usize::MAX - at));
        let Some((at, _)) = heaviest.filter(|(_, group)| group.cells.len() > 1) else { break };
        let (one, other) = groups.swap_remove(at).cut();
        groups.push(one);
        groups.push(other);
    }
    let mut index_of = vec![0u8; 1 << (3 * BITS)];
    for (index, group) in groups.iter().enumerate() {
        for (cell, ..) in &group.cells {
            index_of[*cell] = index as u8;
        }
    }
    Reduced {
        palette: groups.iter().map(Group::color).collect(),
        indexes: colors.iter().map(|color| index_of[cell(*color)]).collect(),
    }
}
