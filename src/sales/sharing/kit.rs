//! What there is to hand on of one page, before anybody's name is in it.

use serde::Serialize;

use crate::config::LangId;
use crate::content::Document;
use crate::encode::{percent, script};
use crate::site::Site;

/// Characters of a description in a text, where the page has none of its own.
const DESCRIPTION: usize = 200;

/// The most key takeaways in a text, and the characters of each: mail programs cut links of some 2,000 characters.
const TAKEAWAYS: usize = 3;
const TAKEAWAY: usize = 120;

/// What there is to hand on of one page. It is made of what everybody may read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ShareKit {
    /// The page's address in the public edition, absolute and without anybody's name.
    pub link: String,
    /// What follows it to open the gate: `#unlock=…`.
    pub unlock: Option<String>,
    /// The page's title, as plain text.
    pub title: String,
    /// What it is about; empty where nothing says so.
    pub description: String,
    /// Its key takeaways, an item each, as plain text; empty if it has none.
    pub takeaways: Vec<String>,
    /// The name of the organization that publishes it, otherwise the site's title.
    pub organization: String,
    /// The language of the page, whose words the texts are in.
    #[serde(skip)]
    pub lang: LangId,
}

impl ShareKit {
    /// Puts together the kit of a document that is public at `link`; `token` opens its gate.
    pub(super) fn new(site: &Site, document: &Document, link: String, token: Option<&str>) -> Self {
        let config = site.config();
        let lang = document.place.lang;
        let body = document.text.open().body();
        let description = document.meta.description.clone().unwrap_or_else(|| body.excerpt(DESCRIPTION));
        let organization = config.organization.as_ref().map(|organization| organization.name.as_str());
        Self {
            link,
            unlock: token.map(|token| format!("#unlock={}", percent::fragment(token))),
            title: document.meta.title.value.clone(),
            description: description.split_whitespace().collect::<Vec<_>>().join(" "),
            takeaways: body.takeaway_texts(&config.languages[lang].code, TAKEAWAYS, TAKEAWAY),
            organization: organization.unwrap_or_else(|| config.text(&config.title, lang)).to_string(),
            lang,
        }
    }

    /// The link that says whose it is.
    #[must_use]
    pub fn tracked(&self, rep: Option<&str>) -> String {
        rep.map_or_else(|| self.link.clone(), |rep| format!("{}?via={rep}", self.link))
    }

    /// The same, and it opens the gate; nothing where the page has none, or its key can't be made here.
    #[must_use]
    pub fn unlocking(&self, rep: Option<&str>) -> Option<String> {
        Some(format!("{}{}", self.tracked(rep), self.unlock.as_deref()?))
    }
}

/// The colours of social cards, as style sheets write them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CardColors {
    /// The colour of the paper.
    pub paper: String,
    /// The colour of the title and other texts.
    pub ink: String,
    /// The colour of lines and numbers.
    pub accent: String,
    /// The colour of what matters less.
    pub muted: String,
}

/// What others see of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ShareImage {
    /// Its URL, in the edition that the kit is in.
    pub src: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// What a rep's name and number are written in.
    pub colors: CardColors,
}

/// What `share.js` reads.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct ShareConfig<'a> {
    version: u8,
    #[serde(flatten)]
    kit: &'a ShareKit,
    /// The path of the list of reps.
    reps: Option<&'a str>,
    /// What others see of the page.
    image: Option<&'a ShareImage>,
}

impl ShareKit {
    /// What `share.js` must know, as the content of `<script type="application/json">`; `reps` is the path of the list,
    /// `image` what others see of the page.
    #[must_use]
    pub fn config(&self, reps: Option<&str>, image: Option<&ShareImage>) -> String {
        script::json(&ShareConfig { version: 1, kit: self, reps, image })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{assert_declared, declaration};

    #[test]
    fn scripts_know_what_is_in_it() {
        let types =
            [declaration::<CardColors>(), declaration::<ShareImage>(), declaration::<ShareConfig<'_>>()];
        assert_declared("sales/sharing/client/config.d.ts", &types);
    }
}
