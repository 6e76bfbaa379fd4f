//! Webhooks: who receives the leads of forms, and what each kind of receiver wants to know.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use super::crm::{HUBSPOT_API, Rotation, SalesforceApi};
use super::reserved::{self, RecordTarget};
use super::{EditionConfig, Parser};
use crate::diag::{Code, Diagnostic, Span};
use crate::project::CONFIG_FILE as FILE;
use crate::yaml::{Fields, Node, Spanned};

/// Where HubSpot takes submissions (region `na1`).
const HUBSPOT: &str = "https://api.hsforms.com";

/// Where Salesforce takes leads from the web.
const SALESFORCE: &str = "https://webto.salesforce.com/servlet/servlet.WebToLead?encoding=UTF-8";

/// The address of a webhook whose own can't be used, which is reported: it keeps its name, so that forms are not
/// reported for naming it.
pub const UNUSABLE: &str = "https://example.invalid/";

/// What kind of receiver a webhook is, with what only that kind needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum WebhookKind {
    /// The lead as JSON.
    Json {
        /// Does it answer preflights, so that the lead may go as `application/json`?
        preflight: bool,
    },
    /// The lead flattened and URL-encoded.
    Form,
    /// HubSpot's form submissions.
    Hubspot(Hubspot),
    /// HubSpot's CRM: a contact, and a note with what was sent.
    HubspotCrm {
        /// That of a private app.
        token: String,
    },
    /// Salesforce's Web-to-Lead.
    Salesforce {
        /// The organization's id.
        oid: String,
    },
    /// Leads in Salesforce, by its REST interface.
    SalesforceApi(SalesforceApi),
    /// A channel, to which a lead is a message.
    Chat(Chat),
    /// An email for each lead.
    Email {
        /// Who sends it.
        from: String,
        /// Who gets it.
        to: Vec<String>,
    },
    /// A file with a line of JSON for each lead, beside the relay's store.
    File {
        /// Its name.
        path: String,
        /// When the next one begins.
        rotation: Rotation,
    },
    /// A table for spreadsheets with a row for each lead, beside the relay's store.
    Sheet {
        /// The file's name.
        path: String,
        /// When the next one begins.
        rotation: Rotation,
    },
    /// The site's own relay, which takes leads as JSON and as browsers post forms.
    Relay,
}

/// A program in which a team talks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Chat {
    /// Slack, by an incoming webhook.
    Slack,
    /// Microsoft Teams, by a workflow.
    Teams,
    /// Discord, by a webhook.
    Discord,
}

impl WebhookKind {
    const NAMES: &[&str] =
        &["json", "form", "hubspot", "salesforce", "slack", "teams", "discord", "file", "email", "sheet"];

    /// As it is written in the configuration.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Json { .. } => "json",
            Self::Form => "form",
            Self::Hubspot(_) | Self::HubspotCrm { .. } => "hubspot",
            Self::Salesforce { .. } | Self::SalesforceApi(_) => "salesforce",
            Self::Chat(Chat::Slack) => "slack",
            Self::Chat(Chat::Teams) => "teams",
            Self::Chat(Chat::Discord) => "discord",
            Self::File { .. } => "file",
            Self::Sheet { .. } => "sheet",
            Self::Email { .. } => "email",
            Self::Relay => "relay",
        }
    }

    /// Can only the site's own relay send to it, as no page may know its address?
    #[must_use]
    pub fn needs_relay(&self) -> bool {
        matches!(
            self,
            Self::Chat(_)
                | Self::File { .. }
                | Self::Sheet { .. }
                | Self::Email { .. }
                | Self::HubspotCrm { .. }
                | Self::SalesforceApi(_)
        )
    }

    /// Does the relay write it into a file of its own?
    #[must_use]
    pub fn is_file(&self) -> bool {
        matches!(self, Self::File { .. } | Self::Sheet { .. })
    }
}

/// What HubSpot needs to know.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hubspot {
    /// The number of the account.
    pub portal: String,
    /// The form in HubSpot.
    pub form: HubspotForm,
    /// Consents (their ids) and the subscription types that they are for.
    pub subscriptions: BTreeMap<String, i64>,
}

/// Which form in HubSpot a form of the site is sent to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum HubspotForm {
    /// All to one.
    One(String),
    /// By the form's id.
    ById(BTreeMap<String, String>),
}

