//! What came out of the environment, kept out of everything that is printed.
//!
//! `${NAME}` in `ringback.yaml` stands for a value that may be a secret. Messages are made all over the program, of whatever
//! they are about; so not they keep such a value to themselves, but whoever prints them puts `${NAME}` in its place.

use std::borrow::Cow;

use super::{Diagnostic, Related};

/// Shorter values are words that stand in any message; they are only meant where they stand alone.
const LONG: usize = 6;

/// Words of letters alone up to this length may be words of a message, too.
const LONG_WORD: usize = 12;

/// The values that are not to be printed.
#[derive(Debug, Clone, Default)]
pub struct Veil(Vec<Needle>);

#[derive(Clone)]
struct Needle {
    /// The value in lower case, as it is searched for.
    value: String,
    /// The variables that have it.
    names: Vec<String>,
    part: ValuePart,
    is_long: bool,
}

/// How much of a variable's value something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ValuePart {
    Whole,
    /// The host of an address, where others may be, too.
    Host,
}

impl std::fmt::Debug for Needle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.placeholder())
    }
}

impl Veil {
    /// The values that `text`, a configuration, takes from the environment. A default stands in the file, so it is none.
    #[must_use]
    pub fn new(text: &str, variable: &dyn Fn(&str) -> Option<String>) -> Self {
        let mut veil = Self::default();
        let written = text.to_ascii_lowercase();
        for (name, value) in secrets_from(text, variable) {
            veil.add(&value, name, ValuePart::Whole);
            // Messages about an address often name no more than its host. One that the file has anyway isn't kept out, nor
            // is this computer: there, it would be taken for what a message says of another address.
            let Some((_, rest)) = value.split_once("://") else { continue };
            let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
            let place = authority.rsplit('@').next().unwrap_or_default();
            let host = without_port(place);
            if place.len() < authority.len() {
                veil.add(authority, name, ValuePart::Host);
            }
            if !is_here(host) && !written.contains(&host.to_ascii_lowercase()) {
                veil.add(place, name, ValuePart::Host);
                veil.add(host, name, ValuePart::Host);
            }
        }
        veil
    }

    /// The same, with what a command makes of a value before it prints it.
    #[must_use]
    pub fn with(
        mut self,
        text: &str,
        variable: &dyn Fn(&str) -> Option<String>,
        made: fn(&str) -> String,
    ) -> Self {
        for (name, value) in secrets_from(text, variable) {
            if value.contains("://") {
                self.add(&made(&value), name, ValuePart::Whole);
            }
        }
        self
    }

    fn add(&mut self, value: &str, name: &str, part: ValuePart) {
        let value = value.trim().trim_end_matches('/').to_ascii_lowercase();
        if value.is_empty() {
            return;
        }
        if let Some(known) = self.0.iter_mut().find(|needle| needle.value == value) {
            known.join(name, part);
            return;
        }
        let is_word = value.bytes().all(|byte| byte.is_ascii_alphabetic());
        let is_long = value.chars().count() >= if is_word { LONG_WORD } else { LONG };
        self.0.push(Needle { value, names: vec![name.to_string()], part, is_long });
        // Where one value is a part of another, the whole is meant.
        self.0.sort_by_key(|needle| std::cmp::Reverse(needle.value.len()));
    }

