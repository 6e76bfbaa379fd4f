//! What every page has around it: the site, its menus, the head, breadcrumbs and translations.

use std::collections::BTreeMap;

use tera::{Context, Value};

use super::linked::Linked;
use super::playbook;
use super::subject::Subject;
use crate::config::{Audience, LangId, MenuItem, MenuTarget, Organization};
use crate::content::PageKind;
use crate::encode::phone;
use crate::publishing::policy::Policy;
use crate::publishing::search::MANIFEST;
use crate::publishing::structured_data;
use crate::site::{Site, State};
use crate::theme::Theme;
use crate::theme::engine::{html, list, object, text};

/// The page about privacy of a site that names none.
const PRIVACY: &str = "pages/privacy";

/// `site`, in one language; `reps` is where its list of reps is.
pub(super) fn site(
    site: &Site,
    feeds: &BTreeMap<String, Value>,
    theme: &Theme,
    (lang, reps): (LangId, Option<&str>),
) -> Value {
    let config = site.config();
    let languages = site.languages().map(|id| {
        let language = &config.languages[id];
        object([
            ("code", Value::from(language.code.as_str())),
            ("label", Value::from(language.label.as_str())),
            ("home", Value::from(site.href(&config.prefix(id)))),
        ])
    });
    let menus = config.menus.iter().map(|(name, items)| (name.clone(), list(menu(site, lang, items))));
    let section =
        |key: &str| site.find(key, lang).map_or_else(Value::none, |id| href(site, &site.page(id).url));
    let has_archive =
        site.pages.iter().any(|page| page.lang() == lang && page.is_article() && page.meta().date.is_some());
    let archive = site.archive_url(lang, crate::site::routes::ArchiveScope::All);
    let is_team = site.view.edition.sees(Audience::Team);
    let links = object([
        ("a_to_z", href(site, &site.a_to_z_url(lang))),
        ("archive", if has_archive { href(site, &archive) } else { Value::none() }),
        ("people", section("people")),
        ("insights", section("insights")),
        ("playbooks", section("playbooks")),
        ("scripts", section("scripts")),
        ("report", if is_team { href(site, &site.report_url(lang)) } else { Value::none() }),
    ]);
    object([
        ("title", Value::from(config.text(&config.title, lang))),
        ("description", text(Some(config.text(&config.description, lang)).filter(|text| !text.is_empty()))),
        ("base_url", Value::from(site.view.base_url.whole())),
        ("base_path", Value::from(site.view.base_url.path.as_str())),
        ("home", href(site, &config.prefix(lang))),
        ("lang", Value::from(config.languages[lang].code.as_str())),
        ("languages", list(languages)),
        ("menus", Value::from(menus.collect::<std::collections::BTreeMap<String, Value>>())),
        ("organization", config.organization.as_ref().map_or_else(Value::none, organization)),
        (
            "edition",
            object([
                ("name", Value::from(site.view.edition.name.as_str())),
                ("noindex", Value::from(site.view.edition.sees(Audience::Team))),
                ("sealed", Value::from(site.view.edition.is_sealed)),
            ]),
        ),
        ("attribution", Value::from(config.attribution.name())),
        ("publisher", Value::from(config.publisher(lang))),
        ("privacy", privacy(site, lang)),
        ("reps", reps.map_or_else(Value::none, |url| href(site, url))),
        ("links", links),
        ("search", search(site, theme, lang)),
        ("feeds", feeds.get(&config.prefix(lang)).cloned().unwrap_or_else(|| list([]))),
    ])
}

fn href(site: &Site, path: &str) -> Value {
    Value::from(site.href(path))
}

/// A menu, without the entries that this edition can't see.
fn menu(site: &Site, lang: LangId, items: &[MenuItem]) -> Vec<Value> {
    items.iter().filter_map(|item| menu_item(site, lang, item)).collect()
}

fn menu_item(site: &Site, lang: LangId, item: &MenuItem) -> Option<Value> {
    let config = site.config();
    let children = menu(site, lang, &item.children);
    let (url, title, external) = match &item.target {
        MenuTarget::Page(page) => {
            let page = site.page(site.find_any(page.value.trim_matches('/'), lang)?);
            (href(site, &page.url), page.title(), false)
        }
        MenuTarget::Url(url) => match site.menu_path(&url.value, lang) {
            Some(path) => (href(site, &path), "", false),
            None => (Value::from(&*url.value), "", true),
        },
        MenuTarget::None if children.is_empty() => return None,
        MenuTarget::None => (Value::none(), "", false),
    };
    let label = config.text(&item.label, lang);
    Some(object([
        ("label", Value::from(if label.is_empty() { title } else { label })),
        ("url", url),
        ("children", list(children)),
        ("external", Value::from(external)),
    ]))
}

