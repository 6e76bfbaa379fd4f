//! The search box as readers use it: with the keyboard, on bad networks, without scripts, with a screen reader.
//!
//! `finding` is about the demo and what a person expects of it; `queries` about what else people put into a box; `loading`
//! about the files behind it and their failures, on a large site; `inside` about compounds; `scripts` about scripts without
//! spaces; `page` about the search page; `access` about
//! assistive technology; `engine` about another engine in place of the site's own index.

mod access;
mod engine;
mod finding;
mod inside;
mod loading;
mod page;
mod queries;
mod scripts;

use serde_json::{Value, json};

use super::{Browser, Server};

/// Titles of the pages in the list, as text.
const TITLES: &str =
    "[...document.querySelectorAll('[role=group] .title')].map((title) => title.textContent)";

/// A search box on the page that is open.
struct Box<'page> {
    page: &'page Browser,
}

impl<'page> Box<'page> {
    /// Opens the dialog with a key: `/` or `Control+k`. What makes it a search box is loaded then.
    #[track_caller]
    fn open(page: &'page Browser, keys: &str) -> Self {
        page.press(keys);
        page.wait("document.querySelector('dialog.search[open]')?.contains(document.activeElement)");
        page.wait("document.querySelector('dialog.search .notes')");
        Self { page }
    }

    /// The box of the search page.
    #[track_caller]
    fn on_page(page: &'page Browser) -> Self {
        page.find("[data-search-page] [role=combobox]").click();
        Self { page }
    }

    /// Puts a query in place of the last one, as pasting does.
    #[track_caller]
    fn put(&self, query: &str) {
        self.page.js(
            "const input = document.querySelector('[role=combobox]');
             input.focus();
             input.select();
             // Goes when the answer is drawn.
             document.querySelector('.notes').append(Object.assign(document.createElement('i'), { className: 'asked' }));",
            &[],
        );
        self.page.insert(query);
    }

    /// Waits for the answer.
    #[track_caller]
    fn answer(&self) {
        self.page.wait(
            "!document.querySelector('.asked') && document.querySelector('[role=listbox]').ariaBusy !== 'true'",
        );
    }

    /// Asks, and waits for the answer.
    #[track_caller]
    fn ask(&self, query: &str) -> &Self {
        self.put(query);
        self.answer();
        self
    }

    /// Types key by key, and waits until a page stands first.
    #[track_caller]
    fn type_until_first(&self, query: &str, title: &str) {
        self.page.type_text(query);
        self.page.wait(&format!("{TITLES}[0] === {}", json!(title)));
    }

    /// The titles of the pages that are shown.
    #[track_caller]
    fn titles(&self) -> Vec<String> {
        texts(&self.page.js(&format!("return {TITLES}"), &[]))
    }

    /// What is said to the reader.
    #[track_caller]
    fn notes(&self) -> String {
        self.page.find(".notes").text()
    }
}

fn texts(list: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().expect("a text").to_string();
    list.as_array().expect("a list").iter().map(text).collect()
}

/// The files of the search that were asked for, without its scripts, since the log was emptied.
fn files(server: &Server) -> Vec<String> {
    let is_file = |path: &str| path.ends_with("/search/index.json") || path.contains("/assets/search/");
    server.requests().into_iter().map(|request| request.path).filter(|path| is_file(path)).collect()
}
