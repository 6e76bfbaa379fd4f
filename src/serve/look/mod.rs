//! The look of a site on one screen: its theme on a site of samples, light and dark beside each other.
//!
//! [`page`] is the screen: the colours with how well text in them can be read, and frames. What is in the frames are pages
//! of a site like that of `init` with the theme of this one ([`Samples`]), so that whatever a template or a style sheet does
//! is seen. A reader's system has one scheme; here each frame has its own, because what asks for a scheme is answered in
//! what is sent ([`in_scheme`]).

mod words;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use self::words::LookWords;
use super::host::{self, Answer};
use super::page::{escaped, with_code};
use super::preview::Preview;
use super::viewers;
use crate::authoring::scaffold::site::{NewSite, Starter, site};
use crate::authoring::scaffold::{self, StarterLanguage};
use crate::build;
use crate::config::{BaseUrl, Config, EditionConfig};
use crate::diag::Diagnostics;
use crate::edition::inputs::Options;
use crate::edition::linking;
use crate::encode::colors::{OF_READABLE, contrast, rgb};
use crate::pages::linked::Edition;
use crate::project::{CONFIG_FILE, MemoryProject, Project};
use crate::site::Unpublished;
use crate::theme::settings::{Schemes, Settings};
use crate::theme::{self, Theme};

/// The path of the screen below that of the preview.
pub(super) const PATH: &str = "look";

/// The article that has all that a text can have.
const SAMPLE: &str = "content/insights/look.md";

/// The pages that are shown, by their paths in the content.
const SHOWN: [&str; 3] = ["", "insights/look", "insights"];

/// One of two colour schemes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Light,
    Dark,
}

impl Scheme {
    const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// As addresses and style sheets name it.
    fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The site of samples, made when somebody looks and made again when the site has changed.
#[derive(Default)]
pub(super) struct Samples(Mutex<Vec<Sample>>);

struct Sample {
    generation: u64,
    scheme: Scheme,
    project: Arc<MemoryProject>,
    linked: Arc<Edition>,
}

impl Samples {
    /// What is at an address of the site of samples, `light/insights/look/`; `None` where there is nothing, or no site whose
    /// theme could be shown.
    pub(super) fn answer(&self, preview: &Preview, path: &str) -> Option<Answer> {
        let (scheme, inside) = path.split_once('/')?;
        let scheme = Scheme::ALL.into_iter().find(|known| known.name() == scheme)?;
        let (project, linked) = self.build_preview(preview, scheme)?;
        let mut answer = host::answer(&*project, &linked, &format!("/{inside}")).ok()?;
        let is_text = |kind: &str| kind.starts_with("text/html") || kind.starts_with("text/css");
        if answer.headers.iter().any(|(name, value)| name == "Content-Type" && is_text(value)) {
            let text = String::from_utf8_lossy(&answer.body);
            answer.body = in_scheme(&text, scheme).into_bytes();
        }
        // It is to be shown in a frame, and the next save changes it.
        const OTHERWISE: [&str; 3] = ["Cache-Control", "Content-Security-Policy", "X-Frame-Options"];
        answer.headers.retain(|(name, _)| !OTHERWISE.iter().any(|other| name.eq_ignore_ascii_case(other)));
        answer.headers.push(("Content-Security-Policy".to_string(), "frame-ancestors 'self'".to_string()));
        answer.headers.push(("Cache-Control".to_string(), "no-store".to_string()));
        Some(answer)
    }

    /// The addresses of what is shown, as far as there is a site of samples.
    fn addresses(&self, preview: &Preview, scheme: Scheme) -> Vec<String> {
        let Some((_, linked)) = self.build_preview(preview, scheme) else { return Vec::new() };
        let site = &linked.site;
        let page = |key: &&str| site.find(key, site.config().default_language);
        SHOWN.iter().filter_map(page).map(|page| site.href(&site.page(page).url)).collect()
    }

