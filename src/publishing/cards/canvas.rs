//! The picture itself: a byte for each point, which says how much of which ink is there.
//!
//! A card has a paper and five inks; a point is paper, or covered by one ink in 15 steps. So the points are the colours of
//! a PNG's palette from the start, and nothing has to be counted or converted. All arithmetic is that of IEEE 754 without
//! anything that a processor may round in its own way.

use std::sync::Arc;

use harfrust::font::glyph::outline::PathSink;

use super::colors::{self, Reduced, Rgb};

/// Width of a card, in pixels.
pub const WIDTH: u32 = 1200;

/// Height of a card in pixels.
pub const HEIGHT: u32 = 630;

/// Steps from the paper to an ink.
const STEPS: u8 = 15;

/// The inks of a card, by their numbers.
pub const INKS: usize = 5;

/// The number of the paper's colour as an ink.
pub const PAPER: usize = INKS;

/// A card while it is drawn.
#[derive(Debug, Clone)]
pub struct Canvas {
    /// A byte for each point, row by row: an index of the palette.
    points: Vec<u8>,
    /// The colours of the points: the paper, each ink in its steps, then those of a logo and of a face.
    palette: Vec<Rgb>,
    /// How many of them are of inks.
    inked: usize,
    /// The points below, where they aren't all paper.
    below: Option<Arc<Vec<Rgb>>>,
}

impl Canvas {
    /// An empty card: nothing but paper.
    #[must_use]
    pub fn new(paper: Rgb, inks: [Rgb; INKS]) -> Self {
        let mut palette = vec![paper];
        for ink in inks {
            palette.extend((1..=STEPS).map(|step| mix(paper, ink, u32::from(step), u32::from(STEPS))));
        }
        Self { points: vec![0; (WIDTH * HEIGHT) as usize], inked: palette.len(), palette, below: None }
    }

    /// An empty canvas in front of a picture of its size, by row.
    #[must_use]
    pub fn before(self, picture: Vec<Rgb>) -> Self {
        let mut palette: Vec<Rgb> = self.palette[..=INKS * usize::from(STEPS)].to_vec();
        palette.extend([palette[0]; STEPS as usize]);
        let points = vec![0; self.points.len()];
        Self { points, inked: palette.len(), palette, below: Some(Arc::new(picture)) }
    }

    /// The colours of all points.
    #[must_use]
    pub fn colors(&self) -> Vec<Rgb> {
        (0..self.points.len()).map(|at| self.color(at)).collect()
    }

    /// The colour of a point.
    fn color(&self, at: usize) -> Rgb {
        let index = usize::from(self.points[at]);
        let Some(below) = &self.below else { return self.palette[index] };
        match index {
            0 => below[at],
            index if index >= self.inked => self.palette[index],
            index => {
                let step = (index - 1) % usize::from(STEPS) + 1;
                let ink = self.palette[index - step + usize::from(STEPS)];
                mix(below[at], ink, step as u32, u32::from(STEPS))
            }
        }
    }

    /// The points by row, as indexes of a palette of at most 256 colours.
    #[must_use]
    pub(super) fn indexed(self) -> Reduced {
        match self.below {
            Some(_) => colors::reduce(&self.colors(), 256),
            None => Reduced { palette: self.palette, indexes: self.points },
        }
    }

    /// Puts so much of an ink (0 to 1) on a point. What is there already stays where it covers more.
    fn cover(&mut self, at: usize, ink: usize, part: f32) {
        let step = ((part * f32::from(STEPS) + 0.5) as u8).min(STEPS);
        if step == 0 {
            return;
        }
        let point = &mut self.points[at];
        let there = if *point == 0 { 0 } else { (*point - 1) % STEPS + 1 };
        if ink == PAPER && self.below.is_none() {
            // Paper over an ink leaves less of it.
            let left = (f32::from(there) * (1.0 - part.min(1.0)) + 0.5) as u8;
            *point = if left == 0 { 0 } else { *point - there + left };
        } else if step >= there {
            *point = 1 + ink as u8 * STEPS + step - 1;
        }
    }

    /// Fills a rectangle (left, top, width, height) with as much of an ink as `strength` says, from 0 to 1.
    pub fn fill(&mut self, [x, y, width, height]: [u32; 4], ink: usize, strength: f32) {
        for row in y.min(HEIGHT)..y.saturating_add(height).min(HEIGHT) {
            for column in x.min(WIDTH)..x.saturating_add(width).min(WIDTH) {
                self.cover((row * WIDTH + column) as usize, ink, strength);
            }
        }
    }

