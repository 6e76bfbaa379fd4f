//! Credentials, known by their shape: keys and tokens of well-known services, as these say themselves how they look.
//!
//! One search ([`find`]) for everything: texts, forms, settings, files that are copied, and the addresses of webhooks. What it
//! finds must not be published, and no message shows it ([`masked`]). Lengths and signs are exact, so that ordinary texts
//! never look like one; examples that documentation uses are left out.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::{Code, Diagnostic, Span};

/// Something that looks like a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// The bytes of it in the file.
    pub span: Span,
    /// What it is: "a token of GitHub".
    pub what: &'static str,
    /// Its first letters, which tell nothing.
    pub start: String,
}

/// The signs of which what follows the beginning is made.
#[derive(Clone, Copy)]
enum Signs {
    Alnum,
    /// Capital letters and digits.
    Upper,
    /// Letters, digits and `_`.
    Word,
    /// Base64 for addresses: also `_` and `-`.
    Url,
    /// Base64: letters, digits, `+`, `/` and `=`.
    Base64,
    /// Hexadecimal digits in small letters.
    Hex,
}

impl Signs {
    fn has(self, byte: u8) -> bool {
        match self {
            Self::Alnum => byte.is_ascii_alphanumeric(),
            Self::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Self::Word => byte.is_ascii_alphanumeric() || byte == b'_',
            Self::Url => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'),
            Self::Base64 => byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='),
            Self::Hex => byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'),
        }
    }

    /// How many of them a text begins with.
    fn run(self, text: &[u8]) -> usize {
        text.iter().take_while(|byte| self.has(**byte)).count()
    }
}

/// How many signs follow the beginning of a credential, and which.
#[derive(Clone, Copy)]
enum Form {
    Exactly(usize, Signs),
    AtLeast(usize, Signs),
    /// Its bytes, given the whole text and where the beginning starts and ends.
    Own(fn(&[u8], Range<usize>) -> Option<Range<usize>>),
}

struct CredentialPattern {
    start: &'static str,
    what: &'static str,
    form: Form,
}

macro_rules! shapes {
    ($($what:literal { $($start:literal $form:expr,)* })*) => {
        &[$($(CredentialPattern { start: $start, what: $what, form: $form },)*)*]
    };
}

use Form::{AtLeast, Exactly, Own};
use Signs::{Alnum, Base64, Hex, Upper, Url, Word};

const SHAPES: &[CredentialPattern] = shapes! {
    "a token of GitHub" {
        "ghp_" AtLeast(36, Alnum), "gho_" AtLeast(36, Alnum), "ghu_" AtLeast(36, Alnum),
        "ghs_" AtLeast(36, Alnum), "ghr_" AtLeast(36, Alnum), "github_pat_" AtLeast(60, Word),
    }
    "a token of GitLab" {
        "glpat-" AtLeast(20, Url), "gldt-" AtLeast(20, Url), "glrt-" AtLeast(20, Url),
        "glptt-" AtLeast(40, Url), "glsoat-" AtLeast(20, Url),
    }
    "a token of Slack" {
        "xoxb-" Own(slack), "xoxp-" Own(slack), "xoxa-" Own(slack), "xoxr-" Own(slack), "xoxs-" Own(slack),
        "xoxe-" Own(slack), "xoxe.xoxp-" Own(slack), "xoxe.xoxb-" Own(slack), "xapp-" Own(slack),
    }
    "an incoming webhook of Slack" {
        "hooks.slack.com/services/" Own(slack_hook), "hooks.slack.com/workflows/" Own(slack_hook),
        "hooks.slack.com/triggers/" Own(slack_hook),
    }
    "a webhook of Discord" { "discord.com/api/webhooks/" Own(discord_hook), }
    "a key of Stripe" {
        "sk_live_" AtLeast(24, Alnum), "rk_live_" AtLeast(24, Alnum), "sk_test_" AtLeast(24, Alnum),
        "rk_test_" AtLeast(24, Alnum), "whsec_" AtLeast(32, Base64),
    }
    "a key of AWS" { "AKIA" Exactly(16, Upper), "ASIA" Exactly(16, Upper), }
    "a key of Google" {
        "AIza" Exactly(35, Url), "ya29." AtLeast(40, Url), "GOCSPX-" Exactly(28, Url),
    }
    "a token of HubSpot" {
        "pat-na1-" Own(uuid), "pat-na2-" Own(uuid), "pat-na3-" Own(uuid), "pat-eu1-" Own(uuid),
        "pat-ap1-" Own(uuid),
    }
    "a key of SendGrid" { "SG." Own(sendgrid), }
    "a key of Mailchimp" { "-us" Own(mailchimp), }
    "a key of Mailgun" { "key-" Exactly(32, Hex), }
    "a token of npm" { "npm_" Exactly(36, Alnum), }
    "a token of PyPI" { "pypi-AgEI" AtLeast(50, Url), }
    "a key of Anthropic" { "sk-ant-" AtLeast(80, Url), }
    "a key of OpenAI" {
        "sk-proj-" AtLeast(40, Url), "sk-svcacct-" AtLeast(40, Url), "sk-" Exactly(48, Alnum),
    }
    "a signed token (JWT)" { "eyJ" Own(jwt), }
    "a private key" { "-----BEGIN " Own(private_key), }
};

