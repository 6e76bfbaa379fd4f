//! The tics, one rule each: how a sentence breaks it, what to write instead, and sentences that show both.

use super::texts::{CODE, Source};

/// One tic.
pub(super) struct Rule {
    /// What messages and the list of exceptions call it.
    pub(super) name: &'static str,
    /// What to write instead.
    pub(super) instead: &'static str,
    pub(super) breaks: fn(&Sentence) -> bool,
    /// Sentences that break it.
    pub(super) wrong: &'static [&'static str],
    /// The same, said well; none of the rules is broken.
    pub(super) right: &'static [&'static str],
}

/// A sentence, as words in lower case without the punctuation around them.
pub(super) struct Sentence {
    /// As it is written.
    pub(super) text: String,
    words: Vec<Word>,
    is_question: bool,
    source: Source,
}

struct Word {
    text: String,
    /// Does a comma, semicolon, colon or dash follow it?
    pause: Option<char>,
    is_capital: bool,
}

impl Sentence {
    fn has(&self, words: &[&str]) -> bool {
        self.words.iter().any(|word| words.contains(&word.text.as_str()))
    }

    /// Does it have these words, one after the other? Each place is a list of words that fit, separated by `|`.
    fn has_row(&self, row: &[&str]) -> bool {
        let fits = |(word, one_of): (&Word, &&str)| one_of.split('|').any(|each| each == word.text);
        self.words.windows(row.len()).any(|words| words.iter().zip(row).all(fits))
    }

    /// The word at a place; `""` after the last.
    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.text.as_str())
    }

    /// Where one of these words is.
    fn places<'a>(&'a self, words: &'a [&str]) -> impl Iterator<Item = usize> + 'a {
        (0..self.words.len()).filter(|at| words.contains(&self.words[*at].text.as_str()))
    }

    /// The places at which a clause begins.
    fn clauses(&self) -> impl Iterator<Item = usize> + '_ {
        let begins = |at: &usize| *at == 0 || matches!(self.words[*at - 1].pause, Some(':' | ';'));
        (0..self.words.len()).filter(begins)
    }
}

/// The sentences of a block of text.
pub(super) fn sentences(block: &str, source: Source) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut rest = block;
    while !rest.is_empty() {
        let end = rest
            .match_indices(['.', '!', '?', '\n'])
            .find(|(at, sign)| {
                *sign == "\n" || rest[at + 1..].starts_with([' ', '\n']) || at + 1 == rest.len()
            })
            .map_or(rest.len(), |(at, _)| at + 1);
        let (text, after) = rest.split_at(end);
        let words: Vec<Word> = text.split_whitespace().filter_map(word).collect();
        if !words.is_empty() {
            let is_question = text.trim_end().ends_with('?');
            found.push(Sentence { text: text.trim().to_string(), words, is_question, source });
        }
        rest = after;
    }
    found
}

fn word(raw: &str) -> Option<Word> {
    let inner = raw.trim_matches(|c: char| !c.is_alphanumeric() && c != CODE);
    let pause = raw.chars().next_back().filter(|last| ",;:–—".contains(*last));
    let is_capital = inner.starts_with(char::is_uppercase);
    let text = inner.to_lowercase().replace('’', "'");
    (!text.is_empty()).then_some(Word { text, pause, is_capital })
}

/// A clause whose subject is a bare *who*: "Who fails this is asked again". Questions, and lists of what is asked for
/// ("who writes, who reads"), are something else, and so are the cells and headings of a document that begin with a
/// small letter or have no predicate of their own.
fn bare_who(sentence: &Sentence) -> bool {
    const PREDICATES: &[&str] = &[
        "is", "are", "has", "have", "can", "can't", "may", "must", "will", "gets", "get", "sees", "reads",
        "meets", "keeps", "wants", "takes", "needs", "finds", "does", "doesn't", "isn't",
    ];
    let is_subject = |at: usize| {
        let after = &sentence.words[at + 1..];
        let is_list = after.first().is_none_or(|next| next.pause.is_some());
        let says_something = after.iter().skip(1).any(|word| PREDICATES.contains(&word.text.as_str()));
        let counts = sentence.source != Source::Document || at > 0 || sentence.words[at].is_capital;
        sentence.word(at) == "who" && counts && !is_list && says_something
    };
    !sentence.is_question && sentence.clauses().any(is_subject)
}

