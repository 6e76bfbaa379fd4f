//! The picture of a script: its steps as cards, and how a call can go from one to another. Only sizes and places are
//! made here; the view draws them, and links them.
//!
//! [`CallMap::new`] goes through it: `cards` writes on each card what may be answered; `layers` puts each step below
//! those that lead to it, with the few ways that lead back set apart; `order` and `place` decide what stands beside
//! what, and where; `route` leads the lines; `sheet` adds the objections and the ends of the call.
//!
//! A line is drawn from an answer to a step of the call. Objections, outcomes and other scripts can be asked for from
//! everywhere, and lines to them would be all that is seen. So what leads there says so with a sign beside the answer.
//!
//! All lengths are in CSS pixels.

mod cards;
mod layers;
mod order;
mod place;
mod route;
mod sheet;
mod text;

use super::script::{CallScript, StepId};
use crate::content::markdown::Timed;
use crate::site::{PageId, Site};

/// Cards of a picture that shows all answers. A script with more is drawn without them.
const DETAILED: usize = 40;

/// Answers of such a picture.
const ANSWERS: usize = 300;

/// Steps, and as many objections, of a picture without answers: the nearest to the start of the call.
const MOST: usize = 60;

/// A script as a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallMap {
    /// Its width, in units that are pixels at full size.
    pub width: i32,
    /// Its height, in the same units.
    pub height: i32,
    /// How much of the script it shows.
    pub detail: Detail,
    /// Steps and objections that have no place in it.
    pub omitted: usize,
    /// Steps and objections, in the order of the text.
    pub cards: Vec<Card>,
    /// The lines from answers to the steps that they lead to.
    pub lines: Vec<Line>,
    /// What stands around the objections, where there are any.
    pub aside: Option<Rect>,
    /// Where the ends of the call are headed: the left end of the line that the letters stand on.
    pub ends_at: Option<Point>,
    /// The outcomes that the call can have, in the order in which they are declared.
    pub ends: Vec<Chip>,
}

/// How much a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Every answer of every step, with where it leads.
    Answers,
    /// Titles alone, and which step leads to which.
    Titles,
}

/// A place in the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Point {
    /// How far from the left edge.
    pub x: i32,
    /// How far from the upper edge.
    pub y: i32,
}

/// A part of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rect {
    /// How far its left side is from the left edge of the map.
    pub x: i32,
    /// How far its upper side is from the upper edge of the map.
    pub y: i32,
    /// How wide it is.
    pub width: i32,
    /// How high it is.
    pub height: i32,
}

impl Rect {
    /// How far its right side is from the left edge of the map.
    #[must_use]
    pub fn right(&self) -> i32 {
        self.x + self.width
    }

    /// How far its lower side is from the upper edge of the map.
    #[must_use]
    pub fn bottom(&self) -> i32 {
        self.y + self.height
    }

    fn translated(self, by: Point) -> Self {
        Self { x: self.x + by.x, y: self.y + by.y, ..self }
    }
}

/// A text, broken into lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextBox {
    /// The lines, of which the last ends in an ellipsis where the text is longer.
    pub lines: Vec<String>,
    /// The text in full, also what its lines leave out.
    pub whole: String,
    /// Is it written from right to left?
    pub rtl: bool,
    /// The left end of the line that the first letters stand on.
    pub at: Point,
    /// How far to the right there is room for it.
    pub room: i32,
    /// From a line to the next.
    pub leading: i32,
}

impl TextBox {
    /// Is there more of it than its lines show?
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.lines.last().is_some_and(|line| line.ends_with('…') && !self.whole.ends_with('…'))
    }

    fn translated(self, by: Point) -> Self {
        Self { at: Point { x: self.at.x + by.x, y: self.at.y + by.y }, ..self }
    }
}

/// A step or an objection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The step that it shows; of an objection, the step that it begins with.
    pub step: StepId,
    /// Which of the three kinds of card it is.
    pub kind: CardKind,
    /// A number for a step, letters for an objection: what signs that lead to it say.
    pub mark: String,
    /// The rectangle that it fills.
    pub place: Rect,
    /// How high its upper part is, with the title.
    pub head: i32,
    /// The title of the step, broken into lines.
    pub title: TextBox,
    /// Seconds that it takes to say; 0 for none.
    pub seconds: u32,
    /// What it can be answered with, from top to bottom.
    pub rows: Vec<Row>,
}

