//! Deny by default: every file of every output has a reason why it may be there, and the reason is true.

use std::collections::BTreeMap;

use ringback::build;
use ringback::config::{Audience, EditionConfig};
use ringback::diag::Diagnostics;
use ringback::edition::inputs::{Inputs, Options};
use ringback::leads::gates::{key, lock};
use ringback::pages::linked::Edition;
use ringback::plan::{Artifact, OutPath, Reason, Route};
use ringback::project::MemoryProject;
use ringback::site::{PageId, Unpublished};

use crate::lock::PASSPHRASE;
use crate::support::{SECRET, Site, fixture};

type Files = BTreeMap<String, Vec<u8>>;

/// The same site, linked once more: what its plan says is held against what a build left on disk.
fn loaded(site: &Site, outputs: &[&str]) -> (MemoryProject, Inputs) {
    let files = site.tree("").into_iter().filter(|(path, _)| {
        let top = path.split('/').next().unwrap_or_default();
        top != ".ringback" && !outputs.contains(&top)
    });
    let mut project = files.fold(MemoryProject::new(), |project, (path, bytes)| project.with(&path, bytes));
    project.variables.insert(key::VARIABLE.into(), SECRET.into());
    project.variables.insert(lock::VARIABLE.into(), PASSPHRASE.into());
    let loaded = build::load(&project, &mut Diagnostics::new()).expect("a configuration");
    (project, loaded)
}

fn linked(project: &MemoryProject, loaded: &Inputs, edition: &EditionConfig) -> Edition {
    let options = Options { edition: None, base_url: None, unpublished: Unpublished::Hide };
    ringback::edition::linking::link(project, loaded, edition, &options, &mut Diagnostics::new())
}

/// The files of a finished folder without a reason, or with one that isn't true.
fn unfounded(linked: &Edition, files: &Files) -> Vec<String> {
    let is_founded = |path: &&String| {
        // What the last build wrote is written down by the writer itself.
        path.as_str() == ".ringback-manifest" || founded(linked, path)
    };
    files.keys().filter(|path| !is_founded(path)).cloned().collect()
}

fn founded(linked: &Edition, path: &str) -> bool {
    let edition = &linked.site.view.edition;
    let planned = match &*linked.features.lock {
        Some(_) => path.strip_suffix(lock::SUFFIX).unwrap_or(path),
        None => path,
    };
    let planned = OutPath::file(planned);
    let (Some(artifact), Some(warrant)) = (linked.plan.get(&planned), linked.plan.warrant(&planned)) else {
        return false;
    };
    edition.sees(warrant.audience()) && is_true(linked, artifact, warrant.reason())
}

fn is_true(linked: &Edition, artifact: &Artifact, reason: Reason) -> bool {
    let shown = |id: PageId| is_shown(linked, id);
    match (reason, artifact) {
        (Reason::Page(id), Artifact::Page(Route::Page { page, .. })) => id == *page && shown(id),
        (Reason::Page(id), Artifact::Redirect { .. }) => shown(id),
        (Reason::Page(id), Artifact::Card(page)) => {
            id == *page && shown(id) && linked.site.page(id).audience == Audience::Public
        }
        (
            Reason::Pages(id, count),
            Artifact::Page(Route::Term { .. })
            | Artifact::Page(Route::Series { .. })
            | Artifact::Feed { .. }
            | Artifact::Sealed(_),
        ) => count > 0 && shown(id),
        (Reason::File(id), Artifact::Copy(file)) => {
            file.starts_with("content/") && shown(id) && lets_out(linked, id, file)
        }
        (Reason::File(id), Artifact::Picture { path, .. }) => {
            path.starts_with("content/") && shown(id) && lets_out(linked, id, path)
        }
        (Reason::Static, Artifact::Picture { path, .. }) => path.starts_with("static/"),
        (Reason::Static, Artifact::Copy(file)) => file.starts_with("static/"),
        (Reason::Theme, Artifact::ThemeFile(_)) => true,
        (Reason::Edition, Artifact::Page(Route::Report { .. })) => {
            linked.site.view.edition.sees(Audience::Team)
        }
        (Reason::Edition, artifact) => !matches!(
            artifact,
            Artifact::Page(Route::Page { .. })
                | Artifact::Picture { .. }
                | Artifact::Copy(_)
                | Artifact::Sealed(_)
                | Artifact::ThemeFile(_)
        ),
        _ => false,
    }
}

