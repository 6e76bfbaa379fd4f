//! Diagnostics for a browser: what `dev.js` shows over a page.

use serde_json::{Value, json};

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

/// `{shown: [{…, snippet}], more}`: each as the format `json` has it, with the lines that are meant.
pub(super) fn json(project: &dyn Project, problems: &[Diagnostic]) -> Value {
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
        let mut value: Value = serde_json::from_str(&written(problem, Format::Json)).unwrap_or_default();
        let text = written(problem, Format::Human);
        // The first line is the message, and advice stands in the value.
        let lines = text.lines().skip(1).filter(|line| !line.trim_start().starts_with("= help:"));
        let lines: Vec<&str> = lines.skip_while(|line| line.trim_start().starts_with("-->")).collect();
        value["snippet"] = json!(lines.join("\n").trim_end());
        value
    });
    let shown: Vec<Value> = shown.collect();
    json!({"more": problems.len() - shown.len(), "shown": shown})
}
