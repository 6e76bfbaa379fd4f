//! What scripts need of links, where each of them leads; and what search needs of scripts, how they are cut.

use std::collections::BTreeMap;

use crate::config::LangId;
use crate::diag::{Diagnostic, Diagnostics};
use crate::encode::percent;
use crate::links::{self, Links};
use crate::publishing::search::{Cuts, ListedObjection, Section};
use crate::sales::cadences::{CadenceInputs, Cadences};
use crate::sales::calls::{self, CallInputs, IndexedObjection, Scripts, Target, readable};
use crate::sales::mails::{MailInputs, Mails};
use crate::site::{Page, PageId, Site};
use crate::theme::Theme;

/// The scripts of an edition, whose jumps are links like all others.
pub(crate) fn scripts(site: &Site, links: &Links, diagnostics: &mut Diagnostics) -> Scripts {
    let target = |page, link| match links.target(page, link) {
        links::Target::Here(id) => Target::Here(id.clone()),
        links::Target::Page { page, rest } => {
            let id = rest.split_once('#').map(|(_, id)| id.to_string());
            Target::Page(*page, id.unwrap_or_default())
        }
        links::Target::Behind(_)
        | links::Target::File { .. }
        | links::Target::Path(_)
        | links::Target::External(_) => Target::Elsewhere,
        links::Target::Inert => Target::Inert,
        links::Target::Away | links::Target::Broken => Target::Broken,
    };
    Scripts::collect(site, &CallInputs { target: &target }, diagnostics)
}

/// Where a link leads people outside; an error for a page that they can't see.
fn outward(
    site: &Site,
    links: &Links,
    (page, link): (PageId, u32),
) -> Result<Option<String>, Box<Diagnostic>> {
    match links.target(page, link) {
        links::Target::Page { page, rest } => {
            let sent = site.page(*page);
            let address = site.public_permalink(sent).map(|address| Some([&*address, rest].concat()));
            address.ok_or_else(|| Box::new(calls::for_team(sent.path())))
        }
        links::Target::External(address) => Ok(Some(address.to_string())),
        links::Target::Path(path) => Ok(Some(site.public_address(path))),
        links::Target::File { path, .. } => Ok(links.file_url(path).map(|url| site.public_address(url))),
        _ => Ok(None),
    }
}

/// The emails of an edition, whose links are written out for people outside.
pub(crate) fn mails(site: &Site, links: &Links, theme: &Theme, diagnostics: &mut Diagnostics) -> Mails {
    let word = |lang, key: &str| theme.word(lang, key).unwrap_or_default().to_string();
    let link = |page, link| outward(site, links, (page, link));
    Mails::collect(site, &MailInputs { word: &word, link: &link }, diagnostics)
}

/// The plans of follow-ups of an edition, which use its scripts and emails.
pub(crate) fn cadences(
    site: &Site,
    links: &Links,
    (theme, scripts, mails): (&Theme, &Scripts, &Mails),
    diagnostics: &mut Diagnostics,
) -> Cadences {
    let word = |lang, key: &str| theme.word(lang, key).unwrap_or_default().to_string();
    let link = |page, link| outward(site, links, (page, link));
    let page = |page, link| match links.target(page, link) {
        links::Target::Page { page, .. } => Some(*page),
        _ => None,
    };
    let known = CadenceInputs { word: &word, page: &page, link: &link, scripts, mails };
    Cadences::collect(site, &known, diagnostics)
}

/// Scripts are found by their steps and objections, not by their headings alone; films and sound by what is said, and
/// assessments, calculators and surveys by what they ask.
pub(crate) fn cuts(site: &Site, scripts: &Scripts, links: &Links) -> Cuts {
    let section = |part: calls::CallSection| Section {
        id: part.id,
        title: part.title,
        said: part.phrases,
        text: part.text,
    };
    let parts = scripts.parts(site).into_iter();
    Cuts {
        sections: parts.map(|(page, parts)| (page, parts.into_iter().map(section).collect())).collect(),
        objections: objections(site, scripts),
        further: site.pages().filter_map(|page| Some((page.id, further(site, page, links)?))).collect(),
    }
}

/// The objections of all scripts, by language, as the search within a call finds them.
fn objections(site: &Site, scripts: &Scripts) -> BTreeMap<LangId, Vec<ListedObjection>> {
    let mut all: BTreeMap<LangId, Vec<ListedObjection>> = BTreeMap::new();
    for script in scripts.all() {
        let page = site.page(script.page);
        let listed = script.objections.iter().map(|objection| {
            let found = IndexedObjection { script, objection };
            let replies = objection.replies.iter().map(|reply| Section {
                id: script.steps[*reply].id.clone(),
                title: readable(script, &script.steps[*reply].title),
                said: Vec::new(),
                text: found.spoken_text(page.body(), *reply),
            });
            let id = percent::fragment(&script.steps[objection.step].id);
            ListedObjection {
                url: format!("{}#{id}", site.href(&page.url)),
                title: found.title(),
                phrases: objection.phrases.clone(),
                script: page.title().to_string(),
                replies: replies.collect(),
            }
        });
        all.entry(page.lang()).or_default().extend(listed);
    }
    all
}

/// What a page shows besides its text.
fn further(site: &Site, page: &Page, links: &Links) -> Option<String> {
    let parts = [site.asked_in(page), spoken(site, page, links)].into_iter().flatten();
    parts.reduce(|words, more| words + "\n" + &more)
}

/// What is said in the films and the sound of a page whose text doesn't have it.
fn spoken(site: &Site, page: &Page, links: &Links) -> Option<String> {
    let body = page.body();
    if !page.document.uses.players || body.has_transcript() {
        return None;
    }
    let code = &site.config().languages[page.lang()].code;
    let mut words = String::new();
    for (_, link, _) in body.children(None).filter_map(|paragraph| body.lone_media(paragraph)) {
        let links::Target::File { path, .. } = links.target(page.id, link) else { continue };
        let recording = site.content.media.recordings.get(path);
        for passage in recording.into_iter().flat_map(|recording| recording.captions(code)) {
            words.push_str(&passage.text);
            words.push('\n');
        }
    }
    (!words.is_empty()).then_some(words)
}
