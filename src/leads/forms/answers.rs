//! What is an answer to a field, by the rules of `client/validate.js`: the page says beside a field what is wrong with it,
//! and whoever takes its leads says the same. A test in a browser holds both against each other.
//!
//! [`check`] is for what a page has sent, [`typed`] for what a browser without JavaScript has. What a page sends is an
//! answer once more: an address stays as the page has made it.

use std::fmt;

use serde_json::{Value, json};
use url::Url;

use super::clean::{Lines, clean, is_space};
use super::{dialling, free_mail};
use crate::content::form::{Field, FieldKind};

/// No answer is longer, in characters (`docs/lead.schema.json`).
const LONGEST: usize = 10_000;

/// Why something isn't an answer to a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// Nothing was filled in where something has to be.
    Required(FieldKind),
    /// It isn't of the field's kind.
    Kind(FieldKind),
    /// It is none of the options.
    Option,
    /// It is an address at a free email provider.
    BusinessEmail,
    /// It has this many characters, and may have so many.
    TooLong(usize, usize),
    /// It needs this many characters.
    TooShort(usize),
    /// It is less than this number, or before this day.
    TooSmall(String),
    /// It is more than this number, or after this day.
    TooLarge(String),
    /// A consent that the form can't be sent without.
    Consent,
}

impl Wrong {
    /// The name of the words for it in a theme's files of words, where `form_` is before it.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Required(FieldKind::Choice | FieldKind::Choices) | Self::Option => "choose",
            Self::Required(FieldKind::Checkbox) | Self::Kind(FieldKind::Checkbox) => "tick",
            Self::Kind(FieldKind::Choice | FieldKind::Choices) => "choose",
            Self::Kind(kind @ (FieldKind::Email | FieldKind::Tel | FieldKind::Url)) => kind.name(),
            Self::Kind(kind @ (FieldKind::Number | FieldKind::Date)) => kind.name(),
            Self::Required(_) | Self::Kind(_) => "required",
            Self::BusinessEmail => "business_email",
            Self::TooLong(..) => "too_long",
            Self::TooShort(_) => "too_short",
            Self::TooSmall(_) => "too_small",
            Self::TooLarge(_) => "too_large",
            Self::Consent => "consent",
        }
    }

    /// What can be wrong with an answer, by the names under which a form's texts and the relay know it.
    pub const WORDS: &[&str] = &[
        "required",
        "email",
        "tel",
        "url",
        "number",
        "date",
        "choose",
        "tick",
        "consent",
        "business_email",
        "too_long",
        "too_short",
        "too_small",
        "too_large",
    ];

    /// What is wrong, in words of a theme, with its numbers in the place of `{n}`, `{min}` and `{max}`.
    #[must_use]
    pub fn fill(&self, words: &str) -> String {
        let put = |name: &str, value: &str| words.replace(name, value);
        match self {
            Self::TooLong(own, most) => put("{n}", &own.to_string()).replace("{max}", &most.to_string()),
            Self::TooShort(least) => put("{min}", &least.to_string()),
            Self::TooSmall(min) => put("{min}", min),
            Self::TooLarge(max) => put("{max}", max),
            _ => words.to_string(),
        }
    }
}

impl fmt::Display for Wrong {
    /// As the end of a sentence that begins with the field's name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Required(_) => write!(f, "is required"),
            Self::Kind(kind) => write!(f, "isn't an answer to a field of the type `{}`", kind.name()),
            Self::Option => write!(f, "is none of the options"),
            Self::BusinessEmail => write!(f, "isn't an address at work"),
            Self::TooLong(own, most) => write!(f, "has {own} characters, and may have {most}"),
            Self::TooShort(least) => write!(f, "needs at least {least} characters"),
            Self::TooSmall(min) => write!(f, "is less than {min}"),
            Self::TooLarge(max) => write!(f, "is more than {max}"),
            Self::Consent => write!(f, "has to be agreed to"),
        }
    }
}

