//! The lines of a script as a call: steps, words to say, remarks, answers and where they lead, objections and replies.

use super::lines::{Kind, Line, Sign};
use super::words::{ScriptWords, after};
use crate::encode::slug::slug;

/// A step or an objection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) title: String,
    pub(super) is_objection: bool,
    pub(super) parts: Vec<StepPart>,
    pub(super) number: usize,
}

/// A part of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum StepPart {
    /// Words that the caller says.
    Say(String),
    /// A remark to the caller.
    Note(String),
    /// What the other one may say.
    Answer(Answer),
    /// One of several ways to answer an objection, by its heading.
    Reply(String),
}

/// An answer, what to say then, and where that leads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) label: String,
    pub(super) say: Vec<String>,
    pub(super) notes: Vec<String>,
    pub(super) answers: Vec<Answer>,
    /// The name or number of a step, as it is written.
    pub(super) to: Option<String>,
    pub(super) number: usize,
}

/// Marks around what is said.
const QUOTES: &[(char, char)] = &[('"', '"'), ('“', '”'), ('”', '”'), ('«', '»'), ('„', '“'), ('»', '«')];

/// Signs between an answer and what follows.
const ARROWS: &[&str] = &["-->", "->", "=>", "→", "⇒", "➔", "➜", "➡"];

/// Words without the quotation marks around all of them.
pub(super) fn unquoted(text: &str) -> Option<&str> {
    let text = text.trim();
    let (first, last) = (text.chars().next()?, text.chars().next_back()?);
    let inner = text.get(first.len_utf8()..text.len().checked_sub(last.len_utf8())?)?;
    QUOTES
        .iter()
        .any(|(open, close)| *open == first && *close == last && !inner.contains(*open))
        .then_some(inner)
}

/// The title of a script, and its steps.
pub(super) fn steps(lines: &[Line], words: &ScriptWords) -> (Option<String>, Vec<Step>) {
    let title = title(lines);
    let (mut steps, mut items): (Vec<Step>, Vec<(usize, Answer)>) = (Vec::new(), Vec::new());
    let says_in_quotes =
        lines.iter().filter(|line| is_plain(line) && unquoted(&line.text).is_some()).count() > 1;
    let own: Vec<&Line> =
        lines.iter().filter(|line| Some(line.number) != title.map(|title| title.number)).collect();
    let lowest = own.iter().filter_map(|line| level(line)).min().unwrap_or(1);
    for line in own {
        let in_objection = steps.last().is_some_and(|step| step.is_objection);
        match level(line) {
            Some(level) => {
                flush(&mut items, &mut steps, words);
                let reply = after(&line.text, words.reply, &[':', '.', '-', '–', ')']);
                if in_objection
                    && (level > lowest || reply.is_some())
                    && objection(&line.text, words).is_none()
                {
                    let name = reply.unwrap_or(&line.text).to_string();
                    if let Some(step) = steps.last_mut() {
                        step.parts.push(StepPart::Reply(name));
                    }
                } else {
                    steps.push(step(line, words));
                }
            }
            None => body(line, (&mut steps, &mut items), words, says_in_quotes.then_some(Quoted)),
        }
    }
    flush(&mut items, &mut steps, words);
    (title.map(|line| line.text.clone()), steps)
}

/// What is said stands in quotation marks in this script.
#[derive(Clone, Copy)]
struct Quoted;

fn is_plain(line: &Line) -> bool {
    matches!(line.kind, Kind::Plain(_))
}

fn level(line: &Line) -> Option<usize> {
    match line.kind {
        Kind::Title => Some(0),
        Kind::Heading(level) => Some(level),
        _ => None,
    }
}

