//! Sections with a role: `## Questions {role=faq}`. The headings directly below it begin its parts.

/// What a section is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// What readers should keep in mind.
    Takeaways,
    /// Questions, each a heading, with their answers.
    Faq,
    /// Things that readers compare, each a heading with what is true of it.
    Compare,
    /// What to do, one after the other.
    Steps,
    /// Parts that stand side by side where there is room.
    Columns,
    /// What readers get, in parts side by side.
    Benefits,
    /// Parts of which readers see one at a time.
    Tabs,
    /// Images to look at, side by side.
    Gallery,
    /// Images that stand for companies.
    Logos,
    /// What happened, in the order of time.
    Timeline,
    /// The words of a film or a sound on the page.
    Transcript,
    /// What several people say in turn: paragraphs that begin with `**Name:**`.
    Interview,
    /// Questions that readers answer for themselves.
    Questions,
}

/// Roles by the names that authors write.
const NAMES: &[(&str, Role)] = &[
    ("takeaways", Role::Takeaways),
    ("faq", Role::Faq),
    ("compare", Role::Compare),
    ("steps", Role::Steps),
    ("columns", Role::Columns),
    ("benefits", Role::Benefits),
    ("tabs", Role::Tabs),
    ("gallery", Role::Gallery),
    ("logos", Role::Logos),
    ("timeline", Role::Timeline),
    ("interview", Role::Interview),
    ("transcript", Role::Transcript),
    ("questions", Role::Questions),
];

impl Role {
    /// The role of this name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, role)| *role)
    }

    /// As it is written in `{role=…}`.
    #[must_use]
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(_, role)| *role == self).map_or("", |(name, _)| name)
    }

    /// Do its parts show icons?
    #[must_use]
    pub fn has_icons(self) -> bool {
        matches!(self, Self::Benefits | Self::Columns)
    }

    /// Does it look otherwise than what the style sheet of all pages has?
    #[must_use]
    pub fn has_style(self) -> bool {
        self != Self::Takeaways
    }

    /// The names of all roles, as authors write them.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, _)| *name)
    }
}