    /// Draws a circle of this radius and width of line; a line as wide as twice the radius fills it.
    pub fn circle(&mut self, (x, y): (f32, f32), (radius, width): (f32, f32), ink: usize, strength: f32) {
        let (outer, inner) = (radius + width / 2.0, (radius - width / 2.0).max(0.0));
        for row in clamped(y - outer - 1.0, HEIGHT)..clamped(y + outer + 2.0, HEIGHT) {
            let dy = row as f32 + 0.5 - y;
            let chord = |radius: f32| (radius * radius - dy * dy).max(0.0).sqrt();
            // Only where the line is: the middle of a large circle has nothing to draw.
            let (far, near) = (chord(outer + 1.0), chord((inner - 1.0).max(0.0)));
            let left = clamped(x - far - 1.0, WIDTH)..clamped(x - near + 2.0, WIDTH);
            let right = clamped(x + near - 1.0, WIDTH).max(left.end)..clamped(x + far + 2.0, WIDTH);
            for column in left.chain(right) {
                let dx = column as f32 + 0.5 - x;
                let distance = (dx * dx + dy * dy).sqrt();
                let part = (outer - distance + 0.5).clamp(0.0, 1.0)
                    - if inner > 0.0 { (inner - distance + 0.5).clamp(0.0, 1.0) } else { 0.0 };
                self.cover((row * WIDTH + column) as usize, ink, part.max(0.0) * strength);
            }
        }
    }

    /// Puts a picture's points into a circle. Its colours take what is left of the palette, the most used first.
    pub fn face(&mut self, (x, y): (u32, u32), size: u32, colors: &[Rgb]) {
        let radius = size as f32 / 2.0;
        let round = colors.iter().take((size * size) as usize).enumerate().map(|(at, [red, green, blue])| {
            let (column, row) = (at as u32 % size, at as u32 / size);
            let (dx, dy) = (column as f32 + 0.5 - radius, row as f32 + 0.5 - radius);
            let part = (radius - (dx * dx + dy * dy).sqrt() + 0.5).clamp(0.0, 1.0);
            [*red, *green, *blue, (part * 255.0) as u8]
        });
        let round: Vec<[u8; 4]> = round.collect();
        self.picture((x, y), size, &round, usize::MAX);
    }

    /// Puts a picture's points over what is there: red, green, blue and alpha by row, `width` a row. They get at most so many colours of
    /// what is left of the palette, the most used first.
    pub fn picture(&mut self, (x, y): (u32, u32), width: u32, points: &[[u8; 4]], most: usize) {
        let mut places = Vec::with_capacity(points.len());
        let mut used: Vec<Rgb> = Vec::with_capacity(points.len());
        for (at, [red, green, blue, alpha]) in points.iter().enumerate().filter(|(_, [.., alpha])| *alpha > 0)
        {
            let (column, row) = (x + at as u32 % width, y + at as u32 / width);
            if column < WIDTH && row < HEIGHT {
                let place = (row * WIDTH + column) as usize;
                places.push(place);
                used.push(mix(self.color(place), [*red, *green, *blue], u32::from(*alpha), 255));
            }
        }
        let first = self.palette.len();
        let own = colors::reduce(&used, most.min(256 - first));
        self.palette.extend(own.palette.iter().copied());
        for (place, index) in places.into_iter().zip(own.indexes) {
            self.points[place] = (first + usize::from(index)) as u8;
        }
    }
}

/// A row or column that exists.
fn clamped(at: f32, end: u32) -> u32 {
    (at.max(0.0) as u32).min(end)
}

/// So many parts of `of` of one colour over another.
fn mix(below: Rgb, above: Rgb, part: u32, of: u32) -> Rgb {
    std::array::from_fn(|channel| {
        let (below, above) = (u32::from(below[channel]), u32::from(above[channel]));
        ((below * (of - part) + above * part + of / 2) / of) as u8
    })
}

/// The outlines of a letter, as how much of each point they cover: differences from the point to the left, by row.
#[derive(Debug, Default)]
pub struct Outline {
    cells: Vec<f32>,
    /// Left, top, width and height of what is covered.
    bounds: (i32, i32, usize, usize),
    lines: Vec<[f32; 4]>,
    start: (f32, f32),
    at: (f32, f32),
    /// Where the letter's origin is on the canvas.
    origin: (f32, f32),
}

impl Outline {
    /// Nothing yet, for a letter whose origin is there.
    pub fn begin(&mut self, origin: (f32, f32)) {
        self.lines.clear();
        self.origin = origin;
    }

