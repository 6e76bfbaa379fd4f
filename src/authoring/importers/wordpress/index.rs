//! What is in an export, found in a first pass: the site, its people, terms, menus and files, and for each post and page where
//! it was and where it will be. The texts are read in a second pass.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use crate::authoring::importers::names::is_taken;
use crate::authoring::importers::own_path;
use crate::authoring::importers::records::Record;
use crate::encode::percent;
use crate::encode::slug::{slug, term};

/// Taxonomies that say something else than what a page is about.
const NO_TAXONOMY: &[&str] = &[
    "language",
    "post_translations",
    "term_language",
    "term_translations",
    "post_format",
    "nav_menu",
    "wp_theme",
    "link_category",
];

/// Whether readers see a post or page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PostStatus {
    /// They do, or will on its day.
    Public,
    /// They don't yet: it becomes a draft.
    Draft,
    /// Only the team does: it is private.
    Team,
    /// Whoever has its password did.
    Protected,
}

/// A post or a page.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// WordPress's own word for what it is: `post`, `page`, or a type of the site.
    pub(super) kind: String,
    pub(super) state: PostStatus,
    pub(super) title: String,
    /// The last part of its address, as WordPress has it.
    pub(super) old_slug: String,
    /// Its old path on the site; empty for one that had none of its own.
    pub(super) old_path: String,
    pub(super) parent: u64,
    pub(super) lang: String,
    pub(super) group: Option<String>,
    pub(super) date: Option<Date>,
    /// Terms: taxonomy and term, as front matter names them.
    pub(super) terms: Vec<(String, String)>,
    /// The file on the new site.
    pub(super) file: String,
    /// Its path on the new site.
    pub(super) url: String,
    /// The last part of it, where it isn't the file's name.
    pub(super) slug: Option<String>,
    /// The ids of its headings.
    pub(super) ids: BTreeSet<String>,
}

/// A file of the media library.
#[derive(Debug, Clone)]
pub(super) struct Attachment {
    /// Where it is on the old site.
    pub(super) url: String,
    /// Its path below `uploads/`.
    pub(super) path: String,
    pub(super) alt: String,
    pub(super) caption: String,
    pub(super) parent: u64,
    /// The path of its own page.
    pub(super) old_path: String,
}

/// A term: what readers see, and the sentence about it.
#[derive(Debug, Clone, Default)]
pub(super) struct TermRow {
    pub(super) label: String,
    pub(super) description: String,
    pub(super) parent: String,
    /// As the old site's addresses have it.
    pub(super) old: String,
}

/// An entry of a menu.
#[derive(Debug, Clone)]
pub(super) struct MenuRow {
    pub(super) id: u64,
    pub(super) above: u64,
    pub(super) order: i64,
    pub(super) label: String,
    pub(super) kind: String,
    pub(super) object: String,
    pub(super) target: u64,
    pub(super) url: String,
}

/// A form of Contact Form 7.
#[derive(Debug, Clone)]
pub(super) struct FormRow {
    /// Its number, and its other name, which newer versions write.
    pub(super) keys: [String; 2],
    pub(super) title: String,
    /// What it asks for, as its author wrote it.
    pub(super) template: String,
}

/// The index of an export: its people, terms, menus, files, and where each post goes.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) title: String,
    pub(super) description: String,
    /// The address of the site, without a slash at its end.
    pub(super) address: String,
    /// The code of its language.
    pub(super) lang: String,
    /// Names of authors by their logins, which are shown nowhere but in their old addresses.
    pub(super) authors: BTreeMap<String, String>,
    /// Terms by taxonomy and name, as the new site has them.
    pub(super) terms: BTreeMap<(String, String), TermRow>,
    pub(super) entries: BTreeMap<u64, Entry>,
    pub(super) attachments: BTreeMap<u64, Attachment>,
    /// Blocks that several texts share.
    pub(super) blocks: BTreeMap<u64, String>,
    pub(super) menus: BTreeMap<String, Vec<MenuRow>>,
    /// Forms of Contact Form 7.
    pub(super) forms: Vec<FormRow>,
    /// What isn't taken over, by its type.
    pub(super) others: BTreeMap<String, usize>,
    /// Entries by their old paths.
    pub(super) by_path: HashMap<String, u64>,
    /// Names that were taken, and the names that their pages have instead.
    pub(super) renamed: Vec<(u64, String)>,
}

