//! Forms and pages that front matter and configuration name: what isn't there is reported.

use super::{Exclusion, Site};
use crate::config::{Audience, CallToAction, CtaTarget};
use crate::content::body::EmbedKind;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::project::CONFIG_FILE;
use crate::yaml::Spanned;

impl Site {
    /// Forms and pages that front matter and configuration name.
    pub(super) fn check_names(&self, diagnostics: &mut Diagnostics) {
        for page in self.pages() {
            if let Some(gate) = page.meta().gate() {
                self.check_form(&gate.form, page.path(), diagnostics);
            }
            for embed in Self::embeds(page).filter(|embed| embed.kind == EmbedKind::Form) {
                let form = Spanned { value: embed.name.clone(), span: embed.span };
                self.check_form(&form, page.path(), diagnostics);
            }
            self.check_scripts(page, diagnostics);
            self.check_assessments(page, diagnostics);
            self.check_calculators(page, diagnostics);
            self.check_surveys(page, diagnostics);
            if let Some(next) = &page.meta().call_to_action {
                self.check_next(next, page.audience, diagnostics);
            }
            for featured in page.meta().section().iter().flat_map(|section| &section.featured) {
                self.check_page(featured, page.path(), page.audience, diagnostics);
            }
            let event = page.meta().event();
            if let Some(recording) = event.and_then(|event| event.recording.as_ref()) {
                self.check_next(recording, page.audience, diagnostics);
            }
            if let Some(to) = &page.meta().expires_to {
                self.check_page(to, page.path(), page.audience, diagnostics);
            }
        }
        self.check_offers(diagnostics);
        self.check_named_by_assessments(diagnostics);
        self.check_quotes(diagnostics);
        if let Some(form) = &self.config().newsletter {
            self.check_form(form, CONFIG_FILE, diagnostics);
        }
        for (_, next) in &self.config().journey.calls_to_action {
            self.check_next(next, Audience::Public, diagnostics);
        }
        for notify in self.config().series.iter().filter_map(|series| series.notify.as_ref()) {
            self.check_next(notify, Audience::Public, diagnostics);
        }
        for item in self.config().menus.values().flatten() {
            self.check_menu(item, diagnostics);
        }
        if let Some(page) = &self.config().privacy.page {
            self.check_page(page, CONFIG_FILE, Audience::Public, diagnostics);
        }
        let desk = self.config().integrations.desk.as_ref();
        if let Some(page) = desk.and_then(|desk| desk.page.as_ref()) {
            self.check_page(page, CONFIG_FILE, Audience::Public, diagnostics);
        }
    }

    fn check_next(&self, next: &CallToAction, from: Audience, diagnostics: &mut Diagnostics) {
        match &next.target {
            CtaTarget::Page(page) => self.check_page(page, &next.file, from, diagnostics),
            CtaTarget::Form(form) => self.check_form(form, &next.file, diagnostics),
            CtaTarget::None => {}
        }
    }

    /// Reports a form that isn't there, with the nearest name.
    pub(super) fn check_form(&self, form: &Spanned<String>, file: &str, diagnostics: &mut Diagnostics) {
        if form.value.is_empty() || self.form(&form.value).is_some() {
            return;
        }
        diagnostics.push(
            Diagnostic::new(Code::UnknownForm, format!("no form is called `{}`", form.value))
                .at(file, form.span)
                .label("forms are defined in content/forms/")
                .suggest(&form.value, self.content.forms.iter().map(|form| form.id.as_str()))
                .help(format!("the form of this name would be `content/forms/{}.yaml`", form.value)),
        );
    }

    fn check_menu(&self, item: &crate::config::MenuItem, diagnostics: &mut Diagnostics) {
        if let crate::config::MenuTarget::Page(page) = &item.target {
            // A menu may name pages that an edition can't see: they are left out there.
            self.check_page(page, CONFIG_FILE, Audience::Team, diagnostics);
        }
        for child in &item.children {
            self.check_menu(child, diagnostics);
        }
    }

    /// Reports a page that is named in `file` and not there for readers of the audience `from`.
    pub fn check_page(
        &self,
        page: &Spanned<String>,
        file: &str,
        from: Audience,
        diagnostics: &mut Diagnostics,
    ) {
        let key = page.value.trim_matches('/');
        if self.graph.by_key.contains_key(key) {
            return;
        }
        let elsewhere = self
            .content
            .documents
            .iter()
            .find(|document| document.place.key == key || document.place.folder == key);
        let why = elsewhere.and_then(|document| self.hidden(&document.place.path));
        let problem = match why {
            Some(Exclusion::Audience(_)) if from == Audience::Team => return,
            Some(Exclusion::Audience(audience)) => {
                let message = format!(
                    "`{key}` is for the {} only; readers of this edition can't open it",
                    audience.name()
                );
                Diagnostic::new(Code::LinkToTeam, message)
                    .help("name a page that everyone may read, or give that one `audience: public`")
            }
            Some(Exclusion::State(_)) if from == Audience::Team && file == CONFIG_FILE => return,
            Some(Exclusion::State(state)) => {
                state.problem(format!("`{key}` is not published: {}", state.reason()))
            }
            None => Diagnostic::new(Code::UnknownPage, format!("there is no page `{key}`"))
                .suggest(key, self.keys())
                .help("name a page by its path in `content/` without the extension, such as `pages/contact`"),
        };
        diagnostics.push(problem.at(file, page.span));
    }
}
