//! `theme.yaml`: what a site can set without touching a style sheet. It becomes custom properties in `css/theme.css`.

use std::fmt::Write as _;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::yaml::{self, Node, Reader};

/// The colours that can be set, each the custom property of its name.
const COLORS: &[&str] = &["paper", "ink", "accent", "amber", "muted", "rule"];

/// A theme's settings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    light: Vec<(String, String)>,
    dark: Vec<(String, String)>,
    other: Vec<(String, String)>,
    /// A file of the theme that stands for the site's name.
    pub logo: Option<String>,
}

/// Reads `theme.yaml`; mistakes are reported against `file`.
#[must_use]
pub(super) fn read(file: &str, text: &str, diagnostics: &mut Diagnostics) -> Settings {
    let mut settings = Settings::default();
    let node = match yaml::parse(text, 0, file) {
        Ok(node) => node,
        Err(problem) => {
            diagnostics.push(*problem);
            return settings;
        }
    };
    let mut reader = Reader { file, diagnostics };
    let Some(mut fields) = reader.fields(&node) else { return settings };
    if let Some(mut colors) = fields.take("colors").and_then(|node| reader.fields(node)) {
        settings.light = colors.take("light").map(|node| palette(node, &mut reader)).unwrap_or_default();
        settings.dark = colors.take("dark").map(|node| palette(node, &mut reader)).unwrap_or_default();
        colors.finish("`colors`", [], &mut reader);
    }
    if let Some(mut fonts) = fields.take("fonts").and_then(|node| reader.fields(node)) {
        for (name, property) in [("text", "font-text"), ("heading", "font-heading")] {
            let value = fonts.take(name).and_then(|node| css_value(node, &mut reader));
            settings.other.extend(value.map(|value| (property.to_string(), value)));
        }
        fonts.finish("`fonts`", [], &mut reader);
    }
    let radius = fields.take("radius").and_then(|node| css_value(node, &mut reader));
    settings.other.extend(radius.map(|radius| ("radius".to_string(), radius)));
    settings.logo = fields.take("logo").and_then(|node| reader.text(node)).map(|logo| logo.value);
    fields.finish("`theme.yaml`", [], &mut reader);
    settings
}

fn palette(node: &Node, reader: &mut Reader<'_>) -> Vec<(String, String)> {
    let mut colors = Vec::new();
    for (name, value) in reader.entries(node).unwrap_or_default() {
        if !COLORS.contains(&name.value.as_str()) {
            reader.diagnostics.push(
                Diagnostic::new(Code::UnknownKey, format!("the theme has no colour `{}`", name.value))
                    .at(reader.file, name.span)
                    .suggest(&name.value, COLORS.iter().copied()),
            );
        } else if let Some(value) = css_value(value, reader) {
            colors.push((name.value.clone(), value));
        }
    }
    colors
}

/// A value that can't end its declaration; empty means that the style sheet's own is kept.
fn css_value(node: &Node, reader: &mut Reader<'_>) -> Option<String> {
    let text = reader.text(node)?;
    if text.value.contains(['{', '}', ';', '<', '\\', '\n']) {
        reader.report(Code::InvalidValue, text.span, "this can't be a value in a style sheet");
        return None;
    }
    Some(text.value).filter(|value| !value.is_empty())
}

impl Settings {
    /// The value of a setting that is no colour, by the name of its custom property.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&str> {
        self.other.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// The style sheet that sets the custom properties.
    #[must_use]
    pub fn css(&self) -> String {
        let mut css = String::new();
        let block = |properties: &[(String, String)]| {
            properties.iter().fold(String::new(), |mut out, (name, value)| {
                let _ = write!(out, "--{name}:{value};");
                out
            })
        };
        let light = [self.light.as_slice(), self.other.as_slice()].concat();
        if !light.is_empty() {
            let _ = writeln!(css, ":root{{{}}}", block(&light));
        }
        if !self.dark.is_empty() {
            let _ = writeln!(css, "@media (prefers-color-scheme:dark){{:root{{{}}}}}", block(&self.dark));
        }
        css
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_become_custom_properties() {
        let mut diagnostics = Diagnostics::new();
        let text = "colors:\n  light: {accent: \"#0b5d4e\"}\n  dark: {ink: white}\nfonts: {heading: Georgia}\nradius: 6px\n";
        let settings = read("theme.yaml", text, &mut diagnostics);
        assert!(diagnostics.is_empty());
        assert_eq!(
            settings.css(),
            ":root{--accent:#0b5d4e;--font-heading:Georgia;--radius:6px;}\n\
             @media (prefers-color-scheme:dark){:root{--ink:white;}}\n"
        );
    }

    #[test]
    fn a_misspelt_colour_is_refused() {
        let mut diagnostics = Diagnostics::new();
        let _ = read("theme.yaml", "colors: {light: {acent: red, ink: 'red;}'}}\n", &mut diagnostics);
        let codes: Vec<Code> = diagnostics.sorted().into_iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [Code::UnknownKey, Code::InvalidValue]);
    }
}
