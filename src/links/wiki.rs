//! Wiki links: `[[Page]]` names a page by its file or its title, wherever it is.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::content::body::Body;
use crate::diag::{Code, Diagnostic};
use crate::encode::{percent, slug, url};
use crate::project::names;
use crate::site::{Page, PageId, Site};

/// The pages of an edition by what wiki links may call them, found out with the first such link.
#[derive(Default)]
pub(super) struct Called(OnceLock<FxHashMap<String, Vec<PageId>>>);

impl Called {
    fn pages(&self, site: &Site, name: &str) -> &[PageId] {
        let all = self.0.get_or_init(|| {
            let mut all: FxHashMap<String, Vec<PageId>> = FxHashMap::default();
            for page in site.pages() {
                for name in
                    names_of(&page.document.place.name, &page.document.place.key, &page.meta().title.value)
                {
                    let pages = all.entry(name).or_default();
                    if pages.last() != Some(&page.id) {
                        pages.push(page.id);
                    }
                }
            }
            all
        });
        all.get(name).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The names of a page as they are compared.
fn names_of(name: &str, key: &str, title: &str) -> [String; 3] {
    [folded(name), folded(key), folded(title)]
}

/// `Insights/Price list` and `insights/price-list` are the same name.
fn folded(name: &str) -> String {
    let name = names::without_ending(name, "md");
    name.split('/').map(slug::slug).collect::<Vec<_>>().join("/")
}

/// The id of the heading that a link names by its words or its id.
fn heading<'b>(body: &'b Body, name: &str) -> Option<&'b str> {
    let (plain, id) = (name.trim(), slug::slug(name));
    let found = body.headings.iter().find(|heading| heading.id == plain || heading.text == plain);
    found.or_else(|| body.headings.iter().find(|heading| heading.id == id)).map(|heading| &*heading.id)
}

/// What a wiki link leads to.
pub(super) enum Wiki {
    /// A place on the same page.
    Here(String),
    /// A page, and a place on it.
    Page(PageId, Option<String>),
    /// A file that isn't a page.
    File(String),
    /// The file of a page that this edition doesn't have.
    Missing(String),
    /// It means nothing that is there; the problem says what was likely meant.
    Broken(Diagnostic),
}

/// Where `[[inner]]` leads from `page`, whose links start from `folder`.
pub(super) fn resolve((site, called): (&Site, &Called), page: &Page, folder: &str, inner: &str) -> Wiki {
    let inner = inner.split('|').next().unwrap_or(inner).trim();
    let (name, fragment) = inner.split_once('#').map_or((inner, None), |(a, b)| (a.trim(), Some(b)));
    let place = |page: &Page| {
        let name = fragment?;
        let id = heading(page.body(), name).map_or_else(|| slug::slug(name), str::to_string);
        Some(percent::fragment(&id).into_owned())
    };
    if name.is_empty() {
        return Wiki::Here(place(page).unwrap_or_default());
    }
    if let Some(file) = file(site, folder, name) {
        return Wiki::File(file);
    }
    match candidates((site, called), page, name)[..] {
        [] => nothing_called(site, name),
        [found] => Wiki::Page(found, place(site.page(found))),
        [one, other, ..] => {
            let (one, other) = (site.page(one).path(), site.page(other).path());
            let message = format!("several pages are called `{name}`, such as `{one}` and `{other}`");
            let help = "write a link to the file that is meant: `[words](../folder/name.md)`";
            Wiki::Broken(Diagnostic::new(Code::BrokenLink, message).help(help))
        }
    }
}

/// The pages that a name can mean: those in this page's language, if there is one, and of them the one beside it.
fn candidates((site, called): (&Site, &Called), from: &Page, name: &str) -> Vec<PageId> {
    let wanted = folded(name);
    let mut found = called.pages(site, &wanted).to_vec();
    let mut prefer = |is_better: &dyn Fn(&Page) -> bool| {
        if found.iter().any(|id| is_better(site.page(*id))) {
            found.retain(|id| is_better(site.page(*id)));
        }
    };
    prefer(&|page| page.lang() == from.lang());
    prefer(&|page| folded(&page.document.place.name) == wanted);
    prefer(&|page| page.document.place.folder == from.document.place.folder);
    found
}

/// A file that isn't a page: next to this one, or the only one of its name.
fn file(site: &Site, folder: &str, name: &str) -> Option<String> {
    if names::ends_in(name, "md") || !name.contains('.') {
        return None;
    }
    let files = &site.content.files;
    let beside = url::follow(folder, name).filter(|path| files.binary_search(path).is_ok());
    beside.or_else(|| {
        let is_it = |file: &&String| {
            file.starts_with("content/") && file.strip_suffix(name).is_some_and(|rest| rest.ends_with('/'))
        };
        let mut found = files.iter().filter(is_it);
        let only = found.next()?;
        found.next().is_none().then(|| only.clone())
    })
}

fn nothing_called(site: &Site, name: &str) -> Wiki {
    let wanted = folded(name);
    let mut hidden =
        site.content.documents.iter().filter(|document| site.hidden(&document.place.path).is_some());
    let is_called = |document: &&std::sync::Arc<crate::content::Document>| {
        names_of(&document.place.name, &document.place.key, &document.meta.title.value).contains(&wanted)
    };
    if let Some(document) = hidden.find(is_called) {
        return Wiki::Missing(document.place.path.clone());
    }
    let titles = site.pages().map(|page| page.meta().title.value.as_str());
    let help = "a wiki link names a page by its file or its title; if readers should see the brackets, put a backslash \
        before the first one";
    let problem = Diagnostic::new(Code::BrokenLink, format!("no page is called `{name}`"));
    Wiki::Broken(problem.suggest(name, titles).help(help))
}