/// Is this JSON value what a page sends for a field? Nothing at all is the matter of whoever knows what was asked.
///
/// # Errors
///
/// What the page would say beside the field.
pub fn check(field: &Field, value: &Value) -> Result<(), Wrong> {
    let is_option = |text: &str| field.options.iter().any(|option| option.id.value == text);
    match field.kind {
        FieldKind::Checkbox => (*value == Value::Bool(true)).then_some(()).ok_or(Wrong::Kind(field.kind)),
        FieldKind::Choice => value.as_str().is_some_and(is_option).then_some(()).ok_or(Wrong::Option),
        FieldKind::Choices => {
            let texts: Option<Vec<&str>> =
                value.as_array().and_then(|items| items.iter().map(Value::as_str).collect());
            let texts = texts.ok_or(Wrong::Kind(field.kind))?;
            let is_once = |(at, text): (usize, &&str)| !texts[..at].contains(text) && is_option(text);
            let is_fine = !texts.is_empty() && texts.iter().enumerate().all(is_once);
            is_fine.then_some(()).ok_or(Wrong::Option)
        }
        FieldKind::Number => {
            check_limits(field, &Answer::Number(value.as_f64().ok_or(Wrong::Kind(field.kind))?))
        }
        _ => text(field, value.as_str().ok_or(Wrong::Kind(field.kind))?).map(|_| ()),
    }
}

/// Could any field of any form have this answer (`docs/lead.schema.json`)?
#[must_use]
pub fn is_any(value: &Value) -> bool {
    let is_text = |value: &Value| {
        value.as_str().is_some_and(|text| !text.is_empty() && text.chars().count() <= LONGEST)
    };
    let is_list = |items: &Vec<Value>| !items.is_empty() && items.iter().all(is_text);
    is_text(value)
        || value.is_number()
        || *value == Value::Bool(true)
        || value.as_array().is_some_and(is_list)
}

/// Is it an email address and nothing else, whatever a form may say of it besides?
#[must_use]
pub fn is_address(value: &Value) -> bool {
    value.as_str().is_some_and(|text| {
        clean(text, Lines::One) == text && email(text).is_some_and(|made| email(&made).is_some())
    })
}

/// The answer that a browser without JavaScript has sent as these texts, as a page with it would have made it; nothing where
/// nothing was filled in.
///
/// # Errors
///
/// What the page would say beside the field.
pub fn typed(field: &Field, texts: &[&str]) -> Result<Option<Value>, Wrong> {
    let texts: Vec<&str> = texts.iter().copied().filter(|text| !is_blank(text)).collect();
    let Some(first) = texts.first() else { return Ok(None) };
    // Browsers send options as they are in the page, but for space around them.
    let option = |text: &str| {
        let mut options = field.options.iter().map(|option| &option.id.value);
        options.find(|id| id.trim() == text.trim()).cloned().ok_or(Wrong::Option)
    };
    Ok(Some(match field.kind {
        FieldKind::Checkbox => json!(true),
        FieldKind::Choice => json!(option(first)?),
        FieldKind::Choices => json!(texts.into_iter().map(option).collect::<Result<Vec<_>, _>>()?),
        FieldKind::Number => {
            let number = number(first).ok_or(Wrong::Kind(field.kind))?;
            check(field, &number)?;
            number
        }
        _ => json!(text(field, first)?),
    }))
}

/// What somebody has written, though it isn't an answer: whoever checks it finds the same reason.
#[must_use]
pub fn written(field: &Field, text: &str) -> Value {
    let number = if field.kind == FieldKind::Number { number(text) } else { None };
    number.unwrap_or_else(|| json!(text))
}

/// A number as people write it: a comma is a point in many languages.
fn number(text: &str) -> Option<Value> {
    let text = text.trim().replace(',', ".");
    let whole = text.parse::<i64>().ok().map(serde_json::Number::from);
    let number = || text.parse().ok().and_then(serde_json::Number::from_f64);
    whole.or_else(number).map(Value::Number)
}

/// Has nobody written anything here?
fn is_blank(text: &str) -> bool {
    clean(text, Lines::Several).is_empty()
}

/// What is compared with a smallest and a largest one.
enum Answer<'a> {
    Number(f64),
    Text(&'a str),
}

/// What is sent of a text.
fn text(field: &Field, written: &str) -> Result<String, Wrong> {
    let lines = if field.kind == FieldKind::Textarea { Lines::Several } else { Lines::One };
    let written = clean(written, lines);
    if written.is_empty() {
        return Err(Wrong::Required(field.kind));
    }
    length(field, &written)?;
    let made = normalize(field, &written).ok_or(Wrong::Kind(field.kind))?;
    check_limits(field, &Answer::Text(&made))?;
    // An address that is too long as computers write it goes as somebody has written it.
    let made = if length(field, &made).is_ok() { made } else { written };
    let host = made.rsplit_once('@').map(|(_, host)| host.to_lowercase());
    let is_free = field.business_email && host.is_some_and(|host| free_mail::has(&host));
    if is_free { Err(Wrong::BusinessEmail) } else { Ok(made) }
}

