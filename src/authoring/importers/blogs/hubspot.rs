//! HubSpot's blog: its export as a table (Content, Blog, Export), or what its API gives (`/cms/v3/blogs/posts`), with authors and tags where
//! they are there. Forms and calls to action are known by their ids.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value as Json;

use super::super::posts::{Batch, Person, Post, PostKind, PostStatus, language};
use super::super::{ImportError, Report, own_path, without_contacts};
use super::snippets::{Forms, embedded};
use super::table::{self, cell, rows};
use super::{Blog, bundle, day, note};
use crate::authoring::markup::Weight;
use crate::encode::html::escape_text;

/// Reads an export: a file, an archive, or a folder of them.
pub(super) fn read(place: &Path, blog: &Blog<'_>, report: &mut Report) -> Result<Batch, ImportError> {
    let is_wanted = |path: &str| {
        path.to_ascii_lowercase().ends_with(".csv") || path.to_ascii_lowercase().ends_with(".json")
    };
    let bundle = bundle::open(place, &is_wanted)?;
    let mut found = Export::default();
    for (path, text) in &bundle {
        match path.to_ascii_lowercase().ends_with(".json") {
            true => found.json(text),
            false => found.posts.extend(rows(text).iter().filter_map(of_row)),
        }
    }
    if found.posts.is_empty() {
        return Err(ImportError::new(
            "this isn't an export of HubSpot's blog: no posts are in it",
            "in HubSpot, choose Content, Blog, Export blog posts (CSV), or save what its API gives at `/cms/v3/blogs/posts`",
        ));
    }
    let mut batch = blog.batch();
    if batch.address.is_empty() {
        let first = found.posts.iter().map(|post| post.url.split('/').take(3).collect::<Vec<_>>().join("/"));
        batch.address = first.into_iter().find(|address| address.contains("://")).unwrap_or_default();
    }
    for (name, bio) in found.authors.values() {
        let mut about = String::new();
        escape_text(&without_contacts(bio), &mut about);
        batch.people.insert(name.clone(), Person { about, ..Person::default() });
    }
    let mut forms = Forms::default();
    for draft in std::mem::take(&mut found.posts) {
        let post = post(draft, &found, &batch.address, &mut forms);
        batch.posts.push(post);
    }
    forms.settle(&mut batch, report);
    Ok(batch)
}

/// A post as it is in either form.
#[derive(Debug, Default)]
struct Draft {
    id: String,
    title: String,
    url: String,
    slug: String,
    body: String,
    state: String,
    about: String,
    image: String,
    alt: String,
    date: String,
    updated: String,
    author: String,
    author_id: String,
    tags: Vec<String>,
    tag_ids: Vec<String>,
    lang: String,
    original: String,
    seo_title: String,
    has_code: bool,
}

/// What the files of an export come to together.
#[derive(Debug, Default)]
struct Export {
    posts: Vec<Draft>,
    /// Names and sentences of authors, by their ids.
    authors: BTreeMap<String, (String, String)>,
    tags: BTreeMap<String, String>,
}

fn of_row(row: &table::Row) -> Option<Draft> {
    let get = |names: &[&str]| cell(row, names).to_string();
    let body = get(&["post body", "body", "content", "html body", "post html"]);
    let title = get(&["post title", "title", "name", "blog post title", "post seo title"]);
    let draft = Draft {
        id: get(&["post id", "id", "content id"]),
        url: get(&["post url", "url", "published url", "full url", "absolute url"]),
        slug: get(&["post slug", "slug"]),
        state: get(&["post status", "status", "state", "publish status"]),
        about: get(&["meta description", "post meta description", "description"]),
        image: get(&["featured image url", "featured image", "post featured image", "featured image (url)"]),
        alt: get(&["featured image alt text", "featured image alt"]),
        date: get(&[
            "publish date",
            "published date",
            "post publish date",
            "publish date (utc)",
            "date published",
        ]),
        updated: get(&["last modified date", "last modified", "updated", "last updated"]),
        author: get(&["author", "author name", "blog author", "post author"]),
        tags: get(&["tags", "post tags", "topics", "blog tags"])
            .split([',', ';', '|'])
            .map(|tag| tag.trim().to_string())
            .collect(),
        lang: get(&["post language", "language"]),
        seo_title: get(&["post seo title", "seo title", "html title"]),
        has_code: !get(&["head html", "post head html", "footer html"]).is_empty(),
        title,
        body,
        ..Draft::default()
    };
    (!draft.title.is_empty() || !draft.body.is_empty()).then_some(draft)
}

impl Export {
    fn json(&mut self, text: &str) {
        let Ok(json) = serde_json::from_str::<Json>(text) else { return };
        let list = json.get("results").or(json.get("objects")).unwrap_or(&json);
        for one in list.as_array().into_iter().flatten() {
            let get = |names: &[&str]| {
                let found = names.iter().find_map(|name| one.get(*name)).map(|value| match value {
                    Json::String(text) => text.trim().to_string(),
                    Json::Number(number) => number.to_string(),
                    _ => String::new(),
                });
                found.unwrap_or_default()
            };
            if one.get("postBody").is_some() || one.get("post_body").is_some() {
                self.posts.push(of_json(one, &get));
            } else if one
                .get("fullName")
                .or(one.get("full_name"))
                .or(one.get("bio"))
                .or(one.get("displayName"))
                .is_some()
            {
                self.authors.insert(
                    get(&["id"]),
                    (get(&["displayName", "display_name", "fullName", "full_name", "name"]), get(&["bio"])),
                );
            } else if one.get("name").is_some() {
                self.tags.insert(get(&["id"]), get(&["name"]));
            }
        }
    }
}

