//! `ringback relay`: takes leads, and says what became of them.

use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use super::flags::{RelayAction, RelayFlags};
use super::{Settings, Status, complain, print, print_json, relay_site};
use crate::encode::terminal::{line as plain, lines};
use crate::encode::{csv, json};
use crate::project::Project as _;
use crate::relay as server;
use crate::relay::queue::{self, DeliveryState, Filter, Queue, Stored};
use crate::relay::{Notice, forget, table};

/// The password of a database whose URL has none, as PostgreSQL's own programs have it.
const PASSWORD: &str = "PGPASSWORD";

impl Settings {
    /// Runs the relay, or asks its store something.
    pub(super) fn relay(&self, flags: &RelayFlags) -> Status {
        match &flags.action {
            None if flags.read_site => self.hand_on_site(),
            None => self.run_relay(flags),
            Some(action) => self.ask_relay(&flags.store, action),
        }
    }

    fn run_relay(&self, flags: &RelayFlags) -> Status {
        server::keep_small();
        server::have_files();
        let routes = match self.read_site() {
            Ok(routes) => routes,
            Err(status) => return status,
        };
        let Some(store) = self.store(&flags.store) else { return Status::Tool };
        let Ok(admin) = self.admin() else { return Status::Tool };
        let settings = server::Settings { listen: flags.listen, store, admin };
        let (project, options) = (self.project.clone(), self.options.clone());
        let reload = move || relay_site::read_again(&project, &options);
        let clock = Arc::new(self.project.clone());
        let tell = move |notice: Notice| print_notice(&notice, &clock.now().to_string());
        match server::run(&settings, routes, Box::new(reload), Box::new(tell)) {
            Ok(()) => Status::Fine,
            Err(refused) => {
                complain!("error: {refused}");
                Status::Tool
            }
        }
    }

    /// What opens the page for the site's own people, where somebody has set it.
    fn admin(&self) -> Result<Option<server::AdminToken>, ()> {
        let name = server::ADMIN_VARIABLE;
        let Some(text) = self.project.variable(name).filter(|text| !text.is_empty()) else { return Ok(None) };
        let token = server::AdminToken::new(&text);
        if token.is_none() {
            complain!("error: `{name}` is so short that it could be found by trying");
            complain!("  = help: make one with `openssl rand -base64 32`");
        }
        token.map(Some).ok_or(())
    }

    /// The store that `--store` names.
    fn store(&self, store: &Path) -> Option<server::Store> {
        let password = self.project.variable(PASSWORD);
        let store = server::Store::new(store, password.as_deref());
        store.inspect_err(|error| complain!("error: the store can't be used: {error}")).ok()
    }

    fn ask_relay(&self, store: &Path, action: &RelayAction) -> Status {
        let Some(opened) = self.store(store) else { return Status::Tool };
        if !opened.may_exist() {
            complain!("error: there is no store `{}`", plain(&store.display().to_string()));
            complain!("  = help: name the one that the relay uses with `--store`");
            return Status::Tool;
        }
        let asked = server::open(&opened).and_then(|queue| self.answer(&*queue, action));
        match asked {
            Ok(status) => status,
            Err(error) => {
                complain!("error: the store can't be used: {error}");
                Status::Tool
            }
        }
    }

    fn answer(
        &self,
        queue: &dyn Queue,
        action: &RelayAction,
    ) -> Result<Status, crate::relay::queue::StoreError> {
        let now = self.project.now();
        match action {
            RelayAction::Status => self.status(queue),
            RelayAction::Resend(which) => {
                let count = queue.resend(&which.filter(), now.as_millisecond())?;
                print(&format!("{count} to be sent again.\n"));
                Ok(if count == 0 { Status::Nothing } else { Status::Fine })
            }
            RelayAction::Export { which, csv } => {
                let filter = which.filter();
                match csv {
                    true => print_table(queue, &filter)?,
                    false => queue::each(queue, &filter, |lead| {
                        print_line(lead);
                        true
                    })?,
                }
                Ok(Status::Fine)
            }
            RelayAction::Discard(which) => {
                let count = queue.discard(&which.filter())?;
                print(&format!("{count} deleted.\n"));
                Ok(if count == 0 { Status::Nothing } else { Status::Fine })
            }
            RelayAction::Purge { days } => {
                let count = queue.purge(now.as_millisecond() - i64::from(*days) * 24 * 3600 * 1000, None)?;
                print(&format!("{count} deleted.\n"));
                Ok(if count == 0 { Status::Nothing } else { Status::Fine })
            }
            RelayAction::Backup { file } => {
                let count = queue.back_up(file)?;
                print(&format!("{count} leads are in {}.\n", plain(&file.display().to_string())));
                Ok(Status::Fine)
            }
            RelayAction::Forget { contact } => {
                let receipt = forget::forget(queue, contact, now.as_millisecond())?;
                print_json(&receipt);
                Ok(if receipt.forgotten.is_empty() { Status::Nothing } else { Status::Fine })
            }
        }
    }

