//! `ringback import hugo`, `jekyll`, `zola`, `eleventy`, `astro`, `docusaurus`, `mkdocs`: sites whose texts are Markdown already.
//!
//! Each generator's own file (`hugo`, `jekyll`, `zola`) finds its pages and says what its shortcodes stand for; `engine` leads links to
//! the new places, `write` makes our front matter of theirs. What is written stays as it is otherwise. Start with [`import`].

mod addresses;
mod boxes;
mod components;
mod dialects;
mod engine;
mod folders;
pub(in crate::authoring::importers) mod front_in;
mod html;
mod hugo;
mod hugo_tags;
mod jekyll;
mod place;
mod settings;
mod shared;
mod shortcodes;
mod write;
mod zola;

use std::path::Path;

use super::{ImportError, Report, Sink};
use crate::project::folder::Folder;

/// A generator whose sites are files of Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generator {
    /// <https://gohugo.io>
    Hugo,
    /// <https://jekyllrb.com>
    Jekyll,
    /// <https://www.getzola.org>
    Zola,
    /// <https://www.11ty.dev>
    Eleventy,
    /// <https://astro.build>
    Astro,
    /// <https://docusaurus.io>
    Docusaurus,
    /// <https://www.mkdocs.org>
    Mkdocs,
}

impl Generator {
    /// The generator's name, for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hugo => "Hugo",
            Self::Jekyll => "Jekyll",
            Self::Zola => "Zola",
            Self::Eleventy => "Eleventy",
            Self::Astro => "Astro",
            Self::Docusaurus => "Docusaurus",
            Self::Mkdocs => "MkDocs",
        }
    }
}

/// Hands the files of the new site to `sink`, and what people should know to `report`.
///
/// # Errors
///
/// The folder can't be read, is no site of this generator, or the sink can't write.
pub fn import(
    generator: Generator,
    place: &Path,
    sink: &mut dyn Sink,
    report: &mut Report,
) -> Result<(), ImportError> {
    let folder = Folder::open(place).map_err(|error| ImportError::unreadable(place, &error))?;
    let (old, setup) = match generator {
        Generator::Hugo => hugo::site(&folder, report)?,
        Generator::Jekyll => jekyll::site(&folder, report)?,
        Generator::Zola => zola::site(&folder, report)?,
        other => folders::site(other, &folder, report)?,
    };
    write::write(&old, &setup, sink, report)
}
