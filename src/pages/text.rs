//! The open text of a page as HTML, with its links, embeds and words.

use std::collections::BTreeMap;
use std::ops::Range;

use super::linked::Edition;
use super::own_blocks::OwnBlocks;
use super::targets::{Addresses, PageTargets, TextPart};
use super::{embeds, figures};
use crate::content::blocks::Role;
use crate::content::body::NodeId;
use crate::diag::Diagnostic;
use crate::html::{self as serializer, CalloutTitles, EmbedWords, HtmlStyle, Medium, Pieces, WorksheetWords};
use crate::sales::calls::Placeholder;
use crate::site::{Page, PageId, Site};
use crate::theme::Theme;

/// The open text of a page as HTML.
pub(crate) fn content(
    linked: &Edition,
    page: &Page,
    addresses: Addresses,
) -> Result<String, Box<Diagnostic>> {
    let mut out = String::new();
    let targets = targets(linked, page, addresses)?;
    let address = match addresses {
        Addresses::Paths => String::new(),
        Addresses::Absolute => linked.site.permalink(&page.url),
    };
    let medium = if addresses == Addresses::Paths { Medium::Page } else { Medium::Feed };
    let style = HtmlStyle { medium, page_address: &address, ..style(&linked.site, &linked.theme, page) };
    serializer::body(page.body(), &targets, &style, &mut out);
    targets.own.problem()?;
    Ok(out)
}

/// The open text in two parts: what stands before the gate, and what stands behind it.
pub(super) fn around_gate(linked: &Edition, page: &Page) -> Result<(String, String), Box<Diagnostic>> {
    let Some(at) = page.text().behind_gate() else {
        return Ok((content(linked, page, Addresses::Paths)?, String::new()));
    };
    let targets = targets(linked, page, Addresses::Paths)?;
    let style = style(&linked.site, &linked.theme, page);
    let parts = serializer::render_split(page.body(), at, &targets, &style);
    targets.own.problem()?;
    Ok(parts)
}

/// The open text in parts: its sections with these roles, the first of each, by role; and the rest, with the footnotes.
pub(super) fn with_apart(
    linked: &Edition,
    page: &Page,
    roles: &[&'static str],
) -> Result<(BTreeMap<&'static str, String>, String), Box<Diagnostic>> {
    let body = page.body();
    let mut places: Vec<(&'static str, Range<NodeId>)> = Vec::new();
    for heading in body.headings.iter().filter(|heading| heading.top_level) {
        let Some(role) = heading.role.map(Role::name).filter(|role| roles.contains(role)) else { continue };
        if places.iter().all(|(known, _)| *known != role) {
            places.push((role, heading.node..body.section(heading).end));
        }
    }
    if places.is_empty() {
        return Ok((BTreeMap::new(), content(linked, page, Addresses::Paths)?));
    }
    let targets = targets(linked, page, Addresses::Paths)?;
    let style = style(&linked.site, &linked.theme, page);
    let mut buffer = String::new();
    let mut pieces = Pieces::new(body, &targets, &style, &mut buffer);
    let (mut apart, mut rest, mut from) = (BTreeMap::new(), String::new(), 0);
    for (role, place) in places {
        rest.push_str(&pieces.nodes(from..place.start));
        from = place.end;
        apart.insert(role, pieces.nodes(place));
    }
    rest.push_str(&pieces.nodes(from..body.nodes().len()));
    rest.push_str(&pieces.footnotes());
    targets.own.problem()?;
    Ok((apart, rest))
}

/// Where the links, images and embeds of a page's open text lead; an error where a template of an embed fails.
pub(super) fn targets<'a>(
    linked: &'a Edition,
    page: &'a Page,
    addresses: Addresses,
) -> Result<PageTargets<'a>, Box<Diagnostic>> {
    let embeds = embeds::of_page(linked, page, addresses)?;
    let shape = linked.features.playbooks.shape(page.id).filter(|_| addresses == Addresses::Paths);
    Ok(PageTargets {
        site: &linked.site,
        links: &linked.features.links,
        theme: &linked.theme,
        people: &linked.views.people,
        page,
        part: TextPart::Open,
        addresses,
        embeds,
        shape,
        script: linked.features.scripts.on_page(page.id),
        blanks: blanks(linked, page),
        own: OwnBlocks::new(linked, page),
    })
}