static STARTS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let starts = SHAPES.iter().map(|shape| shape.start);
    let built = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(starts);
    built.expect("a few short words")
});

/// Everything in a text that looks like a credential, in its order.
#[must_use]
pub fn find(text: &[u8]) -> Vec<Credential> {
    let mut found = Vec::new();
    let mut end = 0;
    for start in STARTS.find_iter(text) {
        if start.start() < end {
            continue;
        }
        let shape = &SHAPES[start.pattern().as_usize()];
        let Some(range) = shape.fits(text, start.range()).filter(|range| range.start >= end) else {
            continue;
        };
        if is_example(&text[range.clone()]) {
            continue;
        }
        let first = String::from_utf8_lossy(&text[range.start..range.start + 4]).into_owned();
        end = range.end;
        found.push(Credential { span: Span::new(range.start, range.end), what: shape.what, start: first });
    }
    found
}

/// Could this word be a token, short as it is? Of an address less is known than of a text: what begins so is one.
#[must_use]
pub fn begins_like_one(word: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let least = |shape: &CredentialPattern| match shape.start {
        "eyJ" => 40,
        "SG." => 30,
        "key-" => 32,
        "sk-" => 24,
        start if start.len() < 5 && start.ends_with('_') => 20,
        start if start.len() < 5 && !start.ends_with('_') => 16,
        _ => 10,
    };
    let begins = |shape: &CredentialPattern| {
        word.strip_prefix(shape.start).is_some_and(|rest| rest.len() >= least(shape))
    };
    let is_word = |shape: &&CredentialPattern| shape.start.bytes().all(is_sign) && shape.start != "-us";
    word.bytes().all(is_sign) && SHAPES.iter().filter(is_word).any(begins)
}

/// The text with everything hidden that looks like a credential, at the same bytes.
#[must_use]
pub fn masked(text: &str) -> Cow<'_, str> {
    let found = find(text.as_bytes());
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    for one in found {
        let range = one.span.range();
        let hidden = bytes[range].iter_mut().skip(4).filter(|byte| byte.is_ascii_graphic());
        hidden.for_each(|byte| *byte = b'*');
    }
    Cow::Owned(String::from_utf8(bytes).unwrap_or_default())
}

/// The problem that a credential in a file is. It stands at `span`, where that isn't the credential's own.
#[must_use]
pub fn problem(found: &Credential, file: &str, span: Option<Span>) -> Diagnostic {
    let message = format!("`{}…` looks like {}, and would be published", found.start, found.what);
    Diagnostic::new(Code::Credential, message)
        .at(file, span.unwrap_or(found.span))
        .help("remove it, and replace it where it comes from: once it has been in a file of the site, it is no longer secret")
}

impl CredentialPattern {
    /// The bytes of the credential whose beginning is at `start`, if it is one.
    fn fits(&self, text: &[u8], start: Range<usize>) -> Option<Range<usize>> {
        let rest = &text[start.end..];
        let ends = |count: usize| {
            let is_over = rest.get(count).is_none_or(|byte| !Word.has(*byte));
            is_over.then(|| start.start..start.end + count)
        };
        let is_first = start.start == 0 || !Word.has(text[start.start - 1]);
        match self.form {
            Own(own) => own(text, start.clone()),
            Exactly(count, signs) if is_first && signs.run(rest) == count => ends(count),
            AtLeast(count, signs) if is_first => {
                Some(signs.run(rest)).filter(|run| *run >= count).and_then(ends)
            }
            Exactly(..) | AtLeast(..) => None,
        }
    }
}

/// Words in documentation that stand for a credential.
fn is_example(token: &[u8]) -> bool {
    // The example of jwt.io: John Doe.
    const JOHN: &[u8] = b".eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9l";
    let has = |word: &[u8]| token.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word));
    let is_same = token.len() < 400
        && token.windows(6).any(|part| part.iter().all(|byte| *byte == part[0] && *byte != b'-'));
    is_same || [&b"example"[..], b"xxxx", b"your_", b"your-", JOHN].iter().any(|word| has(word))
}

