//! One file at a time: from its bytes to a [`Document`]. Pure, so that it runs in parallel and could be cached.
//!
//! [`place`] says from the path alone what a file is, in which language and under which name, so that a file with a
//! mistake in it keeps its place. [`document`] adds the front matter and the text.

mod asked;
pub mod assessment;
pub mod blocks;
pub mod body;
pub mod calculator;
pub mod code;
pub mod credit;
pub mod entry;
mod fences;
pub mod form;
pub mod front_matter;
pub mod gate;
pub mod heading_title;
pub mod image;
pub mod loads;
pub mod markdown;
pub mod markup;
mod own_keys;
pub mod pdf;
mod slips;
pub mod survey;

use std::borrow::Cow;

use jiff::civil::Date;

use crate::config::{Config, LangId};
use crate::diag::{Code, Diagnostic, Diagnostics, Span, credentials};
use crate::project::names;
use body::Body;
use front_matter::FrontMatter;
pub use own_keys::OWN_KEYS;

/// What a page is for; decided by its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageKind {
    /// An article, in `content/insights/`.
    Insight,
    /// A way of working, in `content/playbooks/`.
    Playbook,
    /// A call script, in `content/scripts/`.
    Script,
    /// An email that the team sends, with placeholders, in `content/mails/`.
    Mail,
    /// What to do on which day to follow somebody up, in `content/cadences/`.
    Cadence,
    /// Any other page; those in `content/pages/` are published at the root.
    Page,
    /// An author or rep, in `content/people/`.
    Person,
    /// A term's own page, in a folder that is called like its taxonomy.
    Term,
    /// A folder's own page, `_index.md`; the home page is the section of `content/` itself.
    Section,
}

impl PageKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Insight,
        Self::Page,
        Self::Playbook,
        Self::Script,
        Self::Mail,
        Self::Cadence,
        Self::Person,
        Self::Section,
        Self::Term,
    ];

    /// As templates and messages name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Insight => "insight",
            Self::Playbook => "playbook",
            Self::Script => "script",
            Self::Mail => "mail",
            Self::Cadence => "cadence",
            Self::Page => "page",
            Self::Person => "person",
            Self::Term => "term",
            Self::Section => "section",
        }
    }

    /// With its article, for messages.
    #[must_use]
    pub fn with_article(self) -> &'static str {
        match self {
            Self::Insight => "an insight",
            Self::Playbook => "a playbook",
            Self::Script => "a script",
            Self::Mail => "an email template",
            Self::Cadence => "a plan of follow-ups",
            Self::Page => "a page",
            Self::Person => "a person",
            Self::Term => "a term's page",
            Self::Section => "a section",
        }
    }
}

impl PageKind {
    /// Is it for our own people, where nothing says otherwise?
    #[must_use]
    pub fn is_internal(self) -> bool {
        matches!(self, Self::Script | Self::Mail | Self::Cadence)
    }

    /// Has its text placeholders, `{{first_name}}`, which are filled in for one person?
    #[must_use]
    pub fn has_placeholders(self) -> bool {
        matches!(self, Self::Script | Self::Mail | Self::Cadence)
    }

    /// May a date lead the names of its files? Folders and terms are called as they are called.
    fn has_dated_name(self) -> bool {
        !matches!(self, Self::Section | Self::Term)
    }
}

/// What the path of a Markdown file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentPath {
    /// The file, from the site's root.
    pub path: String,
    /// What it is.
    pub kind: PageKind,
    /// The content path that all its translations share: `insights/name`; a section's folder; empty for the home page.
    pub key: String,
    /// The folder that it belongs to as a section: `insights`; for a section, the one above.
    pub folder: String,
    /// Its language.
    pub lang: LangId,
    /// The file's or folder's name without date, language and ending.
    pub name: String,
    /// The date before the name.
    pub date: Option<Date>,
    /// The folder that is the page's own (`content/insights/name`), where it has one.
    pub own_folder: Option<String>,
}

impl ContentPath {
    /// Of a term's page, the taxonomy and the term as its file names it; `None` for other pages, and for files in a
    /// taxonomy's folder that aren't named after a term.
    #[must_use]
    pub fn term(&self) -> Option<(&str, &str)> {
        let (taxonomy, term) = self.key.split_once('/').filter(|_| self.kind == PageKind::Term)?;
        (!term.contains('/')).then_some((taxonomy, term))
    }
}

