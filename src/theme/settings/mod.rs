//! `theme.yaml`: what a site can set without touching a style sheet. It becomes custom properties in `css/theme.css`.

mod fonts;
pub(super) mod palette;

use std::fmt::Write as _;

use serde::Serialize;

use self::fonts::Font;
use self::palette::Scheme;
use crate::content::blocks::Role;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::encode::address::Web;
use crate::yaml::{self, Fields, Node, Reader, Spanned};

/// The parts of the home page, in the order of the built-in theme. Each role of a section is one, too.
pub const HOME: [&str; 10] = [
    "hero",
    "text",
    "featured",
    "latest",
    "journey",
    "topics",
    "playbooks",
    "series",
    "people",
    "newsletter",
];

/// How the header can be, the first unless something else is said.
const HEADERS: [&str; 3] = ["plain", "filled", "centered"];

/// How the first screen of the home page can be.
const HEROES: [&str; 3] = ["beside", "centered", "wide"];

/// How lists of pages can be.
const LISTS: [&str; 2] = ["covers", "text"];

/// What templates get and what `theme.yaml` may say: raised when a theme that was made for it would no longer do.
pub const CONTRACT: i64 = 1;

/// Pixels of the image of a tab: what search results ask for, and a sharp one in a tab of twice the density.
pub(super) const TAB_ICON: u32 = 96;

/// Pixels of the image of a phone's home screen.
pub(super) const TOUCH_ICON: u32 = 180;

/// Where the mark of the site would be drawn large.
const NO_MOTIF: &str = ".call::before,.lost main::before,.front.plain::before,.blank::before,.gate .panel::before{content:none}\n";

/// What `theme.yaml` sets of a theme, checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    light: Scheme,
    dark: Scheme,
    fonts: Vec<Font>,
    /// Further custom properties of CSS, with their values.
    other: Vec<(&'static str, String)>,
    motif: Motif,
    /// The schemes that pages have.
    pub scheme: Schemes,
    /// A file of the theme that stands for the site's name.
    pub logo: Option<String>,
    /// The same for the dark scheme, where it is another.
    pub dark_logo: Option<String>,
    /// The image of the site in a browser's tabs.
    pub icon: Option<String>,
    /// The parts of the home page, in their order; `None` for [`HOME`].
    pub home: Option<Vec<&'static str>>,
    /// Do templates get the bar of all sections?
    pub has_sidebar: bool,
    /// How the header is, the first screen of the home page, and lists.
    pub shape: Shape,
    /// Does every page end with the form for the newsletter?
    pub has_newsletter_below: bool,
    /// What articles show beside their text.
    pub article: ArticleParts,
    /// How wide images in texts are, as an image's `sizes`.
    pub image_sizes: Option<String>,
    /// The server that the search box asks, in place of the site's own index.
    pub search: Option<SearchServer>,
}

/// How the parts of pages are laid out, each by one of the words of `theme.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// The header: `plain`, `filled` or `centered`.
    pub header: &'static str,
    /// The first screen of the home page: `beside`, `centered` or `wide`.
    pub hero: &'static str,
    /// Lists of pages: `covers` or `text`.
    pub lists: &'static str,
}

impl Default for Shape {
    fn default() -> Self {
        Self { header: HEADERS[0], hero: HEROES[0], lists: LISTS[0] }
    }
}

impl Shape {
    /// The style sheets that the words need, as paths in the theme; they become part of `css/theme.css`.
    pub fn sheets(self) -> impl Iterator<Item = String> {
        let words = [("header", self.header, HEADERS[0]), ("hero", self.hero, HEROES[0])];
        let said = words.into_iter().filter(|(_, word, first)| word != first);
        said.map(|(key, word, _)| format!("{SHAPES}{key}-{word}.css"))
    }
}

/// The folder of style sheets that are a part of `css/theme.css`, where a word of `theme.yaml` asks for one.
pub(super) const SHAPES: &str = "css/shape/";

/// The colour schemes of a site.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Schemes {
    /// The one that the reader's system asks for.
    #[default]
    Both,
    /// The light one, whatever the system asks for.
    Light,
}

/// What is drawn large at the edge of some surfaces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Motif {
    /// That of the style sheet, or the file that a property names.
    #[default]
    File,
    /// Nothing is drawn.
    None,
}

/// What articles show beside their text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own")]
pub struct ArticleParts {
    /// For whom it is, of the taxonomy `persona`.
    pub persona: bool,
    /// The stage of the customer journey.
    pub stage: bool,
    /// How many minutes it takes.
    pub reading_time: bool,
    /// Ways to hand it on.
    pub sharing: bool,
    /// A link to its file, where `source_url` in `ringback.yaml` says where the site's files are shown.
    pub source: bool,
}

