//! Sites at random: what may be on a site, as small choices, so that a failure shrinks to a few of them.

use proptest::collection::vec;
use proptest::option::{of, weighted};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// The folders with pages, each below one before it or at the top. `%` stands for a word.
pub(crate) const FOLDERS: [&str; 10] = [
    "",
    "insights",
    "insights/%",
    "playbooks",
    "playbooks/%",
    "scripts",
    "scripts/%",
    "pages",
    "people",
    "%",
];

/// A site.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    /// Which configuration, of [`super::text::CONFIGS`].
    pub(crate) config: usize,
    /// How the folders with a meaning are written.
    pub(crate) spellings: [Spelling; 6],
    /// What `_index.md` says, by folder and language.
    pub(crate) sections: Vec<[Option<Text>; 2]>,
    pub(crate) pages: Vec<Page>,
    /// Files that lie in a section's folder.
    pub(crate) loose: Vec<(usize, Beside)>,
    pub(crate) statics: Vec<Static>,
    /// A page that no site may have.
    pub(crate) trouble: Option<usize>,
    /// Is it looked at [elsewhere](super::elsewhere), too? That takes a while.
    pub(crate) is_thorough: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    Small,
    Capitalized,
    Capitals,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Audience {
    Public,
    Team,
}

/// A page in one or two languages.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) folder: usize,
    pub(crate) shape: Shape,
    /// How `index`, `_index` and `.md` are written.
    pub(crate) spelling: Spelling,
    /// In English and in Swedish; one of them at least.
    pub(crate) texts: [Option<Text>; 2],
    pub(crate) gate: Option<Gate>,
    /// Files beside it, if it has a folder.
    pub(crate) files: Vec<Beside>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    File,
    /// With a date before its name: one in the past, or one to come.
    Dated(bool),
    Folder,
    /// A folder in that of the last page that has one.
    Inside,
}

#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) audience: Option<Audience>,
    pub(crate) state: State,
    pub(crate) front: Vec<Front>,
    pub(crate) open: Vec<Block>,
    /// What stands behind the gate, if there is one.
    pub(crate) gated: Vec<Block>,
    /// What stands behind its end.
    pub(crate) after: Vec<Block>,
    /// Which author, term, series, file or page its front matter means.
    pub(crate) choice: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Undated,
    Dated,
    UntilLater,
    Draft,
    Scheduled,
    Expired,
}

#[derive(Debug, Clone)]
pub(crate) struct Gate {
    pub(crate) key: &'static str,
    pub(crate) form: usize,
    pub(crate) download: Option<usize>,
    /// Without a divider, the whole text is open and the download alone is sealed.
    pub(crate) has_divider: bool,
    pub(crate) ends: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Front {
    Slug,
    Alias,
    Description,
    Extra,
    Source,
    Remark,
    OwnTag,
    Category,
    Series,
    Image,
    Author,
    Owner,
    Next,
    Unlisted,
    Stage,
}

const FRONT: &[Front] = &[
    Front::Slug,
    Front::Alias,
    Front::Description,
    Front::Extra,
    Front::Source,
    Front::Remark,
    Front::OwnTag,
    Front::Category,
    Front::Series,
    Front::Image,
    Front::Author,
    Front::Owner,
    Front::Next,
    Front::Unlisted,
    Front::Stage,
];

/// A block of a text. Numbers say which of the site's pages, files and forms is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Block {
    Words,
    Heading,
    List,
    Quote,
    Note,
    Table,
    Code,
    Html,
    Comment(Comment),
    Footnote,
    Definition,
    Outside,
    Takeaways,
    Link(usize),
    File(usize),
    Picture(usize),
    Form(usize),
    Script(usize),
}

/// Where something stands that is for authors alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comment {
    Alone,
    InText,
    InHeading,
    InList,
    InQuote,
    InCell,
    InAlt,
    InHtml,
    TornInHtml,
    Instruction,
    TornInstruction,
}

const COMMENTS: &[Comment] = &[
    Comment::Alone,
    Comment::InText,
    Comment::InHeading,
    Comment::InList,
    Comment::InQuote,
    Comment::InCell,
    Comment::InAlt,
    Comment::InHtml,
    Comment::TornInHtml,
    Comment::Instruction,
    Comment::TornInstruction,
];

/// A file beside pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beside {
    Pdf,
    Png,
    Text,
    /// In a folder below.
    Below,
    /// What editors, git and systems leave behind, and texts of ours: with this in the name's place.
    Leftover(&'static str),
}