/// "is no page" for "isn't a page"; "there is no page" and "is no longer" are right.
fn is_no(sentence: &Sentence) -> bool {
    sentence.places(&["no"]).any(|at| {
        let verb = at
            .checked_sub(1)
            .is_some_and(|before| ["is", "are", "was", "were"].contains(&sentence.word(before)));
        let before = at.checked_sub(2).map_or("", |two| sentence.word(two));
        verb && !["there", "here"].contains(&before) && !["longer", "more"].contains(&sentence.word(at + 1))
    })
}

/// "so many seconds" for "this many"; "so many that", "so long as" and "for so long" are right.
fn so_many(sentence: &Sentence) -> bool {
    sentence.places(&["so"]).any(|at| {
        let more = &sentence.words[at + 1..];
        let is_measure = more.first().is_some_and(|next| ["many", "long"].contains(&next.text.as_str()));
        is_measure && !more.iter().skip(1).any(|word| ["that", "as"].contains(&word.text.as_str()))
    })
}

/// "behind a comma" for "after a comma": what is written comes after, what is hidden or guarded is behind.
fn behind(sentence: &Sentence) -> bool {
    const WRITTEN: &[&str] =
        &["comma", "colon", "dot", "arrow", "heading", "word", "step", "number", "name", "dash", "bracket"];
    sentence.places(&["behind"]).any(|at| {
        let next = sentence.word(at + 1);
        let noun =
            if ["a", "an", "the", "its", "each"].contains(&next) { sentence.word(at + 2) } else { next };
        noun.starts_with(CODE) || WRITTEN.contains(&noun)
    })
}

/// ", else" for "otherwise"; "or else" and "nobody else" are right.
fn bare_else(sentence: &Sentence) -> bool {
    sentence.places(&["else"]).any(|at| at == 0 || sentence.words[at - 1].pause.is_some())
}

/// "is needed" for "required", where a table or a message says so of a key.
fn needed(sentence: &Sentence) -> bool {
    sentence.word(0) == "needed" || sentence.has_row(&["may", "be", "missing"])
}