impl Index {
    /// Takes what a record of the export says.
    pub(super) fn add(&mut self, record: &Record) {
        match record.name.as_str() {
            "title" => self.title = record.text.trim().to_string(),
            "description" => self.description = record.text.trim().to_string(),
            "link" if self.address.is_empty() => {
                self.address = record.text.trim().trim_end_matches('/').to_string()
            }
            "wp:base_blog_url" => self.address = record.text.trim().trim_end_matches('/').to_string(),
            "language" => self.lang = code(record.text.trim()),
            "wp:author" => {
                let name = [record.get("wp:author_display_name"), record.get("wp:author_login")];
                let name =
                    name.into_iter().find(|name| !name.is_empty() && !name.contains('@')).unwrap_or_default();
                self.authors.insert(record.get("wp:author_login").to_string(), name.to_string());
            }
            "wp:category" => self.term(
                "category",
                [
                    record.get("wp:category_nicename"),
                    record.get("wp:cat_name"),
                    record.get("wp:category_description"),
                ],
                record.get("wp:category_parent"),
            ),
            "wp:tag" => self.term(
                "post_tag",
                [record.get("wp:tag_slug"), record.get("wp:tag_name"), record.get("wp:tag_description")],
                "",
            ),
            "wp:term" => {
                let taxonomy = record.get("wp:term_taxonomy").to_string();
                self.term(
                    &taxonomy,
                    [
                        record.get("wp:term_slug"),
                        record.get("wp:term_name"),
                        record.get("wp:term_description"),
                    ],
                    record.get("wp:term_parent"),
                );
            }
            "item" => self.item(record),
            _ => {}
        }
    }

    fn term(&mut self, taxonomy: &str, [old, label, description]: [&str; 3], parent: &str) {
        let Some(taxonomy) = taxonomy_name(taxonomy) else { return };
        let Some(name) = term_name(old, label) else { return };
        let row = TermRow {
            label: label.to_string(),
            description: description.to_string(),
            parent: parent.to_string(),
            old: old.to_string(),
        };
        self.terms.insert((taxonomy, name), row);
    }

    fn item(&mut self, item: &Record) {
        let Ok(id) = item.get("wp:post_id").parse::<u64>() else {
            *self.others.entry("an item without a number".into()).or_default() += 1;
            return;
        };
        match (item.get("wp:post_type"), item.get("wp:status")) {
            ("attachment", _) => self.attachment(id, item),
            ("nav_menu_item", _) => self.menu_row(id, item),
            ("wpcf7_contact_form", _) => {
                let keys = [item.get("wp:post_id"), item.meta("_hash")].map(str::to_string);
                let template = match item.meta("_form") {
                    "" => item.get("content:encoded"),
                    form => form,
                };
                self.forms.push(FormRow {
                    keys,
                    title: item.get("title").to_string(),
                    template: template.to_string(),
                });
            }
            ("wp_block", _) => drop(self.blocks.insert(id, item.get("content:encoded").to_string())),
            (
                kind @ ("revision"
                | "customize_changeset"
                | "oembed_cache"
                | "user_request"
                | "wp_template"
                | "wp_template_part"
                | "wp_global_styles"
                | "wp_navigation"
                | "wp_font_family"
                | "wp_font_face"
                | "custom_css"
                | "acf-field"
                | "acf-field-group"
                | "elementor_library"
                | "shop_order"
                | "flamingo_inbound"
                | "flamingo_contact"
                | "feedback"
                | "scheduled-action"),
                _,
            ) => {
                *self.others.entry(kind.to_string()).or_default() += 1;
            }
            (_, status @ ("trash" | "auto-draft" | "inherit" | "spam")) => {
                *self.others.entry(format!("`{status}`")).or_default() += 1;
            }
            (kind, status) => {
                let state = match status {
                    _ if !item.get("wp:post_password").is_empty() => PostStatus::Protected,
                    "publish" | "future" | "" => PostStatus::Public,
                    "private" => PostStatus::Team,
                    _ => PostStatus::Draft,
                };
                self.entry(id, kind, state, item);
            }
        }
    }

    fn entry(&mut self, id: u64, kind: &str, state: PostStatus, item: &Record) {
        let title = super::super::front::one_line(item.get("title"));
        let old_slug = crate::content::markup::unescaped(item.get("wp:post_name"));
        let old_slug = percent::decode(&old_slug).into_owned();
        let link = item.get("link");
        let old_path = match link.contains("?p=") || link.contains("page_id=") || link.contains("preview=") {
            true => String::new(),
            false => own_path(link, &self.address).unwrap_or_default().to_string(),
        };
        let domain =
            |domain: &'static str| item.all("category").find(move |one| one.attribute("domain") == domain);
        let lang =
            domain("language").map(|found| code(found.attribute("nicename"))).filter(|code| !code.is_empty());
        let lang =
            lang.or(Some(code(item.meta("_wpml_import_language_code"))).filter(|code| !code.is_empty()));
        let group = domain("post_translations").map(|found| found.attribute("nicename").to_string());
        let group = group.or(Some(item.meta("_wpml_import_translation_group").to_string()));
        let terms = self.terms_of(item);
        let entry = Entry {
            kind: if kind.is_empty() { "post".into() } else { kind.to_string() },
            state,
            title,
            old_slug,
            old_path,
            parent: item.get("wp:post_parent").parse().unwrap_or_default(),
            lang: lang.unwrap_or_default(),
            group: group.filter(|group| !group.is_empty()),
            date: date(item.get("wp:post_date")),
            terms,
            file: String::new(),
            url: String::new(),
            slug: None,
            ids: heading_ids(item.trimmed("content:encoded")),
        };
        self.entries.insert(id, entry);
    }

