//! `integrations:`, the services of others that pages load: statistics, advertising, chats, and scripts of the owner's own
//! choice. [`providers`] knows what each looks like, [`hosts`] reads names of hosts, [`desk`] when a chat is open.

mod desk;
mod hosts;
mod providers;

use std::collections::{BTreeMap, BTreeSet};

pub(in crate::config) use desk::days as days_named;
pub use desk::{ChatDesk, Holiday, OpenTime};
pub use providers::{Provider, Purpose};

use self::providers::HostKey;
use super::{Config, Parser, Webhook, WebhookKind};
use crate::diag::{Code, Diagnostic, Span};
use crate::encode::{origin, slug::slug};
use crate::project::CONFIG_FILE as FILE;
use crate::yaml::{Fields, Node, Spanned, Value};

/// The chat of HubSpot, which is a key of its account.
const HUBSPOT_CHAT: &str = "hubspot_chat";

/// Whose code an integration loads.
#[derive(Debug, Clone)]
pub enum Service {
    /// A service from the list of those that ringback knows.
    Known(&'static Provider),
    /// A script that the owner has declared.
    Script {
        /// Its address, or a path of the site.
        src: String,
        /// Attributes of its script element.
        attributes: BTreeMap<String, String>,
        /// Cookies that it leaves with the site.
        cookies: Vec<String>,
    },
}

/// Something that pages load from others.
#[derive(Debug, Clone)]
pub struct Integration {
    /// The service that is loaded, or a script of the owner's own.
    pub service: Service,
    /// The name by which visitors know it.
    pub label: String,
    /// Its name in browser code and in a visitor's choice.
    pub name: String,
    /// Its id there, where it has one.
    pub id: String,
    /// Its server, such as `https://stats.example.org`, where it can have different ones.
    pub host: Option<String>,
    /// The region of its account, where it has several.
    pub region: Option<&'static str>,
    /// What visitors allow when they agree to it.
    pub purpose: Purpose,
    /// Is the visitor asked before it is loaded?
    pub asks: bool,
    /// Further hosts that it may use.
    pub hosts: Vec<String>,
}

/// Everything that pages load from others, and what visitors are asked.
#[derive(Debug, Clone, Default)]
pub struct Integrations {
    /// In the order of the documentation, own scripts last.
    pub all: Vec<Integration>,
    /// When somebody answers the chat, if the owner says.
    pub desk: Option<ChatDesk>,
    /// The webhook that is told of each yes, and of its end.
    pub receipts: Option<String>,
}

impl Integration {
    /// The sources that it needs, by directive of a Content-Security-Policy.
    #[must_use]
    pub fn sources(&self) -> BTreeMap<&'static str, Vec<String>> {
        let mut all: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        match &self.service {
            Service::Known(provider) => {
                for (directive, sources) in provider.sources {
                    let filled = sources.iter().filter_map(|source| match *source {
                        "{host}" => self.host.clone(),
                        source => Some(source.to_string()),
                    });
                    all.entry(directive).or_default().extend(filled);
                }
            }
            Service::Script { src, .. } => {
                all.entry("script-src").or_default().extend(origin::source(src));
            }
        }
        for host in &self.hosts {
            for directive in
                ["script-src", "style-src", "img-src", "font-src", "media-src", "frame-src", "connect-src"]
            {
                all.entry(directive).or_default().push(host.clone());
            }
            let socket = host.strip_prefix("https://").map(|rest| format!("wss://{rest}"));
            all.entry("connect-src").or_default().extend(socket);
        }
        all
    }

    /// The cookies and entries of storage that it leaves with the site.
    #[must_use]
    pub fn cookies(&self) -> Vec<&str> {
        match &self.service {
            Service::Known(provider) => provider.cookies.to_vec(),
            Service::Script { cookies, .. } => cookies.iter().map(String::as_str).collect(),
        }
    }
}

impl Config {
    /// Has the owner declared that pages may load something from this origin, as a kind that a directive of a
    /// Content-Security-Policy names (`script-src`, `style-src`, `frame-src`)?
    #[must_use]
    pub fn declares(&self, directive: &str, found: &str) -> bool {
        let own = self.hosting.policy.get(directive).into_iter().flatten();
        let of_others = self.integrations.all.iter().filter_map(|one| one.sources().remove(directive));
        let of_others: Vec<String> = of_others.flatten().collect();
        own.chain(&of_others).any(|source| origin::fits(source, found))
    }
}

/// What an owner says of any integration.
struct Common {
    purpose: Option<Spanned<Purpose>>,
    consent: Option<Spanned<bool>>,
    hosts: Vec<String>,
}

