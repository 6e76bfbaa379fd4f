//! `ringback import ghost`: an export of Ghost (Settings, Import/Export, Export content), with its images.
//!
//! `lexical` reads the notations of its editors, `cards` their cards. Start with [`import`].

mod cards;
mod lexical;

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use serde_json::Value as Json;

use super::online::Fetch;
use super::posts::{self, Batch, Files, Gated, List, MenuItem, Person, Post, PostKind, PostStatus};
use super::{ImportError, Report, Sink, without_contacts};
use crate::authoring::markup::{ImportNote, Weight};
use crate::authoring::scaffold::quoted;
use crate::encode::html::escape_text;
use crate::project::folder;

/// The form that asks members.
const MEMBERS: &str = "members";

/// The export that is imported, and where its images are.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The file of the export, which is JSON.
    pub file: &'a Path,
    /// The folder with images, `content/`, where there is one.
    pub media: Option<&'a Path>,
    /// The address of the site, which the export doesn't say; may be empty.
    pub address: &'a str,
    /// What fetches images, where it may.
    pub fetch: Option<&'a Fetch>,
}

/// Hands the files of the new site to `sink`, and what people should know to `report`.
///
/// # Errors
///
/// The export or the media folder can't be read, is none, or the sink can't write.
pub fn import(source: &Source<'_>, sink: &mut dyn Sink, report: &mut Report) -> Result<(), ImportError> {
    let bytes =
        folder::read_if_there(source.file).map_err(|error| ImportError::unreadable(source.file, &error))?;
    let bytes =
        bytes.ok_or_else(|| ImportError::unreadable(source.file, &std::io::ErrorKind::NotFound.into()))?;
    let mut files = Files::open(source.media, &["content/images/", "content/media/", "content/files/"])?;
    let batch = read(&bytes, source.address, report)?;
    if let Some(fetch) = source.fetch {
        posts::fetch(&batch, &mut files, fetch, report)?;
    }
    posts::write(batch, &files, sink, report)
}

/// The tables of an export, in whatever version it is.
fn tables(json: &Json) -> Option<&Json> {
    let first = json.get("db").and_then(|db| db.get(0)).unwrap_or(json);
    first.get("data").unwrap_or(first).as_object().filter(|tables| tables.contains_key("posts"))?;
    first.get("data").or(Some(first))
}

fn read(bytes: &[u8], address: &str, report: &mut Report) -> Result<Batch, ImportError> {
    let no_export = |why: String| {
        ImportError::new(
            format!("this isn't an export of Ghost: {why}"),
            "in Ghost, choose Settings, Import/Export, Export content, and take the file ending in `.json`",
        )
    };
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    let json: Json = serde_json::from_str(&text).map_err(|error| no_export(error.to_string()))?;
    let tables = tables(&json).ok_or_else(|| no_export("it has no `posts`".into()))?;
    let ghost = Ghost::new(tables, address);
    let mut batch = ghost.batch(report);
    for post in rows(tables, "posts") {
        if let Some(post) = ghost.post(post, report) {
            batch.posts.push(post);
        }
    }
    if batch.posts.iter().any(|post| post.behind.is_some()) {
        let form = "# Anyone who fills this in reads what only members did.\nextends: newsletter\n";
        batch.forms.insert(MEMBERS.into(), form.into());
    }
    for (path, list) in [("/rss/", List::Feed("/rss.xml")), ("/page/*", List::Articles)] {
        batch.lists.push((path.into(), list));
    }
    for (slug, name) in &ghost.tag_paths {
        batch.lists.push((format!("/tag/{slug}/"), List::Term("tags", name.clone())));
        batch.lists.push((format!("/tag/{slug}/rss/"), List::Feed("/rss.xml")));
    }
    Ok(batch)
}

/// The rows of a table.
fn rows<'j>(tables: &'j Json, name: &str) -> impl Iterator<Item = &'j Json> {
    tables.get(name).and_then(Json::as_array).into_iter().flatten()
}

/// A text of a row; empty where there is none.
fn get<'j>(row: &'j Json, name: &str) -> &'j str {
    row.get(name).and_then(Json::as_str).map(str::trim).unwrap_or_default()
}

