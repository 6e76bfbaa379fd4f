//! Pictures of any script: nothing lies on anything else, and every way is there once.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::{CallMap, Card, CardKind, Detail, Exit, Line, Rect, RowKind, SignTarget};
use crate::build;
use crate::diag::Diagnostics;
use crate::edition::inputs::Options;
use crate::pages::linked::Edition;
use crate::sales::calls::script::{CallScript, Next};
use crate::site::Unpublished;
use crate::testing;

fn linked(text: &str) -> Edition {
    let file = format!("---\ntitle: Opener\noutcomes: {{meeting: {{}}, closed: {{}}}}\n---\n{text}");
    let project = testing::project(|config| config.to_string()).with("content/scripts/opener.md", file);
    // Some of these scripts are nothing to hang on a wall, and that is reported.
    let mut ignored = Diagnostics::new();
    let loaded = build::load(&project, &mut ignored).unwrap();
    let options = Options { edition: None, base_url: None, unpublished: Unpublished::Hide };
    let edition = loaded.content.config.editions.iter().find(|found| found.name == "team").unwrap();
    crate::edition::linking::link(&project, &loaded, edition, &options, &mut ignored)
}

/// The script that a text is, and its picture.
fn drawn(text: &str) -> (CallScript, CallMap) {
    let linked = linked(text);
    let script = linked.features.scripts.all().next().unwrap();
    let picture = CallMap::new(&linked.site, script).unwrap();
    assert_eq!(CallMap::new(&linked.site, script).as_ref(), Some(&picture), "the same each time");
    check(script, &picture);
    (script.clone(), picture)
}

/// A script of steps and objections, with a jump for each pair of numbers. What is beyond the steps is an objection.
fn text(steps: usize, objections: usize, jumps: &[(usize, usize)]) -> String {
    let mut out = String::new();
    let all = steps + objections;
    for index in 0..all {
        let kind = if index < steps { "" } else { "Objection: " };
        let _ = writeln!(out, "## {kind}S{index} {{#s{index}}}\n");
        if index >= steps {
            out.push_str("### Reply 1: This\n\n");
        }
        out.push_str("> Words.\n\n");
        for (number, (_, to)) in jumps.iter().filter(|(from, _)| from % all == index).enumerate() {
            match to % (all + 2) {
                to if to < all => {
                    writeln!(out, "- Answer {number} that is rather long for its card → [There](#s{to})")
                }
                to if to == all => writeln!(
                    out,
                    "- Well {number}\n  > Oh.\n  - Yes → [Book](outcome:meeting)\n  - No → [S0](#s0)"
                ),
                _ => writeln!(out, "- Bye {number} → [Part](outcome:closed)"),
            }
            .unwrap();
        }
        out.push('\n');
    }
    out
}

fn overlap(a: Rect, b: Rect) -> bool {
    a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom()
}

fn check(script: &CallScript, picture: &CallMap) {
    let sheet = Rect { x: 0, y: 0, width: picture.width, height: picture.height };
    let is_within = |inner: Rect, outer: Rect| {
        inner.x >= outer.x
            && inner.y >= outer.y
            && inner.right() <= outer.right()
            && inner.bottom() <= outer.bottom()
    };
    for (index, card) in picture.cards.iter().enumerate() {
        assert!(is_within(card.place, sheet), "{card:?}");
        for other in &picture.cards[index + 1..] {
            assert!(!overlap(card.place, other.place), "{} lies on {}", card.mark, other.mark);
        }
        for rows in card.rows.windows(2) {
            assert_eq!(rows[0].place.bottom(), rows[1].place.y);
        }
        for row in &card.rows {
            assert!(is_within(row.place, card.place), "{row:?}");
            if let Some(Exit::Chip(chip)) = &row.exit {
                assert!(is_within(chip.place, row.place), "{chip:?}");
                assert!(row.says.at.x + row.says.room < chip.place.x, "{row:?}");
            }
        }
        let in_frame = picture.aside.is_some_and(|frame| is_within(card.place, frame));
        assert_eq!(in_frame, card.kind == CardKind::Objection);
    }
    for (index, end) in picture.ends.iter().enumerate() {
        assert!(is_within(end.place, sheet));
        assert!(picture.cards.iter().all(|card| !overlap(card.place, end.place)));
        assert!(picture.ends[index + 1..].iter().all(|other| !overlap(other.place, end.place)));
    }
    picture.lines.iter().for_each(|line| check_line(picture, line));
    if picture.detail == Detail::Answers {
        check_ways(script, picture);
    }
}

fn check_line(picture: &CallMap, line: &Line) {
    let (from, to) = (&picture.cards[line.from], &picture.cards[line.to]);
    let (first, last) = (line.points[0], *line.points.last().unwrap());
    assert!(last.y == to.place.y && (to.place.x..to.place.right()).contains(&last.x), "{line:?}");
    match line.row {
        Some(row) => {
            let Some(Exit::Line { to: step, at, .. }) = &from.rows[row].exit else { panic!("{line:?}") };
            assert_eq!((*at, *step), (first, to.step));
        }
        None => assert!(first.y == from.place.bottom()),
    }
    for pair in line.points.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        assert!((a.x == b.x) != (a.y == b.y), "{line:?}");
        let (left, right) = (a.x.min(b.x), a.x.max(b.x));
        let (top, bottom) = (a.y.min(b.y), a.y.max(b.y));
        for Card { place, mark, .. } in &picture.cards {
            let is_beside = right <= place.x || place.right() <= left;
            let is_above = bottom <= place.y || place.bottom() <= top;
            assert!(is_beside || is_above, "{line:?} goes through {mark}");
        }
        assert!(a.x >= 0 && b.x <= picture.width && a.y >= 0 && b.y <= picture.height);
    }
}

