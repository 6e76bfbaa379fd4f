//! What templates get, as `docs/templates.md` says: `Views` holds what many pages share, made once; `render`
//! builds the rest for one artifact and calls its template.

pub(super) mod article;
mod call;
mod call_map;
mod call_to_action;
mod cards;
mod durations;
pub(super) mod embeds;
pub(super) mod form;
mod gate;
pub mod gated;
mod layout;
pub mod linked;
mod lists;
mod objections;
mod playbook;
mod policy;
mod report;
pub mod report_numbers;
mod share;
mod subject;
mod targets;
pub mod text;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use tera::{Context, Value};

use self::linked::Linked;
use crate::content::PageKind;
use crate::diag::Diagnostic;
use crate::findings::Features;
use crate::links::Links;
use crate::plan::Artifact;
use crate::publishing::feeds::Feed;
use crate::publishing::policy::Policy;
use crate::site::{PageId, Site, Standing};
use crate::theme::Theme;
use crate::theme::engine::{html, list, object, text};

/// Values that are the same on many pages.
#[derive(Debug)]
pub(super) struct Views {
    /// `site`, by language.
    site: Vec<Value>,
    /// The object of each page, made when the first template shows it.
    pages: Vec<OnceLock<Value>>,
    terms: cards::TermValues,
    /// The feeds at each path that has some.
    feeds: BTreeMap<String, Value>,
    /// `theme` and `assets`.
    theme: Value,
    assets: Value,
    /// What every page may ask.
    policy: Policy,
    /// The policy of all pages together, made when somebody asks.
    header: OnceLock<String>,
}

impl Views {
    pub(super) fn new(site: &Site, features: &Features, theme: &Theme) -> Self {
        let Features { feeds, share, .. } = features;
        let terms = cards::TermValues::new(site);
        let feeds = feeds.all.iter().map(|feed| (feed.url.clone(), formats(site, feed))).collect();
        let languages = 0..site.config().languages.len();
        Self {
            site: languages
                .map(|lang| layout::site(site, &feeds, theme, (lang, share.reps_url(lang))))
                .collect(),
            pages: site.pages.iter().map(|_| OnceLock::new()).collect(),
            terms,
            feeds,
            theme: layout::theme(site, theme),
            assets: layout::assets(site, theme),
            policy: policy::of_edition(site, features, theme),
            header: OnceLock::new(),
        }
    }

    /// The policy of all pages together, for a header.
    pub(super) fn header(&self, linked: &Linked) -> &str {
        self.header.get_or_init(|| policy::of_all(linked).header())
    }

    /// The feeds at a path.
    fn feeds(&self, path: &str) -> Value {
        self.feeds.get(path).cloned().unwrap_or_else(|| list([]))
    }
}

impl Linked {
    /// The object of a page in lists.
    fn summary(&self, id: PageId) -> Value {
        let make = || {
            let (links, terms) = (&self.features.links, &self.views.terms);
            cards::summary(&self.site, links, terms, &self.theme, self.site.page(id))
        };
        self.views.pages[id.index()].get_or_init(make).clone()
    }

    fn summaries(&self, ids: &[PageId]) -> Value {
        list(ids.iter().map(|id| self.summary(*id)))
    }
}