/// `%` stands for a word.
const LEFTOVERS: &[&str] = &[
    ".%",
    ".%.pdf",
    "%~",
    "%.md~",
    "%.md.orig",
    "index.md.orig",
    "%.md.bak",
    "%.bak",
    "%.orig",
    ".%.md.swp",
    "%.swp",
    ".git/%",
    ".gitignore",
    ".DS_Store",
    ".%/%.pdf",
    "%.MD",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Static {
    Open(&'static str),
    Hidden(&'static str),
}

const STATICS: &[Static] = &[
    Static::Open("%.txt"),
    Static::Open("%/%.pdf"),
    Static::Open(".well-known/%"),
    Static::Hidden(".env"),
    Static::Hidden(".ssh/%"),
    Static::Hidden("%/.%"),
    Static::Hidden("%~"),
    Static::Hidden(".git/config"),
    Static::Hidden("%/.htpasswd"),
];

/// Any site.
pub(crate) fn sites() -> impl Strategy<Value = Site> {
    let statics = subsequence(STATICS, 0..=2);
    let loose = vec((1..FOLDERS.len(), besides()), 0..=3);
    let rare = |one_in: u32| prop_oneof![one_in - 1 => Just(false), 1 => Just(true)];
    (
        0..super::text::CONFIGS.len(),
        proptest::array::uniform6(spellings()),
        vec(sections(), FOLDERS.len()),
        vec(pages(), 4..=9),
        (loose, statics),
        (weighted(0.1, 0..super::trouble::PAGES.len()), rare(25)),
    )
        .prop_map(|(config, spellings, sections, pages, (loose, statics), (trouble, is_thorough))| {
            Site { config, spellings, sections, pages, loose, statics, trouble, is_thorough }
        })
}

fn spellings() -> impl Strategy<Value = Spelling> {
    prop_oneof![8 => Just(Spelling::Small), 1 => Just(Spelling::Capitalized), 1 => Just(Spelling::Capitals)]
}

/// Few sections have a file: its audience holds for all below.
fn sections() -> impl Strategy<Value = [Option<Text>; 2]> {
    prop_oneof![
        3 => Just([None, None]),
        1 => (of(texts(0.3)), of(texts(0.3))).prop_map(|(english, swedish)| [english, swedish]),
    ]
}

fn pages() -> impl Strategy<Value = Page> {
    let shapes = prop_oneof![
        4 => Just(Shape::File),
        4 => Just(Shape::Folder),
        2 => Just(Shape::Inside),
        1 => any::<bool>().prop_map(Shape::Dated),
    ];
    let folders = select(&[1, 1, 1, 2, 3, 3, 4, 5, 5, 6, 7, 8, 9][..]);
    let texts = prop_oneof![
        3 => texts(0.25).prop_map(|english| [Some(english), None]),
        1 => texts(0.25).prop_map(|swedish| [None, Some(swedish)]),
        4 => (texts(0.25), texts(0.25)).prop_map(|(english, swedish)| [Some(english), Some(swedish)]),
    ];
    (folders, shapes, spellings(), texts, weighted(0.3, gates()), vec(besides(), 0..=3)).prop_map(
        |(folder, shape, spelling, texts, gate, files)| Page { folder, shape, spelling, texts, gate, files },
    )
}

fn texts(chance_of_audience: f64) -> impl Strategy<Value = Text> {
    let audiences = prop_oneof![1 => Just(Audience::Public), 2 => Just(Audience::Team)];
    let states = prop_oneof![
        5 => Just(State::Undated),
        3 => Just(State::Dated),
        1 => Just(State::UntilLater),
        1 => Just(State::Draft),
        1 => Just(State::Scheduled),
        1 => Just(State::Expired),
    ];
    (
        weighted(chance_of_audience, audiences),
        states,
        subsequence(FRONT, 0..=4),
        vec(blocks(), 0..=4),
        vec(blocks(), 1..=4),
        vec(blocks(), 0..=2),
        0..100_usize,
    )
        .prop_map(|(audience, state, front, open, gated, after, choice)| Text {
            audience,
            state,
            front,
            open,
            gated,
            after,
            choice,
        })
}

fn gates() -> impl Strategy<Value = Gate> {
    let keys = select(&["page", "webhook", "email"][..]);
    (keys, 0..3_usize, weighted(0.4, 0..100_usize), 0..4_usize, any::<bool>()).prop_map(
        |(key, form, download, divider, ends)| Gate {
            key,
            form,
            download,
            has_divider: download.is_none() || divider > 0,
            ends,
        },
    )
}

fn blocks() -> impl Strategy<Value = Block> {
    let plain = &[
        Block::Words,
        Block::Heading,
        Block::List,
        Block::Quote,
        Block::Note,
        Block::Table,
        Block::Code,
        Block::Html,
        Block::Footnote,
        Block::Definition,
        Block::Outside,
        Block::Takeaways,
    ][..];
    let which = || 0..100_usize;
    prop_oneof![
        6 => select(plain),
        2 => select(COMMENTS).prop_map(Block::Comment),
        3 => which().prop_map(Block::Link),
        3 => which().prop_map(Block::File),
        2 => which().prop_map(Block::Picture),
        1 => which().prop_map(Block::Form),
        1 => which().prop_map(Block::Script),
    ]
}

fn besides() -> impl Strategy<Value = Beside> {
    prop_oneof![
        3 => Just(Beside::Pdf),
        3 => Just(Beside::Png),
        1 => Just(Beside::Text),
        2 => Just(Beside::Below),
        2 => select(LEFTOVERS).prop_map(Beside::Leftover),
    ]
}