impl Default for ArticleParts {
    fn default() -> Self {
        Self { persona: true, stage: true, reading_time: true, sharing: true, source: false }
    }
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

/// Reads `theme.yaml`; mistakes are reported against `file`. `is_file` knows the files of the theme by their paths.
#[must_use]
pub(super) fn read(
    file: &str,
    text: &str,
    is_file: &dyn Fn(&str) -> bool,
    diagnostics: &mut Diagnostics,
) -> Settings {
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
    if let Some(node) = fields.take("contract") {
        check_contract(node, &mut reader);
    }
    if let Some(mut colors) = fields.take("colors").and_then(|node| reader.fields(node)) {
        settings.light = colors.take("light").map(|node| Scheme::read(node, &mut reader)).unwrap_or_default();
        settings.dark = colors.take("dark").map(|node| Scheme::read(node, &mut reader)).unwrap_or_default();
        colors.finish("`colors`", [], &mut reader);
        palette::complete(&mut settings.light, &mut settings.dark, &mut reader);
    }
    if fields.take("dark").and_then(|node| reader.truth(node)) == Some(false) {
        settings.scheme = Schemes::Light;
    }
    if let Some(node) = fields.take("fonts") {
        settings.fonts = fonts::read(node, is_file, &mut reader);
    }
    for name in ["radius", "width"] {
        let value = fields.take(name).and_then(|node| css_value(node, &mut reader));
        settings.other.extend(value.map(|value| (name, value)));
    }
    if let Some(motif) = fields.take("motif").and_then(|node| reader.text(node)) {
        if motif.value == "none" {
            settings.motif = Motif::None;
        } else if known_file(&motif, is_file, &mut reader) {
            settings.other.push(("motif", format!("url(\"../{}\")", motif.value)));
        }
    }
    if let Some(node) = fields.take("logo") {
        logo(node, &mut settings, is_file, &mut reader);
    }
    let icon = fields.take("icon").and_then(|node| reader.text(node));
    settings.icon = icon.filter(|icon| known_file(icon, is_file, &mut reader)).map(|icon| icon.value);
    layout(&mut fields, &mut settings, &mut reader);
    settings.image_sizes = fields.take("image_sizes").and_then(|node| css_value(node, &mut reader));
    settings.search = fields.take("search").and_then(|node| search_server(node, &mut reader));
    fields.finish("`theme.yaml`", [], &mut reader);
    settings
}

/// `contract:`: which version of the values for templates the theme was made for.
fn check_contract(node: &Node, reader: &mut Reader<'_>) {
    let Some(contract) = reader.number(node, 1..=i64::MAX).filter(|contract| *contract != CONTRACT) else {
        return;
    };
    let message = format!("this theme is made for contract {contract}, and this program has {CONTRACT}");
    let help = "update ringback; or compare the templates with `docs/content/templates.md`, and write the number that it has";
    let problem = Diagnostic::new(Code::InvalidValue, message).at(reader.file, node.span);
    reader.diagnostics.push(problem.help(help));
}

/// Which parts pages have, and in which arrangement: `home`, `header`, `hero`, `lists`, `sidebar`, `footer` and `article`.
fn layout(fields: &mut Fields<'_>, settings: &mut Settings, reader: &mut Reader<'_>) {
    if let Some(node) = fields.take("home") {
        let parts = reader.list(node).unwrap_or_default();
        let known: Vec<&'static str> = HOME.into_iter().chain(Role::names()).collect();
        settings.home =
            Some(parts.iter().filter_map(|part| Some(known[reader.choice(part, &known)?])).collect());
    }
    let shape = &mut settings.shape;
    for (name, known, word) in [
        ("header", HEADERS.as_slice(), &mut shape.header),
        ("hero", HEROES.as_slice(), &mut shape.hero),
        ("lists", LISTS.as_slice(), &mut shape.lists),
    ] {
        if let Some(index) = fields.take(name).and_then(|node| reader.choice(node, known)) {
            *word = known[index];
        }
    }
    settings.has_sidebar = fields.take("sidebar").and_then(|node| reader.truth(node)).unwrap_or_default();
    if let Some(mut footer) = fields.take("footer").and_then(|node| reader.fields(node)) {
        let newsletter = footer.take("newsletter").and_then(|node| reader.truth(node));
        settings.has_newsletter_below = newsletter.unwrap_or_default();
        footer.finish("`footer`", [], reader);
    }
    if let Some(mut article) = fields.take("article").and_then(|node| reader.fields(node)) {
        let parts = &mut settings.article;
        for (name, part) in [
            ("persona", &mut parts.persona),
            ("stage", &mut parts.stage),
            ("reading_time", &mut parts.reading_time),
            ("sharing", &mut parts.sharing),
            ("source", &mut parts.source),
        ] {
            *part = article.take(name).and_then(|node| reader.truth(node)).unwrap_or(*part);
        }
        article.finish("`article`", [], reader);
    }
}

/// `logo: img/logo.svg`, or one for each scheme.
fn logo(node: &Node, settings: &mut Settings, is_file: &dyn Fn(&str) -> bool, reader: &mut Reader<'_>) {
    let file = |node: &Node, reader: &mut Reader<'_>| {
        let file = reader.text(node).filter(|file| known_file(file, is_file, reader));
        file.map(|file| file.value)
    };
    if !matches!(node.value, yaml::Value::Map(_)) {
        settings.logo = file(node, reader);
        return;
    }
    let Some(mut fields) = reader.fields(node) else { return };
    settings.logo = fields.require("light", "a logo", reader).and_then(|node| file(node, reader));
    settings.dark_logo = fields.take("dark").and_then(|node| file(node, reader));
    fields.finish("`logo`", [], reader);
}

