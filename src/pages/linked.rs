//! One edition, ready to be rendered.

use std::sync::Arc;

use super::Views;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::findings::Findings;
use crate::plan::{Artifact, OutPath, Plan};
use crate::site::Site;
use crate::theme::Theme;

/// One edition, ready to be rendered.
#[derive(Debug)]
pub struct Edition {
    /// The pages.
    pub site: Site,
    /// What they come to together.
    pub features: Findings,
    /// The look.
    pub theme: Arc<Theme>,
    /// Every file to be made.
    pub plan: Plan,
    pub(crate) views: Views,
}

impl Edition {
    /// Puts an edition together and prepares what its pages share. Templates that pages name and the theme doesn't
    /// have are reported.
    #[must_use]
    pub fn new(
        site: Site,
        features: Findings,
        theme: Arc<Theme>,
        plan: Plan,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let views = Views::new(&site, &features, &theme);
        let linked = Self { site, features, theme, plan, views };
        linked.check_templates(diagnostics);
        linked
    }

    /// Makes anew what pages share, where it is made from the words of their texts.
    pub fn forget_words(&mut self) {
        self.views = Views::new(&self.site, &self.features, &self.theme);
    }

    /// The file at a path of the output, also one that is only planned when somebody asks for it.
    #[must_use]
    pub fn artifact(&self, path: &OutPath) -> Option<Artifact> {
        self.plan.get(path).cloned().or_else(|| self.features.search.file_at(&self.site, path))
    }

    /// The key of what a social card is made from; nothing for other artifacts.
    #[must_use]
    pub fn card_key(&self, artifact: &Artifact) -> Option<&str> {
        let Artifact::Card(page) = artifact else { return None };
        self.features.cards.card(&self.site, *page).map(|card| card.key.as_str())
    }

    fn check_templates(&self, diagnostics: &mut Diagnostics) {
        let Some(engine) = self.theme.engines.first() else { return };
        for page in &self.site.pages {
            let Some(template) = &page.meta().template else { continue };
            if !engine.has(&template.value) {
                diagnostics.push(
                    Diagnostic::new(
                        Code::UnknownTemplate,
                        format!("the theme has no template `{}`", template.value),
                    )
                    .at(page.path(), template.span)
                    .suggest(&template.value, engine.names())
                    .help("templates are files in `themes/<name>/templates/`"),
                );
            }
        }
    }
}
