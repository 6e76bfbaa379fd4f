//! The parts of `ringback.yaml` that are lists of things with names: menus, taxonomies, editions.

use std::collections::BTreeMap;

use super::{BaseUrl, EditionWebhook, Localized, Parser, TaxonomyId, Webhook};
use crate::diag::{Code, Diagnostic};
use crate::encode::address::{Address, Web};
use crate::encode::slug::{self, slug};
use crate::ids::IdVec;
use crate::project::CONFIG_FILE as FILE;
use crate::project::FOLDERS;
use crate::project::names::fold;
use crate::yaml::{Node, Spanned, Value};

/// Where a menu entry leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MenuTarget {
    /// A page or section by its content path: `insights`, `pages/about`.
    Page(Spanned<String>),
    /// An address: absolute, or a path of this site in the reader's language.
    Url(Spanned<Address>),
    /// Nowhere: it only opens its children.
    None,
}

/// An entry of a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuItem {
    /// Its text; empty for the title of the page it leads to.
    pub label: Localized,
    /// The page or address that the entry leads to.
    pub target: MenuTarget,
    /// The entries of its submenu, in the order of the file; empty if it has none.
    pub children: Vec<MenuItem>,
}

/// A declared term of a taxonomy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermConfig {
    /// The name by which front matter writes it.
    pub name: String,
    /// Its label by language; may be empty, then readers see the name.
    pub label: Localized,
    /// A sentence for the term's page.
    pub description: Localized,
}

/// A taxonomy: a way to group pages, such as by category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taxonomy {
    /// Its key in front matter and its folder in URLs.
    pub name: String,
    /// Its label by language; may be empty, then readers see the name.
    pub label: Localized,
    /// Terms that are not declared are errors.
    pub strict: bool,
    /// Declared terms, in the order of the file.
    pub terms: Vec<TermConfig>,
}

impl Taxonomy {
    /// A taxonomy of which nothing but the name is said.
    pub(super) fn plain(name: &str) -> Self {
        Self { name: name.into(), label: Localized::default(), strict: false, terms: Vec::new() }
    }
}

/// The audience of a page: everybody, or the company's own people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// Everybody: such pages are in every edition.
    Public,
    /// The company's own people: such pages are only in editions for the team.
    Team,
}

impl Audience {
    /// The names in front matter and configuration, in the order of the variants.
    pub const NAMES: &[&str] = &["public", "team"];

    /// As it is written in content.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Team => "team",
        }
    }

    /// The audience at an index of [`Self::NAMES`].
    #[must_use]
    pub fn at(index: usize) -> Self {
        if index == 0 { Self::Public } else { Self::Team }
    }
}

/// One built output, for some audiences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionConfig {
    /// Its name, the key under `editions:`.
    pub name: String,
    /// The folder it is written to, relative to the site's root.
    pub output: String,
    /// The audiences whose pages it holds.
    pub audiences: Vec<Audience>,
    /// Its own address, where it differs from the site's.
    pub base_url: Option<BaseUrl>,
    /// Is every file of it encrypted with a passphrase (`seal: passphrase`)?
    pub is_sealed: bool,
    /// Webhooks that have another address there, or none.
    pub webhooks: BTreeMap<String, EditionWebhook>,
    /// Does it load what `integrations:` declares? Nothing that is sealed does.
    pub loads_integrations: bool,
    /// Is its reader taken for somebody who has sent every form? Only `serve` shows such an edition.
    pub is_unlocked: bool,
}

impl EditionConfig {
    /// The edition of a site that declares none.
    #[must_use]
    pub fn public() -> Self {
        Self {
            name: "public".into(),
            output: "public".into(),
            audiences: vec![Audience::Public],
            base_url: None,
            is_sealed: false,
            webhooks: BTreeMap::new(),
            loads_integrations: true,
            is_unlocked: false,
        }
    }

    /// May it hold content for this audience?
    #[must_use]
    pub fn sees(&self, audience: Audience) -> bool {
        self.audiences.contains(&audience)
    }

