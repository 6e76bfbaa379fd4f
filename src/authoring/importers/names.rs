//! Names that ringback gives itself, and those of what comes from elsewhere: folders, files and addresses of the new site.

use std::collections::BTreeSet;

use jiff::civil::Date;

/// Folders of the new site that mean something of their own, or that ringback makes: nothing that comes may be called so.
pub(super) const TAKEN: &[&str] = &[
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

/// The same for a page or a taxonomy at the top of the site, beside the folder of articles and the terms of each program.
pub(super) fn is_taken(name: &str) -> bool {
    TAKEN.contains(&name)
        || matches!(
            name,
            "insights" | "category" | "tags" | "index" | "_index" | "wp-content" | "static" | "assets"
        )
}

/// Folders that hold what is ordered by date.
pub(super) const DATED: &[&str] =
    &["posts", "post", "blog", "articles", "article", "news", "writing", "essays", "insights"];

/// Files that ringback makes itself, or that belong to the host.
pub(super) const OURS: &[&str] = &[
    "robots.txt",
    "sitemap.xml",
    "404.html",
    "index.html",
    "_headers",
    "_redirects",
    "feed.xml",
    "rss.xml",
    "feed.json",
    "CNAME",
    ".nojekyll",
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

/// A name without the date in front of it.
pub(super) fn without_date(name: &str) -> &str {
    let is_date = name.get(..10).is_some_and(|start| start.parse::<Date>().is_ok());
    match name.get(10..11) {
        Some("-" | "_") if is_date && name.len() > 11 => &name[11..],
        _ => name,
    }
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

/// A language's code as ours are: two letters, perhaps with a region. Norwegian without more is Bokmål.
pub(super) fn code(name: &str) -> String {
    let name = name.to_ascii_lowercase().replace('_', "-");
    let is_part = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let first = name.split('-').next().unwrap_or_default();
    match name.split_once('-') {
        _ if matches!(first, "no") => "nb".into(),
        Some((language, region)) if is_part(language) && is_part(region) => name,
        _ if is_part(first) => first.to_string(),
        _ => "en".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_ours_are_never_given_away() {
        assert_eq!(
            (folder("blog/2020"), folder(""), folder("people")),
            ("insights/2020".into(), "pages".into(), "people-pages".into())
        );
        assert!(is_taken("search") && is_taken("insights") && !is_taken("about"));
        assert_eq!((without_date("2020-01-02-a"), without_date("2020-13-02-a")), ("a", "2020-13-02-a"));
        let mut taken = BTreeSet::new();
        assert_eq!(
            [free("c/a.md".into(), &mut taken), free("c/A.md".into(), &mut taken)],
            ["c/a.md", "c/A-2.md"]
        );
        assert_eq!([code("no"), code("sv_SE"), code("en-us"), code("zzz")], ["nb", "sv-se", "en-us", "en"]);
    }
}
