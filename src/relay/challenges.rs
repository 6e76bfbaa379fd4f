//! Work that a browser does before a form is sent, which costs a visitor a moment and a program that sends thousands a lot:
//! the challenges of ALTCHA's open scheme (<https://altcha.org/docs/v2/proof-of-work/>). Nothing is kept of one until it is solved.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::seal::Seal;
use crate::encode::bytes;

/// The number that is looked for is at most this: half of it are tried, in less than a second on a phone.
const MOST: u32 = 50_000;

/// A challenge is good for so long, in milliseconds.
const AGE: i64 = 10 * 60 * 1000;

/// So many solved ones are known at once; more are no browsers.
const KNOWN: usize = 100_000;

const ALGORITHM: &str = "SHA-256";

/// Gives out challenges, and knows which of them were solved.
pub(super) struct Challenges {
    seal: Seal<32>,
    /// The beginning of each that was used, and until when it would be good.
    used: Mutex<BTreeMap<[u8; 16], i64>>,
}

/// What browsers find the number of.
#[derive(Debug, Serialize)]
pub(super) struct Challenge {
    algorithm: &'static str,
    challenge: String,
    maxnumber: u32,
    salt: String,
    signature: String,
}

/// A solved challenge, as base64 of JSON.
#[derive(Serialize, Deserialize)]
struct Solved {
    algorithm: String,
    challenge: String,
    number: u64,
    salt: String,
    signature: String,
}

impl Challenges {
    /// With a key that other relays on the same store have, too, or that nobody else has.
    pub(super) fn new(key: &str) -> Self {
        let seal = Seal::new(&Sha256::digest(format!("challenges\0{key}")));
        Self { seal, used: Mutex::default() }
    }

    /// A new challenge; `None` where the system has no random numbers.
    pub(super) fn issue(&self, now: i64) -> Option<Challenge> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).ok()?;
        let (start, number) = random.split_at(12);
        let number = u32::from_le_bytes(number.try_into().ok()?) % (MOST + 1);
        // The sign at the end keeps the time apart from the number behind it.
        let salt = format!("{}?expires={}&", bytes::hex(start), (now + AGE) / 1000);
        let challenge = hash(&salt, u64::from(number));
        let signature = self.seal.sign(&challenge);
        Some(Challenge { algorithm: ALGORITHM, challenge, maxnumber: MOST, salt, signature })
    }

    /// Was a challenge of ours solved, in time and for the first time?
    pub(super) fn takes(&self, proof: &str, now: i64) -> bool {
        let solved = bytes::of_base64(proof).and_then(|json| serde_json::from_slice::<Solved>(&json).ok());
        let Some(solved) = solved else { return false };
        let expires = solved.salt.split_once("?expires=").and_then(|(_, rest)| rest.strip_suffix('&'));
        let expires = expires.and_then(|seconds| seconds.parse::<i64>().ok());
        let Some(expires) = expires.and_then(|seconds| seconds.checked_mul(1000)) else { return false };
        let is_ours = self.seal.is_signed(&solved.challenge, &solved.signature);
        let is_solved =
            solved.algorithm == ALGORITHM && solved.challenge == hash(&solved.salt, solved.number);
        is_ours && is_solved && expires > now && self.is_first(&solved.challenge, expires, now)
    }

    fn is_first(&self, challenge: &str, expires: i64, now: i64) -> bool {
        let Some(name) = bytes::of_hex::<32>(challenge).and_then(|all| all.first_chunk::<16>().copied())
        else {
            return false;
        };
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if used.len() >= KNOWN {
            used.retain(|_, until| *until > now);
        }
        used.len() < KNOWN && used.insert(name, expires).is_none()
    }
}

fn hash(salt: &str, number: u64) -> String {
    bytes::hex(&Sha256::digest(format!("{salt}{number}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As a browser does it.
    fn solve(challenge: &Challenge) -> Solved {
        let (salt, wanted) = (challenge.salt.clone(), challenge.challenge.clone());
        let number = (0..=u64::from(challenge.maxnumber)).find(|number| hash(&salt, *number) == wanted);
        Solved {
            algorithm: challenge.algorithm.to_string(),
            challenge: wanted,
            number: number.unwrap(),
            salt,
            signature: challenge.signature.clone(),
        }
    }

    fn written(solved: &Solved) -> String {
        bytes::base64(serde_json::to_string(solved).unwrap().as_bytes())
    }

    #[test]
    fn a_solved_challenge_is_good_once_and_for_a_while() {
        let ours = Challenges::new("a key");
        let solved = solve(&ours.issue(1_000_000).unwrap());
        let proof = written(&solved);
        assert!(!Challenges::new("another key").takes(&proof, 1_000_000));
        assert!(!ours.takes(&proof, 1_000_000 + AGE), "it is too old");
        assert!(ours.takes(&proof, 1_000_000));
        assert!(!ours.takes(&proof, 1_000_000), "once");
        assert!(ours.takes(&written(&solve(&ours.issue(1_000_000).unwrap())), 1_000_001));
    }

    #[test]
    fn nothing_in_it_can_be_changed() {
        let ours = Challenges::new("a key");
        let now = 1_000_000;
        let fresh = || solve(&ours.issue(now).unwrap());
        let mut all = vec![String::new(), "no".into(), bytes::base64(b"{}"), "A".repeat(5000)];
        all.push(written(&Solved { number: fresh().number + 1, ..fresh() }));
        all.push(written(&Solved { algorithm: "MD5".into(), ..fresh() }));
        all.push(written(&Solved { signature: "00".repeat(32), ..fresh() }));
        all.push(written(&Solved { challenge: fresh().challenge, ..fresh() }));
        // A digit of the number moved behind the time, which the hash can't tell.
        let one = fresh();
        let (first, rest) =
            one.number.to_string().split_at_checked(1).map(|(a, b)| (a.to_string(), b.to_string())).unwrap();
        let later = format!("{}{first}&", one.salt.trim_end_matches('&'));
        all.push(written(&Solved { salt: later, number: rest.parse().unwrap_or(0), ..fresh() }));
        let moved = Solved { salt: format!("{}{first}", one.salt), number: rest.parse().unwrap_or(0), ..one };
        all.push(written(&moved));
        for proof in all {
            assert!(!ours.takes(&proof, now), "{proof}");
        }
    }
}
