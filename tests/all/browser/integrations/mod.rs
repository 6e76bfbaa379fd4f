//! What pages load from others: nothing before a yes, what was declared afterwards. Others are a server of our own, which
//! notes whoever asks it for something.

mod bar;
mod chat;
mod consent;
mod events;

use super::{Browser, Options, Serve, Server};
use crate::support::Site;

/// Every kind of page that a visitor can open.
const PAGES: &[&str] =
    &["/", "/insights/", "/insights/one/", "/contact/", "/a-z/", "/search/", "/no-such-page/", "/sv/"];

/// A script of somebody else: it says that it runs, keeps something, and tells its server.
const SCRIPT: &str = "\
window.ran = [...(window.ran ?? []), document.currentScript.src.split('/').pop()];\n\
document.cookie = '_pk_id=1;path=/;max-age=9999';\n\
document.cookie = '_mouse_a=1;path=/;max-age=9999';\n\
localStorage._mouse_b = 1;\n\
fetch(new URL('/seen', document.currentScript.src), { method: 'POST', mode: 'no-cors', body: location.pathname });\n";

/// A site with integrations, the server that it is on, and that of others.
struct Stage {
    site: Site,
    server: Server,
    others: Server,
    /// The folder of the others' server.
    _others: Site,
}

/// Two services, for statistics and for advertising, at the others' server.
const TWO: &str = "integrations:\n  matomo: {host: 'ORIGIN', id: 1}\n  \
    script: {name: Mouse, src: 'ORIGIN/mouse.js', purpose: marketing, hosts: 'ORIGIN', cookies: ['_mouse*']}\n";

impl Stage {
    /// A site whose configuration has these lines, with the others' address for `ORIGIN`.
    fn new(lines: &str) -> Self {
        let folder =
            Site::empty().with("mouse.js", SCRIPT).with("matomo.js", SCRIPT).with("js/script.js", SCRIPT);
        let others = Server::of(&folder.path(""), Serve::default());
        others.answer(|path| ["/seen", "/crm"].contains(&path), 200, "{}");
        let origin = others.url("/").trim_end_matches('/').to_string();
        let site = Site::empty()
            .with(
                "ringback.yaml",
                format!(
                    "title: Fjord\nbase_url: https://fjord.example/\nlanguages: {{en: {{locale: en-GB}}, sv: {{}}}}\n\
                     organization: {{name: Fjord AS, phone: '+47 22 00 00 00'}}\n\
                     webhooks: {{crm: {{url: '{origin}/crm', response: opaque}}}}\n{}",
                    lines.replace("ORIGIN", &origin)
                ),
            )
            .with("content/_index.md", "---\ntitle: Home\n---\nText.\n")
            .with("content/_index.sv.md", "---\ntitle: Hem\n---\nText.\n")
            .with(
                "content/insights/one.md",
                format!("---\ntitle: One\n---\n{}", "A long text.\n\n".repeat(80)),
            )
            .with("content/forms/crm.yaml", crate::support::FORM)
            .with("content/pages/contact.md", "---\ntitle: Contact\n---\nText.\n\n[form:crm]\n");
        site.build();
        let server = Server::of(&site.path("public"), Serve::default());
        Self { site, server, others, _others: folder }
    }

    /// What others were asked for.
    fn paths_asked(&self) -> Vec<String> {
        self.others.requests().into_iter().map(|request| request.path).collect()
    }
}

/// The page is there, and whatever it loads by itself.
fn open(page: &Browser, url: &str) {
    page.goto(url);
    page.wait("document.readyState === 'complete'");
}

/// Opens the bar from the foot of the page, which needs no mouse.
fn settings(page: &Browser) {
    page.find("[data-consent-open]").focus();
    page.press("Enter");
    page.wait(BAR);
}

/// The bar is there.
const BAR: &str = "document.querySelector('.consent')";

/// Hosts that the page has asked for something, also in vain.
fn hosts(page: &Browser) -> Vec<String> {
    let found = page.js(
        "return performance.getEntriesByType('resource').map(({ name }) => new URL(name).host)\
         .filter((host) => host !== location.host)",
        &[],
    );
    serde_json::from_value(found).expect("names")
}

const GPC: &str = "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })";