    fn terms_of(&mut self, item: &Record) -> Vec<(String, String)> {
        let mut terms = Vec::new();
        for found in item.all("category") {
            let domain =
                if found.attribute("domain").is_empty() { "category" } else { found.attribute("domain") };
            let (Some(taxonomy), Some(name)) =
                (taxonomy_name(domain), term_name(found.attribute("nicename"), found.text.trim()))
            else {
                continue;
            };
            let key = (taxonomy, name);
            let row = || TermRow {
                label: found.text.trim().to_string(),
                old: found.attribute("nicename").to_string(),
                ..TermRow::default()
            };
            self.terms.entry(key.clone()).or_insert_with(row);
            if !terms.contains(&key) {
                terms.push(key);
            }
        }
        terms
    }

    fn attachment(&mut self, id: u64, item: &Record) {
        let address = item.get("wp:attachment_url");
        let Some(path) = upload_path(address) else {
            *self.others.entry("a file whose path leads elsewhere".into()).or_default() += 1;
            return;
        };
        let found = Attachment {
            url: address.to_string(),
            path,
            alt: item.meta("_wp_attachment_image_alt").to_string(),
            caption: item.get("excerpt:encoded").to_string(),
            parent: item.get("wp:post_parent").parse().unwrap_or_default(),
            old_path: own_path(item.get("link"), &self.address)
                .filter(|path| *path != "/")
                .unwrap_or_default()
                .to_string(),
        };
        self.attachments.insert(id, found);
    }

    fn menu_row(&mut self, id: u64, item: &Record) {
        let menu = item.all("category").find(|one| one.attribute("domain") == "nav_menu");
        let menu = menu.map_or("", |found| found.attribute("nicename")).to_string();
        let number = |key: &str| item.meta(key).parse::<u64>().unwrap_or_default();
        let row = MenuRow {
            id,
            above: number("_menu_item_menu_item_parent"),
            order: item.get("wp:menu_order").parse().unwrap_or_default(),
            label: super::super::front::one_line(item.get("title")),
            kind: item.meta("_menu_item_type").to_string(),
            object: item.meta("_menu_item_object").to_string(),
            target: number("_menu_item_object_id"),
            url: item.meta("_menu_item_url").to_string(),
        };
        self.menus.entry(menu).or_default().push(row);
    }

    /// The codes of all languages, the site's own first.
    pub(super) fn languages(&self) -> Vec<String> {
        let others: BTreeSet<&String> =
            self.entries.values().map(|entry| &entry.lang).filter(|lang| **lang != self.lang).collect();
        std::iter::once(&self.lang).chain(others).cloned().collect()
    }
}

/// The ids of the headings of a text.
fn heading_ids(html: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in html.match_indices("<h") {
        let tag = &html[at..at + html[at..].find('>').unwrap_or(0)];
        let is_heading = tag.as_bytes().get(2).is_some_and(|byte| matches!(byte, b'1'..=b'6'));
        let id = tag.split("id=\"").nth(1).and_then(|rest| rest.split('"').next());
        found.extend(id.filter(|id| is_heading && !id.is_empty()).map(str::to_string));
    }
    found
}

/// The taxonomy as the new site has it; `None` for one that says something else.
pub(super) fn taxonomy_name(old: &str) -> Option<String> {
    match old {
        "" => None,
        "category" => Some("category".into()),
        "post_tag" | "tag" => Some("tags".into()),
        old if NO_TAXONOMY.contains(&old) => None,
        old => Some(slug(old)).filter(|name| !name.is_empty()).map(|name| match is_taken(&name) {
            true => format!("{name}-terms"),
            false => name,
        }),
    }
}

fn term_name(old: &str, label: &str) -> Option<String> {
    let name = slug(&percent::decode(old));
    let name = if name.is_empty() { term(label) } else { name };
    Some(name).filter(|name| !name.is_empty())
}

/// The path of a file below `uploads/`, with nothing in it that leads elsewhere.
pub(super) fn upload_path(address: &str) -> Option<String> {
    let address = address.split(['?', '#']).next().unwrap_or_default();
    let path = percent::decode(address);
    let (_, path) = path.split_once("/uploads/")?;
    let is_safe =
        |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0']);
    (!path.is_empty() && path.split('/').all(is_safe)).then(|| path.to_string())
}

/// The code of a language, from `sv-SE`, `sv_SE` or `sv`. Norwegian without more is Bokmål.
pub(super) fn code(name: &str) -> String {
    let code = name.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    match code.as_str() {
        "no" => "nb".into(),
        _ if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase()) => code,
        _ => String::new(),
    }
}

/// The day of `2026-11-02 08:30:00`; `None` for `0000-00-00`, and what is no day.
pub(super) fn date(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok().filter(|date: &Date| date.year() > 0)
}
