//! `ringback import wordpress`: an export of WordPress as a site of ours, with its media folder.
//!
//! The export is read record by record, twice: `index` first finds what there is and where it goes, then `convert` makes a
//! file of each post and page. `shortcodes`, `media` and `menus` know what belongs to the old site's texts, files and menus.
//! Start with [`import`].

mod convert;
mod forms;
mod index;
mod media;
mod menus;
mod places;
mod shortcodes;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;
use std::path::Path;

use jiff::civil::Date;
use serde_json::json;

use self::convert::Maker;
use self::forms::Forms;
use self::index::{Entry, Index, PostStatus};
use self::media::Media;
use super::front::Front;
use super::online::Fetch;
use super::posts::words;
use super::records::{self, End, Record};
use super::site::{OLD_ADDRESSES, Redirects, SHORT_LINKS, SiteDraft, TermDraft, name_of};
use super::{ImportError, Report, Sink, bare, without_contacts};
use crate::authoring::markup::Weight;
use crate::project::folder;
use crate::project::{CONFIG_FILE, REDIRECTS_FILE};

/// The export that is imported, and where its files are.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The file of the export, WXR.
    pub file: &'a Path,
    /// The media folder, where there is one.
    pub media: Option<&'a Path>,
    /// What fetches the media library, where it may.
    pub fetch: Option<&'a Fetch>,
    /// Today: what is published later has no list yet.
    pub today: Date,
}

/// Hands the files of the new site to `sink`, and what people should know to `report`.
///
/// # Errors
///
/// The export or the media folder can't be read, is none, or the sink can't write.
pub fn import(source: &Source<'_>, sink: &mut dyn Sink, report: &mut Report) -> Result<(), ImportError> {
    let open = || folder::open(source.file).map_err(|error| ImportError::unreadable(source.file, &error));
    let index = first_pass(source, open()?, report)?;
    let media = match source.fetch {
        Some(fetch) => Media::open(Some(fetched(&index, fetch, report)?))?,
        None => Media::open(source.media)?,
    };
    for (id, name) in &index.renamed {
        let entry = &index.entries[id];
        report.note(
            Weight::Changed,
            &entry.file,
            format!("its address ends in `{name}`, and no longer in `{}`", entry.old_slug),
        );
    }
    let mut redirects = Redirects::default();
    let taken = index.entries.values().map(|entry| bare(&entry.url)).collect();
    let forms = Forms::new(&index);
    let mut maker = Maker { index: &index, media: &media, forms: &forms, taken };
    records::read(open()?, &mut |record| {
        if record.name != "item" {
            return Ok(());
        }
        let id = record.get("wp:post_id").parse().unwrap_or_default();
        let Some((path, text)) = maker.file(id, &record, report, &mut redirects) else { return Ok(()) };
        count(&index.entries[&id], report);
        sink.text(&path, text)?;
        comments(&path, &record, sink, report)
    })?;
    let taken = maker.taken;
    people(&index, sink, report)?;
    add_redirects(&index, &media, source.today, &mut redirects);
    files(&index, &media, sink, report)?;
    for (what, number) in &index.others {
        report.count_of(&format!("not taken over, {what}"), *number);
    }
    let mut site = draft(&index);
    site.menus = menus::menus(&index, report).into_iter().collect();
    site.more = forms.write(sink, report)?;
    sink.text(CONFIG_FILE, site.config())?;
    report.count_of("old addresses", redirects.number());
    let table = redirects.table(&taken);
    for (path, text) in [
        (REDIRECTS_FILE, table),
        (SHORT_LINKS, redirects.short_links()),
        (OLD_ADDRESSES, redirects.addresses()),
    ] {
        if !text.is_empty() {
            sink.text(path, text)?;
        }
    }
    Ok(())
}

/// What is in the export, and where it goes.
fn first_pass(source: &Source<'_>, input: impl BufRead, report: &mut Report) -> Result<Index, ImportError> {
    let mut index = Index::default();
    let end = records::read(input, &mut |record| {
        index.add(&record);
        Ok(())
    })?;
    index.assign_places();
    if let End::Broken(line) = end {
        let file = source.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        report.note(
            Weight::Lost,
            &file,
            format!(
                "the export breaks off or is no XML at line {line}: what follows isn't here; export it again"
            ),
        );
    }
    Ok(index)
}

/// Fetches the files of the media library; the folder that has them.
fn fetched<'f>(index: &Index, fetch: &'f Fetch, report: &mut Report) -> Result<&'f Path, ImportError> {
    for file in index.attachments.values() {
        fetch.file(&file.url, &file.path, report)?;
    }
    Ok(&fetch.place)
}

fn count(entry: &Entry, report: &mut Report) {
    let what = match entry.kind.as_str() {
        "post" => "posts",
        "page" => "pages",
        _ => "pages of other types",
    };
    report.count(what);
    match entry.state {
        PostStatus::Public => {}
        PostStatus::Draft => report.count("of these, drafts"),
        PostStatus::Team => report.count("of these, for the team"),
        PostStatus::Protected => report.count("of these, with a password: drafts now"),
    }
}

