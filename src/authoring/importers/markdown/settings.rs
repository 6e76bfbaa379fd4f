//! What the configurations of Eleventy, Astro, Docusaurus and MkDocs say: the site's name and address, its languages, its folders. Those
//! that are programs are read for the values that stand in them as they are.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::Generator;
use super::dialects::Dialect;
use super::front_in::{Notation, read, text};
use super::shared::code;
use super::shortcodes::Tags;
use crate::authoring::importers::ImportError;
use crate::authoring::importers::names::DATED;
use crate::project::folder::Folder;

/// A folder of texts, and what its files mean.
#[derive(Debug, Clone, Default)]
pub(super) struct Root {
    /// With a slash at its end; empty for the site's own.
    pub(super) dir: String,
    /// Where its pages are in addresses, with a slash at its end.
    pub(super) url: String,
    /// Are its pages articles, with days?
    pub(super) is_blog: bool,
    /// Do numbers before names only order them?
    pub(super) has_numbers: bool,
    /// Do addresses have the day as folders?
    pub(super) has_days: bool,
    /// Its language, where it has one of its own.
    pub(super) lang: Option<String>,
}

/// What a generator's configuration says of a site.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) generator: Generator,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) address: String,
    /// Its languages, its own first.
    pub(super) codes: Vec<String>,
    /// The folders of texts, the innermost first.
    pub(super) roots: Vec<Root>,
    /// Folders whose files are published as they are, and where.
    pub(super) statics: Vec<(String, String)>,
    pub(super) menu: Vec<Json>,
    pub(super) people: BTreeMap<String, String>,
    pub(super) tags: Option<Tags>,
    pub(super) dialect: Dialect,
}

/// The differences: a generator, and the names of its configuration.
const NAMES: &[(Generator, &[&str])] = &[
    (
        Generator::Eleventy,
        &[
            ".eleventy.js",
            "eleventy.config.js",
            "eleventy.config.mjs",
            "eleventy.config.cjs",
            "eleventy.config.ts",
        ],
    ),
    (
        Generator::Astro,
        &["astro.config.mjs", "astro.config.ts", "astro.config.js", "astro.config.mts", "astro.config.cjs"],
    ),
    (Generator::Docusaurus, &["docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs"]),
    (Generator::Mkdocs, &["mkdocs.yml", "mkdocs.yaml"]),
];

/// Reads the configuration.
///
/// # Errors
///
/// There is none.
pub(super) fn settings(generator: Generator, place: &Folder) -> Result<Settings, ImportError> {
    let names = NAMES.iter().find(|(known, _)| *known == generator).map_or(&[][..], |(_, names)| *names);
    let found = names.iter().find_map(|name| place.read(name).ok());
    let bytes = found.ok_or_else(|| {
        ImportError::new(
            format!("this isn't a site of {}: it has no `{}`", generator.name(), names.join("`, `")),
            "name the folder that has it",
        )
    })?;
    let config = String::from_utf8_lossy(&bytes).into_owned();
    let mut settings = Settings {
        generator,
        title: String::new(),
        description: String::new(),
        address: String::new(),
        codes: vec!["en".into()],
        roots: Vec::new(),
        statics: Vec::new(),
        menu: Vec::new(),
        people: BTreeMap::new(),
        tags: tags(generator),
        dialect: dialect(generator),
    };
    match generator {
        Generator::Eleventy => eleventy(&config, place, &mut settings),
        Generator::Astro => astro(&config, place, &mut settings),
        Generator::Docusaurus => docusaurus(&config, place, &mut settings),
        _ => mkdocs(&config, &mut settings)?,
    }
    settings.roots.sort_by_key(|root| std::cmp::Reverse(root.dir.len()));
    Ok(settings)
}

/// The text behind a key in a program: `site: "https://…"`. What is computed isn't found.
fn value(config: &str, key: &str) -> Option<String> {
    config.match_indices(key).find_map(|(at, _)| {
        let before = config[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.') {
            return None;
        }
        let rest = config[at + key.len()..]
            .trim_start_matches(['"', '\''])
            .trim_start()
            .strip_prefix(':')?
            .trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        let value = rest[1..].split(quote).next()?;
        (!value.contains("${")).then(|| value.to_string())
    })
}

