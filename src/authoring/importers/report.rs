//! What an import did, for people and for programs: what came, what was changed, what needs a hand, with file and line.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use crate::authoring::markup::{ImportNote, Weight};

/// The report for people, in the site's root.
pub const FILE: &str = "import-report.md";

/// The report for programs, in the root of the new site.
pub const JSON_FILE: &str = "import-report.json";

/// So many places of one finding are named in the report for people; the one for programs has all.
const NAMED: usize = 50;

/// Something that people should know.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// How much it matters: `lost`, `hand`, `kept`, `changed`.
    pub severity: &'static str,
    /// What it is, as a sentence.
    pub what: Arc<str>,
    /// The file of the new site, or the source where there is none.
    pub file: Arc<str>,
    /// Its line, from 1; 0 for the whole file.
    pub line: usize,
}

/// The report as programs read it.
#[derive(Serialize)]
struct ReportJson<'a> {
    counts: &'a BTreeMap<String, usize>,
    texts: usize,
    proven: usize,
    findings: Vec<&'a Finding>,
}

/// The report of an import, filled while it runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    findings: Vec<Finding>,
    /// Texts that findings share: a large export has a million findings, and a hundred different ones.
    texts: BTreeSet<Arc<str>>,
    counts: BTreeMap<String, usize>,
    /// Texts whose words, links, headings and images were found again, and all that were written.
    proven: (usize, usize),
}

/// The groups of the report, the most important first.
const GROUPS: [(Weight, &str, &str); 4] = [
    (Weight::Lost, "lost", "Lost"),
    (Weight::Hand, "hand", "Needs a hand"),
    (Weight::Kept, "kept", "Stays HTML"),
    (Weight::Changed, "changed", "Said in another way"),
];

fn name(weight: Weight) -> &'static str {
    GROUPS.iter().find(|(known, ..)| *known == weight).map_or("", |(_, name, _)| name)
}

impl Report {
    /// A text that many findings have, kept only once.
    fn shared(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.texts.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = text.into();
        self.texts.insert(Arc::clone(&new));
        new
    }

    /// Notes something about a file.
    pub fn note(&mut self, weight: Weight, file: &str, what: impl AsRef<str>) {
        let (what, file) = (self.shared(what.as_ref()), self.shared(file));
        self.findings.push(Finding { severity: name(weight), what, file, line: 0 });
    }

    /// Notes what a text came to, whose first line is the line `first` of the file.
    pub fn note_all(&mut self, file: &str, first: usize, notes: Vec<ImportNote>) {
        let file = self.shared(file);
        for ImportNote { weight, what, line } in notes {
            let line = if line == 0 { 0 } else { line + first - 1 };
            let what = self.shared(&what);
            self.findings.push(Finding { severity: name(weight), what, file: Arc::clone(&file), line });
        }
    }

    /// Counts something that came, or that didn't.
    pub fn count(&mut self, what: &str) {
        self.count_of(what, 1);
    }

    /// Adds a number to what is counted under `what`; 0 adds nothing.
    pub fn count_of(&mut self, what: &str, number: usize) {
        if number > 0 {
            *self.counts.entry(what.to_string()).or_default() += number;
        }
    }

    /// Counts a text, and whether all that it says was found again in it.
    pub fn prove(&mut self, found: &Option<crate::authoring::markup::facts::Difference>) {
        self.proven.1 += 1;
        self.proven.0 += usize::from(found.is_none());
    }

    /// How many findings there are of a weight.
    #[must_use]
    pub fn number(&self, weight: Weight) -> usize {
        self.findings.iter().filter(|finding| finding.severity == name(weight)).count()
    }

    /// All findings, the most important first, by what they are and where.
    #[must_use]
    pub fn findings(&self) -> Vec<&Finding> {
        let rank = |finding: &Finding| GROUPS.iter().position(|(_, name, _)| *name == finding.severity);
        let mut all: Vec<&Finding> = self.findings.iter().collect();
        all.sort_by(|a, b| (rank(a), *a).cmp(&(rank(b), *b)));
        all.dedup();
        all
    }

    /// The report for programs, as JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::to_value(self.as_json()).expect("texts are JSON")
    }

    /// The same, as it is written: without a copy of all of it in between.
    #[must_use]
    pub fn print(&self) -> String {
        serde_json::to_string_pretty(&self.as_json()).expect("texts are JSON") + "\n"
    }

    fn as_json(&self) -> ReportJson<'_> {
        let (proven, texts) = self.proven;
        ReportJson { counts: &self.counts, texts, proven, findings: self.findings() }
    }

    /// The report for people, as Markdown; `from` is what was imported.
    #[must_use]
    pub fn markdown(&self, from: &str) -> String {
        let mut out = format!("# What was imported from {from}\n\n");
        let (proven, all) = self.proven;
        out.push_str(&match all {
            0 => "The texts are Markdown, and were taken over as they are, but for links and for what only the old program understood.\n\n".to_string(),
            _ => format!(
                "{proven} of {all} texts were read again by ringback, and have the same words, links, headings and images as before.\n\n"
            ),
        });
        for (what, number) in &self.counts {
            out.push_str(&format!("- {what}: {number}\n"));
        }
        let findings = self.findings();
        for (_, severity, title) in GROUPS {
            let mut of: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
            for finding in findings.iter().filter(|finding| finding.severity == severity) {
                of.entry(&finding.what).or_default().push(finding);
            }
            if of.is_empty() {
                continue;
            }
            let number: usize = of.values().map(Vec::len).sum();
            out.push_str(&format!("\n## {title} ({number})\n"));
            for (what, places) in of {
                out.push_str(&format!("\n### {what}\n\n"));
                for place in places.iter().take(NAMED) {
                    let line = if place.line > 0 { format!(":{}", place.line) } else { String::new() };
                    out.push_str(&format!("- `{}{line}`\n", place.file));
                }
                if places.len() > NAMED {
                    out.push_str(&format!(
                        "- and {} more; `{JSON_FILE}` has them all\n",
                        places.len() - NAMED
                    ));
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_important_comes_first_with_file_and_line() {
        let mut report = Report::default();
        report.note(Weight::Changed, "b.md", "x");
        let notes = |line| ImportNote { weight: Weight::Hand, what: "a form".into(), line };
        report.note_all("a.md", 5, vec![notes(2), notes(0)]);
        report.count_of("posts", 2);
        report.prove(&None);
        let text = report.markdown("WordPress");
        let (hand, changed) =
            (text.find("## Needs a hand (2)").unwrap(), text.find("## Said in another way (1)").unwrap());
        assert!(hand < changed && text.contains("- `a.md:6`\n") && text.contains("- posts: 2\n"), "{text}");
        assert_eq!(report.json()["findings"][0]["file"], "a.md");
        assert_eq!((report.number(Weight::Hand), report.number(Weight::Lost)), (2, 0));
    }
}
