//! Files for hosts that read them: `_redirects` and `_headers` (Netlify, Cloudflare Pages; others ignore them).
//!
//! The site works without either: stubs stand at old addresses, and nothing depends on a header. With them, old
//! addresses answer with 301, and browsers are told to run and load only what the site is made of.

use crate::config::Audience;
use crate::diag::Diagnostics;
use crate::encode::header;
use crate::plan::{Artifact, Origin, OutPath, Planned, Warrant};
use crate::site::Site;

/// What only the theme has files in: they are the same for everybody, and their names carry a hash.
const THEME: &[&str] = &["/assets/css/", "/assets/fonts/", "/assets/img/", "/assets/js/"];

/// The path of headers that all files have.
const EVERYWHERE: &str = "/*";

/// The lines of the files for hosts, `_redirects` and `_headers`.
#[derive(Debug, Default)]
pub struct Hosting {
    redirects: Vec<String>,
}

impl Hosting {
    /// Makes the rules, the first of which are those for old addresses.
    #[must_use]
    pub fn collect(site: &Site, mut redirects: Vec<String>, _: &mut Diagnostics) -> Self {
        for lang in site.languages().filter(|lang| *lang != site.config().default_language) {
            // Cloudflare finds the nearest 404.html by itself and skips these lines.
            let (prefix, page) =
                (site.href(&site.config().prefix(lang)), site.href(&site.not_found_url(lang)));
            redirects.push(format!("{}* {} 404", header::path(&prefix), header::path(&page)));
        }
        Self { redirects }
    }

    /// `_headers`, and `_redirects` where there are rules.
    #[must_use]
    pub fn artifacts(&self, site: &Site) -> Vec<Planned> {
        let plan = |path: &str, artifact| Planned {
            path: OutPath::file(path),
            artifact,
            origin: Origin::generated("a file for the host"),
            warrant: Warrant::edition(site),
        };
        let redirects = (!self.redirects.is_empty()).then(|| plan("_redirects", Artifact::HostRedirects));
        redirects.into_iter().chain([plan("_headers", Artifact::HostHeaders)]).collect()
    }

    /// `_redirects`: a line for each rule, the first that fits counts.
    #[must_use]
    pub fn emit_redirects(&self) -> String {
        self.redirects.iter().flat_map(|rule| [rule, "\n"]).collect()
    }
}

/// `_headers`: paths, and below each its headers.
///
/// `policy` is the Content-Security-Policy of all pages together, `worker` the service worker of an edition behind a
/// passphrase. What the team reads is kept nowhere on the way
/// (`no-store`, RFC 9111, section 5.2.2.5), but for the theme's files, which tell nothing; hosts that send a header of each
/// rule that fits forbid it for those as well. `editor` is the policy of `/admin/`, which takes the place of the others'. The worker reaches its own site and nothing else: a worker has the
/// policy of its own response (CSP Level 3, section 4.2).
#[must_use]
pub fn emit_headers(site: &Site, policy: &str, worker: Option<&str>, editor: Option<&str>) -> String {
    let line = |(name, text): &(String, String)| format!("  {name}: {}\n", header::value(text));
    let below = |folder: &str| format!("{}*", header::path(&site.href(folder)));
    let policy = header::value(policy);
    let is_internal = site.view.edition.sees(Audience::Team);
    let internal =
        if is_internal { "  Cache-Control: no-store\n  X-Robots-Tag: noindex, nofollow\n" } else { "" };
    let own = &site.config().hosting.headers;
    let everywhere = own.get(EVERYWHERE).map_or(&[][..], Vec::as_slice);
    let is_own = |line: &str| {
        let name = line.trim_start().split(':').next().unwrap_or_default();
        everywhere.iter().any(|(own, _)| own.eq_ignore_ascii_case(name))
    };
    let computed = format!(
        "\x20 Content-Security-Policy: {policy}\n\
         \x20 Cross-Origin-Opener-Policy: same-origin\n\
         \x20 Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\n\
         \x20 Referrer-Policy: strict-origin-when-cross-origin\n\
         \x20 X-Content-Type-Options: nosniff\n\
         {internal}"
    );
    let mut headers = format!("{}\n", below("/"));
    headers.extend(computed.split_inclusive('\n').filter(|line| !is_own(line)));
    headers.extend(everywhere.iter().map(line));
    for (path, lines) in own.iter().filter(|(path, _)| *path != EVERYWHERE) {
        headers += &format!("\n{}{path}\n", site.view.base_url.path.trim_end_matches('/'));
        headers.extend(lines.iter().map(line));
    }
    if let Some(worker) = worker.map(|worker| site.href(worker)) {
        let worker = header::path(&worker);
        headers +=
            &format!("\n{worker}\n  Content-Security-Policy: default-src 'none'; connect-src 'self'\n");
    }
    if let Some(editor) = editor {
        // `!` takes a header away that a wider rule has given (Cloudflare Pages, "Headers"). Colleagues sign in in a window of the
        // code host, which answers this page.
        headers += &format!(
            "\n{}\n  ! Content-Security-Policy\n  Content-Security-Policy: {}; frame-ancestors 'none'\n  \
             ! Cross-Origin-Opener-Policy\n  Cross-Origin-Opener-Policy: same-origin-allow-popups\n",
            below("/admin/"),
            header::value(editor),
        );
    }
    // The names of these files carry a hash of what is in them.
    let kept: &[&str] = if is_internal { THEME } else { &["/sealed/", "/assets/"] };
    for folder in kept {
        headers += &format!("\n{}\n  Cache-Control: public, max-age=31536000, immutable\n", below(folder));
    }
    headers
}

