//! What the pages of a gate have in common, checked: form, key and key version, and whether the key can be made.

use std::collections::BTreeMap;

use super::Gate;
use super::key::{Key, Secret, VARIABLE};
use crate::content::front_matter::{GateKey, GateMeta};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::site::{Page, Site};

/// The gates that this edition asks at, by id.
pub(super) fn gates(
    site: &Site,
    secret: Option<&Secret>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Gate> {
    let mut pages: BTreeMap<&str, Vec<(&Page, &GateMeta)>> = BTreeMap::new();
    for page in site.pages() {
        if let Some(meta) = site.gate(page) {
            pages.entry(&meta.id).or_default().push((page, meta));
        }
    }
    let mut gates = BTreeMap::new();
    for (id, pages) in pages {
        let [first, others @ ..] = pages.as_slice() else { continue };
        diagnostics.extend(others.iter().filter_map(|other| conflict(*first, *other)));
        match key(*first, secret) {
            Ok(key) => {
                let meta = first.1;
                let pages = pages.iter().map(|(page, _)| page.id).collect();
                let (form, source, key_version) = (meta.form.value.clone(), meta.key, meta.key_version);
                let uses = BTreeMap::new();
                let id = id.to_string();
                gates.insert(id.clone(), Gate { id, form, source, key_version, pages, key, uses });
            }
            Err(problem) => diagnostics.push(*problem),
        }
    }
    gates
}

/// What opens a gate, where its key can be made: for editions in which it stands open.
#[must_use]
pub fn token(meta: &GateMeta, secret: Option<&Secret>) -> Option<String> {
    Some(derive(meta, secret).ok()?.token())
}

fn key((page, meta): (&Page, &GateMeta), secret: Option<&Secret>) -> Result<Key, Box<Diagnostic>> {
    derive(meta, secret).map_err(|problem| Box::new((*problem).at(page.path(), meta.span)))
}

/// The key of a gate, unless it would be one that others can make, too.
fn derive(meta: &GateMeta, secret: Option<&Secret>) -> Result<Key, Box<Diagnostic>> {
    match (meta.key, secret) {
        // A key that is in the page is the same with and without a secret, and tells nothing about it.
        (GateKey::Page, _) => Ok(Key::derive(None, &meta.id, meta.key_version)),
        (_, None) => Err(Box::new(no_secret(meta.key))),
        (_, Some(secret)) if secret.is_weak() => Err(Box::new(weak_secret())),
        (_, Some(secret)) => Ok(Key::derive(Some(secret), &meta.id, meta.key_version)),
    }
}

fn no_secret(key: GateKey) -> Diagnostic {
    let message = format!("a gate with `key: {}` needs a secret, and `{VARIABLE}` is not set", key.name());
    Diagnostic::new(Code::NoSecret, message)
        .help("`ringback keys --new` prints one (so does `openssl rand -base64 32`)")
        .help(format!(
            "set it as the environment variable `{VARIABLE}`: here, and among the secrets of your CI"
        ))
        .help("keep it: if you change the secret, links already emailed stop working")
}

fn weak_secret() -> Diagnostic {
    let message = format!("the secret in `{VARIABLE}` can be guessed");
    Diagnostic::new(Code::WeakSecret, message)
        .help(format!("it has fewer than {} characters, or few different ones", Secret::LENGTH))
        .help("`ringback keys --new` prints one that can't be guessed (so does `openssl rand -base64 32`)")
}

/// What a page says otherwise than the first page of its gate.
fn conflict((first, there): (&Page, &GateMeta), (page, here): (&Page, &GateMeta)) -> Option<Diagnostic> {
    let terms = |meta: &GateMeta| {
        [
            format!("form: {}", meta.form.value),
            format!("key: {}", meta.key.name()),
            format!("key_version: {}", meta.key_version),
        ]
    };
    let (there_says, here_says) =
        terms(there).into_iter().zip(terms(here)).find(|(there, here)| there != here)?;
    let message =
        format!("the gate `{}` has `{here_says}` here, and `{there_says}` on another page", here.id);
    let problem = Diagnostic::new(Code::GateConflict, message)
        .at(page.path(), here.span)
        .related(first.path(), Some(there.span), format!("`{there_says}`"))
        .help("one unlock opens all pages of a gate, so they need the same terms: correct one of them")
        .help("if they are different gates, give one of them an `id:` of its own");
    Some(problem)
}
