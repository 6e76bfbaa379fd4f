//! Which playbooks and scripts use a page: for the company's own people, who want to know where an article helps.
//!
//! A use is a link, an embedded script, or `send:` in a script; each is told with the step in which it stands.

use std::collections::{BTreeMap, BTreeSet};

use crate::content::PageKind;
use crate::content::body::{Body, EmbedKind, Kind, NodeId};
use crate::content::markdown::Timed;
use crate::site::{Page, PageId, Site};

/// What is known of the links of a page: the page that the link at this index leads to, or that it sends.
pub type Leads<'a> = dyn Fn(PageId, u32) -> Option<PageId> + 'a;

/// A page that uses another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The playbook or script that uses it.
    pub page: PageId,
    /// Where in it: each step once, in the order of the text. Empty where it stands before the first.
    pub steps: Vec<UsedStep>,
}

/// A step in which the page is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedStep {
    /// The id of its heading.
    pub id: String,
    /// Its heading, without the brackets.
    pub title: String,
}

/// All uses by the page that is used: scripts first, then playbooks, each by their paths.
pub(super) fn collect(site: &Site, leads: &Leads<'_>) -> BTreeMap<PageId, Vec<Use>> {
    let mut found: BTreeMap<PageId, Vec<Use>> = BTreeMap::new();
    for kind in [PageKind::Script, PageKind::Playbook] {
        for page in site.pages().filter(|page| page.kind() == kind) {
            let body = page.body();
            for (used, places) in uses(site, page, body, leads) {
                if site.page(used).kind() == PageKind::Section || used == page.id {
                    continue;
                }
                let steps = places.into_iter().filter_map(|at| used_step(body, at)).collect();
                found.entry(used).or_default().push(Use { page: page.id, steps });
            }
        }
    }
    found
}

/// What a text uses, with the headings that it stands under.
fn uses(
    site: &Site,
    page: &Page,
    body: &Body,
    leads: &Leads<'_>,
) -> BTreeMap<PageId, BTreeSet<Option<NodeId>>> {
    let mut found: BTreeMap<PageId, BTreeSet<Option<NodeId>>> = BTreeMap::new();
    // The heading of the step that is being read.
    let mut step = None;
    for (id, node) in body.nodes().iter().enumerate() {
        if body.heading(id).is_some_and(|heading| heading.top_level && heading.level <= 2) {
            step = Some(id);
        }
        let used = match node.kind {
            Kind::Link(link) => leads(page.id, link),
            Kind::Embed(embed) => {
                let embed = &body.embeds[embed as usize];
                (embed.kind == EmbedKind::Script).then(|| site.script(&embed.name, page.lang())).flatten()
            }
            _ => None,
        };
        if let Some(used) = used {
            found.entry(used).or_default().insert(step);
        }
    }
    found
}

fn used_step(body: &Body, heading: Option<NodeId>) -> Option<UsedStep> {
    let heading = body.heading(heading?)?;
    let title = Timed::parse(&heading.text).map_or(heading.text.as_str(), |timed| timed.title);
    (!title.is_empty()).then(|| UsedStep { id: heading.id.clone(), title: title.to_string() })
}
