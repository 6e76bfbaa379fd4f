//! `theme`: what a site has chosen of its look, for templates.

use serde::Serialize;

use crate::site::Site;
use crate::theme::Theme;
use crate::theme::settings::{ArticleParts, Schemes};

/// Settings of [`theme.yaml`](theme.md#colours-fonts-and-logo): `theme` in every template. Colours are in `css/theme.css` only.
#[derive(Debug, Serialize)]
pub(in crate::pages) struct Look<'a> {
    /// URL of the logo; `null` if the theme has none.
    logo: Option<String>,
    /// URL of the logo on dark ground, if it is another.
    dark_logo: Option<String>,
    /// URL of the image in a browser's tabs.
    icon: Option<String>,
    /// URL of the image of a phone's home screen, 180 pixels wide; `null` if the icon isn't a PNG.
    touch_icon: Option<String>,
    /// `light dark`, or `light` with `dark: false`.
    scheme: &'static str,
    /// URLs of the fonts that a page loads first.
    first_fonts: Vec<String>,
    /// The parts of the home page, in their order.
    home: Vec<&'static str>,
    /// What articles show beside their text.
    article: ArticleShows,
    /// How the header is: `plain`, `filled` or `centered`.
    header: &'static str,
    /// How the first screen of the home page is: `beside`, `centered` or `wide`.
    hero: &'static str,
    /// How lists of pages are: `covers` or `text`.
    lists: &'static str,
    /// Which parts the footer of every page has.
    footer: FooterShows,
    /// The fonts that `theme.yaml` sets.
    fonts: Fonts<'a>,
    /// How round corners are, as CSS has it.
    radius: Option<&'a str>,
}

/// What articles show beside their text: `article` in [`theme.yaml`](theme.md#colours-fonts-and-logo).
#[derive(Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own")]
struct ArticleShows {
    /// The personas that it is for.
    persona: bool,
    /// The stage of the customer journey.
    stage: bool,
    /// How many minutes it takes.
    reading_time: bool,
    /// Ways to hand it on.
    sharing: bool,
    /// A link to its file.
    source: bool,
}

/// What every page ends with: `footer` in [`theme.yaml`](theme.md#colours-fonts-and-logo).
#[derive(Debug, Serialize)]
struct FooterShows {
    /// The form for the newsletter.
    newsletter: bool,
}

/// Fonts as CSS has them.
#[derive(Debug, Serialize)]
struct Fonts<'a> {
    /// The `font-family` of text; `null` for the theme's own.
    text: Option<&'a str>,
    /// The `font-family` of headings; `null` for the theme's own.
    heading: Option<&'a str>,
}

/// What the settings of the theme come to for templates, with URLs of the files that they name.
pub(in crate::pages) fn look<'a>(site: &Site, theme: &'a Theme) -> Look<'a> {
    let settings = &theme.settings;
    let ArticleParts { persona, stage, reading_time, sharing, source } = settings.article;
    let href = |path: &str| theme.url(path).map(|url| site.href(url));
    let property = |name: &str| settings.property(name);
    Look {
        logo: settings.logo.as_deref().and_then(href),
        dark_logo: settings.dark_logo.as_deref().and_then(href),
        icon: href(&settings.tab_icon()),
        touch_icon: settings.touch_icon().and_then(|path| href(&path)),
        scheme: if settings.scheme == Schemes::Light { "light" } else { "light dark" },
        first_fonts: settings.first_fonts().into_iter().filter_map(href).collect(),
        home: settings.home_parts().to_vec(),
        header: settings.shape.header,
        hero: settings.shape.hero,
        lists: settings.shape.lists,
        footer: FooterShows { newsletter: settings.has_newsletter_below },
        article: ArticleShows { persona, stage, reading_time, sharing, source },
        fonts: Fonts { text: property("font-text"), heading: property("font-heading") },
        radius: property("radius"),
    }
}
