//! What the names of files and folders mean, however they are spelt, and which are nobody's content.
//!
//! File systems differ in whether `Scripts` and `scripts` are one folder, and whether an é is one sign or two. What a
//! page may show must not depend on that, so names are compared by [`fold`].

use super::CONFIG_FILE;
use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

/// Folders in `content/` that have a meaning.
const KNOWN: &[&str] = &[
    "assessments",
    "cadences",
    "calculators",
    "forms",
    "insights",
    "mails",
    "pages",
    "people",
    "playbooks",
    "scripts",
    "surveys",
];

/// A name without what file systems, keyboards and eyes may not tell apart: capital letters, the form in which accents
/// are saved, signs without a width, and space or dots at the end (which Windows leaves out).
///
/// Compatibility forms are taken apart as in Unicode's identifier caseless matching (UAX 15 and 31), so `ｓcripts` is
/// `scripts`, too.
#[must_use]
pub fn fold(name: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase() && byte > b' ';
    if name.bytes().all(is_plain) && !name.ends_with('.') && !name.contains("./") {
        return Cow::Borrowed(name);
    }
    let shown = name.nfkc().filter(|c| !has_no_width(*c)).collect::<String>();
    let folded = shown.to_uppercase().to_lowercase().nfkc().collect::<String>();
    let parts: Vec<&str> = folded.split('/').map(trimmed).collect();
    Cow::Owned(parts.join("/"))
}

/// A name in the one form in which the site's paths are compared: an é is one character (Unicode's NFC, UAX 15), while
/// files from a Mac may have it as two.
#[must_use]
pub fn composed(name: &str) -> Cow<'_, str> {
    match unicode_normalization::is_nfc(name) {
        true => Cow::Borrowed(name),
        false => Cow::Owned(name.nfc().collect()),
    }
}

/// The first part of a path that Windows refuses as a name: a device's, or with a sign or an end that it doesn't allow.
/// Source: <https://learn.microsoft.com/windows/win32/fileio/naming-a-file>.
#[must_use]
pub fn refused_by_windows(path: &str) -> Option<&str> {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    path.split('/').find(|name| {
        let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_lowercase();
        let is_port = ["com", "lpt"].iter().any(|port| {
            stem.strip_prefix(port).is_some_and(|number| matches!(number.as_bytes(), [b'1'..=b'9']))
        });
        is_port
            || DEVICES.contains(&stem.as_str())
            || name.ends_with(['.', ' '])
            || name.contains(|c: char| c.is_control() || "<>:\"\\|?*".contains(c))
    })
}

/// `.` and `..` are no names.
fn trimmed(part: &str) -> &str {
    let name = part.trim().trim_end_matches(['.', ' ']);
    if name.is_empty() { part } else { name }
}

/// Signs that nobody sees (Unicode's `Default_Ignorable_Code_Point`, those that occur).
fn has_no_width(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{fff0}'..='\u{fff8}' | '\u{e0000}'..='\u{e0fff}')
}

/// The folder in `content/` that is meant by a name: `scripts` for `Scripts`.
#[must_use]
pub fn known_folder(name: &str) -> Option<&'static str> {
    let name = fold(name);
    KNOWN.iter().copied().find(|known| *known == name)
}

/// Does a file's name end so (`md`), in whatever letters?
#[must_use]
pub fn ends_in(path: &str, ending: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, found)| found == ending || fold(found) == ending)
}

/// The path without its ending, where it ends so.
#[must_use]
pub fn without_ending<'p>(path: &'p str, ending: &str) -> &'p str {
    match path.rsplit_once('.') {
        Some((stem, found)) if found == ending || fold(found) == ending => stem,
        _ => path,
    }
}

/// Is it the file of a page?
#[must_use]
pub fn is_page(path: &str) -> bool {
    path.starts_with("content/") && ends_in(path, "md") && !is_among_forms(path)
}

/// Is it the file of a form?
#[must_use]
pub fn is_form(path: &str) -> bool {
    is_among_forms(path) && ends_in(path, "yaml")
}

