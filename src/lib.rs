//! ringback compiles a repository of insight articles, playbooks and call scripts into a website.
//!
//! The pipeline, in the order in which content flows through it:
//!
//! 1. [`discover`] is the only door to disk, environment and clock: the site's files, and what day it is.
//! 2. [`config`] reads `ringback.yaml`, by way of [`yaml`].
//! 3. [`parse`] turns each file into a document: front matter, and text as a tree.
//! 4. [`model`] links the documents that an edition may see into an immutable site.
//! 5. [`features`] collect what they need from the site: links, lists, feeds.
//! 6. [`plan`] holds every file that the edition will have.
//! 7. [`render`] makes the bytes of one file, a pure function.
//! 8. [`write`](mod@write) puts on disk what changed, all of it or nothing.
//!
//! [`doctor`] tries the webhooks of a site, and [`outside`] the links that lead out of it. No other stage uses the network. [`serve`] shows the site on this computer
//! while it is written.
//! [`starter`] holds the texts that a new site or page begins with.
//!
//! [`encode`] is where text is made part of something else: HTML, URLs, JSON in a script, XML, a terminal.
//!
//! [`pipeline`] calls these stages one after the other and is where to start reading. Whatever is wrong becomes a
//! [`diag::Diagnostic`] on the way; only [`cli`] prints.

pub mod cli;
pub mod diag;
pub mod doctor;
pub mod outside;
pub mod pipeline;
pub mod serve;
pub mod starter;

pub mod encode;

pub mod discover;
#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod testing;
pub mod yaml;

pub mod config;
pub mod parse;

pub mod model;

pub mod features;
pub mod plan;

pub mod render;
pub mod write;
