//! One post or page: its record as a file of ours.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::forms::Forms;
use super::index::{Entry, Index, PostStatus, date, upload_path};
use super::media::Media;
use super::shortcodes;
use crate::authoring::importers::front::{Front, one_line};
use crate::authoring::importers::posts::{link_addresses, note_ids, words};
use crate::authoring::importers::records::Record;
use crate::authoring::importers::site::{Redirects, is_alias, name_of};
use crate::authoring::importers::{Report, bare, own_path, relative, without_contacts};
use crate::authoring::markup::lines::paragraphs;
use crate::authoring::markup::tree;
use crate::authoring::markup::{Converted, ImportNote, Rules, Target, Weight, convert};
use crate::content::markdown::Options;
use crate::encode::html::{escape_attribute, escape_text};
use crate::encode::percent;
use crate::encode::slug::slug;

/// Blocks that stand for themselves, or for nothing.
const PLAIN_BLOCKS: &[&str] =
    &["more", "nextpage", "separator", "spacer", "block", "shortcode", "html", "paragraph"];

/// Fields that hold what nobody may read.
const PRIVATE: &[&str] = &[
    "password",
    "passwd",
    "secret",
    "token",
    "api_key",
    "apikey",
    "email",
    "mail",
    "_ip",
    "ip_",
    "user_agent",
];

/// What the texts of an export are made with: its index, its files, the forms that it names.
pub(super) struct Maker<'a> {
    pub(super) index: &'a Index,
    pub(super) media: &'a Media,
    pub(super) forms: &'a Forms<'a>,
    /// Paths that have an answer: pages, and the aliases so far.
    pub(super) taken: BTreeSet<String>,
}

