//! What calls came to: a tally of the events that a webhook has kept, by script, rep and week; which objections were met, and
//! which replies led on. `docs/call.schema.json` describes an event. Pure: whoever asks has read the files.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::Value;

/// So many are needed before a share says more than chance does.
pub const ENOUGH: usize = 20;

/// A line that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// The name of the file, as it was given.
    pub file: String,
    /// The line in it, from 1.
    pub line: usize,
    /// Why it can't be read, as a sentence.
    pub reason: String,
}

/// The tally of all calls, in total and by script, rep and week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CallTally {
    /// The version of this format.
    pub version: u8,
    /// Calls, each once, however often it was sent.
    pub calls: usize,
    /// Events of other kinds, which don't count.
    pub others: usize,
    /// How they ended, the most first.
    pub outcomes: Vec<OutcomeCount>,
    /// The same by script, rep and week, in this order.
    pub rows: Vec<CallRow>,
    /// What people said against it, the most first.
    pub objections: Vec<ObjectionCount>,
}

/// Calls by one script and one rep in one week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CallRow {
    /// The script's path in `content/`, the same in all languages.
    pub script: String,
    /// The rep's id; `None` where nobody had chosen one.
    pub rep: Option<String>,
    /// The week in which they began, by ISO 8601 and in UTC: `2026-W48`.
    pub week: String,
    /// How many calls there were.
    pub calls: usize,
    /// How they ended, the most first.
    pub outcomes: Vec<OutcomeCount>,
}

/// How often calls ended in one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutcomeCount {
    /// The outcome's id, as scripts declare it.
    pub id: String,
    /// What the last of them called it.
    pub label: String,
    /// How many calls ended in it.
    pub calls: usize,
}

/// An objection, and what was said to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ObjectionCount {
    /// The title of its script.
    pub script: String,
    /// The objection's title, as the event has it.
    pub title: String,
    /// In how many calls it came up.
    pub met: usize,
    /// The replies to it, the most used first.
    pub replies: Vec<ReplyCount>,
}

/// A reply to an objection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReplyCount {
    /// The reply's title, as the event has it.
    pub title: String,
    /// How often it was said.
    pub used: usize,
    /// How often the call went on to another step after it, or ended in a promise.
    pub led_on: usize,
}

impl ReplyCount {
    /// How often it led on, for people: a share where there are enough, else the numbers alone.
    #[must_use]
    pub fn share(&self) -> Option<usize> {
        (self.used >= ENOUGH).then(|| (self.led_on * 100 + self.used / 2) / self.used)
    }
}

/// Counts the events in files: one event a line, or one list of events a file. Lines that can't be read are given back.
#[must_use]
pub fn tally(files: &[(String, Vec<u8>)]) -> (CallTally, Vec<BadLine>) {
    let (mut events, mut bad, mut others) = (BTreeMap::new(), Vec::new(), 0);
    for (file, bytes) in files {
        for (line, found) in values(bytes) {
            match found.and_then(|value| Event::read(&value)) {
                Ok(Some(event)) => {
                    // What was sent again is the same call: the last correction counts, in whatever order they came.
                    let known = events.get(&event.id).map_or(0, |known: &Event| known.revision);
                    if event.revision >= known {
                        events.insert(event.id.clone(), event);
                    }
                }
                Ok(None) => others += 1,
                Err(reason) => bad.push(BadLine { file: file.clone(), line, reason }),
            }
        }
    }
    (count(&events, others), bad)
}

/// The values in a file, each with its line.
fn values(bytes: &[u8]) -> Vec<(usize, Result<Value, String>)> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    if bytes.trim_ascii_start().starts_with(b"[") {
        return match serde_json::from_slice::<Vec<Value>>(bytes) {
            Ok(all) => all.into_iter().map(|value| (1, Ok(value))).collect(),
            Err(error) => vec![(error.line().max(1), Err(format!("this list isn't JSON: {error}")))],
        };
    }
    let lines = bytes.split(|byte| *byte == b'\n').enumerate();
    let lines = lines.filter(|(_, line)| !line.trim_ascii().is_empty());
    lines
        .map(|(at, line)| {
            (at + 1, serde_json::from_slice(line).map_err(|error| format!("this line isn't JSON: {error}")))
        })
        .collect()
}

/// A call, as its event tells it.
struct Event {
    id: String,
    /// How often it was corrected, from 1; 0 where the event is older than corrections.
    revision: u64,
    script: String,
    rep: Option<String>,
    week: String,
    outcome: (String, String),
    /// Script, objection and reply, and whether the call went on after it.
    objections: Vec<(String, String, Option<String>, bool)>,
}