    fn build_preview(&self, preview: &Preview, scheme: Scheme) -> Option<(Arc<MemoryProject>, Arc<Edition>)> {
        let mut made = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let generation = preview.generation();
        made.retain(|made| made.generation == generation);
        if let Some(made) = made.iter().find(|made| made.scheme == scheme) {
            return Some((Arc::clone(&made.project), Arc::clone(&made.linked)));
        }
        let inputs = preview.inputs()?;
        let project = Arc::new(samples(preview.project(), &inputs.content.config));
        let linked = Arc::new(linked(&project, &preview.origin(), scheme)?);
        made.push(Sample { generation, scheme, project: Arc::clone(&project), linked: Arc::clone(&linked) });
        Some((project, linked))
    }
}

/// A site as `init` makes it, in the first language of this one and with its name, and the theme of this one.
fn samples(project: &dyn Project, config: &Config) -> MemoryProject {
    let language = StarterLanguage::from_code(&config.languages[config.default_language].code);
    let title = config.title.get(config.default_language, config.default_language);
    let today = project.today(&config.time_zone);
    let new = NewSite { starter: Starter::CompanyBlog, ..NewSite::new(title, &[language], today) };
    let mut files: BTreeMap<String, Vec<u8>> =
        site(&new).into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
    if let Some(text) = files.get_mut(CONFIG_FILE) {
        text.extend(
            format!("\ntheme: {}\nchecks: off\n", scaffold::scalar(&config.theme.value)).into_bytes(),
        );
    }
    let sample = match language {
        StarterLanguage::English => include_str!("sample/en.md"),
        StarterLanguage::Swedish => include_str!("sample/sv.md"),
        StarterLanguage::Norwegian => include_str!("sample/nb.md"),
    };
    files.insert(SAMPLE.to_string(), sample.as_bytes().to_vec());
    files.insert("content/insights/cover.svg".to_string(), include_bytes!("sample/cover.svg").to_vec());
    let themes = theme::folders(config);
    let is_of_theme = |path: &str| {
        let folder = path.strip_prefix("themes/").and_then(|path| path.split('/').next());
        folder.is_some_and(|folder| themes.contains(&folder))
    };
    for path in project.files(&mut Diagnostics::new()).into_iter().filter(|path| is_of_theme(path)) {
        if let Ok(bytes) = project.read(&path) {
            files.insert(path, bytes);
        }
    }
    MemoryProject { files, today, ..MemoryProject::default() }
}

/// The public edition of the samples, at its address on this server.
fn linked(project: &MemoryProject, origin: &str, scheme: Scheme) -> Option<Edition> {
    let mut found = Diagnostics::new();
    let loaded = build::load(project, &mut found)?;
    let path = format!("/.ringback/{PATH}/{}/", scheme.name());
    let options = Options {
        edition: None,
        base_url: Some(BaseUrl { origin: origin.to_string(), path }),
        unpublished: Unpublished::Show,
    };
    let mut edition = EditionConfig::public();
    viewers::send_to_inbox(&loaded.content.config, &mut edition);
    let linked = linking::link_lazily(project, &loaded, &edition, &options, &mut found);
    (!found.has_errors()).then_some(linked)
}

/// A page or a style sheet in which each question for the reader's scheme has an answer.
fn in_scheme(text: &str, scheme: Scheme) -> String {
    let (asks, not) = match scheme {
        Scheme::Dark => ("all", "not all"),
        Scheme::Light => ("not all", "all"),
    };
    let mut text = text.to_string();
    for space in ["", " "] {
        text = text
            .replace(&format!("(prefers-color-scheme:{space}dark)"), asks)
            .replace(&format!("(prefers-color-scheme:{space}light)"), not)
            .replace(&format!("color-scheme:{space}light dark"), &format!("color-scheme: {}", scheme.name()));
    }
    text.replace("content=\"light dark\"", &format!("content=\"{}\"", scheme.name()))
}

/// The screen, in the site's first language.
pub(super) fn page(preview: &Preview, samples: &Samples) -> String {
    let inputs = preview.inputs();
    let config = inputs.as_ref().map(|inputs| &inputs.content.config);
    let code = config.map_or("en", |config| config.languages[config.default_language].code.as_str());
    let language = StarterLanguage::from_code(code);
    let words = LookWords::new(language);
    let title = config
        .map_or("ringback", |config| config.title.get(config.default_language, config.default_language));
    let theme = inputs.as_ref().map(|inputs| &*inputs.theme);
    let mut body = String::new();
    let schemes = match theme.map(|theme| theme.settings.scheme) {
        Some(Schemes::Light) => &Scheme::ALL[..1],
        _ => &Scheme::ALL[..],
    };
    for scheme in schemes {
        let name = match scheme {
            Scheme::Light => words.light,
            Scheme::Dark => words.dark,
        };
        let _ = write!(body, "<section class=\"{}\"><h2>{}</h2>", scheme.name(), escaped(name));
        if let Some(theme) = theme {
            swatches(&theme.settings, *scheme, words, &mut body);
        }
        body.push_str("<div class=\"frames\">");
        for (url, label) in samples.addresses(preview, *scheme).iter().zip(words.pages) {
            let _ = write!(
                body,
                "<figure><div class=\"frame\"><iframe src=\"{url}\" title=\"{label}, {name}\" tabindex=\"-1\"></iframe></div>\
                 <figcaption><a href=\"{url}\">{label}</a></figcaption></figure>",
                url = escaped(url),
                label = escaped(label),
                name = escaped(name),
            );
        }
        body.push_str("</div></section>");
    }
    let foot = theme.map(|theme| other_settings(theme, words)).unwrap_or_default();
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{heading} – {title}</title>\n\
         <link rel=\"icon\" href=\"/.ringback/icon.svg\">\n<link rel=\"stylesheet\" href=\"/.ringback/look.css\">\n\
         <script type=\"module\" src=\"/.ringback/look.js\"></script>\n</head>\n<body>\n<main>\n\
         <header><p class=\"site\"><a href=\"/\">{title}</a></p><h1>{heading}</h1><p class=\"lead\">{lead}</p></header>\n\
         {body}\n<footer>{foot}</footer>\n</main>\n</body>\n</html>\n",
        lang = language.code(),
        heading = escaped(words.heading),
        title = escaped(title),
        lead = with_code(words.lead),
    )
}

