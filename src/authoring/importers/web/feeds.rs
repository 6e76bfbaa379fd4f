//! What the feeds of an old site call its articles, so that readers' programs don't show them again.

use std::collections::BTreeMap;
use std::io::Cursor;

use super::source::Saved;
use crate::authoring::importers::records::{self, Record};
use crate::authoring::importers::{bare, own_path};

/// The names of articles by their paths.
pub(super) fn guids(saved: &Saved) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for bytes in saved.feeds() {
        // What is no feed has none.
        let _ = records::read(Cursor::new(bytes), &mut |record| {
            if let Some((path, guid)) = named(&record) {
                found.entry(path).or_insert(guid);
            }
            Ok(())
        });
    }
    found
}

fn named(record: &Record) -> Option<(String, String)> {
    let (link, guid) = match record.name.as_str() {
        "item" => (record.get("link").to_string(), record.get("guid")),
        "entry" => {
            let mut links =
                record.all("link").filter(|link| matches!(link.attribute("rel"), "" | "alternate"));
            (links.next()?.attribute("href").to_string(), record.get("id"))
        }
        _ => return None,
    };
    let address = link.split('/').take(3).collect::<Vec<_>>().join("/");
    let path = own_path(&link, &address)?;
    (!guid.is_empty()).then(|| (bare(path), guid.to_string()))
}
