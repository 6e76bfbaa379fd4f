//! The menus of a WordPress site as ours.

use super::index::{Index, MenuRow, PostStatus, taxonomy_name};
use crate::authoring::importers::site::MenuDraft;
use crate::authoring::importers::{Report, bare, own_path};
use crate::authoring::markup::Weight;

/// Entries within entries, at most.
const DEEPEST: usize = 3;

/// Menus by the names that our themes show: `main`, `footer`. Others, and what leads nowhere, are told.
pub(super) fn menus(index: &Index, report: &mut Report) -> Vec<(String, Vec<MenuDraft>)> {
    let mut found = Vec::new();
    let mut names: Vec<&String> = index.menus.keys().collect();
    // The one that is called so is the main one, else the longest.
    let is_main = |name: &str| {
        ["main", "primary", "header", "top", "huvud", "hoved"].iter().any(|word| name.contains(word))
    };
    names.sort_by_key(|name| (!is_main(name), std::cmp::Reverse(index.menus[*name].len())));
    let (mut has_main, mut has_footer) = (false, false);
    for name in names {
        let is_footer = name.contains("foot") || name.contains("bunn") || name.contains("sidfot");
        let place = match () {
            () if is_footer && !has_footer => "footer",
            () if !is_footer && !has_main => "main",
            () => {
                report.note(
                    Weight::Hand,
                    "ringback.yaml",
                    format!("the menu `{name}` has no place: the theme shows `main`, `action` and `footer`"),
                );
                continue;
            }
        };
        has_footer |= place == "footer";
        has_main |= place == "main";
        let mut rows: Vec<&MenuRow> = index.menus[name].iter().collect();
        rows.sort_by_key(|row| (row.order, row.id));
        found.push((place.to_string(), below(index, &rows, 0, (report, DEEPEST))));
    }
    found
}

fn below(
    index: &Index,
    rows: &[&MenuRow],
    above: u64,
    (report, depth): (&mut Report, usize),
) -> Vec<MenuDraft> {
    let mut found = Vec::new();
    for row in rows.iter().filter(|row| row.above == above && depth > 0) {
        let children = below(index, rows, row.id, (report, depth - 1));
        match entry(index, row) {
            Some(draft) => found.push(MenuDraft { children, ..draft }),
            None if !children.is_empty() && !row.label.is_empty() => {
                found.push(MenuDraft { label: row.label.clone(), children, ..MenuDraft::default() });
            }
            None => {
                let what = format!("the entry `{}` of a menu leads to what isn't there", row.label);
                report.note(Weight::Hand, "ringback.yaml", what);
            }
        }
    }
    found
}

fn entry(index: &Index, row: &MenuRow) -> Option<MenuDraft> {
    let id = match row.kind.as_str() {
        "post_type" => Some(row.target),
        "custom" => {
            let Some(path) = own_path(&row.url, &index.address) else {
                let is_web = row.url.starts_with("https://")
                    || row.url.starts_with("http://")
                    || row.url.starts_with("mailto:");
                let draft =
                    MenuDraft { url: row.url.clone(), label: row.label.clone(), ..MenuDraft::default() };
                return Some(draft).filter(|draft| is_web && !draft.label.is_empty());
            };
            if path == "/" {
                return Some(MenuDraft { url: "/".into(), label: row.label.clone(), ..MenuDraft::default() })
                    .filter(|draft| !draft.label.is_empty());
            }
            index.by_path.get(&bare(path)).copied()
        }
        _ => None,
    };
    if let Some(entry) = id.and_then(|id| index.entries.get(&id)) {
        // Menus of other languages lead to the same pages in theirs.
        if entry.state != PostStatus::Public || entry.lang != index.lang {
            return None;
        }
        let page = entry.file.strip_prefix("content/")?.strip_suffix(".md")?;
        let page = page.strip_suffix("/_index").unwrap_or(page).to_string();
        let label = if row.label == entry.title { String::new() } else { row.label.clone() };
        return Some(MenuDraft { page, label, ..MenuDraft::default() });
    }
    let taxonomy = taxonomy_name(&row.object).filter(|_| row.kind == "taxonomy")?;
    let is_meant = |(other, name): &&(String, String)| {
        *other == taxonomy && index.terms[&(other.clone(), name.clone())].label == row.label
    };
    let (_, term) = index.terms.keys().find(is_meant)?;
    let is_used = index.entries.values().any(|entry| {
        entry.state == PostStatus::Public
            && entry.terms.iter().any(|(one, other)| *one == taxonomy && other == term)
    });
    let label = row.label.clone();
    is_used.then(|| MenuDraft { url: format!("/{taxonomy}/{term}/"), label, ..MenuDraft::default() })
}
