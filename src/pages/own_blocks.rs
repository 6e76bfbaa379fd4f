//! Blocks of the site's own, as the theme's templates make them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::Serialize;

use super::base::Base;
use super::linked::Edition;
use crate::config::{Parameter, ParameterKind};
use crate::content::blocks::Callout;
use crate::diag::Diagnostic;
use crate::html::{OwnBlock, OwnParameter, Widths};
use crate::site::Page;
use crate::theme::values::{Html, Values};

/// What a template in `blocks/` gets, with `site`, `theme`, `assets` and `t`, and with each parameter that the block
/// declares under its own name.
#[derive(Debug, Serialize)]
struct OwnBlockPartial<'a> {
    /// The words of its title; empty without one.
    title: &'a str,
    /// The rest of what it says; empty if nothing is left.
    text: Html,
    /// The code of the page's language.
    lang: &'a str,
}

/// Makes the blocks of one page, and keeps what went wrong until somebody asks.
pub(super) struct OwnBlocks<'a> {
    linked: &'a Edition,
    page: &'a Page,
    problem: RefCell<Option<Box<Diagnostic>>>,
}

impl<'a> OwnBlocks<'a> {
    /// Makes the blocks of a page; nothing has gone wrong yet.
    pub(super) fn new(linked: &'a Edition, page: &'a Page) -> Self {
        Self { linked, page, problem: RefCell::new(None) }
    }

    /// Does a template show callouts of this type?
    pub(super) fn has(&self, callout: &Callout) -> bool {
        let blocks = &self.linked.site.config().blocks;
        !blocks.is_empty() && blocks.contains_key(&*callout.type_name())
    }

    /// A block as HTML; what it says where its template fails.
    pub(super) fn html(&self, block: OwnBlock<'_>) -> String {
        match self.render(&block) {
            Ok(html) => html,
            Err(problem) => {
                self.problem.borrow_mut().get_or_insert(problem);
                block.text
            }
        }
    }

    /// What went wrong.
    ///
    /// # Errors
    ///
    /// The first template that failed.
    pub(super) fn problem(self) -> Result<(), Box<Diagnostic>> {
        self.problem.into_inner().map_or(Ok(()), Err)
    }

    fn render(&self, block: &OwnBlock<'_>) -> Result<String, Box<Diagnostic>> {
        let (linked, lang) = (self.linked, self.page.lang());
        let name = &*block.name;
        let declared = linked.site.config().blocks.get(name).map(|own| own.parameters.as_slice());
        let parameters = declared.unwrap_or_default().iter();
        let own: BTreeMap<_, _> =
            parameters.map(|one| (one.name.as_str(), value(one, &block.parameters))).collect();
        let partial = OwnBlockPartial {
            title: &block.title,
            text: Html::new(block.text.trim()),
            lang: &linked.site.config().languages[lang].code,
        };
        let values = Values::new(&Base::new(linked, lang)).with(&partial).with(&own);
        let subject = format!("`{}`", self.page.path());
        linked.theme.engines[lang].render(&format!("blocks/{name}.html"), &values, &subject)
    }
}

/// What a template of a block gets for one of its parameters.
#[derive(Serialize)]
#[serde(untagged)]
enum ParameterValue<'a> {
    Text(&'a str),
    Boolean(bool),
    Whole(i64),
    Number(f64),
    Link {
        url: &'a str,
        text: &'a str,
        external: bool,
    },
    Image {
        src: &'a str,
        alt: &'a str,
        width: Option<u32>,
        height: Option<u32>,
        avif: &'a str,
        webp: &'a str,
    },
    Missing(()),
}

/// A parameter's value: what the author has written, else its default. What isn't of its type has been reported.
fn value<'v>(parameter: &'v Parameter, written: &'v [OwnParameter<'_>]) -> ParameterValue<'v> {
    let written = written.iter().find(|one| one.name.eq_ignore_ascii_case(&parameter.name));
    let text = written.map(|one| one.text.as_str()).filter(|text| !text.is_empty());
    let text = text.or(parameter.default.as_deref());
    let found = match parameter.kind {
        ParameterKind::Text | ParameterKind::Choice(_) => text.map(ParameterValue::Text),
        ParameterKind::Boolean => text.map(|text| ParameterValue::Boolean(text == "true")),
        ParameterKind::Number => text.and_then(|text| {
            let whole = text.parse::<i64>().ok().map(ParameterValue::Whole);
            whole.or_else(|| {
                text.parse::<f64>().ok().filter(|one| one.is_finite()).map(ParameterValue::Number)
            })
        }),
        ParameterKind::Link => written
            .and_then(|one| one.link.as_ref())
            .map(|(link, text)| ParameterValue::Link { url: &link.href, text, external: link.external }),
        ParameterKind::Image => written.and_then(|one| one.image.as_ref()).map(|(image, alt)| {
            let (width, height) = (image.width, image.height);
            let Widths { avif, webp } = &image.widths;
            ParameterValue::Image { src: &image.src, alt, width, height, avif, webp }
        }),
    };
    found.unwrap_or(ParameterValue::Missing(()))
}