#[cfg(test)]
mod tests {
    use crate::testing;

    #[test]
    fn old_addresses_lead_on_below_the_base_path() {
        let project =
            testing::project(|config| config.replace("https://example.org/", "https://example.org/blog/"))
                .with(
                    "content/insights/a.md",
                    "---\ntitle: A\naliases: [/gå/x, /old.html, '/node:1/']\n---\nText.\n",
                )
                .with("content/insights/a.sv.md", "---\ntitle: A\n---\nText.\n");
        let linked = testing::linked(&project, "public");
        let expected = "\
/blog/g%C3%A5/x /blog/insights/a/ 301
/blog/g%C3%A5/x/ /blog/insights/a/ 301
/blog/old.html /blog/insights/a/ 301
/blog/node%3A1 /blog/insights/a/ 301
/blog/node%3A1/ /blog/insights/a/ 301
/blog/sv/* /blog/sv/404.html 404
";
        assert_eq!(testing::file(&linked, "_redirects").unwrap(), expected);
        assert!(testing::file(&linked, "old.html").is_some());
        assert!(testing::file(&linked, "gå/x/index.html").is_some());
        let headers = testing::file(&linked, "_headers").unwrap();
        assert!(headers.starts_with("/blog/*\n  Content-Security-Policy: default-src 'self'; "), "{headers}");
        assert!(
            headers.ends_with("\n\n/blog/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n")
        );
        assert!(!headers.contains("noindex") && !headers.contains("no-store"));
    }

    #[test]
    fn what_the_team_reads_is_not_kept() {
        let project = testing::project(str::to_string)
            .with("content/insights/a.md", "---\ntitle: A\n---\n![x](https://pictures.example/a.png)\n");
        let headers = testing::file(&testing::linked(&project, "team"), "_headers").unwrap();
        let (all, kept) = headers.split_once("\n\n").unwrap();
        assert!(
            all.contains("\n  Cache-Control: no-store\n") && all.contains("X-Robots-Tag: noindex"),
            "{all}"
        );
        assert!(kept.starts_with("/assets/css/*\n") && !kept.contains("/assets/*"), "{kept}");
        assert!(headers.contains("img-src 'self' https://pictures.example; "), "{headers}");
    }

    #[test]
    fn a_site_adds_lines_and_sources() {
        let project = testing::project(|config| {
            let config = config.replace("example.org/\n", "example.org/x/\n");
            format!(
                "{config}hosting:\n  headers:\n    referrer-policy: no-referrer\n    X-Robots-Tag: noai\n    /files/*: {{X-Robots-Tag: noindex}}\n  \
                 policy: {{script-src: 'https://s.example'}}\n"
            )
        })
        .with("content/insights/a.md", "---\ntitle: A\n---\nText.\n");
        let linked = testing::linked(&project, "public");
        let headers = testing::file(&linked, "_headers").unwrap();
        for text in [
            "\n  referrer-policy: no-referrer\n",
            "\n  X-Robots-Tag: noai\n",
            "\n/x/files/*\n  X-Robots-Tag: noindex\n",
            "; script-src 'self' https://s.example; ",
        ] {
            assert!(headers.contains(text), "{text}: {headers}");
        }
        assert!(!headers.contains("strict-origin"), "{headers}");
        let page = testing::file(&linked, "insights/a/index.html").unwrap();
        assert!(page.contains("script-src 'self' https://s.example; "), "{page}");
    }

    #[test]
    fn without_rules_there_is_no_file_of_them() {
        let project = testing::project(|_| "title: T\nbase_url: https://example.org/\n".into())
            .with("content/insights/a.md", "---\ntitle: A\n---\nText.\n");
        let linked = testing::linked(&project, "public");
        assert_eq!(testing::file(&linked, "_redirects"), None);
    }
}
