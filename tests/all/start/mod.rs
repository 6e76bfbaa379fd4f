//! From an empty folder to a site: `init`, `new`, `due`, `completions`.

mod completions;
mod due;
mod getting_started;
mod here;
mod hosts;
mod init;
mod new;
mod publish;
mod report;
mod steps;
mod translate;
