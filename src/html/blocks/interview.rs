//! Interviews: what somebody says begins with their name, and goes on until somebody else's.

use super::super::{Close, Medium, Writer};
use crate::content::blocks::Role;
use crate::content::body::NodeId;

impl Writer<'_> {
    /// Opens what somebody says, if `paragraph` begins with a name in an interview: a part of its own, with a face where
    /// the site has one.
    pub(in crate::html) fn speech(&mut self, paragraph: NodeId) {
        let is_here = self.role() == Some(Role::Interview) && self.style.medium == Medium::Page;
        let Some(name) = is_here.then(|| self.body.speaker(paragraph)).flatten() else { return };
        let end = self.body.speech_end(paragraph).min(self.limit);
        let number = self.speaker(&name);
        self.push_fmt(format_args!("<div class=\"speech\" data-speaker=\"{number}\">\n"));
        if let Some(portrait) = self.targets.person(&name).and_then(|person| person.portrait) {
            self.face(&portrait, "");
        }
        self.open.push((end, Close::Tag("</div>\n")));
    }

    /// Which of the speakers it is, from 1, in the order in which they first speak.
    fn speaker(&mut self, name: &str) -> usize {
        if let Some(at) = self.speakers.iter().position(|known| known == name) {
            return at + 1;
        }
        self.speakers.push(name.to_string());
        self.speakers.len()
    }
}
