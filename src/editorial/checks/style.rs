//! How a text reads: the length of its sentences, how hard it is, and of whom it speaks.

use super::prose::{Block, Role, words};
use super::{CheckedPage, report::Report, words as languages};
use crate::config::Audience;
use crate::content::PageKind;
use crate::diag::{Code, Diagnostic};

/// Fewer words than this say nothing about a whole text.
const SHORTEST: usize = 150;

/// How often a text may say "we" before it is weighed.
const FEW: usize = 8;

/// A word with more letters counts as long in LIX (Björnsson, 1968).
const LONG_WORD: usize = 6;

/// Reports sentences and texts that are hard to read, and texts about their author.
pub(super) fn check(text: &CheckedPage<'_>, report: &mut Report<'_>) {
    let is_spoken = text.page.kind() == PageKind::Script;
    let mut count = Count::default();
    let language = text.language();
    let people = languages::people(language);
    for block in text.prose.blocks.iter().filter(|block| is_read(block, text.page.kind())) {
        for sentence in text.prose.sentences(block) {
            let part = &text.prose.text[sentence.clone()];
            let length = count.add(part, people.as_ref());
            let limit =
                if is_spoken { languages::LONGEST_SPOKEN } else { languages::longest_sentence(language) };
            if length > limit {
                let help = if is_spoken {
                    "nobody can say that in one breath: split it into two or three"
                } else {
                    "split it into two or three, or make it a list"
                };
                report.push(
                    Diagnostic::new(Code::LongSentence, format!("this sentence has {length} words"))
                        .at(text.page.path(), text.prose.span(&sentence))
                        .help(help),
                );
            }
        }
    }
    if is_spoken || count.words < SHORTEST {
        return;
    }
    check_whole_text(text, &count, report);
}

fn check_whole_text(text: &CheckedPage<'_>, count: &Count, report: &mut Report<'_>) {
    let (path, title) = (text.page.path(), text.page.meta().title.span);
    let lix = count.lix();
    if languages::hardest(text.language()).is_some_and(|limit| lix > limit) {
        let average = count.words / count.sentences.max(1);
        let share = 100 * count.long / count.words.max(1);
        let message = format!("this text is hard to read: its LIX is {lix}");
        let what = format!(
            "sentences have {average} words on average, and {share} words in 100 have more than {LONG_WORD} letters"
        );
        report.push(
            Diagnostic::new(Code::HardToRead, message)
                .at(path, title)
                .help(what)
                .help("split long sentences in two, and use everyday words where you can"),
        );
    }
    // Pages such as "About us" are about us; what the team reads is, too.
    let is_for_readers = matches!(text.page.kind(), PageKind::Insight | PageKind::Playbook)
        && text.page.audience == Audience::Public;
    if is_for_readers && count.us > FEW && count.us > count.reader {
        let reader = match count.reader {
            0 => "never".to_string(),
            1 => "once".to_string(),
            times => format!("{times} times"),
        };
        let message = format!("this text mentions us {} times, and addresses the reader {reader}", count.us);
        report.push(
            Diagnostic::new(Code::SelfCentred, message)
                .at(path, title)
                .help("begin with what the reader has, wants or worries about"),
        );
    }
}

/// Is a block read as sentences? In a script, only what is to be said is; elsewhere a quotation is somebody else's.
fn is_read(block: &Block, kind: PageKind) -> bool {
    match block.role {
        Role::Text => kind != PageKind::Script,
        Role::Quote => kind == PageKind::Script,
        Role::Cell | Role::Heading => false,
    }
}

/// What is counted in a text.
#[derive(Debug, Default)]
struct Count {
    words: usize,
    sentences: usize,
    long: usize,
    us: usize,
    reader: usize,
}

impl Count {
    /// Counts a sentence, and gives its number of words.
    fn add(&mut self, sentence: &str, people: Option<&languages::People>) -> usize {
        let mut length = 0;
        for word in words(sentence) {
            length += 1;
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            self.long += usize::from(
                word.chars().nth(LONG_WORD).is_some()
                    && word.chars().filter(|c| c.is_alphabetic()).count() > LONG_WORD,
            );
            if let Some(people) = people {
                self.person(word, people);
            }
        }
        self.words += length;
        self.sentences += 1;
        length
    }

    fn person(&mut self, word: &str, people: &languages::People) {
        // "we're", "you've"
        let word = word.split(['\'', '’']).next().unwrap_or(word);
        // Longer words are in none of the lists.
        if word.len() > 12 {
            return;
        }
        if people.capital.contains(&word) {
            self.reader += 1;
            return;
        }
        // A country: "in the US".
        if word == "US" {
            return;
        }
        let lower = word.to_lowercase();
        self.us += usize::from(people.us.contains(&lower.as_str()));
        self.reader += usize::from(people.reader.contains(&lower.as_str()));
    }

    /// Words in a sentence, and long words of a hundred.
    fn lix(&self) -> usize {
        (self.words * self.words + 100 * self.long * self.sentences + self.words * self.sentences / 2)
            / (self.words * self.sentences).max(1)
    }
}
