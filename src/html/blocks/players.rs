//! Films and sound from the site itself, in the browser's own player.

use super::super::{MediaTarget, Medium, Writer, escape_text, escape_url, figure};
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
        let (caption, credit) = figure::caption_and_credit(&self.body.links[link as usize].title);
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
        self.chapters(&found);
        self.transcript(&found);
        true
    }

    /// The chapters as links to their places in the file, which browsers understand without a script
    /// (`https://www.w3.org/TR/media-frags/`).
    fn chapters(&mut self, found: &MediaTarget<'_>) {
        if found.chapters.is_empty() {
            return;
        }
        self.out.push_str("<ol class=\"chapters\"");
        self.attribute("aria-label", self.style.chapters);
        self.out.push_str(">\n");
        for chapter in found.chapters {
            self.out.push_str("<li><a href=\"");
            escape_url(&found.src, self.out);
            let (minutes, seconds) = (chapter.at / 60, chapter.at % 60);
            self.push_fmt(format_args!("#t={}\"><time datetime=\"PT{}S\">", chapter.at, chapter.at));
            match minutes / 60 {
                0 => self.push_fmt(format_args!("{minutes}:{seconds:02}")),
                hours => self.push_fmt(format_args!("{hours}:{:02}:{seconds:02}", minutes % 60)),
            }
            self.out.push_str("</time> ");
            escape_text(&chapter.title, self.out);
            self.out.push_str("</a></li>\n");
        }
        self.out.push_str("</ol>\n");
    }

    /// What is said, for those who don't hear it, or would rather read.
    fn transcript(&mut self, found: &MediaTarget<'_>) {
        if found.transcript.is_empty() {
            return;
        }
        self.out.push_str("<details class=\"said\"><summary>");
        escape_text(self.style.transcript, self.out);
        self.out.push_str("</summary>\n");
        for passage in found.transcript {
            self.out.push_str("<p>");
            if let Some(speaker) = &passage.speaker {
                self.out.push_str("<strong>");
                escape_text(speaker, self.out);
                self.out.push_str(":</strong> ");
            }
            escape_text(&passage.text, self.out);
            self.out.push_str("</p>\n");
        }
        self.out.push_str("</details>\n");
    }
}