/// `12345678901-…`: numbers and letters with hyphens between.
fn slack(text: &[u8], start: Range<usize>) -> Option<Range<usize>> {
    let rest = &text[start.end..];
    let run = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
    let is_first = start.start == 0 || !Word.has(text[start.start - 1]);
    let digits = rest[..run].iter().filter(|byte| byte.is_ascii_digit()).count();
    (is_first && run >= 24 && digits >= 6).then(|| start.start..start.end + run)
}

/// `T…/B…/…`, or what stands for a workflow.
fn slack_hook(text: &[u8], start: Range<usize>) -> Option<Range<usize>> {
    let rest = &text[start.end..];
    let run = rest.iter().take_while(|byte| Url.has(**byte) || **byte == b'/').count();
    let parts = rest[..run].split(|byte| *byte == b'/').collect::<Vec<_>>();
    let is_hook =
        parts.len() >= 3 && parts[0].len() >= 8 && parts.iter().skip(2).any(|part| part.len() >= 20);
    is_hook.then(|| start.start..start.end + run)
}

fn discord_hook(text: &[u8], start: Range<usize>) -> Option<Range<usize>> {
    let rest = &text[start.end..];
    let number = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let token =
        rest.get(number..).filter(|rest| rest.first() == Some(&b'/')).map(|rest| Url.run(&rest[1..]))?;
    (number >= 17 && token >= 60).then(|| start.start..start.end + number + 1 + token)
}

/// `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`, in hexadecimal digits.
fn uuid(text: &[u8], start: Range<usize>) -> Option<Range<usize>> {
    let token = text.get(start.end..start.end + 36)?;
    let is_fine = token.iter().enumerate().all(|(at, byte)| match at {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    });
    is_fine.then(|| start.start..start.end + 36)
}

/// 22 signs, a dot, 43 signs.
fn sendgrid(text: &[u8], start: Range<usize>) -> Option<Range<usize>> {
    let rest = &text[start.end..];
    let is_fine = Url.run(rest) == 22 && rest.get(22) == Some(&b'.') && Url.run(&rest[23..]) == 43;
    is_fine.then(|| start.start..start.end + 66)
}

