//! `ringback import script`: a call script from Word, from a text or from a nested list, in our notation.
//!
//! `lines` reads the file, `build` finds steps and answers, `gaps` placeholders, `words` has what languages say for them. What nobody can
//! be sure of is marked `TODO`, which `ringback check` names. Start with [`import`].

mod build;
mod gaps;
mod lines;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use self::build::{Answer, Step, StepPart};
use self::gaps::Gaps;
use self::words::{OUTCOMES, ScriptWords};
use super::{ImportError, Report, Sink, archive};
use crate::authoring::markup::{ImportNote, Weight};
use crate::authoring::scaffold::{quoted, scalar};
use crate::encode::slug::slug;
use crate::project::folder;

/// The script that is imported, and the languages that it can be in.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The file: `.docx`, `.md` or `.txt`.
    pub file: &'a Path,
    /// The code of its language, where somebody says it.
    pub lang: Option<&'a str>,
    /// The codes of the site's languages, its own first; empty where there is no site yet.
    pub langs: &'a [String],
}

/// Hands the script to `sink`, and what people should know to `report`.
///
/// # Errors
///
/// The file can't be read, is none of these, has nothing in it, or the sink can't write.
pub fn import(source: &Source<'_>, sink: &mut dyn Sink, report: &mut Report) -> Result<(), ImportError> {
    let file = source.file;
    let bytes = folder::read_if_there(file).map_err(|error| ImportError::unreadable(file, &error))?;
    let bytes = bytes.ok_or_else(|| ImportError::unreadable(file, &std::io::ErrorKind::NotFound.into()))?;
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let (lines, said) = if archive::is_zip(&bytes) {
        lines::of_word(&bytes)?
    } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) || bytes.starts_with(b"{\\rtf") {
        let help = "save it as `.docx` in Word, or as text, and import that";
        return Err(ImportError::new("this is a document in an older format", help));
    } else {
        (
            lines::of_text(&String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes))),
            String::new(),
        )
    };
    if lines.is_empty() {
        return Err(ImportError::new(
            format!("there are no words in `{}`", file.display()),
            "check that it is the right file",
        ));
    }
    let all: String = lines.iter().map(|line| format!("{}\n", line.text)).collect();
    let words = match source.lang.and_then(words::of_code) {
        Some(words) => words,
        // What a document says of its language may be that of the program.
        None => Some(words::guess(&all))
            .filter(|_| !all.is_empty())
            .or(words::of_code(&said))
            .unwrap_or(&words::LANGUAGES[0]),
    };
    let (title, steps) = build::steps(&lines, words);
    let title = title.unwrap_or_else(|| readable(&name));
    let is_other = source.langs.first().is_some_and(|own| own != words.code)
        && source.langs.iter().any(|lang| lang == words.code);
    let suffix = if is_other { format!(".{}", words.code) } else { String::new() };
    let path = format!(
        "content/scripts/{}{suffix}.md",
        Some(slug(&name)).filter(|name| !name.is_empty()).unwrap_or_else(|| "script".into())
    );
    let mut writer = Writer::new(words, steps, Gaps::new(words, &all));
    let text = writer.file(&title);
    report.count("scripts");
    report.count_of("steps", writer.steps.iter().filter(|step| !step.is_objection).count());
    report.count_of("objections", writer.steps.iter().filter(|step| step.is_objection).count());
    let unsure = text.lines().enumerate().filter(|(_, line)| line.contains("TODO"));
    let told = unsure.map(|(number, _)| ImportNote {
        weight: Weight::Hand,
        what: "nobody can be sure what is meant: look at the line, and delete the word `TODO`".into(),
        line: number + 1,
    });
    report.note_all(&path, 1, told.collect());
    for lost in lost_words(&lines, &text, words) {
        report.note(Weight::Lost, &path, format!("these words aren't in the script: `{lost}`"));
    }
    sink.text(&path, text)
}

/// A file's name as a title.
fn readable(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut chars = words.trim().chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_else(|| "Script".into())
}

