//! One edition, ready to be rendered.

use std::sync::Arc;

use super::Views;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::findings::Findings;
use crate::leads::gates::Gates;
use crate::plan::{Artifact, OutPath, Plan};
use crate::site::Site;
use crate::theme::Theme;

/// One edition, ready to be rendered.
#[derive(Debug)]
pub struct Edition {
    /// The pages that this edition may show.
    pub site: Site,
    /// What each feature found in the edition.
    pub features: Findings,
    /// The theme: templates, assets and strings.
    pub theme: Arc<Theme>,
    /// Every file to be made.
    pub plan: Arc<Plan>,
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
        let linked = Self { site, features, theme, plan: Arc::new(plan), views };
        linked.check_templates(diagnostics);
        linked
    }

    /// The same files, of a site in which nothing but texts has changed. What pages share is made from the words of
    /// their texts, so it is made anew.
    #[must_use]
    pub fn with_texts(&self, site: Site, features: Findings) -> Self {
        let views = Views::new(&site, &features, &self.theme);
        Self { site, features, theme: Arc::clone(&self.theme), plan: Arc::clone(&self.plan), views }
    }

    /// The edition once what is behind its gates is sealed, with the files that this comes to.
    #[must_use]
    pub fn sealed(self, gates: Gates, diagnostics: &mut Diagnostics) -> Self {
        let mut plan = Arc::unwrap_or_clone(self.plan);
        plan.extend(gates.artifacts(&self.site), diagnostics);
        Self { features: self.features.with_gates(gates), plan: Arc::new(plan), ..self }
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
        for page in self.site.pages() {
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