impl Default for HubspotForm {
    fn default() -> Self {
        Self::ById(BTreeMap::new())
    }
}

impl Hubspot {
    /// The GUID of the form in HubSpot for a form of the site.
    #[must_use]
    pub fn guid(&self, form: &str) -> Option<&str> {
        match &self.form {
            HubspotForm::One(guid) => Some(guid),
            HubspotForm::ById(forms) => forms.get(form).map(String::as_str),
        }
    }
}

/// Can a browser read what the endpoint responds?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ResponseAccess {
    /// Yes: it allows cross-origin reads.
    Readable,
    /// No.
    Opaque,
}

impl ResponseAccess {
    /// As it is written in the configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Readable => "readable",
            Self::Opaque => "opaque",
        }
    }
}

/// A receiver of leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Webhook {
    /// Its kind.
    pub kind: WebhookKind,
    /// Where its name stands.
    pub span: Span,
    /// Its address; for HubSpot without the path.
    pub url: Spanned<String>,
    /// Whether its answer can be read.
    pub response: ResponseAccess,
    /// What it calls the fields: by their ids.
    pub map: BTreeMap<String, String>,
    /// What it gets besides.
    pub add: BTreeMap<String, String>,
    /// The names that `map` gives and that `add` adds, with their places.
    pub names: BTreeMap<String, Span>,
    /// What the relay signs with, the newest first; of the kind `json` alone.
    pub secrets: Vec<String>,
}

/// What an edition says of a webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditionWebhook {
    /// It has another address there.
    At(Spanned<String>),
    /// It gets nothing from there.
    Off,
    /// It is being tried: the inbox of `serve`, by its path, gets the whole lead as JSON in its place.
    Inbox(Spanned<String>),
}

impl Webhook {
    /// Its address in an edition, where it gets leads from there at all.
    #[must_use]
    pub fn url_in<'a>(&'a self, edition: &'a EditionConfig, id: &str) -> Option<&'a Spanned<String>> {
        match edition.webhooks.get(id) {
            Some(EditionWebhook::At(url) | EditionWebhook::Inbox(url)) => Some(url),
            Some(EditionWebhook::Off) => None,
            None => Some(&self.url),
        }
    }
}

/// What `map` and `add` of a webhook say: names with texts.
struct Names {
    map: Vec<(Spanned<String>, Spanned<String>)>,
    add: Vec<(Spanned<String>, Spanned<String>)>,
}

