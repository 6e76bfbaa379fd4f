//! `theme.yaml`, read.

use super::*;

#[test]
fn settings_become_custom_properties() {
    let mut diagnostics = Diagnostics::new();
    let text = "colors:\n  light: {accent: \"#0b5d4e\"}\n  dark: {ink: white}\nfonts: {heading: Georgia}\nradius: 6px\n";
    let settings = read("theme.yaml", text, &|_| false, &mut diagnostics);
    assert!(diagnostics.is_empty());
    assert_eq!(
        settings.css(),
        ":root{--accent:#0b5d4e;--font-heading:Georgia;--font-figures:var(--font-heading);--radius:6px;}\n\
         @media (prefers-color-scheme:dark){:root{--ink:white;--accent:#7ac1af;}}\n"
    );
    assert_eq!(settings.first_fonts(), ["fonts/literata.woff2"]);
}

#[test]
fn fonts_of_the_site_are_declared_and_loaded_first() {
    let mut diagnostics = Diagnostics::new();
    let text = "fonts:\n  text: fonts/a.woff2\n  heading:\n    weight: 650\n    files: [{file: fonts/b.woff2, weight: 400 700}, {file: fonts/c.ttf, style: italic}]\n";
    let settings = read("theme.yaml", text, &|path| path.starts_with("fonts/"), &mut diagnostics);
    assert!(diagnostics.is_empty());
    assert_eq!(
        settings.css(),
        "@font-face{font-family:\"Own text\";src:url(\"../fonts/a.woff2\");font-display:optional}\n\
         @font-face{font-family:\"Own heading\";src:url(\"../fonts/b.woff2\");font-display:swap;font-weight:400 700}\n\
         @font-face{font-family:\"Own heading\";src:url(\"../fonts/c.ttf\");font-display:swap;font-style:italic}\n\
         :root{--font-text:\"Own text\", Charter, Georgia, serif;--font-heading:\"Own heading\", serif;--heading-weight:650;--font-figures:var(--font-heading);}\n"
    );
    assert_eq!(settings.first_fonts(), ["fonts/b.woff2", "fonts/a.woff2"]);
}

#[test]
fn what_cannot_be_is_told_and_the_rest_is_kept() {
    let codes = |text: &str| {
        let mut diagnostics = Diagnostics::new();
        let settings = read("theme.yaml", text, &|path| path == "img/a.svg", &mut diagnostics);
        let codes: Vec<Code> = diagnostics.sorted().into_iter().map(|problem| problem.code).collect();
        (settings, codes)
    };
    assert_eq!(codes("colors: {light: {accent: lila}}\n").1, [Code::InvalidValue]);
    assert_eq!(codes("colors: {light: {accent: rebeccapurple}}\n").1, []);
    assert_eq!(codes("colors: {light: {accent: 'oklch(0.5 0.2 300)', ink: 'var(--x)'}}\n").1, []);
    assert_eq!(codes("colors: {light: {accent: '#ffd400', muted: '#999'}}\n").1, [Code::UnreadableColor; 2]);
    assert_eq!(codes("colors: {dark: {ink: '#333'}}\n").1, [Code::UnreadableColor]);
    // The built-in colours go along with another paper.
    let (settings, none) = codes("colors: {light: {paper: '#c8c0a8'}}\n");
    assert_eq!(none, []);
    assert!(settings.css().contains("--muted:"), "{}", settings.css());
    assert_eq!(codes("logo: img/b.svg\nicon: img/c.svg\nmotif: img/d.svg\n").1, [Code::InvalidValue; 3]);
    assert_eq!(codes("home: [hero, latets]\narticle: {stage: no}\n").1.len(), 2);
    assert_eq!(codes("fonts: {text: {files: [fonts/a.woff2, a.doc]}}\n").1, [Code::InvalidValue; 2]);
    let (settings, none) = codes(
        "dark: false\nmotif: none\nlogo: {light: img/a.svg}\ncolors: {light: {accent: navy}}\nwidth: 80rem\n",
    );
    assert_eq!(none, []);
    assert_eq!(settings.scheme, Schemes::Light);
    let css = settings.css();
    assert!(css.starts_with(":root{--accent:navy;--width:80rem;}\n.call::before"), "{css}");
}

#[test]
fn the_search_box_asks_the_site_itself_unless_a_server_is_named() {
    let search = |text: &str| {
        let mut diagnostics = Diagnostics::new();
        let settings = read("theme.yaml", text, &|_| false, &mut diagnostics);
        let codes: Vec<Code> = diagnostics.sorted().into_iter().map(|problem| problem.code).collect();
        (settings.search.map(|server| serde_json::to_string(&server).unwrap()), codes)
    };
    assert_eq!(search("search: static\n"), (None, Vec::new()));
    assert_eq!(search("radius: 6px\n"), (None, Vec::new()));
    let server = r#"{"kind":"meilisearch","url":"https://s.example.org","index":"pages","key":"k"}"#;
    let text = "search: {kind: meilisearch, url: https://s.example.org/, index: pages, key: k}\n";
    assert_eq!(search(text), (Some(server.to_string()), Vec::new()));
    let text = "search: {kind: meilisearch, url: http://s.example.org/, index: pages}\n";
    assert_eq!(search(text), (None, vec![Code::InvalidValue]));
    assert_eq!(search("search: {kind: solr, url: https://x.example, index: a}\n").1, [Code::InvalidValue]);
    assert_eq!(search("search: {kind: meilisearch}\n").1, [Code::MissingKey, Code::MissingKey]);
    assert_eq!(search("search: elastic\n").1, [Code::InvalidValue]);
}

#[test]
fn a_misspelt_colour_is_refused() {
    let mut diagnostics = Diagnostics::new();
    let text = "colors: {light: {acent: red, ink: 'red;}'}}\n";
    let _ = read("theme.yaml", text, &|_| false, &mut diagnostics);
    let codes: Vec<Code> = diagnostics.sorted().into_iter().map(|problem| problem.code).collect();
    assert_eq!(codes, [Code::UnknownKey, Code::InvalidValue]);
}
