//! Conditions on what is known: an answer that says `If segment is retail` or `Otherwise`. The player shows it only where it is
//! true. A condition is read from the words of the answer, so it reads well wherever the script is read.

use super::ids::CallFieldId;

/// When an answer is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guard {
    /// The answer is shown while this condition is true.
    When(Condition),
    /// Where no condition of the step is.
    Otherwise,
}

/// A condition on what is known in the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The field or score that is compared.
    pub subject: Subject,
    /// How it is compared with `value`.
    pub test: Test,
    /// With what: the id of an option, or what is written; empty for what asks whether it is known.
    pub value: String,
}

/// The field or score that a condition compares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A field that the call is to find out.
    Field(CallFieldId),
    /// The score that answers add up to.
    Score,
    /// A name that is nearly one of these: reported.
    Unknown(String),
}

/// How a value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    /// It is exactly this value.
    Is,
    /// It is known, and not this.
    IsNot,
    /// It is a number larger than the value.
    Over,
    /// It is a number smaller than the value.
    Under,
    /// It is this number or a larger one.
    AtLeast,
    /// It is this number or a smaller one.
    AtMost,
    /// It has any value; nothing is compared.
    Known,
    /// It has no value yet; nothing is compared.
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

    /// Does it compare numbers, so that its value has to be one?
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