/// The only heading of its level, at the beginning, above others.
fn title(lines: &[Line]) -> Option<&Line> {
    let first = lines.first()?;
    let own = level(first)?;
    let others: Vec<usize> = lines[1..].iter().filter_map(level).collect();
    let is_above = !others.is_empty() && others.iter().all(|other| *other > own);
    // Nothing is between it and the next heading.
    let is_alone = lines.get(1).is_some_and(|next| level(next).is_some());
    (first.kind == Kind::Title || is_above || is_alone).then_some(first)
}

/// The name of an objection in a heading.
pub(super) fn objection<'t>(text: &'t str, words: &ScriptWords) -> Option<&'t str> {
    let english = super::words::LANGUAGES[0].objection;
    after(text, words.objection, &[':', '-', '–', '.', ')'])
        .or_else(|| after(text, english, &[':', '-', '–', '.', ')']))
        .filter(|name| !name.is_empty())
        .map(|name| unquoted(name).unwrap_or(name))
}

fn step(line: &Line, words: &ScriptWords) -> Step {
    let name = objection(&line.text, words);
    let bare = line.text.trim_end_matches(':');
    let numbered = after(bare, words.step, &[':', '.', '-', '–', ')']);
    let digits = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let without = if digits.len() < bare.len() {
        digits.strip_prefix(['.', ')', ':']).map(str::trim_start)
    } else {
        None
    };
    let title = name.or(numbered).or(without).filter(|title| !title.is_empty()).unwrap_or(bare);
    Step { title: title.to_string(), is_objection: name.is_some(), parts: Vec::new(), number: line.number }
}

fn body(
    line: &Line,
    (steps, items): (&mut Vec<Step>, &mut Vec<(usize, Answer)>),
    words: &ScriptWords,
    quoted: Option<Quoted>,
) {
    if steps.is_empty() {
        steps.push(Step { title: words.opener.to_string(), number: line.number, ..Step::default() });
    }
    if let Kind::Item(depth, sign) = line.kind {
        let step = steps.last_mut().filter(|step| step.is_objection && depth == 0 && sign == Sign::Number);
        // Numbers below an objection are its replies.
        if let Some(step) = step
            && !answer_of(&line.text, words).is_some_and(|(is_sure, ..)| is_sure)
        {
            let text = after(&line.text, words.reply, &[':', '-', '–']).unwrap_or(&line.text);
            let (name, said) = reply(text);
            step.parts.push(StepPart::Reply(name));
            step.parts.push(StepPart::Say(said));
            return;
        }
        items.push((depth, answer(line, words)));
        return;
    }
    if let Some((_, last)) = items.last_mut()
        && matches!(line.kind, Kind::Plain(indent) if indent > 0)
    {
        spoken(&line.text, words, quoted)
            .map_or_else(|| last.notes.push(line.text.clone()), |said| last.say.push(said));
        return;
    }
    let conditional = answer_of(&line.text, words).is_some_and(|(is_sure, ..)| is_sure);
    if conditional && is_plain(line) {
        items.push((0, answer(line, words)));
        return;
    }
    flush(items, steps, words);
    let Some(step) = steps.last_mut() else { return };
    if step.is_objection
        && let Some(text) = after(&line.text, words.reply, &[':', '-', '–', ')'])
    {
        let (name, said) = reply(text);
        step.parts.push(StepPart::Reply(name));
        step.parts.push(StepPart::Say(said));
        return;
    }
    step.parts.push(match (line.kind, spoken(&line.text, words, quoted)) {
        (Kind::Quote, _) => StepPart::Say(unquoted(&line.text).unwrap_or(&line.text).to_string()),
        (_, Some(said)) => StepPart::Say(said),
        _ => StepPart::Note(note(&line.text, words)),
    });
}

/// The words to say of a paragraph; `None` for a remark.
fn spoken(text: &str, words: &ScriptWords, quoted: Option<Quoted>) -> Option<String> {
    if let Some(said) = after(text, words.say, &[':']) {
        return Some(unquoted(said).unwrap_or(said).to_string());
    }
    if let Some(said) = unquoted(text) {
        return Some(said.to_string());
    }
    let is_bracketed = text.starts_with('(') && text.ends_with(')')
        || text.starts_with('[') && text.ends_with(']') && text.split(' ').count() > 4;
    let is_note = is_bracketed || after(text, words.note, &[':', '!', '.']).is_some() || quoted.is_some();
    (!is_note).then(|| text.to_string())
}

