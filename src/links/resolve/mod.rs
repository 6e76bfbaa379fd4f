//! What each link of one page means.

mod broken;
mod files;
mod fragments;
mod inputs;

pub(super) use fragments::{Guess, has_fragment, no_fragment};
pub(super) use inputs::LinkInputs;

use self::broken::dangerous;
use self::fragments::{gated_headings, has_embed};
use self::inputs::parts;
use super::Target;
use super::wiki::{self, Wiki};
use crate::config::{Audience, LangId};
use crate::content::blocks::media::media;
use crate::content::body::{Body, Kind, RawLink};
use crate::content::{self, PageKind, markup};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity, Span};
use crate::encode::address::Address;
use crate::encode::{percent, url};
use crate::project::{FOLDERS, names};
use crate::site::{Exclusion, Page, PageId, Site};

/// The targets of one page.
pub(super) struct Resolved {
    /// In the order of the body's links.
    pub(super) targets: Vec<Target>,
    /// Of the part behind the gate, in the order of its links.
    pub(super) gated: Vec<Target>,
    /// The file that the gate gives away.
    pub(super) download: Option<String>,
    /// The file of its own image.
    pub(super) image: Option<String>,
    /// The files of a person's photos that may be printed, in the order in which they are written.
    pub(super) photos: Vec<Option<String>>,
}

/// From so many headings on, a page's are looked up and not searched through.
const MANY: usize = 64;

/// The ids in a text's raw HTML, where it is published.
fn anchors<'b>(site: &Site, body: &'b Body) -> impl Iterator<Item = String> + 'b {
    let is_kept = site.config().markdown.raw_html;
    body.raw_html().filter(move |_| is_kept).flat_map(markup::anchors)
}

/// Every page has a top (HTML, section 7.4.6.4, "Finding the indicated part").
fn is_top(id: &str) -> bool {
    id.eq_ignore_ascii_case("top")
}

/// Resolves the links of a page's text and the files of its front matter.
pub(super) fn page(site: &Site, page: &Page, known: &LinkInputs<'_>) -> (Resolved, Diagnostics) {
    let from = LinkSource { path: page.path(), lang: page.lang(), page: Some(page) };
    let mut resolver = Resolver::new(site, from, known);
    let targets = resolver.body(page.body());
    // What is behind the gate is checked like the rest, and kept apart.
    let gated = page.gated().map(|gated| resolver.body(gated.secret())).unwrap_or_default();
    let image = page.image().and_then(|image| resolver.own_image(&image.src.value, image.src.span));
    let download = page.meta().gate().and_then(|gate| gate.download.as_ref());
    let download = download.and_then(|download| resolver.file(&download.value, download.span));
    let photos = page.meta().person().into_iter().flat_map(|person| &person.speaker.photos);
    let photos = photos.map(|photo| resolver.own_image(&photo.src.value, photo.src.span)).collect();
    (Resolved { targets, gated, download, image, photos }, resolver.diagnostics)
}

/// The text whose links are resolved: its file, and who reads it.
#[derive(Debug, Clone, Copy)]
pub(super) struct LinkSource<'a> {
    /// The file that has the links, from the root of the site.
    pub(super) path: &'a str,
    /// The language of those who follow them.
    pub(super) lang: LangId,
    /// The page, where it is one: a form is on several.
    pub(super) page: Option<&'a Page>,
}

pub(super) struct Resolver<'a, 'k> {
    site: &'a Site,
    from: LinkSource<'a>,
    known: &'a LinkInputs<'k>,
    pub(super) diagnostics: Diagnostics,
    /// How often it was guessed which heading was meant.
    guesses: usize,
}

impl<'a, 'k> Resolver<'a, 'k> {
    /// Resolves the links of one text.
    pub(super) fn new(site: &'a Site, from: LinkSource<'a>, known: &'a LinkInputs<'k>) -> Self {
        Self { site, from, known, diagnostics: Diagnostics::new(), guesses: 0 }
    }

    fn body(&mut self, body: &Body) -> Vec<Target> {
        let links = body.links.iter().enumerate();
        let targets: Vec<Target> = links
            .map(|(index, link)| match body.is_html_link(index) {
                true => self.html_target(link),
                false => self.target(&link.target, link.target_span),
            })
            .collect();
        if !targets.iter().any(|target| matches!(target, Target::File { .. })) {
            return targets;
        }
        for node in body.nodes() {
            if let Kind::Image(index) = node.kind
                && let Target::File { path, .. } = &targets[index as usize]
                && media(path).is_none()
            {
                let link = &body.links[index as usize];
                self.check_image(path, &link.target, link.target_span);
            }
        }
        targets
    }

    /// HTML is often pasted from elsewhere, and may name what another program serves at this host: where it leads
    /// nowhere, that is told, and it stays as it is written.
    fn html_target(&mut self, link: &RawLink) -> Target {
        let before = std::mem::take(&mut self.diagnostics);
        let target = self.target(&link.target, link.target_span);
        let found = std::mem::replace(&mut self.diagnostics, before);
        self.diagnostics.extend(found.into_iter().map(super::in_html));
        target
    }

