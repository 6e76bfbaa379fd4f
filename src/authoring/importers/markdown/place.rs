//! Where files of another generator go: the folder, the name, and the address that these have on the new site.

use std::collections::BTreeSet;

use crate::encode::slug::slug;

/// Folders that hold what is ordered by date.
const DATED: &[&str] =
    &["posts", "post", "blog", "articles", "article", "news", "writing", "essays", "insights"];

/// Folders that mean something of their own here.
const TAKEN: &[&str] = &[
    "playbooks",
    "scripts",
    "people",
    "mails",
    "cadences",
    "forms",
    "pages",
    "search",
    "archive",
    "a-z",
    "series",
    "report",
    "objections",
    "today",
    "page",
];

/// The folder for a section of the old site.
pub(super) fn folder(section: &str) -> String {
    let mut parts = section.split('/');
    let top = parts.next().unwrap_or_default();
    let new = match top {
        "" => "pages".to_string(),
        "categories" | "category" => "category".to_string(),
        "tags" | "tag" => "tags".to_string(),
        top if DATED.contains(&top.to_lowercase().as_str()) => "insights".to_string(),
        top if TAKEN.contains(&top.to_lowercase().as_str()) => format!("{top}-pages"),
        top => top.to_string(),
    };
    std::iter::once(new).chain(parts.map(str::to_string)).collect::<Vec<_>>().join("/")
}

/// What a page's file is called, without date, language and ending.
pub(super) fn name_of_file(file: &str) -> String {
    let inside = file.strip_prefix("content/").unwrap_or(file);
    let (folder, name) = inside.rsplit_once('/').unwrap_or(("", inside));
    let stem = name.strip_suffix(".md").unwrap_or(name);
    let stem = match stem.rsplit_once('.') {
        Some((stem, code)) if code.len() == 2 || code.len() == 5 && code.as_bytes()[2] == b'-' => stem,
        _ => stem,
    };
    let stem =
        if matches!(stem, "index" | "_index") { folder.rsplit('/').next().unwrap_or_default() } else { stem };
    slug(without_date(stem))
}

/// A name without the date in front of it.
pub(super) fn without_date(name: &str) -> &str {
    let is_date = name.get(..10).is_some_and(|start| start.parse::<jiff::civil::Date>().is_ok());
    match name.get(10..11) {
        Some("-" | "_") if is_date && name.len() > 11 => &name[11..],
        _ => name,
    }
}

/// The address of a file, with `last` in the place of its name where that is given.
pub(super) fn address(file: &str, (lang, own): (&str, &str), last: Option<&str>) -> String {
    let inside = file.strip_prefix("content/").unwrap_or(file);
    let (folder, name) = inside.rsplit_once('/').unwrap_or(("", inside));
    let is_index = name.starts_with("index.") || name.starts_with("_index.");
    let folder = if is_index { folder.rsplit_once('/').map_or("", |(above, _)| above) } else { folder };
    let parts = folder.split('/').filter(|part| !part.is_empty()).enumerate();
    let parts = parts.filter(|(index, part)| !(*index == 0 && *part == "pages")).map(|(_, part)| slug(part));
    let name = last.map_or_else(|| name_of_file(file), slug);
    let prefix = if lang == own { Vec::new() } else { vec![lang.to_string()] };
    let all: Vec<String> = prefix
        .into_iter()
        .chain(parts)
        .chain(std::iter::once(name))
        .filter(|part| !part.is_empty())
        .collect();
    if all.is_empty() { "/".into() } else { format!("/{}/", all.join("/")) }
}

/// A file's path that nothing has yet: with a number before its ending, if need be.
pub(super) fn free(file: String, taken: &mut BTreeSet<String>) -> String {
    let key = |file: &str| file.to_lowercase();
    if taken.insert(key(&file)) {
        return file;
    }
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", &file));
    let (stem, ending) = name.split_once('.').unwrap_or((name, ""));
    let numbered = (2..).map(|number| format!("{folder}/{stem}-{number}.{ending}"));
    numbered.into_iter().find(|file| taken.insert(key(file))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_their_addresses() {
        let cases = [
            ("content/insights/2020-01-02-a.md", "en", None, "/insights/a/"),
            ("content/insights/a/index.sv.md", "sv", None, "/sv/insights/a/"),
            ("content/pages/about.md", "en", Some("us"), "/us/"),
            ("content/docs/Deep/_index.md", "en", None, "/docs/deep/"),
            ("content/_index.md", "en", None, "/"),
        ];
        for (file, lang, last, expected) in cases {
            assert_eq!(address(file, (lang, "en"), last), expected, "{file}");
        }
        assert_eq!(
            (folder("blog/2020"), folder(""), folder("people")),
            ("insights/2020".into(), "pages".into(), "people-pages".into())
        );
        let mut taken = BTreeSet::new();
        assert_eq!(
            [free("c/a.md".into(), &mut taken), free("c/A.md".into(), &mut taken)],
            ["c/a.md", "c/A-2.md"]
        );
    }
}
