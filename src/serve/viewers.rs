//! As whom the site is seen: each edition, and the public one with its gates open, at an address of its own on this
//! computer.
//!
//! The first stands where the site stands on its host, below its path, so that links by path work; the others below
//! `/~team/` and the like, which no page's address begins with.

use crate::config::{Audience, BaseUrl, Config, EditionConfig, EditionWebhook};
use crate::diag::Span;
use crate::encode::slug::slug;
use crate::yaml::Spanned;

/// Whose eyes the site is first seen with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Role {
    /// Somebody who has sent no form
    #[default]
    Visitor,
    /// Somebody who has sent every form: gates stand open
    Lead,
    /// Your own people
    Team,
}

impl Role {
    /// The name in addresses: `visitor`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Lead => "lead",
            Self::Team => "team",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Visitor => "Visitor",
            Self::Lead => "Lead",
            Self::Team => "Team",
        }
    }
}

/// The site, as somebody sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// As in addresses: `team`.
    pub id: String,
    /// For people: `Team`.
    pub label: String,
    /// The edition, with its forms sent to the inbox.
    pub edition: EditionConfig,
    /// Where it stands on this computer.
    pub base_url: BaseUrl,
}

/// Where forms are sent to while the site is served, before the webhook's id.
pub const HOOKS: &str = "/.ringback/hook/";

/// Everybody who sees something of a site; `first` comes first, where the site has something for them.
#[must_use]
pub fn viewers(config: &Config, first: Role, origin: &str) -> Vec<Viewer> {
    let is_internal = |edition: &&EditionConfig| edition.sees(Audience::Team);
    let public = config.editions.iter().find(|edition| !is_internal(edition)).or(config.editions.first());
    let team = config.editions.iter().find(is_internal);
    let roles = [(Role::Visitor, public), (Role::Lead, public), (Role::Team, team)];
    let mut found: Vec<(String, String, EditionConfig)> = Vec::new();
    for (role, edition) in roles {
        let Some(mut edition) = edition.cloned() else { continue };
        // Where even the public edition is for the team, nobody is asked for a form.
        if role != Role::Team && edition.sees(Audience::Team) {
            continue;
        }
        edition.is_unlocked |= role == Role::Lead;
        found.push((role.id().into(), role.label().into(), edition));
    }
    let known = [public, team].map(|edition| edition.map(|edition| edition.name.as_str()));
    for edition in config.editions.iter().filter(|edition| !known.contains(&Some(edition.name.as_str()))) {
        found.push((format!("edition-{}", slug(&edition.name)), edition.name.clone(), edition.clone()));
    }
    found.sort_by_key(|(id, ..)| id != first.id());
    let place = |(index, (id, label, mut edition)): (usize, (String, String, EditionConfig))| {
        let path = &edition.base_url.as_ref().unwrap_or(&config.base_url).path;
        let path = if index == 0 { path.clone() } else { format!("/~{id}{path}") };
        send_to_inbox(config, &mut edition);
        Viewer { id, label, edition, base_url: BaseUrl { origin: origin.to_string(), path } }
    };
    found.into_iter().enumerate().map(place).collect()
}

/// Leads go to the inbox instead, whole. A webhook that gets nothing from an edition still gets nothing.
pub(super) fn send_to_inbox(config: &Config, edition: &mut EditionConfig) {
    for id in config.webhooks.keys() {
        if edition.webhooks.get(id) != Some(&EditionWebhook::Off) {
            let url = Spanned { value: format!("{HOOKS}{id}"), span: Span::default() };
            edition.webhooks.insert(id.clone(), EditionWebhook::Inbox(url));
        }
    }
}
