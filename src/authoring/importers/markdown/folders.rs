//! Eleventy, Astro, Docusaurus and MkDocs: sites of Markdown in folders. They differ in where texts and files are, in how addresses are
//! made, and in what their Markdown has besides; `settings` finds that out of each one's configuration, and the rest is alike.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};

use super::addresses::{date_of, fill_pattern, free_url};
use super::dialects;
use super::engine::{Old, Page, Shape};
use super::front_in::{Notation, read, text, texts};
use super::html::without_loads;
use super::place::{address, free};
use super::settings::{Root, Settings, settings};
use super::shared::{OURS, language_of, menu_entry, read_page, titled};
use super::shortcodes::{Call, rewrite};
use super::write::{Setup, day};
use super::{Generator, hugo_tags};
use crate::authoring::importers::names::{DATED, without_date};
use crate::authoring::importers::{ImportError, Report, assets};
use crate::authoring::markup::{ImportNote, Weight};
use crate::project::folder::Folder;

/// Files of the repository that no reader gets.
const PASSED: &[&str] = &[
    "README.md",
    "LICENSE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "CODE_OF_CONDUCT.md",
    "AGENTS.md",
    "CLAUDE.md",
];

/// Folders that have parts of the generator, and no texts for readers.
const HIDDEN: &[&str] = &["node_modules", "_includes", "_data", "_layouts"];

/// Reads a site of one of these generators.
pub(super) fn site<'a>(
    generator: Generator,
    place: &'a Folder,
    report: &mut Report,
) -> Result<(Old<'a>, Setup), ImportError> {
    let settings = settings(generator, place)?;
    let own = settings.codes[0].clone();
    let mut old = Old::new(place, settings.address.trim_end_matches('/').to_string(), own.clone());
    old.roots.extend(settings.roots.iter().map(|root| root.dir.clone()));
    let reader = FolderReader { settings: &settings, defaults: defaults(&old) };
    let mut taken = BTreeSet::new();
    for file in old.files.clone() {
        reader.file(&mut old, &file, &mut taken, report)?;
    }
    if old.pages.is_empty() {
        return Err(ImportError::new(
            format!("there are no texts of {} here", generator.name()),
            "name the folder that has its configuration",
        ));
    }
    old.index_pages();
    let used: BTreeSet<&String> = old.pages.iter().map(|page| &page.lang).collect();
    let languages =
        settings.codes.iter().filter(|code| **code == own || used.contains(code)).cloned().collect();
    let drafts = settings.menu.iter().filter_map(|item| menu_entry(&old, item)).collect();
    let taxonomies =
        [("categories", "category"), ("category", "category"), ("tags", "tags"), ("tag", "tags")];
    let setup = Setup {
        title: settings.title.clone(),
        description: settings.description.clone(),
        languages,
        taxonomies: taxonomies.map(|(old, new)| (old.to_string(), new.to_string())).into(),
        menus: BTreeMap::from([("main".to_string(), drafts)]),
        people: settings.people.clone(),
        divider: None,
    };
    Ok((old, setup))
}

/// What files of data say for all pages of their folder (Eleventy: `posts/posts.json`).
fn defaults(old: &Old<'_>) -> BTreeMap<String, Map<String, Json>> {
    let mut found = BTreeMap::new();
    for file in &old.files {
        let Some((dir, name)) = file.rsplit_once('/') else { continue };
        let last = dir.rsplit('/').next().unwrap_or_default();
        if name == format!("{last}.json") || name == format!("{last}.11tydata.json") {
            let map = old
                .folder
                .read(file)
                .ok()
                .and_then(|bytes| read(&String::from_utf8_lossy(&bytes), Notation::Json).ok());
            found.extend(map.map(|map| (dir.to_string(), map)));
        }
    }
    found
}

struct FolderReader<'a> {
    settings: &'a Settings,
    defaults: BTreeMap<String, Map<String, Json>>,
}

