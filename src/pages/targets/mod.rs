//! Where the links and images of a page's text lead, for the serializer.

use std::borrow::Cow;

use super::own_blocks::OwnBlocks;
use super::people::{People, widths};
use crate::content::blocks::Callout;
use crate::content::blocks::media::{self, Companion};
use crate::content::body::{HtmlLink, NodeId};
use crate::content::gate::ANCHOR;
use crate::content::markup::HtmlUse;
use crate::html::{
    DocumentTarget, EmbedTarget, ImageTarget, LinkTarget, MediaTarget, OwnBlock, PartTarget, PersonTarget,
    Targets, Track, Widths,
};
use crate::leads::gates::Placeholders;
use crate::links::{self, Links, Target};
use crate::sales::calls::{CallScript, Placeholder};
use crate::sales::playbooks::shape::PlaybookOutline;
use crate::site::{Page, Site};
use crate::theme::Theme;

/// Whether addresses are paths of the site, or absolute for readers elsewhere (feeds).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Addresses {
    /// `/blog/insights/x/`.
    Paths,
    /// `https://example.org/blog/insights/x/`.
    Absolute,
}

/// Which part of a page's text is meant.
#[derive(Debug, Clone, Copy)]
pub(super) enum TextPart<'a> {
    /// The open text, which everybody may read.
    Open,
    /// What is to be sealed, where some files have other addresses.
    Gated(&'a Placeholders),
}

/// The id of an outcome on the page of its script. No heading's id has a colon.
#[must_use]
pub(super) fn outcome_id(outcome: &str) -> String {
    format!("outcome:{outcome}")
}

/// The targets of one page.
pub(super) struct PageTargets<'a> {
    pub(super) site: &'a Site,
    pub(super) links: &'a Links,
    pub(super) theme: &'a Theme,
    pub(super) page: &'a Page,
    pub(super) part: TextPart<'a>,
    pub(super) addresses: Addresses,
    /// The people of the site.
    pub(super) people: &'a People,
    /// What stands in the place of each embed.
    pub(super) embeds: Vec<EmbedTarget<'static>>,
    /// The steps, segments and boxes of a playbook, where readers work with them.
    pub(super) shape: Option<&'a PlaybookOutline>,
    /// The call that the page is the script of.
    pub(super) script: Option<&'a CallScript>,
    /// The placeholders of an email or of a plan.
    pub(super) blanks: &'a [Placeholder],
    /// What renders the blocks that the site defines itself.
    pub(super) own: OwnBlocks<'a>,
}

impl PageTargets<'_> {
    fn address(&self, path: &str) -> String {
        match self.addresses {
            Addresses::Paths => self.site.href(path),
            Addresses::Absolute => self.site.permalink(path),
        }
    }

    /// A path of the site, percent-encoded already.
    fn path(&self, path: &str) -> String {
        let base = &self.site.view.base_url;
        let origin = match self.addresses {
            Addresses::Paths => "",
            Addresses::Absolute => &base.origin,
        };
        format!("{origin}{}{path}", base.path.trim_end_matches('/'))
    }

    fn target(&self, link: u32) -> &Target {
        match self.part {
            TextPart::Open => self.links.target(self.page.id, link),
            TextPart::Gated(_) => {
                self.links.gated(self.page.id).get(link as usize).unwrap_or(&Target::Broken)
            }
        }
    }

    fn file(&self, path: &str, rest: &str) -> String {
        if let TextPart::Gated(placeholders) = self.part
            && let Some(placeholder) = placeholders.get(path)
        {
            return placeholder.clone();
        }
        format!("{}{rest}", self.address(self.links.file_url(path).unwrap_or_default()))
    }

    /// The picture at a path, if it is published in several sizes: all of them, or for readers elsewhere one.
    fn shown(&self, path: &str) -> Option<ImageTarget<'static>> {
        let is_sealed = |placeholders: &Placeholders| placeholders.contains_key(path);
        if let TextPart::Gated(placeholders) = self.part
            && is_sealed(placeholders)
        {
            return None;
        }
        let shown = self.links.shown(self.site, path).filter(|shown| !shown.webp.is_empty())?;
        let (size, widths) = match self.addresses {
            Addresses::Paths => (shown.full, widths(&shown, |url| self.site.href(url))),
            Addresses::Absolute => (shown.size, Widths::default()),
        };
        let (width, height) = size.map(|size| (size.width, size.height)).unzip();
        Some(ImageTarget { width, height, widths, ..ImageTarget::plain(self.address(shown.url)) })
    }

    /// The image with the size of the file at a path.
    fn sized<'t>(&self, image: ImageTarget<'t>, path: &str) -> ImageTarget<'t> {
        let size = self.site.content.images.get(path).map(|size| (size.width, size.height));
        let (width, height) = size.unzip();
        ImageTarget { width, height, ..image }
    }

    /// The address of a file where an image is meant: of a picture in several sizes, the one that everybody can show.
    fn image_file(&self, path: &str, rest: &str) -> String {
        self.shown(path).map_or_else(|| self.file(path, rest), |image| image.src.into_owned())
    }

    /// The place of the outcome that a link names, on its script's page.
    fn outcome(&self, link: u32) -> Option<String> {
        let raw = self.page.body().links.get(link as usize)?;
        let outcome = self.script?.outcome(raw.target.strip_prefix("outcome:")?)?;
        Some(self.here(&outcome_id(&outcome.id)))
    }

    /// For readers elsewhere: the place on this page that a link names, whether it is there or not.
    fn own_fragment(&self, link: u32) -> Option<String> {
        if self.addresses == Addresses::Paths {
            return None;
        }
        let raw = self.page.body().links.get(link as usize)?;
        Some(self.here(raw.target.strip_prefix('#')?))
    }

    /// A heading on this page.
    fn here(&self, fragment: &str) -> String {
        match self.addresses {
            Addresses::Paths => format!("#{fragment}"),
            Addresses::Absolute => format!("{}#{fragment}", self.address(&self.page.url)),
        }
    }
}