/// The colours of a scheme, each with its contrast on the paper.
fn swatches(settings: &Settings, scheme: Scheme, words: &LookWords, out: &mut String) {
    let colors = match scheme {
        Scheme::Light => settings.light_colors(),
        Scheme::Dark => settings.dark_colors(),
    };
    let paper = colors.iter().find(|(name, _)| *name == "paper").and_then(|(_, value)| rgb(value));
    out.push_str("<ul class=\"colors\">");
    for (name, value) in &colors {
        let ratio =
            paper.zip(rgb(value)).filter(|_| *name != "paper").map(|(paper, color)| contrast(color, paper));
        let _ = write!(
            out,
            "<li><svg viewBox=\"0 0 1 1\" aria-hidden=\"true\"><rect width=\"1\" height=\"1\" fill=\"{}\"/></svg><b>{name}</b> <code>{}</code>",
            escaped(value),
            escaped(value),
        );
        // What isn't text needs no contrast of its own.
        let is_text = !matches!(*name, "amber" | "rule");
        if let Some(ratio) = ratio.filter(|_| is_text) {
            let (class, word) = if ratio >= OF_READABLE {
                ("", words.readable)
            } else {
                (" class=\"poor\"", words.unreadable)
            };
            let _ = write!(out, " <span{class}>{ratio:.1} : 1 {}</span>", escaped(word));
        }
        out.push_str("</li>");
    }
    out.push_str("</ul>");
}

/// What `theme.yaml` sets besides colours.
fn other_settings(theme: &Theme, words: &LookWords) -> String {
    let settings = &theme.settings;
    let property = |name: &str| settings.property(name).unwrap_or(words.as_built_in).to_string();
    let shape = settings.shape;
    let rows = [
        ("fonts.text", property("font-text")),
        ("fonts.heading", property("font-heading")),
        ("fonts.ui", property("font-ui")),
        ("radius", property("radius")),
        ("width", property("width")),
        ("header", shape.header.to_string()),
        ("hero", shape.hero.to_string()),
        ("lists", shape.lists.to_string()),
        ("home", settings.home_parts().join(", ")),
    ];
    let rows =
        rows.iter().map(|(name, value)| format!("<dt><code>{name}</code></dt><dd>{}</dd>", escaped(value)));
    format!("<h2><code>theme.yaml</code></h2><dl>{}</dl>", rows.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_samples_of_each_language_are_without_a_mistake() {
        for code in ["en", "sv", "nb"] {
            let config = format!(
                "title: Test\nbase_url: https://e.example/\ndefault_language: {code}\nlanguages: {{{code}: {{}}}}\n"
            );
            let own = MemoryProject::new()
                .with(CONFIG_FILE, config)
                .with("content/_index.md", "---\ntitle: T\n---\n");
            let inputs = build::load(&own, &mut Diagnostics::new()).expect("a site");
            let samples = samples(&own, &inputs.content.config);
            assert!(linked(&samples, "http://127.0.0.1:1", Scheme::Dark).is_some(), "{code}");
            let found = build::check(
                &samples,
                &Options { edition: None, base_url: None, unpublished: Unpublished::Show },
                build::Advice::ErrorsOnly,
            );
            let said: Vec<String> = found.sorted().iter().map(|problem| problem.message.clone()).collect();
            assert_eq!(said, Vec::<String>::new(), "{code}");
        }
    }

    #[test]
    fn each_question_for_the_scheme_has_an_answer() {
        let css = "a{}@media (prefers-color-scheme: dark){b{}}@media print and (prefers-color-scheme:light){c{}}:root{color-scheme: light dark}";
        let dark = in_scheme(css, Scheme::Dark);
        assert_eq!(dark, "a{}@media all{b{}}@media print and not all{c{}}:root{color-scheme: dark}");
        assert!(in_scheme(css, Scheme::Light).contains("@media not all{b{}}"));
        let html = "<meta name=\"color-scheme\" content=\"light dark\"><source media=\"(prefers-color-scheme: dark)\">";
        assert_eq!(
            in_scheme(html, Scheme::Dark),
            "<meta name=\"color-scheme\" content=\"dark\"><source media=\"all\">"
        );
    }
}