fn of_json(one: &Json, get: &dyn Fn(&[&str]) -> String) -> Draft {
    let ids = one.get("tagIds").or(one.get("tag_ids")).or(one.get("topic_ids")).and_then(Json::as_array);
    Draft {
        id: get(&["id"]),
        title: [get(&["htmlTitle", "html_title"]), get(&["name"])]
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default(),
        url: get(&["url", "absoluteUrl", "absolute_url", "published_url"]),
        slug: get(&["slug"]),
        body: get(&["postBody", "post_body"]),
        state: get(&["currentState", "state", "currentlyPublished"]),
        about: get(&["metaDescription", "meta_description"]),
        image: get(&["featuredImage", "featured_image"]),
        alt: get(&["featuredImageAltText", "featured_image_alt_text"]),
        date: moment(&get(&["publishDate", "publish_date"])),
        updated: moment(&get(&["updated"])),
        author: get(&["authorName", "author_name", "blogAuthorName"]),
        author_id: get(&["blogAuthorId", "blog_author_id"]),
        tag_ids: ids
            .into_iter()
            .flatten()
            .map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_string))
            .collect(),
        lang: get(&["language"]),
        original: get(&["translatedFromId", "translated_from_id"]),
        has_code: !get(&["headHtml", "head_html"]).is_empty()
            || !get(&["footerHtml", "footer_html"]).is_empty(),
        ..Draft::default()
    }
}

/// A time: a text, or thousandths of seconds since 1970.
fn moment(text: &str) -> String {
    match text.parse::<i64>() {
        Ok(thousandths) => {
            jiff::Timestamp::from_millisecond(thousandths).map(|time| time.to_string()).unwrap_or_default()
        }
        Err(_) => text.to_string(),
    }
}

fn post(draft: Draft, found: &Export, address: &str, forms: &mut Forms) -> Post {
    let mut notes = Vec::new();
    let body = embedded(&draft.body, forms, &mut notes);
    if draft.has_code {
        note(&mut notes, Weight::Hand, "the page's own code is left out: look whether it is still needed");
    }
    let path = own_path(&draft.url, address).filter(|_| !draft.url.is_empty()).map(str::to_string);
    let path =
        path.or_else(|| (!draft.slug.is_empty()).then(|| format!("/{}", draft.slug.trim_start_matches('/'))));
    let whole = path.as_deref().unwrap_or_default().trim_end_matches('/');
    let name = whole.rsplit('/').next().unwrap_or_default().to_string();
    let state = draft.state.to_ascii_uppercase();
    let is_public = state.is_empty()
        || state.contains("PUBLISH") && !state.contains("UNPUBLISH")
        || state.contains("SCHEDUL")
        || state == "TRUE";
    let known = found.authors.get(&draft.author_id).map(|(name, _)| name.clone());
    let author = known.filter(|name| !name.is_empty()).unwrap_or(draft.author);
    let labels =
        draft.tags.into_iter().chain(draft.tag_ids.iter().filter_map(|id| found.tags.get(id).cloned()));
    if draft.tag_ids.iter().any(|id| !found.tags.contains_key(id)) {
        note(
            &mut notes,
            Weight::Hand,
            "its tags are numbers: save `/cms/v3/blogs/tags` next to the posts, and import the folder",
        );
    }
    let mut extra = Vec::new();
    if !draft.seo_title.is_empty() && draft.seo_title != draft.title {
        extra.push(("seo_title".to_string(), Json::String(draft.seo_title)));
    }
    let key =
        if draft.original.is_empty() || draft.original == "0" { draft.id.clone() } else { draft.original };
    Post {
        source: format!("post {}", draft.id),
        kind: PostKind::Article,
        state: if is_public { PostStatus::Public } else { PostStatus::Draft },
        name,
        title: draft.title,
        description: draft.about,
        date: day(&draft.date),
        updated: day(&draft.updated),
        lang: language(&draft.lang),
        group: (!key.is_empty()).then_some(key),
        authors: Some(author).filter(|name| !name.is_empty() && !name.contains('@')).into_iter().collect(),
        terms: labels.filter(|tag| !tag.is_empty()).map(|tag| ("tags".to_string(), tag)).collect(),
        image: (!draft.image.is_empty()).then_some((draft.image, draft.alt)),
        guid: if is_public { draft.url } else { String::new() },
        old: path.into_iter().collect(),
        extra,
        body,
        notes,
        ..Post::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_text_or_a_number() {
        assert_eq!(moment("1577923200000"), "2020-01-02T00:00:00Z");
        assert_eq!((moment("2020-01-02"), moment("")), ("2020-01-02".into(), String::new()));
    }
}
