//! The texts that people read in English, as blocks of plain words: code is replaced by a sign.

use std::fs;
use std::path::Path;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::support::tree;

/// What takes the place of code in a sentence.
pub(super) const CODE: char = '·';

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// A page of the documentation.
    Document,
    /// A message, a help text, a page of the preview.
    Message,
    /// A string of the theme.
    Theme,
}

/// The texts of one file.
pub(super) struct Text {
    /// Its path from the root of the repository.
    pub(super) file: String,
    pub(super) source: Source,
    pub(super) blocks: Vec<String>,
}

/// Every English text that people read, but for the demo and what `init` writes, which are content.
pub(super) fn all() -> Vec<Text> {
    let mut all = Vec::new();
    let mut add = |file: &str, source, blocks| all.push(Text { file: file.to_string(), source, blocks });
    for file in ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"] {
        add(file, Source::Document, markdown(&read(file)));
    }
    for (file, text) in files("docs") {
        match file.rsplit_once('.').map(|(_, ending)| ending) {
            Some("md") => add(&file, Source::Document, markdown(&text)),
            Some("json") => add(&file, Source::Document, descriptions(&text)),
            _ => {}
        }
    }
    for (file, text) in files("src") {
        let is_content = file.starts_with("src/authoring/scaffold/site/")
            || file.starts_with("src/authoring/scaffold/pages/");
        let is_test = file.ends_with("tests.rs") || file.contains("tests/") || file.ends_with("/testing.rs");
        match file.rsplit_once('.').map(|(_, ending)| ending) {
            _ if is_content || is_test => {}
            Some("rs") => add(&file, Source::Message, strings(&text, file.starts_with("src/cli/flags"))),
            Some("html") => add(&file, Source::Message, html(&text)),
            Some("js") => add(&file, Source::Message, script_strings(&text)),
            _ if file.starts_with("src/authoring/scaffold/ci/") => {
                add(&file, Source::Message, comments(&text))
            }
            _ => {}
        }
    }
    for (file, text) in
        files("tests/diagnostics").into_iter().filter(|(file, _)| file.ends_with("expected.txt"))
    {
        add(&file, Source::Message, messages(&text));
    }
    let theme = "themes/ringback/i18n/en.yaml";
    add(theme, Source::Theme, theme_strings(&read(theme)));
    all
}

fn read(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The files of a folder that are text, by their paths from the root.
fn files(folder: &str) -> Vec<(String, String)> {
    let all = tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    all.into_iter()
        .filter_map(|(path, bytes)| Some((format!("{folder}/{path}"), String::from_utf8(bytes).ok()?)))
        .collect()
}

/// The paragraphs, headings, list items and table cells of a text in Markdown.
pub(super) fn markdown(text: &str) -> Vec<String> {
    let (mut blocks, mut block, mut in_code) = (Vec::new(), String::new(), false);
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(words) if !in_code => block.push_str(&words),
            Event::Code(_) => block.push(CODE),
            Event::SoftBreak | Event::HardBreak => block.push(' '),
            Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link | TagEnd::Image) => {}
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::TableCell)
            | Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell) => {
                blocks.push(without_fillers(&std::mem::take(&mut block)));
            }
            _ => {}
        }
    }
    blocks.push(without_fillers(&block));
    blocks.retain(|block| !block.trim().is_empty());
    blocks
}

/// A text with a sign in the place of what is filled in: `{name}`.
fn without_fillers(text: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    out.push(CODE);
                }
            }
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// A message: one line, in which code stands between backticks. An explanation, of several paragraphs, is Markdown.
fn message(text: &str) -> Vec<String> {
    if text.contains("\n\n") {
        return markdown(text);
    }
    let parts = text.split('`').enumerate();
    let words: String =
        parts.map(|(at, part)| if at % 2 == 0 { part.to_string() } else { CODE.to_string() }).collect();
    vec![without_fillers(&words)]
}

