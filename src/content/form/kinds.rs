//! The kinds of fields that a form can have.

use serde::{Deserialize, Serialize};

use crate::config::Localized;
use crate::yaml::Spanned;

/// What a field asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldKind {
    /// One line.
    Text,
    /// An email address.
    Email,
    /// A phone number.
    Tel,
    /// A web address.
    Url,
    /// A number.
    Number,
    /// A day.
    Date,
    /// Several lines.
    Textarea,
    /// One of some options.
    Choice,
    /// Any of some options.
    Choices,
    /// Yes or no.
    Checkbox,
    /// Nothing: it brings a value with it.
    Hidden,
}

impl FieldKind {
    /// The names in a form's file, in the order of [`Self::ALL`].
    pub const NAMES: &[&str] = &[
        "text", "email", "tel", "url", "number", "date", "textarea", "choice", "choices", "checkbox",
        "hidden",
    ];

    /// All kinds.
    pub const ALL: &[Self] = &[
        Self::Text,
        Self::Email,
        Self::Tel,
        Self::Url,
        Self::Number,
        Self::Date,
        Self::Textarea,
        Self::Choice,
        Self::Choices,
        Self::Checkbox,
        Self::Hidden,
    ];

    /// As it is written in a form's file.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What is sent.
    pub id: Spanned<String>,
    /// What readers see.
    pub label: Localized,
}

/// What an answer must keep to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// The smallest number or the first day.
    pub min: Option<String>,
    /// The largest number or the last day.
    pub max: Option<String>,
    /// The fewest characters.
    pub min_length: Option<i64>,
    /// The most characters.
    pub max_length: Option<i64>,
}