impl FolderReader<'_> {
    fn file(
        &self,
        old: &mut Old<'_>,
        file: &str,
        taken: &mut BTreeSet<String>,
        report: &mut Report,
    ) -> Result<(), ImportError> {
        let name = file.rsplit('/').next().unwrap_or(file);
        // Ringback makes the page for what isn't there itself.
        let is_hidden = file.split('/').any(|part| part.starts_with('.') || HIDDEN.contains(&part));
        if is_hidden || name.starts_with("404.") {
            return Ok(());
        }
        if let Some((dir, url)) = self.settings.statics.iter().find(|(dir, _)| file.starts_with(dir.as_str()))
        {
            let path = format!("{url}{}", &file[dir.len()..]);
            if OURS.contains(&path.as_str()) {
                report.note(Weight::Hand, file, "it isn't copied: ringback makes this file itself");
                return Ok(());
            }
            old.published.insert(format!("/{path}"), file.to_string());
            old.copies.insert(file.to_string(), format!("static/{path}"));
            return Ok(());
        }
        let root = self.settings.roots.iter().find(|root| file.starts_with(root.dir.as_str()));
        let Some(root) = root else {
            // An image of the sources goes along if a text names it.
            if assets::is_image(file) {
                old.copies.insert(
                    file.to_string(),
                    format!("static/images/{}", file.rsplit('/').next().unwrap_or(file)),
                );
                old.spare.insert(file.to_string());
            }
            return Ok(());
        };
        let inside = &file[root.dir.len()..];
        let ending = file.rsplit('.').next().unwrap_or_default();
        match ending {
            "md" | "mdx" | "markdown" if !PASSED.contains(&inside) || root.dir != *"" => {
                self.page(old, (file, inside, root), taken, report)
            }
            "md" | "mdx" | "markdown" => Ok(()),
            "njk" | "liquid" | "html" | "astro" | "jsx" | "tsx" | "hbs" | "pug" | "vue" | "svelte" => {
                report.note(Weight::Hand, file, "a page that a template makes is left out");
                Ok(())
            }
            "js" | "ts" | "mjs" | "cjs" | "json" | "yml" | "yaml" | "toml" | "css" | "scss" | "lock"
            | "py" | "lua" => Ok(()),
            _ if root.dir.is_empty() && !file.contains('/') => Ok(()),
            _ => {
                let (section, name) = inside.rsplit_once('/').unwrap_or(("", inside));
                let new = format!("content/{}/{name}", root.folder(section));
                old.copies.insert(file.to_string(), new);
                old.published.insert(format!("/{}{inside}", root.url), file.to_string());
                old.spare.insert(file.to_string());
                Ok(())
            }
        }
    }

    fn page(
        &self,
        old: &mut Old<'_>,
        (file, inside, root): (&str, &str, &Root),
        taken: &mut BTreeSet<String>,
        report: &mut Report,
    ) -> Result<(), ImportError> {
        let Some((mut front, body)) = read_page(old.folder, file, report)? else { return Ok(()) };
        self.complete(file, &mut front);
        if front.get("date").and_then(day).is_none()
            && let Some(date) = date_of(inside)
        {
            front.insert("date".into(), Json::String(date));
        }
        let own = &self.settings.codes[0];
        let (section, name) = inside.rsplit_once('/').unwrap_or(("", inside));
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let (stem, lang) = language_of(stem, &self.settings.codes)
            .unwrap_or((stem, root.lang.clone().unwrap_or_else(|| own.clone())));
        let is_index = is_index(stem);
        let is_bundle = is_index && !section.is_empty() && root.is_blog;
        let dated = section.rsplit('/').next().unwrap_or_default();
        let named = if is_bundle { dated } else { stem };
        if is_nothing(&front, &body) {
            report.note(
                Weight::Changed,
                file,
                "a page that only showed a list, or was never shown, is left out",
            );
            return Ok(());
        }
        let kind = File::new((section, stem), root);
        let suffix = if lang == *own { String::new() } else { format!(".{lang}") };
        let new = kind.new_path(root, section, &suffix);
        let new = free(new, taken);
        let mut notes: Vec<ImportNote> = Vec::new();
        let body = self.rewritten(&body, &mut notes);
        report.note_all(&new, 1, notes);
        let slugged = front.get("slug").and_then(text).unwrap_or_default();
        let last = slugged.trim_matches('/').rsplit('/').next().filter(|last| !last.is_empty());
        let is = |name: &str| front.get(name).and_then(Json::as_bool);
        let mut page = Page {
            source: file.to_string(),
            url: free_url(address(&new, (&lang, own), last), taken),
            shape: if is_index && !is_bundle { Shape::Section } else { Shape::Page },
            is_draft: is("draft") == Some(true)
                || is("unlisted") == Some(true)
                || is("eleventyExcludeFromCollections") == Some(true)
                    && front.get("permalink") == Some(&Json::Bool(false)),
            file: new,
            old: Vec::new(),
            lang,
            body,
            front,
        };
        titled(&mut page);
        page.old = self.old_paths(&page, (root, section, named));
        old.pages.push(page);
        Ok(())
    }

    /// Front matter with what the folder's data says, and without what is a name of the program's.
    fn complete(&self, file: &str, front: &mut Map<String, Json>) {
        let mut dir = file;
        while let Some((above, _)) = dir.rsplit_once('/') {
            dir = above;
            for (key, value) in self.defaults.get(dir).into_iter().flatten() {
                front.entry(key.clone()).or_insert_with(|| value.clone());
            }
        }
        // Eleventy's collections are tags of this name.
        if let Some(value) = front.get("tags") {
            let mut tags = texts(value, None);
            tags.retain(|tag| {
                !DATED.contains(&tag.as_str()) && !matches!(tag.as_str(), "all" | "nav" | "page" | "pages")
            });
            front.insert("tags".into(), Json::Array(tags.into_iter().map(Json::String).collect()));
        }
        for (theirs, ours) in [
            ("pubDate", "date"),
            ("publishDate", "date"),
            ("updatedDate", "updated"),
            ("last_update", "updated"),
            ("heroImage", "image"),
            ("sidebar_position", "weight"),
        ] {
            let value = front.remove(theirs).map(|value| value.get("date").cloned().unwrap_or(value));
            if let Some(value) = value {
                front.entry(ours).or_insert(value);
            }
        }
        for key in [
            "id",
            "sidebar_label",
            "sidebar_class_name",
            "hide_title",
            "hide_table_of_contents",
            "toc_min_heading_level",
            "toc_max_heading_level",
            "pagination_next",
            "pagination_prev",
            "displayed_sidebar",
            "custom_edit_url",
            "eleventyNavigation",
            "eleventyExcludeFromCollections",
            "hide",
            "unlisted",
            "setup",
        ] {
            front.remove(key);
        }
    }

    fn rewritten(&self, body: &str, notes: &mut Vec<ImportNote>) -> String {
        let body = dialects::rewrite(body, self.settings.dialect, notes);
        let body = match self.settings.tags {
            Some(tags) => rewrite(&body, tags, &liquid, notes),
            None => body,
        };
        without_loads(&super::jekyll::without_attributes(&body, notes), notes)
    }

    /// The paths that a page had: its own, and others.
    fn old_paths(&self, page: &Page, (root, section, name): (&Root, &str, &str)) -> Vec<String> {
        let is_index = page.shape == Shape::Section;
        let front = &page.front;
        let own = &self.settings.codes[0];
        let prefix = if page.lang == *own { String::new() } else { format!("/{}", page.lang) };
        let dirs: Vec<String> =
            section.split('/').filter(|part| !part.is_empty()).map(|part| root.plain(part)).collect();
        let above = if dirs.is_empty() { String::new() } else { format!("{}/", dirs.join("/")) };
        let path = match (front.get("permalink"), front.get("slug").and_then(text)) {
            (Some(Json::String(pattern)), _) if self.settings.generator == Generator::Eleventy => {
                fill_pattern(pattern, page, name)
            }
            (_, Some(slug)) if slug.starts_with('/') && root.is_blog => {
                format!("{prefix}/{}{}", root.url, slug.trim_start_matches('/'))
            }
            (_, Some(slug)) if slug.starts_with('/') => {
                format!("{prefix}/{}{}", root.url, slug.trim_start_matches('/'))
            }
            (_, Some(slug)) if root.is_blog => format!("{prefix}/{}{slug}", root.url),
            (_, Some(slug)) => format!("{prefix}/{}{above}{slug}", root.url),
            (_, None) if is_index => format!("{prefix}/{}{above}", root.url),
            (_, None) => match page
                .front
                .get("date")
                .and_then(day)
                .filter(|_| root.has_days && without_date(name) != name)
            {
                Some(date) => {
                    format!("{prefix}/{}{}/{}", root.url, date.strftime("%Y/%m/%d"), without_date(name))
                }
                None if root.is_blog => {
                    format!("{prefix}/{}{above}{}", root.url, self.settings.generator.name_in_address(name))
                }
                None => format!("{prefix}/{}{above}{}", root.url, root.plain(name)),
            },
        };
        let path = if path.ends_with('/') || path.ends_with(".html") { path } else { format!("{path}/") };
        let path = path.replace("//", "/");
        let others = ["aliases", "redirect_from", "redirects"]
            .iter()
            .filter_map(|key| front.get(*key))
            .flat_map(|value| texts(value, None));
        let others = others.map(|path| if path.starts_with('/') { path } else { format!("/{path}") });
        std::iter::once(path).chain(others).collect()
    }
}