/// Texts in a list behind a key: `locales: ['en', 'sv']`.
fn values(config: &str, key: &str) -> Vec<String> {
    let Some(rest) = config.split(key).nth(1).and_then(|rest| rest.trim_start().strip_prefix(':')) else {
        return Vec::new();
    };
    let Some(list) = rest.trim_start().strip_prefix('[').and_then(|rest| rest.split(']').next()) else {
        return Vec::new();
    };
    list.split(',')
        .map(|one| one.trim().trim_matches(['"', '\'', '`']).to_string())
        .filter(|one| !one.is_empty() && !one.contains('{'))
        .collect()
}

fn with_slash(dir: &str) -> String {
    let dir = dir.trim_start_matches("./").trim_matches('/');
    if dir.is_empty() || dir == "." { String::new() } else { format!("{dir}/") }
}

fn eleventy(config: &str, place: &Folder, out: &mut Settings) {
    let input = with_slash(&value(config, "input").unwrap_or_default());
    for name in ["metadata", "site", "meta"] {
        // The folder of data may be beside that of texts.
        let open = |end: &str| {
            let names = [format!("{input}_data/{name}.{end}"), format!("_data/{name}.{end}")];
            names.iter().find_map(|name| place.read(name).ok())
        };
        let data = open("json");
        let data = data
            .and_then(|bytes| read(&String::from_utf8_lossy(&bytes), Notation::Json).ok())
            .unwrap_or_default();
        let script = ["js", "cjs", "mjs"].iter().find_map(|end| open(end));
        let script = script.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
        let get =
            |key: &str| data.get(key).and_then(text).or_else(|| value(&script, key)).unwrap_or_default();
        for (target, key) in
            [(&mut out.title, "title"), (&mut out.address, "url"), (&mut out.description, "description")]
        {
            if target.is_empty() {
                *target = get(key);
            }
        }
        if !get("language").is_empty() {
            out.codes = vec![code(&get("language"))];
        }
    }
    for found in config.split("addPassthroughCopy(").skip(1) {
        let inner = found.split(')').next().unwrap_or_default();
        let mut texts = inner.split(['"', '\'', '`']).skip(1).step_by(2);
        let (Some(from), to) = (texts.next(), texts.next().filter(|_| inner.trim_start().starts_with('{')))
        else {
            continue;
        };
        let from =
            from.trim_start_matches("./").trim_end_matches("/**/*").trim_end_matches("/**").trim_matches('/');
        // What is below the folder of texts keeps its path there.
        let own = from.strip_prefix(input.as_str()).unwrap_or(from);
        let to = to.map_or_else(|| own.to_string(), |to| to.trim_matches('/').to_string());
        let is_file = from.rsplit('/').next().is_some_and(|name| name.contains('.'));
        let slash = |path: &str| if path.is_empty() { String::new() } else { format!("{path}/") };
        if !from.contains('*') {
            out.statics.push(if is_file { (from.to_string(), to) } else { (slash(from), slash(&to)) });
        }
    }
    for name in DATED {
        out.roots.push(Root {
            dir: format!("{input}{name}/"),
            url: format!("{name}/"),
            is_blog: true,
            ..Root::default()
        });
    }
    out.roots.push(Root { dir: input, ..Root::default() });
}