/// A key of a row, which newer versions write as a text and older ones as a number.
fn id(row: &Json, name: &str) -> String {
    match row.get(name) {
        Some(Json::String(id)) => id.clone(),
        Some(Json::Number(id)) => id.to_string(),
        _ => String::new(),
    }
}

/// The day of a time.
fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok().filter(|date: &Date| date.year() > 0)
}

/// An export, by what its rows are called.
struct Ghost<'j> {
    tables: &'j Json,
    address: String,
    settings: BTreeMap<&'j str, String>,
    /// The rows of people, by their keys.
    users: BTreeMap<String, &'j Json>,
    tags: BTreeMap<String, &'j Json>,
    metas: BTreeMap<String, &'j Json>,
    /// Keys of authors and tags by posts, in their order.
    authors: BTreeMap<String, Vec<(i64, String)>>,
    tagged: BTreeMap<String, Vec<(i64, String)>>,
    /// What readers see of public tags, by the names in their addresses.
    tag_paths: BTreeMap<String, String>,
}

impl<'j> Ghost<'j> {
    fn new(tables: &'j Json, address: &str) -> Self {
        let settings = rows(tables, "settings").map(|row| {
            let value = match row.get("value") {
                Some(Json::String(text)) => text.clone(),
                Some(Json::Null) | None => String::new(),
                Some(other) => other.to_string(),
            };
            (get(row, "key"), value)
        });
        let by_id =
            |name: &str| rows(tables, name).map(|row| (id(row, "id"), row)).collect::<BTreeMap<_, _>>();
        let belonging = |name: &str, key: &str| {
            let mut found: BTreeMap<String, Vec<(i64, String)>> = BTreeMap::new();
            for row in rows(tables, name) {
                let order = row.get("sort_order").and_then(Json::as_i64).unwrap_or_default();
                found.entry(id(row, "post_id")).or_default().push((order, id(row, key)));
            }
            found.values_mut().for_each(|all| all.sort());
            found
        };
        let tags = by_id("tags");
        let tag_paths = tags
            .values()
            .filter(|tag| !is_internal(tag))
            .map(|tag| (get(tag, "slug").to_string(), get(tag, "name").to_string()))
            .collect();
        Self {
            tables,
            address: address.trim_end_matches('/').to_string(),
            settings: settings.collect(),
            users: by_id("users"),
            metas: rows(tables, "posts_meta").map(|row| (id(row, "post_id"), row)).collect(),
            authors: belonging("posts_authors", "author_id"),
            tagged: belonging("posts_tags", "tag_id"),
            tags,
            tag_paths,
        }
    }

    fn setting(&self, name: &str) -> String {
        self.settings.get(name).map(|value| value.trim().to_string()).unwrap_or_default()
    }

    fn batch(&self, report: &mut Report) -> Batch {
        let lang = [self.setting("lang"), self.setting("locale"), self.setting("default_locale")];
        let lang = lang.into_iter().find(|one| !one.is_empty()).unwrap_or_else(|| "en".into());
        let mut batch = Batch {
            address: self.address.clone(),
            title: self.setting("title"),
            description: self.setting("description"),
            lang: posts::language(&lang),
            ..Batch::default()
        };
        for (setting, menu) in [("navigation", "main"), ("secondary_navigation", "footer")] {
            let items: Json = serde_json::from_str(&self.setting(setting)).unwrap_or_default();
            let items = items.as_array().into_iter().flatten().map(|item| {
                let to = get(item, "url").replace("__GHOST_URL__", "");
                MenuItem {
                    label: get(item, "label").to_string(),
                    to: if to.is_empty() { "/".into() } else { to },
                }
            });
            batch.menus.insert(menu.into(), items.collect());
        }
        for setting in ["codeinjection_head", "codeinjection_foot", "ghost_head", "ghost_foot"] {
            if !self.setting(setting).is_empty() {
                let what =
                    format!("the site's own code, `{setting}`, is left out: look whether it is still needed");
                report.note(Weight::Hand, "ringback.yaml", what);
            }
        }
        for tag in self.tags.values().filter(|tag| !get(tag, "slug").is_empty()) {
            batch.term_names.insert(("tags".into(), get(tag, "name").into()), get(tag, "slug").into());
        }
        for tag in self.tags.values().filter(|tag| !get(tag, "description").is_empty()) {
            batch
                .about_terms
                .insert(("tags".into(), get(tag, "name").into()), get(tag, "description").into());
        }
        for user in self.users.values() {
            let name = get(user, "name").to_string();
            let mut about = String::new();
            escape_text(&without_contacts(get(user, "bio")), &mut about);
            let links = vec![get(user, "website").to_string()];
            let old = vec![format!("/author/{}/", get(user, "slug"))];
            batch.people.insert(name, Person { about, old, links });
        }
        self.newsletters(&mut batch, report);
        batch
    }

