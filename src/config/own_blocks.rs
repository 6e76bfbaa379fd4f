//! Blocks of a site's own: `blocks/<name>.html` in a theme, with the parameters that `blocks/<name>.yaml` declares.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::yaml::{self, Node, Reader, Value, listed};

/// What kind of value a parameter takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParameterKind {
    /// Any text without markup.
    Text,
    /// A whole or decimal number, written with a point.
    Number,
    /// `true` or `false`.
    Boolean,
    /// One of these words, as the theme declares them.
    Choice(Vec<String>),
    /// A link of Markdown, or an address.
    Link,
    /// An image, written as in Markdown: `![Words](file.jpg)`.
    Image,
}

impl ParameterKind {
    const NAMES: [&str; 6] = ["text", "number", "boolean", "choice", "link", "image"];

    /// What is wrong with words as a value; of links and images, what the words don't say is looked at elsewhere.
    ///
    /// # Errors
    ///
    /// What was expected, for a message.
    pub fn check(&self, text: &str) -> Result<(), String> {
        match self {
            Self::Number if text.parse::<f64>().is_ok_and(f64::is_finite) => Ok(()),
            Self::Number => Err("a number, such as `12` or `9.5`".to_string()),
            Self::Boolean if matches!(text, "true" | "false") => Ok(()),
            Self::Boolean => Err("`true` or `false`".to_string()),
            Self::Choice(options) if options.iter().any(|option| option == text) => Ok(()),
            Self::Choice(options) => Err(listed(&options.iter().map(String::as_str).collect::<Vec<_>>())),
            Self::Text | Self::Link | Self::Image => Ok(()),
        }
    }
}

/// A parameter of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name, in texts and in the template.
    pub name: String,
    /// What authors may write there: anything else is reported with its place.
    pub kind: ParameterKind,
    /// Must every use of the block have it?
    pub required: bool,
    /// What holds where a use doesn't have it.
    pub default: Option<String>,
}

/// A block of a site's own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnBlock {
    /// Its parameters, in the order of the file.
    pub parameters: Vec<Parameter>,
}

impl OwnBlock {
    /// The parameter of this name.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }
}

/// The names of blocks' templates by the names of the blocks, and the files that declare their parameters, of which the
/// last theme's count: `themes` are the folders of the themes that apply, in their order.
#[derive(Debug, Default)]
pub struct BlockFiles<'a> {
    templates: BTreeMap<&'a str, &'a str>,
    schemas: BTreeMap<&'a str, &'a str>,
}

impl<'a> BlockFiles<'a> {
    /// Finds them among all files of a site.
    #[must_use]
    pub fn find(files: &'a [String], themes: &[&str]) -> Self {
        let mut found = Self::default();
        for theme in themes {
            let prefix = format!("themes/{theme}/blocks/");
            let from = files.partition_point(|file| *file < prefix);
            for file in &files[from..] {
                let Some(name) = file.strip_prefix(&prefix) else { break };
                if let Some(name) = name.strip_suffix(".html") {
                    found.templates.insert(name, file);
                } else if let Some(name) = name.strip_suffix(".yaml") {
                    found.schemas.insert(name, file);
                }
            }
        }
        found
    }

    /// The blocks, with what `read` gives for the file of their parameters.
    pub fn blocks(
        &self,
        mut read: impl FnMut(&str, &mut Diagnostics) -> Option<String>,
        diagnostics: &mut Diagnostics,
    ) -> BTreeMap<String, OwnBlock> {
        let mut blocks = BTreeMap::new();
        for (name, file) in &self.templates {
            if let Some(problem) = name_problem(name) {
                diagnostics.push(problem.in_file(*file));
                continue;
            }
            let schema = self.schemas.get(name).and_then(|file| {
                let text = read(file, diagnostics)?;
                let node = yaml::parse(&text, 0, file).map_err(|problem| diagnostics.push(*problem)).ok()?;
                Some(own_block(&node, &mut Reader { file, diagnostics }))
            });
            blocks.insert((*name).to_string(), schema.unwrap_or_default());
        }
        for (name, file) in &self.schemas {
            if !self.templates.contains_key(name) {
                let message = "these are the parameters of a block that has no template";
                let help = format!("add `{name}.html` beside this file, or remove it");
                diagnostics.push(Diagnostic::new(Code::MissingFile, message).in_file(*file).help(help));
            }
        }
        blocks
    }
}

