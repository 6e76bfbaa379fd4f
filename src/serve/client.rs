//! The browser code of the preview, of the inbox, of the look and of the first steps.

use std::sync::LazyLock;

use crate::plan::{ClientFile, client_files};
use crate::theme::scripts::{self, Joined};

const CLIENT: &[ClientFile] = client_files!("src/serve/client":
    Entry "dev", Entry "edit", Entry "inbox", Entry "steps", Entry "look", Part "dev-bar", Part "edit-api", Part "edit-changes", Part "edit-fields", Part "edit-files", Part "edit-paste", Part "edit-picture", Part "edit-recording", Part "edit-saving", Part "edit-text", Part "edit-where", Part "edit-yaml", Part "place");

static SCRIPTS: LazyLock<Vec<Joined>> = LazyLock::new(|| {
    scripts::join(&[CLIENT, scripts::HELPERS]).expect("the program's modules fit together, as a test shows")
});

/// A script by its name.
pub(super) fn script(name: &str) -> Option<&'static str> {
    let found = SCRIPTS.iter().find(|joined| joined.file.name() == name)?;
    Some(&found.text)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_modules_fit_together() {
        assert!(super::script("dev.js").is_some_and(|text| !text.contains("@typedef")));
        assert!(super::script("none.js").is_none());
    }
}