    /// A form for those who want new posts by email.
    fn newsletters(&self, batch: &mut Batch, report: &mut Report) {
        let mut names: Vec<&str> = rows(self.tables, "newsletters").map(|row| get(row, "name")).collect();
        names.retain(|name| !name.is_empty());
        let is_shown = rows(self.tables, "posts").any(|post| {
            ["lexical", "mobiledoc", "html"].iter().any(|name| {
                get(post, name).contains("\"signup\"") || get(post, name).contains("kg-signup-card")
            })
        });
        if names.is_empty() && !is_shown {
            return;
        }
        let title = names.first().map(|name| format!("title: {}\n", quoted(name))).unwrap_or_default();
        let form = format!("extends: newsletter\n{title}");
        batch.forms.insert("newsletter".into(), form);
        report.note(
            Weight::Hand,
            "content/forms/newsletter.yaml",
            "the newsletter: its form is here; those who get it are in Ghost, in Members, Export all members",
        );
        for name in names.iter().skip(1) {
            let what = format!("another newsletter, `{name}`: make a form for it");
            report.note(Weight::Hand, "content/forms/newsletter.yaml", what);
        }
    }

    fn post(&self, row: &Json, report: &mut Report) -> Option<Post> {
        let key = id(row, "id");
        let meta = self.metas.get(&key).copied();
        // Older versions have these in the post itself.
        let meta_text = |name: &str| {
            meta.map(|meta| get(meta, name))
                .filter(|text| !text.is_empty())
                .unwrap_or_else(|| get(row, name))
                .to_string()
        };
        let mut notes = Vec::new();
        let html = self.html(row, &mut notes);
        let state = state(row, &mut notes);
        let is_page = get(row, "type") == "page" || is_on(row, "page");
        let (terms, internal) = self.terms(&key);
        let extra = extra(row, meta_text("meta_title"), internal);
        let (body, behind) = self.gated(row, &html, &mut notes);
        let slug = get(row, "slug").to_string();
        let image = get(row, "feature_image");
        let image = if image.is_empty() { get(row, "image") } else { image };
        let about = [get(row, "custom_excerpt").to_string(), meta_text("meta_description")];
        if slug.is_empty() && get(row, "title").is_empty() && body.is_empty() {
            report.count("not taken over, posts without anything in them");
            return None;
        }
        Some(Post {
            source: format!("post {key}"),
            kind: if is_page { PostKind::Page } else { PostKind::Article },
            state,
            name: slug.clone(),
            title: get(row, "title").to_string(),
            description: about.into_iter().find(|text| !text.is_empty()).unwrap_or_default(),
            date: day(get(row, "published_at"))
                .or_else(|| day(get(row, "created_at")).filter(|_| state == PostStatus::Public)),
            updated: day(get(row, "updated_at")).filter(|_| state == PostStatus::Public),
            lang: posts::language(get(row, "locale")),
            authors: self.names(row, &key),
            terms,
            image: (!image.is_empty()).then(|| (self.site_path(image), meta_text("feature_image_alt"))),
            old: if slug.is_empty() { Vec::new() } else { vec![format!("/{slug}/")] },
            guid: [id(row, "comment_id"), key.clone()]
                .into_iter()
                .find(|id| !id.is_empty())
                .unwrap_or_default(),
            canonical: get(row, "canonical_url").to_string(),
            extra,
            body,
            behind,
            notes,
            ..Post::default()
        })
    }

    /// The address of a file, from the site's root.
    fn site_path(&self, address: &str) -> String {
        address.replace("__GHOST_URL__", &self.address)
    }

