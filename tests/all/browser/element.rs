//! One element of a page.

use fantoccini::elements;
use serde_json::{Value, json};

use super::driver::Browser;
use super::programs::Engine;

/// An element, as long as its page is there.
pub(crate) struct Element<'browser> {
    browser: &'browser Browser,
    inner: elements::Element,
}

impl<'browser> Element<'browser> {
    pub(super) fn new(browser: &'browser Browser, inner: elements::Element) -> Self {
        Self { browser, inner }
    }

    /// The text that can be seen, as it looks (with `text-transform`, without what is hidden).
    #[track_caller]
    pub(crate) fn text(&self) -> String {
        // WebKit's driver finds none in a dialog.
        if self.browser.engine() == Engine::WebKit {
            let text = self.browser.js("return arguments[0].innerText", &[self.handle()]);
            return text.as_str().unwrap_or_default().trim().to_string();
        }
        self.browser.ask("text", self.inner.text())
    }

    /// An attribute as it is written.
    #[track_caller]
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        // WebKit's driver gives an empty one where there is none.
        if self.browser.engine() == Engine::WebKit {
            let value = self
                .browser
                .js("return arguments[0].getAttribute(arguments[1])", &[self.handle(), json!(name)]);
            return value.as_str().map(str::to_string);
        }
        self.browser.ask(name, self.inner.attr(name))
    }

    /// What a script reads: `value`, `checked`, `href`.
    #[track_caller]
    pub(crate) fn property(&self, name: &str) -> Value {
        self.browser.js("return arguments[0][arguments[1]]", &[self.handle(), json!(name)])
    }

    /// Clicks in its middle, after scrolling there. Fails where something else lies over it.
    #[track_caller]
    pub(crate) fn click(&self) {
        // Where less motion can't be asked for, the page would still be moving.
        if self.browser.engine() != Engine::Chromium {
            let come = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
            self.browser.js(come, &[self.handle()]);
        }
        self.browser.ask("click", self.inner.click());
    }

    /// Gives it the keyboard focus, as a script does.
    #[track_caller]
    pub(crate) fn focus(&self) {
        self.browser.js("arguments[0].focus()", &[self.handle()]);
    }

    /// Whether it is drawn at all (it may still be scrolled away).
    #[track_caller]
    pub(crate) fn is_visible(&self) -> bool {
        self.browser.ask("visibility", self.inner.is_displayed())
    }

    /// Its role for assistive technology: `button`, `combobox`, `navigation`.
    #[track_caller]
    pub(crate) fn role(&self) -> String {
        self.accessible("computedrole")
    }

    /// Its name for assistive technology: what a screen reader says.
    #[track_caller]
    pub(crate) fn name(&self) -> String {
        self.accessible("computedlabel")
    }

    #[track_caller]
    fn accessible(&self, what: &str) -> String {
        let found = self.browser.get(&format!("element/{}/{what}", self.inner.element_id()));
        found.as_str().unwrap_or_else(|| panic!("{what}: {found}")).to_string()
    }

    /// For use as an argument of a script.
    pub(crate) fn handle(&self) -> Value {
        serde_json::to_value(&self.inner).expect("an identifier")
    }
}