    /// Is there nothing to keep out?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text with the names of variables in the place of their values.
    #[must_use]
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let lower = text.to_ascii_lowercase();
        let mut out: Option<String> = None;
        let (mut at, mut copied) = (0, 0);
        while at < text.len() {
            let found = self.0.iter().find(|needle| needle.is_at(&lower, at));
            let Some(needle) = found else {
                at += text[at..].chars().next().map_or(1, char::len_utf8);
                continue;
            };
            let out = out.get_or_insert_default();
            out.push_str(&text[copied..at]);
            out.push_str(&needle.placeholder());
            at += needle.value.len();
            copied = at;
        }
        match out {
            Some(out) => Cow::Owned(out + &text[copied..]),
            None => Cow::Borrowed(text),
        }
    }

    /// The problem without values of variables.
    #[must_use]
    pub fn diagnostic<'d>(&self, problem: &'d Diagnostic) -> Cow<'d, Diagnostic> {
        if self.is_empty() {
            return Cow::Borrowed(problem);
        }
        let text = |text: &String| self.text(text).into_owned();
        let has_value = |text: &str| matches!(self.text(text), Cow::Owned(_));
        let related = problem.related.iter();
        Cow::Owned(Diagnostic {
            message: text(&problem.message),
            label: problem.label.as_ref().map(text),
            help: problem.help.iter().map(text).collect(),
            related: related
                .map(|one| Related { place: one.place.clone(), label: text(&one.label) })
                .collect(),
            // The file has the variable, so no change of its value can be made there.
            fix: problem
                .fix
                .iter()
                .filter(|edit| !has_value(&edit.old) && !has_value(&edit.new))
                .cloned()
                .collect(),
            ..problem.clone()
        })
    }
}

/// The variables that a configuration takes from the environment, with their values.
fn secrets_from<'t>(
    text: &'t str,
    variable: &dyn Fn(&str) -> Option<String>,
) -> impl Iterator<Item = (&'t str, String)> {
    let names = text.split("${").skip(1).filter_map(|rest| rest.split_once('}')).map(|(inside, _)| inside);
    let names = names.map(|inside| inside.split_once(":-").map_or(inside, |(name, _)| name));
    names.filter_map(|name| Some((name, variable(name).filter(|value| !value.trim().is_empty())?)))
}

/// `crm.example:8443` without its port.
fn without_port(place: &str) -> &str {
    let port = place.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    port.map_or(place, |(host, _)| host)
}

/// Is this the host of the computer itself? That is no secret.
fn is_here(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let is_loopback = bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    is_loopback || host.eq_ignore_ascii_case("localhost")
}

impl Needle {
    /// What is printed instead. Of a host that several variables have, nobody knows which of them is meant.
    fn placeholder(&self) -> String {
        let names: Vec<String> = self.names.iter().map(|name| format!("${{{name}}}")).collect();
        match (self.part, names.as_slice()) {
            (ValuePart::Host, [_, _, ..]) => "…".to_string(),
            _ => names.join(" or "),
        }
    }

    /// Another variable has it, too.
    fn join(&mut self, name: &str, part: ValuePart) {
        match (self.part, part) {
            (ValuePart::Whole, ValuePart::Host) => {}
            (ValuePart::Host, ValuePart::Whole) => {
                self.part = part;
                self.names = vec![name.to_string()];
            }
            _ if self.names.iter().any(|own| own == name) => {}
            _ => self.names.push(name.to_string()),
        }
    }

    /// Does it stand at a place of a text in small letters? A short one has to stand alone.
    fn is_at(&self, lower: &str, at: usize) -> bool {
        let Some(rest) = lower.get(at..).filter(|rest| rest.starts_with(&self.value)) else { return false };
        let (before, after) = (&lower[..at], &rest[self.value.len()..]);
        if self.is_long {
            return true;
        }
        let is_quoted = before.ends_with('`') && after.starts_with('`');
        let is_number = self.value.bytes().all(|byte| byte.is_ascii_digit());
        let stands_alone = || {
            !before.ends_with(|c: char| c.is_alphanumeric())
                && !after.starts_with(|c: char| c.is_alphanumeric())
        };
        is_quoted || is_number && self.value.len() > 1 && stands_alone()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Code, Span};
    use super::*;

    fn veil(value: &'static str) -> Veil {
        Veil::new("title: ${NAME}\nurl: ${URL:-https://x.example}\n", &|name| {
            (name == "NAME").then(|| value.to_string())
        })
    }