fn astro(config: &str, place: &Folder, out: &mut Settings) {
    out.address = value(config, "site").unwrap_or_default();
    out.title = value(config, "title").unwrap_or_default();
    out.description = value(config, "description").unwrap_or_default();
    let constants = ["src/consts.ts", "src/consts.js", "src/config.ts", "src/site.config.ts"]
        .iter()
        .find_map(|name| place.read(name).ok());
    let constants = constants.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    for (target, names) in [
        (&mut out.title, ["SITE_TITLE", "title"]),
        (&mut out.description, ["SITE_DESCRIPTION", "description"]),
    ] {
        if target.is_empty() {
            let found = names
                .iter()
                .find_map(|name| value(&constants.replace(&format!("{name} ="), &format!("{name}:")), name));
            *target = found.unwrap_or_default();
        }
    }
    if let Some(own) = value(config, "defaultLocale") {
        let own = code(&own);
        let others = values(config, "locales")
            .iter()
            .map(|lang| code(lang))
            .filter(|lang| *lang != own)
            .collect::<Vec<_>>();
        out.codes = std::iter::once(own).chain(others).collect();
    }
    out.statics.push(("public/".into(), String::new()));
    for name in DATED {
        out.roots.push(Root {
            dir: format!("src/content/{name}/"),
            url: format!("{name}/"),
            is_blog: true,
            ..Root::default()
        });
        out.roots.push(Root {
            dir: format!("src/pages/{name}/"),
            url: format!("{name}/"),
            is_blog: true,
            ..Root::default()
        });
    }
    // Newer versions read texts from any folder.
    for name in DATED {
        let dir = format!("content/{name}/");
        out.roots.push(Root { dir, url: format!("{name}/"), is_blog: true, ..Root::default() });
    }
    out.roots.push(Root { dir: "content/".into(), ..Root::default() });
    // Starlight's pages are at the root.
    out.roots.push(Root { dir: "src/content/docs/".into(), ..Root::default() });
    out.roots.push(Root { dir: "src/content/".into(), ..Root::default() });
    out.roots.push(Root { dir: "src/pages/".into(), ..Root::default() });
    for lang in out.codes.iter().skip(1).cloned().collect::<Vec<_>>() {
        let dir = format!("src/content/docs/{lang}/");
        out.roots.push(Root { dir, lang: Some(lang), ..Root::default() });
    }
}

fn docusaurus(config: &str, place: &Folder, out: &mut Settings) {
    let base = value(config, "baseUrl").unwrap_or_default();
    out.title = value(config, "title").unwrap_or_default();
    out.description = value(config, "tagline").unwrap_or_default();
    out.address = value(config, "url")
        .map(|url| format!("{}/{}", url.trim_end_matches('/'), base.trim_matches('/')))
        .unwrap_or_default();
    let own = code(&value(config, "defaultLocale").unwrap_or_else(|| "en".into()));
    let others = values(config, "locales")
        .iter()
        .map(|lang| code(lang))
        .filter(|lang| *lang != own)
        .collect::<Vec<_>>();
    out.codes = std::iter::once(own).chain(others.clone()).collect();
    // Of several, the first is that of the documentation.
    let docs = value(config, "routeBasePath").unwrap_or_else(|| "docs".into());
    let docs = with_slash(&docs);
    out.statics.push(("static/".into(), String::new()));
    let doc = |dir: &str, lang: Option<String>| Root {
        dir: dir.into(),
        url: docs.clone(),
        has_numbers: true,
        lang,
        ..Root::default()
    };
    let blog = |dir: &str, lang: Option<String>| Root {
        dir: dir.into(),
        url: "blog/".into(),
        is_blog: true,
        has_days: true,
        lang,
        ..Root::default()
    };
    out.roots.extend([
        doc("docs/", None),
        blog("blog/", None),
        Root { dir: "src/pages/".into(), ..Root::default() },
    ]);
    for lang in others {
        let plugin = |name: &str| format!("i18n/{lang}/docusaurus-plugin-content-{name}/");
        out.roots.push(doc(&format!("{}current/", plugin("docs")), Some(lang.clone())));
        out.roots.push(blog(&plugin("blog"), Some(lang.clone())));
        out.roots.push(Root { dir: plugin("pages"), lang: Some(lang.clone()), ..Root::default() });
    }
    let authors = place
        .read("blog/authors.yml")
        .ok()
        .and_then(|bytes| read(&String::from_utf8_lossy(&bytes), Notation::Yaml).ok());
    for (key, value) in authors.iter().flatten() {
        out.people.extend(value.get("name").and_then(text).map(|name| (key.clone(), name)));
    }
    bar(config, &docs, &mut out.menu);
}

/// The entries of the bar of navigation.
fn bar(config: &str, docs: &str, menu: &mut Vec<Json>) {
    let items =
        config.split("navbar").nth(1).and_then(|rest| rest.split("footer").next()).unwrap_or_default();
    for item in items.split('{').skip(1) {
        let to = value(item, "to")
            .or_else(|| value(item, "href"))
            .or_else(|| value(item, "docId").map(|id| format!("/{docs}{id}/")));
        if let (Some(label), Some(to)) = (value(item, "label"), to) {
            menu.push(json!({"label": label, "url": to}));
        }
    }
}

