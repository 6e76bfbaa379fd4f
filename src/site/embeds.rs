//! Call scripts that texts embed: `[script:too-busy]`.
//!
//! Scripts are for the team, and the playbooks that embed them often are not. So an edition leaves out a script that it
//! may not see, as it does with entries of menus; [`Site::script`] finds the others.

use super::{Exclusion, Page, PageId, Site};
use crate::content::body::{Embed, EmbedKind};
use crate::content::{ContentPath, PageKind};
use crate::diag::{Code, Diagnostic, Diagnostics};

impl Site {
    /// The script that `[script:name]` means, in a language, else in the default language, else in any; `None` where
    /// this edition doesn't have it.
    #[must_use]
    pub fn script(&self, name: &str, lang: crate::config::LangId) -> Option<PageId> {
        let documents = &self.content.documents;
        let key = &documents.iter().find(|document| is_called(&document.place, name))?.place.key;
        self.find_any(key, lang)
    }

    /// Reports scripts in the text of a page that don't exist, aren't published, or are shown in no edition.
    pub(super) fn check_scripts(&self, page: &Page, diagnostics: &mut Diagnostics) {
        for embed in Self::embeds(page).filter(|embed| embed.kind == EmbedKind::Script) {
            diagnostics.extend(self.check_script(page, embed));
        }
    }

    fn check_script(&self, page: &Page, embed: &Embed) -> Option<Diagnostic> {
        let places = || self.content.documents.iter().map(|document| &document.place);
        let all: Vec<&ContentPath> = places().filter(|place| is_called(place, &embed.name)).collect();
        let problem = |code, message| Diagnostic::new(code, message).at(page.path(), embed.span);
        if all.is_empty() {
            let known = places().filter(|place| place.kind == PageKind::Script);
            return Some(
                problem(Code::UnknownScript, format!("no call script is called `{}`", embed.name))
                    .suggest(&embed.name, known.map(|place| place.name.as_str()))
                    .help(format!("the script of this name would be `content/scripts/{}.md`", embed.name)),
            );
        }
        if self.script(&embed.name, page.lang()).is_some() {
            return None;
        }
        let editions = &self.config().editions;
        match all.iter().find_map(|place| Some((place, self.hidden(&place.path)?)))? {
            (place, Exclusion::Audience(audience)) if !editions.iter().any(|one| one.sees(audience)) => Some(
                problem(Code::ScriptNeverShown, format!("no edition shows the script `{}`", embed.name))
                    .related(&place.path, None, "for the team")
                    .help("add an edition for the team, or give the script `audience: public`"),
            ),
            (_, Exclusion::Audience(_)) => None,
            (_, Exclusion::State(state)) => {
                let message = format!("the script `{}` is not published: {}", embed.name, state.reason());
                let mut problem = state.problem(message).at(page.path(), embed.span);
                problem.help = vec!["publish the script first, or remove this line until then".into()];
                Some(problem)
            }
        }
    }
}

/// Scripts are named by their file, in whatever folder of `content/scripts/` it lies.
fn is_called(place: &ContentPath, name: &str) -> bool {
    place.kind == PageKind::Script && place.name == name
}
