//! Where each post goes: its folder, its name, its address.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::super::Report;
use super::super::names::is_taken;
use super::{Post, PostKind};
use crate::authoring::markup::Weight;
use crate::encode::percent;
use crate::encode::slug::slug;

/// A post's place on the new site.
#[derive(Debug, Clone, Default)]
pub(super) struct PostPlace {
    /// Its file, from the root of the new site.
    pub(super) file: String,
    /// Its path on the new site, with a slash at its end.
    pub(super) url: String,
    /// The last part of that, where it isn't the file's name.
    pub(super) slug: Option<String>,
}

/// The places of all posts, in their order.
pub(super) fn places(posts: &[Post], own: &str, report: &mut Report) -> Vec<PostPlace> {
    let mut found = vec![PostPlace::default(); posts.len()];
    let mut order: Vec<usize> = (0..posts.len()).collect();
    // Originals before their translations.
    order.sort_by_key(|at| posts[*at].lang != own);
    // Pages that have pages below them are folders.
    let above: BTreeSet<String> = posts
        .iter()
        .filter(|post| post.kind == PostKind::Page)
        .filter(|post| !post.section.is_empty())
        .map(|post| section(&post.section))
        .collect();
    let mut names: BTreeSet<(String, String)> = BTreeSet::new();
    let mut stems: BTreeMap<&str, (String, String)> = BTreeMap::new();
    for at in order {
        let post = &posts[at];
        let (dir, wanted) = (dir(post), name(post));
        let group = post.group.as_deref();
        let key = |dir: &str, stem: &str| (format!("{dir}/{stem}"), post.lang.clone());
        let shared = group.and_then(|group| stems.get(group)).cloned();
        let (dir, stem) = match shared.filter(|(dir, stem)| !names.contains(&key(dir, stem))) {
            Some(shared) => shared,
            None => {
                let mut numbered =
                    std::iter::once(wanted.clone()).chain((2..).map(|n| format!("{wanted}-{n}")));
                let stem = numbered.find(|stem| !names.contains(&key(&dir, stem))).unwrap_or_default();
                (dir, stem)
            }
        };
        names.insert(key(&dir, &stem));
        if let Some(group) = group {
            stems.entry(group).or_insert((dir.clone(), stem.clone()));
        }
        let is_section = post.kind == PostKind::Page && above.contains(&joined(&post.section, &stem));
        found[at] = choose_place(post, own, (&dir, &stem, &wanted), is_section.then_some(Section));
        let old = slug(&percent::decode(&post.name));
        let last = found[at].url.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_string();
        if !old.is_empty() && last != old && post.kind != PostKind::Home {
            report.note(
                Weight::Changed,
                &found[at].file,
                format!("its address ends in `{last}`, and no longer in `{}`", post.name),
            );
        }
    }
    found
}

/// It has pages below it.
struct Section;

fn choose_place(
    post: &Post,
    own: &str,
    (dir, stem, wanted): (&str, &str, &str),
    section: Option<Section>,
) -> PostPlace {
    let suffix = if post.lang == own { String::new() } else { format!(".{}", post.lang) };
    let prefix = if post.lang == own { String::new() } else { format!("{}/", post.lang) };
    if post.kind == PostKind::Home {
        return PostPlace {
            file: format!("content/_index{suffix}.md"),
            url: format!("/{prefix}"),
            slug: None,
        };
    }
    let last = if post.lang == own { stem } else { wanted };
    let shown = if dir == "pages" { "" } else { dir.strip_prefix("pages/").unwrap_or(dir) };
    let slash = if shown.is_empty() { "" } else { "/" };
    let file = match section {
        Some(Section) => format!("content/{dir}/{stem}/_index{suffix}.md"),
        None => format!("content/{dir}/{stem}{suffix}.md"),
    };
    PostPlace {
        file,
        url: format!("/{prefix}{shown}{slash}{last}/"),
        slug: (last != stem).then(|| last.to_string()),
    }
}

/// A path of folders as the new site has it.
fn section(old: &str) -> String {
    old.split('/')
        .map(|part| slug(&percent::decode(part)))
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("/")
}

fn joined(above: &str, name: &str) -> String {
    let above = section(above);
    if above.is_empty() { name.to_string() } else { format!("{above}/{name}") }
}

/// The folder of a post's file, in `content/`.
fn dir(post: &Post) -> String {
    match post.kind {
        PostKind::Article => "insights".into(),
        PostKind::Home => String::new(),
        PostKind::Page => {
            let above = section(&post.section);
            let top = above.split('/').next().unwrap_or_default();
            match (above.as_str(), is_taken(top)) {
                ("", _) => "pages".into(),
                (above, true) => format!("pages/{}", above.replacen(top, &format!("{top}-pages"), 1)),
                (above, false) => format!("pages/{above}"),
            }
        }
    }
}

/// What a post would be called.
fn name(post: &Post) -> String {
    let name = slug(&percent::decode(&post.name));
    let name = if name.is_empty() { slug(&post.title) } else { name };
    let kind = if post.kind == PostKind::Article { "post" } else { "page" };
    let name = if name.is_empty() { kind.to_string() } else { name };
    // A name that begins as a date would be read as one.
    let is_dated = name.get(..10).is_some_and(|start| start.parse::<Date>().is_ok());
    let is_ours = post.kind == PostKind::Page && post.section.is_empty() && is_taken(&name)
        || matches!(name.as_str(), "index" | "_index");
    if is_ours || is_dated { format!("{kind}-{name}") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_a_place_of_its_own() {
        let post = |kind, section: &str, name: &str, lang: &str, group: Option<&str>| Post {
            kind,
            section: section.into(),
            name: name.into(),
            lang: lang.into(),
            group: group.map(str::to_string),
            ..Post::default()
        };
        let posts = [
            post(PostKind::Article, "", "pris", "sv", Some("a")),
            post(PostKind::Article, "", "price", "en", Some("a")),
            post(PostKind::Article, "", "price", "en", None),
            post(PostKind::Page, "", "search", "en", None),
            post(PostKind::Page, "", "about", "en", None),
            post(PostKind::Page, "about", "team", "en", None),
            post(PostKind::Home, "", "", "en", None),
            post(PostKind::Page, "docs/deep", "%F0%9F%98%80", "en", None),
        ];
        let places = places(&posts, "en", &mut Report::default());
        let files: Vec<&str> = places.iter().map(|place| place.file.as_str()).collect();
        assert_eq!(
            files,
            [
                "content/insights/price.sv.md",
                "content/insights/price.md",
                "content/insights/price-2.md",
                "content/pages/page-search.md",
                "content/pages/about/_index.md",
                "content/pages/about/team.md",
                "content/_index.md",
                "content/pages/docs/deep/page.md"
            ]
        );
        assert_eq!((places[0].url.as_str(), places[0].slug.as_deref()), ("/sv/insights/pris/", Some("pris")));
    }
}
