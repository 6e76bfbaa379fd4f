//! One file at a time: from its bytes to a [`Document`]. Pure, so that it runs in parallel and could be cached.
//!
//! [`parse_path`] says from the path alone what a file is, in which language and under which name, so that a file with a
//! mistake in it keeps its place. [`document`] adds the front matter and the text, divided at its gate.

mod asked;
pub mod assessment;
pub mod blocks;
pub mod body;
pub mod calculator;
pub mod code;
pub mod credit;
mod document;
mod fences;
pub mod form;
pub mod front_matter;
pub mod gate;
pub mod heading_title;
pub mod image;
mod kind;
pub mod loads;
pub mod markdown;
pub mod markup;
mod own_keys;
mod path;
pub mod pdf;
mod slips;
pub mod survey;

use crate::config::Config;
use crate::diag::{Code, Diagnostic, Diagnostics, Span, credentials};
use crate::project::names;
use body::Body;
pub use document::Document;
pub use kind::PageKind;
pub use own_keys::OWN_KEYS;
pub use path::{ContentPath, content_path, parse_path};

/// Reads the bytes of a Markdown file. Whatever is wrong goes to `diagnostics`; the document keeps its place, with
/// as much of its front matter and text as could be read.
#[must_use]
pub fn document(
    place: ContentPath,
    bytes: &[u8],
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Document {
    let Some(text) = text(&place.path, bytes, diagnostics) else {
        return Document::unread(place);
    };
    if place.date.is_none() && place.kind.has_dated_name() && path::begins_like_date(&place.name) {
        diagnostics.push(
            Diagnostic::new(
                Code::BadDate,
                format!("this file's name begins with `{}`, which is not a date", &place.name[..10]),
            )
            .in_file(&place.path)
            .help("rename it to year-month-day-name, such as `2026-11-02-name.md`"),
        );
    }
    check_language_folder(&place, config, diagnostics);
    let Some((front, body_at)) = parts(&place.path, text, diagnostics) else {
        return Document::unread(place);
    };
    if let Some(front) = front {
        slips::check_front_matter(&place.path, front, diagnostics);
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
        check_addresses((&place.path, text), &body, config, diagnostics);
        let flawed = body.balance_html(text);
        slips::check_tags((&place.path, place.kind), text, &flawed, diagnostics);
    }
    slips::check((&place.path, place.kind), text, &body, diagnostics);
    blocks::check((&place.path, place.kind), &body, &config.blocks, diagnostics);
    diagnostics.extend(body.unsettled.iter().map(|found| unsettled(&place.path, found)));
    for link in body.links.iter().filter(|link| link.title.contains("<!--")) {
        let message = "a title can't contain a comment: readers would see it";
        let problem = Diagnostic::new(Code::BrokenComment, message).at(&place.path, link.span);
        diagnostics.push(problem.help("remove it, or write it outside the link"));
    }
    for (kind, span) in body.misplaced_embeds(text) {
        diagnostics.push(misplaced_embed(&place.path, kind, span));
    }
    Document::new((place, meta), body, diagnostics)
}

/// The YAML of a file's front matter with its offset, where it has some, and where its text begins; `None` where that can't be
/// told, which is reported.
fn parts<'t>(
    path: &str,
    text: &'t str,
    diagnostics: &mut Diagnostics,
) -> Option<(Option<(&'t str, usize)>, usize)> {
    // An editor's byte order mark is no part of the text.
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let almost = |found| almost_front_matter((path, start), found, Code::UnclosedFrontMatter);
    let problem = match split(&text[start..]) {
        Split::Front { yaml, body } => {
            let yaml_at = start + yaml.start;
            return Some((Some((&text[yaml_at..start + yaml.end], yaml_at)), start + body));
        }
        Split::None => match fences::instead(&text[start..]) {
            Some(found) => almost_front_matter((path, start), found, Code::ForeignFrontMatter),
            None => return Some((None, start)),
        },
        Split::Unclosed { line_end } => fences::end(&text[start..]).map_or_else(
            || {
                let message = "the front matter that begins here is not closed";
                Diagnostic::new(Code::UnclosedFrontMatter, message)
                    .at(path, Span::new(start, start + line_end))
                    .help("write a line with `---` between the front matter and the text")
            },
            almost,
        ),
    };
    diagnostics.push(problem);
    None
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
fn check_language_folder(place: &ContentPath, config: &Config, diagnostics: &mut Diagnostics) {
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

fn misplaced_embed(path: &str, kind: body::EmbedKind, span: Span) -> Diagnostic {
    let name = kind.name();
    let article = if kind == body::EmbedKind::Assessment { "an" } else { "a" };
    Diagnostic::new(Code::MisplacedEmbed, format!("{article} {name} isn't allowed here")).at(path, span).help(format!(
        "put `[{name}:…]` on its own line, with an empty line before and after, outside any list or quotation"
    ))
}

/// The bytes as text; `None` where they aren't UTF-8, which is reported.
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
fn check_addresses((path, text): (&str, &str), body: &Body, config: &Config, diagnostics: &mut Diagnostics) {
    for node in body.nodes() {
        let body::Kind::Html(html) = node.kind else { continue };
        let html = body.text(html);
        for load in loads::in_html(html) {
            let written = body::Written::new(&text[node.span.range()], html);
            let span = written.span(html, &load.place, node.span);
            diagnostics.extend(loads::undeclared(&load, config, (path, span)));
        }
        for found in markup::addresses_that_run(html) {
            let written = body::Written::new(&text[node.span.range()], html);
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
}