/// An icon in another size, as a path in the theme; `None` for one with another ending than these.
fn sized(icon: &str, endings: &[&str], side: u32) -> Option<String> {
    let stem = endings.iter().find_map(|ending| icon.strip_suffix(ending))?;
    Some(format!("{stem}-{side}.png"))
}

/// Is it a file of the theme? If not, that is reported.
fn known_file(file: &Spanned<String>, is_file: &dyn Fn(&str) -> bool, reader: &mut Reader<'_>) -> bool {
    let is_known = is_file(&file.value);
    if !is_known {
        let message = format!("the theme has no file `{}`", file.value);
        let problem = Diagnostic::new(Code::InvalidValue, message).at(reader.file, file.span);
        let help = "put the file into the theme's folder, `themes/ringback/` unless you named another; the path begins there, such as `img/logo.svg`";
        reader.diagnostics.push(problem.help(help));
    }
    is_known
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
    /// The image of a browser's tabs, as a path in the theme.
    #[must_use]
    pub fn tab_icon(&self) -> String {
        match self.icon.as_deref() {
            Some(icon) => sized(icon, &[".png"], TAB_ICON).unwrap_or_else(|| icon.to_string()),
            None => "img/icon.svg".to_string(),
        }
    }

    /// The image of a phone's home screen, where the icon can be made as large as that.
    #[must_use]
    pub fn touch_icon(&self) -> Option<String> {
        sized(self.icon.as_deref()?, &[".png", ".svg"], TOUCH_ICON)
    }

    /// The parts of the home page, in their order.
    #[must_use]
    pub fn home_parts(&self) -> &[&'static str] {
        self.home.as_deref().unwrap_or(&HOME)
    }

    /// The value of a setting that is no colour, by the name of its custom property.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&str> {
        self.other().find(|(found, _)| *found == name).map(|(_, value)| value)
    }

    /// A colour of the light version, with its place in `theme.yaml`.
    #[must_use]
    pub fn light(&self, name: &str) -> Option<&Spanned<String>> {
        self.light.0.iter().find(|color| color.name == name).map(|color| &color.value)
    }

    /// The colours of the light version as pages have them, built-in ones too, by their names.
    #[must_use]
    pub fn light_colors(&self) -> Vec<(&'static str, String)> {
        self.light.all_colors(&palette::LIGHT)
    }

    /// The same of the dark version.
    #[must_use]
    pub fn dark_colors(&self) -> Vec<(&'static str, String)> {
        self.dark.all_colors(&palette::DARK)
    }

    /// The style sheet that sets the custom properties, and loads the site's own fonts.
    #[must_use]
    pub fn css(&self) -> String {
        let mut css = String::new();
        for font in &self.fonts {
            font.declare(&mut css);
        }
        let mut properties = String::new();
        for (name, value) in self.light.properties().chain(self.other()) {
            let _ = write!(properties, "--{name}:{value};");
        }
        if !properties.is_empty() {
            let _ = writeln!(css, ":root{{{properties}}}");
        }
        let dark = self.dark.properties().fold(String::new(), |mut out, (name, value)| {
            let _ = write!(out, "--{name}:{value};");
            out
        });
        if !dark.is_empty() && self.scheme == Schemes::Both {
            let _ = writeln!(css, "@media (prefers-color-scheme:dark){{:root{{{dark}}}}}");
        }
        if self.motif == Motif::None {
            css.push_str(NO_MOTIF);
        }
        css
    }

    /// Is what is drawn large at the edge of some surfaces that of the built-in theme?
    pub(super) fn has_usual_motif(&self) -> bool {
        self.motif == Motif::File && self.other.iter().all(|(name, _)| *name != "motif")
    }

    fn other(&self) -> impl Iterator<Item = (&str, &str)> {
        let fonts = self.fonts.iter().map(|font| (font.property(), font.stack.as_str()));
        let weight = self.fonts.iter().filter_map(|font| Some(("heading-weight", font.weight.as_deref()?)));
        // The built-in figures for numbers go with the built-in headings alone.
        let is_own = self.fonts.iter().any(|font| font.name == "heading");
        let figures = is_own.then_some(("font-figures", "var(--font-heading)"));
        let other = self.other.iter().map(|(name, value)| (*name, value.as_str()));
        fonts.chain(weight).chain(figures).chain(other)
    }

    /// The fonts that every page loads first, as paths in the theme.
    #[must_use]
    pub fn first_fonts(&self) -> Vec<&str> {
        fonts::first_files(&self.fonts)
    }
}

#[cfg(test)]
mod tests;
