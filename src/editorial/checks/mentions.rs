//! Titles of other pages that stand in a text without a link.
//!
//! All titles are kept by the hash of their first words, and each text is read once, word by word: the cost grows with
//! the length of the texts, not with their number times the number of titles.

use std::hash::{Hash as _, Hasher as _};
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHasher};

use super::prose::Role;
use super::starts::{Start, Starts};
use super::{CheckedPage, report::Report};
use crate::content::PageKind;
use crate::diag::{Code, Diagnostic};
use crate::site::{Page, PageId, Site};

/// So many words begin a title that can be known again: two, such as "Cold calls", are ordinary words.
const FEWEST: usize = 3;

/// Letters of a title that is long enough to be no accident.
const SHORTEST: usize = 10;

/// By their beginning, the words of titles and their pages.
type ByStart = FxHashMap<Start, Vec<(Vec<u64>, PageId)>>;

/// The titles to look for.
pub(super) struct Titles<'a> {
    site: &'a Site,
    /// By language and first words: a title's words and its page.
    by_start: ByStart,
}

/// A word of a text.
struct Word {
    hash: u64,
    range: Range<usize>,
}

impl<'a> Titles<'a> {
    /// The titles of pages that are worth a link; none where nobody wants to know.
    pub(super) fn new(site: &'a Site, report: &Report<'_>) -> Self {
        let mut by_start = ByStart::default();
        let is_target =
            |page: &&Page| matches!(page.kind(), PageKind::Insight | PageKind::Playbook) && page.is_listed();
        if report.wants(Code::UnlinkedMention) {
            for page in site.pages().filter(is_target) {
                let title: Vec<u64> = words(page.title(), 0).map(|word| word.hash).collect();
                if title.len() >= FEWEST
                    && page.title().chars().filter(|c| c.is_alphanumeric()).count() >= SHORTEST
                {
                    by_start
                        .entry((page.lang(), start(title.iter().copied())))
                        .or_default()
                        .push((title, page.id));
                }
            }
        }
        Self { site, by_start }
    }

    /// By their beginning, the words of titles and their pages.
    pub(super) fn by_start(&self) -> &ByStart {
        &self.by_start
    }

    /// Reports the first mention of each page that the text doesn't lead to. `links` are those that it does. The
    /// beginnings of titles that the text could hold are added to `starts`.
    pub(super) fn check(
        &self,
        text: &CheckedPage<'_>,
        links: &[PageId],
        mut starts: Option<&mut Starts>,
        report: &mut Report<'_>,
    ) {
        if self.by_start.is_empty() && starts.is_none() || text.page.kind() == PageKind::Script {
            return;
        }
        let mut said: Vec<PageId> = Vec::new();
        for block in text.prose.blocks.iter().filter(|block| matches!(block.role, Role::Text | Role::Cell)) {
            let words: Vec<Word> = words(&text.prose.text[block.range.clone()], block.range.start).collect();
            for at in 0..words.len().saturating_sub(FEWEST - 1) {
                let key = (text.page.lang(), start(words[at..].iter().map(|word| word.hash)));
                if let Some(starts) = &mut starts {
                    starts.add(key.1);
                }
                let Some(titles) = self.by_start.get(&key) else { continue };
                // The longest title is meant.
                let fits = titles.iter().filter(|(title, _)| {
                    words.len() - at >= title.len()
                        && title.iter().zip(&words[at..]).all(|(hash, word)| *hash == word.hash)
                });
                let Some((title, target)) = fits.max_by_key(|(title, _)| title.len()) else { continue };
                let range = words[at].range.start..words[at + title.len() - 1].range.end;
                if !said.contains(target)
                    && self.is_missed(text, *target, links)
                    && self.is_whole_word(text, &range, *target)
                {
                    said.push(*target);
                    report.push(self.problem(text, &range, *target));
                }
            }
        }
    }

    /// Should the text lead there, and doesn't?
    fn is_missed(&self, text: &CheckedPage<'_>, target: PageId, links: &[PageId]) -> bool {
        let to = self.site.page(target);
        let is_there = |id: &PageId| links.contains(id);
        to.audience <= text.page.audience
            && !to.translations.contains(&text.page.id)
            && !to.translations.iter().any(is_there)
    }

    /// Are these the words of the title, in its order and without a full stop between them, and not a link already?
    fn is_whole_word(&self, text: &CheckedPage<'_>, range: &Range<usize>, target: PageId) -> bool {
        let title = self.site.page(target).title();
        text.prose.is_plain(range) && plain(&text.prose.text[range.clone()]) == plain(title)
    }

    fn problem(&self, text: &CheckedPage<'_>, range: &Range<usize>, target: PageId) -> Diagnostic {
        let to = self.site.page(target);
        let words = text.prose.text[range.clone()].trim();
        Diagnostic::new(
            Code::UnlinkedMention,
            format!("this mentions `{}`, but doesn't link to it", to.title()),
        )
        .at(text.page.path(), text.prose.span(range))
        .help(format!("write `[{words}]({})`", relative(text.page.path(), to.path())))
    }
}

/// The words of a text that begins at `base`, in lower case, as hashes.
fn words(text: &str, base: usize) -> impl Iterator<Item = Word> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(char::is_alphanumeric)?;
        let end = text[start..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |end| start + end);
        rest = end;
        let mut hasher = FxHasher::default();
        text[start..end].chars().flat_map(char::to_lowercase).for_each(|c| c.hash(&mut hasher));
        Some(Word { hash: hasher.finish(), range: base + start..base + end })
    })
}

/// One hash for the first words.
fn start(hashes: impl Iterator<Item = u64>) -> u64 {
    let mut hasher = FxHasher::default();
    hashes.take(FEWEST).for_each(|hash| hash.hash(&mut hasher));
    hasher.finish()
}

/// Letters and signs, without the differences between quotation marks, and what stands at the ends.
fn plain(text: &str) -> String {
    let trimmed = text.trim_matches(|c: char| !c.is_alphanumeric());
    let same = |c: char| match c {
        '’' | '‘' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '–' | '—' => '-',
        other => other,
    };
    let lower: String = trimmed.chars().map(same).flat_map(char::to_lowercase).collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A file as another one in the site names it.
fn relative(from: &str, to: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (from.split('/').collect(), to.split('/').collect());
    let common = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    format!("{}{}", "../".repeat(from.len() - 1 - common), to[common..].join("/"))
}
