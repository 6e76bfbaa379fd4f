//! Emails, handed to a mail server.

use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::Error;
use lettre::{SmtpTransport, Transport as _};

use super::{Answer, Unreachable};

/// An email of plain text, to be handed to a mail server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email {
    /// Its id, by which mail programs know one that comes twice; without the host.
    pub id: String,
    /// The sender's address, with or without a name.
    pub from: String,
    /// The addresses of those who get it.
    pub to: Vec<String>,
    /// Who gets the answer, if that is somebody else.
    pub reply_to: Option<String>,
    /// What it is about, on one line.
    pub subject: String,
    /// Its text, as plain text.
    pub text: String,
}

/// Hands an email to the server at `url`: `smtps://name:word@host`, or `smtp://…?tls=required`. The answer is as that of
/// a webhook: 200 when the server has it, 422 when it never will, 503 when it may later, 401 when it doesn't know us.
///
/// # Errors
///
/// There was no answer.
pub fn send(url: &str, email: &Email, seconds: u64) -> Result<Answer, Unreachable> {
    let message = message(email).map_err(Unreachable::Other)?;
    let server = SmtpTransport::from_url(url)
        .map_err(|_| Unreachable::Other("this is not an SMTP server's URL".into()))?;
    let server = server.timeout(Some(Duration::from_secs(seconds))).build();
    match server.send(&message) {
        Ok(_) => Ok(Answer { status: 200, ..Answer::default() }),
        Err(error) => refusal_answer(&error, seconds),
    }
}

fn refusal_answer(error: &Error, seconds: u64) -> Result<Answer, Unreachable> {
    // Codes about who we are (RFC 4954, section 6) are for the owner to put right.
    let is_about_us =
        error.status().is_some_and(|code| matches!(code.to_string().as_str(), "530" | "534" | "535" | "538"));
    let status = if is_about_us {
        401
    } else if error.is_permanent() {
        422
    } else if error.is_transient() {
        503
    } else if error.is_timeout() {
        return Err(Unreachable::Timeout(seconds));
    } else if error.is_tls() {
        return Err(Unreachable::Tls(error.to_string()));
    } else {
        return Err(Unreachable::Other(error.to_string()));
    };
    Ok(Answer { status, body: error.to_string(), ..Answer::default() })
}

fn message(email: &Email) -> Result<Message, String> {
    let mailbox =
        |text: &str| text.parse::<Mailbox>().map_err(|_| format!("`{text}` is not an email address"));
    let from = mailbox(&email.from)?;
    let id = format!("<{}@{}>", email.id, from.email.domain());
    let mut builder = Message::builder().from(from).subject(&email.subject).message_id(Some(id));
    for to in &email.to {
        builder = builder.to(mailbox(to)?);
    }
    // What a visitor typed may be no address, and then it stands in the text alone.
    if let Some(reply_to) = email.reply_to.as_deref().and_then(|text| mailbox(text).ok()) {
        builder = builder.reply_to(reply_to);
    }
    builder.header(ContentType::TEXT_PLAIN).body(email.text.clone()).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_somebody_typed_adds_no_header() {
        let email = Email {
            id: "lead_1".into(),
            from: "Fjord <leads@fjord.example>".into(),
            to: vec!["sales@fjord.example".into()],
            reply_to: Some("kim@fjord.example\r\nBcc: all@fjord.example".into()),
            subject: "Guide: Kim\r\nBcc: all@fjord.example".into(),
            text: "Tack för hjälpen.\r\n.\r\nQUIT\r\n".into(),
        };
        let text = String::from_utf8(message(&email).unwrap().formatted()).unwrap();
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.lines().all(|line| !line.starts_with("Bcc:")), "{head}");
        assert!(head.contains("Message-ID: <lead_1@fjord.example>") && !head.contains("Reply-To"), "{head}");
        assert!(message(&Email { from: "nobody".into(), ..email }).is_err());
    }
}
