//! `head`: what goes into `<head>` of every page.

use serde::Serialize;

use super::linked::Edition;
use super::site_view::FeedLink;
use super::subject::Subject;
use super::{figures, playbook};
use crate::config::Audience;
use crate::content::PageKind;
use crate::content::blocks::Role;
use crate::content::body::Body;
use crate::content::front_matter::ImageMeta;
use crate::content::gate::GatedBody;
use crate::publishing::blocks;
use crate::publishing::cards::canvas::{HEIGHT, WIDTH};
use crate::publishing::policy::Policy;
use crate::publishing::structured_data::{self, Answered};
use crate::site::{Page, PublishStatus, Site};
use crate::theme::values::{Html, Shared};

/// What goes into `<head>`.
#[derive(Debug, Serialize)]
pub(super) struct Head<'a> {
    /// The page's [Content-Security-Policy](content.md#what-browsers-may-load), for `<meta http-equiv="Content-Security-Policy">`, before anything that loads.
    policy: Html,
    /// The complete text of `<title>`.
    title: String,
    /// The content of `<meta name="description">`, which search results show; `null` if there is none.
    description: Option<&'a str>,
    /// The absolute URL under which the text should be known; `null` on `404.html`.
    canonical: Option<&'a str>,
    /// The content of `<meta name="robots">`.
    robots: Option<&'static str>,
    /// The type that Open Graph knows: `article`, `profile` or `website`.
    og_type: &'static str,
    /// The image that previews elsewhere show: the page's own, otherwise its [social card](cards.md).
    image: Option<HeadImage>,
    /// When an article was published, as an ISO date.
    published: Option<String>,
    /// When an article was updated, as an ISO date.
    modified: Option<String>,
    /// The locale as Open Graph writes it: `sv_SE`.
    locale: String,
    /// The same page in all languages, this one and `x-default` among them; empty if there is only one.
    alternates: Vec<Alternate<'a>>,
    /// Feeds of the whole site, and of the list that this page is in.
    feeds: Vec<Shared<FeedLink<'static>>>,
    /// URLs of the style sheets that only pages with [blocks](blocks.md) need.
    styles: Vec<String>,
    /// URLs of the scripts that the blocks in its text need.
    scripts: Vec<String>,
    /// Is there a block of code in the page's text, open or gated, that has colours, a title or marked lines? Then `css/code.css` and `js/code.js` are of use.
    code: bool,
    /// Structured data: the content of a script element, already escaped; `null` on `404.html`.
    json_ld: Option<Html>,
    /// URL of the part of a paginated list before this one.
    prev: Option<String>,
    /// URL of the part after this one.
    next: Option<String>,
}

/// An image for previews elsewhere.
#[derive(Debug, Serialize)]
pub(super) struct HeadImage {
    /// The image's URL with protocol and host.
    url: String,
    /// The image's width in pixels.
    width: u32,
    /// The image's height in pixels.
    height: u32,
    /// What the image shows, in words; `null` if nobody wrote it.
    alt: Option<String>,
}

/// A page in one language.
#[derive(Debug, Serialize)]
struct Alternate<'a> {
    /// The code of the language, or `x-default`.
    lang: &'a str,
    /// The URL of the page in that language, with protocol and host.
    url: String,
}

/// `head` of a page whose absolute URL is `permalink`.
pub(super) fn head<'a>(
    linked: &'a Edition,
    subject: &'a Subject,
    policy: &Policy,
    permalink: &'a str,
) -> Head<'a> {
    let site = &linked.site;
    let config = site.config();
    let page = subject.page.map(|page| site.page(page));
    let name = config.text(&config.title, subject.lang);
    let source = page.and_then(|page| page.meta().source.as_ref()).filter(|source| source.canonical);
    let canonical = source.and_then(|source| source.url.as_deref()).unwrap_or(permalink);
    let article = page.filter(|page| page.is_article());
    let iso = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string());
    let is_found = subject.template != "404.html";
    let image = page.and_then(|page| image(linked, page));
    let mut uses = page.map(|page| page.document.uses.clone()).unwrap_or_default();
    uses.style |= page.is_some_and(|page| !site.offers_below(page).is_empty());
    let event = page.and_then(|page| page.meta().event());
    let files = &linked.theme.files;
    let asset = |path: &str| files.iter().find(|file| file.path == path).map(|file| site.href(&file.url));
    Head {
        // It has no sign that HTML would read otherwise: sources are letters, digits and `:/.-` (`foreign::source`).
        policy: Html::new(&policy.meta()),
        title: if subject.title == name { name.to_string() } else { format!("{} – {name}", subject.title) },
        description: subject.description.as_deref(),
        canonical: is_found.then_some(canonical),
        robots: is_hidden(site, subject).then_some("noindex"),
        og_type: match page {
            _ if article.is_some() => "article",
            Some(page) if page.kind() == PageKind::Person => "profile",
            _ => "website",
        },
        published: iso(article.and_then(|page| page.meta().date)),
        modified: iso(article.and_then(|page| page.meta().updated)),
        locale: config.languages[subject.lang].locale.replace('-', "_"),
        alternates: if is_found { alternates(site, subject) } else { Vec::new() },
        feeds: feeds(linked, subject),
        styles: blocks::styles(&uses, &config.blocks)
            .chain(event.map(|_| "css/event.css".into()))
            .filter_map(|path| asset(&path))
            .collect(),
        scripts: blocks::scripts(&uses).filter_map(asset).collect(),
        code: page.is_some_and(has_code),
        json_ld: is_found.then(|| json_ld(linked, subject, permalink, image.as_ref())),
        image,
        prev: subject.previous.as_deref().map(|url| site.href(url)),
        next: subject.next.as_deref().map(|url| site.href(url)),
    }
}

