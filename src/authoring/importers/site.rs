//! What a site from elsewhere needs besides its pages: `ringback.yaml`, `redirects.csv`, and the list of its old addresses.

use std::collections::{BTreeMap, BTreeSet};

use crate::authoring::scaffold::{quoted, scalar};
use crate::encode::slug::slug;

/// The list of old addresses, in the site's root.
pub const OLD_ADDRESSES: &str = "import-addresses.txt";

/// Redirects of addresses with a query, which few hosts can follow.
pub const SHORT_LINKS: &str = "import-shortlinks.csv";

/// What taxonomies that every program has are called for readers, by language.
const LABELS: &[(&str, &[(&str, &str)])] = &[
    (
        "category",
        &[
            ("en", "Categories"),
            ("sv", "Kategorier"),
            ("nb", "Kategorier"),
            ("da", "Kategorier"),
            ("de", "Kategorien"),
        ],
    ),
    (
        "tags",
        &[("en", "Tags"), ("sv", "Taggar"), ("nb", "Stikkord"), ("da", "Emneord"), ("de", "Schlagwörter")],
    ),
];

/// A term of a taxonomy: its name in front matter, what readers see, and the sentence about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TermDraft {
    /// The name by which front matter writes it.
    pub name: String,
    /// Its label, which readers see.
    pub label: String,
    /// A sentence; may be empty.
    pub description: String,
}

/// An entry of a menu.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MenuDraft {
    /// A page by its content path; empty for an address.
    pub page: String,
    /// An address; empty for a page, or for what only opens its children.
    pub url: String,
    /// What readers see; empty for the title of the page.
    pub label: String,
    /// The entries of its submenu.
    pub children: Vec<MenuDraft>,
}

/// The configuration of a site that comes from elsewhere, before it is written as YAML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteDraft {
    /// The title of the site.
    pub title: String,
    /// A sentence about it; may be empty.
    pub description: String,
    /// Its address; empty where it isn't known.
    pub address: String,
    /// The codes of its languages, its own first.
    pub languages: Vec<String>,
    /// Taxonomies by name, with their terms.
    pub taxonomies: BTreeMap<String, Vec<TermDraft>>,
    /// Menus by the names under which templates ask for them.
    pub menus: BTreeMap<String, Vec<MenuDraft>>,
    /// Lines of YAML behind all that, each with its end; may be empty.
    pub more: String,
}

impl SiteDraft {
    /// As `ringback.yaml`.
    #[must_use]
    pub fn config(&self) -> String {
        let title = if self.title.is_empty() { "My site" } else { &self.title };
        let mut out = format!("title: {}\n", scalar(title));
        if !self.description.is_empty() {
            out.push_str(&format!("description: {}\n", scalar(&self.description)));
        }
        let address =
            if self.address.is_empty() { "https://example.org" } else { self.address.trim_end_matches('/') };
        out.push_str(&format!("base_url: {}\n", quoted(&format!("{address}/"))));
        let languages = self.languages.iter().map(|code| format!("{}: {{}}", quoted(code)));
        out.push_str(&format!("languages: {{{}}}\n", languages.collect::<Vec<_>>().join(", ")));
        if let Some(own) = self.languages.first() {
            out.push_str(&format!("default_language: {}\n", quoted(own)));
        }
        if !self.taxonomies.is_empty() {
            out.push_str("taxonomies:\n");
        }
        for (name, terms) in &self.taxonomies {
            out.push_str(&format!("  {}:\n{}", quoted(name), self.label(name)));
            out.push_str(if terms.is_empty() { "    terms: {}\n" } else { "    terms:\n" });
            for TermDraft { name, label, description } in terms {
                let about = if description.is_empty() {
                    String::new()
                } else {
                    format!(", description: {}", quoted(description))
                };
                let label = if label.is_empty() { name } else { label };
                out.push_str(&format!("      {}: {{label: {}{about}}}\n", quoted(name), quoted(label)));
            }
        }
        if self.menus.values().any(|items| !items.is_empty()) {
            out.push_str("menus:\n");
        }
        for (name, items) in self.menus.iter().filter(|(_, items)| !items.is_empty()) {
            out.push_str(&format!("  {}:\n", quoted(name)));
            items.iter().for_each(|item| menu(item, 4, &mut out));
        }
        out.push_str(&self.more);
        out
    }

    /// What readers see of a taxonomy, in the site's languages, where that is known.
    fn label(&self, name: &str) -> String {
        let Some((_, known)) = LABELS.iter().find(|(known, _)| *known == name) else { return String::new() };
        let ours = known.iter().filter(|(code, _)| self.languages.iter().any(|own| own == code));
        let labels: Vec<String> =
            ours.map(|(code, label)| format!("{}: {}", quoted(code), quoted(label))).collect();
        if labels.is_empty() { String::new() } else { format!("    label: {{{}}}\n", labels.join(", ")) }
    }
}

fn menu(item: &MenuDraft, indent: usize, out: &mut String) {
    let mut parts = Vec::new();
    for (key, value) in [("page", &item.page), ("url", &item.url), ("label", &item.label)] {
        if !value.is_empty() {
            parts.push(format!("{key}: {}", quoted(value)));
        }
    }
    let space = " ".repeat(indent);
    if item.children.is_empty() {
        return out.push_str(&format!("{space}- {{{}}}\n", parts.join(", ")));
    }
    let between = format!("\n{space}  ");
    out.push_str(&format!("{space}- {}{between}children:\n", parts.join(&between)));
    item.children.iter().for_each(|child| menu(child, indent + 4, out));
}

