//! Outside: do the links that lead out of a site still lead somewhere?
//!
//! [`visit`] asks each address once, politely: one request at a time to each host, with a pause, and a few hosts at
//! once. What was fine lately is remembered ([`VerdictCache`]) and not asked again. `judge` says what an answer means;
//! [`problems`] makes messages of it. Where no address answers at all, that is one message: this computer is offline.

mod judge;
mod memory;
mod queue;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::config::{Level, Levels};
use crate::diag::{Code, Diagnostic, Diagnostics, Location, Severity};
use crate::network::Network;
pub use judge::Verdict;
pub use memory::VerdictCache;

/// How many requests hosts get, and how fast.
#[derive(Debug, Clone, Copy)]
pub struct RequestPolicy {
    /// Hosts that are asked at the same time.
    pub hosts: usize,
    /// Between two requests to one host.
    pub pause: Duration,
    /// So many hosts in a row that can't be reached mean that this computer is offline.
    pub patience: usize,
}

impl Default for RequestPolicy {
    fn default() -> Self {
        Self { hosts: 8, pause: Duration::from_millis(500), patience: 8 }
    }
}

/// What became of a site's outside links.
#[derive(Debug, Default)]
pub struct LinkChecks {
    /// What is known of each address, by the address.
    pub verdicts: BTreeMap<String, Verdict>,
    /// How many weren't asked, because they were fine lately.
    pub remembered: usize,
    /// Did nobody answer at all?
    pub is_offline: bool,
}

/// Asks each address that isn't remembered.
#[must_use]
pub fn visit<'a>(
    addresses: impl Iterator<Item = &'a str>,
    memory: &mut VerdictCache,
    network: &(dyn Network + Sync),
    policy: &RequestPolicy,
) -> LinkChecks {
    let mut visits = LinkChecks::default();
    let mut by_host: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for address in addresses {
        if let Some(verdict) = memory.recall(address) {
            visits.verdicts.insert(address.to_string(), verdict);
            visits.remembered += 1;
        } else {
            by_host.entry(judge::host(address)).or_default().push(address);
        }
    }
    let answers = queue::ask(by_host.into_iter().collect(), network, policy);
    visits.is_offline = answers.is_offline;
    for (address, verdict) in answers.verdicts {
        memory.keep(&address, &verdict);
        visits.verdicts.insert(address, verdict);
    }
    memory.forget_all_but(&visits.verdicts);
    visits
}

/// What is to be told about the links of a site, at the levels that it gives to `external-link-broken` and `external-link-moved`.
#[must_use]
pub fn problems(
    visits: &LinkChecks,
    links: &BTreeMap<String, BTreeSet<Location>>,
    levels: &Levels,
) -> Diagnostics {
    let mut found = Diagnostics::new();
    if visits.is_offline {
        found.push(
            Diagnostic::new(Code::ExternalLinkUnchecked, "none of the outside links could be asked")
                .help("is this computer online? A proxy is taken from the variable `HTTPS_PROXY`"),
        );
        return found;
    }
    for (address, verdict) in &visits.verdicts {
        let problem = match verdict {
            Verdict::Dead(why) => {
                Diagnostic::new(Code::ExternalLinkBroken, format!("`{address}` is dead: {why}"))
                    .help("link to another page that says the same, or remove the link and keep the words")
            }
            Verdict::Moved(to) if judge::is_front(to) && !judge::is_front(address) => Diagnostic::new(
                Code::ExternalLinkMoved,
                format!("`{address}` leads to the front page of `{to}` by now"),
            )
            .help("the page is probably gone: look for another that says the same"),
            Verdict::Moved(to) => {
                Diagnostic::new(Code::ExternalLinkMoved, format!("`{address}` has moved for good"))
                    .help(format!("write `{to}`"))
            }
            Verdict::Fine | Verdict::Unsure(_) => continue,
        };
        let level = levels.level(problem.code);
        if level == Level::Off {
            continue;
        }
        for place in links.get(address).into_iter().flatten() {
            let mut problem = problem.clone();
            problem.place = Some(place.clone());
            if level == Level::Error {
                problem.severity = Severity::Error;
            }
            found.push(problem);
        }
    }
    found
}
