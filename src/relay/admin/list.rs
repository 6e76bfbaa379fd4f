//! Leads as a list, with what can be done with all of them.

use super::ask::{Choice, Done, LeadQuery};
use super::lead::{kind, title};
use super::parts::{
    BackLink, Context, button, confirm_button, head, held_actions, moment, page, post, state, text, typed,
    webhook,
};
use crate::relay::queue::{Answer, Count, DeliveryState, Filter, Queue, Start, Stored};
use crate::relay::routes::Routes;

/// So many are on a page.
const PART: u32 = 50;

/// The page with the list of leads, and what it is made from.
struct List<'a> {
    ask: &'a LeadQuery,
    routes: &'a Routes,
    counts: Vec<Count>,
    expired: u64,
    leads: Vec<Stored>,
    /// The number in front of which the next page begins.
    next: Option<i64>,
}

/// The page, from leads in front of a number.
pub(super) fn show(
    queue: &dyn Queue,
    (ask, before): (&LeadQuery, i64),
    routes: &Routes,
    context: &Context,
) -> Answer<String> {
    let filter: Filter = ask.choice.filter(&context.zone);
    let mut leads = queue.list(&filter, Start::Before(before), PART + 1)?;
    let has_more = leads.len() > PART as usize;
    leads.truncate(PART as usize);
    let next = leads.last().filter(|_| has_more).map(|lead| lead.number);
    let list = List { ask, routes, counts: queue.counts()?, expired: queue.expired()?, leads, next };
    let words = context.words;
    let title = match ask.choice.state {
        Some(state) => words.state(state).name,
        None => words.heading,
    };
    let back = if ask.choice.is_all() { BackLink::Nowhere } else { BackLink::ToAll };
    // On a phone, leads come before what narrows them down.
    let main = format!(
        "<div class=\"side\">\n{}\n</div>\n{}\n<div class=\"side\">\n{}\n{}\n{}\n</div>",
        list.states(context),
        list.leads(context),
        list.narrow(context),
        list.person(context),
        list.retention(context),
    );
    Ok(page(words, title, &head(context, title, &text(words.lead), back), &main))
}