/// The strings of a Rust file that have at least two words, without those of its unit tests; with its docstrings where
/// these are help.
fn strings(text: &str, with_help: bool) -> Vec<String> {
    let code = text.find("#[cfg(test)]\nmod ").map_or(text, |tests| &text[..tests]);
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '/' if rest.starts_with("//") => {
                let line = rest.lines().next().unwrap_or(rest);
                found.extend(
                    line.strip_prefix("/// ").filter(|_| with_help).map(message).into_iter().flatten(),
                );
                line.len()
            }
            '\'' => character(rest),
            '"' => {
                let end = closing(rest);
                found.extend(message(&unescaped(&rest[1..end - 1])));
                end
            }
            'r' if rest.starts_with("r\"") || rest.starts_with("r#\"") => {
                let fence = if rest.starts_with("r\"") { "\"" } else { "\"#" };
                let from = fence.len() + 1;
                let end = rest[from..].find(fence).map_or(rest.len(), |at| from + at);
                found.extend(message(&rest[from..end]));
                (end + fence.len()).min(rest.len())
            }
            // A name that ends in `r` doesn't begin a raw string.
            c if c.is_alphanumeric() || c == '_' => {
                rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
            }
            c => c.len_utf8(),
        };
        rest = &rest[length..];
    }
    found.retain(|block| {
        block.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count() > 1
    });
    found
}

/// How long the character or the lifetime is that begins a text.
fn character(text: &str) -> usize {
    let mut signs = text.char_indices().skip(1);
    match (signs.next(), signs.next()) {
        (Some((_, '\\')), Some(_)) => text[3..].find('\'').map_or(text.len(), |at| at + 4),
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

/// How long the string is that begins a text, with its quotation marks.
fn closing(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// What a string says: with its line ends, and without what only breaks it over several lines of code.
fn unescaped(inner: &str) -> String {
    let (mut out, mut signs) = (String::new(), inner.chars().peekable());
    while let Some(c) = signs.next() {
        match (c, signs.peek().copied()) {
            ('\\', Some('\n')) => while signs.next_if(|next| next.is_whitespace()).is_some() {},
            ('\\', Some(next)) => {
                signs.next();
                out.push(if next == 'n' { '\n' } else { next });
            }
            _ => out.push(c),
        }
    }
    out
}

/// The texts between the tags of a page.
fn html(text: &str) -> Vec<String> {
    let parts = text.split('<').filter_map(|part| part.split_once('>')).map(|(_, words)| words.trim());
    parts.filter(|words| words.contains(' ')).map(String::from).collect()
}

/// The strings of a script that have at least two words.
fn script_strings(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with(['/', '*']));
    let quoted = |line: &str| -> Vec<String> {
        let mut found = Vec::new();
        for quote in ['"', '`'] {
            found.extend(line.split(quote).skip(1).step_by(2).map(without_fillers));
        }
        found
    };
    lines.flat_map(quoted).filter(|text| text.contains(' ')).collect()
}

/// The comments of a file that `init --ci` writes.
fn comments(text: &str) -> Vec<String> {
    text.lines().filter_map(|line| line.trim_start().strip_prefix("# ")).flat_map(message).collect()
}

/// The messages of an `expected.txt`, with their labels, notes and help.
fn messages(text: &str) -> Vec<String> {
    let says = |line: &str| {
        let (_, after) = ["]: ", "= help: ", "= note: "].iter().find_map(|sign| line.split_once(sign))?;
        Some(after.to_string())
    };
    let label = |line: &str| line.rsplit_once("^ ").map(|(_, after)| after.to_string());
    text.lines()
        .filter_map(|line| says(line).or_else(|| label(line)))
        .flat_map(|text| message(&text))
        .collect()
}

/// The descriptions of a JSON schema.
fn descriptions(text: &str) -> Vec<String> {
    let lines = text.lines().filter_map(|line| line.split_once("\"description\": "));
    lines.flat_map(|(_, rest)| message(&unescaped(&rest[1..closing(rest) - 1]))).collect()
}

/// The values of a file of the theme's strings: what follows a key, and the lines of a longer text.
fn theme_strings(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
    let value = |line: &str| match line.split_once(": ") {
        Some((key, value)) if !key.starts_with(' ') && !key.contains(' ') => value.to_string(),
        _ => line.to_string(),
    };
    lines
        .map(value)
        .map(|line| line.replace("{one: ", "").replace("other: ", ""))
        .map(|line| without_fillers(&line))
        .collect()
}
