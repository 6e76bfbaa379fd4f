//! Jekyll: its settings, posts, drafts, pages and collections, its styles of addresses, people in `_data`, and Liquid.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};

use super::engine::{Old, Page, Shape};
use super::front_in::{Notation, read, text, texts};
use super::html::without_loads;
use super::place::{address, folder, free};
use super::shared::{OURS, code, menu_entry, read_page, titled};
use super::shortcodes::{Call, Tags, rewrite};
use super::write::{Setup, day};
use crate::authoring::importers::names::without_date;
use crate::authoring::importers::{ImportError, Report};
use crate::authoring::markup::{ImportNote, Weight};
use crate::encode::slug::slug;
use crate::project::folder::Folder;

/// Files and folders of the program, and of the repository, that no reader gets.
const PASSED: &[&str] = &[
    "Gemfile",
    "Gemfile.lock",
    "Rakefile",
    "README.md",
    "LICENSE",
    "LICENSE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "CODE_OF_CONDUCT.md",
    "package.json",
    "package-lock.json",
    "Makefile",
    "Dockerfile",
];

/// Reads a site of Jekyll from its folder.
pub(super) fn site<'a>(place: &'a Folder, report: &mut Report) -> Result<(Old<'a>, Setup), ImportError> {
    let bytes = place.read("_config.yml").or_else(|_| place.read("_config.yaml")).map_err(|error| {
        ImportError::new(
            format!("this isn't a site of Jekyll: `_config.yml`: {error}"),
            "name the folder that has it",
        )
    })?;
    let settings = read(&String::from_utf8_lossy(&bytes), Notation::Yaml)?;
    let get = |name: &str| settings.get(name).and_then(text);
    let own = get("lang").or_else(|| get("locale")).unwrap_or_else(|| "en".into());
    let own = code(own.split(['-', '_']).next().unwrap_or_default());
    let base = get("baseurl").unwrap_or_default();
    let host = get("url").filter(|url| url.contains("://")).unwrap_or_default();
    let site_address = if host.is_empty() {
        String::new()
    } else {
        format!("{}/{}", host.trim_end_matches('/'), base.trim_matches('/'))
    };
    let mut old = Old::new(place, site_address.trim_end_matches('/').to_string(), own);
    old.roots.extend(["_posts/".to_string(), "_pages/".to_string()]);
    let reader = JekyllReader { settings: &settings, base: base.trim_end_matches('/').to_string() };
    let mut taken = BTreeSet::new();
    for file in old.files.clone() {
        reader.file(&mut old, &file, &mut taken, report)?;
    }
    old.index_pages();
    let data = |name: &str| {
        let bytes = place.read(&format!("_data/{name}.yml")).ok()?;
        read(&String::from_utf8_lossy(&bytes), Notation::Yaml).ok()
    };
    let people = data("authors").unwrap_or_default();
    let people = people.iter().filter_map(|(key, value)| {
        Some((key.clone(), value.get("name").or(value.get("display_name")).and_then(text)?))
    });
    let menu = data("navigation").unwrap_or_default();
    let items = ["main", "header", "nav", "top"].iter().find_map(|name| menu.get(*name)?.as_array());
    let drafts = items.into_iter().flatten().filter_map(|item| menu_entry(&old, item)).collect();
    let setup = Setup {
        title: get("title").or_else(|| get("name")).unwrap_or_default(),
        description: get("description").unwrap_or_default(),
        languages: vec![old.lang.clone()],
        taxonomies: [("categories", "category"), ("category", "category"), ("tags", "tags"), ("tag", "tags")]
            .map(|(old, new)| (old.to_string(), new.to_string()))
            .into(),
        menus: BTreeMap::from([("main".to_string(), drafts)]),
        people: people.collect(),
        divider: Some(' '),
    };
    Ok((old, setup))
}

struct JekyllReader<'a> {
    settings: &'a Map<String, Json>,
    base: String,
}