/// Does it lie in the folder of forms, from which nothing is published as it is?
#[must_use]
pub fn is_among_forms(path: &str) -> bool {
    in_forms(path).is_some()
}

/// The path of a file below the folder of forms.
#[must_use]
pub fn in_forms(path: &str) -> Option<&str> {
    let (folder, rest) = path.strip_prefix("content/")?.split_once('/')?;
    (known_folder(folder) == Some("forms")).then_some(rest)
}

/// Is it the file of an assessment? The pages about assessments are in the same folder.
#[must_use]
pub fn is_assessment(path: &str) -> bool {
    in_assessments(path).is_some() && ends_in(path, "yaml")
}

/// The path of a file below the folder of assessments.
#[must_use]
pub fn in_assessments(path: &str) -> Option<&str> {
    let (folder, rest) = path.strip_prefix("content/")?.split_once('/')?;
    (known_folder(folder) == Some("assessments")).then_some(rest)
}

/// Is it the file of a calculator? The pages about calculators are in the same folder.
#[must_use]
pub fn is_calculator(path: &str) -> bool {
    in_calculators(path).is_some() && ends_in(path, "yaml")
}

/// The path of a file below the folder of calculators.
#[must_use]
pub fn in_calculators(path: &str) -> Option<&str> {
    let (folder, rest) = path.strip_prefix("content/")?.split_once('/')?;
    (known_folder(folder) == Some("calculators")).then_some(rest)
}

/// Is it the file of a survey? The pages about surveys are in the same folder.
#[must_use]
pub fn is_survey(path: &str) -> bool {
    in_surveys(path).is_some() && ends_in(path, "yaml")
}

/// The path of a file below the folder of surveys.
#[must_use]
pub fn in_surveys(path: &str) -> Option<&str> {
    let (folder, rest) = path.strip_prefix("content/")?.split_once('/')?;
    (known_folder(folder) == Some("surveys")).then_some(rest)
}

/// Why a file or folder is nobody's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// Its name begins with a dot.
    Hidden,
    /// What an editor, a system or git leaves for itself: nobody misses it.
    Litter,
    /// A copy that an editor, a cloud folder or git has made of a file.
    Copy,
    /// A page or a form in a place, or under a name, in which it is read as neither.
    OurText,
}

impl LeftOut {
    /// In words: `files whose names begin with a dot are left out`.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Hidden => "files whose names begin with a dot are left out",
            Self::Litter => "editors, systems and git leave files with names like this behind",
            Self::Copy => "editors, cloud folders and git make copies with names like this",
            Self::OurText => {
                "it looks like the text of a page or form, and those are never published as they are"
            }
        }
    }
}

/// The first folder on the way to `path` (from the site's root), or the file itself, that is left out, and why.
#[must_use]
pub fn left_out(path: &str) -> Option<(&str, LeftOut)> {
    let top = path.split('/').next()?;
    if top.len() == path.len() {
        return None;
    }
    let ends = path.match_indices('/').map(|(at, _)| at).skip(1).chain([path.len()]);
    ends.zip(1..)
        .find_map(|(end, depth)| {
            let name = path[..end].rsplit('/').next().unwrap_or_default();
            Some((&path[..end], of_name(top, depth, name)?))
        })
        .or_else(|| {
            let is_read = is_among_forms(path)
                || in_assessments(path)
                    .or_else(|| in_calculators(path))
                    .or_else(|| in_surveys(path))
                    .is_some();
            (is_read && ends_in(path, "yml")).then_some((path, LeftOut::OurText))
        })
}

fn of_name(top: &str, depth: usize, name: &str) -> Option<LeftOut> {
    let name = &*fold(name);
    if is_litter(name) {
        return Some(LeftOut::Litter);
    }
    if name.starts_with('.') {
        let is_for_host = top == "static" && is_for_host(depth, name);
        return (!is_for_host).then_some(LeftOut::Hidden);
    }
    if is_copy(name) {
        return Some(LeftOut::Copy);
    }
    let is_page = ends_in(name, "md");
    let is_text = MARKDOWN.iter().any(|ending| ends_in(name, ending))
        || name == CONFIG_FILE
        || is_page && top == "static";
    match is_text {
        true => Some(LeftOut::OurText),
        // A theme may have a file that explains it.
        false => (is_page && top == "themes").then_some(LeftOut::Litter),
    }
}

