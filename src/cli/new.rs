//! `ringback new`: the beginning of a page, a translation or a form. Nothing is written over.

use super::flags::NewFlags;
use super::{Settings, Status, complain, print};
use crate::authoring::scaffold::draft::{self, Draft, DraftError, DraftRequest, Kind};
use crate::authoring::scaffold::{Files, translation};
use crate::diag::Diagnostics;
use crate::project::Project as _;
use crate::site::Content;
use crate::{build, output};

impl Settings {
    /// Writes the file and says what to do next.
    pub(super) fn begin(&self, flags: &NewFlags) -> Status {
        let mut diagnostics = Diagnostics::new();
        let Some(loaded) = build::load(&self.project, &mut diagnostics) else {
            return self.report(&diagnostics.sorted(), ": no file was made");
        };
        let draft = match self.draft(flags, &loaded.content) {
            Ok(draft) => draft,
            Err(DraftError { message, help }) => {
                complain!("error: {message}");
                help.iter().for_each(|help| complain!("  = help: {help}"));
                return Status::Tool;
            }
        };
        let errors = crate::commands::draft::check_draft(&self.project, &draft.path, &draft.text);
        if !errors.is_empty() {
            return self.report(&errors, ": no file was made");
        }
        let files = Files::from([(draft.path.clone(), draft.text)]);
        if let Err(failure) = output::seed(&self.root, &files) {
            complain!("error: {failure}");
            return Status::Tool;
        }
        let place = self.root.join(&draft.path);
        let place = place.strip_prefix(".").unwrap_or(&place);
        print(&format!("Made {}\n", place.display()));
        for note in &draft.notes {
            print(&format!("{note}\n"));
        }
        Status::Fine
    }

    fn draft(&self, flags: &NewFlags, content: &Content) -> Result<Draft, DraftError> {
        if let Some(path) = &flags.translate {
            return self.translation(flags, path, content);
        }
        let kind = Kind::from_word(flags.kind.as_deref().unwrap_or_default())?;
        let title = flags.title.as_deref().unwrap_or_default();
        draft::draft(content, &DraftRequest { kind, title, lang: flags.lang.as_deref() })
    }

    fn translation(&self, flags: &NewFlags, path: &str, content: &Content) -> Result<Draft, DraftError> {
        let entry = translation::original(content, path)?;
        // The page says what it is, so a single word may be its title.
        let title = match (&flags.kind, &flags.title) {
            (Some(kind), title) => match (Kind::from_word(kind), title) {
                (Ok(Kind::Page(kind)), title) if kind == entry.place.kind => title.as_deref(),
                (_, None) => Some(kind.as_str()),
                (Ok(_), Some(_)) => {
                    let is = entry.place.kind.with_article();
                    let message = format!("`{}` is {is}, and so is its translation", entry.place.path);
                    return Err(DraftError { message, help: vec!["leave the kind out".into()] });
                }
                (Err(refusal), Some(_)) => return Err(refusal),
            },
            (None, title) => title.as_deref(),
        };
        let bytes = self.project.read(&entry.place.path).map_err(|problem| DraftError {
            message: format!("`{}`: {}", entry.place.path, problem.message),
            help: Vec::new(),
        })?;
        let text = String::from_utf8_lossy(&bytes);
        translation::translation(content, entry, &text, flags.lang.as_deref(), title)
    }
}
