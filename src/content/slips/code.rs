//! What is behind the fence of a code block: a language that nobody knows, lines to mark that aren't there, and blocks that
//! other programs make a picture of.

use super::{Kind, NodeId, Walk};
use crate::content::code::CodeInfo;
use crate::diag::Code;
use crate::highlight::{KnownLanguage, find_language, names};

/// Languages of blocks that other programs draw or run, and what those are.
const DRAWN: &[(&str, &str)] = &[
    ("mermaid", "a Mermaid diagram isn't drawn here: readers see its source"),
    ("plantuml", "a PlantUML diagram isn't drawn here: readers see its source"),
    ("puml", "a PlantUML diagram isn't drawn here: readers see its source"),
    ("math", "a formula isn't typeset here: readers see its source"),
    ("katex", "a formula isn't typeset here: readers see its source"),
    ("dataview", "a query of Obsidian isn't run here: readers see its source"),
    ("dataviewjs", "a query of Obsidian isn't run here: readers see its source"),
];

impl Walk<'_> {
    /// Reports a block of code whose language isn't known, or that another program draws.
    pub(super) fn code(&mut self, id: NodeId, info: &str) {
        if info.is_empty() {
            return;
        }
        let code = CodeInfo::read(info);
        let start = self.body.nodes()[id].span.range().start;
        let at = self.rest_of_line(start).find(info).map_or(start, |at| start + at);
        if !self.check_diagram(at, info) {
            self.unknown(at, code.language);
        }
        self.marks(id, &code, at);
    }

    /// A fence that another program makes a picture of.
    fn check_diagram(&mut self, at: usize, info: &str) -> bool {
        let name = info.trim_start_matches(['{', '.', ' ']);
        let begin = info.len() - name.len();
        let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let Some((_, message)) = DRAWN.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) else {
            return false;
        };
        let help = "save it as an image and show that: `![What it shows](diagram.svg)`; if readers should see the source, \
            write `text` here";
        self.report(Code::LeftOver, (at + begin, name.len()), (*message, help));
        true
    }

    fn unknown(&mut self, at: usize, language: &str) {
        if find_language(language) != KnownLanguage::No {
            return;
        }
        let message = format!("no language of code is called `{language}`, so this block has no colours");
        let help = "write the name of another, or `text` for none";
        let problem = self.problem(Code::UnknownCodeLanguage, (at, language.len()), (message, help));
        self.out.push(problem.suggest(&language.to_lowercase(), names()));
    }

    fn marks(&mut self, id: NodeId, code: &CodeInfo<'_>, at: usize) {
        let lines = match self.body.nodes().get(id + 1).map(|node| node.kind) {
            Some(Kind::Text(text)) => self.body.text(text).lines().count(),
            _ => 0,
        };
        let list = self.rest_of_line(at);
        let begin = list.find(['{', ' ']).unwrap_or_default();
        let place = (at + begin, list.trim_end().len() - begin);
        let help = "write the numbers of lines as in `{2,4-6}`; the first line of the code is 1";
        if let Some(part) = code.unread {
            let message = format!("`{part}` names no line of the code to mark");
            self.report(Code::MarkedLine, place, (message, help));
        } else if let Some((_, last)) = code.marked.iter().find(|(_, last)| *last > lines) {
            let message = format!("there is no line {last} to mark: this code has {lines}");
            self.report(Code::MarkedLine, place, (message, help));
        }
    }
}
