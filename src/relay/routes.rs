//! What a relay knows of its site: which forms there are, who gets their leads, and the words that belong to these.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::config::Webhook;
pub use crate::config::{MailCheck, Turnstile};
use crate::content::form::{Confirm, Form};
use crate::leads::webhooks::LeadTexts;

/// The name under which the email goes that asks a visitor whether the address is theirs. No webhook is called so: their
/// names have no such letter.
pub const CONFIRM: &str = "@confirm";

/// The name under which the email goes that brings a gate's link.
pub const UNLOCK: &str = "@unlock";

/// All of it, as the site is now.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Routes {
    /// Where browsers reach the relay, without a `/` at its end.
    pub url: String,
    /// The editions, in the order of the configuration.
    pub editions: Vec<EditionRoutes>,
    /// Every webhook that the relay sends to.
    pub webhooks: BTreeMap<String, Webhook>,
    /// The webhooks that are told when leads don't arrive.
    pub alerts: Vec<String>,
    /// The webhook that alone gets marked leads of `ringback doctor --watch`.
    pub canary: Option<String>,
    /// A lead with this score or more is kept back.
    pub quarantine: u32,
    /// The keys of Cloudflare's Turnstile; `None` where no form asks it.
    pub turnstile: Option<Turnstile>,
    /// Is it looked whether the hosts of addresses take mail, and by whom?
    pub mail_check: Option<MailCheck>,
    /// For how many days leads are kept that have arrived everywhere.
    pub retention: Option<u32>,
    /// The name of the site's time zone.
    pub zone: String,
}

/// What a relay knows of one edition of the site.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EditionRoutes {
    /// The edition's name in the configuration.
    pub name: String,
    /// The origin of its pages, as browsers say it.
    pub origin: String,
    /// The address of its home page.
    pub home: String,
    /// The code of its default language.
    pub lang: String,
    /// Its forms, by their ids.
    pub forms: BTreeMap<String, FormRoute>,
    /// The webhooks that hear of calls.
    pub calls: Vec<String>,
    /// The webhooks that hear of what visitors agreed to.
    pub receipts: Vec<String>,
}

/// What a relay knows of one form.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FormRoute {
    /// The form. Its phone numbers are those of a country, where that is known.
    pub form: Form,
    /// The word for what it takes for answers.
    pub rules: String,
    /// The webhooks that get its leads from the relay.
    pub webhooks: Vec<String>,
    /// What opens each gate whose key comes in the answer, by the gates' ids.
    pub tokens: BTreeMap<String, String>,
    /// Do leads wait until their visitor has confirmed their address?
    pub confirm: Confirm,
    /// The gates whose links are mailed, by their ids, each with its pages.
    pub mailed: BTreeMap<String, Vec<GatePage>>,
    /// Its words, by the code of the language.
    pub words: BTreeMap<String, FormWords>,
}

/// A form's words in one language.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FormWords {
    /// Those that webhooks may be sent.
    pub texts: LeadTexts,
    /// The hash of each consent's text.
    pub hashes: BTreeMap<String, String>,
    /// What a visitor reads whose lead can't be taken.
    pub refused: String,
    /// What they read first where it is for an answer of theirs.
    pub wrong_one: String,
    /// And what is wrong with the answer, by the names of [`Wrong`](crate::leads::forms::answers::Wrong).
    pub wrong: BTreeMap<String, String>,
    /// The site's title in this language.
    pub site: String,
    /// What visitors are written, and what the page says that asks for their yes.
    pub letters: Letters,
}

/// A page that a mailed link opens.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GatePage {
    /// The page's address, absolute and without a token.
    pub url: String,
    /// The page's title, as plain text.
    pub title: String,
    /// The code of its language.
    pub lang: String,
    /// What opens it, at the end of its address.
    pub token: String,
}

/// What is written to visitors, with the form's title and the site's name in it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Letters {
    /// What the email is about that asks whether the address is theirs.
    pub subject: String,
    /// What it says before the link.
    pub text: String,
    /// What it says behind the link, to whoever knows nothing of it.
    pub not_me: String,
    /// The heading of the page.
    pub title: String,
    /// What the page asks above its button.
    pub question: String,
    /// The words on its button.
    pub button: String,
    /// What the page says once the button was pressed.
    pub done: String,
    /// What it says of a link that isn't valid.
    pub gone: String,
    /// What the email with a gate's link is about; `{title}` stands for the page's title.
    pub unlock_subject: String,
    /// What it says before the link; `{title}` stands for the page's title.
    pub unlock_text: String,
}

impl Routes {
    /// The site's time zone, by whose days leads are shown; UTC where the system doesn't know its name.
    #[must_use]
    pub fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// The edition whose pages are at an origin, and that has a form.
    #[must_use]
    pub fn edition(&self, origin: &str, form: &str) -> Option<&EditionRoutes> {
        self.editions.iter().find(|edition| edition.origin == origin && edition.forms.contains_key(form))
    }

    /// Is there an edition at this origin?
    #[must_use]
    pub fn knows(&self, origin: &str) -> bool {
        self.editions.iter().any(|edition| edition.origin == origin)
    }

    /// An edition by its name.
    #[must_use]
    pub fn edition_named(&self, name: &str) -> Option<&EditionRoutes> {
        self.editions.iter().find(|edition| edition.name == name)
    }

    /// How many forms there are, each counted once.
    #[must_use]
    pub fn forms(&self) -> usize {
        let all = self.editions.iter().flat_map(|edition| edition.forms.keys());
        all.collect::<std::collections::BTreeSet<_>>().len()
    }

    /// The forms whose leads a webhook gets, in the order of their ids; one that several editions have, once for each.
    pub fn forms_of<'a>(&'a self, webhook: &'a str) -> impl Iterator<Item = &'a Form> + Clone {
        let forms = self.editions.iter().flat_map(|edition| edition.forms.values());
        forms.filter(move |route| route.webhooks.iter().any(|id| id == webhook)).map(|route| &route.form)
    }

    /// What is to be remembered of the site as it is now, for pages that are open when it changes: the hashes of all
    /// consents, and the words for the rules of all forms.
    pub fn marks(&self) -> impl Iterator<Item = &str> {
        let forms = self.editions.iter().flat_map(|edition| edition.forms.values());
        let words = forms.clone().flat_map(|form| form.words.values());
        let hashes = words.flat_map(|words| words.hashes.values());
        hashes.chain(forms.map(|form| &form.rules)).map(String::as_str)
    }
}

impl EditionRoutes {
    /// The webhooks that get something from it.
    pub fn webhooks(&self) -> impl Iterator<Item = &String> {
        let of_forms = self.forms.values().flat_map(|form| &form.webhooks);
        of_forms.chain(&self.calls).chain(&self.receipts)
    }
}

impl FormRoute {
    /// The words in a language, or in the edition's own where it has none.
    #[must_use]
    pub fn words(&self, lang: &str, default: &str) -> Option<&FormWords> {
        self.words.get(lang).or_else(|| self.words.get(default))
    }
}
