//! The texts of a kit in somebody's name: the theme's words with the page's own in them.
//!
//! `share.js` fills the same words in the browser by the same two rules: see [`fill`].

use serde::Serialize;

use super::{Rep, ShareKit};
use crate::encode::{mail, percent};

/// The longest `mailto:` that all mail programs take.
const LONGEST_MAIL: usize = 1_900;

/// The words that texts are made of, in one language. Owners write their own in `i18n/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareTemplates {
    greeting: String,
    greeting_all: String,
    opens: String,
    subject: String,
    email: String,
    linkedin: String,
    sms: String,
}

impl ShareTemplates {
    /// The names of the words in `i18n/`, for `share.js`.
    pub const NAMES: [&str; 7] = [
        "share_greeting",
        "share_greeting_all",
        "share_opens",
        "share_email_subject",
        "share_email_text",
        "share_linkedin_text",
        "share_sms_text",
    ];

    /// Reads them from the theme.
    #[must_use]
    pub fn new(word: &dyn Fn(&str) -> String) -> Self {
        let [greeting, greeting_all, opens, subject, email, linkedin, sms] = Self::NAMES.map(word);
        Self { greeting, greeting_all, opens, subject, email, linkedin, sms }
    }
}

/// Who shares, with whom, and how.
#[derive(Debug, Clone, Copy, Default)]
pub struct ShareOptions<'a> {
    /// Whose link it is: the id, and the person.
    pub rep: Option<(&'a str, &'a Rep)>,
    /// Who is greeted; nobody by name where it is empty.
    pub to: &'a str,
    /// Does the link in the texts open the gate?
    pub opens: ShareLink,
}

/// Which link stands in the texts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ShareLink {
    /// The page asks for its form.
    #[default]
    Form,
    /// The link opens the gate, where there is one.
    Gate,
}

/// The texts that can be sent with a page, in one rep's name or in nobody's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Texts {
    /// The link that stands in them.
    pub link: String,
    /// The subject of the email.
    pub subject: String,
    /// The text of the email, as plain text.
    pub email: String,
    /// A link that opens it in a mail program.
    pub mailto: String,
    /// The text of a post on LinkedIn, as plain text.
    pub linkedin: String,
    /// A link that opens the window for a post.
    pub linkedin_url: String,
    /// The text of a text message.
    pub sms: String,
    /// A link that opens it on a phone.
    pub sms_href: String,
}

impl ShareKit {
    /// The texts in somebody's name.
    #[must_use]
    pub fn texts(&self, words: &ShareTemplates, ask: ShareOptions<'_>) -> Texts {
        let id = ask.rep.map(|(id, _)| id);
        let person = ask.rep.map(|(_, rep)| rep);
        let tracked = self.tracked(id);
        let opened = self.unlocking(id).filter(|_| ask.opens == ShareLink::Gate);
        let opens = if opened.is_some() { words.opens.as_str() } else { "" };
        let link = opened.unwrap_or_else(|| tracked.clone());
        let to = ask.to.split_whitespace().collect::<Vec<_>>().join(" ");
        let greeting = if to.is_empty() { &words.greeting_all } else { &words.greeting };
        let greeting = fill(greeting, &[("to", &to)]);
        let bullets: Vec<String> = self.takeaways.iter().map(|text| format!("• {text}")).collect();
        let of_rep = |get: fn(&Rep) -> Option<&str>| person.and_then(get).unwrap_or_default();
        let with = |link: &str, opens: &str, template: &str| {
            let values = [
                ("greeting", greeting.as_str()),
                ("to", &to),
                ("title", &self.title),
                ("description", &self.description),
                ("takeaways", &bullets.join("\n")),
                ("link", link),
                ("opens", opens),
                ("rep", of_rep(|rep| Some(&rep.name))),
                ("role", of_rep(|rep| rep.role.as_deref())),
                ("phone", of_rep(|rep| rep.phone.as_deref())),
                ("email", of_rep(|rep| rep.email.as_deref())),
                ("organization", &self.organization),
            ];
            fill(template, &values)
        };
        let [subject, email, sms] =
            [&words.subject, &words.email, &words.sms].map(|text| with(&link, opens, text));
        // A key in a post opens the gate for everybody.
        let linkedin = with(&tracked, "", &words.linkedin);
        Texts {
            mailto: mailto(&subject, &email, &sms),
            linkedin_url: format!(
                "https://www.linkedin.com/sharing/share-offsite/?url={}",
                percent::value(&tracked)
            ),
            sms_href: format!("sms:?&body={}", percent::value(&sms)),
            link,
            subject,
            email,
            linkedin,
            sms,
        }
    }
}

/// The mail, or where it is too long for a link, the text message: better a short mail than one without its end.
fn mailto(subject: &str, email: &str, sms: &str) -> String {
    let whole = mail::message(subject, email);
    if whole.len() > LONGEST_MAIL { mail::message(subject, sms) } else { whole }
}

/// Puts values in the places of their names in braces. A line, or a paragraph, in which there are names and all of
/// their values are empty, is left out.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let is_void = |text: &str| {
        let mut names = names(text).peekable();
        names.peek().is_some() && names.all(|name| value(values, name).is_some_and(str::is_empty))
    };
    let line = |line: &str| {
        let mut out = String::new();
        let mut rest = line;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let found = after.split_once('}').and_then(|(name, behind)| Some((value(values, name)?, behind)));
            rest = match found {
                Some((value, behind)) => {
                    out.push_str(value);
                    behind
                }
                None => {
                    out.push('{');
                    after
                }
            };
        }
        out + rest
    };
    let paragraphs = template.trim().split("\n\n").map(|paragraph| paragraph.trim_matches('\n'));
    let paragraphs =
        paragraphs.filter(|paragraph| !paragraph.is_empty() && !is_void(paragraph)).map(|paragraph| {
            let lines = paragraph.split('\n').filter(|line| !is_void(line));
            lines.map(line).collect::<Vec<_>>().join("\n")
        });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

fn value<'v>(values: &[(&str, &'v str)], name: &str) -> Option<&'v str> {
    values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

/// The names between single braces, in their order.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn what_has_nothing_to_say_is_left_out() {
        let template = "Hello {to},\n\n{description}\n\nIn short:\n{takeaways}\n\n\n{rep}\n{role}\n{phone}\n";
        let fill = |values: &[(&str, &str)]| fill(template, values);
        assert_eq!(
            fill(&[
                ("to", "Kim"),
                ("description", ""),
                ("takeaways", ""),
                ("rep", "Ola"),
                ("role", ""),
                ("phone", "1")
            ]),
            "Hello Kim,\n\nOla\n1"
        );
        assert_eq!(
            fill(&[
                ("to", "Kim"),
                ("description", "About {rep}"),
                ("takeaways", "• a\n• b"),
                ("rep", ""),
                ("role", ""),
                ("phone", "")
            ]),
            "Hello Kim,\n\nAbout {rep}\n\nIn short:\n• a\n• b"
        );
    }

    #[test]
    fn braces_that_are_no_names_stay() {
        assert_eq!(fill("{{a}} {b {c} }{", &[("a", "x"), ("c", "y")]), "{x} {b y }{");
        assert_eq!(fill("{unknown}", &[("a", "")]), "{unknown}");
    }
}
