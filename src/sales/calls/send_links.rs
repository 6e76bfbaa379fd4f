//! What a call gives away: links with `send:`, which copy the address of a page for the one who is called.

use std::collections::BTreeMap;

use crate::config::Audience;
use crate::content::{ContentPath, PageKind};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::encode::percent;
use crate::encode::slug::slug;
use crate::site::{Exclusion, Page, PageId, PublishStatus, Site};

/// The pages that the links of a script send, by the link's index. What can't be sent is reported.
pub(super) fn pages(site: &Site, page: &Page, diagnostics: &mut Diagnostics) -> BTreeMap<u32, PageId> {
    let mut found = BTreeMap::new();
    for (link, raw) in (0_u32..).zip(&page.body().links) {
        let Some(name) = raw.target.strip_prefix("send:") else { continue };
        let name = percent::decode(name);
        match target(site, page, name.trim()) {
            Ok(sent) => {
                found.insert(link, sent);
            }
            Err(problem) => diagnostics.push(problem.at(page.path(), raw.target_span)),
        }
    }
    found
}

/// Can pages of this kind be sent at all? Scripts and sections are nothing for the one who is called.
fn is_sendable(kind: PageKind) -> bool {
    !matches!(kind, PageKind::Script | PageKind::Mail | PageKind::Cadence | PageKind::Section)
}

/// Does a document have this name: that of its file, its path in `content/`, or the last part of its address?
fn is_named(place: &ContentPath, own: Option<&str>, name: &str) -> bool {
    is_sendable(place.kind)
        && (place.key == name || place.name == name || slug(&place.name) == name || own == Some(name))
}

fn target(site: &Site, page: &Page, name: &str) -> Result<PageId, Box<Diagnostic>> {
    let documents = || site.content.documents.iter().filter(|document| is_sendable(document.place.kind));
    let named = documents().filter(|document| {
        is_named(&document.place, document.meta.slug.as_ref().map(|slug| slug.value.as_str()), name)
    });
    // An article goes before another page of the same name.
    let mut named: Vec<_> = named.collect();
    named.sort_by_key(|document| (document.place.kind, document.place.key.clone(), document.place.lang));
    let here = named.iter().find_map(|document| site.find_any(&document.place.key, page.lang()));
    if let Some(id) = here {
        return match site.page(id).audience {
            Audience::Public => Ok(id),
            Audience::Team => Err(Box::new(for_team(site.page(id).path()))),
        };
    }
    if let Some((document, why)) =
        named.iter().find_map(|document| Some((document, site.hidden(&document.place.path)?)))
    {
        return Err(Box::new(match why {
            Exclusion::Audience(_) => for_team(&document.place.path),
            Exclusion::State(state) => unpublished(&document.place.path, state),
        }));
    }
    let mut names: Vec<&str> = documents().map(|document| document.place.name.as_str()).collect();
    names.sort_unstable();
    let problem = Diagnostic::new(Code::UnknownSend, format!("there is no page `{name}` to send"));
    let problem = problem.suggest(name, names);
    Err(Box::new(
        problem.help("name a page by its file, without folder, language and extension: `send:empty-crm`"),
    ))
}

/// The report of a page that those outside don't find, without its place; `path` is the page's file.
#[must_use]
pub fn for_team(path: &str) -> Diagnostic {
    Diagnostic::new(Code::SendToTeam, format!("`{path}` is for the team only and can't be sent to others"))
        .related(path, None, "for the team")
        .help("send a public page, or give that page `audience: public`")
}

fn unpublished(path: &str, state: PublishStatus) -> Diagnostic {
    let message = format!("this sends `{path}`, which is not published: {}", state.reason());
    state.problem(message)
}
