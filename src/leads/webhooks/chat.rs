//! A lead as a message in a team's channel: who it is, what they wrote, where they were, with whose link they came.

use serde_json::{Value, json};

use super::Lead;
use crate::config::Chat;
use crate::encode::chat::{discord, slack, teams};

/// The longest message of Discord, in characters (its documentation, "Execute Webhook").
const LONGEST: usize = 2000;

/// The longest value that is shown; the whole is in the relay's store.
const VALUE: usize = 1000;

/// A line of a message: what it is, and what was said.
type Fact = (String, String);

/// The body for a channel.
pub(super) fn message(chat: Chat, lead: &Lead) -> Value {
    body(chat, &title(lead), &facts(lead))
}

/// A sentence for a channel.
pub(super) fn notice(chat: Chat, text: &str) -> Value {
    body(chat, text, &[])
}

fn body(chat: Chat, title: &str, facts: &[Fact]) -> Value {
    match chat {
        Chat::Slack => {
            let lines = facts.iter().map(|(name, value)| format!("*{}*: {}", slack(name), slack(value)));
            let text =
                std::iter::once(format!("*{}*", slack(title))).chain(lines).collect::<Vec<_>>().join("\n");
            // Whatever somebody wrote is neither a link of its own wording nor a call of everybody.
            json!({"text": text, "unfurl_links": false, "unfurl_media": false})
        }
        Chat::Discord => {
            let lines =
                facts.iter().map(|(name, value)| format!("**{}**: {}", discord(name), discord(value)));
            let text = std::iter::once(format!("**{}**", discord(title)))
                .chain(lines)
                .collect::<Vec<_>>()
                .join("\n");
            let text: String = text.chars().take(LONGEST).collect();
            json!({"content": text, "allowed_mentions": {"parse": []}})
        }
        Chat::Teams => {
            let facts: Vec<Value> = facts
                .iter()
                .map(|(name, value)| json!({"title": teams(name), "value": teams(value)}))
                .collect();
            let card = json!({
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard", "version": "1.4",
                "body": [
                    {"type": "TextBlock", "text": teams(title), "weight": "Bolder", "size": "Medium", "wrap": true},
                    {"type": "FactSet", "facts": facts},
                ],
            });
            json!({"type": "message", "attachments": [
                {"contentType": "application/vnd.microsoft.card.adaptive", "content": card},
            ]})
        }
    }
}

fn title(lead: &Lead) -> String {
    let data = &lead.json["data"];
    let test = if lead.json["test"] == true { "Test: " } else { "" };
    match data["outcome"]["label"].as_str() {
        Some(outcome) => {
            let script = data["script"]["title"].as_str().unwrap_or_default();
            format!("{test}Call: {outcome} ({script})")
        }
        None => {
            let form = if lead.labels.form.is_empty() { &lead.form } else { &lead.labels.form };
            format!("{test}{form}")
        }
    }
}

fn facts(lead: &Lead) -> Vec<Fact> {
    let data = &lead.json["data"];
    let mut facts: Vec<Fact> = Vec::new();
    let mut add = |name: &str, value: String| {
        if !value.is_empty() {
            facts.push((name.to_string(), value.chars().take(VALUE).collect()));
        }
    };
    let given = lead.given();
    let known = &lead.labels.fields;
    known.iter().for_each(|(id, label)| add(label, given.get(id).map(shown).unwrap_or_default()));
    let others = given.iter().filter(|(id, _)| known.iter().all(|(own, _)| own != *id));
    others.for_each(|(id, value)| add(id, shown(value)));
    add("Note", shown(&data["note"]));
    add("Page", shown(&data["page"]["url"]));
    add("Rep", shown(&data["attribution"]["rep"]));
    add("Source", shown(&data["attribution"]["last"]["utm_source"]));
    let consents = data["consent"].as_array().into_iter().flatten().filter(|one| one["given"] == true);
    add("Agreed to", consents.map(|one| shown(&one["id"])).collect::<Vec<_>>().join(", "));
    facts
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "✓".to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leads::webhooks::{Labels, LeadTexts};

    fn lead(message: &str) -> Lead {
        let json = json!({
            "type": "lead.submitted", "version": 1, "id": "lead_1", "timestamp": "2026-11-02T09:30:00Z",
            "data": {
                "form": "guide", "gate": null, "fields": {"email": "kim@fjord.example", "message": message},
                "page": {"url": "https://fjord.example/a/", "title": "A", "lang": "en"},
                "consent": [{"id": "news", "given": true}, {"id": "calls", "given": false}],
                "attribution": {"rep": "anna-berg"}, "meta": {},
            },
        });
        let labels = Labels { form: "Get the guide".into(), fields: vec![("email".into(), "Email".into())] };
        Lead::read(json, LeadTexts { labels, ..LeadTexts::default() }).unwrap()
    }

    #[test]
    fn a_channel_reads_who_it_is_and_where_they_were() {
        let text = message(Chat::Slack, &lead("Please call."))["text"].as_str().unwrap().to_string();
        assert_eq!(
            text,
            "*Get the guide*\n*Email*: kim@fjord.example\n*message*: Please call.\n*Page*: https://fjord.example/a/\n*Rep*: anna-berg\n*Agreed to*: news"
        );
        let card = message(Chat::Teams, &lead("Please call."));
        assert_eq!(card["attachments"][0]["content"]["body"][1]["facts"][0]["value"], "kim@fjord.example");
    }

    #[test]
    fn what_somebody_writes_is_no_command() {
        let evil = "<!channel> <https://evil.example|click> *big* @everyone [x](https://evil.example)";
        let text = message(Chat::Slack, &lead(evil))["text"].as_str().unwrap().to_string();
        assert!(
            text.contains("&lt;!channel&gt;") && !text.contains("<!") && !text.contains("*big*"),
            "{text}"
        );
        let discord = message(Chat::Discord, &lead(evil));
        let text = discord["content"].as_str().unwrap();
        assert!(text.contains("\\@everyone") && text.contains("\\[x\\]\\("), "{text}");
        assert_eq!(discord["allowed_mentions"], json!({"parse": []}));
        assert!(message(Chat::Teams, &lead(evil)).to_string().contains("\\\\[x\\\\]"));
        let long = message(Chat::Discord, &lead(&"*".repeat(5000)));
        assert!(long["content"].as_str().unwrap().chars().count() <= LONGEST);
    }
}
