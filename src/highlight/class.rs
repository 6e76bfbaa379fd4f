//! The classes of code, and which of Sublime Text's scopes belong to which.

use std::sync::LazyLock;

use syntect::parsing::{Scope, ScopeStack};

/// What a piece of code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Class {
    /// A comment, or documentation in one.
    Comment = b'c',
    /// A text in quotation marks.
    String = b's',
    /// A word that the language itself has.
    Keyword = b'k',
    /// The key of a mapping, a property, an attribute.
    Property = b'p',
    /// The name of an element.
    Tag = b'g',
    /// A number, written out.
    Number = b'n',
    /// A value that the language itself has: `true`, `null`, `this`.
    Constant = b'o',
    /// The name of a function.
    Function = b'f',
    /// The name of a type, class or module.
    Type = b't',
    /// A variable where it is marked as one, and a parameter.
    Variable = b'v',
    /// A heading, and the head of a difference.
    Heading = b'h',
    /// A line that was added.
    Inserted = b'i',
    /// A line that was removed.
    Deleted = b'd',
}

impl Class {
    /// All of them, the most important ones first: what is left out first comes last.
    pub const ALL: &[Self] = &[
        Self::Comment,
        Self::Inserted,
        Self::Deleted,
        Self::Heading,
        Self::String,
        Self::Keyword,
        Self::Property,
        Self::Tag,
        Self::Constant,
        Self::Function,
        Self::Type,
        Self::Number,
        Self::Variable,
    ];

    /// Its letter, which is the class in HTML.
    #[must_use]
    pub fn letter(self) -> char {
        char::from(self as u8)
    }

    /// The class of a letter.
    #[must_use]
    pub fn from_letter(letter: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|class| *class as u8 == letter)
    }
}

/// The beginnings of scopes; of several that fit, the first counts. Nothing: what is below it doesn't count either.
const SCOPES: &[(&str, Option<Class>)] = &[
    ("comment", Some(Class::Comment)),
    ("string", Some(Class::String)),
    ("constant.numeric", Some(Class::Number)),
    ("constant.language", Some(Class::Constant)),
    ("constant.other", Some(Class::Constant)),
    ("keyword.operator.word", Some(Class::Keyword)),
    ("keyword.operator", None),
    ("keyword", Some(Class::Keyword)),
    ("storage", Some(Class::Keyword)),
    ("entity.name.tag.yaml", Some(Class::Property)),
    ("entity.name.tag", Some(Class::Tag)),
    ("entity.other.attribute-name", Some(Class::Property)),
    ("entity.name.function", Some(Class::Function)),
    ("entity.name.section", Some(Class::Heading)),
    ("entity.name.label", Some(Class::Constant)),
    ("entity.name", Some(Class::Type)),
    ("entity.other.inherited-class", Some(Class::Type)),
    ("support.function", Some(Class::Function)),
    ("support.type.property-name", Some(Class::Property)),
    ("support.constant", Some(Class::Constant)),
    ("support", Some(Class::Type)),
    ("variable.function", Some(Class::Function)),
    ("variable.language", Some(Class::Constant)),
    ("variable.parameter", Some(Class::Variable)),
    ("variable.other.readwrite.shell", Some(Class::Variable)),
    ("variable.other.php", Some(Class::Variable)),
    ("variable", None),
    ("markup.inserted", Some(Class::Inserted)),
    ("markup.deleted", Some(Class::Deleted)),
    ("markup.heading", Some(Class::Heading)),
    ("meta.diff", Some(Class::Heading)),
    ("meta.interpolation", None),
    ("source", None),
];

/// Where a text in quotation marks is a key.
const KEYS: &[&str] = &["meta.mapping.key", "meta.structure.dictionary.key", "meta.object-literal.key"];

/// The class of what is in these scopes.
pub(super) fn for_scopes(stack: &ScopeStack) -> Option<Class> {
    static RULES: LazyLock<Vec<(Scope, Option<Class>)>> = LazyLock::new(|| {
        SCOPES.iter().filter_map(|(name, class)| Some((Scope::new(name).ok()?, *class))).collect()
    });
    static KEY_SCOPES: LazyLock<Vec<Scope>> =
        LazyLock::new(|| KEYS.iter().filter_map(|name| Scope::new(name).ok()).collect());
    let is = |of: &Scope, scope: &Scope| of.is_prefix_of(*scope);
    let scopes = stack.as_slice();
    let class = scopes
        .iter()
        .rev()
        .find_map(|scope| RULES.iter().find(|(rule, _)| is(rule, scope)).map(|(_, class)| *class))??;
    let is_key = || scopes.iter().any(|scope| KEY_SCOPES.iter().any(|key| is(key, scope)));
    Some(if class == Class::String && is_key() { Class::Property } else { class })
}