impl Parser<'_> {
    pub(super) fn webhooks(&mut self, node: &Node) -> BTreeMap<String, Webhook> {
        let entries = self.reader.entries(node).unwrap_or_default();
        entries
            .iter()
            .filter_map(|(id, node)| Some((id.value.clone(), self.webhook(id.span, node)?)))
            .collect()
    }

    fn webhook(&mut self, span: Span, node: &Node) -> Option<Webhook> {
        let mut fields = self.reader.fields(node)?;
        fields.span = span;
        let kind = fields.take("kind").and_then(|node| self.reader.choice(node, WebhookKind::NAMES));
        let (what, kind) = match kind {
            Some(1) => ("a webhook of the kind `form`", WebhookKind::Form),
            Some(2) if let Some(token) = fields.take("token") => {
                let token = self.hubspot_token(token);
                ("a webhook of the kind `hubspot` with a `token`", WebhookKind::HubspotCrm { token })
            }
            Some(2) => {
                let what = "a webhook of the kind `hubspot`";
                (what, WebhookKind::Hubspot(self.hubspot(&mut fields, what)))
            }
            Some(3) if let Some(id) = fields.take("client_id") => {
                let kind = WebhookKind::SalesforceApi(self.salesforce_api(id, &mut fields));
                ("a webhook of the kind `salesforce` with a `client_id`", kind)
            }
            Some(3) => {
                let what = "a webhook of the kind `salesforce`";
                let oid = fields.require("oid", what, &mut self.reader);
                let is_oid = |oid: &str| matches!(oid.len(), 15 | 18) && oid.starts_with("00D");
                let oid = oid.and_then(|node| {
                    self.shaped(node, is_oid, "the organization's id, `00D…`, 15 or 18 characters")
                });
                (what, WebhookKind::Salesforce { oid: oid.unwrap_or_default() })
            }
            Some(4) => ("a webhook of the kind `slack`", WebhookKind::Chat(Chat::Slack)),
            Some(5) => ("a webhook of the kind `teams`", WebhookKind::Chat(Chat::Teams)),
            Some(6) => ("a webhook of the kind `discord`", WebhookKind::Chat(Chat::Discord)),
            Some(7) => {
                let what = "a webhook of the kind `file`";
                let (path, rotation) = self.own_file(&mut fields, what, "leads.jsonl");
                (what, WebhookKind::File { path, rotation })
            }
            Some(9) => {
                let what = "a webhook of the kind `sheet`";
                let (path, rotation) = self.own_file(&mut fields, what, "leads.csv");
                (what, WebhookKind::Sheet { path, rotation })
            }
            Some(8) => ("a webhook of the kind `email`", self.email(&mut fields)),
            _ => {
                let preflight = fields.take("preflight").and_then(|node| self.reader.truth(node));
                ("a webhook", WebhookKind::Json { preflight: preflight.unwrap_or_default() })
            }
        };
        self.check_relayed(&kind, what, span);
        let secrets = match kind {
            WebhookKind::Json { .. } => self.signing_secrets(&mut fields),
            _ => Vec::new(),
        };
        let default = match (&kind, self.region(&kind, &mut fields)) {
            (WebhookKind::Hubspot(_), region) => Some(region),
            (WebhookKind::Salesforce { .. }, _) => Some(SALESFORCE.to_string()),
            (WebhookKind::HubspotCrm { .. }, _) => Some(HUBSPOT_API.to_string()),
            (kind, _) if kind.is_file() => Some(UNUSABLE.to_string()),
            _ => None,
        };
        let url = match default {
            _ if matches!(kind, WebhookKind::Email { .. }) => {
                fields.require("url", what, &mut self.reader).and_then(|node| self.mail_server(node))
            }
            Some(default) if kind.is_file() => Some(Spanned { value: default, span }),
            Some(default) => match fields.take("url") {
                Some(node) => self.receiver(node),
                None => Some(Spanned { value: default, span }),
            },
            None => fields.require("url", what, &mut self.reader).and_then(|node| self.receiver(node)),
        };
        let response = fields.take("response").and_then(|node| {
            self.reader.choice_renamed(node, &["readable", "opaque"], &[("cors", "readable")])
        });
        if let (Some(0), WebhookKind::Salesforce { .. }) = (response, &kind) {
            let at = fields.key("response").unwrap_or(span);
            self.reader.diagnostics.push(
                Diagnostic::new(Code::InvalidValue, "Salesforce gives no response that a browser can read")
                    .at(FILE, at)
                    .help("remove `response`, or write `response: opaque`"),
            );
        }
        let given = Names {
            map: fields.take("map").map(|node| self.names(node)).unwrap_or_default(),
            add: fields.take("add").map(|node| self.names(node)).unwrap_or_default(),
        };
        let names = self.check_names(&given, &kind);
        fields.finish(what, [], &mut self.reader);
        let response = match response {
            Some(0) => ResponseAccess::Readable,
            Some(_) => ResponseAccess::Opaque,
            None if matches!(kind, WebhookKind::Salesforce { .. }) => ResponseAccess::Opaque,
            None => ResponseAccess::Readable,
        };
        let url = url.unwrap_or(Spanned { value: UNUSABLE.into(), span });
        let text = |(name, value): (Spanned<String>, Spanned<String>)| (name.value, value.value);
        let (map, add) = (given.map.into_iter().map(text), given.add.into_iter().map(text));
        Some(Webhook { kind, span, url, response, map: map.collect(), add: add.collect(), names, secrets })
    }

    /// Reports a name that no webhook has.
    pub(super) fn unknown_webhook(&mut self, id: &Spanned<String>, known: &BTreeMap<String, Webhook>) {
        self.reader.diagnostics.push(
            Diagnostic::new(Code::UnknownWebhook, format!("there is no webhook `{}`", id.value))
                .at(FILE, id.span)
                .suggest(&id.value, known.keys().map(String::as_str))
                .help("webhooks are declared in `ringback.yaml`, under `webhooks:`"),
        );
    }

    /// What pages can't hold, they can't send to.
    fn check_relayed(&mut self, kind: &WebhookKind, what: &str, span: Span) {
        if kind.needs_relay() && !self.has_relay {
            let message = format!("{what} needs a `relay`");
            self.reader.diagnostics.push(Diagnostic::new(Code::InvalidValue, message).at(FILE, span).help(
                "browsers can't send to it: declare a `relay`, or use a service such as Zapier, Make or n8n, and pass leads on from there",
            ));
        }
    }

    /// `secret:` of a webhook that gets signed leads: one, or several while they are changed.
    fn signing_secrets(&mut self, fields: &mut Fields<'_>) -> Vec<String> {
        let Some(node) = fields.take("secret") else { return Vec::new() };
        let place = fields.key("secret").unwrap_or(node.span);
        let secrets = self.reader.texts(node).unwrap_or_default();
        if !self.has_relay {
            let problem =
                Diagnostic::new(Code::InvalidValue, "only a `relay` can sign leads").at(FILE, place);
            let help = "every visitor could read a secret in a page: remove it, or declare a `relay`";
            self.reader.diagnostics.push(problem.help(help));
        }
        secrets.into_iter().map(|secret| secret.value).collect()
    }

    fn hubspot(&mut self, fields: &mut Fields<'_>, what: &str) -> Hubspot {
        let portal = fields.require("portal", what, &mut self.reader);
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let portal =
            portal.and_then(|node| self.shaped(node, is_number, "the number of the HubSpot account"));
        let form = match fields.require("form", what, &mut self.reader) {
            Some(node) if matches!(node.value, crate::yaml::Value::Map(_)) => {
                let entries = self.reader.entries(node).unwrap_or_default();
                let forms =
                    entries.iter().filter_map(|(id, node)| Some((id.value.clone(), self.guid(node)?)));
                HubspotForm::ById(forms.collect())
            }
            Some(node) => self.guid(node).map(HubspotForm::One).unwrap_or_default(),
            None => HubspotForm::default(),
        };
        let mut subscriptions = BTreeMap::new();
        if let Some(node) = fields.take("subscriptions") {
            for (consent, node) in self.reader.entries(node).unwrap_or_default() {
                let number = self.reader.number(node, 1..=i64::MAX);
                subscriptions.extend(number.map(|number| (consent.value.clone(), number)));
            }
        }
        Hubspot { portal: portal.unwrap_or_default(), form, subscriptions }
    }

    fn guid(&mut self, node: &Node) -> Option<String> {
        let is_guid = |text: &str| {
            let parts: Vec<&str> = text.split('-').collect();
            parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
                && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_hexdigit()))
        };
        self.shaped(node, is_guid, "a form's GUID in HubSpot, such as `319478e5-e5fd-4d39-9d13-fc1f90bf46da`")
    }

    /// HubSpot's host in the account's region.
    fn region(&mut self, kind: &WebhookKind, fields: &mut Fields<'_>) -> String {
        if !matches!(kind, WebhookKind::Hubspot(_)) {
            return String::new();
        }
        let region = fields.take("region").and_then(|node| self.reader.choice(node, &["na1", "eu1"]));
        if region == Some(1) { HUBSPOT.replace("api.", "api-eu1.") } else { HUBSPOT.to_string() }
    }

    /// Text of a certain shape.
    pub(super) fn shaped(&mut self, node: &Node, fits: impl Fn(&str) -> bool, shape: &str) -> Option<String> {
        let text = self.reader.text(node)?;
        // A variable is not set, which is reported already, or is only needed elsewhere.
        if text.value.contains("${") {
            return None;
        }
        if !fits(&text.value) {
            let message = format!("`{}` is not {shape}", text.value);
            self.reader.report(Code::InvalidValue, text.span, message);
            return None;
        }
        Some(text.value)
    }

    /// A map from names to texts.
    fn names(&mut self, node: &Node) -> Vec<(Spanned<String>, Spanned<String>)> {
        let entries = self.reader.entries(node).unwrap_or_default();
        entries.iter().filter_map(|(name, node)| Some((name.clone(), self.reader.text(node)?))).collect()
    }

    /// The names under which a receiver gets something: each once, and none that the record itself has.
    fn check_names(&mut self, given: &Names, kind: &WebhookKind) -> BTreeMap<String, Span> {
        let receiver = match kind {
            WebhookKind::Json { .. } => RecordTarget::Nested,
            WebhookKind::Form => RecordTarget::Posted,
            WebhookKind::Hubspot(_)
            | WebhookKind::HubspotCrm { .. }
            | WebhookKind::SalesforceApi(_)
            | WebhookKind::Sheet { .. } => RecordTarget::Flat,
            WebhookKind::Salesforce { .. } => RecordTarget::Salesforce,
            WebhookKind::Chat(_)
            | WebhookKind::File { .. }
            | WebhookKind::Email { .. }
            | WebhookKind::Relay => RecordTarget::Nested,
        };
        for (name, _) in &given.map {
            reserved::refuse_objects(name, "a field that `map` renames", &mut self.reader);
        }
        let mapped = given.map.iter().filter(|(name, target)| name.value != target.value);
        let targets = mapped.map(|(_, target)| (target, false));
        let mut names: BTreeMap<String, Span> = BTreeMap::new();
        // Two fields may have one name there, as long as no form asks for both.
        for (name, is_added) in targets.chain(given.add.iter().map(|(name, _)| (name, true))) {
            // A name of the record's own is free when it goes under another one.
            let is_free =
                given.map.iter().any(|(own, target)| own.value == name.value && own.value != target.value);
            let problem = if reserved::is_records(&name.value, receiver) && !is_free {
                let message = format!("the data that is sent already uses the name `{}`", name.value);
                Diagnostic::new(Code::InvalidValue, message)
                    .at(FILE, name.span)
                    .help("one value would replace the other; choose another name")
            } else if let Some(other) = names.get(&name.value).filter(|_| is_added) {
                Diagnostic::new(Code::InvalidValue, format!("the name `{}` is given twice", name.value))
                    .at(FILE, name.span)
                    .related(FILE, Some(*other), "the other one")
                    .help("one value would replace the other; choose another name")
            } else {
                names.insert(name.value.clone(), name.span);
                continue;
            };
            self.reader.diagnostics.push(problem);
        }
        names
    }

    /// The address of a receiver: https, or http on this computer.
    pub(super) fn receiver(&mut self, node: &Node) -> Option<Spanned<String>> {
        let url = self.reader.text(node)?;
        if url.value.contains("${") {
            // A variable is not set, which is reported already.
            return None;
        }
        // Browsers would read an address with spaces, without slashes or without a host in their own way.
        let begins = ["https://", "http://"].iter().any(|start| {
            url.value.strip_prefix(start).is_some_and(|rest| !rest.starts_with(['/', '\\', '?', '#']))
        });
        let is_written_out = begins && !url.value.contains(char::is_whitespace);
        let parsed = Url::parse(&url.value).ok().filter(|parsed| is_written_out && parsed.has_host());
        let Some(parsed) = parsed else {
            // The address itself may be a secret that came from the environment.
            self.reader.diagnostics.push(
                Diagnostic::new(Code::BadUrl, "this is not the URL of an endpoint")
                    .at(FILE, url.span)
                    .help("it begins with `https://` and has no spaces"),
            );
            return None;
        };
        if parsed.scheme() == "http" && !is_this_computer(&parsed) {
            let host = parsed.host_str().unwrap_or_default();
            self.reader.diagnostics.push(
                Diagnostic::new(
                    Code::InsecureWebhook,
                    format!("leads would go to `{host}` without encryption"),
                )
                .at(FILE, url.span)
                .help("write `https://`; `http://` is for tests with an endpoint on `localhost`"),
            );
        }
        Some(url)
    }

    /// `webhooks:` of an edition. The site's own are `known`.
    pub(super) fn edition_webhooks(
        &mut self,
        node: &Node,
        known: &BTreeMap<String, Webhook>,
    ) -> BTreeMap<String, EditionWebhook> {
        let mut all = BTreeMap::new();
        for (id, node) in self.reader.entries(node).unwrap_or_default() {
            if !known.contains_key(&id.value) {
                self.reader.diagnostics.push(
                    Diagnostic::new(Code::UnknownWebhook, format!("there is no webhook `{}`", id.value))
                        .at(FILE, id.span)
                        .suggest(&id.value, known.keys().map(String::as_str))
                        .help("an edition gives another URL to a webhook that is declared under `webhooks:`"),
                );
                continue;
            }
            let is_off = matches!(&node.value, crate::yaml::Value::Scalar { text, .. } if text == "none");
            if is_off {
                all.insert(id.value.clone(), EditionWebhook::Off);
            } else if let Some(url) = self.receiver(node) {
                all.insert(id.value.clone(), EditionWebhook::At(url));
            }
        }
        all
    }
}

