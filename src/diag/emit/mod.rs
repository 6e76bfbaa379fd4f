//! Turns diagnostics into text: for people, for one line each, for programs, and for GitHub's annotations.
//!
//! Only the CLI and the preview server call [`emit`]; nothing else in ringback prints a problem. Each format
//! is described at the top of its own file.

mod github;
mod human;
mod json;
mod short;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use super::source::{Position, SourceFile};
use super::{Diagnostic, Location, Severity, Veil, credentials};
use crate::encode::terminal;

/// The form in which problems are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// Several lines a problem, with the place in the file
    #[default]
    Human,
    /// One line a problem
    Short,
    /// One JSON object a line, for programs
    Json,
    /// Annotations in GitHub's pull requests
    Github,
}

/// Whether the output is coloured; what `auto` means is settled before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Color {
    /// Plain text, without escape codes.
    #[default]
    Never,
    /// With escape codes for terminals. Only [`Format::Human`] has any.
    Always,
}

/// In which form problems are shown, and how many.
#[derive(Debug, Clone, Copy)]
pub struct EmitStyle {
    /// The form: for people, for one line each, for programs or for GitHub.
    pub format: Format,
    /// Whether escape codes for colours are in it.
    pub color: Color,
    /// At most so many problems, and how many more there are. [`Format::Json`] always has all of them.
    pub limit: usize,
    /// The width of the terminal; longer lines of a snippet are cropped.
    pub width: usize,
}

impl Default for EmitStyle {
    fn default() -> Self {
        Self { format: Format::Human, color: Color::Never, limit: 50, width: 110 }
    }
}

/// Where the texts come from that snippets are cut out of.
pub trait Sources {
    /// The text of `file`, a path from the site's root, or `None` if it is gone or is no text. It must be the
    /// text that was checked: spans point into it.
    fn text(&self, file: &str) -> Option<String>;

    /// The site's folder, as the readers of a format name it: empty, or with a slash at the end. The text of a message
    /// names files from the site's root, and so do formats whose readers see that text beside the place.
    fn folder(&self, format: Format) -> String {
        let _ = format;
        String::new()
    }

    /// What the site takes from its environment, which no message shows.
    fn veil(&self) -> Veil {
        Veil::default()
    }
}

/// Writes `diagnostics`, in their order, as `style` says. Each file is read once. When there are more than the
/// limit, errors are chosen before warnings, and a last line says how many are left out.
///
/// # Errors
///
/// Those of `out`.
pub fn emit(
    diagnostics: &[Diagnostic],
    sources: &dyn Sources,
    style: &EmitStyle,
    out: &mut dyn Write,
) -> io::Result<()> {
    let limit = if style.format == Format::Json { usize::MAX } else { style.limit };
    let veil = if diagnostics.is_empty() { Veil::default() } else { sources.veil() };
    let shown: Vec<_> =
        most_important(diagnostics, limit).into_iter().map(|one| veil.diagnostic(one)).collect();
    let shown: Vec<&Diagnostic> = shown.iter().map(AsRef::as_ref).collect();
    let files = Files::read(&shown, sources, sources.folder(style.format));
    for diagnostic in &shown {
        match style.format {
            Format::Human => human::write(diagnostic, &files, style, out)?,
            Format::Short => short::write(diagnostic, &files, out)?,
            Format::Json => json::write(diagnostic, &files, out)?,
            Format::Github => github::write(diagnostic, &files, out)?,
        }
    }
    match diagnostics.len() - shown.len() {
        0 => Ok(()),
        more => writeln!(out, "… and {more} more"),
    }
}

/// The first errors up to `limit`, and the first warnings where errors leave room, in the order they came in.
fn most_important(diagnostics: &[Diagnostic], limit: usize) -> Vec<&Diagnostic> {
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    let (mut errors, mut warnings) = (errors.min(limit), limit.saturating_sub(errors));
    let fits = |diagnostic: &&Diagnostic| {
        let room = match diagnostic.severity {
            Severity::Error => &mut errors,
            Severity::Warning => &mut warnings,
        };
        *room > 0 && {
            *room -= 1;
            true
        }
    };
    diagnostics.iter().filter(fits).collect()
}

/// The text without credentials, so that no snippet shows one; every place in it stays where it is.
fn masked(text: String) -> String {
    match credentials::masked(&text) {
        Cow::Owned(masked) => masked,
        Cow::Borrowed(_) => text,
    }
}

/// The texts that the diagnostics point into.
struct Files<'a> {
    texts: BTreeMap<&'a str, Option<SourceFile>>,
    /// Before the path of each file.
    folder: String,
}

