//! A small site with nothing to fix but what only its owner knows, with comments that teach: one for each [`Starter`].
//!
//! The files are in layers: what every starter has (`all`), and what each adds. In `ringback.yaml` and `README.md`, which
//! all share, `%only company-blog%` begins lines for the starters it names, and `%all%` ends them.

use include_dir::{Dir, include_dir};
use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::colour::Colour;
use super::{Files, StarterLanguage, fill, only, quoted, several};

static SITES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/authoring/scaffold/site");

/// What a new site is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Starter {
    /// Articles for people who buy, and a way to be called back. One edition, for everybody.
    CompanyBlog,
    /// A guide behind a form, and what follows when it is filled in: a playbook and a call script.
    #[default]
    Guide,
    /// The same, with more scripts and playbooks for those who call.
    SalesTeam,
}

impl Starter {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::CompanyBlog, Self::Guide, Self::SalesTeam];

    /// Its name, as flags and texts have it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CompanyBlog => "company-blog",
            Self::Guide => "guide",
            Self::SalesTeam => "sales-team",
        }
    }

    /// The folders that its files are in; a later one's replace those of the same name.
    fn layers(self) -> &'static [&'static str] {
        match self {
            Self::CompanyBlog => &["all", "company-blog"],
            Self::Guide => &["all", "guide"],
            Self::SalesTeam => &["all", "guide", "sales-team"],
        }
    }
}

/// What a new site is to be.
#[derive(Debug, Clone)]
pub struct NewSite {
    /// Its name, which may be any text.
    pub title: String,
    /// What the site is for, which decides its first pages.
    pub starter: Starter,
    /// The languages of its texts; the first, or English if there is none, names files and addresses.
    pub languages: Vec<StarterLanguage>,
    /// The colour of links and buttons, instead of the theme's.
    pub colour: Option<Colour>,
    /// The day on which it is written.
    pub today: Date,
}

impl NewSite {
    /// A site as `init` makes it if nothing else is asked for.
    #[must_use]
    pub fn new(title: &str, languages: &[StarterLanguage], today: Date) -> Self {
        let (title, languages) = (title.to_string(), languages.to_vec());
        Self { title, starter: Starter::default(), languages, colour: None, today }
    }
}

/// A title that `ringback.yaml` and readers can take, with single spaces.
///
/// # Errors
///
/// It has no words, or names a variable; the text says which.
pub fn title(text: &str) -> Result<String, String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Err("it is empty: give the site a name".into());
    }
    if text.contains("${") {
        return Err("it contains `${`, which would mean an environment variable".into());
    }
    Ok(text)
}

/// The time zone of the site that is made, in which its first dates are meant.
#[must_use]
pub fn time_zone(tongue: StarterLanguage) -> TimeZone {
    let name = match tongue {
        StarterLanguage::English => "UTC",
        StarterLanguage::Swedish => "Europe/Stockholm",
        StarterLanguage::Norwegian => "Europe/Oslo",
    };
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// The files of a new site. The first of its languages is also that of its `README.md`.
#[must_use]
pub fn site(new: &NewSite) -> Files {
    let languages =
        if new.languages.is_empty() { &[StarterLanguage::English][..] } else { new.languages.as_slice() };
    let mut sites: Vec<(StarterLanguage, Files)> =
        languages.iter().map(|language| (*language, in_one(new, *language))).collect();
    let mut files = if sites.len() == 1 { sites.remove(0).1 } else { several::joined(sites) };
    if let Some(colour) = new.colour {
        files.insert("themes/ringback/theme.yaml".into(), colour.theme());
    }
    files
}

fn in_one(new: &NewSite, language: StarterLanguage) -> Files {
    let title_in_yaml = quoted(&new.title);
    let (date, review) = (new.today.to_string(), new.today.saturating_add(1.year()).to_string());
    // What is to be read first is the newest.
    let earlier = new.today.saturating_sub(7.days()).to_string();
    let marks = [
        ("%earlier%", earlier.as_str()),
        ("%title%", title_in_yaml.as_str()),
        ("%name%", &new.title),
        ("%date%", &date),
        ("%review%", &review),
    ];
    let mut files = Files::new();
    let layers = new.starter.layers().iter().map(|layer| format!("{layer}/{}", language.code()));
    for folder in std::iter::once("common".to_string()).chain(layers) {
        if let Some(dir) = SITES.get_dir(&folder) {
            add(dir, &folder, &|text| fill(&only(text, new.starter.name()), &marks), &mut files);
        }
    }
    files
}

fn add(dir: &Dir<'_>, root: &str, made: &dyn Fn(&str) -> String, files: &mut Files) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        let path = path.strip_prefix(root).unwrap_or(&path).trim_start_matches('/');
        // In our own sources it would hide files from git.
        let path = if path == "gitignore" { ".gitignore" } else { path };
        if let Some(text) = file.contents_utf8() {
            files.insert(path.to_string(), made(text));
        }
    }
    for sub in dir.dirs() {
        add(sub, root, made, files);
    }
}