/// Words of the source that aren't in what was made of it, line by line; those that stand for signs of ours don't count.
fn lost_words(lines: &[lines::Line], text: &str, words: &ScriptWords) -> Vec<String> {
    let plain = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        parts.map(str::to_lowercase).collect()
    };
    let made: BTreeSet<String> = plain(text).into_iter().collect();
    let signs =
        [words.say, words.note, words.reply, words.objection, words.step, words.go_to, words.conditions];
    let signs: BTreeSet<String> = signs.into_iter().flatten().flat_map(|word| plain(word)).collect();
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let missing = |line: &lines::Line| {
        let gone: Vec<String> = plain(&line.text)
            .into_iter()
            .filter(|word| !made.contains(word) && !signs.contains(word) && !is_number(word))
            .collect();
        (!gone.is_empty()).then(|| gone.join(" "))
    };
    lines.iter().filter_map(missing).collect()
}

/// Writes steps in our notation.
struct Writer<'a> {
    words: &'a ScriptWords,
    steps: Vec<Step>,
    /// The ids of the steps.
    ids: Vec<String>,
    gaps: Gaps<'a>,
    /// Outcomes that a call ends in.
    ends: BTreeSet<&'static str>,
    out: String,
}

impl<'a> Writer<'a> {
    fn new(words: &'a ScriptWords, mut steps: Vec<Step>, gaps: Gaps<'a>) -> Self {
        // Steps first: an objection may be opened at any time.
        steps.sort_by_key(|step| step.is_objection);
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        for step in &mut steps {
            let count = taken.entry(slug(&step.title)).or_default();
            *count += 1;
            if *count > 1 {
                step.title = format!("{} {count}", step.title);
            }
        }
        let mut writer =
            Self { words, steps, ids: Vec::new(), gaps, ends: BTreeSet::new(), out: String::new() };
        for at in 0..writer.steps.len() {
            let heading = writer.heading(at);
            writer.ids.push(slug(&heading));
        }
        writer
    }

    fn heading(&mut self, at: usize) -> String {
        let step = &self.steps[at];
        let title = step
            .title
            .chars()
            .filter(|c| !matches!(c, '[' | ']' | '{' | '}' | '<' | '>' | '`' | '*' | '_' | '#'))
            .collect::<String>();
        if step.is_objection { format!("{}: {title}", self.words.objection[0]) } else { title }
    }

    fn file(&mut self, title: &str) -> String {
        for at in 0..self.steps.len() {
            self.step(at);
        }
        let mut front = format!("---\ntitle: {}\n", scalar(title));
        if !self.gaps.found.is_empty() {
            front.push_str("placeholders:\n");
            for (name, label) in &self.gaps.found {
                front.push_str(&format!("  {name}: {{label: {}}}\n", quoted(label)));
            }
        }
        front.push_str("outcomes:\n");
        for (id, label) in OUTCOMES.iter().zip(self.words.outcomes).filter(|(id, _)| self.ends.contains(*id))
        {
            front.push_str(&format!("  {id}: {{label: {}}}\n", quoted(label)));
        }
        if self.ends.is_empty() {
            front = front.replace("outcomes:\n", "");
        }
        format!("{front}---\n{}", self.out)
    }

    fn step(&mut self, at: usize) {
        let heading = self.heading(at);
        self.out.push_str(&format!("\n## {heading}\n"));
        let parts = std::mem::take(&mut self.steps[at].parts);
        let is_objection = self.steps[at].is_objection;
        let (mut replies, mut has_way, mut was_answer) = (0, false, false);
        if is_objection && !parts.iter().any(|part| matches!(part, StepPart::Reply(_))) {
            replies += 1;
            self.out.push_str(&format!(
                "\n### {} 1: {}\n",
                self.words.reply[0],
                self.steps[at].title.clone()
            ));
        }
        for part in &parts {
            if let StepPart::Reply(name) = part {
                if replies > 0 && !has_way {
                    self.way_on(at);
                }
                replies += 1;
                has_way = false;
                let name = name.replace(['[', ']', '{', '}', '<', '>', '`', '*', '_'], "");
                self.out.push_str(&format!("\n### {} {replies}: {name}\n", self.words.reply[0]));
                was_answer = false;
                continue;
            }
            let is_answer = matches!(part, StepPart::Answer(_));
            if !(is_answer && was_answer) {
                self.out.push('\n');
            }
            was_answer = is_answer;
            has_way |= is_answer;
            match part {
                StepPart::Say(text) => self.quote(text, ""),
                StepPart::Note(text) => self.note(text, ""),
                StepPart::Answer(answer) => self.answer(at, answer, 0),
                StepPart::Reply(_) => {}
            }
        }
        let unsure = std::mem::take(&mut self.gaps.unsure);
        if !has_way {
            self.way_on(at);
        }
        for (name, around) in unsure {
            let what = self.words.unsure[1];
            self.out.push_str(&format!("\n> [!NOTE]\n> {what} {{{{{name}}}}} ({around})\n"));
        }
        self.steps[at].parts = parts;
    }

