//! One lead, with everything that is known of it.

use serde_json::Value;

use super::ask::{Choice, Done, LeadQuery};
use super::parts::{
    BackLink, Context, button, facts, head, held_actions, moment, page, state, text, typed, webhook,
};
use super::words::AdminWords;
use crate::relay::queue::{Answer, DeliveryReport, DeliveryState, Filter, Queue, Start, Stored};
use crate::relay::routes::{FormWords, Routes};

/// A name and what it is, as HTML.
type Fact = (String, String);

/// The page of a lead; `None` where there is none with this id.
pub(super) fn show(
    queue: &dyn Queue,
    (ask, id): (&LeadQuery, &str),
    routes: &Routes,
    context: &Context,
) -> Answer<Option<String>> {
    let filter = Filter { id: Some(id.to_string()), ..Filter::default() };
    let Some(lead) = queue.list(&filter, Start::After(0), 1)?.pop() else { return Ok(None) };
    let words = context.words;
    let form = form_words(&lead, routes);
    let title = title(&lead, words);
    let status = match ask.done {
        Some(Done::Resent(count)) => words.resent.replace("{count}", &count.to_string()),
        _ => String::new(),
    };
    let is_held = lead.deliveries.iter().any(|one| one.state == DeliveryState::Held.name());
    let columns = [
        (words.answers, facts(&answers(&lead, form))),
        (words.consent, facts(&consents(&lead, form, words))),
        (words.extra, facts(&extras(&lead))),
        (words.about, facts(&about(&lead, context))),
    ];
    let columns = columns.into_iter().filter(|(_, facts)| !facts.is_empty());
    let columns: String =
        columns.map(|(name, facts)| format!("<div><h2>{}</h2>{facts}</div>", text(name))).collect();
    let main = format!(
        "<article class=\"one\"><p id=\"status\" role=\"status\">{}</p>{}<div class=\"columns\">{columns}</div>\
         <h2 id=\"deliveries\">{}</h2>{}<details><summary>{}</summary><pre tabindex=\"0\" role=\"region\" aria-label=\"{}\">{}</pre></details></article>",
        text(&status),
        if is_held { held_actions(&lead.id, context) } else { String::new() },
        text(words.deliveries),
        deliveries(&lead, context),
        text(words.exact),
        text(words.exact),
        text_lines(&serde_json::to_string_pretty(&lead.lead).unwrap_or_default()),
    );
    let lead_line =
        format!("{} · {}", text(&kind(&lead, words, routes)), moment(lead.received, &context.zone));
    Ok(Some(page(words, &title, &head(context, &title, &lead_line, BackLink::ToAll), &main)))
}

/// Text with its line ends.
fn text_lines(lines: &str) -> String {
    lines.lines().map(text).collect::<Vec<_>>().join("\n")
}

/// What a lead is headed: the name, the address or the number of whoever sent it, as plain text. A call says how it
/// ended.
pub(super) fn title(lead: &Stored, words: &AdminWords) -> String {
    let (data, what) = (&lead.lead["data"], lead.lead["type"].as_str().unwrap_or_default());
    let fields = &data["fields"];
    let first = || fields.as_object().and_then(|fields| fields.values().find(|value| value.is_string()));
    let name =
        [&fields["name"], &fields["email"], &fields["phone"]].into_iter().find(|value| value.is_string());
    let name = name.or_else(first).and_then(Value::as_str).unwrap_or(words.somebody);
    match what {
        "call.outcome" => {
            format!("{}: {}", words.call, data["outcome"]["label"].as_str().unwrap_or_default())
        }
        "call.referral" => format!("{}: {name}", words.referral),
        "consent.changed" => words.receipt_of_consent.to_string(),
        _ => name.to_string(),
    }
}

/// Which form it is of, in the words of the site.
pub(super) fn kind(lead: &Stored, words: &AdminWords, routes: &Routes) -> String {
    let title = form_words(lead, routes).map_or("", |form| form.texts.labels.form.as_str());
    let title = if title.is_empty() { lead.form.as_str() } else { title };
    let title = if title.is_empty() { lead.lead["type"].as_str().unwrap_or_default() } else { title };
    let page = lead.lead["data"]["page"]["title"].as_str().unwrap_or_default();
    let page = if page.is_empty() { String::new() } else { format!(" · {page}") };
    let test = if lead.lead["test"] == true { format!("{}: ", words.test) } else { String::new() };
    format!("{test}{title}{page}")
}

/// The words of its form in its own language.
fn form_words<'r>(lead: &Stored, routes: &'r Routes) -> Option<&'r FormWords> {
    let lang = lead.lead["data"]["page"]["lang"].as_str().unwrap_or_default();
    let found = routes.editions.iter().find_map(|edition| Some((edition, edition.forms.get(&lead.form)?)));
    found.and_then(|(edition, route)| route.words(lang, &edition.lang))
}

/// What somebody said, or what a call came to.
fn answers(lead: &Stored, form: Option<&FormWords>) -> Vec<Fact> {
    let data = &lead.lead["data"];
    let label = |id: &str| {
        let known = form.into_iter().flat_map(|form| &form.texts.labels.fields).find(|(own, _)| own == id);
        known.map_or_else(|| id.to_string(), |(_, label)| label.clone())
    };
    let fields = data["fields"].as_object().or_else(|| data["placeholders"].as_object());
    let fields = fields.into_iter().flatten().map(|(id, value)| (label(id), value_text(value)));
    let simple = |key: &str| data[key].as_str().map(|value| (key.to_string(), typed(value)));
    fields.chain(["note"].into_iter().filter_map(simple)).collect()
}