impl<'a> Files<'a> {
    fn read(shown: &[&'a Diagnostic], sources: &dyn Sources, folder: String) -> Self {
        let mut files = BTreeMap::new();
        let places = shown.iter().flat_map(|d| d.place.iter().chain(d.related.iter().map(|r| &r.place)));
        for place in places.filter(|place| place.span.is_some()) {
            let file = place.file.as_str();
            files.entry(file).or_insert_with(|| sources.text(file).map(|text| SourceFile::new(masked(text))));
        }
        Self { texts: files, folder }
    }

    fn get(&self, place: &Location) -> Option<&SourceFile> {
        self.texts.get(place.file.as_str())?.as_ref()
    }

    /// Where the place begins and ends, if it has a span and its text is at hand.
    fn positions(&self, place: &Location) -> Option<(Position, Position)> {
        Some(self.get(place)?.positions(place.span?))
    }

    /// The file, as the format's readers name it.
    fn path(&self, place: &Location) -> String {
        format!("{}{}", self.folder, place.file)
    }

    /// `file:line:column`, or the file alone.
    fn location(&self, place: &Location) -> String {
        let file = terminal::line(&self.path(place)).into_owned();
        match self.positions(place) {
            Some((Position { line, column }, _)) => format!("{file}:{line}:{column}"),
            None => file,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::super::{Code, Span};
    use super::*;

    /// One file, `a.md`, and a count of how often it was read.
    pub(super) struct OneFile<'a> {
        pub(super) text: &'a str,
        pub(super) reads: Cell<usize>,
    }

    impl Sources for OneFile<'_> {
        fn text(&self, file: &str) -> Option<String> {
            self.reads.set(self.reads.get() + 1);
            (file == "a.md").then(|| self.text.to_owned())
        }
    }

    struct InFolder<'a>(OneFile<'a>);

    impl Sources for InFolder<'_> {
        fn text(&self, file: &str) -> Option<String> {
            self.0.text(file)
        }

        fn folder(&self, format: Format) -> String {
            if matches!(format, Format::Short | Format::Github) { "web/".into() } else { String::new() }
        }
    }

    #[test]
    fn readers_find_files_from_where_they_are() {
        let written = |format: Format| {
            let mut out = Vec::new();
            let sources = InFolder(OneFile { text: FORM, reads: Cell::new(0) });
            let problem = unknown_form().related("b.md", None, "there");
            emit(&[problem], &sources, &EmitStyle { format, ..EmitStyle::default() }, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert!(written(Format::Short).starts_with("web/a.md:3:14: "));
        let annotation = written(Format::Github);
        assert!(
            annotation.starts_with("::error file=web/a.md,line=3,")
                && annotation.contains("%0Aweb/b.md: there")
        );
        assert!(written(Format::Json).contains(r#""file":"a.md""#));
        assert!(written(Format::Human).contains("--> a.md:3:14"));
    }

    /// What [`emit`] writes about `a.md`, which holds `text`.
    pub(super) fn emitted(diagnostics: &[Diagnostic], text: &str, style: EmitStyle) -> String {
        let mut out = Vec::new();
        emit(diagnostics, &OneFile { text, reads: Cell::new(0) }, &style, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// The example of the design, in `a.md`.
    pub(super) const FORM: &str = "---\ntitle: The empty CRM\ngate: {form: guid}\n---\n";

    pub(super) fn unknown_form() -> Diagnostic {
        Diagnostic::new(Code::UnknownForm, "no form is called `guid`")
            .at("a.md", Span::new(38, 42))
            .label("forms are defined in content/forms/")
            .suggest("guid", ["contact", "guide"])
    }

    fn titles(severities: &[Severity], limit: usize) -> String {
        let numbered = severities.iter().enumerate().map(|(i, &severity)| {
            let diagnostic = Diagnostic::new(Code::BadDate, i.to_string());
            Diagnostic { severity, ..diagnostic }
        });
        emitted(
            &numbered.collect::<Vec<_>>(),
            "",
            EmitStyle { format: Format::Short, limit, ..EmitStyle::default() },
        )
    }

    #[test]
    fn the_limit_prefers_errors_and_keeps_the_order() {
        use Severity::{Error, Warning};
        assert_eq!(
            titles(&[Warning, Error, Warning, Error], 3),
            "warning[bad-date]: 0\nerror[bad-date]: 1\nerror[bad-date]: 3\n… and 1 more\n"
        );
        assert_eq!(
            titles(&[Warning, Error, Error, Error], 2),
            "error[bad-date]: 1\nerror[bad-date]: 2\n… and 2 more\n"
        );
        assert_eq!(titles(&[Warning], 1), "warning[bad-date]: 0\n");
        assert_eq!(titles(&[Error], 0), "… and 1 more\n");
        assert_eq!(titles(&[], 50), "");
    }

    #[test]
    fn thousands_of_problems_on_one_line_read_the_file_once() {
        let text = "å ".repeat(100_000);
        let diagnostics: Vec<_> =
            (0..5_000).map(|i| unknown_form().at("a.md", Span::new(60 * i, 60 * i + 2))).collect();
        for format in [Format::Human, Format::Short, Format::Json, Format::Github] {
            let sources = OneFile { text: &text, reads: Cell::new(0) };
            let style = EmitStyle { format, limit: usize::MAX, ..EmitStyle::default() };
            let mut out = Vec::new();
            emit(&diagnostics, &sources, &style, &mut out).unwrap();
            assert_eq!(sources.reads.get(), 1);
            assert!(String::from_utf8(out).unwrap().contains("199961"), "{format:?} has the last column");
        }
    }
}
