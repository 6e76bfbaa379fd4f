//! The page for the site's own people: leads by state, what each webhook said, and what a person can do about it. It is
//! there only where the relay has a token, and has no script, so all of it works in every browser.
//!
//! [`session`] knows who may see it, [`ask`] what they ask for. [`list`] and [`lead`] show it, of [`parts`] and in the
//! [`words`] of a language. [`actions`] is what the buttons do, and [`export`] are the files.

mod actions;
mod ask;
mod export;
mod lead;
mod list;
mod parts;
mod session;
mod words;

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, Response, header};

use self::ask::{LeadQuery, View};
use self::parts::{Context, page, text};
use self::session::{Keys, Session};
use self::words::AdminWords;
use super::Notice;
use super::queue::Answer;
use super::respond::{build, see_other};
use super::routes::Routes;
use super::shared::Shared;
use super::token::AdminToken;
use crate::encode::percent;
use crate::leads::inbox;
use crate::network::connections;

/// What the page looks like, after what it shares with the preview's inbox.
const STYLE: &str = include_str!("admin.css");

/// The largest form is a contact and some dates.
const MOST: usize = 16 * 1024;

/// Whoever sends a wrong token waits for so long before the next one.
const PAUSE: Duration = Duration::from_secs(1);

/// Is this path one of the page's? A web server in front of the relay may have put it anywhere.
pub(super) fn is_own(path: &str) -> bool {
    ["/admin", "/admin/", "/admin.css", "/young-serif.woff2"].iter().any(|own| path.ends_with(own))
}

/// What the store or the request had to say.
enum PageOutcome {
    Page(String),
    /// There is no such lead.
    Nothing,
    File(Response<Body>),
}

/// Answers a request for the page, which has a token.
pub(super) async fn answer(shared: &Arc<Shared>, token: &AdminToken, request: Request) -> Response<Body> {
    let path = request.uri().path();
    if path.ends_with(".css") {
        return build(200, "text/css; charset=utf-8", [inbox::STYLE, STYLE].concat());
    }
    if path.ends_with(".woff2") {
        let mut response = build(200, "font/woff2", String::new());
        *response.body_mut() = Body::from(inbox::FONT);
        return response;
    }
    if path.ends_with('/') {
        return see_other("../admin");
    }
    let routes = shared.routes();
    let own = routes.editions.first().map_or("en", |edition| &edition.lang);
    let accepted = value(request.headers(), header::ACCEPT_LANGUAGE);
    let words = AdminWords::new(accepted, own);
    let keys = Keys { token, signing_key: &shared.signing_key };
    let session = keys.session(request.headers(), shared.now());
    let ask = LeadQuery::read(request.uri().query().unwrap_or_default());
    match (request.method(), session) {
        (&Method::GET | &Method::HEAD, None) => html(200, sign_in(words, &ask, "")),
        (&Method::GET | &Method::HEAD, Some(session)) => {
            let context = context(words, &routes, (&keys, &session), &ask);
            show(shared, &routes, ask, context).await
        }
        (&Method::POST, session) => {
            let Some(pairs) = form(request).await else {
                return html(400, sign_in(words, &ask, words.stale));
            };
            match session {
                Some(session) if actions::value(&pairs, "do") != "sign-in" => {
                    let is_ours = keys.is_form(&session, actions::value(&pairs, "form"));
                    let context = context(words, &routes, (&keys, &session), &ask);
                    match is_ours {
                        true => act(shared, &routes, (ask, pairs), context).await,
                        false => html(403, notice(&context, words.stale)),
                    }
                }
                _ => enter(shared, (&keys, &routes), (words, &ask), &pairs).await,
            }
        }
        _ => html(405, sign_in(words, &ask, "")),
    }
}

fn value(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Names and values of a form; `None` where it is none. Whoever's browser says that it comes from another site isn't
/// heard, even before its signature is looked at.
async fn form(request: Request) -> Option<Vec<(String, String)>> {
    let headers = request.headers();
    let kind = value(headers, header::CONTENT_TYPE).split(';').next().unwrap_or_default().trim();
    let is_foreign = headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin");
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") || is_foreign {
        return None;
    }
    let bytes = connections::body(request, MOST, connections::LIMITS).await.ok()?;
    Some(percent::pairs(std::str::from_utf8(&bytes).ok()?))
}