fn extras(lead: &Stored) -> Vec<Fact> {
    let all = lead.extra.as_object().into_iter().flatten();
    all.map(|(id, value)| (id.clone(), value_text(value))).collect()
}

fn value_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "✓".to_string(),
        Value::String(words) => words.lines().map(typed).collect::<Vec<_>>().join("<br>"),
        Value::Array(items) => items.iter().map(value_text).collect::<Vec<_>>().join(", "),
        other => typed(&other.to_string()),
    }
}

fn consents(lead: &Stored, form: Option<&FormWords>, words: &AdminWords) -> Vec<Fact> {
    let all = lead.lead["data"]["consent"].as_array().into_iter().flatten();
    let one = |receipt: &Value| {
        let id = receipt["id"].as_str().unwrap_or_default();
        let given = if receipt["given"] == true { words.given } else { words.not_given };
        let is_current = form.is_some_and(|form| {
            form.hashes.get(id).is_some_and(|hash| receipt["text_sha256"] == hash.as_str())
        });
        let wording = match form.and_then(|form| form.texts.consents.get(id)).filter(|_| is_current) {
            Some(wording) => text(wording),
            None => text(words.earlier_wording),
        };
        let version = receipt["version"].as_str().map(|version| words.wording.replace("{version}", version));
        let version = version.map(|version| format!(", {}", text(&version))).unwrap_or_default();
        (id.to_string(), format!("<strong>{}</strong>{version}<br>{wording}", text(given)))
    };
    all.map(one).collect()
}

/// What is known of a lead besides its answers, as names and HTML: id, time, form, page, and how the visitor came.
fn about(lead: &Stored, context: &Context) -> Vec<Fact> {
    let (words, data) = (context.words, &lead.lead["data"]);
    let mut facts = vec![("ID".to_string(), format!("<code>{}</code>", text(&lead.id)))];
    let mut add = |name: &str, value: String| {
        if !value.is_empty() {
            facts.push((name.to_string(), value));
        }
    };
    let plain = |value: &Value| value.as_str().map(typed).unwrap_or_default();
    add(words.received, moment(lead.received, &context.zone));
    add(words.form, text(&lead.form));
    add(words.gate, plain(&data["gate"]));
    let url = data["page"]["url"].as_str().unwrap_or_default();
    // Leads say themselves which page they come from: what isn't an address of the web is no link.
    add(
        words.page,
        match url.starts_with("https://") || url.starts_with("http://") {
            true => format!("<a href=\"{0}\" rel=\"noreferrer\">{0}</a>", text(url)),
            false => typed(url),
        },
    );
    add(words.language, plain(&data["page"]["lang"]));
    add(words.rep, plain(&data["attribution"]["rep"]));
    for (name, key) in [(words.first_touch, "first"), (words.last_touch, "last")] {
        let all = data["attribution"][key].as_object().into_iter().flatten();
        let all = all.map(|(name, value)| format!("{}: {}", text(name), plain(value)));
        add(name, all.collect::<Vec<_>>().join("<br>"));
    }
    add(words.confirmed, plain(&data["confirmation"]["timestamp"]));
    if lead.score > 0 {
        let points = words.points.replace("{points}", &lead.score.to_string());
        add(words.spam, text(&points.replace("{signs}", &lead.signs)));
    }
    facts
}

/// What each webhook said, and what can be done about it.
fn deliveries(lead: &Stored, context: &Context) -> String {
    let words = context.words;
    let one = |one: &DeliveryReport| {
        let time = |at: Option<i64>| at.map(|at| moment(at, &context.zone)).unwrap_or_default();
        let label = match DeliveryState::from_name(one.state) {
            Some(DeliveryState::Waiting) => Some(words.try_now),
            Some(DeliveryState::Delivered | DeliveryState::Dead) => Some(words.resend),
            Some(DeliveryState::Held) => Some(words.release),
            Some(DeliveryState::Unconfirmed) | None => None,
        };
        let choice = Choice {
            id: Some(lead.id.clone()),
            webhook: Some(one.webhook.clone()),
            state: DeliveryState::from_name(one.state),
            ..Choice::default()
        };
        let action = label.map(|label| button(context, "resend", &choice, label)).unwrap_or_default();
        let status = one.status.map(|status| format!("{status} ")).unwrap_or_default();
        let known = [
            (words.tries, one.tries.to_string()),
            (words.last_try, time(one.at)),
            (words.next_try, time(one.due)),
            (
                words.said,
                format!("{status}{}", if one.said.is_empty() { String::new() } else { typed(&one.said) }),
            ),
        ];
        let known = known.into_iter().filter(|(_, value)| !value.trim().is_empty());
        let known: Vec<Fact> = known.map(|(name, value)| (name.to_string(), value)).collect();
        format!(
            "<li><h3>{} {}</h3>{}{action}</li>",
            webhook(&one.webhook, words),
            state(one.state, words),
            facts(&known)
        )
    };
    let all: String = lead.deliveries.iter().map(one).collect();
    format!("<ul class=\"webhooks\">{all}</ul>")
}
