//! The browser code of the program: modules in the folder `client/` of the stage or feature they belong to.
//!
//! Each room lists its own (`CLIENT`); `theme::scripts` makes one file of each that pages load, and knows none by name.

/// A module of the browser code, as it is in the repository.
#[derive(Debug, Clone, Copy)]
pub struct ClientFile {
    /// Its path in the repository, from which its imports are looked up: `src/leads/forms/client/lead.js`.
    pub home: &'static str,
    /// The source of the module.
    pub text: &'static str,
    /// How it gets into a browser.
    pub role: ClientRole,
}

/// How a module gets into a browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientRole {
    /// As a file of its own, which a template, a worker or `import()` loads.
    Entry,
    /// As a script that is no file of the theme: whoever needs it asks `render` for it by its name.
    Apart,
    /// As a part of the one entry that imports it.
    Part,
    /// As a part of every entry that imports it. It keeps nothing, because each has a copy.
    Helper,
}

impl ClientRole {
    /// Is it a script of its own, not a part of others?
    #[must_use]
    pub fn is_own_script(self) -> bool {
        matches!(self, Self::Entry | Self::Apart)
    }
}

impl ClientFile {
    /// Its name, without folders: `lead.js`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.home.rsplit('/').next().unwrap_or(self.home)
    }
}

/// Lists the modules of one `client/` folder: `client_files!("src/serve/client": Entry "dev", Part "bar")`.
macro_rules! client_files {
    ($folder:literal: $($role:ident $name:literal),+ $(,)?) => {
        &[$($crate::plan::ClientFile {
            home: concat!($folder, "/", $name, ".js"),
            text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/", $folder, "/", $name, ".js")),
            role: $crate::plan::ClientRole::$role,
        }),+]
    };
}
pub(crate) use client_files;