/// The comments that readers saw, as a file that nothing publishes: who, when and what, without addresses of any kind.
fn comments(path: &str, item: &Record, sink: &mut dyn Sink, report: &mut Report) -> Result<(), ImportError> {
    let is_shown = |comment: &&Record| {
        comment.get("wp:comment_approved") == "1" && matches!(comment.get("wp:comment_type"), "" | "comment")
    };
    let all = item.all("wp:comment").filter(is_shown);
    let found: Vec<serde_json::Value> = all
        .map(|comment| {
            json!({
                "id": comment.get("wp:comment_id"),
                "answers": comment.get("wp:comment_parent"),
                "author": without_contacts(comment.get("wp:comment_author")),
                "date": comment.get("wp:comment_date"),
                "text": without_contacts(&words(comment.get("wp:comment_content"))),
            })
        })
        .collect();
    if found.is_empty() {
        return Ok(());
    }
    report.count_of("comments, kept in `import-comments/` and not published", found.len());
    let name = path.trim_start_matches("content/").trim_end_matches(".md");
    let mut text = serde_json::to_string_pretty(&found).expect("texts are JSON");
    text.push('\n');
    sink.text(&format!("import-comments/{name}.json"), text)
}

/// A page for each author.
fn people(index: &Index, sink: &mut dyn Sink, report: &mut Report) -> Result<(), ImportError> {
    let names: BTreeMap<String, &String> = index
        .authors
        .values()
        .filter(|name| !name.is_empty())
        .map(|name| (name_of(name, "author"), name))
        .collect();
    for (file, name) in names {
        report.count("authors");
        let path = format!("content/people/{file}.md");
        report.note(Weight::Hand, &path, "an author: say who they are; the export doesn't");
        sink.text(&path, Front::new(name).file(""))?;
    }
    Ok(())
}

/// The files that texts show, and those that had an address of their own; what is missing is told.
fn files(index: &Index, media: &Media, sink: &mut dyn Sink, report: &mut Report) -> Result<(), ImportError> {
    let missing = index.attachments.values().filter(|file| media.find(&file.path).is_none());
    for file in missing {
        report.note(
            Weight::Hand,
            &format!("static/{}/{}", media::PLACE, file.path),
            "a file of the media library is missing: name its folder with `--media`",
        );
    }
    for (path, place) in media.used() {
        report.count("images and files");
        sink.copy(&path, place)?;
    }
    Ok(())
}

/// Where the old site's own lists, feeds and pages of files lead.
fn add_redirects(index: &Index, media: &Media, today: Date, redirects: &mut Redirects) {
    let is_out = |entry: &&Entry| {
        entry.state == PostStatus::Public
            && entry.lang == index.lang
            && entry.date.is_none_or(|date| date <= today)
    };
    let out: Vec<&Entry> = index.entries.values().filter(is_out).collect();
    let posts: Vec<&Entry> =
        out.iter().copied().filter(|entry| entry.kind == "post" && entry.date.is_some()).collect();
    if !posts.is_empty() {
        redirects.redirect("/feed/", "/rss.xml");
        redirects.redirect("/feed/atom/", "/feed.xml");
        redirects.redirect("/page/*", "/insights/");
    }
    let dates: BTreeSet<Date> = posts.iter().filter_map(|post| post.date).collect();
    for date in dates {
        let (year, month) = (format!("{:04}", date.year()), format!("{:02}", date.month()));
        redirects.redirect(&format!("/{year}/"), &format!("/archive/{year}/"));
        redirects.redirect(&format!("/{year}/{month}/"), &format!("/archive/{year}/{month}/"));
        redirects
            .redirect(&format!("/{year}/{month}/{:02}/", date.day()), &format!("/archive/{year}/{month}/"));
    }
    let used: BTreeSet<&(String, String)> = out.iter().flat_map(|entry| &entry.terms).collect();
    let fed: BTreeSet<&(String, String)> = posts.iter().flat_map(|entry| &entry.terms).collect();
    for term in used {
        let (taxonomy, name) = term;
        let row = &index.terms[term];
        let old = if taxonomy == "tags" { "tag" } else { taxonomy.as_str() };
        let old = match row.parent.as_str() {
            "" => format!("/{old}/{}/", row.old),
            parent => format!("/{old}/{parent}/{}/", row.old),
        };
        let new = format!("/{taxonomy}/{name}/");
        if bare(&old) == bare(&new) {
            redirects.answered(&old);
        } else {
            redirects.redirect(&old, &new);
        }
        if fed.contains(term) {
            redirects.redirect(&format!("{old}feed/"), &format!("{new}rss.xml"));
        }
    }
    for (login, name) in index.authors.iter().filter(|(_, name)| !name.is_empty()) {
        redirects.redirect(&format!("/author/{login}/"), &format!("/people/{}/", name_of(name, "author")));
    }
    for file in
        index.attachments.values().filter(|file| !file.old_path.is_empty() && !file.old_path.contains('?'))
    {
        if let Some(found) = media.find(&file.path) {
            redirects.redirect(&file.old_path, &found);
        }
    }
}

fn draft(index: &Index) -> SiteDraft {
    let mut taxonomies: BTreeMap<String, Vec<TermDraft>> = BTreeMap::new();
    for ((taxonomy, name), row) in &index.terms {
        let (name, label, description) = (name.clone(), words(&row.label), words(&row.description));
        taxonomies.entry(taxonomy.clone()).or_default().push(TermDraft { name, label, description });
    }
    SiteDraft {
        title: words(&index.title),
        description: words(&index.description),
        address: index.address.clone(),
        languages: index.languages(),
        taxonomies,
        ..SiteDraft::default()
    }
}