impl JekyllReader<'_> {
    fn file(
        &self,
        old: &mut Old<'_>,
        file: &str,
        taken: &mut BTreeSet<String>,
        report: &mut Report,
    ) -> Result<(), ImportError> {
        let is_hidden = file.split('/').any(|part| part.starts_with('.'));
        let top = file.split('/').next().unwrap_or_default();
        let is_passed = PASSED.contains(&file) || file.starts_with("vendor/") || self.excluded(file);
        if is_hidden || is_passed {
            return Ok(());
        }
        let is_text = [".md", ".markdown", ".mkd"].iter().any(|end| file.ends_with(end));
        let is_posts = file.split('/').any(|part| part == "_posts");
        let is_drafts = top == "_drafts";
        let collection = top
            .strip_prefix('_')
            .filter(|name| self.settings.get("collections").is_some_and(|all| all.get(*name).is_some()));
        let is_content = !file.contains("/_") && !top.starts_with('_')
            || is_posts
            || is_drafts
            || collection.is_some()
            || top == "_pages";
        if is_text && is_content {
            let kind = match (is_posts, is_drafts, collection) {
                (true, ..) => Kind::Post,
                (_, true, _) => Kind::Draft,
                (_, _, Some(name)) => Kind::Collection(name.to_string()),
                _ => Kind::Page,
            };
            return self.page(old, file, (kind, taken), report);
        }
        let ending = file.rsplit('.').next().unwrap_or_default();
        if !is_content || matches!(ending, "scss" | "sass" | "liquid" | "rb" | "gemspec" | "coffee") {
            return Ok(());
        }
        if matches!(ending, "html" | "htm" | "xml" | "json" | "txt" | "css" | "js") {
            let start = old.folder.read(file).map(|bytes| bytes.starts_with(b"---")).unwrap_or_default();
            if start {
                let what = if ending.starts_with("htm") {
                    "a page in HTML with Liquid is left out"
                } else {
                    "a file that Liquid makes is left out"
                };
                report.note(Weight::Hand, file, what);
                return Ok(());
            }
        }
        if OURS.contains(&file) {
            report.note(Weight::Hand, file, "it isn't copied: ringback makes this file itself");
            return Ok(());
        }
        old.published.insert(format!("/{file}"), file.to_string());
        old.copies.insert(file.to_string(), format!("static/{file}"));
        Ok(())
    }

    fn excluded(&self, file: &str) -> bool {
        let all = self.settings.get("exclude").map(|value| texts(value, None)).unwrap_or_default();
        all.iter().any(|name| {
            file == name.trim_matches('/') || file.starts_with(&format!("{}/", name.trim_matches('/')))
        })
    }

    fn page(
        &self,
        old: &mut Old<'_>,
        file: &str,
        (kind, taken): (Kind, &mut BTreeSet<String>),
        report: &mut Report,
    ) -> Result<(), ImportError> {
        let start = old.folder.read(file).unwrap_or_default();
        if !start.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&start).starts_with(b"---") {
            // Jekyll copies it as it is.
            report.note(Weight::Changed, file, "a text without front matter wasn't a page, and is left out");
            return Ok(());
        }
        let Some((mut front, body)) = read_page(old.folder, file, report)? else { return Ok(()) };
        let name = file.rsplit('/').next().unwrap_or(file);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let (new, shape) = placed(&kind, file, stem);
        let new = free(new, taken);
        if matches!(kind, Kind::Post) {
            by_path(file, stem, &mut front);
        }
        let mut notes: Vec<ImportNote> = Vec::new();
        let known = |call: &Call<'_>, _: &mut Vec<ImportNote>| self.liquid(call);
        let body = without_attributes(&rewrite(&body, Tags::Liquid, &known, &mut notes), &mut notes);
        let body = without_loads(&body, &mut notes);
        report.note_all(&new, 1, notes);
        let own = old.lang.clone();
        let is_draft = matches!(kind, Kind::Draft)
            || front.get("published") == Some(&Json::Bool(false))
            || front.get("draft") == Some(&Json::Bool(true));
        let mut page = Page {
            source: file.to_string(),
            url: address(&new, (&own, &own), front.get("slug").and_then(text).as_deref()),
            shape,
            file: new,
            lang: own,
            old: Vec::new(),
            is_draft,
            body,
            front,
        };
        titled(&mut page);
        page.old = self.old_paths(&page, &kind, stem);
        old.pages.push(page);
        Ok(())
    }

    fn old_paths(&self, page: &Page, kind: &Kind, stem: &str) -> Vec<String> {
        let own = page.front.get("permalink").and_then(text);
        let style = self.settings.get("permalink").and_then(text).unwrap_or_else(|| "date".into());
        let file = page.source.trim_start_matches("_pages/");
        let path = match (own, kind) {
            (Some(own), _) if !own.contains(':') => format!("/{}", own.trim_start_matches('/')),
            (Some(own), _) => self.fill_pattern(&own, page, stem),
            (None, Kind::Post | Kind::Draft) => {
                let pattern = match style.as_str() {
                    "date" => "/:categories/:year/:month/:day/:title.html",
                    "pretty" => "/:categories/:year/:month/:day/:title/",
                    "ordinal" => "/:categories/:year/:y_day/:title.html",
                    "none" => "/:categories/:title.html",
                    own => own,
                };
                self.fill_pattern(pattern, page, stem)
            }
            (None, Kind::Collection(name)) => {
                let pattern = self
                    .settings
                    .get("collections")
                    .and_then(|all| all.get(name)?.get("permalink").and_then(text));
                let pattern = pattern.unwrap_or_else(|| "/:collection/:path.html".into());
                self.fill_pattern(&pattern.replace(":collection", name), page, stem)
            }
            (None, Kind::Page) if stem == "index" => {
                format!("/{}", file.rsplit_once('/').map_or(String::new(), |(dir, _)| format!("{dir}/")))
            }
            (None, Kind::Page) => {
                let bare = file.rsplit_once('.').map_or(file, |(bare, _)| bare);
                if style == "pretty" || style.ends_with('/') {
                    format!("/{bare}/")
                } else {
                    format!("/{bare}.html")
                }
            }
        };
        let aliases = page.front.get("redirect_from").map(|value| texts(value, None)).unwrap_or_default();
        let bare = path.strip_suffix(".html").filter(|bare| bare.len() > 1).map(str::to_string);
        std::iter::once(path).chain(bare).chain(aliases).collect()
    }

    fn fill_pattern(&self, pattern: &str, page: &Page, stem: &str) -> String {
        let date = page.front.get("date").and_then(day);
        let part = |format: &str| date.map(|date| date.strftime(format).to_string()).unwrap_or_default();
        let named = page.front.get("slug").and_then(text).unwrap_or_else(|| without_date(stem).to_string());
        let categories = page
            .front
            .get("categories")
            .or(page.front.get("category"))
            .map(|value| texts(value, Some(' ')))
            .unwrap_or_default();
        let categories = categories.iter().map(|name| slug(name)).collect::<Vec<_>>().join("/");
        let parts = [
            (":categories", categories),
            (":year", part("%Y")),
            (":i_month", part("%-m")),
            (":month", part("%m")),
            (":i_day", part("%-d")),
            (":y_day", part("%j")),
            (":day", part("%d")),
            (":title", named.clone()),
            (":slug", named.clone()),
            (":path", named.clone()),
            (":name", named),
            (":output_ext", ".html".into()),
        ];
        let mut out = pattern.to_string();
        for (key, value) in parts {
            out = out.replace(key, &value);
        }
        format!("/{}", out.replace("//", "/").trim_start_matches('/'))
    }

    /// What Liquid's tags and values stand for in a text.
    fn liquid(&self, call: &Call<'_>) -> Option<String> {
        let inner = call.inner.unwrap_or_default();
        Some(match call.name {
            "site.baseurl" => self.base.clone(),
            "site.url" => self.settings.get("url").and_then(text).unwrap_or_default(),
            "site.title" => self.settings.get("title").and_then(text)?,
            "post_url" => format!("@/{}", call.written.trim_matches(['"', '\''])),
            "link" => format!("@/{}", call.written.trim_matches(['"', '\''])),
            "raw" => inner.to_string(),
            "comment" => String::new(),
            "highlight" => format!(
                "\n```{}\n{}\n```\n",
                call.written.split(' ').next().unwrap_or_default(),
                inner.trim_matches('\n')
            ),
            "youtube" => {
                format!("\n\nhttps://www.youtube.com/watch?v={}\n\n", call.written.trim_matches(['"', '\'']))
            }
            "vimeo" => format!("\n\nhttps://vimeo.com/{}\n\n", call.written.trim_matches(['"', '\''])),
            "gist" => format!("https://gist.github.com/{}", call.any(&["0"])?),
            "include" => {
                let file = call.any(&["0"])?;
                let source = call.any(&["url", "src", "image_path", "image", "path"]);
                match source {
                    Some(source) if file.contains("figure") || file.contains("image") => {
                        let alt = call.any(&["alt", "caption", "description", "title"]).unwrap_or_default();
                        let caption = call
                            .any(&["caption"])
                            .map(|caption| format!(" \"{}\"", caption.replace('"', "\\\"")))
                            .unwrap_or_default();
                        format!("![{}]({source}{caption})", alt.replace(['[', ']'], ""))
                    }
                    _ => match call.any(&["id"]) {
                        Some(id)
                            if file.contains("youtube") || call.any(&["provider"]) == Some("youtube") =>
                        {
                            format!("\n\nhttps://www.youtube.com/watch?v={id}\n\n")
                        }
                        _ => return None,
                    },
                }
            }
            // A text with filters that only make an address of it.
            name if name.starts_with(['"', '\'']) && call.written.contains("_url") => {
                name.trim_matches(['"', '\'']).to_string()
            }
            _ => return None,
        })
    }
}

