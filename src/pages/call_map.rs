//! The picture of a call script as SVG, which stands in the page so that its links and colours are those of the page. It
//! has no style of its own: `css/call-map.css` gives classes their colours and letters their sizes, which have to be those
//! that `sales::calls::map` reckons with.
//!
//! Start with [`svg`]. Who hears the page instead of seeing it gets the cards as groups of links and texts, in order; the
//! lines are hidden from them, because each begins at a sign that is a link and says where it leads.

use std::fmt::Write as _;

use super::durations::time;
use super::linked::Edition;
use super::targets::outcome_id;
use crate::encode::html::{escape_attribute, escape_text, escape_url};
use crate::sales::calls::CallScript;
use crate::sales::calls::map::{
    CallMap, Card, CardKind, Chip, Exit, Line, Point, Rect, Row, RowKind, SignTarget, TextBox,
};
use crate::sales::calls::script::StepId;

/// How wide the turns of lines are.
const TURN: i32 = 7;

/// The picture as SVG. `words` are those of the page's language for what stands in it.
pub(super) fn svg(linked: &Edition, script: &CallScript, picture: &CallMap, words: [&str; 2]) -> String {
    let [objections, ends] = words;
    let mut pen = Pen { linked, script, picture, out: String::new() };
    let CallMap { width, height, .. } = picture;
    let _ = write!(
        pen.out,
        "<svg class=\"call-map\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"group\" aria-labelledby=\"call:picture\">"
    );
    if let Some(frame) = picture.aside {
        pen.rect("aside", frame, 6);
        pen.label(objections, Point { x: frame.x + 18, y: frame.y + 24 });
    }
    pen.lines();
    picture.cards.iter().for_each(|card| pen.card(card));
    if let Some(at) = picture.ends_at {
        pen.label(ends, at);
    }
    picture.ends.iter().for_each(|end| pen.chip(end));
    pen.out.push_str("</svg>");
    pen.out
}

struct Pen<'a> {
    linked: &'a Edition,
    script: &'a CallScript,
    picture: &'a CallMap,
    out: String,
}