    /// How many leads wait for whom. With leads that were given up, the exit status is that of errors.
    fn status(&self, queue: &dyn Queue) -> Result<Status, crate::relay::queue::StoreError> {
        let counts = queue.counts()?;
        if self.style.format == crate::diag::emit::Format::Json {
            print_json(&counts);
            return Ok(Status::Fine);
        }
        for one in &counts {
            let oldest = jiff::Timestamp::from_millisecond(one.oldest).unwrap_or_default();
            print(&format!("{}: {} {}, the oldest from {oldest:.0}\n", one.webhook, one.count, one.state));
        }
        let expired = queue.expired()?;
        if expired > 0 {
            print(&format!("{expired} deleted so far because nobody confirmed the address\n"));
        }
        if counts.is_empty() {
            print("No lead has come yet.\n");
        }
        let is_dead = counts.iter().any(|one| one.state == DeliveryState::Dead.name());
        Ok(if is_dead { Status::Content } else { Status::Fine })
    }
}

impl super::flags::WhichLeads {
    fn filter(&self) -> Filter {
        Filter {
            id: self.id.clone(),
            webhook: self.webhook.clone(),
            state: self.state.as_deref().and_then(DeliveryState::from_name),
            since: self.since.map(|since| since.as_millisecond()),
            until: self.until.map(|until| until.as_millisecond()),
            contact: self.contact.clone(),
        }
    }
}

/// Prints leads as CSV, for spreadsheets.
fn print_table(queue: &dyn Queue, filter: &Filter) -> queue::Answer<()> {
    super::print_made(csv::START);
    table::rows(queue, filter, |cells| {
        // Others wrote these texts, and this may be a terminal.
        super::print_made(&csv::row(&cells.iter().map(|text| lines(text)).collect::<Vec<_>>()));
        true
    })
}

/// A lead on a line of its own.
fn print_line(lead: &Stored) {
    let line = serde_json::to_string(lead).expect("its keys are texts");
    super::print_made(&format!("{}\n", crate::encode::terminal::json(&line)));
}

/// What happens, for people on the first line and then for programs, a line of JSON each.
fn print_notice(notice: &Notice, at: &str) {
    if let Notice::Listening { url, forms } = notice {
        let forms = if *forms == 1 { "1 form".to_string() } else { format!("{forms} forms") };
        print(&format!("Listening on {url} for leads of {forms}. Press Ctrl+C to stop.\n"));
        return;
    }
    if let Some(event) = event(notice) {
        complain!("{}", json::text(&LogLine { at, event }));
    }
}

/// A line of the log, which programs read as JSON.
#[derive(Serialize)]
struct LogLine<'a> {
    at: &'a str,
    #[serde(flatten)]
    event: LogEvent<'a>,
}

/// What has happened, as `docs/content/relay.md` lists it.
#[derive(Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
enum LogEvent<'a> {
    Taken { lead: &'a str, form: &'a str, signs: &'a str, held: bool },
    Refused { status: u16, why: &'a str },
    Delivered(Try<'a>),
    Later(Try<'a>),
    Dead(Try<'a>),
    Alert { webhook: &'a str, why: &'a str },
    Reloaded { problems: usize },
    SignIn { ok: bool },
    Person { did: &'a str, count: u64 },
    Store { why: &'a str },
    Confirmed { lead: &'a str },
    Expired { leads: usize },
    Purged { leads: usize },
}

/// An attempt to deliver a lead.
#[derive(Serialize)]
struct Try<'a> {
    lead: &'a str,
    webhook: &'a str,
    tries: u32,
    status: Option<u16>,
    said: &'a str,
}

fn event(notice: &Notice) -> Option<LogEvent<'_>> {
    Some(match notice {
        Notice::Listening { .. } => return None,
        Notice::Taken { lead, form, signs, is_held } => LogEvent::Taken { lead, form, signs, held: *is_held },
        Notice::Refused { status, why } => LogEvent::Refused { status: *status, why },
        Notice::Tried { lead, webhook, tries, outcome, status, said } => {
            let attempt = Try { lead, webhook, tries: *tries, status: *status, said };
            match *outcome {
                "delivered" => LogEvent::Delivered(attempt),
                "dead" => LogEvent::Dead(attempt),
                _ => LogEvent::Later(attempt),
            }
        }
        Notice::Alert { webhook, why } => LogEvent::Alert { webhook, why },
        Notice::Reloaded { problems } => LogEvent::Reloaded { problems: *problems },
        Notice::SignIn { is_right } => LogEvent::SignIn { ok: *is_right },
        Notice::Person { what, count } => LogEvent::Person { did: what, count: *count },
        Notice::Store(why) => LogEvent::Store { why },
        Notice::Confirmed { lead } => LogEvent::Confirmed { lead },
        Notice::Expired(count) => LogEvent::Expired { leads: *count },
        Notice::Purged(count) => LogEvent::Purged { leads: *count },
    })
}
