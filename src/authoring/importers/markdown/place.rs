//! Where files of another generator go: the folder, the name, and the address that these have on the new site.

use crate::authoring::importers::names::without_date;
use crate::encode::slug::slug;

pub(super) use crate::authoring::importers::names::{folder, free};

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
    }
}
