//! A small site with nothing to fix but what only its owner knows: an article, a gated one, a playbook, a call script, a
//! person, forms, a page of contact and one on privacy, with comments that teach.

use include_dir::{Dir, include_dir};
use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Files, StarterLanguage, fill, quoted, several};

static SITES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/authoring/scaffold/site");

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

/// The files of a new site called `title`, written on `today`, in one or more languages. The first, or English where
/// there is none, is that of the site's names and of its `README.md`.
#[must_use]
pub fn site(title: &str, tongues: &[StarterLanguage], today: Date) -> Files {
    let tongues = if tongues.is_empty() { &[StarterLanguage::English] } else { tongues };
    let mut sites: Vec<(StarterLanguage, Files)> =
        tongues.iter().map(|tongue| (*tongue, in_one(title, *tongue, today))).collect();
    if sites.len() == 1 { sites.remove(0).1 } else { several::joined(sites) }
}

fn in_one(title: &str, tongue: StarterLanguage, today: Date) -> Files {
    let title_in_yaml = quoted(title);
    let (date, review) = (today.to_string(), today.saturating_add(1.year()).to_string());
    let marks =
        [("%title%", title_in_yaml.as_str()), ("%name%", title), ("%date%", &date), ("%review%", &review)];
    let mut files = Files::new();
    for folder in ["common", tongue.code()] {
        if let Some(dir) = SITES.get_dir(folder) {
            add(dir, folder, &marks, &mut files);
        }
    }
    files
}

fn add(dir: &Dir<'_>, root: &str, marks: &[(&str, &str)], files: &mut Files) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        let path = path.trim_start_matches(root).trim_start_matches('/');
        // In our own sources it would hide files from git.
        let path = if path == "gitignore" { ".gitignore" } else { path };
        if let Some(text) = file.contents_utf8() {
            files.insert(path.to_string(), fill(text, marks));
        }
    }
    for sub in dir.dirs() {
        add(sub, root, marks, files);
    }
}
