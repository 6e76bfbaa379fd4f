//! Where each post and page of an export goes: its folder, its name, its address.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::index::{Entry, Index};
use crate::authoring::importers::bare;
use crate::authoring::importers::names::is_taken;
use crate::encode::slug::slug;

impl Index {
    /// Gives every entry its file and its address, once all are known.
    pub(super) fn assign_places(&mut self) {
        if self.lang.is_empty() {
            self.lang = "en".into();
        }
        let own = self.lang.clone();
        self.entries
            .values_mut()
            .filter(|entry| entry.lang.is_empty())
            .for_each(|entry| entry.lang.clone_from(&own));
        let mut names: BTreeMap<(String, String), u64> = BTreeMap::new();
        let mut stems: BTreeMap<(String, String), (String, String)> = BTreeMap::new();
        let above: BTreeSet<u64> = self.entries.values().map(|entry| entry.parent).collect();
        let mut ids: Vec<u64> = self.entries.keys().copied().collect();
        // Parents first, and originals before their translations.
        ids.sort_by_key(|id| (self.depth(*id), self.entries[id].lang != own, *id));
        for id in ids {
            let entry = &self.entries[&id];
            let folder = self.folder(entry);
            let wanted = self.name(id, entry);
            let lang = entry.lang.clone();
            let key = entry.group.clone().map(|group| (entry.kind.clone(), group));
            let original = key.as_ref().and_then(|key| stems.get(key)).cloned();
            let (folder, stem) = match original
                .filter(|(folder, stem)| !names.contains_key(&(format!("{folder}/{stem}"), lang.clone())))
            {
                Some(found) => found,
                None => {
                    let stem = free(&wanted, &|stem| {
                        names.contains_key(&(format!("{folder}/{stem}"), lang.clone()))
                    });
                    (folder, stem)
                }
            };
            names.insert((format!("{folder}/{stem}"), lang.clone()), id);
            if let Some(key) = key {
                stems.entry(key).or_insert((folder.clone(), stem.clone()));
            }
            let has_pages = above.contains(&id) && self.entries[&id].kind != "post";
            let file = if has_pages { format!("{folder}/{stem}/_index") } else { format!("{folder}/{stem}") };
            self.assign(id, (&folder, &stem, &wanted), &file);
        }
        self.by_path = self
            .entries
            .iter()
            .filter(|(_, entry)| !entry.old_path.is_empty())
            .map(|(id, entry)| (bare(&entry.old_path), *id))
            .collect();
    }

    fn depth(&self, id: u64) -> usize {
        let (mut depth, mut at) = (0, id);
        while let Some(entry) = self.entries.get(&at).filter(|entry| entry.parent != 0 && depth < 20) {
            at = entry.parent;
            depth += 1;
        }
        depth
    }

    /// The folder of an entry's file, in `content/`.
    fn folder(&self, entry: &Entry) -> String {
        if entry.kind == "post" {
            return "insights".into();
        }
        let own = match entry.kind.as_str() {
            "page" => "pages".to_string(),
            other => match slug(other) {
                name if is_taken(&name) || name.is_empty() => format!("{name}-pages"),
                name => name,
            },
        };
        let parent = self.entries.get(&entry.parent).filter(|parent| parent.kind == entry.kind);
        let above = parent.and_then(|parent| parent.file.strip_prefix("content/"));
        let above = above.and_then(|file| file.rsplit_once("/_index").map(|(folder, _)| folder.to_string()));
        above.unwrap_or(own)
    }

    /// What an entry would be called.
    fn name(&self, id: u64, entry: &Entry) -> String {
        let name = slug(&entry.old_slug);
        let name = if name.is_empty() { slug(&entry.title) } else { name };
        let name: String = if name.is_empty() { format!("{}-{id}", slug(&entry.kind)) } else { name };
        // A name that begins as a date would be read as one.
        let is_dated = name.get(..10).is_some_and(|start| start.parse::<Date>().is_ok());
        let is_ours = entry.kind == "page" && entry.parent == 0 && is_taken(&name)
            || matches!(name.as_str(), "index" | "_index");
        if is_ours || is_dated { format!("{}-{name}", slug(&entry.kind)) } else { name }
    }

    fn assign(&mut self, id: u64, (folder, stem, wanted): (&str, &str, &str), file: &str) {
        let own = self.lang.clone();
        let Some(entry) = self.entries.get_mut(&id) else { return };
        let suffix = if entry.lang == own { String::new() } else { format!(".{}", entry.lang) };
        entry.file = format!("content/{file}{suffix}.md");
        let prefix = if entry.lang == own { String::new() } else { format!("{}/", entry.lang) };
        let last = if entry.lang == own { stem } else { wanted };
        let shown = if folder == "pages" { "" } else { folder.strip_prefix("pages/").unwrap_or(folder) };
        let slash = if shown.is_empty() { "" } else { "/" };
        entry.url = format!("/{prefix}{shown}{slash}{last}/");
        entry.slug = (last != stem).then(|| last.to_string());
        if last != slug(&entry.old_slug) && !entry.old_slug.is_empty() {
            self.renamed.push((id, last.to_string()));
        }
    }
}

/// A name that nothing has yet: the name, or with a number behind it.
fn free(wanted: &str, is_taken: &dyn Fn(&str) -> bool) -> String {
    if !is_taken(wanted) {
        return wanted.to_string();
    }
    let numbered = (2..).map(|number| format!("{wanted}-{number}"));
    numbered.into_iter().find(|name| !is_taken(name)).unwrap_or_default()
}
