//! Links, buttons and single images within a text.

use super::{Close, Medium, Writer, figure};
use crate::content::body::NodeId;
use crate::encode::html::{escape_text, escape_url};
use crate::encode::slug::slug;

impl<'a> Writer<'a> {
    /// The name of the button at `id` for what counts and reports its use: its words as a slug, a second one of the same
    /// words with `-2`.
    fn button_name(&mut self, id: NodeId) -> String {
        let mut name = slug(&self.body.plain_text_of(self.body.descendants(id)));
        if name.is_empty() {
            name.push_str("button");
        }
        self.buttons.push(name.clone());
        match self.buttons.iter().filter(|one| **one == name).count() {
            1 => name,
            count => format!("{name}-{count}"),
        }
    }

    /// Opens a link; `link` is its index in the text.
    pub(super) fn link(&mut self, id: NodeId, link: u32) -> Close {
        if self.in_link && !self.style.commonmark {
            // Markdown lets an autolink stand in a link's text, HTML doesn't: the outer link counts.
            return Close::Tag("");
        }
        let target = self.targets.link(link);
        if target.href.is_empty() && !self.style.commonmark {
            // It leads nowhere on this page: an empty address would lead to the page itself.
            return Close::Tag("");
        }
        self.out.push_str("<a href=\"");
        escape_url(&target.href, self.out);
        self.out.push('"');
        if target.external {
            self.out.push_str(" rel=\"noopener\"");
        }
        if let Some(language) = target.hreflang {
            self.attribute("hreflang", language);
        }
        if !self.style.commonmark && (self.body.links[link as usize].is_button || self.in_call_to_action) {
            if self.style.medium == Medium::Page {
                self.out.push_str(" class=\"button\"");
                let name = self.button_name(id);
                self.attribute("data-cta", &name);
            }
        } else if target.share.is_some() {
            self.out.push_str(" class=\"send\"");
        }
        if let Some((title, url)) = &target.share {
            self.attribute("data-share", url);
            self.attribute("data-title", title);
        }
        self.title(link);
        self.out.push('>');
        self.in_link = true;
        Close::Link
    }

    /// Writes an image; `link` is its index in the text.
    pub(super) fn image(&mut self, id: NodeId, link: u32) {
        let end = self.image_element(id, link);
        self.title(link);
        self.out.push_str(if self.style.commonmark { " />" } else { end });
    }

    /// An image, but for what ends its tag, which is returned.
    pub(super) fn image_element(&mut self, id: NodeId, link: u32) -> &'static str {
        let target = self.targets.image(link);
        let end = figure::sources(&target, self.style.image_sizes, self.out);
        self.out.push_str("<img src=\"");
        escape_url(&target.src, self.out);
        self.out.push('"');
        self.attribute("alt", &self.body.plain_text_of(self.body.descendants(id)));
        figure::size(&target, self.out);
        if target.lazy {
            self.out.push_str(" loading=\"lazy\"");
        } else if !target.widths.webp.is_empty() {
            // The largest thing that readers see first: it is asked for before scripts are.
            self.out.push_str(" fetchpriority=\"high\"");
        }
        end
    }

    /// Writes the attribute `title` of a link or an image that has one.
    pub(super) fn title(&mut self, link: u32) {
        let title = &self.body.links[link as usize].title;
        if !title.is_empty() {
            if self.style.commonmark {
                self.out.push_str(" title=\"");
                escape_text(title, self.out);
                self.out.push('"');
            } else {
                self.attribute("title", title);
            }
        }
    }
}
