//! What a site can do beyond showing its pages. Each feature collects what it needs from the linked site, plans its
//! files and emits them; none knows another.

pub mod aliases;
pub mod checks;
pub mod credentials;
pub mod feeds;
pub mod forms;
pub mod gates;
pub mod hosting;
pub mod links;
pub mod listings;
pub mod playbooks;
pub mod policy;
pub mod related;
pub mod report;
pub mod scripts;
pub mod search;
pub mod share;
pub mod sitemap;
pub mod structured;
