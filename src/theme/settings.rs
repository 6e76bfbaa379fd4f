//! `theme.yaml`: what a site can set without touching a style sheet. It becomes custom properties in `css/theme.css`.

use std::fmt::Write as _;

use serde::Serialize;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::encode::address::Web;
use crate::yaml::{self, Node, Reader, Spanned};

/// The colours that can be set, each the custom property of its name.
pub(super) const COLORS: &[&str] = &["paper", "ink", "accent", "amber", "muted", "rule"];

/// A theme's settings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    light: Vec<Color>,
    dark: Vec<Color>,
    other: Vec<(String, String)>,
    /// A file of the theme that stands for the site's name.
    pub logo: Option<String>,
    /// How wide images in texts are, as an image's `sizes`.
    pub image_sizes: Option<String>,
    /// The server that the search box asks, in place of the site's own index.
    pub search: Option<SearchServer>,
}

/// A colour as style sheets write it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Color {
    name: String,
    value: Spanned<String>,
}

/// A search engine with a server of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchServer {
    /// What it is: `meilisearch`.
    pub kind: &'static str,
    /// Its address, without a slash at the end.
    pub url: String,
    /// The name of the index there.
    pub index: String,
    /// The key that browsers send: one that may search and nothing else.
    pub key: Option<String>,
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
    settings.image_sizes = fields.take("image_sizes").and_then(|node| css_value(node, &mut reader));
    settings.search = fields.take("search").and_then(|node| search_server(node, &mut reader));
    fields.finish("`theme.yaml`", [], &mut reader);
    settings
}

/// `search: static`, or the server to ask.
fn search_server(node: &Node, reader: &mut Reader<'_>) -> Option<SearchServer> {
    if !matches!(node.value, yaml::Value::Map(_)) {
        reader.choice(node, &["static"]);
        return None;
    }
    let mut fields = reader.fields(node)?;
    let kind = fields.require("kind", "a search server", reader);
    let kind = kind.and_then(|node| reader.choice(node, &["meilisearch"]));
    let url = fields.require("url", "a search server", reader).and_then(|node| reader.text(node));
    let index = fields.require("index", "a search server", reader).and_then(|node| reader.text(node));
    let key = fields.take("key").and_then(|node| reader.text(node)).map(|key| key.value);
    fields.finish("`search`", [], reader);
    let (_, url, index) = (kind?, url?, index?);
    // What people search for is theirs: it goes over https, or stays on this computer.
    let local = url.value.strip_prefix("http://127.0.0.1");
    let is_local = local.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']));
    if Web::new(url.value.as_str()).is_none() || !url.value.starts_with("https://") && !is_local {
        reader.report(Code::InvalidValue, url.span, "the URL of a search server must begin with `https://`");
        return None;
    }
    let url = url.value.trim_end_matches('/').to_string();
    Some(SearchServer { kind: "meilisearch", url, index: index.value, key })
}

fn palette(node: &Node, reader: &mut Reader<'_>) -> Vec<Color> {
    let mut colors = Vec::new();
    for (name, node) in reader.entries(node).unwrap_or_default() {
        if !COLORS.contains(&name.value.as_str()) {
            reader.diagnostics.push(
                Diagnostic::new(Code::UnknownKey, format!("the theme has no colour `{}`", name.value))
                    .at(reader.file, name.span)
                    .suggest(&name.value, COLORS.iter().copied()),
            );
        } else if let Some(value) = css_value(node, reader) {
            colors.push(Color { name: name.value.clone(), value: Spanned { value, span: node.span } });
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

    /// A colour of the light version, with its place in `theme.yaml`.
    #[must_use]
    pub fn light(&self, name: &str) -> Option<&Spanned<String>> {
        self.light.iter().find(|color| color.name == name).map(|color| &color.value)
    }

    /// The style sheet that sets the custom properties.
    #[must_use]
    pub fn css(&self) -> String {
        let mut css = String::new();
        let block = |properties: &[(&str, &str)]| {
            properties.iter().fold(String::new(), |mut out, (name, value)| {
                let _ = write!(out, "--{name}:{value};");
                out
            })
        };
        fn colors(of: &[Color]) -> impl Iterator<Item = (&str, &str)> {
            of.iter().map(|color| (color.name.as_str(), color.value.value.as_str()))
        }
        let other = self.other.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let light: Vec<_> = colors(&self.light).chain(other).collect();
        if !light.is_empty() {
            let _ = writeln!(css, ":root{{{}}}", block(&light));
        }
        if !self.dark.is_empty() {
            let _ = writeln!(
                css,
                "@media (prefers-color-scheme:dark){{:root{{{}}}}}",
                block(&colors(&self.dark).collect::<Vec<_>>())
            );
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
    fn the_search_box_asks_the_site_itself_unless_a_server_is_named() {
        let search = |text: &str| {
            let mut diagnostics = Diagnostics::new();
            let settings = read("theme.yaml", text, &mut diagnostics);
            let codes: Vec<Code> = diagnostics.sorted().into_iter().map(|problem| problem.code).collect();
            (settings.search.map(|server| serde_json::to_string(&server).unwrap()), codes)
        };
        assert_eq!(search("search: static\n"), (None, Vec::new()));
        assert_eq!(search("radius: 6px\n"), (None, Vec::new()));
        let server = r#"{"kind":"meilisearch","url":"https://s.example.org","index":"pages","key":"k"}"#;
        let text = "search: {kind: meilisearch, url: https://s.example.org/, index: pages, key: k}\n";
        assert_eq!(search(text), (Some(server.to_string()), Vec::new()));
        let text = "search: {kind: meilisearch, url: http://s.example.org/, index: pages}\n";
        assert_eq!(search(text), (None, vec![Code::InvalidValue]));
        assert_eq!(
            search("search: {kind: solr, url: https://x.example, index: a}\n").1,
            [Code::InvalidValue]
        );
        assert_eq!(search("search: {kind: meilisearch}\n").1, [Code::MissingKey, Code::MissingKey]);
        assert_eq!(search("search: elastic\n").1, [Code::InvalidValue]);
    }

    #[test]
    fn a_misspelt_colour_is_refused() {
        let mut diagnostics = Diagnostics::new();
        let _ = read("theme.yaml", "colors: {light: {acent: red, ink: 'red;}'}}\n", &mut diagnostics);
        let codes: Vec<Code> = diagnostics.sorted().into_iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [Code::UnknownKey, Code::InvalidValue]);
    }
}
