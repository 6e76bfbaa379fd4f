//! The page on which visitors confirm that an email address is theirs: a link in an email, and a button. Programs that open
//! every link in an email press no button, and so confirm nothing.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, Response, header};
use serde::Serialize;

use super::Notice;
use super::queue::{Confirmed, Filter, Start, Stored};
use super::respond::build;
use super::routes::{FormWords, Letters, Routes};
use super::seal::Seal;
use super::shared::Shared;
use crate::encode::html::escape_text;
use crate::encode::percent;
use crate::leads::forms::lead::text_hash;

/// So many bytes of a signature are more than anybody can try.
const SIGNED: usize = 16;

/// The style sheet of the page, in its head.
const STYLE: &str = include_str!("confirm.css");

/// The link that leads a visitor to the page. The language is for a lead that isn't there any more.
pub(super) fn link(url: &str, lead: &str, lang: &str, key: &str) -> String {
    let signature = seal(key).sign(&signed(lead));
    format!("{url}/confirm?lead={lead}&lang={}&sign={signature}", percent::value(lang))
}

fn seal(key: &str) -> Seal<SIGNED> {
    Seal::new(key.as_bytes())
}

/// What is signed of a lead.
fn signed(lead: &str) -> String {
    format!("confirm\0{lead}")
}

/// Is it a signature of ours?
fn is_signed(lead: &str, sign: &str, key: &str) -> bool {
    seal(key).is_signed(&signed(lead), sign)
}

/// Shows the page, or takes the visitor's yes.
pub(super) fn answer(shared: &Arc<Shared>, request: &Request) -> Response<Body> {
    if request.uri().path().ends_with(".css") {
        return build(200, "text/css; charset=utf-8", STYLE.to_string());
    }
    let pairs = percent::pairs(request.uri().query().unwrap_or_default());
    let value = |name: &str| pairs.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value);
    let (lead, lang, routes) = (value("lead"), value("lang"), shared.routes());
    let is_ours = is_signed(lead, value("sign"), &shared.signing_key);
    let found = match is_ours.then(|| find(shared, lead)).transpose() {
        Ok(found) => found.flatten(),
        Err(error) => {
            (shared.tell)(Notice::Store(error.to_string()));
            return page(503, &words(&routes, None, lang), ConfirmationPage::Gone);
        }
    };
    let words = words(&routes, found.as_ref(), lang);
    let Some(found) = found else { return page(404, &words, ConfirmationPage::Gone) };
    let is_asked = found.deliveries.iter().any(|one| one.state == "unconfirmed");
    match *request.method() {
        Method::GET | Method::HEAD if is_asked => page(200, &words, ConfirmationPage::Question),
        Method::GET | Method::HEAD => page(200, &words, ConfirmationPage::Done),
        Method::POST => confirm(shared, lead, &words),
        _ => page(405, &words, ConfirmationPage::Gone),
    }
}

fn find(shared: &Shared, lead: &str) -> super::queue::Answer<Option<Stored>> {
    let filter = Filter { id: Some(lead.to_string()), ..Filter::default() };
    Ok(shared.queue.list(&filter, Start::After(0), 1)?.pop())
}

fn confirm(shared: &Arc<Shared>, lead: &str, words: &ConfirmationWords) -> Response<Body> {
    let now = jiff::Timestamp::from_millisecond(shared.now()).unwrap_or_default();
    let receipt = ConfirmationReceipt {
        timestamp: format!("{now:.0}"),
        lang: &words.lang,
        text_sha256: text_hash(&words.words.letters.question),
    };
    let receipt = serde_json::to_value(receipt).unwrap_or_default();
    match shared.queue.confirm(lead, &receipt, shared.now()) {
        Ok(Confirmed::Now) => {
            (shared.tell)(Notice::Confirmed { lead: lead.to_string() });
            shared.wake();
            page(200, words, ConfirmationPage::Done)
        }
        Ok(Confirmed::Before) => page(200, words, ConfirmationPage::Done),
        Ok(Confirmed::Never) => page(404, words, ConfirmationPage::Gone),
        Err(error) => {
            (shared.tell)(Notice::Store(error.to_string()));
            page(503, words, ConfirmationPage::Gone)
        }
    }
}

/// What proves that somebody has confirmed their address: when, and in answer to which words.
#[derive(Serialize)]
struct ConfirmationReceipt<'a> {
    timestamp: String,
    lang: &'a str,
    text_sha256: String,
}

/// The words of a page, with their language.
struct ConfirmationWords {
    lang: String,
    home: String,
    words: FormWords,
}

/// Those of a lead's form in its visitor's language, or those of the first form that has any.
fn words(routes: &Routes, lead: Option<&Stored>, lang: &str) -> ConfirmationWords {
    let lang = lead.and_then(|lead| lead.lead["data"]["page"]["lang"].as_str()).unwrap_or(lang);
    let of_lead = |id: &str| lead.is_none_or(|lead| lead.form == id);
    let found = routes.editions.iter().find_map(|edition| {
        let (_, route) = edition.forms.iter().find(|(id, _)| of_lead(id))?;
        let lang = if route.words.contains_key(lang) { lang } else { &edition.lang };
        let words = route.words.get(lang)?.clone();
        Some(ConfirmationWords { lang: lang.to_string(), home: edition.home.clone(), words })
    });
    found.unwrap_or_else(|| ConfirmationWords {
        lang: "en".into(),
        home: String::new(),
        words: FormWords::default(),
    })
}

/// Which of its three faces the page of a confirmation shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ConfirmationPage {
    Question,
    Done,
    Gone,
}

fn page(status: u16, words: &ConfirmationWords, shows: ConfirmationPage) -> Response<Body> {
    let text = |text: &str| {
        let mut out = String::new();
        escape_text(text, &mut out);
        out
    };
    let Letters { title, question, button, done, gone, .. } = &words.words.letters;
    let body = match shows {
        ConfirmationPage::Question => {
            let button = format!("<form method=\"post\"><button>{}</button></form>", text(button));
            format!("<h1>{}</h1>\n<p>{}</p>\n{button}", text(title), text(question))
        }
        ConfirmationPage::Done => format!("<h1>{}</h1>", text(done)),
        ConfirmationPage::Gone => format!("<h1>{}</h1>", text(gone)),
    };
    let home = match words.home.is_empty() {
        true => String::new(),
        // An address of the site has nothing to escape but what ends an attribute.
        false => {
            format!("\n<p><a href=\"{}\">{}</a></p>", words.home.replace('"', "%22"), text(&words.words.site))
        }
    };
    let html = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{} · {}</title>\n\
         <link rel=\"stylesheet\" href=\"confirm.css\">\n<main>\n{body}{home}\n</main>\n</html>\n",
        text(&words.lang).replace('"', ""),
        text(title),
        text(&words.words.site),
    );
    let mut response = build(status, "text/html; charset=utf-8", html);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
    );
    // The address of the page is what confirms: nobody else gets to know it.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_of_ours_are_good() {
        let key = "a key";
        let link = link("https://leads.fjord.example", "lead_1", "sv", key);
        let (_, sign) = link.rsplit_once("sign=").unwrap();
        assert!(link.starts_with("https://leads.fjord.example/confirm?lead=lead_1&lang=sv&sign="), "{link}");
        assert!(is_signed("lead_1", sign, key));
        for (lead, sign, key) in [
            ("lead_2", sign, key),
            ("lead_1", sign, "another"),
            ("lead_1", &sign[..20], key),
            ("lead_1", "", key),
        ] {
            assert!(!is_signed(lead, sign, key), "{lead} {sign}");
        }
    }
}