impl Maker<'_> {
    /// The file of an entry.
    pub(super) fn file(
        &mut self,
        id: u64,
        item: &Record,
        report: &mut Report,
        redirects: &mut Redirects,
    ) -> Option<(String, String)> {
        let entry = self.index.entries.get(&id)?;
        let (converted, mut notes) = self.text(id, entry, item);
        let title = match entry.title.as_str() {
            "" => {
                notes.push(ImportNote {
                    weight: Weight::Hand,
                    what: "it has no title: its first words are one".into(),
                    line: 0,
                });
                let words = converted.text.split(['\n', '\\']).next().unwrap_or_default();
                let words = words.trim_start_matches(['#', '>', '-', ' ', '*', '[', '!']);
                let words: Vec<&str> = words.split_whitespace().take(8).collect();
                if words.is_empty() { format!("{} {id}", entry.kind) } else { words.join(" ") }
            }
            title => title.to_string(),
        };
        let mut front = Front::new(&crate::content::markup::unescaped(&title));
        self.about(entry, item, &mut front, &mut notes);
        self.addresses(id, entry, item, (&mut front, redirects));
        self.image(item, &mut front, &mut notes);
        front.extra(&extra(item, &mut notes));
        report.note_all(&entry.file, front.lines(), notes);
        report.note_all(&entry.file, front.lines(), converted.notes);
        report.prove(&converted.difference);
        Some((entry.file.clone(), front.file(&converted.text)))
    }

    fn about(&self, entry: &Entry, item: &Record, front: &mut Front, notes: &mut Vec<ImportNote>) {
        let mut tell = |weight, what: &str| notes.push(ImportNote { weight, what: what.into(), line: 0 });
        let metas = ["_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description"]
            .map(|key| item.meta(key));
        let meta =
            metas.into_iter().find(|text| !text.is_empty() && !text.contains("%%") && !text.contains('%'));
        let excerpt = words(item.get("excerpt:encoded"));
        front.text("description", &meta.map_or(excerpt, one_line));
        front.date("date", entry.date);
        if entry.date.is_none() && entry.state == PostStatus::Public && entry.kind == "post" {
            tell(Weight::Hand, "it has no date that could be read: it is in no list by date and in no feed");
        }
        let updated = date(item.get("wp:post_modified"));
        front.date("updated", updated.filter(|day| entry.date.is_some_and(|date| *day > date)));
        match entry.state {
            PostStatus::Public => {}
            PostStatus::Draft => front.on("draft"),
            PostStatus::Team => front.text("audience", "team"),
            PostStatus::Protected => {
                front.on("draft");
                tell(
                    Weight::Hand,
                    "it was open to whoever had its password, which is kept nowhere: publish it behind a gate, or for the team",
                );
            }
        }
        let login = item.get("dc:creator");
        if let Some(name) = self.index.authors.get(login).filter(|name| !name.is_empty()) {
            front.list("authors", &[name_of(name, "author")]);
        } else if !login.is_empty() {
            tell(Weight::Hand, "its author isn't among those of the export");
        }
        let mut taxonomies: Vec<&str> = entry.terms.iter().map(|(taxonomy, _)| taxonomy.as_str()).collect();
        taxonomies.dedup();
        for taxonomy in taxonomies.iter().collect::<BTreeSet<_>>() {
            let terms = entry.terms.iter().filter(|(one, _)| one == *taxonomy);
            front.list(taxonomy, &terms.map(|(_, term)| term.as_str()).collect::<Vec<_>>());
        }
        if item.meta("_yoast_wpseo_meta-robots-noindex") == "1" {
            front.on("noindex");
        }
        let canonical = item.meta("_yoast_wpseo_canonical");
        if canonical.starts_with("https://") && own_path(canonical, &self.index.address).is_none() {
            let name = canonical.split('/').nth(2).unwrap_or_default();
            let value = serde_json::json!({"name": name, "url": canonical, "canonical": true});
            front.value("source", &value);
        }
    }

    /// What the page is called in addresses and feeds, now and before.
    fn addresses(
        &mut self,
        id: u64,
        entry: &Entry,
        item: &Record,
        (front, redirects): (&mut Front, &mut Redirects),
    ) {
        front.text("slug", entry.slug.as_deref().unwrap_or_default());
        let guid = item.get("guid");
        if !guid.is_empty() && entry.kind == "post" && !guid.contains(char::is_whitespace) {
            front.value("guid", &Json::String(guid.to_string()));
        }
        let renamed = |slug: &str| {
            let above = entry.old_path.trim_end_matches('/').rsplit_once('/').map(|(above, _)| above)?;
            Some(format!("{above}/{slug}/"))
        };
        let earlier = item.all("wp:postmeta").filter(|meta| meta.get("wp:meta_key") == "_wp_old_slug");
        let earlier = earlier
            .filter_map(|meta| renamed(meta.get("wp:meta_value")).filter(|_| !entry.old_path.is_empty()));
        let mut aliases = Vec::new();
        for path in std::iter::once(entry.old_path.clone()).chain(earlier).filter(|path| path.len() > 1) {
            let is_own = bare(&path) == bare(&entry.url);
            let is_new = !is_own && is_alias(&path) && self.taken.insert(bare(&path));
            if entry.state == PostStatus::Public && (is_own || is_new) {
                redirects.answered(&path);
            }
            if is_new {
                aliases.push(path);
            }
        }
        front.list("aliases", &aliases);
        if entry.state == PostStatus::Public {
            let name = if entry.kind == "page" { "page_id" } else { "p" };
            redirects.redirect(&format!("/?{name}={id}"), &entry.url);
        }
    }

    fn image(&self, item: &Record, front: &mut Front, notes: &mut Vec<ImportNote>) {
        let id = item.meta("_thumbnail_id").parse::<u64>();
        let Some(image) = id.ok().and_then(|id| self.index.attachments.get(&id)) else { return };
        match self.media.find(&image.path) {
            Some(source) => front.map("image", &[("src", &source), ("alt", &one_line(&image.alt))]),
            None => {
                let what = format!("its main image, `{}`, is missing", image.path);
                notes.push(ImportNote { weight: Weight::Hand, what, line: 0 });
            }
        }
    }

    /// The text of an entry.
    fn text(&self, id: u64, entry: &Entry, item: &Record) -> (Converted, Vec<ImportNote>) {
        let mut notes = Vec::new();
        let source = self.with_blocks(item.trimmed("content:encoded"), &mut notes, 0);
        let gallery = |ids: &[&str]| self.gallery(id, ids);
        let html = shortcodes::replace(
            &source,
            &shortcodes::Media {
                gallery: &gallery,
                form: &|plugin, id, title| self.forms.name(plugin, id, title),
            },
            &mut notes,
        );
        let nodes = tree::parse(&html);
        let nodes = if source.contains("<!-- wp:") { nodes } else { paragraphs(nodes) };
        let nodes = link_addresses(nodes);
        let mut ids = BTreeSet::new();
        note_ids(&nodes, &mut ids);
        let (lost, elsewhere) = (RefCell::new(false), RefCell::new(false));
        let link = |href: &str| {
            if let Some(fragment) = href.strip_prefix('#') {
                return match fragment.is_empty() || ids.contains(fragment) {
                    true => Target::Known(href.to_string()),
                    false => Target::Missing(href.to_string()),
                };
            }
            let target = self.link(entry, href);
            *lost.borrow_mut() |=
                href.contains('#') && matches!(&target, Target::Known(found) if !found.contains('#'));
            target
        };
        let image = |source: &str| {
            let target = self.image_target(source);
            *elsewhere.borrow_mut() |= matches!(&target, Target::Known(found) if found.contains("://"));
            target
        };
        let rules = Rules { link: &link, image: &image, options: Options::full(&entry.lang) };
        let converted = convert(nodes, &rules);
        let mut tell = |weight, what: &str| notes.push(ImportNote { weight, what: what.into(), line: 0 });
        if *lost.borrow() {
            tell(Weight::Changed, "a link to a place in another page leads to that page");
        }
        if *elsewhere.borrow() {
            tell(Weight::Hand, "an image of another host: put it next to the page");
        }
        (converted, notes)
    }

    /// A text with the blocks that several share, and without those that WordPress fills.
    fn with_blocks(&self, text: &str, notes: &mut Vec<ImportNote>, depth: usize) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find("<!-- wp:") {
            let Some(end) = rest[at..].find("-->") else { break };
            let whole = &rest[at..at + end + "-->".len()];
            let inner = whole.trim_start_matches("<!-- wp:").trim_end_matches("-->").trim();
            let name = inner.split([' ', '/', '{']).next().unwrap_or_default();
            let name = if inner.starts_with(&format!("{name}/")) {
                inner.split([' ', '{']).next().unwrap_or_default()
            } else {
                name
            };
            out.push_str(&rest[..at + whole.len()]);
            rest = &rest[at + whole.len()..];
            if !inner.ends_with('/') {
                continue;
            }
            if let Some(form) = form_block(name, inner) {
                out.push_str(&form);
                continue;
            }
            let id = inner
                .split("\"ref\":")
                .nth(1)
                .map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
            let shared = id.and_then(|id| id.parse().ok()).and_then(|id: u64| self.index.blocks.get(&id));
            match shared.filter(|_| name == "block" && depth < 5) {
                Some(shared) => out.push_str(&self.with_blocks(shared, notes, depth + 1)),
                None if name == "block" || !PLAIN_BLOCKS.contains(&name) => {
                    let what =
                        format!("the block `{name}`, which WordPress fills automatically, is left out");
                    let one = ImportNote { weight: Weight::Hand, what, line: 0 };
                    if !notes.contains(&one) {
                        notes.push(one);
                    }
                }
                None => {}
            }
        }
        out.push_str(rest);
        out
    }

    /// HTML of some images, or of those that belong to a post.
    fn gallery(&self, post: u64, ids: &[&str]) -> String {
        let all = &self.index.attachments;
        let ids: Vec<u64> = match ids {
            [] => all.iter().filter(|(_, image)| image.parent == post).map(|(id, _)| *id).collect(),
            ids => ids.iter().filter_map(|id| id.parse().ok()).collect(),
        };
        let mut out = String::new();
        for image in ids.iter().filter_map(|id| all.get(id)) {
            out.push_str("<figure><img src=\"");
            escape_attribute(&format!("{}/wp-content/uploads/{}", self.index.address, image.path), &mut out);
            out.push_str("\" alt=\"");
            escape_attribute(&image.alt, &mut out);
            out.push_str("\">");
            if !image.caption.is_empty() {
                out.push_str("<figcaption>");
                escape_text(&words(&image.caption), &mut out);
                out.push_str("</figcaption>");
            }
            out.push_str("</figure>\n\n");
        }
        out
    }

    fn image_target(&self, source: &str) -> Target {
        if own_path(source, &self.index.address).is_none() {
            return match source.contains("://") || source.starts_with("//") {
                true => Target::Known(source.to_string()),
                false => Target::Missing(source.to_string()),
            };
        }
        match upload_path(source).and_then(|path| self.media.find(&path)) {
            Some(found) => Target::Known(found),
            None => Target::Missing(own_path(source, &self.index.address).unwrap_or(source).to_string()),
        }
    }

    fn link(&self, from: &Entry, href: &str) -> Target {
        let Some(path) = own_path(href, &self.index.address) else {
            let is_whole = href.contains(':') || href.starts_with("//");
            return if is_whole {
                Target::Known(href.to_string())
            } else {
                Target::Missing(href.to_string())
            };
        };
        let missing = || Target::Missing(path.to_string());
        let query = href.split_once('?').map(|(_, query)| query.split('#').next().unwrap_or_default());
        let asked = query.and_then(|query| {
            query.split('&').find_map(|pair| pair.strip_prefix("p=").or(pair.strip_prefix("page_id=")))
        });
        let id =
            asked.and_then(|id| id.parse().ok()).or_else(|| self.index.by_path.get(&bare(path)).copied());
        if let Some(entry) = id.and_then(|id| self.index.entries.get(&id)) {
            // A page for fewer readers than this one is no target for it.
            let is_shown = entry.state == PostStatus::Public
                || from.state != PostStatus::Public && entry.state == from.state;
            let place =
                href.split_once('#').map(|(_, place)| place).filter(|place| entry.ids.contains(*place));
            let place = place.map(|place| format!("#{place}")).unwrap_or_default();
            let known = || Target::Known(format!("{}{place}", relative(&from.file, &entry.file)));
            return if is_shown { known() } else { Target::Hidden(entry.file.clone()) };
        }
        if let Some(file) = upload_path(href) {
            return self.media.find(&file).map_or_else(missing, Target::Known);
        }
        if path == "/" {
            return Target::Known("/".into());
        }
        let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
        let term = match parts.as_slice() {
            ["category", .., name] => Some(("category", *name)),
            ["tag", name] => Some(("tags", *name)),
            _ => None,
        };
        let used = term.and_then(|(taxonomy, name)| self.term(taxonomy, &slug(&percent::decode(name))));
        used.map_or_else(missing, Target::Known)
    }

    /// The path of a term that public pages have.
    fn term(&self, taxonomy: &str, name: &str) -> Option<String> {
        let has = |entry: &Entry| {
            entry.state == PostStatus::Public
                && entry.lang == self.index.lang
                && entry.terms.iter().any(|(one, other)| one == taxonomy && other == name)
        };
        self.index.entries.values().any(has).then(|| format!("/{taxonomy}/{name}/"))
    }
}