    /// Do gates stand open in it? The company's own people are not asked for their address.
    #[must_use]
    pub fn opens_gates(&self) -> bool {
        self.is_unlocked || self.sees(Audience::Team)
    }
}

/// The organization that publishes the site, `organization:`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Organization {
    /// Its name, as readers know it.
    pub name: String,
    /// The website of the organization itself, where it isn't this one.
    pub url: Option<Web>,
    /// The address that readers without JavaScript, and refused forms, are offered.
    pub email: Option<String>,
    /// The number on contact pages and in structured data, as people write it.
    pub phone: Option<String>,
    /// Street and number of its postal address.
    pub street: Option<String>,
    /// Postal code of its address.
    pub postal_code: Option<String>,
    /// Town of its address.
    pub city: Option<String>,
    /// Country code (ISO 3166-1 alpha-2) or name.
    pub country: Option<String>,
    /// Pages about it elsewhere (`sameAs` of schema.org), by which search engines know that they are the same.
    pub same_as: Vec<Web>,
}

impl Parser<'_> {
    /// Reads `menus:`, by their names.
    pub(super) fn menus(&mut self, node: &Node) -> BTreeMap<String, Vec<MenuItem>> {
        let entries = self.reader.entries(node).unwrap_or_default();
        entries.iter().map(|(name, items)| (name.value.clone(), self.menu(items))).collect()
    }

    fn menu(&mut self, node: &Node) -> Vec<MenuItem> {
        let items = self.reader.list(node).unwrap_or_default();
        items.iter().filter_map(|item| self.menu_item(item)).collect()
    }

    /// An address on the web. One whose variable isn't set is reported already.
    fn web(&mut self, node: &Node) -> Option<Web> {
        match &node.value {
            Value::Scalar { text, .. } if text.contains("${") => None,
            _ => self.reader.web(node).map(|web| web.value),
        }
    }

    /// What a menu leads to: an address that runs nothing.
    fn menu_address(&mut self, url: Spanned<String>) -> Option<Spanned<Address>> {
        match Address::new(url.value.as_str()) {
            Ok(value) => Some(Spanned { value, span: url.span }),
            Err(danger) => {
                let message = format!("a menu can't lead to `{}`", url.value);
                self.reader
                    .diagnostics
                    .push(Diagnostic::new(Code::BadUrl, message).at(FILE, url.span).help(danger.help()));
                None
            }
        }
    }

    fn menu_item(&mut self, node: &Node) -> Option<MenuItem> {
        let mut fields = self.reader.fields(node)?;
        let page = fields.take("page").and_then(|node| self.reader.text(node));
        let url = fields.take("url").and_then(|node| self.reader.text(node));
        let label = fields.take("label").and_then(|node| self.localized(node)).unwrap_or_default();
        let children = fields.take("children").map(|node| self.menu(node)).unwrap_or_default();
        fields.finish("a menu entry", [], &mut self.reader);
        let target = match (page, url) {
            (Some(page), _) => MenuTarget::Page(page),
            (None, Some(url)) => self.menu_address(url).map_or(MenuTarget::None, MenuTarget::Url),
            (None, None) => MenuTarget::None,
        };
        if label.is_empty() && !matches!(target, MenuTarget::Page(_)) {
            self.reader.report(Code::MissingKey, node.span, "a menu entry without `page` needs `label`");
        }
        Some(MenuItem { label, target, children })
    }

    /// Reads `taxonomies:`, in the order of the file.
    pub(super) fn taxonomies(&mut self, node: &Node) -> IdVec<TaxonomyId, Taxonomy> {
        let mut all = IdVec::new();
        for (name, node) in self.reader.entries(node).unwrap_or_default() {
            if slug(&name.value) != name.value {
                let message =
                    format!("`{}` can't be a taxonomy's name, because the name is part of URLs", name.value);
                self.reader.diagnostics.push(
                    Diagnostic::new(Code::InvalidValue, message)
                        .at(FILE, name.span)
                        .help(format!("write `{}`, and give a `label` for readers", slug(&name.value))),
                );
                continue;
            }
            let mut taxonomy = Taxonomy::plain(&name.value);
            if let Some(mut fields) = self.reader.fields(node) {
                taxonomy.label =
                    fields.take("label").and_then(|node| self.localized(node)).unwrap_or_default();
                taxonomy.strict =
                    fields.take("strict").and_then(|node| self.reader.truth(node)).unwrap_or_default();
                taxonomy.terms = fields.take("terms").map(|node| self.terms(node)).unwrap_or_default();
                fields.finish("a taxonomy", [], &mut self.reader);
            }
            all.push(taxonomy);
        }
        all
    }

    fn terms(&mut self, node: &Node) -> Vec<TermConfig> {
        let mut terms = Vec::new();
        let mut taken: BTreeMap<String, &str> = BTreeMap::new();
        for (name, node) in self.reader.entries(node).unwrap_or_default() {
            let Some(mut fields) = self.reader.fields(node) else { continue };
            let slug = slug::term(&name.value);
            if let Some(problem) = bad_term(name, &slug, taken.get(&slug).copied()) {
                self.reader.diagnostics.push(problem);
                continue;
            }
            taken.insert(slug, &name.value);
            let label = fields.take("label").and_then(|node| self.localized(node)).unwrap_or_default();
            let description =
                fields.take("description").and_then(|node| self.localized(node)).unwrap_or_default();
            fields.finish("a term", [], &mut self.reader);
            terms.push(TermConfig { name: name.value.clone(), label, description });
        }
        terms
    }

    /// Reads `editions:`; webhooks that they change have to be among `known`.
    pub(super) fn editions(&mut self, node: &Node, known: &BTreeMap<String, Webhook>) -> Vec<EditionConfig> {
        let mut all: Vec<EditionConfig> = Vec::new();
        for (name, node) in self.reader.entries(node).unwrap_or_default() {
            let Some(mut fields) = self.reader.fields(node) else { continue };
            let output = fields.take("output").and_then(|node| self.reader.text(node));
            let audiences = match fields.require("audiences", "an edition", &mut self.reader) {
                Some(list) => self.audiences(list),
                None => continue,
            };
            let base_url = fields.take("base_url").and_then(|node| self.base_url(node));
            let seal = fields.take("seal").and_then(|node| self.reader.choice(node, &["passphrase"]));
            let webhooks = fields.take("webhooks").map(|node| self.edition_webhooks(node, known));
            let webhooks = webhooks.unwrap_or_default();
            let integrations = fields.take("integrations");
            let loads_integrations = self.loads_integrations(integrations, &audiences, seal);
            fields.finish("an edition", [], &mut self.reader);
            let output = output.unwrap_or_else(|| name.clone());
            if !is_output_folder(&output.value) {
                self.reader.diagnostics.push(
                    Diagnostic::new(
                        Code::InvalidValue,
                        format!("`{}` can't be an output folder", output.value),
                    )
                    .at(FILE, output.span)
                    .help("choose a separate folder inside the site, such as `public`"),
                );
                continue;
            }
            if let Some(other) = all.iter().find(|other| share_files(&other.output, &output.value)) {
                self.reader.diagnostics.push(shared_folder(other, &name.value, &output));
                continue;
            }
            all.push(EditionConfig {
                name: name.value.clone(),
                output: output.value,
                audiences,
                base_url,
                is_sealed: seal.is_some(),
                webhooks,
                loads_integrations,
                is_unlocked: false,
            });
        }
        all
    }

    /// Does an edition load what others serve? One for the team only if it says so, and one behind a passphrase never:
    /// the passphrase is typed there, and all that it opens is shown.
    fn loads_integrations(
        &mut self,
        node: Option<&Node>,
        audiences: &[Audience],
        seal: Option<usize>,
    ) -> bool {
        let own = node.and_then(|node| Some((self.reader.truth(node)?, node.span)));
        match own {
            Some((true, span)) if seal.is_some() => {
                let message = "an edition behind a passphrase loads nothing from others";
                let problem = Diagnostic::new(Code::InvalidValue, message).at(FILE, span);
                let help = "remove `integrations: true`: a script of somebody else would read what the passphrase opens";
                self.reader.diagnostics.push(problem.help(help));
                false
            }
            Some((loads, _)) => loads,
            None => seal.is_none() && !audiences.contains(&Audience::Team),
        }
    }

    fn audiences(&mut self, node: &Node) -> Vec<Audience> {
        let items = self.reader.list(node).unwrap_or_default();
        items.iter().filter_map(|item| self.reader.choice(item, Audience::NAMES)).map(Audience::at).collect()
    }

    /// Reads `organization:`; `None` where it isn't a map, which is reported.
    pub(super) fn organization(&mut self, node: &Node) -> Option<Organization> {
        let mut fields = self.reader.fields(node)?;
        let name = fields.require("name", "the organization", &mut self.reader);
        let name = name.and_then(|node| self.reader.text(node)).map(|name| name.value).unwrap_or_default();
        let mut organization = Organization { name, ..Organization::default() };
        let email = fields.take("email").and_then(|node| self.reader.text(node));
        organization.email = email.map(|email| email.value);
        organization.phone = fields.take("phone").and_then(|node| self.reader.phone(node));
        if let Some(mut address) = fields.take("address").and_then(|node| self.reader.fields(node)) {
            let mut text =
                |node: Option<&Node>| node.and_then(|node| self.reader.text(node)).map(|text| text.value);
            organization.street = text(address.take("street"));
            organization.postal_code = text(address.take("postal_code"));
            organization.city = text(address.take("city"));
            organization.country = text(address.take("country"));
            address.finish("an address", [], &mut self.reader);
        }
        organization.url = fields.take("url").and_then(|node| self.web(node));
        let profiles = fields.take("same_as").map_or_else(Vec::new, |node| match &node.value {
            Value::List(all) => all.iter().collect(),
            _ => vec![node],
        });
        organization.same_as = profiles.into_iter().filter_map(|node| self.web(node)).collect();
        fields.finish("the organization", [], &mut self.reader);
        Some(organization)
    }
}

