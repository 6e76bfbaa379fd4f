//! What findings say.

use super::{Level, WebhookProblem};
use crate::network::Unreachable;

/// A finding that says all in its message.
pub(super) fn finding(code: &'static str, level: Level, message: impl Into<String>) -> WebhookProblem {
    WebhookProblem { code, level, message: message.into(), help: None }
}

impl WebhookProblem {
    /// The same with what to do.
    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// Why nobody answers at a host.
pub(super) fn unreachable(why: &Unreachable, host: &str) -> WebhookProblem {
    let fix = |code, message: String| finding(code, Level::Fix, message);
    match why {
        Unreachable::Dns => fix("dns", format!("DNS knows no host `{host}`"))
            .help("check the URL for typos; if it is right, check whether this computer is online"),
        Unreachable::Refused => fix("connection-refused", format!("nothing is listening at `{host}`"))
            .help("check whether the endpoint is running, and whether the port in the URL is right"),
        Unreachable::Timeout(seconds) => fix(
            "timeout",
            format!("`{host}` didn't respond within {seconds} s"),
        )
        .help(
            "after 15 s a visitor is told that the lead is waiting; let the endpoint respond first and process the lead afterwards",
        ),
        Unreachable::Lost => fix("connection-lost", format!("`{host}` closed the connection"))
            .help("check the log of the endpoint, or of the proxy in front of it"),
        Unreachable::NoHttp => fix("no-http", format!("`{host}` doesn't answer with HTTP"))
            .help("check whether the port in the URL is the endpoint's"),
        Unreachable::Tls(said) => tls(said, host),
        Unreachable::Other(said) => fix("unreachable", format!("`{host}` can't be reached: {said}")),
    }
}

/// What is wrong with a secure connection, from the words of the TLS library.
fn tls(said: &str, host: &str) -> WebhookProblem {
    let has = |part: &str| said.to_ascii_lowercase().contains(part);
    let (what, help) = if has("expired") {
        ("its certificate has expired", "renew the endpoint's certificate")
    } else if has("not valid for name") || has("notvalidforname") {
        (
            "its certificate is for another name",
            "use the name that the certificate has, or get one for this name",
        )
    } else if has("unknownissuer") || has("selfsigned") || has("causedasendentity") {
        (
            "no authority that browsers know has signed its certificate",
            "get a certificate from a public authority, such as Let's Encrypt, and let the server send the whole chain",
        )
    } else if has("notvalidyet") || has("not valid yet") {
        ("its certificate is not valid yet", "check the clocks of the endpoint and of this computer")
    } else if has("corrupt message") || has("invalidcontenttype") {
        ("it doesn't speak TLS on this port", "check whether the port in the URL is the one for `https://`")
    } else {
        ("there is no secure connection", "check the certificate and the TLS settings of the endpoint")
    };
    finding("tls", Level::Fix, format!("browsers don't trust `{host}`: {what} ({said})")).help(help)
}

/// What a status other than 2xx and 3xx says of a lead.
pub(super) fn rejected_lead(status: u16, retry_after: Option<&str>) -> WebhookProblem {
    let fix = |code, message: &str| finding(code, Level::Fix, format!("{message} ({status})"));
    match status {
        400 | 422 => fix("rejected", "the endpoint doesn't accept the content of the lead")
            .help("compare its field names with `map:` and `add:` of the webhook"),
        401 | 403 => fix("forbidden", "the endpoint requires a key or password, or allows only certain hosts").help(
            "a public page can't keep a password: let the endpoint accept leads without one, or put Zapier, Make or n8n in between",
        ),
        404 | 410 => fix("not-found", "there is no endpoint at this URL")
            .help("copy the URL again; a workflow has to be active, and its test URL is a different one"),
        405 => fix("no-post", "the endpoint doesn't accept POST").help("check the URL for typos"),
        408 | 425 => finding("later", Level::Unsure, format!("the endpoint asks us to try again later ({status})")),
        413 => fix("too-large", "even this small lead is too large for the endpoint"),
        415 => fix("encoding", "the endpoint doesn't accept this encoding"),
        429 => {
            let wait = retry_after.map(|wait| format!(", and to wait: {wait}")).unwrap_or_default();
            finding("too-many", Level::Unsure, format!("the endpoint is rate-limiting (429){wait}"))
                .help("try again later; browsers wait and send again automatically")
        }
        500..=599 => fix("server-error", "the endpoint has failed")
            .help("check its log; until it works, leads wait in visitors' browsers, for up to seven days"),
        _ => fix("refused", "the endpoint has rejected the lead"),
    }
}
