//! What only pages of one kind can say. A person's fields on an article can't be represented, and whoever reads them has to
//! ask whether the page is a person's.

use super::cadence::CadenceMeta;
use super::event::EventMeta;
use super::mail::MailMeta;
use super::podcast::PodcastMeta;
use super::{Front, FrontMatter, GateMeta, PersonMeta, PlaceholderMeta, ScriptMeta, SectionMeta};
use crate::content::PageKind;
use crate::yaml::Fields;

/// What front matter says that is only for pages of its kind.
#[derive(Debug, Clone, PartialEq)]
pub enum KindFields {
    /// What only articles have.
    Insight(TextMeta),
    /// What only pages of no other kind have.
    Page(TextMeta),
    /// What only playbooks have.
    Playbook(PlaybookMeta),
    /// What only call scripts have.
    Script(Box<ScriptMeta>),
    /// What only email templates have.
    Mail(MailMeta),
    /// Of a plan of follow-ups.
    Cadence(CadenceMeta),
    /// What only people, authors and reps, have.
    Person(Box<PersonMeta>),
    /// What only the page of a folder has.
    Section(Box<SectionMeta>),
    /// What only the page of a term has.
    Term(TermMeta),
}

/// What only articles and other pages to read have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextMeta {
    /// The gate in its text; `None` without one.
    pub gate: Option<Box<GateMeta>>,
    /// What it invites to, at one time.
    pub event: Option<Box<EventMeta>>,
}

/// What only the front matter of playbooks has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlaybookMeta {
    /// The gate in its text; `None` without one.
    pub gate: Option<Box<GateMeta>>,
    /// May readers follow several cases with it?
    pub cases: bool,
}

/// What only the front matter of terms' pages has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TermMeta {
    /// What people struggle with whom the term stands for.
    pub challenges: Vec<String>,
}

impl KindFields {
    /// Of a page of this kind that says nothing.
    pub(super) fn new(kind: PageKind) -> Self {
        match kind {
            PageKind::Insight => Self::Insight(TextMeta::default()),
            PageKind::Page => Self::Page(TextMeta::default()),
            PageKind::Playbook => Self::Playbook(PlaybookMeta::default()),
            PageKind::Script => Self::Script(Box::default()),
            PageKind::Mail => Self::Mail(MailMeta::default()),
            PageKind::Cadence => Self::Cadence(CadenceMeta::default()),
            PageKind::Person => Self::Person(Box::default()),
            PageKind::Section => Self::Section(Box::default()),
            PageKind::Term => Self::Term(TermMeta::default()),
        }
    }
}

impl FrontMatter {
    /// What asks for a form. People, sections and terms' pages have no text that could be divided.
    #[must_use]
    pub fn gate(&self) -> Option<&GateMeta> {
        match &self.kind {
            KindFields::Insight(text) | KindFields::Page(text) => text.gate.as_deref(),
            KindFields::Playbook(playbook) => playbook.gate.as_deref(),
            KindFields::Script(script) => script.gate.as_deref(),
            KindFields::Mail(mail) => mail.gate.as_deref(),
            KindFields::Cadence(cadence) => cadence.gate.as_deref(),
            KindFields::Person(_) | KindFields::Section(_) | KindFields::Term(_) => None,
        }
    }

    /// What an article or another page to read invites to.
    #[must_use]
    pub fn event(&self) -> Option<&EventMeta> {
        match &self.kind {
            KindFields::Insight(text) | KindFields::Page(text) => text.event.as_deref(),
            _ => None,
        }
    }

    /// May readers follow several cases with it? Only a playbook can say so.
    #[must_use]
    pub fn has_cases(&self) -> bool {
        matches!(&self.kind, KindFields::Playbook(playbook) if playbook.cases)
    }

    /// The placeholders that a script, an email or a plan of follow-ups declares; none of other pages.
    #[must_use]
    pub fn placeholders(&self) -> &[PlaceholderMeta] {
        match &self.kind {
            KindFields::Script(script) => &script.placeholders,
            KindFields::Mail(mail) => &mail.placeholders,
            KindFields::Cadence(cadence) => &cadence.placeholders,
            _ => &[],
        }
    }

    /// What only call scripts have; `None` on other pages.
    #[must_use]
    pub fn script(&self) -> Option<&ScriptMeta> {
        match &self.kind {
            KindFields::Script(script) => Some(script),
            _ => None,
        }
    }

    /// What only email templates have; `None` on other pages.
    #[must_use]
    pub fn mail(&self) -> Option<&MailMeta> {
        match &self.kind {
            KindFields::Mail(mail) => Some(mail),
            _ => None,
        }
    }

    /// What a plan of follow-ups says.
    #[must_use]
    pub fn cadence(&self) -> Option<&CadenceMeta> {
        match &self.kind {
            KindFields::Cadence(cadence) => Some(cadence),
            _ => None,
        }
    }

    /// What only people have; `None` on other pages.
    #[must_use]
    pub fn person(&self) -> Option<&PersonMeta> {
        match &self.kind {
            KindFields::Person(person) => Some(person),
            _ => None,
        }
    }

    /// What only sections have; `None` on other pages.
    #[must_use]
    pub fn section(&self) -> Option<&SectionMeta> {
        match &self.kind {
            KindFields::Section(section) => Some(section),
            _ => None,
        }
    }

    /// What makes a section a podcast.
    #[must_use]
    pub fn podcast(&self) -> Option<&PodcastMeta> {
        self.section()?.podcast.as_ref()
    }

    /// What people struggle with whom a term stands for; none of other pages.
    #[must_use]
    pub fn challenges(&self) -> &[String] {
        match &self.kind {
            KindFields::Term(term) => &term.challenges,
            _ => &[],
        }
    }
}

impl Front<'_> {
    /// Reads what only pages of this kind can say. Keys that are left are unknown.
    pub(super) fn kind(&mut self, fields: &mut Fields<'_>) -> KindFields {
        match self.place.kind {
            PageKind::Insight => KindFields::Insight(self.gate_and_event(fields)),
            PageKind::Page => KindFields::Page(self.gate_and_event(fields)),
            PageKind::Playbook => {
                let gate = self.gate(fields);
                let cases = fields.take("cases").and_then(|node| self.reader.truth(node));
                KindFields::Playbook(PlaybookMeta { gate, cases: cases.unwrap_or_default() })
            }
            PageKind::Script => KindFields::Script(Box::new(self.script(fields))),
            PageKind::Mail => KindFields::Mail(self.mail(fields)),
            PageKind::Cadence => KindFields::Cadence(self.cadence(fields)),
            PageKind::Person => KindFields::Person(Box::new(self.person(fields))),
            PageKind::Section => KindFields::Section(Box::new(self.section(fields))),
            PageKind::Term => {
                let challenges = fields.take("challenges").and_then(|node| self.reader.texts(node));
                let challenges = challenges.unwrap_or_default().into_iter().map(|challenge| challenge.value);
                let challenges = challenges.filter(|challenge| !challenge.is_empty()).collect();
                KindFields::Term(TermMeta { challenges })
            }
        }
    }

    fn gate_and_event(&mut self, fields: &mut Fields<'_>) -> TextMeta {
        let gate = self.gate(fields);
        TextMeta { gate, event: self.event(fields) }
    }
}