impl Event {
    /// Reads an event; `None` for one that is no call.
    fn read(value: &Value) -> Result<Option<Self>, String> {
        if value["type"] != "call.outcome" {
            return Ok(None);
        }
        let data = &value["data"];
        let text = |value: &Value, what: &str| {
            value.as_str().map(str::to_string).ok_or_else(|| format!("this call has no `{what}`"))
        };
        let started = text(&data["started"], "data.started")?;
        let time: Timestamp =
            started.parse().map_err(|_| format!("`{started}` in `data.started` isn't a time"))?;
        let week = time.to_zoned(TimeZone::UTC).date().iso_week_date();
        Ok(Some(Self {
            id: text(&value["id"], "id")?,
            revision: data["revision"].as_u64().unwrap_or_default(),
            script: text(&data["script"]["key"], "data.script.key")?,
            rep: data["rep"].as_str().map(str::to_string),
            week: format!("{}-W{:02}", week.year(), week.week()),
            outcome: (
                text(&data["outcome"]["id"], "data.outcome.id")?,
                text(&data["outcome"]["label"], "data.outcome.label")?,
            ),
            objections: objections(data),
        }))
    }
}

/// The objections of a call, each with the reply after which the call went on.
fn objections(data: &Value) -> Vec<(String, String, Option<String>, bool)> {
    let none = Vec::new();
    let path = data["path"].as_array().unwrap_or(&none);
    let met = data["objections"].as_array().unwrap_or(&none);
    let read = met.iter().filter_map(|objection| {
        let (script, title) = (objection["script"].as_str()?, objection["title"].as_str()?);
        let reply = objection["reply"]["title"].as_str();
        let step = objection["reply"]["id"].as_str().or(objection["id"].as_str())?;
        let at = path.iter().rposition(|entry| entry["step"] == step);
        let went_on = at.is_some_and(|at| at + 1 < path.len())
            || (!data["promised"].is_null() && data["reached"] != false);
        Some((script.to_string(), title.to_string(), reply.map(str::to_string), went_on))
    });
    read.collect()
}

fn count(events: &BTreeMap<String, Event>, others: usize) -> CallTally {
    let mut rows: BTreeMap<(&str, Option<&str>, &str), Vec<&Event>> = BTreeMap::new();
    for event in events.values() {
        let key = (event.script.as_str(), event.rep.as_deref(), event.week.as_str());
        rows.entry(key).or_default().push(event);
    }
    let all: Vec<&Event> = events.values().collect();
    let rows = rows.into_iter().map(|((script, rep, week), events)| CallRow {
        script: script.to_string(),
        rep: rep.map(str::to_string),
        week: week.to_string(),
        calls: events.len(),
        outcomes: outcomes(&events),
    });
    CallTally {
        version: 1,
        calls: events.len(),
        others,
        outcomes: outcomes(&all),
        rows: rows.collect(),
        objections: objection_counts(&all),
    }
}

fn outcomes(events: &[&Event]) -> Vec<OutcomeCount> {
    let mut counts: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    for event in events {
        let (id, label) = &event.outcome;
        let count = counts.entry(id).or_insert((label, 0));
        *count = (label, count.1 + 1);
    }
    let mut all: Vec<OutcomeCount> = counts
        .into_iter()
        .map(|(id, (label, calls))| OutcomeCount { id: id.to_string(), label: label.to_string(), calls })
        .collect();
    all.sort_by_key(|count| std::cmp::Reverse(count.calls));
    all
}

/// How often each reply was said, and led on.
type ReplyNumbers<'e> = BTreeMap<&'e str, (usize, usize)>;

