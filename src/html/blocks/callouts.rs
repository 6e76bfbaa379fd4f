//! Callouts: boxes with a title, numbers, testimonials, calls to action.

use super::super::{Close, ImageTarget, Medium, Writer, escape_text, escape_url, figure};
use crate::content::blocks::{Callout, CalloutKind, Fold};
use crate::content::body::{Kind, NodeId};

/// How wide a face is on the page (`sizes`).
const FACE: &str = "4rem";

impl Writer<'_> {
    /// Opens the callout at `id`.
    pub(in crate::html) fn callout(&mut self, id: NodeId, callout: u32) -> Close {
        let callout = &self.body.callouts[callout as usize];
        self.new_line();
        if self.style.medium == Medium::Page && self.is_own(callout) {
            return self.own_block(id);
        }
        match callout.kind {
            CalloutKind::Stat => {
                self.out.push_str("<figure class=\"stat\">");
                Close::Figure(self.body.source_of(id))
            }
            CalloutKind::Quote => {
                self.out.push_str("<figure class=\"testimonial\"><blockquote>\n");
                self.apart.extend(self.body.face_of(id));
                Close::Testimonial(id)
            }
            CalloutKind::CallToAction => {
                self.in_call_to_action = true;
                self.out.push_str("<div class=\"cta\">");
                Close::CallToAction
            }
            _ => self.boxed(id, callout),
        }
        .keeping(id, self)
    }

    /// A box with a title, which is the name of its type if it has none of its own.
    fn boxed(&mut self, id: NodeId, callout: &Callout) -> Close {
        let fold = callout.fold.filter(|_| self.style.medium == Medium::Page);
        let class = match callout.kind {
            CalloutKind::Other => "note",
            kind => kind.name(),
        };
        match fold {
            Some(fold) => {
                self.push_fmt(format_args!("<details class=\"alert alert-{class}\""));
                self.out.push_str(if fold == Fold::Open { " open>" } else { ">" });
            }
            None => self.push_fmt(format_args!("<div class=\"alert alert-{class}\" role=\"note\">")),
        }
        if !self.has_title(id, callout) {
            let close = self.callout_title_start(callout);
            let name = self.style.callouts.for_kind(callout.kind).unwrap_or(&callout.name);
            escape_text(name, self.out);
            self.close(close);
        }
        Close::Tag(if fold.is_some() { "</details>\n" } else { "</div>\n" })
    }

    /// Opens the title of a callout, the first node in it; nothing of an empty one is written.
    pub(in crate::html) fn callout_title(&mut self, id: NodeId) -> Option<Close> {
        let Some(Kind::Callout(callout)) = id.checked_sub(1).map(|above| self.body.nodes()[above].kind)
        else {
            return Some(Close::Tag(""));
        };
        let callout = &self.body.callouts[callout as usize];
        // The one of a testimonial is written below what they say.
        let is_shown = callout.kind != CalloutKind::Quote && self.body.callout_title(id - 1).is_some();
        is_shown.then(|| self.callout_title_start(callout))
    }

    fn callout_title_start(&mut self, callout: &Callout) -> Close {
        let is_page = self.style.medium == Medium::Page;
        let (start, end) = match callout.kind {
            CalloutKind::Stat if is_page => ("<p class=\"stat-value\">", "</p>\n"),
            CalloutKind::CallToAction if is_page => ("<p class=\"cta-title\">", "</p>\n"),
            _ if !is_page => ("<p><strong>", "</strong></p>\n"),
            _ if callout.fold.is_some() => ("<summary class=\"alert-title\">", "</summary>\n"),
            _ => ("<p class=\"alert-title\">", "</p>\n"),
        };
        self.out.push_str(start);
        Close::Tag(end)
    }

    /// The end of a figure: where what it says comes from.
    pub(in crate::html) fn close_figure(&mut self, source: Option<NodeId>) {
        if let Some(source) = source {
            self.out.push_str("<figcaption>");
            self.aside(self.body.descendants(source));
            self.out.push_str("</figcaption>");
        }
        self.out.push_str("</figure>\n");
    }

    /// The end of a testimonial: who said it.
    pub(in crate::html) fn close_testimonial(&mut self, id: NodeId) {
        self.out.push_str("</blockquote>\n<figcaption>");
        let who = self.body.speaker_of(id);
        let person = who.as_ref().and_then(|who| self.targets.person(&who.name));
        let face = self.body.face_of(id).and_then(|paragraph| self.body.first_image(paragraph));
        if let Some((node, image)) = face {
            self.face(&self.targets.image(image), &self.body.plain_text_of(self.body.descendants(node)));
        } else if let Some(portrait) = person.as_ref().and_then(|person| person.portrait.clone()) {
            self.face(&portrait, "");
        }
        if let Some(who) = who {
            let href = person.map(|person| person.href);
            self.out.push_str("<strong>");
            if let Some(href) = href.as_ref().filter(|_| !self.in_link) {
                self.out.push_str("<a href=\"");
                escape_url(href, self.out);
                self.out.push_str("\">");
            }
            escape_text(&who.name, self.out);
            self.out.push_str(if href.is_some() && !self.in_link { "</a></strong>" } else { "</strong>" });
            if !who.about.is_empty() {
                // On a page, what they do has a line of its own.
                let is_page = self.style.medium == Medium::Page;
                self.out.push_str(if is_page { " <span>" } else { ", <span>" });
                escape_text(&who.about, self.out);
                self.out.push_str("</span>");
            }
        }
        if let Some(source) = self.body.source_of(id) {
            self.out.push_str(" <span class=\"from\">");
            self.aside(self.body.descendants(source));
            self.out.push_str("</span>");
        }
        self.out.push_str("</figcaption></figure>\n");
    }

    /// Writes a small image of a face; `alt` is empty where the name stands beside it.
    pub(super) fn face(&mut self, image: &ImageTarget<'_>, alt: &str) {
        let end = figure::sources(image, FACE, self.out);
        self.out.push_str("<img class=\"face\" src=\"");
        escape_url(&image.src, self.out);
        self.out.push('"');
        self.attribute("alt", alt);
        figure::size(image, self.out);
        self.out.push_str(" loading=\"lazy\"");
        self.out.push_str(end);
        self.out.push(' ');
    }
}

impl Close {
    /// Leaves out of the callout at `id` what is written at its end.
    fn keeping(self, id: NodeId, writer: &mut Writer<'_>) -> Self {
        if let Self::Figure(_) | Self::Testimonial(_) = self {
            writer.apart.extend(writer.body.source_of(id));
        }
        self
    }
}
