//! Blocks of a site's own: the theme's template makes them, of what a callout of that type holds.

use std::borrow::Cow;

use super::super::{Close, ImageTarget, LinkTarget, Writer};
use crate::content::blocks::{Callout, CalloutKind};
use crate::content::body::NodeId;

/// What a callout holds, for the template of its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnBlock<'a> {
    /// The type of the callout: the name of its template.
    pub name: Cow<'a, str>,
    /// The words of its title; may be empty.
    pub title: String,
    /// What it says but for its title and its parameters, as HTML.
    pub text: String,
    /// The parameters that it has.
    pub parameters: Vec<OwnParameter<'a>>,
}

/// A parameter that a callout has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnParameter<'a> {
    /// Its name, as it is written.
    pub name: String,
    /// The words of its value.
    pub text: String,
    /// The link in it, with its words.
    pub link: Option<(LinkTarget<'a>, String)>,
    /// The image in it, with its description.
    pub image: Option<(ImageTarget<'a>, String)>,
}

impl<'a> Writer<'a> {
    /// Is the callout one that a template of the theme shows?
    pub(super) fn is_own(&self, callout: &Callout) -> bool {
        self.targets.has_block(callout)
    }

    /// Opens such a callout: what it says is written as any text, and handed to the template at its end.
    pub(super) fn own_block(&mut self, id: NodeId) -> Close {
        self.apart.extend(self.body.parameter_list(id));
        self.apart.extend(self.body.callout_title(id));
        Close::OwnBlock(id, self.out.len())
    }

    /// The end of the callout at `id`, whose text was written from `start` on.
    pub(in crate::html) fn close_own_block(&mut self, id: NodeId, start: usize) {
        let text = self.out.split_off(start.min(self.out.len()));
        let words = |id: NodeId| self.body.plain_text_of(self.body.descendants(id));
        let parameters = self.body.parameters(id).map(|parameter| OwnParameter {
            link: parameter.link.map(|(id, link)| (self.targets.link(link), words(id))),
            image: parameter.image.map(|(id, link)| (self.targets.image(link), words(id))),
            name: parameter.name,
            text: parameter.text,
        });
        let block = OwnBlock {
            name: self.body.callout_at(id).map(Callout::type_name).unwrap_or_default(),
            title: self.body.callout_title(id).map(words).unwrap_or_default(),
            parameters: parameters.collect(),
            text,
        };
        let html = self.targets.block(block);
        self.out.push_str(html.trim());
        self.new_line();
    }

    /// Has the callout a title of its own, or one that its type gives it? Elsewhere than on the page a type of the site's
    /// own gives none: its name is for the author.
    pub(super) fn has_title(&self, id: NodeId, callout: &Callout) -> bool {
        self.body.callout_title(id).is_some() || callout.kind == CalloutKind::Other && self.is_own(callout)
    }
}
