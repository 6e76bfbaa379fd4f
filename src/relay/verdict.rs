//! What the answer of a webhook means for a lead: it is there, it is tried again, or a person has to look.

use crate::config::{Webhook, WebhookKind};
use crate::network::{Answer, Unreachable, redaction};

/// How many milliseconds a second has: pauses are kept in milliseconds.
const SECOND: i64 = 1000;

/// The longest pause between two tries.
const LONGEST: i64 = 6 * 3600 * SECOND;

/// After so long a lead is given up, and a person is told.
const GIVE_UP: i64 = 3 * 24 * 3600 * SECOND;

/// What the owner has to put right, such as a wrong address, is tried this seldom.
const SELDOM: i64 = 600 * SECOND;

/// The longest pause between two tries of a marked lead: somebody waits for it.
const LONGEST_MARKED: i64 = 20 * SECOND;

/// After so long nobody waits for a marked lead any more.
const GIVE_UP_MARKED: i64 = 30 * 60 * SECOND;

/// What an attempt to hand on a lead came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The webhook has said that it has the lead.
    Delivered,
    /// It may work later, but not before this pause.
    Later(i64),
    /// It never will: the webhook refuses this lead.
    Refused,
}

/// Says what an answer, or none, means for the lead that was sent; `now` is in milliseconds since 1970.
pub(super) fn judge(webhook: &Webhook, answer: &Result<Answer, Unreachable>, now: i64) -> Verdict {
    let Ok(answer) = answer else { return Verdict::Later(0) };
    let is_form = matches!(webhook.kind, WebhookKind::Form | WebhookKind::Salesforce { .. });
    match answer.status {
        200..=299 => Verdict::Delivered,
        // Who takes posts of browsers leads them on.
        301..=303 if is_form => Verdict::Delivered,
        408 | 425 | 429 | 500..=599 => Verdict::Later(retry_after(answer, now)),
        400 | 413 | 415 | 422 => Verdict::Refused,
        _ => Verdict::Later(SELDOM),
    }
}

/// What the webhook asks for: seconds, or a date (RFC 9110, 10.2.3), in milliseconds from now, at most a day.
fn retry_after(answer: &Answer, now: i64) -> i64 {
    let Some(asked) = answer.header("retry-after") else { return 0 };
    let pause =
        asked.trim().parse::<i64>().ok().map(|seconds| seconds.saturating_mul(SECOND)).or_else(|| {
            let date = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(asked.trim()).ok()?;
            Some(date.as_millisecond() - now)
        });
    pause.unwrap_or_default().clamp(0, 24 * 3600 * SECOND)
}

/// When it is tried again: after 5 s, 20 s, 80 s … 6 h, each more or less, and not before `pause`; `None` where it has
/// waited for three days. `random` is any byte.
pub(super) fn next_try((tries, random): (u32, u8), received: i64, pause: i64, now: i64) -> Option<i64> {
    if now - received > GIVE_UP {
        return None;
    }
    Some(now + pause_before((tries, random), LONGEST).max(pause))
}

/// When a marked lead of `ringback doctor --watch` is tried again; `None` where nobody waits for it any more.
pub(super) fn next_marked_try((tries, random): (u32, u8), received: i64, now: i64) -> Option<i64> {
    (now - received <= GIVE_UP_MARKED).then(|| now + pause_before((tries, random), LONGEST_MARKED))
}

/// A pause that grows with each try, up to about the longest, more or less.
fn pause_before((tries, random): (u32, u8), longest: i64) -> i64 {
    let usual = (5 * SECOND).saturating_mul(4_i64.saturating_pow(tries.min(12))).min(longest);
    usual / 2 + usual * i64::from(random) / 255
}

/// An answer in a few words, without what could be a key.
pub(super) fn describe_answer(answer: &Result<Answer, Unreachable>) -> String {
    match answer {
        Ok(answer) => redaction::answer(&answer.body),
        Err(Unreachable::Dns) => "the host has no address".into(),
        Err(Unreachable::Refused) => "nobody listens there".into(),
        Err(Unreachable::Tls(why)) => format!("there is no secure connection: {why}"),
        Err(Unreachable::Timeout(seconds)) => format!("no answer within {seconds} s"),
        Err(Unreachable::Lost) => "the connection broke off".into(),
        Err(Unreachable::NoHttp) => "what came back isn't HTTP".into(),
        Err(Unreachable::Other(why)) => why.clone(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::config::{ResponseAccess, UNUSABLE};
    use crate::diag::Span;
    use crate::yaml::Spanned;

    fn webhook(kind: WebhookKind) -> Webhook {
        Webhook {
            kind,
            span: Span::default(),
            url: Spanned { value: UNUSABLE.into(), span: Span::default() },
            response: ResponseAccess::Readable,
            map: BTreeMap::new(),
            add: BTreeMap::new(),
            names: BTreeMap::new(),
            secrets: Vec::new(),
        }
    }

    #[test]
    fn answers_are_kept_apart() {
        let json = webhook(WebhookKind::Json { preflight: false });
        let asked = |status: u16, after: &str| {
            let headers = BTreeMap::from([("retry-after".to_string(), after.to_string())]);
            judge(&json, &Ok(Answer { status, headers, body: String::new() }), 0)
        };
        for (status, expected) in [
            (200, Verdict::Delivered),
            (204, Verdict::Delivered),
            (302, Verdict::Later(SELDOM)),
            (400, Verdict::Refused),
            (401, Verdict::Later(SELDOM)),
            (404, Verdict::Later(SELDOM)),
            (422, Verdict::Refused),
            (429, Verdict::Later(30 * SECOND)),
            (503, Verdict::Later(30 * SECOND)),
        ] {
            assert_eq!(asked(status, "30"), expected, "{status}");
        }
        assert_eq!(asked(503, "Thu, 01 Jan 1970 00:01:00 GMT"), Verdict::Later(60 * SECOND));
        assert_eq!(asked(503, "soon"), Verdict::Later(0));
        assert_eq!(asked(503, "99999999999999999999"), Verdict::Later(0));
        assert_eq!(asked(503, "9999999999"), Verdict::Later(24 * 3600 * SECOND));
        let form = webhook(WebhookKind::Form);
        let moved = Answer { status: 303, ..Answer::default() };
        assert_eq!(judge(&form, &Ok(moved), 0), Verdict::Delivered);
        assert_eq!(judge(&json, &Err(Unreachable::Dns), 0), Verdict::Later(0));
    }

    #[test]
    fn pauses_grow_and_end() {
        let pause = |tries, random| next_try((tries, random), 0, 0, 1000).unwrap() - 1000;
        assert_eq!([pause(0, 0), pause(0, 255), pause(1, 0)], [2500, 7500, 10_000]);
        assert!(pause(40, 255) <= LONGEST * 3 / 2);
        assert_eq!(next_try((0, 0), 0, 60_000, 0), Some(60_000));
        assert_eq!(next_try((0, 0), 0, 0, GIVE_UP + 1), None);
        assert_eq!(next_marked_try((0, 0), 0, 1000), Some(3500));
        assert!(next_marked_try((40, 255), 0, 0).unwrap() <= LONGEST_MARKED * 3 / 2);
        assert_eq!(next_marked_try((0, 0), 0, GIVE_UP_MARKED + 1), None);
    }
}
