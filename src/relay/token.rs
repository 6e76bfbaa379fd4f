//! What opens the page for the site's own people.

use std::fmt;

/// The environment variable with the token.
pub const VARIABLE: &str = "RINGBACK_ADMIN_TOKEN";

/// A shorter token could be found by trying.
const SHORTEST: usize = 20;

/// The token that opens the page for the site's own people: at least 20 characters, and never in what `Debug` prints.
#[derive(Clone)]
pub struct AdminToken(String);

impl fmt::Debug for AdminToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AdminToken")
    }
}

impl AdminToken {
    /// The token that somebody chose; `None` where it is so short that it could be found by trying.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (text.chars().count() >= SHORTEST).then(|| Self(text.to_string()))
    }

    /// Its letters, for whoever compares and signs.
    pub(super) fn text(&self) -> &str {
        &self.0
    }
}
