//! What pages of all kinds can say.

use serde_json::Value as Json;

use super::Front;
use crate::config::{Audience, CallToAction, CtaTarget, Localized, StageId};
use crate::content::PageKind;
use crate::diag::{Code, Diagnostic};
use crate::encode::address::Web;
use crate::yaml::{self, Fields, Node, Reader, Spanned, Value};

impl Front<'_> {
    /// Reads the keys that pages of all kinds have; `what` is the page in messages.
    pub(super) fn common(&mut self, fields: &mut Fields<'_>, what: &str) {
        let title = match (fields.take("title"), self.heading) {
            (Some(node), _) => self.reader.text(node),
            (None, Some(heading)) => Some(heading.title.clone()),
            (None, None) => {
                fields.require("title", what, &mut self.reader).and_then(|node| self.reader.text(node))
            }
        };
        if let Some(title) = title {
            if title.value.is_empty() {
                self.reader.report(Code::MissingKey, title.span, "the title is empty");
            }
            self.meta.title = title;
        }
        let description = fields.take("description");
        self.meta.places.description = description.map(|node| node.span).unwrap_or_default();
        self.meta.description = self.text(description);
        let date = fields.take("date");
        self.meta.date = date.and_then(|node| self.reader.date(node)).or(self.place.date);
        self.meta.updated = fields.take("updated").and_then(|node| self.reader.date(node));
        let expires = fields.take("expires");
        self.meta.expires = expires.and_then(|node| self.reader.date(node));
        self.lifetime(date, expires);
        self.meta.expires_to = fields.take("expires_to").and_then(|node| self.reader.text(node));
        if let (Some(to), None) = (&self.meta.expires_to, expires) {
            self.reader.report(
                Code::MissingKey,
                to.span,
                "`expires_to` needs `expires`, the day from which it counts",
            );
        }
        self.meta.draft = fields.take("draft").and_then(|node| self.reader.truth(node)).unwrap_or_default();
        self.meta.aliases =
            fields.take("aliases").and_then(|node| self.reader.texts(node)).unwrap_or_default();
        self.meta.aliases.retain(|alias| check_alias(alias, &mut self.reader));
        let audience = fields.take("audience");
        self.meta.places.audience = audience.map(|node| node.span).unwrap_or_default();
        let audience = audience.and_then(|node| self.reader.choice(node, Audience::NAMES));
        self.meta.audience = audience.map(Audience::at);
        if self.place.kind != PageKind::Term {
            self.relations(fields);
        }
        self.meta.stage = fields.take("stage").and_then(|node| self.stage(node));
        self.meta.image = fields.take("image").and_then(|node| self.image(node));
        self.meta.call_to_action = fields.take("call_to_action").and_then(|node| self.call_to_action(node));
        self.meta.owner = fields.take("owner").and_then(|node| self.reader.text(node));
        let review_by = fields.take("review_by");
        self.meta.places.review_by = review_by.map(|node| node.span).unwrap_or_default();
        self.meta.review_by = review_by.and_then(|node| self.reader.date(node));
        self.meta.listed = fields.take("listed").and_then(|node| self.reader.truth(node));
        self.meta.noindex = fields.take("noindex").and_then(|node| self.reader.truth(node));
        self.meta.card = fields.take("card").and_then(|node| self.reader.truth(node));
        self.meta.template = fields.take("template").and_then(|node| self.reader.text(node));
        self.meta.weight =
            fields.take("weight").and_then(|node| self.reader.number(node, -100_000..=100_000));
        self.meta.extra = fields.take("extra").map_or(Json::Null, Node::to_json);
    }

    /// A text that isn't empty.
    pub(super) fn text(&mut self, node: Option<&Node>) -> Option<String> {
        node.and_then(|node| self.reader.text(node)).map(|text| text.value).filter(|text| !text.is_empty())
    }

    /// Reports a page that no reader could ever see, because it is gone before it is there.
    fn lifetime(&mut self, date: Option<&Node>, expires: Option<&Node>) {
        let (Some(from), Some(until), Some(expires)) = (self.meta.date, self.meta.expires, expires) else {
            return;
        };
        if until > from {
            return;
        }
        let when = if until == from { "on the day" } else { "before the day" };
        let message = format!("this page expires {when} it is published, so nobody ever sees it");
        let problem = Diagnostic::new(Code::ExpiresBeforeDate, message)
            .at(self.reader.file, expires.span)
            .help(format!("`expires` is the first day without the page; choose one after {from}"));
        let problem = match date {
            Some(date) => problem.related(self.reader.file, Some(date.span), "published on this day"),
            None => problem.help("the day is in the file's name"),
        };
        self.reader.diagnostics.push(problem);
    }

    fn stage(&mut self, node: &Node) -> Option<StageId> {
        let stage = self.reader.text(node)?;
        let found = self.config.journey.stage(&stage.value);
        if found.is_none() {
            let known: Vec<&str> = self.config.journey.stages.iter().map(|stage| stage.id.as_str()).collect();
            self.reader.diagnostics.push(
                Diagnostic::new(Code::UnknownStage, format!("the journey has no stage `{}`", stage.value))
                    .at(self.reader.file, stage.span)
                    .suggest(&stage.value, known.iter().copied())
                    .help(format!("its stages are {}", yaml::listed(&known))),
            );
        }
        found
    }

    /// Reads an absolute web address; `None` where it is none, which is reported.
    pub(super) fn address(&mut self, node: &Node) -> Option<Web> {
        self.reader.web(node).map(|web| web.value)
    }

    fn call_to_action(&mut self, node: &Node) -> Option<CallToAction> {
        let file = self.place.path.clone();
        if let Value::Scalar { .. } = node.value {
            let page = self.reader.text(node)?;
            let target = CtaTarget::of_word(page);
            return Some(CallToAction {
                target,
                file,
                label: Localized::default(),
                text: Localized::default(),
            });
        }
        let mut fields = self.reader.fields(node)?;
        let target = CtaTarget::take(&mut fields, "`call_to_action`", &mut self.reader);
        let label = self.text(fields.take("label")).map(Localized::in_all_languages).unwrap_or_default();
        let text = self.text(fields.take("text")).map(Localized::in_all_languages).unwrap_or_default();
        fields.finish("`call_to_action`", [], &mut self.reader);
        Some(CallToAction { target: target?, file, label, text })
    }
}

/// An alias is an absolute path of this site.
fn check_alias(alias: &Spanned<String>, reader: &mut Reader<'_>) -> bool {
    let path = alias.value.as_str();
    let is_path = path.starts_with('/') && !path.starts_with("//") && path.len() > 1;
    let is_clean = !path.contains(['?', '#', '\\', '*', ' '])
        && !path.split('/').any(|part| part == ".." || part == ".");
    if is_path && is_clean {
        return true;
    }
    let mut problem = Diagnostic::new(Code::BadAlias, format!("`{path}` can't be an alias"))
        .at(reader.file, alias.span)
        .help("write an old path on this site, from its root, such as `/blog/old-name/`");
    // Only the slash in front is missing. A dot before the first slash would be a domain.
    let domain = path.split('/').next().is_some_and(|first| first.contains([':', '.']));
    if !path.is_empty() && !path.starts_with('/') && is_clean && !domain {
        problem = problem.fix(alias.span, path, format!("/{path}"));
    }
    reader.diagnostics.push(problem);
    false
}