/// `site.privacy`: the page that says what becomes of visitors' details, where this edition has it.
fn privacy(site: &Site, lang: LangId) -> Value {
    let named = site.config().privacy_page.as_ref().map_or(PRIVACY, |page| page.value.trim_matches('/'));
    site.find_any(named, lang).map_or_else(Value::none, |id| {
        let page = site.page(id);
        object([("url", href(site, &page.url)), ("title", Value::from(page.title()))])
    })
}

fn organization(organization: &Organization) -> Value {
    let town = [organization.postal_code.as_deref(), organization.city.as_deref()];
    let town = town.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let lines = [organization.street.clone(), Some(town).filter(|town| !town.is_empty())];
    let phone_href = organization.phone.as_deref().and_then(|number| phone::tel(number).ok());
    object([
        ("name", Value::from(organization.name.as_str())),
        ("url", text(organization.url.as_deref())),
        ("email", text(organization.email.as_deref())),
        ("phone", text(organization.phone.as_deref())),
        ("phone_href", text(phone_href.as_deref())),
        ("address", list(lines.into_iter().flatten().map(Value::from))),
        ("same_as", list(organization.same_as.iter().map(|url| Value::from(&**url)))),
    ])
}

/// `site.search`.
fn search(site: &Site, theme: &Theme, lang: LangId) -> Value {
    let server = theme.settings.search.as_ref();
    let server = server.map(|server| serde_json::to_string(server).expect("texts are JSON"));
    object([
        ("engine", text(server.as_deref())),
        ("url", href(site, &site.search_url(lang))),
        ("manifest", href(site, MANIFEST)),
        ("a_to_z", href(site, &site.a_to_z_url(lang))),
    ])
}

/// `theme`.
pub(super) fn theme(site: &Site, theme: &Theme) -> Value {
    let logo = theme.settings.logo.as_deref().and_then(|path| theme.url(path));
    let font = |name: &str| text(theme.settings.property(name));
    object([
        ("logo", logo.map_or_else(Value::none, |url| href(site, url))),
        ("fonts", object([("text", font("font-text")), ("heading", font("font-heading"))])),
        ("radius", font("radius")),
    ])
}

/// `assets`.
pub(super) fn assets(site: &Site, theme: &Theme) -> Value {
    let urls = theme.files.iter().map(|file| (file.path.clone(), site.href(&file.url)));
    Value::from(urls.collect::<std::collections::BTreeMap<String, String>>())
}

/// Puts in what every template gets.
pub(super) fn fill(linked: &Linked, subject: Subject, policy: &Policy, context: &mut Context) {
    let site = &linked.site;
    let lang = subject.lang;
    context.insert_value("site", linked.views.site[lang].clone());
    context.insert_value("theme", linked.views.theme.clone());
    context.insert_value("assets", linked.views.assets.clone());
    context.insert_value("t", linked.theme.strings[lang].clone());
    context.insert_value("url", href(site, &subject.url));
    let permalink = site.permalink(&subject.url);
    context.insert_value("translations", translations(site, &subject));
    let crumbs = subject.breadcrumbs.iter().map(|(title, url)| {
        let url = url.as_deref().map_or_else(Value::none, |url| href(site, url));
        object([("title", Value::from(title.as_str())), ("url", url)])
    });
    context.insert_value("breadcrumbs", list(crumbs));
    context.insert_value("head", head(linked, &subject, policy, &permalink));
    context.insert_value("permalink", Value::from(permalink));
}

/// One entry for each language of the site.
fn translations(site: &Site, subject: &Subject) -> Value {
    let entries = site.languages().map(|lang| {
        let language = &site.config().languages[lang];
        let found = subject.translations.iter().find(|(id, _)| *id == lang);
        let title = found.and(subject.page).and_then(|page| {
            let all = &site.page(page).translations;
            all.iter().map(|id| site.page(*id)).find(|page| page.lang() == lang).map(|page| page.title())
        });
        let url = found.map_or_else(|| site.config().prefix(lang), |(_, url)| url.clone());
        object([
            ("code", Value::from(language.code.as_str())),
            ("label", Value::from(language.label.as_str())),
            ("url", href(site, &url)),
            ("title", text(title.or(found.map(|_| subject.title.as_str())))),
            ("current", Value::from(lang == subject.lang)),
        ])
    });
    list(entries)
}

