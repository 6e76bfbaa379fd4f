//! How cards look: what a theme says of them, checked.

use super::canvas::{Canvas, INKS, PAPER};
use super::colors::Rgb;
use super::fonts::Fonts;
use super::setting::Room;
use crate::publishing::media::Raster;

/// The names of the inks, in the order of their numbers; the last is the paper's own colour.
pub const INK_NAMES: [&str; INKS + 1] = ["ink", "accent", "amber", "muted", "rule", "paper"];

/// What can stand on a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The title of the site.
    Site,
    /// The page's category, else its section.
    Section,
    /// The title of the page.
    Title,
    /// The first key takeaway, else the page's own description; of a person, what they do.
    Takeaway,
    /// The name of the person who wrote it.
    Author,
    /// The role of that person.
    Role,
}

impl Part {
    /// All, in the order in which they are drawn: what stands below another comes after it.
    pub const ALL: [Self; 6] =
        [Self::Site, Self::Section, Self::Title, Self::Takeaway, Self::Author, Self::Role];

    /// As `card.yaml` names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Section => "section",
            Self::Title => "title",
            Self::Takeaway => "takeaway",
            Self::Author => "author",
            Self::Role => "role",
        }
    }
}

/// A rectangle: left, top, width, height.
pub type Rect = [u32; 4];

/// Where a face is: left, top, and its size.
pub type Place = (u32, u32, u32);

/// Whose face is on a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortraitOf {
    /// That of who wrote the page.
    Author,
    /// That of the person whom the page is about.
    Own,
}

/// Where faces are on a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Portraits {
    /// Where the face of a page's author is.
    pub author: Option<Place>,
    /// That of the person whose own card it is, which is given room by the texts beside it. Without it, it is where an
    /// author's is.
    pub own: Option<Place>,
}

/// Where a text stands in its area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Anchor {
    /// At the top of the area.
    #[default]
    Top,
    /// In the middle of the area.
    Middle,
    /// At the bottom of the area.
    Bottom,
}

/// Where a text is, and how it looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// The rectangle of the area, in pixels.
    pub rect: Rect,
    /// The face, by its number.
    pub face: usize,
    /// Sizes to try, the largest first; never empty.
    pub sizes: Vec<u32>,
    /// How many lines it may have at most.
    pub lines: usize,
    /// From one base line to the next, in percent of the size.
    pub leading: u32,
    /// The ink, by its number.
    pub ink: usize,
    /// Where its lines are in the area, where they don't fill it.
    pub anchor: Anchor,
    /// It begins so far below the text of another area, where that ends above.
    pub below: Option<(Part, u32)>,
    /// It begins where the portrait does on a card without one.
    pub beside_portrait: bool,
    /// It begins where the title does on the card of a site with a logo of its own.
    pub beside_mark: bool,
}

impl Area {
    /// What there is room for from a row on.
    #[must_use]
    pub fn room(&self, [_, _, width, height]: Rect) -> Room<'_> {
        Room { sizes: &self.sizes, width, height, lines: self.lines, leading: self.leading }
    }
}

/// What is drawn below the texts.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A rectangle that is filled.
    Box {
        /// The rectangle, in pixels.
        rect: Rect,
        /// The ink, by its number.
        ink: usize,
        /// How much of it, from 0 to 1.
        strength: f32,
    },
    /// The line of a circle.
    Circle {
        /// Its middle, in pixels from the left and the top.
        middle: (f32, f32),
        /// Its radius, to the middle of its line.
        radius: f32,
        /// The width of its line.
        width: f32,
        /// The ink, by its number.
        ink: usize,
        /// How much of it, from 0 to 1.
        strength: f32,
    },
}

