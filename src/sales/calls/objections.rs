//! All objections of an edition on one page a language, and what search finds in scripts.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Scripts;
use super::placeholders::{TextPiece, pieces};
use super::script::{Block, CallScript, Objection, Role, StepId};
use crate::config::LangId;
use crate::content::body::{Body, NodeId};
use crate::plan::{Artifact, Origin, OutPath, Planned, Route, Warrant};
use crate::site::{PageId, Site};

/// An objection of some script.
#[derive(Debug, Clone, Copy)]
pub struct IndexedObjection<'s> {
    /// The script that has it.
    pub script: &'s CallScript,
    /// The objection in that script.
    pub objection: &'s Objection,
}

impl IndexedObjection<'_> {
    /// Its title, placeholders shown as their labels.
    #[must_use]
    pub fn title(&self) -> String {
        readable(self.script, &self.script.steps[self.objection.step].title)
    }

    /// The words of a step of its script, such as a reply, in words.
    #[must_use]
    pub fn spoken_text(&self, body: &Body, step: StepId) -> String {
        let said = self.script.steps[step].blocks.iter().filter_map(|block| match block {
            Block::Say(node) => Some(body.plain_text_of(body.descendants(*node)).replace('\n', " ")),
            Block::Note(..) | Block::Other(_) => None,
        });
        readable(self.script, &said.collect::<Vec<_>>().join(" "))
    }
}

/// A part of a script that search leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallSection {
    /// The id of its heading, for the fragment of a URL.
    pub id: String,
    /// The step, or the objection.
    pub title: String,
    /// Other ways in which people say the objection; empty for a step.
    pub phrases: Vec<String>,
    /// All that stands below it; of an objection its replies, too.
    pub text: String,
}

impl Scripts {
    /// All objections for readers of a language: those in their own first, then the other languages in the order of the
    /// configuration, each by the alphabet.
    #[must_use]
    pub fn index(&self, site: &Site, lang: LangId) -> Vec<(LangId, Vec<IndexedObjection<'_>>)> {
        let mut groups: BTreeMap<(bool, LangId), Vec<IndexedObjection<'_>>> = BTreeMap::new();
        for script in self.all() {
            let own = site.page(script.page).lang();
            let listed = script.objections.iter().map(|objection| IndexedObjection { script, objection });
            groups.entry((own != lang, own)).or_default().extend(listed);
        }
        groups.retain(|_, listed| !listed.is_empty());
        for ((_, lang), listed) in &mut groups {
            let tools = &site.content.tools[*lang];
            listed.sort_by(|a, b| {
                tools.compare(&a.title(), &b.title()).then(a.script.page.cmp(&b.script.page))
            });
        }
        groups.into_iter().map(|((_, lang), listed)| (lang, listed)).collect()
    }

    /// The path of the page of all objections in a language, where the edition has any.
    #[must_use]
    pub fn index_url(&self, site: &Site, lang: LangId) -> Option<String> {
        self.all().any(|script| !script.objections.is_empty()).then(|| site.objections_url(lang))
    }

    /// The pages of all objections.
    #[must_use]
    pub fn artifacts(&self, site: &Site) -> Vec<Planned> {
        let pages = site.languages().filter_map(|lang| {
            Some(Planned {
                path: OutPath::of_url(&self.index_url(site, lang)?),
                artifact: Artifact::Page(Route::Objections { lang }),
                origin: Origin::generated("the page of all objections"),
                warrant: Warrant::edition(site),
            })
        });
        pages.collect()
    }

    /// What search finds in scripts, by page: each step, and each objection with its replies.
    #[must_use]
    pub fn parts(&self, site: &Site) -> BTreeMap<PageId, Vec<CallSection>> {
        let all = self.by_page.iter().filter(|(_, script)| !script.steps.is_empty());
        all.map(|(page, script)| (*page, parts(site.page(*page).body(), script))).collect()
    }
}

fn parts(body: &Body, script: &CallScript) -> Vec<CallSection> {
    let is_part = |id: &StepId| matches!(script.steps[*id].role, Role::Step | Role::Objection(_));
    let steps: Vec<StepId> = script.steps.ids().filter(is_part).collect();
    let heading = |id: StepId| script.steps[id].heading.unwrap_or(body.nodes().len());
    let part = |(at, id): (usize, &StepId)| {
        let step = &script.steps[*id];
        let end = steps.get(at + 1).map_or(body.nodes().len(), |next| heading(*next));
        let phrases = match step.role {
            Role::Objection(objection) => script.objections[objection].phrases.clone(),
            _ => Vec::new(),
        };
        CallSection {
            id: step.id.clone(),
            title: readable(script, &step.title),
            phrases,
            text: readable(script, &body.plain_text_of(section_body(body, heading(*id), end))),
        }
    };
    steps.iter().enumerate().map(part).collect()
}

/// The nodes after a heading, up to `end`, where its section ends.
fn section_body(body: &Body, heading: NodeId, end: NodeId) -> Range<NodeId> {
    body.nodes()[heading].end as usize..end
}

/// A text for people who don't fill in its placeholders: with their labels in brackets.
#[must_use]
pub fn readable(script: &CallScript, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            TextPiece::Text(text) => out.push_str(text),
            TextPiece::Placeholder(name) => {
                out.push('[');
                out.push_str(script.label(name).unwrap_or(name));
                out.push(']');
            }
        }
    }
    out
}