fn context(
    words: &'static AdminWords,
    routes: &Routes,
    (keys, session): (&Keys<'_>, &Session),
    ask: &LeadQuery,
) -> Context {
    Context { words, zone: routes.time_zone(), form: keys.form(session), query: ask.query() }
}

/// Signs somebody in who has sent a token: the right one sets a cookie, and a wrong one is said to be wrong.
async fn enter(
    shared: &Arc<Shared>,
    (keys, routes): (&Keys<'_>, &Routes),
    (words, ask): (&'static AdminWords, &LeadQuery),
    pairs: &[(String, String)],
) -> Response<Body> {
    let is_right = keys.is_token(actions::value(pairs, "token"));
    (shared.tell)(Notice::SignIn { is_right });
    if !is_right {
        tokio::time::sleep(PAUSE).await;
        return html(403, sign_in(words, ask, words.wrong_token));
    }
    let mut response = see_other(&ask.query());
    set_cookie(&mut response, &session::cookie(&routes.url, Some(&keys.begin(shared.now()))));
    response
}

fn set_cookie(response: &mut Response<Body>, cookie: &str) {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
}

/// Shows what is asked for. The store may take its time, so somebody else waits for it.
async fn show(
    shared: &Arc<Shared>,
    routes: &Arc<Routes>,
    ask: LeadQuery,
    context: Context,
) -> Response<Body> {
    let words = context.words;
    let (own, known) = (Arc::clone(shared), Arc::clone(routes));
    let found = tokio::task::spawn_blocking(move || find(&own, &known, &ask, &context));
    match found.await {
        Ok(Ok(PageOutcome::Page(page))) => html(200, page),
        Ok(Ok(PageOutcome::File(response))) => response,
        Ok(Ok(PageOutcome::Nothing)) => html(404, missing(words)),
        Ok(Err(error)) => broken(shared, words, &error.to_string()),
        Err(error) => broken(shared, words, &error.to_string()),
    }
}

fn find(shared: &Arc<Shared>, routes: &Routes, ask: &LeadQuery, context: &Context) -> Answer<PageOutcome> {
    let queue = &*shared.queue;
    Ok(match &ask.view {
        View::List(before) => PageOutcome::Page(list::show(queue, (ask, *before), routes, context)?),
        View::Lead(id) => {
            lead::show(queue, (ask, id), routes, context)?.map_or(PageOutcome::Nothing, PageOutcome::Page)
        }
        View::Export(format) => {
            PageOutcome::File(export::stream(shared, ask.choice.filter(&context.zone), *format))
        }
    })
}

/// Does what a button says, and leads on to what there is then.
async fn act(
    shared: &Arc<Shared>,
    routes: &Arc<Routes>,
    (ask, pairs): (LeadQuery, Vec<(String, String)>),
    context: Context,
) -> Response<Body> {
    let (words, query) = (context.words, context.query);
    if actions::value(&pairs, "do") == "sign-out" {
        let mut response = see_other("?");
        set_cookie(&mut response, &session::cookie(&routes.url, None));
        return response;
    }
    let (own, known) = (Arc::clone(shared), Arc::clone(routes));
    let done = tokio::task::spawn_blocking(move || actions::act(&own, &known, (&ask, &pairs)));
    match done.await {
        Ok(Ok(Some(actions::Result::Done { done, stays }))) => {
            shared.wake();
            let [(name, what), (number, count)] = done.pairs();
            let query = if stays { query } else { "?".to_string() };
            let joint = if query == "?" { "" } else { "&" };
            see_other(&format!("{query}{joint}{name}={what}&{number}={count}"))
        }
        Ok(Ok(Some(actions::Result::Receipt(receipt)))) => html(200, receipt_page(words, &receipt)),
        Ok(Ok(None)) => html(400, sign_in(words, &LeadQuery::read(""), words.stale)),
        Ok(Err(error)) => broken(shared, words, &error.to_string()),
        Err(error) => broken(shared, words, &error.to_string()),
    }
}

fn broken(shared: &Shared, words: &'static AdminWords, why: &str) -> Response<Body> {
    (shared.tell)(Notice::Store(why.to_string()));
    html(503, plain(words, words.store_fails))
}

fn missing(words: &AdminWords) -> String {
    plain(words, words.no_lead)
}

fn notice(context: &Context, said: &str) -> String {
    plain(context.words, said)
}

/// A page that says one thing.
fn plain(words: &AdminWords, said: &str) -> String {
    let head = format!(
        "<p><a class=\"home\" href=\"?\">{}</a></p>\n<h1>{}</h1>",
        text(words.back),
        text(words.heading)
    );
    page(words, words.heading, &head, &format!("<p class=\"lead\" role=\"alert\">{}</p>", text(said)))
}

fn receipt_page(words: &AdminWords, receipt: &super::forget::Receipt) -> String {
    let head = format!(
        "<p><a class=\"home\" href=\"?\">{}</a></p>\n<h1>{}</h1>",
        text(words.back),
        text(words.receipt)
    );
    let hint = if receipt.forgotten.is_empty() { words.nothing_forgotten } else { words.receipt_hint };
    let json = serde_json::to_string_pretty(receipt).unwrap_or_default();
    let json: Vec<String> = json.lines().map(text).collect();
    let main = format!(
        "<div><p class=\"lead\">{}</p><pre tabindex=\"0\" role=\"region\" aria-label=\"{}\">{}</pre></div>",
        text(hint),
        text(words.receipt),
        json.join("\n"),
    );
    page(words, words.receipt, &head, &main)
}

/// The page that asks for the token.
fn sign_in(words: &AdminWords, ask: &LeadQuery, wrong: &str) -> String {
    let head =
        format!("<h1>{}</h1>\n<p class=\"lead\">{}</p>", text(words.heading), text(words.sign_in_hint));
    let wrong = match wrong {
        "" => String::new(),
        wrong => format!("<p class=\"mail\" role=\"alert\">{}</p>", text(wrong)),
    };
    let main = format!(
        "<form class=\"fields\" method=\"post\" action=\"{}\">{wrong}<input type=\"hidden\" name=\"do\" value=\"sign-in\">\
         <label>{}<input type=\"password\" name=\"token\" autocomplete=\"current-password\" required></label>\
         <button>{}</button></form>",
        text(&ask.query()),
        text(words.token),
        text(words.sign_in),
    );
    page(words, words.sign_in, &head, &main)
}

/// A page that nobody keeps, frames or takes for something else, and that loads nothing of others.
fn html(status: u16, page: String) -> Response<Body> {
    let mut response = build(status, "text/html; charset=utf-8", page);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; style-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
    );
    // Its address can be that of a person. To itself, a browser says where a form comes from.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert("X-Robots-Tag", HeaderValue::from_static("noindex"));
    response
}
