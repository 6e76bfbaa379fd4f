//! A script as a flowchart in the language of Mermaid, which Git hosts and note programs draw.
//!
//! [`mermaid`] writes one line a node and one an edge. Names of nodes are made of numbers alone, and all texts stand in
//! quotation marks with every sign that Mermaid or Markdown could read otherwise as a number (`#34;`): see its
//! documentation of "entity codes".

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::objections::readable;
use super::script::{CallScript, Edge, Next, Role, Step, StepId};
use crate::site::{PageId, Site};

/// The longest text of an arrow, in letters: what is longer makes the boxes drift apart.
const LONGEST: usize = 60;

/// A script as a Mermaid flowchart. Its title is the page's.
#[must_use]
pub fn mermaid(site: &Site, script: &CallScript) -> String {
    let mut chart = Chart { site, script, nodes: String::new(), edges: String::new(), ends: BTreeMap::new() };
    for (id, step) in script.steps.each() {
        if !matches!(step.role, Role::Objection(_) | Role::Reply { .. }) {
            chart.step(id, step, "  ");
        }
    }
    for objection in &script.objections {
        let all = std::iter::once(&objection.step).chain(&objection.replies);
        let name = script.steps[objection.step].title.as_str();
        let _ = writeln!(chart.nodes, "  subgraph g{}[\"{}\"]", objection.step.index(), chart.quoted(name));
        all.for_each(|id| chart.step(*id, &script.steps[*id], "    "));
        chart.nodes.push_str("  end\n");
    }
    for from in script.steps.ids() {
        script.edges(from).for_each(|edge| chart.edge(from, &edge));
    }
    // A title in double quotation marks is YAML as well as JSON.
    let title = crate::encode::json::text(&site.page(script.page).title());
    format!("---\ntitle: {title}\n---\nflowchart TD\n{}{}", chart.nodes, chart.edges)
}

/// What an edge leads to apart from steps.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Outcome(String),
    Page(PageId),
    Return,
    Elsewhere,
}

struct Chart<'a> {
    site: &'a Site,
    script: &'a CallScript,
    nodes: String,
    edges: String,
    /// The number in the chart of each end that has been drawn.
    ends: BTreeMap<End, usize>,
}

impl Chart<'_> {
    fn step(&mut self, id: StepId, step: &Step, indent: &str) {
        let time = match step.time.seconds {
            0 => String::new(),
            seconds => format!("<br>{seconds} s"),
        };
        let (open, close) = match step.role {
            _ if self.script.start() == Some(id) => ("([", "])"),
            Role::Step => ("[", "]"),
            Role::Objection(_) => ("{{", "}}"),
            Role::Reply { .. } | Role::Branch { .. } => ("(", ")"),
        };
        let number = match step.role {
            Role::Reply { number, .. } => format!("{number} · "),
            _ => String::new(),
        };
        let title = self.quoted(&step.title);
        let _ = writeln!(self.nodes, "{indent}s{}{open}\"{number}{title}{time}\"{close}", id.index());
    }

    fn edge(&mut self, from: StepId, edge: &Edge<'_>) {
        let to = match &edge.next {
            Next::Step(step) | Next::Branch(step) => format!("s{}", step.index()),
            Next::Page { page, .. } => self.end(End::Page(*page)),
            Next::Outcome { id, .. } => self.end(End::Outcome(id.clone())),
            Next::Return => self.end(End::Return),
            Next::Elsewhere => self.end(End::Elsewhere),
            Next::Nowhere => return,
        };
        let is_reply = matches!(self.script.steps[from].role, Role::Objection(_)) && edge.answer.is_none();
        // What a branch is called says what was answered.
        let label = match (&edge.next, edge.answer) {
            (Next::Branch(_), _) | (_, None) => String::new(),
            (_, Some(answer)) => shortened(&answer.map_label()),
        };
        let arrow = if edge.answer.is_some() || is_reply { "-->" } else { "-.->" };
        let label = if label.is_empty() { String::new() } else { format!("|\"{}\"|", self.quoted(&label)) };
        let _ = writeln!(self.edges, "  s{} {arrow}{label} {to}", from.index());
    }

    /// The name of an end, whose node is written when it is asked for the first time.
    fn end(&mut self, end: End) -> String {
        let next = self.ends.len();
        if let Some(number) = self.ends.get(&end) {
            return format!("e{number}");
        }
        let _ = match &end {
            End::Outcome(id) => {
                let label = self.script.outcome(id).map_or(id.as_str(), |outcome| outcome.label.as_str());
                writeln!(self.nodes, "  e{next}([\"● {}\"])", self.quoted(label))
            }
            End::Page(page) => {
                writeln!(self.nodes, "  e{next}[[\"{}\"]]", self.quoted(self.site.page(*page).title()))
            }
            End::Return => writeln!(self.nodes, "  e{next}((\"↩\"))"),
            End::Elsewhere => writeln!(self.nodes, "  e{next}((\"↗\"))"),
        };
        self.ends.insert(end, next);
        format!("e{next}")
    }

    /// A text as it may stand between Mermaid's quotation marks. Placeholders are called by their names.
    fn quoted(&self, text: &str) -> String {
        escaped(&readable(self.script, text))
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_string();
    }
    let cut: String = text.chars().take(LONGEST).collect();
    // At the end of a word, if there is one in sight.
    let words = cut.rsplit_once(char::is_whitespace).map(|(words, _)| words);
    format!("{}…", words.filter(|words| words.len() > cut.len() / 2).unwrap_or(&cut))
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for sign in text.chars() {
        match sign {
            '\n' | '\r' | '\t' => out.push(' '),
            _ if sign.is_control() => {}
            // A number and a full stop would begin a list.
            '"' | '#' | '&' | '<' | '>' | '`' | '*' | '_' | '~' | '\\' | '[' | ']' | '{' | '}' | '|'
            | '.' | '+' | '-' | '$' => {
                let _ = write!(out, "#{};", u32::from(sign));
            }
            _ => out.push(sign),
        }
    }
    // Mermaid takes no empty label.
    if out.trim().is_empty() { "…".into() } else { out }
}

#[cfg(test)]
mod tests {
    use super::{escaped, shortened};

    #[test]
    fn no_sign_is_read_as_mermaid_or_markdown() {
        let hostile = "\"]; click s0 \"javascript:x\" <script>`*_1. a|#b\u{0}\n--> %%{init}";
        let escaped = escaped(hostile);
        assert!(
            !escaped.contains(['"', '<', '>', '`', '*', '_', '|', '[', ']', '{', '}', '\0', '\n', '-']),
            "{escaped}"
        );
        assert!(escaped.starts_with("#34;#93;; click"), "{escaped}");
        assert_eq!(super::escaped("Åsa 🙂 שלום?"), "Åsa 🙂 שלום?");
        assert_eq!(super::escaped(" \u{0}"), "…");
    }

    #[test]
    fn a_long_answer_ends_at_a_word() {
        let text = "They would rather talk about this when the whole board has met again";
        assert_eq!(shortened(text), "They would rather talk about this when the whole board has…");
        assert_eq!(shortened(&"å".repeat(100)), format!("{}…", "å".repeat(60)));
        assert_eq!(shortened("Yes"), "Yes");
    }
}