/// What is wrong with the name of a block.
fn name_problem(name: &str) -> Option<Diagnostic> {
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if is_name {
        return None;
    }
    let message = format!("`{name}` can't be the name of a block");
    let help = "rename the file: a name is lower-case letters from a to z, digits and hyphens";
    Some(Diagnostic::new(Code::InvalidValue, message).help(help))
}

fn own_block(node: &Node, reader: &mut Reader<'_>) -> OwnBlock {
    let mut block = OwnBlock::default();
    let Some(mut fields) = reader.fields(node) else { return block };
    let entries = fields.take("parameters").and_then(|node| reader.entries(node)).unwrap_or_default();
    for (name, node) in entries {
        if !is_parameter(&name.value) {
            let message = format!("`{}` can't be the name of a parameter", name.value);
            let help = format!(
                "write lower-case letters from a to z, digits and `_`; a template already gets {}",
                listed(TAKEN).replace(" or ", " and ")
            );
            reader
                .diagnostics
                .push(Diagnostic::new(Code::InvalidValue, message).at(reader.file, name.span).help(help));
        } else if let Some(parameter) = parameter((&name.value, name.span), node, reader) {
            block.parameters.push(parameter);
        }
    }
    fields.finish("a block", [], reader);
    block
}

/// What the template of a block has besides.
const TAKEN: &[&str] = &["assets", "lang", "site", "t", "text", "theme", "title"];

fn is_parameter(name: &str) -> bool {
    !TAKEN.contains(&name)
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn parameter((name, span): (&str, Span), node: &Node, reader: &mut Reader<'_>) -> Option<Parameter> {
    let text =
        Parameter { name: name.to_string(), kind: ParameterKind::Text, required: false, default: None };
    if node.value == Value::Null {
        return Some(text);
    }
    let mut fields = reader.fields(node)?;
    let kind = fields.take("type").and_then(|node| reader.choice(node, &ParameterKind::NAMES));
    let options = fields.take("options");
    let required = fields.take("required").and_then(|node| reader.truth(node)).unwrap_or_default();
    let default = fields.take("default").and_then(|node| reader.text(node));
    fields.finish("a parameter", [], reader);
    let is_choice = kind == Some(3);
    let kind = match kind {
        Some(1) => ParameterKind::Number,
        Some(2) => ParameterKind::Boolean,
        Some(3) => {
            let options = options.and_then(|node| reader.texts(node)).unwrap_or_default();
            ParameterKind::Choice(options.into_iter().map(|option| option.value).collect())
        }
        Some(4) => ParameterKind::Link,
        Some(5) => ParameterKind::Image,
        _ => ParameterKind::Text,
    };
    if is_choice && kind == ParameterKind::Choice(Vec::new()) {
        reader.report(Code::MissingKey, span, "a parameter with the type `choice` needs `options`");
    } else if let Some(node) = options.filter(|_| !is_choice) {
        reader.report(Code::InvalidValue, node.span, "only a parameter with the type `choice` has `options`");
    }
    let is_linked = matches!(kind, ParameterKind::Link | ParameterKind::Image);
    if let Some(default) = &default {
        if is_linked || required {
            let why = if required { "a required parameter" } else { "a link or an image" };
            reader.report(Code::InvalidValue, default.span, format!("{why} can't have a default"));
        } else if let Err(wanted) = kind.check(&default.value) {
            let message = format!("expected {wanted}, found `{}`", default.value);
            reader.report(Code::WrongType, default.span, message);
        }
    }
    Some(Parameter { kind, required, default: default.map(|default| default.value), ..text })
}
