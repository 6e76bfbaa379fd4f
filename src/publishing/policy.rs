//! The Content-Security-Policy of pages: what a browser may load, run and send to, computed from what they use.
//!
//! Every page carries its own ([`Policy::meta`]), so that it holds on hosts that send no headers; `_headers` has one for
//! all pages of the edition ([`Policy::header`]), with what can't be said in a page. Both are the same text
//! ([CSP Level 3](https://www.w3.org/TR/CSP3/)), and where both are sent, what both allow is allowed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::encode::origin::source;
use crate::site::foreign::Foreign;

/// What this computer is called, with whichever port.
const THIS_COMPUTER: [&str; 2] = ["http://127.0.0.1:*", "http://localhost:*"];

/// Whom a page deals with besides its own site, as sources of a policy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    foreign: Foreign,
    connect: BTreeSet<String>,
    forms: BTreeSet<String>,
    /// What the site's configuration adds, by directive.
    own: BTreeMap<&'static str, BTreeSet<String>>,
}

/// Directives that are there only where a site adds to them.
const ADDED: [&str; 4] = ["script-src", "style-src", "font-src", "worker-src"];

impl Policy {
    /// Adds the sources that the site's configuration has.
    pub fn allow(&mut self, sources: &BTreeMap<&'static str, Vec<String>>) {
        for (directive, sources) in sources {
            self.own.entry(directive).or_default().extend(sources.iter().cloned());
        }
    }

    /// Adds what a text loads.
    pub fn load(&mut self, foreign: Foreign) {
        self.foreign.images.extend(foreign.images);
        self.foreign.media.extend(foreign.media);
        self.foreign.frames.extend(foreign.frames);
    }

    /// Adds a place that scripts send to, or ask.
    pub fn connect(&mut self, address: &str) {
        self.connect.extend(sources(address));
    }

    /// Adds a place that a form is sent to, or that its receiver leads back to: browsers look at redirects, too.
    pub fn submit(&mut self, address: &str) {
        self.forms.extend(sources(address));
    }

    /// Adds all that another one allows.
    pub fn extend(&mut self, other: &Self) {
        self.load(other.foreign.clone());
        self.connect.extend(other.connect.iter().cloned());
        self.forms.extend(other.forms.iter().cloned());
        for (directive, sources) in &other.own {
            self.own.entry(directive).or_default().extend(sources.iter().cloned());
        }
    }

    /// The same without a name in it: wherever something foreign is allowed, all of `https:` is. For policies that
    /// people read who may not see the pages.
    #[must_use]
    pub fn anonymous(&self) -> Self {
        let hide =
            |set: &BTreeSet<String>| set.iter().next().map(|_| "https:".to_string()).into_iter().collect();
        let Foreign { images, media, frames } = &self.foreign;
        Self {
            foreign: Foreign { images: hide(images), media: hide(media), frames: hide(frames) },
            connect: hide(&self.connect),
            forms: hide(&self.forms),
            own: self.own.iter().map(|(directive, sources)| (*directive, hide(sources))).collect(),
        }
    }

    /// For `<meta http-equiv="Content-Security-Policy">`.
    #[must_use]
    pub fn meta(&self) -> String {
        let Foreign { images, media, frames } = &self.foreign;
        let none = BTreeSet::new();
        let own = |directive: &str| self.own.get(directive).unwrap_or(&none);
        let mut policy = "default-src 'self'".to_string();
        let computed = [
            ("img-src", images, true),
            ("media-src", media, false),
            ("frame-src", frames, false),
            ("connect-src", &self.connect, true),
            ("form-action", &self.forms, true),
        ];
        let added = ADDED.map(|directive| (directive, &none, false));
        for (directive, sources, is_needed) in computed.into_iter().chain(added) {
            let all: BTreeSet<&String> =
                sources.union(own(directive)).filter(|one| *one != "'self'").collect();
            if is_needed || !all.is_empty() {
                let _ = write!(policy, "; {directive} 'self'");
                for source in all {
                    let _ = write!(policy, " {source}");
                }
            }
        }
        policy.push_str("; base-uri 'self'; object-src 'none'");
        policy
    }

