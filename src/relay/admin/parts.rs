//! What the pages are put together from. All that others wrote is escaped here, and nowhere else.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::ask::Choice;
use super::words::AdminWords;
use crate::encode::html::escape_attribute;
use crate::relay::queue::DeliveryState;
use crate::relay::routes::{CONFIRM, UNLOCK};

/// What a page needs besides what it shows.
pub(super) struct Context {
    pub(super) words: &'static AdminWords,
    pub(super) zone: TimeZone,
    /// What forms have with them ([`super::session::Keys::form`]).
    pub(super) form: String,
    /// The address of what is shown.
    pub(super) query: String,
}

/// Letters that turn round what comes after them, where nothing can keep them apart (UAX #9, 2.1 to 2.4).
const TURNING: [char; 9] = [
    '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}',
    '\u{2069}',
];

/// Text, safe between tags and in attributes.
pub(super) fn text(text: &str) -> String {
    let mut out = String::new();
    escape_attribute(text, &mut out);
    out
}

/// What somebody typed: letters that run from right to left don't turn round what comes after them.
pub(super) fn typed(words: &str) -> String {
    format!("<bdi>{}</bdi>", text(words))
}

/// A moment in the site's time zone.
pub(super) fn moment(at: i64, zone: &TimeZone) -> String {
    let at = Timestamp::from_millisecond(at).unwrap_or_default();
    let shown = at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string();
    format!("<time datetime=\"{at:.0}\">{shown}</time>")
}

/// The name of a webhook, or what is sent to visitors under one.
pub(super) fn webhook(id: &str, words: &AdminWords) -> String {
    match id {
        CONFIRM => words.confirm_email.to_string(),
        UNLOCK => words.unlock_email.to_string(),
        id => text(id),
    }
}

/// A state, with its name for the style sheet.
pub(super) fn state(name: &str, words: &AdminWords) -> String {
    let shown = DeliveryState::from_name(name).map_or(name, |state| words.state(state).name);
    format!("<span class=\"state {}\">{}</span>", text(name), text(shown))
}

/// Hidden fields of a form with these names and values, escaped.
pub(super) fn hidden(pairs: &[(String, String)]) -> String {
    let field = |(name, value): &(String, String)| {
        format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", text(name), text(value))
    };
    pairs.iter().map(field).collect()
}

/// A button that does something, with what it needs.
pub(super) fn button(context: &Context, what: &str, choice: &Choice, label: &str) -> String {
    post(context, what, &hidden(&choice.pairs()), label)
}

/// The same with other fields.
pub(super) fn post(context: &Context, what: &str, fields: &str, label: &str) -> String {
    format!(
        "<form method=\"post\" action=\"{}\"><input type=\"hidden\" name=\"do\" value=\"{what}\">\
         <input type=\"hidden\" name=\"form\" value=\"{}\">{fields}<button>{}</button></form>",
        text(&context.query),
        context.form,
        text(label),
    )
}

/// A button that is pressed only by whoever has opened it first.
pub(super) fn confirm_button(label: &str, hint: &str, form: &str) -> String {
    format!(
        "<details class=\"guarded\"><summary>{}</summary><p>{}</p>{form}</details>",
        text(label),
        text(hint)
    )
}

/// What can be done with a lead that is held.
pub(super) fn held_actions(id: &str, context: &Context) -> String {
    let words = context.words;
    let choice = Choice { id: Some(id.to_string()), state: Some(DeliveryState::Held), ..Choice::default() };
    let discard = button(context, "discard", &choice, words.discard);
    format!(
        "<div class=\"actions\">{}{}</div>",
        button(context, "resend", &choice, words.release),
        confirm_button(words.discard, words.discard_hint, &discard)
    )
}

/// Names and what they are; the second is HTML.
pub(super) fn facts(pairs: &[(String, String)]) -> String {
    let pair = |(name, value): &(String, String)| format!("<dt>{}</dt><dd>{value}</dd>", text(name));
    let all: String = pairs.iter().map(pair).collect();
    if all.is_empty() { all } else { format!("<dl>{all}</dl>") }
}

/// A whole page. `head` is what is beside the heading.
pub(super) fn page(words: &AdminWords, title: &str, head: &str, main: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{title} – ringback relay</title>\n\
         <link rel=\"stylesheet\" href=\"admin.css\">\n</head>\n<body>\n\
         <header class=\"top\">\n{head}\n</header>\n<main>\n{main}\n</main>\n</body>\n</html>\n",
        words.lang,
        title = text(&title.replace(TURNING, "")),
    )
}

/// What is beside the heading when somebody is signed in.
pub(super) fn head(context: &Context, title: &str, lead: &str, back: BackLink) -> String {
    let words = context.words;
    let back = match back {
        BackLink::Nowhere => "<span></span>".to_string(),
        BackLink::ToAll => format!("<a class=\"home\" href=\"?\">{}</a>", text(words.back)),
    };
    let out = post(context, "sign-out", "", words.sign_out);
    let lead = if lead.is_empty() { String::new() } else { format!("<p class=\"lead\">{lead}</p>") };
    format!("<div class=\"bar\">{back}{out}</div>\n<h1>{}</h1>\n{lead}", typed(title))
}

/// Where a page's first link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BackLink {
    /// There is none: these are all leads.
    Nowhere,
    ToAll,
}
