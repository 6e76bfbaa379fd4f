//! Blocks: what an article has besides running text, each in one of three forms that read well as plain CommonMark.
//!
//! A callout with a type and a title (`> [!stat] 63 %`, [`callouts`]), a section with a role (`## Questions {role=faq}`,
//! [`roles`]), and an address or a
//! file alone in a paragraph ([`embeds`], [`media`]). This room says which there are, and `checks` what
//! is wrong with one; `html::blocks` shows them. To everything else that reads a text, such as search, excerpts and call
//! scripts, a block is the words that it consists of.

pub mod callouts;
pub mod captions;
mod checks;
pub mod embeds;
pub mod icons;
pub mod media;
pub mod roles;

pub use callouts::{Callout, CalloutKind, Fold};
pub(super) use checks::check;
pub use roles::Role;

/// What a page has to load for the blocks in its text, of which a part may be behind a gate.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Uses {
    /// The types of its callouts ([`Callout::type_name`]), each once: the site's theme may have a template for one.
    pub callouts: Vec<String>,
    /// Is there one that looks otherwise than text and the boxes of all pages?
    pub style: bool,
    /// Is there a section with tabs?
    pub tabs: bool,
    /// Is there a section of questions that readers answer for themselves?
    pub worksheet: bool,
    /// Is there something of a service that is shown when readers ask for it?
    pub embeds: bool,
    /// Is there a film or a sound of the site's own?
    pub players: bool,
    /// Does one of these films or sounds have chapters?
    pub chapters: bool,
    /// The names of the files of documents for print that are shown as such.
    pub documents: Vec<String>,
}