    #[test]
    fn values_never_come_out_whatever_their_case() {
        let veil = veil("Correct-Horse-9");
        for text in ["`Correct-Horse-9` is no title", "x correct-horse-9x", "CORRECT-HORSE-9"] {
            let shown = veil.text(text);
            assert!(shown.contains("${NAME}") && !shown.to_lowercase().contains("horse"), "{shown}");
        }
        assert_eq!(veil.text("åäö: Correct-horse-9, Correct-horse-9!"), "åäö: ${NAME}, ${NAME}!");
        assert_eq!(veil.text("Correct-Horse"), "Correct-Horse");
        assert_eq!(veil.text("https://x.example is a default"), "https://x.example is a default");
    }

    #[test]
    fn of_an_address_the_host_is_kept_too() {
        let veil = veil("https://kim:word@crm.hidden.example:8443/leads?key=1");
        for text in [
            "to `crm.hidden.example`",
            "at https://crm.hidden.example:8443",
            "kim:word@crm.hidden.example:8443",
        ] {
            assert!(!veil.text(text).contains("hidden"), "{}", veil.text(text));
        }
    }

    #[test]
    fn an_address_is_not_taken_for_another_one() {
        let variables = |own: &[(&'static str, &'static str)]| {
            let own = own.to_vec();
            move |name: &str| {
                own.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_string())
            }
        };
        let config = "relay: {url: \"https://leads.fjord.example/\"}\na: ${A}\nb: ${B}\n";
        // All on this computer, as in a trial.
        let here = [("A", "http://127.0.0.1:9000/slack"), ("B", "http://localhost:9001/crm")];
        let veil = Veil::new(config, &variables(&here));
        for text in ["http://127.0.0.1:8787/leads", "listening on localhost:8787", "http://[::1]:1/"] {
            assert_eq!(veil.text(text), text);
        }
        assert_eq!(veil.text("to http://127.0.0.1:9000/slack"), "to ${A}");
        // At the host of the relay, which is in the file.
        let one = [("A", "https://leads.fjord.example/hook/1"), ("B", "https://fjord.example/hook/2")];
        let veil = Veil::new(config, &variables(&one));
        for text in ["https://leads.fjord.example/leads", "https://www.fjord.example/"] {
            assert_eq!(veil.text(text), text);
        }
        assert_eq!(veil.text("https://leads.fjord.example/hook/1"), "${A}");
        // Two at one host: of the host alone nobody knows whose it is.
        let both = [("A", "https://hooks.example:8443/1"), ("B", "https://hooks.example:8443/2")];
        let veil = Veil::new(config, &variables(&both));
        assert_eq!(veil.text("https://hooks.example:8443/2 and hooks.example"), "${B} and …");
        let same = [("A", "https://hooks.example/1"), ("B", "https://hooks.example/1")];
        let veil = Veil::new(config, &variables(&same));
        assert_eq!(veil.text("https://hooks.example/1"), "${A} or ${B}");
        // The word in an address is one, wherever that is.
        let open = [("A", "http://kim:opensesame@127.0.0.1/x"), ("B", "hooks.example")];
        let veil = Veil::new(config, &variables(&open));
        assert_eq!(veil.text("kim:opensesame@127.0.0.1 hooks.example"), "${A} ${B}");
    }

    #[test]
    fn short_values_are_only_meant_alone() {
        assert_eq!(veil("en").text("`en` is not even a men"), "`${NAME}` is not even a men");
        assert_eq!(veil("public").text("a public page of `public`"), "a public page of `${NAME}`");
        assert_eq!(veil("5000").text("from 1 to 1000, found 5000"), "from 1 to 1000, found ${NAME}");
        assert_eq!(veil(" ").text("a b"), "a b");
    }

    #[test]
    fn all_words_of_a_problem_are_looked_through() {
        let problem = Diagnostic::new(Code::UnknownTheme, "no theme is called `s3cret-value`")
            .at("ringback.yaml", Span::new(0, 3))
            .label("S3CRET-VALUE")
            .related("a.md", None, "not s3cret-value")
            .help("did you mean `s3cret-value`?")
            .fix(Span::new(0, 3), "s3cret-value", "x");
        let shown = format!("{:?}", veil("s3cret-value").diagnostic(&problem));
        assert!(!shown.to_lowercase().contains("s3cret") && shown.contains("${NAME}"), "{shown}");
    }
}
