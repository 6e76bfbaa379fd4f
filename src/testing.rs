//! For the unit tests of features: sites in memory, linked and planned.

use crate::build;
use crate::diag::Diagnostics;
use crate::edition::inputs::Options;
use crate::edition::{artifact, linking};
use crate::pages::linked::Edition;
use crate::project::{CONFIG_FILE, MemoryProject};
use crate::site::Unpublished;

/// A configuration with two languages, an organization and a public and a team edition, at `https://example.org/`.
const CONFIG: &str = "\
title: {en: Fjord & Sons, sv: Fjord & Söner}
description: {en: We help., sv: Vi hjälper.}
base_url: https://example.org/
time_zone: Europe/Stockholm
languages: {en: {label: English}, sv: {label: Svenska}}
taxonomies:
  tags: {label: {en: Topics, sv: Ämnen}, terms: {crm: {label: {en: The CRM, sv: CRM:et}}}}
series: {empty-crm: {title: {en: The empty CRM, sv: Det tomma CRM:et}}}
webhooks: {crm: {url: 'https://crm.example.org/leads'}}
organization: {name: Fjord AS, email: hello@example.org, phone: \"+47 22 00 00 00\", address: {city: Oslo, country: NO}}
editions:
  public: {output: public, audiences: [public]}
  team: {output: team, audiences: [public, team]}
";

/// A form that anybody could have.
pub(crate) const FORM: &str =
    "title: {en: Guide, sv: Guide}\nwebhook: crm\nfields: [{id: email, type: email}]\n";

/// A PNG of one colour: so small a file that it is published as it is.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&vec![255; (width * height) as usize]).unwrap();
    writer.finish().unwrap();
    bytes
}

/// A site without content, whose configuration was made by `change` from one with two languages and two editions.
pub(crate) fn project(change: impl FnOnce(&str) -> String) -> MemoryProject {
    MemoryProject::new().with(CONFIG_FILE, change(CONFIG))
}

/// One edition of a site without mistakes.
pub(crate) fn linked(project: &MemoryProject, edition: &str) -> Edition {
    let mut diagnostics = Diagnostics::new();
    let linked = linked_with(project, edition, &mut diagnostics);
    let found: Vec<_> = diagnostics.sorted().into_iter().map(|found| found.message).collect();
    assert!(found.is_empty(), "{found:?}");
    linked
}

/// One edition of a site, and what is to say of it.
pub(crate) fn linked_with(project: &MemoryProject, edition: &str, diagnostics: &mut Diagnostics) -> Edition {
    let loaded = build::load(project, diagnostics).unwrap();
    let options = Options { edition: None, base_url: None, unpublished: Unpublished::Hide };
    let edition = loaded.content.config.editions.iter().find(|found| found.name == edition).unwrap();
    linking::link(project, &loaded, edition, &options, diagnostics)
}

/// A file of the output that is made from no other file; `None` where there is no such file.
pub(crate) fn file(linked: &Edition, path: &str) -> Option<String> {
    let (_, artifact) = linked.plan.iter().find(|(found, _)| found.as_str() == path)?;
    let bytes = artifact::bytes(&MemoryProject::new(), linked, artifact).unwrap();
    Some(String::from_utf8(bytes).unwrap())
}

/// The declaration of a type for TypeScript, as `serde` writes its values.
pub(crate) fn declaration<T: ts_rs::TS>() -> String {
    format!("export {}\n", T::decl(&ts_rs::Config::new().with_large_int("number")))
}

/// Compares the declarations of what a script reads with the file beside it; `UPDATE_EXPECTED=1` writes them.
#[allow(clippy::disallowed_methods, reason = "the file is in the repository")]
pub(crate) fn assert_declared(file: &str, declarations: &[String]) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(file);
    let text =
        format!("// Written by a test of the program, after the types in it.\n\n{}", declarations.join("\n"));
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, &text).expect("the repository can be written");
    }
    let found = std::fs::read_to_string(&path).expect("it is there");
    assert_eq!(
        found, text,
        "{file}: run this test with UPDATE_EXPECTED=1, and the check of the browser code"
    );
}
