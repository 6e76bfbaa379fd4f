//! For people: the look of rustc.
//!
//! ```text
//! error[unknown-form]: no form is called `guid`
//!   --> content/insights/empty-crm.md:3:14
//!    |
//!  3 | gate: {form: guid}
//!    |              ^^^^ forms are defined in content/forms/
//!    = help: did you mean `guide`?
//! ```
//!
//! `annotate-snippets` draws the title, the marked line and the notes, since it knows how wide characters are.
//! It is given one line at a time, cropped, so the location with its column is written here, and so is the
//! gutter: as wide as the longest line number, and at least 2.

use std::io::{self, Write};
use std::ops::RangeInclusive;

use annotate_snippets::renderer::{DEFAULT_LINE_NUM_STYLE, Renderer, Style};
use annotate_snippets::{AnnotationKind, Group, Level, Snippet};

use super::{Color, EmitStyle, Files};
use crate::diag::source::Excerpt;
use crate::diag::{Diagnostic, Location, Severity};
use crate::encode::terminal;

/// Narrower than this, a snippet is of no use; wider, nobody reads it.
const WIDTHS: RangeInclusive<usize> = 40..=400;

/// A place as it is shown: the main one marked with `^`, others with `-`.
struct View<'a> {
    kind: AnnotationKind,
    place: &'a Location,
    label: Option<&'a str>,
    excerpt: Option<Excerpt<'a>>,
}

/// Writes a problem for people: message, lines of the file, help.
pub(super) fn write(
    diagnostic: &Diagnostic,
    files: &Files<'_>,
    style: &EmitStyle,
    out: &mut dyn Write,
) -> io::Result<()> {
    // With a whole width on either side of the mark, the renderer crops once more, and puts dots there.
    let width = style.width.clamp(*WIDTHS.start(), *WIDTHS.end());
    let view = |kind, place, label| {
        let excerpt = files.get(place).zip(place.span).map(|(file, span)| file.excerpt(span, width));
        View { kind, place, label, excerpt }
    };
    let main = diagnostic.place.iter();
    let main = main.map(|place| view(AnnotationKind::Primary, place, diagnostic.label.as_deref()));
    let related = diagnostic.related.iter();
    let related = related.map(|r| view(AnnotationKind::Context, &r.place, Some(r.label.as_str())));
    let views: Vec<_> = main.chain(related).collect();
    let excerpts = views.iter().flat_map(|view| &view.excerpt);
    let gutter = excerpts.map(|excerpt| digits(excerpt.line)).fold(2, usize::max);

    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut frame = Frame::new(style.color, width, gutter, out);
    let title = level.clone().primary_title(terminal::lines(&diagnostic.message));
    frame.draw(0, Group::with_title(title.id(diagnostic.code.name())))?;
    for (i, view) in views.into_iter().enumerate() {
        let location = files.location(view.place);
        if let Some(excerpt) = view.excerpt {
            if i > 0 {
                frame.bar()?;
            }
            frame.location(view.kind, &location)?;
            let mark = view.kind.span(excerpt.marked).label(view.label.map(terminal::line));
            let snippet = Snippet::source(terminal::excerpt(excerpt.text)).line_start(excerpt.line);
            let group = Group::with_level(level.clone()).element(snippet.annotation(mark));
            // The renderer makes its own gutter, as wide as this line's number.
            frame.draw(gutter - digits(excerpt.line), group)?;
        } else if view.kind == AnnotationKind::Primary {
            frame.location(view.kind, &location)?;
            if let Some(label) = view.label {
                frame.note(Level::NOTE, label)?;
            }
        } else {
            let label = view.label.unwrap_or_default();
            frame.note(Level::NOTE, &format!("{location}: {label}"))?;
        }
    }
    for help in &diagnostic.help {
        frame.note(Level::HELP, help)?;
    }
    frame.end()
}

/// What stands around the snippets of one diagnostic.
struct Frame<'a> {
    renderer: Renderer,
    gutter: usize,
    gutter_style: Style,
    out: &'a mut dyn Write,
}