/// The report of a declared term that can't have a URL of its own: without a letter, or with that of `other`.
fn bad_term(name: &Spanned<String>, slug: &str, other: Option<&str>) -> Option<Diagnostic> {
    let (message, help) = match other {
        _ if slug.is_empty() => (
            format!("`{}` has no letters or digits for a URL", name.value),
            "write the term in words, such as `plus` or `a-plus`",
        ),
        Some(other) => (
            format!("the terms `{other}` and `{}` have the same URL", name.value),
            "remove one of them, or give it another name",
        ),
        None => return None,
    };
    Some(Diagnostic::new(Code::InvalidValue, message).at(FILE, name.span).help(help))
}

/// A relative folder inside the site in which nothing of the site's own lies, on no kind of disk.
fn is_output_folder(path: &str) -> bool {
    let folded = fold(path);
    let first = folded.split('/').next().unwrap_or_default();
    let is_taken = FOLDERS.contains(&first) || first == FILE || first == "src";
    let is_name = |part: &str| {
        let shown = fold(part);
        !shown.trim().is_empty() && !shown.starts_with('.') && !part.starts_with([' ', '.'])
    };
    // `C:` is another disk, and names behind a colon are hidden parts of files, on Windows.
    !is_taken && !path.contains(['\\', ':', '\0']) && path.split('/').all(is_name)
}

/// Is one of two output folders the other, or inside it, where a disk doesn't tell capital letters or accents' forms apart?
fn share_files(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    a.split('/').zip(b.split('/')).all(|(a, b)| a == b)
}

/// The report of two editions whose files would get among each other.
fn shared_folder(other: &EditionConfig, name: &str, output: &Spanned<String>) -> Diagnostic {
    let message = if fold(&other.output) == fold(&output.value) {
        format!("the editions `{}` and `{name}` share a folder", other.name)
    } else {
        format!("of the editions `{}` and `{name}`, one has its output inside the other's", other.name)
    };
    Diagnostic::new(Code::InvalidValue, message)
        .at(FILE, output.span)
        .help(format!("the output of `{}` is `{}`: choose a folder next to it", other.name, other.output))
}
