//! What is almost the gate's divider: a slip in it must not leave open what was meant to be sealed.
//!
//! `<!-- gate -->` and `<!-- /gate -->` alone are dividers ([`Body::comment`]). Of all else that an author may have meant as
//! one, [`Body::almost_dividers`] gives the place. Ordinary notes must stay ordinary, so a comment counts only when it is
//! short and says little but `gate` ([`likeness`] has the rule), and other text only when it is a line of its own within
//! brackets of some kind.

use unicode_normalization::UnicodeNormalization as _;

use super::{Body, Kind, Node, NodeId};
use crate::diag::Span;

/// How sure it is that a divider was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Only if the page has a gate and no divider: what it says means a gate in another language or product, or it is
    /// an example in code.
    Perhaps,
    /// Surely: nothing else can be meant.
    Surely,
}

/// Something that is almost a divider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlmostDivider {
    /// The bytes of it in the file.
    pub span: Span,
    /// How sure it is that a divider was meant.
    pub likeness: Likeness,
    /// Does it mean the end of the gated part?
    pub is_end: bool,
    /// Is it written as code, and else right?
    pub is_code: bool,
}

/// Words for a gate's beginning that stand beside its name: `gate starts here`.
const BESIDE: &[&str] = &[
    "a", "begin", "begins", "below", "close", "closes", "content", "divider", "end", "ends", "form", "from",
    "gate", "here", "is", "key", "marker", "now", "of", "open", "opens", "start", "starts", "stop", "stops",
    "text", "the", "börjar", "slutar", "slut", "här", "starter", "slutter", "slutt", "her",
];

/// Words that end what is gated.
const ENDING: &[&str] =
    &["end", "ends", "close", "closes", "stop", "stops", "slut", "slutar", "slutt", "slutter"];

/// Words of one letter more, less or other than `gate` that are notes of their own.
const OTHER_WORDS: &[&str] = &[
    "ate", "bate", "crate", "date", "fate", "gale", "game", "gape", "gat", "gave", "gaze", "get", "goat",
    "grate", "hate", "late", "mate", "pate", "rate", "sate", "agate", "gata", "gåta", "gåte",
];

/// What means the same as `gate` elsewhere: Ghost's and other products' dividers.
const SAME: &[&str] = &["membersonly", "memberonly", "subscribersonly", "paywall", "paid"];

/// What may mean a gate on a page that has one and no divider.
const PERHAPS: &[&str] = &[
    "betalingsmur",
    "betalmur",
    "betalvägg",
    "divider",
    "grind",
    "grinden",
    "leadwall",
    "lock",
    "locked",
    "lås",
    "låst",
    "port",
    "porten",
    "seal",
    "sealed",
    "sperre",
    "wall",
];

/// Is a comment of this text, or a line within brackets, almost a divider, and does it mean the end?
///
/// It is when it has at most four words, one of which is `gate` or one slip away from it (and no other word), and all
/// others are words such as "begins" and "here"; when it begins with `gate` and a colon or an equals sign; and when it
/// means the same in other products (`members-only`). A page with a gate and no divider is looked at more closely: there,
/// four words that begin with `gate` are enough, and words that mean a gate in other languages. Case, punctuation and Unicode's ways of writing a letter don't
/// count.
#[must_use]
pub(super) fn likeness(text: &str) -> Option<(Likeness, bool)> {
    // Nothing longer can be meant, and most comments are longer.
    if text.len() > 60 {
        return None;
    }
    let folded: String =
        text.nfkc().flat_map(char::to_lowercase).map(latin).filter(|c| !is_invisible(*c)).collect();
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let together = words.concat();
    let bare = ENDING.iter().find_map(|end| together.strip_prefix(end)).unwrap_or(&together);
    let is_end = folded.trim_start().starts_with(['/', '\\'])
        || bare == "gate" && together != bare
        || words.iter().any(|word| ENDING.contains(word));
    if SAME.contains(&bare) || together == "gate" || bare == "gate" || bare == "gates" {
        return Some((Likeness::Surely, is_end));
    }
    let is_key = words.first() == Some(&"gate")
        && folded.split_once("gate").is_some_and(|(_, behind)| behind.trim_start().starts_with([':', '=']));
    let is_name = words.len() <= 4
        && words.iter().any(|word| is_slip(word))
        && words.iter().all(|word| is_slip(word) || BESIDE.contains(word) || word.parse::<u8>().is_ok());
    if is_key || is_name {
        return Some((Likeness::Surely, is_end));
    }
    let is_named = words.len() <= 4 && words.first().is_some_and(|word| is_slip(word));
    (PERHAPS.contains(&bare) || is_named || is_slip(&together)).then_some((Likeness::Perhaps, is_end))
}

/// Is it `gate`, or one slip of the finger away from it?
fn is_slip(word: &str) -> bool {
    word.len() <= 8 && strsim::damerau_levenshtein(word, "gate") <= 1 && !OTHER_WORDS.contains(&word)
}

/// The Latin letter that a Cyrillic or Greek one of `gate` looks like.
fn latin(c: char) -> char {
    match c {
        'ɡ' | 'ց' => 'g',
        'а' | 'α' => 'a',
        'т' | 'τ' => 't',
        'е' | 'ε' => 'e',
        other => other,
    }
}