impl<'a> Frame<'a> {
    fn new(color: Color, width: usize, gutter: usize, out: &'a mut dyn Write) -> Self {
        let (renderer, gutter_style) = match color {
            Color::Never => (Renderer::plain(), Style::new()),
            Color::Always => (Renderer::styled(), DEFAULT_LINE_NUM_STYLE),
        };
        Self { renderer: renderer.term_width(width - gutter), gutter, gutter_style, out }
    }

    fn location(&mut self, kind: AnnotationKind, location: &str) -> io::Result<()> {
        let (gutter, style) = (self.gutter, self.gutter_style);
        let arrow = match kind {
            AnnotationKind::Primary => "-->",
            _ => ":::",
        };
        writeln!(self.out, "{:gutter$}{style}{arrow}{style:#} {location}", "")
    }

    fn bar(&mut self) -> io::Result<()> {
        let (gutter, style) = (self.gutter, self.gutter_style);
        writeln!(self.out, "{:gutter$} {style}|{style:#}", "")
    }

    fn note(&mut self, level: Level<'_>, text: &str) -> io::Result<()> {
        let text = terminal::lines(text);
        let group = Group::with_level(level.clone()).element(level.message(text));
        self.draw(self.gutter, group)
    }

    fn draw(&mut self, indent: usize, group: Group<'_>) -> io::Result<()> {
        for line in self.renderer.render(&[group]).lines() {
            writeln!(self.out, "{:indent$}{}", "", terminal::keep_colors(line.trim_end()))?;
        }
        Ok(())
    }

    fn end(self) -> io::Result<()> {
        writeln!(self.out)
    }
}

