//! What the page's script knows of the site: Sveltia's configuration, how files are read and written, and words.

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::fields::{Format, Maker};
use super::words::Words;
use super::{backend, collections, sveltia_file};
use crate::config::EditorConfig;
use crate::editorial::labels::{Block, Labels};
use crate::editorial::schema::KeyWords;
use crate::site::Site;

/// All of it, as `admin/ringback.json`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct AdminData {
    /// Sveltia's script, beside the page.
    script: String,
    /// Sveltia's configuration, in the shape that its documentation has.
    #[cfg_attr(test, ts(type = "Record<string, unknown>"))]
    config: Json,
    formats: Vec<Format>,
    blocks: &'static [Block],
    words: &'static Words,
}

/// What the page of this edition knows.
pub(super) fn data(site: &Site, editor: &EditorConfig) -> AdminData {
    let config = site.config();
    let first = &config.languages[config.default_language].code;
    let maker = Maker {
        site,
        labels: Labels::new(first),
        words: Words::new(first),
        keys: KeyWords::new(first),
        shown: collections::chosen(site),
    };
    let (collections, formats) = collections::collections(&maker);
    let codes: Vec<&str> = config.languages.iter().map(|language| language.code.as_str()).collect();
    let mut written = json!({
        "load_config_file": false,
        "backend": backend::backend(editor),
        "publish_mode": backend::publish_mode(editor),
        "site_url": site.view.base_url.with_trailing_slash(),
        "media_folder": collections::path(site, "static/images"),
        "public_folder": "/images",
        // The page's policy lets it reach none of them.
        "media_libraries": {"stock_assets": {"providers": []}},
        "slug": {"encoding": "ascii", "clean_accents": true},
        "output": {"omit_empty_optional_fields": true},
        "collections": collections,
    });
    if codes.len() > 1 {
        written["i18n"] = json!({
            "structure": "multiple_files", "locales": codes, "default_locale": first, "initial_locales": "default",
            "omit_default_locale_from_file_path": true,
        });
    }
    AdminData {
        script: sveltia_file(),
        config: written,
        formats,
        blocks: maker.labels.blocks,
        words: maker.words,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{fields, words};
    use super::*;
    use crate::editorial::labels;
    use crate::testing::{assert_declared, declaration};

    #[test]
    fn scripts_know_what_is_in_it() {
        let types = [
            declaration::<AdminData>(),
            declaration::<fields::Format>(),
            declaration::<fields::AdminField>(),
            declaration::<fields::FieldKind>(),
            declaration::<words::Words>(),
            declaration::<labels::Block>(),
        ];
        assert_declared("editorial/admin/client/admin.d.ts", &types);
    }
}