/// What web hosts read: `.well-known/` (RFC 8615), `.nojekyll` of GitHub Pages, `.domains` of Codeberg Pages,
/// `.htaccess` of Apache, which keeps visitors out of a folder and counts in every one.
fn is_for_host(depth: usize, name: &str) -> bool {
    name == ".htaccess" || depth == 1 && matches!(name, ".well-known" | ".nojekyll" | ".domains")
}

/// Other endings of Markdown and of what is much like it; ringback reads `.md` alone.
const MARKDOWN: &[&str] = &[
    "markdown", "mdown", "mdwn", "mdx", "mkd", "mkdn", "mkdown", "mdtext", "mdtxt", "qmd", "rmd", "rst",
    "textile", "adoc", "asciidoc", "org",
];

/// Names that editors, systems and git use for themselves.
fn is_litter(name: &str) -> bool {
    let is_named = matches!(
        name,
        ".ds_store"
            | ".directory"
            | "__macosx"
            | "$recycle.bin"
            | "thumbs.db"
            | "ehthumbs.db"
            | "desktop.ini"
            | "icon\r"
    );
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    // Vim counts from `.swp` backwards.
    let is_swap = ending.len() == 3
        && ending.starts_with("sw")
        && ending.as_bytes()[2].is_ascii_lowercase()
        && ending != "swf";
    is_named
        || is_swap
        || ending == "kate-swp"
        || [".git", "._", ".#", "~$"].iter().any(|start| name.starts_with(start))
        || ["~", "___jb_tmp___", "___jb_old___"].iter().any(|end| name.ends_with(end))
        || name.len() > 1 && name.starts_with('#') && name.ends_with('#')
}

/// Endings of copies and of what is half written.
const COPIES: &[&str] = &[
    "bak",
    "backup",
    "bck",
    "orig",
    "rej",
    "old",
    "save",
    "sav",
    "tmp",
    "temp",
    "part",
    "partial",
    "crdownload",
    "download",
];

/// Names of copies that programs make of a file.
fn is_copy(name: &str) -> bool {
    // `index.md.txt`, `guide.yaml.1`
    let is_text_renamed = [".md.", ".yaml.", ".yml."].iter().any(|inside| name.contains(inside));
    // `page.bak2`
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let ending = ending.trim_end_matches(|c: char| c.is_ascii_digit());
    is_text_renamed
        || COPIES.contains(&ending)
        || ["conflicted copy", "sync-conflict", "case conflict", "konfliktkopi", "kopi i konflikt"]
            .iter()
            .any(|words| name.contains(words))
        || is_merge_copy(name)
}