/// A Markdown file, read.
#[derive(Debug, Clone)]
pub struct Document {
    /// What its path says.
    pub place: ContentPath,
    /// What its front matter says.
    pub meta: FrontMatter,
    /// Its text.
    pub body: Body,
}

/// What the path of a Markdown file says about it, or why it says nothing sensible.
///
/// # Errors
///
/// The language suffix is not a language of the site.
pub fn place(path: &str, config: &Config) -> Result<ContentPath, Box<Diagnostic>> {
    let inside = path.strip_prefix("content/").unwrap_or(path);
    let (own_dir, file) = inside.rsplit_once('/').unwrap_or(("", inside));
    let dir = &*content_path(own_dir);
    let stem = names::without_ending(file, "md");
    let (stem, lang) = match stem.rsplit_once('.') {
        Some((name, suffix)) => match config.language(&names::fold(suffix)) {
            Some(lang) => (name, lang),
            None if looks_like_language(suffix) => {
                return Err(Box::new(unknown_suffix(path, suffix, config)));
            }
            None => (stem, config.default_language),
        },
        None => (stem, config.default_language),
    };
    let top = dir.split('/').next().unwrap_or_default();
    let stem = match &*names::fold(stem) {
        "_index" => "_index",
        "index" => "index",
        _ => stem,
    };
    let taxonomy = taxonomy_called(top, config);
    let renamed = taxonomy.filter(|name| *name != top).map(|name| [name, &dir[top.len()..]].concat());
    let dir = renamed.as_deref().unwrap_or(dir);
    let kind = match (stem, top) {
        _ if taxonomy.is_some() => PageKind::Term,
        ("_index", _) => PageKind::Section,
        (_, "insights") => PageKind::Insight,
        (_, "playbooks") => PageKind::Playbook,
        (_, "scripts") => PageKind::Script,
        (_, "mails") => PageKind::Mail,
        (_, "cadences") => PageKind::Cadence,
        (_, "people") => PageKind::Person,
        _ => PageKind::Page,
    };
    let parent = |dir: &str| dir.rsplit_once('/').map_or("", |(above, _)| above).to_string();
    let last = |dir: &str| dir.rsplit('/').next().unwrap_or(dir).to_string();
    let (own_folder, key, folder, name) = match stem {
        "_index" | "index" if kind == PageKind::Term => {
            (Some(format!("content/{own_dir}")), dir.to_string(), String::new(), last(dir))
        }
        // Its taxonomy's list is no section.
        _ if kind == PageKind::Term => (None, join(dir, stem), String::new(), stem.to_string()),
        "_index" => (None, dir.to_string(), parent(dir), last(dir)),
        "index" if !dir.is_empty() => {
            (Some(format!("content/{own_dir}")), dir.to_string(), parent(dir), last(dir))
        }
        _ => (None, join(dir, stem), dir.to_string(), stem.to_string()),
    };
    let (date, name) = if kind.has_dated_name() { split_date(name) } else { (None, name) };
    let key = match date {
        Some(_) => join(&parent(&key), &name),
        None => key,
    };
    Ok(ContentPath { path: path.to_string(), kind, key, folder, lang, name, date, own_folder })
}

/// The taxonomy whose terms' pages a folder holds, in whatever letters it is spelt.
fn taxonomy_called<'c>(folder: &str, config: &'c Config) -> Option<&'c str> {
    if names::known_folder(folder).is_some() {
        return None;
    }
    let folder = names::fold(folder);
    let mut names = config.taxonomies.iter().map(|taxonomy| taxonomy.name.as_str());
    names.find(|name| **name == *folder)
}

/// A path in `content/` as pages are named by: its first folder as it is meant (`scripts` for `Scripts`), the rest as it
/// is written.
#[must_use]
pub fn content_path(path: &str) -> Cow<'_, str> {
    let top = path.split('/').next().unwrap_or_default();
    match names::known_folder(top) {
        Some(known) if known != top => Cow::Owned([known, &path[top.len()..]].concat()),
        _ => Cow::Borrowed(path),
    }
}

fn join(dir: &str, name: &str) -> String {
    if dir.is_empty() { name.to_string() } else { format!("{dir}/{name}") }
}

/// `2026-11-02-name` is a date and a name.
fn split_date(name: String) -> (Option<Date>, String) {
    match (name.get(..10).map(str::parse::<Date>), name.get(10..11), name.get(11..)) {
        (Some(Ok(date)), Some("-"), Some(rest)) if !rest.is_empty() => (Some(date), rest.to_string()),
        _ => (None, name),
    }
}

