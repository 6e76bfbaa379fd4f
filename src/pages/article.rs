//! One page with a text: an insight, a playbook, a call script or any other. [`page`] fills an [`ArticlePage`], which is all that
//! the template of its kind gets.

use serde::Serialize;

use super::cadence::CadenceView;
use super::call::CallView;
use super::card::PageView;
use super::event::{self, EventOfPage};
use super::gate::{self, Download, GateView};
use super::linked::Edition;
use super::mail::EmailView;
use super::offers::{self, OfferView};
use super::playbook::{PlaybookView, UsedBy};
use super::series::{self, SeriesView};
use super::share::ShareKitView;
use super::subject::{Subject, subject};
use super::text::around_gate;
use super::{cadence, call, mail, playbook, share};
use crate::content::PageKind;
use crate::content::body::TocEntry;
use crate::diag::Diagnostic;
use crate::site::{Page, PageId};
use crate::theme::values::{Html, Shared};

/// What `insight.html`, `playbook.html`, `script.html` and `page.html` get.
#[derive(Debug, Serialize)]
pub(super) struct ArticlePage<'a> {
    /// The page itself, as lists show it too.
    page: Shared<PageView<'static>>,
    /// What is below the title: the description of its front matter. `null` where `page.description` is the beginning of the text, which says it itself.
    standfirst: Option<&'a str>,
    /// The [text](#the-text), up to the gate if there is one.
    content: Html,
    /// The text after the gated part, with the footnotes.
    content_after: Option<Html>,
    /// The text of a call script, read as a call; `null` on other pages, and if it has no step.
    script: Option<CallView<'a>>,
    /// The headings of level 2, each with those of level 3.
    toc: Vec<Heading>,
    /// Whether the text has a section of key takeaways.
    takeaways: bool,
    /// The page's file where [`source_url`](configuration.md#source_url) says that the site's files are shown.
    source_url: Option<String>,
    /// The series that the page is part of.
    series: Option<SeriesView<'a>>,
    /// The page published before it in its section.
    previous: Option<Shared<PageView<'static>>>,
    /// The page published after it in its section.
    next: Option<Shared<PageView<'static>>>,
    /// At most three pages on the same subject.
    related: Vec<Shared<PageView<'static>>>,
    /// What the site and its authors offer below it.
    offers: Vec<OfferView<'a>>,
    /// Pages in the same language that link here.
    backlinks: Vec<Shared<PageView<'static>>>,
    /// The scripts and playbooks that use this page; always empty unless the edition is for the team.
    used_by: Vec<UsedBy<'a>>,
    /// The steps of a playbook; `null` on other pages.
    playbook: Option<PlaybookView<'a>>,
    /// The email that the page is the template of; `null` on other pages.
    mail: Option<EmailView<'a>>,
    /// The plan of follow-ups that the page describes; `null` on other pages.
    cadence: Option<CadenceView<'a>>,
    /// The gate, if a part of the text or a file is behind a form; what is behind it isn't in `content`.
    gate: Option<GateView<'a>>,
    /// The file that the gate gives away, in an edition in which the gate is open.
    download: Option<Download<'a>>,
    /// What the page invites to; `null` on other pages.
    event: Option<EventOfPage<'a>>,
    /// What salespeople share with the page; only in editions for the team.
    share: Option<ShareKitView>,
}

/// A heading in the table of contents.
#[derive(Debug, Serialize)]
pub(super) struct Heading {
    /// The heading's id in `content`, without `#`.
    id: String,
    /// The heading's words as plain text, without markup.
    text: String,
    /// The headings of the next level below it; empty for one of level 3.
    children: Vec<Heading>,
}

impl From<TocEntry> for Heading {
    fn from(entry: TocEntry) -> Self {
        let TocEntry { id, text, children } = entry;
        Self { id, text, children: children.into_iter().map(Self::from).collect() }
    }
}

/// A page with a text.
pub(super) fn page<'a>(
    linked: &'a Edition,
    page: &'a Page,
) -> Result<(Subject, ArticlePage<'a>), Box<Diagnostic>> {
    let body = page.body();
    let language = &linked.site.config().languages[page.lang()].code;
    let (older, newer) = linked.features.listings.neighbours(page.id);
    let (before, after) = around_gate(linked, page)?;
    let view = ArticlePage {
        page: linked.card(page.id),
        standfirst: page.meta().description.as_deref(),
        content: Html::new(&before),
        content_after: Html::or_none(&after),
        script: call::call(linked, page)?,
        toc: body.toc().into_iter().map(Heading::from).collect(),
        takeaways: body.takeaways(language).is_some(),
        source_url: linked.site.source_url(page.path()),
        series: series::of_page(linked, page),
        previous: older.map(|id| linked.card(id)),
        next: newer.map(|id| linked.card(id)),
        related: linked.cards(&linked.features.related.for_page(&linked.site, page)),
        offers: offers::below(linked, page),
        backlinks: linked.cards(&backlinks(linked, page)),
        used_by: playbook::used_by(linked, page.id),
        playbook: playbook::playbook(linked, page),
        mail: mail::mail(linked, page),
        cadence: cadence::cadence(linked, page),
        gate: gate::gate(linked, page),
        download: gate::open_download(linked, page),
        event: event::event(linked, page),
        share: share::share(linked, page),
    };
    let template = match page.kind() {
        PageKind::Insight => "insight.html",
        PageKind::Playbook => "playbook.html",
        PageKind::Script => "script.html",
        PageKind::Mail => "mail.html",
        PageKind::Cadence => "cadence.html",
        _ => "page.html",
    };
    Ok((subject(linked, page, template), view))
}

/// Pages in the same language that link to a page, but for those that are listed with the step that uses it.
fn backlinks(linked: &Edition, page: &Page) -> Vec<PageId> {
    let site = &linked.site;
    let is_listed = |id: &PageId| {
        let other = site.page(*id);
        let is_used = linked.features.playbooks.uses(page.id).iter().any(|one| one.page == *id);
        other.lang() == page.lang() && !matches!(other.kind(), PageKind::Section | PageKind::Term) && !is_used
    };
    linked.features.links.backlinks(page.id).iter().copied().filter(is_listed).collect()
}
