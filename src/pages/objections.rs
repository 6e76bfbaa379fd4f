//! `objections`: what the page of all objections gets.

use tera::{Context, Value};

use super::linked::Linked;
use super::subject::{Subject, made, string};
use crate::config::LangId;
use crate::sales::calls::Listed;
use crate::theme::engine::{list, object};

pub(super) fn index(linked: &Linked, lang: LangId, context: &mut Context) -> Subject {
    let (site, scripts) = (&linked.site, &linked.features.scripts);
    let groups = scripts.index(site, lang).into_iter().map(|(of, listed)| {
        let language = &site.config().languages[of];
        object([
            ("lang", Value::from(language.code.as_str())),
            ("label", Value::from(language.label.as_str())),
            ("own", Value::from(of == lang)),
            ("entries", list(listed.iter().map(|listed| entry(linked, *listed)))),
        ])
    });
    context.insert_value("objections", list(groups));
    let title = string(linked, lang, "call_objections", "Objections");
    made(linked, lang, title, "objections.html", &|lang| scripts.index_url(site, lang))
}

fn entry(linked: &Linked, listed: Listed<'_>) -> Value {
    let script = listed.script;
    let page = linked.site.page(script.page);
    let body = page.entry.public.body();
    let url = |id: &str| {
        Value::from(format!("{}#{}", linked.site.href(&page.url), crate::encode::percent::fragment(id)))
    };
    let replies = listed.objection.replies.iter().map(|reply| {
        let step = &script.steps[*reply];
        object([
            ("title", Value::from(crate::sales::calls::readable(script, &step.title))),
            ("url", url(&step.id)),
            ("said", Value::from(listed.said(body, *reply))),
        ])
    });
    object([
        ("title", Value::from(listed.title())),
        ("url", url(&script.steps[listed.objection.step].id)),
        ("heard", list(listed.objection.heard.iter().map(|heard| Value::from(heard.as_str())))),
        ("replies", list(replies)),
        ("script", super::link_to(&linked.site, page.id)),
    ])
}
