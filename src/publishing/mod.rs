//! What a site offers its readers, search engines and hosts: lists, feeds, search, structured data, redirects, headers.

pub mod blocks;
pub mod cards;
pub mod events;
pub mod feeds;
pub mod hosting;
pub mod integrations;
pub mod lists;
pub mod media;
pub mod policy;
pub mod redirects;
pub mod related;
pub mod search;
pub mod sitemap;
pub mod structured_data;
