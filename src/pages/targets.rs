//! Where the links and images of a page's text lead, for the serializer.

use std::borrow::Cow;

use super::own_blocks::OwnBlocks;
use super::people::{People, srcset};
use crate::content::blocks::Callout;
use crate::content::blocks::media::{self, Companion};
use crate::content::body::{HtmlLink, NodeId};
use crate::content::gate::ANCHOR;
use crate::content::markup::HtmlUse;
use crate::html::{
    DocumentTarget, EmbedTarget, ImageTarget, LinkTarget, MediaTarget, OwnBlock, PartTarget, PersonTarget,
    Targets, Track,
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
    /// What everybody may read.
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
    /// The site's own blocks.
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
        let (size, webp) = match self.addresses {
            Addresses::Paths => (shown.full, srcset(&shown, |url| self.site.href(url))),
            Addresses::Absolute => (shown.size, String::new()),
        };
        let (width, height) = size.map(|size| (size.width, size.height)).unzip();
        Some(ImageTarget { width, height, webp, ..ImageTarget::plain(self.address(shown.url)) })
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
        let raw = self.page.entry.public.body().links.get(link as usize)?;
        let outcome = self.script?.outcome(raw.target.strip_prefix("outcome:")?)?;
        Some(self.here(&outcome_id(&outcome.id)))
    }

    /// For readers elsewhere: the place on this page that a link names, whether it is there or not.
    fn own_fragment(&self, link: u32) -> Option<String> {
        if self.addresses == Addresses::Paths {
            return None;
        }
        let raw = self.page.entry.public.body().links.get(link as usize)?;
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
        let first = self.page.entry.public.body().nodes().iter().find_map(|node| match node.kind {
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
        let body = self.page.entry.public.body();
        if let Some(recording) = self.site.content.media.recordings.get(path)
            && !body.has_transcript()
        {
            found.transcript = recording.said(&self.site.config().languages[self.page.lang()].code);
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
mod tests {
    use crate::testing;

    #[test]
    fn what_is_encoded_in_the_base_path_is_encoded_once() {
        let text = "[The list](/img/the%20list.pdf) ![A desk](/img/desk.png) [Home](../_index.md)";
        let project =
            testing::project(|config| config.replace("example.org/\n", "example.org/min%20blogg/\n"))
                .with("content/_index.md", "---\ntitle: Home\n---\n")
                .with("content/insights/a.md", format!("---\ntitle: A\n---\n{text}\n"))
                .with("static/img/the list.pdf", "%PDF")
                .with("static/img/desk.png", "PNG");
        let linked = testing::linked(&project, "public");
        let page = testing::file(&linked, "insights/a/index.html").unwrap();
        for address in ["/min%20blogg/img/the%20list.pdf", "/min%20blogg/img/desk.png", "/min%20blogg/"] {
            assert!(page.contains(&format!("\"{address}\"")), "{address}: {page}");
        }
        // In a link to a service, the address is a parameter.
        let own = page.lines().filter(|line| !line.contains("?url=") && !line.contains("&amp;body="));
        assert!(own.clone().count() > 50 && own.into_iter().all(|line| !line.contains("%25")), "{page}");
    }

    #[test]
    fn raw_html_leads_where_markdown_does() {
        let html = "<img src=desk.png srcset=\"desk.png, wide.png 2x\">\n<a href='b.md?x=1#more'>B</a> <A HREF=/insights/b>B</A>\n\
            <a href=\"https://example.org/blog/insights/b/index.html\">B</a> <a href=\"#here\" id=\"here\">H</a>\n\
            <video src=\"talk.mp4\" poster=\"/img/still.png\"></video> <a href=\"https://other.example/?a=1&amp;b\">O</a>\n\
            <script>\"<a href='no.md'>\"</script> <iframe src=\"list.pdf#page=2\"></iframe>";
        let project = testing::project(|config| {
            let config = config.replace("example.org/\n", "example.org/blog/\n");
            format!("{config}feeds: {{content: full}}\n")
        })
        .with("content/_index.md", "---\ntitle: Home\n---\n")
        .with(
            "content/insights/a.md",
            format!("---\ntitle: A\ndate: 2026-01-05\n---\n\n<div>\n{html}\n</div>\n"),
        )
        .with("content/insights/b.md", "---\ntitle: B\n---\n\n## More\n\nText.\n");
        let files = ["desk.png", "wide.png", "talk.mp4", "list.pdf"];
        let project = files
            .into_iter()
            .fold(project, |project, file| project.with(&format!("content/insights/{file}"), "x"));
        let linked = testing::linked(&project.with("static/img/still.png", "x"), "public");
        let page = testing::file(&linked, "insights/a/index.html").unwrap();
        for expected in [
            "<img src=\"/blog/insights/desk.png\" srcset=\"/blog/insights/desk.png, /blog/insights/wide.png 2x\">",
            "<a href='/blog/insights/b/?x=1#more'>B</a> <A HREF=\"/blog/insights/b/\">B</A>",
            "<a href=\"/blog/insights/b/\">B</a> <a href=\"#here\" id=\"here\">H</a>",
            "<video src=\"/blog/insights/talk.mp4\" poster=\"/blog/img/still.png\"></video>",
            "<a href=\"https://other.example/?a=1&amp;b\">O</a>",
            "\"<a href='no.md'>\"</script> <iframe src=\"/blog/insights/list.pdf#page=2\"></iframe>",
        ] {
            assert!(page.contains(expected), "{expected}: {page}");
        }
        for file in files {
            assert!(linked.plan.serves(&format!("/insights/{file}")), "{file}");
        }
        let feed = testing::file(&linked, "feed.json").unwrap();
        for address in [
            "insights/desk.png, https://example.org/blog/insights/wide.png 2x",
            "insights/b/?x=1#more",
            "insights/a/#here",
        ] {
            assert!(feed.contains(&format!("https://example.org/blog/{address}")), "{address}: {feed}");
        }
    }

    #[test]
    fn in_feeds_all_places_of_a_text_are_on_its_page() {
        let text = "[Price](#price) [[#Price]] [Top](#top) [Of a campaign](?utm_source=x#price) Twice.[^1][^1]\n\n\
            ## Price\n\n<div id=\"x\">\n<a href=\"#x\">X</a> <A HREF=#later>L</A> <map name=\"m\"><area href='#x'></map>\n\
            <svg><use href=\"#drawn\"/></svg>\n</div>\n\n[^1]: A note, see [above](#price).\n";
        let project = testing::project(|config| {
            let config = config.replace("example.org/\n", "example.org/min%20blogg/\n");
            format!("{config}feeds: {{content: full}}\n")
        })
        .with("content/insights/a.md", format!("---\ntitle: A\ndate: 2026-01-05\n---\n\n{text}"));
        let mut diagnostics = crate::diag::Diagnostics::new();
        let linked = testing::linked_with(&project, "public", &mut diagnostics);
        let codes: Vec<_> = diagnostics.sorted().into_iter().map(|found| found.code.name()).collect();
        assert_eq!(codes, ["broken-fragment"]);
        let page = "https://example.org/min%20blogg/insights/a/";
        let mut seen = 0;
        for (file, quote) in [("feed.xml", "&quot;"), ("rss.xml", "&quot;"), ("feed.json", "\\\"")] {
            let feed = testing::file(&linked, file).unwrap();
            for place in ["fn:1", "fnref:1", "fnref:1-2", "price", "top", "x", "later"]
                .map(|id| format!("{page}#{id}"))
            {
                assert!(feed.contains(&format!("{quote}{place}{quote}")), "{file}, {place}: {feed}");
            }
            assert!(feed.contains(&format!("{page}?utm_source=x#price")), "{file}: {feed}");
            // A drawing's own parts are in the text itself.
            assert!(feed.contains(&format!("{quote}#drawn{quote}")), "{file}: {feed}");
            seen += feed.matches(&format!("href={quote}#")).count();
        }
        assert_eq!(seen, 3, "only the drawing's");
        let page = testing::file(&linked, "insights/a/index.html").unwrap();
        for place in ["<a href=\"#fn:1\" id=\"fnref:1\"", "<a href=\"#price\">above", "<A HREF=#later>"] {
            assert!(page.contains(place), "{place}: {page}");
        }
    }

    #[test]
    fn links_to_an_expired_page_lead_to_the_one_in_its_place() {
        let text = "[Offer](autumn.md#price) <a href=\"/insights/autumn\">Offer</a> [Older](older.md)";
        let project = testing::project(str::to_string)
            .with("content/insights/a.md", format!("---\ntitle: A\n---\n{text}\n"))
            .with(
                "content/insights/autumn.md",
                "---\ntitle: Autumn\nexpires: 2026-11-22\nexpires_to: insights/winter\naliases: [/sale/]\n---\nText.\n",
            )
            .with(
                "content/insights/older.md",
                "---\ntitle: Older\nexpires: 2026-11-01\nexpires_to: insights/autumn\n---\nText.\n",
            )
            .with("content/insights/winter.md", "---\ntitle: Winter\n---\nText.\n");
        let linked = testing::linked(&project, "public");
        let page = testing::file(&linked, "insights/a/index.html").unwrap();
        let expected = "<a href=\"/insights/winter/\">Offer</a> <a href=\"/insights/winter/\">Offer</a> \
            <a href=\"/insights/winter/\">Older</a>";
        assert!(page.contains(expected), "{page}");
        for old in ["insights/autumn/index.html", "insights/older/index.html", "sale/index.html"] {
            assert!(testing::file(&linked, old).unwrap().contains("data-to=\"/insights/winter/\""), "{old}");
        }
    }

    #[test]
    fn what_raw_html_behind_a_gate_names_is_sealed() {
        let gated = "<img src=\"desk.png\" srcset=\"wide.png 2x\"> <a href=\"price-list.pdf\">Prices</a>";
        let text =
            format!("---\ntitle: A\ngate: {{form: guide}}\n---\nOpen.\n\n<!-- gate -->\n\n<p>{gated}</p>\n");
        let project = testing::project(|config| config.to_string())
            .with("content/forms/guide.yaml", testing::FORM)
            .with("content/insights/a.md", text);
        let files = ["desk.png", "wide.png", "price-list.pdf"];
        let project = files
            .into_iter()
            .fold(project, |project, file| project.with(&format!("content/insights/{file}"), "x"));
        let linked = testing::linked(&project, "public");
        assert!(files.iter().all(|file| !linked.plan.serves(&format!("/insights/{file}"))));
        // The text, the image and the list.
        let sealed =
            linked.plan.iter().filter(|(_, artifact)| matches!(artifact, crate::plan::Artifact::Sealed(_)));
        assert_eq!(sealed.count(), 3);
    }
}