/// A block that shows a form of a plugin, as the shortcode that does the same.
fn form_block(name: &str, inner: &str) -> Option<String> {
    let plugin = match name {
        "gravityforms/form" => "gravityform",
        "contact-form-7/contact-form-selector" => "contact-form-7",
        "wpforms/form-selector" => "wpforms",
        "ninja-forms/form" => "ninja_form",
        "fluentfom/guten-block" => "fluentform",
        _ => return None,
    };
    let id = ["\"formId\":", "\"formID\":", "\"id\":"].iter().find_map(|key| inner.split(key).nth(1))?;
    let id: String =
        id.trim_start_matches(['"', ' ']).chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
    (!id.is_empty()).then(|| format!("\n\n[{plugin} id=\"{id}\"]\n\n"))
}

/// The custom fields of a page that themes may show.
fn extra(item: &Record, notes: &mut Vec<ImportNote>) -> Vec<(String, Json)> {
    let mut found: Vec<(String, Json)> = Vec::new();
    for meta in item.all("wp:postmeta") {
        let (name, value) = (meta.get("wp:meta_key"), meta.get("wp:meta_value"));
        let is_own = name.starts_with('_') && !matches!(name, "_yoast_wpseo_title")
            || name.starts_with("rank_math")
            || name == "enclosure";
        let is_private =
            PRIVATE.iter().any(|word| name.to_lowercase().contains(word)) || without_contacts(value) != value;
        if is_own || value.is_empty() || name.is_empty() || value.contains("%%") {
            continue;
        }
        if is_private {
            let what = format!("the field `{name}` is left out: it may hold what nobody should read");
            notes.push(ImportNote { weight: Weight::Hand, what, line: 0 });
            continue;
        }
        let name = if name == "_yoast_wpseo_title" { "seo_title" } else { name };
        match found.iter_mut().find(|(other, _)| other == name) {
            Some((_, Json::Array(all))) => all.push(Json::String(value.to_string())),
            Some((_, other)) => *other = Json::Array(vec![other.take(), Json::String(value.to_string())]),
            None => found.push((name.to_string(), Json::String(value.to_string()))),
        }
    }
    found
}
