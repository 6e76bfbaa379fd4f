//! Files for hosts that read them: `_redirects` and `_headers` (Netlify, Cloudflare Pages; others ignore them).
//!
//! The site works without either: stubs stand at old addresses, and nothing depends on a header. With them, old
//! addresses answer with 301, and browsers are told to run and load only what the site is made of.

use crate::config::Audience;
use crate::diag::Diagnostics;
use crate::encode::header;
use crate::model::{PageId, Site};
use crate::plan::{Artifact, Origin, OutPath, Planned, Warrant};

/// The rules for hosts.
#[derive(Debug, Default)]
pub struct Hosting {
    redirects: Vec<String>,
}

impl Hosting {
    /// Makes the rules; `moved` gives old paths (not percent-encoded) with the pages that are meant.
    #[must_use]
    pub fn collect<'a>(
        site: &Site,
        moved: impl Iterator<Item = (&'a str, PageId)>,
        _: &mut Diagnostics,
    ) -> Self {
        let mut redirects = Vec::new();
        for (from, to) in moved {
            let (to, from) = (site.href(&site.page(to).url), site.href(from));
            let (to, from) = (header::path(&to), header::path(&from));
            // Cloudflare knows a folder only by the one of its two spellings that a rule has.
            let bare = from.strip_suffix('/').filter(|bare| !bare.is_empty());
            redirects.extend(bare.map(|bare| format!("{bare} {to} 301")));
            redirects.push(format!("{from} {to} 301"));
        }
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
            origin: Origin::made("a file for the host"),
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
/// Only the site's own scripts and styles run, and nothing inline. Pictures may come from anywhere, because Markdown
/// embeds them from anywhere; films and frames only where raw HTML is kept, which alone can embed them. Forms and leads
/// go to the webhook's host and wherever it sends them on.
#[must_use]
pub fn emit_headers(site: &Site) -> String {
    let embedded = if site.config().markdown.raw_html {
        "media-src 'self' https:; frame-src 'self' https:; "
    } else {
        ""
    };
    let policy = format!(
        "default-src 'self'; img-src 'self' https:; {embedded}connect-src 'self' https:; form-action 'self' https:; \
         base-uri 'self'; object-src 'none'; frame-ancestors 'none'"
    );
    let is_internal = site.view.edition.sees(Audience::Team);
    let robots = if is_internal { "  X-Robots-Tag: noindex, nofollow\n" } else { "" };
    // The names of these files carry a hash of what is in them.
    let [all, sealed, assets] =
        ["/", "/sealed/", "/assets/"].map(|folder| format!("{}*", header::path(&site.href(folder))));
    let policy = header::value(&policy);
    format!(
        "{all}\n\
         \x20 Content-Security-Policy: {policy}\n\
         \x20 Cross-Origin-Opener-Policy: same-origin\n\
         \x20 Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\n\
         \x20 Referrer-Policy: strict-origin-when-cross-origin\n\
         \x20 X-Content-Type-Options: nosniff\n\
         {robots}\n\
         {sealed}\n\
         \x20 Cache-Control: public, max-age=31536000, immutable\n\n\
         {assets}\n\
         \x20 Cache-Control: public, max-age=31536000, immutable\n"
    )
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
        assert!(!headers.contains("noindex"));
    }

    #[test]
    fn without_rules_there_is_no_file_of_them() {
        let project = testing::project(|_| "title: T\nbase_url: https://example.org/\n".into())
            .with("content/insights/a.md", "---\ntitle: A\n---\nText.\n");
        let linked = testing::linked(&project, "public");
        assert_eq!(testing::file(&linked, "_redirects"), None);
    }
}
