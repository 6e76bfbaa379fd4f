//! The part of a text that is behind a gate, as HTML for sealing: what comes out can't be put into a file openly.

use super::embeds;
use super::linked::Edition;
use super::own_blocks::OwnBlocks;
use super::targets::{Addresses, PageTargets, TextPart};
use super::text::style;
use crate::content::PageKind;
use crate::diag::Diagnostic;
use crate::html::{self, HtmlStyle};
use crate::leads::gates::{Placeholders, SealedText};
use crate::sales::playbooks::shape::PlaybookOutline;
use crate::site::Page;

/// Goes before the ids of footnotes, whose numbers begin anew.
const PREFIX: &str = "gate-";

/// The gated part of a page; nothing in it where only a download is behind the gate.
///
/// # Errors
///
/// The template of a form in it failed.
pub fn text(
    linked: &Edition,
    page: &Page,
    placeholders: &Placeholders,
) -> Result<SealedText, Box<Diagnostic>> {
    let Some(body) = page.gated().map(|gated| gated.secret()) else {
        return Ok(SealedText::new(String::new(), &[]));
    };
    let language = &linked.site.config().languages[page.lang()].code;
    let shape = (page.kind() == PageKind::Playbook).then(|| PlaybookOutline::new(body, language));
    let targets = PageTargets {
        site: &linked.site,
        links: &linked.features.links,
        theme: &linked.theme,
        people: &linked.views.people,
        page,
        part: TextPart::Gated(placeholders),
        addresses: Addresses::Paths,
        embeds: embeds::of_gated(linked, page, body)?,
        shape: shape.as_ref(),
        // A call is followed from its beginning: where that is open, it is read without what is behind the gate.
        script: None,
        blanks: &[],
        own: OwnBlocks::new(linked, page),
    };
    let footnotes = linked.theme.word(page.lang(), "footnotes_rest");
    let tables = page.body().tables.len();
    let style = HtmlStyle {
        footnote_prefix: PREFIX,
        footnotes: footnotes.unwrap_or("Footnotes to the rest"),
        tables_before: u32::try_from(tables).unwrap_or(u32::MAX),
        ..style(&linked.site, &linked.theme, page)
    };
    let mut out = String::new();
    html::body(body, &targets, &style, &mut out);
    targets.own.problem()?;
    Ok(SealedText::new(out, &body.toc()))
}