/// How cards look: what a theme says of them, checked and ready to draw.
#[derive(Debug)]
pub struct Design {
    /// Differs whenever something that is said here does, or a font.
    pub mark: String,
    /// The fonts that texts are set in.
    pub fonts: Fonts,
    /// The areas of texts, by their parts.
    pub areas: Vec<(Part, Area)>,
    /// Where faces are on cards.
    pub portraits: Portraits,
    /// The colour of the paper.
    pub paper: Rgb,
    /// The inks, by their numbers.
    pub inks: [Rgb; INKS],
    /// What is below the texts, drawn once.
    base: Canvas,
}

/// The areas of texts, and where faces are.
pub type Areas = (Vec<(Part, Area)>, Portraits);

/// What is below the texts of a card.
#[derive(Debug)]
pub struct Ground {
    /// The colour of the paper.
    pub paper: Rgb,
    /// The inks of the drawing, by their numbers.
    pub inks: [Rgb; INKS],
    /// A picture of the size of the card, by row.
    pub picture: Option<Vec<Rgb>>,
    /// The shapes that are drawn on it, in their order.
    pub shapes: Vec<Shape>,
    /// The site's logo, and its left and top edge.
    pub logo: Option<((u32, u32), Raster)>,
}

/// The most colours that a logo takes: a face needs the rest.
const LOGO_COLORS: usize = 64;

impl Ground {
    fn draw(&self, areas: &[(Part, Area)]) -> Canvas {
        let mut canvas = Canvas::new(self.paper, self.inks);
        if let Some(picture) = &self.picture {
            canvas = canvas.before(picture.clone());
        }
        for shape in &self.shapes {
            match *shape {
                Shape::Box { rect, ink, strength } => canvas.fill(rect, ink, strength),
                Shape::Circle { middle, radius, width, ink, strength } => {
                    canvas.circle(middle, (radius, width), ink, strength);
                }
            }
        }
        // Letters on another ink than paper have edges in colours between both.
        let is_layered =
            self.picture.is_some() || self.shapes.iter().any(|shape| is_below_text(shape, areas));
        if is_layered {
            let colors = canvas.colors();
            canvas = canvas.before(colors);
        }
        if let Some((at, Raster { size, points })) = &self.logo {
            canvas.picture(*at, size.width, points, LOGO_COLORS);
        }
        canvas
    }
}

/// Does an area with another ink overlap a rectangle?
fn is_below_text(shape: &Shape, areas: &[(Part, Area)]) -> bool {
    let Shape::Box { rect: [x, y, width, height], ink, .. } = shape else { return false };
    let overlaps = |[left, top, wide, high]: Rect| {
        left < x + width && *x < left + wide && top < y + height && *y < top + high
    };
    *ink != PAPER
        && areas.iter().any(|(_, area)| area.ink != PAPER && area.ink != *ink && overlaps(area.rect))
}

impl Design {
    /// A design of these parts. What is below the texts is drawn once.
    #[must_use]
    pub fn new(mark: String, fonts: Fonts, ground: &Ground, (areas, portraits): Areas) -> Self {
        let base = ground.draw(&areas);
        Self { mark, fonts, areas, portraits, paper: ground.paper, inks: ground.inks, base }
    }

    /// Where a face is on a card, and how large.
    #[must_use]
    pub fn portrait_place(&self, whose: PortraitOf) -> Option<Place> {
        match whose {
            PortraitOf::Author => self.portraits.author,
            PortraitOf::Own => self.portraits.own.or(self.portraits.author),
        }
    }

    /// The paper with the shapes on it.
    #[must_use]
    pub fn base(&self) -> &Canvas {
        &self.base
    }

    /// The letters of a text that no font has for this part, each once.
    #[must_use]
    pub fn missing(&self, part: Part, text: &str) -> Vec<char> {
        self.area(part).map(|area| self.fonts.missing(area.face, text)).unwrap_or_default()
    }

    /// The area of a part.
    #[must_use]
    pub fn area(&self, part: Part) -> Option<&Area> {
        self.areas.iter().find(|(found, _)| *found == part).map(|(_, area)| area)
    }
}
