//! The reps of a site, as `rep.js` and `share.js` read them: one small file a language, loaded only by who needs it.
//!
//! What stands in a person's front matter beside `rep: true` is published by it.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::SharingInputs;
use crate::config::LangId;
use crate::content::front_matter::PersonMeta;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::encode::address::Web;
use crate::encode::bytes;
use crate::encode::json;
use crate::encode::phone;
use crate::encode::slug::slug;
use crate::ids::IdVec;
use crate::site::{Page, Site};

/// The longest id that `attribution.js` passes on.
const LONGEST_ID: usize = 80;

/// A picture of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Photo {
    /// Its URL from the site's root, with the folder that the site is in.
    pub src: String,
    /// Its width in pixels, where it is known.
    pub width: Option<u32>,
    /// Its height in pixels, where it is known.
    pub height: Option<u32>,
}

/// A person whose link is shared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Rep {
    /// Their name: the title of their page.
    pub name: String,
    /// Their role, as their front matter has it.
    pub role: Option<String>,
    /// URL of their page.
    pub url: String,
    /// Their photo, cut to a square; `None` if they have none.
    pub photo: Option<Photo>,
    /// The first letters of two names, where there is no photo.
    pub initials: String,
    /// Their number as it is written.
    pub phone: Option<String>,
    /// The same as the target of a link.
    pub tel: Option<String>,
    /// Their email address; `None` if they give none.
    pub email: Option<String>,
    /// Where a meeting with them can be booked.
    #[cfg_attr(test, ts(as = "Option<String>"))]
    pub booking: Option<Web>,
}

/// The words on the card of a rep, in one language.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct CardWords {
    label: String,
    ring: String,
    write: String,
    book: String,
    close: String,
}

/// The file of a language.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct Reps<'a> {
    version: u8,
    words: CardWords,
    reps: &'a BTreeMap<String, Rep>,
}

/// The list of reps in one language, with its bytes made.
#[derive(Debug)]
pub(super) struct RepsFile {
    pub(super) url: String,
    pub(super) json: String,
    pub(super) reps: BTreeMap<String, Rep>,
}

/// What links call a person: the file's name, as in `authors:`.
#[must_use]
pub fn id(page: &Page) -> String {
    let key = &page.document.place.key;
    slug(&key.strip_prefix("people/").unwrap_or(key).replace('/', "-"))
}

/// Can it stand in a link without being written otherwise?
fn is_plain(id: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    !id.is_empty() && id.len() <= LONGEST_ID && id.bytes().all(plain)
}

/// What a page says of a rep whom everybody may know, in every edition: links with their name lead to the public one.
fn known_rep<'p>(site: &Site, page: &'p Page) -> Option<&'p PersonMeta> {
    page.meta().person().filter(|person| person.rep && site.public_permalink(page).is_some())
}

/// The file of each language that has pages; none where nobody is a rep.
pub(super) fn files(
    site: &Site,
    inputs: &SharingInputs<'_>,
    diagnostics: &mut Diagnostics,
) -> IdVec<LangId, Option<RepsFile>> {
    let mut keys: Vec<&str> = Vec::new();
    for page in site.pages().filter(|page| known_rep(site, page).is_some()) {
        let id = id(page);
        if !is_plain(&id) {
            let message = format!("`{id}` can't be used in links to say whose they are");
            let problem = Diagnostic::new(Code::InvalidRepId, message).in_file(page.path()).help(format!(
                "name the file with at most {LONGEST_ID} letters from a to z, digits and hyphens, such as `ola-dahl.md`"
            ));
            diagnostics.push(problem);
        } else if keys.last() != Some(&page.document.place.key.as_str()) {
            keys.push(&page.document.place.key);
        }
    }
    let languages: Vec<LangId> = site.languages().collect();
    let file = |lang: LangId| {
        let reps = reps(site, lang, &keys, inputs);
        (languages.contains(&lang) && !reps.is_empty()).then(|| build_file(site, lang, reps, inputs))
    };
    site.config().languages.ids().map(file).collect()
}

/// Everybody in `keys` as readers of a language see them.
fn reps(site: &Site, lang: LangId, keys: &[&str], inputs: &SharingInputs<'_>) -> BTreeMap<String, Rep> {
    let mut reps = BTreeMap::new();
    for key in keys {
        let Some(page) = site.find_any(key, lang).map(|page| site.page(page)) else { continue };
        if let Some(about) = known_rep(site, page) {
            reps.entry(id(page)).or_insert_with(|| rep(site, (page, about), inputs));
        }
    }
    reps
}

fn rep(site: &Site, (page, about): (&Page, &PersonMeta), inputs: &SharingInputs<'_>) -> Rep {
    let initials = page.title().split_whitespace().filter_map(|word| word.chars().next());
    Rep {
        name: page.title().to_string(),
        role: about.role.clone(),
        url: site.href(&page.url),
        photo: (inputs.photo)(page.id),
        initials: initials.take(2).collect(),
        phone: about.phone.clone(),
        tel: about.phone.as_deref().and_then(|number| phone::tel(number).ok()),
        email: about.email.clone(),
        booking: about.booking.clone(),
    }
}

fn build_file(
    site: &Site,
    lang: LangId,
    reps: BTreeMap<String, Rep>,
    inputs: &SharingInputs<'_>,
) -> RepsFile {
    let word = |key: &str| (inputs.word)(lang, key);
    let words = CardWords {
        label: word("rep_label"),
        ring: word("ring"),
        write: word("rep_write"),
        book: word("rep_book"),
        close: word("rep_close"),
    };
    let json = json::text(&Reps { version: 1, words, reps: &reps });
    let hash = bytes::hex(&Sha256::digest(json.as_bytes())[..5]);
    let code = &site.config().languages[lang].code;
    RepsFile { url: format!("/assets/reps.{code}.{hash}.json"), json, reps }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{assert_declared, declaration};

    #[test]
    fn scripts_know_what_is_in_it() {
        let types = [
            declaration::<Photo>(),
            declaration::<Rep>(),
            declaration::<CardWords>(),
            declaration::<Reps<'_>>(),
        ];
        assert_declared("sales/sharing/client/reps.d.ts", &types);
    }
}