impl Card {
    fn translated(self, by: Point) -> Self {
        let rows = self.rows.into_iter().map(|row| row.translated(by)).collect();
        Self { place: self.place.translated(by), title: self.title.translated(by), rows, ..self }
    }
}

/// The kinds of cards, which look different.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardKind {
    /// The step that starts the call.
    Start,
    /// A step that another one leads to.
    Step,
    /// An objection that the other person may raise at any time.
    Objection,
}

/// A line of text on a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The rectangle that the line of text fills.
    pub place: Rect,
    /// How far in it stands.
    pub depth: usize,
    /// Whether it is an answer, a reply, or a link in the text.
    pub kind: RowKind,
    /// Its words, broken into lines.
    pub says: TextBox,
    /// Where it leads; nowhere for one that others stand below.
    pub exit: Option<Exit>,
}

impl Row {
    fn translated(self, by: Point) -> Self {
        let exit = self.exit.map(|exit| match exit {
            Exit::Chip(chip) => Exit::Chip(chip.translated(by)),
            Exit::Line { to, mark, at } => {
                Exit::Line { to, mark, at: Point { x: at.x + by.x, y: at.y + by.y } }
            }
        });
        Self { place: self.place.translated(by), says: self.says.translated(by), exit, ..self }
    }
}

/// What a line of text on a card is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// An answer that leads on by itself.
    Answer,
    /// An answer, below which stand those of its inline branch.
    Branch(StepId),
    /// A reply to an objection, below which stand the answers to it.
    Reply(StepId, usize),
    /// A link in the text that is no answer; it says what it leads to.
    Mention,
}

/// Where a line of text on a card leads, and how the map shows that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exit {
    /// To a step, by a line that begins at this point.
    Line {
        /// The step that the line ends at.
        to: StepId,
        /// The mark of that step's card, for readers who don't see the line.
        mark: String,
        /// The middle of the sign at the card's edge.
        at: Point,
    },
    /// To what the sign says.
    Chip(Chip),
}

/// A sign that says where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    /// The rectangle that the sign fills.
    pub place: Rect,
    /// The words on the sign.
    pub says: TextBox,
    /// The mark of the card that it leads to.
    pub mark: Option<String>,
    /// What a click on it leads to.
    pub to: SignTarget,
}

impl Chip {
    fn translated(self, by: Point) -> Self {
        Self { place: self.place.translated(by), says: self.says.translated(by), ..self }
    }
}

/// What a sign leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignTarget {
    /// A step of the call.
    Step(StepId),
    /// An objection, or one of its replies.
    Objection(StepId),
    /// An end of the call, by its id.
    Outcome(String),
    /// Another page, and the id of a heading there.
    Page(PageId, Option<String>),
    /// A file, or another site.
    Elsewhere,
    /// Nowhere: the link is broken, which is reported elsewhere.
    Nowhere,
}

/// A way from a row of a card to another card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The index of the card.
    pub from: usize,
    /// The index of the row; none in a picture without answers.
    pub row: Option<usize>,
    /// The index of the other card.
    pub to: usize,
    /// Does it lead back to what was said before?
    pub is_back: bool,
    /// Where it turns, from end to end: all parts are upright or level.
    pub points: Vec<Point>,
}

impl CallMap {
    /// The picture of a script; `None` where it has no step.
    #[must_use]
    pub fn new(site: &Site, script: &CallScript) -> Option<Self> {
        script.start()?;
        let title = |page: PageId, heading: Option<&str>| {
            let page = site.page(page);
            let headings = &page.body().headings;
            let found = heading.and_then(|id| headings.iter().find(|heading| heading.id == id));
            let found = found.map(|heading| heading.text.as_str());
            let timed = found.map(|text| Timed::parse(text).map_or(text, |timed| timed.title));
            timed.unwrap_or_else(|| page.title()).to_string()
        };
        let deck = cards::deck(script, &title);
        let jumps = deck.jumps();
        let flow = layers::Flow::new(deck.steps, &jumps);
        let order = order::order(&flow);
        let across = place::across(&flow, &order, &deck);
        let routed = route::route(&flow, &across, &deck);
        Some(sheet::sheet(deck, routed))
    }
}

#[cfg(test)]
mod tests;
