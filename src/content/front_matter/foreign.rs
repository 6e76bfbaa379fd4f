//! Keys that pages from other programs bring, and what takes their place here.

/// A key of Hugo, Jekyll, Zola, Eleventy, Astro or Obsidian, and what to write instead.
pub(super) const KEYS: &[(&str, &str)] = &[
    ("cover", "write `image:`"),
    ("cssclasses", "remove it"),
    ("excerpt", "write `description:`"),
    ("expiryDate", "write `expires:`"),
    ("featured", "remove it; the insight with the lowest `weight:` leads the home page"),
    ("featured_image", "write `image:`"),
    ("hero", "write `image:`"),
    ("keywords", "remove it, or write `tags:`"),
    ("lang", "remove it; the file's name says the language, as in `prices.sv.md`"),
    ("language", "remove it; the file's name says the language, as in `prices.sv.md`"),
    ("last_modified_at", "write `updated:`"),
    ("lastmod", "write `updated:`"),
    ("layout", "remove it, or name a template of your theme with `template:`"),
    ("locale", "remove it; the file's name says the language, as in `prices.sv.md`"),
    ("menu", "remove it; menus are written in `ringback.yaml`, under `menus:`"),
    ("params", "write `extra:`"),
    ("permalink", "remove it, and write the old URL under `aliases:`, so that it leads here"),
    ("pubDate", "write `date:`"),
    ("publishDate", "write `date:`"),
    ("published", "write `draft: true` for a page that isn't published yet"),
    ("summary", "write `description:`"),
    ("thumbnail", "write `image:`"),
    ("type", "remove it; the folder says what kind of page it is"),
    ("url", "remove it, and write the old URL under `aliases:`, so that it leads here"),
];