    /// For the header. Browsers take no notice of `frame-ancestors` in a page (CSP Level 3, section 3.3).
    #[must_use]
    pub fn header(&self) -> String {
        let ancestors =
            self.own.get("frame-ancestors").map(|all| all.iter().map(String::as_str).collect::<Vec<_>>());
        let ancestors =
            ancestors.filter(|all| !all.is_empty()).map_or_else(|| "'none'".into(), |all| all.join(" "));
        format!("{}; frame-ancestors {ancestors}", self.meta())
    }
}

/// The sources of a policy that an endpoint fits. One on `localhost` is for tests, whose endpoints take whichever port is
/// free, and answer as `127.0.0.1` as well.
fn sources(address: &str) -> Vec<String> {
    let Some(found) = source(address) else { return Vec::new() };
    let host = found.strip_prefix("http://").and_then(|rest| rest.split(':').next());
    match host {
        Some("localhost") => THIS_COMPUTER.map(str::to_string).to_vec(),
        _ => vec![found],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_without_others_has_itself_alone() {
        assert_eq!(
            Policy::default().meta(),
            "default-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; object-src 'none'"
        );
    }

    #[test]
    fn an_endpoint_on_localhost_may_have_any_port() {
        let mut policy = Policy::default();
        policy.connect("http://localhost:9/lead");
        policy.submit("http://LOCALHOST/lead");
        policy.connect("http://127.0.0.1:8080/lead");
        policy.connect("https://localhost.example/lead");
        assert_eq!(
            policy.meta(),
            "default-src 'self'; img-src 'self'; \
             connect-src 'self' http://127.0.0.1:* http://127.0.0.1:8080 http://localhost:* https://localhost.example; \
             form-action 'self' http://127.0.0.1:* http://localhost:*; base-uri 'self'; object-src 'none'"
        );
    }

    #[test]
    fn others_are_named_once_in_their_place() {
        let mut policy = Policy::default();
        policy.connect("https://crm.example/leads?x=1");
        policy.connect("https://crm.example/calls");
        policy.connect("/.ringback/hook/crm");
        policy.submit("http://127.0.0.1:8080/f");
        policy.load(Foreign { frames: BTreeSet::from(["https://f.example".into()]), ..Foreign::default() });
        assert_eq!(
            policy.header(),
            "default-src 'self'; img-src 'self'; frame-src 'self' https://f.example; \
             connect-src 'self' https://crm.example; form-action 'self' http://127.0.0.1:8080; \
             base-uri 'self'; object-src 'none'; frame-ancestors 'none'"
        );
        assert_eq!(
            policy.anonymous().meta(),
            "default-src 'self'; img-src 'self'; frame-src 'self' https:; connect-src 'self' https:; \
             form-action 'self' https:; base-uri 'self'; object-src 'none'"
        );
        let sources = |all: &[&str]| all.iter().map(|one| (*one).to_string()).collect();
        policy.allow(&BTreeMap::from([
            ("script-src", sources(&["https://s.example"])),
            ("frame-src", sources(&["https://a.example", "'self'"])),
            ("frame-ancestors", sources(&["https://intranet.example"])),
        ]));
        assert_eq!(
            policy.header(),
            "default-src 'self'; img-src 'self'; frame-src 'self' https://a.example https://f.example; \
             connect-src 'self' https://crm.example; form-action 'self' http://127.0.0.1:8080; \
             script-src 'self' https://s.example; base-uri 'self'; object-src 'none'; \
             frame-ancestors https://intranet.example"
        );
        let mut other = Policy::default();
        other.extend(&policy);
        assert_eq!(other, policy);
    }
}