/// The questions that a text answers, in sections with that role.
fn answered(body: &Body) -> Vec<Answered> {
    let sections =
        body.headings.iter().filter(|heading| heading.role == Some(Role::Faq) && heading.top_level);
    let parts = sections.flat_map(|section| body.parts(section));
    let answered = parts.filter_map(|part| {
        let text = body.plain_text_of(body.section(part));
        let is_whole = !part.text.is_empty() && !text.trim().is_empty();
        is_whole.then(|| Answered { name: part.text.clone(), id: part.id.clone(), text })
    });
    answered.collect()
}

fn has_code(page: &Page) -> bool {
    page.body().has_code() || page.gated().is_some_and(GatedBody::has_code)
}

/// Whether search engines must leave a page out.
fn is_hidden(site: &Site, subject: &Subject) -> bool {
    site.view.edition.sees(Audience::Team)
        || matches!(subject.template, "404.html" | "thanks.html")
        || subject.page.is_some_and(|page| {
            site.page(page).state != PublishStatus::Published || !site.page(page).is_indexed()
        })
}

/// The feeds of the whole site in a language, and those of the list that a page is in.
fn feeds(linked: &Edition, subject: &Subject) -> Vec<Shared<FeedLink<'static>>> {
    let home = linked.site.config().prefix(subject.lang);
    let own = subject.feed.as_deref().filter(|path| *path != home);
    let mut feeds = linked.views.feeds.at(&home);
    feeds.extend(own.map(|path| linked.views.feeds.at(path)).unwrap_or_default());
    feeds
}

/// Absolute addresses of the same in each language, where there is more than one; `x-default` is the default language.
fn alternates<'a>(site: &'a Site, subject: &Subject) -> Vec<Alternate<'a>> {
    if subject.translations.len() < 2 {
        return Vec::new();
    }
    let config = site.config();
    let alternate = |lang: &'a str, url: &str| Alternate { lang, url: site.permalink(url) };
    let own = subject.translations.iter().map(|(lang, url)| alternate(&config.languages[*lang].code, url));
    let default = subject.translations.iter().find(|(lang, _)| *lang == config.default_language);
    own.chain(default.map(|(_, url)| alternate("x-default", url))).collect()
}

/// What is shown of a page elsewhere: its own image, else its card; of a person, whose face is on their card, the other way
/// round.
fn image(linked: &Edition, page: &Page) -> Option<HeadImage> {
    match page.kind() {
        PageKind::Person => card(linked, page).or_else(|| own_image(linked, page)),
        _ => own_image(linked, page).or_else(|| card(linked, page)),
    }
}

/// A page's own image, where it can be shown elsewhere.
fn own_image(linked: &Edition, page: &Page) -> Option<HeadImage> {
    let (site, links) = (&linked.site, &linked.features.links);
    let (_, size) = links.preview(site, page.id)?;
    let shown = links.picture(site, page.id)?;
    let size = shown.size.unwrap_or(size);
    let alt = page.meta().image.as_ref().map_or("", |image| image.alt.as_str());
    Some(HeadImage {
        url: site.permalink(shown.url),
        width: size.width,
        height: size.height,
        alt: Some(alt.to_string()).filter(|alt| !alt.is_empty()),
    })
}

/// A page's social card with its size; `None` if this edition draws no cards.
fn card(linked: &Edition, page: &Page) -> Option<HeadImage> {
    let site = &linked.site;
    let url = linked.features.cards.permalink(site, page.id)?;
    let name = site.config().text(&site.config().title, page.lang());
    let alt = if page.title() == name { name.to_string() } else { format!("{} – {name}", page.title()) };
    Some(HeadImage { url, width: WIDTH, height: HEIGHT, alt: Some(alt) })
}

fn json_ld(linked: &Edition, subject: &Subject, permalink: &str, image: Option<&HeadImage>) -> Html {
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
    let page = subject.page.map(|page| site.page(page));
    let (caption, credit) = page.and_then(Page::image).map(ImageMeta::below).unwrap_or_default();
    // A card is no picture of a person.
    let photo = page.filter(|page| page.kind() == PageKind::Person).map(|page| own_image(linked, page));
    let image = photo.as_ref().map_or(image, Option::as_ref).map(|image| structured_data::Image {
        url: &image.url,
        size: Some((image.width, image.height)),
        caption,
        credit: credit.map(|credit| credit.name),
    });
    let how_to = page.and_then(|page| playbook::how_to(linked, page));
    // Later parts of a list don't show the text.
    let text = page.filter(|_| subject.previous.is_none());
    let faq = text.map(|page| answered(page.body())).unwrap_or_default();
    let figures = text.map(|page| figures::credited(linked, page)).unwrap_or_default();
    Html::new(&structured_data::graph(
        site,
        what,
        &crumbs,
        &structured_data::Shown { image, how_to, faq, figures },
    ))
}
