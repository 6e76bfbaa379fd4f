//! `fonts`: the faces of text and headings, as a stack of names or as files of the theme.

use std::fmt::Write as _;

use super::css_value;
use crate::diag::Code;
use crate::yaml::{Node, Reader, Spanned, Value};

/// The built-in files, which pages load first where the theme keeps them.
const BUILT_IN: [(&str, &str); 2] =
    [("heading", "fonts/young-serif.woff2"), ("text", "fonts/literata.woff2")];

/// The faces of one use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Font {
    /// `text`, `heading` or `ui`.
    pub(super) name: &'static str,
    /// As `font-family` takes it.
    pub(super) stack: String,
    /// The weight of headings, where it isn't the built-in one.
    pub(super) weight: Option<String>,
    files: Vec<File>,
}

/// A file of the theme with one face, or with a range of weights.
#[derive(Debug, Clone, PartialEq, Eq)]
struct File {
    path: String,
    weight: Option<String>,
    is_italic: bool,
}

/// Reads `fonts`. `is_file` knows the files of the theme.
pub(super) fn read(node: &Node, is_file: &dyn Fn(&str) -> bool, reader: &mut Reader<'_>) -> Vec<Font> {
    let mut found = Vec::new();
    let Some(mut fonts) = reader.fields(node) else { return found };
    for name in ["text", "heading", "ui"] {
        found.extend(fonts.take(name).and_then(|node| font(name, node, is_file, reader)));
    }
    fonts.finish("`fonts`", [], reader);
    found
}

fn font(
    name: &'static str,
    node: &Node,
    is_file: &dyn Fn(&str) -> bool,
    reader: &mut Reader<'_>,
) -> Option<Font> {
    // One file is the most frequent of all: it needs no map.
    let is_one = matches!(&node.value, Value::Scalar { text, .. } if is_font(text));
    if !is_one && !matches!(node.value, Value::Map(_)) {
        let stack = css_value(node, reader)?;
        return Some(Font { name, stack, weight: None, files: Vec::new() });
    }
    let (mut files, mut weight) = (Vec::new(), None);
    if is_one {
        files.extend(file(node, is_file, reader));
    } else {
        let mut fields = reader.fields(node)?;
        let names = fields.take("names").and_then(|node| css_value(node, reader));
        weight = fields.take("weight").and_then(|node| weight_of(node, reader));
        if let Some(stack) = names {
            fields.finish("a font", [], reader);
            return Some(Font { name, stack, weight, files });
        }
        let list =
            fields.require("files", "a font", reader).and_then(|node| reader.list(node)).unwrap_or_default();
        files.extend(list.iter().filter_map(|node| file(node, is_file, reader)));
        fields.finish("a font", [], reader);
    }
    // The names of the built-in stacks follow, for letters that the files don't have.
    let stack = match name {
        "heading" => "\"Own heading\", serif",
        "ui" => "\"Own ui\", system-ui, sans-serif",
        _ => "\"Own text\", Charter, Georgia, serif",
    };
    (!files.is_empty()).then(|| Font { name, stack: stack.to_string(), weight, files })
}

fn file(node: &Node, is_file: &dyn Fn(&str) -> bool, reader: &mut Reader<'_>) -> Option<File> {
    let (path, weight, is_italic) = if let Value::Map(_) = node.value {
        let mut fields = reader.fields(node)?;
        let path = fields.require("file", "a font's file", reader).and_then(|node| reader.text(node));
        let weight = fields.take("weight").and_then(|node| weight_of(node, reader));
        let style = fields.take("style").and_then(|node| reader.choice(node, &["normal", "italic"]));
        fields.finish("a font's file", [], reader);
        (path?, weight, style == Some(1))
    } else {
        (reader.text(node)?, None, false)
    };
    if !is_font(&path.value) {
        let message = "browsers load fonts from `.woff2`, `.woff`, `.ttf` and `.otf` files";
        reader.report(Code::InvalidValue, path.span, message);
        return None;
    }
    super::known_file(&path, is_file, reader).then_some(File { path: path.value, weight, is_italic })
}

fn is_font(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ["woff2", "woff", "ttf", "otf"].contains(&ending.as_str()))
}

/// `400`, or `400 700` for a file with all weights in between.
fn weight_of(node: &Node, reader: &mut Reader<'_>) -> Option<String> {
    let Spanned { value, span } = reader.text(node)?;
    let is_weight = |text: &str| text.parse::<u16>().is_ok_and(|number| (1..=1000).contains(&number));
    let parts: Vec<&str> = value.split(' ').collect();
    if parts.len() > 2 || !parts.iter().all(|part| is_weight(part)) {
        let message =
            "a weight is a number from 1 to 1000, such as `700`, or two of them with a space between";
        reader.report(Code::InvalidValue, span, message);
        return None;
    }
    Some(value)
}

impl Font {
    /// The custom property of the stack.
    pub(super) fn property(&self) -> &'static str {
        match self.name {
            "heading" => "font-heading",
            "ui" => "font-ui",
            _ => "font-text",
        }
    }

    /// Declares the files, with their paths as the style sheet `css/theme.css` names them.
    pub(super) fn declare(&self, css: &mut String) {
        for File { path, weight, is_italic } in &self.files {
            let name = self.name;
            // Text that changed its face while somebody reads would move: it keeps what it began with.
            let display = if name == "text" { "optional" } else { "swap" };
            let _ = write!(
                css,
                "@font-face{{font-family:\"Own {name}\";src:url(\"../{path}\");font-display:{display}"
            );
            if let Some(weight) = weight {
                let _ = write!(css, ";font-weight:{weight}");
            }
            css.push_str(if *is_italic { ";font-style:italic}\n" } else { "}\n" });
        }
    }
}

/// The files that a page loads first, as paths in the theme: of each face the first.
pub(super) fn first_files(fonts: &[Font]) -> Vec<&str> {
    let first =
        BUILT_IN.iter().filter_map(|(name, built_in)| match fonts.iter().find(|font| font.name == *name) {
            Some(font) => font.files.first().map(|file| file.path.as_str()),
            None => Some(*built_in),
        });
    first.filter(|path| path.ends_with(".woff2")).collect()
}