/// 32 hexadecimal digits, `-us` and the number of a data centre.
fn mailchimp(text: &[u8], start: Range<usize>) -> Option<Range<usize>> {
    let digits = text[start.end..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let first = start.start.checked_sub(32)?;
    let is_first = first == 0 || !Word.has(text[first - 1]);
    let is_fine = is_first && (1..=2).contains(&digits) && Hex.run(&text[first..start.start]) == 32;
    is_fine.then(|| first..start.end + digits)
}

/// Three parts with dots between, the first two of them JSON in Base64 (RFC 7519): they begin with `{"`.
fn jwt(text: &[u8], start: Range<usize>) -> Option<Range<usize>> {
    let rest = &text[start.start..];
    let is_first = start.start == 0 || !Word.has(text[start.start - 1]);
    let header = Url.run(rest);
    let payload = rest.get(header + 1..).filter(|rest| rest.starts_with(b"eyJ")).map(|rest| Url.run(rest))?;
    let dots = [header, header + 1 + payload].map(|at| rest.get(at) == Some(&b'.'));
    let sum = rest.get(header + payload + 2..).map(|rest| Url.run(rest))?;
    let is_fine = is_first && dots == [true; 2] && header >= 16 && payload >= 12 && sum >= 20;
    is_fine.then(|| start.start..start.start + header + payload + 2 + sum)
}

/// A block as RFC 7468 has it, or PGP, with a key in it, also where JSON has written its lines as `\n`.
fn private_key(text: &[u8], start: Range<usize>) -> Option<Range<usize>> {
    let rest = &text[start.end..(start.end + 8000).min(text.len())];
    let name = rest
        .iter()
        .take_while(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || **byte == b' ')
        .count();
    let is_key = rest[..name].ends_with(b"PRIVATE KEY") || rest[..name].ends_with(b"PRIVATE KEY BLOCK");
    let body = rest.get(name..).filter(|rest| is_key && rest.starts_with(b"-----"))?.get(5..)?;
    let end = body.windows(9).position(|part| part == b"-----END ").unwrap_or(body.len());
    let longest = body[..end].split(|byte| !Base64.has(*byte)).map(<[u8]>::len).max().unwrap_or_default();
    (longest >= 40).then(|| start.start..start.end + name + 5 + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Random enough; put together here, so that nobody who looks for credentials finds any in this file.
    fn body(length: usize, signs: &str) -> String {
        let signs: Vec<char> = signs.chars().collect();
        (0..length).map(|at| signs[(at * 7 + at * at * 3 + 11) % signs.len()]).collect()
    }

    const ALNUM: &str = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vWxYz";
    const UPPER: &str = "Q2W3E4R5T6Z7U";
    const HEX: &str = "0a1b2c3d4e5f6879";

    fn all() -> Vec<(String, &'static str)> {
        let t = |start: &str, length, signs| format!("{start}{}", body(length, signs));
        let uuid = |start: &str| {
            let b = body(32, HEX);
            format!("{start}{}-{}-{}-{}-{}", &b[..8], &b[8..12], &b[12..16], &b[16..20], &b[20..])
        };
        let jwt = format!("eyJhbGciOiJIUzI1NiJ9.eyJ{}.{}", body(30, ALNUM), body(43, ALNUM));
        let pem = format!(
            "-----BEGIN RSA PRIVATE KEY-----\n{}\n{}\n-----END RSA PRIVATE KEY-----",
            body(64, ALNUM),
            body(64, ALNUM)
        );
        let json = format!("-----BEGIN PRIVATE KEY-----\\n{}\\n-----END PRIVATE KEY-----", body(64, ALNUM));
        let hook = format!(
            "https://hooks.slack.com/services/T{}/B{}/{}",
            body(9, UPPER),
            body(9, UPPER),
            body(24, ALNUM)
        );
        vec![
            (t("ghp_", 36, ALNUM), "GitHub"),
            (t("gho_", 36, ALNUM), "GitHub"),
            (t("github_pat_", 82, ALNUM), "GitHub"),
            (t("glpat-", 20, ALNUM), "GitLab"),
            (format!("xoxb-{}-{}-{}", "123456789012", "234567890123", body(24, ALNUM)), "Slack"),
            (hook, "Slack"),
            (t("sk_live_", 24, ALNUM), "Stripe"),
            (t("rk_live_", 30, ALNUM), "Stripe"),
            (t("whsec_", 32, ALNUM), "Stripe"),
            (t("AKIA", 16, UPPER), "AWS"),
            (t("ASIA", 16, UPPER), "AWS"),
            (t("AIza", 35, ALNUM), "Google"),
            (t("GOCSPX-", 28, ALNUM), "Google"),
            (t("ya29.", 60, ALNUM), "Google"),
            (uuid("pat-na1-"), "HubSpot"),
            (uuid("pat-eu1-"), "HubSpot"),
            (format!("SG.{}.{}", body(22, ALNUM), body(43, ALNUM)), "SendGrid"),
            (format!("{}-us12", body(32, HEX)), "Mailchimp"),
            (t("npm_", 36, ALNUM), "npm"),
            (t("sk-ant-api03-", 95, ALNUM), "Anthropic"),
            (t("sk-proj-", 60, ALNUM), "OpenAI"),
            (t("sk-", 48, ALNUM), "OpenAI"),
            (jwt, "JWT"),
            (pem, "private key"),
            (json, "private key"),
        ]
    }

    #[test]
    fn each_is_found_wherever_it_stands_and_never_shown() {
        for (token, what) in all() {
            for (before, after) in
                [("", ""), ("key: ", "\n"), ("“", "”"), ("<p>", "</p>"), ("x=", "&y=1"), ("åä ", ".")]
            {
                let text = format!("{before}{token}{after}");
                let found = find(text.as_bytes());
                assert_eq!(found.len(), 1, "{text}: {found:?}");
                assert!(found[0].what.contains(what), "{text}: {found:?}");
                let masked = masked(&text);
                assert_eq!(masked.len(), text.len());
                assert!(find(masked.as_bytes()).is_empty(), "{masked}");
                let said = format!("{:?}", problem(&found[0], "a.md", None));
                assert!(!said.contains(&token[4..14]), "{said}");
            }
        }
    }

    #[test]
    fn ordinary_texts_have_none() {
        let long = body(200, ALNUM);
        for text in [
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "AKIAIOSFODNN7EXAMPLE",
            "a task-force-of-the-sales-team, desk-sk-1, risk-free",
            "sk_live_… and ghp_… are how they begin",
            "https://hooks.slack.com/services/T000/B000/xxxx",
            "write to us-12 or contact-us1",
            "-----BEGIN PRIVATE KEY-----\n…\n-----END PRIVATE KEY-----",
            "-----BEGIN CERTIFICATE-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA\n-----END CERTIFICATE-----",
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
            "MALASIAQWERTZUIOPASDFG AKIAQ",
            long.as_str(),
        ] {
            assert_eq!(find(text.as_bytes()), [], "{text}");
        }
    }
}
