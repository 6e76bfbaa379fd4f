//! An edition behind a passphrase on its way out: what each file of the plan becomes on disk.

use super::artifact;
use crate::config::LangId;
use crate::diag::{Diagnostic, Diagnostics};
use crate::leads::gates::lock::{Lock, LockTreatment, SUFFIX};
use crate::pages::linked::Edition;
use crate::plan::{Artifact, OutPath};

/// The lock of an edition, with the form that stands at the address of each page.
pub(crate) struct Locked<'a> {
    lock: &'a Lock,
    /// Where each language begins, with its form.
    forms: Vec<(String, Vec<u8>)>,
}

impl<'a> Locked<'a> {
    /// The lock of an edition that has one. A passphrase that can't be used is reported.
    ///
    /// # Errors
    ///
    /// The form's template failed.
    pub(crate) fn new(
        linked: &'a Edition,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<Self>, Box<Diagnostic>> {
        let Some(lock) = &linked.features.lock else { return Ok(None) };
        lock.check(diagnostics);
        let form = |lang: LangId| {
            let prefix = linked.site.config().prefix(lang).trim_start_matches('/').to_string();
            artifact::render(linked, &Artifact::LockForm { lang }).map(|form| (prefix, form))
        };
        let mut forms = linked.site.languages().map(form).collect::<Result<Vec<_>, _>>()?;
        // The default language has no prefix, so it fits everywhere and comes last.
        forms.sort_by_key(|(prefix, _)| std::cmp::Reverse(prefix.len()));
        Ok(Some(Self { lock, forms }))
    }

    /// The files that stand for one of the plan.
    pub(crate) fn files(
        &self,
        path: &OutPath,
        artifact: &Artifact,
        bytes: Vec<u8>,
    ) -> Vec<(OutPath, Vec<u8>)> {
        let open = match Lock::fate(artifact) {
            LockTreatment::Open => return vec![(path.clone(), bytes)],
            LockTreatment::Left => return Vec::new(),
            LockTreatment::Both => Some((path.clone(), bytes.clone())),
            LockTreatment::Sealed => None,
        };
        let sealed = (OutPath::file(format!("{}{SUFFIX}", path.as_str())), self.lock.seal(path, bytes));
        if let Some(open) = open {
            return vec![open, sealed];
        }
        let form = self.forms.iter().find(|(prefix, _)| path.as_str().starts_with(prefix.as_str()));
        let form = form.filter(|_| path.as_str().ends_with(".html"));
        form.map(|(_, form)| (path.clone(), form.clone())).into_iter().chain([sealed]).collect()
    }
}
