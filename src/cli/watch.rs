//! `ringback doctor --watch`: a marked lead through a published page and the relay, again and again, and an alarm when one
//! doesn't arrive.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde::Serialize;

use super::flags::WatchFlags;
use super::{Settings, Status, complain, print};
use crate::commands::doctor::canary;
use crate::commands::receivers::{self, WebhookUse};
use crate::commands::relay;
use crate::diag::Diagnostics;
use crate::diag::emit::Format;
use crate::encode::json;
use crate::encode::terminal::line as plain;
use crate::network::Internet;
use crate::network::arrivals::Arrivals;
use crate::project::Project as _;
use crate::relay::alarm::{self, Alarm};
use crate::relay::routes::Routes;

/// What doesn't get better is told again after so long.
const TOLD_AGAIN: Duration = Duration::from_secs(6 * 3600);

/// What became of a marked lead, for programs.
#[derive(Serialize)]
struct Arrival<'a> {
    at: String,
    lead: &'a str,
    arrived: bool,
    /// Milliseconds from the form to where it arrived.
    ms: Option<u64>,
    why: Option<&'a str>,
}

/// The page that is watched, and what it takes to watch it.
struct Watched<'a> {
    page: &'a str,
    routes: Routes,
    receivers: Vec<WebhookUse>,
    internet: Internet,
    arrivals: Arrivals,
    patience: Duration,
}

impl Settings {
    /// Watches the relay from the page at `page`; with `--once`, the status says whether the lead has arrived.
    pub(super) fn watch(&self, page: &str, flags: &WatchFlags, seconds: u64) -> Status {
        let mut diagnostics = Diagnostics::new();
        let routes = relay::routes(&self.project, &self.options, &mut diagnostics);
        let receivers = receivers::receivers(&self.project, &self.options, &mut Diagnostics::new());
        let status = self.report(&diagnostics.sorted(), ": nothing is watched");
        let Some(routes) = routes else {
            return if status == Status::Fine { Status::Content } else { status };
        };
        if routes.canary.is_none() {
            complain!("error: this site's `relay` has no `canary`, so a marked lead would go nowhere");
            complain!(
                "  = help: declare a webhook of the kind `json` at http://{}/, and name it: `relay: {{canary: …}}`",
                flags.receive
            );
            return Status::Tool;
        }
        let arrivals = match Arrivals::listen(flags.receive) {
            Ok(arrivals) => arrivals,
            Err(error) => {
                complain!("error: {} can't be listened to: {error}", flags.receive);
                return Status::Tool;
            }
        };
        let internet = Internet::new("ringback-doctor", seconds);
        let patience = Duration::from_secs(flags.patience);
        let watched = Watched { page, routes, receivers, internet, arrivals, patience };
        if !flags.once && self.style.format != Format::Json {
            let address = watched.arrivals.address();
            print(&format!("Listening on http://{address}/. Press Ctrl+C to stop.\n"));
        }
        let mut told: Option<Instant> = None;
        loop {
            let begin = Instant::now();
            let silence = self.round(&watched);
            match silence {
                Some(why) if told.is_none_or(|told| told.elapsed() >= TOLD_AGAIN) => {
                    self.alarm(&watched, "A test lead didn’t arrive", &why);
                    told = Some(Instant::now());
                }
                None if told.take().is_some() => {
                    self.alarm(&watched, "Test leads arrive again", "the test lead has arrived");
                }
                Some(_) | None => {}
            }
            if flags.once {
                return if told.is_some() { Status::Content } else { Status::Fine };
            }
            thread::sleep(Duration::from_secs(flags.every * 60).saturating_sub(begin.elapsed()));
        }
    }

    /// Sends one, and waits for it; why it hasn't arrived.
    fn round(&self, watched: &Watched<'_>) -> Option<String> {
        let now = self.project.now();
        let sent = canary::send(watched.page, &watched.receivers, &watched.internet, now);
        let (id, silence, took) = match sent {
            Err(stuck) => (String::new(), Some(stuck.to_string()), None),
            Ok(id) => match watched.arrivals.wait_for(&id, watched.patience) {
                Some(took) => (id, None, Some(took)),
                None => {
                    let seconds = watched.patience.as_secs();
                    (id, Some(format!("the relay took it, and it hasn't arrived after {seconds} s")), None)
                }
            },
        };
        let took = took.map(|took| u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
        match (self.style.format, &silence, took) {
            (Format::Json, ..) => print(&format!(
                "{}\n",
                json::text(&Arrival {
                    at: format!("{now:.0}"),
                    lead: &id,
                    arrived: silence.is_none(),
                    ms: took,
                    why: silence.as_deref(),
                })
            )),
            (_, None, took) => {
                print(&format!("{now:.0}  {id} arrived after {} ms\n", took.unwrap_or_default()));
            }
            (_, Some(why), _) => complain!("error: {now:.0}  {}", plain(why)),
        }
        silence
    }

    /// Tells a person, by the webhooks that are there for it.
    fn alarm(&self, watched: &Watched<'_>, subject: &str, why: &str) {
        let text = format!("{subject}, from {}: {why}.", watched.page);
        let alarm = Alarm { subject: subject.to_string(), text, at: self.project.now().as_millisecond() };
        let alerts = watched.routes.alerts.iter().filter_map(|id| watched.routes.webhooks.get(id));
        alerts.for_each(|webhook| alarm::send(&alarm, webhook, &watched.internet, Path::new("")));
    }
}