/// Does an address lead to this computer, as a browser reads it? `http://2130706433/` does, and
/// `http://127.0.0.1.example.org/` doesn't (RFC 6761 for names, RFC 1122 and 4291 for numbers).
pub(super) fn is_this_computer(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => {
            address.is_loopback() || address.to_ipv4_mapped().is_some_and(|address| address.is_loopback())
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;
    use crate::diag::Diagnostics;

    fn read(webhooks: &str) -> (config::Config, Vec<String>) {
        let mut diagnostics = Diagnostics::new();
        let text = format!("title: T\nbase_url: https://example.org/\n{webhooks}");
        let config = config::read(&text, &|_| None, &mut diagnostics).expect("it is YAML");
        (config, diagnostics.sorted().into_iter().map(|found| found.message).collect())
    }

    #[test]
    fn each_kind_has_its_own_keys() {
        let (config, said) = read(
            "webhooks:\n  a: {url: https://a.example/, preflight: true, map: {name: full_name}, add: {n: 1}}\n  \
             b: {kind: hubspot, region: eu1, portal: 123, form: 319478e5-e5fd-4d39-9d13-fc1f90bf46da, subscriptions: {news: 5}}\n  \
             c: {kind: salesforce, oid: 00D000000000001}\n",
        );
        assert_eq!(said, Vec::<String>::new());
        let webhook = |id: &str| &config.webhooks[id];
        assert_eq!(webhook("a").kind, WebhookKind::Json { preflight: true });
        assert_eq!(webhook("a").map["name"], "full_name");
        assert_eq!(webhook("a").add["n"], "1");
        assert_eq!(webhook("b").url.value, "https://api-eu1.hsforms.com");
        assert_eq!(
            (webhook("c").url.value.as_str(), webhook("c").response),
            (SALESFORCE, ResponseAccess::Opaque)
        );
        let (_, said) = read("webhooks: {a: {url: https://a.example/, oid: 00D000000000001}}\n");
        assert_eq!(said, ["a webhook has no key `oid`"]);
        let (_, said) = read("webhooks: {a: {kind: hubspot}}\n");
        assert_eq!(
            said,
            [
                "a webhook of the kind `hubspot` needs `form`",
                "a webhook of the kind `hubspot` needs `portal`"
            ]
        );
    }

    #[test]
    fn an_edition_has_the_last_word() {
        let (config, said) = read(
            "webhooks: {a: {url: https://a.example/}, b: {url: https://b.example/}, c: {url: https://c.example/}}\n\
             editions: {team: {audiences: [team], webhooks: {a: http://localhost:8080/, b: none}}}\n",
        );
        assert_eq!(said, Vec::<String>::new());
        let url =
            |id: &str| config.webhooks[id].url_in(&config.editions[0], id).map(|url| url.value.as_str());
        assert_eq!(
            (url("a"), url("b"), url("c")),
            (Some("http://localhost:8080/"), None, Some("https://c.example/"))
        );
    }

    #[test]
    fn only_this_computer_is_reached_without_encryption() {
        for (url, fine) in [
            ("http://localhost:8080/x", true),
            ("http://127.0.0.1/", true),
            ("http://[::1]:1/", true),
            ("http://localhost.example.org/", false),
            ("http://localhost@example.org/", false),
            ("http://192.168.0.2/", false),
            ("ftp://x", false),
            ("https:///x", false),
            ("http://2130706433/", true),
            ("http://0177.0.0.1/", true),
            ("http://127.1/", true),
            ("http://[::ffff:127.0.0.1]/", true),
            ("http://LOCALHOST./x", true),
            ("http://127.0.0.1.example.org/", false),
            ("http://127.0.0.1.nip.example/", false),
            ("http://[::ffff:192.168.0.2]/", false),
            ("http://localhost%2Eexample.org/", false),
            ("http://user@127.0.0.1@example.org/", false),
            ("https://", false),
            ("https://[::1/", false),
        ] {
            let (_, said) = read(&format!("webhooks: {{a: {{url: \"{url}\"}}}}\n"));
            assert_eq!(said.is_empty(), fine, "{url}: {said:?}");
        }
    }
}