fn head(linked: &Linked, subject: &Subject, policy: &Policy, permalink: &str) -> Value {
    let site = &linked.site;
    let config = site.config();
    let page = subject.page.map(|page| site.page(page));
    let name = config.text(&config.title, subject.lang);
    let title =
        if subject.title == name { name.to_string() } else { format!("{} – {name}", subject.title) };
    let source = page.and_then(|page| page.meta().source.as_ref()).filter(|source| source.canonical);
    let canonical = source.and_then(|source| source.url.as_deref()).unwrap_or(permalink);
    let is_hidden = site.view.edition.sees(Audience::Team)
        || matches!(subject.template, "404.html" | "thanks.html")
        || page.is_some_and(|page| page.state != State::Published);
    let article = page.filter(|page| page.is_article());
    let iso = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string());
    let is_404 = subject.template == "404.html";
    let image = page.and_then(|page| head_image(linked, page));
    let home = config.prefix(subject.lang);
    let own = subject.feed.as_deref().filter(|path| *path != home);
    let feeds = [Some(home.as_str()), own].map(|path| path.map(|path| linked.views.feeds(path)));
    let feeds = feeds.iter().flatten().filter_map(Value::as_array).collect::<Vec<_>>().concat();
    object([
        // It has no sign that HTML would read otherwise: sources are letters, digits and `:/.-` (`foreign::source`).
        ("policy", html(&policy.meta())),
        ("title", Value::from(title)),
        ("description", text(subject.description.as_deref())),
        ("canonical", if is_404 { Value::none() } else { Value::from(canonical) }),
        ("robots", if is_hidden { Value::from("noindex") } else { Value::none() }),
        (
            "og_type",
            Value::from(if article.is_some() {
                "article"
            } else if page.is_some_and(|p| p.kind() == PageKind::Person) {
                "profile"
            } else {
                "website"
            }),
        ),
        ("image", image.as_ref().map_or_else(Value::none, |image| image.value.clone())),
        ("published", text(iso(article.and_then(|page| page.meta().date)).as_deref())),
        ("modified", text(iso(article.and_then(|page| page.meta().updated)).as_deref())),
        ("locale", Value::from(config.languages[subject.lang].locale.replace('-', "_"))),
        ("alternates", if is_404 { list([]) } else { alternates(site, subject) }),
        ("feeds", Value::from(feeds)),
        (
            "json_ld",
            if is_404 {
                Value::none()
            } else {
                json_ld(linked, subject, permalink, image.as_ref().map(HeadImage::structured))
            },
        ),
        ("prev", subject.previous.as_deref().map_or_else(Value::none, |url| href(site, url))),
        ("next", subject.next.as_deref().map_or_else(Value::none, |url| href(site, url))),
    ])
}

/// Absolute addresses of the same in each language, where there is more than one; `x-default` is the default language.
fn alternates(site: &Site, subject: &Subject) -> Value {
    if subject.translations.len() < 2 {
        return list([]);
    }
    let config = site.config();
    let entry = |lang: &str, url: &str| {
        object([("lang", Value::from(lang)), ("url", Value::from(site.permalink(url)))])
    };
    let mut all: Vec<Value> =
        subject.translations.iter().map(|(lang, url)| entry(&config.languages[*lang].code, url)).collect();
    let default = subject.translations.iter().find(|(lang, _)| *lang == config.default_language);
    all.extend(default.map(|(_, url)| entry("x-default", url)));
    list(all)
}

struct HeadImage {
    url: String,
    size: (u32, u32),
    value: Value,
}

impl HeadImage {
    fn structured(&self) -> structured_data::Image<'_> {
        structured_data::Image { url: &self.url, size: Some(self.size) }
    }
}

/// A page's own image for previews elsewhere; formats that previews don't show are left out.
fn head_image(linked: &Linked, page: &crate::site::Page) -> Option<HeadImage> {
    let path = linked.features.links.image(page.id)?;
    let is_shown = ["png", "jpg", "jpeg", "webp", "gif"]
        .iter()
        .any(|ending| path.to_ascii_lowercase().ends_with(ending));
    let size = linked.site.content.images.get(path).filter(|_| is_shown)?;
    let url = linked.site.permalink(linked.features.links.file_url(path)?);
    let alt = page.meta().image.as_ref().map_or("", |image| image.alt.as_str());
    let value = object([
        ("url", Value::from(url.as_str())),
        ("width", Value::from(size.width)),
        ("height", Value::from(size.height)),
        ("alt", text(Some(alt).filter(|alt| !alt.is_empty()))),
    ]);
    Some(HeadImage { url, size: (size.width, size.height), value })
}

fn json_ld(
    linked: &Linked,
    subject: &Subject,
    permalink: &str,
    image: Option<structured_data::Image<'_>>,
) -> Value {
    let site = &linked.site;
    let what = match subject.page {
        Some(page) => structured_data::Subject::Page(page),
        None => structured_data::Subject::List {
            title: &subject.title,
            description: subject.description.as_deref().unwrap_or_default(),
            permalink,
            lang: subject.lang,
        },
    };
    let crumbs: Vec<(String, Option<String>)> = subject
        .breadcrumbs
        .iter()
        .map(|(title, url)| (title.clone(), url.as_deref().map(|url| site.permalink(url))))
        .collect();
    let how_to = subject.page.and_then(|page| playbook::how_to(linked, site.page(page)));
    html(&structured_data::graph(site, what, &crumbs, &structured_data::Shown { image, how_to }))
}
