//! The kinds of fields that a form can have.

use serde::{Deserialize, Serialize};

use crate::config::Localized;
use crate::yaml::Spanned;

/// The kind of a field, which decides what is typed and what counts as an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldKind {
    /// One line of any text.
    Text,
    /// An email address, which has to look like one.
    Email,
    /// A phone number, with a country code or in the field's country.
    Tel,
    /// A web address; `https://` is added where it names no protocol.
    Url,
    /// A number, written with a point or a comma.
    Number,
    /// A day, as the browser asks for it.
    Date,
    /// Several lines of text.
    Textarea,
    /// One of the options.
    Choice,
    /// Any number of the options.
    Choices,
    /// A box that is ticked or not.
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

    /// Every kind, in the order of the documentation.
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
    /// What is sent when it is chosen.
    pub id: Spanned<String>,
    /// What readers see, by language.
    pub label: Localized,
}

/// What an answer must keep to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// The smallest number or the first day.
    pub min: Option<String>,
    /// The largest number or the last day.
    pub max: Option<String>,
    /// The fewest characters that a text may have.
    pub min_length: Option<i64>,
    /// The most characters that a text may have.
    pub max_length: Option<i64>,
}
