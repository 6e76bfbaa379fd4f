//! For programs: one JSON object a line, always with all of its keys, `null` where something is not known.
//!
//! ```json
//! {"code":"unknown-form","severity":"error","message":"no form is called `guid`","file":"content/a.md",
//!  "line":3,"column":14,"end_line":3,"end_column":18,"byte_start":38,"byte_end":42,
//!  "label":"forms are defined in content/forms/","help":["did you mean `guide`?"],"related":[]}
//! ```
//!
//! Lines and columns count from 1, a column is a Unicode character, and the end is behind the last one. Bytes
//! count from 0. A related place has the same keys from `file` to `label`.

use std::io::{self, Write};

use serde::Serialize;

use super::Files;
use crate::diag::{Code, Diagnostic, Location, Severity};
use crate::encode::terminal;

#[derive(Serialize)]
struct Problem<'a> {
    code: Code,
    severity: Severity,
    message: &'a str,
    #[serde(flatten)]
    spot: Spot<'a>,
    help: &'a [String],
    related: Vec<Spot<'a>>,
}

#[derive(Serialize, Default)]
struct Spot<'a> {
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    byte_start: Option<u32>,
    byte_end: Option<u32>,
    label: Option<&'a str>,
}

impl<'a> Spot<'a> {
    fn new(place: &'a Location, label: Option<&'a str>, files: &Files<'_>) -> Self {
        let (start, end) = files.positions(place).unzip();
        Self {
            file: Some(&place.file),
            line: start.map(|at| at.line),
            column: start.map(|at| at.column),
            end_line: end.map(|at| at.line),
            end_column: end.map(|at| at.column),
            byte_start: place.span.map(|span| span.start),
            byte_end: place.span.map(|span| span.end),
            label,
        }
    }
}

/// Writes a problem as one line of JSON.
pub(super) fn write(diagnostic: &Diagnostic, files: &Files<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Diagnostic { code, severity, message, place, label, related, help, fix: _ } = diagnostic;
    let problem = Problem {
        code: *code,
        severity: *severity,
        message,
        spot: match place {
            Some(place) => Spot::new(place, label.as_deref(), files),
            None => Spot { label: label.as_deref(), ..Spot::default() },
        },
        help,
        related: related.iter().map(|r| Spot::new(&r.place, Some(&r.label), files)).collect(),
    };
    out.write_all(terminal::json(&serde_json::to_string(&problem)?).as_bytes())?;
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Span;
    use crate::diag::emit::tests::{FORM, emitted, unknown_form};
    use crate::diag::emit::{EmitStyle, Format};

    fn json(diagnostic: Diagnostic, text: &str) -> String {
        emitted(&[diagnostic], text, EmitStyle { format: Format::Json, limit: 0, ..EmitStyle::default() })
    }

    #[test]
    fn every_key_in_its_order() {
        let diagnostic =
            unknown_form().related("a.md", Some(Span::new(0, 3)), "here").related("b.md", None, "there");
        assert_eq!(
            json(diagnostic, FORM),
            concat!(
                r#"{"code":"unknown-form","severity":"error","message":"no form is called `guid`","#,
                r#""file":"a.md","line":3,"column":14,"end_line":3,"end_column":18,"byte_start":38,"byte_end":42,"#,
                r#""label":"forms are defined in content/forms/","help":["did you mean `guide`?"],"related":["#,
                r#"{"file":"a.md","line":1,"column":1,"end_line":1,"end_column":4,"byte_start":0,"byte_end":3,"#,
                r#""label":"here"},"#,
                r#"{"file":"b.md","line":null,"column":null,"end_line":null,"end_column":null,"byte_start":null,"#,
                r#""byte_end":null,"label":"there"}]}"#,
                "\n"
            )
        );
    }

    #[test]
    fn nothing_known_but_the_message() {
        assert_eq!(
            json(Diagnostic::new(Code::NoContent, "two\nlines"), ""),
            concat!(
                r#"{"code":"no-content","severity":"error","message":"two\nlines","file":null,"line":null,"#,
                r#""column":null,"end_line":null,"end_column":null,"byte_start":null,"byte_end":null,"label":null,"#,
                r#""help":[],"related":[]}"#,
                "\n"
            )
        );
    }
}
