//! The flags of `ringback relay`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::SiteFlags;
use crate::relay::queue::DeliveryState;

#[derive(Debug, Args)]
#[command(
    after_help = "Exit status of `status`: 1 when a lead was given up; of `resend`, `discard`, `purge` and `forget`: 3 when there was nothing to do."
)]
pub(crate) struct RelayFlags {
    #[command(flatten)]
    pub(crate) site: SiteFlags,
    /// Where to listen; another program, such as Caddy or nginx, takes requests from the web and has the certificate
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8787")]
    pub(crate) listen: SocketAddr,
    /// The file that keeps leads, which is made if it isn't there, or `postgres://…`: a database that several relays share
    /// (PGPASSWORD is its password)
    #[arg(long, global = true, value_name = "FILE", default_value = "relay.db")]
    pub(crate) store: PathBuf,
    /// Read the site for a relay that runs, tell it what it has to know, and end
    #[arg(long, hide = true)]
    pub(crate) read_site: bool,
    #[command(subcommand)]
    pub(crate) action: Option<RelayAction>,
}

/// What can be asked of the store, also while the relay runs.
#[derive(Debug, Subcommand)]
pub(crate) enum RelayAction {
    /// Count the leads that wait, were delivered, were given up or look like spam
    Status,
    /// Send again what was given up or held back
    Resend(WhichLeads),
    /// Print leads with what became of them, a line of JSON each
    Export {
        #[command(flatten)]
        which: WhichLeads,
        /// Print a table for spreadsheets instead, with a column for each field that a lead has
        #[arg(long)]
        csv: bool,
    },
    /// Delete leads that were held back, for good
    Discard(WhichLeads),
    /// Delete the leads that have arrived everywhere and are old enough
    Purge {
        /// At least this many days old
        #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..))]
        days: u16,
    },
    /// Copy the store to a new file, also while the relay runs
    Backup {
        /// The file, which may not be there yet
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Delete everything of one person from the store, and print a receipt
    Forget {
        /// The email address or phone number that they gave
        #[arg(value_name = "CONTACT")]
        contact: String,
    },
}

/// Which leads.
#[derive(Debug, Args)]
pub(crate) struct WhichLeads {
    /// Only the lead with this id
    #[arg(long, value_name = "ID")]
    pub(crate) id: Option<String>,
    /// Only those with this email address or phone number in them
    #[arg(long, value_name = "CONTACT")]
    pub(crate) contact: Option<String>,
    /// Only for this webhook
    #[arg(long, value_name = "ID")]
    pub(crate) webhook: Option<String>,
    /// Only those in this state
    #[arg(long, value_name = "STATE", value_parser = clap::builder::PossibleValuesParser::new(DeliveryState::ALL.iter().map(|state| state.name())))]
    pub(crate) state: Option<String>,
    /// Only what came at this moment or later, such as 2026-11-02T09:30:00Z
    #[arg(long, value_name = "TIME")]
    pub(crate) since: Option<Timestamp>,
    /// Only what came before this moment
    #[arg(long, value_name = "TIME")]
    pub(crate) until: Option<Timestamp>,
}

/// Watching a relay from outside.
#[derive(Debug, Args)]
pub(crate) struct WatchFlags {
    /// Send a marked lead from this published page through the relay, again and again, and raise an alarm if it doesn't arrive
    #[arg(long, value_name = "URL", conflicts_with_all = ["webhook", "send", "here"])]
    pub(crate) watch: Option<String>,
    /// With `--watch`: only once; the exit status is 1 if the lead doesn't arrive
    #[arg(long, requires = "watch")]
    pub(crate) once: bool,
    /// With `--watch`: the minutes between two leads
    #[arg(long, value_name = "MINUTES", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=1440))]
    pub(crate) every: u64,
    /// With `--watch`: where to listen for what the relay hands to its webhook `canary`
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8790")]
    pub(crate) receive: SocketAddr,
    /// With `--watch`: how long a lead may be on its way, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 300, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) patience: u64,
}