impl List<'_> {
    /// How many there are in each state, each a link to these.
    fn states(&self, context: &Context) -> String {
        let words = context.words;
        let link = |choice: &Choice, (name, means): (&str, &str), count: Option<u64>| {
            let is_here = choice.state == self.ask.choice.state && self.ask.choice.contact.is_none();
            let here = if is_here { " aria-current=\"true\"" } else { "" };
            let count = count.map(|count| format!(" <b>{count}</b>")).unwrap_or_default();
            let (name, means) = (text(name), text(means));
            let query = text(&choice.query(&[]));
            format!(
                "<li><a href=\"{query}\"{here}><strong>{name}{count}</strong> <small>{means}</small></a></li>"
            )
        };
        let mut items = link(&Choice::default(), (words.all, words.all_means), None);
        for state in DeliveryState::ALL {
            let own = self.counts.iter().filter(|one| one.state == state.name()).map(|one| one.count).sum();
            let choice = Choice { state: Some(*state), ..Choice::default() };
            let state = words.state(*state);
            items.push_str(&link(&choice, (state.name, state.means), Some(own)));
        }
        let expired = match self.expired {
            0 => String::new(),
            count => format!(
                "<p class=\"hint\">{}</p>",
                text(&words.expired.replace("{count}", &count.to_string()))
            ),
        };
        format!(
            "<nav aria-labelledby=\"which\"><h2 id=\"which\">{}</h2><p class=\"hint\">{}</p>\
             <ul class=\"choices\">{items}</ul>{expired}</nav>",
            text(words.which),
            text(words.counted),
        )
    }

    /// The form that narrows the list down by webhook and by day, as HTML.
    fn narrow(&self, context: &Context) -> String {
        let (words, choice) = (context.words, &self.ask.choice);
        let mut ids: Vec<&String> =
            self.counts.iter().map(|one| &one.webhook).chain(choice.webhook.iter()).collect();
        ids.sort();
        ids.dedup();
        let option = |id: &String| {
            let is_own = if choice.webhook.as_ref() == Some(id) { " selected" } else { "" };
            format!("<option value=\"{}\"{is_own}>{}</option>", text(id), webhook(id, words))
        };
        let options: String = ids.into_iter().map(option).collect();
        let day = |name: &str, label: &str, value: Option<jiff::civil::Date>| {
            let value = value.map(|day| day.to_string()).unwrap_or_default();
            format!("<label>{}<input type=\"date\" name=\"{name}\" value=\"{value}\"></label>", text(label))
        };
        let kept = match choice.state {
            Some(state) => format!("<input type=\"hidden\" name=\"state\" value=\"{}\">", state.name()),
            None => String::new(),
        };
        format!(
            "<form class=\"fields\"><h2>{}</h2>{kept}<label>{}<select name=\"webhook\"><option value=\"\">{}</option>{options}</select></label>{}{}<button>{}</button></form>",
            text(words.narrow),
            text(words.webhook),
            text(words.every_webhook),
            day("since", words.since, choice.since),
            day("until", words.until, choice.until),
            text(words.show),
        )
    }

    /// The form that finds all leads of one person, as HTML.
    fn person(&self, context: &Context) -> String {
        let words = context.words;
        format!(
            "<form class=\"fields\" role=\"search\"><h2>{}</h2><p class=\"hint\">{}</p>\
             <label>{}<input name=\"contact\" value=\"{}\" autocomplete=\"off\" spellcheck=\"false\" required></label>\
             <button>{}</button></form>",
            text(words.person),
            text(words.person_hint),
            text(words.contact),
            text(self.ask.choice.contact.as_deref().unwrap_or_default()),
            text(words.find),
        )
    }

    fn retention(&self, context: &Context) -> String {
        let words = context.words;
        let how_long = match self.routes.retention {
            Some(days) => words.retention_days.replace("{days}", &days.to_string()),
            None => words.retention_none.to_string(),
        };
        let fields = format!(
            "<label>{}<input type=\"number\" name=\"days\" min=\"1\" max=\"36500\" value=\"{}\" required></label>",
            text(words.days),
            self.routes.retention.unwrap_or(365),
        );
        let form = post(context, "purge", &fields, words.purge);
        let how_long = text(&how_long).replace("`retention`", "<code>retention</code>");
        format!(
            "<section class=\"fields\" aria-labelledby=\"retention\"><h2 id=\"retention\">{}</h2><p class=\"hint\">{how_long}</p>{}</section>",
            text(words.retention),
            confirm_button(words.purge, words.purge_hint, &form),
        )
    }

    /// The leads of this part with what can be done with them and links to the others, as HTML.
    fn leads(&self, context: &Context) -> String {
        let words = context.words;
        let heading = match self.ask.choice.contact.as_deref() {
            Some(contact) => typed(contact),
            None => text(words.received),
        };
        let none = if self.ask.choice.is_all() && self.counts.is_empty() { words.empty } else { words.none };
        let status = match self.ask.done {
            Some(Done::Resent(count)) => words.resent.replace("{count}", &count.to_string()),
            Some(Done::Discarded(count)) => words.discarded.replace("{count}", &count.to_string()),
            Some(Done::Purged(count)) => words.purged.replace("{count}", &count.to_string()),
            None if self.leads.is_empty() => none.to_string(),
            None => String::new(),
        };
        let items: String = self.leads.iter().map(|lead| self.item(lead, context)).collect();
        let items = if items.is_empty() { items } else { format!("<ol class=\"leads\">{items}</ol>") };
        let actions = if self.leads.is_empty() { String::new() } else { self.actions(context) };
        format!(
            "<section aria-labelledby=\"received\" class=\"received\"><h2 id=\"received\">{heading}</h2>\n\
             <p id=\"status\" role=\"status\">{}</p>\n{actions}\n{items}\n{}</section>",
            text(&status),
            self.pages(context),
        )
    }

    /// What can be done with all that is shown.
    fn actions(&self, context: &Context) -> String {
        let (words, choice) = (context.words, &self.ask.choice);
        let export = |format: &str, label: &str| {
            format!("<a href=\"{}\" download>{}</a>", text(&choice.query(&[("export", format)])), text(label))
        };
        let download = format!(
            "<p class=\"export\">{} {} · {}</p>",
            text(words.export),
            export("lines", words.json_lines),
            export("table", words.table)
        );
        let resend = |label, hint, button_label| {
            confirm_button(label, hint, &button(context, "resend", choice, button_label))
        };
        let more = match choice.state {
            Some(DeliveryState::Held) => {
                let discard = button(context, "discard", choice, words.discard_all);
                let release = resend(words.release_all, words.release_hint, words.release_all);
                release + &confirm_button(words.discard_all, words.discard_hint, &discard)
            }
            Some(DeliveryState::Unconfirmed | DeliveryState::Delivered | DeliveryState::Waiting) => {
                String::new()
            }
            Some(DeliveryState::Dead) | None => {
                resend(words.resend_all, words.resend_all_hint, words.resend_all)
            }
        };
        let forget = choice.person().map(|contact| {
            let fields = format!("<input type=\"hidden\" name=\"contact\" value=\"{}\">", text(contact));
            confirm_button(words.forget, words.forget_hint, &post(context, "forget", &fields, words.delete))
        });
        format!("<div class=\"actions\">{download}{more}{}</div>", forget.unwrap_or_default())
    }

    fn item(&self, lead: &Stored, context: &Context) -> String {
        let words = context.words;
        let all = lead.deliveries.iter().map(|one| {
            let status = one.status.map(|status| format!(" {status}")).unwrap_or_default();
            let said = if one.state == "delivered" { "" } else { one.said.as_str() };
            let said = if said.is_empty() { String::new() } else { format!(" {}", typed(said)) };
            format!("<li>{}: {}{status}{said}</li>", webhook(&one.webhook, words), state(one.state, words))
        });
        let spam = match lead.score {
            0 => String::new(),
            score => {
                let points =
                    words.points.replace("{points}", &score.to_string()).replace("{signs}", &lead.signs);
                format!("<p class=\"mail\">{}</p>", text(&points))
            }
        };
        let fields = &lead.lead["data"]["fields"];
        let reached = ["email", "phone"].iter().filter_map(|id| fields[*id].as_str());
        let contact: String = reached.map(|words| format!("<br>{}", typed(words))).collect();
        let held = match lead.deliveries.iter().any(|one| one.state == DeliveryState::Held.name()) {
            true => held_actions(&lead.id, context),
            false => String::new(),
        };
        format!(
            "<li><article><header><h3><a href=\"{}\">{}</a></h3>{}</header><p class=\"page\">{}{contact}</p>{spam}<ul class=\"deliveries\">{}</ul>{held}</article></li>\n",
            text(&Choice::default().query(&[("lead", &lead.id)])),
            typed(&title(lead, words)),
            moment(lead.received, &context.zone),
            text(&kind(lead, words, self.routes)),
            all.collect::<String>(),
        )
    }

    fn pages(&self, context: &Context) -> String {
        let (words, choice) = (context.words, &self.ask.choice);
        let newest = match self.ask.view {
            super::ask::View::List(i64::MAX) => String::new(),
            _ => format!("<a href=\"{}\">{}</a>", text(&choice.query(&[])), text(words.newest)),
        };
        let older = self.next.map(|number| {
            let query = choice.query(&[("before", &number.to_string())]);
            format!("<a rel=\"next\" href=\"{}\">{}</a>", text(&query), text(words.older))
        });
        let older = older.unwrap_or_default();
        if newest.is_empty() && older.is_empty() {
            return String::new();
        }
        format!("<nav class=\"pages\" aria-label=\"{}\">{newest}{older}</nav>", text(words.older))
    }
}
