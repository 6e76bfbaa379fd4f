//! Who each page is for, and what its translations have to agree on.
//!
//! A page is one page in all its languages: where one file of it says less than another (no `audience:`, no `gate:`),
//! the text that was meant to be kept would be public in that language. So the narrowest audience holds for all of
//! them, and a gate that one of them lacks is an error.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::Content;
use crate::config::Audience;
use crate::content::Document;
use crate::content::PageKind;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::project::names::fold;

/// Who the pages of a site are for, in every edition the same.
pub(super) struct Audiences<'c> {
    /// Of sections, which their pages inherit. Here and below, by content paths whose spelling makes no difference.
    sections: BTreeMap<Cow<'c, str>, Audience>,
    /// Of pages, with the file that is the narrowest.
    pages: FxHashMap<Cow<'c, str>, (Audience, &'c Document)>,
}

impl<'c> Audiences<'c> {
    /// Looks up the audience of every section and page.
    pub(super) fn new(content: &'c Content) -> Self {
        let mut sections = BTreeMap::new();
        for document in &content.documents {
            let Some(audience) = document.meta.audience.filter(|_| document.place.kind == PageKind::Section)
            else {
                continue;
            };
            let slot = sections.entry(fold(&document.place.key)).or_insert(audience);
            *slot = audience.max(*slot);
        }
        let mut audiences = Self { sections, pages: FxHashMap::default() };
        audiences.pages.reserve(content.documents.len());
        for document in content.documents.iter().map(|document| &**document) {
            let own = audiences.of_file(document);
            let slot = audiences.pages.entry(fold(&document.place.key)).or_insert((own, document));
            if own > slot.0 {
                *slot = (own, document);
            }
        }
        audiences
    }

    /// Who a page is for: the narrowest audience of all its translations, whether they are published or not.
    pub(super) fn of_entry(&self, document: &Document) -> Audience {
        match self.pages.get(&*fold(&document.place.key)) {
            Some((narrowest, _)) => *narrowest,
            None => self.of_file(document),
        }
    }

