//! Pages that no site may have, because nobody can tell what is meant to be open: the build refuses them.

macro_rules! gated {
    ($open:literal, $sealed:literal) => {
        concat!("---\ntitle: T\ngate: {form: plain}\n---\n", $open, "\n\n<!-- gate -->\n\n", $sealed, "\n")
    };
}

macro_rules! near {
    ($divider:literal) => {
        concat!(
            "---\ntitle: T\ngate: {form: plain, download: sealed.pdf}\n---\nOpen.\n\n",
            $divider,
            "\n\nSealed.\n"
        )
    };
}

/// Each with the files of one such page.
pub(crate) const PAGES: &[&[(&str, &str)]] = &[
    &[
        ("one-language.md", "---\ntitle: T\ngate: {form: plain}\n---\nOpen.\n\n<!-- gate -->\n\nSealed.\n"),
        ("one-language.sv.md", "---\ntitle: T\n---\nÖppen.\n"),
    ],
    &[("note.md", gated!("Open[^n].", "Sealed.\n\n[^n]: A note."))],
    &[("note-after.md", gated!("Open.", "Sealed.\n\n[^n]: A note.\n\n<!-- /gate -->\n\nOpen again[^n]."))],
    &[("definition.md", gated!("Open [link][l].", "Sealed.\n\n[l]: https://sealed.example/"))],
    &[("near.md", near!("<!-- Gate -->"))],
    &[("near-colon.md", near!("<!-- gate: -->"))],
    &[("near-plural.md", near!("<!-- gates -->"))],
    &[("near-in-text.md", near!("x <!-- Gate --> y"))],
    &[("near-quoted.md", near!("> <!-- gate -->"))],
    &[("near-in-code.md", near!("    <!-- gate -->"))],
    &[("near-in-list.md", near!("- <!-- gate -->"))],
    &[("no-divider.md", "---\ntitle: T\ngate: {form: plain}\n---\nOpen.\n")],
    &[("no-gate.md", "---\ntitle: T\n---\nOpen.\n\n<!-- gate -->\n\nSealed.\n")],
];