/// The file of a text on the new site, and what it is there.
fn placed(kind: &Kind, file: &str, stem: &str) -> (String, Shape) {
    let (section, is_home) = match kind {
        Kind::Post | Kind::Draft => ("insights".to_string(), false),
        Kind::Collection(name) => (folder(name), false),
        Kind::Page => {
            let dir = file
                .rsplit_once('/')
                .map_or("", |(dir, _)| dir)
                .trim_start_matches("_pages")
                .trim_start_matches('/');
            (folder(dir), dir.is_empty() && stem == "index")
        }
    };
    let is_index = stem == "index" && !is_home;
    let new = match (is_home, is_index) {
        (true, _) => "content/_index.md".to_string(),
        (_, true) => format!("content/{section}/_index.md"),
        _ => format!("content/{section}/{stem}.md"),
    };
    (new, if is_home || is_index { Shape::Section } else { Shape::Page })
}

/// What a post's path says of it: the day, and the folders above `_posts`, which are categories.
fn by_path(file: &str, stem: &str, front: &mut Map<String, Json>) {
    if front.get("date").and_then(day).is_none() {
        front.insert("date".into(), Json::String(stem.get(..10).unwrap_or_default().to_string()));
    }
    let above = file.split("_posts/").next().unwrap_or_default().trim_end_matches('/');
    if !above.is_empty() && !front.contains_key("categories") && !front.contains_key("category") {
        let folders = above.split('/').map(|part| Json::String(part.into()));
        front.insert("categories".into(), Json::Array(folders.collect()));
    }
}

/// What a file of texts is: a post, a draft, a page, or one of a collection.
enum Kind {
    Post,
    Draft,
    Page,
    Collection(String),
}

/// A text without kramdown's attributes, `{: .class}`, which only say how something looks.
pub(super) fn without_attributes(text: &str, notes: &mut Vec<ImportNote>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_code = false;
    let mut found = false;
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            is_code = !is_code;
        }
        let is_all = bare.starts_with("{:") && bare.ends_with('}');
        if is_code || !line.contains("{:") {
            out.push_str(line);
        } else if is_all {
            found = true;
        } else if let Some((before, rest)) = line.split_once("{:")
            && let Some((_, behind)) = rest.split_once('}')
        {
            found = true;
            out.push_str(before.trim_end());
            out.push_str(behind);
        } else {
            out.push_str(line);
        }
    }
    if found {
        notes.push(ImportNote {
            weight: Weight::Changed,
            what: "attributes of kramdown, `{: …}`, are left out".into(),
            line: 0,
        });
    }
    out
}
