//! Pictures: what is there for those who don't see them.

use super::{CheckedPage, report::Report};
use crate::content::PageKind;
use crate::content::body::Kind;
use crate::content::image::Found;
use crate::diag::{Code, Diagnostic};
use crate::site::Site;

/// What is in place of a word where nobody has written one.
const EMPTY: &[&str] =
    &["image", "img", "picture", "photo", "bild", "foto", "bilde", "billede", "alt", "untitled"];

/// Beginnings of the names that cameras and programs give.
const MADE_NAMES: &[&str] =
    &["img", "dsc", "dscf", "dscn", "pxl", "screenshot", "skärmavbild", "skjermbilde", "skærmbillede"];

/// Reports images of a page without alternative text, or with a file name for one.
pub(super) fn check(text: &CheckedPage<'_>, report: &mut Report<'_>) {
    let (page, meta) = (text.page, text.page.meta());
    // A person's photo is described by their name.
    if let Some(image) = meta.image.as_ref().filter(|_| page.kind() != PageKind::Person) {
        let problem = if image.alt.is_empty() {
            let example = format!("image: {{src: {}, alt: \"…\"}}", image.src.value);
            Some(missing().help(format!("write `{example}`, and say what it shows")))
        } else {
            is_name(&image.alt, &image.src.value).then(|| file_name_as_alt(&image.alt))
        };
        report_at(problem, text, meta.places.alt, report);
    }
    if let Some(source) = meta.source.as_ref().filter(|source| source.name.is_empty()) {
        let help = match &source.url {
            Some(url) => format!("say who published `{url}`"),
            None => "write `source: {name: …, url: …}`, or remove it".to_string(),
        };
        let problem = Diagnostic::new(Code::EmptySource, "this source has no name").help(help);
        report_at(Some(problem), text, meta.places.source, report);
    }
    for (id, node) in text.body.nodes().iter().enumerate() {
        let Kind::Image(index) = node.kind else { continue };
        let link = &text.body.links[index as usize];
        let alt = text.body.plain_text_of(text.body.descendants(id));
        if link.target.is_empty() {
            let problem = Diagnostic::new(Code::EmptySource, "this image has no file")
                .help("name a file next to the page: `![what it shows](photo.jpg)`");
            report_at(Some(problem), text, node.span, report);
        } else if alt.trim().is_empty() {
            let help = format!("write what it shows between the brackets: `![…]({})`", link.target);
            report_at(Some(missing().help(help)), text, node.span, report);
        } else if is_name(&alt, &link.target) {
            report_at(Some(file_name_as_alt(&alt)), text, node.span, report);
        }
    }
}

/// Tells once for the whole site that pictures say where they were taken.
pub(super) fn places(site: &Site, report: &mut Report<'_>) {
    let mut with_place = site.content.pictures.iter().filter(|(_, found)| match found {
        Found::Picture(picture) => picture.has_place,
        Found::Broken(_) => false,
    });
    let Some((first, _)) = with_place.next() else { return };
    let message = match with_place.count() {
        0 => "this image says where it was taken, which was taken off what is published".to_string(),
        1 => "this image and another say where they were taken, which was taken off what is published".into(),
        more => format!(
            "this image and {more} others say where they were taken, which was taken off what is published"
        ),
    };
    let help = "the files themselves still say it, to everybody who can read the site's repository";
    report.push(Diagnostic::new(Code::ImageMetadata, message).in_file(first).help(help));
}

fn report_at(
    problem: Option<Diagnostic>,
    text: &CheckedPage<'_>,
    span: crate::diag::Span,
    report: &mut Report<'_>,
) {
    if let Some(problem) = problem {
        report.push(problem.at(text.page.path(), span));
    }
}

fn missing() -> Diagnostic {
    Diagnostic::new(Code::ImageWithoutAlt, "this image has no alternative text")
}

fn file_name_as_alt(alt: &str) -> Diagnostic {
    Diagnostic::new(Code::AltIsFileName, format!("`{}` says nothing about this image", alt.trim()))
        .help("say in a sentence what it shows")
}

/// Is it the name of the file, with or without its ending, or such as a camera gives?
fn is_name(alt: &str, target: &str) -> bool {
    let alt = alt.trim().to_lowercase();
    let file = target.split(['?', '#']).next().unwrap_or(target).rsplit('/').next().unwrap_or(target);
    let file = crate::encode::percent::decode(file).to_lowercase();
    let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem);
    // `anna.jpg` may well be described as "Anna".
    let is_slug = stem.contains(['-', '_']) || stem.chars().any(|c| c.is_ascii_digit());
    let is_word = !alt.contains(char::is_whitespace);
    let has_ending = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg", ".avif", ".heic"];
    let digits =
        |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '_'));
    EMPTY.contains(&alt.as_str())
        || is_word && has_ending.iter().any(|ending| alt.ends_with(ending))
        || alt == file
        || is_slug && is_word && alt == stem
        || is_word
            && (digits(&alt) || MADE_NAMES.iter().any(|made| alt.strip_prefix(made).is_some_and(digits)))
}