/// A remark without the word that says that it is one.
fn note(text: &str, words: &ScriptWords) -> String {
    let text = after(text, words.note, &[':', '!', '.']).unwrap_or(text);
    let bare = text.strip_prefix(['(', '[']).and_then(|rest| rest.strip_suffix([')', ']']));
    bare.unwrap_or(text).to_string()
}

/// A reply's name, of its first words, and its words.
fn reply(text: &str) -> (String, String) {
    if let Some((name, said)) = text.split_once(": ").filter(|(name, _)| name.chars().count() < 50) {
        return (name.to_string(), unquoted(said).unwrap_or(said).to_string());
    }
    let said = unquoted(text).unwrap_or(text);
    let first: Vec<&str> = said.split_whitespace().take(5).collect();
    let name = first.join(" ");
    (
        name.trim_end_matches([',', '.', '?', '!', ':'])
            .chars()
            .filter(|c| !matches!(c, '[' | ']' | '{' | '}' | '<' | '>' | '_'))
            .collect(),
        said.to_string(),
    )
}

/// Is it an answer? Whether that is sure, its label, and what follows.
fn answer_of<'t>(text: &'t str, words: &ScriptWords) -> Option<(bool, &'t str, &'t str)> {
    for arrow in ARROWS {
        if let Some((label, rest)) = text.split_once(arrow) {
            return Some((true, label.trim(), rest.trim()));
        }
    }
    let lower = text.to_lowercase();
    let first = lower.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_condition = words.conditions.contains(&first) && lower.len() > first.len();
    let is_reply = words.yes.contains(&first) || words.no.contains(&first);
    if !is_condition && !is_reply && unquoted(text.split([':', '–']).next().unwrap_or_default()).is_none() {
        return None;
    }
    let end = text
        .find([':', '–', '—'])
        .or_else(|| text.find(" - "))
        .or_else(|| if is_condition { text.find(',') } else { None });
    let (label, rest) = end.map_or((text, ""), |at| {
        let sign = text[at..].chars().next().map_or(1, char::len_utf8);
        (text[..at].trim(), text[at + sign..].trim_start_matches([' ', '-']))
    });
    // A sentence that begins so, in running words, is no answer.
    let is_sure = is_condition && (end.is_some() || text.split_whitespace().count() <= 6)
        || is_reply && (end.is_some() || text.split_whitespace().count() <= 2);
    Some((is_sure, label, rest.trim()))
}

fn answer(line: &Line, words: &ScriptWords) -> Answer {
    let (label, rest) =
        answer_of(&line.text, words).map_or((line.text.as_str(), ""), |(_, label, rest)| (label, rest));
    let mut out = Answer {
        label: label.trim_end_matches([':', ',']).to_string(),
        number: line.number,
        ..Answer::default()
    };
    if rest.is_empty() {
        return out;
    }
    let target = words.go_to.iter().find_map(|word| {
        let at = rest.to_lowercase().find(word)?;
        let is_word = at == 0 || rest.get(..at).is_some_and(|before| before.ends_with([' ', '(', ',', '.']));
        (is_word && rest.is_char_boundary(at))
            .then(|| (rest[..at].trim(), rest.get(at + word.len()..).unwrap_or_default()))
    });
    let is_arrow = ARROWS.iter().any(|arrow| line.text.contains(arrow));
    match target {
        Some((before, to)) => {
            out.to = Some(to.trim().trim_matches(['.', '"', '”', '“', ')', '(', ':', '*']).to_string());
            let before = before.trim_end_matches([',', '.', '(', ';']).trim();
            if !before.is_empty() {
                out.say.push(unquoted(before).unwrap_or(before).to_string());
            }
        }
        None if is_arrow
            && unquoted(rest).is_none()
            && rest.split_whitespace().count() <= 6
            && !rest.ends_with(['?', '.', '!']) =>
        {
            out.to = Some(rest.to_string());
        }
        // What ends the call is done, and not said.
        None if unquoted(rest).is_none()
            && words.ends.iter().any(|(end, _)| rest.to_lowercase().contains(end)) =>
        {
            out.to = Some(rest.to_string());
        }
        None => match spoken(rest, words, None) {
            Some(said) => out.say.push(said),
            None => out.notes.push(note(rest, words)),
        },
    }
    out
}

