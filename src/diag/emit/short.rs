//! For grep and for editors: one line a problem, without snippet and related places.
//!
//! ```text
//! content/a.md:3:14: error[unknown-form]: no form is called `guid` (help: did you mean `guide`?)
//! ```

use std::io::{self, Write};

use super::Files;
use crate::diag::Diagnostic;
use crate::encode::terminal::line as one_line;

/// Writes a problem on one line: file, line, column, message.
pub(super) fn write(diagnostic: &Diagnostic, files: &Files<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Diagnostic { code, severity, message, place, help, .. } = diagnostic;
    if let Some(place) = place {
        write!(out, "{}: ", files.location(place))?;
    }
    write!(out, "{}[{code}]: {}", severity.name(), one_line(message))?;
    if !help.is_empty() {
        write!(out, " (help: {})", one_line(&help.join("; ")))?;
    }
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use crate::diag::emit::tests::{FORM, emitted, unknown_form};
    use crate::diag::emit::{EmitStyle, Format};

    fn short(diagnostic: Diagnostic, text: &str) -> String {
        emitted(&[diagnostic], text, EmitStyle { format: Format::Short, ..EmitStyle::default() })
    }

    #[test]
    fn one_line_with_the_help() {
        assert_eq!(
            short(unknown_form().help("or write\nthe form"), FORM),
            "a.md:3:14: error[unknown-form]: no form is called `guid` (help: did you mean `guide`?; or write the form)\n"
        );
    }

    #[test]
    fn as_much_of_the_place_as_is_known() {
        let problem = || Diagnostic::new(Code::NotUtf8, "this is\r\nno \u{1b}text");
        assert_eq!(short(problem(), ""), "error[not-utf8]: this is no ␛text\n");
        assert_eq!(short(problem().in_file("b.md"), ""), "b.md: error[not-utf8]: this is no ␛text\n");
    }
}
