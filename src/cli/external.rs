//! `check --external`: do the links that lead out of the site still lead somewhere?

use std::time::Instant;

use serde::Serialize;

use super::{CACHE, Settings, Status, counted, grouped, print, print_made, seconds};
use crate::build::{self, Advice};
use crate::commands::external_links::{self, LinkChecks, RequestPolicy, Verdict, VerdictCache};
use crate::commands::outward::ExternalLinks;
use crate::diag::emit::Format;
use crate::diag::{Diagnostics, Location};
use crate::encode::json;
use crate::encode::terminal::{self, line as plain};
use crate::network::Internet;
use crate::output::replace;
use crate::project::Project as _;

/// The file of what is remembered, in the folder of what can be made again.
const MEMORY: &str = "links.json";

/// What flags ask of `check --external`.
pub(super) struct ExternalRequest {
    /// For so many days an address that was fine isn't asked again.
    pub(super) days: u16,
    /// How long to wait for an answer.
    pub(super) seconds: u64,
}

impl Settings {
    /// Checks the site and, if nothing is broken in it, the links that lead out of it.
    pub(super) fn external(&self, asked: &ExternalRequest) -> Status {
        let start = Instant::now();
        let mut found = build::check(&self.project, &self.options, Advice::All);
        if found.has_errors() {
            return self.report(&found.sorted(), "");
        }
        let outward =
            crate::commands::outward::external_links(&self.project, &self.options, &mut Diagnostics::new());
        let cache = self.root.join(CACHE);
        let kept = replace::read_kept(&cache, MEMORY);
        let mut memory = VerdictCache::read(kept.as_deref(), self.project.now(), asked.days);
        let internet = Internet::new("ringback-check", asked.seconds);
        let addresses = outward.links.keys().map(String::as_str);
        let visits = external_links::visit(addresses, &mut memory, &internet, &RequestPolicy::default());
        if !visits.is_offline {
            replace::keep(&cache, MEMORY, &memory.bytes());
        }
        found.extend(external_links::problems(&visits, &outward.links, &outward.levels));
        let status = self.report(&found.sorted(), "");
        match self.style.format {
            Format::Json => {
                print_made(&format!("{}\n", terminal::json(&json::text(&as_json(&visits, &outward)))))
            }
            _ if self.talks() && !visits.is_offline => print(&format_checks(&visits, &outward, start)),
            _ => {}
        }
        status
    }
}

/// The addresses with a verdict that `is` one of.
fn verdicts(visits: &LinkChecks, is: fn(&Verdict) -> bool) -> impl Iterator<Item = (&String, &Verdict)> {
    visits.verdicts.iter().filter(move |(_, verdict)| is(verdict))
}

fn is_unsure(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Unsure(_))
}

fn format_checks(visits: &LinkChecks, outward: &ExternalLinks, start: Instant) -> String {
    let mut text = String::new();
    for (address, verdict) in verdicts(visits, is_unsure) {
        let Verdict::Unsure(why) = verdict else { continue };
        let place = outward.links.get(address).and_then(|places| places.first());
        let file = place.map(|place| format!(", in {}", place.file)).unwrap_or_default();
        text += &format!("unknown: {} ({}{file})\n", plain(address), plain(why));
    }
    let count = |is: fn(&Verdict) -> bool| grouped(verdicts(visits, is).count());
    let counts = [
        (count(|verdict| matches!(verdict, Verdict::Fine)), "fine"),
        (count(|verdict| matches!(verdict, Verdict::Moved(_))), "moved"),
        (count(|verdict| matches!(verdict, Verdict::Dead(_))), "dead"),
        (count(is_unsure), "unknown"),
    ];
    let counts: Vec<String> = counts.iter().map(|(count, what)| format!("{count} {what}")).collect();
    let links = match visits.verdicts.len() {
        0 => return format!("{text}The site has no external links.\n"),
        count => counted(count, "external link").concat(),
    };
    let asked = visits.verdicts.len() - visits.remembered;
    text + &format!("{links}: {}. Checked {} in {}.\n", counts.join(", "), grouped(asked), seconds(start))
}

/// What came of it, for programs.
#[derive(Serialize)]
struct CheckedLinks<'a> {
    external: LinkResults<'a>,
}

#[derive(Serialize)]
struct LinkResults<'a> {
    offline: bool,
    /// How many were not asked again.
    remembered: usize,
    links: Vec<LinkResult<'a>>,
}

#[derive(Serialize)]
struct LinkResult<'a> {
    url: &'a str,
    verdict: &'a Verdict,
    places: Vec<&'a Location>,
}

fn as_json<'a>(visits: &'a LinkChecks, outward: &'a ExternalLinks) -> CheckedLinks<'a> {
    let links = visits.verdicts.iter().map(|(url, verdict)| LinkResult {
        url,
        verdict,
        places: outward.links.get(url).into_iter().flatten().collect(),
    });
    let links = links.collect();
    CheckedLinks {
        external: LinkResults { offline: visits.is_offline, remembered: visits.remembered, links },
    }
}