    fn quote(&mut self, text: &str, indent: &str) {
        let filled = self.gaps.fill(text);
        for line in filled.lines() {
            self.out.push_str(&format!("{indent}> {}\n", line.trim()));
        }
    }

    fn note(&mut self, text: &str, indent: &str) {
        self.out.push_str(&format!("{indent}> [!NOTE]\n"));
        self.quote(text, indent);
    }

    /// Where a step leads that has no answers: on to the next one, and at the end to the end.
    fn way_on(&mut self, at: usize) {
        let next =
            (at + 1 < self.steps.len() && !self.steps[at + 1].is_objection && !self.steps[at].is_objection)
                .then_some(at + 1);
        let way = match next {
            Some(next) => self.jump(next),
            None => {
                self.ends.insert("closed");
                format!("[{}](outcome:closed)", self.words.unsure[2])
            }
        };
        self.out.push_str(&format!("\n→ {way}\n"));
    }

    fn jump(&mut self, at: usize) -> String {
        format!("[{}](#{})", self.heading(at), self.ids[at])
    }

    fn answer(&mut self, at: usize, answer: &Answer, depth: usize) {
        let indent = "  ".repeat(depth);
        let label = self.gaps.fill(&answer.label);
        let target = self.target(at, answer);
        let is_simple = answer.say.is_empty() && answer.notes.is_empty() && answer.answers.is_empty();
        match (is_simple, target) {
            (true, Some(way)) => return self.out.push_str(&format!("{indent}- {label} → {way}\n")),
            (true, None) => {
                let way = self.unsure(at);
                return self.out.push_str(&format!("{indent}- {label} → {way}\n"));
            }
            (false, target) => {
                let has_inner = !answer.answers.is_empty();
                match target.or_else(|| (!has_inner).then(|| self.unsure(at))) {
                    Some(way) if !has_inner => self.out.push_str(&format!("{indent}- {label} → {way}\n")),
                    _ => self.out.push_str(&format!("{indent}- {label}\n")),
                }
            }
        }
        let inner = format!("{indent}  ");
        let last = answer.say.len().saturating_sub(1);
        for (index, said) in answer.say.iter().enumerate() {
            self.quote(said, &inner);
            // Paragraphs of one speech are one.
            if index < last {
                self.out.push_str(&format!("{inner}>\n"));
            }
        }
        for text in &answer.notes {
            self.out.push('\n');
            self.note(text, &inner);
        }
        for below in &answer.answers {
            self.answer(at, below, depth + 1);
        }
    }

    /// Where an answer leads, as far as its words say.
    fn target(&mut self, at: usize, answer: &Answer) -> Option<String> {
        let to = answer.to.as_deref();
        if let Some(found) =
            to.and_then(|to| build::find_step(to, &self.steps, self.words)).filter(|found| *found != at)
        {
            return Some(self.jump(found));
        }
        let all =
            [to.unwrap_or_default(), &answer.say.join(" "), &answer.notes.join(" ")].join(" ").to_lowercase();
        let (_, id) = self.words.ends.iter().find(|(words, _)| all.contains(words))?;
        self.ends.insert(id);
        let place = OUTCOMES.iter().position(|known| known == id).unwrap_or_default();
        let label = match to {
            Some(to) => self.gaps.fill(to),
            None => self.words.outcomes[place].to_string(),
        };
        Some(format!("[{label}](outcome:{id})"))
    }

    /// The next step, or the end of the call: somebody has to say.
    fn unsure(&mut self, at: usize) -> String {
        let is_last =
            at + 1 >= self.steps.len() || self.steps[at + 1].is_objection || self.steps[at].is_objection;
        if is_last {
            self.ends.insert("closed");
            return format!("[{}](outcome:closed)", self.words.unsure[2]);
        }
        format!("[{}](#{})", self.words.unsure[0], self.ids[at + 1])
    }
}