/// Marks that are seen in no editor: soft hyphen, zero-width spaces and joiners, direction marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// The words within brackets of any kind: `[gate]`, `{{gate}}`, `:::gate`, `<! gate >`, and what a word processor makes of
/// `<!-- gate -->`. `None` where there are no brackets.
fn within_brackets(line: &str) -> Option<&str> {
    const OPEN: &[char] = &['<', '[', '{', ':', '%', '«', '‹', '&', '\\', '!', '-', '–', '—', '#', ' '];
    const CLOSE: &[char] = &['>', ']', '}', ':', '%', '»', '›', ';', '\\', '!', '-', '–', '—', '#', ' ', '/'];
    let line = line.trim();
    if line.len() > 60 || !begins_bracket(line) {
        return None;
    }
    // Entities stay as they are in code.
    let line = line.strip_prefix('&').and_then(|rest| rest.strip_prefix("lt;")).unwrap_or(line);
    let line = line.strip_suffix("gt;").and_then(|rest| rest.strip_suffix('&')).unwrap_or(line);
    let inner = line.trim_start_matches(OPEN).trim_end_matches(CLOSE);
    (!inner.is_empty() && inner.len() <= 40).then_some(inner)
}

fn begins_bracket(line: &str) -> bool {
    line.trim_start().starts_with(['<', '[', '{', ':', '&', '«', '‹', '\\', '%'])
}

impl Body {
    /// All that is almost a divider, in order.
    #[must_use]
    pub fn almost_dividers(&self) -> Vec<AlmostDivider> {
        let mut found = Vec::new();
        // Does a line of text begin here?
        let mut is_start = true;
        let mut id = 0;
        while let Some(node) = self.nodes.get(id) {
            match node.kind {
                Kind::Comment(_) => found.extend(self.almost(id, self.comment(id).unwrap_or_default())),
                Kind::Html(html) => found.extend(self.almost_html(node, self.text(html))),
                Kind::CodeBlock(_) => found.extend(self.almost_block(id)),
                Kind::Code(code) if is_start && self.is_alone(id) => {
                    found.extend(self.almost_code(node.span, self.text(code), Likeness::Perhaps));
                }
                Kind::Text(_) if is_start => found.extend(self.almost_line(id)),
                _ => {}
            }
            is_start = !node.kind.is_inline() || matches!(node.kind, Kind::SoftBreak | Kind::HardBreak);
            id = if matches!(node.kind, Kind::CodeBlock(_)) { node.end as usize } else { id + 1 };
        }
        found
    }

    fn almost(&self, id: NodeId, text: &str) -> Option<AlmostDivider> {
        if matches!(text, "gate" | "/gate") {
            return None;
        }
        let (likeness, is_end) = likeness(text)?;
        Some(AlmostDivider { span: self.nodes[id].span, likeness, is_end, is_code: false })
    }

    /// `<gate>`, and comments that are none because they are within a script or an attribute.
    fn almost_html(&self, node: &Node, html: &str) -> Option<AlmostDivider> {
        let mut tags = html.split('<').skip(1).filter_map(|tag| {
            let (inner, _) = tag.split_once('>')?;
            let is_comment = inner.starts_with("!--");
            let name = inner.trim_matches(|c: char| matches!(c, '/' | '!' | '-' | ' '));
            (is_comment || !name.contains(char::is_whitespace)).then(|| likeness(name))?
        });
        let (likeness, is_end) = tags.find(|(likeness, _)| *likeness == Likeness::Surely)?;
        Some(AlmostDivider { span: node.span, likeness, is_end, is_code: false })
    }

    /// A block of code: one that is nothing but an indented divider was not meant as code; a line of any other may be an
    /// example.
    fn almost_block(&self, id: NodeId) -> Option<AlmostDivider> {
        let node = &self.nodes[id];
        let child = self.nodes.get(id + 1).filter(|_| node.end as usize > id + 1)?;
        let Kind::Text(text) = child.kind else { return None };
        let text = self.text(text);
        // A fence takes six characters at least.
        let is_indented = (node.span.end - node.span.start) as usize <= text.trim().len() + 5;
        let likeness = if is_indented { Likeness::Surely } else { Likeness::Perhaps };
        let mut at = child.span.range().start;
        text.split_inclusive('\n').find_map(|line| {
            // Lines of an indented block, or of one in a list, have white space before them that isn't theirs.
            let is_same = text.len() == child.span.range().len() || !text.trim_end().contains('\n');
            let span = if is_same { Span::new(at, at + line.trim_end().len()) } else { child.span };
            at += line.len();
            self.almost_code(span, line, likeness)
        })
    }

    fn almost_code(&self, span: Span, line: &str, at_most: Likeness) -> Option<AlmostDivider> {
        let (likeness, is_end) = likeness(within_brackets(line)?)?;
        Some(AlmostDivider { span, likeness: likeness.min(at_most), is_end, is_code: true })
    }

    /// Is the node all there is in its paragraph or line?
    fn is_alone(&self, id: NodeId) -> bool {
        let next = self.nodes.get(self.nodes[id].end as usize);
        next.is_none_or(|next| {
            !next.kind.is_inline() || matches!(next.kind, Kind::SoftBreak | Kind::HardBreak)
        })
    }

    /// A line of text within brackets, such as `[gate]`.
    fn almost_line(&self, id: NodeId) -> Option<AlmostDivider> {
        if !matches!(self.nodes[id].kind, Kind::Text(text) if begins_bracket(self.text(text))) {
            return None;
        }
        let mut line = String::new();
        let mut span = self.nodes[id].span;
        for node in &self.nodes[id..] {
            let Kind::Text(text) = node.kind else {
                let is_end = !node.kind.is_inline() || matches!(node.kind, Kind::SoftBreak | Kind::HardBreak);
                if is_end {
                    break;
                }
                return None;
            };
            line.push_str(self.text(text));
            span.end = node.span.end;
            if line.len() > 60 {
                return None;
            }
        }
        let (likeness, is_end) = likeness(within_brackets(&line)?)?;
        Some(AlmostDivider { span, likeness, is_end, is_code: false })
    }
}
