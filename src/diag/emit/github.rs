//! For GitHub Actions: workflow commands, which become annotations beside the lines of a pull request.
//!
//! ```text
//! ::error file=content/a.md,line=3,col=14,endLine=3,endColumn=18,title=unknown-form::no form is called `guid`
//! ```
//!
//! The label, the related places and the help follow the message on lines of their own. GitHub takes
//! columns only where the last line is the first, so a span over several lines has none.

use std::io::{self, Write};

use super::Files;
use crate::diag::Diagnostic;
use crate::encode::workflow::{data, property};

/// Writes a problem as an annotation of GitHub's.
pub(super) fn write(diagnostic: &Diagnostic, files: &Files<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut properties = String::new();
    if let Some(place) = &diagnostic.place {
        properties = format!("file={},", property(&files.path(place)));
        properties += &match files.positions(place) {
            Some((start, end)) if start.line == end.line => format!(
                "line={},col={},endLine={},endColumn={},",
                start.line, start.column, end.line, end.column
            ),
            Some((start, end)) => format!("line={},endLine={},", start.line, end.line),
            None => String::new(),
        };
    }
    let mut lines = vec![diagnostic.message.clone()];
    lines.extend(diagnostic.label.clone());
    lines.extend(diagnostic.related.iter().map(|r| format!("{}: {}", files.location(&r.place), r.label)));
    lines.extend(diagnostic.help.iter().map(|help| format!("help: {help}")));
    let command = diagnostic.severity.name();
    writeln!(
        out,
        "::{command} {properties}title={}::{}",
        property(diagnostic.code.name()),
        data(&lines.join("\n"))
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::emit::tests::{FORM, emitted, unknown_form};
    use crate::diag::emit::{EmitStyle, Format};
    use crate::diag::{Code, Span};

    fn github(diagnostic: Diagnostic, text: &str) -> String {
        emitted(&[diagnostic], text, EmitStyle { format: Format::Github, ..EmitStyle::default() })
    }

    #[test]
    fn an_annotation() {
        assert_eq!(
            github(unknown_form().related("b.md", None, "there"), FORM),
            "::error file=a.md,line=3,col=14,endLine=3,endColumn=18,title=unknown-form::no form is called `guid`\
             %0Aforms are defined in content/forms/%0Ab.md: there%0Ahelp: did you mean `guide`?\n"
        );
    }

    #[test]
    fn signs_with_a_meaning_are_escaped() {
        let diagnostic = Diagnostic::new(Code::GateWithoutTeaser, "100 %: a, b\r\nc").in_file("50%,\n:.md");
        assert_eq!(
            github(diagnostic, ""),
            "::warning file=50%25%2C%0A%3A.md,title=gate-without-teaser::100 %25: a, b%0D%0Ac\n"
        );
    }

    #[test]
    fn several_lines_have_no_columns() {
        let diagnostic = Diagnostic::new(Code::YamlSyntax, "m").at("a.md", Span::new(4, 30));
        assert_eq!(github(diagnostic, FORM), "::error file=a.md,line=2,endLine=3,title=yaml-syntax::m\n");
        assert_eq!(github(Diagnostic::new(Code::NoContent, "m"), ""), "::error title=no-content::m\n");
    }
}
