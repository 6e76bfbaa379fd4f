//! Where pages post what webhooks are to get: to these themselves, or to the site's relay.

use super::Site;

impl Site {
    /// Does the relay hand on what this edition has for a webhook? Not where the edition has an address of its own for
    /// it, or sends it nothing.
    #[must_use]
    pub fn is_relayed(&self, webhook: &str) -> bool {
        self.config().relay.is_some() && !self.view.edition.webhooks.contains_key(webhook)
    }

    /// Where pages of this edition post what a webhook is to get; `None` where it gets nothing from there.
    #[must_use]
    pub fn posted_to(&self, webhook: &str) -> Option<&str> {
        let relay = self.config().relay.as_ref().filter(|_| self.is_relayed(webhook));
        let url = match relay {
            Some(relay) => &relay.webhook.url,
            None => self.config().webhooks.get(webhook)?.url_in(&self.view.edition, webhook)?,
        };
        Some(&url.value)
    }
}