/// Does the page exist in the edition, published, by its own front matter as well?
fn is_shown(linked: &Edition, id: PageId) -> bool {
    let Some(page) = linked.site.get(id) else { return false };
    let document = &page.document;
    let is_hidden = linked.site.hidden(&document.place.path).is_some() || document.meta.draft;
    let is_for = document.meta.audience.is_none_or(|audience| linked.site.view.edition.sees(audience));
    !is_hidden && is_for && linked.site.view.edition.sees(page.audience)
}

/// Does the page's own folder or its open text let the file out, and no page of the same folder keep it?
fn lets_out(linked: &Edition, id: PageId, file: &str) -> bool {
    let site = &linked.site;
    let page = site.page(id);
    let name = file.rsplit('/').next().unwrap_or_default();
    let written = format!("{:?}{:?}", page.text(), page.document.meta);
    // Captions, posters and first pages are called like what they belong to.
    let stem = name.split('.').next().unwrap_or_default();
    let whole = ["mp3", "m4a", "mp4", "webm", "pdf"].map(|ending| format!("{stem}.{ending}"));
    let is_beside = [".vtt", ".jpg", ".png"].iter().any(|ending| name.ends_with(ending));
    let is_named = written.contains(name)
        || written.contains(&name.replace(' ', "%20"))
        || is_beside && whole.iter().any(|file| written.contains(file.as_str()));
    let folder = page.document.place.own_folder.as_deref();
    let is_inside =
        folder.is_some_and(|folder| file.strip_prefix(folder).is_some_and(|f| f.starts_with('/')));
    let same_folder =
        site.content.documents.iter().filter(|document| document.place.own_folder.as_deref() == folder);
    let keeps = |document: &&std::sync::Arc<ringback::content::Document>| {
        site.hidden(&document.place.path).is_some()
            || document.meta.gate().is_some() && !site.view.edition.opens_gates()
    };
    is_named || is_inside && !same_folder.into_iter().any(|document| keeps(&document))
}

fn hold(site: &Site, outputs: &[&str]) {
    let run = site.run_with(&["build"], &[(lock::VARIABLE, PASSPHRASE)]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    let (project, loaded) = loaded(site, outputs);
    assert_eq!(loaded.content.config.editions.len(), outputs.len());
    for (edition, output) in loaded.content.config.editions.iter().zip(outputs) {
        let linked = linked(&project, &loaded, edition);
        let mut files = site.tree(output);
        assert!(files.len() > 20, "{output}");
        assert_eq!(unfounded(&linked, &files), Vec::<String>::new(), "{output}");
        // The guard would notice.
        for stray in ["insights/stray.pdf", ".env", "index.html.bak"] {
            files.insert(stray.to_string(), Vec::new());
            assert_eq!(unfounded(&linked, &files), [stray]);
            files.remove(stray);
        }
    }
}

#[test]
fn every_file_of_the_fixture_has_a_reason() {
    let site = fixture::on_disk();
    site.write("static/.well-known/security.txt", "Contact: mailto:hello@example.org\n");
    hold(&site, &["public", "team"]);
}

#[test]
fn every_file_of_a_sealed_edition_has_a_reason() {
    let site = fixture::on_disk();
    let config = site
        .read("ringback.yaml")
        .replace("audiences: [public, team],", "audiences: [public, team], seal: passphrase,");
    site.write("ringback.yaml", config);
    hold(&site, &["public", "team"]);
}

#[test]
fn every_file_of_the_demo_has_a_reason() {
    hold(&fixture::warm_demo(), &["public", "team"]);
}
