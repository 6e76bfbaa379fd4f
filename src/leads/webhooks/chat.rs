//! A lead as a message in a team's channel: who it is, what they wrote, where they were, with whose link they came.

use serde_json::{Value, json};

use super::Lead;
use super::facts::{Fact, facts, title};
use crate::config::Chat;
use crate::encode::chat::{discord, slack, teams};

/// The longest message of Discord, in characters (its documentation, "Execute Webhook").
const LONGEST: usize = 2000;

/// The longest value that is shown in a channel; the whole is in the relay's store.
const VALUE: usize = 1000;

/// The body for a channel.
pub(super) fn message(chat: Chat, lead: &Lead) -> Value {
    let cut = |(name, value): Fact| (name, value.chars().take(VALUE).collect());
    body(chat, &title(lead), &facts(lead).into_iter().map(cut).collect::<Vec<Fact>>())
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