/// The placeholders of an email or of a plan of follow-ups, whose text shows what they are called.
fn blanks<'a>(linked: &'a Edition, page: &Page) -> &'a [Placeholder] {
    let (mails, cadences) = (&linked.features.mails, &linked.features.cadences);
    let of_mail = mails.of_page(page.id).map(|mail| mail.placeholders.as_slice());
    let of_cadence = || cadences.of_page(page.id).map(|cadence| cadence.placeholders.as_slice());
    of_mail.or_else(of_cadence).unwrap_or_default()
}

/// How a page's text is written in its language.
pub(super) fn style<'a>(site: &'a Site, theme: &'a Theme, page: &Page) -> HtmlStyle<'a> {
    let string = |key: &str, english: &'static str| theme.word(page.lang(), key).unwrap_or(english);
    HtmlStyle {
        language: &site.config().languages[page.lang()].code,
        callouts: CalloutTitles([
            string("alert_note", "Note"),
            string("alert_tip", "Tip"),
            string("alert_important", "Important"),
            string("alert_warning", "Warning"),
            string("alert_caution", "Caution"),
            string("alert_example", "Example"),
            string("alert_definition", "Definition"),
            string("alert_question", "Question"),
        ]),
        embeds: EmbedWords {
            what: [
                string("embed_video", EmbedWords::ENGLISH.what[0]),
                string("embed_sound", EmbedWords::ENGLISH.what[1]),
                string("embed_map", EmbedWords::ENGLISH.what[2]),
                string("embed_booking", EmbedWords::ENGLISH.what[3]),
                string("embed_slides", EmbedWords::ENGLISH.what[4]),
            ],
            sent: string("embed_sent", EmbedWords::ENGLISH.sent),
            show: string("embed_show", EmbedWords::ENGLISH.show),
            always: string("embed_always", EmbedWords::ENGLISH.always),
            open: string("embed_open", EmbedWords::ENGLISH.open),
        },
        download: string("media_download", "Download"),
        worksheet: WorksheetWords {
            kept: string("worksheet_kept", WorksheetWords::ENGLISH.kept),
            mail: string("worksheet_mail", WorksheetWords::ENGLISH.mail),
            copy: string("worksheet_copy", WorksheetWords::ENGLISH.copy),
            copied: string("worksheet_copied", WorksheetWords::ENGLISH.copied),
            long: string("worksheet_long", WorksheetWords::ENGLISH.long),
            clear: string("worksheet_clear", WorksheetWords::ENGLISH.clear),
        },
        transcript: string("media_transcript", "Transcript"),
        chapters: string("media_chapters", "Chapters"),
        footnotes: string("footnotes", "Footnotes"),
        footnote_back: string("footnote_back", "Back to reference"),
        image_sizes: theme.settings.image_sizes.as_deref().unwrap_or(serializer::IMAGE_SIZES),
        table: string("table", "Table"),
        task: string("task", "Task"),
        ..HtmlStyle::english()
    }
}

/// The open text of a page as HTML, with absolute addresses, for feeds: its image first, if it has a caption or a credit.
#[must_use]
pub fn absolute_html(linked: &Edition, page: PageId) -> String {
    // Elsewhere than on the page itself, no template has a part in it that could fail.
    let page = linked.site.page(page);
    let text = content(linked, page, Addresses::Absolute).unwrap_or_default();
    let mut out = String::new();
    figures::push_lead_image(linked, page, &mut out);
    if out.is_empty() { text } else { out + &text }
}
