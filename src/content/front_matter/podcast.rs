//! `podcast:` of a section, and `episode:` of a page in it: what directories of podcasts ask for.

use super::Front;
use crate::diag::{Code, Diagnostic, Span};
use crate::yaml::{Fields, Node};

/// The categories that directories know, with those below them
/// (`https://podcasters.apple.com/support/1691-apple-podcasts-categories`).
const CATEGORIES: &[(&str, &[&str])] = &[
    ("Arts", &["Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"]),
    ("Business", &["Careers", "Entrepreneurship", "Investing", "Management", "Marketing", "Non-Profit"]),
    ("Comedy", &["Comedy Interviews", "Improv", "Stand-Up"]),
    ("Education", &["Courses", "How To", "Language Learning", "Self-Improvement"]),
    ("Fiction", &["Comedy Fiction", "Drama", "Science Fiction"]),
    ("Government", &[]),
    (
        "Health & Fitness",
        &["Alternative Health", "Fitness", "Medicine", "Mental Health", "Nutrition", "Sexuality"],
    ),
    ("History", &[]),
    ("Kids & Family", &["Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"]),
    (
        "Leisure",
        &[
            "Animation & Manga",
            "Automotive",
            "Aviation",
            "Crafts",
            "Games",
            "Hobbies",
            "Home & Garden",
            "Video Games",
        ],
    ),
    ("Music", &["Music Commentary", "Music History", "Music Interviews"]),
    (
        "News",
        &[
            "Business News",
            "Daily News",
            "Entertainment News",
            "News Commentary",
            "Politics",
            "Sports News",
            "Tech News",
        ],
    ),
    (
        "Religion & Spirituality",
        &["Buddhism", "Christianity", "Hinduism", "Islam", "Judaism", "Religion", "Spirituality"],
    ),
    (
        "Science",
        &[
            "Astronomy",
            "Chemistry",
            "Earth Sciences",
            "Life Sciences",
            "Mathematics",
            "Natural Sciences",
            "Nature",
            "Physics",
            "Social Sciences",
        ],
    ),
    (
        "Society & Culture",
        &["Documentary", "Personal Journals", "Philosophy", "Places & Travel", "Relationships"],
    ),
    (
        "Sports",
        &[
            "Baseball",
            "Basketball",
            "Cricket",
            "Fantasy Sports",
            "Football",
            "Golf",
            "Hockey",
            "Rugby",
            "Running",
            "Soccer",
            "Swimming",
            "Tennis",
            "Volleyball",
            "Wilderness",
            "Wrestling",
        ],
    ),
    ("Technology", &[]),
    ("True Crime", &[]),
    ("TV & Film", &["After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"]),
];

/// A section that is a podcast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PodcastMeta {
    /// Who makes it, if it isn't the organization.
    pub author: Option<String>,
    /// Where its owner can be written to: it is in the feed, where everybody can read it.
    pub email: Option<String>,
    /// Its category, and the one below that.
    pub category: (&'static str, Option<&'static str>),
    /// Is it only for adults?
    pub explicit: bool,
    /// Is it to be heard from its beginning on?
    pub serial: bool,
    /// Where the front matter says so.
    pub span: Span,
}

/// What kind of episode it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EpisodeKind {
    /// An episode like any other.
    #[default]
    Full,
    /// A trailer, which announces other episodes.
    Trailer,
    /// A bonus, which belongs to another episode.
    Bonus,
}

impl EpisodeKind {
    /// The name in front matter and in feeds: `full`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Trailer => "trailer",
            Self::Bonus => "bonus",
        }
    }
}

/// A place in an episode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Where it begins, in seconds.
    pub at: u32,
    /// What the chapter is about.
    pub title: String,
}

/// What a page says of its sound.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EpisodeMeta {
    /// Its number in the season.
    pub number: Option<i64>,
    /// The number of its season.
    pub season: Option<i64>,
    /// What kind of episode it is; a full one where nothing is said.
    pub kind: EpisodeKind,
    /// How long it is, in seconds.
    pub duration: Option<u32>,
    /// Is it only for adults, if that differs from the podcast?
    pub explicit: Option<bool>,
    /// Its chapters, in the order of time.
    pub chapters: Vec<Chapter>,
}

