//! The kinds of pages, of which each has front matter, rules and a template of its own.

/// What a page is for; decided by its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageKind {
    /// An article, in `content/insights/`.
    Insight,
    /// A way of working, in `content/playbooks/`.
    Playbook,
    /// A call script, in `content/scripts/`.
    Script,
    /// An email that the team sends, with placeholders, in `content/mails/`.
    Mail,
    /// What to do on which day to follow somebody up, in `content/cadences/`.
    Cadence,
    /// Any other page; those in `content/pages/` are published at the root.
    Page,
    /// An author or rep, in `content/people/`.
    Person,
    /// A term's own page, in a folder that is called like its taxonomy.
    Term,
    /// A folder's own page, `_index.md`; the home page is the section of `content/` itself.
    Section,
}

impl PageKind {
    /// Every kind of page.
    pub const ALL: [Self; 9] = [
        Self::Insight,
        Self::Page,
        Self::Playbook,
        Self::Script,
        Self::Mail,
        Self::Cadence,
        Self::Person,
        Self::Section,
        Self::Term,
    ];

    /// As templates and messages name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Insight => "insight",
            Self::Playbook => "playbook",
            Self::Script => "script",
            Self::Mail => "mail",
            Self::Cadence => "cadence",
            Self::Page => "page",
            Self::Person => "person",
            Self::Term => "term",
            Self::Section => "section",
        }
    }

    /// With its article, for messages.
    #[must_use]
    pub fn with_article(self) -> &'static str {
        match self {
            Self::Insight => "an insight",
            Self::Playbook => "a playbook",
            Self::Script => "a script",
            Self::Mail => "an email template",
            Self::Cadence => "a plan of follow-ups",
            Self::Page => "a page",
            Self::Person => "a person",
            Self::Term => "a term's page",
            Self::Section => "a section",
        }
    }

    /// Is it for our own people, where nothing says otherwise?
    #[must_use]
    pub fn is_internal(self) -> bool {
        matches!(self, Self::Script | Self::Mail | Self::Cadence)
    }

    /// Has its text placeholders, `{{first_name}}`, which are filled in for one person?
    #[must_use]
    pub fn has_placeholders(self) -> bool {
        matches!(self, Self::Script | Self::Mail | Self::Cadence)
    }

    /// May a date lead the names of its files? Folders and terms are called as they are called.
    pub(super) fn has_dated_name(self) -> bool {
        !matches!(self, Self::Section | Self::Term)
    }
}