fn length(field: &Field, text: &str) -> Result<(), Wrong> {
    let count = text.chars().count();
    let limit = |limit: Option<i64>| limit.and_then(|limit| usize::try_from(limit).ok());
    let most = limit(field.limits.max_length).map_or(LONGEST, |most| most.min(LONGEST));
    let least = limit(field.limits.min_length).unwrap_or_default();
    match count {
        _ if count > most => Err(Wrong::TooLong(count, most)),
        _ if count < least => Err(Wrong::TooShort(least)),
        _ => Ok(()),
    }
}

fn check_limits(field: &Field, answer: &Answer<'_>) -> Result<(), Wrong> {
    let is_less = |limit: &str, is_min: std::cmp::Ordering| {
        let order = match answer {
            Answer::Number(number) => number.partial_cmp(&limit.parse().unwrap_or(f64::NAN)),
            // Days are as long as each other.
            Answer::Text(text) => Some((*text).cmp(limit)),
        };
        order == Some(is_min)
    };
    let (min, max) = (field.limits.min.as_ref(), field.limits.max.as_ref());
    if let Some(min) = min.filter(|min| is_less(min, std::cmp::Ordering::Less)) {
        return Err(Wrong::TooSmall(min.clone()));
    }
    match max.filter(|max| is_less(max, std::cmp::Ordering::Greater)) {
        Some(max) => Err(Wrong::TooLarge(max.clone())),
        None => Ok(()),
    }
}

/// The text that stands for what somebody has written; nothing for what can't be right.
fn normalize(field: &Field, written: &str) -> Option<String> {
    match field.kind {
        FieldKind::Email => settled(written, &email),
        FieldKind::Url => settled(written, &web_address),
        FieldKind::Tel => settled(written, &|text| dialling::phone(text, field.country.as_deref())),
        FieldKind::Date => is_day(written).then(|| written.to_string()),
        _ => Some(written.to_string()),
    }
}

/// What is made of a text, until nothing more is made of that.
fn settled(text: &str, make: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let made = make(text)?;
    if made == text { Some(made) } else { settled(&made, make) }
}