/// `2026-31-11-name`: a date was meant.
fn begins_like_date(name: &str) -> bool {
    let is_like =
        |(i, byte): (usize, u8)| if matches!(i, 4 | 7 | 10) { byte == b'-' } else { byte.is_ascii_digit() };
    name.len() > 11 && name.bytes().take(11).enumerate().all(is_like)
}

/// Two lower-case letters, perhaps with a region: close enough to a language that it must have been meant as one.
fn looks_like_language(suffix: &str) -> bool {
    let letters = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_lowercase());
    suffix.split_once('-').map_or_else(|| letters(suffix), |(a, b)| letters(a) && letters(b))
}

fn unknown_suffix(path: &str, suffix: &str, config: &Config) -> Diagnostic {
    let known: Vec<&str> = config.languages.iter().map(|language| language.code.as_str()).collect();
    Diagnostic::new(
        Code::UnknownLanguageSuffix,
        format!("this file's name says that its language is `{suffix}`, which the site doesn't have"),
    )
    .in_file(path)
    .suggest(suffix, known.iter().copied())
    .help(format!(
        "its languages are {}; add one under `languages:` in `ringback.yaml`",
        crate::yaml::listed(&known)
    ))
}

/// Reads the bytes of a Markdown file. Whatever is wrong goes to `diagnostics`; the document keeps its place, with
/// as much of its front matter and text as could be read.
#[must_use]
#[allow(clippy::too_many_lines, reason = "a document is read in one go")]
pub fn document(
    place: ContentPath,
    bytes: &[u8],
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Document {
    let Some(text) = text(&place.path, bytes, diagnostics) else {
        return placeholder(place);
    };
    if place.date.is_none() && place.kind.has_dated_name() && begins_like_date(&place.name) {
        diagnostics.push(
            Diagnostic::new(
                Code::BadDate,
                format!("this file's name begins with `{}`, which is not a date", &place.name[..10]),
            )
            .in_file(&place.path)
            .help("rename it to year-month-day-name, such as `2026-11-02-name.md`"),
        );
    }
    // An editor's byte order mark is no part of the text.
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let split = split(&text[start..]);
    tell_language_folder(&place, config, diagnostics);
    let (front, body_at) = match split {
        Split::None => match fences::instead(&text[start..]) {
            Some(found) => {
                diagnostics.push(almost_front_matter((&place.path, start), found, Code::ForeignFrontMatter));
                return placeholder(place);
            }
            None => (None, start),
        },
        Split::Front { yaml, body } => {
            (Some((&text[start + yaml.start..start + yaml.end], start + yaml.start)), start + body)
        }
        Split::Unclosed { line_end } => {
            let problem = match fences::end(&text[start..]) {
                Some(found) => almost_front_matter((&place.path, start), found, Code::UnclosedFrontMatter),
                None => {
                    let message = "the front matter that begins here is not closed";
                    Diagnostic::new(Code::UnclosedFrontMatter, message)
                        .at(&place.path, Span::new(start, start + line_end))
                        .help("write a line with `---` between the front matter and the text")
                }
            };
            diagnostics.push(problem);
            return placeholder(place);
        }
    };
    if let Some(front) = front {
        slips::tell_front(&place.path, front, diagnostics);
    }
    let options = markdown_options(&place, config);
    let heading = heading_title::find(&text[body_at..], body_at, &options);
    let mut meta = front_matter::read(front, &place, (config, heading.as_ref()), diagnostics);
    meta.credentials = credentials::find(bytes);
    // A heading that is the title isn't in the text as well.
    let heading = heading.filter(|heading| meta.title.span == heading.title.span);
    let body_at = heading.map_or(body_at, |heading| heading.text_at);
    let mut body = markdown::parse(&text[body_at..], body_at, &options);
    if !config.markdown.raw_html {
        refuse_html(&place.path, &body, diagnostics);
    } else {
        tell_addresses((&place.path, text), &body, config, diagnostics);
        let flawed = body.balance_html(text);
        slips::tell_tags((&place.path, place.kind), text, &flawed, diagnostics);
    }
    slips::tell((&place.path, place.kind), text, &body, diagnostics);
    blocks::tell((&place.path, place.kind), &body, &config.blocks, diagnostics);
    diagnostics.extend(body.unsettled.iter().map(|found| unsettled(&place.path, found)));
    for link in body.links.iter().filter(|link| link.title.contains("<!--")) {
        let message = "a title can't contain a comment: readers would see it";
        let problem = Diagnostic::new(Code::BrokenComment, message).at(&place.path, link.span);
        diagnostics.push(problem.help("remove it, or write it outside the link"));
    }
    for (kind, span) in body.misplaced_embeds(text) {
        diagnostics.push(misplaced(&place.path, kind, span));
    }
    Document { place, meta, body }
}

/// How the text of a page is read.
pub(crate) fn markdown_options(place: &ContentPath, config: &Config) -> markdown::Options {
    let mut options = markdown::Options::full(&config.languages[place.lang].code);
    options.smart = options.smart.filter(|_| config.markdown.smart_punctuation);
    options.offers = !config.blocks.contains_key("offer");
    options.html_links = config.markdown.raw_html;
    options
}

fn almost_front_matter((path, start): (&str, usize), found: fences::Almost, code: Code) -> Diagnostic {
    let span = Span::new(start + found.place.start, start + found.place.end);
    Diagnostic::new(code, found.message).at(path, span).help(found.help)
}

/// Tells of a file in a folder that is called like a language: its language is in its own name.
fn tell_language_folder(place: &ContentPath, config: &Config, diagnostics: &mut Diagnostics) {
    const OFTEN: &[&str] =
        &["da", "de", "en", "es", "fi", "fr", "it", "nb", "nl", "nn", "no", "pl", "pt", "sv"];
    let inside = place.path.strip_prefix("content/").unwrap_or(&place.path);
    let (folders, file) = inside.rsplit_once('/').unwrap_or(("", inside));
    let is_language = |folder: &&str| {
        let folder = &*names::fold(folder);
        config.languages.len() > 1 && config.language(folder).is_some()
            || folders.starts_with(folder) && OFTEN.contains(&folder)
    };
    let Some(folder) = folders.split('/').find(is_language) else { return };
    let others: Vec<&str> = folders.split('/').filter(|other| other != &folder).collect();
    let stem = names::without_ending(file, "md");
    let new = [others.as_slice(), &[&format!("{stem}.{}.md", names::fold(folder))]].concat().join("/");
    let message = format!(
        "the folder `{folder}` is called like a language, but the language is a part of a file's name"
    );
    let problem = Diagnostic::new(Code::LanguageFolder, message).in_file(&place.path);
    diagnostics.push(problem.help(format!("for a text in that language, rename it to `content/{new}`")));
}

fn misplaced(path: &str, kind: body::EmbedKind, span: Span) -> Diagnostic {
    let name = kind.name();
    let article = if kind == body::EmbedKind::Assessment { "an" } else { "a" };
    Diagnostic::new(Code::MisplacedEmbed, format!("{article} {name} isn't allowed here")).at(path, span).help(format!(
        "put `[{name}:…]` on its own line, with an empty line before and after, outside any list or quotation"
    ))
}

/// Stands in for a file that can't be read, so that links to it are not reported too.
#[must_use]
pub fn placeholder(place: ContentPath) -> Document {
    let meta = FrontMatter::new(place.kind);
    Document { place, meta, body: Body::default() }
}

/// The bytes as text.
pub(crate) fn text<'b>(path: &str, bytes: &'b [u8], diagnostics: &mut Diagnostics) -> Option<&'b str> {
    std::str::from_utf8(bytes)
        .map_err(|error| {
            let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
            diagnostics.push(
                Diagnostic::new(
                    Code::NotUtf8,
                    format!("this file is not UTF-8 text: line {line} is where it breaks"),
                )
                .in_file(path)
                .help("save it again as UTF-8 (in most editors: Save as, Encoding)"),
            );
        })
        .ok()
}