/// Every way of the script is one row, and every row that begins a line has one.
fn check_ways(script: &CallScript, picture: &CallMap) {
    let mut wanted: Vec<String> = Vec::new();
    for step in script.steps.ids() {
        wanted.extend(script.edges(step).map(|edge| match edge.next {
            Next::Step(to) | Next::Branch(to) => format!("step {}", to.index()),
            Next::Outcome { id, .. } => format!("outcome {id}"),
            other => format!("{other:?}"),
        }));
    }
    let rows = |card: &Card| card.rows.clone();
    let mut found: Vec<String> = picture
        .cards
        .iter()
        .flat_map(rows)
        .map(|row| match (row.kind, row.exit) {
            (RowKind::Branch(to) | RowKind::Reply(to, _), None) => format!("step {}", to.index()),
            (_, Some(Exit::Line { to, .. })) => format!("step {}", to.index()),
            (_, Some(Exit::Chip(chip))) => match chip.to {
                SignTarget::Step(to) | SignTarget::Objection(to) => format!("step {}", to.index()),
                SignTarget::Outcome(id) => format!("outcome {id}"),
                other => format!("{other:?}"),
            },
            (kind, None) => panic!("{kind:?} leads nowhere"),
        })
        .collect();
    wanted.sort();
    found.sort();
    assert_eq!(found, wanted);
    let mut begun: Vec<(usize, usize)> = Vec::new();
    for (index, card) in picture.cards.iter().enumerate() {
        let begins = |row: &usize| matches!(card.rows[*row].exit, Some(Exit::Line { .. }));
        begun.extend((0..card.rows.len()).filter(begins).map(|row| (index, row)));
    }
    let mut lines: Vec<(usize, usize)> =
        picture.lines.iter().map(|line| (line.from, line.row.unwrap())).collect();
    lines.sort_unstable();
    assert_eq!(lines, begun);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn nothing_lies_on_anything_else_and_every_way_is_there_once(
        steps in 1..14_usize,
        objections in 0..5_usize,
        jumps in prop::collection::vec((0..100_usize, 0..100_usize), 0..50),
    ) {
        drawn(&text(steps, objections, &jumps));
    }

}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn a_picture_of_titles_is_no_worse(
        steps in 41..90_usize,
        jumps in prop::collection::vec((0..200_usize, 0..200_usize), 0..150),
    ) {
        let (_, picture) = drawn(&text(steps, 2, &jumps));
        prop_assert_eq!(picture.detail, Detail::Titles);
        prop_assert_eq!(picture.omitted, steps.saturating_sub(60));
    }
}

#[test]
fn each_step_stands_below_those_that_lead_to_it() {
    let (_, picture) = drawn(&text(4, 0, &[(0, 1), (0, 2), (1, 2), (2, 3), (3, 1)]));
    let y: Vec<i32> = picture.cards.iter().map(|card| card.place.y).collect();
    assert!(y.is_sorted_by(|a, b| a < b), "{y:?}");
    let back: Vec<(usize, usize)> =
        picture.lines.iter().filter(|line| line.is_back).map(|line| (line.from, line.to)).collect();
    assert_eq!(back, [(3, 1)]);
    let left = |line: &Line| line.points.iter().map(|point| point.x).min();
    let cards = picture.cards.iter().map(|card| card.place.x).min();
    assert!(picture.lines.iter().filter(|line| line.is_back).all(|line| left(line) < cards));
}

#[test]
fn a_step_alone_and_one_that_leads_to_itself_have_pictures() {
    let (_, picture) = drawn("## Only\n\n> Hi.\n");
    assert_eq!((picture.cards.len(), picture.lines.len(), picture.cards[0].kind), (1, 0, CardKind::Start));
    assert_eq!((picture.aside, picture.ends.len(), picture.ends_at), (None, 0, None));
    let (_, picture) = drawn(&text(1, 0, &[(0, 0)]));
    assert!(picture.lines[0].is_back);
    let (_, picture) = drawn(&text(0, 2, &[(0, 1), (1, 3)]));
    assert!(picture.lines.is_empty() && picture.cards.iter().all(|card| card.kind == CardKind::Objection));
}

#[test]
fn placeholders_long_words_and_any_direction_have_room() {
    let text = "## Donaudampfschifffahrtsgesellschaftskapitänswitwenversicherung {{name}} (5s)\n\n> Hi {{name}}.\n\n- \"כן בבקשה\" → [👍](#section)\n- <b>\"x\"</b> & 'y' → [👍](#section)\n\n## 👍\n\n> 🙂\n\n→ [Bye](outcome:closed)\n";
    let (script, picture) = drawn(text);
    assert_eq!(script.steps.len(), 2);
    let title = &picture.cards[0].title;
    assert!(title.lines.len() > 1 && title.whole.ends_with("[name]"), "{title:?}");
    assert!(picture.cards[0].rows[0].says.rtl || picture.cards[0].rows[0].says.whole.starts_with('“'));
    assert_eq!(picture.cards[1].rows[0].kind, RowKind::Mention);
}

#[test]
fn five_hundred_steps_become_the_first_sixty() {
    let mut jumps: Vec<(usize, usize)> = (0..499).map(|step| (step, step + 1)).collect();
    jumps.extend((0..499).map(|step| (step, (step * 7) % 500)));
    let (_, picture) = drawn(&text(500, 0, &jumps));
    assert_eq!((picture.detail, picture.cards.len(), picture.omitted), (Detail::Titles, 60, 440));
}