    fn line(&mut self, to: (f32, f32)) {
        self.lines.push([self.at.0, self.at.1, to.0, to.1]);
        self.at = to;
    }

    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        (self.origin.0 + x, self.origin.1 - y)
    }

    /// Puts the letter on a canvas.
    pub fn paint(&mut self, canvas: &mut Canvas, ink: usize) {
        if !self.measure() {
            return;
        }
        let (left, top, width, height) = self.bounds;
        self.cells.clear();
        self.cells.resize(width * height + 2, 0.0);
        for line in 0..self.lines.len() {
            self.accumulate(self.lines[line]);
        }
        for row in 0..height {
            let mut sum = 0.0f32;
            let y = top + row as i32;
            for column in 0..width {
                sum += self.cells[row * width + column];
                let x = left + column as i32;
                let is_inside = (0..WIDTH as i32).contains(&x) && (0..HEIGHT as i32).contains(&y);
                if is_inside && sum.abs() > 0.001 {
                    canvas.cover(y as usize * WIDTH as usize + x as usize, ink, sum.abs().min(1.0));
                }
            }
        }
    }

    /// Finds the points that the outline touches; false where there are none.
    fn measure(&mut self) -> bool {
        let far = |bound: f32, value: f32, pick: fn(f32, f32) -> f32| pick(bound, value);
        let (mut least, mut most) = ((f32::MAX, f32::MAX), (f32::MIN, f32::MIN));
        for [x0, y0, x1, y1] in &self.lines {
            for (x, y) in [(*x0, *y0), (*x1, *y1)] {
                least = (far(least.0, x, f32::min), far(least.1, y, f32::min));
                most = (far(most.0, x, f32::max), far(most.1, y, f32::max));
            }
        }
        // An outline beyond all measure is a broken one.
        let is_sound = |value: f32| value.is_finite() && value.abs() < 10_000.0;
        if self.lines.is_empty() || ![least.0, least.1, most.0, most.1].into_iter().all(is_sound) {
            return false;
        }
        let (left, top) = (least.0.floor() as i32, least.1.floor() as i32);
        let (right, bottom) = (most.0.ceil() as i32 + 1, most.1.ceil() as i32);
        self.bounds = (left, top, (right - left) as usize, (bottom - top).max(1) as usize);
        true
    }

    /// Adds what a line covers to the right of it, row by row.
    fn accumulate(&mut self, [x0, y0, x1, y1]: [f32; 4]) {
        let (left, top, width, height) = self.bounds;
        let (left, top) = (left as f32, top as f32);
        let ([x0, y0], [x1, y1]) = ([x0 - left, y0 - top], [x1 - left, y1 - top]);
        if y0 == y1 {
            return;
        }
        let (sign, (x0, y0), (x1, y1)) =
            if y0 < y1 { (1.0, (x0, y0), (x1, y1)) } else { (-1.0, (x1, y1), (x0, y0)) };
        let slope = (x1 - x0) / (y1 - y0);
        let mut x = x0;
        for row in y0 as usize..(y1.ceil() as usize).min(height) {
            let (from, to) = (y0.max(row as f32), y1.min(row as f32 + 1.0));
            let high = (to - from) * sign;
            let next = x + slope * (to - from);
            self.row(row * width, width, (x.min(next), x.max(next)), high);
            x = next;
        }
    }

    /// Adds a piece of a line that lies within a row, from one `x` to another.
    fn row(&mut self, start: usize, width: usize, (from, to): (f32, f32), high: f32) {
        let (first, last) = (from.floor(), to.ceil());
        let column = (first.max(0.0) as usize).min(width - 1);
        if last <= first + 1.0 {
            // All within one column.
            let middle = (from + to) / 2.0 - first;
            self.cells[start + column] += high - high * middle;
            self.cells[start + column + 1] += high * middle;
            return;
        }
        let per = 1.0 / (to - from);
        let begun = 1.0 - (from - first);
        let area = 0.5 * per * begun * begun;
        self.cells[start + column] += high * area;
        let columns = (last - first) as usize;
        if columns == 2 {
            let rest = 0.5 * per * (to - first - 1.0) * (to - first - 1.0);
            self.cells[start + column + 1] += high * (1.0 - area - rest);
            self.cells[start + column + 2] += high * rest;
            return;
        }
        let second = per * (begun + 0.5);
        self.cells[start + column + 1] += high * (second - area);
        for middle in 2..columns - 1 {
            self.cells[start + column + middle] += high * per;
        }
        let before = second + (columns as f32 - 3.0) * per;
        let rest = 0.5 * per * (to - last + 1.0) * (to - last + 1.0);
        self.cells[start + column + columns - 1] += high * (1.0 - before - rest);
        self.cells[start + column + columns] += high * rest;
    }
}

/// Pieces of a curve: as many as a letter of a card needs to look round.
const PIECES: usize = 8;

impl PathSink for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = self.place(x, y);
        self.start = self.at;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.line(self.place(x, y));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (from, by, to) = (self.at, self.place(x1, y1), self.place(x, y));
        for piece in 1..=PIECES {
            let t = piece as f32 / PIECES as f32;
            let u = 1.0 - t;
            let at = |a: f32, b: f32, c: f32| u * u * a + 2.0 * u * t * b + t * t * c;
            self.line((at(from.0, by.0, to.0), at(from.1, by.1, to.1)));
        }
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (from, one, two, to) = (self.at, self.place(x1, y1), self.place(x2, y2), self.place(x, y));
        for piece in 1..=PIECES {
            let t = piece as f32 / PIECES as f32;
            let u = 1.0 - t;
            let at = |a: f32, b: f32, c: f32, d: f32| {
                u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
            };
            self.line((at(from.0, one.0, two.0, to.0), at(from.1, one.1, two.1, to.1)));
        }
    }

    fn close(&mut self) {
        self.line(self.start);
    }
}
