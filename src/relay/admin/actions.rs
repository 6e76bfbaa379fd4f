//! What the buttons do.

use std::sync::Arc;

use super::ask::{Choice, Done, LeadQuery, View};
use crate::relay::Notice;
use crate::relay::forget::{self, Receipt};
use crate::relay::queue::Answer;
use crate::relay::routes::Routes;
use crate::relay::shared::{DAY, Shared};

/// What the page shows after a button was pressed.
pub(super) enum Result {
    Done {
        done: Done,
        /// Is what was shown before still there to be shown?
        stays: bool,
    },
    Receipt(Receipt),
}

/// The first value with a name; empty where there is none.
pub(super) fn value<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
}

/// Does what a form says; `None` where it says nothing that can be done.
pub(super) fn act(
    shared: &Arc<Shared>,
    routes: &Routes,
    (ask, pairs): (&LeadQuery, &[(String, String)]),
) -> Answer<Option<Result>> {
    let (queue, choice) = (&*shared.queue, Choice::read(pairs));
    let filter = choice.filter(&routes.time_zone());
    let what = value(pairs, "do");
    let (done, count) = match what {
        "resend" => {
            let count = queue.resend(&filter, shared.now())?;
            (Done::Resent(count), count)
        }
        "discard" => {
            let count = queue.discard(&filter)?;
            (Done::Discarded(count), count)
        }
        "purge" => {
            let Some(days) = value(pairs, "days").parse::<u32>().ok().filter(|days| *days > 0) else {
                return Ok(None);
            };
            let count =
                queue.purge(shared.now().saturating_sub(i64::from(days).saturating_mul(DAY)), None)?;
            (Done::Purged(count), count)
        }
        "forget" => {
            let receipt = forget::forget(queue, value(pairs, "contact"), shared.now())?;
            let count = u64::try_from(receipt.forgotten.len()).unwrap_or(u64::MAX);
            (shared.tell)(Notice::Person { what: "forget", count });
            return Ok(Some(Result::Receipt(receipt)));
        }
        _ => return Ok(None),
    };
    let what = match done {
        Done::Resent(_) => "resend",
        Done::Discarded(_) => "discard",
        Done::Purged(_) => "purge",
    };
    (shared.tell)(Notice::Person { what, count });
    let stays = !matches!((&ask.view, done), (View::Lead(_), Done::Discarded(_)));
    Ok(Some(Result::Done { done, stays }))
}