/// Renders an artifact that has a template.
pub(super) fn render(linked: &Linked, artifact: &Artifact) -> Result<String, Box<Diagnostic>> {
    let mut context = Context::new();
    let subject = match artifact {
        Artifact::Page { page, part } => {
            let page = linked.site.page(*page);
            match page.kind() {
                PageKind::Section if page.entry.place.key.is_empty() => {
                    lists::home(linked, page, &mut context)?
                }
                PageKind::Section => lists::section(linked, page, *part, &mut context)?,
                PageKind::Person => lists::person(linked, page, *part, &mut context)?,
                _ => article::page(linked, page, &mut context)?,
            }
        }
        Artifact::Taxonomy { lang, taxonomy } => lists::taxonomy(linked, *lang, *taxonomy, &mut context),
        Artifact::Term { lang, taxonomy, term, part } => {
            lists::term(linked, (*lang, *taxonomy, *term), *part, &mut context)
        }
        Artifact::Series { lang, series } => lists::series(linked, *lang, *series, &mut context),
        Artifact::Archive { lang, scope } => lists::archive(linked, *lang, *scope, &mut context),
        Artifact::AToZ { lang } => lists::a_to_z(linked, *lang, &mut context),
        Artifact::Objections { lang } => objections::index(linked, *lang, &mut context),
        Artifact::SearchPage { lang } => lists::search(linked, *lang, &mut context),
        Artifact::Report { lang } => report::report(linked, *lang, &mut context),
        Artifact::NotFound { lang } => lists::not_found(linked, *lang, &mut context),
        Artifact::LockForm { lang } => lists::locked(linked, *lang, &mut context),
        Artifact::Thanks { form, lang, is_gated } => {
            let says = if *is_gated { form::Thanks::Plain } else { form::Thanks::InItsWords };
            form::thanks(linked, *form, (*lang, says), &mut context)
        }
        Artifact::Redirect { alias } => return redirect(linked, *alias),
        other => unreachable!("{other:?} has no template"),
    };
    let standing = match (artifact, subject.page) {
        (Artifact::Thanks { form, .. }, _) => Standing::Thanks(*form),
        (_, Some(page)) => Standing::Page(linked.site.page(page)),
        _ => Standing::List,
    };
    context.insert_value("next_step", call_to_action::next_step(linked, &subject, standing));
    let own = subject.page.and_then(|page| linked.site.page(page).meta().template.as_ref());
    let template = own.map_or(subject.template, |template| template.value.as_str());
    let what = match subject.page {
        Some(page) => format!("`{}`", linked.site.page(page).path()),
        None => format!("`{}`", subject.url),
    };
    let lang = subject.lang;
    let policy = policy::of(linked, &subject, standing);
    layout::fill(linked, subject, &policy, &mut context);
    linked.theme.engines[lang].render(template, &context, &what)
}

fn redirect(linked: &Linked, alias: usize) -> Result<String, Box<Diagnostic>> {
    let site = &linked.site;
    let target = site.page(linked.features.aliases.all[alias].to);
    let mut context = Context::new();
    context.insert_value("url", Value::from(site.href(&target.url)));
    context.insert_value("permalink", Value::from(site.permalink(&target.url)));
    context.insert_value("lang", Value::from(site.config().languages[target.lang()].code.as_str()));
    context.insert_value("title", Value::from(target.title()));
    context.insert_value("t", linked.theme.strings[target.lang()].clone());
    context.insert_value("policy", html(&Policy::default().meta()));
    context.insert_value("assets", linked.views.assets.clone());
    linked.theme.engines[target.lang()].render(
        "redirect.html",
        &context,
        &format!("the alias of `{}`", target.path()),
    )
}

/// `{title, name, url, type}` of a feed in each format.
fn formats(site: &Site, feed: &Feed) -> Value {
    use crate::site::routes::{FeedFormat, feed_url};
    let formats = [
        (FeedFormat::Atom, "Atom", "application/atom+xml"),
        (FeedFormat::Json, "JSON Feed", "application/feed+json"),
    ];
    list(formats.map(|(format, name, kind)| {
        object([
            ("title", Value::from(format!("{} ({name})", feed.title))),
            ("name", Value::from(name)),
            ("url", Value::from(site.href(&feed_url(&feed.url, format)))),
            ("type", Value::from(kind)),
        ])
    }))
}

/// An image of the site for templates: `{src, width, height, alt, credit}`.
fn image(site: &Site, links: &Links, path: &str, alt: &str, credit: Option<&str>) -> Value {
    let Some(url) = links.file_url(path) else { return Value::none() };
    let size = site.content.images.get(path);
    object([
        ("src", Value::from(site.href(url))),
        ("width", size.map_or_else(Value::none, |size| Value::from(size.width))),
        ("height", size.map_or_else(Value::none, |size| Value::from(size.height))),
        ("alt", Value::from(alt)),
        ("credit", text(credit)),
    ])
}

/// `{title, url}` of a page.
fn link_to(site: &Site, page: PageId) -> Value {
    let page = site.page(page);
    object([("title", Value::from(page.title())), ("url", Value::from(site.href(&page.url)))])
}

/// HTML, or nothing where there is none.
fn html_or_none(text: &str) -> Value {
    if text.is_empty() { Value::none() } else { html(text) }
}