/// The bytes of a file's front matter, without the lines that enclose it, and where its text begins; `None` where it has
/// no front matter that ends.
#[must_use]
pub fn front_matter_of(text: &str) -> Option<(std::ops::Range<usize>, usize)> {
    match split(text) {
        Split::Front { yaml, body } => Some((yaml, body)),
        Split::None | Split::Unclosed { .. } => None,
    }
}

enum Split {
    None,
    Front { yaml: std::ops::Range<usize>, body: usize },
    Unclosed { line_end: usize },
}

/// Finds the front matter: from a first line `---` to the next such line.
fn split(text: &str) -> Split {
    let is_fence = |line: &str| line.trim_end() == "---";
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| is_fence(line)) else { return Split::None };
    let mut at = first.len();
    for line in lines {
        if is_fence(line) {
            return Split::Front { yaml: first.len()..at, body: at + line.len() };
        }
        at += line.len();
    }
    Split::Unclosed { line_end: first.trim_end().len() }
}

fn refuse_html(path: &str, body: &Body, diagnostics: &mut Diagnostics) {
    let is_html =
        |id: body::NodeId| matches!(body.nodes()[id].kind, body::Kind::Html(_) | body::Kind::Instruction);
    let mut id = 0;
    while let Some(node) = body.nodes().get(id) {
        let is_block = node.kind == body::Kind::HtmlBlock;
        let is_refused = if is_block { body.descendants(id).any(is_html) } else { is_html(id) };
        id = if is_block { node.end as usize } else { id + 1 };
        if is_refused {
            diagnostics.push(
                Diagnostic::new(Code::RawHtml, "this site's settings don't allow raw HTML")
                    .at(path, node.span)
                    .help("write it in Markdown, or set `markdown: {raw_html: keep}` in `ringback.yaml`"),
            );
        }
    }
}

