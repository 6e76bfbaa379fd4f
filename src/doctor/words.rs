//! What findings say.

use super::{Finding, Level, Unreachable};

/// A finding without help.
pub(super) fn finding(code: &'static str, level: Level, message: impl Into<String>) -> Finding {
    Finding { code, level, message: message.into(), help: None }
}

impl Finding {
    /// The same with what to do.
    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// Why nobody answers at a host.
pub(super) fn unreachable(why: &Unreachable, host: &str) -> Finding {
    let mend = |code, message: String| finding(code, Level::Mend, message);
    match why {
        Unreachable::Dns => mend("dns", format!("the internet knows no host `{host}`"))
            .help("look for a slip in the address; if it is right, look whether this computer is online"),
        Unreachable::Refused => mend("connection-refused", format!("nobody listens at `{host}`"))
            .help("look whether the receiver runs, and whether the port in the address is right"),
        Unreachable::Timeout(seconds) => mend(
            "timeout",
            format!("`{host}` has not answered within {seconds} s"),
        )
        .help(
            "a visitor is told after 15 s that the lead waits; let the receiver answer first and work then",
        ),
        Unreachable::Lost => mend("connection-lost", format!("`{host}` broke the connection off"))
            .help("look into the log of the receiver, or of the proxy in front of it"),
        Unreachable::NoHttp => mend("no-http", format!("what `{host}` answers is no HTTP"))
            .help("look whether the port in the address is that of the receiver"),
        Unreachable::Tls(said) => tls(said, host),
        Unreachable::Other(said) => mend("unreachable", format!("`{host}` can't be reached: {said}")),
    }
}

/// What is wrong with a secure connection, from the words of the TLS library.
fn tls(said: &str, host: &str) -> Finding {
    let has = |part: &str| said.to_ascii_lowercase().contains(part);
    let (what, help) = if has("expired") {
        ("its certificate has expired", "renew the certificate of the receiver")
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
        ("its certificate is not valid yet", "look at the clocks of the receiver and of this computer")
    } else if has("corrupt message") || has("invalidcontenttype") {
        (
            "it doesn't speak TLS on this port",
            "look whether the port in the address is the one for `https://`",
        )
    } else {
        ("there is no secure connection", "look at the certificate and the TLS settings of the receiver")
    };
    finding("tls", Level::Mend, format!("browsers don't trust `{host}`: {what} ({said})")).help(help)
}

/// What a status other than 2xx and 3xx says of a lead.
pub(super) fn refused(status: u16, retry_after: Option<&str>) -> Finding {
    let mend = |code, message: &str| finding(code, Level::Mend, format!("{message} ({status})"));
    match status {
        400 | 422 => mend("rejected", "the receiver does not accept what is in the lead")
            .help("compare the names of fields that it wants with `map:` and `add:` of the webhook"),
        401 | 403 => mend("forbidden", "the receiver wants a key or password, or lets only some hosts in").help(
            "a public page can't keep a password: let the receiver take leads without, or put Zapier, Make or n8n between",
        ),
        404 | 410 => mend("not-found", "there is no receiver at this address")
            .help("copy the address again; a workflow has to be active, and its address for tests is another one"),
        405 => mend("no-post", "the receiver takes no POST").help("look for a slip in the address"),
        408 | 425 => finding("later", Level::Unsure, format!("the receiver asks to come again later ({status})")),
        413 => mend("too-large", "even this small lead is too large for the receiver"),
        415 => mend("encoding", "the receiver doesn't take this encoding"),
        429 => {
            let wait = retry_after.map(|wait| format!(", and to wait: {wait}")).unwrap_or_default();
            finding("too-many", Level::Unsure, format!("the receiver says that it gets too much (429){wait}"))
                .help("try again later; browsers wait and send again by themselves")
        }
        500..=599 => mend("server-error", "the receiver has failed")
            .help("look into its log; until it works, leads wait in the browsers of visitors, up to seven days"),
        _ => mend("refused", "the receiver has refused the lead"),
    }
}
