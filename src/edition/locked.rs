//! An edition behind a passphrase on its way out: what each file of the plan becomes on disk.

use crate::config::LangId;
use crate::diag::Diagnostic;
use crate::leads::gates::lock::{Lock, LockKey, LockTreatment, SUFFIX};
use crate::pages;
use crate::pages::linked::Edition;
use crate::plan::{Artifact, OutPath};

/// The lock of an edition, with the form that stands at the address of each page.
pub(crate) struct Locked {
    key: LockKey,
    /// Where each language begins, with its form.
    forms: Vec<(String, Vec<u8>)>,
}

impl Locked {
    /// The lock of an edition that has one.
    ///
    /// # Errors
    ///
    /// The passphrase can't be used, or the form's template failed.
    pub(crate) fn new(linked: &Edition) -> Result<Option<Self>, Box<Diagnostic>> {
        let Some(lock) = &*linked.features.lock else { return Ok(None) };
        let key = lock.key()?;
        let form = |lang: LangId| {
            let prefix = linked.site.config().prefix(lang).trim_start_matches('/').to_string();
            pages::lock_form(linked, lang).map(|form| (prefix, form.into_bytes()))
        };
        let mut forms = linked.site.languages().map(form).collect::<Result<Vec<_>, _>>()?;
        // The default language has no prefix, so it fits everywhere and comes last.
        forms.sort_by_key(|(prefix, _)| std::cmp::Reverse(prefix.len()));
        Ok(Some(Self { key, forms }))
    }

    /// The files that stand for one of the plan.
    ///
    /// # Errors
    ///
    /// It is too large to be sealed.
    pub(crate) fn files(
        &self,
        path: &OutPath,
        artifact: &Artifact,
        bytes: Vec<u8>,
    ) -> Result<Vec<(OutPath, Vec<u8>)>, Box<Diagnostic>> {
        let open = match Lock::treatment(artifact) {
            LockTreatment::Open => return Ok(vec![(path.clone(), bytes)]),
            LockTreatment::Left => return Ok(Vec::new()),
            LockTreatment::Both => Some((path.clone(), bytes.clone())),
            LockTreatment::Sealed => None,
        };
        let sealed = (OutPath::file(format!("{}{SUFFIX}", path.as_str())), self.key.seal(path, bytes)?);
        if let Some(open) = open {
            return Ok(vec![open, sealed]);
        }
        let form = self.forms.iter().find(|(prefix, _)| path.as_str().starts_with(prefix.as_str()));
        let form = form.filter(|_| path.as_str().ends_with(".html"));
        Ok(form.map(|(_, form)| (path.clone(), form.clone())).into_iter().chain([sealed]).collect())
    }
}
