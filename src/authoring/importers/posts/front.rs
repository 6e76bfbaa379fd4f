//! A post as a file of ours: its front matter, its addresses, its text.

use serde_json::Value as Json;

use super::super::front::{Front, one_line};
use super::super::site::is_alias;
use super::super::{Report, bare, own_path};
use super::links::Shown;
use super::{Post, PostKind, PostStatus, Writer, person_file};
use crate::authoring::markup::{ImportNote, Target, Weight};

impl Writer<'_> {
    /// The file of a post.
    pub(super) fn file(&mut self, at: usize, post: &Post, report: &mut Report) -> (String, String) {
        let place = &self.map.places[at];
        let (converted, mut notes) = self.map.convert(at, &post.body, Shown::Openly);
        notes.splice(0..0, post.notes.iter().cloned());
        let mut text = converted.text;
        let mut found = converted.notes;
        report.prove(&converted.difference);
        let title = match one_line(&post.title) {
            title if title.is_empty() => {
                let what = "it has no title: its first words are one".into();
                notes.push(ImportNote { weight: Weight::Hand, what, line: 0 });
                first_words(&text, post)
            }
            title => title,
        };
        let mut front = Front::new(&title);
        self.about(post, &mut front, &mut notes);
        front.text("slug", place.slug.as_deref().unwrap_or_default());
        self.addresses(at, post, &mut front);
        self.image(post, &mut front, &mut notes);
        if let Some(gated) = &post.behind {
            front.value("gate", &serde_json::json!({"form": gated.form}));
            let (behind, more) = self.map.convert(at, &gated.body, Shown::Behind);
            report.prove(&behind.difference);
            let line = text.matches('\n').count() + 3;
            found.extend(
                behind.notes.into_iter().map(|notes| ImportNote { line: notes.line + line, ..notes }),
            );
            notes.extend(more);
            let between = if text.is_empty() { "" } else { "\n" };
            text = format!("{text}{between}<!-- gate -->\n\n{}", behind.text);
        }
        front.extra(&post.extra);
        report.note_all(&place.file, front.lines(), notes);
        report.note_all(&place.file, front.lines(), found);
        (place.file.clone(), front.file(&text))
    }

    fn about(&self, post: &Post, front: &mut Front, notes: &mut Vec<ImportNote>) {
        front.text("description", &one_line(&post.description));
        front.date("date", post.date);
        if post.date.is_none() && post.state == PostStatus::Public && post.kind == PostKind::Article {
            let what = "it has no date that could be read: it is in no list by date and in no feed".into();
            notes.push(ImportNote { weight: Weight::Hand, what, line: 0 });
        }
        front.date("updated", post.updated.filter(|day| post.date.is_some_and(|date| *day > date)));
        if post.state == PostStatus::Draft {
            front.on("draft");
        }
        let authors: Vec<String> = post.authors.iter().map(|name| person_file(name)).collect();
        front.list("authors", &authors);
        let mut taxonomies: Vec<&String> = post.terms.iter().map(|(taxonomy, _)| taxonomy).collect();
        taxonomies.sort_unstable();
        taxonomies.dedup();
        for taxonomy in taxonomies {
            let mut names: Vec<String> = post
                .terms
                .iter()
                .filter(|(one, _)| one == taxonomy)
                .map(|(_, label)| self.batch.term(taxonomy, label))
                .collect();
            let mut seen = std::collections::BTreeSet::new();
            names.retain(|name| !name.is_empty() && seen.insert(name.clone()));
            front.list(taxonomy, &names);
        }
        if post.noindex {
            front.on("noindex");
        }
        if post.canonical.starts_with("https://") && own_path(&post.canonical, &self.batch.address).is_none()
        {
            let name = post.canonical.split('/').nth(2).unwrap_or_default();
            let value = serde_json::json!({"name": name, "url": post.canonical, "canonical": true});
            front.value("source", &value);
        }
    }

    /// What a post is called in addresses and feeds, now and before.
    fn addresses(&mut self, at: usize, post: &Post, front: &mut Front) {
        let url = self.map.places[at].url.clone();
        if !post.guid.is_empty() && !post.guid.contains(char::is_whitespace) && post.kind == PostKind::Article
        {
            front.value("guid", &Json::String(post.guid.clone()));
        }
        let mut aliases = Vec::new();
        for path in post.old.iter().filter(|path| path.starts_with('/')) {
            if path.contains('?') {
                if post.state == PostStatus::Public {
                    self.redirects.redirect(path, &url);
                }
                continue;
            }
            let is_own = bare(path) == bare(&url);
            let is_new = !is_own && is_alias(path) && self.taken.insert(bare(path));
            if post.state == PostStatus::Public && (is_own || is_new) {
                self.redirects.answered(path);
            }
            if is_new {
                aliases.push(path.clone());
            }
        }
        front.list("aliases", &aliases);
    }

    fn image(&self, post: &Post, front: &mut Front, notes: &mut Vec<ImportNote>) {
        let Some((source, alt)) = &post.image else { return };
        match self.map.image(Some(post), source) {
            Target::Known(found) if !found.contains("://") && !found.starts_with("//") => {
                front.map("image", &[("src", &found), ("alt", &one_line(alt))]);
            }
            _ => {
                let what = format!("its main image, `{source}`, is missing or on another host");
                notes.push(ImportNote { weight: Weight::Hand, what, line: 0 });
            }
        }
    }
}

/// A title for a post without one.
fn first_words(text: &str, post: &Post) -> String {
    let words = text.split(['\n', '\\']).next().unwrap_or_default();
    let words = words.trim_start_matches(['#', '>', '-', ' ', '*', '[', '!']);
    let words: Vec<&str> = words.split_whitespace().take(8).collect();
    if words.is_empty() { post.source.clone() } else { words.join(" ") }
}
