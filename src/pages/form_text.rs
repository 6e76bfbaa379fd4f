//! The texts of forms that can have links: as HTML, and as text for readers elsewhere.

use super::linked::Edition;
use crate::config::LangId;
use crate::content::form::{FormId, LinkedText};
use crate::encode::html::{escape_attribute, escape_text, escape_url};
use crate::links::{Links, Target};
use crate::site::Site;
use crate::theme::values::Html;

/// A text of the form at this index, for readers of a language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FormText<'a> {
    /// The site, whose configuration knows the languages.
    pub(crate) site: &'a Site,
    /// Where the links of its forms lead in this edition.
    pub(crate) links: &'a Links,
    /// The form that has the text.
    pub(crate) form: FormId,
    /// The language of those who read it.
    pub(crate) lang: LangId,
}

/// Where a link of a form leads.
struct LinkPlace {
    /// Its address from the site's root; whole where it is elsewhere.
    path: String,
    /// Is it a page or file of this site?
    is_here: bool,
    /// Its language, where that is another one.
    lang: Option<LangId>,
}

impl<'a> FormText<'a> {
    /// Of the form at an index.
    #[must_use]
    pub(crate) fn new(linked: &'a Edition, form: FormId, lang: LangId) -> Self {
        Self { site: &linked.site, links: &linked.features.links, form, lang }
    }

    /// The text as HTML; nothing where it is empty. A link to what isn't there today is its words alone.
    #[must_use]
    pub(crate) fn html(&self, text: &LinkedText) -> Option<Html> {
        let mut out = String::new();
        self.pieces(text, |words, place| {
            let Some(place) = place else { return escape_text(words, &mut out) };
            out.push_str("<a href=\"");
            escape_url(&place.path, &mut out);
            out.push('"');
            if let Some(lang) = place.lang {
                out.push_str(" hreflang=\"");
                escape_attribute(&self.site.config().languages[lang].code, &mut out);
                out.push('"');
            }
            out.push_str(if place.is_here { ">" } else { " rel=\"noopener\">" });
            escape_text(words, &mut out);
            out.push_str("</a>");
        });
        Html::or_none(out.trim())
    }

    /// The text for readers elsewhere: each link is its words and, in brackets, its whole address. Browsers send the same
    /// to endpoints that want a consent's text.
    #[must_use]
    pub(crate) fn plain(&self, text: &LinkedText) -> String {
        let mut out = String::new();
        let origin = &self.site.view.base_url.origin;
        self.pieces(text, |words, place| {
            out.push_str(words);
            if let Some(place) = place {
                let origin = if place.is_here { origin } else { "" };
                out.push_str(&format!(" ({origin}{})", place.path));
            }
        });
        out.trim().to_string()
    }

    /// The pieces of a text, those with a link with where it leads.
    fn pieces(&self, text: &LinkedText, mut piece: impl FnMut(&str, Option<LinkPlace>)) {
        let (words, links) = text.linked(self.lang, self.site.config().default_language);
        let mut from = 0;
        for link in links {
            if from < link.words.start {
                piece(&words[from..link.words.start], None);
            }
            piece(
                &words[link.words.clone()],
                self.link_place(self.links.of_form(self.form, self.lang, link)),
            );
            from = link.words.end;
        }
        if from < words.len() {
            piece(&words[from..], None);
        }
    }

    fn link_place(&self, target: &Target) -> Option<LinkPlace> {
        let here = |path| Some(LinkPlace { path, is_here: true, lang: None });
        match target {
            Target::Page { page, rest } => {
                let page = self.site.page(*page);
                let lang = Some(page.lang()).filter(|lang| *lang != self.lang);
                let path = format!("{}{rest}", self.site.href(&page.url));
                Some(LinkPlace { path, is_here: true, lang })
            }
            Target::File { path, rest } => {
                here(format!("{}{rest}", self.site.href(self.links.file_url(path)?)))
            }
            // It is percent-encoded already.
            Target::Path(path) => {
                here(format!("{}{path}", self.site.view.base_url.path.trim_end_matches('/')))
            }
            Target::External(address) => {
                Some(LinkPlace { path: address.to_string(), is_here: false, lang: None })
            }
            Target::Here(_) | Target::Behind(_) | Target::Inert | Target::Away | Target::Broken => None,
        }
    }
}