/// Puts the items of a list where they belong: answers below answers; a list of none is a remark.
fn flush(items: &mut Vec<(usize, Answer)>, steps: &mut [Step], words: &ScriptWords) {
    let all = std::mem::take(items);
    let Some(step) = steps.last_mut().filter(|_| !all.is_empty()) else { return };
    let tops = all.iter().filter(|(depth, _)| *depth == 0);
    let is_answer = |answer: &Answer| {
        answer.to.is_some() || !answer.say.is_empty() || answer_of(&answer.label, words).is_some()
    };
    let has_below = all.iter().any(|(depth, _)| *depth > 0);
    let is_list = !has_below && !tops.clone().any(|(_, answer)| is_answer(answer));
    if is_list {
        let lines: Vec<String> = all.into_iter().map(|(_, answer)| format!("- {}", answer.label)).collect();
        return step.parts.push(StepPart::Note(lines.join("\n")));
    }
    let mut all = all.into_iter().peekable();
    while let Some((depth, first)) = all.next() {
        let answer = below(first, depth, &mut all, words);
        step.parts.push(StepPart::Answer(answer));
    }
}

/// An item with those below it: answers, or words to say.
fn below(
    mut own: Answer,
    depth: usize,
    rest: &mut std::iter::Peekable<std::vec::IntoIter<(usize, Answer)>>,
    words: &ScriptWords,
) -> Answer {
    while let Some((_, next)) = rest.next_if(|(deeper, _)| *deeper > depth) {
        let deeper = depth + 1;
        let next = below(next, deeper, rest, words);
        let is_answer =
            answer_of(&next.label, words).is_some() || next.to.is_some() || !next.answers.is_empty();
        match is_answer {
            true => own.answers.push(next),
            // What stands alone below an answer is what one says then.
            false => own.say.push(unquoted(&next.label).unwrap_or(&next.label).to_string()),
        }
    }
    own
}

/// The step that is meant by a name, a number, or the beginning of its name.
pub(super) fn find_step(to: &str, steps: &[Step], words: &ScriptWords) -> Option<usize> {
    let wanted = slug(to);
    let bare = after(to, words.step, &[':', '.', ' ', '-']).unwrap_or(to);
    let number = to.split(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty());
    let by_number = || {
        let number: usize = number?.parse().ok()?;
        let is_number = words.step.iter().any(|word| to.to_lowercase().contains(word))
            || to.trim().bytes().all(|b| b.is_ascii_digit());
        let plain: Vec<usize> = (0..steps.len()).filter(|at| !steps[*at].is_objection).collect();
        plain.get(number.checked_sub(1)?).copied().filter(|_| is_number)
    };
    let exact = steps.iter().position(|step| slug(&step.title) == wanted || slug(&step.title) == slug(bare));
    let begins = || {
        let mut all = steps.iter().enumerate().filter(|(_, step)| {
            wanted.len() > 3
                && (slug(&step.title).starts_with(&wanted) || wanted.contains(&slug(&step.title)))
        });
        all.next().map(|(at, _)| at).filter(|_| all.next().is_none())
    };
    exact.or_else(by_number).or_else(begins)
}