fn objection_counts(events: &[&Event]) -> Vec<ObjectionCount> {
    let mut counts: BTreeMap<(&str, &str), (usize, ReplyNumbers<'_>)> = BTreeMap::new();
    for event in events {
        let mut met = BTreeSet::new();
        for (script, title, reply, went_on) in &event.objections {
            let (calls, replies) = counts.entry((script, title)).or_default();
            *calls += usize::from(met.insert((script, title)));
            if let Some(reply) = reply {
                let (used, led_on) = replies.entry(reply).or_default();
                *used += 1;
                *led_on += usize::from(*went_on);
            }
        }
    }
    let mut all: Vec<ObjectionCount> = counts
        .into_iter()
        .map(|((script, title), (met, replies))| {
            let mut replies: Vec<ReplyCount> = replies
                .into_iter()
                .map(|(title, (used, led_on))| ReplyCount { title: title.to_string(), used, led_on })
                .collect();
            replies.sort_by_key(|reply| std::cmp::Reverse(reply.used));
            ObjectionCount { script: script.to_string(), title: title.to_string(), met, replies }
        })
        .collect();
    all.sort_by_key(|objection| std::cmp::Reverse(objection.met));
    all
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event(id: &str, started: &str, rep: Option<&str>, outcome: &str) -> Value {
        json!({"type": "call.outcome", "version": 1, "id": id, "data": {
            "script": {"key": "scripts/opener", "title": "Opener"}, "rep": rep, "started": started,
            "outcome": {"id": outcome, "label": outcome.to_uppercase()}, "path": [], "promised": null}})
    }

    fn lines(events: &[Value]) -> Vec<(String, Vec<u8>)> {
        let text: Vec<String> = events.iter().map(Value::to_string).collect();
        vec![("calls.jsonl".to_string(), text.join("\n").into_bytes())]
    }

    #[test]
    fn the_last_correction_counts_and_a_next_try_is_no_promise() {
        let revised = |revision: u64, outcome: &str| {
            let mut event = event("a", "2026-11-23T09:00:00Z", None, outcome);
            event["data"]["revision"] = json!(revision);
            event
        };
        // In whatever order they came.
        let (tally, _) = tally(&lines(&[revised(2, "meeting"), revised(1, "closed")]));
        assert_eq!((tally.calls, tally.outcomes[0].id.as_str()), (1, "meeting"));
        let mut unreached = event("b", "2026-11-23T09:00:00Z", None, "no-answer");
        unreached["data"]["objections"] =
            json!([{"script": "Opener", "id": "o", "title": "No", "reply": {"id": "r", "title": "Ask"}}]);
        unreached["data"]["promised"] = json!("2026-11-24T09:00:00Z");
        unreached["data"]["reached"] = json!(false);
        let (tally, _) = super::tally(&lines(&[unreached]));
        assert_eq!(tally.objections[0].replies[0].led_on, 0);
    }

    #[test]
    fn calls_count_once_by_script_rep_and_week() {
        let events = [
            event("a", "2026-11-23T09:00:00Z", Some("ola"), "meeting"),
            event("a", "2026-11-23T09:00:00Z", Some("ola"), "meeting"),
            event("b", "2026-11-29T23:59:59Z", Some("ola"), "closed"),
            event("c", "2026-11-30T00:00:00Z", Some("ola"), "closed"),
            event("d", "2027-01-01T00:00:00Z", None, "closed"),
            json!({"type": "lead.submitted"}),
        ];
        let (tally, bad) = tally(&lines(&events));
        assert!(bad.is_empty(), "{bad:?}");
        assert_eq!((tally.calls, tally.others), (4, 1));
        let rows: Vec<_> =
            tally.rows.iter().map(|row| (row.rep.as_deref(), row.week.as_str(), row.calls)).collect();
        assert_eq!(rows, [(None, "2026-W53", 1), (Some("ola"), "2026-W48", 2), (Some("ola"), "2026-W49", 1)]);
        let ends: Vec<_> = tally.outcomes.iter().map(|end| (end.label.as_str(), end.calls)).collect();
        assert_eq!(ends, [("CLOSED", 3), ("MEETING", 1)]);
    }

    #[test]
    fn replies_that_lead_on_are_told_from_those_that_end_it() {
        let with = |id: &str, path: Value, promised: Value| {
            let mut event = event(id, "2026-11-23T09:00:00Z", None, "closed");
            event["data"]["path"] = path;
            event["data"]["promised"] = promised;
            event["data"]["objections"] = json!([{"script": "Opener", "id": "objection-x", "title": "X",
                "reply": {"id": "reply-1", "title": "Ask"}, "answer": "Yes", "at_s": 3}]);
            event
        };
        let events = [
            with("a", json!([{"step": "reply-1"}, {"step": "next"}]), Value::Null),
            with("b", json!([{"step": "reply-1"}]), Value::Null),
            with("c", json!([{"step": "reply-1"}]), json!("2026-12-01T09:00:00Z")),
        ];
        let (counted, _) = tally(&lines(&events));
        let reply = &counted.objections[0].replies[0];
        assert_eq!((counted.objections[0].met, reply.used, reply.led_on, reply.share()), (3, 3, 2, None));
        let many: Vec<Value> = (0..20).map(|at| with(&at.to_string(), json!([]), json!("x"))).collect();
        assert_eq!(tally(&lines(&many)).0.objections[0].replies[0].share(), Some(100));
    }

    #[test]
    fn lines_that_cannot_be_read_are_told_with_their_place() {
        let text = format!(
            "\u{feff}{}\r\n\n{{\n\"no\"\n{}\n",
            event("a", "2026-11-23T09:00:00Z", None, "closed"),
            event("b", "yesterday", None, "closed")
        );
        let (tally, bad) = tally(&[("x.jsonl".to_string(), text.into_bytes())]);
        assert_eq!(tally.calls, 1);
        let places: Vec<_> = bad.iter().map(|bad| bad.line).collect();
        assert_eq!(places, [3, 5]);
        assert_eq!(bad[1].reason, "`yesterday` in `data.started` isn't a time");
        assert_eq!(tally.others, 1, "a text is no call");
    }
}