    /// Where a link leads, as it is written. What is wrong with it is in [`Self::diagnostics`] then.
    pub(super) fn target(&mut self, raw: &str, span: Span) -> Target {
        let raw = &*names::composed(raw);
        if let Some(inner) = raw.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"))
            && let Some(page) = self.from.page
        {
            return self.wiki(page, inner, span);
        }
        let address = match Address::new(raw) {
            Ok(address) => address,
            Err(danger) => {
                self.diagnostics.push(dangerous(raw, danger).at(self.from.path, span));
                return Target::Broken;
            }
        };
        if let Some(path) = self.known.inside(raw) {
            return self.path(&path, span);
        }
        if let Some(scheme) = url::scheme(raw) {
            let is_script = self.from.page.is_some_and(|page| page.kind() == PageKind::Script);
            let is_for_player = matches!(scheme, "outcome" | "send" | "field" | "return") && is_script;
            return if is_for_player { Target::Inert } else { Target::External(address) };
        }
        if raw.starts_with("//") {
            return Target::External(address);
        }
        if let Some(target) = self.as_it_is(raw, span) {
            return target;
        }
        if raw.starts_with('/') {
            return self.path(raw, span);
        }
        let (path, query, fragment) = parts(raw);
        if path.is_empty() {
            return match self.from.page {
                Some(page) if !query.is_empty() => self.heading_target(page.id, fragment, &query, span),
                Some(page) => self.same_page(page, fragment.unwrap_or_default(), span),
                None => self.no_page(raw, span),
            };
        }
        let path = percent::decode(path);
        let path = names::composed(&path);
        let full = url::follow(self.folder(), &path);
        if let Some(target) = self.beside_the_site(full.as_deref(), &path, fragment) {
            return target;
        }
        let Some(full) = full else { return self.broken(raw, span) };
        if names::ends_in(&path, "md") {
            return self.document(&full, fragment, &query, span);
        }
        if self.is_file(&full) {
            let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
            return Target::File { path: full, rest: format!("{query}{fragment}") };
        }
        self.of_folder(raw, &full, (fragment, &query), span)
    }

    /// A section is named by its folder, and a page that has one; a date before its name doesn't count.
    fn of_folder(
        &mut self,
        raw: &str,
        full: &str,
        (fragment, query): (Option<&str>, &str),
        span: Span,
    ) -> Target {
        let key = full.strip_prefix("content/").unwrap_or(if full == "content" { "" } else { full });
        let by_folder = || {
            let place = content::parse_path(&format!("{full}/index.md"), self.site.config()).ok()?;
            self.site.find_any(&place.key, self.from.lang)
        };
        match self.site.find_any(key, self.from.lang).or_else(by_folder) {
            Some(page) => self.heading_target(page, fragment, query, span),
            None => match self.known.away_in(key, self.from.lang) {
                Some(file) => self.not_here(file, span),
                None => self.broken(raw, span),
            },
        }
    }

    /// A file of the repository that is no part of the site, such as `../../LICENSE`: where the code host shows it.
    fn beside_the_site(&self, full: Option<&str>, path: &str, fragment: Option<&str>) -> Option<Target> {
        let is_of_site = |full: &str| {
            let folder = full.split('/').next().unwrap_or_default();
            FOLDERS.contains(&folder)
        };
        if full.is_some_and(is_of_site) {
            return None;
        }
        let mut target = self.site.source_url(&format!("{}/{path}", self.folder()))?;
        if let Some(fragment) = fragment {
            target = format!("{target}#{fragment}");
        }
        Address::new(&target).ok().map(Target::External)
    }

    /// A link by a path from the site's root: to a Markdown file, or to what has that address.
    fn path(&mut self, raw: &str, span: Span) -> Target {
        let (path, query, fragment) = parts(raw);
        let path = percent::decode(path);
        let path = names::composed(&path);
        if let Some(inside) = path.strip_prefix('/').filter(|_| names::ends_in(&path, "md")) {
            return self.document(&format!("content/{inside}"), fragment, &query, span);
        }
        if let Some(page) = self.known.at(&path) {
            return self.heading_target(page, fragment, &query, span);
        }
        if let Some(file) = self.known.away(&path) {
            return self.not_here(file, span);
        }
        let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
        Target::Path(format!("{}{query}{fragment}", percent::path(&path)))
    }

    /// Where `[[inner]]` leads.
    fn wiki(&mut self, page: &Page, inner: &str, span: Span) -> Target {
        match wiki::resolve((self.site, &self.known.called), page, self.folder(), inner) {
            Wiki::Here(fragment) => self.same_page(page, &fragment, span),
            Wiki::Page(page, fragment) => self.heading_target(page, fragment.as_deref(), "", span),
            Wiki::File(path) => Target::File { path, rest: String::new() },
            Wiki::Missing(path) => self.not_here(&path, span),
            Wiki::Broken(problem) => {
                self.diagnostics.push(problem.at(self.from.path, span));
                Target::Broken
            }
        }
    }