fn is_day(text: &str) -> bool {
    let is_long = |at: usize, len: usize| {
        text.split('-')
            .nth(at)
            .is_some_and(|part| part.len() == len && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let is_shaped = text.len() == 10 && is_long(0, 4) && is_long(1, 2) && is_long(2, 2);
    is_shaped && text.parse::<jiff::civil::Date>().is_ok()
}

fn web_address(text: &str) -> Option<String> {
    let whole = if text.contains("://") { text.to_string() } else { format!("https://{text}") };
    let read = |text: &str| {
        let url = Url::parse(text).ok()?;
        let is_web = matches!(url.scheme(), "http" | "https");
        (is_web && url.host_str().is_some_and(|host| host.contains('.'))).then(|| url.to_string())
    };
    read(&whole).or_else(|| Some(read(&without_marks(&whole)?)?.replace(UNMARKED, MARK)))
}

/// How a label begins that stands for letters beyond ASCII (RFC 5890, "ACE prefix"), and something that is as long.
const MARK: &str = "xn--";
const UNMARKED: &str = "xn0-";

/// The address with labels that stand for nothing: browsers take these as they are, unless a letter of the host has to be made
/// ASCII.
fn without_marks(address: &str) -> Option<String> {
    let host =
        address.split_once("//")?.1.trim_start_matches(['/', '\\']).split(['/', '\\', '?', '#']).next()?;
    (host.is_ascii() && host.contains(MARK)).then(|| address.replace(MARK, UNMARKED))
}

/// The domain becomes what DNS has. A pasted link loses its `mailto:`.
fn email(text: &str) -> Option<String> {
    let is_link = text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
    let bare = if is_link { text[7..].split('?').next().unwrap_or_default() } else { text };
    let (local, domain) = bare.split_once('@')?;
    let is_local = (1..=64).contains(&local.encode_utf16().count()) && !local.contains(is_space);
    let is_domain = !domain.is_empty() && !domain.contains(|c| is_space(c) || "@:/?#[]\\%".contains(c));
    if !is_local || !is_domain {
        return None;
    }
    let address = web_address(&format!("http://{domain}"))?;
    let host = address.strip_prefix("http://")?.strip_suffix('/')?;
    let (labels, last) = host.rsplit_once('.')?;
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let is_country = last.len() >= 2 && last.bytes().all(|b| b.is_ascii_lowercase());
    let is_last = is_country || last.strip_prefix("xn--").is_some_and(is_label);
    (labels.split('.').all(is_label) && is_last).then(|| format!("{local}@{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::form::Limits;

    fn field(kind: FieldKind) -> Field {
        Field { kind, value: None, ..Field::hidden("asked", "") }
    }

    #[test]
    fn what_is_typed_becomes_what_pages_send() {
        let tel = |country: &str| Field { country: Some(country.into()), ..field(FieldKind::Tel) };
        for (field, typed_text, sent) in [
            (field(FieldKind::Text), " Kim\t\r\nBerg\u{1b} ", json!("Kim Berg")),
            (field(FieldKind::Textarea), "a\r\nb  c\n", json!("a\nb  c")),
            (
                field(FieldKind::Email),
                "mailto:Kim@BÜCHER.example?subject=x",
                json!("Kim@xn--bcher-kva.example"),
            ),
            (field(FieldKind::Url), "fjord.example", json!("https://fjord.example/")),
            (field(FieldKind::Number), "3,5", json!(3.5)),
            (field(FieldKind::Date), "2026-11-22", json!("2026-11-22")),
            (tel("SE"), "070-123 45 67", json!("+46701234567")),
            (tel("NO"), "22 00 00 00", json!("+4722000000")),
            (tel("SE"), "08-465 004 10 ankn 12", json!("08-465 004 10 ankn 12")),
        ] {
            assert_eq!(typed(&field, &[typed_text]), Ok(Some(sent.clone())), "{typed_text}");
            assert_eq!(check(&field, &sent), Ok(()), "{sent}");
        }
        for kind in [FieldKind::Text, FieldKind::Email, FieldKind::Number, FieldKind::Choice] {
            assert_eq!(
                [typed(&field(kind), &[]), typed(&field(kind), &[" \u{feff}", ""])],
                [Ok(None), Ok(None)]
            );
        }
    }

    #[test]
    fn an_address_that_would_be_too_long_goes_as_it_was_typed() {
        let limits = Limits { max_length: Some(12), ..Limits::default() };
        let short = Field { limits, ..field(FieldKind::Url) };
        assert_eq!(typed(&short, &["a.example"]), Ok(Some(json!("a.example"))));
        assert_eq!(check(&short, &json!("a.example")), Ok(()));
        assert_eq!(check(&short, &json!("https://a.example/")), Err(Wrong::TooLong(18, 12)));
    }

    #[test]
    fn each_reason_has_words_of_its_own() {
        let number = Field {
            limits: Limits { min: Some("2".into()), max: Some("9".into()), ..Limits::default() },
            ..field(FieldKind::Number)
        };
        for (value, wrong, word) in [
            (json!(1), Wrong::TooSmall("2".into()), "too_small"),
            (json!(9.5), Wrong::TooLarge("9".into()), "too_large"),
            (json!("3"), Wrong::Kind(FieldKind::Number), "number"),
            (json!(true), Wrong::Kind(FieldKind::Number), "number"),
        ] {
            assert_eq!(check(&number, &value), Err(wrong.clone()), "{value}");
            assert_eq!(wrong.word(), word);
            assert!(Wrong::WORDS.contains(&word));
        }
        assert_eq!(Wrong::TooLong(21, 20).fill("{n} of {max}"), "21 of 20");
        assert_eq!(Wrong::TooSmall("2".into()).to_string(), "is less than 2");
        assert!(is_address(&json!("kim@gmail.com")));
        for none in [
            json!("kim"),
            json!("kim@fjord.example\r\nBcc: a@b.example"),
            json!("k\u{0}m@fjord.example"),
            json!(3),
        ] {
            assert!(!is_address(&none), "{none}");
        }
        for any in [json!("x"), json!(3), json!(true), json!(["a"])] {
            assert!(is_any(&any), "{any}");
        }
        for none in [
            json!(""),
            json!(false),
            json!(null),
            json!({}),
            json!([]),
            json!([1]),
            json!("x".repeat(10_001)),
        ] {
            assert!(!is_any(&none), "{none}");
        }
    }
}