impl Pen<'_> {
    fn rect(&mut self, class: &str, at: Rect, round: i32) {
        let Rect { x, y, width, height } = at;
        let _ = write!(
            self.out,
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{round}\"/>"
        );
    }

    fn label(&mut self, words: &str, at: Point) {
        let _ = write!(self.out, "<text class=\"over\" x=\"{}\" y=\"{}\">", at.x, at.y);
        escape_text(words, &mut self.out);
        self.out.push_str("</text>");
    }

    /// All lines, those to one card together, so that they can be told from others that they cross.
    fn lines(&mut self) {
        self.out.push_str("<g aria-hidden=\"true\">");
        let mut order: Vec<&Line> = self.picture.lines.iter().collect();
        order.sort_by_key(|line| line.to);
        for stream in order.chunk_by(|a, b| a.to == b.to) {
            self.out.push_str("<g class=\"way\">");
            for class in ["edge", "line"] {
                for line in stream {
                    let back = if line.is_back && class == "line" { " back" } else { "" };
                    let _ = write!(self.out, "<path class=\"{class}{back}\" d=\"{}\"/>", path(&line.points));
                }
            }
            if let Some(end) = stream.first().and_then(|line| line.points.last()) {
                let _ = write!(self.out, "<path class=\"tip\" d=\"M{} {}l-5.5-10h11z\"/>", end.x, end.y);
            }
            self.out.push_str("</g>");
        }
        self.out.push_str("</g>");
    }

    fn card(&mut self, card: &Card) {
        let class = match card.kind {
            CardKind::Start => "card start",
            CardKind::Step => "card",
            CardKind::Objection => "card objection",
        };
        let _ = write!(self.out, "<g class=\"{class}\">");
        self.rect("box", card.place, 4);
        self.open(Some(&format!("#{}", self.script.steps[card.step].id)));
        self.full_text(&card.title);
        self.rect("head", Rect { height: card.head, ..card.place }, 4);
        let mark = Point { x: card.place.x + 26, y: card.place.y + 21 };
        self.mark(&card.mark, mark, 12);
        self.text("title", &card.title);
        if card.seconds > 0 {
            let _ = write!(
                self.out,
                " <text class=\"time\" x=\"{}\" y=\"{}\">{}</text>",
                card.place.right() - 14,
                card.place.y + 26,
                time(card.seconds)
            );
        }
        self.out.push_str("</a>");
        card.rows.iter().enumerate().for_each(|(index, row)| self.row(card, row, index));
        self.out.push_str("</g>");
    }

    fn row(&mut self, card: &Card, row: &Row, index: usize) {
        let class = match row.kind {
            RowKind::Answer => "row",
            RowKind::Branch(_) => "row branch",
            RowKind::Reply(..) => "row reply",
            RowKind::Mention => "row mention",
        };
        let _ = write!(self.out, "<g class=\"{class}\">");
        if row.depth == 0 && index > 0 {
            let _ = write!(
                self.out,
                "<path class=\"rule\" d=\"M{} {}h{}\"/>",
                row.place.x + 14,
                row.place.y,
                row.place.width - 28
            );
        }
        if row.depth > usize::from(card.kind == CardKind::Objection) {
            // What an inline branch hangs on: the answer above, or the one beside it above.
            let (x, y) = (row.says.at.x - 9, row.says.at.y - 4);
            let above = index.checked_sub(1).map(|above| &card.rows[above]);
            let from = match above {
                Some(above) if above.depth >= row.depth => above.place.y + 8,
                _ => row.place.y - 3,
            };
            let _ = write!(self.out, "<path class=\"hang\" d=\"M{x} {from}V{y}h5\"/>");
        }
        if let RowKind::Reply(step, number) = row.kind {
            self.open(Some(&format!("#{}", self.script.steps[step].id)));
            self.full_text(&row.says);
            self.rect("area", Rect { x: row.place.x + 8, width: row.place.width - 16, ..row.place }, 2);
            self.mark(&number.to_string(), Point { x: row.says.at.x - 13, y: row.says.at.y - 4 }, 8);
            self.text("says", &row.says);
            self.out.push_str("</a>");
        } else {
            if row.says.is_cut() {
                self.full_text(&row.says);
            }
            self.text("says", &row.says);
        }
        match &row.exit {
            Some(Exit::Chip(chip)) => self.chip(chip),
            Some(Exit::Line { to, mark, at }) => self.sign(*to, mark, *at),
            None => {}
        }
        self.out.push_str("</g>");
    }

    /// The sign that a line begins at.
    fn sign(&mut self, to: StepId, mark: &str, at: Point) {
        let step = &self.script.steps[to];
        self.out.push(' ');
        self.open(Some(&format!("#{}", step.id)));
        let title =
            self.picture.cards.iter().find(|card| card.step == to).map(|card| card.title.whole.as_str());
        let _ = write!(self.out, "<title>{mark} ");
        escape_text(title.unwrap_or_default(), &mut self.out);
        self.out.push_str("</title>");
        self.rect("area", Rect { x: at.x - 12, y: at.y - 12, width: 24, height: 24 }, 12);
        self.mark(mark, at, 10);
        self.out.push_str("</a>");
    }

    fn chip(&mut self, chip: &Chip) {
        let href = match &chip.to {
            SignTarget::Step(step) | SignTarget::Objection(step) => {
                Some(format!("#{}", self.script.steps[*step].id))
            }
            SignTarget::Outcome(id) => self.script.outcome(id).map(|_| format!("#{}", outcome_id(id))),
            SignTarget::Page(page, heading) => {
                let url = self.linked.site.href(&self.linked.site.page(*page).url);
                Some(heading.as_ref().map_or_else(|| url.clone(), |heading| format!("{url}#{heading}")))
            }
            SignTarget::Elsewhere | SignTarget::Nowhere => None,
        };
        let (class, round) = match chip.to {
            SignTarget::Step(_) => ("to-step", 3),
            SignTarget::Objection(_) => ("to-objection", 3),
            SignTarget::Outcome(_) => ("to-outcome", chip.place.height / 2),
            _ => ("to-page", 0),
        };
        let _ = write!(self.out, " <g class=\"chip {class}\">");
        self.open(href.as_deref());
        if chip.says.is_cut() {
            self.full_text(&chip.says);
        }
        self.rect("area", chip.place, round);
        let middle = chip.place.y + chip.place.height / 2;
        match (&chip.mark, &chip.to) {
            (Some(mark), _) => {
                let wide = chip.says.at.x - chip.place.x - 8;
                let at = Rect { x: chip.place.x + 4, y: middle - 8, width: wide, height: 16 };
                self.rect("badge", at, 8);
                let _ = write!(
                    self.out,
                    "<text class=\"number\" x=\"{}\" y=\"{}\">{mark}</text> ",
                    at.x + at.width / 2,
                    middle + 4
                );
            }
            (None, SignTarget::Outcome(_)) => {
                let x = (chip.place.x + chip.says.at.x) / 2 + 1;
                let _ = write!(self.out, "<circle class=\"dot\" cx=\"{x}\" cy=\"{middle}\" r=\"4\"/>");
            }
            _ => {
                // An arrow out of a corner.
                let (x, y) = (chip.place.x + 9, middle + 4);
                let _ = write!(self.out, "<path class=\"away\" d=\"M{x} {y}l8-8m-6 0h6v6\"/>");
            }
        }
        self.text("says", &chip.says);
        self.out.push_str(if href.is_some() { "</a></g>" } else { "</g>" });
    }

    fn open(&mut self, href: Option<&str>) {
        if let Some(href) = href {
            self.out.push_str("<a href=\"");
            escape_url(href, &mut self.out);
            self.out.push_str("\">");
        }
    }

    /// A text that its lines may not show to the end.
    fn full_text(&mut self, words: &TextBox) {
        if words.is_cut() {
            self.out.push_str("<title>");
            escape_text(&words.whole, &mut self.out);
            self.out.push_str("</title>");
        }
    }

    fn mark(&mut self, mark: &str, at: Point, size: i32) {
        let (x, y) = (at.x, at.y);
        let _ = write!(
            self.out,
            "<circle class=\"badge\" cx=\"{x}\" cy=\"{y}\" r=\"{size}\"/><text class=\"number\" x=\"{x}\" y=\"{}\">{mark}</text> ",
            y + 4
        );
    }

    fn text(&mut self, class: &str, words: &TextBox) {
        let TextBox { at, room, .. } = *words;
        let (x, direction) = if words.rtl { (at.x + room, " direction=\"rtl\"") } else { (at.x, "") };
        self.out.push_str("<text class=\"");
        escape_attribute(class, &mut self.out);
        let _ = write!(self.out, "\"{direction} x=\"{x}\" y=\"{}\">", at.y);
        for (index, line) in words.lines.iter().enumerate() {
            if index == 0 {
                escape_text(line, &mut self.out);
                continue;
            }
            // The space is for those who hear the text in one piece.
            let _ = write!(self.out, " <tspan x=\"{x}\" dy=\"{}\">", words.leading);
            escape_text(line, &mut self.out);
            self.out.push_str("</tspan>");
        }
        self.out.push_str("</text>");
    }
}

/// A line with round turns.
fn path(points: &[Point]) -> String {
    let mut out = String::new();
    let Some((first, rest)) = points.split_first() else { return out };
    let _ = write!(out, "M{} {}", first.x, first.y);
    let mut before = *first;
    for (index, point) in rest.iter().enumerate() {
        let Some(next) = rest.get(index + 1) else {
            let _ = write!(out, "L{} {}", point.x, point.y);
            break;
        };
        let long = |a: &Point, b: &Point| (a.x - b.x).abs() + (a.y - b.y).abs();
        let turn = TURN.min(long(&before, point) / 2).min(long(point, next) / 2);
        let toward = |to: &Point| Point {
            x: point.x + (to.x - point.x).signum() * turn,
            y: point.y + (to.y - point.y).signum() * turn,
        };
        let (begin, end) = (toward(&before), toward(next));
        let _ = write!(out, "L{} {}Q{} {} {} {}", begin.x, begin.y, point.x, point.y, end.x, end.y);
        before = *point;
    }
    out
}