impl Front<'_> {
    /// Reads `podcast:` of a section; `None` where it isn't a map, which is reported.
    pub(super) fn podcast(&mut self, node: &Node) -> Option<PodcastMeta> {
        let mut fields = self.reader.fields(node)?;
        let author = self.text(fields.take("author"));
        let email = self.text(fields.take("email"));
        let category = fields.require("category", "a podcast", &mut self.reader);
        let category = category.and_then(|node| self.category(node));
        let explicit = fields.take("explicit").and_then(|node| self.reader.truth(node)).unwrap_or_default();
        let kind = fields.take("type").and_then(|node| self.reader.choice(node, &["episodic", "serial"]));
        fields.finish("`podcast`", [], &mut self.reader);
        let serial = kind == Some(1);
        Some(PodcastMeta { author, email, category: category?, explicit, serial, span: node.span })
    }

    fn category(&mut self, node: &Node) -> Option<(&'static str, Option<&'static str>)> {
        let text = self.reader.text(node)?;
        let is_same = |name: &&str| name.eq_ignore_ascii_case(&text.value);
        let found = CATEGORIES.iter().find_map(|(name, below)| {
            let inner = below.iter().copied().find(|name| is_same(name));
            (is_same(name) || inner.is_some()).then_some((*name, inner))
        });
        if found.is_none() {
            let known =
                CATEGORIES.iter().flat_map(|(name, below)| [*name].into_iter().chain(below.iter().copied()));
            let message = format!("directories of podcasts have no category `{}`", text.value);
            let problem = Diagnostic::new(Code::InvalidValue, message).at(self.reader.file, text.span);
            self.reader.diagnostics.push(problem.suggest(&text.value, known).help(
                "choose one of Apple's, in English, such as `Business` or `Marketing`, which is below it",
            ));
        }
        found
    }

    /// Reads `episode:`; `None` where a page has none.
    pub(super) fn episode(&mut self, fields: &mut Fields<'_>) -> Option<EpisodeMeta> {
        let mut fields = self.reader.fields(fields.take("episode")?)?;
        let number = fields.take("number").and_then(|node| self.reader.number(node, 1..=99_999));
        let season = fields.take("season").and_then(|node| self.reader.number(node, 1..=9_999));
        let kind =
            fields.take("type").and_then(|node| self.reader.choice(node, &["full", "trailer", "bonus"]));
        let duration = fields.take("duration").and_then(|node| self.duration(node));
        let explicit = fields.take("explicit").and_then(|node| self.reader.truth(node));
        let mut chapters: Vec<Chapter> = Vec::new();
        let written = fields.take("chapters").and_then(|node| self.reader.entries(node)).unwrap_or_default();
        for (time, title) in written {
            let Some(title) = self.reader.text(title).filter(|title| !title.value.is_empty()) else {
                continue;
            };
            match seconds(&time.value) {
                Some(at) if chapters.last().is_none_or(|before| before.at < at) => {
                    chapters.push(Chapter { at, title: title.value });
                }
                Some(_) => {
                    let message = "this chapter doesn't begin after the one above it";
                    self.reader.report(Code::InvalidValue, time.span, message);
                }
                None => self.no_time(&time.value, time.span),
            }
        }
        fields.finish("`episode`", [], &mut self.reader);
        let kind = match kind {
            Some(1) => EpisodeKind::Trailer,
            Some(2) => EpisodeKind::Bonus,
            _ => EpisodeKind::Full,
        };
        Some(EpisodeMeta { number, season, kind, duration, explicit, chapters })
    }

    fn duration(&mut self, node: &Node) -> Option<u32> {
        let text = self.reader.text(node)?;
        let found = seconds(&text.value);
        if found.is_none() {
            self.no_time(&text.value, text.span);
        }
        found
    }

    fn no_time(&mut self, written: &str, span: Span) {
        let message = format!("`{written}` isn't a length or a place of a recording");
        let problem = Diagnostic::new(Code::InvalidValue, message).at(self.reader.file, span);
        self.reader.diagnostics.push(
            problem
                .help("write minutes and seconds in quotation marks, such as `\"18:20\"` or `\"1:02:03\"`"),
        );
    }
}

/// `18:20` or `1:02:03`, in seconds. YAML 1.1 reads `18:20` without quotation marks as a number, ours as the text that it is.
fn seconds(text: &str) -> Option<u32> {
    let parts: Vec<&str> = text.split(':').collect();
    let number = |text: &str| -> Option<u32> {
        (1..=3)
            .contains(&text.len())
            .then_some(text)
            .filter(|text| text.bytes().all(|b| b.is_ascii_digit()))?
            .parse()
            .ok()
    };
    let below_60 = |text: &str| number(text).filter(|number| text.len() == 2 && *number < 60);
    match parts[..] {
        [minutes, seconds] => Some(number(minutes)? * 60 + below_60(seconds)?),
        [hours, minutes, seconds] => {
            Some(number(hours)? * 3_600 + below_60(minutes)? * 60 + below_60(seconds)?)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_minutes_and_seconds() {
        for (text, expected) in
            [("0:00", Some(0)), ("18:20", Some(1_100)), ("1:02:03", Some(3_723)), ("120:00", Some(7_200))]
        {
            assert_eq!(seconds(text), expected, "{text}");
        }
        for text in ["", "5", "1:2", "1:60", "1:02:60", "-1:00", "1:02:03:04", "9999:00", "a:00"] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
