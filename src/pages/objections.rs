//! `objections`: what the page of all objections gets.

use serde::Serialize;

use super::linked::Edition;
use super::parts::Link;
use super::subject::{Subject, generated_page, word};
use crate::config::LangId;
use crate::encode::percent;
use crate::sales::calls::{IndexedObjection, readable};

/// What `objections.html` gets. Placeholders in its texts are their labels in brackets.
#[derive(Debug, Serialize)]
pub(super) struct ObjectionsPage<'a> {
    /// The objections by language, the page's own first.
    objections: Vec<ObjectionGroup<'a>>,
}

/// The objections of call scripts in one language.
#[derive(Debug, Serialize)]
struct ObjectionGroup<'a> {
    /// The code of the language that they are in.
    lang: &'a str,
    /// The language's name in itself.
    label: &'a str,
    /// Whether it is the page's own language.
    own: bool,
    /// The objections, in the order in which the list shows them.
    entries: Vec<ObjectionEntry<'a>>,
}

/// An objection with its replies.
#[derive(Debug, Serialize)]
struct ObjectionEntry<'a> {
    /// The objection in plain words, without placeholders' braces.
    title: String,
    /// URL of it in its script.
    url: String,
    /// Other ways in which people say it.
    phrases: Vec<&'a str>,
    /// The replies to it, in the order of the script.
    replies: Vec<ReplyEntry>,
    /// The script that the objection is in.
    script: Link<'a>,
}

/// A reply to an objection.
#[derive(Debug, Serialize)]
struct ReplyEntry {
    /// The reply's heading in plain words.
    title: String,
    /// URL of it in its script.
    url: String,
    /// The words to say, as plain text.
    said: String,
}

/// The page of all objections in a language.
pub(super) fn page(linked: &Edition, lang: LangId) -> (Subject, ObjectionsPage<'_>) {
    let (site, scripts) = (&linked.site, &linked.features.scripts);
    let groups = scripts.index(site, lang).into_iter().map(|(of, listed)| {
        let language = &site.config().languages[of];
        ObjectionGroup {
            lang: &language.code,
            label: &language.label,
            own: of == lang,
            entries: listed.iter().map(|listed| entry(linked, *listed)).collect(),
        }
    });
    let view = ObjectionsPage { objections: groups.collect() };
    let title = word(linked, lang, "call_objections", "Objections");
    (generated_page(linked, lang, title, "objections.html", &|lang| scripts.index_url(site, lang)), view)
}

fn entry<'a>(linked: &'a Edition, listed: IndexedObjection<'a>) -> ObjectionEntry<'a> {
    let script = listed.script;
    let page = linked.site.page(script.page);
    let body = page.body();
    let url = |id: &str| format!("{}#{}", linked.site.href(&page.url), percent::fragment(id));
    let replies = listed.objection.replies.iter().map(|reply| {
        let step = &script.steps[*reply];
        ReplyEntry {
            title: readable(script, &step.title),
            url: url(&step.id),
            said: listed.spoken_text(body, *reply),
        }
    });
    ObjectionEntry {
        title: listed.title(),
        url: url(&script.steps[listed.objection.step].id),
        phrases: listed.objection.phrases.iter().map(String::as_str).collect(),
        replies: replies.collect(),
        script: Link::to(&linked.site, page.id),
    }
}