    /// A file with `#`, `?` or `%` in its name, written as the name is and not as a URL has it.
    fn as_it_is(&mut self, raw: &str, span: Span) -> Option<Target> {
        let is_ambiguous = raw.contains(['#', '?', '%']) && !raw.starts_with('/');
        let full = if is_ambiguous { url::follow(self.folder(), raw)? } else { return None };
        if !self.is_file(&full) {
            return None;
        }
        Some(if names::ends_in(&full, "md") {
            self.document(&full, None, "", span)
        } else {
            Target::File { path: full, rest: String::new() }
        })
    }

    /// Does the site have this file, in whatever edition?
    fn is_file(&self, path: &str) -> bool {
        self.site.content.files.binary_search_by(|file| file.as_str().cmp(path)).is_ok()
    }

    /// The folder that links of this page start from.
    fn folder(&self) -> &str {
        self.from.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    fn same_page(&mut self, page: &Page, fragment: &str, span: Span) -> Target {
        let wanted = percent::decode(fragment);
        if wanted.is_empty() || self.known.has_fragment(page, &wanted) {
            return Target::Here(fragment.to_string());
        }
        if !self.known.has_gated(page, &wanted) {
            self.no_fragment(span, page, &wanted);
            return Target::Broken;
        }
        Target::Behind(fragment.to_string())
    }

    /// A link to a Markdown file: to its translation in this page's language, where there is one, unless the link
    /// names a language itself.
    fn document(&mut self, path: &str, fragment: Option<&str>, query: &str, span: Span) -> Target {
        // Most links are within a language.
        let named =
            self.known.by_path.get(path).filter(|page| self.site.page(**page).lang() == self.from.lang);
        if let Some(page) = named {
            return self.heading_target(*page, fragment, query, span);
        }
        let Ok(place) = content::parse_path(path, self.site.config()) else {
            return self.no_document(path, span);
        };
        let suffix =
            names::without_ending(path, "md").rsplit_once('.').map(|(_, suffix)| names::fold(suffix));
        let names_language = suffix.as_deref() == Some(&*self.site.config().languages[place.lang].code);
        let own_language = self.site.find(&place.key, self.from.lang).filter(|_| !names_language);
        let as_named = self.site.find(&place.key, place.lang);
        match own_language.or(as_named) {
            Some(page) => self.heading_target(page, fragment, query, span),
            None if self.is_file(path) => self.not_here(path, span),
            None => self.no_document(path, span),
        }
    }

    /// A link to a place on the page, in a text that has no page of its own.
    fn no_page(&mut self, raw: &str, span: Span) -> Target {
        let message = format!("`{raw}` names no page, and this text is on several");
        let problem = Diagnostic::new(Code::BrokenLink, message).at(self.from.path, span);
        self.diagnostics.push(problem.help("name the page's file, such as `../pages/privacy.md`"));
        Target::Broken
    }

    fn heading_target(&mut self, page: PageId, fragment: Option<&str>, query: &str, span: Span) -> Target {
        let target = self.site.page(page);
        let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty()) else {
            return Target::Page { page, rest: query.to_string() };
        };
        let wanted = percent::decode(fragment);
        if let Some(id) = self.fragment(target, &wanted) {
            return Target::Page { page, rest: format!("{query}#{}", percent::fragment(&id)) };
        }
        self.no_fragment(span, target, &wanted);
        Target::Broken
    }

    /// A file that exists, but not in this edition. What comes and goes by itself is shown as words alone, or leads to
    /// the page in its place.
    fn not_here(&mut self, path: &str, span: Span) -> Target {
        if let Some(page) = self.site.successor(path) {
            return Target::Page { page, rest: String::new() };
        }
        let why = self.site.hidden(path);
        let Some(problem) = why.and_then(|why| not_here(path, why)) else {
            return self.no_document(path, span);
        };
        let is_away = problem.severity == Severity::Warning;
        self.diagnostics.push(problem.at(self.from.path, span));
        if is_away { Target::Away } else { Target::Broken }
    }
}

/// The report of a link to a file that exists, but not in this edition; `None` where no link is at fault.
pub(super) fn not_here(path: &str, why: Exclusion) -> Option<Diagnostic> {
    match why {
        Exclusion::Audience(Audience::Team) => Some(
            Diagnostic::new(
                Code::LinkToTeam,
                format!("this links to `{path}`, which only the team may read"),
            )
            .related(path, None, "for the team")
            .help("remove the link, or give that page `audience: public`"),
        ),
        Exclusion::Audience(Audience::Public) => None,
        Exclusion::State(state) => {
            let message = format!("this links to `{path}`, which is not published: {}", state.reason());
            Some(state.problem(message))
        }
    }
}

/// `to` as a file in the folder `from` names it.
fn relative(from: &str, to: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (from.split('/').collect(), to.split('/').collect());
    // The last part of `to` is always named: `../insights` and not an empty path.
    let common = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    format!("{}{}", "../".repeat(from.len() - common), to[common..].join("/"))
}