fn mkdocs(config: &str, out: &mut Settings) -> Result<(), ImportError> {
    // Values that name a part of a program are none of ours.
    let plain: String = config
        .lines()
        .map(|line| {
            line.split("!!python")
                .next()
                .unwrap_or_default()
                .split("!ENV")
                .next()
                .unwrap_or_default()
                .to_string()
                + "\n"
        })
        .collect();
    let map = read(&plain, Notation::Yaml)?;
    let get = |name: &str| map.get(name).and_then(text).unwrap_or_default();
    out.title = get("site_name");
    out.description = get("site_description");
    out.address = get("site_url");
    let lang =
        map.get("theme").and_then(|theme| theme.get("language").or(theme.get("locale"))).and_then(text);
    out.codes = vec![code(&lang.unwrap_or_else(|| "en".into()))];
    let plugins = map.get("plugins").and_then(Json::as_array).cloned().unwrap_or_default();
    for language in
        plugins.iter().filter_map(|plugin| plugin.get("i18n")?.get("languages")?.as_array()).flatten()
    {
        let found = language.get("locale").and_then(text).map(|lang| code(&lang));
        let is_own = language.get("default").and_then(Json::as_bool) == Some(true);
        match found {
            Some(lang) if is_own => {
                out.codes.retain(|one| *one != lang);
                out.codes.insert(0, lang);
            }
            Some(lang) if !out.codes.contains(&lang) => out.codes.push(lang),
            _ => {}
        }
    }
    let dir =
        with_slash(&Some(get("docs_dir")).filter(|dir| !dir.is_empty()).unwrap_or_else(|| "docs".into()));
    out.roots.push(Root {
        dir: format!("{dir}blog/posts/"),
        url: "blog/".into(),
        is_blog: true,
        has_days: true,
        ..Root::default()
    });
    out.roots.push(Root { dir, ..Root::default() });
    for item in map.get("nav").and_then(Json::as_array).into_iter().flatten() {
        nav(item, &mut out.menu);
    }
    Ok(())
}

/// The first pages of a table of contents: a menu of a hundred entries is none.
fn nav(item: &Json, menu: &mut Vec<Json>) {
    let Json::Object(map) = item else { return };
    for (label, to) in map {
        let first = match to {
            Json::String(to) => Some(to.clone()),
            Json::Array(all) => all.iter().find_map(|one| match one {
                Json::String(to) => Some(to.clone()),
                Json::Object(map) => map.values().find_map(|to| to.as_str().map(str::to_string)),
                _ => None,
            }),
            _ => None,
        };
        let url = first.map(|to| match to.contains("://") {
            true => to,
            false => format!("/{}", to.trim_end_matches("index.md").trim_end_matches(".md")),
        });
        menu.extend(url.map(|url| json!({"label": label, "url": url})));
    }
}

/// The tags of a generator's texts.
fn tags(generator: Generator) -> Option<Tags> {
    (generator == Generator::Eleventy).then_some(Tags::Liquid)
}

/// What the Markdown of a generator has besides.
fn dialect(generator: Generator) -> Dialect {
    Dialect {
        colons: matches!(generator, Generator::Docusaurus | Generator::Astro),
        marks: generator == Generator::Mkdocs,
        modules: matches!(generator, Generator::Docusaurus | Generator::Astro),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_programs_are_found_as_they_stand_there() {
        let config = "module.exports = { title: 'Fjord', mySite: 'no', site: \"https://x.example\", url: `${x}`, locales: ['en', \"sv\"] }";
        assert_eq!(value(config, "site").as_deref(), Some("https://x.example"));
        assert_eq!((value(config, "title").as_deref(), value(config, "url")), (Some("Fjord"), None));
        assert_eq!(values(config, "locales"), ["en", "sv"]);
        assert_eq!([with_slash("./src/"), with_slash("."), with_slash("a/b")], ["src/", "", "a/b/"]);
    }
}