/// Is a file its folder's own page?
fn is_index(stem: &str) -> bool {
    stem == "README" || stem.eq_ignore_ascii_case("index")
}

/// A page that has nothing of its own.
fn is_nothing(front: &Map<String, Json>, body: &str) -> bool {
    let layout = front.get("layout").and_then(text).unwrap_or_default();
    let is_list = layout.contains("list") || layout.contains("archive");
    body.trim().is_empty() && (is_list || front.get("permalink") == Some(&Json::Bool(false)))
}

/// What a file is in its folder.
enum File<'a> {
    Home,
    /// The page of a folder, above the list of what is in it.
    Index,
    /// An article with files beside it.
    Bundle,
    Text(&'a str),
}

impl<'a> File<'a> {
    fn new((section, stem): (&str, &'a str), root: &Root) -> Self {
        match (is_index(stem), section.is_empty() && root.url.is_empty(), root.is_blog && !section.is_empty())
        {
            (false, ..) => Self::Text(stem),
            (true, true, _) => Self::Home,
            (true, _, true) => Self::Bundle,
            (true, ..) => Self::Index,
        }
    }

    /// Its place on the new site.
    fn new_path(&self, root: &Root, section: &str, suffix: &str) -> String {
        let folder = root.folder(section);
        match self {
            Self::Home => format!("content/_index{suffix}.md"),
            Self::Bundle => format!("content/{folder}/index{suffix}.md"),
            Self::Index => format!("content/{folder}/_index{suffix}.md"),
            Self::Text(stem) => format!("content/{folder}/{}{suffix}.md", root.plain(stem)),
        }
    }
}

impl Generator {
    /// A file's name as it is in addresses: Eleventy leaves its date out.
    fn name_in_address(self, name: &str) -> String {
        match self {
            Self::Eleventy => without_date(name).to_string(),
            _ => name.to_string(),
        }
    }
}

/// What tags of templates stand for in a text.
fn liquid(call: &Call<'_>, notes: &mut Vec<ImportNote>) -> Option<String> {
    match call.name {
        "raw" | "verbatim" => Some(call.inner.unwrap_or_default().to_string()),
        "comment" => Some(String::new()),
        "image" | "img" => {
            let source = call.any(&["0", "src"])?;
            Some(format!("![{}]({source})", call.any(&["1", "alt"]).unwrap_or_default()))
        }
        "highlight" => Some(format!(
            "\n```{}\n{}\n```\n",
            call.any(&["0"]).unwrap_or_default().trim_matches('"'),
            call.inner.unwrap_or_default().trim_matches('\n')
        )),
        name if name.starts_with(['"', '\'']) && call.written.contains("url") => {
            Some(name.trim_matches(['"', '\'']).to_string())
        }
        _ => hugo_tags::builtin(call, notes),
    }
}
