//! ringback compiles a repository of insight articles, playbooks and call scripts into a website.
//!
//! The rooms of the house, in the order in which content flows. A room uses only rooms that come before it; which ones is
//! written in `tests/all/architecture.rs`, a test.
//!
//! To follow one article from its file to its page, read twelve files in this order: this one, `build/mod.rs`,
//! `project/mod.rs`, `content/mod.rs`, `content/front_matter/mod.rs`, `content/body/mod.rs`, `site/mod.rs`,
//! `edition/linking/collected.rs`, `pages/article.rs`, `html/mod.rs`, `edition/artifact.rs`, `output/mod.rs`.
//! `docs/content/architecture.md` says what each of them does with it.
//!
//! Ground, which knows nothing of sites: [`encode`] is the only code that escapes and encodes. [`diag`] is what is wrong, where, and
//! what to do. [`languages`] knows dates, numbers and alphabets. [`highlight`] cuts code into pieces that have colours.
//! [`ids`] are the numbers by which things are known, a type for each kind of thing.
//!
//! 1. Input, what is there: [`yaml`], a tree with places. [`network`], HTTP. [`project`], the only door to disk, environment
//!    and clock. [`config`], `ringback.yaml`. [`content`], one file to one document: front matter, and text as a tree.
//! 2. Site, what belongs together: [`site`] links the documents that an edition may see into pages. [`plan`] holds
//!    every file that an edition will have. [`links`] leads from pages to pages and files.
//! 3. What ringback makes of a site: [`publishing`], [`leads`], [`sales`], [`editorial`].
//! 4. Look, how it is shown: [`findings`], what all of these found. [`html`], text as HTML. [`theme`], templates and
//!    assets. [`pages`], what templates get.
//! 5. Edition, one output, complete: [`edition`] plans and seals it, and makes the bytes of each file. [`output`] puts on disk
//!    what changed, all of it or nothing.
//! 6. Run, what can be asked: [`relay`] takes leads and hands them on. [`authoring`] has what a new site or page begins with, and knows what is left of it.
//!    [`build`](mod@build) calls all of these one after the other and is where to start reading. [`commands`] take another
//!    way out, without writing.
//! 7. Doors, who asks: [`serve`] shows the site while it is written. [`cli`] takes flags and is the only one that prints.

pub mod encode;

pub mod diag;

pub mod languages;

pub mod highlight;

pub mod ids;

pub mod yaml;

pub mod network;

pub mod project;

pub mod config;

pub mod content;

pub mod site;

pub mod plan;

pub mod links;

pub mod publishing;

pub mod leads;

pub mod sales;

pub mod editorial;

pub mod findings;

pub mod html;

pub mod theme;

pub mod pages;

pub mod edition;

pub mod output;

pub mod relay;

pub mod authoring;

pub mod build;

pub mod commands;

pub mod serve;

pub mod cli;

#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod schema_tests;
#[cfg(test)]
mod testing;
