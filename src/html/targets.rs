//! Where the links, images and embeds of a text lead: what the page that a [`Body`] is on knows, and the text itself doesn't.

use std::borrow::Cow;

use super::OwnBlock;
use crate::content::blocks::Callout;
use crate::content::blocks::captions::Passage;
use crate::content::body::{Body, HtmlLink, NodeId};
use crate::content::front_matter::podcast::Chapter;

/// Where a link leads, with what readers are told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkTarget<'a> {
    /// The value of `href`, not escaped.
    pub href: Cow<'a, str>,
    /// Does it lead to another site? Such links get `rel="noopener"`.
    pub external: bool,
    /// The language of the target, where it is another one than the page's.
    pub hreflang: Option<&'a str>,
    /// Is it there to be handed on? Title and public address, neither escaped.
    pub share: Option<(&'a str, String)>,
}

/// Where an image is, and its size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageTarget<'a> {
    /// The value of `src`, not escaped.
    pub src: Cow<'a, str>,
    /// Its width in pixels, where it is known.
    pub width: Option<u32>,
    /// Its height in pixels, where it is known.
    pub height: Option<u32>,
    /// May the browser load it only when it comes into view?
    pub lazy: bool,
    /// The same in several widths; none where there is one file alone.
    pub widths: Widths,
}

/// The widths of an image, for browsers to choose from (`srcset`), not escaped; empty where there are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Widths {
    /// Those as AVIF; empty where there are none.
    pub avif: String,
    /// Those as WebP; empty where there are none.
    pub webp: String,
}

impl<'a> ImageTarget<'a> {
    /// One file, whose size isn't known.
    #[must_use]
    pub fn plain(src: impl Into<Cow<'a, str>>) -> Self {
        Self { src: src.into(), width: None, height: None, lazy: false, widths: Widths::default() }
    }
}

/// What stands in the place of an embed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EmbedTarget<'a> {
    /// A block of HTML, finished.
    Html(Cow<'a, str>),
    /// A link to where it is shown: address and words, not escaped.
    Link(String, String),
    /// Nothing at all: the embed leaves no trace in the page.
    Nothing,
}

/// A part of a page that has a meaning: it becomes a section of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartTarget<'a> {
    /// A step of a playbook.
    Step {
        /// The number of the step, from 1, as it is written in its heading.
        number: u32,
        /// How its heading begins: `Step 1`.
        label: &'a str,
        /// What follows in the heading, without the brackets; may be empty.
        title: &'a str,
        /// How long it takes, as it was written.
        time: Option<&'a str>,
        /// By when it is to be done: as it was written, and for browsers.
        due: Option<(&'a str, String)>,
        /// The role that does it, as the author wrote it.
        owner: Option<&'a str>,
    },
    /// What is only for readers of this segment.
    Segment(&'a str),
}

/// What the page that a body is on knows and the body doesn't.
pub trait Targets {
    /// Where the link at this index of [`Body::links`] leads.
    fn link(&self, link: u32) -> LinkTarget<'_>;

    /// Where the image at this index of [`Body::links`] is.
    fn image(&self, link: u32) -> ImageTarget<'_>;

    /// The film or the sound that the image at this index of [`Body::links`] is.
    fn media(&self, link: u32) -> MediaTarget<'_> {
        MediaTarget { src: self.image(link).src.into_owned(), ..MediaTarget::default() }
    }

    /// What is known of the document for print to which the link at this index of [`Body::links`] leads; `None` if it isn't
    /// a file of the site.
    fn document(&self, _: u32) -> Option<DocumentTarget> {
        None
    }

    /// What stands in the place of an address in raw HTML, not escaped; empty where it leads nowhere on this page, so that
    /// its attribute goes. `None`: as it is written.
    fn html(&self, _: &HtmlLink) -> Option<Cow<'_, str>> {
        None
    }

    /// What stands in the place of the embed at this index of [`Body::embeds`].
    fn embed(&self, embed: u32) -> EmbedTarget<'_>;

    /// The part of the page that begins at the heading at `node`, where the page gives it a meaning.
    fn part(&self, _: NodeId) -> Option<PartTarget<'_>> {
        None
    }

    /// The key of the box at `node`, where readers may tick it.
    fn task(&self, _: NodeId) -> Option<&str> {
        None
    }

    /// The person of this name, if the site has a page for them.
    fn person(&self, _: &str) -> Option<PersonTarget<'_>> {
        None
    }

    /// Does a template of the theme show callouts of this type?
    fn has_block(&self, _: &Callout) -> bool {
        false
    }

    /// A callout of such a type as HTML.
    fn block(&self, block: OwnBlock<'_>) -> String {
        block.text
    }

    /// What readers see instead of a placeholder of this name, `{{first_name}}`. Without an answer it is text like any other.
    fn placeholder(&self, _: &str) -> Option<&str> {
        None
    }
}

/// A film or a sound of the site.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MediaTarget<'a> {
    /// The URL of the file, not escaped.
    pub src: String,
    /// Its captions, those in the page's language first.
    pub captions: Vec<Track<'a>>,
    /// The words that are said in it, from its captions; empty without any.
    pub transcript: &'a [Passage],
    /// Its chapters, in the order of time; empty if it has none.
    pub chapters: &'a [Chapter],
    /// The address of the image that is shown before it begins, not escaped.
    pub poster: Option<String>,
}

/// A document that is shown with its first page, to be downloaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentTarget {
    /// What it is, in the page's language: `PDF`, its pages, its size.
    pub about: Vec<String>,
    /// The image of its first page; `None` where there is none.
    pub cover: Option<ImageTarget<'static>>,
}

/// A file of captions in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Track<'a> {
    /// The URL of the file, not escaped.
    pub src: String,
    /// The code of the language, as `srclang` has it: `sv`.
    pub lang: &'a str,
    /// The language's name, as the player's menu shows it.
    pub label: &'a str,
}

/// A person whom a text names and the site knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonTarget<'a> {
    /// The URL of the person's page, not escaped.
    pub href: String,
    /// The photo on the page of that person, small.
    pub portrait: Option<ImageTarget<'a>>,
}

/// Targets as the author wrote them.
#[derive(Debug, Clone, Copy)]
pub struct AsWritten<'a>(
    /// The body whose links are meant.
    pub &'a Body,
);

impl Targets for AsWritten<'_> {
    fn link(&self, link: u32) -> LinkTarget<'_> {
        let href = Cow::Borrowed(self.0.links[link as usize].target.as_str());
        LinkTarget { href, external: false, hreflang: None, share: None }
    }

    fn image(&self, link: u32) -> ImageTarget<'_> {
        let src = Cow::Borrowed(self.0.links[link as usize].target.as_str());
        ImageTarget::plain(src)
    }

    fn embed(&self, _: u32) -> EmbedTarget<'_> {
        EmbedTarget::Nothing
    }
}
