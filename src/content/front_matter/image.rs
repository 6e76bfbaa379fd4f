//! `image:` of a page, and the photos of people: the file, what it shows, and what may be cut away.

use super::Front;
use crate::content::credit::Credit;
use crate::content::image::{Focus, Ratio};
use crate::diag::{Code, Diagnostic, Span};
use crate::yaml::{Node, Spanned, Value};

/// An image that stands for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageMeta {
    /// The file as it is written: a name beside the page, or a path.
    pub src: Spanned<String>,
    /// What it shows, in words; empty where nothing is written.
    pub alt: String,
    /// What is written below it, which may end with a credit.
    pub caption: String,
    /// Who made it, where that is written apart.
    pub credit: Option<String>,
    /// Its shape on the page; `None` for the whole image.
    pub ratio: Option<Ratio>,
    /// What must not be lost when it is cut.
    pub focus: Option<Focus>,
}

impl ImageMeta {
    /// The caption, which may be empty, and the credit. One at the end of the caption counts, as it does in texts, unless
    /// there is another.
    #[must_use]
    pub fn below(&self) -> (&str, Option<Credit<'_>>) {
        match &self.credit {
            Some(credit) => (&self.caption, Some(Credit::new(credit))),
            None => Credit::divide(&self.caption),
        }
    }
}

impl Front<'_> {
    /// The image that stands for a page. Where its description is, or would be, is kept for messages.
    pub(super) fn image(&mut self, node: &Node) -> Option<ImageMeta> {
        let (image, alt) = self.shaped(node, Some(Ratio::COVER));
        self.meta.places.alt = alt;
        image
    }

    /// An image that is shown whole unless it says in which shape.
    pub(super) fn whole_image(&mut self, node: &Node) -> Option<ImageMeta> {
        self.shaped(node, None).0
    }

    /// An image in the shape that it says, or else in this one; and where its description is, or would be.
    fn shaped(&mut self, node: &Node, ratio: Option<Ratio>) -> (Option<ImageMeta>, Span) {
        if let Value::Scalar { .. } = node.value {
            return (self.file(node).map(|image| ImageMeta { ratio, ..image }), node.span);
        }
        let Some(mut fields) = self.reader.fields(node) else { return (None, node.span) };
        let src = fields.require("src", "`image`", &mut self.reader);
        let alt = fields.take("alt");
        let place = alt.or(src).map_or(node.span, |node| node.span);
        let alt = self.text(alt).unwrap_or_default();
        let caption = self.text(fields.take("caption")).unwrap_or_default();
        let credit = self.text(fields.take("credit"));
        let ratio = fields.take("ratio").map_or(ratio, |node| self.ratio(node));
        let focus = fields.take("focus").and_then(|node| self.focus(node));
        fields.finish("`image`", [], &mut self.reader);
        let src = src.and_then(|src| self.reader.text(src));
        (src.map(|src| ImageMeta { src, alt, caption, credit, ratio, focus }), place)
    }

    /// The shape of an image; `None` for the whole one.
    fn ratio(&mut self, node: &Node) -> Option<Ratio> {
        let text = self.reader.text(node)?;
        if text.value == "whole" {
            return None;
        }
        let ratio = Ratio::parse(&text.value);
        if ratio.is_none() {
            let message = format!("`{}` is not the shape of an image", text.value);
            let help = "write its width and height, from `1:3` to `3:1`, such as `3:2`; or `whole`, to cut nothing away";
            self.reader.diagnostics.push(
                Diagnostic::new(Code::InvalidValue, message).at(self.reader.file, text.span).help(help),
            );
        }
        ratio
    }

    /// What must not be lost of an image.
    fn focus(&mut self, node: &Node) -> Option<Focus> {
        let text = self.reader.text(node)?;
        let focus = Focus::parse(&text.value);
        if focus.is_none() {
            let message = format!("`{}` is not a place in an image", text.value);
            let help =
                "write two whole percentages, how far it is from the left and from the top: `focus: 30% 20%`";
            self.reader.diagnostics.push(
                Diagnostic::new(Code::InvalidValue, message).at(self.reader.file, text.span).help(help),
            );
        }
        focus
    }

    /// A person's photo, which their name describes.
    pub(super) fn photo(&mut self, node: &Node) -> Option<ImageMeta> {
        if let Value::Scalar { .. } = node.value {
            return self.file(node);
        }
        let mut fields = self.reader.fields(node)?;
        let src = fields.require("src", "`photo`", &mut self.reader);
        let credit = self.text(fields.take("credit"));
        let focus = fields.take("focus").and_then(|node| self.focus(node));
        fields.finish("`photo`", [], &mut self.reader);
        let src = self.reader.text(src?)?;
        let ratio = Some(Ratio::FACE);
        Some(ImageMeta { src, alt: String::new(), caption: String::new(), credit, ratio, focus })
    }

    /// An image of which nothing but the file is given.
    fn file(&mut self, node: &Node) -> Option<ImageMeta> {
        let src = self.reader.text(node)?;
        let (alt, caption) = (String::new(), String::new());
        Some(ImageMeta { src, alt, caption, credit: None, ratio: Some(Ratio::COVER), focus: None })
    }
}
