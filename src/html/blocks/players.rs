//! Films and sound from the site itself, in the browser's own player.

use super::super::{Medium, Writer, escape_text, escape_url, figure};
use crate::content::blocks::media::Media;
use crate::content::body::NodeId;

impl Writer<'_> {
    /// Writes a paragraph that is nothing but an image whose file is a film or a sound as a player, with its caption and a
    /// way to save the file. Elsewhere than on the page it is a link.
    pub(in crate::html) fn player(&mut self, paragraph: NodeId) -> bool {
        let Some((node, link, media)) = self.body.lone_media(paragraph) else { return false };
        let alt = self.body.plain_text_of(self.body.descendants(node));
        let found = self.targets.media(link);
        if self.style.medium == Medium::Feed {
            self.out.push_str("<p><a href=\"");
            escape_url(&found.src, self.out);
            self.out.push_str("\">");
            escape_text(if alt.is_empty() { self.style.download } else { &alt }, self.out);
            self.out.push_str("</a></p>\n");
            return true;
        }
        let name = match media {
            Media::Video => "video",
            Media::Audio => "audio",
        };
        self.push_fmt(format_args!(
            "<figure class=\"player player-{name}\"><{name} controls preload=\"metadata\" src=\""
        ));
        escape_url(&found.src, self.out);
        self.out.push('"');
        if !alt.is_empty() {
            self.attribute("aria-label", &alt);
        }
        if media == Media::Video {
            self.out.push_str(" playsinline");
            if let Some(poster) = &found.poster {
                self.out.push_str(" poster=\"");
                escape_url(poster, self.out);
                self.out.push('"');
            }
        }
        self.out.push('>');
        for (number, track) in found.captions.iter().enumerate() {
            self.out.push_str("<track kind=\"captions\" src=\"");
            escape_url(&track.src, self.out);
            self.out.push('"');
            self.attribute("srclang", track.lang);
            self.attribute("label", track.label);
            self.out.push_str(if number == 0 && media == Media::Video { " default>" } else { ">" });
        }
        self.push_fmt(format_args!("</{name}>\n<figcaption>"));
        let (caption, credit) = figure::divided(&self.body.links[link as usize].title);
        // A film shows what it is; a sound is known by its name alone.
        let is_named = caption.is_empty() && media == Media::Audio;
        escape_text(if is_named { &alt } else { caption }, self.out);
        if let Some(credit) = credit {
            self.out.push_str(" <span class=\"credit\">");
            escape_text(&credit, self.out);
            self.out.push_str("</span>");
        }
        self.out.push_str(" <a href=\"");
        escape_url(&found.src, self.out);
        self.out.push_str("\" download>");
        escape_text(self.style.download, self.out);
        self.out.push_str("</a></figcaption></figure>\n");
        true
    }
}