fn digits(number: usize) -> usize {
    number.to_string().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::emit::tests::{FORM, emitted, unknown_form};
    use crate::diag::{Code, Span};

    fn human(diagnostic: Diagnostic, text: &str) -> String {
        emitted(&[diagnostic], text, EmitStyle { width: 80, ..EmitStyle::default() })
    }

    /// What stands below the title when `start..end` is marked in `text`.
    fn marked(text: &str, start: usize, end: usize) -> String {
        let diagnostic = Diagnostic::new(Code::BadDate, "m").at("a.md", Span::new(start, end)).label("here");
        human(diagnostic, text).strip_prefix("error[bad-date]: m\n").unwrap().to_owned()
    }

    #[test]
    fn the_look_of_the_design() {
        assert_eq!(
            human(unknown_form().help("or write\nit first"), FORM),
            "\
error[unknown-form]: no form is called `guid`
  --> a.md:3:14
   |
 3 | gate: {form: guid}
   |              ^^^^ forms are defined in content/forms/
   = help: did you mean `guide`?
   = help: or write
           it first

"
        );
    }

    #[test]
    fn related_places_follow_as_snippets_or_notes() {
        let text = FORM.to_owned() + &"\n".repeat(200) + "slug: a";
        let end = text.len();
        assert_eq!(
            human(
                Diagnostic { severity: Severity::Warning, ..unknown_form() }
                    .related("a.md", Some(Span::new(end - 1, end)), "the\nother")
                    .related("b.md", None, "a whole file")
                    .related("gone.md", Some(Span::new(1, 2)), "a file that is gone"),
                &text
            ),
            "\
warning[unknown-form]: no form is called `guid`
   --> a.md:3:14
    |
  3 | gate: {form: guid}
    |              ^^^^ forms are defined in content/forms/
    |
   ::: a.md:205:7
    |
205 | slug: a
    |       - the other
    = note: b.md: a whole file
    = note: gone.md: a file that is gone
    = help: did you mean `guide`?

"
        );
    }

    #[test]
    fn without_text_and_without_place() {
        assert_eq!(
            human(unknown_form().in_file("b.md"), ""),
            "\
error[unknown-form]: no form is called `guid`
  --> b.md
   = note: forms are defined in content/forms/
   = help: did you mean `guide`?

"
        );
        assert_eq!(
            human(Diagnostic::new(Code::NoContent, "there is nothing").help("begin"), ""),
            "error[no-content]: there is nothing\n   = help: begin\n\n"
        );
    }

    #[test]
    fn colors_change_nothing_but_colors() {
        let related = unknown_form().related("a.md", Some(Span::new(0, 3)), "the settings begin");
        let plain = human(related.clone(), FORM);
        let style = EmitStyle { color: Color::Always, width: 80, ..EmitStyle::default() };
        let mut colored = emitted(&[related], FORM, style);
        assert!(colored.contains("\u{1b}[91m^^^^\u{1b}[0m"), "{colored:?}");
        while let Some(start) = colored.find('\u{1b}') {
            let end = start + colored[start..].find('m').unwrap();
            colored.replace_range(start..=end, "");
        }
        assert_eq!(colored, plain);
    }

    #[test]
    fn marks_are_as_wide_as_what_they_mark() {
        assert_eq!(
            marked("a: å日本🎉 x", 5, 15),
            "  --> a.md:1:5\n   |\n 1 | a: å日本🎉 x\n   |     ^^^^^^ here\n\n"
        );
        assert_eq!(
            marked("\ta:\tx\tb", 4, 5),
            "  --> a.md:1:5\n   |\n 1 |     a:    x    b\n   |           ^ here\n\n"
        );
        assert_eq!(
            marked("a\u{1b}[31m\u{202e}x", 9, 10),
            "  --> a.md:1:8\n   |\n 1 | a␛[31m�x\n   |        ^ here\n\n"
        );
    }

    #[test]
    fn windows_line_endings() {
        assert_eq!(marked("a: 1\r\nb: 2\r\n", 9, 10), "  --> a.md:2:4\n   |\n 2 | b: 2\n   |    ^ here\n\n");
    }

    #[test]
    fn the_end_of_a_file() {
        assert_eq!(marked("", 0, 0), "  --> a.md:1:1\n   |\n 1 |\n   | ^ here\n\n");
        assert_eq!(marked("a", 1, 1), "  --> a.md:1:2\n   |\n 1 | a\n   |  ^ here\n\n");
        assert_eq!(marked("a\n", 2, 2), "  --> a.md:2:1\n   |\n 2 |\n   | ^ here\n\n");
        assert_eq!(marked("a", 98, 99), "  --> a.md:1:2\n   |\n 1 | a\n   |  ^ here\n\n");
    }

    #[test]
    fn of_several_lines_the_first_is_marked() {
        assert_eq!(marked("x: [a,\nb]\n", 3, 9), "  --> a.md:1:4\n   |\n 1 | x: [a,\n   |    ^^^ here\n\n");
        assert_eq!(marked("x:\r\ny", 2, 5), "  --> a.md:1:3\n   |\n 1 | x:\n   |   ^ here\n\n");
    }

    #[test]
    fn very_long_lines_are_cropped() {
        let text = "word ".repeat(200_000);
        assert_eq!(
            marked(&text, 500_000, 500_004),
            "  --> a.md:1:500001\n   |\n \
             1 | ...ord word word word word word word word word word word word word word...\n   \
             |                                 ^^^^ here\n\n"
        );
        assert_eq!(
            marked(&text, 0, 4),
            "  --> a.md:1:1\n   |\n \
             1 | word word word word word word word word word word word word word word w...\n   \
             | ^^^^ here\n\n"
        );
        for (start, end) in [(100, text.len()), (text.len() - 5, text.len()), (text.len(), text.len())] {
            let shown = marked(&text, start, end);
            assert!(shown.lines().all(|line| line.len() <= 80), "{shown}");
            assert!(shown.contains(" | ..."), "{shown}");
        }
    }

    #[test]
    fn no_span_and_no_width_makes_it_panic() {
        let texts =
            ["", "\n", "\r\n", "\u{feff}", "\u{feff}å\r\n\r\n\tб日🎉\n", &"é ".repeat(300), &" ".repeat(300)];
        for text in texts {
            for width in [0, 1, 40, 80, usize::MAX] {
                for start in (0..text.len() + 3).step_by(1 + text.len() / 20) {
                    for length in [0, 1, 2, 50, 1000] {
                        let diagnostic = unknown_form().at("a.md", Span::new(start, start + length));
                        emitted(&[diagnostic], text, EmitStyle { width, ..EmitStyle::default() });
                    }
                }
            }
        }
    }
}
