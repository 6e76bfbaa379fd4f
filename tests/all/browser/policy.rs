//! The policy that stands in each page, on a host that sends no headers.

use std::fs;

use serde_json::json;

use super::{Browser, Options, Serve, Server};
use crate::support::Site;

const PICTURE: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'></svg>";

const INJECTED: &str = "One line.\n\n<script>window.ran = 'inline'</script>\n\n\
    <img src=\"/none.png\" alt=\"\" onerror=\"window.ran = 'handler'\">\n\n\
    <a id=\"go\" href=\"javascript:window.ran='address'\">Go</a>\n";

/// Another site, which everybody may read.
fn elsewhere() -> (Site, Server) {
    let site = Site::empty()
        .with("public/_headers", "/*\n  Access-Control-Allow-Origin: *\n")
        .with("public/a.svg", PICTURE)
        .with("public/x.js", "window.ran = 'foreign'")
        .with("public/index.html", "<title>Elsewhere</title>");
    let server = Server::of(&site.path("public"), Serve::default());
    (site, server)
}

/// A host without headers.
fn bare(site: &Site) -> Server {
    let run = site.run(&["build"]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    fs::remove_file(site.path("public/_headers")).expect("it was there");
    Server::of(&site.path("public"), Serve::default())
}

#[test]
fn without_headers_the_page_itself_keeps_out_what_is_foreign() {
    let (_folder, other) = elsewhere();
    let origin = other.url("/");
    let origin = origin.trim_end_matches('/');
    let site = Site::new()
        .with("content/pages/plain.md", "---\ntitle: Plain\n---\nOne line.\n")
        .with("content/pages/injected.md", format!("---\ntitle: Injected\n---\n{INJECTED}"))
        .with("content/pages/picture.md", format!("---\ntitle: Picture\n---\n![A dot]({origin}/a.svg)\n"));
    let server = bare(&site);
    let Some(page) = Browser::open(Options::default()) else { return };

    // What the author embeds is shown, on that page.
    page.goto(&server.url("/picture/"));
    page.wait("[...document.images].some((image) => image.naturalWidth === 8)");
    page.assert_no_errors();

    page.goto(&server.url("/injected/"));
    page.wait("document.readyState === 'complete' && document.querySelector('#go')");
    page.find("#go").click();
    assert_eq!(page.js("return window.ran ?? null", &[]), json!(null));

    // Whatever gets into a page by another way reaches nobody.
    page.goto(&server.url("/plain/"));
    other.forget();
    let tried = page.js_async(
        "const [origin] = arguments;
         const add = (name, properties) => new Promise((resolve) => {
           const made = Object.assign(document.createElement(name), properties);
           made.onload = () => resolve('loaded');
           made.onerror = () => resolve('refused');
           document.body.append(made);
         });
         const inline = document.createElement('script');
         inline.textContent = 'window.ran = 1';
         document.body.append(inline);
         const form = Object.assign(document.createElement('form'), { action: `${origin}/post`, method: 'post' });
         document.body.append(form);
         const stopped = new Promise((resolve) => addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
           effectiveDirective === 'form-action' && resolve('refused')));
         form.submit();
         return [
           window.ran ?? 0,
           await fetch(`${origin}/a.svg`).then(() => 'fetched', () => 'refused'),
           navigator.sendBeacon(`${origin}/beacon`) && 'queued',
           await add('img', { src: `${origin}/a.svg` }),
           await add('script', { src: `${origin}/x.js` }),
           await stopped,
         ];",
        &[origin.into()],
    );
    assert_eq!(tried[0], 0);
    for (at, what) in [(1, "fetch"), (3, "a picture"), (4, "a script"), (5, "a form")] {
        assert_eq!(tried[at], "refused", "{what}: {tried}");
    }
    assert_eq!(page.js("return [window.ran ?? 0, location.pathname]", &[]), json!([0, "/plain/"]));
    assert_eq!(other.requests(), []);
}