/// `page_BACKUP_4711.md`: what git's merge tools work on.
fn is_merge_copy(name: &str) -> bool {
    ["_backup_", "_base_", "_local_", "_remote_"].iter().any(|mark| {
        name.rsplit_once(mark).is_some_and(|(_, rest)| {
            let number = rest.split('.').next().unwrap_or_default();
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_devices_are_refused_by_windows() {
        for (path, refused) in [
            ("content/insights/aux.md", "aux.md"),
            ("content/insights/Con.sv.md", "Con.sv.md"),
            ("static/lpt1/x.txt", "lpt1"),
            ("static/what?.pdf", "what?.pdf"),
            ("static/a:b/c", "a:b"),
            ("content/insights/end./x.md", "end."),
        ] {
            assert_eq!(refused_by_windows(path), Some(refused), "{path}");
        }
        for path in [
            "content/insights/auxiliary.md",
            "content/insights/com10.md",
            "static/console.txt",
            "static/.nojekyll",
            "content/å/bil.md",
        ] {
            assert_eq!(refused_by_windows(path), None, "{path}");
        }
    }

    #[test]
    fn names_are_known_however_they_are_spelt() {
        for name in [
            "scripts",
            "Scripts",
            "SCRIPTS",
            "ｓcripts",
            "ſcripts",
            "scripts ",
            "scrip\u{200b}ts",
            "Scripts.",
        ] {
            assert_eq!(known_folder(name), Some("scripts"), "{name:?}");
        }
        assert_eq!(known_folder("playboo\u{212a}s"), Some("playbooks"));
        for name in ["script", "my-scripts", "scripts-2", ""] {
            assert_eq!(known_folder(name), None, "{name:?}");
        }
        assert_eq!(fold("Caf\u{e9}/A"), fold("cafe\u{301}/a"));
        assert_eq!(fold("a/../b"), "a/../b");
        assert_eq!(composed("fo\u{308}rsa\u{308}ljning"), "f\u{f6}rs\u{e4}ljning");
        assert!(is_page("content/a.MD") && is_page("content/x/a.Md") && !is_page("content/Forms/a.md"));
        assert!(is_form("content/FORMS/a.YAML") && !is_form("content/x/a.yaml"));
        assert_eq!(in_forms("content/Forms/a.yaml"), Some("a.yaml"));
        assert!(is_assessment("content/Assessments/a.yaml") && !is_assessment("content/assessments/a.md"));
    }

    #[test]
    fn what_is_nobodys_content_is_left_out() {
        let reason = |path: &str| left_out(path).map(|(_, why)| why);
        for (path, why) in [
            ("content/a/.env", LeftOut::Hidden),
            ("static/.env", LeftOut::Hidden),
            ("static/.ssh/id", LeftOut::Hidden),
            ("static/.well-known/.x/y", LeftOut::Hidden),
            ("static/sub/.nojekyll", LeftOut::Hidden),
            ("themes/x/css/.env", LeftOut::Hidden),
            ("content/a/.git/config", LeftOut::Litter),
            ("static/.gitignore", LeftOut::Litter),
            ("content/a/index.md~", LeftOut::Litter),
            ("content/a/#index.md#", LeftOut::Litter),
            ("content/a/.#index.md", LeftOut::Litter),
            ("content/a/._x.png", LeftOut::Litter),
            ("content/a/x.swo", LeftOut::Litter),
            ("content/a/THUMBS.DB", LeftOut::Litter),
            ("content/a/Desktop.ini", LeftOut::Litter),
            ("content/a/~$x.docx", LeftOut::Litter),
            ("themes/x/README.md", LeftOut::Litter),
            ("content/a/index.md.orig", LeftOut::Copy),
            ("content/a/x.BAK", LeftOut::Copy),
            ("content/a/x.rej", LeftOut::Copy),
            ("content/a/x.tmp", LeftOut::Copy),
            ("content/a/index.md.txt", LeftOut::Copy),
            ("content/a/t (Anna's conflicted copy 2026-11-02).md", LeftOut::Copy),
            ("content/a/t.sync-conflict-20261102-101010-ABC.md", LeftOut::Copy),
            ("content/a/t_BACKUP_4711.md", LeftOut::Copy),
            ("content/a/notes.markdown", LeftOut::OurText),
            ("static/notes.MD", LeftOut::OurText),
            ("static/ringback.yaml", LeftOut::OurText),
        ] {
            assert_eq!(reason(path), Some(why), "{path}");
        }
        for path in [
            "ringback.yaml",
            "content/a/index.md",
            "content/a/plan.pdf",
            "content/a/data.yaml",
            "content/a/old.pdf",
            "content/a/film.swf",
            "static/.well-known/security.txt",
            "static/.nojekyll",
            "static/private/.htaccess",
            "static/page_base_x.html",
        ] {
            assert_eq!(reason(path), None, "{path}");
        }
        assert_eq!(left_out("static/.ssh/keys/id").map(|(path, _)| path), Some("static/.ssh"));
    }
}