/// Old addresses, and where each leads.
#[derive(Debug, Default)]
pub struct Redirects {
    lines: BTreeMap<String, String>,
    short: BTreeMap<String, String>,
    all: BTreeSet<String>,
}

impl Redirects {
    /// An old path that has an answer by itself: a page's own, or one of its aliases.
    pub fn answered(&mut self, old: &str) {
        self.all.insert(old.to_string());
    }

    /// An old path, and the path or the page's file that it leads to.
    pub fn redirect(&mut self, old: &str, to: &str) {
        self.all.insert(old.to_string());
        if super::bare(old) == super::bare(to) {
            // It has not moved.
            return;
        }
        let lines = if old.contains(['?', '*']) { &mut self.short } else { &mut self.lines };
        lines.entry(old.to_string()).or_insert_with(|| to.to_string());
    }

    /// `redirects.csv`, without those of `kept`, which pages have; empty where there is none.
    #[must_use]
    pub fn table(&self, kept: &BTreeSet<String>) -> String {
        let key = |path: &str| path.trim_end_matches('/').to_lowercase();
        let kept: BTreeSet<String> = kept.iter().map(|path| key(path)).collect();
        csv(self.lines.iter().filter(|(old, _)| !kept.contains(&key(old))))
    }

    /// Those with a query or an open part, in the same form.
    #[must_use]
    pub fn short_links(&self) -> String {
        csv(self.short.iter())
    }

    /// All old addresses, one a line.
    #[must_use]
    pub fn addresses(&self) -> String {
        self.all.iter().map(|old| format!("{old}\n")).collect()
    }

    /// How many old addresses there are.
    #[must_use]
    pub fn number(&self) -> usize {
        self.all.len()
    }
}

fn csv<'a>(lines: impl Iterator<Item = (&'a String, &'a String)>) -> String {
    let cell = |text: &str| match text.contains([',', ';', '"', '\t']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_string(),
    };
    lines.map(|(old, to)| format!("{},{}\n", cell(old), cell(to))).collect()
}

/// Can a path of an old site be an alias of a page?
#[must_use]
pub fn is_alias(path: &str) -> bool {
    path.len() > 1
        // Ringback makes this page itself.
        && !matches!(path, "/404.html" | "/404/" | "/404")
        && path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(['?', '#', '\\', '*', ' ', '"'])
        && !path.contains(char::is_control)
        && !path.split('/').any(|part| matches!(part, "." | ".."))
}

/// A name of a file or a person, of any title; `other` where the title has no letters.
#[must_use]
pub fn name_of(title: &str, other: &str) -> String {
    Some(slug(title)).filter(|name| !name.is_empty()).unwrap_or_else(|| other.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;
    use crate::diag::Diagnostics;

    #[test]
    fn the_configuration_is_read_as_it_was_meant() {
        let child =
            MenuDraft { url: "https://x.example/".into(), label: "X: \"y\"".into(), ..MenuDraft::default() };
        let site = SiteDraft {
            title: "Fjord: \"the\" site".into(),
            address: "https://fjord.example/blog".into(),
            languages: vec!["nb".into(), "en".into()],
            taxonomies: BTreeMap::from([
                (
                    "category".into(),
                    vec![TermDraft { name: "no".into(), label: "No, 1".into(), description: "A: b".into() }],
                ),
                ("tags".into(), Vec::new()),
            ]),
            menus: BTreeMap::from([(
                "main".into(),
                vec![
                    MenuDraft { page: "pages/about".into(), ..MenuDraft::default() },
                    MenuDraft { label: "More".into(), children: vec![child], ..MenuDraft::default() },
                ],
            )]),
            ..SiteDraft::default()
        };
        let mut diagnostics = Diagnostics::new();
        let config = config::read(&site.config(), &|_| None, &mut diagnostics).expect("YAML");
        assert!(diagnostics.is_empty(), "{:?}\n{}", diagnostics.sorted(), site.config());
        assert_eq!(config.languages.iter().map(|one| one.code.as_str()).collect::<Vec<_>>(), ["nb", "en"]);
        assert_eq!(
            (config.default_language, config.taxonomies.len(), config.menus["main"].len()),
            (crate::config::LangId::new(0), 2, 2)
        );
        assert_eq!(config.menus["main"][1].children.len(), 1);
    }

    #[test]
    fn old_addresses_lead_somewhere_once() {
        let mut redirects = Redirects::default();
        redirects.answered("/a/");
        redirects.redirect("/b/", "insights/b.md");
        redirects.redirect("/b/", "insights/c.md");
        redirects.redirect("/x,y/", "/z/");
        redirects.redirect("/?p=1", "insights/b.md");
        redirects.redirect("/a", "/a/");
        assert_eq!(redirects.table(&BTreeSet::from(["/B".to_string()])), "\"/x,y/\",/z/\n");
        assert_eq!(redirects.short_links(), "/?p=1,insights/b.md\n");
        assert_eq!((redirects.number(), redirects.addresses().as_str()), (5, "/?p=1\n/a\n/a/\n/b/\n/x,y/\n"));
        assert!(is_alias("/%C3%A5/b.html") && !is_alias("/a b/") && !is_alias("/") && !is_alias("/../x"));
    }
}