/// "and we send it" for "and we'll send it".
fn promise(sentence: &Sentence) -> bool {
    let row = ["and", "we", "send|mail|email|call|ring|try|write|answer"];
    sentence.source == Source::Theme && sentence.has_row(&row)
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "stand",
        instead: "is, appears, is written; people stand",
        breaks: |sentence| sentence.has(&["stand", "stands", "standing", "stood"]),
        wrong: &["the title stands above the text", "What stands here is open.", "a form can't stand here"],
        right: &["the title is above the text", "`--without-secrets` uses stand-ins."],
    },
    Rule {
        name: "who",
        instead: "anyone who, a reader who, the person who",
        breaks: bare_who,
        wrong: &[
            "Who fails one of these is asked again.",
            "who has opened a page can copy its text",
            "They are opened together: who fills in one form can read them all.",
            "Who doesn't agree gets nothing.",
        ],
        right: &[
            "Anyone who fails one of these is asked again.",
            "Who is this?",
            "It shows four things: who shares, whom to greet, the link and the text.",
        ],
    },
    Rule {
        name: "mail",
        instead: "email",
        breaks: |sentence| sentence.has(&["mail", "mails", "mailed", "mailing", "e-mail", "e-mails"]),
        wrong: &["You get a link by mail.", "links that were mailed", "a mail, a post and a text message"],
        right: &["We'll email you a link.", "The key `mail` is one of three.", "a `mailto:` link"],
    },
    Rule {
        name: "mend",
        instead: "fix",
        breaks: |sentence| sentence.has(&["mend", "mends", "mended", "mending"]),
        wrong: &["nothing to mend", "it mends 2 of them"],
        right: &["nothing to fix", "We recommend it."],
    },
    Rule {
        name: "ring",
        instead: "call, outside the name, the tagline and the demo",
        breaks: |sentence| sentence.has(&["ring", "rings", "rang", "rung", "ringing"]),
        wrong: &["Ring us.", "the number to ring", "somebody who rings back"],
        right: &["Call us.", "ringback builds it.", "the preset `ring-me-back`", "a string"],
    },
    Rule {
        name: "is no",
        instead: "isn't a, is not",
        breaks: is_no,
        wrong: &["A comment is no answer.", "these are no steps", "it was no failure"],
        right: &[
            "A comment isn't an answer.",
            "there is no page",
            "it is no longer published",
            "there are no steps",
        ],
    },
    Rule {
        name: "so many",
        instead: "this many, for this long; \"the timeout in seconds\"",
        breaks: so_many,
        wrong: &["don't ask again for so many days", "wait so long for each answer"],
        right: &["only this many days ahead", "a sentence that is so long that readers lose the thread"],
    },
    Rule {
        name: "behind",
        instead: "after, for what is written; behind only for gates, logins and proxies",
        breaks: behind,
        wrong: &[
            "a default behind `:-`",
            "write a comma, and behind the comma who does it",
            "the words behind the arrow",
        ],
        right: &["a default after `:-`", "the text is behind a gate", "a server behind a proxy"],
    },
    Rule {
        name: "take away",
        instead: "delete, remove",
        breaks: |sentence| {
            sentence.has_row(&["take|takes|took|taken", "away"])
                || sentence.has_row(&["take", "it|this|them", "out|away"])
        },
        wrong: &["take away the line", "Take it out."],
        right: &["delete the line", "Remove it."],
    },
    Rule {
        name: "anew",
        instead: "again",
        breaks: |sentence| sentence.has(&["anew"]),
        wrong: &["save it anew"],
        right: &["save it again"],
    },
    Rule {
        name: "besides",
        instead: "also, otherwise, as well",
        breaks: |sentence| sentence.has(&["besides"]),
        wrong: &["Besides, it reads the site.", "what it gets besides"],
        right: &["It also reads the site."],
    },
    Rule {
        name: "by itself",
        instead: "automatically, itself",
        breaks: |sentence| sentence.has_row(&["by", "itself|themselves|myself|ourselves"]),
        wrong: &["the page changes by itself", "browsers send them again by themselves"],
        right: &["the page updates automatically"],
    },
    Rule {
        name: "else",
        instead: "otherwise",
        breaks: bare_else,
        wrong: &["the front matter's, else the text's"],
        right: &["the front matter's, or otherwise the text's", "nobody else sees it"],
    },
    Rule {
        name: "also if",
        instead: "even if",
        breaks: |sentence| sentence.has_row(&["also", "if|when|where"]),
        wrong: &["it holds also if the file is a draft"],
        right: &["it applies even if the file is a draft"],
    },
    Rule {
        name: "the one who",
        instead: "the person who",
        breaks: |sentence| sentence.has_row(&["the", "one", "who|on"]),
        wrong: &["the one on the phone"],
        right: &["the person on the phone"],
    },
    Rule {
        name: "needed",
        instead: "required; optional",
        breaks: needed,
        wrong: &["needed for `json`", "a link; may be missing"],
        right: &["required for `json`", "a link; optional", "files that are no longer needed"],
    },
    Rule {
        name: "promise",
        instead: "and we'll",
        breaks: promise,
        wrong: &["Write to us, and we send it to you."],
        right: &["Write to us, and we’ll send it to you."],
    },
    Rule {
        name: "picture",
        instead: "image, alt text; the picture of a call is the call map",
        breaks: |sentence| sentence.has(&["picture", "pictures"]),
        wrong: &["this picture has no alternative text", "the picture of a call"],
        right: &["this image has no alternative text", "the call map"],
    },
    Rule {
        name: "receiver",
        instead: "endpoint",
        breaks: |sentence| sentence.has(&["receiver", "receivers", "receiver's"]),
        wrong: &["the receiver has failed"],
        right: &["the endpoint has failed"],
    },
    Rule {
        name: "divider",
        instead: "gate line",
        breaks: |sentence| sentence.has(&["divider", "dividers", "divider's"]),
        wrong: &["the gate's divider is missing"],
        right: &["the gate line is missing"],
    },
    Rule {
        name: "small letters",
        instead: "lower case",
        breaks: |sentence| sentence.has_row(&["small", "letters|letter"]),
        wrong: &["in small letters with hyphens"],
        right: &["in lower case with hyphens"],
    },
    Rule {
        name: "fingerprint",
        instead: "hash",
        breaks: |sentence| sentence.has(&["fingerprint", "fingerprints"]),
        wrong: &["a fingerprint of the text"],
        right: &["a hash of the text"],
    },
    Rule {
        name: "page of thanks",
        instead: "thank-you page",
        breaks: |sentence| sentence.has_row(&["page|pages", "of", "thanks"]),
        wrong: &["the page of thanks"],
        right: &["the thank-you page"],
    },
    Rule {
        name: "lead out",
        instead: "external links",
        breaks: |sentence| sentence.has_row(&["links|link", "that", "lead|leads", "out"]),
        wrong: &["the links that lead out of the site"],
        right: &["external links"],
    },
];
