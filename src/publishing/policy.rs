//! The Content-Security-Policy of pages: what a browser may load, run and send to, computed from what they use.
//!
//! Every page carries its own ([`Policy::meta`]), so that it holds on hosts that send no headers; `_headers` has one for
//! all pages of the edition ([`Policy::header`]), with what can't be said in a page. Both are the same text
//! ([CSP Level 3](https://www.w3.org/TR/CSP3/)), and where both are sent, what both allow is allowed.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::site::foreign::{Foreign, source};

/// Whom a page deals with besides its own site, as sources of a policy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    foreign: Foreign,
    connect: BTreeSet<String>,
    forms: BTreeSet<String>,
}

impl Policy {
    /// Adds what a text loads.
    pub fn load(&mut self, foreign: Foreign) {
        self.foreign.images.extend(foreign.images);
        self.foreign.media.extend(foreign.media);
        self.foreign.frames.extend(foreign.frames);
    }

    /// Adds a place that scripts send to, or ask.
    pub fn connect(&mut self, address: &str) {
        self.connect.extend(source(address));
    }

    /// Adds a place that a form is sent to, or that its receiver leads back to: browsers look at redirects, too.
    pub fn submit(&mut self, address: &str) {
        self.forms.extend(source(address));
    }

    /// Adds all that another one allows.
    pub fn extend(&mut self, other: &Self) {
        self.load(other.foreign.clone());
        self.connect.extend(other.connect.iter().cloned());
        self.forms.extend(other.forms.iter().cloned());
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
        }
    }

    /// For `<meta http-equiv="Content-Security-Policy">`.
    #[must_use]
    pub fn meta(&self) -> String {
        let Foreign { images, media, frames } = &self.foreign;
        let mut policy = "default-src 'self'".to_string();
        for (directive, sources, is_needed) in [
            ("img-src", images, true),
            ("media-src", media, !media.is_empty()),
            ("frame-src", frames, !frames.is_empty()),
            ("connect-src", &self.connect, true),
            ("form-action", &self.forms, true),
        ] {
            if is_needed {
                let _ = write!(policy, "; {directive} 'self'");
                for source in sources {
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
        format!("{}; frame-ancestors 'none'", self.meta())
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
        let mut other = Policy::default();
        other.extend(&policy);
        assert_eq!(other, policy);
    }
}