/// Tells what runs in raw HTML that is kept, and what it loads from hosts that the site doesn't declare.
fn tell_addresses((path, text): (&str, &str), body: &Body, config: &Config, diagnostics: &mut Diagnostics) {
    for node in body.nodes() {
        let body::Kind::Html(html) = node.kind else { continue };
        let html = body.text(html);
        for load in loads::in_html(html) {
            let written = body::Written::of(&text[node.span.range()], html);
            let span = written.span(html, &load.place, node.span);
            diagnostics.extend(loads::undeclared(&load, config, (path, span)));
        }
        for found in markup::addresses_that_run(html) {
            let written = body::Written::of(&text[node.span.range()], html);
            let span = written.span(html, &found.place, node.span);
            diagnostics.push(
                Diagnostic::new(Code::HtmlRuns, found.what)
                    .at(path, span)
                    .help("write a link to a page, a file or a web address"),
            );
        }
    }
}

/// Reports a comment that would hide more or less than its author meant.
fn unsettled(path: &str, found: &body::Unsettled) -> Diagnostic {
    let (message, help) = match found.flaw {
        body::Flaw::Endless(end) => (
            match end {
                "-->" => "this comment is not closed".to_string(),
                _ => {
                    format!("what begins here is hidden from readers and is not closed: there is no `{end}`")
                }
            },
            format!("write `{end}` where it ends, or a backslash before the `<` if readers should see it"),
        ),
        body::Flaw::Nested => (
            "this comment contains another one, and the first `-->` ends both".to_string(),
            "remove the inner `<!--` and its `-->`".to_string(),
        ),
        body::Flaw::Empty => (
            "this comment ends where it begins".to_string(),
            "write `<!--` and a space, or else the text after it is not part of the comment".to_string(),
        ),
        body::Flaw::Used => (
            "this link takes its URL from a comment".to_string(),
            "move the line with the URL out of the comment, or write the URL here".to_string(),
        ),
    };
    Diagnostic::new(Code::BrokenComment, message).at(path, found.span).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front(text: &str) -> Option<&str> {
        match split(text) {
            Split::Front { yaml, .. } => Some(&text[yaml]),
            _ => None,
        }
    }

    #[test]
    fn front_matter_is_between_the_first_two_fences() {
        assert_eq!(front("---\na: 1\n---\ntext\n---\n"), Some("a: 1\n"));
        assert_eq!(front("---\r\na: 1\r\n---\r\ntext"), Some("a: 1\r\n"));
        assert_eq!(front("---\n---"), Some(""));
        assert_eq!(front("text\n---\n"), None);
        assert!(matches!(split("---\na: 1\n"), Split::Unclosed { line_end: 3 }));
    }

    #[test]
    fn a_date_may_lead_the_name() {
        assert_eq!(split_date("2026-11-02-a-b".into()), (Some(jiff::civil::date(2026, 11, 2)), "a-b".into()));
        assert_eq!(split_date("2026-13-02-a".into()), (None, "2026-13-02-a".into()));
        assert_eq!(split_date("åäöåäöåäö-x".into()).0, None);
    }
}
