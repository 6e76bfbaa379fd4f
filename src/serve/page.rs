//! What is added to a page on its way to the browser, the script that reloads it and says what is wrong; and texts in pages of the
//! preview itself.

use serde::Serialize;

use super::problems::ShownProblems;
use super::viewers::Viewer;
use crate::encode::{html, script};
use crate::site::PublishStatus;

/// What `dev.js` gets to know of the page that it is in.
pub(super) struct PreviewPage<'a> {
    /// Differs for each run of the server.
    pub(super) instance: &'a str,
    pub(super) generation: u64,
    /// Everybody, and who of them sees the page.
    pub(super) everybody: Vec<Viewer>,
    pub(super) seen: Option<&'a Viewer>,
    /// The page's path below the base path.
    pub(super) inside: &'a str,
    pub(super) state: Option<PublishStatus>,
    /// The file that it is made from, where it can be written in the browser.
    pub(super) file: Option<&'a str>,
    /// What is wrong with this page, where it can't be shown.
    pub(super) problems: Option<ShownProblems>,
}

/// The same as JSON in the page.
#[derive(Serialize)]
struct PageData<'a> {
    instance: &'a str,
    generation: u64,
    state: Option<&'static str>,
    file: Option<&'a str>,
    problems: Option<&'a ShownProblems>,
    readers: Vec<ReaderData<'a>>,
}

/// Somebody as whom the site can be seen.
#[derive(Serialize)]
struct ReaderData<'a> {
    id: &'a str,
    label: &'a str,
    /// The same page as they see it.
    url: String,
    current: bool,
}

impl PreviewPage<'_> {
    fn data(&self) -> PageData<'_> {
        let readers = self.everybody.iter().map(|seen| ReaderData {
            id: &seen.id,
            label: &seen.label,
            url: format!("{}{}", seen.base_url.path, self.inside.trim_start_matches('/')),
            current: Some(seen) == self.seen,
        });
        PageData {
            instance: self.instance,
            generation: self.generation,
            state: self.state.map(PublishStatus::name),
            file: self.file,
            problems: self.problems.as_ref(),
            readers: readers.collect(),
        }
    }
}

/// The page with the script.
pub(super) fn with_client(html: Vec<u8>, about: &PreviewPage<'_>) -> Vec<u8> {
    let json = script::json(&about.data());
    let client = format!(
        "<script type=\"application/json\" id=\"ringback:dev\">{json}</script>\
         <script type=\"module\" src=\"/.ringback/dev.js\"></script>"
    );
    let mut html = html;
    let end =
        html.windows(7).rposition(|window| window.eq_ignore_ascii_case(b"</body>")).unwrap_or(html.len());
    html.splice(end..end, client.into_bytes());
    html
}

/// The page where there is no site to show.
pub(super) const BROKEN: &str = include_str!("broken.html");

/// A text between tags, or in an attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    html::escape_attribute(text, &mut out);
    out
}

/// A sentence in which what is between backticks is code.
pub(super) fn with_code(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(index, part)| match index % 2 {
        0 => escaped(part),
        _ => format!("<code>{}</code>", escaped(part)),
    });
    parts.collect()
}
