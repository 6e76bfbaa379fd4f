//! Folders, days and addresses of sites whose texts are in folders, by the names of their files.

use std::collections::BTreeSet;

use super::engine::Page;
use super::front_in::text;
use super::settings::Root;
use super::write::day;
use crate::authoring::importers::names::{folder, without_date};
use crate::encode::slug::slug;

impl Root {
    /// The folder for a section below this root, on the new site.
    pub(super) fn folder(&self, section: &str) -> String {
        let parts: Vec<String> =
            section.split('/').filter(|part| !part.is_empty()).map(|part| self.plain(part)).collect();
        let whole = format!("{}{}", self.url, parts.join("/"));
        if self.is_blog {
            // Folders by year and month say nothing that the date doesn't.
            let rest: Vec<&str> = parts
                .iter()
                .map(String::as_str)
                .filter(|part| !part.bytes().all(|b| b.is_ascii_digit()))
                .collect();
            return std::iter::once("insights").chain(rest).collect::<Vec<_>>().join("/");
        }
        folder(whole.trim_matches('/'))
    }

    /// A name without the number that only orders it.
    pub(super) fn plain(&self, name: &str) -> String {
        let digits = name.len() - name.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let rest = name[digits..].trim_start_matches([' ', '.', '-', '_']);
        if self.has_numbers
            && (1..=3).contains(&digits)
            && !rest.is_empty()
            && rest.len() < name.len() - digits
        {
            rest.to_string()
        } else {
            name.to_string()
        }
    }
}

/// The day in the names of a file and its folders.
pub(super) fn date_of(inside: &str) -> Option<String> {
    let parts: Vec<&str> = inside.split('/').collect();
    for part in &parts {
        if let Some(start) = part.get(..10)
            && start.parse::<jiff::civil::Date>().is_ok()
        {
            return Some(start.to_string());
        }
    }
    parts.windows(3).find_map(|three| {
        let all = format!("{}-{}-{}", three[0], three[1], three[2].split(['-', '.']).next()?);
        all.parse::<jiff::civil::Date>().ok().map(|date| date.to_string())
    })
}

/// Eleventy's pattern of an address, filled in as far as it is known.
pub(super) fn fill_pattern(pattern: &str, page: &Page, name: &str) -> String {
    let title = page.front.get("title").and_then(text).unwrap_or_default();
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((before, tail)) = rest.split_once("{{") {
        out.push_str(before);
        let (inner, behind) = tail.split_once("}}").unwrap_or((tail, ""));
        let value = match inner.split('|').next().unwrap_or_default().trim() {
            "title" => slug(&title),
            "page.fileSlug" | "fileSlug" => without_date(name).to_string(),
            "page.date" | "date" => page
                .front
                .get("date")
                .and_then(day)
                .map(|date| date.strftime("%Y/%m/%d").to_string())
                .unwrap_or_default(),
            "slug" => page.front.get("slug").and_then(text).unwrap_or_default(),
            _ => String::new(),
        };
        out.push_str(&value);
        rest = behind;
    }
    out.push_str(rest);
    format!("/{}", out.trim_start_matches('/').trim_end_matches("index.html"))
}

/// An address that no other page has: with a number behind its name, if need be. Two files may differ in their days alone.
pub(super) fn free_url(url: String, taken: &mut BTreeSet<String>) -> String {
    // Files are in the same set, and none of them begins so.
    if taken.insert(url.clone()) {
        return url;
    }
    let bare = url.trim_end_matches('/');
    let mut numbered = (2..).map(|number| format!("{bare}-{number}/"));
    numbered.find(|url| taken.insert(url.clone())).unwrap_or_default()
}