impl Targets for PageTargets<'_> {
    fn link(&self, link: u32) -> LinkTarget<'_> {
        let mut found = LinkTarget { href: Cow::Borrowed(""), external: false, hreflang: None, share: None };
        found.href = match self.target(link) {
            Target::Page { page, rest } => {
                let target = self.site.page(*page);
                if target.lang() != self.page.lang() {
                    found.hreflang = Some(&self.site.config().languages[target.lang()].code);
                }
                Cow::Owned(format!("{}{rest}", self.address(&target.url)))
            }
            Target::File { path, rest } => Cow::Owned(self.file(path, rest)),
            Target::Path(path) => Cow::Owned(self.path(path)),
            Target::Here(fragment) => Cow::Owned(self.here(fragment)),
            // Who has only the open part comes to the form, and no id tells what is behind it.
            Target::Behind(fragment) => match self.part {
                TextPart::Open => Cow::Owned(self.here(ANCHOR)),
                TextPart::Gated(_) => Cow::Owned(self.here(fragment)),
            },
            Target::External(address) => {
                found.external = address.starts_with("http") || address.starts_with("//");
                Cow::Borrowed(address)
            }
            Target::Inert => {
                let sent = self.script.and_then(|script| script.sends.get(&link));
                let sent = sent.map(|page| self.site.page(*page));
                found.share = sent.and_then(|page| Some((page.title(), self.site.public_permalink(page)?)));
                match sent {
                    Some(page) => Cow::Owned(self.address(&page.url)),
                    None => self.outcome(link).map_or(Cow::Borrowed(""), Cow::Owned),
                }
            }
            Target::Away | Target::Broken => Cow::Borrowed(""),
        };
        found
    }

    fn image(&self, link: u32) -> ImageTarget<'_> {
        let mut found = match self.target(link) {
            Target::File { path, rest } => self
                .shown(path)
                .unwrap_or_else(|| self.sized(ImageTarget::plain(self.file(path, rest)), path)),
            Target::External(address) => ImageTarget::plain(&**address),
            Target::Path(path) => match links::static_file(self.site, path) {
                Some(file) => self
                    .shown(&file)
                    .unwrap_or_else(|| self.sized(ImageTarget::plain(self.path(path)), &file)),
                None => ImageTarget::plain(self.path(path)),
            },
            _ => ImageTarget::plain(""),
        };
        // The first image may be what the reader sees first; it must not wait.
        let first = self.page.body().nodes().iter().find_map(|node| match node.kind {
            crate::content::body::Kind::Image(index) => Some(index),
            _ => None,
        });
        found.lazy = matches!(self.part, TextPart::Gated(_))
            || first != Some(link)
            || self.page.meta().image.is_some();
        found
    }

    fn media(&self, link: u32) -> MediaTarget<'_> {
        let src = self.image(link).src.into_owned();
        let Target::File { path, .. } = self.target(link) else {
            return MediaTarget { src, ..MediaTarget::default() };
        };
        let mut found = MediaTarget { src, ..MediaTarget::default() };
        let body = self.page.body();
        if let Some(recording) = self.site.content.media.recordings.get(path)
            && !body.has_transcript()
        {
            found.transcript = recording.captions(&self.site.config().languages[self.page.lang()].code);
        }
        if let Some(episode) = &self.page.meta().episode
            && self.page.recording().is_some_and(|(first, _)| first == link)
        {
            found.chapters = &episode.chapters;
        }
        let languages = &self.site.config().languages;
        let own = &languages[self.page.lang()];
        for (file, companion) in media::companions(path, &self.site.content.files) {
            match companion {
                Companion::Poster => found.poster = Some(self.image_file(file, "")),
                Companion::Captions(code) => {
                    let src = self.file(file, "");
                    let known = code.and_then(|code| languages.iter().find(|language| language.code == code));
                    let (lang, label) = match (code, known) {
                        (_, Some(language)) => (language.code.as_str(), language.label.as_str()),
                        (Some(code), None) => (code, code),
                        (None, None) => (own.code.as_str(), own.label.as_str()),
                    };
                    found.captions.push(Track { src, lang, label });
                }
            }
        }
        found.captions.sort_by_key(|track| track.lang != own.code);
        found
    }

    fn document(&self, link: u32) -> Option<DocumentTarget> {
        let static_file;
        let path = match self.target(link) {
            Target::File { path, .. } => path,
            Target::Path(path) => {
                static_file = links::static_file(self.site, path)?;
                &static_file
            }
            _ => return None,
        };
        let found = self.site.content.media.documents.get(path)?;
        let tools = &self.site.content.tools[self.page.lang()];
        let mut about = vec!["PDF".to_string()];
        let count = |pages| self.theme.count(self.page.lang(), "document_pages", i64::from(pages), tools);
        about.extend(found.pages.and_then(count));
        about.push(tools.file_size(found.bytes));
        // Beside a document that is sealed, nothing is published.
        let cover =
            media::cover(path, &self.site.content.files).filter(|_| matches!(self.part, TextPart::Open));
        let cover_image = |file: &str| {
            self.shown(file).unwrap_or_else(|| self.sized(ImageTarget::plain(self.file(file, "")), file))
        };
        Some(DocumentTarget { about, cover: cover.map(cover_image) })
    }

    fn html(&self, html: &HtmlLink) -> Option<Cow<'_, str>> {
        match self.target(html.link) {
            // It may be an id that a script gives, and readers elsewhere have another page before it.
            Target::Broken => self.own_fragment(html.link).map(Cow::Owned),
            Target::External(_) => None,
            Target::Here(_) if self.addresses == Addresses::Paths => None,
            // What is drawn of a sealed image is its `src`.
            Target::File { path, .. }
                if html.usage == HtmlUse::Candidate && self.links.file_url(path).is_none() =>
            {
                Some(Cow::Borrowed(""))
            }
            Target::File { path, rest } if matches!(html.usage, HtmlUse::Image | HtmlUse::Candidate) => {
                Some(Cow::Owned(self.image_file(path, rest)))
            }
            Target::Path(path) if matches!(html.usage, HtmlUse::Image | HtmlUse::Candidate) => {
                let shown = links::static_file(self.site, path).and_then(|file| self.shown(&file));
                Some(shown.map_or_else(|| self.link(html.link).href, |image| image.src))
            }
            _ => Some(self.link(html.link).href),
        }
    }

    fn embed(&self, embed: u32) -> EmbedTarget<'_> {
        self.embeds.get(embed as usize).cloned().unwrap_or(EmbedTarget::Nothing)
    }

    fn part(&self, node: NodeId) -> Option<PartTarget<'_>> {
        let shape = self.shape?;
        if let Some(part) = shape.part(node) {
            return Some(PartTarget::Segment(&part.segment));
        }
        let step = shape.step(node)?;
        Some(PartTarget::Step {
            number: step.number,
            label: &step.label,
            title: &step.title,
            time: step.time.as_ref().map(|time| time.text.as_str()),
            due: step.due.as_ref().map(|due| (due.text.as_str(), due.mark())),
            owner: step.owner.as_deref(),
        })
    }

    fn task(&self, node: NodeId) -> Option<&str> {
        self.shape?.task(node)
    }

    fn person(&self, name: &str) -> Option<PersonTarget<'_>> {
        self.people.target((self.site, self.links), name, self.page.lang(), |path| self.address(path))
    }

    fn has_block(&self, callout: &Callout) -> bool {
        self.own.has(callout)
    }

    fn block(&self, block: OwnBlock<'_>) -> String {
        self.own.html(block)
    }

    fn placeholder(&self, name: &str) -> Option<&str> {
        match self.script {
            Some(script) => script.label(name),
            None => {
                let known = self.blanks.iter().find(|placeholder| placeholder.name == name);
                known.map(|known| known.label.as_str())
            }
        }
    }
}

#[cfg(test)]
mod tests;
