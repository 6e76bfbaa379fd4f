//! Names with a hash of their content for all assets of a theme, in scripts and style sheets, too.
//!
//! A file that names others is hashed after them. Scripts come last, because they may name all else, in an order in which
//! each comes after those that it imports.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::scripts::{self, Names, relative};
use super::settings::{SHAPES, Settings, TAB_ICON, TOUCH_ICON};
use super::{Layers, ThemeFile, sheet};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::encode::bytes::hex;
use crate::publishing::media;

/// The files of the theme that browsers load, in the order of their paths, with names that have a hash of the
/// content.
pub(super) fn name_assets(
    layers: &Layers,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) -> Vec<ThemeFile> {
    let is_asset = |path: &str| {
        let is_block = path.starts_with("blocks/") && path.ends_with(".yaml");
        let is_apart = path.starts_with("i18n/") || path.starts_with(super::cards::FOLDER);
        let is_apart = is_apart || path.starts_with(SHAPES);
        path.contains('/') && !is_apart && !is_block && !super::is_template(path)
    };
    let mut made = Made { layers, files: Vec::new(), urls: BTreeMap::new() };
    let assets: Vec<(&String, &(String, Vec<u8>))> =
        layers.0.iter().filter(|(path, _)| is_asset(path)).collect();
    let is_sheet = |path: &str| path.ends_with(".css");
    for (path, (source, bytes)) in &assets {
        if !is_sheet(path) && !scripts::is_script(path) {
            made.add(path, source, bytes.clone());
        }
    }
    made.icons(settings, diagnostics);
    let others = made.urls.clone();
    for (path, (source, bytes)) in assets.iter().filter(|(path, _)| is_sheet(path)) {
        let text = sheet::compact(&with_hashed_urls(path, &String::from_utf8_lossy(bytes), &others));
        made.add(path, source, text.into_bytes());
    }
    let mut css = settings.css();
    for sheet in settings.shape.sheets() {
        if let Some((_, text)) = layers.text(&sheet, diagnostics) {
            css.push_str(text);
        }
    }
    let css = sheet::compact(&with_hashed_urls("css/theme.css", &css, &others));
    made.add("css/theme.css", "theme.yaml", css.into_bytes());
    for (path, _) in assets.iter().filter(|(path, _)| scripts::is_script(path)) {
        made.script(path, &mut Vec::new(), diagnostics);
    }
    made.files.sort_by(|a, b| a.path.cmp(&b.path));
    made.files
}

/// The assets that have their names.
struct Made<'a> {
    layers: &'a Layers,
    files: Vec<ThemeFile>,
    urls: BTreeMap<String, String>,
}

impl Made<'_> {
    fn add(&mut self, path: &str, source: &str, bytes: Vec<u8>) {
        let short = hex(&Sha256::digest(&bytes)[..5]);
        let url = match path.rsplit_once('.') {
            Some((stem, ending)) => format!("/assets/{stem}.{short}.{ending}"),
            None => format!("/assets/{path}.{short}"),
        };
        self.urls.insert(path.to_string(), url.clone());
        self.files.push(ThemeFile { path: path.to_string(), bytes, url, source: source.to_string() });
    }

    /// Adds the site's icon in the sizes of tabs and home screens.
    fn icons(&mut self, settings: &Settings, diagnostics: &mut Diagnostics) {
        let Some(icon) = settings.icon.as_deref() else { return };
        let Some((source, bytes)) = self.layers.0.get(icon) else { return };
        let sides = [(TAB_ICON, Some(settings.tab_icon())), (TOUCH_ICON, settings.touch_icon())];
        let sides = sides.into_iter().filter_map(|(side, path)| Some((side, path?)));
        for (side, path) in sides.filter(|(_, path)| path != icon) {
            match media::square(source, bytes, side) {
                Ok(file) => self.add(&path, source, file),
                Err(problem) => return diagnostics.push(*problem),
            }
        }
    }

    /// Adds a script after all that it names. `above` are the scripts that have led here.
    fn script(&mut self, path: &str, above: &mut Vec<String>, diagnostics: &mut Diagnostics) {
        let layers = self.layers;
        let Some((source, bytes)) = layers.0.get(path).filter(|_| !self.urls.contains_key(path)) else {
            return;
        };
        let Ok(text) = std::str::from_utf8(bytes) else { return self.add(path, source, bytes.clone()) };
        let is_there = |path: &str| {
            self.urls.contains_key(path) || scripts::is_script(path) && layers.0.contains_key(path)
        };
        let named = scripts::named(text);
        let (wanted, problems) = scripts::imported_files((path, source, text), &named, &is_there);
        diagnostics.extend(problems);
        above.push(path.to_string());
        for other in wanted.iter().filter(|other| scripts::is_script(&other.path)) {
            let Some(at) = above.iter().position(|one| *one == other.path) else {
                self.script(&other.path, above, diagnostics);
                continue;
            };
            // A name with a hash can't be in what it is the hash of.
            let circle: Vec<&str> = above[at..].iter().chain([&other.path]).map(String::as_str).collect();
            diagnostics.push(
                Diagnostic::new(
                    Code::ImportLoop,
                    format!("these scripts import each other: `{}`", circle.join("` → `")),
                )
                .at(source.clone(), other.span)
                .help("put what both need into a third file, and import that in both"),
            );
        }
        above.pop();
        let text = Names { urls: &self.urls }.replace_imports(path, text, &named);
        self.add(path, source, scripts::without_comments(&text).into_owned().into_bytes());
    }
}

/// Replaces `url("../img/x.svg")` by the hashed name, still relative to the style sheet, so that the site may live
/// under any path.
fn with_hashed_urls(sheet: &str, text: &str, urls: &BTreeMap<String, String>) -> String {
    let folder = sheet.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("url(") {
        out.push_str(before);
        out.push_str("url(");
        let Some((inside, behind)) = after.split_once(')') else {
            rest = after;
            break;
        };
        let target = inside.trim().trim_matches(['"', '\'']);
        let (path, fragment) =
            target.split_once('#').map_or((target, None), |(path, fragment)| (path, Some(fragment)));
        let found = crate::encode::url::follow(folder, path).and_then(|path| urls.get(&path));
        match found {
            Some(url) => {
                let _ = write!(out, "\"{}", relative(sheet, url));
                if let Some(fragment) = fragment {
                    let _ = write!(out, "#{fragment}");
                }
                out.push('"');
            }
            None => out.push_str(inside),
        }
        out.push(')');
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_in_style_sheets_get_the_hashed_names() {
        let urls = BTreeMap::from([("img/a.svg".to_string(), "/assets/img/a.0011.svg".to_string())]);
        let css = "a{b:url( '../img/a.svg#x' )} c{d:url(https://e/f)} g{h:url(\"../img/none.svg\")}";
        assert_eq!(
            with_hashed_urls("css/main.css", css, &urls),
            "a{b:url(\"../img/a.0011.svg#x\")} c{d:url(https://e/f)} g{h:url(\"../img/none.svg\")}"
        );
    }
}
