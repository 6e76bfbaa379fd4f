//! Conditions on what is known: an answer that says `If segment is retail` or `Otherwise`. The player shows it only where it is
//! true. A condition is read from the words of the answer, so it reads well wherever the script is read.

use super::ids::CallFieldId;

/// When an answer is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guard {
    /// While this is true.
    When(Condition),
    /// Where no condition of the step is.
    Otherwise,
}

/// What an answer asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Of what.
    pub subject: Subject,
    /// How it is compared.
    pub test: Test,
    /// With what: the id of an option, or what is written; empty for what asks whether it is known.
    pub value: String,
}

/// What a condition is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A field.
    Field(CallFieldId),
    /// The score.
    Score,
    /// A name that is nearly one of these: reported.
    Unknown(String),
}

/// How a value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    /// It is this.
    Is,
    /// It is known, and not this.
    IsNot,
    /// It is a larger number.
    Over,
    /// It is a smaller number.
    Under,
    /// It is this number or a larger one.
    AtLeast,
    /// It is this number or a smaller one.
    AtMost,
    /// It has a value.
    Known,
    /// It has none.
    Unknown,
}

impl Test {
    /// As the player knows it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Is => "is",
            Self::IsNot => "not",
            Self::Over => "over",
            Self::Under => "under",
            Self::AtLeast => "least",
            Self::AtMost => "most",
            Self::Known => "known",
            Self::Unknown => "unknown",
        }
    }

    /// Does it compare numbers?
    #[must_use]
    pub fn is_of_numbers(self) -> bool {
        matches!(self, Self::Over | Self::Under | Self::AtLeast | Self::AtMost)
    }

    /// Does it need nothing to compare with?
    #[must_use]
    pub fn is_alone(self) -> bool {
        matches!(self, Self::Known | Self::Unknown)
    }
}