impl Parser<'_> {
    /// Reads `integrations:`; webhooks that it names have to be among these.
    pub(super) fn integrations(&mut self, node: &Node, webhooks: &BTreeMap<String, Webhook>) -> Integrations {
        let mut found = Integrations::default();
        let entries = self.reader.entries(node).unwrap_or_default();
        let find = |name: &str| entries.iter().find(|(key, _)| key.value == name);
        for provider in Provider::ALL {
            if let Some((name, node)) = find(provider.name).filter(|_| provider.name != HUBSPOT_CHAT) {
                found.all.extend(self.known_service(provider, name, node));
            }
        }
        if let Some((_, node)) = find("script") {
            let scripts = match &node.value {
                Value::List(all) => all.iter().collect(),
                _ => vec![node],
            };
            found.all.extend(scripts.into_iter().filter_map(|node| self.own_script(node)));
        }
        if let Some((_, node)) = find("receipts") {
            found.receipts = self.receipts(node, webhooks);
        }
        found.desk = find("chat").and_then(|(_, node)| self.desk(node));
        self.unknown(entries);
        let desk = find("chat").map(|(key, _)| key.span);
        self.one_of_each(&mut found.all, node.span, desk);
        found
    }

    /// Reports keys that are no integrations.
    fn unknown(&mut self, entries: &[(Spanned<String>, Node)]) {
        let known: Vec<&str> = Self::integration_names().collect();
        for (key, _) in entries.iter().filter(|(key, _)| !known.contains(&key.value.as_str())) {
            let problem =
                Diagnostic::new(Code::UnknownKey, format!("ringback knows no integration `{}`", key.value))
                    .at(FILE, key.span)
                    .suggest(&key.value, known.iter().copied());
            let problem = match problem.help.is_empty() {
                true => problem.help("declare it under `script`, with its hosts and what it is for"),
                false => problem,
            };
            self.reader.diagnostics.push(problem);
        }
    }

    /// The keys below `integrations`.
    fn integration_names() -> impl Iterator<Item = &'static str> {
        let providers = Provider::ALL.iter().map(|provider| provider.name);
        providers.filter(|name| *name != HUBSPOT_CHAT).chain(["chat", "script", "receipts"])
    }

    /// A service that ringback knows; HubSpot can be two, as it counts and chats.
    fn known_service(
        &mut self,
        provider: &'static Provider,
        name: &Spanned<String>,
        node: &Node,
    ) -> Vec<Integration> {
        let what = format!("`{}`", name.value);
        let Some(mut fields) = self.reader.fields(node) else { return Vec::new() };
        fields.span = name.span;
        let kinds = self.kinds(provider, &mut fields);
        let found = self.account(provider, &what, &mut fields);
        let region = provider.regions.first().map(|first| {
            let own = fields.take("region").and_then(|node| self.reader.choice(node, provider.regions));
            own.map_or(*first, |own| provider.regions[own])
        });
        let common = self.common(&mut fields);
        fields.finish("an integration", [], &mut self.reader);
        let purpose = self.purpose_of(provider, common.purpose.as_ref());
        let asks = self.asks(provider, common.consent.as_ref());
        let Some((id, host)) = found else { return Vec::new() };
        let one = |kind: &'static Provider| Integration {
            service: Service::Known(kind),
            label: kind.label.into(),
            name: kind.name.into(),
            id: id.clone(),
            host: host.clone(),
            region,
            purpose: if kind.name == provider.name { purpose } else { kind.purpose },
            asks,
            hosts: common.hosts.clone(),
        };
        kinds.into_iter().map(one).collect()
    }

    /// What a provider is used for. HubSpot follows visitors unless `tracking: false` says otherwise, and chats where
    /// `chat: true` does.
    fn kinds(&mut self, provider: &'static Provider, fields: &mut Fields<'_>) -> Vec<&'static Provider> {
        if provider.name != "hubspot" {
            return vec![provider];
        }
        let tracks = fields.take("tracking").and_then(|node| self.reader.truth(node)).unwrap_or(true);
        let chats = fields.take("chat").and_then(|node| self.reader.truth(node)).unwrap_or(false);
        let chat = Provider::ALL.iter().find(|other| other.name == HUBSPOT_CHAT).filter(|_| chats);
        Some(provider).filter(|_| tracks).into_iter().chain(chat).collect()
    }

    /// The id of an account and its server; nothing where one of them is missing or wrong, which is reported.
    fn account(
        &mut self,
        provider: &Provider,
        what: &str,
        fields: &mut Fields<'_>,
    ) -> Option<(String, Option<String>)> {
        let host = match provider.host {
            HostKey::None => None,
            HostKey::Required => fields.require("host", what, &mut self.reader),
            HostKey::Default(_) | HostKey::Below(_) => fields.take("host"),
        };
        let is_named = host.is_some();
        let host = host.and_then(|node| self.host(node));
        let shape = provider.id;
        let id = match provider.host {
            HostKey::Below(_) if is_named => match fields.take("id") {
                Some(node) => self.shaped(node, shape.fits, shape.says),
                None => Some(String::new()),
            },
            _ => {
                let id = fields.require("id", what, &mut self.reader);
                id.and_then(|node| self.shaped(node, shape.fits, shape.says))
            }
        }?;
        let host = match provider.host {
            HostKey::None => None,
            _ if is_named => Some(host?),
            HostKey::Required => return None,
            HostKey::Default(server) => Some(server.to_string()),
            HostKey::Below(domain) => Some(format!("https://{id}.{domain}")),
        };
        Some((id, host))
    }

    fn common(&mut self, fields: &mut Fields<'_>) -> Common {
        let purpose = fields.take("purpose").and_then(|node| {
            let found = self.reader.choice(node, Purpose::NAMES)?;
            Some(Spanned { value: Purpose::ALL[found], span: node.span })
        });
        let consent = fields
            .take("consent")
            .and_then(|node| Some(Spanned { value: self.reader.truth(node)?, span: node.span }));
        let hosts = fields.take("hosts").map(|node| self.hosts(node)).unwrap_or_default();
        Common { purpose, consent, hosts }
    }

    /// What a known service is for. Its owner can say `marketing` of statistics and the other way round; nothing known is
    /// needed, and a chat is a chat.
    fn purpose_of(&mut self, provider: &Provider, own: Option<&Spanned<Purpose>>) -> Purpose {
        let Some(own) = own else { return provider.purpose };
        let is_counting = |purpose: Purpose| matches!(purpose, Purpose::Statistics | Purpose::Marketing);
        if own.value == provider.purpose {
            return provider.purpose;
        }
        if is_counting(provider.purpose) && is_counting(own.value) {
            return own.value;
        }
        let message = format!("{} can't be loaded as `{}`", provider.label, own.value.name());
        let help = match provider.purpose {
            Purpose::Chat => "it is a chat: remove `purpose`",
            _ => "it can be `statistics` or `marketing`",
        };
        self.reader
            .diagnostics
            .push(Diagnostic::new(Code::InvalidValue, message).at(FILE, own.span).help(help));
        provider.purpose
    }

    /// Is the visitor asked? `consent: false` is for statistics that keep nothing on the visitor's device.
    fn asks(&mut self, provider: &Provider, consent: Option<&Spanned<bool>>) -> bool {
        let Some(own) = consent.filter(|own| !own.value) else { return true };
        if provider.is_cookieless {
            return false;
        }
        let message = format!("{} can't be loaded without the visitor's consent", provider.label);
        let help = "remove `consent: false`: only Plausible, Umami, GoatCounter and Matomo can count without cookies";
        self.reader
            .diagnostics
            .push(Diagnostic::new(Code::InvalidValue, message).at(FILE, own.span).help(help));
        true
    }

    /// A script that ringback doesn't know, with its hosts and purpose.
    fn own_script(&mut self, node: &Node) -> Option<Integration> {
        const WHAT: &str = "a script of an integration";
        let mut fields = self.reader.fields(node)?;
        let label = fields.require("name", WHAT, &mut self.reader).and_then(|node| self.reader.text(node));
        let src = fields.require("src", WHAT, &mut self.reader).and_then(|node| self.script_address(node));
        let purpose = fields.require("purpose", WHAT, &mut self.reader);
        let purpose = purpose.and_then(|node| self.reader.choice(node, Purpose::NAMES));
        let hosts = fields.take("hosts").map(|node| self.hosts(node)).unwrap_or_default();
        let attributes = fields.take("attributes").map(|node| self.attributes(node)).unwrap_or_default();
        let cookies = fields.take("cookies").and_then(|node| self.reader.texts(node)).unwrap_or_default();
        fields.finish(WHAT, [], &mut self.reader);
        let (label, src, purpose) = (label?, src?, Purpose::ALL[purpose?]);
        let name = slug(&label.value);
        if name.is_empty() {
            self.reader.report(
                Code::InvalidValue,
                label.span,
                "the name of a script needs a letter or a digit",
            );
            return None;
        }
        Some(Integration {
            service: Service::Script {
                src,
                attributes,
                cookies: cookies.into_iter().map(|cookie| cookie.value).collect(),
            },
            label: label.value,
            name: format!("script:{name}"),
            id: String::new(),
            host: None,
            region: None,
            purpose,
            asks: purpose != Purpose::Needed,
            hosts,
        })
    }

    /// The address of a script: a file of the site, or one on the web, encrypted.
    fn script_address(&mut self, node: &Node) -> Option<String> {
        let text = self.reader.text(node)?;
        let is_own =
            text.value.starts_with('/') && !text.value.starts_with("//") && !text.value.contains('\\');
        let is_here =
            text.value.starts_with("http://127.0.0.1") || text.value.starts_with("http://localhost");
        let is_web = text.value.starts_with("https://") || is_here;
        let is_one = origin::source(&text.value).is_some_and(|found| found.contains("://"));
        let is_clean = !text.value.contains(|c: char| c.is_whitespace() || c.is_control());
        if is_clean && (is_own || is_web && is_one) {
            return Some(text.value);
        }
        if !text.value.contains("${") {
            let problem =
                Diagnostic::new(Code::BadUrl, format!("`{}` is not the URL of a script", text.value));
            let help = "it begins with `https://`, or with `/` for a file in `static/`";
            self.reader.diagnostics.push(problem.at(FILE, text.span).help(help));
        }
        None
    }

    /// Attributes of a script element: those that services read their settings from, and none that runs something.
    fn attributes(&mut self, node: &Node) -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        for (name, node) in self.reader.entries(node).unwrap_or_default() {
            let is_letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            let is_data = name.value.strip_prefix("data-").is_some_and(|rest| !rest.is_empty());
            let is_known = is_data || matches!(name.value.as_str(), "id" | "crossorigin" | "integrity");
            if !is_known || !name.value.bytes().all(is_letter) {
                let message = format!("a script can't have the attribute `{}` here", name.value);
                let help = "it can have `data-…`, `id`, `crossorigin` and `integrity`";
                let problem = Diagnostic::new(Code::UnknownKey, message).at(FILE, name.span);
                self.reader.diagnostics.push(problem.help(help));
            } else if let Some(text) = self.reader.text(node) {
                all.insert(name.value.clone(), text.value);
            }
        }
        all
    }

    /// The webhook for receipts of consent.
    fn receipts(&mut self, node: &Node, webhooks: &BTreeMap<String, Webhook>) -> Option<String> {
        let id = self.reader.text(node)?;
        let Some(webhook) = webhooks.get(&id.value) else {
            self.unknown_webhook(&id, webhooks);
            return None;
        };
        if !matches!(webhook.kind, WebhookKind::Json { .. } | WebhookKind::File { .. }) {
            let kind = webhook.kind.name();
            let message =
                format!("the webhook `{}` is of the kind `{kind}`, which can't receive receipts", id.value);
            self.reader.diagnostics.push(
                Diagnostic::new(Code::InvalidValue, message)
                    .at(FILE, id.span)
                    .related(FILE, Some(webhook.span), "the webhook")
                    .help("declare one of the kind `json`"),
            );
            return None;
        }
        Some(id.value)
    }

    /// Two scripts of one name would be one choice; of chats there is one.
    fn one_of_each(&mut self, all: &mut Vec<Integration>, span: Span, desk: Option<Span>) {
        let mut names = BTreeSet::new();
        for one in all.iter().filter(|one| !names.insert(one.name.clone())) {
            let message = format!("two scripts are called `{}`", one.label);
            self.reader.report(Code::InvalidValue, span, message);
        }
        let chats: Vec<&str> =
            all.iter().filter(|one| one.purpose == Purpose::Chat).map(|one| one.label.as_str()).collect();
        if let [first, second, ..] = chats[..] {
            let message = format!("a site has one chat, and this one has {first} and {second}");
            let problem = Diagnostic::new(Code::InvalidValue, message).at(FILE, span);
            self.reader.diagnostics.push(problem.help("remove one of them"));
        }
        if let (true, Some(span)) = (chats.is_empty(), desk) {
            let problem = Diagnostic::new(Code::MissingKey, "there is no chat whose hours these could be");
            let help = "declare one, such as `crisp: {id: …}`, or remove `chat`";
            self.reader.diagnostics.push(problem.at(FILE, span).help(help));
        }
        let mut has_chat = false;
        all.retain(|one| one.purpose != Purpose::Chat || !std::mem::replace(&mut has_chat, true));
    }
}

#[cfg(test)]
mod tests;