    /// A post's text, from whatever notation says most.
    fn html(&self, row: &Json, notes: &mut Vec<ImportNote>) -> String {
        let (lexical, mobiledoc, html) = (get(row, "lexical"), get(row, "mobiledoc"), get(row, "html"));
        let source = if lexical.is_empty() { mobiledoc } else { lexical };
        if !html.is_empty() && (source.is_empty() || lexical::has_markdown(source)) {
            return self.site_path(&cards::plain(html, notes));
        }
        let mut found = Vec::new();
        let made = match lexical.is_empty() {
            false => lexical::lexical(lexical, &mut found),
            true => lexical::mobiledoc(mobiledoc, &mut found),
        };
        match made {
            Some(made) => {
                notes.extend(found);
                self.site_path(&made)
            }
            None => self.site_path(&cards::plain(html, notes)),
        }
    }

    /// What everyone reads of a text, and what only those do who fill in a form.
    fn gated(&self, row: &Json, html: &str, notes: &mut Vec<ImportNote>) -> (String, Option<Gated>) {
        let who = get(row, "visibility");
        let (open, closed) = lexical::split_paywall(html);
        if matches!(who, "" | "public") {
            return (open + &closed.unwrap_or_default(), None);
        }
        if who != "members" {
            let what = "it was for members who pay: the gate asks for an address, not for money";
            cards::note(notes, Weight::Hand, what);
        }
        let (open, closed) = match closed {
            Some(closed) => (open, closed),
            None => (String::new(), open),
        };
        let is_empty = closed.trim().is_empty();
        (open, (!is_empty).then(|| Gated { form: MEMBERS.into(), body: closed }))
    }

    fn names(&self, row: &Json, key: &str) -> Vec<String> {
        let listed = self.authors.get(key).cloned().unwrap_or_else(|| vec![(0, id(row, "author_id"))]);
        let names = listed
            .iter()
            .filter_map(|(_, user)| self.users.get(user))
            .map(|user| get(user, "name").to_string());
        names.filter(|name| !name.is_empty() && !name.contains('@')).collect()
    }

    /// The terms of a post, and its tags that no reader saw.
    fn terms(&self, key: &str) -> (Vec<(String, String)>, Vec<String>) {
        let all = self.tagged.get(key).into_iter().flatten().filter_map(|(_, tag)| self.tags.get(tag));
        let (internal, public): (Vec<&Json>, Vec<&Json>) = all.copied().partition(|tag| is_internal(tag));
        let terms = public.iter().map(|tag| ("tags".to_string(), get(tag, "name").to_string()));
        (
            terms.collect(),
            internal.iter().map(|tag| get(tag, "name").trim_start_matches('#').to_string()).collect(),
        )
    }
}

/// Whether readers see a post, and what people should know of that.
fn state(row: &Json, notes: &mut Vec<ImportNote>) -> PostStatus {
    if !get(row, "codeinjection_head").is_empty() || !get(row, "codeinjection_foot").is_empty() {
        let what = "the page's own code is left out: look whether it is still needed";
        cards::note(notes, Weight::Hand, what);
    }
    match get(row, "status") {
        "published" | "scheduled" => PostStatus::Public,
        "sent" => {
            let what = "it was only an email, and no page: publish it if readers should find it";
            cards::note(notes, Weight::Hand, what);
            PostStatus::Draft
        }
        _ => PostStatus::Draft,
    }
}

/// Is a switch on, which newer versions write as a truth and older ones as a number?
fn is_on(row: &Json, name: &str) -> bool {
    row.get(name).is_some_and(|value| value == &Json::Bool(true) || value == &Json::from(1))
}

/// What themes may want to know of a post.
fn extra(row: &Json, title: String, internal: Vec<String>) -> Vec<(String, Json)> {
    let mut extra = Vec::new();
    if !title.is_empty() {
        extra.push(("seo_title".to_string(), Json::String(title)));
    }
    if is_on(row, "featured") {
        extra.push(("featured".to_string(), Json::Bool(true)));
    }
    if !internal.is_empty() {
        extra.push(("internal_tags".to_string(), internal.into()));
    }
    extra
}

/// Is it a tag for the staff alone?
fn is_internal(tag: &Json) -> bool {
    get(tag, "visibility") == "internal" || get(tag, "name").starts_with('#')
}
