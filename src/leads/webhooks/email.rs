//! A lead as an email to a salesperson, in the visitor's language; an answer to it goes to the visitor.

use super::Lead;
use super::facts::{facts, title};

/// The text of an email.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeadEmail {
    /// What it is about: the form, and who it is.
    pub subject: String,
    /// A line for each answer, and where they were.
    pub text: String,
    /// Where an answer goes: the address that the visitor gave.
    pub reply_to: Option<String>,
}

/// The longest subject, in characters: more is cut by mail programs.
const LONGEST: usize = 120;

/// A lead as an email.
#[must_use]
pub fn email(lead: &Lead) -> LeadEmail {
    let (title, facts) = (title(lead), facts(lead));
    let is_address = |value: &&str| value.contains('@') && !value.contains(char::is_whitespace);
    let reply_to = lead.answers().values().filter_map(|value| value.as_str()).find(is_address);
    let name = ["name", "full_name", "first_name", "company"]
        .iter()
        .find_map(|id| lead.answers().get(*id)?.as_str());
    let who = name.or(reply_to).map(|who| format!(": {who}")).unwrap_or_default();
    let subject: String =
        format!("{title}{who}").chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let lines = facts.iter().map(|(name, value)| match value.contains('\n') {
        true => format!("{name}:\n{value}\n"),
        false => format!("{name}: {value}"),
    });
    LeadEmail {
        subject: subject.chars().take(LONGEST).collect(),
        text: lines.chain([String::new(), lead.id.clone()]).collect::<Vec<_>>().join("\n") + "\n",
        reply_to: reply_to.map(str::to_string),
    }
}