    /// What the file itself comes to: its own audience, else its section's, else its kind's: scripts, emails and plans are for the team.
    fn of_file(&self, document: &Document) -> Audience {
        if let Some(own) = document.meta.audience {
            return own;
        }
        let folder = if document.place.kind == PageKind::Section {
            &document.place.key
        } else {
            &document.place.folder
        };
        let folder = fold(folder);
        let mut folder = &*folder;
        loop {
            if let Some(audience) = self.sections.get(folder) {
                return *audience;
            }
            if folder.is_empty() {
                break;
            }
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
        let top = document.place.key.split('/').next();
        let is_internal =
            document.place.kind.is_internal() || matches!(top, Some("scripts" | "mails" | "cadences"));
        if is_internal { Audience::Team } else { Audience::Public }
    }

    /// Reports files that say less than another translation of their page.
    pub(super) fn check(&self, content: &Content, diagnostics: &mut Diagnostics) {
        let mut gates: FxHashMap<Cow<'_, str>, &Document> = FxHashMap::default();
        for document in content.documents.iter().filter(|document| document.meta.gate().is_some()) {
            gates.entry(fold(&document.place.key)).or_insert(document);
        }
        for document in content.documents.iter().filter(|document| is_read(document)) {
            let key = fold(&document.place.key);
            let (narrowest, other) = self.pages[&key];
            if self.of_file(document) < narrowest {
                diagnostics.push(wider(document, other));
            }
            let gated = gates.get(&key).filter(|gated| gated.place != document.place);
            diagnostics.extend(gated.and_then(|gated| gate_differs(document, gated)));
        }
        check_spelling(content, diagnostics);
    }
}

/// Reports content paths that differ only in how they are spelt: on other disks they are one, so nobody can say which of
/// them are translations of each other, or in which folder a page lies.
fn check_spelling(content: &Content, diagnostics: &mut Diagnostics) {
    let mut known: FxHashMap<Cow<'_, str>, (&str, &Document)> = FxHashMap::default();
    known.reserve(content.documents.len());
    let mut before = None;
    for document in &content.documents {
        let place = &document.place;
        // Files of a folder stand together.
        let is_new = before.replace(&place.folder) != Some(&place.folder);
        let folders = std::iter::successors(Some(place.folder.as_str()).filter(|_| is_new), |folder| {
            folder.rsplit_once('/').map(|(above, _)| above)
        });
        for path in folders.chain([place.key.as_str()]) {
            let (other, first) = known.entry(fold(path)).or_insert((path, document));
            if *other != path {
                let message = format!("`{path}` and `{other}` differ only in case or spelling");
                diagnostics.push(
                    Diagnostic::new(Code::NameCase, message)
                        .in_file(&place.path)
                        .related(&first.place.path, None, "the other one")
                        .help("spell the names of translations and folders alike, preferably in lower case"),
                );
            }
        }
    }
}

/// Could its front matter be read? If not, that has been reported, and what it says isn't known.
fn is_read(document: &Document) -> bool {
    !document.meta.title.value.is_empty()
        && (document.meta.audience.is_some() || document.meta.places.audience == Span::default())
        && (document.meta.gate().is_some() || document.meta.places.gate == Span::default())
}

/// The report of a translation that would be for more readers than another.
fn wider(document: &Document, other: &Document) -> Diagnostic {
    let (file, narrow) = (&document.place.path, &other.place.path);
    let written = other.meta.audience.map(|_| other.meta.places.audience);
    let problem = match document.meta.audience {
        None => Diagnostic::new(
            Code::TranslationAudience,
            format!("this page is for the team, because its translation `{narrow}` is"),
        )
        .at(file, document.meta.title.span)
        .help("write `audience: team` into this file, too, so that it says who may read it")
        .help(format!("if everyone may read it, remove `audience: team` from `{narrow}`")),
        Some(own) => Diagnostic::new(
            Code::TranslationAudience,
            format!(
                "`audience: {}` has no effect here, because the translation `{narrow}` is for the team",
                own.name()
            ),
        )
        .at(file, document.meta.places.audience)
        .help("a page is for the same readers in all its languages; the narrowest audience applies")
        .help(format!("write `audience: team` here, or `audience: {}` into `{narrow}`, too", own.name())),
    };
    problem.related(narrow, written, "for the team")
}

/// The report of a gate that keeps less in one language than in another; `gated` has one.
fn gate_differs(document: &Document, gated: &Document) -> Option<Diagnostic> {
    let (there, theirs) = (&gated.place.path, gated.meta.gate()?);
    let Some(own) = document.meta.gate() else {
        let message = format!("this page has no gate, but its translation `{there}` has one");
        return Some(
            Diagnostic::new(Code::TranslationGate, message)
                .at(&document.place.path, document.meta.title.span)
                .related(there, Some(theirs.span), "the gate")
                .help(format!(
                    "give both the same gate: `gate: {{form: {}}}` and a line `<!-- gate -->` here, too",
                    theirs.form.value
                ))
                .help("what is open in one language is open to everyone"),
        );
    };
    // Gates of one name are compared with each other, in all their terms.
    let message = if own.id != theirs.id && own.key != theirs.key {
        format!(
            "this page's gate has `key: {}`, but the gate of its translation `{there}` has `key: {}`",
            own.key.name(),
            theirs.key.name()
        )
    } else if document.text.gated().is_some() != gated.text.gated().is_some() {
        let (sealed, open) = if gated.text.gated().is_some() {
            (there, &document.place.path)
        } else {
            (&document.place.path, there)
        };
        format!("none of the text of `{open}` is behind its gate, but part of its translation `{sealed}` is")
    } else {
        return None;
    };
    Some(
        Diagnostic::new(Code::TranslationGate, message)
            .at(&document.place.path, own.span)
            .related(there, Some(theirs.span), "the other gate")
            .help("a page has the same gate in all its languages: correct one of them"),
    )
}
