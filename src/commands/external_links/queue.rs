//! A few hosts at a time, each asked by one thread, with pauses.

use std::sync::Mutex;
use std::thread;

use super::RequestPolicy;
use super::judge::{self, Host, Verdict};
use crate::network::Network;

/// The verdicts that came back, and whether any host answered.
#[derive(Debug, Default)]
pub(super) struct Answers {
    pub(super) verdicts: Vec<(String, Verdict)>,
    pub(super) is_offline: bool,
}

/// What the threads that ask hosts share.
struct QueueState<'a> {
    hosts: Vec<(&'a str, Vec<&'a str>)>,
    answers: Answers,
    /// Hosts that couldn't be reached, as long as none has answered.
    away: usize,
    has_answer: bool,
}

/// Asks all addresses, grouped by host. The verdicts come in no particular order.
pub(super) fn ask(
    hosts: Vec<(&str, Vec<&str>)>,
    network: &(dyn Network + Sync),
    policy: &RequestPolicy,
) -> Answers {
    let threads = policy.hosts.min(hosts.len());
    let state = Mutex::new(QueueState { hosts, answers: Answers::default(), away: 0, has_answer: false });
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((_, addresses)) = next(&state, policy) {
                    of_host(&addresses, network, policy, &state);
                }
            });
        }
    });
    let state = state.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let is_offline = !state.has_answer && state.away > 0;
    Answers { is_offline, ..state.answers }
}

/// The next host; none when all are done, or nobody seems to be out there.
fn next<'a>(state: &Mutex<QueueState<'a>>, policy: &RequestPolicy) -> Option<(&'a str, Vec<&'a str>)> {
    let mut state = lock(state);
    if !state.has_answer && state.away >= policy.patience {
        return None;
    }
    state.hosts.pop()
}

fn of_host(addresses: &[&str], network: &dyn Network, policy: &RequestPolicy, state: &Mutex<QueueState<'_>>) {
    let mut stop: Option<Verdict> = None;
    for (index, address) in addresses.iter().enumerate() {
        if let Some(verdict) = &stop {
            lock(state).answers.verdicts.push(((*address).to_string(), verdict.clone()));
            continue;
        }
        if index > 0 {
            thread::sleep(policy.pause);
        }
        let (verdict, host) = judge::try_out(address, network);
        let mut state = lock(state);
        match host {
            Host::Answers => state.has_answer = true,
            Host::Tired => {
                state.has_answer = true;
                stop = Some(Verdict::Unsure("its host is rate-limiting".into()));
            }
            Host::Away => {
                state.away += usize::from(index == 0);
                // The other addresses of the host fare no better, and waiting for each takes minutes.
                stop = Some(verdict.clone());
            }
        }
        state.answers.verdicts.push(((*address).to_string(), verdict));
    }
}

fn lock<'m, 'a>(state: &'m Mutex<QueueState<'a>>) -> std::sync::MutexGuard<'m, QueueState<'a>> {
    state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
