//! The parameters of a site's own blocks: a list of `name: value` with which a callout begins.

use super::{Body, Kind, NodeId};
use crate::diag::Span;

/// A parameter as an author has written it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenParameter {
    /// Its name; empty where the item of the list has none.
    pub name: String,
    /// The words of its value.
    pub text: String,
    /// The bytes of the whole item in the file.
    pub span: Span,
    /// The first link in it, as an index into [`Body::links`], with its node.
    pub link: Option<(NodeId, u32)>,
    /// The first image in it.
    pub image: Option<(NodeId, u32)>,
}

impl WrittenParameter {
    /// Is there anything behind its name?
    #[must_use]
    pub fn has_value(&self) -> bool {
        !self.text.is_empty() || self.link.is_some() || self.image.is_some()
    }
}

impl Body {
    /// The list of parameters with which what a callout says begins, if it begins with one: its first item has a name and
    /// a colon.
    #[must_use]
    pub fn parameter_list(&self, callout: NodeId) -> Option<NodeId> {
        let is_text = |id: &NodeId| {
            let kind = self.nodes()[*id].kind;
            let is_blank = || self.plain_text_of(self.descendants(*id)).trim().is_empty();
            kind != Kind::CalloutTitle && !(kind == Kind::Paragraph && is_blank())
        };
        let list = self.children(Some(callout)).find(is_text)?;
        let is_list = self.nodes()[list].kind == Kind::List(None);
        let item = self.children(Some(list)).next().filter(|_| is_list)?;
        (!self.parameter(item).name.is_empty()).then_some(list)
    }

    /// The parameters of a callout, in the order in which they are written.
    pub fn parameters(&self, callout: NodeId) -> impl Iterator<Item = WrittenParameter> {
        let list = self.parameter_list(callout);
        list.into_iter().flat_map(|list| self.children(Some(list))).map(|item| self.parameter(item))
    }

    fn parameter(&self, item: NodeId) -> WrittenParameter {
        let range = self.descendants(item);
        let whole = self.plain_text_of(range.clone());
        let whole = whole.trim();
        let is_name = |name: &str| {
            name.starts_with(|c: char| c.is_ascii_alphabetic())
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
        };
        let (name, text) = whole.split_once(':').filter(|(name, _)| is_name(name)).unwrap_or(("", whole));
        let find = |wanted: fn(Kind) -> Option<u32>| {
            range.clone().find_map(|id| Some((id, wanted(self.nodes()[id].kind)?)))
        };
        WrittenParameter {
            name: name.to_string(),
            text: text.trim().to_string(),
            span: self.nodes()[item].span,
            link: find(|kind| if let Kind::Link(link) = kind { Some(link) } else { None }),
            image: find(|kind| if let Kind::Image(link) = kind { Some(link) } else { None }),
        }
    }
}
