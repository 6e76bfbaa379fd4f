//! The JSON that browsers read of emails.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Mail;
use crate::config::LangId;
use crate::encode::{bytes, script};
use crate::sales::calls::Placeholder;
use crate::site::Site;

/// What `mail.js`, `mail-now.js` and `share-mails.js` read.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "MailList"))]
struct MailListData<'a> {
    version: u8,
    /// Where the site for everybody is: addresses there say who shares them.
    public: String,
    /// Those who may be the one that writes, by the ids that the share kit remembers.
    reps: BTreeMap<String, SenderData<'a>>,
    /// The emails that can be sent in this language, in the order of their titles.
    mails: Vec<MailData<'a>>,
}

/// A rep who can be the sender of an email.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "Sender"))]
pub(in crate::sales) struct SenderData<'a> {
    name: &'a str,
    phone: &'a str,
    email: &'a str,
}

/// An email template with its placeholders, as it is filled in.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "MailTemplate"))]
pub(in crate::sales) struct MailData<'a> {
    /// Its path in `content/` without the ending: the same in all languages.
    key: &'a str,
    /// What the team calls it.
    title: &'a str,
    url: String,
    /// The id of its stage; empty where it has none.
    stage: &'a str,
    subject: &'a str,
    text: &'a str,
    placeholders: Vec<BlankData<'a>>,
}

/// A placeholder of an email, with what it is called.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "MailPlaceholder"))]
pub(in crate::sales) struct BlankData<'a> {
    name: &'a str,
    label: &'a str,
    options: &'a [String],
    /// What it could be; empty where nothing says so.
    example: &'a str,
    /// What it is until somebody fills it in; empty for nothing.
    default: &'a str,
}

impl<'a> BlankData<'a> {
    /// A placeholder as browsers read it.
    pub(in crate::sales) fn new(placeholder: &'a Placeholder) -> Self {
        Self {
            name: &placeholder.name,
            label: &placeholder.label,
            options: &placeholder.options,
            example: placeholder.example.as_deref().unwrap_or_default(),
            default: placeholder.default.as_deref().unwrap_or_default(),
        }
    }
}

/// The file of a language.
#[derive(Debug)]
pub(super) struct MailsFile {
    pub(super) url: String,
    pub(super) json: String,
}

/// All emails of a language in one file, which is called after what is in it; nothing where there is none.
pub(super) fn file<'a>(
    site: &'a Site,
    mails: impl Iterator<Item = &'a Mail>,
    lang: LangId,
) -> Option<MailsFile> {
    let mut mails: Vec<&Mail> = mails.filter(|mail| site.page(mail.page).lang() == lang).collect();
    mails.sort_by_key(|mail| (site.page(mail.page).title(), mail.page));
    let first = mails.first()?;
    let list = list(site, lang, mails.iter().map(|mail| MailData::new(site, mail)).collect());
    let json = serde_json::to_string(&list).ok()?;
    let hash = bytes::hex(&Sha256::digest(json.as_bytes())[..5]);
    let code = &site.config().languages[site.page(first.page).lang()].code;
    Some(MailsFile { url: format!("/assets/mails.{code}.{hash}.json"), json })
}

/// The same with one email alone, for a script element on its page.
pub(super) fn config(site: &Site, mail: &Mail) -> String {
    script::json(&list(site, site.page(mail.page).lang(), vec![MailData::new(site, mail)]))
}

fn list<'a>(site: &'a Site, lang: LangId, mails: Vec<MailData<'a>>) -> MailListData<'a> {
    MailListData { version: 1, public: public_address(site), reps: senders(site, lang), mails }
}

impl<'a> MailData<'a> {
    /// An email as browsers read it.
    pub(in crate::sales) fn new(site: &'a Site, mail: &'a Mail) -> Self {
        let page = site.page(mail.page);
        let stage = page.meta().stage.and_then(|stage| site.config().journey.stages.get(stage));
        Self {
            key: &page.document.place.key,
            title: page.title(),
            url: site.href(&page.url),
            stage: stage.map_or("", |stage| &stage.id),
            subject: &mail.subject,
            text: &mail.text,
            placeholders: mail.placeholders.iter().map(BlankData::new).collect(),
        }
    }
}

/// Where the site for everybody is.
pub(in crate::sales) fn public_address(site: &Site) -> String {
    site.config().public_base_url().with_trailing_slash()
}

/// Those who write, in this language where they have a page in it.
pub(in crate::sales) fn senders(site: &Site, lang: LangId) -> BTreeMap<String, SenderData<'_>> {
    let mut reps = BTreeMap::new();
    for (page, person) in site.reps() {
        let id = crate::sales::sharing::rep_id(page);
        if page.lang() != lang && reps.contains_key(&id) {
            continue;
        }
        let (phone, email) = (person.phone.as_deref(), person.email.as_deref());
        reps.insert(
            id,
            SenderData {
                name: page.title(),
                phone: phone.unwrap_or_default(),
                email: email.unwrap_or_default(),
            },
        );
    }
    reps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{assert_declared, declaration};

    #[test]
    fn scripts_know_what_is_in_it() {
        let types = [
            declaration::<BlankData<'_>>(),
            declaration::<SenderData<'_>>(),
            declaration::<MailData<'_>>(),
            declaration::<MailListData<'_>>(),
        ];
        assert_declared("sales/mails/client/config.d.ts", &types);
    }
}
