//! Diagnostics for a browser: what `dev.js` shows over a page.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::diag::emit::{Color, EmitStyle, Format, Sources, emit};
use crate::diag::{Diagnostic, Veil};
use crate::project::Project;
use crate::{config, theme};

/// So many are shown at once.
const SHOWN: usize = 30;

/// The width of a snippet in characters.
const WIDTH: usize = 100;

/// The texts that snippets are cut out of.
struct Texts<'a>(&'a dyn Project);

impl Sources for Texts<'_> {
    fn text(&self, file: &str) -> Option<String> {
        let own = self.0.read(file).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        own.or_else(|| theme::built_in_text(file))
    }

    fn veil(&self) -> Veil {
        config::veil(self.0)
    }
}

/// Problems as a page of the preview shows them.
#[derive(Debug, Serialize)]
pub(super) struct ShownProblems {
    /// The first of them, errors before warnings.
    shown: Vec<ShownProblem>,
    /// How many there are besides.
    more: usize,
}

/// A problem as the format `json` has it, with the lines that are meant.
#[derive(Debug, Serialize)]
struct ShownProblem {
    #[serde(flatten)]
    problem: Map<String, Value>,
    snippet: String,
}

/// Problems, with the lines of the site's files that they are about.
pub(super) fn show_problems(project: &dyn Project, problems: &[Diagnostic]) -> ShownProblems {
    let mut problems: Vec<&Diagnostic> = problems.iter().collect();
    problems.sort_by_key(|problem| problem.severity);
    let texts = Texts(project);
    let written = |problem: &Diagnostic, format: Format| {
        let mut out = Vec::new();
        let style = EmitStyle { format, color: Color::Never, limit: 1, width: WIDTH };
        // Memory takes everything.
        let _ = emit(std::slice::from_ref(problem), &texts, &style, &mut out);
        String::from_utf8(out).unwrap_or_default()
    };
    let shown = problems.iter().take(SHOWN).map(|problem| {
        let text = written(problem, Format::Human);
        // The first line is the message, and advice stands in the value.
        let lines = text.lines().skip(1).filter(|line| !line.trim_start().starts_with("= help:"));
        let lines: Vec<&str> = lines.skip_while(|line| line.trim_start().starts_with("-->")).collect();
        ShownProblem {
            problem: serde_json::from_str(&written(problem, Format::Json)).unwrap_or_default(),
            snippet: lines.join("\n").trim_end().to_string(),
        }
    });
    let shown: Vec<ShownProblem> = shown.collect();
    ShownProblems { more: problems.len() - shown.len(), shown }
}
